"""Executive declarations of integrity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries.proofs import proofs_of, proven
from prongsai.web.registers.rules import integrity_declarations
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person
from tests.web.registers.rules.test_no_gift_declarations import new_mayor

ID = "integrity-declarations"
PUBLISHED = {"link": "https://www.suanphlu.example/integrity", "published_on": date(2025, 10, 3)}


def told(now):
    return [(one.text, one.is_blocking) for one in integrity_declarations.notices(now, of_year(ID, 0), 2569)]


def refused_codes(refused):
    return [(fault.field, fault.code) for fault in refused.value.faults]


def publish(now, entry, **changes):
    return services.move_entry(now, entry=entry, move="publish", values=PUBLISHED | changes, version=None)


def test_signer_must_be_the_top_executive_on_the_day(agency, make):
    with pytest.raises(EntryRefused) as refused:
        make(ID, signer=person(agency, Role.SECRETARY))
    assert refused_codes(refused) == [("signer", "NOT_THE_EXECUTIVE")]
    assert make(ID).pk


def test_signer_must_still_be_the_top_executive(agency, make):
    new_mayor(agency, date(2026, 1, 1))
    with pytest.raises(EntryRefused) as refused:
        make(ID)  # signed in October by who was mayor then
    assert refused_codes(refused) == [("signer", "NO_LONGER")]


def test_year_that_is_over_keeps_who_was_in_office_then(agency, make):
    new_mayor(agency, date(2026, 1, 1))
    assert make(ID, signed_on=date(2024, 10, 1), year_be=Decimal(2568)).pk


def test_day_outside_the_year_it_is_declared_for_is_refused(make):
    with pytest.raises(EntryRefused) as refused:
        make(ID, signed_on=date(2025, 9, 30))
    assert refused_codes(refused) == [("signed_on", "NOT_IN_YEAR")]


def test_change_of_executive_reopens_the_year(agency, now, make):
    entry = publish(now, make(ID))
    assert told(now) == []
    signer = new_mayor(agency, date(2026, 3, 1))
    again = "ผู้บริหารสูงสุดปัจจุบันคือ นางใหม่ มาดี ยังไม่ได้ลงนามประกาศเจตจำนงสุจริตของปี ๒๕๖๙"
    over = f"ผู้ลงนามพ้นจากตำแหน่งแล้ว ให้กด “สิ้นผล”: “{entry.title}”"
    assert told(now) == [(again, True), (over, True)]
    services.move_entry(now, entry=entry, move="end", note="เปลี่ยนนายก", version=None)
    assert told(now) == [(again, True)]
    make(ID, signer=signer, signed_on=date(2026, 3, 5))
    assert told(now) == []


def test_item_is_proven_until_the_executive_changes(agency, now, make):
    def ready():
        found = proven(proofs_of(now, [2569]), "integrity.statement", "head", 2569)
        return [one.is_ready for one in found if one.register == ID]

    entry = make(ID)
    assert ready() == [False]
    publish(now, entry)
    assert ready() == [True]
    new_mayor(agency, date(2026, 3, 1))
    assert ready() == [False]


def test_declaration_of_who_has_left_is_ended_and_not_published(agency, now, make):
    entry = make(ID)
    new_mayor(agency, date(2026, 3, 1))
    with pytest.raises(EntryRefused) as refused:
        publish(now, entry)
    assert refused.value.message_th.startswith("ผู้ลงนามพ้นจากตำแหน่ง")
    services.change_entry(now, entry=entry, values={"text": "แก้คำผิด"}, version=None)
    assert services.move_entry(now, entry=entry, move="end", note="เปลี่ยนนายก", version=None).state == "ended"


def test_year_that_is_over_is_not_reopened(now, make):
    make(ID, signed_on=date(2024, 10, 1), year_be=Decimal(2568))
    assert list(integrity_declarations.notices(now, of_year(ID, 0), 2568)) == []
