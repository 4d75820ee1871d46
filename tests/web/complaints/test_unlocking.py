"""A holder's own key: its passphrase, fifteen minutes, cookie and session."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from prongsai.privacy.seal.keys import new_pair
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Holder, HolderState
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import holders, passphrases, unlocking
from tests.web import office
from tests.web.complaints import office_keys
from tests.web.complaints.office_keys import PASSPHRASE, holder_of, key_of, scope_for

SignedIn = Callable[[str], Client]
OTHER = "ขันทองเหลือง ตะกร้าหวาย ร่มกระดาษ เสื่อกก"


def _at(name: str, agency: Agency, *args: object) -> str:
    return reverse(name, args=[agency.code, *args])


def _is_open(client: Client, agency: Agency) -> bool:
    """Whether a page that needs an unlocked handler is given."""
    return client.get(_at("complaint_holder_add", agency)).status_code == 200


# --- passphrases ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "is_good"),
    [
        (PASSPHRASE, True),
        ("แมวดำกินปลาทูหน้าวัด", True),  # 16 letters and more, no space
        ("correct horse battery staple", True),
        ("สั้นไป", False),
        ("aaa bbb", False),
        ("กกกกกกกกกกกกกกกกกกกก", False),
        ("12345678901234567890", False),
        ("one one one one", False),
        (office.PASSWORD, False),
        (f"legal-{office.CODE} กับดอกไม้ริมทาง", False),
        ("ก" * 400, False),
    ],
)
def test_passphrase_must_be_long_and_nothing_that_is_known(agency: Agency, words: str, is_good: bool):
    user = scope_for(agency, Role.LEGAL).user
    if is_good:
        passphrases.check(user, words)
    else:
        with pytest.raises(ValidationError):
            passphrases.check(user, words)


def test_same_words_from_another_keyboard_open_it(agency: Agency, channel: Channel):
    """One keyboard writes the vowel of น้ำ as one letter, another one as two."""
    assert passphrases.settled("น้ำ  ใส") == passphrases.settled("นํ้า ใส ")


def test_key_is_made_by_its_owner_alone(agency: Agency, signed_in: SignedIn):
    office_keys.named(agency)
    client, page = signed_in(Role.LEGAL), _at("complaints_key", agency)
    short = client.post(page, {"new": "สั้น", "again": "สั้น", "is_understood": "on"})
    other = client.post(page, {"new": PASSPHRASE, "again": OTHER, "is_understood": "on"})
    unread = client.post(page, {"new": PASSPHRASE, "again": PASSPHRASE})
    assert [one.status_code for one in (short, other, unread)] == [422, 422, 422]
    assert PASSPHRASE not in unread.content.decode()
    assert client.post(page, {"new": PASSPHRASE, "again": PASSPHRASE, "is_understood": "on"}).status_code == 302
    holder = rolls.awaited(agency, scope_for(agency, Role.LEGAL).user)
    assert (holder.state, holder.recipient[:4]) == (HolderState.KEYED, "age1")
    shown = client.get(page).content.decode()
    assert "คำประจำกุญแจ" in shown
    assert signed_in(Role.OFFICER).get(page).status_code == 404


def test_key_is_not_made_twice(agency: Agency):
    office_keys.named(agency)
    scope = scope_for(agency, Role.LEGAL)
    holder = rolls.awaited(agency, scope.user)
    unlocking.make_key(scope, holder=holder, passphrase=PASSPHRASE)
    with pytest.raises(ValidationError):
        unlocking.make_key(scope, holder=holder, passphrase=OTHER)


# --- unlocking ------------------------------------------------------------------------------------------------------
def test_unlocking_opens_the_pages_and_leads_back(agency: Agency, channel: Channel, signed_in: SignedIn):
    client, asked = signed_in(Role.LEGAL), _at("complaint_holder_add", agency)
    locked = client.get(asked)
    assert locked["Location"].startswith(_at("complaints_unlock", agency) + "?next=")
    answer = client.post(_at("complaints_unlock", agency), {"passphrase": PASSPHRASE, "next": asked})
    assert answer["Location"] == asked
    assert _is_open(client, agency) is True


def test_cookie_is_of_these_pages_alone(agency: Agency, channel: Channel, signed_in: SignedIn, settings):
    settings.IS_HTTPS = True
    answer = signed_in(Role.LEGAL).post(_at("complaints_unlock", agency), {"passphrase": PASSPHRASE}, secure=True)
    cookie = answer.cookies[unlocking.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"/{agency.code}/complaints/", True, "Strict")
    assert (cookie["secure"], cookie["max-age"], cookie["expires"]) == (True, "", "")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_unlocking_leads_nowhere_else(agency: Agency, channel: Channel, signed_in: SignedIn, address: str):
    form = {"passphrase": PASSPHRASE, "next": address}
    answer = signed_in(Role.LEGAL).post(_at("complaints_unlock", agency), form)
    assert answer["Location"] == _at("complaints", agency)


def test_cookie_alone_and_session_alone_open_nothing(agency: Agency, handler_client):
    client = handler_client(Role.LEGAL)
    cookie, session = client.cookies[unlocking.COOKIE].value, client.cookies["sessionid"].value
    with_session = Client()
    with_session.cookies["sessionid"] = session
    assert _is_open(with_session, agency) is False
    with_other_cookie = Client()
    with_other_cookie.cookies["sessionid"] = session
    with_other_cookie.cookies[unlocking.COOKIE] = new_pair().identity
    assert _is_open(with_other_cookie, agency) is False
    with_cookie = Client()
    with_cookie.cookies[unlocking.COOKIE] = cookie
    with_cookie.force_login(
        scope_for(agency, Role.LEGAL).user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert _is_open(with_cookie, agency) is False
    assert _is_open(client, agency) is True


def test_session_holds_no_private_half(agency: Agency, handler_client):
    kept = str(dict(handler_client(Role.LEGAL).session))
    assert "AGE-SECRET-KEY" not in kept.upper()
    assert key_of(agency, Role.LEGAL).bundle.seed not in kept


def test_key_closes_after_fifteen_minutes_without_use(agency: Agency, handler_client, monkeypatch):
    client = handler_client(Role.LEGAL)
    start = unlocking.time.time()
    for minutes in (14, 28, 42):  # each use renews it
        monkeypatch.setattr(unlocking.time, "time", lambda now=start + 60 * minutes: now)
        assert _is_open(client, agency) is True
    monkeypatch.setattr(unlocking.time, "time", lambda: start + 60 * 42 + 15 * 60 + 1)
    assert _is_open(client, agency) is False
    assert unlocking._SESSION not in client.session


def test_lock_and_sign_out_close_the_key(agency: Agency, handler_client):
    client = handler_client(Role.LEGAL)
    cookie = client.cookies[unlocking.COOKIE].value
    assert client.post(_at("complaints_lock", agency)).cookies[unlocking.COOKIE].value == ""
    client.cookies[unlocking.COOKIE] = cookie
    assert _is_open(client, agency) is False
    other = handler_client(Role.AUDITOR)
    other.post(reverse("account_logout"))
    other.force_login(
        scope_for(agency, Role.AUDITOR).user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert _is_open(other, agency) is False


def test_key_of_another_is_not_opened_by_ones_own_session(agency: Agency, handler_client):
    """The box of one holder put into the session of another, with its cookie: it is not theirs."""
    mine, theirs = handler_client(Role.LEGAL), handler_client(Role.AUDITOR)
    session = theirs.session
    session[unlocking._SESSION] = mine.session[unlocking._SESSION]
    session.save()
    theirs.cookies[unlocking.COOKIE] = mine.cookies[unlocking.COOKIE].value
    assert _is_open(theirs, agency) is False


def test_new_password_of_the_account_opens_nothing(agency: Agency, channel: Channel, signed_in: SignedIn):
    user = scope_for(agency, Role.LEGAL).user
    user.set_password("รหัสผ่านใหม่จากผู้ดูแลระบบ")
    user.save()
    client = signed_in(Role.LEGAL)
    for words in ("รหัสผ่านใหม่จากผู้ดูแลระบบ", office.PASSWORD):
        assert client.post(_at("complaints_unlock", agency), {"passphrase": words}).status_code == 422
    assert _is_open(client, agency) is False
    assert key_of(agency, Role.LEGAL).holder.user_id == user.pk  # the passphrase is what it was


def test_wrong_words_are_counted_and_the_sixth_is_not_looked_at(agency: Agency, channel: Channel, signed_in: SignedIn):
    client, page = signed_in(Role.LEGAL), _at("complaints_unlock", agency)
    answers = [client.post(page, {"passphrase": OTHER}).content.decode() for _ in range(5)]
    assert all("เปิดกุญแจไม่สำเร็จ" in answer for answer in answers)
    right = client.post(page, {"passphrase": PASSPHRASE})
    assert right.status_code == 422
    assert "ใส่รหัสลับผิดหลายครั้ง" in right.content.decode()
    told = AuditEntry.objects.filter(agency=agency, action="complaint.unlock.failed")
    assert (told.count(), told.filter(changes={}).count()) == (5, 5)
    assert key_of(agency, Role.AUDITOR).bundle.seed  # somebody else is not held up


def test_wrong_words_of_a_change_are_counted_too(agency: Agency, channel: Channel, signed_in: SignedIn):
    client = signed_in(Role.LEGAL)
    form = {"passphrase": "ผิดแน่นอน ผิดแน่นอน", "new": OTHER, "again": OTHER}
    assert client.post(_at("complaints_key_change", agency), form).status_code == 422
    assert AuditEntry.objects.filter(agency=agency, action="complaint.unlock.failed").count() == 1


# --- changing -------------------------------------------------------------------------------------------------------
def test_changed_passphrase_opens_the_same_key_and_closes_open_sessions(agency: Agency, handler_client):
    elsewhere, client = handler_client(Role.LEGAL), handler_client(Role.LEGAL)
    before = key_of(agency, Role.LEGAL)
    form = {"passphrase": PASSPHRASE, "new": OTHER, "again": OTHER}
    assert client.post(_at("complaints_key_change", agency), form).status_code == 302
    assert _is_open(elsewhere, agency) is False
    with pytest.raises(ValidationError):
        key_of(agency, Role.LEGAL)
    assert key_of(agency, Role.LEGAL, OTHER).bundle == before.bundle


def test_who_has_left_has_no_use_of_an_open_session(agency: Agency, handler_client):
    client = handler_client(Role.SUPPLY)
    holder = holder_of(agency, Role.SUPPLY)
    holders.leave(scope_for(agency, Role.LEGAL), holder=holder, version=holder.version, key=key_of(agency, Role.LEGAL))
    assert client.get(_at("complaint_holder_add", agency)).status_code == 404
    assert client.get(_at("complaints_unlock", agency)).status_code == 404
    holder.refresh_from_db()
    assert (holder.state, bytes(holder.sealed_bundle), bytes(holder.salt)) == (HolderState.LEFT, b"", b"")


def test_journal_tells_no_key(agency: Agency, channel: Channel):
    key = key_of(agency, Role.LEGAL)
    told = "".join(str(entry.changes) for entry in AuditEntry.objects.filter(agency=agency))
    assert "AGE-SECRET" not in told
    assert key.bundle.seed not in told
    assert bytes(Holder.objects.get(pk=key.holder.pk).salt).hex() not in told


# --- rights ---------------------------------------------------------------------------------------------------------
def test_strangers_find_none_of_these_pages(
    agency: Agency, other_agency: Agency, channel: Channel, signed_in: SignedIn
):
    client = signed_in(Role.OFFICER)
    for name in ("complaints_unlock", "complaints_key", "complaints_key_change", "complaint_holders", "recovery_add"):
        assert client.get(_at(name, agency)).status_code == 404, name
        assert client.post(_at(name, agency)).status_code in (404, 405), name
        assert signed_in(Role.LEGAL).get(_at(name, other_agency)).status_code == 404, name
