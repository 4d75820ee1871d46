"""Letters that somebody with the database or the disk has changed: each is refused while it is signed, or shown after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from prongsai.web.agencies import triggers
from prongsai.web.agencies.journal import Stale, hash_of
from prongsai.web.agencies.models import Appointment, AuditEntry, Capacity, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file, read_file
from prongsai.web.evidence.store import path_of
from prongsai.web.letters.models import (
    Attachment,
    Decision,
    Endorsement,
    Letter,
    LetterText,
    Number,
    NumberState,
    Step,
    StepKind,
)
from prongsai.web.letters.queries import file_checks, signature_checks
from prongsai.web.letters.queries.held import held_of
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.queries.verifying import by_file, checked
from prongsai.web.letters.services import chain
from prongsai.web.letters.services.writing import attach

pytestmark = pytest.mark.django_db
PLAN, OTHER = b"%PDF-1.4 plan\n%%EOF\n", b"%PDF-1.4 another plan\n%%EOF\n"


def codes(letter: Letter, **how: bool) -> set[str]:
    return {one.code for one in checked(letter, **how).problems}


@pytest.fixture
def signed(memo_letter: Letter, sign_all: Callable[[Letter], Letter]) -> Letter:
    """A memo that everybody has signed."""
    return sign_all(memo_letter)


@pytest.fixture
def with_plan(memo_letter: Letter, sign_all, scope) -> Letter:
    """The same with a file attached."""
    me = scope(Role.CLERK)
    attach(me, letter=memo_letter, version=memo_letter.version, file=kept(me, PLAN), title="แผน")
    memo_letter.refresh_from_db()
    return sign_all(memo_letter)


def kept(scope, content: bytes) -> File:
    return keep_file(scope, name="แผน.pdf", content=content)


def at(letter: Letter, kind: StepKind) -> Endorsement:
    return Endorsement.objects.filter(step__letter=letter, step__kind=kind).latest("pk")


def test_letter_that_nobody_touched_is_whole(signed: Letter):
    found = checked(signed, is_thorough=True)
    assert (found.problems, found.is_whole, len(found.signatures)) == ((), True, 4)


# --- bytes ----------------------------------------------------------------------------------------------------------
def test_changed_byte_of_a_signed_paper_is_not_the_paper(signed: Letter):
    for form in ("docx", "pdf"):
        content = bytearray(read_file(getattr(signed, form)))
        assert by_file(f"a.{form}", bytes(content)).is_whole
        content[-30 if form == "docx" else -8] ^= 1
        assert not by_file(f"a.{form}", bytes(content)).is_whole


def test_kept_paper_that_was_changed_on_the_disk_is_shown(signed: Letter):
    path = path_of(signed.agency.code, signed.docx.sha256)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    assert codes(signed) == {"LETTER_PAPER_BYTES"}
    path.unlink()
    assert codes(signed) == {"LETTER_PAPER_BYTES"}


def test_paper_that_was_put_in_its_place_is_shown(signed: Letter, system):
    Letter.objects.filter(pk=signed.pk).update(pdf=kept(system, OTHER))
    assert codes(signed) == {"LETTER_SEAL_BROKEN", "LETTER_JOURNAL_DIFFERS"}


def test_swapped_attachment_is_shown(with_plan: Letter, system):
    Attachment.objects.filter(letter=with_plan).update(file=kept(system, OTHER))
    assert codes(with_plan) == {"LETTER_ATTACHMENT_SWAPPED"}


def test_attachment_whose_bytes_changed_is_shown(with_plan: Letter):
    path = path_of(with_plan.agency.code, with_plan.attachments.get().file.sha256)
    path.chmod(0o600)
    path.write_bytes(OTHER)
    assert codes(with_plan) == {"LETTER_ATTACHMENT_BYTES"}


def test_attachment_swapped_in_the_text_too_is_shown(with_plan: Letter, system):
    other = kept(system, OTHER)
    told = [{"title": "แผน", "name": other.name, "sha256": other.sha256, "size": other.size}]
    Attachment.objects.filter(letter=with_plan).update(file=other)
    LetterText.objects.filter(letter=with_plan).update(attachments=told)
    assert codes(with_plan) >= {"LETTER_TEXT_CHANGED", "LETTER_SEAL_BROKEN"}


def test_file_erased_for_privacy_is_told_and_no_fault(with_plan: Letter):
    File.objects.filter(pk=with_plan.attachments.get().file_id).update(erased_at=timezone.now())
    found = checked(with_plan)
    assert ({one.code for one in found.problems}, found.is_whole) == ({"LETTER_ERASED"}, True)


# --- words ----------------------------------------------------------------------------------------------------------
def test_edited_body_is_shown(signed: Letter):
    text = newest_text(signed)
    text.content["body"][0] += " เพิ่มเติม"
    LetterText.objects.filter(pk=text.pk).update(content=text.content)
    assert codes(signed) == {"LETTER_TEXT_CHANGED"}


def test_edited_body_is_refused_while_it_is_on_its_way(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    text = newest_text(memo_letter)
    LetterText.objects.filter(pk=text.pk).update(content=text.content | {"closing": "อนุมัติ"})
    assert codes(memo_letter) == {"LETTER_TEXT_CHANGED", "LETTER_NOT_SIGNED"}
    with pytest.raises(ValidationError):
        endorse_as(memo_letter, Role.COORDINATOR)


def test_edited_body_with_its_hash_is_shown_by_who_signed_the_other(signed: Letter):
    text = newest_text(signed)
    text.content["closing"] = "อนุมัติ"
    LetterText.objects.filter(pk=text.pk).update(content=text.content, sha256=rehashed(signed, text))
    assert codes(signed) == {"LETTER_OTHER_TEXT", "LETTER_SEAL_BROKEN", "LETTER_JOURNAL_DIFFERS"}


def rehashed(letter: Letter, text: LetterText) -> str:
    return signature_checks.hash_of(letter, text)


def test_text_that_was_not_seen_is_refused(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    with pytest.raises(Stale):
        endorse_as(memo_letter, Role.CLERK, seen="0" * 64)


WORDS = [
    {"opinion": "ไม่เห็นด้วย"},
    {"decision": Decision.ACKNOWLEDGE},
    {"name": "นายอื่น อื่นใด"},
    {"position": ["นายกเทศมนตรี"]},
    {"capacity": Capacity.ACTING_FOR},
    {"order": "คำสั่งที่ 1/2569"},
    {"method": "second_factor"},
    {"signed_at": timezone.now() - timedelta(minutes=3)},
]


def test_edited_opinion_or_any_other_word_of_a_signature_is_shown(signed: Letter):
    one = Endorsement.objects.filter(step__letter=signed).order_by("pk")[1]
    for values in WORDS:
        before = {name: getattr(one, name) for name in values}
        Endorsement.objects.filter(pk=one.pk).update(**values)
        assert "LETTER_SIGNATURE_CHANGED" in codes(signed), values
        Endorsement.objects.filter(pk=one.pk).update(**before)
    assert codes(signed) == set()


def test_number_and_day_of_another_are_shown(signed: Letter):
    Letter.objects.filter(pk=signed.pk).update(dated=signed.dated - timedelta(days=400))
    assert codes(signed) == {"LETTER_NUMBER_WRONG", "LETTER_SEAL_BROKEN", "LETTER_JOURNAL_DIFFERS"}


def test_number_that_was_cancelled_or_written_over_is_shown(signed: Letter):
    Number.objects.filter(pk=signed.number_id).update(state=NumberState.CANCELLED)
    assert codes(signed) == {"LETTER_NUMBER_WRONG"}
    Number.objects.filter(pk=signed.number_id).update(state=NumberState.USED, text="ลบ 52701/9999")
    assert codes(signed) == {"LETTER_NUMBER_WRONG", "LETTER_SEAL_BROKEN"}


# --- days and rights ------------------------------------------------------------------------------------------------
def test_back_dated_signature_is_shown(signed: Letter):
    one = at(signed, StepKind.DECIDE)
    Endorsement.objects.filter(pk=one.pk).update(signed_on=one.signed_on - timedelta(days=3))
    assert codes(signed) == {"LETTER_SIGNATURE_CHANGED", "LETTER_BACK_DATED", "LETTER_TIME_BACK"}


def test_paper_dated_before_the_signature_below_it_is_refused(memo_letter, chain_of, endorse_as, scope):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    scan = kept(scope(Role.CLERK), PLAN)
    day = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ValidationError):
        endorse_as(memo_letter, Role.CLERK, method="scan", scan=scan, signed_on=day)


@pytest.fixture
def acting(agency, scope) -> Appointment:
    """The permanent secretary acts for the mayor, who is away, until today."""
    mayor = Appointment.objects.get(post__title="นายกเทศมนตรี", capacity=Capacity.SELF)
    today = timezone.localdate()
    return Appointment.objects.create(
        agency=agency, person=scope(Role.HEAD).person, post=mayor.post, capacity=Capacity.ACTING_FOR,
        valid_from=today - timedelta(days=10), valid_to=today, order_no="88/2569", order_date=date(2026, 1, 5),
    )  # fmt: skip


def test_expired_acting_order_is_refused_and_shown(memo_letter, acting, chain_of, endorse_as):
    chain_of(memo_letter)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(memo_letter, role)
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.filter(pk=acting.pk).update(valid_to=yesterday)
    with pytest.raises(ValidationError):
        endorse_as(memo_letter, Role.HEAD, Decision.APPROVE, "อนุมัติ")
    Appointment.objects.filter(pk=acting.pk).update(valid_to=timezone.localdate())
    endorse_as(memo_letter, Role.HEAD, Decision.APPROVE, "อนุมัติ")
    assert codes(memo_letter) == set()
    Appointment.objects.filter(pk=acting.pk).update(valid_to=yesterday)
    assert codes(memo_letter) == {"LETTER_SIGNER_OUT_OF_OFFICE"}


def test_drafter_who_approves_is_refused_and_shown(memo_letter, acting, chain_of, endorse_as, scope):
    clerk = scope(Role.CLERK).person
    Appointment.objects.filter(pk=acting.pk).update(person=clerk)
    chain_of(memo_letter)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(memo_letter, role)
    with pytest.raises(ValidationError):
        endorse_as(memo_letter, Role.CLERK, Decision.APPROVE, "อนุมัติ")
    Appointment.objects.filter(pk=acting.pk).update(person=scope(Role.HEAD).person)
    endorse_as(memo_letter, Role.HEAD, Decision.APPROVE, "อนุมัติ")
    assert codes(memo_letter) == set()
    Letter.objects.filter(pk=memo_letter.pk).update(drafter=scope(Role.HEAD).person)
    assert codes(memo_letter) >= {"LETTER_DRAFTER_DECIDES", "LETTER_JOURNAL_DIFFERS"}


def test_signature_moved_to_another_person_is_shown(signed: Letter, scope):
    one = at(signed, StepKind.DECIDE)
    Endorsement.objects.filter(pk=one.pk).update(person=scope(Role.HEAD).person)
    assert codes(signed) == {"LETTER_SIGNER_OTHER", "LETTER_SIGNER_NAME", "LETTER_JOURNAL_DIFFERS"}


def test_changed_name_in_the_register_is_told_and_no_fault(signed: Letter, scope):
    Person.objects.filter(pk=scope(Role.COORDINATOR).person.pk).update(family_name="ใหม่จริง")
    found = checked(signed)
    assert ({one.code for one in found.problems}, found.is_whole) == ({"LETTER_SIGNER_NAME"}, True)


# --- order ----------------------------------------------------------------------------------------------------------
def test_skipped_step_is_refused(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    with pytest.raises(ValidationError):
        endorse_as(memo_letter, Role.MAYOR, Decision.APPROVE, "อนุมัติ")


def test_signature_that_was_deleted_is_shown(signed: Letter):
    Endorsement.objects.filter(step__letter=signed, step__kind=StepKind.OPINION).first().delete()
    assert codes(signed) == {
        "LETTER_CHAIN_BROKEN", "LETTER_STEP_MISSING", "LETTER_SEAL_BROKEN", "LETTER_JOURNAL_GONE",
    }  # fmt: skip


def test_step_that_was_deleted_with_its_signature_is_shown(signed: Letter):
    Step.objects.filter(letter=signed, kind=StepKind.OPINION).first().delete()
    assert codes(signed) == {
        "LETTER_CHAIN_BROKEN", "LETTER_STEP_GAP", "LETTER_SEAL_BROKEN", "LETTER_JOURNAL_GONE", "LETTER_JOURNAL_DIFFERS",
    }  # fmt: skip


def test_step_that_was_deleted_before_it_was_signed_is_shown(memo_letter, chain_of, endorse_as):
    """The others move up, so that nothing is missing but in the journal."""
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    skipped = Step.objects.filter(letter=memo_letter, kind=StepKind.OPINION).first()
    assert skipped is not None
    place = skipped.place
    skipped.delete()
    for later in Step.objects.filter(letter=memo_letter, place__gt=place).order_by("place"):
        Step.objects.filter(pk=later.pk).update(place=later.place - 1)
    endorse_as(memo_letter, Role.SECRETARY)
    endorse_as(memo_letter, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
    assert codes(memo_letter) == {"LETTER_JOURNAL_DIFFERS"}


def test_signature_that_was_put_in_is_shown(memo_letter, chain_of, endorse_as, scope):
    """Whoever writes one for somebody else by hand can make its seal, but not the line in the journal."""
    chain_of(memo_letter)
    made = endorse_as(memo_letter, Role.CLERK)
    step = Step.objects.get(letter=memo_letter, place=2)
    coordinator = scope(Role.COORDINATOR).person
    forged = Endorsement(
        step=step, text=made.text, decision="forward", opinion="เห็นชอบ", person=coordinator, name=str(coordinator),
        appointment=coordinator.appointments.get(), signed_on=made.signed_on, signed_at=timezone.now(),
        method="password", sha256=made.sha256, previous=made.seal,
    )  # fmt: skip
    forged.seal = signature_checks.seal_of(forged)
    forged.save()
    assert codes(memo_letter) == {"LETTER_NOT_SIGNED", "LETTER_JOURNAL_DIFFERS"}


def test_voided_signature_that_was_brought_back_is_shown(memo_letter, chain_of, endorse_as, scope):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    memo_letter.refresh_from_db()
    chain.recall(scope(Role.CLERK), letter=memo_letter, version=memo_letter.version, reason="แก้")
    assert codes(memo_letter) == {"LETTER_NOT_SIGNED"}
    Endorsement.objects.filter(step__letter=memo_letter).update(voided_at=None)
    assert codes(memo_letter) == {"LETTER_NOT_SIGNED", "LETTER_JOURNAL_DIFFERS"}


# --- somebody who knows how the seals are made ----------------------------------------------------------------------
def resealed(letter: Letter) -> None:
    """Make every seal anew over what stands now, as somebody with the database can."""
    previous = ""
    for one in Endorsement.objects.filter(step__letter=letter, voided_at=None).order_by("step__place"):
        one.previous = previous
        previous = one.seal = signature_checks.seal_of(one)
        Endorsement.objects.filter(pk=one.pk).update(previous=one.previous, seal=one.seal)
    Letter.objects.filter(pk=letter.pk).update(seal=file_checks.seal_of(held_of(letter)))


@pytest.fixture
def forged(signed: Letter) -> Letter:
    """An opinion turned into its opposite, and the whole chain sealed anew."""
    one = Endorsement.objects.filter(step__letter=signed).order_by("pk")[1]
    Endorsement.objects.filter(pk=one.pk).update(opinion="เห็นควรไม่อนุมัติ")
    resealed(signed)
    return signed


def test_chain_that_was_sealed_anew_is_caught_by_the_journal(forged: Letter):
    found = checked(forged)
    assert {one.code for one in found.problems} == {"LETTER_JOURNAL_DIFFERS", "LETTER_JOURNAL_GONE"}
    assert not found.is_whole


def test_journal_that_was_changed_with_it_is_caught_by_its_own_chain(forged: Letter):
    triggers.remove(connection)
    seals = dict(zip(told_seals(forged), Endorsement.objects.filter(step__letter=forged).order_by("pk"), strict=True))
    for line in AuditEntry.objects.filter(action="letter.endorse").order_by("number"):
        line.changes["seal"] = [None, seals[line.changes["seal"][1]].seal]
        save(line)
    sign = AuditEntry.objects.get(action="letter.sign")
    sign.changes["seal"] = [sign.changes["seal"][0], Letter.objects.get(pk=forged.pk).seal]
    save(sign)
    assert codes(forged) == {"LETTER_JOURNAL_BROKEN"}
    for line in AuditEntry.objects.filter(action__in=("letter.endorse", "letter.sign")).order_by("number"):
        line.hash = hash_of(line)  # even so the next line knows the hash that it had
        save(line)
    assert codes(forged) == {"LETTER_JOURNAL_BROKEN"}
    assert codes(forged, is_thorough=True) == {"LETTER_JOURNAL_BROKEN"}


def told_seals(letter: Letter) -> list[str]:
    """The seals that the journal tells of, in their order."""
    lines = AuditEntry.objects.filter(action="letter.endorse", subject_id=str(letter.pk)).order_by("number")
    return [line.changes["seal"][1] for line in lines]


def save(line: AuditEntry) -> None:
    """Write a line over, past what the software allows."""
    super(type(AuditEntry.objects.all()), AuditEntry.objects.all().filter(pk=line.pk)).update(
        changes=line.changes, hash=line.hash
    )


def test_line_that_was_taken_out_of_the_journal_is_shown(signed: Letter):
    triggers.remove(connection)
    line = AuditEntry.objects.filter(action="letter.endorse").order_by("number")[1]
    queryset = AuditEntry.objects.filter(pk=line.pk)
    super(type(queryset), queryset).delete()
    assert codes(signed) == {"LETTER_JOURNAL_DIFFERS", "LETTER_JOURNAL_BROKEN"}


def test_proposed_steps_are_those_that_are_checked(memo_letter, scope):
    kinds = [one.kind for one in chain.propose(scope(Role.CLERK), letter=memo_letter)]
    assert kinds == [StepKind.MAKE, StepKind.OPINION, StepKind.OPINION, StepKind.DECIDE]
