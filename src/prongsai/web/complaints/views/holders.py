"""Who holds keys, who vouched for them, when the channel opens."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import member
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints import access
from prongsai.web.complaints.access import Key
from prongsai.web.complaints.forms.holders import ChannelForm, HolderForm, LeaveForm, OpenForm, VouchForm
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, HolderState
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.queries.conditions import conditions
from prongsai.web.complaints.services import holders as services
from prongsai.web.complaints.services import unlocking
from prongsai.web.complaints.services.renewing import hand_on
from prongsai.web.complaints.services.settings import change_settings
from prongsai.web.complaints.services.vouching import fingerprint
from prongsai.web.complaints.services.vouching import vouch as vouch_for
from prongsai.web.ui.forms import posted_number, refuse

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
_REFUSALS = (ValidationError, ProngsaiError)


# --- the roll -------------------------------------------------------------------------------------------------------
@access.hidden
@member
@require_safe
def holders(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the roll to who is on it and, without what only they are told, to who keeps accounts."""
    mine, waiting = rolls.mine(scope.agency, scope.user), rolls.awaited(scope.agency, scope.user)
    is_holder = mine is not None or waiting is not None
    if not is_holder and not scope.can(Power.KEEP_ACCOUNTS):
        raise Http404
    channel, key = rolls.channel_of(scope.agency), access.key_of(request, scope)
    is_open = channel is not None and channel.root_id is not None
    rows = rolls.rows(scope.agency)
    context = {
        "channel": channel,
        "is_open": is_open,
        "rows": rows,
        "forged": [row.holder for row in rows if row.is_forged],
        "conditions": [] if is_open else conditions(row.holder for row in rows),
        "mine": mine,
        "waiting": waiting,
        "key": key,
        "may_name": _may_name(scope, key, is_open),
        "may_open": not is_open and _may_open(waiting),
        "is_holder": is_holder,
        "recoveries": rolls.recoveries_of(scope.agency) if is_holder else (),
    }
    trail = [(_("ผู้ถือกุญแจ"), "")]
    return render(request, "complaints/holders.html", {"trail": trail, **context})


def _may_name(scope: Scope, key: Key | None, is_open: bool) -> bool:
    return _is_handler(key) if is_open else scope.can(Power.KEEP_ACCOUNTS)


def _is_handler(key: Key | None) -> bool:
    return key is not None and key.holder.duty == HolderDuty.HANDLER


def _may_open(waiting: Holder | None) -> bool:
    return waiting is not None and waiting.duty == HolderDuty.HANDLER and waiting.state == HolderState.KEYED


@access.naming
@READ_WRITE
def holder_add(request: HttpRequest, scope: Scope, key: Key | None) -> HttpResponseBase:
    """Name somebody."""
    form = HolderForm(request.POST or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.name_holder(scope, key=key, **form.cleaned_data)
        except _REFUSALS as refused:
            refuse(form, refused)
        else:
            said = _("เสนอชื่อ %(name)s แล้ว แจ้งให้ลงชื่อเข้าใช้มาตั้งรหัสลับของตน")
            messages.success(request, said % {"name": made.user})
            return _back(scope)
    return _page(request, scope, "holder_add", _("เสนอชื่อผู้ถือกุญแจ"), {"form": form})


@access.handling
@READ_WRITE
def vouch(request: HttpRequest, scope: Scope, key: Key, pk: int) -> HttpResponseBase:
    """Vouch for a key that was made, once its words were compared."""
    holder = get_object_or_404(rolls.listed(scope.agency), pk=pk, state=HolderState.KEYED, replaces=None)
    form = VouchForm(request.POST or None, initial={"seen": holder.recipient})
    status = 0
    if request.method == "POST" and form.is_valid():
        given = {"seen": form.cleaned_data["seen"], "version": _version(request)}
        try:
            vouch_for(scope, key=key, holder=holder, **given)
        except Stale as stale:
            status, holder = _stale(form, stale, holder)
        except _REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("รับรองกุญแจของ %(name)s แล้ว") % {"name": holder.user})
            return _back(scope)
    context = {"form": form, "holder": holder, "words": fingerprint(holder)}
    return _page(request, scope, "vouch", _("รับรองกุญแจ"), context, status)


# --- leaving --------------------------------------------------------------------------------------------------------
@access.hidden
@member
@READ_WRITE
def leave(request: HttpRequest, scope: Scope, pk: int) -> HttpResponseBase:
    """Take somebody out, or oneself."""
    if rolls.is_open(scope.agency):
        asked: Any = _leave_open
        return asked(request, agency=scope.agency.code, pk=pk)
    if not scope.can(Power.KEEP_ACCOUNTS):
        raise Http404
    return _leave(request, scope, None, pk)


@access.holding
def _leave_open(request: HttpRequest, scope: Scope, key: Key, pk: int) -> HttpResponseBase:
    if not _is_handler(key) and key.holder.pk != pk:
        raise Http404
    return _leave(request, scope, key, pk)


def _leave(request: HttpRequest, scope: Scope, key: Key | None, pk: int) -> HttpResponseBase:
    holder = get_object_or_404(rolls.listed(scope.agency), pk=pk)
    form = LeaveForm(request.POST or None)
    is_mine = key is not None and key.holder.pk == holder.pk
    status = 0
    if request.method == "POST" and form.is_valid():
        try:
            if is_mine and key is not None:
                hand_on(scope, key)
            services.leave(scope, holder=holder, key=key, version=_version(request))
        except Stale as stale:
            status, holder = _stale(form, stale, holder)
        except _REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("%(name)s พ้นหน้าที่แล้ว") % {"name": holder.user})
            return _left(scope)
    context = {"form": form, "holder": holder, "is_mine": is_mine, "is_open": key is not None}
    return _page(request, scope, "holder_leave", _("ให้พ้นหน้าที่"), context, status)


def _left(scope: Scope) -> HttpResponse:
    """Lead back to the roll, or home for who has just left it."""
    if scope.can(Power.KEEP_ACCOUNTS) or rolls.is_holder(scope.agency, scope.user):
        return _back(scope)
    return redirect("home", scope.agency.code)


# --- opening, settings ----------------------------------------------------------------------------------------------
@sensitive_post_parameters("passphrase")
@access.hidden
@member
@READ_WRITE
def open_channel(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Open the channel: the first handler vouches for those whose words they compared."""
    holder = rolls.awaited(scope.agency, scope.user)
    channel = rolls.channel_of(scope.agency)
    if holder is None or channel is None or channel.root_id is not None or not _may_open(holder):
        raise Http404
    others = [row.holder for row in rolls.rows(scope.agency) if row.holder.state == HolderState.KEYED]
    form = OpenForm(request.POST or None, others=[one for one in others if one.pk != holder.pk])
    status = 0
    if request.method == "POST" and form.is_valid():
        try:
            bundle = _opened(request, scope, holder, form)
        except Stale as stale:
            status, channel = _stale(form, stale, channel)
        except _REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("เปิดใช้ช่องทางแจ้งเรื่องทุจริตแล้ว"))
            answer = _back(scope)
            access.opened(request, answer, holder, bundle)
            return answer
    context = {
        "form": form,
        "channel": channel,
        "holder": holder,
        "words": fingerprint(holder),
        "conditions": conditions(others),
    }
    return _page(request, scope, "open", _("เปิดใช้ช่องทาง"), context, status)


def _opened(request: HttpRequest, scope: Scope, holder: Holder, form: OpenForm) -> unlocking.Bundle:
    passphrase = form.cleaned_data["passphrase"]
    bundle = unlocking.open_key(scope, holder=holder, passphrase=passphrase)
    services.open_channel(scope, holder=holder, bundle=bundle, chosen=form.chosen, version=_version(request))
    return unlocking.unlock(scope, holder=holder, passphrase=passphrase)


@access.naming
@READ_WRITE
def settings(request: HttpRequest, scope: Scope, key: Key | None) -> HttpResponseBase:
    """Change the days of the channel."""
    channel = rolls.channel_of(scope.agency) or Channel(agency=scope.agency)
    form = ChannelForm(request.POST or None, instance=channel)
    status = 0
    if request.method == "POST" and form.is_valid():
        try:
            change_settings(scope, key=key, version=form.seen_version, **form.values)
        except Stale as stale:
            status, channel = _stale(form, stale, channel)
        except _REFUSALS as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("บันทึกกำหนดเวลาแล้ว"))
            return _back(scope)
    return _page(
        request, scope, "channel_settings", _("กำหนดเวลาของช่องทาง"), {"form": form, "current": channel}, status
    )


# --- parts ----------------------------------------------------------------------------------------------------------
def _version(request: HttpRequest) -> int:
    return posted_number(request.POST.get("version")) or 0


def _stale(form: forms.BaseForm, stale: Stale, record: Any) -> tuple[int, Any]:
    """Say that somebody else was first, and give the record as it is now; the page carries its version from then on."""
    refuse(form, stale)
    return 409, type(record).objects.get(pk=record.pk)


def _back(scope: Scope) -> HttpResponse:
    return redirect("complaint_holders", scope.agency.code)


def _page(
    request: HttpRequest, scope: Scope, name: str, here: str, context: dict[str, Any], status: int = 0
) -> HttpResponse:
    trail = [(_("ผู้ถือกุญแจ"), reverse("complaint_holders", args=[scope.agency.code])), (here, "")]
    shown = {"trail": trail, "here_title": here, **context}
    return render(
        request, f"complaints/{name}.html", shown, status=status or (422 if context["form"].is_bound else 200)
    )
