"""Working out what would become of every row of a table. Nothing is written; saving takes the steps of the plan."""

from collections.abc import Callable, Mapping, Sequence

from prongsai.web.agencies.queries.tables.book import Book
from prongsai.web.agencies.queries.tables.columns import Kind, columns_of, unused_heads
from prongsai.web.agencies.queries.tables.fates import Plan, RowPlan
from prongsai.web.agencies.queries.tables.people import plan_people
from prongsai.web.agencies.queries.tables.posts import plan_posts
from prongsai.web.agencies.queries.tables.units import plan_units
from prongsai.web.agencies.queries.tables.work import Work
from prongsai.web.agencies.scope import Scope

_PLANNERS: Mapping[Kind, Callable[[Work], None]] = {
    Kind.UNITS: plan_units,
    Kind.PEOPLE: plan_people,
    Kind.POSTS: plan_posts,
}


def plan_of(scope: Scope, kind: Kind, rows: Sequence[Sequence[str]]) -> Plan:
    """Give the fate of every row under the head, as the database is now."""
    head = tuple(rows[0])
    planned = tuple(RowPlan(number, tuple(cells)) for number, cells in enumerate(rows[1:], start=1))
    work = Work(Book(scope, people=kind is Kind.PEOPLE), kind, columns_of(kind, head), planned)
    _PLANNERS[kind](work)
    return Plan(head, planned, tuple(work.steps), unused_heads(kind, head))
