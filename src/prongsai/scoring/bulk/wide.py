"""Files with a column a question: a row is what one respondent said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlglot import exp

from prongsai.scoring.bulk.marks import Mark, Marks, Measure
from prongsai.scoring.bulk.source import Column, Kind, Source
from prongsai.scoring.bulk.sql import (
    both,
    case,
    column,
    count,
    count_if,
    count_rows,
    either,
    equal,
    is_there,
    literal,
    lookup,
    minus,
    named,
    none_of,
    once_if,
    one_of,
    or_zero,
    plus,
    real,
    select,
    table,
    text,
    times,
    total,
    whole,
)
from prongsai.scoring.bulk.tally import ROWS, Tally, name, of_agency

Cells = Mapping[tuple[str, int], Column]


def countable(measures: Sequence[Measure], cells: Cells) -> tuple[Measure, ...]:
    """Give the questions for which there are all columns and none besides."""
    return tuple(measure for measure in measures if _whole(measure, cells))


def half_there(measures: Sequence[Measure], cells: Cells) -> tuple[Measure, ...]:
    """Give the questions for which there are columns, but not those that are needed."""
    asked = {code for code, _ in cells}
    return tuple(measure for measure in measures if measure.code in asked and not _whole(measure, cells))


def _whole(measure: Measure, cells: Cells) -> bool:
    wanted = range(1, measure.count + 1) if measure.has_parts else (0,)
    return {part for code, part in cells if code == measure.code} == set(wanted)


def probes(source: Source, measures: Sequence[Measure]) -> dict[int, exp.Select]:
    """Give, for each question whose values are numbers, a selection of its place if one is not of the scale.

    A columnar engine answers them from the dictionaries of the file: where there is none, the plain sum of the column
    is the sum of the scores.
    """
    return {
        measure.place: once_if(literal(measure.place), source.table, exp.Not(this=one_of(column(cell.name), known)))
        for measure in countable(measures, source.cells)
        if (cell := source.cells.get((measure.code, 0))) and (known := plain(measure, cell.kind))
    }


def plain(measure: Measure, kind: Kind) -> list[exp.Expr]:
    """Give the numbers of a question whose plain sum scores it; none where it does not."""
    if kind is Kind.TEXT or measure.has_parts or measure.parts[0].straight is None:
        return []
    return literals(measure.parts[0].known(kind), kind)


def literals(known: Mapping[Decimal | str, Mark] | Mapping[str, Mark], kind: Kind) -> list[exp.Expr]:
    """Write values as a column of a kind holds them."""
    return [_literal(value, kind) for value in known]


def _literal(value: Decimal | str, kind: Kind) -> exp.Expr:
    made = literal(value)
    return exp.Cast(this=made, to=exp.DataType.build("float")) if kind is Kind.SINGLE else made


def mark_of(of: exp.Expr, marks: Marks, kind: Kind) -> exp.Expr:
    """Turn an answer into its units; NULL for no opinion, for nothing and for what is not known."""
    known = marks.known(kind).items()
    return lookup(of, [(_literal(value, kind), literal(mark)) for value, mark in known if mark is not None])


def odd(of: exp.Expr, marks: Marks, kind: Kind) -> exp.Expr:
    """Whether an answer is one that the scale does not have."""
    return none_of(of, literals(marks.known(kind), kind))


def silent(of: exp.Expr, marks: Marks, kind: Kind) -> exp.Expr | None:
    """Whether somebody said that they had no opinion; None where the scale knows no such answer."""
    values = [_literal(value, kind) for value, mark in marks.known(kind).items() if mark is None]
    return one_of(of, values) if values else None


def tally(source: Source, measures: Sequence[Measure], clean: Collection[int], twice: str | None) -> Tally:
    """Sum up a file. clean: questions whose plain sum is right. twice: a table of respondents to leave out."""
    asked = countable(measures, source.cells)
    rows: exp.Expr | str = source.table
    if twice is not None or any(measure.has_parts for measure in asked):
        rows = _marked(source, asked, twice)
    columns: list[tuple[str, exp.Expr]] = [(ROWS, count_rows())]
    for measure in asked:
        columns += _parted(measure) if measure.has_parts else _single(measure, source, measure.place in clean)
    agency = source.roles["agency"]
    plain_agency = column(agency.name)
    return replace(
        of_agency(columns, rows, plain_agency if agency.kind is Kind.TEXT else text(plain_agency)), is_full=True
    )


def _marked(source: Source, asked: Sequence[Measure], twice: str | None) -> exp.Select:
    """Select the rows with the marks of sub-questions beside the columns that are summed as they are."""
    columns: list[exp.Expr] = [column(source.roles["agency"].name)]
    for measure in asked:
        if not measure.has_parts:
            columns.append(column(source.cells[measure.code, 0].name))
            continue
        cells = [source.cells[measure.code, part] for part in range(1, measure.count + 1)]
        pairs = [(column(cell.name), marks, cell.kind) for cell, marks in zip(cells, measure.parts, strict=True)]
        columns += [named(_part(measure, at), mark_of(*pair)) for at, pair in enumerate(pairs)]
        columns.append(named(name("odd", measure.place), either(*(odd(*pair) for pair in pairs))))
        columns.append(named(name("said", measure.place), either(*(is_there(each) for each, _, _ in pairs))))
    return select(columns, source.table, where=None if twice is None else _once(source, twice))


def _once(source: Source, twice: str) -> exp.Expr:
    """Whether a respondent is not among those who are there several times."""

    def same(role: str) -> exp.Expr:
        outer = exp.Column(
            this=exp.Identifier(this=source.roles[role].name, quoted=True), table=table(source.table).this
        )
        inner = exp.Column(this=exp.Identifier(this=f"twice_{role}", quoted=True), table=table(twice).this)
        return equal(inner, outer)

    found = select([literal(1)], twice, where=both(same("agency"), same("respondent")))
    return exp.Not(this=exp.Exists(this=found))


def _part(measure: Measure, at: int) -> str:
    return f"m{measure.place}_{at}"


def _single(measure: Measure, source: Source, is_clean: bool) -> list[tuple[str, exp.Expr]]:
    cell, marks, place = source.cells[measure.code, 0], measure.parts[0], measure.place
    of = column(cell.name)
    if is_clean:
        summed = whole(total(real(of)))
        turned = summed if marks.straight else minus(times(literal(100), count(of)), summed)
        return [(name("s", place), turned), (name("n", place), count(of))]
    mark, quiet = mark_of(of, marks, cell.kind), silent(of, marks, cell.kind)
    found = [(name("s", place), total(mark)), (name("n", place), count(mark))]
    found.append((name("f", place), count_if(odd(of, marks, cell.kind))))
    return [*found, (name("o", place), count_if(quiet))] if quiet is not None else found


def _parted(measure: Measure) -> list[tuple[str, exp.Expr]]:
    marks = [column(_part(measure, at)) for at in range(measure.count)]
    strange, said = column(name("odd", measure.place)), column(name("said", measure.place))
    known = plus([case([(is_there(each), literal(1))], literal(0)) for each in marks])
    counted = both(exp.Not(this=strange), exp.GT(this=known, expression=literal(0)))
    score = times(plus([or_zero(each) for each in marks]), shares(known, measure))
    nothing = both(said, exp.Not(this=strange), equal(known, literal(0)))
    return [
        (name("s", measure.place), total(case([(counted, score)]))),
        (name("n", measure.place), count_if(counted)),
        (name("f", measure.place), count_if(strange)),
        (name("o", measure.place), count_if(nothing)),
    ]


def shares(known: exp.Expr, measure: Measure) -> exp.Expr:
    """Give what each of so many sub-questions counts in a respondent's mean, as a whole number of units."""
    return lookup(known, [(literal(n), literal(measure.fill // n)) for n in range(1, measure.count + 1)])
