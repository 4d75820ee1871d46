"""What waits in publication for who is signed in: requests, personal data, addresses that fail, items to publish."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleState, ItemState
from prongsai.web.cycles.queries import cycles_of
from prongsai.web.disclosure.models import (
    GateOutcome,
    Page,
    PageKind,
    PageState,
    Reach,
    Release,
    ReleaseState,
    Watched,
)
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.deadlines import last_day_of
from prongsai.web.disclosure.queries.overview import ITA, NEAR_DAYS, TODO, WATCH
from prongsai.web.disclosure.queries.writers import written_among

ITEMS_MAX = 5


@dataclass(frozen=True, slots=True)
class Line:
    """So many of something. text: what waits; address: of what shows them; tone: of the badge."""

    text: str
    n: int
    address: str
    tone: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item that is not public. due_on: of the item or the last day of disclosure, what is first; None: neither."""

    name: str
    due_on: date | None
    address: str


@dataclass(frozen=True, slots=True)
class Work:
    """What waits in publication. items: the first that are not yet public, in_all: how many; address: of their list."""

    lines: tuple[Line, ...]
    items: tuple[Item, ...] = ()
    in_all: int = 0
    address: str = ""


def work_of(scope: Scope) -> Work | None:
    """Give what waits in publication for somebody; None for nothing. At most seven queries however much there is."""
    if not scope.can(Power.SEE_WORK):
        return None
    lines = (*_making(scope), *_unreached(scope), *_to_review(scope))
    cycle = _cycle(scope)
    items = _unpublished(scope, cycle) if cycle else []
    if not cycle or not items:
        return Work(lines) if lines else None
    asked = {"cycle": cycle.framework_id, "show": TODO}
    shown = tuple(_item(scope, cycle, item, due) for item, due in items[:ITEMS_MAX])
    return Work(lines, shown, len(items), f"{_to(scope, 'overview')}?{urlencode(asked)}")


# --- whose it is ----------------------------------------------------------------------------------------------------
def _is_wide(scope: Scope) -> bool:
    """Whether the work of every unit is one's own."""
    return scope.can(Power.PUBLISH) or scope.can(Power.RUN_CYCLE)


def _own(scope: Scope, page: str = "") -> Q:
    """Narrow pages to those of one's own units. page: how they are reached."""
    if _is_wide(scope):
        return Q()
    units = scope.unit_ids if scope.can(Power.DO_WORK) else ()
    of_item = Q(**{f"{page}item__unit__in": units})
    return of_item | Q(**{f"{page}item__unit": None, f"{page}unit__in": units})


# --- releases in the making -----------------------------------------------------------------------------------------
def _making(scope: Scope) -> Iterator[Line]:
    """Count requests that somebody may decide, what came back, and what the privacy gate found."""
    waits = Count("gate_checks", filter=Q(gate_checks__outcome=GateOutcome.WAITING))
    made = Release.objects.filter(page__agency=scope.agency).exclude(state=ReleaseState.APPROVED)
    made = made.select_related("page__item").defer("body", "body_en", "tables").annotate(waits=waits)
    releases = list(made.order_by("pk"))
    yield from _line(scope, _to_decide(scope, releases), _("ขออนุญาตเผยแพร่ รอท่านพิจารณา"))
    gated = [one for one in releases if vars(one)["waits"] and _sees_gate(scope, one)]
    yield from _line(scope, gated, _("พบข้อมูลส่วนบุคคล ต้องตัดสินใจก่อนเผยแพร่"))
    back = [one for one in releases if one.state == ReleaseState.RETURNED and _mends(scope, one)]
    yield from _line(scope, [one for one in back if one not in gated], _("ส่งกลับให้แก้ไข"))


def _to_decide(scope: Scope, releases: Sequence[Release]) -> list[Release]:
    asked = [one for one in releases if one.state == ReleaseState.REQUESTED and rights.may_decide(scope, one)]
    written = written_among(scope, [one.pk for one in asked]) if asked else ()
    return [one for one in asked if one.pk not in written]


def _sees_gate(scope: Scope, release: Release) -> bool:
    return release.state != ReleaseState.REQUESTED and (
        rights.may_judge(scope) or rights.may_draft(scope, release.page)
    )


def _mends(scope: Scope, release: Release) -> bool:
    return rights.is_own(scope, release) or rights.may_draft(scope, release.page)


def _line(scope: Scope, releases: Sequence[Release], text: str) -> Iterator[Line]:
    """Tell of releases: one leads to its page, several to the list of what waits."""
    if releases:
        one = _to(scope, "page", releases[0].page_id)
        address = one if len(releases) == 1 else f"{_to(scope, 'overview')}#mine"
        yield Line(text, len(releases), address, "amber")


# --- what is public -------------------------------------------------------------------------------------------------
def _unreached(scope: Scope) -> Iterator[Line]:
    """Count addresses that an assessor cannot open."""
    found = Watched.objects.filter(agency=scope.agency, is_open=True, state=Reach.FAULT)
    if n := found.filter(_own(scope, "page__")).count():
        address = f"{_to(scope, 'addresses')}?{urlencode({'state': Reach.FAULT.value})}"
        yield Line(_("ที่อยู่ที่ผู้ประเมินเปิดไม่ได้"), n, address, "red")


def _to_review(scope: Scope) -> Iterator[Line]:
    """Count published pages whose review is due."""
    near = scope.today + timedelta(days=NEAR_DAYS)
    found = Page.objects.filter(_own(scope), agency=scope.agency, state=PageState.PUBLIC, review_on__lte=near)
    pages = list(found.order_by("review_on").values_list("pk", "kind"))
    if pages:
        kinds = {kind for _pk, kind in pages} - {PageKind.ITEM}
        narrowed = {"kind": kinds.pop()} if len(kinds) == 1 else {"show": WATCH}
        several = f"{_to(scope, 'overview')}?{urlencode(narrowed)}"
        address = _to(scope, "page", pages[0][0]) if len(pages) == 1 else several
        yield Line(_("หน้าที่ถึงกำหนดทบทวน"), len(pages), address, "amber")


# --- the cycle ------------------------------------------------------------------------------------------------------
def _cycle(scope: Scope) -> Cycle | None:
    if not (_is_wide(scope) or scope.can(Power.DO_WORK)):
        return None
    return cycles_of(scope).filter(state=CycleState.OPEN, framework_kind=ITA).first()


def _unpublished(scope: Scope, cycle: Cycle) -> list[tuple[ItemState, date | None]]:
    """Give the items that are not public with the day by which they must be, what is due first."""
    mine = Q() if _is_wide(scope) else Q(unit__in=scope.unit_ids) | Q(post__in=scope.post_ids)
    found = ItemState.objects.filter(mine, cycle=cycle)
    items = list(found.exclude(pages__state=PageState.PUBLIC).order_by("place"))
    last = last_day_of(cycle.dates.all()) if items else None
    pairs = [(item, min(filter(None, (item.due_on, last)), default=None)) for item in items]
    return sorted(pairs, key=lambda pair: pair[1] or date.max)


def _item(scope: Scope, cycle: Cycle, item: ItemState, due_on: date | None) -> Item:
    address = reverse("cycles:item", args=[scope.agency.code, cycle.framework_id, item.key])
    return Item(str(item), due_on, address)


def _to(scope: Scope, name: str, *args: object) -> str:
    return reverse(f"disclosure:{name}", args=[scope.agency.code, *args])
