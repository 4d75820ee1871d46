"""``prongsai fill``: rows into an official workbook, and every reason why not."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from prongsai.cli import run
from tests.reports.forms.test_official import ROW, form

GIVEN: dict[str, Any] = {
    **ROW, "วงเงินงบประมาณที่ได้รับจัดสรร (บาท)": 1250000.5, "วันที่ลงนาม": "2025-11-20",
}  # fmt: skip
WORKBOOK = "แบบ.xlsx"


def said(
    capsys: pytest.CaptureFixture[str], folder: Path, rows: object, *more: str, out: str = "กรอก.xlsx"
) -> tuple[int, str, str]:
    if not (folder / WORKBOOK).exists():
        (folder / WORKBOOK).write_bytes(form())
    text = rows if isinstance(rows, str) else json.dumps(rows, ensure_ascii=False)
    (folder / "แถว.json").write_text(text, encoding="utf-8")
    status = run(["fill", str(folder / WORKBOOK), str(folder / "แถว.json"), "-o", str(folder / out), *more])
    told, err = capsys.readouterr()
    return status, told, err


def test_rows_stand_below_the_heads(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = said(capsys, tmp_path, [GIVEN, {**GIVEN, "ที่": 2}], "--json")
    filled = tmp_path / "กรอก.xlsx"
    assert (status, json.loads(out)) == (0, {"file": str(filled), "rows": 2, "problems": []})
    sheet = python_calamine.CalamineWorkbook.from_filelike(BytesIO(filled.read_bytes())).get_sheet_by_index(0)
    assert sheet.to_python(skip_empty_area=False)[4] == [float(v) if k in ("ที่", "ปีงบประมาณ") else v
        for k, v in {**GIVEN, "วันที่ลงนาม": ROW["วันที่ลงนาม"]}.items()]  # fmt: skip
    assert (tmp_path / WORKBOOK).read_bytes() == form()


def test_the_form_is_never_overwritten(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, err = said(capsys, tmp_path, [GIVEN], out=WORKBOOK)
    assert (status, err) == (2, f"ไฟล์ปลายทางคือ {WORKBOOK} เอง ไม่เขียนทับ — ตั้งชื่อไฟล์ปลายทางใหม่\n")
    assert (tmp_path / WORKBOOK).read_bytes() == form()


def test_every_fault_is_told_before_the_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    blank = {**GIVEN, "สถานะการจัดซื้อจัดจ้าง": "", "เลขที่โครงการในระบบ e-GP": None}
    status, out, err = said(capsys, tmp_path, [GIVEN, blank])
    assert (status, err.count("\n"), out.count("OFFICIAL_CELL_BLANK")) == (2, 1, 2)
    assert not (tmp_path / "กรอก.xlsx").exists()
    told = json.loads(said(capsys, tmp_path, [GIVEN, blank], "--json")[1])["problems"]
    assert [(problem["where"]["row"], problem["where"]["column"]) for problem in told] == [(6, 5), (6, 7)]


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ([], "RECORD_VALUE_WRONG", ""),
        ({"rows": []}, "RECORD_VALUE_WRONG", ""),
        ([3], "RECORD_VALUE_WRONG", "[1]"),
        ([{**GIVEN, "ที่": [1]}], "RECORD_VALUE_WRONG", "[1].ที่"),
        ([{**GIVEN, "ที่": True}], "RECORD_VALUE_WRONG", "[1].ที่"),
        ([{**GIVEN, "วันที่ลงนาม": "2568-11-20"}], "RECORD_BUDDHIST_YEAR", "[1].วันที่ลงนาม"),
        ([{**GIVEN, "วันที่ลงนาม": "2025-02-30"}], "RECORD_VALUE_WRONG", "[1].วันที่ลงนาม"),
    ],
)
def test_values_that_no_cell_holds_are_refused(
    rows: object, code: str, place: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, _ = said(capsys, tmp_path, rows, "--json")
    told = json.loads(out)["problems"]
    assert (status, [(problem["code"], problem["evidence"][0]) for problem in told]) == (2, [(code, place)])


@pytest.mark.parametrize(
    ("rows", "more", "out", "line"),
    [
        ([GIVEN], ["--sheet", "ไม่มี"], "a.xlsx", "ไฟล์ แบบ.xlsx ไม่มีแผ่นงาน ไม่มี — แผ่นงานที่มีคือ แบบรายการ, ภาคผนวก"),
        ([GIVEN], ["--sheet", "ภาคผนวก"], "a.xlsx", "ไฟล์ แบบ.xlsx ไม่พบหัวตารางที่ตรงกับข้อมูล — ตรวจว่าเป็นแบบของปีที่ถูกต้อง"),
        ([GIVEN], [], "a.docx", "ไฟล์ปลายทาง a.docx ต้องเป็น Excel — ตั้งชื่อให้ลงท้ายด้วย .xlsx"),
        ('[\n{"ก": NaN}]', [], "a.xlsx", "อ่านข้อมูลจาก แถว.json ไม่ได้ — ต้องเป็นไฟล์ JSON (UTF-8) "
         'แบบ [{"หัวคอลัมน์": ค่า, …}, …] หนึ่งกลุ่มต่อหนึ่งแถว'),
    ],
)  # fmt: skip
def test_what_cannot_be_filled_is_said_in_one_line(
    rows: object, more: list[str], out: str, line: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert said(capsys, tmp_path, rows, *more, out=out)[::2] == (2, f"{line}\n")
