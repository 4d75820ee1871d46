"""Bulk entry: a pasted or uploaded table, looked at row by row before it is saved whole."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from prongsai.documents.build import row
from prongsai.documents.build import table as table_block
from prongsai.documents.model import Document
from prongsai.documents.write import render as written
from prongsai.documents.write.office import Office
from prongsai.web.agencies import services
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.forms import MendForm, TableForm
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import TableImport
from prongsai.web.agencies.queries.tables import COLUMNS, EXAMPLES, Fate, Kind, Plan, as_text, plan_of
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.views.trail import trail_of

PER_PAGE = 100
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])
_ORDER = (Fate.FAULTY, Fate.CHANGED, Fate.NEW, Fate.SAME)


@allowed(Power.KEEP_PEOPLE)
@_FORM_METHODS
def table_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Take a table in to be looked at, or give an empty workbook of its columns (``?template=people``)."""
    if request.GET.get("template") in Kind.values:
        return _template(Kind(request.GET["template"]))
    kind = Kind(request.GET["kind"]) if request.GET.get("kind") in Kind.values else Kind.PEOPLE
    form = TableForm(request.POST or None, request.FILES or None, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = services.stage_table(scope, kind=given["kind"], rows=given["rows"], name=given["name"])
        return redirect("agencies:table", scope.agency.code, made.pk)
    asked = str(form["kind"].value())
    kind = Kind(asked) if asked in Kind.values else kind
    shown = {
        "form": form,
        "kind": kind,
        "columns": COLUMNS[kind],
        "kinds": Kind.choices,
        "trail": [*trail_of(scope, kind.value), (_("นำเข้าเป็นตาราง"), "")],
    }
    return render(request, "agencies/table_add.html", shown, status=422 if request.method == "POST" else 200)


@allowed(Power.KEEP_PEOPLE)
@_FORM_METHODS
def table(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show what saving would do with each row; or put a mended table in its place, nothing saved yet."""
    found = get_object_or_404(TableImport, agency=scope.agency, pk=pk)
    if request.method != "POST":
        return _page(request, scope, found, _plan(scope, found))
    form = MendForm(Kind(found.kind), request.POST)
    if not form.is_valid():
        return _page(request, scope, found, _plan(scope, found), form, status=422)
    try:
        given = form.cleaned_data
        services.mend_table(scope, table=found, rows=given["rows"], version=given["version"])
    except Stale as stale:
        form.add_error(None, stale.one_line)
        return _page(request, scope, found, _plan(scope, found), form, status=409)
    messages.success(request, _("ตรวจใหม่แล้ว ยังไม่ได้บันทึกลงทะเบียน"))
    return redirect("agencies:table", scope.agency.code, pk)


@allowed(Power.KEEP_PEOPLE)
@require_POST
def table_save(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Save the table whole, if it would still do what was looked at."""
    found = get_object_or_404(TableImport, agency=scope.agency, pk=pk)
    try:
        plan = services.save_table(scope, table=found, seen=request.POST.get("seen", ""))
    except services.TableNotSaved as refused:
        messages.error(request, refused.one_line)
        return _page(request, scope, found, refused.plan, status=409)
    counts = {"new": plan.count(Fate.NEW), "changed": plan.count(Fate.CHANGED), "same": plan.count(Fate.SAME)}
    messages.success(request, _("บันทึกแล้ว: ใหม่ %(new)s เปลี่ยน %(changed)s เหมือนเดิม %(same)s แถว") % counts)
    return redirect(f"agencies:{Kind(found.kind).value}", scope.agency.code)


def _plan(scope: Scope, found: TableImport) -> Plan:
    return plan_of(scope, Kind(found.kind), found.rows)


def _page(
    request: HttpRequest, scope: Scope, found: TableImport, plan: Plan, form: MendForm | None = None, status: int = 200
) -> HttpResponse:
    asked = request.GET.get("fate", "")
    rows = [row for row in plan.rows if row.fate == asked] if asked in set(Fate) else list(plan.rows)
    rows.sort(key=lambda row: (_ORDER.index(row.fate), row.number))
    initial = {"text": as_text(found.rows), "version": found.version}
    shown = {
        "table": found,
        "kind": Kind(found.kind),
        "plan": plan,
        "trail": [*trail_of(scope, found.kind), (_("ผลของแต่ละแถว"), "")],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "query": f"&fate={asked}" if asked else "",
        "form": form or MendForm(Kind(found.kind), initial=initial),
    }
    return render(request, "agencies/table.html", shown, status=status)


def _template(kind: Kind) -> HttpResponse:
    """Give a workbook: an empty table to fill in, and a sheet of examples that is not read."""
    columns = COLUMNS[kind]
    heads = [column.head for column in columns]
    examples = [row(*(column.examples[number] for column in columns)) for number in (0, 1)]
    blocks = (table_block(heads, [], name=str(kind.label)), table_block(heads, examples, name=EXAMPLES))
    title = _("แบบตาราง%(kind)s") % {"kind": kind.label}
    content = written(Document("", "composed", None, "", blocks, title=title), "xlsx", Office())
    name = f'attachment; filename="{kind.value}.xlsx"'
    return HttpResponse(content, content_type=WORKBOOK, headers={"Content-Disposition": name})
