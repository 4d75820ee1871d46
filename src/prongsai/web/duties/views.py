"""Pages: the duties of a year, one duty, one occurrence. What was done is entered in ``plans``, which knows tasks."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties import queries, services
from prongsai.web.duties.forms import DutyForm, YearForm
from prongsai.web.duties.models import Duty, Occurrence


@allowed(Power.SEE_WORK)
@require_safe
def duties(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the duties of a fiscal year with how many of their occurrences were done."""
    year = _year(request.GET.get("year"), scope)
    found = queries.duty_lines(scope, year)
    context = {"lines": found, "year": year, "years": sorted({year, *queries.years_of(scope)}, reverse=True)}
    return render(request, "duties/duties.html", context)


@allowed(Power.RUN_CYCLE)
@require_POST
def duties_open(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Make the standard duties of a year."""
    year = _year(request.POST.get("year"), scope)
    made = len(services.open_year(scope, fiscal_year_be=year))
    text = ngettext("เพิ่มงานประจำมาตรฐาน {n} รายการ", "เพิ่มงานประจำมาตรฐาน {n} รายการ", made)
    messages.success(request, text.format(n=to_thai(str(made))) if made else _("งานประจำมาตรฐานของปีนี้มีครบแล้ว"))
    return _to_list(scope, year)


@allowed(Power.RUN_CYCLE)
def duty_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a duty of the office's own."""
    year = _year(request.GET.get("year"), scope)
    form = DutyForm(scope, request.POST or None, instance=Duty(agency=scope.agency, fiscal_year_be=year))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_duty(scope, fiscal_year_be=year, **form.values)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, _("เพิ่มงานประจำแล้ว"))
            return redirect("duties:duty", scope.agency.code, made.pk)
    return _form_page(request, form, {"year": year})


@allowed(Power.SEE_WORK)
@require_safe
def duty(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a duty with every occurrence of its year, missed ones too."""
    found = get_object_or_404(queries.duties_of(scope), pk=pk)
    return render(request, "duties/duty.html", {"line": queries.duty_line(scope, found), "duty": found})


@allowed(Power.RUN_CYCLE)
def duty_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change a duty or switch it off; what was done or missed stays."""
    found = get_object_or_404(queries.duties_of(scope), pk=pk)
    form = DutyForm(scope, request.POST or None, instance=found)
    context = {"duty": found, "year": found.fiscal_year_be}
    if request.method == "POST" and form.is_valid():
        # The form has put its values into the instance; the service compares with what is stored.
        stored = queries.duties_of(scope).get(pk=pk)
        try:
            services.change_duty(scope, duty=stored, version=form.seen_version, **form.values)
        except Stale as stale:
            return _form_page(request, form, context | {"stale": stale, "current": stale.current}, 409)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, _("บันทึกแล้ว งวดที่ทำแล้วและงวดที่ขาดคงอยู่ตามเดิม"))
            return redirect("duties:duty", scope.agency.code, pk)
    return _form_page(request, form, context)


@allowed(Power.SEE_WORK)
@require_safe
def occurrence(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show one occurrence: when it is due, what was done, by whom, with what evidence."""
    found = get_object_or_404(queries.occurrences_of(scope), pk=pk)
    line = queries.lines(scope, [found])[0]
    return render(request, "duties/occurrence.html", {"line": line, "evidence": _evidence(found)})


@allowed(Power.SEE_WORK)
@require_POST
def occurrence_reopen(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take an entry back that was made by mistake."""
    found = get_object_or_404(queries.occurrences_of(scope), pk=pk)
    if not queries.may_record(scope, found):
        raise Http404
    version = request.POST.get("version", "")
    try:
        services.reopen(scope, occurrence=found, version=int(version) if version.isdecimal() else None)
        messages.success(request, _("ยกเลิกรายการแล้ว บันทึกใหม่ได้"))
    except Stale as stale:
        messages.error(request, stale.one_line)
    return redirect("duties:occurrence", scope.agency.code, pk)


def _evidence(found: Occurrence) -> "QuerySet[Any]":
    return found.evidence.select_related("file")


def _year(text: str | None, scope: Scope) -> int:
    form = YearForm({"year": text or ""})
    return form.cleaned_data["year"] if form.is_valid() else fiscal_year_be(scope.today)


def _to_list(scope: Scope, year: int) -> HttpResponse:
    answer = redirect("duties:duties", scope.agency.code)
    answer["Location"] += f"?year={year}"
    return answer


def _form_page(
    request: HttpRequest, form: DutyForm, context: dict[str, object], status: int | None = None
) -> HttpResponse:
    status = status or (422 if form.is_bound else 200)
    return render(request, "duties/duty_form.html", {"form": form, **context}, status=status)
