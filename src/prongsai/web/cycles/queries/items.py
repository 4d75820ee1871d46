"""The items of a cycle: as a list with readiness, and one of them with everything that is known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from prongsai.frameworks.model import Framework, Item
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import (
    Cycle,
    ElementEvidence,
    ElementState,
    Finding,
    ItemState,
    Verdict,
    Work,
)
from prongsai.web.cycles.queries.frameworks import framework_of, indicator_names, mark_of, top_of
from prongsai.web.cycles.queries.register_proofs import ElementLine, green_of, lines_of

FULL = Decimal(100)
_DONE = (Work.READY, Work.SUBMITTED)
# The one element of an item whose requirements nobody has seen.
UNKNOWN_ELEMENT = "disclosed"


def items_of(cycle: Cycle) -> QuerySet[ItemState]:
    """Give the items of a cycle in the framework's order, each with its counts of elements.

    n_elements, n_passed, n_failed, n_unclear: of all; the rest nobody has looked at.
    """
    return (
        ItemState.objects.filter(cycle=cycle)
        .select_related("unit", "post")
        .annotate(
            n_elements=Count("elements"),
            n_passed=Count("elements", filter=Q(elements__verdict=Verdict.PASS)),
            n_failed=Count("elements", filter=Q(elements__verdict=Verdict.FAIL)),
            n_unclear=Count("elements", filter=Q(elements__verdict=Verdict.CANNOT_TELL)),
        )
    )


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list. top: its indicator without a parent. risks: why points may be lost, in words."""

    pk: int
    key: str
    code: str
    title: str
    indicator: str
    indicator_name: str
    top: str
    unit_id: int | None
    unit: str
    post: str
    due_on: date | None
    work: str
    work_label: str
    passed: int
    failed: int
    unclear: int
    total: int
    last_score: Decimal | None
    carry: str
    risks: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether every element passes."""
        return self.total > 0 and self.passed == self.total

    @property
    def looked_at(self) -> int:
        """How many elements somebody has judged."""
        return self.passed + self.failed + self.unclear

    @property
    def is_overdue(self) -> bool:
        """Whether being late is among its risks."""
        return _("เลยกำหนด") in self.risks


def item_rows(cycle: Cycle, today: date) -> tuple[ItemRow, ...]:
    """Give every item of a cycle; a handful of queries however many there are.

    An element that nobody has judged and that a register proves counts as passed.
    """
    framework = framework_of(cycle)
    names, tops, green = indicator_names(framework), top_of(framework), green_of(cycle, today)
    return tuple(_row(each, names, tops, green.get(each.pk, 0), today) for each in items_of(cycle))


def _row(item: ItemState, names: Mapping[str, str], tops: Mapping[str, str], green: int, today: date) -> ItemRow:
    counts = vars(item)
    return ItemRow(
        pk=item.pk,
        key=item.key,
        code=item.code,
        title=item.title,
        indicator=item.indicator,
        indicator_name=names.get(item.indicator, ""),
        top=tops.get(item.indicator, item.indicator),
        unit_id=item.unit_id,
        unit=str(item.unit or ""),
        post=str(item.post or ""),
        due_on=item.due_on,
        work=item.work,
        work_label=item.get_work_display(),
        passed=counts["n_passed"] + green,
        failed=counts["n_failed"],
        unclear=counts["n_unclear"],
        total=counts["n_elements"],
        last_score=item.last_score,
        carry=item.carry,
        risks=tuple(_risks(item, counts["n_failed"], counts["n_unclear"], today)),
    )


def _risks(item: ItemState, failed: int, unclear: int, today: date) -> Iterable[str]:
    if failed:
        yield _("ยังขาดองค์ประกอบ")
    if unclear:
        yield _("มีองค์ประกอบที่ตอบไม่ได้")
    if item.work in _DONE:
        return
    if item.due_on and item.due_on < today:
        yield _("เลยกำหนด")
    if item.last_score is not None and item.last_score < FULL:
        yield _("ปีก่อนไม่ได้คะแนนเต็ม")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed by; an empty text, None or False leaves it as it is. unit 0: nobody's."""

    indicator: str = ""
    unit: int | None = None
    work: str = ""
    at_risk: bool = False
    mine: bool = False


def narrowed(rows: Iterable[ItemRow], filters: Filters, scope: Scope) -> tuple[ItemRow, ...]:
    """Keep the rows that pass the filters. Mine: those of my units."""
    return tuple(row for row in rows if _passes(row, filters, scope))


def _passes(row: ItemRow, filters: Filters, scope: Scope) -> bool:
    return (
        filters.indicator in ("", row.top, row.indicator)
        and (filters.unit is None or filters.unit == (row.unit_id or 0))
        and filters.work in ("", row.work)
        and (not filters.at_risk or bool(row.risks))
        and (not filters.mine or row.unit_id in scope.unit_ids)
    )


@dataclass(frozen=True, slots=True)
class Guide:
    """How to do an item well, as far as the framework knows it. years: which fiscal year the content is about.

    known: whether anybody has seen what it asks for beyond its title.
    """

    period: str
    years: str
    mark: str
    elements_mark: str
    known: bool
    notes: tuple[str, ...]
    rule: str


def guide_to(cycle: Cycle, key: str) -> Guide | None:
    """Give what the framework says about an item; None when a newer edition no longer has it."""
    framework = framework_of(cycle)
    item = framework.item_by_key(key)
    return _guide(framework, item) if item else None


def _guide(framework: Framework, item: Item) -> Guide:
    notes = (item.basis.note, item.elements_basis.note, *(e.basis.note for e in item.elements))
    known = any(element.key != UNKNOWN_ELEMENT for element in item.elements)
    return Guide(
        item.period_th,
        _content_year(framework, item),
        mark_of(item.basis),
        mark_of(item.elements_basis),
        known,
        tuple(dict.fromkeys(note for note in notes if note)),
        _("ได้คะแนนตามขั้น") if item.partial else _("ต้องครบทุกองค์ประกอบจึงได้คะแนน ขาดข้อเดียวได้ ๐"),
    )


def _content_year(framework: Framework, item: Item) -> str:
    if item.content_year is None:
        return _("ไม่กำหนดปี (ข้อมูลที่เป็นปัจจุบัน)")
    year = framework.fiscal_year_be + item.content_year
    words = _("ปีที่ประเมิน") if item.content_year == 0 else _("ปีก่อนปีที่ประเมิน")
    return _("ปีงบประมาณ พ.ศ. {year} ({words})").format(year=year, words=words)


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything that the page of an item shows. last: last year's items, each with its evidence."""

    item: ItemState
    lines: tuple[ElementLine, ...]
    passed: int
    last: tuple[tuple[ItemState, tuple[ElementEvidence, ...]], ...]
    findings: tuple[Finding, ...]
    guide: Guide | None
    indicator_name: str
    before: ItemState | None
    after: ItemState | None


def item_page(item: ItemState, today: date) -> ItemPage:
    """Give the page of an item; a handful of queries however much evidence there is."""
    lines = lines_of(item, elements_of(item), today)
    neighbours = ItemState.objects.filter(cycle=item.cycle_id).only("pk", "code", "key", "title", "place")
    return ItemPage(
        item=item,
        lines=lines,
        passed=sum(each.is_there for each in lines),
        last=_last(item),
        findings=tuple(item.findings.all()),
        guide=guide_to(item.cycle, item.key),
        indicator_name=indicator_names(framework_of(item.cycle)).get(item.indicator, ""),
        before=neighbours.filter(place__lt=item.place).order_by("-place").first(),
        after=neighbours.filter(place__gt=item.place).first(),
    )


def elements_of(item: ItemState) -> QuerySet[ElementState]:
    """Give the elements of an item with what proves them."""
    proofs = ElementEvidence.objects.select_related("evidence__file").order_by("pk")
    return item.elements.select_related("judged_by").prefetch_related(Prefetch("proofs", queryset=proofs))


def _last(item: ItemState) -> tuple[tuple[ItemState, tuple[ElementEvidence, ...]], ...]:
    olds = list(item.last_items.select_related("cycle", "unit"))
    proofs: dict[int, dict[int, ElementEvidence]] = {old.pk: {} for old in olds}
    for proof in last_proofs(olds):
        proofs[proof.element.item_id].setdefault(proof.evidence_id, proof)
    return tuple((old, tuple(proofs[old.pk].values())) for old in olds)


def last_proofs(olds: Iterable[ItemState]) -> QuerySet[ElementEvidence]:
    """Give what proved the elements of last year's items."""
    found = ElementEvidence.objects.filter(element__item__in=list(olds)).order_by("pk")
    return found.select_related("evidence__file", "element")
