"""The agency itself."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.web.agencies import services
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.forms import AgencyForm, PeriodForms, periods_in
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import (
    committee_in_force,
    committees_of,
    headcount_on,
    letters_expected,
    periods_of,
    signature_lines,
    top_executive,
    unit_tree,
)
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.views.saving import form_page
from prongsai.web.agencies.views.trail import trail_of

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@allowed(Power.SEE_PEOPLE)
@require_safe
def agency(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the facts of the agency: the door to everything about the organisation."""
    top = top_executive(scope.agency, scope.today)
    nodes = unit_tree(scope.agency, scope.today, closed=False)
    shown = {
        "top": top,
        "top_lines": signature_lines(top, scope.today) if top else (),
        "headcount": headcount_on(scope.agency, scope.today),
        "units": len(nodes),
        "posts": sum(node.posts for node in nodes),
        "committees": sum(committee_in_force(one, scope.today) for one in committees_of(scope.agency)),
        "periods": periods_of(scope.agency),
        "letters": letters_expected(scope.agency),
    }
    return render(request, "agencies/agency.html", shown)


@allowed(Power.KEEP_ACCOUNTS)
@FORM_METHODS
def agency_edit(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Change the facts of the agency, its pictures and its history."""
    found = Agency.objects.get(pk=scope.agency.pk)
    form = AgencyForm(request.POST or None, request.FILES or None, instance=found)
    rows = PeriodForms(
        request.POST if "periods-TOTAL_FORMS" in request.POST else None,
        queryset=periods_of(scope.agency),
        prefix="periods",
    )
    return form_page(
        request,
        form,
        lambda: _save(scope, form, rows),
        heading=_("แก้ไขข้อมูลหน่วยงาน"),
        back=reverse("agencies:agency", args=[scope.agency.code]),
        trail=trail_of(scope, "agency"),
        said=_("บันทึกแล้ว"),
        template="agencies/agency_form.html",
        also=lambda: not rows.is_bound or rows.is_valid(),
        rows=rows,
    )


@transaction.atomic
def _save(scope: Scope, form: AgencyForm, rows: PeriodForms) -> None:  # type: ignore[valid-type]
    if rows.is_bound and rows.has_changed():  # type: ignore[attr-defined]
        services.keep_periods(scope, periods=periods_in(rows))
    services.change_agency(scope, version=form.seen_version, **form.values)
    for which in ("emblem", "logo"):
        picture = form.cleaned_data.get(which)
        try:
            if isinstance(picture, UploadedFile):
                services.set_image(scope, which=which, content=picture.read())
            elif form.cleaned_data.get(f"{which}_off"):
                services.set_image(scope, which=which, content=b"")
        except ValidationError as error:
            raise ValidationError({which: error.messages}) from error


@allowed(Power.SEE_PEOPLE)
@require_safe
def emblem(request: HttpRequest, scope: Scope, which: str) -> HttpResponse:
    """Give a picture of the agency; nothing (204) where there is none."""
    if which not in ("emblem", "logo"):
        raise Http404
    picture = bytes(getattr(scope.agency, which))
    if not picture:
        return HttpResponse(status=204)
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, no-cache"})
