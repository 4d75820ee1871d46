"""Every code that reading can give is a listed rule, with the severity that reading gives."""

import re
from pathlib import Path

import prongsai.reports
from prongsai.reports.lint.rule import RULES
from tests.reports.lint.looking import line_of, problems
from tests.reports.papers import MEASURE_HEAD, TITLE, tab

REPORTS = Path(prongsai.reports.__file__).parent
ROW = ("๑", "จัดทำคู่มือ", "๑. ยกร่าง", "ไตรมาสที่ ๑ - ๔", "กองคลัง", "๑. จัดทำแล้ว", "๑) ใช้คู่มือทุกงาน")


def test_every_code_of_reading_is_a_listed_rule() -> None:
    texts = [path.read_text(encoding="utf-8") for path in REPORTS.glob("*.py")]
    codes = {code for text in texts for code in re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', text)}
    assert {code for code in codes if code.startswith(("ROW_", "HEAD_", "BOXES_", "SCORE_R", "TABLE_"))} - set(
        RULES
    ) == set()


def test_row_that_lost_its_last_cell_is_passed_on_at_its_line() -> None:
    text = TITLE + tab(MEASURE_HEAD, ROW, ("๒", "ตรวจนับพัสดุ", *ROW[2:6]))
    found = problems("ROW_SHORT", text) + problems("ROW_SHIFTED", text) + problems("ROW_CELL_COUNT", text)
    assert [problem.where.line for problem in found] == [line_of(text, "ตรวจนับพัสดุ")]
    assert all(problem.mend_th for problem in found)


def test_paper_in_order_gives_nothing() -> None:
    text = TITLE + tab(MEASURE_HEAD, ROW)
    assert [code for code, rule in RULES.items() if rule.family == "reading" and problems(code, text)] == []
