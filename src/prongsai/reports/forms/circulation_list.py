"""The list on which people sign that they have read a circular, and how many of them have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Words
from prongsai.reports.forms.values import Declared, Kind
from prongsai.thai.names import name_key

NAME = "circulation-list"
TITLE_TH = "บัญชีรายชื่อผู้รับทราบหนังสือเวียน"


@dataclass(frozen=True, slots=True)
class Reader:
    """A person to whom the circular goes. signed: how it was acknowledged, as printed; on: when, None when not yet."""

    name: str
    position: str
    signed: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CirculationList:
    """A circular and its readers. due: until when they must have signed, or None."""

    agency: str
    letter: str
    dated: date | None
    subject: str
    due: date | None
    readers: tuple[Reader, ...]

    @property
    def acknowledged(self) -> int:
        """How many persons have acknowledged; a person who signs twice counts once."""
        return len({name_key(reader.name) for reader in self.readers if reader.on is not None})

    @property
    def audience(self) -> int:
        """How many persons it goes to."""
        return len({name_key(reader.name) for reader in self.readers})

    @property
    def acknowledged_pct(self) -> Decimal:
        """The share of those who have, 0–100, two decimals; 0 without readers."""
        share = Decimal(100 * self.acknowledged) / max(self.audience, 1)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


READERS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ลำดับ", "ลำดับที่", "ที่"), width=1),
        Column("name", Kind.PERSON, heads=("ชื่อ - สกุล", "ชื่อ-นามสกุล"), width=5),
        Column("position", heads=("ตำแหน่ง", "ตำแหน่ง/สังกัด"), width=5),
        Column("signed", heads=("ลงชื่อรับทราบ", "ลายมือชื่อ", "ลงนามรับทราบ"), width=3, required=False),
        Column("on", Kind.DATE, heads=("วันที่", "วันที่รับทราบ", "วัน เดือน ปี"), width=2.5, required=False),
    )
)


def _check(circular: CirculationList) -> Sequence[Problem]:
    keys = [name_key(reader.name) for reader in circular.readers]
    twice = [reader.name for at, reader in enumerate(circular.readers) if keys[at] in keys[:at]]
    early = [r.name for r in circular.readers if r.on and circular.dated and r.on < circular.dated]
    late = [r.name for r in circular.readers if circular.due and (r.on is None or r.on > circular.due)]
    return [
        *(finding("CIRCULATION_TWICE", Severity.WARNING, f"{name} stands twice",
                  f"{name} มีชื่อซ้ำ นับเป็นคนเดียว") for name in twice),
        *(finding("CIRCULATION_EARLY", Severity.ERROR, f"{name} signed before the circular was dated",
                  f"{name} ลงชื่อก่อนวันที่ของหนังสือ", mend_th="ตรวจวันที่รับทราบ") for name in early),
        *(finding("CIRCULATION_LATE", Severity.INFO, f"{name} has not signed in time",
                  f"{name} ยังไม่รับทราบภายในกำหนด") for name in late),
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    CirculationList,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("หนังสือที่", Declared("letter", name="เลขที่หนังสือ")),),
                (("ลงวันที่", Declared("dated", Kind.DATE, "วันที่ของหนังสือ", style="full")),),
                (("เรื่อง", Declared("subject", name="เรื่อง")),),
                (("รับทราบภายในวันที่", Declared("due", Kind.DATE, "กำหนดรับทราบ", style="full", required=False)),),
            ),
            other={"letter": ("ที่",), "agency": ("ส่วนราชการ",), "dated": ("วันที่",)},
        ),
        Rows("readers", Reader, (READERS,), needed=True),
        Says(
            "รับทราบแล้ว {acknowledged} คน จากทั้งหมด {audience} คน คิดเป็นร้อยละ {acknowledged_pct}",
            (
                Declared("acknowledged", Kind.WHOLE, "จำนวนผู้รับทราบ"),
                Declared("audience", Kind.WHOLE, "จำนวนทั้งหมด"),
                Declared("acknowledged_pct", Kind.NUMBER, "ร้อยละผู้รับทราบ"),
            ),
            Style.PLAIN,
            derive={
                "acknowledged": lambda record: record.acknowledged,
                "audience": lambda record: record.audience,
                "acknowledged_pct": lambda record: record.acknowledged_pct,
            },
        ),
    ),
    title=lambda circular: f"{TITLE_TH} {circular.subject}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
