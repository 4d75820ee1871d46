"""Statistics of the information centre: requests by decision and by how long they took, none telling of a person.

A count of one or two may tell who asked, so it is kept back in the breakdowns, with more of them for as long as it
follows from the rest (``privacy.suppress``). The total is told as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from prongsai.documents.model import Document, Style
from prongsai.errors import Problem, Severity
from prongsai.privacy.suppress import Sum, Tables, keep_back
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.complaint_parts import HIDDEN
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Says, Words
from prongsai.reports.forms.report_parts import agency_and_period, early
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind, Period

NAME = "information-statistics"
TITLE_TH = "สถิติคำขอข้อมูลข่าวสารของราชการ"
REFUSED_TH = ("เปิดเผยบางส่วน", "ไม่เปิดเผย")
ANSWERED_TH = ("เปิดเผย", *REFUSED_TH)
PASSED_ON_TH, WAITING_TH = "แนะนำหน่วยงานที่มีข้อมูล", "ยังไม่ตอบ"
TIMES_TH = ("ตอบภายใน ๑๕ วัน", "ตอบเกิน ๑๕ วัน", "ยังไม่ตอบหรือแนะนำหน่วยงานอื่น")
NOTE_TH = f"{HIDDEN} จำนวนที่น้อยจนอาจทำให้ทราบว่าผู้ขอเป็นใคร หรือที่คำนวณย้อนได้ จึงไม่แสดง"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many requests have something in common; None where the count is kept back."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class InformationStatistics:
    """The requests of a period. sections: why not opened, of those refused in whole or in part; fee_thb: of all.

    decisions, times, askers: each of all requests.
    """

    agency: str
    fiscal_year_be: int
    period: Period | None
    total: int
    fee_thb: Decimal
    decisions: tuple[Counted, ...]
    times: tuple[Counted, ...]
    sections: tuple[Counted, ...]
    askers: tuple[Counted, ...]
    signer: Signed


_WHOLE = ("decisions", "times", "askers")
_PARTS = (*_WHOLE, "sections")
# Sums between breakdowns: who reads both may come to what one of them keeps back.
_ACROSS: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]] = {
    "refused": (("decisions", REFUSED_TH), ("sections", ())),
    "answered": (("decisions", ANSWERED_TH), ("times", TIMES_TH[:2])),
}


def suppress(statistics: InformationStatistics) -> InformationStatistics:
    """Keep back small counts, and more until none of them follows from the rest. Doing it again changes nothing."""
    rows = {name: getattr(statistics, name) for name in _PARTS}
    told = {(name, at): one.count for name in _PARTS for at, one in enumerate(rows[name])}
    counts: dict[Any, int] = {cell: count or 0 for cell, count in told.items()} | {"total": statistics.total or 0}
    sums = [Sum("total", tuple((name, at) for at in range(len(rows[name])))) for name in _WHOLE]
    for unsaid, places in _ACROSS.items():
        both = [_cells(name, rows[name], labels) for name, labels in places]
        counts[unsaid] = sum(counts[cell] for cell in both[0])
        sums += [Sum(unsaid, cells) for cells in both]
    held = [one for one in sums if one.parts and sum(counts[cell] for cell in one.parts) == counts[one.whole]]
    away = [cell for cell, count in told.items() if count is None]
    tables = Tables(counts, held, always=["total"], unsaid=tuple(_ACROSS))
    hidden = keep_back(tables, already=away)
    shown: dict[str, Any] = {name: _shown(name, rows[name], hidden) for name in _PARTS}
    return replace(statistics, **shown)


def _cells(name: str, rows: Sequence[Counted], labels: Sequence[str]) -> tuple[Any, ...]:
    """Give the cells of the rows with these labels; without labels of all."""
    return tuple((name, at) for at, one in enumerate(rows) if not labels or one.label in labels)


def _shown(name: str, rows: Sequence[Counted], hidden: frozenset[Any]) -> tuple[Counted, ...]:
    return tuple(replace(one, count=None) if (name, at) in hidden else one for at, one in enumerate(rows))


def _columns(*heads: str) -> tuple[Columns, ...]:
    return (
        Columns(
            (
                Column("label", heads=heads, width=9),
                Column("count", Kind.WHOLE, heads=("จำนวนคำขอ", "จำนวน"), width=3, nil=HIDDEN),
            )
        ),
    )


def _check(statistics: InformationStatistics) -> Sequence[Problem]:
    return [*early(statistics.period, statistics.signer), *_sums(statistics)]


def _sums(statistics: InformationStatistics) -> Iterator[Problem]:
    """Hold each breakdown against the total; with counts kept back it may only be less."""
    names = {"decisions": "ผลการพิจารณา", "times": "เวลาที่ใช้", "askers": "ประเภทผู้ขอ", "sections": "มาตราที่ไม่เปิดเผย"}
    for name, label in names.items():
        counts = [one.count for one in getattr(statistics, name)]
        known = sum(one for one in counts if one is not None)
        if statistics.total is None or not counts:
            continue
        is_whole = name in _WHOLE and None not in counts
        if known > statistics.total or (is_whole and known != statistics.total):
            yield finding("INFORMATION_SUM", Severity.ERROR, f"{name}: the rows make {known} of {statistics.total}",
                          f"ยอดตาม{label}รวมได้ {known} แต่คำขอทั้งหมด {statistics.total}", mend_th="แก้ตัวเลขให้ตรงกัน",
                          arithmetic=f"{known} ≠ {statistics.total}")  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    InformationStatistics,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Says(
            "คำขอทั้งหมด {total} เรื่อง ค่าธรรมเนียมรวม {fee_thb} บาท",
            (Declared("total", Kind.WHOLE, "คำขอทั้งหมด"), Declared("fee_thb", Kind.MONEY, "ค่าธรรมเนียมรวม")),
            Style.PLAIN,
        ),
        Rows("decisions", Counted, _columns("ผลการพิจารณา"), heading="จำนวนตามผลการพิจารณา", nothing="ไม่มีคำขอ"),
        Rows("times", Counted, _columns("เวลาที่ใช้ตอบ"), heading="จำนวนตามเวลาที่ใช้", nothing="ไม่มีคำขอ"),
        Rows("sections", Counted, _columns("มาตราที่ใช้ไม่เปิดเผย", "มาตรา"),
             heading="คำขอที่ไม่เปิดเผยทั้งหมดหรือบางส่วน จำแนกตามมาตรา", nothing="ไม่มีคำขอที่ไม่เปิดเผย"),
        Rows("askers", Counted, _columns("ประเภทผู้ขอ", "ผู้ขอ"), heading="จำนวนตามประเภทผู้ขอ", nothing="ไม่มีคำขอ"),
        Words(NOTE_TH, Style.NOTE),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda statistics: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {statistics.fiscal_year_be}",
    check=_check,
)  # fmt: skip


def compose(statistics: InformationStatistics) -> Document:
    """Print the statistics; small counts are kept back first, whatever was asked."""
    return PAPER.compose(suppress(statistics))


recognise, sample, from_json, to_json = PAPER.recognise, PAPER.sample, PAPER.from_json, PAPER.to_json
