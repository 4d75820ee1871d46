"""From scores to the level: ordered predicates of the framework, and why the next level was missed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from prongsai.frameworks.model import Framework, Level
from prongsai.scoring.exact import Bounds, half_unit, half_up, total

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A condition of a level that does not hold.

    what: ``overall`` or an instrument's code; have and need 0–100.
    """

    what: str
    have: Decimal
    need: Decimal

    @property
    def short(self) -> Decimal:
        """How much is lacking."""
        return self.need - self.have

    def __str__(self) -> str:
        name = "คะแนนรวม" if self.what == OVERALL else self.what
        return f"{name} {self.have} < {self.need}"


@dataclass(frozen=True, slots=True)
class Grade:
    """The level reached, None when no level holds or an instrument it depends on is unknown.

    next_level: the one tried just before it. missed: what that one lacked.
    """

    level: Level | None
    next_level: Level | None
    missed: tuple[Shortfall, ...]

    @property
    def explanation(self) -> str:
        """Why the next level was missed: ``ผ่านดี: EIT 84.99 < 85``; empty at the top."""
        if not self.next_level:
            return ""
        return f"{self.next_level.name_th}: {', '.join(str(each) for each in self.missed)}"


def grade(framework: Framework, overall: Decimal, instruments: Mapping[str, Decimal]) -> Grade:
    """Give the level of rounded scores.

    instruments: rounded scores 0–100 by code, of all or of none. With none, a level whose condition on instruments
    would decide leaves the level open.
    """
    before: Level | None = None
    for level in framework.levels:
        holds = _holds(level, overall, instruments)
        if holds is not False:
            missed = shortfalls(before, overall, instruments) if before else ()
            return Grade(level if holds else None, before, missed)
        before = level
    return Grade(None, before, shortfalls(before, overall, instruments) if before else ())


def level_code(framework: Framework, overall: Decimal, instruments: Mapping[str, Decimal]) -> str | None:
    """Give only the code of the level that :func:`grade` gives; for searches."""
    for level in framework.levels:
        holds = _holds(level, overall, instruments)
        if holds is not False:
            return level.code if holds else None
    return None


def _holds(level: Level, overall: Decimal, instruments: Mapping[str, Decimal]) -> bool | None:
    """Whether the conditions of a level hold; None when that depends on instruments that are not known."""
    if overall < level.minimum:
        return False
    if level.instrument_minimum is None:
        return True
    return min(instruments.values()) >= level.instrument_minimum if instruments else None


def shortfalls(level: Level, overall: Decimal, instruments: Mapping[str, Decimal]) -> tuple[Shortfall, ...]:
    """Give the conditions of a level that do not hold."""
    missed = [Shortfall(OVERALL, overall, level.minimum)] if overall < level.minimum else []
    if level.instrument_minimum is not None:
        missed += [
            Shortfall(code, have, level.instrument_minimum)
            for code, have in instruments.items()
            if have < level.instrument_minimum
        ]
    return tuple(missed)


def conditions_hold(level: Level, overall: Decimal, instruments: Mapping[str, Decimal]) -> str:
    """Write the conditions of a level that hold: ``คะแนนรวม 93.45 ≥ 85, IIT 95.06 ≥ 85``."""
    parts = [f"คะแนนรวม {overall} ≥ {level.minimum}"]
    if level.instrument_minimum is not None:
        parts += [f"{code} {have} ≥ {level.instrument_minimum}" for code, have in instruments.items()]
    return ", ".join(parts)


def possible_levels(framework: Framework, overall: Bounds, instruments: Mapping[str, Bounds]) -> tuple[Level, ...]:
    """Give every level that some exact scores inside the bounds lead to, best first.

    Exact: for each way in which the levels before it can fail, the bounds are narrowed, and the weighted sum
    of what remains must meet the bounds of the total.
    """
    corners = {_corner(framework, overall, instruments, end) for end in ("low", "high")}
    if len(corners) == 1 and None not in corners:
        # Higher scores never lead to a lower level: what both ends have, everything between has.
        return tuple(level for level in framework.levels if level.code in corners)
    weights = {each.code: Fraction(each.weight_pct) / 100 for each in framework.instruments}
    region = _Region(overall, {code: instruments[code] for code in weights}, weights, half_unit(framework.decimals))
    found = []
    for place, level in enumerate(framework.levels):
        start = region.reaching(level)
        ways = product(*(_failures(earlier, weights) for earlier in framework.levels[:place]))
        if any(start.failing(way).is_possible for way in ways):
            found.append(level)
    return tuple(found)


def _corner(framework: Framework, overall: Bounds, instruments: Mapping[str, Bounds], end: str) -> str | None:
    """Give the level at the lower or upper end of all bounds, as if every end belonged to them."""
    rounded = {code: half_up(getattr(each, end), framework.decimals) for code, each in instruments.items()}
    return level_code(framework, half_up(getattr(overall, end), framework.decimals), rounded)


Failure = tuple[str, Decimal]  # this score stays under that minimum


def _failures(level: Level, weights: Mapping[str, Fraction]) -> Iterator[Failure]:
    yield OVERALL, level.minimum
    if level.instrument_minimum is not None:
        yield from ((code, level.instrument_minimum) for code in weights)


@dataclass(frozen=True, slots=True)
class _Region:
    overall: Bounds
    instruments: Mapping[str, Bounds]
    weights: Mapping[str, Fraction]
    half: Fraction

    def _at_least(self, minimum: Decimal) -> Bounds:
        return Bounds(Fraction(minimum) - self.half, Fraction(1000))

    def reaching(self, level: Level) -> "_Region":
        region = replace(self, overall=self.overall.meet(self._at_least(level.minimum)))
        if level.instrument_minimum is None:
            return region
        least = self._at_least(level.instrument_minimum)
        return replace(region, instruments={code: each.meet(least) for code, each in self.instruments.items()})

    def failing(self, failures: tuple[Failure, ...]) -> "_Region":
        overall, instruments = self.overall, dict(self.instruments)
        for what, minimum in failures:
            below = Bounds(Fraction(-1000), Fraction(minimum) - self.half, high_open=True)
            if what == OVERALL:
                overall = overall.meet(below)
            else:
                instruments[what] = instruments[what].meet(below)
        return replace(self, overall=overall, instruments=instruments)

    @property
    def is_possible(self) -> bool:
        if any(each.is_empty for each in self.instruments.values()):
            return False
        summed = total(each.times(self.weights[code]) for code, each in self.instruments.items())
        return not summed.meet(self.overall).is_empty
