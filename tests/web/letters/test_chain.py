from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Appointment, AuditEntry, Capacity, Person, Post, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Decision, Endorsement, LetterState, Step, StepKind
from prongsai.web.letters.queries import chain as queries
from prongsai.web.letters.queries.way import way_of
from prongsai.web.letters.services import chain
from prongsai.web.letters.services.writing import start_letter, write_text
from tests.web import office
from tests.web.letters.conftest import MEMO

pytestmark = pytest.mark.django_db


def way(steps) -> list[tuple[str, str]]:
    return [(one.kind, str(one.post or one.person)) for one in steps]


def post(agency, title: str) -> Post:
    return Post.objects.get(agency=agency, title=title)


def acting(agency, role: Role, title: str, capacity: str, **more) -> Appointment:
    person = office.scope(agency, role).person
    return Appointment.objects.create(agency=agency, person=person, post=post(agency, title), capacity=capacity, **more)


# --- what is proposed -----------------------------------------------------------------------------------------------
def test_way_goes_from_the_drafter_by_head_and_permanent_secretary_to_the_top_executive(scope, memo_letter):
    found = chain.propose(scope(Role.CLERK), letter=memo_letter)
    assert [(one.kind, one.opinion_of, one.who) for one in found] == [
        ("make", "", "นายจันทร์ เรียบร้อย"),
        ("opinion", "หัวหน้าสำนักปลัดเทศบาล", "นายมาลี ตั้งใจ"),
        ("opinion", "ปลัดเทศบาล", "นายวิเชียร รอบรู้"),
        ("decide", "นายกเทศมนตรี", "นายสมหมาย ใจกว้าง"),
    ]


def test_way_goes_up_the_units_one_head_after_the_other(agency, scope, memo_letter):
    above = office.unit(agency, "สำนักปลัดเทศบาล")
    unit = Unit.objects.create(agency=agency, name="ฝ่ายอำนวยการ", kind="subdivision", parent=above)
    Post.objects.create(agency=agency, unit=unit, title="หัวหน้าฝ่ายอำนวยการ", is_head=True)
    memo_letter.unit = unit
    titles = [one.opinion_of for one in chain.propose(scope(Role.CLERK), letter=memo_letter)]
    assert titles == ["", "หัวหน้าฝ่ายอำนวยการ", "หัวหน้าสำนักปลัดเทศบาล", "ปลัดเทศบาล", "นายกเทศมนตรี"]


def test_vacant_post_is_told_and_stays_in_the_way(agency, scope, memo_letter):
    Appointment.objects.filter(post=post(agency, "ปลัดเทศบาล")).delete()
    found = chain.propose(scope(Role.CLERK), letter=memo_letter)[2]
    assert (found.opinion_of, found.who, "ตำแหน่งว่าง" in found.note) == ("ปลัดเทศบาล", "", True)


def test_who_acts_comes_in_with_the_legal_kind(agency, scope, memo_letter):
    Appointment.objects.filter(post=post(agency, "ปลัดเทศบาล")).delete()
    acting(agency, Role.HEAD, "ปลัดเทศบาล", Capacity.ACTING_FOR)
    found = chain.propose(scope(Role.CLERK), letter=memo_letter)[2]
    assert (found.who, found.capacity, found.note) == ("นายประสิทธิ์ มั่นคง", "acting_for", "รักษาราชการแทน")


def test_own_post_of_the_drafter_gives_no_opinion(scope):
    me = scope(Role.COORDINATOR)
    made = start_letter(me, paper="memo", subject="เรื่องของหัวหน้า", content=MEMO)
    assert [one.opinion_of for one in chain.propose(me, letter=made)] == ["", "ปลัดเทศบาล", "นายกเทศมนตรี"]


def test_memo_to_the_permanent_secretary_ends_there(scope):
    content = MEMO | {"to": "ปลัดเทศบาลตำบลบ้านสวนพลู"}
    made = start_letter(scope(Role.CLERK), paper="memo", subject="เสนอปลัด", content=content)
    found = chain.propose(scope(Role.CLERK), letter=made)
    assert way(found)[-1] == ("decide", "ปลัดเทศบาล")


# --- changing it ----------------------------------------------------------------------------------------------------
def test_steps_are_changed_until_somebody_signs(scope, memo_letter, chain_of, endorse_as):
    me = scope(Role.CLERK)
    proposed = chain.propose(me, letter=memo_letter)
    wanted = [proposed[0], proposed[2], proposed[3]]
    chain.set_chain(me, letter=memo_letter, version=memo_letter.version, steps=wanted)
    assert way(memo_letter.steps.all()) == way(wanted)
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    with pytest.raises(ValidationError, match="มีผู้ลงนามแล้ว"):
        chain.set_chain(me, letter=memo_letter, version=memo_letter.version, steps=proposed)


def test_order_of_steps_follows_what_is_given(scope, memo_letter):
    me = scope(Role.CLERK)
    first, head, secretary, mayor = chain.propose(me, letter=memo_letter)
    steps = [first, secretary, head, mayor]
    chain.set_chain(me, letter=memo_letter, version=memo_letter.version, steps=steps)
    assert [one.opinion_of for one in memo_letter.steps.all()] == [
        "",
        "ปลัดเทศบาล",
        "หัวหน้าสำนักปลัดเทศบาล",
        "นายกเทศมนตรี",
    ]


@pytest.mark.parametrize(
    ("choose", "why"),
    [
        (lambda way: way[:-1], "ต้องจบที่ผู้ลงนาม"),
        (lambda way: way[1:], "ลำดับแรกต้องเป็นผู้จัดทำ"),
        (lambda way: [way[0], way[1], way[1], way[3]], "ครั้งเดียว"),
        (lambda way: [], "ต้องจบที่ผู้ลงนาม"),
    ],
)
def test_way_that_is_none_is_refused(scope, memo_letter, choose, why):
    me = scope(Role.CLERK)
    steps = choose(list(chain.propose(me, letter=memo_letter)))
    with pytest.raises(ValidationError, match=why):
        chain.set_chain(me, letter=memo_letter, version=memo_letter.version, steps=steps)


def test_post_of_another_agency_is_refused(scope, memo_letter, other_agency):
    me = scope(Role.CLERK)
    steps = list(chain.propose(me, letter=memo_letter))
    steps[1] = replace(steps[1], post=post(other_agency, "ปลัดเทศบาล"))
    with pytest.raises(ValidationError, match="ไม่ใช่ของหน่วยงานนี้"):
        chain.set_chain(me, letter=memo_letter, version=memo_letter.version, steps=steps)


def test_announcement_must_end_with_the_top_executive(agency, scope):
    me = scope(Role.CLERK)
    content = {"agency": agency.name, "body": ["ตามที่เทศบาลกำหนดมาตรการไว้นั้น"]}
    made = start_letter(me, paper="announcement", subject="มาตรการ", content=content)
    steps = list(chain.propose(me, letter=made))
    assert way(steps)[-1] == ("decide", "นายกเทศมนตรี")
    steps = [*steps[:-2], replace(steps[-2], kind=StepKind.DECIDE)]
    with pytest.raises(ValidationError, match="ผู้บริหารสูงสุด"):
        chain.set_chain(me, letter=made, version=made.version, steps=steps)


def test_two_who_change_the_way_at_once_one_is_told(scope, memo_letter):
    me, version = scope(Role.CLERK), memo_letter.version
    steps = chain.propose(me, letter=memo_letter)
    chain.set_chain(me, letter=memo_letter, version=version, steps=steps)
    with pytest.raises(Stale):
        chain.set_chain(me, letter=memo_letter, version=version, steps=steps[:1] + steps[2:])


# --- sending and taking back ----------------------------------------------------------------------------------------
def test_sending_takes_the_proposed_way_and_waits_for_the_drafter(scope, memo_letter, chain_of):
    chain_of(memo_letter)
    assert (memo_letter.state, queries.waiting_step(memo_letter).kind) == (LetterState.IN_CHAIN, StepKind.MAKE)
    assert list(queries.waiting_for(scope(Role.CLERK))) == [memo_letter]
    assert list(queries.waiting_for(scope(Role.MAYOR))) == []


def test_who_is_of_another_unit_cannot_send(scope, memo_letter):
    with pytest.raises(ValidationError, match="ผู้เสนอต้องเป็นผู้จัดทำ"):
        chain.send(scope(Role.OFFICER), letter=memo_letter, version=memo_letter.version)


def test_recall_voids_what_was_signed_and_keeps_it(scope, memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    me = scope(Role.CLERK)
    with pytest.raises(ValidationError, match="บอกเหตุผล"):
        chain.recall(me, letter=memo_letter, version=memo_letter.version, reason=" ")
    chain.recall(me, letter=memo_letter, version=memo_letter.version, reason="ตัวเลขยังไม่ครบ")
    (gone,) = Endorsement.objects.all()
    assert (memo_letter.state, gone.voided_reason, gone.voided_at is not None) == ("draft", "ตัวเลขยังไม่ครบ", True)
    actions = AuditEntry.objects.filter(action__startswith="letter.").values_list("action", flat=True)
    assert list(actions)[:3] == ["letter.recall", "letter.void", "letter.endorse"]


def test_returned_letter_needs_a_new_text_and_keeps_its_history(scope, memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    endorse_as(memo_letter, Role.COORDINATOR, Decision.RETURN, "แก้จำนวนให้ตรงทะเบียน")
    me = scope(Role.CLERK)
    assert (memo_letter.state, memo_letter.reason) == ("returned", "แก้จำนวนให้ตรงทะเบียน")
    with pytest.raises(ValidationError, match="ต้องแก้ไขเป็นฉบับใหม่"):
        chain.send(me, letter=memo_letter, version=memo_letter.version)
    content = MEMO | {"body": ["สำรวจใหม่แล้ว"]}
    write_text(me, letter=memo_letter, version=memo_letter.version, subject=memo_letter.subject, content=content)
    memo_letter.refresh_from_db()
    chain_of(memo_letter)
    told = [(one.text.number, one.decision, one.voided_at is None) for one in Endorsement.objects.order_by("pk")]
    assert (memo_letter.state, told) == ("in_chain", [(1, "forward", False), (1, "return", False)])
    endorse_as(memo_letter, Role.CLERK)
    shown = way_of(me, memo_letter).lines
    assert [(one.given is not None, len(one.voided)) for one in shown[:2]] == [(True, 1), (False, 1)]


def test_edited_body_voids_what_was_signed_and_says_so(scope, memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    endorse_as(memo_letter, Role.COORDINATOR)
    content = MEMO | {"body": ["เปลี่ยนเนื้อความ"]}
    write_text(
        scope(Role.CLERK), letter=memo_letter, version=memo_letter.version, subject=memo_letter.subject,
        content=content, note="แก้ยอดรวม",
    )  # fmt: skip
    memo_letter.refresh_from_db()
    assert memo_letter.state == "draft"
    assert {one.voided_reason for one in Endorsement.objects.all()} == {"แก้ยอดรวม"}
    note = AuditEntry.objects.filter(action="letter.void").first()
    assert len(note.changes["endorsements"][0]) == 2
    assert [len(line.voided) for line in way_of(scope(Role.CLERK), memo_letter).lines] == [1, 1, 0, 0]


def test_step_that_is_taken_out_keeps_what_was_signed_there(scope, memo_letter, chain_of, endorse_as):
    me = scope(Role.CLERK)
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    endorse_as(memo_letter, Role.COORDINATOR)
    chain.recall(me, letter=memo_letter, version=memo_letter.version, reason="เปลี่ยนสาย")
    steps = list(chain.propose(me, letter=memo_letter))
    chain.set_chain(me, letter=memo_letter, version=memo_letter.version, steps=[steps[0], *steps[2:]])
    shown = way_of(me, memo_letter)
    assert ([one.title for one in shown.lines], [one.name for one in shown.past]) == (
        ["ผู้จัดทำ", "ปลัดเทศบาล", "นายกเทศมนตรี"],
        ["นายจันทร์ เรียบร้อย", "นายมาลี ตั้งใจ"],
    )
    assert (Step.objects.count(), Step.every.count()) == (3, 5)


# --- who is awaited -------------------------------------------------------------------------------------------------
def test_who_acts_today_is_awaited_and_may_sign(agency, scope, memo_letter, chain_of, endorse_as):
    today = scope(Role.CLERK).today
    acting(agency, Role.HEAD, "หัวหน้าสำนักปลัดเทศบาล", Capacity.ACTING_FOR, valid_from=today, order_no="55/2569")
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    line = way_of(scope(Role.HEAD), memo_letter).lines[1]
    assert (line.is_awaited, [(who.name, who.lines, who.by) for who in line.signers]) == (
        True,
        [
            ("นายมาลี ตั้งใจ", ("หัวหน้าสำนักปลัดเทศบาล",), ""),
            ("นายประสิทธิ์ มั่นคง", ("ผู้อำนวยการกองคลัง รักษาราชการแทน", "หัวหน้าสำนักปลัดเทศบาล"), "คำสั่งที่ 55/2569"),
        ],
    )
    assert list(queries.waiting_for(scope(Role.HEAD))) == [memo_letter]


def test_scope_of_a_delegation_is_shown_to_who_signs_by_it(agency, scope, memo_letter, chain_of, endorse_as):
    acting(
        agency, Role.HEAD, "ปลัดเทศบาล", Capacity.DELEGATED, order_no="7/2569", scope_text="ลาป่วยและลากิจ"
    )  # fmt: skip
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    endorse_as(memo_letter, Role.COORDINATOR)
    (told,) = way_of(scope(Role.HEAD), memo_letter).warnings
    assert (told.is_grave, "ขอบเขตที่มอบ: ลาป่วยและลากิจ" in told.text, "คำสั่งที่ 7/2569" in told.text) == (True, True, True)
    endorse_as(memo_letter, Role.HEAD)
    assert Endorsement.objects.last().capacity == "delegated"


def test_announcement_does_not_wait_for_a_delegate_nor_a_memo_for_its_drafter_to_decide(agency, scope, memo_letter):
    acting(agency, Role.HEAD, "นายกเทศมนตรี", Capacity.DELEGATED)
    acting(agency, Role.CLERK, "นายกเทศมนตรี", Capacity.PERFORMING)
    content = {"agency": agency.name, "body": ["ตามที่เทศบาลกำหนดมาตรการไว้นั้น"]}
    made = start_letter(scope(Role.CLERK), paper="announcement", subject="มาตรการ", content=content)
    for letter in (memo_letter, made):
        chain.send(scope(Role.CLERK), letter=letter, version=letter.version)
        letter.steps.exclude(kind=StepKind.DECIDE).delete()
    assert list(queries.waiting_for(scope(Role.HEAD))) == [memo_letter]
    assert list(queries.waiting_for(scope(Role.CLERK))) == []
    assert set(queries.waiting_for(scope(Role.MAYOR))) == {memo_letter, made}
    names = [str(queries.person_of(one)) for one in queries.who_may_sign(made.steps.get(), scope(Role.CLERK).today)]
    assert names == ["นายสมหมาย ใจกว้าง"]


def test_draft_that_somebody_took_over_is_signed_first_by_them(agency, scope, memo_letter, chain_of):
    me = scope(Role.CLERK)
    chain.set_chain(me, letter=memo_letter, version=memo_letter.version, steps=chain.propose(me, letter=memo_letter)[:1]
                    + chain.propose(me, letter=memo_letter)[2:])  # fmt: skip
    memo_letter.drafter = scope(Role.ANALYST).person
    memo_letter.save()
    chain_of(memo_letter, Role.ANALYST)
    assert [str(one) for one in memo_letter.steps.all()] == ["นายสุดา คิดดี", "ปลัดเทศบาล", "นายกเทศมนตรี"]


def test_person_who_has_left_is_not_awaited(scope, memo_letter, chain_of):
    chain_of(memo_letter)
    Person.objects.filter(pk=memo_letter.drafter_id).update(left_on=scope(Role.CLERK).today - timedelta(days=1))
    line = way_of(scope(Role.COORDINATOR), memo_letter).lines[0]
    assert (line.signers, "พ้นจากงานแล้ว" in line.note) == ((), True)
