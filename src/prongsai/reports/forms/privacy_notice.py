"""A privacy notice: what is collected, why and on which basis, for how long, who receives it, what people may ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Listed, Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "privacy-notice"
TITLE_TH = "ประกาศความเป็นส่วนตัว"
RIGHTS = (
    "ขอเข้าถึงและขอรับสำเนาข้อมูลของท่าน",
    "ขอให้แก้ไขข้อมูลให้ถูกต้องและเป็นปัจจุบัน",
    "ขอรับหรือขอให้โอนข้อมูลในรูปแบบอิเล็กทรอนิกส์",
    "คัดค้านการเก็บรวบรวม ใช้ หรือเปิดเผยข้อมูล",
    "ขอให้ลบ ทำลาย หรือทำให้ไม่สามารถระบุตัวท่านได้",
    "ขอให้ระงับการใช้ข้อมูล",
    "ร้องเรียนต่อคณะกรรมการผู้เชี่ยวชาญตามกฎหมายคุ้มครองข้อมูลส่วนบุคคล",
)
RIGHTS_OF_CONSENT = ("ถอนความยินยอมที่ให้ไว้ได้ทุกเวลา",)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What data is collected for. data: its kinds, never anybody's own."""

    purpose: str
    data: str
    basis: str
    retention: str
    recipients: str


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """A notice. topic: the group of purposes; subjects: whose data; officer: of data protection, a name or a post."""

    agency: str
    topic: str
    edition: int
    subjects: str
    announced_on: date | None
    reviewed_on: date | None
    purposes: tuple[Purpose, ...]
    rights: tuple[str, ...]
    officer: str
    unit: str
    contact_address: str
    phone: str
    email: str
    signer: Signed


PURPOSES = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("purpose", heads=("วัตถุประสงค์", "วัตถุประสงค์การประมวลผล"), width=4.2),
        Column("data", heads=("ข้อมูลที่เก็บ", "ข้อมูลส่วนบุคคลที่เก็บ", "รายการข้อมูล"), width=3.8),
        Column("basis", heads=("ฐานทางกฎหมาย", "ฐานการประมวลผล"), width=3.2),
        Column("retention", heads=("ระยะเวลาเก็บ", "ระยะเวลาเก็บรักษา"), width=2.6),
        Column("recipients", heads=("ผู้รับข้อมูล", "การเปิดเผย", "เปิดเผยแก่"), width=2.8),
    )
)


def _check(notice: PrivacyNotice) -> Sequence[Problem]:
    return list(_faults(notice))


def _faults(notice: PrivacyNotice) -> Iterator[Problem]:
    if not notice.phone and not notice.email:
        yield finding("NOTICE_NO_CONTACT", Severity.ERROR, "there is neither a telephone number nor an e-mail",
                      "ไม่มีโทรศัพท์หรืออีเมลให้ติดต่อ", mend_th="ใส่อย่างน้อยหนึ่งช่องทาง")  # fmt: skip
    if notice.announced_on and notice.reviewed_on and notice.announced_on < notice.reviewed_on.replace(day=1):
        yield finding("NOTICE_REVIEWED_AFTER", Severity.INFO, "it was reviewed after it had been announced",
                      "ทบทวนหลังวันที่ประกาศ ถ้าสาระเปลี่ยนให้ออกฉบับใหม่")  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    PrivacyNotice,
    (
        Words(TITLE_TH, Style.TITLE),
        Says("สำหรับ{topic}", (Declared("topic", name="กลุ่มวัตถุประสงค์"),), Style.TITLE),
        Labels(
            (
                (("ผู้ควบคุมข้อมูลส่วนบุคคล", Declared("agency", name="หน่วยงาน")),),
                (("ฉบับที่", Declared("edition", Kind.SERIAL, "ฉบับที่")),),
                (("เจ้าของข้อมูล", Declared("subjects", name="เจ้าของข้อมูล")),),
                (("วันที่ประกาศ", Declared("announced_on", Kind.DATE, "วันที่ประกาศ", style="full", required=False)),),
                (("ทบทวนล่าสุดวันที่", Declared("reviewed_on", Kind.DATE, "วันที่ทบทวน", style="full")),),
            ),
            other={"agency": ("หน่วยงาน",), "reviewed_on": ("วันที่ทบทวน",)},
        ),
        Rows("purposes", Purpose, (PURPOSES,), heading="ข้อมูลที่เก็บและเหตุที่เก็บ", needed=True),
        Listed("สิทธิของเจ้าของข้อมูล", Declared("rights", Kind.LIST, "สิทธิของเจ้าของข้อมูล")),
        Words("ติดต่อและใช้สิทธิ", Style.HEADING),
        Labels(
            (
                (("เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล", Declared("officer", name="เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล")),),
                (("ส่วนราชการที่รับคำขอ", Declared("unit", name="ส่วนราชการที่รับคำขอ")),),
                (("สถานที่ติดต่อ", Declared("contact_address", name="สถานที่ติดต่อ")),),
                (("โทรศัพท์", Declared("phone", name="โทรศัพท์", required=False)),),
                (("อีเมล", Declared("email", name="อีเมล", required=False)),),
            ),
            other={"phone": ("โทร.",), "email": ("e-mail",), "contact_address": ("ที่อยู่",)},
        ),
        Signs("signer", "ผู้ประกาศ", "ลงชื่อ"),
    ),
    title=lambda notice: f"{TITLE_TH}สำหรับ{notice.topic}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
