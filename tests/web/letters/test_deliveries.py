"""Deliveries: a record for each addressee, sent only when signed, received by whom it goes to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Letter, LetterState, Way
from prongsai.web.letters.services import deliveries, writing
from tests.web.letters.written import MEMO, SUBJECT, memo

pytestmark = pytest.mark.django_db
TO = "ผู้อำนวยการกองคลัง, กองการศึกษา, อำเภอเมืองลพบุรี"


@pytest.fixture
def letter(scope) -> Letter:
    return memo(scope(Role.OFFICER), content={"to": TO})


@pytest.fixture
def signed(letter, scope) -> Letter:
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SIGNED, dated=scope(Role.OFFICER).today)
    letter.refresh_from_db()
    return letter


def planned(letter: Letter) -> list[tuple[str, str, str]]:
    return [(one.to, str(one.unit or ""), one.way) for one in letter.deliveries.order_by("place")]


def test_each_addressee_gets_a_record(letter):
    assert planned(letter) == [
        ("ผู้อำนวยการกองคลัง", "กองคลัง", Way.HERE),
        ("กองการศึกษา", "กองการศึกษา", Way.HERE),
        ("อำเภอเมืองลพบุรี", "", Way.SARABAN),
    ]


def test_records_follow_the_addressees_until_they_are_sent(letter, scope):
    officer = scope(Role.OFFICER)
    content = {**MEMO, "to": "กองการศึกษา, กองช่าง"}
    writing.write_text(officer, letter=letter, version=letter.version, subject=SUBJECT, content=content)
    assert [one[0] for one in planned(letter)] == ["กองการศึกษา", "กองช่าง"]


def test_nothing_is_sent_before_it_is_signed(letter, scope):
    clerk = scope(Role.CLERK)
    one = letter.deliveries.first()
    with pytest.raises(ValidationError, match="ลงนามแล้ว"):
        deliveries.send_delivery(clerk, delivery=one, version=one.version, way="hand", sent_on=clerk.today)


def test_sent_then_received_in_order_of_days(signed, scope):
    clerk = scope(Role.CLERK)
    one = signed.deliveries.first()
    day = clerk.today
    with pytest.raises(ValidationError, match="ยังไม่ได้บันทึกว่าส่ง"):
        deliveries.receive_delivery(clerk, delivery=one, version=None, received_on=day, received_by="นาย ก")
    for wrong in (day + timedelta(days=1), day - timedelta(days=1)):
        with pytest.raises(ValidationError):
            deliveries.send_delivery(clerk, delivery=one, version=None, way="hand", sent_on=wrong)
    seen = one.version
    deliveries.send_delivery(clerk, delivery=one, version=seen, way="hand", sent_on=day)
    with pytest.raises(Stale):
        deliveries.send_delivery(clerk, delivery=one, version=seen, way="post", sent_on=day)
    with pytest.raises(ValidationError, match="ใส่ชื่อผู้รับ"):
        deliveries.receive_delivery(clerk, delivery=one, version=None, received_on=day, received_by=" ")
    deliveries.receive_delivery(clerk, delivery=one, version=None, received_on=day, received_by="นายประสิทธิ์ มั่นคง")
    one.refresh_from_db()
    assert (one.way, one.sent_on, one.received_on, one.received_by) == ("hand", day, day, "นายประสิทธิ์ มั่นคง")


def test_page_enters_both_days(sign_in, agency, signed, scope):
    one = signed.deliveries.last()
    address = reverse("letters:delivery", args=[agency.code, signed.pk, one.pk])
    client = sign_in(Role.CLERK)
    assert client.get(address).status_code == 200
    today = scope(Role.CLERK).today
    day = f"{today.day}/{today.month}/{today.year + 543}"
    given = {"way": "saraban", "sent_on": day, "received_on": day, "version": one.version}
    lacking = client.post(address, given)
    assert (lacking.status_code, "ใส่ชื่อผู้รับ" in lacking.content.decode()) == (422, True)
    assert client.post(address, given | {"received_by": "งานสารบรรณอำเภอ"}).status_code == 302
    one.refresh_from_db()
    assert (one.sent_on, one.received_on, one.received_by) == (today, today, "งานสารบรรณอำเภอ")
    assert client.post(address, given | {"received_by": "อื่น"}).status_code == 409


def test_unit_that_it_goes_to_enters_that_it_came_and_no_other(sign_in, agency, signed):
    own, other = signed.deliveries.order_by("place")[:2]
    head = sign_in(Role.HEAD)  # of the unit of finance
    assert head.get(reverse("letters:delivery", args=[agency.code, signed.pk, own.pk])).status_code == 200
    assert head.get(reverse("letters:delivery", args=[agency.code, signed.pk, other.pk])).status_code == 404
    assert head.post(reverse("letters:delivery_add", args=[agency.code, signed.pk])).status_code == 404


def test_copies_are_added_with_their_reason(sign_in, agency, signed):
    address = reverse("letters:delivery_add", args=[agency.code, signed.pk])
    client = sign_in(Role.CLERK)
    assert client.post(address, {"to": "กองช่าง", "note": ""}).status_code == 422
    assert client.post(address, {"to": "กองช่าง", "note": "สำเนาเพื่อทราบ"}).status_code == 302
    assert client.post(address, {"to": "กองช่าง", "note": "สำเนาเพื่อทราบ"}).status_code == 422
    assert [one.note for one in signed.deliveries.filter(to="กองช่าง")] == ["สำเนาเพื่อทราบ"]
