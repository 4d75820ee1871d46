"""A file is read by a process that can be lost."""

import os
from pathlib import Path

import pytest

from prongsai.documents.read import guard, read_document
from prongsai.documents.read.load import BYTES_MAX
from prongsai.errors import FileUnusable, LimitExceeded

CSV = "ลำดับ,มาตรการ,ผลการดำเนินการ\n๑,จัดทำคู่มือ,เสร็จ\n".encode()


def test_guard_gives_the_document_of_the_child() -> None:
    document = guard.read_guarded(CSV, "ก.csv", "csv")
    (table,) = document.tables()
    assert [cell.text for cell in table.rows[1].cells] == ["๑", "จัดทำคู่มือ", "เสร็จ"]
    assert table.where.file == "ก.csv"


def test_guard_passes_a_refusal_on() -> None:
    with pytest.raises(FileUnusable) as refused:
        guard.read_guarded(b"", "ก.csv", "csv")
    assert "ก.csv" in refused.value.message_th
    assert not isinstance(refused.value, LimitExceeded)


def test_guard_tells_a_child_that_broke() -> None:
    with pytest.raises(FileUnusable) as lost:
        guard.read_guarded(b"x", "ก.xyz", "xyz")
    assert lost.value.one_line == "โครงสร้างภายในของไฟล์ ก.xyz ผิดปกติ อ่านต่อไม่ได้ — เปิดด้วยโปรแกรมเดิมแล้วบันทึกใหม่"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of memory for a process")
def test_guard_names_the_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MEMORY_BYTES_MAX", 200_000_000)
    with pytest.raises(LimitExceeded) as limit:
        guard.read_guarded(b"a,b\n" * 12_000_000, "ก.csv", "csv")
    assert limit.value.one_line == "ไฟล์ ก.csv ต้องใช้หน่วยความจำเกินขีดจำกัด 200,000,000 ไบต์ — แบ่งไฟล์แล้วอ่านทีละส่วน"


def test_guard_names_the_limit_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SECONDS_MAX", 0.001)
    with pytest.raises(LimitExceeded, match=r"not read within 0\.001 seconds"):
        guard.read_guarded(CSV, "ก.csv", "csv")


def test_file_of_300_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "ใหญ่.pdf"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(LimitExceeded) as limit:
        read_document(path)
    assert limit.value.message_th == f"ไฟล์ ใหญ่.pdf ใหญ่เกินไป: 300,000,000 ไบต์ เกินขีดจำกัด {BYTES_MAX:,} ไบต์"
