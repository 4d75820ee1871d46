"""``prongsai compare``: tables to contradictions and an explorer; exit 0, 1, 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prongsai.cli import run

SAMPLES = Path(__file__).parents[2] / "samples" / "results"
PUBLISHED = Path(__file__).parents[1] / "comparison" / "published" / "itas-2561-chonburi.csv"
YEARS = [str(SAMPLES / name) for name in ("ita-2566.csv", "ita-2567.xlsx", "ita-2568.csv")]


def told(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_samples_become_an_explorer_without_a_contradiction(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *YEARS, "--to", str(tmp_path / "site"), "--source", "ข้อมูลสมมติ", "--json"]) == 0
    found = told(capsys)
    assert (found["agencies"], found["years"], found["results"]) == (24, [2566, 2567, 2568], 72)
    assert found["problems"] == []
    assert found["tables"][1]["mapping"]["columns"]["B"] == "code"
    assert "ข้อมูลสมมติ" in (tmp_path / "site/method/index.html").read_text(encoding="utf-8")
    page = (tmp_path / "site/a/05160101/index.html").read_text(encoding="utf-8")
    assert "เทศบาลตำบลบ้านสวนพลู" in page


def test_faulty_sample_names_each_planted_fault_at_its_cell(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", str(SAMPLES / "ita-2568-faulty.csv"), "--json"]) == 1
    found = {
        (one["code"], one["where"]["row"], one["where"]["column"])
        for one in told(capsys)["problems"]
        if one["severity"] == "error"
    }
    assert {
        ("SCORE_CONTRADICTION", 4, 6),
        ("SCORE_CONTRADICTION", 6, 5),
        ("SCORE_OUT_OF_RANGE", 9, 10),
        ("COMPARE_RANK", 12, 1),
        ("COMPARE_TWICE", 14, 3),
        ("COMPARE_TWICE", 15, 3),
    } <= found
    assert any(code == "SCORE_CONTRADICTION" and row == 20 for code, row, _ in found)
    assert {row for _, row, _ in found} == {4, 6, 9, 12, 14, 15, 20}


def test_columns_are_changed_by_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = tmp_path / "columns.yaml"
    mapping.write_text(
        "itas-2561-chonburi.csv:\n  year: 2561\n  columns: {A: '', คะแนนเฉลี่ย: total}\n", encoding="utf-8"
    )
    assert run(["compare", str(PUBLISHED), "--columns", str(mapping), "--json"]) == 0
    (table,) = told(capsys)["tables"]
    assert table["mapping"]["columns"]["A"] == ""
    assert table["columns"][0]["proposed"] == "rank"
    assert table["years"] == [{"year": 2561, "framework": None, "rows": 14}]


def test_table_is_shown_to_people_with_the_reason_of_each_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", str(PUBLISHED)]) == 0
    shown = capsys.readouterr().out
    assert "คะแนนเฉลี่ย" in shown and "ไม่พบข้อขัดแย้ง" in shown and "ไม่มีกรอบของปีนี้" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing.csv"],
        [str(PUBLISHED), "--framework", "2561"],
        [str(PUBLISHED), "--framework", "2561=ita-1999"],
        [str(PUBLISHED), "--columns", str(PUBLISHED)],
        [str(PUBLISHED), "--to", str(SAMPLES)],
    ],
)
def test_call_that_cannot_be_is_one_line_and_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.strip().splitlines()) == 1
