"""What stands inside the boxes of a report. Plain values to and from JSON; nothing here is ever logged or printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    """How much a reporter tells of themselves."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"  # told, but shown to a handler only on purpose, with a reason
    ANONYMOUS = "anonymous"


class Kind(StrEnum):
    """What a message is. The first two stand in the dialogue, the others only handlers read."""

    REPORTER = "reporter"
    REPLY = "reply"
    NOTE = "note"
    STEP = "step"  # a move from state to state, a sign-off, an extension
    IDENTITY = "identity"
    READERS = "readers"  # somebody was taken off, or declared a conflict
    WATCH = "watch"  # looking after whoever reported: retaliation


@dataclass(frozen=True, slots=True)
class Accused:
    """Whom a report is about. name, position, unit: as typed; the pks where one of the office was chosen."""

    name: str = ""
    position: str = ""
    unit: str = ""
    person_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class FileKey:
    """A sealed file: how it was called, how large it is in plain bytes, where it lies and what opens it.

    state: ``cleaned`` (place and camera were taken out), ``clean`` (there was nothing), ``kept`` (as it came: it may
    name who made it).
    """

    title: str
    size: int
    name: str
    identity: str = field(repr=False)
    state: str = "kept"


@dataclass(frozen=True, slots=True)
class Told:
    """What was reported. when: in the reporter's words. day: of receipt, ISO. moved: the number of the general case."""

    mode: Mode
    category: str
    what: str
    where: str = ""
    when: str = ""
    how: str = ""
    evidence: str = ""
    witnesses: str = ""
    elsewhere: str = ""
    wants_result: bool = True
    accused: tuple[Accused, ...] = ()
    files: tuple[FileKey, ...] = ()
    day: str = ""
    language: str = "th"
    moved: str = ""
    round_id: int | None = None  # of an appeal


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports, as they said."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A message. by: who, as shown ("" for the reporter); holder_id: the handler's; at: ISO, of reporters only the day.

    data: what belongs to its kind, named where it is written.
    """

    kind: Kind
    text: str = ""
    by: str = ""
    holder_id: int | None = None
    at: str = ""
    files: tuple[FileKey, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseKeys:
    """What a handler's wrap holds: both private keys of a report, and its mark in the journal.

    receipt: the public half that the receipt gives, for which the dialogue key is closed again when a report is closed
    anew; "" where nobody has a receipt. barred: pks of the users who were once kept from the case. They stay so,
    whatever post they hold later and whatever somebody changes in the database: only who holds these keys could tell.
    """

    dialogue: str = field(repr=False)
    case: str = field(repr=False)
    mark: str
    receipt: str = ""
    barred: tuple[int, ...] = ()


def plain(value: Told | Identity | Said | CaseKeys) -> dict[str, Any]:
    """Give what JSON can hold."""
    return asdict(value)


def told_from(value: Mapping[str, Any]) -> Told:
    """Read what was reported."""
    accused = tuple(Accused(**one) for one in value["accused"])
    return Told(**{**value, "mode": Mode(value["mode"]), "accused": accused, "files": _files(value["files"])})


def identity_from(value: Mapping[str, Any]) -> Identity:
    """Read who reports."""
    return Identity(**value)


def said_from(value: Mapping[str, Any]) -> Said:
    """Read a message."""
    return Said(**{**value, "kind": Kind(value["kind"]), "files": _files(value["files"])})


def keys_from(value: Mapping[str, Any]) -> CaseKeys:
    """Read what a handler's wrap holds."""
    return CaseKeys(**{**value, "barred": tuple(value.get("barred", ()))})


def _files(value: Any) -> tuple[FileKey, ...]:
    return tuple(FileKey(**one) for one in value)
