"""Pages of the chain of proof: its days, whether everything still fits, and the head of a day for printing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import ProofEntry
from prongsai.web.disclosure.queries import proof as queries
from prongsai.web.disclosure.queries.overview import current_cycle

DAYS_SHOWN = 31
ENTRIES_SHOWN = 100
LOOKED_AT = 500  # the last entries whose chain is checked on every look at the page
_YEARS = (1900, 2500)  # beyond these a day has no midnight that every database can hold
_KINDS: Mapping[str, object] = {
    "release": _("เผยแพร่"),
    "check": _("ตรวจจากภายนอก"),
    "withdrawal": _("ถอนจากการเผยแพร่"),
    "erasure": _("ลบข้อมูลส่วนบุคคล"),
    "submission": _("กรอกในระบบ ITAS"),
}
_ABOUT = ("address", "path", "title", "name", "sha256")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a page prints it."""

    entry: ProofEntry
    kind: object
    about: str


@allowed(Power.SEE_WORK)
@require_safe
def days(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the days with their heads; with ``?check=all`` every entry and every kept byte is read again."""
    page = Paginator(queries.days_of(scope.agency), DAYS_SHOWN).get_page(request.GET.get("page"))
    is_all = request.GET.get("check") == "all"
    last = queries.entries_of(scope.agency).last()
    first = max(1, last.number - LOOKED_AT + 1) if last else 1
    found = queries.broken(scope.agency) if is_all else None
    context = {
        "cycle": current_cycle(scope),
        "page": page,
        "heads": queries.heads_of(scope.agency, list(page.object_list)),
        "last": last,
        "first": first,
        "found": found,
        "faults": found.entries if found else tuple(queries.broken_entries(scope.agency, first=first)),
    }
    return render(request, "disclosure/proof.html", context)


@allowed(Power.SEE_WORK)
@require_safe
def day(request: HttpRequest, scope: Scope, day: str) -> HttpResponse:
    """Show a day's head for printing and publishing: who keeps it can tell later whether anything was changed."""
    the_day = _day(day)
    entries = queries.entries_on(scope.agency, the_day)
    page = Paginator(entries, ENTRIES_SHOWN).get_page(request.GET.get("page"))
    head = queries.head_of(scope.agency, the_day)
    context = {
        "day": the_day,
        "head": head,
        "page": page,
        "lines": [_line(entry) for entry in page.object_list],
        "faults": _faults_on(scope.agency, head),
        "before": the_day - timedelta(days=1),
        "after": the_day + timedelta(days=1) if the_day < scope.today else None,
        "is_over": the_day < scope.today,
    }
    return render(request, "disclosure/proof_day.html", context)


def _faults_on(agency: Agency, head: queries.Head | None) -> tuple[queries.BrokenEntry, ...]:
    if head is None or head.first is None:
        return ()
    return tuple(queries.broken_entries(agency, first=head.first, last=head.number))


def _line(entry: ProofEntry) -> Line:
    about = next((str(entry.content[name]) for name in _ABOUT if entry.content.get(name)), "")
    return Line(entry, _KINDS.get(entry.kind, entry.kind), about)


def _day(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        raise Http404 from None
    if found is None or not _YEARS[0] <= found.year <= _YEARS[1]:
        raise Http404
    return found
