"""Which unit a printed name means, held in memory so that many names cost no more queries than one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from prongsai.thai.text import fold
from prongsai.thai.units import known_unit, same_unit
from prongsai.web.agencies.models import Agency, Unit, UnitAlias


class UnitNames:
    """The units of an agency with all their names; units may be added that are not saved yet."""

    def __init__(self, units: Iterable[Unit], aliases: Iterable[UnitAlias], day: date) -> None:
        known = {unit.pk: unit for unit in units}
        self.by_pk = known
        self._day = day
        self._named: dict[str, list[Unit]] = defaultdict(list)
        self._aliases: dict[str, Unit] = {}
        self._found: dict[str, Unit | None] = {}
        for unit in known.values():
            unit.parent = known[unit.parent_id] if unit.parent_id else None
            self.add(unit)
        for alias in aliases:
            self.add_alias(known[alias.unit_id], alias.name)

    def add(self, unit: Unit) -> None:
        """Know one more unit."""
        self._named[fold(unit.name)].append(unit)
        self._found.clear()

    def add_alias(self, unit: Unit, name: str) -> None:
        """Know one more name of a unit."""
        self._aliases[fold(name)] = unit
        self._found.clear()

    def called(self, text: str) -> list[Unit]:
        """Give the units whose own name a text is."""
        return self._named.get(fold(text), [])

    def with_alias(self, text: str) -> Unit | None:
        """Give the unit of which a text is another name."""
        return self._aliases.get(fold(text))

    def find(self, text: str) -> Unit | None:
        """Give the unit that a printed name means; None where none or several fit.

        Its name, an alias, its name with that of the unit above it (งานธุรการ กองช่าง), or another printing of either.
        Of units of one name those that are open count first.
        """
        if text not in self._found:
            self._found[text] = self._look_up(text) if fold(text) else None
        return self._found[text]

    def _look_up(self, text: str) -> Unit | None:
        called = self.called(text)
        if called:
            open_ = [unit for unit in called if unit.holds_on(self._day)] or called
            return open_[0] if len(open_) == 1 else None
        known = self._aliases.get(fold(text)) or self._under(fold(text))
        if known is not None:
            return known
        names = [*((unit.name, unit) for unit in self.every()), *self._aliases.items()]
        return next((unit for name, unit in names if same_unit(name, text)), None)

    def _under(self, bare: str) -> Unit | None:
        found = [unit for unit in self.every() if unit.parent and fold(unit.name + unit.parent.name) == bare]
        return found[0] if len(found) == 1 else None

    def nearest(self, text: str) -> list[Unit]:
        """Give up to three units that may be meant."""
        called = self.called(text)
        if called:
            return called[:3]
        names = {unit.name: unit for unit in reversed(self.every())} | dict(self._aliases)
        near = (names[name] for name in known_unit(text, names).nearest if name in names)
        return list({id(unit): unit for unit in near}.values())

    def every(self) -> list[Unit]:
        """Give all units."""
        return [unit for units in self._named.values() for unit in units]


def unit_names(agency: Agency, day: date) -> UnitNames:
    """Give the names of an agency's units: two queries."""
    return UnitNames(Unit.objects.filter(agency=agency), UnitAlias.objects.filter(agency=agency), day)


def full_name(unit: Unit) -> str:
    """Name a unit together with the one above it."""
    return f"{unit.name} {unit.parent.name}" if unit.parent else unit.name
