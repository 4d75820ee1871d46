"""What can go wrong, in two kinds.

The caller's mistake is an exception::

    ProngsaiError
    ├── FileUnusable          the file cannot be read at all (missing, empty, unknown encoding)
    │   └── LimitExceeded     it is larger than a named limit allows
    ├── FrameworkError
    │   ├── UnknownFramework  no such year or id; the nearest are named
    │   └── FrameworkInvalid  the file has faults; they are carried as Problems
    ├── ScoresUnusable        a score file without a single usable score
    ├── RecordsInvalid        records with faults; they are carried as Problems
    ├── RegisterError
    │   ├── UnknownRegister   no register of that id; the nearest are named
    │   └── RegisterInvalid   the file has faults; they are carried as Problems
    └── UnknownPaper          no kind of paper of that name; the nearest are named

The document's mistake is a :class:`Problem`: a value, collected, never raised, never stopping at the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How much a Problem weighs: an error must be mended before the paper goes on."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. Every number is 1-based; None means the place has no such coordinate."""

    file: str | None = None
    line: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        named = [
            ("บรรทัด", self.line),
            ("หน้า", self.page),
            ("ตาราง", self.table),
            ("แถว", self.row),
            ("ช่อง", self.column),
        ]
        parts = [f"{name} {number}" for name, number in named if number is not None]
        return " ".join(([self.file] if self.file else []) + parts)

    def to_json(self) -> dict[str, str | int | None]:
        """Give the six coordinates by name, absent ones as None."""
        return {
            "file": self.file,
            "line": self.line,
            "page": self.page,
            "table": self.table,
            "row": self.row,
            "column": self.column,
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault found in a document or record.

    code: stable, UPPER_SNAKE. message and message_th: one sentence each. evidence: the words as printed.
    arithmetic: the sum that shows it, or None. mend and mend_th: what to do about it.
    """

    code: str
    severity: Severity
    message: str
    message_th: str
    where: Where = Where()
    evidence: tuple[str, ...] = ()
    arithmetic: str | None = None
    mend: str | None = None
    mend_th: str | None = None

    def at(self, where: Where) -> Self:
        """Give the same Problem at another place."""
        return replace(self, where=where)

    def to_json(self) -> dict[str, object]:
        """Give the form that every ``--json`` output prints."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "where": self.where.to_json(),
            "evidence": list(self.evidence),
            "message": self.message,
            "message_th": self.message_th,
            "arithmetic": self.arithmetic,
            "mend": self.mend,
            "mend_th": self.mend_th,
        }


class ProngsaiError(Exception):
    """Something the caller can mend. ``message_th`` says it to a clerk, ``mend_th`` says how to go on."""

    def __init__(self, message: str, *, message_th: str, mend_th: str = "") -> None:
        super().__init__(message)
        self.message_th = message_th
        self.mend_th = mend_th

    @property
    def one_line(self) -> str:
        """The sentence a command prints before it ends with status 2."""
        return f"{self.message_th} — {self.mend_th}" if self.mend_th else self.message_th


class FileUnusable(ProngsaiError):
    """A file that cannot be read at all."""


class LimitExceeded(FileUnusable):
    """A file larger than a named limit."""


class FrameworkError(ProngsaiError):
    """Anything about a framework file."""


class UnknownFramework(FrameworkError):
    """No framework of that id."""


class FrameworkInvalid(FrameworkError):
    """A framework file with faults."""

    def __init__(self, message: str, *, message_th: str, problems: Sequence[Problem]) -> None:
        super().__init__(message, message_th=message_th)
        self.problems = tuple(problems)


class ScoresUnusable(ProngsaiError):
    """A score file without a single usable score."""


class RecordsInvalid(ProngsaiError):
    """Records with faults."""

    def __init__(self, message: str, *, message_th: str, problems: Sequence[Problem]) -> None:
        super().__init__(message, message_th=message_th)
        self.problems = tuple(problems)


class UnknownPaper(ProngsaiError):
    """No kind of paper of that name."""


class RegisterError(ProngsaiError):
    """Anything about a register file."""


class UnknownRegister(RegisterError):
    """No register of that id."""


class RegisterInvalid(RegisterError):
    """A register file with faults."""

    def __init__(self, message: str, *, message_th: str, problems: Sequence[Problem]) -> None:
        super().__init__(message, message_th=message_th)
        self.problems = tuple(problems)
