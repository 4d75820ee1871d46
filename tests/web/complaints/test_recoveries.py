"""A lost key comes back by two of three keepers, and never by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency, AuditEntry, User
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Escrow, Holder, HolderState, Recovery, RecoveryState
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.queries.cases import keys_of
from prongsai.web.complaints.services import holders, recoveries
from prongsai.web.complaints.services.vouching import vouch
from prongsai.web.notify.models import Mail
from tests.web.complaints import office_keys, told
from tests.web.complaints.office_keys import OUTSIDER, SUPERVISOR, holder_of, key_of, scope_for
from tests.web.complaints.test_escrow import reached

SignedIn = Callable[[str], Client]
NEW = "ขันทองเหลือง ตะกร้าหวาย ร่มกระดาษ เสื่อกก"


def _at(name: str, agency: Agency, *args: object) -> str:
    return reverse(name, args=[agency.code, *args])


def _asked(agency: Agency, who: str = Role.LEGAL) -> Recovery:
    scope = scope_for(agency, who)
    return recoveries.ask_own(scope, lost=holder_of(agency, who), passphrase=NEW, reason="ลืมรหัสลับ")


def _consent(agency: Agency, recovery: Recovery, who: str) -> Recovery:
    recovery = Recovery.objects.get(pk=recovery.pk)
    given = {"recovery": recovery, "seen": recovery.to.recipient, "version": recovery.version}
    return recoveries.consent(scope_for(agency, who), key=key_of(agency, who), **given)


# --- the whole way --------------------------------------------------------------------------------------------------
def test_handler_forgets_the_passphrase_and_two_keepers_recover(
    agency: Agency, channel: Channel, signed_in: SignedIn, handler_client
):
    lost, before = holder_of(agency, Role.LEGAL), key_of(agency, Role.LEGAL).bundle.identities[0]
    owner = signed_in(Role.LEGAL)
    form = {"reason": "ลืม", "new": NEW, "again": NEW, "is_understood": "on"}
    answer = owner.post(_at("recovery_add", agency), form)
    recovery = Recovery.objects.get()
    page, consents = _at("recovery", agency, recovery.pk), _at("recovery_consent", agency, recovery.pk)
    assert answer["Location"] == page
    assert owner.get(_at("recovery_add", agency))["Location"] == page  # asked once is enough

    first = handler_client(Role.CLERK)
    assert "ยินยอมให้กู้คืน" in first.get(page).content.decode()
    given = {"is_compared": "on", "seen": recovery.to.recipient, "version": recovery.version}
    assert first.post(consents, given | {"is_compared": ""}).status_code == 422
    assert first.post(consents, given | {"version": 77}).status_code == 409
    assert first.post(consents, given).status_code == 302
    recovery.refresh_from_db()
    assert (recovery.state, recovery.first) == (RecoveryState.HALF, holder_of(agency, Role.CLERK))
    assert first.post(consents, given | {"version": recovery.version}).status_code == 422  # not twice
    assert owner.post(_at("complaints_unlock", agency), {"passphrase": NEW}).status_code == 422  # not by one

    second = handler_client(OUTSIDER)
    done = second.post(consents, given | {"version": recovery.version}, follow=True)
    assert "AGE-SECRET" not in done.content.decode()
    recovery.refresh_from_db()
    assert (recovery.state, recovery.layers) == (RecoveryState.DONE, {})

    assert owner.post(_at("complaints_unlock", agency), {"passphrase": NEW}).status_code == 302
    key = key_of(agency, Role.LEGAL, NEW)
    assert before in key.bundle.identities
    assert key.bundle.identities[0] != before
    assert key.holder.replaces == lost
    lost.refresh_from_db()
    assert (lost.state, bytes(lost.sealed_bundle), lost.escrows.count()) == (HolderState.LEFT, b"", 0)
    recovery.refresh_from_db()
    assert bytes(recovery.handed) == b""
    assert key.holder.escrows.count() == 6
    channel.refresh_from_db()
    assert channel.roll_version == 2
    assert rolls.forged(agency) == []


def test_handler_leaves_and_a_successor_gets_what_they_could_open(
    agency: Agency, channel: Channel, signed_in: SignedIn, handler_client
):
    before = key_of(agency, Role.LEGAL).bundle.identities[0]
    lost = holder_of(agency, Role.LEGAL)
    user = scope_for(agency, Role.ANALYST).user
    asking = handler_client(Role.AUDITOR)
    form = {"lost": lost.pk, "user": user.pk, "reason": "ย้ายไปหน่วยงานอื่น"}
    assert asking.get(_at("recovery_add", agency)).status_code == 200
    assert asking.post(_at("recovery_add", agency), form).status_code == 302
    recovery = Recovery.objects.get()
    with pytest.raises(ValidationError):
        _consent(agency, recovery, Role.CLERK)  # there is no new key yet
    successor = signed_in(Role.ANALYST)
    assert "ตั้งรหัสลับของท่าน" in successor.get(_at("recovery", agency, recovery.pk)).content.decode()
    made = {"new": NEW, "again": NEW, "is_understood": "on"}
    assert successor.post(_at("complaints_key", agency), made).status_code == 302
    _consent(agency, recovery, Role.PUBLISHER)
    _consent(agency, recovery, Role.CLERK)
    assert before in key_of(agency, Role.ANALYST, NEW).bundle.identities
    assert rolls.mine(agency, scope_for(agency, Role.LEGAL).user) is None
    # The next one who vouches may be the successor: the chain goes through the lost key to the root.
    user = scope_for(agency, Role.OFFICER).user
    scope, key = scope_for(agency, Role.ANALYST), key_of(agency, Role.ANALYST, NEW)
    new = holders.name_holder(scope, user=user, duty="handler", key=key)
    office_keys.keyed(agency, Role.OFFICER)
    new.refresh_from_db()
    vouch(scope, key=key, holder=new, version=new.version, seen=new.recipient)
    assert holder_of(agency, Role.OFFICER) == new


def test_what_only_somebody_opened_who_was_taken_out_comes_back_by_two_keepers(agency: Agency, channel: Channel):
    report, lost = told.tell(agency, told.accused_of(agency, Role.MAYOR)), holder_of(agency, SUPERVISOR)
    scope, key = scope_for(agency, Role.LEGAL), key_of(agency, Role.LEGAL)
    user = office_keys.outsider(agency, "second", "ผู้แทน", "อำเภอ")
    new = holders.name_holder(scope, user=user, duty="supervisor", key=key)
    office_keys.keyed(agency, "second")
    new.refresh_from_db()
    vouch(scope, key=key, holder=new, version=new.version, seen=new.recipient)
    assert keys_of(key_of(agency, "second"), report) is None
    holders.leave(scope, holder=lost, version=None, key=key)
    assert holders.drop_copies() == 0  # a report is still closed as it was before
    lost.refresh_from_db()
    recovery = recoveries.ask_for(scope, key=key, lost=lost, user=lost.user, reason="เปิดเรื่องเดิม")
    office_keys.keyed(agency, SUPERVISOR)
    _consent(agency, recovery, Role.CLERK)
    _consent(agency, recovery, Role.PUBLISHER)
    assert lost.escrows.count() == 0
    assert keys_of(key_of(agency, SUPERVISOR), report) is not None


def test_key_is_recovered_a_second_time_with_all_that_it_had(agency: Agency, channel: Channel):
    first = key_of(agency, Role.LEGAL).bundle.identities[0]
    for words in (NEW, f"{NEW} ใหม่"):
        recovery = recoveries.ask_own(
            scope_for(agency, Role.LEGAL), lost=holder_of(agency, Role.LEGAL), passphrase=words, reason="ลืม"
        )
        _consent(agency, recovery, Role.CLERK)
        _consent(agency, recovery, Role.PUBLISHER)
        assert first in key_of(agency, Role.LEGAL, words).bundle.identities
    assert len(key_of(agency, Role.LEGAL, f"{NEW} ใหม่").bundle.identities) == 3


def test_keepers_bring_a_key_back_when_all_handlers_have_lost_theirs(agency: Agency, channel: Channel):
    keeper = key_of(agency, Role.CLERK)
    user = scope_for(agency, Role.LEGAL).user
    recovery = recoveries.ask_for(
        scope_for(agency, Role.CLERK), key=keeper, lost=holder_of(agency, Role.LEGAL), user=user, reason="ลืมทุกคน"
    )
    office_keys.keyed(agency, Role.LEGAL)
    _consent(agency, recovery, Role.CLERK)
    _consent(agency, recovery, OUTSIDER)
    assert len(key_of(agency, Role.LEGAL).bundle.identities) == 2


# --- one keeper cannot ----------------------------------------------------------------------------------------------
def test_one_keeper_cannot_whatever_the_database_holds(agency: Agency, channel: Channel):
    lost = key_of(agency, Role.LEGAL).bundle.identities[0]
    others = {who: key_of(agency, who).bundle.identities[0] for who in office_keys.KEEPERS}
    recovery = _asked(agency)
    for keeper in others.values():
        assert lost not in reached({keeper})
    _consent(agency, recovery, Role.CLERK)
    assert lost not in reached({others[Role.CLERK]})
    with pytest.raises(ValidationError):
        _consent(agency, recovery, Role.CLERK)
    _consent(agency, recovery, OUTSIDER)
    for keeper in others.values():  # done: neither one nor all three open it from what is kept now
        assert lost not in reached({keeper})
    assert lost not in reached(set(others.values()))
    key = key_of(agency, Role.LEGAL, NEW)
    assert lost in key.bundle.identities
    assert lost in reached({others[Role.CLERK], others[OUTSIDER]})  # two again, by the copies of the new key


def test_keeper_cannot_consent_for_themselves(agency: Agency, channel: Channel):
    """A keeper who is made the successor of a handler cannot be one of the two."""
    scope, key = scope_for(agency, Role.AUDITOR), key_of(agency, Role.AUDITOR)
    with pytest.raises(ValidationError):  # a keeper cannot even be named: one person has one duty
        recoveries.ask_for(
            scope,
            key=key,
            lost=holder_of(agency, Role.LEGAL),
            user=scope_for(agency, Role.CLERK).user,
            reason="เข้ามาแทน",
        )
    recovery = _asked(agency)
    Holder.objects.filter(pk=recovery.to_id).update(user=scope_for(agency, Role.CLERK).user)
    assert "ให้ตนเองไม่ได้" in recoveries.why_not(holder_of(agency, Role.CLERK), Recovery.objects.get())
    with pytest.raises(ValidationError):
        _consent(agency, recovery, Role.CLERK)


@pytest.mark.parametrize("who", [Role.AUDITOR, SUPERVISOR, Role.ADMIN, Role.OFFICER, Role.LEGAL])
def test_nobody_but_a_keeper_consents(agency: Agency, channel: Channel, signed_in: SignedIn, who: str):
    recovery = _asked(agency)
    client = signed_in(who)
    if who in (Role.AUDITOR, SUPERVISOR):
        client.post(_at("complaints_unlock", agency), {"passphrase": office_keys.PASSPHRASE})
    form = {"is_compared": "on", "seen": recovery.to.recipient, "version": recovery.version}
    assert client.post(_at("recovery_consent", agency, recovery.pk), form).status_code in (302, 404)
    recovery.refresh_from_db()
    assert recovery.state == RecoveryState.OPEN


def test_new_key_that_was_exchanged_is_noticed(agency: Agency, channel: Channel):
    recovery = _asked(agency)
    seen = recovery.to.recipient
    Holder.objects.filter(pk=recovery.to_id).update(recipient=holder_of(agency, Role.CLERK).recipient)
    with pytest.raises(ValidationError):
        recoveries.consent(
            scope_for(agency, Role.CLERK),
            key=key_of(agency, Role.CLERK),
            recovery=recovery,
            seen=seen,
            version=recovery.version,
        )


def test_copies_that_were_tampered_with_recover_nothing(agency: Agency, channel: Channel):
    recovery = _asked(agency)
    other = holder_of(agency, Role.AUDITOR)
    Escrow.objects.filter(holder=recovery.lost).delete()
    Escrow.objects.filter(holder=other).update(holder=recovery.lost)
    _consent(agency, recovery, Role.CLERK)
    with pytest.raises(ValidationError):
        _consent(agency, recovery, OUTSIDER)
    assert Recovery.objects.get().state == RecoveryState.HALF


# --- asking, telling, dropping --------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", [Role.CLERK, Role.ADMIN, Role.OFFICER])
def test_own_recovery_is_for_who_reads_reports(agency: Agency, channel: Channel, signed_in: SignedIn, who: str):
    form = {"reason": "ลืม", "new": NEW, "again": NEW, "is_understood": "on"}
    assert signed_in(who).post(_at("recovery_add", agency), form).status_code in (302, 404)
    assert Recovery.objects.count() == 0


def test_key_is_asked_for_once_at_a_time_and_not_for_another(agency: Agency, channel: Channel):
    _asked(agency)
    with pytest.raises(ValidationError):
        _asked(agency)
    with pytest.raises(ValidationError):
        recoveries.ask_own(
            scope_for(agency, Role.SUPPLY), lost=holder_of(agency, Role.AUDITOR), passphrase=NEW, reason="ของคนอื่น"
        )


def test_weak_new_passphrase_leaves_no_half_made_recovery(agency: Agency, channel: Channel, signed_in: SignedIn):
    form = {"reason": "ลืม", "new": "สั้น", "again": "สั้น", "is_understood": "on"}
    assert signed_in(Role.LEGAL).post(_at("recovery_add", agency), form).status_code == 422
    assert (Recovery.objects.count(), rolls.awaited(agency, scope_for(agency, Role.LEGAL).user)) == (0, None)


def test_every_step_is_told_to_every_holder(
    agency: Agency, channel: Channel, signed_in: SignedIn, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=scope_for(agency, Role.AUDITOR).user.pk).update(email="auditor@example.go.th")
    with django_capture_on_commit_callbacks(execute=True):
        recovery = _asked(agency)
        _consent(agency, recovery, Role.CLERK)
        _consent(agency, recovery, OUTSIDER)
    told = list(Mail.objects.filter(to="auditor@example.go.th").order_by("pk"))
    assert len(told) == 3
    assert {one.to for one in Mail.objects.all()} == {
        "auditor@example.go.th",
        f"{SUPERVISOR}@example.go.th",
        f"{OUTSIDER}@example.go.th",
    }
    assert all("AGE-" not in one.body for one in mail.outbox)
    assert "กู้คืนแล้ว" in signed_in(SUPERVISOR).get(_at("complaint_holders", agency)).content.decode()
    actions = AuditEntry.objects.filter(agency=agency, action__startswith="complaint.recovery").order_by("pk")
    assert [one.action for one in actions] == [
        "complaint.recovery.asked",
        "complaint.recovery.consented",
        "complaint.recovery.done",
    ]


@pytest.mark.parametrize("who", [Role.LEGAL, Role.AUDITOR, Role.PUBLISHER])
def test_owner_handlers_and_keepers_drop_it_and_nothing_is_left(
    agency: Agency, channel: Channel, signed_in: SignedIn, who: str
):
    recovery = _asked(agency)
    _consent(agency, recovery, Role.CLERK)
    recovery.refresh_from_db()
    client, page = signed_in(who), _at("recovery_drop", agency, recovery.pk)
    if who != Role.LEGAL:
        assert client.post(page, {"version": recovery.version}).status_code == 404  # locked
        client.post(_at("complaints_unlock", agency), {"passphrase": office_keys.PASSPHRASE})
    client.post(page, {"version": recovery.version})
    recovery.refresh_from_db()
    assert (recovery.state, recovery.layers, recovery.to.state) == (RecoveryState.DROPPED, {}, HolderState.LEFT)
    assert key_of(agency, Role.LEGAL).bundle.seed  # the owner remembered


def test_keeper_who_leaves_ends_what_they_began(agency: Agency, channel: Channel):
    recovery = _asked(agency)
    _consent(agency, recovery, Role.CLERK)
    legal, key = scope_for(agency, Role.AUDITOR), key_of(agency, Role.AUDITOR)
    new = holders.name_holder(legal, user=scope_for(agency, Role.OFFICER).user, duty="keeper", key=key)
    office_keys.keyed(agency, Role.OFFICER)
    new.refresh_from_db()
    vouch(legal, key=key, holder=new, version=new.version, seen=new.recipient)
    keeper = holder_of(agency, Role.CLERK)
    holders.leave(legal, holder=keeper, version=keeper.version, key=key)
    recovery.refresh_from_db()
    assert (recovery.state, recovery.layers) == (RecoveryState.DROPPED, {})


def test_stale_consent_changes_nothing(agency: Agency, channel: Channel):
    recovery = _asked(agency)
    with pytest.raises(Stale):
        recoveries.consent(
            scope_for(agency, Role.CLERK),
            key=key_of(agency, Role.CLERK),
            recovery=recovery,
            seen=recovery.to.recipient,
            version=recovery.version + 1,
        )


def test_recovery_of_another_office_is_not_found(
    agency: Agency, other_agency: Agency, channel: Channel, handler_client
):
    office_keys.build(other_agency)
    theirs = _asked(other_agency)
    client = handler_client(Role.CLERK)
    assert client.get(_at("recovery", agency, theirs.pk)).status_code == 404
    assert client.post(_at("recovery_consent", agency, theirs.pk)).status_code == 404
    assert client.post(_at("recovery_drop", agency, theirs.pk)).status_code == 404
