"""Writing down what is done: every service makes and changes records through here, inside its own transaction.

The journal is a chain: each entry holds the hash of the one before. Writers of one agency take turns at it, and every
writer takes its turn before anything else is locked, so that two of them can wait for each other but never in a ring.
What is done in no agency, by who runs the installation, has a chain of its own.
What is kept of a value is text, whole numbers, yes and no, and nothing else: so the hash is the same on every database.

A line can never be changed. What must be able to go for somebody's privacy is told by its hash: a model names those
fields in ``JOURNAL_HASHED``.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone

from prongsai.errors import ProngsaiError
from prongsai.web.agencies import belonging
from prongsai.web.agencies.models import Agency, AuditEntry, User

M = TypeVar("M", bound=models.Model)
Changes = Mapping[str, tuple[object, object]]
FIRST_HASH = "0" * 64
TEXT_MAX = 300
BATCH = 500
_INSTALLATION_TURN = 5_270_116  # a number that no other program of the database takes its turns by
SECRET = frozenset({"password", "token_sha256"})
_UNTOLD = SECRET | {"id", "version", "last_login"}
_HASHED = ("agency_id", "number", "at", "user_id", "actor", "action", "subject_type", "subject_id", "subject_text")


class Writer(Protocol):
    """Who writes: a ``Scope``, or who runs the installation, in no agency."""

    @property
    def agency(self) -> Agency | None:
        """In whose journal."""

    @property
    def user(self) -> User | None:
        """By which account; None for the software itself."""

    @property
    def actor(self) -> str:
        """Under which name."""


class Stale(ProngsaiError):
    """Somebody else changed the record in the meantime. ``current``: the record as it is now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(
            f"{current._meta.label} {current.pk} was changed by somebody else",
            message_th="มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว สิ่งที่ท่านกรอกยังไม่ได้บันทึก",
            mend_th="ดูค่าปัจจุบันด้านล่าง แล้วบันทึกใหม่อีกครั้ง",
        )
        self.current = current


@transaction.atomic
def create(scope: Writer, record: M, action: str = "create") -> M:
    """Save a new record with its line in the journal. Raises ValidationError, also where it names another agency's."""
    take_turn(scope.agency)
    record.full_clean()
    if scope.agency is not None:
        belonging.check(scope.agency, record)
    record.save(force_insert=True)
    note(scope, action, record, created(record))
    return record


@transaction.atomic
def change(scope: Writer, record: M, action: str = "change", *, version: int | None = None, **values: object) -> M:
    """Change fields of a record with its line in the journal; nothing is written when nothing changes.

    version: the version that the user saw, for records that have one. Raises Stale when it is no longer the current
    one, and ValidationError, also where the record or what it shall name is another agency's; then nothing is changed.
    """
    take_turn(scope.agency)
    if scope.agency is not None:
        belonging.check_all(scope.agency, [record])
    current = _locked(record)
    if version is not None and getattr(current, "version") != version:  # noqa: B009
        raise Stale(current)
    before = _values(current)
    for name, value in values.items():
        setattr(current, name, value)
    current.full_clean()
    after = _values(current)
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if changes:
        if scope.agency is not None:
            belonging.check(scope.agency, current, names=changes)
        if hasattr(current, "version"):
            current.version += 1
        current.save()
        note(scope, action, current, changes)
    record.__dict__.update(current.__dict__)
    return record


@transaction.atomic
def delete(scope: Writer, record: models.Model, action: str = "delete") -> None:
    """Delete a record; the journal keeps what it was. Raises ValidationError for another agency's."""
    take_turn(scope.agency)
    if scope.agency is not None:
        belonging.check_all(scope.agency, [record])
    note(scope, action, record, {name: (value, None) for name, value in _values(record).items()})
    record.delete()


@transaction.atomic
def note(scope: Writer, action: str, subject: models.Model | None, changes: Changes | None = None) -> AuditEntry:
    """Write a line. subject: the record it is about, None for the agency as a whole."""
    return note_all(scope, [(action, subject, changes)])[0]


@transaction.atomic
def note_all(scope: Writer, lines: Iterable[tuple[str, models.Model | None, Changes | None]]) -> list[AuditEntry]:
    """Write many lines at once, in their order: (action, subject, changes) each, as ``note`` takes them."""
    take_turn(scope.agency)
    last = AuditEntry.objects.filter(agency=scope.agency).order_by("-number").first()
    number, previous = (last.number, last.hash) if last else (0, FIRST_HASH)
    entries = []
    for place, (action, subject, changes) in enumerate(lines, start=number + 1):
        entries.append(_entry(scope, place, previous, action, _about(scope, subject), changes or {}))
        previous = entries[-1].hash
    return AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


def _about(scope: Writer, subject: models.Model | None) -> models.Model:
    about = subject or scope.agency
    if about is None:
        raise TypeError("what is done in no agency is done to some record")
    if scope.agency is not None:
        belonging.check_near(scope.agency, about)
    return about


def _entry(
    scope: Writer, number: int, previous: str, action: str, subject: models.Model, changes: Changes
) -> AuditEntry:
    entry = AuditEntry(
        agency=scope.agency,
        number=number,
        at=timezone.now(),
        user=scope.user,
        actor=scope.actor[:TEXT_MAX],
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_text=(getattr(subject, "journal_name", "") or str(subject))[:TEXT_MAX],
        changes={name: [_plain(a), _plain(b)] for name, (a, b) in changes.items()},
        previous_hash=previous,
    )
    entry.hash = hash_of(entry)
    return entry


def created(record: models.Model) -> Changes:
    """Give what the journal tells of a record that is new."""
    return {name: (None, value) for name, value in _values(record).items() if value not in (None, "", [])}


def values_of(record: models.Model) -> dict[str, object]:
    """Give the values of a record that the journal tells, by the names of its columns."""
    return _values(record)


def take_turn(agency: Agency | None) -> None:
    """Wait until no other transaction writes in the agency's journal; the turn ends with the transaction.

    Call it first in a service that locks rows of its own before it writes. None: the turn of the installation.
    """
    if agency is None:
        _take_turn_of_installation()
        return
    # Not the whole row: new rows elsewhere point at the agency, and need not wait for a writer.
    Agency.objects.select_for_update(no_key=True).only("pk").get(pk=agency.pk)


def _take_turn_of_installation() -> None:
    """There is no row to lock; SQLite's transactions take turns by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_INSTALLATION_TURN])


def hash_of(entry: AuditEntry) -> str:
    """Hash an entry: SHA-256 over its fields and the hash of the one before."""
    fields = {name: _plain(getattr(entry, name)) for name in _HASHED}
    parts = [entry.previous_hash, fields, entry.changes]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def broken(agency: Agency | None, *, first: int = 1, last: int | None = None) -> Iterator[AuditEntry]:
    """Walk the chain; give every entry whose number, link or hash does not fit.

    first, last: numbers to look between, all of it when not given (about 40,000 entries a second). That the last
    entries were cut off shows only against a printed day's head.
    """
    entries = AuditEntry.objects.filter(agency=agency)
    before = entries.filter(number=first - 1).first()
    previous, number = (before.hash, before.number) if before else (FIRST_HASH, 0)
    entries = entries.filter(number__gte=first) if last is None else entries.filter(number__range=(first, last))
    for entry in entries.order_by("number").iterator():
        if entry.previous_hash != previous or entry.number != number + 1 or hash_of(entry) != entry.hash:
            yield entry
        previous, number = entry.hash, entry.number


def _locked(record: M) -> M:
    manager = type(record)._base_manager  # the usual one of a model may leave some out
    # Not in the order of the model: PostgreSQL locks no row that was joined for it and may be missing.
    found = manager.select_for_update().filter(pk=record.pk).order_by("pk").first()
    if found is None:
        raise ValidationError("รายการนี้ถูกลบไปแล้ว")
    return found


def _values(record: models.Model) -> dict[str, object]:
    fields = record._meta.concrete_fields
    return {field.attname: _told(field, record) for field in fields if field.attname not in _UNTOLD}


def _told(field: models.Field, record: models.Model) -> object:
    value = field.value_from_object(record)
    if isinstance(field, models.BinaryField):
        return hashed(bytes(value or b""))
    if value and field.name in getattr(record, "JOURNAL_HASHED", ()):
        return hashed(json.dumps(_plain(value), ensure_ascii=False, sort_keys=True).encode())
    return value


def hashed(content: bytes) -> str:
    """Give what the journal tells of bytes: their hash, nothing of none."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}" if content else ""


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.replace("\x00", "\ufffd")  # PostgreSQL keeps no NUL in JSON
