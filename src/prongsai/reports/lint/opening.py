"""What the reader of a file noticed when it opened it, passed on so that every code is listed."""

from collections.abc import Iterator

from prongsai.errors import Problem, Severity
from prongsai.reports.lint.given import passed_on
from prongsai.reports.lint.rule import Paper, Say, rule

_LOOK = ("Look at the place in the file.", "เปิดไฟล์ดูที่ตำแหน่งนั้น")
_DECIDE = ("Accept or reject the changes before the paper is sent.", "ยอมรับหรือปฏิเสธการเปลี่ยนแปลงก่อนส่งเอกสาร")
_HIDDEN = ("Show it and decide whether it belongs to the paper.", "แสดงส่วนที่ซ่อน แล้วตัดสินว่าเป็นส่วนของเอกสารหรือไม่")
_INSIDE = ("Put what matters into the text of the paper.", "นำข้อมูลที่สำคัญมาพิมพ์เป็นข้อความในเอกสาร")
_CHECK = ("Compare with the original.", "เทียบกับต้นฉบับ")
_CALM = ("Nothing of it was run or fetched; remove it before publishing.", "ระบบไม่รันและไม่ดึงข้อมูลใด ควรลบออกก่อนเผยแพร่")
_SCAN = ("Give the file that the paper was printed from.", "ใช้ไฟล์ต้นฉบับที่พิมพ์ออกมา")
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
# code, severity, what it finds in English and Thai, mend
_NOTICED = (
    (
        "TRACKED_INSERTION",
        _WARNING,
        "Words were inserted under tracking; they are read.",
        "มีข้อความที่เพิ่มโดยติดตามการเปลี่ยนแปลง (อ่านด้วย)",
        _DECIDE,
    ),
    (
        "TRACKED_DELETION",
        _WARNING,
        "Words were deleted under tracking; they are not read.",
        "มีข้อความที่ลบโดยติดตามการเปลี่ยนแปลง (ไม่อ่าน)",
        _DECIDE,
    ),
    (
        "COMMENT",
        _WARNING,
        "The file holds a comment; it is not read as text.",
        "มีความคิดเห็นในไฟล์ (ไม่อ่านเป็นข้อความ)",
        _DECIDE,
    ),
    ("HIDDEN_TEXT", _WARNING, "The file holds hidden text.", "มีข้อความที่ซ่อนอยู่", _HIDDEN),
    ("HIDDEN_SHEET", _WARNING, "A hidden sheet was read too.", "มีแผ่นงานที่ซ่อนอยู่ (อ่านด้วย)", _HIDDEN),
    ("HIDDEN_ROWS", _WARNING, "Hidden rows were read too.", "มีแถวที่ซ่อนอยู่ (อ่านด้วย)", _HIDDEN),
    ("HIDDEN_COLUMNS", _WARNING, "Hidden columns were read too.", "มีคอลัมน์ที่ซ่อนอยู่ (อ่านด้วย)", _HIDDEN),
    (
        "HEADER_TEXT",
        _INFO,
        "Words of the page header or footer are not part of the text.",
        "ข้อความหัวหรือท้ายกระดาษไม่นับเป็นเนื้อหา",
        _LOOK,
    ),
    (
        "RUNNING_HEAD_LEFT_OUT",
        _INFO,
        "A line repeated on every page was left out.",
        "ข้อความที่ซ้ำทุกหน้าไม่นับเป็นเนื้อหา",
        _LOOK,
    ),
    ("WATERMARK", _INFO, "Words across the page were left out.", "ข้อความลายน้ำไม่นับเป็นเนื้อหา", _LOOK),
    ("WATERMARK_LEFT_OUT", _INFO, "Words across the page were left out.", "ข้อความลายน้ำไม่นับเป็นเนื้อหา", _LOOK),
    (
        "NESTED_TABLE",
        _INFO,
        "A table inside a cell was read as lines of the cell.",
        "ตารางซ้อนในช่องถูกอ่านเป็นข้อความของช่อง",
        _LOOK,
    ),
    (
        "TABLE_WITHOUT_RULES",
        _WARNING,
        "A table without rules was told by the places of its words.",
        "ตารางไม่มีเส้น ระบบแยกคอลัมน์จากตำแหน่งของคำ",
        _CHECK,
    ),
    (
        "ROW_JOINED_OVER_PAGES",
        _WARNING,
        "A row that a page end cut was joined.",
        "แถวที่ถูกตัดข้ามหน้าถูกต่อเป็นแถวเดียว",
        _CHECK,
    ),
    ("PICTURES_NOT_READ", _INFO, "Pictures are not read; one of them may hold words.", "ไม่อ่านข้อความในภาพ", _INSIDE),
    (
        "PICTURE_TEXT_LEFT_OUT",
        _INFO,
        "Words inside a picture or chart were left out.",
        "ข้อความในภาพหรือแผนภูมิไม่นับเป็นเนื้อหา",
        _INSIDE,
    ),
    ("EMBEDDED_NOT_READ", _WARNING, "Something embedded in the file was not read.", "มีสิ่งที่ฝังในไฟล์ซึ่งไม่ได้อ่าน", _INSIDE),
    ("MACRO_IGNORED", _WARNING, "The file holds macros; they were not run.", "ไฟล์มีมาโคร ระบบไม่รัน", _CALM),
    (
        "ACTIVE_CONTENT",
        _WARNING,
        "The file holds scripts or actions; they were not run.",
        "ไฟล์มีสคริปต์หรือคำสั่ง ระบบไม่รัน",
        _CALM,
    ),
    (
        "EXTERNAL_CONTENT",
        _WARNING,
        "The file asks for content from elsewhere; it was not fetched.",
        "ไฟล์อ้างเนื้อหาจากภายนอก ระบบไม่ดึงมา",
        _CALM,
    ),
    ("EXTERNAL_LINK", _INFO, "The file links to addresses; none was opened.", "ไฟล์มีลิงก์ไปภายนอก ระบบไม่เปิด", _LOOK),
    (
        "FORMULA_ERROR",
        _ERROR,
        "The formula of a cell gives an error.",
        "สูตรในช่องให้ผลผิดพลาด",
        ("Mend the formula.", "แก้สูตรในช่องนั้น"),
    ),
    (
        "FORMULA_NOT_COMPUTED",
        _WARNING,
        "A formula has no saved value.",
        "สูตรยังไม่มีผลที่บันทึกไว้",
        ("Open the workbook and save it again.", "เปิดไฟล์ด้วยโปรแกรมตารางแล้วบันทึกใหม่"),
    ),
    (
        "DATE_YEAR_TYPED_BE",
        _WARNING,
        "A date cell holds a Buddhist year typed as a Christian one.",
        "ช่องวันที่พิมพ์ปี พ.ศ. แทน ค.ศ.",
        _CHECK,
    ),
    ("CSV_QUOTE_OPEN", _WARNING, "A quotation mark is never closed.", "เครื่องหมายคำพูดไม่มีตัวปิด", _LOOK),
    (
        "PDF_GLYPHS_MENDED",
        _WARNING,
        "The font of the PDF says Thai marks wrongly; they were mended.",
        "ฟอนต์ใน PDF ระบุสระหรือวรรณยุกต์ผิด ระบบปรับแก้แล้ว",
        _CHECK,
    ),
    ("TEXT_LAYER_UNREADABLE", _ERROR, "The text of a page is no readable text.", "ข้อความของหน้าใน PDF อ่านไม่ออก", _SCAN),
    ("TEXT_FROM_SCAN", _WARNING, "The text of a page was recognised by a scanner.", "ข้อความของหน้ามาจากการสแกน", _CHECK),
    ("PAGE_WITHOUT_TEXT", _WARNING, "A page holds no text.", "หน้านี้ไม่มีข้อความ", _SCAN),
    (
        "GLYPH_MISSING",
        _ERROR,
        "The font cannot print a character.",
        "ฟอนต์พิมพ์อักขระนี้ไม่ได้",
        ("Replace the character.", "แก้อักขระนั้น"),
    ),
)


def pass_on(paper: Paper, say: Say) -> Iterator[Problem]:
    """Pass on what the reader of the file noticed under the rule's code."""
    return passed_on(paper, say)


for _code, _severity, _finds, _finds_th, (_mend, _mend_th) in _NOTICED:
    rule(_code, _severity, summary=_finds, summary_th=_finds_th, mend=_mend, mend_th=_mend_th)(pass_on)
