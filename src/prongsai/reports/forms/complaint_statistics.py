"""Statistics of complaints about corruption: counts by month and by category, none of them telling of a person.

A count of one or two would, so its row is kept back in a breakdown, with more rows for as long as it could be worked
out from everything else: the other columns, the totals, the other breakdown, what was told earlier in the same year
(``privacy.suppress``). Of a year that has fewer than three complaints altogether no breakdown is told at all: which
month it was would be what people go by.

The totals of the year are told as they are, be they one: the assessment asks how many cases there were, and a number
without month or kind says of nobody who it was. An office in which even that would tell may keep small totals back too:
``hide_small_totals``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from prongsai.documents.model import Document, Style
from prongsai.errors import Problem, Severity
from prongsai.privacy.patterns import personal
from prongsai.privacy.suppress import LEAST
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.complaint_parts import HIDDEN, KEPT_BACK, NONE_TH, Breakdown, Flag, Refused, Totals
from prongsai.reports.forms.complaint_tables import YEAR, kept_back
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import agency_as_of
from prongsai.reports.forms.paper import Paper
from prongsai.reports.forms.parts import FISCAL_YEAR, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Kind
from prongsai.thai.names import TITLES, read_name

NAME = "complaint-statistics"
TITLE_TH = "สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"
HALF_TH = "รอบ ๖ เดือนแรก (ตุลาคม ถึงมีนาคม)"
SMALL = LEAST


@dataclass(frozen=True, slots=True)
class Count:
    """A row of a breakdown. total = done + pending = procurement + other; None is a count that is kept back.

    procurement, other: about procurement and about other corruption; both None where that is not told apart.
    """

    label: str
    total: int | None
    done: int | None
    pending: int | None
    procurement: int | None = None
    other: int | None = None


@dataclass(frozen=True, slots=True)
class ComplaintStatistics:
    """The counts of a fiscal year, or of its first half. months, categories: of the same complaints; may be empty.

    refused: how many of those done were not taken on; None where it is not told. hide_small_totals: keep small totals
    of the year back too; None is then one that is kept back.
    """

    agency: str
    fiscal_year_be: int
    total: int | None
    done: int | None
    pending: int | None
    months: tuple[Count, ...]
    categories: tuple[Count, ...]
    reported_on: date | None
    signer: Signed
    refused: int | None = None
    is_half: bool = False
    hide_small_totals: bool = False


def suppress(statistics: ComplaintStatistics, earlier: Iterable[ComplaintStatistics] = ()) -> ComplaintStatistics:
    """Keep back the rows in which a count is small, and more until no count that is kept back follows from the rest.

    Whole rows, two at least where there are more than one. Rows kept back already stay so. earlier: what was told of
    the same year before. Doing it again changes nothing.
    """
    found: ComplaintStatistics = kept_back(statistics, tuple(earlier))
    return found


def _columns(*heads: str) -> tuple[Columns, ...]:
    whole: dict[str, Any] = {"kind": Kind.WHOLE, "width": 2, "nil": HIDDEN, "summed": True}
    columns = (
        Column("label", heads=heads, width=4.5),
        Column("procurement", heads=("จัดซื้อจัดจ้าง", "การจัดซื้อจัดจ้าง"), required=False, **whole),
        Column("other", heads=("ทุจริตอื่น", "การทุจริตอื่น"), required=False, **whole),
        Column("total", heads=("เรื่องทั้งหมด", "ทั้งหมด", "จำนวนเรื่อง", "รวม"), **whole),
        Column("done", heads=("แล้วเสร็จ", "ดำเนินการแล้วเสร็จ", "ยุติ"), **whole),
        Column("pending", heads=("อยู่ระหว่างดำเนินการ", "ระหว่างดำเนินการ"), **whole),
        Column("note", heads=("หมายเหตุ",), width=3, required=False,
               derive=lambda row, record: NONE_TH if row.total == 0 else ""),
    )  # fmt: skip
    sums = lambda record: {name: getattr(record, name) for name in YEAR}  # noqa: E731  # reason: one use
    return (Columns(columns, "รวมทั้งปี", sums),)


# --- what is wrong with one ------------------------------------------------------------------------------------------
def _check(statistics: ComplaintStatistics) -> Sequence[Problem]:
    year = Count("ทั้งปี", statistics.total, statistics.done, statistics.pending)
    rows = (*statistics.months, *statistics.categories)
    return [
        *(problem for row in (year, *rows) for problem in _sums(row)),
        *_refused(statistics),
        *_years(statistics, statistics.months, "รายเดือน"),
        *_years(statistics, statistics.categories, "แยกประเภท"),
        *(problem for row in rows for problem in _named(row.label)),
    ]


def _sums(row: Count) -> Iterator[Problem]:
    pairs = (
        ("COMPLAINTS_SUM", row.done, row.pending, "แล้วเสร็จรวมกับอยู่ระหว่างดำเนินการ", "done and pending"),
        ("COMPLAINTS_SPLIT", row.procurement, row.other, "จัดซื้อจัดจ้างรวมกับทุจริตอื่น", "procurement and other"),
    )
    for code, one, two, what, name in pairs:
        if row.total is not None and one is not None and two is not None and row.total != one + two:
            yield finding(
                code, Severity.ERROR, f"{row.label}: {name} do not make the total",
                f"{row.label}: เรื่องทั้งหมดไม่เท่ากับ{what}",
                arithmetic=f"{one} + {two} = {one + two} ≠ {row.total}", mend_th="แก้จำนวนให้ตรงกัน",
            )  # fmt: skip


def _refused(statistics: ComplaintStatistics) -> Iterator[Problem]:
    refused, done = statistics.refused, statistics.done
    if refused is not None and done is not None and refused > done:
        yield finding(
            "COMPLAINTS_REFUSED", Severity.ERROR, "more were refused than are done",
            "เรื่องที่ไม่รับเป็นส่วนหนึ่งของเรื่องที่แล้วเสร็จ จึงมีมากกว่าไม่ได้",
            arithmetic=f"{refused} > {done}", mend_th="แก้จำนวนเรื่องที่ไม่รับหรือที่แล้วเสร็จ",
        )  # fmt: skip


def _years(statistics: ComplaintStatistics, rows: tuple[Count, ...], what: str) -> Iterator[Problem]:
    """Hold the sum of a breakdown against the year; with counts kept back it may only be less."""
    for name in YEAR:
        counts = [getattr(row, name) for row in rows]
        year, known = getattr(statistics, name), sum(count for count in counts if count is not None)
        if rows and year is not None and (known > year or (None not in counts and known != year)):
            yield finding(
                "COMPLAINTS_YEAR", Severity.ERROR, f"{what} {name}: the rows make {known}, the year has {year}",
                f"ยอด{what}รวมได้ {known} แต่ยอดทั้งปีเป็น {year}",
                arithmetic=f"Σ {name} = {known} ≠ {year}", mend_th="แก้ยอดรายแถวหรือยอดทั้งปี",
            )  # fmt: skip


def _named(label: str) -> Iterator[Problem]:
    """Tell of somebody's name or number where a month or a category is meant to stand."""
    if personal(label) or any(read_name(label[at:]) for title in TITLES for at in _places(label, title)):
        yield finding(
            "COMPLAINTS_PERSON", Severity.ERROR, "a row of the statistics names a person",
            "ตารางสถิติมีชื่อหรือข้อมูลของบุคคล สถิติแสดงได้เฉพาะจำนวน",
            mend_th="ใช้ชื่อเดือนหรือชื่อประเภทเรื่องแทน",
        )  # fmt: skip


def _places(text: str, words: str) -> Iterator[int]:
    """Give where words begin in a text: a name may stand there without a space before it."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


PAPER = Paper(
    NAME,
    TITLE_TH,
    ComplaintStatistics,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        Flag("is_half", HALF_TH, Style.TITLE),
        agency_as_of(),
        Totals(),
        Refused(),
        Words(f"ในปีงบประมาณนี้{NONE_TH}การทุจริตและประพฤติมิชอบ", Style.PLAIN,
              when=lambda record: record.total == 0 and not record.is_half),
        Words(f"ในรอบ ๖ เดือนแรกนี้{NONE_TH}การทุจริตและประพฤติมิชอบ", Style.PLAIN,
              when=lambda record: record.total == 0 and record.is_half),
        Breakdown("months", Count, _columns("เดือน", "ประจำเดือน"), heading="จำแนกรายเดือน",
                  nothing="ไม่ได้จำแนกรายเดือน"),
        Breakdown("categories", Count, _columns("ประเภทเรื่องร้องเรียน", "ประเภท", "เรื่อง"), heading="จำแนกตามประเภท",
                  nothing="ไม่ได้จำแนกตามประเภท"),
        Words(f"{HIDDEN} จำนวนที่น้อยจนอาจทำให้ทราบตัวบุคคล จึงไม่เปิดเผยในตารางจำแนก", Style.NOTE),
        Flag("hide_small_totals", f"ยอดรวมที่น้อยกว่า ๓ เรื่องไม่แสดงเป็นตัวเลข ส่วนที่คำนวณย้อนได้แสดงว่า{KEPT_BACK}", Style.NOTE),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda statistics: (
        f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {statistics.fiscal_year_be}"
        f"{' รอบ ๖ เดือนแรก' if statistics.is_half else ''}"
    ),
    check=_check,
)  # fmt: skip


def compose(statistics: ComplaintStatistics) -> Document:
    """Print the statistics; small counts are kept back first, whatever was asked."""
    return PAPER.compose(suppress(statistics))


recognise, sample, from_json, to_json = PAPER.recognise, PAPER.sample, PAPER.from_json, PAPER.to_json
