"""Missing scores: derived when the rest determine them, bounded otherwise, never filled in silently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from prongsai.errors import Problem
from prongsai.scoring.exact import HUNDRED, Bounds, half_up, show
from prongsai.scoring.faults import fault
from prongsai.scoring.outline import Key, Kind
from prongsai.scoring.rollup import Node, ScoreTree, grow
from prongsai.scoring.solve import Box, knows_below, solve

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows for one missing score. All scores 0–100, rounded to the framework's places.

    value: exact, None when the rest do not determine it. interval: the scores that give the stated total with
    the others exactly as printed. interval_all: the scores that do so when the others, too, are rounded
    figures; None when there is no such score. source: the place whose stated score tells. together: the
    missing scores of which only the mean is determined, itself among them.
    """

    kind: Kind
    code: str
    title_th: str
    value: Fraction | None
    rounded: Decimal | None
    interval: Interval | None
    interval_all: Interval | None
    source: str
    together: tuple[str, ...] = ()
    mean: Decimal | None = None
    arithmetic: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether any score fits."""
        return self.interval_all is not None

    def to_json(self) -> dict[str, object]:
        """Give value, low, high, low_all, high_all as numbers or null, and where they come from.

        impossible: true when no score fits, which is why all five are null.
        """
        low, high = self.interval or (None, None)
        low_all, high_all = self.interval_all or (None, None)
        numbers = {"value": self.rounded, "low": low, "high": high, "low_all": low_all, "high_all": high_all}
        result: dict[str, object] = {name: None if each is None else float(each) for name, each in numbers.items()}
        result |= {"impossible": not self.is_possible, "from": self.source, "arithmetic": self.arithmetic}
        if self.together:
            mean = None if self.mean is None else float(self.mean)
            result |= {"together": list(self.together), "mean": mean}
        return result


@dataclass(frozen=True, slots=True)
class Derivation:
    """The tree with derived scores grown in and marked; all of them; what cannot be derived as Problems."""

    tree: ScoreTree
    derived: tuple[Derived, ...]
    problems: tuple[Problem, ...]


def derive(tree: ScoreTree) -> Derivation:
    """Derive what is missing in a tree.

    One score missing under a stated figure is determined by it. Of two or more under one parent only the mean
    is, of several under different parents none, but each has bounds. Nothing is derived where the printed
    scores exclude each other; that is a Problem.
    """
    if not any(node.value is None for node in tree.root.walk()):
        return Derivation(tree, (), ())
    printed = solve(tree.root, all_roundings=False)
    wide = {box.node.key: box for box in solve(tree.root, all_roundings=True).walk()}
    found = [each for box in printed.walk() if box.is_total for each in _under(tree, box, wide)]
    unique = {(each.kind, each.code): each for each in found}
    problems = tuple(_problems(tree, wide, unique))
    known: dict[Key, tuple[Fraction, str]] = {
        key: (each.value, each.arithmetic) for key, each in unique.items() if each.value is not None
    }
    grown = grow(tree.outline, tree.resolved, known) if known else tree
    return Derivation(grown, tuple(unique.values()), problems)


def _gaps(box: Box) -> Iterator[tuple[Box, ...]]:
    """Give the path to each place of which nothing is known, but not below another stated figure."""
    for child in box.boxes:
        if child.is_gap:
            yield (child,)
        elif not child.is_total:
            for path in _gaps(child):
                yield (child, *path)


def _under(tree: ScoreTree, top: Box, wide: Mapping[Key, Box]) -> list[Derived]:
    paths = list(_gaps(top))
    if not paths:
        return []
    common = _common(paths)
    if len(paths) == 1:
        return _single(tree, top, common, wide)
    return _several(tree, top, common, [path[-1] for path in paths], wide)


def _common(paths: list[tuple[Box, ...]]) -> tuple[Box, ...]:
    """Give the path that all of them share."""
    shared = []
    for step in zip(*paths, strict=False):
        if any(box is not step[0] for box in step):
            break
        shared.append(step[0])
    return tuple(shared)


def _single(tree: ScoreTree, top: Box, path: tuple[Box, ...], wide: Mapping[Key, Box]) -> list[Derived]:
    value, text = _descend(top.node, path)
    target = path[-1]
    found = _derived(tree, top, target, wide, value, text)
    return [found, *_inside(tree, top, target, wide, found.rounded)]


def _inside(tree: ScoreTree, top: Box, target: Box, wide: Mapping[Key, Box], mean: Decimal | None) -> list[Derived]:
    """Bound the indicators of an instrument of which nothing is known; mean: its own score where that follows."""
    codes = tuple(box.node.code for box in target.boxes)
    return [_derived(tree, top, box, wide, None, "", codes, mean) for box in target.boxes]


def _several(
    tree: ScoreTree, top: Box, path: tuple[Box, ...], targets: list[Box], wide: Mapping[Key, Box]
) -> list[Derived]:
    parent = path[-1] if path else top
    value, text = _descend(top.node, path)
    found = [_derived(tree, top, parent, wide, value, text)] if path else []
    codes = tuple(box.node.code for box in targets)
    siblings = all(any(box is child for child in parent.boxes) for box in targets)
    mean: Decimal | None = None
    if siblings and len({box.node.share for box in targets}) == 1:
        exact, step = _mean_of_rest(parent.node, value, targets)
        text = f"{text}; {step}" if text else step
        mean = half_up(min(max(exact, Fraction(0)), HUNDRED), top.node.places)
    for box in targets:
        found.append(_derived(tree, top, box, wide, None, text, codes, mean))
        found += _inside(tree, top, box, wide, None)
    return found


def _derived(
    tree: ScoreTree,
    top: Box,
    box: Box,
    wide: Mapping[Key, Box],
    value: Fraction | None,
    arithmetic: str,
    together: tuple[str, ...] = (),
    mean: Decimal | None = None,
) -> Derived:
    node, places = box.node, box.node.places
    limits = wide[node.key].limits
    interval, interval_all = box.limits.printable(places), limits.rounded(places)
    allowed = tree.outline.allowed[node.code] if node.kind is Kind.ITEM else None
    if allowed is not None:
        # Of a few possible scores the arithmetic need not hit one: it is known when only one is left.
        interval, interval_all = _allowed(allowed, box.limits), _allowed(allowed, limits)
        value = Fraction(interval_all[0]) if interval_all and interval_all[0] == interval_all[1] else None
        together, mean = ((), None) if value is not None else (together, mean)
    elif interval_all is None:
        value = None
    elif value is not None:
        value = _fit(value, limits if interval is None else box.limits)
    return Derived(
        node.kind,
        node.code,
        node.title_th,
        value,
        None if value is None else half_up(value, places),
        interval,
        interval_all,
        top.node.code,
        together,
        mean,
        arithmetic,
    )


def _fit(value: Fraction, limits: Bounds) -> Fraction:
    return min(max(value, limits.low), limits.high)


def _allowed(allowed: tuple[Decimal, ...], limits: Bounds) -> Interval | None:
    """Give the least and greatest score that an item may have inside the limits."""
    scores = [score for score in allowed if limits.holds(Fraction(score))]
    return (scores[0], scores[-1]) if scores else None


def _descend(node: Node, path: tuple[Box, ...]) -> tuple[Fraction, str]:
    """Take the known siblings off a stated figure down the path: the value at its end, the arithmetic."""
    assert node.value is not None
    value, steps = node.value, []
    for box in path:
        known = [each for each in node.children if each is not box.node]
        rest = sum((each.share * each.value for each in known if each.value is not None), Fraction(0))
        before, value = value, (value - rest) / box.node.share
        steps.append(f"{box.node.code} = {_step(before, known, box.node, node.kind)} = {show(value)}")
        node = box.node
    text = "; ".join(steps)
    rounded = half_up(value, node.places)
    return value, text if not path or Fraction(rounded) == value else f"{text} ≈ {rounded}"


def _step(before: Fraction, known: list[Node], target: Node, kind: Kind) -> str:
    values = [each.value for each in known if each.value is not None]
    if kind is Kind.OVERALL:
        taken = "".join(
            f" − {show(each.value)} × {show(each.share * HUNDRED)}%" for each in known if each.value is not None
        )
        return f"({show(before)}{taken}) ÷ {show(target.share * HUNDRED)}%"
    if not values:
        return show(before)
    return f"{show(1 / target.share)} × {show(before)} − ({' + '.join(show(value) for value in values)})"


def _mean_of_rest(parent: Node, value: Fraction, targets: list[Box]) -> tuple[Fraction, str]:
    known = [each for each in parent.children if each.value is not None]
    rest = sum((each.share * each.value for each in known if each.value is not None), Fraction(0))
    mean = (value - rest) / sum((box.node.share for box in targets), Fraction(0))
    count, codes = len(targets), ", ".join(box.node.code for box in targets)
    step = _step(value, known, targets[0].node, parent.kind)
    return mean, f"({codes}) ÷ {count} = ({step}) ÷ {count} = {show(mean)}"


def _problems(tree: ScoreTree, wide: Mapping[Key, Box], derived: Mapping[Key, Derived]) -> Iterator[Problem]:
    for box in wide.values():
        yield from _impossible(box)
    # Below an indicator that is stated nothing more is needed for the total.
    totals = {node.code for node in tree.root.walk() if node.kind.is_sum}
    groups = {each.together: each for each in derived.values() if each.together}
    for group in groups.values():
        if group.source in totals:
            yield _undetermined(tree, group)
    if knows_below(tree.root):
        yield from _missing(tree, tree.root, derived)


def _impossible(box: Box) -> Iterator[Problem]:
    node, reach = box.node, box.below.rounded(box.node.places)
    if not box.clash or node.value is None or reach is None:
        return
    stated, (low, high) = half_up(node.value, node.places), reach
    what, what_th = naming(node)
    gaps = ", ".join(path[-1].node.code for path in _gaps(box))
    yield fault(
        "SCORE_IMPOSSIBLE",
        node.where,
        evidence=(str(stated),),
        arithmetic=f"{gaps} = 0: {low}; {gaps} = 100: {high}",
        what=what,
        what_th=what_th,
        stated=stated,
        low=low,
        high=high,
    )


def naming(node: Node) -> tuple[str, str]:
    """Name a node in English and Thai."""
    return {
        Kind.OVERALL: ("the total", "คะแนนรวม"),
        Kind.INSTRUMENT: (f"instrument {node.code}", f"เครื่องมือ {node.code}"),
        Kind.ITEM: (f"item {node.code}", f"ข้อ {node.code}"),
        Kind.QUESTION: (f"question {node.code}", f"ข้อคำถาม {node.code}"),
    }.get(node.kind, (f"indicator {node.code}", f"ตัวชี้วัด {node.code}"))


def _undetermined(tree: ScoreTree, group: Derived) -> Problem:
    where = next((node.where for node in tree.root.walk() if node.code == group.source), tree.root.where)
    known, known_th = "each is only bounded", "จึงบอกได้เพียงช่วงที่เป็นไปได้ของแต่ละค่า"
    if group.mean is not None:
        known, known_th = (
            f"only their mean, {group.mean}, follows",
            f"จึงบอกได้เพียงค่าเฉลี่ยของทั้งหมด คือ {group.mean}",
        )
    codes = ", ".join(group.together)
    arithmetic = group.arithmetic or None
    return fault("SCORE_UNDETERMINED", where, arithmetic=arithmetic, codes=codes, known=known, known_th=known_th)


def _missing(tree: ScoreTree, node: Node, derived: Mapping[Key, Derived]) -> Iterator[Problem]:
    """Name what is missing beside something that is known; the items of one place in one Problem."""
    items = [c for c in node.children if c.value is None and c.kind in (Kind.ITEM, Kind.QUESTION)]
    if items:
        codes = ", ".join(each.code for each in items)
        yield _absent(tree, items[0], f"{codes} of {node.code}", f"{codes} ใน {node.code}", derived)
    for child in node.children:
        if child.value is None and child not in items:
            if not knows_below(child):
                yield _absent(tree, child, *naming(child), derived)
            else:
                yield from _missing(tree, child, derived)
        elif child.how == "stated" and knows_below(child):
            yield from _missing(tree, child, derived)


def _absent(tree: ScoreTree, node: Node, what: str, what_th: str, derived: Mapping[Key, Derived]) -> Problem:
    entries = tree.resolved.places
    then, then_th = "nothing stated determines it", "คะแนนอื่นที่มีบอกค่านี้ไม่ได้"
    each = derived.get(node.key)
    if each and each.rounded is not None:
        low, high = each.interval or each.interval_all or (each.rounded, each.rounded)
        then = f"until then it is derived as {each.rounded} ({low} to {high})"
        then_th = f"ระหว่างนี้คำนวณย้อนได้ {each.rounded} (ช่วง {low} ถึง {high})"
    elif each and each.interval_all:
        then = f"it lies between {each.interval_all[0]} and {each.interval_all[1]}"
        then_th = f"ค่าอยู่ระหว่าง {each.interval_all[0]} ถึง {each.interval_all[1]}"
    where = entries.get(node.key, tree.resolved.where)
    arithmetic = (each.arithmetic or None) if each else None
    return fault("SCORE_MISSING", where, arithmetic=arithmetic, what=what, what_th=what_th, then=then, then_th=then_th)
