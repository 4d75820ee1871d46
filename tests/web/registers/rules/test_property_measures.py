"""Measures against private use of property: signed, dated, linked to the risks and the register, told when expired."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.thai.fiscal import Span
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person, post
from tests.web.registers.rules.daily import YEAR, add, preview, ref

NOVEMBER = date(2025, 11, 10)
SIGNED = date(2025, 10, 1)


@pytest.fixture
def then(system):
    """The software itself on a day of the year."""
    return replace(system, today=NOVEMBER)


@pytest.fixture
def announcing(then) -> dict[str, object]:
    """What is said when a measure is announced."""
    risk = ref(add(then, "risks"))
    signer = {"signer": person(then.agency), "signer_post": post(then.agency), "signed_on": SIGNED}
    return {"risk": risk, **signer}


def announce(scope, made: Entry, **values: object) -> Entry:
    return services.move_entry(scope, entry=made, move="announce", values=values, version=None)


def why(call, *given, **named) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


def notices(scope) -> list[str]:
    register = kept_of(scope, "property-measures", YEAR).register
    return [one.text for one in hooks_of("property-measures").notices(scope, register, YEAR)]


@pytest.mark.parametrize("left", ["signer", "signer_post", "signed_on", "risk"])
def test_an_announcement_without_signer_day_or_risk_is_refused(then, announcing, left) -> None:
    made = add(then, "property-measures")
    given = {key: value for key, value in announcing.items() if key != left}
    assert why(announce, then, made, **given) == [(left, "REQUIRED")]
    made.refresh_from_db()
    assert (made.state, announce(then, made, **announcing).state) == ("draft", "announced")


def test_the_signer_is_the_executive_in_office_that_day(then, announcing) -> None:
    made = add(then, "property-measures")
    given = announcing | {"signer": person(then.agency, Role.HEAD)}
    assert why(announce, then, made, **given) == [("signer", "NOT_THE_EXECUTIVE")]
    Appointment.objects.filter(person=announcing["signer"].id).update(valid_to=date(2025, 9, 30))
    assert why(announce, then, made, **announcing) == [("signer", "NOT_THE_EXECUTIVE")]


def test_an_announcement_after_its_own_end_or_in_the_future_is_refused(then, announcing) -> None:
    made = add(then, "property-measures", in_force=Span(date(2025, 10, 1), date(2025, 10, 31)))
    late = announcing | {"signed_on": date(2025, 11, 1)}
    assert why(announce, then, made, **late) == [("signed_on", "WITHIN_DAYS")]
    other = add(then, "property-measures", name="อีกฉบับ")
    assert why(announce, then, other, **announcing | {"signed_on": date(2025, 11, 11)}) == [("signed_on", "NOT_FUTURE")]


def test_an_expired_measure_is_flagged(then, announcing, sign_in) -> None:
    short = add(then, "property-measures", in_force=Span(date(2025, 10, 1), date(2025, 11, 10)))
    made = announce(then, short, **announcing)
    assert notices(then) == []
    later = replace(then, today=date(2025, 11, 11))
    told = f"{made.title} สิ้นผลแล้วเมื่อ ๑๐ พ.ย. ๒๕๖๘ ต้องประกาศใหม่ หรือกดเลิกใช้"
    assert notices(later) == [told, "วันนี้ไม่มีมาตรการป้องกันการใช้ทรัพย์สินเพื่อประโยชน์ส่วนตัวที่ใช้บังคับอยู่"]
    assert told in preview(then, "property-measures", 1, today=date(2026, 10, 5)).notes
    page = sign_in(Role.SUPPLY).get(f"/{then.agency.code}/registers/property-measures/{made.pk}/").content.decode()
    assert told in page  # the clock of the machine is later still
    services.move_entry(later, entry=made, move="end", note="มีฉบับใหม่", version=None)
    assert told not in notices(later)


def test_the_measure_counts_the_registers_and_stands_with_its_risk(then, announcing, entry) -> None:
    asset = entry("assets", by=then)
    loan = entry("loans", by=then, asset=ref(asset), period=Span(date(2025, 11, 1), date(2025, 11, 3)))
    Entry.objects.filter(pk=loan.pk).update(state="damaged")
    made = announce(then, add(then, "property-measures"), **announcing)
    shown = linked_values(kept_of(then, "property-measures", YEAR).register, [made])[made.pk]
    counted = {key: int(value) for key, value in shown.items() if isinstance(value, Decimal)}
    assert counted == {"n_assets": 1, "n_loans": 1, "n_out": 0, "n_damaged": 1}
    assert list(Entry.objects.filter(links__field="risk", links__target=announcing["risk"].id)) == [made]


def test_a_year_without_an_announced_measure_cannot_be_closed(then) -> None:
    add(then, "property-measures")
    blocks = preview(then, "property-measures", 1, today=date(2026, 10, 5)).blocks
    assert [text for text in blocks if text.startswith("ยังไม่มีมาตรการที่ประกาศแล้วของปีนี้")] == list(blocks)
    assert len(blocks) == 1
