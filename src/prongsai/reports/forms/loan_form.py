"""The form on which official property is borrowed: request, approval, issue, and the return on the same paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind
from prongsai.thai.names import name_key

NAME = "loan-form"
TITLE_TH = "แบบยืมทรัพย์สินของทางราชการ"


class Use(StrEnum):
    """Where the property is used; who may approve depends on it."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Decision(StrEnum):
    """What the approver decided."""

    APPROVED = "approved"
    REFUSED = "refused"


USES = {Use.INSIDE: "ใช้ภายในสถานที่ของหน่วยงาน", Use.OUTSIDE: "ใช้นอกสถานที่ของหน่วยงาน"}
DECISIONS = {Decision.APPROVED: "อนุมัติ", Decision.REFUSED: "ไม่อนุมัติ"}


@dataclass(frozen=True, slots=True)
class Item:
    """A thing lent. asset_no: as on its label. returned: its condition when it came back, "" while it is out."""

    asset_no: str
    name: str
    quantity: int
    condition: str
    returned: str = ""


@dataclass(frozen=True, slots=True)
class LoanForm:
    """A loan. decision: None until it is made; returned_on: None while it is out."""

    agency: str
    number: str
    written_on: date | None
    borrower: str
    borrower_position: str
    borrower_unit: str
    phone: str
    purpose: str
    use: Use
    place: str
    lent_from: date | None
    lent_until: date | None
    items: tuple[Item, ...]
    borrower_signed: Signed
    decision: Decision | None
    approver: Signed
    issuer: Signed
    receiver: Signed
    returned_on: date | None
    return_note: str
    returner: Signed
    inspector: Signed


ITEMS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ลำดับ", "ที่", "ลำดับที่"), width=1),
        Column("asset_no", heads=("หมายเลขครุภัณฑ์", "เลขครุภัณฑ์", "รหัสทรัพย์สิน"), width=3),
        Column("name", heads=("รายการ", "รายการทรัพย์สิน", "ชื่อทรัพย์สิน"), width=5),
        Column("quantity", Kind.WHOLE, heads=("จำนวน",), width=1.5),
        Column("condition", heads=("สภาพก่อนยืม", "สภาพ"), width=2.5),
        Column("returned", heads=("สภาพเมื่อส่งคืน", "สภาพหลังคืน"), width=2.5, required=False),
    )
)


def _check(loan: LoanForm) -> Sequence[Problem]:
    return list(_faults(loan))


def _faults(loan: LoanForm) -> Iterator[Problem]:
    if loan.lent_from and loan.lent_until and loan.lent_until < loan.lent_from:
        yield finding("LOAN_REVERSED", Severity.ERROR, "it is due back before it is lent",
                      "กำหนดคืนอยู่ก่อนวันยืม", mend_th="แก้วันยืมหรือวันกำหนดคืน")  # fmt: skip
    if loan.returned_on and loan.lent_from and loan.returned_on < loan.lent_from:
        yield finding("LOAN_RETURNED_EARLY", Severity.ERROR, "it came back before it was lent",
                      "วันส่งคืนอยู่ก่อนวันยืม", mend_th="แก้วันส่งคืน")  # fmt: skip
    if loan.approver.name and name_key(loan.approver.name) == name_key(loan.borrower):
        yield finding("LOAN_OWN_APPROVAL", Severity.ERROR, "the borrower approves the loan",
                      "ผู้ยืมอนุมัติการยืมของตนเองไม่ได้", mend_th="ให้ผู้มีอำนาจคนอื่นอนุมัติ")  # fmt: skip
    if loan.returned_on and loan.lent_until and loan.returned_on > loan.lent_until:
        days = (loan.returned_on - loan.lent_until).days
        yield finding("LOAN_LATE", Severity.INFO, f"it came back {days} days late", f"ส่งคืนเกินกำหนด {days} วัน")
    if loan.returned_on and not all(item.returned for item in loan.items):
        yield finding("LOAN_CONDITION_MISSING", Severity.ERROR, "the condition on return is not stated for every item",
                      "ยังไม่ระบุสภาพเมื่อส่งคืนครบทุกรายการ", mend_th="ตรวจสภาพและกรอกให้ครบ")  # fmt: skip


_DECISION = Declared("decision", Kind.CHOICE, "ผลการพิจารณา", choices=DECISIONS, required=False)
PAPER = Paper(
    NAME,
    TITLE_TH,
    LoanForm,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (
                    ("เลขที่ใบยืม", Declared("number", name="เลขที่ใบยืม", required=False)),
                    ("วันที่ยื่น", Declared("written_on", Kind.DATE, "วันที่ยื่น", style="full")),
                ),
                (
                    ("ชื่อผู้ยืม", Declared("borrower", Kind.PERSON, "ผู้ยืม")),
                    ("ตำแหน่ง", Declared("borrower_position", name="ตำแหน่งผู้ยืม")),
                ),
                (
                    ("สังกัด", Declared("borrower_unit", name="สังกัดผู้ยืม")),
                    ("โทรศัพท์", Declared("phone", name="โทรศัพท์")),
                ),
                (("มีความประสงค์ขอยืมเพื่อ", Declared("purpose", name="วัตถุประสงค์")),),
                (("ลักษณะการใช้", Declared("use", Kind.CHOICE, "ลักษณะการใช้", choices=USES)),),
                (("สถานที่นำไปใช้", Declared("place", name="สถานที่นำไปใช้")),),
                (
                    ("ตั้งแต่วันที่", Declared("lent_from", Kind.DATE, "วันที่ยืม", style="full")),
                    ("กำหนดส่งคืนวันที่", Declared("lent_until", Kind.DATE, "กำหนดส่งคืน", style="full")),
                ),
            ),
            other={"number": ("เลขที่", "ใบยืมเลขที่"), "borrower": ("ผู้ยืม", "ข้าพเจ้า"), "phone": ("โทร.", "เบอร์โทรศัพท์"),
                   "purpose": ("วัตถุประสงค์", "เพื่อใช้ในงาน"), "written_on": ("วันที่",),
                   "lent_until": ("กำหนดคืนวันที่", "ถึงวันที่")},
        ),
        Rows("items", Item, (ITEMS,), heading="รายการทรัพย์สินที่ยืม", needed=True),
        Words("ผู้ยืมจะดูแลรักษาและส่งคืนในสภาพที่ใช้การได้ หากชำรุดหรือสูญหายจะซ่อมแซมหรือชดใช้ตามระเบียบ"),
        Signs("borrower_signed", "ผู้ยืม", "ลงชื่อ", name="ผู้ยืม"),
        Labels(((("ผลการพิจารณา", _DECISION),),)),
        Signs("approver", "ผู้อนุมัติ", "ลงชื่อ", required=False),
        Signs("issuer", "ผู้จ่ายทรัพย์สิน", "ลงชื่อ", required=False),
        Signs("receiver", "ผู้รับทรัพย์สิน", "ลงชื่อ", required=False),
        Words("ส่วนการส่งคืน", Style.HEADING),
        Labels(
            (
                (("ส่งคืนวันที่", Declared("returned_on", Kind.DATE, "วันที่ส่งคืน", style="full", required=False)),),
                (("ผลการตรวจรับคืน", Declared("return_note", name="ผลการตรวจรับคืน", required=False)),),
            )
        ),
        Signs("returner", "ผู้ส่งคืน", "ลงชื่อ", required=False),
        Signs("inspector", "ผู้ตรวจรับคืน", "ลงชื่อ", required=False),
    ),
    title=lambda loan: f"{TITLE_TH} {loan.borrower}",
    check=_check,
)  # fmt: skip

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
