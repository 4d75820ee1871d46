"""Many agencies at once: a table, what each row would do, then all of them made and their invitations to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.accounts import INVITATION_DAYS, mail_is_set
from prongsai.web.directory.access import operator
from prongsai.web.directory.forms.agency import POST
from prongsai.web.directory.forms.lists import ManyForm
from prongsai.web.directory.models import Operator
from prongsai.web.directory.queries.many import COLUMNS, Wish, as_text, wishes_of
from prongsai.web.directory.scope import installation_of
from prongsai.web.directory.services.many import make_all
from prongsai.web.directory.views.agencies import link_of
from prongsai.web.directory.views.trail import trail_of
from prongsai.web.ui.qr import address_of


@operator
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def agencies_add(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Look at a table row by row; with ``make`` make what can be made. The links are in the answer itself, once."""
    form = ManyForm(request.POST or None, request.FILES or None)
    wishes: list[Wish] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            wishes = wishes_of(given["content"], given["name"], post=POST)
        except ProngsaiError as mistake:
            form.add_error("file" if given.get("file") else "text", mistake.one_line)
        else:
            if "make" in request.POST and any(wish.can_be_made for wish in wishes):
                return _made(request, operator, wishes)
            form = ManyForm(initial={"text": as_text(wishes)})
    context = {
        "form": form,
        "wishes": wishes,
        "ready": sum(wish.can_be_made for wish in wishes),
        "columns": COLUMNS,
        "mail_is_set": mail_is_set(),
        "trail": trail_of((_("เพิ่มหน่วยงาน"), "directory:agency_find"), _("หลายแห่งพร้อมกัน")),
    }
    return render(request, "directory/agencies_add.html", context, status=422 if form.errors else 200)


def _made(request: HttpRequest, operator: Operator, wishes: list[Wish]) -> HttpResponse:
    outcomes = list(make_all(installation_of(operator), wishes=wishes, link=link_of(request)))
    left = [one.wish for one in outcomes if one.made is None]
    context = {
        "made": [(one.made, address_of(one.made.invited.address)) for one in outcomes if one.made],
        "left": [one for one in outcomes if one.made is None],
        "left_text": as_text(left) if left else "",
        "days": INVITATION_DAYS,
        "shown_once": True,
        "trail": trail_of((_("เพิ่มหน่วยงาน"), "directory:agency_find"), _("หลายแห่งพร้อมกัน")),
    }
    return render(request, "directory/agencies_made.html", context, status=201)
