"""Scores upward, from answers and items to the total, as a tree that explains itself.

Every mean and weight is exact; a number is rounded once, half-up, where it is printed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from prongsai.errors import Problem, Where
from prongsai.frameworks.model import Framework
from prongsai.scoring.exact import HUNDRED, half_unit, half_up, show
from prongsai.scoring.faults import fault
from prongsai.scoring.outline import Key, Kind, Outline, Spot
from prongsai.scoring.resolve import Resolved, resolve
from prongsai.scoring.scores import Given, Scores

How = Literal["stated", "computed", "derived", "missing"]

_LISTED = 6  # a mean of so few numbers is explained by all of them
_GROUPED = 12  # of more than this, or of many equal ones, by how often each occurs


@dataclass(frozen=True, slots=True)
class Node:
    """A place of the tree and how its score came to be.

    value: exact, 0–100, the one that counts upward. stated: as printed, kept beside a computed one. slack:
    how far the true value may lie from ``value`` because printed scores below are rounded. where: of the
    printed score. children: none where nothing below is known.
    """

    kind: Kind
    code: str
    title_th: str
    share: Fraction
    places: int
    value: Fraction | None
    how: How
    slack: Fraction = Fraction(0)
    stated: Fraction | None = None
    where: Where = Where()
    children: tuple["Node", ...] = ()
    note: str = ""

    @property
    def key(self) -> Key:
        """Its kind and code."""
        return self.kind, self.code

    @property
    def rounded(self) -> Decimal | None:
        """The score as it is printed, half-up."""
        return None if self.value is None else half_up(self.value, self.places)

    @property
    def is_known_below(self) -> bool:
        """Whether every child has a score, so that it can be computed."""
        return bool(self.children) and all(child.value is not None for child in self.children)

    @property
    def explanation(self) -> str:
        """The arithmetic as text: ``(89.31 + 92.29 + 91.55) ÷ 3 = 91.05``."""
        return self.note or _explain(self)

    def walk(self) -> Iterator["Node"]:
        """Give it and everything below, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, object]:
        """Give the node and all below as plain data; scores as numbers."""
        return {
            "kind": self.kind.value,
            "code": self.code,
            "title_th": self.title_th,
            "score": None if self.rounded is None else float(self.rounded),
            "exact": None if self.value is None else float(self.value),
            "stated": None if self.stated is None else float(self.stated),
            "how": self.how,
            "explanation": self.explanation,
            "children": [child.to_json() for child in self.children],
        }


@dataclass(frozen=True, slots=True)
class ScoreTree:
    """The whole tree of an agency.

    problems: of checking the scores and of figures that disagree with what is below them.
    """

    outline: Outline
    root: Node
    resolved: Resolved
    problems: tuple[Problem, ...]

    def find(self, code: str) -> Node | None:
        """Find a node by its code; None also where nothing is known of it."""
        return next((node for node in self.root.walk() if node.code == code), None)

    def at(self, kind: Kind) -> tuple[Node, ...]:
        """Give the nodes of one kind in file order."""
        return tuple(node for node in self.root.walk() if node.kind is kind)


def roll_up(framework: Framework | Outline, scores: Scores) -> ScoreTree:
    """Compute the tree of one agency.

    An indicator that is stated and whose items disagree keeps its stated score, and the disagreement is a
    Problem; totals (of an instrument, of all) are computed whenever everything below is known, their stated
    figure kept beside. Pass an :class:`Outline` to draw the framework only once for many agencies. Never
    raises for what the scores say.
    """
    outline = framework if isinstance(framework, Outline) else Outline.of(framework)
    return grow(outline, resolve(outline, scores))


def grow(outline: Outline, resolved: Resolved, derived: Mapping[Key, tuple[Fraction, str]] | None = None) -> ScoreTree:
    """Compute the tree from resolved scores; derived: value and arithmetic for places that are missing."""
    problems = list(resolved.problems)
    root = _Growth(outline.framework.decimals, resolved.given, derived or {}, problems).node(outline.root)
    return ScoreTree(outline, root, resolved, tuple(problems))


@dataclass(slots=True)
class _Growth:
    places: int
    given: Mapping[Key, Given]
    derived: Mapping[Key, tuple[Fraction, str]]
    problems: list[Problem]

    def node(self, spot: Spot) -> Node:
        below = spot.keys - {spot.key}
        touched = spot.kind is Kind.OVERALL or not (
            below.isdisjoint(self.given.keys()) and below.isdisjoint(self.derived.keys())
        )
        show_all = spot.kind in (Kind.OVERALL, Kind.INSTRUMENT)
        children = tuple(self.node(child) for child in spot.children) if touched or show_all else ()
        stated = self.given.get(spot.key)
        if children and all(child.value is not None for child in children):
            return self._computed(spot, children, stated)
        if stated:
            return self._leaf(spot, stated, children)
        if spot.key in self.derived:
            value, note = self.derived[spot.key]
            return self._make(spot, value, "derived", children, note)
        return self._make(spot, None, "missing", children)

    def _make(self, spot: Spot, value: Fraction | None, how: How, children: tuple[Node, ...], note: str = "") -> Node:
        slack = Fraction(0)
        if how != "missing":
            slack = sum((child.share * child.slack for child in children if child.slack), slack)
        return Node(
            spot.kind,
            spot.code,
            spot.title_th,
            spot.share,
            self.places,
            value,
            how,
            slack,
            children=children,
            note=note,
        )

    def _leaf(self, spot: Spot, given: Given, children: tuple[Node, ...]) -> Node:
        if (asked := given.respondents) is not None:
            note = f"เฉลี่ยคำตอบ {asked} คน = {show(given.value)}"
            return self._make(spot, given.value, "computed", children, note)
        node = self._make(spot, given.value, "stated", children)
        slack = half_unit(self.places) if given.printed else Fraction(0)
        return replace(node, slack=slack, stated=given.value, where=given.where)

    def _computed(self, spot: Spot, children: tuple[Node, ...], given: Given | None) -> Node:
        value = sum((child.share * child.value for child in children if child.value is not None), Fraction(0))
        how: How = "derived" if any(child.how == "derived" for child in children) else "computed"
        node = self._make(spot, value, how, children)
        if given is None:
            return node
        node = replace(node, stated=given.value, where=given.where)
        if spot.kind is Kind.OVERALL:
            return node
        if how == "derived":
            return self._leaf(spot, given, children)
        if spot.kind.is_sum or agrees(node):
            return node
        self.problems.append(_disagreement(node))
        return self._leaf(spot, given, children)


def agrees(node: Node) -> bool:
    """Whether the stated figure may be the rounding of the computed one, all rounding below it considered."""
    if node.stated is None or node.value is None:
        return True
    apart, half = abs(node.stated - node.value), half_unit(node.places)
    if node.slack:
        return apart < half + node.slack
    return Fraction(half_up(node.value, node.places)) == node.stated


def _disagreement(node: Node) -> Problem:
    assert node.stated is not None
    stated, computed = half_up(node.stated, node.places), node.rounded
    return fault(
        "SCORE_CONTRADICTION",
        node.where,
        evidence=(str(stated),),
        arithmetic=_explain(node),
        stated=stated,
        computed=computed,
        basis="what is below it",
        basis_th="คะแนนที่อยู่ภายใต้",
        what=f"indicator {node.code}",
        what_th=f"ตัวชี้วัด {node.code}",
    )


def _explain(node: Node) -> str:
    if not node.is_known_below or node.how == "stated":
        return "" if node.value is None else show(node.value)
    if len(node.children) == 1:
        return equals(node)
    parts = (
        weighted(node) if node.kind is Kind.OVERALL else mean([c.value for c in node.children if c.value is not None])
    )
    return f"{parts} = {equals(node)}"


def equals(node: Node) -> str:
    """Write a node's value and, where it differs, its rounding: ``93.4466 ≈ 93.45``."""
    assert node.value is not None
    rounded = half_up(node.value, node.places)
    return show(node.value) if Fraction(rounded) == node.value else f"{show(node.value)} ≈ {rounded}"


def mean(values: list[Fraction]) -> str:
    """Write a mean: every number, or how often each occurs when they are many."""
    if len(values) == 1:
        return show(values[0])
    if len(values) <= _LISTED or (len(values) <= _GROUPED and len(set(values)) > len(values) // 2):
        return f"({' + '.join(show(value) for value in values)}) ÷ {len(values)}"
    counted = sorted(Counter(values).items(), reverse=True)
    return f"({' + '.join(f'{times} × {show(value)}' for value, times in counted)}) ÷ {len(values)}"


def weighted(node: Node) -> str:
    """Write a weighted sum: ``95.062 × 30% + 89.76 × 30% + 95 × 40%``."""
    return " + ".join(
        f"{show(child.value)} × {show(child.share * HUNDRED)}%" for child in node.children if child.value is not None
    )
