"""What is worked out of an entry's values: sums, differences, shares, days, levels of a matrix, totals of rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from prongsai.registers.conditions import amount_of, holds
from prongsai.registers.model import LINKED, Derivation, Field, FieldType, Formula, Level, Register, Values
from prongsai.thai.dates import Span

_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
_LARGEST = 40  # digits before the point; a product of products is cut off there
_TENTH = Decimal("0.1")
_NOT_HERE = LINKED | {Formula.LOOKUP}


def derive(
    register: Register,
    values: Values,
    linked: Mapping[str, object] | None = None,
    *,
    fields: Sequence[Field] | None = None,
) -> dict[str, object]:
    """Work out the derived fields; None while something is missing.

    linked: what linked formulas and lookups gave, by the field's key; those not given are left out. fields: in place of
    the register's own, such as the fields of its progress.
    """
    known = register.fields if fields is None else tuple(fields)
    worked = _Worked(known, register.matrix, values, linked or {})
    return {field.key: worked.value(field.key) for field in known if worked.is_wanted(field)}


class _Worked:
    """The values of an entry, derived ones worked out when they are asked for; one that leads to itself is None."""

    def __init__(
        self, fields: Sequence[Field], matrix: Sequence[Level], values: Values, linked: Mapping[str, object]
    ) -> None:
        self.fields = {field.key: field for field in fields}
        self.matrix = matrix
        self.values = values
        self.linked = linked
        self.found: dict[str, object] = {}

    def is_wanted(self, field: Field) -> bool:
        if field.type is not FieldType.DERIVED or field.derivation is None:
            return False
        return field.derivation.formula not in _NOT_HERE or field.key in self.linked

    def value(self, key: str) -> object:
        field = self.fields.get(key)
        if field is None or field.type is not FieldType.DERIVED or field.derivation is None:
            return self.values.get(key)
        if field.derivation.formula in _NOT_HERE:
            return self.linked.get(key, self.values.get(key))
        if key not in self.found:
            self.found[key] = None
            with localcontext(_EXACT):
                self.found[key] = self.formula(field, field.derivation)
        return self.found[key]

    def formula(self, field: Field, derivation: Derivation) -> object:
        """Work one formula out."""
        if derivation.formula is Formula.MATRIX_LEVEL:
            return self.level(derivation)
        if derivation.formula is Formula.DAYS_BETWEEN:
            return days_between(*(self.value(key) for key in derivation.of[:2]))
        if derivation.formula in {Formula.ROWS_COUNT, Formula.ROWS_SUM}:
            return self.rows(field, derivation)
        numbers = [amount_of(self.value(key)) for key in derivation.of]
        present = [number for number in numbers if number is not None]
        if not numbers or len(present) != len(numbers):
            return None
        return self.places(field, derivation, arithmetic(derivation.formula, present))

    def level(self, derivation: Derivation) -> str | None:
        numbers = [amount_of(self.value(key)) for key in derivation.of]
        present = [number for number in numbers if number is not None]
        if not numbers or len(present) != len(numbers):
            return None
        return level_of(self.matrix, arithmetic(Formula.PRODUCT, present))

    def rows(self, field: Field, derivation: Derivation) -> Decimal | None:
        key, _, column = derivation.of[0].partition(".") if derivation.of else ("", "", "")
        rows = [row for row in rows_of(self.values.get(key)) if not derivation.where or holds(derivation.where, row)]
        if derivation.formula is Formula.ROWS_COUNT:
            return Decimal(len(rows))
        numbers = [number for row in rows if (number := amount_of(row.get(column))) is not None]
        return self.places(field, derivation, sum(numbers, Decimal(0)))

    def places(self, field: Field, derivation: Derivation, number: Decimal | None) -> Decimal | None:
        """Give a number with the field's places: one of a share, two where money is in it, else what there is."""
        if number is None or number.adjusted() > _LARGEST:
            return None
        if derivation.formula is Formula.PERCENT:
            return plain(number.quantize(_TENTH))
        if field.decimals:
            return plain(number.quantize(Decimal(1).scaleb(-field.decimals)))
        return plain(number.quantize(Decimal("0.01")) if self.is_money(derivation.of) else _short(number))

    def is_money(self, keys: Sequence[str]) -> bool:
        return any(self.is_of_money(key, 0) for key in keys)

    def is_of_money(self, key: str, depth: int) -> bool:
        name, _, column = key.partition(".")
        field = self.fields.get(name)
        if field is None or depth > len(self.fields):
            return False
        if column:
            return any(one.key == column and one.type is FieldType.MONEY for one in field.columns)
        if field.type is FieldType.DERIVED and field.derivation and field.derivation.formula in _OF_MONEY:
            return any(self.is_of_money(one, depth + 1) for one in field.derivation.of)
        return field.type is FieldType.MONEY


_OF_MONEY = frozenset({Formula.SUM, Formula.DIFFERENCE, Formula.PRODUCT, Formula.ROWS_SUM})


def _short(number: Decimal) -> Decimal:
    whole = number == number.to_integral_value()
    return number.quantize(Decimal(1)) if whole else number.normalize()


def plain(number: Decimal) -> Decimal:
    """Give a number without a minus before zero."""
    return abs(number) if number.is_zero() else number


def arithmetic(formula: Formula, numbers: Sequence[Decimal]) -> Decimal | None:
    """Add, subtract, multiply or give the share of the first in the second × 100; None for a share of nothing."""
    if formula is Formula.SUM:
        return sum(numbers, Decimal(0))
    if formula is Formula.DIFFERENCE:
        return numbers[0] - sum(numbers[1:], Decimal(0))
    if formula is Formula.PERCENT:
        return numbers[0] / numbers[1] * 100 if len(numbers) > 1 and numbers[1] else None
    result = Decimal(1)
    for number in numbers:
        result *= number
    return result


def level_of(matrix: Sequence[Level], score: Decimal | None) -> str | None:
    """Give the key of the level that a score stands in; None outside all."""
    if score is None:
        return None
    return next((level.key for level in matrix if level.low <= score <= level.high), None)


def days_of(value: object) -> tuple[date, date] | None:
    """Give the first and last day of a date or period."""
    if isinstance(value, Span):
        return value.start, value.end
    return (value, value) if isinstance(value, date) else None


def days_between(first: object = None, second: object = None) -> Decimal | None:
    """Count the days from the first (its end, of a period) to the second (its start)."""
    start, end = days_of(first), days_of(second)
    return Decimal((end[0] - start[1]).days) if start and end else None


def rows_of(value: object) -> tuple[Mapping[str, object], ...]:
    """Give the rows of a rows field; none when it is empty."""
    return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, tuple | list) else ()
