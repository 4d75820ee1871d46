"""One year's assessment as data: what a framework file says once it is loaded.

Nothing else in Prongsai knows an item code, a weight, a level or a deadline. Every fact carries a :class:`Basis`:
how sure it is and where it was seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a fact is, from a manual that was proof-read to bare recall."""

    VERIFIED = "verified"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    RECALL = "recall"

    @property
    def is_official(self) -> bool:
        """Whether it may be shown without the mark *unverified*."""
        return self is Certainty.VERIFIED

    @property
    def rank(self) -> int:
        """Order them: 0 the surest, 4 bare recall."""
        return list(Certainty).index(self)


class Status(StrEnum):
    """Draft files may be mended under a higher edition; verified ones are frozen by their hash."""

    DRAFT = "draft"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Basis:
    """How sure a fact is; sources: keys of ``Framework.sources``."""

    certainty: Certainty
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was seen."""

    key: str
    title: str
    where: str


UNKNOWN_BASIS = Basis(Certainty.RECALL)


@dataclass(frozen=True, slots=True)
class InstrumentPart:
    """A part that is collected on its own; weight in percent of the instrument, None when nobody knows it."""

    number: int
    name_th: str
    weight_pct: Decimal | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Instrument:
    """One of the tools of the assessment (IIT, EIT, OIT); weight in percent of the total.

    parts: how it is collected, empty when in one piece. While a part's weight is unknown, one score is asked for.
    """

    code: str
    name_th: str
    name_en: str
    weight_pct: Decimal
    basis: Basis
    parts: tuple[InstrumentPart, ...] = ()

    @property
    def split_unknown(self) -> bool:
        """Whether it has parts that cannot be put together because a weight is unknown."""
        return any(part.weight_pct is None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Sampling:
    """Who answers a survey and how many: rate in percent of those entitled, at least minimum, at most maximum."""

    instrument: str
    eligible_th: str
    rate_pct: Decimal | None
    minimum: int | None
    maximum: int | None
    text_th: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator (``"9"``, parent None) or a sub-indicator (``"9.1"``, parent ``"9"``)."""

    code: str
    key: str
    name_th: str
    name_en: str
    instrument: str
    parent: str | None
    basis: Basis
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """One checkable requirement of an item; key is unique inside the item."""

    key: str
    text_th: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to disclose. ``code`` is of the year (``"O12"``), ``key`` lasts (``"procurement.monthly"``).

    indicator: code of the indicator or sub-indicator it counts in. partial: whether scores between 0 and 100 are
    given; otherwise all elements or nothing. content_year: 0 the assessed fiscal year, -1 the one before, None any.
    """

    code: str
    key: str
    title_th: str
    title_en: str
    indicator: str
    elements: tuple[Element, ...]
    period_th: str
    content_year: int | None
    partial: bool
    basis: Basis
    elements_basis: Basis


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-question; its answer is reversed when agreeing is bad."""

    text_th: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A survey question of IIT or EIT. No parts means that the question itself is answered."""

    code: str
    key: str
    indicator: str
    gist_th: str
    scale: str
    reversed: bool
    parts: tuple[Part, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Scale:
    """Answers and what they score (0–100) when not reversed; ``no_opinion`` answers are left out of the mean."""

    code: str
    answers: tuple[tuple[str, Decimal], ...]
    no_opinion: tuple[str, ...]
    basis: Basis

    def score(self, answer: str, *, reverse: bool) -> Decimal | None:
        """Score one answer; None for no opinion. Raises KeyError for an answer the scale does not have."""
        if answer in self.no_opinion:
            return None
        value = dict(self.answers)[answer]
        return 100 - value if reverse else value


@dataclass(frozen=True, slots=True)
class Level:
    """A result level. Levels are tried from first to last; the first whose conditions all hold is the result.

    minimum and instrument_minimum are compared with scores rounded half-up to ``Framework.decimals`` places.
    maximum: the upper end of the band as it is printed; it decides nothing.
    """

    code: str
    name_th: str
    name_en: str
    minimum: Decimal
    instrument_minimum: Decimal | None
    basis: Basis
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One of the topics under which a year's measures must be grouped (seven in 2567 and 2568).

    basis: of number and name. links_basis: of the indicators and items, which are usually inferred.
    """

    no: int
    name_th: str
    name_en: str
    indicators: tuple[str, ...]
    item_keys: tuple[str, ...]
    basis: Basis
    links_basis: Basis = UNKNOWN_BASIS


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A step of the year's calendar. start and end are ISO dates or None when only the text is known."""

    key: str
    name_th: str
    start: str | None
    end: str | None
    text_th: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Framework:
    """One year's assessment. decimals: places to which scores are printed and levels compared."""

    id: str
    kind: str
    fiscal_year_be: int
    edition: int
    status: Status
    title_th: str
    title_en: str
    decimals: int
    target_pct: Decimal
    target_basis: Basis
    item_scores: tuple[Decimal, ...]
    sources: tuple[Source, ...]
    instruments: tuple[Instrument, ...]
    indicators: tuple[Indicator, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    questions: tuple[Question, ...]
    levels: tuple[Level, ...]
    issues: tuple[Issue, ...]
    calendar: tuple[CalendarEntry, ...]
    notes: tuple[str, ...]
    sha256: str
    item_scores_basis: Basis = UNKNOWN_BASIS
    samplings: tuple[Sampling, ...] = ()

    def top_indicators(self, instrument: str | None = None) -> tuple[Indicator, ...]:
        """Give the indicators without a parent, of one instrument or of all, in file order."""
        return tuple(i for i in self.indicators if i.parent is None and instrument in (None, i.instrument))

    def children(self, code: str) -> tuple[Indicator, ...]:
        """Give the sub-indicators of an indicator."""
        return tuple(i for i in self.indicators if i.parent == code)

    def items_of(self, indicator: str) -> tuple[Item, ...]:
        """Give the items that count directly in an indicator or sub-indicator."""
        return tuple(i for i in self.items if i.indicator == indicator)

    def questions_of(self, indicator: str) -> tuple[Question, ...]:
        """Give the questions that count in an indicator."""
        return tuple(q for q in self.questions if q.indicator == indicator)

    def item(self, code: str) -> Item | None:
        """Find an item by its code of the year."""
        return next((i for i in self.items if i.code == code), None)

    def item_by_key(self, key: str) -> Item | None:
        """Find an item by its lasting key."""
        return next((i for i in self.items if i.key == key), None)

    def indicator(self, code: str) -> Indicator | None:
        """Find an indicator or sub-indicator by its code."""
        return next((i for i in self.indicators if i.code == code), None)

    def facts(self) -> Iterator[tuple[str, Basis]]:
        """Walk every fact with its place (``"items.O3.elements.chart"``) and Basis."""
        yield "target", self.target_basis
        yield "item_scores", self.item_scores_basis
        for instrument in self.instruments:
            yield f"instruments.{instrument.code}", instrument.basis
            for part in instrument.parts:
                yield f"instruments.{instrument.code}.parts.{part.number}", part.basis
        for indicator in self.indicators:
            yield f"indicators.{indicator.code}", indicator.basis
        for item in self.items:
            yield f"items.{item.code}", item.basis
            yield f"items.{item.code}.elements", item.elements_basis
            for element in item.elements:
                yield f"items.{item.code}.elements.{element.key}", element.basis
        yield from self._survey_facts()
        for level in self.levels:
            yield f"levels.{level.code}", level.basis
        for issue in self.issues:
            yield f"issues.{issue.no}", issue.basis
            yield f"issues.{issue.no}.links", issue.links_basis
        for entry in self.calendar:
            yield f"calendar.{entry.key}", entry.basis

    def _survey_facts(self) -> Iterator[tuple[str, Basis]]:
        for scale in self.scales:
            yield f"scales.{scale.code}", scale.basis
        for question in self.questions:
            yield f"questions.{question.code}", question.basis
        for sampling in self.samplings:
            yield f"samplings.{sampling.instrument}", sampling.basis

    @property
    def is_official(self) -> bool:
        """Whether the file is verified and every fact in it is."""
        return self.status is Status.VERIFIED and all(basis.certainty.is_official for _, basis in self.facts())


class Relation(StrEnum):
    """What became of an item in the next year."""

    KEPT = "kept"
    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """How items of one year became those of the next; codes are of their own years.

    kept, renamed: one to one. split: one to many. merged: many to one. new: none to one. retired: one to none.
    """

    relation: Relation
    from_codes: tuple[str, ...]
    to_codes: tuple[str, ...]
    note_th: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The items of two frameworks held side by side; every item of both occurs at least once."""

    id: str
    from_id: str
    to_id: str
    edition: int
    rows: tuple[CrosswalkRow, ...]
    status: Status = Status.DRAFT
    sources: tuple[Source, ...] = ()
    sha256: str = ""

    def row_from(self, code: str) -> CrosswalkRow | None:
        """Find the first row that says what became of an item."""
        return next((row for row in self.rows if code in row.from_codes), None)

    def row_to(self, code: str) -> CrosswalkRow | None:
        """Find the first row that says where an item came from."""
        return next((row for row in self.rows if code in row.to_codes), None)
