"""What can be wrong with a form, as Problems: one table of sentences, Thai and English."""

from collections.abc import Mapping

from prongsai.errors import Problem, Severity, Where

Sentence = tuple[Severity, str, str, str, str]  # severity, message, message_th, mend, mend_th

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

SENTENCES: Mapping[str, Sentence] = {
    "FORM_NOT_FOUND": (
        _E, "this does not look like the form {title}", "ไม่พบแบบ {title} ในเอกสารนี้",
        "check that it is the right file", "ตรวจว่าเลือกไฟล์ถูกต้อง",
    ),
    "FORM_VALUE_MISSING": (
        _E, "{name} is not filled in", "ยังไม่ได้กรอก {name}",
        "fill it in; where there is nothing write that there is none", "กรอกให้ครบ ถ้าไม่มีให้เขียนว่าไม่มี",
    ),
    "FORM_VALUE_UNREADABLE": (
        _E, "{name}: {value} cannot be read", "{name}: อ่าน “{value}” ไม่ได้",
        "write it as the form asks", "เขียนตามรูปแบบที่แบบฟอร์มกำหนด",
    ),
    "FORM_VALUE_UNFIT": (
        _E, "{name}: {value} cannot stand here", "{name}: ใช้ค่า “{value}” ไม่ได้",
        "correct the value", "แก้ค่าให้ถูกต้อง",
    ),
    "FORM_TABLE_MISSING": (
        _E, "the table with {name} is missing", "ไม่พบตารางที่มี {name}",
        "add the table, or the statement that there is none", "เพิ่มตาราง หรือเขียนว่าไม่มีรายการ",
    ),
    "FORM_COLUMN_MISSING": (
        _E, "the column {name} is missing", "ไม่มีคอลัมน์ {name}",
        "add the column", "เพิ่มคอลัมน์",
    ),
    "FORM_COLUMN_UNKNOWN": (
        _I, "the column {name} belongs to no field; its cells are kept aside",
        "คอลัมน์ {name} ไม่ตรงกับช่องใดของแบบ จึงเก็บข้อความไว้ต่างหาก",
        "move what matters into a column of the form", "ย้ายข้อมูลที่จำเป็นไปไว้ในคอลัมน์ของแบบ",
    ),
    "FORM_TEXT_ASIDE": (
        _I, "words that belong to no field of the form are kept aside", "มีข้อความที่ไม่ตรงกับช่องใดของแบบ จึงเก็บไว้ต่างหาก",
        "check that nothing of them belongs into the form", "ตรวจว่าไม่มีข้อมูลที่ควรอยู่ในแบบ",
    ),
    "FORM_TOTAL_WRONG": (
        _E, "the total of {name} is {stated}, but its rows make {computed}",
        "ยอดรวมของ {name} พิมพ์ไว้ {stated} แต่รวมแถวได้ {computed}",
        "correct the total or the rows", "แก้ยอดรวมหรือแก้แถว",
    ),
    "FORM_STATED_DIFFERS": (
        _E, "{name} is stated as {stated}, but the records make it {computed}",
        "{name} พิมพ์ไว้ {stated} แต่คำนวณจากรายการได้ {computed}",
        "correct the figure or the rows", "แก้ตัวเลขหรือแก้รายการ",
    ),
    "FORM_NUMBER_ORDER": (
        _W, "row {value} of the table does not follow the one before", "ลำดับที่ {value} ไม่ต่อจากแถวก่อนหน้า",
        "number the rows again", "เรียงลำดับใหม่",
    ),
    "FORM_WORDS_MISSING": (
        _E, "the words “{name}” are missing", "ขาดข้อความ “{name}”",
        "put them in", "เพิ่มข้อความนี้",
    ),
}  # fmt: skip


def fault(
    code: str,
    where: Where = Where(),  # noqa: B008  # reason: frozen
    evidence: tuple[str, ...] = (),
    arithmetic: str | None = None,
    **words: object,
) -> Problem:
    """Make the Problem of a code; words fill its sentences."""
    severity, message, message_th, mend, mend_th = SENTENCES[code]
    filled = {name: str(value) for name, value in words.items()}
    return Problem(
        code,
        severity,
        message.format(**filled),
        message_th.format(**filled),
        where,
        evidence,
        arithmetic,
        mend,
        mend_th,
    )


def finding(
    code: str, severity: Severity, message: str, message_th: str, *, arithmetic: str | None = None, mend_th: str = ""
) -> Problem:
    """Make a Problem of one kind of paper, whose check writes its own sentences."""
    return Problem(code, severity, message, message_th, arithmetic=arithmetic, mend_th=mend_th or None)
