"""One item through several years, and two years that do not follow each other held side by side."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prongsai.errors import FrameworkError, UnknownFramework
from prongsai.frameworks.crosswalk_rules import same_title
from prongsai.frameworks.load import crosswalk, crosswalks, load
from prongsai.frameworks.marks import weakest
from prongsai.frameworks.model import Basis, Crosswalk, CrosswalkRow, Framework, Item, Relation, Source

_MIRROR = {
    Relation.SPLIT: Relation.MERGED,
    Relation.MERGED: Relation.SPLIT,
    Relation.NEW: Relation.RETIRED,
    Relation.RETIRED: Relation.NEW,
}


@dataclass(frozen=True, slots=True)
class ChainStep:
    """What an item is in one year. items: empty in a year that does not have it.

    relation and basis: of the row that led here, None in the first year and while the item is away.
    """

    framework_id: str
    items: tuple[Item, ...]
    relation: Relation | None = None
    note_th: str = ""
    basis: Basis | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of this year."""
        return tuple(item.code for item in self.items)

    def to_json(self) -> dict[str, object]:
        """Give codes, keys and titles with the relation that led here."""
        return {
            "framework": self.framework_id,
            "items": [{"code": i.code, "key": i.key, "title_th": i.title_th} for i in self.items],
            "relation": self.relation.value if self.relation else None,
            "note_th": self.note_th,
            "certainty": self.basis.certainty.value if self.basis else None,
        }


def chain(key_or_code: str, from_id: str, to_id: str, *, folder: Path | None = None) -> tuple[ChainStep, ...]:
    """Follow an item from one year to another, forwards or backwards, a step a year.

    key_or_code: its lasting key, or its code in ``from_id``. An item that left and comes back under its lasting key is
    met again. Raises UnknownFramework, or FrameworkError when the first year has no such item.
    """
    framework = load(from_id, folder=folder)
    items = (_item(framework, key_or_code),)
    steps = [ChainStep(from_id, items)]
    keys = {item.key for item in items}
    for walk in _route(from_id, to_id, folder):
        step = _step(steps[-1], walk, load(walk.to_id, folder=folder), keys)
        keys |= {item.key for item in step.items}
        steps.append(step)
    return tuple(steps)


def between(from_id: str, to_id: str, *, folder: Path | None = None) -> Crosswalk:
    """Hold two years side by side, also when others lie between them: the crosswalks on the way are joined.

    Raises UnknownFramework when no crosswalks lead from one to the other.
    """
    direct = [e for e in crosswalks(folder=folder) if (e.from_id, e.to_id) == (from_id, to_id)]
    if direct:
        return crosswalk(from_id, to_id, folder=folder)
    route = _route(from_id, to_id, folder)
    before, after = load(from_id, folder=folder), load(to_id, folder=folder)
    sources = tuple(Source(f"{walk.id}/{each.key}", each.title, each.where) for walk in route for each in walk.sources)
    rows = tuple(_joined(before, after, route))
    return Crosswalk(f"{from_id}-to-{to_id}", from_id, to_id, edition=1, rows=rows, sources=sources)


def _item(framework: Framework, key_or_code: str) -> Item:
    found = framework.item_by_key(key_or_code) or framework.item(key_or_code)
    if found:
        return found
    known = [item.key for item in framework.items] + [item.code for item in framework.items]
    near = ", ".join(difflib.get_close_matches(key_or_code, known, n=3, cutoff=0.4)) or known[0]
    raise FrameworkError(
        f"{framework.id} has no item {key_or_code!r}; near are {near}",
        message_th=f"{framework.id} ไม่มีข้อ {key_or_code}",
        mend_th=f"ที่ใกล้เคียงคือ {near}",
    )


def _route(from_id: str, to_id: str, folder: Path | None) -> tuple[Crosswalk, ...]:
    """Find the fewest crosswalks that lead from one year to the other; those against their direction are mirrored."""
    roads = [(e.from_id, e.to_id) for e in crosswalks(folder=folder)]
    paths: dict[str, tuple[Crosswalk, ...]] = {from_id: ()}
    queue = [from_id]
    while queue and to_id not in paths:
        here = queue.pop(0)
        for start, end in roads:
            there = end if start == here else start
            if here in (start, end) and there not in paths:
                found = crosswalk(start, end, folder=folder)
                paths[there] = (*paths[here], found if start == here else _mirrored(found))
                queue.append(there)
    if to_id in paths:
        return paths[to_id]
    load(to_id, folder=folder)  # an unknown id says so itself
    raise UnknownFramework(
        f"no crosswalks lead from {from_id} to {to_id}",
        message_th=f"ไม่มีตารางเทียบข้อที่ต่อกันจาก {from_id} ถึง {to_id}",
        mend_th="เพิ่มไฟล์ตารางเทียบข้อของปีที่ขาด",
    )


def _mirrored(walk: Crosswalk) -> Crosswalk:
    rows = tuple(
        replace(
            row,
            relation=_MIRROR.get(row.relation, row.relation),
            from_codes=row.to_codes,
            to_codes=row.from_codes,
        )
        for row in walk.rows
    )
    return replace(walk, from_id=walk.to_id, to_id=walk.from_id, rows=rows)


def _step(before: ChainStep, walk: Crosswalk, after: Framework, keys: set[str]) -> ChainStep:
    rows = [row for row in walk.rows if set(row.from_codes) & set(before.codes)]
    if not rows:
        return _returned(walk, after, keys)
    codes = list(dict.fromkeys(code for row in rows for code in row.to_codes))
    return ChainStep(
        walk.to_id,
        tuple(item for item in after.items if item.code in codes),
        rows[0].relation,
        " ".join(row.note_th for row in rows if row.note_th),
        max((row.basis for row in rows), key=lambda basis: basis.certainty.rank),
    )


def _returned(walk: Crosswalk, after: Framework, keys: set[str]) -> ChainStep:
    items = tuple(item for item in after.items if item.key in keys)
    row = walk.row_to(items[0].code) if items else None
    if row is None:
        return ChainStep(walk.to_id, items)
    return ChainStep(walk.to_id, items, row.relation, row.note_th, row.basis)


def _joined(before: Framework, after: Framework, route: Sequence[Crosswalk]) -> Iterator[CrosswalkRow]:
    trails = [_trail(item, route, after) for item in before.items]
    comes_from: dict[str, list[_Trail]] = {item.code: [] for item in after.items}
    for trail in trails:
        for code in trail.codes:
            comes_from[code].append(trail)
    for item in after.items:
        yield from _rows_to(item, comes_from[item.code], route)
    for trail in trails:
        if not trail.codes:
            yield CrosswalkRow(Relation.RETIRED, (trail.item.code,), (), trail.note_th, trail.basis)
        elif len(trail.codes) > 1:
            yield CrosswalkRow(Relation.SPLIT, (trail.item.code,), trail.codes, trail.note_th, trail.basis)


@dataclass(frozen=True, slots=True)
class _Trail:
    """Where an item of the first year ended."""

    item: Item
    codes: tuple[str, ...]
    note_th: str
    basis: Basis


def _trail(item: Item, route: Sequence[Crosswalk], after: Framework) -> _Trail:
    codes: list[str] = [item.code]
    notes: list[str] = []
    bases: list[Basis] = []
    for walk in route:
        rows = [row for row in walk.rows if set(row.from_codes) & set(codes)]
        codes = list(dict.fromkeys(code for row in rows for code in row.to_codes))
        notes += [row.note_th for row in rows if row.note_th]
        bases += [replace(row.basis, sources=tuple(f"{walk.id}/{key}" for key in row.basis.sources)) for row in rows]
    back = after.item_by_key(item.key)
    if not codes and back:
        codes, notes = [back.code], [*notes, "ไม่มีในบางปีระหว่างนั้น"]
    sources = tuple(dict.fromkeys(key for basis in bases for key in basis.sources))
    return _Trail(item, tuple(codes), " ".join(notes), Basis(weakest(bases or [item.basis]), sources))


def _rows_to(item: Item, trails: Sequence[_Trail], route: Sequence[Crosswalk]) -> Iterator[CrosswalkRow]:
    if not trails:
        last = route[-1]
        row = last.row_to(item.code)
        basis = row.basis if row else Basis(weakest([]))
        sources = tuple(f"{last.id}/{key}" for key in basis.sources)
        yield CrosswalkRow(Relation.NEW, (), (item.code,), row.note_th if row else "", replace(basis, sources=sources))
    elif len(trails) > 1:
        sources = tuple(dict.fromkeys(key for trail in trails for key in trail.basis.sources))
        basis = Basis(weakest(trail.basis for trail in trails), sources)
        note = " ".join(dict.fromkeys(trail.note_th for trail in trails if trail.note_th))
        yield CrosswalkRow(Relation.MERGED, tuple(t.item.code for t in trails), (item.code,), note, basis)
    elif len(trails[0].codes) == 1:
        old = trails[0]
        kept = same_title(old.item.title_th, item.title_th)
        relation = Relation.KEPT if kept else Relation.RENAMED
        yield CrosswalkRow(relation, (old.item.code,), (item.code,), old.note_th, old.basis)
