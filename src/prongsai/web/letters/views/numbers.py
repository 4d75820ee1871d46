"""Pages of the registers of numbers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.documents.write import render as render_document
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable
from prongsai.registers.sheets import csv_text, workbook
from prongsai.registers.tables import Table
from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.forms.numbers import (
    CancelForm,
    RegisterFilter,
    ReserveForm,
    SeriesAddForm,
    SeriesForm,
    StartForm,
    StartsForm,
)
from prongsai.web.letters.models import Number, Series, SeriesKind
from prongsai.web.letters.queries import numbers as queries
from prongsai.web.letters.queries.books import TITLES, book_of, printed_book
from prongsai.web.letters.queries.lines import lines_of
from prongsai.web.letters.services import numbers as services
from prongsai.web.ui.forms import posted_number, refuse
from prongsai.web.ui.templatetags.ui import thai_digits

PAGE = 100
GAPS_SHOWN = 20
PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])
EXPORTS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


# --- series ----------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def series_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the registers of numbers as they stand this year."""
    year = queries.year_of(scope.today)
    lines = queries.series_lines(scope, year)
    context = {
        "lines": lines,
        "year": year,
        "may_keep": scope.can(Power.KEEP_LETTERS),
        "stale": sum(line.stale for line in lines),
        "missing": [line for line in lines if line.missing],
        "trail": _trail(scope)[:-1] + [(_("ทะเบียนเลขหนังสือ"), "")],
    }
    return render(request, "letters/series_list.html", context)


def _trail(scope: Scope, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("ทะเบียนเลขหนังสือ"), reverse("letters:series_list", args=[scope.agency.code])), *steps]


@allowed(Power.KEEP_LETTERS)
@PAGE_METHODS
def series_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Open a register, with the last number of this year from before."""
    form = SeriesAddForm(scope, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        last = given.pop("last_before")
        try:
            made = services.open_series(scope, last_before=last, **given)
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("เปิดทะเบียนแล้ว"))
            return redirect(made)
    context = {"form": form, "heading": _("เปิดทะเบียน"), "trail": _trail(scope, (_("เปิดทะเบียน"), ""))}
    return _form_page(request, "letters/series_form.html", context)


@allowed(Power.KEEP_LETTERS)
@PAGE_METHODS
def series_start(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Enter the last numbers of many registers at once."""
    year = queries.year_of(scope.today)
    form = StartsForm(scope, request.POST or None, initial={"year_be": year, "table": _proposed(scope, year)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.start_all(scope, starts=given["table"], year_be=given["year_be"])
        except ValidationError as refused:
            form.add_error("table", refused)
        else:
            messages.success(request, thai_digits(_("ตั้งเลขล่าสุดแล้ว {n} ทะเบียน").format(n=len(made))))
            return redirect("letters:series_list", scope.agency.code)
    context = {"form": form, "heading": _("ตั้งเลขล่าสุดหลายทะเบียน"), "trail": _trail(scope, (_("ตั้งเลขล่าสุด"), ""))}
    return _form_page(request, "letters/series_start.html", context)


def _proposed(scope: Scope, year: int) -> str:
    """Give a line to fill in for each register without a number this year; the usual ones where there is none."""
    lines = queries.series_lines(scope, year)
    open_ones = [one.series for one in lines if one.series.is_open and not one.last]
    named = [f"{one.get_kind_display()} | {one.unit or ''} | " for one in open_ones]
    usual = (SeriesKind.OUTGOING, SeriesKind.CIRCULAR, SeriesKind.ORDER, SeriesKind.ANNOUNCEMENT, SeriesKind.INCOMING)
    return "\n".join(named if lines else [f"{kind.label} | | " for kind in usual])


def _form_page(request: HttpRequest, template: str, context: dict[str, Any], status: int | None = None) -> HttpResponse:
    return render(request, template, context, status=status or (422 if request.method == "POST" else 200))


@allowed(Power.SEE_WORK)
@require_safe
def series(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show the register of a year: every number, what became of it, and whether any is missing."""
    found = get_object_or_404(queries.series_of(scope), pk=pk)
    form, year = RegisterFilter(request.GET), _year(request, scope)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.register_of(scope, found, year, wanted), PAGE).get_page(request.GET.get("page"))
    stands = queries.standing(found, year)
    context = {
        "series": found,
        "year": year,
        "years": queries.years_of(found, scope.today),
        "form": form,
        "page": page,
        "query": f"&{_without(request.GET, 'page')}",
        "lines": lines_of(scope, list(page)),
        "missing": stands.missing[:GAPS_SHOWN],
        "n_missing": len(stands.missing),
        "last_before": stands.last_before,
        "following": queries.text_of(found, stands.last + 1, year),
        "is_narrowed": any(wanted.values()),
        "is_foreign": queries.is_foreign(found),
        "may_keep": scope.can(Power.KEEP_LETTERS),
        "exports": EXPORTS,
        "trail": _trail(scope, (str(found), "")),
    }
    return render(request, "letters/series.html", context)


def _year(request: HttpRequest, scope: Scope) -> int:
    this = queries.year_of(scope.today)
    asked = posted_number(to_arabic(request.GET.get("year", "")))
    return asked if asked and this - 100 <= asked <= this else this


def _without(asked: QueryDict, *names: str) -> str:
    rest = asked.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


@allowed(Power.KEEP_LETTERS)
@PAGE_METHODS
def series_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change the prefix or use of a register, or the last number of a year from before."""
    found = get_object_or_404(queries.series_of(scope), pk=pk)
    is_start = "start" in request.POST
    form = SeriesForm(found, None if is_start or request.method != "POST" else request.POST)
    start = StartForm(request.POST if is_start else None, initial=_begun(scope, found))
    asked: forms.Form = start if is_start else form
    if request.method == "POST" and asked.is_valid():
        try:
            _save(scope, found, form, start if is_start else None)
        except Stale as stale:
            current = get_object_or_404(queries.series_of(scope), pk=pk)
            return _settings(request, scope, current, form, start, stale=stale)
        except ValidationError as refused:
            refuse(asked, refused)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect(found)
    return _settings(request, scope, get_object_or_404(queries.series_of(scope), pk=pk), form, start)


def _save(scope: Scope, found: Series, form: SeriesForm, start: StartForm | None) -> None:
    if start is not None:
        services.start_year(scope, series=found, **start.cleaned_data)
    else:
        services.change_series(scope, series=found, version=form.seen_version, **form.values)


def _begun(scope: Scope, found: Series) -> dict[str, int]:
    year = queries.year_of(scope.today)
    return {"year_be": year, "last_before": queries.last_before(found, year)}


def _settings(
    request: HttpRequest, scope: Scope, found: Series, form: SeriesForm, start: StartForm, stale: Stale | None = None
) -> HttpResponse:
    trail = _trail(scope, (str(found), found.get_absolute_url()), (_("ตั้งค่า"), ""))
    beside = form.beside(found) if stale else []
    context = {"series": found, "form": form, "start": start, "stale": stale, "beside": beside, "trail": trail}
    return _form_page(request, "letters/series_edit.html", context, 409 if stale else None)


# --- numbers ---------------------------------------------------------------------------------------------------------
@allowed(Power.KEEP_LETTERS)
@PAGE_METHODS
def reserve(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Hold numbers for papers that are not written yet."""
    found = get_object_or_404(queries.series_of(scope).filter(is_open=True), pk=pk)
    form = ReserveForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.reserve(scope, series=found, **{"subject": "", **form.cleaned_data})
        except ValidationError as refused:
            refuse(form, refused)
        else:
            shown = made[0].text if len(made) == 1 else f"{made[0].text} – {made[-1].text}"
            messages.success(request, thai_digits(_("จองเลข {numbers} แล้ว").format(numbers=shown)))
            return redirect(f"{found.get_absolute_url()}?year={made[0].year_be}")
    year = queries.year_of(scope.today)
    context = {
        "series": found,
        "form": form,
        "following": queries.text_of(found, queries.last_value(found, year) + 1, year),
        "trail": _trail(scope, (str(found), found.get_absolute_url()), (_("จองเลข"), "")),
    }
    return _form_page(request, "letters/reserve.html", context)


@allowed(Power.KEEP_LETTERS)
@PAGE_METHODS
def number_cancel(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Cancel a number, with the reason: reserved, or of a letter that was never signed."""
    line = lines_of(scope, [get_object_or_404(queries.numbers_of(scope), pk=pk)])[0]
    if not line.may_cancel:
        raise Http404
    number: Number = line.number
    form = CancelForm(request.POST or None, initial={"version": number.version})
    status = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.cancel_number(scope, number=number, version=form.seen_version, reason=given["reason"])
        except Stale as stale:
            form.beside(stale.current)
            messages.error(request, stale.one_line)
            status = 409
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, thai_digits(_("ยกเลิกเลข {number} แล้ว").format(number=number.text)))
            return redirect(f"{number.series.get_absolute_url()}?year={number.year_be}")
    where = (str(number.series), number.series.get_absolute_url())
    context = {"line": line, "form": form, "trail": _trail(scope, where, (_("ยกเลิกเลข"), ""))}
    return _form_page(request, "letters/number_cancel.html", context, status)


# --- files -----------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
@override("th")  # registers are of the office, whatever language is read
def export(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponse:
    """Give the whole register of a year, as a sheet or on paper in the columns of the Rule on correspondence."""
    if form not in EXPORTS:
        raise Http404
    found = get_object_or_404(queries.series_of(scope), pk=pk)
    year, title = _year(request, scope), TITLES[SeriesKind(found.kind)]
    name = " ".join(filter(None, (title, str(found.unit or ""))))
    return as_book(request, scope, book_of(scope, found, year), form=form, title=name, year=year)


def as_book(request: HttpRequest, scope: Scope, found: Table, *, form: str, title: str, year: int) -> HttpResponse:
    """Answer with a register as a file to keep. form: a key of EXPORTS."""
    try:
        content = _written(scope, found, form, title, year)
    except FileUnusable as refused:
        messages.error(request, refused.one_line)
        return redirect("letters:series_list", scope.agency.code)
    disposition = content_disposition_header(True, f"{title} {year}.{form}") or "attachment"
    return HttpResponse(content, content_type=EXPORTS[form], headers={"Content-Disposition": disposition})


def _written(scope: Scope, found: Table, form: str, title: str, year: int) -> bytes | str:
    if form == "xlsx":
        return workbook([found], title=f"{title} {year}")
    if form == "csv":
        return csv_text(found)
    paper = printed_book(found, title=title, agency=scope.agency.name, year_be=year)
    return render_document(paper, form, Office(bytes(scope.agency.emblem) or None))
