"""One filled-in sheet: what was sent, read by its questionnaire; nothing is guessed and nothing unasked is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from prongsai.questionnaires.model import TEXT_LETTERS_MAX, Question, Questionnaire, QuestionType
from prongsai.thai.text import normalise

Value = str | list[str] | dict[str, str]
Sent = Mapping[str, Sequence[str]]  # field → values, as a form sends them; a matrix has a field for each row
# Control characters and halves of pairs: no keyboard writes them, PostgreSQL keeps one of them in no JSON, and
# they make a sealed answer longer than others.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Fault(StrEnum):
    """Why an answer is not taken."""

    MISSING = "missing"
    UNKNOWN = "unknown"  # an option that the question does not have
    TOO_LONG = "too_long"
    TWICE = "twice"  # more than one answer where one is asked for


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of somebody. rated: kept together; about and texts: each kept apart from all others."""

    rated: Mapping[str, Value] = field(default_factory=dict)
    about: Mapping[str, Value] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, Any]:
        """Give what JSON can hold."""
        return {"r": dict(self.rated), "a": dict(self.about), "t": dict(self.texts)}

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was answered."""
        return not (self.rated or self.about or self.texts)


def sheet_from(plain: Mapping[str, Any]) -> Sheet:
    """Read what ``Sheet.plain`` gives."""
    return Sheet(plain["r"], plain["a"], plain["t"])


def field_of(question: Question, row: str = "") -> str:
    """Name the field of a question in a form: ``q-<key>``, of a row of a matrix ``q-<key>-<row>``."""
    return f"q-{question.key}-{row}" if row else f"q-{question.key}"


def read(questionnaire: Questionnaire, sent: Sent) -> tuple[Sheet, dict[str, Fault]]:
    """Read a form; give the sheet and, by field, what is wrong with it. A question that is not asked is passed over."""
    values: dict[str, Value] = {}
    faults: dict[str, Fault] = {}
    for question in questionnaire.questions:
        if not is_asked(question, values):
            continue
        value = _value(questionnaire, question, sent, faults)
        if value:
            values[question.key] = value
    if faults:
        return Sheet(), faults
    return _sorted(questionnaire, values), {}


def is_asked(question: Question, values: Mapping[str, Value]) -> bool:
    """Whether a question is asked after the answers given before it."""
    if question.shown_if is None:
        return True
    given = values.get(question.shown_if.question, "")
    chosen = set(given if isinstance(given, list) else [given] if isinstance(given, str) else given.values())
    return bool(chosen & set(question.shown_if.answers))


def _sorted(questionnaire: Questionnaire, values: Mapping[str, Value]) -> Sheet:
    texts = {one.key: value for one in questionnaire.texts if isinstance(value := values.get(one.key), str)}
    return Sheet(
        {one.key: values[one.key] for one in questionnaire.rated if one.key in values},
        {one.key: values[one.key] for one in questionnaire.about if one.key in values},
        texts,
    )


def _value(questionnaire: Questionnaire, question: Question, sent: Sent, faults: dict[str, Fault]) -> Value:
    known = {one.key for one in questionnaire.options_of(question)}
    if question.type is QuestionType.TEXT:
        return _words(question, sent, faults)
    if question.type is QuestionType.MATRIX:
        rows = {row.key: _one(question, row.key, known, sent, faults) for row in question.rows}
        return {key: chosen for key, chosen in rows.items() if chosen}
    if question.type is QuestionType.MULTI:
        return _several(question, known, sent, faults)
    return _one(question, "", known, sent, faults)


def _one(question: Question, row: str, known: set[str], sent: Sent, faults: dict[str, Fault]) -> str:
    name = field_of(question, row)
    chosen = [one for one in sent.get(name, ()) if one]
    if not chosen:
        if question.is_required:
            faults[name] = Fault.MISSING
        return ""
    if len(chosen) > 1:
        faults[name] = Fault.TWICE
    elif chosen[0] not in known:
        faults[name] = Fault.UNKNOWN
    return chosen[0]


def _several(question: Question, known: set[str], sent: Sent, faults: dict[str, Fault]) -> list[str]:
    name = field_of(question)
    chosen = list(dict.fromkeys(one for one in sent.get(name, ()) if one))
    if not chosen and question.is_required:
        faults[name] = Fault.MISSING
    if not set(chosen) <= known:
        faults[name] = Fault.UNKNOWN
    return chosen


def _words(question: Question, sent: Sent, faults: dict[str, Fault]) -> str:
    name = field_of(question)
    plain = _UNWRITABLE.sub("", "\n".join(sent.get(name, ())).replace("\r\n", "\n"))
    text = normalise(plain).strip()
    if len(text) > TEXT_LETTERS_MAX:
        faults[name] = Fault.TOO_LONG
    if not text and question.is_required:
        faults[name] = Fault.MISSING
    return text
