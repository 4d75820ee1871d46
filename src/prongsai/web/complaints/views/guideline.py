"""How complaints are handled, as the public is told."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.forms.guideline import AdoptForm, GuidelineForm
from prongsai.web.complaints.models import Guideline
from prongsai.web.complaints.queries import guideline as queries
from prongsai.web.complaints.queries.rolls import channel_of
from prongsai.web.complaints.services import guideline as services
from prongsai.web.ui.forms import refuse

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@allowed(Power.SEE_WORK)
@require_safe
def guideline(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the edition that holds, and the one being written to who writes it."""
    return _page(request, scope)


def _page(request: HttpRequest, scope: Scope, form: AdoptForm | None = None, status: int = 200) -> HttpResponse:
    draft = queries.draft(scope.agency) if queries.may_edit(scope) else None
    held = queries.adopted(scope.agency)
    parts = queries.parts_of(draft) if draft else ()
    times = (draft or held).times if draft or held else ""  # type: ignore[union-attr]
    context: dict[str, Any] = {
        "held": held,
        "held_parts": queries.parts_of(held) if held else (),
        "draft": draft,
        "draft_parts": parts,
        "is_whole": bool(parts) and all(one.is_there for one in parts),
        "differing": queries.differing(scope.agency, times) if queries.may_edit(scope) else (),
        "form": form or AdoptForm(initial={"version": draft.version if draft else 0}),
        "may_edit": queries.may_edit(scope),
        "may_adopt": queries.may_adopt(scope),
        "earlier": queries.guidelines_of(scope.agency).filter(edition__gt=0)[1:],
        "trail": [(_("แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต"), "")],
    }
    return render(request, "complaints/guideline.html", context, status=status)


@allowed(Power.SEE_WORK)
@READ_WRITE
def guideline_edit(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Write the four parts; what was adopted is begun from, and stays."""
    if not queries.may_edit(scope):
        raise Http404
    draft = queries.draft(scope.agency)
    form = GuidelineForm(request.POST or None, instance=draft or Guideline(agency=scope.agency), initial=_begun(scope))
    status, current = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.write_guideline(scope, version=form.seen_version, **form.values)
            except Stale as stale:
                refuse(form, stale)
                status, current = 409, stale.current
            except (ProngsaiError, ValidationError) as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("บันทึกร่างแล้ว"))
                return redirect("complaint_guideline", scope.agency.code)
    context = {
        "form": form,
        "current": queries.parts_of(current) if isinstance(current, Guideline) else (),
        "offered": queries.times_offered(channel_of(scope.agency)),
        "trail": [(_("แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต"), _address(scope)), (_("แก้ไข"), "")],
    }
    return render(request, "complaints/guideline_edit.html", context, status=status)


@allowed(Power.SEE_WORK)
@require_POST
def guideline_adopt(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Let the one in the making hold from today on."""
    if not queries.may_adopt(scope):
        raise Http404
    form = AdoptForm(request.POST)
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.adopt_guideline(scope, version=given["version"], ticked=given["ticked"])
        except (ProngsaiError, ValidationError) as refused:
            refuse(form, refused)
            status = 409 if isinstance(refused, Stale) else 422
        else:
            messages.success(request, _("ให้ใช้แนวปฏิบัติแล้ว เก็บเอกสารและแนบเป็นหลักฐานของข้อที่เกี่ยวข้องแล้ว"))
            return redirect("complaint_guideline", scope.agency.code)
    return _page(request, scope, form, status)


def _begun(scope: Scope) -> dict[str, str]:
    """Give what an edit begins with where nobody writes one yet: the edition that holds, else the office's clocks."""
    if queries.draft(scope.agency):
        return {}
    held = queries.adopted(scope.agency)
    if held is None:
        return {"times": queries.times_offered(channel_of(scope.agency))}
    return {name: getattr(held, name) for name in ("how", "steps", "unit", "times")}


def _address(scope: Scope) -> str:
    return reverse("complaint_guideline", args=[scope.agency.code])
