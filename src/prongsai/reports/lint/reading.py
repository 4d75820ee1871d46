"""What reading itself noticed about rows, heads and tables, passed on so that every code is listed."""

from collections.abc import Iterator

from prongsai.errors import Problem, Severity
from prongsai.reports.lint.given import passed_on
from prongsai.reports.lint.rule import Paper, Say, rule

_COMPARE = ("Compare the row with the paper and correct it by hand.", "เทียบแถวนี้กับต้นฉบับแล้วแก้ด้วยมือ")
_BELONGS = ("Check whether it belongs to the report.", "ตรวจว่าตารางนี้เป็นส่วนของรายงานหรือไม่")
_NOTICED = (
    ("ROW_SHORT", "The last cells of a row are missing.", "ช่องท้ายของแถวขาดหายไป"),
    ("ROW_NUMBER_ODD", "A row's number cell holds no number.", "ช่องลำดับของแถวไม่ใช่ตัวเลข"),
    ("ROW_JOINED", "A row seems to go on with the one before and was joined to it.", "แถวที่ดูเป็นส่วนต่อถูกรวมกับแถวก่อนหน้า"),
    ("ROW_START_MISSING", "A row goes on with one that is not printed.", "แถวเป็นส่วนต่อ แต่ไม่พบแถวต้นทาง"),
    ("HEAD_DAMAGED", "The head of a table lacks columns.", "หัวตารางขาดช่อง ระบบใช้หัวตารางของหน้าอื่น"),
    ("BOXES_LOST", "The boxes beside the states of progress were lost.", "ช่องทำเครื่องหมายหน้าสถานะหายไป"),
    ("SCORE_ROW_UNREAD", "A row of a score table cannot be read.", "อ่านแถวหนึ่งของตารางคะแนนไม่ได้"),
    ("SCORE_REPEATED", "An indicator stands twice in a score table.", "ตัวชี้วัดเดียวปรากฏสองครั้งในตารางคะแนน"),
)


def pass_on(paper: Paper, say: Say) -> Iterator[Problem]:
    """Pass on what reading noticed under the rule's code."""
    return passed_on(paper, say)


for _code, _summary, _summary_th in _NOTICED:
    rule(_code, Severity.WARNING, summary=_summary, summary_th=_summary_th, mend=_COMPARE[0], mend_th=_COMPARE[1])(
        pass_on
    )

rule(
    "TABLE_UNREAD",
    Severity.INFO,
    summary="A table is of no kind that is known; its rows went into no record.",
    summary_th="ตารางไม่ใช่แบบที่รู้จัก จึงไม่ได้นำไปเป็นข้อมูล",
    mend=_BELONGS[0],
    mend_th=_BELONGS[1],
)(pass_on)
