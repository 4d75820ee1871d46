"""What must be true of a framework file beyond its shape."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from prongsai.errors import Problem
from prongsai.frameworks.build import PLACEHOLDER, known_placeholder
from prongsai.frameworks.document import Place
from prongsai.frameworks.faults import fault
from prongsai.frameworks.frozen_hashes import frozen_hash
from prongsai.frameworks.marks import CERTAINTY_TH
from prongsai.frameworks.model import Certainty, Status
from prongsai.frameworks.plain import number_text
from prongsai.frameworks.view import Entry, View

HUNDRED = Decimal(100)


def common_problems(view: View) -> Iterator[Problem]:
    """Check what frameworks and crosswalks share: sources, certainties, years in texts, the frozen hash."""
    for rule in (_sources, _unknown_sources, _placeholders, _frozen):
        yield from rule(view)


def framework_problems(view: View) -> Iterator[Problem]:
    """Check everything that one framework file can be wrong in by itself, levels apart."""
    rules: tuple[Callable[[View], Iterator[Problem]], ...] = (
        _id_year,
        _weights,
        _part_weights,
        _codes,
        _lasting_keys,
        _instruments,
        _parents,
        _homes,
        _empty_indicators,
        _elements,
        _scales,
        _issues,
        _calendar,
    )
    for rule in rules:
        yield from rule(view)


def twice(view: View, code: str, names: Iterable[tuple[Place, str]]) -> Iterator[Problem]:
    """Report every name that was there before."""
    seen: dict[str, int] = {}
    for place, name in names:
        line = view.document.line(place)
        if name in seen:
            yield fault(code, view.where(*place), code=name, line=seen[name])
        seen.setdefault(name, line)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "-"


def _sources(view: View) -> Iterator[Problem]:
    keys = [(("sources", n, "key"), each["key"]) for n, each in view.rows("sources")]
    yield from twice(view, "FRAMEWORK_DUPLICATE_CODE", keys)


def _unknown_sources(view: View) -> Iterator[Problem]:
    known = view.names("sources", "key")
    for place, basis in view.bases():
        for number, key in enumerate(basis.get("sources", ())):
            if key not in known:
                yield fault("FRAMEWORK_UNKNOWN_SOURCE", view.where(*place, "sources", number), code=key)
        if basis["certainty"] != Certainty.RECALL and not basis.get("sources"):
            where = view.where(*place, "certainty")
            yield fault("FRAMEWORK_FACT_WITHOUT_SOURCE", where, certainty=basis["certainty"])


def _placeholders(view: View) -> Iterator[Problem]:
    for place, text in view.texts():
        for name in PLACEHOLDER.findall(text):
            if not known_placeholder(name):
                yield fault("FRAMEWORK_PLACEHOLDER", view.where(*place), name=name)


def _frozen(view: View) -> Iterator[Problem]:
    if not all(view.whole(key) for key in ("id", "edition", "status")):
        return
    data = view.document.data
    kept = frozen_hash(Path(view.document.file), data["id"], data["edition"])
    verified = data["status"] == Status.VERIFIED
    words = {"code": data["id"], "edition": data["edition"]}
    if kept is None and verified:
        yield fault("FRAMEWORK_NOT_FROZEN", view.where("status"), **words)
    if kept is not None and kept != view.document.sha256:
        yield fault("FRAMEWORK_FROZEN_CHANGED", view.where("edition"), **words)
    if verified:
        yield from _doubts(view)


def _doubts(view: View) -> Iterator[Problem]:
    for place, basis in view.bases():
        certainty = Certainty(basis["certainty"])
        where = view.where(*place, "certainty")
        named = ".".join(str(each) for each in place[:-1])
        if certainty is Certainty.RECALL:
            yield fault("FRAMEWORK_VERIFIED_WITH_RECALL", where, place=named)
        elif not certainty.is_official:
            yield fault("FRAMEWORK_VERIFIED_WITH_DOUBT", where, place=named, **_sureness(certainty))


def _sureness(certainty: Certainty) -> dict[str, str]:
    return {"certainty": certainty.value, "certainty_th": CERTAINTY_TH[certainty]}


def _id_year(view: View) -> Iterator[Problem]:
    if view.whole("id") and view.whole("fiscal_year_be"):
        id_, year = view.document.data["id"], view.document.data["fiscal_year_be"]
        if str(year) not in id_.split("-"):
            yield fault("FRAMEWORK_ID_YEAR", view.where("id"), code=id_, year=year)


def _weights(view: View) -> Iterator[Problem]:
    if view.whole("instruments"):
        weights = [each["weight_pct"] for _, each in view.rows("instruments")]
        yield from _sum(view, weights, ("instruments",))


def _part_weights(view: View) -> Iterator[Problem]:
    for number, each in view.rows("instruments"):
        weights = [part["weight_pct"] for part in each.get("parts", ())]
        if weights and None not in weights:
            yield from _sum(view, weights, ("instruments", number, "parts"))


def _sum(view: View, weights: list[Decimal | int], place: Place) -> Iterator[Problem]:
    total = sum((Decimal(each) for each in weights), Decimal(0))
    if total != HUNDRED:
        arithmetic = " + ".join(number_text(each) for each in weights) + f" = {number_text(total)}"
        yield fault("FRAMEWORK_WEIGHT_SUM", view.where(*place), arithmetic=arithmetic, total=number_text(total))


def _codes(view: View) -> Iterator[Problem]:
    sections = (
        ("instruments", "code"),
        ("indicators", "code"),
        ("items", "code"),
        ("scales", "code"),
        ("questions", "code"),
        ("levels", "code"),
        ("calendar", "key"),
    )
    for section, key in sections:
        names = [((section, n, key), each[key]) for n, each in view.rows(section)]
        yield from twice(view, "FRAMEWORK_DUPLICATE_CODE", names)
    numbers = [(("issues", n, "number"), str(each["number"])) for n, each in view.rows("issues")]
    yield from twice(view, "FRAMEWORK_DUPLICATE_CODE", numbers)


def _lasting_keys(view: View) -> Iterator[Problem]:
    for section in ("indicators", "items", "questions"):
        names = [((section, n, "key"), each["key"]) for n, each in view.rows(section)]
        yield from twice(view, "FRAMEWORK_DUPLICATE_LASTING_KEY", names)


def _instruments(view: View) -> Iterator[Problem]:
    known = view.names("instruments")
    for section in ("indicators", "samplings"):
        for number, each in view.rows(section):
            if each["instrument"] not in known:
                where = view.where(section, number, "instrument")
                yield fault("FRAMEWORK_UNKNOWN_INSTRUMENT", where, code=each["instrument"], known=_listed(known))


def _parents(view: View) -> Iterator[Problem]:
    entries = {each["code"]: each for _, each in view.rows("indicators")}
    known = view.names("indicators")
    for number, each in view.rows("indicators"):
        code = each.get("parent")
        if code is None:
            continue
        where = view.where("indicators", number, "parent")
        if code not in known:
            yield fault("FRAMEWORK_UNKNOWN_INDICATOR", where, code=code, known=_listed(_tops(view)))
        elif code in entries and not _fits(entries[code], each):
            yield fault("FRAMEWORK_INDICATOR_PARENT", where, code=code, child=each["code"])


def _fits(parent: Entry, child: Entry) -> bool:
    return "parent" not in parent and parent["instrument"] == child["instrument"] and parent is not child


def _tops(view: View) -> list[str]:
    return [each["code"] for _, each in view.rows("indicators") if "parent" not in each]


def _leaves(view: View) -> list[Entry]:
    entries = [each for _, each in view.rows("indicators")]
    parents = {each["parent"] for each in entries if "parent" in each}
    return [each for each in entries if each["code"] not in parents]


def _tree_is_sound(view: View) -> bool:
    """Whether it is known which indicators have parts; otherwise nothing that follows from it is reported."""
    return view.whole("indicators") and not any(_parents(view))


def _homes(view: View) -> Iterator[Problem]:
    """Items and questions count in an indicator that is there and has no parts."""
    known, leaves = view.names("indicators"), [each["code"] for each in _leaves(view)]
    homes = [((section, n, "indicator"), each) for section in ("items", "questions") for n, each in view.rows(section)]
    for place, each in homes:
        code = each["indicator"]
        if code not in known:
            yield fault("FRAMEWORK_UNKNOWN_INDICATOR", view.where(*place), code=code, known=_listed(leaves))
        elif code not in leaves and _tree_is_sound(view):
            parts = [part for part in leaves if part.startswith(f"{code}.")]
            yield fault("FRAMEWORK_INDICATOR_HAS_PARTS", view.where(*place), code=code, known=_listed(parts))


def _empty_indicators(view: View) -> Iterator[Problem]:
    if not (view.whole("items") and _tree_is_sound(view)):
        return
    used = {each["indicator"] for _, each in view.rows("items")}
    by_items = {each["instrument"] for each in _leaves(view) if each["code"] in used}
    lonely = {e["code"] for e in _leaves(view) if e["instrument"] in by_items and e["code"] not in used}
    for number, each in view.rows("indicators"):
        if each["code"] in lonely:
            where = view.where("indicators", number, "code")
            yield fault("FRAMEWORK_INDICATOR_WITHOUT_ITEM", where, code=each["code"])


def _elements(view: View) -> Iterator[Problem]:
    for number, each in view.rows("items"):
        if not each["elements"]:
            where = view.where("items", number, "elements")
            yield fault("FRAMEWORK_ITEM_WITHOUT_ELEMENT", where, code=each["code"])
        names = [(("items", number, "elements", n, "key"), e["key"]) for n, e in enumerate(each["elements"])]
        yield from twice(view, "FRAMEWORK_DUPLICATE_CODE", names)


def _scales(view: View) -> Iterator[Problem]:
    known = view.names("scales")
    for number, each in view.rows("questions"):
        if each["scale"] not in known:
            where = view.where("questions", number, "scale")
            yield fault("FRAMEWORK_UNKNOWN_SCALE", where, code=each["scale"], known=_listed(known))


def _issues(view: View) -> Iterator[Problem]:
    indicators, keys = view.names("indicators"), view.names("items", "key")
    for number, each in view.rows("issues"):
        for n, code in enumerate(each["indicators"]):
            if code not in indicators:
                where = view.where("issues", number, "indicators", n)
                yield fault("FRAMEWORK_UNKNOWN_INDICATOR", where, code=code, known=_listed(_tops(view)))
        for n, key in enumerate(each.get("item_keys", ())):
            if key not in keys:
                yield fault("FRAMEWORK_UNKNOWN_ITEM", view.where("issues", number, "item_keys", n), code=key)


def _calendar(view: View) -> Iterator[Problem]:
    for number, each in view.rows("calendar"):
        days: list[date | None] = []
        for key in ("start", "end"):
            day = _day(each[key])
            days.append(day)
            if day is None and each[key] is not None:
                yield _no_such_day(view, ("calendar", number, key), each[key])
        start, end = days
        if start and end and end < start:
            where = view.where("calendar", number, "end")
            yield fault("FRAMEWORK_CALENDAR_REVERSED", where, code=each["key"], start=start, end=end)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _no_such_day(view: View, place: Place, text: str) -> Problem:
    return fault(
        "FRAMEWORK_BAD_VALUE",
        view.where(*place),
        place=".".join(str(each) for each in place),
        value=text,
        reason="there is no such day",
        reason_th="ไม่มีวันนี้ในปฏิทิน",
    )
