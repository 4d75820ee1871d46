"""Agencies whose rounding stands on the edge: scored once more by the exact engine, from the same whole sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from prongsai.errors import Where
from prongsai.scoring.bulk.marks import Measure
from prongsai.scoring.bulk.tally import name
from prongsai.scoring.exact import half_up
from prongsai.scoring.grade import level_code
from prongsai.scoring.outline import ROOT, Key, Kind, Outline
from prongsai.scoring.resolve import Resolved
from prongsai.scoring.rollup import grow
from prongsai.scoring.scores import Given


@dataclass(frozen=True)
class Decided:
    """What the exact engine says of an agency: every node that is known, what is rounded, and the level."""

    nodes: Mapping[Key, Fraction]
    rounded: Mapping[Key, Decimal]
    level: str | None


def decide(outline: Outline, measures: Sequence[Measure], sums: Mapping[str, object]) -> Decided:
    """Score one agency exactly. sums: its row of the tally by column."""
    given = {(Kind.QUESTION, m.code): _given(m, sums) for m in measures if sums.get(name("n", m.place))}
    given |= {
        (Kind.ITEM, item.code): found
        for at, item in enumerate(outline.framework.items)
        if (found := _item(outline, item.code, sums.get(name("lo", at)), sums.get(name("hi", at))))
    }
    tree = grow(outline, Resolved(given, {}, None, Where(), ()))
    nodes = {node.key: node.value for node in tree.root.walk() if node.value is not None}
    places = outline.framework.decimals
    tops: list[Key] = [ROOT, *((Kind.INSTRUMENT, each.code) for each in outline.framework.instruments)]
    rounded = {key: half_up(nodes[key], places) for key in tops if key in nodes}
    return Decided(nodes, rounded, _level(outline, rounded))


def _given(measure: Measure, sums: Mapping[str, object]) -> Given:
    units, respondents = sums[name("s", measure.place)], sums[name("n", measure.place)]
    assert isinstance(units, (int, Decimal)) and isinstance(respondents, (int, Decimal)), "sums of whole numbers"
    return Given(measure.mean(int(units), int(respondents)), Where(), printed=False, respondents=int(respondents))


def _item(outline: Outline, code: str, low: object, high: object) -> Given | None:
    """Give the score of an item, by the same conditions as ``items.settled``."""
    if not isinstance(low, float) or low != high:
        return None
    score, allowed = Decimal(repr(low)), outline.allowed[code]
    fits = 0 <= score <= 100 and score == round(score, outline.framework.decimals)
    return (
        Given(Fraction(score), Where(), printed=False) if (score in allowed if allowed is not None else fits) else None
    )


def _level(outline: Outline, rounded: Mapping[Key, Decimal]) -> str | None:
    overall = rounded.get(ROOT)
    if overall is None:
        return None
    return level_code(outline.framework, overall, {key[1]: score for key, score in rounded.items() if key != ROOT})
