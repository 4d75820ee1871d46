"""Orders in the browser: rows from the staff register, who is unknown, chairs, what an order takes the place of."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Letter
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services import composing
from tests.web.letters.written import AGENCY

pytestmark = pytest.mark.django_db
HEAD = {
    "subject": "แต่งตั้งคณะทำงานขับเคลื่อนการประเมิน ITA",
    "reasons": "ด้วยเทศบาลจะเข้ารับการประเมิน",
    "legal_bases": "มาตรา ๔๘ เตรส แห่งพระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖",
    "effective": "1/10/2569",
}
COMMITTEE = HEAD | {
    "body": "คณะทำงานขับเคลื่อนการประเมิน ITA", "duties": "กำกับการเปิดเผยข้อมูล\nรายงานผล", "until": "30/9/2570", "rows": "3",
    "row-0-person": "นายวิเชียร รอบรู้", "row-0-role": "chair",
    "row-1-person": "ประสิทธิ์ มั่นคง", "row-1-position": "ผอ.กองคลัง", "row-1-role": "member",
    "row-2-person": "", "row-2-role": "member",
}  # fmt: skip


@pytest.fixture
def add(sign_in, agency):
    """Post a new order as a law officer."""
    client = sign_in(Role.LEGAL)
    return lambda paper, given: client.post(reverse("letters:letter_add", args=[agency.code, paper]), given)


def test_committee_is_appointed_from_the_register(add, scope):
    assert add("committee-order", COMMITTEE).status_code == 302
    letter = Letter.objects.get()
    content = newest_text(letter).content
    assert content["appointees"] == [
        {"name": "นายวิเชียร รอบรู้", "position": "ปลัดเทศบาล", "role": "chair"},
        {"name": "นายประสิทธิ์ มั่นคง", "position": "ผอ.กองคลัง", "role": "member"},
    ]
    assert content["duties"] == ["กำกับการเปิดเผยข้อมูล", "รายงานผล"]
    assert (content["agency"], content["effective"]) == (AGENCY, "2026-10-01")
    options = content["_options"]
    assert (options["until"], options["replaces"]) == ("2027-09-30", None)
    assert options["people"]["นายวิเชียร รอบรู้"] == scope(Role.SECRETARY).person.pk
    words = composing.render_letter(letter, "html").decode()
    assert ("จึงแต่งตั้งคณะทำงานขับเคลื่อนการประเมิน ITA" in words, "ผอ.กองคลัง" in words) == (True, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"row-1-person": "นายไม่มี ตัวตน"}, "ไม่พบ “นายไม่มี ตัวตน” ในทะเบียนบุคลากร"),
        ({"row-1-person": "นายประสิทธ มั่นคง"}, "ใกล้เคียงคือ นายประสิทธิ์ มั่นคง"),
        ({"row-1-role": "chair"}, "คณะต้องมีประธานหนึ่งคน ตอนนี้มี 2 คน"),
        ({"row-0-role": "member"}, "คณะต้องมีประธานหนึ่งคน ตอนนี้มี 0 คน"),
        ({"row-1-person": "นายวิเชียร รอบรู้"}, "มีชื่อซ้ำ: นายวิเชียร รอบรู้"),
        ({"row-0-person": "", "row-1-person": ""}, "ยังไม่ได้ใส่รายชื่อ"),
        ({"until": "1/1/2569"}, "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"),
        ({"effective": ""}, "ใส่วันที่คำสั่งมีผล"),
        ({"body": ""}, "ใส่ชื่อคณะกรรมการหรือคณะทำงาน"),
    ],
)
def test_what_is_wrong_with_a_committee_is_said(add, changed, said):
    answer = add("committee-order", COMMITTEE | changed)
    assert (answer.status_code, said in answer.content.decode(), Letter.objects.count()) == (422, True, 0)


def test_committee_in_the_place_of_another_cites_its_order(add, agency):
    old = Committee.objects.create(agency=agency, name="คณะทำงานเดิม", order_no="105/2568", order_date=date(2025, 10, 1))
    assert add("committee-order", COMMITTEE | {"replaces": old.pk}).status_code == 302
    content = newest_text(Letter.objects.get()).content
    assert content["supersedes"] == f"คำสั่ง{AGENCY} ที่ ๑๐๕/๒๕๖๘ ลงวันที่ ๑ ตุลาคม ๒๕๖๘"
    assert content["_options"]["replaces"] == old.pk


def test_more_rows_are_given_and_nothing_is_saved(add):
    answer = add("committee-order", COMMITTEE | {"more": "1"})
    page = answer.content.decode()
    assert (answer.status_code, page.count('name="row-'), 'name="rows" value="6"' in page) == (200, 18, True)
    assert ("นายวิเชียร รอบรู้" in page, Letter.objects.count()) == (True, 0)


def test_order_is_edited_with_its_rows(add, sign_in, agency):
    add("committee-order", COMMITTEE)
    letter = Letter.objects.get()
    client, address = sign_in(Role.LEGAL), reverse("letters:letter_edit", args=[agency.code, letter.pk])
    page = client.get(address).content.decode()
    assert ('value="นายประสิทธิ์ มั่นคง"' in page, 'value="30/09/2570"' in page) == (True, True)
    given = COMMITTEE | {"version": letter.version, "row-1-role": "secretary", "unit": letter.unit_id or ""}
    assert client.post(address, given).status_code == 302
    assert [one["role"] for one in newest_text(letter).content["appointees"]] == ["chair", "secretary"]


def test_work_is_given_row_by_row(add):
    given = HEAD | {
        "subject": "มอบหมายงาน", "rows": "2", "row-0-person": "นายอรุณ ขยันยิ่ง", "row-0-duties": "ซ่อมถนน\nตรวจงาน",
        "row-1-person": "", "row-1-duties": "",
    }  # fmt: skip
    assert add("job-order", given).status_code == 302
    letter = Letter.objects.get()
    assert newest_text(letter).content["assignments"] == [
        {"name": "นายอรุณ ขยันยิ่ง", "position": "นายช่างโยธา", "duties": ["ซ่อมถนน", "ตรวจงาน"], "stands_in": ""}
    ]
    assert "ซ่อมถนน" in composing.render_letter(letter, "html").decode()
    for wrong in ({"row-0-duties": ""}, {"row-0-person": "", "row-1-duties": "งาน"}):
        assert add("job-order", given | wrong).status_code == 422


def test_general_order_numbers_its_clauses(add):
    given = HEAD | {"subject": "ห้ามจอดรถ", "clauses": "ห้ามจอดรถหน้าสำนักงาน\nให้กองช่างติดป้าย"}
    assert add("order", given).status_code == 302
    words = composing.render_letter(Letter.objects.get(), "html").decode()
    assert ("ข้อ ๑ ห้ามจอดรถหน้าสำนักงาน" in words, "ข้อ ๒ ให้กองช่างติดป้าย" in words) == (True, True)
