"""Handovers: the list, one with everything in it, both signatures, the printed list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.services import keep_file, read_file
from prongsai.web.handover.forms import EditForm, LeaveForm, ScanForm, SignForm, StartForm
from prongsai.web.handover.models import Handover, HandoverState
from prongsai.web.handover.queries.gathering import chosen, live_rows, rows_of, since_frozen
from prongsai.web.handover.queries.handovers import Rights, handovers_of, rights_of
from prongsai.web.handover.queries.leave import acting
from prongsai.web.handover.queries.printing import render_list
from prongsai.web.handover.queries.rows import Row, counts, grouped
from prongsai.web.handover.services import signing, writing
from prongsai.web.letters.services.confirming import asks_code, confirm
from prongsai.web.ui.forms import posted_number, refuse

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 50
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


# --- the list -------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_PEOPLE)
@require_safe
def handovers(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the handovers that who asks may see, and who acts for whom."""
    return _list(request, scope)


def _list(request: HttpRequest, scope: Scope, leave: LeaveForm | None = None) -> HttpResponse:
    page = Paginator(handovers_of(scope), PAGE_SIZE).get_page(request.GET.get("page"))
    may_appoint = scope.can(Power.KEEP_PEOPLE)
    context = {
        "page": page,
        "acting": list(acting(scope)),
        "leave": (leave or LeaveForm(scope, initial={"valid_from": scope.today})) if may_appoint else None,
        "trail": _trail(scope),
    }
    return render(request, "handover/handovers.html", context, status=422 if leave else 200)


@allowed(Power.KEEP_PEOPLE)
@require_safe
def leave(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Go on to the form of appointments with who acts, from when to when."""
    form = LeaveForm(scope, request.GET)
    if not form.is_valid():
        return _list(request, scope, form)
    given = form.cleaned_data
    told = {"person": given["person"].pk} | {name: form.data[name] for name in ("capacity", "valid_from", "valid_to")}
    return redirect(
        f"{reverse('agencies:appointment_add', args=[scope.agency.code, given['post'].pk])}?{urlencode(told)}"
    )


# --- writing --------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_PEOPLE)
@READ_WRITE
def handover_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Begin a handover: one's own, of somebody in one's units, or of anybody by who keeps the staff register."""
    if scope.person is None:
        raise Http404
    form = StartForm(scope, request.POST or None, initial={"giver": request.GET.get("giver") or scope.person.pk})
    if request.method == "POST" and form.is_valid():
        try:
            made = writing.start_handover(scope, **form.cleaned_data)
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            return redirect("handover:handover", scope.agency.code, made.pk)
    context = {"form": form, "trail": _trail(scope, (_("เริ่มส่งมอบงาน"), ""))}
    return render(request, "handover/handover_form.html", context, status=422 if form.is_bound else 200)


@allowed(Power.SEE_PEOPLE)
@READ_WRITE
def handover_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change what is said of a handover, and write what the list does not know."""
    found = _writable(scope, pk)
    form = EditForm(scope, found, request.POST or None)
    status = 422 if form.is_bound else 200
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            writing.change_handover(scope, handover=found, version=form.cleaned_data["version"], **form.values)
        except Stale as refusal:
            status, stale = 409, refusal
            form.renew(_found(scope, pk).version)
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("handover:handover", scope.agency.code, pk)
    context = {
        "form": form,
        "handover": found,
        "stale": stale,
        "trail": _trail(scope, (str(found), found.get_absolute_url()), (_("แก้ไข"), "")),
    }
    return render(request, "handover/handover_form.html", context, status=status)


@allowed(Power.SEE_PEOPLE)
@require_POST
def handover_rows(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say which things are part of it: of those that were shown, the ticked ones."""
    found = _writable(scope, pk)
    shown, ticked = request.POST.getlist("shown"), set(request.POST.getlist("key"))
    left_out = {*found.left_out, *shown} - ticked
    return _act(request, scope, found, writing.leave_out, _("บันทึกแล้ว"), keys=left_out)


@allowed(Power.SEE_PEOPLE)
@require_POST
def handover_close(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Close the list so that it can be printed and signed in ink."""
    said = _("ปิดรายการแล้ว พิมพ์ให้ทั้งสองฝ่ายลงนาม แล้วแนบสแกน")
    return _act(request, scope, _writable(scope, pk), writing.freeze, said)


@allowed(Power.SEE_PEOPLE)
@require_POST
def handover_drop(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take away what nobody has signed."""
    found = _writable(scope, pk)
    try:
        writing.drop_handover(scope, handover=found, version=posted_number(request.POST.get("version")))
    except (Stale, ValidationError) as refusal:
        return _refused(request, scope, pk, refusal)
    messages.success(request, _("ลบรายการส่งมอบแล้ว"))
    return redirect("handover:handovers", scope.agency.code)


def _act(request: HttpRequest, scope: Scope, found: Handover, act: Any, said: str, **more: Any) -> HttpResponse:
    try:
        act(scope, handover=found, version=posted_number(request.POST.get("version")), **more)
    except (ProngsaiError, ValidationError) as refusal:
        return _refused(request, scope, found.pk, refusal)
    messages.success(request, said)
    return redirect("handover:handover", scope.agency.code, found.pk)


# --- one ------------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_PEOPLE)
@require_safe
def handover(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a handover: everything that is handed over, what becomes of it, and who has signed."""
    return _shown(request, scope, _found(scope, pk))


def _shown(request: HttpRequest, scope: Scope, found: Handover, status: int = 200, **more: Any) -> HttpResponse:
    live = () if found.frozen_at else live_rows(found, scope.today)
    rows = rows_of(found, scope.today) if found.frozen_at else chosen(found, live)
    rights = rights_of(scope, found)
    told = counts(rows)
    context = {
        "handover": found,
        "rows": rows,
        "groups": grouped(rows),
        "left_out": [one for one in live if one.key in found.left_out],
        "counts": [(fate, n) for fate, n in told.items()],
        "since": since_frozen(found, scope.today) if found.state != HandoverState.TAKEN else (),
        "rights": rights,
        "sign": _sign_form(scope, found, rights, rows),
        "scan": _scan_form(found) if rights.scan else None,
        "is_early": scope.today < found.effective_on,
        "trail": _trail(scope, (str(found), "")),
        **more,
    }
    return render(request, "handover/handover.html", context, status=status)


def _sign_form(
    scope: Scope, found: Handover, rights: Rights, rows: tuple[Row, ...], data: Any = None
) -> SignForm | None:
    if not (rights.give or rights.take):
        return None
    initial = {"seen": writing.hash_of(found, rows), "version": found.version}
    return SignForm(data, instead=rights.instead, asks_code=asks_code(scope.user), initial=initial)


def _scan_form(found: Handover, *data: Any) -> ScanForm:
    initial = {"version": found.version, "given_on": found.given_on}
    return ScanForm(*data, initial=initial)


# --- signing --------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_PEOPLE)
@never_cache
@sensitive_post_parameters("password", "otp")
@require_POST
def handover_sign(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Sign for handing over, or for taking over; the password or the code is asked once more."""
    found = _found(scope, pk)
    form = _sign_form(scope, found, rights_of(scope, found), (), request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _shown(request, scope, found, 422, sign=form)
    given = form.cleaned_data
    asked = {"handover": found, "version": given["version"], "seen": given["seen"]}
    try:
        method = confirm(scope, password=given.get("password", ""), otp=given.get("otp", ""))
        if found.state == HandoverState.DRAFT:
            signing.give(scope, **asked, method=method, reason=given.get("reason", ""))
        else:
            signing.take(scope, **asked, method=method)
    except Stale:
        said = _("รายการเปลี่ยนไปหลังจากที่ท่านเปิดดู ยังไม่ได้ลงนาม ตรวจรายการปัจจุบันแล้วลงนามอีกครั้ง")
        return _shown(request, scope, _found(scope, pk), 409, faults=[said])
    except (ProngsaiError, ValidationError) as refusal:
        refuse(form, refusal)
        return _shown(request, scope, _found(scope, pk), 422, sign=form)
    messages.success(request, _("ลงนามแล้ว"))
    return redirect("handover:handover", scope.agency.code, pk)


@allowed(Power.SEE_PEOPLE)
@require_POST
def handover_scan(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Enter the list as both signed it in ink."""
    found = _found(scope, pk)
    if not rights_of(scope, found).scan:
        raise Http404
    form = _scan_form(found, request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, scope, found, 422, scan=form)
    given = form.cleaned_data
    try:
        file = keep_file(scope, name=given["scan"].name, content=given["scan"].file, is_guarded=True)
        signing.enter_scan(scope, handover=found, **given | {"scan": file})
    except Stale as stale:
        return _shown(request, scope, _found(scope, pk), 409, faults=[stale.one_line])
    except (ProngsaiError, ValidationError) as refusal:
        refuse(form, refusal)
        return _shown(request, scope, _found(scope, pk), 422, scan=form)
    messages.success(request, _("บันทึกบัญชีที่ลงนามแล้ว"))
    return redirect("handover:handover", scope.agency.code, pk)


@allowed(Power.SEE_PEOPLE)
@require_POST
def handover_recall(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take the first signature back."""
    found = _found(scope, pk)
    if not rights_of(scope, found).recall:
        raise Http404
    return _act(request, scope, found, signing.recall, _("ถอนการลงนามแล้ว แก้รายการได้"))


# --- paper ----------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_PEOPLE)
@require_safe
def handover_paper(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponse:
    """Give the list: as it was signed once it is, else as it is now; ``scan`` as it was signed in ink."""
    found = _found(scope, pk)
    kept = {"docx": found.docx, "pdf": found.pdf, "scan": found.scan}.get(form)
    if form not in FORMS and kept is None:
        raise Http404
    try:
        if kept is not None:
            return _file(kept.name, kept.media_type, read_file(kept))
        name, content = render_list(found, form, scope.today)
    except FileUnusable as refusal:
        return render(request, "evidence/lost.html", {"refusal": refusal}, status=410)
    return _file(name, FORMS[form], content)


def _file(name: str, media_type: str, content: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


# --- parts ----------------------------------------------------------------------------------------------------------
def _found(scope: Scope, pk: int) -> Handover:
    related = ("docx__agency", "pdf__agency", "scan__agency")
    return get_object_or_404(handovers_of(scope).select_related(*related), pk=pk)


def _writable(scope: Scope, pk: int) -> Handover:
    found = _found(scope, pk)
    if not rights_of(scope, found).write:
        raise Http404
    return found


def _refused(request: HttpRequest, scope: Scope, pk: int, refusal: ProngsaiError | ValidationError) -> HttpResponse:
    said = list(refusal.messages) if isinstance(refusal, ValidationError) else [refusal.one_line]
    return _shown(request, scope, _found(scope, pk), 409 if isinstance(refusal, Stale) else 422, faults=said)


def _trail(scope: Scope, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    first = (_("ส่งมอบงาน"), reverse("handover:handovers", args=[scope.agency.code]) if steps else "")
    return [first, *steps]
