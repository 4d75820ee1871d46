"""Other writings of answers, codes and scores, looked at only when something did not fit: tidied as ``score`` does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from prongsai.scoring.bulk.marks import Mark, Marks, Measure
from prongsai.scoring.collect import MAX_CELL, tidy
from prongsai.scoring.outline import Kind, Outline
from prongsai.thai.numerals import read_number
from prongsai.thai.text import collapse, fold, normalise

LIMIT = 2000  # writings that are looked at, of each kind; what is beyond stays a fault
_NOTHING = frozenset({"", "-", "–", "—"})


@dataclass
class Spellings:
    """What is known of the writings of a nation's files. questions and items: places by every writing of a code."""

    outline: Outline
    measures: tuple[Measure, ...]
    questions: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, Decimal | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.questions |= {measure.code: measure.place for measure in self.measures}
        self.items |= {item.code: place for place, item in enumerate(self.outline.framework.items)}

    def learn_answers(self, written: Iterable[str]) -> bool:
        """Take writings of answers that no scale has as they are; whether any is one after tidying."""
        tidied = {each: collapse(normalise(each[:MAX_CELL])) for each in written}
        learned = tuple(replace(m, parts=tuple(_with(marks, tidied) for marks in m.parts)) for m in self.measures)
        found = learned != self.measures
        self.measures = learned
        return found

    def learn_questions(self, written: Iterable[str]) -> bool:
        """Take writings of questions that the framework does not have as they are."""
        found = {each: place for each in written if (place := self.questions.get(tidy(each))) is not None}
        self.questions |= found
        return bool(found)

    def learn_items(self, written: Iterable[str]) -> bool:
        """Take writings of items: a code in Thai digits, or the title."""
        found = {}
        for each in written:
            kind, code = self.outline.names.get(fold(tidy(each)), (None, ""))
            if kind is Kind.ITEM:
                found[each] = self.items[code]
        self.items |= found
        return bool(found)

    def learn_numbers(self, written: Iterable[str]) -> bool:
        """Take writings of scores that are no plain numbers."""
        found: dict[str, Decimal | None] = {}
        for each in written:
            number = None if len(each) > MAX_CELL else read_number(each)
            if number is not None or collapse(each) in _NOTHING:
                found[each] = number
        self.numbers |= found
        return bool(found)


def _with(marks: Marks, tidied: Mapping[str, str]) -> Marks:
    known: dict[str, Mark] = {}
    for written, text in tidied.items():
        fits, mark = marks.read(text)
        if fits and written not in marks.texts:
            known[written] = mark
    return replace(marks, spellings={**marks.spellings, **known}) if known else marks


def texts(rows: Sequence[tuple[object, ...]]) -> list[str]:
    """Give the texts of rows of one column."""
    return [row[0] for row in rows if isinstance(row[0], str)]
