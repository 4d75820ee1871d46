"""The agencies of the installation: listing them, making one or many, closing."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.web.agencies.accounts import INVITATION_DAYS, Invited, Link, mail_is_set
from prongsai.web.agencies.models import Agency
from prongsai.web.directory.access import operator
from prongsai.web.directory.forms.agency import FirstForm, MakeForm
from prongsai.web.directory.forms.lists import FilterForm, FindForm
from prongsai.web.directory.models import Operator
from prongsai.web.directory.queries import found, installation
from prongsai.web.directory.scope import installation_of
from prongsai.web.directory.services import making
from prongsai.web.directory.services.many import website_of
from prongsai.web.directory.views.trail import trail_of, two_step_is_on
from prongsai.web.disclosure.queries.addresses import served_at
from prongsai.web.disclosure.queries.serving import waits_for_restart
from prongsai.web.ui.qr import address_of

PER_PAGE = 50
FOUND_MOST = 50
_FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@operator
@require_safe
def agencies(request: HttpRequest, operator: Operator) -> HttpResponse:
    """List the agencies with their technical state; nothing from inside one."""
    form = FilterForm(request.GET)
    asked = form.asked
    listed = installation.agencies(asked["q"], kind=asked["kind"], where=asked["province"], state=asked["state"])
    page = Paginator(installation.with_state(listed), PER_PAGE).get_page(request.GET.get("page"))
    query = {name: value for name, value in asked.items() if value}
    context = {
        "form": form,
        "page": page,
        "query": f"&{urlencode(query)}" if query else "",
        "is_filtered": bool(query),
        "counts": installation.count_by_state(),
        "two_step": two_step_is_on(operator),
        "waits_for_restart": waits_for_restart(),
    }
    return render(request, "directory/agencies.html", context)


@operator
@require_safe
def agency_find(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Find the agency to make in the list of codes."""
    form = FindForm(request.GET or None)
    rows = list(found.found_by(form.cleaned_data["q"])[: FOUND_MOST + 1]) if form.is_valid() else []
    context = {
        "form": form,
        "rows": rows[:FOUND_MOST],
        "has_more": len(rows) > FOUND_MOST,
        "here": found.codes_here([row.code for row in rows]),
        "newest": found.newest_list(),
        "trail": trail_of(_("เพิ่มหน่วยงาน")),
    }
    return render(request, "directory/agency_find.html", context)


@operator
@_FORM_METHODS
@never_cache
def agency_add(request: HttpRequest, operator: Operator, code: str = "") -> HttpResponse:
    """Make an agency, prefilled from the list of codes or by hand. The link is in the answer itself, once."""
    listed = found.listed_of(code) if code else None
    if code and listed is None:
        raise Http404
    initial = {"website": website_of(listed)} if listed else {}
    form = MakeForm(request.POST or None, listed=listed, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("person", "post", "email", "units")}
        try:
            made = making.make_agency(installation_of(operator), agency=form.agency, link=link_of(request), **given)
        except ValidationError as mistake:
            put_on(form, mistake)
        else:
            return _invited(request, made.agency, made.invited, is_new=True)
    context = {
        "form": form,
        "listed": listed,
        "mail_is_set": mail_is_set(),
        "trail": trail_of((_("เพิ่มหน่วยงาน"), "directory:agency_find"), listed.name if listed else _("กรอกเอง")),
    }
    return render(request, "directory/agency_add.html", context, status=422 if form.errors else 200)


@operator
@require_safe
def agency(request: HttpRequest, operator: Operator, code: str) -> HttpResponse:
    """Show the technical state of one agency, and what an operator may do with it."""
    return _page(request, _agency(code))


@operator
@require_POST
@never_cache
def agency_invite(request: HttpRequest, operator: Operator, code: str) -> HttpResponse:
    """Invite who shall keep the accounts while nobody can. The link is in the answer itself, once."""
    here = _agency(code)
    form = FirstForm(request.POST)
    if form.is_valid():
        try:
            invited = making.invite_first(
                installation_of(operator), agency=here, link=link_of(request), **form.cleaned_data
            )
        except ValidationError as mistake:
            put_on(form, mistake)
        else:
            return _invited(request, here, invited, is_new=False)
    return _page(request, here, form, status=422)


@operator
@_FORM_METHODS
def agency_close(request: HttpRequest, operator: Operator, code: str) -> HttpResponse:
    """Ask, then close an agency."""
    here = _agency(code)
    if request.method == "POST":
        try:
            making.close_agency(installation_of(operator), agency=here)
        except ValidationError as mistake:
            messages.error(request, mistake.messages[0])
        else:
            messages.success(request, _("ปิดการใช้งานของ%(name)sแล้ว") % {"name": here.name})
        return redirect("directory:agency", here.code)
    context = {"agency": here, "trail": trail_of((here.name, "directory:agency", here.code), _("ปิดการใช้งาน"))}
    return render(request, "directory/agency_close.html", context)


@operator
@require_POST
def agency_reopen(request: HttpRequest, operator: Operator, code: str) -> HttpResponse:
    """Let the people of a closed agency in again."""
    here = _agency(code)
    try:
        making.reopen_agency(installation_of(operator), agency=here)
    except ValidationError as mistake:
        messages.error(request, mistake.messages[0])
    else:
        messages.success(request, _("เปิดการใช้งานของ%(name)sแล้ว") % {"name": here.name})
    return redirect("directory:agency", here.code)


def link_of(request: HttpRequest) -> Link:
    """Give how the address of an invitation's token is made: at the host that was asked."""
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[token]))


def put_on(form: MakeForm | FirstForm, mistake: ValidationError) -> None:
    """Put faults beside their fields; those of fields that are not asked stand on top."""
    faults = mistake.message_dict if hasattr(mistake, "error_dict") else {"": mistake.messages}
    for name, texts in faults.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


def _agency(code: str) -> Agency:
    here = installation.agency_of(code)
    if here is None:
        raise Http404
    return here


def _page(request: HttpRequest, here: Agency, form: FirstForm | None = None, status: int = 200) -> HttpResponse:
    waiting = not here.closed_on and not installation.has_keeper(here)
    last = installation.last_invitation(here) if waiting else None
    if waiting and form is None:
        known = {"person": str(last.person), "email": last.person.email} if last else {}
        form = FirstForm(initial=known)
    context = {
        "agency": here,
        "form": form if waiting else None,
        "last": last,
        "is_orphaned": waiting and installation.had_accounts(here),
        "mail_is_set": mail_is_set(),
        "site_address": getattr(here, "site_address", "") or f"{served_at(here)}",
        "trail": trail_of(here.name),
    }
    return render(request, "directory/agency.html", context, status=status)


def _invited(request: HttpRequest, here: Agency, invited: Invited, *, is_new: bool) -> HttpResponse:
    context = {
        "agency": here,
        "invited": invited,
        "is_new": is_new,
        "qr": address_of(invited.address),
        "days": INVITATION_DAYS,
        "shown_once": True,
        "trail": trail_of((here.name, "directory:agency", here.code), _("คำเชิญ")),
    }
    return render(request, "directory/invited.html", context, status=201)
