"""Scores: what was given, what follows from them, and where the cycle is heading."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prongsai.errors import ProngsaiError
from prongsai.reports.charts import Bar, indicator_bars
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.charts import trend
from prongsai.web.cycles.forms import GoalForm, ImportForm, ScoresForm
from prongsai.web.cycles.models import Cycle, ScoreSnapshot
from prongsai.web.cycles.queries.items import item_rows
from prongsai.web.cycles.queries.outlook import OFFICIAL, READINESS, bases_of, forecast_of, stakes, what_if
from prongsai.web.cycles.queries.scores import IndicatorLine, by_key, calibration, indicator_lines, tree_of, trend_of
from prongsai.web.cycles.views.cycles import read_write
from prongsai.web.cycles.views.trail import trail_of
from prongsai.web.ui.forms import refuse


@allowed(Power.SEE_WORK)
@require_safe
def scores(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show the official result, its trend, what is low, and official beside own."""
    found = queries.cycle_of(scope, cycle)
    snapshots = list(queries.snapshots_of(found))
    official = next((each for each in snapshots if each.kind == "official"), None)
    context: dict[str, Any] = {"cycle": found, "snapshots": snapshots, "official": official}
    points = trend_of(scope, found.framework_kind)
    if official:
        context |= _result(scope, found, official)
    if len(points) > 1:
        drawn = [(point.year_be, point.overall) for point in points]
        context["trend"] = points
        context["trend_chart"] = _safe(trend(drawn, title=_("คะแนนรวมรายปี"), target=found.target_pct))
    return render(request, "cycles/scores.html", context | {"trail": trail_of(scope, found, _("คะแนน"))})


def _result(scope: Scope, cycle: Cycle, official: ScoreSnapshot) -> dict[str, Any]:
    framework = queries.framework_of(cycle)
    goal = cycle.target_pct or framework.target_pct
    source = cycle.carried_from
    last = queries.latest_snapshot(source) if source else None
    before = by_key(queries.framework_of(source), last.result) if source and last else None
    lines = indicator_lines(framework, official.result, goal, before)
    items = calibration(cycle, item_rows(cycle, scope.today), official.result)
    return {
        "lines": lines,
        "low": [line for line in lines if line.is_low],
        "goal": goal,
        "chart": _bars(cycle, lines, source if before else None, goal),
        "calibration": [each for each in items if each.official is not None],
        "differing": sum(each.differs for each in items),
        "before_year": source.fiscal_year_be if source and before else None,
    }


def _bars(cycle: Cycle, lines: list[IndicatorLine], source: Cycle | None, goal: Decimal) -> SafeString:
    bars = [Bar(f"{to_thai(line.code)}. {line.title}", _places(line.score), line.before) for line in lines]
    picture = indicator_bars(
        bars,
        title=_("คะแนนรายตัวชี้วัด"),
        now=to_thai(str(cycle.fiscal_year_be)),
        before=to_thai(str(source.fiscal_year_be)) if source else "",
        marks=(Decimal(f"{goal.normalize():f}"),),
    )
    return _safe(picture.content.decode())


def _places(score: Decimal | None) -> Decimal | None:
    return None if score is None else score.quantize(Decimal("0.01"))


def _safe(drawing: str) -> SafeString:
    return mark_safe(drawing)  # our own drawing, every text in it is escaped where it is drawn


@allowed(Power.RUN_CYCLE)
@read_write
def scores_add(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Take scores from the form or from a file."""
    found = queries.cycle_of(scope, cycle)
    sent = request.POST if request.method == "POST" else None
    is_file = sent is not None and sent.get("way") == "file"
    by_hand = ScoresForm(queries.framework_of(found), None if is_file else sent)
    by_file = ImportForm(sent if is_file else None, request.FILES if is_file else None, auto_id="id_file_%s")
    form = by_file if is_file else by_hand
    if sent is not None and form.is_valid():
        try:
            made = _import(scope, found, by_file) if is_file else _take(scope, found, by_hand)
            messages.success(request, _("บันทึกคะแนนแล้ว"))
            return redirect("cycles:snapshot", scope.agency.code, found.framework_id, made.pk)
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
    context = {"cycle": found, "form": by_hand, "import_form": by_file}
    context |= {"trail": trail_of(scope, found, _("เพิ่มคะแนน"))}
    return render(request, "cycles/scores_add.html", context, status=422 if sent is not None else 200)


def _take(scope: Scope, cycle: Cycle, form: ScoresForm) -> ScoreSnapshot:
    values = form.cleaned_data
    return services.take_scores(scope, cycle=cycle, kind=values["kind"], given=form.given(), source=values["source"])


def _import(scope: Scope, cycle: Cycle, form: ImportForm) -> ScoreSnapshot:
    file = form.cleaned_data["file"]
    kind = form.cleaned_data["kind"]
    return services.import_scores(scope, cycle=cycle, kind=kind, name=file.name, content=file.read())


@allowed(Power.SEE_WORK)
@require_safe
def snapshot(request: HttpRequest, scope: Scope, cycle: str, pk: int) -> HttpResponse:
    """Show everything that follows from one snapshot."""
    found = queries.cycle_of(scope, cycle)
    shown = get_object_or_404(queries.snapshots_of(found), pk=pk)
    framework = queries.framework_of(found)
    context = {
        "cycle": found,
        "snapshot": shown,
        "tree": tree_of(shown.result),
        "problems": shown.result["problems"],
        "derived": shown.result["derived"],
        "stated": shown.result["stated"],
        "levels": [(each, queries.mark_of(each.basis)) for each in framework.levels],
        "trail": trail_of(scope, found, _("คะแนน")),
    }
    return render(request, "cycles/snapshot.html", context)


@allowed(Power.SEE_WORK)
@require_safe
def forecast(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show points at risk, cheapest gains, and what would be if the ticked items were won."""
    found = queries.cycle_of(scope, cycle)
    rows = item_rows(found, scope.today)
    bases = bases_of(found, rows)
    form = GoalForm(queries.framework_of(found), request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    basis = bases.get(asked.get("basis") or "") or bases.get(OFFICIAL) or bases.get(READINESS)
    trail = trail_of(scope, found, _("คาดการณ์"))
    context: dict[str, Any] = {"cycle": found, "form": form, "bases": bases, "basis": basis, "trail": trail}
    if basis:
        try:
            outlook = forecast_of(found, basis, asked.get("target"), asked.get("level") or None)
        except ProngsaiError as refusal:
            context["problem"] = refusal.one_line
        else:
            ticked = request.GET.getlist("win")
            context |= {
                "outlook": outlook,
                "stakes": stakes(outlook, rows),
                "what_if": what_if(found, basis, ticked, outlook.report),
                "ticked": set(ticked),
            }
    return render(request, "cycles/forecast.html", context)
