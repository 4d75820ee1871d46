"""Pages for who runs the installation: offices, and who looks in them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.web.agencies.accounts import INVITATION_DAYS
from prongsai.web.agencies.journal import Stale
from prongsai.web.directory.access import operator
from prongsai.web.directory.models import Operator
from prongsai.web.mentor.access import Keeper
from prongsai.web.mentor.forms.keeping import ContactForm, OfficeForm, SummonForm
from prongsai.web.mentor.models import Mentor, Office
from prongsai.web.mentor.queries import offices as queries
from prongsai.web.mentor.services import offices as services
from prongsai.web.ui.forms import refuse
from prongsai.web.ui.qr import svg_of

PAGE_SIZE = 50


@operator
@require_safe
def offices(request: HttpRequest, operator: Operator) -> HttpResponse:
    """List the offices."""
    page = Paginator(queries.offices(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "mentor/offices.html", {"page": page, "trail": _trail()})


@operator
@require_http_methods(["GET", "HEAD", "POST"])
def office_add(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Make an office."""
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.make_office(Keeper(operator.user), office=form.instance)
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("เพิ่ม {office} แล้ว เชิญผู้ใช้ได้ที่หน้านี้").format(office=made))
            return redirect("mentor_keeping:office", made.pk)
    context = {"form": form, "trail": _trail(_("เพิ่มหน่วยงานพี่เลี้ยง"))}
    return render(request, "mentor/office_form.html", context, status=422 if form.is_bound else 200)


@operator
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Show an office and who looks in it; change its name and contact."""
    found = get_object_or_404(queries.offices(), pk=pk)
    form = ContactForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        try:
            services.change_office(Keeper(operator.user), office=found, version=form.seen_version, **form.values)
        except Stale as stale:
            refuse(form, stale)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("mentor_keeping:office", pk)
    return _office_page(request, found, form, SummonForm())


def _office_page(request: HttpRequest, found: Office, form: ContactForm, summon: SummonForm) -> HttpResponse:
    context = {
        "office": found,
        "form": form,
        "summon": summon,
        "mentors": list(queries.mentors_in(found)),
        "open": list(queries.open_summonses().filter(office=found)),
        "days": INVITATION_DAYS,
        "trail": _trail(found.name),
    }
    bound = form.is_bound or summon.is_bound
    return render(request, "mentor/office.html", context, status=422 if bound else 200)


@operator
@require_POST
@never_cache
def summon(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Invite somebody. The link is in the answer itself, once: it is kept nowhere that could be asked again."""
    found, form = get_object_or_404(queries.offices(), pk=pk), SummonForm(request.POST)
    if not form.is_valid():
        return _office_page(request, found, ContactForm(instance=found), form)
    made = services.summon(
        Keeper(operator.user),
        office=found,
        link=lambda token: request.build_absolute_uri(reverse("mentor_office:summons", args=[token])),
        **form.cleaned_data,
    )
    context = {
        "summoned": made,
        "office": found,
        "qr": svg_of(made.address, _("รหัสคิวอาร์ของลิงก์เชิญ")),
        "shown_once": True,
    }
    return render(request, "mentor/summoned.html", context, status=201)


@operator
@require_POST
def withdraw(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Withdraw an open invitation."""
    found = get_object_or_404(queries.open_summonses(), pk=pk)
    services.withdraw(Keeper(operator.user), summons=found)
    messages.success(request, _("ยกเลิกคำเชิญแล้ว ลิงก์เดิมใช้ไม่ได้อีก"))
    return redirect("mentor_keeping:office", found.office_id)


@operator
@require_POST
def close(request: HttpRequest, operator: Operator, pk: int) -> HttpResponse:
    """Shut the door to somebody who looks in an office."""
    found = get_object_or_404(Mentor.objects.select_related("user"), pk=pk, is_open=True)
    services.close(Keeper(operator.user), mentor=found)
    messages.success(request, _("ปิดสิทธิ์ของ {who} แล้ว").format(who=found.user))
    return redirect("mentor_keeping:office", found.office_id)


def _trail(*here: str) -> list[tuple[str, str]]:
    address = reverse("mentor_keeping:offices") if here else ""
    return [(_("หน่วยงานพี่เลี้ยง"), address), *((words, "") for words in here)]
