"""Sending mail: kept first, tried once it is kept, tried again by the command ``send_mail``."""

import smtplib
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.errors import MessageError

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.accounts import mail_is_set
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.notify.models import Mail

_FAILURES = (OSError, smtplib.SMTPException, MessageError, ValueError)
_FIRST_WAIT = timedelta(minutes=2)
_AT_ONCE = 200


def send(scope: Scope | Agency, *, to: str, subject: str, text: str) -> Mail:
    """Keep a mail and try to send it as soon as the transaction is through; a failure is kept with it, never raised.

    Raises ValidationError for an address that is none and a subject of several lines.
    """
    mail = Mail(agency=scope.agency if isinstance(scope, Scope) else scope, to=to, subject=subject, text=text)
    mail.full_clean()
    mail.save(force_insert=True)
    transaction.on_commit(lambda: deliver(mail))
    return mail


def deliver(mail: Mail, *, now: datetime | None = None) -> bool:
    """Try once to send; say whether it left. Of two who try the same mail at once, one does.

    The database is not held while the mail server is asked: that may take long.
    """
    now = now or timezone.now()
    if not mail_is_set() or not _claimed(mail, now):
        return False
    error = _handed_over(mail)
    if error:
        mail.error = error[:500]
    else:
        mail.sent_at, mail.text, mail.error = now, "", ""
    mail.save(update_fields=["sent_at", "text", "error"])
    return not error


def send_due(now: datetime | None = None) -> tuple[int, int]:
    """Try every mail that is due; give how many left and how many did not."""
    now = now or timezone.now()
    sent = failed = 0
    for mail in _due(now):
        if deliver(mail, now=now):
            sent += 1
        else:
            failed += 1
    return sent, failed


def _due(now: datetime) -> Iterator[Mail]:
    """Give what is due, some at a time: of thousands of offices hundreds of thousands may wait."""
    last = 0
    while some := list(Mail.objects.due(now).filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        yield from some
        last = some[-1].pk


def retry(scope: Scope, *, mail: Mail) -> bool:
    """Try a mail at once because somebody asked for it, however often it was tried."""
    journal.note(scope, "mail.retry", mail)
    return deliver(mail)


def _claimed(mail: Mail, now: datetime) -> bool:
    """Take the mail for one try: whoever counts the try up first has it."""
    wait = _FIRST_WAIT * 2 ** min(mail.tries, 9)
    same = Mail.objects.unsent().filter(pk=mail.pk, tries=mail.tries)
    if not same.update(tries=models.F("tries") + 1, due_at=now + wait):
        return False
    mail.refresh_from_db()
    return True


def _handed_over(mail: Mail) -> str:
    try:
        EmailMessage(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to]).send()
    except _FAILURES as error:
        return _in_plain_words(error)
    return ""


def _in_plain_words(error: Exception) -> str:
    for kind, words in _words():
        if isinstance(error, kind):
            return f"{words} ({_reply(error)})"
    return _reply(error)


def _reply(error: Exception) -> str:
    """Give what the server said, its code first."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return " · ".join(_said(*answer) for answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def _words() -> list[tuple[type[Exception], str]]:
    # From the narrow to the wide: the first that fits is said.
    return [
        (smtplib.SMTPAuthenticationError, _("เซิร์ฟเวอร์อีเมลไม่รับชื่อหรือรหัสผ่านที่ตั้งไว้")),
        (smtplib.SMTPRecipientsRefused, _("เซิร์ฟเวอร์อีเมลไม่รับที่อยู่ผู้รับ ตรวจตัวสะกดของอีเมล")),
        (smtplib.SMTPSenderRefused, _("เซิร์ฟเวอร์อีเมลไม่รับที่อยู่ผู้ส่งที่ตั้งไว้")),
        (smtplib.SMTPNotSupportedError, _("เซิร์ฟเวอร์อีเมลไม่รองรับการเข้ารหัสหรือการยืนยันตัวตนที่ตั้งไว้")),
        (smtplib.SMTPException, _("เซิร์ฟเวอร์อีเมลไม่รับจดหมาย")),
        (ssl.SSLError, _("ต่อเซิร์ฟเวอร์อีเมลแบบเข้ารหัสไม่ได้ ใบรับรองไม่น่าเชื่อถือหรือตั้งค่าผิดแบบ")),
        (TimeoutError, _("เซิร์ฟเวอร์อีเมลไม่ตอบในเวลาที่กำหนด")),
        (OSError, _("ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ เครื่องปิดอยู่หรือตั้งชื่อเครื่องและพอร์ตผิด")),
        (ValueError, _("จดหมายมีที่อยู่หรือหัวเรื่องที่ส่งไม่ได้")),
    ]
