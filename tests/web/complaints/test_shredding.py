"""Shredding: what is left of an expired report, of its files, and in the journal."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from prongsai.privacy.seal.receipts import new_receipt
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Message, Report, SealedFile, State
from prongsai.web.complaints.queries.cases import cases_of, report_of
from prongsai.web.complaints.services import receiving, store
from prongsai.web.complaints.services.shredding import complete_on, shred_expired
from prongsai.web.ui.templatetags.ui import thai_date
from tests.web.complaints import office_keys, told

DAY = date(2028, 6, 15)
DULL = {"id", "agency", "number", "received_on", "way", "category", "state", "expires_on", "shredded_on"}


def expired(agency: Agency, day: date = DAY, **more) -> Report:
    report = told.tell(agency, identity=told.WHO, files=told.sealed_files(agency), **more)
    return told.again(report, state=State.CLOSED, expires_on=day)


def test_expired_report_keeps_its_dull_row_and_nothing_else(agency: Agency, channel: Channel):
    report = expired(agency)
    before = {name: getattr(report, name) for name in ("number", "received_on", "way", "category", "state")}
    assert shred_expired(DAY) == 1
    report.refresh_from_db()
    assert {name: getattr(report, name) for name in before} == before
    assert report.shredded_on == DAY
    left = {field.name for field in Report._meta.concrete_fields if getattr(report, field.name)}
    assert left - {"roll_version", "version"} == DULL
    assert not Message.objects.exists() and not SealedFile.objects.exists()


def test_files_are_removed_once_the_rows_are_gone(agency: Agency, channel: Channel, django_capture_on_commit_callbacks):
    expired(agency)
    assert len(store.names(agency.code)) == 2
    with django_capture_on_commit_callbacks() as waiting:
        shred_expired(DAY)
    assert len(store.names(agency.code)) == 2
    for act in waiting:
        act()
    assert store.names(agency.code) == set()


def test_only_what_has_expired_goes_and_only_once(agency: Agency, channel: Channel):
    report, young, endless = expired(agency), expired(agency, DAY + timedelta(days=1)), told.tell(agency)
    assert shred_expired(DAY) == 1
    assert shred_expired(DAY) == 0
    gone = Report.objects.filter(shredded_on__isnull=False)
    assert set(gone) == {report} and not {young, endless} & set(gone)
    assert shred_expired(DAY + timedelta(days=1)) == 1


def test_journal_tells_only_how_many(agency: Agency, channel: Channel):
    expired(agency)
    expired(agency)
    count = AuditEntry.objects.count()
    shred_expired(DAY)
    lines = AuditEntry.objects.order_by("number")[count:]
    assert [(line.action, line.subject_type, line.changes) for line in lines] == [
        ("complaint.shred", "complaints.channel", {"cases": [None, 2]})
    ]


def test_shredded_report_opens_for_nobody(agency: Agency, channel: Channel):
    receipt = new_receipt()
    report = expired(agency, receipt=receipt)
    assert receiving.by_receipt(agency, receipt) is not None
    shred_expired(DAY)
    assert receiving.by_receipt(agency, receipt) is None
    assert report_of(agency, report.number) is None
    assert cases_of(office_keys.key_of(agency, Role.LEGAL)) == []


def test_shredding_is_complete_when_the_last_backup_is_gone(agency: Agency, channel: Channel):
    report = expired(agency)
    assert complete_on(report) is None
    shred_expired(DAY)
    report.refresh_from_db()
    assert complete_on(report) == DAY + timedelta(days=90)
    Channel.objects.update(backup_days=365)
    assert complete_on(report) == DAY + timedelta(days=365)


def test_command_shreds_what_has_expired_today_and_tells_no_number(agency: Agency, channel: Channel):
    report = expired(agency, timezone.localdate())
    said = StringIO()
    call_command("shred_reports", stdout=said)
    assert said.getvalue() == "ทำลายแล้ว 1 เรื่อง เก็บกวาด 0 ไฟล์\n"
    assert report.number not in said.getvalue()


@pytest.mark.parametrize(
    ("who", "status"), [(Role.LEGAL, 200), (office_keys.SUPERVISOR, 200), (Role.CLERK, 404), (Role.ADMIN, 404)]
)
def test_dull_row_is_shown_to_readers_who_know_its_number(
    agency: Agency, channel: Channel, handler_client, signed_in, who: str, status: int
):
    report = expired(agency)
    shred_expired(DAY)
    client = handler_client(who) if who in office_keys.DUTIES else signed_in(who)
    answer = client.get(reverse("complaint", args=[agency.code, report.number]))
    assert answer.status_code == status
    if status == 200:
        shown = [thai_date(DAY), thai_date(DAY + timedelta(days=90)), report.get_category_display()]
        assert [words for words in shown if words not in answer.content.decode()] == []
