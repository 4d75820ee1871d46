"""A register's entries as a table of texts: for the office, or as everybody may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from prongsai.privacy.masks import mask_ids, mask_text
from prongsai.privacy.patterns import HIDDEN
from prongsai.registers.derive import derive
from prongsai.registers.known import STATE
from prongsai.registers.model import Choice, Field, FieldType, Formula, Openness, Register, State, Values
from prongsai.registers.show_values import show
from prongsai.thai.date_print import Digits

STATE_LABEL = "สถานะ"

OFFICE, PUBLIC = "office", "public"

_NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})
_OPEN = frozenset({Openness.PUBLIC, Openness.MASKED})


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts. columns: keys of the fields, or ``state``; numeric: whether each column holds numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...] = ()
    numeric: tuple[bool, ...] = ()


def table(
    register: Register,
    rows: Iterable[tuple[Values, State | str]],
    *,
    columns: Sequence[str] = (),
    audience: str = OFFICE,
    labels: Mapping[str, str] | None = None,
    digits: Digits = "arabic",
) -> Table:
    """Print entries as a table. columns: keys in order; none: those of the file for the audience. labels: the office's.

    For the public only fields that are public or masked, entries in public states, and no number of a person in running
    text; columns that it may not see are left out even when they are named. Secret values are covered for everybody.
    """
    if audience not in {OFFICE, PUBLIC}:
        raise ValueError(f"no audience {audience!r}")
    keys = columns_of(register, columns, audience)
    fields = {key: _printed(register, field, audience) for key in keys if (field := register.field_of(key))}
    named = labels or {}
    heads = tuple(named.get(key) or (fields[key].label_th if key in fields else STATE_LABEL) for key in keys)
    shown = tuple(
        tuple(_cell(fields[key], values, audience, digits) if key in fields else state.label_th for key in keys)
        for values, state in _completed(register, rows, fields, audience)
    )
    return Table(heads, shown, keys, tuple(_is_numeric(fields.get(key)) for key in keys))


def open_values(register: Register, values: Values) -> dict[str, object]:
    """Give an entry's values as everybody may read them, still typed.

    What is not open is left out, numbers of people are covered in texts. Whether the entry may be shown at all is the
    caller's to know.
    """
    shown = {field.key: _open_value(field, values[field.key]) for field in register.fields
             if field.openness in _OPEN and field.key in values}  # fmt: skip
    return shown | ({STATE: values[STATE]} if STATE in values else {})


def _open_value(field: Field, value: object) -> object:
    if field.openness is Openness.MASKED:
        return show(field, value, masked=True)
    if field.type is FieldType.ROWS and isinstance(value, tuple | list):
        columns = {column.key: column for column in field.columns}
        return tuple(
            {key: _open_value(columns[key], one) for key, one in row.items()
             if key in columns and columns[key].openness in _OPEN}
            for row in value
        )  # fmt: skip
    if not isinstance(value, str) or field.type not in _RUNNING:
        return value
    return mask_ids(value) if field.type is FieldType.TEXT else mask_text(value)


def is_public(register: Register, state: State) -> bool:
    """Whether an entry in a state may be shown to everybody."""
    named = register.public.states if register.public else ()
    return state.is_public and (not named or state.key in named)


def columns_of(register: Register, columns: Sequence[str], audience: str) -> tuple[str, ...]:
    """Give the columns that an audience may see: those named, or the file's own for it."""
    everything = tuple(field.key for field in register.fields)
    if audience == PUBLIC:
        declared = register.public.columns if register.public else ()
        wanted = tuple(columns) or declared or everything
    else:
        wanted = tuple(columns) or (*everything, STATE)
    return tuple(key for key in dict.fromkeys(wanted) if may_stand(register, key, audience))


def may_stand(register: Register, key: str, audience: str) -> bool:
    """Whether a column may stand in a table for an audience."""
    field = register.field_of(key)
    if field is None:
        return key == STATE
    return audience == OFFICE or field.openness in _OPEN


def _completed(
    register: Register, rows: Iterable[tuple[Values, State | str]], fields: Mapping[str, Field], audience: str
) -> Iterable[tuple[Values, State]]:
    """Give the entries that the audience may see, with the derived fields that stand in the table."""
    is_derived = any(field.type is FieldType.DERIVED for field in fields.values())
    for values, given in rows:
        state = given if isinstance(given, State) else _state(register, given)
        if audience == OFFICE or is_public(register, state):
            yield ({**derive(register, values), **values} if is_derived else values), state


def _state(register: Register, key: str) -> State:
    """Give the state of a key; one that this edition does not know is nobody's but the office's."""
    return register.state_of(key) or State(key, key, is_public=False)


def _cell(field: Field, values: Values, audience: str, digits: Digits) -> str:
    value = values.get(field.key)
    if field.openness is Openness.SECRET:
        return HIDDEN if value not in (None, "", ()) else ""
    if audience == OFFICE:
        return show(field, value, digits=digits)
    return _public(field, value, digits)


def _public(field: Field, value: object, digits: Digits) -> str:
    if field.type is FieldType.ROWS:
        return mask_text(show(field, value, digits=digits, masked=True))
    is_masked = field.openness is Openness.MASKED
    shown = show(field, value, digits=digits, masked=is_masked)
    if is_masked or field.type not in _RUNNING:
        return shown
    return mask_ids(shown) if field.type is FieldType.TEXT else mask_text(shown)


_RUNNING = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def _printed(register: Register, field: Field, audience: str) -> Field:
    """Give a field as it is printed: levels of the matrix by their labels, of rows only what the audience may see."""
    if field.derivation and field.derivation.formula is Formula.MATRIX_LEVEL:
        return replace(field, choices=tuple(Choice(level.key, level.label_th) for level in register.matrix))
    if field.type is FieldType.ROWS and audience == PUBLIC:
        masked = field.openness is Openness.MASKED
        columns = tuple(column for column in field.columns if column.openness in _OPEN)
        return replace(field, columns=tuple(_as_masked(one) if masked else one for one in columns))
    return field


def _as_masked(column: Field) -> Field:
    return replace(column, openness=Openness.MASKED)


def _is_numeric(field: Field | None) -> bool:
    if field is None:
        return False
    if field.type is FieldType.DERIVED:
        return field.derivation is not None and field.derivation.formula not in {Formula.MATRIX_LEVEL, Formula.LOOKUP}
    return field.type in _NUMBERS
