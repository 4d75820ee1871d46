"""Taking an answer in: sealed first, then spent code and box in one transaction, and nothing else anywhere.

There is no line in the journal or a log, no queue, no row that knows a person, an address, a device or an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.errors import ProngsaiError
from prongsai.privacy.seal.boxes import seal_value
from prongsai.questionnaires.sheet import Sheet
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Box, Group, SurveyState
from prongsai.web.surveys.tokens import digest, key_of

# Plain SQL: putting queries together takes Django five times as long as the database needs to answer these.
_HELD = "SELECT state, closes_at < %s, recipient FROM surveys_survey WHERE id = %s"
_CODE = """
    SELECT batch.group_id, batch.is_void, code.spent FROM surveys_code AS code
    JOIN surveys_batch AS batch ON batch.id = code.batch_id WHERE code.digest = %s AND batch.survey_id = %s
"""
_SPENT = "UPDATE surveys_code SET spent = %s WHERE digest = %s AND spent = ''"
_BOX = """
    INSERT INTO surveys_box ("key", survey_id, group_id, sealed) VALUES (%s, %s, %s, %s)
    ON CONFLICT ("key") DO NOTHING
"""


class Why(StrEnum):
    """Why an answer is not taken."""

    NOT_OPEN = "not_open"  # not yet
    CLOSED = "closed"
    NO_CODE = "no_code"  # one is needed, or what was typed is none
    CODE_UNKNOWN = "code_unknown"
    CODE_USED = "code_used"
    FULL = "full"  # the quota of the group
    KEY_LOST = "key_lost"  # nobody could ever open it


_TOLD = {
    Why.NOT_OPEN: (_("การสำรวจนี้ยังไม่เปิดรับคำตอบ"), _("กลับมาตอบเมื่อถึงวันเปิด")),
    Why.CLOSED: (_("การสำรวจนี้ปิดรับคำตอบแล้ว"), _("ติดต่อหน่วยงานหากต้องการให้ความเห็น")),
    Why.NO_CODE: (_("ยังไม่ได้ใส่รหัส หรือรหัสไม่ครบ ๑๖ ตัว"), _("พิมพ์รหัสตามใบที่ได้รับ หรือสแกน QR อีกครั้ง")),
    Why.CODE_UNKNOWN: (_("ไม่มีรหัสนี้ในการสำรวจ"), _("ตรวจตัวเลขกับใบที่ได้รับ หรือขอใบใหม่จากเจ้าหน้าที่")),
    Why.CODE_USED: (_("รหัสนี้ใช้ส่งคำตอบแล้ว"), _("รหัสหนึ่งตอบได้ครั้งเดียว หากท่านยังไม่ได้ตอบ ขอใบใหม่จากเจ้าหน้าที่")),
    Why.FULL: (_("กลุ่มนี้ได้คำตอบครบจำนวนแล้ว"), _("ขอบคุณที่สละเวลา")),
    Why.KEY_LOST: (_("การสำรวจนี้ยังรับคำตอบไม่ได้ในขณะนี้"), _("แจ้งหน่วยงานว่าไม่พบกุญแจของการสำรวจ แล้วส่งใหม่ภายหลัง")),
}


class NotTaken(ProngsaiError):
    """An answer that is not taken; nothing of it was stored and its code is as good as before."""

    def __init__(self, why: Why) -> None:
        message, mend = _TOLD[why]
        super().__init__(f"not taken: {why}", message_th=str(message), mend_th=str(mend))
        self.why = why


@dataclass(frozen=True, slots=True)
class Open:
    """What taking needs to know of a survey; it never changes while the survey is open, except ``recipient``.

    box_bytes: the length of every box. groups: pk → whether it has a quota.
    """

    pk: int
    recipient: str
    box_bytes: int
    has_link: bool
    groups: Mapping[int, bool]


def store(survey: Open, sheet: Sheet, *, form: str, group: int | None = None, code: str = "") -> None:
    """Store an answer for good. The same form sent again is taken once, and again answered like the first time.

    form: the name the form was given out with. code: as ``tokens.read_code`` gives it, "" for none. group: pk, of who
    comes by a link; a code brings its own. Raises NotTaken.
    """
    if not code and not survey.has_link:
        raise NotTaken(Why.NO_CODE)
    if group is not None and group not in survey.groups:
        raise ValueError(f"group {group} is none of survey {survey.pk}")
    key = key_of(survey.pk, form)
    spends = digest(survey.pk, code) if code else ""
    sealed = _sealed(survey, sheet, survey.recipient)  # before anybody has to wait for it
    try:
        with transaction.atomic():
            recipient = _held_open(survey.pk)
            if recipient != survey.recipient:  # a month was counted since this process looked
                sealed = _sealed(survey, sheet, recipient)
            _put_in(survey, key, sealed, group, spends)
    except NotTaken:
        if not Box.objects.filter(key=key).exists():  # else this very form came before, and was taken
            raise


def _sealed(survey: Open, sheet: Sheet, recipient: str) -> bytes:
    return seal_value(sheet.plain, recipient, pad=survey.box_bytes)


def _put_in(survey: Open, key: str, sealed: bytes, group: int | None, spends: str) -> None:
    if spends:
        group = _group_of(survey.pk, spends, key)
    if not _is_new(key, survey.pk, group, sealed):
        return
    if spends:
        _spend(spends, key)
    elif group is not None and survey.groups[group]:
        _take_place(group)


def _is_new(key: str, survey: int, group: int | None, sealed: bytes) -> bool:
    """Insert the box, unless its form came before; quietly, for a database logs what violates a key, and when."""
    return bool(_changed(_BOX, key, survey, group, sealed))


def _held_open(pk: int) -> str:
    """Give the key to seal for; hold the survey as it is until the box is in, so that counting misses none.

    A key whose other half is not on this disk is refused: somebody else put it there, or a backup came back without
    its keys, and what is sealed for it would never be counted. Raises NotTaken.
    """
    query = f"{_HELD} FOR KEY SHARE" if connection.vendor == "postgresql" else _HELD  # SQLite has one writer anyway
    found = _asked(query, connection.ops.adapt_datetimefield_value(timezone.now()), pk)
    if found is None:
        raise NotTaken(Why.CLOSED)
    state, is_over, recipient = found
    if state == SurveyState.DRAFT:
        raise NotTaken(Why.NOT_OPEN)
    if state != SurveyState.OPEN or is_over:
        raise NotTaken(Why.CLOSED)
    if not keys.is_here(recipient):
        raise NotTaken(Why.KEY_LOST)
    return str(recipient)


def _group_of(survey: int, code: str, key: str) -> int | None:
    """Give the group of the batch of a code that this form may spend, or has spent. Raises NotTaken."""
    found = _asked(_CODE, code, survey)
    if found is None:
        raise NotTaken(Why.CODE_UNKNOWN)
    group, is_void, spent = found
    if is_void and not spent:
        raise NotTaken(Why.CODE_UNKNOWN)
    if spent not in ("", key):
        raise NotTaken(Why.CODE_USED)
    return None if group is None else int(group)


def _spend(code: str, key: str) -> None:
    if not _changed(_SPENT, key, code):
        raise NotTaken(Why.CODE_USED)  # at this very moment, by another form


def _take_place(group: int) -> None:
    if not Group.objects.filter(pk=group, taken__lt=F("quota")).update(taken=F("taken") + 1):
        raise NotTaken(Why.FULL)


def _asked(query: str, *given: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _changed(statement: str, *given: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.rowcount
