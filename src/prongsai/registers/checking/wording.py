"""The words of a file: nothing hidden in them, nothing that a spreadsheet would run, no two that look the same."""

import unicodedata
from collections.abc import Iterator, Mapping

from prongsai.errors import Problem
from prongsai.frameworks.document import Place
from prongsai.frameworks.shape import named, shown
from prongsai.registers.checking.view import FieldView, View, table, text, texts
from prongsai.thai.text import fold

# Texts that come to stand at the head of a column or in a cell of a sheet, and on one line of a page.
_SHOWN = frozenset({"name_th", "name_en", "label_th", "label_en", "title_th", "title_en", "unit_th", "title"})
FORMULA_STARTS = ("=", "+", "-", "@")


def wording_problems(view: View) -> Iterator[Problem]:
    """Find hidden characters and formulas in texts, and labels or heads that occur twice."""
    for place, value in _walk(view.data, ()):
        if isinstance(value, str):
            yield from _hidden(view, place, value)
    yield from _heads(view, view.fields)
    yield from _heads(view, view.progress)
    for one in (*view.fields.values(), *view.progress.values()):
        yield from _heads(view, one.columns)
        for each in (one, *one.columns.values()):
            yield from _labels(view, (*each.place, "choices"), table(each.data.get("choices")))
    yield from _labels(view, ("states",), table(view.data.get("states")))


def _walk(value: object, place: Place) -> Iterator[tuple[Place, object]]:
    """Walk all values, those of long lists of choices too."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _walk(each, (*place, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _walk(each, (*place, index))
    else:
        yield place, value


def _hidden(view: View, place: Place, value: str) -> Iterator[Problem]:
    is_shown = _is_shown(place)
    found = next((each for each in value if _is_hidden(each) and (is_shown or each != "\n")), None)
    if found is not None:
        code = f"U+{ord(found):04X}"
        yield view.problem("REGISTER_HIDDEN_CHARACTER", *place, place=named(place), mark=code, value=shown(value))
    if is_shown and value and not fold(value):
        yield view.problem("REGISTER_BLANK_TEXT", *place, place=named(place))
    if is_shown and value.lstrip().startswith(FORMULA_STARTS):
        yield view.problem("REGISTER_FORMULA_TEXT", *place, place=named(place), value=shown(value))


def _is_shown(place: Place) -> bool:
    last = place[-1] if place else ""
    inside = place[-2] if len(place) > 1 else ""
    return last in _SHOWN or inside in ("heads", "choices")


def _is_hidden(character: str) -> bool:
    """Whether a character cannot be seen: controls, marks that turn the direction round, halves of pairs."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _heads(view: View, fields: Mapping[str, FieldView]) -> Iterator[Problem]:
    """Find heads by which a column of a spreadsheet could be either of two fields."""
    seen: dict[str, str] = {}
    for one in fields.values():
        for place, head in _heads_of(one):
            other = seen.setdefault(fold(head), one.key)
            if other != one.key:
                yield view.problem("REGISTER_DUPLICATE_HEAD", *place, key=one.key, other=other, value=shown(head))


def _heads_of(one: FieldView) -> Iterator[tuple[Place, str]]:
    for key in ("label_th", "label_en"):
        if text(one.data.get(key)):
            yield (*one.place, key), text(one.data[key])
    for index, each in texts(one.data.get("heads")):
        yield (*one.place, "heads", index), each


def _labels(view: View, place: Place, labelled: Mapping[str, object]) -> Iterator[Problem]:
    """Find two choices or states that are called the same."""
    seen: dict[str, str] = {}
    for key, each in labelled.items():
        label = text(each) or text(table(each).get("label_th"))
        other = seen.setdefault(fold(label), key) if label else key
        if other != key:
            yield view.problem("REGISTER_DUPLICATE_LABEL", *place, key, key=key, other=other, value=shown(label))
