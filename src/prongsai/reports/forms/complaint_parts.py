"""Parts that only the statistics of complaints have: totals that may be kept back, sentences that say what is told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Style
from prongsai.errors import Problem
from prongsai.reports.forms.columns import Columns
from prongsai.reports.forms.paper import Rows
from prongsai.reports.forms.parts import Part, Says, Values, note_missing, read_gap, take_words
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import Declared, Edge, Kind, say, squeezed

NONE_TH = "ไม่มีเรื่องร้องเรียน"
HIDDEN = "*"
FEWER = "น้อยกว่า ๓"
KEPT_BACK = "ไม่เปิดเผย"

_GAPS = tuple(
    Declared(name, Kind.WHOLE, called)
    for name, called in (("total", "เรื่องทั้งหมด"), ("done", "แล้วเสร็จ"), ("pending", "อยู่ระหว่างดำเนินการ"))
)
_AFTER = " {total} เรื่อง ดำเนินการแล้วเสร็จ {done} เรื่อง อยู่ระหว่างดำเนินการ {pending} เรื่อง"
_YEAR, _HALF = f"เรื่องร้องเรียนทั้งปี{_AFTER}", f"เรื่องร้องเรียนรอบ ๖ เดือนแรก{_AFTER}"
_YES_NO = {True: "ใช่", False: "ไม่ใช่"}
_AWAY = "ในจำนวนที่แล้วเสร็จ ไม่เปิดเผยจำนวนเรื่องที่ไม่รับไว้ดำเนินการ"


@dataclass(frozen=True)
class Totals(Says):
    """The sentence of the year's totals, or of the half year's. One that is kept back says so in words."""

    template: str = _YEAR
    gaps: tuple[Declared, ...] = _GAPS
    style: Style = Style.PLAIN
    accepts: tuple[str, ...] = (_HALF,)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""
        text = edge.digits(_HALF if record.is_half else _YEAR)
        for gap in self.gaps:
            text = text.replace(f"{{{gap.field}}}", _told(record, gap, edge))
        yield paragraph(text, self.style)

    def read(self, stream: Stream, me: int) -> Values:
        """Read the totals; words in place of a number mean that it is kept back."""
        found = self._find(stream, me)
        if found is None:
            note_missing(stream, self.declared)
            return {gap.field: None for gap in self.gaps}
        _, words, where = found
        return {
            gap.field: None if _is_away(words.get(gap.field, "")) else read_gap(stream, words[gap.field], gap, where)
            for gap in self.gaps
        }

    def faults(self, record: Any) -> list[Problem]:
        """Name the totals that are missing: only where small ones are kept back may one be."""
        given = [gap for gap in self.gaps if getattr(record, gap.field) is not None]
        return Says.faults(replace(self, gaps=tuple(given)) if record.hide_small_totals else self, record)


def _told(record: Any, gap: Declared, edge: Edge) -> str:
    if getattr(record, gap.field) is not None or not record.hide_small_totals:
        return say(getattr(record, gap.field), gap, edge)
    return edge.digits(FEWER) if record.total is None else KEPT_BACK


def _is_away(words: str) -> bool:
    return squeezed(words) in (squeezed(FEWER), squeezed(KEPT_BACK))


@dataclass(frozen=True)
class Refused(Says):
    """The sentence of how many were not taken on, who are among those done; none where it is not told."""

    template: str = "ในจำนวนที่แล้วเสร็จเป็นเรื่องที่ไม่รับไว้ดำเนินการ {refused} เรื่อง"
    gaps: tuple[Declared, ...] = (Declared("refused", Kind.WHOLE, "เรื่องที่ไม่รับ", required=False),)
    style: Style = Style.PLAIN
    optional: bool = True

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""
        if record.refused is None and record.hide_small_totals:
            yield paragraph(_AWAY, self.style)
        yield from Says.compose(self, record, edge)

    def read(self, stream: Stream, me: int) -> Values:
        """Read it; that it is kept back is no number."""
        take_words(stream, me, _AWAY)
        return Says.read(self, stream, me)


@dataclass(frozen=True)
class Flag(Part):
    """Words that stand there when a field of the record is true, and only then."""

    field: str
    text: str
    style: Style = Style.PLAIN

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The field."""
        return (Declared(self.field, Kind.CHOICE, self.text, required=False, choices=_YES_NO),)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print them."""
        if getattr(record, self.field):
            yield paragraph(edge.digits(self.text), self.style)

    def read(self, stream: Stream, me: int) -> Values:
        """Say whether they are there."""
        return {self.field: take_words(stream, me, self.text)}


@dataclass(frozen=True)
class Breakdown(Rows):
    """Rows of counts. Columns in which nothing is told are not printed; the totals are named after the period."""

    def tables_of(self, record: Any) -> tuple[Columns, ...]:
        """Give the columns that say something of the record."""
        return tuple(self._told(table, record) for table in self.tables)

    def _told(self, table: Columns, record: Any) -> Columns:
        rows = getattr(record, self.field)
        columns = tuple(
            column for column in table.columns
            if column.required or not column.is_stored or any(getattr(row, column.field) is not None for row in rows)
        )  # fmt: skip
        return replace(table, columns=columns, total=total_words(is_half=record.is_half))


def total_words(*, is_half: bool) -> str:
    """Give the words before the totals of a breakdown."""
    return "รวม ๖ เดือนแรก" if is_half else "รวมทั้งปี"
