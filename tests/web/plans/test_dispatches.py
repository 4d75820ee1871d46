from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from prongsai.documents.read import read_document
from prongsai.reports.read import recognise
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Committee, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle
from prongsai.web.cycles.services import add_finding, open_cycle
from prongsai.web.plans.models import Dispatch, Task
from prongsai.web.plans.queries import dispatches as queries
from prongsai.web.plans.services import Assignment
from prongsai.web.plans.services import dispatches as services
from prongsai.web.plans.services import tasks as task_services
from tests.web import office

pytestmark = pytest.mark.django_db
DAY, DUE = date(2026, 5, 20), date(2026, 6, 10)
LIST = f"/{office.CODE}/cycles/ita-2568/dispatches/"


@pytest.fixture
def cycle(system) -> Cycle:
    return open_cycle(system, framework_id="ita-2568")


@pytest.fixture
def units(agency):
    return {unit.name: unit for unit in Unit.objects.filter(agency=agency)}


def gap(system, cycle, code="O1", **values):
    item = cycle.items.get(code=code)
    usual = {"cycle": cycle, "title": f"เรื่อง {code}", "item": item, "score": Decimal(0), "advice": "ทำให้ครบ"}
    return add_finding(system, **usual | values)


def draft(system, cycle, *rows, **values) -> Dispatch:
    usual = {"subject": "มอบหมายการปรับปรุงข้อมูล OIT", "due_on": DUE}
    return services.draft_dispatch(system, cycle=cycle, rows=rows, **usual | values)


def issue(system, dispatch, **values):
    return services.issue_dispatch(
        system, dispatch=dispatch, **{"version": 1, "number": "ลบ ๕๒๗๐๑/๕๐๘", "issued_on": DAY} | values
    )


# ---------------------------------------------------------------- services


def test_issue_gives_the_lead_and_every_supporting_unit_a_task(system, cycle, units):
    finding = gap(system, cycle)
    row = Assignment(finding, units["กองคลัง"], (units["กองช่าง"],))
    dispatch = draft(system, cycle, row)
    assert Task.objects.count() == 0
    tasks = issue(system, dispatch)
    assert [(str(task.unit), task.is_lead, task.due_on, task.finding, task.item) for task in tasks] == [
        ("กองคลัง", True, DUE, finding, finding.item),
        ("กองช่าง", False, DUE, finding, finding.item),
    ]
    assert (dispatch.number, dispatch.issued_on) == ("ลบ ๕๒๗๐๑/๕๐๘", DAY)


def test_all_units_are_one_task_each(system, cycle, units):
    Unit.objects.create(agency=cycle.agency, name="งานพัสดุ", kind="section", parent=units["กองคลัง"])
    Unit.objects.create(agency=cycle.agency, name="กองเก่า", kind="division", valid_to=date(2025, 9, 30))
    tasks = issue(system, draft(system, cycle, Assignment(gap(system, cycle), all_units=True)))
    assert sorted(str(task.unit) for task in tasks) == sorted(units)
    assert {task.is_lead for task in tasks} == {True}


def test_pilot_gets_the_task_first_and_is_marked(system, cycle, units):
    row = Assignment(gap(system, cycle), all_units=True, pilot=units["กองคลัง"])
    (task,) = issue(system, draft(system, cycle, row))
    assert (str(task.unit), task.is_pilot, task.is_lead) == ("กองคลัง", True, True)


def test_row_without_a_lead_is_refused(system, cycle):
    with pytest.raises(ValidationError):
        draft(system, cycle, Assignment(gap(system, cycle)))
    with pytest.raises(ValidationError):
        draft(system, cycle)
    assert Dispatch.objects.count() == 0


def test_unit_of_another_agency_is_refused(system, cycle, other_agency):
    with pytest.raises(ValidationError):
        draft(system, cycle, Assignment(gap(system, cycle), office.unit(other_agency, "กองคลัง")))


def test_deadline_before_the_day_of_issue_is_refused(system, cycle, units):
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองคลัง"]))
    with pytest.raises(ValidationError) as refused:
        issue(system, dispatch, issued_on=DUE + timedelta(days=1))
    assert list(refused.value.message_dict) == ["issued_on"]
    dispatch.refresh_from_db()
    assert (dispatch.issued_on, dispatch.version, Task.objects.count()) == (None, 1, 0)


@pytest.mark.parametrize(("valid_to", "order_date"), [(date(2026, 5, 19), DAY), (None, date(2026, 5, 21))])
def test_committee_whose_order_is_not_in_force_is_refused(system, cycle, units, valid_to, order_date):
    committee = Committee.objects.create(
        agency=cycle.agency, name="คณะทำงาน ITA", order_no="๒๐๙/๒๕๖๙", order_date=order_date, valid_to=valid_to
    )
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองคลัง"]), committee=committee)
    with pytest.raises(ValidationError) as refused:
        issue(system, dispatch)
    assert "ไม่มีผลใช้อยู่ในวันที่ ๒๐ พฤษภาคม ๒๕๖๙" in refused.value.messages[0]


def test_recommendation_cites_the_meeting(system, cycle, units, sign_in):
    committee = Committee.objects.create(agency=cycle.agency, name="คณะทำงาน ITA", order_no="๒๐๙/๒๕๖๙", order_date=DAY)
    row = Assignment(gap(system, cycle), units["กองคลัง"])
    dispatch = draft(system, cycle, row, committee=committee, meeting="ครั้งที่ ๒/๒๕๖๙ วันที่ ๑๘ พฤษภาคม ๒๕๖๙")
    page = sign_in(Role.COORDINATOR).get(f"/{cycle.agency.code}/dispatches/{dispatch.pk}/").content.decode()
    assert "ในการประชุม ครั้งที่ ๒/๒๕๖๙ วันที่ ๑๘ พฤษภาคม ๒๕๖๙" in page


def test_number_is_used_once_a_calendar_year(system, cycle, units):
    row = Assignment(gap(system, cycle), units["กองคลัง"])
    issue(system, draft(system, cycle, row))
    with pytest.raises(ValidationError) as refused:
        issue(system, draft(system, cycle, row), number="ลบ 52701/508")
    assert list(refused.value.message_dict) == ["number"]
    issue(system, draft(system, cycle, row, due_on=date(2027, 2, 1)), issued_on=date(2027, 1, 5))


@pytest.mark.db
def test_same_memo_issued_twice_is_issued_once(system, cycle, units):
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองคลัง"]))
    issue(system, Dispatch.objects.get())
    with pytest.raises(Stale):
        issue(system, dispatch, number="ลบ ๕๒๗๐๑/๕๐๙")
    with pytest.raises(ValidationError):
        issue(system, dispatch, version=2)
    assert (Task.objects.count(), Dispatch.objects.get().number) == (1, "ลบ ๕๒๗๐๑/๕๐๘")


def test_issued_memo_is_not_changed(system, cycle, units):
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองคลัง"]))
    issue(system, dispatch)
    with pytest.raises(ValidationError):
        services.change_dispatch(system, dispatch=dispatch, version=2, subject="อื่น")
    assert Dispatch.objects.get().subject == "มอบหมายการปรับปรุงข้อมูล OIT"


def test_draft_takes_other_rows(system, cycle, units):
    first, second = gap(system, cycle), gap(system, cycle, "O2")
    dispatch = draft(system, cycle, Assignment(first, units["กองคลัง"]))
    services.change_dispatch(system, dispatch=dispatch, version=1, rows=[Assignment(second, units["กองช่าง"])])
    assert [(row.finding, row.lead) for row in dispatch.rows.all()] == [(second, units["กองช่าง"])]


# ---------------------------------------------------------------- queries


def test_proposal_reads_the_units_of_the_paper_and_ticks_the_zeros(system, cycle):
    gap(system, cycle, "O1", units_text="กองคลัง, สำนักปลัดฯ")
    gap(system, cycle, "O2", units_text="ทุกหน่วยงาน")
    gap(system, cycle, "O3", score=Decimal(50))
    found = queries.proposals(system, cycle)
    assert [(one.code, one.lead, one.supporting, one.all_units, one.chosen) for one in found] == [
        ("O1", "กองคลัง", "สำนักปลัดเทศบาล", False, True),
        ("O2", "", "", True, True),
        ("O3", "", "", False, False),
    ]


def test_table_marks_what_changed_since_the_last_look(system, cycle, units):
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองคลัง"]))
    (task,) = issue(system, dispatch)
    before = queries.dispatch_table(dispatch, DAY)
    assert (before.changed, before.tasks, before.accepted, before.overdue) == (0, 1, 0, 0)
    task_services.answer_task(system, task=task, version=1, answer="ทำแล้ว", submit=False)
    assert queries.dispatch_table(dispatch, DAY).changed == 1
    assert queries.dispatch_table(dispatch, DAY, Task.objects.get().changed_at).changed == 0
    assert queries.dispatch_table(dispatch, DUE + timedelta(days=1)).overdue == 1


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries(system, cycle, units, sign_in, django_assert_num_queries, rows):
    finding = gap(system, cycle)
    for number in range(rows):
        issue(system, draft(system, cycle, Assignment(finding, units["กองคลัง"])), number=f"ลบ ๕๒๗๐๑/{number}")
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(10):
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_table_asks_the_same_number_of_queries(system, cycle, units, sign_in, django_assert_num_queries, rows):
    given = [Assignment(gap(system, cycle, code), all_units=True) for code in ("O1", "O2", "O3")[:rows]]
    dispatch = draft(system, cycle, *given)
    issue(system, dispatch)
    client = sign_in(Role.OFFICER)
    client.get(f"/{office.CODE}/dispatches/{dispatch.pk}/")
    with django_assert_num_queries(15):
        assert client.get(f"/{office.CODE}/dispatches/{dispatch.pk}/").status_code == 200


def test_memo_is_drafted_and_issued_through_the_pages(system, cycle, sign_in):
    first, second = gap(system, cycle), gap(system, cycle, "O2", score=Decimal(100))
    client = sign_in(Role.COORDINATOR)
    shown = client.get(f"{LIST}add/").context["forms"]
    assert [row["chosen"].value() for row in shown.rows] == [True, False]
    data = {"subject": "มอบหมาย", "due_on": "10/6/2569", f"row-{first.pk}-chosen": "on"}
    unknown = client.post(f"{LIST}add/", data | {f"row-{first.pk}-lead": "กองช้าง"})
    assert unknown.status_code == 422
    assert unknown.context["forms"].rows[0].errors["lead"][0].startswith("ไม่รู้จักส่วนราชการ “กองช้าง” ใกล้เคียงคือ กองช่าง")
    nobody = client.post(f"{LIST}add/", data)
    assert (nobody.status_code, list(nobody.context["forms"].rows[0].errors)) == (422, ["lead"])
    assert client.post(f"{LIST}add/", {"subject": "ก", "due_on": "10/6/2569"}).status_code == 422
    made = client.post(f"{LIST}add/", data | {f"row-{first.pk}-lead": "กองช่าง", f"row-{second.pk}-lead": "ไม่มี"})
    dispatch = Dispatch.objects.get()
    assert made.url == f"/{office.CODE}/dispatches/{dispatch.pk}/"
    address = f"/{office.CODE}/dispatches/{dispatch.pk}/issue/"
    late = client.post(address, {"version": 1, "number": "๑", "issued_on": "11/6/2569"})
    assert (late.status_code, list(late.context["issue_form"].errors)) == (422, ["issued_on"])
    given = {"version": 1, "number": "ลบ ๕๒๗๐๑/๕๐๘", "issued_on": "20/5/2569"}
    assert [client.post(address, given).status_code for _ in range(2)] == [302, 409]
    assert [(str(task.unit), task.finding) for task in Task.objects.all()] == [("กองช่าง", first)]


def test_draft_is_changed_on_its_page(system, cycle, units, sign_in):
    finding = gap(system, cycle)
    dispatch = draft(system, cycle, Assignment(finding, units["กองคลัง"], (units["กองช่าง"],)))
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/dispatches/{dispatch.pk}/edit/"
    row = client.get(address).context["forms"].rows[0]
    assert (row["lead"].value(), row["supporting"].value()) == ("กองคลัง", "กองช่าง")
    data = {"subject": "ก", "due_on": "10/6/2569", f"row-{finding.pk}-chosen": "on", f"row-{finding.pk}-lead": "กองช่าง"}
    assert [client.post(address, data | {"version": 1}).status_code for _ in range(2)] == [302, 409]
    assert [(str(row.lead), row.supporting.count()) for row in dispatch.rows.all()] == [("กองช่าง", 0)]
    issue(system, dispatch, version=None)
    assert client.get(address).status_code == 404


def test_answer_is_marked_on_the_live_table_once(system, cycle, units, sign_in):
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองคลัง"]))
    (task,) = issue(system, dispatch)
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/dispatches/{dispatch.pk}/"
    assert "<ins><a" not in client.get(address).content.decode()
    task_services.answer_task(system, task=task, version=1, answer="เผยแพร่แล้ว", submit=True)
    second = client.get(address).content.decode()
    assert "<ins><a" in second and "เผยแพร่แล้ว" in second
    assert "<ins><a" not in client.get(address).content.decode()


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
@pytest.mark.parametrize("is_issued", [False, True])
def test_paper_holds_the_table(system, cycle, units, sign_in, tmp_path, suffix, is_issued):
    rows = [Assignment(gap(system, cycle, code), units["กองคลัง"], (units["กองช่าง"],)) for code in ("O1", "O2")]
    dispatch = draft(system, cycle, *rows)
    if is_issued:
        issue(system, dispatch)
    answer = sign_in(Role.OFFICER).get(f"/{office.CODE}/dispatches/{dispatch.pk}/paper.{suffix}")
    path = tmp_path / f"memo.{suffix}"
    path.write_bytes(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    report = recognise(read_document(path))
    assert [(row.code, row.score, row.units) for row in report.rows] == [
        ("O1", Decimal(0), ("กองคลัง", "กองช่าง")),
        ("O2", Decimal(0), ("กองคลัง", "กองช่าง")),
    ]
    assert report.deadline == DUE


# ---------------------------------------------------------------- rights


def test_officer_looks_but_does_not_dispatch(system, cycle, units, sign_in):
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองช่าง"]))
    client = sign_in(Role.OFFICER)
    assert client.get(f"/{office.CODE}/dispatches/{dispatch.pk}/").status_code == 200
    assert client.get(f"{LIST}add/").status_code == 404
    for path in ("edit", "issue"):
        assert client.post(f"/{office.CODE}/dispatches/{dispatch.pk}/{path}/").status_code == 404


@pytest.mark.parametrize("path", ["dispatches/{pk}/", "dispatches/{pk}/edit/", "dispatches/{pk}/paper.docx"])
def test_another_agency_gets_404(system, cycle, units, other_agency, sign_in, path):
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองช่าง"]))
    client = sign_in(Role.COORDINATOR, of=other_agency)
    for code in (office.CODE, other_agency.code):
        assert client.get(f"/{code}/{path.format(pk=dispatch.pk)}").status_code == 404


def test_paper_of_another_suffix_is_404(system, cycle, units, sign_in):
    dispatch = draft(system, cycle, Assignment(gap(system, cycle), units["กองช่าง"]))
    assert sign_in(Role.OFFICER).get(f"/{office.CODE}/dispatches/{dispatch.pk}/paper.exe").status_code == 404
