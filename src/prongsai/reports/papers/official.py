"""Records of general official papers, and how their lines are read. Their layout is that of the Rule of B.E. 2526."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from prongsai.documents.model import Document, Paragraph, Signature, Table
from prongsai.reports.forms.signing import Capacity, Opinion, Signed
from prongsai.reports.papers.lines import row_text
from prongsai.reports.papers.options import Closing
from prongsai.reports.papers.panel import without_panel
from prongsai.reports.phrases import phrases
from prongsai.reports.records import plain
from prongsai.thai.dates import read_date
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import collapse

ASKS = "จึงเรียนมาเพื่อ"
_NAME = re.compile(r"\(\s*([^()]{2,80}?)\s*\)")
_NUMBERED = re.compile(r"[0-9๐-๙]{1,2}\.\s*")


class Speed(StrEnum):
    """How fast a paper must go."""

    URGENT = "ด่วน"
    VERY_URGENT = "ด่วนมาก"
    MOST_URGENT = "ด่วนที่สุด"


class Secrecy(StrEnum):
    """How secret a paper is (the Rule on keeping official secrets B.E. 2544)."""

    SECRET = "ลับ"
    VERY_SECRET = "ลับมาก"
    MOST_SECRET = "ลับที่สุด"


class Salutation(StrEnum):
    """How the addressee is greeted; the words before the signature follow from it."""

    GENERAL = "เรียน"
    HIGHEST = "กราบเรียน"
    MONK = "นมัสการ"

    @property
    def respects(self) -> str:
        """The words before the signature of a letter."""
        return _RESPECTS[self]


_RESPECTS = {
    Salutation.GENERAL: "ขอแสดงความนับถือ",
    Salutation.HIGHEST: "ขอแสดงความนับถืออย่างยิ่ง",
    Salutation.MONK: "ขอนมัสการด้วยความเคารพ",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """The unit that owns the matter and how to reach it."""

    unit: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A thing that comes with a letter, and how much of it (``๑ ฉบับ``)."""

    what: str
    amount: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorandum:
    """An internal memo. body: lines, set as ``papers.lines`` says. closing: what follows จึงเรียนมาเพื่อ.

    signer: who made it. opinions: of those that it went up to, in their order; none in a memo that went no way.
    """

    office: str
    number: str = ""
    date: dt.date | None = None
    subject: str
    to: str
    body: tuple[str, ...]
    closing: str = Closing.NOTE.value
    signer: Signed
    opinions: tuple[Opinion, ...] = ()
    speed: Speed | None = None
    secrecy: Secrecy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to another office or person. body: lines, set as ``papers.lines`` says.

    address: lines under the agency's name. copies: who else gets it.
    """

    number: str = ""
    agency: str
    address: tuple[str, ...] = ()
    date: dt.date | None = None
    subject: str
    salutation: Salutation = Salutation.GENERAL
    to: str
    references: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    body: tuple[str, ...]
    closing: str = Closing.NOTE.value
    signer: Signed
    contact: Contact = Contact()
    copies: tuple[str, ...] = ()
    speed: Speed | None = None
    secrecy: Secrecy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An announcement of an agency. body: lines, set as ``papers.lines`` says, before จึงประกาศให้ทราบโดยทั่วกัน."""

    agency: str
    subject: str
    body: tuple[str, ...]
    date: dt.date | None = None
    signer: Signed


def to_json(record: Memorandum | Letter | Announcement) -> Any:
    """Give a record as JSON holds it."""
    return plain(record)


def place_of(signer: Signed) -> Signature:
    """Give the block of a signature; an acting officer's post stands over two lines."""
    acting = phrases().acting.get(signer.capacity.value)
    if not acting:
        return Signature(signer.name, (signer.position,), "")
    lines = (f"{signer.position} {acting[0]}", signer.acting_as)
    return Signature(signer.name, tuple(line for line in lines if line), "")


def read_signer(lines: Sequence[str]) -> tuple[Signed, int]:
    """Read the first signature in some lines; gives the place after it, 0 when there is none.

    Some formats give the post on the line of the name, or both lines of an acting officer's post as one.
    """
    for at, line in enumerate(lines):
        if found := _NAME.match(line):
            after = at + 1
            post = line[found.end() :].strip()
            while after < len(lines) and (not post or _ends_acting(post)):
                post, after = f"{post} {lines[after]}".strip(), after + 1
            return Signed(found[1], *_post(post)), after
    return Signed("", ""), 0


def _ends_acting(post: str) -> bool:
    return post.endswith(tuple(word for words in phrases().acting.values() for word in words))


def _post(text: str) -> tuple[str, Capacity, str]:
    """Split a post into one's own, the words of acting, and the one signed for."""
    for kind, words in phrases().acting.items():
        for word in words:
            own, found, principal = text.partition(word)
            if found:
                return own.strip(), Capacity(kind), principal.strip()
    return text, Capacity.SELF, ""


def lines_of(document: Document) -> list[str]:
    """Give the lines of a paper; tables before the subject only set things side by side and are read by column.

    A table further down stays as text, a line a row, so that nothing is lost. The panel of who signed is left out.
    """
    lines: list[str] = []
    for block in without_panel(document).printed:
        if isinstance(block, Paragraph):
            lines.append(collapse(block.text))
        else:
            is_head = not any(line.startswith("เรื่อง") for line in lines)
            lines += _by_column(block) if is_head else map(row_text, block.rows)
    return [line for line in lines if line]


def _by_column(table: Table) -> Iterator[str]:
    wide = max((len(row.cells) for row in table.rows), default=0)
    for column in range(wide):
        for row in table.rows:
            yield from (line.text for line in row.cells[column].lines if column < len(row.cells))


def take_marks(document: Document, lines: list[str]) -> tuple[list[str], Speed | None, Secrecy | None]:
    """Take the marks of speed and secrecy out of some lines; secrecy may stand at the head of the pages only."""
    speed = next((Speed(line) for line in lines if line in set(Speed)), None)
    secret = next((Secrecy(line) for line in lines if line in set(Secrecy)), None)
    if secret is None and document.setup.secrecy:
        secret = Secrecy(document.setup.secrecy)
    marks = {*Speed, *Secrecy}
    return [line for line in lines if line not in marks], speed, secret


def read_day(text: str) -> dt.date | None:
    """Read a printed day, none where it is left open."""
    found = read_date(text)
    return found.value if found else None


def number_items(label: str, items: Sequence[str]) -> Iterator[str]:
    """Print a label and what it is about; several things are numbered, each on its own line."""
    for at, item in enumerate(items, 1):
        number = f"{to_thai(str(at))}. " if len(items) > 1 else ""
        yield f"{label} {number}{item}" if at == 1 else f"{number}{item}"


def take_items(label: str, lines: Sequence[str]) -> tuple[str, ...]:
    """Read what ``number_items`` prints: the labelled line and the numbered ones that follow it."""
    start = next((at for at, line in enumerate(lines) if line.startswith(label)), None)
    if start is None:
        return ()
    items = [lines[start].removeprefix(label).strip()]
    if _NUMBERED.match(items[0]):
        for line in lines[start + 1 :]:
            if not _NUMBERED.match(line):
                break
            items.append(line)
        items = [_NUMBERED.sub("", item, count=1) for item in items]
    return tuple(items)
