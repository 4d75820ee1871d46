"""A signed letter goes on to publication."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.forms.letters import PublishForm
from prongsai.web.disclosure.models import GateOutcome, Release
from prongsai.web.disclosure.queries.letters import places_of, what_of, why_not_publish
from prongsai.web.disclosure.services import gate
from prongsai.web.disclosure.services.letters import publish_letter
from prongsai.web.disclosure.views.found import READ_WRITE, refuse, trail_of
from prongsai.web.letters.models import Letter
from prongsai.web.letters.queries.letters import letters_of
from prongsai.web.ui.forms import posted_number


@allowed(Power.SEE_WORK)
@READ_WRITE
def letter_publish(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Choose the page on which a letter is shown and what of it; ``?page=`` offers one that was come from."""
    letter = _letter(scope, pk)
    if why := why_not_publish(letter):
        messages.error(request, why)
        return redirect("letters:letter", scope.agency.code, pk)
    form = PublishForm(scope, letter, request.POST or None, page=posted_number(request.GET.get("page")))
    if form.is_empty:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_letter(scope, letter=letter, **form.cleaned_data)
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            return _done(request, scope, made)
    context = {
        "form": form,
        "letter": letter,
        "what": what_of(letter),
        "places": places_of(letter),
        "trail": trail_of(scope, (_("เผยแพร่หนังสือ"), "")),
    }
    return render(request, "disclosure/letter_publish.html", context, status=422 if request.method == "POST" else 200)


def _letter(scope: Scope, pk: int) -> Letter:
    related = ("agency", "unit", "number", "docx", "pdf", "scan")
    return get_object_or_404(letters_of(scope).select_related(*related), pk=pk)


def _done(request: HttpRequest, scope: Scope, made: Release) -> HttpResponse:
    found = gate.look(scope, release=made)
    if any(check.outcome == GateOutcome.WAITING for check in found):
        messages.warning(request, _("พบข้อมูลที่ไม่ควรเผยแพร่ ต้องตัดสินใจก่อนขออนุญาต"))
    messages.success(request, _("เตรียมหน้าเผยแพร่แล้ว ตรวจแล้วขออนุญาตเผยแพร่"))
    return redirect("disclosure:page", scope.agency.code, made.page_id)
