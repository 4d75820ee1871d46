"""The door of the writers: which one writes, and that a file is whole or not at all."""

from pathlib import Path

import pytest

from prongsai.documents import write
from prongsai.documents.build import paragraph
from prongsai.documents.model import Document
from prongsai.errors import FileUnusable


@pytest.mark.parametrize("name", ["a.docx", "a.PDF", "a.html", "a.xlsx", "a.txt"])
def test_suffix_names_the_writer(name: str) -> None:
    assert write.format_for(Path(name)) == write.SUFFIXES[Path(name).suffix.lower()]


@pytest.mark.parametrize("name", ["a", "a.doc", "a.odt"])
def test_unknown_suffix_names_those_known(name: str) -> None:
    with pytest.raises(FileUnusable) as refused:
        write.format_for(Path(name))
    assert refused.value.mend_th == "ตั้งชื่อให้ลงท้ายด้วย .docx .pdf .html .xlsx .txt"


def test_save_leaves_nothing_else_in_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "ใหม่" / "บันทึก.txt"
    write.save(b"1", path)
    write.save(b"2", path)
    assert path.read_bytes() == b"2"
    assert [each.name for each in path.parent.iterdir()] == ["บันทึก.txt"]


def test_save_that_fails_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "บันทึก.txt"
    write.save(b"old", path)

    def cut(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write.os, "fsync", cut)
    with pytest.raises(OSError, match="No space left"):
        write.save(b"new", path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["บันทึก.txt"]


def test_save_names_the_folder_that_stands_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError) as refused:
        write.save(b"1", tmp_path)
    assert refused.value.filename == str(tmp_path)


def test_nothing_is_saved_when_one_format_cannot_be_made(tmp_path: Path) -> None:
    document = Document("", "composed", None, "", (paragraph("ก"),))
    with pytest.raises(FileUnusable):
        write.write_all(document, [tmp_path / "a.txt", tmp_path / "a.doc"])
    assert list(tmp_path.iterdir()) == []
