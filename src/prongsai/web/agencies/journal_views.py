"""Pages of the journal. They read; nothing here or anywhere writes but ``journal`` itself."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from prongsai.web.agencies import journal as chain
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal_words import lines_of
from prongsai.web.agencies.models import Agency, AuditEntry, Membership
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.ui.forms import ThaiDateField

PER_PAGE = 50
LOOKED_AT = 500  # the last entries whose chain is checked on every look at the page
MOST_SHOWN = 20
_SYSTEM = "system"
_YEARS = (1900, 2500)  # beyond these a day has no midnight that every database can hold


@dataclass(frozen=True, slots=True)
class Check:
    """What looking at the chain found. first, last: the numbers looked at; faults: entries that do not fit."""

    first: int
    last: int
    faults: tuple[AuditEntry, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everything was looked at."""
        return self.first == 1


class JournalFilter(forms.Form):
    """By whom, between which days, about what."""

    who = forms.ChoiceField(label=_("ผู้ทำ"), required=False)
    since = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False, help_text="")
    until = ThaiDateField(label=_("ถึงวันที่"), required=False, help_text="")
    about = forms.CharField(label=_("เรื่องหรือชื่อรายการ"), required=False, max_length=100)
    type = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(agency=scope.agency).select_related("person").order_by("person__given_name")
        people = [(str(member.user_id), str(member.person)) for member in members]
        self.fields["who"].choices = [("", _("ทุกคน")), *people, (_SYSTEM, _("ระบบ"))]  # type: ignore[attr-defined]

    def applied(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Keep what was asked for; a field that cannot be read keeps everything."""
        asked = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        if who := asked.get("who"):
            entries = entries.filter(user__isnull=True) if who == _SYSTEM else entries.filter(user=who)
        if since := asked.get("since"):
            entries = entries.filter(at__gte=_midnight(since))
        if until := asked.get("until"):
            entries = entries.filter(at__lt=_midnight(until) + timedelta(days=1))
        if about := asked.get("about"):
            entries = entries.filter(subject_text__icontains=about)
        if asked.get("type") and asked.get("id"):
            entries = entries.filter(subject_type=asked["type"], subject_id=asked["id"])
        return entries


@allowed(Power.SEE_JOURNAL)
@require_safe
def journal(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List who did what, the newest first, with what a look at the chain found on top."""
    form = JournalFilter(scope, request.GET)
    entries = form.applied(AuditEntry.objects.filter(agency=scope.agency))
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(page.object_list),
        "query": f"&{asked.urlencode()}" if asked else "",
        "check": _check(scope.agency, is_whole=request.GET.get("check") == "all"),
        "is_filtered": any(form.data.get(name) for name in form.fields),
        "today": scope.today,
    }
    return render(request, "agencies/journal.html", context, status=200 if form.is_valid() else 422)


@allowed(Power.SEE_JOURNAL)
@require_safe
def journal_day(request: HttpRequest, scope: Scope, year: int, month: int, day: int) -> HttpResponse:
    """Show a day's head for printing: who keeps the paper can tell later whether the book is still the same."""
    the_day = _day(year, month, day)
    before_end = AuditEntry.objects.filter(agency=scope.agency, at__lt=_midnight(the_day) + timedelta(days=1))
    of_day = before_end.filter(at__gte=_midnight(the_day)).order_by("number")
    first, last = of_day.first(), before_end.first()
    faults = _faults(scope.agency, first.number, last.number) if first and last else ()
    context = {
        "day": the_day,
        "count": of_day.count(),
        "first": first,
        "head": last,
        "faults": faults,
        "before": the_day - timedelta(days=1),
        "after": the_day + timedelta(days=1) if the_day < scope.today else None,
        "today": scope.today,
    }
    return render(request, "agencies/journal_day.html", context)


def _check(agency: Agency, *, is_whole: bool) -> Check | None:
    last = AuditEntry.objects.filter(agency=agency).values_list("number", flat=True).first()
    if last is None:
        return None
    first = 1 if is_whole else max(1, last - LOOKED_AT + 1)
    return Check(first, last, _faults(agency, first, last))


def _faults(agency: Agency, first: int, last: int) -> tuple[AuditEntry, ...]:
    return tuple(islice(chain.broken(agency, first=first, last=last), MOST_SHOWN))


def _midnight(day: date) -> datetime:
    day = day.replace(year=min(max(day.year, _YEARS[0]), _YEARS[1]))
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Http404 from None
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise Http404
    return found
