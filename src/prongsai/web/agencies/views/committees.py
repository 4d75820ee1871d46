"""Committees and work assignments by order."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.thai.fiscal import BE_OFFSET
from prongsai.web.agencies import services
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.forms import CommitteeForm, JobOrderForm
from prongsai.web.agencies.models import Committee, JobOrder
from prongsai.web.agencies.queries import (
    committees_of,
    job_orders_of,
    members_of,
    officers,
    without_duties,
)
from prongsai.web.agencies.queries.lapses import lapse_of
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.views.people import query_of
from prongsai.web.agencies.views.saving import form_page
from prongsai.web.agencies.views.trail import ended, trail_of

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 100


@allowed(Power.SEE_PEOPLE)
@require_safe
def committees(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the committees, with what is the matter with the order of each."""
    page = Paginator(committees_of(scope.agency), PER_PAGE).get_page(request.GET.get("page"))
    listed = [(one, lapse_of(one, scope.today)) for one in page.object_list]
    shown = {"page": page, "committees": listed, "trail": ended(trail_of(scope, "committees"))}
    return render(request, "agencies/committees.html", shown)


@allowed(Power.SEE_PEOPLE)
@require_safe
def committee(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a committee."""
    found = get_object_or_404(committees_of(scope.agency), pk=pk)
    members = [(one, one.person.left_on is not None and one.person.left_on < scope.today) for one in members_of(found)]
    shown = {
        "committee": found,
        "members": members,
        "replaced": Committee.objects.filter(replaced_by=found),
        "trail": ended(trail_of(scope, "committees", found)),
    }
    return render(request, "agencies/committee.html", shown)


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def committee_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a committee with its order."""
    blank = Committee(agency=scope.agency)
    form = CommitteeForm(
        request.POST or None, scope=scope, instance=blank, initial={"replaces": request.GET.get("replaces")}
    )

    def save() -> str:
        given = form.cleaned_data
        made = services.add_committee(scope, **form.values, members=given["members"], replaces=given["replaces"])
        return reverse("agencies:committee", args=[scope.agency.code, made.pk])

    back = reverse("agencies:committees", args=[scope.agency.code])
    heading, trail = _("เพิ่มคณะกรรมการหรือคณะทำงาน"), trail_of(scope, "committees")
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=_("บันทึกแล้ว"))


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def committee_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change a committee."""
    found = get_object_or_404(Committee, agency=scope.agency, pk=pk)
    form = CommitteeForm(request.POST or None, scope=scope, instance=Committee.objects.get(pk=pk))

    def save() -> None:
        members = form.cleaned_data["members"]
        services.change_committee(scope, committee=found, version=form.seen_version, members=members, **form.values)

    back = reverse("agencies:committee", args=[scope.agency.code, pk])
    heading, trail = _("แก้ไขคณะกรรมการ"), trail_of(scope, "committees", found)
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=_("บันทึกแล้ว"))


@allowed(Power.SEE_PEOPLE)
@require_safe
def job_orders(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List officers with what each is assigned today (``?only=no_duties``: nothing), or all orders (``?all=yes``)."""
    every, only = request.GET.get("all") == "yes", request.GET.get("only", "")
    only = only if only == "no_duties" else ""
    found = job_orders_of(scope.agency) if every else officers(scope.agency, scope.today, only)
    shown = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "without": without_duties(scope.agency, scope.today).count(),
        "every": every,
        "only": only,
        "query": query_of(request),
        "trail": ended(trail_of(scope, "job_orders")),
    }
    return render(request, "agencies/job_orders.html", shown)


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def job_order_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a work assignment; one order may assign many officers, so the next one is offered with the same order."""
    initial = {name: request.GET.get(name) for name in ("person", "order_no", "order_date") if request.GET.get(name)}
    form = JobOrderForm(request.POST or None, scope=scope, instance=JobOrder(agency=scope.agency), initial=initial)
    here = reverse("agencies:job_orders", args=[scope.agency.code])

    def save() -> str:
        made = services.add_job_order(scope, **form.cleaned_data)
        again = {"order_no": made.order_no, "order_date": f"{made.order_date:%d/%m}/{made.order_date.year + BE_OFFSET}"}
        adding = reverse("agencies:job_order_add", args=[scope.agency.code])
        return f"{adding}?{urlencode(again)}" if "next" in request.POST else here

    heading, trail, said = _("เพิ่มคำสั่งมอบหมายงาน"), trail_of(scope, "job_orders"), _("บันทึกคำสั่งแล้ว")
    next_ = _("บันทึกและเพิ่มคนถัดไปในคำสั่งเดียวกัน")
    return form_page(request, form, save, heading=heading, back=here, trail=trail, said=said, next=next_)
