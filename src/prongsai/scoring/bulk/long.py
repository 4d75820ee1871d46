"""Files with a row an answer: ``agency, question, value``, with ``respondent`` and ``part`` where there are any."""

from collections.abc import Mapping, Sequence

from sqlglot import exp

from prongsai.scoring.bulk.marks import Marks, Measure
from prongsai.scoring.bulk.source import Kind, Source
from prongsai.scoring.bulk.sql import (
    both,
    case,
    column,
    count,
    count_if,
    count_rows,
    equal,
    grouped,
    is_absent,
    is_there,
    literal,
    lookup,
    minus,
    named,
    none_of,
    once_if,
    one_of,
    real,
    select,
    text,
    times,
    total,
    union,
    whole,
)
from prongsai.scoring.bulk.tally import AGENCY, ROWS, Tally, pivot
from prongsai.scoring.bulk.wide import mark_of, odd, plain, shares, silent
from prongsai.thai.numerals import to_thai

Codes = Mapping[str, int]  # every writing of a question's code that a file has, with its place


def probe(source: Source, measures: Sequence[Measure], codes: Codes) -> list[exp.Select]:
    """Give selections of a row if a value is outside the scale of its question; none where plain sums do not help."""
    kind = source.roles["value"].kind
    if source.roles.keys() & {"respondent", "part"}:
        return []
    single = [measure for measure in measures if not measure.has_parts]
    if not single or not all(plain(measure, kind) for measure in single):
        return []
    question, value = column(source.roles["question"].name), column(source.roles["value"].name)
    groups: dict[tuple[object, ...], list[Measure]] = {}
    for measure in single:
        groups.setdefault(tuple(measure.parts[0].numbers), []).append(measure)
    return [
        once_if(
            literal(1),
            source.table,
            both(one_of(question.copy(), _codes(group, codes)), none_of(value.copy(), plain(group[0], kind))),
        )
        for group in groups.values()
    ]


def _codes(measures: Sequence[Measure], codes: Codes) -> list[exp.Expr]:
    places = {measure.place for measure in measures}
    return [literal(code) for code, place in codes.items() if place in places]


def tally(source: Source, measures: Sequence[Measure], codes: Codes, *, is_clean: bool) -> Tally:
    """Sum up a file. is_clean: whether the plain sums of values are right."""
    if "respondent" not in source.roles:
        inner = _clean(source, codes) if is_clean else _rows(source, measures, codes, source.table)
    else:
        who = column(source.roles["respondent"].name)
        told = select([exp.Star()], source.table, where=is_there(who))
        untold = select([exp.Star()], source.table, where=is_absent(who.copy()))
        inner = select(
            [exp.Star()], union([_sheets(source, measures, codes, told), _rows(source, measures, codes, untold)])
        )
    if is_clean:
        return pivot(_turned(inner, measures), [(m.place, "p" if m.has_parts else "sn") for m in measures])
    return pivot(inner, [(measure.place, "snfpo") for measure in measures])


def _agency(source: Source) -> exp.Expr:
    agency = source.roles["agency"]
    named_so = column(agency.name)
    return named(AGENCY, text(named_so) if agency.kind is not Kind.TEXT else named_so)


def _place(source: Source, codes: Codes) -> exp.Expr:
    asked = source.roles["question"]
    of = column(asked.name)
    return lookup(
        of if asked.kind is Kind.TEXT else text(of), [(literal(code), literal(place)) for code, place in codes.items()]
    )


def _clean(source: Source, codes: Codes) -> exp.Select:
    """Sum values as they are; the code of the question becomes its place only in what is left."""
    value = column(source.roles["value"].name)
    keys = [column(source.roles["agency"].name), column(source.roles["question"].name)]
    summed = [named("v", whole(total(real(value)))), named("n", count(value.copy())), named(ROWS, count_rows())]
    inner = select([*keys, *summed], source.table)
    inner.set("group", exp.Group(expressions=[key.copy() for key in keys]))
    return select([_agency(source), named("q", _place(source, codes)), column("v"), column("n"), column(ROWS)], inner)


def _turned(inner: exp.Select, measures: Sequence[Measure]) -> exp.Select:
    """Turn the sums of reversed questions; sub-questions have no use for answers without a respondent."""
    reverse = [literal(m.place) for m in measures if not m.has_parts and not m.parts[0].straight]
    turned = minus(times(literal(100), column("n")), column("v"))
    s = case([(one_of(column("q"), reverse), turned)], column("v"))
    return select(
        [column(AGENCY), column("q"), named("s", s), column("n"), named("p", column("n")), column(ROWS)], inner
    )


def _rows(source: Source, measures: Sequence[Measure], codes: Codes, rows: exp.Expr | str) -> exp.Select:
    """Count each row as an answer of somebody else; a sub-question needs to know of whom, so it is a fault."""
    each = _answers(source, measures, codes, rows, columns=[])
    parted = one_of(column("q"), [literal(measure.place) for measure in measures if measure.has_parts])
    misfit = both(column("said"), exp.Or(this=parted, expression=is_there(column("part"))))
    fits = exp.Not(this=exp.paren(misfit))
    columns = [
        named("s", total(case([(fits, column("mark"))]))),
        named("n", count(case([(fits.copy(), column("mark"))]))),
        named("f", count_if(both(fits.copy(), column("odd")))),
        named("p", count_if(misfit.copy())),
        named("o", count_if(both(fits.copy(), column("quiet")))),
        named(ROWS, count_rows()),
    ]
    return grouped(select([column(AGENCY), column("q"), *columns], each), [AGENCY, "q"])


def _answers(
    source: Source, measures: Sequence[Measure], codes: Codes, rows: exp.Expr | str, columns: Sequence[exp.Expr]
) -> exp.Select:
    """Select each answer with the place of its question, its mark, and whether the scale has it."""
    part = _part(source, max((measure.count for measure in measures), default=1))
    value = column(source.roles["value"].name)
    first = select(
        [_agency(source), *columns, named("q", _place(source, codes)), named("part", part), named("said_value", value)],
        rows,
    )
    groups, kind, said = _groups(measures), source.roles["value"].kind, column("said_value")
    quiet = [(where, found) for where, marks in groups if (found := silent(said, marks, kind)) is not None]
    told = [
        named("mark", case([(where.copy(), mark_of(said.copy(), marks, kind)) for where, marks in groups])),
        named("odd", case([(where.copy(), odd(said.copy(), marks, kind)) for where, marks in groups], exp.false())),
        named("quiet", case(quiet, exp.false())),
        named("said", is_there(said.copy())),
    ]
    kept = [column(each.alias) for each in columns]
    return select([column(AGENCY), *kept, column("q"), column("part"), *told], first)


def _part(source: Source, most: int) -> exp.Expr:
    role = source.roles.get("part")
    if role is None:
        return exp.Cast(this=exp.Null(), to=exp.DataType.build("int"))
    of = column(role.name)
    if role.kind is not Kind.TEXT:
        return exp.Cast(this=of, to=exp.DataType.build("int"))
    written = [(spelling, number) for number in range(1, most + 1) for spelling in (str(number), to_thai(str(number)))]
    return lookup(of, [(literal(spelling), literal(number)) for spelling, number in written])


def _groups(measures: Sequence[Measure]) -> list[tuple[exp.Expr, Marks]]:
    """Give, for each way of marking, the condition under which a row is marked so."""
    found: dict[tuple[object, ...], tuple[Marks, list[exp.Expr]]] = {}
    for measure in measures:
        here = equal(column("q"), literal(measure.place))
        for number, marks in enumerate(measure.parts, start=1):
            fits = both(here.copy(), equal(column("part"), literal(number))) if measure.has_parts else here
            found.setdefault(marks.key, (marks, []))[1].append(fits)
    return [(_any(conditions), marks) for marks, conditions in found.values()]


def _any(conditions: Sequence[exp.Expr]) -> exp.Expr:
    return exp.or_(*conditions)


def _sheets(source: Source, measures: Sequence[Measure], codes: Codes, rows: exp.Expr) -> exp.Select:
    """Bring together what one respondent said to one question, and score it as one."""
    who = named("who", column(source.roles["respondent"].name))
    each = _answers(source, measures, codes, rows, columns=[who])
    bit = lookup(column("part"), [(literal(n), literal(2**n)) for n in range(1, _most(measures) + 1)])
    sheets = grouped(
        select(
            [
                *(column(key) for key in (AGENCY, "q", "who")),
                named(ROWS, count_rows()),
                named("parts", count(column("part"))),
                named("bits", total(bit)),
                named("known", count(column("mark"))),
                named("sum", total(column("mark"))),
                named("strange", count_if(column("odd"))),
            ],
            each,
        ),
        [AGENCY, "q", "who"],
    )
    return _scored(sheets, measures)


def _most(measures: Sequence[Measure]) -> int:
    return max((measure.count for measure in measures), default=1)


def _scored(sheets: exp.Select, measures: Sequence[Measure]) -> exp.Select:
    fits = _fits(measures)
    plain_sheet = both(fits, equal(column("strange"), literal(0)))
    counted = both(plain_sheet, exp.GT(this=column("known"), expression=literal(0)))
    columns = [
        named("s", total(case([(counted, times(column("sum"), _shares(measures)))]))),
        named("n", count_if(counted.copy())),
        named("f", count_if(both(fits.copy(), exp.GT(this=column("strange"), expression=literal(0))))),
        named("p", count_if(exp.Not(this=fits.copy()))),
        named("o", count_if(both(plain_sheet.copy(), equal(column("known"), literal(0))))),
        named(ROWS, total(column(ROWS))),
    ]
    return grouped(select([column(AGENCY), column("q"), *columns], sheets), [AGENCY, "q"])


def _fits(measures: Sequence[Measure]) -> exp.Expr:
    """Whether each sub-question is answered once: so many rows, so many parts, and a bit of each."""
    counts = sorted({measure.count for measure in measures if measure.has_parts})
    rules = []
    for number in counts:
        places = [literal(m.place) for m in measures if m.has_parts and m.count == number]
        full = literal(2 ** (number + 1) - 2)
        whole_sheet = both(
            equal(column(ROWS), literal(number)), equal(column("parts"), literal(number)), equal(column("bits"), full)
        )
        rules.append((one_of(column("q"), places), case([(whole_sheet, exp.true())], exp.false())))
    alone = both(equal(column(ROWS), literal(1)), equal(column("parts"), literal(0)))
    return case(rules, alone)


def _shares(measures: Sequence[Measure]) -> exp.Expr:
    """Give what each known sub-question counts; a question without any counts as it is."""
    firsts = {measure.count: measure for measure in measures if measure.has_parts}
    rules = [
        (
            one_of(column("q"), [literal(m.place) for m in measures if m.has_parts and m.count == number]),
            shares(column("known"), first),
        )
        for number, first in firsts.items()
    ]
    return case(rules, literal(1))
