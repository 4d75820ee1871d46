"""What is said of pages and papers, in both languages: one table, one place."""

from typing import NamedTuple

from prongsai.errors import Problem, Severity, Where


class _Saying(NamedTuple):
    severity: Severity
    english: str
    thai: str
    mend: str
    mend_th: str


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_SAYINGS = {
    "PAGE_EMPTY": _Saying(
        _ERROR, "The page holds nothing.", "หน้านี้ไม่มีเนื้อหา", "Publish the content.", "เผยแพร่เนื้อหาของข้อนี้บนหน้า"
    ),
    "PAGE_GARBLED": _Saying(
        _ERROR,
        "A browser shows gibberish: the page says a wrong encoding.",
        "เบราว์เซอร์แสดงตัวอักษรเป็นภาษาต่างดาว เพราะหน้าบอกรหัสตัวอักษรผิด",
        "Save the page as UTF-8 and say so in its head and in the server's header.",
        "บันทึกหน้าเป็น UTF-8 และประกาศ charset ให้ตรงทั้งในหน้าและที่เซิร์ฟเวอร์",
    ),
    "PAGE_CHARSET_MISSING": _Saying(
        _WARNING,
        "Nobody says the encoding; a browser must guess.",
        "หน้าไม่ได้ประกาศรหัสตัวอักษร เบราว์เซอร์ต้องเดา",
        "Say the encoding in the head of the page.",
        'ใส่ <meta charset="utf-8"> ในส่วนหัวของหน้า',
    ),
    "PAGE_NEEDS_SCRIPT": _Saying(
        _WARNING,
        "The words come by script only; they were not seen.",
        "เนื้อหาแสดงด้วยสคริปต์เท่านั้น เครื่องมองไม่เห็น",
        "Look at it in a browser; better put the words into the page.",
        "เปิดดูด้วยเบราว์เซอร์ หรือใส่เนื้อหาไว้ในหน้าโดยตรง",
    ),
    "PAGE_CUT": _Saying(
        _WARNING,
        "The page is larger than is read; its end was not seen.",
        "หน้ายาวเกินที่อ่าน ส่วนท้ายไม่ได้ตรวจ",
        "Part the page.",
        "แบ่งหน้าให้สั้นลง",
    ),
    "PAGE_LANGUAGE_MISSING": _Saying(
        _INFO, "The page does not say its language.", "หน้าไม่ได้บอกภาษา", 'Say lang="th".', 'ใส่ lang="th" ที่ <html>'
    ),
    "PAGE_HIDDEN_TEXT": _Saying(
        _INFO,
        "Some words are hidden until something is pressed; they were not counted.",
        "มีข้อความที่ซ่อนไว้ ไม่ได้นับเป็นเนื้อหา",
        "Show what an assessor must see.",
        "แสดงข้อความที่ผู้ตรวจต้องเห็นโดยไม่ต้องกด",
    ),
    "PAPER_EMPTY": _Saying(_ERROR, "The file is empty.", "ไฟล์ว่างเปล่า", "Publish the file anew.", "อัปโหลดไฟล์ใหม่"),
    "PAPER_UNDER_PASSWORD": _Saying(
        _ERROR,
        "The file asks for a password.",
        "ไฟล์ต้องใช้รหัสผ่านจึงจะเปิดได้",
        "Publish it without a password.",
        "เผยแพร่ไฟล์ที่ไม่ใส่รหัสผ่าน",
    ),
    "PAPER_BROKEN": _Saying(
        _ERROR, "The file is damaged.", "ไฟล์เสีย เปิดไม่ได้", "Publish it anew.", "บันทึกใหม่จากต้นฉบับแล้วอัปโหลดอีกครั้ง"
    ),
    "PAPER_SCANNED": _Saying(
        _ERROR,
        "The file is a picture of paper; nothing in it can be read or searched.",
        "ไฟล์เป็นภาพสแกน อ่านหรือค้นข้อความไม่ได้",
        "Publish the PDF printed from the original, the signed page as a picture if need be.",
        "พิมพ์ PDF จากไฟล์ต้นฉบับ ถ้าต้องมีลายเซ็นให้สแกนเฉพาะหน้าลงนาม",
    ),
    "PAPER_PARTLY_SCANNED": _Saying(
        _WARNING,
        "Some pages are pictures; their words were not read.",
        "บางหน้าเป็นภาพสแกน ไม่ได้อ่านข้อความ",
        "Publish these pages with text.",
        "เผยแพร่หน้าเหล่านั้นเป็นข้อความ",
    ),
    "PAPER_TURNED": _Saying(
        _ERROR,
        "Pages stand sideways or upside down on the screen.",
        "มีหน้าที่กลับหัวหรือตะแคงบนจอ",
        "Turn the pages and save.",
        "หมุนหน้าให้ตั้งตรงแล้วบันทึกใหม่",
    ),
    "PAPER_MAYBE_TURNED": _Saying(
        _WARNING,
        "Scanned pages may stand sideways.",
        "หน้าที่สแกนอาจตะแคงอยู่",
        "Look at it.",
        "เปิดดูแล้วหมุนให้ตั้งตรง",
    ),
    "PAPER_GARBLED": _Saying(
        _ERROR,
        "The letters of the file have no meaning; its text cannot be read, copied or searched.",
        "ตัวอักษรในไฟล์อ่านเป็นข้อความไม่ได้ (ภาษาต่างดาว)",
        "Print it from its own program to a new PDF.",
        "พิมพ์เป็น PDF ใหม่จากโปรแกรมเดิมด้วยฟอนต์มาตรฐาน",
    ),
    "PAPER_PICTURE": _Saying(
        _WARNING,
        "The file is a picture; its words were not read.",
        "ไฟล์เป็นรูปภาพ เครื่องอ่านข้อความในภาพไม่ได้",
        "Publish the words as text beside it.",
        "ใส่ข้อความหรือแนบไฟล์ PDF ที่มีข้อความไว้คู่กัน",
    ),
    "PAPER_OTHER_FORMAT": _Saying(
        _WARNING,
        "The file is in a format that is not read here.",
        "ไฟล์อยู่ในรูปแบบที่เครื่องไม่ได้อ่าน",
        "Publish a PDF, docx or xlsx.",
        "เผยแพร่เป็น PDF, .docx หรือ .xlsx",
    ),
    "PAPER_LARGE": _Saying(
        _WARNING,
        "The file is large; on a phone it opens slowly.",
        "ไฟล์ใหญ่ เปิดบนโทรศัพท์ช้า",
        "Make it smaller, or part it.",
        "ลดขนาดภาพในไฟล์ หรือแบ่งไฟล์",
    ),
    "PAPER_TOO_LARGE": _Saying(
        _WARNING,
        "The file is larger than is read; it was not looked into.",
        "ไฟล์ใหญ่เกินที่อ่าน ไม่ได้ตรวจเนื้อหา",
        "Part the file.",
        "แบ่งไฟล์ให้เล็กลง",
    ),
    "PAPER_NOT_READ": _Saying(
        _WARNING,
        "The file could not be read on this machine.",
        "เครื่องนี้อ่านไฟล์ชนิดนี้ไม่ได้",
        'Install the packages for PDF: pip install "prongsai[pdf]".',
        'ติดตั้งส่วนเสริม pip install "prongsai[pdf]" หรือเปิดดูด้วยตนเอง',
    ),
    "PAPER_MISSING": _Saying(
        _ERROR,
        "A document that the page leads to does not open.",
        "เอกสารที่หน้านี้ลิงก์ไปเปิดไม่ได้",
        "Put the file back at its address.",
        "นำไฟล์กลับมาไว้ที่อยู่เดิม หรือแก้ลิงก์",
    ),
    "ITEM_NOT_OPEN": _Saying(
        _ERROR,
        "The address does not open.",
        "เปิดที่อยู่ของข้อนี้ไม่ได้",
        "Put the page back at its address.",
        "แก้ให้เปิดได้จากภายนอกโดยไม่ต้องเข้าสู่ระบบ",
    ),
    "ITEM_TOO_MUCH": _Saying(
        _WARNING,
        "The page leads to more documents than were opened.",
        "หน้านี้ลิงก์ไปเอกสารมากกว่าที่เปิดตรวจ",
        "Keep the documents of one item and year on one page.",
        "แยกหน้าให้เหลือเอกสารของข้อและปีเดียว",
    ),
}


def say(
    code: str, address: str, *, page: int | None = None, evidence: tuple[str, ...] = (), more_th: str = ""
) -> Problem:
    """Make the problem of a code. more_th: what was seen, put behind the Thai sentence."""
    said = _SAYINGS[code]
    thai = f"{said.thai} ({more_th})" if more_th else said.thai
    where = Where(file=address, page=page)
    return Problem(code, said.severity, said.english, thai, where, evidence, None, said.mend, said.mend_th)


def words_of(code: str) -> tuple[str, str]:
    """Give what a code says and how it is mended, in Thai, of no page in particular."""
    said = _SAYINGS[code]
    return said.thai, said.mend_th


def codes() -> tuple[str, ...]:
    """List every code that pages and papers can have."""
    return tuple(_SAYINGS)
