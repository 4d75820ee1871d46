"""What a register names outside itself: other registers, systems, items of the assessment."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from prongsai.errors import Problem
from prongsai.frameworks.document import Place
from prongsai.frameworks.shape import named
from prongsai.registers.checking import naming
from prongsai.registers.checking.fields import sources
from prongsai.registers.checking.view import FieldView, View, table, tables, text, texts
from prongsai.registers.known import SYSTEMS, items
from prongsai.registers.model import FieldType, Formula, YearCheckKind

Others = Mapping[str, View]
_NAMED = re.compile(r"\{([^{}]*)\}")


def across_problems(view: View, others: Others) -> Iterator[Problem]:
    """Find what is named and not there. others: every register by its id, this one among them."""
    for index, system in texts(view.data.get("systems")):
        yield from naming.unknown(view, "SYSTEM", ("systems", index), system, dict.fromkeys(SYSTEMS))
    yield from _feeds(view)
    for one in (*view.fields.values(), *view.progress.values()):
        for each in (one, *one.columns.values()):
            yield from _pointed(view, others, each)
        if one.type is FieldType.DERIVED and one.formula:
            yield from _derived(view, others, one, one.formula)
    for index, data in tables(view.data.get("year_checks")):
        yield from _year_check(view, others, ("year_checks", index), data)


def taken_problems(view: View, taken: Mapping[tuple[str, int], Path], shipped_since: Mapping[str, int], *,
                   is_shipped: bool) -> Iterator[Problem]:  # fmt: skip
    """Find an id that another file has already. taken: files before this one; shipped_since: the newest shipped."""
    other = taken.get((view.id, view.since))
    if other is not None:
        yield view.problem("REGISTER_ID_TAKEN", "id", key=view.id, file=other.name, since=view.since)
    elif not is_shipped and view.id in shipped_since and view.since <= shipped_since[view.id]:
        yield view.problem("REGISTER_ID_SHIPPED", "id", key=view.id, since=shipped_since[view.id])


def _feeds(view: View) -> Iterator[Problem]:
    for index, feed in tables(view.data.get("feeds")):
        place: Place = ("feeds", index)
        item = text(feed.get("item"))
        known = items()
        if item:
            yield from naming.unknown(view, "ITEM", (*place, "item"), item, known)
        for number, element in texts(feed.get("elements") if item in known else ()):
            elements = dict.fromkeys(sorted(known[item]))
            yield from naming.unknown(view, "ELEMENT", (*place, "elements", number), element, elements)
        yield from naming.condition(view, view.fields, (*place, "where"), feed.get("where"), with_state=True)
        if feed.get("when") == "every" and "where" not in feed:
            yield view.problem("REGISTER_MISSING_KEY", *place, key="where", place=named(place))
        if feed.get("when", "period") == "period" and "due" not in view.data:
            yield view.problem("REGISTER_FEED_WITHOUT_DUE", *place, key=item)


def _pointed(view: View, others: Others, one: FieldView) -> Iterator[Problem]:
    target = text(one.data.get("of"))
    if one.type is FieldType.ENTRY and target:
        yield from naming.unknown(view, "REGISTER", (*one.place, "of"), target, others)
        if target in others and _is_public(view, one, "public"):
            named = [others[target].fields.get(key) for key in _NAMED.findall(text(others[target].data.get("title")))]
            yield from _told_more(view, one, others[target], *(each for each in named if each))


def _is_public(view: View, one: FieldView, *open_: str) -> bool:
    """Whether the public table shows a field as these words say."""
    columns = [key for _, key in texts(table(view.data.get("public")).get("columns"))]
    return "public" in view.data and one.data.get("open") in open_ and (not columns or one.key in columns)


def _told_more(view: View, one: FieldView, other: View, *told: FieldView) -> Iterator[Problem]:
    """Name what is not public over there and would be told here: in the name of an entry, or looked up."""
    for each in told:
        if each.data.get("open") != "public":
            yield view.problem("REGISTER_NOT_PUBLIC", *one.place, key=f"{other.id}.{each.key}")


def _derived(view: View, others: Others, one: FieldView, formula: Formula) -> Iterator[Problem]:
    if formula is Formula.LOOKUP:
        yield from _lookup(view, others, one)
        return
    register = text(one.data.get("register"))
    if not register:
        return
    yield from naming.unknown(view, "REGISTER", (*one.place, "register"), register, others)
    other = others.get(register)
    if other is None:
        return
    by = text(one.data.get("by"))
    if by:
        yield from _points_here(view, other, (*one.place, "by"), by)
    yield from _condition_there(view, other, (*one.place, "where"), one.data.get("where"))
    if formula is Formula.LINKED_SUM:
        for place, key in sources(one):
            yield from _there(view, other, place, key, "number")


def _lookup(view: View, others: Others, one: FieldView) -> Iterator[Problem]:
    of = sources(one)
    if len(of) != 2:
        return
    reference = view.fields.get(of[0][1])
    if reference is None or reference.kind != "reference":
        return
    if reference.type is not FieldType.ENTRY:
        yield view.problem("REGISTER_UNFIT_LOOKUP", *of[0][0], key=reference.key, type=reference.type or "")
        return
    other = others.get(text(reference.data.get("of")))
    if other is not None:
        yield from _there(view, other, of[1][0], of[1][1])
        found = other.fields.get(of[1][1])
        if found and _is_public(view, one, "public"):
            yield from _told_more(view, one, other, found)


def _there(view: View, other: View, place: Place, key: str, *wanted: str) -> Iterator[Problem]:
    """Check a field of another register."""
    yield from naming.field(view, other.fields, place, key, *wanted)


def _points_here(view: View, other: View, place: Place, key: str) -> Iterator[Problem]:
    """Check that a field of another register points at this one."""
    yield from naming.unknown(view, "FIELD", place, key, other.fields)
    found = other.fields.get(key)
    if found and found.type and (found.type is not FieldType.ENTRY or found.data.get("of") != view.id):
        yield view.problem("REGISTER_POINTS_ELSEWHERE", *place, key=key, register=other.id, id=view.id)


def _condition_there(view: View, other: View, place: Place, condition: object) -> Iterator[Problem]:
    """Check a condition on entries of another register, told at its line in this file."""
    there = View(view.document, other.data, other.fields, other.progress, other.states, other.moves)
    yield from naming.condition(there, other.fields, place, condition, with_state=True)


_YEAR_NEEDS: Mapping[YearCheckKind, tuple[str, ...]] = {
    YearCheckKind.EVERY_CHOICE: ("field",),
    YearCheckKind.EVERY_ENTRY_OF: ("register", "field"),
    YearCheckKind.AT_LEAST: ("value",),
    YearCheckKind.SUM_MATCHES: ("field", "other"),
    YearCheckKind.GROUPS_MATCH: ("field", "other"),
}
_YEAR_FIELDS: Mapping[YearCheckKind, tuple[str, ...]] = {
    YearCheckKind.EVERY_CHOICE: ("choice", "choices"),
    YearCheckKind.EVERY_UNIT: ("reference",),
    YearCheckKind.SUM_MATCHES: ("number",),
    YearCheckKind.GROUPS_MATCH: ("number",),
}


_WHERE_THERE = (YearCheckKind.AT_LEAST, YearCheckKind.EVERY_ENTRY_OF)  # these ask it of the other register's entries


def _year_check(view: View, others: Others, place: Place, data: Mapping[str, object]) -> Iterator[Problem]:
    kind = text(data.get("kind"))
    if kind not in list(YearCheckKind):
        return
    which = YearCheckKind(kind)
    for key in _YEAR_NEEDS.get(which, ()):
        if key not in data:
            yield view.problem("REGISTER_RULE_NEEDS", *place, place=named(place), kind=kind, key=key)
    if text(data.get("field")):
        wanted = _YEAR_FIELDS.get(which, ())
        yield from _field_or_cell(view, (*place, "field"), view.fields, text(data["field"]), *wanted)
    register = text(data.get("register"))
    other = others.get(register) if register else view
    if register:
        yield from naming.unknown(view, "REGISTER", (*place, "register"), register, others)
    if other is None:
        return
    if text(data.get("other")):
        wanted = ("number",) if which is YearCheckKind.SUM_MATCHES else ()
        yield from _field_or_cell(view, (*place, "other"), other.fields, text(data["other"]), *wanted)
    where_of = other if which in _WHERE_THERE else view
    yield from _condition_there(view, where_of, (*place, "where"), data.get("where"))
    found = view.fields.get(text(data.get("field")))
    if which is YearCheckKind.EVERY_ENTRY_OF and register and found and found.type is not FieldType.DERIVED:
        yield from _points_there(view, (*place, "field"), text(data.get("field")), register)


def _field_or_cell(
    view: View, place: Place, names: Mapping[str, FieldView], key: str, *wanted: str
) -> Iterator[Problem]:
    check = naming.cell if "." in key else naming.field
    yield from check(view, names, place, key, *wanted)


def _points_there(view: View, place: Place, key: str, register: str) -> Iterator[Problem]:
    found = view.fields.get(key)
    if found and found.type and (found.type is not FieldType.ENTRY or found.data.get("of") != register):
        yield view.problem("REGISTER_POINTS_ELSEWHERE", *place, key=key, register=view.id, id=register)
