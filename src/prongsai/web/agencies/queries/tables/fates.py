"""What would become of the rows of a table."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models


class Fate(StrEnum):
    """What saving would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Change:
    """A field, its value before and after, ready to print; before is empty for what is new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be saved. column: head of the cell. nearest: names that may be meant."""

    column: str
    text: str
    mend: str
    nearest: tuple[str, ...] = ()


@dataclass(slots=True)
class Step:
    """One record to make, or to change when values are given. number: the row that asks for it.

    A record to make may point at records that are made by earlier steps.
    """

    number: int
    record: models.Model
    action: str
    values: dict[str, Any] | None = None


@dataclass(slots=True)
class RowPlan:
    """A row and what would become of it. number: 1-based, head not counted. notes: what to look at, no hindrance."""

    number: int
    cells: tuple[str, ...]
    title: str = ""
    is_new: bool = False
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def fate(self) -> Fate:
        """What saving would do with it."""
        if self.faults:
            return Fate.FAULTY
        if self.is_new:
            return Fate.NEW
        return Fate.CHANGED if self.changes else Fate.SAME


@dataclass(frozen=True, slots=True)
class Plan:
    """The fates of all rows, and the steps that saving takes, in order. unused: heads that mean nothing here."""

    head: tuple[str, ...]
    rows: tuple[RowPlan, ...]
    steps: tuple[Step, ...]
    unused: tuple[str, ...]

    def count(self, fate: Fate) -> int:
        """Count the rows of a fate."""
        return sum(row.fate is fate for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each fate, by its name."""
        return {fate.value: self.count(fate) for fate in Fate}

    @property
    def is_clean(self) -> bool:
        """Whether every row could be saved."""
        return not self.count(Fate.FAULTY)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to save."""
        return self.count(Fate.SAME) == len(self.rows)

    @property
    def digest(self) -> str:
        """A hash of all fates: what was looked at is what is saved."""
        told = [
            [row.fate, row.title, [[c.label, c.before, c.after] for c in row.changes], [f.text for f in row.faults]]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
