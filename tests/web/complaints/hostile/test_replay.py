"""What was valid once is not valid twice: forms, tokens, cookies, consents, vouches, old rows of a backup."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.signing import new_seed, signed, verify_key_of
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, Message, Recovery, RecoveryState, Report
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import holders, readers, recoveries, tokens, unlocking
from prongsai.web.complaints.services.vouching import said
from tests.web.complaints import office_keys, told
from tests.web.complaints.hostile.walking import address
from tests.web.complaints.office_keys import OUTSIDER, holder_of, key_of, scope_for
from tests.web.complaints.reporter import WHAT, Reporter, receipt_in
from tests.web.complaints.test_cases import case_of

Clients = Callable[..., Client]


# --- forms ----------------------------------------------------------------------------------------------------------
def test_form_that_lay_open_too_long_is_refused_with_its_words_and_a_new_token(
    agency: Agency, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = Reporter(agency)
    form = reporter.filled()
    monkeypatch.setattr(tokens, "LASTS", -1)
    answer = reporter.client.post(address(agency, "report_public"), form)
    page = answer.content.decode()
    assert (answer.status_code, WHAT in page, form["token"] in page, Report.objects.count()) == (422, True, False, 0)


def test_token_of_one_office_makes_only_the_other_offices_own_report(
    agency: Agency, other_agency: Agency, channel: Channel
) -> None:
    office_keys.build(other_agency)
    here, there = Reporter(agency), Reporter(other_agency)
    token = here.asked()
    assert [here.send(token=token).status_code, there.send(token=token).status_code] == [201, 201]
    first, second = Report.objects.get(agency=agency), Report.objects.get(agency=other_agency)
    assert first.handle != second.handle
    assert first.dialogue_key != second.dialogue_key
    assert len(Report.objects.all()) == 2


def test_token_that_reported_here_shows_nothing_there(agency: Agency, other_agency: Agency, channel: Channel) -> None:
    office_keys.build(other_agency)
    reporter = Reporter(agency)
    token = reporter.asked()
    receipt = receipt_in(reporter.send(token=token))
    there = Reporter(other_agency).client.post(address(other_agency, "report_confirm"), {"token": token})
    assert (there.status_code, receipt.latin[0] in there.content.decode()) == (303, False)


def test_token_that_was_used_does_not_change_what_was_told(agency: Agency, channel: Channel) -> None:
    reporter = Reporter(agency)
    form = reporter.filled()
    page = address(agency, "report_public")
    receipt = receipt_in(reporter.client.post(page, form))
    before = Report.objects.values().get()
    again = reporter.client.post(page, form | {"what": "ข้อความที่ผู้อื่นแก้ไขในภายหลัง"})
    assert (again.status_code, Report.objects.values().get()) == (422, before)
    assert receipt_in(reporter.client.post(page, form)) == receipt


# --- keys that were open --------------------------------------------------------------------------------------------
def _copied(client: Client) -> Client:
    """Give a browser with the same cookies, as somebody has it who copied them."""
    other = Client()
    other.cookies = copy.deepcopy(client.cookies)
    return other


def test_cookies_that_were_copied_open_nothing_once_the_key_was_locked(
    agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    report, client = told.tell(agency), handler_client(Role.LEGAL)
    thief, page = _copied(client), address(agency, "complaint", report.number)
    assert thief.get(page).status_code == 200
    client.post(address(agency, "complaints_lock"))
    assert thief.get(page)["Location"].startswith(address(agency, "complaints_unlock"))
    client.post(address(agency, "complaints_unlock"), {"passphrase": office_keys.PASSPHRASE})
    assert thief.get(page).status_code == 302  # the same session, opened anew: the old cookie has no part in it


def test_session_that_was_copied_out_of_the_database_opens_nothing_without_the_cookie(
    agency: Agency, channel: Channel, handler_client: Clients, signed_in: Clients
) -> None:
    report, client = told.tell(agency), handler_client(Role.LEGAL)
    stolen = Session.objects.get(pk=client.cookies["sessionid"].value).session_data
    thief = signed_in(Role.LEGAL)
    Session.objects.filter(pk=thief.cookies["sessionid"].value).update(session_data=stolen)
    assert thief.get(address(agency, "complaint", report.number)).status_code == 302
    for guess in ("", "x", new_pair().identity, client.cookies["sessionid"].value):
        thief.cookies[unlocking.COOKIE] = guess
        assert thief.get(address(agency, "complaint", report.number)).status_code == 302


def test_session_of_before_a_new_passphrase_is_not_good_after_it(
    agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    report, client = told.tell(agency), handler_client(Role.LEGAL)
    session = Session.objects.get(pk=client.cookies["sessionid"].value)
    words = "ระนาดเอก ซอด้วง ขลุ่ยไม้ไผ่ ฆ้องวงเล็ก"
    scope, holder = scope_for(agency, Role.LEGAL), holder_of(agency, Role.LEGAL)
    unlocking.change_passphrase(scope, holder=holder, passphrase=office_keys.PASSPHRASE, new=words)
    session.save()
    assert client.get(address(agency, "complaint", report.number)).status_code == 302


# --- consents -------------------------------------------------------------------------------------------------------
def _recovery(agency: Agency) -> Recovery:
    words = "ขันทองเหลือง ตะกร้าหวาย ร่มกระดาษ เสื่อกก"
    lost = holder_of(agency, Role.LEGAL)
    return recoveries.ask_own(scope_for(agency, Role.LEGAL), lost=lost, passphrase=words, reason="ลืม")


def _consent(agency: Agency, recovery: Recovery, who: str, version: int | None = None) -> Recovery:
    found = Recovery.objects.get(pk=recovery.pk)
    given = {"seen": found.to.recipient, "version": version or found.version}
    return recoveries.consent(scope_for(agency, who), key=key_of(agency, who), recovery=found, **given)


def test_consents_are_good_for_one_recovery_and_one_time(agency: Agency, channel: Channel) -> None:
    recovery = _recovery(agency)
    _consent(agency, recovery, Role.CLERK)
    with pytest.raises(ValidationError):
        _consent(agency, recovery, Role.CLERK)
    _consent(agency, recovery, OUTSIDER)
    done = Recovery.objects.values().get()
    for who in (Role.CLERK, Role.PUBLISHER, OUTSIDER):
        with pytest.raises(ValidationError):
            _consent(agency, recovery, who)
    assert (Recovery.objects.values().get(), done["state"]) == (done, RecoveryState.DONE)


def test_recovery_set_back_in_the_database_gives_nothing_a_second_time(agency: Agency, channel: Channel) -> None:
    recovery = _recovery(agency)
    half = dict(Recovery.objects.values().get(pk=_consent(agency, recovery, Role.CLERK).pk))
    _consent(agency, recovery, OUTSIDER)
    Recovery.objects.filter(pk=recovery.pk).update(state=half["state"], layers=half["layers"], second=None)
    with pytest.raises(ValidationError):
        _consent(agency, recovery, OUTSIDER)
    assert Recovery.objects.get().state == RecoveryState.HALF


# --- vouches --------------------------------------------------------------------------------------------------------
def _left(agency: Agency, who: str, by: str) -> Holder:
    holder = holder_of(agency, who)
    holders.leave(scope_for(agency, by), holder=holder, version=holder.version, key=key_of(agency, by))
    return Holder.objects.get(pk=holder.pk)


def test_who_left_and_is_set_back_in_the_database_gets_nothing_and_is_told(agency: Agency, channel: Channel) -> None:
    """Their vouch still stands in the row, since those they vouched for themselves rest on it."""
    before = dict(Holder.objects.values().get(pk=holder_of(agency, Role.SUPPLY).pk))
    left = _left(agency, Role.SUPPLY, Role.AUDITOR)
    Holder.objects.filter(pk=left.pk).update(**{name: value for name, value in before.items() if name != "id"})
    assert [one.pk for one in rolls.forged(agency)] == [left.pk]
    report = told.tell(agency)
    readable = {one.pk for one in rolls.active(agency) if one.duty == HolderDuty.HANDLER}
    assert left.pk not in readable
    assert case_of(agency, report, Role.LEGAL).report == report


def test_vouch_that_was_signed_after_leaving_is_none(agency: Agency, channel: Channel) -> None:
    """Who leaves may keep a copy of their key, and a friend who writes into the database."""
    seed = key_of(agency, Role.SUPPLY).bundle.seed
    left = _left(agency, Role.SUPPLY, Role.AUDITOR)
    made = Holder.objects.create(
        agency=agency,
        user=scope_for(agency, Role.ANALYST).user,
        duty=HolderDuty.HANDLER,
        state="active",
        recipient=new_pair().recipient,
        verify_key=verify_key_of(new_seed()),
        vouched_by=left,
        named_on="2026-10-01",
    )
    made.vouch = signed(seed, said(made))
    made.save()
    assert [one.pk for one in rolls.forged(agency)] == [made.pk]


def test_vouch_of_another_office_is_none_here(agency: Agency, other_agency: Agency, channel: Channel) -> None:
    office_keys.build(other_agency)
    row = Holder.objects.values().get(pk=holder_of(other_agency, Role.AUDITOR).pk)
    row |= {"id": None, "agency_id": agency.pk, "user_id": scope_for(agency, Role.ADMIN).user.pk}
    made = Holder.objects.create(**row)
    Holder.objects.filter(pk=made.pk).update(vouched_by=holder_of(agency, Role.LEGAL))
    assert [one.pk for one in rolls.forged(agency)] == [made.pk]


# --- rows of an old backup ------------------------------------------------------------------------------------------
@pytest.fixture
def taken_off(agency: Agency, channel: Channel) -> tuple[Report, dict[str, object]]:
    """A case that somebody lost and that was closed anew since, and its row as it was before."""
    report = told.tell(agency, files=told.sealed_files(agency))
    before = dict(Report.objects.values().get(pk=report.pk))
    scope, key = scope_for(agency, Role.AUDITOR), key_of(agency, Role.AUDITOR)
    accused = Accused(name="เที่ยง ธรรมดี")
    readers.exclude(scope, key, case_of(agency, report, Role.AUDITOR), accused=[accused])
    report.refresh_from_db()
    case_of(agency, report, Role.AUDITOR)
    return Report.objects.get(pk=report.pk), before


def test_old_wraps_written_back_open_nothing_that_was_closed_anew(
    agency: Agency, taken_off: tuple[Report, dict[str, object]], handler_client: Clients
) -> None:
    report, before = taken_off
    client = handler_client(Role.LEGAL)
    assert client.get(address(agency, "complaint", report.number)).status_code == 404
    Report.objects.filter(pk=report.pk).update(wraps=before["wraps"])
    answer = client.get(address(agency, "complaint", report.number))
    assert (answer.status_code, told.WHAT in answer.content.decode()) == (409, False)
    for name in ("complaint_readers", "complaint_log", "complaint_identity"):
        assert client.get(address(agency, name, report.number)).status_code == 404


def test_whole_old_row_written_back_does_not_bring_files_and_messages_back(
    agency: Agency, taken_off: tuple[Report, dict[str, object]], handler_client: Clients
) -> None:
    """What an old backup holds stays readable by who could read it then; the pages still ask who may today."""
    report, before = taken_off
    Report.objects.filter(pk=report.pk).update(**{name: value for name, value in before.items() if name != "id"})
    client = handler_client(Role.LEGAL)
    files = list(report.sealed_files.values_list("name", flat=True))
    assert len(files) == 2
    for name in files:
        assert client.get(address(agency, "complaint_file", report.number, name=name)).status_code == 404


def test_message_copied_from_another_case_is_not_shown_and_is_told(
    agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    one, other = told.tell(agency), told.tell(agency)
    client = handler_client(Role.LEGAL)
    client.post(address(agency, "complaint_reply", other.number), {"reply-text": "คำตอบของอีกเรื่องหนึ่ง"})
    copied = Message.objects.get(report=other, is_dialogue=True)
    Message.objects.create(report=one, is_dialogue=True, sealed=copied.sealed)
    case = case_of(agency, one)
    assert (len(case.dialogue), case.is_altered) == (0, True)
    page = client.get(reverse("complaint", args=[agency.code, one.number])).content.decode()
    assert "คำตอบของอีกเรื่องหนึ่ง" not in page
