"""A document as one stream of events: running text, heads of tables, heading rows and data rows.

Every page of a real paper is a table of its own with the head printed again, so tables mean little; the stream keeps
the order, gives every data row the head that rules it, and says what is odd about a row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain, count, pairwise

from rapidfuzz import fuzz

from prongsai.documents.model import Cell, Document, Paragraph, Printed, Row, Table
from prongsai.errors import Where
from prongsai.reports.align import Doubt, Laid, fit, is_number, lay
from prongsai.reports.guessed import with_guesses
from prongsai.reports.head_lines import whole_head
from prongsai.reports.heads import HEAD_LENGTH_MAX, Head, Role, read_head
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.shapes import is_letter, is_signed, is_signed_row, printed_lines, rejoined, tables_of
from prongsai.thai.numerals import read_ordinal, to_arabic
from prongsai.thai.text import fold, squeeze

HEAD_CONFIDENCE_MIN = 0.75
HEADS_MAX = 20
SAME_HEAD_LIKENESS = 65.0
CAPTION_TEXTS_MAX = 2
TITLES = (Role.MEASURE, Role.TOPIC, Role.INDICATOR, Role.ITEM)
CONTINUED = re.compile(r"\(\s*ต่อ\s*\)")
_HEADING_WORD = re.compile(r"^(?:ประเด็น|ตัวชี้วัด|ด้าน|หมวด|ส่วนที่|เครื่องมือ)")
_NUMBERED = re.compile(r"^\(?[0-9๐-๙]{1,2}[.)]\s*[ก-๙]")
_NOTE = re.compile(r"^\*{0,3}\s*(?:หมายเหตุ|ที่มา|แหล่งที่มา|ข้อมูล\s*ณ)(?=[\s:*])")
_ADDED = re.compile(r"(?:ยอด)?รวม(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|เงิน|งบประมาณ|จำนวน)*[\d๐-๙]*(?:มาตรการ|โครงการ|กิจกรรม|รายการ)?")
_PAGE_MARK = re.compile(r"(?:หน้า(?:ที่)?)?\s*[-–—(]*\s*[0-9๐-๙]{1,3}\s*[-–—)]*")
_BULLETED = re.compile(r"^[-–—•]")


class Continued(StrEnum):
    """Whether a row goes on with the one before: it says so, or it lacks what every row of its own has."""

    NO = "no"
    SAID = "said"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Prose:
    """A line of running text, or of a table whose head nobody knows (in_table)."""

    text: str
    where: Where
    in_table: bool = False
    raw: str = ""


@dataclass(frozen=True, slots=True)
class HeadEvent:
    """A head, on a new page or a new table."""

    head: Head
    where: Where


@dataclass(frozen=True, slots=True)
class Heading:
    """A row inside a table that only carries a title; texts of its filled cells."""

    texts: tuple[str, ...]
    where: Where

    @property
    def text(self) -> str:
        """The whole title."""
        return " ".join(self.texts)


@dataclass(frozen=True)
class DataRow:
    """A row with its cells by role. extra: unknown head → cell. sheet: counts the heads as they were printed."""

    cells: dict[Role, Cell]
    extra: dict[str, Cell]
    where: Where
    head: Head
    sheet: int
    continued: Continued = Continued.NO
    doubts: tuple[Doubt, ...] = field(default=())

    def text(self, role: Role) -> str:
        """The words of a cell, empty when there is none."""
        cell = self.cells.get(role)
        return cell.text if cell else ""

    def named_by(self, roles: Sequence[Role] = TITLES) -> Role:
        """The column that names the row: the first of some that is filled, else that there is."""
        there = [role for role in roles if role in self.cells] or [roles[0]]
        return next((role for role in there if self.text(role)), there[0])

    @property
    def title(self) -> str:
        """The words that name the row, whichever column they stand in."""
        return self.text(self.named_by())

    @cached_property
    def text_all(self) -> str:
        """The words of every cell."""
        return " ".join(cell.text for cell in (*self.cells.values(), *self.extra.values()))

    @cached_property
    def folded(self) -> str:
        """The words of every cell for comparing rows: no white space, digits of one kind."""
        return fold(self.text_all)


Event = Prose | HeadEvent | Heading | DataRow


def stream(document: Document) -> tuple[Event, ...]:
    """Give the events of a document in printed order."""
    return tuple(_events(document))


def _events(document: Document) -> Iterator[Event]:
    blocks = tuple(part for block in rejoined(document.printed) for part in _parts(block))
    tables = [block for block in blocks if isinstance(block, Table) and not is_letter(block)]
    heads = Heads({id(row): head for table in tables for row in table.rows if (head := read_head(row))})
    sheets = count(1)
    goes_on = False
    for block in blocks:
        if isinstance(block, Paragraph):
            goes_on = goes_on and _PAGE_MARK.fullmatch(block.text) is not None
            yield Prose(block.text, block.where, raw=block.raw)
        elif is_letter(block):
            yield from _row_by_row(block)
        elif is_signed(block):
            yield from _column_by_column(block.rows)
        else:
            yield from _table(block, heads, sheets, goes_on=goes_on)
            goes_on = True


def _parts(block: Printed) -> tuple[Printed, ...]:
    return tables_of(block) if isinstance(block, Table) else (block,)


class Heads:
    """The heads of a document: which rows are one, which came so far, and which different ones there are."""

    def __init__(self, by_row: dict[int, Head]) -> None:
        self.by_row = by_row
        self.every = tuple(dict.fromkeys(by_row.values()))[:HEADS_MAX]
        self.before: list[Head] = []

    @property
    def last(self) -> Head | None:
        """The newest head so far."""
        return self.before[-1] if self.before else None

    def of(self, row: Row) -> Head | None:
        """Give the head that a row is."""
        return self.by_row.get(id(row))

    def add(self, head: Head) -> Head:
        """Note a head as the newest, without the oldest of many."""
        self.before = [*self.before[-HEADS_MAX:], head]
        return head


def _column_by_column(rows: Sequence[Row]) -> Iterator[Prose]:
    for place in range(max(len(row.cells) for row in rows)):
        for row in rows:
            for text in printed_lines(row.cells[place]) if place < len(row.cells) else ():
                yield Prose(text, row.where, raw=text)


def _row_by_row(table: Table) -> Iterator[Prose]:
    """Give the rows of a letter's head as its lines."""
    for row in table.rows:
        cells = [cell for cell in row.cells if not cell.covered]
        lines = [list(printed_lines(cell)) for cell in cells]
        if len(cells) == 1 or not any(lines):
            yield from (Prose(text, row.where, raw=text) for text in chain.from_iterable(lines))
        else:
            text = " ".join(chain.from_iterable(lines))
            yield Prose(text, row.where, raw=text)


def _table(table: Table, heads: Heads, sheets: Iterator[int], *, goes_on: bool) -> Iterator[Event]:
    """Walk a table. One without a head takes the last of its width: for sure when it goes on with the table before."""
    ruling: Head | None = None
    sheet = next(sheets)
    is_first = False
    first_head = next((at for at, row in enumerate(table.rows) if heads.of(row)), 0)
    at = 0
    while at < len(table.rows):
        row = table.rows[at]
        head = heads.of(row)
        at += 1
        if head is not None:
            head, at = whole_head(head, table.rows, at)
            head = with_guesses(_mended(head, heads.before), table.rows[at:])
            ruling, sheet, is_first = heads.add(head), next(sheets), True
            yield HeadEvent(ruling, row.where)
        elif (is_first and _counts_columns(row)) or (ruling and _repeats_head(row, ruling)):
            continue
        elif at <= first_head and _is_caption(row):
            yield _caption(row)
        elif ruling is None:
            guess = _by_width(row, heads.before)
            is_sure = goes_on and guess is not None and guess is heads.last
            yield from _row(row, guess, sheet, () if is_sure else (Doubt.HEAD_GUESSED,))
        else:
            is_first = is_first and all(cell.is_empty for cell in row.cells)
            whole = _whole(ruling, row, heads.every)
            below = table.rows[at] if at < len(table.rows) else None
            if _opens_numbers(row, below):
                yield Heading((f"{row.cells[0].text.rstrip('.')}. {row.cells[1].text}",), row.where)
            else:
                yield from _row(row, whole or ruling, sheet, (Doubt.HEAD_DAMAGED,) if whole else ())


def _opens_numbers(row: Row, below: Row | None) -> bool:
    """Whether a row has a number and a title only, and the row below it counts within that number: 1, then 1.1."""
    filled = [place for place, cell in enumerate(row.cells) if not cell.is_empty]
    if below is None or filled != [0, 1] or len(row.cells) < 3:
        return False
    number, first = (to_arabic(squeeze(each.cells[0].text)).strip("().") for each in (row, below))
    return number.isdecimal() and first == f"{number}.1"


def _is_caption(row: Row) -> bool:
    """Whether a row above the head of a table only says what the table is: one text, or a label and its value."""
    return len({cell.text for cell in row.cells if not cell.is_empty}) <= CAPTION_TEXTS_MAX


def _caption(row: Row) -> Event:
    """Give a row above a head as running text; one that names an issue or an indicator rules the rows below."""
    texts = tuple(dict.fromkeys(cell.text for cell in row.cells if cell.text))
    if texts and (_HEADING_WORD.match(texts[0]) or _NUMBERED.match(texts[0])):
        return Heading(tuple(map(without_continued_mark, texts)), row.where)
    return Prose(" ".join(texts), row.where, raw=row.cells[0].raw)


def _by_width(row: Row, heads: Sequence[Head]) -> Head | None:
    """Give the newest head that is as wide as a row and whose columns the row does not contradict."""
    for head in reversed(heads):
        if len(head.columns) == len(row.cells):
            return head if _is_consistent(row, head) else None
    return None


def _is_consistent(row: Row, head: Head) -> bool:
    return all(fit(cell, column.role) > -1.0 for cell, column in zip(row.cells, head.columns, strict=True))


def _whole(ruling: Head, row: Row, every: Sequence[Head]) -> Head | None:
    """Give a head of the document that is as wide as a row, when the ruling one is the same without some columns."""
    if len(row.cells) <= len(ruling.columns):
        return None
    for head in every:
        left = iter(column.role for column in head.columns)
        is_same = len(head.columns) == len(row.cells) and all(column.role in left for column in ruling.columns)
        if is_same and _is_consistent(row, head):
            return head
    return None


def _mended(head: Head, heads: Sequence[Head]) -> Head:
    """Fill columns that have no role from an earlier head of the same width and otherwise the same roles."""
    for old in reversed(heads):
        if all(column.role for column in head.columns) or len(old.columns) != len(head.columns):
            continue
        pairs = list(zip(head.columns, old.columns, strict=True))
        if all(column.role in (None, before.role) for column, before in pairs):
            return Head(tuple(replace(column, role=column.role or before.role) for column, before in pairs))
    return head


def _repeats_head(row: Row, head: Head) -> bool:
    """Whether a row is the ruling head once more, misread beyond the known wordings."""
    texts = [cell.text for cell in row.cells]
    if len(texts) != len(head.columns) or any(len(text) > HEAD_LENGTH_MAX or is_number(text) for text in texts):
        return False
    pairs = [(text, column.head) for text, column in zip(texts, head.columns, strict=True) if text]
    like = [fuzz.ratio(fold(text), fold(printed)) for text, printed in pairs]
    return len(like) > 2 and sum(like) / len(like) >= SAME_HEAD_LIKENESS


def _counts_columns(row: Row) -> bool:
    """Whether a row under a head only counts its columns: (๑) (๒) (๓)."""
    numbers = [read_ordinal(cell.text) for cell in row.cells if not cell.is_empty]
    return len(numbers) > 2 and all(a is not None and b == a + 1 for a, b in pairwise(numbers))


def _row(row: Row, head: Head | None, sheet: int, doubts: tuple[Doubt, ...]) -> Iterator[Event]:
    filled = [cell.text or " ".join(line.text for line in cell.lines) for cell in row.cells if not cell.is_empty]
    if not filled:
        return
    if is_signed_row(row):
        yield from _column_by_column([row])
    elif _is_note(filled, head):
        yield Prose(" ".join(dict.fromkeys(filled)), row.where)
    elif _is_heading(row, head):
        yield Heading(tuple(without_continued_mark(text) for text in dict.fromkeys(filled)), row.where)
    elif head is None:
        yield Prose(" ".join(filled), row.where, in_table=True)
    else:
        laid = lay(row.cells, head)
        weak = (Doubt.HEAD_WEAK,) if head.confidence < HEAD_CONFIDENCE_MIN else ()
        odd = (Doubt.NUMBER_ODD,) if _has_odd_number(laid, head) else ()
        yield _data(laid._replace(doubts=(*laid.doubts, *doubts, *weak, *odd)), head, row.where, sheet)


def _is_note(filled: Sequence[str], head: Head | None) -> bool:
    """Whether a row is a note to its table ("หมายเหตุ : …", "ที่มา : …"), or only adds it up; a score table has totals."""
    if _NOTE.match(filled[0]) and len(set(filled)) == 1:
        return True
    adds_up = head is not None and table_kind(head) not in (TableKind.SCORES, TableKind.OTHER)
    return adds_up and any(_ADDED.fullmatch(squeeze(text)) for text in filled[:2])


def _has_odd_number(laid: Laid, head: Head) -> bool:
    """Whether words without a digit stand where a running number should; one letter (ก.) is one."""
    place = head.index(Role.NUMBER)
    text = "" if place is None else laid.cells[place].text.strip(" .()-–")
    return len(text) > 2 and not any(letter.isdecimal() for letter in text)


def without_continued_mark(text: str) -> str:
    """Remove "(ต่อ)" from a title."""
    return " ".join(CONTINUED.sub(" ", text).split())


def _is_heading(row: Row, head: Head | None) -> bool:
    """Whether a row only carries a title: merged over all columns, or in its first one or two cells alone."""
    wide = len(head.columns) if head else len(row.cells)
    filled = [place for place, cell in enumerate(row.cells) if not cell.is_empty]
    if wide < 3 or not filled:
        return False
    first = row.cells[filled[0]].text
    if is_number(first) or not first:
        return False
    if len(filled) > 2:
        return len(filled) == len(row.cells) and len({fold(cell.text) for cell in row.cells}) == 1
    is_counted = head is not None and head.columns[0].role in (Role.NUMBER, Role.CODE)
    if CONTINUED.search(first) and head is not None and not is_counted:
        return False
    if filled == [0]:
        return is_counted or not _BULLETED.match(first)
    if len(filled) == 1:
        return _HEADING_WORD.match(first) is not None or (filled == [1] and not is_counted)
    return filled == [0, 1] and wide > 3 and (is_counted or head is None)


def _data(laid: Laid, head: Head, where: Where, sheet: int) -> DataRow:
    known: dict[Role, Cell] = {}
    extra: dict[str, Cell] = {}
    for place, (cell, column) in enumerate(zip(laid.cells, head.columns, strict=True), 1):
        if column.role is not None:
            known[column.role] = cell
        elif not cell.is_empty:
            extra[_free(column.head or f"ช่องที่ {place}", extra)] = cell
    for place, cell in enumerate(laid.left_over, len(head.columns) + 1):
        extra[_free(f"ช่องที่ {place}", extra)] = cell
    return DataRow(known, extra, where, head, sheet, _is_continued(known), laid.doubts)


def _free(head: str, taken: dict[str, Cell]) -> str:
    """Give a head that no other column has."""
    return head if head not in taken else next(name for n in count(2) if (name := f"{head} ({n})") not in taken)


def _is_continued(cells: dict[Role, Cell]) -> Continued:
    """Whether a row says "(ต่อ)", or has neither number, period nor owner under a head that asks for them."""
    if any(CONTINUED.search(cells[role].text) for role in (*TITLES, Role.NUMBER, Role.CODE) if role in cells):
        return Continued.SAID
    own = (Role.NUMBER, Role.CODE, Role.PERIOD, Role.SCORE, Role.RESPONSIBLE)
    asked = [cells[role] for role in own if role in cells]
    return Continued.LIKELY if len(asked) >= 2 and all(cell.is_empty for cell in asked) else Continued.NO
