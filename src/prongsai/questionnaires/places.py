"""What stands on a sheet of paper, in order: each thing to tick with its number, each option with the digit to type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.questionnaires.model import Option, Question, Questionnaire, QuestionType, Section, Words
from prongsai.questionnaires.sheet import field_of


@dataclass(frozen=True, slots=True)
class Place:
    """Something to tick or to write. number: ``7``, of a row of a matrix ``7.2``. field: its name in a form.

    options: as numbered on paper from 1; none for words.
    """

    number: str
    field: str
    section: Section
    question: Question
    text: Words
    options: tuple[Option, ...]

    @property
    def takes_several(self) -> bool:
        """Whether more than one option may be ticked."""
        return self.question.type is QuestionType.MULTI

    @property
    def takes_words(self) -> bool:
        """Whether it is answered in words."""
        return self.question.type is QuestionType.TEXT

    @property
    def numbered(self) -> tuple[tuple[str, Option], ...]:
        """The options, each with the number that is printed beside it."""
        return tuple((str(number), one) for number, one in enumerate(self.options, 1))


def places_of(questionnaire: Questionnaire) -> tuple[Place, ...]:
    """Number everything that a questionnaire asks, as it stands on paper."""
    return tuple(_places(questionnaire))


def number_of(questionnaire: Questionnaire, key: str) -> str:
    """Give the number of a question on paper. Raises StopIteration for one that there is not."""
    return str(next(number for number, one in enumerate(questionnaire.questions, 1) if one.key == key))


def _places(questionnaire: Questionnaire) -> Iterator[Place]:
    number = 0
    for section in questionnaire.sections:
        for question in section.questions:
            number += 1
            options = questionnaire.options_of(question)
            if question.type is QuestionType.MATRIX:
                for at, row in enumerate(question.rows, 1):
                    name = field_of(question, row.key)
                    yield Place(f"{number}.{at}", name, section, question, row.text, options)
            else:
                yield Place(str(number), field_of(question), section, question, question.text, options)
