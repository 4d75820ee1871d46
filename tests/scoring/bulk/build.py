"""Made-up nations: the same answers as files for the engines and as Scores for the exact engine."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from prongsai.errors import Where
from prongsai.frameworks.model import Framework, Question
from prongsai.scoring.outline import Key, Outline
from prongsai.scoring.rollup import ScoreTree, roll_up
from prongsai.scoring.scores import Entry, Reply, Scores, Section
from tests.scoring.build import FOUR, PASSES, framework, question

QUIET = "ไม่มีความเห็น"
SHAPE = {
    "IIT": ("30", {"1": 0, "2": 0}),
    "EIT": ("30", {"3": 0}),
    "OIT": ("40", {"4": {"4.1": 3, "4.2": 2}, "5": 1}),
}


def made(levels: Sequence[tuple[str, str, str | None]] = PASSES) -> Framework:
    """A framework with every kind of question: reversed, with sub-questions, some of them reversed."""
    return framework(
        SHAPE,
        levels=levels,
        partial=("O6",),
        questions=[
            question("i1", "1"),
            question("i2", "1", reverse=True),
            question("i3", "2", parts="--r"),
            question("i4", "2", parts="r-"),
            question("e1", "3"),
            question("e2", "3", reverse=True),
        ],
        scales=[FOUR],
    )


def without_parts(of: Framework) -> Framework:
    """The same framework, each question asked as one."""
    return replace(of, questions=tuple(replace(each, parts=()) for each in of.questions))


@dataclass
class Country:
    """What everybody said. answers: agency, respondent, question, part, answer; None for nothing said."""

    framework: Framework
    answers: list[tuple[str, int, str, int | None, str | None]] = field(default_factory=list)
    items: list[tuple[str, str, Decimal]] = field(default_factory=list)

    def scores(self) -> dict[str, Scores]:
        """Give the same for the exact engine; nothing said is an answer that was not handed in."""
        people: dict[str, dict[int, int]] = {}
        replies: dict[str, list[Reply]] = {}
        for agency, who, code, part, answer in self.answers:
            numbers = people.setdefault(agency, {})
            number = numbers.setdefault(who, len(numbers) + 1)
            if answer is not None:
                replies.setdefault(agency, []).append(Reply(number, code, part, answer))
        entries: dict[str, list[Entry]] = {}
        for agency, code, score in self.items:
            entries.setdefault(agency, []).append(Entry(code, score, Where(), Section.ITEM))
        names = sorted({*replies, *entries, *people})
        return {
            name: Scores(entries=tuple(entries.get(name, ())), replies=tuple(replies.get(name, ())), agency=name)
            for name in names
        }

    def trees(self) -> dict[str, ScoreTree]:
        """Give what the exact engine says."""
        outline = Outline.of(self.framework)
        return {name: roll_up(outline, scores) for name, scores in self.scores().items()}


def country(of: Framework, seed: int, agencies: int = 12, most: int = 9, silent: float = 0.1) -> Country:
    """Make a country; some agencies lack items, one lacks a whole question."""
    chance = random.Random(seed)
    found = Country(of)
    scales = {scale.code: scale for scale in of.scales}
    for number in range(agencies):
        name = f"{58_000_000 + number:08d}"
        for who in range(chance.randint(1, most)):
            for each in of.questions:
                if number == 1 and each is of.questions[-1]:
                    continue
                found.answers += _said(chance, scales[each.scale], each, name, who, silent)
        for item in of.items:
            if chance.random() < (0.02 if number % 3 else 0.0):
                continue
            found.items.append((name, item.code, _score(chance, of, item.partial)))
    return found


def _said(
    chance: random.Random, scale: object, each: Question, agency: str, who: int, silent: float
) -> Iterable[tuple[str, int, str, int | None, str | None]]:
    answers = [answer for answer, _ in scale.answers]  # type: ignore[attr-defined]
    quiet = scale.no_opinion[0] if scale.no_opinion else None  # type: ignore[attr-defined]
    for part in range(1, len(each.parts) + 1) or [None]:
        keeps_quiet = chance.random() < silent and (quiet is not None or part is None)
        yield agency, who, each.code, part, quiet if keeps_quiet else chance.choice(answers)


def _score(chance: random.Random, of: Framework, partial: bool) -> Decimal:
    if partial:
        return Decimal(chance.randint(0, 10_000)).scaleb(-2)
    return chance.choice([min(of.item_scores), max(of.item_scores)])


# --- files -----------------------------------------------------------------------------------------------------------
def parquet(path: Path, heads: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a Parquet file. heads: columns with the type that DuckDB calls so."""
    line = duckdb.connect()
    columns = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}" {kind}' for name, kind in heads.items())
    line.execute(f"CREATE TABLE made ({columns})")
    listed = [tuple(row) for row in rows]
    if listed:
        line.executemany(f"INSERT INTO made VALUES ({', '.join('?' * len(heads))})", listed)
    line.table("made").write_parquet(str(path))
    line.close()
    return path


def long_file(of: Country, path: Path) -> Path:
    """Write a row an answer, with respondents and parts."""
    heads = {"agency": "VARCHAR", "respondent": "INTEGER", "question": "VARCHAR", "part": "INTEGER", "value": "VARCHAR"}
    return parquet(path, heads, of.answers)


def short_file(of: Country, path: Path) -> Path:
    """Write a row an answer without saying whose it is."""
    heads = {"agency": "VARCHAR", "question": "VARCHAR", "value": "VARCHAR"}
    return parquet(path, heads, [(agency, code, answer) for agency, _, code, _, answer in of.answers])


def wide_file(of: Country, path: Path, *, numbers: bool = False) -> Path:
    """Write a row a respondent; numbers: the scores instead of the words, nothing for no opinion."""
    cells = [(each.code, part) for each in of.framework.questions for part in range(1, len(each.parts) + 1) or [None]]
    scores = {
        each.code: dict(scale.answers)
        for each in of.framework.questions
        for scale in of.framework.scales
        if scale.code == each.scale
    }
    sheets: dict[tuple[str, int], dict[tuple[str, int | None], object]] = {}
    for agency, who, code, part, answer in of.answers:
        told: object = scores[code].get(answer or "") if numbers else answer
        sheets.setdefault((agency, who), {})[code, part] = None if told is None else int(told) if numbers else told  # type: ignore[call-overload]
    heads = {code if part is None else f"{code}.{part}": "TINYINT" if numbers else "VARCHAR" for code, part in cells}
    rows = [(agency, *(sheet.get(cell) for cell in cells)) for (agency, _), sheet in sheets.items()]
    return parquet(path, {"agency": "VARCHAR", **heads}, rows)


def items_file(of: Country, path: Path) -> Path:
    """Write the item results."""
    return parquet(path, {"agency": "VARCHAR", "item": "VARCHAR", "score": "DECIMAL(5,2)"}, of.items)


def everywhere(tree: ScoreTree) -> dict[Key, float]:
    """Give every node that is known."""
    return {node.key: float(node.value) for node in tree.root.walk() if node.value is not None}
