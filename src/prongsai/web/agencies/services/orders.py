"""Numbers of orders: one way of writing, and the year that fits the date."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.thai.fiscal import BE_OFFSET
from prongsai.thai.letters import read_letter_number
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse


def order_number(text: str, day: date | None = None, *, strict: bool = True) -> str:
    """Give the number of an order as it is kept: ``209/2563``, however it was written.

    strict: refuse what is no number of an order, and one whose year is not that of its date (registers begin anew with
    every calendar year). Otherwise such a text stays as it is. Raises ValidationError.
    """
    text = collapse(text)
    found = read_letter_number(text.removeprefix("คำสั่ง").lstrip())
    if found is None or found.year is None or found.prefix is not None:
        if strict:
            raise ValidationError({"order_no": _("เขียนเลขที่คำสั่งแบบ 209/2569 (เลขที่/ปี พ.ศ.)")})
        return to_arabic(text)
    if strict and day is not None and found.year != day.year + BE_OFFSET:
        text = _("เลขที่คำสั่งเป็นปี %(year)s แต่ลงวันที่ปี %(dated)s")
        raise ValidationError({"order_no": text % {"year": found.year, "dated": day.year + BE_OFFSET}})
    return f"{found.number}/{found.year}"
