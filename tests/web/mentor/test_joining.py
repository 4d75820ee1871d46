"""An agency joins, and leaves: then the office sees nothing any more, at once."""

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.journal_words import lines_of
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.mentor.models import FaultStanding, ItemStanding, Level, Office, Participation, Standing
from prongsai.web.mentor.queries.offices import choices_of, left_of, members_of
from prongsai.web.mentor.queries.sight import standings_of, years_of
from prongsai.web.mentor.services import joining
from tests.web import objects_mentor

pytestmark = pytest.mark.django_db


def test_office_sees_nothing_before_the_agency_joins(desk, cycle):
    assert years_of(desk) == ()
    assert list(members_of(desk)) == []


def test_joining_counts_at_once_and_is_told(scope, desk, cycle):
    part = joining.join(scope(Role.MAYOR), office=desk.office)
    assert (part.joined_by, part.shows_examples) == (scope(Role.MAYOR).user, False)
    [year] = years_of(desk)
    assert [one.agency for one in standings_of(desk, year.id)] == [cycle.agency]
    [line] = lines_of(AuditEntry.objects.filter(action="mentor.join"))
    assert f"{line.verb} {line.kind}" == "อนุมัติ การเข้าร่วมกับหน่วยงานพี่เลี้ยง"


def test_joining_twice_is_refused(scope, desk, cycle):
    joining.join(scope(Role.MAYOR), office=desk.office)
    with pytest.raises(ValidationError, match="เข้าร่วม"):
        joining.join(scope(Role.MAYOR), office=desk.office)


@pytest.mark.parametrize(
    ("place", "covered"),
    [
        ({"level": "nation"}, True),
        ({"level": "province", "province": "ลพบุรี"}, True),
        ({"level": "province", "province": "สิงห์บุรี"}, False),
        ({"level": "district", "province": "ลพบุรี", "district": "เมืองลพบุรี"}, True),
        ({"level": "district", "province": "ลพบุรี", "district": "บ้านหมี่"}, False),
    ],
)
def test_office_covers_what_lies_in_its_place(scope, place, covered):
    office = Office.objects.create(name="สำนักงาน", **place)
    asked = scope(Role.MAYOR)
    assert [choice.office for choice in choices_of(asked)] == ([office] if covered else [])
    if not covered:
        with pytest.raises(ValidationError, match="พื้นที่"):
            joining.join(asked, office=office)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [({"level": "province"}, ["province"]), ({"level": "district", "province": "ลพบุรี"}, ["district"])],
)
def test_office_without_its_place_is_refused(db, given, wrong):
    with pytest.raises(ValidationError) as refused:
        Office(name="สำนักงาน", **given).full_clean()
    assert list(refused.value.error_dict) == wrong


def test_leaving_deletes_the_figures_and_tells_only_that_it_left(scope, desk, cycle):
    mayor = scope(Role.MAYOR)
    part = joining.join(mayor, office=desk.office, shows_examples=True)
    joining.leave(mayor, participation=part)
    assert not any(model.objects.exists() for model in (Standing, ItemStanding, FaultStanding))
    assert years_of(desk) == () and list(members_of(desk)) == []
    assert [(one.agency, one.left_on, one.shows_examples) for one in left_of(desk)] == [
        (cycle.agency, mayor.today, False)
    ]
    with pytest.raises(ValidationError, match="ออกจาก"):
        joining.leave(mayor, participation=part)


def test_leaving_one_of_two_keeps_the_figures_for_the_other(scope, agency, desk, cycle):
    mayor, district = scope(Role.MAYOR), objects_mentor.office(agency, Level.DISTRICT)
    part = joining.join(mayor, office=desk.office)
    joining.join(mayor, office=district)
    joining.leave(mayor, participation=part)
    assert Standing.objects.count() == 1
    assert years_of(desk) == ()


def test_agency_that_comes_back_is_no_longer_among_those_that_left(scope, desk, cycle):
    mayor = scope(Role.MAYOR)
    joining.leave(mayor, participation=joining.join(mayor, office=desk.office))
    joining.join(mayor, office=desk.office)
    assert list(left_of(desk)) == []
    assert Participation.objects.count() == 2


def test_examples_are_allowed_and_forbidden_by_the_agency(scope, desk, cycle):
    mayor = scope(Role.MAYOR)
    part = joining.join(mayor, office=desk.office)
    joining.show_examples(mayor, participation=part, shown=True)
    assert Participation.objects.get().shows_examples
    assert AuditEntry.objects.filter(action="mentor.examples").count() == 1
    joining.leave(mayor, participation=part)
    with pytest.raises(ValidationError, match="ออกจาก"):
        joining.show_examples(mayor, participation=part, shown=True)
