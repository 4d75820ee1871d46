"""Checking a letter: by anybody with its code or its file, and inside by who may see it."""

from threading import BoundedSemaphore
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.errors import FileUnusable
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.adapter import client_address
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.forms.verifying import VerifyForm
from prongsai.web.letters.queries import verifying as queries
from prongsai.web.letters.queries.letters import letters_of
from prongsai.web.ui.limits import is_too_often

ASKED_MAX = 120  # codes of one address within the time below: an office, or a village, asks from one
FILES_MAX = 20  # reading a file takes longer
WITHIN_S = 600
# A file may take two minutes and much memory: strangers' files leave the office most of a process.
READ_AT_ONCE = 2
_reading = BoundedSemaphore(READ_AT_ONCE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; a file is looked at and not kept."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    file = form.cleaned_data["file"]
    if not file:
        return redirect(
            "verify_code", queries.clean_code(form.cleaned_data["code"]) or _slug(form.cleaned_data["code"])
        )
    if is_too_often("verify-file", client_address(request), most=FILES_MAX, seconds=WITHIN_S):
        return _too_often(request)
    if not _reading.acquire(blocking=False):
        return _too_often(request)
    try:
        found = queries.by_file(file.name or "", cast("bytes", file.read()))
    except FileUnusable as refusal:
        form.add_error("file", refusal.one_line)
        return _page(request, form, status=422)
    finally:
        _reading.release()
    return _page(request, VerifyForm(), queries.answer_of(found))


def _slug(code: str) -> str:
    """Give what was typed so that it can stand in an address."""
    return "".join(sign for sign in code if sign.isalnum()) or "-"


@never_cache
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Tell of the letter of a code."""
    if is_too_often("verify", client_address(request), most=ASKED_MAX, seconds=WITHIN_S):
        return _too_often(request)
    answer = queries.answer_of(queries.by_code(code))
    return _page(request, VerifyForm(), answer, status=200 if answer.is_known else 404)


def _page(
    request: HttpRequest, form: VerifyForm, answer: queries.Answer | None = None, status: int = 200
) -> HttpResponse:
    shown = render(request, "letters/verify.html", {"form": form, "answer": answer}, status=status)
    shown["X-Robots-Tag"] = "noindex"
    return shown


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


@allowed(Power.SEE_WORK)
@require_safe
def check(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show what checking a letter finds; ``?journal=all`` walks the journal to its end."""
    letter = get_object_or_404(letters_of(scope), pk=pk)
    is_thorough = request.GET.get("journal") == "all"
    code = scope.agency.code
    trail = [
        (_("หนังสือ"), reverse("letters:letters", args=[code])),
        (str(letter), letter.get_absolute_url()),
        (_("ตรวจสอบ"), ""),
    ]
    found = queries.checked(letter, is_thorough=is_thorough)
    return render(request, "letters/check.html", {"checked": found, "is_thorough": is_thorough, "trail": trail})
