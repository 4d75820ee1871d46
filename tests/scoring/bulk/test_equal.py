"""DuckDB and PostgreSQL say what the exact engine says: at every node, in every rounding, in every level."""

import os
from pathlib import Path

import pytest

from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.scoring.bulk.engines.base import Engine
from prongsai.scoring.bulk.engines.duck import Duck
from tests.postgres import VARIABLE
from tests.scoring.bulk.build import (
    Country,
    country,
    items_file,
    long_file,
    made,
    short_file,
    wide_file,
    without_parts,
)
from tests.scoring.bulk.equality import differences, scored

LIBRARY = [f"ita-{year}" for year in range(2562, 2570)] + ["lpa-2569"]


def engine(name: str) -> Engine:
    if name == "duckdb":
        return Duck()
    from prongsai.scoring.bulk.engines.postgres import Postgres

    return Postgres(os.environ[VARIABLE])


ENGINES = [
    "duckdb",
    pytest.param(
        "postgresql",
        marks=[
            pytest.mark.db,
            pytest.mark.skipif(not os.environ.get(VARIABLE), reason="no PostgreSQL: make test-postgres"),
        ],
    ),
]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("seed", [1, 2])
def test_wide_and_long_answers_score_as_the_exact_engine(name: str, seed: int, tmp_path: Path) -> None:
    told = country(made(), seed)
    items = items_file(told, tmp_path / "items.parquet")
    for file in (long_file(told, tmp_path / "long.parquet"), wide_file(told, tmp_path / "wide.parquet")):
        assert differences(scored(engine(name), told, [file, items]), told) == []


@pytest.mark.parametrize("name", ENGINES)
def test_answers_without_respondents_and_as_numbers_score_the_same(name: str, tmp_path: Path) -> None:
    told = country(without_parts(made()), 3)
    items = items_file(told, tmp_path / "items.parquet")
    short = short_file(told, tmp_path / "short.parquet")
    numbers = wide_file(told, tmp_path / "numbers.parquet", numbers=True)
    assert differences(scored(engine(name), told, [short, items]), told) == []
    assert differences(scored(engine(name), told, [items, numbers]), told) == []


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("framework", LIBRARY)
def test_every_year_of_the_library_scores_as_the_exact_engine(name: str, framework: str, tmp_path: Path) -> None:
    told = country(load(framework), 4, agencies=6, most=4)
    files = [items_file(told, tmp_path / "items.parquet")] if told.items else []
    files += [long_file(told, tmp_path / "long.parquet")] if told.answers else []
    assert files, "a framework of the library without items and questions"
    assert differences(scored(engine(name), told, files), told) == []


def test_answers_in_several_files_are_one_nation(tmp_path: Path) -> None:
    told = country(made(), 5)
    inside = Country(told.framework, [each for each in told.answers if each[2].startswith("i")])
    outside = Country(told.framework, [each for each in told.answers if each[2].startswith("e")], told.items)
    files = [
        long_file(inside, tmp_path / "iit.parquet"),
        long_file(outside, tmp_path / "eit.parquet"),
        items_file(told, tmp_path / "items.parquet"),
    ]
    assert differences(scored(Duck(), told, files), told) == []


# The weights of 70 and 30 and means of whole answers put totals and instruments on …5 of the third decimal again and again.
def edges(of: Framework) -> Country:
    told = Country(of)
    codes = [each.code for each in of.questions]
    for number in range(400):
        agency = f"{number:08d}"
        for who in range(8):
            answers = "น้อยที่สุด", "มากที่สุด"
            told.answers += [
                (agency, who, code, None, answers[(number >> (who % 7)) % 2 ^ (who + at) % 2])
                for at, code in enumerate(codes)
            ]
        told.items += [(agency, item.code, (item.partial and number or 0) and item_score(number)) for item in of.items]
    return told


def item_score(number: int) -> object:
    from decimal import Decimal

    return Decimal(number * 25 % 10_000).scaleb(-2)


def test_roundings_on_the_edge_are_decided_exactly(tmp_path: Path) -> None:
    of = without_parts(made((("ดี", "50.01", None), ("พอใช้", "35.01", None), ("ปรับปรุง", "0", None))))
    told = edges(of)
    files = [long_file(told, tmp_path / "long.parquet"), items_file(told, tmp_path / "items.parquet")]
    found = scored(Duck(), told, files)
    ties = [
        each
        for each in told.trees().values()
        if each.root.value is not None
        and (each.root.value * 200).denominator == 1
        and (each.root.value * 100).denominator == 2
    ]
    assert len(ties) > 20
    assert differences(found, told) == []
