"""Appeals against an evaluation."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed, member
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.access import hidden
from prongsai.web.complaints.forms.appeals import AppealForm, RoundForm
from prongsai.web.complaints.models import AppealRound
from prongsai.web.complaints.queries import appeals as queries
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import appeals as services
from prongsai.web.complaints.services import receiving
from prongsai.web.complaints.views.bringing import Brought, brought_by
from prongsai.web.complaints.views.cases import READ_WRITE, TYPED
from prongsai.web.complaints.views.following import held_context
from prongsai.web.complaints.views.receipts import receipt_page, token_of
from prongsai.web.ui.forms import refuse

_REFUSALS = (ProngsaiError, ValidationError)


@member
@require_safe
def rounds(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show in which rounds one may complain; all of them to who keeps them."""
    keeps = scope.can(Power.KEEP_PEOPLE)
    context = {
        "mine": queries.open_for(scope),
        "rounds": queries.rounds_of(scope.agency) if keeps else None,
        "is_open": rolls.is_open(scope.agency),
        "trail": [(_("ร้องเรียนผลการประเมิน"), "")],
    }
    return render(request, "complaints/appeal_rounds.html", context)


# --- rounds -----------------------------------------------------------------------------------------------------------
@allowed(Power.KEEP_PEOPLE)
@READ_WRITE
def round_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Open a round."""
    form = RoundForm(request.POST if request.method == "POST" else None, scope=scope)
    if form.is_bound and form.is_valid():
        try:
            services.add_round(scope, **form.given)
            return redirect("appeal_rounds", scope.agency.code)
        except ValidationError as refused:
            refuse(form, refused)
    return _round_page(request, scope, form, _("เพิ่มรอบ"))


@allowed(Power.KEEP_PEOPLE)
@READ_WRITE
def round_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change a round."""
    found = get_object_or_404(AppealRound, agency=scope.agency, pk=pk)
    form = RoundForm(request.POST if request.method == "POST" else None, scope=scope, instance=found)
    if form.is_bound and form.is_valid():
        kept = get_object_or_404(AppealRound, agency=scope.agency, pk=pk)  # the form has changed its own
        try:
            services.change_round(scope, round=kept, version=form.seen_version, **form.given)
            return redirect("appeal_rounds", scope.agency.code)
        except Stale as stale:
            current = AppealRound.objects.get(pk=pk)
            return _round_page(request, scope, form, _("แก้ไขรอบ"), 409, stale=stale, current=current)
        except ValidationError as refused:
            refuse(form, refused)
    return _round_page(request, scope, form, _("แก้ไขรอบ"))


def _round_page(
    request: HttpRequest, scope: Scope, form: RoundForm, title: str, status: int = 0, **more: object
) -> HttpResponse:
    trail = [(_("ร้องเรียนผลการประเมิน"), reverse("appeal_rounds", args=[scope.agency.code])), (title, "")]
    context = {"form": form, "title": title, "trail": trail, **more}
    return render(request, "complaints/appeal_round.html", context, status=status or (422 if form.is_bound else 200))


# --- an appeal --------------------------------------------------------------------------------------------------------
@csrf_exempt  # because files must be sealed before the body is read; the check is made of what ``_appeal`` gets
@hidden
@member
@READ_WRITE
@TYPED
def appeal(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """File an appeal: for who was evaluated, within the days of the round. Nothing tells that they did."""
    found = get_object_or_404(queries.open_for(scope), pk=pk)
    brought = brought_by(request, scope.agency) if request.method == "POST" else Brought((), ())
    return _appeal(request, scope, found, brought)


@csrf_protect
def _appeal(request: HttpRequest, scope: Scope, found: AppealRound, brought: Brought) -> HttpResponse:
    form = AppealForm(request.POST if request.method == "POST" else None, scope=scope, held=brought.files)
    if form.is_bound:
        form.refuse_all(brought.refusals)
    is_used = False
    if form.is_bound and form.is_valid():
        try:
            receipt = services.file_appeal(scope, round=found, files=brought.files, **form.given)
            return receipt_page(request, scope, receipt, trail=_trail(scope, _("ใบรับ")))
        except _REFUSALS as refused:
            refuse(form, refused)
            is_used = isinstance(refused, receiving.SentBefore)
    context = {
        "round": found,
        "form": form,
        "token": token_of(request, is_used=is_used),
        "is_open": rolls.is_open(scope.agency),
        "trail": _trail(scope, found.name),
        **held_context(form.held),
    }
    return render(request, "complaints/appeal.html", context, status=422 if form.is_bound else 200)


def _trail(scope: Scope, last: str) -> list[tuple[str, str]]:
    return [(_("ร้องเรียนผลการประเมิน"), reverse("appeal_rounds", args=[scope.agency.code])), (last, "")]
