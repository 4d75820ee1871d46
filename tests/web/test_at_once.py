"""Two who do the same at the same moment: one wins, the other is told in Thai, nothing is lost or doubled.

Real threads with real connections, on SQLite in a file and (``python -m tests.postgres -- pytest -m db``) on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy as copy
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from prongsai.frameworks.load import library
from prongsai.reports.catalogue import paper_kind
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies import journal
from prongsai.web.agencies import services as agencies
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency, Unit
from prongsai.web.agencies.queries.tables import Kind, plan_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle, Finding
from prongsai.web.cycles.services.opening import SecondCycle
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.evidence import services as evidence
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.intake import services as intake
from prongsai.web.intake.models import Intake, IntakeRow, RowKind, RowState
from prongsai.web.plans import services as plans
from prongsai.web.plans.models import Dispatch, Measure, Report, ReportState, Task, TaskState
from prongsai.web.plans.services import Assignment
from prongsai.web.plans.services import tasks as task_services
from tests.conftest import PROVE
from tests.web import office
from tests.web.at_once import THAI, assert_chain_holds, at_once, on_disk, winner_and_told
from tests.web.intake.papers import CLEAN

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
ROUNDS = range(25 if PROVE else 3)  # a race is chancy: each case is tried so often
PAPER = (CLEAN / "measures-report-2568.txt").read_text(encoding="utf-8")
TOLD = "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว"


@pytest.fixture(autouse=True, scope="module")
def _on_disk(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A database in a file for the tests of this module."""
    with django_db_blocker.unblock(), on_disk(tmp_path_factory.mktemp("at-once")):
        yield


@pytest.fixture
def officers(scope) -> tuple[Scope, Scope]:
    """Two who may both run the cycle."""
    return scope(Role.COORDINATOR), scope(Role.ANALYST)


@pytest.fixture
def clients(sign_in) -> tuple[Client, Client]:
    """The browsers of the two."""
    return sign_in(Role.COORDINATOR), sign_in(Role.ANALYST)


@pytest.fixture
def cycle(system) -> Cycle:
    return cycles.open_cycle(system, framework_id="ita-2568")


def address(route: str, *words: object) -> str:
    """Give an address; asked for before the threads begin, so that the list of routes is read once."""
    return reverse(route, args=[office.CODE, *words])


def answered(outcomes: list[Any], statuses: list[int]) -> tuple[str, str]:
    """Give the pages of the winner and of who was told; statuses: those of both, in order."""
    broken = [one for one in outcomes if isinstance(one, BaseException)]
    assert broken == []
    both = sorted(outcomes, key=lambda answer: answer.status_code)
    assert [answer.status_code for answer in both] == statuses
    return both[0].content.decode(), both[1].content.decode()


# --- intake ---------------------------------------------------------------------------------------------------------


def paper(scope: Scope, number: int) -> Intake:
    """Take a report in whose measures have running numbers of their own, so that several can go into one cycle."""
    made = intake.take_in(scope, name=f"รายงาน-{number}.txt", content=f"{PAPER}\nฉบับที่ {number}\n".encode())
    for row in made.rows.filter(kind=RowKind.MEASURE):
        row.values["seq"] = str(1000 * number + row.place)
        row.save()
    return made


def first_row(made: Intake) -> IntakeRow:
    return made.rows.select_related("intake").filter(kind=RowKind.MEASURE)[0]


def test_row_accepted_twice_at_once_becomes_one_measure(agency, officers):
    for number in ROUNDS:
        row = first_row(paper(officers[0], number))
        outcomes = at_once(*(partial(intake.accept_row, who, row=row, version=1) for who in officers))
        made, told = winner_and_told(outcomes, Stale)
        now = IntakeRow.objects.get(pk=row.pk)
        assert (now.state, now.target_id, now.version) == (RowState.ACCEPTED, made.pk, 2)
        assert told.current.decided_by == now.decided_by
        assert Measure.objects.count() == number + 1
    assert_chain_holds(agency)


def test_row_accepted_while_it_is_rejected_is_one_of_both(agency, officers):
    for number in ROUNDS:
        row, before = first_row(paper(officers[0], number)), Measure.objects.count()
        outcomes = at_once(
            partial(intake.accept_row, officers[0], row=row, version=1),
            partial(intake.reject_row, officers[1], row=row, version=1),
        )
        won, told = winner_and_told(outcomes, Stale)
        now = IntakeRow.objects.get(pk=row.pk)
        is_accepted = isinstance(won, Measure)
        assert now.state == told.current.state == (RowState.ACCEPTED if is_accepted else RowState.REJECTED)
        assert now.target_id == (won.pk if is_accepted else None)
        assert Measure.objects.count() == before + is_accepted
    assert_chain_holds(agency)


def test_all_that_is_clean_accepted_twice_at_once_doubles_nothing(agency, officers):
    for number in ROUNDS:
        made, before = paper(officers[0], number), Measure.objects.count()
        clean = made.rows.filter(is_clean=True).count()
        outcomes = at_once(*(partial(intake.accept_clean, who, intake=made, version=1) for who in officers))
        done, _ = winner_and_told(outcomes, Stale)
        rows = made.rows.filter(state=RowState.ACCEPTED)
        assert done.accepted + done.left == clean
        assert rows.count() == rows.values("target_type", "target_id").distinct().count() == done.accepted > 0
        assert Measure.objects.count() == before + rows.filter(kind=RowKind.MEASURE).count()
    assert_chain_holds(agency)


def test_row_accepted_in_two_browsers_at_once_tells_the_slower(agency, officers, clients):
    for number in ROUNDS:
        row = first_row(paper(officers[0], number))
        given = {"decision": "accept", "version": 1}
        to = address("intake:row_decide", row.pk)
        answers = at_once(*(partial(c.post, to, given) for c in clients))
        _, told = answered(answers, [302, 409])
        assert THAI.search(told) and IntakeRow.objects.get(pk=row.pk).decided_by.get_full_name() in told
        assert Measure.objects.count() == number + 1
    assert_chain_holds(agency)


def test_clean_rows_accepted_while_a_measure_is_written_by_hand(agency, officers):
    """Both give out running numbers in one cycle: neither waits for the other in a ring."""
    for number in ROUNDS:
        made, before = paper(officers[0], number), Measure.objects.count()
        cycle = intake.choose_cycle(officers[0], intake=made, version=1, fiscal_year_be=2567)
        outcomes = at_once(
            partial(intake.accept_clean, officers[0], intake=made, version=None),
            partial(plans.add_measure, officers[1], cycle=cycle, title="เขียนเอง", owners=["กองช่าง"]),
        )
        assert [type(one).__name__ for one in outcomes] == ["Accepted", "Measure"]
        measures = made.rows.filter(kind=RowKind.MEASURE, state=RowState.ACCEPTED).count()
        assert Measure.objects.count() == before + measures + 1
        places = Measure.objects.filter(cycle=cycle).values_list("place", flat=True)
        assert len(set(places)) == len(places)
    assert_chain_holds(agency)


# --- measures, memos, tasks, reports --------------------------------------------------------------------------------


def typed(measure: Measure, text: str) -> dict[str, Any]:
    """What an officer sends from the page of a measure."""
    return {
        "version": measure.version, "issue_no": 1, "seq": measure.seq, "title": text, "period_text": "",
        "starts_on": "", "ends_on": "", "budget_thb": "", "notes": "", "steps": f"ขั้นของ {text}", "owners": "กองช่าง",
    }  # fmt: skip


def test_measure_edited_at_once_from_one_version_keeps_what_the_slower_typed(agency, system, cycle, clients):
    for number in ROUNDS:
        measure = plans.add_measure(system, cycle=cycle, title="เดิม", issue_no=1, seq=str(number + 1), steps=["เดิม"])
        to, texts = address("plans:measure_edit", measure.pk), ("ของคนแรก", "ของอีกคน")
        answers = at_once(*(partial(c.post, to, typed(measure, t)) for c, t in zip(clients, texts, strict=True)))
        _, told = answered(answers, [302, 409])
        now = Measure.objects.get(pk=measure.pk)
        lost = next(text for text in texts if text != now.title)
        assert now.version == 2 and [step.text for step in now.steps.all()] == [f"ขั้นของ {now.title}"]
        assert TOLD in told and now.title in told and f"ขั้นของ {lost}" in told
        assert 'name="version" value="2"' in told  # saved again, it is a decision and no accident
    assert_chain_holds(agency)


def test_memo_issued_twice_at_once_gives_each_unit_one_task(agency, system, cycle, officers):
    due = system.today + timedelta(days=30)
    for number in ROUNDS:
        finding = cycles.add_finding(system, cycle=cycle, title=f"เรื่องที่ {number}")
        rows = [Assignment(finding, all_units=True)]
        memo = plans.draft_dispatch(system, cycle=cycle, subject="มอบหมาย", due_on=due, rows=rows)
        outcomes = at_once(
            *(
                partial(plans.issue_dispatch, who, dispatch=copy(memo), version=1, number=mine, issued_on=system.today)
                for who, mine in zip(officers, (f"{number}/๑", f"{number}/๒"), strict=True)
            )
        )
        tasks, told = winner_and_told(outcomes, Stale)
        now = Dispatch.objects.get(pk=memo.pk)
        assert told.current.number == now.number and now.issued_on == system.today
        assert {task.unit_id for task in tasks} == set(Unit.objects.filter(agency=agency).values_list("pk", flat=True))
        assert memo.tasks.count() == len(tasks) == len(office.UNITS)
    assert_chain_holds(agency)


def test_memo_issued_in_two_browsers_at_once_tells_the_slower(agency, system, cycle, clients):
    for number in ROUNDS:
        finding = cycles.add_finding(system, cycle=cycle, title=f"เรื่องที่ {number}")
        memo = plans.draft_dispatch(
            system, cycle=cycle, subject="มอบหมาย", due_on=system.today, rows=[Assignment(finding, all_units=True)]
        )
        given = {"version": 1, "number": f"{number}", "issued_on": system.today.isoformat()}
        to = address("plans:dispatch_issue", memo.pk)
        _, told = answered(at_once(*(partial(c.post, to, given) for c in clients)), [302, 409])
        assert TOLD in told and memo.tasks.count() == len(office.UNITS)
    assert_chain_holds(agency)


def test_answer_accepted_while_it_is_returned_is_one_of_both(agency, system, cycle, scope):
    unit, decide = office.unit(agency, "กองช่าง"), task_services.decide_task
    due = system.today + timedelta(days=30)
    for _ in ROUNDS:
        task = task_services.assign_task(system, cycle=cycle, unit=unit, title="จัดทำแผนผัง", due_on=due)
        task_services.answer_task(system, task=task, version=1, answer="ร่างแล้ว", submit=True)
        outcomes = at_once(
            partial(decide, scope(Role.COORDINATOR), task=copy(task), version=2, accept=False, reason="ขาดที่อยู่เว็บ"),
            partial(decide, scope(Role.ANALYST), task=copy(task), version=2, accept=True),
        )
        won, told = winner_and_told(outcomes, Stale)
        now = Task.objects.get(pk=task.pk)
        assert now.state == won.state == told.current.state and now.version == 3 and now.answer == "ร่างแล้ว"
    assert_chain_holds(agency)


def test_answer_mended_by_the_unit_while_it_is_returned_stays_on_the_page(agency, system, cycle, sign_in):
    officer, coordinator = sign_in(Role.OFFICER), sign_in(Role.COORDINATOR)
    due = system.today + timedelta(days=30)
    for _ in ROUNDS:
        task = task_services.assign_task(
            system, cycle=cycle, unit=office.unit(agency, "กองช่าง"), title="จัดทำแผนผัง", due_on=due
        )
        task_services.answer_task(system, task=task, version=1, answer="ร่างแล้ว", submit=True)
        answer, decide = address("plans:task_answer", task.pk), address("plans:task_decide", task.pk)
        mended, returned = at_once(
            partial(officer.post, answer, {"action": "submit", "version": 2, "answer": "เผยแพร่แล้วทั้งหมด"}),
            partial(coordinator.post, decide, {"action": "return", "version": 2, "reason": "ขาดที่อยู่เว็บ"}),
        )
        assert (returned.status_code, mended.status_code in (409, 422)) == (302, True)
        told = mended.content.decode()
        assert "เผยแพร่แล้วทั้งหมด" in told and (TOLD in told or "ส่งหรือรับแล้ว" in told)
        now = Task.objects.get(pk=task.pk)
        assert (now.state, now.answer, now.returned_reason) == (TaskState.RETURNED, "ร่างแล้ว", "ขาดที่อยู่เว็บ")
    assert_chain_holds(agency)


def test_task_answered_by_two_of_the_unit_at_once_keeps_one_answer_and_tells_the_other(agency, system, cycle, scope):
    answer = task_services.answer_task
    due = system.today + timedelta(days=30)
    for _ in ROUNDS:
        task = task_services.assign_task(
            system, cycle=cycle, unit=office.unit(agency, "กองช่าง"), title="จัดทำแผนผัง", due_on=due
        )
        proof = evidence.add_evidence(system, title="ภาพหน้าจอ", address="https://example.go.th/a")
        outcomes = at_once(
            partial(answer, scope(Role.OFFICER), task=copy(task), version=1, answer="", evidence=proof, submit=True),
            partial(answer, scope(Role.COORDINATOR), task=copy(task), version=1, answer="ทำแล้ว", submit=True),
        )
        won, told = winner_and_told(outcomes, Stale)
        now = Task.objects.get(pk=task.pk)
        assert (now.state, now.answer) == (TaskState.SUBMITTED, won.answer)
        assert now.evidence.count() == (won.answer == "") and told.current.state == TaskState.SUBMITTED
    assert_chain_holds(agency)


def a_report(agency: Agency, cycle: Cycle, file: File, maker: Scope) -> Report:
    kind = paper_kind("tracking-6")
    return Report.objects.create(
        agency=agency, cycle=cycle, kind=kind.name, title="รายงาน", records=kind.to_json(kind.sample()), docx=file,
        made_by=maker.user,
    )  # fmt: skip


def test_report_approved_twice_at_once_is_approved_once(agency, system, cycle, scope, sign_in):
    file = evidence.keep_file(system, name="รายงาน.txt", content="รายงาน".encode())
    clients = (sign_in(Role.MAYOR), sign_in(Role.MAYOR))  # the same person at two screens
    for _ in ROUNDS:
        report = a_report(agency, cycle, file, scope(Role.COORDINATOR))
        to = address("plans:report_decide", report.pk)
        ways = ({"decision": "approve", "version": 1}, {"decision": "return", "opinion": "ขาดหลักฐาน", "version": 1})
        answers = at_once(*(partial(c.post, to, w) for c, w in zip(clients, ways, strict=True)))
        _, told = answered(answers, [302, 409])
        now = Report.objects.get(pk=report.pk)
        assert (now.state, now.opinion) in ((ReportState.APPROVED, ""), (ReportState.RETURNED, "ขาดหลักฐาน"))
        assert "มีผู้พิจารณาไปก่อนแล้ว" in told
        assert agency.journal.filter(subject_type="plans.report", subject_id=str(now.pk)).count() == 1
    assert_chain_holds(agency)


# --- cycles, duties -------------------------------------------------------------------------------------------------


def test_cycle_opened_twice_at_once_is_opened_once(agency, officers):
    frameworks = [entry.id for entry in library() if entry.kind == "ita"] * len(ROUNDS)
    for framework in frameworks[: len(ROUNDS)]:
        outcomes = at_once(*(partial(cycles.open_cycle, who, framework_id=framework) for who in officers))
        made, told = winner_and_told(outcomes, SecondCycle)
        assert told.current == made == Cycle.objects.get()
        items = made.items.annotate(n=Count("elements"))
        counts = agency.journal.get(action="cycle.fill", subject_id=str(made.pk)).changes
        assert counts["items"][1] == items.count() and counts["elements"][1] == sum(item.n for item in items)
        made.items.all().delete(), made.dates.all().delete(), made.delete()
    assert_chain_holds(agency)


def test_cycle_opened_in_two_browsers_at_once_tells_the_slower(agency, clients):
    for _ in ROUNDS:
        to, given = address("cycles:open"), {"framework_id": "ita-2568", "carry": "none"}
        answers = at_once(*(partial(c.post, to, given) for c in clients))
        _, told = answered(answers, [302, 422])
        made = Cycle.objects.get()
        assert "อยู่แล้ว" in told or "ไม่ใช่ตัวเลือก" in told
        made.items.all().delete(), made.dates.all().delete(), made.delete()
    assert_chain_holds(agency)


def test_earlier_cycle_carried_over_twice_at_once_is_carried_once(agency, cycle, officers):
    for _ in ROUNDS:
        new = cycles.open_cycle(officers[0], framework_id="ita-2569")
        outcomes = at_once(*(partial(cycles.carry_over, who, cycle=copy(new), source=cycle) for who in officers))
        won, told = winner_and_told(outcomes, ValidationError)
        assert THAI.search(told.messages[0]) and Cycle.objects.get(pk=new.pk).carried_from == cycle == won.carried_from
        new.items.all().delete(), new.dates.all().delete(), new.delete()
    assert_chain_holds(agency)


def test_standard_duties_opened_twice_at_once_are_made_once(agency, officers):
    for number in ROUNDS:
        year = 2570 + number
        made = at_once(*(partial(duties.open_year, who, fiscal_year_be=year) for who in officers))
        assert sorted(map(len, made)) == [0, Duty.objects.filter(fiscal_year_be=year).count()]
        assert max(map(len, made)) > 0
    assert_chain_holds(agency)


def test_occurrence_recorded_twice_at_once_keeps_one_and_shows_the_other_what_was_typed(agency, system, clients):
    year = fiscal_year_be(system.today)
    for number in ROUNDS:
        duty = duties.add_duty(system, fiscal_year_be=year, title=f"ส่งสถิติ {number}", rhythm="yearly")
        one, texts = Occurrence.objects.get(duty=duty), ("ผลของคนแรก", "ผลของอีกคน")
        to = address("plans:occurrence_record", one.pk)
        given = {"done_on": system.today.isoformat(), "version": 1}
        answers = at_once(*(partial(c.post, to, given | {"result": t}) for c, t in zip(clients, texts, strict=True)))
        _, told = answered(answers, [302, 409])
        now = Occurrence.objects.get(pk=one.pk)
        assert now.version == 2 and now.result in texts
        assert TOLD in told and all(text in told for text in texts)
    assert_chain_holds(agency)


def test_two_occurrences_recorded_at_once_do_not_share_a_day(agency, system, officers):
    year = fiscal_year_be(system.today) - 1  # all its months have begun, also in October
    for number in ROUNDS:
        duty = duties.add_duty(system, fiscal_year_be=year, title=f"ส่งสถิติ {number}", rhythm="monthly")
        first, second = Occurrence.objects.select_related("duty").filter(duty=duty)[:2]
        outcomes = at_once(
            *(
                partial(duties.record, who, occurrence=one, done_on=system.today, result="ส่งแล้ว")
                for who, one in zip(officers, (first, second), strict=True)
            )
        )
        won, told = winner_and_told(outcomes, ValidationError)
        assert "งวดหนึ่งต้องมีวันที่ของตัวเอง" in told.messages[0]
        assert Occurrence.objects.get(duty=duty, done_on=system.today) == won
    assert_chain_holds(agency)


def test_measure_carried_over_twice_at_once_is_carried_once(agency, system, cycle, officers):
    later = cycles.open_cycle(system, framework_id="ita-2569")
    for number in ROUNDS:
        old = plans.add_measure(system, cycle=cycle, title=f"มาตรการ {number}")
        outcomes = at_once(*(partial(plans.carry_measure, who, measure=old, cycle=later) for who in officers))
        new, told = winner_and_told(outcomes, ValidationError)
        assert told.messages == ["มาตรการนี้ยกไปรอบนั้นแล้ว"] and later.measures.get(carried_from=old) == new
    assert_chain_holds(agency)


def test_nothing_comes_into_a_cycle_once_it_is_closed(agency, system, cycle, officers):
    for number in ROUNDS:
        closer, writer = (Cycle.objects.get(pk=cycle.pk) for _ in officers)
        closed, _ = at_once(
            partial(cycles.close_cycle, officers[0], cycle=closer),
            partial(cycles.add_finding, officers[1], cycle=writer, title=f"ช้าไป {number}"),
        )
        assert not isinstance(closed, BaseException)
        line = agency.journal.filter(action="cycle.close").latest("number")
        assert not agency.journal.filter(number__gt=line.number).exists()
        cycles.reopen_cycle(system, cycle=Cycle.objects.get(pk=cycle.pk))
    assert_chain_holds(agency)


# --- files, evidence, tables, the journal ---------------------------------------------------------------------------


def test_file_kept_twice_at_once_is_one_file(agency, officers):
    for number in ROUNDS:
        content = f"แผนดำเนินงาน {number}".encode()
        kept = at_once(*(partial(evidence.keep_file, who, name="แผน.txt", content=content) for who in officers))
        assert kept == [File.objects.order_by("pk").last()] * 2 and File.objects.count() == number + 1
        assert evidence.read_file(kept[0]) == content
    assert_chain_holds(agency)


def test_paper_taken_in_twice_at_once_is_one_intake(agency, officers):
    for number in ROUNDS:
        content = f"{PAPER}\nฉบับที่ {number}\n".encode()
        taken = at_once(*(partial(intake.take_in, who, name="ก.txt", content=content) for who in officers))
        assert taken == [Intake.objects.first()] * 2 and Intake.objects.count() == number + 1
    assert_chain_holds(agency)


def test_evidence_revised_twice_at_once_has_one_newer_revision(agency, system, officers):
    for number in ROUNDS:
        old = evidence.add_evidence(system, title=f"แผน {number}", address="https://example.go.th/1")
        outcomes = at_once(
            *(
                partial(evidence.revise, who, evidence=copy(old), version=1, address=to)
                for who, to in zip(officers, ("https://example.go.th/2", "https://example.go.th/3"), strict=True)
            )
        )
        made, told = winner_and_told(outcomes, Stale)
        assert told.current == old and Evidence.objects.get(revision_of=old) == made
    assert_chain_holds(agency)


def test_evidence_revised_while_it_is_edited_loses_neither(agency, system, officers):
    """The one locks the old revision as the other does: neither waits for the other in a ring."""
    for number in ROUNDS:
        old = evidence.add_evidence(system, title=f"แผน {number}", address="https://example.go.th/1")
        outcomes = at_once(
            partial(evidence.revise, officers[0], evidence=copy(old), version=None, address="https://example.go.th/2"),
            partial(evidence.edit_evidence, officers[1], evidence=copy(old), version=1, title="ชื่อใหม่"),
        )
        assert [type(one) for one in outcomes] == [Evidence, Evidence]
        assert Evidence.objects.get(pk=old.pk).title == "ชื่อใหม่" and Evidence.objects.get(revision_of=old)
    assert_chain_holds(agency)


def test_table_saved_twice_at_once_is_saved_once(agency, scope):
    keepers = (scope(Role.PERSONNEL), scope(Role.ADMIN))
    for number in ROUNDS:
        rows = [["ชื่อส่วนราชการ"], *([f"กองทดสอบ {number}.{place}"] for place in range(5))]
        table = agencies.stage_table(keepers[0], kind=Kind.UNITS, rows=rows)
        seen = plan_of(keepers[0], Kind.UNITS, table.rows).digest
        outcomes = at_once(*(partial(agencies.save_table, who, table=table, seen=seen) for who in keepers))
        assert [one for one in outcomes if isinstance(one, BaseException)] == []
        assert sorted(one.is_done for one in outcomes) == [False, True]  # the slower finds nothing left to save
        assert Unit.objects.filter(name__startswith=f"กองทดสอบ {number}.").count() == 5
    assert_chain_holds(agency)


def test_four_who_write_at_once_leave_numbers_without_a_gap(agency, scope):
    writers = [scope(role) for role in (Role.PERSONNEL, Role.ADMIN, Role.SECRETARY, Role.COORDINATOR)]
    units = list(Unit.objects.filter(agency=agency))

    def write(who: Scope, place: int) -> Callable[[], None]:
        def ten() -> None:
            for number in range(10):  # the same units as the others, in another order
                unit = units[(place + number) % len(units)]
                journal.change(who, unit, "unit.change", phone=f"{who.actor} {rounds}-{number}")

        return ten

    for rounds in ROUNDS:
        assert at_once(*(write(who, place) for place, who in enumerate(writers))) == [None] * 4
        assert agency.journal.count() == 40 * (rounds + 1)
    assert {unit.version for unit in Unit.objects.filter(agency=agency)} == {1 + 8 * len(ROUNDS)}
    assert_chain_holds(agency)


def test_two_printings_merged_into_a_finding_at_once_both_stay(agency, system, cycle, officers):
    for number in ROUNDS:
        finding = cycles.add_finding(system, cycle=cycle, title=f"เรื่อง {number}")
        outcomes = at_once(
            *(
                partial(cycles.merge_finding, who, finding=copy(finding), variant={"title": text})
                for who, text in zip(officers, ("อย่างหนึ่ง", "อีกอย่าง"), strict=True)
            )
        )
        assert [type(one) for one in outcomes] == [Finding, Finding]
        variants = Finding.objects.get(pk=finding.pk).variants
        assert sorted(one["title"] for one in variants) == ["อย่างหนึ่ง", "อีกอย่าง"]
    assert_chain_holds(agency)


def test_database_is_a_file_as_an_office_has_it_where_it_is_sqlite():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            path = cursor.execute("PRAGMA database_list").fetchone()[2]
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        assert (Path(path).name, mode) == ("at-once.sqlite3", "wal")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite a transaction takes the whole database")
def test_lock_taken_before_the_turn_is_seen(agency):
    def lock() -> None:
        with transaction.atomic():
            list(Unit.objects.select_for_update().filter(agency=agency))

    [seen] = at_once(lock)
    assert isinstance(seen, AssertionError) and "before the agency's turn" in str(seen)
