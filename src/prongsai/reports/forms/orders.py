"""What every order of an agency has: its head, why and by which law, what it replaces, from when, who signs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, Protocol

from prongsai.documents.model import Block, Paragraph, Style, Table
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.parts import Emblem, Part, Rule, Says, Text, Values, note_missing
from prongsai.reports.forms.signing import Signs
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import Declared, Edge, Kind
from prongsai.reports.papers.lines import CLAUSE, LineKind, read_line, row_text, set_lines
from prongsai.thai.numerals import to_arabic

LEGAL_BASES = Declared("legal_bases", Kind.LIST, "ฐานอำนาจตามกฎหมาย", joiner=" ประกอบกับ")
_CLAUSES_NUMBERED_MIN = 2

HEAD: tuple[Part, ...] = (
    Emblem(),
    Says("คำสั่ง{agency}", (Declared("agency", name="หน่วยงาน"),), Style.TITLE),
    Says(
        "ที่ {number}/{year_be}",
        (Declared("number", Kind.SERIAL, "เลขที่คำสั่ง", required=False), Declared("year_be", Kind.SERIAL, "ปี พ.ศ.")),
        Style.TITLE,
    ),
    Says("เรื่อง {subject}", (Declared("subject", name="เรื่อง"),), Style.TITLE),
    Rule(),
    Text(Declared("reasons", Kind.LIST, "เหตุผล", required=False)),
)
TAIL: tuple[Part, ...] = (
    Says(
        "ให้ยกเลิก{supersedes} และให้ใช้คำสั่งนี้แทน",
        (Declared("supersedes", name="คำสั่งที่ยกเลิก", required=False),),
        accepts=("ให้ยกเลิก{supersedes}",),
        optional=True,
    ),
    Says(
        "ทั้งนี้ ตั้งแต่วันที่ {effective} เป็นต้นไป",
        (Declared("effective", Kind.DATE, "วันที่มีผล", style="full_be"),),
        accepts=("ทั้งนี้ ให้มีผลตั้งแต่วันที่ {effective} เป็นต้นไป", "ทั้งนี้ ตั้งแต่{effective}เป็นต้นไป"),
    ),
    Says(
        "สั่ง ณ วันที่ {ordered_on}",
        (Declared("ordered_on", Kind.DATE, "วันที่สั่ง", style="full_be", required=False),),
        Style.CENTRED,
    ),
    Signs("signer"),
)


class Order(Protocol):
    """What of an order is held against its number."""

    @property
    def year_be(self) -> int:
        """Calendar year of the number."""

    @property
    def ordered_on(self) -> date | None:
        """The day of the order."""


def years(order: Order) -> list[Problem]:
    """Tell an order whose number is of another calendar year than its day."""
    if order.ordered_on is None or order.year_be is None or order.ordered_on.year + 543 == order.year_be:
        return []
    year = order.ordered_on.year + 543
    return [
        finding(
            "ORDER_YEAR", Severity.ERROR, f"the number is of {order.year_be}, the order is dated in {year}",
            f"เลขที่คำสั่งเป็นปี {order.year_be} แต่สั่งในปี {year}", mend_th="ตรวจเลขที่และวันที่สั่ง",
        )
    ]  # fmt: skip


@dataclass(frozen=True)
class Clauses(Part):
    """What is ordered, a line a clause: ``ข้อ ๑ …`` where there are several. Items and rows stand under their clause.

    The field holds the lines without ``ข้อ ๑``; how a line is set follows from the line (``papers.lines``).
    """

    of: Declared
    stage = 3

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The field."""
        return (self.of,)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print them."""
        yield from set_lines(numbered_clauses(getattr(record, self.of.field), edge))

    def read(self, stream: Stream, me: int) -> Values:
        """Take the free lines and tables of its room, as far as the sentence that leads to them is there."""
        lines: list[str] = []
        for at in stream.room(me) if stream.last_of(me - 1) is not None else ():
            if stream.owner[at] is None:
                lines += _texts(stream.entries[at])
                stream.take(at, me)
        if self.of.required and not lines:
            note_missing(stream, (self.of,))
        return {self.of.field: bare_clauses(lines)}


def numbered_clauses(lines: Sequence[str], edge: Edge) -> Iterator[str]:
    """Number the clauses among some lines, where there are several."""
    numbers = count(1)
    is_numbered = sum(_is_clause(line) for line in lines) >= _CLAUSES_NUMBERED_MIN
    for line in lines:
        yield f"ข้อ {edge.digits(str(next(numbers)))} {line}" if is_numbered and _is_clause(line) else line


def bare_clauses(lines: Sequence[str]) -> tuple[str, ...]:
    """Take the numbers off the clauses among some lines, as far as they count from one."""
    bare: list[str] = []
    expected = 1
    for line in lines:
        found = CLAUSE.match(line)
        if found and int(to_arabic(found[1])) == expected:
            line, expected = line[found.end() :], expected + 1
        bare.append(line)
    return tuple(bare)


def _is_clause(line: str) -> bool:
    return read_line(line).kind is LineKind.PARAGRAPH


def _texts(entry: Paragraph | Table) -> list[str]:
    return [row_text(row) for row in entry.rows] if isinstance(entry, Table) else [entry.text]
