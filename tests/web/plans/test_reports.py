import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from prongsai.cli import run
from prongsai.documents.read import read_document
from prongsai.reports.catalogue import paper_kind
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Appointment, AuditEntry, Person, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import Occurrence
from prongsai.web.duties.standard import FOLLOW_UP, TRACKING
from prongsai.web.evidence.services import read_file
from prongsai.web.plans.models import Measure, Report
from prongsai.web.plans.queries.reports import KINDS, page_of, signed_as, signing
from prongsai.web.plans.services import add_measure
from prongsai.web.plans.services.progress import add_progress
from prongsai.web.plans.services.reports import decide_report, make_report
from tests.web import office

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 20)  # after the first half of fiscal year 2569
YEAR = fiscal_year_be(timezone.localdate())


@pytest.fixture
def on(scope):
    """Somebody in a role in April of fiscal year 2569."""
    return lambda role=Role.COORDINATOR, today=DAY: replace(scope(role), today=today)


@pytest.fixture
def cycle(agency) -> Cycle:
    """A cycle whose measures are carried out in fiscal year 2569."""
    return Cycle.objects.create(
        agency=agency, framework_id="ita-2569", framework_kind="ita", framework_sha256="-", fiscal_year_be=2569,
        measures_year_be=2569,
    )  # fmt: skip


@pytest.fixture
def measure(on, cycle) -> Measure:
    """A measure with one step due in December, done and told in January."""
    me = on()
    made = add_measure(
        me, cycle=cycle, title="จัดทำคู่มือการให้บริการ", issue_no=1, issue_title="การให้บริการ", owners=["กองช่าง"],
        starts_on=date(2025, 10, 1), ends_on=date(2026, 9, 30),
        steps=[{"text": "จัดทำร่างคู่มือ", "due_on": date(2025, 12, 30)}],
    )  # fmt: skip
    told = {"result": "จัดทำร่างคู่มือ 5 กระบวนงาน", "outcome": "ประชาชนรอรับบริการลดลงจาก 7 วันเหลือ 3 วัน"}
    add_progress(me, measure=made, on=date(2026, 1, 5), step=made.steps.first(), is_step_done=True, **told)
    return made


def at(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=[office.CODE, *args])


def codes(report: Report) -> list[str]:
    return sorted({one["code"] for one in report.problems})


@pytest.mark.parametrize("kind", KINDS)
def test_word_file_is_byte_for_byte_what_write_makes_of_the_frozen_records(on, cycle, measure, kind, tmp_path):
    report = make_report(on(), cycle=cycle, kind=kind)
    records, out = tmp_path / "ข้อมูล.json", tmp_path / "รายงาน.docx"
    records.write_text(json.dumps(Report.objects.get(pk=report.pk).records), encoding="utf-8")
    assert run(["write", kind, str(records), "-o", str(out)]) == 0
    assert out.read_bytes() == read_file(report.docx)
    assert read_file(report.pdf)[:5] == b"%PDF-"


def test_report_read_again_gives_its_topics_with_days(on, cycle, measure, tmp_path):
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    path = tmp_path / "รายงาน.docx"
    path.write_bytes(read_file(report.docx))
    found, _ = paper_kind("tracking-6").recognise(read_document(path))
    (row,) = found.rows
    assert (row.topic, [one.date for one in row.due], [one.date for one in row.done]) == (
        "จัดทำคู่มือการให้บริการ",
        [date(2025, 12, 30)],
        [date(2026, 1, 5)],
    )


def test_results_report_carries_the_announcement_of_the_top_executive(on, cycle, measure, tmp_path):
    report = make_report(on(), cycle=cycle, kind="measures-report")
    assert [(one["name"], one["part"]) for one in report.records["signatories"]] == [
        ("นายสมหมาย ใจกว้าง", "announcement")
    ]
    path = tmp_path / "รายงาน.docx"
    path.write_bytes(read_file(report.docx))
    assert "จึงประกาศให้ทราบโดยทั่วกัน" in [line.text for line in read_document(path).paragraphs()]


def test_cycle_without_measures_makes_no_report_and_says_so(sign_in, cycle):
    answer = sign_in(Role.COORDINATOR).post(at("report_make", cycle.framework_id), {"kind": "tracking-6"}, follow=True)
    assert "ยังจัดทำรายงานไม่ได้" in answer.content.decode()
    assert Report.objects.count() == 0


def test_recurring_follow_up_has_one_due_item_a_month_and_one_date_is_one_of_six(on, cycle, measure):
    duties.open_year(on(), fiscal_year_be=2569)
    october = Occurrence.objects.select_related("duty").get(duty__key=FOLLOW_UP, starts_on=date(2025, 10, 1))
    duties.record(on(Role.MAYOR), occurrence=october, done_on=date(2026, 3, 31), result="ติดตาม")
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    row = report.records["rows"][-1]
    assert (row["topic"], len(row["due"]), len(row["done"])) == (october.duty.title, 6, 1)
    view = page_of(on(), report)
    held = {one.title: (one.expected, one.there, one.is_whole) for one in view.holdings}
    assert held == {"จัดทำคู่มือการให้บริการ": (1, 1, True), october.duty.title: (6, 1, False)}
    rounds = {one.pk: (one.tally.done, one.tally.expected, one.missed) for one in view.rounds}
    assert rounds[october.duty_id] == (1, 6, 5)
    assert "DATE_COUNT_MISMATCH" in codes(report)


def test_report_names_what_its_records_lack(on, cycle, measure):
    me = on()
    bare = add_measure(
        me, cycle=cycle, title="อบรม", owners=["กองคลัง"], steps=[{"text": "เชิญวิทยากร", "due_on": date(2026, 2, 1)}]
    )
    add_progress(me, measure=bare, on=None, result="อบรม 1 ครั้ง")
    two = add_measure(me, cycle=cycle, title="สำรวจ", owners=["กองคลัง"])
    add_progress(me, measure=two, on=date(2026, 1, 9), result="สำรวจครั้งที่ 1", outcome="พึงพอใจร้อยละ 90")
    add_progress(me, measure=two, on=date(2026, 4, 9), result="สำรวจครั้งที่ 2")
    add_measure(me, cycle=cycle, title="เงียบ", owners=["กองคลัง"])
    report = make_report(me, cycle=cycle, kind="tracking-6")
    own = {
        (one["code"], *one["evidence"][:1])
        for one in report.problems
        if one["code"] in {
            "MEASURE_WITHOUT_OUTCOME", "MEASURE_WITHOUT_PROGRESS", "FEWER_OUTCOMES", "DATE_MISSING", "DATE_OUTSIDE_PERIOD",
            "DONE_DATE_MISSING", "EVIDENCE_MISSING",
        }
    }  # fmt: skip
    assert own == {
        ("MEASURE_WITHOUT_OUTCOME", "อบรม"),
        ("DATE_MISSING", "อบรม 1 ครั้ง"),
        ("DONE_DATE_MISSING", "เชิญวิทยากร"),
        ("FEWER_OUTCOMES", "สำรวจ"),
        ("DATE_OUTSIDE_PERIOD", "สำรวจครั้งที่ 2"),
        ("MEASURE_WITHOUT_PROGRESS", "เงียบ"),
        ("EVIDENCE_MISSING", "จัดทำร่างคู่มือ"),
    }
    counts = next(one["arithmetic"] for one in report.problems if one["code"] == "FEWER_OUTCOMES")
    assert counts == "2 - 1 = 1"


def test_mayor_approves_in_one_click_and_it_is_entered_in_the_duty(on, cycle, measure, sign_in):
    duties.open_year(on(), fiscal_year_be=2569)
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    decide_report(on(Role.MAYOR), report=report, version=1, approve=True)
    stored = Report.objects.get(pk=report.pk)
    assert (stored.state, stored.decided_as, stored.version) == ("approved", "นายสมหมาย ใจกว้าง นายกเทศมนตรี", 2)
    done = Occurrence.objects.get(duty__key=TRACKING, starts_on=date(2025, 10, 1))
    assert (done.done_on, str(done.done_by), done.result) == (DAY, "นายสมหมาย ใจกว้าง", report.title)
    assert [(one.title, one.file_id) for one in done.evidence.all()] == [
        (report.title, stored.pdf_id or stored.docx_id)
    ]
    assert AuditEntry.objects.filter(action="report.approve").count() == 1


def test_who_made_it_cannot_approve_it(on, cycle, measure):
    mayor = on(Role.MAYOR)
    report = make_report(mayor, cycle=cycle, kind="tracking-6")
    with pytest.raises(ValidationError, match="ผู้จัดทำอนุมัติรายงานของตนเองไม่ได้"):
        decide_report(mayor, report=report, approve=True)


def _act(agency, role: Role, capacity: str, since: date, until: date) -> None:
    holder = Person.objects.get(agency=agency, memberships__user=office.user(agency, role))
    mayor = Post.objects.get(agency=agency, title="นายกเทศมนตรี")
    Appointment.objects.create(
        agency=agency, person=holder, post=mayor, capacity=capacity, valid_from=since, valid_to=until, order_no="1/2569",
        order_date=since,
    )  # fmt: skip


def test_permanent_secretary_approves_only_while_lawfully_acting(agency, on, cycle, measure):
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    with pytest.raises(ValidationError, match="ต้องอนุมัติโดยผู้บริหารสูงสุด"):
        decide_report(on(Role.SECRETARY), report=report, approve=True)
    _act(agency, Role.SECRETARY, "acting_for", DAY - timedelta(days=20), DAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="ต้องอนุมัติโดยผู้บริหารสูงสุด"):
        decide_report(on(Role.SECRETARY), report=report, approve=True)
    _act(agency, Role.SECRETARY, "acting_for", DAY, DAY)
    decide_report(on(Role.SECRETARY), report=report, approve=True)
    assert Report.objects.get(pk=report.pk).decided_as == "นายวิเชียร รอบรู้ ปลัดเทศบาล รักษาราชการแทน นายกเทศมนตรี"


def test_name_and_capacity_stay_as_they_stood(agency, on, cycle, measure):
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    decide_report(on(Role.MAYOR), report=report, approve=True)
    Person.objects.filter(given_name="สมหมาย").update(family_name="เปลี่ยนแล้ว")
    Post.objects.filter(title="นายกเทศมนตรี").update(title="นายกเทศมนตรีเมือง")
    assert Report.objects.get(pk=report.pk).decided_as == "นายสมหมาย ใจกว้าง นายกเทศมนตรี"
    assert signed_as(signing(on(Role.MAYOR)), DAY) == "นายสมหมาย เปลี่ยนแล้ว นายกเทศมนตรีเมือง"


def test_approved_twice_at_once_one_wins_and_the_other_is_told(on, cycle, measure):
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    first, second = (Report.objects.get(pk=report.pk) for _ in range(2))
    decide_report(on(Role.MAYOR), report=first, version=1, approve=True)
    with pytest.raises(Stale):
        decide_report(on(Role.MAYOR), report=second, version=1, approve=False, opinion="ไม่ครบ")
    assert Report.objects.get(pk=report.pk).state == "approved"


def test_approved_report_stays_and_a_new_version_is_a_new_report(on, cycle, measure):
    old = make_report(on(), cycle=cycle, kind="tracking-6")
    decide_report(on(Role.MAYOR), report=old, approve=True)
    add_progress(on(), measure=measure, on=date(2026, 2, 2), result="เผยแพร่คู่มือ", outcome="มีผู้อ่าน 200 คน")
    new = make_report(on(), cycle=cycle, kind="tracking-6")
    kept = Report.objects.get(pk=old.pk)
    assert (kept.state, kept.docx_id != new.docx_id, kept.records != new.records) == ("approved", True, True)
    assert page_of(on(), kept).newer == new
    with pytest.raises(Stale):
        decide_report(on(Role.MAYOR), report=kept, approve=False, opinion="เปลี่ยนใจ")


def test_return_needs_an_opinion_and_keeps_it(sign_in, on, cycle, measure):
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    mayor = sign_in(Role.MAYOR)
    empty = mayor.post(at("report_decide", report.pk), {"decision": "return", "version": 1})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["opinion"])
    given = {"decision": "return", "opinion": "เพิ่มผลลัพธ์", "version": 1}
    assert mayor.post(at("report_decide", report.pk), given)["Location"] == at("report", report.pk)
    page = sign_in(Role.COORDINATOR).get(at("report", report.pk)).content.decode()
    assert ("เพิ่มผลลัพธ์" in page, "จัดทำฉบับใหม่" in page) == (True, True)


def test_other_municipality_in_a_text_blocks_approval_until_confirmed(sign_in, on, cycle, measure):
    add_progress(on(), measure=measure, on=date(2026, 2, 2), result="ปรับตามแบบของเทศบาลตำบลท่าหว้า", outcome="ใช้แล้ว")
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    mayor = sign_in(Role.MAYOR)
    assert "เทศบาลตำบลท่าหว้า" in mayor.get(at("report", report.pk)).content.decode()
    refused = mayor.post(at("report_decide", report.pk), {"decision": "approve", "version": 1})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["is_confirmed"])
    given = {"decision": "approve", "version": 1, "is_confirmed": "on"}
    assert mayor.post(at("report_decide", report.pk), given).status_code == 302
    stored = Report.objects.get(pk=report.pk)
    assert (stored.state, stored.is_confirmed) == ("approved", True)


def test_from_the_list_to_the_approved_file_are_three_clicks(sign_in, cycle, measure):
    coordinator, mayor = sign_in(Role.COORDINATOR), sign_in(Role.MAYOR)
    page = coordinator.get(at("reports", cycle.framework_id)).content.decode()
    assert "จัดทำรายงานรอบ ๖ เดือน" in page
    made = coordinator.post(at("report_make", cycle.framework_id), {"kind": "tracking-6"})
    pk = Report.objects.get().pk
    assert made["Location"] == at("report", pk)
    approved = mayor.post(at("report_decide", pk), {"decision": "approve", "version": 1}, follow=True)
    address = reverse("evidence:download", args=[office.CODE, Report.objects.get().docx_id])
    assert f'href="{address}"' in approved.content.decode()


def test_second_decision_on_the_page_is_told_the_first(sign_in, on, cycle, measure):
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    mayor = sign_in(Role.MAYOR)
    given = {"decision": "approve", "version": 1}
    mayor.post(at("report_decide", report.pk), given)
    again = mayor.post(at("report_decide", report.pk), given)
    assert (again.status_code, "มีผู้พิจารณาไปก่อนแล้ว" in again.content.decode()) == (409, True)


def test_reports_keep_to_their_agency_and_to_roles(sign_in, on, cycle, measure, other_agency):
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    stranger = sign_in(Role.MAYOR, of=other_agency)
    for code in (office.CODE, other_agency.code):
        assert stranger.get(reverse("plans:report", args=[code, report.pk])).status_code == 404
        path = reverse("plans:report_decide", args=[code, report.pk])
        assert stranger.post(path, {"decision": "approve"}).status_code == 404
    given = {"decision": "approve", "version": 1}
    for role in (Role.COORDINATOR, Role.OFFICER, Role.AUDITOR):
        assert sign_in(role).post(at("report_decide", report.pk), given).status_code == 404
    for role in (Role.OFFICER, Role.MAYOR, Role.AUDITOR):
        assert sign_in(role).post(at("report_make", cycle.framework_id), {"kind": "tracking-6"}).status_code == 404
    assert sign_in(Role.COUNCIL).get(at("report", report.pk)).status_code == 404
    assert Report.objects.get().state == "draft"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_reports_asks_the_same_questions_however_many_there_are(
    sign_in, on, cycle, measure, rows, django_assert_num_queries
):
    made = make_report(on(), cycle=cycle, kind="tracking-6")
    for _ in range(rows - 1):
        made.pk = None
        made.save()
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(10):
        assert client.get(at("reports", cycle.framework_id)).status_code == 200


def test_report_without_pdf_is_word_alone(on, cycle, measure, sign_in):
    report = make_report(on(), cycle=cycle, kind="tracking-6")
    Report.objects.update(pdf=None)
    page = sign_in(Role.COORDINATOR).get(at("report", report.pk)).content.decode()
    assert ("ดาวน์โหลด Word" in page, "ดาวน์โหลด PDF" in page, "ยังเขียน PDF ไม่ได้" in page) == (True, False, True)
