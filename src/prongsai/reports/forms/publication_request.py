"""The form on which a unit asks for something to be published, with the approval and who put it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Listed, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "publication-request"
TITLE_TH = "แบบขอเผยแพร่ข้อมูลผ่านเว็บไซต์ของหน่วยงาน"


class Decision(StrEnum):
    """What was decided of a request."""

    WAITING = "waiting"
    ALLOWED = "allowed"
    RETURNED = "returned"


DECISIONS = {
    Decision.WAITING: "รอการพิจารณา",
    Decision.ALLOWED: "อนุญาตให้เผยแพร่",
    Decision.RETURNED: "ส่งกลับให้แก้ไข",
}


@dataclass(frozen=True, slots=True)
class RequestedFile:
    """A document that goes with the request; file: its name at the address."""

    title: str
    file: str


@dataclass(frozen=True, slots=True)
class PublicationRequest:
    """A request to publish. unit prepares, publisher_unit publishes; requester and publisher: sender and receiver.

    year: what the content is about, as printed; address: where it stands, or will. opinion: of who decided.
    """

    agency: str
    asked_on: date | None
    topic: str
    year: str
    unit: str
    publisher_unit: str
    received_on: date | None
    address: str
    details: tuple[str, ...]
    documents: tuple[RequestedFile, ...]
    requester: Signed
    decision: Decision | None
    opinion: str
    approver: Signed
    published_on: date | None
    publisher: Signed


DOCUMENTS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ลำดับ", "ที่"), width=1),
        Column("title", heads=("ชื่อเอกสารแนบ", "เอกสารแนบ", "ชื่อเอกสาร"), width=7),
        Column("file", heads=("ชื่อไฟล์ที่เผยแพร่", "ไฟล์"), width=5),
    )
)


def _check(request: PublicationRequest) -> Sequence[Problem]:
    problems = []
    decided = request.approver.on
    if decided and request.asked_on and decided < request.asked_on:
        problems.append(
            finding("PUBLICATION_ORDER", Severity.ERROR, "decided before it was asked for",
                    "พิจารณาก่อนวันที่ขอเผยแพร่", mend_th="ตรวจวันที่ของผู้พิจารณา")
        )  # fmt: skip
    if request.published_on and (decided is None or request.published_on < decided):
        problems.append(
            finding("PUBLICATION_UNALLOWED", Severity.ERROR, "published before it was allowed",
                    "เผยแพร่ก่อนได้รับอนุญาต", mend_th="ตรวจวันที่อนุญาตและวันที่เผยแพร่")
        )  # fmt: skip
    return problems


PAPER = Paper(
    NAME,
    TITLE_TH,
    PublicationRequest,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("วันที่ขอเผยแพร่", Declared("asked_on", Kind.DATE, "วันที่ขอเผยแพร่", style="full")),),
                (("หัวข้อ", Declared("topic", name="หัวข้อ")),),
                (("เนื้อหาของปี", Declared("year", name="ปีของเนื้อหา", required=False)),),
                (("ส่วนราชการเจ้าของข้อมูล", Declared("unit", name="ส่วนราชการเจ้าของข้อมูล", required=False)),),
                (("ส่วนราชการที่นำขึ้นเว็บไซต์", Declared("publisher_unit", name="ส่วนราชการที่นำขึ้นเว็บไซต์",
                                                 required=False)),),
                (("วันที่ได้รับข้อมูล", Declared("received_on", Kind.DATE, "วันที่ได้รับข้อมูล", style="full",
                                        required=False)),),
                (("ที่อยู่ที่เผยแพร่", Declared("address", name="ที่อยู่ที่เผยแพร่", required=False)),),
            ),
            other={"topic": ("เรื่อง",), "asked_on": ("วัน/เดือน/ปี",), "address": ("Link",)},
        ),
        Listed("รายละเอียดข้อมูล (โดยสรุป)", Declared("details", Kind.LIST, "รายละเอียดข้อมูล", required=False),
               accepts=("รายละเอียดข้อมูล (โดยสรุปหรือเอกสารแนบ)", "รายละเอียดข้อมูล")),
        Rows("documents", RequestedFile, (DOCUMENTS,), heading="เอกสารแนบ", nothing="ไม่มีเอกสารแนบ"),
        Signs("requester", "ผู้ขอเผยแพร่", "ลงชื่อ"),
        Labels(
            (
                (("ผลการพิจารณา", Declared("decision", Kind.CHOICE, "ผลการพิจารณา", choices=DECISIONS,
                                        also={"อนุญาต": Decision.ALLOWED, "อนุมัติ": Decision.ALLOWED})),),
                (("ความเห็นผู้พิจารณา", Declared("opinion", name="ความเห็น", required=False)),),
            ),
        ),
        Signs("approver", "ผู้อนุญาต", "ลงชื่อ", required=False),
        Labels(
            (
                (("เผยแพร่เมื่อวันที่", Declared("published_on", Kind.DATE, "วันที่เผยแพร่", style="full",
                                        required=False)),),
            ),
        ),
        Signs("publisher", "ผู้นำข้อมูลขึ้นเผยแพร่", "ลงชื่อ", required=False),
    ),
    title=lambda request: f"{TITLE_TH} {request.topic}",
    check=_check,
)  # fmt: skip

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
