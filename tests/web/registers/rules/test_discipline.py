"""Disciplinary action outside the sealed channel: after a finding, and seen by its readers alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import TODAY, entry_ref, person
from tests.web.registers.rules.test_fact_findings import faults_of, order  # noqa: F401  # reason: a fixture

ID = "discipline"
REPORT = {"reported_on": date(2026, 3, 2), "result": "discipline", "finding": "พบว่าละเลย"}
DECISION = {"penalty": "probation", "decided_on": date(2026, 3, 20), "order_no": "80/2569"}


@pytest.fixture
def finding(agency, make, order):  # noqa: F811  # reason: the fixture above
    order(Role.CLERK)
    return make("fact-findings", accused=person(agency, Role.OFFICER))


def report(now, entry, **changes):
    return services.move_entry(now, entry=entry, move="report", values=REPORT | changes, version=None)


def propose(make, agency, finding, role: Role = Role.OFFICER, **values):
    return make(ID, person=person(agency, role), finding=entry_ref(finding), **values)


def test_action_only_after_the_committee_has_reported(agency, now, make, finding):
    assert faults_of(lambda: propose(make, agency, finding)) == [("finding", "NOT_REPORTED")]
    report(now, finding)
    assert propose(make, agency, finding).state == "proposed"


def test_action_needs_a_finding_or_the_number_of_a_sealed_case(agency, make):
    officer = person(agency, Role.OFFICER)
    assert faults_of(lambda: make(ID, person=officer, finding=None)) == [("finding", "REQUIRED")]
    assert make(ID, person=officer, finding=None, case_no="7K2M-41").pk
    assert faults_of(lambda: make(ID, person=officer, finding=None, case_no="เขียนเรื่องยาว ๆ"))[0][0] == "case_no"


def test_finding_without_a_case_of_discipline_allows_nothing(agency, now, make, finding):
    report(now, finding, result="none")
    assert faults_of(lambda: propose(make, agency, finding)) == [("finding", "NO_CASE")]


def test_action_is_against_who_was_accused_and_after_the_report(agency, now, make, finding):
    report(now, finding)
    assert faults_of(lambda: propose(make, agency, finding, Role.CLERK)) == [("person", "NOT_ACCUSED")]
    early = date(2026, 3, 1)
    assert faults_of(lambda: propose(make, agency, finding, proposed_on=early)) == [("proposed_on", "BEFORE_FINDING")]


def test_action_goes_from_proposal_to_its_end(agency, now, make, finding):
    report(now, finding)
    entry = propose(make, agency, finding)
    steps = (
        ("decide", DECISION),
        ("appeal", {"appealed_on": date(2026, 3, 25)}),
        ("settle", {"settled_on": date(2026, 3, 30), "outcome": "ยกอุทธรณ์"}),
    )
    for move, values in steps:
        entry = services.move_entry(now, entry=entry, move=move, values=values, version=None)
    assert entry.state == "final"


def test_decided_by_the_executive_and_never_by_whom_it_is_about(agency, now, scope, make, finding):
    report(now, finding)
    entry = propose(make, agency, finding)
    with pytest.raises(EntryRefused):
        services.move_entry(
            replace(scope(Role.LEGAL), today=TODAY), entry=entry, move="decide", values=DECISION, version=None
        )
    mayor = replace(scope(Role.MAYOR), today=TODAY)
    own = make(ID, person=person(agency), finding=None, case_no="7K2M-41")
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(mayor, entry=own, move="decide", values=DECISION, version=None)
    assert refused.value.message_th == "ท่านไม่มีสิทธิ์ทำขั้นตอนนี้"
    assert services.move_entry(mayor, entry=entry, move="decide", values=DECISION, version=None).state == "decided"
