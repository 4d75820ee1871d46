"""One act in a case: what is said of it is sealed, the columns in clear follow, a line without content is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Said
from prongsai.web.complaints.models import Channel, Report, State
from prongsai.web.complaints.queries.cases import Case, extended
from prongsai.web.complaints.queries.clocks import due_after
from prongsai.web.complaints.services.cases import add_said, jot
from prongsai.web.complaints.states import ENDS

ACTION = "complaint.handle"  # one word for every act: the journal tells no more than that something was done


@transaction.atomic
def act(scope: Scope, case: Case, *said: Said, version: int, **columns: object) -> Case:
    """Say something in a case, set columns of its report, and reckon what is due next.

    version: the one that the user saw. Raises Stale when somebody acted in between, and then nothing is done.
    """
    journal.take_turn(scope.agency)
    current = locked(case, version)
    for one in said:
        add_said(case, one)
    after = extended(case, *said)
    for name, value in columns.items():
        setattr(current, name, value)
    channel = Channel.objects.get(agency=scope.agency)
    current.due_on = due_after(channel, current, after.said)
    current.version += 1
    current.save(update_fields=["due_on", "version", *columns])
    jot(scope, case, ACTION)
    return replace(after, report=current)


def locked(case: Case, version: int) -> Report:
    """Give the report as it stands, nobody else writing it. Raises Stale, and ValidationError for a shredded one."""
    current = Report.objects.select_for_update().select_related("agency").get(pk=case.report.pk)
    if current.shredded_on is not None:
        raise ValidationError(_("ข้อมูลของเรื่องนี้ถูกทำลายแล้ว"))
    if current.version != version:
        raise Stale(current)
    return current


def seen(case: Case, version: int) -> None:
    """Raise Stale when who acts saw an older case: before anything else is said about what they ask."""
    if case.report.version != version:
        raise Stale(case.report)


def expiry(channel: Channel, state: str, day: date, kept_until: date | None) -> date | None:
    """Give when a case that comes to a state is shredded: so many days after its end, and never sooner than agreed."""
    if state not in ENDS:
        return None
    usual = day + timedelta(days=channel.retention_days)
    return max(usual, kept_until) if kept_until else usual


def needed(text: str, field: str) -> str:
    """Give what was typed. Raises ValidationError beside its field when nothing was."""
    kept = text.strip()
    if not kept:
        raise ValidationError({field: _("ยังไม่ได้กรอก")})
    return kept


def must_be_in(case: Case, *states: State) -> None:
    """Raise ValidationError unless a case stands in one of these states."""
    if case.report.state not in states:
        raise ValidationError(_("เรื่องไม่ได้อยู่ในขั้นนี้ เปิดหน้าดำเนินการเพื่อดูสถานะปัจจุบัน"))
