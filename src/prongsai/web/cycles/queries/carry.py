"""What became of last year's items: the plan of a carry-over, and how far it is confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prongsai.errors import UnknownFramework
from prongsai.frameworks.chain import between
from prongsai.frameworks.marks import weakest
from prongsai.frameworks.model import Basis, Crosswalk, Relation
from prongsai.frameworks.tell import RELATION_TH
from prongsai.web.cycles.models import CarryState, Cycle, ItemState
from prongsai.web.cycles.queries.frameworks import mark_of
from prongsai.web.cycles.queries.scores import latest_snapshot, tree_of

_ASKED = {Relation.SPLIT, Relation.MERGED}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item comes from: codes of the earlier year, and whether a person must say which of them it takes."""

    code: str
    from_codes: tuple[str, ...]
    relations: tuple[Relation, ...]
    asked: bool
    note: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class CarryPlan:
    """Every item of the new year with its origin, by code; and the codes of the old year that nothing takes over."""

    origins: Mapping[str, Origin]
    retired: Mapping[str, str]
    known: bool = True


def plan_between(from_id: str, to_id: str) -> CarryPlan:
    """Say what each item of a year takes over from another year's.

    Every code of the earlier year is in at least one origin or retired. Years without a way between them: nothing is
    taken over, ``known`` False.
    """
    try:
        return plan_of(between(from_id, to_id))
    except UnknownFramework:
        return CarryPlan({}, {}, known=False)


def plan_of(walk: Crosswalk) -> CarryPlan:
    """Turn a crosswalk round: from what became of the old to where the new comes from."""
    codes = dict.fromkeys(code for row in walk.rows for code in row.to_codes)
    taken = {code for row in walk.rows if row.to_codes for code in row.from_codes}
    retired = {code: row.note_th for row in walk.rows for code in row.from_codes if code not in taken}
    return CarryPlan({code: _origin(walk, code) for code in codes}, retired)


def _origin(walk: Crosswalk, code: str) -> Origin:
    rows = [row for row in walk.rows if code in row.to_codes]
    olds = tuple(dict.fromkeys(old for row in rows for old in row.from_codes))
    relations = tuple(dict.fromkeys(row.relation for row in rows))
    note = " ".join(dict.fromkeys(row.note_th for row in rows if row.note_th))
    asked = len(olds) > 1 or (bool(olds) and not _ASKED.isdisjoint(relations))
    return Origin(code, olds, relations, asked, note, Basis(weakest(row.basis for row in rows)))


@dataclass(frozen=True, slots=True)
class Question:
    """An item that takes over from a split or merge: which of the candidates? chosen: pks of those linked now."""

    item: ItemState
    candidates: tuple[ItemState, ...]
    chosen: frozenset[int]
    words: str
    note: str
    mark: str
    settled: bool


@dataclass(frozen=True, slots=True)
class CarryPage:
    """The carry-over of a cycle. left: old items that no item takes over, each with the reason if one is known.

    scores: the official ones of the old items by code.
    """

    cycle: Cycle
    source: Cycle | None
    known: bool
    questions: tuple[Question, ...]
    straight: tuple[tuple[ItemState, tuple[ItemState, ...]], ...]
    new: tuple[ItemState, ...]
    left: tuple[tuple[ItemState, str], ...]
    scores: Mapping[str, Decimal | None]


def carry_page(cycle: Cycle) -> CarryPage:
    """Show where every old item went; four queries."""
    items = list(cycle.items.select_related("unit", "post").prefetch_related("last_items"))
    source = cycle.carried_from
    if source is None:
        return CarryPage(cycle, None, True, (), (), tuple(items), (), {})
    plan = plan_between(source.framework_id, cycle.framework_id)
    olds = {old.code: old for old in source.items.select_related("unit", "post")}
    asked = [item for item in items if item.code in plan.origins and plan.origins[item.code].asked]
    others = [item for item in items if item not in asked]
    linked = {old.pk for item in items for old in item.last_items.all()}
    return CarryPage(
        cycle,
        source,
        plan.known,
        tuple(_question(item, plan.origins[item.code], olds) for item in asked),
        tuple((item, tuple(item.last_items.all())) for item in others if item.last_items.all()),
        tuple(item for item in others if not item.last_items.all()),
        tuple((old, plan.retired.get(old.code, "")) for old in olds.values() if old.pk not in linked),
        _scores(source),
    )


def _scores(source: Cycle) -> dict[str, Decimal | None]:
    official = latest_snapshot(source)
    return {each.code: each.score for each in tree_of(official.result).items()} if official else {}


def _question(item: ItemState, origin: Origin, olds: Mapping[str, ItemState]) -> Question:
    candidates = tuple(olds[code] for code in origin.from_codes if code in olds)
    chosen = frozenset(old.pk for old in item.last_items.all())
    words = ", ".join(RELATION_TH[relation] for relation in origin.relations)
    settled = item.carry != CarryState.ASK
    return Question(item, candidates, chosen, words, origin.note, mark_of(origin.basis), settled)


def candidates_of(item: ItemState, source: Cycle) -> Sequence[ItemState]:
    """Give the old items that an item may take over."""
    origin = plan_between(source.framework_id, item.cycle.framework_id).origins.get(item.code)
    return list(source.items.filter(code__in=origin.from_codes)) if origin else []
