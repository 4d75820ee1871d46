"""Units."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.web.agencies import services
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.forms import UnitForm
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.queries import clashes, posts_of, unit_tree, units_of
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.views.saving import form_page
from prongsai.web.agencies.views.trail import ended, trail_of

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 100


@allowed(Power.SEE_PEOPLE)
@require_safe
def units(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the units as a tree."""
    closed = request.GET.get("closed") == "yes"
    nodes = unit_tree(scope.agency, scope.today)
    listed = nodes if closed else [node for node in nodes if node.is_open]
    shown = {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "closed": closed,
        "closed_count": sum(not node.is_open for node in nodes),
        "query": "&closed=yes" if closed else "",
        "trail": ended(trail_of(scope, "units")),
    }
    return render(request, "agencies/units.html", shown)


@allowed(Power.SEE_PEOPLE)
@require_safe
def unit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a unit with what is under it, and its posts."""
    found = get_object_or_404(units_of(scope.agency), pk=pk)
    posts = posts_of(scope.agency, scope.today).filter(unit=found)
    page = Paginator(posts, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "unit": found,
        "children": found.children.order_by("place", "name"),
        "posts": page,
        "clashing": {post.pk for post in page.object_list if clashes(post.filled)},  # type: ignore[attr-defined]
        "is_open": found.holds_on(scope.today),
        "trail": ended(trail_of(scope, "units", found)),
    }
    return render(request, "agencies/unit.html", shown)


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def unit_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a unit. ``?parent=``: under which it is offered."""
    initial = {"parent": request.GET.get("parent")}
    form = UnitForm(request.POST or None, scope=scope, instance=Unit(agency=scope.agency), initial=initial)

    def save() -> str:
        made = services.add_unit(scope, **form.values, aliases=form.names)
        return reverse("agencies:unit", args=[scope.agency.code, made.pk])

    back = reverse("agencies:units", args=[scope.agency.code])
    heading, trail = _("เพิ่มส่วนราชการ"), trail_of(scope, "units")
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=_("เพิ่มส่วนราชการแล้ว"))


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def unit_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change or close a unit."""
    found = get_object_or_404(units_of(scope.agency), pk=pk)
    form = UnitForm(request.POST or None, scope=scope, instance=get_object_or_404(units_of(scope.agency), pk=pk))

    def save() -> None:
        services.change_unit(scope, unit=found, version=form.seen_version, aliases=form.names, **form.values)

    back = reverse("agencies:unit", args=[scope.agency.code, pk])
    heading, trail = _("แก้ไขส่วนราชการ"), trail_of(scope, "units", found)
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=_("บันทึกแล้ว"))
