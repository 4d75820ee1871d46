"""Who runs the installation, the door for who was invited to, and the installation's journal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.web.agencies import journal as chain
from prongsai.web.agencies.account_forms import AcceptForm
from prongsai.web.agencies.accounts import Link
from prongsai.web.agencies.journal_views import MOST_SHOWN, Check
from prongsai.web.agencies.journal_words import lines_of
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.directory.access import operator
from prongsai.web.directory.forms.lists import InviteForm
from prongsai.web.directory.models import Operator
from prongsai.web.directory.scope import installation_of
from prongsai.web.directory.services import operators as services
from prongsai.web.directory.views.trail import trail_of
from prongsai.web.ui.qr import address_of

PER_PAGE = 50
_FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@operator
@_FORM_METHODS
@never_cache
def operators(request: HttpRequest, operator: Operator) -> HttpResponse:
    """List who runs the installation; invite somebody. The link is in the answer itself, once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invited = services.invite_operator(
            installation_of(operator), name=form.cleaned_data["name"], link=_link(request)
        )
        return _shown_once(request, invited.invitation.name, invited.address, is_password=False)
    two_step = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    context = {
        "form": form,
        "operators": Operator.objects.select_related("user", "made_by").annotate(two_step=Exists(two_step)),
        "invitations": services.open_invitations(),
        "me": operator,
        "days": services.INVITATION_DAYS,
        "trail": trail_of(_("ผู้ดูแลเครื่องแม่ข่าย")),
    }
    return render(request, "directory/operators.html", context, status=422 if form.errors else 200)


@operator
@require_POST
@never_cache
def operator_help(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Give another operator a link for a new password, shown once."""
    other = get_object_or_404(Operator.objects.select_related("user"), pk=pk, is_open=True)
    try:
        path = services.password_path(installation_of(operator), operator=other)
    except ValidationError as mistake:
        messages.error(request, mistake.messages[0])
        return redirect("directory:operators")
    return _shown_once(request, str(other), request.build_absolute_uri(path), is_password=True)


@operator
@require_POST
def operator_end(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Let somebody run the installation no longer."""
    other = get_object_or_404(Operator.objects.select_related("user"), pk=pk, is_open=True)
    try:
        services.end_operator(installation_of(operator), operator=other)
    except ValidationError as mistake:
        messages.error(request, mistake.messages[0])
    else:
        messages.success(request, _("%(name)s ไม่ได้เป็นผู้ดูแลเครื่องแม่ข่ายแล้ว") % {"name": other})
        if other.pk == operator.pk:
            return redirect("start")
    return redirect("directory:operators")


@operator
@require_POST
def operator_invitation_withdraw(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Withdraw an open invitation."""
    invitation = get_object_or_404(services.open_invitations(), pk=pk)
    services.withdraw(installation_of(operator), invitation=invitation)
    messages.success(request, _("ยกเลิกคำเชิญของ %(name)s แล้ว ลิงก์เดิมใช้ไม่ได้อีก") % {"name": invitation.name})
    return redirect("directory:operators")


@never_cache
@sensitive_post_parameters("password", "again")
@_FORM_METHODS
def operator_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person run the installation: by a new account, or by the one that is signed in."""
    invitation = services.open_invitation(token)
    if invitation is None:
        return render(request, "agencies/invitation_dead.html", status=404)
    form = AcceptForm(request.POST or None)
    try:
        if request.method == "POST" and request.user.is_authenticated:
            services.accept_as(token=token, user=request.user)
            messages.success(request, _("ท่านเป็นผู้ดูแลเครื่องแม่ข่ายแล้ว"))
            return redirect("directory:agencies")
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            services.accept(token=token, username=given["username"], password=given["password"])
            messages.success(request, _("เปิดบัญชีแล้ว เข้าระบบด้วยชื่อผู้ใช้และรหัสผ่านที่ท่านเพิ่งตั้ง"))
            return redirect("account_login")
    except ValidationError as mistake:
        if request.user.is_authenticated:
            messages.error(request, mistake.messages[0])
        else:
            form.add_error(None, mistake)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "directory/operator_invitation.html", {"form": form, "invitation": invitation}, status=status
    )


@operator
@require_safe
def journal(request: HttpRequest, operator: Operator) -> HttpResponse:
    """List what was done in the installation and in no agency, the newest first; say whether the chain fits.

    Looked at are the entries of the page; all of them when that is asked for.
    """
    page = Paginator(AuditEntry.objects.filter(agency__isnull=True), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines_of(page.object_list),
        "check": _check(list(page.object_list), is_whole=request.GET.get("check") == "all"),
        "trail": trail_of(_("บันทึกของเครื่องแม่ข่าย")),
    }
    return render(request, "directory/journal.html", context)


def _check(entries: Sequence[AuditEntry], *, is_whole: bool) -> Check | None:
    """Look at the chain between the entries of a page, the newest first, and their link to the one before."""
    if not entries:
        return None
    first, last = entries[-1].number, entries[0].number
    if is_whole:
        newest = AuditEntry.objects.filter(agency__isnull=True).order_by("-number").only("number")[0]
        first, last = 1, newest.number
    return Check(first, last, tuple(islice(chain.broken(None, first=first, last=last), MOST_SHOWN)))


def _link(request: HttpRequest) -> Link:
    return lambda token: request.build_absolute_uri(reverse("directory:operator_invitation", args=[token]))


def _shown_once(request: HttpRequest, name: str, address: str, *, is_password: bool) -> HttpResponse:
    context = {
        "name": name,
        "address": address,
        "is_password": is_password,
        "qr": address_of(address),
        "days": services.INVITATION_DAYS,
        "shown_once": True,
        "trail": trail_of((_("ผู้ดูแลเครื่องแม่ข่าย"), "directory:operators"), name),
    }
    return render(request, "directory/operator_invited.html", context, status=201)
