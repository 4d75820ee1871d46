"""A release in the making: written, given files, asked for, decided on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.forms.pages import FileForm, NoteForm, ReleaseForm
from prongsai.web.disclosure.models import GateOutcome, Page, Release, ReleaseFile, ReleaseState
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.pages import evidence_for
from prongsai.web.disclosure.services import gate, news, pages
from prongsai.web.disclosure.views.found import READ_WRITE, build_after, drafted, refuse, said, seen, trail_of
from prongsai.web.disclosure.views.kept import attached
from prongsai.web.disclosure.views.pages import shown
from prongsai.web.evidence.services import keep_file

COPIES = ("original", "cleaned")


# --- writing --------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@READ_WRITE
def release_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Write what a page shall say."""
    found = drafted(scope, pk)
    draft = pages.making_of(found)
    if draft is not None and draft.state == ReleaseState.REQUESTED:
        messages.warning(request, _("ขออนุญาตไปแล้ว แก้ไม่ได้จนกว่าจะส่งกลับหรืออนุญาต"))
        return redirect("disclosure:page", scope.agency.code, pk)
    form = ReleaseForm(found, draft or pages.next_of(found), request.POST or None)
    if request.method != "POST":
        return _editor(request, scope, found, form)
    if not form.is_valid():
        return _editor(request, scope, found, form, 422)
    try:
        made = pages.write_release(scope, page=found, version=form.cleaned_data["version"], **form.values)
    except Stale as stale:
        return _overtaken(request, scope, found, form, stale)
    except ValidationError as refusal:
        refuse(form, refusal)
        return _editor(request, scope, found, form, 422)
    _say_gate(request, scope, made)
    messages.success(request, _("บันทึกร่างแล้ว"))
    to = "disclosure:release_edit" if "stay" in request.POST else "disclosure:page"
    return redirect(to, scope.agency.code, pk)


def _editor(
    request: HttpRequest, scope: Scope, found: Page, form: ReleaseForm, status: int = 200, **more: Any
) -> HttpResponse:
    draft = pages.making_of(found)
    context = {
        "form": form,
        "page": found,
        "draft": draft,
        "files": list(draft.files.select_related("file", "original")) if draft else [],
        "carried": [] if draft else list(_carried(found)),
        "file_form": FileForm(evidence_for(scope, found)),
        "trail": trail_of(scope, (_("เขียน"), ""), page=found),
        **more,
    }
    return render(request, "disclosure/release_form.html", context, status=status)


def _carried(found: Page) -> QuerySet[ReleaseFile]:
    """Give the files that a new draft begins with."""
    return ReleaseFile.objects.filter(release=pages.last_of(found), file__erased_at=None)


def _overtaken(request: HttpRequest, scope: Scope, found: Page, form: ReleaseForm, stale: Stale) -> HttpResponse:
    """Show the form again with what was typed, and beside it what somebody else has written."""
    draft = pages.making_of(found)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(draft.version if draft else 0)  # type: ignore[index]
    fields = form.fields.items()
    beside = [
        (field.label, field.prepare_value(getattr(draft, name)), form.data.get(name, ""))
        for name, field in fields
        if draft is not None and name != "version" and getattr(draft, name) != form.cleaned_data.get(name)
    ]
    return _editor(request, scope, found, form, 409, stale=stale, beside=beside)


def _say_gate(request: HttpRequest, scope: Scope, release: Release) -> None:
    waiting = sum(check.outcome == GateOutcome.WAITING for check in gate.look(scope, release=release))
    if waiting:
        messages.warning(request, _("พบข้อมูลที่ไม่ควรเผยแพร่ ต้องตัดสินใจก่อนขออนุญาต"))


# --- files ----------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_POST
def file_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a file with the release in the making; the privacy gate looks at it at once."""
    found = drafted(scope, pk)
    form = FileForm(evidence_for(scope, found), request.POST, request.FILES)
    if form.is_valid():
        try:
            made = _attach(scope, found, form.cleaned_data)
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            _say_gate(request, scope, made.release)
            messages.success(request, _("แนบไฟล์แล้ว ชื่อในที่อยู่คือ {name}").format(name=made.name))
            return redirect("disclosure:release_edit", scope.agency.code, pk)
    editor = ReleaseForm(found, pages.making_of(found) or pages.next_of(found))
    return _editor(request, scope, found, editor, 422, file_form=form)


def _attach(scope: Scope, found: Page, given: dict[str, Any]) -> ReleaseFile:
    evidence, upload = given.pop("evidence"), given.pop("file")
    file = evidence.file if evidence else keep_file(scope, name=upload.name, content=upload.file, is_guarded=True)
    title = given.pop("title") or (evidence.title if evidence else "")
    release = pages.making_of(found) or pages.write_release(scope, page=found, version=None)
    return pages.attach(scope, release=release, file=file, evidence=evidence, title=title, **given)


@allowed(Power.SEE_WORK)
@require_safe
def file_open(request: HttpRequest, scope: Scope, pk: int, file: int) -> HttpResponseBase:
    """Give a file of a release; ``?copy=original`` as it came, ``?copy=cleaned`` as the gate proposes."""
    page = seen(scope, pk)
    held = get_object_or_404(_files(page), pk=file)
    copy = request.GET.get("copy", "")
    if copy in COPIES:
        if not rights.may_open_original(scope, page):
            raise Http404
        other = held.original if copy == "original" else _cleaned(held)
        if other is None:
            raise Http404
        return attached(request, other, other.name)
    if not rights.may_open_file(scope, page, held.release):
        raise Http404
    return attached(request, held.file, held.name)


def _files(page: Page) -> Any:
    related = ("release", "file__agency", "original__agency")
    return ReleaseFile.objects.filter(release__page=page).select_related(*related)


def _cleaned(held: ReleaseFile) -> Any:
    check = held.gate_checks.filter(sha256=held.file.sha256).select_related("cleaned__agency").first()
    return check.cleaned if check else None


@allowed(Power.SEE_WORK)
@require_POST
def file_drop(request: HttpRequest, scope: Scope, pk: int, file: int) -> HttpResponse:
    """Take a file out of the release in the making."""
    page = drafted(scope, pk)
    held = get_object_or_404(_files(page), pk=file)
    try:
        pages.drop_file(scope, file=held)
    except ValidationError as refusal:
        messages.error(request, " ".join(said(refusal)))
    else:
        messages.success(request, _("เอาไฟล์ออกแล้ว"))
    return redirect("disclosure:release_edit", scope.agency.code, pk)


# --- asking and deciding --------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_POST
def request_release(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask for the release in the making to be published."""
    found = drafted(scope, pk)
    draft, form = _making(found), NoteForm(request.POST)
    if not form.is_valid():
        return shown(request, scope, found, 422, faults=[_("โหลดหน้านี้ใหม่ แล้วลองอีกครั้ง")])
    version, note = form.cleaned_data["version"], form.cleaned_data["note"]
    try:
        pages.request_release(scope, release=draft, version=version, note=note)
    except (ProngsaiError, ValidationError) as refusal:
        return _refused(request, scope, found, refusal, note)
    messages.success(request, _("ขออนุญาตเผยแพร่แล้ว รอผู้บริหารพิจารณา"))
    return redirect("disclosure:page", scope.agency.code, pk)


@allowed(Power.SEE_WORK)
@require_POST
def decide(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Approve what was asked for, or send it back."""
    found = seen(scope, pk)
    draft, form = _making(found), NoteForm(request.POST)
    is_back = request.POST.get("decision") == "return"
    if not (rights.may_return(scope, draft) if is_back else scope.can(Power.APPROVE)):
        raise Http404
    if not form.is_valid():
        return shown(request, scope, found, 422, faults=[_("โหลดหน้านี้ใหม่ แล้วลองอีกครั้ง")])
    given = form.cleaned_data
    try:
        if is_back:
            pages.return_release(scope, release=draft, version=given["version"], note=given["note"])
        else:
            pages.approve(scope, release=draft, **given)
    except (ProngsaiError, ValidationError) as refusal:
        return _refused(request, scope, found, refusal, given["note"])
    if is_back:
        messages.success(request, _("ส่งกลับให้แก้ไขแล้ว"))
    else:
        messages.success(request, _("อนุญาตแล้ว เผยแพร่ที่อยู่นี้ตั้งแต่บัดนี้"))
        _tell_register(request, scope, found)
        build_after(request, scope)
    return redirect("disclosure:page", scope.agency.code, pk)


def _tell_register(request: HttpRequest, scope: Scope, found: Page) -> None:
    """Enter in the register of news what was published; where that is refused, say so: it can be done from the list."""
    try:
        news.tell_register(scope, page=found)
    except (ProngsaiError, ValidationError) as refusal:
        words = _("ยังไม่ได้ลงวันที่เผยแพร่ในทะเบียนข่าว ({why}) ผู้ดูแลเว็บไซต์ลงได้จากหน้าข่าว")
        messages.warning(request, words.format(why=" ".join(said(refusal))))


def _making(found: Page) -> Release:
    draft = pages.making_of(found)
    if draft is None:
        raise Http404
    return draft


def _refused(
    request: HttpRequest, scope: Scope, found: Page, refusal: ProngsaiError | ValidationError, note: str
) -> HttpResponse:
    status = 409 if isinstance(refusal, Stale) else 422
    return shown(request, scope, seen(scope, found.pk), status, faults=said(refusal), note=note)
