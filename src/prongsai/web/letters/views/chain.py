"""Pages: a letter's number, its way up, signing it on the screen or entering what was signed in ink."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Post
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.names import parted
from prongsai.web.evidence.services import keep_file
from prongsai.web.letters.forms.chain import NumberForm, PaperForm, ScanForm, SignForm, StepForms
from prongsai.web.letters.models import Endorsement, Letter, LetterState, Method, Step, StepKind
from prongsai.web.letters.queries import chain as queries
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.queries.numbers import may_give_number, series_for
from prongsai.web.letters.queries.proposing import propose
from prongsai.web.letters.queries.way import may_sign
from prongsai.web.letters.services import chain as services
from prongsai.web.letters.services.confirming import asks_code, confirm
from prongsai.web.letters.services.numbers import number_letter
from prongsai.web.letters.services.returning import SECRET_NAME
from prongsai.web.letters.views.seen import READ_WRITE, letter_seen, letter_written, said, trail_of, version_of
from prongsai.web.plans.queries.reports import has_foreign_names
from prongsai.web.ui.forms import refuse

_CHANGED = gettext_lazy("หนังสือนี้เปลี่ยนไปแล้ว มีผู้อื่นลงนามหรือแก้ไขไปก่อน สิ่งที่ท่านกรอกยังไม่ได้บันทึก อ่านฉบับปัจจุบันแล้วลองอีกครั้ง")


# --- number ---------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@READ_WRITE
def number(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Give a letter its number and day."""
    letter = letter_seen(scope, pk)
    if not may_give_number(scope, letter):
        raise Http404
    form = NumberForm(scope, letter, request.POST or None, initial={"dated": letter.dated or scope.today})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = number_letter(scope, letter=letter, version=version_of(request), **form.cleaned_data)
        except Stale:
            status, letter = _changed(request, scope, pk)
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("ออกเลข %(number)s แล้ว") % {"number": made.number})
            return redirect(letter)
    context = {"letter": letter, "form": form, "series": series_for(letter)}
    return _page(request, scope, "number", _("ออกเลข"), context, status)


# --- steps ----------------------------------------------------------------------------------------------------------
@allowed(Power.DO_WORK)
@READ_WRITE
def chain(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change through whose hands a letter goes."""
    letter = letter_written(scope, pk)
    if not queries.may_route(letter):
        messages.error(request, _("มีผู้ลงนามแล้ว แก้ลำดับการเสนอไม่ได้ ถ้าจำเป็นให้เรียกคืนก่อน"))
        return redirect(letter)
    forms = StepForms(scope, letter, _shown(scope, letter), request.POST or None)
    status, errors = (422 if request.method == "POST" else 200), []
    if request.method == "POST" and forms.is_valid():
        try:
            services.set_chain(scope, letter=letter, version=version_of(request), steps=forms.chosen)
        except Stale:
            status, letter = _changed(request, scope, pk)
        except ValidationError as refused:
            errors = refused.messages
        else:
            messages.success(request, _("บันทึกลำดับการเสนอแล้ว"))
            return redirect(letter)
    context = {"letter": letter, "forms": forms, "errors": errors, "proposed": propose(scope, letter=letter)}
    return _page(request, scope, "chain", _("ลำดับการเสนอ"), context, status)


def _shown(scope: Scope, letter: Letter) -> list[tuple[Post, str]]:
    steps: Any = list(Step.objects.filter(letter=letter).select_related("post")) or propose(scope, letter=letter)
    return [(one.post, one.opinion_of) for one in steps if one.post]


@allowed(Power.DO_WORK)
@require_POST
def send(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Send a letter on its way; its drafter is led on to sign it."""
    letter = letter_written(scope, pk)
    try:
        services.send(scope, letter=letter, version=version_of(request))
    except (Stale, ValidationError) as refused:
        messages.error(request, said(refused))
        return redirect(letter)
    messages.success(request, _("เริ่มเสนอแล้ว"))
    if queries.why_not_endorse(scope, letter):
        return redirect(letter)
    return redirect("letters:sign", scope.agency.code, letter.pk)


@allowed(Power.DO_WORK)
@require_POST
def recall(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take a letter back."""
    letter = letter_written(scope, pk)
    try:
        services.recall(scope, letter=letter, version=version_of(request), reason=request.POST.get("reason", ""))
    except (Stale, ValidationError) as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, _("เรียกคืนแล้ว ลายมือชื่อที่ลงไว้เป็นอันยกเลิก"))
    return redirect(letter)


# --- signing --------------------------------------------------------------------------------------------------------
@sensitive_post_parameters("password", "otp")
@allowed(Power.SEE_WORK)
@READ_WRITE
@never_cache
def sign(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show the paper to who is awaited, and take what they decide, with their password or code."""
    letter = letter_seen(scope, pk)
    step, why_not = queries.waiting_step(letter), queries.why_not_endorse(scope, letter)
    if step is None or why_not:
        return _not_yours(request, scope, letter, why_not, _too_late(request, letter))
    kwargs = {"asks_code": asks_code(scope.user), "asks_names": _asks_names(letter)}
    form = SignForm(step, request.POST or None, **kwargs)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            method = confirm(scope, **form.proof)
            made = _endorsed(request, scope, letter, form, method=method)
        except Stale:
            status, letter = _changed(request, scope, pk)
            if why_not := queries.why_not_endorse(scope, letter):
                return _not_yours(request, scope, letter, why_not, status)
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            return _done(request, letter, made)
    return _page(request, scope, "sign", _("ลงนาม"), _seen(scope, letter) | {"form": form}, status)


def _endorsed(
    request: HttpRequest, scope: Scope, letter: Letter, form: SignForm | ScanForm, **given: Any
) -> Endorsement:
    return services.endorse(
        scope,
        letter=letter,
        version=version_of(request),
        seen=request.POST.get("seen", ""),
        is_confirmed=form.cleaned_data.get("is_confirmed", False),
        **form.said,
        **given,
    )


def _seen(scope: Scope, letter: Letter) -> dict[str, Any]:
    """Give what a page of signing shows: the paper, the step, who signs in which right, what is to be told."""
    step = queries.waiting_step(letter)
    mine = queries.signing_as(step, scope.person, scope.today) if step and scope.person else None
    return {
        "letter": letter,
        "text": newest_text(letter),
        "step": step,
        "me": may_sign(mine, scope.today) if mine else None,
        "warnings": queries.told(step, mine, scope.today) if step and mine else (),
        "is_last": step is not None and step.kind == StepKind.DECIDE,
        "attachments": letter.attachments.select_related("file"),
        "given": queries.active_of(letter).select_related("step__post", "step__person", "scan", "entered_by", "text"),
    }


def _too_late(request: HttpRequest, letter: Letter) -> int:
    """Give the status for who cannot sign: somebody else was first, or it was never theirs."""
    if request.method != "POST":
        return 200
    if version_of(request) == letter.version:
        return 422
    messages.error(request, _CHANGED)
    return 409


def _not_yours(request: HttpRequest, scope: Scope, letter: Letter, why_not: str, status: int = 200) -> HttpResponse:
    context = {"letter": letter, "why_not": why_not or _("หนังสือนี้ไม่ได้อยู่ระหว่างเสนอ จึงลงนามไม่ได้")}
    return _page(request, scope, "sign", _("ลงนาม"), context, status)


def _done(request: HttpRequest, letter: Letter, made: Endorsement) -> HttpResponse:
    said = _("บันทึกแล้ว: %(what)s") % {"what": made.get_decision_display()}
    if letter.state == LetterState.SIGNED and letter.number:
        said = _("ลงนามครบแล้ว เลขที่ %(number)s") % {"number": letter.number}
    messages.success(request, said)
    return redirect(letter)


# --- ink ------------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@READ_WRITE
def scan(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Enter what was signed in ink at the step that waits; the same scan may serve for the steps that follow."""
    letter = letter_seen(scope, pk)
    if not queries.may_enter_scan(scope, letter):
        raise Http404
    if letter.state == LetterState.SIGNED:
        return _scan_of_signed(request, scope, letter)
    step = queries.waiting_step(letter)
    if step is None:
        return _not_yours(request, scope, letter, "", _too_late(request, letter))
    kwargs = {"asks_names": _asks_names(letter), "has_scan": _last_scan(letter) is not None}
    form = ScanForm(step, request.POST or None, request.FILES or None, **kwargs)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = _scanned(request, scope, letter, form)
        except Stale:
            status, letter = _changed(request, scope, pk)
            if queries.waiting_step(letter) is None:
                return _not_yours(request, scope, letter, "", status)
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            return _next_scan(request, scope, letter, made)
    return _page(request, scope, "scan", _("ลงนามในกระดาษ"), _seen(scope, letter) | {"form": form}, status)


def _scanned(request: HttpRequest, scope: Scope, letter: Letter, form: ScanForm) -> Endorsement:
    given = form.cleaned_data
    file = _kept(scope, letter, given.get("file")) or _last_scan(letter)
    found = {"scan": file, "signed_on": given["signed_on"], "signer": given.get("signer")}
    return _endorsed(request, scope, letter, form, method=Method.SCAN, **found)


def _kept(scope: Scope, letter: Letter, upload: Any) -> File | None:
    if not upload:
        return None
    _stem, suffix = parted(upload.name or "")
    # The journal tells the names of files: that of a secret paper says nothing.
    name = f"{SECRET_NAME}{suffix}" if letter.secrecy else upload.name
    return keep_file(scope, name=name, content=upload.file, is_guarded=bool(letter.secrecy))


def _last_scan(letter: Letter) -> File | None:
    last = queries.active_of(letter).last()
    return (last.scan if last else None) or letter.scan


def _next_scan(request: HttpRequest, scope: Scope, letter: Letter, made: Endorsement) -> HttpResponse:
    if queries.waiting_step(letter) is None:
        return _done(request, letter, made)
    messages.success(request, _("บันทึกการลงนามของ %(name)s แล้ว ต่อลำดับถัดไปได้") % {"name": made.name})
    return redirect("letters:scan", scope.agency.code, letter.pk)


def _scan_of_signed(request: HttpRequest, scope: Scope, letter: Letter) -> HttpResponse:
    """Keep the scan of a paper that was signed in the system and in ink as well."""
    form = PaperForm(request.POST or None, request.FILES or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            file = _kept(scope, letter, form.cleaned_data["file"])
            assert file is not None
            services.attach_scan(scope, letter=letter, version=version_of(request), file=file)
        except Stale:
            status, letter = _changed(request, scope, letter.pk)
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("เก็บสำเนาที่ลงนามแล้ว"))
            return redirect(letter)
    return _page(request, scope, "scan", _("ลงนามในกระดาษ"), {"letter": letter, "form": form}, status)


# --- parts ----------------------------------------------------------------------------------------------------------
def _page(
    request: HttpRequest, scope: Scope, name: str, here: str, context: dict[str, Any], status: int
) -> HttpResponse:
    trail = trail_of(scope, here, letter=context["letter"])
    return render(request, f"letters/{name}.html", {"trail": trail, **context}, status=status)


def _changed(request: HttpRequest, scope: Scope, pk: int) -> tuple[int, Letter]:
    """Say that the letter has changed, and give it as it is now."""
    messages.error(request, _CHANGED)
    return 409, letter_seen(scope, pk)


def _asks_names(letter: Letter) -> bool:
    return letter.report is not None and has_foreign_names(letter.report)
