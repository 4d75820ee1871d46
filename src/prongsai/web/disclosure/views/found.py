"""What the pages of publication share: finding what an address names, building after a change, telling a refusal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.pages import pages_of
from prongsai.web.disclosure.services import building

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
Refusal = ProngsaiError | ValidationError


def seen(scope: Scope, pk: int) -> Page:
    """Give a page of the agency. Raises Http404."""
    return get_object_or_404(pages_of(scope), pk=pk)


def drafted(scope: Scope, pk: int) -> Page:
    """Give a page with the right to write what it says. Raises Http404."""
    page = seen(scope, pk)
    if not rights.may_draft(scope, page):
        raise Http404
    return page


def trail_of(scope: Scope, *steps: tuple[str, str], page: Page | None = None) -> list[tuple[str, str]]:
    """Give the way to a page under the overview; the last step has no address."""
    code = scope.agency.code
    trail = [(_("เว็บสาธารณะ"), reverse("disclosure:overview", args=[code]))]
    if page is not None:
        trail.append((page.title, reverse("disclosure:page", args=[code, page.pk])))
    trail += steps
    return [*trail[:-1], (trail[-1][0], "")]


def build_after(request: HttpRequest, scope: Scope) -> None:
    """Build the public site; a failure is told, and what was changed stays."""
    try:
        building.build(scope.agency)
    except (ProngsaiError, OSError) as failure:
        why = failure.one_line if isinstance(failure, ProngsaiError) else str(failure.strerror or failure)
        words = _("บันทึกแล้ว แต่ยังเขียนเว็บสาธารณะไม่สำเร็จ ({why}) กดสร้างเว็บอีกครั้งภายหลัง")
        messages.warning(request, words.format(why=why))


def said(refusal: Refusal) -> list[str]:
    """Give the sentences of a refusal."""
    return list(refusal.messages) if isinstance(refusal, ValidationError) else [refusal.one_line]


def refuse(form: forms.BaseForm, refusal: Refusal, **called: str) -> None:
    """Put the sentences of a refusal on the form: on the fields that it has, else above it.

    called: fields of the record that the form calls otherwise.
    """
    fields: dict[str, Any] = getattr(refusal, "error_dict", None) or {}
    for name, errors in fields.items():
        own = called.get(name, name)
        form.add_error(own if own in form.fields else None, errors)
    if not fields:
        form.add_error(None, said(refusal))
