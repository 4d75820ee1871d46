"""The pages of cases, as handlers and others get them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency, AuditEntry, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Message, Report, State
from prongsai.web.complaints.queries.cases import keys_of
from tests.web import office
from tests.web.complaints import office_keys, told
from tests.web.complaints.test_cases import case_of
from tests.web.complaints.test_renewing import files_on_disk, spoil

Unlocked = Callable[..., Client]
PAGES = ("complaint", "complaint_identity", "complaint_readers", "complaint_conflict", "complaint_log")
SENT = {
    "complaint_reply": {"reply-text": "ได้รับเรื่องแล้ว"},
    "complaint_note": {"note-text": "ตรวจใบอนุญาตปีก่อน"},
    "complaint_identity": {"reason": "นัดสอบปากคำ"},
    "complaint_readers": {"name": "คนหนึ่ง"},
    "complaint_conflict": {"reason": "เป็นญาติ", "is_sure": "on"},
}


def address(name: str, report: Report, *more: str) -> str:
    """Give the address of a page of a case."""
    return reverse(name, args=[report.agency.code, report.number, *more])


def text_of(answer) -> str:
    """Give a page as text."""
    return answer.content.decode()


def acts(agency: Agency) -> list[str]:
    """Give what the journal holds of cases."""
    lines = AuditEntry.objects.filter(agency=agency, changes__has_key="case").order_by("number")
    return [one.action for one in lines]


# --- strangers ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "who", [Role.ADMIN, Role.MAYOR, Role.COORDINATOR, Role.SUPPLY, office_keys.SUPERVISOR, Role.CLERK]
)
def test_who_may_not_read_a_case_finds_no_page_of_it(
    agency: Agency, channel: Channel, signed_in: Unlocked, handler_client: Unlocked, who: str
):
    """Administrators, mayors, handlers of the accused's unit, supervisors and keepers."""
    report = told.tell(agency, told.accused_of(agency, Role.HEAD), files=told.sealed_files(agency), identity=told.WHO)
    file = case_of(agency, report).files[0].name
    client = handler_client(who) if who in office_keys.DUTIES else signed_in(who)
    before = Message.objects.count()
    got = {client.get(address(name, report)).status_code for name in PAGES}
    got |= {client.post(address(name, report), data).status_code for name, data in SENT.items()}
    got |= {client.get(address("complaint_file", report, file)).status_code}
    assert got == {404}
    assert (Message.objects.count(), acts(agency)) == (before, [])


def test_without_signing_in_there_is_no_page(agency: Agency, channel: Channel):
    report = told.tell(agency)
    answers = [Client().get(address(name, report)) for name in PAGES]
    assert {one.status_code for one in answers} == {302}
    assert {one["Location"].split("?")[0] for one in answers} == {reverse("account_login")}


def test_locked_key_leads_to_the_page_that_unlocks(agency: Agency, channel: Channel, signed_in: Unlocked):
    answer = signed_in(Role.LEGAL).get(address("complaint", told.tell(agency)))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (
        302,
        reverse("complaints_unlock", args=[agency.code]),
    )


def test_number_of_another_office_is_not_found(
    agency: Agency, channel: Channel, other_agency: Agency, handler_client: Unlocked
):
    report = told.tell(agency)
    client = handler_client(Role.LEGAL)
    for code, number in ((other_agency.code, report.number), (agency.code, "00000")):
        assert client.get(reverse("complaint", args=[code, number])).status_code == 404


def test_post_without_the_token_of_the_form_is_refused(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency, identity=told.WHO)
    client = handler_client(Role.LEGAL)
    client.handler.enforce_csrf_checks = True
    assert {client.post(address(name, report), data).status_code for name, data in SENT.items()} == {403}


# --- list -----------------------------------------------------------------------------------------------------------
def test_list_shows_only_what_the_key_opens(agency: Agency, channel: Channel, handler_client: Unlocked):
    own, others = told.tell(agency), told.tell(agency, told.accused_of(agency, Role.HEAD))
    page = text_of(handler_client(Role.SUPPLY).get(reverse("complaints", args=[agency.code])))
    assert address("complaint", own) in page
    assert address("complaint", others) not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_page_asks_the_database_as_often_for_any_number_of_cases(
    agency: Agency, channel: Channel, handler_client: Unlocked, rows: int, django_assert_num_queries
):
    for _ in range(rows):
        told.tell(agency)
    client = handler_client(Role.LEGAL)
    with django_assert_num_queries(11):
        assert client.get(reverse("complaints", args=[agency.code])).status_code == 200


def test_list_is_filtered(agency: Agency, channel: Channel, handler_client: Unlocked):
    going, ended = told.tell(agency), told.again(told.tell(agency), state=State.CLOSED)
    client, page = handler_client(Role.LEGAL), reverse("complaints", args=[agency.code])

    def listed(**asked: str) -> set[str]:
        shown = text_of(client.get(page, asked))
        return {one.number for one in (going, ended) if address("complaint", one) in shown}

    assert listed() == {going.number}
    assert listed(show="ended") == {ended.number}
    assert listed(show="all") == {going.number, ended.number}
    assert listed(state="closed", show="") == {ended.number}
    assert listed(category="budget") == set()
    assert listed(show="nonsense") == {going.number}


def test_keeper_sees_an_empty_list(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency)
    page = text_of(handler_client(Role.CLERK).get(reverse("complaints", args=[agency.code])))
    assert "ยังไม่มีเรื่องที่ต้องดำเนินการ" in page
    assert report.number not in page


# --- case -----------------------------------------------------------------------------------------------------------
def test_case_page_shows_the_case_and_every_look_is_written_down(
    agency: Agency, channel: Channel, handler_client: Unlocked
):
    report = told.tell(agency, files=told.sealed_files(agency), identity=told.WHO)
    client = handler_client(Role.LEGAL)
    page = text_of(client.get(address("complaint", report)))
    client.get(address("complaint", report))
    assert told.WHAT in page
    assert "ช่างรับเหมาภายนอก" in page
    assert "ใบเสร็จ.jpg" in page
    assert told.WHO.name not in page
    assert acts(agency) == ["complaint.view", "complaint.view"]


@pytest.mark.parametrize("n", [1, 3])
def test_case_page_asks_the_database_as_often_however_much_was_said(
    agency: Agency, channel: Channel, handler_client: Unlocked, n: int, django_assert_num_queries
):
    report = told.tell(agency, *(told.Accused(name=f"คนที่ {place}") for place in range(n)))
    client = handler_client(Role.LEGAL)
    for _ in range(n):
        client.post(address("complaint_note", report), {"note-text": "ตรวจใบอนุญาตปีก่อน"})
    with django_assert_num_queries(45):
        assert client.get(address("complaint", report)).status_code == 200


def test_case_page_says_whom_a_typed_name_was_taken_for(agency: Agency, channel: Channel, handler_client: Unlocked):
    person = told.person_of(agency, Role.OFFICER)
    report = told.tell(agency, told.Accused(name=f"{person.given_name} {person.family_name}"))
    page = text_of(handler_client(Role.LEGAL).get(address("complaint", report)))
    assert f"ระบบถือว่าหมายถึง {person}" in page


def test_case_pages_are_kept_nowhere(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency, identity=told.WHO)
    client = handler_client(Role.LEGAL)
    for answer in [client.get(address(name, report)) for name in PAGES]:
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"  # none at all would fail the check of forms


def test_what_was_told_cannot_run_in_the_page(agency: Agency, channel: Channel, handler_client: Unlocked):
    attack = "<script>alert(1)</script>{{ scope }}"
    report = told.tell(agency, told.Accused(name=attack))
    client = handler_client(Role.LEGAL)
    client.post(address("complaint_note", report), {"note-text": attack})
    page = text_of(client.get(address("complaint", report)))
    assert attack not in page
    assert page.count(escape(attack)) == 2


def test_altered_case_warns(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency)
    Message.objects.create(report=report, is_dialogue=True, sealed=b"age-encryption.org/v1\n")
    page = text_of(handler_client(Role.LEGAL).get(address("complaint", report)))
    assert "มีการแก้ไขข้อมูลของเรื่องนี้นอกระบบ" in page


def test_case_whose_body_was_changed_says_so(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.again(told.tell(agency), body=b"age-encryption.org/v1\n")
    client = handler_client(Role.LEGAL)
    answer = client.get(address("complaint", report))
    assert (answer.status_code, "เปิดเรื่องนี้ไม่ได้ เพราะมีการแก้ไขข้อมูลนอกระบบ" in text_of(answer)) == (409, True)
    assert client.post(address("complaint_note", report), {"note-text": "ตรวจ"}).status_code == 404


# --- saying ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "field"), [("complaint_reply", "reply-text"), ("complaint_note", "note-text")])
def test_words_are_kept_in_the_case_alone(
    agency: Agency, channel: Channel, handler_client: Unlocked, name: str, field: str
):
    report = told.tell(agency)
    client = handler_client(Role.LEGAL)
    words = "ขอใบอนุญาตก่อสร้างทั้งหมด"
    answer = client.post(address(name, report), {field: words})
    assert (answer.status_code, answer["Location"].split("#")[0]) == (302, address("complaint", report))
    assert [one.text for one in case_of(agency, report).said if one.text] == [words]
    assert not any(words in str(one.get_decoded()) for one in Session.objects.all())
    assert not any(words in str(one.changes) for one in AuditEntry.objects.all())


def test_words_that_are_refused_stay_in_the_form(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency)
    client = handler_client(Role.LEGAL)
    words = "ก" * 20_001
    for name, field in (("complaint_reply", "reply-text"), ("complaint_note", "note-text")):
        answer = client.post(address(name, report), {field: words})
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert client.post(address(name, report), {}).status_code == 422
        assert client.get(address(name, report)).status_code == 405
    assert Message.objects.filter(report=report).count() == 1


# --- who reported ---------------------------------------------------------------------------------------------------
def test_identity_is_shown_once_for_a_reason(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency, identity=told.WHO)
    client = handler_client(Role.LEGAL)
    asked, page = text_of(client.get(address("complaint_identity", report))), address("complaint_identity", report)
    refused = client.post(page, {"reason": " "})
    shown = client.post(page, {"reason": "นัดสอบปากคำ"})
    again = text_of(client.get(page))
    assert (refused.status_code, shown.status_code) == (422, 200)
    assert [told.WHO.name in one for one in (asked, text_of(refused), text_of(shown), again)] == [
        False,
        False,
        True,
        False,
    ]
    assert acts(agency) == ["complaint.identity"]


def test_case_without_a_name_has_no_page_for_one(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency)
    client = handler_client(Role.LEGAL)
    assert client.get(address("complaint_identity", report)).status_code == 404
    assert address("complaint_identity", report) not in text_of(client.get(address("complaint", report)))


# --- files ----------------------------------------------------------------------------------------------------------
def test_file_is_handed_over_to_be_kept_and_never_shown(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency, files=told.sealed_files(agency))
    file = case_of(agency, report).files[1]
    answer = handler_client(Role.LEGAL).get(address("complaint_file", report, file.name))
    assert b"".join(answer.streaming_content) == told.FILES[1][1]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == str(len(told.FILES[1][1]))
    assert "no-store" in answer["Cache-Control"]
    assert acts(agency) == ["complaint.file"]


def test_file_of_another_case_is_not_found(agency: Agency, channel: Channel, handler_client: Unlocked):
    report, other = told.tell(agency), told.tell(agency, files=told.sealed_files(agency))
    name = case_of(agency, other).files[0].name
    client = handler_client(Role.LEGAL)
    for wrong in (name, "0" * 32, "..", "x"):
        assert client.get(address("complaint_file", report, wrong)).status_code == 404


def test_broken_file_is_told_and_not_half_given(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency, files=told.sealed_files(agency)[:1])
    client = handler_client(Role.LEGAL)
    name = case_of(agency, report).files[0].name
    path = next(one for one in files_on_disk() if one.name == name)
    spoil(path)
    answer = client.get(address("complaint_file", report, name), follow=True)
    assert "เปิดไฟล์นี้ไม่ได้" in text_of(answer)
    path.unlink()
    assert client.get(address("complaint_file", report, name)).status_code == 302
    assert "complaint.file" not in acts(agency)


# --- readers --------------------------------------------------------------------------------------------------------
def test_accused_is_added_and_their_unit_loses_the_case(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency)
    person = told.person_of(agency, Role.HEAD)
    client, lost = handler_client(Role.LEGAL), handler_client(Role.SUPPLY)
    assert lost.get(address("complaint", report)).status_code == 200
    answer = client.post(address("complaint_readers", report), {"person": person.pk})
    assert (answer.status_code, answer["Location"]) == (302, address("complaint", report))
    assert lost.get(address("complaint", report)).status_code == 404
    assert str(person) in text_of(client.get(address("complaint", report)))


def test_handler_who_is_lost_by_what_they_added_is_told(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency)
    client = handler_client(Role.LEGAL)
    unit = office.unit(agency, "สำนักปลัดเทศบาล")
    answer = client.post(address("complaint_readers", report), {"unit_chosen": unit.pk})
    assert answer.status_code == 200
    assert "เรื่องนี้ไม่ใช่ของท่านแล้ว" in text_of(answer)
    assert client.get(address("complaint", report)).status_code == 404


def test_accused_form_refuses_nobody_and_keeps_what_was_typed(
    agency: Agency, channel: Channel, other_agency: Agency, handler_client: Unlocked
):
    report = told.tell(agency)
    client, page = handler_client(Role.LEGAL), address("complaint_readers", report)
    assert client.post(page, {}).status_code == 422
    stranger = Person.objects.filter(agency=other_agency)[0]
    answer = client.post(page, {"person": stranger.pk, "name": "คนหนึ่ง"})
    assert (answer.status_code, 'value="คนหนึ่ง"' in text_of(answer)) == (422, True)
    answer = client.post(page, {"name": "ช่างรับเหมาภายนอก"})
    assert (answer.status_code, "มีผู้ถูกกล่าวหารายนี้ในเรื่องแล้ว" in text_of(answer)) == (422, True)
    assert bytes(Report.objects.get(pk=report.pk).wraps) == bytes(report.wraps)


def test_conflict_takes_who_declares_it_off(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency)
    client, page = handler_client(Role.AUDITOR), address("complaint_conflict", report)
    refused = client.post(page, {"reason": "เป็นญาติ"})
    assert (refused.status_code, "เป็นญาติ" in text_of(refused)) == (422, True)
    assert "เรื่องนี้ไม่ใช่ของท่านแล้ว" in text_of(client.post(page, {"reason": "เป็นญาติ", "is_sure": "on"}))
    assert client.get(address("complaint", report)).status_code == 404
    assert keys_of(office_keys.key_of(agency, Role.AUDITOR), Report.objects.get(pk=report.pk)) is None
    assert "ถอนตัวเพราะมีผลประโยชน์ทับซ้อน" in text_of(handler_client(Role.LEGAL).get(address("complaint", report)))


# --- log ------------------------------------------------------------------------------------------------------------
def test_log_page_tells_who_looked(agency: Agency, channel: Channel, handler_client: Unlocked):
    report = told.tell(agency)
    handler_client(Role.AUDITOR).get(address("complaint", report))
    page = text_of(handler_client(Role.LEGAL).get(address("complaint_log", report)))
    assert str(told.person_of(agency, Role.AUDITOR)) in page
    assert "เปิดอ่านเรื่อง" in page
