"""Pages for outsiders: sending a form, and following it by its code. No account is asked unless the file says so."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prongsai.errors import ProngsaiError, UnknownRegister
from prongsai.web.agencies.access import open_agency
from prongsai.web.agencies.adapter import client_address
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.evidence.models import File
from prongsai.web.registers.forms.outside import OutsideForm, ReplyForm, TrackForm
from prongsai.web.registers.queries import outside as queries
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.services import outside as services
from prongsai.web.registers.views.found import kept_upload

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def _agency(code: str) -> Agency:
    return open_agency(code)


def _form_of(agency: Agency, register: str) -> Kept:
    """Give a register whose form for outsiders is open. Raises Http404."""
    try:
        kept = kept_of(agency, register)
    except UnknownRegister as unknown:
        raise Http404 from unknown
    if not (kept.is_open and kept.takes_outside and kept.register.outside):
        raise Http404
    return kept


@never_cache
@_METHODS
def send(request: HttpRequest, agency: str, register: str) -> HttpResponse:
    """Take a form in, and give its tracking code once."""
    found = _agency(agency)
    kept = _form_of(found, register)
    assert kept.register.outside is not None
    if kept.register.outside.sign_in and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    data = request.POST if request.method == "POST" else None
    form = OutsideForm(system_scope(found), kept, data, request.FILES or None)
    if data is not None and not form.is_more and form.is_valid():
        sent = _sent(request, found, kept, form)
        if sent is not None:
            context = {"agency": found, "kept": kept, "code": queries.shown_code(sent.code), "entry": sent.entry}
            return render(request, "registers/sent.html", context)
    status = 422 if data is not None and not form.is_more else 200
    return render(request, "registers/send.html", {"agency": found, "kept": kept, "form": form}, status=status)


def _sent(request: HttpRequest, agency: Agency, kept: Kept, form: OutsideForm) -> services.Sent | None:
    before = services.sent_before(agency, form.nonce)
    if before:
        return before
    try:
        services.count_form(agency, client_address(request) or "")
        return services.send(
            agency,
            kept=kept,
            values=form.values,
            nonce=form.nonce,
            files=_kept_files(agency, form),
            may_publish=form.may_publish,
        )
    except ProngsaiError as refused:
        form.refuse(refused)
        return None


def _kept_files(agency: Agency, form: OutsideForm) -> list[tuple[str, File]]:
    scope = system_scope(agency)
    return [(key, kept_upload(scope, one)) for key, one in form.uploads.items()]


@never_cache
@_METHODS
def track(request: HttpRequest, agency: str) -> HttpResponse:
    """Show the case of a code; the code is sent in the body, never in the address."""
    found = _agency(agency)
    if request.method != "POST":
        return _track_page(request, found, TrackForm())
    form = TrackForm(request.POST)
    if not form.is_valid():
        return _track_page(request, found, form, 422)
    case = queries.tracked(found, form.cleaned_data["code"])
    if case is None:
        return _unknown(request, found, form)
    answer = ReplyForm(request.POST if "reply" in request.POST else None, initial={"code": form.cleaned_data["code"]})
    if case.may_reply and answer.is_bound and answer.is_valid():
        return _replied(request, found, case, answer)
    context = {"agency": found, "case": case, "reply": answer, "code": form.cleaned_data["code"]}
    return render(request, "registers/tracked.html", context, status=422 if answer.is_bound else 200)


def _replied(request: HttpRequest, agency: Agency, case: queries.Tracked, form: ReplyForm) -> HttpResponse:
    code = form.cleaned_data["code"]
    refused = _tried(lambda: services.reply(agency, found=case, text=form.cleaned_data["reply"]))
    if refused:
        form.add_error(None, refused)
    again = queries.tracked(agency, code)
    context = {
        "agency": agency,
        "case": again,
        "reply": form if refused else None,
        "code": code,
        "is_sent": not refused,
    }
    return render(request, "registers/tracked.html", context, status=422 if refused else 200)


def _unknown(request: HttpRequest, agency: Agency, form: TrackForm) -> HttpResponse:
    refused = _tried(lambda: services.count_try(agency, client_address(request) or ""))
    form.add_error("code", refused or _("ไม่พบเรื่องของรหัสนี้ ตรวจตัวอักษรอีกครั้ง รหัสมี ๑๖ ตัว"))
    return _track_page(request, agency, form, 422)


def _tried(action: Callable[[], object]) -> str:
    try:
        action()
    except ProngsaiError as refused:
        return refused.one_line
    return ""


def _track_page(request: HttpRequest, agency: Agency, form: TrackForm, status: int = 200) -> HttpResponse:
    context = {"agency": agency, "form": form, "forms": queries.open_forms(agency)}
    return render(request, "registers/track.html", context, status=status)
