"""Pages for everybody: registers whose table is published. No sign-in; what is not published is not there (404)."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from prongsai.registers.ocds import text_of
from prongsai.web.agencies.models import Agency
from prongsai.web.registers.queries import opened as queries
from prongsai.web.registers.queries.contracting import contracting as package_of
from prongsai.web.registers.queries.contracting import published_of
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.views.found import EXPORTS
from prongsai.web.registers.views.office import as_file, drawn, figure_table
from prongsai.web.ui.forms import posted_number
from prongsai.web.ui.templatetags.ui import thai_digits

_LATIN = re.compile("[A-Za-z]")


@require_safe
def registers(request: HttpRequest, agency: str) -> HttpResponse:
    """List what an agency has published, and what can be sent to it."""
    office = get_object_or_404(Agency, code=agency)
    found = queries.published(office)
    context = {
        "agency": office,
        "tables": [one for one in found if queries.is_published(one.kept)],
        "forms": [one for one in found if one.takes_outside],
        "has_contracting": bool(published_of(office)),
    }
    return render(request, "registers/open_registers.html", context)


@require_safe
def table(request: HttpRequest, agency: str, register: str) -> HttpResponse:
    """Show a published table, a year and a page at a time, with its figures."""
    office, kept = _published(agency, register)
    search = request.GET.get("q", "").strip()[:100]
    found = queries.open_table(office, kept, year=_year(request), search=search, page=request.GET.get("page", "1"))
    heads = [{"label": name, "is_number": each} for name, each in zip(found.head, found.numeric, strict=True)]
    context = {
        "agency": office,
        "kept": kept,
        "title": queries.title_of(kept),
        "table": found,
        "heads": heads,
        "rows": [list(zip(heads, map(_told, row), strict=True)) for row in found.page.object_list],
        "page": found.page,
        "search": search,
        "query": "".join(f"&{part}" for part in [_rest(request)] if part),
        "figures": [drawn(one) for one in queries.open_figures(office, kept, found.year)],
        "forms": EXPORTS,
    }
    return render(request, "registers/open_table.html", context)


def _told(cell: str) -> str:
    """Print a cell with the digits of the page; codes with Latin letters stay as they are."""
    return cell if _LATIN.search(cell) else thai_digits(cell)


def _published(agency: str, register: str) -> tuple[Agency, Kept]:
    office = get_object_or_404(Agency, code=agency)
    kept = queries.published_one(office, register)
    if kept is None:
        raise Http404
    return office, kept


def _year(request: HttpRequest) -> int:
    return posted_number(request.GET.get("year")) or 0


def _rest(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


@require_safe
@override("th")
def contracting(request: HttpRequest, agency: str) -> HttpResponse:
    """Give the published procurement of a year in the shape of the open contracting standard."""
    office = get_object_or_404(Agency, code=agency)
    told = package_of(office, _year(request))
    if told is None:
        raise Http404
    return HttpResponse(text_of(told), content_type=EXPORTS["json"])


@require_safe
@override("th")  # files are of the office, whatever language is read
def data(request: HttpRequest, agency: str, register: str, form: str) -> HttpResponse:
    """Give the published table of a year, or with ``?what=statistics`` its figures, as xlsx, csv or json."""
    office, kept = _published(agency, register)
    if form not in EXPORTS:
        raise Http404
    title = queries.title_of(kept)
    if request.GET.get("what") == "statistics":
        years = queries.years_of(office, kept.register)
        year = _year(request) if _year(request) in years else next(iter(years), 0)
        return as_file(figure_table(queries.open_figures(office, kept, year)), form, f"{title} {_('สถิติ')}")
    return as_file(queries.whole_table(office, kept, _year(request)), form, title)
