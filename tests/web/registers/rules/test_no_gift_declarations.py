"""No Gift Policy declarations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Appointment, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.rules import no_gift_declarations
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person


def told(now):
    return [one.text for one in no_gift_declarations.notices(now, of_year("no-gift-declarations", 0), 2569)]


def new_mayor(agency, since):
    old = Appointment.objects.get(agency=agency, post__title="นายกเทศมนตรี")
    Appointment.objects.filter(pk=old.pk).update(valid_to=date.fromordinal(since.toordinal() - 1))
    new = Person.objects.create(agency=agency, prefix="นาง", given_name="ใหม่", family_name="มาดี")
    Appointment.objects.create(agency=agency, post=old.post, person=new, valid_from=since)
    return Ref(new.pk, str(new))


def test_signer_must_be_the_top_executive_on_the_day(agency, make):
    with pytest.raises(EntryRefused) as refused:
        make("no-gift-declarations", signer=person(agency, Role.SECRETARY))
    (fault,) = refused.value.faults
    assert (fault.field, fault.code, fault.mend_th) == ("signer", "NOT_THE_EXECUTIVE", "วันนั้นคือ นายสมหมาย ใจกว้าง")


def test_former_mayor_signs_only_for_days_in_office(agency, make):
    new_mayor(agency, date(2026, 1, 1))
    assert make("no-gift-declarations", signed_on=date(2025, 12, 15)).pk
    with pytest.raises(EntryRefused) as refused:
        make("no-gift-declarations", language="en", signed_on=date(2026, 1, 15))
    assert [fault.code for fault in refused.value.faults] == ["NOT_THE_EXECUTIVE"]


def test_day_outside_the_year_it_is_declared_for_is_refused(make):
    with pytest.raises(EntryRefused) as refused:
        make("no-gift-declarations", signed_on=date(2025, 9, 15), year_be=Decimal(2569))
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("signed_on", "NOT_IN_YEAR")]


def test_new_mayor_reopens_the_declaration_in_both_languages(agency, now, make):
    for language in ("th", "en"):
        make("no-gift-declarations", language=language)
    assert told(now) == []
    signer = new_mayor(agency, date(2026, 3, 1))
    again = "ผู้บริหารสูงสุดปัจจุบันคือ นางใหม่ มาดี ยังไม่ได้ลงนามประกาศของปี ๒๕๖๙ ฉบับ"
    assert told(now) == [f"{again}ภาษาไทย และภาษาอังกฤษ"]
    make("no-gift-declarations", language="th", signer=signer, signed_on=date(2026, 3, 5))
    assert told(now) == [f"{again}ภาษาอังกฤษ"]


def test_year_that_is_over_is_not_reopened(agency, now, make):
    make("no-gift-declarations", signed_on=date(2024, 12, 15), year_be=Decimal(2568))
    assert no_gift_declarations.notices(now, of_year("no-gift-declarations", 0), 2568) == []
