"""Scores as an agency was given them: what a file says before any framework is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from prongsai.errors import Problem, Where

Number = Decimal | int | str


class Section(StrEnum):
    """What a code names."""

    INSTRUMENT = "instrument"
    INDICATOR = "indicator"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Entry:
    """One score as printed.

    value None: named without a score. section None: the framework tells by the code.
    """

    code: str
    value: Decimal | None
    where: Where = Where()
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class StatedLevel:
    """The level as printed."""

    text: str
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of one respondent.

    part: 1-based number of the sub-question, None when the question has none. respondent: a number that only
    tells replies of one person from those of another; it leads to nobody.
    """

    respondent: int | None
    question: str
    part: int | None
    answer: str
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Scores:
    """What is known of one agency.

    problems: faults met while reading; what they touch is not among the entries.
    """

    entries: tuple[Entry, ...] = ()
    replies: tuple[Reply, ...] = ()
    overall: Entry | None = None
    level: StatedLevel | None = None
    agency: str | None = None
    where: Where = Where()
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has no usable score at all; a level alone is none."""
        stated = [e for e in self.entries if e.value is not None]
        return not (stated or self.replies or (self.overall and self.overall.value is not None))

    @classmethod
    def of(
        cls,
        indicators: Mapping[str, Number | None] | None = None,
        *,
        items: Mapping[str, Number | None] | None = None,
        instruments: Mapping[str, Number | None] | None = None,
        overall: Number | None = None,
        level: str | None = None,
        agency: str | None = None,
        where: Where = Where(),  # noqa: B008  # reason: a frozen value
    ) -> "Scores":
        """Make Scores from plain numbers, all at one place.

        Raises decimal.InvalidOperation for a text that is none.
        """
        sections = (
            (Section.INSTRUMENT, instruments),
            (Section.INDICATOR, indicators),
            (Section.ITEM, items),
        )
        entries = tuple(
            Entry(code, None if value is None else Decimal(value), where, section)
            for section, given in sections
            for code, value in (given or {}).items()
        )
        return cls(
            entries=entries,
            overall=None if overall is None else Entry("overall", Decimal(overall), where),
            level=None if level is None else StatedLevel(level, where),
            agency=agency,
            where=where,
        )


@dataclass(frozen=True, slots=True)
class Given:
    """A score that the framework knows and allows.

    printed: rounded to the framework's places, so the true one may differ.
    """

    value: Fraction
    where: Where
    printed: bool
    respondents: int | None = None
