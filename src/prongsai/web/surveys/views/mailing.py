"""Codes by mail, and the reminder that goes to everybody. Who they went to is told once, on the answer to the form."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.accounts import mail_is_set
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms.codes import MailForm, ReceiversForm
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.queries.surveys import survey_of
from prongsai.web.surveys.services import mailing as services
from prongsai.web.surveys.views.codes import code_link
from prongsai.web.surveys.views.surveys import trail_of
from prongsai.web.ui.forms import refuse

_READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@allowed(Power.RUN_CYCLE)
@_READ_WRITE
@never_cache
def mail(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Send everybody a code of their own."""
    found = survey_of(scope, pk)
    form = MailForm(request.POST or None, scope=scope, survey=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        link = code_link(request, found, given["group"])
        try:
            posted = services.mail_codes(scope, survey=found, group=given["group"], addresses=given["to"], link=link)
        except (ProngsaiError, ValidationError) as refused:
            refuse(form, refused)
        else:
            return _posted(request, scope, found, posted)
    return _page(request, scope, found, form)


@allowed(Power.RUN_CYCLE)
@_READ_WRITE
@never_cache
def remind(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Remind everybody, with no code in the letter."""
    found = survey_of(scope, pk)
    form = ReceiversForm(request.POST or None, scope=scope, survey=found)
    if request.method == "POST" and form.is_valid():
        try:
            posted = services.remind_all(scope, survey=found, addresses=form.cleaned_data["to"])
        except (ProngsaiError, ValidationError) as refused:
            refuse(form, refused)
        else:
            return _posted(request, scope, found, posted, is_reminder=True)
    return _page(request, scope, found, form)


def _page(request: HttpRequest, scope: Scope, survey: Survey, form: ReceiversForm) -> HttpResponse:
    context = {
        "survey": survey,
        "form": form,
        "is_reminder": not isinstance(form, MailForm),
        "is_set": mail_is_set(),
        "trail": trail_of(scope, survey, _("ส่งทางอีเมล")),
    }
    return render(request, "surveys/mail.html", context, status=422 if request.method == "POST" else 200)


def _posted(
    request: HttpRequest, scope: Scope, survey: Survey, posted: services.Posted, *, is_reminder: bool = False
) -> HttpResponse:
    context = {
        "survey": survey,
        "posted": posted,
        "is_reminder": is_reminder,
        "shown_once": True,
        "trail": trail_of(scope, survey, _("ส่งทางอีเมล")),
    }
    return render(request, "surveys/mail_sent.html", context)
