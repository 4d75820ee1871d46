"""Rules about the structure: the chart, and both the political and the permanent side."""

import re

from prongsai.frameworks.model import Element
from prongsai.inspection.case import Case, Finding, Kind, Options, not_found, passed, unsure
from prongsai.inspection.rules.people import PERMANENT, POLITICAL
from prongsai.inspection.view import pictures_of
from prongsai.thai.agencies import find_agencies
from prongsai.thai.text import fold

UNITS_MIN = 3
CAPTION_MAX = 120
_UNIT = re.compile(
    r"สำนักปลัด|สำนักงาน|สำนัก(?!ข่าว)|กอง(?:คลัง|ช่าง|การ|สาธารณสุข|สวัสดิการ|ยุทธศาสตร์|วิชาการ|ประปา|ทุน)|ฝ่าย|กลุ่มงาน|หน่วยตรวจสอบภายใน|ส่วน(?:โยธา|การคลัง|การศึกษา)"
)
_CHART = re.compile(
    r"(?:แผนผัง|ผัง|โครงสร้าง)[^\n]{0,12}(?:โครงสร้าง|องค์กร|ส่วนราชการ|การแบ่ง|การบริหาร|หน่วยงาน)|แผนผัง|organi[sz]ationchart|โครงสร้าง"
)
_PERMANENT_UNIT = re.compile(
    PERMANENT.pattern + r"|สำนักปลัด|กองคลัง|กองช่าง|ข้าราชการประจำ|ฝ่ายประจำ|พนักงานเทศบาล|พนักงานส่วนตำบล"
)
_POLITICAL_TOO = re.compile(
    POLITICAL.pattern + r"|ฝ่ายการเมือง|ฝ่ายบริหาร|ข้าราชการการเมือง|สภาเทศบาล|สภาองค์การบริหาร|ฝ่ายนิติบัญญัติ"
)


def both_sides(case: Case, element: Element, options: Options) -> Finding:
    """Find the political side and the permanent side of a local government."""
    if not case.facts.is_local:
        return passed("ไม่ใช่องค์กรปกครองส่วนท้องถิ่น จึงไม่ต้องแสดงสองฝ่าย")
    political = case.view.first(_POLITICAL_TOO)
    permanent = case.view.first(_PERMANENT_UNIT)
    if political and permanent:
        return passed(f"พบฝ่ายการเมือง “{political[1].shown}” และฝ่ายประจำ “{permanent[1].shown}”", *political)
    if not political and not permanent:
        return not_found(case, "ไม่พบทั้งฝ่ายการเมืองและฝ่ายข้าราชการประจำ", "แสดงทั้งสองฝ่าย")
    if not case.facts.name and not any(find_agencies(p.text) for source in case.view.sources for p in source.passages):
        return unsure("ไม่ทราบว่าเป็นองค์กรปกครองส่วนท้องถิ่นหรือไม่", "ระบุชื่อหน่วยงาน แล้วตรวจอีกครั้ง (--agency)")
    side, seen = (
        ("ฝ่ายการเมือง (นายก รองนายก สภา)", permanent)
        if permanent
        else ("ฝ่ายข้าราชการประจำ (ปลัด ผู้อำนวยการกอง)", political)
    )
    found = not_found(case, f"ขาด{side}", f"เพิ่ม{side}")
    return Finding(found.verdict, found.reason_th, found.mend_th, seen[0].address if seen else found.address)


def chart(case: Case, element: Element, options: Options) -> Finding:
    """Find a chart: a picture that says it is one, or units set out under a heading of the structure."""
    pictures = [page.pictures[n] for page in case.pile.pages for n in pictures_of(page)]
    said = next((one for one in pictures if _CHART.search(fold(one.alt)) or _is_captioned(one.near)), None)
    if said:
        return passed(f"มีภาพแผนผัง “{(said.alt or said.near)[:50]}”", address=said.address)
    for source in case.view.sources:
        units = {p.folded for p in source.find(_UNIT) if len(p.folded) <= 60}
        head = next((p for p in source.find(_CHART) if p.is_short), None)
        if len(units) >= UNITS_MIN and head is not None:
            return passed(f"แสดงการแบ่งส่วนราชการ {len(units)} ส่วน", source, head)
    if pictures:
        return unsure(
            f"มีภาพ {len(pictures)} ภาพที่ไม่มีคำบรรยาย", "ดูว่าเป็นแผนผังโครงสร้าง แล้วใส่คำบรรยายภาพ", address=pictures[0].address
        )
    return not_found(case, "ไม่พบแผนผังการแบ่งส่วนราชการ", "เพิ่มแผนผังโครงสร้างพร้อมคำบรรยายภาพ")


def _is_captioned(near: str) -> bool:
    return len(near) <= CAPTION_MAX and bool(_CHART.search(fold(near)))


def units(case: Case, element: Element, options: Options) -> Finding:
    """Find several units by name."""
    best = max(case.view.sources, key=lambda source: len(_units(source.folded)), default=None)
    names = _units(best.folded) if best else set()
    if best and len(names) >= int(options.get("fewest", 2)):
        return passed(f"พบส่วนงาน {', '.join(sorted(names)[:4])}", best)
    return not_found(case, "ไม่พบชื่อสำนัก กอง หรือฝ่ายภายใน", "แสดงชื่อส่วนงานภายในให้ครบ")


def _units(folded: str) -> set[str]:
    return {
        found[0]
        for found in re.finditer(
            r"สำนักปลัด|กอง[ก-๎]{2,20}|ฝ่าย[ก-๎]{2,20}|หน่วยตรวจสอบ[ก-๎]{0,10}|สำนัก(?!งาน|ข่าว|ปลัด)[ก-๎]{2,20}|กลุ่มงาน[ก-๎]{2,20}|ส่วน(?:โยธา|การคลัง|การศึกษา|สวัสดิการ)",
            folded,
        )
    }


def province_side(case: Case, element: Element, options: Options) -> Finding:
    """Only provinces must show their governor; others have nothing to show."""
    if case.facts.is_local:
        return passed("ไม่ใช่จังหวัด จึงไม่ต้องแสดง")
    governor = case.view.first(re.compile("ผู้ว่าราชการจังหวัด"))
    if governor:
        return passed("พบผู้ว่าราชการจังหวัด", *governor)
    return unsure("เครื่องไม่ทราบว่าเป็นจังหวัดหรือไม่", "ถ้าเป็นจังหวัดให้แสดงผู้ว่าราชการจังหวัดและสำนักงานจังหวัด")


KINDS: dict[str, Kind] = {"both_sides": both_sides, "chart": chart, "units": units, "province_side": province_side}
