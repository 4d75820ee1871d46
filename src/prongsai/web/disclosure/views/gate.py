"""The privacy gate, and erasing what should never have been public."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.forms.gate import DecideForm, EraseForm, EraseReleaseForm
from prongsai.web.disclosure.models import GateCheck, GateOutcome, Release, ReleaseState
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.erasing import (
    erasure_of,
    kin_of,
    others_of,
    packs_holding,
    pages_with,
    places_of,
    seen_of,
)
from prongsai.web.disclosure.queries.pages import check_line, kind_name
from prongsai.web.disclosure.services import erasing, gate
from prongsai.web.disclosure.views.found import READ_WRITE, build_after, refuse, trail_of
from prongsai.web.evidence.models import File


@allowed(Power.SEE_WORK)
@READ_WRITE
def check(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show what the gate found, and let who may decide it."""
    found = _check(scope, pk)
    may_judge = rights.may_judge(scope)
    form, status = DecideForm(found, request.POST or None), 200
    if request.method == "POST":
        if not may_judge:
            raise Http404
        status = 422
        if form.is_valid():
            try:
                gate.decide(scope, check=found, **form.cleaned_data)
            except Stale as stale:
                status = 409
                form.add_error(None, stale.one_line)
            except (ProngsaiError, ValidationError) as refusal:
                refuse(form, refusal)
            else:
                return _decided(request, scope, found)
    found = _check(scope, pk)
    waits = found.outcome == GateOutcome.WAITING and found.release.state != ReleaseState.APPROVED
    page = found.release.page
    context = {
        "check": found,
        "line": check_line(found),
        "page": page,
        "found": [{**one, "kind": kind_name(one["kind"])} for one in found.found],
        "form": form if may_judge and waits else None,
        "may_open": rights.may_open_original(scope, page),
        "may_draft": rights.may_draft(scope, page),
        "trail": trail_of(scope, (_("ข้อมูลส่วนบุคคล"), ""), page=page),
    }
    return render(request, "disclosure/gate.html", context, status=status)


def _check(scope: Scope, pk: int) -> GateCheck:
    """Give what the gate found, for who may see the release as it is being made. Raises Http404."""
    related = (
        "release__page__item__cycle",
        "release__page__unit",
        "file__file",
        "file__original",
        "cleaned",
        "decided_by",
    )
    found = get_object_or_404(GateCheck.objects.select_related(*related), pk=pk, release__page__agency=scope.agency)
    if not (rights.may_open_file(scope, found.release.page, found.release)):
        raise Http404
    return found


def _decided(request: HttpRequest, scope: Scope, found: GateCheck) -> HttpResponse:
    """Look at the cleaned copy in its turn, and lead on to what still waits."""
    messages.success(request, _("บันทึกการตัดสินใจแล้ว"))
    waiting = [one for one in gate.look(scope, release=found.release) if one.outcome == GateOutcome.WAITING]
    if waiting:
        messages.warning(request, _("ยังมีอีกรายการที่ต้องตัดสินใจ"))
        return redirect("disclosure:gate", scope.agency.code, waiting[0].pk)
    return redirect("disclosure:page", scope.agency.code, found.release.page_id)


@allowed(Power.GUARD_PRIVACY)
@READ_WRITE
def erase(request: HttpRequest, scope: Scope, file: int) -> HttpResponse:
    """Ask, then erase a file from everywhere for good; its hash stays."""
    found = get_object_or_404(File.objects.select_related("agency"), pk=file, agency=scope.agency)
    if not rights.may_erase(scope):
        raise Http404
    form, status = EraseForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                erasing.erase(scope, file=found, reason=form.cleaned_data["reason"])
            except (ProngsaiError, ValidationError) as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("ลบไฟล์จากทุกที่แล้ว เหลือค่าแฮชและเหตุผล"))
                build_after(request, scope)
                return redirect("disclosure:erase", scope.agency.code, file)
    context = {
        "file": found,
        "form": form,
        "erasure": erasure_of(scope.agency, found.sha256),
        "places": places_of(found),
        "pages": list(pages_with(found)),
        "kin": list(kin_of(found)),
        "trail": trail_of(scope, (_("ลบข้อมูลส่วนบุคคล"), "")),
    }
    return render(request, "disclosure/erase.html", context, status=status)


@allowed(Power.GUARD_PRIVACY)
@READ_WRITE
def erase_release(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask, then erase the words of a release for good; its hash stays."""
    approved = Release.objects.filter(page__agency=scope.agency, state=ReleaseState.APPROVED)
    found = get_object_or_404(approved.select_related("page__agency"), pk=pk)
    if not rights.may_erase(scope):
        raise Http404
    form, status = EraseReleaseForm(request.POST or None, initial={"version": found.version}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in ("version", "reason", "title")}
            try:
                erasing.erase_release(scope, release=found, **given)
            except Stale as stale:
                status = 409
                form.add_error(None, stale.one_line)
            except (ProngsaiError, ValidationError) as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("ลบเนื้อหาแล้ว เหลือค่าแฮชและเหตุผล"))
                build_after(request, scope)
                return redirect("disclosure:erase_release", scope.agency.code, pk)
    seen = seen_of(found)
    context = {
        "release": found,
        "page": found.page,
        "form": form,
        "erasure": erasure_of(scope.agency, found.sha256) if found.erased_at else None,
        "seen": len(seen),
        "packs": packs_holding(scope.agency, [found.sha256, *(one.sha256 for one in seen)]).count(),
        "others": others_of(found),
        "files": list(found.files.select_related("file")),
        "trail": trail_of(scope, (_("ลบข้อมูลส่วนบุคคล"), ""), page=found.page),
    }
    return render(request, "disclosure/erase_release.html", context, status=status)
