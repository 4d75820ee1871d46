"""Requests to the website's company: those it has not answered, and those it has not kept its word on, are told."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted
from prongsai.web.registers.rules._standing import named

ANSWER_WITHIN = timedelta(days=7)
_ASKED, _PROMISED = "asked", "promised"


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name the requests that nobody answered in time, and the promises that were not kept."""
    rows, limit = list(counted(scope, register, year)), scope.today - ANSWER_WITHIN
    silent = [entry.title for entry, _values in rows if entry.state == _ASKED and entry.dated_on < limit]
    yield from named(_("บริษัทยังไม่ตอบเกิน 7 วัน {n} เรื่อง: {names}"), silent)
    late = [entry.title for entry, _values in rows if entry.state == _PROMISED and _is_past(entry, scope.today)]
    yield from named(_("เลยวันที่บริษัทรับปากแล้ว {n} เรื่อง: {names}"), late)


def _is_past(entry: Entry, today: date) -> bool:
    return entry.due_on is not None and entry.due_on < today
