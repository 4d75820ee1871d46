"""Which unit a typed or printed name means: all names of an agency read once, for pages with many of them."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from prongsai.thai.text import fold
from prongsai.thai.units import same_unit
from prongsai.web.agencies.models import Agency, Unit

NEAREST = 3
LIKENESS_MIN = 45


class UnitNames:
    """The units of an agency by every name they go by; two queries, whenever it is made."""

    def __init__(self, agency: Agency) -> None:
        self.units: list[Unit] = list(Unit.objects.filter(agency=agency).prefetch_related("aliases"))
        self._named = [(name, unit) for unit in self.units for name in _names(unit)]
        self._exact = {fold(name): unit for name, unit in reversed(self._named)}

    def find(self, text: str) -> Unit | None:
        """Give the unit that a name means, None for an unknown one."""
        if not text.strip():
            return None
        exact = self._exact.get(fold(text))
        return exact or next((unit for name, unit in self._named if same_unit(name, text)), None)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Name the units that a name is most like, the best first."""
        found = process.extract(
            fold(text), [fold(name) for name, _ in self._named], scorer=fuzz.WRatio, score_cutoff=LIKENESS_MIN, limit=9
        )
        return tuple(dict.fromkeys(self._named[place][1].name for _, _, place in found))[:NEAREST]


def _names(unit: Unit) -> Iterable[str]:
    return (unit.name, *(alias.name for alias in unit.aliases.all()))
