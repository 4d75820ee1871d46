"""Declared relations against roles in procurement: who has which role, who bids or has won, and what stands between.

Three registers and their neighbours meet here: ``interests`` (relations), ``procurement-roles`` (roles), and the plan,
the purchases and the contracts that a role names. What a relation is, only its readers are told.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Values
from prongsai.registers.values import from_json
from prongsai.thai.companies import Likeness, company_likeness, parts_of
from prongsai.thai.names import read_name
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryLink
from prongsai.web.registers.queries.library import edition_of, editions_of, label_of
from prongsai.web.registers.queries.rights import may_see_entry

INTERESTS, ROLES = "interests", "procurement-roles"
PLAN, PURCHASE, CONTRACT = "procurement-plan", "purchases", "contracts"
SERVING, ENDED = "serving", "ended"
SOME = "some"


# --- what is held against each other ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that stands declared. party: name and number of whom it is to."""

    entry: Entry
    person: int
    party: str
    kind: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Duty:
    """A role that somebody has in a procurement. parties: bidders and winners, name and number where it is known."""

    entry: Entry
    person: int
    name: str
    since: date
    until: date | None
    parties: tuple[str, ...]

    @property
    def is_serving(self) -> bool:
        """Whether the role is still held."""
        return self.entry.state == SERVING


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands between a role and a party. relation: None where the person bids, or may be kin by name.

    is_sure: the same name or number; else only alike, for a person to look at.
    """

    duty: Duty
    party: str
    relation: Relation | None
    is_sure: bool


def clashes(duties: Iterable[Duty], relations: Iterable[Relation]) -> Iterator[Clash]:
    """Hold roles against relations of the same people, and against their own names; the sure ones of a role first."""
    of_person = defaultdict(list)
    for relation in relations:
        of_person[relation.person].append(relation)
    for duty in duties:
        found = [one for party in duty.parties for one in _against(duty, party, of_person[duty.person])]
        yield from sorted(found, key=lambda one: not one.is_sure)


def _against(duty: Duty, party: str, relations: Iterable[Relation]) -> Iterator[Clash]:
    if company_likeness(duty.name, party) is Likeness.SAME:
        yield Clash(duty, party, None, is_sure=True)
    elif _is_kin(duty.name, party):
        yield Clash(duty, party, None, is_sure=False)
    for relation in relations:
        likeness = company_likeness(relation.party, party) if _meet(duty, relation) else Likeness.NONE
        if likeness is not Likeness.NONE:
            yield Clash(duty, party, relation, is_sure=likeness is Likeness.SAME)


def _meet(duty: Duty, relation: Relation) -> bool:
    """Whether the relation stood on a day of the role."""
    is_over = relation.to_on is not None and relation.to_on < duty.since
    is_later = relation.from_on is not None and duty.until is not None and relation.from_on > duty.until
    return not (is_over or is_later)


def _is_kin(name: str, party: str) -> bool:
    own = read_name(name)
    others = (read_name(part) for part in parts_of(party))
    return bool(own and own.surname) and any(
        one is not None and fold(one.surname) == fold(own.surname) for one in others if own
    )


# --- reading them -----------------------------------------------------------------------------------------------------
def relations_of(scope: Scope, people: Collection[int]) -> list[Relation]:
    """Give the relations that people have declared, of whatever year; two queries."""
    if not people:
        return []
    roots = _roots(scope, people)
    found = counted_of(scope, INTERESTS).filter(values__statement=SOME, values__declarer__id__in=list(roots))
    return [_relation(entry, roots) for entry in found.order_by("pk")]


def _roots(scope: Scope, people: Collection[int]) -> dict[int, int]:
    """Give every row of these people, also those merged into one later, with the row that was asked for."""
    rows = Person.objects.filter(agency=scope.agency)
    merged = {one.pk: one.merged_into_id or one.pk for one in rows.filter(pk__in=people)}
    same = {merged.get(pk, pk): pk for pk in people}
    others = {one.pk: same[one.merged_into_id or 0] for one in rows.filter(merged_into__in=list(same))}
    return {**same, **others, **{pk: pk for pk in people}}


def _relation(entry: Entry, roots: Mapping[int, int]) -> Relation:
    values = values_of(entry)
    declarer, kind = values["declarer"], edition_of(entry.register, entry.since_be).field_of("relation")
    assert isinstance(declarer, Ref) and declarer.id is not None
    choice = kind.choice(str(values.get("relation"))) if kind else None
    return Relation(
        entry,
        roots[declarer.id],
        party_of(values, "name"),
        label_of(choice) if choice else "",
        day_of(values, "from_on"),
        day_of(values, "to_on"),
    )


def duties_of(scope: Scope, found: QuerySet[Entry]) -> list[Duty]:
    """Read roles, with everybody who bids or has won in what they name; a handful of queries."""
    rows = rows_of(found)
    parties = parties_of(scope, {entry.pk: named_by(values) for entry, values in rows})
    read = (duty_of(entry, values, parties.get(entry.pk, ())) for entry, values in rows)
    return [one for one in read if one]


def duties_against(found: QuerySet[Entry], parties: Iterable[str]) -> list[Duty]:
    """Read roles as they stand against these parties alone; one query."""
    there = tuple(dict.fromkeys(parties))
    read = (duty_of(entry, values, ()) for entry, values in rows_of(found))
    return [replace(one, parties=there) for one in read if one]


def rows_of(found: QuerySet[Entry]) -> list[tuple[Entry, Values]]:
    """Give entries with their values, the oldest first."""
    return [(one, values_of(one)) for one in found.order_by("dated_on", "pk")]


def values_of(entry: Entry) -> Values:
    """Read the values of an entry by the edition it was made by."""
    return from_json(edition_of(entry.register, entry.since_be).fields, entry.values)


def duty_of(entry: Entry, values: Values, parties: Iterable[str]) -> Duty | None:
    """Read a role from its values; None while it names nobody of the register of people."""
    person, since = values.get("person"), day_of(values, "appointed_on")
    if not isinstance(person, Ref) or person.id is None or since is None:
        return None
    every = dict.fromkeys((*_rows(values, "bidders"), *parties))
    return Duty(entry, person.id, person.text, since, day_of(values, "ended_on"), tuple(every))


def duties_in(scope: Scope, targets: Iterable[int | None], egp_no: str = "") -> QuerySet[Entry]:
    """Give the counted roles that name one of these entries, or this e-GP number; without either no query is made."""
    pks = [pk for pk in targets if pk is not None]
    named = Q(pk__in=EntryLink.objects.filter(target__in=pks, entry__register=ROLES).values("entry")) if pks else Q()
    numbered = Q(values__egp_no=egp_no) if egp_no else Q()
    found = counted_of(scope, ROLES)
    return found.filter(named | numbered) if pks or egp_no else found.none()


def serving_of(scope: Scope, year_be: int) -> QuerySet[Entry]:
    """Give the roles that are held by now, given in a fiscal year (BE) or the one before."""
    return counted_of(scope, ROLES).filter(state=SERVING, fiscal_year_be__gte=year_be - 1)


def counted_of(scope: Scope, register: str) -> QuerySet[Entry]:
    """Give the counted entries of a register, of every year."""
    states = {state for edition in editions_of(register) for state in edition.counted_states}
    return Entry.objects.filter(agency=scope.agency, register=register, state__in=states).defer("found_by")


# --- who bids and who has won -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Named:
    """What a role names: ids of entries, and the number of the procurement in e-GP."""

    plan: int | None = None
    purchase: int | None = None
    contract: int | None = None
    egp_no: str = ""


def named_by(values: Values) -> Named:
    """Give what the values of a role name."""
    refs = {
        key: one.id if isinstance(one := values.get(key), Ref) else None for key in ("plan", "purchase", "contract")
    }
    return Named(**refs, egp_no=str(values.get("egp_no") or ""))


def _parties_of(scope: Scope, entries: Iterable[Entry]) -> dict[int, tuple[str, ...]]:
    asked = {one.pk: named_by(from_json(edition_of(one.register, one.since_be).fields, one.values)) for one in entries}
    return parties_of(scope, asked)


def parties_of(scope: Scope, asked: Mapping[int, Named]) -> dict[int, tuple[str, ...]]:
    """Give who bids and who has won in what is named; a handful of queries, however much is asked.

    A contract goes with its purchase, a purchase with its contracts, a plan item with the purchases made of it.
    """
    made = _Made(scope, asked.values())
    return {key: tuple(dict.fromkeys(made.parties(one))) for key, one in asked.items()}


class _Made:
    """Purchases and contracts that are named, with the ties between them."""

    def __init__(self, scope: Scope, asked: Collection[Named]) -> None:
        contracts = {one.contract for one in asked if one.contract}
        self._purchase_of = self._ties(contracts, "purchase", Q(entry__in=contracts))
        plans = {one.plan for one in asked if one.plan}
        self._of_plan = _reversed(self._ties(plans, "plan", Q(target__in=plans, entry__register=PURCHASE)))
        self._of_number = self._numbered(scope, {one.egp_no for one in asked if one.egp_no})
        purchases = {one.purchase for one in asked if one.purchase} | set(self._purchase_of.values())
        purchases |= {pk for found in (*self._of_plan.values(), *self._of_number.values()) for pk in found}
        made = self._ties(purchases, "purchase", Q(target__in=purchases, entry__register=CONTRACT))
        self._contracts_of = _reversed(made)
        self._names = self._told(scope, {*contracts, *made, *purchases})

    def parties(self, named: Named) -> Iterator[str]:
        """Give who bids and has won in what one role names."""
        purchases = [named.purchase, self._purchase_of.get(named.contract or 0)]
        purchases += [*self._of_plan.get(named.plan or 0, ()), *self._of_number.get(named.egp_no, ())]
        for pk in (one for one in purchases if one):
            yield from self._names.get(pk, ())
        # Who has a role in one contract of a purchase has none in its other contracts.
        own = [] if named.contract and not named.purchase else purchases
        contracts = [named.contract, *(made for one in own if one for made in self._contracts_of.get(one, ()))]
        for pk in (one for one in contracts if one):
            yield from self._names.get(pk, ())

    @staticmethod
    def _ties(asked: Collection[int], field: str, where: Q) -> dict[int, int]:
        links = EntryLink.objects.filter(where, field=field) if asked else EntryLink.objects.none()
        return dict(links.values_list("entry_id", "target_id"))

    @staticmethod
    def _numbered(scope: Scope, numbers: Collection[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        if numbers:
            rows = counted_of(scope, PURCHASE).filter(values__egp_no__in=list(numbers))
            for pk, number in rows.values_list("pk", KT("values__egp_no")):  # as text: it is digits alone
                found[number].append(pk)
        return found

    @staticmethod
    def _told(scope: Scope, pks: Collection[int]) -> dict[int, list[str]]:
        found = counted_of(scope, PURCHASE).filter(pk__in=pks) | counted_of(scope, CONTRACT).filter(pk__in=pks)
        return {entry.pk: list(parties_in(entry)) for entry in found} if pks else {}


def _reversed(ties: Mapping[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for entry, target in ties.items():
        found[target].append(entry)
    return found


def parties_in(entry: Entry) -> Iterator[str]:
    """Give who bids and has won in a purchase, or whose contract it is."""
    values = values_of(entry)
    yield from (str(one) for key in ("winner", "contractor") if (one := values.get(key)))
    yield from _rows(values, "bidders")


def _rows(values: Values, key: str) -> Iterator[str]:
    rows = values.get(key)
    for row in rows if isinstance(rows, tuple) else ():
        yield party_of(row, "name")


def party_of(values: Values, key: str) -> str:
    """Write a party as it is compared: the name, and its number where there is one."""
    return f"{values.get(key) or ''} {values.get('tax_id') or ''}".strip()


def day_of(values: Values, key: str) -> date | None:
    """Give a day that is written down."""
    value = values.get(key)
    return value if isinstance(value, date) else None


# --- what is said of it -----------------------------------------------------------------------------------------------
def told(scope: Scope, clash: Clash) -> str:
    """Say what stands between a role and a party; of a relation no more than that there is one, but to its readers."""
    if clash.relation is None:
        return _own_name(clash)
    words = (
        _("มีการแจ้งความสัมพันธ์ที่ขัดกับหน้าที่ในการจัดซื้อจัดจ้างนี้")
        if clash.is_sure
        else _("มีการแจ้งความสัมพันธ์ที่อาจขัดกับหน้าที่ในการจัดซื้อจัดจ้างนี้ ให้ผู้ดูแลทะเบียนการแจ้งความสัมพันธ์ตรวจ")
    )
    register = edition_of(INTERESTS, clash.relation.entry.since_be)
    if not may_see_entry(scope, register, clash.relation.entry):
        return words
    return f"{words}: {clash.duty.name} · {clash.relation.kind} · {clash.relation.entry.values.get('name', '')}"


def _own_name(clash: Clash) -> str:
    form = _("{person}เป็นผู้เสนอราคาหรือคู่สัญญาเอง") if clash.is_sure else _("{person}นามสกุลเดียวกับ “{party}”")
    return form.format(person=clash.duty.name, party=clash.party)


def fault_of(scope: Scope, clash: Clash, field: str) -> Fault:
    """Make a fault of it: refused when it is sure, else a warning."""
    code = ("RELATION_DECLARED" if clash.relation else "BIDS_ITSELF") if clash.is_sure else "MAY_BE_RELATED"
    mend = _("มอบผู้อื่นทำหน้าที่แทน") if clash.is_sure else _("ตรวจความเกี่ยวข้องก่อน")
    return Fault(field, code, told(scope, clash), mend, is_warning=not clash.is_sure)
