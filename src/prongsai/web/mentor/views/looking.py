"""Pages of an office: the heat map, what is overdue, faults in common, examples, comparison, one agency."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prongsai.web.mentor.access import Desk, mentoring
from prongsai.web.mentor.forms.looking import ExampleForm, FaultForm, FilterForm, HeatForm
from prongsai.web.mentor.models import FaultSource
from prongsai.web.mentor.queries import clusters
from prongsai.web.mentor.queries import compare as comparing
from prongsai.web.mentor.queries import examples as example_queries
from prongsai.web.mentor.queries import heat as heat_queries
from prongsai.web.mentor.queries import late as late_queries
from prongsai.web.mentor.queries.offices import left_of, members_of
from prongsai.web.mentor.queries.seen import seen_by
from prongsai.web.mentor.queries.sight import Year, places_of, standings_of, years_of

PAGE_SIZE = 50
LEFT_MAX = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for: the year and the filters. years: to choose from. query: of its links."""

    years: tuple[Year, ...]
    year: Year
    form: FilterForm
    query: str


def asked(
    request: HttpRequest, desk: Desk, form: Callable[[Year, tuple[tuple[str, str], ...], QueryDict], FilterForm]
) -> Asked | None:
    """Read year and filters of an address; None while nothing was counted. Raises Http404 for a year of nobody."""
    years = years_of(desk)
    wanted = request.GET.get("year", "")
    year = next((each for each in years if each.id == wanted), None) if wanted else next(iter(years), None)
    if year is None:
        if wanted and years:
            raise Http404
        return None
    made = form(year, places_of(desk), request.GET)
    given = {"year": year.id} | {name: request.GET[name] for name in made.fields if request.GET.get(name)}
    return Asked(years, year, made, urlencode(given))


def _plain(_year: Year, places: tuple[tuple[str, str], ...], data: QueryDict) -> FilterForm:
    return FilterForm(places, data)


def _page(request: HttpRequest, found: QuerySet[Any, Any] | list[dict[str, Any]]) -> Page:
    return Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))


def _shown(
    request: HttpRequest, desk: Desk, here: str, found: Asked | None, context: dict[str, object] | None = None
) -> HttpResponse:
    """Answer with a page of an office, or with what to do while nothing was counted."""
    words = {"desk": desk, "office": desk.office, "here": here}
    if found is None:
        return render(request, "mentor/nothing.html", words)
    seen = {"asked": found, "year": found.year, "form": found.form, "query": f"&{found.query}"}
    return render(request, f"mentor/{here}.html", words | seen | (context or {}))


@mentoring
@require_safe
def heat(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show items across agencies, fifty agencies a page."""
    found = asked(request, desk, lambda _year, places, data: HeatForm(places, data))
    if found is None:
        return _shown(request, desk, "heat", None)
    standings = standings_of(desk, found.year.id, found.form.wanted)
    page = _page(request, heat_queries.ordered(standings, request.GET.get("order", "")))
    context = {
        "page": page,
        "rows": heat_queries.rows_of(found.year, page.object_list, desk.today),
        "head": heat_queries.head_of(desk, found.year, found.form.wanted, page.paginator.count),
        "signs": heat_queries.SIGNS,
    }
    return _shown(request, desk, "heat", found, context)


@mentoring
@require_safe
def late(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what is overdue: who, which item, how many days."""
    found = asked(request, desk, _plain)
    if found is None:
        return _shown(request, desk, "late", None)
    page = _page(request, late_queries.lines_of(desk, found.year, found.form.wanted))
    context = {
        "page": page,
        "rows": late_queries.overdue_of(found.year, page.object_list, desk.today),
        "tally": late_queries.tally_of(desk, found.year, found.form.wanted),
    }
    return _shown(request, desk, "late", found, context)


@mentoring
@require_safe
def faults(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the faults that several agencies have."""
    found = asked(request, desk, lambda _year, places, data: FaultForm(places, data))
    if found is None:
        return _shown(request, desk, "faults", None)
    source = request.GET.get("source", "")
    wanted = source if source in FaultSource.values else ""
    # A few hundred at most, of which each costs a look at every fault: counted once, not once more for their number.
    page = _page(request, list(clusters.clusters(desk, found.year, found.form.wanted, wanted)))
    rows = clusters.clusters_of(found.year, page.object_list, desk.today)
    return _shown(request, desk, "faults", found, {"page": page, "rows": rows})


@mentoring
@require_safe
def fault(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show which agencies have a fault: ``?source=&key=&code=``."""
    found = asked(request, desk, _plain)
    source, key, code = (request.GET.get(name, "") for name in ("source", "key", "code"))
    if found is None or source not in FaultSource.values:
        raise Http404
    page = _page(request, clusters.having(desk, found.year, found.form.wanted, source, key, code))
    if not page.paginator.count:
        raise Http404
    more = urlencode({"source": source, "key": key, "code": code})
    context = {
        "page": page,
        "rows": clusters.at(page.object_list, desk.today),
        "told": clusters.told(found.year, source, key, code),
        "query": f"&{found.query}&{more}",
    }
    return _shown(request, desk, "fault", found, context)


@mentoring
@require_safe
def examples(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show public pages that do what their item asks for."""
    found = asked(request, desk, _example_form)
    if found is None:
        return _shown(request, desk, "examples", None)
    item = request.GET.get("item", "")
    key = item if item in found.year.items else ""
    page = _page(request, example_queries.lines_of(desk, found.year, found.form.wanted, key))
    rows = example_queries.examples_of(found.year, page.object_list)
    return _shown(request, desk, "examples", found, {"page": page, "rows": rows})


def _example_form(year: Year, places: tuple[tuple[str, str], ...], data: QueryDict) -> FilterForm:
    items = [(key, f"{item.code} {item.title_th}"[:90]) for key, item in year.items.items()]
    return ExampleForm(items, places, data)


@mentoring
@require_safe
def compare(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Compare readiness by kind and size."""
    found = asked(request, desk, _plain)
    made = comparing.comparison_of(desk, found.year) if found else None
    return _shown(request, desk, "compare", found, {"comparison": made})


@mentoring
@require_safe
def agencies(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the agencies that take part, and those that have left."""
    words = request.GET.get("q", "").strip()[:100]
    left = left_of(desk)
    context = {
        "desk": desk,
        "office": desk.office,
        "here": "agencies",
        "page": _page(request, members_of(desk, words)),
        "left": left[:LEFT_MAX],
        "q": words,
        "query": f"&{urlencode({'q': words})}" if words else "",
    }
    return render(request, "mentor/agencies.html", context)


@mentoring
@require_safe
def agency(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show one agency as the office sees it."""
    wanted = request.GET.get("year", "")
    there = members_of(desk).filter(code=code).first()
    if there is None:
        raise Http404
    years = [year for year in years_of(desk) if wanted in ("", year.id)]
    seen = next((one for year in years if (one := seen_by(desk, code, year))), None)
    if seen is None and wanted:
        raise Http404
    context = {
        "desk": desk,
        "office": desk.office,
        "here": "agency",
        "agency": there,
        "seen": seen,
        "trail": [(_("หน่วยงานที่เข้าร่วม"), reverse("mentor_office:agencies", args=[desk.office.pk])), (there.name, "")],
    }
    return render(request, "mentor/agency.html", context)
