import pytest

from prongsai.reports.year import framework_of
from tests.reports.lint.looking import line_of, paper_of, problems, told
from tests.reports.papers import GAP_HEAD, MEASURE_HEAD, PLAN_HEAD, SCORE_HEAD, TITLE, pipe, tab

ADVICE = "- มอบงานประชาสัมพันธ์จัดทำหน้าเว็บไซต์ใหม่ให้ครบองค์ประกอบภายในไตรมาสที่ ๒"


def gap(code: str, title: str, advice: str = "- มอบกองช่าง", done: str = "- ไม่ได้ดำเนินการ") -> tuple[str, ...]:
    return (code, title, "๐", done, advice, "- กองช่าง")


def gaps(*rows: tuple[str, ...]) -> str:
    return TITLE + "\n" + tab(GAP_HEAD, *rows)


def measure(seq: str, title: str, result: str = "๑. ทำแล้ว", outcome: str = "๑) ดีขึ้น ๓ งาน") -> tuple[str, ...]:
    return (seq, title, "๑. เตรียม ๒. เผยแพร่", "ไตรมาสที่ ๑", "กองช่าง", result, outcome)


def issue(heading: str, *rows: tuple[str, ...]) -> str:
    return heading + "\n\n" + tab(MEASURE_HEAD, *rows) + "\n"


ISSUES = {each.no: each.name_th for each in framework_of(2568).issues}
ASSETS = "ควบคุมการยืมทรัพย์สินของราชการ"
NEWS = "ปรับช่องทางการประชาสัมพันธ์และเผยแพร่ข่าวสาร"


# ---------------------------------------------------------------- CODE_REUSED, DUPLICATE_PAGE, RECOMMENDATION_REPEATED


def test_code_reused_tells_two_items_of_one_code_and_what_the_list_calls_them() -> None:
    item = framework_of(2568).item("O3")
    assert item is not None
    text = gaps(gap("O๒", "ข้อมูลผู้บริหาร"), gap("O๒", item.title_th))
    assert told("CODE_REUSED", text) == [("error", line_of(text, item.title_th))]
    assert f"{item.title_th[:40]} → O3" in problems("CODE_REUSED", text)[0].message_th


def test_code_reused_leaves_different_codes() -> None:
    assert told("CODE_REUSED", gaps(gap("O๒", "ข้อมูลผู้บริหาร"), gap("O๓", "อำนาจหน้าที่"))) == []


RISK = gap("O๒๓", "การประเมินความเสี่ยงการทุจริตประจำปี", ADVICE)
PLAN = gap("O๒๔", "การดำเนินการเพื่อจัดการความเสี่ยงการทุจริต", "- มอบทุกกองรายงานทุกสองเดือน")


def test_duplicate_page_tells_the_rows_of_a_page_once() -> None:
    text = gaps(RISK, PLAN) + "\n" + tab(GAP_HEAD, RISK, PLAN)
    again = line_of(text, RISK[1]) + 4
    assert told("DUPLICATE_PAGE", text) == [("warning", again)]
    assert f"(lines {again - 4}, {again}; {again - 3}, {again + 1})" in problems("DUPLICATE_PAGE", text)[0].message
    assert told("CODE_REUSED", text) == []


def test_duplicate_page_tells_two_pages_apart() -> None:
    other = gap("O๒๖", "แผนปฏิบัติการป้องกันการทุจริต", "- มอบหน่วยตรวจสอบภายในจัดทำแผน")
    head = tab(GAP_HEAD)
    text = gaps(RISK) + head + tab(RISK) + head + tab(other) + head + tab(PLAN) + head + tab(other)
    assert len(problems("DUPLICATE_PAGE", text)) == 2


def test_duplicate_page_leaves_a_page_printed_once() -> None:
    assert told("DUPLICATE_PAGE", gaps(RISK, PLAN)) == []


def test_recommendation_repeated_tells_the_second_of_two_neighbours() -> None:
    text = gaps(gap("O๑๕", "สถิติการให้บริการ", ADVICE), gap("O๑๖", "ผลสำรวจความพึงพอใจ", ADVICE))
    assert told("RECOMMENDATION_REPEATED", text) == [("warning", line_of(text, "ผลสำรวจ"))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ADVICE, "- มอบกองคลังเผยแพร่แผนการใช้จ่ายงบประมาณที่อนุมัติแล้วบนเว็บไซต์ทุกไตรมาส"),
        ("- เผยแพร่บนเว็บไซต์", "- เผยแพร่บนเว็บไซต์"),
        (ADVICE, ADVICE.replace("๒", "๓")),
    ],
)
def test_recommendation_repeated_leaves_own_short_and_otherwise_dated_advice(first: str, second: str) -> None:
    assert told("RECOMMENDATION_REPEATED", gaps(gap("O๑", "โครงสร้าง", first), gap("O๒", "ผู้บริหาร", second))) == []


# ---------------------------------------------------------------- issues


def test_dup_issue_title_tells_the_second_heading() -> None:
    text = (
        TITLE
        + issue(f"ประเด็นที่ ๓ {ISSUES[3]}", measure("๑", NEWS))
        + issue(f"ประเด็นที่ ๔ {ISSUES[3]}", measure("๑", ASSETS))
    )
    assert told("DUP_ISSUE_TITLE", text) == [("error", line_of(text, "ประเด็นที่ ๔"))]


def test_dup_issue_title_leaves_an_issue_that_goes_on_over_pages() -> None:
    heading = f"ประเด็นที่ ๓ {ISSUES[3]}"
    assert (
        told("DUP_ISSUE_TITLE", TITLE + issue(heading, measure("๑", NEWS)) + issue(heading, measure("๒", ASSETS))) == []
    )


def test_issue_title_content_mismatch_says_that_the_title_is_wrong() -> None:
    text = TITLE + issue(f"ประเด็นที่ ๔ {ISSUES[3]}", measure("๑", ASSETS))
    assert told("ISSUE_TITLE_CONTENT_MISMATCH", text) == [("error", line_of(text, ASSETS))]
    (problem,) = problems("ISSUE_TITLE_CONTENT_MISMATCH", text)
    assert problem.message == "Issue 4 carries the title of issue 3; its measures fit 4: the title is wrong."


def test_issue_title_content_mismatch_says_that_the_number_is_wrong() -> None:
    (problem,) = problems("ISSUE_TITLE_CONTENT_MISMATCH", TITLE + issue(f"ประเด็นที่ ๕ {ISSUES[3]}", measure("๑", NEWS)))
    assert problem.message == "Issue 5 carries the title of issue 3; its measures fit 3: the number is wrong."


def test_issue_title_content_mismatch_tells_measures_of_another_issue() -> None:
    text = TITLE + issue(f"ประเด็นที่ ๕ {ISSUES[5]}", measure("๑", ASSETS))
    (problem,) = problems("ISSUE_TITLE_CONTENT_MISMATCH", text)
    assert problem.message == "The measures under issue 5 speak of issue 4."


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7])
def test_issue_title_content_mismatch_leaves_the_titles_of_the_year(number: int) -> None:
    named = "ให้บริการประชาชนตามคู่มือ ประชาสัมพันธ์ ยืมทรัพย์สินของราชการ ใช้งบประมาณ บริหารงานบุคคล ป้องกันการทุจริต"
    assert (
        told("ISSUE_TITLE_CONTENT_MISMATCH", TITLE + issue(f"ประเด็นที่ {number} {ISSUES[number]}", measure("๑", named)))
        == []
    )


@pytest.mark.parametrize("title", ["กระบวนการกำกับดูเเลการใช้ทรัพยสินของทางราชการ", "กระบวนการก ากับดูแลการใชทรัพย์สินของราชการ"])
def test_issue_title_content_mismatch_leaves_a_title_with_scanning_errors(title: str) -> None:
    assert told("ISSUE_TITLE_CONTENT_MISMATCH", TITLE + issue(f"ประเด็นที่ ๔ {title}", measure("๑", ASSETS))) == []


def test_issue_title_content_mismatch_leaves_a_year_without_issues() -> None:
    title = TITLE.replace("๒๕๖๘", "๒๕๖๔")
    text = title + issue(f"ประเด็นที่ ๔ {ISSUES[3]}", measure("๑", ASSETS))
    assert paper_of(text).framework.issues == ()
    assert told("ISSUE_TITLE_CONTENT_MISMATCH", text) == []


# ---------------------------------------------------------------- indicators


def plan(number: str, title: str) -> tuple[str, ...]:
    return (f"ตัวชี้วัดที่ {number} {title} คะแนน ๙๐.๐๐", "๑. ปรับปรุง", "กองช่าง", "ปีงบประมาณ ๒๕๖๘", "- ปรับแล้ว")


def test_issue_heading_mismatch_tells_a_heading_over_other_indicators() -> None:
    rows = (plan("๙", "การเปิดเผยข้อมูล"), plan("๑๐", "การป้องกันการทุจริต"))
    text = TITLE + "\nตัวชี้วัดที่ ๙ ข้อมูลพื้นฐาน\n\n" + pipe(PLAN_HEAD, *rows)
    assert told("ISSUE_HEADING_MISMATCH", text) == [("warning", line_of(text, "ข้อมูลพื้นฐาน"))]


@pytest.mark.parametrize("heading", ["ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล", "ตัวชี้วัดที่ ๙", "สรุปการประเมิน OIT"])
def test_issue_heading_mismatch_leaves_right_headings(heading: str) -> None:
    assert (
        told("ISSUE_HEADING_MISMATCH", TITLE + f"\n{heading}\n\n" + pipe(PLAN_HEAD, plan("๙", "การเปิดเผยข้อมูล"))) == []
    )


def test_indicator_title_variant_notes_another_title() -> None:
    text = TITLE + "\n" + pipe(PLAN_HEAD, plan("๔", "การใช้ของหลวง"), plan("๙", "การเปิดเผยข้อมูล"))
    assert told("INDICATOR_TITLE_VARIANT", text) == [("info", line_of(text, "การใช้ของหลวง"))]


def test_indicator_title_variant_looks_at_score_tables_too() -> None:
    text = TITLE + "\n" + tab(SCORE_HEAD, ("IIT", "๑", "การปฏิบัติหน้าที่", "๙๑.๐๐"), ("", "๒", "การใช้เงิน", "๙๒.๐๐"))
    assert told("INDICATOR_TITLE_VARIANT", text) == [("info", line_of(text, "การใช้เงิน"))]


def test_indicator_title_variant_leaves_titles_of_the_year() -> None:
    rows = [plan(found.code, found.name_th) for found in framework_of(2568).top_indicators()]
    assert told("INDICATOR_TITLE_VARIANT", TITLE + "\n" + pipe(PLAN_HEAD, *rows)) == []


HEADING = "สรุปการประเมิน IIT เพื่อยกระดับการประเมิน"


def test_section_heading_repeated_notes_the_second_over_the_next_table() -> None:
    table = pipe(PLAN_HEAD, plan("๑", "การปฏิบัติหน้าที่"))
    text = f"{TITLE}\n{HEADING}\n\n{table}\n{HEADING}\n\n{pipe(PLAN_HEAD, plan('๒', 'การใช้งบประมาณ'))}"
    first = line_of(text, HEADING)
    assert told("SECTION_HEADING_REPEATED", text) == [("info", first + 6)]


def test_section_heading_repeated_leaves_different_headings() -> None:
    table = pipe(PLAN_HEAD, plan("๑", "การปฏิบัติหน้าที่"))
    other = pipe(PLAN_HEAD, plan("๖", "คุณภาพการดำเนินงาน"))
    text = f"{TITLE}\n{HEADING}\n\n{table}\n{HEADING.replace('IIT', 'EIT')}\n\n{other}"
    assert told("SECTION_HEADING_REPEATED", text) == []


# ---------------------------------------------------------------- rows


def test_continuation_row_notes_the_second_part() -> None:
    rest = ("", f"{NEWS} (ต่อ)", "๓. ติดตาม", "", "", "๒. ทำต่อ", "๒) ดีขึ้นอีก")
    text = TITLE + issue(f"ประเด็นที่ ๓ {ISSUES[3]}", measure("๑", NEWS)) + tab(MEASURE_HEAD, rest)
    assert told("CONTINUATION_ROW", text) == [("info", line_of(text, "(ต่อ)"))]


def test_continuation_row_leaves_whole_and_repeated_rows() -> None:
    assert told("CONTINUATION_ROW", TITLE + issue(f"ประเด็นที่ ๓ {ISSUES[3]}", measure("๑", NEWS))) == []
    assert told("CONTINUATION_ROW", gaps(RISK) + "\n" + tab(GAP_HEAD, RISK)) == []


def test_seq_repeated_tells_one_number_twice_in_an_issue() -> None:
    text = TITLE + issue(f"ประเด็นที่ ๓ {ISSUES[3]}", measure("๑", NEWS), measure("๑.", "จัดทำวารสารข่าว"))
    assert told("SEQ_REPEATED", text) == [("warning", line_of(text, "วารสาร"))]


def test_seq_repeated_leaves_numbers_that_begin_again_in_the_next_issue() -> None:
    text = (
        TITLE
        + issue(f"ประเด็นที่ ๓ {ISSUES[3]}", measure("๑", NEWS))
        + issue(f"ประเด็นที่ ๔ {ISSUES[4]}", measure("๑", ASSETS))
    )
    assert told("SEQ_REPEATED", text) == []
    assert told("SEQ_RESTARTS", text) == [("info", line_of(text, ASSETS))]


def test_seq_restarts_leaves_numbers_that_run_through() -> None:
    text = (
        TITLE
        + issue(f"ประเด็นที่ ๓ {ISSUES[3]}", measure("๑", NEWS))
        + issue(f"ประเด็นที่ ๔ {ISSUES[4]}", measure("๒", ASSETS))
    )
    assert told("SEQ_RESTARTS", text) == []
