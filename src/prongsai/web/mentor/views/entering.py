"""The door of who looks in an office: the way to it, and the invitation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.web.agencies.access import signed_in
from prongsai.web.agencies.account_forms import AcceptForm
from prongsai.web.mentor.access import mentors_of
from prongsai.web.mentor.services import offices as services
from prongsai.web.ui.forms import refuse


@signed_in
@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Lead to the office, or to the choice of several; 404 for who looks in none."""
    found = list(mentors_of(request.user))  # type: ignore[arg-type]
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("mentor_office:heat", found[0].office_id)
    return render(request, "mentor/desks.html", {"mentors": found})


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def summons(request: HttpRequest, token: str) -> HttpResponse:
    """Let who was invited look in the office: with a new account, or with the one that is signed in."""
    found = services.open_summons(token)
    if found is None:
        return render(request, "agencies/invitation_dead.html", status=404)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_bound and request.user.is_authenticated:
            services.accept_as(token=token, user=request.user)
            return redirect("mentor_office:heat", found.office_id)
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            services.accept_anew(token=token, username=given["username"], password=given["password"])
            messages.success(request, _("เปิดบัญชีแล้ว เข้าระบบด้วยชื่อผู้ใช้และรหัสผ่านที่ท่านเพิ่งตั้ง"))
            return redirect("account_login")
    except ValidationError as fault:
        if request.user.is_authenticated:  # whose page shows no form to put it on
            messages.error(request, fault.messages[0])
        else:
            refuse(form, fault)
    context = {"form": form, "summons": found}
    return render(request, "mentor/summons.html", context, status=422 if form.is_bound else 200)
