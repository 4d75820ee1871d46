"""Public news: the list with what is late, adding a piece or making it of the register, the month's report."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.errors import ProngsaiError
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.forms.news import NewsForm
from prongsai.web.disclosure.models import Page, PageKind
from prongsai.web.disclosure.queries import news as queries
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.overview import current_cycle
from prongsai.web.disclosure.services import news as services
from prongsai.web.disclosure.views.papers import YEAR_MAX, YEAR_MIN, as_paper, signer_of
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.ui.forms import posted_number

PER_PAGE = 100
ENTRIES_SHOWN = 20


@allowed(Power.SEE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def news_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the news of a fiscal year; sent: enter in the register what was published."""
    if request.method == "POST":
        return _tell_register(request, scope)
    year = posted_number(request.GET.get("year"))
    year = year if year and YEAR_MIN <= year <= YEAR_MAX else fiscal_year_be(scope.today)
    limit = queries.limit_of(scope, year)
    page = Paginator(queries.pages_of(scope, year), PER_PAGE).get_page(request.GET.get("page"))
    entries = queries.entries_without_page(scope, year)
    context = {
        "cycle": current_cycle(scope),
        "year": year,
        "years": queries.years_of(scope, year),
        "months": [(first, first.year * 100 + first.month) for first in queries.months_of(year)],
        "limit": limit,
        "page": page,
        "query": f"&year={year}",
        "lines": queries.lines_of(scope, page.object_list, limit),
        "entries": entries[:ENTRIES_SHOWN],
        "entry_count": entries.count(),
        "untold": queries.untold(scope).count(),
        "may_add": rights.may_add(scope, PageKind.NEWS),
        "trail": _trail(scope),
    }
    return render(request, "disclosure/news.html", context)


def _tell_register(request: HttpRequest, scope: Scope) -> HttpResponse:
    if not scope.can(Power.PUBLISH):
        raise Http404
    done = 0
    for page in queries.untold(scope)[:PER_PAGE]:
        try:
            done += services.tell_register(scope, page=page) is not None
        except ProngsaiError as refused:
            messages.error(request, f"{page.title}: {refused.one_line}")
        except ValidationError as refused:
            messages.error(request, f"{page.title}: {' '.join(refused.messages)}")
    if done:
        words = ngettext("ลงวันที่เผยแพร่ในทะเบียนข่าวแล้ว {n} เรื่อง", "ลงวันที่เผยแพร่ในทะเบียนข่าวแล้ว {n} เรื่อง", done)
        messages.success(request, words.format(n=to_thai(str(done))))
    return redirect("disclosure:news", scope.agency.code)


@allowed(Power.DO_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def news_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Write a piece of news; with ``entry`` sent, make it of an entry of the register."""
    if not rights.may_add(scope, PageKind.NEWS):
        raise Http404
    if request.method == "POST" and "entry" in request.POST:
        return _from_entry(request, scope)
    form = NewsForm(scope, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, scope, _add(scope, form).pk)
        except ValidationError as refusal:
            for name, errors in getattr(refusal, "error_dict", {"": refusal}).items():
                form.add_error(name if name in form.fields else None, errors)
        except ProngsaiError as refusal:
            form.add_error(None, refusal.one_line)
    context = {"form": form, "limit": queries.limit_of(scope), "trail": _trail(scope, _("เพิ่มข่าว"))}
    return render(request, "disclosure/news_add.html", context, status=422 if request.method == "POST" else 200)


def _add(scope: Scope, form: NewsForm) -> Page:
    pictures = [services.Picture(_kept(scope, sent), text) for sent, text in form.pictures]
    given = {name: form.cleaned_data[name] for name in ("title", "event_on", "text", "unit")}
    return services.add_news(scope, pictures=pictures, **given)


def _kept(scope: Scope, sent: UploadedFile) -> File:
    return keep_file(scope, name=sent.name or "", content=cast("bytes", sent.file), is_guarded=True)


def _from_entry(request: HttpRequest, scope: Scope) -> HttpResponse:
    kept = queries.register_of(scope)
    entry = get_object_or_404(entries_of(scope, kept), pk=posted_number(request.POST["entry"]) or 0)
    try:
        return _made(request, scope, services.from_entry(scope, entry=entry).pk)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except ProngsaiError as refusal:
        messages.error(request, refusal.one_line)
    return redirect("disclosure:news", scope.agency.code)


def _made(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    messages.success(request, _("บันทึกร่างข่าวแล้ว ตรวจแล้วขออนุญาตเผยแพร่"))
    return redirect("disclosure:page", scope.agency.code, pk)


@allowed(Power.SEE_WORK)
@require_safe
def report(request: HttpRequest, scope: Scope, month: int, form: str) -> HttpResponse:
    """Print the report of a month to the executives. month: as 202601."""
    year, number = divmod(month, 100)
    if not (YEAR_MIN <= year + 543 <= YEAR_MAX and 1 <= number <= 12):
        raise Http404
    return as_paper(scope, "news-report", queries.month_report(scope, date(year, number, 1), signer_of(scope)), form)


def _trail(scope: Scope, *last: str) -> list[tuple[str, str]]:
    code = scope.agency.code
    trail = [
        (_("เว็บสาธารณะ"), reverse("disclosure:overview", args=[code])),
        (_("ข่าวประชาสัมพันธ์"), reverse("disclosure:news", args=[code])),
        *((words, "") for words in last),
    ]
    return [*trail[:-1], (trail[-1][0], "")]
