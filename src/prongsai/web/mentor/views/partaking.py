"""Pages of an agency: which offices look where it lies, what they would see, joining and leaving, messages."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.web.agencies.access import allowed, member
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.mentor.forms.partaking import AnswerForm, JoinForm
from prongsai.web.mentor.models import Office, Participation, Receipt
from prongsai.web.mentor.queries import messages as inbox
from prongsai.web.mentor.queries import offices as queries
from prongsai.web.mentor.queries.seen import would_be_seen
from prongsai.web.mentor.services import joining, refreshing
from prongsai.web.mentor.services import messages as services
from prongsai.web.ui.forms import posted_number, refuse

PAGE_SIZE = 20


def concerned(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in who approves and who runs the year; 404 for everybody else of the agency."""

    @wraps(view)
    def inner(request: HttpRequest, scope: Scope, **kwargs: object) -> HttpResponseBase:
        if not (scope.can(Power.APPROVE) or scope.can(Power.RUN_CYCLE)):
            raise Http404
        return view(request, scope, **kwargs)

    return member(inner)


@concerned
@require_safe
def mentor(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the offices that look where the agency lies, and what they wrote."""
    page = Paginator(inbox.inbox_of(scope), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "choices": queries.choices_of(scope),
        "past": list(queries.past_parts_of(scope)),
        "counted_at": queries.counted_at(scope),
        "page": page,
        "may_decide": scope.can(Power.APPROVE),
        "trail": _trail(scope)[:1],
    }
    return render(request, "mentor/mentor.html", context)


@concerned
@require_safe
def preview(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what an office would see of the agency, counted now."""
    context = {"all_seen": would_be_seen(scope), "agency": scope.agency, "trail": _trail(scope, _("สิ่งที่พี่เลี้ยงจะเห็น"))}
    return render(request, "mentor/preview.html", context)


@concerned
@require_POST
def refresh(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Count anew what offices see."""
    refreshing.refresh(agency=scope.agency)
    messages.success(request, _("คำนวณตัวเลขที่หน่วยงานพี่เลี้ยงเห็นใหม่แล้ว"))
    return redirect("mentor:mentor", scope.agency.code)


@allowed(Power.APPROVE)
@require_POST
def join(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take part. pk: of the office."""
    office, form = get_object_or_404(Office, pk=pk), JoinForm(request.POST)
    if not office.covers(scope.agency):
        raise Http404
    shows = form.is_valid() and form.cleaned_data["shows_examples"]
    try:
        joining.join(scope, office=office, shows_examples=shows)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, _("เข้าร่วมกับ {office} แล้ว").format(office=office))
    return redirect("mentor:mentor", scope.agency.code)


@allowed(Power.APPROVE)
@require_POST
def leave(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take part no more. pk: of the participation."""
    part = _part(scope, pk)
    words = _("ออกจาก {office} แล้ว หน่วยงานนั้นไม่เห็นตัวเลขของท่านอีก").format(office=part.office)
    return _decided(request, scope, words, lambda: joining.leave(scope, participation=part, version=_version(request)))


@allowed(Power.APPROVE)
@require_POST
def examples(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Let good public pages be shown, or stop it. pk: of the participation."""
    part, shown = _part(scope, pk), request.POST.get("shown") == "yes"
    words = _("ให้ใช้หน้าเว็บเป็นตัวอย่างแล้ว") if shown else _("ไม่ให้ใช้หน้าเว็บเป็นตัวอย่างแล้ว")
    version = _version(request)
    return _decided(
        request,
        scope,
        words,
        lambda: joining.show_examples(scope, participation=part, shown=shown, version=version),
    )


def _decided(request: HttpRequest, scope: Scope, words: str, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
    except Stale as stale:
        messages.error(request, stale.one_line)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, words)
    return redirect("mentor:mentor", scope.agency.code)


def _part(scope: Scope, pk: int) -> Participation:
    return get_object_or_404(queries.parts_of(scope), pk=pk)


def _version(request: HttpRequest) -> int | None:
    return posted_number(request.POST.get("version"))


# --- messages -------------------------------------------------------------------------------------------------------
@concerned
@require_safe
def message(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a message and its answer."""
    return _message_page(request, scope, _receipt(scope, pk), AnswerForm())


@concerned
@require_POST
def acknowledge(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say that a message was read."""
    services.acknowledge(scope, receipt=_receipt(scope, pk))
    messages.success(request, _("บันทึกว่ารับทราบแล้ว"))
    return redirect("mentor:message", scope.agency.code, pk)


@concerned
@require_POST
def answer(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Answer a message, once."""
    receipt, form = _receipt(scope, pk), AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer(scope, receipt=receipt, text=form.cleaned_data["text"])
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("ส่งคำตอบแล้ว"))
            return redirect("mentor:message", scope.agency.code, pk)
    return _message_page(request, scope, receipt, form)


def _message_page(request: HttpRequest, scope: Scope, receipt: Receipt, form: AnswerForm) -> HttpResponse:
    context = {
        "receipt": receipt,
        "message": receipt.message,
        "form": form if inbox.may_answer(scope, receipt) or form.is_bound else None,
        "trail": _trail(scope, receipt.message.subject),
    }
    return render(request, "mentor/message.html", context, status=422 if form.is_bound else 200)


def _receipt(scope: Scope, pk: int) -> Receipt:
    return get_object_or_404(inbox.inbox_of(scope), pk=pk)


def _trail(scope: Scope, *here: str) -> list[tuple[str, str]]:
    address = reverse("mentor:mentor", args=[scope.agency.code]) if here else ""
    return [(_("หน่วยงานพี่เลี้ยง"), address), *((words, "") for words in here)]
