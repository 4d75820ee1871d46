"""What may occur once: slips, acknowledgements, executives in a post."""

from __future__ import annotations

from datetime import date

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person


def refused_as(make, register, **values):
    with pytest.raises(EntryRefused) as refused:
        make(register, **values)
    return [fault.code for fault in refused.value.faults]


def test_slip_is_not_taken_twice_not_even_in_another_year(make):
    make("tax-payments", bill_no="1/2568", paid_on=date(2025, 9, 30))
    assert refused_as(make, "tax-payments", bill_no="2/2569", paid_on=date(2026, 1, 31)) == ["ALREADY_THERE"]
    assert make("tax-payments", slip_no="2026013100013").pk


def test_person_acknowledges_a_document_once(agency, make):
    given = {"document": "dos_donts", "edition": "1", "code": None}
    make("acknowledgements", **given)
    assert refused_as(make, "acknowledgements", **given) == ["ALREADY_THERE"]
    assert make("acknowledgements", person=person(agency, Role.CLERK), **given).pk
    assert make("acknowledgements", **{**given, "edition": "2"}).pk


def test_executive_is_entered_once_a_post(make):
    make("executives")
    assert refused_as(make, "executives") == ["ALREADY_THERE"]
