"""Pages of entries: one entry, its form, its moves, its progress."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prongsai.registers.model import FieldType, Flow
from prongsai.registers.values import from_json
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.rhythm import Period
from prongsai.web.registers import services
from prongsai.web.registers.forms.entry import EntryForm, FieldsForm, MoveForm, ProgressForm
from prongsai.web.registers.forms.imports import YEARS_BACK
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries import entries as queries
from prongsai.web.registers.queries import papers, rights
from prongsai.web.registers.queries.detail import Line
from prongsai.web.registers.queries.library import Kept, kept_with, label_of
from prongsai.web.registers.queries.showing import printed, state_label
from prongsai.web.registers.queries.spans import progress_spans
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services.proposed import proposal_of
from prongsai.web.registers.views.found import (
    PAGE_METHODS,
    PAPERS,
    address_of,
    changeable,
    entry_seen,
    number_of,
    saved,
    say_done,
    seen,
    trail_of,
)
from prongsai.web.ui.forms import posted_number
from prongsai.web.ui.templatetags.ui import thai_digits

_NAMED = frozenset({FieldType.ENTRY, FieldType.UNIT, FieldType.YES_NO})  # what an address may fill in beforehand


# --- making and changing ---------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@PAGE_METHODS
def entry_add(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Make an entry. The address may name what it points at, ``?asset=12``, a proposal, and the year without a date."""
    kept = seen(scope, register)
    year = _undated_year(request, scope, kept)
    if not rights.may_enter(scope, kept.register):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = EntryForm(scope, kept, data, request.FILES or None, initial=_initial(scope, kept, request.GET))
    if data is not None and not form.is_more and form.is_valid():
        made = saved(form, lambda files: services.add_entry(
            scope, register=register, values=form.values, asked_by=_asker(scope, kept), files=files,
            year_be=year,
        ))  # fmt: skip
        if made is not None:
            say_done(request, form, _("บันทึกเลขที่ {number} แล้ว").format(number=thai_digits(made.number)))
            again = reverse("registers:entry_add", args=[scope.agency.code, register]) + (
                f"?year={year}" if year else ""
            )
            return redirect(again) if "and_more" in request.POST else _shown(request, scope, made)
    return _form_page(request, scope, kept, form, year=year)


def _undated_year(request: HttpRequest, scope: Scope, kept: Kept) -> int:
    """Give the fiscal year (BE) that an entry without a date of its own is made for; 0 where the date says it."""
    if kept.register.dated_by or kept.register.standing:
        return 0
    this = fiscal_year_be(scope.today)
    asked = posted_number(request.GET.get("year"))
    return asked if asked and this - YEARS_BACK <= asked <= this + 1 else this


def _initial(scope: Scope, kept: Kept, asked: QueryDict) -> dict[str, Any]:
    """Give what a form begins with: what a proposal says, and what the address names."""
    proposal = proposal_of(scope, kept, fiscal_year_be(scope.today), asked.get("proposal", ""))
    return {**(proposal.values if proposal else {}), **_named(kept, asked)}


def _named(kept: Kept, asked: QueryDict) -> dict[str, Any]:
    fields = kept.register.fields_at()
    return {one.key: asked[one.key] for one in fields if one.key in asked and one.type in _NAMED}


def _asker(scope: Scope, kept: Kept) -> Person | None:
    return scope.person if kept.register.flow is Flow.REQUEST else None


def _form_page(
    request: HttpRequest, scope: Scope, kept: Kept, form: EntryForm, status: int = 0, **more: Any
) -> HttpResponse:
    entry = form.entry
    steps = [(f"{entry.title}", address_of(scope, entry)), (_("แก้ไข"), "")] if entry else [(_("เพิ่มรายการ"), "")]
    usual = 422 if form.is_bound and not form.is_more else 200
    context = {"kept": kept, "form": form, "entry": entry, "trail": trail_of(scope, kept, *steps), **more}
    return render(request, "registers/entry_form.html", context, status=status or usual)


@allowed(Power.SEE_WORK)
@PAGE_METHODS
def entry_edit(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Change an entry; when somebody else was first, both versions stand side by side and nothing typed is lost."""
    kept, entry = changeable(scope, register, pk)
    if entry.close_id is not None:
        messages.error(request, _("รายการนี้อยู่ในงวดที่ปิดแล้ว แก้ไม่ได้ เปิดงวดอีกครั้งก่อน พร้อมเหตุผล"))
        return redirect(address_of(scope, entry))
    data = request.POST if request.method == "POST" else None
    form = EntryForm(scope, kept, data, request.FILES or None, entry=entry)
    if data is not None and not form.is_more and form.is_valid():
        try:
            made = saved(form, lambda files: services.change_entry(
                scope, entry=entry, values=form.given, version=form.seen_version, files=files
            ))  # fmt: skip
        except Stale as stale:
            return _stale(request, scope, kept, form, stale)
        if made is not None:
            say_done(request, form, _("บันทึกแล้ว"))
            return _shown(request, scope, made)
    return _form_page(request, scope, kept, form)


def _stale(request: HttpRequest, scope: Scope, kept: Kept, form: EntryForm, stale: Stale) -> HttpResponse:
    current: Any = stale.current
    beside = form.beside(from_json(kept.register.fields, current.values))
    form.renew(current.version)
    return _form_page(request, scope, kept, form, 409, stale=stale, beside=beside)


# --- one entry -------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def entry(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Show an entry with everything that belongs to it."""
    kept, found = entry_seen(scope, register, pk)
    return _page(request, scope, kept, found)


def _page(
    request: HttpRequest, scope: Scope, kept: Kept, found: Entry, status: int = 200, form: FieldsForm | None = None
) -> HttpResponse:
    page = queries.entry_page(scope, kept, found)
    open_move = form.move.key if isinstance(form, MoveForm) else ""
    offers = [
        (one, form if open_move == one.move.key else MoveForm(scope, kept, found, one.move) if one.is_open else None)
        for one in page.offers
    ]
    context = {
        "kept": kept,
        "entry": found,
        "page": page,
        "grids": {one.field.key: _grid(kept, one) for one in page.lines if one.field.columns and not one.is_hidden},
        "offers": offers,
        "number": number_of(found),
        "is_final": bool((state := kept.register.state_of(found.state)) and state.is_final),
        "moves": {one.key: label_of(one) for one in kept.register.moves},
        "states": {one.key: label_of(one) for one in kept.register.states},
        "open_move": open_move,
        "trail": trail_of(scope, kept, (found.title, "")),
        "may_keep": rights.may_keep(scope, kept.register),
        "papers": PAPERS,
        "kinds": papers.offered(scope, kept, found),
        "picture": hooks_of(kept.id).picture(scope, kept.register, found),
    }
    return render(request, "registers/entry.html", context, status=status)


def _grid(kept: Kept, line: Line) -> list[list[tuple[str, str]]]:
    """Give the rows of a grid as label and text of every cell that holds something."""
    rows: Any = line.value or ()
    columns = line.field.columns
    cells = [[(label_of(one), printed(kept.register, one, row.get(one.key))) for one in columns] for row in rows]
    return [[(label, text) for label, text in row if text] for row in cells]


@allowed(Power.SEE_WORK)
@PAGE_METHODS
def entry_move(request: HttpRequest, scope: Scope, register: str, pk: int, move: str) -> HttpResponse:
    """Move an entry on; its page holds the form, and shows what the move lacks."""
    kept, found = entry_seen(scope, register, pk)
    wanted = kept.register.move_of(move)
    if wanted is None:
        raise Http404
    if request.method != "POST":
        return redirect(f"{address_of(scope, found)}#move-{wanted.key}")
    form = MoveForm(scope, kept, found, wanted, request.POST, request.FILES or None)
    if form.is_more or not form.is_valid():
        return _page(request, scope, kept, found, 200 if form.is_more else 422, form)
    try:
        made = saved(form, lambda files: services.move_entry(
            scope, entry=found, move=move, values=form.given, note=form.note, version=form.seen_version,
            told=form.told, files=files,
        ))  # fmt: skip
    except Stale as stale:
        return _moved_already(request, scope, register, pk, form, stale)
    if made is None:
        return _page(request, scope, kept, found, 422, form)
    state = state_label(kept.register, made.state)
    done = label_of(wanted).removesuffix("แล้ว")  # of steps that are called as done, said once
    say_done(request, form, _("{move}แล้ว สถานะคือ {state}").format(move=done, state=state))
    return _shown(request, scope, made)


def _shown(request: HttpRequest, scope: Scope, made: Entry) -> HttpResponse:
    """Go on to an entry; to the list where it has left the sight of who wrote it."""
    if rights.may_see_entry(scope, kept_with(scope, made).register, made):
        return redirect(address_of(scope, made))
    messages.info(request, _("รายการนี้เห็นได้เฉพาะผู้มีหน้าที่ จึงไม่แสดงแก่ท่านอีก"))
    return redirect("registers:register", scope.agency.code, made.register)


def _moved_already(
    request: HttpRequest, scope: Scope, register: str, pk: int, form: MoveForm, stale: Stale
) -> HttpResponse:
    """Show the entry as it is now; what was typed stays where the move is still open."""
    messages.error(request, stale.one_line)
    kept, now = entry_seen(scope, register, pk)
    form.renew(now.version)
    return _page(request, scope, kept, now, 409, form)


# --- progress --------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@PAGE_METHODS
def entry_progress(request: HttpRequest, scope: Scope, register: str, pk: int, period: str) -> HttpResponse:
    """Report on an entry of a plan in a period, named by its first day."""
    kept, found = entry_seen(scope, register, pk)
    span = _span(kept, found, period)
    if not rights.may_report(scope, kept.register, found):
        raise Http404
    report = found.progress.filter(starts_on=span.starts_on).first()
    data = request.POST if request.method == "POST" else None
    form = ProgressForm(scope, kept, found, data, request.FILES or None, progress=report)
    context: dict[str, Any] = {"kept": kept, "entry": found, "span": span, "report": report, "form": form}
    context["trail"] = trail_of(scope, kept, (found.title, address_of(scope, found)), (thai_digits(span.label), ""))
    if data is not None and not form.is_more and form.is_valid():
        try:
            made = saved(form, lambda files: services.report_progress(
                scope, entry=found, starts_on=span.starts_on, values=form.given, version=form.seen_version, files=files
            ))  # fmt: skip
        except Stale as stale:
            current: Any = stale.current
            context |= {"stale": stale, "beside": form.beside(from_json(form.asked, current.values))}
            form.renew(current.version if current.pk else 0)
            return render(request, "registers/progress_form.html", context, status=409)
        if made is not None:
            say_done(request, form, _("บันทึกความก้าวหน้าแล้ว"))
            return redirect(f"{address_of(scope, found)}#progress")
    status = 422 if form.is_bound and not form.is_more else 200
    return render(request, "registers/progress_form.html", context, status=status)


def _span(kept: Kept, found: Entry, period: str) -> Period:
    spans = progress_spans(kept.register, found.fiscal_year_be)
    span = next((one for one in spans if one.starts_on.isoformat() == period), None)
    if span is None:
        raise Http404
    return span
