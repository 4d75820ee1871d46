"""How long a questionnaire takes, so that nobody is asked for more than was promised."""

from __future__ import annotations

from math import ceil

from prongsai.questionnaires.model import Questionnaire, QuestionType

_SECONDS = {QuestionType.SCALE: 7, QuestionType.SINGLE: 7, QuestionType.MULTI: 14, QuestionType.TEXT: 25}
_ROW_SECONDS = 6
_MINUTE = 60


def minutes_of(questionnaire: Questionnaire) -> int:
    """Estimate the minutes that somebody takes who answers everything that all are asked; at least one."""
    asked = [one for one in questionnaire.questions if one.shown_if is None]
    rows = sum(len(one.rows) for one in asked)
    seconds = sum(_SECONDS.get(one.type, 0) for one in asked) + rows * _ROW_SECONDS
    return max(1, ceil(seconds / _MINUTE))
