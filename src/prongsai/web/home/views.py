"""The way in, the page of today, and the year wheel."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.access import allowed, member
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import agencies_of
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.directory.access import operator_of
from prongsai.web.duties.forms import YearForm
from prongsai.web.home import outside, queries, wheel
from prongsai.web.mentor.access import mentors_of
from prongsai.web.registers import services as registers


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Lead on: to the first run, to sign-in or the public site, to the agency, or to the choice of several places.

    Who runs an installation of one office has nothing to choose: the way to its pages is that of one's own account.
    """
    if not request.user.is_authenticated:
        return _outside(request) if Agency.objects.exists() else redirect("first_run")
    agencies = list(agencies_of(request.user))
    runs = operator_of(request.user) is not None
    mentors = list(mentors_of(request.user))
    if not agencies and runs != bool(mentors):
        return redirect("directory:agencies" if runs else "mentor_office:desks")
    if not Agency.objects.exists():
        return redirect("first_run")
    if len(agencies) == 1 and not mentors and not (runs and Agency.objects.exclude(pk=agencies[0].pk).exists()):
        return redirect("home", agencies[0].code)
    return render(request, "home/agencies.html", {"agencies": agencies, "runs": runs, "mentors": mentors})


def _outside(request: HttpRequest) -> HttpResponse:
    """Show a stranger what the only agency has for them beside the way in; only the way in while there is nothing."""
    found = outside.for_strangers()
    if found is None:
        return redirect("account_login")
    return render(request, "home/outside.html", {"outside": found})


@member
@require_GET
def home(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what needs doing today."""
    return render(request, "home/home.html", {"today": queries.today_of(scope)})


# --- the year wheel -------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def year(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the twelve months of a fiscal year with their duties."""
    found = wheel.wheel_of(scope, _year(request.GET.get("year"), scope))
    return render(request, "home/wheel.html", {"wheel": found, "before": found.year_be - 1, "next": found.year_be + 1})


@allowed(Power.SEE_WORK)
@require_safe
def year_month(request: HttpRequest, scope: Scope, year: int, month: int) -> HttpResponse:
    """Show a month of a fiscal year (BE), to be printed. month: of the calendar, 1 to 12."""
    asked = _year(str(year), scope)
    if asked != year or month not in wheel.FISCAL_MONTHS:
        raise Http404
    found = wheel.wheel_of(scope, year)
    place = wheel.FISCAL_MONTHS.index(month)
    context = {
        "wheel": found,
        "month": found.months[place],
        "before": found.months[place - 1] if place else None,
        "next": found.months[place + 1] if place + 1 < len(found.months) else None,
    }
    return render(request, "home/wheel_month.html", context)


@allowed(Power.RUN_CYCLE)
@require_POST
def year_open(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Make every duty of a year that is not there yet: the standard ones and those of registers."""
    asked = _year(request.POST.get("year"), scope)
    registers.open_year(scope, fiscal_year_be=asked)
    messages.success(request, _("เปิดงานของปีครบแล้ว"))
    return redirect(wheel.address_of(scope, asked))


def _year(text: str | None, scope: Scope) -> int:
    form = YearForm({"year": text or ""})
    return form.cleaned_data["year"] if form.is_valid() else fiscal_year_be(scope.today)
