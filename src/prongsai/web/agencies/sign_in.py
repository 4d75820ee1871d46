"""What the journal keeps of signing in: allauth and axes own these flows and tell of them by signals."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from prongsai.web.agencies import journal
from prongsai.web.agencies.adapter import client_address
from prongsai.web.agencies.models import Membership, User
from prongsai.web.agencies.scope import Scope, system_scope


def connect() -> None:
    """Listen; called once when the platform starts."""
    account.user_logged_in.connect(_signed_in, dispatch_uid="journal")
    user_logged_out.connect(_signed_out, dispatch_uid="journal")
    user_locked_out.connect(_locked_out, dispatch_uid="journal")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(_password_changed, dispatch_uid="journal")
    account.email_changed.connect(_email_changed, dispatch_uid="journal")
    mfa.authenticator_added.connect(_two_step_on, dispatch_uid="journal")
    mfa.authenticator_removed.connect(_two_step_off, dispatch_uid="journal")
    mfa.authenticator_reset.connect(_codes_made, dispatch_uid="journal")
    mfa.authenticator_used.connect(_code_used, dispatch_uid="journal")
    mfa.authentication_failed.connect(_code_refused, dispatch_uid="journal")


def _signed_in(request: HttpRequest, user: User, **_more: Any) -> None:
    _write(user, "sign_in", request)


def _signed_out(request: HttpRequest, user: User | None, **_more: Any) -> None:
    if user is not None:
        _write(user, "sign_out", request)


def _locked_out(request: HttpRequest, username: str, **_more: Any) -> None:
    # Axes tells of every attempt while the lock holds; a guesser must not fill the journal.
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    user = User.objects.filter(username__iexact=username).first()
    for member in _open_of(user) if user else ():
        journal.note(system_scope(member.agency), "sign_in.locked", user, _from(request))


def _password_changed(request: HttpRequest, user: User, **_more: Any) -> None:
    _write(user, "password.change", request)


def _email_changed(request: HttpRequest, user: User, from_email_address: Any, to_email_address: Any, **_: Any) -> None:
    addresses = (getattr(from_email_address, "email", None), to_email_address.email)
    _write(user, "email.change", request, {"email": addresses})


def _two_step_on(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        _write(user, "two_step.on", request)


def _two_step_off(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        _write(user, "two_step.off", request)


def _codes_made(request: HttpRequest, user: User, **_more: Any) -> None:
    _write(user, "two_step.codes", request)


def _code_used(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _write(user, "two_step.code_used", request)


def _code_refused(request: HttpRequest, user: User, **_more: Any) -> None:
    _write(user, "two_step.refused", request)


def _write(user: User, action: str, request: HttpRequest, changes: journal.Changes | None = None) -> None:
    for member in _open_of(user):
        scope = Scope(member.agency, user, member.person, frozenset(), frozenset())
        journal.note(scope, action, user, {**_from(request), **(changes or {})})


def _open_of(user: User) -> list[Membership]:
    return list(Membership.objects.filter(user=user, is_open=True).select_related("agency", "person"))


def _from(request: HttpRequest) -> dict[str, tuple[object, object]]:
    return {"address": (None, client_address(request))}
