"""Pages of letters that came in."""

from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file, why_unreadable
from prongsai.web.letters.forms.incoming import ActForm, IncomingFilter, IncomingForm, RegisterForm
from prongsai.web.letters.models import Incoming
from prongsai.web.letters.queries import incoming as queries
from prongsai.web.letters.queries.books import incoming_book
from prongsai.web.letters.queries.letters import letters_of
from prongsai.web.letters.queries.numbers import year_of
from prongsai.web.letters.services import incoming as services
from prongsai.web.letters.views.numbers import EXPORTS, PAGE, PAGE_METHODS, as_book
from prongsai.web.ui.forms import refuse
from prongsai.web.ui.templatetags.ui import thai_digits


def _trail(scope: Scope, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    trail = [(_("หนังสือรับ"), reverse("letters:incoming_list", args=[scope.agency.code])), *steps]
    return [*trail[:-1], (trail[-1][0], "")]


def _named(found: Incoming) -> str:
    return thai_digits(_("เลขรับ {number}").format(number=found.number.text))


# --- the register ----------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def incoming_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what came in, the newest first; of a secret letter only number and dates."""
    form = _filter(request, scope)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.listed(scope, wanted), PAGE).get_page(request.GET.get("page"))
    rest = request.GET.copy()
    rest.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [queries.row_of(one, scope.today) for one in page],
        "query": f"&{rest.urlencode()}",
        "present": rest.urlencode(),
        "late": queries.overdue(scope).count(),
        "waiting": queries.open_of_mine(scope).count() if scope.unit_ids else 0,
        "is_narrowed": any(value for name, value in wanted.items() if name != "year"),
        "may_keep": queries.may_keep(scope),
        "exports": EXPORTS,
        "trail": _trail(scope),
    }
    return render(request, "letters/incoming_list.html", context)


def _filter(request: HttpRequest, scope: Scope) -> IncomingFilter:
    asked = request.GET.copy()
    asked.setdefault("year", str(year_of(scope.today)))
    return IncomingFilter(scope, asked)


@allowed(Power.SEE_WORK)
@require_safe
@override("th")  # registers are of the office, whatever language is read
def export(request: HttpRequest, scope: Scope, form: str) -> HttpResponse:
    """Give the letters as they are narrowed, in the columns of the register."""
    if form not in EXPORTS:
        raise Http404
    asked = _filter(request, scope)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    found = incoming_book(queries.listed(scope, wanted), scope.today)
    year = wanted.get("year") or year_of(scope.today)
    return as_book(request, scope, found, form=form, title="ทะเบียนหนังสือรับ", year=year)


@allowed(Power.KEEP_LETTERS)
@PAGE_METHODS
def incoming_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Register a letter that came in; one of the same sender and number is told first."""
    form = RegisterForm(scope, request.POST or None, request.FILES or None)
    same: list[Incoming] = []
    if request.method == "POST" and form.is_valid():
        same = [] if form.cleaned_data["again"] else _same(scope, form)
        made = None if same else _registered(request, scope, form)
        if made is not None:
            messages.success(request, thai_digits(_("ลงรับแล้ว เลขทะเบียนรับ {number}").format(number=made.number)))
            return redirect(made)
    context = {"form": form, "same": same, "trail": _trail(scope, (_("ลงรับหนังสือ"), ""))}
    return _form_page(request, context)


def _form_page(request: HttpRequest, context: dict[str, Any], status: int | None = None) -> HttpResponse:
    usual = 422 if request.method == "POST" else 200
    return render(request, "letters/incoming_form.html", context, status=status or usual)


def _same(scope: Scope, form: RegisterForm) -> list[Incoming]:
    given = form.cleaned_data
    return queries.likely_same(scope, sender=given["sender"], number=given["letter_no"], dated=given["dated"])


def _registered(request: HttpRequest, scope: Scope, form: RegisterForm) -> Incoming | None:
    try:
        files = _kept(scope, form.cleaned_data.get("file"), is_secret=bool(form.cleaned_data["secrecy"]))
        return services.register_incoming(scope, files=files, **form.letter)
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return None


def _kept(scope: Scope, upload: UploadedFile | None, *, is_secret: bool) -> list[File]:
    """Keep an uploaded file, of a secret letter guarded and without its name. Raises as ``keep_file`` does."""
    if upload is None:
        return []
    name = upload.name or ""
    # The journal tells the names of files.
    shown = f"{_('หนังสือลับ')}{PurePath(name).suffix}" if is_secret else name
    return [keep_file(scope, name=shown, content=cast(BinaryIO, upload.file), is_guarded=is_secret)]


# --- one letter ------------------------------------------------------------------------------------------------------
def _seen(scope: Scope, pk: int) -> Incoming:
    return get_object_or_404(queries.incoming_of(scope), pk=pk)


@allowed(Power.SEE_WORK)
@require_safe
def incoming(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a letter that came in, what was done with it, and what answers it."""
    found = _seen(scope, pk)
    context = {
        "incoming": found,
        "papers": list(_papers(found)),
        "readers": list(found.readers.all()) if found.secrecy else [],
        "answers": letters_of(scope).filter(answers=found),
        "same": queries.likely_same(scope, sender=found.sender, number=found.letter_no, dated=found.dated, but=found),
        "is_late": queries.is_late(found, scope.today),
        "is_cancelled": found.number.state == "cancelled",
        "may_keep": queries.may_keep(scope),
        "may_act": queries.may_act(scope, found),
        "trail": _trail(scope, (_named(found), "")),
    }
    return render(request, "letters/incoming.html", context)


def _papers(found: Incoming) -> Any:
    held = Q(pk__in=found.files.values("pk")) | Q(evidence__in=found.evidence.all())
    return File.objects.filter(held, agency=found.agency).distinct().order_by("pk")


@allowed(Power.SEE_WORK)
@PAGE_METHODS
def incoming_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Enter what was done with a letter: its unit; with ``?what=letter`` mend what is registered: who keeps letters."""
    found = _seen(scope, pk)
    is_letter = request.GET.get("what") == "letter"
    may = queries.may_keep(scope) and found.number.state != "cancelled" if is_letter else queries.may_act(scope, found)
    if not may:
        raise Http404
    return _mend(request, scope, found) if is_letter else _act(request, scope, found)


def _mend(request: HttpRequest, scope: Scope, found: Incoming) -> HttpResponse:
    form, stale = IncomingForm(scope, found, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_incoming(scope, incoming=found, version=form.seen_version, **form.values)
        except Stale as refused:
            stale = refused
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect(found)
    return _edit_page(request, scope, pk=found.pk, form=form, stale=stale, heading=_("แก้ไขรายการหนังสือรับ"))


def _act(request: HttpRequest, scope: Scope, found: Incoming) -> HttpResponse:
    form, stale = ActForm(found, request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            _done(scope, found, form)
        except Stale as refused:
            stale = refused
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("บันทึกการปฏิบัติแล้ว"))
            return redirect(found)
    return _edit_page(request, scope, pk=found.pk, form=form, stale=stale, heading=_("บันทึกการปฏิบัติ"))


def _done(scope: Scope, found: Incoming, form: ActForm) -> None:
    given = form.cleaned_data
    values = {"version": form.seen_version, "handling": given["handling"], "done_on": given["done_on"]}
    files = _kept(scope, given["file"], is_secret=bool(found.secrecy))
    services.act_on(scope, incoming=found, files=files, **values)


def _edit_page(
    request: HttpRequest, scope: Scope, *, pk: int, form: Any, stale: Stale | None, heading: str
) -> HttpResponse:
    current = _seen(scope, pk)
    beside = form.beside(current) if stale else []
    context = {
        "beside": beside,
        "incoming": current,
        "form": form,
        "stale": stale,
        "heading": heading,
        "trail": _trail(scope, (_named(current), current.get_absolute_url()), (heading, "")),
    }
    return _form_page(request, context, 409 if stale else None)


@allowed(Power.SEE_WORK)
@require_safe
def file_open(request: HttpRequest, scope: Scope, pk: int, file: int) -> HttpResponseBase:
    """Give a paper of a letter as an attachment that no browser opens as a page."""
    held = get_object_or_404(_papers(_seen(scope, pk)), pk=file)
    if refusal := why_unreadable(held):
        return render(request, "evidence/lost.html", {"refusal": refusal}, status=410)
    path = store.path_of(scope.agency.code, held.sha256)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=held.name, content_type=held.media_type)
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
