"""What an office has published and what is to be done: the items of a year, what waits for me, what is overtaken."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleState, ItemState
from prongsai.web.cycles.queries import cycles_of
from prongsai.web.cycles.queries.items import ItemRow, item_rows
from prongsai.web.disclosure.models import (
    GateCheck,
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
from prongsai.web.disclosure.queries.contacts import EXECUTIVES, Lack, lacks_of
from prongsai.web.disclosure.queries.deadlines import last_day_of
from prongsai.web.disclosure.queries.outdated import Overtaken, overtaken
from prongsai.web.disclosure.queries.pages import pages_of
from prongsai.web.disclosure.queries.writers import written_among

NEAR_DAYS = 30
ITA = "ita"
TODO, WAITING, PUBLIC, WATCH = "todo", "waiting", "public", "watch"  # how the list may be narrowed


class Step(TextChoices):
    """What is to be done next with a page."""

    START = "start", _("เริ่มเขียน")
    WRITE = "write", _("เขียนต่อแล้วขออนุญาต")
    GATE = "gate", _("ตัดสินใจเรื่องข้อมูลส่วนบุคคล")
    MEND = "mend", _("แก้ตามความเห็นแล้วขออีกครั้ง")
    WAIT = "wait", _("รออนุญาต")
    DECIDE = "decide", _("พิจารณา")
    RENEW = "renew", _("ข้อมูลเปลี่ยนหลังเผยแพร่ ทำฉบับใหม่")
    REACH = "reach", _("ลิงก์เปิดไม่ได้ ตรวจสอบ")
    REVIEW = "review", _("ถึงกำหนดทบทวน")
    AGAIN = "again", _("เผยแพร่อีกครั้งเมื่อพร้อม")
    DONE = "done", _("ไม่มี")


_STATES = {
    "": (_("ยังไม่เริ่ม"), "not_started"),
    PageState.PUBLIC: (_("เผยแพร่แล้ว"), "done"),
    PageState.WITHDRAWN: (_("ถอนแล้ว"), "late"),
    ReleaseState.DRAFT: (_("ร่าง"), "in_progress"),
    ReleaseState.REQUESTED: (_("รออนุญาต"), "ask"),
    ReleaseState.RETURNED: (_("ส่งกลับให้แก้ไข"), "returned"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A page in a list; page None: an item without one. state, tone: of its badge. may_draft: whether I may write."""

    page: Page | None
    draft: Release | None
    state: str
    tone: str
    step: Step
    may_draft: bool
    item: ItemRow | None = None
    overtaken: Overtaken | None = None
    is_unreached: bool = False
    is_late: bool = False

    @property
    def is_public(self) -> bool:
        """Whether something stands at the address."""
        return self.page is not None and self.page.state == PageState.PUBLIC

    def is_of(self, show: str) -> bool:
        """Whether it belongs to a narrowed list."""
        if show == TODO:
            return not self.is_public
        if show == WAITING:
            return self.step in (Step.WAIT, Step.DECIDE, Step.GATE, Step.MEND)
        if show == PUBLIC:
            return self.is_public
        return show != WATCH or self.step in (Step.RENEW, Step.REACH, Step.REVIEW)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a clerk opens. mine: what waits for me; lacks: executives whom nobody can reach or who have no photograph.

    last_day: of disclosure in the cycle, None while nobody has entered it. counts: pages by their kind.
    """

    cycle: Cycle | None
    cycles: tuple[Cycle, ...]
    lines: tuple[Line, ...]
    mine: tuple[Line, ...]
    lacks: tuple[Lack, ...]
    last_day: date | None
    counts: Mapping[str, int]

    @property
    def published(self) -> int:
        """How many items stand at their addresses."""
        return sum(line.is_public for line in self.lines)

    @property
    def watch(self) -> int:
        """How many published pages want looking at."""
        return sum(line.is_of(WATCH) for line in self.lines)


def overview_of(scope: Scope, framework_id: str = "") -> Overview:
    """Give the overview of a cycle, the newest open one where none is named; a constant number of queries."""
    cycles = tuple(cycles_of(scope))
    cycle = chosen_cycle(cycles, framework_id)
    items = item_rows(cycle, scope.today) if cycle else ()
    pages = {page.item_id: page for page in pages_of(scope).filter(item__cycle=cycle)} if cycle else {}
    facts = facts_of(scope, list(pages.values()))
    last_day = last_day_of(cycle.dates.all()) if cycle else None
    lines = tuple(facts.line(pages.get(item.pk), item, last_day) for item in items)
    has_executives = any(line.page and line.is_public and line.page.item_key == EXECUTIVES for line in lines)
    return Overview(
        cycle=cycle,
        cycles=cycles,
        lines=lines,
        mine=_mine(scope),
        lacks=lacks_of(scope.agency, scope.today) if has_executives else (),
        last_day=last_day,
        counts=_counts(scope),
    )


def current_cycle(scope: Scope) -> Cycle | None:
    """Give the cycle that the parts of publication lead to where none is named. One query."""
    return chosen_cycle(cycles_of(scope))


def chosen_cycle(cycles: Iterable[Cycle], framework_id: str = "") -> Cycle | None:
    """Give the cycle that is named, else the newest open one of the ITA, else the newest."""
    cycles = tuple(cycles)
    named = [one for one in cycles if one.framework_id == framework_id]
    ita = [one for one in cycles if one.framework_kind == ITA and one.state == CycleState.OPEN]
    return next(iter([*named, *ita, *cycles]), None)


def _counts(scope: Scope) -> Mapping[str, int]:
    found = Page.objects.filter(agency=scope.agency).order_by().values_list("kind").annotate(Count("pk"))
    return dict.fromkeys(PageKind.values, 0) | dict(found)


def pages_by_kind(scope: Scope, kind: str) -> QuerySet[Page]:
    """Give the pages of a kind, the newest first."""
    return pages_of(scope).filter(kind=kind).order_by("-year_be", "-pk")


def lines_for(scope: Scope, pages: list[Page]) -> tuple[Line, ...]:
    """Give pages as lines of a list; a constant number of queries."""
    facts = facts_of(scope, pages)
    return tuple(facts.line(page, None, None) for page in pages)


# --- what waits for me ----------------------------------------------------------------------------------------------
def _mine(scope: Scope) -> tuple[Line, ...]:
    """Give what waits for me: requests that I decide on, what the gate found, what came back to me."""
    making = Release.objects.filter(page__agency=scope.agency).exclude(state=ReleaseState.APPROVED)
    asked = list(making.values_list("page_id", flat=True))
    pages = list(pages_of(scope).filter(pk__in=asked).order_by("-pk")) if asked else []
    facts = facts_of(scope, pages)
    lines = (facts.line(page, None, None) for page in pages)
    return tuple(line for line in lines if _is_mine(scope, line))


def _is_mine(scope: Scope, line: Line) -> bool:
    if line.step is Step.DECIDE:
        return True
    if line.step is Step.GATE:
        return rights.may_judge(scope) or line.may_draft
    is_own = line.draft is not None and rights.is_own(scope, line.draft)
    return line.step is Step.MEND and (is_own or line.may_draft)


# --- facts ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Facts:
    """What lines are made of, fetched once for all pages."""

    scope: Scope
    drafts: Mapping[int, Release]
    written: frozenset[int]
    gated: frozenset[int]
    overtaken: Mapping[int, Overtaken]
    unreached: frozenset[int]

    def line(self, page: Page | None, item: ItemRow | None, last_day: date | None) -> Line:
        """Make a line."""
        today = self.scope.today
        draft = self.drafts.get(page.pk) if page else None
        key = (draft.state if draft else page.state) if page else ""
        label, tone = _STATES.get(key, _STATES[""])
        if page and page.elsewhere and not draft:
            label = _("เผยแพร่ที่อื่น")
        owns = rights.may_draft(self.scope, page) if page else self._owns(item)
        is_public = page is not None and page.state == PageState.PUBLIC
        is_late = bool(page and page.current and page.current.is_late)
        return Line(
            page,
            draft,
            str(label),
            tone,
            self._step(page, draft),
            owns,
            item,
            self.overtaken.get(page.pk) if page else None,
            bool(page and page.pk in self.unreached),
            is_late or (not is_public and last_day is not None and last_day < today),
        )

    def _owns(self, item: ItemRow | None) -> bool:
        unit = item.unit_id if item else None
        return self.scope.can(Power.PUBLISH) or self.scope.can_change(unit)

    def _step(self, page: Page | None, draft: Release | None) -> Step:
        if page is None:
            return Step.START
        if draft is not None:
            return self._draft_step(draft)
        if page.state == PageState.WITHDRAWN:
            return Step.AGAIN
        if page.state == PageState.DRAFT:
            return Step.START
        return next(self._wanted(page), Step.DONE)

    def _draft_step(self, draft: Release) -> Step:
        if draft.state == ReleaseState.REQUESTED:
            may = rights.may_decide(self.scope, draft) and draft.pk not in self.written
            return Step.DECIDE if may else Step.WAIT
        if draft.pk in self.gated:
            return Step.GATE
        return Step.MEND if draft.state == ReleaseState.RETURNED else Step.WRITE

    def _wanted(self, page: Page) -> Iterator[Step]:
        if page.pk in self.unreached:
            yield Step.REACH
        if page.pk in self.overtaken:
            yield Step.RENEW
        if page.review_on and page.review_on <= self.scope.today + timedelta(days=NEAR_DAYS):
            yield Step.REVIEW


def facts_of(scope: Scope, pages: list[Page]) -> Facts:
    """Fetch what lines of pages need."""
    drafts = {one.page_id: one for one in _making(pages)}
    waiting = GateCheck.objects.filter(release__in=drafts.values(), outcome=GateOutcome.WAITING)
    faults = Watched.objects.filter(page__in=pages, is_open=True, state=Reach.FAULT)
    return Facts(
        scope,
        drafts,
        written_among(scope, [one.pk for one in drafts.values()]),
        frozenset(waiting.values_list("release_id", flat=True)),
        overtaken(scope, pages),
        frozenset(pk for pk in faults.values_list("page_id", flat=True) if pk),
    )


def _making(pages: list[Page]) -> QuerySet[Release]:
    found = Release.objects.filter(page__in=pages).exclude(state=ReleaseState.APPROVED)
    return found.defer("body", "body_en", "tables")


def item_of(scope: Scope, pk: int) -> ItemState | None:
    """Give an item of the agency."""
    found = ItemState.objects.filter(cycle__agency=scope.agency).select_related("cycle__agency", "unit")
    return found.filter(pk=pk).first()
