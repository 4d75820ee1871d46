"""The pages of handovers: who sees which, what a signature asks, the printed list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.web.agencies.models import Appointment, Capacity
from prongsai.web.agencies.roles import Role
from prongsai.web.handover.models import Handover, HandoverState
from prongsai.web.handover.queries.handovers import waiting_for
from prongsai.web.handover.services import writing
from tests.web import office
from tests.web.handover.conftest import appoint, seen
from tests.web.handover.test_signing import PDF

LIST_QUERIES, PAGE_QUERIES = 11, 39


def at(handover: Handover, what: str = "") -> str:
    return f"/{handover.agency.code}/handovers/{handover.pk}/{what}"


def said(response) -> str:
    return " ".join(response.content.decode().split())


# --- who sees -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200), (Role.CLERK, 200), (Role.PERSONNEL, 200), (Role.SECRETARY, 200),
        (Role.HEAD, 404), (Role.COORDINATOR, 404), (Role.SUPPLY, 404), (Role.AUDITOR, 404),
    ],
)  # fmt: skip
def test_handover_is_seen_by_both_and_those_who_keep_the_staff(hand_over, sign_in, role, status):
    assert sign_in(role).get(at(hand_over())).status_code == status


def test_head_of_the_givers_unit_sees_it(hand_over, sign_in, scope, agency):
    scope(Role.HEAD).person.appointments.get().post.roles.all()
    post = scope(Role.HEAD).person.appointments.get().post
    post.unit = office.unit(agency, "กองช่าง")
    post.save()
    assert sign_in(Role.HEAD).get(at(hand_over())).status_code == 200


def test_another_agency_sees_nothing(hand_over, other_agency, sign_in):
    handover = hand_over()
    client = sign_in(Role.PERSONNEL, of=other_agency)
    assert client.get(at(handover)).status_code == 404
    assert client.get(f"/{other_agency.code}/handovers/{handover.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_few_questions(hand_over, agency, officer, sign_in, today, count, django_assert_num_queries):
    for role in (Role.CLERK, Role.LEGAL, Role.ANALYST)[:count]:
        hand_over(taker=office.scope(agency, role).person)
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(f"/{agency.code}/handovers/")
    assert said(page).count("โอนย้ายไปเทศบาลอื่น") == count


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_few_questions(everything, draft, hand_over, sign_in, count, django_assert_num_queries):
    for number in range(count):
        draft(f"ร่างที่ {number}")
    handover = hand_over()
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(PAGE_QUERIES):
        assert client.get(at(handover)).status_code == 200


# --- writing --------------------------------------------------------------------------------------------------------
def test_officer_begins_their_own(agency, sign_in, officer, scope, draft):
    draft()
    client = sign_in(Role.OFFICER)
    form = client.get(f"/{agency.code}/handovers/add/")
    assert "นายวิเชียร รอบรู้" in said(form) and 'type="hidden" name="giver"' in said(form)
    given = {
        "giver": officer.person.pk,
        "taker": scope(Role.CLERK).person.pk,
        "effective_on": "1/10/2569",
        "reason": "ย้าย",
    }
    page = client.post(f"/{agency.code}/handovers/add/", given, follow=True)
    assert page.status_code == 200 and "ขอซ่อมถนนสายบ้านสวนพลู" in said(page)


def test_officer_begins_nobody_elses(agency, sign_in, scope):
    given = {
        "giver": scope(Role.LEGAL).person.pk,
        "taker": scope(Role.CLERK).person.pk,
        "effective_on": "1/10/2569",
        "reason": "ย้าย",
    }
    assert sign_in(Role.OFFICER).post(f"/{agency.code}/handovers/add/", given).status_code == 422
    assert Handover.objects.count() == 0


def test_refusal_stands_at_its_field(agency, sign_in, officer):
    given = {"giver": officer.person.pk, "taker": officer.person.pk, "effective_on": "1/10/2569", "reason": "ย้าย"}
    page = sign_in(Role.OFFICER).post(f"/{agency.code}/handovers/add/", given)
    assert page.status_code == 422 and "ผู้รับมอบต้องเป็นคนละคนกับผู้ส่งมอบ" in said(page)


def changed(handover: Handover, **more: object) -> dict[str, object]:
    given = {
        "taker": handover.taker_id,
        "effective_on": "1/10/2569",
        "reason": "ย้าย",
        "note": "",
        "version": handover.version,
    }
    return given | more


def test_rows_are_added_by_hand(hand_over, sign_in):
    handover = hand_over()
    client = sign_in(Role.OFFICER)
    more = {"title_0": "กุญแจ", "about_0": "ตู้ ๓", "due_0": "5/10/2569"}
    page = client.post(at(handover, "edit/"), changed(handover, **more), follow=True)
    assert "เรื่องอื่นที่เขียนเพิ่ม" in said(page) and "กุญแจ" in said(page)
    wrong = client.post(at(handover, "edit/"), changed(handover, version=2, about_1="ไม่มีเรื่อง"))
    assert wrong.status_code == 422


def test_stale_change_keeps_what_was_typed(hand_over, sign_in, officer):
    handover = hand_over()
    writing.change_handover(officer, handover=handover, version=1, reason="เกษียณอายุ")
    page = sign_in(Role.OFFICER).post(at(handover, "edit/"), changed(handover, version=1, note="ของข้าพเจ้า"))
    assert page.status_code == 409
    assert "เกษียณอายุ" in said(page) and "ของข้าพเจ้า" in said(page) and 'name="version" value="2"' in said(page)


def test_taker_changes_nothing(hand_over, sign_in):
    handover = hand_over()
    client = sign_in(Role.CLERK)
    assert client.get(at(handover, "edit/")).status_code == 404
    assert [client.post(at(handover, what)).status_code for what in ("rows/", "close/", "drop/")] == [404, 404, 404]


def test_ticks_say_what_is_part_of_it(draft, hand_over, sign_in):
    mine, other = draft("ของคนนี้"), draft("ของอีกคน")
    handover = hand_over()
    client = sign_in(Role.OFFICER)
    keys = [f"letter-{one.pk}" for one in (mine, other)]
    client.post(at(handover, "rows/"), {"shown": keys, "key": keys[:1], "version": 1})
    handover.refresh_from_db()
    assert handover.left_out == keys[1:]
    page = client.post(at(handover, "rows/"), {"shown": keys[:1], "key": keys, "version": 2}, follow=True)
    handover.refresh_from_db()
    assert (page.status_code, handover.left_out) == (200, [])


# --- signing --------------------------------------------------------------------------------------------------------
def signed(handover: Handover, today, **more: object) -> dict[str, object]:
    return {"version": handover.version, "seen": seen(handover, today), "password": office.PASSWORD} | more


def test_both_sign_with_their_passwords(draft, hand_over, sign_in, today):
    letter = draft()
    handover = hand_over()
    sign_in(Role.OFFICER).post(at(handover, "sign/"), signed(handover, today))
    handover.refresh_from_db()
    assert handover.state == HandoverState.GIVEN
    page = sign_in(Role.CLERK).post(at(handover, "sign/"), signed(handover, today), follow=True)
    letter.refresh_from_db()
    assert letter.drafter == handover.taker and "โอนให้ผู้รับมอบแล้ว" in said(page)


def test_wrong_password_signs_nothing(hand_over, sign_in, today):
    handover = hand_over()
    page = sign_in(Role.OFFICER).post(at(handover, "sign/"), signed(handover, today, password="ผิด"))
    handover.refresh_from_db()
    assert (page.status_code, handover.state) == (422, HandoverState.DRAFT)
    assert "ยืนยันตัวตนไม่สำเร็จ" in said(page) and 'value="ผิด"' not in said(page)


def test_list_that_changed_meanwhile_is_shown_again_unsigned(draft, hand_over, sign_in, today):
    handover = hand_over()
    form = signed(handover, today)
    draft("มาใหม่")
    page = sign_in(Role.OFFICER).post(at(handover, "sign/"), form)
    assert page.status_code == 409 and "มาใหม่" in said(page) and "ยังไม่ได้ลงนาม" in said(page)


def test_nobody_else_signs(hand_over, sign_in, today):
    handover = hand_over()
    assert sign_in(Role.CLERK).post(at(handover, "sign/"), signed(handover, today)).status_code == 404
    assert sign_in(Role.LEGAL).post(at(handover, "sign/"), signed(handover, today)).status_code == 404


def test_paper_is_closed_printed_and_entered(draft, hand_over, sign_in, today):
    draft()
    handover = hand_over()
    client = sign_in(Role.OFFICER)
    client.post(at(handover, "close/"), {"version": 1})
    assert "ปิดรายการแล้ว" in said(client.get(at(handover)))
    day = f"{today.day}/{today.month}/{today.year + 543}"
    given = {"version": 2, "given_on": day, "taken_on": day}
    missing = client.post(at(handover, "scan/"), given)
    assert missing.status_code == 422
    done = client.post(at(handover, "scan/"), given | {"scan": SimpleUploadedFile("บัญชี.pdf", PDF)}, follow=True)
    assert "รับมอบครบถ้วนแล้ว" in said(done)
    scan = client.get(at(handover, "paper/scan/"))
    assert (scan.status_code, scan.content) == (200, PDF)


def test_signature_is_taken_back_before_the_other_signs(hand_over, give, sign_in):
    handover = give(hand_over())
    assert sign_in(Role.CLERK).post(at(handover, "recall/"), {"version": handover.version}).status_code == 404
    sign_in(Role.OFFICER).post(at(handover, "recall/"), {"version": handover.version})
    handover.refresh_from_db()
    assert handover.state == HandoverState.DRAFT


def test_paper_is_given_as_word_and_pdf_to_who_sees_it_only(draft, hand_over, sign_in):
    draft()
    handover = hand_over()
    client = sign_in(Role.OFFICER)
    assert client.get(at(handover, "paper/docx/")).content[:2] == b"PK"
    assert client.get(at(handover, "paper/pdf/")).content[:4] == b"%PDF"
    assert client.get(at(handover, "paper/odt/")).status_code == 404
    assert client.get(at(handover, "paper/scan/")).status_code == 404
    assert sign_in(Role.LEGAL).get(at(handover, "paper/docx/")).status_code == 404


def test_what_waits_for_whom(hand_over, give, scope, today):
    handover = hand_over()
    assert [list(waiting_for(scope(role))) for role in (Role.OFFICER, Role.CLERK)] == [[handover], []]
    give(handover)
    assert [list(waiting_for(scope(role))) for role in (Role.OFFICER, Role.CLERK)] == [[], [handover]]


# --- for leave ------------------------------------------------------------------------------------------------------
def test_who_acts_is_shown_and_the_form_of_appointments_is_opened_with_the_days(agency, scope, sign_in, today):
    post = scope(Role.OFFICER).person.appointments.get().post
    appoint(agency, scope(Role.CLERK).person, post, valid_from=today, valid_to=today + timedelta(days=4))
    client = sign_in(Role.PERSONNEL)
    page = said(client.get(f"/{agency.code}/handovers/"))
    assert "ไม่ต้องให้รหัสผ่านแก่ใคร" in page and "30/2569" not in page and "๓๐/๒๕๖๙" in page
    given = {
        "post": post.pk, "person": scope(Role.LEGAL).person.pk, "capacity": Capacity.ACTING_FOR,
        "valid_from": "1/12/2569", "valid_to": "5/12/2569",
    }  # fmt: skip
    answer = client.get(f"/{agency.code}/handovers/leave/", given)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/{agency.code}/agency/posts/{post.pk}/appoint/?person=")
    wrong = client.get(f"/{agency.code}/handovers/leave/", given | {"valid_to": "1/11/2569"})
    assert wrong.status_code == 422 and "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น" in said(wrong)
    assert sign_in(Role.OFFICER).get(f"/{agency.code}/handovers/leave/", given).status_code == 404


def test_acting_person_sees_what_waits_at_the_post(agency, everything, scope, today):
    from prongsai.web.letters.queries.chain import waiting_for as letters_waiting

    post = scope(Role.OFFICER).person.appointments.get().post
    assert list(letters_waiting(scope(Role.LEGAL))) == []
    appoint(agency, scope(Role.LEGAL).person, post, valid_from=today, valid_to=today)
    assert list(letters_waiting(scope(Role.LEGAL))) == [everything["signing"]]
    Appointment.objects.filter(capacity=Capacity.ACTING_FOR).update(valid_to=today - timedelta(days=1))
    assert list(letters_waiting(scope(Role.LEGAL))) == []
