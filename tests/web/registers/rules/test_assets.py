"""The register of assets: one row a number, and who held the thing before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prongsai.registers.model import Ref
from prongsai.web.agencies.models import AuditEntry, Person
from prongsai.web.registers import services
from tests.web.registers.rules.daily import LATE, add


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


def test_a_number_occurs_once_however_it_is_typed(then) -> None:
    add(then, "assets")
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "assets", code="๔๑๖-๖๓-๐๐๑๒")
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("code", "ALREADY_THERE")]


def test_earlier_holders_stay_in_the_history(then) -> None:
    made = add(then, "assets")
    names = [made.values["holder"]["text"]]
    for given in ("อรุณ", "อารี"):
        holder = Person.objects.get(agency=then.agency, given_name=given)
        made = services.change_entry(
            then, entry=made, values={"holder": Ref(holder.pk, str(holder))}, version=made.version
        )
        names.append(str(holder))
    lines = AuditEntry.objects.filter(agency=then.agency, action="entry.change", subject_id=str(made.pk)).order_by(
        "number"
    )
    assert [pair for line in lines for pair in line.changes.values()] == [[names[0], names[1]], [names[1], names[2]]]
