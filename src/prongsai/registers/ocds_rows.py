"""Rows of procurement that everybody may read, and which of them are one contracting process."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from prongsai.registers.model import Ref, Values

PLAN, NOTICES, PURCHASES, CONTRACTS, CAPITAL = (
    "procurement-plan",
    "procurement-notices",
    "purchases",
    "contracts",
    "capital-list",
)
REGISTERS = (PLAN, PURCHASES, NOTICES, CONTRACTS, CAPITAL)  # the first of them that a process has names it
BANGKOK = "T00:00:00+07:00"
Part = dict[str, Any]

_LETTER = {PLAN: "p", PURCHASES: "b", NOTICES: "n", CONTRACTS: "c", CAPITAL: "i"}
_PROJECT_NUMBER = frozenset({PURCHASES, NOTICES, CAPITAL})  # contracts and plans carry other numbers of that system
_TIES = frozenset({"plan", "replaced_by", "purchase", "capital"})
_DIGITS_MIN = 6


@dataclass(frozen=True, slots=True)
class Office:
    """Whose procurement it is. prefix: before the number of each process; uri: where the package is given."""

    code: str
    name: str
    prefix: str
    uri: str
    website: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What was reported of a contract by the end of a period."""

    ends_on: date
    values: Values


@dataclass(frozen=True, slots=True)
class Row:
    """A row that everybody may read.

    id: for links between rows. labels: of choices, by field. told_at: when it became known. before: the id of the same
    row in the year before, where it was carried over.
    """

    id: int
    register: str
    year: int
    number: int
    state: str
    values: Values
    told_at: datetime
    labels: Mapping[str, str] = field(default_factory=dict)
    done: Sequence[Done] = ()
    before: int | None = None

    @property
    def key(self) -> str:
        """A short name of the row, the same as long as it is there."""
        return f"{_LETTER[self.register]}{self.year}-{self.number}"


# --- which rows are one process -------------------------------------------------------------------------------------
def processes(rows: Iterable[Row]) -> list[list[Row]]:
    """Group rows, each group by the order of REGISTERS, year and number; groups by the row that names them."""
    known = {row.id: row for row in rows}
    parent = {id_: id_ for id_ in known}

    def root(id_: int) -> int:
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    by_project: dict[str, int] = {}
    for row in known.values():
        tied = [value.id for key, value in row.values.items() if isinstance(value, Ref) and key in _TIES]
        number = _project(row)
        for other in (*tied, row.before, by_project.setdefault(number, row.id) if number else None):
            if other in parent:
                parent[root(row.id)] = root(other)
    groups: dict[int, list[Row]] = {}
    for row in known.values():
        groups.setdefault(root(row.id), []).append(row)
    ordered = [sorted(group, key=_place) for group in groups.values()]
    return sorted(ordered, key=lambda group: (group[0].year, _place(group[0])))


def _project(row: Row) -> str:
    number = "".join(letter for letter in str(row.values.get("egp_no") or "") if letter.isdecimal())
    return number if row.register in _PROJECT_NUMBER and len(number) >= _DIGITS_MIN else ""


def _place(row: Row) -> tuple[int, int, int]:
    return REGISTERS.index(row.register), row.year, row.number


# --- values ---------------------------------------------------------------------------------------------------------
def first(*wanted: tuple[Row | None, str]) -> Decimal | None:
    """Give the first amount that is there, of rows and their fields in order."""
    found = (row.values.get(key) for row, key in wanted if row is not None)
    return next((value for value in found if isinstance(value, Decimal)), None)


def value_of(amount: Decimal | None) -> Part:
    """Give an amount as the standard writes it; nothing for none."""
    if amount is None:
        return {}
    return {"amount": int(amount) if amount == amount.to_integral_value() else float(amount), "currency": "THB"}


def text_in(row: Row | None, key: str) -> str:
    """Give what a row says in a field, or what it points at."""
    value = row.values.get(key) if row is not None else None
    return value if isinstance(value, str) else value.text if isinstance(value, Ref) else ""


def day_in(row: Row | None, key: str) -> str:
    """Give a day of a row as the standard writes it, the beginning of it in Thailand; "" for none."""
    value = row.values.get(key) if row is not None and key else None
    return f"{value.isoformat()}{BANGKOK}" if isinstance(value, date) else ""


def moment_of(moment: datetime) -> str:
    """Give a moment as the standard writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def filled(part: Part) -> Part:
    """Leave out what is not known: the standard takes an empty value for one that was taken back."""
    return {key: value for key, value in part.items() if value not in ("", None, {}, [], 0)}
