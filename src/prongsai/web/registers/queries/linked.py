"""What entries show of other entries: counts and sums of those that point here, fields of those pointed at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from prongsai.registers.model import LINKED, Field, Formula, Ref, Register, Values
from prongsai.registers.rules import holds
from prongsai.registers.values import from_json
from prongsai.registers.views import met
from prongsai.web.registers.models import Entry, EntryLink
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.queries.parts import closed_of

_TENTH = Decimal("0.1")


def linked_values(register: Register, entries: Sequence[Entry]) -> dict[int, dict[str, object]]:
    """Give linked formulas and lookups of entries of one agency, by entry and field; at most five queries.

    A linked formula that names no field counts every entry of that register in the same fiscal year.
    """
    found = _linked(_formulas(register), entries)
    if _lookups(register) and entries:
        values = {one.pk: from_json(register.fields, one.values) for one in entries}
        for pk, told in looked_up(register, values).items():
            found[pk] |= told
    return found


def _formulas(register: Register) -> list[Field]:
    return [one for one in register.fields if one.derivation and one.derivation.formula in LINKED]


def _linked(formulas: Sequence[Field], entries: Sequence[Entry]) -> dict[int, dict[str, object]]:
    """Work linked formulas of entries of one register out."""
    found: dict[int, dict[str, object]] = {one.pk: {} for one in entries}
    if formulas and entries:
        rows, years = _pointing(formulas, list(found)), _of_years(formulas, entries)
        for entry in entries:
            there = (*rows[entry.pk], *years[entry.fiscal_year_be])
            found[entry.pk] |= {one.key: _worked_out(one, there) for one in formulas}
    return found


def looked_up(register: Register, values: Mapping[int, Values]) -> dict[int, dict[str, object]]:
    """Give the lookups of values, by the same keys; one query, none for a register without lookups.

    A field there that is counted from a third register costs one or two more.
    """
    wanted = _lookups(register)
    targets = {ref.id for each in values.values() for one in wanted if (ref := _ref(each, one)) and ref.id}
    if not targets:
        return {key: {} for key in values}
    rows = Entry.objects.filter(pk__in=targets).only("agency", "register", "since_be", "fiscal_year_be", "values")
    known = {one.pk: from_json(edition_of(one.register, one.since_be).fields, one.values) for one in rows}
    for pk, counted in _counted_there(wanted, list(rows)).items():
        known[pk] |= counted
    return {key: _of_targets(wanted, each, known) for key, each in values.items()}


def _counted_there(lookups: Iterable[Field], targets: Sequence[Entry]) -> dict[int, dict[str, object]]:
    """Work out what lookups name and the entries there do not keep, but count."""
    named = {one.derivation.of[1] for one in lookups if one.derivation}
    by_edition: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for one in targets:
        by_edition[one.register, one.since_be].append(one)
    found: dict[int, dict[str, object]] = {}
    for (id_, since), entries in by_edition.items():
        found |= _linked([one for one in _formulas(edition_of(id_, since)) if one.key in named], entries)
    return found


def _lookups(register: Register) -> list[Field]:
    return [one for one in register.fields if one.derivation and one.derivation.formula is Formula.LOOKUP]


def _ref(values: Values, field: Field) -> Ref | None:
    assert field.derivation
    found = values.get(field.derivation.of[0])
    return found if isinstance(found, Ref) else None


def _of_targets(wanted: Iterable[Field], values: Values, known: Mapping[int, Values]) -> dict[str, object]:
    told: dict[str, object] = {}
    for one in wanted:
        ref = _ref(values, one)
        if one.derivation and ref and ref.id is not None and ref.id in known:
            told[one.key] = known[ref.id].get(one.derivation.of[1])
    return told


Row = tuple[str, str, Values]  # register, field that points ("" for all of a year), values with the state


def _pointing(linked: Iterable[Field], targets: list[int]) -> Mapping[int, list[Row]]:
    """Give the counted entries that point at targets by the fields that formulas name."""
    which = Q(pk__in=())
    for one in linked:
        assert one.derivation
        if one.derivation.by:
            which |= Q(entry__register=one.derivation.register, field=one.derivation.by)
    columns = ("target_id", "field", "entry__register", "entry__since_be", "entry__state", "entry__values")
    rows: dict[int, list[Row]] = defaultdict(list)
    for target, field, name, since, state, values in EntryLink.objects.filter(which, target__in=targets).values_list(
        *columns
    ):
        if (told := _counted(name, since, state, values)) is not None:
            rows[target].append((name, field, told))
    return rows


def _of_years(linked: Iterable[Field], entries: Sequence[Entry]) -> Mapping[int, list[Row]]:
    """Give the counted entries of whole years, for formulas that name no field; what belongs to no year is in each."""
    names = {one.derivation.register for one in linked if one.derivation and not one.derivation.by}
    wanted = {one.fiscal_year_be for one in entries}
    rows: dict[int, list[Row]] = defaultdict(list)
    if not names:
        return rows
    found = Entry.objects.filter(agency=entries[0].agency_id, register__in=names, fiscal_year_be__in={*wanted, 0})
    for year, name, since, state, values in found.values_list(
        "fiscal_year_be", "register", "since_be", "state", "values"
    ):
        if (told := _counted(name, since, state, values)) is not None:
            for one in wanted if year == 0 else (year,):
                rows[one].append((name, "", told))
    return rows


def _counted(name: str, since: int, state: str, kept: Mapping[str, object]) -> dict[str, object] | None:
    """Give the values of an entry with its state; None for what does not count, or is not for everybody to see."""
    register = edition_of(name, since)
    if state not in register.counted_states:
        return None
    values = from_json(register.fields, kept)
    return None if met(closed_of(name), values) else {**values, "state": state}


def _worked_out(field: Field, rows: Iterable[Row]) -> Decimal | None:
    how = field.derivation
    assert how
    own = [values for name, by, values in rows if name == how.register and by == how.by]
    fitting = [values for values in own if how.where is None or holds(how.where, values)]
    if how.formula is Formula.LINKED_COUNT:
        return Decimal(len(fitting))
    if how.formula is Formula.LINKED_SUM:
        return sum((_number(values.get(how.of[0])) for values in fitting), Decimal(0))
    share = Decimal(100 * len(fitting)) / len(own) if own else None
    return share.quantize(_TENTH, ROUND_HALF_UP) if share is not None else None


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
