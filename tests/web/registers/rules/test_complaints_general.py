"""General complaints: merged and moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.services import EntryRefused, move_entry
from tests.web.registers.rules.conftest import TODAY, entry_ref


@pytest.fixture
def clerk(scope):
    return replace(scope(Role.CLERK), today=TODAY)


@pytest.fixture
def two(make):
    return make("complaints-general", person="นางสาวมะลิ ใจดี"), make("complaints-general", person="นายบุญมี สวนดี")


def merge(scope, one, other):
    return move_entry(scope, entry=one, move="merge", values={"same_as": entry_ref(other)}, version=None)


def test_duplicate_is_merged_and_both_senders_stay(clerk, two):
    first, second = two
    merge(clerk, second, first)
    assert list(Entry.objects.order_by("pk").values_list("state", "values__person")) == [
        ("received", "นางสาวมะลิ ใจดี"),
        ("merged", "นายบุญมี สวนดี"),
    ]
    assert list(second.links.values_list("field", "target")) == [("same_as", first.pk)]


def test_complaint_is_not_merged_into_itself_or_into_a_merged_one(clerk, make, two):
    first, second = two
    with pytest.raises(EntryRefused) as refused:
        merge(clerk, first, first)
    assert [fault.code for fault in refused.value.faults] == ["MERGED_INTO_ITSELF"]
    merge(clerk, second, first)
    with pytest.raises(EntryRefused):
        merge(clerk, make("complaints-general"), second)


def test_case_of_corruption_is_moved_and_hidden_from_all_but_the_legal_officer(agency, scope, clerk, two):
    first, second = two
    kept = kept_of(agency, "complaints-general")
    with pytest.raises(EntryRefused):
        move_entry(clerk, entry=first, move="reclassify", version=None)
    move_entry(clerk, entry=first, move="reclassify", note="เรียกเงินก่อนออกใบอนุญาต", version=None)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY, Role.MAYOR, Role.AUDITOR):
        assert list(entries_of(scope(role), kept)) == [second], role
    assert set(entries_of(scope(Role.LEGAL), kept)) == {first, second}
