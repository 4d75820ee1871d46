"""How many complaints there were in a period: counted by the clear columns alone, small ones kept back.

Shredded reports count, their dull row stays for that. Appeals against an evaluation are no complaints about corruption
and do not count. Nothing is counted before a period has ended: a number that grows on the day of a report would tell
those who can read it that there is one.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count as Counting
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import override

from prongsai.reports.forms.complaint_statistics import ComplaintStatistics, Count, suppress
from prongsai.reports.forms.signing import NOBODY, Signed
from prongsai.thai.dates import MONTHS
from prongsai.thai.fiscal import BE_OFFSET, first_months, fiscal_year, months_in
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.models import Category, Report, State, Tally, Way

DONE = frozenset({State.REFERRED, State.REFUSED, State.NO_CASE, State.INFORMED, State.CLOSED})
"""The states in which a complaint is finished with, as far as statistics go; those refused are among them."""

HALF_MONTHS = 6
CATEGORIES = tuple(one for one in Category if one is not Category.EVALUATION)

_ROW = ("label", "total", "done", "pending", "procurement", "other")


@dataclass(frozen=True, slots=True)
class Period:
    """A fiscal year (BE), or its first half."""

    fiscal_year_be: int
    is_half: bool = False

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return fiscal_year(self.fiscal_year_be).start

    @property
    def ends_on(self) -> date:
        """Its last day."""
        if self.is_half:
            return first_months(HALF_MONTHS, self.fiscal_year_be).end
        return fiscal_year(self.fiscal_year_be).end

    def has_ended(self, today: date) -> bool:
        """Whether all of it is past."""
        return self.ends_on < today


@dataclass(frozen=True, slots=True)
class _Group:
    """Complaints that are counted together."""

    month: tuple[int, int]
    category: str
    state: str
    n: int


def counts_of(agency: Agency, period: Period, *, hide_small_totals: bool = False) -> ComplaintStatistics:
    """Count the complaints of a period as they stand, with everything kept back that must be; two queries.

    What was told of the same year before is looked at too: nothing follows from both together.
    """
    whole = replace(_counted(agency, period), hide_small_totals=hide_small_totals)
    return suppress(whole, [statistics_of(one) for one in told_of(agency, period.fiscal_year_be)])


def told_of(agency: Agency, fiscal_year_be: int) -> Sequence[Tally]:
    """Give everything that was ever signed of a year, replaced ones too, the oldest first."""
    found = Tally.objects.filter(agency=agency, fiscal_year_be=fiscal_year_be)
    return list(found.select_related("agency", "signed_by").order_by("pk"))


def statistics_of(tally: Tally) -> ComplaintStatistics:
    """Give what was signed, as its paper says it."""
    counts: Mapping[str, Any] = tally.counts
    return ComplaintStatistics(
        agency=tally.agency.name,
        fiscal_year_be=tally.fiscal_year_be,
        total=counts["total"],
        done=counts["done"],
        pending=counts["pending"],
        months=tuple(Count(**row) for row in counts["months"]),
        categories=tuple(Count(**row) for row in counts["categories"]),
        reported_on=tally.signed_on,
        signer=Signed(str(tally.signed_by), tally.signed_as, on=tally.signed_on),
        refused=counts["refused"],
        is_half=tally.is_half,
        hide_small_totals=counts.get("hide_small_totals", False),
    )


def kept_of(statistics: ComplaintStatistics) -> dict[str, Any]:
    """Give the counts as a tally keeps them."""
    totals = {name: getattr(statistics, name) for name in ("total", "done", "pending", "refused")}
    rows = {
        name: [{key: getattr(row, key) for key in _ROW} for row in getattr(statistics, name)]
        for name in ("months", "categories")
    }
    return {**totals, **rows, "hide_small_totals": statistics.hide_small_totals}


# --- counting -------------------------------------------------------------------------------------------------------
@override("th")  # what is kept and published is Thai, whatever language its maker reads
def _counted(agency: Agency, period: Period) -> ComplaintStatistics:
    groups = list(_groups(agency, period))
    months = [(one.year, one.month) for one in months_in(period.starts_on, period.ends_on)]
    year = _row("", groups)
    return ComplaintStatistics(
        agency=agency.name,
        fiscal_year_be=period.fiscal_year_be,
        total=year.total,
        done=year.done,
        pending=year.pending,
        months=tuple(_month(month, [one for one in groups if one.month == month]) for month in months),
        categories=tuple(_row(str(kind.label), [one for one in groups if one.category == kind]) for kind in CATEGORIES),
        reported_on=None,
        signer=NOBODY,
        refused=sum(one.n for one in groups if one.state == State.REFUSED),
        is_half=period.is_half,
    )


def _groups(agency: Agency, period: Period) -> Iterator[_Group]:
    found = Report.objects.filter(agency=agency, received_on__range=(period.starts_on, period.ends_on))
    found = found.exclude(way=Way.APPEAL).exclude(category=Category.EVALUATION).order_by()
    months = found.annotate(year=ExtractYear("received_on"), month=ExtractMonth("received_on"))
    counted = months.values_list("year", "month", "category", "state").annotate(n=Counting("pk"))
    for year, month, category, state, n in counted:
        yield _Group((year, month), category, state, n)


def _row(label: str, groups: Iterable[_Group]) -> Count:
    counted = [(one.n, one.state in DONE) for one in groups]
    done = sum(n for n, is_done in counted if is_done)
    pending = sum(n for n, is_done in counted if not is_done)
    return Count(label, done + pending, done, pending)


def _month(month: tuple[int, int], groups: Sequence[_Group]) -> Count:
    year, number = month
    row = _row(to_thai(f"{MONTHS[number - 1]} {year + BE_OFFSET}"), groups)
    bought = sum(one.n for one in groups if one.category == Category.PROCUREMENT)
    return replace(row, procurement=bought, other=sum(one.n for one in groups) - bought)


def mark_of(statistics: ComplaintStatistics) -> str:
    """Give a mark of what would be signed, so that nobody signs other counts than those that they saw."""
    told = json.dumps(kept_of(statistics), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
