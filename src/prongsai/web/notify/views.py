"""Pages of unsent mail."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.accounts import mail_is_set
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.notify import queries, services
from prongsai.web.notify.models import MOST_TRIES

PER_PAGE = 50


@allowed(Power.KEEP_ACCOUNTS)
@require_safe
def mail(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what has not left, with the reason."""
    page = Paginator(queries.unsent_of(scope), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "mail_is_set": mail_is_set(), "host": settings.EMAIL_HOST, "most": MOST_TRIES}
    return render(request, "notify/mail.html", context | {"sender": settings.DEFAULT_FROM_EMAIL})


@allowed(Power.KEEP_ACCOUNTS)
@require_POST
def mail_retry(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Try one again at once."""
    found = get_object_or_404(queries.unsent_of(scope), pk=pk)
    if services.retry(scope, mail=found):
        messages.success(request, _("ส่งจดหมายถึง %(to)s แล้ว") % {"to": found.to})
    else:
        messages.error(request, _("ยังส่งถึง %(to)s ไม่ได้ ดูเหตุผลในตาราง") % {"to": found.to})
    return redirect("notify:mail", scope.agency.code)
