"""Pages: the overview, a page with its releases, what is done with a page as a whole."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.forms.pages import (
    AddForm,
    ChangeForm,
    ElsewhereForm,
    RenameForm,
    SettingsForm,
    WithdrawForm,
)
from prongsai.web.disclosure.models import Page, PageKind, PageState
from prongsai.web.disclosure.queries import overview as queries
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.addresses import public_address
from prongsai.web.disclosure.queries.pages import page_view
from prongsai.web.disclosure.queries.submissions import locked_by
from prongsai.web.disclosure.services import freezing, pages
from prongsai.web.disclosure.services.locks import PageLocked
from prongsai.web.disclosure.views.found import READ_WRITE, build_after, drafted, refuse, seen, trail_of
from prongsai.web.ui.forms import posted_number

PAGE_SIZE = 50
SHOWS = (queries.TODO, queries.WAITING, queries.PUBLIC, queries.WATCH)


# --- the overview ---------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def overview(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what is published and what is to be done; with ``?kind=`` the pages that belong to no item."""
    kind, show = request.GET.get("kind", ""), request.GET.get("show", "")
    found = queries.overview_of(scope, request.GET.get("cycle", ""))
    context: dict[str, Any] = {
        "overview": found,
        "kind": kind if kind in (PageKind.REGISTER, PageKind.NEWS, PageKind.FREE) else "",
        "kinds": PageKind,
        "show": show if show in SHOWS else "",
        "lines": [line for line in found.lines if line.is_of(show)],
        "may_add": rights.may_add(scope, PageKind.FREE),
    }
    if context["kind"]:
        page = Paginator(queries.pages_by_kind(scope, kind), PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"page": page, "lines": queries.lines_for(scope, list(page.object_list)), "query": f"&kind={kind}"}
    return render(request, "disclosure/overview.html", context)


@allowed(Power.SEE_WORK)
@READ_WRITE
def page_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Begin the page of an item, or add one that belongs to none."""
    if request.method == "POST" and "item" in request.POST:
        return _begin_item(scope, posted_number(request.POST["item"]) or 0)
    if not rights.may_add(scope, PageKind.FREE):
        raise Http404
    form = AddForm(scope, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = pages.add_page(scope, **form.cleaned_data)
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("เพิ่มหน้าแล้ว เขียนเนื้อหาแล้วขออนุญาตเผยแพร่"))
            return redirect("disclosure:release_edit", scope.agency.code, made.pk)
    context = {"form": form, "trail": trail_of(scope, (_("เพิ่มหน้า"), ""))}
    return render(request, "disclosure/page_form.html", context, status=422 if request.method == "POST" else 200)


def _begin_item(scope: Scope, pk: int) -> HttpResponse:
    item = queries.item_of(scope, pk)
    if item is None or not (rights.may_publish(scope) or scope.can_change(item.unit_id)):
        raise Http404
    page = pages.ensure_item_page(scope, item=item)
    return redirect("disclosure:release_edit", scope.agency.code, page.pk)


# --- a page ---------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def page(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a page: its address and state, what is in the making, every release with what it changed."""
    return shown(request, scope, seen(scope, pk))


def shown(request: HttpRequest, scope: Scope, found: Page, status: int = 200, **more: Any) -> HttpResponse:
    """Give the page of a page. more: faults of what was refused, and what was typed."""
    tables = freezing.tables_of(found)
    view = page_view(scope, found, tables)
    draft = view.draft
    seen_hash = freezing.hash_of_draft(draft.release, draft.files, tables) if draft else ""
    context = {"view": view, "tables": tables, "seen": seen_hash, "trail": trail_of(scope, page=found), **more}
    return render(request, "disclosure/page.html", context, status=status)


@allowed(Power.SEE_WORK)
@READ_WRITE
def page_settings(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change what is said about a page: its name, whose it is, when it is looked at again."""
    found = drafted(scope, pk)
    form = SettingsForm(scope, found, request.POST or None, may_hand_over=rights.may_publish(scope))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                pages.change_page(scope, page=found, version=form.cleaned_data["version"], **form.values)
            except Stale as stale:
                _renew(form, stale)
                status = 409
            except ValidationError as refusal:
                refuse(form, refusal)
            else:
                return _done(request, scope, found, _("บันทึกแล้ว"), is_public=found.state != PageState.DRAFT)
    context = {"form": form, "page": seen(scope, pk), "trail": trail_of(scope, (_("ตั้งค่าหน้า"), ""), page=found)}
    return render(request, "disclosure/page_form.html", context, status=status)


def _renew(form: Any, stale: Stale) -> None:
    """Let the form be sent again: with what was typed, on top of what stands now."""
    form.data = form.data.copy()
    form.data["version"] = str(vars(stale.current).get("version", ""))
    form.add_error(None, stale.one_line)


def _done(request: HttpRequest, scope: Scope, found: Page, text: str, *, is_public: bool = True) -> HttpResponse:
    messages.success(request, text)
    if is_public:
        build_after(request, scope)
    return redirect("disclosure:page", scope.agency.code, found.pk)


# --- afterwards -----------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@READ_WRITE
def withdraw(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask why, then take a page away from the public; its address says so."""
    found = seen(scope, pk)
    if not rights.may_withdraw(scope) or found.state != PageState.PUBLIC:
        raise Http404
    form = WithdrawForm(found, request.POST or None, is_locked=locked_by(found) is not None)
    texts = (_("ถอนหน้านี้"), _("ถอนแล้ว ที่อยู่เดิมบอกวันที่และเหตุผล"))
    return _change(request, scope, found, form, texts, pages.withdraw)


@allowed(Power.PUBLISH)
@READ_WRITE
def rename(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Give a page another path; the old one leads on."""
    found = seen(scope, pk)
    is_locked = locked_by(found) is not None
    form = RenameForm(found, request.POST or None, is_locked=is_locked, initial={"path": found.path})
    texts = (_("เปลี่ยนที่อยู่"), _("เปลี่ยนที่อยู่แล้ว ที่อยู่เดิมพาไปที่ใหม่"))
    return _change(request, scope, found, form, texts, pages.rename)


@allowed(Power.PUBLISH)
@READ_WRITE
def elsewhere(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say that a page is published at another address."""
    found = seen(scope, pk)
    is_locked = locked_by(found) is not None
    form = ElsewhereForm(found, request.POST or None, is_locked=is_locked, initial={"address": found.elsewhere})
    texts = (_("เผยแพร่อยู่ที่อื่น"), _("บันทึกที่อยู่แล้ว ระบบจะตรวจที่อยู่นี้เหมือนหน้าของเราเอง"))
    return _change(request, scope, found, form, texts, pages.publish_elsewhere)


def _change(
    request: HttpRequest, scope: Scope, found: Page, form: ChangeForm, texts: tuple[str, str], act: Callable[..., Page]
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(scope, page=found, **form.cleaned_data)
            except Stale as stale:
                _renew(form, stale)
                status = 409
            except PageLocked as lock:
                form.add_error("knows" if "knows" in form.fields else None, lock.one_line)
            except (ProngsaiError, ValidationError) as refusal:
                refuse(form, refusal)
            else:
                is_public = found.state != PageState.DRAFT or act is pages.publish_elsewhere
                return _done(request, scope, found, texts[1], is_public=is_public)
    context = {
        "form": form,
        "page": seen(scope, found.pk),
        "title": texts[0],
        "act": act.__name__,
        "address": public_address(found),
        "lock": locked_by(found),
        "trail": trail_of(scope, (texts[0], ""), page=found),
    }
    return render(request, "disclosure/change_form.html", context, status=status)
