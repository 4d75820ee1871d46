"""The year's tree as expressions over sums and counts: from questions and items up to the total and the level.

Nodes are doubles. A rounding that a double could miss is marked: there the exact engine decides (``ties.py``).
"""

from collections.abc import Collection, Mapping, Sequence
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
    """A selection of one row an agency.

    nodes, rounded: the columns of the places that anything can be known of. respondents, fewest: those of instruments.
    """

    made: exp.Select
    nodes: Mapping[Key, str]
    rounded: Mapping[Key, str]
    respondents: Mapping[str, str]
    fewest: Mapping[str, str]


def scored(outline: Outline, measures: Sequence[Measure], tally: str, names: Sequence[str]) -> Scored:
    """Select the score of every place of the tree from a tally. names: the columns that the tally has."""
    leaves = _leaves(outline, measures, names)
    known = _known(outline.root, leaves)
    nodes = {spot.key: f"v{number}" for number, spot in enumerate(outline.root.walk()) if spot.key in known}
    respondents, fewest = _respondents(measures, names), _fewest(measures, names)
    made = select(
        [
            column(AGENCY),
            *(named(f"r{at}", of) for at, of in enumerate(respondents.values())),
            *(named(f"t{at}", of) for at, of in enumerate(fewest.values())),
            *(named(nodes[key], of) for key, of in leaves.items()),
        ],
        tally,
        where=exp.NEQ(this=exp.Trim(this=column(AGENCY)), expression=literal("")),
    )
    for floor in _floors(outline, known):
        made = select([exp.Star(), *(named(nodes[spot.key], _mean(spot, nodes)) for spot in floor)], made)
    rounded, made = _rounded(outline, nodes, made)
    made = select([exp.Star(), named(LEVEL, _level(outline, rounded))], made)
    return Scored(
        made,
        nodes,
        rounded,
        {instrument: f"r{at}" for at, instrument in enumerate(respondents)},
        {instrument: f"t{at}" for at, instrument in enumerate(fewest)},
    )


def _leaves(outline: Outline, measures: Sequence[Measure], names: Sequence[str]) -> dict[Key, exp.Expr]:
    """Give the means of questions and the scores of items of which the tally knows something."""
    has, found = set(names), dict[Key, exp.Expr]()
    for measure in measures:
        if name("n", measure.place) in has:
            found[Kind.QUESTION, measure.code] = _question(measure)
    for place, code in enumerate(items.item_codes(outline)):
        if name("c", place) in has:
            found[Kind.ITEM, code] = items.settled(outline, code, place)
    return {spot.key: found[spot.key] for spot in outline.root.walk() if spot.key in found and not spot.children}


def _known(spot: Spot, leaves: Collection[Key]) -> set[Key]:
    """Give the places of which something can be known: leaves of the tally, and what has nothing else below it."""
    found = set().union(*(_known(child, leaves) for child in spot.children))
    whole_below = bool(spot.children) and all(child.key in found for child in spot.children)
    return found | {spot.key} if whole_below or spot.key in leaves else found


def _question(measure: Measure) -> exp.Expr:
    summed, asked = column(name("s", measure.place)), column(name("n", measure.place))
    some: exp.Expr = exp.Nullif(this=asked, expression=literal(0))
    return ratio(summed, some if measure.units == 1 else times(some, literal(measure.units)))


def _respondents(measures: Sequence[Measure], names: Sequence[str]) -> dict[str, exp.Expr]:
    """Give, by instrument, how many people answered the question that most answered."""
    has, counts = set(names), dict[str, list[exp.Expr]]()
    for measure in _asked(measures, names):
        answered = [column(each) for letter in "nfpo" if (each := name(letter, measure.place)) in has]
        counts.setdefault(measure.instrument, []).append(plus(answered))
    return {instrument: _one_of_all(exp.Greatest, each) for instrument, each in counts.items()}


def _fewest(measures: Sequence[Measure], names: Sequence[str]) -> dict[str, exp.Expr]:
    """Give, by instrument, on how many people its thinnest score rests.

    That of a question nobody has an opinion on is no score; where there is no other it is ``NOBODY``.
    """
    counts = dict[str, list[exp.Expr]]()
    for measure in _asked(measures, names):
        some = exp.Nullif(this=column(name("n", measure.place)), expression=literal(0))
        counts.setdefault(measure.instrument, []).append(some)
    return {
        instrument: exp.Coalesce(this=_one_of_all(exp.Least, each), expressions=[literal(NOBODY)])
        for instrument, each in counts.items()
    }


def _asked(measures: Sequence[Measure], names: Sequence[str]) -> list[Measure]:
    """Give the questions that the tally counts."""
    has = set(names)
    return [measure for measure in measures if name("n", measure.place) in has]


def _one_of_all(function: type[exp.Greatest] | type[exp.Least], counts: Sequence[exp.Expr]) -> exp.Expr:
    """Take the greatest or the least of what is not NULL; engines refuse to choose from one."""
    return function(this=counts[0], expressions=list(counts[1:]), ignore_nulls=True) if len(counts) > 1 else counts[0]


def _floors(outline: Outline, known: Collection[Key]) -> list[list[Spot]]:
    """Give the known places that have something below them, the lowest first."""
    floors: dict[int, list[Spot]] = {}

    def height(spot: Spot) -> int:
        found = 1 + max((height(child) for child in spot.children), default=-1)
        if found and spot.key in known:
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
    return ratio(of if share.numerator == 1 else times(of, literal(share.numerator)), literal(share.denominator))


def _rounded(outline: Outline, nodes: Mapping[Key, str], made: exp.Select) -> tuple[dict[Key, str], exp.Select]:
    """Add the total and the instruments rounded half-up, as whole numbers of the last printed decimal."""
    shift = 10**outline.framework.decimals
    keys = [key for key in tops(outline) if key in nodes]
    rounded = {key: f"h{number}" for number, key in enumerate(keys)}
    raised = {key: plus([times(column(nodes[key]), literal(shift)), ratio(literal(1), literal(2))]) for key in keys}
    columns = [named(rounded[key], whole(exp.Floor(this=of))) for key, of in raised.items()]
    edges = [
        exp.LT(this=exp.Abs(this=minus(of.copy(), exp.Round(this=of.copy()))), expression=exp.Literal.number(EDGE))
        for of in raised.values()
    ]
    certain = [exp.Coalesce(this=edge, expressions=[exp.false()]) for edge in edges]
    tie = either(*certain) if certain else exp.false()
    return rounded, select([exp.Star(), *columns, named(TIE, tie)], made)


def tops(outline: Outline) -> tuple[Key, ...]:
    """Give the places that are rounded: the total and the instruments."""
    return ROOT, *((Kind.INSTRUMENT, each.code) for each in outline.framework.instruments)


def _level(outline: Outline, rounded: Mapping[Key, str]) -> exp.Expr:
    """Give the code of the first level whose conditions hold; NULL without a total."""
    framework = outline.framework
    shift = 10**framework.decimals
    unknown = exp.cast(exp.Null(), "text")
    if ROOT not in rounded:
        return unknown

    def reaches(key: Key, minimum: Fraction) -> exp.Expr:
        least = -(-(minimum * shift) // 1)  # the least whole number that is not below
        return exp.GTE(this=column(rounded[key]), expression=literal(int(least)))

    def holds(level: Level) -> exp.Expr:
        conditions = [reaches(ROOT, Fraction(level.minimum))]
        if level.instrument_minimum is not None:
            conditions += [reaches(key, Fraction(level.instrument_minimum)) for key in tops(outline)[1:]]
        return both(*conditions)

    return case([(holds(level), literal(level.code)) for level in framework.levels], unknown)
