"""Merging people who were written twice, where both stand in the same letter or circular."""

from datetime import date, timedelta

import pytest
from django.db.models import UniqueConstraint
from django.utils import timezone

from prongsai.web.agencies.journal import broken
from prongsai.web.agencies.models import CommitteeMember, Membership, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.services import people as services
from prongsai.web.letters.models import Endorsement, PaperSheet, Receipt, Step
from prongsai.web.letters.queries.circulars import counts
from prongsai.web.letters.queries.verifying import checked
from prongsai.web.letters.services import circulars
from prongsai.web.letters.services.incoming import register_incoming
from tests.web import office
from tests.web.letters.circulating import draft, paper, person_of, sent

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture
def pair(agency):
    """The officer, and the same person written again."""
    return person_of(agency, Role.OFFICER), Person.objects.create(agency=agency, given_name="อรุณ", family_name="ขยันยิง")


def test_what_may_point_once_at_a_person_knows_how_to_give_way():
    handled = {CommitteeMember, Membership}  # of the register of people itself: joined there, refused there
    for field in services._pointing_at_people():
        model = field.model
        once = {name for one in model._meta.constraints if isinstance(one, UniqueConstraint) for name in one.fields}
        if (field.name in once or field.unique) and model not in handled:
            assert hasattr(model, "give_way"), model


# --- circulars ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("is_kept_first", [True, False])
def test_two_receipts_of_a_circular_become_one_with_what_came_first(agency, scope, system, pair, is_kept_first):
    kept, other = pair if is_kept_first else pair[::-1]
    clerk, now = scope(Role.CLERK), timezone.now()
    circular = sent(clerk)
    sheet = PaperSheet.objects.create(circular=circular, file=paper(clerk).file, signed_on=EARLY, n_signed=1)
    sheet.people.set(pair)
    first = {"read_at": now, "acknowledged_on": EARLY, "acknowledged_at": now, "sheet": sheet, "standing": "left"}
    then = {"read_at": now - timedelta(days=1), "acknowledged_on": LATE, "acknowledged_at": now, "standing": "counted"}
    for person, given in zip((kept, other), (first, then) if is_kept_first else (then, first), strict=True):
        Receipt.objects.create(circular=circular, person=person, **given)
    services.merge_people(system, kept=kept, other=other)
    one = Receipt.objects.get(circular=circular)
    told = (one.person, one.read_at, one.acknowledged_on, one.sheet, one.standing)
    assert told == (kept, now - timedelta(days=1), EARLY, sheet, "counted")
    assert list(sheet.people.all()) == [kept]
    assert list(broken(agency)) == []


def test_receipt_of_one_of_them_moves(scope, system, pair):
    kept, other = pair
    circular = sent(scope(Role.CLERK))
    Receipt.objects.create(circular=circular, person=other, acknowledged_on=EARLY)
    services.merge_people(system, kept=kept, other=other)
    assert Receipt.objects.get(circular=circular).person == kept


def test_reading_alone_does_not_undo_an_acknowledgement(scope, system, pair):
    kept, other = pair
    circular = sent(scope(Role.CLERK))
    Receipt.objects.create(circular=circular, person=other, acknowledged_on=EARLY, standing="left")
    Receipt.objects.create(circular=circular, person=kept, read_at=timezone.now())
    services.merge_people(system, kept=kept, other=other)
    one = Receipt.objects.get(circular=circular)
    assert (one.acknowledged_on, one.standing, bool(one.read_at)) == (EARLY, "left", True)


def test_figures_of_a_closed_circular_count_the_two_as_one(scope, system, pair):
    clerk = scope(Role.CLERK)
    circular = sent(clerk)
    circulars.close_circular(clerk, circular=circular, version=circular.version)
    circular.refresh_from_db()
    before = counts(circular)
    services.merge_people(system, kept=pair[0], other=pair[1])
    after = counts(circular)
    assert (after.audience, after.missing) == (before.audience - 1, before.missing - 1)


def test_whoever_stands_twice_on_a_list_stands_there_once(scope, system, pair, memo_letter):
    clerk = scope(Role.CLERK)
    circular = draft(clerk, to_everybody=False, people=pair)
    words = {"sender": "อำเภอ", "addressee": "นายกเทศมนตรี", "subject": "ลับ", "secrecy": "ลับ"}
    came = register_incoming(clerk, readers=pair, **words)
    memo_letter.readers.set(pair)
    services.merge_people(system, kept=pair[0], other=pair[1])
    lists = (circular.people, came.readers, memo_letter.readers)
    assert [list(one.all()) for one in lists] == [[pair[0]]] * 3


def test_whoever_stands_once_on_a_list_is_moved(scope, system, pair):
    circular = draft(scope(Role.CLERK), to_everybody=False, people=pair[1:])
    services.merge_people(system, kept=pair[0], other=pair[1])
    assert list(circular.people.all()) == [pair[0]]


# --- signed letters -------------------------------------------------------------------------------------------------
def test_signed_letter_is_whole_after_its_signers_were_merged(agency, system, memo_letter, sign_all):
    letter = sign_all(memo_letter)
    signed = list(Endorsement.objects.values_list("seal", flat=True))
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY, Role.MAYOR):
        signer = person_of(agency, role)
        # Twice over: what pointed at the second record points at the third in the end.
        for spelling in ("ก", "ข"):
            double = Person.objects.create(agency=agency, given_name=signer.given_name, family_name=spelling)
            services.merge_people(system, kept=double, other=signer)
            signer = double
    assert {one.person.family_name for one in Endorsement.objects.all()} == {"ข"}
    found = checked(letter, is_thorough=True)
    assert (found.is_whole, {one.code for one in found.problems}) == (True, {"LETTER_SIGNER_NAME"})
    assert list(Endorsement.objects.values_list("seal", flat=True)) == signed


def test_signature_that_was_given_to_somebody_else_without_a_merge_shows(agency, memo_letter, sign_all):
    letter = sign_all(memo_letter)
    Endorsement.objects.filter(person=person_of(agency, Role.MAYOR)).update(person=person_of(agency, Role.LEGAL))
    assert "LETTER_JOURNAL_DIFFERS" in {one.code for one in checked(letter).problems}


def test_signed_letter_is_whole_after_units_posts_and_people_were_renamed(agency, system, memo_letter, sign_all):
    letter = sign_all(memo_letter)
    unit = office.unit(agency, "สำนักปลัดเทศบาล")
    unit.name = "สำนักงานปลัด"
    unit.save()
    post = person_of(agency, Role.CLERK).appointments.get().post
    post.title = "นักจัดการงานทั่วไป"
    post.save()
    services.change_person(system, person=person_of(agency, Role.COORDINATOR), family_name="ใจบุญ")
    found = checked(letter, is_thorough=True)
    assert (found.is_whole, {one.code for one in found.problems}) == (True, {"LETTER_SIGNER_NAME"})


def test_step_that_was_taken_out_of_a_chain_moves_too(system, pair, memo_letter):
    made = Step.every.create(letter=memo_letter, place=1, kind="make", person=pair[1], removed_at=timezone.now())
    services.merge_people(system, kept=pair[0], other=pair[1])
    assert Step.every.get(pk=made.pk).person == pair[0]
