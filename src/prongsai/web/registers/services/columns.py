"""What an entry keeps beside its values, worked out from them: dates, title, keys, sums, identity, text to search."""

import hashlib
import re
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from prongsai.registers.model import LINKED, SLOTS, Field, FieldType, Formula, Level, Openness, Register, Values
from prongsai.registers.statistics import key_text
from prongsai.registers.values import normal, show, to_json
from prongsai.thai.fiscal import Span, fiscal_year, fiscal_year_be, month_span
from prongsai.thai.holidays import add_working_days, next_working_day
from prongsai.thai.text import collapse
from prongsai.web.registers.found import joined, packed
from prongsai.web.registers.models import KEY_MAX, Entry

TITLE_MAX = 300
PART_MAX = 500  # letters of a field that are searched
MATRIX = "_matrix"
ELSEWHERE = LINKED | {Formula.LOOKUP}
_CENT = Decimal("0.01")
_NAMED = re.compile(r"\{(\w+)\}")
_UNSEARCHED = frozenset({FieldType.FILE, FieldType.YES_NO})


def fill(entry: Entry, register: Register, values: Values, today: date) -> None:
    """Set every column that follows from values; values hold what was derived. Number, year and dates stand already."""
    entry.title = title_of(register, values)
    entry.values = kept_values(register, values)
    for slot in range(SLOTS):
        key = register.field_of(register.keys[slot]) if slot < len(register.keys) else None
        amount = register.sums[slot] if slot < len(register.sums) else ""
        setattr(entry, f"key_{slot + 1}", _key(key, values))
        setattr(entry, f"sum_{slot + 1}", amount_of(values.get(amount)))
    entry.identity = identity_of(register, values, entry)
    entry.due_on = due_on(register, values, timezone.localdate(entry.written_at) if entry.written_at else today)
    entry.done_on = done_on(register, values, entry)
    entry.found_by = found_by(register, values, entry)


def set_dates(entry: Entry, start: date, end: date | None, year: int) -> None:
    """Set the days by which an entry stands in a period, and its fiscal year."""
    entry.dated_on, entry.ends_on, entry.fiscal_year_be = start, end, year
    entry.month = start.year * 100 + start.month


def days_of(register: Register, values: Values, today: date, year_be: int = 0) -> tuple[date, date | None]:
    """Give the day or days by which an entry is dated; without any, the day it is made, moved into year_be."""
    value = values.get(register.dated_by) if register.dated_by else None
    if isinstance(value, Span):
        return value.start, value.end
    if isinstance(value, date):
        field = register.field_of(register.dated_by)
        is_month = field is not None and field.type is FieldType.MONTH
        return value, month_span(value.year, value.month).end if is_month else None
    if year_be:
        year = fiscal_year(year_be)
        return min(max(today, year.start), year.end), None
    return today, None


def year_of(register: Register, day: date) -> int:
    """Give the fiscal year (BE) that an entry of a day belongs to, 0 for a standing register."""
    return 0 if register.standing else fiscal_year_be(day)


def title_of(register: Register, values: Values) -> str:
    """Name an entry by the register's pattern; what is secret is not named."""
    fields = {one.key: one for one in register.fields if one.openness is not Openness.SECRET}

    def told(found: re.Match[str]) -> str:
        field = fields.get(found[1])
        return show(field, values.get(found[1])) if field else ""

    title = collapse(_NAMED.sub(told, register.title)).strip()
    return (title if len(title) <= TITLE_MAX else title[: TITLE_MAX - 1] + "…") or register.name_th[:TITLE_MAX]


def _key(field: Field | None, values: Values) -> str:
    return collapse(key_text(field, values.get(field.key)))[:KEY_MAX] if field else ""


def amount_of(value: object) -> Decimal | None:
    """Write a number as it is summed: two places."""
    return value.quantize(_CENT, ROUND_HALF_UP) if isinstance(value, Decimal) else None


def kept_values(register: Register, values: Values) -> dict[str, object]:
    """Write values for keeping, with the matrix that levels were read from; what stands elsewhere is not kept."""
    own = [one for one in register.fields if not (one.derivation and one.derivation.formula in ELSEWHERE)]
    kept: dict[str, object] = dict(to_json(own, values))
    if register.matrix:
        kept[MATRIX] = [asdict(level) for level in register.matrix]
    return kept


def with_matrix(register: Register, entry: Entry) -> Register:
    """Give the register with the matrix by which an entry was assessed, whatever the file says by now."""
    kept = entry.values.get(MATRIX)
    return replace(register, matrix=tuple(Level(**level) for level in kept)) if kept else register


# --- what may occur once --------------------------------------------------------------------------------------------
def identity_of(register: Register, values: Values, entry: Entry) -> str:
    """Hash what may occur once, in the year unless the register stands; empty where it may not be held against others.

    That is when nothing of it is filled in, and for what was withdrawn: another entry may take its place.
    """
    state = register.state_of(entry.state)
    gone = state is not None and not state.is_counted and not state.is_public
    fields = [one for key in register.unique if (one := register.field_of(key))]
    parts = [normal(one, values.get(one.key)) for one in fields]
    if gone or not any(parts):
        return ""
    return hashlib.sha256("\n".join([str(entry.fiscal_year_be), *parts]).encode()).hexdigest()


# --- by when --------------------------------------------------------------------------------------------------------
def due_on(register: Register, values: Values, came_on: date) -> date | None:
    """Give the last day by the register's clock; None without one, or while the day it starts from is not known.

    came_on: where the clock names no field. A period starts the clock when it ends.
    """
    clock = register.clock
    start = _day(values.get(clock.start)) if clock and clock.start else came_on
    if clock and clock.start == register.dated_by:  # an entry without its day is of the day it was made
        start = start or came_on
    if clock is None or start is None:
        return None
    if clock.working:
        return add_working_days(start, clock.days)
    return next_working_day(start + timedelta(days=clock.days))


def done_on(register: Register, values: Values, entry: Entry) -> date | None:
    """Give the day that stopped the clock: its field's; without one, the day a final state was reached."""
    if register.clock and register.clock.stop:
        return _day(values.get(register.clock.stop))
    state = register.state_of(entry.state)
    return entry.done_on if state is not None and state.is_final else None


def _day(value: object) -> date | None:
    return value.end if isinstance(value, Span) else value if isinstance(value, date) else None


# --- text to search -------------------------------------------------------------------------------------------------
def found_by(register: Register, values: Values, entry: Entry) -> bytes:
    """Give the text by which an entry is found: everything in it that is not secret, packed."""
    number = f"{entry.number}/{entry.fiscal_year_be}" if entry.fiscal_year_be else str(entry.number)
    parts = (number, *(_told(one, values.get(one.key)) for one in register.fields))
    return joined([packed(part[:PART_MAX]) for part in parts])


def _told(field: Field, value: object) -> str:
    if value is None or field.openness is Openness.SECRET or field.type in _UNSEARCHED:
        return ""
    open_ = tuple(column for column in field.columns if column.openness is not Openness.SECRET)
    return show(replace(field, columns=open_) if field.columns else field, value, digits="arabic")
