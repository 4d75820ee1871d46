"""Who signs the human resources policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Appointment, Person, Post
from prongsai.web.registers import services
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from tests.web.registers.rules.daily import LATE, YEAR, add, values_of


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


def person(scope, name: str) -> Ref:
    found = next(one for one in Person.objects.filter(agency=scope.agency) if name in str(one))
    return Ref(found.pk, str(found))


def codes(scope, **changes: object) -> list[tuple[str, bool]]:
    register = kept_of(scope, "hr-policy", YEAR).register
    found = hooks_of("hr-policy").check(scope, register, values_of(scope.agency, "hr-policy", **changes), None)
    return [(fault.code, fault.is_warning) for fault in found]


def notices(scope) -> list[str]:
    register = kept_of(scope, "hr-policy", YEAR).register
    return [notice.text for notice in hooks_of("hr-policy").notices(scope, register, YEAR)]


def test_the_top_executive_of_the_day_signs(then) -> None:
    assert codes(then) == []
    assert codes(then, signer=Ref(None, "นายสมหมาย  ใจกว้าง")) == []
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "hr-policy", signer=person(then, "วิเชียร"))
    (fault,) = refused.value.faults
    assert (fault.code, fault.mend_th) == ("NOT_EXECUTIVE", "ผู้บริหารสูงสุดในวันนั้นคือ นายสมหมาย ใจกว้าง")


def test_who_performs_the_duties_may_sign_and_is_flagged(then) -> None:
    mayor = Post.objects.get(agency=then.agency, title="นายกเทศมนตรี")
    Appointment.objects.filter(post=mayor).update(valid_to=date(2025, 10, 31))
    secretary = person(then, "วิเชียร")
    Appointment.objects.create(
        agency=then.agency,
        person_id=secretary.id,
        post=mayor,
        capacity="performing_duties",
        valid_from=date(2025, 11, 1),
    )
    assert codes(then, signer=secretary) == [("ACTING", True)]
    assert codes(then) == [("NOT_EXECUTIVE", False)]


def test_a_day_without_a_known_executive_is_only_pointed_out(then) -> None:
    assert codes(then, signed_on=date(2019, 1, 7)) == [("EXECUTIVE_UNKNOWN", True)]


def test_a_new_executive_has_to_sign_anew(then) -> None:
    add(then, "hr-policy")
    assert notices(then) == []
    mayor = Post.objects.get(agency=then.agency, title="นายกเทศมนตรี")
    Appointment.objects.filter(post=mayor).update(valid_to=date(2026, 5, 31))
    Appointment.objects.create(
        agency=then.agency, person_id=person(then, "อรุณ").id, post=mayor, valid_from=date(2026, 6, 1)
    )
    assert notices(then) == ["ผู้บริหารสูงสุดคนปัจจุบัน (นายอรุณ ขยันยิ่ง) ยังไม่ได้ลงนามนโยบาย"]
