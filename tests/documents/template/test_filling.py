"""Values in a template: runs, lines, rows, conditions, blocks; words that look like markers stay words."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from lxml import etree

from prongsai.documents.build import paragraph
from prongsai.documents.build import row as line
from prongsai.documents.build import table as built
from prongsai.documents.model import NewPage, Orientation, Paragraph, Table
from prongsai.documents.read import read_content
from prongsai.documents.template.fill import fill_template
from prongsai.documents.template.model import Slot, Sort, Value, says
from prongsai.errors import LimitExceeded
from tests.documents.template.word import W, header, p, table, tie, word

SLOTS = (
    Slot("agency", "หน่วยงาน"),
    Slot("year", "ปี"),
    Slot("body", "เนื้อความ"),
    Slot("gifts", "ของขวัญ", sort=Sort.ROWS, columns=(Slot("giver", "ผู้ให้"), Slot("value", "มูลค่า"))),
    Slot("content", "ทั้งฉบับ", sort=Sort.BLOCKS),
)
VALUES: Mapping[str, Value] = {
    "agency": says("เทศบาลตำบลบ้านสวนพลู"),
    "year": says("2569"),
    "body": says("หนึ่ง", "สอง", "สาม"),
    "gifts": [{"giver": says("เอกชน"), "value": says("1")}, {"giver": says("ญาติ"), "value": says("2")}],
}


def filled(*blocks: str, values: Mapping[str, Value] = VALUES, **more: object) -> bytes:
    return fill_template(word(*blocks, **more), "a.docx", SLOTS, values)  # type: ignore[arg-type]


def printed(*blocks: str, values: Mapping[str, Value] = VALUES) -> list[object]:
    document = read_content(filled(*blocks, values=values), "a.docx")
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.printed
    ]


def root(content: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(part))


def test_a_marker_over_several_runs_is_one() -> None:
    assert printed(p("ของ {", "{ age", "ncy }", "} ปี {{ year }} จบ")) == ["ของ เทศบาลตำบลบ้านสวนพลู ปี 2569 จบ"]


def test_filters() -> None:
    assert printed(p("ปี {{ year | thai_digits }} และ {{year|arabic_digits}}")) == ["ปี ๒๕๖๙ และ 2569"]


def test_lines_are_paragraphs_where_they_stand_alone_and_words_in_a_sentence() -> None:
    assert printed(p("{{ body }}")) == ["หนึ่ง", "สอง", "สาม"]
    assert printed(p("คือ {{ body }}")) == ["คือ หนึ่ง สอง สาม"]


def test_lines_keep_the_style_of_their_paragraph() -> None:
    made = filled(p("{{ body }}", properties='<w:pPr><w:pStyle w:val="Office"/></w:pPr>'))
    assert [each.get(f"{{{W}}}val") for each in root(made).iter(f"{{{W}}}pStyle")] == ["Office"] * 3


def test_a_row_of_a_table_is_repeated() -> None:
    assert printed(table(("ผู้ให้", "มูลค่า"), ("{{ gifts.giver }}", "{{ gifts.value }} บาท"), ("รวม", "{{ year }}"))) == [
        [["ผู้ให้", "มูลค่า"], ["เอกชน", "1 บาท"], ["ญาติ", "2 บาท"], ["รวม", "2569"]]
    ]


def test_a_row_of_nothing_is_no_row() -> None:
    assert printed(table(("ผู้ให้", "มูลค่า"), ("{{ gifts.giver }}", "{{ gifts.value }}")), values={"gifts": []}) == [
        [["ผู้ให้", "มูลค่า"]]
    ]


def test_paragraphs_are_repeated_between_for_and_endfor() -> None:
    blocks = [p("{% for gift in gifts %}"), p("ผู้ให้ {{ gift.giver }}"), p("{{ agency }}"), p("{% endfor %}"), p("จบ")]
    assert printed(*blocks) == ["ผู้ให้ เอกชน", "เทศบาลตำบลบ้านสวนพลู", "ผู้ให้ ญาติ", "เทศบาลตำบลบ้านสวนพลู", "จบ"]


def test_what_is_empty_is_left_out_alone_and_a_dash_in_a_cell() -> None:
    values: dict[str, Value] = {"agency": says(), "year": says(words="....")}
    assert printed(p("ก"), p("{{ agency }}"), p("{{ agency }} / {{ year }}"), p("ข"), values=values) == ["ก", "ข"]
    assert printed(p("ก"), p("{{ agency | dash }}"), values=values) == ["ก", "-"]
    assert printed(p("ปี {{ year }}"), p("ปี{{ year | blank }}"), values=values) == ["ปี ....", "ปี"]


def test_a_condition_keeps_or_leaves_out() -> None:
    blocks = [p("{% if gifts %}"), p("มี"), p("{% endif %}"), p("{% if not gifts %}"), p("ไม่มี"), p("{% endif %}")]
    assert printed(*blocks) == ["มี"]
    assert printed(*blocks, values={"gifts": ()}) == ["ไม่มี"]


def test_words_that_look_like_markers_are_words() -> None:
    values: dict[str, Value] = {"agency": says("{{ year }} {% if x %}"), "year": says("2569")}
    assert printed(p("{{ agency }}"), p("ปี {{ agency }} {{ year }}"), values=values) == [
        "{{ year }} {% if x %}",
        "ปี {{ year }} {% if x %} 2569",
    ]


def test_words_cannot_be_markup_and_signs_that_xml_cannot_hold_are_left_out() -> None:
    values: dict[str, Value] = {"agency": says('<w:p/>&amp;"\x00\x08')}
    assert printed(p("{{ agency }}"), values=values) == ['<w:p/>&amp;"']


def test_thai_words_are_marked_as_thai_in_the_look_of_the_marker() -> None:
    run = '<w:p><w:r><w:rPr><w:rFonts w:ascii="TH SarabunIT9"/><w:b/><w:sz w:val="40"/></w:rPr><w:t>{{ agency }}</w:t></w:r></w:p>'
    properties = next(root(filled(run)).iter(f"{{{W}}}rPr"))
    assert [each.tag.rpartition("}")[2] for each in properties] == ["rFonts", "b", "bCs", "sz", "szCs", "cs", "lang"]
    assert properties[0].get(f"{{{W}}}cs") == "TH SarabunIT9"


def test_head_of_pages_is_filled() -> None:
    made = filled(p("ก"), ties=tie("header", "header1.xml"), parts={"word/header1.xml": header(p("{{ agency }}"))})
    assert "".join(root(made, "word/header1.xml").itertext()) == "เทศบาลตำบลบ้านสวนพลู"


def test_text_boxes_are_filled() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('{{ agency }}')}</w:txbxContent></w:pict></w:r></w:p>"
    assert "เทศบาลตำบลบ้านสวนพลู" in "".join(root(filled(box)).itertext())


def test_a_content_control_is_cut_loose_from_its_data() -> None:
    control = f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{p('{{ agency }}')}</w:sdtContent></w:sdt>"
    made = root(filled(control))
    assert "".join(made.itertext()) == "เทศบาลตำบลบ้านสวนพลู"
    assert not list(made.iter(f"{{{W}}}dataBinding"))


def test_blocks_stand_where_their_marker_stood() -> None:
    blocks = (paragraph("ข้อความ"), built(["หัว"], [line("ค่า")]))
    assert printed(p("ก"), p("{{ content }}"), p("ข"), values={"content": blocks}) == [
        "ก", "ข้อความ", [["หัว"], ["ค่า"]], "ข"]  # fmt: skip


def test_blocks_that_lie_across_have_pages_of_their_own() -> None:
    blocks = (
        NewPage(Orientation.PORTRAIT),
        paragraph("ตั้ง"),
        NewPage(Orientation.LANDSCAPE),
        built(["หัว"], [line("ค่า")]),
    )
    made = root(filled(p("ก"), p("{{ content }}"), p("ข"), values={"content": blocks}))
    assert [size.get(f"{{{W}}}orient") for size in made.iter(f"{{{W}}}pgSz")] == [None, "landscape", None]


def test_too_many_rows_are_refused() -> None:
    many = [{"giver": says("ก"), "value": says("1")}] * 30_000
    with pytest.raises(LimitExceeded):
        filled(table(("{{ gifts.giver }}", "{{ gifts.value }}")), values={"gifts": many})


def test_the_same_values_give_the_same_bytes_and_tell_nobody() -> None:
    core = (
        b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>somebody</dc:creator><dc:title>old</dc:title></cp:coreProperties>'
    )
    made = word(p("{{ agency }}"), parts={"docProps/core.xml": core})
    one, other = (fill_template(made, "a.docx", SLOTS, VALUES, title="ใหม่") for _ in range(2))
    assert one == other
    assert "".join(root(one, "docProps/core.xml").itertext()) == "ใหม่"


def test_a_cell_whose_paragraphs_all_go_keeps_one() -> None:
    made = root(filled(table((p("{% if gifts %}") + p("ก") + p("{% endif %}"),)), values={"gifts": ()}))
    assert all(len(cell.findall(f"{{{W}}}p")) == 1 for cell in made.iter(f"{{{W}}}tc"))


def test_a_filled_file_is_a_word_file_to_others() -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document(io.BytesIO(filled(p("{{ agency }}"), table(("{{ gifts.giver }}", "x")))))
    assert (made.paragraphs[0].text, len(made.tables[0].rows)) == ("เทศบาลตำบลบ้านสวนพลู", 2)
    assert isinstance(read_content(filled(p("{{ agency }}")), "a.docx").printed[0], Paragraph | Table)
