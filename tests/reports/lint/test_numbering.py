import pytest

from prongsai.documents.read import read_content
from prongsai.reports.lint import numbering
from prongsai.reports.lint.rule import RULES, Paper
from prongsai.reports.read import recognise
from prongsai.reports.year import framework_of
from tests.reports.lint.looking import line_of, problems, told
from tests.reports.papers import GAP_HEAD, MEASURE_HEAD, PLAN_HEAD, TITLE, pipe, tab


def measure(steps: str, seq: str = "๑") -> tuple[str, ...]:
    return (seq, "ทบทวนมาตรฐานเวลา", steps, "ไตรมาสที่ ๑ - ๔", "กองช่าง", "๑. ปรับแล้ว", "๑) เร็วขึ้น")


def paper(*rows: tuple[str, ...]) -> str:
    return TITLE + tab(MEASURE_HEAD, *rows)


IN_ORDER = paper(measure("๑. จับเวลา ๒. ปรับเวลา ๓. ปิดประกาศ"), measure("๑. ประชุม ๒. แจ้งเวียน", "๒"))


@pytest.mark.parametrize("code", sorted(code for code, rule in RULES.items() if rule.family == "numbering"))
def test_every_rule_of_the_family_is_silent_on_lists_in_order(code: str) -> None:
    assert numbering.__name__ == RULES[code].check.__module__
    assert told(code, IN_ORDER) == []


def test_number_repeated_gives_the_numbers_as_printed_and_expected() -> None:
    text = paper(measure("๑. จับเวลา ๒. ปรับเวลา ๓. แจ้ง ๓. ปิดประกาศ ๓. รายงาน ๔. เผยแพร่"))
    (problem,) = problems("NUMBER_REPEATED", text)
    assert told("NUMBER_REPEATED", text) == [("error", line_of(text, "จับเวลา"))]
    assert problem.evidence == ("๑ ๒ ๓ ๓ ๓ ๔",)
    assert problem.arithmetic == "6 steps numbered 1,2,3,3,3,4; expected 1..6"


def test_number_repeated_keeps_arabic_digits() -> None:
    text = TITLE + pipe(MEASURE_HEAD, measure("1. จับเวลา 2. ปรับเวลา 2. แจ้ง", "1"))
    assert problems("NUMBER_REPEATED", text)[0].evidence == ("1 2 2",)


def test_list_that_starts_again_from_one_is_only_a_warning() -> None:
    text = paper(measure("<p>๑. จับเวลา</p><p>๒. ปรับเวลา</p><p>๑. แจ้ง</p><p>๒. ปิดประกาศ</p>"))
    assert told("NUMBER_REPEATED", text) == [("warning", line_of(text, "จับเวลา"))]


def test_number_missing_names_it() -> None:
    text = paper(measure("๑. ออกแบบ ๓. ทดลองใช้ ๔. เปิดใช้จริง"))
    (problem,) = problems("NUMBER_MISSING", text)
    assert told("NUMBER_MISSING", text) == [("warning", line_of(text, "ออกแบบ"))]
    assert problem.arithmetic == "3 steps numbered 1,3,4; missing 2"


def test_item_that_lost_its_number_is_missing_too() -> None:
    text = paper(measure("ออกแบบ ๒. ทดลองใช้ ๓. เปิดใช้จริง"))
    assert problems("NUMBER_MISSING", text)[0].evidence == ("– ๒ ๓",)


def test_numbering_style_sees_a_dash_among_numbers() -> None:
    text = paper(measure("๑. จัดทำประมวล ๒. เผยแพร่ -รณรงค์ปลูกจิตสำนึก"))
    assert told("NUMBERING_STYLE", text) == [("info", line_of(text, "จัดทำประมวล"))]


def test_numbering_style_sees_running_numbers_of_two_kinds() -> None:
    text = paper(measure("๑. ประชุม"), measure("๑. แจ้งเวียน", "๒."), measure("๑. สรุป", "๓"))
    (problem,) = problems("NUMBERING_STYLE", text)
    assert (problem.where.line, problem.evidence) == (line_of(text, "แจ้งเวียน"), ("๑ | ๒. | ๓",))


def test_list_boundaries_guessed_says_how_many_items() -> None:
    guidance = "<ol> ปรับปรุงระยะเวลาในการให้บริการทุกงาน สร้างจิตสำนึกให้บริการอย่างเท่าเทียม แจ้งข่าวสารให้ประชาชนรู้ล่วงหน้า"
    plan = ("ตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน", guidance, "กองช่าง", "ปีงบประมาณ ๒๕๖๘", "- ปรับแล้ว")
    text = TITLE + tab(PLAN_HEAD, plan)
    (problem,) = problems("LIST_BOUNDARIES_GUESSED", text)
    assert told("LIST_BOUNDARIES_GUESSED", text) == [("info", line_of(text, "ตัวชี้วัดที่ ๖"))]
    assert problem.message == "The list of guidance items has no numbers; it was taken for 3 items."


def test_shifted_row_is_passed_on_with_a_mend() -> None:
    text = paper(measure("๑. ประชุม"), measure("๑. แจ้งเวียน")[1:])
    (problem,) = problems("ROW_SHIFTED", text)
    assert (problem.where.line, problem.severity.value) == (line_of(text, "แจ้งเวียน"), "warning")
    assert problem.mend_th == "เทียบแถวนี้กับต้นฉบับแล้วแก้ด้วยมือ"


def test_row_with_too_many_cells_is_passed_on() -> None:
    text = paper(measure("๑. ประชุม"), (*measure("๑. แจ้งเวียน"), "ส่วนเกิน", "ส่วนเกิน"))
    assert told("ROW_CELL_COUNT", text) == [("warning", line_of(text, "แจ้งเวียน"))]


def test_result_that_repeats_the_period_is_passed_on() -> None:
    text = paper(("๑", "อบรมเจ้าหน้าที่", "๑. อบรม", "ไตรมาสที่ ๑ - ๒", "กองช่าง", "ไตรมาสที่ ๑ - ๒", "๑) เข้าใจ"))
    assert told("ROW_COLUMNS_MIXED", text) == [("warning", line_of(text, "อบรมเจ้าหน้าที่"))]


def test_item_without_a_readable_code_is_passed_on() -> None:
    text = TITLE + tab(
        GAP_HEAD,
        ("๐๑", "โครงสร้าง : แผนผัง", "๑๐๐", "เผยแพร่แล้ว", "- ปรับปรุง", "กองช่าง"),
        ("??", "ข้อมูลผู้บริหาร : รายชื่อ", "๐", "ไม่ได้ดำเนินการ", "- จัดทำ", "กองช่าง"),
    )
    assert told("CODE_UNREADABLE", text) == [("warning", line_of(text, "ข้อมูลผู้บริหาร"))]


def test_line_that_cannot_be_decoded_is_passed_on() -> None:
    content = IN_ORDER.encode().replace("ทบทวน".encode(), b"\xe0\xb8 ", 1)
    document = read_content(content, "paper.txt")
    paper = Paper(recognise(document), document, framework_of(2568))
    (problem,) = RULES["TEXT_UNREADABLE"].look(paper)
    assert problem.where.line == line_of(IN_ORDER, "จับเวลา")
