"""A letter as a paper: preview, Word and PDF, the Word file brought back, older texts, files that go with it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.evidence.names import parted
from prongsai.web.evidence.services import keep_file
from prongsai.web.letters.forms.papers import AttachmentForm, WordForm
from prongsai.web.letters.models import Attachment, Letter, LetterState, LetterText
from prongsai.web.letters.queries.chain import active_of
from prongsai.web.letters.queries.letter_page import files_of
from prongsai.web.letters.queries.letters import newest_text, paper_of
from prongsai.web.letters.services import returning
from prongsai.web.letters.services import writing as services
from prongsai.web.letters.services.drafts import render_as_it_stands
from prongsai.web.letters.services.returning import SECRET_NAME, WORD
from prongsai.web.letters.views.kept import attached
from prongsai.web.letters.views.letters import letter_shown
from prongsai.web.letters.views.seen import READ_WRITE, letter_seen, letter_written, said, trail_of, version_of
from prongsai.web.ui.forms import refuse
from prongsai.web.ui.templatetags.ui import thai_digits

MEDIA: Mapping[str, str] = {"docx": WORD, "pdf": "application/pdf", "html": "text/html; charset=utf-8"}
# A page of its own that may run nothing and fetch nothing; shown inside ours.
_PAPER_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
_BACK_SALT = "letters.word"
_SIGNED = (LetterState.SIGNED, LetterState.REPLACED)


# --- preview and files ----------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def preview(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show the paper in a page of ours."""
    found = letter_seen(scope, pk)
    context = {
        "letter": found,
        "paper": paper_of(found),
        "is_signed": found.state in _SIGNED,
        "trail": trail_of(scope, _("ตัวอย่าง"), letter=found),
    }
    return render(request, "letters/letter_preview.html", context)


@allowed(Power.SEE_WORK)
@require_safe
def paper(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponseBase:
    """Give the paper in Word, PDF or HTML; of a signed letter the files that were kept."""
    found = letter_seen(scope, pk)
    if form not in MEDIA:
        raise Http404
    kept = {"docx": found.docx, "pdf": found.pdf}.get(form) if found.state in _SIGNED else None
    if kept is not None:
        return attached(request, scope, kept, _name(found, form))
    return _made(request, found, form, newest_text(found))


def _made(request: HttpRequest, found: Letter, form: str, text: LetterText) -> HttpResponse:
    try:
        with override("th"):  # papers stay Thai, whatever language is read
            content = render_as_it_stands(found, form, text=text, is_newest=text == newest_text(found))
    except ProngsaiError as refused:
        messages.error(request, refused.one_line)
        return redirect(found)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    if form == "html":
        headers["Content-Security-Policy"] = _PAPER_POLICY
    else:
        headers["Content-Disposition"] = content_disposition_header(True, _name(found, form)) or "attachment"
    return HttpResponse(content, content_type=MEDIA[form], headers=headers)


def _name(found: Letter, form: str) -> str:
    """Name a file; of a secret letter nothing of its subject, of an unsigned one that it is a draft."""
    subject = SECRET_NAME if found.secrecy else f"{paper_of(found).title} {found.subject}"[:120].strip()
    name = subject.replace("/", "-")
    return f"{name}.{form}" if found.state in _SIGNED else f"{_('ร่าง')} {name}.{form}"


@allowed(Power.SEE_WORK)
@require_safe
def text(request: HttpRequest, scope: Scope, pk: int, text: int) -> HttpResponse:
    """Show an older text: what was changed in the one after it, and what was signed on it. text: its number."""
    found = letter_seen(scope, pk)
    shown = get_object_or_404(found.texts.select_related("made_by", "file"), number=text)
    if request.GET.get("form") == "html":
        return _made(request, found, "html", shown)
    before = found.texts.filter(number=text - 1).first()
    context = {
        "letter": found,
        "text": shown,
        "before": before,
        "differences": returning.between(before, shown) if before else (),
        "signatures": shown.endorsements.order_by("pk"),
        "newest": newest_text(found).number,
        "trail": trail_of(scope, _("ข้อความฉบับที่ {n}").format(n=thai_digits(text)), letter=found),
    }
    return render(request, "letters/letter_text.html", context)


# --- Word and back --------------------------------------------------------------------------------------------------
@allowed(Power.DO_WORK)
@READ_WRITE
def word(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take the Word file back: show what it says otherwise, then take it or leave it."""
    found = letter_written(scope, pk)
    if request.method == "POST" and "accept" in request.POST:
        return _accept(request, scope, found)
    form = WordForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = form.cleaned_data["file"]
            file = returning.keep_returned(scope, letter=found, name=sent.name or "", content=sent.file)
            read = returning.read_returned(found, file)
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            return _compared(request, scope, found, read, found.version)
    context = {"letter": found, "form": form, "trail": trail_of(scope, _("แก้ใน Word"), letter=found)}
    return render(request, "letters/letter_word.html", context, status=422 if request.method == "POST" else 200)


def _compared(
    request: HttpRequest,
    scope: Scope,
    found: Letter,
    read: returning.Returned,
    version: int,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "letter": found,
        "read": read,
        "token": signing.dumps([found.pk, read.file.pk], salt=_BACK_SALT),
        "version": version,
        "signed": active_of(found).count(),
        "trail": trail_of(scope, _("เทียบไฟล์ Word"), letter=found),
        **more,
    }
    return render(request, "letters/letter_word_compare.html", context, status=status)


def _accept(request: HttpRequest, scope: Scope, found: Letter) -> HttpResponse:
    file = _file_of(request, found)
    try:
        if active_of(found).exists() and "confirm_void" not in request.POST:
            read = returning.read_returned(found, file)
            fault = _("ยืนยันก่อนว่าลายมือชื่อที่ลงไว้จะเป็นโมฆะ")
            return _compared(request, scope, found, read, version_of(request), 422, fault=fault)
        returning.accept_returned(scope, letter=found, version=version_of(request), file=file)
    except Stale as stale:
        current = letter_written(scope, found.pk)
        return _compared(
            request, scope, current, returning.read_returned(current, file), current.version, 409, stale=stale
        )
    except (ProngsaiError, ValidationError) as refusal:
        messages.error(request, said(refusal))
        return redirect("letters:letter_word", scope.agency.code, found.pk)
    messages.success(request, _("รับข้อความจากไฟล์ Word แล้ว ฉบับก่อนยังอยู่ในประวัติ"))
    return redirect(found)


def _file_of(request: HttpRequest, found: Letter) -> File:
    """Give the file that this page has shown; 404 for anything else."""
    try:
        letter, file = signing.loads(request.POST.get("token", ""), salt=_BACK_SALT)
    except signing.BadSignature as bad:
        raise Http404 from bad
    if letter != found.pk:
        raise Http404
    return get_object_or_404(File.objects.select_related("agency"), agency=found.agency_id, pk=file)


# --- attachments ----------------------------------------------------------------------------------------------------
@allowed(Power.DO_WORK)
@require_POST
def attachment_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Attach a file or a piece of evidence."""
    found = letter_written(scope, pk)
    form = AttachmentForm(scope, request.POST, request.FILES)
    status = 422
    if form.is_valid():
        try:
            _attach(scope, found, form.cleaned_data)
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": stale.current.version}  # type: ignore[attr-defined]
            form.add_error(None, stale.one_line)
            status = 409
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("แนบแล้ว"))
            return redirect(found)
    return letter_shown(request, scope, letter_seen(scope, pk), status, attachment_form=form)


def _attach(scope: Scope, found: Letter, given: Mapping[str, Any]) -> Attachment:
    evidence: Evidence | None = given.get("existing") or given.get("number")
    version, title = given["version"] or 0, given["title"]
    if evidence is not None:
        assert evidence.file is not None
        title = title or evidence.title
        return services.attach(scope, letter=found, version=version, file=evidence.file, title=title, evidence=evidence)
    sent = given["file"]
    stem, suffix = parted(sent.name or "")
    # The journal tells the names of files: that of a secret paper says nothing.
    name = f"{SECRET_NAME}{suffix}" if found.secrecy else sent.name
    file = keep_file(scope, name=name, content=sent.file, is_guarded=bool(found.secrecy))
    return services.attach(scope, letter=found, version=version, file=file, title=title or stem)


@allowed(Power.DO_WORK)
@require_POST
def attachment_drop(request: HttpRequest, scope: Scope, pk: int, attachment: int) -> HttpResponse:
    """Take a file away from a letter."""
    found = letter_written(scope, pk)
    one = get_object_or_404(found.attachments.all(), pk=attachment)
    try:
        services.detach(scope, letter=found, version=version_of(request), attachment=one)
    except (Stale, ValidationError) as refusal:
        messages.error(request, said(refusal))
    else:
        messages.success(request, _("นำไฟล์แนบออกแล้ว"))
    return redirect(found)


@allowed(Power.SEE_WORK)
@require_safe
def file_open(request: HttpRequest, scope: Scope, pk: int, file: int) -> HttpResponseBase:
    """Give a file of a letter, for who may see the letter."""
    found = letter_seen(scope, pk)
    kept = next((one for one in files_of(found) if one.pk == file), None)
    if kept is None:
        raise Http404
    return attached(request, scope, kept)
