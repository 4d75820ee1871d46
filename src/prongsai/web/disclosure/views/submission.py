"""The submission sheet of a cycle, and the submission of an item."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.registers.sheets import csv_text, workbook
from prongsai.registers.tables import Table
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleState, ItemState
from prongsai.web.cycles.queries import cycle_of
from prongsai.web.disclosure.forms.late import renewed
from prongsai.web.disclosure.forms.submission import SubmissionForm
from prongsai.web.disclosure.models import Reach, Submission, SubmissionState
from prongsai.web.disclosure.queries import submissions as queries
from prongsai.web.disclosure.services import submitting as services
from prongsai.web.disclosure.views.found import refuse

EXPORTS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@allowed(Power.SEE_WORK)
@require_safe
def sheet(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show the sheet: every item with its address and what is not ready; ``?print=1`` for the executive's desk."""
    found = cycle_of(scope, cycle)
    lines = queries.lines_of(found)
    shared = queries.shared_warnings(lines)
    context = {
        "cycle": found,
        "lines": lines,
        "rows": [(line, [one for one in line.warnings if one not in shared]) for line in lines],
        "shared": shared,
        "no_address": queries.NO_ADDRESS,
        "pasted": sum(line.state == SubmissionState.PASTED for line in lines),
        "approved": sum(line.state == SubmissionState.APPROVED for line in lines),
        "prepared": sum(line.state == SubmissionState.PREPARED for line in lines),
        "waiting": queries.waiting_for(lines),
        "trail": _trail(scope, found),
    }
    name = "disclosure/submission_print.html" if request.GET.get("print") else "disclosure/submission.html"
    return render(request, name, context)


@allowed(Power.SEE_WORK)
@require_safe
@override("th")  # the file goes to the office, whatever language is read
def export(request: HttpRequest, scope: Scope, cycle: str, form: str) -> HttpResponse:
    """Give the sheet as a workbook or CSV."""
    if form not in EXPORTS:
        raise Http404
    found = cycle_of(scope, cycle)
    table, title = _table(queries.lines_of(found)), _("ใบยื่นข้อมูล {cycle}").format(cycle=found)
    content = workbook([table], title=title) if form == "xlsx" else csv_text(table)
    disposition = content_disposition_header(True, f"{title}.{form}") or "attachment"
    return HttpResponse(content, content_type=EXPORTS[form], headers={"Content-Disposition": disposition})


def _table(lines: tuple[queries.Line, ...]) -> Table:
    columns = {
        "code": _("ข้อ"),
        "title": _("ชื่อข้อ"),
        "unit": _("ส่วนราชการ"),
        "address": _("ลิงก์ที่ยื่น"),
        "way": _("ทางจากหน้าแรก"),
        "pages": _("หน้าในเอกสาร"),
        "explanation": _("คำอธิบายที่ยื่น"),
        "state": _("สถานะ"),
        "warnings": _("ที่ยังไม่พร้อม"),
    }
    rows = tuple(
        (
            *(line.item.code, line.item.title, str(line.item.unit or ""), line.address, line.way, line.pages_text),
            *(line.explanation, line.state_label, "; ".join(line.warnings)),
        )
        for line in lines
    )
    return Table(tuple(columns.values()), rows, tuple(columns), (False,) * len(columns))


@allowed(Power.SEE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, scope: Scope, cycle: str, key: str) -> HttpResponse:
    """Show the submission of an item, each field in a box to copy; write it."""
    found, state = _found(scope, cycle, key)
    known = queries.known_of(scope.agency, [state])
    submission, draft = known.submissions.get(state.pk), queries.draft_of(found, state, known)
    if request.method != "POST":
        return _page(request, scope, found, state, SubmissionForm(submission, draft), 200)
    if not scope.can(Power.PUBLISH):
        raise Http404
    form, status = SubmissionForm(submission, draft, request.POST), 422
    if form.is_valid():
        try:
            services.prepare(scope, item=state, page=known.pages.get(state.pk), **form.cleaned_data)
            messages.success(request, _("บันทึกแล้ว รอผู้บริหารเห็นชอบ"))
            return redirect("disclosure:submission_item", scope.agency.code, cycle, key)
        except Stale as stale:
            renewed(form, stale.current)
            form.add_error(None, stale.one_line)
            status = 409
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
    return _page(request, scope, found, state, form, status)


def _found(scope: Scope, cycle: str, key: str) -> tuple[Cycle, ItemState]:
    """Give an item of the agency's cycle. Raises Http404."""
    found = cycle_of(scope, cycle)
    state = queries.item_of(found, key)
    if state is None:
        raise Http404
    return found, state


def _page(
    request: HttpRequest, scope: Scope, cycle: Cycle, item: ItemState, form: SubmissionForm, status: int
) -> HttpResponse:
    known = queries.known_of(scope.agency, [item])
    line = queries.line_of(cycle, item, known)
    submission = line.submission
    may_write = scope.can(Power.PUBLISH) and cycle.state == CycleState.OPEN
    context = {
        "cycle": cycle,
        "item": item,
        "line": line,
        "submission": submission,
        "steps": submission.steps if submission else queries.draft_of(cycle, item, known).steps,
        "last": known.last.get(item.pk, ()),
        "form": form if may_write else None,
        "may_approve": _may_approve(scope, cycle, submission),
        "may_paste": may_write and submission is not None and submission.state == SubmissionState.APPROVED,
        "history": queries.pasted_before(submission) if submission else [],
        "trail": _trail(scope, cycle, item.code),
    }
    return render(request, "disclosure/submission_item.html", context, status=status)


def _may_approve(scope: Scope, cycle: Cycle, submission: Submission | None) -> bool:
    if submission is None or cycle.state != CycleState.OPEN or not scope.can(Power.APPROVE):
        return False
    is_own = scope.person is not None and submission.prepared_by_id == scope.person.pk
    return submission.state == SubmissionState.PREPARED and not is_own


@allowed(Power.APPROVE)
@require_POST
def approve(request: HttpRequest, scope: Scope, cycle: str, key: str) -> HttpResponse:
    """Approve what is to be submitted."""
    submission, version = _sent(request, scope, cycle, key)
    try:
        services.approve(scope, submission=submission, version=version)
        messages.success(request, _("เห็นชอบแล้ว นำข้อความไปกรอกในระบบได้"))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except ProngsaiError as refusal:
        messages.error(request, refusal.one_line)
    return redirect("disclosure:submission_item", scope.agency.code, cycle, key)


@allowed(Power.PUBLISH)
@require_POST
def pasted(request: HttpRequest, scope: Scope, cycle: str, key: str) -> HttpResponse:
    """Say that the text was pasted into the national system; then look at the address from outside."""
    submission, version = _sent(request, scope, cycle, key)
    try:
        services.paste(scope, submission=submission, version=version)
        messages.success(request, _("บันทึกแล้วว่ากรอกในระบบ ที่อยู่และข้อความถูกล็อกไว้เป็นหลักฐาน"))
        _look(request, submission)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except ProngsaiError as refusal:
        messages.error(request, refusal.one_line)
    return redirect("disclosure:submission_item", scope.agency.code, cycle, key)


def _look(request: HttpRequest, submission: Submission) -> None:
    seen = services.look(submission)
    if seen and seen.state == Reach.FAULT:
        messages.warning(request, _("แต่ตรวจจากภายนอกแล้วเปิดที่อยู่นี้ไม่ได้ ดูผลตรวจในหน้าที่อยู่ที่ตรวจ"))


def _sent(request: HttpRequest, scope: Scope, cycle: str, key: str) -> tuple[Submission, int | None]:
    """Give the submission of an item and the version that was seen. Raises Http404."""
    found = queries.submissions_of(scope).filter(item__cycle__framework_id=cycle, item__key=key).first()
    if found is None:
        raise Http404
    seen = request.POST.get("version", "")
    return found, int(seen) if seen.isdecimal() and len(seen) < 10 else None


def _trail(scope: Scope, cycle: Cycle, *last: str) -> list[tuple[str, str]]:
    code = scope.agency.code
    trail = [
        (_("เว็บสาธารณะ"), reverse("disclosure:overview", args=[code])),
        (
            _("ใบยื่นข้อมูล {cycle}").format(cycle=to_thai(str(cycle))),
            reverse("disclosure:submission", args=[code, cycle.framework_id]),
        ),
        *((words, "") for words in last),
    ]
    return [*trail[:-1], (trail[-1][0], "")]
