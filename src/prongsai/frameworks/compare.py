"""What changes from one year to another: items by their crosswalk, and every other fact of the year."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from prongsai.frameworks.chain import between
from prongsai.frameworks.crosswalk_rules import same_title
from prongsai.frameworks.load import load
from prongsai.frameworks.marks import weakest
from prongsai.frameworks.model import (
    Basis,
    CalendarEntry,
    Certainty,
    CrosswalkRow,
    Element,
    Framework,
    Item,
    Level,
    Relation,
)
from prongsai.frameworks.plain import number_text
from prongsai.thai.dates import format_date

# The one element of an item whose requirements nobody has seen: "disclose what the title says".
UNKNOWN_ELEMENT = "disclosed"


class Topic(StrEnum):
    """What a change that is not about an item is about."""

    TARGET = "target"
    WEIGHT = "weight"
    PART = "part"
    INDICATOR = "indicator"
    ITEM_SCORES = "item_scores"
    LEVEL = "level"
    ISSUE = "issue"
    CALENDAR = "calendar"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of an item. before and after are empty for a new and a retired one.

    elements_added and elements_removed: by key, of all items on either side together; removed ones may still be asked
    unless ``elements_sure``. period: before and after when it changed other than by the year. certainty: of the
    relation; elements_certainty: of the elements.
    """

    relation: Relation
    before: tuple[Item, ...]
    after: tuple[Item, ...]
    elements_added: tuple[Element, ...]
    elements_removed: tuple[Element, ...]
    period: tuple[str, str] | None
    note_th: str
    certainty: Certainty
    elements_certainty: Certainty

    @property
    def elements_unknown(self) -> bool:
        """Whether nobody knows what the later year asks, beyond the title."""
        return bool(self.after) and all(e.key == UNKNOWN_ELEMENT for item in self.after for e in item.elements)

    @property
    def elements_sure(self) -> bool:
        """Whether the later year's elements were seen as requirements, so that one not among them is really gone."""
        return weakest([item.elements_basis for item in self.after]).rank <= Certainty.MEDIUM.rank

    @property
    def code_changed(self) -> bool:
        """Whether an item that goes on has another code."""
        goes_on = self.relation in (Relation.KEPT, Relation.RENAMED)
        return goes_on and self.before[0].code != self.after[0].code

    @property
    def moved(self) -> bool:
        """Whether an item that goes on counts in another sub-indicator."""
        goes_on = self.relation in (Relation.KEPT, Relation.RENAMED)
        return goes_on and self.before[0].indicator != self.after[0].indicator

    def to_json(self) -> dict[str, object]:
        """Give codes and titles with what changed."""
        return {
            "relation": self.relation.value,
            "before": [_named(item) for item in self.before],
            "after": [_named(item) for item in self.after],
            "code_changed": self.code_changed,
            "moved": self.moved,
            "elements_added": [{"key": e.key, "text_th": e.text_th} for e in self.elements_added],
            "elements_removed": [{"key": e.key, "text_th": e.text_th} for e in self.elements_removed],
            "period": list(self.period) if self.period else None,
            "elements_unknown": self.elements_unknown,
            "elements_sure": self.elements_sure,
            "note_th": self.note_th,
            "certainty": self.certainty.value,
            "elements_certainty": self.elements_certainty.value,
        }


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is new (before None), gone (after None) or different; both as printed in Thai."""

    topic: Topic
    key: str
    name_th: str
    before: str | None
    after: str | None
    certainty: Certainty

    def to_json(self) -> dict[str, object]:
        """Give the change as printed."""
        return {
            "topic": self.topic.value,
            "key": self.key,
            "name_th": self.name_th,
            "before": self.before,
            "after": self.after,
            "certainty": self.certainty.value,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two years side by side, in the order of the later one's items."""

    before: Framework
    after: Framework
    items: tuple[ItemChange, ...]
    facts: tuple[FactChange, ...]

    def of(self, relation: Relation) -> tuple[ItemChange, ...]:
        """Give the items of one relation."""
        return tuple(each for each in self.items if each.relation is relation)

    def about(self, topic: Topic) -> tuple[FactChange, ...]:
        """Give the changes of one topic."""
        return tuple(each for each in self.facts if each.topic is topic)

    def to_json(self) -> dict[str, object]:
        """Give what ``frameworks compare --json`` prints."""
        return {
            "before": self.before.id,
            "after": self.after.id,
            "item_count": [len(self.before.items), len(self.after.items)],
            "items": [each.to_json() for each in self.items],
            "facts": [each.to_json() for each in self.facts],
        }


@dataclass(frozen=True, slots=True)
class _Fact:
    name_th: str
    shown: str
    certainty: Certainty


def compare(before_id: str | Path, after_id: str | Path, *, folder: Path | None = None) -> Comparison:
    """Hold two years of one assessment side by side; years between them are bridged by the crosswalks on the way.

    Raises as :func:`load` does, and UnknownFramework when no crosswalks lead from one to the other.
    """
    before, after = load(before_id, folder=folder), load(after_id, folder=folder)
    walk = between(before.id, after.id, folder=folder)
    changes = [_change(row, before, after) for row in walk.rows]
    changes.sort(key=lambda change: _place(change, before, after))
    return Comparison(before, after, tuple(changes), tuple(_fact_changes(before, after)))


def _place(change: ItemChange, before: Framework, after: Framework) -> tuple[bool, int]:
    """Order the changes as the later year's items; what is gone comes last, in the order it had."""
    items, of = (change.after, after) if change.after else (change.before, before)
    return not change.after, of.items.index(items[0])


def _named(item: Item) -> dict[str, str]:
    return {"code": item.code, "key": item.key, "title_th": item.title_th}


def _change(row: CrosswalkRow, before: Framework, after: Framework) -> ItemChange:
    old = tuple(item for item in before.items if item.code in row.from_codes)
    new = tuple(item for item in after.items if item.code in row.to_codes)
    both = bool(old and new)
    old_elements, new_elements = _elements(old), _elements(new)
    return ItemChange(
        relation=row.relation,
        before=old,
        after=new,
        elements_added=tuple(e for key, e in new_elements.items() if both and key not in old_elements),
        elements_removed=tuple(e for key, e in old_elements.items() if both and key not in new_elements),
        period=_period(old, new, before, after),
        note_th=row.note_th,
        certainty=weakest([row.basis, *(item.basis for item in (*old, *new))]),
        elements_certainty=weakest([item.elements_basis for item in (*old, *new)]),
    )


def _elements(items: Iterable[Item]) -> dict[str, Element]:
    return {element.key: element for item in items for element in item.elements}


def _period(
    old: tuple[Item, ...], new: tuple[Item, ...], before: Framework, after: Framework
) -> tuple[str, str] | None:
    if len(old) != 1 or len(new) != 1:
        return None
    was, now = old[0].period_th, new[0].period_th
    same = _relative(was, before.fiscal_year_be) == _relative(now, after.fiscal_year_be)
    return None if same else (was, now)


def _relative(text: str, year: int) -> str:
    """Write the years of a text as distances, so that last year's text and this year's can be the same."""
    return re.sub(r"25\d\d", lambda found: f"{int(found[0]) - year:+d}", text)


def _fact_changes(before: Framework, after: Framework) -> Iterator[FactChange]:
    for topic, facts in _TOPICS.items():
        was, now = facts(before), facts(after)
        for key in dict.fromkeys([*now, *was]):
            yield from _difference(topic, key, was.get(key), now.get(key))


def _difference(topic: Topic, key: str, was: _Fact | None, now: _Fact | None) -> Iterator[FactChange]:
    named = now or was
    if named and not (was and now and same_title(was.shown, now.shown)):
        yield FactChange(
            topic,
            key,
            named.name_th,
            was.shown if was else None,
            now.shown if now else None,
            weakest([each.certainty for each in (was, now) if each]),
        )


def _fact(name_th: str, shown: object, basis: Basis) -> _Fact:
    return _Fact(name_th, str(shown), basis.certainty)


def _target(framework: Framework) -> Mapping[str, _Fact]:
    return {"target": _fact("คะแนนเป้าหมาย", number_text(framework.target_pct), framework.target_basis)}


def _weights(framework: Framework) -> Mapping[str, _Fact]:
    return {
        each.code: _fact(f"น้ำหนัก {each.code}", f"ร้อยละ {number_text(each.weight_pct)}", each.basis)
        for each in framework.instruments
    }


def _parts(framework: Framework) -> Mapping[str, _Fact]:
    return {
        f"{instrument.code}.{part.number}": _fact(
            f"{instrument.code} ส่วนที่ {part.number}",
            f"{part.name_th} {'ไม่ทราบน้ำหนัก' if part.weight_pct is None else f'ร้อยละ {number_text(part.weight_pct)}'}",
            part.basis,
        )
        for instrument in framework.instruments
        for part in instrument.parts
    }


def _indicators(framework: Framework) -> Mapping[str, _Fact]:
    return {i.key: _fact(f"ตัวชี้วัด {i.code}", f"{i.code} {i.name_th}", i.basis) for i in framework.indicators}


def _item_scores(framework: Framework) -> Mapping[str, _Fact]:
    shown = ", ".join(number_text(score) for score in framework.item_scores)
    return {"item_scores": _fact("คะแนนที่ข้อหนึ่งได้", shown, framework.item_scores_basis)}


def _levels(framework: Framework) -> Mapping[str, _Fact]:
    return {level.code: _fact(f"ระดับ {level.name_th}", _band(level), level.basis) for level in framework.levels}


def _band(level: Level) -> str:
    top = Decimal(100) if level.maximum is None else level.maximum
    each = level.instrument_minimum
    condition = "" if each is None else f" และทุกเครื่องมือ {number_text(each)} ขึ้นไป"
    return f"{number_text(level.minimum)}–{number_text(top)}{condition}"


def _issues(framework: Framework) -> Mapping[str, _Fact]:
    return {str(i.no): _fact(f"ประเด็นปรับปรุงที่ {i.no}", i.name_th, i.basis) for i in framework.issues}


def _calendar(framework: Framework) -> Mapping[str, _Fact]:
    return {each.key: _fact(each.name_th, _days(each), each.basis) for each in framework.calendar}


def _days(entry: CalendarEntry) -> str:
    start, end = _day(entry.start), _day(entry.end)
    until = f"ถึง {end}" if end and end != start else ""
    return " ".join(each for each in (start, until, entry.text_th) if each)


def _day(iso: str | None) -> str:
    return format_date(date.fromisoformat(iso), "abbr", digits="arabic") if iso else ""


def _questions(framework: Framework) -> Mapping[str, _Fact]:
    return {q.key: _fact(f"คำถาม {q.code}", f"{q.code} {q.gist_th}", q.basis) for q in framework.questions}


_TOPICS = {
    Topic.TARGET: _target,
    Topic.WEIGHT: _weights,
    Topic.PART: _parts,
    Topic.INDICATOR: _indicators,
    Topic.ITEM_SCORES: _item_scores,
    Topic.LEVEL: _levels,
    Topic.ISSUE: _issues,
    Topic.CALENDAR: _calendar,
    Topic.QUESTION: _questions,
}
