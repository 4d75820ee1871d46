"""Bringing the data to the installed version: a backup first, then all migrations or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import DatabaseError, OperationalError
from django.utils import timezone

from prongsai import __version__
from prongsai.errors import ProngsaiError
from prongsai.web import environment
from prongsai.web.faults import place_of
from prongsai.web.operations import archive, backup, keys
from prongsai.web.operations.archive import Manifest, Tell
from prongsai.web.operations.backup import Made
from prongsai.web.operations.database import one_at_a_time
from prongsai.web.operations.models import Milestone, MilestoneKind
from prongsai.web.operations.outlook import DataIsNewer, Hindrance, Outlook
from prongsai.web.operations.schema import bring_up

FOLDER = "backups"
KEPT = 3
_NAME = "before-upgrade-"
_TRIED = ".tried"  # beside the backup of an upgrade that has not succeeded yet: what is in it
# What the code of a migration may raise when rows are otherwise than it thought.
_MISTAKES = (
    ArithmeticError,
    AttributeError,
    DatabaseError,
    FieldError,
    LookupError,
    TypeError,
    ValidationError,
    ValueError,
)
Told = Callable[[str], None]


class NotUpgraded(ProngsaiError):
    """A migration failed; everything is as it was."""

    def __init__(self, mistake: BaseException, made: Made | None) -> None:
        kept = f" ไฟล์สำรองอยู่ที่ {made.path}" if made else ""
        super().__init__(
            f"the data could not be brought to {__version__}: {place_of(mistake)}",
            message_th=f"ปรับข้อมูลเป็นรุ่น {__version__} ไม่สำเร็จ ข้อมูลยังเป็นของเดิมทุกแถว ({place_of(mistake)})",
            mend_th=f"ติดตั้งรุ่นเดิมแล้วใช้งานต่อได้ทันที และแจ้งผู้พัฒนาพร้อมข้อความนี้{kept}",
        )
        # A database that went away, or had no room, may be mended by another attempt; the rows are not.
        self.is_lasting = not isinstance(mistake, OperationalError)


class NotYet(ProngsaiError):
    """Something is to be mended before an upgrade."""

    def __init__(self, found: list[Hindrance]) -> None:
        told = " / ".join(f"{one.sentence} → {one.mend}" for one in found)
        super().__init__(", ".join(one.code for one in found), message_th=f"ยังปรับรุ่นไม่ได้: {told}")


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was done. made: the backup from before; None where there was nothing to back up or nobody wanted it."""

    before: str
    applied: list[str]
    made: Made | None


def folder_for(given: Path | None = None) -> Path:
    """Give the folder that backups from before an upgrade go to: that of the nightly ones, where there is one."""
    return given or Path(settings.BACKUP_FOLDER or Path(settings.DATA_FOLDER) / FOLDER)


def upgrade(
    *, to: Path | None = None, key: str | None = None, is_backed_up: bool = True, tell: Tell = archive.say_nothing
) -> Upgraded:
    """Back up, then apply what is to be applied. The caller has reached the database.

    to: the folder of the backup; key: the public key to use. Raises NotYet, NotUpgraded, KeyUnusable.
    """
    with one_at_a_time(Path(settings.DATA_FOLDER)):
        look = Outlook(folder_for(to))
        waived = {"no-key"} if key else set()
        waived |= set() if is_backed_up else {"no-key", "no-room"}
        found = [one for one in look.hindrances() if one.code not in waived]
        if found:
            raise NotYet(found)
        made = _backed_up(look, backup.recipient(key), tell) if is_backed_up and look.plan and look.has_data else None
        return _applied(look, made)


def bring_forward(told: Told) -> Upgraded:
    """Do the same at the start of the server, which an office's PC has instead of a command.

    Without a key or room there is no backup, which is told. Raises DataIsNewer, NotUpgraded.
    """
    with one_at_a_time(Path(settings.DATA_FOLDER)):
        return _brought(Outlook(folder_for()), told)


def _brought(look: Outlook, told: Told) -> Upgraded:
    if look.is_newer:
        raise DataIsNewer(look.version)
    if not look.plan or not look.has_data:
        return _applied(look, None)
    told(f"กำลังปรับข้อมูลเป็นรุ่น {__version__} ({len(look.plan)} รายการ)")
    if missing := _in_the_way(look):
        told(f"ไม่ได้สำรองข้อมูลก่อนปรับรุ่น: {missing}")
        return _applied(look, None)
    made = _backed_up(look, backup.recipient(), archive.say_nothing)
    told(f"สำรองข้อมูลก่อนปรับรุ่นไว้ที่ {made.path}")
    return _applied(look, made)


def _in_the_way(look: Outlook) -> str:
    try:
        return " ".join(one.sentence for one in look.hindrances())
    except keys.KeyUnusable as mistake:
        return mistake.one_line


def _backed_up(look: Outlook, recipient: str, tell: Tell) -> Made:
    """Back up what another version made, so that this very version can restore it.

    After an attempt that failed its backup is taken, when no row has changed since: a server that is started again and
    again would fill the disk.
    """
    look.backups.mkdir(parents=True, exist_ok=True)
    if before := _tried(look, recipient):
        return before
    path = look.backups / f"{_NAME}{__version__}-{timezone.localtime():%Y-%m-%d-%H%M%S}.age"
    made = backup.pack(path, to=recipient, version=look.version, of=look.apps_as_they_stand(), tell=tell)
    told = {"size": made.size, "sha256": made.sha256, "manifest": made.manifest.to_json()}
    if not made.manifest.missing:  # names of files are in there, and what is incomplete is not taken again
        environment.write_private(path.with_suffix(_TRIED), json.dumps(told, ensure_ascii=False))
    return made


def _tried(look: Outlook, recipient: str) -> Made | None:
    for note in sorted(look.backups.glob(f"{_NAME}{__version__}-*{_TRIED}"), reverse=True):
        made = _noted(note)
        if made and backup.is_as_now(made.manifest, to=recipient, of=look.apps_as_they_stand()):
            return made
    return None


def _noted(note: Path) -> Made | None:
    """Read what stands beside a backup; None where either is not whole."""
    path = note.with_suffix(".age")
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        made = Made(path, told["size"], told["sha256"], Manifest.from_json(told["manifest"]))
        return made if archive.sha256_of(path) == made.sha256 else None
    except (OSError, KeyError, TypeError, ValueError):
        return None


def _tidy(made: Made) -> None:
    """Remove the older backups beyond those that are kept, now that this one is not needed at once."""
    for note in made.path.parent.glob(f"{_NAME}*{_TRIED}"):
        note.unlink(missing_ok=True)
    others = [path for path in made.path.parent.glob(f"{_NAME}*.age") if path != made.path]
    for old in sorted(others, key=lambda one: one.stat().st_mtime)[: 1 - KEPT]:
        old.unlink(missing_ok=True)


def _applied(look: Outlook, made: Made | None) -> Upgraded:
    names = [f"{each.app_label}.{each.name}" for each in look.plan]
    try:
        bring_up()
    except _MISTAKES as mistake:
        raise NotUpgraded(mistake, made) from mistake
    if look.version != __version__:
        Milestone.objects.create(kind=MilestoneKind.VERSION, version=__version__)
    if made is not None:
        backup.note(made)
        _tidy(made)
    return Upgraded(look.version, names, made)
