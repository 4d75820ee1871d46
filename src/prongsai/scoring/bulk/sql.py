"""Small pieces of SQL expressions; names are always quoted and values are literals of the library's own making."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce

from sqlglot import exp

Value = int | Decimal | str


def column(name: str) -> exp.Column:
    """Name a column."""
    return exp.Column(this=exp.Identifier(this=name, quoted=True))


def table(name: str) -> exp.Table:
    """Name a table."""
    return exp.Table(this=exp.Identifier(this=name, quoted=True))


def literal(value: Value) -> exp.Expr:
    """Write a value down."""
    if isinstance(value, str):
        return exp.Literal.string(value)
    written = exp.Literal.number(str(abs(value)) if isinstance(value, int) else format(abs(value), "f"))
    return exp.Neg(this=written) if value < 0 else written


def named(name: str, expression: exp.Expr) -> exp.Alias:
    """Give an expression a name."""
    return exp.Alias(this=expression, alias=exp.Identifier(this=name, quoted=True))


def select(columns: Iterable[exp.Expr], source: exp.Expr | str, *, where: exp.Expr | None = None) -> exp.Select:
    """Select columns from a table by its name, or from another selection."""
    if isinstance(source, str):
        origin: exp.Expr = table(source)
    else:
        origin = exp.Subquery(this=source, alias=exp.TableAlias(this=exp.Identifier(this="inner", quoted=True)))
    made = exp.Select(expressions=list(columns), from_=exp.From(this=origin))
    if where is not None:
        made.set("where", exp.Where(this=where))
    return made


def once_if(of: exp.Expr, source: str, where: exp.Expr) -> exp.Select:
    """Select something once if a condition holds for any row of a table."""
    made = select([of], source, where=where)
    made.set("limit", exp.Limit(expression=literal(1)))
    return made


def grouped(made: exp.Select, by: Sequence[str]) -> exp.Select:
    """Group a selection by columns."""
    made.set("group", exp.Group(expressions=[column(name) for name in by]))
    return made


def union(parts: Sequence[exp.Select]) -> exp.Query:
    """Put selections of the same columns below each other."""
    whole_parts: list[exp.Query] = [exp.Subquery(this=part) if part.args.get("limit") else part for part in parts]
    return reduce(lambda above, below: exp.Union(this=above, expression=below, distinct=False), whole_parts)


def case(ifs: Iterable[tuple[exp.Expr, exp.Expr]], default: exp.Expr | None = None) -> exp.Expr:
    """Choose by conditions; what none holds for is the default, or NULL."""
    branches = [exp.If(this=condition, true=result) for condition, result in ifs]
    return exp.Case(ifs=branches, default=default) if branches else default or exp.Null()


def lookup(of: exp.Expr, known: Iterable[tuple[exp.Expr, exp.Expr]]) -> exp.Expr:
    """Choose by a value; one that is not known gives NULL."""
    branches = [exp.If(this=value, true=result) for value, result in known]
    return exp.Case(this=of, ifs=branches) if branches else exp.Null()


def equal(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """Compare."""
    return exp.EQ(this=left, expression=right)


def one_of(of: exp.Expr, values: Sequence[exp.Expr]) -> exp.Expr:
    """Whether it is one of some values; of none it never is."""
    return exp.In(this=of, expressions=list(values)) if values else exp.false()


def none_of(of: exp.Expr, values: Sequence[exp.Expr]) -> exp.Expr:
    """Whether it is something, and none of some values."""
    there = is_there(of)
    return both(there, exp.Not(this=exp.In(this=of.copy(), expressions=list(values)))) if values else there


def is_there(of: exp.Expr) -> exp.Expr:
    """Whether it is not NULL."""
    return exp.Not(this=exp.Is(this=of, expression=exp.Null()))


def is_absent(of: exp.Expr) -> exp.Expr:
    """Whether it is NULL."""
    return exp.Is(this=of, expression=exp.Null())


def both(*conditions: exp.Expr) -> exp.Expr:
    """All conditions at once."""
    return exp.and_(*map(exp.paren, conditions), copy=False)


def either(*conditions: exp.Expr) -> exp.Expr:
    """Any of the conditions."""
    return exp.or_(*map(exp.paren, conditions), copy=False)


def plus(terms: Sequence[exp.Expr]) -> exp.Expr:
    """Add up; NULL as soon as one is."""
    if len(terms) == 1:
        return terms[0]
    return exp.paren(reduce(lambda a, b: exp.Add(this=a, expression=b), terms)) if terms else literal(0)


def minus(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """Take away."""
    return exp.paren(exp.Sub(this=left, expression=exp.paren(right)))


def times(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """Multiply."""
    return exp.Mul(this=exp.paren(left), expression=exp.paren(right))


def ratio(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """Divide as real numbers, whatever the dialect does with whole ones."""
    return exp.Div(this=real(left), expression=exp.paren(right), typed=False, safe=False)


def real(of: exp.Expr) -> exp.Expr:
    """As a double."""
    return exp.Cast(this=of, to=exp.DataType.build("double"))


def whole(of: exp.Expr) -> exp.Expr:
    """As a whole number of 64 bits."""
    return exp.Cast(this=of, to=exp.DataType.build("bigint"))


def text(of: exp.Expr) -> exp.Expr:
    """As text."""
    return exp.Cast(this=of, to=exp.DataType.build("text"))


def total(of: exp.Expr) -> exp.Expr:
    """Sum over the rows of a group."""
    return exp.Sum(this=of)


def count(of: exp.Expr) -> exp.Expr:
    """Count the rows of a group in which it is not NULL."""
    return exp.Count(this=of)


def count_rows() -> exp.Expr:
    """Count the rows of a group."""
    return exp.Count(this=exp.Star())


def count_if(condition: exp.Expr) -> exp.Expr:
    """Count the rows of a group for which a condition holds."""
    return exp.Count(this=case([(condition, literal(1))]))


def or_zero(of: exp.Expr) -> exp.Expr:
    """Take 0 for NULL."""
    return exp.Coalesce(this=of, expressions=[literal(0)])
