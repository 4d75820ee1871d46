import pytest

from prongsai.reports.lint import dates
from prongsai.reports.lint.rule import RULES
from tests.reports.lint.looking import line_of, problems, told
from tests.reports.papers import MEASURE_HEAD, TITLE, TRACKING_HEAD, tab

HALF = TITLE + "รอบ ๖ เดือน\n(๑ ตุลาคม ๒๕๖๗ – ๓๑ มีนาคม ๒๕๖๘)\n\n"
CALM = ("-ข่าวประชาสัมพันธ์", "กองช่าง", "๑.รวบรวม ๒.เผยแพร่", "ส่งข่าว ภายในเดือนตุลาคม ๒๕๖๗", "วันที่ ๑๕ ตุลาคม ๒๕๖๗")


def topic(due: str, done: str, steps: str = "๑.จัดทำ ๒.เผยแพร่") -> str:
    """Print a half-year paper with a topic that is in order and one that is looked at, on the last line."""
    return HALF + tab(TRACKING_HEAD, CALM, ("-ข้อมูลพื้นฐาน", "กองคลัง", steps, due, done))


def row(text: str) -> int:
    return line_of(text, "-ข้อมูลพื้นฐาน")


ON_TIME = topic(
    "๑.แก้ไขข้อมูล ภายในเดือนธันวาคม ๒๕๖๗ ๒.ผู้บริหารกำกับติดตามหน้าเว็บ ภายในเดือนมกราคม ๒๕๖๘",
    "ดำเนินการเมื่อ วันที่ ๑๓ ธันวาคม ๒๕๖๗ ดำเนินการเมื่อ วันที่ ๒๐ มกราคม ๒๕๖๘",
)
MEASURE = TITLE + tab(
    MEASURE_HEAD,
    ("๑", "เผยแพร่ราคากลาง", "๑. เผยแพร่", "๑ ต.ค. ๒๕๖๗ - {}", "กองคลัง", "๑. เผยแพร่เมื่อวันที่ {}", "๑) ผู้สนใจเพิ่มขึ้น"),
)


@pytest.mark.parametrize("code", sorted(code for code, rule in RULES.items() if rule.family == "dates"))
def test_every_rule_of_the_family_is_silent_on_a_topic_in_order(code: str) -> None:
    assert dates.__name__ == RULES[code].check.__module__
    assert told(code, ON_TIME) == []


def test_date_after_period_names_the_day_and_counts_the_paper() -> None:
    text = topic("๑.รายงาน ภายในเดือนมีนาคม ๒๕๖๘ ๒.เผยแพร่ ภายในเดือนเมษายน ๒๕๖๘", "วันที่ ๓๐ มีนาคม ๒๕๖๘ วันที่ ๕ เมษายน ๒๕๖๘")
    (problem,) = problems("DATE_AFTER_PERIOD", text)
    assert told("DATE_AFTER_PERIOD", text) == [("error", row(text))]
    assert problem.arithmetic == "2025-04-05 > 2025-03-31; in all 1 of 3 dates"
    assert problem.evidence == ("วันที่ ๕ เมษายน ๒๕๖๘",)


def test_date_before_period_is_a_warning() -> None:
    text = topic("ประเมินความเสี่ยง ภายในเดือนกันยายน ๒๕๖๗", "วันที่ ๓๐ กันยายน ๒๕๖๗")
    (problem,) = problems("DATE_BEFORE_PERIOD", text)
    assert told("DATE_BEFORE_PERIOD", text) == [("warning", row(text))]
    assert problem.arithmetic == "2024-09-30 < 2024-10-01; in all 1 of 2 dates"


def test_dates_of_the_first_and_last_day_are_inside() -> None:
    text = topic("๑.เริ่ม ภายในเดือนตุลาคม ๒๕๖๗ ๒.จบ ภายในเดือนมีนาคม ๒๕๖๘", "วันที่ ๑ ตุลาคม ๒๕๖๗ วันที่ ๓๑ มีนาคม ๒๕๖๘")
    assert told("DATE_AFTER_PERIOD", text) + told("DATE_BEFORE_PERIOD", text) == []


def test_date_late_counts_the_days() -> None:
    text = topic("แก้ไขข้อมูล ภายในเดือนธันวาคม ๒๕๖๗", "ดำเนินการเมื่อ วันที่ ๑๓ มกราคม ๒๕๖๘")
    (problem,) = problems("DATE_LATE", text)
    assert told("DATE_LATE", text) == [("warning", row(text))]
    assert problem.arithmetic == "2025-01-13 - 2024-12-31 = 13 days"


def test_date_late_needs_pairs() -> None:
    text = topic("๑.แก้ไข ภายในเดือนธันวาคม ๒๕๖๗ ๒.เผยแพร่ ภายในเดือนธันวาคม ๒๕๖๗", "วันที่ ๑๓ มกราคม ๒๕๖๘")
    assert told("DATE_LATE", text) == []


def test_date_count_mismatch_gives_the_sum() -> None:
    text = topic("๑.กองช่างเผยแพร่ ๒.กองคลังเผยแพร่", "วันที่ ๒๐ ธันวาคม ๒๕๖๗")
    (problem,) = problems("DATE_COUNT_MISMATCH", text)
    assert told("DATE_COUNT_MISMATCH", text) == [("error", row(text))]
    assert problem.arithmetic == "2 - 1 = 1 missing"


def test_date_count_mismatch_tells_dates_too_many() -> None:
    text = topic("เผยแพร่คู่มือ ภายในเดือนธันวาคม ๒๕๖๗", "วันที่ ๒๐ ธันวาคม ๒๕๖๗ วันที่ ๒๕ ธันวาคม ๒๕๖๗")
    (problem,) = problems("DATE_COUNT_MISMATCH", text)
    assert problem.arithmetic == "2 - 1 = 1 too many"


def test_date_count_mismatch_leaves_many_dates_of_a_monthly_duty() -> None:
    assert told("DATE_COUNT_MISMATCH", topic("เผยแพร่สรุปทุกเดือน", "วันที่ ๕ พฤศจิกายน ๒๕๖๗ วันที่ ๖ ธันวาคม ๒๕๖๗")) == []


def test_date_count_mismatch_is_silent_in_a_plan_without_any_date() -> None:
    text = HALF + tab(TRACKING_HEAD, ("-ข่าว", "กองช่าง", "๑.รวบรวม", "๑.ส่งข่าว ๒.เผยแพร่", "-"))
    assert told("DATE_COUNT_MISMATCH", text) == []


def test_recurring_with_single_date_is_an_error_for_promised_outputs() -> None:
    text = topic("งานพัสดุจัดทำสรุปผลการจัดซื้อจัดจ้างรายเดือนให้ครบทุกเดือน", "วันที่ ๓๑ ตุลาคม ๒๕๖๗")
    (problem,) = problems("RECURRING_WITH_SINGLE_DATE", text)
    assert told("RECURRING_WITH_SINGLE_DATE", text) == [("error", row(text))]
    assert problem.arithmetic == "Oct 2567..Mar 2568 = 6 expected, 1 evidenced"


def test_recurring_with_single_date_is_a_warning_for_follow_up() -> None:
    text = topic("เจ้าหน้าที่รายงานผลให้ผู้บริหารทราบทุกเดือน", "วันที่ ๓๑ มกราคม ๒๕๖๘")
    assert told("RECURRING_WITH_SINGLE_DATE", text) == [("warning", row(text))]


def test_recurring_with_single_date_counts_quarters() -> None:
    text = topic("กองคลังเผยแพร่รายงานการเงินทุกไตรมาส", "วันที่ ๓๑ มกราคม ๒๕๖๘")
    (problem,) = problems("RECURRING_WITH_SINGLE_DATE", text)
    assert problem.arithmetic == "Oct 2567..Mar 2568 = 2 expected, 1 evidenced"


def test_recurring_with_a_date_of_every_month_is_silent() -> None:
    months = ("ตุลาคม ๒๕๖๗", "พฤศจิกายน ๒๕๖๗", "ธันวาคม ๒๕๖๗", "มกราคม ๒๕๖๘", "กุมภาพันธ์ ๒๕๖๘", "มีนาคม ๒๕๖๘")
    text = topic("เผยแพร่สรุปผลทุกเดือน", " ".join(f"วันที่ ๒๘ {month}" for month in months))
    assert told("RECURRING_WITH_SINGLE_DATE", text) == []


def test_oversight_before_work_counts_the_days() -> None:
    text = topic(
        "๑.จัดทำแผน ภายในเดือนตุลาคม ๒๕๖๗ ๒.รายงานผล ภายในเดือนมีนาคม ๒๕๖๘ ๓.ผู้บริหารกำกับติดตามให้แล้วเสร็จทุกขั้นตอน",
        "วันที่ ๑๕ ตุลาคม ๒๕๖๗ วันที่ ๑๔ มีนาคม ๒๕๖๘ วันที่ ๓ กุมภาพันธ์ ๒๕๖๘",
    )
    (problem,) = problems("OVERSIGHT_BEFORE_WORK", text)
    assert told("OVERSIGHT_BEFORE_WORK", text) == [("error", row(text))]
    assert problem.arithmetic == "2025-02-03 < 2025-03-14 (39 days)"
    assert problem.evidence[1:] == ("วันที่ ๓ กุมภาพันธ์ ๒๕๖๘", "วันที่ ๑๔ มีนาคม ๒๕๖๘")


def test_oversight_is_compared_with_the_items_before_it_only() -> None:
    text = topic(
        "๑.ผู้บริหารกำกับติดตามการเตรียมงาน ภายในเดือนตุลาคม ๒๕๖๗ ๒.รายงานผล ภายในเดือนมีนาคม ๒๕๖๘",
        "วันที่ ๓๐ ตุลาคม ๒๕๖๗ วันที่ ๑๔ มีนาคม ๒๕๖๘",
    )
    assert told("OVERSIGHT_BEFORE_WORK", text) == []


def test_due_year_missing_names_the_year_taken() -> None:
    text = topic("แก้ไขข้อมูล ภายในเดือนมกราคม", "วันที่ ๑๓ มกราคม ๒๕๖๘")
    (problem,) = problems("DUE_YEAR_MISSING", text)
    assert told("DUE_YEAR_MISSING", text) == [("warning", row(text))]
    assert problem.message == "The due month has no year; Jan 2568 is taken from the fiscal year."


def test_due_year_shared_by_a_range_is_printed() -> None:
    text = topic("จัดอบรม ภายในวันที่ ๑ - ๑๕ มกราคม ๒๕๖๘", "วันที่ ๑๓ มกราคม ๒๕๖๘")
    assert told("DUE_YEAR_MISSING", text) == []


def test_due_date_in_wrong_column_names_the_deadlines_of_the_steps() -> None:
    text = topic("๑.รายงานผู้บริหาร", "วันที่ ๓๑ ตุลาคม ๒๕๖๗", "๑.จัดทำแผน ภายในเดือนตุลาคม ๒๕๖๗ ๒.เผยแพร่")
    (problem,) = problems("DUE_DATE_IN_WRONG_COLUMN", text)
    assert told("DUE_DATE_IN_WRONG_COLUMN", text) == [("warning", row(text))]
    assert problem.evidence == ("ภายในเดือนตุลาคม ๒๕๖๗",)


def test_date_impossible_is_found_in_dates_of_work_and_in_any_cell_once() -> None:
    tracking = topic("เปิดระบบ ภายในเดือนกุมภาพันธ์ ๒๕๖๘", "ดำเนินการเมื่อ วันที่ ๓๑ กุมภาพันธ์ ๒๕๖๘")
    assert told("DATE_IMPOSSIBLE", tracking) == [("error", row(tracking))]
    measure = MEASURE.format("๓๐ ก.ย. ๒๕๖๘", "๓๐ กุมภาพันธ์ ๒๕๖๘")
    (problem,) = problems("DATE_IMPOSSIBLE", measure)
    assert problem.where.line == line_of(measure, "เผยแพร่ราคากลาง")
    assert problem.evidence == ("๓๐ กุมภาพันธ์ ๒๕๖๘",)
    assert told("DATE_IMPOSSIBLE", MEASURE.format("๓๐ ก.ย. ๒๕๖๘", "๒๘ กุมภาพันธ์ ๒๕๖๘")) == []


def test_leap_day_is_possible_in_a_leap_year_only() -> None:
    text = TITLE + "ประชุมเมื่อวันที่ ๒๙ กุมภาพันธ์ ๒๕๖๗ และวันที่ ๒๙ กุมภาพันธ์ ๒๕๖๘\n"
    assert [problem.evidence for problem in problems("DATE_IMPOSSIBLE", text)] == [("๒๙ กุมภาพันธ์ ๒๕๖๘",)]


@pytest.mark.parametrize(
    ("code", "printed", "severity"),
    [
        ("DATE_MONTH_UNKNOWN", "๓๑ บ.ค. ๒๕๖๘", "error"),
        ("DATE_AMBIGUOUS", "๑๑/๑๓/๒๕๖๘", "warning"),
        ("DATE_YEAR_UNREADABLE", "๓๑ มีนาคม ๒๓๖๘", "error"),
    ],
)
def test_what_reading_found_is_passed_on_with_its_place(code: str, printed: str, severity: str) -> None:
    text = topic("เผยแพร่คู่มือ ภายในเดือนมีนาคม ๒๕๖๘", f"วันที่ {printed}")
    assert told(code, text) == [(severity, row(text))]
    assert told(code, MEASURE.format("๓๐ ก.ย. ๒๕๖๘", "๓๐ เมษายน ๒๕๖๘")) == []
