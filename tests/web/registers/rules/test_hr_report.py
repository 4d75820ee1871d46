"""Figures of the annual human resources report against posts, people and other registers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Appointment, Person, Post
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.rules.hr_report import manpower
from tests.web.registers.rules.daily import LATE, YEAR, add, values_of

LAST = date(2026, 9, 30)
STAFF = ({"kind": "officer", "men": Decimal(8), "women": Decimal(7)},)
OFFICE = {"authorised": Decimal(15), "actual": Decimal(15), "staff": STAFF}


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


def told(scope, **changes: object) -> list[tuple[str, str, bool]]:
    register = kept_of(scope, "hr-report", YEAR).register
    values = values_of(scope.agency, "hr-report", as_of=LAST, **{**OFFICE, **changes})
    return [
        (one.field, one.message_th, one.is_warning)
        for one in hooks_of("hr-report").check(scope, register, values, None)
    ]


def test_posts_and_people_are_counted_on_the_day(then) -> None:
    post = Post.objects.get(agency=then.agency, title="นิติกร")
    Appointment.objects.filter(post=post).update(valid_to=date(2026, 9, 29))
    Post.objects.filter(agency=then.agency, title__in=("นายกเทศมนตรี", "สมาชิกสภาเทศบาล")).update(side="political")
    assert (manpower(then, LAST).authorised, manpower(then, LAST).actual) == (13, 12)
    assert manpower(then, date(2026, 9, 29)).actual == 13
    assert manpower(then, LAST).by_kind == {"officer": 15}


def test_figures_that_differ_from_posts_and_people_are_told(then) -> None:
    assert told(then) == []
    assert told(then, actual=Decimal(14)) == [("actual", "ใส่ ๑๔ แต่ทะเบียนการดำรงตำแหน่งนับได้ ๑๕", True)]
    fewer = ({"kind": "officer", "men": Decimal(7), "women": Decimal(7)},)
    assert told(then, staff=fewer) == [("staff", "ใส่ ๑๔ แต่ทะเบียนบุคลากรนับได้ ๑๕", True)]


def test_counting_takes_three_queries(then, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        manpower(then, LAST)


def test_figures_of_training_and_plan_come_from_their_registers(then) -> None:
    policy = add(then, "hr-policy")
    for number in range(2):
        add(then, "hr-plan", policy=policy, activity=f"อบรมรุ่นที่ {number}")
    course = add(then, "training")
    arun, ari = (Person.objects.get(agency=then.agency, given_name=name) for name in ("อรุณ", "อารี"))
    for person in (arun, ari):
        add(then, "attendance", training=course, person=Ref(person.pk, str(person)), name=None, hours=Decimal("6.0"))
    add(then, "training", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 1))  # of the next year
    made = add(then, "hr-report", as_of=LAST)
    found = linked_values(kept_of(then, "hr-report", YEAR).register, [made])[made.pk]
    assert {key: found[key] for key in ("activities", "budget_thb", "courses", "attended", "hours")} == {
        "activities": Decimal(2),
        "budget_thb": Decimal(40000),
        "courses": Decimal(1),
        "attended": Decimal(2),
        "hours": Decimal(12),
    }


def test_a_report_is_of_the_last_day_of_its_year(then) -> None:
    register = kept_of(then, "hr-report", YEAR).register
    values = values_of(then.agency, "hr-report", as_of=date(2026, 3, 31), **OFFICE)
    assert next(iter(hooks_of("hr-report").check(then, register, values, None))).code == "NOT_YEAR_END"
