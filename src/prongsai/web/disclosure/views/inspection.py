"""The element check: the board of a cycle, an item with what was found, confirming it, pages of a present site."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleState, ItemState, Verdict
from prongsai.web.cycles.queries import cycle_of, items_of
from prongsai.web.disclosure.forms.inspection import WalkForm
from prongsai.web.disclosure.models import SiteProposal
from prongsai.web.disclosure.queries import inspection as queries
from prongsai.web.disclosure.services import inspecting as services
from prongsai.web.disclosure.services.watching import home_of
from prongsai.web.disclosure.views.found import build_after
from prongsai.web.work.services import ask

PER_PAGE = 100


@allowed(Power.SEE_WORK)
@require_safe
def board(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show every item of a cycle with what the last check found."""
    found = cycle_of(scope, cycle)
    lines = queries.lines_of(found)
    context = {
        "cycle": found,
        "lines": lines,
        "counts": queries.counts_of(lines),
        "may_run": _may_run(scope, found),
        "may_walk": _may_walk(scope, found),
        "trail": _trail(scope, found),
    }
    return render(request, "disclosure/inspect.html", context)


@allowed(Power.DO_WORK)
@require_POST
def run(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Run the check over one item (``item``), or over all that somebody may work on, until the time is up."""
    found = cycle_of(scope, cycle)
    if key := request.POST.get("item"):
        return _run_one(request, scope, _own(scope, found, key))
    items = [one for one in items_of(found).select_related("cycle__agency") if scope.can_change(one.unit_id)]
    if not items:
        raise Http404
    try:
        ran = services.run_all(scope, items=items)
    except ProngsaiError as refusal:
        messages.error(request, refusal.one_line)
        return redirect("disclosure:inspect", scope.agency.code, cycle)
    words = _("ตรวจแล้ว {done} ข้อ ยังไม่เผยแพร่ {without} ข้อ")
    messages.success(request, words.format(done=to_thai(str(ran.done)), without=to_thai(str(ran.without))))
    if ran.left:
        messages.warning(request, _("ยังไม่ได้ตรวจ {n} ข้อ เพราะใช้เวลานาน กดตรวจอีกครั้ง").format(n=to_thai(str(ran.left))))
    return redirect("disclosure:inspect", scope.agency.code, cycle)


def _run_one(request: HttpRequest, scope: Scope, item: ItemState) -> HttpResponse:
    try:
        services.run(scope, item=item)
        messages.success(request, _("ตรวจแล้ว"))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except ProngsaiError as refusal:
        messages.error(request, refusal.one_line)
    return redirect("disclosure:inspect_item", scope.agency.code, item.cycle.framework_id, item.key)


@allowed(Power.SEE_WORK)
@require_safe
def item(request: HttpRequest, scope: Scope, cycle: str, key: str) -> HttpResponse:
    """Show an item's elements with what the check found and what a person said."""
    found = cycle_of(scope, cycle)
    state = _item(found, key)
    return _item_page(request, scope, found, state, 200)


def _item_page(request: HttpRequest, scope: Scope, cycle: Cycle, state: ItemState, status: int) -> HttpResponse:
    page, newest = queries.page_of(state), queries.newest_of(state)
    lines = queries.element_lines(state, newest)
    context = {
        "cycle": cycle,
        "item": state,
        "page": page,
        "inspection": newest,
        "lines": lines,
        "has_passed": any(line.may_confirm and line.found and line.found["verdict"] == Verdict.PASS for line in lines),
        "general": queries.general_lines(state, newest),
        "is_stale": queries.is_stale(page, newest),
        "can_be_run": queries.is_inspectable(page),
        "may_change": cycle.state == CycleState.OPEN and scope.can_change(state.unit_id),
        "trail": _trail(scope, cycle, state.code),
    }
    return render(request, "disclosure/inspect_item.html", context, status=status)


@allowed(Power.DO_WORK)
@require_POST
def confirm(request: HttpRequest, scope: Scope, cycle: str, key: str) -> HttpResponse:
    """Take what the check found as one's own judgement: of one element (``element``), or of all that pass."""
    found = cycle_of(scope, cycle)
    state = _own(scope, found, key)
    newest = queries.newest_of(state)
    if newest is None or str(newest.pk) != request.POST.get("inspection"):
        messages.error(request, _("มีการตรวจใหม่กว่าแล้ว ดูผลล่าสุดก่อนยืนยัน"))
        return _item_page(request, scope, found, state, 409)
    one = request.POST.get("element")
    try:
        done = services.confirm(
            scope, inspection=newest, keys={one} if one else None, replaces="replaces" in request.POST
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _item_page(request, scope, found, state, 422)
    except ProngsaiError as refusal:
        messages.error(request, refusal.one_line)
        return _item_page(request, scope, found, state, 422)
    _say(request, done)
    return redirect("disclosure:inspect_item", scope.agency.code, cycle, key)


def _say(request: HttpRequest, done: services.Confirmed) -> None:
    if done.done:
        messages.success(request, _("ยืนยันแล้ว {n} องค์ประกอบ").format(n=to_thai(str(done.done))))
    if done.kept:
        words = _("มีผู้ตัดสินไว้เป็นอย่างอื่น {n} องค์ประกอบ จึงไม่ได้แก้ ถ้าต้องการเปลี่ยน ให้ยืนยันทีละองค์ประกอบ")
        messages.warning(request, words.format(n=to_thai(str(done.kept))))


@allowed(Power.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def walk(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Find on the office's present site which page answers which item, and take what fits."""
    found = cycle_of(scope, cycle)
    if request.method == "POST" and "accept" in request.POST:
        return _accept(request, scope, found)
    form = WalkForm(request.POST or None, initial={"home": home_of(scope)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                walked = services.walk(scope, cycle=found, home=form.cleaned_data["home"])
                _go_on(scope, found, form.cleaned_data["home"], walked)
                _say_walked(request, walked)
                return redirect("disclosure:inspect_walk", scope.agency.code, cycle)
            except ValidationError as refusal:
                form.add_error(None, " ".join(refusal.messages))
            except ProngsaiError as refusal:
                form.add_error(None, refusal.one_line)
    page = Paginator(queries.proposals_of(found), PER_PAGE).get_page(request.GET.get("page"))
    pages = queries.pages_of([one.item for one in page.object_list])
    context = {
        "cycle": found,
        "form": form,
        "page": page,
        "rows": [(one, pages.get(one.item_id)) for one in page.object_list],
        "is_open": found.state == CycleState.OPEN,
        "trail": _trail(scope, found, _("หน้าบนเว็บไซต์ปัจจุบัน")),
    }
    return render(request, "disclosure/inspect_walk.html", context, status=status)


def _go_on(scope: Scope, cycle: Cycle, home: str, walked: services.Walked) -> None:
    if walked.left:
        ask(name="walk_site", arguments={"agency": scope.agency.code, "cycle": cycle.framework_id, "home": home})


def _say_walked(request: HttpRequest, walked: services.Walked) -> None:
    told = {"pages": to_thai(str(walked.pages)), "found": to_thai(str(walked.found))}
    messages.success(request, _("เปิดดู {pages} หน้า พบหน้าที่น่าจะตอบข้อ {found} หน้า").format(**told))
    if walked.left:
        words = _("ยังมีอีก {n} หน้าที่ไม่ได้เปิด ระบบจะเดินดูทั้งเว็บไซต์ต่อให้เบื้องหลัง กลับมาดูหน้านี้อีกครั้งภายหลัง")
        messages.info(request, words.format(n=to_thai(str(walked.left))))


def _accept(request: HttpRequest, scope: Scope, cycle: Cycle) -> HttpResponse:
    sent = [int(one) for one in request.POST.getlist("accept") if one.isdecimal() and len(one) < 10]
    proposals = SiteProposal.objects.filter(item__cycle=cycle, pk__in=sent).select_related("item__cycle__agency")
    if not proposals:
        raise Http404
    taken = 0
    for one in proposals:
        try:
            services.accept(scope, proposal=one)
            taken += 1
        except ValidationError as refusal:
            messages.error(request, f"{one.item.code}: {' '.join(refusal.messages)}")
        except ProngsaiError as refusal:
            messages.error(request, f"{one.item.code}: {refusal.one_line}")
    if taken:
        words = _("รับเป็นหน้าเผยแพร่ที่อื่นแล้ว {n} ข้อ ระบบจะตรวจลิงก์เหล่านี้จากภายนอกเป็นระยะ")
        messages.success(request, words.format(n=to_thai(str(taken))))
        build_after(request, scope)
    return redirect("disclosure:inspect_walk", scope.agency.code, cycle.framework_id)


# --- what the pages share -------------------------------------------------------------------------------------------
def _item(cycle: Cycle, key: str) -> ItemState:
    return get_object_or_404(items_of(cycle).select_related("unit", "post", "cycle__agency"), key=key)


def _own(scope: Scope, cycle: Cycle, key: str) -> ItemState:
    """Give an item with the right to change it. Raises Http404."""
    found = _item(cycle, key)
    if not scope.can_change(found.unit_id):
        raise Http404
    return found


def _may_run(scope: Scope, cycle: Cycle) -> bool:
    return scope.can(Power.DO_WORK) and cycle.state == CycleState.OPEN


def _may_walk(scope: Scope, cycle: Cycle) -> bool:
    return scope.can(Power.PUBLISH) and cycle.state == CycleState.OPEN


def _trail(scope: Scope, cycle: Cycle, *last: str) -> list[tuple[str, str]]:
    code = scope.agency.code
    trail = [
        (_("เว็บสาธารณะ"), reverse("disclosure:overview", args=[code])),
        (
            _("ตรวจองค์ประกอบ {cycle}").format(cycle=to_thai(str(cycle))),
            reverse("disclosure:inspect", args=[code, cycle.framework_id]),
        ),
        *((words, "") for words in last),
    ]
    return [*trail[:-1], (trail[-1][0], "")]
