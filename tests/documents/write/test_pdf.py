"""The door to Typst: what a PDF says of itself, what it never does, what it refuses in one sentence."""

import io
import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from prongsai.documents.build import cell, cell_of, fields, paragraph, row, table
from prongsai.documents.model import (
    Block,
    Line,
    Mark,
    Masthead,
    NewPage,
    Orientation,
    Picture,
    Separator,
    Setup,
    Sides,
    Signature,
    Signatures,
    Style,
)
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf import problems, render, render_apart
from prongsai.errors import FileUnusable, LimitExceeded
from tests.documents.write.pdf_extract import PORTRAIT, by_pdfium, by_pdfplumber, lines, paper

OFFICE = Office()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00" + bytes(6) + b"\x00" + bytes(6)))
    + _chunk(b"IEND", b"")
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text x="2" y="12" font-size="8">น้ำ</text></svg>'.encode()


def read(*blocks: Block, setup: Setup = PORTRAIT) -> list[str]:
    return lines(by_pdfium(render(paper(*blocks, setup=setup), OFFICE)))


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(
        paper(
            paragraph("รายงาน", Style.COVER),
            NewPage(),
            paragraph("ประกาศเทศบาลตำบลบ้านสวนพลู", Style.TITLE),
            paragraph("เรื่อง มาตรการ", Style.TITLE),
            paragraph("๑. เรื่องเดิม", Style.HEADING),
            paragraph("เนื้อความ"),
            paragraph("๒. ข้อเท็จจริง", Style.HEADING),
            title="รายงานผล ๒๕๖๘",
            setup=Setup(cover=True),
        ),
        OFFICE,
    )


def test_title_language_and_tags_are_declared(report: bytes) -> None:
    reader = PdfReader(io.BytesIO(report))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "รายงานผล ๒๕๖๘"
    assert root["/Lang"] == "th"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_standards_are_declared(report: bytes) -> None:
    said = PdfReader(io.BytesIO(report)).trailer["/Root"]["/Metadata"].get_data().decode("utf-8")
    assert re.findall(r"<pdf(?:aid|uaid):(part|conformance)>(\w+)<", said) == [
        ("part", "2"),
        ("conformance", "A"),
        ("part", "1"),
    ]


def test_headings_are_the_outline(report: bytes) -> None:
    outline = PdfReader(io.BytesIO(report)).outline
    assert [
        item["/Title"] if not isinstance(item, list) else [below["/Title"] for below in item] for item in outline
    ] == [
        "ประกาศเทศบาลตำบลบ้านสวนพลู",
        ["๑. เรื่องเดิม", "๒. ข้อเท็จจริง"],
    ]


def test_fonts_are_embedded_and_cut_to_what_is_used(report: bytes) -> None:
    fonts = {
        str(font["/BaseFont"]): font["/DescendantFonts"][0]["/FontDescriptor"].get("/FontFile2") is not None
        for page in PdfReader(io.BytesIO(report)).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }
    assert all(fonts.values())
    assert sorted(name.split("+")[1] for name in fonts) == ["ProngsaiSarabun-Bold", "ProngsaiSarabun-Regular"]
    assert len(report) < 60_000


def test_same_paper_gives_the_same_bytes_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    document = paper(paragraph("ทดสอบ"))
    assert render(document, OFFICE) == render(document, OFFICE)


def test_a_paper_without_title_is_named_by_its_first_words() -> None:
    reader = PdfReader(io.BytesIO(render(paper(paragraph("บันทึกข้อความ"), title=""), OFFICE)))
    assert reader.metadata is not None
    assert reader.metadata.title == "บันทึกข้อความ"


@pytest.mark.parametrize(
    "text",
    [
        '#include "paper.typ" $x^2$ *ดี* _ก_ @ข <ค> [ง] `จ`',
        "= หัวข้อ",
        "- รายการ",
        "\\u{41} \\ // /* */ ~ --- #let x = 1",
        "#read(\"/etc/passwd\") #image('a.png') {{ }} %{}",
        "https://example.go.th/a?b=1&c=2#d",
    ],
)
def test_values_are_never_markup(text: str) -> None:
    table_ = table([text], [row(cell(text))])
    printed = "".join(read(paragraph(text), fields((text, text), memo=True), table_, setup=Setup(mark=text)))
    assert printed.replace(" ", "").count(text.replace(" ", "")) == 6


def test_what_the_font_lacks_is_a_problem_and_a_visible_mark() -> None:
    document = paper(paragraph("สถานี派ดี"))
    assert lines(by_pdfium(render(document, OFFICE))) == ["สถานี\N{REPLACEMENT CHARACTER}ดี"]
    assert [(problem.code, problem.where.line) for problem in problems(document, OFFICE)] == [("GLYPH_MISSING", 1)]


@pytest.mark.parametrize("blocks", [(), (NewPage(), NewPage(Orientation.LANDSCAPE)), (paragraph(" \n "),)])
def test_an_empty_paper_is_one_empty_page(blocks: tuple[Block, ...]) -> None:
    content = render(paper(*blocks, title=""), OFFICE)
    assert [page.strip() for page in by_pdfium(content)] == [""]


def test_every_page_lies_as_said() -> None:
    content = render(
        paper(paragraph("ก"), NewPage(Orientation.LANDSCAPE), paragraph("ข"), NewPage(), paragraph("ค")), OFFICE
    )
    sizes = [tuple(map(round, page.get_size())) for page in pypdfium2.PdfDocument(content)]
    assert sizes == [(595, 842), (842, 595), (595, 842)]


def test_pages_are_numbered_from_the_second_and_covers_are_not() -> None:
    blocks = [
        paragraph("ก"),
        NewPage(),
        paragraph("ข"),
        NewPage(centred=True),
        paragraph("ค"),
        NewPage(),
        paragraph("ง"),
    ]
    assert [page.split("\n") for page in by_pdfium(render(paper(*blocks), OFFICE))] == [
        ["ก"],
        ["- ๒ -", "ข"],
        ["ค"],
        ["- ๔ -", "ง"],
    ]


def test_paper_that_begins_inside_a_paper_is_numbered_anew() -> None:
    blocks = [paragraph("ก"), NewPage(), Masthead(3), paragraph("ข"), NewPage(), paragraph("ค")]
    assert [page.split("\n") for page in by_pdfium(render(paper(*blocks), OFFICE))] == [["ก"], ["ข"], ["- ๒ -", "ค"]]


def test_first_page_behind_the_cover_is_page_one() -> None:
    made = replace(paper(paragraph("ก"), NewPage(), paragraph("ข"), NewPage(), paragraph("ค")), setup=Setup(cover=True))
    assert [page.split("\n") for page in by_pdfium(render(made, OFFICE))] == [["ก"], ["ข"], ["- ๒ -", "ค"]]


def test_english_papers_have_arabic_numbers_and_their_language() -> None:
    setup = Setup(language="en", thai_digits=False)
    content = render(paper(paragraph("One"), NewPage(), paragraph("Two"), setup=setup), OFFICE)
    assert by_pdfium(content)[1].split("\n")[0] == "- 2 -"
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == "en"


def test_secrecy_and_mark_stand_on_every_page() -> None:
    setup = Setup(secrecy="ลับมาก", mark="แบบจำลอง ไม่ใช่แบบทางการ")
    pages = by_pdfium(render(paper(paragraph("ก"), NewPage(), paragraph("ข"), setup=setup), OFFICE))
    assert [(page.count("ลับมาก"), page.count("แบบจำลอง ไม่ใช่แบบทางการ")) for page in pages] == [(2, 1), (2, 1)]


def test_watermark_and_running_line_stand_on_every_page_behind_the_words() -> None:
    setup = Setup(running="สำเนาเฉพาะ นายก", watermark=("นายก", "ลับ"))
    content = render(paper(paragraph("ข"), NewPage(), paragraph("ค"), setup=setup), OFFICE)
    pages = by_pdfium(content)
    assert [(page.count("สำเนาเฉพาะ"), page.count("ลับ"), page.count("นายก")) for page in pages] == [(1, 3, 4)] * 2
    assert ["ข" in pages[0], "ค" in pages[1]] == [True, True]


def test_blocks_of_a_letter_come_back_in_reading_order() -> None:
    assert read(
        Masthead(3),
        Sides(("ที่ ลบ ๕๒๗๐๑/๑",), ("สำนักงานเทศบาล", "อำเภอเมืองลพบุรี")),
        paragraph("๓๐ มีนาคม ๒๕๖๙", Style.RIGHT),
        fields(("เรื่อง", "ขอข้อมูล")),
        Separator(),
        paragraph("เนื้อความ\nบรรทัดใหม่"),
        Signatures((Signature("นายธีรพงศ์ แก้วสว่างธรรม", ("นายกเทศมนตรี",), date="๑ ต.ค. ๒๕๖๘"),)),
    ) == [
        "ที่ ลบ ๕๒๗๐๑/๑ สำนักงานเทศบาล",
        "อำเภอเมืองลพบุรี",
        "๓๐ มีนาคม ๒๕๖๙",
        "เรื่อง ขอข้อมูล ",
        "เนื้อความ",
        "บรรทัดใหม่",
        "ลงชื่อ",
        "(นายธีรพงศ์ แก้วสว่างธรรม)",
        "นายกเทศมนตรี",
        "๑ ต.ค. ๒๕๖๘",
    ]


def test_boxes_and_items_stand_before_their_words() -> None:
    words = cell_of([Line("แล้ว", Mark.TICKED), Line("ยัง", Mark.UNTICKED), Line("ข้อ", Mark.ITEM), Line("", Mark.TICKED)])
    printed = lines(by_pdfplumber(render(paper(table(["ก"], [row(words)])), OFFICE)))
    assert printed == ["ก", "☑ แล้ว", "☐ ยัง", "• ข้อ", "☑"]


@pytest.mark.parametrize("content", [SVG, PNG])
def test_pictures_carry_what_they_say(content: bytes) -> None:
    made = render(paper(Picture(content, "image/png", "กราฟคะแนน", 5)), OFFICE)
    assert "กราฟคะแนน".encode("utf-16-be") in _objects(made)


def test_the_emblem_is_a_placeholder_until_the_office_brings_its_own() -> None:
    document = paper(Masthead(3))
    assert "ที่สำหรับตราของหน่วยงาน".encode("utf-16-be") in _objects(render(document, OFFICE))
    assert "ตราของหน่วยงาน".encode("utf-16-be") in _objects(render(document, Office(emblem=PNG)))


def _objects(content: bytes) -> bytes:
    """Give the alternative texts of the structure tree."""
    found: list[str] = []
    _walk(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"], found)
    return b"|".join(text.encode("utf-16-be") for text in found)


def _walk(element: object, found: list[str]) -> None:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        for each in element:
            _walk(each, found)
    elif isinstance(element, dict):
        if "/Alt" in element:
            found.append(str(element["/Alt"]))
        if "/K" in element:
            _walk(element["/K"], found)


@pytest.mark.parametrize("emblem", [b"not a picture", b"<svg", PNG[:40], b"\x00" * 100])
def test_an_emblem_that_cannot_be_opened_is_one_sentence(emblem: bytes) -> None:
    with pytest.raises(FileUnusable) as refused:
        render(paper(Masthead(3)), Office(emblem=emblem))
    assert refused.value.one_line == "ตราของหน่วยงานเปิดไม่ได้ — ใช้ไฟล์ PNG JPEG หรือ SVG ที่เปิดดูได้"


def test_a_picture_too_large_is_refused() -> None:
    with pytest.raises(LimitExceeded) as refused:
        render(paper(Picture(b"\x89PNG" + bytes(9_000_000), "image/png", "ก", 5)), OFFICE)
    assert refused.value.one_line == "ภาพใหญ่เกิน 8 MB — ย่อภาพก่อน"


@pytest.mark.parametrize("address", ["{file}", "/etc/passwd", "../pdf.py", "https://a.example/b.png"])
def test_a_drawing_fetches_nothing(tmp_path: Path, address: str) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(PNG)
    link = f'<image href="{address.format(file=secret.as_uri())}" width="9" height="9"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{link}</svg>'
    with pytest.raises(FileUnusable) as refused:
        render(paper(Picture(drawing.encode(), "image/svg+xml", "ก", 3)), OFFICE)
    assert refused.value.message_th == "ภาพในเอกสารหรือตราของหน่วยงานเปิดไม่ได้"


def test_fonts_that_were_not_made_ready_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        render(paper(paragraph("ก")), Office(fonts=tmp_path))
    assert refused.value.message_th == f"โฟลเดอร์ {tmp_path} ไม่มีแบบอักษรที่เตรียมไว้สำหรับ PDF"


def test_widths_without_font_files_are_one_sentence(tmp_path: Path) -> None:
    form = '{"family": "Nowhere", "widths": {"Regular": {"ก": 0.4}}}'
    (tmp_path / "metrics.json").write_text(form, encoding="utf-8")
    with pytest.raises(FileUnusable) as refused:
        render(paper(paragraph("ก")), Office(fonts=tmp_path))
    assert refused.value.message_th == f"ไม่พบไฟล์แบบอักษรในโฟลเดอร์ {tmp_path}"


def test_another_process_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    document = paper(paragraph("ทดสอบ"))
    assert render_apart(document, OFFICE) == render(document, OFFICE)


def test_another_process_refuses_in_the_same_words() -> None:
    with pytest.raises(FileUnusable) as refused:
        render_apart(paper(Masthead(3)), Office(emblem=b"x"))
    assert refused.value.one_line == "ตราของหน่วยงานเปิดไม่ได้ — ใช้ไฟล์ PNG JPEG หรือ SVG ที่เปิดดูได้"


TEXTS = st.text(st.characters() | st.sampled_from("กขปญฐน้ำี่์ุูำๆฯเแ๑ ()-/.\n"), max_size=60)


@given(TEXTS, TEXTS, st.sampled_from(list(Style)))
def test_any_text_makes_a_pdf(one: str, two: str, style: Style) -> None:
    place = Signature(one, (two,), label=two, suffix=one, opinion_of=two, opinion=(one,))
    document = paper(
        paragraph(one, style),
        fields((one, two), (two, one), memo=True),
        Sides((one,), (two, one)),
        table([one, two], [row(one, cell_of([Line(two, Mark.TICKED)]))]),
        Signatures((place, replace(place, name=two))),
        title=two,
        setup=Setup(names=(one, two), secrecy=one, mark=two),
    )
    assert render(document, OFFICE).startswith(b"%PDF-")
