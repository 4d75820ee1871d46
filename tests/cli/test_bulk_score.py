"""``prongsai bulk-score`` as it is called."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from prongsai.cli import run
from prongsai.frameworks.load import load
from tests.scoring.bulk.build import country, items_file, parquet, wide_file

YEAR = "ita-2564"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    told = country(load(YEAR), 7, agencies=4, most=30, silent=0)
    return [str(wide_file(told, tmp_path / "wide.parquet")), str(items_file(told, tmp_path / "items.parquet"))]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["bulk-score", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_summary_is_json_and_every_table_is_written(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = said(capsys, *files, "--framework", YEAR, "-o", str(tmp_path / "out"), "--format", "csv", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["framework"], found["engine"], found["agencies"], found["k"]) == (YEAR, "duckdb", 4, 5)
    assert sorted(Path(path).name for path in found["written"]) == [
        "agencies.csv", "faults.csv", "kinds.csv", "nation.csv", "provinces.csv", "samples.csv",
    ]  # fmt: skip


def test_people_get_a_thai_table(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, *files, "--framework", YEAR)
    assert status == 0
    assert "จำนวนหน่วยงานตามระดับ" in out
    assert "None" not in out


def test_faulty_data_ends_with_1_and_unusable_calls_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = parquet(tmp_path / "bad.parquet", {"agency": "VARCHAR", "i7": "VARCHAR"}, [("a", "?"), ("a", "มาก")])
    assert said(capsys, str(bad), "--framework", YEAR)[0] == 1
    for call in (
        [str(tmp_path / "none.parquet"), "--framework", YEAR],
        [str(bad), "--framework", YEAR, "--engine", "postgresql"],
        [str(bad), "--framework", YEAR, "--engine", "abacus"],
        [str(bad), "--framework", YEAR, "--k", "0"],
        [str(bad)],
    ):
        status, _, err = said(capsys, *call)
        assert (status, len(err.strip().splitlines())) == (2, 1), call


def test_missing_extra_is_said_with_its_mend(files: list[str]) -> None:
    code = (
        "import sys, importlib.util as u; find = u.find_spec;"
        "u.find_spec = lambda name, *more: None if name == 'duckdb' else find(name, *more);"
        f"from prongsai.cli import run; sys.exit(run(['bulk-score', {files[0]!r}, '--framework', '{YEAR}']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2
    assert 'pip install "prongsai[bulk]"' in done.stderr
