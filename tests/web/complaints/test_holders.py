"""Naming, opening the channel, vouching, leaving: before it is open and after."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, HolderState
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import holders
from prongsai.web.complaints.services.settings import change_settings
from prongsai.web.complaints.services.vouching import vouch
from tests.web.complaints import office_keys
from tests.web.complaints.office_keys import FALLBACK, OUTSIDER, PASSPHRASE, SUPERVISOR, holder_of, key_of, scope_for

SignedIn = Callable[[str], Client]


def _at(name: str, agency: Agency, *args: object) -> str:
    return reverse(name, args=[agency.code, *args])


def _marks(agency: Agency, *but: str) -> list[str]:
    """What an opener ticks: everybody whose key was made, but some and themselves."""
    names = {f"{who}-{agency.code}" for who in (*but, Role.LEGAL)}
    keyed = Holder.objects.filter(agency=agency, state=HolderState.KEYED).exclude(user__username__in=names)
    return [f"{one.pk}:{one.recipient}" for one in keyed]


def _keyed_newcomer(agency: Agency, duty: str = "handler") -> Holder:
    """The analyst, named by a handler of the open channel, with a key that waits for a vouch."""
    user = scope_for(agency, Role.ANALYST).user
    key = key_of(agency, Role.LEGAL)
    holder = holders.name_holder(scope_for(agency, Role.LEGAL), user=user, duty=duty, key=key)
    office_keys.keyed(agency, Role.ANALYST)
    holder.refresh_from_db()
    return holder


# --- before opening -------------------------------------------------------------------------------------------------
def test_administrator_names_before_opening_and_is_led_step_by_step(agency: Agency, signed_in: SignedIn):
    admin = signed_in(Role.ADMIN)
    assert "ยังไม่มีผู้ถือกุญแจ" in admin.get(_at("complaint_holders", agency)).content.decode()
    form = {"duty": "handler", "user": scope_for(agency, Role.LEGAL).user.pk}
    assert admin.post(_at("complaint_holder_add", agency), form).status_code == 302
    page = admin.get(_at("complaint_holders", agency)).content.decode()
    assert "เสนอชื่อผู้รับเรื่องเพิ่ม" in page
    admin.post(_at("complaint_holder_add", agency), form | {"user": scope_for(agency, Role.AUDITOR).user.pk})
    page = admin.get(_at("complaint_holders", agency)).content.decode()
    assert "รอ เที่ยง ธรรมดี, ตรง สุจริตกุล ลงชื่อเข้าใช้มาตั้งรหัสลับ" in page


def test_administrator_takes_a_name_back_before_opening(agency: Agency, signed_in: SignedIn):
    office_keys.named(agency)
    holder = rolls.awaited(agency, scope_for(agency, Role.SUPPLY).user)
    form = {"is_meant": "on", "version": holder.version}
    assert signed_in(Role.ADMIN).post(_at("complaint_holder_leave", agency, holder.pk), form).status_code == 302
    assert rolls.awaited(agency, scope_for(agency, Role.SUPPLY).user) is None


def test_one_person_has_one_duty_and_a_supervisor_is_from_outside(agency: Agency, signed_in: SignedIn):
    office_keys.named(agency)
    admin = scope_for(agency, Role.ADMIN)
    with pytest.raises(ValidationError):
        holders.name_holder(admin, user=scope_for(agency, Role.LEGAL).user, duty="keeper")
    with pytest.raises(ValidationError):
        holders.name_holder(admin, user=scope_for(agency, Role.ANALYST).user, duty="supervisor")
    assert Holder.objects.get(user=scope_for(agency, OUTSIDER).user).is_outside is True
    form = {"duty": "handler", "user": scope_for(agency, Role.LEGAL).user.pk}
    assert signed_in(Role.ADMIN).post(_at("complaint_holder_add", agency), form).status_code == 422


def test_more_readers_than_wraps_are_not_named(agency: Agency, channel: Channel):
    rows = [
        Holder(agency=agency, user=office_keys.outsider(agency, f"more{place}", "คน", str(place)), duty="handler")
        for place in range(7)
    ]
    for row in rows:
        row.named_on = channel.opened_on
    Holder.objects.bulk_create(rows)
    scope, key = scope_for(agency, Role.LEGAL), key_of(agency, Role.LEGAL)
    with pytest.raises(ValidationError):
        holders.name_holder(scope, user=scope_for(agency, Role.ANALYST).user, duty="handler", key=key)


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ((Role.AUDITOR, Role.SUPPLY), "ผู้รับเรื่องอย่างน้อย ๒ คน"),
        ((SUPERVISOR,), "ผู้กำกับดูแลภายนอกอย่างน้อย ๑ คน"),
        ((Role.CLERK,), "ผู้เก็บกุญแจสำรอง ๓ คน"),
        ((OUTSIDER,), "ในสามคนนั้น บุคคลภายนอกอย่างน้อย ๑ คน"),
    ],
)
def test_channel_does_not_open_without_everybody(
    agency: Agency, signed_in: SignedIn, missing: tuple[str, ...], told: str
):
    office_keys.named(agency)
    office_keys.keyed(agency, *office_keys.DUTIES)
    form = {"compared": _marks(agency, *missing), "passphrase": PASSPHRASE, "version": 1}
    answer = signed_in(Role.LEGAL).post(_at("complaints_open", agency), form)
    assert answer.status_code == 422
    assert f"{told}: " in answer.content.decode()
    assert rolls.is_open(agency) is False


def test_handler_opens_the_channel_for_those_whose_words_were_compared(agency: Agency, signed_in: SignedIn):
    office_keys.named(agency)
    office_keys.keyed(agency, *office_keys.DUTIES)
    client = signed_in(Role.LEGAL)
    form = {"compared": _marks(agency, FALLBACK), "passphrase": PASSPHRASE, "version": 1}
    wrong = client.post(_at("complaints_open", agency), form | {"passphrase": "ไม่ใช่คำนี้แน่นอน"})
    assert wrong.status_code == 422
    assert client.post(_at("complaints_open", agency), form).status_code == 302
    assert client.get(_at("complaint_holder_add", agency)).status_code == 200  # unlocked by it
    assert len(rolls.active(agency)) == len(office_keys.DUTIES) - 1
    assert rolls.awaited(agency, scope_for(agency, FALLBACK).user).state == HolderState.KEYED
    assert rolls.channel_of(agency).root == holder_of(agency, Role.LEGAL)
    assert client.post(_at("complaints_open", agency), form).status_code == 404


def test_key_that_was_exchanged_after_the_words_were_compared_is_refused(agency: Agency, signed_in: SignedIn):
    office_keys.named(agency)
    office_keys.keyed(agency, *office_keys.DUTIES)
    marks = _marks(agency)
    other = rolls.awaited(agency, scope_for(agency, Role.AUDITOR).user)
    last = "p" if other.recipient.endswith("q") else "q"
    Holder.objects.filter(pk=other.pk).update(recipient=f"{other.recipient[:-1]}{last}")
    form = {"compared": marks, "passphrase": PASSPHRASE, "version": 1}
    assert signed_in(Role.LEGAL).post(_at("complaints_open", agency), form).status_code == 422
    assert rolls.is_open(agency) is False


def test_nobody_but_a_handler_with_a_key_opens_the_channel(agency: Agency, signed_in: SignedIn):
    office_keys.named(agency)
    office_keys.keyed(agency, *office_keys.DUTIES)
    for who in (Role.ADMIN, Role.CLERK, SUPERVISOR, Role.OFFICER):
        assert signed_in(who).post(_at("complaints_open", agency)).status_code == 404


# --- after opening --------------------------------------------------------------------------------------------------
def test_administrator_writes_nothing_once_the_channel_is_open(agency: Agency, channel: Channel, signed_in: SignedIn):
    admin, newcomer = signed_in(Role.ADMIN), _keyed_newcomer(agency)
    for name, args in (
        ("complaint_holder_add", ()),
        ("complaint_settings", ()),
        ("complaints_open", ()),
        ("complaints_unlock", ()),
        ("complaints_lock", ()),
        ("complaints_key", ()),
        ("complaints_key_change", ()),
        ("recovery_add", ()),
        ("complaint_vouch", (newcomer.pk,)),
        ("complaint_holder_leave", (newcomer.pk,)),
    ):
        assert admin.post(_at(name, agency, *args), {"is_meant": "on"}).status_code == 404, name
    scope = scope_for(agency, Role.ADMIN)
    with pytest.raises(ValidationError):
        holders.name_holder(scope, user=scope_for(agency, Role.OFFICER).user, duty="handler")
    with pytest.raises(ValidationError):
        holders.leave(scope, holder=newcomer, version=newcomer.version)
    with pytest.raises(ValidationError):
        change_settings(scope, key=None, version=None, reply_days=20)
    page = admin.get(_at("complaint_holders", agency)).content.decode()
    assert "การกู้คืนกุญแจ" not in page


def test_handler_names_and_vouches_and_the_newcomer_reads_from_then_on(
    agency: Agency, channel: Channel, handler_client
):
    client, version = handler_client(Role.LEGAL), channel.roll_version
    form = {"duty": "handler", "user": scope_for(agency, Role.ANALYST).user.pk}
    assert client.post(_at("complaint_holder_add", agency), form).status_code == 302
    office_keys.keyed(agency, Role.ANALYST)
    new = rolls.awaited(agency, scope_for(agency, Role.ANALYST).user)
    page = _at("complaint_vouch", agency, new.pk)
    assert client.get(page).status_code == 200
    given = {"is_compared": "on", "seen": new.recipient, "version": new.version}
    assert client.post(page, given | {"is_compared": ""}).status_code == 422
    assert client.post(page, given | {"seen": "age1other"}).status_code == 422
    assert client.post(page, given | {"version": 99}).status_code == 409
    assert client.post(page, given).status_code == 302
    assert holder_of(agency, Role.ANALYST).vouched_by == holder_of(agency, Role.LEGAL)
    channel.refresh_from_db()
    assert channel.roll_version == version + 1
    assert client.post(page, given).status_code == 404


def test_keeper_and_supervisor_neither_name_nor_vouch(agency: Agency, channel: Channel, handler_client):
    new = _keyed_newcomer(agency)
    for who in (Role.CLERK, SUPERVISOR, FALLBACK):
        client = handler_client(who)
        for name, args in (("complaint_holder_add", ()), ("complaint_vouch", (new.pk,)), ("complaint_settings", ())):
            assert client.post(_at(name, agency, *args)).status_code == 404, (who, name)
        assert client.post(_at("complaint_holder_leave", agency, new.pk), {"is_meant": "on"}).status_code == 404
    with pytest.raises(ValidationError):
        vouch(
            scope_for(agency, SUPERVISOR),
            key=key_of(agency, SUPERVISOR),
            holder=new,
            version=new.version,
            seen=new.recipient,
        )


def test_form_that_comes_too_late_asks_for_the_passphrase_and_goes_on(
    agency: Agency, channel: Channel, signed_in: SignedIn
):
    client, page = signed_in(Role.LEGAL), _at("complaint_holder_add", agency)
    form = {"duty": "handler", "user": scope_for(agency, Role.ANALYST).user.pk}
    for given in ({}, {"key-passphrase": "ไม่ใช่คำนี้แน่นอน"}):
        answer = client.post(page, form | given)
        assert answer.status_code == 422
        assert f'name="user" value="{form["user"]}"' in answer.content.decode()
        assert "ไม่ใช่คำนี้แน่นอน" not in answer.content.decode()
        assert Holder.objects.filter(agency=agency, user=form["user"]).count() == 0
    assert client.post(page, form | {"key-passphrase": PASSPHRASE})["Location"] == _at("complaint_holders", agency)
    assert Holder.objects.filter(agency=agency, user=form["user"]).count() == 1
    assert client.get(page).status_code == 200  # open from now on


def test_form_that_comes_too_late_puts_no_file_down(agency: Agency, channel: Channel, signed_in: SignedIn):
    attached = SimpleUploadedFile("หลักฐาน.txt", "ความลับในไฟล์".encode())
    answer = signed_in(Role.LEGAL).post(_at("complaint_holder_add", agency), {"duty": "handler", "scan": attached})
    assert (answer.status_code, "ความลับ" in answer.content.decode()) == (422, False)
    assert "ต้องแนบใหม่" in answer.content.decode()
    assert answer.wsgi_request.FILES == {}


# --- leaving --------------------------------------------------------------------------------------------------------
def test_who_is_taken_out_has_no_key_any_more(agency: Agency, channel: Channel, handler_client):
    holder = holder_of(agency, Role.SUPPLY)
    page = _at("complaint_holder_leave", agency, holder.pk)
    client, form = handler_client(Role.LEGAL), {"is_meant": "on", "version": holder.version}
    assert client.post(page, form | {"version": 99}).status_code == 409
    assert client.post(page, form | {"is_meant": ""}).status_code == 422
    assert client.post(page, form).status_code == 302
    holder.refresh_from_db()
    assert (holder.state, bytes(holder.sealed_bundle), bytes(holder.salt)) == (HolderState.LEFT, b"", b"")
    assert holder.escrows.count() == 6  # for what nobody else opens, until there is nothing of that kind
    assert holders.drop_copies() == 1
    assert holder.escrows.count() == 0
    assert holder not in rolls.active(agency)
    channel.refresh_from_db()
    assert channel.roll_version == 2


def test_two_handlers_stay_and_a_third_may_leave_by_themselves(agency: Agency, channel: Channel, handler_client):
    own = holder_of(agency, Role.SUPPLY)
    form = {"is_meant": "on", "version": own.version}
    leaving = handler_client(Role.SUPPLY)
    assert leaving.post(_at("complaint_holder_leave", agency, own.pk), form).status_code == 302
    for who in (Role.LEGAL, Role.AUDITOR):
        holder = holder_of(agency, who)
        given = {"is_meant": "on", "version": holder.version}
        answer = handler_client(Role.LEGAL).post(_at("complaint_holder_leave", agency, holder.pk), given)
        assert answer.status_code == 422
        assert "ต้องเหลือผู้รับเรื่องอย่างน้อยสองคน" in answer.content.decode()


def test_row_that_nobody_vouched_for_counts_as_no_handler(agency: Agency, channel: Channel):
    scope, key = scope_for(agency, Role.LEGAL), key_of(agency, Role.LEGAL)
    supply = holder_of(agency, Role.SUPPLY)
    holders.leave(scope, holder=supply, version=supply.version, key=key)
    forged = Holder.objects.create(
        agency=agency,
        user=scope_for(agency, Role.ADMIN).user,
        duty=HolderDuty.HANDLER,
        state="active",
        named_on=channel.opened_on,
    )
    auditor = holder_of(agency, Role.AUDITOR)
    with pytest.raises(ValidationError):
        holders.leave(scope, holder=auditor, version=auditor.version, key=key)
    holders.leave(scope, holder=forged, version=forged.version, key=key)
    assert rolls.forged(agency) == []


@pytest.mark.parametrize("who", [SUPERVISOR, Role.CLERK, OUTSIDER])
def test_the_only_supervisor_and_three_keepers_stay(agency: Agency, channel: Channel, who: str):
    holder = holder_of(agency, who)
    with pytest.raises(ValidationError):
        holders.leave(
            scope_for(agency, Role.LEGAL), holder=holder, version=holder.version, key=key_of(agency, Role.LEGAL)
        )


def test_fourth_keeper_may_come_before_one_leaves_but_one_from_outside_stays(agency: Agency, channel: Channel):
    legal, key = scope_for(agency, Role.LEGAL), key_of(agency, Role.LEGAL)
    new = _keyed_newcomer(agency, duty="keeper")
    vouch(legal, key=key, holder=new, version=new.version, seen=new.recipient)
    with pytest.raises(ValidationError):
        holders.name_holder(legal, user=scope_for(agency, Role.OFFICER).user, duty="keeper", key=key)
    outside, inside = holder_of(agency, OUTSIDER), holder_of(agency, Role.CLERK)
    with pytest.raises(ValidationError):
        holders.leave(legal, holder=outside, version=outside.version, key=key)
    holders.leave(legal, holder=inside, version=inside.version, key=key)
    channel.refresh_from_db()
    assert channel.roll_version == 1  # keepers read nothing: no report is closed anew for them


def test_handler_takes_out_nobody_of_another_office(
    agency: Agency, other_agency: Agency, channel: Channel, handler_client
):
    office_keys.build(other_agency)
    theirs = holder_of(other_agency, Role.SUPPLY)
    client = handler_client(Role.LEGAL)
    assert client.post(_at("complaint_holder_leave", agency, theirs.pk), {"is_meant": "on"}).status_code == 404
    assert client.post(_at("complaint_vouch", agency, theirs.pk)).status_code == 404


# --- settings, journal ----------------------------------------------------------------------------------------------
def test_handler_changes_the_days(agency: Agency, channel: Channel, handler_client):
    client, page = handler_client(Role.LEGAL), _at("complaint_settings", agency)
    days = {"receive_days": "๕", "reply_days": 15, "progress_days": 30, "finding_days": 45, "retention_days": 365}
    form = {**days, "backup_days": 30, "version": Channel.objects.get().version}
    assert client.post(page, form | {"reply_days": 0}).status_code == 422
    assert client.post(page, form).status_code == 302
    channel.refresh_from_db()
    assert (channel.receive_days, channel.finding_days) == (5, 45)
    stale = client.post(page, form | {"receive_days": 9})
    assert stale.status_code == 409
    assert 'value="9"' in stale.content.decode()
    with pytest.raises(Stale):
        change_settings(
            scope_for(agency, Role.LEGAL), key=key_of(agency, Role.LEGAL), version=form["version"], reply_days=10
        )


def test_every_step_stands_in_the_journal(agency: Agency, channel: Channel):
    told = AuditEntry.objects.filter(agency=agency).values_list("action", flat=True)
    count = len(office_keys.DUTIES)
    assert [list(told).count(f"complaint.{name}") for name in ("channel", "opened")] == [1, 1]
    assert [list(told).count(f"complaint.holder.{name}") for name in ("named", "keyed", "vouched")] == [count] * 3
