"""What an upgrade would do, and what stands in its way: read only, also of data that another version made."""

from __future__ import annotations

import platform
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import base, fields, models, special
from django.db.migrations.state import StateApps

from prongsai import __version__
from prongsai.errors import ProngsaiError
from prongsai.web.agencies.models import Agency
from prongsai.web.operations import keys
from prongsai.web.operations.models import Milestone

_NUMBERS = re.compile(r"[0-9]+")


class DataIsNewer(ProngsaiError):
    """The data was made by a newer program: this one would not know what it reads."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"the data is of version {version or 'unknown'}, newer than {__version__}",
            message_th=f"ข้อมูลนี้เป็นของโปร่งใสรุ่น{f' {version}' if version else ''}ที่ใหม่กว่ารุ่นที่ติดตั้งอยู่ ({__version__})",
            mend_th="ติดตั้งรุ่นนั้นหรือใหม่กว่า หรือกู้คืนไฟล์สำรองที่ทำไว้ก่อนปรับรุ่นด้วย prongsai restore",
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A migration that is to come, in words. what: a sentence for each thing that it does."""

    name: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What is to be mended before an upgrade. code: for programs."""

    code: str
    sentence: str
    mend: str


class Outlook:
    """How the installation stands before an upgrade. backups: the folder that its backup would go to."""

    def __init__(self, backups: Path) -> None:
        self.backups = backups
        self._connection = connections["default"]
        self._executor = MigrationExecutor(self._connection)
        self._tables = frozenset(self._connection.introspection.table_names())

    @property
    def is_new(self) -> bool:
        """Whether there is no table yet."""
        return not self._tables

    @property
    def has_data(self) -> bool:
        """Whether there is an office in it."""
        table = Agency._meta.db_table
        if table not in self._tables:
            return False
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
            return cursor.fetchone() is not None

    @cached_property
    def version(self) -> str:
        """The version that the data is of; "" where none was noted yet."""
        found = Milestone.objects.last_version() if self._has_milestones else None
        return found.version if found else ""

    @cached_property
    def last_backup(self) -> datetime | None:
        """When the last backup was made."""
        found = Milestone.objects.last_backup() if self._has_milestones else None
        return found.at if found else None

    @property
    def _has_milestones(self) -> bool:
        return Milestone._meta.db_table in self._tables

    @cached_property
    def is_newer(self) -> bool:
        """Whether a newer program made the data: it says so, or our own apps had migrations that are not known here."""
        ours = {config.label for config in apps.get_app_configs() if config.name.startswith("prongsai.")}
        known = set(self._executor.loader.disk_migrations)
        applied = self._executor.loader.applied_migrations
        unknown = any(app in ours and (app, name) not in known for app, name in applied)
        return unknown or numbers(self.version) > numbers(__version__)

    @cached_property
    def plan(self) -> list[Migration]:
        """The migrations that are to come, in their order."""
        targets = self._executor.loader.graph.leaf_nodes()
        return [migration for migration, _ in self._executor.migration_plan(targets)]

    @property
    def changes(self) -> list[Change]:
        """What they do, in words; nothing where there are no tables yet."""
        if self.is_new:
            return []
        return [
            Change(f"{each.app_label}.{each.name}", tuple(dict.fromkeys(self._words(each.app_label, each.operations))))
            for each in self.plan
        ]

    def apps_as_they_stand(self) -> StateApps:
        """Give the models as the tables are now."""
        loader = self._executor.loader
        return loader.project_state([one for one in loader.applied_migrations if one in loader.graph.nodes]).apps

    # --- room ---------------------------------------------------------------------------------------------------------
    @cached_property
    def room_needed(self) -> int:
        """At most how many bytes a backup takes: the database and all files, as if none could be packed."""
        folders = (Path(settings.EVIDENCE_FOLDER), Path(settings.SEALED_FOLDER))
        files = sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file())
        return files + self._database_size()

    def _database_size(self) -> int:
        if self._connection.vendor == "postgresql":
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT pg_database_size(current_database())")
                return int(cursor.fetchone()[0])
        name = str(self._connection.settings_dict["NAME"])
        found = [path for path in (Path(name), Path(f"{name}-wal")) if path.is_file()]
        return sum(path.stat().st_size for path in found)

    @property
    def room_free(self) -> int:
        """How many bytes are free where the backup goes."""
        return shutil.disk_usage(next(path for path in (self.backups, *self.backups.parents) if path.exists())).free

    # --- in the way ---------------------------------------------------------------------------------------------------
    @property
    def has_key(self) -> bool:
        """Whether a backup could be made. Raises KeyUnusable for a damaged key."""
        return keys.kept_public(Path(settings.DATA_FOLDER)) is not None

    def hindrances(self) -> list[Hindrance]:
        """What is to be mended first; nothing where all is ready. Raises KeyUnusable."""
        return [*self._of_version(), *(self._of_backup() if self.has_data else ())]

    def _of_version(self) -> Iterator[Hindrance]:
        if self.is_newer:
            newer = DataIsNewer(self.version)
            yield Hindrance("newer-data", newer.message_th or "", newer.mend_th or "")

    def _of_backup(self) -> Iterator[Hindrance]:
        if not self.has_key:
            mend = "ให้ผู้ดูแลระบบเปิดหน้า /first-run/ เพื่อสร้างกุญแจ หรือใช้ --key age1… หรือ --without-backup"
            yield Hindrance("no-key", "ยังไม่มีกุญแจสำรองข้อมูล จึงสำรองก่อนปรับรุ่นไม่ได้", mend)
        if self.room_free < self.room_needed:
            sentence = f"ที่ว่างสำหรับไฟล์สำรองมี {_mb(self.room_free)} อาจต้องใช้ถึง {_mb(self.room_needed)}"
            yield Hindrance("no-room", sentence, "เพิ่มที่ว่างของดิสก์ หรือเลือกที่เก็บอื่นด้วย --to")

    # --- told ---------------------------------------------------------------------------------------------------------
    @property
    def database(self) -> str:
        """Which database, and its version."""
        if self._connection.vendor == "postgresql":
            major, minor = self._connection.get_database_version()
            return f"PostgreSQL {major}.{minor}"
        return f"SQLite {'.'.join(map(str, self._connection.get_database_version()))}"

    @property
    def python(self) -> str:
        """The version of Python."""
        return platform.python_version()

    def _words(self, app: str, operations: Sequence[Any]) -> Iterator[str]:
        new = {one.name.lower() for one in operations if isinstance(one, models.CreateModel)}
        for one in operations:
            if isinstance(one, special.SeparateDatabaseAndState):
                yield from self._words(app, one.database_operations)
            elif str(getattr(one, "model_name", "")).lower() not in new:  # what a new table consists of is not told
                yield self._word(app, one)

    def _word(self, app: str, one: base.Operation) -> str:
        if isinstance(one, special.RunPython | special.RunSQL):
            return "ปรับข้อมูลเดิม"
        if isinstance(one, models.CreateModel):
            return f"ตารางใหม่ “{_told(app, one.name)}”"
        if isinstance(one, models.DeleteModel):
            return f"ลบตาราง “{one.name}” ({self._rows(app, one.name)})"
        if isinstance(one, fields.FieldOperation):
            field = f"{_VERBS.get(type(one), 'เปลี่ยน')}ช่อง “{_field_told(one)}”"
            return f"{field} ของตาราง “{_told(app, one.model_name)}” ({self._rows(app, one.model_name)})"
        name = getattr(one, "model_name", "") or getattr(one, "name", "")
        return f"ปรับดัชนีหรือเงื่อนไขของตาราง “{_told(app, name)}”"

    def _rows(self, app: str, model: str) -> str:
        """Count the rows that stand in a table now."""
        table = _table(app, model)
        if table not in self._tables:
            return "ยังไม่มีแถว"
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {self._connection.ops.quote_name(table)}")
            return f"{cursor.fetchone()[0]:,} แถว"


_VERBS: dict[type, str] = {fields.AddField: "เพิ่ม", fields.RemoveField: "ลบ", fields.RenameField: "เปลี่ยนชื่อ"}


def numbers(version: str) -> tuple[int, ...]:
    """Give a version as numbers to compare."""
    return tuple(int(one) for one in _NUMBERS.findall(version)[:3])


def _told(app: str, model: str) -> str:
    try:
        return str(apps.get_model(app, model)._meta.verbose_name)
    except LookupError:
        return model


def _field_told(one: fields.FieldOperation) -> str:
    found = getattr(one, "field", None)
    name = getattr(one, "name", "") or getattr(one, "old_name", "")
    return str(getattr(found, "verbose_name", None) or name)


def _table(app: str, model: str) -> str:
    try:
        return apps.get_model(app, model)._meta.db_table
    except LookupError:
        return f"{app}_{model.lower()}"


def _mb(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"
