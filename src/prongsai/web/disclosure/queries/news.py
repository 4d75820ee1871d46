"""Public news: how long after the event it was told, what of the register of news has no page yet, a month of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Prefetch, QuerySet
from django.utils import timezone

from prongsai.registers.values import from_json
from prongsai.reports.forms.news_report import NewsLine, NewsReport
from prongsai.reports.forms.signing import Signed
from prongsai.thai.fiscal import month_span
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page, PageKind, PageState, Posting
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.queries.library import Kept, edition_of, kept_of

REGISTER = "news"
LIMIT_DAYS = 7  # where the office's own register of news says nothing
WEBSITE = "เว็บไซต์"


def register_of(scope: Scope, year_be: int = 0) -> Kept:
    """Give the register of news as the office keeps it."""
    return kept_of(scope, REGISTER, year_be)


def limit_of(scope: Scope, year_be: int = 0) -> int:
    """Give within how many days after the event news is to be told: the register says so, its file can be changed."""
    clock = register_of(scope, year_be).register.clock
    return clock.days if clock else LIMIT_DAYS


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of news that has a page. days: from the event until it was told, or until today; limit: allowed ones."""

    page: Page
    published_on: date | None
    days: int | None
    limit: int

    @property
    def late(self) -> int:
        """How many days too late it was told, or is by now; 0 for none."""
        return max(0, (self.days or 0) - self.limit)


def pages_of(scope: Scope, year_be: int) -> QuerySet[Page]:
    """Give the news of a fiscal year, the newest event first; ``first_at``: when each was first published."""
    counted = Prefetch("postings", queryset=Posting.objects.select_related("channel"))
    found = Page.objects.filter(agency=scope.agency, kind=PageKind.NEWS, year_be=year_be)
    found = found.select_related("unit", "current", "entry").prefetch_related(counted)
    return found.annotate(first_at=Min("releases__published_at")).order_by("-event_on", "-pk")


def lines_of(scope: Scope, pages: Iterable[Page], limit: int) -> list[Line]:
    """Give pages of news with the days that they took."""
    return [_line(page, limit, scope.today) for page in pages]


def _line(page: Page, limit: int, today: date) -> Line:
    published = told_on(vars(page).get("first_at"))
    end = published or (today if page.state != PageState.WITHDRAWN else None)
    days = (end - page.event_on).days if end and page.event_on else None
    return Line(page, published, days, limit)


def told_on(at: datetime | None) -> date | None:
    """Give the day here of a time."""
    return timezone.localdate(at) if at else None


def years_of(scope: Scope, year_be: int) -> list[int]:
    """Give the fiscal years that have news, and the one that is asked for, the newest first."""
    found = Page.objects.filter(agency=scope.agency, kind=PageKind.NEWS).order_by().values_list("year_be", flat=True)
    return sorted({year_be, *found.distinct()}, reverse=True)


def months_of(year_be: int) -> list[date]:
    """Give the first days of the months of a fiscal year, October first."""
    return [date(year_be - 544 + (month < 10), month, 1) for month in (10, 11, 12, *range(1, 10))]


# --- the register ---------------------------------------------------------------------------------------------------
def entries_without_page(scope: Scope, year_be: int) -> QuerySet[Entry]:
    """Give what the units entered in the register of news and nobody has made a page of."""
    return entries_of(scope, register_of(scope, year_be), year_be).filter(page=None)


def untold(scope: Scope) -> QuerySet[Page]:
    """Give published news whose entry in the register does not yet say when it was posted."""
    found = Page.objects.filter(agency=scope.agency, entry__isnull=False, state=PageState.PUBLIC)
    return found.filter(entry__done_on=None, entry__close=None).select_related("agency", "entry", "current", "unit")


def values_of(entry: Entry) -> Mapping[str, Any]:
    """Give what an entry says, typed."""
    return from_json(edition_of(entry.register, entry.since_be).fields, entry.values)


# --- a month --------------------------------------------------------------------------------------------------------
def month_report(scope: Scope, first: date, signer: Signed) -> NewsReport:
    """Give the report of a month to the executives: every event of it, told or not. first: its first day."""
    span = month_span(first.year, first.month)
    year_be = first.year + 543 + (first.month >= 10)
    pages = pages_of(scope, year_be).filter(event_on__range=span).exclude(state=PageState.WITHDRAWN)
    entries = entries_without_page(scope, year_be).filter(dated_on__range=span)
    news = [_of_page(page) for page in pages] + [_of_entry(entry) for entry in entries]
    news.sort(key=lambda one: (one.event_on or date.max, one.topic))
    return NewsReport(scope.agency.name, first, limit_of(scope, year_be), tuple(news), scope.today, signer)


def _of_page(page: Page) -> NewsLine:
    published = told_on(vars(page)["first_at"])
    names = [WEBSITE] if published else []
    names += [str(one.channel) for one in page.postings.all() if one.is_counted]
    return NewsLine(page.title, str(page.unit or ""), page.event_on, published, tuple(dict.fromkeys(names)))


def _of_entry(entry: Entry) -> NewsLine:
    values = values_of(entry)
    register = edition_of(entry.register, entry.since_be)
    field = register.field_of("channels")
    labels = {one.key: one.label_th for one in field.choices} if field else {}
    names = tuple(labels.get(key, key) for key in values.get("channels") or ())
    return NewsLine(entry.title, str(entry.unit or ""), entry.dated_on, values.get("posted_on"), names)
