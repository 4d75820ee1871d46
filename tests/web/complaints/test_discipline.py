"""Discipline, claims and criminal cases: only after a finding, only for who reads the case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Message, Report, State
from prongsai.web.complaints.queries.cases import keys_of
from prongsai.web.complaints.queries.progress import follows_of, measures_of
from prongsai.web.complaints.services import discipline as services
from prongsai.web.complaints.states import Penalty, Stage
from tests.web.complaints import acts, office_keys

WHO = "ผู้ถูกลงโทษสมมุติ"


@pytest.fixture
def report(agency: Agency, channel: Channel) -> Report:
    found = acts.found(agency, "discipline", "liability")
    return acts.move(agency, found, "discipline").report


def step(agency: Agency, report: Report, stage: str, **given: object):
    on = office_keys.scope_for(agency, Role.LEGAL).today
    return acts.do(agency, report, services.discipline, **({"who": WHO, "stage": stage, "on": on} | given))


def decided(agency: Agency, report: Report, **given: object):
    return step(agency, report, Stage.DECIDED, **({"order_no": "๙๙/๒๕๖๙", "penalty": Penalty.CUT} | given))


def test_discipline_only_after_a_finding(agency: Agency, channel: Channel):
    accepted = acts.accepted(agency)
    with pytest.raises(ValidationError):
        step(agency, accepted, Stage.PROPOSED)
    acts.set_committee(agency, accepted)
    for act in (lambda: step(agency, accepted, Stage.PROPOSED), lambda: acts.move(agency, accepted, "discipline")):
        with pytest.raises(ValidationError):
            act()
    acts.report_finding(agency, accepted, "discipline")
    assert acts.move(agency, accepted, "discipline").report.state == State.DISCIPLINE
    assert len(measures_of(step(agency, accepted, Stage.PROPOSED).said)) == 1


def test_discipline_goes_its_way_for_each_person(agency: Agency, report: Report):
    step(agency, report, Stage.PROPOSED)
    step(agency, report, Stage.PROPOSED, who="อีกคนสมมุติ")
    with pytest.raises(ValidationError, match="มีคำสั่งแล้ว"):
        step(agency, report, Stage.FINAL)
    decided(agency, report)
    step(agency, report, Stage.APPEALED)
    case = step(agency, report, Stage.FINAL, order_no="๑๒๐/๒๕๖๙", penalty=Penalty.PROBATION)
    own = [(one.stage, one.order_no, one.penalty) for one in measures_of(case.said) if one.who == WHO]
    assert own == [
        ("proposed", "", ""),
        ("decided", "๙๙/๒๕๖๙", "cut"),
        ("appealed", "", ""),
        ("final", "๑๒๐/๒๕๖๙", "probation"),
    ]
    assert services.next_stages(case, WHO) == () and services.next_stages(case, "อีกคนสมมุติ") == (Stage.DECIDED,)
    with pytest.raises(ValidationError, match="ถึงที่สุดแล้ว"):
        step(agency, report, Stage.FINAL)


def test_order_has_its_number_and_its_penalty(agency: Agency, report: Report):
    step(agency, report, Stage.PROPOSED)
    for missing in ("order_no", "penalty"):
        with pytest.raises(ValidationError) as refused:
            decided(agency, report, **{missing: ""})
        assert set(refused.value.error_dict) == {missing}


def test_days_go_forwards_and_not_into_the_future(agency: Agency, report: Report):
    today = office_keys.scope_for(agency, Role.LEGAL).today
    step(agency, report, Stage.PROPOSED)
    for day in (today + timedelta(days=1), today - timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            decided(agency, report, on=day)
        assert set(refused.value.error_dict) == {"on"}


def test_penalties_are_the_five_of_the_standards_and_none():
    assert [one.value for one in Penalty] == ["none", "probation", "cut", "reduced", "dismissed", "expelled"]


def test_nobody_but_the_readers_of_the_case_sees_it(agency: Agency, report: Report):
    step(agency, report, Stage.PROPOSED, text="รายละเอียดลับสุดยอด")
    sealed = b"".join(bytes(one.sealed) for one in Message.objects.filter(report=report))
    assert WHO.encode() not in sealed and "ลับสุดยอด".encode() not in sealed
    current = Report.objects.get(pk=report.pk)
    openers = [who for who in office_keys.DUTIES if keys_of(office_keys.key_of(agency, who), current)]
    assert openers == list(office_keys.HANDLERS)


def test_claim_and_criminal_case_keep_agency_number_and_day(agency: Agency, report: Report):
    today = office_keys.scope_for(agency, Role.LEGAL).today
    given = {"agency": "กรมบัญชีกลาง", "case_no": "กค ๑/๒๕๖๙", "on": today, "text": "ส่งสำนวน"}

    def follow(**more: object):
        return acts.do(agency, report, services.follow_up, **(given | more))

    with pytest.raises(ValidationError):
        follow()
    acts.move(agency, report, "liability")
    with pytest.raises(ValidationError):
        follow(text="")
    (line,) = follows_of(follow().said)
    assert (line.kind, line.agency, line.case_no, line.on, line.text) == (
        "liability",
        "กรมบัญชีกลาง",
        "กค ๑/๒๕๖๙",
        today,
        "ส่งสำนวน",
    )
