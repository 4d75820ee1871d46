"""Survey answers to question scores: parts averaged within a respondent first, then over respondents.

Source of the order: the printed IIT form of fiscal year 2564 and its scoring note.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from prongsai.errors import Problem
from prongsai.frameworks.model import Question, Scale
from prongsai.scoring.faults import fault
from prongsai.scoring.outline import Outline
from prongsai.scoring.scores import Reply


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """The mean of a question, exact, 0–100.

    no_opinion: respondents who are left out because they had none.
    """

    code: str
    value: Fraction
    respondents: int
    no_opinion: int


def question_scores(
    outline: Outline, replies: Sequence[Reply]
) -> tuple[Mapping[str, QuestionScore], tuple[Problem, ...]]:
    """Score every question that somebody answered.

    A respondent's answer to a question that has any fault (an answer the scale does not have, a part missing
    or twice) is a Problem and is not counted; nothing is guessed. No opinion is left out of both means.
    """
    problems: list[Problem] = []
    scores: dict[str, QuestionScore] = {}
    for code, group in _by_question(replies).items():
        question = outline.questions.get(code)
        if question is None:
            problems.append(
                fault(
                    "ANSWER_QUESTION_UNKNOWN",
                    group[0].where,
                    framework=outline.framework.id,
                    code=code or "?",
                )
            )
            continue
        score = _score_question(question, outline.scales[question.scale], group, problems)
        if score:
            scores[code] = score
    return scores, tuple(problems)


def _by_question(replies: Iterable[Reply]) -> dict[str, list[Reply]]:
    groups: dict[str, list[Reply]] = {}
    for reply in replies:
        groups.setdefault(reply.question, []).append(reply)
    return groups


def _by_respondent(question: Question, replies: list[Reply], problems: list[Problem]) -> Iterable[list[Reply]]:
    known: dict[int, list[Reply]] = {}
    unknown: list[list[Reply]] = []
    for reply in replies:
        if reply.respondent is not None:
            known.setdefault(reply.respondent, []).append(reply)
        elif question.parts:
            problems.append(fault("ANSWER_WITHOUT_RESPONDENT", reply.where, code=question.code))
        else:
            unknown.append([reply])
    return [*known.values(), *unknown]


def _score_question(
    question: Question, scale: Scale, replies: list[Reply], problems: list[Problem]
) -> QuestionScore | None:
    total, count, silent = Fraction(0), 0, 0
    for sheet in _by_respondent(question, replies, problems):
        values = _score_sheet(question, scale, sheet, problems)
        if values is None:
            continue
        if values:
            total += sum(values, Fraction(0)) / len(values)
            count += 1
        else:
            silent += 1
    return QuestionScore(question.code, total / count, count, silent) if count else None


def _score_sheet(
    question: Question, scale: Scale, sheet: list[Reply], problems: list[Problem]
) -> list[Fraction] | None:
    """Give the scores of one respondent's parts, none for no opinion; None when it cannot be counted."""
    if not _parts_fit(question, sheet):
        found = ", ".join(str(reply.part or "-") for reply in sheet)
        expected = len(question.parts) or "no"
        problems.append(
            fault(
                "ANSWER_PARTS",
                sheet[0].where,
                evidence=tuple(r.answer for r in sheet),
                code=question.code,
                expected=expected,
                found=found,
            )
        )
        return None
    values: list[Fraction] = []
    for reply in sheet:
        try:
            score = scale.score(reply.answer, reverse=_is_reversed(question, reply.part))
        except KeyError:
            known = ", ".join([*(answer for answer, _ in scale.answers), *scale.no_opinion])
            problems.append(
                fault(
                    "ANSWER_UNKNOWN",
                    reply.where,
                    evidence=(reply.answer,),
                    code=question.code,
                    text=reply.answer,
                    known=known,
                )
            )
            return None
        if score is not None:
            values.append(Fraction(score))
    return values


def _parts_fit(question: Question, sheet: list[Reply]) -> bool:
    if not question.parts:
        return len(sheet) == 1 and sheet[0].part is None
    return sorted(reply.part or 0 for reply in sheet) == list(range(1, len(question.parts) + 1))


def _is_reversed(question: Question, part: int | None) -> bool:
    return question.parts[part - 1].reversed if part else question.reversed
