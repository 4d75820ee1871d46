"""Both signatures: who may, on what, when; what is moved with the second."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.documents.read import read_content
from prongsai.reports.forms.handover_list import PAPER
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file, read_file
from prongsai.web.handover.models import HandoverState
from prongsai.web.handover.services import signing, writing
from prongsai.web.letters.models import LetterState, Method, Step, StepKind
from tests.web import office
from tests.web.handover.conftest import REASON

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def scan(system) -> File:
    return keep_file(system, name="บัญชีส่งมอบ.pdf", content=PDF, is_guarded=True)


def refused(caught: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(caught.value.messages)


# --- people ---------------------------------------------------------------------------------------------------------
def test_nobody_hands_over_to_themselves(hand_over, officer):
    with pytest.raises(ValidationError) as caught:
        hand_over(taker=officer.person)
    assert refused(caught) == "ผู้รับมอบต้องเป็นคนละคนกับผู้ส่งมอบ"


def test_person_of_another_agency_takes_nothing_over(hand_over, other_agency):
    with pytest.raises(ValidationError) as caught:
        hand_over(taker=office.scope(other_agency, Role.CLERK).person)
    assert refused(caught) == "ผู้รับมอบต้องเป็นบุคลากรของหน่วยงานนี้"


def test_who_has_left_takes_nothing_over(hand_over, scope, leave):
    leave(scope(Role.CLERK).person)
    with pytest.raises(ValidationError) as caught:
        hand_over()
    assert "นายจันทร์ เรียบร้อย พ้นจากงานแล้วตั้งแต่" in refused(caught)


def test_who_comes_later_takes_nothing_over_before(hand_over, agency, today):
    newcomer = Person.objects.create(agency=agency, given_name="ใหม่", joined_on=today + timedelta(days=9))
    with pytest.raises(ValidationError) as caught:
        hand_over(taker=newcomer)
    assert "หลังวันที่ส่งมอบ" in refused(caught)


def test_two_handovers_of_the_same_two_are_one(hand_over):
    hand_over()
    with pytest.raises(ValidationError) as caught:
        hand_over()
    assert refused(caught) == "มีการส่งมอบระหว่างสองท่านนี้ที่ยังไม่แล้วเสร็จ ใช้รายการนั้นต่อ"


# --- the first signature --------------------------------------------------------------------------------------------
def test_first_signature_freezes_the_list(everything, draft, hand_over, give):
    handover = give(hand_over())
    assert (handover.state, len(handover.rows)) == (HandoverState.GIVEN, 13)
    assert (handover.given_by, handover.given_as, handover.given_method) == (
        handover.giver, "นายช่างโยธา", Method.PASSWORD,
    )  # fmt: skip
    draft("มาทีหลัง")
    handover.refresh_from_db()
    assert len(handover.rows) == 13


def test_what_was_not_seen_is_not_signed(draft, hand_over, give):
    handover = hand_over()
    with pytest.raises(Stale):
        give(handover, seen="0" * 64)


def test_wrong_person_does_not_sign_for_the_giver(hand_over, give, scope):
    with pytest.raises(ValidationError) as caught:
        give(hand_over(), by=scope(Role.CLERK))
    assert refused(caught) == "ผู้ลงนามส่งมอบต้องเป็น นายอรุณ ขยันยิ่ง หรือหัวหน้าส่วนราชการแทน"


def test_staff_keeper_signs_for_who_is_gone_with_a_reason(everything, hand_over, give, scope, leave, officer):
    leave(officer.person)
    keeper = scope(Role.PERSONNEL)
    handover = hand_over(keeper)
    with pytest.raises(ValidationError) as caught:
        give(handover, by=keeper)
    assert refused(caught) == "บอกเหตุผลที่ลงนามแทนผู้ส่งมอบ เช่น พ้นจากงานไปแล้ว"
    given = give(handover, by=keeper, reason="โอนย้ายไปแล้ว")
    assert (given.given_by, given.given_reason) == (keeper.person, "โอนย้ายไปแล้ว")


def test_head_of_the_unit_signs_for_the_giver(agency, hand_over, give, scope):
    head = scope(Role.HEAD)
    head.person.appointments.get().post.unit.posts.filter(is_head=True).update(unit=office.unit(agency, "กองช่าง"))
    head = scope(Role.HEAD)
    assert give(hand_over(), by=head, reason="ติดราชการ").given_by == head.person


def test_signed_list_is_changed_only_after_the_signature_is_taken_back(hand_over, give, officer):
    handover = give(hand_over())
    with pytest.raises(ValidationError):
        writing.change_handover(officer, handover=handover, version=handover.version, note="เพิ่ม")
    back = signing.recall(officer, handover=handover, version=handover.version)
    assert (back.state, back.given_by, back.given_on, back.rows) == (HandoverState.DRAFT, None, None, [])
    assert writing.change_handover(officer, handover=back, version=back.version, note="เพิ่ม").note == "เพิ่ม"


# --- the second -----------------------------------------------------------------------------------------------------
def test_second_signature_moves_drafts_measures_and_pages_and_keeps_the_list(everything, hand_over, give, take, scope):
    clerk = scope(Role.CLERK)
    handover = take(give(hand_over()))
    letter, measure, release = (everything[name] for name in ("letter", "measure", "release"))
    for one in (letter, release):
        one.refresh_from_db()
    owner = measure.owners.get()
    assert letter.drafter == clerk.person
    assert (owner.person, owner.text) == (clerk.person, "กองช่าง โดย นายจันทร์ เรียบร้อย")
    assert release.written_by == clerk.user
    assert (handover.state, sorted(handover.moved)) == (
        HandoverState.TAKEN,
        sorted([f"letter-{letter.pk}", f"measure-{owner.pk}", f"release-{release.pk}"]),
    )
    told = AuditEntry.objects.filter(agency=handover.agency).values_list("action", flat=True)
    assert {"handover.give", "handover.take", "letter.hand_over", "measure.hand_over", "release.hand_over"} <= set(told)


def test_kept_list_reads_back_with_both_signatures(everything, hand_over, give, take, today):
    handover = take(give(hand_over()))
    assert handover.docx and handover.pdf and handover.docx.is_guarded
    record, problems = PAPER.recognise(read_content(read_file(handover.docx), handover.docx.name))
    assert (record.count, record.reason, record.handed_on) == (13, REASON, today)
    assert [(one.name, one.position, one.on) for one in (record.giver, record.taker)] == [
        ("นายอรุณ ขยันยิ่ง", "นายช่างโยธา", today),
        ("นายจันทร์ เรียบร้อย", "เจ้าพนักงานธุรการ", today),
    ]
    assert list(problems) == []


def test_draft_and_its_first_step_are_the_takers(draft, hand_over, give, take, scope, officer):
    letter = draft()
    Step.objects.create(letter=letter, place=1, kind=StepKind.MAKE, person=officer.person)
    take(give(hand_over()))
    assert letter.steps.get().person == scope(Role.CLERK).person


def test_what_was_finished_meanwhile_stays_and_is_said(draft, hand_over, give, take, officer):
    letter = draft()
    handover = give(hand_over())
    letter.state = LetterState.SIGNED
    letter.save()
    taken = take(handover)
    letter.refresh_from_db()
    assert (letter.drafter, taken.moved) == (officer.person, [])


def test_secret_draft_is_never_moved(draft, hand_over, give, take, officer):
    letter = draft("สอบสวน", secrecy="ลับ")
    take(give(hand_over()))
    letter.refresh_from_db()
    assert letter.drafter == officer.person


def test_only_the_taker_takes_over(hand_over, give, take, scope):
    handover = give(hand_over())
    with pytest.raises(ValidationError) as caught:
        take(handover, by=scope(Role.PERSONNEL))
    assert refused(caught) == "ผู้ลงนามรับมอบต้องเป็น นายจันทร์ เรียบร้อย"


def test_nothing_is_taken_over_before_it_is_given_nor_twice(hand_over, give, take):
    handover = hand_over()
    with pytest.raises(ValidationError) as caught:
        take(handover)
    assert refused(caught) == "ผู้ส่งมอบยังไม่ได้ลงนาม"
    done = take(give(handover))
    with pytest.raises(ValidationError) as caught:
        take(done)
    assert refused(caught) == "รับมอบไปแล้ว"


def test_nothing_is_taken_over_before_its_day(hand_over, give, take, today):
    with pytest.raises(ValidationError) as caught:
        take(give(hand_over(effective_on=today + timedelta(days=3))))
    assert refused(caught) == "ยังไม่ถึงวันที่ส่งมอบ ลงนามรับมอบได้ตั้งแต่วันนั้น"


def test_who_left_before_signing_takes_nothing_over(hand_over, give, take, scope, today):
    handover = give(hand_over())
    clerk = scope(Role.CLERK)
    Person.objects.filter(pk=clerk.person.pk).update(left_on=today - timedelta(days=1))
    with pytest.raises(ValidationError) as caught:
        take(handover, by=clerk)
    assert "พ้นจากงานแล้ว" in refused(caught)


def test_stale_version_signs_nothing(hand_over, give, take):
    handover = give(hand_over())
    with pytest.raises(Stale):
        take(handover, version=handover.version - 1)


# --- on paper -------------------------------------------------------------------------------------------------------
def test_list_signed_in_ink_is_entered_with_its_scan(everything, hand_over, officer, scan, today, scope):
    handover = writing.freeze(officer, handover=hand_over(), version=1)
    done = signing.enter_scan(
        officer, handover=handover, version=handover.version, scan=scan, given_on=today, taken_on=today
    )
    assert (done.state, done.scan, done.given_method, done.taken_method) == (
        HandoverState.TAKEN, scan, Method.SCAN, Method.SCAN,
    )  # fmt: skip
    everything["letter"].refresh_from_db()
    assert everything["letter"].drafter == scope(Role.CLERK).person


def test_paper_is_not_entered_for_an_open_list(hand_over, officer, scan, today):
    with pytest.raises(ValidationError) as caught:
        signing.enter_scan(officer, handover=hand_over(), version=1, scan=scan, given_on=today, taken_on=today)
    assert refused(caught) == "ปิดรายการก่อน แล้วพิมพ์ให้ทั้งสองฝ่ายลงนามในฉบับนั้น"


@pytest.mark.parametrize(
    ("given", "taken", "said"),
    [
        (0, 1, "วันที่ลงนามยังมาไม่ถึง"),
        (-1, 0, "วันที่ลงนามอยู่ก่อนวันที่ปิดรายการ กระดาษที่ลงนามต้องเป็นฉบับที่พิมพ์หลังปิดรายการ"),
        (0, -1, "วันที่ลงนามรับมอบอยู่ก่อนวันที่ส่งมอบ"),
    ],
)
def test_days_on_paper_are_in_order(hand_over, officer, scan, today, given, taken, said):
    handover = writing.freeze(officer, handover=hand_over(), version=1)
    days = {"given_on": today + timedelta(days=given), "taken_on": today + timedelta(days=taken)}
    with pytest.raises(ValidationError) as caught:
        signing.enter_scan(officer, handover=handover, version=handover.version, scan=scan, **days)
    assert refused(caught) == said


def test_taker_alone_enters_no_paper_before_the_giver_has_signed(hand_over, officer, scope, scan, today):
    handover = writing.freeze(officer, handover=hand_over(), version=1)
    with pytest.raises(ValidationError):
        signing.enter_scan(
            scope(Role.CLERK), handover=handover, version=handover.version, scan=scan, given_on=today, taken_on=today
        )


# --- writing --------------------------------------------------------------------------------------------------------
def test_rows_that_somebody_wrote_are_in_the_list(hand_over, give, officer, today):
    handover = hand_over()
    extra = [{"title": "กุญแจห้องเก็บเครื่องมือ", "about": "ตู้หมายเลข ๓", "due_on": today}, {"title": "  "}]
    handover = writing.change_handover(officer, handover=handover, version=handover.version, extra=extra)
    (row,) = give(handover).rows
    assert (row["kind"], row["title"], row["about"], row["due_on"], row["moves"]) == (
        "extra", "กุญแจห้องเก็บเครื่องมือ", "ตู้หมายเลข ๓", today.isoformat(), False,
    )  # fmt: skip


def test_what_is_left_out_goes_to_somebody_else(draft, hand_over, give, take, officer):
    mine, other = draft("ส่งให้คนนี้"), draft("ส่งให้อีกคน")
    handover = hand_over()
    handover = writing.leave_out(officer, handover=handover, version=handover.version, keys=[f"letter-{other.pk}"])
    assert take(give(handover)).moved == [f"letter-{mine.pk}"]


def test_nothing_is_left_out_that_the_giver_does_not_have(draft, hand_over, officer):
    handover, own = hand_over(), draft("ของตน")
    keys = [f"letter-{own.pk}", f"letter-{own.pk + 1}", "circular-7"]
    left = writing.leave_out(officer, handover=handover, version=handover.version, keys=keys)
    assert left.left_out == [f"letter-{own.pk}"]


def test_draft_of_a_handover_goes_without_a_trace_but_in_the_journal(hand_over, officer, agency):
    handover = hand_over()
    writing.drop_handover(officer, handover=handover, version=handover.version)
    assert AuditEntry.objects.filter(agency=agency, action="handover.drop").count() == 1


def test_journal_keeps_the_rows_by_their_hash(draft, hand_over, give, agency):
    draft()
    give(hand_over())
    line = AuditEntry.objects.get(agency=agency, action="handover.give")
    assert line.changes["rows"][1].startswith("sha256:")
