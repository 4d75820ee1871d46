"""Who administers the machine, the accounts or the database reads nothing, whatever they press or write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.receipts import new_receipt
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Message, Report
from prongsai.web.complaints.services import cases as services
from prongsai.web.complaints.services import receiving
from tests.conftest import PROVE
from tests.web import objects, office
from tests.web.complaints import acts, office_keys, told
from tests.web.complaints.hostile.search import found_in
from tests.web.complaints.hostile.walking import ROUTES as OURS
from tests.web.complaints.hostile.walking import address, content_of
from tests.web.complaints.test_cases import case_of
from tests.web.complaints.test_renewing import opens
from tests.web.test_rights import ROUTES

WORD = "ลับสุดยอดเจ็ดสาม"
PHONE = "0897391739"
OTHERS = ("static", "account_logout")


@pytest.fixture
def secret(agency: Agency, channel: Channel, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A case full of words that nobody without a key may see."""
    monkeypatch.setattr(told, "WHAT", f"เรื่อง {WORD} ที่ร้านกาแฟ")
    who = told.Identity(name=f"นาย{WORD}", phone=PHONE)
    receipt = new_receipt()
    files = (told.sealed_file(agency, f"{WORD}.txt", f"ใน {WORD} ไฟล์".encode()),)
    report = told.tell(agency, files=files, identity=who, receipt=receipt)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    receiving.say(agency, following=following, text=f"เพิ่ม {WORD}")
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    services.note(scope, key, case_of(agency, report), text=f"บันทึก {WORD}")
    services.reply(scope, key, case_of(agency, report), text=f"ตอบ {WORD}")
    acts.move(agency, Report.objects.get(pk=report.pk), "screen")
    acts.move(agency, Report.objects.get(pk=report.pk), "accept", reason=f"เพราะ {WORD}")
    return Report.objects.get(pk=report.pk)


def _everywhere(agency: Agency, report: Report, made: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give every route of the platform with its address; those of the channel with the case itself."""
    file = report.sealed_files.get().name
    for route, names in sorted(ROUTES.items()):
        if route in OURS:
            yield route, address(agency, route, report.number, name=file)
        elif "agency" in names:
            given = objects.arguments(route, set(names), made)
            yield route, reverse(route, kwargs={"agency": agency.code} | given)
        elif route not in OTHERS:
            with suppress(NoReverseMatch):  # words of links in mails: an account's, which have no part in this
                yield route, reverse(route)


def _walk(client: Client, agency: Agency, report: Report, made: dict[str, Any]) -> list[tuple[str, str, object]]:
    told_ = []
    for route, where in _everywhere(agency, report, made):
        for method in ("GET", "POST"):
            with transaction.atomic():
                sent = {} if route in OURS else objects.posted(route, made)
                answer = client.get(where) if method == "GET" else client.post(where, sent)
                found = found_in(content_of(answer), (WORD, PHONE))
                transaction.set_rollback(True)
            if found:
                told_.append((route, method, found))
    return told_


# Every role besides with PRONGSAI_PROVE=1.
WALKERS = list(Role) if PROVE else [Role.ADMIN]


@pytest.mark.parametrize("role", WALKERS)
def test_no_role_finds_a_word_of_a_case_on_any_page_of_the_platform(
    agency: Agency, secret: Report, role: Role, signed_in: Callable[[str], Client]
) -> None:
    """Handlers too, whose key is locked."""
    made = objects.build(agency)
    client = signed_in(role)
    assert _walk(client, agency, secret, made) == []
    assert len(list(_everywhere(agency, secret, made))) > 250


def test_walk_finds_the_word_where_somebody_may_read_it(
    agency: Agency, secret: Report, handler_client: Callable[..., Client]
) -> None:
    answer = handler_client(Role.LEGAL).get(address(agency, "complaint", secret.number))
    assert {word for word, _ in found_in(content_of(answer), (WORD, PHONE))} == {WORD}


def test_administrator_who_gives_themselves_every_role_and_account_finds_nothing(
    agency: Agency, secret: Report
) -> None:
    """A new password for a handler's account leads to the page that asks for the passphrase, and no further."""
    user = office_keys.scope_for(agency, Role.LEGAL).user
    assert user is not None
    user.set_password("รหัสใหม่ที่ผู้ดูแลตั้งให้ 2569")
    user.save()
    client = Client()
    client.post("/account/login/", {"login": user.username, "password": "รหัสใหม่ที่ผู้ดูแลตั้งให้ 2569"})
    unlock = reverse("complaints_unlock", args=[agency.code])
    assert client.get(address(agency, "complaint", secret.number))["Location"].startswith(unlock)
    for words in ("รหัสใหม่ที่ผู้ดูแลตั้งให้ 2569", office.PASSWORD, user.username):
        assert client.post(unlock, {"passphrase": words}).status_code == 422
    for name in OURS:
        assert found_in(content_of(client.get(address(agency, name, secret.number))), (WORD, PHONE)) == []


# --- writing into the database --------------------------------------------------------------------------------------
def test_public_key_that_was_exchanged_gets_no_later_message(agency: Agency, channel: Channel) -> None:
    """Whoever writes their own key over that of a report would read what the reporter says from then on."""
    receipt, thief = new_receipt(), new_pair()
    report = told.tell(agency, receipt=receipt)
    Report.objects.filter(pk=report.pk).update(dialogue_key=thief.recipient, case_key=thief.recipient)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    receiving.say(agency, following=following, text=f"เพิ่ม {WORD}")
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    case = case_of(agency, Report.objects.get(pk=report.pk))
    services.note(scope, key, case, text="บันทึก")
    services.reply(scope, key, case, text="ตอบ")
    sealed = [bytes(one) for one in Message.objects.filter(report=report).values_list("sealed", flat=True)]
    assert [opens(one, [thief.identity]) for one in sealed] == [False] * 4
    assert (case.is_altered, case.dialogue[0].text) == (True, f"เพิ่ม {WORD}")


def test_message_to_a_report_whose_receipt_box_was_exchanged_is_refused(agency: Agency, channel: Channel) -> None:
    receipt = new_receipt()
    report = told.tell(agency, receipt=receipt)
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    other = told.tell(agency)
    Report.objects.filter(pk=report.pk).update(receipt_wrap=other.receipt_wrap)
    with pytest.raises(receiving.NotTaken):
        receiving.say(agency, following=following, text="เพิ่ม")
    assert receiving.by_receipt(agency, receipt) is None


def test_body_of_another_report_put_in_its_place_opens_for_nobody(agency: Agency, channel: Channel) -> None:
    receipt = new_receipt()
    report, other = told.tell(agency, receipt=receipt), told.tell(agency)
    Report.objects.filter(pk=report.pk).update(body=other.body)
    assert receiving.by_receipt(agency, receipt) is None


def test_reader_whose_account_another_took_over_is_no_reader(agency: Agency, channel: Channel) -> None:
    """The row says whose key it is, and the vouch signs it: moved to another account it is nobody's."""
    holder = office_keys.holder_of(agency, Role.AUDITOR)
    admin = office_keys.scope_for(agency, Role.ADMIN).user
    type(holder).objects.filter(pk=holder.pk).update(user=admin)
    client = Client()
    client.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    given = {"passphrase": office_keys.PASSPHRASE}
    assert client.post(reverse("complaints_unlock", args=[agency.code]), given).status_code == 404
