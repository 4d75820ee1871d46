from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.models import Committee, JobOrder, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.services.committees import add_committee
from prongsai.web.cycles.models import Cycle
from prongsai.web.cycles.services import add_finding
from prongsai.web.evidence.services import keep_file
from prongsai.web.letters.models import Decision, Endorsement, Letter, LetterState
from prongsai.web.letters.services import chain, effects
from prongsai.web.letters.services.writing import replace_letter, start_letter
from prongsai.web.plans.models import Report, ReportState, Task
from prongsai.web.plans.services import Assignment, add_measure, draft_dispatch
from prongsai.web.plans.services.reports import decide_report, make_report
from tests.web import office
from tests.web.letters.conftest import MEMO

pytestmark = pytest.mark.django_db


def committee_order(scope, **more) -> dict:
    day = scope.today
    people = (("นายวิเชียร รอบรู้", "ปลัดเทศบาล", "chair"), ("นายมาลี ตั้งใจ", "หัวหน้าสำนักปลัดเทศบาล", "vice_chair"),
              ("นายสุดา คิดดี", "นักวิเคราะห์นโยบายและแผน", "secretary"))  # fmt: skip
    return {
        "agency": scope.agency.name,
        "subject": "แต่งตั้งคณะทำงาน ITA",
        "reasons": ["ด้วยเทศบาลจะเข้ารับการประเมิน"],
        "legal_bases": ["มาตรา ๔๘ เตรส แห่งพระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖"],
        "body": "คณะทำงานขับเคลื่อน ITA",
        "appointees": [{"name": name, "position": post, "role": role} for name, post, role in people],
        "duties": ["กำกับติดตาม", "รายงานผล"],
        "supersedes": "",
        "effective": day.isoformat(),
    } | more


def job_order(scope, people: tuple[str, ...] = ("นายอรุณ ขยันยิ่ง",), **more) -> dict:
    rows = [{"name": name, "position": "นายช่างโยธา", "duties": ["สำรวจถนน", "รายงานผล"]} for name in people]
    return {
        "agency": scope.agency.name,
        "subject": "มอบหมายงาน",
        "reasons": ["เพื่อให้งานเรียบร้อย"],
        "legal_bases": ["มาตรา ๔๘ เตรส แห่งพระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖"],
        "assignments": rows,
        "clauses": [],
        "supersedes": "",
        "effective": scope.today.isoformat(),
    } | more


@pytest.fixture
def me(scope):
    """The clerk, who drafts."""
    return scope(Role.CLERK)


@pytest.fixture
def cycle(agency) -> Cycle:
    """A cycle."""
    return Cycle.objects.create(
        agency=agency, framework_id="ita-2569", framework_kind="ita", framework_sha256="-", fiscal_year_be=2569,
        measures_year_be=2569,
    )  # fmt: skip


@pytest.fixture
def report(scope, cycle) -> Report:
    """A report that the coordinator made of a cycle with one measure."""
    maker = scope(Role.COORDINATOR)
    add_measure(
        maker, cycle=cycle, title="จัดทำคู่มือ", issue_no=1, issue_title="การให้บริการ", owners=["กองช่าง"],
        starts_on=date(2025, 10, 1), ends_on=date(2026, 9, 30), steps=["จัดทำร่าง"],
    )  # fmt: skip
    return make_report(maker, cycle=cycle, kind="tracking-6")


# --- committees -----------------------------------------------------------------------------------------------------
def test_signed_order_makes_the_committee_with_its_members(agency, me, sign_all):
    content = committee_order(me, _options={"until": (me.today + timedelta(days=365)).isoformat()})
    letter = sign_all(start_letter(me, paper="committee-order", subject=content["subject"], content=content))
    made = Committee.objects.get()
    assert (letter.committee, made.order_no, made.order_date) == (made, letter.number.text, letter.dated)
    assert (made.name, made.duties, made.valid_from, made.valid_to) == (
        "คณะทำงานขับเคลื่อน ITA",
        "กำกับติดตาม\nรายงานผล",
        me.today,
        me.today + timedelta(days=365),
    )
    assert [(str(one.person), one.role) for one in made.members.all()] == [
        ("นายวิเชียร รอบรู้", "chair"),
        ("นายมาลี ตั้งใจ", "vice"),
        ("นายสุดา คิดดี", "secretary"),
    ]


@pytest.mark.parametrize("way", ["chosen", "cited"])
def test_older_committee_ends_the_day_before_and_is_linked(agency, scope, me, sign_all, way):
    then = date(me.today.year, 1, 2)
    old = add_committee(
        scope(Role.SECRETARY), name="คณะเดิม", order_no=f"12/{then.year + 543}", order_date=then
    )  # fmt: skip
    more = (
        {"_options": {"replaces": old.pk}}
        if way == "chosen"
        else {"supersedes": f"คำสั่ง{agency.name} ที่ ๑๒/{then.year + 543} ลงวันที่ ๒ มกราคม"}
    )
    content = committee_order(me, **more)
    letter = sign_all(start_letter(me, paper="committee-order", subject=content["subject"], content=content))
    old.refresh_from_db()
    assert (old.replaced_by, old.valid_to) == (letter.committee, me.today - timedelta(days=1))


def test_order_that_names_a_stranger_is_not_sent(me):
    content = committee_order(me)
    content["appointees"][1]["name"] = "นายไม่มี ในทะเบียน"
    letter = start_letter(me, paper="committee-order", subject=content["subject"], content=content)
    with pytest.raises(ValidationError, match="นายไม่มี ในทะเบียน"):
        chain.send(me, letter=letter, version=letter.version)


def test_two_spellings_of_one_member_are_told_before_it_is_sent(agency, me):
    content = committee_order(me)
    content["appointees"][1]["name"] = "นายวิเชียร รอบรู้ชัด"
    person = Person.objects.get(agency=agency, given_name="วิเชียร")
    content["_options"] = {"people": {"นายวิเชียร รอบรู้ชัด": person.pk}}
    letter = start_letter(me, paper="committee-order", subject=content["subject"], content=content)
    assert effects.problems_of(letter) == ("มีชื่อซ้ำในคำสั่ง",)


def test_of_two_with_one_name_the_chosen_one_is_meant(agency, me, sign_all):
    other = Person.objects.create(agency=agency, prefix="นาย", given_name="วิเชียร", family_name="รอบรู้")
    content = committee_order(me)
    letter = start_letter(me, paper="committee-order", subject=content["subject"], content=content)
    assert "มีหลายคน" in effects.problems_of(letter)[0]
    content["_options"] = {"people": {"นายวิเชียร รอบรู้": other.pk}}
    sign_all(start_letter(me, paper="committee-order", subject=content["subject"], content=content))
    assert Committee.objects.get().members.get(role="chair").person == other


# --- work -----------------------------------------------------------------------------------------------------------
def test_signed_order_assigns_the_work_of_each_row(me, scope, sign_all):
    content = job_order(me, ("นายอรุณ ขยันยิ่ง", "นายสุดา คิดดี"))
    letter = sign_all(start_letter(me, paper="job-order", subject=content["subject"], content=content))
    made = JobOrder.objects.order_by("pk")
    assert [(str(one.person), one.duties, one.order_no) for one in made] == [
        ("นายอรุณ ขยันยิ่ง", "สำรวจถนน\nรายงานผล", letter.number.text),
        ("นายสุดา คิดดี", "สำรวจถนน\nรายงานผล", letter.number.text),
    ]
    assert {one.signer for one in made} == {scope(Role.MAYOR).person}


def test_order_that_takes_the_place_of_another_ends_what_it_does_not_name(me, scope, sign_all):
    content = job_order(me, ("นายอรุณ ขยันยิ่ง", "นายสุดา คิดดี"))
    first = sign_all(start_letter(me, paper="job-order", subject=content["subject"], content=content))
    then = me.today - timedelta(days=30)
    JobOrder.objects.update(valid_from=then, order_date=then)
    second = start_letter(me, paper="job-order", subject="มอบหมายใหม่", content=job_order(me), supersedes=first)
    sign_all(second)
    ends = {f"{one.person} {one.order_no}": one.valid_to for one in JobOrder.objects.all()}
    before = me.today - timedelta(days=1)
    assert ends == {
        f"นายอรุณ ขยันยิ่ง {first.number.text}": before,
        f"นายสุดา คิดดี {first.number.text}": before,
        f"นายอรุณ ขยันยิ่ง {second.number.text}": None,
    }


# --- reports --------------------------------------------------------------------------------------------------------
def letter_of(scope, report: Report, role: Role = Role.CLERK) -> Letter:
    return start_letter(scope(role), paper="memo", subject=report.title, content=MEMO, report=report)


def test_signed_letter_approves_its_report(scope, report, sign_all):
    sign_all(letter_of(scope, report))
    report.refresh_from_db()
    assert (report.state, report.opinion, report.decided_by) == ("approved", "อนุมัติ", scope(Role.MAYOR).user)
    assert report.decided_as == "นายสมหมาย ใจกว้าง นายกเทศมนตรี"


def test_report_signed_in_ink_is_not_decided_by_who_enters_it(scope, report, chain_of, endorse_as):
    letter = chain_of(letter_of(scope, report))
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(letter, role)
    file = keep_file(scope(Role.CLERK), name="ลงนาม.png", content=_PNG)
    ink = {"method": "scan", "scan": file, "signed_on": scope(Role.CLERK).today}
    endorse_as(letter, Role.CLERK, Decision.APPROVE, "อนุมัติ", **ink)
    report.refresh_from_db()
    assert (report.state, report.decided_by, report.decided_as[:5]) == ("approved", None, "นายสม")


def test_who_made_a_report_does_not_approve_it_by_a_letter_either(agency, scope, report, chain_of, endorse_as):
    Report.objects.update(made_by=office.user(agency, Role.MAYOR))
    letter = chain_of(letter_of(scope, report))
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(letter, role)
    with pytest.raises(ValidationError, match="ผู้จัดทำอนุมัติรายงานของตนเองไม่ได้"):
        endorse_as(letter, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
    letter.refresh_from_db()
    assert (letter.state, Endorsement.objects.count()) == (LetterState.IN_CHAIN, 3)


def test_report_that_names_other_agencies_must_be_confirmed(scope, report, chain_of, endorse_as):
    Report.objects.update(problems=[{"code": "FOREIGN_AGENCY", "message_th": "-", "evidence": []}])
    letter = chain_of(letter_of(scope, report))
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY):
        endorse_as(letter, role)
    with pytest.raises(ValidationError, match="ชื่อหน่วยงานอื่น"):
        endorse_as(letter, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
    endorse_as(letter, Role.MAYOR, Decision.APPROVE, "อนุมัติ", is_confirmed=True)
    report.refresh_from_db()
    assert (report.state, report.is_confirmed) == ("approved", True)


def test_report_approved_by_hand_stays_as_it_is(scope, report, sign_all):
    letter = letter_of(scope, report)
    decide_report(scope(Role.MAYOR), report=report, approve=True, opinion="เห็นชอบแล้ว")
    sign_all(letter)
    report.refresh_from_db()
    assert (report.state, report.opinion) == ("approved", "เห็นชอบแล้ว")


def test_letter_of_a_returned_report_is_not_sent(scope, report):
    letter = letter_of(scope, report)
    decide_report(scope(Role.MAYOR), report=report, approve=False, opinion="แก้ก่อน")
    letter.refresh_from_db()
    with pytest.raises(ValidationError, match="ถูกส่งคืนแล้ว"):
        chain.send(scope(Role.CLERK), letter=letter, version=letter.version)
    assert report.state == ReportState.RETURNED


# --- memos of assignment, older letters -----------------------------------------------------------------------------
def test_signed_letter_issues_its_assignment_memo(agency, scope, cycle, sign_all):
    me = scope(Role.COORDINATOR)
    finding = add_finding(me, cycle=cycle, title="ยังไม่มีคู่มือ")
    rows = [Assignment(finding, lead=office.unit(agency, "กองช่าง"))]
    due = me.today + timedelta(days=30)
    dispatch = draft_dispatch(me, cycle=cycle, subject="มอบหมาย", due_on=due, rows=rows)
    clerk = scope(Role.CLERK)
    letter = sign_all(start_letter(clerk, paper="memo", subject="มอบหมาย", content=MEMO, dispatch=dispatch))
    dispatch.refresh_from_db()
    assert (dispatch.number, dispatch.issued_on) == (letter.number.text, letter.dated)
    assert [one.unit.name for one in Task.objects.all()] == ["กองช่าง"]


def test_signed_letter_replaces_the_older_one_and_both_show_the_other(me, memo_letter, sign_all):
    old = sign_all(memo_letter)
    new = replace_letter(me, letter=old)
    assert old.state == "signed"
    sign_all(new)
    old.refresh_from_db()
    assert (old.state, list(old.superseded_by.all()), new.supersedes) == ("replaced", [new], old)


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)
