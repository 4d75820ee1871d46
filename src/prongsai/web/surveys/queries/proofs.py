"""The items of the assessment that the report of a satisfaction survey proves, in the cycles that are open."""

from __future__ import annotations

from prongsai.web.agencies.models import Agency
from prongsai.web.cycles.models import CycleState, ItemState
from prongsai.web.cycles.queries import framework_of

SATISFACTION = "service.satisfaction"


def items_of(agency: Agency, year_be: int) -> list[ItemState]:
    """Give the items on the satisfaction survey whose content is about a fiscal year.

    An item that names no year takes what is about the year assessed or the one before.
    """
    found = ItemState.objects.filter(cycle__agency=agency, cycle__state=CycleState.OPEN, key=SATISFACTION)
    items = found.select_related("cycle__agency").order_by("-cycle__fiscal_year_be", "pk")
    return [one for one in items if year_be in _years(one)]


def _years(item: ItemState) -> tuple[int, ...]:
    year = item.cycle.fiscal_year_be
    known = framework_of(item.cycle).item_by_key(item.key)
    if known is None or known.content_year is None:
        return year, year - 1
    return (year + known.content_year,)
