"""The corruption-risk assessment: events with likelihood and impact, their level by a matrix that the paper carries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import product

from prongsai.documents.model import Block, Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.charts import RiskCell, risk_matrix
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Part, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Edge, Kind, Period

NAME = "risk-assessment"
TITLE_TH = "การประเมินความเสี่ยงการทุจริต"


class Area(StrEnum):
    """The four areas that an assessment must cover."""

    PERMITS = "permits"
    POWER = "power"
    SPENDING = "spending"
    PERSONNEL = "personnel"


AREAS = {
    Area.PERMITS: "การพิจารณาอนุมัติ อนุญาต",
    Area.POWER: "การใช้อำนาจและตำแหน่งหน้าที่",
    Area.SPENDING: "การใช้จ่ายงบประมาณและการบริหารทรัพยากรภาครัฐ",
    Area.PERSONNEL: "การบริหารงานบุคคล",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale: its score and what it means."""

    score: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the matrix: the scores (likelihood × impact) from low to high, both inside."""

    name: str
    low: int
    high: int
    colour: str

    def holds(self, score: int) -> bool:
        """Whether a score is of this level; a level whose ends were not read holds none."""
        return self.low is not None and self.high is not None and self.low <= score <= self.high


@dataclass(frozen=True, slots=True)
class Risk:
    """An event. likelihood, impact: steps of the scales; score and level follow from them."""

    area: Area
    process: str
    step: str
    event: str
    cause: str
    involved: str
    control: str
    likelihood: int
    impact: int
    measures: tuple[str, ...]
    method: str
    responsible: tuple[str, ...]
    period: Period | None
    indicator: str

    @property
    def score(self) -> int | None:
        """Likelihood × impact; None while one is missing."""
        return None if self.likelihood is None or self.impact is None else self.likelihood * self.impact


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An area without a risk, and why."""

    area: Area
    reason: str


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """An assessment with the scales and the matrix that it was made by."""

    agency: str
    fiscal_year_be: int
    assessed_on: date | None
    likelihoods: tuple[Step, ...]
    impacts: tuple[Step, ...]
    levels: tuple[Level, ...]
    risks: tuple[Risk, ...]
    uncovered: tuple[Uncovered, ...]
    signer: Signed

    def level_of(self, risk: Risk) -> str:
        """Give the level of a risk by the matrix, "" where it has none."""
        score = risk.score
        return next((level.name for level in self.levels if score is not None and level.holds(score)), "")


def _scale(what: str) -> tuple[Columns, ...]:
    score = Column("score", Kind.SERIAL, heads=(f"คะแนน{what}", "คะแนน", "ระดับคะแนน"), width=1)
    return (Columns((score, Column("meaning", heads=("ความหมาย", "คำอธิบาย", "เกณฑ์"), width=8))),)


LEVELS = Columns(
    (
        Column("name", heads=("ระดับความเสี่ยง", "ระดับ"), width=2),
        Column("low", Kind.SERIAL, heads=("คะแนนตั้งแต่", "ตั้งแต่"), width=1),
        Column("high", Kind.SERIAL, heads=("คะแนนถึง", "ถึง"), width=1),
        Column("colour", heads=("สี", "แถบสี"), width=1),
    )
)
_NO = Column("no", Kind.ORDINAL, heads=("ลำดับ", "ที่", "ลำดับที่"), width=1)
_GROUP = "การประเมินความเสี่ยง"
ASSESSED = Columns(
    (
        _NO,
        Column("area", Kind.CHOICE, choices=AREAS, heads=("ด้าน", "ประเด็น"), width=2.4),
        Column("process", heads=("กระบวนงาน", "ภารกิจ/กระบวนงาน", "โครงการ/กระบวนงาน"), width=2.4),
        Column("step", heads=("ขั้นตอน", "ขั้นตอนการปฏิบัติงาน"), width=2.2, required=False),
        Column("event", heads=("เหตุการณ์หรือรูปแบบความเสี่ยง", "เหตุการณ์ความเสี่ยง", "ประเด็นความเสี่ยง"), width=3.2),
        Column("cause", heads=("สาเหตุ", "ปัจจัยเสี่ยง"), width=2.4, required=False),
        Column("involved", heads=("ผู้ที่อาจเกี่ยวข้อง", "ผู้เกี่ยวข้อง"), width=2, required=False),
        Column("control", heads=("มาตรการควบคุมที่มีอยู่", "การควบคุมภายในที่มีอยู่"), width=2.6, required=False),
        Column("likelihood", Kind.SERIAL, group=_GROUP, heads=("โอกาส (L)", "โอกาส", "L"), width=1.3),
        Column("impact", Kind.SERIAL, group=_GROUP, heads=("ผลกระทบ (I)", "ผลกระทบ", "I", "ความรุนแรง"), width=1.8),
        Column("score", Kind.SERIAL, group=_GROUP, heads=("คะแนน (L x I)", "คะแนน", "คะแนนความเสี่ยง"), width=1.2,
               derive=lambda risk, record: risk.score),
        Column("level", group=_GROUP, heads=("ระดับ", "ระดับความเสี่ยง"), width=1.4,
               derive=lambda risk, record: record.level_of(risk)),
    )
)  # fmt: skip
MANAGED = Columns(
    (
        _NO,
        Column("measures", Kind.LIST, heads=("มาตรการจัดการความเสี่ยง", "มาตรการป้องกันการทุจริต", "มาตรการ"), width=4),
        Column("method", heads=("วิธีดำเนินการ", "แนวทางดำเนินการ"), width=4),
        Column("responsible", Kind.LIST, heads=("ผู้รับผิดชอบ", "หน่วยงานรับผิดชอบ"), width=3),
        Column("period", Kind.PERIOD, heads=("ระยะเวลาดำเนินการ", "ระยะเวลา"), width=2.5),
        Column("indicator", heads=("ตัวชี้วัด", "ตัวชี้วัดความสำเร็จ"), width=3, required=False),
    )
)
UNCOVERED = Columns(
    (
        Column("area", Kind.CHOICE, choices=AREAS, heads=("ด้านที่ไม่มีความเสี่ยง", "ด้าน"), width=3),
        Column("reason", heads=("เหตุผล", "คำชี้แจง"), width=6),
    )
)


COLOURS = {
    "เขียว": "#bfe3c6", "เหลือง": "#fbeea3", "ส้ม": "#f9cf9c", "แดง": "#f3b0a9", "ฟ้า": "#c4def2", "น้ำเงิน": "#b3c6ec",
}  # fmt: skip
_PLAIN, STEPS = "#eef1f4", range(1, 6)
_MATRIX_CM = 12.0  # leaves room under it on a page that lies across


@dataclass(frozen=True)
class Matrix(Part):
    """The risks in their matrix, named ร๑ ร๒ … by their rows; nothing where the scales are not of 1 to 5."""

    def compose(self, record: RiskAssessment, edge: Edge) -> Iterator[Block]:
        """Draw it."""
        scales = [[step.score for step in scale] for scale in (record.likelihoods, record.impacts)]
        if all(score in STEPS for scale in scales for score in scale):
            points = [(risk.likelihood, risk.impact) for risk in record.risks]
            yield from drawn(points, record.levels, edge, "ผังความเสี่ยงการทุจริต", *scales)


def drawn(
    points: Sequence[tuple[int | None, int | None]],
    levels: Sequence[Level],
    edge: Edge,
    title: str,
    likelihoods: Sequence[int] = STEPS,
    impacts: Sequence[int] = STEPS,
) -> Iterator[Block]:
    """Draw risks (likelihood, impact) in their matrix, named ร๑ ร๒ … in their order; nothing where none has both."""
    cells = [
        RiskCell(likelihood, impact, edge.digits(f"ร{number}"))
        for number, (likelihood, impact) in enumerate(points, 1)
        if likelihood is not None and impact is not None
    ]
    if cells:
        picture = risk_matrix(cells, _squares(levels, likelihoods, impacts), title=title)
        yield replace(picture, width_cm=_MATRIX_CM)


def _squares(
    levels: Sequence[Level], likelihoods: Sequence[int], impacts: Sequence[int]
) -> dict[tuple[int, int], tuple[str, str]]:
    """Give name and colour of the level of every square that one has."""
    return {
        (likelihood, impact): (level.name, _colour(level.colour))
        for likelihood, impact in product(likelihoods, impacts)
        for level in reversed(levels)
        if level.holds(likelihood * impact)
    }


def _colour(words: str) -> str:
    return next((colour for name, colour in COLOURS.items() if name in words), _PLAIN)


def _check(assessment: RiskAssessment) -> Sequence[Problem]:
    return [*_areas(assessment), *_scores(assessment), *_matrix(assessment)]


def _areas(assessment: RiskAssessment) -> list[Problem]:
    covered = {risk.area for risk in assessment.risks} | {each.area for each in assessment.uncovered}
    return [
        finding("RISK_AREA_MISSING", Severity.ERROR, f"no risk and no reason is given for {area}",
                f"ไม่มีความเสี่ยงและไม่มีคำชี้แจงด้าน{label}", mend_th="ประเมินด้านนี้ หรือชี้แจงว่าไม่มีภารกิจ")
        for area, label in AREAS.items()
        if area not in covered
    ]  # fmt: skip


def _scores(assessment: RiskAssessment) -> list[Problem]:
    problems = []
    for number, risk in enumerate(assessment.risks, 1):
        for name, value, scale in (
            ("L", risk.likelihood, assessment.likelihoods),
            ("I", risk.impact, assessment.impacts),
        ):
            if value is not None and value not in {step.score for step in scale}:
                problems.append(
                    finding("RISK_SCORE_OUTSIDE", Severity.ERROR, f"risk {number}: {name} = {value} is no step",
                            f"ความเสี่ยงที่ {number}: คะแนน {name} = {value} ไม่อยู่ในเกณฑ์", mend_th="ให้คะแนนตามเกณฑ์")
                )  # fmt: skip
    return problems


def _matrix(assessment: RiskAssessment) -> list[Problem]:
    """Every product of two steps has one level."""
    products = {a.score * b.score for a in assessment.likelihoods for b in assessment.impacts
                if a.score is not None and b.score is not None}  # fmt: skip
    bad = []
    for score in sorted(products):
        holding = [level for level in assessment.levels if level.holds(score)]
        bad += [score] if len(holding) != 1 else []
    if not bad:
        return []
    scores = ", ".join(map(str, bad))
    return [
        finding("RISK_MATRIX", Severity.ERROR, f"the matrix gives no level, or several, for {scores}",
                f"เกณฑ์ระดับไม่ครอบคลุมหรือซ้อนกันที่คะแนน {scores}", mend_th="แก้ช่วงคะแนนของแต่ละระดับ")
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    RiskAssessment,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("ประเมินเมื่อวันที่", Declared("assessed_on", Kind.DATE, "วันที่ประเมิน", style="full")),),
            ),
            other={"assessed_on": ("วันที่ประเมิน",)},
        ),
        Rows("likelihoods", Step, _scale("โอกาส"), heading="เกณฑ์โอกาสที่จะเกิด (L)", needed=True),
        Rows("impacts", Step, _scale("ผลกระทบ"), heading="เกณฑ์ผลกระทบ (I)", needed=True),
        Rows("levels", Level, (LEVELS,), heading="เกณฑ์ระดับความเสี่ยง (L x I)", needed=True),
        Rows("risks", Risk, (ASSESSED, MANAGED), heading="ตารางประเมินและจัดการความเสี่ยงการทุจริต", nothing="ไม่พบความเสี่ยง"),
        Matrix(),
        Rows("uncovered", Uncovered, (UNCOVERED,), heading="ด้านที่ไม่มีความเสี่ยง", nothing="ไม่มี ประเมินครบทุกด้าน"),
        Signs("signer", "ผู้อนุมัติ", "ลงชื่อ"),
    ),
    title=lambda assessment: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {assessment.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
