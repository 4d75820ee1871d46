"""Answering: no sign-in, no cookie, and nothing kept of who asks; the answer itself goes straight into its box."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from prongsai.web.surveys import limits
from prongsai.web.surveys.forms.answering import CODE, GROUP, Filled, read_form
from prongsai.web.surveys.queries.asked import Asked, asked_at, told_of
from prongsai.web.surveys.services.storing import NotTaken, Open, Why, store
from prongsai.web.surveys.views.pressed import Refused, asking_page, closed_page, done_page, filled_page

_OPENS_CACHED = 64
_TOO_OFTEN = Refused(_("ขณะนี้มีผู้ส่งเข้ามามาก"), _("รอสักครู่แล้วกดส่งอีกครั้ง"))
# What the sender can mend at a field of the form; the rest is told on top of it.
_FIELDS = {Why.NO_CODE: CODE, Why.CODE_UNKNOWN: CODE, Why.CODE_USED: CODE, Why.FULL: GROUP}


# Nothing here rests on a cookie: a form of another site could do no more than its sender can do by hand, and ``Blind``
# refuses foreign forms besides.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, agency: str, address: str, language: str = "th") -> HttpResponse:
    """Show what a survey asks, or take an answer to it."""
    asked = asked_at(agency, address)
    if asked is None:
        raise Http404
    with translation.override(language):
        if request.method == "POST":
            return _answered(request, asked, language)
        return asking_page(request, asked, language) if asked.is_taking else closed_page(asked, language)


def _answered(request: HttpRequest, asked: Asked, language: str) -> HttpResponse:
    filled = read_form(asked, told_of(asked), dict(request.POST.lists()))
    if filled.faults:
        return filled_page(asked, language, filled, status=422)
    if limits.codes_too_often(request) if filled.code else limits.answers_too_often(request):
        return filled_page(asked, language, filled, status=429, refused=_TOO_OFTEN)
    try:
        if asked.is_kept_out:
            raise NotTaken(Why.CLOSED)
        store(_open(asked), filled.sheet, form=filled.form, group=filled.group, code=filled.code)
    except NotTaken as refused:
        if refused.why is Why.CODE_UNKNOWN:
            limits.note_wrong_code(request)
        return _not_taken(asked, language, filled, refused)
    return HttpResponse(done_page(asked, language))


def _not_taken(asked: Asked, language: str, filled: Filled, refused: NotTaken) -> HttpResponse:
    """Show everything as it was sent, and why it is not taken: beside the field that can mend it, else on top."""
    field = _FIELDS.get(refused.why, "")
    if field and not (field == GROUP and asked.group is not None):
        faults = {field: f"{refused.message_th} {refused.mend_th}"}
        return filled_page(asked, language, replace(filled, faults=faults), status=409)
    told = Refused(refused.message_th, refused.mend_th, is_over=refused.why is not Why.KEY_LOST)
    return filled_page(asked, language, filled, status=409, refused=told)


@lru_cache(_OPENS_CACHED)
def _open(asked: Asked) -> Open:
    told = told_of(asked)
    quotas = {one.pk: one.has_quota for one in told.groups}
    return Open(asked.pk, told.recipient, told.text.box_bytes, asked.has_link, quotas)
