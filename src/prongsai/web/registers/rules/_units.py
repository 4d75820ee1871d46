"""The units at the top of the tree, and which of them are not among others."""

from collections.abc import Iterable

from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope


def units_without(scope: Scope, named: Iterable[object]) -> list[str]:
    """Name the units at the top that are there today and not among those named; one query."""
    there = {one.id for one in named if isinstance(one, Ref)}
    tops = Unit.objects.filter(agency=scope.agency, parent=None).on(scope.today).order_by("place", "pk")
    return [one.name for one in tops if one.pk not in there]
