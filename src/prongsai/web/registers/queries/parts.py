"""Named parts of registers in the database: entries that belong to one, and entries that only some roles may see."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from prongsai.registers.model import Condition, Register, View
from prongsai.registers.views import closed_views, may_read
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import as_read, editions_of

_NOBODY: frozenset[str] = frozenset()


def belonging(view: View) -> Q:
    """Give what an entry of the register must meet to belong to a part.

    Asked of its values, not of its keys: an entry keeps those of the day it was written, whatever the file says by now.
    """
    where = view.where
    if where.filled is not None:
        found = Q(values__has_key=where.field)
        return found if where.filled else ~found
    return reduce(or_, (_says(where.field, one) for one in _wanted(where)), Q(pk__in=()))


def _wanted(where: Condition) -> tuple[str | bool, ...]:
    return where.any_of if where.is_ is None else (where.is_,)


def _says(key: str, value: str | bool) -> Q:
    return Q(**{f"values__{key}": value})


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a register in its list. n: how many entries count in it."""

    view: View
    n: int
    is_here: bool

    @property
    def title(self) -> str:
        """What it is called in the language that is read."""
        return title_of(self.view)


def title_of(view: View) -> str:
    """Name a part in the language that is read."""
    return as_read(view.title_th, view.title_en)


def views_seen(scope: Scope, register: Register) -> tuple[View, ...]:
    """Give the parts of a register that somebody may see."""
    return tuple(one for one in register.views if may_read([one], scope.roles))


def view_seen(scope: Scope, register: Register, key: str) -> View | None:
    """Give a part of a register by its key; None for one that is not there, or not for who asks."""
    return next((one for one in views_seen(scope, register) if one.key == key), None)


def closed_of(register: str, roles: Collection[str] = _NOBODY) -> tuple[View, ...]:
    """Give the parts of a register that these roles may not see; without roles: that not everybody may."""
    return tuple(one for one in closed_views(editions_of(register)) if not may_read([one], roles))


def open_only(found: QuerySet[Entry], *registers: str, roles: Collection[str] = _NOBODY) -> QuerySet[Entry]:
    """Leave out of entries of these registers those that only some roles may see, unless these are among them.

    So everything leaves them out that many will read: tables of periods, what is public, what registers prove and sum.
    """
    shut = [(one, views) for one in dict.fromkeys(registers) if (views := closed_of(one, roles))]
    whens = [When(Q(belonging(view), register=one), then=Value(False)) for one, views in shut for view in views]
    # A case and no exclude: of an entry that has not the field at all, a database says neither yes nor no.
    return found.filter(Case(*whens, default=Value(True), output_field=BooleanField())) if whens else found


def open_to(scope: Scope, found: QuerySet[Entry], *registers: str) -> QuerySet[Entry]:
    """The same as somebody may see them."""
    return open_only(found, *registers, roles=scope.roles)
