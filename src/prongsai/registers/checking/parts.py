"""The parts of a register that name its fields: title, lists, figures, public table, clock and the rest."""

import re
from collections.abc import Iterator

from prongsai.errors import Problem
from prongsai.frameworks.document import Place
from prongsai.frameworks.shape import named
from prongsai.registers.checking import naming
from prongsai.registers.checking.view import FieldView, View, entries, number, table, text, texts
from prongsai.registers.known import MONTH, QUARTER, STATE
from prongsai.registers.model import LINKED, SLOTS, FieldType, Formula

_BRACED = re.compile(r"\{([^{}]*)\}")
_NAMED_IN_TITLE = ("number", "day", "time", "text", "choice", "choices", "yes_no", "reference", "level")
_GROUPED = ("choice", "yes_no", "reference", "text", "level")
_OPEN = ("public", "masked")
_PARTED, _ASKED = ("choice", "yes_no", "level"), ("is", "any_of", "filled")  # of views
_ELSEWHERE = LINKED | {Formula.LOOKUP}


def part_problems(view: View) -> Iterator[Problem]:
    """Find names of fields and states that are not there, or of a kind that cannot do it."""
    for part in (
        _title,
        _dates,
        _unique,
        _no_overlap,
        _columns,
        _statistics,
        _views,
        _slots,
        _matrix,
        _outside,
        _states,
    ):
        yield from part(view)


def _title(view: View) -> Iterator[Problem]:
    title = text(view.data.get("title"))
    keys = _BRACED.findall(title)
    if title and (not keys or re.search(r"[{}]", _BRACED.sub("", title))):
        yield view.problem("REGISTER_TITLE", "title")
    for key in keys:
        yield from naming.field(view, view.fields, ("title",), key, *_NAMED_IN_TITLE)
        if key in view.fields and view.fields[key].data.get("open") == "secret":
            yield view.problem("REGISTER_SECRET_TITLE", "title", key=key)


def _dates(view: View) -> Iterator[Problem]:
    yield from _one(view, "dated_by", "day")
    unit = text(view.data.get("unit_by"))
    if unit:
        yield from naming.field(view, view.fields, ("unit_by",), unit, "reference")
        found = view.fields.get(unit)
        if found and found.kind == "reference" and found.type is not FieldType.UNIT:
            yield view.problem("REGISTER_UNIT_BY", "unit_by", key=unit, type=found.type or "")
    yield from _people(view)
    clock = table(view.data.get("clock"))
    for key in ("start", "stop"):
        if text(clock.get(key)):
            yield from naming.field(view, view.fields, ("clock", key), text(clock[key]), "day")
    if view.data.get("standing") is True and "carries" in view.data:
        yield view.problem("REGISTER_UNFIT_KEY", "carries", place="standing", key="carries", beside="standing")


def _people(view: View) -> Iterator[Problem]:
    """Find fields by which people see entries, or do not, that name nobody."""
    named: list[tuple[Place, str]] = [(("own",), text(view.data.get("own")))]
    named += [(("kept_from", index), key) for index, key in texts(view.data.get("kept_from"))]
    for place, key in named:
        found = view.fields.get(key)
        yield from naming.field(view, view.fields, place, key, "reference") if key else ()
        if found and found.kind == "reference" and found.type is not FieldType.PERSON:
            yield view.problem("REGISTER_NOT_A_PERSON", *place, key=key, type=found.type or "")


def _one(view: View, key: str, *wanted: str) -> Iterator[Problem]:
    found = text(view.data.get(key))
    if found:
        yield from naming.field(view, view.fields, (key,), found, *wanted)


def _unique(view: View) -> Iterator[Problem]:
    wanted = ("number", "day", "time", "text", "choice", "yes_no", "reference")
    yield from _listed(view, ("unique",), view.data.get("unique"), *wanted)


def _listed(view: View, place: Place, keys: object, *wanted: str, beside: tuple[str, ...] = ()) -> Iterator[Problem]:
    for index, key in texts(keys):
        if key not in beside:
            yield from naming.field(view, view.fields, (*place, index), key, *wanted)


def _no_overlap(view: View) -> Iterator[Problem]:
    data = table(view.data.get("no_overlap"))
    if not data:
        return
    yield from naming.field(view, view.fields, ("no_overlap", "field"), text(data.get("field")), "reference")
    period = text(data.get("period"))
    yield from naming.field(view, view.fields, ("no_overlap", "period"), period, "day")
    found = view.fields.get(period)
    if found and found.kind == "day" and found.type is not FieldType.PERIOD:
        yield view.problem("REGISTER_NOT_A_PERIOD", "no_overlap", "period", key=period)


def _columns(view: View) -> Iterator[Problem]:
    yield from _listed(view, ("filters",), view.data.get("filters"), *_GROUPED)
    yield from _listed(view, ("columns",), view.data.get("columns"), beside=(STATE,))
    for section in ("print", "public"):
        columns = table(view.data.get(section)).get("columns")
        yield from _listed(view, (section, "columns"), columns, beside=(STATE,))
    for index, key in texts(table(view.data.get("public")).get("columns")):
        found = view.fields.get(key)
        if found and found.data.get("open", "office") not in _OPEN:
            yield view.problem("REGISTER_NOT_PUBLIC", "public", "columns", index, key=key)


def _statistics(view: View) -> Iterator[Problem]:
    for key, data in entries(view.data.get("statistics")):
        place: Place = ("statistics", key)
        yield from _listed(view, (*place, "by"), data.get("by"), *_GROUPED, beside=(STATE, MONTH, QUARTER))
        yield from naming.condition(view, view.fields, (*place, "where"), data.get("where"), with_state=True)
        yield from _grouped_where(view, place, text(table(data.get("where")).get("field")))
        summed = data.get("measure") == "sum"
        if summed and "field" not in data:
            yield view.problem("REGISTER_MISSING_KEY", *place, key="field", place=named(place))
        if not summed and "field" in data:
            yield view.problem("REGISTER_UNFIT_KEY", *place, "field", place=named(place), key="field", beside="count")
        if text(data.get("field")):
            yield from naming.field(view, view.fields, (*place, "field"), text(data["field"]), "number")


def _views(view: View) -> Iterator[Problem]:
    """Find parts whose condition the database cannot ask of an entry: it is not asked of what stands elsewhere."""
    for key, data in entries(view.data.get("views")):
        place: Place = ("views", key)
        where = table(data.get("where"))
        yield from _listed(view, (*place, "columns"), data.get("columns"), beside=(STATE,))
        yield from naming.condition(view, view.fields, (*place, "where"), where)
        for test in where:
            if test in naming.TESTS and test not in _ASKED:
                yield view.problem("REGISTER_VIEW_TEST", *place, "where", test, key=test, known=", ".join(_ASKED))
        found = view.fields.get(text(where.get("field")))
        if found and (found.formula in _ELSEWHERE or ("filled" not in where and found.kind not in _PARTED)):
            yield view.problem("REGISTER_VIEW_FIELD", *place, "where", "field", key=found.key, type=found.type or "")


def _grouped_where(view: View, place: Place, key: str) -> Iterator[Problem]:
    found = view.fields.get(key)
    if found:
        yield from naming.fits(view, found, (*place, "where", "field"), *_GROUPED)


def _slots(view: View) -> Iterator[Problem]:
    """Find more fields to group by, or to sum, than an entry keeps ready."""
    keys = [key for _, key in texts(view.data.get("filters"))]
    summed: list[str] = []
    for _, data in entries(view.data.get("statistics")):
        keys += [key for _, key in texts(data.get("by"))]
        keys.append(text(table(data.get("where")).get("field")))
        summed.append(text(data.get("field")))
    grouped = list(dict.fromkeys(key for key in keys if key in view.fields))
    sums = list(dict.fromkeys(key for key in summed if key in view.fields))
    if len(grouped) > SLOTS:
        yield view.problem("REGISTER_TOO_MANY_GROUPS", "statistics", most=SLOTS, keys=", ".join(grouped))
    if len(sums) > SLOTS:
        yield view.problem("REGISTER_TOO_MANY_SUMS", "statistics", most=SLOTS, keys=", ".join(sums))


def _matrix(view: View) -> Iterator[Problem]:
    """Find levels of the matrix that overlap, stand in the wrong order, or leave a hole between them."""
    before: tuple[str, int] | None = None
    for key, data in entries(view.data.get("matrix")):
        low, high = number(data.get("low")), number(data.get("high"))
        if low is None or high is None:
            continue
        if low > high:
            yield view.problem("REGISTER_BOUNDS", "matrix", key, place=f"matrix.{key}", low=low, high=high)
        elif before and low != before[1] + 1:
            yield view.problem("REGISTER_MATRIX", "matrix", key, key=key, before=before[0], wanted=before[1] + 1)
        before = key, int(high)


def _outside(view: View) -> Iterator[Problem]:
    data = table(view.data.get("outside"))
    if not data:
        return
    if not any(one.data.get("outside") is True for one in view.fields.values()):
        yield view.problem("REGISTER_OUTSIDE_ASKS_NOTHING", "outside")
    if text(data.get("answer")):
        yield from _answer(view, text(data["answer"]))
    if text(data.get("publish")):
        yield from naming.field(view, view.fields, ("outside", "publish"), text(data["publish"]), "yes_no")


def _answer(view: View, key: str) -> Iterator[Problem]:
    yield from naming.field(view, view.fields, ("outside", "answer"), key, "text")
    found: FieldView | None = view.fields.get(key)
    if found and found.data.get("outside") is True:
        yield view.problem("REGISTER_ANSWER_BY_ASKER", "outside", "answer", key=key)


def _states(view: View) -> Iterator[Problem]:
    named_states = {
        ("carries",): view.data.get("carries"),
        ("public", "states"): table(view.data.get("public")).get("states"),
        ("no_overlap", "states"): table(view.data.get("no_overlap")).get("states"),
    }
    for place, listed in named_states.items():
        for index, key in texts(listed):
            yield from naming.unknown(view, "STATE", (*place, index), key, view.states)
