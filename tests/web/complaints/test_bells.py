"""Bells: numbers alone, next morning, straight to the mail server, kept nowhere."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from prongsai.web.agencies.models import Agency, AuditEntry, User
from prongsai.web.complaints.models import Channel, Holder, HolderState
from prongsai.web.complaints.services import bells
from prongsai.web.notify.models import Mail
from tests.web.complaints import office_keys
from tests.web.notify.test_mail import Box, Server, point_at


@pytest.fixture(autouse=True)
def _silent():
    """No bell of another test."""
    bells._waiting.clear()
    yield
    bells._waiting.clear()


@pytest.fixture
def handlers(agency: Agency, channel: Channel) -> list[Holder]:
    for role in office_keys.HANDLERS:
        User.objects.filter(username=f"{role}-{agency.code}").update(email=f"{role}@example.go.th")
    return [office_keys.holder_of(agency, role) for role in office_keys.HANDLERS]


def test_every_holder_gets_one_mail_with_the_numbers_alone(agency: Agency, handlers: list[Holder]):
    bells.ring(agency, handlers[:2], "48213")
    bells.ring(agency, handlers[:1], "10977")
    bells.ring(agency, handlers[:1], "48213")
    assert bells.flush() == 2
    told = {one.to[0]: one.body for one in mail.outbox}
    assert set(told) == {"legal@example.go.th", "auditor@example.go.th"}
    assert "10977, 48213" in told["legal@example.go.th"]
    assert "10977" not in told["auditor@example.go.th"] and "48213" in told["auditor@example.go.th"]
    assert not any(word in one.subject + one.body for one in mail.outbox for word in ("ทุจริต", "ร้องเรียน", "สินบน"))
    assert not any("48213" in one.subject for one in mail.outbox)


def test_bell_writes_nothing(agency: Agency, handlers: list[Holder], django_assert_num_queries):
    lines = AuditEntry.objects.count()
    with django_assert_num_queries(0):
        bells.ring(agency, handlers, "48213")
    bells.flush()
    assert not Mail.objects.exists() and AuditEntry.objects.count() == lines


def test_memory_holds_keys_of_holders_and_numbers_and_nothing_once_sent(agency: Agency, handlers: list[Holder]):
    bells.ring(agency, handlers[:1], "48213")
    assert bells._waiting == {handlers[0].pk: {"48213"}}
    bells.flush()
    assert bells._waiting == {} and bells.flush() == 0


def test_who_left_or_has_no_address_or_was_forged_gets_none(agency: Agency, handlers: list[Holder]):
    gone, forged, silent = handlers
    Holder.objects.filter(pk=gone.pk).update(state=HolderState.LEFT)
    Holder.objects.filter(pk=forged.pk).update(vouch=b"\x00" * 64)
    User.objects.filter(pk=silent.user_id).update(email="")
    bells.ring(agency, handlers, "48213")
    assert bells.flush() == 0 and bells._waiting == {}


def test_holder_of_another_office_is_not_rung(agency: Agency, other_agency: Agency, handlers: list[Holder]):
    bells.ring(other_agency, handlers, "48213")
    assert bells._waiting == {}


def test_real_server_gets_it_and_what_it_refuses_waits_for_the_next_morning(
    agency: Agency, handlers: list[Holder], settings
):
    box = Box()
    box.refused.add("auditor@example.go.th")
    server = Server(box)
    server.start()
    try:
        point_at(settings, server.port)
        bells._waiting.update({one.pk: {"48213"} for one in handlers[:2]})
        assert bells.flush() == 1
        assert [to for to, _letter in box.letters] == [["legal@example.go.th"]]
        assert "48213" in box.letters[0][1].get_content()
        assert bells._waiting == {handlers[1].pk: {"48213"}}
        box.refused.clear()
        assert bells.flush() == 1 and bells._waiting == {}
    finally:
        server.stop()


def test_no_thread_is_started_without_a_mail_server(agency: Agency, handlers: list[Holder]):
    before = threading.enumerate()
    bells.ring(agency, handlers, "48213")
    assert threading.enumerate() == before


def test_clock_is_one_thread_that_ends_with_the_process():
    bells.start()
    bells.start()
    clocks = [one for one in threading.enumerate() if one.name == "complaint-bells"]
    assert len(clocks) == 1 and clocks[0].daemon


@pytest.mark.parametrize(
    ("now", "hours"),
    [((2026, 6, 15, 7, 0), 1), ((2026, 6, 15, 8, 0), 24), ((2026, 6, 15, 23, 30), 8.5), ((2026, 12, 31, 9, 0), 23)],
)
def test_morning_is_eight_o_clock_of_the_office(now: tuple[int, ...], hours: float):
    moment = datetime(*now, tzinfo=ZoneInfo("Asia/Bangkok")).astimezone(UTC)
    assert bells.seconds_until_morning(moment) == hours * 3600
