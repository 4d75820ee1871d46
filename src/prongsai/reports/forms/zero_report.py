"""The signed statement that there was nothing to enter: silence is not a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind, Period
from prongsai.thai.fiscal import months_in

NAME = "zero-report"
TITLE_TH = "รายงานกรณีไม่มีรายการ"
STATEMENT_START = "ไม่มี"


@dataclass(frozen=True, slots=True)
class NilMonth:
    """A month of the period, what was stated for it, when and by whom. month: its first day."""

    month: date | None
    statement: str
    stated_on: date | None
    stated_by: str


@dataclass(frozen=True, slots=True)
class ZeroReport:
    """A statement of nothing. register: which register; statement: ``ไม่มี…``; months: empty, or every month of it."""

    agency: str
    unit: str
    register: str
    period: Period | None
    statement: str
    months: tuple[NilMonth, ...]
    declared_on: date | None
    signer: Signed


MONTHS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ลำดับ", "ที่"), width=1),
        Column("month", Kind.MONTH, heads=("เดือน", "ประจำเดือน"), width=3),
        Column("statement", heads=("ผลการรายงาน", "รายการ", "ผล"), width=5),
        Column("stated_on", Kind.DATE, heads=("วันที่รายงาน", "รายงานเมื่อ"), width=3),
        Column("stated_by", Kind.PERSON, heads=("ผู้รายงาน", "รายงานโดย"), width=4),
    )
)


def _check(report: ZeroReport) -> Sequence[Problem]:
    problems = []
    if report.statement and not report.statement.startswith(STATEMENT_START):
        problems.append(
            finding("ZERO_NOT_NOTHING", Severity.ERROR, "the statement does not say that there was nothing",
                    f"ข้อความต้องขึ้นต้นว่า “{STATEMENT_START}…”", mend_th="ถ้ามีรายการให้รายงานเป็นทะเบียน")
        )  # fmt: skip
    if report.period and report.declared_on and report.declared_on < report.period.end:
        problems.append(
            finding("ZERO_TOO_EARLY", Severity.ERROR, "stated before the period has ended",
                    "ลงนามรับรองก่อนสิ้นสุดรอบที่รายงาน", mend_th="รับรองเมื่อสิ้นสุดรอบแล้ว")
        )  # fmt: skip
    return [*problems, *_months(report)]


def _months(report: ZeroReport) -> list[Problem]:
    if not report.months or report.period is None:
        return []
    wanted = months_in(report.period.start, report.period.end)
    stated = [month.month for month in report.months]
    missing = [month for month in wanted if month not in stated]
    outside = [month for month in stated if month and month not in wanted]
    return [
        *(finding("ZERO_MONTH_MISSING", Severity.ERROR, f"{month:%Y-%m} is not stated",
                  f"ขาดเดือน {month.month}/{month.year + 543}", mend_th="ให้ผู้รับผิดชอบรายงานเดือนนั้น") for month in missing),
        *(finding("ZERO_MONTH_OUTSIDE", Severity.ERROR, f"{month:%Y-%m} is outside the period",
                  f"เดือน {month.month}/{month.year + 543} อยู่นอกรอบที่รายงาน") for month in outside),
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    ZeroReport,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("ส่วนราชการ", Declared("unit", name="ส่วนราชการ")),),
                (("ทะเบียน", Declared("register", name="ทะเบียนที่รายงาน")),),
                (("รอบที่รายงาน", Declared("period", Kind.PERIOD, "รอบที่รายงาน", style="full")),),
            ),
            other={"register": ("เรื่อง", "ทะเบียนที่รายงาน"), "period": ("ช่วงเวลา", "รอบ"), "unit": ("สังกัด",)},
        ),
        Says(
            "ขอรับรองว่าในรอบที่รายงานข้างต้น {statement}",
            (Declared("statement", name="คำรับรอง"),),
            accepts=("ขอรับรองว่า{statement}",),
        ),
        Rows("months", NilMonth, (MONTHS,), heading="รายงานรายเดือน", nothing="รายงานรวมทั้งรอบ ไม่แยกรายเดือน"),
        Says(
            "รับรอง ณ วันที่ {declared_on}",
            (Declared("declared_on", Kind.DATE, "วันที่รับรอง", style="full_be"),),
            accepts=("ลงวันที่ {declared_on}", "วันที่ {declared_on}"),
        ),
        Signs("signer", "ผู้รับรอง", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} {report.register}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
