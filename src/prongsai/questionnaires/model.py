"""What a questionnaire says, as frozen records; its JSON is what is kept and frozen when a survey opens.

Answers of a question, by its type: scale and single: the key of an option; multi: keys of options; matrix: row key →
option key; text: the words. An option without a value says that there is no opinion: it is counted, never averaged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

TEXT_LETTERS_MAX = 2000  # of an answer in words
LETTER_BYTES_MAX = 4  # in JSON, of letters that are no control characters
_FRAME_BYTES, _MARKS_BYTES = 64, 8  # of JSON around all answers, and around one
TEXTS_MAX = 3  # questions answered in words: each makes every sealed answer longer, whoever leaves it empty or not


class Kind(StrEnum):
    """What a questionnaire is for."""

    PRACTICE_IIT = "practice-iit"  # staff, the indicators of the year in our own words
    PRACTICE_EIT = "practice-eit"  # people who deal with the office
    SATISFACTION = "satisfaction"
    TRAINING = "training"
    FREE = "free"

    @property
    def instrument(self) -> str:
        """The instrument of the assessment that it practises for, "" for none."""
        return {Kind.PRACTICE_IIT: "IIT", Kind.PRACTICE_EIT: "EIT"}.get(self, "")

    @property
    def is_practice(self) -> bool:
        """Whether it practises for an official survey: closed in its window, never told by group."""
        return bool(self.instrument)


class QuestionType(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    SINGLE = "single"
    MULTI = "multi"
    MATRIX = "matrix"
    TEXT = "text"


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Said):
    """A text in Thai, and in English where there is one."""

    th: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        """Give it in a language, ``th`` or ``en``; Thai where there is no English."""
        return (self.en or self.th) if language.startswith("en") else self.th

    def __str__(self) -> str:
        return self.th


class Option(_Said):
    """Something that may be chosen. value: what it counts on its scale; None on a scale: no opinion."""

    key: str
    label: Words
    value: Decimal | None = None


class Scale(_Said):
    """Options with values, from the least to the best, those without opinion last. Reversing turns values over."""

    key: str
    options: tuple[Option, ...]

    @property
    def low(self) -> Decimal:
        """The least value."""
        return min(one.value for one in self.options if one.value is not None)

    @property
    def high(self) -> Decimal:
        """The best value."""
        return max(one.value for one in self.options if one.value is not None)

    def value_of(self, option: str, *, reverse: bool = False) -> Decimal | None:
        """Give what an option counts; None for no opinion. Raises KeyError for an option it does not have."""
        value = {one.key: one.value for one in self.options}[option]
        return self.low + self.high - value if reverse and value is not None else value


class Row(_Said):
    """A line of a matrix."""

    key: str
    text: Words
    reversed: bool = False


class ShownIf(_Said):
    """The answers to an earlier question of type scale, single or multi that make a question be asked."""

    question: str
    answers: tuple[str, ...]


class Question(_Said):
    """A question. scale: of type scale and matrix. rows: of a matrix. options: of single and multi.

    indicator: lasting key of the indicator that it practises. aspect: of a satisfaction survey, by its key.
    """

    key: str
    type: QuestionType
    text: Words
    help: Words = Words()
    scale: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    reversed: bool = False
    is_required: bool = True
    shown_if: ShownIf | None = None
    indicator: str = ""
    aspect: str = ""


class Section(_Said):
    """Questions under a heading. is_about: about who answers; kept apart from every other answer, and never crossed."""

    key: str
    title: Words
    intro: Words = Words()
    is_about: bool = False
    questions: tuple[Question, ...] = ()


class Aspect(_Said):
    """What several questions are about together, such as the staff or the place."""

    key: str
    name: Words


class Questionnaire(_Said):
    """A questionnaire. group_question: how somebody who comes by a general link is asked for the group."""

    kind: Kind
    title: Words
    intro: Words = Words()
    thanks: Words = Words()
    group_question: Words = Words()
    scales: tuple[Scale, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    sections: tuple[Section, ...] = Field(default=())

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def rated(self) -> tuple[Question, ...]:
        """The questions whose answers are kept together: neither about who answers nor in words."""
        return tuple(one for one in self._of(is_about=False) if one.type is not QuestionType.TEXT)

    @property
    def about(self) -> tuple[Question, ...]:
        """The questions about who answers, each kept apart."""
        return tuple(one for one in self._of(is_about=True) if one.type is not QuestionType.TEXT)

    @property
    def texts(self) -> tuple[Question, ...]:
        """The questions answered in words, each kept apart."""
        return tuple(one for one in self.questions if one.type is QuestionType.TEXT)

    @property
    def box_bytes(self) -> int:
        """The length that every sealed answer has, whatever is in it: the longest that this questionnaire allows."""
        return -(-(_FRAME_BYTES + sum(self._longest(one) for one in self.questions)) // 256) * 256

    @property
    def plain(self) -> dict[str, object]:
        """Give what JSON can hold, and :func:`questionnaire_from` reads."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @property
    def sha256(self) -> str:
        """The hash that tells one text from another."""
        text = json.dumps(self.plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def question(self, key: str) -> Question:
        """Give a question by its key. Raises KeyError."""
        return {one.key: one for one in self.questions}[key]

    def scale_of(self, question: Question) -> Scale:
        """Give the scale of a question. Raises KeyError for one without."""
        return {one.key: one for one in self.scales}[question.scale]

    def options_of(self, question: Question) -> tuple[Option, ...]:
        """Give what may be chosen: the options of its scale or its own; none for words."""
        return self.scale_of(question).options if question.scale else question.options

    def _longest(self, question: Question) -> int:
        """Give how many bytes of JSON the longest answer to a question has."""
        chosen = [_bytes(one.key) for one in self.options_of(question)]
        inside = {
            QuestionType.TEXT: TEXT_LETTERS_MAX * LETTER_BYTES_MAX,
            QuestionType.MULTI: sum(chosen),
            QuestionType.MATRIX: sum(_bytes(row.key) + max(chosen, default=0) for row in question.rows),
        }
        return _bytes(question.key) + inside.get(question.type, max(chosen, default=0)) + _MARKS_BYTES

    def _of(self, *, is_about: bool) -> Iterator[Question]:
        for section in self.sections:
            if section.is_about is is_about:
                yield from section.questions


def _bytes(key: str) -> int:
    """Give how many bytes of JSON a key has, with its quotes and what stands between it and the next."""
    return len(json.dumps(key, ensure_ascii=False).encode()) + 1


def questionnaire_from(plain: object) -> Questionnaire:
    """Read what ``Questionnaire.plain`` gives. Raises pydantic.ValidationError."""
    return Questionnaire.model_validate(plain)
