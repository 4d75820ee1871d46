"""``prongsai convert`` as it is called."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from prongsai.cli import prongsai
from prongsai.cli.convert import pages
from prongsai.documents.read.html import read as read_html
from prongsai.documents.read.text import read_text
from prongsai.documents.write import SUFFIXES
from prongsai.errors import FileUnusable, ProngsaiError

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "clean" / "gap-memo-2566.txt"


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(prongsai, ["convert", *map(str, arguments)], standalone_mode=False)


def refusal(result: Result) -> ProngsaiError:
    assert isinstance(result.exception, FileUnusable)
    return result.exception


def test_text_becomes_a_page_and_says_how_much(tmp_path: Path) -> None:
    out = tmp_path / "memo.html"
    result = call(SAMPLE, "-o", out)
    said = "".join(result.output.split())
    assert (result.return_value, said) == (0, f"เขียน{out}แล้ว(5ตาราง10ย่อหน้า)")
    assert len(list(read_html(out.read_bytes(), "memo.html").tables())) == 5


def test_text_to_text_keeps_its_words(tmp_path: Path) -> None:
    out = tmp_path / "memo.txt"
    assert call(SAMPLE, "-o", out).return_value == 0
    old, new = (read_text(path.read_bytes(), "x") for path in (SAMPLE, out))
    assert [block.text for block in new.paragraphs()] == [block.text for block in old.paragraphs()]


def test_json_says_what_was_written(tmp_path: Path) -> None:
    out = tmp_path / "memo.html"
    form = json.loads(call(SAMPLE, "-o", out, "--json").output)
    assert form == {
        "file": str(SAMPLE), "out": str(out), "pages": None, "tables": 5, "paragraphs": 10, "problems": [],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["memo.doc", "memo", "memo.odt"])
def test_unknown_suffix_names_those_that_are_known(tmp_path: Path, name: str) -> None:
    said = refusal(call(SAMPLE, "-o", tmp_path / name)).one_line
    assert said == f"ไม่รู้จักชนิดไฟล์ปลายทาง {name} — ตั้งชื่อให้ลงท้ายด้วย .docx .pdf .html .xlsx .txt"
    assert list(tmp_path.iterdir()) == []


def test_source_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "memo.txt"
    source.write_bytes(SAMPLE.read_bytes())
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link.txt"
    link.hardlink_to(source)
    for out in (source, tmp_path / "folder" / ".." / "memo.txt", link):
        assert refusal(call(source, "-o", out)).mend_th == "ตั้งชื่อไฟล์ปลายทางเป็นชื่ออื่น"
    assert source.read_bytes() == SAMPLE.read_bytes()


def test_missing_file_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    assert refusal(call(tmp_path / "none.txt", "-o", tmp_path / "out.html")).message_th.startswith("เปิดไฟล์")
    assert list(tmp_path.iterdir()) == []


def test_what_reading_noticed_is_printed_and_ends_with_1(tmp_path: Path) -> None:
    broken = tmp_path / "old.txt"
    broken.write_bytes("รายงานผลการดำเนินงาน ".encode() * 50 + b"\xe0\xb8" + "\n\nท้าย".encode())
    result = call(broken, "-o", tmp_path / "old.html")
    assert result.return_value == 1
    assert result.output.count("TEXT_UNREADABLE") == 1


def test_json_has_what_writing_noticed_when_it_decides_the_end(tmp_path: Path) -> None:
    source = tmp_path / "memo.txt"
    source.write_text("บันทึก\n\nรายงาน 派 ประจำปี\n", "utf-8")
    result = call(source, "-o", tmp_path / "memo.pdf", "--json")
    form = json.loads(result.output)
    assert result.return_value == 1
    assert (form["pages"], [(each["code"], each["evidence"]) for each in form["problems"]]) == (
        1,
        [("GLYPH_MISSING", ["派"])],
    )


def test_help_names_the_suffixes_that_can_be_written() -> None:
    said = call("--help").output
    assert [suffix for suffix in SUFFIXES if f" {suffix}" not in said] == []


def test_only_pdf_has_pages() -> None:
    assert pages(b"<html>") is None
