"""Whether what a rule names is there, and is of a kind that the rule can use."""

from collections.abc import Iterator, Mapping

from prongsai.errors import Problem
from prongsai.frameworks.document import Place
from prongsai.frameworks.shape import named, nearest, shown
from prongsai.registers.checking.view import FieldView, View, number, table, text, texts
from prongsai.registers.known import STATE

Names = Mapping[str, FieldView]

_WORDS: Mapping[str, tuple[str, str]] = {
    "number": ("a number or money", "ตัวเลขหรือจำนวนเงิน"),
    "day": ("a date, month or period", "วันที่ เดือน หรือช่วงเวลา"),
    "time": ("a time", "เวลา"),
    "text": ("a text", "ข้อความ"),
    "choice": ("a choice", "ตัวเลือก"),
    "choices": ("several choices", "ตัวเลือกหลายข้อ"),
    "yes_no": ("yes or no", "ใช่หรือไม่"),
    "reference": ("a person, post, unit or entry", "บุคคล ตำแหน่ง ส่วนราชการ หรือรายการของทะเบียน"),
    "file": ("a file", "ไฟล์"),
    "rows": ("rows", "ตารางย่อย"),
    "level": ("a level", "ระดับ"),
}
TESTS = ("is", "not", "any_of", "has", "more_than", "less_than", "more_than_field", "filled")


def unknown(view: View, what: str, place: Place, key: str, known: Mapping[str, object]) -> Iterator[Problem]:
    """Say that a key is not among the known ones. what: FIELD, STATE, MOVE, ROLE, …"""
    if key not in known:
        near = nearest(key, known)
        yield view.problem(f"REGISTER_UNKNOWN_{what}", *place, place=named(place), key=key, near=near)


def field(view: View, names: Names, place: Place, key: str, *wanted: str) -> Iterator[Problem]:
    """Check the field that a place names; wanted: the kinds it may be of, none given: any."""
    yield from unknown(view, "FIELD", place, key, names)
    if key in names:
        yield from fits(view, names[key], place, *wanted)


def fits(view: View, found: FieldView, place: Place, *wanted: str) -> Iterator[Problem]:
    """Check that a field is of one of the wanted kinds."""
    if wanted and found.kind not in (*wanted, "any"):
        yield view.problem(
            "REGISTER_UNFIT_FIELD",
            *place,
            place=named(place),
            key=found.key,
            type=found.type or "",
            wanted=" or ".join(_WORDS[each][0] for each in wanted),
            wanted_th=" หรือ ".join(_WORDS[each][1] for each in wanted),
        )


def cell(view: View, names: Names, place: Place, key: str, *wanted: str) -> Iterator[Problem]:
    """Check a column of rows: ``rows.column``."""
    rows, dot, column = key.partition(".")
    if not dot:
        yield view.problem("REGISTER_NO_COLUMN", *place, place=named(place), key=key)
        return
    yield from field(view, names, place, rows, "rows")
    found = names.get(rows)
    if found and found.columns:
        yield from field(view, found.columns, place, column, *wanted)


def condition(view: View, names: Names, place: Place, data: object, *, with_state: bool = False) -> Iterator[Problem]:
    """Check a condition. with_state: the state of the entry may be asked too."""
    tests = table(data)
    key = text(tests.get("field"))
    if not key:
        return
    given = [each for each in TESTS if each in tests]
    if len(given) != 1:
        yield view.problem("REGISTER_CONDITION", *place, place=named(place), count=len(given), known=", ".join(TESTS))
    if with_state and key == STATE:
        yield from _state_test(view, place, tests)
        return
    yield from unknown(view, "FIELD", (*place, "field"), key, names)
    if key in names:
        for test in given:
            yield from _test(view, names, (*place, test), names[key], test, tests[test])


def _state_test(view: View, place: Place, tests: Mapping[str, object]) -> Iterator[Problem]:
    for test in ("is", "not"):
        if isinstance(tests.get(test), str):
            yield from unknown(view, "STATE", (*place, test), text(tests[test]), view.states)
    for index, each in texts(tests.get("any_of")):
        yield from unknown(view, "STATE", (*place, "any_of", index), each, view.states)


def _test(view: View, names: Names, place: Place, found: FieldView, test: str, value: object) -> Iterator[Problem]:
    match test:
        case "has":
            yield from fits(view, found, place, "choices")
            if found.kind == "choices":
                yield from _choice(view, found, place, value)
        case "more_than" | "less_than":
            yield from fits(view, found, place, "number", "choice")
        case "more_than_field":
            yield from fits(view, found, place, "number")
            if isinstance(value, str):
                yield from field(view, names, place, value, "number")
        case "any_of":
            for index, each in enumerate(value if isinstance(value, list) else ()):
                yield from _equal(view, found, (*place, index), each)
        case "is" | "not":
            yield from _equal(view, found, place, value)


def _equal(view: View, found: FieldView, place: Place, value: object) -> Iterator[Problem]:
    """Check that a field can ever be equal to a value."""
    if found.kind == "choice":
        yield from _choice(view, found, place, value)
    elif found.kind == "level":
        yield from _choice(view, found, place, value, tuple(table(view.data.get("matrix"))))
    elif (found.kind == "yes_no" and not isinstance(value, bool)) or (found.kind == "number" and number(value) is None):
        yield _not_equal(view, found, place, value)
    else:
        yield from fits(view, found, place, "text", "yes_no", "number", "choice", "level", "day", "time", "reference")


def _choice(
    view: View, found: FieldView, place: Place, value: object, known: tuple[str, ...] | None = None
) -> Iterator[Problem]:
    choices = found.choices if known is None else known
    if choices and str(value) not in choices:
        near = nearest(str(value), choices)
        yield view.problem("REGISTER_UNKNOWN_CHOICE", *place, place=named(place), key=value, near=near)


def _not_equal(view: View, found: FieldView, place: Place, value: object) -> Problem:
    return view.problem(
        "REGISTER_NEVER_EQUAL", *place, place=named(place), key=found.key, type=found.type or "", value=shown(value)
    )
