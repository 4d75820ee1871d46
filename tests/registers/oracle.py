"""Whether values break what a register declares, written a second time and plainly, to hold the rules against."""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from prongsai.registers.model import Condition, Field, FieldType, Ref, Register, Rule
from prongsai.thai.dates import Span
from prongsai.thai.text import fold

LENGTHS = {"text": 500, "long_text": 5000, "address": 500, "phone": 500, "email": 254, "link": 2000, "id": 500}


def empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | tuple) and not isinstance(value, Span) and len(value) == 0)


def number(value: Any) -> Decimal | None:
    if isinstance(value, str) and re.fullmatch("[0-9]{1,15}", value):
        return Decimal(value)
    return value if isinstance(value, Decimal) else None


def is_true(condition: Condition, values: Mapping[str, Any]) -> bool:
    value = values.get(condition.field)
    if condition.filled is not None:
        return empty(value) != condition.filled
    for written, expected in ((condition.is_, True), (condition.not_, False)):
        if written is not None:
            return (value == written and type(value) is type(written)) == expected
    if condition.any_of:
        return value in condition.any_of
    if condition.has is not None:
        return condition.has in (value or ())
    amount = number(value)
    if amount is None:
        return False
    if condition.more_than is not None:
        return amount > condition.more_than
    if condition.less_than is not None:
        return amount < condition.less_than
    other = number(values.get(condition.more_than_field))
    return other is not None and amount > other


def in_bounds(field: Field, value: Any) -> bool:
    if isinstance(value, Decimal):
        places = 2 if field.type is FieldType.MONEY else field.decimals
        low, high = field.low, field.high
        within = (low is None or low <= value) and (high is None or value <= high)
        return value.is_finite() and abs(value) < 10**15 and value * 10**places % 1 == 0 and within
    if field.type is FieldType.CHOICE:
        return value in [one.key for one in field.choices]
    if field.type is FieldType.CHOICES:
        return set(value) <= {one.key for one in field.choices}
    if field.type is FieldType.ROWS:
        return all(
            in_bounds(one, row[one.key]) for row in value for one in field.columns if not empty(row.get(one.key))
        )
    if isinstance(value, Span):
        return value.start <= value.end
    if isinstance(value, str):
        clean = not any(ord(letter) < 32 and letter not in "\t\r\n" or 127 <= ord(letter) < 160 for letter in value)
        fits = len(value) <= (field.max_length or LENGTHS[field.type])
        shaped = not field.pattern or re.fullmatch(field.pattern, value) is not None
        return (
            clean
            and fits
            and shaped
            and (field.type is not FieldType.LINK or value.startswith(("http://", "https://")))
        )
    return True


def missing(field: Field, values: Mapping[str, Any]) -> bool:
    if field.type is FieldType.DERIVED or field.at:
        return False
    wanted = field.required or (field.required_if is not None and is_true(field.required_if, values))
    if wanted and empty(values.get(field.key)):
        return True
    rows = values.get(field.key) if field.type is FieldType.ROWS else ()
    return any(
        missing(one, {**values, **row, one.key: row.get(one.key)}) for row in rows or () for one in field.columns
    )


def days(register: Register, key: str, value: Any) -> tuple[date, date] | None:
    field = register.field_of(key)
    if isinstance(value, Span):
        return value.start, value.end
    if isinstance(value, date) and field is not None and field.type is FieldType.MONTH:
        return value, value.replace(day=calendar.monthrange(value.year, value.month)[1])
    return (value, value) if isinstance(value, date) else None


def equal(one: Any, other: Any) -> bool:
    if isinstance(one, Ref) and isinstance(other, Ref) and one.id is not None and other.id is not None:
        return one.id == other.id
    if number(one) is not None and number(other) is not None:
        return number(one) == number(other)
    one, other = (each.text if isinstance(each, Ref) else each for each in (one, other))
    return fold(one) == fold(other) if isinstance(one, str) and isinstance(other, str) else one == other


def broken_rules(register: Register, values: Mapping[str, Any], today: date, year_be: int) -> Iterator[Rule]:
    for rule in register.rules:
        if rule.is_warning or (rule.when is not None and not is_true(rule.when, values)):
            continue
        name, _, column = rule.field.partition(".")
        rows = values.get(name) or () if column else ()
        mine = [row.get(column) for row in rows] if column else [values.get(name)]
        if rule.kind == "sum_equals":
            wanted = number(values.get(rule.other)) if rule.other else rule.value
            if rows and wanted is not None and sum((number(one) or Decimal(0) for one in mine), Decimal(0)) != wanted:
                yield rule
        elif rule.kind == "rows_min":
            if len(values.get(name) or ()) < (rule.value or 0):
                yield rule
        elif rule.kind == "in_rows":
            table, _, inner = rule.other.partition(".")
            there = [row.get(inner) for row in values.get(table) or ()]
            if not empty(mine[0]) and there and not any(equal(mine[0], one) for one in there):
                yield rule
        elif any(_broken(register, rule, one, values, today, year_be) for one in mine):
            yield rule


def _broken(register: Register, rule: Rule, own: Any, values: Mapping[str, Any], today: date, year_be: int) -> bool:
    if rule.kind == "filled_if":
        return empty(own) and register.field_of(rule.field.partition(".")[0]) is not None
    if rule.kind == "empty_if":
        return not empty(own)
    if empty(own):
        return False
    other = values.get(rule.other) if rule.other else rule.value
    if rule.kind in {"equals", "differs"}:
        return not empty(other) and equal(own, other) == (rule.kind == "differs")
    if rule.kind in {"at_least", "at_most"}:
        one, two = number(own), number(other)
        if one is None or two is None:
            return False
        return one < two if rule.kind == "at_least" else one > two
    return _days_broken(register, rule, own, other, today, year_be)


def _days_broken(register: Register, rule: Rule, own: Any, other: Any, today: date, year_be: int) -> bool:
    mine, theirs = days(register, rule.field, own), days(register, rule.other, other)
    if mine is None:
        return False
    first, last = mine
    is_month = not isinstance(own, Span)
    if rule.kind == "not_future":
        return (first if is_month else last) > today
    if rule.kind == "in_year":
        return bool(year_be) and not (date(year_be - 544, 10, 1) <= first and last <= date(year_be - 543, 9, 30))
    if theirs is None:
        return False
    if rule.kind == "not_before":
        return (last if is_month else first) < theirs[0]
    if rule.kind == "not_after":
        return (first if is_month else last) > theirs[1]
    return last.toordinal() - theirs[1].toordinal() > rule.days
