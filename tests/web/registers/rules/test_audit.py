"""Internal audit: who may audit what, and who answers for a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.model import Ref
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.models import Appointment, JobOrder, Post, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules.audit_plan import _before
from tests.web import office
from tests.web.registers.conftest import unit_ref
from tests.web.registers.rules.daily import YEAR, add

FEBRUARY = date(2026, 2, 16)
AUDITED = Span(date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def then(scope):
    """The auditor on a day of the audit."""
    return replace(scope(Role.AUDITOR), today=FEBRUARY)


@pytest.fixture
def auditor(then):
    """Who audits."""
    return then.person


def ref_of(one):
    return Ref(one.pk, str(one))


def plan(scope, auditor, **changes: object) -> Entry:
    given = {"auditor": ref_of(auditor), "period": AUDITED, "unit": unit_ref(scope.agency, "กองคลัง")}
    return add(scope, "audit-plan", **given | changes)


def held(agency, auditor, unit: str, first: date, last: date | None) -> None:
    """Let the auditor have held a post in a unit."""
    post = Post.objects.create(agency=agency, title="นักวิชาการเงินและบัญชี", unit=office.unit(agency, unit))
    Appointment.objects.create(agency=agency, person=auditor, post=post, valid_from=first, valid_to=last)


def refused(scope, auditor, **changes: object) -> list[tuple[str, str]]:
    with pytest.raises(services.EntryRefused) as found:
        plan(scope, auditor, **changes)
    return [(fault.field, fault.code) for fault in found.value.faults]


# --- the plan ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("last", [date(2025, 1, 1), date(2025, 12, 31), date(2026, 2, 1), None])
def test_an_auditor_does_not_audit_a_unit_of_the_last_twelve_months(then, auditor, last):
    held(then.agency, auditor, "กองคลัง", date(2023, 10, 1), last)
    assert refused(then, auditor) == [("auditor", "OWN_FORMER_UNIT")]
    assert plan(then, auditor, unit=unit_ref(then.agency, "กองช่าง")).pk


def test_an_auditor_audits_a_unit_that_was_left_long_enough_ago(then, auditor):
    held(then.agency, auditor, "กองคลัง", date(2020, 10, 1), date(2024, 12, 31))
    assert plan(then, auditor).pk
    assert refused(then, auditor, subject="การจัดเก็บรายได้", look_back=Decimal(24)) == [("auditor", "OWN_FORMER_UNIT")]


def test_a_shorter_look_back_than_the_file_allows_is_refused(then, auditor):
    assert refused(then, auditor, look_back=Decimal(6)) == [("look_back", "TOO_LOW")]


def test_a_section_under_the_audited_unit_is_of_it(then, auditor):
    top = office.unit(then.agency, "กองคลัง")
    Unit.objects.create(agency=then.agency, name="งานพัสดุ", kind="section", parent=top, valid_from=office.SINCE)
    held(then.agency, auditor, "งานพัสดุ", date(2025, 6, 1), None)
    assert refused(then, auditor) == [("auditor", "OWN_FORMER_UNIT")]


def test_an_auditor_does_not_audit_a_task_given_by_order(then, auditor, scope):
    signer = scope(Role.MAYOR).person
    order = {"order_no": "๑๒๐/๒๕๖๘", "order_date": date(2025, 1, 5), "signer": signer}
    JobOrder.objects.create(
        agency=then.agency, person=auditor, duties="งานการเบิกจ่ายเงิน และงานบัญชี", valid_from=date(2025, 1, 5),
        valid_to=date(2025, 6, 30), **order,
    )  # fmt: skip
    assert refused(then, auditor, subject="การเบิกจ่ายเงิน") == [("auditor", "OWN_FORMER_TASK")]
    assert plan(then, auditor, subject="การจัดเก็บรายได้").pk


def test_the_plan_is_held_again_when_it_is_changed(then, auditor):
    made = plan(then, auditor, unit=unit_ref(then.agency, "กองช่าง"))
    held(then.agency, auditor, "กองคลัง", date(2023, 10, 1), None)
    with pytest.raises(services.EntryRefused) as found:
        services.change_entry(then, entry=made, values={"unit": unit_ref(then.agency, "กองคลัง")}, version=None)
    assert [fault.code for fault in found.value.faults] == ["OWN_FORMER_UNIT"]


def test_months_are_counted_back_to_the_last_day_of_a_short_one():
    days = [_before(date(2026, 3, 31), 1), _before(date(2024, 2, 29), 12), _before(date(2026, 1, 15), 13)]
    assert days == [date(2026, 2, 28), date(2023, 2, 28), date(2024, 12, 15)]


# --- findings ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def head(scope):
    """The head of the audited unit."""
    return replace(scope(Role.HEAD), today=FEBRUARY)


@pytest.fixture
def finding(then, auditor, head):
    """Make a finding, owned by the head of the audited unit."""

    def make(**changes: object) -> Entry:
        audit = Entry.objects.filter(register="audit-plan").first() or plan(then, auditor)
        given = {"audit": audit, "found_on": date(2026, 2, 10), "owner": ref_of(head.person)}
        return add(then, "audit-findings", **given | changes)

    return make


@pytest.mark.parametrize("key", ["owner", "due", "fact", "criterion", "effect", "advice"])
def test_a_finding_has_owner_date_fact_criterion_effect_and_advice(finding, key):
    with pytest.raises(services.EntryRefused) as found:
        finding(**{key: None})
    assert [(fault.field, fault.code) for fault in found.value.faults] == [(key, "REQUIRED")]


def test_a_finding_is_late_after_its_date(finding, then):
    made = finding(due=date(2026, 2, 27))
    assert made.due_on == date(2026, 2, 27)


def test_a_finding_is_answered_by_its_unit_and_closed_by_the_auditor(finding, then, head):
    made = finding()
    made = services.move_entry(head, entry=made, move="answer", values={"answer": "แก้แล้ว"}, version=None)
    settled = {"follow_up": "สุ่มตรวจแล้ว", "closed_on": FEBRUARY}
    with pytest.raises(services.EntryRefused):
        services.move_entry(head, entry=made, move="close", values=settled, version=None)
    made = services.move_entry(then, entry=made, move="close", values=settled, version=None)
    assert (made.state, made.done_on) == ("closed", FEBRUARY)


def test_a_finding_is_not_closed_before_it_was_answered(finding, then):
    with pytest.raises(services.EntryRefused):
        services.move_entry(then, entry=finding(), move="close", values={"follow_up": "ดี"}, version=None)


def test_who_owns_a_finding_does_not_close_it_even_as_auditor(finding, then, head):
    made = services.move_entry(head, entry=finding(), move="answer", values={"answer": "แก้แล้ว"}, version=None)
    both = replace(head, roles=head.roles | {Role.AUDITOR})
    with pytest.raises(services.EntryRefused) as found:
        services.move_entry(
            both, entry=made, move="close", values={"follow_up": "ดี", "closed_on": FEBRUARY}, version=None
        )
    assert "ผู้ตรวจสอบเป็นผู้ปิด" in found.value.faults[0].message_th


def test_a_finding_is_of_the_unit_that_the_plan_names(finding, then):
    with pytest.raises(services.EntryRefused) as found:
        finding(unit=unit_ref(then.agency, "กองช่าง"))
    assert [fault.code for fault in found.value.faults] == ["OTHER_UNIT_AUDITED"]


def test_an_auditor_owns_no_finding_of_the_own_audit(finding, then):
    with pytest.raises(services.EntryRefused) as found:
        finding(owner=ref_of(then.person))
    assert [fault.code for fault in found.value.faults] == ["AUDITOR_OWNS"]


def test_findings_are_read_by_auditor_executives_and_the_head_of_the_unit(finding, scope):
    made = finding()
    sees = []
    for role in Role:
        asking = replace(scope(role), today=FEBRUARY)
        found = entries_of(asking, kept_of(asking, "audit-findings", YEAR), YEAR)
        sees += [role] if found.filter(pk=made.pk).exists() else []
    assert sees == [Role.MAYOR, Role.SECRETARY, Role.HEAD, Role.AUDITOR]
