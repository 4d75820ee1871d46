"""The list of a register."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.registers.model import FieldType
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.forms.lists import ListForm
from prongsai.web.registers.models import Source
from prongsai.web.registers.queries import entries as queries
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.rules import Notice, hooks_of
from prongsai.web.registers.services.proposed import proposed
from prongsai.web.registers.views.found import EXPORTS, PAPERS, seen, trail_of
from prongsai.web.ui.templatetags.ui import thai_digits


@allowed(Power.SEE_WORK)
@require_safe
def entry_list(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """List the entries of a register in a year, narrowed and sorted by what the address asks for."""
    kept = seen(scope, register)
    found = queries.list_page(scope, kept, request.GET.dict())
    looks = [_look(kept, head) for head in found.heads]
    found_proposals = proposed(scope, kept, fiscal_year_be(scope.today))
    context = {
        "kept": kept,
        "list": found,
        "rows": [(row, list(zip(found.heads, looks, row.cells, strict=True))) for row in found.rows],
        "sides": _sides(found.asked.get(queries.SORT, "-date")),
        "page": found.page,
        "query": found.query,
        "present": _without(request.GET, "page"),
        "sortless": _without(request.GET, "page", queries.SORT),
        "exports": EXPORTS,
        "form": ListForm(scope, kept, request.GET),
        "trail": trail_of(scope, kept),
        "may_enter": rights.may_enter(scope, kept.register),
        "may_keep": rights.may_keep(scope, kept.register),
        "picture": hooks_of(kept.id).picture(scope, kept.register, None),
        "proposals": [one.title for one in found_proposals if one.is_whole],
        "unfinished": [one for one in found_proposals if not one.is_whole],
        "notices": _notices(scope, kept),
        "partless": _without(request.GET, "page", queries.VIEW),
        "papers": (*PAPERS, "xlsx"),
    }
    return render(request, "registers/list.html", context)


def _notices(scope: Scope, kept: Kept) -> list[Notice]:
    """Give what there is to look at in a register that has no periods in which it would be said."""
    if kept.register.due is not None:
        return []
    return list(hooks_of(kept.id).notices(scope, kept.register, fiscal_year_be(scope.today)))


@allowed(Power.SEE_WORK)
@require_POST
def entry_propose(request: HttpRequest, scope: Scope, register: str) -> HttpResponse:
    """Make the entries that follow from other registers and are not there yet."""
    kept = seen(scope, register)
    if not rights.may_enter(scope, kept.register):
        raise Http404
    rows = [one.values for one in proposed(scope, kept, fiscal_year_be(scope.today)) if one.is_whole]
    made = services.add_entries(scope, register=register, rows=rows, source=Source.DESK)
    refused = [one for one in made if isinstance(one, services.EntryRefused)]
    for one in refused:
        messages.error(request, one.message_th)
    messages.success(request, thai_digits(_("เพิ่มแล้ว {n} รายการ").format(n=len(made) - len(refused))))
    return redirect("registers:register", scope.agency.code, register)


def _look(kept: Kept, head: queries.Head) -> str:
    """Give the class of a column: numbers stand to the right, days on one line."""
    field = kept.register.field_of(head.key)
    short = field is not None and field.type in (FieldType.DATE, FieldType.MONTH, FieldType.TIME)
    return "number" if head.is_number else "nowrap" if short else ""


def _sides(sort: str) -> list[queries.Head]:
    """Give the heads that every list has: the number before the register's own columns, the state behind them."""
    way = "down" if sort.startswith("-") else "up"
    named = (("number", _("เลขที่")), ("state", _("สถานะ")))
    return [
        queries.Head(key, label, f"-{key}" if sort == key else key, way if sort.lstrip("-") == key else "", False)
        for key, label in named
    ]


def _without(asked: QueryDict, *names: str) -> str:
    rest = asked.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()
