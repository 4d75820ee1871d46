"""The last day on which an item may be disclosed, as the office entered the year's calendar."""

from collections.abc import Iterable
from datetime import date

from prongsai.web.cycles.models import CycleDate

DISCLOSURE = "disclosure"


def last_day_of(dates: Iterable[CycleDate]) -> date | None:
    """Give the last day of the step called ``disclosure``, else the latest of those whose names begin so."""
    days = {one.key: one.ends_on or one.starts_on for one in dates}
    begun = (day for key, day in days.items() if day and key.startswith(DISCLOSURE))
    return days.get(DISCLOSURE) or max(begun, default=None)
