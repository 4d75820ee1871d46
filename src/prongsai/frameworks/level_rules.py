"""Whether the levels of a framework give every score exactly one result.

A level without a condition on the instruments is a band of its own; the bands must meet without overlap. A level with
such a condition is tried first and falls through to a later one, so it may share the scores of a band.
"""

from collections.abc import Iterator
from decimal import Decimal

from prongsai.errors import Problem
from prongsai.frameworks.faults import fault
from prongsai.frameworks.plain import number_text
from prongsai.frameworks.view import Entry, View

TOP = Decimal(100)


def level_problems(view: View) -> Iterator[Problem]:
    """Report levels out of order, out of reach, overlapping or leaving a gap."""
    if not (view.whole("levels") and view.whole("decimals")):
        return
    levels = list(view.rows("levels"))
    yield from _order(view, levels)
    yield from _reach(view, levels)
    bands = [(n, each) for n, each in levels if each["instrument_minimum"] is None]
    yield from _ends(view, levels, bands)
    yield from _joints(view, bands)


def _low(level: Entry) -> Decimal:
    return Decimal(level["minimum"])


def _high(level: Entry) -> Decimal:
    return Decimal(level["maximum"])


def _condition(level: Entry) -> Decimal:
    return Decimal(level["instrument_minimum"] or 0)


def _order(view: View, levels: list[tuple[int, Entry]]) -> Iterator[Problem]:
    for (_, before), (number, level) in zip(levels, levels[1:], strict=False):
        if _low(level) > _low(before):
            yield fault("FRAMEWORK_LEVEL_ORDER", view.where("levels", number, "minimum"), code=level["code"])


def _reach(view: View, levels: list[tuple[int, Entry]]) -> Iterator[Problem]:
    for place, (number, level) in enumerate(levels):
        cover = next((e for _, e in levels[:place] if _covers(e, level)), None)
        if cover:
            where = view.where("levels", number, "code")
            yield fault("FRAMEWORK_LEVEL_UNREACHABLE", where, code=level["code"], other=cover["code"])


def _covers(before: Entry, level: Entry) -> bool:
    """Whether every score that the later level would take is taken before.

    When every instrument reaches a score, so does their weighted mean: the condition raises the level's own lower end.
    """
    lowest = max(_low(level), _condition(level))
    return _low(before) <= lowest and _condition(before) <= _condition(level)


def _ends(view: View, levels: list[tuple[int, Entry]], bands: list[tuple[int, Entry]]) -> Iterator[Problem]:
    if not bands:
        yield _gap(view, levels[-1][0], Decimal(0), TOP)
        return
    (first, top), (last, bottom) = bands[0], bands[-1]
    step = _step(view)
    if _high(top) < TOP:
        yield _gap(view, first, _high(top) + step, TOP)
    if _low(bottom) > 0:
        yield _gap(view, last, Decimal(0), _low(bottom) - step)


def _joints(view: View, bands: list[tuple[int, Entry]]) -> Iterator[Problem]:
    step = _step(view)
    for (_, upper), (number, lower) in zip(bands, bands[1:], strict=False):
        below = _low(upper) - step
        if _high(lower) > below:
            yield fault(
                "FRAMEWORK_LEVEL_OVERLAP",
                view.where("levels", number, "maximum"),
                code=lower["code"],
                other=upper["code"],
                low=number_text(_low(upper)),
                high=number_text(min(_high(lower), _high(upper))),
            )
        elif _high(lower) < below:
            yield _gap(view, number, _high(lower) + step, below)


def _step(view: View) -> Decimal:
    return Decimal(1).scaleb(-int(view.document.data["decimals"]))


def _gap(view: View, number: int, low: Decimal, high: Decimal) -> Problem:
    return fault("FRAMEWORK_LEVEL_GAP", view.where("levels", number), low=number_text(low), high=number_text(high))
