"""``prongsai registers import`` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prongsai.cli import run
from prongsai.web.registers.models import Entry, ImportBatch
from tests.web import office
from tests.web.registers.test_imports import ASSETS, asset, csv_of


@pytest.fixture
def sheet(tmp_path: Path):
    """Write a sheet of assets; gives its path."""

    def write(*rows: list[str]) -> Path:
        path = tmp_path / "ทรัพย์สิน.csv"
        path.write_bytes(csv_of(ASSETS, *rows))
        return path

    return write


@pytest.fixture(autouse=True)
def _office(transactional_db) -> None:
    office.build()


def said(capsys, *arguments: str | Path) -> tuple[int, str, str]:
    status = run(["registers", "import", "assets", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_import_tells_counts_and_saves_when_told_to(sheet, capsys):
    path = sheet(asset(1), asset(2))
    status, out, _ = said(capsys, path)
    assert status == 0 and "สั่งใหม่พร้อม --yes" in out and Entry.objects.count() == 0
    status, out, _ = said(capsys, path, "--yes")
    assert status == 0 and "บันทึกแล้ว: เพิ่ม 2 แก้ไข 0 รายการ" in out
    assert Entry.objects.filter(register="assets").count() == 2
    assert ImportBatch.objects.latest("pk").rows.count() == 0
    assert "ไม่มีอะไรต้องบันทึก" in said(capsys, path, "--yes")[1]


def test_import_with_a_faulty_cell_names_it_saves_nothing_and_ends_with_one(sheet, capsys):
    path = sheet(asset(1), asset(2, c2="เรือดำน้ำ"))
    status, out, _ = said(capsys, path, "--yes")
    assert status == 1 and Entry.objects.count() == 0
    assert [each in out for each in ("C3", "เรือดำน้ำ", "ยังไม่ได้บันทึก")] == [True] * 3
    status, out, _ = said(capsys, path, "--yes", "--json")
    told = json.loads(out)
    assert (status, told["new"], told["faulty"], told["saved"]) == (1, 1, 1, False)
    assert [(one["cell"], one["code"]) for one in told["faults"]] == [("C3", "CHOICE_UNKNOWN")]


def test_import_that_cannot_begin_says_why_in_one_line(sheet, capsys, tmp_path):
    status, _, err = said(capsys, sheet(asset(1)), "--agency", "99999999")
    assert (status, err.split(" — ")[0]) == (2, "ไม่มีหน่วยงานรหัส 99999999")
    status, _, err = said(capsys, tmp_path / "none.xlsx")
    assert status == 2 and err.startswith("เปิดไฟล์") and err.count("\n") == 1
    office.build(code="05170202", name="เทศบาลตำบลท่าหว้า", province="สิงห์บุรี", letters="สห ๕๒๗๐๒")
    assert said(capsys, sheet(asset(1)))[2].startswith("ไม่รู้ว่าหน่วยงานใด — ระบุ --agency จาก 05160101")
    assert said(capsys, sheet(asset(1)), "--agency", "05170202", "--yes")[0] == 0
    assert Entry.objects.get().agency.code == "05170202"
