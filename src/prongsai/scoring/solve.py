"""What every place of a tree may be, given all that is stated: intervals passed up and down once.

A tree of sums has no cycle, so one pass up and one down leave exactly the values that fit every statement.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.scoring.exact import PERCENT, Bounds, point, printed_as, total
from prongsai.scoring.rollup import Node


@dataclass(slots=True)
class Box:
    """A node with the interval of its value.

    limits: what everything allows; empty when the statements exclude each other. below: what its children
    alone allow. inner: what they must come to. clash: whether below and the stated figure exclude each other,
    without a clash further down.
    """

    node: Node
    boxes: tuple["Box", ...]
    limits: Bounds
    below: Bounds
    inner: Bounds
    clash: bool = False

    @property
    def is_total(self) -> bool:
        """Whether it is stated while something below is missing, so that it tells about that."""
        return self.node.how == "stated" and bool(self.boxes)

    @property
    def is_gap(self) -> bool:
        """Whether nothing is known of it or below it."""
        return self.node.how == "missing" and not knows_below(self.node)

    def walk(self) -> Iterator["Box"]:
        """Give it and everything below, parents first."""
        yield self
        for box in self.boxes:
            yield from box.walk()


def solve(root: Node, *, all_roundings: bool) -> Box:
    """Give the interval of every node that has something missing below it, and of those beside.

    all_roundings False: scores count exactly as printed; only a stated figure above something missing is a
    rounded one, and only towards what is missing. True: every printed score is a rounded figure.
    """
    box = _up(root, all_roundings)
    _down(box, all_roundings)
    return box


def knows_below(node: Node) -> bool:
    """Whether any score below a node is known."""
    return any(child.value is not None or knows_below(child) for child in node.children)


def _misses_below(node: Node) -> bool:
    return any(child.value is None or _misses_below(child) for child in node.children)


def _up(node: Node, all_roundings: bool) -> Box:
    stated = node.how == "stated"
    if node.value is not None and not (_misses_below(node) and knows_below(node)):
        known = _known(node, all_roundings)
        return Box(node, (), known, known, known)
    boxes = tuple(_up(child, all_roundings) for child in node.children)
    own = printed_as(node.value, node.places) if stated and node.value is not None else PERCENT
    if not boxes:
        return Box(node, (), own, own, own)
    below = total(box.limits.times(box.node.share) for box in boxes)
    inner = own.meet(below)
    clash = inner.is_empty and not any(each.clash for box in boxes for each in box.walk())
    if stated and node.value is not None and (inner.is_empty or not all_roundings):
        return Box(node, boxes, _known(node, all_roundings), below, inner, clash)
    return Box(node, boxes, inner, below, inner, clash)


def _known(node: Node, all_roundings: bool) -> Bounds:
    assert node.value is not None
    if not all_roundings or not node.slack:
        return point(node.value)
    return Bounds(node.value - node.slack, node.value + node.slack, high_open=True)


def _down(box: Box, all_roundings: bool) -> None:
    inner = box.inner if box.is_total and not all_roundings else box.limits.meet(box.inner)
    # What one child may be depends on its siblings as they came up, not on what this pass makes of them.
    parts = [each.limits.times(each.node.share) for each in box.boxes]
    for place, each in enumerate(box.boxes):
        rest = total(part for other, part in enumerate(parts) if other != place)
        each.limits = each.limits.meet(inner.minus(rest).times(1 / each.node.share))
        _down(each, all_roundings)
