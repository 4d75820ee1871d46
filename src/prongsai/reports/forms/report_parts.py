"""What reports of a period share: whose and of when, prose under headings, tables worked out of the rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, Found, add_up
from prongsai.reports.forms.faults import fault, finding
from prongsai.reports.forms.labels import Labelled, Labels
from prongsai.reports.forms.paper import Rows
from prongsai.reports.forms.parts import Part, Values, note_missing, take_words
from prongsai.reports.forms.signing import Signed
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import NOTHING, Declared, Edge, Kind, Period, say
from prongsai.thai.text import fold


class Status(StrEnum):
    """How far a project or an activity of a plan is."""

    DONE = "done"
    RUNNING = "running"
    PLANNED = "planned"
    DROPPED = "dropped"


STATUSES = {
    Status.DONE: "แล้วเสร็จ",
    Status.RUNNING: "อยู่ระหว่างดำเนินการ",
    Status.PLANNED: "ยังไม่ถึงกำหนดดำเนินการ",
    Status.DROPPED: "ไม่ได้ดำเนินการ",
}
STATUSES_ALSO = {"ดำเนินการแล้วเสร็จ": Status.DONE, "ระหว่างดำเนินการ": Status.RUNNING, "ยังไม่ดำเนินการ": Status.PLANNED}


@dataclass(frozen=True)
class Prose(Part):
    """Paragraphs under a heading of their own; a dash where nothing was written. of: the field, a tuple of them."""

    heading: str
    of: Declared
    accepts: tuple[str, ...] = ()
    stage = 2

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The field."""
        return (self.of,)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print heading and paragraphs."""
        yield paragraph(self.heading, Style.HEADING)
        for text in getattr(record, self.of.field) or (NOTHING,):
            yield paragraph(text)

    def anchor(self, stream: Stream, me: int) -> None:
        """Take the heading."""
        any(take_words(stream, me, words) for words in (self.heading, *self.accepts))

    def read(self, stream: Stream, me: int) -> Values:
        """Read the free lines after the heading."""
        start = stream.last_of(me)
        texts: list[str] = []
        while start is not None and (line := stream.line(start + 1 + len(texts))):
            stream.take(start + 1 + len(texts), me)
            texts.append(line.text)
        if self.of.required and not texts:
            note_missing(stream, (self.of,))
        return {self.of.field: tuple(texts)}


ANALYSIS = Prose("การวิเคราะห์ผล", Declared("analysis", Kind.LIST, "การวิเคราะห์ผล"), ("วิเคราะห์ผล", "ผลการวิเคราะห์"))
OBSTACLES = Prose("ปัญหาและอุปสรรค", Declared("obstacles", Kind.LIST, "ปัญหาและอุปสรรค"), ("ปัญหา/อุปสรรค", "อุปสรรค"))
SUGGESTIONS = Prose("ข้อเสนอแนะ", Declared("suggestions", Kind.LIST, "ข้อเสนอแนะ"), ("ข้อเสนอแนะแนวทางแก้ไข",))


@dataclass(frozen=True)
class Summary(Part):
    """A table worked out of the rest of a record. What others print there is held against the record.

    record: the class of its rows; rows: a record → its rows, none: nothing is printed.
    """

    heading: str
    record: type
    columns: Columns
    rows: Callable[[Any], Sequence[Any]]
    stage = 1

    @cached_property
    def _table(self) -> Rows:
        return Rows(self.heading, self.record, (self.columns,), heading=self.heading)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print heading and table."""
        if rows := self.rows(record):
            yield paragraph(edge.digits(self.heading), Style.HEADING)
            yield self.columns.compose(rows, edge, record, self.heading)

    def anchor(self, stream: Stream, me: int) -> None:
        """Take the heading."""
        take_words(stream, me, self.heading)

    def read(self, stream: Stream, me: int) -> Values:
        """Read what is printed under the heading."""
        return self._table.read(stream, me) if stream.last_of(me) is not None else {}

    def verify(self, record: Any, read: Values, edge: Edge) -> list[Problem]:
        """Hold each printed figure against the record."""
        found: Found | None = read.get(f"{self.heading}: printed")
        if found is None:
            return []
        lead, *figures = (column for column in self.columns.columns if column.is_stored)
        rows = {self._named(row, lead): row for row in self.rows(record)}
        problems = []
        for printed in read[self.heading]:
            name = self._named(printed, lead)
            for column in figures:
                stated = getattr(printed, column.field)
                computed = getattr(rows[name], column.field) if name in rows else None
                if say(stated, column, edge) != say(computed, column, edge):
                    problems.append(
                        fault("FORM_STATED_DIFFERS", name=f"{self.heading} {name} {column.called}",
                              stated=say(stated, column, edge), computed=say(computed, column, edge))
                    )  # fmt: skip
        return problems

    @staticmethod
    def _named(row: Any, lead: Column) -> str:
        return fold(str(getattr(row, lead.field)))


@dataclass(frozen=True, slots=True)
class Tally:
    """A row of a summary: how many and how much money, by what they have in common. amounts: in baht."""

    label: str
    count: int | None
    budget_thb: Decimal | None = None
    spent_thb: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """A row of a summary: how many are done, going on and not done, of all."""

    label: str
    done: int
    running: int
    not_done: int
    count: int


def tallied(rows: Sequence[Any], key: Callable[[Any], str]) -> list[Tally]:
    """Count rows by what they have in common, with their budget and what was spent, in the order of the rows."""
    return [
        Tally(label, len(each), add_up(one.budget_thb for one in each),
              add_up(getattr(one, "spent_thb", None) for one in each))
        for label, each in grouped(rows, key).items()
    ]  # fmt: skip


def reached(rows: Sequence[Any], key: Callable[[Any], str]) -> list[Reached]:
    """Count rows by how far they are, in the order of the rows."""
    return [
        Reached(label, _are(each, Status.DONE), _are(each, Status.RUNNING),
                _are(each, Status.PLANNED, Status.DROPPED), len(each))
        for label, each in grouped(rows, key).items()
    ]  # fmt: skip


def _are(rows: Sequence[Any], *statuses: Status) -> int:
    return sum(1 for one in rows if one.status in statuses)


def grouped(rows: Sequence[Any], key: Callable[[Any], str]) -> dict[str, list[Any]]:
    """Give rows by what they have in common; those of which it is not known stand together."""
    found: dict[str, list[Any]] = {}
    for one in rows:
        found.setdefault(key(one) or "ไม่ระบุ", []).append(one)
    return found


def reached_columns(*heads: str) -> Columns:
    """Give the columns of a table of ``Reached``. heads: of its first column."""
    whole: dict[str, Any] = {"kind": Kind.WHOLE, "width": 2.2, "summed": True}
    return Columns(
        (
            Column("label", heads=heads, width=6),
            Column("done", heads=("แล้วเสร็จ", "ดำเนินการแล้ว"), **whole),
            Column("running", heads=("อยู่ระหว่างดำเนินการ", "ระหว่างดำเนินการ"), **whole),
            Column("not_done", heads=("ยังไม่ได้ดำเนินการ", "ไม่ได้ดำเนินการ"), **whole),
            Column("count", heads=("ทั้งหมด", "รวม"), **whole),
        ),
        "รวม",
    )


def percent_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Give a part as per cent of a whole, two decimals; None where one is not known or the whole is nothing."""
    if part is None or not whole:
        return None
    return (part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def agency_and_period(*between: Labelled) -> Labels:
    """Give the head of a report of a period: whose (``agency``) and of when (``period``). between: lines between."""
    return Labels(
        (
            (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
            *between,
            (("รอบที่รายงาน", Declared("period", Kind.PERIOD, "รอบที่รายงาน", style="full")),),
        ),
        other={"period": ("ช่วงเวลาที่รายงาน", "ระยะเวลาที่รายงาน")},
    )


def early(period: Period | None, signer: Signed) -> list[Problem]:
    """Tell when a report was signed before its period had ended."""
    if period is None or signer.on is None or signer.on > period.end:
        return []
    return [
        finding("REPORT_TOO_EARLY", Severity.ERROR, "the report is signed before its period has ended",
                "ลงนามก่อนสิ้นสุดรอบที่รายงาน", mend_th="รายงานเมื่อสิ้นสุดรอบแล้ว")
    ]  # fmt: skip


def same_words(rows: Sequence[Any], one: str, other: str, what_th: str) -> list[Problem]:
    """Tell rows of which two texts say the same: what was done is not what was planned."""
    return [
        finding("REPORT_SAME_WORDS", Severity.WARNING, f"row {number}: {one} and {other} say the same",
                f"ลำดับที่ {number}: {what_th}", mend_th="เขียนสิ่งที่ทำได้จริงและผลที่เกิดขึ้น")
        for number, row in enumerate(rows, 1)
        if getattr(row, one) and fold(getattr(row, one)) == fold(getattr(row, other))
    ]  # fmt: skip


def over_budget(rows: Sequence[Any]) -> list[Problem]:
    """Tell rows on which more was spent than there was."""
    return [
        finding("REPORT_OVER_BUDGET", Severity.WARNING, f"row {number}: more was spent than there was",
                f"ลำดับที่ {number}: ใช้จ่ายเกินงบประมาณ", mend_th="ชี้แจงเหตุผลหรือแก้ตัวเลข",
                arithmetic=f"{row.spent_thb:,.2f} > {row.budget_thb:,.2f}")
        for number, row in enumerate(rows, 1)
        if row.spent_thb is not None and row.budget_thb is not None and row.spent_thb > row.budget_thb
    ]  # fmt: skip
