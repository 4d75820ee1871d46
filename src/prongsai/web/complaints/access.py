"""The first beat of every view that works with keys: a holder of the office's channel, unlocked. Others get 404."""

from collections.abc import Collection
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import View, member
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.forms.unlocking import UnlockForm
from prongsai.web.complaints.keys import Bundle, Key
from prongsai.web.complaints.models import Holder, HolderDuty
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import unlocking
from prongsai.web.ui.forms import refuse

__all__ = ["Key", "handling", "hidden", "holding", "keeping", "key_of", "naming", "opened", "shut", "unlock_first"]

_OURS = ("csrfmiddlewaretoken", "key-passphrase")


def holding(view: View) -> View:
    """Ask for an unlocked key of any duty: the view gets ``(request, scope, key, …)``.

    No holder, or one who has left: 404. Locked: to the page that unlocks, and from there back; what was sent in a form
    is asked for its passphrase first and goes on then, so that nothing is lost that took longer than the key was open.
    """
    return _keyed(view, tuple(HolderDuty))


def handling(view: View) -> View:
    """Ask for the unlocked key of a handler, as ``holding`` does; whoever holds one for something else gets 404."""
    return _keyed(view, (HolderDuty.HANDLER,))


def keeping(view: View) -> View:
    """Ask for the unlocked key of a keeper, as ``holding`` does; whoever holds one for something else gets 404."""
    return _keyed(view, (HolderDuty.KEEPER,))


def naming(view: View) -> View:
    """Ask for who may say who holds keys: the view gets ``(request, scope, key, …)``.

    Before the channel is open that is who keeps accounts (key: None), afterwards an unlocked handler and nobody else.
    """
    handled = _keyed(view, (HolderDuty.HANDLER,))

    @wraps(view)
    def inner(request: HttpRequest, agency: str, **kwargs: Any) -> HttpResponseBase:
        return before(request, agency=agency, **kwargs)

    @hidden
    @member
    def before(request: HttpRequest, scope: Scope, **kwargs: Any) -> HttpResponseBase:
        if rolls.is_open(scope.agency):
            return handled(request, agency=scope.agency.code, **kwargs)
        if not scope.can(Power.KEEP_ACCOUNTS):
            raise Http404
        return view(request, scope, None, **kwargs)

    return inner


def key_of(request: HttpRequest, scope: Scope) -> Key | None:
    """Give the key of who asks when it is unlocked."""
    holder = rolls.mine(scope.agency, scope.user)
    bundle = unlocking.bundle_of(request, holder) if holder else None
    return Key(holder, bundle) if holder and bundle else None


def hidden(view: View) -> View:
    """Let no browser and no proxy keep a page, and no other site learn its address."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: Any = view(request, *args, **kwargs)
        add_never_cache_headers(answer)
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return inner


def _keyed(view: View, duties: Collection[HolderDuty]) -> View:
    @hidden
    @sensitive_post_parameters()
    @member
    @wraps(view)
    def inner(request: HttpRequest, scope: Scope, **kwargs: Any) -> HttpResponseBase:
        holder = rolls.mine(scope.agency, scope.user)
        if holder is None or holder.duty not in duties:
            raise Http404
        bundle = unlocking.bundle_of(request, holder)
        if bundle is not None:
            return view(request, scope, Key(holder, bundle), **kwargs)
        if request.method == "POST":
            return _asked_first(request, scope, holder, view, kwargs)
        return unlock_first(request, scope)

    return inner


# --- a form that comes too late -------------------------------------------------------------------------------------
class _Dropping(FileUploadHandler):
    """Takes no file in: nothing plain is put down for a form that is only held up."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never asked."""

    def file_complete(self, file_size: int) -> None:
        """Never asked."""


def _asked_first(
    request: HttpRequest, scope: Scope, holder: Holder, view: View, kwargs: dict[str, Any]
) -> HttpResponseBase:
    """Give what was typed back in a page that asks for the passphrase; once that is right, go on with it."""
    if not hasattr(request, "_files"):
        request.upload_handlers = [_Dropping(request)]
    form = UnlockForm(request.POST if "key-passphrase" in request.POST else None, prefix="key")
    if form.is_bound and form.is_valid():
        try:
            bundle = unlocking.unlock(scope, holder=holder, passphrase=form.cleaned_data["passphrase"])
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            identity = unlocking.keep(request, holder, bundle)
            request.COOKIES[unlocking.COOKIE] = identity
            answer = view(request, scope, Key(holder, bundle), **kwargs)
            _set_cookie(answer, holder, identity)
            return answer
    kept = [(name, value) for name, values in request.POST.lists() if name not in _OURS for value in values]
    has_files = request.content_type == "multipart/form-data"
    context = {"form": form, "kept": kept, "has_files": has_files, "holder": holder}
    return render(request, "complaints/unlock_again.html", context, status=422)


# --- cookie ---------------------------------------------------------------------------------------------------------
def opened(request: HttpRequest, answer: HttpResponseBase, holder: Holder, bundle: Bundle) -> None:
    """Keep a key open for who asks: closed in the session, its opener in a cookie of these pages alone."""
    _set_cookie(answer, holder, unlocking.keep(request, holder, bundle))


def _set_cookie(answer: HttpResponseBase, holder: Holder, identity: str) -> None:
    path = _path(holder.agency.code)
    answer.set_cookie(unlocking.COOKIE, identity, path=path, secure=settings.IS_HTTPS, httponly=True, samesite="Strict")


def shut(request: HttpRequest, answer: HttpResponseBase, scope: Scope) -> None:
    """Close the key of who asks, in the session and in the browser."""
    unlocking.drop(request)
    answer.delete_cookie(unlocking.COOKIE, path=_path(scope.agency.code), samesite="Strict")


def unlock_first(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Lead to the page that unlocks; it leads back to what was asked for."""
    back = request.path if request.method in ("GET", "HEAD") else _path(scope.agency.code)
    page = reverse("complaints_unlock", args=[scope.agency.code])
    return redirect(f"{page}?{urlencode({'next': back})}")


def _path(code: str) -> str:
    return reverse("complaints", args=[code])
