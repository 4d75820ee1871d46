from datetime import date
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils import translation

from prongsai.web.ui.templatetags import ui

TODAY = date(2026, 3, 30)


def test_days_numbers_and_years_are_printed_in_thai():
    assert (ui.thai_date(TODAY), ui.thai_date(TODAY, "full"), ui.thai_date(None)) == (
        "๓๐ มี.ค. ๒๕๖๙",
        "๓๐ มีนาคม ๒๕๖๙",
        "",
    )
    assert (ui.thai_digits(2569), ui.fiscal_year(2569), ui.fiscal_year(None)) == ("๒๕๖๙", "ปีงบประมาณ พ.ศ. ๒๕๖๙", "")
    assert (ui.score(Decimal("93.6")), ui.score(None)) == ("๙๓.๖๐", "–")


def test_english_pages_count_as_english_readers_do():
    with translation.override("en"):
        assert (ui.thai_date(TODAY), ui.thai_digits(2569), ui.fiscal_year(2569)) == ("30 Mar 2026", "2569", "FY 2026")


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 3, 27), "เลยมา ๓ วัน", "overdue"),
        (TODAY, "วันนี้", "late_soon"),
        (date(2026, 4, 6), "อีก ๗ วัน", "late_soon"),
        (date(2026, 4, 7), "อีก ๘ วัน", ""),
    ],
)
def test_countdown_and_its_tone(day, words, tone):
    assert (ui.countdown(day, TODAY), ui.nearness(day, TODAY)) == (words, tone)


def test_badge_escapes_its_words():
    assert ui.badge("done", "<b>") == '<span class="badge" data-tone="green">&lt;b&gt;</span>'


@pytest.mark.parametrize(
    ("path", "places", "mark"),
    [
        ("/05160101/", ("",), ' aria-current="page"'),
        ("/05160101/evidence/", ("evidence",), ' aria-current="page"'),
        ("/05160101/evidence/3/edit/", ("evidence",), ' aria-current="true"'),
        ("/05160101/measures/3/", ("cycles", "measures"), ' aria-current="true"'),
        ("/05160101/evidence/", ("",), ""),
    ],
)
def test_navigation_knows_where_it_is(path, places, mark):
    assert ui.here({"request": RequestFactory().get(path)}, *places) == mark


@pytest.mark.parametrize(
    ("path", "letters", "registers"),
    [
        ("/05160101/letters/", ' aria-current="page"', ""),
        ("/05160101/letters/3/sign/", ' aria-current="true"', ""),
        ("/05160101/letters/incoming/", "", ' aria-current="page"'),
        ("/05160101/letters/incoming/3/", "", ' aria-current="true"'),
        ("/05160101/letters/incomings/", ' aria-current="true"', ""),
    ],
)
def test_navigation_tells_a_place_from_one_below_it_that_has_a_link_of_its_own(path, letters, registers):
    context = {"request": RequestFactory().get(path)}
    assert ui.here(context, "letters", but="letters/numbers letters/incoming") == letters
    assert ui.here(context, "letters/numbers", "letters/incoming") == registers
