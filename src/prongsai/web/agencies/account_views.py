"""Pages of who keeps the accounts: who may come in, inviting, closing, helping."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.web.agencies import accounts as services
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.account_forms import InviteForm
from prongsai.web.agencies.models import Membership
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.ui.qr import address_of

PER_PAGE = 100


@allowed(Power.KEEP_ACCOUNTS)
@require_safe
def accounts(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List accounts and open invitations."""
    page = Paginator(services.accounts_of(scope), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "invitations": services.open_invitations(scope), "mail_is_set": services.mail_is_set()}
    return render(request, "agencies/accounts.html", context)


@allowed(Power.KEEP_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invite(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Invite a person. The link is in the answer itself, once: it is kept nowhere that could be asked again."""
    form = InviteForm(scope, request.POST or None, initial={"person": request.GET.get("person")})
    if request.method == "POST" and form.is_valid():
        try:
            invited = services.invite(scope, person=form.cleaned_data["person"], link=_link_to_invitation(request))
        except ValidationError as error:
            form.add_error("person", error)
        else:
            context = {"invited": invited, "qr": address_of(invited.address), "shown_once": True}
            return render(request, "agencies/invited.html", context, status=201)
    context = {"form": form, "mail_is_set": services.mail_is_set(), "days": services.INVITATION_DAYS}
    return render(request, "agencies/invite.html", context, status=422 if form.is_bound else 200)


@allowed(Power.KEEP_ACCOUNTS)
@require_POST
def invitation_withdraw(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Withdraw an open invitation."""
    invitation = get_object_or_404(services.open_invitations(scope), pk=pk)
    services.withdraw(scope, invitation=invitation)
    messages.success(request, _("ยกเลิกคำเชิญของ %(person)s แล้ว ลิงก์เดิมใช้ไม่ได้อีก") % {"person": invitation.person})
    return redirect("agencies:accounts", scope.agency.code)


@allowed(Power.KEEP_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def account_close(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask, then close an account."""
    member = _open_member(scope, pk)
    if request.method == "POST":
        try:
            services.close(scope, member=member)
        except ValidationError as error:
            return render(request, "agencies/account_close.html", {"member": member, "error": error}, status=422)
        messages.success(request, _("ปิดบัญชีของ %(person)s แล้ว") % {"person": member.person})
        return redirect("agencies:accounts", scope.agency.code)
    return render(request, "agencies/account_close.html", {"member": member})


@allowed(Power.KEEP_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def account_help(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Help somebody who cannot get in: end two-step sign-in, or give a link for a new password, shown once."""
    member = _open_member(scope, pk)
    context: dict[str, object] = {"member": member}
    try:
        if request.POST.get("what") == "two_step":
            services.end_two_step(scope, member=member)
            messages.success(request, _("ปิดการยืนยันสองขั้นของ %(person)s แล้ว") % {"person": member.person})
            return redirect("agencies:accounts", scope.agency.code)
        if request.POST.get("what") == "password":
            address = request.build_absolute_uri(services.password_path(scope, member=member))
            context |= {"address": address, "qr": address_of(address), "shown_once": True}
            return render(request, "agencies/password_link.html", context, status=201)
    except ValidationError as error:
        context["error"] = error
    return render(request, "agencies/account_help.html", context, status=422 if request.method == "POST" else 200)


def _open_member(scope: Scope, pk: int) -> Membership:
    return get_object_or_404(services.accounts_of(scope), pk=pk, is_open=True)


def _link_to_invitation(request: HttpRequest) -> services.Link:
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[token]))
