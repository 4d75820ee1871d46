"""The kinds of papers that can be written, each loaded when it is asked for."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import ModuleType
from typing import Any

from prongsai.documents.model import Document
from prongsai.errors import Problem, UnknownPaper
from prongsai.reports.named import with_names
from prongsai.reports.papers.options import USUAL, Options

# Title of each kind, in the order of the work. A test holds them against the modules.
PAPERS: Mapping[str, str] = {
    "memo": "บันทึกข้อความ",
    "letter": "หนังสือภายนอก",
    "announcement": "ประกาศ",
    "gap-memo": "บันทึกแจ้งผู้รับผิดชอบข้อมูลตามแบบวัด OIT",
    "measures-announcement": "ประกาศมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
    "measures-report": "รายงานผลการดำเนินการตามมาตรการ",
    "tracking-6": "รายงานกำกับติดตามมาตรการ รอบ ๖ เดือน",
    "tracking-12": "รายงานกำกับติดตามมาตรการ รอบ ๑๒ เดือน",
    "score-report": "รายงานผลคะแนน ITA",
}
FORMS: Mapping[str, str] = {
    "order": "คำสั่งทั่วไป",
    "committee-order": "คำสั่งแต่งตั้งคณะกรรมการ",
    "job-order": "คำสั่งมอบหมายงาน",
    "meeting-call": "บันทึกเชิญประชุม",
    "minutes": "รายงานการประชุม",
    "policy-briefing": "บันทึกการถ่ายทอดนโยบาย",
    "circulation-list": "บัญชีรายชื่อผู้รับทราบหนังสือเวียน",
    "opinion-form": "แบบความเห็นและการลงนาม",
    "handover-list": "บัญชีส่งมอบงาน",
    "zero-report": "รายงานกรณีไม่มีรายการ",
    "no-gift-th": "ประกาศเจตนารมณ์นโยบายไม่รับของขวัญ (ฉบับภาษาไทย)",
    "no-gift-en": "ประกาศเจตนารมณ์นโยบายไม่รับของขวัญ (ฉบับภาษาอังกฤษ)",
    "risk-assessment": "การประเมินความเสี่ยงการทุจริต",
    "complaint-statistics": "สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
    "complaint-guideline": "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
    "procurement-summary": "สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน (แบบ สขร. ๑)",
    "satisfaction-report": "รายงานผลการสำรวจความพึงพอใจในการให้บริการ",
    "loan-form": "แบบยืมทรัพย์สินของทางราชการ",
    "publication-request": "แบบขอเผยแพร่ข้อมูลผ่านเว็บไซต์ของหน่วยงาน",
    "publication-report": "รายงานผลการกำกับติดตามการเผยแพร่ข้อมูลผ่านเว็บไซต์ของหน่วยงาน",
    "news-report": "รายงานการเผยแพร่ข่าวประชาสัมพันธ์ประจำเดือน",
    "gift-report": "รายงานสรุปการรับของขวัญ ทรัพย์สิน หรือประโยชน์อื่นใด",
    "risk-report": "รายงานผลการจัดการความเสี่ยงการทุจริต",
    "prevention-plan": "แผนปฏิบัติการป้องกันการทุจริต",
    "prevention-report": "รายงานผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต",
    "hr-report": "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี",
    "procurement-annual": "รายงานสรุปผลการจัดซื้อจัดจ้างประจำปี",
    "spending-report": "รายงานผลการใช้จ่ายงบประมาณ",
    "participation-report": "รายงานผลการเปิดโอกาสให้บุคคลภายนอกมีส่วนร่วม",
    "operation-report": "รายงานผลและความก้าวหน้าตามแผนดำเนินงานประจำปี",
    "training-project": "โครงการฝึกอบรม",
    "attendance-list": "บัญชีลงชื่อผู้เข้าร่วม",
    "internal-control-4": "รายงานการประเมินองค์ประกอบของการควบคุมภายใน (แบบ ปค. ๔)",
    "internal-control-5": "รายงานการประเมินผลการควบคุมภายใน (แบบ ปค. ๕)",
    "privacy-notice": "ประกาศความเป็นส่วนตัว",
    "processing-records": "บันทึกรายการกิจกรรมการประมวลผลข้อมูลส่วนบุคคล",
    "audit-report": "รายงานผลการตรวจสอบภายใน",
    "development-follow-up": "รายงานการติดตามและประเมินผลแผนพัฒนาท้องถิ่น",
    "property-report": "รายงานผลการใช้ทรัพย์สินของราชการต่อผู้บริหาร",
    "budget-briefing": "บันทึกการชี้แจงงบประมาณต่อบุคลากร",
    "information-statistics": "สถิติคำขอข้อมูลข่าวสารของราชการ",
}
TITLES: Mapping[str, str] = {**PAPERS, **FORMS}
LIKENESS_MIN = 0.9
FORM_PARAGRAPHS_MAX = 1000  # longer papers are no forms; to look would take long


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper with its doors: records of a sample, from JSON and to it, to a document and back.

    from_json raises RecordsInvalid with every fault; recognise gives the records (a Report for what is one) and what is
    wrong with the document. paper: the declaration of a form, None for other kinds.
    """

    name: str
    title_th: str
    sample: Callable[[], Any]
    from_json: Callable[[Any], Any]
    to_json: Callable[[Any], Any]
    compose: Callable[[Any, Options], Document]
    recognise: Callable[[Document], tuple[Any, Sequence[Problem]]]
    paper: Any = None


def paper_kind(name: str) -> PaperKind:
    """Load a kind. Raises UnknownPaper for a name that there is none of; the nearest are named."""
    if name not in TITLES:
        near = get_close_matches(name, TITLES, 3, 0.5)
        raise UnknownPaper(
            f"no kind of paper is called {name}",
            message_th=f"ไม่มีเอกสารชนิด {name}",
            mend_th=f"ใกล้เคียงคือ {', '.join(near)}" if near else "ดูรายชื่อด้วย prongsai write --list",
        )
    module = _module(name)
    compose, recognise = _doors_of_form(module) if name in FORMS else _doors_of_paper(module)
    doors = (module.sample, module.from_json, module.to_json, compose, recognise)
    return PaperKind(module.NAME, module.TITLE_TH, *doors, getattr(module, "PAPER", None))


def guess(document: Document) -> str | None:
    """Name the form that a document is most like; None where it is none of them for sure.

    For documents without rows of a report: a register may have the columns of one.
    """
    if sum(1 for _ in document.paragraphs()) > FORM_PARAGRAPHS_MAX:
        return None
    likeness = {name: _module(name).PAPER.likeness(document) for name in FORMS}
    best = max(likeness, key=lambda name: likeness[name])
    return best if likeness[best] >= LIKENESS_MIN else None


def _module(name: str) -> ModuleType:
    package = "papers" if name in PAPERS else "forms"
    return importlib.import_module(f"prongsai.reports.{package}.{name.replace('-', '_')}")


Doors = tuple[Callable[[Any, Options], Document], Callable[[Document], tuple[Any, Sequence[Problem]]]]


def _doors_of_paper(module: ModuleType) -> Doors:
    def compose(records: Any, options: Options = USUAL) -> Document:
        return with_names(module.compose(records, options))

    def recognise(document: Document) -> tuple[Any, Sequence[Problem]]:
        records = module.recognise(document)
        return records, getattr(records, "problems", document.problems)

    return compose, recognise


def _doors_of_form(module: ModuleType) -> Doors:
    def compose(records: Any, options: Options = USUAL) -> Document:
        return with_names(module.compose(records))

    def recognise(document: Document) -> tuple[Any, Sequence[Problem]]:
        records, problems = module.recognise(document)
        return records, (*document.problems, *problems)

    return compose, recognise
