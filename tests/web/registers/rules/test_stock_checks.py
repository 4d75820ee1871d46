"""The four checks of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.web.registers import services
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import PeriodState, board_of
from tests.web.registers.rules.daily import YEAR, add


@pytest.fixture
def then(system):
    """The software itself in the spring."""
    return replace(system, today=date(2026, 5, 4))


def test_four_checks_are_expected_and_a_missing_quarter_stays_visible(then, entry) -> None:
    services.open_year(then, fiscal_year_be=YEAR)
    add(then, "stock-checks", asset=entry("assets", by=then))
    board = board_of(then, kept_of(then, "stock-checks", YEAR), YEAR)
    assert [(line.state, line.n_entries) for line in board.lines] == [
        (PeriodState.MISSED, 1),
        (PeriodState.MISSED, 0),
        (PeriodState.EXPECTED, 0),
        (PeriodState.EXPECTED, 0),
    ]


def test_what_is_found_outside_the_register_is_kept_without_an_asset(then) -> None:
    found = add(then, "stock-checks", asset=None, found=True, item="พัดลมสีเทา", expected=Decimal(0))
    assert (found.title, found.values["difference"]) == ("พัดลมสีเทา", "1")
