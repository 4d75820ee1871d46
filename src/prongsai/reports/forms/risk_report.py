"""The report of managing the assessed risks: the same events, what was done about each, and where they stand now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Part, Words, take_words
from prongsai.reports.forms.report_parts import Summary, agency_and_period, early, grouped, same_words
from prongsai.reports.forms.risk_assessment import AREAS, LEVELS, Area, Level, drawn
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import Edge, Kind, Period

NAME = "risk-report"
TITLE_TH = "รายงานผลการจัดการความเสี่ยงการทุจริต"


class Handling(StrEnum):
    """How far the measures against a risk are."""

    DONE = "done"
    WATCHED = "watched"
    STARTED = "started"
    NOT_STARTED = "not_started"


HANDLINGS = {
    Handling.DONE: "ดำเนินการแล้วเสร็จ",
    Handling.WATCHED: "เฝ้าระวังต่อเนื่อง",
    Handling.STARTED: "เริ่มดำเนินการ",
    Handling.NOT_STARTED: "ยังไม่ดำเนินการ",
}


@dataclass(frozen=True, slots=True)
class Managed:
    """A risk of the assessment and what came of its measures. *_after: scores given anew, None when not given."""

    area: Area
    process: str
    event: str
    likelihood: int
    impact: int
    measures: tuple[str, ...]
    result: str
    status: Handling
    likelihood_after: int | None
    impact_after: int | None
    obstacles: str
    suggestions: str

    @property
    def score(self) -> int | None:
        """Likelihood × impact as assessed; None while one is missing."""
        return _product(self.likelihood, self.impact)

    @property
    def score_after(self) -> int | None:
        """Likelihood × impact now; None where it was not scored anew."""
        return _product(self.likelihood_after, self.impact_after)


def _product(likelihood: int | None, impact: int | None) -> int | None:
    return None if likelihood is None or impact is None else likelihood * impact


@dataclass(frozen=True, slots=True)
class RiskReport:
    """The report of a period on every risk of the year, with the matrix by which they were assessed."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    levels: tuple[Level, ...]
    risks: tuple[Managed, ...]
    signer: Signed

    def level_of(self, score: int | None) -> str:
        """Give the level of a score, "" where it has none."""
        return next((level.name for level in self.levels if score is not None and level.holds(score)), "")


@dataclass(frozen=True, slots=True)
class OfArea:
    """How many risks of an area are in each state."""

    area: str
    done: int
    watched: int
    started: int
    not_started: int
    count: int


_NO = Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1)
_EVENT = Column("event", heads=("เหตุการณ์ความเสี่ยง", "เหตุการณ์หรือรูปแบบความเสี่ยง", "ประเด็นความเสี่ยง"), width=4.6)
_NOW_TH = "ผังความเสี่ยงหลังดำเนินการ"
_BEFORE, _AFTER = "ก่อนดำเนินการ", "หลังดำเนินการ"
ASSESSED = Columns(
    (
        _NO,
        Column("area", Kind.CHOICE, choices=AREAS, heads=("ด้าน", "ประเด็น"), width=3.4),
        Column("process", heads=("กระบวนงาน", "ภารกิจ/กระบวนงาน"), width=3.6),
        _EVENT,
        Column("likelihood", Kind.SERIAL, group=_BEFORE, heads=("โอกาส", "L"), width=1.8),
        Column("impact", Kind.SERIAL, group=_BEFORE, heads=("ผลกระทบ", "I"), width=2.2),
        Column("score", Kind.SERIAL, group=_BEFORE, heads=("คะแนน",), width=1.8, derive=lambda row, record: row.score),
        Column("level", group=_BEFORE, heads=("ระดับ",), width=2.1,
               derive=lambda row, record: record.level_of(row.score)),
        Column("measures", Kind.LIST, heads=("มาตรการจัดการความเสี่ยง", "มาตรการ"), width=5),
    )
)  # fmt: skip
DONE = Columns(
    (
        _NO,
        _EVENT,
        Column("result", heads=("ผลการดำเนินการตามมาตรการ", "ผลการดำเนินการ"), width=5.4),
        Column("status", Kind.CHOICE, choices=HANDLINGS, heads=("สถานะการจัดการ", "สถานะ"), width=2.8),
        Column("likelihood_after", Kind.SERIAL, group=_AFTER, heads=("โอกาส", "L"), width=1.8, required=False),
        Column("impact_after", Kind.SERIAL, group=_AFTER, heads=("ผลกระทบ", "I"), width=2.2, required=False),
        Column("score_after", Kind.SERIAL, group=_AFTER, heads=("คะแนน",), width=1.8, required=False,
               derive=lambda row, record: row.score_after),
        Column("level_after", group=_AFTER, heads=("ระดับ",), width=2.1, required=False,
               derive=lambda row, record: record.level_of(row.score_after)),
        Column("obstacles", heads=("ปัญหา/อุปสรรค", "ปัญหาและอุปสรรค"), width=3.2),
        Column("suggestions", heads=("ข้อเสนอแนะ",), width=3.2),
    )
)  # fmt: skip
_WHOLE: dict[str, Any] = {"kind": Kind.WHOLE, "width": 2.2, "summed": True}
BY_AREA = Columns(
    (
        Column("area", heads=("ด้าน", "ประเด็น"), width=7),
        *(Column(str(key), heads=(label,), **_WHOLE) for key, label in HANDLINGS.items()),
        Column("count", heads=("รวม", "ทั้งหมด"), **_WHOLE),
    ),
    "รวมทั้งสิ้น",
)


def _by_area(report: RiskReport) -> list[OfArea]:
    return [
        OfArea(
            label,
            _are(rows, Handling.DONE),
            _are(rows, Handling.WATCHED),
            _are(rows, Handling.STARTED),
            _are(rows, Handling.NOT_STARTED),
            len(rows),
        )
        for label, rows in grouped(report.risks, lambda row: AREAS.get(row.area, "")).items()
    ]


def _are(rows: Sequence[Managed], state: Handling) -> int:
    return sum(1 for one in rows if one.status is state)


@dataclass(frozen=True)
class Now(Part):
    """The risks in their matrix as they stand now; those that were not scored anew where they stood."""

    def compose(self, record: RiskReport, edge: Edge) -> Iterator[Block]:
        """Draw it."""
        points = [
            (one.likelihood, one.impact) if one.score_after is None else (one.likelihood_after, one.impact_after)
            for one in record.risks
        ]
        picture = tuple(drawn(points, record.levels, edge, _NOW_TH))
        if picture:
            yield paragraph(_NOW_TH, Style.HEADING)
        yield from picture

    def anchor(self, stream: Stream, me: int) -> None:
        """Take its heading."""
        take_words(stream, me, _NOW_TH)


def _check(report: RiskReport) -> Sequence[Problem]:
    return [
        *early(report.period, report.signer),
        *_halves(report),
        *(problem for number, one in enumerate(report.risks, 1) for problem in _copied(number, one)),
        *same_words(report.risks, "result", "event", "ผลการดำเนินการเขียนเหมือนเหตุการณ์ความเสี่ยง"),
    ]


def _halves(report: RiskReport) -> list[Problem]:
    return [
        finding("RISK_HALF_SCORED", Severity.ERROR, f"risk {number}: one of both scores is missing",
                f"ลำดับที่ {number}: ให้คะแนนหลังดำเนินการไม่ครบทั้งโอกาสและผลกระทบ", mend_th="ให้คะแนนทั้งสอง หรือไม่ให้เลย")
        for number, one in enumerate(report.risks, 1)
        if (one.likelihood_after is None) != (one.impact_after is None)
    ]  # fmt: skip


def _copied(number: int, one: Managed) -> list[Problem]:
    if not one.result or one.result not in one.measures:
        return []
    return [
        finding("RISK_RESULT_IS_MEASURE", Severity.WARNING, f"risk {number}: the result is its measure again",
                f"ลำดับที่ {number}: ผลการดำเนินการเขียนเหมือนมาตรการ", mend_th="เขียนสิ่งที่ทำได้จริงและผลที่เกิดขึ้น")
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    RiskReport,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Summary("สรุปสถานะการจัดการรายด้าน", OfArea, BY_AREA, _by_area),
        Rows("risks", Managed, (ASSESSED, DONE), heading="ความเสี่ยงตามการประเมินและผลการจัดการ", needed=True),
        Now(),
        Rows("levels", Level, (LEVELS,), heading="เกณฑ์ระดับความเสี่ยงที่ใช้", needed=True),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
