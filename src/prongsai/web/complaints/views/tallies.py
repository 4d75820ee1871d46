"""Counts of a year, signed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.reports.forms.complaint_parts import FEWER, HIDDEN, KEPT_BACK
from prongsai.reports.forms.complaint_statistics import ComplaintStatistics, Count
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.forms.tallies import SignForm
from prongsai.web.complaints.queries import proofs, rolls
from prongsai.web.complaints.queries.counts import Period, counts_of, mark_of, statistics_of
from prongsai.web.complaints.queries.tallies import earlier_of, lines_of, may_sign, standing, tallies_of
from prongsai.web.complaints.services.proofs import prove_channel
from prongsai.web.complaints.services.tallies import CountsChanged, sign_tally
from prongsai.web.ui.forms import posted_number, refuse
from prongsai.web.ui.templatetags.ui import thai_digits

YEARS_BACK = 20
READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
Trail = list[tuple[str, str]]


@allowed(Power.SEE_WORK)
@require_safe
def tallies(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show, year by year, what was signed and what is not reported yet."""
    may_prove = scope.can(Power.RUN_CYCLE) and rolls.is_open(scope.agency)
    context = {
        "lines": lines_of(scope),
        "may_sign": may_sign(scope),
        "channel_items": proofs.items_of(scope.agency, proofs.CHANNEL) if may_prove else [],
        "trail": trail_of(scope),
    }
    return render(request, "complaints/tallies.html", context)


@allowed(Power.SEE_WORK)
@require_safe
def tally(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show what was signed, with its papers and what was signed of the same period before."""
    found = get_object_or_404(tallies_of(scope.agency), pk=pk)
    context = {
        "tally": found,
        "shown": shown_of(statistics_of(found)),
        "earlier": earlier_of(found),
        "may_sign": may_sign(scope),
        "trail": trail_of(scope, thai_digits(f"{found.fiscal_year_be}")),
    }
    return render(request, "complaints/tally.html", context)


@allowed(Power.SEE_WORK)
@READ_WRITE
def sign(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the counts of a period that has ended, and sign them."""
    period = _period(request, scope)
    if period is None or not may_sign(scope):
        raise Http404
    form = SignForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = sign_tally(scope, period=period, hide_small_totals=given["hide_small_totals"], seen=given["seen"])
        except (ProngsaiError, ValidationError) as refused:
            refuse(form, refused)
            status = 409 if isinstance(refused, CountsChanged) else 422
        else:
            messages.success(request, _("ลงชื่อแล้ว เก็บเอกสารและแนบเป็นหลักฐานของข้อที่เกี่ยวข้องแล้ว"))
            return redirect("complaint_tally", scope.agency.code, made.pk)
    return _sign_page(request, scope, period, form, status)


def _sign_page(request: HttpRequest, scope: Scope, period: Period, form: SignForm, status: int) -> HttpResponse:
    hides = bool(form.is_bound and form.data.get("hide_small_totals")) or request.GET.get("hide") == "1"
    statistics = counts_of(scope.agency, period, hide_small_totals=hides)
    context = {
        "form": form,
        "period": period,
        "hides": hides,
        "statistics": statistics,
        "shown": shown_of(statistics),
        "seen": mark_of(statistics),
        "before": standing(scope.agency, period),
        "trail": trail_of(scope, _("ตรวจและลงชื่อ")),
    }
    return render(request, "complaints/tally_sign.html", context, status=status)


@allowed(Power.RUN_CYCLE)
@require_POST
def prove(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Use the page on which anybody may report as evidence of the item on such a channel."""
    address = request.build_absolute_uri(reverse("report_start", args=[scope.agency.code]))
    try:
        prove_channel(scope, address=address)
    except (ProngsaiError, ValidationError) as refused:
        for text in [refused.one_line] if isinstance(refused, ProngsaiError) else refused.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("แนบหน้าแจ้งเรื่องเป็นหลักฐานของข้อช่องทางแจ้งเรื่องร้องเรียนแล้ว ตรวจแล้วตัดสินผลในหน้าของข้อ"))
    return redirect("complaint_tallies", scope.agency.code)


def trail_of(scope: Scope, *last: str) -> Trail:
    """Give the way to a page of statistics."""
    address = reverse("complaint_tallies", args=[scope.agency.code]) if last else ""
    return [(_("สถิติเรื่องร้องเรียนการทุจริต"), address), *((words, "") for words in last)]


def _period(request: HttpRequest, scope: Scope) -> Period | None:
    year, this = posted_number(request.GET.get("year")), fiscal_year_be(scope.today)
    if year is None or not this - YEARS_BACK <= year <= this:
        return None
    period = Period(year, request.GET.get("half") == "1")
    return period if period.has_ended(scope.today) else None


# --- as it is shown -------------------------------------------------------------------------------------------------
def shown_of(statistics: ComplaintStatistics) -> dict[str, Any]:
    """Give the counts as words: the totals, and the rows of both breakdowns."""
    totals = {name: _total(statistics, name) for name in ("total", "done", "pending", "refused")}
    is_split = any(row.procurement is not None for row in statistics.months)
    return {
        **totals,
        "is_none": statistics.total == 0,
        "is_split": is_split,
        "months": _rows(statistics.months),
        "categories": _rows(statistics.categories),
        "has_hidden": any(row.total is None for row in (*statistics.months, *statistics.categories)),
    }


def _total(statistics: ComplaintStatistics, name: str) -> str:
    count = getattr(statistics, name)
    if count is not None:
        return thai_digits(count)
    return FEWER if statistics.total is None else KEPT_BACK


def _rows(rows: Sequence[Count]) -> list[dict[str, str | bool]]:
    columns = ("total", "done", "pending", "procurement", "other")
    return [
        {"label": thai_digits(row.label), "is_none": row.total == 0, **{name: _cell(row, name) for name in columns}}
        for row in rows
    ]


def _cell(row: Count, name: str) -> str:
    count = getattr(row, name)
    return HIDDEN if count is None else thai_digits(count)
