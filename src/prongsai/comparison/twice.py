"""Agencies that stand twice in a table of one year: with equal figures one is too many, with others neither counts."""

from collections.abc import Sequence
from dataclasses import replace

from prongsai.comparison.faults import fault
from prongsai.comparison.model import Checked, Named
from prongsai.errors import Problem, Where
from prongsai.thai.text import fold

Identity = tuple[str, ...]


def identity(who: Named) -> Identity:
    """Give what tells an agency from others in one table: its code, or kind, name, province and district."""
    return (who.code,) if who.code else (who.kind.name, fold(who.name), who.province.code, who.district)


def twice(rows: Sequence[Checked], year_be: int) -> tuple[tuple[Checked, ...], list[Problem]]:
    """Find agencies that stand twice. Those rows lose their name where they cannot be believed or count twice."""
    places: dict[Identity, list[int]] = {}
    for at, row in enumerate(rows):
        if row.named:
            places.setdefault(identity(row.named), []).append(at)
    made, problems = list(rows), []
    for found in places.values():
        first, *others = found
        same = all(rows[at].row.figures == rows[first].row.figures for at in others)
        for at in others:
            other = short_place(rows[first].row.where)
            code = "COMPARE_REPEATED" if same else "COMPARE_TWICE"
            problems.append(_fault(code, rows[at], other, year_be))
            made[at] = replace(rows[at], named=None)
        if others and not same:
            problems.append(_fault("COMPARE_TWICE", rows[first], short_place(rows[others[0]].row.where), year_be))
            made[first] = replace(rows[first], named=None)
    return tuple(made), problems


def short_place(where: Where) -> str:
    """Say a place inside the same file."""
    return str(replace(where, file=None, column=None, line=None if where.row else where.line))


def _fault(code: str, row: Checked, other: str, year_be: int) -> Problem:
    cell = row.row.agency if row.row.agency.text else row.row.code
    return fault(code, cell.where, evidence=(cell.text,), name=cell.text, year=year_be, other=other)
