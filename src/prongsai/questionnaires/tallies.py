"""Answers counted, cell by cell, in one pass; and what may be told of each cell.

A cell is what answers share that were counted together: the number of the count and the group. Everything that results
say is a sum over cells of what may be told of each: how all of a cell answered a line, where at least k had an opinion.
So no figure rests on fewer than k people, nor does what is left when figures are taken from each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from prongsai.questionnaires.model import Option, Question, Questionnaire, QuestionType, Row, Scale, Words
from prongsai.questionnaires.sheet import is_asked

Cell = tuple[int, int | None]  # number of the count, group


@dataclass(frozen=True, slots=True)
class Line:
    """What is answered on its own: a question, or a row of a matrix. scale: None of single and multi."""

    key: str
    question: Question
    options: tuple[Option, ...]
    scale: Scale | None = None
    row: Row | None = None

    @property
    def text(self) -> Words:
        """What is asked: of a row, the row."""
        return self.row.text if self.row else self.question.text

    @property
    def is_reversed(self) -> bool:
        """Whether agreeing is bad."""
        return self.row.reversed if self.row else self.question.reversed

    @property
    def opinions(self) -> frozenset[str]:
        """The options that are an opinion: on a scale those with a value, else all."""
        return frozenset(one.key for one in self.options if self.scale is None or one.value is not None)


def lines_of(questionnaire: Questionnaire, questions: Iterable[Question]) -> tuple[Line, ...]:
    """Give the lines of questions that are not answered in words, in order."""
    return tuple(line for one in questions for line in _lines(questionnaire, one))


def _lines(questionnaire: Questionnaire, question: Question) -> list[Line]:
    if question.type is QuestionType.TEXT:
        return []
    options = questionnaire.options_of(question)
    scale = questionnaire.scale_of(question) if question.scale else None
    if question.type is QuestionType.MATRIX:
        return [Line(row_key(question.key, row.key), question, options, scale, row) for row in question.rows]
    return [Line(question.key, question, options, scale)]


def row_key(question: str, row: str) -> str:
    """Name the line of a row of a matrix."""
    return f"{question}.{row}"


@dataclass(frozen=True, slots=True)
class Spread:
    """How all people of a cell, or of several, answered a line.

    base: all of them. answered: who chose something; opinions: who chose something that is an opinion; unasked: whom a
    condition passed over. chosen: option → how many; of a multi question more than ``answered`` in all.
    """

    base: int = 0
    answered: int = 0
    opinions: int = 0
    unasked: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict)

    @property
    def unanswered(self) -> int:
        """How many were asked, as far as is known, and chose nothing."""
        return self.base - self.answered - self.unasked

    def plus(self, other: Spread) -> Spread:
        """Put two cells together."""
        return Spread(
            self.base + other.base,
            self.answered + other.answered,
            self.opinions + other.opinions,
            self.unasked + other.unasked,
            {key: self.chosen.get(key, 0) + other.chosen.get(key, 0) for key in {**self.chosen, **other.chosen}},
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a cell. base: how many answered; spreads: line → how, where at least k had an opinion."""

    base: int
    spreads: Mapping[str, Spread]


@dataclass(slots=True)
class _Tally:
    base: int = 0
    chosen: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    several: Counter[str] = field(default_factory=Counter)  # who answered a multi question
    unasked: Counter[str] = field(default_factory=Counter)

    def add(self, values: Mapping[str, Any], conditional: Iterable[Question]) -> None:
        self.base += 1
        for key, value in values.items():
            if isinstance(value, str):
                self.chosen[key][value] += 1
            elif isinstance(value, dict):
                for row, option in value.items():
                    self.chosen[row_key(key, row)][option] += 1
            else:
                self.several[key] += 1
                self.chosen[key].update(value)
        for question in conditional:
            if question.key not in values and not is_asked(question, values):
                self.unasked[question.key] += 1

    def spread(self, line: Line) -> Spread:
        found, known = self.chosen[line.key], {one.key for one in line.options}
        chosen = {key: times for key, times in found.items() if key in known}
        if line.question.type is QuestionType.MULTI:
            answered = opinions = self.several[line.key]
        else:
            answered = sum(chosen.values())
            opinions = sum(chosen.get(key, 0) for key in line.opinions)
        return Spread(self.base, answered, opinions, self.unasked[line.question.key], chosen)


def told_of(
    questionnaire: Questionnaire, rows: Iterable[tuple[Cell, Mapping[str, Any]]], *, k: int
) -> dict[Cell, Told]:
    """Count answers in one pass; give what may be told of each cell. rows: cell and ``Sheet.rated`` of each answer."""
    rated = {one.key for one in questionnaire.rated}
    conditional = [one for one in questionnaire.rated if one.shown_if and one.shown_if.question in rated]
    tallies: defaultdict[Cell, _Tally] = defaultdict(_Tally)
    for cell, values in rows:
        tallies[cell].add(values, conditional)
    lines = lines_of(questionnaire, questionnaire.rated)
    return {cell: _told(tally, lines, k) for cell, tally in tallies.items() if tally.base >= k}


def about_of(
    questionnaire: Questionnaire, asides: Iterable[tuple[str, object]], *, base: int, k: int
) -> dict[str, Spread]:
    """Count what people of a count said about themselves, line by line; those that fewer than k answered are left out.

    asides: key of the question and the answer. base: how many answered in that count.
    """
    tally = _Tally()
    for key, value in asides:
        tally.add({key: value}, ())
    tally.base = base
    return dict(_told(tally, lines_of(questionnaire, questionnaire.about), k).spreads)


def _told(tally: _Tally, lines: Iterable[Line], k: int) -> Told:
    spreads = {line.key: tally.spread(line) for line in lines}
    return Told(tally.base, {key: one for key, one in spreads.items() if one.opinions >= k})


def summed(spreads: Iterable[Spread]) -> Spread:
    """Put cells together."""
    return reduce(Spread.plus, spreads, Spread())
