"""What counts in what, drawn once from a framework: total, instruments, indicators, items, questions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from prongsai.frameworks.model import Basis, Framework, Indicator, Item, Question, Scale
from prongsai.scoring.exact import HUNDRED
from prongsai.thai.text import fold


class Kind(StrEnum):
    """What a place in the tree is."""

    OVERALL = "overall"
    INSTRUMENT = "instrument"
    INDICATOR = "indicator"
    SUB_INDICATOR = "sub_indicator"
    ITEM = "item"
    QUESTION = "question"

    @property
    def is_sum(self) -> bool:
        """Whether it is printed only as the sum of what is below it: such a figure is computed anew."""
        return self in (Kind.OVERALL, Kind.INSTRUMENT)


Key = tuple[Kind, str]
ROOT: Key = (Kind.OVERALL, "overall")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the tree.

    share: what it counts in its parent (weights: of the total; otherwise one part of all). keys: its own and
    those of everything below.
    """

    kind: Kind
    code: str
    title_th: str
    share: Fraction
    children: tuple["Spot", ...]
    keys: frozenset[Key]

    @property
    def key(self) -> Key:
        """Its kind and code; codes are unique within a kind."""
        return self.kind, self.code

    def walk(self) -> Iterator["Spot"]:
        """Give it and everything below, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, eq=False)
class Outline:
    """A framework drawn as a tree, with the lookups that scores need; make one for many agencies.

    Two are equal only when they are one, so that it is a cheap key.
    """

    framework: Framework
    root: Spot

    @classmethod
    def of(cls, framework: Framework) -> "Outline":
        """Draw the tree of a framework."""
        tops = tuple(_instrument(framework, each.code) for each in framework.instruments)
        return cls(framework, _spot(ROOT, framework.title_th, Fraction(1), tops))

    @cached_property
    def spots(self) -> Mapping[Key, Spot]:
        """Every place by its key."""
        return {spot.key: spot for spot in self.root.walk()}

    @cached_property
    def coefficients(self) -> Mapping[Key, Fraction]:
        """What one point of each place is worth in the total."""
        worth: dict[Key, Fraction] = {}

        def descend(spot: Spot, coefficient: Fraction) -> None:
            worth[spot.key] = coefficient
            for child in spot.children:
                descend(child, coefficient * child.share)

        descend(self.root, Fraction(1))
        return worth

    @cached_property
    def parents(self) -> Mapping[Key, Spot]:
        """The place that each other place counts in."""
        return {child.key: spot for spot in self.root.walk() for child in spot.children}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Items by code."""
        return {item.code: item for item in self.framework.items}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Questions by code."""
        return {question.code: question for question in self.framework.questions}

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """Scales by code."""
        return {scale.code: scale for scale in self.framework.scales}

    @cached_property
    def bases(self) -> Mapping[Key, Basis]:
        """How sure each instrument, indicator, item and question is."""
        framework = self.framework
        return {
            **{(Kind.INSTRUMENT, each.code): each.basis for each in framework.instruments},
            **{(_kind(each), each.code): each.basis for each in framework.indicators},
            **{(Kind.ITEM, each.code): each.basis for each in framework.items},
            **{(Kind.QUESTION, each.code): each.basis for each in framework.questions},
        }

    @cached_property
    def allowed(self) -> Mapping[str, tuple[Decimal, ...] | None]:
        """What each item may score, ascending; None for anything from 0 to 100.

        All or nothing: the ends of the framework's scores. Partial: all of them, or anything when only ends are listed.
        """
        scores = tuple(sorted(set(self.framework.item_scores)))
        ends = (scores[0], scores[-1]) if len(scores) > 1 else scores
        steps = scores if len(scores) > 2 else None
        return {item.code: steps if item.partial else ends for item in self.framework.items}

    @cached_property
    def names(self) -> Mapping[str, Key]:
        """Every way to name an instrument, indicator or item, folded; a name that two share is left out."""
        found: dict[str, Key | None] = {}
        for name, key in self._all_names():
            found[name] = key if found.get(name, key) == key else None
        return {name: key for name, key in found.items() if key is not None}

    def _all_names(self) -> Iterator[tuple[str, Key]]:
        for instrument in self.framework.instruments:
            yield fold(instrument.code), (Kind.INSTRUMENT, instrument.code)
        for indicator in self.framework.indicators:
            key = (_kind(indicator), indicator.code)
            names = (indicator.code, indicator.name_th, *indicator.aliases)
            yield from ((fold(name), key) for name in names)
            yield from ((fold(f"{indicator.code} {name}"), key) for name in names[1:])
        for item in self.framework.items:
            key = (Kind.ITEM, item.code)
            names = (item.code, item.title_th, f"{item.code} {item.title_th}")
            yield from ((fold(name), key) for name in names)

    def below(self, key: Key, kind: Kind) -> tuple[Spot, ...]:
        """Give the places of one kind under a place, in file order."""
        return tuple(spot for spot in self.spots[key].walk() if spot.kind is kind)


def _kind(indicator: Indicator) -> Kind:
    return Kind.INDICATOR if indicator.parent is None else Kind.SUB_INDICATOR


def _spot(key: Key, title_th: str, share: Fraction, children: tuple[Spot, ...]) -> Spot:
    keys = frozenset({key}).union(*(child.keys for child in children))
    return Spot(key[0], key[1], title_th, share, children, keys)


def _instrument(framework: Framework, code: str) -> Spot:
    instrument = next(each for each in framework.instruments if each.code == code)
    tops = framework.top_indicators(code)
    children = tuple(_indicator(framework, top, len(tops)) for top in tops)
    share = Fraction(instrument.weight_pct) / HUNDRED
    return _spot((Kind.INSTRUMENT, code), instrument.name_th, share, children)


def _indicator(framework: Framework, indicator: Indicator, count: int) -> Spot:
    subs, items = framework.children(indicator.code), framework.items_of(indicator.code)
    questions = framework.questions_of(indicator.code)
    below = len(subs) + len(items) + len(questions)
    share = Fraction(1, below) if below else Fraction(1)
    children = (
        *(_indicator(framework, sub, below) for sub in subs),
        *(_spot((Kind.ITEM, item.code), item.title_th, share, ()) for item in items),
        *(_spot((Kind.QUESTION, each.code), each.gist_th, share, ()) for each in questions),
    )
    return _spot((_kind(indicator), indicator.code), indicator.name_th, Fraction(1, count), children)
