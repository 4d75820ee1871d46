"""Values as JSON keeps them and back, and in the form by which two are the same."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation

from prongsai.registers.model import REFERENCES, Field, FieldType, Formula, Ref, Register, Values
from prongsai.registers.refusals import refusal
from prongsai.thai.dates import Span
from prongsai.thai.text import fold

Json = dict[str, object]

_TEXTUAL = frozenset({Formula.MATRIX_LEVEL, Formula.LOOKUP})
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,20})?")


def to_json(register_or_fields: Register | Sequence[Field], values: Values) -> Json:
    """Give the values of the fields as JSON keeps them; what is empty or belongs to no field is left out."""
    fields = register_or_fields.fields if isinstance(register_or_fields, Register) else register_or_fields
    kept = {field.key: _out(field, values.get(field.key)) for field in fields}
    return {key: value for key, value in kept.items() if value is not None}


def from_json(fields: Register | Sequence[Field], data: Mapping[str, object]) -> dict[str, object]:
    """Give back what ``to_json`` wrote; keys of no field are left out. ``ValueRefused`` for what it did not write."""
    known = fields.fields if isinstance(fields, Register) else fields
    found: dict[str, object] = {}
    for field in known:
        if (written := data.get(field.key)) is None:
            continue
        try:
            found[field.key] = _in(field, written)
        except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation) as error:
            raise refusal(field, "VALUE_BROKEN", f"ข้อมูลที่เก็บไว้ของ{field.label_th}เสียหาย", "แจ้งผู้ดูแลระบบ") from error
    return found


def _out(field: Field, value: object) -> object:
    if isinstance(value, Ref):
        return {"id": value.id, "text": value.text}
    if isinstance(value, Span):
        return {"from": value.start.isoformat(), "to": value.end.isoformat()}
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()[:7] if field.type is FieldType.MONTH else value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple | list):
        rows = field.type is FieldType.ROWS
        return [to_json(field.columns, one) if rows else one for one in value] or None
    return None if value == "" else value


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"{value} is no number")
    return f"{value:f}"


def _decimal(written: object) -> Decimal:
    if not isinstance(written, str) or not _PLAIN_NUMBER.fullmatch(written):
        raise ValueError(f"{written!r} is no number")
    return Decimal(written)


def _text(written: object) -> str:
    if not isinstance(written, str):
        raise TypeError(f"{written!r} is no text")
    return written


def _ref(written: object) -> Ref:
    if not isinstance(written, Mapping) or not isinstance(written["id"], int | None):
        raise TypeError(f"{written!r} points at nothing")
    return Ref(written["id"], _text(written["text"]))


def _span(written: object) -> Span:
    if not isinstance(written, Mapping):
        raise TypeError(f"{written!r} is no period")
    return Span(date.fromisoformat(written["from"]), date.fromisoformat(written["to"]))


def _yes_no(written: object) -> bool:
    if not isinstance(written, bool):
        raise TypeError(f"{written!r} is neither yes nor no")
    return written


def _list(written: object) -> list[object]:
    if not isinstance(written, list):
        raise TypeError(f"{written!r} is no list")
    return written


_READERS: Mapping[FieldType, Callable[[object], object]] = {
    FieldType.NUMBER: _decimal,
    FieldType.MONEY: _decimal,
    FieldType.DATE: lambda written: date.fromisoformat(_text(written)),
    FieldType.MONTH: lambda written: date.fromisoformat(_text(written)[:7] + "-01"),
    FieldType.TIME: lambda written: time.fromisoformat(_text(written)),
    FieldType.PERIOD: _span,
    FieldType.YES_NO: _yes_no,
    FieldType.CHOICES: lambda written: tuple(_text(one) for one in _list(written)),
    **dict.fromkeys(REFERENCES, _ref),
}


def _in(field: Field, written: object) -> object:
    if field.type is FieldType.ROWS:
        return tuple(from_json(field.columns, row) for row in _list(written) if isinstance(row, Mapping))
    if field.type is FieldType.DERIVED:
        textual = field.derivation is not None and field.derivation.formula in _TEXTUAL
        return _text(written) if textual else _decimal(written)
    return _READERS.get(field.type, _text)(written)


def normal(field: Field, value: object) -> str:
    """Give the form by which two values are the same: bare digits of telephones and IDs, texts folded, "" for None."""
    if value is None:
        return ""
    if isinstance(value, Ref):
        return f"#{value.id}" if value.id is not None else fold(value.text)
    if field.type is FieldType.PHONE:
        return fold(str(value)).replace("-", "").replace("+66", "0")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    written = _out(field, value)
    return fold(written if isinstance(written, str) else repr(written))
