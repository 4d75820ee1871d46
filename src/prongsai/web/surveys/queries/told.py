"""What may be told of answers that were counted: read once in one pass, and kept, since they never change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from prongsai.questionnaires.tallies import Cell, Spread, Told, about_of, told_of
from prongsai.questionnaires.words import TEXTS_CUT_MAX, WordCount, word_counts
from prongsai.web.surveys.models import Answer, Aside, Count, Survey

T = TypeVar("T")
KEPT_MAX = 400
_CHUNK = 2000

Key = tuple[str, int, int, int]  # the survey's random address, number of the count, its row, how many there were


@dataclass(frozen=True, slots=True)
class Counted:
    """What may be told of a count. told: by cell; about: line → how all of the count answered it."""

    number: int
    counted_on: date
    received: int
    told: Mapping[Cell, Told]
    about: Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class Worded:
    """What texts of a question in a count say. texts: how many there are, of which ``cut`` were cut into words."""

    texts: int
    cut: int
    words: tuple[WordCount, ...]


_counted: dict[Key, Counted] = {}
_worded: dict[Key, Mapping[str, Worded]] = {}


def counted_of(survey: Survey) -> tuple[Counted, ...]:
    """Give every count of a survey, oldest first. One query, and two more for counts that were not looked at yet."""
    counts = {_key(survey, one): one for one in survey.counts.all()}
    known = {key: kept for key in counts if (kept := _counted.get(key)) is not None}
    if missing := {key: one for key, one in counts.items() if key not in known}:
        known |= _keep(_counted, _read(survey, missing))
    return tuple(known[key] for key in counts)


def worded_of(survey: Survey) -> Mapping[int, Mapping[str, Worded]]:
    """Give, by number of the count and question, the words of the answers in words. Queries as ``counted_of``."""
    counts = {_key(survey, one): one for one in survey.counts.all()}
    known = {key: kept for key in counts if (kept := _worded.get(key)) is not None}
    missing = {key: one for key, one in counts.items() if key not in known}
    if missing and survey.pure.texts:
        known |= _keep(_worded, _read_words(survey, missing))
    return {one.number: known.get(key, {}) for key, one in counts.items()}


def _key(survey: Survey, count: Count) -> Key:
    return survey.address, count.number, count.pk, count.received


def _keep(kept: dict[Key, T], found: Mapping[Key, T]) -> Mapping[Key, T]:
    """Keep what was found in place of the oldest; give it, since what is kept may go at any moment."""
    for key in list(kept)[: max(0, len(kept) + len(found) - KEPT_MAX)]:
        kept.pop(key, None)
    kept.update(found)
    return found


def _read(survey: Survey, counts: Mapping[Key, Count]) -> dict[Key, Counted]:
    numbers = {one.pk: one.number for one in counts.values()}
    told = told_of(survey.pure, _rows(survey, numbers), k=survey.k)
    asides: defaultdict[int, list[tuple[str, object]]] = defaultdict(list)
    found = Aside.objects.filter(count__in=numbers, is_text=False)
    for pk, question, value in found.values_list("count_id", "question", "value").iterator(chunk_size=_CHUNK):
        asides[pk].append((question, value))
    return {key: _one(survey, one, told, asides[one.pk]) for key, one in counts.items()}


def _rows(survey: Survey, numbers: Mapping[int, int]) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
    """Stream the answers. Of a practice survey no group is ever looked at."""
    rows = Answer.objects.filter(count__in=numbers).values_list("count_id", "group_id", "values")
    for pk, group, values in rows.iterator(chunk_size=_CHUNK):
        yield (numbers[pk], None if survey.is_practice else group), values


def _one(survey: Survey, count: Count, told: Mapping[Cell, Told], asides: Iterable[tuple[str, object]]) -> Counted:
    own = {cell: one for cell, one in told.items() if cell[0] == count.number}
    about = about_of(survey.pure, asides, base=count.received, k=survey.k) if own else {}
    return Counted(count.number, count.counted_on, count.received, own, about)


def _read_words(survey: Survey, counts: Mapping[Key, Count]) -> dict[Key, Mapping[str, Worded]]:
    texts: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    sizes: defaultdict[tuple[int, str], int] = defaultdict(int)
    # Ids are random: the first of them are a sample at random, the same whenever it is drawn.
    found = Aside.objects.filter(count__in=[one.pk for one in counts.values()], is_text=True).order_by("pk")
    for pk, question, value in found.values_list("count_id", "question", "value").iterator(chunk_size=_CHUNK):
        sizes[pk, question] += 1
        if len(texts[pk, question]) < TEXTS_CUT_MAX:
            texts[pk, question].append(str(value))
    made: dict[Key, Mapping[str, Worded]] = {key: {} for key in counts}
    rows = {one.pk: key for key, one in counts.items()}
    for (pk, question), said in texts.items():
        one = Worded(sizes[pk, question], len(said), word_counts(said, k=survey.k))
        made[rows[pk]] = {**made[rows[pk]], question: one}
    return made
