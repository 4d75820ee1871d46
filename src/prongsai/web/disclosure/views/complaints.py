"""Signed statistics and an adopted guideline on complaints go on to publication."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.queries.guideline import guidelines_of
from prongsai.web.complaints.queries.tallies import tallies_of
from prongsai.web.cycles.models import ItemState
from prongsai.web.disclosure.forms.complaints import ItemForm
from prongsai.web.disclosure.models import GateOutcome, Release
from prongsai.web.disclosure.queries.complaints import items_for_guideline, items_for_tally
from prongsai.web.disclosure.services import gate
from prongsai.web.disclosure.services.complaints import publish_guideline, publish_tally
from prongsai.web.disclosure.views.found import READ_WRITE, refuse, trail_of


@allowed(Power.SEE_WORK)
@READ_WRITE
def tally_publish(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Prepare the publication of signed statistics."""
    tally = get_object_or_404(tallies_of(scope.agency), pk=pk, replaced_by=None)
    back = reverse("complaint_tally", args=[scope.agency.code, pk])
    items = items_for_tally(scope, tally)
    return _page(request, scope, items, str(tally), back, lambda item: publish_tally(scope, tally=tally, item=item))


@allowed(Power.SEE_WORK)
@READ_WRITE
def guideline_publish(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Prepare the publication of an adopted guideline."""
    found = get_object_or_404(guidelines_of(scope.agency), pk=pk, edition__gt=0)
    back = reverse("complaint_guideline", args=[scope.agency.code])
    items = items_for_guideline(scope)
    return _page(
        request, scope, items, str(found), back, lambda item: publish_guideline(scope, guideline=found, item=item)
    )


def _page(
    request: HttpRequest,
    scope: Scope,
    items: Sequence[ItemState],
    what: str,
    back: str,
    publish: Callable[[ItemState], Release],
) -> HttpResponse:
    if not items:
        raise Http404
    form = ItemForm(items, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = publish(form.chosen)
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            return _done(request, scope, made)
    context = {"form": form, "what": what, "back": back, "trail": trail_of(scope, (_("เผยแพร่เรื่องร้องเรียน"), ""))}
    status = 422 if request.method == "POST" else 200
    return render(request, "disclosure/complaint_publish.html", context, status=status)


def _done(request: HttpRequest, scope: Scope, made: Release) -> HttpResponse:
    if any(check.outcome == GateOutcome.WAITING for check in gate.look(scope, release=made)):
        messages.warning(request, _("พบข้อมูลที่ไม่ควรเผยแพร่ ต้องตัดสินใจก่อนขออนุญาต"))
    messages.success(request, _("เตรียมหน้าเผยแพร่แล้ว ตรวจแล้วขออนุญาตเผยแพร่"))
    return redirect("disclosure:page", scope.agency.code, made.page_id)
