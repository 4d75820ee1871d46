"""What is seen behind an address, and what an assessor would say of it.

Three layers: *reach* opens an address and gives :class:`Seen`; *pages* and *papers* turn bytes into :class:`WebPage`
and :class:`Paper`; *elements* holds a :class:`Pile` of those against an item's elements. What is wrong is a ``Problem``
with a code ``REACH_*``, ``PAGE_*``, ``PAPER_*`` or ``ITEM_*``, its place in ``Where.file`` (the address) and a mend.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from prongsai.documents.model import Document
from prongsai.errors import Problem


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a redirect: the status, and the address that answered with it."""

    status: int
    address: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back from an address. status None: nothing came (problems say why).

    headers: lower-case names. content: the bytes, None when there were none or more than the limit; size and sha256 are
    of all bytes that came. media_type: found in the bytes, as far as they tell, else as sent. took_ms: to the last
    byte. tls_until: last day of the certificate. Opening raises nothing: what is wrong stands in problems.
    """

    address: str
    at: datetime
    final_address: str
    status: int | None
    hops: tuple[Hop, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = ""
    size: int | None = None
    sha256: str = ""
    content: bytes | None = None
    took_ms: int | None = None
    tls_until: date | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether an assessor would see anything: no problem among them is an error."""
        return self.status is not None and all(one.severity != "error" for one in self.problems)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page. address: absolute, without its fragment; text: its words, or those of its picture."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page. near: the words right around it, as under a portrait."""

    address: str
    alt: str
    near: str = ""


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page as its reader sees it. document: paragraphs and tables; text: all of it. fields: names of form inputs.

    around: words of its menus, head and foot, which are no content; menu: those of its links that stand there.
    """

    address: str
    title: str
    language: str
    document: Document
    text: str
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    frames: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    around: str = ""
    menu: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document behind a link. document None: it could not be read (problems say why). pages: of a PDF, else 0.

    has_text: whether words can be read without OCR; text_pages: pages with words; picture_pages: pages with a picture,
    as of a signature.
    """

    address: str
    name: str
    media_type: str
    size: int
    document: Document | None
    text: str
    pages: int = 0
    text_pages: int = 0
    problems: tuple[Problem, ...] = ()
    picture_pages: tuple[int, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether words can be read."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the office, against which a page is held; empty where nobody has said."""

    name: str = ""
    province: str = ""
    head: str = ""
    executives: tuple[str, ...] = ()
    phone: str = ""
    is_local: bool = True


@dataclass(frozen=True, slots=True)
class Pile:
    """All that an item discloses: the page behind its link first, then what it leads to and the documents."""

    address: str
    pages: tuple[WebPage, ...]
    papers: tuple[Paper, ...]
    facts: Facts
    today: date


class Verdict(StrEnum):
    """What can be said of an element without a person."""

    PASS = "pass"
    FAIL = "fail"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class ElementVerdict:
    """What was found of an element. reason_th: why, in a sentence; mend_th: what to do, empty when it passes.

    where: the address of the page or document that decided, and the page in it if known ("หน้า ๓").
    """

    key: str
    text_th: str
    verdict: Verdict
    reason_th: str
    mend_th: str = ""
    address: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """An item with what was found of each element, and problems of pages and papers that touch it."""

    key: str
    code: str
    title_th: str
    elements: tuple[ElementVerdict, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Fail when any element does, else cannot tell when any cannot, else pass."""
        found = {one.verdict for one in self.elements}
        return next((one for one in (Verdict.FAIL, Verdict.CANNOT_TELL) if one in found), Verdict.PASS)


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a page of a site answers an item. sureness: 0–1; why_th: words it was told by; steps: clicks from home."""

    key: str
    code: str
    address: str
    sureness: float
    why_th: str
    steps: tuple[Link, ...] = ()
