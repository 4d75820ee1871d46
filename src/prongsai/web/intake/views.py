"""Pages on which papers are brought in and their rows decided."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.intake import queries, services
from prongsai.web.intake.forms import SUFFIXES, CycleForm, RowForm, UploadForm, form_of
from prongsai.web.intake.models import Intake, IntakeRow, RowState
from prongsai.web.ui.forms import posted_number
from prongsai.web.ui.templatetags.ui import thai_digits

PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])
UNREADABLE = 422
TAKEN = 409


@allowed(Power.SEE_WORK)
@require_safe
def intake_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what was brought in, the newest first."""
    page = Paginator(queries.intakes_of(scope), queries.PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "intake/list.html", {"page": page})


# --- uploading ------------------------------------------------------------------------------------------------------


@allowed(Power.RUN_CYCLE)
@PAGE_METHODS
def upload(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Take in one file or several; each that cannot be read says why, the others are taken."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        taken = [one for file in form.cleaned_data["files"] if (one := _take(request, scope, form, file))]
        if form.is_valid():
            return redirect(_after_upload(scope, taken))
    status = UNREADABLE if form.is_bound and form.errors else 200
    return render(request, "intake/upload.html", _upload_context(scope, form), status=status)


def _upload_context(scope: Scope, form: UploadForm) -> dict[str, Any]:
    trail = [(_("นำเข้าเอกสาร"), reverse("intake:list", args=[scope.agency.code])), (_("เพิ่มเอกสาร"), "")]
    return {"form": form, "suffixes": " ".join(SUFFIXES), "most_mb": settings.MAX_UPLOAD_MB, "trail": trail}


def _take(request: HttpRequest, scope: Scope, form: UploadForm, file: Any) -> Intake | None:
    content = file.read()
    known = services.same_file(scope, content)
    try:
        intake = services.take_in(scope, name=file.name, content=content)
    except ProngsaiError as refused:
        form.add_error("files", refused.one_line)
    except ValidationError as refused:
        form.add_error("files", refused)
    else:
        _tell(request, intake, file.name, is_known=known is not None)
        return intake
    return None


def _tell(request: HttpRequest, intake: Intake, name: str, *, is_known: bool) -> None:
    if is_known:
        text = _("ไฟล์ {name} เคยนำเข้าแล้ว จึงเปิดรายการเดิมให้ ไม่ได้สร้างซ้ำ")
        messages.warning(request, text.format(name=name))
    else:
        text = _("อ่าน {name} แล้ว พบ {count} แถว ยังไม่มีแถวใดเข้ารอบจนกว่าจะกดรับ")
        messages.success(request, text.format(name=name, count=intake.rows.count()))


def _after_upload(scope: Scope, taken: list[Intake]) -> str:
    if len({intake.pk for intake in taken}) == 1:
        return reverse("intake:intake", args=[scope.agency.code, taken[0].pk])
    return reverse("intake:list", args=[scope.agency.code])


# --- an intake ------------------------------------------------------------------------------------------------------


@allowed(Power.SEE_WORK)
@require_safe
def intake(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show what was read, row beside source."""
    return _intake_page(request, scope, _intake_of(scope, pk))


@allowed(Power.RUN_CYCLE)
@require_POST
def accept_clean(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Accept every row that has nothing against it."""
    found = _intake_of(scope, pk)
    try:
        done = services.accept_clean(scope, intake=found, version=_version(request))
    except Stale as stale:
        return _intake_page(request, scope, _intake_of(scope, pk), stale=stale)
    except (ProngsaiError, ValidationError) as refused:
        return _intake_page(request, scope, found, errors=_words(refused))
    messages.success(request, _("รับแล้ว {count} แถว").format(count=done.accepted))
    if done.left:
        text = _("เหลือ {count} แถวที่มีอยู่ในรอบแล้วหรือชื่อคล้ายกัน ต้องเลือกทีละแถว")
        messages.warning(request, text.format(count=done.left))
    return redirect("intake:intake", scope.agency.code, pk)


@allowed(Power.RUN_CYCLE)
@require_POST
def choose_cycle(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Choose the cycle that the rows go to, opening it if need be."""
    found = _intake_of(scope, pk)
    form = CycleForm(request.POST, scope=scope, proposal=queries.proposed_cycle(scope, found))
    if not form.is_valid():
        return _intake_page(request, scope, found, form=form)
    try:
        cycle = services.choose_cycle(scope, intake=found, version=form.cleaned_data["version"], **form.chosen)
    except Stale as stale:
        return _intake_page(request, scope, _intake_of(scope, pk), stale=stale)
    except (ProngsaiError, ValidationError) as refused:
        return _intake_page(request, scope, found, errors=_words(refused))
    messages.success(request, _("แถวที่รับจะเข้า {cycle}").format(cycle=cycle))
    return redirect("intake:intake", scope.agency.code, pk)


def _intake_of(scope: Scope, pk: int) -> Intake:
    found = Intake.objects.filter(agency=scope.agency).select_related("file", "cycle", "taken_by", "agency")
    return get_object_or_404(found, pk=pk)


def _intake_page(
    request: HttpRequest,
    scope: Scope,
    found: Intake,
    *,
    form: CycleForm | None = None,
    stale: Stale | None = None,
    errors: list[str] | None = None,
) -> HttpResponse:
    page = queries.intake_page(scope, found, show=request.GET.get("show", ""), number=request.GET.get("page", 1))
    proposal = queries.proposed_cycle(scope, found)
    chosen = found.cycle_id or (proposal.cycle.pk if proposal.cycle else None)
    start = {"version": found.version} | ({"target": f"cycle-{chosen}"} if chosen else {})
    form = form or CycleForm(initial=start, scope=scope, proposal=proposal)
    status = TAKEN if stale else UNREADABLE if errors or form.errors else 200
    context = {
        "seen": page,
        "page": page.page,
        "query": f"&show={page.show}",
        "form": form,
        "proposal": proposal,
        "cycle": found.cycle or proposal.cycle,
        "stale": stale,
        "errors": errors,
        "tabs": _tabs(page.counts),
        "trail": [(_("นำเข้าเอกสาร"), reverse("intake:list", args=[scope.agency.code])), (str(found), "")],
    }
    return render(request, "intake/intake.html", context, status=status)


def _tabs(counts: queries.Counts) -> list[tuple[str, str, int]]:
    return [
        ("waiting", _("รอตรวจ"), counts.waiting),
        ("problems", _("มีข้อสังเกต"), counts.problems),
        ("accepted", _("รับแล้ว"), counts.accepted),
        ("rejected", _("ไม่รับ"), counts.rejected),
        ("all", _("ทั้งหมด"), counts.all),
    ]


# --- a row ----------------------------------------------------------------------------------------------------------


@allowed(Power.SEE_WORK)
@require_safe
def row(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a row: printed on one side, the values that will be saved on the other."""
    return _row_page(request, scope, _row_of(scope, pk))


@allowed(Power.RUN_CYCLE)
@require_POST
def row_mend(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Save what was changed; with ``then=accept`` or a choice accept the row as well."""
    found = _row_of(scope, pk)
    cycle = _cycle_of(scope, found)
    form = form_of(found, request.POST, cycle=cycle)
    if not form.is_valid():
        return _row_page(request, scope, found, form=form)
    choice, accept = request.POST.get("choice", ""), request.POST.get("then") == "accept"
    try:
        found = services.mend_row(scope, row=found, version=form.cleaned_data["version"], values=form.changes)
        if not (choice or accept):
            messages.success(request, _("บันทึกที่แก้แล้ว แถวนี้ยังรอการรับ"))
            return redirect("intake:row", scope.agency.code, pk)
        return _accepted(request, scope, found, found.version if form.changes else form.cleaned_data["version"], choice)
    except Stale as stale:
        return _row_page(request, scope, _row_of(scope, pk), stale=stale, form=form)
    except (ProngsaiError, ValidationError) as refused:
        return _row_page(request, scope, _row_of(scope, pk), errors=_words(refused))


@allowed(Power.RUN_CYCLE)
@require_POST
def row_decide(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Accept, reject or put back a row."""
    found = _row_of(scope, pk)
    decision, version = request.POST.get("decision", ""), _version(request)
    try:
        if decision == "accept":
            return _accepted(request, scope, found, version, request.POST.get("choice", ""))
        if decision == "restore":
            services.restore_row(scope, row=found, version=version)
            messages.success(request, _("คืนแถวนี้เป็นรอตรวจแล้ว"))
            return redirect("intake:row", scope.agency.code, pk)
        if decision == "reject":
            services.reject_row(scope, row=found, version=version)
            messages.success(request, _("ไม่รับ “{title}” แล้ว คืนกลับได้จากแถบไม่รับ").format(title=found.title[:80]))
            return _onward(request, scope, found)
    except Stale as stale:
        return _row_page(request, scope, _row_of(scope, pk), stale=stale)
    except (ProngsaiError, ValidationError) as refused:
        return _row_page(request, scope, found, errors=_words(refused))
    return _row_page(request, scope, found, errors=[_("เลือกว่าจะรับหรือไม่รับ")])


def _accepted(
    request: HttpRequest, scope: Scope, found: IntakeRow, version: int | None, choice: str = ""
) -> HttpResponse:
    target = services.accept_row(scope, row=found, version=version, choice=choice)
    messages.success(request, _("รับแล้ว: {target}").format(target=str(target)[:120]))
    return _onward(request, scope, found)


def _onward(request: HttpRequest, scope: Scope, found: IntakeRow) -> HttpResponse:
    """Go back to the list where one came from it, else to the next row that waits."""
    code = scope.agency.code
    if request.POST.get("next") != "list":
        states = found.intake.rows.values_list("pk", "state")
        waiting = queries.next_waiting(states, found.pk)
        if waiting is not None:
            return redirect("intake:row", code, waiting)
    kept = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    address = reverse("intake:intake", args=[code, found.intake_id])
    return redirect(f"{address}?{urlencode(kept)}#rows" if kept else address)


def _row_of(scope: Scope, pk: int) -> IntakeRow:
    return get_object_or_404(queries.rows_of(scope), pk=pk)


def _cycle_of(scope: Scope, found: IntakeRow) -> Any:
    return found.intake.cycle or queries.proposed_cycle(scope, found.intake).cycle


def _row_page(
    request: HttpRequest,
    scope: Scope,
    found: IntakeRow,
    *,
    form: RowForm | None = None,
    stale: Stale | None = None,
    errors: list[str] | None = None,
) -> HttpResponse:
    cycle = _cycle_of(scope, found)
    if form is None or stale:
        typed = request.POST.copy() if stale and form else None
        if typed is not None:
            typed["version"] = str(found.version)  # what was typed can be saved over what is there now
        form = form_of(found, typed, cycle=cycle)
    status = TAKEN if stale else UNREADABLE if errors or form.errors else 200
    code, intake = scope.agency.code, found.intake
    trail = [
        (_("นำเข้าเอกสาร"), reverse("intake:list", args=[code])),
        (str(intake), reverse("intake:intake", args=[code, intake.pk])),
        (_("แถว {place}").format(place=thai_digits(found.place)), ""),
    ]
    context = {
        "seen": queries.row_page(scope, found, cycle),
        "form": form,
        "cycle": cycle,
        "stale": stale,
        "errors": errors,
        "can_decide": scope.can(Power.RUN_CYCLE) and found.state == RowState.WAITING,
        "trail": trail,
    }
    return render(request, "intake/row.html", context, status=status)


def _version(request: HttpRequest) -> int | None:
    return posted_number(request.POST.get("version"))


def _words(refused: Exception) -> list[str]:
    """Say a refusal in Thai: its sentences, with the mend where it has one."""
    if isinstance(refused, ValidationError):
        return list(refused.messages)
    assert isinstance(refused, ProngsaiError)
    return [refused.one_line]
