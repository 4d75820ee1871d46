"""What is needed to accept rows into a cycle, fetched once however many rows there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from prongsai.errors import FrameworkError
from prongsai.frameworks.chain import chain
from prongsai.frameworks.match import match_indicator, match_item
from prongsai.reports.year import framework_of
from prongsai.thai.names import Person as NamedPerson
from prongsai.thai.names import PersonName, name_key, similar_names
from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies import queries as agencies
from prongsai.web.agencies.models import Person, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding, FindingState, ItemState
from prongsai.web.cycles.queries import framework_of as framework_of_cycle
from prongsai.web.plans.models import Measure

Values = Mapping[str, Any]


@dataclass(slots=True)
class Desk:
    """A cycle with its items and findings, and the units and people of its agency, as far as they were asked for."""

    scope: Scope
    cycle: Cycle
    year_be: int | None
    _items: dict[str, ItemState] | None = None
    _findings: dict[int, Finding] | None = None
    _indicators: dict[str, Finding] | None = None
    _seqs: set[tuple[int, str]] | None = None
    _people: dict[str, list[Person]] | None = None
    _units: dict[str, Unit | None] = field(default_factory=dict)

    @property
    def items(self) -> dict[str, ItemState]:
        """The items of the cycle by their lasting key."""
        if self._items is None:
            self._items = {item.key: item for item in ItemState.objects.filter(cycle=self.cycle)}
        return self._items

    def items_of(self, values: Values) -> tuple[ItemState, ...]:
        """Give the items that a gap means in the cycle: chosen by a person, else followed from the paper's own year."""
        chosen = values.get("item_key")
        if chosen:
            return (self.items[chosen],) if chosen in self.items else ()
        own = framework_of(self.year_be)
        matched = match_item(own, values.get("code"), values.get("title"))
        if matched is None:
            return ()
        keys = keys_after(matched[0].key, own.id, self.cycle.framework_id)
        found = tuple(self.items[key] for key in keys if key in self.items)
        same = tuple(item for item in found if item.key == matched[0].key)
        return same or found

    def item_of(self, values: Values) -> ItemState | None:
        """Give the one item that a gap means; None when it is none, or several and a person must say which."""
        found = self.items_of(values)
        return found[0] if len(found) == 1 else None

    def finding_of(self, item: ItemState | None) -> Finding | None:
        """Give the finding that the item has already."""
        if item is None:
            return None
        if self._findings is None:
            known = Finding.objects.filter(cycle=self.cycle, item__isnull=False).exclude(state=FindingState.CLOSED)
            self._findings = {one.item_id: one for one in known.order_by("-pk") if one.item_id}
        return self._findings.get(item.pk)

    def found(self, finding: Finding) -> None:
        """Remember a finding that was just made."""
        if finding.item_id and self._findings is not None:
            self._findings.setdefault(finding.item_id, finding)
        if finding.indicator and not finding.item_id and self._indicators is not None:
            self._indicators.setdefault(finding.indicator, finding)

    def finding_of_indicator(self, code: str) -> Finding | None:
        """Give the finding about an indicator as a whole."""
        if self._indicators is None:
            known = Finding.objects.filter(cycle=self.cycle, item=None).exclude(state=FindingState.CLOSED)
            self._indicators = {one.indicator: one for one in known.order_by("-pk") if one.indicator}
        return self._indicators.get(code)

    def indicator_of(self, values: Values) -> str:
        """Give the code that an indicator row's indicator has in the cycle."""
        own = framework_of(self.year_be)
        number, name = values.get("no"), values.get("name") or ""
        indicator = own.indicator(str(number)) if number is not None else None
        matched = match_indicator(own, name) if indicator is None else None
        indicator = indicator or (matched[0] if matched else None)
        if indicator is None:
            return "" if number is None else str(number)
        now = next((one for one in framework_of_cycle(self.cycle).indicators if one.key == indicator.key), None)
        return (now or indicator).code

    def has_measure(self, values: Values) -> bool:
        """Whether the cycle has a measure of that running number in that issue."""
        number, seq = values.get("issue_no"), values.get("seq")
        if number is None or not seq:
            return False
        if self._seqs is None:
            taken = Measure.objects.filter(cycle=self.cycle, issue_no__isnull=False).exclude(seq="")
            self._seqs = {(one or 0, _seq(text)) for one, text in taken.values_list("issue_no", "seq")}
        return (number, _seq(seq)) in self._seqs

    def measured(self, values: Values) -> None:
        """Remember a measure that was just made."""
        if self._seqs is not None and values.get("issue_no") is not None and values.get("seq"):
            self._seqs.add((values["issue_no"], _seq(values["seq"])))

    def unit_of(self, texts: Sequence[str]) -> Unit | None:
        """Give the first unit named that the agency has; "all units" is no unit."""
        return next((unit for text in texts if (unit := self._unit(text))), None)

    def _unit(self, text: str) -> Unit | None:
        if text not in self._units:
            self._units[text] = agencies.find_unit(self.scope.agency, text)
        return self._units[text]

    def people_like(self, values: Values) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
        """Give the people of the agency with that very name, and those whose names are alike."""
        if self._people is None:
            self._people = {}
            for person in Person.objects.filter(agency=self.scope.agency, merged_into=None):
                self._people.setdefault(name_key(_name(_of(person))), []).append(person)
        wanted = _name(values)
        same = self._people.get(name_key(wanted), [])
        return tuple(same), () if same else tuple(self._alike(wanted, str(values.get("position") or "")))

    def _alike(self, wanted: PersonName, position: str) -> list[Person]:
        assert self._people is not None
        known = self._people
        named = [NamedPerson(_name(_of(people[0])), "", "") for people in known.values()]
        groups = similar_names([NamedPerson(wanted, position, ""), *named])
        keys = {name_key(name) for group in groups if wanted in group for name in group}
        return [person for key, people in known.items() if key in keys for person in people]


@lru_cache(maxsize=2048)
def keys_after(key: str, from_id: str, to_id: str) -> tuple[str, ...]:
    """Give the lasting keys of what an item has become; none where no crosswalks lead there."""
    if from_id == to_id:
        return (key,)
    try:
        return tuple(item.key for item in chain(key, from_id, to_id)[-1].items)
    except FrameworkError:
        return ()


def _seq(text: str) -> str:
    return to_arabic(text).strip()


def _of(person: Person) -> Values:
    return {"prefix": person.prefix, "given_name": person.given_name, "family_name": person.family_name}


def _name(values: Values) -> PersonName:
    prefix, given, family = (str(values.get(name) or "") for name in ("prefix", "given_name", "family_name"))
    return PersonName(prefix, given, family, f"{prefix}{given} {family}".strip())
