"""A withdrawn file's address holds a file of the same type that says so, and opens."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from prongsai.documents.read import read_document
from prongsai.portal.notices import notice

LINES = ("ถอนจากการเผยแพร่แล้ว", "รายงานความเสี่ยง", "เหตุผล: พบข้อมูลส่วนบุคคล")


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx", "csv", "txt"])
def test_notice_is_of_the_type_and_says_so(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"notice.{ending}"
    file.write_bytes(notice(file.name, LINES))
    document = read_document(file)
    told = [block.text for block in document.paragraphs()] + [
        cell.text for table in document.tables() for row in table.rows for cell in row.cells
    ]
    assert [line for line in LINES if not any(line in words for words in told)] == []


@pytest.mark.parametrize(
    ("ending", "form"), [("png", "PNG"), ("jpg", "JPEG"), ("JPEG", "JPEG"), ("webp", "WEBP"), ("gif", "GIF")]
)
def test_picture_stays_a_picture(ending: str, form: str) -> None:
    with Image.open(io.BytesIO(notice(f"a.{ending}", LINES))) as picture:
        assert picture.format == form
        assert len(picture.convert("L").getcolors() or ()) > 1  # something is written on it


def test_json_and_zip_hold_the_words() -> None:
    assert json.loads(notice("a.json", LINES)) == {"notice": list(LINES)}
    with zipfile.ZipFile(io.BytesIO(notice("a.zip", LINES))) as archive:
        assert LINES[0] in archive.read("notice.txt").decode()


def test_type_that_is_not_written_holds_plain_words() -> None:
    assert notice("a.odt", LINES) == notice("a.txt", LINES) == notice("no-ending", LINES)


def test_same_words_give_the_same_bytes_and_no_time_of_making(monkeypatch: pytest.MonkeyPatch) -> None:
    from prongsai.portal import notices

    made = []
    for epoch in ("1000000000", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        notices._notice.cache_clear()
        made.append([notice(f"a.{ending}", LINES) for ending in ("pdf", "docx", "xlsx", "png", "jpg", "zip")])
    assert made[0] == made[1]
    info = pypdf.PdfReader(io.BytesIO(made[0][0])).metadata
    assert info and info.creation_date and info.creation_date.year == 2000
