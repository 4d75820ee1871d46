from datetime import date

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.ui.forms import ThaiDateField, ThaiDecimalField, ThaiIntegerField


@pytest.mark.parametrize("text", ["30/3/2569", "๓๐ มี.ค. ๒๕๖๙", "30 มีนาคม 2569", "2026-03-30", "๓๐/๓/๒๕๖๙", "30/3/69"])
def test_days_are_read_as_offices_write_them(text):
    assert ThaiDateField().clean(text) == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("เร็ว ๆ นี้", "อ่านวันที่ “เร็ว ๆ นี้” ไม่ได้ เขียนแบบ 30/3/2569"),
        ("31/2/2569", "“31/2/2569” ไม่มีวันนี้ เดือนนั้นมี 28 วัน"),
        ("มี.ค. 2569", "อ่านวันที่ “มี.ค. 2569” ไม่ได้ เขียนแบบ 30/3/2569"),
    ],
)
def test_what_is_no_day_says_what_is_wrong(text, said):
    with pytest.raises(ValidationError) as caught:
        ThaiDateField().clean(text)
    assert caught.value.messages == [said]


def test_day_is_shown_as_it_may_be_typed_again():
    field = ThaiDateField()
    assert field.prepare_value(date(2026, 3, 30)) == "30/03/2569"
    assert field.clean(field.prepare_value(date(2026, 3, 30))) == date(2026, 3, 30)


def test_numbers_may_be_in_thai_digits():
    assert (ThaiIntegerField().clean("๒๕๖๙"), ThaiDecimalField().clean("๑,๒๕๐.๕๐")) == (
        2569,
        ThaiDecimalField().clean("1250.50"),
    )


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("", None), (None, None), ("๑๒", None), ("9" * 5000, None)])
def test_posted_number_is_short_and_plain(text, number):
    from prongsai.web.ui.forms import posted_number

    assert posted_number(text) == number
