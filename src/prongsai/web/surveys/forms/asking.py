"""Questions as a page shows them: numbered, in one language, with what was answered and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from prongsai.questionnaires.model import TEXT_LETTERS_MAX, Option, Question, Questionnaire, QuestionType
from prongsai.questionnaires.sheet import Sent, field_of
from prongsai.thai.text import display_width
from prongsai.web.ui.templatetags.ui import thai_digits

_BESIDE = 5  # so many options stand beside each other on a phone
_BESIDE_WIDTH, _BESIDE_WIDTH_EN = 10, 7  # letters of the longest of them; Latin ones are wider
_TINY_WIDTH = 3  # numbers, which stand beside each other however many they are


@dataclass(frozen=True, slots=True)
class Choice:
    """An option. element: its id on the page, "" for most. is_aside: no opinion, or not answering at all."""

    value: str
    label: str
    element: str
    is_chosen: bool
    is_aside: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What has one answer: a question, or a row of a matrix. fault: what is wrong with the answer, "" for nothing."""

    field: str
    text: str
    fault: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A question. lines: one, of a matrix one a row. layout: ``list``, ``row`` or ``tiny``; beside: options in a row.

    only_if: the sentence that says when to answer, "" for always; if_field, if_values: the same for scripts. typed: the
    words of an answer in words.
    """

    number: int
    type: str
    text: str
    help: str
    is_required: bool
    lines: tuple[Line, ...]
    layout: str
    beside: int
    only_if: str
    if_field: str
    if_values: str
    typed: str

    @property
    def field(self) -> str:
        """The field of a question with one line."""
        return self.lines[0].field

    @property
    def fault(self) -> str:
        """What is wrong with the answer to a question with one line."""
        return self.lines[0].fault

    @property
    def letters_max(self) -> int:
        """How long an answer in words may be."""
        return TEXT_LETTERS_MAX

    @property
    def letters_told(self) -> str:
        """The same in words."""
        return thai_digits(f"{TEXT_LETTERS_MAX:,}")


@dataclass(frozen=True, slots=True)
class ShownSection:
    """Questions under a heading."""

    title: str
    intro: str
    is_about: bool
    questions: tuple[Shown, ...]


def sections(
    text: Questionnaire, language: str, sent: Sent | None = None, faults: Mapping[str, str] | None = None
) -> tuple[ShownSection, ...]:
    """Give the questions of a page. sent: what was answered, by field; faults: what is wrong with it, in words."""
    page = _Page(text, language, sent or {}, faults or {})
    return tuple(
        ShownSection(
            section.title.of(language),
            section.intro.of(language),
            section.is_about,
            tuple(page.shown(question) for question in section.questions),
        )
        for section in text.sections
    )


def first_field(question: Question) -> str:
    """Name the first field of a question."""
    return field_of(question, question.rows[0].key) if question.type is QuestionType.MATRIX else field_of(question)


class _Page:
    def __init__(self, text: Questionnaire, language: str, sent: Sent, faults: Mapping[str, str]) -> None:
        self._text, self._language, self._sent, self._faults = text, language, sent, faults
        self._numbers = {question.key: number for number, question in enumerate(text.questions, 1)}

    def shown(self, question: Question) -> Shown:
        options = self._text.options_of(question)
        layout, beside = _layout([one for one in options if not _is_aside(question, one)], self._language, question)
        condition = question.shown_if
        return Shown(
            number=self._numbers[question.key],
            type=str(question.type),
            text=question.text.of(self._language),
            help=question.help.of(self._language),
            is_required=question.is_required,
            lines=tuple(self._lines(question, options)),
            layout=layout,
            beside=beside,
            only_if=self._only_if(question),
            if_field=field_of(self._text.question(condition.question)) if condition else "",
            if_values=" ".join(condition.answers) if condition else "",
            typed="\n".join(self._sent.get(field_of(question), ())),
        )

    def _lines(self, question: Question, options: tuple[Option, ...]) -> Iterator[Line]:
        if question.type is not QuestionType.MATRIX:
            yield self._line(question, field_of(question), "", options)
        for row in question.rows:
            yield self._line(question, field_of(question, row.key), row.text.of(self._language), options)

    def _line(self, question: Question, field: str, text: str, options: tuple[Option, ...]) -> Line:
        chosen = self._sent.get(field, ())
        choices = [
            Choice(one.key, one.label.of(self._language), "", one.key in chosen, _is_aside(question, one))
            for one in options
        ]
        if question.type is QuestionType.SINGLE and not question.is_required:
            choices.append(Choice("", _("ไม่ตอบข้อนี้"), "", "" in chosen, is_aside=True))  # a round button stays pressed
        named = [Choice(one.value, one.label, field, one.is_chosen, one.is_aside) for one in choices[:1]]
        return Line(field, text, self._faults.get(field, ""), (*named, *choices[1:]))

    def _only_if(self, question: Question) -> str:
        if question.shown_if is None:
            return ""
        before = self._text.question(question.shown_if.question)
        labels = {one.key: one.label.of(self._language) for one in self._text.options_of(before)}
        answers = _(" หรือ ").join(f"“{labels[key]}”" for key in question.shown_if.answers if key in labels)
        number = thai_digits(self._numbers[before.key])
        return _("ตอบเฉพาะเมื่อข้อ {number} ตอบ {answers}").format(number=number, answers=answers)


def _is_aside(question: Question, option: Option) -> bool:
    return bool(question.scale) and option.value is None


def _layout(options: list[Option], language: str, question: Question) -> tuple[str, int]:
    """Say how options stand so that a thumb finds each on a phone, and how many beside each other."""
    widest = max((display_width(one.label.of(language)) for one in options), default=0)
    if not question.scale:
        return "list", 1
    if widest <= _TINY_WIDTH and len(options) > _BESIDE:
        return "tiny", len(options)
    most = _BESIDE_WIDTH_EN if language == "en" else _BESIDE_WIDTH
    return ("row", len(options)) if widest <= most and len(options) <= _BESIDE else ("list", 1)
