"""What a public site is made of. The platform collects it; ``prongsai.portal`` turns it into files.

Nothing here reads a clock, a database or a network: the same site gives the same bytes. Paths are those of addresses,
relative to the site's root, without a slash at either end (``2569/procurement.monthly``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from prongsai.errors import Problem


@dataclass(frozen=True, slots=True)
class Asset:
    """Bytes with their name. open_bytes: called only when they must be written; None: erased, only the hash is left."""

    name: str
    media_type: str
    size: int
    sha256: str
    open_bytes: Callable[[], bytes] | None = None

    @property
    def is_erased(self) -> bool:
        """Whether the bytes are gone."""
        return self.open_bytes is None


class BlockKind(StrEnum):
    """What a block of running text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    STEPS = "steps"  # a numbered list
    TABLE = "table"
    PICTURE = "picture"  # a file of the release by its name
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page. lines: of a list, or one text; rows: of a table, head first; address: of a link or picture.

    A link's address is that of the web, a path of the site, or ``form:`` and the key of a form of the application.

    In JSON: {"kind", "lines", "rows", "address"}, what is empty left out.
    """

    kind: BlockKind
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of open data. type: text, number, money, date, yes-no, choice; note: what it means, unit, choices."""

    key: str
    label: str
    type: str = "text"
    note: str = ""


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table that is also given as CSV and JSON. key: unique in the page. rows: texts as they are shown."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a release. role: document, signed, table, picture. text: what a picture shows."""

    asset: Asset
    title: str
    role: str = "document"
    text: str = ""
    language: str = "th"


class Standing(StrEnum):
    """What a release is to whoever reads it now."""

    CURRENT = "current"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Reported:
    """That executives had a letter before them before something was published.

    what: the letter's kind in a word (หนังสือ, ประกาศ, คำสั่ง); number: as printed, in Arabic digits, empty for none; by:
    post of who decided, with the words of acting; is_approved: False where they took note only.
    """

    what: str
    number: str
    dated: date
    by: str
    is_approved: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """A frozen version of a page; number from 1. approved_as: post of who approved. is_late: after the deadline.

    reported: the letters by which it was reported to executives before it was published, the earliest first.
    erased_at: when its words and tables were erased for somebody's privacy; tables then have a key and a title only.
    parts: on how many pages it stood when it was approved (``entry.parts_of``): their addresses stay when it is
    withdrawn or erased.
    """

    number: int
    standing: Standing
    title: str
    title_en: str = ""
    summary: str = ""
    body: tuple[Block, ...] = ()
    body_en: tuple[Block, ...] = ()
    tables: tuple[DataTable, ...] = ()
    documents: tuple[Document, ...] = ()
    content_year_be: int | None = None
    document_date: date | None = None
    received_on: date | None = None
    published_at: datetime | None = None
    approved_as: str = ""
    change_note: str = ""
    is_late: bool = False
    sha256: str = ""
    erased_at: datetime | None = None
    parts: int = 1
    reported: tuple[Reported, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """That the page was posted elsewhere. address empty: on a board, with a proof that the office keeps."""

    channel: str
    posted_on: date
    address: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fourteen fields of the government data catalogue, in its own words; list fields as tuples."""

    data_type: str
    title: str
    owner_org: str
    maintainer: str
    maintainer_email: str
    tag_string: tuple[str, ...]
    notes: str
    objective: tuple[str, ...]
    update_frequency_unit: str
    geo_coverage: str
    data_source: str
    data_format: tuple[str, ...]
    data_category: str
    license_id: str


@dataclass(frozen=True, slots=True)
class Page:
    """A lasting address with its releases, the newest first. others: paths that lead here (old ones, the year's code).

    kind: item, register, news, free. code: of the item in its year (O11). elsewhere: where it is published instead.
    withdrawn: the reason, when nothing stands here any more; withdrawn_at: since when. review_on: by when the office
    looks at it again.
    """

    path: str
    kind: str
    title: str
    releases: tuple[Release, ...] = ()
    title_en: str = ""
    code: str = ""
    year_be: int = 0
    unit: str = ""
    others: tuple[str, ...] = ()
    elsewhere: str = ""
    withdrawn: str = ""
    withdrawn_at: datetime | None = None
    event_on: date | None = None
    review_on: date | None = None
    postings: tuple[Posting, ...] = ()
    metadata: Metadata | None = None

    @property
    def current(self) -> Release | None:
        """The release that stands at the address; None for one that is withdrawn or elsewhere."""
        return next((one for one in self.releases if one.standing is Standing.CURRENT), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as lists tell of it, without loading it. stamp: changes whenever anything on the page does.

    load: gives the page; called only when the files of the page must be written anew. others, has_data: as of the page.
    """

    path: str
    kind: str
    title: str
    stamp: str
    load: Callable[[], Page]
    title_en: str = ""
    code: str = ""
    year_be: int = 0
    published_at: datetime | None = None
    event_on: date | None = None
    summary: str = ""
    others: tuple[str, ...] = ()
    has_data: bool = False
    is_withdrawn: bool = False
    metadata: Metadata | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in a year's list. path: of its page, empty without one; elsewhere: an address outside the site."""

    code: str
    title: str
    indicator: str
    path: str = ""
    elsewhere: str = ""
    state: str = ""  # published, elsewhere, withdrawn, waiting
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year's list of items. groups: (indicator, its items)."""

    year_be: int
    title: str
    groups: tuple[tuple[str, tuple[ItemLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody on the page of executives. side: political, council, permanent."""

    name: str
    post: str
    side: str
    phone: str = ""
    email: str = ""
    photo: Asset | None = None
    term: str = ""


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the chart, with its head and those under it."""

    name: str
    head: str = ""
    phone: str = ""
    under: tuple["UnitNode", ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """A law, by-law or announcement in the library. state: in force, repealed. path: its page; address: elsewhere."""

    title: str
    year_be: int
    state: str
    path: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class FormLink:
    """A form of the application, with what to do when it is down. address empty: there is no application."""

    key: str  # questions, service, complaint, corruption, survey
    title: str
    address: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """Who publishes, and what stands on every page. base: the site's own address, ending in a slash, or empty."""

    name: str
    code: str
    name_en: str = ""
    address: str = ""
    address_en: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    hours: str = ""
    directions: str = ""
    map_address: str = ""
    map_picture: Asset | None = None
    emblem: Asset | None = None
    about: str = ""
    about_en: str = ""
    channels: tuple[tuple[str, str], ...] = ()
    privacy_policy: str = ""
    website_policy: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything of a public site. stamp: of what is printed on every page. proof_head: (day, hash) of the proofs."""

    office: Office
    stamp: str
    years: tuple[Year, ...] = ()
    entries: tuple[Entry, ...] = ()
    political: tuple[Official, ...] = ()
    permanent: tuple[Official, ...] = ()
    units: tuple[UnitNode, ...] = ()
    powers: tuple[Block, ...] = ()
    laws: tuple[Law, ...] = ()
    forms: tuple[FormLink, ...] = ()
    proof_head: tuple[date, str] | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What a run of publishing did: files written and left as they were; every address of the site.

    problems: what could not be published as the site says, while all the rest was.
    """

    written: int
    kept: int
    addresses: tuple[str, ...] = field(default=())
    problems: tuple[Problem, ...] = ()
