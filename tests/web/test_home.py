from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import AuditEntry, Membership
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles.models import Cycle, Finding, FindingState
from prongsai.web.disclosure.services import building
from prongsai.web.duties.models import Duty, DutyKind, Occurrence
from prongsai.web.evidence import services as evidence
from prongsai.web.home.queries import today_of
from prongsai.web.intake.models import Intake, IntakeRow
from prongsai.web.notify.models import Mail
from prongsai.web.plans.models import Dispatch, Report, ReportState, Task, TaskState
from tests.web import office
from tests.web.cycles import years

pytestmark = pytest.mark.django_db
HOME_QUERIES = 51


def home(code=office.CODE):
    return reverse("home", args=[code])


def day(ahead):
    return timezone.localdate() + timedelta(days=ahead)


@pytest.fixture
def cycle(agency, system):
    return years.opened(system, 2569)


@pytest.fixture
def jobs(scope):
    """The jobs of a role: title, reason, label of the button."""
    return lambda role: [(job.what, job.why, job.do) for job in today_of(scope(role)).jobs]


def task(cycle, unit, ahead, **values):
    return Task.objects.create(
        cycle=cycle, unit=office.unit(cycle.agency, unit), due_on=day(ahead), **{"title": f"งาน {ahead}"} | values
    )


def file_of(system, text="รายงาน"):
    return evidence.keep_file(system, name="รายงาน.txt", content=text.encode())


# --- the way in


def test_empty_installation_leads_to_the_first_run(db):
    assert Client().get("/")["Location"] == reverse("first_run")


def test_stranger_is_led_to_the_door(agency):
    assert Client().get("/")["Location"] == reverse("account_login")


def test_stranger_is_led_to_the_public_site_of_the_only_agency_when_one_stands(agency):
    building.build(agency)
    answer = Client().get("/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert [f'href="{one}"' in text for one in (f"/public/{agency.code}/", reverse("account_login"))] == [True, True]
    office.build(code="05170202", name="เทศบาลตำบลท่าหว้า", province="สิงห์บุรี", letters="สห ๕๒๗๐๒")
    assert Client().get("/")["Location"] == reverse("account_login")


def test_member_of_one_agency_is_led_to_its_home(agency, sign_in):
    assert sign_in(Role.OFFICER).get("/")["Location"] == home()


def test_member_of_several_chooses(agency, other_agency, sign_in):
    person = office.scope(other_agency, Role.OFFICER).person
    Membership.objects.filter(person=person).delete()
    Membership.objects.create(agency=other_agency, user=office.user(agency, Role.OFFICER), person=person)
    answer = sign_in(Role.OFFICER).get("/")
    assert [each.code for each in answer.context["agencies"]] == [office.CODE, "05170202"]


def test_account_without_an_agency_is_told_whom_to_ask(agency, sign_in):
    client = sign_in(Role.OFFICER)
    Membership.objects.all().delete()
    assert "ขอให้ผู้ดูแลระบบของหน่วยงานเชิญท่าน" in client.get("/").content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_everybody_of_the_office_has_a_home(sign_in, cycle, role):
    assert sign_in(role).get(home()).status_code == 200


def test_home_of_another_agency_is_not_there(other_agency, sign_in):
    assert sign_in(Role.COORDINATOR).get(home(other_agency.code)).status_code == 404


# --- what to do


def test_officer_sees_own_tasks_late_ones_first_with_reason_and_form(cycle, agency, scope):
    task(cycle, "กองช่าง", 20)
    late = task(cycle, "กองช่าง", -3, state=TaskState.RETURNED, returned_reason="ยังไม่แนบไฟล์")
    task(cycle, "กองคลัง", -9)
    task(cycle, "กองช่าง", -5, state=TaskState.SUBMITTED)
    found = today_of(scope(Role.OFFICER)).jobs
    assert [(job.what, job.why, job.due_on) for job in found] == [
        ("งาน -3", "ส่งคืนให้แก้ไข: ยังไม่แนบไฟล์", day(-3)),
        ("งาน 20", "มอบหมายให้ กองช่าง", day(20)),
    ]
    assert found[0].address == reverse("plans:task", args=[office.CODE, late.pk])


def test_officer_sees_own_items_that_are_due(cycle, agency, jobs):
    item = years.own(cycle, "O1", office.unit(agency, "กองช่าง"))
    assert jobs(Role.OFFICER) == []
    cycle.items.filter(pk=item.pk).update(due_on=day(3))
    assert jobs(Role.OFFICER) == [(str(item), "ข้อ OIT ของ กองช่าง ยังไม่พร้อมส่ง", "ตรวจองค์ประกอบ")]
    cycle.items.filter(pk=item.pk).update(work="ready")
    assert jobs(Role.OFFICER) == []


def test_missed_duties_stay_and_the_executive_sees_the_follow_up(agency, jobs):
    for kind, unit in ((DutyKind.FOLLOW_UP, None), (DutyKind.GENERAL, office.unit(agency, "กองช่าง"))):
        duty = Duty.objects.create(
            agency=agency, fiscal_year_be=2569, kind=kind, title=kind.label, rhythm="monthly", unit=unit
        )
        Occurrence.objects.create(duty=duty, label="มกราคม", starts_on=day(-90), ends_on=day(-60), due_on=day(-50))
    assert jobs(Role.MAYOR) == [("ผู้บริหารติดตามประจำเดือน มกราคม", "ผู้บริหารต้องติดตามทุกเดือน", "บันทึกการติดตาม")]
    assert jobs(Role.OFFICER) == [("งานประจำ มกราคม", "งานประจำที่ครบรอบ", "บันทึกผล")]


def test_report_waits_for_who_may_sign_not_for_who_made_it(cycle, agency, system, jobs):
    report = Report.objects.create(
        agency=agency, cycle=cycle, kind="tracking-6", title="รายงานรอบ ๖ เดือน", records={}, docx=file_of(system),
        made_by=office.user(agency, Role.COORDINATOR),
    )  # fmt: skip
    assert [(what, do) for what, _why, do in jobs(Role.MAYOR)] == [("รายงานรอบ ๖ เดือน", "อ่านและอนุมัติ")]
    assert [what for what, _why, _do in jobs(Role.SECRETARY) if what == report.title] == []
    Report.objects.update(made_by=office.user(agency, Role.MAYOR))
    assert jobs(Role.MAYOR) == []


def test_report_that_came_back_waits_until_a_newer_one_is_made(cycle, agency, system, jobs):
    values = {
        "agency": agency,
        "cycle": cycle,
        "kind": "tracking-6",
        "title": "รายงาน",
        "records": {},
        "docx": file_of(system),
    }
    Report.objects.create(**values, state=ReportState.RETURNED, opinion="แก้วันที่")
    assert ("รายงาน", "ส่งคืน: แก้วันที่", "ดูและจัดทำใหม่") in jobs(Role.COORDINATOR)
    Report.objects.create(**values)
    assert "ส่งคืน: แก้วันที่" not in [why for _what, why, _do in jobs(Role.COORDINATOR)]


def test_coordinator_sees_what_the_year_lacks(cycle, agency, system, jobs):
    task(cycle, "กองช่าง", -5, state=TaskState.SUBMITTED)
    Finding.objects.create(cycle=cycle, title="ไม่มีรายการรายเดือน")
    Finding.objects.create(cycle=cycle, title="ปิดแล้ว", state=FindingState.CLOSED)
    Dispatch.objects.create(cycle=cycle, subject="มอบหมายแก้ไข", due_on=day(9))
    paper = Intake.objects.create(
        agency=agency, file=file_of(system), kind="measures_report", title="รายงานปี ๒๕๖๘", report={}, confidence=1
    )
    IntakeRow.objects.create(intake=paper, place=1, kind="gap", title="ก", read={}, values={})
    found = {what: do for what, _why, do in jobs(Role.COORDINATOR)}
    items = cycle.items.count()
    assert found.items() >= {
        "ตรวจงานที่หน่วยงานส่งมา ๑ เรื่อง": "ตรวจงาน",
        "ประเด็นที่ยังไม่มีมาตรการ ๑ เรื่อง": "กำหนดมาตรการ",
        "มอบหมายแก้ไข": "ออกบันทึก",
        "รายงานปี ๒๕๖๘": "ตรวจแถว",
    }.items()  # fmt: skip
    assert len([what for what in found if what.startswith("ข้อ OIT ที่ยังไม่มีเจ้าของ")]) == 1 and items > 0
    assert jobs(Role.OFFICER) == []


def test_next_date_of_the_commission_counts_down(cycle, scope):
    first = cycle.dates.first()
    cycle.dates.update(starts_on=None, ends_on=None)
    cycle.dates.filter(pk=first.pk).update(name="ปิดระบบ OIT", ends_on=day(12))
    today = today_of(scope(Role.COORDINATOR))
    assert [(job.what, job.due_on) for job in today.jobs if job.what == "ปิดระบบ OIT"] == [("ปิดระบบ OIT", day(12))]
    assert today.glances[0].next.name == "ปิดระบบ OIT"


def test_countdown_is_on_the_page(cycle, sign_in):
    cycle.dates.update(starts_on=None, ends_on=None)
    cycle.dates.filter(pk=cycle.dates.first().pk).update(name="ปิดระบบ OIT", ends_on=day(12))
    page = sign_in(Role.MAYOR).get(home()).content.decode()
    assert "<strong>อีก ๑๒ วัน</strong> ปิดระบบ OIT" in page


def test_admin_sees_mail_that_did_not_leave_and_old_backups(agency, system, jobs):
    Mail.objects.create(agency=agency, to="clerk@example.go.th", subject="คำเชิญ")
    assert [what for what, _why, _do in jobs(Role.ADMIN)] == ["จดหมายส่งไม่ออก ๑ ฉบับ", "สำรองข้อมูล"]
    entry = journal.note(system, "backup", None)
    assert [what for what, _why, _do in jobs(Role.ADMIN)] == ["จดหมายส่งไม่ออก ๑ ฉบับ"]
    super(type(AuditEntry.objects.all()), AuditEntry.objects.filter(pk=entry.pk)).update(
        at=timezone.now() - timedelta(days=12)
    )
    assert ("สำรองข้อมูล", "ครั้งสุดท้าย ๑๒ วันก่อน สั่ง prongsai backup ที่เครื่องแม่ข่าย", "ดูบันทึก") in jobs(Role.ADMIN)


def test_work_of_a_closed_cycle_is_nobodys_today(cycle, jobs):
    task(cycle, "กองช่าง", -3)
    Cycle.objects.update(state="closed")
    assert jobs(Role.OFFICER) == []


def test_nothing_of_another_agency_is_shown(cycle, agency, other_agency, system, jobs):
    theirs = years.opened(system_scope(other_agency), 2569)
    task(theirs, "กองช่าง", -3)
    Finding.objects.create(cycle=theirs, title="ของเขา")
    assert jobs(Role.OFFICER) == []
    assert [what for what, _why, _do in jobs(Role.COORDINATOR) if "ประเด็น" in what] == []


def test_auditor_reads_and_does_nothing(cycle, sign_in):
    page = sign_in(Role.AUDITOR).get(home())
    assert page.context["today"].jobs == ()
    assert reverse("agencies:journal", args=[office.CODE]) in page.content.decode()


def test_member_of_the_council_is_told_there_is_no_work(cycle, sign_in):
    page = sign_in(Role.COUNCIL).get(home())
    assert "ยังไม่มีงานของท่านในระบบ" in page.content.decode()
    assert page.context["today"].glances == ()


# --- the first steps


def test_empty_office_is_taught_three_steps_which_go_when_they_are_done(agency, system, scope):
    def steps():
        found = today_of(scope(Role.COORDINATOR)).steps
        return found and (found.cycle is not None, found.has_paper, found.has_scores)

    assert steps() == (False, False, False)
    cycle = years.opened(system, 2569)
    assert steps() == (True, False, False)
    Intake.objects.create(agency=agency, file=file_of(system), kind="measures_report", report={}, confidence=1)
    cycle.scores.create(kind="official", given={}, result={})
    assert steps() is None


def test_steps_are_for_who_runs_the_year(agency, scope):
    assert today_of(scope(Role.OFFICER)).steps is None


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_database_the_same_number_of_times(
    cycle, agency, system, sign_in, count, django_assert_num_queries
):
    for n in range(count):
        task(cycle, "สำนักปลัดเทศบาล", n)
        Dispatch.objects.create(cycle=cycle, subject=f"ที่ {n}", due_on=day(n))
        Finding.objects.create(cycle=cycle, title=f"ที่ {n}")
        paper = Intake.objects.create(
            agency=agency, file=file_of(system, f"{n}"), kind="measures_report", report={}, confidence=1
        )
        IntakeRow.objects.create(intake=paper, place=1, kind="gap", title="ก", read={}, values={})
        duty = Duty.objects.create(
            agency=agency, fiscal_year_be=2569, title=f"{n}", rhythm="yearly", unit=office.unit(agency, "สำนักปลัดเทศบาล")
        )
        Occurrence.objects.create(duty=duty, label="ปี", starts_on=day(0), ends_on=day(0), due_on=day(n))
    client = sign_in(Role.COORDINATOR)
    client.get(home())
    with django_assert_num_queries(HOME_QUERIES):
        client.get(home())
