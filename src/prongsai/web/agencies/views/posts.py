"""Posts and who fills them."""

from contextlib import suppress

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.web.agencies import services
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.forms import AppointmentForm, EndForm, PostForm, PostsFilter, RolesForm
from prongsai.web.agencies.models import Appointment, Capacity, Post
from prongsai.web.agencies.queries import can_sign, clashes, newest_first, posts_list, posts_of, signature_lines
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.views.people import query_of
from prongsai.web.agencies.views.saving import form_page
from prongsai.web.agencies.views.trail import ended, trail_of

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 100


@allowed(Power.SEE_PEOPLE)
@require_safe
def posts(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the posts with who fills them, and may sign, on a day."""
    form = PostsFilter(request.GET or None, scope=scope)
    given = form.cleaned_data if form.is_valid() else {}
    day = given.get("on") or scope.today
    found = posts_list(scope.agency, day, given.get("q", ""), given.get("unit"), given.get("only", ""))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "day": day,
        "page": page,
        "clashing": {post.pk for post in page.object_list if clashes(post.filled)},  # type: ignore[attr-defined]
        "query": query_of(request),
        "is_filtered": any(given.get(name) for name in ("q", "unit", "only")),
        "trail": ended(trail_of(scope, "posts")),
    }
    return render(request, "agencies/posts.html", shown, status=422 if form.errors else 200)


@allowed(Power.SEE_PEOPLE)
@require_safe
def post(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a post: roles, who may sign in it today, who filled it before, what overlaps."""
    found = get_object_or_404(posts_of(scope.agency, scope.today), pk=pk)
    history = list(newest_first(Appointment.objects.filter(post=found).select_related("person", "post")))
    now = [one for one in in_order(found.filled) if can_sign(one, scope.today)]  # type: ignore[attr-defined]
    shown = {
        "post": found,
        "now": [(one, signature_lines(one, scope.today)) for one in now],
        "history": history,
        "clashes": clashes(history),
        "trail": ended(trail_of(scope, "posts", found)),
    }
    return render(request, "agencies/post.html", shown)


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def post_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a post. ``?unit=``: in which it is offered."""
    initial = {"unit": request.GET.get("unit")}
    form = PostForm(request.POST or None, scope=scope, instance=Post(agency=scope.agency), initial=initial)

    def save() -> str:
        made = services.add_post(scope, **form.values)
        return reverse("agencies:post", args=[scope.agency.code, made.pk])

    back = reverse("agencies:posts", args=[scope.agency.code])
    heading, trail = _("เพิ่มตำแหน่ง"), trail_of(scope, "posts")
    said = _("เพิ่มตำแหน่งแล้ว ต่อไปให้แต่งตั้งผู้ดำรงตำแหน่ง")
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=said)


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def post_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change a post."""
    found = get_object_or_404(Post, agency=scope.agency, pk=pk)
    form = PostForm(request.POST or None, scope=scope, instance=Post.objects.get(pk=pk))

    def save() -> None:
        services.change_post(scope, post=found, version=form.seen_version, **form.values)

    back = reverse("agencies:post", args=[scope.agency.code, pk])
    heading, trail = _("แก้ไขตำแหน่ง"), trail_of(scope, "posts", found)
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=_("บันทึกแล้ว"))


@allowed(Power.KEEP_ACCOUNTS)
@FORM_METHODS
def post_roles(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say which roles a post has."""
    found = get_object_or_404(Post, agency=scope.agency, pk=pk)
    initial = {"roles": [one.role for one in found.roles.all()], "version": found.version}
    form = RolesForm(request.POST or None, initial=initial)

    def save() -> None:
        services.give_roles(scope, post=found, roles=form.cleaned_data["roles"], version=form.cleaned_data["version"])

    back = reverse("agencies:post", args=[scope.agency.code, pk])
    heading, trail = _("บทบาทในระบบ"), trail_of(scope, "posts", found)
    note = _("ทุกคนที่ดำรงหรือรักษาการในตำแหน่งนี้ได้สิทธิ์ของบทบาทที่เลือก และเสียสิทธิ์เมื่อพ้นตำแหน่ง")
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=_("บันทึกบทบาทแล้ว"), note=note)


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def appointment_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Put somebody into a post."""
    found = get_object_or_404(Post, agency=scope.agency, pk=pk)
    blank = Appointment(agency=scope.agency, post=found)
    form = AppointmentForm(request.POST or None, scope=scope, instance=blank, initial=_asked(request.GET))

    def save() -> None:
        services.appoint(scope, post=found, **form.cleaned_data)

    back = reverse("agencies:post", args=[scope.agency.code, pk])
    heading, trail = _("แต่งตั้งในตำแหน่ง"), trail_of(scope, "posts", found)
    note = _("ตำแหน่ง: %(post)s") % {"post": found}
    said = _("บันทึกการดำรงตำแหน่งแล้ว")
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=said, note=note)


def _asked(query: QueryDict) -> dict[str, object]:
    """Give what another page asks for: who, in which capacity, from when to when. What makes no sense is left out."""
    asked: dict[str, object] = {"person": query.get("person")}
    if query.get("capacity") in Capacity.values:
        asked["capacity"] = query["capacity"]
    for name in ("valid_from", "valid_to"):
        with suppress(ValueError):
            asked[name] = parse_date(query.get(name, ""))
    return {name: value for name, value in asked.items() if value}


@allowed(Power.KEEP_PEOPLE)
@FORM_METHODS
def appointment_end(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """End an appointment."""
    every = Appointment.objects.select_related("person", "post")
    found = get_object_or_404(every, agency=scope.agency, pk=pk)
    form = EndForm(request.POST or None, initial={"version": found.version, "on": found.valid_to})

    def save() -> None:
        given = form.cleaned_data
        services.end_appointment(scope, appointment=found, on=given["on"], version=given["version"])

    back = reverse("agencies:post", args=[scope.agency.code, found.post_id])
    heading, trail = _("สิ้นสุดการดำรงตำแหน่ง"), trail_of(scope, "posts", found.post)
    note = _("%(who)s สิทธิ์ในระบบที่มาจากตำแหน่งนี้จะหมดหลังวันสุดท้าย") % {"who": found}
    said = _("บันทึกวันสิ้นสุดแล้ว")
    return form_page(request, form, save, heading=heading, back=back, trail=trail, said=said, note=note)
