"""The report of what outsiders took part in: the subject, who came, what they said, and what was done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, add_up
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Words
from prongsai.reports.forms.report_parts import Summary, agency_and_period, early, grouped, same_words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Kind, Period

NAME = "participation-report"
TITLE_TH = "รายงานผลการเปิดโอกาสให้บุคคลภายนอกมีส่วนร่วม"


@dataclass(frozen=True, slots=True)
class Participation:
    """An activity. groups: who took part; outsiders: how many that are no staff; use_made: what the office did."""

    topic: str
    held_on: date | None
    unit: str
    method: str
    groups: str
    outsiders: int
    result: str
    use_made: str


@dataclass(frozen=True, slots=True)
class ParticipationReport:
    """The activities of a period."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    activities: tuple[Participation, ...]
    signer: Signed


@dataclass(frozen=True, slots=True)
class OfMethod:
    """How many activities a way of taking part had, and how many people."""

    method: str
    count: int
    outsiders: int | None


ACTIVITIES = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("topic", heads=("ประเด็นหรือเรื่อง", "ประเด็น", "กิจกรรม"), width=4),
        Column("held_on", Kind.DATE, heads=("วันที่จัด", "วันที่"), width=2.4),
        Column("unit", heads=("ส่วนราชการ", "หน่วยงานรับผิดชอบ"), width=2.8),
        Column("method", heads=("วิธีการมีส่วนร่วม", "รูปแบบ"), width=2.6),
        Column("groups", heads=("ผู้มีส่วนร่วม", "กลุ่มผู้มีส่วนร่วม"), width=3.6),
        Column("outsiders", Kind.WHOLE, heads=("บุคคลภายนอก (คน)", "จำนวนผู้มีส่วนร่วม", "จำนวน"), width=2, summed=True),
        Column("result", heads=("ผลจากการมีส่วนร่วม", "ผลการมีส่วนร่วม"), width=4.6),
        Column("use_made", heads=("การนำผลไปใช้", "การนำผลไปปรับปรุง"), width=4.6),
    ),
    "รวมทั้งสิ้น",
)
BY_METHOD = Columns(
    (
        Column("method", heads=("วิธีการมีส่วนร่วม", "รูปแบบ"), width=5),
        Column("count", Kind.WHOLE, heads=("จำนวนกิจกรรม", "กิจกรรม"), width=2.5, summed=True),
        Column("outsiders", Kind.WHOLE, heads=("บุคคลภายนอก (คน)", "จำนวนผู้มีส่วนร่วม"), width=2.5, summed=True),
    ),
    "รวมทั้งสิ้น",
)


def _by_method(report: ParticipationReport) -> list[OfMethod]:
    found = grouped(report.activities, lambda row: row.method)
    return [OfMethod(label, len(rows), add_up(one.outsiders for one in rows)) for label, rows in found.items()]


def _check(report: ParticipationReport) -> Sequence[Problem]:
    insiders = [number for number, one in enumerate(report.activities, 1) if one.outsiders == 0]
    period = report.period
    outside = [
        number
        for number, one in enumerate(report.activities, 1)
        if period and one.held_on and not period.start <= one.held_on <= period.end
    ]
    return [
        *early(period, report.signer),
        *(finding("PARTICIPATION_INSIDERS", Severity.ERROR, f"activity {number}: no outsider took part",
                  f"ลำดับที่ {number}: ไม่มีบุคคลภายนอก จึงไม่นับเป็นการมีส่วนร่วม", mend_th="ตรวจจำนวนบุคคลภายนอก")
          for number in insiders),
        *(finding("PARTICIPATION_OTHER_PERIOD", Severity.ERROR, f"activity {number}: not in the period",
                  f"ลำดับที่ {number}: วันที่จัดอยู่นอกรอบที่รายงาน", mend_th="ตรวจวันที่ หรือย้ายไปรายงานในรอบนั้น")
          for number in outside),
        *same_words(report.activities, "use_made", "result", "การนำผลไปใช้เขียนเหมือนผลจากการมีส่วนร่วม"),
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    ParticipationReport,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Summary("สรุปตามวิธีการมีส่วนร่วม", OfMethod, BY_METHOD, _by_method),
        Rows("activities", Participation, (ACTIVITIES,), heading="กิจกรรมที่บุคคลภายนอกมีส่วนร่วม", needed=True),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
