"""The Word reader: everything that is printed, in order, and everything that is not, as a Problem."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.documents.model import Cell, Document, Line, Mark, Paragraph, Table
from prongsai.documents.read import docx, read_document
from prongsai.documents.read.docx import body as docx_body
from prongsai.documents.read.docx import notices as docx_notices
from prongsai.errors import FileUnusable, LimitExceeded, Where
from prongsai.reports.read import recognise
from tests.conftest import PROVE
from tests.documents.read.words import (
    cell,
    codes,
    only_cell,
    only_table,
    packed,
    para,
    part,
    read,
    relations,
    row,
    run,
    table,
    texts,
    words,
    zipped,
)

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
BREAK, TAB, LAST_PAGE = "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", "<w:r><w:lastRenderedPageBreak/></w:r>"


def lines(read_cell: Cell) -> list[tuple[str, Mark]]:
    return [(line.text, line.mark) for line in read_cell.lines]


# Text


def test_paragraphs_have_a_blank_line_between_them() -> None:
    document = read(para("บันทึก", "ข้อความ") + para() + para("เรื่อง"))
    assert [(block.text, block.where) for block in document.paragraphs()] == [
        ("บันทึกข้อความ", Where("ก.docx", 1)),
        ("เรื่อง", Where("ก.docx", 3)),
    ]
    assert (document.format, document.problems) == ("docx", ())


def test_soft_break_gives_lines_that_follow_each_other() -> None:
    document = read(para("เรื่อง รายงาน", BREAK, "ประจำปี", BREAK, BREAK, "๒๕๖๘") + para("เรียน"))
    assert [(block.text, block.where.line) for block in document.paragraphs()] == [
        ("เรื่อง รายงาน", 1),
        ("ประจำปี", 2),
        ("๒๕๖๘", 3),
        ("เรียน", 5),
    ]


def test_tab_is_a_space_that_raw_keeps() -> None:
    (paragraph,) = read(para("ที่ ลบ ๕๒๗๐๑/๑", TAB, "วันที่ ๑ ตุลาคม ๒๕๖๘")).paragraphs()
    assert paragraph.text == "ที่ ลบ ๕๒๗๐๑/๑ วันที่ ๑ ตุลาคม ๒๕๖๘"
    assert paragraph.raw == "ที่ ลบ ๕๒๗๐๑/๑\tวันที่ ๑ ตุลาคม ๒๕๖๘"


def test_blanks_at_the_ends_of_a_run_count_only_when_it_says_so() -> None:
    assert texts(read("<w:p><w:r><w:t> ก </w:t><w:t>ข</w:t></w:r></w:p>" + para("ก ", "ข"))) == ["กข", "ก ข"]


def test_what_only_looks_like_a_tag_is_text() -> None:
    assert texts(read(para("&lt;br&gt; ** ก"))) == ["<br> ** ก"]
    assert lines(only_cell("&lt;p&gt;ก&lt;/p&gt; **ข** &amp;amp;")) == [("<p>ก</p> **ข** &amp;", Mark.NONE)]


def test_hyperlinks_and_other_wraps_are_read_through() -> None:
    wraps = ("hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir")
    body = para(*(f"<w:{wrap}>{run(wrap)}</w:{wrap}>" for wrap in wraps))
    blocks = f"<w:customXml>{para('ข')}</w:customXml><w:sdt><w:sdtContent>{para('ค')}</w:sdtContent></w:sdt>"
    assert texts(read(body + blocks)) == ["".join(wraps), "ข", "ค"]


def test_field_shows_its_result_and_never_its_instruction() -> None:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    instruction = "<w:r><w:instrText>IF </w:instrText></w:r>"
    nested = begin + instruction + middle + run("ซ่อน") + end
    body = para("ก", begin, instruction, nested, middle, "ข", end, "ค")
    assert texts(read(body)) == ["กขค"]


def test_field_over_paragraphs_shows_all_of_its_result() -> None:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    assert texts(read(para(begin, middle, "ก") + para("ข") + para(end, "ค") + para(begin, "ไม่จบ") + para("ง"))) == [
        "ก",
        "ข",
        "ค",
        "ง",
    ]


def test_symbol_fonts_are_read_as_the_letters_they_look_like() -> None:
    symbols = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>'
    set_in = '<w:rFonts w:ascii="Wingdings"/>'
    assert texts(read(para(symbols, run("þ ¨", set_in), run("\uf0d8", set_in)))) == ["☑☐☑ ☐➢"]


def test_formula_and_base_of_a_reading_aid_are_read() -> None:
    formula = "<m:oMath><m:r><m:t>x=๒</m:t></m:r></m:oMath>"
    ruby = f"<w:r><w:ruby><w:rt>{run('อ่าน')}</w:rt><w:rubyBase>{run('ฐาน')}</w:rubyBase></w:ruby></w:r>"
    assert texts(read(para(formula, ruby))) == ["x=๒ฐาน"]


def test_pages_are_those_where_word_last_ended_one() -> None:
    body = para("หนึ่ง") + para(LAST_PAGE, "กระบวน", LAST_PAGE, "การ", BREAK, "ต่อ") + table(row("ก", cell(para("ข"))))
    document = read(body + table(row(cell(para(LAST_PAGE, "ค")), "ง"), row("จ", "ฉ")))
    assert [(block.text, block.where.page) for block in document.paragraphs()] == [
        ("หนึ่ง", 1),
        ("กระบวนการ", 2),
        ("ต่อ", 3),
    ]
    assert [each.where.page for found in document.tables() for each in found.rows] == [3, 4, 4]
    assert read(para("ไม่รู้หน้า")).blocks[0].where.page is None  # type: ignore[union-attr]


# Text boxes, footnotes, headers


def boxed(text: str) -> str:
    choice = f"<w:drawing><a:graphic><wps:txbx><w:txbxContent>{para(text)}</w:txbxContent></wps:txbx></a:graphic></w:drawing>"
    fallback = f"<w:pict><v:textbox><w:txbxContent>{para(text)}</w:txbxContent></v:textbox></w:pict>"
    return f"<w:r><mc:AlternateContent><mc:Choice>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"


def test_text_box_is_read_once_after_its_anchor() -> None:
    assert texts(read(para("ก", boxed("ในกล่อง")) + para("ข"))) == ["ก", "ในกล่อง", "ข"]
    assert lines(only_cell(para("ก", boxed("ในกล่อง")), "ข")) == [
        ("ก", Mark.NONE),
        ("ในกล่อง", Mark.NONE),
        ("ข", Mark.NONE),
    ]


def test_fallback_alone_is_read() -> None:
    fallback = f"<w:r><w:pict><v:textbox><w:txbxContent>{para('เก่า')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts(read(para(fallback))) == ["เก่า"]


def test_footnotes_come_last_in_the_order_of_the_text() -> None:
    notes = "".join(
        f'<w:footnote w:id="{n}">{para(text)}</w:footnote>' for n, text in enumerate(("ไม่อ้าง", "หนึ่ง", "สอง"))
    )
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = para("ก", refer.format(2), refer.format(1), refer.format(2), refer.format(9)) + para("ข")
    assert texts(read(body, {"footnotes": notes})) == ["ก", "ข", "สอง", "หนึ่ง"]


def sections(**kinds: str) -> str:
    references = "".join(f'<w:{kind}Reference r:id="{id_}"/>' for kind, id_ in kinds.items())
    return f"<w:sectPr>{references}</w:sectPr>"


def test_header_words_are_a_notice_and_page_numbers_nothing() -> None:
    parts = {"header": para("ลับ") + table(row("ที่ ลบ ๕๒๗๐๑")), "footer": para("หน้าที่ ", "๒", " จาก ", "๕")}
    document = read(para("ก") + sections(header="r0", footer="r1") * 2, parts)
    assert texts(document) == ["ก"]
    assert codes(document) == [("HEADER_TEXT", ("ลับ", "ที่ ลบ ๕๒๗๐๑"))]


def test_same_words_of_two_headers_are_told_once() -> None:
    parts = {"header": para("ลับ"), "footer": para("ลับ") + para("- ๒ -")}
    assert codes(read(para("ก") + sections(header="r0", footer="r1"), parts)) == [("HEADER_TEXT", ("ลับ",))]


def test_header_is_the_text_when_the_body_has_none() -> None:
    document = read(para() + sections(header="r0"), {"header": para("หัวกระดาษ")})
    assert (texts(document), codes(document)) == (["หัวกระดาษ"], [])


def test_header_that_is_missing_is_no_fault() -> None:
    assert codes(read(para("ก") + sections(header="r7"))) == []


# Boxes


def control(properties: str, inner: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def checkbox(ticked: bool) -> str:
    return control(f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>', run("☒" if ticked else "☐"))


def form_box(state: str) -> str:
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
    )
    return begin + '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    ("ticked", "unticked"),
    [
        (checkbox(True), checkbox(False)),
        (form_box("<w:checked/>"), form_box('<w:default w:val="1"/><w:checked w:val="0"/>')),
        (run("☑"), run("☐")),
        (
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
            '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>',
        ),
        (
            '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>',
            '<w:r><w:sym w:font="Wingdings" w:char="F06F"/></w:r>',
        ),
    ],
)
def test_box_marks_the_label_after_it(ticked: str, unticked: str) -> None:
    assert lines(only_cell(para(ticked, " แล้วเสร็จ ", unticked, " ยังไม่ดำเนินการ"))) == [
        ("แล้วเสร็จ", Mark.TICKED),
        ("ยังไม่ดำเนินการ", Mark.UNTICKED),
    ]


def test_declared_box_starts_a_line_where_a_lone_symbol_does_not() -> None:
    assert lines(only_cell(para("สถานะ ", checkbox(True), " เสร็จ"))) == [("สถานะ", Mark.NONE), ("เสร็จ", Mark.TICKED)]
    assert lines(only_cell(para("สถานะ ☑ เสร็จ"))) == [("สถานะ ☑ เสร็จ", Mark.NONE)]


def test_box_around_a_whole_cell_is_a_box() -> None:
    (found,) = read(table(f"<w:tr>{control('<w14:checkbox/>', cell('☐ ก'))}{cell('ข')}</w:tr>")).tables()
    assert [lines(each) for each in found.rows[0].cells] == [[("ก", Mark.UNTICKED)], [("ข", Mark.NONE)]]


def test_box_in_running_text_is_printed_as_it_looks() -> None:
    assert texts(read(para(checkbox(True), " ตกลง ", checkbox(False), " ไม่ตกลง"))) == ["☒ ตกลง ☐ ไม่ตกลง"]


def test_placeholders_are_not_read() -> None:
    shown = control("<w:showingPlcHdr/>", run("คลิกที่นี่"))
    block = control("<w:showingPlcHdr/>", para("คลิกที่นี่"))
    filled = control('<w:showingPlcHdr w:val="0"/>', run("กองช่าง"))
    in_row = f"<w:tr>{control('<w:showingPlcHdr/>', cell('คลิก'))}{cell('ข')}</w:tr>"
    document = read(para("ก", shown, filled) + block + table(in_row))
    assert texts(document) == ["กกองช่าง"]
    assert words(only_table(document)) == [["", "ข"]]


def test_choice_of_an_older_form_is_read() -> None:
    choice = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="ก"/><w:listEntry w:val="ข"/></w:ddList>'
    mark = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{choice}</w:ffData></w:fldChar></w:r>'
    assert texts(read(para(mark, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))) == ["ข"]


# Cells and tables


def test_cell_keeps_paragraphs_and_breaks() -> None:
    read_cell = only_cell(para("จัดทำคู่มือ", BREAK, "เผยแพร่"), "ติดตาม")
    assert read_cell.lines == (Line("จัดทำคู่มือ เผยแพร่", breaks=(12,)), Line("ติดตาม"))
    assert read_cell.raw == "จัดทำคู่มือ\nเผยแพร่\nติดตาม"


def test_merged_cells_repeat_their_words_where_they_cover() -> None:
    found = only_table(
        read(
            table(
                row(cell("ลำดับ", merge="restart"), cell("ผล", span=2)),
                row(cell(merge="continue"), "ก", "ข"),
                row(cell("ค", span=3)),
            )
        )
    )
    assert words(found) == [["ลำดับ", "ผล", "ผล"], ["ลำดับ", "ก", "ข"], ["ค", "ค", "ค"]]
    assert [[(one.rows, one.columns, one.covered) for one in each.cells] for each in found.rows] == [
        [(2, 1, False), (1, 2, False), (1, 1, True)],
        [(1, 1, True), (1, 1, False), (1, 1, False)],
        [(1, 3, False), (1, 1, True), (1, 1, True)],
    ]
    assert found.rows[1].cells[2].where == Where("ก.docx", 2, None, 1, 2, 3)


def test_words_in_a_covered_place_are_not_printed_and_not_read() -> None:
    found = only_table(read(table(row(cell("ก", merge="restart")), row(cell("ไม่พิมพ์", merge="continue")))))
    assert words(found) == [["ก"], ["ก"]]


def test_cell_that_goes_on_under_nothing_is_its_own() -> None:
    found = only_table(read(table(row("ก", "ข"), row(cell("ค", span=2)), row("ง", cell("จ", merge="continue")))))
    assert words(found) == [["ก", "ข"], ["ค", "ค"], ["ง", "จ"]]


def test_place_before_the_first_cell_is_an_empty_one() -> None:
    found = only_table(read(table(row("ก", "ข"), row("ค", properties='<w:gridBefore w:val="1"/>'))))
    assert words(found) == [["ก", "ข"], ["", "ค"]]


def test_older_kind_of_merging_is_read() -> None:
    merged = '<w:tc><w:tcPr><w:hMerge w:val="{}"/></w:tcPr>{}</w:tc>'
    first = row(merged.format("restart", para("ก")), merged.format("continue", para()))
    assert words(only_table(read(table(first, row("ข", "ค"))))) == [["ก", "ก"], ["ข", "ค"]]


def test_border_dragged_by_a_hair_makes_no_column() -> None:
    head, body = row(cell("ก"), cell("ข", span=2)), row(cell("ค", span=2), cell("ง"))
    assert words(only_table(read(table(head, body, widths=(3000, 20, 3000))))) == [["ก", "ข"], ["ค", "ง"]]


def test_row_of_another_layout_cuts_no_other_row() -> None:
    body = [row(cell(str(n), span=3), cell("ข", span=3)) for n in range(20)]
    last = row(cell("ลงชื่อ", span=2), cell("พยาน", span=4))
    found = only_table(read(table(*body, last)))
    assert {len(each.cells) for each in found.rows} == {2}
    assert words(found)[-1] == ["ลงชื่อ", "พยาน"]


def test_table_inside_a_cell_becomes_its_lines() -> None:
    read_table = read(table(row(cell("ก", table(row("ข", "ค")), "ง"), "จ")))
    assert lines(only_table(read_table).rows[0].cells[0]) == [(text, Mark.NONE) for text in ("ก", "ข", "ค", "ง")]
    (problem,) = read_table.problems
    assert (problem.code, problem.where) == ("NESTED_TABLE", Where("ก.docx", 1, None, 1, 1, 1))


def test_table_that_only_frames_is_looked_into() -> None:
    document = read(table(row(cell("ก", table(row("ข", "ค")), "ง"))))
    assert texts(document) == ["ก", "ง"]
    assert words(only_table(document)) == [["ข", "ค"]]
    assert codes(document) == []


def test_rows_inside_wraps_are_rows() -> None:
    found = only_table(read(table(control("", row("ก")), f"<w:ins>{row('ข')}</w:ins>")))
    assert words(found) == [["ก"], ["ข"]]


def test_heads_and_lines_are_told() -> None:
    head = "<w:tblHeader/>"
    ruled = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>'
    by_style = '<w:tblStyle w:val="g"/>'
    style = f'<w:style w:styleId="g"><w:tblPr>{ruled}</w:tblPr></w:style>'
    none = '<w:tblStyle w:val="g"/><w:tblBorders><w:top w:val="nil"/></w:tblBorders>'
    of_cell = '<w:tc><w:tcPr><w:tcBorders><w:top w:val="single"/></w:tcBorders></w:tcPr><w:p/></w:tc>'
    found = only_table(read(table(row("ก", properties=head), row("ข"), row("ค", properties=head), properties=ruled)))
    assert (found.heads, found.ruled, found.dialect) == (1, True, "docx")
    kinds = [only_table(read(table(row("ก"), properties=each), {"styles": style})) for each in (by_style, none, "")]
    assert [each.ruled for each in kinds] == [True, False, False]
    assert only_table(read(table(row(of_cell)))).ruled is True


# What is not on the paper


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    inserted = f"<w:ins>{run('เพิ่ม')}</w:ins><w:ins>{run('อีก')}</w:ins><w:moveTo>{run('ย้ายมา')}</w:moveTo>"
    deleted = "<w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('ย้ายไป')}</w:moveFrom>"
    document = read(para("ก") + para("ก", inserted, "ข", deleted, moved, "ค"))
    assert texts(document) == ["ก", "กเพิ่มอีกย้ายมาขค"]
    assert codes(document) == [("TRACKED_INSERTION", ("เพิ่มอีกย้ายมา",)), ("TRACKED_DELETION", ("ลบย้ายไป",))]
    assert {problem.where.line for problem in document.problems} == {3}


def test_insertion_deleted_again_is_a_deletion() -> None:
    gone = "<w:ins><w:del><w:r><w:delText>เดิม</w:delText></w:r></w:del></w:ins>"
    document = read(para("ก", gone))
    assert (texts(document), codes(document)) == (["ก"], [("TRACKED_DELETION", ("เดิม",))])


def test_paragraphs_whose_end_was_deleted_are_one() -> None:
    joined = "<w:rPr><w:del/></w:rPr>"
    document = read(para("ก", properties=joined) + para("ข", properties=joined) + para("ค") + para("ง"))
    assert texts(document) == ["กขค", "ง"]
    assert texts(read(para("ท้าย", properties=joined))) == ["ท้าย"]
    assert lines(only_cell(para("ก", properties=joined), "ข")) == [("กข", Mark.NONE)]


def test_deleted_and_hidden_rows_are_left_out_and_told() -> None:
    body = table(
        row("ก"), row("ข", properties="<w:del/>"), row("ค", properties="<w:hidden/>"), row("ง", properties="<w:ins/>")
    )
    document = read(body)
    assert words(only_table(document)) == [["ก"], ["ง"]]
    assert codes(document) == [("TRACKED_DELETION", ("ข",)), ("HIDDEN_TEXT", ("ค",)), ("TRACKED_INSERTION", ("ง",))]


def test_inserted_row_is_told_once() -> None:
    document = read(table(row(cell(para(f"<w:ins>{run('ก')}</w:ins>")), properties="<w:ins/>")))
    assert codes(document) == [("TRACKED_INSERTION", ("ก",))]


def test_comments_are_told_with_their_place() -> None:
    notes = "".join(f'<w:comment w:id="{n}">{para("ตรวจ")}{para(str(n))}</w:comment>' for n in (4, 5))
    document = read(
        para("ก") + table(row("ข", cell(para('<w:r><w:commentReference w:id="5"/></w:r>')))), {"comments": notes}
    )
    assert [(problem.code, problem.evidence, problem.where) for problem in document.problems] == [
        ("COMMENT", ("ตรวจ 5",), Where("ก.docx", 3, None, 1, 1, 2)),
        ("COMMENT", ("ตรวจ 4",), Where("ก.docx")),
    ]


def test_hidden_text_is_not_read_but_told() -> None:
    style = '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="i"><w:basedOn w:val="h"/></w:style>'
    hidden = run("ลับ", "<w:vanish/>") + run("มาก", '<w:rStyle w:val="i"/>')
    shown = run("ข", '<w:rStyle w:val="i"/><w:vanish w:val="0"/>')
    document = read(para("ก", hidden, shown) + para("ทั้งย่อหน้า", properties='<w:pStyle w:val="h"/>'), {"styles": style})
    assert texts(document) == ["กข"]
    assert codes(document) == [("HIDDEN_TEXT", ("ลับมาก",)), ("HIDDEN_TEXT", ("ทั้งย่อหน้า",))]


def test_ways_out_of_the_file_are_told_once_each_and_never_followed() -> None:
    listed = [("a", "hyperlink", "https://example.go.th/"), ("b", "hyperlink", "https://example.go.th/")]
    links = relations(*listed, ("c", "attachedTemplate", "https://example.com/t.dotm"), external=True)
    assert codes(read(para("ก"), links=links)) == [
        ("EXTERNAL_CONTENT", ("https://example.com/t.dotm",)),
        ("EXTERNAL_LINK", ("https://example.go.th/",)),
    ]


def test_macro_is_told_and_not_run() -> None:
    assert codes(read(para("ก"), {"word/vbaProject.bin": b"\0"})) == [("MACRO_IGNORED", ("word/vbaProject.bin",))]


def picture(width: int, height: int) -> str:
    extent = f'<wp:extent cx="{width * 360_000}" cy="{height * 360_000}"/>'
    return f"<w:r><w:drawing><wp:inline>{extent}<a:blip/></wp:inline></w:drawing></w:r>"


def test_pictures_that_may_carry_words_are_counted() -> None:
    assert codes(read(para("ก", picture(3, 3)))) == []
    old = '<w:r><w:pict><v:shape style="width:400pt;height:90pt"><v:imagedata/></v:shape></w:pict></w:r>'
    document = read(para("ก", picture(15, 4)) + para(picture(15, 20), old))
    assert codes(document) == [("PICTURES_NOT_READ", ("3 รูป",))]


def test_file_of_pictures_alone_says_so() -> None:
    document = read(para(picture(20, 28)))
    assert (document.blocks, codes(document)) == ((), [("PICTURES_NOT_READ", ("1 รูป",))])


def test_embedded_things_and_watermarks_are_told() -> None:
    embedded = "<w:r><w:object><o:OLEObject/></w:object></w:r><w:r><w:object><w:control/></w:object></w:r>"
    mark = '<w:r><w:pict><v:shape><v:textpath string="ร่าง"/></v:shape></w:pict></w:r>'
    document = read(para("ก", embedded) + "<w:altChunk/>" + sections(header="r0"), {"header": para(mark)})
    assert [code for code, _ in codes(document)] == ["EMBEDDED_NOT_READ"] * 3 + ["WATERMARK"]
    assert codes(document)[-1][1] == ("ร่าง",)


def test_too_much_of_one_kind_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_notices, "PER_CODE_MAX", 2)
    document = read("".join(para("ก", run(text, "<w:vanish/>")) for text in "1234"))
    assert [evidence for _, evidence in codes(document)] == [("1",), ("2",), ("และอีก 2 แห่ง",)]


# Files


def test_strict_form_reads_the_same() -> None:
    strict = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    parts = {
        "_rels/.rels": relations(("r", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(("h", "header", "header.xml")),
        "word/header.xml": part("hdr", para("หัว")),
        "word/document.xml": part("document", f"<w:body>{para('ก')}{table(row('ข'))}{sections(header='h')}</w:body>"),
    }
    for common, other in strict.items():
        parts = {name: content.replace(common, other) for name, content in parts.items()}
    document = docx.read(zipped(parts), "ก.docx")
    assert (texts(document), words(only_table(document))) == (["ก"], [["ข"]])
    assert codes(document) == [("HEADER_TEXT", ("หัว",))]


def test_main_part_is_found_by_its_relation() -> None:
    parts = {
        "_rels/.rels": relations(("r", "officeDocument", "/word/document2.xml")),
        "word/document2.xml": part("document", f"<w:body>{para('ก')}</w:body>"),
    }
    assert texts(docx.read(zipped(parts), "ก.docx")) == ["ก"]


@pytest.mark.parametrize("target", ["../../etc/passwd", "/../x.xml", "../word/../../y", "nothing.xml", ""])
def test_relation_that_leads_nowhere_is_no_part(target: str) -> None:
    assert texts(read(para("ก"), links=relations(("r", "styles", target), ("n", "numbering", target)))) == ["ก"]
    parts = {"_rels/.rels": relations(("r", "officeDocument", target)), "word/x": ""}
    with pytest.raises(FileUnusable, match=r"the part word/document\.xml is missing"):
        docx.read(zipped(parts), "ก.docx")


def test_file_without_a_body_is_damaged() -> None:
    with pytest.raises(FileUnusable, match="has no body"):
        docx.read(zipped({"word/document.xml": part("document", "")}), "ก.docx")


def test_file_without_words_is_empty() -> None:
    with pytest.raises(FileUnusable) as refusal:
        read(para())
    assert refusal.value.message_th == "ไฟล์ ก.docx ว่างเปล่า"


def test_ten_thousand_columns_name_the_limit() -> None:
    with pytest.raises(LimitExceeded) as limit:
        read(table(row("ก"), "<w:tr>" + "<w:tc><w:p/></w:tc>" * 10_000 + "</w:tr>"))
    assert limit.value.message_th == "ไฟล์ ก.docx ใหญ่เกินไป: ตารางที่ 1 มี 10,000 ช่อง เกินขีดจำกัด 200 ช่อง"


def test_row_wider_than_others_names_its_place() -> None:
    with pytest.raises(LimitExceeded) as limit:
        read(table(*(row("ก") for _ in range(20)), "<w:tr>" + "<w:tc><w:p/></w:tc>" * 201 + "</w:tr>"))
    assert limit.value.message_th == "ไฟล์ ก.docx ใหญ่เกินไป: ตารางที่ 1 แถว 21 มี 201 ช่อง เกินขีดจำกัด 200 ช่อง"


@pytest.mark.parametrize(
    ("limit", "body"),
    [
        ("PARAGRAPHS_MAX", para("ก") * 4),
        ("CELLS_MAX", table(row("ก", "ข"), row(cell("ค", span=2)))),
        ("CELL_CHARACTERS_MAX", table(row(cell("กขค", merge="restart")), row(cell(merge="continue")))),
    ],
)
def test_words_without_end_are_refused(monkeypatch: pytest.MonkeyPatch, limit: str, body: str) -> None:
    monkeypatch.setattr(docx_body, limit, 3)
    with pytest.raises(LimitExceeded, match="> 3 "):
        read(body)


def test_hundred_thousand_nested_tables_name_the_limit() -> None:
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    with pytest.raises(LimitExceeded):
        read(opened * 100_000 + closed * 100_000)


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ],
)
def test_nesting_as_deep_as_the_parser_allows_is_read(opened: str, closed: str) -> None:
    times = 240 // opened.replace("<w:p/>", "").replace("</w:tc><w:tc>", "").count("<")
    document = read(opened * times + para("ก") + closed * times)
    said = texts(document) or [one.text for one in only_table(document).rows[0].cells if one.text]
    assert said == ["ก"]


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("<w:ins>", "</w:ins>"),
        ("<w:hyperlink>", "</w:hyperlink>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    ],
)
def test_runs_nested_as_deep_as_the_parser_allows_are_read(opened: str, closed: str) -> None:
    times = 240 // closed.count("<")
    assert texts(read(para(opened * times + run("ก") + closed * times))) == ["ก"]


def test_broken_bytes_never_raise_anything_else() -> None:
    whole = packed(para("ก") + table(row("ข", "ค")), {"styles": "", "numbering": "", "comments": ""})
    for at in range(0, len(whole), 7):
        try:
            docx.read(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :], "ก.docx")
        except FileUnusable as refusal:
            assert refusal.message_th.startswith("ไฟล์ ก.docx")


NAMES = (
    "body p r t tab br cr sym fldChar fldSimple ins del moveFrom moveTo sdt sdtPr sdtContent showingPlcHdr tbl tr tc "
    "tcPr trPr pPr rPr gridSpan gridBefore vMerge hMerge hidden vanish numPr ilvl numId tblGrid gridCol pict drawing "
    "txbxContent commentReference footnoteReference ruby rubyBase object altChunk lastRenderedPageBreak hyperlink"
)
TAGS = NAMES.split()
VALUES = ("", "0", "1", "-1", "99999999999", "restart", "continue", "begin", "separate", "end", "F0FE", "๑", "zz")


def tree() -> st.SearchStrategy[str]:
    attribute = st.tuples(st.sampled_from(("val", "w", "id", "char", "fldCharType")), st.sampled_from(VALUES))
    leaf = st.sampled_from(("ก", "", " ", "☑ ", para("ข")))

    def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda tag, said, parts: f'<w:{tag} w:{said[0]}="{said[1]}">{"".join(parts)}</w:{tag}>',
            st.sampled_from(TAGS),
            attribute,
            st.lists(inner, max_size=5),
        )

    return st.recursive(leaf, element, max_leaves=60)


@given(st.lists(tree(), max_size=8))
def test_any_tree_of_known_elements_is_read_or_refused(parts: list[str]) -> None:
    numbering = {"numbering": "".join(parts), "styles": "".join(parts), "comments": "".join(parts)}
    document = read(para("ก") + "".join(parts), numbering)
    assert document.blocks
    assert all(block.where.line for block in document.printed)


# Real papers


def in_word(document: Document) -> bytes:
    """Write the text and tables of a document by python-docx."""
    paper = python_docx.Document()
    for block in document.printed:
        if isinstance(block, Paragraph):
            paper.add_paragraph(block.raw)
        else:
            _in_word(block, paper.add_table(len(block.rows), max(len(each.cells) for each in block.rows)))
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _in_word(block: Table, written: "python_docx.table.Table") -> None:
    boxes = {Mark.TICKED: "☑ ", Mark.UNTICKED: "☐ "}
    for each, to in zip(block.rows, written.rows, strict=True):
        for one, into in zip(each.cells, to.cells, strict=False):
            said = [boxes.get(line.mark, "") + line.text for line in one.lines]
            into.text = said[0] if said else ""
            for text in said[1:]:
                into.add_paragraph(text)


def _rows(document: Document) -> list[object]:
    return [replace(each, origin=None) for each in recognise(document).rows]  # type: ignore[type-var]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.txt")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_sample_in_word_gives_the_rows_of_its_text(path: Path) -> None:
    text = read_document(path)
    assert _rows(docx.read(in_word(text), "ก.docx")) == _rows(text)
    assert _rows(text)


def test_sample_in_word_gives_the_same_paper() -> None:
    text = read_document(SAMPLES / "clean" / "measures-report-2568.txt")
    written, printed = recognise(docx.read(in_word(text), "ก.docx")), recognise(text)
    assert [replace(each, where=Where()) for each in written.signatories] == [
        replace(each, where=Where()) for each in printed.signatories
    ]
    assert written.memo and printed.memo
    assert replace(written.memo, where=Where()) == replace(printed.memo, where=Where())
    assert written.agency and printed.agency
    assert replace(written.agency, where=Where()) == replace(printed.agency, where=Where())
    assert (written.announced, written.confidence) == (printed.announced, 1.0)


@pytest.mark.skipif(not PROVE, reason="LibreOffice runs only with PRONGSAI_PROVE=1")
def test_sample_saved_by_libreoffice_gives_the_rows_of_its_text(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "make prove needs LibreOffice"
    for path in sorted((SAMPLES / "clean").glob("*.txt")):
        text = read_document(path)
        source = tmp_path / "in" / f"{path.stem}.docx"
        source.parent.mkdir(exist_ok=True)
        source.write_bytes(in_word(text))
        for kind, folder in (("odt", "odt"), ("docx", "out")):
            source = source if kind == "odt" else tmp_path / "odt" / f"{path.stem}.odt"
            call = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind]
            subprocess.run([*call, "--outdir", str(tmp_path / folder), str(source)], check=True, capture_output=True)
        assert _rows(docx.read((tmp_path / "out" / f"{path.stem}.docx").read_bytes(), "ก.docx")) == _rows(text)
