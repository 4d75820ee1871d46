"""Values in print, for lists, tables and papers; what is shown whole is read back as it was."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal

from prongsai.registers.masks import mask
from prongsai.registers.model import Field, FieldType, Openness, Ref
from prongsai.registers.read_plain import decimals_of
from prongsai.thai.date_print import Digits
from prongsai.thai.dates import MONTHS_SHORT, Span, format_date, format_period
from prongsai.thai.fiscal import BE_OFFSET
from prongsai.thai.numerals import to_thai

_AS_WRITTEN = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ADDRESS, FieldType.EMAIL, FieldType.LINK})
_ESCAPED = str.maketrans({"\\": "\\\\", "|": "\\|", ";": "\\;", "\n": "\\⏎"})


def show(field: Field, value: object, *, digits: Digits = "thai", masked: bool = False) -> str:
    """Print a value; "" for None. digits: of dates and numbers, never of what is written in words.

    masked: names, numbers of people and addresses covered by ``masks``; of rows, their columns that are not public.
    """
    if value is None:
        return ""
    if field.type is FieldType.ROWS:
        return _rows(field, value, digits, masked)
    shown = mask(field, _shown(field, value)) if masked else _shown(field, value)
    return to_thai(shown) if digits == "thai" and _is_counted(field, value) else shown


def _is_counted(field: Field, value: object) -> bool:
    """Whether a value is written in digits of its own, not in words that somebody chose."""
    if isinstance(value, Ref | bool) or field.choices or field.type in _AS_WRITTEN:
        return False
    return not (field.type is FieldType.DERIVED and isinstance(value, str))


def _shown(field: Field, value: object) -> str:
    """Print a value in Arabic digits."""
    if isinstance(value, Ref):
        return value.text
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if isinstance(value, Decimal):
        return amount(field, value)
    if isinstance(value, Span):
        return format_period(value.start, value.end, digits="arabic")
    if isinstance(value, date):
        return month(value) if field.type is FieldType.MONTH else format_date(value, "abbr", digits="arabic")
    if isinstance(value, time):
        return f"{value:%H.%M} น."
    if isinstance(value, tuple | list):
        return ", ".join(label_of(field, str(key)) for key in value)
    return id_number(str(value)) if field.type is FieldType.ID else label_of(field, str(value))


def label_of(field: Field, key: str) -> str:
    """Give the label of a choice; other text as it is."""
    choice = field.choice(key)
    return choice.label_th if choice else key


def amount(field: Field, value: Decimal) -> str:
    """Print a number with thousands commas and the places its field declares; a derived one with those it has.

    A year of the Buddhist era is printed without commas.
    """
    if not value.is_finite():
        return ""
    if is_year(field):
        return f"{value:.0f}"
    exponent = value.as_tuple().exponent
    places = decimals_of(field)
    if field.type is FieldType.DERIVED and isinstance(exponent, int):
        places = max(-exponent, 0)
    return f"{value:,.{places}f}"


def is_year(field: Field) -> bool:
    """Whether a number is a year (BE): its bounds leave it nothing else to be."""
    low, high = field.low, field.high
    return field.type is FieldType.NUMBER and low is not None and high is not None and low >= 2400 and high <= 2800


def month(first: date) -> str:
    """Print a month: ``มี.ค. 2569``."""
    return f"{MONTHS_SHORT[first.month - 1]} {first.year + BE_OFFSET}"


def id_number(digits: str) -> str:
    """Print a 13-digit number in its groups."""
    if len(digits) != 13:
        return digits
    return "-".join((digits[0], digits[1:5], digits[5:10], digits[10:12], digits[12]))


def _rows(field: Field, value: object, digits: Digits, masked: bool) -> str:
    rows = value if isinstance(value, Sequence) else ()
    columns = [column for column in field.columns if column.type is not FieldType.DERIVED]
    lines = []
    for row in rows:
        cells = [_cell(column, row, digits, masked) for column in columns] if isinstance(row, Mapping) else []
        while cells and not cells[-1]:
            cells.pop()
        lines.append(" | ".join(cell.translate(_ESCAPED) for cell in cells))
    return "; ".join(lines)


def _cell(column: Field, row: Mapping[str, object], digits: Digits, masked: bool) -> str:
    covered = masked and column.openness in {Openness.MASKED, Openness.SECRET}
    return show(column, row.get(column.key), digits=digits, masked=covered)
