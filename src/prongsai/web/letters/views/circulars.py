"""Pages of circulars: what waits for me, what the office sent, one circular, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed, member
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.forms import AttachForm
from prongsai.web.evidence.services import attachment_from
from prongsai.web.letters.forms.circulars import CircularForm, ListForm, ReasonForm
from prongsai.web.letters.models import Circular, Letter, Receipt
from prongsai.web.letters.queries import circulars as queries
from prongsai.web.letters.queries.readers import by_unit, readers_of
from prongsai.web.letters.services import circulars as services
from prongsai.web.letters.services.reminders import Reminded
from prongsai.web.letters.views.kept import attached
from prongsai.web.ui.forms import posted_number, refuse
from prongsai.web.ui.templatetags.ui import thai_digits

PAGE_SIZE = 20
DONE_SHOWN = 10
MISSING_SHOWN = 30


# --- lists ----------------------------------------------------------------------------------------------------------
@member
@require_safe
def circulars(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what waits for me, what I have acknowledged, and what the office sent."""
    context: dict[str, Any] = {"waiting": queries.mine(scope), "done": queries.mine_done(scope)[:DONE_SHOWN]}
    if scope.can(Power.SEE_WORK):
        context |= _of_office(request, scope)
    return render(request, "letters/circulars.html", context | {"may_keep": scope.can(Power.KEEP_LETTERS)})


def _of_office(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    form = ListForm(request.GET)
    form.is_valid()
    asked = {name: str(form.cleaned_data.get(name) or "") for name in ("q", "only")}
    found = queries.listed(scope, asked["q"], asked["only"])
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = queries.counts_of(list(page.object_list), scope.today)
    rest = request.GET.copy()
    rest.pop("page", None)
    return {
        "form": form,
        "page": page,
        "rows": [(one, counts[one.pk]) for one in page.object_list],
        "query": f"&{rest.urlencode()}" if rest else "",
        "is_narrowed": any(asked.values()),
    }


# --- one ------------------------------------------------------------------------------------------------------------
@member
@require_safe
def circular(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a circular: to its reader with one button, to who keeps it with the figures."""
    found = seen(scope, pk)
    context = {
        "circular": found,
        "enclosed": queries.enclosed(found),
        "receipt": Receipt.objects.filter(circular=found, person=scope.person).select_related("sheet").first(),
        "is_mine": queries.may_acknowledge(scope, found),
        "trail": trail_of(scope, found),
        "may_keep": scope.can(Power.KEEP_LETTERS),
    }
    if scope.can(Power.KEEP_LETTERS):
        context |= _figures(scope, found)
    return render(request, "letters/circular.html", context)


def _figures(scope: Scope, found: Circular) -> dict[str, Any]:
    readers = readers_of(found, scope.today)
    missing = readers.missing
    return {
        "readers": readers,
        "units": by_unit(readers.everybody),
        "missing": missing[:MISSING_SHOWN],
        "mailable": sum(bool(one.email) for one in missing),
        "sheets": queries.sheets_of(found),
        "may_remind": found.sent_on and not found.closed_on and found.reminded_on != scope.today,
    }


@member
@require_POST
def acknowledge(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Acknowledge it; a second time changes nothing."""
    found = seen(scope, pk)
    try:
        services.acknowledge(scope, circular=found)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, _("บันทึกการรับทราบแล้ว"))
    return redirect(found)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def file_open(request: HttpRequest, scope: Scope, pk: int, file: int) -> HttpResponseBase:
    """Give a file of a circular. The button asks by POST, which writes down that it was opened; GET writes nothing."""
    found = seen(scope, pk)
    held = next((one for one in queries.enclosed(found) if one.file and one.file.pk == file), None)
    if held is None or held.file is None:
        raise Http404
    if request.method == "POST":
        services.open_circular(scope, circular=found)
        return redirect("letters:circular_file", scope.agency.code, pk, file)
    return attached(request, scope, held.file)


# --- making ---------------------------------------------------------------------------------------------------------
@allowed(Power.KEEP_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def circular_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Make a draft, of a signed letter with ``?letter=`` or free."""
    letter = _letter(request, scope)
    form = CircularForm(scope, posted(request)[0], letter=letter)
    attach = AttachForm(scope, *posted(request), needed=False, prefix="attach")
    if request.method == "POST" and form.is_valid() and attach.is_valid():
        try:
            made = services.add_circular(scope, letter=letter, **_given(scope, form, attach))
        except (ValidationError, ProngsaiError) as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("เก็บร่างแล้ว ตรวจผู้รับแล้วกด “ส่งเวียน”"))
            return redirect(made)
    return _form_page(request, scope, form, attach, letter=letter)


def _letter(request: HttpRequest, scope: Scope) -> Letter | None:
    asked = request.GET.get("letter")
    if asked is None:
        return None
    return get_object_or_404(queries.signed_letters(scope), pk=posted_number(asked) or 0)


@allowed(Power.KEEP_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def circular_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change a draft, or whom one that is sent goes to."""
    found = open_one(scope, pk)
    form = CircularForm(scope, posted(request)[0], circular=found)
    attach = None
    if not found.sent_on:
        attach = AttachForm(scope, *posted(request), needed=False, prefix="attach")
    if request.method == "POST" and form.is_valid() and (attach is None or attach.is_valid()):
        try:
            given = _given(scope, form, attach)
            services.change_circular(scope, circular=found, version=form.cleaned_data["version"], **given)
        except Stale as stale:
            current: Any = stale.current
            form.data = request.POST.copy()
            form.data["version"] = str(current.version)
            return _form_page(request, scope, form, attach, status=409, circular=current, stale=stale)
        except (ValidationError, ProngsaiError) as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect(found)
    return _form_page(request, scope, form, attach, circular=found)


def _given(scope: Scope, form: CircularForm, attach: AttachForm | None) -> dict[str, Any]:
    given = form.values
    if attach is not None:
        made = attachment_from(scope, given=attach.cleaned_data, unit=given.get("unit"))
        given["evidence"] = [*given.get("evidence", ()), *([made] if made else ())]
    return given


def _form_page(
    request: HttpRequest, scope: Scope, form: CircularForm, attach: AttachForm | None, status: int = 0, **more: Any
) -> HttpResponse:
    usual = 422 if request.method == "POST" else 200
    last = _("แก้ไขหนังสือเวียน") if more.get("circular") else _("หนังสือเวียนใหม่")
    context = {"form": form, "attach": attach, "trail": [*trail_of(scope), (last, "")], **more}
    return render(request, "letters/circular_form.html", context, status=status or usual)


# --- sending, reminding, closing ------------------------------------------------------------------------------------
@allowed(Power.KEEP_LETTERS)
@require_POST
def circular_send(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Send a draft round."""
    found = seen(scope, pk)
    return _done(request, found, services.send_circular, _("ส่งเวียนแล้ว กด “เตือนทางอีเมล” เพื่อแจ้งผู้รับ"), scope)


@allowed(Power.KEEP_LETTERS)
@require_POST
def circular_drop(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = seen(scope, pk)
    answer = _done(request, found, services.drop_circular, _("ทิ้งร่างแล้ว"), scope)
    gone = not queries.circulars_of(scope).filter(pk=pk).exists()
    return redirect("letters:circulars", scope.agency.code) if gone else answer


@allowed(Power.KEEP_LETTERS)
@require_POST
def circular_remind(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Remind those who are missing."""
    found = seen(scope, pk)
    try:
        told = services.remind(scope, circular=found, home=request.build_absolute_uri("/"))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, _reminded(told))
    return redirect(found)


def _reminded(told: Reminded) -> str:
    words = _("เตือนทางอีเมล {mailed} คน จะออกไปภายในไม่กี่นาที ไม่มีอีเมล {no_address} คน ไม่มีบัญชี {no_account} คน (ใช้บัญชีกระดาษ)")
    said = {name: getattr(told, name) for name in ("mailed", "no_address", "no_account")}
    return thai_digits(words.format(**said))


@allowed(Power.KEEP_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def circular_close(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask, then close it; a closed one is opened again with a reason."""
    found = seen(scope, pk)
    if found.sent_on is None:
        raise Http404
    if request.method == "POST" and not found.closed_on:
        return _done(request, found, services.close_circular, _("ปิดแล้ว ตัวเลขคงไว้ตามวันนี้"), scope)
    form = ReasonForm(posted(request)[0], initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        return _done(
            request, found, services.reopen_circular, _("เปิดเวียนต่อแล้ว"), scope, reason=form.cleaned_data["reason"]
        )
    context = {
        "circular": found,
        "counts": queries.counts(found, scope.today),
        "form": form,
        "trail": [*trail_of(scope, found), (_("เปิดเวียนต่อ") if found.closed_on else _("ปิด"), "")],
    }
    return render(request, "letters/circular_close.html", context, status=422 if form.is_bound else 200)


def _done(request: HttpRequest, found: Circular, act: Any, words: str, scope: Scope, **more: Any) -> HttpResponse:
    try:
        act(scope, circular=found, version=posted_number(request.POST.get("version")) or 0, **more)
    except Stale as stale:
        messages.error(request, stale.one_line)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, words)
    return redirect(found)


# --- shared with receipts -------------------------------------------------------------------------------------------
def seen(scope: Scope, pk: int) -> Circular:
    """Give a circular that somebody may see, or 404."""
    letters = ("letter__pdf", "letter__scan", "letter__number")
    return get_object_or_404(queries.circulars_of(scope).select_related(*letters), pk=pk)


def open_one(scope: Scope, pk: int) -> Circular:
    """Give a circular that is not closed, or 404."""
    found = seen(scope, pk)
    if found.closed_on:
        raise Http404
    return found


def trail_of(scope: Scope, found: Circular | None = None) -> list[tuple[str, str]]:
    """Give the way to the list, or to a circular."""
    way = [(_("หนังสือเวียน"), reverse("letters:circulars", args=(scope.agency.code,)))]
    return [*way, (found.title[:60], found.get_absolute_url())] if found else way


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Give what a form was sent with, values and files; nothing when the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
