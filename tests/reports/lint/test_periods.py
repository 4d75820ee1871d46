import pytest

from prongsai.reports.lint import periods
from prongsai.reports.lint.rule import RULES
from tests.reports.lint.looking import line_of, problems, told
from tests.reports.papers import MEASURE_HEAD, PLAN_HEAD, TITLE, TRACKING_HEAD, tab

MEMO = """บันทึกข้อความ
ส่วนราชการ สำนักปลัดเทศบาล เทศบาลตำบลบ้านสวนพลู
ที่ ลบ ๕๒๗๐๑/๑๒๓
วันที่ {}
เรื่อง รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘
เรียน นายกเทศมนตรีตำบลบ้านสวนพลู

{}

"""
WHOLE = "๑ ต.ค. ๒๕๖๗ - ๓๐ ก.ย. ๒๕๖๘"
DONE = "๑. เผยแพร่ราคากลางเมื่อวันที่ ๑๕ พฤศจิกายน ๒๕๖๗"


def measure(period: str = WHOLE, result: str = DONE, outcome: str = "๑) ผู้สนใจเพิ่มขึ้น", head: str = TITLE) -> str:
    return head + tab(MEASURE_HEAD, ("๑", "เปิดเผยราคากลาง", "๑. เผยแพร่", period, "กองคลัง", result, outcome))


def row(text: str) -> int:
    return line_of(text, "เปิดเผยราคากลาง")


def memo(day: str, words: str = "จึงเรียนมาเพื่อโปรดทราบ") -> str:
    return measure(head=MEMO.format(day, words) + TITLE)


@pytest.mark.parametrize("code", sorted(code for code, rule in RULES.items() if rule.family == "periods"))
def test_every_rule_of_the_family_is_silent_on_a_paper_in_order(code: str) -> None:
    assert periods.__name__ == RULES[code].check.__module__
    assert told(code, memo("๙ ตุลาคม ๒๕๖๘")) == []


# ---------------------------------------------------------------- the fiscal year


def test_period_beyond_the_fiscal_year_is_an_error() -> None:
    text = measure("๑ ต.ค. ๒๕๖๗ - ๓๑ ธ.ค. ๒๕๖๙")
    (problem,) = problems("DATE_OUTSIDE_FISCAL_YEAR", text)
    assert told("DATE_OUTSIDE_FISCAL_YEAR", text) == [("error", row(text))]
    assert problem.arithmetic == "2026-12-31 not in 2024-10-01..2025-09-30"


def test_period_of_an_indicator_row_is_looked_at_too() -> None:
    text = TITLE + tab(PLAN_HEAD, ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "๑. ลดขั้นตอน", "กองช่าง", "ปีงบประมาณ ๒๕๖๖", "- ลดแล้ว"))
    assert told("DATE_OUTSIDE_FISCAL_YEAR", text) == [("error", line_of(text, "ตัวชี้วัดที่ ๑"))]


def test_reversed_period_is_told_once() -> None:
    text = measure("๑ พ.ย. ๒๕๖๘ - ๓๐ ก.ย. ๒๕๖๘")
    assert told("DATE_OUTSIDE_FISCAL_YEAR", text) == []
    assert told("PERIOD_REVERSED", text) == [("error", row(text))]


def test_work_done_in_another_year_is_an_error_and_shortly_after_the_year_a_warning() -> None:
    far = measure(result="๑. เผยแพร่เมื่อวันที่ ๑๑ ธันวาคม ๒๕๖๖")
    near = measure(result="๑. เผยแพร่รายงานเมื่อวันที่ ๑๐ ตุลาคม ๒๕๖๘")
    assert told("DATE_OUTSIDE_FISCAL_YEAR", far) == [("error", row(far))]
    assert told("DATE_OUTSIDE_FISCAL_YEAR", near) == [("warning", row(near))]
    assert problems("DATE_OUTSIDE_FISCAL_YEAR", far)[0].evidence == ("เมื่อวันที่ ๑๑ ธันวาคม ๒๕๖๖",)


def test_dates_of_orders_are_no_work() -> None:
    text = measure(result="๑. ปฏิบัติตามคำสั่ง ลงวันที่ ๑๑ ธันวาคม ๒๕๖๖")
    assert told("DATE_OUTSIDE_FISCAL_YEAR", text) == []


# ---------------------------------------------------------------- the output


@pytest.mark.parametrize(
    "result",
    [
        "๑. จัดทำรายงานสรุปงานค้าง รอบ ๑๒ เดือน",
        "๑. รายงานผลการดำเนินการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
        "๑. รายงานสรุปผลการจัดซื้อจัดจ้างฯ ประจำปีฯ ๒๕๖๘",
        "๑. รายงานผลการบริหารทรัพยากรบุคคล ของปีงบประมาณ 2568",
    ],
)
def test_annual_output_of_half_a_year_is_an_error(result: str) -> None:
    text = measure("ไตรมาสที่ ๑ - ๒", result)
    (problem,) = problems("PERIOD_SHORTER_THAN_OUTPUT", text)
    assert told("PERIOD_SHORTER_THAN_OUTPUT", text) == [("error", row(text))]
    assert problem.arithmetic == "ไตรมาสที่ ๑ - ๒ = 2024-10-01..2025-03-31; annual output >= 2025-09-30"


@pytest.mark.parametrize(
    "result",
    [
        "๑. รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. ๒๕๖๗",
        "๑. รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. ๒๕๖๘ รอบ ๖ เดือน",
        "๑. รายงานความก้าวหน้าของแผนประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
        "๑. รายงานผลการประเมินความเสี่ยงการทุจริต ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
        "๑. จัดทำแผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
    ],
)
def test_outputs_that_half_a_year_can_yield_are_silent(result: str) -> None:
    assert told("PERIOD_SHORTER_THAN_OUTPUT", measure("ไตรมาสที่ ๑ - ๒", result)) == []


def test_annual_output_of_a_whole_year_is_silent() -> None:
    assert told("PERIOD_SHORTER_THAN_OUTPUT", measure(WHOLE, "๑. รายงานผลการดำเนินการ รอบ ๑๒ เดือน")) == []


def test_once_a_quarter_in_half_a_year_is_a_warning_with_the_count() -> None:
    text = measure("ไตรมาสที่ ๑-๒", outcome="๑) ตรวจสอบวัสดุไตรมาสละ ๑ ครั้ง")
    (problem,) = problems("PERIOD_SHORTER_THAN_OUTPUT", text)
    assert told("PERIOD_SHORTER_THAN_OUTPUT", text) == [("warning", row(text))]
    assert problem.arithmetic == "2 of 4 quarters"
    assert told("PERIOD_SHORTER_THAN_OUTPUT", measure("ไตรมาสที่ ๑-๔", outcome="๑) ตรวจสอบวัสดุไตรมาสละ ๑ ครั้ง")) == []


# ---------------------------------------------------------------- the year that measures answer


def intro(year: str) -> str:
    words = f"จากผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year} เทศบาลจึงกำหนดมาตรการของปีงบประมาณ พ.ศ. ๒๕๖๘\n"
    return measure(head=TITLE + words)


def test_year_logic_warns_of_a_result_of_the_same_year() -> None:
    text = intro("๒๕๖๘")
    (problem,) = problems("YEAR_LOGIC", text)
    assert told("YEAR_LOGIC", text) == [("warning", line_of(text, "จากผลการประเมิน"))]
    assert problem.arithmetic == "result 2568, measures 2568; expected result 2567"


def test_year_logic_accepts_the_result_of_the_year_before() -> None:
    assert told("YEAR_LOGIC", intro("๒๕๖๗")) == []


# ---------------------------------------------------------------- the paper's own dates


def test_report_late_counts_the_days_beyond_ninety() -> None:
    text = memo("๓๐ มีนาคม ๒๕๖๙")
    (problem,) = problems("REPORT_LATE", text)
    assert told("REPORT_LATE", text) == [("info", line_of(text, "วันที่ ๓๐ มีนาคม ๒๕๖๙"))]
    assert problem.arithmetic == "2026-03-30 - 2025-09-30 = 181 days"
    assert told("REPORT_LATE", memo("๒๙ ธันวาคม ๒๕๖๘")) == []


def test_report_late_uses_the_announcement_where_there_is_no_memo() -> None:
    text = measure(head="ประกาศ ณ วันที่ ๓๐ มีนาคม พ.ศ. ๒๕๖๙\n" + TITLE)
    assert told("REPORT_LATE", text) == [("info", 1)]


def test_report_before_the_end_of_its_period_is_told() -> None:
    text = memo("๑๕ สิงหาคม ๒๕๖๘")
    (problem,) = problems("REPORT_BEFORE_PERIOD_END", text)
    assert told("REPORT_BEFORE_PERIOD_END", text) == [("info", line_of(text, "วันที่ ๑๕ สิงหาคม"))]
    assert problem.arithmetic == "2025-08-15 < 2025-09-30"


def test_figures_of_a_round_dated_on_its_last_day_are_told() -> None:
    half = TITLE + "(๑ ตุลาคม ๒๕๖๗ – ๓๑ มีนาคม ๒๕๖๘)\n"
    due = "สถิติการให้บริการ รอบ ๖ เดือนของปีงบประมาณ พ.ศ. {} ภายในเดือนเมษายน ๒๕๖๘"
    topic = half + tab(TRACKING_HEAD, ("-การให้บริการ", "กองช่าง", "๑.เก็บสถิติ", due, "วันที่ ๓๑ มีนาคม ๒๕๖๘"))
    (problem,) = problems("REPORT_BEFORE_PERIOD_END", topic.format("๒๕๖๘"))
    assert (problem.where.line, problem.arithmetic) == (line_of(topic, "-การให้บริการ"), "2025-03-31 <= 2025-03-31")
    assert told("REPORT_BEFORE_PERIOD_END", topic.format("๒๕๖๗")) == []


def test_announced_before_memo_counts_the_days() -> None:
    announcement = "ประกาศเทศบาลตำบลบ้านสวนพลู\nเรื่อง รายงานผล\nประกาศ ณ วันที่ {} ตุลาคม พ.ศ. ๒๕๖๘\n\n"
    early = memo("๙ ตุลาคม ๒๕๖๘") + announcement.format("๗")
    (problem,) = problems("ANNOUNCED_BEFORE_MEMO", early)
    assert told("ANNOUNCED_BEFORE_MEMO", early) == [("warning", line_of(early, "ประกาศ ณ วันที่"))]
    assert problem.arithmetic == "2025-10-07 < 2025-10-09 (2 days)"
    assert told("ANNOUNCED_BEFORE_MEMO", memo("๙ ตุลาคม ๒๕๖๘") + announcement.format("๙")) == []


def test_deadline_before_memo_is_an_error() -> None:
    asks = "จึงขอให้จัดส่งข้อมูลให้สำนักปลัดเทศบาล ภายในวันที่ ๑ ตุลาคม ๒๕๖๘"
    text = memo("๙ ตุลาคม ๒๕๖๘", asks)
    (problem,) = problems("DEADLINE_BEFORE_MEMO", text)
    assert told("DEADLINE_BEFORE_MEMO", text) == [("error", line_of(text, "วันที่ ๙ ตุลาคม"))]
    assert problem.arithmetic == "2025-10-01 < 2025-10-09 (8 days)"
    assert told("DEADLINE_BEFORE_MEMO", memo("๑ กันยายน ๒๕๖๘", asks)) == []


def test_order_after_memo_is_a_warning() -> None:
    cites = "ตามคำสั่งเทศบาลตำบลบ้านสวนพลู ที่ ๒๐๙/๒๕๖๘ ลงวันที่ {} เรื่อง แต่งตั้งคณะทำงาน"
    text = memo("๙ ตุลาคม ๒๕๖๘", cites.format("๒๐ ตุลาคม ๒๕๖๘"))
    (problem,) = problems("ORDER_AFTER_MEMO", text)
    assert told("ORDER_AFTER_MEMO", text) == [("warning", line_of(text, "ตามคำสั่ง"))]
    assert problem.arithmetic == "2025-10-20 > 2025-10-09"
    assert told("ORDER_AFTER_MEMO", memo("๙ ตุลาคม ๒๕๖๘", cites.format("๒๐ มกราคม ๒๕๖๘"))) == []


def test_order_after_memo_is_told_though_the_announcement_is_later() -> None:
    cites = "ตามคำสั่งเทศบาลตำบลบ้านสวนพลู ที่ ๒๐๙/๒๕๖๘ ลงวันที่ ๑๕ ตุลาคม ๒๕๖๘ เรื่อง แต่งตั้งคณะทำงาน"
    announced = "\n\nประกาศเทศบาลตำบลบ้านสวนพลู\n\nประกาศ ณ วันที่ ๒๐ ตุลาคม พ.ศ. ๒๕๖๘\n"
    text = memo("๙ ตุลาคม ๒๕๖๘", cites) + announced
    assert told("ORDER_AFTER_MEMO", text) == [("warning", line_of(text, "ตามคำสั่ง"))]


def test_unreadable_period_is_passed_on() -> None:
    text = measure("๑ ต.ค. - ๑๖-๑๗ ๒๕๖๗")
    assert told("PERIOD_UNREADABLE", text) == [("warning", row(text))]
