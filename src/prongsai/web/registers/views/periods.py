"""Pages of periods: the board of a register, closing and stating nothing, the year's opening and carrying on."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import FileUnusable, ProngsaiError, UnknownRegister
from prongsai.reports.catalogue import TITLES
from prongsai.reports.register_forms import other_papers
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.duties.queries import occurrences_of
from prongsai.web.evidence.models import File
from prongsai.web.registers import services
from prongsai.web.registers.models import PeriodClose
from prongsai.web.registers.queries import periods as queries
from prongsai.web.registers.queries.frozen import frozen_of, frozen_table
from prongsai.web.registers.queries.library import Kept, all_kept, kept_of
from prongsai.web.registers.queries.rights import may_keep, may_see_all
from prongsai.web.registers.services import periods as period_services
from prongsai.web.registers.views.found import trail_of
from prongsai.web.registers.views.papers import attached
from prongsai.web.stationery.services import write_paper
from prongsai.web.ui.forms import posted_number

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
YEARS_BACK = 3


def _kept(scope: Scope, register: str, year: int) -> Kept:
    try:
        kept = kept_of(scope, register, year)
    except UnknownRegister as error:
        raise Http404 from error
    if not may_see_all(scope, kept.register):
        raise Http404
    return kept


def _period(scope: Scope, register: str, pk: int) -> tuple[Kept, Occurrence]:
    """Give a period of a register with the right to see it. Raises Http404."""
    kept = _kept(scope, register, 0)
    if kept.register.due is None:
        raise Http404
    found = occurrences_of(scope).filter(duty__key=queries.duty_key(kept.register))
    occurrence = get_object_or_404(found, pk=pk)
    return _kept(scope, register, occurrence.duty.fiscal_year_be), occurrence


def _own_period(scope: Scope, register: str, pk: int) -> tuple[Kept, Occurrence]:
    """Give a period with the right to settle it, which is that to keep the register. Raises Http404."""
    kept, occurrence = _period(scope, register, pk)
    if not may_keep(scope, kept.register):
        raise Http404
    return kept, occurrence


def year_of(request: HttpRequest, scope: Scope) -> int:
    """Give the fiscal year (BE) that a page is asked for, the present one when it does not say."""
    this = fiscal_year_be(scope.today)
    asked = posted_number(request.GET.get("year") or request.POST.get("year"))
    return asked if asked and this - 20 <= asked <= this + 1 else this


@allowed(Power.SEE_WORK)
@require_safe
def board(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Show the periods of a register in a year: closed, stated as none, open, missed."""
    year = year_of(request, scope)
    kept = _kept(scope, register, year)
    context = {
        "kept": kept,
        "board": queries.board_of(scope, kept, year),
        "year": year,
        "years": _years(scope, year),
        "may_keep": may_keep(scope, kept.register),
        "trail": trail_of(scope, kept, (_("งวด"), "")),
        "carried": len(period_services.to_carry(scope, kept, year)) if kept.register.carries else 0,
    }
    return render(request, "registers/board.html", context)


def _years(scope: Scope, year: int) -> list[int]:
    this = fiscal_year_be(scope.today)
    return sorted({year, *range(this - YEARS_BACK, this + 2)}, reverse=True)


@allowed(Power.SEE_WORK)
@require_safe
def period(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Show a period: what is in it, what stands in the way of closing it, or how it was closed."""
    kept, occurrence = _period(scope, register, pk)
    return _page(request, scope, kept, occurrence)


def _page(
    request: HttpRequest, scope: Scope, kept: Kept, occurrence: Occurrence, status: int = 200, **more: Any
) -> HttpResponse:
    close = queries.closes_of(scope, kept.register, occurrence.duty.fiscal_year_be).get(occurrence.pk)
    preview = None if close else queries.preview_of(scope, kept, occurrence)
    table = frozen_table(kept, preview) if preview else None
    due, state = kept.register.due, queries.state_of(occurrence, close, scope.today)
    context = {
        "kept": kept,
        "occurrence": occurrence,
        "close": close,
        "state": state,
        "tone": queries.tone_of(state),
        "preview": preview,
        "table": _by_head(table.head, table.rows) if table else _frozen_by_head(close) if close else None,
        "may_keep": may_keep(scope, kept.register),
        "may_state": bool(due and due.none_allowed and occurrence.ends_on < scope.today),
        "trail": trail_of(scope, kept, (_("งวด"), _board_of(scope, kept, occurrence)), (occurrence.label, "")),
        "earlier": _reopened(scope, kept, occurrence),
        "other_papers": [(kind, TITLES[kind]) for kind in other_papers(kept.register)],
        **more,
    }
    return render(request, "registers/period.html", context, status=status)


def _board_of(scope: Scope, kept: Kept, occurrence: Occurrence) -> str:
    address = reverse("registers:board", args=[scope.agency.code, kept.id])
    return f"{address}?year={occurrence.duty.fiscal_year_be}"


def _by_head(head: Sequence[str] = (), rows: Sequence[Sequence[str]] = ()) -> dict[str, Any]:
    """Give a table with the head beside each cell, as phones show it."""
    return {"head": head, "rows": [list(zip(head, row, strict=False)) for row in rows]}


def _frozen_by_head(close: PeriodClose) -> dict[str, Any]:
    return _by_head(close.table.get("head", ()), close.table.get("rows", ()))


def _reopened(scope: Scope, kept: Kept, occurrence: Occurrence) -> list[PeriodClose]:
    found = PeriodClose.objects.filter(agency=scope.agency, register=kept.register.id, occurrence=occurrence)
    return list(found.exclude(reopened_at=None).select_related("closed_by"))


def _settle(
    request: HttpRequest, scope: Scope, kept: Kept, occurrence: Occurrence, done: str, action: Callable[[], object]
) -> HttpResponse:
    try:
        action()
    except ValidationError as fault:
        return _page(request, scope, kept, occurrence, 422, faults=fault.messages, note=request.POST.get("note", ""))
    except ProngsaiError as fault:
        status = 409 if isinstance(fault, Stale) else 422
        return _page(request, scope, kept, occurrence, status, faults=[fault.one_line])
    messages.success(request, done)
    return redirect("registers:period", scope.agency.code, kept.register.id, occurrence.pk)


@allowed(Power.SEE_WORK)
@require_POST
def period_none(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Sign that a register had nothing in a period."""
    kept, occurrence = _own_period(scope, register, pk)
    note = request.POST.get("note", "")
    return _settle(
        request, scope, kept, occurrence, _("ลงชื่อยืนยันว่าไม่มีแล้ว"),
        lambda: services.state_nothing(scope, kept=kept, occurrence=occurrence, note=note),
    )  # fmt: skip


@allowed(Power.SEE_WORK)
@require_POST
def period_close(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Close a period: freeze its table as evidence."""
    kept, occurrence = _own_period(scope, register, pk)
    note = request.POST.get("note", "")
    return _settle(
        request, scope, kept, occurrence, _("ปิดงวดแล้ว ตารางของงวดเก็บเป็นหลักฐานแล้ว"),
        lambda: services.close_period(scope, kept=kept, occurrence=occurrence, note=note),
    )  # fmt: skip


@allowed(Power.SEE_WORK)
@require_POST
def period_reopen(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Take a close back, with the reason."""
    kept, occurrence = _own_period(scope, register, pk)
    close = get_object_or_404(
        PeriodClose, agency=scope.agency, register=kept.register.id, occurrence=occurrence, reopened_at=None
    )
    note, version = request.POST.get("note", ""), posted_number(request.POST.get("version"))
    return _settle(
        request, scope, kept, occurrence, _("เปิดงวดอีกครั้งแล้ว หลักฐานเดิมถูกทำเครื่องหมายว่ายกเลิก"),
        lambda: services.reopen_period(scope, close=close, note=note, version=version),
    )  # fmt: skip


@allowed(Power.SEE_WORK)
@require_safe
def period_paper(request: HttpRequest, scope: Scope, register: str, pk: int, form: str) -> HttpResponseBase:
    """Give the paper of a period in Word or PDF: of a closed one as it was signed, else as it is now.

    ``?kind=`` names another paper that the entries make: the assessment of risks beside their report.
    """
    kept, occurrence = _period(scope, register, pk)
    kind = request.GET.get("kind", "")
    if form not in MEDIA or (kind and kind not in other_papers(kept.register)):
        raise Http404
    close = queries.closes_of(scope, kept.register, occurrence.duty.fiscal_year_be).get(occurrence.pk)
    signed = _signed(close, form) if close and not kind else None
    if signed is not None:
        return attached(request, scope, signed, signed.name)
    preview = queries.preview_of(scope, kept, occurrence)
    try:
        with override("th"):
            frozen = frozen_of(scope, kept, preview)
            document = period_services.paper_of(scope, kept, occurrence, frozen, kind)
            printed = period_services.printed_as(kept, frozen, kind)
            made = write_paper(scope.agency, kind=printed, document=document, form=form)
    except FileUnusable as refused:
        messages.error(request, refused.one_line)
        return redirect("registers:period", scope.agency.code, register, pk)
    name = f"{TITLES[kind] if kind else kept.name_th} {occurrence.label}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    if made.notice_th:
        messages.warning(request, made.notice_th)
    return HttpResponse(made.content, content_type=MEDIA[form], headers=headers)


def _signed(close: PeriodClose, form: str) -> File | None:
    files = (one.file for one in close.evidence.all())
    return next((one for one in files if one is not None and one.name.endswith(f".{form}")), None)


@allowed(Power.SEE_WORK)
@require_safe
def year(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show every register's periods of a year side by side, and what may be carried on."""
    asked = year_of(request, scope)
    kept = [one for one in all_kept(scope, asked) if one.is_open and may_see_all(scope, one.register)]
    context = {
        "year": asked,
        "years": _years(scope, asked),
        "trail": [(_("ทะเบียน"), reverse("registers:registers", args=[scope.agency.code])), (_("งวดของทุกทะเบียน"), "")],
        "boards": queries.boards_of(scope, [one for one in kept if one.register.due], asked),
        "carries": queries.carries_of(scope, [one for one in kept if one.register.carries], asked),
    }
    return render(request, "registers/year.html", context)


@allowed(Power.RUN_CYCLE)
@require_POST
def year_open(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Open the periods of a year for every register."""
    asked = year_of(request, scope)
    made = len(services.open_year(scope, fiscal_year_be=asked))
    text = ngettext("เปิดงวดของ {n} ทะเบียน", "เปิดงวดของ {n} ทะเบียน", made)
    messages.success(request, text.format(n=to_thai(str(made))) if made else _("งวดของปีนี้เปิดครบแล้ว"))
    return redirect(f"{request.path.removesuffix('open/')}?year={asked}")


@allowed(Power.SEE_WORK)
@require_POST
def carry(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Go on with last year's entries that are not finished."""
    asked = year_of(request, scope)
    kept = _kept(scope, register, asked)
    if not may_keep(scope, kept.register) or not kept.register.carries:
        raise Http404
    try:
        made = len(services.carry_forward(scope, kept=kept, to_year_be=asked))
    except ProngsaiError as refused:
        messages.error(request, refused.one_line)
    else:
        messages.success(request, _("ยกมา {n} รายการ").format(n=to_thai(str(made))))
    return redirect("registers:board", scope.agency.code, register)
