"""Pages of imports: bringing a spreadsheet in, what becomes of its rows, saving them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError, UnknownRegister
from prongsai.registers.sheets import template as template_of
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.forms.imports import ImportForm, SaveForm
from prongsai.web.registers.models import ImportBatch, ImportState
from prongsai.web.registers.queries import imports as queries
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.queries.rights import may_enter, may_see
from prongsai.web.registers.services import imports as services
from prongsai.web.registers.views.found import trail_of
from prongsai.web.ui.forms import posted_number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def _enterable(scope: Scope, register: str, year: int = 0) -> Kept:
    """Give a register with the right to make entries. Raises Http404."""
    try:
        kept = kept_of(scope, register, year)
    except UnknownRegister as unknown:
        raise Http404 from unknown
    if not kept.is_open or not may_see(scope, kept.register) or not may_enter(scope, kept.register):
        raise Http404
    return kept


def _batch(scope: Scope, register: str, pk: int) -> tuple[Kept, ImportBatch]:
    """Give a batch with the right to it: one's own, or any for who keeps the register. Raises Http404."""
    found = get_object_or_404(queries.batches_of(scope, _enterable(scope, register)), pk=pk)
    return _enterable(scope, register, found.fiscal_year_be), found


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@allowed(Power.SEE_WORK)
@PAGE_METHODS
def import_add(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Bring a spreadsheet in: a file, or pasted cells; the first rows are looked at at once."""
    kept = _enterable(scope, register)
    is_posted = request.method == "POST"
    form = ImportForm(scope, kept, request.POST if is_posted else None, request.FILES if is_posted else None)
    if is_posted and form.is_valid():
        try:
            made = services.stage(scope, register=register, content=form.content, name=form.name, year=form.year_be)
        except ProngsaiError as refused:
            form.add_error(None, f"{refused.message_th} – {refused.mend_th}" if refused.mend_th else refused.message_th)
        else:
            services.step(scope, batch=made)
            return redirect("registers:batch", scope.agency.code, register, made.pk)
    trail = trail_of(scope, kept, (_("นำเข้าตาราง"), ""))
    context = {"kept": kept, "form": form, "latest": queries.latest(scope, kept), "trail": trail}
    return render(request, "registers/import_add.html", context, status=422 if form.errors else 200)


@allowed(Power.SEE_WORK)
@require_safe
@override("th")  # files are of the office, whatever language is read
def template(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Give the empty spreadsheet of a register."""
    kept = _enterable(scope, register)
    return _file(template_of(kept.register, kept.labels), _("แบบนำเข้า {name}.xlsx").format(name=kept.name))


@allowed(Power.SEE_WORK)
@require_safe
def batch(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Show what becomes of the rows of a spreadsheet; the faulty ones first."""
    kept, found = _batch(scope, register, pk)
    return _page(request, scope, kept, found)


def _page(
    request: HttpRequest, scope: Scope, kept: Kept, found: ImportBatch, refused: str = "", status: int = 200
) -> HttpResponse:
    asked = request.GET if request.method != "POST" else {}
    fate = str(asked.get("fate", ""))
    shown = queries.batch_page(scope, kept, found, fate, str(asked.get("page", "1")))
    begin = reverse("registers:import_add", args=[scope.agency.code, kept.id])
    context = {
        "trail": trail_of(scope, kept, (_("นำเข้าตาราง"), begin), (found.name or str(found.pk), "")),
        "kept": kept,
        "batch": found,
        "shown": shown,
        "page": shown.page,
        "query": f"&fate={shown.fate}",
        "form": SaveForm(initial={"version": found.version}),
        "needs_again": bool(shown.earlier) and not kept.register.unique,
        "refused": refused,
    }
    return render(request, "registers/batch.html", context, status=status)


@allowed(Power.SEE_WORK)
@require_safe
@override("th")
def batch_faults(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Give the faulty rows as a workbook, with the reasons."""
    kept, found = _batch(scope, register, pk)
    return _file(queries.faulty_workbook(found), _("แถวที่ต้องแก้ {name}.xlsx").format(name=kept.name))


@allowed(Power.SEE_WORK)
@require_POST
def batch_step(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Go on: look at the next rows, or save them."""
    kept, found = _batch(scope, register, pk)
    if found.state == ImportState.SAVING:
        return _saved(request, scope, kept, found, version=None)
    services.step(scope, batch=found)
    return redirect("registers:batch", scope.agency.code, register, pk)


@allowed(Power.SEE_WORK)
@require_POST
def batch_save(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Begin to save a batch."""
    kept, found = _batch(scope, register, pk)
    form = SaveForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, kept, found, _("คำสั่งบันทึกไม่ครบ เปิดหน้านี้ใหม่"), 422)
    asked = form.cleaned_data
    return _saved(request, scope, kept, found, asked["version"], only_good=asked["only_good"], again=asked["again"])


def _saved(
    request: HttpRequest, scope: Scope, kept: Kept, found: ImportBatch, version: int | None, **how: bool
) -> HttpResponse:
    try:
        done = services.save(scope, batch=found, version=version, **how)
    except Stale as stale:
        found.refresh_from_db()
        return _page(request, scope, kept, found, stale.message_th, 409)
    except ProngsaiError as refused:
        return _page(request, scope, kept, found, f"{refused.message_th} {refused.mend_th}".strip(), 422)
    if done.state == ImportState.SAVED:
        told = _("นำเข้าแล้ว: เพิ่ม {new} รายการ แก้ไข {changed} รายการ")
        messages.success(request, told.format(new=f"{done.n_new:,}", changed=f"{done.n_changed:,}"))
    return redirect("registers:batch", scope.agency.code, kept.id, found.pk)


@allowed(Power.SEE_WORK)
@require_POST
def batch_drop(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Throw a batch away."""
    kept, found = _batch(scope, register, pk)
    try:
        services.drop(scope, batch=found, version=posted_number(request.POST.get("version")) or 0)
    except Stale as stale:
        found.refresh_from_db()
        return _page(request, scope, kept, found, stale.message_th, 409)
    except ProngsaiError as refused:
        return _page(request, scope, kept, found, f"{refused.message_th} {refused.mend_th}".strip(), 422)
    messages.success(request, _("ทิ้งตารางแล้ว ไม่มีอะไรเปลี่ยนในทะเบียน"))
    return redirect("registers:import_add", scope.agency.code, register)
