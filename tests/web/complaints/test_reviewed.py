"""What a review found: each of these was lost, shown or closed for somebody by mistake once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai.privacy.seal.keys import Pair, new_pair
from prongsai.privacy.seal.receipts import new_receipt
from prongsai.privacy.seal.signing import new_seed, signed, verify_key_of
from prongsai.privacy.seal.wraps import unwrapped
from prongsai.web.agencies.models import Agency, Membership, User
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, HolderState, Report, SealedFile
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.queries.cases import cases_of, keys_of
from prongsai.web.complaints.services import holders, receiving, recoveries, store
from prongsai.web.complaints.services.cases import file_pieces, open_case
from prongsai.web.complaints.services.vouching import vouch
from tests.web.complaints import office_keys, reporter, told

pytestmark = pytest.mark.django_db
Unlocked = Callable[..., Client]
LETTER = {
    "came": "letter",
    "came_on": "20/11/2568",
    "mode": "anonymous",
    "category": "bribe",
    "what": told.WHAT,
    "where": "กองช่าง",
    "when": "ต้นเดือน",
    "accused_1_name": "ช่างรับเหมาภายนอก",
}


def locked(client: Client) -> Client:
    """Let the fifteen minutes of a key go by."""
    session = client.session
    session["complaints_key"] = {**session["complaints_key"], "used": 0}
    session.save()
    return client


# --- nothing is lost ------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_file_that_is_in_use_while_a_case_is_closed_anew_costs_no_file(
    agency: Agency, channel: Channel, monkeypatch: pytest.MonkeyPatch
):
    files = told.sealed_files(agency)
    report = told.tell(agency, files=files)
    Channel.objects.update(roll_version=50)
    scope, key, unlink = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL), Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.name in {one.name for one in files}:
            raise PermissionError(13, "in use")  # as Windows does while somebody downloads it
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    case = open_case(scope, key, report)
    assert case is not None
    named = set(SealedFile.objects.values_list("name", flat=True))
    assert named == {one.name for one in case.files}
    assert named <= store.names(agency.code)
    assert [b"".join(file_pieces(case, one.name)[1]) for one in case.files] == [content for _, content in told.FILES]


@pytest.mark.django_db(transaction=True)
def test_fault_after_a_case_was_closed_anew_costs_no_file(
    agency: Agency, channel: Channel, monkeypatch: pytest.MonkeyPatch
):
    report = told.tell(agency, files=told.sealed_files(agency))
    Channel.objects.update(roll_version=50)
    scope, key, remove = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL), store.remove
    faults = iter([RuntimeError("ended")])

    def once(code: str, names: object) -> None:
        for fault in faults:
            raise fault
        remove(code, names)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "remove", once)
    with pytest.raises(RuntimeError):
        open_case(scope, key, report)
    assert set(SealedFile.objects.values_list("name", flat=True)) <= store.names(agency.code)


def test_form_that_is_sent_again_with_something_new_becomes_a_report_of_its_own(agency: Agency, channel: Channel):
    sender = reporter.Reporter(agency)
    token = sender.asked()
    assert sender.send(token=token).status_code == 201
    assert sender.send(token=token).status_code == 201
    assert Report.objects.count() == 1
    more = f"{reporter.WHAT} ผู้อำนวยการสมหมายรู้เห็น"
    again = sender.send(token=token, what=more)
    assert (again.status_code, Report.objects.count()) == (422, 1)
    fresh = reporter.hidden(again.content.decode(), "token")
    sent = sender.send(token=fresh, what=more)
    assert (sent.status_code, Report.objects.count()) == (201, 2)
    assert more in sender.follow(reporter.receipt_in(sent)).content.decode()


def test_second_letter_by_the_form_of_the_first_gives_no_receipt_of_the_first(
    agency: Agency, channel: Channel, handler_client: Unlocked
):
    client, page = handler_client(Role.LEGAL), reverse("complaint_paper", args=[agency.code])
    letter = {**LETTER, "token": reporter.hidden(client.get(page).content.decode(), "token")}
    assert client.post(page, letter).status_code == 201
    answer = client.post(page, {**letter, "what": "จดหมายอีกฉบับเรื่องการใช้รถของทางราชการ"})
    assert answer.status_code == 422
    token = reporter.hidden(answer.content.decode(), "token")
    answer = client.post(page, {**letter, "what": "จดหมายอีกฉบับเรื่องการใช้รถของทางราชการ", "token": token})
    assert (answer.status_code, Report.objects.count()) == (201, 2)


def test_letter_goes_on_after_the_key_had_closed(agency: Agency, channel: Channel, handler_client: Unlocked):
    client, page = handler_client(Role.LEGAL), reverse("complaint_paper", args=[agency.code])
    letter = {**LETTER, "token": reporter.hidden(client.get(page).content.decode(), "token")}
    asked = locked(client).post(page, letter)
    assert asked.status_code == 422
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', asked.content.decode()))
    assert letter.items() <= kept.items()
    answer = client.post(page, {**kept, "key-passphrase": office_keys.PASSPHRASE})
    assert (answer.status_code, Report.objects.count()) == (201, 1)


def test_message_whose_files_came_by_another_tap_is_refused_and_is_no_fault(
    agency: Agency, channel: Channel, monkeypatch: pytest.MonkeyPatch
):
    receipt, files = new_receipt(), told.sealed_files(agency)
    told.tell(agency, receipt=receipt)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    monkeypatch.setattr(receiving, "_check_unnamed", lambda files: None)  # both have passed it
    receiving.say(agency, following=following, text="ภาพถ่าย", files=files)
    with pytest.raises(receiving.NotTaken):
        receiving.say(agency, following=following, text="ภาพถ่าย", files=files)
    assert len(receiving.by_receipt(agency, receipt).said) == 1  # type: ignore[union-attr]


def test_supervisor_who_leaves_hands_on_what_only_they_could_open(
    agency: Agency, channel: Channel, handler_client: Unlocked
):
    report = told.tell(agency, told.accused_of(agency, Role.MAYOR))
    _follow(agency, "next", HolderDuty.SUPERVISOR)
    assert keys_of(office_keys.key_of(agency, "next"), report) is None
    mine = office_keys.holder_of(agency, office_keys.SUPERVISOR)
    client = handler_client(office_keys.SUPERVISOR)
    page = reverse("complaint_holder_leave", args=[agency.code, mine.pk])
    assert client.post(page, {"is_meant": "on", "version": mine.version}).status_code == 302
    key, scope = office_keys.key_of(agency, "next"), office_keys.scope_for(agency, "next")
    assert rolls.mine(agency, mine.user) is None
    assert open_case(scope, key, Report.objects.get(pk=report.pk)) is not None


# --- nobody else gets it --------------------------------------------------------------------------------------------
def test_key_that_is_open_is_closed_when_the_root_is_exchanged(
    agency: Agency, channel: Channel, handler_client: Unlocked
):
    report = told.tell(agency)
    client = handler_client(Role.LEGAL)
    page = reverse("complaint", args=[agency.code, report.number])
    assert client.get(page).status_code == 200
    stranger = _exchanged(agency, channel)
    assert client.get(page).status_code == 302
    report.refresh_from_db()
    assert unwrapped(report.wraps, [stranger.identity]) is None
    told_why = client.post(reverse("complaints_unlock", args=[agency.code]), {"passphrase": office_keys.PASSPHRASE})
    assert "ต้นทางของการรับรองกุญแจถูกเปลี่ยน" in told_why.content.decode()


def test_who_takes_a_lost_key_over_is_not_shown_a_case_about_themselves(agency: Agency, channel: Channel):
    user = office_keys.outsider(agency, "next", "ผู้สืบ", "หน้าที่")
    person = Membership.objects.get(user=user).person
    about = told.tell(agency, Accused(name=str(person), person_id=person.pk))
    other = told.tell(agency)
    _recovered(agency, Role.LEGAL, user)
    key, scope = office_keys.key_of(agency, "next"), office_keys.scope_for(agency, "next")
    assert [row.report.pk for row in cases_of(key)] == [other.pk]
    assert open_case(scope, key, about) is None


def _exchanged(agency: Agency, channel: Channel) -> Pair:
    """Write another root into the database that vouches for everybody; give the key of that root."""
    pair, seed = new_pair(), new_seed()
    root = Holder.objects.create(
        agency=agency,
        user=office_keys.outsider(agency, "stranger", "แปลก", "หน้า"),
        duty=HolderDuty.HANDLER,
        state=HolderState.ACTIVE,
        recipient=pair.recipient,
        verify_key=verify_key_of(seed),
        named_on=timezone.localdate(),
    )
    for one in Holder.objects.filter(agency=agency):
        Holder.objects.filter(pk=one.pk).update(vouched_by=root, vouch=signed(seed, rolls.said(one)))
    Channel.objects.filter(pk=channel.pk).update(root=root, roll_version=99)
    return pair


def _follow(agency: Agency, who: str, duty: HolderDuty) -> Holder:
    """Bring somebody from outside onto the roll."""
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    user = office_keys.outsider(agency, who, "ผู้สืบ", "หน้าที่")
    holder = holders.name_holder(scope, user=user, duty=duty, key=key)
    office_keys.keyed(agency, who)
    holder.refresh_from_db()
    return vouch(scope, key=key, holder=holder, version=holder.version, seen=holder.recipient)


def _recovered(agency: Agency, lost: str, user: User) -> None:
    """Let somebody have a lost key, by two keepers."""
    asker = office_keys.key_of(agency, Role.AUDITOR)
    found = recoveries.ask_for(
        office_keys.scope_for(agency, Role.AUDITOR),
        key=asker,
        lost=office_keys.holder_of(agency, lost),
        user=user,
        reason="ย้าย",
    )
    office_keys.keyed(agency, user.username.removesuffix(f"-{agency.code}"))
    for keeper in (Role.CLERK, Role.PUBLISHER):
        found.refresh_from_db()
        found.to.refresh_from_db()
        recoveries.consent(
            office_keys.scope_for(agency, keeper),
            key=office_keys.key_of(agency, keeper),
            recovery=found,
            seen=found.to.recipient,
            version=found.version,
        )
