"""The faults of a template, in one place: what is wrong, and what to do about it."""

from collections.abc import Mapping
from types import MappingProxyType

from prongsai.errors import Problem, Severity, Where

_FAULTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "TEMPLATE_ACTIVE": (
            "it holds {what}",
            "ไฟล์มี{what_th} ซึ่งไม่อนุญาตในแม่แบบ",
            "ลบออก แล้วบันทึกเป็น Word (.docx) ธรรมดา",
        ),
        "TEMPLATE_NOT_WORD": (
            "it is no plain Word document",
            "ไฟล์ไม่ใช่เอกสาร Word (.docx) ธรรมดา",
            "บันทึกเป็น .docx ไม่มีมาโคร",
        ),
        "TEMPLATE_OUTSIDE": (
            "it points outside of itself: {what}",
            "ไฟล์อ้างถึงสิ่งที่อยู่นอกไฟล์: {what}",
            "แทรกรูปเข้ามาในไฟล์ (ไม่ใช่ลิงก์) และยกเลิกแม่แบบที่แนบไว้",
        ),
        "TEMPLATE_PICTURE": (
            "a picture is neither PNG nor JPEG",
            "รูปภาพในไฟล์ไม่ใช่ PNG หรือ JPEG",
            "บันทึกรูปเป็น PNG แล้วแทรกใหม่",
        ),
        "TEMPLATE_FIELD_CODE": (
            "a field of Word is not allowed: {what}",
            "เขตข้อมูลของ Word ชนิด {what} ไม่อนุญาต",
            "ลบเขตข้อมูลนั้น ใช้ได้เฉพาะเลขหน้าและจำนวนหน้า",
        ),
        "TEMPLATE_CHANGES": (
            "it holds tracked changes or comments",
            "ไฟล์ยังมีการติดตามการแก้ไขหรือข้อคิดเห็นค้างอยู่",
            "ยอมรับการแก้ไขทั้งหมดและลบข้อคิดเห็น แล้วบันทึกใหม่",
        ),
        "TEMPLATE_FIELD_UNKNOWN": ("there is no field {what}", "ไม่มีช่องชื่อ “{what}”", "ดูรายชื่อช่องของเอกสารชนิดนี้"),
        "TEMPLATE_FILTER_UNKNOWN": ("there is no filter {what}", "ไม่มีคำสั่งต่อท้าย “{what}”", "ใช้ได้เฉพาะ {near}"),
        "TEMPLATE_MARK_BROKEN": (
            "a marker is not whole: {what}",
            "เครื่องหมายไม่ครบคู่: “{what}”",
            "เขียนเป็น {{ ชื่อช่อง }} ให้จบในย่อหน้าเดียว",
        ),
        "TEMPLATE_ORDER_UNKNOWN": (
            "there is no instruction {what}",
            "ไม่มีคำสั่ง “{what}”",
            "ใช้ได้เฉพาะ for … endfor และ if … endif บรรทัดละหนึ่งคำสั่ง",
        ),
        "TEMPLATE_ORDER_ALONE": (
            "the instruction {what} must stand alone in its paragraph",
            "คำสั่ง “{what}” ต้องอยู่บรรทัดของตัวเอง",
            "กด Enter แยกคำสั่งไว้คนละบรรทัดกับข้อความ",
        ),
        "TEMPLATE_ORDER_UNPAIRED": (
            "the instruction {what} has no partner beside it",
            "คำสั่ง “{what}” ไม่มีคู่",
            "วางคำสั่งเปิดและปิดไว้ในระดับเดียวกัน (ในช่องเดียวกันของตาราง หรือนอกตารางทั้งคู่)",
        ),
        "TEMPLATE_ROWS_OUTSIDE": (
            "the rows of {what} stand outside of a table's row and of for",
            "ช่อง “{what}” เป็นรายการหลายแถว ต้องอยู่ในแถวของตาราง",
            "วางในแถวของตาราง หรือคร่อมด้วย {{% for … %}} และ {{% endfor %}}",
        ),
        "TEMPLATE_ROWS_MIXED": (
            "a table's row holds the rows of several fields: {what}",
            "แถวเดียวของตารางมีรายการหลายชุดปนกัน: {what}",
            "แยกเป็นคนละแถวหรือคนละตาราง",
        ),
        "TEMPLATE_ROWS_NESTED": ("rows inside of rows: {what}", "รายการซ้อนในรายการ: {what}", "แยกออกมาไว้นอกแถวที่ซ้ำ"),
        "TEMPLATE_COLUMN_MISSING": (
            "{what} is rows; name one of its columns",
            "“{what}” เป็นรายการหลายแถว ต้องระบุคอลัมน์",
            "เช่น {near}",
        ),
        "TEMPLATE_BLOCK_ALONE": (
            "{what} is a whole block and must stand alone in a paragraph of the body",
            "“{what}” เป็นตารางหรือหลายย่อหน้า ต้องอยู่บรรทัดของตัวเองในเนื้อความ",
            "วางไว้บรรทัดเดียวโดด ๆ ไม่มีข้อความอื่น และไม่อยู่ในแถวที่ซ้ำหรือหัวกระดาษ",
        ),
        "TEMPLATE_COLUMNS": (
            "the table has other columns now",
            "คอลัมน์ของเอกสารเปลี่ยนไปจากแม่แบบ",
            "ดาวน์โหลดแม่แบบเริ่มต้นใหม่",
        ),
        "TEMPLATE_PAPER": (
            "the paper says more than its fields",
            "เอกสารนี้มีข้อความที่แม่แบบไม่มีช่องให้",
            "ใช้ช่อง {{ content }}",
        ),
        "TEMPLATE_SECRECY": (
            "the paper is secret and the template has no place to say so",
            "เอกสารมีชั้นความลับ แต่แม่แบบไม่มีที่พิมพ์ชั้นความลับ",
            "ใส่ {{ secrecy }} ไว้ในหัวกระดาษและท้ายกระดาษ",
        ),
        "TEMPLATE_PDF": (
            "it holds pictures, which the program cannot carry into a PDF",
            "แม่แบบมีรูปภาพ ระบบยังทำ PDF ที่มีรูปจากแม่แบบไม่ได้",
            "เปิดไฟล์ Word แล้วบันทึกเป็น PDF",
        ),
        "TEMPLATE_NO_FIELDS": (
            "it holds no marker at all",
            "ในไฟล์ไม่มีช่องให้กรอกเลย",
            "ใส่เครื่องหมายอย่างน้อยหนึ่งช่อง เช่น {{ content }}",
        ),
    }
)


def fault(code: str, where: Where, place: str = "", *, near: str = "", evidence: str = "", **words: str) -> Problem:
    """Make a fault. place: where, for people. near: what may have been meant; words: the gaps of its sentences."""
    message, message_th, mend_th = _FAULTS[code]
    told = {"what": "", "what_th": words.get("what", ""), "near": near} | words
    here = f"{place}: " if place else ""
    mend = _filled(mend_th, told)
    if near and "{near}" not in mend_th:
        mend = f"ใกล้เคียงคือ {near} · {mend}"
    return Problem(
        code,
        Severity.ERROR,
        _filled(message, told),
        here + _filled(message_th, told),
        where,
        (evidence,) if evidence else (),
        mend_th=mend,
    )


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Put words into the gaps of a sentence; the double braces of markers stay."""
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text.replace("{{%", "{%").replace("%}}", "%}")
