"""Outsiders: people with an account and no post, who are not of the staff."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from prongsai.registers.model import Field, FieldType
from prongsai.web.agencies import services
from prongsai.web.agencies.forms import AppointmentForm
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.queries import headcount_on, officers, people_list, people_on, without_duties
from prongsai.web.agencies.queries.tables import Kind, plan_of
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Circular
from prongsai.web.letters.queries.audience import bound, staff_of
from prongsai.web.registers.forms.options import Options

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)


@pytest.fixture
def outsider(system) -> Person:
    """Somebody of the province who looks after the office."""
    return services.add_person(system, given_name="กำกับ", family_name="ดูแลดี", employment="outside")


def test_outsider_counts_in_no_headcount(agency, system):
    before = headcount_on(agency, TODAY)
    services.add_person(system, given_name="กำกับ", family_name="ดูแลดี", employment="outside")
    assert headcount_on(agency, TODAY) == before


def test_outsider_is_offered_nowhere_as_staff(agency, scope, outsider: Person):
    clerk = scope(Role.CLERK)
    named = Options(clerk).of(Field("keeper", FieldType.PERSON, "ผู้รับผิดชอบ")).choices
    assert outsider not in people_on(agency, TODAY)
    assert outsider not in officers(agency, TODAY)
    assert outsider not in without_duties(agency, TODAY)
    assert outsider not in AppointmentForm(scope=scope(Role.PERSONNEL)).fields["person"].queryset
    assert outsider.pk not in {pk for pk, _name in named}


def test_outsider_hears_no_circular(agency, scope, outsider: Person):
    everybody = Circular(agency=agency, to_everybody=True, binds_joiners=True)
    audience = bound(everybody, staff_of(agency), TODAY).now
    assert outsider.pk not in audience
    assert len(audience) == people_on(agency, TODAY).count()


def test_outsider_stands_in_the_list_of_people_so_that_they_can_be_invited(agency, sign_in, outsider: Person):
    assert outsider in people_list(agency, TODAY)
    assert outsider not in people_list(agency, TODAY, only="no_post")
    page = sign_in(Role.ADMIN).get(reverse("agencies:people", args=[agency.code])).content.decode()
    assert "กำกับ ดูแลดี" in page


@pytest.mark.parametrize("word", ["บุคคลภายนอก", "ภายนอก"])
def test_table_of_people_takes_the_word(system, word: str):
    rows = [["ชื่อ", "นามสกุล", "ประเภทบุคลากร"], ["กำกับ", "ดูแลดี", word]]
    staged = services.stage_table(system, kind="people", rows=rows)
    services.save_table(system, table=staged, seen=plan_of(system, Kind.PEOPLE, rows).digest)
    assert Person.objects.get(given_name="กำกับ").employment == "outside"
