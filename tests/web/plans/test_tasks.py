from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle
from prongsai.web.cycles.services import CycleClosed, add_finding, open_cycle
from prongsai.web.evidence.services import add_evidence
from prongsai.web.plans.models import Task, TaskState
from prongsai.web.plans.queries import tasks as queries
from prongsai.web.plans.services import Assignment, draft_dispatch, issue_dispatch
from prongsai.web.plans.services import tasks as services
from tests.web import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(system) -> Cycle:
    return open_cycle(system, framework_id="ita-2568")


@pytest.fixture
def units(agency):
    return {unit.name: unit for unit in Unit.objects.filter(agency=agency)}


def give(system, cycle, unit, *, days=30, title="จัดทำแผนผัง") -> Task:
    """A task due so many days from today; a past day as time would make it."""
    task = services.assign_task(
        system, cycle=cycle, unit=unit, title=title, due_on=system.today + timedelta(days=max(days, 0))
    )
    if days < 0:
        Task.objects.filter(pk=task.pk).update(due_on=system.today + timedelta(days=days))
        task.refresh_from_db()
    return task


def pilot(system, cycle, units) -> Task:
    finding = add_finding(system, cycle=cycle, title="E-Service", item=cycle.items.get(code="O1"), score=Decimal(0))
    due = system.today + timedelta(days=30)
    row = Assignment(finding, all_units=True, pilot=units["กองคลัง"])
    dispatch = draft_dispatch(system, cycle=cycle, subject="มอบหมาย", due_on=due, rows=[row])
    return issue_dispatch(system, dispatch=dispatch, version=1, number="๑", issued_on=system.today)[0]


# ---------------------------------------------------------------- the way of a task


def test_task_goes_its_way_and_the_journal_tells_it(system, cycle, units):
    task = give(system, cycle, units["กองช่าง"])
    services.move_task(system, task=task, version=1, state="acknowledged")
    services.move_task(system, task=task, version=2, state="in_progress")
    services.answer_task(system, task=task, version=3, answer="ร่างแล้ว", submit=False)
    services.answer_task(system, task=task, version=4, answer="เผยแพร่แล้ว", submit=True)
    services.decide_task(system, task=task, version=5, accept=False, reason="ยังไม่มีวันที่")
    assert (task.state, task.returned_reason) == (TaskState.RETURNED, "ยังไม่มีวันที่")
    services.answer_task(system, task=task, version=6, answer="เผยแพร่แล้ว ๑ มิ.ย.", submit=True)
    services.decide_task(system, task=task, version=7, accept=True)
    assert (task.state, task.returned_reason, task.answer) == (TaskState.ACCEPTED, "", "เผยแพร่แล้ว ๑ มิ.ย.")
    told = [line.entry.action for line in queries.history_of(system, task)]
    assert told[::-1] == [
        "task.assign", "task.acknowledge", "task.start", "task.answer", "task.submit", "task.return", "task.submit",
        "task.accept",
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["acknowledged", "submitted", "accepted", "nonsense"])
def test_step_that_does_not_follow_is_refused(system, cycle, units, state):
    task = give(system, cycle, units["กองช่าง"])
    services.move_task(system, task=task, version=1, state="in_progress")
    with pytest.raises(ValidationError):
        services.move_task(system, task=task, version=2, state=state)


def test_empty_answer_is_not_submitted_but_evidence_alone_is(system, cycle, units):
    task = give(system, cycle, units["กองช่าง"])
    with pytest.raises(ValidationError):
        services.answer_task(system, task=task, version=1, answer=" ", submit=True)
    proof = add_evidence(system, title="หน้าเว็บ", address="https://example.go.th/o1")
    services.answer_task(system, task=task, version=1, answer="", evidence=proof, submit=True)
    assert (task.state, list(task.evidence.all())) == (TaskState.SUBMITTED, [proof])


def test_return_needs_a_reason(system, cycle, units):
    task = give(system, cycle, units["กองช่าง"])
    services.answer_task(system, task=task, version=1, answer="ก", submit=True)
    with pytest.raises(ValidationError) as refused:
        services.decide_task(system, task=task, version=2, accept=False, reason=" ")
    assert list(refused.value.message_dict) == ["reason"]


def test_what_is_not_handed_in_is_not_decided(system, cycle, units):
    with pytest.raises(ValidationError):
        services.decide_task(system, task=give(system, cycle, units["กองช่าง"]), version=1, accept=True)


def test_accepted_answer_stays(system, cycle, units):
    task = give(system, cycle, units["กองช่าง"])
    services.answer_task(system, task=task, version=1, answer="ก", submit=True)
    services.decide_task(system, task=task, version=2, accept=True)
    with pytest.raises(ValidationError):
        services.answer_task(system, task=task, version=3, answer="ข", submit=False)


@pytest.mark.db
def test_second_answer_at_once_is_told(system, cycle, units):
    task = give(system, cycle, units["กองช่าง"])
    proof = add_evidence(system, title="หน้าเว็บ", address="https://example.go.th/o1")
    services.answer_task(system, task=Task.objects.get(), version=1, answer="", evidence=proof, submit=False)
    with pytest.raises(Stale):
        services.answer_task(system, task=task, version=1, answer="ข", submit=False)
    assert Task.objects.get().answer == ""


def test_closed_cycle_takes_no_answer(system, cycle, units):
    task = give(system, cycle, units["กองช่าง"])
    Cycle.objects.filter(pk=cycle.pk).update(state="closed")
    with pytest.raises(CycleClosed):
        services.answer_task(system, task=task, version=1, answer="ก", submit=True)


# ---------------------------------------------------------------- pilot


def test_pilot_is_not_closed_without_a_result_in_words(system, cycle, units):
    task = pilot(system, cycle, units)
    proof = add_evidence(system, title="หน้าเว็บ", address="https://example.go.th/e")
    with pytest.raises(ValidationError) as refused:
        services.answer_task(system, task=task, version=1, answer="", evidence=proof, submit=True)
    assert list(refused.value.message_dict) == ["answer"]


def test_pilot_is_rolled_out_to_the_other_units(system, cycle, units):
    task = pilot(system, cycle, units)
    due = system.today + timedelta(days=60)
    with pytest.raises(ValidationError):
        services.roll_out(system, task=task, units=units.values(), due_on=due)
    services.answer_task(system, task=task, version=1, answer="เปิดรับคำขอออนไลน์ ๒๐ ราย", submit=True)
    services.decide_task(system, task=task, version=2, accept=True)
    assert {str(unit) for unit in queries.units_to_follow(system, task)} == units.keys() - {"กองคลัง"}
    made = services.roll_out(system, task=task, units=units.values(), due_on=due)
    assert {str(one.unit) for one in made} == units.keys() - {"กองคลัง"}
    assert {(one.is_pilot, one.rolled_out_from, one.finding, one.dispatch) for one in made} == {
        (False, task, task.finding, task.dispatch)
    }
    with pytest.raises(ValidationError):
        services.roll_out(system, task=task, units=units.values(), due_on=due)


def test_plain_task_is_not_rolled_out(system, cycle, units):
    task = give(system, cycle, units["กองช่าง"])
    with pytest.raises(ValidationError):
        services.roll_out(system, task=task, units=units.values(), due_on=task.due_on)


# ---------------------------------------------------------------- the list


def test_list_of_a_unit_goes_by_due_date_and_says_who_is_waited_for(system, cycle, units, scope):
    own = units["กองช่าง"]
    later, soon, late = (give(system, cycle, own, days=days) for days in (30, 3, -1))
    handed_in = give(system, cycle, own, days=-5)
    services.answer_task(system, task=handed_in, version=1, answer="ก", submit=True)
    give(system, cycle, units["กองคลัง"])
    officer = scope(Role.OFFICER)
    rows = queries.task_rows(officer, queries.task_list(officer))
    assert [(row.pk, row.section, row.waiting_for) for row in rows] == [
        (late.pk, "overdue", "กองช่าง"),
        (soon.pk, "soon", "กองช่าง"),
        (later.pk, "later", "กองช่าง"),
        (handed_in.pk, "waiting", "ผู้ประสานงาน"),
    ]


def test_coordinator_sees_first_what_waits_for_a_check(system, cycle, units, scope):
    give(system, cycle, units["กองช่าง"], days=-5)
    handed_in = give(system, cycle, units["กองคลัง"])
    services.answer_task(system, task=handed_in, version=1, answer="ก", submit=True)
    coordinator = scope(Role.COORDINATOR)
    rows = queries.task_rows(coordinator, queries.task_list(coordinator, "all"), "all")
    assert [row.section for row in rows] == ["check", "overdue"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries(system, cycle, units, sign_in, django_assert_num_queries, rows):
    for _ in range(rows):
        give(system, cycle, units["กองช่าง"])
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(9):
        assert client.get(f"/{office.CODE}/tasks/").status_code == 200


def test_unit_sees_its_own_and_may_look_at_all(system, cycle, units, sign_in):
    give(system, cycle, units["กองช่าง"], title="ของฉัน")
    give(system, cycle, units["กองคลัง"], title="ของเขา")
    client = sign_in(Role.OFFICER)
    assert [row.title for row in client.get(f"/{office.CODE}/tasks/").context["rows"]] == ["ของฉัน"]
    assert len(client.get(f"/{office.CODE}/tasks/?of=all").context["rows"]) == 2
    assert len(sign_in(Role.COORDINATOR).get(f"/{office.CODE}/tasks/").context["rows"]) == 2
    assert len(sign_in(Role.AUDITOR).get(f"/{office.CODE}/tasks/").context["rows"]) == 2


# ---------------------------------------------------------------- pages


def test_unit_answers_with_words_and_a_file_in_one_form(system, cycle, units, sign_in):
    task = give(system, cycle, units["กองช่าง"])
    client, address = sign_in(Role.OFFICER), f"/{office.CODE}/tasks/{task.pk}/answer/"
    for action, version in (("acknowledge", 1), ("start", 2)):
        assert client.post(address, {"action": action, "version": version}).status_code == 302
    file = SimpleUploadedFile("แผนผัง.txt", "แผนผังโครงสร้าง".encode())
    data = {"action": "submit", "version": 3, "answer": "เผยแพร่แล้ว", "file": file}
    assert client.post(address, data).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.answer, [one.title for one in task.evidence.all()]) == (
        "submitted", "เผยแพร่แล้ว", ["แผนผัง"],
    )  # fmt: skip
    assert task.evidence.get().unit == units["กองช่าง"]


def test_empty_answer_comes_back_with_the_reason(system, cycle, units, sign_in):
    task = give(system, cycle, units["กองช่าง"])
    address = f"/{office.CODE}/tasks/{task.pk}/answer/"
    answer = sign_in(Role.OFFICER).post(address, {"action": "submit", "version": 1, "answer": ""})
    assert (answer.status_code, list(answer.context["answer_form"].errors)) == (422, ["answer"])


def test_answer_that_comes_second_is_kept_on_the_page(system, cycle, units, sign_in):
    task = give(system, cycle, units["กองช่าง"])
    services.answer_task(system, task=task, version=1, answer="ของเพื่อน", submit=False)
    address = f"/{office.CODE}/tasks/{task.pk}/answer/"
    file = SimpleUploadedFile("ก.txt", "ก ข ค".encode())
    answer = sign_in(Role.OFFICER).post(address, {"action": "save", "version": 1, "answer": "ของฉัน", "file": file})
    form = answer.context["answer_form"]
    assert (answer.status_code, form["answer"].value(), form["version"].value()) == (409, "ของฉัน", 2)
    assert cycle.agency.files.count() == 0


def test_coordinator_accepts_or_returns(system, cycle, units, sign_in):
    task = give(system, cycle, units["กองช่าง"])
    services.answer_task(system, task=task, version=1, answer="ก", submit=True)
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/tasks/{task.pk}/decide/"
    bare = client.post(address, {"action": "return", "version": 2, "reason": ""})
    assert (bare.status_code, list(bare.context["decide_form"].errors)) == (422, ["reason"])
    assert client.post(address, {"action": "return", "version": 2, "reason": "ขาดวันที่"}).status_code == 302
    assert client.post(address, {"action": "accept", "version": 2}).status_code == 409
    page = sign_in(Role.OFFICER).get(f"/{office.CODE}/tasks/{task.pk}/").content.decode()
    assert "ขาดวันที่" in page


def test_pilot_is_rolled_out_on_its_page(system, cycle, units, sign_in):
    task = pilot(system, cycle, units)
    services.answer_task(system, task=task, version=1, answer="ได้ผลดี", submit=True)
    services.decide_task(system, task=task, version=2, accept=True)
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/tasks/{task.pk}/"
    form = client.get(address).context["roll_out_form"]
    assert set(form["units"].value()) == {unit.pk for name, unit in units.items() if name != "กองคลัง"}
    answer = client.post(f"{address}roll-out/", {"units": [units["กองช่าง"].pk], "due_on": "1/10/2599"})
    assert (answer.status_code, task.rolled_out.get().unit) == (302, units["กองช่าง"])


# ---------------------------------------------------------------- rights


def test_unit_answers_its_own_tasks_and_no_others(system, cycle, units, sign_in):
    task = give(system, cycle, units["กองคลัง"])
    client = sign_in(Role.OFFICER)
    assert client.get(f"/{office.CODE}/tasks/{task.pk}/").context["page"].can_answer is False
    assert client.post(f"/{office.CODE}/tasks/{task.pk}/answer/", {"version": 1}).status_code == 404
    assert client.post(f"/{office.CODE}/tasks/{task.pk}/decide/", {"version": 1}).status_code == 404
    assert client.post(f"/{office.CODE}/tasks/{task.pk}/roll-out/").status_code == 404
    assert sign_in(Role.HEAD).get(f"/{office.CODE}/tasks/{task.pk}/").context["page"].can_answer is True


def test_coordinator_answers_for_any_unit(system, cycle, units, sign_in):
    task = give(system, cycle, units["กองคลัง"])
    data = {"action": "save", "version": 1, "answer": "โทรแจ้งมา"}
    assert sign_in(Role.COORDINATOR).post(f"/{office.CODE}/tasks/{task.pk}/answer/", data).status_code == 302
    assert AuditEntry.objects.filter(action="task.answer").get().actor == "นายมาลี ตั้งใจ"


def test_another_agency_gets_404(system, cycle, units, other_agency, sign_in):
    task = give(system, cycle, units["กองช่าง"])
    client = sign_in(Role.COORDINATOR, of=other_agency)
    for code in (office.CODE, other_agency.code):
        assert client.get(f"/{code}/tasks/{task.pk}/").status_code == 404
        assert client.post(f"/{code}/tasks/{task.pk}/answer/", {"version": 1}).status_code == 404
