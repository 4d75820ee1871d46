"""Items: the list, an item with its elements and evidence, and everything of it as a zip."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.forms import FilterForm, ItemForm, JudgeForm, ProofForm, renewed
from prongsai.web.cycles.models import CycleState, ElementEvidence, ElementState, ItemState, Verdict
from prongsai.web.cycles.queries.gather import parcel_of, stream
from prongsai.web.cycles.queries.items import Filters, elements_of, item_page, item_rows, last_proofs, narrowed
from prongsai.web.cycles.queries.register_proofs import lines_of
from prongsai.web.cycles.views.cycles import read_write
from prongsai.web.cycles.views.trail import address_of, trail_of
from prongsai.web.evidence.services import attachment_from
from prongsai.web.ui.forms import refuse

PER_PAGE = 100


@allowed(Power.SEE_WORK)
@require_safe
def items(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """List the items of a cycle."""
    found = queries.cycle_of(scope, cycle)
    rows = item_rows(found, scope.today)
    tops = [(each.code, f"{each.code} {each.name_th}") for each in queries.framework_of(found).top_indicators()]
    indicators = [(code, name) for code, name in tops if any(row.top == code for row in rows)]
    units = sorted({(row.unit_id, row.unit) for row in rows if row.unit_id}, key=lambda pair: pair[1])
    form = FilterForm(indicators, units, request.GET or None)
    kept = form.cleaned_data if form.is_bound and form.is_valid() else {}
    shown = narrowed(rows, Filters(**kept), scope)
    context = {
        "cycle": found,
        "form": form,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "query": _rest(request),
        "all": len(rows),
        "shown": len(shown),
        "ready": sum(row.is_ready for row in rows),
        "trail": trail_of(scope, found, items=True),
    }
    return render(request, "cycles/items.html", context)


def _rest(request: HttpRequest) -> str:
    rest = request.GET.copy()
    rest.pop("page", None)
    return f"&{rest.urlencode()}" if rest else ""


def _item(scope: Scope, cycle: str, key: str) -> ItemState:
    """Give an item with the right to see it. Raises Http404."""
    related = ("cycle__agency", "cycle__carried_from", "unit", "post")
    found = ItemState.objects.filter(cycle__agency=scope.agency, cycle__framework_id=cycle)
    return get_object_or_404(found.select_related(*related), key=key)


def _own_item(scope: Scope, cycle: str, key: str) -> ItemState:
    """Give an item with the right to change it. Raises Http404."""
    found = _item(scope, cycle, key)
    if not scope.can_change(found.unit_id):
        raise Http404
    return found


@allowed(Power.SEE_WORK)
@require_safe
def item(request: HttpRequest, scope: Scope, cycle: str, key: str) -> HttpResponse:
    """Show an item."""
    return _item_page(request, scope, _item(scope, cycle, key), {}, 200)


def _item_page(
    request: HttpRequest, scope: Scope, item: ItemState, typed: dict[int, dict[str, Any]], status: int
) -> HttpResponse:
    page = item_page(item, scope.today)
    context = {
        "cycle": item.cycle,
        "page": page,
        "item": item,
        "rows": [(each, typed.get(each.element.pk)) for each in page.lines],
        "verdicts": Verdict.choices,
        "may_change": _may_change(scope, item),
        "trail": trail_of(scope, item.cycle, item=item),
    }
    return render(request, "cycles/item.html", context, status=status)


def _may_change(scope: Scope, item: ItemState) -> bool:
    return scope.can_change(item.unit_id) and item.cycle.state == CycleState.OPEN


@allowed(Power.DO_WORK)
@read_write
def item_edit(request: HttpRequest, scope: Scope, cycle: str, key: str) -> HttpResponse:
    """Change owner, due date, state and notes of an item."""
    found = _own_item(scope, cycle, key)
    form, current, status = ItemForm(scope, request.POST or None, instance=_item(scope, cycle, key)), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.change_item(scope, item=found, version=form.seen_version, **form.values)
                messages.success(request, _("บันทึกแล้ว"))
                return redirect(address_of(scope, found.cycle, found))
            except Stale as stale:
                renewed(form, stale.current)
                form.add_error(None, stale.one_line)
                status, current = 409, _item(scope, cycle, key)
            except (ProngsaiError, ValidationError) as refusal:
                refuse(form, refusal)
    trail = trail_of(scope, found.cycle, _("แก้ไข"), item=found)
    context = {"item": found, "cycle": found.cycle, "form": form, "current": current, "trail": trail}
    return render(request, "cycles/item_edit.html", context, status=status)


@allowed(Power.DO_WORK)
@require_POST
def element(request: HttpRequest, scope: Scope, cycle: str, key: str, pk: int) -> HttpResponse:
    """Judge an element; htmx gets its row back, others the page."""
    item = _own_item(scope, cycle, key)
    found = get_object_or_404(ElementState.objects.select_related("item__cycle"), item=item, pk=pk)
    form, status, problem = JudgeForm(request.POST), 422, ""
    if form.is_valid():
        try:
            values = form.cleaned_data
            services.judge(scope, element=found, **values)
            if request.headers.get("HX-Request"):
                return _element_row(request, scope, item, pk, None, 200)
            return redirect(f"{address_of(scope, item.cycle, item)}#element-{pk}")
        except Stale as stale:
            status, problem = 409, stale.one_line
        except ValidationError as refusal:
            problem = " ".join(refusal.messages)
        except ProngsaiError as refusal:
            problem = refusal.one_line
    typed: dict[str, Any] = {"verdict": request.POST.get("verdict", ""), "reason": request.POST.get("reason", "")}
    typed |= {"problem": problem or _("เลือกผลตรวจ"), "stale": status == 409}
    if request.headers.get("HX-Request"):
        # 422 also for what came too late: htmx swaps that in, and the row says what happened.
        return _element_row(request, scope, item, pk, typed, 422)
    return _item_page(request, scope, _item(scope, cycle, key), {pk: typed}, status)


def _element_row(
    request: HttpRequest, scope: Scope, item: ItemState, pk: int, typed: dict[str, Any] | None, status: int
) -> HttpResponse:
    context = {
        "cycle": item.cycle,
        "item": item,
        "line": lines_of(item, [elements_of(item).get(pk=pk)], scope.today)[0],
        "typed": typed,
        "verdicts": Verdict.choices,
        "may_change": _may_change(scope, item),
        "scope": scope,
    }
    return render(request, "cycles/element.html", context, status=status)


@allowed(Power.DO_WORK)
@read_write
def element_evidence(request: HttpRequest, scope: Scope, cycle: str, key: str, pk: int) -> HttpResponse:
    """Tie evidence to an element: new, or there already; untie it."""
    item = _own_item(scope, cycle, key)
    found = get_object_or_404(ElementState.objects.select_related("item__cycle"), item=item, pk=pk)
    sent = request.method == "POST"
    form = ProofForm(scope, request.POST if sent else None, request.FILES if sent else None)
    if not sent:
        return _evidence_page(request, scope, found, form, 200)
    try:
        if "detach" in request.POST:
            _detach(scope, found, request.POST["detach"])
        elif form.is_valid():
            _attach(scope, found, form)
        else:
            return _evidence_page(request, scope, found, form, 422)
    except (ProngsaiError, ValidationError) as refusal:
        form.is_valid()
        refuse(form, refusal)
        return _evidence_page(request, scope, found, form, 422)
    messages.success(request, _("บันทึกหลักฐานแล้ว"))
    return redirect(f"{address_of(scope, item.cycle, item)}#element-{pk}")


def _attach(scope: Scope, element: ElementState, form: ProofForm) -> None:
    services.refuse_closed(element.item.cycle)  # before a file is stored
    made = attachment_from(scope, given=form.cleaned_data, unit=element.item.unit)
    if made is not None:
        services.attach(scope, element=element, evidence=made, page=form.cleaned_data["page"])


def _detach(scope: Scope, element: ElementState, pk: str) -> None:
    proofs = ElementEvidence.objects.select_related("element__item__cycle")
    services.detach(scope, proof=get_object_or_404(proofs, element=element, pk=pk if pk.isdecimal() else 0))


def _evidence_page(
    request: HttpRequest, scope: Scope, element: ElementState, form: ProofForm, status: int
) -> HttpResponse:
    item = element.item
    proofs = list(element.proofs.select_related("evidence__file"))
    tied = {proof.evidence_id for proof in proofs}
    last = {proof.evidence_id: proof.evidence for proof in last_proofs(item.last_items.all())}
    context = {
        "cycle": item.cycle,
        "item": item,
        "element": element,
        "proofs": proofs,
        "last": [each for pk, each in last.items() if pk not in tied and not each.withdrawn_at],
        "form": form,
        "trail": trail_of(scope, item.cycle, _("หลักฐาน"), item=item),
    }
    return render(request, "cycles/element_evidence.html", context, status=status)


@allowed(Power.SEE_WORK)
@require_safe
def gather(request: HttpRequest, scope: Scope, cycle: str, key: str) -> StreamingHttpResponse:
    """Send everything that proves an item as one zip."""
    found = _item(scope, cycle, key)
    answer = StreamingHttpResponse(stream(parcel_of(found)), content_type="application/zip")
    name = f"{found.cycle.framework_id}-{found.code}.zip"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
