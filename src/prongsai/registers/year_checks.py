"""What a year's entries must fulfil together: every choice, every unit, every entry of another register, sums."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prongsai.registers.conditions import amount_of, holds, is_filled
from prongsai.registers.derive import rows_of
from prongsai.registers.model import Fault, FieldType, Ref, Register, Values, YearCheck, YearCheckKind
from prongsai.registers.rule_kinds import same
from prongsai.registers.show_values import label_of
from prongsai.thai.text import fold
from prongsai.thai.units import same_unit

ENTRY = "@"  # key under which an entry's own Ref(id, title) stands beside its values

_NAMED = 5
_WHERE_THERE = (YearCheckKind.AT_LEAST, YearCheckKind.EVERY_ENTRY_OF)  # these ask it of the other register's entries


@dataclass(frozen=True, slots=True)
class _Year:
    """A year's entries of a register, of others, and the office's units at the top."""

    register: Register
    rows: Sequence[Values]
    others: Mapping[str, Sequence[Values]]
    units: Sequence[str]

    def label(self, key: str) -> str:
        """Give the label of a field."""
        field = self.register.field_of(key.partition(".")[0])
        return field.label_th if field else key

    def of(self, register: str) -> Sequence[Values]:
        """Give the entries of a register, "" for this one's own."""
        return self.rows if register in {"", self.register.id} else self.others.get(register, ())


def year_faults(
    register: Register,
    rows: Sequence[Values],
    others: Mapping[str, Sequence[Values]],
    units: Sequence[Ref | str],
) -> list[Fault]:
    """Name the checks over a year's counted entries that fail; those that do not block are warnings.

    others: the year's entries of the registers that checks name, each with its own ``Ref(id, title)`` under ``ENTRY``.
    units: those at the top of the tree, as they are called.
    """
    found = []
    names = [unit.text if isinstance(unit, Ref) else unit for unit in units]
    for check in register.year_checks:
        there = check.kind in _WHERE_THERE and check.register not in {"", register.id}
        own = [row for row in rows if there or check.where is None or holds(check.where, row)]
        said = _CHECKS[check.kind](check, _Year(register, own, others, names))
        if said:
            code, message = check.kind.value.upper(), check.message_th or said[0]
            found.append(Fault(check.field, code, message, said[1], is_warning=not check.is_blocking))
    return found


Said = tuple[str, str] | None


def _listed(names: Sequence[str]) -> str:
    more = f" และอีก {len(names) - _NAMED:,} รายการ" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _every_choice(check: YearCheck, year: _Year) -> Said:
    field = year.register.field_of(check.field)
    seen: set[object] = set()
    for row in year.rows:
        value = row.get(check.field)
        seen |= set(value) if isinstance(value, tuple) else {value} if isinstance(value, str) else set()
    missing = [one.label_th for one in field.choices if one.key not in seen] if field else []
    return (f"{year.label(check.field)}ยังไม่ครบ", f"ยังไม่มี {_listed(missing)}") if missing else None


def _every_unit(check: YearCheck, year: _Year) -> Said:
    key = check.field or year.register.unit_by
    seen = {fold(value.text): value.text for row in year.rows if isinstance(value := row.get(key), Ref)}
    missing = [unit for unit in year.units if not any(same_unit(unit, name) for name in seen.values())]
    return (f"ยังมี {len(missing)} ส่วนราชการที่ไม่มีรายการ", f"ยังไม่มี {_listed(missing)}") if missing else None


def _every_entry_of(check: YearCheck, year: _Year) -> Said:
    """Each entry of the other register is pointed at; or, by a linked field of our own, each of ours is."""
    field = year.register.field_of(check.field)
    if field and field.type is FieldType.DERIVED:
        missing = [_title(row) for row in year.rows if not amount_of(row.get(check.field))]
    else:
        seen = {value.id for row in year.rows if isinstance(value := row.get(check.field), Ref)}
        missing = [_title(row) for row in _wanted(check, year) if _id(row) not in seen]
    if not missing:
        return None
    return f"ยังมี {len(missing):,} รายการที่ไม่มี{year.label(check.field)}อ้างถึง", f"ยังขาด {_listed(missing)}"


def _id(row: Values) -> int | None:
    entry = row.get(ENTRY)
    return entry.id if isinstance(entry, Ref) else None


def _title(row: Values) -> str:
    entry = row.get(ENTRY)
    return entry.text if isinstance(entry, Ref) else "รายการที่ไม่มีชื่อ"


def _wanted(check: YearCheck, year: _Year) -> Sequence[Values]:
    """Give the entries of the register that a check names, those that meet its condition."""
    rows = year.of(check.register)
    return [row for row in rows if check.where is None or holds(check.where, row)]


def _at_least(check: YearCheck, year: _Year) -> Said:
    rows = _wanted(check, year)
    wanted = check.value or Decimal(1)
    if len(rows) >= wanted:
        return None
    return f"มี {len(rows):,} รายการ ต้องมีอย่างน้อย {wanted:,} รายการ", "เพิ่มรายการให้ครบ"


def total(rows: Iterable[Values], key: str) -> Decimal:
    """Add up a field, or a column of a rows field, over entries."""
    name, _, column = key.partition(".")
    found = Decimal(0)
    for row in rows:
        cells = [one.get(column) for one in rows_of(row.get(name))] if column else [row.get(name)]
        found += sum((amount_of(cell) or Decimal(0) for cell in cells), Decimal(0))
    return found


def _sum_matches(check: YearCheck, year: _Year) -> Said:
    own, other = total(year.rows, check.field), total(year.of(check.register), check.other or check.field)
    if own == other:
        return None
    return f"ผลรวมของ{year.label(check.field)} {own:,} ไม่เท่ากับ {other:,}", f"ต่างกัน {abs(own - other):,}"


def _by_group(rows: Sequence[Values], group: str, key: str) -> dict[str, Decimal]:
    groups: dict[str, list[Values]] = {}
    for row in rows:
        value = row.get(group)
        name = value.text if isinstance(value, Ref) else value
        if isinstance(name, str) and is_filled(name):
            groups.setdefault(name, []).append(row)
    return {name: total(found, key) for name, found in groups.items()}


def _groups_match(check: YearCheck, year: _Year) -> Said:
    """The sum by group is that of the other register's same group; without another register, the same in all groups."""
    own = _by_group(year.rows, check.other, check.field)
    if check.register in {"", year.register.id}:
        first = next(iter(own.values()), Decimal(0))
        wanted = dict.fromkeys(own, first)
    else:
        wanted = _by_group(year.of(check.register), check.other, check.field)
    field = year.register.field_of(check.other)
    wrong = [name for name in {**own, **wanted} if not same(own.get(name, Decimal(0)), wanted.get(name, Decimal(0)))]
    if not wrong:
        return None
    said = [
        f"{label_of(field, name) if field else name} {own.get(name, 0):,} กับ {wanted.get(name, 0):,}" for name in wrong
    ]
    return f"ผลรวมของ{year.label(check.field)}แยกตาม{year.label(check.other)}ไม่ตรงกัน", _listed(said)


_CHECKS: Mapping[YearCheckKind, Callable[[YearCheck, _Year], Said]] = {
    YearCheckKind.EVERY_CHOICE: _every_choice,
    YearCheckKind.EVERY_UNIT: _every_unit,
    YearCheckKind.EVERY_ENTRY_OF: _every_entry_of,
    YearCheckKind.AT_LEAST: _at_least,
    YearCheckKind.SUM_MATCHES: _sum_matches,
    YearCheckKind.GROUPS_MATCH: _groups_match,
}
