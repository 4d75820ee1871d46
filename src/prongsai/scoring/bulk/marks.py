"""What each answer of a question scores, in whole units, so that sums over a nation stay exact.

A unit is the last decimal of the scale's scores, divided further by what the mean over sub-questions needs: with three
of them a respondent's mean may have thirds, and halves where one had no opinion.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm

from prongsai.frameworks.model import Question, Scale
from prongsai.scoring.bulk.source import Kind
from prongsai.scoring.outline import Outline
from prongsai.thai.numerals import read_number

Mark = int | None  # units; None for no opinion


@dataclass(frozen=True)
class Marks:
    """What the answers of a question or sub-question score.

    texts: by the words of the scale; numbers: by a number that is one of its scores. spellings: other writings of the
    same that were met in a file.
    """

    texts: Mapping[str, Mark]
    numbers: Mapping[Decimal, Mark]
    spellings: Mapping[str, Mark] = field(default_factory=dict)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """Tell marks that are the same."""
        return tuple(tuple(each.items()) for each in (self.texts, self.numbers, self.spellings))

    def known(self, kind: Kind) -> Mapping[Decimal | str, Mark]:
        """Give the values that a column of a kind may hold, with their marks."""
        if kind is Kind.TEXT:
            printed = {format(number, "f"): mark for number, mark in self.numbers.items()}
            written: dict[Decimal | str, Mark] = {}
            for each in (self.spellings, printed, self.texts):
                written.update(each)
            return written
        wholes = kind is Kind.INTEGER
        return {number: mark for number, mark in self.numbers.items() if not wholes or number == int(number)}

    def read(self, text: str) -> tuple[bool, Mark]:
        """Read an answer as it is printed after tidying: whether it is known, and its mark."""
        if text in self.texts:
            return True, self.texts[text]
        number = read_number(text)
        if number is None or number not in self.numbers:
            return False, None
        return True, self.numbers[number]

    @cached_property
    def straight(self) -> bool | None:
        """Whether a whole number marks itself (True) or 100 less itself (False); None for anything else."""
        marks = list(self.numbers.items())
        if not marks or any(number != int(number) for number, _ in marks):
            return None
        if all(mark == number for number, mark in marks):
            return True
        return False if all(mark == 100 - number for number, mark in marks) else None


@dataclass(frozen=True)
class Measure:
    """How a question is counted. place: its number among the framework's questions; units: that one point has."""

    place: int
    question: Question
    instrument: str
    units: int
    fill: int
    parts: tuple[Marks, ...]

    @property
    def code(self) -> str:
        """The code of the question."""
        return self.question.code

    @property
    def has_parts(self) -> bool:
        """Whether respondents answer sub-questions."""
        return bool(self.question.parts)

    @property
    def count(self) -> int:
        """How many answers a respondent gives."""
        return len(self.parts)

    def mean(self, units: int, respondents: int) -> Fraction:
        """Give the score of a sum over respondents."""
        return Fraction(units, self.units * respondents)


def measures(outline: Outline) -> tuple[Measure, ...]:
    """Give how each question of a framework is counted, in file order."""
    return tuple(
        _measure(outline, place, question) for place, question in enumerate(outline.framework.questions)
    )  # fmt: skip


def _measure(outline: Outline, place: int, question: Question) -> Measure:
    scale = outline.scales[question.scale]
    decimals = max((_decimals(score) for _, score in scale.answers), default=0)
    turned = [part.reversed for part in question.parts] or [question.reversed]
    fill = lcm(*range(1, len(turned) + 1))
    parts = tuple(_marks(scale, decimals, reverse) for reverse in turned)
    return Measure(place, question, _instrument(outline, question), 10**decimals * fill, fill, parts)


def _instrument(outline: Outline, question: Question) -> str:
    indicator = outline.framework.indicator(question.indicator)
    assert indicator is not None, "a loaded framework names the indicator of each question"
    return indicator.instrument


def _decimals(score: Decimal) -> int:
    exponent = score.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _marks(scale: Scale, decimals: int, reverse: bool) -> Marks:
    def mark(answer: str) -> Mark:
        score = scale.score(answer, reverse=reverse)
        return None if score is None else int(score.scaleb(decimals))

    texts: dict[str, Mark] = {answer: mark(answer) for answer, _ in scale.answers}
    texts.update(dict.fromkeys(scale.no_opinion))
    return Marks(texts, _numbers(scale, texts))


def _numbers(scale: Scale, texts: Mapping[str, Mark]) -> dict[Decimal, Mark]:
    """Give what numbers mark: an answer that is printed as a number comes before the score that looks like it."""
    numbers: dict[Decimal, Mark] = {}
    for number, mark in _both(scale, texts):
        numbers.setdefault(number, mark)
    return numbers


def _both(scale: Scale, texts: Mapping[str, Mark]) -> Iterable[tuple[Decimal, Mark]]:
    for answer, mark in texts.items():
        number = read_number(answer)
        if number is not None:
            yield number, mark
    yield from ((score.normalize(), texts[answer]) for answer, score in scale.answers)
