"""Channels beside the site, and what was posted in them."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.errors import ProngsaiError
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.forms.late import renewed
from prongsai.web.disclosure.forms.postings import ChannelForm, PostingForm
from prongsai.web.disclosure.models import Channel, Page, PageState
from prongsai.web.disclosure.queries import postings as queries
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.overview import current_cycle
from prongsai.web.disclosure.services import postings as services
from prongsai.web.disclosure.views.found import build_after, drafted, refuse
from prongsai.web.evidence.services import keep_file
from prongsai.web.ui.forms import posted_number

PER_PAGE = 100


@allowed(Power.SEE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the channels with what was posted in each this fiscal year; add or change one."""
    may_change = scope.can(Power.PUBLISH)
    if request.method == "POST":
        if not may_change:
            raise Http404
        return _begin(request, scope) if "begin" in request.POST else _write_channel(request, scope)
    return _channels_page(request, scope, ChannelForm(), 200)


def _begin(request: HttpRequest, scope: Scope) -> HttpResponse:
    services.ensure_channels(scope)
    messages.success(request, _("ตั้งช่องทางแล้ว แก้ชื่อหรือเลิกใช้ช่องทางที่ไม่มีได้"))
    return redirect("disclosure:channels", scope.agency.code)


def _write_channel(request: HttpRequest, scope: Scope) -> HttpResponse:
    pk = posted_number(request.POST.get("channel"))
    known = get_object_or_404(Channel, agency=scope.agency, pk=pk) if pk else None
    form = ChannelForm(request.POST, instance=known or Channel(agency=scope.agency))
    if not form.is_valid():
        return _channels_page(request, scope, form, 422)
    values = form.values
    try:
        if known:
            fresh = Channel.objects.get(pk=known.pk)
            services.change_channel(scope, channel=fresh, version=form.seen_version, **values)
        else:
            services.add_channel(scope, name=values["name"], is_online=values["is_online"])
    except Stale as stale:
        form.add_error(None, stale.one_line)
        return _channels_page(request, scope, form, 409)
    except ValidationError as refusal:
        refuse(form, refusal)
        return _channels_page(request, scope, form, 422)
    messages.success(request, _("บันทึกแล้ว"))
    return redirect("disclosure:channels", scope.agency.code)


def _channels_page(request: HttpRequest, scope: Scope, form: ChannelForm, status: int) -> HttpResponse:
    year = fiscal_year_be(scope.today)
    page = Paginator(queries.latest(scope, year), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cycle": current_cycle(scope),
        "year": year,
        "channels": queries.channels_of(scope, year),
        "page": page,
        "form": form,
        "may_change": scope.can(Power.PUBLISH),
        "trail": [(_("เว็บสาธารณะ"), reverse("disclosure:overview", args=[scope.agency.code])), (_("ช่องทางอื่น"), "")],
    }
    return render(request, "disclosure/channels.html", context, status=status)


@allowed(Power.SEE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def posting_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say that a page was, or is to be, posted in a channel."""
    page = drafted(scope, pk)
    form = PostingForm(scope, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_posting(scope, page=page, **_given(scope, form))
            messages.success(request, _("บันทึกแล้ว"))
            _show(request, scope, page)
            return redirect("disclosure:posting_add", scope.agency.code, pk)
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal, proof="file")
    context = {
        "page": page,
        "form": form,
        "reach": queries.reach_of(page, Channel.objects.filter(agency=scope.agency)),
        "trail": _trail(scope, page, _("โพสต์ช่องทางอื่น")),
    }
    return render(request, "disclosure/posting_add.html", context, status=422 if request.method == "POST" else 200)


@allowed(Power.SEE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def posting(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say when and where a planned posting was made, mend one, or take it back."""
    found = get_object_or_404(queries.postings_of(scope).select_related("page__item"), pk=pk)
    if not rights.may_draft(scope, found.page):
        raise Http404
    if request.method == "POST" and "drop" in request.POST:
        services.drop_posting(scope, posting=found)
        messages.success(request, _("ลบรายการแล้ว"))
        _show(request, scope, found.page)
        return redirect("disclosure:posting_add", scope.agency.code, found.page_id)
    form, status = PostingForm(scope, request.POST or None, request.FILES or None, posting=found), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                version = form.cleaned_data["version"]
                services.change_posting(scope, posting=found, version=version, **_given(scope, form))
                messages.success(request, _("บันทึกแล้ว"))
                _show(request, scope, found.page)
                return redirect("disclosure:posting_add", scope.agency.code, found.page_id)
            except Stale as stale:
                renewed(form, stale.current)
                form.add_error(None, stale.one_line)
                status = 409
            except (ProngsaiError, ValidationError) as refusal:
                refuse(form, refusal, proof="file")
    current = queries.postings_of(scope).get(pk=pk)
    context = {"posting": current, "form": form, "trail": _trail(scope, found.page, str(found.channel))}
    return render(request, "disclosure/posting.html", context, status=status)


def _show(request: HttpRequest, scope: Scope, page: Page) -> None:
    """Tell of the postings on the public page, where there is one."""
    if page.state != PageState.DRAFT:
        build_after(request, scope)


def _given(scope: Scope, form: PostingForm) -> Mapping[str, Any]:
    """Give what the form says, its file kept. Raises FileUnusable, LimitExceeded."""
    values = dict(form.cleaned_data)
    values.pop("version", None)
    sent = values.pop("file", None)
    if sent:
        values["proof"] = keep_file(scope, name=sent.name or "", content=cast("bytes", sent.file))
    return values


def _trail(scope: Scope, page: Page, *last: str) -> list[tuple[str, str]]:
    code = scope.agency.code
    return [
        (_("เว็บสาธารณะ"), reverse("disclosure:overview", args=[code])),
        (page.title, reverse("disclosure:page", args=[code, page.pk])),
        *((words, "") for words in last),
    ]
