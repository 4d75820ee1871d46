"""What reading itself noticed about rows, heads, tables and letters, passed on so that every code is listed."""

from collections.abc import Iterator

from prongsai.errors import Problem, Severity
from prongsai.reports.lint.given import passed_on
from prongsai.reports.lint.rule import Paper, Say, rule

_ROW = ("Compare the row with the paper and correct it by hand.", "เทียบแถวนี้กับต้นฉบับแล้วแก้ด้วยมือ")
_BELONGS = ("Check whether it belongs to the report.", "ตรวจว่าตารางนี้เป็นส่วนของรายงานหรือไม่")
_CODE = ("Print the item code of the year, such as O12.", "พิมพ์รหัสข้อของปีนั้น เช่น O12")
_SAVE = ("Save the file as UTF-8 and look at the line.", "บันทึกไฟล์เป็น UTF-8 แล้วตรวจบรรทัดนั้น")
_YEARS = ("Check both years.", "ตรวจปีของทั้งสองวัน")
_DAYS = ("State the first and last day.", "ระบุวันเริ่มต้นและวันสิ้นสุด")
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
# code, severity, what it finds in English and Thai, mend
_NOTICED = (
    ("PERIOD_REVERSED", _ERROR, "A period ends before it starts.", "ระยะเวลาสิ้นสุดก่อนวันเริ่มต้น", _YEARS),
    ("PERIOD_UNREADABLE", _WARNING, "A period cannot be read.", "อ่านระยะเวลาไม่ได้", _DAYS),
    ("ROW_SHIFTED", _WARNING, "The cells of a row do not stand under their heads.", "ช่องของแถวเลื่อนจากหัวตาราง", _ROW),
    ("ROW_CELL_COUNT", _WARNING, "A row has another number of cells than its head.", "แถวมีจำนวนช่องไม่เท่าหัวตาราง", _ROW),
    ("ROW_SHORT", _WARNING, "The last cells of a row are missing.", "ช่องท้ายของแถวขาดหายไป", _ROW),
    ("ROW_COLUMNS_MIXED", _WARNING, "A cell repeats another one of its row.", "ช่องของแถวซ้ำกันเอง คอลัมน์อาจสลับกัน", _ROW),
    ("ROW_NUMBER_ODD", _WARNING, "A row's number cell holds no number.", "ช่องลำดับของแถวไม่ใช่ตัวเลข", _ROW),
    ("ROW_JOINED", _WARNING, "A row seems to go on with the one before it.", "แถวที่ดูเป็นส่วนต่อถูกรวมกับแถวก่อนหน้า", _ROW),
    ("ROW_START_MISSING", _WARNING, "A row goes on with one that is not printed.", "แถวเป็นส่วนต่อ แต่ไม่พบแถวต้นทาง", _ROW),
    ("HEAD_DAMAGED", _WARNING, "The head of a table lacks columns.", "หัวตารางขาดช่อง ระบบใช้หัวตารางของหน้าอื่น", _ROW),
    ("BOXES_LOST", _WARNING, "The boxes beside the states of progress were lost.", "ช่องทำเครื่องหมายหน้าสถานะหายไป", _ROW),
    ("SCORE_ROW_UNREAD", _WARNING, "A row of a score table cannot be read.", "อ่านแถวหนึ่งของตารางคะแนนไม่ได้", _ROW),
    ("SCORE_REPEATED", _WARNING, "An indicator stands twice.", "ตัวชี้วัดเดียวปรากฏสองครั้งในตารางคะแนน", _ROW),
    ("CODE_UNREADABLE", _WARNING, "A row of an item table has no readable code.", "แถวของตารางข้อไม่มีรหัสข้อที่อ่านได้", _CODE),
    ("TEXT_UNREADABLE", _WARNING, "Bytes of the file are no letters of its encoding.", "มีอักขระที่ถอดรหัสไม่ได้", _SAVE),
    ("TABLE_UNREAD", _INFO, "A table is of no kind that is known.", "ตารางไม่ใช่แบบที่รู้จัก จึงไม่ได้นำไปเป็นข้อมูล", _BELONGS),
)  # fmt: skip


def pass_on(paper: Paper, say: Say) -> Iterator[Problem]:
    """Pass on what reading noticed under the rule's code."""
    return passed_on(paper, say)


for _code, _severity, _finds, _finds_th, (_mend, _mend_th) in _NOTICED:
    rule(_code, _severity, summary=_finds, summary_th=_finds_th, mend=_mend, mend_th=_mend_th)(pass_on)
