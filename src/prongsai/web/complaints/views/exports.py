"""Copies for the people of a committee, each with its reader's name on every page."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.errors import FileUnusable
from prongsai.web.agencies.models import CommitteeRole
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.access import Key, holding
from prongsai.web.complaints.forms.exports import ExportForm
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.progress import committee_of
from prongsai.web.complaints.services.exporting import Copies, Recipient, make_copies
from prongsai.web.complaints.views.cases import READ_WRITE, TYPED, opened_case, trail_of
from prongsai.web.ui.forms import refuse


@holding
@READ_WRITE
@TYPED
def export(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Make copies in memory and hand them over; nothing of them stays here."""
    case = opened_case(scope, key, number)
    data = request.POST if request.method == "POST" else None
    form = ExportForm(data, members=_members(case), has_identity=case.has_identity)
    if data is not None and form.is_valid():
        try:
            return _handed(_made(scope, key, case, form))
        except (ValidationError, FileUnusable) as refused:
            refuse(form, refused)
    context = {
        "number": number,
        "form": form,
        "trail": trail_of(scope, _("ทำสำเนา"), number=number),
        "back": reverse("complaint", args=[scope.agency.code, number]),
    }
    return render(request, "complaints/export.html", context, status=422 if form.is_bound else 200)


def _members(case: Case) -> tuple[Recipient, ...]:
    committee = committee_of(case.said)
    members = committee.members if committee else ()
    return tuple(Recipient(one.name, str(CommitteeRole(one.role).label)) for one in members)


def _made(scope: Scope, key: Key, case: Case, form: ExportForm) -> Copies:
    return make_copies(
        scope,
        key,
        case,
        recipients=form.recipients,
        parts=form.cleaned_data["parts"],
        identity_reason=form.cleaned_data.get("identity_reason", ""),
    )


def _handed(copies: Copies) -> HttpResponse:
    answer = HttpResponse(copies.content, content_type=copies.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{copies.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
