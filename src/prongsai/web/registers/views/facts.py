"""The page of a fact that nobody has confirmed: by whom, when, and by what source it was."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.forms.facts import FactForm
from prongsai.web.registers.queries.facts import Fact, fact_of
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.services.facts import confirm_fact, unconfirm_fact
from prongsai.web.registers.views.found import PAGE_METHODS, kept_by, trail_of
from prongsai.web.ui.forms import refuse


@allowed(Power.SEE_WORK)
@PAGE_METHODS
def fact(request: HttpRequest, scope: Scope, register: str, fact: str) -> HttpResponse:
    """Confirm a fact, or take its confirmation back; by who keeps the register."""
    kept = kept_by(scope, register)
    found = fact_of(kept, fact)
    if found is None:
        raise Http404
    is_confirmed = found.confirmation is not None
    version = kept.setting.version if kept.setting else 0
    form = FactForm(request.POST or None, is_confirmed=is_confirmed, initial={"version": version})
    if request.method != "POST" or not form.is_valid():
        return _page(request, scope, kept, found, form, status=422 if form.is_bound else 200)
    try:
        _decide(scope, register, found, **form.cleaned_data)
    except Stale as stale:
        form.renew(stale.current)
        return _page(request, scope, kept, found, form, stale=stale, status=409)
    except ValidationError as refused:
        refuse(form, refused)
        return _page(request, scope, kept, found, form, status=422)
    messages.success(request, _("ถอนการยืนยันแล้ว") if is_confirmed else _("บันทึกการยืนยันแล้ว"))
    return redirect("registers:settings", scope.agency.code, register)


def _decide(scope: Scope, register: str, found: Fact, *, source: str, version: int) -> None:
    if found.confirmation is None:
        confirm_fact(scope, register=register, fact=found.key, source=source, version=version)
    else:
        unconfirm_fact(scope, register=register, fact=found.key, reason=source, version=version)


def _page(
    request: HttpRequest,
    scope: Scope,
    kept: Kept,
    found: Fact,
    form: FactForm,
    *,
    stale: Stale | None = None,
    status: int = 200,
) -> HttpResponse:
    back = reverse("registers:settings", args=[scope.agency.code, kept.id])
    trail = trail_of(scope, kept, (_("ตั้งค่า"), back), (_("ข้อที่ยังไม่ยืนยัน"), ""))
    context = {"kept": kept, "fact": found, "form": form, "stale": stale, "back": back, "trail": trail}
    return render(request, "registers/fact.html", context, status=status)
