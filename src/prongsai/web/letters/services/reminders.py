"""Reminding those who have not acknowledged, by mail, never twice a day; who has no account is for the paper list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.letters.models import Circular
from prongsai.web.letters.queries.readers import Reader, readers_of
from prongsai.web.notify.models import Mail
from prongsai.web.ui.templatetags.ui import thai_date

BEFORE_DAYS = 3
EVERY_DAYS = 7
SUBJECT_MAX = 200


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was reminded. mailed: by mail; no_address: has an account, sees it there; no_account: for the paper list."""

    mailed: int
    no_address: int
    no_account: int


@transaction.atomic
def remind(scope: Scope, *, circular: Circular, home: str = "") -> Reminded:
    """Remind everybody who has not acknowledged. home: address of the platform, for the mail.

    The mails are kept and leave with ``send_mail``: nobody waits for three hundred of them. Raises ValidationError for
    a second time on one day, and for one that is not open.
    """
    current = _open(scope, circular)
    if current.reminded_on == scope.today:
        raise ValidationError(_("วันนี้เตือนไปแล้ว เตือนได้วันละครั้ง"))
    done, _mails = _mailed(scope, [current], home, scope.today)
    _note(scope, current, done[current.pk], scope.today)
    return done[current.pk]


@transaction.atomic
def remind_due(agency: Agency, *, today: date | None = None, home: str = "") -> int:
    """Remind of everything whose day has come: one mail a person with all that waits; give how many mails.

    Days: ``BEFORE_DAYS`` before it must be acknowledged, the day itself, and every ``EVERY_DAYS`` after; without such a
    day every ``EVERY_DAYS`` after it was sent. A day on which this did not run is made up for. Nobody of a closed
    agency is reminded of what they cannot open.
    """
    if agency.closed_on:
        return 0
    scope = system_scope(agency)
    day = today or scope.today
    journal.take_turn(agency)
    open_ones = Circular.objects.filter(agency=agency, sent_on__isnull=False, closed_on__isnull=True)
    due = [one for one in open_ones.select_related("agency").order_by("pk") if is_chased(one, day)]
    done, mails = _mailed(scope, due, home, day)
    for circular in due:
        _note(scope, circular, done[circular.pk], day)
    return mails


def is_chased(circular: Circular, day: date) -> bool:
    """Whether the day for a reminder has come since the last one, or since it was sent."""
    if circular.sent_on is None or circular.closed_on:
        return False
    last = circular.reminded_on or circular.sent_on
    return any(last < one <= day for one in _days(circular, day))


def _days(circular: Circular, until: date) -> Iterable[date]:
    first = circular.due_on or circular.sent_on
    if first is None:
        return
    if circular.due_on:
        yield first - timedelta(days=BEFORE_DAYS)
        yield first
    weeks = max((until - first).days, 0) // EVERY_DAYS
    yield from (first + timedelta(days=EVERY_DAYS * n) for n in range(1, weeks + 1))


def _open(scope: Scope, circular: Circular) -> Circular:
    journal.take_turn(scope.agency)
    current = Circular.objects.select_related("agency").get(pk=circular.pk, agency=scope.agency)
    if current.sent_on is None or current.closed_on:
        raise ValidationError(_("เตือนได้เฉพาะหนังสือเวียนที่ส่งแล้วและยังไม่ปิด"))
    return current


def _mailed(scope: Scope, circulars: list[Circular], home: str, day: date) -> tuple[dict[int, Reminded], int]:
    """Keep one mail a person; give what became of each circular, and how many mails."""
    waiting: dict[Reader, list[Circular]] = {}
    done: dict[int, Reminded] = {}
    readers: dict[int, Reader] = {}
    for circular in circulars:
        missing = readers_of(circular, day).missing
        for one in missing:
            if one.email:  # two people may share an address, and still get a mail each
                waiting.setdefault(readers.setdefault(one.pk, one), []).append(circular)
        done[circular.pk] = _reminded(missing)
    mails = [_mail(scope.agency, reader, theirs, home) for reader, theirs in waiting.items()]
    Mail.objects.bulk_create(mails, batch_size=journal.BATCH)
    return done, len(mails)


def _reminded(missing: tuple[Reader, ...]) -> Reminded:
    mailed, with_account = sum(bool(one.email) for one in missing), sum(one.has_account for one in missing)
    return Reminded(mailed, with_account - mailed, len(missing) - with_account)


@translation.override("th")  # mails are the office's, whatever language is read
def _mail(agency: Agency, to: Reader, circulars: list[Circular], home: str) -> Mail:
    first = circulars[0].title if len(circulars) == 1 else _("{n} เรื่อง").format(n=len(circulars))
    subject = " ".join(_("เตือนรับทราบหนังสือเวียน: {what}").format(what=first).split())[:SUBJECT_MAX]
    lines = "\n".join(_line(circular, home) for circular in circulars)
    text = _(
        "เรียน {name}\n\nท่านยังไม่ได้รับทราบหนังสือเวียนต่อไปนี้\n\n{lines}\n\n"
        "เข้าสู่ระบบ เปิดเมนู “หนังสือเวียน” อ่านแล้วกด “รับทราบ”\n\n{agency}\n"
    ).format(name=to.name, lines=lines, agency=agency)
    return Mail(agency=agency, to=to.email, subject=subject, text=text, due_at=timezone.now())


def _line(circular: Circular, home: str) -> str:
    due = _(" (รับทราบภายใน {day})").format(day=thai_date(circular.due_on)) if circular.due_on else ""
    link = f"\n  {home.rstrip('/')}{circular.get_absolute_url()}" if home else ""
    return f"- {circular.number_text} {circular.title}{due}{link}".replace("-  ", "- ")


def _note(scope: Scope, circular: Circular, done: Reminded, day: date) -> None:
    told = {"mailed": done.mailed, "no_address": done.no_address, "no_account": done.no_account}
    journal.change(scope, circular, "circular.remind", reminded_on=day)
    journal.note(scope, "circular.remind", circular, {name: (None, n) for name, n in told.items()})
