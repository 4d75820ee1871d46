"""Whether a condition of a file holds for an entry's values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from prongsai.registers.model import Condition, Ref
from prongsai.thai.text import fold


def is_filled(value: object) -> bool:
    """Whether anything is there: an empty text and no rows are nothing; no and zero are something."""
    return value is not None and value != "" and value != () and value != []


def amount_of(value: object) -> Decimal | None:
    """Give a value as a number, also the key of a choice that is digits; None for what is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 15:
        return Decimal(value)
    return None


def says(value: object, written: str | bool) -> bool:
    """Whether a value is what a file writes: true and false, a choice's key, a day, a number, a name."""
    if isinstance(written, bool) or isinstance(value, bool):
        return isinstance(value, bool) and value is _truth(written)
    if isinstance(value, date):
        return value.isoformat() == written or value.isoformat()[:7] == written
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" == written or str(value) == written
    if isinstance(value, Ref):
        return fold(value.text) == fold(written)
    return isinstance(value, str) and (value == written or fold(value) == fold(written))


def _truth(written: str | bool) -> bool | None:
    return written if isinstance(written, bool) else {"true": True, "false": False}.get(written)


def holds(condition: Condition, values: Mapping[str, object], plan: Mapping[str, object] | None = None) -> bool:
    """Whether a condition holds. plan: of a progress, the entry that it reports on, for fields it has not itself."""
    value = _value(condition.field, values, plan)
    if condition.filled is not None:
        return is_filled(value) is condition.filled
    if condition.is_ is not None:
        return says(value, condition.is_)
    if condition.not_ is not None:
        return not says(value, condition.not_)
    if condition.any_of:
        return any(says(value, one) for one in condition.any_of)
    if condition.has is not None:
        return isinstance(value, tuple | list) and condition.has in value
    return _compares(condition, amount_of(value), values, plan)


def _compares(
    condition: Condition, amount: Decimal | None, values: Mapping[str, object], plan: Mapping[str, object] | None
) -> bool:
    if amount is None:
        return False
    if condition.more_than is not None:
        return amount > condition.more_than
    if condition.less_than is not None:
        return amount < condition.less_than
    other = amount_of(_value(condition.more_than_field, values, plan))
    return other is not None and amount > other


def _value(key: str, values: Mapping[str, object], plan: Mapping[str, object] | None) -> object:
    return values.get(key) if key in values or plan is None else plan.get(key)
