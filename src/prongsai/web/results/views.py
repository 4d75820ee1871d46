"""Published tables of results: taken in, their columns said, faults looked at, accepted, put up as an explorer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.journal import Stale
from prongsai.web.directory.access import operator
from prongsai.web.directory.models import Operator
from prongsai.web.directory.scope import installation_of
from prongsai.web.directory.views.trail import trail_of
from prongsai.web.results import services
from prongsai.web.results.forms import AcceptForm, ColumnsForm, UploadForm
from prongsai.web.results.models import ResultTable, TableState
from prongsai.web.results.queries import columns_of, explorer_address, lists

PER_PAGE = 50


@operator
@require_safe
def tables(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Show the tables that were taken in, and where the explorer stands."""
    page = Paginator(list(lists()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "address": explorer_address(),
        "can_build": ResultTable.objects.filter(state=TableState.ACCEPTED).exists(),
        "trail": trail_of(_("ผลการประเมินที่เผยแพร่")),
    }
    return render(request, "results/tables.html", context)


@operator
@require_http_methods(["GET", "HEAD", "POST"])
def table_add(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Take a file in, to be looked at."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.take_in(
                installation_of(operator),
                content=given["file"].read(),
                name=given["file"].name or "",
                source=given["source"],
                framework=given["framework"],
            )
        except ProngsaiError as mistake:
            form.add_error("file", mistake.one_line)
        else:
            if len(made) == 1:
                return redirect("results:columns", made[0].pk)
            messages.success(request, _("พบ {n} ตารางในไฟล์ จับคู่ช่องทีละตาราง").format(n=to_thai(str(len(made)))))
            return redirect("results:tables")
    context = {"form": form, "trail": _trail(_("นำเข้าตาราง"))}
    return render(request, "results/table_add.html", context, status=422 if form.errors else 200)


@operator
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Say what each column is; checking follows."""
    table = get_object_or_404(ResultTable, pk=pk)
    if not table.is_open:
        return redirect("results:table", pk)
    try:
        found = columns_of(table)
    except ProngsaiError as mistake:
        messages.error(request, mistake.one_line)
        return redirect("results:table", pk)
    form = ColumnsForm(found, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data["said"]
            try:
                services.read_as(installation_of(operator), table=table, said=said, version=_version(request))
            except Stale as stale:
                form.add_error(None, stale.one_line)
                status = 409
            except ProngsaiError as mistake:
                form.add_error(None, mistake.one_line)
            except ValidationError as mistake:
                form.add_error(None, mistake)
            else:
                return redirect("results:table", pk)
    context = {"table": table, "form": form, "found": found, "trail": _trail(str(table))}
    return render(request, "results/columns.html", context, status=status)


@operator
@require_safe
def table(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Show what checking found, and let it be accepted."""
    looked_at = get_object_or_404(ResultTable, pk=pk)
    return _page(request, looked_at)


@operator
@require_POST
def table_accept(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Let a table count, all of it."""
    looked_at = get_object_or_404(ResultTable, pk=pk)
    form = AcceptForm(looked_at, request.POST)
    if not form.is_valid():
        return _page(request, looked_at, form, status=422)
    replaces = [int(each) for each in form.cleaned_data.get("replaces") or []]
    try:
        services.accept(installation_of(operator), table=looked_at, replaces=replaces, version=_version(request))
    except Stale as stale:
        form.add_error(None, stale.one_line)
        return _page(request, looked_at, form, status=409)
    except ValidationError as mistake:
        form.add_error(None, mistake)
        return _page(request, looked_at, form, status=422)
    messages.success(request, _("รับตารางแล้ว สร้างเว็บเปรียบเทียบใหม่เพื่อให้ประชาชนเห็น"))
    return redirect("results:tables")


@operator
@require_POST
def table_drop(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Throw a table away that was not accepted."""
    looked_at = get_object_or_404(ResultTable, pk=pk)
    try:
        services.drop(installation_of(operator), table=looked_at)
    except ValidationError as mistake:
        messages.error(request, mistake.messages[0])
    else:
        messages.success(request, _("ทิ้งตาราง {name} แล้ว").format(name=looked_at.file_name))
    return redirect("results:tables")


@operator
@require_POST
def build(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Build the explorer of all accepted tables."""
    try:
        built = services.ask_to_build(installation_of(operator))
    except ValidationError as mistake:
        messages.error(request, mistake.messages[0])
    except ProngsaiError as mistake:
        messages.error(request, mistake.one_line)
    else:
        if built is None:
            messages.success(request, _("กำลังสร้างเว็บเปรียบเทียบอยู่เบื้องหลัง"))
        else:
            files = to_thai(f"{len(built.addresses):,}")
            messages.success(request, _("สร้างเว็บเปรียบเทียบแล้ว {n} ไฟล์").format(n=files))
    return redirect("results:tables")


def _page(
    request: HttpRequest, looked_at: ResultTable, form: AcceptForm | None = None, status: int = 200
) -> HttpResponse:
    is_checked = looked_at.state == TableState.CHECKED
    context = {
        "table": looked_at,
        "form": form or (AcceptForm(looked_at) if is_checked else None),
        "page": Paginator(looked_at.problems, PER_PAGE).get_page(request.GET.get("page")),
        "trail": _trail(str(looked_at)),
    }
    return render(request, "results/table.html", context, status=status)


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _trail(words: str) -> list[tuple[str, str]]:
    return trail_of((_("ผลการประเมินที่เผยแพร่"), "results:tables"), words)
