"""The way to a page, for its crumbs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ItemState

Trail = list[tuple[str, str]]


def trail_of(scope: Scope, cycle: Cycle, *last: str, item: ItemState | None = None, items: bool = False) -> Trail:
    """Give the way through the cycles to a page of a cycle; last: what the page itself is called."""
    code = scope.agency.code
    trail = [(_("รอบการประเมิน"), reverse("cycles:list", args=[code]))]
    trail.append((str(cycle), reverse("cycles:cycle", args=[code, cycle.framework_id])))
    if items or item:
        trail.append((_("รายการข้อ"), reverse("cycles:items", args=[code, cycle.framework_id])))
    if item:
        trail.append((item.code, address_of(scope, cycle, item)))
    trail += [(name, "") for name in last]
    return [*trail[:-1], (trail[-1][0], "")]


def address_of(scope: Scope, cycle: Cycle, item: ItemState) -> str:
    """Give the address of an item's page."""
    return reverse("cycles:item", args=[scope.agency.code, cycle.framework_id, item.key])
