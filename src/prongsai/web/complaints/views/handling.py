"""What is decided and done in a case: a page for each step; where it stands the page of the case shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.access import holding
from prongsai.web.complaints.forms import handling as forms
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.queries.barring import barred_from
from prongsai.web.complaints.queries.handling import Handling, handling_of
from prongsai.web.complaints.services import committees, handling, watching
from prongsai.web.complaints.services import discipline as disciplines
from prongsai.web.complaints.states import ANONYMOUS_RULE, MOVES
from prongsai.web.complaints.views.cases import READ_WRITE, TYPED, opened_case, trail_of
from prongsai.web.ui.forms import refuse

REPORT = "report"  # not a move of its own: the committee's report, after which moves may follow
Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Step:
    """A step that a page asks for. values: what the service takes, by the form; more: for the template."""

    title: object
    form: forms.StepForm
    act: Act
    done: str
    values: Callable[[Any], Mapping[str, Any]] = lambda form: form.values
    template: str = "complaints/handling_step.html"
    more: Mapping[str, object] = field(default_factory=dict)


# What a page makes of the case: data is what was posted, None at first; more goes to every form.
Build = Callable[[Handling, Any, dict[str, Any]], Step]


@TYPED
@holding
@READ_WRITE
def move(request: HttpRequest, scope: Scope, key: Key, number: str, move: str) -> HttpResponse:
    """Take a step from state to state, or record the committee's report."""
    if move == REPORT:
        return _step(request, scope, key, number, _reporting, lambda found: found.may_report)
    if move not in MOVES:
        raise Http404
    chosen = MOVES[move]

    def build(found: Handling, data: Any, more: dict[str, Any]) -> Step:
        mode = found.case.told.mode
        is_proposed = chosen.is_seconded(mode)
        return Step(
            chosen.label,
            forms.MoveForm(chosen, mode, data, **more),
            handling.move_case,
            _("เสนอแล้ว รอความเห็นของผู้รับเรื่องคนที่สอง") if is_proposed else _("บันทึกแล้ว"),
            lambda form: {"move": move, "given": form.values},
            more={"hint": chosen.hint, "rule": ANONYMOUS_RULE if is_proposed else "", "is_proposed": is_proposed},
        )

    return _step(request, scope, key, number, build, lambda found: chosen in found.moves)


def _reporting(found: Handling, data: Any, more: dict[str, Any]) -> Step:
    form = forms.FindingForm(data, **more)
    return Step(_("บันทึกผลสอบข้อเท็จจริง"), form, committees.report_finding, _("บันทึกรายงานแล้ว"))


@TYPED
@holding
@READ_WRITE
def second(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Answer what another handler proposed."""

    def build(found: Handling, data: Any, more: dict[str, Any]) -> Step:
        return Step(
            _("ความเห็นของผู้รับเรื่องคนที่สอง"),
            forms.SecondForm(data, **more),
            handling.confirm_second,
            _("บันทึกความเห็นแล้ว"),
            lambda form: {"is_agreed": form.values["answer"] == "yes", "text": form.values["text"]},
            "complaints/handling_second.html",
            {"rule": ANONYMOUS_RULE},
        )

    return _step(request, scope, key, number, build, lambda found: found.proposal and not found.is_own_proposal)


@TYPED
@holding
@READ_WRITE
def committee(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Set the committee by an order."""

    def build(found: Handling, data: Any, more: dict[str, Any]) -> Step:
        barred = barred_from(scope, found.case)
        people = list(people_on(scope.agency, scope.today))
        return Step(
            _("แต่งตั้งคณะกรรมการสอบข้อเท็จจริง"),
            forms.CommitteeForm(people, barred, data, **more),
            committees.set_committee,
            _("บันทึกคำสั่งแล้ว"),
            lambda form: {**form.values, "members": form.members},
            "complaints/handling_committee.html",
            {"barred": [(one, barred[one.pk]) for one in people if one.pk in barred]},
        )

    return _step(request, scope, key, number, build, lambda found: found.may_set_committee)


@TYPED
@holding
@READ_WRITE
def extend(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Give the committee more time by an order."""

    def build(found: Handling, data: Any, more: dict[str, Any]) -> Step:
        return Step(_("ขยายเวลาสอบข้อเท็จจริง"), forms.ExtendForm(data, **more), committees.extend, _("บันทึกคำสั่งแล้ว"))

    return _step(request, scope, key, number, build, lambda found: found.may_report)


@TYPED
@holding
@READ_WRITE
def discipline(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Record a step of what followed: of discipline, or of a claim or a criminal case, whichever the case stands at."""

    def build(found: Handling, data: Any, more: dict[str, Any]) -> Step:
        if found.may_follow_up:
            return Step(_("บันทึกความคืบหน้า"), forms.FollowForm(data, **more), disciplines.follow_up, _("บันทึกแล้ว"))
        form = forms.DisciplineForm(found.case.accused, data, **more)
        return Step(_("บันทึกขั้นตอนทางวินัย"), form, disciplines.discipline, _("บันทึกแล้ว"))

    return _step(request, scope, key, number, build, lambda found: found.may_discipline or found.may_follow_up)


@TYPED
@holding
@READ_WRITE
def watch(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Write down a look at how whoever reported fares."""

    def build(found: Handling, data: Any, more: dict[str, Any]) -> Step:
        return Step(_("ติดตามการกลั่นแกล้งผู้แจ้ง"), forms.WatchForm(data, **more), watching.watch, _("บันทึกแล้ว"))

    return _step(request, scope, key, number, build, lambda found: True)


@TYPED
@holding
@READ_WRITE
def keep(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Keep a case longer."""

    def build(found: Handling, data: Any, more: dict[str, Any]) -> Step:
        return Step(_("เก็บเรื่องไว้นานขึ้น"), forms.KeepForm(data, **more), handling.keep_longer, _("บันทึกแล้ว"))

    return _step(request, scope, key, number, build, lambda found: found.case.report.expires_on)


# --- the beats they share -------------------------------------------------------------------------------------------
def _step(
    request: HttpRequest, scope: Scope, key: Key, number: str, build: Build, is_open: Callable[[Handling], object]
) -> HttpResponse:
    """Open the case, ask, act, answer. What was typed stays on the page, whatever is wrong with it."""
    is_posted = request.method == "POST"
    found = handling_of(key, opened_case(scope, key, number, is_viewed=not is_posted))
    if not is_posted and not is_open(found):
        raise Http404
    step = build(found, request.POST if is_posted else None, {"initial": {"version": found.case.report.version}})
    if not is_posted:
        return _page(request, scope, found, step, 200)
    return _acted(request, scope, key, found, step)


def _acted(request: HttpRequest, scope: Scope, key: Key, found: Handling, step: Step) -> HttpResponse:
    number = found.case.report.number
    if not step.form.is_valid():
        return _page(request, scope, found, step, 422)
    given = step.values(step.form)
    try:
        step.act(scope, key, found.case, version=step.form.cleaned_data["version"], **given)
    except Stale:
        now = handling_of(key, opened_case(scope, key, number))
        step.form.data = request.POST.copy()
        step.form.data["version"] = str(now.case.report.version)
        return _page(request, scope, now, step, 409)
    except ValidationError as fault:
        refuse(step.form, fault)
        return _page(request, scope, found, step, 422)
    messages.success(request, step.done)  # never a word of what was typed
    return redirect(f"{reverse('complaint', args=[scope.agency.code, number])}#handling")


def _page(request: HttpRequest, scope: Scope, found: Handling, step: Step, status: int) -> HttpResponse:
    trail = trail_of(scope, str(step.title), number=found.case.report.number)
    context = {"step": step, "form": step.form, "handling": found, "is_stale": status == 409, "trail": trail}
    return render(request, step.template, {**context, **step.more}, status=status)
