"""What a survey says, as its page prints it: whole or narrowed to a group or a count, and group beside group.

Every figure is a sum over cells of ``queries.told``: what is narrowed is only which cells are summed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prongsai.questionnaires.model import Questionnaire, Words
from prongsai.questionnaires.results import Figure, Measure, Results, about_results, results_of
from prongsai.questionnaires.statistics import percent_of
from prongsai.questionnaires.tallies import Cell, Spread, Told, summed
from prongsai.questionnaires.words import WordCount
from prongsai.web.surveys.charts import Bar
from prongsai.web.surveys.models import Aside, Box, Group, Survey
from prongsai.web.surveys.queries.told import Counted, counted_of, worded_of

WORDS_SHOWN = 40
REST = "rest"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a page is narrowed to. group: of a key of ``Board.groups``, "" for all; count: its number, None for all."""

    group: str = ""
    count: int | None = None

    def holds(self, cell: Cell) -> bool:
        """Whether a cell belongs to it."""
        number, group = cell
        return self.count in (None, number) and self.group in ("", _group_key(group))


def _group_key(group: int | None) -> str:
    return REST if group is None else str(group)


@dataclass(frozen=True, slots=True)
class Part:
    """A group, or all, with what it says. headcount: how many could have answered, None where nobody knows."""

    key: str
    name: str
    results: Results
    headcount: int | None = None

    @property
    def share_pct(self) -> object:
        """How many of those who could have answered did, in per cent."""
        return percent_of(self.results.base, self.headcount) if self.results.share and self.headcount else None


@dataclass(frozen=True, slots=True)
class TextGroup:
    """The words of a question answered in words. texts: how many there are; cut: of how many words were counted."""

    key: str
    title: str
    texts: int
    cut: int
    words: tuple[WordCount, ...]


@dataclass(frozen=True)
class Board:
    """Results of a survey. whole: as narrowed; parts: group beside group, empty where there are none.

    groups: what may be narrowed to, key → name. Before the first count everything is empty; waiting: how many have
    answered and are not counted.
    """

    survey: Survey
    text: Questionnaire
    counts: tuple[Counted, ...]
    narrowing: Narrowing
    groups: Mapping[str, str]
    whole: Part
    parts: tuple[Part, ...]
    about: tuple[Figure, ...]
    waiting: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted yet."""
        return not self.counts

    @property
    def received(self) -> int:
        """How many answered in the counts that are shown."""
        return sum(one.received for one in self.counts if self.narrowing.count in (None, one.number))


def board_of(survey: Survey, *, group: str = "", count: int | None = None) -> Board:
    """Give the results of a survey. group, count: what is not there narrows nothing."""
    text, counts = survey.pure, counted_of(survey)
    told = {cell: one for each in counts for cell, one in each.told.items()}
    found = {one.pk: one for one in survey.groups.all()}
    groups = {} if survey.is_practice else _groups(told, found)
    narrowing = Narrowing(group if group in groups else "", count if count in [one.number for one in counts] else None)
    whole = _part(survey, text, told, narrowing, found, groups)
    parts = [] if narrowing.group else [_part(survey, text, told, _of(narrowing, key), found, groups) for key in groups]
    about = about_results(text, _about(counts, narrowing.count)) if counts else ()
    waiting = Box.objects.filter(survey=survey, sealed__isnull=False).count()
    return Board(
        survey, text, counts, narrowing, groups, whole, tuple(one for one in parts if one.results.base), about, waiting
    )


def _of(narrowing: Narrowing, group: str) -> Narrowing:
    return Narrowing(group, narrowing.count)


def _groups(told: Iterable[Cell], found: Mapping[int, Group]) -> dict[str, str]:
    """Name the groups of which something may be told, in their order; what has no group last. None where none has."""
    there = {group for _number, group in told}
    named = {str(pk): in_language(Words(th=one.name, en=one.name_en)) for pk, one in found.items() if pk in there}
    return named | ({REST: _("ไม่ระบุกลุ่ม และกลุ่มเล็กรวมกัน")} if named and None in there else {})


def _part(
    survey: Survey,
    text: Questionnaire,
    told: Mapping[Cell, Told],
    narrowing: Narrowing,
    found: Mapping[int, Group],
    groups: Mapping[str, str],
) -> Part:
    cells = {cell: one for cell, one in told.items() if narrowing.holds(cell)}
    headcount = _headcount(narrowing, found.values())
    name = groups[narrowing.group] if narrowing.group else _("ทั้งหมด")
    return Part(narrowing.group, name, results_of(text, cells, headcount=headcount), headcount)


def _headcount(narrowing: Narrowing, groups: Iterable[Group]) -> int | None:
    """Say how many could have answered: of one month of a survey, and of what has no group, nobody knows."""
    if narrowing.count is not None or narrowing.group == REST:
        return None
    known = [one.headcount for one in groups if narrowing.group in ("", str(one.pk))]
    return sum(one or 0 for one in known) if known and all(known) else None


def _about(counts: Sequence[Counted], number: int | None) -> dict[str, Spread]:
    shown = [one.about for one in counts if number in (None, one.number)]
    keys = dict.fromkeys(key for one in shown for key in one)
    return {key: summed(one[key] for one in shown if key in one) for key in keys}


def in_language(words: Words) -> str:
    """Give words in the language of the page."""
    return words.of(get_language() or "th")


# --- answers in words -----------------------------------------------------------------------------------------------
def words_of(survey: Survey, *, count: int | None = None) -> tuple[TextGroup, ...]:
    """Give the words of each question answered in words; never by group.

    A word counts in those counts where at least k texts have it, so that what is told of months and of the year never
    differs by fewer.
    """
    worded = [one for number, one in worded_of(survey).items() if count in (None, number)]
    made = []
    for question in survey.pure.texts:
        found = [one[question.key] for one in worded if question.key in one]
        sums: dict[str, int] = {}
        for one in (word for each in found for word in each.words):
            sums[one.word] = sums.get(one.word, 0) + one.texts
        often = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS_SHOWN]
        sizes = sum(one.texts for one in found), sum(one.cut for one in found)
        counts = tuple(WordCount(word, texts) for word, texts in often)
        made.append(TextGroup(question.key, in_language(question.text), *sizes, counts))
    return tuple(made)


def texts_of(survey: Survey, *, question: str = "") -> QuerySet[Aside]:
    """Give the answers in words in an order that says nothing: their ids are random. Of all counts and groups."""
    known = [one.key for one in survey.pure.texts]
    chosen = [question] if question in known else known
    return Aside.objects.filter(count__survey=survey, is_text=True, question__in=chosen).order_by("pk")


# --- as it is drawn -------------------------------------------------------------------------------------------------
def bars_of(figure: Figure) -> list[Bar]:
    """Give the bars of a figure: its options, and who said nothing."""
    found = figure.spread
    if found is None:
        return []
    made = [
        Bar(in_language(one.option.label), one.percent, one.count, one.option.key not in figure.line.opinions)
        for one in figure.shares
        if one.percent is not None
    ]
    silent = [(_("ไม่ตอบ"), found.unanswered), (_("ไม่ได้ถามเพราะเงื่อนไข"), found.unasked)]
    return made + [
        Bar(label, percent, n, is_quiet=True) for label, n in silent if n and (percent := percent_of(n, found.base))
    ]


def weight_of(measure: Measure) -> Fraction:
    """Say how far up its scale a mean is, 0-1."""
    return (measure.exact - Fraction(measure.low)) / Fraction(measure.high - measure.low)
