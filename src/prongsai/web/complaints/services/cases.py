"""Opening a case, and what handlers say in it. Nothing that is typed here leaves the boxes."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.privacy.seal.boxes import seal_value
from prongsai.privacy.seal.frames import opened
from prongsai.privacy.seal.keys import pair_of
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import FileKey, Identity, Kind, Said, plain
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.marks import marked
from prongsai.web.complaints.models import Channel, Message, Report
from prongsai.web.complaints.queries.cases import (
    DIALOGUE,
    Case,
    extended,
    identity_in,
    is_stale,
    keys_of,
    read_case,
)
from prongsai.web.complaints.queries.clocks import due_after
from prongsai.web.complaints.services import renewing, store

__all__ = ["Case", "add_said", "file_pieces", "jot", "note", "open_case", "reply", "reveal_identity", "say_as"]


def open_case(scope: Scope, key: Key, report: Report, *, is_viewed: bool = True) -> Case | None:
    """Open a case for who may read it, None for anybody else.

    Closes it anew when the roll changed or somebody lost the right to it, also when that is who asks: by a post that
    they hold by now. is_viewed: write down that it was looked at; no for a step that writes a line of its own.
    """
    keys = keys_of(key, report)
    if keys is None:
        return None
    found = read_case(report, keys)
    may_read = _may_read(scope, key, found)
    is_current = may_read and not is_stale(report)
    case = found if is_current else renewing.renew(scope, key, report)
    if case is None or not may_read:
        return None
    if is_viewed:
        jot(scope, case, "complaint.view")
    return case


def _may_read(scope: Scope, key: Key, case: Case) -> bool:
    return any(one.pk == key.holder.pk for one in renewing.route_of(scope, case).holders)


def jot(scope: Scope, case: Case, action: str) -> None:
    """Write a line in the journal: who did what and when. Which case it was, only those tell who can open it."""
    channel = Channel.objects.get(agency=scope.agency)
    journal.note(scope, action, channel, {"case": (None, marked(case.keys.mark))})


def say_as(scope: Scope, key: Key, kind: Kind, text: str, **data: object) -> Said:
    """Make a message by who acts, now."""
    return Said(kind, text.strip(), scope.actor, key.holder.pk, timezone.now().isoformat(timespec="seconds"), data=data)


@transaction.atomic
def add_said(case: Case, said: Said) -> Message:
    """Seal a message into a case, for the key that its kind asks for.

    Raises ValidationError when the case was closed anew since it was opened: then the page is asked for again.
    """
    journal.take_turn(case.report.agency)
    current = Report.objects.select_for_update().get(pk=case.report.pk)
    if bytes(current.wraps) != bytes(case.report.wraps):
        raise ValidationError(_("เรื่องนี้เพิ่งเปลี่ยนผู้มีสิทธิอ่าน สิ่งที่ท่านกรอกยังไม่ได้บันทึก เปิดเรื่องแล้วส่งอีกครั้ง"))
    is_dialogue = said.kind in DIALOGUE
    to = pair_of(case.keys.dialogue if is_dialogue else case.keys.case).recipient
    return Message.objects.create(report=current, is_dialogue=is_dialogue, sealed=seal_value(plain(said), to))


@transaction.atomic
def reply(scope: Scope, key: Key, case: Case, *, text: str) -> Case:
    """Answer whoever reported. They see it when they come back with their receipt; nothing is sent to them."""
    told = _spoken(scope, case, say_as(scope, key, Kind.REPLY, _needed(text)), "complaint.reply")
    due_on = due_after(Channel.objects.get(agency=scope.agency), told.report, told.said)
    Report.objects.filter(pk=told.report.pk).update(due_on=due_on)
    told.report.due_on = due_on
    return told


@transaction.atomic
def note(scope: Scope, key: Key, case: Case, *, text: str) -> Case:
    """Write a note that only those who may read the case see."""
    return _spoken(scope, case, say_as(scope, key, Kind.NOTE, _needed(text)), "complaint.note")


@transaction.atomic
def reveal_identity(scope: Scope, key: Key, case: Case, *, reason: str) -> Identity:
    """Give who reported. The reason stays in the case; the journal keeps who looked and when.

    Raises ValidationError for no reason, and where nobody gave a name.
    """
    found = identity_in(case.said)
    if found is None:
        raise ValidationError(_("ผู้แจ้งไม่ได้ให้ข้อมูลตัวตนไว้"))
    _spoken(scope, case, say_as(scope, key, Kind.NOTE, _needed(reason), act="identity"), "complaint.identity")
    return found


def file_of(case: Case, name: str) -> FileKey | None:
    """Find a file of a case by its random name."""
    return next((one for one in case.files if one.name == name), None)


def file_pieces(case: Case, name: str) -> tuple[FileKey, Iterator[bytes]]:
    """Give a file of a case and its plain bytes, piece by piece.

    Raises ValidationError for a file that the case does not have; the pieces raise NotForThisKey when it was changed.
    """
    found = file_of(case, name)
    if found is None:
        raise ValidationError(_("ไม่มีไฟล์นี้ในเรื่อง"))
    return found, _pieces(case.report.agency.code, found)


def _pieces(code: str, file: FileKey) -> Iterator[bytes]:
    with store.reading(code, file.name) as source:
        yield from opened(source, file.identity)


def _spoken(scope: Scope, case: Case, said: Said, action: str) -> Case:
    journal.take_turn(scope.agency)
    add_said(case, said)
    jot(scope, case, action)
    return extended(case, said)


def _needed(text: str) -> str:
    if not text.strip():
        raise ValidationError(_("ยังไม่ได้พิมพ์ข้อความ"))
    return text
