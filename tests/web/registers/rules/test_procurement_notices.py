"""Notices that are late while they are not posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from tests.web.registers.rules.daily import YEAR, add


@pytest.fixture
def then(system):
    """The software itself five days after a posting was due."""
    return replace(system, today=date(2026, 1, 21))


def told(scope) -> list[str]:
    register = kept_of(scope, "procurement-notices", YEAR).register
    return [one.text for one in hooks_of("procurement-notices").notices(scope, register, YEAR)]


def unposted(scope, subject: str, due: date) -> None:
    add(scope, "procurement-notices", subject=subject, reason="เร่งด่วน", due_on=due, posted_on=None)


def test_a_notice_that_is_not_posted_counts_its_days_late_until_it_is(then) -> None:
    """J8.1."""
    unposted(then, "ประกวดราคา", date(2026, 1, 16))
    unposted(then, "ราคากลาง", date(2026, 1, 13))
    unposted(then, "ยังไม่ถึง", date(2026, 1, 21))
    add(then, "procurement-notices", reason="เร่งด่วน", due_on=date(2026, 1, 13), posted_on=date(2026, 1, 15))
    assert told(then) == ["เลยกำหนดแล้วยังไม่เผยแพร่: “ราคากลาง ล่าช้า ๘ วัน”, “ประกวดราคา ล่าช้า ๕ วัน”"]


def test_nothing_is_said_while_all_are_posted_in_time(then) -> None:
    add(then, "procurement-notices", reason="เร่งด่วน")
    assert told(then) == []
