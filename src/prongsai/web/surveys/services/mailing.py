"""Codes by mail: made, sent and forgotten in one go.

Who gets a mail is written down nowhere: not in a row, the journal, a log, the session or the list of unsent mail. The
codes are dealt out by chance; each mail is the same but for its code. What is left to know is what the mail server
keeps for itself.
"""

from __future__ import annotations

import re
import secrets
import smtplib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.utils import formatdate, parseaddr
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.accounts import mail_is_set
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Batch, BatchWay, Group, Survey
from prongsai.web.surveys.services.codes import make_batch, take_back
from prongsai.web.surveys.services.running import NotPossible
from prongsai.web.surveys.services.wording import Invitation, Reminder
from prongsai.web.ui.templatetags.ui import thai_digits

_GIVEN_UP_AFTER = 3  # letters in a row that were not refused for who gets them: the server is not well
MOST = 200  # letters at once: they leave while somebody waits, since a list that waits would have to be kept
_FAILURES = (OSError, smtplib.SMTPException, MessageError, ValueError)
_ENTRY = re.compile(r"[,;\r\n\t]+")
_NAMED = re.compile(r"<([^<>]*)>")
_random = secrets.SystemRandom()


class MailDown(ProngsaiError):
    """The mail server cannot be reached, or none is set: nothing was made and nothing was sent."""

    def __init__(self) -> None:
        super().__init__(
            "no mail server answers",
            message_th=_("ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ จึงยังไม่ได้ทำรหัสและยังไม่ได้ส่งถึงใคร"),
            mend_th=_("ให้ผู้ดูแลระบบตรวจการตั้งค่าอีเมล แล้วส่งใหม่ หรือพิมพ์ใบรหัสแจกแทน"),
        )


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of letters. failed: addresses that the server did not take; they are told once and kept nowhere."""

    sent: int
    failed: tuple[str, ...]
    batch: Batch | None = None

    @property
    def is_void(self) -> bool:
        """Whether so few letters went out that their codes were made to stop working."""
        return self.batch is not None and self.batch.is_void


def addresses_in(text: str) -> list[str]:
    """Give what a pasted list names as addresses, faulty ones too; names in Thai or before ``<…>`` are left out."""
    return [word for entry in _ENTRY.split(text) for word in _of_entry(entry)]


def _of_entry(entry: str) -> list[str]:
    if named := _NAMED.search(entry):
        return [named[1].strip()]
    words = entry.split()
    return [word for word in words if word.isascii()] or words


def mail_codes(
    scope: Scope, *, survey: Survey, group: Group | None, addresses: Iterable[str], link: Callable[[str], str]
) -> Posted:
    """Send everybody a code of their own; nobody, and no record, knows which. link: makes the link of a code.

    Codes of letters that could not be handed over are deleted; where fewer than the survey's k went out, theirs stop
    working as well. Raises ValidationError for faulty addresses, fewer than
    the survey's k or more than ``MOST``; NotPossible; MailDown. Then nothing was sent.
    """
    to = _receivers(survey, addresses)
    connection = _opened()
    try:
        batch, codes = make_batch(scope, survey=survey, group=group, size=len(to), way=BatchWay.MAILED)
        words = Invitation(survey, link)
        failed = _send(connection, [(one, code, words.of(code)) for one, code in zip(to, codes, strict=True)], words)
    finally:
        connection.close()
    left = take_back(scope, batch=batch, codes=[code for _to, code in failed]) if failed else batch
    return Posted(len(to) - len(failed), tuple(sorted(address for address, _code in failed)), left)


def remind_all(scope: Scope, *, survey: Survey, addresses: Iterable[str]) -> Posted:
    """Remind everybody, also who has answered, since nobody knows who has; no letter holds a code.

    Raises as ``mail_codes``.
    """
    to = _receivers(survey, addresses)
    if not survey.is_taking:
        raise NotPossible(_("การสำรวจนี้ไม่ได้เปิดรับคำตอบอยู่ จึงไม่ต้องเตือน"), _("กลับไปดูสถานะที่หน้าการสำรวจ"))
    connection = _opened()
    words = Reminder(survey)
    try:
        failed = _send(connection, [(one, "", words.text) for one in to], words)
    finally:
        connection.close()
    sent = len(to) - len(failed)
    with transaction.atomic():
        journal.note(scope, "survey.remind", survey, {"letters": (None, sent)})
    return Posted(sent, tuple(sorted(address for address, _code in failed)))


# --- who gets one ---------------------------------------------------------------------------------------------------
def _receivers(survey: Survey, addresses: Iterable[str]) -> list[str]:
    """Merge what is there twice and put the rest in no order. Raises ValidationError."""
    to = list({one.casefold(): one for one in addresses}.values())
    if faulty := [one for one in to if not _is_address(one)]:
        words = _("อีเมลเหล่านี้ผิดรูป แก้หรือลบก่อน ยังไม่ได้ส่งถึงใคร: {addresses}").format(addresses=" ".join(faulty))
        raise ValidationError({"addresses": words})
    _check_number(survey, len(to))
    _random.shuffle(to)
    return to


def _check_number(survey: Survey, number: int) -> None:
    told = {"n": thai_digits(number), "k": thai_digits(survey.k), "most": thai_digits(MOST)}
    if number < survey.k:
        words = _("มี {n} อีเมลที่ไม่ซ้ำ ต้องมีอย่างน้อย {k} เพื่อไม่ให้รู้ว่ารหัสใดเป็นของใคร").format(**told)
        raise ValidationError({"addresses": words})
    if number > MOST:
        words = _("มี {n} อีเมล ส่งครั้งละไม่เกิน {most} เพราะระบบไม่เก็บรายชื่อผู้รับไว้ส่งภายหลัง แบ่งส่งเป็นหลายครั้ง").format(**told)
        raise ValidationError({"addresses": words})


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


# --- sending --------------------------------------------------------------------------------------------------------
def _opened() -> BaseEmailBackend:
    if not mail_is_set():
        raise MailDown
    connection = get_connection()
    try:
        connection.open()
    except _FAILURES as down:
        raise MailDown from down
    return connection


def _send(
    connection: BaseEmailBackend, letters: Sequence[tuple[str, str, str]], words: Invitation | Reminder
) -> list[tuple[str, str]]:
    """Send letters, (address, code, text) each; give the address and code of those that the server did not take."""
    heads = {"Date": formatdate()}  # one for all
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    failed: list[tuple[str, str]] = []
    in_a_row = 0
    for place, (address, code, text) in enumerate(letters):
        heads["Message-ID"] = f"<{uuid4().hex}@{domain}>"  # Django's own counts up in time
        letter = EmailMessage(words.subject, text, settings.DEFAULT_FROM_EMAIL, [address], headers=dict(heads))
        try:
            connection.send_messages([letter])
        except _FAILURES as fault:
            failed.append((address, code))
            in_a_row = 0 if isinstance(fault, smtplib.SMTPRecipientsRefused) else in_a_row + 1
            if in_a_row == _GIVEN_UP_AFTER or not _is_up_again(connection):
                return failed + [(one, kept) for one, kept, _text in letters[place + 1 :]]
        else:
            in_a_row = 0
    return failed


def _is_up_again(connection: BaseEmailBackend) -> bool:
    """Call the server anew after a letter it did not take: it may have hung up."""
    try:
        connection.close()
        connection.open()
    except _FAILURES:
        return False
    return True
