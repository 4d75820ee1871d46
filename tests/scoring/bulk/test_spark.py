"""A cluster of Spark, a master and two workers as processes of their own, says what the exact engine says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prongsai.frameworks.load import load
from tests.scoring.bulk.build import country, items_file, long_file, made, parquet, wide_file
from tests.scoring.bulk.cluster import WORKERS, can_run, cluster
from tests.scoring.bulk.equality import differences, scored

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not can_run():
        pytest.skip("run by make test-spark, where Java is")
    from prongsai.scoring.bulk.engines.spark import new_session

    with cluster() as address:
        made = new_session(address, str(tmp_path_factory.mktemp("spark")))
        made.sparkContext.setLogLevel("ERROR")
        yield made
        made.stop()


def engine(session: Any) -> Any:
    from prongsai.scoring.bulk.engines.spark import Spark

    return Spark(session)


def test_cluster_is_several_processes_that_work(session: Any) -> None:
    session.range(0, 100, 1, 4).count()
    executors = session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
    assert len(executors) == WORKERS + 1  # and the driver


def test_wide_answers_score_as_the_exact_engine(session: Any, tmp_path: Path) -> None:
    told = country(made(), 1)
    files = [wide_file(told, tmp_path / "wide.parquet"), items_file(told, tmp_path / "items.parquet")]
    assert differences(scored(engine(session), told, files), told) == []


def test_long_answers_score_as_the_exact_engine(session: Any, tmp_path: Path) -> None:
    told = country(made(), 2)
    files = [long_file(told, tmp_path / "long.parquet"), items_file(told, tmp_path / "items.parquet")]
    assert differences(scored(engine(session), told, files), told) == []


def test_year_of_the_library_scores_as_the_exact_engine(session: Any, tmp_path: Path) -> None:
    told = country(load("ita-2564"), 3, agencies=6, most=4)
    files = [wide_file(told, tmp_path / "wide.parquet"), items_file(told, tmp_path / "items.parquet")]
    assert differences(scored(engine(session), told, files), told) == []


def test_items_alone_score_as_the_exact_engine(session: Any, tmp_path: Path) -> None:
    told = country(load("ita-2569"), 3, agencies=6, most=1)
    assert differences(scored(engine(session), told, [items_file(told, tmp_path / "items.parquet")]), told) == []


def test_hostile_names_stay_names(session: Any, tmp_path: Path) -> None:
    name = 'it\'s `x`\\ "y"'
    told = country(made(), 1, agencies=0)
    file = parquet(tmp_path / "a.parquet", {"agency": "VARCHAR", "i1": "VARCHAR"}, [(name, "มาก"), (name, name)])
    found = scored(engine(session), told, [file])
    assert [each.agency for each in found.agencies] == [name]
    assert [each.examples for each in found.faults if each.problem.code == "ANSWER_UNKNOWN"] == [(name,)]
