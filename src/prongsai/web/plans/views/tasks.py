"""Pages about tasks."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.services import attachment_from
from prongsai.web.plans.forms.tasks import AnswerForm, DecideForm, RollOutForm
from prongsai.web.plans.models import Task, TaskState
from prongsai.web.plans.queries import tasks as queries
from prongsai.web.plans.services import tasks as services
from prongsai.web.ui.forms import refuse

PAGE = 100
ACTIONS = {"acknowledge": TaskState.ACKNOWLEDGED, "start": TaskState.IN_PROGRESS}


@allowed(Power.SEE_WORK)
@require_safe
def my_tasks(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the tasks of one's own units, or of all, by due date."""
    whose = _whose(request, scope)
    page = Paginator(queries.task_list(scope, whose), PAGE).get_page(request.GET.get("page"))
    rows = queries.task_rows(scope, page.object_list, whose)
    return render(request, "plans/my_tasks.html", {"rows": rows, "page": page, "whose": whose})


def _whose(request: HttpRequest, scope: Scope) -> str:
    """Take what was asked for; else one's own units' tasks, or all for who runs the cycle or has no unit."""
    asked = request.GET.get("of")
    if asked in (queries.MINE, queries.EVERYBODY):
        return asked
    everybody = scope.can(Power.RUN_CYCLE) or not scope.unit_ids
    return queries.EVERYBODY if everybody else queries.MINE


@allowed(Power.SEE_WORK)
@require_safe
def task(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a task: what is asked, what was answered, and its history."""
    return _page(request, scope, get_object_or_404(queries.tasks_of(scope), pk=pk))


def _page(request: HttpRequest, scope: Scope, found: Task, status: int = 200, **forms: Any) -> HttpResponse:
    page = queries.task_page(scope, found)
    known = {"page": page, "task": found, "cycle": found.cycle, **forms}
    if page.can_answer:
        known.setdefault("answer_form", AnswerForm(scope, found))
    if page.can_decide:
        known.setdefault("decide_form", DecideForm(initial={"version": found.version}))
    if page.can_roll_out:
        known.setdefault("roll_out_form", RollOutForm(scope, found))
    return render(request, "plans/task.html", known, status=status)


@allowed(Power.DO_WORK)
@require_POST
def task_answer(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Acknowledge a task, begin it, save what was done, or hand it in."""
    found = get_object_or_404(queries.tasks_of(scope), pk=pk)
    if not scope.can_change(found.unit_id):
        raise Http404
    action = request.POST.get("action", "save")
    form = AnswerForm(scope, found, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, scope, found, 422, answer_form=form)
    try:
        _done(scope, found, action, form)
    except Stale as stale:
        return _stale(request, scope, pk, stale, form.cleaned_data["answer"])
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, get_object_or_404(queries.tasks_of(scope), pk=pk), 422, answer_form=form)
    messages.success(request, _SAID.get(action, _SAID["save"])())
    return redirect("plans:task", scope.agency.code, pk)


_SAID = {
    "acknowledge": lambda: _("รับทราบแล้ว"),
    "start": lambda: _("เริ่มดำเนินการแล้ว"),
    "save": lambda: _("บันทึกแล้ว ยังไม่ได้ส่ง"),
    "submit": lambda: _("ส่งแล้ว รอผู้ประสานงานตรวจ"),
}


def _done(scope: Scope, found: Task, action: str, form: AnswerForm) -> None:
    given = form.cleaned_data
    if action in ACTIONS:
        services.move_task(scope, task=found, version=given["version"], state=ACTIONS[action])
        return
    services.need_current(scope, found, given["version"])
    evidence = attachment_from(scope, given=given, unit=found.unit, content_year_be=found.cycle.measures_year_be)
    services.answer_task(
        scope,
        task=found,
        version=given["version"],
        answer=given["answer"],
        evidence=evidence,
        submit=action == "submit",
    )


def _stale(request: HttpRequest, scope: Scope, pk: int, stale: Stale, answer: str = "") -> HttpResponse:
    """Show the task as it is now, with what was typed."""
    messages.error(request, stale.one_line)
    found = get_object_or_404(queries.tasks_of(scope), pk=pk)
    forms = {"answer_form": AnswerForm(scope, found, initial={"answer": answer})} if answer else {}
    return _page(request, scope, found, 409, typed=answer, **forms)


@allowed(Power.RUN_CYCLE)
@require_POST
def task_decide(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Accept an answer, or return it with the reason."""
    found = get_object_or_404(queries.tasks_of(scope), pk=pk)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, found, 422, decide_form=form)
    accept = request.POST.get("action") == "accept"
    try:
        services.decide_task(scope, task=found, accept=accept, **form.cleaned_data)
    except Stale as stale:
        return _stale(request, scope, pk, stale)
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, get_object_or_404(queries.tasks_of(scope), pk=pk), 422, decide_form=form)
    messages.success(request, _("รับงานแล้ว") if accept else _("ส่งคืนให้แก้ไขแล้ว"))
    return redirect("plans:task", scope.agency.code, pk)


@allowed(Power.RUN_CYCLE)
@require_POST
def task_roll_out(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Give what a pilot tried to the other units."""
    found = get_object_or_404(queries.tasks_of(scope), pk=pk)
    form = RollOutForm(scope, found, request.POST)
    if not form.is_valid():
        return _page(request, scope, found, 422, roll_out_form=form)
    try:
        made = services.roll_out(scope, task=found, **form.cleaned_data)
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, found, 422, roll_out_form=form)
    messages.success(request, _("มอบให้อีก {n} หน่วยแล้ว").format(n=len(made)))
    return redirect("plans:task", scope.agency.code, pk)
