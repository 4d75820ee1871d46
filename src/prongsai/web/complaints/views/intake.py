"""Reports that came on paper or by word, and cases that move between general and sealed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.access import handling, holding
from prongsai.web.complaints.contents import Mode
from prongsai.web.complaints.forms.intake import HandlersForm, MoveInForm, MoveOutForm, PaperForm
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Way
from prongsai.web.complaints.queries import moved as queries
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.moved import Moved
from prongsai.web.complaints.services import moving, papers, receiving
from prongsai.web.complaints.services.papers import Taken
from prongsai.web.complaints.views.bringing import Brought, brought_by
from prongsai.web.complaints.views.cases import READ_WRITE, TYPED, opened_case, trail_of
from prongsai.web.complaints.views.following import held_context
from prongsai.web.complaints.views.receipts import receipt_page, token_of
from prongsai.web.ui.forms import refuse

_REFUSALS = (ProngsaiError, ValidationError)


# --- paper ------------------------------------------------------------------------------------------------------------
@csrf_exempt  # because files must be sealed before the body is read; the check is made of what ``_paper`` gets
@handling
@READ_WRITE
@TYPED
def paper_add(request: HttpRequest, scope: Scope, key: Key) -> HttpResponse:
    """Take a letter, a call or a visit down."""
    brought = brought_by(request, scope.agency) if request.method == "POST" else Brought((), ())
    return _paper(request, scope, key, brought)


@csrf_protect
def _paper(request: HttpRequest, scope: Scope, key: Key, brought: Brought) -> HttpResponse:
    if request.method != "POST":
        return _paper_page(request, scope, PaperForm(scope=scope))
    form = PaperForm(request.POST, scope=scope, held=brought.files)
    for refusal in brought.refusals:
        form.add_error("files", refusal)
    try:
        taken = _taken_down(scope, key, form, brought) if _may_go(scope, key, form) else None
    except receiving.SentBefore as refused:
        form.refuse(refused)
        return _paper_page(request, scope, form, 422, is_used=True)
    if taken is None:
        return _paper_page(request, scope, form, 422)
    return _receipt_page(request, scope, taken, form.identity is not None)


def _taken_down(scope: Scope, key: Key, form: PaperForm, brought: Brought) -> Taken | None:
    data = form.cleaned_data
    try:
        return papers.take_down(
            scope,
            key,
            told=form.told(files=brought.files, day=timezone.localdate().isoformat()),
            identity=form.identity,
            token=data["token"],
            came=form.came_by,
            came_on=data["came_on"],
            remark=data["remark"],
        )
    except receiving.SentBefore:
        raise
    except ProngsaiError as refused:
        form.refuse(refused)
        return None


def _may_go(scope: Scope, key: Key, form: HandlersForm) -> bool:
    """Whether a form may be sent: it is filled in, and who fills it in reads it afterwards or agrees not to."""
    if not form.is_valid():
        return False
    if papers.is_left_out(scope, key, form.accused) and not form.cleaned_data["understood"]:
        form.leave_out()
        return False
    return True


def _paper_page(
    request: HttpRequest, scope: Scope, form: PaperForm, status: int = 200, *, is_used: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "token": token_of(request, is_used=is_used),
        "trail": trail_of(scope, _("บันทึกเรื่องที่มาทางอื่น")),
        **held_context(form.held),
    }
    return render(request, "complaints/paper.html", context, status=status)


def _receipt_page(request: HttpRequest, scope: Scope, taken: Taken, is_known: bool) -> HttpResponse:
    trail = trail_of(scope, _("ใบรับ"))
    return receipt_page(request, scope, taken.receipt, trail=trail, is_for_other=True, is_known=is_known)


# --- from the general register ----------------------------------------------------------------------------------------
@handling
@require_safe
def moved(request: HttpRequest, scope: Scope, key: Key) -> HttpResponse:
    """List the general complaints that were re-classified as corruption and are not sealed yet."""
    rows = [(one, queries.numbered(one)) for one in queries.waiting(scope)]
    context = {"rows": rows, "trail": trail_of(scope, _("ย้ายมาจากเรื่องทั่วไป"))}
    return render(request, "complaints/moved.html", context)


@handling
@READ_WRITE
@TYPED
def move_in(request: HttpRequest, scope: Scope, key: Key, entry: int) -> HttpResponse:
    """Seal a re-classified complaint, and empty the general register of it."""
    waiting = queries.waiting(scope).filter(pk=entry).first()
    if waiting is None:
        return _sealed_before(request, scope)
    found = queries.read(scope, waiting)
    if request.method != "POST":
        return _move_in_page(request, scope, found, MoveInForm(scope=scope))
    form = MoveInForm(request.POST, scope=scope)
    try:
        taken = _moved_in(scope, key, found, form) if _may_go(scope, key, form) else None
    except Stale as stale:
        refuse(form, stale)
        return _move_in_page(request, scope, found, form, 409)
    if taken is None:
        return _move_in_page(request, scope, found, form, 422)
    return _receipt_page(request, scope, taken, found.identity is not None)


def _sealed_before(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the receipt to who sends the same form again, whose first answer was lost on the way; 404 for all else."""
    if request.method != "POST":
        raise Http404
    try:
        receipt = receiving.receipt_of(request.POST.get("token", ""))
    except receiving.NotTaken:
        raise Http404 from None
    seen = receiving.by_receipt(scope.agency, receipt)
    if seen is None or seen.report.way != Way.MOVED:
        raise Http404
    return _receipt_page(request, scope, Taken(seen.report, receipt), seen.told.mode is not Mode.ANONYMOUS)


def _moved_in(scope: Scope, key: Key, found: Moved, form: MoveInForm) -> Taken | None:
    data = form.cleaned_data
    try:
        return moving.move_in(
            scope,
            key,
            found,
            category=data["category"],
            accused=form.accused,
            when=data["when"],
            how=data["how"],
            token=data["token"],
        )
    except receiving.NotTaken as refused:
        form.refuse(refused)
        return None


def _move_in_page(
    request: HttpRequest, scope: Scope, found: Moved, form: MoveInForm, status: int = 200
) -> HttpResponse:
    way = trail_of(scope, _("เรื่องทั่วไปเลขที่ {number}").format(number=found.first.number))
    way.insert(1, (_("ย้ายมาจากเรื่องทั่วไป"), reverse("complaints_moved", args=[scope.agency.code])))
    context = {"moved": found, "form": form, "token": token_of(request), "trail": way}
    return render(request, "complaints/move_in.html", context, status=status)


# --- to the general register ------------------------------------------------------------------------------------------
@holding
@READ_WRITE
@TYPED
def move_out(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Pass a case that is none of corruption on, with what a handler writes by hand and nothing else."""
    case = opened_case(scope, key, number)
    if not moving.may_move_out(case):
        messages.error(request, _("เรื่องในขั้นนี้ย้ายเป็นเรื่องทั่วไปไม่ได้แล้ว"))
        return redirect("complaint", scope.agency.code, number)
    data = request.POST if request.method == "POST" else None
    form = MoveOutForm(data, scope=scope, has_identity=case.has_identity, version=case.report.version)
    if data is not None and form.is_valid():
        try:
            _moved_out(scope, key, case, form)
            return redirect("complaint", scope.agency.code, number)
        except Stale as stale:
            refuse(form, stale)
            return _move_out_page(request, scope, case, form, 409)
        except _REFUSALS as refused:
            refuse(form, refused)
    return _move_out_page(request, scope, case, form, 422 if form.is_bound else 200)


def _moved_out(scope: Scope, key: Key, case: Case, form: MoveOutForm) -> None:
    data = form.cleaned_data
    given: dict[str, Any] = {"reason": data["reason"], "told": data["told"], "version": data["version"]}
    moving.move_out(scope, key, case, handed=form.handed, ticked=form.ticked, **given)


def _move_out_page(request: HttpRequest, scope: Scope, case: Case, form: MoveOutForm, status: int) -> HttpResponse:
    number = case.report.number
    context = {"case": case, "form": form, "trail": trail_of(scope, _("ย้ายเป็นเรื่องทั่วไป"), number=number)}
    return render(request, "complaints/move_out.html", context, status=status)
