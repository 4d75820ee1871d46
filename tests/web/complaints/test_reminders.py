"""The standing mail: to every holder, news or not, never with a number."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from prongsai.web.agencies.models import Agency, User
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Holder, HolderState, Report
from prongsai.web.complaints.services.reminders import remind_holders
from tests.web.complaints import office_keys, told

MONDAY, THURSDAY = date(2026, 6, 15), date(2026, 6, 18)


@pytest.fixture
def holders(agency: Agency, channel: Channel) -> list[str]:
    """Everybody has an address; gives them."""
    for who in office_keys.DUTIES:
        User.objects.filter(username=f"{who}-{agency.code}").update(email=f"{who}@example.go.th")
    return sorted(f"{who}@example.go.th" for who in office_keys.DUTIES)


@pytest.fixture(autouse=True)
def _sent_at_once(monkeypatch):
    """A test's transaction never ends: what waits for its end is done at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_more: act())


def test_every_holder_hears_on_mondays_and_thursdays_though_nothing_is_new(agency: Agency, holders: list[str]):
    for day in (MONDAY + timedelta(days=n) for n in range(7)):
        mail.outbox.clear()
        expected = holders if day.weekday() in (0, 3) else []
        assert remind_holders(agency, today=day) == len(expected)
        assert sorted(one.to[0] for one in mail.outbox) == expected


def test_mail_says_the_same_whatever_is_due_and_names_nothing(agency: Agency, holders: list[str]):
    remind_holders(agency, today=MONDAY)
    [without] = {(one.subject, one.body) for one in mail.outbox}
    mail.outbox.clear()
    told.again(told.tell(agency), due_on=THURSDAY)
    remind_holders(agency, today=THURSDAY)
    assert {(one.subject, one.body) for one in mail.outbox} == {without}
    assert not any(word in " ".join(without) for word in ("ทุจริต", "ร้องเรียน", "สินบน"))


def test_who_left_and_an_office_without_a_channel_hear_nothing(
    agency: Agency, other_agency: Agency, holders: list[str]
):
    gone = office_keys.holder_of(agency, Role.SUPPLY)
    Holder.objects.filter(pk=gone.pk).update(state=HolderState.LEFT)
    assert remind_holders(agency, today=MONDAY) == len(holders) - 1
    assert remind_holders(other_agency, today=MONDAY) == 0


def test_command_runs_for_all_or_one_and_twice_a_day_does_nothing(agency: Agency, holders: list[str], monkeypatch):
    monkeypatch.setattr("prongsai.web.complaints.services.reminders.WEEKDAYS", range(7))
    said = StringIO()
    call_command("remind_handlers", stdout=said)
    assert said.getvalue() == f"{agency}: {len(holders)} ฉบับ\n"
    call_command("remind_handlers", agency=agency.code, stdout=said)
    assert said.getvalue().endswith(f"{agency}: 0 ฉบับ\n")
    with pytest.raises(CommandError):
        call_command("remind_handlers", agency="99999999")
    assert Report.objects.count() == 0
