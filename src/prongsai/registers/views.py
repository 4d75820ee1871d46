"""Named parts of a register: which of them an entry belongs to, and who alone may see it."""

from collections.abc import Collection, Iterable

from prongsai.registers.conditions import holds
from prongsai.registers.model import Register, Values, View


def closed_views(editions: Iterable[Register]) -> tuple[View, ...]:
    """Give the parts that only some roles may see, of every edition: an entry of an old one is no more open."""
    return tuple(dict.fromkeys(view for one in editions for view in one.views if view.readers))


def met(views: Iterable[View], values: Values) -> tuple[View, ...]:
    """Give those of the parts that an entry belongs to."""
    return tuple(one for one in views if holds(one.where, values))


def may_read(views: Iterable[View], roles: Collection[str]) -> bool:
    """Whether roles may see an entry that belongs to these parts: of each that names its readers, one of them."""
    return all(not one.readers or bool(set(one.readers) & set(roles)) for one in views)
