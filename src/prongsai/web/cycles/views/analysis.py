"""The analysis of a result: generated, mended, approved, printed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.models import Cycle
from prongsai.web.cycles.queries.analysis import analysis_of
from prongsai.web.cycles.views.cycles import read_write
from prongsai.web.cycles.views.trail import trail_of
from prongsai.web.ui.forms import posted_number

_STEM = "text-"


@allowed(Power.SEE_WORK)
@read_write
def analysis(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show the analysis; who runs the cycle mends its words."""
    found = queries.cycle_of(scope, cycle)
    if request.method != "POST":
        return _page(request, scope, found, {}, "", 200)
    if not scope.can(Power.RUN_CYCLE):
        raise Http404
    texts = {name.removeprefix(_STEM): str(text) for name, text in request.POST.items() if name.startswith(_STEM)}
    try:
        services.write_analysis(scope, cycle=found, texts=texts, version=_seen(request))
    except Stale as stale:
        return _page(request, scope, found, texts, stale.one_line, 409)
    except ProngsaiError as refusal:
        return _page(request, scope, found, texts, refusal.one_line, 422)
    except ValidationError as refusal:
        return _page(request, scope, found, texts, " ".join(refusal.messages), 422)
    messages.success(request, _("บันทึกแล้ว"))
    return redirect("cycles:analysis", scope.agency.code, found.framework_id)


@allowed(Power.APPROVE)
@require_POST
def analysis_approve(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Approve the analysis in one recorded click."""
    found = queries.cycle_of(scope, cycle)
    try:
        services.approve_analysis(scope, cycle=found, version=_seen(request))
    except Stale as stale:
        return _page(request, scope, found, {}, stale.one_line, 409)
    except ProngsaiError as refusal:
        return _page(request, scope, found, {}, refusal.one_line, 422)
    except ValidationError as refusal:
        return _page(request, scope, found, {}, " ".join(refusal.messages), 422)
    messages.success(request, _("อนุมัติการวิเคราะห์แล้ว"))
    return redirect("cycles:analysis", scope.agency.code, found.framework_id)


def _seen(request: HttpRequest) -> int | None:
    return posted_number(request.POST.get("version"))


def _page(
    request: HttpRequest, scope: Scope, cycle: Cycle, texts: dict[str, str], problem: str, status: int
) -> HttpResponse:
    page = analysis_of(cycle)
    context = {
        "cycle": cycle,
        "page": page,
        "sections": [(section, texts.get(str(section.no), section.text)) for section in page.sections],
        "problem": problem,
        "may_change": scope.can(Power.RUN_CYCLE) and cycle.state == "open",
        "may_approve": scope.can(Power.APPROVE) and cycle.state == "open",
        "trail": trail_of(scope, cycle, _("วิเคราะห์ผล")),
    }
    return render(request, "cycles/analysis.html", context, status=status)
