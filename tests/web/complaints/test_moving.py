"""Cases that move between the general register and the sealed channel."""

from __future__ import annotations

import json
import re

import pytest
from django.core import serializers
from django.urls import reverse

from prongsai.registers.model import Ref
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Identity, Kind, Mode, Told
from prongsai.web.complaints.models import Report
from prongsai.web.complaints.queries.moved import numbered, read, waiting
from prongsai.web.complaints.services import moving, receiving
from prongsai.web.complaints.services.cases import file_pieces, open_case
from prongsai.web.evidence import store as evidence_store
from prongsai.web.evidence.services import keep_file
from prongsai.web.registers import services as registers
from prongsai.web.registers.models import Entry, EntryFile, EntryLink, EntryMove, OutsideCase
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.outside import tracked
from prongsai.web.registers.services import outside
from tests.web.complaints import office_keys
from tests.web.evidence import files

pytestmark = pytest.mark.django_db
REGISTER = "complaints-general"
GENERAL = {
    "topic": "ออกใบอนุญาตช้า",
    "details": "นายช่างขอซองสามพันบาท",
    "place": "กองช่าง",
    "category": "service",
    "person": "นางสาวมะลิ ใจดี",
    "phone": "08-1234-5678",
    "email": "mali@example.com",
}
WORDS = ("ใบอนุญาต", "ขอซอง", "กองช่าง", "มะลิ", "1234", "mali@", "ซองเงิน", "เรียกรับ", "บุญมี", "จ่ายแล้วเร็ว")


@pytest.fixture
def sent(agency, system):
    """A general complaint from outside with a file and a duplicate, re-classified; and its tracking code."""
    registers.keep_setting(system, register=REGISTER, takes_outside=True)
    photo = keep_file(system, name="ซองเงิน.pdf", content=files.PDF, is_guarded=True)
    kept = kept_of(agency, REGISTER)
    made = outside.send(agency, kept=kept, values=GENERAL, nonce="n" * 20, files=[("photo", photo)])
    again = {**GENERAL, "topic": "ใบอนุญาตไม่ออก", "details": "จ่ายแล้วเร็ว", "person": "นายบุญมี สวนดี"}
    double = registers.add_entry(system, register=REGISTER, values=again)
    merged = {"same_as": Ref(made.entry.pk, str(made.entry))}
    registers.move_entry(system, entry=double, move="merge", values=merged, version=None)
    registers.move_entry(system, entry=made.entry, move="reclassify", note="เรียกรับเงิน", version=None)
    return made


@pytest.fixture
def legal(agency, channel):
    return office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)


def file_of(sent):
    return sent.entry.files.get().file


def plain_words() -> list[str]:
    """Those of the words that stand in clear in the general register's tables."""
    rows = [*Entry.objects.all(), *EntryMove.objects.all(), *EntryFile.objects.all(), *EntryLink.objects.all()]
    text = json.dumps(
        json.loads(serializers.serialize("json", [*rows, *OutsideCase.objects.all()])), ensure_ascii=False
    )
    text += " ".join(bytes(one.found_by).decode("cp874") for one in Entry.objects.all())
    return [word for word in WORDS if word in text]


def move_in(client, agency, entry, **values):
    address = reverse("complaint_move_in", args=[agency.code, entry.pk])
    token = re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())[1]
    given = {"token": token, "category": "bribe", "accused_1_name": "นายอรุณ ขยันยิ่ง", **values}
    return client.post(address, given)


def test_reclassified_complaint_is_sealed_and_the_general_register_emptied(
    agency, handler_client, legal, sent, django_capture_on_commit_callbacks
):
    client = handler_client(Role.LEGAL)
    photo = file_of(sent)
    assert set(plain_words()) == set(WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        page = move_in(client, agency, sent.entry)
    assert page.status_code == 201
    assert plain_words() == []
    assert not evidence_store.path_of(agency.code, photo.sha256).exists()
    report = Report.objects.get()
    assert (report.way, report.category) == ("moved", "bribe")
    case = open_case(*legal, report)
    double = numbered(Entry.objects.get(state="merged"))
    assert case.told.what == (f"ออกใบอนุญาตช้า\nนายช่างขอซองสามพันบาท\n\n{double} ใบอนุญาตไม่ออก\nจ่ายแล้วเร็ว\nกองช่าง")
    assert (case.told.where, case.told.mode, case.accused[0].name) == ("กองช่าง", Mode.CONFIDENTIAL, "นายอรุณ ขยันยิ่ง")
    identity = case.of(Kind.IDENTITY)[0].data
    assert (identity["name"], identity["phone"], identity["email"]) == (
        GENERAL["person"],
        GENERAL["phone"],
        GENERAL["email"],
    )
    assert "นายบุญมี สวนดี" in identity["note"]
    assert "เรียกรับเงิน" in case.of(Kind.NOTE)[0].text


def test_attached_file_is_sealed_whole(agency, handler_client, legal, sent):
    move_in(handler_client(Role.LEGAL), agency, sent.entry)
    case = open_case(*legal, Report.objects.get())
    key, pieces = file_pieces(case, case.files[0].name)
    assert (key.title, b"".join(pieces)) == ("ซองเงิน.pdf", files.PDF)


def test_dull_rows_stay_and_senders_find_their_case_by_their_codes(agency, handler_client, scope, sent):
    number, day = sent.entry.number, sent.entry.dated_on
    move_in(handler_client(Role.LEGAL), agency, sent.entry)
    entry = Entry.objects.get(pk=sent.entry.pk)
    assert (entry.number, entry.dated_on, entry.state, entry.values) == (number, day, "moved", {})
    case = tracked(agency, sent.code)
    assert len(case.told) == 1
    assert "อยู่ในช่องทางแจ้งเรื่องทุจริตแล้ว" in case.told[0][2]
    kept = kept_of(agency, REGISTER)
    assert entry not in entries_of(scope(Role.CLERK), kept)


def test_what_is_sealed_is_no_longer_listed_and_is_not_sealed_twice(agency, handler_client, sent):
    client = handler_client(Role.LEGAL)
    page = client.get(reverse("complaints_moved", args=[agency.code])).content.decode()
    assert "ออกใบอนุญาตช้า" in page
    move_in(client, agency, sent.entry)
    assert "ออกใบอนุญาตช้า" not in client.get(reverse("complaints_moved", args=[agency.code])).content.decode()
    assert client.get(reverse("complaint_move_in", args=[agency.code, sent.entry.pk])).status_code == 404
    assert Report.objects.count() == 1


def test_journal_of_the_move_tells_nothing_of_it(agency, handler_client, sent):
    client = handler_client(Role.LEGAL)
    last = AuditEntry.objects.filter(agency=agency).order_by("-number").first().number
    move_in(client, agency, sent.entry)
    lines = AuditEntry.objects.filter(agency=agency, number__gt=last)
    told = str([(one.action, one.subject_text, one.changes) for one in lines])
    assert sorted({one.action for one in lines}) == ["entry.empty", "file.erase"]
    assert [word for word in WORDS if word in told] == []
    assert Report.objects.get().number not in told


def test_nothing_is_emptied_and_nothing_sealed_when_somebody_changed_it_meanwhile(agency, legal, sent, settings):
    moved = read(legal[0], Entry.objects.get(pk=sent.entry.pk))
    Entry.objects.filter(pk=sent.entry.pk).update(version=100)
    given = {"category": "bribe", "accused": (), "token": receiving.give_token()}
    with pytest.raises(Stale):
        moving.move_in(*legal, moved, **given)
    assert (Report.objects.count(), set(plain_words())) == (0, set(WORDS))
    assert [path for path in settings.SEALED_FOLDER.rglob("*") if path.is_file()] == []


def test_same_form_again_shows_the_receipt_again(agency, handler_client, sent):
    client = handler_client(Role.LEGAL)
    address = reverse("complaint_move_in", args=[agency.code, sent.entry.pk])
    token = re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())[1]
    given = {"token": token, "category": "bribe", "is_unknown": "on"}
    first, second = client.post(address, given), client.post(address, given)
    words = [re.findall(r'lang="th">([^<]+)</th>', page.content.decode()) for page in (first, second)]
    assert (len(words[0]), words[0], Report.objects.count()) == (7, words[1], 1)
    assert client.post(address, {**given, "token": receiving.give_token()}).status_code == 404


def test_only_unlocked_handlers_see_what_waits(agency, handler_client, signed_in, sent):
    pages = [
        reverse("complaints_moved", args=[agency.code]),
        reverse("complaint_move_in", args=[agency.code, sent.entry.pk]),
    ]
    for who in (Role.ADMIN, Role.HEAD, Role.CLERK, Role.MAYOR):
        assert [signed_in(who).get(page).status_code for page in pages] == [404, 404], who
    assert [handler_client(office_keys.SUPERVISOR).get(page).status_code for page in pages] == [404, 404]
    assert [signed_in(Role.LEGAL).get(page).status_code for page in pages] == [302, 302]


def test_complaint_of_another_office_is_not_there(agency, other_agency, handler_client, system, sent):
    Entry.objects.filter(pk=sent.entry.pk).update(agency=other_agency)
    assert list(waiting(system)) == []
    page = reverse("complaint_move_in", args=[agency.code, sent.entry.pk])
    assert handler_client(Role.LEGAL).get(page).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_list_of_what_waits_takes_the_same_queries(agency, channel, system, n, django_assert_num_queries):
    for _each in range(n):
        entry = registers.add_entry(system, register=REGISTER, values=GENERAL)
        registers.move_entry(system, entry=entry, move="reclassify", note="ทุจริต", version=None)
    with django_assert_num_queries(1):
        assert len([str(one) for one in waiting(system)]) == n


# --- out --------------------------------------------------------------------------------------------------------------
@pytest.fixture
def sealed(agency, channel):
    told = Told(
        mode=Mode.CONFIDENTIAL,
        category="other",
        what="ถนนหน้าบ้านพังมาสามเดือน ช่างรู้แต่ไม่มา",
        where="ซอยวัดใหม่",
        when="สามเดือน",
    )
    receipt = receiving.receipt_of(receiving.give_token())
    identity = Identity(name="นายบุญมี สวนดี", phone="0811111111", email="boon@example.com")
    return receiving.submit(agency, way="public", told=told, receipt=receipt, identity=identity), receipt


OUT = {
    "topic": "ถนนชำรุด",
    "details": "ถนนเป็นหลุม ขอให้ซ่อม",
    "category": "road",
    "reason": "เป็นเรื่องบริการ",
    "told": "ส่งเป็นเรื่องทั่วไปเลขที่ {เลขที่}",
}


def move_out(client, agency, report, **values):
    address = reverse("complaint_move_out", args=[agency.code, report.number])
    page = client.get(address)
    version = re.search(r'name="version" value="(\d+)"', page.content.decode())[1]
    return page, client.post(address, {"version": version, **OUT, **values})


def test_general_register_gets_what_the_handler_wrote_and_nothing_else(agency, handler_client, legal, sealed):
    report, receipt = sealed
    page, answer = move_out(handler_client(Role.LEGAL), agency, report)
    assert answer.status_code == 302
    entry = Entry.objects.get()
    assert {key: entry.values.get(key) for key in ("topic", "details", "place", "person", "phone", "email")} == {
        "topic": "ถนนชำรุด",
        "details": "ถนนเป็นหลุม ขอให้ซ่อม",
        **dict.fromkeys(("place", "person", "phone", "email")),
    }
    for word in ("ซอยวัดใหม่", "สามเดือน", "บุญมี"):
        assert word not in page.content.decode()
        assert word not in str(list(AuditEntry.objects.values_list("subject_text", "changes")))
    report.refresh_from_db()
    assert report.state == "referred"
    reply = receiving.by_receipt(agency, receipt).said[-1]
    assert reply.text.startswith("ส่งเป็นเรื่องทั่วไปเลขที่ ๑/")


def test_who_reported_goes_along_only_as_ticked(agency, handler_client, legal, sealed):
    report, _receipt = sealed
    move_out(handler_client(Role.LEGAL), agency, report, identity=["phone"])
    values = Entry.objects.get().values
    assert (values.get("person"), values.get("phone"), values.get("email")) == (None, "0811111111", None)
    assert AuditEntry.objects.filter(action="complaint.identity").count() == 1


def test_case_that_somebody_acted_on_meanwhile_is_not_passed_on(agency, handler_client, legal, sealed):
    report, _receipt = sealed
    _page, answer = move_out(handler_client(Role.LEGAL), agency, report, version="77")
    assert (answer.status_code, Entry.objects.count()) == (409, 0)
    assert "ถนนเป็นหลุม ขอให้ซ่อม" in answer.content.decode()


def test_who_cannot_open_the_case_cannot_pass_it_on(agency, handler_client, sealed):
    report, _receipt = sealed
    address = reverse("complaint_move_out", args=[agency.code, report.number])
    for who in (office_keys.SUPERVISOR, Role.CLERK):
        assert handler_client(who).post(address, OUT).status_code == 404
    assert Entry.objects.count() == 0


def test_case_that_was_passed_on_is_not_passed_on_again(agency, handler_client, sealed):
    report, _receipt = sealed
    client = handler_client(Role.LEGAL)
    move_out(client, agency, report)
    address = reverse("complaint_move_out", args=[agency.code, report.number])
    assert client.post(address, OUT)["Location"] == reverse("complaint", args=[agency.code, report.number])
    assert Entry.objects.count() == 1
