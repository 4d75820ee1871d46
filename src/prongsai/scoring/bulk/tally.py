"""Sums and counts by agency: what every shape of file is brought to before anything is scored.

For the question of place ``j``: ``s`` the sum of the scores in units, ``n`` how many it is of, ``f`` answers that the
scale does not have, ``p`` sheets whose sub-questions are not each answered once, ``o`` who had no opinion. For the item
of place ``j``: ``c`` how often a score is given, ``lo`` and ``hi`` the least and the greatest, ``x`` what is no number.
``u``: rows of unknown questions or items.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from prongsai.scoring.bulk.sql import case, column, equal, grouped, literal, named, or_zero, select, total, union, whole

AGENCY, ROWS, UNKNOWN = "agency", "rows", "u"
COUNTS = "snfpo"


@dataclass(frozen=True)
class Tally:
    """A selection of one row an agency.

    names: its columns besides the agency. is_full: whether its counts are never NULL.
    """

    made: exp.Select
    names: tuple[str, ...]
    is_full: bool = False


def name(letter: str, place: int) -> str:
    """Name a column of the question or item of a place."""
    return f"{letter}{place}"


def of_agency(columns: Iterable[tuple[str, exp.Expr]], source: exp.Expr | str, agency: exp.Expr) -> Tally:
    """Make a tally of aggregates over a source."""
    listed = list(columns)
    made = select([named(AGENCY, agency), *(named(each, of) for each, of in listed)], source)
    made.set("group", exp.Group(expressions=[agency.copy()]))
    return Tally(made, tuple(each for each, _ in listed))


def pivot(inner: exp.Select, places: Sequence[tuple[int, str]]) -> Tally:
    """Turn rows of agency, place and figures into one row an agency.

    inner: has ``agency``, ``q``, ``rows`` and a column for each letter. places: each with the letters that it may have.
    """
    columns = [(ROWS, total(column(ROWS))), (UNKNOWN, total(case([(no_place(), column(ROWS))])))]
    columns += [
        (name(letter, place), total(case([(equal(column("q"), literal(place)), column(letter))])))
        for place, letters in places
        for letter in letters
    ]
    return of_agency(columns, inner, column(AGENCY))


def no_place() -> exp.Expr:
    """Whether a row is of something that the framework does not have."""
    return exp.Is(this=column("q"), expression=exp.Null())


def merged(tallies: Sequence[Tally]) -> Tally:
    """Add up the tallies of several files."""
    if len(tallies) == 1 and tallies[0].is_full:
        return tallies[0]
    names = tuple(dict.fromkeys(each for tally in tallies for each in tally.names))
    stacked = union([_filled(tally, names) for tally in tallies])
    columns = [named(each, _together(each)) for each in names]
    return Tally(grouped(select([column(AGENCY), *columns], stacked), [AGENCY]), names)


def _filled(tally: Tally, names: Sequence[str]) -> exp.Select:
    if tally.names == tuple(names):
        return tally.made
    has = set(tally.names)
    absent = {each: exp.Cast(this=exp.Null(), to=exp.DataType.build(_type(each))) for each in names if each not in has}
    return select([column(AGENCY), *(named(n, absent[n]) if n in absent else column(n) for n in names)], tally.made)


def _type(of: str) -> str:
    return "double" if of.startswith(("lo", "hi")) else "bigint"


def _together(of: str) -> exp.Expr:
    if of.startswith("lo"):
        return exp.Min(this=column(of))
    if of.startswith("hi"):
        return exp.Max(this=column(of))
    return whole(or_zero(total(column(of))))
