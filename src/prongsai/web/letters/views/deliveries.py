"""To whom a letter goes, when it went and when it got there."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.forms.papers import DeliveryForm, NewDeliveryForm
from prongsai.web.letters.models import Delivery
from prongsai.web.letters.queries.letters import may_deliver, may_receive
from prongsai.web.letters.services import deliveries as services
from prongsai.web.letters.views.letters import letter_shown
from prongsai.web.letters.views.seen import READ_WRITE, letter_seen, trail_of
from prongsai.web.ui.forms import refuse


@allowed(Power.SEE_WORK)
@require_POST
def delivery_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Add somebody to whom a letter goes beside those it names."""
    found = letter_seen(scope, pk)
    if not may_deliver(scope, found):
        raise Http404
    form = NewDeliveryForm(request.POST)
    if form.is_valid():
        try:
            services.add_delivery(scope, letter=found, **form.cleaned_data)
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("เพิ่มผู้รับแล้ว"))
            return redirect(found)
    return letter_shown(request, scope, found, 422, delivery_form=form)


@allowed(Power.SEE_WORK)
@READ_WRITE
def delivery(request: HttpRequest, scope: Scope, pk: int, delivery: int) -> HttpResponse:
    """Say when a letter went to an addressee and when it got there."""
    found = letter_seen(scope, pk)
    one = get_object_or_404(found.deliveries.select_related("letter__agency", "unit", "post"), pk=delivery)
    if not (may_deliver(scope, found) or may_receive(scope, one)):
        raise Http404
    form, status = DeliveryForm(scope, one, request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _enter(scope, one, form)
            except Stale as stale:
                form.data = {**request.POST.dict(), "version": stale.current.version}  # type: ignore[attr-defined]
                form.add_error(None, stale.one_line)
                status = 409
            except ValidationError as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("บันทึกแล้ว"))
                return redirect(found)
    current = found.deliveries.select_related("unit", "post", "letter").get(pk=delivery)
    context = {"letter": found, "delivery": current, "form": form, "trail": trail_of(scope, current.to, letter=found)}
    return render(request, "letters/delivery.html", context, status=status)


def _enter(scope: Scope, one: Delivery, form: DeliveryForm) -> None:
    given = form.cleaned_data
    services.enter_delivery(
        scope,
        delivery=one,
        version=given["version"] or 0,
        way=given["way"],
        sent_on=given["sent_on"],
        received_on=given["received_on"],
        received_by=given["received_by"],
        note=given["note"],
    )
