"""One-digit misreadings that would explain why a stated total and the scores it is made of disagree.

A misreading replaces one printed digit by another; the number keeps its length. Numbers are taken with all
the decimals of the framework, so that ``90`` is ``90.00``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from prongsai.scoring.exact import ZERO, half_up
from prongsai.scoring.grade import OVERALL, level_code
from prongsai.scoring.outline import Kind
from prongsai.scoring.rollup import Node, ScoreTree

MAX_MISREADINGS = 50

# Digits whose shapes are mistaken for each other in print and on scans, Arabic and Thai (๑๓๗, ๔๕, ๖๙, ๘๕ …).
# They only order what is found; nothing is left out because of them.
_LOOK_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        "38",
        "39",
        "35",
        "56",
        "68",
        "60",
        "80",
        "17",
        "49",
        "27",
        "13",
        "37",
        "45",
        "58",
        "69",
        "89",
    )
)


@lru_cache(maxsize=65536)
def _look_alike(printed: Decimal, read: Decimal) -> bool:
    changed = [pair for pair in zip(str(printed), str(read), strict=True) if pair[0] != pair[1]]
    return all(frozenset(pair) in _LOOK_ALIKE for pair in changed)


@dataclass(frozen=True, slots=True)
class DigitChange:
    """One score read with one digit different. code: of the score, ``overall`` for the total."""

    code: str
    printed: Decimal
    read: Decimal

    @property
    def looks_alike(self) -> bool:
        """Whether the two digits are easily mistaken."""
        return _look_alike(self.printed, self.read)

    def __str__(self) -> str:
        return f"{self.code}: {self.printed} → {self.read}"

    @property
    def text_th(self) -> str:
        """The change for a Thai sentence."""
        return f"{'คะแนนรวม' if self.code == OVERALL else self.code}: {self.printed} → {self.read}"


@dataclass(frozen=True, slots=True)
class Misreading:
    """Changes with which the total is exactly what its parts give.

    level: the code of the level they would mean.
    """

    changes: tuple[DigitChange, ...]
    overall: Decimal
    level: str | None

    def __str__(self) -> str:
        return " + ".join(str(change) for change in self.changes)

    @property
    def text_th(self) -> str:
        """The changes for a Thai sentence."""
        return " กับ ".join(change.text_th for change in self.changes)

    def to_json(self) -> dict[str, object]:
        """Give the changes, the total and level that they mean."""
        changes = [
            {"code": each.code, "printed": float(each.printed), "read": float(each.read)} for each in self.changes
        ]
        return {"changes": changes, "overall": float(self.overall), "level": self.level}


def misreadings(tree: ScoreTree) -> tuple[Misreading, ...]:
    """Find every one-digit change of the total, of one score in it, or of both, that ends the disagreement.

    Exhaustive and exact over the scores as printed; the most plausible first, at most MAX_MISREADINGS.
    Plausible: fewer changes, a result that has the stated level, digits that look alike, a small difference.
    """
    stated, computed = tree.root.stated, tree.root.value
    if stated is None or computed is None:
        return ()
    search = _Search(tree, half_up(stated, tree.root.places), computed)
    found = sorted(search.run(), key=search.rank)
    return tuple(found[:MAX_MISREADINGS])


def printed_parts(tree: ScoreTree, below: Node | None = None) -> tuple[tuple[Node, Fraction], ...]:
    """Give the printed scores that the total (or one node) is made of, and a point's worth of each in the total."""
    worth = tree.outline.coefficients

    def descend(node: Node) -> Iterator[Node]:
        if node.how == "stated" and node.kind not in (Kind.ITEM, Kind.OVERALL):
            yield node
        else:
            for child in node.children:
                yield from descend(child)

    return tuple((node, worth[node.key]) for node in descend(below or tree.root))


@lru_cache(maxsize=4096)
def one_digit_changes(score: Decimal) -> tuple[Decimal, ...]:
    """Give every score of 0 to 100 that differs in exactly one digit; none starts with a new zero."""
    text = str(score)
    changed = (
        text[:place] + digit + text[place + 1 :]
        for place, old in enumerate(text)
        if old.isdigit()
        for digit in "0123456789"
        if digit != old
    )
    whole = (each for each in changed if not (each.startswith("0") and each[1:2].isdigit()))
    return tuple(number for number in map(Decimal, whole) if number <= 100)


def _units(score: Decimal) -> int:
    """Give a printed score in units of its last decimal."""
    return int(str(score).replace(".", ""))


@dataclass(frozen=True, slots=True)
class _Search:
    tree: ScoreTree
    stated: Decimal
    computed: Fraction

    def run(self) -> Iterator[Misreading]:
        places = self.tree.root.places
        wanted = frozenset(map(_units, one_digit_changes(self.stated)))
        total = half_up(self.computed, places)
        instruments = {node.code: half_up(node.value or ZERO, places) for node in self.tree.root.children}
        if _units(total) in wanted:
            yield self._explained(total, instruments)
        wanted |= {_units(self.stated)}
        for instrument in self.tree.root.children:
            for node, worth in printed_parts(self.tree, instrument):
                printed = half_up(node.value or ZERO, places)
                for units, read in self._totals(worth, printed):
                    if units in wanted:
                        moved = Fraction(read - printed) * worth / instrument.share
                        score = half_up((instrument.value or ZERO) + moved, places)
                        total = Decimal(units).scaleb(-places)
                        change = DigitChange(node.code, printed, read)
                        yield self._explained(total, instruments | {instrument.code: score}, change)

    def _totals(self, worth: Fraction, printed: Decimal) -> Iterator[tuple[int, Decimal]]:
        """Give the total, in units of its last decimal, for every way to read one score; whole numbers for speed."""
        computed = self.computed * 10**self.tree.root.places
        scale = lcm(computed.denominator, worth.denominator)
        base, step, before = int(computed * scale), int(worth * scale), _units(printed)
        for read in one_digit_changes(printed):
            yield (2 * (base + step * (_units(read) - before)) + scale) // (2 * scale), read

    def _explained(self, total: Decimal, instruments: Mapping[str, Decimal], *parts: DigitChange) -> Misreading:
        whole = (DigitChange(OVERALL, self.stated, total),) if total != self.stated else ()
        level = level_code(self.tree.outline.framework, total, instruments)
        return Misreading((*whole, *parts), total, level)

    def rank(self, found: Misreading) -> tuple[int, bool, int, Decimal, str]:
        level = self.tree.resolved.level
        alike = sum(1 for change in found.changes if not change.looks_alike)
        size = sum((abs(change.read - change.printed) for change in found.changes), Decimal(0))
        return len(found.changes), level is not None and found.level != level.code, alike, size, str(found)
