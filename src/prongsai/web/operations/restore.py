"""Bringing a backup back, from either database into either: all of it or nothing."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.db.utils import DatabaseError

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.complaints.services import store as sealed
from prongsai.web.evidence import store
from prongsai.web.operations import archive, keys, rows
from prongsai.web.operations.archive import Backup, BackupUnusable, Manifest, Part, Tell
from prongsai.web.operations.backup import migrations_known
from prongsai.web.operations.database import reach
from prongsai.web.operations.schema import bring_up
from prongsai.web.operations.staging import SURVEY_KEYS, NotEmpty, Target
from prongsai.web.surveys.services.restoring import LostAnswers, mend_lost_keys


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. aside: where what stood there before is kept, in the folder and in the database.

    lost: surveys whose key is in no backup and was not beside it either.
    """

    manifest: Manifest
    aside: Path | None
    aside_schema: str | None
    lost: list[LostAnswers]


def restore(path: Path, backup: Backup, target: Target, staging: Path, *, tell: Tell = archive.say_nothing) -> Restored:
    """Bring a checked backup back. Django stands on the staging folder; PostgreSQL is changed in one transaction.

    Raises BackupUnusable for a backup of another version and for rows the database refuses, NotEmpty for a database
    that holds an office; then nothing is changed.
    """
    reach()
    _same_version(path, backup.manifest)
    _files(backup, tell)
    keys.keep_public(staging, backup.manifest.recipient)
    aside: Path | None = None
    try:
        with _empty_database(target) as aside_schema:
            bring_up()
            _rows(path, backup, tell)
            _equal(path, backup, tell)
            lost = _without_keys(target)
            if connections["default"].vendor == "postgresql":
                aside = target.take(staging)  # bytes first, the rows that name them second
    except DatabaseError as mistake:
        raise _refused(path, mistake) from mistake
    if connections["default"].vendor == "sqlite":
        _settle_sqlite()
        aside = target.take(staging)
    return Restored(backup.manifest, aside, aside_schema, lost)


def _same_version(path: Path, manifest: Manifest) -> None:
    difference = archive.migrations_differ(manifest.migrations, migrations_known())
    if difference:
        raise (archive.newer if difference == "newer" else archive.older)(path, manifest.app_version)


def _files(backup: Backup, tell: Tell) -> None:
    found = [part for part in backup.manifest.parts if part.name.startswith(archive.BYTES)]
    for done, part in enumerate(found, start=1):
        kind, code, name = part.name.split("/")
        place = store.path_of(code, name) if kind == archive.FILES else sealed.place_of(code, name)
        backup.copy(part, place)
        if kind == archive.FILES:
            place.chmod(stat.S_IREAD)
        tell("กู้ไฟล์หลักฐาน", done, len(found))


def _rows(path: Path, backup: Backup, tell: Tell) -> None:
    kept = {f"{archive.ROWS}/{model._meta.label_lower}.jsonl": model for model in rows.models_kept()}
    parts = [part for part in backup.manifest.parts if part.name.startswith(archive.ROWS)]
    if {part.name for part in parts} != set(kept):
        raise archive.older(path, backup.manifest.app_version)
    total, done = backup.manifest.rows, 0
    with transaction.atomic():
        rows.defer_constraints()
        rows.clear(kept.values())
        for part in parts:
            for count in _put(path, backup, part, kept[part.name]):
                tell("กู้ข้อมูล", done := done + count, total)
        connections["default"].check_constraints()
    rows.reset_sequences(kept.values())


def _put(path: Path, backup: Backup, part: Part, model: rows.Model) -> Iterator[int]:
    try:
        yield from rows.put(model, backup.rows(part))
    except (KeyError, TypeError, ValueError) as mistake:
        raise _refused(path, mistake) from mistake


def _equal(path: Path, backup: Backup, tell: Tell) -> None:
    """Hold every table against the manifest, row for row."""
    found = {f"{archive.ROWS}/{model._meta.label_lower}.jsonl": model for model in rows.models_kept()}
    for done, part in enumerate(backup.manifest.parts, start=1):
        if part.name in found and rows.digest_of(found[part.name]) != (part.count, part.sha256):
            raise _refused(path, ValueError(f"{part.name} differs after restoring"))
        tell("เทียบกับไฟล์สำรอง", done, len(backup.manifest.parts))


def _without_keys(target: Target) -> list[LostAnswers]:
    """Give every survey a new key whose own is not in the data folder, where somebody may have carried it."""
    settings.SURVEY_KEYS_FOLDER = target.folder / SURVEY_KEYS  # not of the staging folder, which Django stands on
    return [one for agency in Agency.objects.order_by("pk") for one in mend_lost_keys(system_scope(agency))]


def _refused(path: Path, mistake: Exception) -> BackupUnusable:
    reason = " ".join(str(mistake).split())[:200]
    return BackupUnusable(
        f"the rows of {path} cannot be put into the database: {reason}",
        message_th=f"ใส่ข้อมูลจาก {path.name} ลงฐานข้อมูลไม่ได้ ({reason}) จึงยกเลิกทั้งหมด ยังไม่มีสิ่งใดเปลี่ยน",
        mend_th="ใช้ไฟล์สำรองอื่น หรือแจ้งผู้พัฒนาพร้อมข้อความนี้",
    )


@contextmanager
def _empty_database(target: Target) -> Iterator[str | None]:
    """Give an empty database: the new file in the staging folder, or PostgreSQL in one transaction.

    What stood in PostgreSQL is kept under another schema name, which is given. Raises NotEmpty.
    """
    connection = connections["default"]
    if connection.vendor == "sqlite":
        yield None
        return
    with transaction.atomic():
        aside = None
        if connection.introspection.table_names():
            if not target.replace:
                raise NotEmpty(f"ฐานข้อมูล PostgreSQL {settings.DATABASES['default']['NAME']}")
            aside = target.aside_name
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER SCHEMA public RENAME TO {connection.ops.quote_name(aside)}")
                cursor.execute("CREATE SCHEMA public")
        yield aside


def _settle_sqlite() -> None:
    """Bring all of the database into its one file, so that it can be moved."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA journal_mode=DELETE")
    connection.close()
