"""Looking after whoever reported: sealed looks, the next day in the clocks, a question in the dialogue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Kind
from prongsai.web.complaints.models import Channel, Message, Report
from prongsai.web.complaints.queries.progress import is_watched, looks_of
from prongsai.web.complaints.services import watching
from tests.web.complaints import acts, office_keys

AGREED = "ผู้แจ้งกลัวถูกย้าย ตกลงโทรหาทุกเดือน"


@pytest.fixture
def report(agency: Agency, channel: Channel) -> Report:
    return acts.named(agency)


def look(agency: Agency, report: Report, days: int | None, **given: object):
    today = office_keys.scope_for(agency, Role.LEGAL).today
    next_on = today + timedelta(days=days) if days is not None else None
    return acts.do(agency, report, watching.watch, **({"text": AGREED, "next_on": next_on} | given))


def test_look_is_sealed_and_the_next_day_is_due(agency: Agency, report: Report):
    today = office_keys.scope_for(agency, Role.LEGAL).today
    case = look(agency, report, 1)
    assert case.report.due_on == today + timedelta(days=1) and is_watched(case.said)
    assert case.of(Kind.WATCH)[-1].text == AGREED
    sealed = b"".join(bytes(one.sealed) for one in Message.objects.filter(report=report))
    assert AGREED.encode() not in sealed


def test_reporter_is_asked_in_the_dialogue_by_a_prepared_text(agency: Agency, report: Report):
    case = look(agency, report, 30, asked=str(watching.QUESTION))
    assert [one.text for one in case.dialogue] == [str(watching.QUESTION)]
    assert case.report.due_on == acts.named(agency).due_on  # it answers nothing of what was reported


def test_watch_goes_on_after_the_case_ended_until_it_is_ended_on_purpose(agency: Agency, report: Report):
    look(agency, report, 60)
    acts.move(agency, report, "screen")
    today = office_keys.scope_for(agency, Role.LEGAL).today
    assert acts.move(agency, report, "refuse").report.due_on == today + timedelta(days=60)
    done = look(agency, report, None, text="ไม่มีเหตุแล้ว")
    assert done.report.due_on is None and not is_watched(done.said)
    assert [one.next_on for one in looks_of(done.said)] == [today + timedelta(days=60), None]


def test_watch_needs_words_and_a_day_to_come(agency: Agency, report: Report):
    for days, more in ((0, {}), (-1, {}), (30, {"text": " "}), (None, {})):
        with pytest.raises(ValidationError):
            look(agency, report, days, **more)
