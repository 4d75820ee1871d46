"""``prongsai registers`` as it is called."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from prongsai.cli import run
from prongsai.registers.known import DAILY_SYSTEMS
from prongsai.registers.load import library

SMALL = Path(__file__).resolve().parents[1] / "registers" / "small.yaml"


@pytest.fixture(autouse=True)
def _no_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRONGSAI_DATA", raising=False)


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = run(["registers", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_list_shows_registers_and_what_is_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys)
    assert status == 0
    gifts = next(line for line in out.splitlines() if line.strip().startswith("gifts "))
    assert [word in gifts for word in ("ทะเบียนการรับของขวัญ", "F3", "คำขอ–พิจารณา", "ทุก 6 เดือน")] == [True] * 4
    assert "แบบสำรวจ" in out


def test_json_is_all_systems_of_daily_work(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "--json")
    found = json.loads(out)
    assert (status, list(found)) == (0, ["registers", "elsewhere"])
    assert [each["id"] for each in found["registers"]] == [each.id for each in library()]
    gifts = next(each for each in found["registers"] if each["id"] == "gifts")
    assert (gifts["systems"], gifts["flow"], gifts["items"][0], gifts["since_be"]) == (
        ["F3"],
        "request",
        "no-gift.drive",
        0,
    )
    assert {"name_th", "name_en"} <= set(gifts)
    systems = {system for each in found["registers"] for system in each["systems"]}
    other = {each["system"] for each in found["elsewhere"]}
    assert (systems | other) & set(DAILY_SYSTEMS) == set(DAILY_SYSTEMS)
    assert all(each["where"] and each["reason"] for each in found["elsewhere"])


def test_list_needs_no_platform() -> None:
    code = (
        "import sys; from prongsai.cli import run; status = run(['registers']);"
        "print(status, sorted({m.split('.')[0] for m in sys.modules} & {'django', 'allauth'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_own_folder_is_an_option_or_in_the_data(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "registers"
    folder.mkdir()
    (folder / "parking.yaml").write_bytes(SMALL.read_bytes())
    assert "parking" in said(capsys, "--folder", folder)[1]
    monkeypatch.setenv("PRONGSAI_DATA", str(tmp_path))
    assert "parking" in said(capsys)[1]
    assert said(capsys, "show", "parking")[0] == 0


def test_faulty_own_file_is_named_in_the_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("id: own\n", encoding="utf-8")
    status, out, _ = said(capsys, "--folder", tmp_path)
    assert (status, "ไฟล์ทะเบียน own.yaml มีข้อผิดพลาด 3 แห่ง" in out) == (0, True)


def test_show_prints_fields_and_moves(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "show", "gifts")
    assert (status, "วันที่รับ" in out, "ส่งคืนผู้ให้" in out, "ยังไม่ยืนยัน" in out) == (0, True, True, True)
    status, out, _ = said(capsys, "show", "gifts", "--json")
    assert json.loads(out)["fields"][0]["key"] == "received_on"


def test_show_of_an_unknown_register_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = said(capsys, "show", "gift")
    assert (status, out, err) == (2, "", "ไม่มีทะเบียน gift — ที่ใกล้เคียงคือ gifts\n")


def test_check_of_a_sound_file_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "check", SMALL)[:2] == (0, "ตรวจ 1 ไฟล์ ไม่พบข้อสังเกต 1 ไฟล์\n")


def test_check_of_a_faulty_file_ends_with_1_and_names_the_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(SMALL.read_text(encoding="utf-8").replace("by: [kind]", "by: [knd]"), encoding="utf-8")
    status, out, _ = said(capsys, "check", path)
    assert (status, "บรรทัด 21" in out, "kind" in out) == (1, True, True)
    status, out, _ = said(capsys, "check", path, "--json")
    (problem,) = json.loads(out)[0]["problems"]
    assert (status, problem["code"], problem["where"]["line"]) == (1, "REGISTER_UNKNOWN_FIELD", 21)


def test_check_without_files_checks_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "check")
    assert (status, out) == (0, f"ตรวจ {len(library())} ไฟล์ ไม่พบข้อสังเกต {len(library())} ไฟล์\n")


def test_check_of_a_missing_file_is_unusable(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert said(capsys, "check", tmp_path / "none.yaml")[0] == 2


@pytest.mark.parametrize("call", [["parking"], ["parking", "--like", "loans"], ["gifts"]])
def test_example_is_a_sound_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, call: list[str]) -> None:
    out = tmp_path / "own.yaml"
    assert said(capsys, "example", *call, "--out", out)[0] == 0
    assert said(capsys, "check", out)[0] == 0
    assert said(capsys, "example", *call, "--out", out)[0] == 2  # never over a file


def test_example_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "example", "parking")
    assert (status, "id: parking\n" in out) == (0, True)
    assert said(capsys, "example", "ที่จอดรถ")[0] == 2
