from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.forms import outside as forms
from prongsai.web.registers.models import Entry, OutsideCase, OutsideCount
from prongsai.web.registers.queries.library import all_kept
from prongsai.web.registers.queries.outside import code_hash, normal_code, tracked
from prongsai.web.registers.services import outside

QUESTION = {"topic": "วันเก็บขยะ", "question": "เทศบาลเก็บขยะหมู่ที่ 2 วันใดบ้าง", "about": "health", "asker": "นายสมชาย ใจดี"}


@pytest.fixture
def unhurried(monkeypatch):
    """Forms may be sent back at once: the tests are quicker than people."""
    monkeypatch.setattr(forms, "SECONDS_MIN", -1)


@pytest.fixture
def opened(system):
    """The forms for outsiders of some registers are open."""
    for register in ("questions", "service-requests", "suggestions"):
        services.keep_setting(system, register=register, takes_outside=True)


def word_of(page) -> str:
    return re.search(r'name="form_word" value="([^"]+)"', page.content.decode())[1]


def send(client, agency, register="questions", **values):
    address = f"/{agency.code}/open/{register}/send/"
    word = word_of(client.get(address))
    return client.post(address, {**QUESTION, forms.NONCE: word, **values}), word


def code_in(page) -> str:
    return re.search(r'class="code"[^>]*><strong>([A-Z0-9-]+)<', page.content.decode())[1]


def test_question_comes_in_without_sign_in_and_gives_a_code(agency, opened, unhurried):
    page, _word = send(Client(), agency)
    assert page.status_code == 200
    code = code_in(page)
    entry = Entry.objects.get(register="questions")
    assert (entry.source, entry.values["topic"], entry.written_by) == ("outside", "วันเก็บขยะ", None)
    assert entry.due_on is not None
    assert OutsideCase.objects.get().code_sha256 == code_hash(code)
    assert normal_code(code) not in str(list(AuditEntry.objects.values_list("changes", flat=True)))
    assert page["Cache-Control"].count("no-store") == 1


def test_same_form_sent_twice_is_one_case_with_the_same_code(agency, opened, unhurried):
    client = Client()
    first, word = send(client, agency)
    again = client.post(f"/{agency.code}/open/questions/send/", {**QUESTION, forms.NONCE: word})
    assert code_in(first) == code_in(again)
    assert Entry.objects.filter(register="questions").count() == 1


def test_form_that_is_not_open_or_not_known_is_not_there(agency, system):
    client = Client()
    for register in ("questions", "gifts", "nothing"):
        assert client.get(f"/{agency.code}/open/{register}/send/").status_code == 404
    with pytest.raises(ValidationError):
        services.keep_setting(system, register="gifts", takes_outside=True)
    assert client.get("/99999999/open/questions/send/").status_code == 404


def test_missing_fields_are_named_and_nothing_is_lost(agency, opened, unhurried):
    page, _word = send(Client(), agency, question="")
    assert page.status_code == 422
    assert "คำถาม" in page.content.decode()
    assert 'value="วันเก็บขยะ"' in page.content.decode()
    assert not Entry.objects.filter(register="questions").exists()


def test_what_a_machine_sends_is_refused(agency, opened, monkeypatch):
    monkeypatch.setattr(forms, "SECONDS_MIN", 3600)
    page, _word = send(Client(), agency)
    assert "ส่งเร็วเกินไป" in page.content.decode()
    monkeypatch.setattr(forms, "SECONDS_MIN", -1)
    page, _word = send(Client(), agency, homepage="http://spam.example")
    assert page.status_code == 422
    address = f"/{agency.code}/open/questions/send/"
    assert Client().post(address, {**QUESTION, forms.NONCE: "made-up"}).status_code == 422
    assert not Entry.objects.filter(register="questions").exists()


def test_form_that_lay_open_for_a_day_is_asked_for_again(agency, opened, unhurried, monkeypatch):
    monkeypatch.setattr(forms, "SECONDS_MAX", -1)
    page, _word = send(Client(), agency)
    assert "เปิดทิ้งไว้นานเกินไป" in page.content.decode()


def test_one_place_sends_so_much_a_day_and_no_more(agency, opened, unhurried, monkeypatch):
    monkeypatch.setattr(outside, "SENT_A_DAY_MAX", 2)
    client = Client()
    assert [send(client, agency)[0].status_code for _each in range(3)] == [200, 200, 422]
    assert Entry.objects.filter(register="questions").count() == 2
    assert Client(REMOTE_ADDR="203.0.113.7").get(f"/{agency.code}/open/questions/send/").status_code == 200
    elsewhere, _word = send(Client(REMOTE_ADDR="203.0.113.7"), agency)
    assert elsewhere.status_code == 200


def test_no_address_is_kept_and_yesterdays_marks_are_thrown_away(agency, opened, unhurried):
    OutsideCount.objects.create(agency=agency, day=timezone.localdate() - timedelta(days=1), mark="x" * 64, count=9)
    send(Client(REMOTE_ADDR="203.0.113.7"), agency)
    assert not OutsideCount.objects.filter(day__lt=timezone.localdate()).exists()
    assert "203.0.113.7" not in str(list(OutsideCount.objects.values()))


def test_code_opens_the_case_and_only_that(agency, other_agency, opened, unhurried):
    client = Client()
    code = code_in(send(client, agency)[0])
    page = client.post(f"/{agency.code}/open/track/", {"code": code.lower().replace("-", " ")})
    assert page.status_code == 200
    assert "วันเก็บขยะ" in page.content.decode()
    assert tracked(other_agency, code) is None
    wrong = client.post(f"/{agency.code}/open/track/", {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert (wrong.status_code, "ไม่พบเรื่อง" in wrong.content.decode()) == (422, True)


def test_guessing_codes_is_stopped(agency, opened, monkeypatch):
    monkeypatch.setattr(outside, "TRIES_A_DAY_MAX", 2)
    client = Client()
    texts = [client.post(f"/{agency.code}/open/track/", {"code": f"WRONG{n}"}).content.decode() for n in range(3)]
    assert ["เกินกำหนด" in text for text in texts] == [False, False, True]


def test_attachment_is_checked_and_kept_with_the_entry(agency, opened, unhurried, system):
    service = _service(system)
    values = {"service": service.pk, "applicant": "นางสาวมะลิ ใจดี", "phone": "081-234-5678", "details": "ขอถังขยะ 1 ใบ"}
    bad = SimpleUploadedFile("run.exe", b"MZ\x90\x00" + b"\x00" * 64)
    page, _word = send(Client(), agency, "service-requests", **values, attachment=bad)
    assert page.status_code == 422
    good = SimpleUploadedFile("บ้าน.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    page, _word = send(Client(), agency, "service-requests", **values, attachment=good)
    assert page.status_code == 200
    assert Entry.objects.get(register="service-requests").files.get().name == "บ้าน.pdf"


def test_incomplete_request_tells_what_is_missing_and_takes_a_reply(agency, opened, unhurried, system, scope):
    service = _service(system)
    values = {"service": service.pk, "applicant": "นางสาวมะลิ ใจดี", "phone": "081-234-5678", "details": "ขอถังขยะ 1 ใบ"}
    client = Client()
    code = code_in(send(client, agency, "service-requests", **values)[0])
    entry = Entry.objects.get(register="service-requests")
    services.move_entry(
        scope(Role.CLERK), entry=entry, move="ask_more", values={"missing": "สำเนาทะเบียนบ้าน"},
        note="ขอเอกสารเพิ่ม", version=entry.version, told=True,
    )  # fmt: skip
    page = client.post(f"/{agency.code}/open/track/", {"code": code}).content.decode()
    assert "สำเนาทะเบียนบ้าน" in page
    assert "ขอเอกสารเพิ่ม" in page


def test_every_open_form_asks_all_that_an_entry_needs(agency):
    for kept in all_kept(agency):
        if kept.register.outside:
            needed = [
                one.key
                for one in kept.register.fields_at()
                if one.required and not one.outside and one.key != kept.register.dated_by
            ]
            assert (kept.id, needed) == (kept.id, [])
            assert not kept.register.outside.answer or kept.register.field_of(kept.register.outside.answer)


def _service(system) -> Entry:
    from tests.web.registers.conftest import sample, unit_ref

    given = sample(system.agency, "online-services") or {
        "name": "ขอรับถังขยะ",
        "unit": unit_ref(system.agency, "กองสาธารณสุขและสิ่งแวดล้อม"),
        "kind": "system",
        "link": "https://www.example.go.th/bin",
        "sign_in": "none",
        "opened_on": date(2025, 12, 1),
    }
    return services.add_entry(system, register="online-services", values=given)


def test_answer_is_shown_to_everybody_only_with_both_consents(agency, opened, unhurried, system, scope):
    services.keep_setting(system, register="questions", is_published=True)
    send(Client(), agency, topic="ไฟถนนดับ")
    send(Client(), agency, topic="ท่อระบายน้ำตัน", may_publish="on")
    for entry in Entry.objects.filter(register="questions").order_by("pk"):
        _answer(scope(Role.PUBLISHER), entry, publish=entry.outside.may_publish)
    page = Client().get(f"/{agency.code}/open/questions/").content.decode()
    assert ("ท่อระบายน้ำตัน" in page, "ไฟถนนดับ" in page) == (True, False)
    assert "สมชาย" not in page


def _answer(who, entry, publish) -> None:
    """Accept a question and answer it."""
    entry = services.move_entry(who, entry=entry, move="accept", version=entry.version)
    values = {"answer": "เก็บทุกวันจันทร์", "answered_on": timezone.localdate(), "publish": publish}
    services.move_entry(who, entry=entry, move="answer", version=entry.version, values=values)


def test_form_offers_strangers_only_what_is_named_openly(agency, opened, system, own_register):
    _service(system)
    page = Client().get(f"/{agency.code}/open/service-requests/send/").content.decode()
    assert "ขอรับถังขยะ" in page
    text = """
id: hearing
name_th: คำขอพบเจ้าหน้าที่
name_en: Hearings
flow: record
title: "{topic}"
fields:
  topic: {type: text, label_th: เรื่อง, required: true, outside: true, open: public}
  officer: {type: person, label_th: เจ้าหน้าที่, outside: true}
  gift: {type: entry, of: gifts, label_th: ของขวัญ, outside: true}
outside: {title_th: ขอพบเจ้าหน้าที่}
"""
    own_register(text)
    services.keep_setting(system, register="hearing", takes_outside=True)
    page = Client().get(f"/{agency.code}/open/hearing/send/").content.decode()
    assert "มาลี" not in page
    assert "ขอพบเจ้าหน้าที่" in page
