from datetime import date

import pytest

from prongsai.web.duties.models import Duty
from prongsai.web.duties.rhythm import periods_of


def periods(rhythm: str, **values):
    return periods_of(Duty(fiscal_year_be=2569, rhythm=rhythm, **values))


@pytest.mark.parametrize(
    ("rhythm", "labels"),
    [
        ("quarterly", ["ไตรมาส ๑", "ไตรมาส ๒", "ไตรมาส ๓", "ไตรมาส ๔"]),
        ("half_yearly", ["รอบ ๖ เดือน", "รอบ ๑๒ เดือน"]),
        ("yearly", ["ปีงบประมาณ ๒๕๖๙"]),
        ("once", ["ปีงบประมาณ ๒๕๖๙"]),
    ],
)
def test_periods_are_named_in_thai(rhythm, labels):
    assert [period.label for period in periods(rhythm)] == labels


def test_months_run_from_october_to_september():
    found = periods("monthly")
    assert [period.label for period in (found[0], found[3], found[-1])] == [
        "เดือนตุลาคม ๒๕๖๘",
        "เดือนมกราคม ๒๕๖๙",
        "เดือนกันยายน ๒๕๖๙",
    ]
    assert (found[0].starts_on, found[-1].ends_on, len(found)) == (date(2025, 10, 1), date(2026, 9, 30), 12)


def test_yearly_duty_of_a_month_has_that_month_of_the_fiscal_year():
    (november,) = periods("yearly", month=11, days_after=0)
    assert november[:3] == ("เดือนพฤศจิกายน ๒๕๖๘", date(2025, 11, 1), date(2025, 11, 30))


def test_due_day_moves_off_weekends_and_holidays():
    # 10 January 2026 is a Saturday; 31 March + 6 = 6 April, Chakri Day, a Monday.
    assert periods("monthly", days_after=10)[2].due_on == date(2026, 1, 12)
    assert periods("half_yearly", days_after=6)[0].due_on == date(2026, 4, 7)


def test_negative_days_come_before_the_end():
    assert periods("yearly", days_after=-30)[0].due_on == date(2026, 8, 31)
