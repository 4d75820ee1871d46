"""The items of the assessment that statistics, guideline and channel prove, in the cycles that are open."""

from collections.abc import Iterator

from prongsai.web.agencies.models import Agency
from prongsai.web.cycles.models import CycleState, ElementState, ItemState
from prongsai.web.cycles.queries import framework_of

STATISTICS = "complaints.corruption.statistics"
GUIDELINE = "complaints.corruption.guideline"
CHANNEL = "complaints.corruption.channel"
FILES = "files"
"""The element that asks for both PDF and Excel."""


def items_of(agency: Agency, key: str, year_be: int | None = None) -> list[ItemState]:
    """Give the items with a lasting key in open cycles. year_be: only those whose content is about that fiscal year.

    An item that names no year takes what is about the year assessed or the one before.
    """
    found = ItemState.objects.filter(cycle__agency=agency, cycle__state=CycleState.OPEN, key=key)
    items = found.select_related("cycle__agency").order_by("-cycle__fiscal_year_be", "pk")
    return [one for one in items if year_be is None or year_be in _years(one)]


def elements_of(agency: Agency, key: str, year_be: int | None = None) -> Iterator[ElementState]:
    """Give the elements of those items."""
    for item in items_of(agency, key, year_be):
        yield from item.elements.select_related("item__cycle").order_by("place")


def _years(item: ItemState) -> tuple[int, ...]:
    year = item.cycle.fiscal_year_be
    known = framework_of(item.cycle).item_by_key(item.key)
    if known is None or known.content_year is None:
        return year, year - 1
    return (year + known.content_year,)
