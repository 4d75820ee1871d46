"""Pages of addresses that are looked at from outside: the list, the history of one, looking now, bytes and pictures."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.inspection.policy import Policy
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.charts import strip
from prongsai.web.disclosure.forms.addresses import AddressForm, FilterForm
from prongsai.web.disclosure.models import Check, Watch
from prongsai.web.disclosure.queries import watching as queries
from prongsai.web.disclosure.queries.overview import current_cycle
from prongsai.web.disclosure.services import checking, pictures, watching
from prongsai.web.disclosure.services.bodies import suffix_of
from prongsai.web.disclosure.views.kept import attached, shown_picture
from prongsai.web.ui.forms import posted_number

PAGE_SIZE = 50
NOW_SECONDS = 20.0  # a browser waits for the answer
NOW_MANY = 20


@allowed(Power.SEE_WORK)
@require_safe
def address_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what is looked at, what is broken first."""
    form = FilterForm(scope, request.GET)
    form.is_valid()
    page = Paginator(queries.listed(scope, form.cleaned_data), PAGE_SIZE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "cycle": current_cycle(scope),
        "form": form,
        "page": page,
        "rows": queries.rows_of(page.object_list),
        "counts": queries.counts_of(scope),
        "query": f"&{asked.urlencode()}" if asked else "",
        "is_narrowed": any(form.cleaned_data.values()),
        "may_publish": scope.can(Power.PUBLISH),
        "is_season": queries.is_season(scope.agency, scope.today),
        "due": queries.due(timezone.now()).filter(agency=scope.agency).count(),
    }
    return render(request, "disclosure/addresses.html", context)


@allowed(Power.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def address_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Take an address of the office's own choice."""
    form = AddressForm(scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = watching.watch(scope, why=Watch.OWN, **form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            messages.success(request, _("จะตรวจที่อยู่นี้ตามรอบ กด “ตรวจเดี๋ยวนี้” เพื่อดูผลทันที"))
            return redirect("disclosure:address", scope.agency.code, made.pk)
    return render(request, "disclosure/address_add.html", {"form": form}, status=422 if form.is_bound else 200)


@allowed(Power.SEE_WORK)
@require_safe
def address(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show an address with everything that was seen at it."""
    watched = get_object_or_404(queries.watched_of(scope), pk=pk)
    page = Paginator(queries.checks_of(scope).filter(watched=watched), PAGE_SIZE).get_page(request.GET.get("page"))
    last = page.object_list[0] if page.number == 1 and page.object_list else watched.checks.first()
    days = queries.strip_of(watched, scope.today)
    context = {
        "watched": watched,
        "page": page,
        "last": last,
        "faults": queries.faults_of(last.problems) if last else [],
        "strip": mark_safe(strip(days)),  # drawn by us, every word in it escaped
        "days": (days[0].day, days[-1].day),
        "pictured": queries.checks_of(scope).filter(watched=watched, picture__isnull=False).first(),
        "has_browser": pictures.browser() is not None,
        "may_publish": scope.can(Power.PUBLISH),
    }
    return render(request, "disclosure/address.html", context)


@allowed(Power.PUBLISH)
@require_POST
def check_now(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Look at an address now."""
    watched = get_object_or_404(queries.watched_of(scope), pk=pk)
    made = checking.check_now(scope, watched=watched, policy=_quick())
    _tell(request, made)
    return redirect("disclosure:address", scope.agency.code, pk)


@allowed(Power.PUBLISH)
@require_POST
def check_due(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Look at some of what is due, for offices where no command runs by itself."""
    ran = checking.check_due(limit=NOW_MANY, agency=scope.agency, policy=_quick())
    words = _("ตรวจแล้ว {looked} ที่อยู่ ผู้ประเมินเปิดไม่ได้ {faults}")
    messages.success(request, words.format(looked=ran.looked, faults=ran.faults))
    return redirect("disclosure:addresses", scope.agency.code)


@allowed(Power.PUBLISH)
@require_POST
def address_stop(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Look at an address no more, or again."""
    watched = get_object_or_404(queries.watched_of(scope), pk=pk)
    act = watching.stop if watched.is_open else watching.resume
    try:
        act(scope, watched=watched, version=posted_number(request.POST.get("version")) or 0)
    except Stale as stale:
        messages.error(request, stale.one_line)
    else:
        messages.success(request, _("เลิกตรวจแล้ว ประวัติยังอยู่") if act is watching.stop else _("จะตรวจตามรอบอีกครั้ง"))
    return redirect("disclosure:address", scope.agency.code, pk)


@allowed(Power.SEE_WORK)
@require_safe
def body(request: HttpRequest, scope: Scope, pk: int) -> HttpResponseBase:
    """Give the bytes that were seen, to be saved: they are a stranger's and never opened as a page of ours."""
    check = get_object_or_404(queries.checks_of(scope), pk=pk)
    file = queries.seen_file(check)
    if file is None:
        raise Http404
    at = timezone.localtime(check.at)
    return attached(request, file, f"seen-{check.watched_id}-{at:%Y%m%d-%H%M%S}{suffix_of(check.media_type)}")


@allowed(Power.SEE_WORK)
@require_safe
def picture(request: HttpRequest, scope: Scope, pk: int) -> HttpResponseBase:
    """Give the picture that was taken at a look."""
    check = get_object_or_404(queries.checks_of(scope), pk=pk)
    if check.picture is None:
        raise Http404
    return shown_picture(request, check.picture)


def _quick() -> Policy:
    return replace(checking.usual_policy(), total_seconds=NOW_SECONDS, connect_seconds=NOW_SECONDS / 2)


def _tell(request: HttpRequest, made: Check) -> None:
    words = _("ผลตรวจ: {state}").format(state=made.get_state_display())
    tell = {"fine": messages.success, "warning": messages.warning}.get(made.state, messages.error)
    tell(request, words)
