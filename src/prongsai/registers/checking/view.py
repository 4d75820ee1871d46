"""A register file's data as the rules look at it.

Everything is asked for by its kind, and what is of another kind is not there: the shape check has named it already, so
that one fault neither hides another nor causes one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from prongsai.errors import Problem
from prongsai.frameworks.document import Document, Place
from prongsai.registers.faults import fault
from prongsai.registers.flows import DEFAULT_STATES, usual_moves
from prongsai.registers.model import FieldType, Flow, Formula, Move, State

Table = Mapping[str, Any]

# What a field comes to, whatever its type: what rules and figures ask of it.
_KINDS: Mapping[FieldType, str] = {
    FieldType.NUMBER: "number",
    FieldType.MONEY: "number",
    FieldType.DATE: "day",
    FieldType.MONTH: "day",
    FieldType.PERIOD: "day",
    FieldType.TIME: "time",
    FieldType.CHOICE: "choice",
    FieldType.CHOICES: "choices",
    FieldType.YES_NO: "yes_no",
    FieldType.PERSON: "reference",
    FieldType.POST: "reference",
    FieldType.UNIT: "reference",
    FieldType.ENTRY: "reference",
    FieldType.FILE: "file",
    FieldType.ROWS: "rows",
}
_DERIVED: Mapping[Formula, str] = {Formula.MATRIX_LEVEL: "level", Formula.LOOKUP: "any"}


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as far as it can be made out. type: None when the file's word is no type."""

    key: str
    place: Place
    data: Table
    type: FieldType | None
    formula: Formula | None = None
    choices: tuple[str, ...] = ()
    columns: Mapping[str, "FieldView"] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the field comes to: ``number``, ``day``, ``text``, …; ``any`` when it cannot be told from the file."""
        if self.type is None:
            return "any"
        if self.type is FieldType.DERIVED:
            return _DERIVED.get(self.formula, "number") if self.formula else "any"
        return _KINDS.get(self.type, "text")


@dataclass(frozen=True, slots=True)
class View:
    """A file with its fields, states and moves by their keys, the usual ones of its flow when it names none."""

    document: Document
    data: Table
    fields: Mapping[str, FieldView]
    progress: Mapping[str, FieldView]
    states: Mapping[str, State]
    moves: Mapping[str, Move]

    @property
    def id(self) -> str:
        """Its id, "" when it has none."""
        return text(self.data.get("id"))

    @property
    def since(self) -> int:
        """The first year that is kept by it."""
        found = self.data.get("since")
        return found if isinstance(found, int) and not isinstance(found, bool) else 0

    def problem(self, code: str, *place: str | int, **words: object) -> Problem:
        """Make the Problem of a code at a place."""
        return fault(code, self.document.where(*place), **words)


def look(document: Document) -> View | None:
    """Look at a file; None when it is no table at all."""
    data = document.data
    if not isinstance(data, Mapping):
        return None
    states = _states(data)
    progress = table(table(data.get("progress")).get("fields"))
    return View(
        document=document,
        data=data,
        fields=_fields(table(data.get("fields")), ("fields",)),
        progress=_fields(progress, ("progress", "fields")),
        states=states,
        moves=_moves(data, tuple(states)),
    )


def table(value: object) -> Table:
    """Give a table, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def tables(value: object) -> Iterator[tuple[int, Table]]:
    """Walk the tables of a list with their numbers."""
    for number, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, Mapping):
            yield number, each


def entries(value: object) -> Iterator[tuple[str, Table]]:
    """Walk the tables of a table with their keys."""
    return ((key, each) for key, each in table(value).items() if isinstance(each, Mapping))


def text(value: object) -> str:
    """Give a text, "" for anything else."""
    return value if isinstance(value, str) else ""


def texts(value: object) -> Iterator[tuple[int, str]]:
    """Walk the texts of a list with their numbers."""
    for number, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, str):
            yield number, each


def number(value: object) -> Decimal | None:
    """Give a number, None for anything else."""
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _fields(data: Table, place: Place) -> dict[str, FieldView]:
    return {key: _field(key, table(each), (*place, key)) for key, each in data.items()}


def _field(key: str, data: Table, place: Place) -> FieldView:
    type_ = _member(FieldType, data.get("type"))
    return FieldView(
        key=key,
        place=place,
        data=data,
        type=type_,
        formula=_member(Formula, data.get("formula")),
        choices=tuple(table(data.get("choices"))),
        columns=_fields(table(data.get("columns")), (*place, "columns")) if type_ is FieldType.ROWS else {},
    )


def _member(kind: Any, value: object) -> Any:
    return kind(value) if isinstance(value, str) and value in list(kind) else None


def _flow(data: Table) -> Flow:
    found: Flow | None = _member(Flow, data.get("flow"))
    return found or Flow.RECORD


def _states(data: Table) -> dict[str, State]:
    if "states" not in data:
        return {each.key: each for each in DEFAULT_STATES[_flow(data)]}
    return {
        key: State(key, text(each.get("label_th")), is_final=each.get("final") is True)
        for key, each in entries(data["states"])
    }


def _moves(data: Table, states: tuple[str, ...]) -> dict[str, Move]:
    if "moves" not in data:
        return {each.key: each for each in usual_moves(_flow(data), states)}
    return {
        key: Move(
            key,
            text(each.get("label_th")),
            tuple(source for _, source in texts(each.get("from"))),
            text(each.get("to")),
            by=text(each.get("by")) or "keeper",
        )
        for key, each in entries(data["moves"])
    }
