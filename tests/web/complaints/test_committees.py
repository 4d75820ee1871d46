"""The committee: who may not sit in it, its deadline and extensions, what its report allows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.models import Agency, Committee, CommitteeMember, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Channel, Report, State
from prongsai.web.complaints.queries.barring import BELOW_TOP_TH, barred_from
from prongsai.web.complaints.queries.clocks import deadline_of, finding_due
from prongsai.web.complaints.queries.handling import handling_of, open_moves
from prongsai.web.complaints.queries.progress import committee_of, may_follow
from prongsai.web.complaints.queries.routing import ACCUSED_TH, CONFLICT_TH, LINE_TH, UNIT_TH
from prongsai.web.complaints.services import committees, readers
from tests.web.complaints import acts, office_keys, told


@pytest.fixture
def report(agency: Agency, channel: Channel) -> Report:
    return acts.accepted(agency)


@pytest.fixture
def about_supply(agency: Agency, channel: Channel) -> Report:
    """Accepted, about the supply officer of the finance division."""
    return acts.accepted(agency, told.tell(agency, told.accused_of(agency, Role.SUPPLY), identity=acts.WHO))


def today(agency: Agency):
    return office_keys.scope_for(agency, Role.LEGAL).today


# --- who may not ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "why"),
    [(Role.SUPPLY, ACCUSED_TH), (Role.HEAD, LINE_TH), (Role.MAYOR, LINE_TH), (Role.SECRETARY, LINE_TH)],
)
def test_accused_and_those_over_them_are_refused(agency: Agency, about_supply: Report, role: Role, why: str):
    with pytest.raises(ValidationError) as refused:
        acts.set_committee(
            agency, about_supply, (role, "member"), (Role.PERSONNEL, "chair"), (Role.ANALYST, "secretary")
        )
    assert refused.value.messages == [f"ตั้ง {told.person_of(agency, role)} ไม่ได้: {why}"]
    assert acts.opened(agency, about_supply).report.state == State.ACCEPTED


def test_head_of_a_unit_that_is_accused_is_refused_and_so_is_everybody_in_it(agency: Agency, channel: Channel):
    report = acts.accepted(agency, told.tell(agency, Accused(unit="กองคลัง"), identity=acts.WHO))
    barred = barred_from(office_keys.scope_for(agency, Role.LEGAL), acts.opened(agency, report))
    assert barred[told.person_of(agency, Role.HEAD).pk] == ACCUSED_TH
    assert barred[told.person_of(agency, Role.SUPPLY).pk] == UNIT_TH
    assert told.person_of(agency, Role.OFFICER).pk not in barred


def test_whoever_declared_a_conflict_is_refused(agency: Agency, report: Report):
    scope, key = office_keys.scope_for(agency, Role.AUDITOR), office_keys.key_of(agency, Role.AUDITOR)
    readers.declare_conflict(scope, key, acts.opened(agency, report, Role.AUDITOR), reason="เป็นญาติ")
    with pytest.raises(ValidationError, match=CONFLICT_TH):
        acts.set_committee(
            agency, report, (Role.AUDITOR, "chair"), (Role.PERSONNEL, "member"), (Role.ANALYST, "member")
        )


def test_nobody_of_the_office_judges_who_leads_it(agency: Agency, channel: Channel):
    named = told.tell(agency, told.accused_of(agency, Role.MAYOR), identity=acts.WHO)
    case = acts.opened(agency, named, office_keys.SUPERVISOR)
    barred = barred_from(office_keys.scope_for(agency, office_keys.SUPERVISOR), case)
    assert barred[told.person_of(agency, Role.ANALYST).pk] == BELOW_TOP_TH
    free = Person.objects.filter(agency=agency).exclude(pk__in=barred)
    assert {one.employment for one in free} == {"outside"}


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (((Role.PERSONNEL, "chair"), (Role.ANALYST, "member")), "อย่างน้อย ๓ คน"),
        (((Role.PERSONNEL, "chair"), (Role.ANALYST, "member"), (Role.ANALYST, "secretary")), "ซ้ำ"),
        (((Role.PERSONNEL, "member"), (Role.ANALYST, "member"), (Role.CLERK, "member")), "ประธานกรรมการหนึ่งคน"),
        (((Role.PERSONNEL, "chair"), (Role.ANALYST, "chair"), (Role.CLERK, "member")), "ประธานกรรมการหนึ่งคน"),
    ],
)
def test_committee_has_three_different_people_and_one_chair(agency: Agency, report: Report, chosen, words: str):
    with pytest.raises(ValidationError, match=words):
        acts.set_committee(agency, report, *chosen)


def test_stranger_is_no_member(agency: Agency, other_agency: Agency, report: Report):
    strange = Person.objects.filter(agency=other_agency).first()
    assert strange is not None
    chosen = [*acts.members(agency)[:2], (strange.pk, "member")]
    with pytest.raises(ValidationError, match="ไม่อยู่ในทะเบียน"):
        acts.do(
            agency,
            report,
            committees.set_committee,
            members=chosen,
            order_no="๑/๒๕๖๙",
            order_date=today(agency),
        )


# --- its order and its time -----------------------------------------------------------------------------------------
def test_order_sets_the_committee_and_the_days_of_the_office_count_from_it(
    agency: Agency, channel: Channel, report: Report
):
    Channel.objects.update(finding_days=45)
    channel.refresh_from_db()
    case = acts.set_committee(agency, report)
    assert case.report.state == State.FINDING
    committee = committee_of(case.said)
    assert committee is not None
    assert [(one.name, one.role) for one in committee.members] == [
        (str(told.person_of(agency, role)), place) for role, place in acts.MEMBERS
    ]
    assert committee.until == finding_due(channel, today(agency)) >= today(agency) + timedelta(days=45)


def test_no_register_of_the_office_tells_of_it(agency: Agency, report: Report):
    acts.set_committee(agency, report)
    assert not Committee.objects.exists() and not CommitteeMember.objects.exists()


def test_deadline_and_every_extension_are_recorded(agency: Agency, report: Report):
    first = committee_of(acts.set_committee(agency, report).said)
    assert first is not None
    until = first.until + timedelta(days=30)
    given = {"order_no": "๑๕๐/๒๕๖๙", "order_date": today(agency)}
    for day, reason in ((first.until, "รอพยาน"), (until, "")):
        with pytest.raises(ValidationError):
            acts.do(agency, report, committees.extend, until=day, reason=reason, **given)
    case = acts.do(agency, report, committees.extend, until=until, reason="รอพยานปากสำคัญ", **given)
    committee = committee_of(case.said)
    assert committee is not None and committee.until == until
    assert [(one.order_no, one.until, one.reason) for one in committee.extensions] == [
        ("๑๕๐/๒๕๖๙", until, "รอพยานปากสำคัญ")
    ]
    assert deadline_of(case.said) == (until, today(agency))


def test_order_of_the_future_is_refused(agency: Agency, report: Report):
    with pytest.raises(ValidationError, match="อนาคต"):
        acts.set_committee(agency, report, order_date=today(agency) + timedelta(days=1))


def test_another_order_takes_the_place_of_the_first(agency: Agency, report: Report):
    acts.set_committee(agency, report)
    case = acts.set_committee(agency, report, order_no="๒๐๐/๒๕๖๙")
    committee = committee_of(case.said)
    assert committee is not None and committee.order_no == "๒๐๐/๒๕๖๙" and case.report.state == State.FINDING


# --- its report -----------------------------------------------------------------------------------------------------
def test_nothing_follows_before_the_committee_has_reported(agency: Agency, report: Report):
    case = acts.set_committee(agency, report)
    assert [move.name for move in open_moves(case)] == ["refer"]
    assert handling_of(office_keys.key_of(agency, Role.LEGAL), case).waits_for_finding
    for name in ("no_case", "discipline", "liability", "criminal"):
        with pytest.raises(ValidationError, match="รายงานผลแล้ว"):
            acts.move(agency, report, name)


def test_only_what_the_committee_found_may_follow(agency: Agency, channel: Channel):
    found = acts.found(agency, "discipline", "criminal")
    case = acts.opened(agency, found)
    assert may_follow(case.said) == {"discipline", "criminal"}
    assert [move.name for move in open_moves(case)] == ["refer", "discipline", "criminal"]
    for name in ("no_case", "liability"):
        with pytest.raises(ValidationError):
            acts.move(agency, found, name)
    acts.move(agency, found, "discipline")
    assert acts.move(agency, found, "criminal").report.state == State.CRIMINAL


def test_committee_that_found_nothing_ends_the_case(agency: Agency, channel: Channel):
    found = acts.found(agency)
    acts.move(agency, found, "no_case")
    done = acts.move(agency, found, "inform")
    assert done.report.state == State.INFORMED and done.report.expires_on is not None


def test_report_says_either_nothing_or_what_should_follow(agency: Agency, report: Report):
    acts.set_committee(agency, report)
    given = {"on": today(agency), "text": "สรุป"}
    for is_found, outcomes in ((True, ()), (False, ("discipline",)), (True, ("closed",))):
        with pytest.raises(ValidationError):
            acts.do(agency, report, committees.report_finding, is_found=is_found, outcomes=outcomes, **given)


def test_committee_of_before_a_reopening_allows_nothing(agency: Agency, channel: Channel):
    found = acts.found(agency)
    acts.move(agency, found, "no_case")
    case = acts.move(agency, found, "reopen")
    assert committee_of(case.said) is None and may_follow(case.said) == frozenset()
