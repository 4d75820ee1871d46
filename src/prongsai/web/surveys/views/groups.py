"""The groups of a survey in preparation."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms.surveys import GroupForm, NamesForm
from prongsai.web.surveys.models import Grouping, Survey
from prongsai.web.surveys.queries import surveys as queries
from prongsai.web.surveys.queries.groups import outside_units
from prongsai.web.surveys.services import groups as services
from prongsai.web.surveys.views.surveys import READ_WRITE, trail_of
from prongsai.web.ui.forms import refuse
from prongsai.web.ui.templatetags.ui import thai_digits

JOINED_TH = "กลุ่มรวมหน่วยขนาดเล็ก"  # a name that is kept, whatever language is read
_REFUSALS = (ProngsaiError, ValidationError)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_groups(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show the groups, and add some by their names."""
    found = queries.survey_of(scope, pk)
    form = NamesForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            n = services.add_names(scope, survey=found, names=form.cleaned_data["names"])
            return _told(request, scope, found, n)
        except _REFUSALS as refused:
            refuse(form, refused)
    groups = list(found.groups.select_related("unit"))
    context = {
        "survey": found,
        "groups": groups,
        "small": [one for one in groups if one.headcount is not None and one.headcount < found.k],
        "form": form,
        "trail": trail_of(scope, found, _("กลุ่มผู้ตอบ")),
    }
    return render(request, "surveys/groups.html", context, status=422 if form.is_bound else 200)


@allowed(Power.RUN_CYCLE)
@require_POST
def survey_groups_fill(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Add all units, or all services, or put small groups together."""
    found = queries.survey_of(scope, pk)
    way = request.POST.get("way", "")
    try:
        if way == "join":
            made = services.join_small(scope, survey=found, name=JOINED_TH)
            messages.success(request, _("รวมเป็นกลุ่ม “{name}” แล้ว แก้ชื่อได้").format(name=made.name))
            return redirect("survey_groups", scope.agency.code, pk)
        if way not in (Grouping.UNIT, Grouping.SERVICE):
            raise Http404
        n = services.fill_groups(scope, survey=found, way=way)
    except _REFUSALS as refused:
        text = refused.one_line if isinstance(refused, ProngsaiError) else " ".join(refused.messages)
        messages.error(request, text)
        return redirect("survey_groups", scope.agency.code, pk)
    if way == Grouping.UNIT and (left := outside_units(scope.agency, scope.today)):
        told = _("ยังมีบุคลากรที่ไม่สังกัดส่วนราชการใด {n} คน เช่น ปลัด เพิ่มเป็นกลุ่มเอง หรือเพิ่มจำนวนในกลุ่มที่เหมาะสม")
        messages.info(request, told.format(n=thai_digits(left)))
    if way == Grouping.SERVICE and not n and not found.groups.exists():
        messages.warning(request, _("ยังไม่มีบริการในทะเบียนคู่มือการให้บริการหรือบริการออนไลน์ พิมพ์ชื่อกลุ่มเองด้านล่าง"))
        return redirect("survey_groups", scope.agency.code, pk)
    return _told(request, scope, found, n)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_group_edit(request: HttpRequest, scope: Scope, pk: int, group: int) -> HttpResponse:
    """Change a group."""
    found = queries.survey_of(scope, pk)
    kept = queries.group_of(found, group)
    form = GroupForm(request.POST if request.method == "POST" else None, instance=queries.group_of(found, group))
    if form.is_bound and form.is_valid():
        try:
            services.change_group(scope, group=kept, **form.cleaned_data)
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("survey_groups", scope.agency.code, pk)
        except _REFUSALS as refused:
            refuse(form, refused)
    context = {"survey": found, "group": kept, "form": form, "trail": trail_of(scope, found, _("แก้ไขกลุ่ม"))}
    return render(request, "surveys/group.html", context, status=422 if form.is_bound else 200)


@allowed(Power.RUN_CYCLE)
@require_POST
def survey_group_remove(request: HttpRequest, scope: Scope, pk: int, group: int) -> HttpResponse:
    """Take a group away."""
    found = queries.survey_of(scope, pk)
    try:
        services.remove_group(scope, group=queries.group_of(found, group))
        messages.success(request, _("ลบกลุ่มแล้ว"))
    except ProngsaiError as refused:
        messages.error(request, refused.one_line)
    return redirect("survey_groups", scope.agency.code, pk)


def _told(request: HttpRequest, scope: Scope, survey: Survey, n: int) -> HttpResponse:
    text = _("เพิ่มแล้ว {n} กลุ่ม").format(n=thai_digits(n)) if n else _("กลุ่มเหล่านี้มีอยู่แล้ว")
    messages.success(request, text)
    return redirect("survey_groups", scope.agency.code, survey.pk)
