"""A holder's own key: made, opened for fifteen minutes, closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import member
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints import access
from prongsai.web.complaints.forms.unlocking import ChangeForm, MakeKeyForm, UnlockForm
from prongsai.web.complaints.models import Holder, HolderDuty, HolderState
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import unlocking
from prongsai.web.complaints.services.vouching import fingerprint
from prongsai.web.ui.forms import refuse

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters("passphrase")
@access.hidden
@member
@READ_WRITE
def unlock(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Open the key of who asks, and lead on to what they wanted."""
    holder = rolls.mine(scope.agency, scope.user)
    if holder is None:
        return _not_yet(scope)
    if request.method != "POST" and unlocking.bundle_of(request, holder) is not None:
        return redirect(_onward(request, holder))
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bundle = unlocking.unlock(scope, holder=holder, passphrase=form.cleaned_data["passphrase"])
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            answer = redirect(_onward(request, holder))
            access.opened(request, answer, holder, bundle)
            return answer
    context = {"form": form, "holder": holder, "next": _next(request), "forged": rolls.forged(scope.agency)}
    return _page(request, scope, "unlock", _("ปลดล็อกกุญแจ"), context, 422 if form.is_bound else 200)


def _not_yet(scope: Scope) -> HttpResponse:
    """Lead who has been named to what comes before unlocking; nobody else learns of these pages."""
    waiting = rolls.awaited(scope.agency, scope.user)
    if waiting is None:
        raise Http404
    return redirect("complaints_key", scope.agency.code)


def _next(request: HttpRequest) -> str:
    """Give the page of this channel that was asked for; nothing for an address elsewhere."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    return asked if is_ours and asked.startswith("/") else ""


def _onward(request: HttpRequest, holder: Holder) -> str:
    name = "complaint_holders" if holder.duty == HolderDuty.KEEPER else "complaints"
    home = reverse(name, args=[holder.agency.code])
    asked = _next(request)
    if holder.duty == HolderDuty.KEEPER and asked == reverse("complaints", args=[holder.agency.code]):
        return home  # a keeper reads no report: that list is not theirs
    return asked or home


@access.hidden
@member
@require_POST
def lock(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Close the key of who asks."""
    if rolls.mine(scope.agency, scope.user) is None:
        raise Http404
    messages.success(request, _("ล็อกกุญแจแล้ว"))
    answer = redirect("complaints_unlock", scope.agency.code)
    access.shut(request, answer, scope)
    return answer


@sensitive_post_parameters("new", "again")
@access.hidden
@member
@READ_WRITE
def make_key(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Let somebody who was named make their key; once it is made, show the words that are compared by voice."""
    holder = rolls.awaited(scope.agency, scope.user) or rolls.mine(scope.agency, scope.user)
    if holder is None:
        raise Http404
    if holder.state != HolderState.NAMED:
        return _made(request, scope, holder)
    form = MakeKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unlocking.make_key(scope, holder=holder, passphrase=form.cleaned_data["new"])
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("ตั้งรหัสลับแล้ว"))
            return redirect("complaints_key", scope.agency.code)
    context = {"form": form, "holder": holder}
    return _page(request, scope, "key", _("ตั้งรหัสลับของท่าน"), context, 422 if form.is_bound else 200)


def _made(request: HttpRequest, scope: Scope, holder: Holder) -> HttpResponse:
    context = {"holder": holder, "words": fingerprint(holder), "is_open": rolls.is_open(scope.agency)}
    return _page(request, scope, "key", _("กุญแจของท่าน"), context)


@sensitive_post_parameters("passphrase", "new", "again")
@access.hidden
@member
@READ_WRITE
def change_passphrase(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Change the words that open a key; wherever it is open it is closed by that."""
    holder = rolls.awaited(scope.agency, scope.user) or rolls.mine(scope.agency, scope.user)
    if holder is None or holder.state == HolderState.NAMED:
        raise Http404
    form = ChangeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            unlocking.change_passphrase(scope, holder=holder, passphrase=given["passphrase"], new=given["new"])
        except Stale as stale:
            refuse(form, stale)
            status = 409
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("เปลี่ยนรหัสลับแล้ว ปลดล็อกใหม่ด้วยรหัสใหม่"))
            answer = redirect("complaints_key", scope.agency.code)
            access.shut(request, answer, scope)
            return answer
    return _page(request, scope, "key_change", _("เปลี่ยนรหัสลับ"), {"form": form}, status)


def _page(
    request: HttpRequest, scope: Scope, name: str, here: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    trail = [(_("ผู้ถือกุญแจ"), reverse("complaint_holders", args=[scope.agency.code])), (here, "")]
    return render(request, f"complaints/{name}.html", {"trail": trail, "here_title": here, **context}, status=status)
