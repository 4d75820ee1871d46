"""Pages of one's own account, and the door for who was invited."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.web.agencies import accounts as services
from prongsai.web.agencies.account_forms import AcceptForm


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account: name, posts, agencies; the way to password, two-step sign-in, sessions."""
    user = request.user
    two_step = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    context = {"places": services.places_of(user), "two_step": two_step, "mail_is_set": services.mail_is_set()}  # type: ignore[arg-type]
    return render(request, "agencies/account.html", context)


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person set username and password."""
    found = services.open_invitation(token)
    if found is None:
        return render(request, "agencies/invitation_dead.html", status=404)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.accept(token=token, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("เปิดบัญชีแล้ว เข้าระบบด้วยชื่อผู้ใช้และรหัสผ่านที่ท่านเพิ่งตั้ง"))
            return redirect("account_login")
    context = {"form": form, "invitation": found}
    return render(request, "agencies/invitation.html", context, status=422 if form.is_bound else 200)
