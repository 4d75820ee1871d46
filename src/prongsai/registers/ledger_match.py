"""Which line of a ledger is which row of the plan: by its code, or by everything it is called; never by likeness."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from prongsai.registers.ledger import CODE, ITEM, LEVELS, SOURCE, Line, normal

NEAREST = 3
_LIKE = 0.5
_OF_ITEM = 0.7  # how much of a likeness is that of the item, the rest that of what it belongs to


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A row of the plan. names: by ``CODE``, ``LEVELS``, ``ITEM``, ``SOURCE``, as many as its register has.

    unit: whose it is; two units may have a row of the same names.
    """

    id: int
    names: Mapping[str, str]
    title: str
    unit: str = ""

    @property
    def key(self) -> str:
        """By which the same row is known in another year."""
        named = (*(self.names.get(name, "") for name in (*LEVELS, ITEM, SOURCE)), self.unit)
        return "|".join(normal(one) for one in named)


class Plan:
    """The rows of a plan by what they are called. chosen: key of a ledger's line → key of a row, as people said."""

    def __init__(self, lines: Iterable[PlanLine], chosen: Mapping[str, str] | None = None) -> None:
        self.lines = {one.id: one for one in lines}
        self._chosen = chosen or {}
        self._by_key = {one.key: one for one in self.lines.values()}
        self._by_code: dict[str, list[PlanLine]] = defaultdict(list)
        self._by_names: dict[tuple[str, ...], list[PlanLine]] = defaultdict(list)
        for one in self.lines.values():
            if code := normal(one.names.get(CODE, "")):
                self._by_code[code].append(one)
            self._by_names[_names(one.names, self._asked)].append(one)

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        """What a row of this plan is called by: levels that no row has are not asked for."""
        return (*(level for level in LEVELS if any(one.names.get(level) for one in self.lines.values())), ITEM)

    @property
    def known(self) -> dict[str, set[str]]:
        """What rows are called, by level and item, as ``ledger.Reader`` takes it."""
        return {
            name: {text for one in self.lines.values() if (text := normal(one.names.get(name, "")))}
            for name in (*LEVELS, ITEM)
        }

    def chosen(self, line: Line) -> PlanLine | None:
        """Give the row that people said a line is; None while nobody did, and where the row is not there."""
        return self._by_key.get(self._chosen.get(line.key, ""))

    def is_left(self, line: Line) -> bool:
        """Whether people said that a line is no row of the plan."""
        return self._chosen.get(line.key) == ""

    def find(self, line: Line) -> PlanLine | None:
        """Give the one row that a line names by its code, or by all its names together; None for none or several."""
        if code := normal(line.names.get(CODE, "")):
            found = self._one(line, self._by_code.get(code, ()))
            if found is not None:
                return found
        return self._one(line, self._by_names.get(_names(line.names, self._asked), ()))

    def _one(self, line: Line, rows: Sequence[PlanLine]) -> PlanLine | None:
        if len(rows) > 1:
            asked = self._asked
            same = [one for one in rows if _names(one.names, asked) == _names(line.names, asked)]
            rows = same or rows
        if len(rows) > 1 and (source := normal(line.names.get(SOURCE, ""))):
            rows = [one for one in rows if normal(one.names.get(SOURCE, "")) == source]
        return rows[0] if len(rows) == 1 else None

    def nearest(self, line: Line, most: int = NEAREST) -> list[PlanLine]:
        """Give the rows that a line may be, the likeliest first; for people to choose from."""
        item, above = normal(line.title), "".join(normal(line.names.get(level, "")) for level in LEVELS)
        matcher = difflib.SequenceMatcher(None, "", item, autojunk=False)  # what is second is looked at once
        scored = []
        for one in self.lines.values():
            matcher.set_seq1(normal(one.names.get(ITEM, "")))
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _LIKE and (ratio := matcher.ratio()) >= _LIKE:
                scored.append((-_OF_ITEM * ratio - (1 - _OF_ITEM) * self._beside(one, above), one.id))
        return [self.lines[id_] for _score, id_ in sorted(scored)[:most]]

    def _beside(self, one: PlanLine, above: str) -> float:
        """Say how alike what a row belongs to is; one half where either side does not tell."""
        own = "".join(normal(one.names.get(level, "")) for level in LEVELS)
        return difflib.SequenceMatcher(None, above, own, autojunk=False).ratio() if above and own else 0.5


def _names(names: Mapping[str, str], asked: Sequence[str]) -> tuple[str, ...]:
    return tuple(normal(names.get(name, "")) for name in asked)
