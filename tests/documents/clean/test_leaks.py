"""The gate stops each prepared leak; the cleaned copies carry none, by our own eyes and by other programs'."""

import io
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import docx
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from prongsai.documents.clean import KINDS_TH, Cleaned, Leak
from prongsai.documents.clean.here import cleaned_here, leaks_here
from prongsai.documents.read.docx import read as read_docx
from tests.documents.clean import made, made_pdf, made_xlsx
from tests.documents.clean.made import BARE, PERSON, SECRET
from tests.documents.clean.traces import SECRETS, other_programs_say, traces

MASKED = "x-xxxx-xxxxx-xx-x"


def hidden_id(where: str, text: str = SECRET) -> Leak:
    return Leak("citizen_id", where, text, MASKED, is_hidden=True)


LEAKS: dict[str, tuple[Callable[[], bytes], list[Leak]]] = {
    "author.docx": (made.docx_author, [Leak("author", "คุณสมบัติไฟล์ creator", PERSON, "", True)]),
    "custom-property.docx": (
        made.docx_custom_property,
        [
            Leak("property", "คุณสมบัติที่กำหนดเอง ผู้ร้อง", f"{PERSON} {SECRET}", "", True),
            hidden_id("คุณสมบัติที่กำหนดเอง ผู้ร้อง"),
        ],
    ),
    "comment.docx": (
        made.docx_comment,
        [Leak("comment", "ความคิดเห็น 1", f"{PERSON}: ถาม {SECRET}", "", True), hidden_id("ความคิดเห็น 1")],
    ),
    "deleted.docx": (
        made.docx_deleted_words,
        [Leak("change", "เนื้อหา", f"{PERSON}: {SECRET}", "", True), hidden_id("เนื้อหา")],
    ),
    "hidden-words.docx": (
        made.docx_hidden_words,
        [Leak("hidden_text", "เนื้อหา", f"ลับ {SECRET}", "", True), hidden_id("เนื้อหา")],
    ),
    "split-over-runs.docx": (made.docx_split_words, [Leak("citizen_id", "เนื้อหา ย่อหน้า 3", SECRET, MASKED)]),
    "header.docx": (made.docx_header_words, [Leak("citizen_id", "หัวกระดาษ 1 ย่อหน้า 1", SECRET, MASKED)]),
    "variable.docx": (
        made.docx_variable,
        [Leak("variable", "การตั้งค่าเอกสาร", f"ผู้ร้อง {SECRET}", "", True), hidden_id("การตั้งค่าเอกสาร")],
    ),
    "template.docx": (
        made.docx_template,
        [Leak("template", "word/settings.xml", f"file:///C:\\Users\\{PERSON}\\letter.dotx", "", True)],
    ),
    "file-inside.docx": (
        made.docx_embedded_docx,
        [
            Leak("embedded", "word/embeddings/inside.docx", "", "", True),
            Leak("citizen_id", "word/embeddings/inside.docx › เนื้อหา ย่อหน้า 3", SECRET, MASKED),
        ],
    ),
    "photograph.docx": (
        made.docx_with_photograph,
        [Leak("location", "รูป image1.jpg › EXIF", "14.79861N 100.65333E", "", True)],
    ),
    "very-hidden-sheet.xlsx": (
        lambda: made_xlsx.xlsx_hidden_sheet("veryHidden"),
        [Leak("hidden_sheet", "แผ่นงาน ลับ", SECRET, "", True), hidden_id("แผ่นงาน ลับ")],
    ),
    "hidden-row.xlsx": (
        made_xlsx.xlsx_hidden_row,
        [Leak("hidden_row", "แผ่นงาน ข้อมูล แถว 6", SECRET, "", True), hidden_id("แผ่นงาน ข้อมูล แถว 6")],
    ),
    "hidden-column.xlsx": (
        made_xlsx.xlsx_hidden_column,
        [Leak("hidden_column", "แผ่นงาน ข้อมูล คอลัมน์ F", SECRET, "", True), hidden_id("แผ่นงาน ข้อมูล คอลัมน์ F")],
    ),
    "comment.xlsx": (
        made_xlsx.xlsx_comment,
        [
            Leak("comment", "แผ่นงาน ข้อมูล เซลล์ A2", f"{PERSON}: ถาม {SECRET}", "", True),
            hidden_id("แผ่นงาน ข้อมูล เซลล์ A2"),
        ],
    ),
    "number.xlsx": (made_xlsx.xlsx_number, [Leak("citizen_id", "แผ่นงาน ข้อมูล เซลล์ B5", BARE, "x" * 13)]),
    "pivot.xlsx": (
        made_xlsx.xlsx_pivot,
        [
            Leak("pivot_cache", "xl/pivotCache/pivotCacheDefinition1.xml", f"{PERSON} {SECRET}", "", True),
            hidden_id("xl/pivotCache/pivotCacheDefinition1.xml"),
        ],
    ),
    "link.xlsx": (
        made_xlsx.xlsx_link,
        [
            Leak("external_link", "xl/externalLinks/externalLink1.xml", SECRET, "", True),
            hidden_id("xl/externalLinks/externalLink1.xml"),
            Leak("external_link", "xl/externalLinks/externalLink1.xml", f"file:///C:/Users/{PERSON}/a.xlsx", "", True),
        ],
    ),
    "author.pdf": (
        made_pdf.pdf_author,
        [Leak("author", "คุณสมบัติไฟล์ Author", PERSON, "", True), Leak("author", "XMP creator", PERSON, "", True)],
    ),
    "comment.pdf": (
        made_pdf.pdf_comment,
        [Leak("comment", "หน้า 1", f"{PERSON}: {SECRET}", "", True), hidden_id("หน้า 1")],
    ),
    "attachment.pdf": (
        made_pdf.pdf_attachment,
        [
            Leak("embedded", "ไฟล์แนบ list.txt", "list.txt", "", True),
            Leak("citizen_id", "ไฟล์แนบ list.txt › บรรทัด 1", SECRET, MASKED),
        ],
    ),
    "history.pdf": (made_pdf.pdf_history, [Leak("history", "ท้ายไฟล์", "ฉบับก่อนหน้า 1 ฉบับ", "", True)]),
    "field.pdf": (
        made_pdf.pdf_field,
        [Leak("form_field", "หน้า 1 ช่อง card", SECRET, "", True), hidden_id("หน้า 1 ช่อง card")],
    ),
    "layer.pdf": (made_pdf.pdf_layer, [Leak("hidden_layer", "ชั้น", "draft", "", True)]),
    "white.pdf": (made_pdf.pdf_white, [hidden_id("หน้า 1")]),
    "words.pdf": (
        made_pdf.pdf_words,
        [
            Leak("citizen_id", "หน้า 1", SECRET, MASKED),
            Leak("phone", "หน้า 1", "081-234-5678", "xxx-xxx-xxxx"),
        ],
    ),
    "place.jpg": (made.jpeg_place, [Leak("location", "EXIF", "14.79861N 100.65333E", "", True)]),
    "author.jpg": (
        made.jpeg_author,
        [Leak("author", "EXIF Artist", PERSON, "", True), Leak("picture_data", "EXIF", "Camera", "", True)],
    ),
    "note.jpg": (
        made.jpeg_note,
        [Leak("picture_data", "หมายเหตุในรูป", f"{PERSON} {SECRET}", "", True), hidden_id("หมายเหตุในรูป")],
    ),
    "tail.jpg": (
        made.jpeg_tail,
        [Leak("leftover", "ท้ายรูป", f"{PERSON} {SECRET}", "", True), hidden_id("ท้ายรูป")],
    ),
}  # fmt: skip
TWINS = {"docx": made.plain_docx, "xlsx": made_xlsx.plain_xlsx, "pdf": made_pdf.plain_pdf, "jpg": made.jpeg}


@lru_cache
def clean(name: str) -> Cleaned:
    return cleaned_here(leaking(name), name)


@lru_cache
def leaking(name: str) -> bytes:
    return LEAKS[name][0]()


def test_there_are_25_leaks_at_least_in_four_formats() -> None:
    assert len(LEAKS) >= 25
    assert {name.rpartition(".")[2] for name in LEAKS} == set(TWINS)


@pytest.mark.parametrize("name", LEAKS)
def test_each_prepared_leak_is_found_with_its_kind_and_place(name: str) -> None:
    assert list(leaks_here(leaking(name), name)) == LEAKS[name][1]


@pytest.mark.parametrize("suffix", TWINS)
def test_clean_twin_gives_none_and_stays_as_it_is(suffix: str) -> None:
    content = TWINS[suffix]()
    assert leaks_here(content, f"twin.{suffix}") == ()
    assert cleaned_here(content, f"twin.{suffix}").left == ()


@pytest.mark.parametrize("name", LEAKS)
def test_cleaned_copy_gives_nothing_away(name: str) -> None:
    assert clean(name).left == ()
    assert traces(leaking(name)) or name in {"place.jpg", "photograph.docx", "split-over-runs.docx"}
    assert traces(clean(name).content) == []


def test_other_programs_see_nothing_in_the_cleaned_copies(tmp_path: Path) -> None:
    for number, name in enumerate(LEAKS):
        (tmp_path / f"{number}.{name.rpartition('.')[2]}").write_bytes(clean(name).content)
    said = other_programs_say(tmp_path)
    assert said.count("FileName") >= len(LEAKS)
    assert said.count("Notice of the municipality") >= 8
    assert [secret for secret in (*SECRETS, "GPS", "Artist", "Author") if secret in said] == []


@pytest.mark.parametrize("name", [name for name in LEAKS if name.endswith(".docx")])
def test_cleaned_word_file_reads_as_before(name: str) -> None:
    before = read_docx(leaking(name), name)
    after = read_docx(clean(name).content, name)
    texts = [[getattr(block, "text", "") for block in each.blocks] for each in (before, after)]
    assert texts[1] == [text.replace(SECRET, MASKED) for text in texts[0]]
    docx.Document(io.BytesIO(clean(name).content))


@pytest.mark.parametrize("name", [name for name in LEAKS if name.endswith(".xlsx")])
def test_cleaned_workbook_reads_as_before(name: str) -> None:
    before = CalamineWorkbook.from_filelike(io.BytesIO(leaking(name))).get_sheet_by_index(0).to_python()
    after = CalamineWorkbook.from_filelike(io.BytesIO(clean(name).content)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in after[:3]] == [row[:2] for row in before[:3]]


@pytest.mark.parametrize("name", [name for name in LEAKS if name.endswith(".jpg")])
def test_cleaned_picture_is_the_same_picture_upright(name: str) -> None:
    before, after = (Image.open(io.BytesIO(each)) for each in (made.jpeg(), clean(name).content))
    if name == "author.jpg":
        assert (after.size, after.getexif().get(0x0112)) == ((16, 24), None)
    else:
        assert list(after.get_flattened_data()) == list(before.get_flattened_data())


def test_every_kind_has_a_thai_name() -> None:
    told = {leak.kind for _, leaks in LEAKS.values() for leak in leaks}
    assert told <= set(KINDS_TH)
