"""The list of letters, one of them, and the forms in which they are written."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.reports.papers.options import Closing
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.forms.kinds import form_of
from prongsai.web.letters.forms.letters import HEADS, FilterForm, HeadForm
from prongsai.web.letters.forms.papers import AttachmentForm, NewDeliveryForm, ReadersForm, ReasonForm
from prongsai.web.letters.kinds import LETTER_PAPERS, Shape
from prongsai.web.letters.models import Incoming, Letter
from prongsai.web.letters.queries import letters as queries
from prongsai.web.letters.queries import listing
from prongsai.web.letters.queries.chain import active_of
from prongsai.web.letters.queries.incoming import incoming_of
from prongsai.web.letters.queries.letter_page import letter_page
from prongsai.web.letters.services import from_records
from prongsai.web.letters.services import writing as services
from prongsai.web.letters.views.seen import READ_WRITE, letter_seen, letter_written, said, trail_of, version_of
from prongsai.web.plans.models import Dispatch, Report
from prongsai.web.plans.queries.dispatches import dispatches_of
from prongsai.web.plans.queries.reports import reports_of
from prongsai.web.ui.forms import posted_number, refuse

PAGE_SIZE = 50


# --- the list -------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def letters(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List letters: those that wait for who asks, own drafts, on their way, signed, all."""
    form = FilterForm(scope, request.GET)
    form.is_valid()
    tabs = listing.tabs(scope)
    tab = _tab(request, tabs)
    page = Paginator(listing.listed(scope, tab, form.cleaned_data), PAGE_SIZE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "tabs": tabs,
        "tab": tab,
        "form": form,
        "page": page,
        "papers": LETTER_PAPERS,
        "query": f"&{asked.urlencode()}" if asked else "",
        "may_write": scope.can(Power.DO_WORK),
    }
    return render(request, "letters/letters.html", context)


def _tab(request: HttpRequest, tabs: tuple[listing.TabShown, ...]) -> listing.Tab:
    """Give the tab that is asked for; without one what waits for somebody, else all."""
    asked = request.GET.get("tab", "")
    if asked in set(listing.Tab):
        return listing.Tab(asked)
    return listing.Tab.WAITING if tabs[0].count else listing.Tab.ALL


# --- a new one ------------------------------------------------------------------------------------------------------
@allowed(Power.DO_WORK)
@require_safe
def letter_choose(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Choose the kind of a new letter."""
    typed = [one for one in LETTER_PAPERS.values() if one.shape is not Shape.RECORDS]
    kept = [one for one in LETTER_PAPERS.values() if one.shape is Shape.RECORDS]
    context = {"typed": typed, "kept": kept, "trail": trail_of(scope, _("เลือกชนิดหนังสือ"))}
    return render(request, "letters/letter_choose.html", context)


@allowed(Power.DO_WORK)
@READ_WRITE
def letter_add(request: HttpRequest, scope: Scope, paper: str) -> HttpResponse:
    """Write a new letter.

    ``?template=heads`` begins with the four heads of a staff paper, ``?answers=3`` answers that incoming letter,
    ``?replaces=3`` appoints a committee in the place of that one.
    """
    kind = LETTER_PAPERS.get(paper)
    if kind is None or kind.shape is Shape.RECORDS:
        raise Http404
    answered = _answered(request, scope)
    initial: dict[str, Any] = {"body": list(HEADS)} if request.GET.get("template") == "heads" else {}
    if answered is not None:
        initial |= {"to": [answered.sender], "subject": answered.subject, "secrecy": answered.secrecy}
    initial |= _replaced(request, scope, paper)
    form = form_of(paper)(scope, request.POST or None, initial=initial)
    if request.method == "POST" and _is_saved(request, form):
        try:
            made = services.start_letter(
                scope,
                paper=paper,
                subject=form.cleaned_data["subject"],
                content=form.content,
                answers=answered,
                **form.values,
            )
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("บันทึกร่างแล้ว"))
            return redirect(made)
    return _form_page(request, scope, form, paper)


def _answered(request: HttpRequest, scope: Scope) -> Incoming | None:
    """Give the incoming letter that a new one answers; 404 for one that is not there for who asks."""
    pk = request.GET.get("answers")
    return get_object_or_404(incoming_of(scope), pk=posted_number(pk) or 0) if pk else None


def _replaced(request: HttpRequest, scope: Scope, paper: str) -> dict[str, Any]:
    """Give what an order takes from the committee in whose place it appoints one."""
    pk = posted_number(request.GET.get("replaces")) if paper == "committee-order" else None
    found = Committee.objects.filter(agency=scope.agency, replaced_by=None, pk=pk).first() if pk else None
    return {"replaces": found.pk, "body": found.name, "subject": f"แต่งตั้ง{found.name}"} if found else {}


@allowed(Power.DO_WORK)
@require_POST
def letter_from_report(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Begin the letter of a report, or go to the one that there is."""
    report = get_object_or_404(reports_of(scope), pk=pk)
    return _begun(request, scope, report=report)


@allowed(Power.RUN_CYCLE)
@require_POST
def letter_from_dispatch(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Begin the letter of an assignment memo, or go to the one that there is."""
    dispatch = get_object_or_404(dispatches_of(scope), pk=pk)
    return _begun(request, scope, dispatch=dispatch)


def _begun(
    request: HttpRequest, scope: Scope, *, report: Report | None = None, dispatch: Dispatch | None = None
) -> HttpResponse:
    link = {"report": report} if report else {"dispatch": dispatch}
    for there in from_records.letters_of_link(**link):
        return redirect(there)
    try:
        made = (
            from_records.letter_of_report(scope, report=report)
            if report
            else from_records.letter_of_dispatch(scope, dispatch=dispatch)  # type: ignore[arg-type]
        )
    except (ProngsaiError, ValidationError) as refusal:
        messages.error(request, said(refusal))
        return redirect("letters:letters", scope.agency.code)
    messages.success(request, _("ทำหนังสือนำแล้ว ตรวจหัวหนังสือและผู้รับ แล้วกำหนดลำดับการเสนอ"))
    return redirect(made)


# --- one of them ----------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def letter(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a letter: what it is, what is next, its texts, files, deliveries and its way."""
    return letter_shown(request, scope, letter_seen(scope, pk))


def letter_shown(request: HttpRequest, scope: Scope, found: Letter, status: int = 200, **more: Any) -> HttpResponse:
    """Give the page of a letter. more: forms that hold what was typed."""
    context = {
        "letter": found,
        "view": letter_page(scope, found),
        "attachment_form": AttachmentForm(scope, initial={"version": found.version}),
        "delivery_form": NewDeliveryForm(),
        "trail": trail_of(scope, letter=found),
        **more,
    }
    return render(request, "letters/letter.html", context, status=status)


@allowed(Power.DO_WORK)
@READ_WRITE
def letter_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Write another text of a letter; what was signed is void, and must be said so first."""
    found = letter_written(scope, pk)
    form = _edit_form(scope, found, request.POST or None)
    if request.method != "POST" or not _is_saved(request, form):
        return _form_page(request, scope, form, found.paper, found)
    try:
        services.write_text(scope, letter=found, subject=form.cleaned_data["subject"], **_edited(form))
    except Stale as stale:
        return _overtaken(request, scope, form, stale)
    except (ProngsaiError, ValidationError) as refusal:
        refuse(form, refusal)
        return _form_page(request, scope, form, found.paper, found)
    messages.success(request, _("บันทึกแล้ว"))
    return redirect(found)


def _edit_form(scope: Scope, found: Letter, data: Any) -> HeadForm:
    text, is_signed = queries.newest_text(found), active_of(found).exists()
    return form_of(found.paper)(scope, data, letter=found, text=text, is_signed=is_signed)


def _edited(form: HeadForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"content": form.content, "version": given["version"] or 0, "note": given.get("note", ""), **form.values}


def _overtaken(request: HttpRequest, scope: Scope, form: HeadForm, stale: Stale) -> HttpResponse:
    """Show the form again with what was typed, and beside it what somebody else has written."""
    current: Letter = queries.letters_of(scope).get(pk=stale.current.pk)
    now = _edit_form(scope, current, None)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(current.version)  # type: ignore[index]
    beside = [
        (field.label, now.fields[name].prepare_value(now.initial.get(name)), form.data.get(name, ""))
        for name, field in form.fields.items()
        if name not in ("version", "note", "confirm_void") and _differs(form, now, name)
    ]
    return _form_page(request, scope, form, current.paper, current, status=409, stale=stale, beside=beside)


def _differs(form: HeadForm, now: HeadForm, name: str) -> bool:
    field = now.fields[name]
    shown = str(field.prepare_value(now.initial.get(name)) or "")
    return shown.split() != str(form.data.get(name, "")).split()


def _is_saved(request: HttpRequest, form: HeadForm) -> bool:
    """Whether the form is to be saved: not when only more rows were asked for."""
    return "more" not in request.POST and form.is_valid()


def _form_page(
    request: HttpRequest,
    scope: Scope,
    form: HeadForm,
    paper: str,
    found: Letter | None = None,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    kind = LETTER_PAPERS[paper]
    is_more = "more" in request.POST
    usual = 422 if request.method == "POST" and not is_more else 200
    context = {
        "form": form,
        "kind": kind,
        "letter": found,
        "signed": list(active_of(found)) if found else [],
        "closings": [one.value for one in Closing],
        "has_heads": paper == "memo" and found is None,
        "trail": trail_of(scope, _("แก้ไข") if found else str(kind.title), letter=found),
        **more,
    }
    return render(request, "letters/letter_form.html", context, status=status or usual)


# --- dropping, replacing, who may know ------------------------------------------------------------------------------
@allowed(Power.DO_WORK)
@READ_WRITE
def letter_drop(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask why, then drop a draft."""
    found = letter_written(scope, pk)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.drop_letter(scope, letter=found, **{**form.cleaned_data, "version": version_of(request)})
        except Stale as stale:
            messages.error(request, stale.one_line)
            return redirect(found)
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("ยกเลิกร่างแล้ว ข้อความทุกฉบับยังเปิดดูได้"))
            return redirect(found)
    context = {"letter": found, "form": form, "trail": trail_of(scope, _("ยกเลิกร่าง"), letter=found)}
    return render(request, "letters/letter_drop.html", context, status=422 if request.method == "POST" else 200)


@allowed(Power.DO_WORK)
@require_POST
def letter_replace(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Begin the letter that takes the place of a signed one."""
    found = letter_seen(scope, pk)
    if not (queries.is_drafter(scope, found) or (not found.secrecy and scope.can_change(found.unit_id))):
        raise Http404
    try:
        made = services.replace_letter(scope, letter=found)
    except (ProngsaiError, ValidationError) as refusal:
        messages.error(request, said(refusal))
        return redirect(found)
    messages.success(request, _("ร่างฉบับใหม่แล้ว ฉบับเดิมใช้อยู่จนกว่าฉบับใหม่จะลงนาม"))
    return redirect("letters:letter_edit", scope.agency.code, made.pk)


@allowed(Power.DO_WORK)
@READ_WRITE
def letter_readers(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say who else may know of a secret letter."""
    found = letter_seen(scope, pk)
    if not queries.may_open_to(scope, found):
        raise Http404
    form, status = ReadersForm(scope, found, request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                people = form.cleaned_data["people"]
                services.set_readers(scope, letter=found, version=version_of(request), people=people)
            except Stale as stale:
                form.data = {**request.POST.dict(), "version": stale.current.version}  # type: ignore[attr-defined]
                form.add_error(None, stale.one_line)
                status = 409
            except ValidationError as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("บันทึกแล้ว"))
                return redirect(found)
    context = {"letter": found, "form": form, "trail": trail_of(scope, _("ผู้มีสิทธิรู้"), letter=found)}
    return render(request, "letters/letter_readers.html", context, status=status)


@allowed(Power.DO_WORK)
@require_POST
def letter_references(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say that orders which nobody knows here are cited rightly."""
    found = letter_written(scope, pk)
    keys = [key for key in request.POST.getlist("order") if len(key) < 20]
    try:
        services.confirm_orders(scope, letter=found, version=version_of(request), keys=keys)
    except Stale as stale:
        messages.error(request, stale.one_line)
    except ValidationError as refusal:
        messages.error(request, said(refusal))
    else:
        messages.success(request, _("บันทึกการยืนยันแล้ว ผู้ลงนามจะเห็นว่ายืนยันไว้"))
    return redirect(found)
