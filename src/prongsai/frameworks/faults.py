"""What can be wrong in a framework or crosswalk file: every code with its words, in one table.

``docs/reference/frameworks.md`` lists the same codes; a test keeps the two together.
"""

from dataclasses import dataclass

from prongsai.errors import Problem, Severity, Where


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault. The four texts are templates filled by :func:`fault`."""

    code: str
    severity: Severity
    message: str
    message_th: str
    mend: str
    mend_th: str


def _error(code: str, message: str, message_th: str, mend: str, mend_th: str) -> Fault:
    return Fault(code, Severity.ERROR, message, message_th, mend, mend_th)


def _warning(code: str, message: str, message_th: str, mend: str, mend_th: str) -> Fault:
    return Fault(code, Severity.WARNING, message, message_th, mend, mend_th)


_WRITING = (
    _error(
        "FRAMEWORK_NOT_UTF8",
        "the file is not UTF-8 (byte {byte})",
        "ไฟล์ไม่ได้บันทึกเป็น UTF-8 (พบไบต์ {byte})",
        "save it as UTF-8",
        "บันทึกไฟล์ใหม่โดยเลือกรหัสอักษร UTF-8",
    ),
    _error(
        "FRAMEWORK_YAML_SYNTAX",
        "the file cannot be read as YAML: {detail}",
        "อ่านไฟล์ตามรูปแบบ YAML ไม่ได้: {detail}",
        "look at this line and the one before for indentation, quotes and colons",
        "ตรวจย่อหน้า เครื่องหมายคำพูด และเครื่องหมาย : ของบรรทัดนี้กับบรรทัดก่อนหน้า",
    ),
    _error(
        "FRAMEWORK_YAML_ALIAS",
        "anchors and aliases (& and *) are not allowed",
        "ใช้เครื่องหมาย & และ * เพื่ออ้างข้อความซ้ำไม่ได้",
        "write the value out, or put it in quotation marks",
        "เขียนค่าเต็มทุกแห่ง หรือใส่เครื่องหมายคำพูดครอบข้อความ",
    ),
    _error(
        "FRAMEWORK_YAML_DEPTH",
        "lists and tables are nested too deeply",
        "รายการซ้อนกันลึกเกินไป",
        "write it as docs/reference/frameworks.md shows",
        "เขียนตามตัวอย่างใน docs/reference/frameworks.md",
    ),
    _error(
        "FRAMEWORK_YAML_DOCUMENTS",
        "a second document starts here; a file holds one",
        "มีเอกสารชุดที่สองเริ่มที่นี่ หนึ่งไฟล์มีได้ชุดเดียว",
        "take the line --- away or split the file",
        "ลบบรรทัด --- หรือแยกเป็นสองไฟล์",
    ),
    _error(
        "FRAMEWORK_YAML_KEY",
        "a key must be a word, not a list or table",
        "ชื่อช่องต้องเป็นคำ ไม่ใช่รายการ",
        "write it as docs/reference/frameworks.md shows",
        "เขียนตามตัวอย่างใน docs/reference/frameworks.md",
    ),
    _error(
        "FRAMEWORK_DUPLICATE_KEY",
        "the key {key} is written twice in one table",
        "เขียนช่อง {key} ซ้ำในชุดเดียวกัน",
        "keep one of the two",
        "เหลือไว้ช่องเดียว",
    ),
)

_SHAPE = (
    _error(
        "FRAMEWORK_UNKNOWN_KEY",
        "the key {key} is not known here",
        "ไม่รู้จักช่อง {key} ในตำแหน่งนี้",
        "correct its spelling or take it away; near are {near}",
        "แก้ตัวสะกดหรือลบออก ช่องที่ใช้ได้และใกล้เคียงคือ {near}",
    ),
    _error(
        "FRAMEWORK_MISSING_KEY",
        "the key {key} is missing",
        "ขาดช่อง {key}",
        "add it",
        "เพิ่มช่องนี้",
    ),
    _error(
        "FRAMEWORK_WRONG_TYPE",
        "{place} must be {expected}, not {value}",
        "{place_th} ต้องเป็น{expected_th} แต่พบ {value}",
        "write {expected}; put a text that looks like a number in quotation marks",
        "เขียนเป็น{expected_th} ข้อความที่ดูเหมือนตัวเลขให้ใส่เครื่องหมายคำพูด",
    ),
    _error(
        "FRAMEWORK_BAD_VALUE",
        "{place} cannot be {value}: {reason}",
        "{place_th} เป็น {value} ไม่ได้: {reason_th}",
        "write an allowed value",
        "แก้เป็นค่าที่กำหนดไว้",
    ),
    _error(
        "FRAMEWORK_ITEM_WITHOUT_ELEMENT",
        "item {code} has no element to tick",
        "ข้อ {code} ไม่มีองค์ประกอบด้านข้อมูลให้ตรวจ",
        "add at least one element, if nothing is known that the item must be disclosed (certainty low or recall)",
        "เพิ่มอย่างน้อยหนึ่งองค์ประกอบ ถ้ายังไม่ทราบให้เขียนว่าต้องเปิดเผยข้อนี้ ระดับความแน่ใจ low หรือ recall",
    ),
)

_MEANING = (
    _error(
        "FRAMEWORK_WEIGHT_SUM",
        "the weights sum to {total}, not 100",
        "น้ำหนักรวมได้ {total} ไม่ใช่ 100",
        "correct the weights",
        "แก้น้ำหนักให้รวมได้ 100",
    ),
    _error(
        "FRAMEWORK_DUPLICATE_CODE",
        "{code} is already used on line {line}",
        "{code} ใช้แล้วที่บรรทัด {line}",
        "give each its own",
        "ให้แต่ละรายการมีรหัสของตน",
    ),
    _error(
        "FRAMEWORK_DUPLICATE_LASTING_KEY",
        "the lasting key {code} is already used on line {line}",
        "กุญแจถาวร {code} ใช้แล้วที่บรรทัด {line}",
        "one meaning has one key; give the other item its own",
        "หนึ่งความหมายมีกุญแจเดียว ให้ข้ออื่นใช้กุญแจของตน",
    ),
    _error(
        "FRAMEWORK_UNKNOWN_INSTRUMENT",
        "there is no instrument {code}",
        "ไม่มีเครื่องมือ {code} ในกรอบนี้",
        "use one of {known}",
        "ใช้ {known}",
    ),
    _error(
        "FRAMEWORK_UNKNOWN_INDICATOR",
        "there is no indicator {code}",
        "ไม่มีตัวชี้วัด {code} ในกรอบนี้",
        "use one of {known}",
        "ใช้ {known}",
    ),
    _error(
        "FRAMEWORK_INDICATOR_HAS_PARTS",
        "indicator {code} has sub-indicators; things count in one of those",
        "ตัวชี้วัด {code} มีตัวชี้วัดย่อย ต้องนับในตัวชี้วัดย่อย",
        "use one of {known}",
        "ใช้ {known}",
    ),
    _error(
        "FRAMEWORK_INDICATOR_PARENT",
        "{code} cannot be the parent of {child}: a parent stands at the top, in the same instrument",
        "{code} เป็นตัวชี้วัดแม่ของ {child} ไม่ได้ ต้องเป็นตัวชี้วัดชั้นบนของเครื่องมือเดียวกัน",
        "name an indicator without a parent, of the same instrument",
        "ระบุตัวชี้วัดที่ไม่มี parent ในเครื่องมือเดียวกัน",
    ),
    _error(
        "FRAMEWORK_INDICATOR_WITHOUT_ITEM",
        "nothing counts in indicator {code}, while its instrument is scored by items",
        "ไม่มีข้อใดอยู่ในตัวชี้วัด {code} ทั้งที่เครื่องมือนี้คิดคะแนนจากข้อ",
        "put its items there or take the indicator away",
        "ใส่ข้อของตัวชี้วัดนี้ หรือตัดตัวชี้วัดออก",
    ),
    _error(
        "FRAMEWORK_UNKNOWN_SCALE",
        "there is no scale {code}",
        "ไม่มีมาตรวัด {code} ในกรอบนี้",
        "use one of {known}",
        "ใช้ {known}",
    ),
    _error(
        "FRAMEWORK_UNKNOWN_SOURCE",
        "there is no source {code}",
        "ไม่มีแหล่งอ้างอิง {code} ในรายการ sources",
        "add it to sources or correct its spelling",
        "เพิ่มใน sources หรือแก้ตัวสะกด",
    ),
    _error(
        "FRAMEWORK_FACT_WITHOUT_SOURCE",
        "certainty {certainty} needs a source",
        "ระดับความแน่ใจ {certainty} ต้องมีแหล่งอ้างอิง",
        "name a source, or write certainty: recall",
        "ระบุแหล่งอ้างอิง หรือเขียน certainty: recall",
    ),
    _error(
        "FRAMEWORK_UNKNOWN_ITEM",
        "no item has the lasting key {code}",
        "ไม่มีข้อที่ใช้กุญแจถาวร {code}",
        "use the key of an item of this file",
        "ใช้กุญแจของข้อในไฟล์นี้",
    ),
    _error(
        "FRAMEWORK_PLACEHOLDER",
        "{{{name}}} is not known",
        "ไม่รู้จัก {{{name}}}",
        "use {{year}}, {{year-1}} or {{year+1}}",
        "ใช้ {{year}} {{year-1}} หรือ {{year+1}}",
    ),
    _error(
        "FRAMEWORK_ID_YEAR",
        "the id {code} does not name the fiscal year {year}",
        "รหัสกรอบ {code} ไม่ตรงกับปีงบประมาณ {year}",
        "make id end in the year, as in ita-2569",
        "ให้รหัสลงท้ายด้วยปี เช่น ita-2569",
    ),
    _error(
        "FRAMEWORK_LEVEL_ORDER",
        "level {code} starts higher than the one before it",
        "ระดับ {code} เริ่มสูงกว่าระดับก่อนหน้า",
        "write the levels from the highest to the lowest",
        "เรียงระดับจากสูงไปต่ำ",
    ),
    _error(
        "FRAMEWORK_LEVEL_UNREACHABLE",
        "level {code} can never be the result: {other} comes first and holds for every such score",
        "ระดับ {code} เกิดขึ้นไม่ได้ เพราะ {other} เข้าเงื่อนไขก่อนทุกคะแนน",
        "correct the lower end or the condition, or take the level away",
        "แก้คะแนนต่ำสุดหรือเงื่อนไข หรือตัดระดับนี้ออก",
    ),
    _error(
        "FRAMEWORK_LEVEL_OVERLAP",
        "levels {code} and {other} both hold from {low} to {high}",
        "ระดับ {code} กับ {other} ซ้อนกันช่วง {low} ถึง {high}",
        "end the lower one just below the start of the higher",
        "ให้ระดับล่างสิ้นสุดก่อนที่ระดับบนจะเริ่ม",
    ),
    _error(
        "FRAMEWORK_LEVEL_GAP",
        "no level holds from {low} to {high}",
        "ไม่มีระดับใดรองรับคะแนน {low} ถึง {high}",
        "make the bands meet; the lowest starts at 0 and the highest ends at 100",
        "ให้ช่วงคะแนนต่อกัน ระดับล่างสุดเริ่มที่ 0 และระดับบนสุดสิ้นสุดที่ 100",
    ),
    _error(
        "FRAMEWORK_CALENDAR_REVERSED",
        "{code} ends on {end}, before it starts on {start}",
        "{code} สิ้นสุด {end} ก่อนวันเริ่ม {start}",
        "correct the dates",
        "แก้วันที่",
    ),
    _error(
        "FRAMEWORK_NOT_FROZEN",
        "a verified file must be frozen, and {code} edition {edition} is not",
        "ไฟล์ที่ยืนยันแล้วต้องตรึงค่าแฮช แต่ {code} ฉบับที่ {edition} ยังไม่ได้ตรึง",
        "freeze it, or set status: draft",
        "ตรึงค่าแฮชของไฟล์ หรือแก้เป็น status: draft",
    ),
    _error(
        "FRAMEWORK_FROZEN_CHANGED",
        "{code} edition {edition} was frozen and has been changed since",
        "{code} ฉบับที่ {edition} ตรึงไว้แล้วแต่เนื้อหาเปลี่ยนไป",
        "put the frozen text back; what must change is a new edition",
        "คืนเนื้อหาเดิม ถ้าต้องแก้ให้ออกเป็นฉบับใหม่ (edition)",
    ),
    _error(
        "FRAMEWORK_VERIFIED_WITH_RECALL",
        "a verified file cannot hold {place}, which rests on recall",
        "ไฟล์ที่ยืนยันแล้วมี {place} ซึ่งมาจากความจำ",
        "check it against the manual, or set status: draft",
        "ตรวจกับคู่มือ หรือแก้เป็น status: draft",
    ),
    _warning(
        "FRAMEWORK_VERIFIED_WITH_DOUBT",
        "the file is verified, but {place} is only {certainty}",
        "ไฟล์ยืนยันแล้ว แต่ {place} ยังเป็นเพียง “{certainty_th}”",
        "check it against the manual; the year is not shown as official until then",
        "ตรวจกับคู่มือ ระหว่างนี้ระบบยังไม่แสดงว่าเป็นข้อมูลทางการ",
    ),
)

_CROSSWALK = (
    _error(
        "FRAMEWORK_CROSSWALK_UNKNOWN_FRAMEWORK",
        "there is no framework {code}",
        "ไม่พบกรอบการประเมิน {code}",
        "correct the id, or put its file into the same folder",
        "แก้รหัส หรือวางไฟล์ของกรอบนั้นในโฟลเดอร์เดียวกัน",
    ),
    _error(
        "FRAMEWORK_CROSSWALK_UNFIT_FRAMEWORK",
        "{code} has faults of its own; nothing can be held against it",
        "กรอบ {code} ยังมีข้อผิดพลาด จึงเทียบข้อไม่ได้",
        "mend that file first",
        "แก้ไฟล์ของกรอบนั้นก่อน",
    ),
    _error(
        "FRAMEWORK_CROSSWALK_UNKNOWN_CODE",
        "{framework} has no item {code}",
        "{framework} ไม่มีข้อ {code}",
        "correct the code",
        "แก้รหัสข้อ",
    ),
    _error(
        "FRAMEWORK_CROSSWALK_COUNTS",
        "{relation} joins {expected}, but this row joins {found}",
        "{relation} ต้องโยง {expected} แต่แถวนี้โยง {found}",
        "correct the relation or the codes",
        "แก้ชนิดความสัมพันธ์หรือรหัสข้อ",
    ),
    _error(
        "FRAMEWORK_CROSSWALK_LOST_ITEM",
        "item {code} of {framework} is in no row",
        "ข้อ {code} ของ {framework} ไม่อยู่ในแถวใด",
        "say what became of it: add a row",
        "เพิ่มแถวบอกว่าข้อนี้เป็นอย่างไร",
    ),
    _error(
        "FRAMEWORK_CROSSWALK_CODE_TWICE",
        "item {code} of {framework} is already settled on line {line}",
        "ข้อ {code} ของ {framework} มีคำตอบแล้วที่บรรทัด {line}",
        "only split and merged rows may share an item",
        "ข้อเดียวกันอยู่ได้หลายแถวเฉพาะ split และ merged",
    ),
    _error(
        "FRAMEWORK_CROSSWALK_KEY",
        "{from_code} and {to_code}: {reason}",
        "{from_code} กับ {to_code}: {reason_th}",
        "kept and renamed items share one lasting key; new, split and merged ones get their own",
        "ข้อที่คงเดิมหรือเปลี่ยนชื่อใช้กุญแจเดียวกัน ข้อใหม่ แยก หรือรวม ใช้กุญแจของตน",
    ),
    _warning(
        "FRAMEWORK_CROSSWALK_TITLE",
        "{from_code} to {to_code} is called {relation}, but the titles are {found}",
        "{from_code} เป็น {to_code} เขียนว่า {relation} แต่ชื่อข้อ{found_th}",
        "kept: same title; renamed: another title",
        "kept คือชื่อเดิม renamed คือชื่อเปลี่ยน",
    ),
)


FAULTS: dict[str, Fault] = {each.code: each for each in (*_WRITING, *_SHAPE, *_MEANING, *_CROSSWALK)}


WHOLE_FILE = "the file"  # the place of a fault that is the file's as a whole


def fault(code: str, where: Where, /, *, arithmetic: str | None = None, **words: object) -> Problem:
    """Make the Problem of a code; words: what its templates name."""
    kind = FAULTS[code]
    if "place" in words:
        words = {**words, "place_th": "ไฟล์" if words["place"] == WHOLE_FILE else words["place"]}
    return Problem(
        code=code,
        severity=kind.severity,
        message=kind.message.format(**words),
        message_th=kind.message_th.format(**words),
        where=where,
        arithmetic=arithmetic,
        mend=kind.mend.format(**words),
        mend_th=kind.mend_th.format(**words),
    )
