"""What an office writes: to whom it goes, who has read it, one answer each."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.mentor.models import Message, Receipt
from prongsai.web.mentor.queries.messages import Counts, at_agencies, counts_of
from prongsai.web.mentor.services import joining, messages
from tests.web.mentor import neighbours
from tests.web.mentor.test_pages import FAULT, YEAR, ask

pytestmark = pytest.mark.django_db
TEXT = {"subject": "ขอทราบแผนเผยแพร่", "text": "ขอทราบกำหนดเผยแพร่ข้อที่ยังขาด"}


@pytest.fixture
def receipt(scope, desk, cycle) -> Receipt:
    """A message at the municipality, which takes part."""
    joining.join(scope(Role.MAYOR), office=desk.office)
    sent = messages.send(desk, due_on=None, agencies=[cycle.agency_id], to_text="ทุกแห่ง", **TEXT)
    return Receipt.objects.get(message=sent)


@pytest.mark.parametrize(
    ("query", "codes", "words"),
    [
        ("", ["06160001", "06160002", "06160003"], "ทุกหน่วยงานที่เข้าร่วม (๓ แห่ง)"),
        ("?agency=06160002", ["06160002"], "อบต.เพื่อนบ้าน 2"),
        (f"{YEAR}&district=บ้านหมี่", ["06160002"], "บ้านหมี่ (๑ แห่ง)"),
        (FAULT, ["06160001", "06160002"], "เครื่องแม่ข่ายตอบว่าไม่มีหน้านี้ (๒ แห่ง)"),
    ],
)
def test_message_goes_to_whom_the_page_was_narrowed_to(desk, look, query, codes, words):
    neighbours.make(desk.office, 3)[2].faults.all().delete()
    address = reverse("mentor_office:message_add", args=[desk.office.pk]) + query
    answer = look(desk).post(address, TEXT)
    sent = Message.objects.get()
    assert answer["Location"] == reverse("mentor_office:message", args=[desk.office.pk, sent.pk])
    assert list(sent.receipts.order_by("agency__code").values_list("agency__code", flat=True)) == codes
    assert sent.to_text == words
    assert AuditEntry.objects.get(action="mentor_message.send").agency is None


def test_message_to_who_does_not_take_part_is_refused(desk, agency, other_agency):
    with pytest.raises(ValidationError, match="ไม่มีหน่วยงาน"):
        messages.send(desk, due_on=None, agencies=[agency.pk, other_agency.pk], to_text="", **TEXT)


def test_agency_of_another_office_is_no_recipient(desk, look, agency):
    address = reverse("mentor_office:message_add", args=[desk.office.pk])
    assert look(desk).post(f"{address}?agency={agency.code}", TEXT).status_code == 404


def test_day_that_is_over_is_refused(desk, look):
    neighbours.make(desk.office, 1)
    yesterday = (desk.today - timedelta(days=1)).isoformat()
    address = reverse("mentor_office:message_add", args=[desk.office.pk])
    answer = look(desk).post(address, TEXT | {"due_on": yesterday})
    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert "ผ่านไปแล้ว" in answer.content.decode()


def test_agency_acknowledges_and_answers_once(receipt, desk, sign_in):
    client = sign_in(Role.COORDINATOR)
    there = [receipt.agency.code, receipt.pk]
    assert "ขอทราบแผนเผยแพร่" in client.get(reverse("home", args=there[:1])).content.decode()
    client.post(reverse("mentor:acknowledge", args=there))
    assert counts_of(desk, receipt.message).read == 1
    assert "ขอทราบแผนเผยแพร่" not in client.get(reverse("home", args=there[:1])).content.decode()
    client.post(reverse("mentor:answer", args=there), {"text": "เผยแพร่ภายในเดือนนี้"})
    again = client.post(reverse("mentor:answer", args=there), {"text": "อีกครั้ง"})
    assert again.status_code == 422
    receipt.refresh_from_db()
    assert receipt.answer == "เผยแพร่ภายในเดือนนี้"
    assert list(AuditEntry.objects.filter(agency=receipt.agency, action__startswith="mentor_message").values_list(
        "action", flat=True
    ).order_by("number")) == ["mentor_message.acknowledge", "mentor_message.answer"]  # fmt: skip


def test_answer_without_reading_counts_as_read(receipt, scope, desk):
    messages.answer(scope(Role.MAYOR), receipt=receipt, text="รับทราบ")
    assert (counts_of(desk, receipt.message).unread, counts_of(desk, receipt.message).answered) == (0, 1)


def test_office_sees_who_has_not_read_and_no_name_of_who_has(receipt, scope, desk, look):
    neighbours.make(desk.office, 1)
    text = ask(look(desk), desk, "message", "?only=unread", receipt.message_id).content.decode()
    assert receipt.agency.name in text
    messages.answer(scope(Role.SECRETARY), receipt=receipt, text="เผยแพร่แล้ว")
    text = ask(look(desk), desk, "message", "", receipt.message_id).content.decode()
    assert "เผยแพร่แล้ว" in text and str(scope(Role.SECRETARY).person) not in text
    assert [one.agency for one in at_agencies(desk, receipt.message, "unread")] == []


def test_list_counts_each_message_by_itself_and_leaves_out_who_left(receipt, scope, desk, look):
    near = [one.agency for one in neighbours.make(desk.office, 3)]
    everybody = [receipt.agency_id, *(agency.pk for agency in near)]
    later = messages.send(desk, due_on=None, agencies=everybody, to_text="ทุกแห่ง", **TEXT)
    later.receipts.filter(agency__in=near).update(read_at=timezone.now())
    messages.answer(scope(Role.SECRETARY), receipt=receipt, text="เผยแพร่แล้ว")
    desk.office.participations.filter(agency=near[0]).update(left_on=desk.today)
    rows = ask(look(desk), desk, "messages").context["rows"]
    assert [one for one, _counts in rows] == [later, receipt.message]
    assert [counts for _one, counts in rows] == [Counts(3, 2, 0), Counts(1, 1, 1)]


def test_agency_that_left_keeps_its_message_and_the_office_sees_it_no_more(receipt, scope, desk, look, sign_in):
    mayor = scope(Role.MAYOR)
    messages.answer(mayor, receipt=receipt, text="คำตอบของเรา")
    joining.leave(mayor, participation=desk.office.participations.get())
    assert "คำตอบของเรา" not in ask(look(desk), desk, "message", "", receipt.message_id).content.decode()
    page = sign_in(Role.MAYOR).get(reverse("mentor:message", args=[receipt.agency.code, receipt.pk]))
    assert "คำตอบของเรา" in page.content.decode()


def test_agency_that_left_cannot_answer(receipt, scope, desk):
    mayor = scope(Role.MAYOR)
    joining.leave(mayor, participation=desk.office.participations.get())
    with pytest.raises(ValidationError, match="ออกจาก"):
        messages.answer(mayor, receipt=receipt, text="ช้าไป")
