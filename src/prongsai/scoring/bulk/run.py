"""Score a nation: open the files, sum them up, climb the tree, and tell what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast

from sqlglot import exp

from prongsai.errors import ScoresUnusable
from prongsai.frameworks.model import Framework
from prongsai.scoring.bulk import items, long, ties, wide
from prongsai.scoring.bulk.engines.base import Engine, Row
from prongsai.scoring.bulk.faults import Counted
from prongsai.scoring.bulk.marks import measures
from prongsai.scoring.bulk.source import Shape, Source, understand
from prongsai.scoring.bulk.spellings import Spellings
from prongsai.scoring.bulk.sql import column, count_rows, grouped, is_there, literal, named, one_of, select, union
from prongsai.scoring.bulk.tally import AGENCY, Tally, merged
from prongsai.scoring.bulk.tell import Teller
from prongsai.scoring.bulk.tree import LEVEL, NOBODY, TIE, Scored, scored
from prongsai.scoring.outline import ROOT, Key, Kind, Outline

_ROUNDS = 3  # of counting, where writings are met that must be tidied; the first is the only one for clean files
_ABOVE = (Kind.OVERALL, Kind.INSTRUMENT, Kind.INDICATOR, Kind.SUB_INDICATOR)


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """What an agency reached.

    nodes: exact as far as doubles go, in the order of ``Nation.keys``; rounded: the total and the instruments, half-up.
    respondents: by instrument, how many answered the question that most answered; fewest: how many the score of the
    question rests on that fewest have an opinion on, 0 where none has a score. level: its code.
    """

    agency: str
    nodes: tuple[float | None, ...]
    rounded: Mapping[Key, Decimal | None]
    respondents: Mapping[str, int]
    fewest: Mapping[str, int]
    level: str | None

    @property
    def overall(self) -> Decimal | None:
        """The total, rounded half-up."""
        return self.rounded[ROOT]


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
    count = _Count(engine, outline, files)
    tree = scored(outline, count.spellings.measures, count.table, count.tally.names)
    agencies = _agencies(engine, outline, count, tree, keys)
    return Nation(outline, keys, agencies, count.faults([each.agency for each in agencies]))


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
            fine = bool(asked) and not any(self.engine.rows(query)[0][0] for query in asked)
            return frozenset(measure.place for measure in measures) if fine else frozenset()
        counts = [query.select(named("at", literal(place))) for place, query in wide.probes(source, measures).items()]
        return (
            frozenset(cast(int, at) for odd, at in self.engine.rows(union(counts)) if not odd)
            if counts
            else frozenset()
        )

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
    tops, people = list(tree.rounded), list(tree.respondents)
    values_of = [column(tree.nodes[key]) for key in keys]
    rounded = [column(alias) for alias in tree.rounded.values()]
    asked = [column(alias) for alias in (*tree.respondents.values(), *tree.fewest.values())]
    first = [column(AGENCY), column(LEVEL), column(TIE)]
    rows = engine.rows(select([*first, *values_of, *rounded, *asked], tree.made))
    edges = [cast(str, row[0]) for row in rows if row[2]]
    decided = _decided(engine, outline, count, edges) if edges else {}
    start, middle, end = 3, 3 + len(keys), 3 + len(keys) + len(rounded)
    places = outline.framework.decimals

    def score(row: Row) -> AgencyScore:
        agency, level = cast(str, row[0]), cast(str | None, row[1])
        counts = cast(tuple[int, ...], row[end:])
        respondents = dict(zip(people, counts[: len(people)], strict=True))
        fewest = {code: 0 if n == NOBODY else n for code, n in zip(people, counts[len(people) :], strict=True)}
        exact = decided.get(agency)
        if exact is not None:
            values = tuple(None if (v := exact.nodes.get(key)) is None else float(v) for key in keys)
            exactly = {key: exact.rounded.get(key) for key in tops}
            return AgencyScore(agency, values, exactly, respondents, fewest, exact.level)
        units = cast(tuple[int | None, ...], row[middle:end])
        told = {k: None if u is None else _printed(u, places) for k, u in zip(tops, units, strict=True)}
        nodes = cast(tuple[float | None, ...], row[start:middle])
        return AgencyScore(agency, nodes, told, respondents, fewest, level)

    return tuple(sorted(map(score, rows), key=lambda each: each.agency))


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
