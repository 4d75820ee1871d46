"""Whether a crosswalk settles every item of both years, once and consistently."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from prongsai.errors import Problem
from prongsai.frameworks.faults import fault
from prongsai.frameworks.model import Framework, Relation
from prongsai.frameworks.view import Entry, View
from prongsai.thai.text import fold

Find = Callable[[str], Framework]

# How many items a row joins: from, to; None is "two or more".
_COUNTS: Mapping[Relation, tuple[int | None, int | None]] = {
    Relation.KEPT: (1, 1),
    Relation.RENAMED: (1, 1),
    Relation.SPLIT: (1, None),
    Relation.MERGED: (None, 1),
    Relation.NEW: (0, 1),
    Relation.RETIRED: (1, 0),
}
_SHARING = (Relation.SPLIT, Relation.MERGED)
_SAME = (Relation.KEPT, Relation.RENAMED)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two years: its name in a row, its framework."""

    key: str
    framework: Framework


def crosswalk_problems(view: View, before: Framework, after: Framework) -> Iterator[Problem]:
    """Hold a crosswalk against its two frameworks."""
    sides = (_Side("from", before), _Side("to", after))
    for number, row in view.rows("rows"):
        yield from _counts(view, number, row)
    for side in sides:
        yield from _unknown(view, side)
        yield from _settled_twice(view, side)
        if view.whole("rows"):
            yield from _lost(view, side)
    yield from _keys(view, before, after)
    yield from _titles(view, before, after)


def _counts(view: View, number: int, row: Entry) -> Iterator[Problem]:
    expected = _COUNTS[Relation(row["relation"])]
    found = (len(row["from"]), len(row["to"]))
    if not all(_fits(count, wanted) for count, wanted in zip(found, expected, strict=True)):
        yield fault(
            "FRAMEWORK_CROSSWALK_COUNTS",
            view.where("rows", number, "relation"),
            relation=row["relation"],
            expected=" → ".join("2+" if each is None else str(each) for each in expected),
            found=" → ".join(str(each) for each in found),
        )


def _fits(count: int, wanted: int | None) -> bool:
    return count >= 2 if wanted is None else count == wanted


def _unknown(view: View, side: _Side) -> Iterator[Problem]:
    known = {item.code for item in side.framework.items}
    for number, row in view.rows("rows"):
        for n, code in enumerate(row[side.key]):
            if code not in known:
                where = view.where("rows", number, side.key, n)
                yield fault("FRAMEWORK_CROSSWALK_UNKNOWN_CODE", where, framework=side.framework.id, code=code)


def _settled_twice(view: View, side: _Side) -> Iterator[Problem]:
    seen: dict[str, tuple[int, bool]] = {}
    for number, row in view.rows("rows"):
        sharing = row["relation"] in _SHARING
        for n, code in enumerate(row[side.key]):
            line, shared = seen.get(code, (0, True))
            if line and not (sharing and shared):
                where = view.where("rows", number, side.key, n)
                words = {"framework": side.framework.id, "code": code, "line": line}
                yield fault("FRAMEWORK_CROSSWALK_CODE_TWICE", where, **words)
            seen.setdefault(code, (view.document.line(("rows", number)), sharing))


def _lost(view: View, side: _Side) -> Iterator[Problem]:
    named = {code for _, row in view.rows("rows") for code in row[side.key]}
    for item in side.framework.items:
        if item.code not in named:
            words = {"framework": side.framework.id, "code": item.code}
            yield fault("FRAMEWORK_CROSSWALK_LOST_ITEM", view.where("rows"), **words)


def _keys(view: View, before: Framework, after: Framework) -> Iterator[Problem]:
    """Kept and renamed items share a lasting key; no other row joins two items of one key."""
    for number, row in view.rows("rows"):
        same = row["relation"] in _SAME
        for from_code, to_code in _pairs(row["from"], row["to"]):
            old, new = before.item(from_code), after.item(to_code)
            if old and new and (old.key == new.key) is not same:
                yield _key_fault(view, number, f"{from_code}={old.key}", f"{to_code}={new.key}", same)
    yield from _broken_keys(view, before, after)


def _broken_keys(view: View, before: Framework, after: Framework) -> Iterator[Problem]:
    lost = {"retired": before, "new": after}
    for number, row in view.rows("rows"):
        other = after if row["relation"] == Relation.RETIRED else before
        for code in (row["from"] or row["to"]) if row["relation"] in lost else ():
            item = lost[row["relation"]].item(code)
            twin = other.item_by_key(item.key) if item else None
            if item and twin:
                yield _key_fault(view, number, f"{code}={item.key}", f"{twin.code}={twin.key}", same=False)


def _key_fault(view: View, number: int, old: str, new: str, same: bool) -> Problem:
    reason = "their lasting keys differ" if same else "they share a lasting key"
    reason_th = "กุญแจถาวรไม่ตรงกัน" if same else "ใช้กุญแจถาวรเดียวกัน"
    where = view.where("rows", number, "relation")
    return fault("FRAMEWORK_CROSSWALK_KEY", where, from_code=old, to_code=new, reason=reason, reason_th=reason_th)


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((one, other) for one in old for other in new)


def _titles(view: View, before: Framework, after: Framework) -> Iterator[Problem]:
    for number, row in view.rows("rows"):
        if row["relation"] not in _SAME or len(row["from"]) != 1 or len(row["to"]) != 1:
            continue
        old, new = before.item(row["from"][0]), after.item(row["to"][0])
        if old and new and (same_title(old.title_th, new.title_th) is not (row["relation"] == Relation.KEPT)):
            differ = row["relation"] == Relation.KEPT
            yield fault(
                "FRAMEWORK_CROSSWALK_TITLE",
                view.where("rows", number, "relation"),
                relation=row["relation"],
                from_code=old.code,
                to_code=new.code,
                found="different" if differ else "the same",
                found_th="ต่างกัน" if differ else "เหมือนกัน",
            )


def same_title(one: str, other: str) -> bool:
    """Tell whether two titles are the same but for spaces, dashes and letter case."""
    return _bare(one) == _bare(other)


def _bare(title: str) -> str:
    return "".join(each for each in fold(title) if each not in "-–—")
