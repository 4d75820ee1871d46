"""Whom a circular binds, how many have acknowledged it, and what may be done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Appointment, AuditEntry, Capacity, Person, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Circular, Letter, LetterState, Receipt
from prongsai.web.letters.queries.circulars import audience, counts, mine
from prongsai.web.letters.queries.readers import by_unit, readers_of
from prongsai.web.letters.services import circulars as services
from prongsai.web.letters.services.reminders import is_chased
from prongsai.web.notify.models import Mail
from tests.web import office
from tests.web.letters.circulating import as_person, draft, give_accounts, hire, paper, person_of, sent, under

STAFF = len(office.CAST)
DAY = timedelta(days=1)


@pytest.fixture
def clerk(scope):
    return scope(Role.CLERK)


# --- whom it binds --------------------------------------------------------------------------------------------------
def test_everybody_of_the_staff_register_is_the_audience(agency, clerk):
    hire(agency, 3)
    gone = hire(agency, 1)[0]
    Person.objects.filter(pk=gone.pk).update(left_on=clerk.today - DAY)
    made = sent(clerk)
    assert counts(made, clerk.today).audience == STAFF + 3
    assert audience(made).filter(pk=gone.pk).count() == 0


def test_a_unit_means_those_under_it_too(agency, clerk):
    section = under(agency, "กองช่าง", "งานวิศวกรรม")
    post = Post.objects.create(agency=agency, unit=section, title="วิศวกร", valid_from=office.SINCE)
    person = hire(agency, 1, "กองคลัง")[0]
    Appointment.objects.create(agency=agency, person=person, post=post, valid_from=office.SINCE)
    made = sent(clerk, to_everybody=False, units=[office.unit(agency, "กองช่าง")])
    assert set(audience(made)) == {person, person_of(agency, Role.OFFICER)}


def test_posts_mean_who_fills_them_by_acting_too_but_not_by_delegation(agency, clerk):
    acting, delegated = hire(agency, 2)
    post = Post.objects.get(agency=agency, title="ผู้อำนวยการกองคลัง")
    for person, capacity in ((acting, Capacity.ACTING_FOR), (delegated, Capacity.DELEGATED)):
        Appointment.objects.create(agency=agency, person=person, post=post, capacity=capacity)
    made = sent(clerk, to_everybody=False, posts=[post])
    assert set(audience(made)) == {acting, person_of(agency, Role.HEAD)}


def test_people_by_name(agency, clerk):
    one, two, _other = hire(agency, 3)
    assert set(audience(sent(clerk, to_everybody=False, people=[one, two]))) == {one, two}


def test_late_joiner_is_counted_from_the_first_day_and_sees_it_on_the_first_visit(agency, clerk):
    made = sent(clerk, days_ago=10)
    joined = clerk.today - 3 * DAY
    late = hire(agency, 1, joined_on=joined)[0]
    assert [counts(made, joined - DAY).audience, counts(made, joined).audience] == [STAFF, STAFF + 1]
    assert mine(as_person(agency, late)) == (made,)
    assert mine(as_person(agency, late, joined - DAY)) == ()


def test_late_joiner_is_not_bound_where_only_those_of_the_day_are(agency, clerk):
    made = sent(clerk, days_ago=10, binds_joiners=False)
    late = hire(agency, 1, joined_on=clerk.today)[0]
    assert counts(made, clerk.today).audience == STAFF
    assert mine(as_person(agency, late)) == ()


def test_who_left_before_acknowledging_stands_apart_and_who_left_after_stays_counted(agency, clerk):
    silent, done = hire(agency, 2)
    made = sent(clerk, days_ago=5)
    services.acknowledge(as_person(agency, done, clerk.today - 4 * DAY), circular=made)
    Person.objects.filter(pk__in=[silent.pk, done.pk]).update(left_on=clerk.today - 2 * DAY)
    now = counts(made, clerk.today)
    assert (now.acknowledged, now.audience, now.left) == (1, STAFF + 1, 1)
    assert [one.pk for one in readers_of(made, clerk.today).left] == [silent.pk]
    then = counts(made, clerk.today - 2 * DAY)
    assert (then.acknowledged, then.audience, then.left) == (1, STAFF + 2, 0)


# --- counting -------------------------------------------------------------------------------------------------------
def test_figures_come_from_receipts_and_no_other_place(agency, clerk):
    people = hire(agency, 4)
    made = sent(clerk)
    assert counts(made).acknowledged == 0
    for person in people[:3]:
        services.acknowledge(as_person(agency, person), circular=made)
    services.open_circular(as_person(agency, people[3]), circular=made)
    now = counts(made)
    assert now.acknowledged == Receipt.objects.filter(circular=made, acknowledged_on__isnull=False).count() == 3
    assert (now.read, now.missing, now.audience) == (4, STAFF + 1, STAFF + 4)
    assert now.share == Decimal("15.79")
    Receipt.objects.filter(person=people[0]).delete()
    assert counts(made).acknowledged == 2
    names = {field.name for field in Circular._meta.get_fields()}
    assert not {name for name in names if name.startswith(("n_", "count", "acknowledged"))}


def test_acknowledging_twice_counts_once(agency, clerk):
    me = as_person(agency, hire(agency, 1)[0])
    made = sent(clerk, days_ago=1)
    first = services.acknowledge(replace(me, today=me.today - DAY), circular=made)
    again = services.acknowledge(me, circular=made)
    assert (again.pk, again.acknowledged_on) == (first.pk, first.acknowledged_on)
    assert (counts(made).acknowledged, Receipt.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(action="circular.acknowledge").count() == 1


def test_opening_is_not_acknowledging(agency, clerk):
    me = as_person(agency, hire(agency, 1)[0])
    made = sent(clerk)
    services.open_circular(me, circular=made)
    services.open_circular(me, circular=made)
    receipt = Receipt.objects.get()
    assert (bool(receipt.read_at), receipt.acknowledged_on) == (True, None)
    assert (counts(made).read, counts(made).acknowledged) == (1, 0)
    assert AuditEntry.objects.filter(action="circular.read").count() == 1


def test_figures_of_a_unit_add_up_to_those_of_the_whole(agency, clerk):
    made = sent(clerk)
    for person in hire(agency, 2):
        services.acknowledge(as_person(agency, person), circular=made)
    readers = readers_of(made)
    lines = {one.name: (one.acknowledged, one.audience) for one in by_unit(readers.everybody)}
    assert lines["กองช่าง"] == (2, 3)
    assert lines["ไม่สังกัดส่วนราชการ"] == (0, 6)
    sums = tuple(map(sum, zip(*lines.values(), strict=True)))
    assert sums == (readers.counts.acknowledged, readers.counts.audience)


def test_only_those_it_binds_may_acknowledge(agency, clerk):
    stranger, bound = hire(agency, 2)
    made = sent(clerk, to_everybody=False, people=[bound])
    with pytest.raises(ValidationError):
        services.acknowledge(as_person(agency, stranger), circular=made)
    assert services.open_circular(as_person(agency, stranger), circular=made) is None
    assert Receipt.objects.count() == 0


# --- closing --------------------------------------------------------------------------------------------------------
def test_a_closed_circular_keeps_its_figures_whatever_the_register_learns_later(agency, clerk):
    silent, done, gone = hire(agency, 3)
    made = sent(clerk, days_ago=9)
    services.acknowledge(as_person(agency, done), circular=made)
    Person.objects.filter(pk=gone.pk).update(left_on=clerk.today - 3 * DAY)
    before = counts(made, clerk.today)
    made = services.close_circular(clerk, circular=made, version=made.version)
    Person.objects.filter(pk=silent.pk).update(left_on=clerk.today - 5 * DAY)
    hire(agency, 2)
    assert counts(made, clerk.today) == counts(made, clerk.today + 90 * DAY) == before
    assert [one.pk for one in readers_of(made, clerk.today + DAY).left] == [gone.pk]
    with pytest.raises(ValidationError):
        services.acknowledge(as_person(agency, silent), circular=made)


def test_a_closed_circular_is_opened_again_only_with_a_reason(agency, clerk):
    made = sent(clerk)
    made = services.close_circular(clerk, circular=made, version=made.version)
    with pytest.raises(ValidationError):
        services.reopen_circular(clerk, circular=made, version=made.version, reason=" ")
    made = services.reopen_circular(clerk, circular=made, version=made.version, reason="ยังมีบัญชีกระดาษ")
    assert (made.closed_on, Receipt.objects.count(), counts(made).audience) == (None, 0, STAFF)


def test_the_same_day_gives_the_same_figures(agency, clerk):
    made = sent(clerk, days_ago=5)
    people = hire(agency, 2)
    services.acknowledge(as_person(agency, people[0], clerk.today - 3 * DAY), circular=made)
    before = counts(made, clerk.today - 2 * DAY)
    services.acknowledge(as_person(agency, people[1]), circular=made)
    assert counts(made, clerk.today - 2 * DAY) == before


# --- making and sending ---------------------------------------------------------------------------------------------
def letter(scope, **values):
    given = {"paper": "memo", "subject": "แจ้งมาตรการ", "state": LetterState.SIGNED, "dated": date(2026, 3, 2), **values}
    return Letter.objects.create(agency=scope.agency, **given)


def test_a_signed_letter_brings_its_number_day_and_subject(clerk):
    made = draft(clerk, letter=letter(clerk), title="พิมพ์เอง", number_text="1/2569")
    assert (made.title, made.dated, made.number_text) == ("แจ้งมาตรการ", date(2026, 3, 2), "")


@pytest.mark.parametrize("values", [{"secrecy": "ลับ"}, {"state": LetterState.DRAFT}, {"state": LetterState.REPLACED}])
def test_secret_and_unsigned_letters_are_refused(clerk, values):
    with pytest.raises(ValidationError):
        draft(clerk, letter=letter(clerk, **values))
    assert Circular.objects.count() == 0


def test_a_draft_without_anything_to_read_or_anybody_to_read_it_is_not_sent(agency, clerk):
    empty = draft(clerk, message="")
    with pytest.raises(ValidationError):
        services.send_circular(clerk, circular=empty, version=empty.version)
    nobody = draft(clerk, to_everybody=False, units=[under(agency, "กองช่าง", "งานว่าง")])
    with pytest.raises(ValidationError):
        services.send_circular(clerk, circular=nobody, version=nobody.version)
    with pytest.raises(ValidationError):
        draft(clerk, to_everybody=False)


def test_what_is_of_another_agency_is_refused(clerk, other_agency):
    with pytest.raises(ValidationError):
        draft(clerk, to_everybody=False, units=[office.unit(other_agency, "กองช่าง")])
    with pytest.raises(ValidationError):
        draft(clerk, to_everybody=False, people=hire(other_agency, 1))


def test_once_sent_only_whom_it_goes_to_and_until_when_may_change(agency, clerk):
    made = sent(clerk, to_everybody=False, units=[office.unit(agency, "กองช่าง")])
    with pytest.raises(ValidationError):
        services.change_circular(clerk, circular=made, version=made.version, title="เรื่องอื่น")
    changed = services.change_circular(
        clerk, circular=made, version=made.version, units=[office.unit(agency, "กองช่าง"), office.unit(agency, "กองคลัง")]
    )
    assert (counts(changed).audience, changed.version) == (3, made.version + 1)
    with pytest.raises(journal.Stale):
        services.change_circular(clerk, circular=made, version=made.version, due_on=clerk.today)


def test_a_draft_is_dropped_and_a_sent_one_is_not(clerk):
    made = draft(clerk, evidence=[paper(clerk)])
    services.drop_circular(clerk, circular=made, version=made.version)
    assert Circular.objects.count() == 0
    with pytest.raises(ValidationError):
        services.drop_circular(clerk, circular=sent(clerk), version=None)


# --- reminding ------------------------------------------------------------------------------------------------------
def test_reminder_goes_to_who_is_missing_and_has_an_account_once_a_day(agency, clerk):
    done, missing, *rest = people = hire(agency, 4)
    give_accounts(agency, people[:3])
    Person.objects.filter(pk=rest[0].pk).update(email="")
    made = sent(clerk, to_everybody=False, people=people)
    services.acknowledge(as_person(agency, done), circular=made)
    told = services.remind(clerk, circular=made, home="https://prongsai.example/")
    assert (told.mailed, told.no_address, told.no_account) == (1, 1, 1)
    mail = Mail.objects.get()
    assert mail.to == missing.email
    assert f"https://prongsai.example{made.get_absolute_url()}" in mail.text
    with pytest.raises(ValidationError):
        services.remind(clerk, circular=made)
    services.remind(replace(clerk, today=clerk.today + DAY), circular=made)
    assert Mail.objects.count() == 2


def test_two_people_of_one_address_get_a_mail_each(agency, clerk):
    people = hire(agency, 2)
    give_accounts(agency, people)
    Person.objects.filter(pk__in=[one.pk for one in people]).update(email="office@example.com")
    services.remind(clerk, circular=sent(clerk, to_everybody=False, people=people))
    assert sorted(mail.text.splitlines()[0] for mail in Mail.objects.all()) == sorted(f"เรียน {one}" for one in people)


@pytest.mark.parametrize(
    ("due", "reminded", "day", "chased"),
    [
        (None, None, 6, False),
        (None, None, 7, True),
        (None, 7, 7, False),
        (None, 7, 14, True),
        (10, None, 6, False),
        (10, None, 7, True),
        (10, 7, 9, False),
        (10, 7, 10, True),
        (10, 7, 12, True),  # the day itself was missed
        (10, 12, 16, False),
        (10, 12, 17, True),
        (1, None, 1, True),
    ],
)
def test_day_of_a_reminder(due, reminded, day, chased):
    start = date(2026, 3, 1)
    at = lambda n: None if n is None else start + n * DAY  # noqa: E731
    made = Circular(sent_on=start, due_on=at(due), reminded_on=at(reminded))
    assert is_chased(made, start + day * DAY) is chased


def test_daily_command_writes_one_mail_a_person_with_all_that_waits(agency, clerk):
    people = hire(agency, 2)
    give_accounts(agency, people)
    for title in ("เรื่องที่หนึ่ง", "เรื่องที่สอง"):
        sent(clerk, days_ago=7, title=title, to_everybody=False, people=people)
    sent(clerk, title="เพิ่งเวียน", to_everybody=False, people=people)
    said = StringIO()
    call_command("remind_circulars", agency=agency.code, stdout=said)
    assert said.getvalue() == f"{agency}: 2 ฉบับ\n"
    assert Mail.objects.count() == 2
    assert all("เรื่องที่หนึ่ง" in one.text and "เรื่องที่สอง" in one.text for one in Mail.objects.all())
    assert not Mail.objects.filter(text__contains="เพิ่งเวียน").exists()
    call_command("remind_circulars", stdout=StringIO())
    assert Mail.objects.count() == 2


# --- what the journal keeps -----------------------------------------------------------------------------------------
def test_everything_done_stands_in_the_journal(agency, clerk):
    me = as_person(agency, hire(agency, 1)[0])
    made = sent(clerk)
    services.open_circular(me, circular=made)
    services.acknowledge(me, circular=made)
    services.remind(clerk, circular=made)
    made.refresh_from_db()
    services.close_circular(clerk, circular=made, version=made.version)
    actions = list(
        AuditEntry.objects.filter(action__startswith="circular").order_by("number").values_list("action", flat=True)
    )
    assert list(dict.fromkeys(actions)) == [
        "circular.add", "circular.send", "circular.read", "circular.acknowledge", "circular.remind", "circular.close",
    ]  # fmt: skip
    assert list(journal.broken(agency)) == []
    assert AuditEntry.objects.get(action="circular.close", changes__has_key="audience").changes["audience"] == [
        None,
        STAFF + 1,
    ]
