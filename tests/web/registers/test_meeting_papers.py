"""The papers of a meeting: its call and its minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from prongsai.documents.read import read_content
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.papers import offered, records_of
from tests.web.registers.meeting import (
    APRIL,
    TODAY,
    assigned,
    attend,
    held,
    item,
    minutes_of,
    person,
    planned,
    proposals_of,
    resolve,
)

PAGE_QUERIES = 28


@pytest.fixture
def now(system: Scope) -> Scope:
    """The software itself on TODAY."""
    return replace(system, today=TODAY)


@pytest.fixture
def told(now):
    """A meeting with everything in its minutes."""
    meeting = held(now, checker=person(now, Role.SECRETARY))
    attend(now, meeting, Role.OFFICER, "proxy", proxy_for="ผู้อำนวยการกองช่าง")
    attend(now, meeting, Role.MAYOR)
    attend(now, meeting, Role.HEAD, "absent", reason="ติดราชการที่จังหวัด")
    attend(now, meeting, Role.ANALYST, "guest")
    resolve(now, item(now, meeting, "4", subject="ผลการใช้จ่ายงบประมาณ", text="เบิกจ่ายร้อยละ ๔๘\nต่ำกว่าแผน"))
    resolve(now, item(now, meeting, "4", 2, subject="จริยธรรม"), "agreed", resolved_text="เห็นชอบแนวทาง")
    assigned(now, meeting, date(2026, 4, 30))
    return meeting


def test_minutes_say_who_came_who_did_not_and_what_was_resolved(now, told):
    records = minutes_of(now, told)
    assert records["attendees"] == [
        {"name": "นายสมหมาย ใจกว้าง", "position": "นายกเทศมนตรี ประธานในที่ประชุม", "proxy_for": ""},
        {"name": "นายอรุณ ขยันยิ่ง", "position": "นายช่างโยธา", "proxy_for": "ผู้อำนวยการกองช่าง"},
    ]
    absent = {"name": "นายประสิทธิ์ มั่นคง", "position": "ผู้อำนวยการกองคลัง", "reason": "ติดราชการที่จังหวัด"}
    assert records["absentees"] == [absent]
    assert records["guests"] == [{"name": "นายสุดา คิดดี", "position": "นักวิเคราะห์นโยบายและแผน"}]
    assert [len(one["paragraphs"]) for one in records["agenda"]] == [0, 0, 0, 4, 1, 0]
    assert [one["resolution"] for one in records["agenda"]][3:] == [
        "๔.๑ รับทราบ ๔.๒ เห็นชอบแนวทาง",
        "มอบหมายกองช่างดำเนินการให้แล้วเสร็จ",
        "ไม่มี",
    ]
    assert records["taker"] == {"name": "นายจันทร์ เรียบร้อย", "position": "เจ้าพนักงานธุรการ"}
    assert records["checker"] == {"name": "นายวิเชียร รอบรู้", "position": "ปลัดเทศบาล"}


def test_minutes_read_back_as_they_were_written(now, told):
    kind = paper_kind("minutes")
    records = kind.from_json(minutes_of(now, told))
    document = kind.compose(records, USUAL)
    read, problems = kind.recognise(read_content(render(document, "docx", Office(None)), "minutes.docx"))
    assert (read, [one.code for one in problems]) == (records, [])


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_minutes_are_given_as_word_and_pdf(told, agency, sign_in, form):
    address = reverse("registers:entry_paper", args=[agency.code, "meetings", told.pk])
    answer = sign_in(Role.CLERK).get(f"{address}?kind=minutes&form={form}")
    assert (answer.status_code, answer.content[:2]) == (200, {"docx": b"PK", "pdf": b"%P"}[form])


def test_papers_are_offered_when_there_is_something_to_print(now, told, agency, sign_in):
    kept = kept_of(now, "meetings")
    assert "minutes" in offered(now, kept, told)
    to_come = planned(now, "4/2569", APRIL)
    assert "minutes" not in offered(now, kept, to_come)
    client = sign_in(Role.CLERK)
    page = client.get(reverse("registers:entry", args=[agency.code, "meetings", told.pk])).content.decode()
    assert "?kind=minutes&amp;form=pdf" in page
    for entry, kind in ((to_come, "minutes"), (told, "gap-memo"), (told, "nothing")):
        address = reverse("registers:entry_paper", args=[agency.code, "meetings", entry.pk])
        assert client.get(f"{address}?kind={kind}").status_code == 404


def test_call_names_day_place_and_the_whole_agenda(now):
    meeting = planned(now, "4/2569", APRIL)
    services.add_entries(now, register="meeting-items", rows=proposals_of(now, "meeting-items"))
    records = records_of(now, kept_of(now, "meetings"), meeting, "meeting-call")
    assert records is not None
    assert (records["subject"], records["to"]) == (
        "ขอเชิญประชุมหัวหน้าส่วนราชการประจำเดือน ครั้งที่ ๔/๒๕๖๙",
        "หัวหน้าส่วนราชการทุกส่วนราชการ",
    )
    assert records["agenda"][2:4] == [
        "เรื่องสืบเนื่องจากการประชุมครั้งก่อน",
        "เรื่องเพื่อทราบ ๔.๑ ผลการใช้จ่ายงบประมาณ ๔.๒ การปฏิบัติตามประมวลจริยธรรม "
        "๔.๓ นโยบายไม่รับของขวัญ (No Gift Policy) ๔.๔ การใช้และดูแลทรัพย์สินของราชการ",
    ]
    kind = paper_kind("meeting-call")
    made = kind.from_json(records)
    read, _problems = kind.recognise(read_content(render(kind.compose(made, USUAL), "docx", Office(None)), "call.docx"))
    assert read == made


def test_minutes_that_lack_something_say_what(now, agency, sign_in):
    meeting = held(now)
    client = sign_in(Role.CLERK)
    address = reverse("registers:entry_paper", args=[agency.code, "meetings", meeting.pk])
    answer = client.get(f"{address}?kind=minutes", follow=True)
    assert "ยังพิมพ์ไม่ได้" in answer.content.decode()


def test_stranger_sees_no_papers(told, agency, other_agency, sign_in):
    address = reverse("registers:entry_paper", args=[agency.code, "meetings", told.pk])
    assert sign_in(Role.CLERK, of=other_agency).get(f"{address}?kind=minutes").status_code == 404


def test_page_of_a_meeting_asks_as_often_for_a_long_agenda(
    now, told, agency, sign_in, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a: TODAY)
    client = sign_in(Role.CLERK)
    address = reverse("registers:entry", args=[agency.code, "meetings", told.pk])
    client.get(address)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(address)
    for place in range(2, 8):
        resolve(now, item(now, told, place=place))
    for role in (Role.LEGAL, Role.SUPPLY, Role.PUBLISHER):
        attend(now, told, role)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(address)
