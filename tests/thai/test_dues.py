from datetime import date

import pytest

from prongsai.thai.dues import find_dues, read_due, recurrence
from tests.thai.hostile import assert_quick

YEAR = 2566


@pytest.mark.parametrize(
    ("text", "end", "words", "inferred"),
    [
        ("ภายในวันที่ ๑๐ มิถุนายน ๒๕๖๓ รายละเอียดตามเอกสาร", "2020-06-10", "ภายในวันที่ ๑๐ มิถุนายน ๒๕๖๓", ()),
        ("รายงานผู้บริหาร ภายในเดือนเมษายน ๒๕๖๖", "2023-04-30", "ภายในเดือนเมษายน ๒๕๖๖", ()),
        ("รายงานผลภายใน เดือน\nเมษายน ๒๕๖๖ แล้วเผยแพร่", "2023-04-30", "ภายใน เดือน เมษายน ๒๕๖๖", ()),
        ("เผยแพร่ให้เป็นปัจจุบัน ภายในเดือนมกราคม", "2023-01-31", "ภายในเดือนมกราคม", ("year",)),
        ("จัดทำแผน ภายในเดือนตุลาคม", "2022-10-31", "ภายในเดือนตุลาคม", ("year",)),
        ("ภายในไตรมาสที่ ๑", "2022-12-31", "ภายในไตรมาสที่ ๑", ("fiscal_year",)),
        ("ภายในสิ้นเดือนกันยายน ๒๕๖๗", "2024-09-30", "ภายในสิ้นเดือนกันยายน ๒๕๖๗", ()),
        ("ให้แล้วเสร็จภายใน ธ.ค. ๖๖", "2023-12-31", "ให้แล้วเสร็จภายใน ธ.ค. ๖๖", ("century",)),
        ("ไม่เกินวันที่ ๓๐ ก.ย. ๒๕๖๖", "2023-09-30", "ไม่เกินวันที่ ๓๐ ก.ย. ๒๕๖๖", ()),
        ("รอบ ๖ เดือนของปีงบประมาณ พ.ศ. ๒๕๖๕ ภายในเดือนเมษายน ๒๕๖๖", "2023-04-30", "ภายในเดือนเมษายน ๒๕๖๖", ()),
        ("เมษายน ๒๕๖๗", "2024-04-30", "เมษายน ๒๕๖๗", ()),
        ("๓๐ ก.ย. ๒๕๖๗", "2024-09-30", "๓๐ ก.ย. ๒๕๖๗", ()),
    ],
)
def test_read_due_gives_the_last_day(text: str, end: str, words: str, inferred: tuple[str, ...]) -> None:
    due = read_due(text, fiscal_year_be=YEAR)
    assert due is not None
    assert (due.start, due.end, due.text) == (None, date.fromisoformat(end), words)
    assert (due.problem, due.inferred) == (None, inferred)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "ทุกเดือน", "ภายใน ๗ วัน", "ไม่เกิน ๗ วันหลังเสร็จสิ้น", "ภายในวันที่ ๕ ของทุกเดือน", "ภายในหน่วยงาน",
        "ให้แล้วเสร็จภายในระยะเวลาที่กำหนด", "รายงานประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "ประกาศเมื่อวันที่ ๑ ต.ค. ๒๕๖๖ แล้ว",
    ],
)  # fmt: skip
def test_read_due_finds_none_where_none_is(text: str) -> None:
    assert read_due(text, fiscal_year_be=YEAR) is None


def test_an_impossible_deadline_is_a_problem() -> None:
    due = read_due("แล้วเสร็จภายใน 31 ก.พ. 2567")
    assert due is not None
    assert (due.end, due.problem and due.problem.code) == (None, "DATE_IMPOSSIBLE")


def test_a_month_without_year_and_fiscal_year_has_no_day() -> None:
    due = read_due("ภายในเดือนมกราคม")
    assert due is not None
    assert (due.end, due.problem and due.problem.code) == (None, "DATE_YEAR_UNREADABLE")


def test_find_dues_lists_all_of_them() -> None:
    text = "ร่างภายในเดือนธันวาคม ๒๕๖๕ ประกาศภายในวันที่ ๕ มกราคม ๒๕๖๖ ภายในหน่วยงาน"
    assert [due.end for due in find_dues(text)] == [date(2022, 12, 31), date(2023, 1, 5)]


@pytest.mark.parametrize(
    ("text", "kind", "months", "times", "basis"),
    [
        ("ทุกเดือน", "monthly", 1, 1, "stated"),
        ("รายเดือน", "monthly", 1, 1, "stated"),
        ("ผู้บริหารติดตามการดำเนินการทุกเดือนเพื่อให้แล้วเสร็จ", "monthly", 1, 1, "stated"),
        ("เดือนละ ๒ ครั้ง", "monthly", 1, 2, "stated"),
        ("ไตรมาสละ ๑ ครั้ง", "quarterly", 3, 1, "stated"),
        ("รายไตรมาส", "quarterly", 3, 1, "stated"),
        ("ทุก ๓ เดือน", "quarterly", 3, 1, "stated"),
        ("ทุก ๆ ๖ เดือน", "half_yearly", 6, 1, "stated"),
        ("ทุกๆ 6 เดือน", "half_yearly", 6, 1, "stated"),
        ("ทุกหกเดือน", "half_yearly", 6, 1, "stated"),
        ("ปีละ ๒ ครั้ง", "yearly", 12, 2, "stated"),
        ("รายปี", "yearly", 12, 1, "stated"),
        ("ทุกสัปดาห์", "weekly", None, 1, "stated"),
        ("ทุก ๒ เดือน", "every_months", 2, 1, "stated"),
        ("รอบ ๖ เดือน", "half_yearly", 6, 1, "round"),
        ("รายงานรอบ ๑๒ เดือน", "yearly", 12, 1, "round"),
        ("ประจำปี", "yearly", 12, 1, "label"),
        ("ประชุมประจำเดือน", "monthly", 1, 1, "label"),
        ("รายงานประจำปี รอบ ๖ เดือน ทุกเดือน", "monthly", 1, 1, "stated"),
    ],
)
def test_recurrence_says_how_often_and_how_sure(
    text: str, kind: str, months: int | None, times: int, basis: str
) -> None:
    found = recurrence(text)
    assert found is not None
    assert (found.kind, found.months, found.times, found.basis) == (kind, months, times, basis)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "รอบ ๖ เดือนแรกของปีงบประมาณ",
        "ประจำปี ๒๕๖๖",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
        "ประจำเดือนตุลาคม",
        "รายบุคคล",
        "ทุกปีงบประมาณ",
        "อย่างสม่ำเสมอ",
    ],
)
def test_recurrence_is_not_fooled_by_one_period(text: str) -> None:
    assert recurrence(text) is None


def test_dues_take_linear_time_on_hostile_text() -> None:
    texts = [
        "ภายใน" * 40_000, "ภายในเดือน " * 18_000, "ภายใน 1 ต.ค. " * 15_000, "ทุก " * 50_000, "ทุก ๆ " * 40_000,
        "รอบ " * 50_000, " " * 200_000, "ไม่เกิน1" * 25_000, "1-" * 100_000,
    ]  # fmt: skip
    for read in (find_dues, read_due, recurrence):
        assert_quick(read, texts)
