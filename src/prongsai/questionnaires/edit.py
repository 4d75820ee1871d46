"""Changing a questionnaire: each step gives a new one. Whether it may be asked, ``check`` says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from prongsai.questionnaires.lines import next_key
from prongsai.questionnaires.model import Option, Question, Questionnaire, Scale, Section


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=_Keyed)


def new_section_key(questionnaire: Questionnaire) -> str:
    """Give a key that no section has."""
    return next_key((one.key for one in questionnaire.sections), "s")


def new_question_key(questionnaire: Questionnaire) -> str:
    """Give a key that no question has."""
    return next_key((one.key for one in questionnaire.questions), "q")


def section_of(questionnaire: Questionnaire, question: str) -> Section:
    """Give the section that a question stands in. Raises KeyError."""
    for section in questionnaire.sections:
        if any(one.key == question for one in section.questions):
            return section
    raise KeyError(question)


def choices_of(questionnaire: Questionnaire, question: Question) -> tuple[Option, ...]:
    """Give what may be chosen in a questionnaire that is being written: nothing where its scale is not there."""
    if not question.scale:
        return question.options
    return next((one.options for one in questionnaire.scales if one.key == question.scale), ())


def showable(questionnaire: Questionnaire) -> Questionnaire:
    """Leave out what cannot be shown yet: questions without their scale, conditions that lead nowhere."""
    kept = [one for one in questionnaire.questions if not one.scale or choices_of(questionnaire, one)]
    known = {one.key for one in kept}
    whole = {one.key: one if _leads(one, known) else one.model_copy(update={"shown_if": None}) for one in kept}
    sections = [
        one.model_copy(update={"questions": tuple(whole[each.key] for each in one.questions if each.key in whole)})
        for one in questionnaire.sections
    ]
    return _of(questionnaire, sections)


def _leads(question: Question, known: set[str]) -> bool:
    return question.shown_if is None or question.shown_if.question in known


def with_section(questionnaire: Questionnaire, section: Section) -> Questionnaire:
    """Put a section in the place of the one with its key, whose questions stay; a new one comes last."""
    known = {one.key: one for one in questionnaire.sections}
    if section.key in known:
        section = section.model_copy(update={"questions": known[section.key].questions})
    return _of(questionnaire, _put(questionnaire.sections, section))


def without_section(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """Take a section away with its questions."""
    return _tidy(_of(questionnaire, [one for one in questionnaire.sections if one.key != key]))


def moved_section(questionnaire: Questionnaire, key: str, *, up: bool) -> Questionnaire:
    """Let a section change places with its neighbour; at the end nothing changes."""
    return _of(questionnaire, _moved(questionnaire.sections, key, up=up))


def with_question(
    questionnaire: Questionnaire, question: Question, section: str, scale: Scale | None = None
) -> Questionnaire:
    """Put a question into a section: in its place where it stands there, else last. scale: the one that it names."""
    scales = _put(questionnaire.scales, scale) if scale else questionnaire.scales
    sections = []
    for one in questionnaire.sections:
        others = [each for each in one.questions if each.key != question.key]
        within = _put(one.questions, question) if one.key == section else others
        sections.append(one.model_copy(update={"questions": tuple(within)}))
    return _tidy(_of(questionnaire.model_copy(update={"scales": tuple(scales)}), sections))


def without_question(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """Take a question away."""
    kept = [
        one.model_copy(update={"questions": tuple(each for each in one.questions if each.key != key)})
        for one in questionnaire.sections
    ]
    return _tidy(_of(questionnaire, kept))


def moved_question(questionnaire: Questionnaire, key: str, *, up: bool) -> Questionnaire:
    """Move a question one place; at the end of its section into the next one. Raises KeyError."""
    section = section_of(questionnaire, key)
    within = _moved(section.questions, key, up=up)
    if [one.key for one in within] != [one.key for one in section.questions]:
        return _of(questionnaire, _put(questionnaire.sections, section.model_copy(update={"questions": tuple(within)})))
    place = [one.key for one in questionnaire.sections].index(section.key) + (-1 if up else 1)
    if not 0 <= place < len(questionnaire.sections):
        return questionnaire
    return _into(questionnaire, questionnaire.question(key), questionnaire.sections[place], last=up)


def _into(questionnaire: Questionnaire, question: Question, into: Section, *, last: bool) -> Questionnaire:
    without = without_question(questionnaire, question.key).model_copy(update={"scales": questionnaire.scales})
    questions = (*into.questions, question) if last else (question, *into.questions)
    return _of(without, _put(without.sections, into.model_copy(update={"questions": questions})))


def _of(questionnaire: Questionnaire, sections: Sequence[Section]) -> Questionnaire:
    return questionnaire.model_copy(update={"sections": tuple(sections)})


def _tidy(questionnaire: Questionnaire) -> Questionnaire:
    """Leave out the scales that no question names."""
    used = {one.scale for one in questionnaire.questions}
    scales = tuple(one for one in questionnaire.scales if one.key in used)
    return questionnaire.model_copy(update={"scales": scales})


def _put(known: Sequence[T], one: T) -> list[T]:
    if all(each.key != one.key for each in known):
        return [*known, one]
    return [one if each.key == one.key else each for each in known]


def _moved(known: Sequence[T], key: str, *, up: bool) -> list[T]:
    order = list(known)
    place = [one.key for one in order].index(key)
    other = place + (-1 if up else 1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order
