"""The public site as a whole: what it says of the office, building it, taking it away as a zip, looking at a draft."""

import re
import shutil
import tempfile
from io import FileIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.errors import ProngsaiError
from prongsai.portal.render import page_html
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.forms.site import SiteForm
from prongsai.web.disclosure.models import Page, Release, ReleaseState
from prongsai.web.disclosure.queries.addresses import ROUTE, folder_of, record_of, root_of, served_at
from prongsai.web.disclosure.queries.overview import current_cycle
from prongsai.web.disclosure.queries.rights import may_open_file
from prongsai.web.disclosure.queries.serving import waits_for_restart
from prongsai.web.disclosure.queries.site import site_of
from prongsai.web.disclosure.queries.site_changes import site_changes
from prongsai.web.disclosure.queries.site_pages import draft_page
from prongsai.web.disclosure.services import building
from prongsai.web.disclosure.services.settings import change_site, renew_layout
from prongsai.web.ui.templatetags.ui import thai_digits

TOLD_MAX = 20


# --- what it says of the office -------------------------------------------------------------------------------------
@allowed(Power.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show and keep what the office says of its site."""
    record = record_of(scope.agency)
    if request.method != "POST":
        return _settings(request, scope, SiteForm(instance=record))
    form = SiteForm(posted := request.POST.copy(), request.FILES, instance=record)
    if not form.is_valid():
        return _settings(request, scope, form, status=422)
    try:
        change_site(scope, version=form.seen_version, picture=form.new_picture, **form.values)
    except Stale as stale:
        posted["version"] = str(getattr(stale.current, "version", ""))
        return _settings(request, scope, form, status=409, stale=stale)
    except ValidationError as mistake:
        form.add_error(None, mistake)
        return _settings(request, scope, form, status=422)
    messages.success(request, _("บันทึกแล้ว"))
    _build(request, scope)
    return redirect("disclosure:settings", scope.agency.code)


def _settings(request: HttpRequest, scope: Scope, form: SiteForm, status: int = 200, **more: Any) -> HttpResponse:
    record = record_of(scope.agency)
    context = {
        "cycle": current_cycle(scope),
        "form": form,
        "record": record,
        "root": root_of(record),
        "served_at": served_at(scope.agency),
        "waits_for_restart": waits_for_restart(),
        **more,
    }
    return render(request, "disclosure/site_settings.html", context, status=status)


# --- building -------------------------------------------------------------------------------------------------------
@allowed(Power.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what a build would change, and how the site is put on a server; build it."""
    if request.method == "POST":
        if request.POST.get("all"):
            renew_layout(scope)
        _build(request, scope)
        return redirect("disclosure:build", scope.agency.code)
    record, changes = record_of(scope.agency), site_changes(scope.agency)
    context = {
        "cycle": current_cycle(scope),
        "record": record,
        "changes": changes,
        "told": [*changes.fresh, *changes.changed][:TOLD_MAX],
        "root": root_of(record),
        "served_at": served_at(scope.agency),
        "folder": folder_of(scope.agency),
        "is_standing": building.is_standing(scope.agency),
    }
    return render(request, "disclosure/build.html", context)


def _build(request: HttpRequest, scope: Scope) -> None:
    """Build the site and say how it went; what was kept before stays kept either way."""
    try:
        built = building.build(scope.agency, heal=True)
    except (ProngsaiError, OSError) as mistake:
        told = mistake.one_line if isinstance(mistake, ProngsaiError) else mistake.strerror
        messages.error(request, _("สร้างเว็บสาธารณะไม่สำเร็จ เว็บเดิมยังอยู่ตามเดิม: {reason}").format(reason=told))
        return
    told = _("สร้างเว็บสาธารณะแล้ว เขียนใหม่ {written} ไฟล์ คงเดิม {kept} ไฟล์")
    counts = {"written": thai_digits(f"{built.written:,}"), "kept": thai_digits(f"{built.kept:,}")}
    messages.success(request, told.format(**counts))
    for problem in built.problems[:TOLD_MAX]:
        messages.warning(request, problem.message_th)


# --- a zip for the web company --------------------------------------------------------------------------------------
@allowed(Power.PUBLISH)
@require_safe
def download(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Give the whole site as one zip, with the list of its pages."""
    workshop = Path(tempfile.mkdtemp(prefix="prongsai-site-"))
    name = f"site-{scope.agency.code}.zip"
    try:
        building.deliver(scope.agency, workshop / name)
        return FileResponse(
            _Passing(workshop / name), as_attachment=True, filename=name, content_type="application/zip"
        )
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        raise


class _Passing(FileIO):
    """A file whose folder goes when it is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path

    def close(self) -> None:
        """Close the file and take its folder away."""
        super().close()
        shutil.rmtree(self._path.parent, ignore_errors=True)


# --- a draft as it would look ---------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def preview(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a page as it would be with the release in the making; where there is none, as it is."""
    page = get_object_or_404(Page.objects.filter(agency=scope.agency).select_related("item"), pk=pk)
    release = page.releases.exclude(state=ReleaseState.APPROVED).first() or page.current
    if release is None or not may_open_file(scope, page, release):
        raise Http404
    if not building.is_standing(scope.agency):  # its style and pictures are those of the site that stands
        _build(request, scope)
    shown = page_html(site_of(scope.agency), draft_page(page, scope.agency, release))
    return HttpResponse(_as_preview(shown, scope, page, release))


def _as_preview(shown: str, scope: Scope, page: Page, release: Release) -> str:
    """Have a page of the site work inside the application: its links lead to the site, its files to the draft's."""
    for file in release.files.all():
        address = reverse("disclosure:file", args=[scope.agency.code, page.pk, file.pk])
        shown = re.sub(rf'(?<=")[^"<>]*/files/{re.escape(quote(file.name))}(?=")', address, shown)
    here = reverse("disclosure:preview", args=[scope.agency.code, page.pk])
    shown = shown.replace('href="#', f'href="{here}#')
    base = f"{ROUTE}/{scope.agency.code}/{page.path}/"
    shown = shown.replace("<head>", format_html('<head><base href="{}">', base), 1)
    back = reverse("disclosure:page", args=[scope.agency.code, page.pk])
    approved = _("ฉบับที่เผยแพร่อยู่ ไม่มีฉบับที่กำลังทำ")
    told = approved if release.number else _("ตัวอย่าง ยังไม่ได้เผยแพร่ เห็นเฉพาะผู้ที่เข้าสู่ระบบ")
    bar = format_html('<p role="status"><strong>{}</strong> <a href="{}">{}</a></p>', told, back, _("กลับไปแก้ไข"))
    return re.sub(r"<body[^>]*>", lambda found: f"{found[0]}{bar}", shown, count=1)
