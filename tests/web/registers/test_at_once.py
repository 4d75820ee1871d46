"""Two who write in a register at the same moment; as tests/web/test_at_once.py."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy as copy
from datetime import date, timedelta
from functools import partial

import pytest

from prongsai.thai.fiscal import Span
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.services import EntryRefused
from tests.conftest import PROVE
from tests.web.at_once import assert_chain_holds, at_once, on_disk, winner_and_told
from tests.web.registers.conftest import entry_ref, sample

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
ROUNDS = range(25 if PROVE else 3)


@pytest.fixture(autouse=True, scope="module")
def _on_disk(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A database in a file for the tests of this module."""
    with django_db_blocker.unblock(), on_disk(tmp_path_factory.mktemp("at-once-registers")):
        yield


def test_two_requests_for_one_asset_at_once_give_one_loan(agency, then, entry):
    asset = entry("assets")
    for number in ROUNDS:
        start = date(2026, 3, 1) + timedelta(days=10 * number)
        outcomes = at_once(
            *(
                partial(
                    services.add_entry,
                    then(role),
                    register="loans",
                    values=sample(agency, "loans")
                    | {
                        "asset": entry_ref(asset),
                        "period": Span(start + timedelta(days=shift), start + timedelta(days=3)),
                    },
                )
                for shift, role in enumerate((Role.OFFICER, Role.CLERK))
            )
        )
        won, told = winner_and_told(outcomes, EntryRefused)
        assert [one.code for one in told.faults if not one.is_warning] == ["OVERLAPS"]
        assert Entry.objects.filter(register="loans").count() == number + 1 and won.pk
    assert_chain_holds(agency)


def test_two_loans_of_one_asset_moved_into_one_time_at_once_leave_one(agency, then, entry):
    asset = entry("assets")
    for number in ROUNDS:
        first = date(2026, 3, 1) + timedelta(days=30 * number)
        loans = [
            entry("loans", asset=entry_ref(asset), period=Span(day, day)) for day in (first, first + timedelta(days=9))
        ]
        both = Span(first + timedelta(days=4), first + timedelta(days=5))
        outcomes = at_once(
            *(
                partial(services.change_entry, then(), entry=copy(one), values={"period": both}, version=1)
                for one in loans
            )
        )
        winner_and_told(outcomes, EntryRefused)
    assert_chain_holds(agency)


def test_one_number_for_each_and_none_left_out(agency, then):
    values = sample(agency, "gifts")

    def five(role: Role):
        return lambda: [services.add_entry(then_[role], register="gifts", values=values).number for _ in range(5)]

    then_ = {role: then(role) for role in (Role.OFFICER, Role.SECRETARY, Role.LEGAL, Role.ANALYST)}
    outcomes = at_once(*(five(role) for role in then_))
    assert sorted(number for each in outcomes for number in each) == list(range(1, 21))
    assert_chain_holds(agency)


def test_what_occurs_once_is_made_once(agency, then):
    for number in ROUNDS:
        values = sample(agency, "purchases") | {"contract_no": f"ก {number}/2569"}
        calls = [
            partial(services.add_entry, then(role), register="purchases", values=values)
            for role in (Role.SUPPLY, Role.SECRETARY)
        ]
        _won, told = winner_and_told(at_once(*calls), EntryRefused)
        assert told.faults[0].code == "ALREADY_THERE"
    assert Entry.objects.count() == len(ROUNDS)
    assert_chain_holds(agency)


def test_asset_is_not_disposed_of_while_it_is_lent(agency, then, entry):
    for _number in ROUNDS:
        asset = entry("assets")
        outcomes = at_once(
            partial(services.move_entry, then(Role.SUPPLY), entry=copy(asset), move="dispose", note="เสีย", version=1),
            partial(
                services.add_entry,
                then(Role.OFFICER),
                register="loans",
                values=sample(agency, "loans") | {"asset": entry_ref(asset)},
            ),
        )
        winner_and_told(outcomes, EntryRefused)
    assert_chain_holds(agency)


def test_two_decisions_on_one_request_at_once_leave_one(agency, then, entry):
    for number in ROUNDS:
        period = Span(date(2026, 3, 1 + number), date(2026, 3, 1 + number))
        made = entry("loans", asset=entry_ref(entry("assets")), place="outside", period=period)
        outcomes = at_once(
            partial(services.move_entry, then(Role.MAYOR), entry=copy(made), move="approve", version=1),
            partial(
                services.move_entry, then(Role.SECRETARY), entry=copy(made), move="reject", note="ไม่ว่าง", version=1
            ),
        )
        winner_and_told(outcomes, Stale)
    assert_chain_holds(agency)
