"""What registers prove of a cycle's items: green without anybody judging, for as long as nobody judges otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles.models import Cycle, ElementState, ItemState, Verdict
from prongsai.web.cycles.queries.frameworks import framework_of
from prongsai.web.registers.queries.proofs import Proof, Proofs, proofs_of, proven


def content_years(cycle: Cycle) -> dict[str, int]:
    """Give the fiscal year (BE) that each item's content is about, by its key; the assessed year where any is."""
    framework = framework_of(cycle)
    return {item.key: cycle.fiscal_year_be + (item.content_year or 0) for item in framework.items}


def proofs_for(cycle: Cycle, today: date) -> Proofs:
    """Give what the agency's registers prove on a day for the years that the cycle's items are about."""
    scope = replace(system_scope(cycle.agency), today=today)
    return proofs_of(scope, content_years(cycle).values())


@dataclass(frozen=True, slots=True)
class ElementLine:
    """An element with what the registers say of it, the strongest first."""

    element: ElementState
    proofs: tuple[Proof, ...]

    @property
    def is_green(self) -> bool:
        """Whether a register proves it and nobody has judged it."""
        return not self.element.verdict and _any(self.proofs)

    @property
    def is_there(self) -> bool:
        """Whether it counts as passed."""
        return self.element.verdict == Verdict.PASS or self.is_green


def lines_of(item: ItemState, elements: Iterable[ElementState], today: date) -> tuple[ElementLine, ...]:
    """Give elements with what the registers say of each on a day."""
    proofs = proofs_for(item.cycle, today)
    year = content_years(item.cycle).get(item.key, item.cycle.fiscal_year_be)
    return tuple(ElementLine(one, proven(proofs, item.key, one.key, year)) for one in elements)


def green_of(cycle: Cycle, today: date) -> dict[int, int]:
    """Count, by item, the elements that nobody has judged and that a register proves."""
    proofs, years = proofs_for(cycle, today), content_years(cycle)
    ready = {item for (item, _element, year), found in proofs.items() if _any(found) and years.get(item) == year}
    counts: dict[int, int] = {}
    open_ones = ElementState.objects.filter(item__cycle=cycle, item__key__in=ready, verdict="")
    for pk, item, element in open_ones.values_list("item_id", "item__key", "key"):
        if _any(proven(proofs, item, element, years[item])):
            counts[pk] = counts.get(pk, 0) + 1
    return counts


def _any(found: Iterable[Proof]) -> bool:
    return any(one.is_ready for one in found)
