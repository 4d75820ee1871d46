"""The declaration of the No Gift Policy in Thai, an announcement signed by the top executive for one fiscal year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper
from prongsai.reports.forms.parts import Emblem, Rule, Says, Words
from prongsai.reports.forms.signing import Capacity, Signed, Signs
from prongsai.reports.forms.values import Declared, Kind
from prongsai.thai.fiscal import fiscal_year

NAME = "no-gift-th"
TITLE_TH = "ประกาศเจตนารมณ์นโยบายไม่รับของขวัญ (ฉบับภาษาไทย)"
SUBJECT = "เจตนารมณ์นโยบายไม่รับของขวัญและของกำนัลทุกชนิดจากการปฏิบัติหน้าที่ (No Gift Policy)"
CLAUSES = (
    "ไม่รับของขวัญ ของกำนัล หรือประโยชน์อื่นใดทุกชนิดเนื่องในการปฏิบัติหน้าที่ ทั้งก่อน ระหว่าง และภายหลังการปฏิบัติหน้าที่",
    "ไม่เรียก ไม่ขอ และไม่ยินยอมให้บุคคลในครอบครัวหรือผู้อื่นรับแทน",
    "ปฏิบัติหน้าที่และให้บริการประชาชนอย่างเสมอภาค ไม่ให้ความเกี่ยวข้องหรือประโยชน์ส่วนตนมีผลต่อการตัดสินใจ",
    "แสดงความปรารถนาดีต่อกันด้วยบัตรอวยพร ข้อความ หรือวิธีอื่นที่ไม่ใช่การให้สิ่งของ",
    "เมื่อจำเป็นต้องรับไว้โดยไม่อาจปฏิเสธได้ จะรายงานผู้บังคับบัญชาและบันทึกในทะเบียนภายในเวลาที่กฎหมายและระเบียบกำหนด",
    "ผู้บังคับบัญชาทุกระดับเป็นแบบอย่าง กำกับดูแลให้ถือปฏิบัติ และเปิดเผยสรุปผลต่อสาธารณะ",
)


@dataclass(frozen=True, slots=True)
class NoGiftTh:
    """A declaration. year_be: the fiscal year that it is for."""

    agency: str
    year_be: int
    declared_on: date | None
    signer: Signed


def signer_problems(signed: Signed) -> list[Problem]:
    """Say when it is not the top executive in person who signs."""
    if signed.capacity is Capacity.SELF:
        return []
    if signed.capacity is Capacity.PERFORMING_DUTIES:
        return [
            finding("NO_GIFT_PERFORMING_DUTIES", Severity.INFO, f"{signed.name} performs the executive's duties",
                    f"{signed.name} ลงนามในฐานะผู้ปฏิบัติหน้าที่ผู้บริหารสูงสุด ถือว่าใช้ได้ แต่ควรแนบหลักฐานการปฏิบัติหน้าที่")
        ]  # fmt: skip
    return [
        finding("NO_GIFT_SIGNER", Severity.ERROR, f"{signed.name} is not the top executive",
                f"{signed.name} มิใช่ผู้บริหารสูงสุด ประกาศนี้ต้องลงนามด้วยตนเอง", mend_th="ให้ผู้บริหารสูงสุดคนปัจจุบันลงนาม")
    ]  # fmt: skip


def day_problems(year_be: int | None, declared_on: date | None) -> list[Problem]:
    """Say when it was declared outside its fiscal year."""
    if year_be is None or declared_on is None:
        return []
    year = fiscal_year(year_be)
    if year.start <= declared_on <= year.end:
        return []
    return [
        finding("NO_GIFT_YEAR", Severity.ERROR, f"declared on {declared_on}, outside fiscal year {year_be}",
                f"ประกาศเมื่อ {declared_on.day}/{declared_on.month}/{declared_on.year + 543} อยู่นอกปีงบประมาณ {year_be}",
                mend_th="ประกาศใหม่ภายในปีงบประมาณ")
    ]  # fmt: skip


def _check(declaration: NoGiftTh) -> Sequence[Problem]:
    days = day_problems(declaration.year_be, declaration.declared_on)
    return [*signer_problems(declaration.signer), *days]


PAPER = Paper(
    NAME,
    TITLE_TH,
    NoGiftTh,
    (
        Emblem(),
        Says("ประกาศ{agency}", (Declared("agency", name="หน่วยงาน"),), Style.TITLE),
        Words(f"เรื่อง {SUBJECT}", Style.TITLE),
        Says(
            "ประจำปีงบประมาณ พ.ศ. {year_be}",
            (Declared("year_be", Kind.SERIAL, "ปีงบประมาณ พ.ศ."),),
            Style.TITLE,
            accepts=("เรื่อง{_}ประจำปีงบประมาณ พ.ศ. {year_be}", "ประจำปี พ.ศ. {year_be}"),
        ),
        Rule(),
        Words(
            "ข้าพเจ้าในฐานะผู้บริหารสูงสุดของหน่วยงาน ขอประกาศเจตนารมณ์ว่า ข้าพเจ้า ผู้บริหาร และบุคลากรทุกคนในสังกัด "
            "จะปฏิบัติหน้าที่ด้วยความซื่อสัตย์สุจริต โปร่งใส ตรวจสอบได้ และถือปฏิบัติตามนโยบายไม่รับของขวัญ ดังนี้",
            wanted=True,
        ),
        *(Words(f"{number}. {clause}", Style.HANGING, wanted=True) for number, clause in enumerate(CLAUSES, 1)),
        Words("จึงประกาศให้ทราบโดยทั่วกัน"),
        Says(
            "ประกาศ ณ วันที่ {declared_on}",
            (Declared("declared_on", Kind.DATE, "วันที่ประกาศ", style="full_be"),),
            Style.CENTRED,
        ),
        Signs("signer", name="ผู้บริหารสูงสุด"),
    ),
    title=lambda declaration: f"{SUBJECT} ประจำปีงบประมาณ พ.ศ. {declaration.year_be}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
