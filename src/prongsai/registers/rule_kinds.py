"""What each kind of declared rule asks, and what is said when it does not hold."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from prongsai.registers.conditions import amount_of, is_filled
from prongsai.registers.derive import days_of, rows_of
from prongsai.registers.model import Condition, Fault, Field, FieldType, Ref, Rule, RuleKind, Values
from prongsai.registers.show_values import label_of, show
from prongsai.thai.dates import Span, fiscal_year, format_date, month_span
from prongsai.thai.text import fold

_CHECK_DATES = "ตรวจวันที่ทั้งสองช่องอีกครั้ง"
_CHECK_NUMBERS = "ตรวจตัวเลขอีกครั้ง"


@dataclass(frozen=True, slots=True)
class Asked:
    """What rules look at: fields, their values, the day, the entry's fiscal year (0: none), the plan reported on."""

    fields: Sequence[Field]
    values: Values
    today: date
    fiscal_year_be: int = 0
    plan: Values | None = None

    def field(self, key: str) -> Field | None:
        """Give a field, or the column of "rows.column"."""
        name, _, column = key.partition(".")
        found = next((one for one in self.fields if one.key == name), None)
        return next((one for one in found.columns if one.key == column), None) if found and column else found

    def value(self, key: str) -> object:
        """Give a value, of the plan when the values have none of that key."""
        return self.values.get(key) if key in self.values or self.plan is None else self.plan.get(key)

    def label(self, key: str) -> str:
        """Give the label of a field; a column with that of its rows."""
        name, _, column = key.partition(".")
        field, inner = self.field(name), self.field(key) if column else None
        outer = field.label_th if field else name
        return f"{inner.label_th}ใน{outer}" if inner else outer

    def shown(self, key: str, value: object) -> str:
        """Print a value of a field for a message."""
        field = self.field(key)
        return show(field, value, digits="arabic") if field else ""

    def condition_th(self, condition: Condition | None) -> str:
        """Say a condition in Thai."""
        return _condition_th(self, condition) if condition else ""


def _condition_th(asked: Asked, condition: Condition) -> str:
    label, field = asked.label(condition.field), asked.field(condition.field)
    unit = "" if field is None else field.unit_th or ("บาท" if field.type is FieldType.MONEY else "")
    if condition.more_than is not None:
        return f"{label}เกิน {condition.more_than:,} {unit}".rstrip()
    if condition.less_than is not None:
        return f"{label}ต่ำกว่า {condition.less_than:,} {unit}".rstrip()
    if condition.more_than_field:
        return f"{label}เกิน{asked.label(condition.more_than_field)}"
    if condition.filled is not None:
        return f"{'' if condition.filled else 'ไม่'}กรอก{label}"
    if condition.not_ is not None:
        return f"{label}ไม่ใช่ {_written(field, condition.not_)}"
    single = condition.is_ if condition.is_ is not None else condition.has
    named: Sequence[str | bool] = condition.any_of or (() if single is None else (single,))
    return f"{label}เป็น {' หรือ '.join(_written(field, one) for one in named)}"


def _written(field: Field | None, written: str | bool) -> str:
    if isinstance(written, bool) or written in {"true", "false"}:
        return "ใช่" if written in {True, "true"} else "ไม่ใช่"
    return label_of(field, written) if field else written


class _Pair(NamedTuple):
    """The two values of a rule, in one row (1-based) of a rows field or in the entry itself."""

    value: object
    other: object
    row: int | None


def _pairs(rule: Rule, asked: Asked) -> Iterator[_Pair]:
    name, _, column = rule.field.partition(".")
    if not column:
        yield _Pair(asked.value(name), asked.value(rule.other) if rule.other else rule.value, None)
        return
    other_name, _, other_column = rule.other.partition(".")
    for number, row in enumerate(rows_of(asked.value(name)), 1):
        beside = row.get(other_column) if other_name == name else asked.value(rule.other)
        yield _Pair(row.get(column), beside if rule.other else rule.value, number)


def broken(rule: Rule, asked: Asked, at: str) -> list[Fault]:
    """Name where a rule does not hold. at: the move; what must be filled is asked for at its own move only."""
    if rule.kind in _WHOLE:
        said = _WHOLE[rule.kind](rule, asked, at)
        return [_fault(rule, asked, said, None)] if said else []
    found = []
    for pair in _pairs(rule, asked):
        said = _FILLING[rule.kind](rule, asked, at, pair) if rule.kind in _FILLING else _compared(rule, asked, pair)
        if said:
            found.append(_fault(rule, asked, said, pair.row))
    return found


def _fault(rule: Rule, asked: Asked, said: tuple[str, str], row: int | None) -> Fault:
    name, _, column = rule.field.partition(".")
    place = f"{asked.label(name)} แถวที่ {row}: " if row else ""
    return Fault(name, rule.kind.value.upper(), place + said[0], said[1], row=row, column=column if row else "")


Said = tuple[str, str] | None


def _compared(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    if not is_filled(pair.value):
        return None
    return _COMPARED[rule.kind](rule, asked, pair)


class _Ends(NamedTuple):
    """The first and last day of a value. whole: all of it counts (a period); else any day of it will do (a month)."""

    first: date
    last: date
    whole: bool


def _ends(asked: Asked, key: str, value: object) -> _Ends | None:
    days = days_of(value)
    if days is None:
        return None
    field = asked.field(key)
    if field and field.type is FieldType.MONTH:
        return _Ends(*month_span(days[0].year, days[0].month), False)
    return _Ends(*days, isinstance(value, Span))


def _both(rule: Rule, asked: Asked, pair: _Pair) -> str:
    own, other = asked.shown(rule.field, pair.value), asked.shown(rule.other, pair.other)
    return f"{asked.label(rule.field)} ({own}) {{}}{asked.label(rule.other)} ({other})"


def _not_before(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    """Dates from the other's first day on: a period begins, a day of a month may lie there."""
    if isinstance(pair.value, time) and isinstance(pair.other, time):
        is_broken = pair.value < pair.other
    else:
        own, other = _ends(asked, rule.field, pair.value), _ends(asked, rule.other, pair.other)
        is_broken = bool(own and other and (own.first if own.whole else own.last) < other.first)
    return (_both(rule, asked, pair).format("อยู่ก่อน"), _CHECK_DATES) if is_broken else None


def _not_after(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    """Dates up to the other's last day: a period ends, a day of a month may lie there."""
    if isinstance(pair.value, time) and isinstance(pair.other, time):
        is_broken = pair.value > pair.other
    else:
        own, other = _ends(asked, rule.field, pair.value), _ends(asked, rule.other, pair.other)
        is_broken = bool(own and other and (own.last if own.whole else own.first) > other.last)
    return (_both(rule, asked, pair).format("อยู่หลัง"), _CHECK_DATES) if is_broken else None


def _numbers(pair: _Pair) -> tuple[Decimal, Decimal] | None:
    own, other = amount_of(pair.value), amount_of(pair.other)
    return None if own is None or other is None else (own, other)


def _against(rule: Rule, asked: Asked, pair: _Pair, words: str) -> tuple[str, str]:
    own = f"{asked.label(rule.field)} ({asked.shown(rule.field, pair.value)})"
    if not rule.other:
        return f"{own} {words} {rule.value:,}", _CHECK_NUMBERS
    return f"{own} {words}{asked.label(rule.other)} ({asked.shown(rule.other, pair.other)})", _CHECK_NUMBERS


def _at_least(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    two = _numbers(pair)
    return _against(rule, asked, pair, "น้อยกว่า") if two and two[0] < two[1] else None


def _at_most(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    two = _numbers(pair)
    return _against(rule, asked, pair, "เกิน") if two and two[0] > two[1] else None


def same(one: object, other: object) -> bool:
    """Whether two values say the same: numbers, references by id or name, texts without regard to spaces and case."""
    if isinstance(one, Ref) and isinstance(other, Ref) and one.id is not None and other.id is not None:
        return one.id == other.id
    numbers = amount_of(one), amount_of(other)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0] == numbers[1]
    texts = [value.text if isinstance(value, Ref) else value for value in (one, other)]
    if isinstance(texts[0], str) and isinstance(texts[1], str):
        return fold(texts[0]) == fold(texts[1])
    return one == other


def _equals(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    if not is_filled(pair.other) or same(pair.value, pair.other):
        return None
    return _against(rule, asked, pair, "ไม่ตรงกับ")


def _differs(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    if not is_filled(pair.other) or not same(pair.value, pair.other):
        return None
    return f"{asked.label(rule.field)}เหมือนกับ{asked.label(rule.other)}", "เขียนให้ต่างกัน ตามที่เป็นจริง"


def _not_future(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    ends = _ends(asked, rule.field, pair.value)
    if not ends or (ends.last if ends.whole else ends.first) <= asked.today:
        return None
    shown, today = asked.shown(rule.field, pair.value), format_date(asked.today, "abbr", digits="arabic")
    return f"{asked.label(rule.field)} ({shown}) ยังมาไม่ถึง วันนี้คือ {today}", "ตรวจวันและปีอีกครั้ง"


def _in_year(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    ends = _ends(asked, rule.field, pair.value)
    if not ends or not asked.fiscal_year_be:
        return None
    year = fiscal_year(asked.fiscal_year_be)
    if year.start <= ends.first and ends.last <= year.end:
        return None
    shown = asked.shown(rule.field, pair.value)
    message = f"{asked.label(rule.field)} ({shown}) ไม่อยู่ในปีงบประมาณ {asked.fiscal_year_be}"
    return message, f"ปีงบประมาณนี้คือ 1 ต.ค. {asked.fiscal_year_be - 1} ถึง 30 ก.ย. {asked.fiscal_year_be}"


def _within_days(rule: Rule, asked: Asked, pair: _Pair) -> Said:
    """At most so many days after the last day of the other."""
    own, other = _ends(asked, rule.field, pair.value), _ends(asked, rule.other, pair.other)
    if not own or not other or (late := (own.last - other.last).days) <= rule.days:
        return None
    limit = format_date(other.last + timedelta(rule.days), "abbr", digits="arabic")
    return (
        f"{asked.label(rule.field)}ช้ากว่า {rule.days} วันนับแต่{asked.label(rule.other)} ({late} วัน)",
        f"ต้องไม่เกินวันที่ {limit}",
    )


def _in_rows(rule: Rule, asked: Asked, at: str) -> Said:
    value = asked.value(rule.field)
    name, _, column = rule.other.partition(".")
    rows = rows_of(asked.value(name))
    if not is_filled(value) or not rows or any(same(value, row.get(column)) for row in rows):
        return None
    listed = ", ".join(asked.shown(rule.other, row.get(column)) for row in rows[:5])
    shown = asked.shown(rule.field, value)
    return f"{asked.label(rule.field)} ({shown}) ไม่อยู่ใน{asked.label(name)}", f"ในตารางมี {listed}"


def _sum_equals(rule: Rule, asked: Asked, at: str) -> Said:
    name, _, column = rule.field.partition(".")
    wanted = amount_of(asked.value(rule.other) if rule.other else rule.value)
    rows = rows_of(asked.value(name))
    if wanted is None or not rows:
        return None
    total = sum((amount_of(row.get(column)) or Decimal(0) for row in rows), Decimal(0))
    if total == wanted:
        return None
    thing = asked.label(rule.other) if rule.other else "ที่กำหนด"
    difference = f"ต่างกัน {abs(total - wanted):,}"
    return f"ผลรวมของ{asked.label(rule.field)} {total:,} ไม่เท่ากับ{thing} {wanted:,}", difference


def _rows_min(rule: Rule, asked: Asked, at: str) -> Said:
    field, count = asked.field(rule.field), len(rows_of(asked.value(rule.field)))
    if rule.value is None or count >= rule.value or (count == 0 and field is not None and field.at != at):
        return None
    return f"{asked.label(rule.field)}มี {count} แถว ต้องมีอย่างน้อย {rule.value:,} แถว", "เพิ่มแถวให้ครบ"


def _filled_if(rule: Rule, asked: Asked, at: str, pair: _Pair) -> Said:
    field = asked.field(rule.field.partition(".")[0])
    if is_filled(pair.value) or field is None or field.at != at:
        return None
    why = f" เพราะ{asked.condition_th(rule.when)}" if rule.when else ""
    return f"ต้องกรอก{asked.label(rule.field)}{why}", ""


def _empty_if(rule: Rule, asked: Asked, at: str, pair: _Pair) -> Said:
    if not is_filled(pair.value):
        return None
    why = f" เพราะ{asked.condition_th(rule.when)}" if rule.when else ""
    return f"ต้องเว้น{asked.label(rule.field)}ว่างไว้{why}", f"ลบ{asked.label(rule.field)}ออก"


_COMPARED: Mapping[RuleKind, Callable[[Rule, Asked, _Pair], Said]] = {
    RuleKind.NOT_BEFORE: _not_before,
    RuleKind.NOT_AFTER: _not_after,
    RuleKind.AT_LEAST: _at_least,
    RuleKind.AT_MOST: _at_most,
    RuleKind.EQUALS: _equals,
    RuleKind.DIFFERS: _differs,
    RuleKind.NOT_FUTURE: _not_future,
    RuleKind.IN_YEAR: _in_year,
    RuleKind.WITHIN_DAYS: _within_days,
}
_FILLING: Mapping[RuleKind, Callable[[Rule, Asked, str, _Pair], Said]] = {
    RuleKind.FILLED_IF: _filled_if,
    RuleKind.EMPTY_IF: _empty_if,
}
_WHOLE: Mapping[RuleKind, Callable[[Rule, Asked, str], Said]] = {
    RuleKind.IN_ROWS: _in_rows,
    RuleKind.SUM_EQUALS: _sum_equals,
    RuleKind.ROWS_MIN: _rows_min,
}
