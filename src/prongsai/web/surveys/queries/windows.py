"""When the official surveys run: practice ones take no answers then.

The days are those the office entered in the calendar of its cycle, else the framework's own. Of a year of which nobody
knows them the whole first half counts, unless somebody confirmed for a survey that it does not run into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from prongsai.errors import FrameworkError
from prongsai.frameworks.load import load
from prongsai.questionnaires.model import Kind
from prongsai.thai.fiscal import fiscal_year, fiscal_year_be, quarter
from prongsai.web.agencies.models import Agency
from prongsai.web.cycles.models import CycleDate
from prongsai.web.surveys.models import Survey

ITA = "ita"
# The steps of a calendar in which an instrument is collected: this one, and all that begin so.
BOTH = "survey"
OF = {"IIT": "survey-internal", "EIT": "survey-external"}
WHOLE = "assessment"  # stands in where a calendar gives only the whole assessment

Days = tuple[str, date | None, date | None]


class Known(StrEnum):
    """From where the days of a window are known."""

    ENTERED = "entered"
    FRAMEWORK = "framework"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Window:
    """The days, first and last included, in which an official survey runs in a fiscal year (BE)."""

    instrument: str
    fiscal_year_be: int
    first: date
    last: date
    known: Known

    def may_be_confirmed(self, day: date) -> bool:
        """Whether somebody may confirm on a day that a survey keeps out of it: nobody knows its days, in its year."""
        return not self.is_known and self.fiscal_year_be == fiscal_year_be(day)

    @property
    def is_known(self) -> bool:
        """Whether its days are known, from whomever."""
        return self.known is not Known.NOT

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


# --- of a year ------------------------------------------------------------------------------------------------------
def windows(agency: Agency, instrument: str, years: Iterable[int]) -> tuple[Window, ...]:
    """Give the window of each year (BE), in their order; one query."""
    entered = _entered(agency, sorted(set(years)))
    return tuple(_window(instrument, year, days) for year, days in entered.items())


def windows_of_year(agency: Agency, year_be: int) -> dict[str, Window]:
    """Give the window of each instrument in a year (BE); one query."""
    days = _entered(agency, [year_be])[year_be]
    return {instrument: _window(instrument, year_be, days) for instrument in OF}


def _entered(agency: Agency, years: list[int]) -> dict[int, list[Days]]:
    rows = CycleDate.objects.filter(
        cycle__agency=agency, cycle__framework_kind=ITA, cycle__fiscal_year_be__in=years
    ).values_list("cycle__fiscal_year_be", "key", "starts_on", "ends_on")
    entered: dict[int, list[Days]] = {year: [] for year in years}
    for year, key, start, end in rows:
        entered[year].append((key, start, end))
    return entered


def _window(instrument: str, year: int, entered: Iterable[Days]) -> Window:
    for known, steps in ((Known.ENTERED, tuple(entered)), (Known.FRAMEWORK, tuple(_of_framework(year)))):
        span = _span(instrument, steps, year)
        if span:
            return Window(instrument, year, *span, known)
    return Window(instrument, year, *_half(year), Known.NOT)


def _of_framework(year: int) -> Iterator[Days]:
    try:
        calendar = load(f"{ITA}-{year}").calendar
    except FrameworkError:
        return
    for one in calendar:
        start, end = (date.fromisoformat(day) if day else None for day in (one.start, one.end))
        yield one.key, start, end


def _span(instrument: str, steps: Iterable[Days], year: int) -> tuple[date, date] | None:
    """Give the days from the first step of an instrument to its last; None when no day of any is known."""
    dated = [step for step in steps if step[1] or step[2]]
    of = [step for step in dated if step[0] == BOTH or step[0].startswith(OF[instrument])]
    spans = [_whole(start, end, year) for _key, start, end in of or [step for step in dated if step[0] == WHOLE]]
    return (min(first for first, _last in spans), max(last for _first, last in spans)) if spans else None


def _whole(start: date | None, end: date | None, year: int) -> tuple[date, date]:
    """Fill in an end that is not known, so that the window is rather too long than too short."""
    january, june = _half(year)
    first = start or min(january, end or january)
    last = end or (june if first <= june else fiscal_year(year).end)
    return first, max(first, last)


def _half(year: int) -> tuple[date, date]:
    return quarter(2, year).start, quarter(3, year).end  # January to June


# --- of a survey ----------------------------------------------------------------------------------------------------
def closed_windows(agency: Agency, kind: str, today: date, *, confirmed_on: date | None = None) -> tuple[Window, ...]:
    """Give the windows that are not over, in which a survey of a kind takes no answers; one query.

    Those of this fiscal year, the next, and the last one, whose days may reach into this. Nothing for kinds that
    practise for no official survey. confirmed_on: when somebody confirmed it, which counts for that fiscal year only.
    """
    instrument = Kind(kind).instrument
    if not instrument:
        return ()
    year = fiscal_year_be(today)
    found = windows(agency, instrument, (year - 1, year, year + 1))
    is_settled = [confirmed_on is not None and one.may_be_confirmed(confirmed_on) for one in found]
    return tuple(one for one, settled in zip(found, is_settled, strict=True) if one.last >= today and not settled)


def closed_for(survey: Survey, today: date) -> tuple[Window, ...]:
    """Give the windows that are not over, in which a survey takes no answers, the next first."""
    return closed_windows(survey.agency, survey.kind, today, confirmed_on=survey.window_on)


def may_take(survey: Survey, today: date) -> bool:
    """Whether a survey may take answers on a day as far as official surveys go. No query for most kinds, else one."""
    return not any(one.holds(today) for one in closed_for(survey, today))


def last_moment(found: Iterable[Window]) -> datetime | None:
    """Give when a survey must be closed at the latest: the end of the day before the first window; None for never."""
    first = min((one.first for one in found), default=None)
    return day_ends(first - timedelta(days=1)) if first else None


def day_ends(day: date) -> datetime:
    """Give the last moment of a day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
