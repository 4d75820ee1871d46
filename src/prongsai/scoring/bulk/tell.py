"""Tell what was wrong with a nation's files: how often, in how many agencies, and the first examples."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlglot import exp

from prongsai.scoring.bulk import items, wide
from prongsai.scoring.bulk.engines.base import Engine, Row
from prongsai.scoring.bulk.faults import Counted, counted
from prongsai.scoring.bulk.marks import Measure
from prongsai.scoring.bulk.source import Kind, Shape, Source
from prongsai.scoring.bulk.spellings import LIMIT, Spellings, texts
from prongsai.scoring.bulk.sql import (
    both,
    case,
    column,
    count_if,
    count_rows,
    equal,
    literal,
    named,
    none_of,
    one_of,
    or_zero,
    select,
    text,
    total,
)
from prongsai.scoring.bulk.tally import AGENCY, ROWS, UNKNOWN, name
from prongsai.scoring.collect import tidy
from prongsai.scoring.outline import Outline

EXAMPLES = 3


@dataclass(frozen=True)
class Found:
    """How often something is wrong, in how many agencies, and the first of them."""

    count: int
    agencies: int
    first: str | None


class Teller:
    """Counts what is wrong in a tally, and goes back to the files for examples only where something is."""

    def __init__(
        self, engine: Engine, outline: Outline, sources: Sequence[Source], tally: str, names: Sequence[str]
    ) -> None:
        self.engine, self.outline, self.sources, self.tally = engine, outline, sources, tally
        self.has = frozenset(names)
        self.found = self._totals()

    # --- counts --------------------------------------------------------------------------------------------------
    def _totals(self) -> dict[str, Found]:
        """Ask the tally once for everything."""
        wanted = dict(self._wanted())
        columns: list[exp.Expr] = []
        for key, (amount, wrong) in wanted.items():
            columns += [
                named(f"{key}_count", or_zero(total(amount))),
                named(f"{key}_agencies", count_if(wrong)),
                named(f"{key}_first", exp.Min(this=case([(wrong.copy(), column(AGENCY))]))),
            ]
        row = self.engine.rows(select(columns, self.tally))[0] if columns else ()
        return {key: _found(row[3 * at : 3 * at + 3]) for at, key in enumerate(wanted)}

    def _wanted(self) -> Iterator[tuple[str, tuple[exp.Expr, exp.Expr]]]:
        nameless = exp.Or(
            this=exp.Is(this=column(AGENCY), expression=exp.Null()),
            expression=equal(exp.Trim(this=column(AGENCY)), literal("")),
        )
        yield "nameless", (case([(nameless, column(ROWS))]), nameless)
        for each in sorted(self.has):
            if each[0] in "fpx" and each[1:].isdigit() or each == UNKNOWN:
                yield each, (column(each), exp.GT(this=column(each), expression=literal(0)))
        for place, code in enumerate(items.item_codes(self.outline)):
            if name("c", place) in self.has:
                differ, same = items.given_twice(place)
                refused = items.refused(self.outline, code, place)
                for letter, wrong in (("d", differ), ("e", same), ("r", refused)):
                    yield name(letter, place), (case([(wrong, literal(1))]), wrong)

    def _count(self, letter: str, place: int) -> Found:
        return self.found.get(name(letter, place), Found(0, 0, None))

    # --- other writings ------------------------------------------------------------------------------------------
    def learn(self, spellings: Spellings) -> bool:
        """Look whether what did not fit is only written differently; whether anything was learned."""
        learned = [self._learn(source, spellings) for source in self.sources]
        return any(learned)

    def _learn(self, source: Source, spellings: Spellings) -> bool:
        if source.shape is Shape.ITEMS:
            codes = self._learn_codes(source, "item", spellings.items, spellings.learn_items)
            wrong = any(self._count("x", place).count for place in range(len(spellings.items)))
            if not wrong or source.roles["score"].kind is not Kind.TEXT:
                return codes
            score = column(source.roles["score"].name)
            odd = items.is_odd(score, Kind.TEXT, spellings.numbers)
            return spellings.learn_numbers(self._distinct(source, score, odd)) or codes
        codes = False
        if source.shape is Shape.LONG:
            codes = self._learn_codes(source, "question", spellings.questions, spellings.learn_questions)
        written = list(self._odd_answers(source, spellings))
        return (bool(written) and spellings.learn_answers(written)) or codes

    def _learn_codes(self, source: Source, role: str, known: Mapping[str, int], learn: object) -> bool:
        if not self.found.get(UNKNOWN, Found(0, 0, None)).count or source.roles[role].kind is not Kind.TEXT:
            return False
        of = column(source.roles[role].name)
        written = self._distinct(source, of, none_of(of.copy(), [literal(code) for code in known]))
        return bool(learn(written)) if callable(learn) else False

    def _distinct(self, source: Source, of: exp.Expr, wrong: exp.Expr) -> list[str]:
        return texts(self.engine.rows(select([of.copy()], source.table, where=wrong).distinct().limit(LIMIT)))

    def _odd_answers(self, source: Source, spellings: Spellings) -> Iterator[str]:
        for measure in spellings.measures:
            if not self._count("f", measure.place).count:
                continue
            for of, wrong, kind in _places(source, measure, spellings.questions):
                if kind is Kind.TEXT:
                    yield from self._distinct(source, of, wrong)

    # --- words ---------------------------------------------------------------------------------------------------
    def faults(self, agencies: Sequence[str], spellings: Spellings, twice: Mapping[str, str]) -> tuple[Counted, ...]:
        """Give everything that was wrong."""
        return (
            *self._of_files(spellings, twice),
            *self._of_answers(spellings),
            *self._of_items(),
            *self._of_agencies(agencies),
            *self._missing(spellings),
        )

    def _of_files(self, spellings: Spellings, twice: Mapping[str, str]) -> Iterator[Counted]:
        framework = self.outline.framework.id
        for source in self.sources:
            if source.left:
                yield counted(
                    "COLUMN_UNKNOWN",
                    len(source.left),
                    what=source.file,
                    file=source.file,
                    examples=source.left[:EXAMPLES],
                )
            if source.shape is Shape.WIDE:
                for measure in wide.half_there(spellings.measures, source.cells):
                    yield counted("QUESTION_COLUMNS", measure.count, what=measure.code, file=source.file)
            elif self.found.get(UNKNOWN, Found(0, 0, None)).count:
                yield from self._unknown(source, spellings, framework)
            if source.table in twice:
                rows = cast(int, self.engine.rows(select([count_rows()], twice[source.table]))[0][0])
                yield counted("RESPONDENT_TWICE", rows, what=source.file, file=source.file)

    def _unknown(self, source: Source, spellings: Spellings, framework: str) -> Iterator[Counted]:
        is_long = source.shape is Shape.LONG
        role, known = ("question", spellings.questions) if is_long else ("item", spellings.items)
        asked = source.roles[role]
        of = column(asked.name) if asked.kind is Kind.TEXT else text(column(asked.name))
        strange = exp.Or(
            this=exp.Is(this=of.copy(), expression=exp.Null()),
            expression=none_of(of.copy(), [literal(code) for code in known]),
        )
        count = cast(int, self.engine.rows(select([count_rows()], source.table, where=strange))[0][0])
        if count:
            code = "ANSWER_QUESTION_UNKNOWN" if is_long else "SCORE_UNKNOWN_CODE"
            seen = self.engine.rows(select([of], source.table, where=strange.copy()).distinct().limit(EXAMPLES))
            yield counted(code, count, file=source.file, framework=framework, examples=_shown(seen))

    def _of_answers(self, spellings: Spellings) -> Iterator[Counted]:
        whose = any("respondent" in source.roles or source.shape is Shape.WIDE for source in self.sources)
        parts = "ANSWER_PARTS" if whose else "ANSWER_WITHOUT_RESPONDENT"
        for measure in spellings.measures:
            odd, misfit = self._count("f", measure.place), self._count("p", measure.place)
            if odd.count:
                file, examples = self._examples(measure, spellings)
                yield _told("ANSWER_UNKNOWN", odd, measure.code, file, examples)
            if misfit.count:
                yield _told(parts if measure.has_parts else "ANSWER_PARTS", misfit, measure.code)

    def _examples(self, measure: Measure, spellings: Spellings) -> tuple[str | None, tuple[str, ...]]:
        for source in self.sources:
            for of, wrong, _ in _places(source, measure, spellings.questions):
                seen = self.engine.rows(select([text(of)], source.table, where=wrong).limit(EXAMPLES))
                if seen:
                    return source.file, _shown(seen)
        return None, ()

    def _of_items(self) -> Iterator[Counted]:
        kinds = (
            ("x", "SCORE_NOT_A_NUMBER"),
            ("d", "SCORE_DUPLICATE"),
            ("e", "SCORE_REPEATED"),
            ("r", "SCORE_ITEM_NOT_ALLOWED"),
        )
        for place, code in enumerate(items.item_codes(self.outline)):
            for letter, fault in kinds:
                found = self._count(letter, place)
                if found.count:
                    yield _told(fault, found, code)

    def _of_agencies(self, agencies: Sequence[str]) -> Iterator[Counted]:
        nameless = self.found["nameless"]
        if nameless.count:
            yield counted("SCORE_WITHOUT_AGENCY", nameless.count)
        # Most are codes, to which nothing is to be done; two of them are never one.
        strange = {agency: tidy(agency) for agency in agencies if not (agency.isascii() and agency.isalnum())}
        writings: dict[str, list[str]] = {}
        for agency in agencies if strange else ():
            writings.setdefault(strange.get(agency, agency), []).append(agency)
        several = [each for each in writings.values() if len(each) > 1]
        if several:
            yield counted("AGENCY_SPELLINGS", len(several), agencies=len(several), examples=several[0][:EXAMPLES])

    def _missing(self, spellings: Spellings) -> Iterator[Counted]:
        absent = [m.code for m in spellings.measures if name("n", m.place) not in self.has]
        codes = items.item_codes(self.outline)
        absent += [code for place, code in enumerate(codes) if name("c", place) not in self.has]
        if absent:
            yield counted("SCORE_MISSING", len(absent), examples=absent[:EXAMPLES])


def _places(source: Source, measure: Measure, codes: Mapping[str, int]) -> Iterator[tuple[exp.Expr, exp.Expr, Kind]]:
    """Give where answers to a question stand: the column, the condition for an odd one, what the column holds."""
    if source.shape is Shape.LONG:
        value, asked = source.roles["value"], source.roles["question"]
        of, question = column(value.name), column(asked.name)
        mine = [literal(code) for code, place in codes.items() if place == measure.place]
        asks = one_of(question if asked.kind is Kind.TEXT else text(question), mine)
        yield of, both(asks, wide.odd(of.copy(), measure.parts[0], value.kind)), value.kind
    for part, marks in enumerate(measure.parts, start=1):
        cell = source.cells.get((measure.code, part if measure.has_parts else 0))
        if cell is not None:
            of = column(cell.name)
            yield of, wide.odd(of.copy(), marks, cell.kind), cell.kind


def _found(row: Row) -> Found:
    count, agencies, first = row
    return Found(int(cast(int, count)), int(cast(int, agencies)), None if first is None else str(first))


def _told(code: str, found: Found, what: str, file: str | None = None, examples: Sequence[str] = ()) -> Counted:
    return counted(
        code, found.count, what=what, file=file, agencies=found.agencies, first=found.first, examples=examples
    )


def _shown(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple("(ว่าง)" if row[0] is None else str(row[0]) for row in rows)
