"""Taking in what outsiders send: no account, a code that is shown once, and a bound on how much one place may send."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from prongsai.errors import ProngsaiError
from prongsai.registers.model import FieldType, Register
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.evidence.models import File
from prongsai.web.registers.models import Entry, OutsideCase, OutsideCount, Source
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.queries.outside import CODE_LENGTH, CODE_LETTERS, Tracked, code_hash, reply_move
from prongsai.web.registers.services.entries import add_entry
from prongsai.web.registers.services.moving import move_entry

SENT_A_DAY_MAX = 10
SENT_A_DAY_ALL_MAX = 500
TRIES_A_DAY_MAX = 40


class TooMuch(ProngsaiError):
    """One place has sent or tried more than is taken in a day."""

    def __init__(self) -> None:
        super().__init__(
            "too many forms or codes from one place today",
            message_th="วันนี้ส่งหรือลองรหัสจากที่เดียวกันหลายครั้งเกินกำหนด",
            mend_th="ลองใหม่พรุ่งนี้ หรือติดต่อสำนักงานโดยตรง สิ่งที่กรอกไว้ยังไม่ได้ส่ง",
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """What came in. code: to track it by; kept nowhere. is_new: False when the same form was sent again."""

    entry: Entry
    code: str
    is_new: bool


def code_of(nonce: str) -> str:
    """Work out the tracking code of a form from the random word in it, so that sending it twice gives one case."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"tracking-code:{nonce}".encode(), hashlib.sha256).digest()
    number, letters = int.from_bytes(digest, "big"), []
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[rest])
    return "".join(letters)


def sent_before(agency: Agency, nonce: str) -> Sent | None:
    """Give what came in by this very form, None when nothing did."""
    code = code_of(nonce)
    case = OutsideCase.objects.filter(entry__agency=agency, code_sha256=code_hash(code)).select_related("entry").first()
    return Sent(case.entry, code, False) if case else None


@transaction.atomic
def send(
    agency: Agency,
    *,
    kept: Kept,
    values: Mapping[str, object],
    nonce: str,
    files: Iterable[tuple[str, File]] = (),
    may_publish: bool = False,
) -> Sent:
    """Take in a form that was counted. nonce: the random word of the form. Raises EntryRefused with every fault."""
    scope = system_scope(agency)
    journal.take_turn(agency)
    before = sent_before(agency, nonce)
    if before:
        return before
    code = code_of(nonce)
    values = {**_dated(kept.register, scope.today), **values}
    entry = add_entry(scope, register=kept.id, values=values, source=Source.OUTSIDE, files=tuple(files))
    OutsideCase.objects.create(entry=entry, code_sha256=code_hash(code), sent_on=scope.today, may_publish=may_publish)
    return Sent(entry, code, True)


def _dated(register: Register, today: date) -> dict[str, object]:
    """Give the day it came in, for the field that says so and is not asked of outsiders."""
    field = register.field_of(register.dated_by)
    comes_in = field is not None and field.type is FieldType.DATE and not field.at and not field.outside
    return {register.dated_by: today} if comes_in else {}


@transaction.atomic
def count_form(agency: Agency, mark: str) -> None:
    """Count a form before its files are kept, also when it is refused after. mark: of the place it came from.

    Raises TooMuch beyond the day's limit.
    """
    count(agency, f"send:{mark}", SENT_A_DAY_MAX)
    count(agency, "send:all", SENT_A_DAY_ALL_MAX)


@transaction.atomic
def reply(agency: Agency, *, found: Tracked, text: str) -> Entry:
    """Answer what the office has asked the sender for; the case goes on. Raises EntryRefused."""
    move = reply_move(found.kept.register, found.entry)
    assert move is not None
    return move_entry(
        system_scope(agency), entry=found.entry, move=move, note=text.strip(), version=found.entry.version, told=True
    )


@transaction.atomic
def count(agency: Agency, mark: str, limit: int) -> None:
    """Count something from one place today. Raises TooMuch beyond the limit."""
    today = timezone.localdate()
    OutsideCount.objects.filter(agency=agency, day__lt=today).delete()
    row, _made = OutsideCount.objects.get_or_create(agency=agency, day=today, mark=_hash(agency, mark))
    if row.count >= limit:
        raise TooMuch
    OutsideCount.objects.filter(pk=row.pk).update(count=F("count") + 1)


def count_try(agency: Agency, mark: str) -> None:
    """Count a tracking code that opened nothing. Raises TooMuch beyond the day's limit."""
    count(agency, f"try:{mark}", TRIES_A_DAY_MAX)


def _hash(agency: Agency, mark: str) -> str:
    """Key a mark with the day, so that what is kept of an address says nothing the next day."""
    words = f"outside:{agency.pk}:{timezone.localdate()}:{mark}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()
