"""How far the official surveys are: readings that are typed in, and what the year's rule asks."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.surveys.climb import climb
from prongsai.web.surveys.forms.official import OfficialCountForm
from prongsai.web.surveys.models import OfficialCount
from prongsai.web.surveys.queries import official as queries
from prongsai.web.surveys.services import official as services
from prongsai.web.surveys.views.surveys import READ_WRITE, trail_of
from prongsai.web.ui.forms import posted_number, refuse


@allowed(Power.SEE_WORK)
@require_safe
def official_counts(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show every official survey of a year with what is still missing."""
    cycle = queries.cycle_of_year(scope, posted_number(request.GET.get("year")))
    found = queries.collected_of(scope, cycle) if cycle else ()
    context = {
        "cycle": cycle,
        "cycles": queries.cycles_with_counts(scope),
        "collected": [(one, _drawn(one)) for one in found],
        "trail": trail_of(scope, last=_("จำนวนผู้ตอบแบบทางการ")),
    }
    return render(request, "surveys/official.html", context)


def _drawn(one: queries.Collected) -> str:
    """Draw the readings; nothing for fewer than two."""
    readings = [(each.read_on, each.reached) for each in reversed(one.readings)]
    title = _("ผู้ตอบ {name} ตามวันที่ดู").format(name=one.name)
    if len(readings) < 2:
        return ""
    drawing = climb(readings, title=title, goal=one.needed, goal_words=_("ต้องมี"))
    return mark_safe(drawing)  # our own drawing, every text in it is escaped where it is drawn


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def official_count_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Note a reading."""
    cycle = queries.cycle_of_year(scope, posted_number(request.GET.get("year")))
    if cycle is None:
        messages.info(request, _("เปิดรอบการประเมินของปีก่อน จึงบันทึกจำนวนผู้ตอบแบบทางการได้"))
        return redirect("official_counts", scope.agency.code)
    form = OfficialCountForm(
        request.POST if request.method == "POST" else None,
        scope=scope,
        cycle=cycle,
        initial=_initial(request, scope, cycle),
    )
    if form.is_bound and form.is_valid():
        try:
            services.add_count(scope, cycle=cycle, **form.given)
            return _back(request, scope, cycle, _("บันทึกแล้ว"))
        except ValidationError as refused:
            refuse(form, refused)
    return _form_page(request, scope, cycle, form, _("บันทึกจำนวนผู้ตอบ"))


def _initial(request: HttpRequest, scope: Scope, cycle: Cycle) -> dict[str, object]:
    asked = request.GET.get("which", "")
    which = asked if asked in dict(queries.choices_of(cycle)) else "IIT-0"
    instrument, _dash, part = which.partition("-")
    headcount = queries.headcount_before(scope, cycle, instrument, int(part))
    return {"which": which, "read_on": scope.today, "headcount": headcount}


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def official_count_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Correct a reading."""
    found = queries.count_of(scope, pk)
    data = request.POST if request.method == "POST" else None
    form = OfficialCountForm(data, scope=scope, cycle=found.cycle, instance=queries.count_of(scope, pk))
    stale: Stale | None = None
    if form.is_bound and form.is_valid():
        try:
            services.change_count(scope, count=found, version=form.seen_version, **form.given)
            return _back(request, scope, found.cycle, _("บันทึกแล้ว"))
        except Stale as refused:
            stale = refused
        except ValidationError as refusal:
            refuse(form, refusal)
    return _form_page(request, scope, found.cycle, form, _("แก้ไขจำนวนผู้ตอบ"), count=found, stale=stale)


@allowed(Power.RUN_CYCLE)
@require_POST
def official_count_remove(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take a reading away."""
    found = queries.count_of(scope, pk)
    try:
        services.remove_count(scope, count=found, version=posted_number(request.POST.get("version")) or 0)
    except Stale as refused:
        messages.error(request, refused.one_line)
        return redirect("official_count_edit", scope.agency.code, pk)
    return _back(request, scope, found.cycle, _("ลบตัวเลขแล้ว"))


def _back(request: HttpRequest, scope: Scope, cycle: Cycle, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect(f"{reverse('official_counts', args=[scope.agency.code])}?year={cycle.fiscal_year_be}")


def _form_page(
    request: HttpRequest,
    scope: Scope,
    cycle: Cycle,
    form: OfficialCountForm,
    title: str,
    *,
    count: OfficialCount | None = None,
    stale: Stale | None = None,
) -> HttpResponse:
    here = (_("จำนวนผู้ตอบแบบทางการ"), reverse("official_counts", args=[scope.agency.code]))
    context = {
        "form": form,
        "cycle": cycle,
        "title": title,
        "count": count,
        "stale": stale,
        "current": queries.count_of(scope, count.pk) if count and stale else None,
        "trail": [*trail_of(scope), here, (title, "")],
    }
    return render(
        request, "surveys/official_form.html", context, status=409 if stale else 422 if form.is_bound else 200
    )
