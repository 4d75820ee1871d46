from datetime import date
from pathlib import Path

import pytest

from prongsai.errors import FileUnusable
from prongsai.thai.holidays import (
    Edit,
    add_working_days,
    holidays,
    is_working_day,
    load_holidays,
    next_working_day,
    working_days_between,
)

NEW_YEAR, SONGKRAN = date(2026, 1, 1), date(2026, 4, 13)


def test_the_library_gives_the_days_everyone_knows() -> None:
    days = {one.day: one.name for one in holidays(2026)}
    for day in (NEW_YEAR, SONGKRAN, date(2026, 10, 13), date(2026, 12, 10)):
        assert day in days
    assert days[NEW_YEAR] == "วันขึ้นปีใหม่"
    assert {one.source for one in holidays(2026)} == {"library"}


def test_a_buddhist_year_is_the_same_year() -> None:
    assert holidays(2569) == holidays(2026)


def test_days_that_offices_work_are_left_out() -> None:
    assert date(2026, 5, 1) not in {one.day for one in holidays(2026)}
    assert is_working_day(date(2026, 5, 1))


def test_edits_add_remove_and_move() -> None:
    edits = [
        Edit("add", date(2026, 2, 6), "งานประจำปี"),
        Edit("remove", NEW_YEAR),
        Edit("move", SONGKRAN, to=date(2026, 4, 20)),
    ]
    days = {one.day: one for one in holidays(2026, edits)}
    assert NEW_YEAR not in days
    assert SONGKRAN not in days
    assert (days[date(2026, 2, 6)].name, days[date(2026, 2, 6)].source) == ("งานประจำปี", "office")
    assert days[date(2026, 4, 20)].name == "วันสงกรานต์"
    assert list(days) == sorted(days)


def test_a_day_moved_into_another_year_counts_there() -> None:
    edits = [Edit("move", date(2025, 12, 31), to=date(2026, 1, 5))]
    assert date(2025, 12, 31) not in {one.day for one in holidays(2025, edits)}
    assert {one.day: one.name for one in holidays(2026, edits)}[date(2026, 1, 5)] == "วันสิ้นปี"


def test_working_days_skip_weekends_and_holidays() -> None:
    assert not is_working_day(date(2026, 4, 11))  # Saturday
    assert not is_working_day(SONGKRAN)
    assert next_working_day(date(2026, 4, 11)) == date(2026, 4, 16)
    assert next_working_day(date(2026, 4, 10)) == date(2026, 4, 10)
    assert add_working_days(date(2026, 4, 10), 1) == date(2026, 4, 16)
    assert add_working_days(date(2026, 4, 10), 0) == date(2026, 4, 10)
    assert is_working_day(SONGKRAN, [Edit("remove", SONGKRAN)])


def test_working_days_between_counts_both_ends() -> None:
    assert working_days_between(date(2026, 4, 10), date(2026, 4, 16)) == 2
    assert working_days_between(date(2026, 4, 16), date(2026, 4, 10)) == 0
    one_by_one = sum(is_working_day(date(2026, 12, day)) for day in range(1, 32))
    assert working_days_between(date(2026, 12, 1), date(2026, 12, 31)) == one_by_one


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(NEW_YEAR, -1)


CSV = "action,date,to,name\nadd,2026-02-06,,งานประจำปี\nเลื่อน,๑๓ เมษายน ๒๕๖๙,20/4/2569,\nremove,2569-01-01,,\n"
YAML = """
- {action: add, date: 2026-02-06, name: งานประจำปี}
- {action: เลื่อน, date: ๑๓ เมษายน ๒๕๖๙, to: 20/4/2569}
- {action: remove, date: 2569-01-01}
"""
EDITS = (
    Edit("add", date(2026, 2, 6), "งานประจำปี"),
    Edit("move", SONGKRAN, "", date(2026, 4, 20)),
    Edit("remove", NEW_YEAR),
)


@pytest.mark.parametrize(("name", "text"), [("h.csv", CSV), ("h.yaml", YAML), ("h.csv", "\ufeff" + CSV)])
def test_an_office_file_is_read_in_both_forms(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert load_holidays(path) == (EDITS, ())


def test_faulty_rows_become_problems_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    rows = "hide,2026-01-01,,\nadd,31 ก.พ. 2569,,ก\nmove,2026-01-01,,\nadd,2026-01-05,,\nadd,2026-01-06,,ดี\n"
    path.write_text("action,date,to,name\n" + rows, encoding="utf-8")
    read = load_holidays(path)
    assert read.edits == (Edit("add", date(2026, 1, 6), "ดี"),)
    assert [(one.code, one.where.line) for one in read.problems] == [("HOLIDAY_ROW", line) for line in (2, 3, 4, 5)]
    assert len({one.message_th for one in read.problems}) == 4


@pytest.mark.parametrize(
    ("name", "content"), [("h.yaml", b"a: b"), ("h.yaml", b"- [a"), ("h.csv", b"\xff\xfe\x00"), ("missing.csv", None)]
)
def test_a_file_that_is_no_list_is_unusable(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileUnusable) as caught:
        load_holidays(path)
    assert "วันหยุด" in caught.value.one_line


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "h.yaml"
    path.write_text("", encoding="utf-8")
    assert load_holidays(path) == ((), ())
