"""Pages: the calendar of everything that has a day, and what was done of a recurring duty."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prongsai.errors import ProngsaiError
from prongsai.thai.fiscal import BE_OFFSET, fiscal_year_be
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties import queries as duties
from prongsai.web.duties import services
from prongsai.web.duties.models import DutyKind, Occurrence
from prongsai.web.evidence.services import kept_from
from prongsai.web.plans.forms.progress import EntryForm
from prongsai.web.plans.queries import calendar as queries
from prongsai.web.plans.views.progress import evidence_of_form
from prongsai.web.ui.forms import refuse

PAGE_SIZE = 100
YEAR_MIN, YEAR_MAX = 2000, 2100  # Christian


@allowed(Power.SEE_WORK)
@require_safe
def calendar(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show this month."""
    return _month_page(request, scope, scope.today)


@allowed(Power.SEE_WORK)
@require_safe
def month(request: HttpRequest, scope: Scope, year: int, month: int) -> HttpResponse:
    """Show a month of a Christian or Buddhist year."""
    ce = _ce(year)
    if not 1 <= month <= 12:
        raise Http404
    return _month_page(request, scope, date(ce, month, 1))


@allowed(Power.SEE_WORK)
@require_safe
def year(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Show the twelve months of a fiscal year: Buddhist, or the Christian year in which it ends."""
    be = _ce(year) + BE_OFFSET
    rows = queries.year_of(scope, be)
    return render(request, "plans/calendar_year.html", {"rows": rows, "year": be, "before": be - 1, "after": be + 1})


@allowed(Power.SEE_WORK)
def occurrence_record(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Enter that an occurrence of a duty was done; for an executive's follow-up the month's work stands beside it."""
    found = get_object_or_404(duties.occurrences_of(scope), pk=pk)
    if not duties.may_record(scope, found):
        raise Http404
    form = EntryForm(scope, found, request.POST or None, request.FILES or None)
    context = _beside(scope, found) | {"form": form, "one": found}
    if request.method == "POST" and form.is_valid():
        try:
            file = kept_from(scope, given=form.cleaned_data)
            with transaction.atomic():
                services.record(
                    scope,
                    occurrence=found,
                    version=form.cleaned_data["version"],
                    evidence=evidence_of_form(scope, form, file),
                    last_task_on=context["last_task_on"],
                    **form.values,
                )
        except Stale as stale:
            return render(request, "plans/calendar_record.html", context | {"stale": stale}, status=409)
        except (ValidationError, ProngsaiError) as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("duties:occurrence", scope.agency.code, pk)
    return render(request, "plans/calendar_record.html", context, status=422 if form.is_bound else 200)


def _beside(scope: Scope, found: Occurrence) -> dict[str, Any]:
    """Give what an executive's follow-up looks at: late and due work of the month, and the day of the last."""
    if found.duty.kind != DutyKind.FOLLOW_UP:
        return {"last_task_on": None, "is_follow_up": False}
    span = (found.starts_on, found.ends_on)
    due = [one for one in queries.entries_between(scope, *span) if one.is_done is False]
    late = queries.left_over(scope, found.starts_on)
    return {"last_task_on": queries.last_task_on(scope, *span), "is_follow_up": True, "due": due, "late": late}


def _month_page(request: HttpRequest, scope: Scope, day: date) -> HttpResponse:
    found = queries.month_of(scope, day.year, day.month)
    page = Paginator(found.entries, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "plans/calendar.html", {"month": found, "page": page, "year": fiscal_year_be(day)})


def _ce(year: int) -> int:
    ce = year - BE_OFFSET if year > YEAR_MAX else year
    if not YEAR_MIN <= ce <= YEAR_MAX:
        raise Http404
    return ce
