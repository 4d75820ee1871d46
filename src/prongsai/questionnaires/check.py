"""Everything that is wrong with a questionnaire, as Problems. One with an error is not opened for answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from prongsai.errors import Problem, Severity
from prongsai.privacy.patterns import personal
from prongsai.questionnaires.edit import choices_of
from prongsai.questionnaires.faults import NOWHERE, Place, fault
from prongsai.questionnaires.identity import asks_about, asks_who
from prongsai.questionnaires.model import TEXTS_MAX, Question, Questionnaire, QuestionType, Section, Words
from prongsai.questionnaires.steering import steering
from prongsai.thai.text import fold

KEY_MAX = 20
CHOSEN_MAX = 30  # things to rate or choose; a few minutes on a phone
_KEY = re.compile(rf"[a-z0-9][a-z0-9_]{{0,{KEY_MAX - 1}}}")  # no hyphen: fields are named q-<key>-<row>
_RATED = (QuestionType.SCALE, QuestionType.MATRIX)
_CHOSEN = (QuestionType.SINGLE, QuestionType.MULTI)
_IDENTIFYING = ("citizen_id", "phone", "email", "account")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question at its place. before: those that stand before it."""

    question: Question
    section: Section
    place: Place
    before: tuple[Question, ...]


def check(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Find every fault, in the order of the page: of the whole first, then section by section and question by question.

    What has no error can be read by ``sheet.read`` and be opened.
    """
    asked = tuple(_asked(questionnaire))
    found = [*_whole(questionnaire), *_keys(questionnaire), *_words(questionnaire)]
    for one in asked:
        found += [problem for look in _LOOKS for problem in look(questionnaire, one)]
    return tuple(dict.fromkeys(found))


def is_fit(questionnaire: Questionnaire) -> bool:
    """Whether a questionnaire has no error."""
    return all(one.severity is not Severity.ERROR for one in check(questionnaire))


def _asked(questionnaire: Questionnaire) -> Iterator[_Asked]:
    before: tuple[Question, ...] = ()
    for section in questionnaire.sections:
        for question in section.questions:
            number = len(before) + 1
            yield _Asked(question, section, Place(f"question {number}", f"คำถามที่ {number}"), before)
            before = (*before, question)


# --- the whole --------------------------------------------------------------------------------------------------------
def _whole(questionnaire: Questionnaire) -> Iterator[Problem]:
    if not questionnaire.questions:
        yield fault("QUESTIONNAIRE_EMPTY")
    elif not questionnaire.rated:
        yield fault("QUESTIONNAIRE_NOT_RATED")
    if (count := len(questionnaire.texts)) > TEXTS_MAX:
        yield fault("QUESTIONNAIRE_MANY_TEXTS", count=count, most=TEXTS_MAX)
    if (count := chosen_count(questionnaire)) > CHOSEN_MAX:
        yield fault("QUESTIONNAIRE_LONG", count=count, most=CHOSEN_MAX)


def chosen_count(questionnaire: Questionnaire) -> int:
    """Count what is to be rated or chosen, every row of a table by itself."""
    return sum(len(one.rows) or 1 for one in questionnaire.questions if one.type is not QuestionType.TEXT)


def _keys(questionnaire: Questionnaire) -> Iterator[Problem]:
    groups: list[tuple[Place, list[str]]] = [
        (NOWHERE, [one.key for one in questionnaire.sections]),
        (NOWHERE, [one.key for one in questionnaire.questions]),
        (NOWHERE, [one.key for one in questionnaire.scales]),
        (NOWHERE, [one.key for one in questionnaire.aspects]),
        *((NOWHERE, [option.key for option in one.options]) for one in questionnaire.scales),
    ]
    for one in _asked(questionnaire):
        groups.append((one.place, [option.key for option in one.question.options]))
        groups.append((one.place, [row.key for row in one.question.rows]))
    for place, keys in groups:
        yield from (fault("QUESTIONNAIRE_BAD_KEY", place, value=key, most=KEY_MAX) for key in keys if not _is_key(key))
        yield from (fault("QUESTIONNAIRE_KEY_TWICE", place, value=key) for key in _twice(keys))


def _is_key(key: str) -> bool:
    return bool(_KEY.fullmatch(key))


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


# --- texts ------------------------------------------------------------------------------------------------------------
def _words(questionnaire: Questionnaire) -> Iterator[Problem]:
    told = list(_told(questionnaire))
    yield from (
        fault("QUESTIONNAIRE_NO_THAI", place) for place, words, needed in told if needed and not words.th.strip()
    )
    missing = [place for place, words, needed in told if (needed or words.th) and not words.en.strip()]
    if missing and _has_english(questionnaire):
        yield fault("QUESTIONNAIRE_HALF_ENGLISH", missing[0], count=len(missing))
    weight = Severity.ERROR if questionnaire.kind.is_practice else Severity.WARNING
    for place, words, _needed in told:
        if found := steering(words.th) or steering(words.en):
            yield fault("QUESTIONNAIRE_STEERING", place, severity=weight, value=found)


def _has_english(questionnaire: Questionnaire) -> bool:
    """Whether anything is in English besides the labels of scales, which mostly came with both languages."""
    own = questionnaire.model_copy(update={"scales": ()})
    return any(words.en.strip() for _place, words, _needed in _told(own))


def _told(questionnaire: Questionnaire) -> Iterator[tuple[Place, Words, bool]]:
    """Give every text that people read, with its place and whether it may not be missing."""
    yield Place("the title", "ชื่อแบบสอบถาม"), questionnaire.title, True
    yield Place("the opening text", "คำชี้แจง"), questionnaire.intro, False
    yield Place("the closing text", "ข้อความปิดท้าย"), questionnaire.thanks, False
    yield Place("the question for the group", "คำถามเลือกกลุ่ม"), questionnaire.group_question, False
    for aspect in questionnaire.aspects:
        yield Place(f"the aspect {aspect.key}", f"ชื่อด้าน {aspect.key}"), aspect.name, True
    for number, section in enumerate(questionnaire.sections, start=1):
        place = Place(f"section {number}", f"ส่วนที่ {number}")
        yield place, section.title, True
        yield place, section.intro, False
    for one in _asked(questionnaire):
        yield from ((one.place, words, needed) for words, needed in _own(questionnaire, one.question))


def _own(questionnaire: Questionnaire, question: Question) -> Iterator[tuple[Words, bool]]:
    yield question.text, True
    yield question.help, False
    yield from ((row.text, True) for row in question.rows)
    yield from ((option.label, True) for option in question.options)
    for scale in questionnaire.scales:
        if scale.key == question.scale:
            yield from ((option.label, True) for option in scale.options)


# --- question by question ---------------------------------------------------------------------------------------------
def _choices(questionnaire: Questionnaire, one: _Asked) -> Iterator[Problem]:
    question = one.question
    if question.type in _RATED:
        yield from _scale(questionnaire, one)
    if question.type in _CHOSEN and len(question.options) < 2:
        yield fault("QUESTIONNAIRE_FEW_OPTIONS", one.place)
    if question.type is QuestionType.MATRIX and not question.rows:
        yield fault("QUESTIONNAIRE_NO_ROWS", one.place)
    labels = [fold(option.label.th) for option in question.options if option.label.th]
    rows = [fold(row.text.th) for row in question.rows if row.text.th]
    yield from (fault("QUESTIONNAIRE_OPTION_TWICE", one.place, value=each) for each in (*_twice(labels), *_twice(rows)))


def _scale(questionnaire: Questionnaire, one: _Asked) -> Iterator[Problem]:
    scale = next((each for each in questionnaire.scales if each.key == one.question.scale), None)
    if scale is None:
        yield fault("QUESTIONNAIRE_NO_SCALE", one.place)
    elif len({option.value for option in scale.options} - {None}) < 2:
        yield fault("QUESTIONNAIRE_SCALE_SHORT", one.place)


def _parts(questionnaire: Questionnaire, one: _Asked) -> Iterator[Problem]:
    question = one.question
    unfit = {
        "scale": bool(question.scale) and question.type not in _RATED,
        "options": bool(question.options) and question.type not in _CHOSEN,
        "rows": bool(question.rows) and question.type is not QuestionType.MATRIX,
        "reversed": question.reversed and question.type is not QuestionType.SCALE,
    }
    yield from (
        fault("QUESTIONNAIRE_UNFIT_PART", one.place, value=name) for name, is_unfit in unfit.items() if is_unfit
    )
    if question.aspect and question.aspect not in {each.key for each in questionnaire.aspects}:
        yield fault("QUESTIONNAIRE_UNKNOWN_ASPECT", one.place, value=question.aspect)


def _condition(questionnaire: Questionnaire, one: _Asked) -> Iterator[Problem]:
    shown_if = one.question.shown_if
    if shown_if is None:
        return
    if one.question.type is QuestionType.TEXT:
        yield fault("QUESTIONNAIRE_CONDITION_TEXT", one.place)
    before = next((each for each in one.before if each.key == shown_if.question), None)
    if before is None or before.type in (QuestionType.TEXT, QuestionType.MATRIX):
        yield fault("QUESTIONNAIRE_CONDITION_QUESTION", one.place)
        return
    if one.section.is_about or before in questionnaire.about:
        yield fault("QUESTIONNAIRE_CONDITION_ABOUT", one.place)
    known = {option.key for option in choices_of(questionnaire, before)}
    if not shown_if.answers or not set(shown_if.answers) <= known:
        yield fault("QUESTIONNAIRE_CONDITION_ANSWER", one.place)


def _about(questionnaire: Questionnaire, one: _Asked) -> Iterator[Problem]:
    question = one.question
    if one.section.is_about:
        if question.type is QuestionType.MATRIX:
            yield fault("QUESTIONNAIRE_ABOUT_MATRIX", one.place)
        if question.is_required:
            yield fault("QUESTIONNAIRE_ABOUT_REQUIRED", one.place)
    elif question.type in _CHOSEN and (found := asks_about(question.text.th) or asks_about(question.text.en)):
        yield fault("QUESTIONNAIRE_ABOUT_ELSEWHERE", one.place, value=found)


def _who(questionnaire: Questionnaire, one: _Asked) -> Iterator[Problem]:
    in_words = one.question.type is QuestionType.TEXT
    for words, _needed in _own(questionnaire, one.question):
        if found := asks_who(words.th, in_words=in_words) or asks_who(words.en, in_words=in_words):
            yield fault("QUESTIONNAIRE_ASKS_WHO", one.place, value=found)
        hits = (hit for text in (words.th, words.en) for hit in personal(text) if hit.kind in _IDENTIFYING)
        yield from (fault("QUESTIONNAIRE_PERSONAL", one.place, value=hit.text) for hit in hits)


_LOOKS: tuple[Callable[[Questionnaire, _Asked], Iterator[Problem]], ...] = (
    _choices,
    _parts,
    _condition,
    _about,
    _who,
)
