"""Figures of a register from counted groups: by choice, unit, month, quarter or state; in one way or two."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prongsai.registers.conditions import holds
from prongsai.registers.known import MONTH, QUARTER, STATE
from prongsai.registers.model import Field, FieldType, Formula, Ref, Register, Statistic
from prongsai.registers.show_values import month as month_label
from prongsai.thai.collation import sort_key
from prongsai.thai.dates import Span, fiscal_year_be, months_in

NOT_SAID = "ไม่ระบุ"

_PATH = " / "
_YES, _NO = "yes", "no"

Value = int | Decimal | None  # None: covered, because it is small or would give a small one away


@dataclass(frozen=True, slots=True)
class Cell:
    """Entries counted together. keys: by ``Register.keys``, as ``key_text`` writes them; sums: by ``Register.sums``.

    month: "2026-03", "" when they have no day; state: its key, "" when all of them count.
    """

    keys: tuple[str, ...]
    count: int
    sums: tuple[Decimal | None, ...] = ()
    month: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic worked out. rows: label and value, the whole row's in a table of two ways.

    heads, cells, foot: of a table of two ways, its columns, the values of each row in them, and their totals; else
    empty. counts, cell_counts, foot_counts, count: how many entries stand behind each value. min_cell: of suppression.
    """

    statistic: Statistic
    rows: tuple[tuple[str, Value], ...]
    total: Value
    counts: tuple[int, ...]
    count: int
    heads: tuple[str, ...] = ()
    cells: tuple[tuple[Value, ...], ...] = ()
    cell_counts: tuple[tuple[int, ...], ...] = ()
    foot: tuple[Value, ...] = ()
    foot_counts: tuple[int, ...] = ()
    min_cell: int = 0

    def shown(self, value: Value, count: int) -> str:
        """Print a value in Arabic digits; a covered one as ``น้อยกว่า n`` or, with more entries behind it, ``ปกปิด``.

        "Fewer than two" would be one, so of one alone only that it is covered is said.
        """
        if value is None:
            return f"น้อยกว่า {self.min_cell}" if self.min_cell > 2 and 0 < count < self.min_cell else "ปกปิด"
        return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"


def key_text(field: Field, value: object) -> str:
    """Give a value as a cell's key: a choice's key, the name of what is pointed at, yes or no, a number, or ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, Ref):
        return value.text
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _value_of(field: Field | None, text: str) -> object:
    """Give back what ``key_text`` wrote, as conditions compare it."""
    if text == "" or field is None:
        return None
    if field.type is FieldType.YES_NO:
        return text == _YES
    is_number = field.type is FieldType.DERIVED and text.lstrip("-").replace(".", "", 1).isdecimal()
    return Decimal(text) if is_number else text


def tabulate(register: Register, statistic: Statistic, cells: Iterable[Cell], *, months: Sequence[date] = ()) -> Figure:
    """Work a statistic out of the counted cells of a register.

    Declared choices and states stand in their order even when nothing is counted there; other labels in dictionary
    order. months: every month that the figure is of, so that an empty one is seen; else those between the first and the
    last that occur. ``ValueError`` when it asks for a field that cells do not carry.
    """
    counted = [cell for cell in cells if _is_counted(register, statistic, cell)]
    groups = [_group(register, by, counted, months) for by in statistic.by]
    rows, columns = groups[:1] or [_whole(statistic)], groups[1:]
    heads = _crossed([group.labels for group in columns]) if columns else {}
    measure = _measure(register, statistic)
    table: dict[tuple[str, tuple[str, ...]], _Sum] = {}
    for cell in counted:
        place = rows[0].place(cell), tuple(group.place(cell) for group in columns)
        table.setdefault(place, _Sum()).add(cell.count, measure(cell))
    return _figure(statistic, rows[0].labels, heads, table)


def _is_counted(register: Register, statistic: Statistic, cell: Cell) -> bool:
    if cell.state and cell.state not in register.counted_states:
        return False
    where = statistic.where
    if where is None:
        return True
    if where.field == STATE:
        return holds(where, {STATE: cell.state})
    place = _place_of(register, where.field)
    return holds(where, {where.field: _value_of(register.field_of(where.field), cell.keys[place])})


def _place_of(register: Register, key: str) -> int:
    if key not in register.keys:
        raise ValueError(f"{register.id}: no key of its cells is {key!r}")
    return register.keys.index(key)


def _measure(register: Register, statistic: Statistic) -> Callable[[Cell], Value]:
    if statistic.measure != "sum":
        return lambda cell: cell.count
    if statistic.field not in register.sums:
        raise ValueError(f"{register.id}: no sum of its cells is {statistic.field!r}")
    place = register.sums.index(statistic.field)
    return lambda cell: cell.sums[place] or Decimal(0)


@dataclass(slots=True)
class _Sum:
    """Entries and their value."""

    count: int = 0
    value: int | Decimal = 0

    def add(self, count: int, value: Value) -> None:
        self.count += count
        self.value = self.value + (value or 0)


@dataclass(frozen=True, slots=True)
class _Group:
    """One way to group: key of each label in order, and where a cell belongs."""

    labels: dict[str, str]
    place: Callable[[Cell], str]


def _whole(statistic: Statistic) -> _Group:
    return _Group({"": "ทั้งหมด"}, lambda cell: "")


def _group(register: Register, by: str, cells: Sequence[Cell], months: Sequence[date]) -> _Group:
    if by == MONTH:
        return _Group(_months(cells, months, _month_label), lambda cell: cell.month)
    if by == QUARTER:
        return _Group(_months(cells, months, _quarter_label, _quarter_key), lambda cell: _quarter_key(cell.month))
    if by == STATE:
        labels = {one.key: one.label_th for one in register.states if one.is_counted}
        return _Group(_with_others(labels, {cell.state for cell in cells}), lambda cell: cell.state)
    place = _place_of(register, by)
    seen = {cell.keys[place] for cell in cells}
    return _Group(_with_others(declared(register, by), seen), lambda cell: cell.keys[place])


def declared(register: Register, key: str) -> dict[str, str]:
    """Give the labels that a field declares, by key, in order: choices, levels of the matrix, yes and no."""
    field = register.field_of(key)
    if field is None:
        return {}
    if field.type is FieldType.YES_NO:
        return {_YES: "ใช่", _NO: "ไม่ใช่"}
    if field.derivation and field.derivation.formula is Formula.MATRIX_LEVEL:
        return {level.key: level.label_th for level in register.matrix}
    return {choice.key: choice.label_th for choice in field.choices}


def _with_others(labels: dict[str, str], seen: set[str]) -> dict[str, str]:
    others = sorted(seen - set(labels) - {""}, key=sort_key)
    return {**labels, **{key: key for key in others}, **({"": NOT_SAID} if "" in seen else {})}


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _quarter_key(month: str) -> str:
    """Give fiscal year (BE) and quarter: October 2025 is "2569-1"."""
    if not month:
        return ""
    first = _first_of(month)
    return f"{fiscal_year_be(first)}-{(first.month - 10) % 12 // 3 + 1}"


def _month_label(month: str) -> str:
    return month_label(_first_of(month)) if month else NOT_SAID


def quarter_label(first: date) -> str:
    """Give the label of the quarter of a month."""
    return _quarter_label(_quarter_key(f"{first:%Y-%m}"))


def _quarter_label(key: str) -> str:
    year, _, number = key.partition("-")
    return f"ไตรมาสที่ {number}/{year}" if key else NOT_SAID


def _months(
    cells: Sequence[Cell], months: Sequence[date], label: Callable[[str], str], key: Callable[[str], str] = str
) -> dict[str, str]:
    """Give the labels of the months from the first to the last, October first in each fiscal year."""
    seen = sorted({cell.month for cell in cells} | {f"{one:%Y-%m}" for one in months})
    dated = [month for month in seen if month]
    span = Span(_first_of(dated[0]), _first_of(dated[-1])) if dated else None
    between = [f"{one:%Y-%m}" for one in months_in(*span)] if span else []
    return {key(month): label(key(month)) for month in between} | ({"": NOT_SAID} if "" in seen else {})


def _crossed(labels: Sequence[dict[str, str]]) -> dict[tuple[str, ...], str]:
    """Give the columns of a table: every combination of the second way to group and those after it."""
    found: dict[tuple[str, ...], str] = {(): ""}
    for one in labels:
        found = {
            (*keys, key): f"{path}{_PATH if path else ''}{label}"
            for keys, path in found.items()
            for key, label in one.items()
        }
    return found


def _figure(
    statistic: Statistic,
    labels: dict[str, str],
    heads: dict[tuple[str, ...], str],
    table: dict[tuple[str, tuple[str, ...]], _Sum],
) -> Figure:
    zero: int | Decimal = Decimal(0) if statistic.measure == "sum" else 0

    def added(found: Iterable[_Sum]) -> tuple[int | Decimal, int]:
        ones = list(found)
        return sum((one.value for one in ones), zero), sum(one.count for one in ones)

    by_row = [added(one for (row, _), one in table.items() if row == key) for key in labels]
    by_column = [added(one for (_, column), one in table.items() if column == key) for key in heads]
    body = [[added([table.get((row, column), _Sum())]) for column in heads] for row in labels]
    total, count = added(table.values())
    return Figure(
        statistic,
        tuple((label, value) for label, (value, _) in zip(labels.values(), by_row, strict=True)),
        total,
        tuple(number for _, number in by_row),
        count,
        tuple(heads.values()),
        tuple(tuple(value for value, _ in row) for row in body) if heads else (),
        tuple(tuple(number for _, number in row) for row in body) if heads else (),
        tuple(value for value, _ in by_column),
        tuple(number for _, number in by_column),
    )
