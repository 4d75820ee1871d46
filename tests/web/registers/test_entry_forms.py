"""The papers that entries make: what was entered is what a reader finds on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from prongsai.documents.read import read_content
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import RecordsInvalid, Severity
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.audit_report import Settled, Weight
from prongsai.reports.forms.budget_briefing import OfUnit, Question
from prongsai.reports.forms.privacy_notice import RIGHTS, RIGHTS_OF_CONSENT, Purpose
from prongsai.reports.forms.training_project import Session
from prongsai.reports.forms.values import Period
from prongsai.reports.papers.options import USUAL
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.papers import offered, records_of
from prongsai.web.registers.rules import hooks_of
from tests.web.registers.conftest import entry_ref, unit_ref
from tests.web.registers.meeting import MARCH, attend, held, person
from tests.web.registers.rules.daily import add, bylaw, report

TODAY = date(2026, 3, 31)  # of fiscal year 2569
DAY = date(2026, 2, 20)


@pytest.fixture
def now(system: Scope) -> Scope:
    """The software itself on TODAY."""
    return replace(system, today=TODAY)


@pytest.fixture
def role(scope):
    """Somebody in a role on TODAY."""
    return lambda one: replace(scope(one), today=TODAY)


def on_paper(scope: Scope, entry: Entry, kind: str) -> Any:
    """Give the records that a reader finds on the Word file, and hold that nothing is wrong with it."""
    found = records_of(scope, kept_of(scope, entry.register), entry, kind)
    assert found is not None
    known = paper_kind(kind)
    written = known.from_json(found)
    document = read_content(render(known.compose(written, USUAL), "docx", Office(None)), "ก.docx")
    record, problems = known.recognise(document)
    assert record == written
    assert [one for one in problems if one.severity is not Severity.INFO] == []
    return record


# --- training ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def training(now):
    return add(now, "training", targets="1. บุคลากร 90 คน\n2. ผ่านการทดสอบร้อยละ 80")


def test_project_has_what_was_entered_of_it(role, training):
    record = on_paper(role(Role.PERSONNEL), training, "training-project")
    assert (record.project, record.unit, record.place) == (
        "อบรมคุณธรรมจริยธรรมสำหรับบุคลากร", "สำนักปลัดเทศบาล", "ห้องประชุมชั้น 2",
    )  # fmt: skip
    assert (record.period, record.hours, record.budget_thb) == (Period(DAY, DAY), Decimal(6), Decimal(15000))
    assert record.targets == ("บุคลากร 90 คน", "ผ่านการทดสอบร้อยละ 80")
    assert record.principle == ("ผลการประเมินปีก่อนพบว่าบุคลากรยังไม่เข้าใจหลักเกณฑ์การรับทรัพย์สิน",)
    speaker = "วิทยากรจากสำนักงานจังหวัด"
    assert record.schedule == (Session(DAY, time(9, 0), time(12, 0), "หลักเกณฑ์การรับทรัพย์สิน", speaker),)
    assert (record.proposer.name, record.approver.name) == ("นายอารี ใจเย็น", "นายสมหมาย ใจกว้าง")


@pytest.mark.parametrize("empty", ["principle", "objectives", "targets", "methods", "expected", "schedule"])
def test_project_without_one_of_its_parts_is_not_printed(now, role, empty):
    made = add(now, "training", **{empty: None})
    scope = role(Role.PERSONNEL)
    with pytest.raises(RecordsInvalid):
        paper_kind("training-project").from_json(
            records_of(scope, kept_of(scope, "training"), made, "training-project")
        )


def test_training_held_elsewhere_has_a_list_and_no_project(now):
    made = add(now, "training", kind="sent")
    assert list(offered(now, kept_of(now, "training"), made)) == ["attendance-list"]


def test_list_has_who_signed_in_which_half_of_the_day(now, training):
    both = {"training": training, "attended_on": DAY, "unit": unit_ref(now.agency, "สำนักปลัดเทศบาล")}
    add(now, "attendance", **both, person=person(now, Role.CLERK), sessions=("am",), position=None, name=None)
    outsider = {"who": "outside", "person": None, "unit": None, "name": "นายบุญมี สวนดี", "position": "ผู้ใหญ่บ้านหมู่ที่ 3"}
    add(now, "attendance", **both | outsider, sessions=("am", "pm"))
    record = on_paper(now, training, "attendance-list")
    assert [(one.name, one.position, one.unit, bool(one.morning), bool(one.afternoon)) for one in record.attendees] == [
        ("นายจันทร์ เรียบร้อย", "เจ้าพนักงานธุรการ", "สำนักปลัดเทศบาล", True, False),
        ("นายบุญมี สวนดี", "ผู้ใหญ่บ้านหมู่ที่ 3", "", True, True),
    ]
    assert (record.mornings, record.afternoons, record.signed) == (2, 1, 2)


def test_list_made_before_anybody_came_names_the_staff_with_room_to_sign(now, training):
    record = on_paper(now, training, "attendance-list")
    assert len(record.attendees) > 5
    assert {(one.on, one.morning, one.afternoon) for one in record.attendees} == {(DAY, "", "")}
    assert ("นายอรุณ ขยันยิ่ง", "นายช่างโยธา", "กองช่าง") in {(one.name, one.position, one.unit) for one in record.attendees}


def test_list_takes_few_queries(now, training, django_assert_num_queries):
    kept = kept_of(now, "training")
    for number, who in enumerate((Role.CLERK, Role.OFFICER, Role.ANALYST)):
        given = {"unit": unit_ref(now.agency, "กองช่าง"), "person": person(now, who)}
        add(now, "attendance", training=training, attended_on=DAY, sessions=("am",), name=None, **given)
        if number != 1:
            with django_assert_num_queries(2):
                records_of(now, kept, training, "attendance-list")


# --- personal data ----------------------------------------------------------------------------------------------------
def processing(scope: Scope, unit: str, **given: object) -> Entry:
    return add(scope, "processing-records", unit=unit_ref(scope.agency, unit), **{"sensitive_basis": None, **given})


@pytest.fixture
def notice(now):
    return add(now, "privacy-notices", reviewer=person(now, Role.PRIVACY), unit=unit_ref(now.agency, "สำนักปลัดเทศบาล"))


def test_notice_has_the_activities_that_name_it(now, notice):
    now.agency.phone, now.agency.email = "0-3600-0000", "office@banswanplu.example"
    processing(now, "สำนักปลัดเทศบาล", notice=notice)
    processing(now, "กองคลัง", activity="จ่ายเบี้ยยังชีพ")
    record = on_paper(now, notice, "privacy-notice")
    assert record.purposes == (
        Purpose("แก้ไขความเดือดร้อนและแจ้งผลให้ผู้ร้องทราบ", "ชื่อและข้อมูลติดต่อ", "ภารกิจเพื่อประโยชน์สาธารณะหรือใช้อำนาจรัฐ",
                "10 ปีนับแต่วันสิ้นสุดเรื่อง", "ส่วนราชการที่แก้ปัญหา อำเภอ"),
    )  # fmt: skip
    assert (record.officer, record.unit, record.rights) == ("นายปกป้อง ดูแล", "สำนักปลัดเทศบาล", RIGHTS)
    assert (record.phone, record.email, record.subjects) == (
        "0-3600-0000",
        "office@banswanplu.example",
        "ประชาชนผู้รับบริการ",
    )
    assert record.signer.name == "นายสมหมาย ใจกว้าง"


def test_right_to_withdraw_stands_only_where_somebody_consents(now, notice):
    now.agency.phone = "0-3600-0000"
    processing(now, "กองคลัง", notice=notice, basis="consent")
    assert on_paper(now, notice, "privacy-notice").rights == (*RIGHTS, *RIGHTS_OF_CONSENT)


def test_notice_that_no_activity_names_is_not_printed(now, notice):
    with pytest.raises(RecordsInvalid):
        paper_kind("privacy-notice").from_json(
            records_of(now, kept_of(now, "privacy-notices"), notice, "privacy-notice")
        )


def test_records_of_a_unit_are_all_of_its_activities(now):
    processing(now, "กองคลัง", activity="เก็บภาษี")
    told = {"sensitive": True, "sensitive_basis": "คุ้มครองทางสังคม", "abroad": True}
    made = processing(now, "กองคลัง", activity="จ่ายเบี้ย", **told)
    processing(now, "กองช่าง", activity="รับเรื่อง")
    record = on_paper(now, made, "processing-records")
    assert [(one.activity, one.unit, one.sensitive, one.abroad) for one in record.activities] == [
        ("เก็บภาษี", "กองคลัง", "", False), ("จ่ายเบี้ย", "กองคลัง", "คุ้มครองทางสังคม", True),
    ]  # fmt: skip
    assert (record.officer, record.reported_on) == ("นายปกป้อง ดูแล", TODAY)
    assert record.activities[0].safeguards == "กำหนดผู้มีสิทธิ์เข้าถึง ตู้เอกสารมีกุญแจ สำรองข้อมูลทุกวัน"


# --- audit and control ------------------------------------------------------------------------------------------------
@pytest.fixture
def audit(role):
    auditor = role(Role.AUDITOR)
    given = {"auditor": person(auditor, Role.AUDITOR), "unit": unit_ref(auditor.agency, "กองคลัง")}
    made = add(auditor, "audit-plan", **given, period=Span(date(2026, 1, 1), TODAY))
    found = {"audit": made, "unit": given["unit"], "owner": person(auditor, Role.HEAD)}
    add(auditor, "audit-findings", **found)
    second = add(auditor, "audit-findings", **found, fact="ทะเบียนคุมเช็คไม่ลงวันที่", weight="high", cause=None)
    services.move_entry(role(Role.HEAD), entry=second, move="answer", values={"answer": "แก้แบบทะเบียนแล้ว"}, version=None)
    return made


def test_report_of_an_audit_has_each_finding_with_its_owner_and_due(role, audit):
    record = on_paper(role(Role.AUDITOR), audit, "audit-report")
    assert [(one.fact, one.owner, one.due, one.weight, one.status) for one in record.findings] == [
        ("ใบสำคัญ 3 ฉบับไม่มีลายมือชื่อผู้ตรวจรับ", "นายประสิทธิ์ มั่นคง", date(2026, 4, 30), Weight.MEDIUM, Settled.FOUND),
        ("ทะเบียนคุมเช็คไม่ลงวันที่", "นายประสิทธิ์ มั่นคง", date(2026, 4, 30), Weight.HIGH, Settled.ANSWERED),
    ]  # fmt: skip
    assert (record.findings[1].cause, record.findings[1].answer) == ("", "แก้แบบทะเบียนแล้ว")
    assert (record.subject, record.unit, record.auditor.name) == ("การเบิกจ่ายเงิน", "กองคลัง", "นายตรง สุจริตกุล")


@pytest.mark.parametrize(
    ("who", "status"),
    [(Role.AUDITOR, 200), (Role.MAYOR, 200), (Role.HEAD, 200), (Role.CLERK, 404), (Role.COORDINATOR, 404)],
)
def test_report_of_an_audit_is_only_for_who_may_see_its_findings(agency, audit, sign_in, who, status):
    address = reverse("registers:entry_paper", args=[agency.code, "audit-plan", audit.pk])
    client = sign_in(who)
    assert client.get(f"{address}?kind=audit-report").status_code == status
    page = client.get(reverse("registers:entry", args=[agency.code, "audit-plan", audit.pk])).content.decode()
    assert ("kind=audit-report" in page) == (status == 200)


def test_unit_has_its_own_assessment_signed_by_who_assessed(now):
    given = {"unit": unit_ref(now.agency, "กองคลัง"), "assessor": person(now, Role.HEAD), "assessed_on": TODAY}
    made = add(now, "control-components", **given)
    add(now, "control-components", **given | {"unit": unit_ref(now.agency, "กองช่าง")})
    record = on_paper(now, made, "internal-control-4")
    assert ([one.unit for one in record.components], len(record.overall)) == (["กองคลัง"] * 5, 1)
    assert (record.assessor.name, record.assessor.position, record.assessor.on) == (
        "นายประสิทธิ์ มั่นคง", "ผู้อำนวยการกองคลัง", TODAY,
    )  # fmt: skip


# --- property and budget ----------------------------------------------------------------------------------------------
def test_report_to_the_executives_is_the_quarter_as_counted(now, role):
    (values,) = [one for one in _proposals(now) if one["period"].start == date(2025, 10, 1)]
    made = services.add_entry(now, register="property-reports", values=values)
    given = {"remarks": "ไม่มี", "sent_on": TODAY}
    made = services.move_entry(now, entry=made, move="send", values=given, version=None)
    record = on_paper(role(Role.SUPPLY), made, "property-report")
    assert ([one.count for one in record.figures], record.remarks) == ([0] * 8, ("ไม่มี",))
    assert (record.period, record.signer.name, record.signer.on) == (
        Period(date(2025, 10, 1), date(2025, 12, 31)), "นายประหยัด พอดี", TODAY,
    )  # fmt: skip


def _proposals(scope: Scope) -> list[Any]:
    return list(hooks_of("property-reports").proposals(scope, kept_of(scope, "property-reports").register, 2569))


@pytest.fixture
def meeting(now):
    made = held(now)
    attend(now, made, Role.MAYOR)
    attend(now, made, Role.HEAD)
    attend(now, made, Role.COORDINATOR, "absent", reason="ลาป่วย")
    return made


def briefing(scope: Scope, meeting: Entry, **given: object) -> Entry:
    values = {
        "topic": "งบประมาณปี 2569",
        "meeting": entry_ref(meeting),
        "briefed_on": MARCH,
        "briefed_by": person(scope, Role.HEAD),
        "points": "เบิกจ่ายร้อยละ 48\nส่งเอกสารล่วงหน้า",
        "no_questions": False,
        "questions": ({"asked_by": "กองช่าง", "question": "เบิกได้เมื่อใด", "answer": "ตั้งแต่กลางเดือน"},),
        **given,
    }
    wanted = {key: value for key, value in values.items() if value is not None}
    return services.add_entry(scope, register="budget-briefings", values=wanted)


def test_record_of_a_briefing_has_the_budget_by_unit_until_the_last_quarter(now, meeting):
    bylaw(replace(now, today=date(2025, 10, 1)))
    works, money = unit_ref(now.agency, "กองช่าง"), unit_ref(now.agency, "กองคลัง")
    first = add(now, "spending-plan", item="วัสดุก่อสร้าง", unit=works)
    add(now, "spending-plan", item="ซ่อมรถ", unit=works)
    add(now, "spending-plan", item="วัสดุสำนักงาน", unit=money)
    told = {"transfer_out_thb": Decimal(2000), "transfer_in_thb": None, "note": "โอนลดตามมติ"}
    report(now, first, date(2025, 10, 1), spent_thb=Decimal("21500.50"), **told)
    report(now, first, date(2026, 1, 1), spent_thb=Decimal(90000), transfer_in_thb=None, transfer_out_thb=None)
    record = on_paper(now, briefing(now, meeting), "budget-briefing")
    assert record.budgets == (
        OfUnit("กองช่าง", Decimal(238000), Decimal("21500.50")), OfUnit("กองคลัง", Decimal(120000), Decimal(0)),
    )  # fmt: skip
    assert (record.present, record.audience) == (2, 3)
    assert record.questions == (Question("กองช่าง", "เบิกได้เมื่อใด", "ตั้งแต่กลางเดือน"),)
    assert (record.points, record.briefer.position) == (("เบิกจ่ายร้อยละ 48", "ส่งเอกสารล่วงหน้า"), "ผู้อำนวยการกองคลัง")


def test_briefing_at_which_nobody_asked_is_signed_by_who_confirms_it(now, meeting):
    none = {"no_questions": True, "questions": None, "confirmed_by": person(now, Role.MAYOR), "confirmed_on": MARCH}
    record = on_paper(now, briefing(now, meeting, **none), "budget-briefing")
    assert (record.questions, record.checker.name, record.checker.on) == ((), "นายสมหมาย ใจกว้าง", MARCH)
