"""What a forecast says: what items and indicators are worth, the cheapest plan, what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from prongsai.errors import Problem
from prongsai.frameworks.model import Level
from prongsai.scoring.report import ScoreReport


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: a total and, for a level, a score of every instrument; after rounding."""

    overall: Decimal
    instrument_minimum: Decimal | None = None
    level: Level | None = None

    def to_json(self) -> dict[str, object]:
        """Give the three as plain data."""
        return {
            "overall": float(self.overall),
            "instrument_minimum": _number(self.instrument_minimum),
            "level": self.level.name_th if self.level else None,
        }


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """What an item is worth.

    points: of the total, between nothing and everything. gain: still to win, None when unknown. group: the
    sub-indicator or indicator it counts in, group_size: how many items share it.
    """

    code: str
    key: str
    title_th: str
    group: str
    group_size: int
    points: Fraction
    score: Decimal | None
    gain: Fraction | None


@dataclass(frozen=True, slots=True)
class IndicatorPoints:
    """What an indicator is worth.

    per_point: of the total for one point of it. gain: of the total, up to 100. needed: the score with which
    it alone reaches the total aimed at, None when 100 is not enough or nothing is needed.
    """

    code: str
    title_th: str
    instrument: str
    per_point: Fraction
    score: Decimal | None
    gain: Fraction | None
    needed: Decimal | None


@dataclass(frozen=True, slots=True)
class Need:
    """What an instrument lacks beyond its items.

    have: now. best: with every item won. need: to be reached. mean_gain: by how much the mean of its
    indicators must still rise. possible: whether that stays within 100.
    """

    instrument: str
    have: Decimal
    best: Decimal
    need: Decimal
    mean_gain: Decimal
    possible: bool

    def to_json(self) -> dict[str, object]:
        """Give the need as plain data."""
        return {
            "instrument": self.instrument,
            "have": float(self.have),
            "best": float(self.best),
            "need": float(self.need),
            "mean_gain": float(self.mean_gain),
            "possible": self.possible,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """So many of a group of items that are worth the same. taken: the cheapest of them; of: all."""

    group: str
    taken: tuple[str, ...]
    of: tuple[str, ...]
    points_each: Fraction


@dataclass(frozen=True, slots=True)
class Plan:
    """The cheapest set of items.

    cost: its sum (by default the number of items). Scores as they would be then. assumed: instruments that
    must first rise by other means, as the blocks of the forecast say.
    """

    choices: tuple[Choice, ...]
    cost: Decimal
    overall: Decimal
    instruments: Mapping[str, Decimal]
    level: Level | None
    assumed: tuple[str, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The codes of the items to win."""
        return tuple(code for choice in self.choices for code in choice.taken)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What separates an agency from its goal.

    blocks: instruments that miss the level's condition even with every item won. shortfalls: instruments one
    of which would have to rise so far when every item won does not give the total. plan: None when the scores
    are not complete, nothing is needed, or no set of items of known score is enough. with_every_item: the total
    with every item won and the surveys as they are; None when nothing is needed or instruments have no score.
    """

    report: ScoreReport
    goal: Goal
    reached: bool
    items: tuple[ItemPoints, ...]
    indicators: tuple[IndicatorPoints, ...]
    plan: Plan | None
    blocks: tuple[Need, ...]
    shortfalls: tuple[Need, ...]
    problems: tuple[Problem, ...]
    with_every_item: Decimal | None = None

    @property
    def is_within_items(self) -> bool:
        """Whether the goal is reached by items alone."""
        return self.reached or (self.plan is not None and not self.plan.assumed)

    def to_json(self) -> dict[str, object]:
        """Give the forecast as ``prongsai forecast --json`` prints it."""
        return {
            "framework": self.report.framework,
            "official": self.report.official,
            "agency": self.report.agency,
            "goal": self.goal.to_json(),
            "overall": _number(self.report.overall),
            "level": self.report.level.name_th if self.report.level else None,
            "reached": self.reached,
            "within_items": self.is_within_items,
            "with_every_item": _number(self.with_every_item),
            "items": [_item_json(each) for each in self.items],
            "indicators": [_indicator_json(each) for each in self.indicators],
            "plan": _plan_json(self.plan) if self.plan else None,
            "blocks": [each.to_json() for each in self.blocks],
            "shortfalls": [each.to_json() for each in self.shortfalls],
            "problems": [each.to_json() for each in self.problems],
        }


def _number(score: Decimal | Fraction | None) -> float | None:
    return None if score is None else float(score)


def _item_json(each: ItemPoints) -> dict[str, object]:
    return {
        "code": each.code,
        "key": each.key,
        "title_th": each.title_th,
        "group": each.group,
        "group_size": each.group_size,
        "points": float(each.points),
        "score": _number(each.score),
        "gain": _number(each.gain),
    }


def _indicator_json(each: IndicatorPoints) -> dict[str, object]:
    return {
        "code": each.code,
        "title_th": each.title_th,
        "instrument": each.instrument,
        "per_point": float(each.per_point),
        "score": _number(each.score),
        "gain": _number(each.gain),
        "needed": _number(each.needed),
    }


def _plan_json(plan: Plan) -> dict[str, object]:
    return {
        "items": list(plan.items),
        "choices": [
            {"group": c.group, "take": len(c.taken), "of": list(c.of), "points_each": float(c.points_each)}
            for c in plan.choices
        ],
        "cost": float(plan.cost),
        "overall": float(plan.overall),
        "instruments": {code: float(score) for code, score in plan.instruments.items()},
        "level": plan.level.name_th if plan.level else None,
        "assumed": list(plan.assumed),
    }
