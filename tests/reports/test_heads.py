"""Heads of tables: roles by likeness, whatever the order and wording."""

from pathlib import Path

import pytest

from prongsai.documents.read import read_document
from prongsai.reports.heads import Head, Role, read_head

MEASURES = ["number", "measure", "steps", "period", "responsible", "result", "outcome"]


def head(tmp_path: Path, *cells: str) -> Head | None:
    path = tmp_path / "head.txt"
    path.write_text("\t".join(cells) + "\n", encoding="utf-8")
    (table,) = read_document(path).tables()
    return read_head(table.rows[0])


def roles(found: Head | None) -> list[str | None]:
    assert found is not None
    return [column.role.value if column.role else None for column in found.columns]


def test_usual_heads_have_their_roles(tmp_path: Path) -> None:
    found = head(
        tmp_path, "ลำดับ", "มาตรการ/กิจกรรม", "ขั้นตอนหรือวิธีการปฏิบัติ", "ระยะเวลาในการดำเนินการ", "ผู้รับผิดชอบ",
        "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม", "ผลลัพธ์หรือความสำเร็จในการดำเนินการ",
    )  # fmt: skip
    assert roles(found) == MEASURES


def test_columns_in_another_order_and_wording(tmp_path: Path) -> None:
    found = head(tmp_path, "ผู้รับผิดชอบหลัก", "กิจกรรม", "ผลสำเร็จ", "ผลการดำเนินงาน", "ช่วงเวลาดำเนินการ", "ลำดับที่")
    assert roles(found) == ["responsible", "measure", "outcome", "result", "period", "number"]


def test_unknown_column_has_no_role_and_keeps_its_head(tmp_path: Path) -> None:
    found = head(tmp_path, "ลำดับ", "มาตรการ", "งบประมาณ (บาท)", "ระยะเวลา", "ผู้รับผิดชอบ")
    assert found is not None
    assert (found.columns[2].role, found.columns[2].head) == (None, "งบประมาณ (บาท)")


def test_year_and_spaces_in_a_head_do_not_matter(tmp_path: Path) -> None:
    found = head(tmp_path, "ที่", "ตัวชี้วัด/นิยามปี ๒๕๗๑", "คะแนน ปี ๒๕๗๐", "สิ่งที่ ปฏิบัติ", "ข้อเสนอแนะ", "หน่วยงาน รับผิดชอบ")
    assert roles(found) == ["number", "item", "score", "prior_action", "recommendation", "responsible"]


def test_misread_head_is_recognised_with_less_likeness(tmp_path: Path) -> None:
    found = head(tmp_path, "ลำดับที่", "มาตรการ/กิจกรมที่ดำเนินกร", "ระยเวลา", "สรุปผลการดำเนนการ", "หมายเหตุ")
    assert roles(found) == ["number", "measure", "period", "result", "notes"]
    assert found is not None
    assert found.confidence < 1.0


@pytest.mark.parametrize(
    "cells",
    [
        ("๑", "จัดทำคู่มือการปฏิบัติงาน", "ไตรมาสที่ ๑ - ๒", "กองคลัง"),
        ("ทุกส่วนราชการ", "สำนักปลัดเทศบาล", "กองช่าง"),
        ("๘๕.๐๐", "๙๐.๐๐", "๙๕.๐๐"),
    ],
)
def test_data_is_no_head(tmp_path: Path, cells: tuple[str, ...]) -> None:
    assert head(tmp_path, *cells) is None


def test_a_role_stands_once(tmp_path: Path) -> None:
    found = head(tmp_path, "ลำดับ", "ตัวชี้วัด", "คะแนนปี ๒๕๖๖", "คะแนนปี ๒๕๖๗")
    assert found is not None
    assert sum(column.role is Role.SCORE for column in found.columns) == 1
