"""Internal prevention measures."""

from __future__ import annotations

from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.rules import internal_measures
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person

ID = "internal-measures"
PUBLISHED = {"link": "https://www.suanphlu.example/measures"}
CIRCULATED = {"circulated_on": date(2025, 10, 27), "circulated_to": "ทุกส่วนราชการ"}


def finish(now, entry):
    return services.move_entry(now, entry=entry, move="finish", version=None)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["NOT_PUBLISHED", "NOT_CIRCULATED"]),
        (PUBLISHED, ["NOT_CIRCULATED"]),
        (CIRCULATED, ["NOT_PUBLISHED"]),
    ],
)
def test_measure_is_done_only_with_publication_and_circulation(now, make, given, missing):
    entry = make(ID, **given)
    with pytest.raises(EntryRefused) as refused:
        finish(now, entry)
    assert [fault.code for fault in refused.value.faults] == missing
    services.change_entry(now, entry=entry, values=PUBLISHED | CIRCULATED, version=None)
    assert finish(now, entry).state == "done"


def test_what_is_done_does_not_lose_its_publication(now, make):
    entry = finish(now, make(ID, **PUBLISHED, **CIRCULATED))
    with pytest.raises(EntryRefused) as refused:
        services.change_entry(now, entry=entry, values={"link": None}, version=None)
    assert [fault.code for fault in refused.value.faults] == ["NOT_PUBLISHED"]


@pytest.mark.parametrize("key", ["unit", "year_be"])
def test_measure_without_responsible_unit_or_year_is_refused(make, key):
    with pytest.raises(EntryRefused) as refused:
        make(ID, **{key: None})
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [(key, "REQUIRED")]


def test_measure_is_signed_by_the_top_executive_in_its_year(agency, make):
    with pytest.raises(EntryRefused) as refused:
        make(ID, signer=person(agency, Role.SECRETARY), announced_on=date(2025, 9, 20))
    assert [fault.code for fault in refused.value.faults] == ["NOT_IN_YEAR", "NOT_THE_EXECUTIVE"]


def test_what_is_missing_is_told_by_name(now, make):
    make(ID, **PUBLISHED)
    make(ID, title="มาตรการป้องกันผลประโยชน์ทับซ้อน", **CIRCULATED)
    finish(now, make(ID, title="มาตรการใช้ทรัพย์สิน", **PUBLISHED, **CIRCULATED))
    assert [one.text for one in internal_measures.notices(now, of_year(ID, 0), 2569)] == [
        "ยังไม่ได้เผยแพร่: “มาตรการป้องกันผลประโยชน์ทับซ้อน”",
        "ยังไม่ได้แจ้งเวียน: “มาตรการป้องกันการรับสินบน”",
    ]
