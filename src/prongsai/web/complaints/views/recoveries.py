"""A lost key comes back by two of three keepers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import member
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints import access
from prongsai.web.complaints.access import Key
from prongsai.web.complaints.forms.recoveries import ConsentForm, OtherForm, OwnForm
from prongsai.web.complaints.models import Holder, HolderDuty, Recovery
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import recoveries as services
from prongsai.web.complaints.services.vouching import fingerprint
from prongsai.web.ui.forms import posted_number, refuse

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
_REFUSALS = (ValidationError, ProngsaiError)


# --- asking ---------------------------------------------------------------------------------------------------------
@sensitive_post_parameters("new", "again")
@access.hidden
@member
@READ_WRITE
def recovery_add(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Ask for a lost key: who cannot unlock for their own, an unlocked handler or keeper for somebody else's."""
    mine = rolls.mine(scope.agency, scope.user)
    if mine is None:
        raise Http404
    key = access.key_of(request, scope)
    if key is None and mine.duty == HolderDuty.KEEPER:
        return access.unlock_first(request, scope)
    if key is None:
        return _ask_own(request, scope, mine)
    if key.holder.duty not in (HolderDuty.HANDLER, HolderDuty.KEEPER):
        raise Http404
    return _ask_other(request, scope, key)


def _ask_own(request: HttpRequest, scope: Scope, mine: Holder) -> HttpResponseBase:
    running = rolls.recoveries_of(scope.agency).filter(lost=mine, state__in=services.RUNNING).first()
    if running is not None:
        return redirect("recovery", scope.agency.code, running.pk)
    form = OwnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.ask_own(scope, lost=mine, passphrase=given["new"], reason=given["reason"])
        except _REFUSALS as refused:
            refuse(form, refused)
        else:
            return _asked(request, scope, made)
    return _ask_page(request, scope, form, is_own=True)


def _ask_other(request: HttpRequest, scope: Scope, key: Key) -> HttpResponseBase:
    form = OtherForm(request.POST or None, scope=scope, but=key.holder)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_for(scope, key=key, **form.cleaned_data)
        except _REFUSALS as refused:
            refuse(form, refused)
        else:
            return _asked(request, scope, made)
    return _ask_page(request, scope, form, is_own=False)


def _asked(request: HttpRequest, scope: Scope, made: Recovery) -> HttpResponse:
    messages.success(request, _("ขอกู้คืนแล้ว ผู้ถือกุญแจทุกคนได้รับแจ้ง ผู้เก็บกุญแจสำรองสองคนต้องยินยอม"))
    return redirect("recovery", scope.agency.code, made.pk)


def _ask_page(request: HttpRequest, scope: Scope, form: Any, *, is_own: bool) -> HttpResponse:
    context = {"form": form, "is_own": is_own, "trail": _trail(scope, _("ขอกู้คืนกุญแจ"))}
    return render(request, "complaints/recovery_add.html", context, status=422 if form.is_bound else 200)


# --- one ------------------------------------------------------------------------------------------------------------
@access.hidden
@member
@require_safe
def recovery(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a recovery to everybody on the roll, and to who is to have the new key."""
    return _shown(request, scope, _seen(scope, pk))


@access.keeping
@require_POST
def consent(request: HttpRequest, scope: Scope, key: Key, pk: int) -> HttpResponse:
    """Take a keeper's consent."""
    found = _seen(scope, pk)
    form = ConsentForm(request.POST)
    status = 422
    if form.is_valid():
        given = {"seen": form.cleaned_data["seen"], "version": _version(request)}
        try:
            services.consent(scope, key=key, recovery=found, **given)
        except Stale as stale:
            refuse(form, stale)
            status = 409
        except _REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("บันทึกความยินยอมแล้ว ผู้ถือกุญแจทุกคนได้รับแจ้ง"))
            return redirect("recovery", scope.agency.code, pk)
    return _shown(request, scope, _seen(scope, pk), form, status)


@access.hidden
@member
@require_POST
def drop(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """End a recovery."""
    found, key = _seen(scope, pk), access.key_of(request, scope)
    if not services.may_drop(scope, found, key):
        raise Http404
    try:
        services.drop(scope, recovery=found, version=_version(request), key=key)
    except Stale as stale:
        messages.error(request, stale.one_line)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("ยกเลิกการกู้คืนแล้ว"))
    return redirect("recovery", scope.agency.code, pk)


def _seen(scope: Scope, pk: int) -> Recovery:
    if not rolls.is_holder(scope.agency, scope.user):
        raise Http404
    return get_object_or_404(rolls.recoveries_of(scope.agency), pk=pk)


def _shown(
    request: HttpRequest, scope: Scope, found: Recovery, form: ConsentForm | None = None, status: int = 200
) -> HttpResponse:
    mine, key = rolls.mine(scope.agency, scope.user), access.key_of(request, scope)
    is_keeper = mine is not None and mine.duty == HolderDuty.KEEPER
    is_running = found.state in services.RUNNING
    context = {
        "recovery": found,
        "words": fingerprint(found.to),
        "is_keeper": is_keeper and is_running,
        "key": key,
        "why_not": services.why_not(mine, found) if mine and is_keeper else "",
        "form": form or ConsentForm(initial={"seen": found.to.recipient}),
        "may_drop": is_running and services.may_drop(scope, found, key),
        "is_to": scope.user is not None and found.to.user_id == scope.user.pk,
        "trail": _trail(scope, _("การกู้คืนกุญแจ")),
    }
    return render(request, "complaints/recovery.html", context, status=status)


def _version(request: HttpRequest) -> int:
    return posted_number(request.POST.get("version")) or 0


def _trail(scope: Scope, here: str) -> list[tuple[str, str]]:
    return [(_("ผู้ถือกุญแจ"), reverse("complaint_holders", args=[scope.agency.code])), (here, "")]
