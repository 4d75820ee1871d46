"""Opening, closing and looking at cycles; their dates, target and carry-over."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.forms import DateForm, OpenForm, OwnDateForm, TargetForm, renewed
from prongsai.web.cycles.models import Cycle, CycleDate, ItemState
from prongsai.web.cycles.queries.carry import carry_page
from prongsai.web.cycles.services.dates import Entered
from prongsai.web.cycles.services.opening import same_year_warning
from prongsai.web.cycles.views.trail import trail_of
from prongsai.web.ui.forms import posted_number, refuse

read_write = require_http_methods(["GET", "HEAD", "POST"])


@allowed(Power.SEE_WORK)
@require_safe
def cycle_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the cycles."""
    return render(request, "cycles/list.html", {"lines": queries.overview(scope)})


@allowed(Power.RUN_CYCLE)
@read_write
def open_cycle(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Open a cycle."""
    form = OpenForm(scope, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "cycles/open.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        made = services.open_cycle(scope, **form.values())
    except (ProngsaiError, ValidationError) as refusal:
        refuse(form, refusal)
        return render(request, "cycles/open.html", {"form": form}, status=422)
    messages.success(request, _("เปิด {cycle} แล้ว").format(cycle=made))
    if warning := same_year_warning(made):
        messages.warning(request, warning)
    return redirect("cycles:cycle", scope.agency.code, made.framework_id)


@allowed(Power.SEE_WORK)
@require_safe
def cycle(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show a cycle at a glance."""
    found = queries.cycle_of(scope, cycle)
    return render(request, "cycles/cycle.html", _cycle_page(scope, found, TargetForm(instance=found)))


def _cycle_page(scope: Scope, cycle: Cycle, form: TargetForm) -> dict[str, object]:
    framework = queries.framework_of(cycle)
    return {
        "cycle": cycle,
        "glance": queries.glance(cycle, scope.today),
        "framework": framework,
        "target_mark": queries.mark_of(framework.target_basis),
        "target_note": framework.target_basis.note,
        "is_own_target": cycle.target_pct != framework.target_pct,
        "is_newer_edition": cycle.framework_sha256 != framework.sha256,
        "warning": same_year_warning(cycle),
        "form": form,
        "trail": trail_of(scope, cycle),
    }


@allowed(Power.RUN_CYCLE)
@require_POST
def target(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Set target and year of measures."""
    found = queries.cycle_of(scope, cycle)
    form, status = TargetForm(request.POST, instance=queries.cycle_of(scope, cycle)), 422
    if form.is_valid():
        try:
            services.set_target(scope, cycle=found, version=form.seen_version, **form.values)
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("cycles:cycle", scope.agency.code, found.framework_id)
        except Stale as stale:
            renewed(form, stale.current)
            form.add_error(None, stale.one_line)
            status = 409
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
    shown = queries.cycle_of(scope, cycle)
    return render(request, "cycles/cycle.html", _cycle_page(scope, shown, form), status=status)


@allowed(Power.RUN_CYCLE)
@read_write
def close(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Ask, then close a cycle or open it again."""
    found = queries.cycle_of(scope, cycle)
    if request.method != "POST":
        return render(request, "cycles/close.html", {"cycle": found, "trail": trail_of(scope, found, _("ปิดรอบ"))})
    change = services.reopen_cycle if request.POST.get("action") == "reopen" else services.close_cycle
    try:
        change(scope, cycle=found, version=posted_number(request.POST.get("version")))
    except Stale as stale:
        context = {"cycle": stale.current, "problem": stale.one_line, "trail": trail_of(scope, found, _("ปิดรอบ"))}
        return render(request, "cycles/close.html", context, status=409)
    messages.success(request, _("บันทึกแล้ว"))
    return redirect("cycles:cycle", scope.agency.code, found.framework_id)


@allowed(Power.SEE_WORK)
@read_write
def dates(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show the calendar; who runs the cycle enters its days."""
    found = queries.cycle_of(scope, cycle)
    if request.method == "POST" and not scope.can(Power.RUN_CYCLE):
        raise Http404
    rows = list(found.dates.all())
    sent = request.POST if request.method == "POST" else None
    forms = {row.pk: DateForm(sent, instance=row, prefix=str(row.pk)) for row in rows}
    own = OwnDateForm(sent, prefix="own")
    if sent is None:
        return _dates_page(request, scope, found, forms, own, 200)
    if remove := posted_number(sent.get("remove")):
        return _remove_date(request, scope, found, remove)
    if not all([*(form.is_valid() for form in forms.values()), own.is_valid()]):
        return _dates_page(request, scope, found, forms, own, 422)
    try:
        _save_dates(scope, found, forms, own)
    except Stale as stale:
        late = forms[stale.current.pk]
        renewed(late, stale.current)
        late.add_error(None, stale.one_line)
        return _dates_page(request, scope, found, forms, own, 409)
    except (ProngsaiError, ValidationError) as refusal:
        refuse(own, refusal)
        return _dates_page(request, scope, found, forms, own, 422)
    messages.success(request, _("บันทึกกำหนดการแล้ว"))
    return redirect("cycles:dates", scope.agency.code, found.framework_id)


def _save_dates(scope: Scope, cycle: Cycle, forms: Mapping[int, DateForm], own: OwnDateForm) -> None:
    seen = {row.pk: row for row in CycleDate.objects.filter(cycle=cycle).select_related("cycle")}
    entered = [
        Entered(seen[pk], version=form.seen_version, **form.values) for pk, form in forms.items() if form.has_changed()
    ]
    services.change_dates(scope, cycle=cycle, entered=entered)
    if own.cleaned_data.get("name"):
        services.add_date(scope, cycle=cycle, **own.cleaned_data)


def _remove_date(request: HttpRequest, scope: Scope, cycle: Cycle, pk: int) -> HttpResponse:
    row = CycleDate.objects.filter(cycle=cycle, pk=pk).select_related("cycle").first()
    if row is None:
        raise Http404
    try:
        services.remove_date(scope, row=row)
        messages.success(request, _("ลบขั้นตอน “{name}” แล้ว").format(name=row.name))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except ProngsaiError as refusal:
        messages.error(request, refusal.one_line)
    return redirect("cycles:dates", scope.agency.code, cycle.framework_id)


def _dates_page(
    request: HttpRequest,
    scope: Scope,
    cycle: Cycle,
    forms: Mapping[int, DateForm],
    own: OwnDateForm,
    status: int,
) -> HttpResponse:
    stops = queries.stops_of(cycle, scope.today)
    context = {
        "cycle": cycle,
        "rows": [(stop, forms.get(stop.pk)) for stop in stops],
        "own": own,
        "may_change": scope.can(Power.RUN_CYCLE) and cycle.state == "open",
        "trail": trail_of(scope, cycle, _("กำหนดการ")),
    }
    return render(request, "cycles/dates.html", context, status=status)


@allowed(Power.RUN_CYCLE)
@read_write
def carry(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show what was carried over; settle splits and merges."""
    found = queries.cycle_of(scope, cycle)
    if request.method != "POST":
        return _carry_page(request, scope, found, 200)
    try:
        if "source" in request.POST:
            _carry_from(scope, found, request.POST["source"])
        else:
            _settle(request, scope, found)
    except Stale as stale:
        messages.error(request, stale.one_line)
        return _carry_page(request, scope, found, 409)
    except ProngsaiError as refusal:
        messages.error(request, refusal.one_line)
        return _carry_page(request, scope, found, 422)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _carry_page(request, scope, found, 422)
    messages.success(request, _("บันทึกแล้ว"))
    return redirect("cycles:carry", scope.agency.code, found.framework_id)


def _carry_from(scope: Scope, cycle: Cycle, framework_id: str) -> None:
    services.carry_over(scope, cycle=cycle, source=queries.cycle_of(scope, framework_id))


def _settle(request: HttpRequest, scope: Scope, cycle: Cycle) -> None:
    items = ItemState.objects.filter(cycle=cycle).select_related("cycle__carried_from")
    item = items.filter(pk=posted_number(request.POST.get("item")) or 0).first()
    if item is None:
        raise Http404
    picked = [int(pk) for pk in request.POST.getlist("take") if posted_number(pk)]
    take = ItemState.objects.filter(pk__in=picked, cycle__agency=scope.agency)
    services.settle_carry(scope, item=item, take=take, version=posted_number(request.POST.get("version")))


def _carry_page(request: HttpRequest, scope: Scope, cycle: Cycle, status: int) -> HttpResponse:
    shown = queries.cycle_of(scope, cycle.framework_id)
    earlier = queries.cycles_of(scope).filter(
        framework_kind=cycle.framework_kind, fiscal_year_be__lt=cycle.fiscal_year_be
    )
    context = {
        "cycle": shown,
        "page": carry_page(shown),
        "earlier": earlier if shown.carried_from_id is None else (),
        "trail": trail_of(scope, shown, _("ยกมาจากปีก่อน")),
    }
    return render(request, "cycles/carry.html", context, status=status)
