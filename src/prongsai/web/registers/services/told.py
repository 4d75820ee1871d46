"""What the journal is told of an entry: fields by the office's names for them, values as they are printed.

A register whose entries may come where fewer read them (a state or a part with readers of its own) tells the journal,
which forgets nothing, neither what outsiders wrote nor any long text nor what an entry, or one that it points at, is
called: what is moved there later would stand in the journal for all who read that. No hash of it either, since short
words are soon guessed. Of an entry in such a part it is told only which fields were filled in.
"""

from collections.abc import Iterable, Mapping

from prongsai.registers.model import Field, FieldType, Openness, Register, Values
from prongsai.registers.values import show
from prongsai.registers.views import met
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.queries.parts import closed_of
from prongsai.web.registers.queries.showing import shown

COVERED = "(ปกปิด)"
STATE, NUMBER, NOTE = "สถานะ", "เลขที่", "เหตุผล"
_ROWS_MAX = 20
Told = dict[str, tuple[object, object]]


def changes(
    kept: Kept, before: Values, after: Values, fields: Iterable[Field] | None = None, plan: Values | None = None
) -> Told:
    """Give what differs between two versions, label → (before, after); what is secret only as that it changed.

    plan: of a report's fields, the values of the entry that is reported on.
    """
    register = kept.register
    told: Told = {}
    shut = closed_of(register.id)
    is_shut = any(met(shut, values) for values in (before, after, plan or {}))
    for field in register.fields if fields is None else fields:
        old, new = before.get(field.key), after.get(field.key)
        if old != new:
            both = _told(register, field, old), _told(register, field, new)
            told[_unused(kept.label_th(field), field, told)] = _covered(both) if is_shut else both
    return told


def _told(register: Register, field: Field, value: object) -> str | list[str] | None:
    if value is None:
        return None
    if field.openness is Openness.SECRET or register.is_parted or (may_move_away(register) and _tells(field)):
        return COVERED
    if not field.columns or not isinstance(value, tuple):
        return shown(register, field, value, digits="arabic")
    rows = [_row(field, row) for row in value[:_ROWS_MAX] if isinstance(row, Mapping)]
    return rows if len(value) <= _ROWS_MAX else [*rows, f"… {len(value)}"]


def _covered(both: tuple[object, object]) -> tuple[object, object]:
    old, new = both
    return None if old is None else COVERED, None if new is None else COVERED


def _tells(field: Field) -> bool:
    return field.outside or field.type in (FieldType.LONG_TEXT, FieldType.ENTRY)


def may_move_away(register: Register) -> bool:
    """Whether an entry may come into a state in which fewer may read it, or is read by fewer from the beginning."""
    is_parted = register.is_parted or bool(closed_of(register.id))
    return is_parted or any(state.readers for state in register.states)


def why(register: Register, note: str) -> str:
    """Give the reason of a move as the journal is told it."""
    return COVERED if note and may_move_away(register) else note


def name(register: Register, entry: Entry) -> Entry:
    """Let the journal call an entry by its register and number where its title says too much."""
    if may_move_away(register):
        entry.journal_name = f"{register.name_th} {entry.number}/{entry.fiscal_year_be}"
    return entry


def _row(field: Field, row: Values) -> str:
    cells = (
        COVERED if one.openness is Openness.SECRET else show(one, row.get(one.key), digits="arabic")
        for one in field.columns
    )
    return " | ".join(cells)


def _unused(label: str, field: Field, told: Told) -> str:
    """Keep two fields of one name apart."""
    return f"{label} ({field.key})" if label in told or label in (STATE, NUMBER, NOTE) else label


def state_label(register: Register, key: str) -> str:
    """Name a state."""
    state = register.state_of(key)
    return state.label_th if state else key
