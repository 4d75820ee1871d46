"""The first run: the office, then the backup key on paper."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from prongsai.web import environment
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import agencies_of, scope_of
from prongsai.web.agencies.roles import Power
from prongsai.web.directory.access import operator_of
from prongsai.web.operations import keys, services
from prongsai.web.operations.forms import FirstRunForm, PrintedForm
from prongsai.web.operations.near import is_near

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Set the office up while there is none; then, for its administrator, the backup key until it is printed."""
    if not Agency.objects.exists():
        return _office(request)
    agency = _agency_to_key(request)
    if request.method == "GET":
        return render(request, "operations/key_missing.html", {"agency": agency})
    if "private" not in request.POST:
        return _sheet(request, agency, keys.new_pair())
    return _printed(request, agency)


def _office(request: HttpRequest) -> HttpResponse:
    if not may_set_up(request):
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = ("person", "post", "username", "password", "units")
        try:
            done = services.set_up(agency=form.agency, **{name: given[name] for name in names})
        except services.AlreadySetUp as mistake:
            messages.error(request, mistake.one_line)
            return redirect("account_login")
        except ValidationError as mistake:
            _show(form, mistake)
        else:
            login(request, done.user, backend=_BACKEND)
            return _sheet(request, done.agency, keys.new_pair())
    return render(request, "operations/first_run.html", {"form": form}, status=422 if form.errors else 200)


def _show(form: FirstRunForm, mistake: ValidationError) -> None:
    """Put faults beside their fields; those of fields that are not asked stand on top."""
    faults = mistake.message_dict if hasattr(mistake, "error_dict") else {"": mistake.messages}
    for name, texts in faults.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


def may_set_up(request: HttpRequest) -> bool:
    """Whether the request comes from this very machine, or brings the word that ``prongsai serve`` printed.

    What a web server in front passes on looks local too; it is told by its headers and by the name that was called.
    """
    word = environment.text(environment.FIRST_WORD)
    if word and secrets.compare_digest(request.GET.get("word", "").encode(), word.encode()):
        return True
    return is_near(request) and not environment.flag("PRONGSAI_BEHIND_PROXY")


def _agency_to_key(request: HttpRequest) -> Agency | None:
    """Give whose administrator asks, while there is no backup key yet: the agency's, or None for the installation's.

    One key opens the data of all agencies, so that with several of them it is for who runs the installation. Others
    get 404.
    """
    if not request.user.is_authenticated or keys.kept_public(Path(settings.DATA_FOLDER)) is not None:
        raise Http404
    if Agency.objects.count() > 1:
        if operator_of(request.user) is None:
            raise Http404
        return None
    for agency in agencies_of(request.user):
        scope = scope_of(request.user, agency.code)
        if scope is not None and scope.can(Power.KEEP_ACCOUNTS):
            return agency
    raise Http404


def _sheet(
    request: HttpRequest, agency: Agency | None, pair: keys.Pair, form: PrintedForm | None = None
) -> HttpResponse:
    form = form or PrintedForm(initial={"private": pair.private})
    context = {
        "agency": agency,
        "pair": pair,
        "form": form,
        "today": timezone.localdate(),
        "holders": (_("ใบที่ ๑ เก็บในตู้นิรภัย"), _("ใบที่ ๒ ผู้บริหารเก็บ")),
    }
    return render(request, "operations/key_sheet.html", context, status=422 if form.errors else 200)


def _printed(request: HttpRequest, agency: Agency | None) -> HttpResponse:
    form = PrintedForm(request.POST)
    try:
        pair = keys.pair_of(request.POST["private"])
    except keys.KeyUnusable:
        raise Http404 from None
    if not form.is_valid():
        return _sheet(request, agency, pair, form)
    services.keep_key(agency, public=pair.public, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("ตั้งค่าเสร็จแล้ว ระบบสำรองข้อมูลได้แล้ว"))
    return redirect("home", agency.code) if agency else redirect("directory:agencies")
