"""Item results: ``agency, item, score``. What is given twice counts once, or not at all where the two differ."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlglot import exp

from prongsai.scoring.bulk.source import Kind, Source
from prongsai.scoring.bulk.sql import (
    both,
    case,
    column,
    count,
    count_rows,
    equal,
    grouped,
    literal,
    lookup,
    named,
    none_of,
    one_of,
    ratio,
    real,
    select,
    text,
    total,
)
from prongsai.scoring.bulk.tally import AGENCY, ROWS, UNKNOWN, Tally, name, no_place, of_agency
from prongsai.scoring.outline import Outline

Codes = Mapping[str, int]  # every writing of an item's code that a file has, with its place
Numbers = Mapping[str, Decimal | None]  # odd writings of scores; None for "nothing"

PLAIN = "^[0-9]{1,9}([.][0-9]{1,9})?$"  # what every engine reads as the same number


def tally(source: Source, count_of_items: int, codes: Codes, numbers: Numbers) -> Tally:
    """Gather the scores of each item of each agency."""
    keyed = _keyed(source, codes, numbers)
    columns: list[tuple[str, exp.Expr]] = [
        (ROWS, exp.Cast(this=literal(0), to=exp.DataType.build("bigint"))),
        (UNKNOWN, total(case([(no_place(), column(ROWS))]))),
    ]
    for place in range(count_of_items):
        here = equal(column("q"), literal(place))
        columns += [
            (name("c", place), total(case([(here, column("c"))]))),
            (name("lo", place), exp.Min(this=case([(here.copy(), column("lo"))]))),
            (name("hi", place), exp.Max(this=case([(here.copy(), column("hi"))]))),
            (name("x", place), total(case([(here.copy(), column("x"))]))),
        ]
    return of_agency(columns, keyed, column(AGENCY))


def _keyed(source: Source, codes: Codes, numbers: Numbers) -> exp.Select:
    agency, item, score = (source.roles[role] for role in ("agency", "item", "score"))
    code = column(item.name) if item.kind is Kind.TEXT else text(column(item.name))
    given = column(score.name)
    first = select(
        [
            named(AGENCY, column(agency.name) if agency.kind is Kind.TEXT else text(column(agency.name))),
            named("q", lookup(code, [(literal(each), literal(place)) for each, place in codes.items()])),
            named("number", number_of(given, score.kind, numbers)),
            named("bad", case([(is_odd(given.copy(), score.kind, numbers), literal(1))])),
        ],
        source.table,
    )
    figures = [
        named("c", count(column("number"))),
        named("lo", exp.Min(this=column("number"))),
        named("hi", exp.Max(this=column("number"))),
        named("x", count(column("bad"))),
        named(ROWS, count_rows()),
    ]
    return grouped(select([column(AGENCY), column("q"), *figures], first), [AGENCY, "q"])


def number_of(given: exp.Expr, kind: Kind, numbers: Numbers) -> exp.Expr:
    """Read a score as a double; NULL for nothing and for what is no number."""
    if kind is Kind.SINGLE:  # a third decimal appears when it is only widened
        return real(text(given))
    if kind is not Kind.TEXT:
        return real(given)
    odd = [(equal(given, literal(spelling)), real(literal(n))) for spelling, n in numbers.items() if n is not None]
    return case([(is_plain(given.copy()), real(given.copy())), *odd])


def is_plain(given: exp.Expr) -> exp.Expr:
    """Whether a text is a number in Arabic digits, nothing else."""
    return exp.RegexpLike(this=given, expression=literal(PLAIN))


def is_odd(given: exp.Expr, kind: Kind, numbers: Numbers) -> exp.Expr:
    """Whether a score is written as nobody can read it."""
    if kind is not Kind.TEXT:
        return exp.false()
    return both(none_of(given, [literal(spelling) for spelling in numbers]), exp.Not(this=is_plain(given.copy())))


def settled(outline: Outline, code: str, place: int) -> exp.Expr:
    """Give the score of an item as a double; NULL where none was given, two differ, or it may not be given."""
    low, high = column(name("lo", place)), column(name("hi", place))
    return case([(both(equal(low, high), allowed(outline, code, place)), low.copy())])


def allowed(outline: Outline, code: str, place: int) -> exp.Expr:
    """Whether an item may have its score: one of the year's, or 0 to 100 with no more decimals than are printed."""
    scores = outline.allowed[code]
    low = column(name("lo", place))
    if scores is not None:
        return one_of(low, [literal(score) for score in scores])
    shift = literal(10**outline.framework.decimals)
    # Division is rounded correctly: the double nearest to a printed decimal, and no other, is a whole number ÷ 100.
    printed = ratio(exp.Round(this=exp.Mul(this=low, expression=shift)), shift.copy())
    inside = exp.Between(this=low.copy(), low=literal(0), high=literal(100))
    return both(inside, equal(low.copy(), printed))


def given_twice(place: int) -> tuple[exp.Expr, exp.Expr]:
    """Whether an item has two scores that differ, and whether it has the same one twice."""
    low, high, times = column(name("lo", place)), column(name("hi", place)), column(name("c", place))
    differ = exp.NEQ(this=low, expression=high)
    return differ, both(equal(low.copy(), high.copy()), exp.GT(this=times, expression=literal(1)))


def refused(outline: Outline, code: str, place: int) -> exp.Expr:
    """Whether an item has one score, which it may not have."""
    low, high = column(name("lo", place)), column(name("hi", place))
    return both(equal(low, high), exp.Not(this=exp.paren(allowed(outline, code, place))))


def item_codes(outline: Outline) -> Sequence[str]:
    """Give the items in file order."""
    return [item.code for item in outline.framework.items]
