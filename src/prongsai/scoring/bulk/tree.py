"""The year's tree as expressions over sums and counts: from questions and items up to the total and the level.

Nodes are doubles. A rounding that a double could miss is marked: there the exact engine decides (``ties.py``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlglot import exp

from prongsai.frameworks.model import Level
from prongsai.scoring.bulk import items
from prongsai.scoring.bulk.marks import Measure
from prongsai.scoring.bulk.sql import (
    both,
    case,
    column,
    either,
    literal,
    minus,
    named,
    plus,
    ratio,
    real,
    select,
    times,
    whole,
)
from prongsai.scoring.bulk.tally import AGENCY, name
from prongsai.scoring.outline import ROOT, Key, Kind, Outline, Spot

EDGE = "0.000001"  # of the last printed decimal: far above what doubles lose, far below what happens by chance
TIE, LEVEL = "tie", "level"
NOBODY = 2_000_000_000  # more than any question has answers


@dataclass(frozen=True)
class Scored:
    """A selection of one row an agency. nodes: the column of each place that is scored."""

    made: exp.Select
    nodes: Mapping[Key, str]
    rounded: Mapping[Key, str]
    respondents: Mapping[str, str]
    fewest: Mapping[str, str]


def scored(outline: Outline, measures: Sequence[Measure], tally: str, names: Sequence[str]) -> Scored:
    """Select the score of every place of the tree from a tally. names: the columns that the tally has."""
    nodes = {spot.key: f"v{number}" for number, spot in enumerate(outline.root.walk())}
    people, fewest = _respondents(outline, measures, names), _fewest(outline, measures, names)
    made = select(
        [
            column(AGENCY),
            *(named(alias, of) for alias, of in (*people.values(), *fewest.values())),
            *_leaves(outline, measures, nodes, names),
        ],
        tally,
        where=exp.NEQ(this=exp.Trim(this=column(AGENCY)), expression=literal("")),
    )
    for floor in _floors(outline):
        made = select([exp.Star(), *(named(nodes[spot.key], _mean(spot, nodes)) for spot in floor)], made)
    rounded, made = _rounded(outline, nodes, made)
    made = select([exp.Star(), named(LEVEL, _level(outline, rounded))], made)
    aliases = [{code: alias for code, (alias, _) in each.items()} for each in (people, fewest)]
    return Scored(made, nodes, rounded, *aliases)


def _leaves(
    outline: Outline, measures: Sequence[Measure], nodes: Mapping[Key, str], names: Sequence[str]
) -> list[exp.Expr]:
    """Give the means of questions and the scores of items; NULL for those of which the tally knows nothing."""
    has, found = set(names), dict[Key, exp.Expr]()
    for measure in measures:
        if name("n", measure.place) in has:
            found[Kind.QUESTION, measure.code] = _question(measure)
    for place, code in enumerate(items.item_codes(outline)):
        if name("c", place) in has:
            found[Kind.ITEM, code] = items.settled(outline, code, place)
    nothing = real(exp.Null())
    leaves = [spot for spot in outline.root.walk() if not spot.children]
    return [named(nodes[spot.key], found.get(spot.key, nothing.copy())) for spot in leaves]


def _question(measure: Measure) -> exp.Expr:
    asked, summed = column(name("n", measure.place)), column(name("s", measure.place))
    mean = ratio(summed, times(asked, literal(measure.units)))
    return case([(exp.GT(this=asked.copy(), expression=literal(0)), mean)])


def _respondents(
    outline: Outline, measures: Sequence[Measure], names: Sequence[str]
) -> dict[str, tuple[str, exp.Expr]]:
    """Give, for each instrument that asks questions, how many people answered the question that most answered."""
    has, found = set(names), dict[str, tuple[str, exp.Expr]]()
    for at, instrument in enumerate(outline.framework.instruments):
        counts = [
            plus([column(each) for letter in "nfpo" if (each := name(letter, measure.place)) in has])
            for measure in measures
            if measure.instrument == instrument.code and name("n", measure.place) in has
        ]
        if counts:
            most = exp.Greatest(this=counts[0], expressions=counts[1:]) if len(counts) > 1 else counts[0]
            found[instrument.code] = f"r{at}", most
    return found


def _fewest(outline: Outline, measures: Sequence[Measure], names: Sequence[str]) -> dict[str, tuple[str, exp.Expr]]:
    """Give, for each instrument that asks questions, on how many people its thinnest score rests.

    That of a question nobody has an opinion on is no score, and counts as ``NOBODY``.
    """
    has, found = set(names), dict[str, tuple[str, exp.Expr]]()
    for at, instrument in enumerate(outline.framework.instruments):
        counts = [
            _or_nobody(column(name("n", measure.place)))
            for measure in measures
            if measure.instrument == instrument.code and name("n", measure.place) in has
        ]
        if counts:
            least = exp.Least(this=counts[0], expressions=counts[1:]) if len(counts) > 1 else counts[0]
            found[instrument.code] = f"t{at}", least
    return found


def _or_nobody(count: exp.Expr) -> exp.Expr:
    some = exp.GT(this=count.copy(), expression=literal(0))
    return exp.Case(ifs=[exp.If(this=some, true=count)], default=literal(NOBODY))


def _floors(outline: Outline) -> list[list[Spot]]:
    """Give the places that have something below them, the lowest first."""
    floors: dict[int, list[Spot]] = {}

    def height(spot: Spot) -> int:
        found = 1 + max((height(child) for child in spot.children), default=-1)
        if found:
            floors.setdefault(found, []).append(spot)
        return found

    height(outline.root)
    return [floors[number] for number in sorted(floors)]


def _mean(spot: Spot, nodes: Mapping[Key, str]) -> exp.Expr:
    """Give what is below, each by its share; NULL unless all of it is known."""
    shares = {child.share for child in spot.children}
    children = [column(nodes[child.key]) for child in spot.children]
    if len(shares) == 1:
        return _part(plus(children), shares.pop())
    return plus([_part(each, child.share) for each, child in zip(children, spot.children, strict=True)])


def _part(of: exp.Expr, share: Fraction) -> exp.Expr:
    if share == 1:
        return of
    return ratio(times(of, literal(share.numerator)), literal(share.denominator))


def _rounded(outline: Outline, nodes: Mapping[Key, str], made: exp.Select) -> tuple[dict[Key, str], exp.Select]:
    """Add the total and the instruments rounded half-up, as whole numbers of the last printed decimal."""
    shift = 10**outline.framework.decimals
    keys: list[Key] = [ROOT, *((Kind.INSTRUMENT, each.code) for each in outline.framework.instruments)]
    rounded = {key: f"h{number}" for number, key in enumerate(keys)}
    raised = {key: plus([times(column(nodes[key]), literal(shift)), ratio(literal(1), literal(2))]) for key in keys}
    columns = [named(rounded[key], whole(exp.Floor(this=of))) for key, of in raised.items()]
    edges = [
        exp.LT(this=exp.Abs(this=minus(of.copy(), exp.Round(this=of.copy()))), expression=exp.Literal.number(EDGE))
        for of in raised.values()
    ]
    tie = exp.Coalesce(
        this=either(*(exp.Coalesce(this=edge, expressions=[exp.false()]) for edge in edges)), expressions=[exp.false()]
    )
    return rounded, select([exp.Star(), *columns, named(TIE, tie)], made)


def _level(outline: Outline, rounded: Mapping[Key, str]) -> exp.Expr:
    """Give the code of the first level whose conditions hold; NULL without a total."""
    framework = outline.framework
    shift = 10**framework.decimals
    instruments = [(Kind.INSTRUMENT, each.code) for each in framework.instruments]

    def reaches(key: Key, minimum: Fraction) -> exp.Expr:
        least = -(-(minimum * shift) // 1)  # the least whole number that is not below
        return exp.GTE(this=column(rounded[key]), expression=literal(int(least)))

    def holds(level: Level) -> exp.Expr:
        conditions = [reaches(ROOT, Fraction(level.minimum))]
        if level.instrument_minimum is not None:
            conditions += [reaches(key, Fraction(level.instrument_minimum)) for key in instruments]
        return both(*conditions)

    return case([(holds(level), literal(level.code)) for level in framework.levels], exp.cast(exp.Null(), "text"))
