"""Bad national data is counted and told, in one pass, and never guessed."""

import gc
from pathlib import Path

import duckdb
import pytest

from prongsai.errors import FileUnusable, ProngsaiError, ScoresUnusable
from prongsai.scoring.bulk.engines.duck import Duck
from prongsai.scoring.bulk.faults import BULK_FAULTS, Counted
from prongsai.scoring.bulk.run import Nation, score_nation
from prongsai.scoring.outline import Kind
from tests.scoring.bulk.build import made, parquet, without_parts

LONG = {"agency": "VARCHAR", "question": "VARCHAR", "value": "VARCHAR"}
PERSONAL = {"agency": "VARCHAR", "respondent": "INTEGER", "question": "VARCHAR", "part": "INTEGER", "value": "VARCHAR"}
ITEMS = {"agency": "VARCHAR", "item": "VARCHAR", "score": "VARCHAR"}


def run(*files: Path, parts: bool = False) -> Nation:
    engine = Duck()
    try:
        return score_nation(made() if parts else without_parts(made()), files, engine, every_node=True)
    finally:
        engine.close()


def fault(nation: Nation, code: str, what: str | None = None) -> Counted:
    return next(each for each in nation.faults if each.problem.code == code and what in (None, each.what))


def node(nation: Nation, kind: Kind, code: str, agency: int = 0) -> float | None:
    return nation.agencies[agency].nodes[nation.keys.index((kind, code))]


def test_answers_off_the_scale_are_counted_with_examples_and_left_out(tmp_path: Path) -> None:
    rows = [("a", "i1", "มาก"), ("a", "i1", "ไม่รู้"), ("b", "i1", "ไม่รู้"), ("a", "i2", "มาก")]
    nation = run(parquet(tmp_path / "a.parquet", LONG, rows))
    found = fault(nation, "ANSWER_UNKNOWN")
    assert (found.what, found.count, found.agencies, found.first, found.examples) == ("i1", 2, 2, "a", ("ไม่รู้", "ไม่รู้"))
    assert node(nation, Kind.QUESTION, "i1") == 67
    assert node(nation, Kind.QUESTION, "i1", 1) is None


def test_number_outside_the_scale_is_a_fault_even_where_its_sum_would_do(tmp_path: Path) -> None:
    rows = [("a", 33, 67), ("a", 34, 66), ("a", 100, None)]
    nation = run(parquet(tmp_path / "a.parquet", {"agency": "VARCHAR", "i1": "TINYINT", "i2": "TINYINT"}, rows))
    assert fault(nation, "ANSWER_UNKNOWN", "i1").count == 1
    assert node(nation, Kind.QUESTION, "i1") == pytest.approx((33 + 100) / 2)
    assert node(nation, Kind.QUESTION, "i2") == 33  # reversed: 100 − 67


def test_numbers_of_any_type_are_read_alike(tmp_path: Path) -> None:
    for kind in ("TINYINT", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL(5,2)", "VARCHAR"):
        nation = run(
            parquet(tmp_path / "a.parquet", {"agency": "VARCHAR", "i1": kind}, [("a", 67), ("a", 0), ("a", None)])
        )
        assert node(nation, Kind.QUESTION, "i1") == pytest.approx(33.5), kind


def test_not_a_number_is_a_fault(tmp_path: Path) -> None:
    rows = [("a", float("nan")), ("a", 67.0), ("a", float("inf"))]
    nation = run(parquet(tmp_path / "a.parquet", {"agency": "VARCHAR", "i1": "DOUBLE"}, rows))
    assert (fault(nation, "ANSWER_UNKNOWN").count, node(nation, Kind.QUESTION, "i1")) == (2, 67)


def test_other_writings_are_tidied_as_score_tidies_them(tmp_path: Path) -> None:
    rows = [("a", " i1 ", "  มาก "), ("a", "i๑", "๖๗"), ("a", "i1", "67.0")]
    nation = run(
        parquet(tmp_path / "a.parquet", LONG, rows),
        parquet(tmp_path / "b.parquet", ITEMS, [("a", "O๑", "๑๐๐"), ("a", "O2", "-")]),
    )
    assert [each.problem.code for each in nation.faults if each.problem.severity.value == "error"] == []
    assert node(nation, Kind.QUESTION, "i1") == 67
    assert (node(nation, Kind.ITEM, "O1"), node(nation, Kind.ITEM, "O2")) == (100, None)


def test_sheets_that_lack_a_part_or_have_one_twice_do_not_count(tmp_path: Path) -> None:
    full = [("a", 1, "i4", part, "มาก") for part in (1, 2)]
    bad = [("a", 2, "i4", 1, "มาก"), ("a", 3, "i4", 1, "มาก"), ("a", 3, "i4", 1, "มาก"), ("a", None, "i4", 1, "มาก")]
    twice = [("a", 4, "i1", None, "มาก"), ("a", 4, "i1", None, "น้อย"), ("a", 5, "i1", None, "น้อย")]
    nation = run(parquet(tmp_path / "a.parquet", PERSONAL, [*full, *bad, *twice]), parts=True)
    assert fault(nation, "ANSWER_PARTS", "i4").count == 3
    assert fault(nation, "ANSWER_PARTS", "i1").count == 1
    assert (node(nation, Kind.QUESTION, "i4"), node(nation, Kind.QUESTION, "i1")) == (50, 33)


def test_parts_without_respondents_are_refused_by_name(tmp_path: Path) -> None:
    nation = run(parquet(tmp_path / "a.parquet", LONG, [("a", "i3", "มาก"), ("a", "i1", "มาก")]), parts=True)
    assert (fault(nation, "ANSWER_WITHOUT_RESPONDENT").what, node(nation, Kind.QUESTION, "i3")) == ("i3", None)


def test_respondent_with_two_rows_of_a_wide_file_does_not_count(tmp_path: Path) -> None:
    rows = [("a", 1, "มาก"), ("a", 1, "น้อย"), ("a", 2, "น้อย"), ("b", 1, "มาก"), ("a", None, "น้อย")]
    nation = run(parquet(tmp_path / "a.parquet", {"agency": "VARCHAR", "respondent": "INTEGER", "i1": "VARCHAR"}, rows))
    assert fault(nation, "RESPONDENT_TWICE").count == 1
    assert (node(nation, Kind.QUESTION, "i1"), node(nation, Kind.QUESTION, "i1", 1)) == (33, 67)


def test_item_scores_that_repeat_differ_or_cannot_be_are_told_apart(tmp_path: Path) -> None:
    rows = [
        *[("a", "O1", "100")] * 2, ("a", "O2", "0"), ("a", "O2", "100"), ("a", "O3", "50"), ("a", "O4", "ดี"),
        ("a", "O6", "66.67"), ("b", "O6", "66.671"), ("a", "O99", "0"), ("", "O1", "0"),
    ]  # fmt: skip
    nation = run(parquet(tmp_path / "a.parquet", ITEMS, rows))
    told = {(each.problem.code, each.what) for each in nation.faults}
    assert told >= {
        ("SCORE_REPEATED", "O1"), ("SCORE_DUPLICATE", "O2"), ("SCORE_ITEM_NOT_ALLOWED", "O3"),
        ("SCORE_NOT_A_NUMBER", "O4"), ("SCORE_ITEM_NOT_ALLOWED", "O6"), ("SCORE_UNKNOWN_CODE", ""),
    }  # fmt: skip
    assert [node(nation, Kind.ITEM, f"O{n}") for n in (1, 2, 3, 4, 6)] == [100, None, None, None, 66.67]
    assert node(nation, Kind.ITEM, "O6", 1) is None


def test_unknown_questions_nameless_rows_and_spare_columns_are_told(tmp_path: Path) -> None:
    long = parquet(tmp_path / "a.parquet", LONG, [("a", "z9", "มาก"), (None, "i1", "มาก"), ("a", "i1", "มาก")])
    wide = parquet(tmp_path / "b.parquet", {"agency": "VARCHAR", "i2": "VARCHAR", "อายุ": "INTEGER"}, [("a", "มาก", 3)])
    nation = run(long, wide)
    assert fault(nation, "ANSWER_QUESTION_UNKNOWN").examples == ("z9",)
    assert fault(nation, "SCORE_WITHOUT_AGENCY").count == 1
    assert fault(nation, "COLUMN_UNKNOWN").examples == ("อายุ",)
    assert [each.agency for each in nation.agencies] == ["a"]


def test_question_whose_parts_have_not_all_columns_is_not_scored(tmp_path: Path) -> None:
    nation = run(
        parquet(
            tmp_path / "a.parquet", {"agency": "VARCHAR", "i3.1": "VARCHAR", "i3_2": "VARCHAR"}, [("a", "มาก", "มาก")]
        ),
        parts=True,
    )
    assert fault(nation, "QUESTION_COLUMNS").what == "i3"


def test_agency_written_in_two_ways_is_told_and_not_joined(tmp_path: Path) -> None:
    nation = run(parquet(tmp_path / "a.parquet", LONG, [("เทศบาล ก", "i1", "มาก"), ("เทศบาล  ก", "i1", "มาก")]))
    assert (len(nation.agencies), fault(nation, "AGENCY_SPELLINGS").count) == (2, 1)


def test_two_million_bad_values_are_one_fault_a_question(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    duckdb.sql("SELECT 'a' agency, 'i1' question, 'x' || range::VARCHAR AS value FROM range(2000000)").write_parquet(
        str(path)
    )
    nation = run(path)
    assert (fault(nation, "ANSWER_UNKNOWN").count, len(fault(nation, "ANSWER_UNKNOWN").examples)) == (2_000_000, 3)


@pytest.mark.parametrize("name", ["a' OR 1=1 --", 'ก"; DROP TABLE tally; --', "`x`\\", "a\\'b", "{}", "𝟘 ก\nข"])
def test_hostile_names_stay_names(name: str, tmp_path: Path) -> None:
    heads = {"agency": "VARCHAR", "i1": "VARCHAR", name: "VARCHAR"}
    nation = run(parquet(tmp_path / "it's.parquet", heads, [(name, "มาก", name), (name, name, name)]))
    assert [each.agency for each in nation.agencies] == [name]
    assert (node(nation, Kind.QUESTION, "i1"), fault(nation, "ANSWER_UNKNOWN").count) == (67, 1)


@pytest.mark.parametrize(
    ("heads", "rows", "words"),
    [
        ({"who": "VARCHAR", "i1": "VARCHAR"}, [("a", "มาก")], "ไม่มีช่อง agency"),
        ({"agency": "VARCHAR", "x": "VARCHAR"}, [("a", "มาก")], "ไม่มีช่องใดเป็นข้อคำถาม"),
        ({"agency": "VARCHAR", "i1": "BOOLEAN"}, [("a", True)], "เป็นชนิด BOOLEAN"),
        ({"agency": "DOUBLE", "i1": "VARCHAR"}, [(1.5, "มาก")], "เป็นชนิด DOUBLE"),
        ({"agency": "VARCHAR", "i1": "VARCHAR", "I1 ": "VARCHAR"}, [("a", "มาก", "มาก")], "หมายถึงสิ่งเดียวกัน"),
        ({"agency": "VARCHAR", "i1": "VARCHAR"}, [], "มีแต่หัวตาราง"),
    ],
)
def test_file_that_is_no_such_table_is_refused_with_its_columns(
    heads: dict[str, str], rows: list[tuple[object, ...]], words: str, tmp_path: Path
) -> None:
    with pytest.raises(ScoresUnusable) as refused:
        run(parquet(tmp_path / "a.parquet", heads, rows))
    assert words in refused.value.message_th
    assert "a.parquet" in refused.value.message_th


def test_garbage_is_looked_for_again_after_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(ScoresUnusable):
        run(parquet(tmp_path / "a.parquet", {"agency": "VARCHAR", "i1": "VARCHAR"}, []))
    assert gc.isenabled()


def test_one_instrument_is_scored_where_nothing_is_known_of_the_others(tmp_path: Path) -> None:
    questions = [each.code for each in made().questions if not each.parts]
    nation = run(parquet(tmp_path / "a.parquet", LONG, [("a", code, "มาก") for code in questions]))
    score = nation.agencies[0]
    reached = {key for key, value in zip(nation.keys, score.nodes, strict=True) if value is not None}
    assert {code for kind, code in reached if kind is Kind.QUESTION} == set(questions)
    assert score.level is None and score.overall is None
    assert len(score.rounded) == 1 + len(nation.outline.framework.instruments)


def test_unreadable_files_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "empty.parquet").write_bytes(b"")
    (tmp_path / "torn.parquet").write_bytes(b"PAR1" + b"\x00" * 50)
    (tmp_path / "thai.csv").write_bytes("agency,question,value\nก,i1,มาก\n".encode("cp874"))
    for name in ("empty.parquet", "torn.parquet", "thai.csv", "nothing.parquet"):
        with pytest.raises(FileUnusable) as refused:
            run(tmp_path / name)
        assert name in refused.value.message_th


def test_csv_is_read_as_text_and_blank_is_nothing_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('agency,i1,i2\n"01, ก",67,\n"01, ก",มาก,มาก\n', encoding="utf-8")
    nation = run(path)
    assert (nation.agencies[0].agency, node(nation, Kind.QUESTION, "i1"), node(nation, Kind.QUESTION, "i2")) == (
        "01, ก",
        67,
        33,
    )


def test_postgresql_that_is_not_there_is_said_in_one_line() -> None:
    from prongsai.scoring.bulk.engines.postgres import Postgres

    with pytest.raises(ProngsaiError) as refused:
        Postgres("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert "PostgreSQL" in refused.value.one_line


@pytest.mark.parametrize("code", BULK_FAULTS)
def test_faults_are_all_made_somewhere(code: str) -> None:
    folder = Path(__file__).resolve().parents[3] / "src" / "prongsai" / "scoring" / "bulk"
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "faults.py")
    assert f'"{code}"' in text
