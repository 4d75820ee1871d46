"""Score a nation: open the files, sum them up, climb the tree, and tell what was wrong."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, cast

from sqlglot import exp

from prongsai.errors import ScoresUnusable
from prongsai.frameworks.model import Framework
from prongsai.scoring.bulk import items, long, ties, wide
from prongsai.scoring.bulk.engines.base import Engine
from prongsai.scoring.bulk.faults import Counted
from prongsai.scoring.bulk.marks import measures
from prongsai.scoring.bulk.source import Shape, Source, understand
from prongsai.scoring.bulk.spellings import Spellings
from prongsai.scoring.bulk.sql import column, count_rows, grouped, is_there, literal, named, one_of, select, union
from prongsai.scoring.bulk.tally import AGENCY, Tally, merged
from prongsai.scoring.bulk.tell import Teller
from prongsai.scoring.bulk.tree import LEVEL, NOBODY, TIE, Scored, scored, tops
from prongsai.scoring.outline import ROOT, Key, Kind, Outline

_ROUNDS = 3  # of counting, where writings are met that must be tidied; the first is the only one for clean files
_ABOVE = (Kind.OVERALL, Kind.INSTRUMENT, Kind.INDICATOR, Kind.SUB_INDICATOR)


@dataclass(frozen=True, slots=True)
class Legend:
    """What stands where in an ``AgencyScore``; one for all of a nation.

    tops: the total and the instruments, as ``units`` has them. instruments: those that people are asked for, as
    ``counts`` has them, twice. decimals: of what is printed.
    """

    tops: tuple[Key, ...]
    instruments: tuple[str, ...]
    decimals: int


class AgencyScore(NamedTuple):
    """What an agency reached.

    nodes: exact as far as doubles go, in the order of ``Nation.keys``. units: of the total and the instruments, whole
    numbers of the last decimal that is printed. counts: of people, as ``respondents`` and ``fewest`` name them. level:
    its code.
    """

    agency: str
    nodes: tuple[float | None, ...]
    units: tuple[int | None, ...]
    counts: tuple[int, ...]
    level: str | None
    legend: Legend

    @property
    def rounded(self) -> dict[Key, Decimal | None]:
        """The total and the instruments, rounded half-up."""
        places = self.legend.decimals
        told = (None if units is None else _printed(units, places) for units in self.units)
        return dict(zip(self.legend.tops, told, strict=True))

    @property
    def overall(self) -> Decimal | None:
        """The total, rounded half-up."""
        return self.rounded[ROOT]

    @property
    def respondents(self) -> dict[str, int]:
        """By instrument, how many answered the question that most answered."""
        names = self.legend.instruments
        return dict(zip(names, self.counts[: len(names)], strict=True))

    @property
    def fewest(self) -> dict[str, int]:
        """By instrument, how many have an opinion on the question that fewest have one on; 0 where none has a score."""
        names = self.legend.instruments
        told = zip(names, self.counts[len(names) :], strict=True)
        return {name: 0 if people == NOBODY else people for name, people in told}


@dataclass(frozen=True)
class Nation:
    """All agencies of some files, in the order of their names, and what was wrong with the files."""

    outline: Outline
    keys: tuple[Key, ...]
    agencies: tuple[AgencyScore, ...]
    faults: tuple[Counted, ...]


def score_nation(
    framework: Framework | Outline, files: Sequence[Path], engine: Engine, *, every_node: bool = False
) -> Nation:
    """Score every agency in some files of answers and item results.

    every_node: give questions and items too. Raises FileUnusable and ScoresUnusable for a file that is no such table,
    ProngsaiError when the engine gives up.
    """
    outline = framework if isinstance(framework, Outline) else Outline.of(framework)
    keys = tuple(spot.key for spot in outline.root.walk() if every_node or spot.kind in _ABOVE)
    with _nothing_thrown_away():
        count = _Count(engine, outline, files)
        tree = scored(outline, count.spellings.measures, count.table, count.tally.names)
        agencies = _agencies(engine, outline, count, tree, keys)
        return Nation(outline, keys, agencies, count.faults([each.agency for each in agencies]))


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Do not look for garbage meanwhile: a nation's scores are many objects, all kept, and looking costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Count:
    """The files of a nation summed up in a table of the engine."""

    def __init__(self, engine: Engine, outline: Outline, files: Sequence[Path]) -> None:
        self.engine, self.outline = engine, outline
        self.spellings = Spellings(outline, measures(outline))
        self.sources = [self._open(path, f"file{number}") for number, path in enumerate(files)]
        self.twice = {each.table: found for each in self.sources if (found := self._twice(each))}
        self.clean = {each.table: self._clean(each) for each in self.sources}
        for rounds in range(_ROUNDS):  # an answer shows only once the code of its question is read
            self.table, self.tally = f"tally{rounds}", self._count(f"tally{rounds}")
            self.teller = Teller(self.engine, outline, self.sources, self.table, self.tally.names)
            if rounds + 1 == _ROUNDS or not self.teller.learn(self.spellings):
                break

    def faults(self, agencies: Sequence[str]) -> tuple[Counted, ...]:
        """Give what was wrong with the files."""
        return self.teller.faults(agencies, self.spellings, self.twice)

    def _open(self, path: Path, table: str) -> Source:
        parts = {measure.code: len(measure.question.parts) for measure in self.spellings.measures}
        source = understand(path.name, table, self.engine.open(path, table), parts)
        self.engine.take(table, source.columns)
        if not self.engine.rows(select([literal(1)], table).limit(1)):
            raise ScoresUnusable(
                f"{path.name} has no rows",
                message_th=f"ไฟล์ {path.name} มีแต่หัวตาราง ไม่มีข้อมูล",
                mend_th="ตรวจว่าส่งออกข้อมูลครบ",
            )
        return source

    def _twice(self, source: Source) -> str | None:
        """Keep the respondents who have several rows in a wide file; None where nobody has."""
        who = source.roles.get("respondent")
        if source.shape is not Shape.WIDE or who is None:
            return None
        agency = source.roles["agency"].name
        pairs = [named("twice_agency", column(agency)), named("twice_respondent", column(who.name))]
        found = grouped(select(pairs, source.table, where=is_there(column(who.name))), [agency, who.name])
        found.set("having", exp.Having(this=exp.GT(this=count_rows(), expression=literal(1))))
        self.engine.keep(f"{source.table}_twice", found)
        there = self.engine.rows(select([literal(1)], f"{source.table}_twice").limit(1))
        return f"{source.table}_twice" if there else None

    def _clean(self, source: Source) -> frozenset[int]:
        """Give the questions of a file whose plain sums are right, because no value is outside their scale."""
        measures = self.spellings.measures
        if not self.engine.probes or source.table in self.twice or source.shape is Shape.ITEMS:
            return frozenset()
        if source.shape is Shape.LONG:
            asked = long.probe(source, measures, self.spellings.questions)
            fine = bool(asked) and not any(self.engine.rows(query) for query in asked)
            return frozenset(measure.place for measure in measures) if fine else frozenset()
        found = wide.probes(source, measures)
        strange = self.engine.rows(union(list(found.values()))) if found else []
        return frozenset(found) - {cast(int, place) for (place,) in strange}

    def _count(self, table: str) -> Tally:
        tally = merged([self._tally(source) for source in self.sources])
        self.engine.keep(table, tally.made)
        return tally

    def _tally(self, source: Source) -> Tally:
        known = self.spellings
        if source.shape is Shape.ITEMS:
            return items.tally(source, len(self.outline.framework.items), known.items, known.numbers)
        clean = self.clean[source.table]
        if source.shape is Shape.LONG:
            return long.tally(source, known.measures, known.questions, is_clean=bool(clean))
        return wide.tally(source, known.measures, clean, self.twice.get(source.table))


def _agencies(
    engine: Engine, outline: Outline, count: _Count, tree: Scored, keys: Sequence[Key]
) -> tuple[AgencyScore, ...]:
    legend = Legend(tops(outline), tuple(tree.respondents), outline.framework.decimals)
    scores = [_or_null(tree.nodes, key, "double") for key in keys]
    rounded = [_or_null(tree.rounded, key, "bigint") for key in legend.tops]
    people = [column(alias) for alias in (*tree.respondents.values(), *tree.fewest.values())]
    rows = engine.rows(select([column(AGENCY), column(LEVEL), column(TIE), *scores, *rounded, *people], tree.made))
    middle, end = 3 + len(keys), 3 + len(keys) + len(rounded)
    found = {
        row[0]: AgencyScore(row[0], row[3:middle], row[middle:end], row[end:], row[1], legend)
        for row in sorted(cast(list[tuple[Any, ...]], rows), key=itemgetter(0))
    }
    edges = [cast(str, row[0]) for row in rows if row[2]]
    decided = _decided(engine, outline, count, edges) if edges else {}
    return tuple((found | {agency: _settled(found[agency], exact, keys) for agency, exact in decided.items()}).values())


def _settled(score: AgencyScore, exact: ties.Decided, keys: Sequence[Key]) -> AgencyScore:
    """Give a score as the exact engine has it."""
    nodes = tuple(None if (value := exact.nodes.get(key)) is None else float(value) for key in keys)
    units = tuple(_units(exact.rounded.get(key), score.legend.decimals) for key in score.legend.tops)
    return score._replace(nodes=nodes, units=units, level=exact.level)


def _or_null(columns: Mapping[Key, str], key: Key, kind: str) -> exp.Expr:
    """Name the column of a place; NULL where nothing can be known of it."""
    return column(columns[key]) if key in columns else exp.cast(exp.Null(), kind)


def _units(score: Decimal | None, places: int) -> int | None:
    return None if score is None else int(score.scaleb(places))


@lru_cache(maxsize=100_000)
def _printed(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)


def _decided(engine: Engine, outline: Outline, count: _Count, agencies: Sequence[str]) -> dict[str, ties.Decided]:
    """Let the exact engine decide where a rounding stands on the edge."""
    names = count.tally.names
    mine = one_of(column(AGENCY), [literal(agency) for agency in agencies])
    rows = engine.rows(select([column(each) for each in (AGENCY, *names)], count.table, where=mine))
    measures = count.spellings.measures
    return {
        cast(str, agency): ties.decide(outline, measures, dict(zip(names, sums, strict=True))) for agency, *sums in rows
    }
