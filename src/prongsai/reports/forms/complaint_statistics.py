"""Statistics of complaints about corruption: counts by month and by category, none of them telling of a person.

A count of one or two would, so its row is kept back in a breakdown, together with another that hides it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from prongsai.documents.model import Document, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import agency_as_of
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "complaint-statistics"
TITLE_TH = "สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"
NONE_TH = "ไม่มีเรื่องร้องเรียน"
HIDDEN = "*"
SMALL = 3  # counts below it, other than none, are kept back


@dataclass(frozen=True, slots=True)
class Count:
    """A row of a breakdown. total = done + pending; None is a count that is kept back."""

    label: str
    total: int | None
    done: int | None
    pending: int | None


@dataclass(frozen=True, slots=True)
class ComplaintStatistics:
    """The counts of a fiscal year. months, categories: breakdowns of the same complaints; either may be empty."""

    agency: str
    fiscal_year_be: int
    total: int
    done: int
    pending: int
    months: tuple[Count, ...]
    categories: tuple[Count, ...]
    reported_on: date | None
    signer: Signed


_FIELDS = ("total", "done", "pending")


def suppress(statistics: ComplaintStatistics) -> ComplaintStatistics:
    """Keep back the rows of a breakdown in which a count is small, and one more where it would be a single one.

    Whole rows, at least two: what the year has beyond the rows shown may then stand in any of them, so no count kept
    back follows from the rest. Rows kept back already stay so. The totals of the year are never kept back.
    """
    months, categories = _suppressed(statistics.months), _suppressed(statistics.categories)
    return replace(statistics, months=months, categories=categories)


def _suppressed(rows: tuple[Count, ...]) -> tuple[Count, ...]:
    hidden = {at for at, row in enumerate(rows) if _tells(row)}
    others = [at for at in range(len(rows)) if at not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda at: (not rows[at].total, rows[at].total, at)))
    return tuple(Count(row.label, None, None, None) if at in hidden else row for at, row in enumerate(rows))


def _tells(row: Count) -> bool:
    counts = (row.total, row.done, row.pending)
    return any(count is None or 0 < count < SMALL for count in counts)


def _columns(*heads: str) -> tuple[Columns, ...]:
    columns = (
        Column("label", heads=heads, width=5),
        Column("total", Kind.WHOLE, heads=("เรื่องทั้งหมด", "ทั้งหมด", "จำนวนเรื่อง"), width=2, nil=HIDDEN, summed=True),
        Column("done", Kind.WHOLE, heads=("แล้วเสร็จ", "ดำเนินการแล้วเสร็จ", "ยุติ"), width=2, nil=HIDDEN, summed=True),
        Column("pending", Kind.WHOLE, heads=("อยู่ระหว่างดำเนินการ", "ระหว่างดำเนินการ"), width=2, nil=HIDDEN, summed=True),
        Column("note", heads=("หมายเหตุ",), width=3, required=False,
               derive=lambda row, record: NONE_TH if row.total == 0 else ""),
    )  # fmt: skip
    sums = lambda record: {name: getattr(record, name) for name in _FIELDS}  # noqa: E731  # reason: one use
    return (Columns(columns, "รวมทั้งปี", sums),)


def _check(statistics: ComplaintStatistics) -> Sequence[Problem]:
    problems = []
    year = Count("ทั้งปี", statistics.total, statistics.done, statistics.pending)
    for row in (year, *statistics.months, *statistics.categories):
        if (
            row.total is not None
            and row.done is not None
            and row.pending is not None
            and row.total != row.done + row.pending
        ):
            problems.append(
                finding("COMPLAINTS_SUM", Severity.ERROR, f"{row.label}: done and pending do not make the total",
                        f"{row.label}: เรื่องทั้งหมดไม่เท่ากับแล้วเสร็จรวมกับอยู่ระหว่างดำเนินการ",
                        arithmetic=f"{row.done} + {row.pending} = {row.done + row.pending} ≠ {row.total}",
                        mend_th="แก้จำนวนให้ตรงกัน")
            )  # fmt: skip
    return [
        *problems,
        *_years(statistics, statistics.months, "รายเดือน"),
        *_years(statistics, statistics.categories, "แยกประเภท"),
    ]


def _years(statistics: ComplaintStatistics, rows: tuple[Count, ...], what: str) -> Iterator[Problem]:
    """Hold the sum of a breakdown against the year; with counts kept back it may only be less."""
    for name in _FIELDS:
        counts = [getattr(row, name) for row in rows]
        year, known = getattr(statistics, name), sum(count for count in counts if count is not None)
        if rows and year is not None and (known > year or (None not in counts and known != year)):
            yield finding(
                "COMPLAINTS_YEAR", Severity.ERROR, f"{what} {name}: the rows make {known}, the year has {year}",
                f"ยอด{what}รวมได้ {known} แต่ยอดทั้งปีเป็น {year}",
                arithmetic=f"Σ {name} = {known} ≠ {year}", mend_th="แก้ยอดรายแถวหรือยอดทั้งปี",
            )  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    ComplaintStatistics,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_as_of(),
        Says(
            "เรื่องร้องเรียนทั้งปี {total} เรื่อง ดำเนินการแล้วเสร็จ {done} เรื่อง อยู่ระหว่างดำเนินการ {pending} เรื่อง",
            tuple(Declared(name, Kind.WHOLE, called) for name, called in
                  (("total", "เรื่องทั้งหมด"), ("done", "แล้วเสร็จ"), ("pending", "อยู่ระหว่างดำเนินการ"))),
            Style.PLAIN,
        ),
        Words(f"ในปีงบประมาณนี้{NONE_TH}การทุจริตและประพฤติมิชอบ", Style.PLAIN, when=lambda record: record.total == 0),
        Rows("months", Count, _columns("เดือน", "ประจำเดือน"), heading="จำแนกรายเดือน", nothing="ไม่ได้จำแนกรายเดือน"),
        Rows("categories", Count, _columns("ประเภทเรื่องร้องเรียน", "ประเภท", "เรื่อง"), heading="จำแนกตามประเภท",
             nothing="ไม่ได้จำแนกตามประเภท"),
        Words(f"{HIDDEN} จำนวนที่น้อยจนอาจทำให้ทราบตัวบุคคล จึงไม่เปิดเผยในตารางจำแนก", Style.NOTE),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda statistics: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {statistics.fiscal_year_be}",
    check=_check,
)  # fmt: skip


def compose(statistics: ComplaintStatistics) -> Document:
    """Print the statistics; small counts of the breakdowns are kept back first, whatever was asked."""
    return PAPER.compose(suppress(statistics))


recognise, sample, from_json, to_json = PAPER.recognise, PAPER.sample, PAPER.from_json, PAPER.to_json
