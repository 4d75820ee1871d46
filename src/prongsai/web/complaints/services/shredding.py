"""Shredding what has expired: everything sealed goes, the dull row stays for the counts.

Files are not written over before they are removed: on disks of today, which move what they write, that reaches other
places than where the file lay. What protects them is that every key to them is gone. What backups still hold opens by
the keys that stand in the same backups, so shredding is complete only once the last of them has rotated away.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.complaints.models import Channel, Message, Report, SealedFile
from prongsai.web.complaints.services import store

EMPTIED = {
    "handle": None,
    "dialogue_key": "",
    "case_key": "",
    "receipt_wrap": b"",
    "wraps": b"",
    "body": b"",
    "due_on": None,
    "is_stale": False,
}


def shred_expired(today: date | None = None) -> int:
    """Shred every report whose day has come; give how many. One transaction an office, and one line in its journal."""
    day = today or timezone.localdate()
    return sum(shred_of(agency, day) for agency in due_offices(day))


def due_offices(day: date) -> QuerySet[Agency]:
    """Give the offices that have a report whose day has come."""
    expired = Report.objects.filter(expires_on__lte=day, shredded_on=None)
    return Agency.objects.filter(pk__in=expired.values("agency"))


def complete_on(report: Report) -> date | None:
    """Give the day by which the last backup that held a shredded report is gone; None while it is not shredded."""
    if report.shredded_on is None:
        return None
    days = Channel.objects.values_list("backup_days", flat=True).get(agency=report.agency_id)
    return report.shredded_on + timedelta(days=days)


@transaction.atomic
def shred_of(agency: Agency, day: date) -> int:
    """Shred the reports of an office whose day has come; give how many."""
    journal.take_turn(agency)
    expired = Report.objects.select_for_update().filter(agency=agency, expires_on__lte=day, shredded_on=None)
    pks = list(expired.values_list("pk", flat=True))
    if not pks:
        return 0
    files = SealedFile.objects.filter(report__in=pks)
    names = list(files.values_list("name", flat=True))
    files.delete()
    Message.objects.filter(report__in=pks).delete()
    for report in Report.objects.filter(pk__in=pks):
        _empty(report, day)
    channel = Channel.objects.get(agency=agency)
    journal.note(system_scope(agency), "complaint.shred", channel, {"cases": (None, len(pks))})
    transaction.on_commit(lambda: store.remove(agency.code, names))
    return len(pks)


def _empty(report: Report, day: date) -> None:
    for name, value in EMPTIED.items():
        setattr(report, name, value)
    report.shredded_on = day
    report.version += 1
    report.save(update_fields=[*EMPTIED, "shredded_on", "version"])
