"""Declared rules between fields: each kind has what it needs, of the kinds that it can compare."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prongsai.errors import Problem
from prongsai.frameworks.document import Place
from prongsai.frameworks.shape import named
from prongsai.registers.checking import naming
from prongsai.registers.checking.naming import Names
from prongsai.registers.checking.view import View, table, tables, text
from prongsai.registers.model import RuleKind

_DAYS = ("day", "time")
_ANY: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a kind of rule is written with.

    field, other: kinds; is_cell: always ``rows.column``; in_rows: it may be, and holds then row by row. one_of: keys of
    which one is given.
    """

    field: tuple[str, ...] = _ANY
    other: tuple[str, ...] | None = None
    one_of: tuple[str, ...] = ()
    field_is_cell: bool = False
    in_rows: bool = True
    other_is_cell: bool = False


_NEEDS: Mapping[RuleKind, _Needs] = {
    RuleKind.NOT_BEFORE: _Needs(_DAYS, _DAYS, ("other",)),
    RuleKind.NOT_AFTER: _Needs(_DAYS, _DAYS, ("other",)),
    RuleKind.AT_LEAST: _Needs(("number",), ("number",), ("other", "value")),
    RuleKind.AT_MOST: _Needs(("number",), ("number",), ("other", "value")),
    RuleKind.EQUALS: _Needs(_ANY, _ANY, ("other", "value")),
    RuleKind.DIFFERS: _Needs(_ANY, _ANY, ("other",)),
    RuleKind.NOT_FUTURE: _Needs(("day",)),
    RuleKind.IN_YEAR: _Needs(("day",)),
    RuleKind.IN_ROWS: _Needs(_ANY, _ANY, ("other",), other_is_cell=True, in_rows=False),
    RuleKind.SUM_EQUALS: _Needs(("number",), ("number",), ("other", "value"), field_is_cell=True, in_rows=False),
    RuleKind.WITHIN_DAYS: _Needs(("day",), ("day",), ("other",)),
    RuleKind.FILLED_IF: _Needs(_ANY, None, ("when",)),
    RuleKind.EMPTY_IF: _Needs(_ANY, None, ("when",)),
    RuleKind.ROWS_MIN: _Needs(("rows",), None, ("value",), in_rows=False),
}
_OPTIONAL = ("other", "value", "days")


def rule_problems(view: View) -> Iterator[Problem]:
    """Find rules that lack something, hold too much, or compare what cannot be compared."""
    for index, rule in tables(view.data.get("rules")):
        yield from _rule(view, view.fields, ("rules", index), rule)
    everything = {**view.fields, **view.progress}
    for index, rule in tables(table(view.data.get("progress")).get("rules")):
        yield from _rule(view, everything, ("progress", "rules", index), rule)


def _rule(view: View, names: Names, place: Place, rule: Mapping[str, object]) -> Iterator[Problem]:
    yield from naming.condition(view, names, (*place, "when"), rule.get("when"))
    kind = text(rule.get("kind"))
    if kind not in list(RuleKind):
        return
    needs = _NEEDS[RuleKind(kind)]
    yield from _keys(view, place, rule, kind, needs)
    for key, wanted, is_cell in (
        ("field", needs.field, needs.field_is_cell),
        ("other", needs.other or _ANY, needs.other_is_cell),
    ):
        if text(rule.get(key)):
            is_cell = is_cell or ("." in text(rule[key]) and needs.in_rows)
            check = naming.cell if is_cell else naming.field
            yield from check(view, names, (*place, key), text(rule[key]), *wanted)


def _keys(view: View, place: Place, rule: Mapping[str, object], kind: str, needs: _Needs) -> Iterator[Problem]:
    given = [key for key in needs.one_of if key in rule]
    if needs.one_of and len(given) != 1:
        wanted = "/".join(needs.one_of)
        yield view.problem("REGISTER_RULE_NEEDS", *place, place=named(place), kind=kind, key=wanted)
    if kind == RuleKind.WITHIN_DAYS and "days" not in rule:
        yield view.problem("REGISTER_RULE_NEEDS", *place, place=named(place), kind=kind, key="days")
    allowed = {*needs.one_of, *(("days",) if kind == RuleKind.WITHIN_DAYS else ())}
    for key in _OPTIONAL:
        if key in rule and key not in allowed:
            yield view.problem("REGISTER_UNFIT_KEY", *place, key, place=named(place), key=key, beside=kind)
