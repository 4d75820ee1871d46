"""To which agency a record belongs, and what is refused because of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from prongsai.web.agencies import belonging, journal
from prongsai.web.agencies.models import Agency, Appointment, AuditEntry, Person, Post, PostRole, Unit, User
from prongsai.web.agencies.roles import Role
from tests.web import office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "way"), [(Agency, ()), (Unit, ("agency",)), (PostRole, ("post", "agency")), (User, None)]
)
def test_way_leads_to_the_agency(model, way):
    assert belonging.way_of(model) == way


def test_owner_is_found_over_other_records(agency):
    role = PostRole.objects.filter(post__agency=agency).first()
    assert [belonging.owner_of(one) for one in (agency, role, office.user(agency, Role.CLERK))] == [
        agency.pk, agency.pk, None,
    ]  # fmt: skip


def test_key_of_another_agency_is_refused_at_its_field(agency, other_agency):
    held = Appointment.objects.filter(agency=agency).first()
    held.person = Person.objects.filter(agency=other_agency).first()
    with pytest.raises(ValidationError) as refused:
        belonging.check(agency, held)
    assert set(refused.value.message_dict) == {"person"}


def test_keys_that_are_not_looked_at_cost_no_query(agency, django_assert_num_queries):
    held = Appointment.objects.filter(agency=agency).first()
    with django_assert_num_queries(0):
        belonging.check(agency, held, names=["capacity"])


def test_journal_writes_nothing_across_agencies(agency, other_agency, system):
    post, theirs = Post.objects.filter(agency=agency).first(), Post.objects.filter(agency=other_agency).first()
    unit = office.unit(other_agency, "กองคลัง")
    acts = (
        lambda: journal.create(system, Post(agency=agency, title="ใหม่", unit=unit)),
        lambda: journal.create(system, Post(agency=other_agency, title="ใหม่")),
        lambda: journal.change(system, post, unit=unit),
        lambda: journal.change(system, theirs, title="ใหม่"),
        lambda: journal.delete(system, theirs),
        lambda: journal.note(system, "post.change", theirs),
    )
    for act in acts:
        with pytest.raises(ValidationError), transaction.atomic():
            act()
    assert (Post.objects.filter(title="ใหม่").count(), AuditEntry.objects.count()) == (0, 0)
