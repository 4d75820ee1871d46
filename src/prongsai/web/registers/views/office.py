"""Pages of registers as a whole: all of them, statistics, export, saved views, settings."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.registers.model import View
from prongsai.registers.sheets import csv_text, workbook
from prongsai.registers.statistics import Figure
from prongsai.registers.tables import Table
from prongsai.thai.fiscal import fiscal_year_be, half, quarter
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.charts import chart
from prongsai.web.registers.forms.settings import SettingsForm, ViewForm
from prongsai.web.registers.models import SavedView
from prongsai.web.registers.queries import entries as queries
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.facts import facts_of
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.library import Kept, as_read
from prongsai.web.registers.queries.overview import overview_of
from prongsai.web.registers.queries.parts import view_seen
from prongsai.web.registers.queries.rows import office_json, office_table
from prongsai.web.registers.views.found import EXPORTS, PAGE_METHODS, kept_by, seen, trail_of
from prongsai.web.ui.forms import posted_number

YEARS_BACK = 5


@allowed(Power.SEE_WORK)
@require_safe
def registers(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show all registers by kind of work: how many entries, what is late, what is owed."""
    year = year_of(request, scope)
    search = request.GET.get("q", "").strip()[:100]
    only_due = bool(request.GET.get("due"))
    context = {
        "overview": overview_of(scope, year, search=search, only_due=only_due),
        "year": year,
        "years": years_to(scope),
        "search": search,
        "only_due": only_due,
    }
    return render(request, "registers/registers.html", context)


def year_of(request: HttpRequest, scope: Scope) -> int:
    """Give the fiscal year (BE) that a page is asked for, the present one when it does not say."""
    this = fiscal_year_be(scope.today)
    asked = posted_number(request.GET.get("year"))
    return asked if asked and this - 30 <= asked <= this + 1 else this


def years_to(scope: Scope) -> list[int]:
    """Give the fiscal years (BE) to choose from, the newest first."""
    this = fiscal_year_be(scope.today)
    return list(range(this + 1, this - YEARS_BACK, -1))


# --- statistics ------------------------------------------------------------------------------------------------------
PARTS = {
    "h1": gettext_lazy("หกเดือนแรก"),
    "h2": gettext_lazy("หกเดือนหลัง"),
    "q1": gettext_lazy("ไตรมาสที่ ๑"),
    "q2": gettext_lazy("ไตรมาสที่ ๒"),
    "q3": gettext_lazy("ไตรมาสที่ ๓"),
    "q4": gettext_lazy("ไตรมาสที่ ๔"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure as it is shown. lines: label, values in the order of the heads, the row's total."""

    figure: Figure
    title: str
    svg: SafeString
    lines: tuple[tuple[str, tuple[str, ...], str], ...]
    foot: tuple[str, ...]
    total: str


def drawn(figure: Figure) -> Drawn:
    """Print a figure and draw it."""
    pairs = zip(figure.rows, figure.counts, strict=True)
    values = [(label, figure.shown(value, count)) for (label, value), count in pairs]
    across = figure.cells or tuple(() for _row in figure.rows)
    counts: Sequence[Sequence[int]] = figure.cell_counts or tuple(() for _row in figure.rows)
    cells = [_printed(figure, row, each) for row, each in zip(across, counts, strict=True)]
    lines = tuple((label, cell, text) for (label, text), cell in zip(values, cells, strict=True))
    rows = [
        (label, value if value is not None else text)
        for (label, value), (_, text) in zip(figure.rows, values, strict=True)
    ]
    title = as_read(figure.statistic.title_th, figure.statistic.title_en)
    svg = chart(figure.statistic.chart, rows, title=title) if figure.statistic.by else ""
    # Our own drawing: every word in it is escaped there.
    return Drawn(
        figure,
        title,
        mark_safe(svg),
        lines,
        _printed(figure, figure.foot, figure.foot_counts),
        figure.shown(figure.total, figure.count),
    )


def _printed(figure: Figure, values: Sequence[Any], counts: Sequence[int]) -> tuple[str, ...]:
    return tuple(figure.shown(value, count) for value, count in zip(values, counts, strict=True))


@allowed(Power.SEE_WORK)
@require_safe
def statistics(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Show the figures of a register for a year, a half or a quarter."""
    year, part = year_of(request, scope), _part(request)
    kept = seen(scope, register, year)
    section = view_seen(scope, kept.register, request.GET.get("view", ""))
    context = {
        "kept": kept,
        "figures": [drawn(one) for one in _figures(scope, kept, year, part, section)],
        "sections": queries.parts_of(scope, kept, year, here=section.key if section else ""),
        "section": section,
        "partless": urlencode({"year": year, "part": part}),
        "year": year,
        "years": years_to(scope),
        "part": part,
        "parts": PARTS.items(),
        "exports": EXPORTS,
        "may_keep": rights.may_keep(scope, kept.register),
        "trail": trail_of(scope, kept, (_("สถิติ"), "")),
    }
    return render(request, "registers/statistics.html", context)


def _part(request: HttpRequest) -> str:
    asked = request.GET.get("part", "")
    return asked if asked in PARTS else ""


def _figures(scope: Scope, kept: Kept, year: int, part: str, view: View | None = None) -> tuple[Figure, ...]:
    if not part or kept.register.standing:
        return figures_of(scope, kept, year, view=view)
    number = int(part[1])
    span = half(number, year) if part[0] == "h" else quarter(number, year)
    return figures_of(scope, kept, year, start=span.start, end=span.end, view=view)


# --- export ----------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
@override("th")  # files are of the office, whatever language is read
def export(request: HttpRequest, scope: Scope, register: str, form: str) -> HttpResponse:
    """Give the list as it is narrowed, or with ``?what=statistics`` the figures, as xlsx, csv or json."""
    if form not in EXPORTS:
        raise Http404
    kept = seen(scope, register, year_of(request, scope))
    if request.GET.get("what") == "statistics":
        view = view_seen(scope, kept.register, request.GET.get("view", ""))
        found = figure_table(_figures(scope, kept, year_of(request, scope), _part(request), view))
        return as_file(found, form, f"{kept.name} {_('สถิติ')}")
    if form == "json":
        return as_kept(office_json(scope, kept, request.GET.dict()), form, kept.name)
    return as_file(office_table(scope, kept, request.GET.dict()), form, kept.name)


def figure_table(figures: Iterable[Figure]) -> Table:
    """Put figures under each other in one table, so that it can be sorted and summed elsewhere."""
    rows = [
        (shown.title, label, head, value)
        for shown in map(drawn, figures)
        for label, cells, total in shown.lines
        for head, value in [*zip(shown.figure.heads, cells, strict=True), ("", total)]
    ]
    head = (_("สถิติ"), _("รายการ"), _("แยกตาม"), _("ค่า"))
    return Table(head, tuple(rows), ("statistic", "label", "by", "value"), (False, False, False, True))


def as_file(found: Table, form: str, name: str) -> HttpResponse:
    """Answer with a table as a file to keep. form: a key of EXPORTS."""
    if form == "json":
        keys = found.columns or found.head
        rows = [dict(zip(keys, row, strict=True)) for row in found.rows]
        told = {"title": name, "head": dict(zip(keys, found.head, strict=True)), "rows": rows}
        return as_kept(json.dumps(told, ensure_ascii=False, indent=1), form, name)
    return as_kept(workbook([found], title=name) if form == "xlsx" else csv_text(found), form, name)


def as_kept(content: str | bytes, form: str, name: str) -> HttpResponse:
    """Answer with a file to keep."""
    disposition = content_disposition_header(True, f"{name}.{form}") or "attachment"
    return HttpResponse(content, content_type=EXPORTS[form], headers={"Content-Disposition": disposition})


# --- saved views -----------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@PAGE_METHODS
def view_add(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Keep a list with its filters under a name."""
    kept = seen(scope, register)
    may_share = rights.may_keep(scope, kept.register)
    start = {"query": _kept_query(request.GET.urlencode())}
    form = ViewForm(request.POST or None, initial=start, may_share=may_share)
    if request.method == "POST" and form.is_valid():
        try:
            view = services.add_view(scope, register=register, **form.view)
        except (ValidationError, ProngsaiError) as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else refused.one_line)
        else:
            messages.success(request, _("บันทึกมุมมองแล้ว"))
            return redirect(f"{_list(scope, register)}?{view.query}")
    context = {
        "kept": kept,
        "form": form,
        "views": queries.views_of(scope, kept),
        "may_share": may_share,
        "trail": trail_of(scope, kept, (_("บันทึกมุมมอง"), "")),
    }
    return render(request, "registers/view_form.html", context, status=422 if form.is_bound else 200)


def _kept_query(text: str) -> str:
    asked = QueryDict(text, mutable=True)
    asked.pop("page", None)
    return asked.urlencode()[:1000]


def _list(scope: Scope, register: str) -> str:
    return reverse("registers:register", args=[scope.agency.code, register])


@allowed(Power.SEE_WORK)
@require_POST
def view_drop(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Forget a view: one's own, or by who keeps the register one that everybody sees."""
    kept = seen(scope, register)
    try:
        services.drop_view(scope, view=_view(scope, kept, pk))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("ลบมุมมองแล้ว"))
    return redirect(_list(scope, register))


def _view(scope: Scope, kept: Kept, pk: int) -> SavedView:
    found = next((one for one in queries.views_of(scope, kept) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


# --- settings --------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@PAGE_METHODS
def settings(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Change what the office calls a register, who keeps it, whether it is used, public and open to outsiders."""
    kept = kept_by(scope, register)
    form = SettingsForm(scope, kept, request.POST or None)
    context: dict[str, Any] = {"kept": kept, "form": form, "trail": trail_of(scope, kept, (_("ตั้งค่า"), ""))}
    context["facts"] = facts_of(kept)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_setting(scope, register=register, version=form.seen_version, **form.setting)
        except Stale as stale:
            form.renew(stale.current)
            return render(request, "registers/settings.html", context | {"stale": stale}, status=409)
        except (ValidationError, ProngsaiError) as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("บันทึกการตั้งค่าแล้ว"))
            return redirect("registers:settings", scope.agency.code, register)
    return render(request, "registers/settings.html", context, status=422 if form.is_bound else 200)
