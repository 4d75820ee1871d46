"""The yearly report of personnel: what the plan achieved, how many people there are, what they learnt, what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, add_up
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import agency_as_of
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Says, Words
from prongsai.reports.forms.report_parts import ANALYSIS, OBSTACLES, SUGGESTIONS, Prose, over_budget, percent_of
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "hr-report"
TITLE_TH = "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"


@dataclass(frozen=True, slots=True)
class Staff:
    """People of a kind. authorised: how many posts there are for them, None where that is not told apart."""

    kind: str
    authorised: int | None
    men: int
    women: int

    @property
    def actual(self) -> int | None:
        """How many there are."""
        total: int | None = add_up((self.men, self.women))
        return total

    @property
    def vacant(self) -> int | None:
        """How many posts nobody holds."""
        return None if self.authorised is None or self.actual is None else self.authorised - self.actual


@dataclass(frozen=True, slots=True)
class Carried:
    """An activity of the plan and what came of it. percent: how much of it is done, 0–100."""

    activity: str
    unit: str
    budget_thb: Decimal
    spent_thb: Decimal
    percent: Decimal
    result: str


@dataclass(frozen=True, slots=True)
class HrReport:
    """A year. authorised, actual: posts, and those with a holder; courses, attended, hours: of training."""

    agency: str
    fiscal_year_be: int
    reported_on: date | None
    authorised: int
    actual: int
    staff: tuple[Staff, ...]
    activities: tuple[Carried, ...]
    courses: int
    attended: int
    hours: Decimal
    results: tuple[str, ...]
    analysis: tuple[str, ...]
    obstacles: tuple[str, ...]
    suggestions: tuple[str, ...]
    signer: Signed

    @property
    def vacant(self) -> int | None:
        """How many posts nobody holds."""
        return None if self.authorised is None or self.actual is None else self.authorised - self.actual


STAFF = Columns(
    (
        Column("kind", heads=("ประเภทบุคลากร", "ประเภท", "ประเภทตำแหน่ง"), width=5),
        Column("authorised", Kind.WHOLE, heads=("กรอบอัตรา", "กรอบอัตรากำลัง"), width=2.2, summed=True, required=False),
        Column("men", Kind.WHOLE, group="มีอยู่จริง (คน)", heads=("ชาย",), width=1.6, summed=True),
        Column("women", Kind.WHOLE, group="มีอยู่จริง (คน)", heads=("หญิง",), width=1.6, summed=True),
        Column("actual", Kind.WHOLE, group="มีอยู่จริง (คน)", heads=("รวม",), width=1.6, summed=True,
               derive=lambda row, record: row.actual),
        Column("vacant", Kind.WHOLE, heads=("อัตราว่าง", "ว่าง"), width=2, summed=True, required=False,
               derive=lambda row, record: row.vacant),
    ),
    "รวมทั้งสิ้น",
)  # fmt: skip
CARRIED = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1.1),
        Column("activity", heads=("โครงการ/กิจกรรม", "กิจกรรม", "โครงการ"), width=4.2),
        Column("unit", heads=("ผู้รับผิดชอบ", "หน่วยงานรับผิดชอบ"), width=2.8),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณ (บาท)", "งบประมาณ"), width=3, summed=True),
        Column("spent_thb", Kind.MONEY, heads=("ใช้จ่ายแล้ว (บาท)", "งบประมาณที่ใช้", "เบิกจ่าย"), width=3, summed=True),
        Column("percent", Kind.NUMBER, heads=("ร้อยละความสำเร็จ", "ร้อยละ"), width=2),
        Column("result", heads=("ผลการดำเนินการ", "ผลการดำเนินงาน"), width=4.2),
    ),
    "รวมทั้งสิ้น",
)


def _check(report: HrReport) -> Sequence[Problem]:
    return [*_more(report), *_others(report), *over_budget(report.activities)]


def _more(report: HrReport) -> list[Problem]:
    """More people than posts."""
    found: list[tuple[str, int | None, int | None]] = [("ทั้งหมด", report.authorised, report.actual)]
    found += [(row.kind, row.authorised, row.actual) for row in report.staff]
    return [
        finding("HR_MORE_THAN_POSTS", Severity.ERROR, f"{name}: more people than posts",
                f"{name}: มีคนครองมากกว่ากรอบอัตรากำลัง", mend_th="ตรวจกรอบอัตราและจำนวนคน",
                arithmetic=f"{actual} > {authorised}")
        for name, authorised, actual in found
        if authorised is not None and actual is not None and actual > authorised
    ]  # fmt: skip


def _others(report: HrReport) -> list[Problem]:
    """Posts told by kind that are not all posts."""
    posts = add_up(row.authorised for row in report.staff)
    if not report.staff or posts is None or report.authorised is None or posts == report.authorised:
        return []
    return [
        finding("HR_POSTS_SUM", Severity.ERROR, "the posts by kind are not all posts",
                "กรอบอัตราตามประเภทรวมกันไม่เท่ากรอบอัตรากำลังทั้งหมด", mend_th="แก้ตัวเลขให้ตรงกัน",
                arithmetic=f"{posts} ≠ {report.authorised}")
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    HrReport,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_as_of(),
        Says(
            "กรอบอัตรากำลัง {authorised} อัตรา มีคนครอง {actual} อัตรา ว่าง {vacant} อัตรา",
            (
                Declared("authorised", Kind.WHOLE, "กรอบอัตรากำลัง"),
                Declared("actual", Kind.WHOLE, "อัตราที่มีคนครอง"),
                Declared("vacant", Kind.WHOLE, "อัตราว่าง"),
            ),
            derive={"vacant": lambda report: report.vacant},
        ),
        Says(
            "จัดอบรม {courses} หลักสูตร ผู้เข้าอบรม {attended} คน-วัน รวม {hours} ชั่วโมง",
            (
                Declared("courses", Kind.WHOLE, "จำนวนการอบรม"),
                Declared("attended", Kind.WHOLE, "จำนวนผู้เข้าอบรม"),
                Declared("hours", Kind.NUMBER, "ชั่วโมงอบรม"),
            ),
        ),
        Says(
            "งบประมาณตามแผน {planned} บาท ใช้จ่ายแล้ว {used} บาท คิดเป็นร้อยละ {share}",
            (
                Declared("planned", Kind.MONEY, "งบประมาณตามแผนรวม"),
                Declared("used", Kind.MONEY, "งบประมาณที่ใช้รวม"),
                Declared("share", Kind.NUMBER, "ร้อยละที่ใช้จ่าย"),
            ),
            derive={
                "planned": lambda report: add_up(one.budget_thb for one in report.activities),
                "used": lambda report: add_up(one.spent_thb for one in report.activities),
                "share": lambda report: percent_of(
                    add_up(one.spent_thb for one in report.activities),
                    add_up(one.budget_thb for one in report.activities),
                ),
            },
        ),
        Rows("staff", Staff, (STAFF,), heading="อัตรากำลังตามประเภทบุคลากรและเพศ", needed=True),
        Rows("activities", Carried, (CARRIED,), heading="ผลการดำเนินการตามแผน", nothing="ไม่มีกิจกรรมในแผน"),
        Prose("สรุปผลการบริหารและพัฒนาทรัพยากรบุคคล", Declared("results", Kind.LIST, "สรุปผลตามแผน"), ("สรุปผลตามแผน",)),
        ANALYSIS,
        OBSTACLES,
        SUGGESTIONS,
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
