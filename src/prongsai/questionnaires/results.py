"""What many answers say: of each line the shares and the mean, of aspects and of all the mean over all answers.

The mean of an aspect, and of all, is over every answer to its lines, each answer counting once, as satisfaction reports
of local governments print it; so is the standard deviation (of a sample, n - 1). Its interval counts people, not
answers: somebody's answers hang together, and the interval must not become narrow because many questions were asked.
Every figure is made of ``tallies.Told`` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from prongsai.questionnaires.bands import MeanBand, band_of, has_bands
from prongsai.questionnaires.model import Option, Questionnaire, Scale, Words
from prongsai.questionnaires.statistics import (
    PLACES,
    Interval,
    mean_interval,
    mean_of,
    percent_of,
    sd_of,
    share_interval,
)
from prongsai.questionnaires.tallies import Cell, Line, Spread, Told, lines_of, summed
from prongsai.scoring.exact import half_up


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean on a scale. n: people; answers: how many they gave in all. sd: of a sample; interval: 95 %.

    percent: the mean in per cent of the best value. band: what it is called, None on other scales than 1-5.
    """

    n: int
    answers: int
    exact: Fraction
    mean: Decimal
    sd: Decimal | None
    interval: Interval | None
    percent: Decimal
    band: MeanBand | None
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the base chose an option. percent and interval (95 %, Wilson): of the whole base."""

    option: Option
    count: int
    percent: Decimal | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a line says. spread: None where too few had an opinion. is_partly: in some cells too few had one."""

    line: Line
    spread: Spread | None
    shares: tuple[Share, ...] = ()
    measure: Measure | None = None
    is_partly: bool = False


@dataclass(frozen=True, slots=True)
class AspectResult:
    """What the lines of an aspect say together. measure: None where there is nothing to tell."""

    key: str
    name: Words
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class Results:
    """What some cells say together. base: how many answered. share: of those who could have, where that is known."""

    base: int
    share: Fraction | None
    figures: tuple[Figure, ...]
    aspects: tuple[AspectResult, ...]
    overall: Measure | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(one.spread for one in self.figures)

    def figure(self, key: str) -> Figure:
        """Give the figure of a line. Raises KeyError."""
        return {one.line.key: one for one in self.figures}[key]


def results_of(questionnaire: Questionnaire, told: Mapping[Cell, Told], *, headcount: int | None = None) -> Results:
    """Sum cells up. headcount: how many could have answered in all of them, None where nobody knows.

    More answers than that (a link was used twice) leave it unknown.
    """
    base = sum(one.base for one in told.values())
    share = Fraction(base, headcount) if headcount and base <= headcount else None
    lines = lines_of(questionnaire, questionnaire.rated)
    figures = tuple(_figure(line, told, share) for line in lines)
    return Results(base, share, figures, _aspects(questionnaire, figures, share), _together(figures, share))


def about_results(questionnaire: Questionnaire, spreads: Mapping[str, Spread]) -> tuple[Figure, ...]:
    """Give what people said about themselves, line by line."""
    lines = lines_of(questionnaire, questionnaire.about)
    return tuple(_shared(line, spreads.get(line.key)) for line in lines)


def _figure(line: Line, told: Mapping[Cell, Told], share: Fraction | None) -> Figure:
    found = [one.spreads[line.key] for one in told.values() if line.key in one.spreads]
    if not found:
        return Figure(line, None)
    spread = summed(found)
    measure = _measure([(line, spread)], share) if line.scale else None
    shares = _shares(line, spread)
    return Figure(line, spread, shares, measure, len(found) < len(told))


def _shared(line: Line, spread: Spread | None) -> Figure:
    return Figure(line, spread, _shares(line, spread) if spread else ())


def _shares(line: Line, spread: Spread) -> tuple[Share, ...]:
    counts = [(one, spread.chosen.get(one.key, 0)) for one in line.options]
    return tuple(
        Share(one, count, percent_of(count, spread.base), share_interval(count, spread.base)) for one, count in counts
    )


def _aspects(
    questionnaire: Questionnaire, figures: Sequence[Figure], share: Fraction | None
) -> tuple[AspectResult, ...]:
    return tuple(
        AspectResult(
            one.key, one.name, _together([each for each in figures if each.line.question.aspect == one.key], share)
        )
        for one in questionnaire.aspects
    )


def _together(figures: Iterable[Figure], share: Fraction | None) -> Measure | None:
    """Give the mean over all answers to lines; where scales differ, to those on the scale that most have."""
    found = [(one.line, one.spread) for one in figures if one.spread and one.line.scale]
    reaches = Counter(reach_of(line) for line, _spread in found)
    if not reaches:
        return None
    usual = max(reaches, key=lambda reach: reaches[reach])
    return _measure([(line, spread) for line, spread in found if reach_of(line) == usual], share)


def reach_of(line: Line) -> tuple[Decimal, Decimal]:
    """Give the least and the best value of a line with a scale."""
    scale = _scale(line)
    return scale.low, scale.high


def _scale(line: Line) -> Scale:
    assert line.scale is not None
    return line.scale


def _measure(found: Sequence[tuple[Line, Spread]], share: Fraction | None) -> Measure | None:
    counted: Counter[Decimal] = Counter()
    for line, spread in found:
        counted.update(values_of(line, spread))
    exact = mean_of(counted)
    if exact is None:
        return None
    scale, n = _scale(found[0][0]), max(spread.opinions for _line, spread in found)
    mean = half_up(exact, PLACES)
    return Measure(
        n,
        counted.total(),
        exact,
        mean,
        sd_of(counted),
        _within(mean_interval(counted, n=n, share=share), scale),
        half_up(Fraction(mean) / Fraction(scale.high) * 100, PLACES),
        band_of(mean) if has_bands(scale) else None,
        scale.low,
        scale.high,
    )


def _within(interval: Interval | None, scale: Scale) -> Interval | None:
    if interval is None:
        return None
    return max(interval[0], scale.low), min(interval[1], scale.high)


def values_of(line: Line, spread: Spread) -> dict[Decimal, int]:
    """Give how often each value of a scale was given, turned over where agreeing is bad."""
    scale, counted = _scale(line), Counter[Decimal]()
    for key, times in spread.chosen.items():
        value = scale.value_of(key, reverse=line.is_reversed)
        if value is not None:
            counted[value] += times
    return dict(counted)
