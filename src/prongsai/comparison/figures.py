"""What the pages tell of results: means, levels, ranks within a kind, and which items and indicators are lost."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import median

from prongsai.comparison.model import Nation, Result
from prongsai.frameworks.model import Framework, Indicator, Item

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a group of results comes to. count: those with a total; levels: by code; reached: at the year's target."""

    count: int
    mean: Decimal | None
    middle: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    levels: Mapping[str, int]
    reached: int | None

    @property
    def reached_pct(self) -> Decimal | None:
        """Share of the group at the target, in percent."""
        return None if self.reached is None or not self.count else share(self.reached, self.count)


@dataclass(frozen=True, slots=True)
class Loss:
    """How much a group loses at an item or indicator. lost: agencies below full marks; mean: of their scores."""

    code: str
    key: str
    title: str
    count: int
    lost: int
    mean: Decimal

    @property
    def lost_pct(self) -> Decimal:
        """Share of agencies below full marks, in percent."""
        return share(self.lost, self.count)


@dataclass(frozen=True, slots=True)
class Place:
    """A rank among those it counts with: 1 is the highest total; equal totals share it."""

    rank: int
    of: int


def share(part: int, whole: int) -> Decimal:
    """Give a share in percent with one place."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """Give a mean rounded half-up to two places, None of nothing."""
    return (sum(values, Decimal(0)) / len(values)).quantize(HUNDREDTH, ROUND_HALF_UP) if values else None


def summary(results: Iterable[Result], framework: Framework | None) -> Summary:
    """Sum a group of one year up."""
    found = list(results)
    totals = [one.total for one in found if one.total is not None]
    levels = Counter(one.checked.level for one in found if one.checked.level)
    reached = sum(total >= framework.target_pct for total in totals) if framework else None
    middle = Decimal(median(totals)).quantize(HUNDREDTH, ROUND_HALF_UP) if totals else None
    lowest, highest = (min(totals), max(totals)) if totals else (None, None)
    return Summary(len(totals), mean(totals), middle, lowest, highest, dict(levels), reached)


def item_losses(results: Iterable[Result], framework: Framework) -> tuple[Loss, ...]:
    """Tell which items a group loses, the most lost first; only items of which the tables tell."""
    found = [result.checked.items for result in results if result.checked.items]
    known = {item.code: item for item in framework.items}
    full = max(framework.item_scores, default=Decimal(100))
    losses = [_loss(known[code], code, [one[code] for one in found if code in one], full) for code in known]
    return tuple(sorted((one for one in losses if one.count), key=lambda one: (-one.lost_pct, one.mean)))


def indicator_losses(results: Iterable[Result], framework: Framework) -> tuple[Loss, ...]:
    """Tell how indicators stand in a group, the lowest mean first."""
    found = [result.checked.indicators for result in results if result.checked.indicators]
    known = {one.code: one for one in framework.top_indicators()}
    losses = [_loss(known[code], code, [one[code] for one in found if code in one], Decimal(100)) for code in known]
    return tuple(sorted((one for one in losses if one.count), key=lambda one: one.mean))


def _loss(thing: Item | Indicator, code: str, scores: Sequence[Decimal], full: Decimal) -> Loss:
    title = thing.title_th if isinstance(thing, Item) else thing.name_th
    lost = sum(score < full for score in scores)
    return Loss(code, thing.key, title, len(scores), lost, mean(scores) or Decimal(0))


class Figures:
    """The figures of a nation, each made once."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation

    @cached_property
    def _groups(self) -> Mapping[tuple[int, str, str], tuple[Result, ...]]:
        """Results by year, kind and province; an empty text is all kinds, all provinces."""
        groups: dict[tuple[int, str, str], list[Result]] = defaultdict(list)
        for result in self.nation.results.values():
            who = self.nation.agencies[result.agency].named
            for kind in ("", who.kind.name):
                for province in ("", who.province.code):
                    groups[result.year_be, kind, province].append(result)
        return {key: tuple(found) for key, found in groups.items()}

    @cached_property
    def _falling(self) -> Mapping[tuple[int, str, str], tuple[Decimal, ...]]:
        return {
            key: tuple(sorted(-one.total for one in found if one.total is not None))
            for key, found in self._groups.items()
        }

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that there are, in the order of their codes."""
        found = {one.named.kind.code: one.named.kind.name for one in self.nation.agencies.values()}
        return tuple(found[code] for code in sorted(found))

    def group(self, year: int, kind: str = "", province: str = "") -> tuple[Result, ...]:
        """Give the results of a year, of a kind and a province or of all."""
        return self._groups.get((year, kind, province), ())

    def summary(self, year: int, kind: str = "", province: str = "") -> Summary:
        """Sum a group up."""
        return summary(self.group(year, kind, province), self.nation.frameworks.get(year))

    def place(self, result: Result, *, in_province: bool) -> Place | None:
        """Give the rank of a result within its kind, in the nation or its province; None without a total."""
        who = self.nation.agencies[result.agency].named
        falling = self._falling[result.year_be, who.kind.name, who.province.code if in_province else ""]
        return None if result.total is None else Place(bisect_left(falling, -result.total) + 1, len(falling))

    def losses(self, year: int, province: str = "") -> tuple[str, tuple[Loss, ...]]:
        """Tell what is lost in a year: ``item`` losses where tables tell of items, else ``indicator`` ones."""
        framework, found = self.nation.frameworks.get(year), self.group(year, "", province)
        if framework is None:
            return "", ()
        items = item_losses(found, framework)
        if items:
            return "item", items
        indicators = indicator_losses(found, framework)
        return ("indicator", indicators) if indicators else ("", ())

    def level_names(self, year: int) -> Mapping[str, str]:
        """Give the levels of a year by code, the best first."""
        framework = self.nation.frameworks.get(year)
        return {level.code: level.name_th for level in framework.levels} if framework else {}
