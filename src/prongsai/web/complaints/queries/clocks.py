"""The clocks of a case: what is due when, by the days of the office's own channel.

A day that falls on a weekend or holiday moves to the next working day, as those of letters do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.thai.holidays import add_working_days, next_working_day
from prongsai.web.complaints.contents import Kind, Said
from prongsai.web.complaints.models import Channel, Report, State
from prongsai.web.complaints.states import ENDS


class Due(StrEnum):
    """What a clock runs for."""

    RECEIVE = "receive"
    REPLY = "reply"
    PROGRESS = "progress"
    ANSWER = "answer"
    FINDING = "finding"
    WATCH = "watch"


LABELS: dict[Due, Promise] = {
    Due.RECEIVE: _("ตรวจรับเรื่อง"),
    Due.REPLY: _("แจ้งผู้แจ้งครั้งแรก"),
    Due.PROGRESS: _("แจ้งความคืบหน้า"),
    Due.ANSWER: _("ครบเวลาที่ขอให้ผู้แจ้งตอบ"),
    Due.FINDING: _("คณะกรรมการสอบข้อเท็จจริงให้เสร็จ"),
    Due.WATCH: _("ติดตามความเป็นอยู่ของผู้แจ้ง"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that is due. since: the day it is counted from, None where a day was agreed."""

    due: Due
    due_on: date
    since: date | None = None

    @property
    def label(self) -> Promise:
        """Say what for."""
        return LABELS[self.due]


def first_due(channel: Channel, day: date) -> date:
    """Give what is due first in a case that is received on a day."""
    return min(receive_due(channel, day), reply_due(channel, day))


def receive_due(channel: Channel, day: date) -> date:
    """Give the last day to begin with a case: so many working days."""
    return add_working_days(day, channel.receive_days)


def reply_due(channel: Channel, day: date) -> date:
    """Give the last day of the first reply: so many days, moved to a working one."""
    return _rolled(day, channel.reply_days)


def progress_due(channel: Channel, last: date) -> date:
    """Give the last day to tell how far it has come, after it was told last."""
    return _rolled(last, channel.progress_days)


def finding_due(channel: Channel, order_date: date) -> date:
    """Give the last day of a committee, from the day of its order."""
    return _rolled(order_date, channel.finding_days)


def due_after(channel: Channel, report: Report, said: Sequence[Said]) -> date | None:
    """Give the earliest of what is due; None when nothing is."""
    return min((clock.due_on for clock in clocks_of(channel, report, said)), default=None)


def clocks_of(channel: Channel, report: Report, said: Sequence[Said]) -> tuple[Clock, ...]:
    """Give the clocks of a case that run, the earliest first. said: everything in the case, in its order.

    What ended runs no more; only looking after whoever reported goes on until it is ended on purpose.
    """
    found = [*_watch(said)]
    if report.shredded_on is None and report.state not in ENDS:
        found += [*_received(channel, report, said), *_answer(report, said), *_finding(report, said)]
    return tuple(sorted(found, key=lambda clock: clock.due_on))


def day_of(at: str) -> date:
    """Read the day out of when something was said: a day or a time, ISO."""
    moment = datetime.fromisoformat(at)
    return timezone.localdate(moment) if moment.tzinfo else moment.date()


def iso_day(value: Any) -> date | None:
    """Read a day that stands in the data of a step."""
    return date.fromisoformat(value) if value else None


def steps_of(said: Iterable[Said], part: str) -> list[Said]:
    """Give the steps whose data hold a part, in their order."""
    return [one for one in said if one.kind is Kind.STEP and part in one.data]


def _received(channel: Channel, report: Report, said: Sequence[Said]) -> Iterator[Clock]:
    day = report.received_on
    if report.state == State.RECEIVED:
        yield Clock(Due.RECEIVE, receive_due(channel, day), day)
    # Asking how somebody fares is no answer to what they reported.
    replies = [one for one in said if one.kind is Kind.REPLY and "watch" not in one.data]
    if replies:
        last = day_of(replies[-1].at)
        yield Clock(Due.PROGRESS, progress_due(channel, last), last)
    else:
        yield Clock(Due.REPLY, reply_due(channel, day), day)


def _answer(report: Report, said: Sequence[Said]) -> Iterator[Clock]:
    if report.state != State.WAITING:
        return
    asked = steps_of(said, "to")
    until = iso_day(asked[-1].data.get("until")) if asked else None
    if until:
        yield Clock(Due.ANSWER, until)


def _finding(report: Report, said: Sequence[Said]) -> Iterator[Clock]:
    if report.state != State.FINDING:
        return
    deadline, since = deadline_of(said)
    if deadline:
        yield Clock(Due.FINDING, deadline, since)


def deadline_of(said: Iterable[Said]) -> tuple[date | None, date | None]:
    """Give by when the committee must report and the day of its order; None, None without one that is still at work."""
    until = since = None
    for one in said:
        if one.kind is not Kind.STEP:
            continue
        if "committee" in one.data:
            until, since = iso_day(one.data["until"]), iso_day(one.data["committee"]["order_date"])
        elif "extension" in one.data:
            until = iso_day(one.data["until"])
        elif "finding" in one.data or one.data.get("move") == "reopen":
            until = since = None
    return until, since


def _watch(said: Sequence[Said]) -> Iterator[Clock]:
    looks = [one for one in said if one.kind is Kind.WATCH]
    next_on = iso_day(looks[-1].data.get("next")) if looks else None
    if next_on:
        yield Clock(Due.WATCH, next_on)


def _rolled(day: date, days: int) -> date:
    return next_working_day(day + timedelta(days=days))
