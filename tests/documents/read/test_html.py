"""Pages as offices save them: Word, Excel, Google Docs, old encodings, and what hostile ones try."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from prongsai.documents.model import Document, Mark, Paragraph, Table
from prongsai.documents.read.fragment import read_fragment
from prongsai.documents.read.html import BYTES_MAX, read
from prongsai.documents.read.html.grid import COLUMNS_MAX, DEPTH_MAX
from prongsai.documents.read.html.style import printed_number
from prongsai.documents.read.text import read_text
from prongsai.documents.write.fit import fitted
from prongsai.documents.write.html import render
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.reports.read import recognise
from prongsai.reports.records import plain
from tests.conftest import PROVE

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PAPERS = sorted([*(SAMPLES / "clean").glob("*.txt"), *(SAMPLES / "faulty").glob("*.txt")])


def page(body: str, head: str = "") -> Document:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.printed if isinstance(block, Paragraph)]


def table(document: Document) -> Table:
    (found,) = document.tables()
    return found


def cells(rows: Sequence[object]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]  # type: ignore[attr-defined]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


# Whole papers


def without_places(rows: object) -> object:
    """Drop where and how surely a record was read: only what it says counts."""
    made = plain(rows)
    assert isinstance(made, list)
    return [{name: value for name, value in row.items() if name != "origin"} for row in made]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_paper_as_a_page_gives_the_records_of_its_text(path: Path) -> None:
    text = read_text(path.read_bytes(), path.name)
    made = recognise(read(render(fitted(text), Office()), path.name))
    wanted = recognise(text)
    assert without_places(made.rows) == without_places(wanted.rows)
    assert (made.document_type, made.fiscal_year_be, made.deadline) == (
        wanted.document_type, wanted.fiscal_year_be, wanted.deadline,
    )  # fmt: skip
    assert [(person.name, person.position) for person in made.signatories] == [
        (person.name, person.position) for person in wanted.signatories
    ]
    assert made.memo is None or (made.memo.number, made.memo.subject, made.memo.to) == (
        wanted.memo and (wanted.memo.number, wanted.memo.subject, wanted.memo.to)
    )


@pytest.mark.parametrize(
    "raw",
    [
        "คำเดียว", "ก &amp; ข &lt;ค", "<p>หนึ่ง</p><p>สอง</p>", "หนึ่ง<br>สอง", "<ul><li>ก</li><li>ข</li></ul>",
        '<input type="checkbox" checked> ทำแล้ว <input type="checkbox"> ยัง', "☑ ทำแล้ว ☐ ยัง", "<b>หนา</b> <i>เอน</i>",
        "<div>ก<div>ข</div>ค</div>", "<p>ก<br>ข<br>ค</p>", "<ul><li>ก<ul><li>ข</li></ul></li></ul>", "<!-- x -->ก", "",
        "<table><tr><td>ก</td><td>ข</td></tr></table>", "&nbsp;", "[x] ก [ ] ข", "<span>ก</span>  <span>ข</span>",
    ],
)  # fmt: skip
def test_cell_gives_the_lines_of_the_same_scrap(raw: str) -> None:
    rows = table(page(f"<table><tr><th>หัว</th><th>อื่น</th></tr><tr><td>{raw}</td><td>ท้าย</td></tr></table>")).rows
    assert rows[1].cells[0].lines == read_fragment(raw)


# Running text


def test_paragraphs_headings_and_breaks_have_the_places_of_the_text_view() -> None:
    read_page = page("<h1>หัวเรื่อง</h1><p>บรรทัดแรก<br>บรรทัดสอง<br><br>บรรทัดสาม</p><div>ท้าย</div>")
    found = [(block.text, block.where.line) for block in read_page.paragraphs()]
    assert found == [("หัวเรื่อง", 1), ("บรรทัดแรก", 3), ("บรรทัดสอง", 4), ("บรรทัดสาม", 6), ("ท้าย", 8)]


def test_white_space_is_one_space_but_raw_keeps_no_break_spaces() -> None:
    (block,) = page("<p>(นายเอ\n  ใจดี)&nbsp;&nbsp;&nbsp;&nbsp;(นายบี ใจงาม)</p>").paragraphs()
    assert (block.text, block.raw) == ("(นายเอ ใจดี) (นายบี ใจงาม)", "(นายเอ   ใจดี)    (นายบี ใจงาม)")


def test_preformatted_lines_stay_lines() -> None:
    assert texts(page("<pre>ก\nข\n\nค</pre>")) == ["ก", "ข", "ค"]


def test_literal_markup_in_text_is_only_words() -> None:
    assert texts(page("<p>ค่า &lt;p&gt; และ &amp;lt; และ **ดาว**</p>")) == ["ค่า <p> และ &lt; และ **ดาว**"]
    found = table(page("<table><tr><td>ก &lt;br&gt; ข **ค**</td><td>ง</td></tr><tr><td>จ</td><td>ฉ</td></tr></table>"))
    assert found.rows[0].cells[0].text == "ก <br> ข **ค**"


@pytest.mark.parametrize(
    ("list_tag", "wanted"),
    [
        ("<ol>", ["1. ก", "2. ข"]),
        ('<ol start="4">', ["4. ก", "5. ข"]),
        ('<ol type="a">', ["a. ก", "b. ข"]),
        ('<ol type="I" start="9">', ["IX. ก", "X. ข"]),
        ('<ol style="list-style-type:thai">', ["๑. ก", "๒. ข"]),
        ('<ol reversed="">', ["2. ก", "1. ข"]),
        ('<ol style="list-style:none">', ["ก", "ข"]),
        ("<ul>", ["• ก", "• ข"]),
    ],
)
def test_items_have_their_numbers_as_printed(list_tag: str, wanted: list[str]) -> None:
    closing = "</ol>" if list_tag.startswith("<ol") else "</ul>"
    assert texts(page(f"{list_tag}<li>ก</li><li>ข</li>{closing}")) == wanted


def test_number_of_an_item_may_be_its_own() -> None:
    assert texts(page('<ol><li>ก</li><li value="7">ข</li><li><p>ค</p></li></ol>')) == ["1. ก", "7. ข", "8. ค"]


@pytest.mark.parametrize(
    ("number", "style", "wanted"),
    [
        (28, "lower-alpha", "ab."), (1994, "upper-roman", "MCMXCIV."), (3, "decimal-leading-zero", "03."),
        (12, "thai", "๑๒."), (2, "thai-alphabetic", "ข."), (0, "lower-alpha", "0."), (-3, "decimal", "-3."),
    ],
)  # fmt: skip
def test_number_is_printed_as_a_browser_does(number: int, style: str, wanted: str) -> None:
    assert printed_number(number, style) == wanted


def test_numbered_list_in_a_cell_keeps_its_numbers_and_bullets_are_items() -> None:
    found = table(
        page("<table><tr><td><ol><li>ก</li><li>ข</li></ol></td><td><ul><li><p>ค</p></li></ul></td></tr></table>")
    )
    numbered, bulleted = (cell.lines for cell in found.rows[0].cells)
    assert [(line.text, line.mark) for line in numbered] == [("1. ก", Mark.NONE), ("2. ข", Mark.NONE)]
    assert [(line.text, line.mark, line.in_list) for line in bulleted] == [("ค", Mark.ITEM, True)]


# Tables


def test_merged_cells_stand_in_every_place_that_they_cover() -> None:
    found = table(
        page(
            "<table><thead><tr><th rowspan=2>ที่</th><th colspan=2>งาน</th></tr><tr><th>ก</th><th>ข</th></tr></thead>"
            "<tbody><tr><td>1</td><td colspan=2>ค</td></tr></tbody></table>"
        )
    )
    assert found.heads == 2
    assert [[(c.text, c.rows, c.columns, c.covered) for c in row.cells] for row in found.rows] == [
        [("ที่", 2, 1, False), ("งาน", 1, 2, False), ("งาน", 1, 1, True)],
        [("ที่", 1, 1, True), ("ก", 1, 1, False), ("ข", 1, 1, False)],
        [("1", 1, 1, False), ("ค", 1, 2, False), ("ค", 1, 1, True)],
    ]


def test_span_never_reaches_out_of_its_table_or_over_another_cell() -> None:
    body = (
        '<table><tr><td rowspan=0>ก</td><td rowspan="99999">ข</td><td>ค</td></tr><tr><td colspan=2>ง</td></tr></table>'
    )
    found = table(page(body))
    assert [[(c.text, c.covered) for c in row.cells] for row in found.rows] == [
        [("ก", False), ("ข", False), ("ค", False)],
        [("ก", True), ("ข", True), ("ง", False), ("ง", True)],
    ]
    assert [(c.rows, c.columns) for c in found.rows[0].cells] == [(2, 1), (2, 1), (1, 1)]


def test_broken_nesting_still_gives_the_table() -> None:
    body = "<table><td>ก<td>ข<tr><td>ค<td>ง</table><p>ท้าย <b>หนา"
    assert cells(table(page(body)).rows) == [["ก", "ข"], ["ค", "ง"]]
    assert texts(page(body)) == ["ท้าย หนา"]


def test_caption_stands_before_its_table() -> None:
    found = page("<table><caption>ตารางที่ ๑</caption><tr><th>ก<th>ข<tr><td>1<td>2</table>")
    assert [type(block).__name__ for block in found.blocks] == ["Paragraph", "Table"]
    assert (texts(found), table(found).heads) == (["ตารางที่ ๑"], 1)


def test_head_cell_before_a_row_makes_no_head() -> None:
    assert table(page("<table><tr><th>ก</th><td>1</td></tr><tr><th>ข</th><td>2</td></tr></table>")).heads == 0


def test_table_inside_a_cell_is_lines_of_the_cell_and_said() -> None:
    found = page(
        "<table><tr><td>ก</td><td>ข <table><tr><td>ใน</td></tr></table></td></tr><tr><td>ค</td><td>ง</td></tr></table>"
    )
    assert [line.text for line in table(found).rows[0].cells[1].lines] == ["ข", "ใน"]
    (problem,) = found.problems
    assert (problem.code, problem.where.row, problem.where.column) == ("NESTED_TABLE", 1, 2)


def test_layout_table_is_unwrapped() -> None:
    inner = "<table><tr><th>ที่</th><th>งาน</th></tr><tr><td>1</td><td>ก</td></tr></table>"
    found = page(f"<table width=100%><tr><td><p>บันทึกข้อความ</p>{inner}<p>ท้าย</p></td></tr></table>")
    assert [type(block).__name__ for block in found.blocks] == ["Paragraph", "Table", "Paragraph"]
    assert found.problems == ()


def test_column_of_navigation_beside_the_content_is_layout_too() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>มาตรการส่งเสริมความโปร่งใสลำดับที่ {n}</td></tr>" for n in range(9))
    found = page(f"<table><tr><td>เมนู</td><td><table>{rows}</table></td></tr></table>")
    assert (texts(found), len(table(found).rows)) == (["เมนู"], 9)


def test_long_text_in_a_single_cell_is_running_text() -> None:
    found = page(f"<table><tr><td>{''.join(f'<p>บรรทัด {n}</p>' for n in range(30))}</td></tr></table>")
    assert (len(texts(found)), list(found.tables())) == (30, [])


# Programs that save pages


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-874"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>ไม่ควรอ่าน</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"TH SarabunPSK",sans-serif;} --></style></head>
<body lang=EN-US style='tab-interval:36.0pt'><div class=WordSection1>
<p class=MsoNormal><b><span lang=TH style='font-size:29.0pt'>บันทึกข้อความ<o:p></o:p></span></b></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>๑.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]><span lang=TH>เรื่องเดิม</span></p>
<table class=MsoTableGrid border=1><tr><td width=50><p class=MsoNormal><span lang=TH>งาน</span></p></td><td><p
class=MsoNormal>สถานะ<o:p></o:p></p></td></tr><tr><td><p class=MsoListParagraph><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span>&nbsp;</span></span></span><![endif]>ประกาศแผน</p>
<p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>&middot;<span>&nbsp;</span></span></span><![endif]>ติดตามผล</p></td><td><p class=MsoNormal><span
style='font-family:Wingdings'>&thorn;</span> แล้วเสร็จ</p><p><span style='font-family:Wingdings'>&uml;</span> ยัง</p></td>
</tr></table><p class=MsoNormal><o:p>&nbsp;</o:p></p><p><span style='mso-hide:all;display:none'>ความลับ</span>เปิดเผย
<del cite="mailto:a" datetime="2025-01-01">คำเก่า</del><ins>คำใหม่</ins></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'>แก้ตรงนี้</div></div>
</div></body></html>"""


def test_word_page_in_the_thai_code_page() -> None:
    found = read(WORD.encode("cp874"), "word.htm")
    assert (found.encoding, found.format) == ("cp874", "html")
    assert texts(found) == ["บันทึกข้อความ", "๑. เรื่องเดิม", "เปิดเผย คำใหม่"]
    first, second = table(found).rows[1].cells
    assert [(line.text, line.mark) for line in first.lines] == [("ประกาศแผน", Mark.ITEM), ("ติดตามผล", Mark.ITEM)]
    assert [(line.text, line.mark) for line in second.lines] == [("แล้วเสร็จ", Mark.TICKED), ("ยัง", Mark.UNTICKED)]
    assert {p.code: p.evidence for p in found.problems} == {
        "HIDDEN_TEXT": ("ความลับ",),
        "TRACKED_DELETION": ("คำเก่า",),
        "TRACKED_INSERTION": ("คำใหม่",),
        "COMMENT": ("แก้ตรงนี้",),
    }


def test_google_docs_export() -> None:
    head = (
        '<style type="text/css">@import url(https://fonts.googleapis.com/css2);.c1{padding:0}.c9{display:none}</style>'
    )
    body = (
        '<p class="c1 title"><span class="c2">รายงานผล</span></p><ol class="lst-kix_a-0 start" start="1"><li class="c1 li-bullet-0">'
        '<span>ข้อแรก</span></li></ol><ol class="lst-kix_a-0" start="2"><li><span>ข้อสอง</span></li></ol><p class="c9">ซ่อน</p>'
        '<table class="c5"><tr class="c3"><td class="c4" colspan="1" rowspan="1"><p class="c1"><span>ก</span></p></td>'
        '<td colspan="1" rowspan="1"><p><span><a href="https://www.google.com/url?q=x">ลิงก์</a></span></p></td></tr></table>'
    )
    found = page(body, head)
    assert texts(found) == ["รายงานผล", "1. ข้อแรก", "2. ข้อสอง"]
    assert cells(table(found).rows) == [["ก", "ลิงก์"]]
    assert codes(found) == ["HIDDEN_TEXT", "EXTERNAL_LINK"]


def test_excel_page_hides_nothing_that_it_shows() -> None:
    body = (
        "<table border=0 style='border-collapse:collapse'><col width=64><tr height=20><td class=xl65>ที่</td><td>จำนวน</td></tr>"
        "<tr><td x:num>1</td><td align=right x:num=\"1200.5\">1,200.50</td></tr><tr style='display:none'><td>2</td><td>ลับ</td></tr>"
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64></td><td width=64></td></tr><![endif]></table>"
    )
    found = page(body)
    assert cells(table(found).rows) == [["ที่", "จำนวน"], ["1", "1,200.50"]]
    assert [(problem.code, problem.evidence) for problem in found.problems] == [("HIDDEN_TEXT", ("2 ลับ",))]


@pytest.mark.parametrize(
    ("encoding", "declared", "named"),
    [
        ("utf-8", "utf-8", "utf-8"), ("utf-8", "windows-874", "utf-8"), ("cp874", "tis-620", "cp874"), ("cp874", "x", "cp874"),
        ("utf-16", "unicode", "utf-16"), ("utf-16-le", "utf-16", "utf-16-le"), ("utf-16-be", "utf-16", "utf-16-be"),
        ("utf-8-sig", "utf-8", "utf-8-sig"),
    ],
)  # fmt: skip
def test_every_encoding_of_an_office_is_read(encoding: str, declared: str, named: str) -> None:
    source = f'<html><head><meta charset="{declared}"></head><body><p>เทศบาลตำบลบ้านสวนพลู น้ำใจ</p></body></html>'
    found = read(source.encode(encoding), "page.html")
    assert (texts(found), found.encoding) == (["เทศบาลตำบลบ้านสวนพลู น้ำใจ"], named)


def test_declared_encoding_of_another_country_is_believed() -> None:
    source = '<meta charset="gb18030"><p>项目 ๑</p>'
    assert texts(read(source.encode("gb18030"), "page.html")) == ["项目 ๑"]


def test_page_with_its_pictures_in_one_file() -> None:
    content = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=E0=B8=81=E0=B8=82"
        b"</p></body></html>\r\n--X\r\nContent-Type: image/png\r\n\r\nx\r\n--X--\r\n"
    )
    assert texts(read(content, "page.mht")) == ["กข"]


def test_form_shows_what_was_typed_and_chosen() -> None:
    body = '<p>ชื่อ <input type="text" value="สมชาย"><input type=hidden value="x"> <select><option>ก<option selected>ข</select></p>'
    assert texts(page(body)) == ["ชื่อ สมชาย ข"]
    assert texts(page('<p><input type="checkbox" checked> รับ <input type="radio"> ไม่รับ</p>')) == ["☑ รับ ☐ ไม่รับ"]


# What must not happen


def test_scripts_and_outside_parts_are_said_once_each_kind() -> None:
    found = page(
        '<script src="https://a.example/x.js"></script><script>document.write("ไม่ควรอ่าน")</script><img src="http://b.example/p.png">'
        '<p onclick="x()">ก</p><a href="javascript:x()">ข</a><a href="https://c.example/1">ค</a><a href="https://c.example/2">ง</a>'
        '<iframe src="//d.example"></iframe><img src="data:image/png;base64,AA=="><img src="local.png">',
        '<link rel=stylesheet href="https://e.example/s.css">',
    )
    assert {p.code: p.evidence for p in found.problems} == {
        "ACTIVE_CONTENT": ("script", "onclick", "a", "iframe"),
        "EXTERNAL_CONTENT": (
            "https://e.example/s.css", "https://a.example/x.js", "http://b.example/p.png", "//d.example",
        ),
        "EXTERNAL_LINK": ("https://c.example/1", "https://c.example/2"),
    }  # fmt: skip
    assert texts(found) == ["ก", "ขคง"]


def test_frames_point_to_files_that_are_not_read() -> None:
    found = read(b'<html><frameset><frame src="sheet001.htm"></frameset></html>', "book.htm")
    assert (found.blocks, codes(found)) == ((), ["EXTERNAL_CONTENT"])


@pytest.mark.parametrize("attribute", ["hidden", 'style="DISPLAY : none"', 'style="visibility:hidden"', "class=gone"])
def test_hidden_words_are_not_read_but_said(attribute: str) -> None:
    found = page(
        f"<p>ก</p><p {attribute}>ลับ <b>มาก</b></p><p>ข</p>", "<style>p.gone , .x {color:red;display:none}</style>"
    )
    assert texts(found) == ["ก", "ข"]
    (problem,) = found.problems
    assert (problem.code, problem.evidence, problem.where.line) == ("HIDDEN_TEXT", ("ลับ มาก",), 3)


def test_style_for_paper_only_hides_nothing() -> None:
    assert texts(page("<p class=s>ก</p>", "<style>@media print { .s { display:none } }</style>")) == ["ก"]


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "svg><g"])
def test_tags_nested_without_end_are_a_named_limit(tag: str) -> None:
    with pytest.raises(LimitExceeded) as refused:
        read(f"<p>ก</p>{f'<{tag}>' * 100_000}ลึก".encode(), "deep.html")
    assert refused.value.message_th == f"ไฟล์ deep.html ใหญ่เกินไป: แท็กซ้อนกัน 1,001 ชั้น เกินขีดจำกัด {DEPTH_MAX:,} ชั้น"


def test_many_closed_tags_beside_each_other_are_fine() -> None:
    assert texts(read(b"<p>x</p>" * 20_000, "flat.html")) == ["x"] * 20_000


def test_giant_attribute_and_nul_bytes_are_read_over() -> None:
    body = f'<p style="{"x" * 12_000_000}" title="{"y" * 1_000_000}">ก\x00ข</p>'
    assert texts(page(body)) == ["กข"]


def test_too_wide_a_table_is_a_named_limit() -> None:
    row = "<td>x</td>" * (COLUMNS_MAX + 1)
    with pytest.raises(LimitExceeded):
        page(f"<table><tr>{row}</tr></table>")
    with pytest.raises(LimitExceeded):
        page("<table><tr><td colspan=999999999>x</td></tr></table>")


def test_spans_that_multiply_words_are_a_named_limit() -> None:
    row = f"<tr><td colspan=200 rowspan=2000>{'ก' * 2000}</td></tr>"
    with pytest.raises(LimitExceeded) as refused:
        page(f"<table>{row}{'<tr></tr>' * 2000}{row}</table>" + "x")
    assert refused.value.message_th.endswith("ตัวอักษร เกินขีดจำกัด 50,000,000 ตัวอักษร")


def test_file_too_large_or_without_a_page_is_refused() -> None:
    with pytest.raises(LimitExceeded):
        read(b" " * (BYTES_MAX + 1), "big.html")
    for empty in (b"", b"   ", b"<!-- -->"):
        with pytest.raises(FileUnusable):
            read(empty, "empty.html")


def test_damaged_pages_never_end_in_anything_but_a_refusal() -> None:
    source = render(fitted(read_text(PAPERS[0].read_bytes(), "x")), Office())[:60_000] + WORD.encode()
    chance = random.Random(2568)
    for _ in range(1000 if PROVE else 25):
        damaged = bytearray(source)
        for _ in range(chance.randint(1, 400)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.randint(0, 3)] = bytes(
                chance.choices(b"<>/\"'=&;#\x00\xff tdrol", k=chance.randint(0, 3))
            )
        try:
            assert read(bytes(damaged), "damaged.html").format == "html"
        except FileUnusable as refused:
            assert refused.message_th
