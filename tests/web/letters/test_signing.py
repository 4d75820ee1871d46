from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.web.agencies import journal
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Appointment, AuditEntry, Capacity, Person, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import keep_file, read_file
from prongsai.web.letters.models import Decision, Endorsement, Letter, LetterText, Method, NumberState
from prongsai.web.letters.queries import chain as queries
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.seals import digest, endorsement_seal, new_code, text_hash
from prongsai.web.letters.services import chain, sealing
from prongsai.web.letters.services.endorsing import seal_of
from prongsai.web.letters.services.numbers import ensure_series, number_letter, reserve
from prongsai.web.letters.services.writing import start_letter
from prongsai.web.notify.models import Mail
from tests.web import office
from tests.web.letters.conftest import MEMO

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def act_for(agency, role: Role, title: str, capacity: str = Capacity.ACTING_FOR, **more) -> Appointment:
    post = Post.objects.get(agency=agency, title=title)
    person = office.scope(agency, role).person
    return Appointment.objects.create(agency=agency, person=person, post=post, capacity=capacity, **more)


@pytest.fixture
def announcement(agency, scope):
    """A draft announcement of the clerk."""
    content = {"agency": agency.name, "body": ["ตามที่เทศบาลกำหนดมาตรการไว้นั้น"]}
    return start_letter(scope(Role.CLERK), paper="announcement", subject="มาตรการส่งเสริม", content=content)


@pytest.fixture
def at_mayor(memo_letter, chain_of, endorse_as):
    """A memo that waits for the mayor."""
    chain_of(memo_letter)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(memo_letter, role)
    return memo_letter


# --- seals ----------------------------------------------------------------------------------------------------------
def test_code_has_three_groups_that_nobody_guesses():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(part) for code in codes for part in code.split("-")} == {5}


def test_text_hash_changes_with_every_part_of_what_is_seen():
    given = {"paper": "memo", "subject": "ก", "content": {"body": ["ข"]}, "attachments": [], "secrecy": ""}
    other = [{"subject": "ค"}, {"content": {"body": ["ง"]}}, {"attachments": [{"sha256": "1"}]}, {"secrecy": "ลับ"}]
    assert len({text_hash(**given), *(text_hash(**given | one) for one in other)}) == 5
    assert digest({"ข": 1, "ก": 2}) == digest({"ก": 2, "ข": 1})


def test_seal_covers_every_fact_of_a_signature(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    one = endorse_as(memo_letter, Role.CLERK)
    assert one.seal == seal_of(Endorsement.objects.get())
    facts = {
        "step": 1, "kind": "make", "opinion_of": "", "decision": one.decision, "opinion": one.opinion, "name": one.name,
        "position": one.position, "capacity": one.capacity, "order": "", "signed_on": one.signed_on,
        "signed_at": one.signed_at, "method": one.method, "scan": "", "sha256": one.sha256, "previous": "",
    }  # fmt: skip
    assert endorsement_seal(**facts) == one.seal
    others = {
        "step": 2, "kind": "opinion", "opinion_of": "ก", "decision": "approve", "opinion": "ก", "name": "ก",
        "position": [], "capacity": "delegated", "order": "1/2569", "signed_on": one.signed_on - timedelta(days=1),
        "signed_at": one.signed_at - timedelta(microseconds=1), "method": "scan", "scan": "0", "sha256": "0",
        "previous": "0",
    }  # fmt: skip
    assert len({endorsement_seal(**facts | {name: value}) for name, value in others.items()} | {one.seal}) == 16


def test_each_signature_carries_the_seal_before_it_and_stands_in_the_journal(memo_letter, sign_all):
    letter = sign_all(memo_letter)
    given = list(Endorsement.objects.order_by("pk"))
    assert [one.previous for one in given] == ["", *(one.seal for one in given[:-1])]
    noted = AuditEntry.objects.filter(action="letter.endorse", subject_id=str(letter.pk)).order_by("number")
    assert [line.changes["seal"][1] for line in noted] == [one.seal for one in given]
    assert "รายงาน" not in str(noted[0].changes["opinion"])


# --- in turn --------------------------------------------------------------------------------------------------------
def test_skipped_step_is_refused(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    with pytest.raises(ValidationError, match="ยังไม่ถึงลำดับของท่าน"):
        endorse_as(memo_letter, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
    endorse_as(memo_letter, Role.CLERK)
    with pytest.raises(ValidationError, match="ต้องรอ หัวหน้าสำนักปลัดเทศบาล ก่อน"):
        endorse_as(memo_letter, Role.SECRETARY)
    assert Endorsement.objects.count() == 1


def test_draft_cannot_be_signed(memo_letter, endorse_as):
    with pytest.raises(ValidationError, match="ไม่ได้อยู่ระหว่างเสนอ"):
        endorse_as(memo_letter, Role.CLERK)


def test_who_is_not_in_the_way_is_refused(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    with pytest.raises(ValidationError, match="ลำดับนี้เป็นของ"):
        endorse_as(memo_letter, Role.LEGAL)


def test_two_who_sign_at_once_one_is_told(agency, scope, memo_letter, chain_of, endorse_as):
    act_for(agency, Role.HEAD, "หัวหน้าสำนักปลัดเทศบาล")
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    seen = {"version": memo_letter.version, "seen": newest_text(memo_letter).sha256}
    endorse_as(memo_letter, Role.COORDINATOR, **seen)
    with pytest.raises(Stale):
        endorse_as(memo_letter, Role.HEAD, **seen)
    assert Endorsement.objects.count() == 2


def test_who_saw_another_text_is_told(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    with pytest.raises(Stale):
        endorse_as(memo_letter, Role.CLERK, seen="0" * 64)
    assert Endorsement.objects.count() == 0


def test_text_changed_behind_the_platform_cannot_be_signed(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    LetterText.objects.update(content=MEMO | {"body": ["จ่ายเงินหนึ่งล้านบาท"]})
    with pytest.raises(ValidationError, match="ไม่ตรงกับค่าแฮชเดิม"):
        endorse_as(memo_letter, Role.CLERK)


# --- words ----------------------------------------------------------------------------------------------------------
def test_empty_opinion_is_refused_from_the_second_step_on(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK, opinion="")
    with pytest.raises(ValidationError, match="ใส่ความเห็น"):
        endorse_as(memo_letter, Role.COORDINATOR, opinion="  ")


def test_empty_and_foreign_decisions_are_refused(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    for decision in ("", "approve", "reject", "จริง"):
        with pytest.raises(ValidationError, match="เลือกผลการพิจารณา"):
            endorse_as(memo_letter, Role.COORDINATOR, decision)


@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.REJECT])
def test_returning_and_rejecting_need_a_reason(at_mayor, endorse_as, decision):
    with pytest.raises(ValidationError, match="บอกเหตุผล"):
        endorse_as(at_mayor, Role.MAYOR, decision, "")
    endorse_as(at_mayor, Role.MAYOR, decision, "ยังไม่มีงบประมาณ")
    state = {"return": "returned", "reject": "rejected"}[decision]
    assert (at_mayor.state, at_mayor.reason, at_mayor.code) == (state, "ยังไม่มีงบประมาณ", None)


def test_announcement_is_approved_and_not_merely_acknowledged(announcement, chain_of, endorse_as):
    chain_of(announcement)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(announcement, role)
    with pytest.raises(ValidationError, match="เลือกผลการพิจารณา"):
        endorse_as(announcement, Role.MAYOR, Decision.ACKNOWLEDGE, "ทราบ")


def test_presets_are_those_of_the_step(memo_letter, chain_of):
    chain_of(memo_letter)
    steps = list(memo_letter.steps.all())
    assert [len(queries.presets(one)) for one in steps] == [0, 4, 4, 5]
    assert queries.presets(steps[3]) == ("ทราบ", "อนุมัติ", "ชอบ", "ดำเนินการตามเสนอ", "ให้ทบทวน")


# --- who ------------------------------------------------------------------------------------------------------------
def test_expired_acting_order_is_refused(agency, scope, memo_letter, chain_of, endorse_as):
    today = scope(Role.CLERK).today
    act_for(agency, Role.HEAD, "หัวหน้าสำนักปลัดเทศบาล", valid_to=today - timedelta(days=1))
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    with pytest.raises(ValidationError, match="อยู่นอกช่วงเวลา"):
        endorse_as(memo_letter, Role.HEAD)


def test_acting_signature_keeps_capacity_order_and_lines(agency, memo_letter, chain_of, endorse_as):
    act_for(agency, Role.HEAD, "หัวหน้าสำนักปลัดเทศบาล", order_no="209/2569")
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    one = endorse_as(memo_letter, Role.HEAD)
    assert (one.name, one.position, one.capacity, one.order) == (
        "นายประสิทธิ์ มั่นคง",
        ["ผู้อำนวยการกองคลัง รักษาราชการแทน", "หัวหน้าสำนักปลัดเทศบาล"],
        "acting_for",
        "คำสั่งที่ 209/2569",
    )


def test_drafter_does_not_decide_even_when_acting_as_the_mayor(agency, scope, at_mayor, endorse_as):
    act_for(agency, Role.CLERK, "นายกเทศมนตรี", Capacity.PERFORMING)
    with pytest.raises(ValidationError, match="ผู้จัดทำหนังสือลงนามสั่งการหนังสือของตนเองไม่ได้"):
        endorse_as(at_mayor, Role.CLERK, Decision.APPROVE, "อนุมัติ")


def test_who_signed_for_having_made_it_does_not_decide_though_the_draft_was_handed_over(
    agency, scope, at_mayor, endorse_as
):
    act_for(agency, Role.CLERK, "นายกเทศมนตรี", Capacity.PERFORMING)
    Letter.objects.filter(pk=at_mayor.pk).update(drafter=scope(Role.OFFICER).person)
    at_mayor.refresh_from_db()
    with pytest.raises(ValidationError, match="ผู้จัดทำหนังสือลงนามสั่งการหนังสือของตนเองไม่ได้"):
        endorse_as(at_mayor, Role.CLERK, Decision.APPROVE, "อนุมัติ")
    assert at_mayor not in queries.waiting_for(scope(Role.CLERK))


def test_acting_mayor_who_gave_an_opinion_is_told_and_may_decide(agency, scope, at_mayor, endorse_as):
    act_for(agency, Role.SECRETARY, "นายกเทศมนตรี", Capacity.PERFORMING, order_no="1/2569")
    me = scope(Role.SECRETARY)
    step = queries.waiting_step(at_mayor)
    (told,) = queries.told(step, queries.signing_as(step, me.person, me.today), me.today)
    assert "อีกฐานะหนึ่ง" in told.text
    one = endorse_as(at_mayor, Role.SECRETARY, Decision.APPROVE, "อนุมัติ")
    assert (one.position, at_mayor.state) == (["ปลัดเทศบาล ปฏิบัติหน้าที่", "นายกเทศมนตรี"], "signed")


def test_who_holds_two_posts_does_not_sign_above_themselves(agency, memo_letter, chain_of, endorse_as):
    act_for(agency, Role.COORDINATOR, "ปลัดเทศบาล", Capacity.SELF)
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    endorse_as(memo_letter, Role.COORDINATOR)
    with pytest.raises(ValidationError, match="คนเดียวกันลงนามเหนือตนเองไม่ได้"):
        endorse_as(memo_letter, Role.COORDINATOR)


def test_announcement_is_signed_by_the_top_executive_of_that_day(agency, announcement, chain_of, endorse_as):
    chain_of(announcement)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(announcement, role)
    act_for(agency, Role.HEAD, "นายกเทศมนตรี", Capacity.DELEGATED)
    with pytest.raises(ValidationError, match="ผู้บริหารสูงสุด"):
        endorse_as(announcement, Role.HEAD, Decision.APPROVE, "อนุมัติ")
    endorse_as(announcement, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
    assert announcement.state == "signed"


def test_memo_may_be_decided_on_delegation(agency, at_mayor, endorse_as):
    act_for(agency, Role.HEAD, "นายกเทศมนตรี", Capacity.DELEGATED, scope_text="งานพัสดุ")
    endorse_as(at_mayor, Role.HEAD, Decision.APPROVE, "อนุมัติ")
    assert at_mayor.state == "signed"


# --- the last signature ---------------------------------------------------------------------------------------------
def test_last_signature_numbers_seals_and_keeps_the_paper(memo_letter, sign_all):
    letter = sign_all(memo_letter)
    assert (letter.state, letter.number.text, letter.number.state) == ("signed", "ลบ 52701/1", NumberState.USED)
    assert (letter.dated, len(letter.code)) == (timezone.localdate(), 17)
    assert (read_file(letter.docx)[:2], read_file(letter.pdf)[:5]) == (b"PK", b"%PDF-")
    assert letter.seal == sealing.seal_of(letter, newest_text(letter), letter.docx, letter.pdf)
    assert queries.waiting_step(letter) is None


def test_acknowledging_ends_a_memo_too(at_mayor, endorse_as):
    endorse_as(at_mayor, Role.MAYOR, Decision.ACKNOWLEDGE, "ทราบ")
    assert (at_mayor.state, bool(at_mayor.seal)) == ("signed", True)


def test_reserved_number_and_earlier_day_stay(scope, memo_letter, chain_of, endorse_as):
    me = scope(Role.SECRETARY)
    series = ensure_series(me, kind="outgoing")
    kept = reserve(me, series=series, subject="จองไว้")[0]
    day = me.today - timedelta(days=1)
    number_letter(me, letter=memo_letter, version=memo_letter.version, dated=day, number=kept)
    chain_of(memo_letter)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(memo_letter, role)
    endorse_as(memo_letter, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
    assert (memo_letter.number, memo_letter.dated) == (kept, day)


def test_announcement_dated_before_its_approval_is_told(scope, announcement, chain_of, endorse_as):
    me = scope(Role.SECRETARY)
    day = me.today - timedelta(days=2)
    number_letter(me, letter=announcement, version=announcement.version, dated=day)
    chain_of(announcement)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(announcement, role)
    step, mayor = queries.waiting_step(announcement), scope(Role.MAYOR)
    (told,) = queries.told(step, queries.signing_as(step, mayor.person, mayor.today), mayor.today)
    assert (told.is_grave, "ก่อนวันที่อนุมัติ" in told.text) == (True, True)


def test_letter_dated_in_the_future_is_not_signed(at_mayor, endorse_as, scope):
    number_letter(scope(Role.SECRETARY), letter=at_mayor, version=None, dated=scope(Role.MAYOR).today)
    type(at_mayor).objects.update(dated=scope(Role.MAYOR).today + timedelta(days=1))
    with pytest.raises(ValidationError, match="ยังมาไม่ถึง"):
        endorse_as(at_mayor, Role.MAYOR, Decision.APPROVE, "อนุมัติ")


def test_what_fails_at_the_end_leaves_nothing_behind(at_mayor, endorse_as, agency):
    agency.letter_prefix = ""
    agency.save()
    with pytest.raises(ValidationError, match="อักษรย่อ"):
        endorse_as(at_mayor, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
    at_mayor.refresh_from_db()
    assert (at_mayor.state, at_mayor.number, Endorsement.objects.count()) == ("in_chain", None, 3)
    assert list(journal.broken(agency)) == []


# --- ink ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def scan(scope):
    """The scan of a paper that was signed in ink."""
    return keep_file(scope(Role.CLERK), name="ลงนามแล้ว.pdf", content=PDF)


def test_whole_chain_is_entered_from_one_scan(scope, memo_letter, chain_of, endorse_as, scan):
    chain_of(memo_letter)
    ink = {"method": Method.SCAN, "scan": scan, "signed_on": scope(Role.CLERK).today}
    for _step in range(3):
        endorse_as(memo_letter, Role.CLERK, **ink)
    endorse_as(memo_letter, Role.CLERK, Decision.APPROVE, "อนุมัติ", **ink)
    given = list(Endorsement.objects.order_by("pk"))
    assert [one.name for one in given] == ["นายจันทร์ เรียบร้อย", "นายมาลี ตั้งใจ", "นายวิเชียร รอบรู้", "นายสมหมาย ใจกว้าง"]
    assert {(one.method, one.scan, one.entered_by) for one in given} == {("scan", scan, scope(Role.CLERK).user)}
    assert (memo_letter.state, memo_letter.scan) == ("signed", scan)


def test_scan_is_entered_by_who_keeps_letters_and_nobody_else(scope, memo_letter, chain_of, endorse_as, scan):
    chain_of(memo_letter)
    ink = {"method": Method.SCAN, "scan": scan, "signed_on": scope(Role.CLERK).today}
    with pytest.raises(ValidationError, match="งานสารบรรณหรือผู้จัดทำ"):
        endorse_as(memo_letter, Role.ANALYST, **ink)
    assert endorse_as(memo_letter, Role.PERSONNEL, **ink).name == "นายจันทร์ เรียบร้อย"


def test_ink_needs_its_scan_and_its_day(scope, memo_letter, chain_of, endorse_as, scan):
    chain_of(memo_letter)
    with pytest.raises(ValidationError, match="แนบสำเนาสแกน"):
        endorse_as(memo_letter, Role.CLERK, method=Method.SCAN, signed_on=scope(Role.CLERK).today)
    with pytest.raises(ValidationError, match="ใส่วันที่"):
        endorse_as(memo_letter, Role.CLERK, method=Method.SCAN, scan=scan)


def test_back_dated_and_coming_signatures_in_ink_are_refused(scope, memo_letter, chain_of, endorse_as, scan):
    chain_of(memo_letter)
    today = scope(Role.CLERK).today
    ink = {"method": Method.SCAN, "scan": scan}
    with pytest.raises(ValidationError, match="ก่อนวันที่จัดทำข้อความ"):
        endorse_as(memo_letter, Role.CLERK, **ink, signed_on=today - timedelta(days=1))
    with pytest.raises(ValidationError, match="ยังมาไม่ถึง"):
        endorse_as(memo_letter, Role.CLERK, **ink, signed_on=today + timedelta(days=1))
    LetterText.objects.update(made_at=timezone.now() - timedelta(days=9))
    endorse_as(memo_letter, Role.CLERK, **ink, signed_on=today - timedelta(days=1))
    with pytest.raises(ValidationError, match="ก่อนการลงนามของลำดับก่อนหน้า"):
        endorse_as(memo_letter, Role.CLERK, **ink, signed_on=today - timedelta(days=2))


def test_ink_of_who_acted_on_that_day_counts_and_of_who_did_not_is_refused(
    agency, scope, memo_letter, chain_of, endorse_as, scan
):
    today = scope(Role.CLERK).today
    LetterText.objects.update(made_at=timezone.now() - timedelta(days=9))
    then = today - timedelta(days=3)
    held = act_for(agency, Role.HEAD, "หัวหน้าสำนักปลัดเทศบาล", valid_from=then, valid_to=then)
    chain_of(memo_letter)
    ink = {"method": Method.SCAN, "scan": scan, "signer": held.person}
    endorse_as(memo_letter, Role.CLERK, method=Method.SCAN, scan=scan, signed_on=then)
    with pytest.raises(ValidationError, match="อยู่นอกช่วงเวลา"):
        endorse_as(memo_letter, Role.CLERK, **ink, signed_on=today)
    assert endorse_as(memo_letter, Role.CLERK, **ink, signed_on=then).capacity == "acting_for"


def test_scan_of_a_signed_paper_is_kept_with_it(scope, memo_letter, sign_all, scan):
    letter = sign_all(memo_letter)
    chain.attach_scan(scope(Role.PERSONNEL), letter=letter, version=letter.version, file=scan)
    assert letter.scan == scan
    with pytest.raises(ValidationError, match="งานสารบรรณ"):
        chain.attach_scan(scope(Role.LEGAL), letter=letter, version=letter.version, file=scan)


# --- telling --------------------------------------------------------------------------------------------------------
def test_who_is_next_is_told_by_mail(agency, memo_letter, chain_of, endorse_as, django_capture_on_commit_callbacks):
    Person.objects.filter(agency=agency, given_name="มาลี").update(email="malee@example.go.th")
    chain_of(memo_letter)
    with django_capture_on_commit_callbacks(execute=True):
        endorse_as(memo_letter, Role.CLERK)
    (sent,) = Mail.objects.all()
    assert (sent.to, sent.subject) == ("malee@example.go.th", "รอลงนาม: รายงานผลการสำรวจครุภัณฑ์")
    assert len(mail.outbox) in (0, 1)


def test_mail_about_a_secret_letter_names_no_subject(agency, scope, chain_of, endorse_as):
    Person.objects.filter(agency=agency).update(email="office@example.go.th")
    me = scope(Role.CLERK)
    made = start_letter(me, paper="memo", subject="สอบข้อเท็จจริงลับ", content=MEMO, secrecy="ลับ")
    chain_of(made)
    endorse_as(made, Role.CLERK)
    endorse_as(made, Role.COORDINATOR, Decision.RETURN, "แก้ถ้อยคำ")
    told = [(one.subject, one.text) for one in Mail.objects.all()]
    assert len(told) == 2
    assert "สอบข้อเท็จจริง" not in str(told)
    lines = AuditEntry.objects.filter(action__startswith="letter.")
    assert "สอบข้อเท็จจริง" not in str([(one.subject_text, one.changes) for one in lines])
