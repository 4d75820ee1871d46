"""What the journal is told of an entry: fields by the office's names for them, values as they are printed."""

from collections.abc import Iterable, Mapping

from prongsai.registers.model import Field, Openness, Register, Values
from prongsai.registers.values import show
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.queries.showing import shown

COVERED = "(ปกปิด)"
STATE, NUMBER, NOTE = "สถานะ", "เลขที่", "เหตุผล"
_ROWS_MAX = 20
Told = dict[str, tuple[object, object]]


def changes(kept: Kept, before: Values, after: Values, fields: Iterable[Field] | None = None) -> Told:
    """Give what differs between two versions, label → (before, after); what is secret only as that it changed."""
    register = kept.register
    told: Told = {}
    for field in register.fields if fields is None else fields:
        old, new = before.get(field.key), after.get(field.key)
        if old != new:
            told[_unused(kept.label_th(field), field, told)] = _told(register, field, old), _told(register, field, new)
    return told


def _told(register: Register, field: Field, value: object) -> str | list[str] | None:
    if value is None:
        return None
    if field.openness is Openness.SECRET:
        return COVERED
    if not field.columns or not isinstance(value, tuple):
        return shown(register, field, value, digits="arabic")
    rows = [_row(field, row) for row in value[:_ROWS_MAX] if isinstance(row, Mapping)]
    return rows if len(value) <= _ROWS_MAX else [*rows, f"… {len(value)}"]


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
