"""The Word file as a whole: styles, fonts, languages, settings, properties, the same bytes again."""

import io
import zipfile

import docx
import pytest
from lxml import etree

from prongsai.documents.build import box, cell_of, fields, paragraph, row, table
from prongsai.documents.model import (
    Line,
    Mark,
    Masthead,
    NewPage,
    Orientation,
    Picture,
    Separator,
    Sides,
    Signature,
    Signatures,
    Style,
)
from prongsai.documents.write.docx import render
from prongsai.documents.write.docx.styles import LOOKS
from prongsai.documents.write.office import Office
from tests.documents.write.docx_parts import NAMESPACES, W, attribute, paper, parts, words

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text x="1" y="10">ก</text></svg>'.encode()
PLACE = Signature("นายธีรพงศ์ แก้วสว่างธรรม", ("นายกเทศมนตรี",), opinion_of="นายกเทศมนตรี")
EVERYTHING = (
    Masthead(1.5, "บันทึกข้อความ"),
    fields(("ส่วนราชการ", "สำนักปลัดเทศบาล"), memo=True),
    fields(("เรื่อง", "รายงาน")),
    *(paragraph("ข้อความ ITA ๑๒ 12", style) for style in Style),
    paragraph("๑. ข้อแรก", Style.HANGING, 1),
    Sides(("ที่ ๑",), ("สำนักงาน", "จังหวัดลพบุรี")),
    table(["ก", "ข"], [row(cell_of([box("ทำแล้ว", ticked=True), Line("กองคลัง", Mark.ITEM, True)]), "๑")]),
    Separator(),
    Picture(SVG, "image/svg+xml", "แผนภูมิ", 10),
    NewPage(Orientation.LANDSCAPE),
    Signatures((PLACE,)),
    Signatures((PLACE, PLACE)),
)
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr tabs spacing ind contextualSpacing jc "
    "outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs rtl cs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols vAlign titlePg",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "sdtPr": "rPr id checkbox",
}


def test_every_style_of_the_model_is_a_named_style_of_its_own() -> None:
    found = parts(paragraph("ก"))
    names = {
        attribute(style, "styleId"): attribute(style[0], "val")
        for style in found.root("word/styles.xml")
        if style.tag == f"{W}style"
    }
    assert {style: names[look.id] for style, look in LOOKS.items()} == {
        Style.BODY: "เนื้อความ",
        Style.PLAIN: "ข้อความชิดซ้าย",
        Style.HANGING: "ข้อย่อย",
        Style.TITLE: "ชื่อเอกสาร",
        Style.HEADING: "หัวข้อ",
        Style.CENTRED: "กึ่งกลาง",
        Style.RIGHT: "ครึ่งขวา",
        Style.COVER: "ปก",
        Style.SPEED: "ชั้นความเร็ว",
        Style.NOTE: "หมายเหตุ",
    }
    assert len(set(names.values())) == len(names)


def test_every_style_that_is_used_is_defined() -> None:
    found = parts(*EVERYTHING, secrecy="ลับ", mark="แบบจำลอง")
    defined = {attribute(style, "styleId") for style in found.find("//w:style", "word/styles.xml")}
    xml = [name for name in found.names() if name.startswith("word/") and name.endswith(".xml")]
    used = {
        each
        for name in xml
        for each in found.find("//w:pStyle/@w:val | //w:tblStyle/@w:val | //w:basedOn/@w:val", name)
    }
    assert used - defined == set()


@pytest.mark.parametrize("style", list(Style))
def test_paragraph_carries_its_style(style: Style) -> None:
    (found,) = parts(paragraph("ข้อความ", style)).styled(LOOKS[style].id)
    assert words(found) == "ข้อความ"


@pytest.mark.parametrize(
    ("style", "size", "bold"),
    [
        (Style.BODY, 16, False),
        (Style.TITLE, 18, True),
        (Style.COVER, 24, True),
        (Style.SPEED, 32, True),
        (Style.NOTE, 14, False),
    ],
)
def test_size_and_weight_hold_for_latin_and_thai_alike(style: Style, size: int, bold: bool) -> None:
    (found,) = parts(paragraph("ข้อความ", style)).styled(LOOKS[style].id)
    (run,) = found.findall(f"{W}r/{W}rPr")
    assert [attribute(run.find(W + name), "val") for name in ("sz", "szCs")] == [str(size * 2)] * 2
    assert [run.find(W + name) is not None for name in ("b", "bCs")] == [bold] * 2


def test_every_run_names_font_size_and_language() -> None:
    found = parts(*EVERYTHING, secrecy="ลับ", mark="แบบจำลอง")
    names = [name for name in found.names() if name.startswith(("word/document", "word/header", "word/footer"))]
    runs = [run for name in names for run in found.find("//w:r", name)]
    symbols = [run for run in runs if words(run) in ("☐", "☑")]
    fonts = {tuple(run.find(f"{W}rPr/{W}rFonts").attrib.items()) for run in runs if run not in symbols}
    assert fonts == {tuple((W + script, "TH SarabunPSK") for script in ("ascii", "hAnsi", "eastAsia", "cs"))}
    assert all(run.find(f"{W}rPr/{W}szCs") is not None for run in runs)
    assert {tuple(run.find(f"{W}rPr/{W}lang").attrib.values()) for run in runs} == {("th-TH", "en-US", "th-TH")}


def test_defaults_and_normal_name_the_font_for_all_scripts_and_no_theme() -> None:
    found = parts(paragraph("ก"))
    for path in ("//w:docDefaults//w:rPr", "//w:style[@w:styleId='Normal']/w:rPr"):
        (default,) = found.find(path, "word/styles.xml")
        assert list(default.find(f"{W}rFonts").attrib.values()) == ["TH SarabunPSK"] * 4
        assert [attribute(default.find(W + name), "val") for name in ("sz", "szCs")] == ["32", "32"]
        assert attribute(default.find(f"{W}lang"), "bidi") == "th-TH"
    assert found.find("//@*[contains(local-name(), 'Theme')]", "word/styles.xml") == []


def test_thai_runs_are_marked_as_complex_script() -> None:
    found = parts(paragraph("ภาษาไทย"), paragraph("Latin only"))
    assert [run.find(f"{W}rPr/{W}cs") is not None for run in found.find("//w:r")] == [True, False]


def test_english_paper_is_set_in_english() -> None:
    found = parts(paragraph("No Gift Policy"), language="en")
    (run,) = found.find("//w:body//w:r/w:rPr/w:lang")
    assert (attribute(run, "val"), attribute(run, "bidi")) == ("en-US", "th-TH")
    assert found.find("//w:style[@w:styleId='Body']/w:pPr/w:jc/@w:val", "word/styles.xml") == ["both"]
    assert found.find("//dc:language/text()", "docProps/core.xml") == ["en-US"]


def test_body_is_distributed_and_indented() -> None:
    (body,) = parts(paragraph("ก")).find("//w:style[@w:styleId='Body']/w:pPr", "word/styles.xml")
    assert attribute(body.find(f"{W}jc"), "val") == "thaiDistribute"
    assert attribute(body.find(f"{W}ind"), "firstLine") == "1417"  # 2.5 cm
    spacing = body.find(f"{W}spacing")
    assert [attribute(spacing, name) for name in ("before", "after", "line", "lineRule")] == ["120", "0", "240", "auto"]


def test_headings_stand_in_the_outline() -> None:
    found = parts(paragraph("ก")).find("//w:style[w:pPr/w:outlineLvl/@w:val='0']/@w:styleId", "word/styles.xml")
    assert found == ["HeadingLine"]


def test_lines_broken_on_purpose_are_paragraphs_without_indent() -> None:
    first, second = parts(paragraph("สำนักปลัด\nโทร. ๑")).styled("Body")
    assert (words(first), words(second)) == ("สำนักปลัด", "โทร. ๑")
    assert first.find(f"{W}pPr/{W}ind") is None
    assert attribute(second.find(f"{W}pPr/{W}ind"), "firstLine") == "0"
    assert attribute(second.find(f"{W}pPr/{W}spacing"), "before") == "0"


@pytest.mark.parametrize(
    ("text", "left", "hanging", "said"),
    [
        ("๑. ข้อแรก", 1928, 510, "๑.\tข้อแรก"),
        ("(๑๒) ข้อ", 2211, 794, "(๑๒)\tข้อ"),
        ("- ขีด", 1928, 510, "-\tขีด"),
        ("ก) ข้อ", 1928, 510, "ก)\tข้อ"),
        ("๒๕๖๘ เป็นปี", 1417, None, "๒๕๖๘ เป็นปี"),
        ("ไม่มีเลข", 1417, None, "ไม่มีเลข"),
    ],
)
def test_number_of_an_item_hangs(text: str, left: int, hanging: int | None, said: str) -> None:
    (found,) = parts(paragraph(text, Style.HANGING)).styled("Hanging")
    indent = found.find(f"{W}pPr/{W}ind")
    assert (int(attribute(indent, "left")), attribute(indent, "hanging")) == (left, str(hanging) if hanging else None)
    assert words(found) == said


def test_deeper_items_stand_further_in() -> None:
    found = parts(*(paragraph("- ก", Style.HANGING, level) for level in range(3))).styled("Hanging")
    assert [attribute(each.find(f"{W}pPr/{W}ind"), "left") for each in found] == ["1928", "2494", "3061"]


def test_right_half_begins_at_the_middle_of_the_line() -> None:
    found = parts(paragraph("ก", Style.RIGHT), NewPage(Orientation.LANDSCAPE), paragraph("ก", Style.RIGHT)).styled(
        "RightHalf"
    )
    assert [attribute(each.find(f"{W}pPr/{W}ind"), "left") for each in found] == ["4535", "7285"]


def test_last_line_before_a_signature_stays_with_it() -> None:
    found = parts(paragraph("ก"), paragraph("ข"), Signatures((PLACE,))).styled("Body")
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in found] == [False, True]


def test_settings_are_those_of_word_2013_and_thai() -> None:
    found = parts(paragraph("ก"))
    assert found.find("//w:compatSetting[@w:name='compatibilityMode']/@w:val", "word/settings.xml") == ["15"]
    assert found.find("//w:themeFontLang/@w:bidi", "word/settings.xml") == ["th-TH"]


def test_properties_hold_title_and_language_and_no_person() -> None:
    found = parts(paragraph("ก"), title='แผน & "ผล" <๒๕๖๘>')
    assert [(etree.QName(each).localname, each.text) for each in found.root("docProps/core.xml")] == [
        ("title", 'แผน & "ผล" <๒๕๖๘>'),
        ("language", "th-TH"),
    ]
    properties = docx.Document(io.BytesIO(found.content)).core_properties
    assert (properties.author, properties.last_modified_by, properties.created) == ("", "", None)


def test_same_paper_gives_the_same_bytes() -> None:
    document = paper(*EVERYTHING, secrecy="ลับ")
    assert render(document, Office()) == render(document, Office())


def test_entries_of_the_zip_have_no_time_and_no_system() -> None:
    entries = zipfile.ZipFile(io.BytesIO(parts(*EVERYTHING).content)).infolist()
    assert {(entry.date_time, entry.create_system, entry.external_attr) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0, 0o644 << 16)
    }
    assert entries[0].filename == "[Content_Types].xml"


def test_every_part_is_typed_and_tied() -> None:
    found = parts(*EVERYTHING, secrecy="ลับ", mark="แบบ")
    types = found.root("[Content_Types].xml")
    overridden = {each.get("PartName") for each in types if each.get("PartName")}
    defaults = {each.get("Extension") for each in types if each.get("Extension")}
    xml = {f"/{name}" for name in found.names() if name.endswith(".xml") and name != "[Content_Types].xml"}
    assert overridden == xml
    assert {name.rpartition(".")[2] for name in found.names()} - defaults == set()
    ties = {tie.get("Id"): f"word/{tie.get('Target')}" for tie in found.root("word/_rels/document.xml.rels")}
    assert set(ties.values()) - set(found.names()) == set()
    used = set(found.find("//@r:id | //@r:embed"))
    assert used - ties.keys() == set()


def test_numbers_of_boxes_and_drawings_are_not_used_twice() -> None:
    found = parts(*EVERYTHING, *EVERYTHING)
    numbers = found.find("//w:sdtPr/w:id/@w:val | //wp:docPr/@id")
    assert len(numbers) == 6
    assert len(set(numbers)) == 6


@pytest.mark.parametrize("tag", ORDERS)
def test_children_stand_in_the_order_of_the_schema(tag: str) -> None:
    found = parts(*EVERYTHING, NewPage(centred=True), paragraph("ก"), secrecy="ลับ", mark="แบบ")
    order = ORDERS[tag].split()
    elements = [
        element
        for name in found.names()
        if name.startswith("word/") and name.endswith(".xml")
        for element in found.root(name).iter(W + tag)
    ]
    assert elements
    for element in elements:
        places = [order.index(etree.QName(child).localname) for child in element]
        assert places == sorted(places)


@pytest.mark.parametrize(
    "text", ["a & b < c > d", 'คำ "ใน" เครื่องหมาย', "ก\x00\x07ข\ud800\uffff", "$x$ #include *ก* {b}"]
)
def test_words_are_never_markup(text: str) -> None:
    found = parts(paragraph(text), table([text], [row(text)]), fields((text, text), memo=True), title=text)
    kept = "".join(char for char in text if char not in "\x00\x07\ud800\uffff")
    assert words(found.styled("Body")[0]) == kept
    assert words(found.styled("Cell")[0]) == kept


def test_an_empty_paper_is_still_a_file() -> None:
    found = docx.Document(io.BytesIO(parts().content))
    assert [each.text for each in found.paragraphs] == [""]


def test_other_programs_open_it() -> None:
    found = docx.Document(io.BytesIO(parts(*EVERYTHING, secrecy="ลับ").content))
    assert (len(found.tables), len(found.sections), len(found.inline_shapes)) == (3, 2, 1)
    assert found.paragraphs[0].style.name == "ชื่อบันทึกข้อความ"
    assert NAMESPACES["w"] in found.element.nsmap.values()
