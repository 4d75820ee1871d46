"""Making a backup: one consistent look at the database while others go on writing, and all evidence."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from prongsai import __version__
from prongsai.errors import ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.complaints.services import store as sealed
from prongsai.web.evidence import store
from prongsai.web.operations import archive, keys, rows
from prongsai.web.operations.archive import Manifest, Part, Source, Tell
from prongsai.web.operations.database import reach
from prongsai.web.operations.models import Milestone, MilestoneKind


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made. size and sha256: of the file as it lies there."""

    path: Path
    size: int
    sha256: str
    manifest: Manifest


def recipient(given: str | None = None) -> str:
    """Give the public key to encrypt to: the given one, else the one of the data folder. Raises KeyUnusable."""
    found = keys.read_public(given) if given else keys.kept_public(Path(settings.DATA_FOLDER))
    if found is None:
        raise keys.KeyUnusable(
            "there is no backup key yet",
            message_th="ยังไม่มีกุญแจสำรองข้อมูลในโฟลเดอร์ข้อมูลนี้",
            mend_th="ให้ผู้ดูแลระบบเปิดหน้า /first-run/ เพื่อสร้างกุญแจ หรือระบุกุญแจสาธารณะด้วย --key age1…",
        )
    return found


def back_up(path: Path, *, to: str, tell: Tell = archive.say_nothing) -> Made:
    """Back everything up into one encrypted file: all rows as of one moment, and the evidence they name.

    to: the public key. Evidence whose bytes are lost or damaged on the disk is named in the manifest, not fatal.
    Each agency's journal gets a line once the file is whole.
    """
    reach()
    if archive.migrations_differ(migrations_here(), migrations_known()):
        raise ProngsaiError(
            "the database is not of this version",
            message_th="ฐานข้อมูลยังไม่มี หรือไม่ตรงกับรุ่นของโปรแกรม",
            mend_th="ตรวจ PRONGSAI_DATA และ PRONGSAI_DATABASE แล้วเปิด prongsai serve ของรุ่นนี้หนึ่งครั้งก่อนสำรอง",
        )
    made = pack(path, to=to, tell=tell)
    note(made)
    return made


def pack(path: Path, *, to: str, version: str = __version__, of: Apps = apps, tell: Tell = archive.say_nothing) -> Made:
    """Write the backup file alone, of the tables as some version knows them, for before they become another's."""
    if not path.parent.is_dir():
        raise ProngsaiError(
            f"{path.parent} is no folder",
            message_th=f"ไม่มีโฟลเดอร์ {path.parent}",
            mend_th="สร้างโฟลเดอร์ก่อน หรือเลือกที่เก็บอื่น",
        )
    with snapshot():
        agencies = list(of.get_model("agencies", "Agency")._base_manager.order_by("pk"))
        work = _Work(to, agencies, tell, of, version)
        manifest = archive.write(path, work.sources(), work.manifest, to)
    return Made(path, path.stat().st_size, archive.sha256_of(path), manifest)


def note(made: Made) -> None:
    """Tell of a backup in the journal of each agency that is in it, and of the installation."""
    Milestone.objects.create(kind=MilestoneKind.BACKUP, version=made.manifest.app_version, size=made.size)
    changes = {"file": (None, made.path.name), "sha256": (None, made.sha256), "rows": (None, made.manifest.rows)}
    for agency in Agency.objects.filter(code__in=[each["code"] for each in made.manifest.agencies]).order_by("pk"):
        journal.note(system_scope(agency), "backup", None, changes)


def is_as_now(manifest: Manifest, *, to: str, of: Apps) -> bool:
    """Whether a backup would come out the same if it were made now: every row of it, which name all files, and the key.

    of: the tables as they stand.
    """
    if (manifest.recipient, manifest.missing, manifest.migrations) != (to, [], migrations_here()):
        return False
    with snapshot():
        now = {_name_of(model): rows.digest_of(model) for model in rows.models_kept(of)}
    return now == {part.name: (part.count, part.sha256) for part in manifest.parts if part.name in now}


@contextmanager
def snapshot() -> Iterator[None]:
    """See the database as it is at this moment, however long the reading takes; writers are not held up."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # atomic() would take the write lock here (IMMEDIATE), and hold every clerk up until the backup is done.
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT COUNT(*) FROM sqlite_master")  # the look begins with the first reading
            yield
        finally:
            cursor.execute("ROLLBACK")


def migrations_here() -> dict[str, list[str]]:
    """Give the migrations that the database has had: app → names."""
    return by_app(MigrationRecorder(connections["default"]).applied_migrations())


def migrations_known() -> dict[str, list[str]]:
    """Give the migrations that this version brings: app → names."""
    return by_app(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def by_app(migrations: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Give migrations as app → names."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(migrations):
        found.setdefault(app, []).append(name)
    return found


class _Work:
    """One run: gives the parts as they are asked for, then the manifest."""

    def __init__(self, to: str, agencies: list[Any], tell: Tell, of: Apps = apps, version: str = __version__) -> None:
        self._to, self._agencies, self._tell, self._version = to, agencies, tell, version
        self._missing: list[dict[str, str]] = []
        self._done = 0
        self._kept = rows.models_kept(of)
        # The files whose bytes are to be there: those that were erased are not.
        self._files = of.get_model("evidence", "File")._base_manager.filter(erased_at=None).order_by("pk")
        self._closed = of.get_model("complaints", "SealedFile")._base_manager.order_by("pk")
        self._total = sum(model._base_manager.count() for model in self._kept)
        self._total += self._files.count() + self._closed.count()

    def sources(self) -> Iterator[Source]:
        """Give the rows of every model, then every file."""
        for model in self._kept:
            yield _name_of(model), self._counted(rows.lines_of(model))
        files = self._files.values_list("agency__code", "sha256", "name")
        for code, sha256, name in files.iterator(chunk_size=rows.BATCH):
            path = store.path_of(code, sha256)
            if store.is_whole(path, sha256):
                yield f"{archive.FILES}/{code}/{sha256}", self._counted(_pieces(path))
            else:
                self._missing.append({"agency": code, "sha256": sha256, "name": name})
        yield from self._sealed()

    def _sealed(self) -> Iterator[Source]:
        """Give the files of reports as they lie there, closed."""
        found = self._closed.values_list("report__agency__code", "name")
        for code, name in found.iterator(chunk_size=rows.BATCH):
            path = sealed.place_of(code, name)
            if path.is_file():
                yield f"{archive.SEALED}/{code}/{name}", self._counted(_pieces(path))
            else:
                self._missing.append({"agency": code, "sha256": "", "name": name})

    def _counted(self, pieces: Iterator[tuple[bytes, int]]) -> Iterator[tuple[bytes, int]]:
        for piece, count in pieces:
            self._done += count
            self._tell("สำรองข้อมูล", self._done, self._total)
            yield piece, count

    def manifest(self, parts: list[Part]) -> Manifest:
        """Make the manifest once all parts are written."""
        return Manifest(
            app_version=self._version,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            database=connections["default"].vendor,
            recipient=self._to,
            agencies=[{"code": each.code, "name": each.name} for each in self._agencies],
            migrations=migrations_here(),
            parts=parts,
            missing=self._missing,
        )


def _name_of(model: rows.Model) -> str:
    return f"{archive.ROWS}/{model._meta.label_lower}.jsonl"


def _pieces(path: Path) -> Iterator[tuple[bytes, int]]:
    with path.open("rb") as file:
        yield file.read(archive.CHUNK), 1  # an empty file is a part too
        while piece := file.read(archive.CHUNK):
            yield piece, 0
