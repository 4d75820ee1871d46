"""What each field says of itself: keys that go with its type, bounds, choices, conditions, patterns."""

from collections.abc import Iterator, Mapping

from prongsai.errors import Problem
from prongsai.frameworks.shape import named
from prongsai.registers.checking import naming
from prongsai.registers.checking.naming import Names
from prongsai.registers.checking.patterns import danger
from prongsai.registers.checking.view import FieldView, View, number, text
from prongsai.registers.known import MONTH, RESERVED
from prongsai.registers.model import FieldType, Formula

_ALWAYS = frozenset({"type", "label_th", "label_en", "heads", "help_th", "open"})
_ASKED = frozenset({"example", "required", "required_if", "shown_if", "at", "outside"})
_NUMBERS = frozenset({"unit_th", "decimals", "low", "high"})
_SHORT = frozenset({"max_length", "pattern"})
_CHOICES = frozenset({"choices"})
_DERIVED = frozenset({"formula", "of", "register", "by", "where", "unit_th", "decimals"})

_OWN: Mapping[FieldType, frozenset[str]] = {
    FieldType.TEXT: _SHORT,
    FieldType.LONG_TEXT: _SHORT,
    FieldType.ADDRESS: _SHORT,
    FieldType.ID: _SHORT,
    FieldType.NUMBER: _NUMBERS,
    FieldType.MONEY: _NUMBERS,
    FieldType.CHOICE: _CHOICES,
    FieldType.CHOICES: _CHOICES,
    FieldType.ENTRY: frozenset({"of"}),
    FieldType.ROWS: frozenset({"columns"}),
    FieldType.FILE: frozenset({"accepts", "max_mb"}),
}
_NEEDED: Mapping[FieldType, str] = {
    FieldType.CHOICE: "choices",
    FieldType.CHOICES: "choices",
    FieldType.ENTRY: "of",
    FieldType.ROWS: "columns",
    FieldType.DERIVED: "formula",
}
_NOT_IN_ROWS = (FieldType.ROWS, FieldType.DERIVED, FieldType.FILE)
_ONLY_IN_ENTRIES = frozenset({"at", "outside"})


def field_problems(view: View) -> Iterator[Problem]:
    """Find what is wrong in fields, in the columns of rows, and in the fields of progress."""
    for one in view.fields.values():
        yield from _entry_field(view, one)
    everything = {**view.fields, **view.progress}
    for one in view.progress.values():
        yield from _field(view, one, everything)
        yield from _foreign(view, one, _ONLY_IN_ENTRIES, "progress")


def _entry_field(view: View, one: FieldView) -> Iterator[Problem]:
    yield from _field(view, one, view.fields)
    move = text(one.data.get("at"))
    if move:
        yield from naming.unknown(view, "MOVE", (*one.place, "at"), move, view.moves)
    if one.data.get("outside") is True and "outside" not in view.data:
        yield view.problem("REGISTER_NO_OUTSIDE", *one.place, "outside", key=one.key)


def _field(view: View, one: FieldView, names: Names) -> Iterator[Problem]:
    if one.key in RESERVED and not (one.key == MONTH and view.data.get("dated_by") == MONTH):
        yield view.problem("REGISTER_RESERVED_KEY", *one.place, key=one.key)
    if one.type is not None:
        yield from _keys(view, one, one.type)
    yield from _bounds(view, one)
    yield from _pattern(view, one)
    for key in ("required_if", "shown_if"):
        yield from naming.condition(view, names, (*one.place, key), one.data.get(key))
    for column in one.columns.values():
        yield from _column(view, column, {**names, **one.columns})
        if column.data.get("open") == "secret" and one.data.get("open") != "secret":
            yield view.problem("REGISTER_SECRET_COLUMN", *column.place, "open", key=column.key, field=one.key)


def _column(view: View, column: FieldView, names: Names) -> Iterator[Problem]:
    if column.type in _NOT_IN_ROWS:
        yield view.problem("REGISTER_UNFIT_COLUMN", *column.place, "type", key=column.key, type=column.type)
        return
    yield from _field(view, column, names)
    yield from _foreign(view, column, _ONLY_IN_ENTRIES, "rows")


def _keys(view: View, one: FieldView, type_: FieldType) -> Iterator[Problem]:
    needed = _NEEDED.get(type_)
    if needed and needed not in one.data:
        yield view.problem("REGISTER_MISSING_KEY", *one.place, key=needed, place=named(one.place))
    fitting = _ALWAYS | (_DERIVED if type_ is FieldType.DERIVED else _ASKED | _OWN.get(type_, frozenset()))
    every = _ALWAYS | _ASKED | _NUMBERS | _SHORT | _DERIVED | frozenset().union(*_OWN.values())
    yield from _foreign(view, one, every - fitting, type_)
    if type_ is FieldType.ENTRY and isinstance(one.data.get("of"), list):
        yield view.problem("REGISTER_ENTRY_OF", *one.place, "of", place=named(one.place))


def _foreign(view: View, one: FieldView, keys: frozenset[str], beside: str) -> Iterator[Problem]:
    for key in one.data:
        if key in keys:
            yield view.problem("REGISTER_UNFIT_KEY", *one.place, key, place=named(one.place), key=key, beside=beside)


def _bounds(view: View, one: FieldView) -> Iterator[Problem]:
    low, high = number(one.data.get("low")), number(one.data.get("high"))
    if low is not None and high is not None and low > high:
        yield view.problem("REGISTER_BOUNDS", *one.place, "low", place=named(one.place), low=low, high=high)


def _pattern(view: View, one: FieldView) -> Iterator[Problem]:
    pattern = text(one.data.get("pattern"))
    found = danger(pattern) if pattern else None
    if found:
        place = (*one.place, "pattern")
        yield view.problem("REGISTER_PATTERN", *place, place=named(place), reason=found[0], reason_th=found[1])


def derivation_problems(view: View) -> Iterator[Problem]:
    """Find derived fields that cannot be worked out from the register itself: what is missing, and what goes round."""
    everything = {**view.fields, **view.progress}
    for names, fields in ((view.fields, view.fields), (everything, view.progress)):
        for one in fields.values():
            if one.type is FieldType.DERIVED and one.formula:
                yield from _derived(view, one, one.formula, names)
    yield from _rounds(view)


def sources(one: FieldView) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """Give the keys that a formula works with, each with its place."""
    of = one.data.get("of")
    if isinstance(of, str):
        return (((*one.place, "of"), of),)
    listed = enumerate(of if isinstance(of, list) else ())
    return tuple(((*one.place, "of", index), each) for index, each in listed if isinstance(each, str))


_COUNTS: Mapping[Formula, tuple[int, int]] = {
    Formula.SUM: (1, 20),
    Formula.DIFFERENCE: (2, 20),
    Formula.PRODUCT: (2, 20),
    Formula.PERCENT: (2, 2),
    Formula.DAYS_BETWEEN: (2, 2),
    Formula.MATRIX_LEVEL: (2, 2),
    Formula.ROWS_COUNT: (1, 1),
    Formula.ROWS_SUM: (1, 1),
    Formula.LINKED_COUNT: (0, 0),
    Formula.LINKED_SUM: (1, 1),
    Formula.LINKED_PERCENT: (0, 0),
    Formula.LOOKUP: (2, 2),
}
_FORMULA_KEYS: Mapping[Formula, tuple[str, ...]] = {
    Formula.LINKED_COUNT: ("register",),
    Formula.LINKED_SUM: ("register",),
    Formula.LINKED_PERCENT: ("register", "where"),
}
_OF_ROWS = (Formula.ROWS_COUNT, Formula.ROWS_SUM)


def _derived(view: View, one: FieldView, formula: Formula, names: Names) -> Iterator[Problem]:
    least, most = _COUNTS[formula]
    of = sources(one)
    if not least <= len(of) <= most:
        count = str(least) if least == most else f"{least}–{most}"
        yield view.problem("REGISTER_FORMULA_COUNT", *one.place, key=one.key, formula=formula, wanted=count)
        return
    for key in _FORMULA_KEYS.get(formula, ()):
        if key not in one.data:
            yield view.problem("REGISTER_MISSING_KEY", *one.place, key=key, place=named(one.place))
    for key in ("register", "by", "where"):
        if key in one.data and formula not in _FORMULA_KEYS and not (key == "where" and formula in _OF_ROWS):
            yield view.problem("REGISTER_UNFIT_KEY", *one.place, key, place=named(one.place), key=key, beside=formula)
    yield from _of(view, formula, of, names)
    if formula in _OF_ROWS and of:
        rows = names.get(of[0][1].partition(".")[0])
        yield from naming.condition(view, rows.columns if rows else {}, (*one.place, "where"), one.data.get("where"))
    if formula is Formula.MATRIX_LEVEL and not view.data.get("matrix"):
        yield view.problem("REGISTER_NO_MATRIX", *one.place, key=one.key)


def _of(
    view: View, formula: Formula, of: tuple[tuple[tuple[str | int, ...], str], ...], names: Names
) -> Iterator[Problem]:
    for place, key in of:
        match formula:
            case Formula.LINKED_SUM:
                pass  # a field of the other register
            case Formula.LOOKUP if place != of[0][0]:
                pass
            case Formula.LOOKUP:
                yield from naming.field(view, names, place, key, "reference")
            case Formula.DAYS_BETWEEN:
                yield from naming.field(view, names, place, key, "day")
            case Formula.ROWS_COUNT:
                yield from naming.field(view, names, place, key, "rows")
            case Formula.ROWS_SUM:
                yield from naming.cell(view, names, place, key, "number")
            case _:
                yield from _score(view, names, place, key)


def _score(view: View, names: Names, place: tuple[str | int, ...], key: str) -> Iterator[Problem]:
    """Check what is reckoned with: a number, or a choice whose keys are numbers."""
    yield from naming.field(view, names, place, key, "number", "choice")
    found = names.get(key)
    if found and found.kind == "choice" and not all(each.isdecimal() for each in found.choices):
        yield from naming.fits(view, found, place, "number")


def _rounds(view: View) -> Iterator[Problem]:
    """Find derived fields that depend on themselves, over any number of others."""
    depends = {
        one.key: [key.partition(".")[0] for _, key in sources(one)]
        for one in (*view.fields.values(), *view.progress.values())
        if one.type is FieldType.DERIVED and one.formula not in (Formula.LINKED_SUM, Formula.LOOKUP)
    }
    for key in depends:
        path = _round(depends, key)
        if path:
            one = view.fields.get(key) or view.progress[key]
            yield view.problem("REGISTER_CYCLE", *one.place, key=key, path=" → ".join(path))


def _round(depends: Mapping[str, list[str]], start: str) -> tuple[str, ...]:
    paths: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while paths:
        path = paths.pop()
        for following in depends.get(path[-1], ()):
            if following == start:
                return (*path, start)
            if following not in seen:
                seen.add(following)
                paths.append((*path, following))
    return ()
