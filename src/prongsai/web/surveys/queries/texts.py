"""Questionnaires of an agency: the list, one with what is wrong with it, what a page shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from prongsai.errors import Problem, Severity
from prongsai.questionnaires.check import check
from prongsai.questionnaires.edit import choices_of
from prongsai.questionnaires.length import minutes_of
from prongsai.questionnaires.load import library, ready_scales
from prongsai.questionnaires.model import Kind, Question, QuestionType
from prongsai.questionnaires.model import Questionnaire as Text
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Questionnaire, SurveyState
from prongsai.web.ui.templatetags.ui import thai_digits

KINDS: Mapping[Kind, object] = {
    Kind.PRACTICE_IIT: gettext_lazy("ซ้อมประเมินภายใน (IIT)"),
    Kind.PRACTICE_EIT: gettext_lazy("ซ้อมประเมินภายนอก (EIT)"),
    Kind.SATISFACTION: gettext_lazy("ความพึงพอใจ"),
    Kind.TRAINING: gettext_lazy("ประเมินการฝึกอบรม"),
    Kind.FREE: gettext_lazy("สร้างเอง"),
}
TYPES: Mapping[QuestionType, object] = {
    QuestionType.SCALE: gettext_lazy("ให้คะแนนตามระดับ"),
    QuestionType.SINGLE: gettext_lazy("เลือกหนึ่งคำตอบ"),
    QuestionType.MULTI: gettext_lazy("เลือกได้หลายคำตอบ"),
    QuestionType.MATRIX: gettext_lazy("ตารางให้คะแนนหลายเรื่อง"),
    QuestionType.TEXT: gettext_lazy("เขียนตอบ"),
}


@dataclass(frozen=True, slots=True)
class ShippedLine:
    """A questionnaire of the library. taken: the agency's own that reads the same, if there is one."""

    id: str
    title: str
    kind: str
    n_questions: int
    minutes: int
    taken: int | None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A questionnaire in the list. n_surveys: how many use it."""

    pk: int
    title: str
    kind: str
    n_questions: int
    n_surveys: int
    is_shelved: bool
    has_errors: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The questionnaires of an agency, in use and put away, and those of the library."""

    used: tuple[TextLine, ...]
    shelved: tuple[TextLine, ...]
    shipped: tuple[ShippedLine, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, in the language of the page. is_error: it keeps a survey from opening."""

    is_error: bool
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question on the page of its questionnaire. answers: in one line; only_if: when it is asked, "" for always."""

    number: int
    key: str
    text: str
    type: str
    answers: str
    rows: tuple[str, ...]
    only_if: str
    aspect: str
    is_required: bool
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section on the page of its questionnaire."""

    key: str
    title: str
    intro: str
    is_about: bool
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class TextPage:
    """The page of a questionnaire. n_open: surveys of it that were opened, whose text does not change any more."""

    record: Questionnaire
    text: Text
    kind: str
    minutes: int
    sections: tuple[SectionLine, ...]
    faults: tuple[Fault, ...]
    n_surveys: int
    n_open: int
    may_change: bool

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What keeps a survey of it from opening."""
        return tuple(one for one in self.faults if one.is_error)

    @property
    def advice(self) -> tuple[Fault, ...]:
        """What should be looked at."""
        return tuple(one for one in self.faults if not one.is_error)


def questionnaires_of(scope: Scope) -> QuerySet[Questionnaire]:
    """Give the questionnaires of an agency."""
    return Questionnaire.objects.filter(agency=scope.agency).select_related("agency")


def shelf(scope: Scope) -> Shelf:
    """Give the list of questionnaires. One query."""
    records = list(questionnaires_of(scope).annotate(n_surveys=Count("surveys")))
    lines = [_line(one, one.n_surveys) for one in records]
    taken = {one.library: one for one in records if one.library and not one.is_shelved}
    return Shelf(
        tuple(line for line in lines if not line.is_shelved),
        tuple(line for line in lines if line.is_shelved),
        tuple(_shipped(id, text, taken.get(id)) for id, text in library().items()),
    )


def _line(record: Questionnaire, n_surveys: int) -> TextLine:
    text = record.pure
    has_errors = not record.library and any(one.severity is Severity.ERROR for one in check(text))
    return TextLine(
        record.pk, record.title, kind_name(text.kind), len(text.questions), n_surveys, record.is_shelved, has_errors
    )


def _shipped(id: str, text: Text, taken: Questionnaire | None) -> ShippedLine:
    pk = taken.pk if taken is not None and taken.pure == text else None
    return ShippedLine(id, text.title.of(_language()), kind_name(text.kind), len(text.questions), minutes_of(text), pk)


def kind_name(kind: Kind | str) -> str:
    """Name a kind of questionnaire."""
    return str(KINDS[Kind(kind)])


def page_of(scope: Scope, record: Questionnaire) -> TextPage:
    """Give the page of a questionnaire."""
    text = record.pure
    counts = record.surveys.aggregate(all=Count("pk"), open=Count("pk", filter=~Q(state=SurveyState.DRAFT)))
    return TextPage(
        record=record,
        text=text,
        kind=kind_name(text.kind),
        minutes=minutes_of(text),
        sections=sections_of(text),
        faults=faults_of(text),
        n_surveys=counts["all"],
        n_open=counts["open"],
        may_change=scope.can(Power.RUN_CYCLE) and not text.kind.is_practice,
    )


def faults_of(text: Text) -> tuple[Fault, ...]:
    """Say what is wrong with a questionnaire, in the language of the page."""
    return tuple(_fault(one) for one in check(text))


def _fault(problem: Problem) -> Fault:
    is_thai = _language() == "th"
    message, mend = (problem.message_th, problem.mend_th) if is_thai else (problem.message, problem.mend)
    return Fault(problem.severity is Severity.ERROR, thai_digits(message), thai_digits(mend or ""))


def sections_of(text: Text) -> tuple[SectionLine, ...]:
    """Give the questions in their sections, numbered through."""
    numbers = {one.key: number for number, one in enumerate(text.questions, start=1)}
    return tuple(
        SectionLine(
            section.key,
            section.title.of(_language()),
            section.intro.of(_language()),
            section.is_about,
            tuple(_question(text, one, numbers) for one in section.questions),
        )
        for section in text.sections
    )


def _question(text: Text, question: Question, numbers: Mapping[str, int]) -> QuestionLine:
    aspects = {one.key: one.name.of(_language()) for one in text.aspects}
    return QuestionLine(
        number=numbers[question.key],
        key=question.key,
        text=question.text.of(_language()),
        type=str(TYPES[question.type]),
        answers=_answers(text, question),
        rows=tuple(_row(row.text.of(_language()), row.reversed) for row in question.rows),
        only_if=_only_if(text, question, numbers),
        aspect=aspects.get(question.aspect, ""),
        is_required=question.is_required,
        is_reversed=question.reversed,
    )


def _answers(text: Text, question: Question) -> str:
    """Name a scale that everybody may choose; tell other answers one by one."""
    ready = ready_scales().get(question.scale)
    if ready is not None and ready.scale in text.scales:
        return ready.name.of(_language())
    return " · ".join(one.label.of(_language()) for one in choices_of(text, question))


def _row(text: str, is_reversed: bool) -> str:
    return f"{text} ({_('กลับคะแนน')})" if is_reversed else text


def _only_if(text: Text, question: Question, numbers: Mapping[str, int]) -> str:
    if question.shown_if is None:
        return ""
    before = next((one for one in text.questions if one.key == question.shown_if.question), None)
    if before is None:
        return _("ขึ้นกับคำถามที่ถูกลบไปแล้ว")
    labels = {one.key: one.label.of(_language()) for one in choices_of(text, before)}
    answers = _(" หรือ ").join(f"“{labels.get(key, '?')}”" for key in question.shown_if.answers)
    return _("ถามเมื่อข้อ {number} ตอบ {answers}").format(number=thai_digits(numbers[before.key]), answers=answers)


def _language() -> str:
    return "en" if (get_language() or "th").startswith("en") else "th"
