"""The official list of codes: what stands, a newer one taken in, looked at row by row, accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.journal import Stale
from prongsai.web.directory.access import operator
from prongsai.web.directory.forms.lists import UploadForm
from prongsai.web.directory.models import CodeList, Listed, Operator
from prongsai.web.directory.queries.code_lists import COLUMNS, rows_of
from prongsai.web.directory.queries.found import newest_list
from prongsai.web.directory.scope import installation_of
from prongsai.web.directory.services import code_lists as services
from prongsai.web.directory.views.trail import trail_of

PER_PAGE = 50
GONE_SHOWN = 5
_CELL = re.compile(r"row-([0-9]{1,6})-([a-z]{1,20})")


@operator
@require_safe
def code_lists(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Show the list that stands, those that wait, and those before."""
    context = {
        "newest": newest_list(),
        "standing": Listed.objects.standing().count(),
        "vanished": Listed.objects.filter(vanished_on__isnull=False).count(),
        "lists": CodeList.objects.defer("rows").select_related("made_by")[:PER_PAGE],
        "trail": trail_of(_("บัญชีรหัส อปท.")),
    }
    return render(request, "directory/code_lists.html", context)


@operator
@require_http_methods(["GET", "HEAD", "POST"])
def code_list_add(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Take a published list in, to be looked at."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.take_in(
                installation_of(operator),
                content=given["file"].read(),
                name=given["file"].name or "",
                source=given["source"],
                as_of=given["as_of"],
            )
        except ProngsaiError as mistake:
            form.add_error("file", mistake.one_line)
        else:
            return redirect("directory:code_list", made.pk)
    context = {"form": form, "columns": COLUMNS, "trail": _trail(_("นำเข้าบัญชี"))}
    return render(request, "directory/code_list_add.html", context, status=422 if form.errors else 200)


@operator
@require_http_methods(["GET", "HEAD", "POST"])
def code_list(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Show what accepting a list would do and every fault in it; or mend rows of it."""
    looked_at = get_object_or_404(CodeList.objects.select_related("made_by"), pk=pk)
    if request.method != "POST":
        return _page(request, looked_at)
    try:
        services.mend(
            installation_of(operator), code_list=looked_at, version=_version(request), mends=_mends(request.POST)
        )
    except Stale as stale:
        return _page(request, looked_at, stale.one_line, status=409)
    except ValidationError as mistake:
        return _page(request, looked_at, mistake.messages[0], status=422)
    messages.success(request, _("ตรวจใหม่แล้ว ยังไม่ได้รับเป็นบัญชีที่ใช้"))
    return redirect("directory:code_list", pk)


@operator
@require_POST
def code_list_accept(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Let a list take the place of the one before."""
    looked_at = get_object_or_404(CodeList, pk=pk)
    try:
        change = services.accept(installation_of(operator), code_list=looked_at, version=_version(request))
    except Stale as stale:
        return _page(request, looked_at, stale.one_line, status=409)
    except ValidationError as mistake:
        return _page(request, looked_at, mistake.messages[0], status=422)
    words = _("รับบัญชีแล้ว เพิ่ม %(new)s เปลี่ยน %(changed)s เหมือนเดิม %(same)s ไม่มีในบัญชีใหม่ %(gone)s แห่ง")
    counts = {"new": change.new, "changed": change.changed, "same": change.same, "gone": len(change.gone)}
    messages.success(request, words % {name: f"{count:,}" for name, count in counts.items()})
    return redirect("directory:code_lists")


@operator
@require_POST
def code_list_drop(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Throw a list away that was not accepted."""
    looked_at = get_object_or_404(CodeList.objects.defer("rows"), pk=pk)
    try:
        services.drop(installation_of(operator), code_list=looked_at)
    except ValidationError as mistake:
        messages.error(request, mistake.messages[0])
    else:
        messages.success(request, _("ทิ้งบัญชี %(name)s แล้ว") % {"name": looked_at.file_name})
    return redirect("directory:code_lists")


def _page(request: HttpRequest, looked_at: CodeList, error: str = "", status: int = 200) -> HttpResponse:
    rows = rows_of(looked_at)
    faulty = sorted((row for row in rows if row.faults), key=lambda row: (not row.is_left_out, row.place))
    page = Paginator(faulty, PER_PAGE).get_page(request.GET.get("page"))
    change = services.change_of(rows) if looked_at.accepted_at is None else None
    context = {
        "list": looked_at,
        "count": len(rows),
        "repeats": sum(int(row.get("times", 1)) - 1 for row in looked_at.rows),
        "change": change,
        "gone": _gone(change.gone[:GONE_SHOWN]) if change else [],
        "page": page,
        "n_left_out": sum(row.is_left_out for row in faulty),
        "error": error,
        "trail": _trail(looked_at.file_name),
    }
    return render(request, "directory/code_list.html", context, status=status)


def _gone(codes: tuple[str, ...]) -> list[Listed]:
    return list(Listed.objects.filter(code__in=codes))


def _mends(posted: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """Give the texts that were written into cells: place of the row → key → text."""
    found: dict[int, dict[str, str]] = {}
    for name, text in posted.items():
        if cell := _CELL.fullmatch(name):
            found.setdefault(int(cell[1]), {})[cell[2]] = text
    return found


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _trail(words: str) -> list[tuple[str, str]]:
    return trail_of((_("บัญชีรหัส อปท."), "directory:code_lists"), words)
