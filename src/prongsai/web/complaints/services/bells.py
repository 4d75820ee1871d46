"""Bells: telling handlers next morning that a case has something new, by its number alone.

Nothing of it is written down anywhere: who is to hear of which number stands in the memory of this process until eight
o'clock, and goes straight to the mail server, with no mail kept. So no disk tells who a report is for, and the mail's
time tells nobody when it was sent in. What a process that ends had not sent is lost; the standing mail of
``remind_handlers`` makes up for it.
"""

from __future__ import annotations

import logging
import smtplib
import threading
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error, connections
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.models import Holder
from prongsai.web.complaints.queries.rolls import active

RINGS_AT = time(8)
_FAILURES = (OSError, smtplib.SMTPException, ValueError)
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_waiting: dict[int, set[str]] = {}  # pk of a holder → numbers, and nothing else
_clock: threading.Thread | None = None


def ring(agency: Agency, holders: Iterable[Holder], number: str) -> None:
    """Remember that these holders are to hear of a number next morning. Writes nothing."""
    with _lock:
        for holder in holders:
            if holder.agency_id == agency.pk:
                _waiting.setdefault(holder.pk, set()).add(number)
    if settings.EMAIL_BACKEND == _SMTP:  # without a mail server there is nothing to wait for
        start()


def flush() -> int:
    """Send what waits, one mail a holder; give how many left. What the mail server refuses waits for the next time."""
    with _lock:
        waiting = set(_waiting)
    reachable = _reachable(waiting)
    sent = 0
    for pk in waiting:
        with _lock:
            numbers = _waiting.pop(pk, set())
        holder = reachable.get(pk)
        if holder is None:  # without an address, or no longer a holder
            continue
        if _sent(holder, numbers):
            sent += 1
        else:
            _put_back(pk, numbers)
    return sent


def start() -> None:
    """Start the clock of this process unless it runs: a thread that sends every morning, and ends with the process."""
    global _clock
    with _lock:
        if _clock is None or not _clock.is_alive():
            _clock = threading.Thread(target=_run, name="complaint-bells", daemon=True)
            _clock.start()


def seconds_until_morning(now: datetime) -> float:
    """Give how long it is until the next eight o'clock, local time."""
    local = timezone.localtime(now)
    morning = local.replace(hour=RINGS_AT.hour, minute=RINGS_AT.minute, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    return (morning - local).total_seconds()


def _run() -> None:
    pause = threading.Event()
    while True:
        pause.wait(seconds_until_morning(timezone.now()))
        try:
            flush()
        except Error as fault:  # the database is away: what waits stays for the next morning
            _log.warning("complaint bells: %s", type(fault).__name__)
        finally:
            connections.close_all()


def _reachable(pks: Iterable[int]) -> dict[int, Holder]:
    """Give who still holds a valid key and has an address: of the account, which nobody but its owner can change."""
    agencies = Agency.objects.filter(holders__in=list(pks)).distinct()
    return {holder.pk: holder for agency in agencies for holder in active(agency) if holder.user.email}


def _sent(holder: Holder, numbers: set[str]) -> bool:
    with translation.override("th"):
        subject, text = _words(holder, sorted(numbers))
    try:
        EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [holder.user.email]).send()
    except _FAILURES as fault:
        _log.warning("complaint bells: %s", type(fault).__name__)
        return False
    return True


def _words(holder: Holder, numbers: list[str]) -> tuple[str, str]:
    text = _("เรียน {name}\n\nมีความเคลื่อนไหวในเรื่องเลขที่ {numbers}\n\nเข้าสู่ระบบแล้วเปิดเมนูของท่านเพื่อดู\n\n{agency}\n")
    said = text.format(name=holder.user, numbers=", ".join(numbers), agency=holder.agency)
    return str(_("มีความเคลื่อนไหวในเรื่องที่ท่านดูแล")), said


def _put_back(pk: int, numbers: set[str]) -> None:
    with _lock:
        _waiting.setdefault(pk, set()).update(numbers)
