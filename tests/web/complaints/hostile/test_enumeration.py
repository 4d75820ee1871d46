"""Asking one after another finds nothing: no numbers, no gaps, no sizes, no difference between no and not yours."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pyrage import DecryptError, decrypt, x25519

from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.receipts import Receipt, keys_of, latin_words, new_receipt
from prongsai.privacy.seal.wraps import PIECE_BYTES, WRAPS, wrapped
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Channel, Message, Report
from prongsai.web.complaints.services import readers
from tests.web.complaints import office_keys, told
from tests.web.complaints.hostile.walking import CASE, ROUTES, address, ask, bare
from tests.web.complaints.reporter import Reporter
from tests.web.complaints.test_cases import case_of

Clients = Callable[..., Client]
ACCUSED = Accused(name="เที่ยง ธรรมดี")  # the legal officer, who is a handler
METHODS = ("GET", "POST")
# What a handler who is kept from a case can look at all day long.
LOOKED_AT = (
    *("home", "complaints", "complaint_holders", "complaints_moved", "complaint_tallies", "complaint_guideline"),
    *("appeal_rounds", "complaint_paper", "complaints_key", "agencies:journal", "recovery_add"),
)


def _unused(report: Report) -> str:
    """Give a number that nobody has."""
    return "10000" if report.number != "10000" else "10001"


@pytest.fixture
def kept_from(agency: Agency, channel: Channel, handler_client: Clients) -> Client:
    """The unlocked legal officer, whom every report of these tests accuses."""
    return handler_client(Role.LEGAL)


def test_number_of_anothers_case_is_answered_as_one_that_there_is_not(agency: Agency, kept_from: Client) -> None:
    report = told.tell(agency, ACCUSED, files=told.sealed_files(agency), identity=told.WHO)
    file = case_of(agency, report, Role.AUDITOR).files[0].name
    before = Message.objects.count()
    for route in CASE:
        for method in METHODS:
            there, nowhere = (
                ask(kept_from, method, address(agency, route, number, name=file))
                for number in (report.number, _unused(report))
            )
            assert (there.status_code, nowhere.status_code) in ((404, 404), (405, 405)), route
            assert bare(there, report.number) == bare(nowhere, _unused(report)), route
    assert Message.objects.count() == before


def test_handler_of_another_office_finds_neither_number_nor_office(
    agency: Agency, other_agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    office_keys.build(other_agency)
    client = Client()
    user = office_keys.scope_for(other_agency, Role.LEGAL).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("complaints_unlock", args=[other_agency.code]), {"passphrase": office_keys.PASSPHRASE})
    report = told.tell(agency)
    for route in CASE:
        for where in (agency, other_agency):
            for method in METHODS:
                assert ask(client, method, address(where, route, report.number)).status_code in (404, 405)
    listed = client.get(reverse("complaints", args=[other_agency.code]) + "?show=all")
    assert (listed.status_code, report.number in listed.content.decode()) == (200, False)


@pytest.mark.parametrize("who", [Role.LEGAL, Role.AUDITOR])
def test_every_page_of_who_is_kept_from_a_case_is_as_it_was_before_it(
    agency: Agency, channel: Channel, handler_client: Clients, who: Role
) -> None:
    client = handler_client(who)
    pages = [*(reverse(name, args=[agency.code]) for name in LOOKED_AT), address(agency, "complaints") + "?show=all"]
    client.get(pages[0])
    before = [bare(client.get(page)) for page in pages]
    person = told.person_of(agency, who)
    report = told.tell(agency, Accused(name=str(person), person_id=person.pk), receipt=(receipt := new_receipt()))
    Reporter(agency).follow(receipt, say="1", text="มีหลักฐานเพิ่มเติมอีกหลายอย่าง")
    assert report.messages.count() == 2
    for page, was in zip(pages, before, strict=True):
        assert bare(client.get(page)) == was, page


def test_page_that_unlocks_leads_on_the_same_way_whether_there_is_such_a_case(
    agency: Agency, channel: Channel, signed_in: Clients
) -> None:
    report = told.tell(agency)
    locked = signed_in(Role.LEGAL)
    numbers = (report.number, _unused(report))
    led = [locked.get(address(agency, "complaint", one))["Location"].replace(one, "…") for one in numbers]
    strangers = [Client().get(address(agency, "complaint", one)) for one in numbers]
    assert led[0] == led[1]
    assert [one.status_code for one in strangers] == [302, 302]
    assert strangers[0]["Location"].replace(numbers[0], "") == strangers[1]["Location"].replace(numbers[1], "")


def test_hint_for_a_wrong_word_comes_from_the_printed_list_alone(agency: Agency, channel: Channel) -> None:
    receipt = new_receipt()
    wrong = " ".join([receipt.latin[0] + "x", *receipt.latin[1:]])
    reporter = Reporter(agency)
    page = address(agency, "report_follow")
    before = reporter.client.post(page, {"words": wrong})
    told.tell(agency, receipt=receipt)
    after = reporter.client.post(page, {"words": wrong})
    assert (before.status_code, before.content) == (422, after.content)


def test_receipts_that_follow_on_a_real_one_open_nothing(agency: Agency, channel: Channel) -> None:
    receipt = new_receipt()
    told.tell(agency, receipt=receipt)
    reporter = Reporter(agency)
    neighbours = [Receipt(receipt.bits ^ 1 << place) for place in range(0, 77, 11)]
    assert {reporter.follow(one).status_code for one in neighbours} == {422}
    swapped = [*receipt.latin[1:], receipt.latin[0]]
    answer = reporter.client.post(address(agency, "report_follow"), {"words": " ".join(swapped)})
    assert answer.status_code == 422


def test_receipts_are_seventy_seven_random_bits() -> None:
    assert (len(latin_words()) ** 7, len({new_receipt().bits for _ in range(200)})) == (2**77, 200)


def test_file_of_another_case_is_not_given_by_its_name(
    agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    own, other = told.tell(agency), told.tell(agency, ACCUSED, files=told.sealed_files(agency))
    name = other.sealed_files.first().name
    assert handler_client(Role.LEGAL).get(address(agency, "complaint_file", own.number, name=name)).status_code == 404
    assert handler_client(Role.AUDITOR).get(address(agency, "complaint_file", own.number, name=name)).status_code == 404


@pytest.mark.parametrize("number", ["0", "00000", "99999999", "๑๒๓๔๕", "12345'", "-1", "1e5", "%00", "12 345", "١٢٣٤٥"])
def test_odd_numbers_find_nothing(agency: Agency, channel: Channel, handler_client: Clients, number: str) -> None:
    told.tell(agency)
    assert handler_client(Role.LEGAL).get(address(agency, "complaint", number)).status_code == 404


# --- sizes ----------------------------------------------------------------------------------------------------------
def _pieces_opened(wraps: bytes, identity: str) -> list[int]:
    """Give how many plain bytes stand in the pieces that a key opens."""
    found = []
    for at in range(0, len(wraps), PIECE_BYTES):
        size = int.from_bytes(wraps[at : at + 2], "big")
        try:
            found.append(len(decrypt(wraps[at + 2 : at + 2 + size], [x25519.Identity.from_str(identity)])))
        except DecryptError:
            continue
    return found


@pytest.mark.parametrize("length", [1, 300, 305, 1024])
def test_piece_of_a_wrap_is_of_one_size_however_long_its_secret_is(length: int) -> None:
    pair = new_pair()
    wraps = wrapped(b"x" * length, [pair.recipient])
    assert (len(wraps), _pieces_opened(wraps, pair.identity)) == (WRAPS * PIECE_BYTES, [1028])


def test_wraps_do_not_tell_how_many_were_ever_kept_from_a_case(agency: Agency, channel: Channel) -> None:
    report = told.tell(agency)
    scope, key = office_keys.scope_for(agency, Role.AUDITOR), office_keys.key_of(agency, Role.AUDITOR)
    before = _pieces_opened(bytes(report.wraps), key.bundle.identities[0])
    readers.exclude(scope, key, case_of(agency, report, Role.AUDITOR), accused=[ACCUSED])
    report.refresh_from_db()
    assert case_of(agency, report, Role.AUDITOR).keys.barred != ()
    assert _pieces_opened(bytes(report.wraps), key.bundle.identities[0]) == before


def test_box_of_the_receipt_is_of_one_size_for_one_reader_and_for_three(agency: Agency, channel: Channel) -> None:
    sizes = set()
    for accused in (Accused(name="ไม่รู้จัก"), Accused(position="นายกเทศมนตรี")):
        receipt = new_receipt()
        report = told.tell(agency, accused, receipt=receipt)
        pair, _ = keys_of(receipt, bytes(channel.salt))
        sizes.add(len(decrypt(bytes(report.receipt_wrap), [x25519.Identity.from_str(pair.identity)])))
    assert sizes == {4096}


def test_case_with_a_name_looks_as_one_without(agency: Agency, channel: Channel) -> None:
    shapes = []
    for identity in (told.WHO, None):
        report = told.tell(agency, identity=identity)
        row = Report.objects.filter(pk=report.pk).values().get()
        plain = {name: value for name, value in row.items() if not isinstance(value, bytes | memoryview)}
        told_apart = {"id", "number", "handle", "dialogue_key", "case_key"}
        shapes.append(
            (json.dumps({k: str(v) for k, v in plain.items() if k not in told_apart}), report.messages.count())
        )
    assert shapes[0] == shapes[1]


def test_upload_that_was_never_sent_belongs_to_nobody(agency: Agency, channel: Channel) -> None:
    reporter = Reporter(agency)
    answer = reporter.send(what="", files=SimpleUploadedFile("ก.txt", b"x"))
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert all(name not in ROUTES["report_file"] for name in ("name", "number"))  # no address leads to a file
