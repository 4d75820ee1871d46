"""Who may read a case: accused who are added later, conflicts that are declared, who takes their place."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from prongsai.privacy.seal.receipts import keys_of as receipt_keys
from prongsai.privacy.seal.receipts import new_receipt
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused, Kind
from prongsai.web.complaints.marks import is_of
from prongsai.web.complaints.models import Channel, Report
from prongsai.web.complaints.queries.cases import keys_of
from prongsai.web.complaints.services import readers, receipt_wraps, receiving
from tests.web.complaints import office_keys, told
from tests.web.complaints.test_cases import case_of, opened


def exclude(agency: Agency, report: Report, *accused: Accused, by: str = Role.LEGAL) -> readers.Changed:
    """Add accused to a case, as somebody."""
    scope, key = office_keys.scope_for(agency, by), office_keys.key_of(agency, by)
    return readers.exclude(scope, key, case_of(agency, report, by), accused=accused)


def openers(agency: Agency, report: Report) -> list[str]:
    """Give whose keys open a report as it stands in the database."""
    current = Report.objects.get(pk=report.pk)
    return [who for who in office_keys.DUTIES if keys_of(office_keys.key_of(agency, who), current) is not None]


def test_superior_line_and_unit_of_a_new_accused_lose_the_case_at_once(agency: Agency, channel: Channel):
    report = told.tell(agency)
    changed = exclude(agency, report, told.accused_of(agency, Role.HEAD))
    assert [one.user for one in changed.lost] == [office_keys.scope_for(agency, Role.SUPPLY).user]
    assert (changed.gained, changed.is_own) == ((), False)
    assert openers(agency, report) == [Role.LEGAL, Role.AUDITOR]
    assert Report.objects.get(pk=report.pk).is_stale is True


def test_handler_who_adds_their_own_unit_loses_the_case_too(agency: Agency, channel: Channel):
    report = told.tell(agency)
    changed = exclude(agency, report, told.accused_of(agency, Role.CLERK))  # of the office of the legal officer
    assert changed.is_own is True
    assert Role.LEGAL not in openers(agency, report)
    assert opened(agency, Report.objects.get(pk=report.pk), Role.LEGAL) is None


def test_typed_name_of_somebody_of_the_office_counts_as_them(agency: Agency, channel: Channel):
    report = told.tell(agency)
    person = told.person_of(agency, Role.SUPPLY)
    exclude(agency, report, Accused(name=f"{person.given_name} {person.family_name}"))
    assert openers(agency, report) == [Role.LEGAL, Role.AUDITOR]


def test_fewer_than_two_handlers_left_bring_in_the_fallback(agency: Agency, channel: Channel):
    report = told.tell(agency)
    exclude(agency, report, told.accused_of(agency, Role.HEAD))
    changed = exclude(agency, Report.objects.get(pk=report.pk), told.accused_of(agency, Role.CLERK))
    assert [one.user for one in changed.gained] == [office_keys.scope_for(agency, office_keys.FALLBACK).user]
    assert openers(agency, report) == [Role.AUDITOR, office_keys.FALLBACK]


def test_mayor_accused_later_leaves_the_case_to_the_supervisor(agency: Agency, channel: Channel):
    report = told.tell(agency)
    changed = exclude(agency, report, told.accused_of(agency, Role.MAYOR))
    assert changed.is_own is True
    assert openers(agency, report) == [office_keys.SUPERVISOR]
    case = case_of(agency, Report.objects.get(pk=report.pk), office_keys.SUPERVISOR)
    assert [one.kind for one in case.said if one.kind is Kind.READERS] == [Kind.READERS]
    assert [one.person_id for one in case.accused] == [None, told.person_of(agency, Role.MAYOR).pk]


def test_later_messages_ring_only_those_who_read_the_case_now(agency: Agency, channel: Channel):
    receipt = new_receipt()
    report = told.tell(agency, receipt=receipt)
    exclude(agency, report, told.accused_of(agency, Role.HEAD))
    pair, _handle = receipt_keys(receipt, bytes(channel.salt))
    _dialogue, pks = receipt_wraps.opened(Report.objects.get(pk=report.pk).receipt_wrap, pair.identity)
    assert sorted(pks) == sorted(office_keys.holder_of(agency, who).pk for who in (Role.LEGAL, Role.AUDITOR))


def test_reporter_does_not_learn_whom_handlers_added(agency: Agency, channel: Channel):
    receipt = new_receipt()
    report = told.tell(agency, receipt=receipt)
    exclude(agency, report, told.accused_of(agency, Role.HEAD))
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    assert (following.said, len(following.told.accused)) == ((), 1)


def test_nobody_and_somebody_known_are_refused(agency: Agency, channel: Channel):
    report = told.tell(agency)
    for accused in (Accused(name="  "), Accused(name="ช่างรับเหมาภายนอก")):
        with pytest.raises(ValidationError):
            exclude(agency, report, accused)
    assert openers(agency, report) == [Role.LEGAL, Role.AUDITOR, Role.SUPPLY]


def test_conflict_takes_oneself_off_and_tells_the_others_why(agency: Agency, channel: Channel):
    report = told.tell(agency)
    scope, key = office_keys.scope_for(agency, Role.AUDITOR), office_keys.key_of(agency, Role.AUDITOR)
    changed = readers.declare_conflict(scope, key, case_of(agency, report, Role.AUDITOR), reason="เป็นญาติกับผู้ถูกกล่าวหา")
    assert (changed.is_own, [one.pk for one in changed.lost]) == (True, [key.holder.pk])
    assert openers(agency, report) == [Role.LEGAL, Role.SUPPLY]
    case = case_of(agency, Report.objects.get(pk=report.pk))
    assert [(one.text, one.by) for one in case.of(Kind.READERS)] == [("เป็นญาติกับผู้ถูกกล่าวหา", scope.actor)]
    assert case.conflicts == {key.holder.pk}
    assert openers(agency, report) == [Role.LEGAL, Role.SUPPLY]  # closed anew for the same


def test_conflict_without_a_reason_is_refused(agency: Agency, channel: Channel):
    report = told.tell(agency)
    scope, key = office_keys.scope_for(agency, Role.AUDITOR), office_keys.key_of(agency, Role.AUDITOR)
    with pytest.raises(ValidationError):
        readers.declare_conflict(scope, key, case_of(agency, report, Role.AUDITOR), reason=" ")
    assert Role.AUDITOR in openers(agency, report)


def test_last_one_who_could_read_it_cannot_leave_it_to_nobody(agency: Agency, channel: Channel):
    report = told.tell(agency)
    exclude(agency, report, told.accused_of(agency, Role.MAYOR))
    declare(agency, report, office_keys.SUPERVISOR)
    assert openers(agency, report) == [office_keys.FALLBACK]
    with pytest.raises(ValidationError):
        declare(agency, report, office_keys.FALLBACK)
    assert openers(agency, report) == [office_keys.FALLBACK]


def declare(agency: Agency, report: Report, who: str) -> readers.Changed:
    """Declare a conflict, as somebody."""
    case = case_of(agency, Report.objects.get(pk=report.pk), who)
    scope, key = office_keys.scope_for(agency, who), office_keys.key_of(agency, who)
    return readers.declare_conflict(scope, key, case, reason="รู้จักกันดี")


def test_change_of_readers_is_journaled_without_names(agency: Agency, channel: Channel):
    report = told.tell(agency)
    case = case_of(agency, report)
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    before = AuditEntry.objects.filter(agency=agency).count()
    readers.exclude(scope, key, case, accused=[told.accused_of(agency, Role.HEAD)])
    lines = AuditEntry.objects.filter(agency=agency).order_by("number")[before:]
    found = [(one.action, one.subject_type, one.changes) for one in lines]
    assert [(action, kind, list(changes)) for action, kind, changes in found] == [
        ("complaint.readers", "complaints.channel", ["case"])
    ]
    assert is_of(case.keys.mark, found[0][2]["case"][1])
