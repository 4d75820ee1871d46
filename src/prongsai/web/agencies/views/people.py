"""People."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.web.agencies import services
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.forms import MergeForm, PeopleFilter, PersonForm
from prongsai.web.agencies.models import Appointment, Person
from prongsai.web.agencies.queries import headcount_on, likely_same, newest_first, people_list
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.views.saving import form_page
from prongsai.web.agencies.views.trail import ended, trail_of

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 100


@allowed(Power.SEE_PEOPLE)
@require_safe
def people(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List who serves on a day (``?on=``, today when not given), with the headcount of that day."""
    form = PeopleFilter(request.GET or None, scope=scope)
    given = form.cleaned_data if form.is_valid() else {}
    day = given.get("on") or scope.today
    found = people_list(scope.agency, day, given.get("q", ""), given.get("unit"), given.get("only", ""))
    shown = {
        "form": form,
        "day": day,
        "headcount": headcount_on(scope.agency, day),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": query_of(request),
        "is_filtered": any(given.get(name) for name in ("q", "unit", "only")),
        "trail": ended(trail_of(scope, "people")),
    }
    return render(request, "agencies/people.html", shown, status=422 if form.errors else 200)


def query_of(request: HttpRequest) -> str:
    """Give the query string but for the page, to go on with."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"&{kept.urlencode()}" if kept else ""


@allowed(Power.SEE_PEOPLE)
@require_safe
def person(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a person with posts, work assignments and committees; a merged spelling leads to the one kept."""
    found = get_object_or_404(Person.objects.select_related("merged_into"), agency=scope.agency, pk=pk)
    if found.merged_into is not None:
        return redirect("agencies:person", scope.agency.code, found.merged_into.pk)
    held = newest_first(Appointment.objects.filter(person=found).select_related("post__unit"))
    shown = {
        "person": found,
        "held": [(one, one.holds_on(scope.today)) for one in held],
        "has_post": any(one.holds_on(scope.today) for one in held),
        "orders": [(one, one.holds_on(scope.today)) for one in found.job_orders.select_related("signer")],
        "places": found.committee_places.select_related("committee__replaced_by"),
        "spellings": Person.objects.filter(merged_into=found),
        "trail": ended(trail_of(scope, "people", found)),
    }
    return render(request, "agencies/person.html", shown)


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def person_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a person, after a look at those of a like name."""
    form = PersonForm(request.POST or None, scope=scope, instance=Person(agency=scope.agency))

    def save() -> str:
        made = services.add_person(scope, **form.values)
        return reverse("agencies:person", args=[scope.agency.code, made.pk])

    return form_page(
        request,
        form,
        save,
        heading=_("เพิ่มบุคคล"),
        back=reverse("agencies:people", args=[scope.agency.code]),
        trail=trail_of(scope, "people"),
        said=_("เพิ่มบุคคลแล้ว ต่อไปให้แต่งตั้งในตำแหน่ง"),
        template="agencies/person_form.html",
    )


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def person_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change a person."""
    found = get_object_or_404(Person, agency=scope.agency, merged_into=None, pk=pk)
    form = PersonForm(request.POST or None, scope=scope, instance=Person.objects.get(pk=pk))

    def save() -> None:
        services.change_person(scope, person=found, version=form.seen_version, **form.values)

    return form_page(
        request,
        form,
        save,
        heading=_("แก้ไขข้อมูลบุคคล"),
        back=reverse("agencies:person", args=[scope.agency.code, pk]),
        trail=trail_of(scope, "people", found),
        said=_("บันทึกแล้ว"),
        template="agencies/person_form.html",
    )


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def person_merge(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Propose who is likely one person; merge two records after a look at both (``?kept=…&other=…``)."""
    chosen = {name: request.GET[name] for name in ("kept", "other") if request.GET.get(name, "").isdecimal()}
    form = MergeForm(request.POST or None, scope=scope, initial=chosen)
    people_ = Person.objects.filter(agency=scope.agency, merged_into=None)
    pair = [get_object_or_404(people_, pk=pk) for pk in chosen.values()] if len(chosen) == 2 else []

    def save() -> str:
        kept = services.merge_people(scope, kept=form.cleaned_data["kept"], other=form.cleaned_data["other"])
        return reverse("agencies:person", args=[scope.agency.code, kept.pk])

    return form_page(
        request,
        form,
        save,
        heading=_("รวมรายชื่อที่เป็นบุคคลเดียวกัน"),
        back=reverse("agencies:people", args=[scope.agency.code]),
        trail=trail_of(scope, "people"),
        said=_("รวมรายการแล้ว ชื่อเดิมยังค้นพบได้"),
        template="agencies/person_merge.html",
        pair=[(one, one.appointments.select_related("post__unit")) for one in pair],
        groups=[] if pair or request.method == "POST" else likely_same(scope.agency),
    )
