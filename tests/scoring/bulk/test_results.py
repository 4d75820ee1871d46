"""What is given out: groups, samples, and nothing of few people, not by taking away either."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.scoring.bulk.directory import Directory, Entry, read_directory
from prongsai.scoring.bulk.engines.duck import Duck
from prongsai.scoring.bulk.results import Results, results
from prongsai.scoring.bulk.run import score_nation
from prongsai.scoring.bulk.write import write_results
from tests.scoring.bulk.build import country, items_file, made, parquet, wide_file, without_parts

YEAR = without_parts(made())


def told(sizes: dict[str, int], folder: Path, *, least: int = 5, groups: dict[str, str] | None = None) -> Results:
    """Score agencies of so many respondents, all with every question and item."""
    heads = {"agency": "VARCHAR", **{each.code: "VARCHAR" for each in YEAR.questions}}
    words = ["มาก", "น้อย", "มากที่สุด", "น้อยที่สุด"]
    rows = [
        (agency, *(words[(who + at + number) % 4] for at in range(len(YEAR.questions))))
        for number, (agency, count) in enumerate(sizes.items())
        for who in range(count)
    ]
    items = [(agency, item.code, Decimal(100 * (at % 2))) for agency in sizes for at, item in enumerate(YEAR.items)]
    files = [
        parquet(folder / "answers.parquet", heads, rows),
        parquet(folder / "items.parquet", {"agency": "VARCHAR", "item": "VARCHAR", "score": "DECIMAL(5,2)"}, items),
    ]
    engine = Duck()
    nation = score_nation(YEAR, files, engine)
    engine.close()
    named = {agency: Entry(agency, None, "ทต.", (groups or {}).get(agency, "ตราด"), {}) for agency in sizes}
    return results(nation, Directory(named), least=least)


def test_agency_of_few_is_kept_back_and_another_with_it(tmp_path: Path) -> None:
    found = told({"a": 3, "b": 20, "c": 30, "d": 40}, tmp_path)
    assert (found.hidden.small, found.hidden.agencies) == ({"a"}, {"a", "b"})
    rows = {row["agency"]: row for row in found.tables["agencies"].records()}
    assert [
        rows["a"][each] for each in ("overall", "exact", "level", "IIT", "EIT", "1", "rounded_IIT", "respondents")
    ] == [None] * 8
    assert (rows["a"]["OIT"], rows["a"]["withheld"], rows["c"]["withheld"]) == (rows["c"]["OIT"], True, False)
    assert rows["a"]["OIT"] is not None


def test_means_of_groups_are_true_and_leave_nothing_to_work_out(tmp_path: Path) -> None:
    groups = {"a": "ตราด", "b": "ตราด", "c": "ตราด", "d": "ระยอง", "e": "ระยอง"}
    sizes = {"a": 3, "b": 20, "c": 30, "d": 40, "e": 50}
    found, whole = told(sizes, tmp_path, groups=groups), told(sizes, tmp_path, least=1, groups=groups)
    open_rows = {row["agency"]: row for row in whole.tables["agencies"].records()}
    for table, column in (("provinces", "province"), ("nation", "nation")):
        for row in found.tables[table].records():
            inside = [a for a in sizes if table == "nation" or groups[a] == row[column]]
            away = [a for a in inside if a in found.hidden.agencies]
            assert len(away) != 1
            if not row["withheld"]:
                assert row["exact"] == pytest.approx(
                    sum(float(open_rows[a]["exact"] or 0) for a in inside) / len(inside)
                )


def test_levels_of_groups_count_only_what_is_told(tmp_path: Path) -> None:
    found = told({"a": 3, "b": 20, "c": 30}, tmp_path)
    nation = found.tables["nation"].records()[0]
    counted = sum(int(nation[f"level_{level.code}"] or 0) for level in YEAR.levels)
    assert (counted, nation["withheld_agencies"], nation["agencies"]) == (
        3 - len(found.hidden.agencies),
        len(found.hidden.agencies),
        3,
    )


def test_k_of_one_keeps_nothing_back(tmp_path: Path) -> None:
    found = told({"a": 1, "b": 20}, tmp_path, least=1)
    assert (found.hidden.agencies, found.hidden.groups) == (frozenset(), frozenset())


def test_a_nation_of_small_agencies_is_answered_soon(tmp_path: Path) -> None:
    sizes = {f"{number:04d}": 1 + number % 6 for number in range(300)}
    found = told(sizes, tmp_path, groups={agency: f"จังหวัด {int(agency) % 10}" for agency in sizes})
    assert {agency for agency, count in sizes.items() if count < 5} <= found.hidden.agencies


def test_samples_are_held_against_the_rule_of_the_year(tmp_path: Path) -> None:
    year = load("ita-2564")
    said = country(year, 1, agencies=2, most=3, silent=0)
    engine = Duck()
    nation = score_nation(
        year, [wide_file(said, tmp_path / "w.parquet"), items_file(said, tmp_path / "i.parquet")], engine
    )
    engine.close()
    first, second = (each.agency for each in nation.agencies)
    reached = nation.agencies[0].respondents["IIT"]
    listed = {
        first: Entry(first, None, None, None, {"IIT": reached, "EIT": 100_000}),
        "z": Entry("z", None, None, None, {"IIT": 50, "EIT": None}),
    }
    rows = {
        (r["agency"], r["instrument"]): r
        for r in results(nation, Directory(listed), least=1).tables["samples"].records()
    }
    assert (rows[first, "IIT"]["required"], rows[first, "IIT"]["state"]) == (reached, "enough")
    assert (rows[first, "EIT"]["required"], rows[first, "EIT"]["state"]) == (400, "short")
    assert (rows["z", "IIT"]["required"], rows["z", "IIT"]["short"]) == (30, 30)
    assert rows["z", "EIT"]["state"] == rows[second, "IIT"]["state"] == "unknown"


def directory(written: str, folder: Path, framework: Framework = YEAR) -> Directory:
    path = folder / "agencies.csv"
    path.write_text(written, encoding="utf-8")
    engine = Duck()
    try:
        return read_directory(path, engine, framework)
    finally:
        engine.close()


def test_list_of_agencies_is_read_and_its_faults_told(tmp_path: Path) -> None:
    found = directory("หน่วยงาน,จังหวัด,kind,headcount_IIT\n01,ตราด,ทต.,๑๒๐\n01,ระยอง,,1\n02,,,มาก\n", tmp_path)
    assert found.entries["01"] == Entry("01", None, "ทต.", "ตราด", {"IIT": 120, "EIT": None, "OIT": None})
    assert {each.problem.code for each in found.faults} == {"AGENCY_LISTED_TWICE", "HEADCOUNT_UNREADABLE"}


@pytest.mark.parametrize("form", ["parquet", "csv", "json"])
def test_tables_are_written_and_read_back(form: str, tmp_path: Path) -> None:
    found = told({'ก "ข", ค': 9, "b\n2": 9}, tmp_path)
    written = write_results(found, tmp_path / "out", form)
    assert [path.name for path in written] == [f"{name}.{form}" for name in found.tables]
    assert not list((tmp_path / "out").glob("*.part"))
    rows = found.tables["agencies"].records()
    if form == "json":
        assert json.loads(written[0].read_text(encoding="utf-8")) == rows
        return
    line = duckdb.connect()
    read = line.read_parquet(str(written[0])) if form == "parquet" else line.read_csv(str(written[0]), header=True)
    assert read.columns == list(rows[0])
    assert [row[read.columns.index("exact")] for row in read.fetchall()] == [row["exact"] for row in rows]


def test_file_name_gives_the_agencies_alone(tmp_path: Path) -> None:
    found = told({"a": 9, "b": 9}, tmp_path)
    assert write_results(found, tmp_path / "new" / "one.csv") == (tmp_path / "new" / "one.csv",)
    assert (
        (tmp_path / "new" / "one.csv")
        .read_text(encoding="utf-8-sig")
        .startswith("agency,name,kind,province,overall,exact,level,")
    )


# --- one question that few answered, and what somebody wrote ----------------------------------------------------------
def nation_of(words: dict[str, list[list[str | None]]], folder: Path, *, least: int = 5) -> Results:
    """Score agencies by what each respondent answered to each question."""
    heads = {"agency": "VARCHAR", **{each.code: "VARCHAR" for each in YEAR.questions}}
    engine = Duck()
    rows = [(agency, *answers) for agency, people in words.items() for answers in people]
    nation = score_nation(YEAR, [parquet(folder / "answers.parquet", heads, rows)], engine)
    engine.close()
    return results(nation, Directory({}), least=least)


def everybody(count: int) -> list[list[str | None]]:
    return [["มาก"] * len(YEAR.questions) for _ in range(count)]


def test_a_question_that_one_answered_keeps_its_agency_back_however_many_answered_others(tmp_path: Path) -> None:
    thin = everybody(30)
    for answers in thin[1:]:
        answers[0] = None
    found = nation_of({"a": thin, "b": everybody(30), "c": everybody(40)}, tmp_path)
    assert found.hidden.small == {"a"}
    rows = {row["agency"]: row for row in found.tables["agencies"].records()}
    assert (rows["a"]["1"], rows["a"]["IIT"], rows["c"]["IIT"] is None) == (None, None, False)


def test_a_question_that_nobody_has_an_opinion_on_keeps_nothing_back(tmp_path: Path) -> None:
    silent = everybody(30)
    for answers in silent:
        answers[0] = None
    found = nation_of({"a": silent, "b": everybody(30), "c": everybody(40)}, tmp_path)
    assert found.hidden.small == frozenset()


def test_what_somebody_wrote_and_where_is_told_only_where_nothing_is_kept_back(tmp_path: Path) -> None:
    word = "ปลัดรับเงิน"
    few = everybody(2)
    few[0][0] = word
    country_ = {"a": few, "b": everybody(30), "c": everybody(40)}
    (tmp_path / "k").mkdir()
    (tmp_path / "whole").mkdir()
    kept, whole = nation_of(country_, tmp_path / "k"), nation_of(country_, tmp_path / "whole", least=1)
    for found, is_told in ((kept, False), (whole, True)):
        (fault,) = [each for each in found.tables["faults"].records() if each["code"] == "ANSWER_UNKNOWN"]
        assert (fault["count"], fault["first_agency"] == "a") == (1, is_told)
        said = json.dumps([each.to_json() for each in found.faults], ensure_ascii=False)
        assert [word in text for text in (str(fault["examples"]), said)] == [is_told] * 2
