"""The report of a satisfaction survey: who answered, the aspects, and what the means are called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from prongsai.documents.model import Block, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Listed, Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import Declared, Edge, Kind, Period

NAME = "satisfaction-report"
TITLE_TH = "รายงานผลการสำรวจความพึงพอใจในการให้บริการ"
HIGHEST = 5  # the scale of the questionnaire
SCALE_TH = "ใช้มาตรวัด 5 ระดับ คะแนน 1 ถึง 5 โดย 5 คือมากที่สุด ร้อยละคิดจากค่าเฉลี่ยหารด้วย 5 คูณ 100"
NO_DATA_TH = "ไม่มีผู้ตอบแบบสำรวจ จึงไม่มีข้อมูลผลการประเมิน"


@dataclass(frozen=True, slots=True)
class Group:
    """How many respondents belong to a group. topic: sex, age, service …"""

    topic: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Aspect:
    """An aspect, a service or a unit, with mean and standard deviation on the scale 1–5. n: respondents, if printed."""

    name: str
    mean: Decimal
    sd: Decimal
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """What a mean from low to high, both inside, is called."""

    name: str
    low: Decimal
    high: Decimal

    def holds(self, mean: Decimal) -> bool:
        """Whether a mean is in it; a band whose ends were not read holds none."""
        return self.low is not None and self.high is not None and self.low <= mean <= self.high


@dataclass(frozen=True, slots=True)
class SatisfactionReport:
    """A survey. mean, sd: over all answers, None when nobody answered. units: as services; notes: on the method."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    respondents: int
    mean: Decimal | None
    sd: Decimal | None
    groups: tuple[Group, ...]
    aspects: tuple[Aspect, ...]
    services: tuple[Aspect, ...]
    bands: tuple[Band, ...]
    comments: tuple[str, ...]
    improvements: tuple[str, ...]
    reporter: Signed
    units: tuple[Aspect, ...] = ()
    notes: tuple[str, ...] = ()

    def band_of(self, mean: Decimal | None) -> str:
        """Give what a mean is called, "" where no band holds it."""
        return next((band.name for band in self.bands if mean is not None and band.holds(mean)), "")

    def share_of(self, count: int | None) -> Decimal | None:
        """Give the share of respondents, 0–100, two decimals."""
        return None if count is None or not self.respondents else _rounded(Decimal(100 * count) / self.respondents)


def percent_of(mean: Decimal | None) -> Decimal | None:
    """Give a mean as per cent of the highest score, two decimals."""
    return None if mean is None else _rounded(mean / HIGHEST * 100)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


GROUPS = Columns(
    (
        Column("topic", heads=("ข้อมูลทั่วไป", "รายการ"), width=3),
        Column("label", heads=("กลุ่ม", "ข้อมูล"), width=4),
        Column("count", Kind.WHOLE, heads=("จำนวน (คน)", "จำนวน"), width=2),
        Column("share", Kind.NUMBER, heads=("ร้อยละ",), width=2, derive=lambda row, record: record.share_of(row.count)),
    )
)


def _scores(*heads: str) -> tuple[Columns, ...]:
    columns = (
        Column("no", Kind.ORDINAL, heads=("ลำดับ", "ที่", "ข้อ"), width=1),
        Column("name", heads=heads, width=5.2),
        Column("n", Kind.WHOLE, heads=("จำนวน (คน)", "จำนวนผู้ตอบ (คน)", "จำนวนผู้ตอบ", "n"), width=1.6, required=False),
        Column("mean", Kind.NUMBER, heads=("ค่าเฉลี่ย", "Mean", "x̄"), width=1.6),
        Column("sd", Kind.NUMBER, heads=("ส่วนเบี่ยงเบนมาตรฐาน", "S.D.", "SD"), width=2.2),
        Column("percent", Kind.NUMBER, heads=("ร้อยละ",), width=1.6, derive=lambda row, record: percent_of(row.mean)),
        Column(
            "band",
            heads=("ระดับความพึงพอใจ", "ระดับ", "แปลผล"),
            width=2,
            derive=lambda row, record: record.band_of(row.mean),
        ),
    )
    return (Columns(columns),)


BANDS = Columns(
    (
        Column("name", heads=("ระดับ", "ความหมาย"), width=3),
        Column("low", Kind.NUMBER, heads=("ค่าเฉลี่ยตั้งแต่", "ตั้งแต่"), width=2),
        Column("high", Kind.NUMBER, heads=("ค่าเฉลี่ยถึง", "ถึง"), width=2),
    )
)


@dataclass(frozen=True)
class _RowsIfAny(Rows):
    """Rows whose heading is printed only where there are some; none are read without it, tables look alike here."""

    def compose(self, record: SatisfactionReport, edge: Edge) -> Iterator[Block]:
        """Print heading and table."""
        if getattr(record, self.field):
            yield from super().compose(record, edge)

    def _is_mine(self, stream: Stream, at: int, me: int) -> bool:
        return stream.last_of(me) is not None and super()._is_mine(stream, at, me)


@dataclass(frozen=True)
class _ListedIfAny(Listed):
    """A list whose heading is printed only where there is something."""

    def compose(self, record: SatisfactionReport, edge: Edge) -> Iterator[Block]:
        """Print heading and list."""
        if getattr(record, self.of.field):
            yield from super().compose(record, edge)


def _check(report: SatisfactionReport) -> Sequence[Problem]:
    return [*_topics(report), *_means(report)]


def _topics(report: SatisfactionReport) -> list[Problem]:
    """The groups of a topic are all respondents."""
    problems = []
    for topic in dict.fromkeys(group.topic for group in report.groups):
        counts = [group.count for group in report.groups if group.topic == topic and group.count is not None]
        if report.respondents is not None and sum(counts) != report.respondents:
            problems.append(
                finding("SURVEY_GROUPS", Severity.ERROR, f"{topic}: the groups are not all respondents",
                        f"{topic}: จำนวนแต่ละกลุ่มรวมกันไม่เท่าจำนวนผู้ตอบ", mend_th="แก้จำนวนรายกลุ่มหรือจำนวนผู้ตอบ",
                        arithmetic=f"{' + '.join(map(str, counts))} = {sum(counts)} ≠ {report.respondents}")
            )  # fmt: skip
    return problems


def _means(report: SatisfactionReport) -> list[Problem]:
    means = [aspect.mean for aspect in report.aspects if aspect.mean is not None]
    problems = []
    for name, mean in [
        ("ภาพรวม", report.mean),
        *((aspect.name, aspect.mean) for aspect in (*report.aspects, *report.services, *report.units)),
    ]:
        if mean is not None and not 1 <= mean <= HIGHEST:
            problems.append(
                finding("SURVEY_MEAN_OUTSIDE", Severity.ERROR, f"{name}: a mean of {mean} is outside the scale",
                        f"{name}: ค่าเฉลี่ย {mean} อยู่นอกมาตรวัด 1–{HIGHEST}", mend_th="ตรวจค่าเฉลี่ย")
            )  # fmt: skip
    if report.mean is not None and means and not min(means) <= report.mean <= max(means):
        problems.append(
            finding("SURVEY_OVERALL", Severity.ERROR, f"the overall mean {report.mean} is outside the aspects'",
                    f"ค่าเฉลี่ยรวม {report.mean} อยู่นอกช่วงค่าเฉลี่ยรายด้าน", mend_th="คำนวณค่าเฉลี่ยรวมใหม่",
                    arithmetic=f"{min(means)} ≤ {report.mean} ≤ {max(means)}")
        )  # fmt: skip
    return problems


PAPER = Paper(
    NAME,
    TITLE_TH,
    SatisfactionReport,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("ช่วงเวลาที่สำรวจ", Declared("period", Kind.PERIOD, "ช่วงเวลาที่สำรวจ", style="full")),),
                (("จำนวนผู้ตอบแบบสำรวจ (คน)", Declared("respondents", Kind.WHOLE, "จำนวนผู้ตอบ")),),
            ),
            other={"respondents": ("จำนวนผู้ตอบแบบสอบถาม", "จำนวนผู้ตอบ")},
        ),
        Words(NO_DATA_TH, when=lambda report: report.respondents == 0),
        Words(SCALE_TH),
        Says(
            "ความพึงพอใจในภาพรวมมีค่าเฉลี่ย {mean} ส่วนเบี่ยงเบนมาตรฐาน {sd} คิดเป็นร้อยละ {percent} อยู่ในระดับ {band}",
            (
                Declared("mean", Kind.NUMBER, "ค่าเฉลี่ยรวม", required=False),
                Declared("sd", Kind.NUMBER, "ส่วนเบี่ยงเบนมาตรฐานรวม", required=False),
                Declared("percent", Kind.NUMBER, "ร้อยละรวม", required=False),
                Declared("band", name="ระดับรวม", required=False),
            ),
            optional=True,
            derive={
                "percent": lambda report: percent_of(report.mean),
                "band": lambda report: report.band_of(report.mean),
            },
        ),
        Rows("groups", Group, (GROUPS,), heading="ข้อมูลทั่วไปของผู้ตอบแบบสำรวจ"),
        Rows("aspects", Aspect, _scores("ด้านที่ประเมิน", "ด้าน", "ประเด็น"), heading="ความพึงพอใจรายด้าน"),
        _RowsIfAny("services", Aspect, _scores("งานบริการ", "งานที่ให้บริการ"), heading="ความพึงพอใจรายงานบริการ"),
        _RowsIfAny("units", Aspect, _scores("ส่วนราชการ", "หน่วยงานที่ให้บริการ"), heading="ความพึงพอใจรายส่วนราชการ"),
        Rows("bands", Band, (BANDS,), heading="เกณฑ์การแปลผลค่าเฉลี่ย"),
        Listed("ข้อคิดเห็นของผู้รับบริการ", Declared("comments", Kind.LIST, "ข้อคิดเห็น", required=False)),
        Listed("แนวทางปรับปรุงการให้บริการ", Declared("improvements", Kind.LIST, "แนวทางปรับปรุง", required=False)),
        _ListedIfAny("หมายเหตุเกี่ยวกับวิธีคำนวณ", Declared("notes", Kind.LIST, "หมายเหตุ", required=False)),
        Signs("reporter", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
