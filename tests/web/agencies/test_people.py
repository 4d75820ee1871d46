"""People: the headcount of any day, who has no post, and one person written in several ways."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies import services
from prongsai.web.agencies.journal import Stale, broken
from prongsai.web.agencies.models import (
    Appointment,
    AuditEntry,
    CommitteeMember,
    Invitation,
    JobOrder,
    Membership,
    Person,
    Post,
)
from prongsai.web.agencies.queries import (
    find_person,
    headcount_on,
    likely_same,
    people_list,
    people_on,
    resolve_owner,
    scope_of,
)
from prongsai.web.agencies.roles import Role
from prongsai.web.duties import models as duties
from tests.web import office

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)


def person_named(given: str) -> Person:
    return Person.objects.get(given_name=given)


@pytest.fixture
def pair(system) -> tuple[Person, Person]:
    """One person, written twice."""
    kept = services.add_person(system, prefix="นาง", given_name="ดวงใจ", family_name="แสนดีงาม", phone="0-3642-0009")
    other = services.add_person(
        system, prefix="นาง", given_name="ดวงใจ", family_name="แสนดีงม", employment="officer", joined_on=date(2021, 1, 4)
    )
    return kept, other


# --- headcount ------------------------------------------------------------------------------------------------------
def test_headcount_of_a_day_counts_first_and_last_day(agency, system):
    before = headcount_on(agency, date(2025, 1, 1)).total
    services.add_person(
        system,
        given_name="เก่ง",
        family_name="กล้า",
        employment="general",
        joined_on=date(2025, 1, 2),
        left_on=date(2025, 1, 3),
    )
    days = [date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 3), date(2025, 1, 4)]
    assert [headcount_on(agency, day).total - before for day in days] == [0, 1, 1, 0]
    assert dict(headcount_on(agency, date(2025, 1, 2)).kinds)["พนักงานจ้างทั่วไป"] == 1


def test_headcount_of_a_past_day_stays_what_it_was(agency, system):
    day = date(2025, 6, 30)
    before = headcount_on(agency, day)
    services.change_person(system, person=person_named("จันทร์"), left_on=date(2025, 9, 30))
    services.add_person(system, given_name="ใหม่", family_name="มาก", employment="officer", joined_on=date(2025, 10, 1))
    assert headcount_on(agency, day) == before
    assert headcount_on(agency, date(2025, 10, 1)).total == before.total


def test_headcount_tells_sides_and_unknown_first_days(agency, system):
    services.change_person(system, person=person_named("สมหมาย"), employment="elected")
    services.add_person(system, given_name="ไม่รู้", family_name="วัน")
    count = headcount_on(agency, TODAY)
    assert (count.total, count.elected, count.staff, count.unknown) == (16, 1, 15, 1)
    assert sum(n for _label, n in count.kinds) == count.total == people_on(agency, TODAY).count()


def test_page_takes_a_day_in_thai_and_refuses_an_impossible_one(agency, sign_in):
    client = sign_in(Role.PERSONNEL)
    answer = client.get(f"/{agency.code}/agency/people/", {"on": "๑ ต.ค. ๒๕๖๒"})
    assert (answer.context["day"], answer.context["headcount"].total) == (date(2019, 10, 1), 0)
    assert client.get(f"/{agency.code}/agency/people/", {"on": "31/2/2569"}).status_code == 422


# --- without a post -------------------------------------------------------------------------------------------------
def test_person_without_a_post_is_flagged(agency, system, sign_in):
    lone = services.add_person(system, prefix="นาย", given_name="โดดเดี่ยว", family_name="ไร้ตำแหน่ง")
    assert list(people_list(agency, TODAY, only="no_post")) == [lone]
    page = sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/people/").content.decode()
    assert page.count("ไม่มีตำแหน่ง</span>") == 1
    assert "ไม่มีตำแหน่งในวันนี้" in sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/people/{lone.pk}/").content.decode()


def test_leaving_ends_every_post_on_that_day(agency, system):
    clerk = person_named("จันทร์")
    services.change_person(system, person=clerk, left_on=date(2026, 4, 30))
    assert [one.valid_to for one in Appointment.objects.filter(person=clerk)] == [date(2026, 4, 30)]
    assert scope_of(office.user(agency, Role.CLERK), agency.code, date(2026, 5, 1)) is None


def test_last_keeper_of_accounts_cannot_leave(agency, system):
    with pytest.raises(ValidationError) as refused:
        services.change_person(system, person=person_named("ระบบ"), left_on=date(2026, 4, 30))
    assert list(refused.value.message_dict) == ["left_on"]
    assert person_named("ระบบ").left_on is None


# --- one person in several ways -------------------------------------------------------------------------------------
def test_spellings_are_proposed_and_nothing_is_merged_by_itself(agency, pair, sign_in):
    kept, other = pair
    assert likely_same(agency) == [[kept, other]]
    answer = sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/people/merge/")
    assert [[one.pk for one in group] for group in answer.context["groups"]] == [[kept.pk, other.pk]]
    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_five_spellings_of_one_name_are_one_group(agency, system):
    spellings = ["แสนดีงาม", "แสนดีงม", "แสนดีงามม", "แสนดิงาม", "เเสนดีงาม"]
    for family in spellings:
        services.add_person(system, prefix="นาง", given_name="ดวงใจ", family_name=family)
    assert [len(group) for group in likely_same(agency)] == [5]


def test_men_and_women_of_one_name_are_two(agency, system):
    services.add_person(system, prefix="นาย", given_name="ทอง", family_name="ดีมาก")
    services.add_person(system, prefix="นาง", given_name="ทอง", family_name="ดีมาก")
    assert likely_same(agency) == []


def test_merging_moves_everything_and_loses_nothing(agency, system, pair):
    kept, other = pair
    mayor = person_named("สมหมาย")
    post = Post.objects.get(agency=agency, title="เจ้าพนักงานธุรการ")
    appointment = services.appoint(system, person=other, post=post, valid_from=date(2021, 1, 4))
    committee = services.add_committee(
        system, name="คณะทำงาน", order_no="9/2569", order_date=date(2026, 1, 5), members=[(other, "secretary")]
    )
    job = services.add_job_order(
        system, person=other, duties="งานสารบรรณ", order_no="10/2569", order_date=date(2026, 1, 6), signer=mayor
    )
    duty = duties.Duty.objects.create(agency=agency, fiscal_year_be=2569, title="งาน", rhythm="yearly")
    done = duties.Occurrence.objects.create(
        duty=duty, label="ปี", starts_on=TODAY, ends_on=TODAY, due_on=TODAY, done_by=other, done_on=TODAY
    )
    services.merge_people(system, kept=kept, other=other)
    assert Appointment.objects.get(pk=appointment.pk).person == kept
    assert [(one.person, one.role) for one in committee.members.all()] == [(kept, "secretary")]
    assert JobOrder.objects.get(pk=job.pk).person == kept
    assert duties.Occurrence.objects.get(pk=done.pk).done_by == kept
    other.refresh_from_db()
    kept.refresh_from_db()
    assert other.merged_into == kept
    assert (kept.phone, kept.employment, kept.joined_on) == ("0-3642-0009", "officer", date(2021, 1, 4))


def test_merged_spelling_still_means_the_person(agency, system, pair):
    kept, other = pair
    services.merge_people(system, kept=kept, other=other)
    assert find_person(agency, "นางดวงใจ แสนดีงม") == kept
    assert resolve_owner(agency, "นางดวงใจ แสนดีงม").person == kept
    assert likely_same(agency) == []


def test_merging_is_told_in_the_journal_record_by_record(agency, system, pair):
    kept, other = pair
    post = Post.objects.get(agency=agency, title="เจ้าพนักงานธุรการ")
    services.appoint(system, person=other, post=post)
    services.merge_people(system, kept=kept, other=other)
    told = [(e.subject_type, e.changes) for e in AuditEntry.objects.filter(action="person.merge").order_by("number")]
    assert told == [
        ("agencies.appointment", {"person_id": [other.pk, kept.pk]}),
        ("agencies.person", {"merged_into_id": [None, kept.pk]}),
        ("agencies.person", {"merged": [None, "นางดวงใจ แสนดีงม"], "appointment": [None, 1]}),
    ]
    assert list(broken(agency)) == []


def test_two_places_in_one_committee_become_the_higher_one(agency, system, pair):
    kept, other = pair
    committee = services.add_committee(
        system, name="คณะ", order_no="9/2569", order_date=date(2026, 1, 5), members=[(kept, "member"), (other, "chair")]
    )
    services.merge_people(system, kept=kept, other=other)
    assert [(one.person, one.role) for one in CommitteeMember.objects.filter(committee=committee)] == [(kept, "chair")]


def test_two_open_accounts_are_not_merged(agency, system):
    with pytest.raises(ValidationError):
        services.merge_people(system, kept=person_named("จันทร์"), other=person_named("สุดา"))
    assert Membership.objects.filter(person=person_named("สุดา")).count() == 1


def test_person_of_another_agency_is_not_merged(agency, other_agency, system, pair):
    theirs = Person.objects.filter(agency=other_agency).first()
    with pytest.raises(ValidationError):
        services.merge_people(system, kept=pair[0], other=theirs)


def test_merging_gives_nobody_rights_unless_who_keeps_accounts_does_it(agency, scope, system):
    """An officer of personnel who merges the mayor's other spelling into herself would be the mayor."""
    second = services.add_person(system, prefix="นาย", given_name="สมหมาย", family_name="ใจกว้าง")
    post = Post.objects.get(agency=agency, title="นายกเทศมนตรี")
    services.appoint(system, person=second, post=post)
    own = person_named("อารี")
    with pytest.raises(ValidationError):
        services.merge_people(scope(Role.PERSONNEL), kept=own, other=second)
    services.merge_people(scope(Role.ADMIN), kept=own, other=second)


def test_page_merges_after_a_look_at_both(agency, sign_in, pair):
    kept, other = pair
    client, address = sign_in(Role.PERSONNEL), f"/{agency.code}/agency/people/merge/"
    look = client.get(address, {"kept": kept.pk, "other": other.pk})
    assert [one.pk for one, _held in look.context["pair"]] == [kept.pk, other.pk]
    assert Person.objects.get(pk=other.pk).merged_into is None
    assert client.post(address, {"kept": kept.pk, "other": other.pk}).status_code == 302
    led = client.get(f"/{agency.code}/agency/people/{other.pk}/")
    assert (led.status_code, led["Location"]) == (302, f"/{agency.code}/agency/people/{kept.pk}/")


def test_adding_somebody_of_a_like_name_asks_first(agency, sign_in, pair):
    client, address = sign_in(Role.PERSONNEL), f"/{agency.code}/agency/people/add/"
    typed = {"prefix": "นาง", "given_name": "ดวงใจ", "family_name": "แสนดีงาม"}
    asked = client.post(address, typed)
    assert (asked.status_code, {one.pk for one in asked.context["form"].alike}) == (422, {one.pk for one in pair})
    assert client.post(address, typed | {"is_another": "on"}).status_code == 302
    assert Person.objects.filter(family_name="แสนดีงาม").count() == 2


def test_change_by_two_is_told(agency, scope):
    person = person_named("จันทร์")
    services.change_person(scope(Role.PERSONNEL), person=person, version=1, phone="1")
    with pytest.raises(Stale):
        services.change_person(scope(Role.PERSONNEL), person=person, version=1, phone="2")


def test_invitation_moves_with_the_person(agency, system, pair):
    from django.utils import timezone

    kept, other = pair
    invitation = Invitation.objects.create(
        agency=agency, person=other, token_sha256="0" * 64, expires_at=timezone.now()
    )
    services.merge_people(system, kept=kept, other=other)
    assert Invitation.objects.get(pk=invitation.pk).person == kept


@pytest.mark.parametrize("count", [1, 3, 60])
def test_list_costs_the_same_however_many_people(agency, sign_in, django_assert_num_queries, count):
    people = Person.objects.bulk_create(
        Person(agency=agency, given_name=f"คน{n}", family_name="ทดสอบ") for n in range(count)
    )
    post = Post.objects.get(agency=agency, title="เจ้าพนักงานธุรการ")
    Appointment.objects.bulk_create(Appointment(agency=agency, person=person, post=post) for person in people)
    client = sign_in(Role.PERSONNEL)
    with django_assert_num_queries(12):
        assert client.get(f"/{agency.code}/agency/people/").status_code == 200


def test_other_agency_and_wrong_role_find_nothing(agency, other_agency, sign_in):
    theirs = Person.objects.filter(agency=other_agency).first()
    assert sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/people/{theirs.pk}/").status_code == 404
    ours = Person.objects.filter(agency=agency).first()
    assert sign_in(Role.HEAD).post(f"/{agency.code}/agency/people/{ours.pk}/edit/", {}).status_code == 404
    assert sign_in(Role.COORDINATOR).post(f"/{agency.code}/agency/people/merge/", {}).status_code == 404
