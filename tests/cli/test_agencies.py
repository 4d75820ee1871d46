"""``prongsai agencies`` as it is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "directory"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the list of codes of the samples."""
    made = tmp_path_factory.mktemp("installation") / "data"
    done = called(made, "import", SAMPLES / "codes-2569.csv", "--as-of", "1/10/2569", "--yes", "--json")
    assert done.returncode == 1, done.stderr  # seven rows are left out
    told = json.loads(done.stdout)
    assert (told["rows"], told["new"], told["left_out"], told["accepted"]) == (38, 31, 7, True)
    errors = [(one["line"], one["column"]) for one in told["faults"] if one["is_error"]]
    assert errors[1:4] == [(32, "code"), (33, "province"), (34, "province")]
    return made


def called(data: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PRONGSAI_")}
    environment |= {"PRONGSAI_DATA": str(data), "PRONGSAI_ORIGINS": "https://ita.example.go.th", "COLUMNS": "80"}
    call = [sys.executable, "-m", "prongsai", "agencies", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_agencies_are_added_listed_and_refused(data: Path) -> None:
    made = called(data, "add", "5160402", "--person", "นายธวัช ตรงเวลา", "--post", "ปลัดเทศบาล", "--json")
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert (told["code"], told["name"], told["is_mailed"]) == ("05160402", "เทศบาลตำบลคลองมะดัน", False)
    assert told["address"].startswith("https://ita.example.go.th/invitation/")
    again = called(data, "add", "05160402", "--person", "นายธวัช ตรงเวลา", "--post", "ปลัดเทศบาล")
    assert (again.returncode, again.stdout) == (2, "") and "\n" not in again.stderr.strip()
    many = called(data, "add-many", SAMPLES / "many.csv")
    assert many.returncode == 1
    assert sum(line.strip().startswith("https://ita.example.go.th/") for line in many.stdout.splitlines()) == 3
    listed = json.loads(called(data, "list", "--json").stdout)["agencies"]
    assert [one["code"] for one in listed] == ["02170001", "05160301", "05160402", "05170202"]
    assert {"accounts": 0, "has_cycle": False, "closed_on": None, "bytes": 0}.items() <= listed[0].items()


def test_operator_is_invited_by_a_link(data: Path) -> None:
    told = json.loads(called(data, "operator", "นายธนา ดูแลเครื่อง", "--json").stdout)
    assert told["name"] == "นายธนา ดูแลเครื่อง"
    assert told["address"].startswith("https://ita.example.go.th/installation/invitation/")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "05160199", "--person", "ก ข", "--post", "ค"), "ไม่มีรหัส 05160199"),
        (("import", "none.csv"), "none.csv"),
        (("import", SAMPLES / "codes-2569.csv", "--as-of", "วันวาน"), "อ่านวันที่"),
        (("import", SAMPLES / "codes-2569.csv", "--as-of", "1/10/2560", "--yes"), "เก่ากว่า"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(data: Path, arguments: tuple[str | Path, ...], said: str) -> None:
    done = called(data, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "\n" not in done.stderr.strip()


def test_list_that_is_only_looked_at_changes_nothing(data: Path) -> None:
    done = called(data, "import", SAMPLES / "codes-2569.csv", "--as-of", "1/11/2569", "--json")
    told = json.loads(done.stdout)
    assert (told["accepted"], told["new"], told["same"]) == (False, 0, 31)
