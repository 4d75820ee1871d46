"""What is done to a survey by a press of a button: each asks first and says what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prongsai.errors import ProngsaiError
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms.surveys import ClosingForm, ReasonForm, moment
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.queries import surveys as queries
from prongsai.web.surveys.queries.defaults import closes_anew
from prongsai.web.surveys.queries.opening import IN_WINDOW, INTO_WINDOW, errors_of, obstacles
from prongsai.web.surveys.queries.windows import closed_for, last_moment
from prongsai.web.surveys.services import counting, restoring, running
from prongsai.web.surveys.services.dropping import drop_survey
from prongsai.web.surveys.services.windows import confirm_window
from prongsai.web.surveys.views.surveys import READ_WRITE, trail_of
from prongsai.web.ui.forms import posted_number, refuse
from prongsai.web.ui.templatetags.ui import thai_digits, thai_time

_REFUSALS = (ProngsaiError, ValidationError)


def _page(request: HttpRequest, scope: Scope, survey: Survey, name: str, title: str, **more: object) -> HttpResponse:
    """Show a page that asks. problem: what a service refused."""
    context = {"survey": survey, "title": title, "trail": trail_of(scope, survey, title), **more}
    refused = more.get("problem")
    status = 409 if isinstance(refused, Stale) else 422 if request.method == "POST" else 200
    return render(request, f"surveys/{name}.html", context, status=status)


def _done(request: HttpRequest, scope: Scope, survey: Survey, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("survey", scope.agency.code, survey.pk)


def _tried(act: Callable[..., object], scope: Scope, **given: Any) -> ProngsaiError | None:
    """Do something; give what was refused."""
    try:
        act(scope, **given)
    except ProngsaiError as refused:
        return refused
    return None


# --- opening --------------------------------------------------------------------------------------------------------
@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_open(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show what will be frozen and what stands in the way; open it."""
    found = queries.survey_of(scope, pk)
    refused: ProngsaiError | None = None
    if request.method == "POST":
        version = posted_number(request.POST.get("version")) or 0
        refused = _tried(running.open_survey, scope, survey=found, version=version)
        if refused is None:
            until = thai_time(found.closes_at)
            return _done(request, scope, found, _("เปิดรับคำตอบแล้ว รับถึง {until}").format(until=until))
        found = queries.survey_of(scope, pk)
    problems = obstacles(found, scope.today) if found.state == "draft" else ()
    in_window = any(one.code in (IN_WINDOW, INTO_WINDOW) for one in problems)
    context = {
        "problem": None if isinstance(refused, running.NotReady) else refused,
        "problems": problems,
        "is_ready": found.state == "draft" and not errors_of(problems),
        "may_confirm": in_window and any(one.may_be_confirmed(scope.today) for one in closed_for(found, scope.today)),
        "groups": found.groups.all(),
        "asked": found.pure,
    }
    return _page(request, scope, found, "survey_open", _("เปิดรับคำตอบ"), **context)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_window(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Confirm that a practice survey runs into no official one while nobody knows the days of that."""
    found = queries.survey_of(scope, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if form.is_bound and form.is_valid():
        try:
            confirm_window(scope, survey=found, **form.cleaned_data)
            return _done(request, scope, found, _("บันทึกการยืนยันแล้ว"))
        except _REFUSALS as refused:
            refuse(form, refused)
    windows = closed_for(found, scope.today)
    title = _("ยืนยันว่าไม่ตรงกับช่วงสำรวจทางการ")
    return _page(request, scope, found, "survey_window", title, form=form, windows=windows)


# --- the days -------------------------------------------------------------------------------------------------------
@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_extend(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take answers until later."""
    found = queries.survey_of(scope, pk)
    initial = {"closes_on": timezone.localdate(found.closes_at), "version": found.version}
    form = ClosingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        given = {"closes_at": form.closes_at, "version": form.cleaned_data["version"]}
        try:
            running.extend_survey(scope, survey=found, **given)
            until = thai_time(form.closes_at)
            return _done(request, scope, found, _("ขยายเวลาแล้ว รับคำตอบถึง {until}").format(until=until))
        except _REFUSALS as refused:
            refuse(form, refused)
    windows = closed_for(found, scope.today)
    now = next((one for one in windows if one.holds(scope.today)), None)
    more = {"form": form, "now": now, "last": last_moment(windows)}
    return _page(request, scope, found, "survey_extend", _("ขยายเวลารับคำตอบ"), **more)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_close(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask, then take no more answers."""
    found = queries.survey_of(scope, pk)
    refused: ProngsaiError | None = None
    if request.method == "POST":
        version = posted_number(request.POST.get("version")) or 0
        refused = _tried(running.close_survey, scope, survey=found, version=version)
        if refused is None:
            return _done(request, scope, found, _("ปิดรับคำตอบแล้ว นับผลได้เมื่อพร้อม"))
    return _page(request, scope, found, "survey_close", _("ปิดรับคำตอบ"), problem=refused)


# --- the end --------------------------------------------------------------------------------------------------------
@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_count(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say what counting is, then open all answers at once."""
    found = queries.survey_of(scope, pk)
    refused: ProngsaiError | None = None
    if request.method == "POST":
        version = posted_number(request.POST.get("version")) or 0
        refused = _tried(counting.count, scope, survey=found, version=version)
        if refused is None:
            last = found.counts.order_by("-number").first()
            n = thai_digits(last.received if last else 0)
            return _done(request, scope, found, _("นับคำตอบแล้ว {n} ชุด กุญแจถูกทำลายแล้ว").format(n=n))
    got = queries.received_of(found)
    is_ready = got.waiting >= found.k and got.has_key and _is_countable(found)
    context = {"problem": refused, "got": got, "is_ready": is_ready, "may_count": _is_countable(found)}
    return _page(request, scope, found, "survey_count", _("นับผล"), **context)


def _is_countable(survey: Survey) -> bool:
    return survey.state in queries.UNCOUNTED and (survey.is_monthly or not survey.is_taking)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_drop(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask, then destroy answers unread; one in preparation is taken away."""
    found = queries.survey_of(scope, pk)
    if found.state == "draft":
        return _remove(request, scope, found)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if form.is_bound and form.is_valid():
        try:
            drop_survey(scope, survey=found, **form.cleaned_data)
            return _done(request, scope, found, _("ยกเลิกการสำรวจแล้ว คำตอบที่ยังไม่นับและกุญแจถูกทำลาย"))
        except _REFUSALS as refused:
            refuse(form, refused)
    got = queries.received_of(found)
    return _page(request, scope, found, "survey_drop", _("ยกเลิกการสำรวจ"), form=form, got=got)


def _remove(request: HttpRequest, scope: Scope, survey: Survey) -> HttpResponse:
    refused: ProngsaiError | None = None
    if request.method == "POST":
        refused = _tried(running.remove_survey, scope, survey=survey)
        if refused is None:
            messages.success(request, _("ลบการสำรวจที่กำลังเตรียมแล้ว"))
            return redirect("surveys", scope.agency.code)
    return _page(request, scope, survey, "survey_remove", _("ลบการสำรวจ"), problem=refused)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_key(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask, then give a survey whose key is lost a new one; what was sealed for the old one goes."""
    found = queries.survey_of(scope, pk)
    if request.method == "POST":
        lost = restoring.mend_lost_keys(scope, survey=found)
        text = "\n".join(str(one) for one in lost) or _("กุญแจของการสำรวจนี้อยู่ครบ ไม่มีอะไรต้องแก้")
        return _done(request, scope, found, text)
    got = queries.received_of(found)
    return _page(request, scope, found, "survey_key", _("สร้างกุญแจใหม่"), got=got)


@allowed(Power.RUN_CYCLE)
@require_POST
def survey_copy(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Make a new survey in preparation of one."""
    found = queries.survey_of(scope, pk)
    closes_at, year = moment(closes_anew(scope, found), None), fiscal_year_be(scope.today)
    try:
        made = running.copy_survey(scope, survey=found, closes_at=closes_at, fiscal_year_be=year)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("survey", scope.agency.code, pk)
    return _done(request, scope, made, _("ทำสำเนาแล้ว ตรวจชื่อ ปี และวันปิดก่อนเปิดรับคำตอบ"))
