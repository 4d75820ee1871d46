"""Pages of spending from the ledger's export: the file, its columns, what becomes of its lines, saving them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.forms.imports import SaveForm
from prongsai.web.registers.forms.spending import ColumnsForm, SpendingForm, choices_of
from prongsai.web.registers.models import ImportBatch, ImportState
from prongsai.web.registers.queries import spending as queries
from prongsai.web.registers.queries.ledger import feed_of
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.rules._rows import counted_entries
from prongsai.web.registers.services import spending as services
from prongsai.web.registers.views.found import PAGE_METHODS, kept_by, trail_of
from prongsai.web.ui.forms import posted_number


def _fed(scope: Scope, register: str) -> Kept:
    """Give a plan that takes spending, with the right to keep it. Raises Http404."""
    kept = kept_by(scope, register)
    if not kept.is_open or feed_of(kept.register) is None:
        raise Http404
    return kept


def _batch(scope: Scope, register: str, pk: int) -> tuple[Kept, ImportBatch]:
    found = get_object_or_404(queries.batches_of(scope, _fed(scope, register)), pk=pk)
    return kept_of(scope, register, found.fiscal_year_be), found


def _begin(scope: Scope, kept: Kept) -> str:
    return reverse("registers:spending_add", args=[scope.agency.code, kept.id])


@allowed(Power.SEE_WORK)
@PAGE_METHODS
def spending_add(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Bring an export in; its columns are asked for the first time, and then known."""
    kept = _fed(scope, register)
    is_posted = request.method == "POST"
    form = SpendingForm(scope, kept, request.POST if is_posted else None, request.FILES if is_posted else None)
    if is_posted and form.is_valid():
        try:
            made = services.stage(scope, register=register, **form.asked)
        except ProngsaiError as refused:
            form.add_error(None, f"{refused.message_th} – {refused.mend_th}" if refused.mend_th else refused.message_th)
        else:
            return redirect(_page_of(made), scope.agency.code, register, made.pk)
    trail = trail_of(scope, kept, (_("ยอดเบิกจ่ายจากระบบบัญชี"), ""))
    context = {"kept": kept, "form": form, "latest": queries.latest(scope, kept), "trail": trail}
    return render(request, "registers/spending_add.html", context, status=422 if form.errors else 200)


def _page_of(batch: ImportBatch) -> str:
    return "registers:spending_columns" if batch.state == ImportState.READING else "registers:spending"


@allowed(Power.SEE_WORK)
@PAGE_METHODS
def spending_columns(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Say which column of an export is what."""
    kept, found = _batch(scope, register, pk)
    form = ColumnsForm(found, request.POST or None)
    status, refusal = 422 if form.is_bound else 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            services.settle_columns(scope, batch=found, **form.asked)
            return redirect("registers:spending", scope.agency.code, register, pk)
        except services.ColumnsRefused as refused:
            form.refuse(refused)
        except Stale as stale:
            refusal, status = stale.message_th, 409
        except ProngsaiError as refused:
            refusal = refused.one_line
    context = {
        "kept": kept,
        "batch": found,
        "form": form,
        "refused": refusal,
        "samples": [(row.number, row.cells) for row in found.rows.order_by("number")[:8]],
        "trail": trail_of(scope, kept, (_("ยอดเบิกจ่ายจากระบบบัญชี"), _begin(scope, kept)), (_("คอลัมน์ของไฟล์"), "")),
    }
    return render(request, "registers/spending_columns.html", context, status=status)


@allowed(Power.SEE_WORK)
@require_safe
def spending(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Show what becomes of the lines of an export; those that nobody knows first."""
    kept, found = _batch(scope, register, pk)
    if found.state == ImportState.READING:
        return redirect("registers:spending_columns", scope.agency.code, register, pk)
    return _page(request, scope, kept, found)


def _page(
    request: HttpRequest, scope: Scope, kept: Kept, found: ImportBatch, refused: str = "", status: int = 200
) -> HttpResponse:
    asked = request.GET if request.method != "POST" else {}
    fate = str(asked.get("fate", ""))
    shown = queries.spending_page(scope, kept, found, fate, str(asked.get("page", "1")))
    trail = trail_of(scope, kept, (_("ยอดเบิกจ่ายจากระบบบัญชี"), _begin(scope, kept)), (found.name or str(found.pk), ""))
    context = {
        "kept": kept,
        "batch": found,
        "shown": shown,
        "page": shown.page,
        "query": f"&fate={shown.fate}",
        "form": SaveForm(initial={"version": found.version}),
        "leave": services.LEAVE,
        "forget": services.FORGET,
        "refused": refused,
        "trail": trail,
    }
    return render(request, "registers/spending.html", context, status=status)


@allowed(Power.SEE_WORK)
@require_POST
def spending_choose(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Say which row of the plan lines are."""
    kept, found = _batch(scope, register, pk)
    rows = counted_entries(scope, kept.id, found.fiscal_year_be).values_list("number", "pk")
    try:
        choices = choices_of(request.POST, dict(rows))
        version = posted_number(request.POST.get("version"))
        services.choose(scope, batch=found, version=version or 0, choices=choices)
    except Stale as stale:
        found.refresh_from_db()
        return _page(request, scope, kept, found, stale.message_th, 409)
    except ValidationError as refused:
        return _page(request, scope, kept, found, " ".join(refused.messages), 422)
    except ProngsaiError as refused:
        return _page(request, scope, kept, found, refused.one_line, 422)
    messages.success(request, _("บันทึกการเลือกแล้ว ไฟล์ครั้งต่อไปจะรู้จักบรรทัดเหล่านี้"))
    return redirect("registers:spending", scope.agency.code, register, pk)


@allowed(Power.SEE_WORK)
@require_POST
def spending_save(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Save a batch, or go on with saving it."""
    kept, found = _batch(scope, register, pk)
    form = SaveForm(request.POST)
    is_going = found.state == ImportState.SAVING
    if not is_going and not form.is_valid():
        return _page(request, scope, kept, found, _("คำสั่งบันทึกไม่ครบ เปิดหน้านี้ใหม่"), 422)
    version = None if is_going else form.cleaned_data["version"]
    only_good = not is_going and form.cleaned_data["only_good"]
    try:
        done = services.save(scope, batch=found, version=version, only_good=only_good)
    except Stale as stale:
        found.refresh_from_db()
        return _page(request, scope, kept, found, stale.message_th, 409)
    except ProngsaiError as refused:
        return _page(request, scope, kept, found, refused.one_line, 422)
    if done.state == ImportState.SAVED:
        told = _("บันทึกยอดเบิกจ่ายแล้ว: ใหม่ {new} แก้ไข {changed} รายการ")
        messages.success(request, told.format(new=f"{done.n_new:,}", changed=f"{done.n_changed:,}"))
    return redirect("registers:spending", scope.agency.code, register, pk)


@allowed(Power.SEE_WORK)
@require_POST
def spending_drop(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Throw a batch away that was not saved."""
    kept, found = _batch(scope, register, pk)
    try:
        services.drop(scope, batch=found, version=posted_number(request.POST.get("version")) or 0)
    except Stale as stale:
        found.refresh_from_db()
        return _page(request, scope, kept, found, stale.message_th, 409)
    except ProngsaiError as refused:
        return _page(request, scope, kept, found, refused.one_line, 422)
    messages.success(request, _("ทิ้งไฟล์แล้ว ไม่มีอะไรเปลี่ยนในแผน"))
    return redirect("registers:spending_add", scope.agency.code, register)
