"""Workbooks: what is written comes back, is typed where a person sees the same, and is never a formula."""

import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from prongsai.documents.build import box, cell, cell_of, covered, fields, paragraph, row, table
from prongsai.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Kind,
    Line,
    Mark,
    NewPage,
    Orientation,
    Paragraph,
    Setup,
    Sides,
    Signature,
    Signatures,
    Style,
)
from prongsai.documents.plain import plain
from prongsai.documents.read import read_document
from prongsai.documents.read.sheets import read
from prongsai.documents.write.office import Office
from prongsai.documents.write.xlsx import render
from prongsai.errors import LimitExceeded
from prongsai.reports.read import recognise
from tests.conftest import PROVE
from tests.reports.papers.same import same_records

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
TEXTS = sorted((SAMPLES / "clean").glob("*.txt")) + sorted((SAMPLES / "faulty").glob("*.txt"))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEADS = ("ที่", "มาตรการ", "คะแนน")


def paper(*blocks: Block, setup: Setup | None = None) -> Document:
    return Document("", "composed", None, "", blocks, title="รายงาน", setup=setup or Setup())


def back(document: Document) -> Document:
    return read(render(document, Office()), "ก.xlsx")


def words(document: Document) -> list[object]:
    """What a document says: paragraphs, and the lines of every cell."""
    return [
        block.text if isinstance(block, Paragraph) else [[one.lines for one in each.cells] for each in block.rows]
        for block in document.printed
    ]


def parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(BytesIO(content)) as bundle:
        return {name: etree.fromstring(bundle.read(name)) for name in bundle.namelist()}


def sheet_names(content: bytes) -> list[str]:
    return [each.get("name", "") for each in parts(content)["xl/workbook.xml"].iter(f"{MAIN}sheet")]


def first_sheet(*blocks: Block, setup: Setup | None = None) -> etree._Element:
    return parts(render(paper(*blocks, setup=setup), Office()))["xl/worksheets/sheet1.xml"]


# Round trip


def test_paper_comes_back_in_its_order() -> None:
    signed = Signatures((Signature("นายก ใจดี", ("ปลัดเทศบาล",)), Signature("นางข ใจงาม", ("นายกเทศมนตรี", "ตำบล"))))
    whole = paper(
        Sides(("ที่ ลบ ๕๒๗๐๑/๑",), ("สำนักงานเทศบาล", "จังหวัดลพบุรี")),
        fields(("ส่วนราชการ", "กองคลัง"), memo=True),
        paragraph("เรื่อง รายงาน\nบรรทัดสอง", Style.TITLE),
        *(paragraph(f"ข้อ {number} ความยาว") for number in range(8)),
        paragraph("ประเด็นที่ ๑", Style.HEADING),
        table(HEADS, [row("๑", "แผน ก", "92.22")], name="มาตรการ"),
        paragraph("ประเด็นที่ ๒", Style.HEADING),
        table(HEADS, [row("๒", "แผน ข", ""), row("", "ต่อ", "")], name="มาตรการ"),
        paragraph("จึงเรียนมาเพื่อโปรดทราบ"),
        signed,
    )
    content = render(whole, Office())
    assert words(read(content, "ก.xlsx")) == words(plain(whole))
    assert sheet_names(content) == ["เอกสาร", "มาตรการ", "มาตรการ ๒", "เอกสาร ๒"]


def test_merged_cells_come_back() -> None:
    group, over = cell("ผลงาน", columns=2), cell("ที่", rows=2)
    heads = [row(over, group, covered(group)), row(covered(over), "แผน", "จริง")]
    side = cell("รวม", rows=2)
    one = table(heads, [row(side, "1", "2"), row(covered(side), "3", "4")])
    found = next(back(paper(one)).tables())
    assert words(back(paper(one))) == words(plain(paper(one)))
    assert [(each.rows, each.columns, each.covered) for line in found.rows for each in line.cells] == [
        (each.rows, each.columns, each.covered) for line in one.rows for each in line.cells
    ]
    assert found.heads == 2


def test_lists_boxes_and_broken_lines_come_back() -> None:
    lines = (
        Line("ข้อหนึ่ง", Mark.ITEM, in_list=True),
        Line("ข้อสองที่ ยาว", in_list=True, breaks=(10,)),
        Line("ต่อ บรรทัด", breaks=(4,)),
        box("เสร็จ", ticked=True),
        box("ยังไม่เสร็จ", ticked=False),
        Line("- ขีดเอง"),
    )
    whole = paper(table(("ก", "ข"), [row(cell_of(lines), "1")]))
    assert words(back(whole)) == words(plain(whole))


TEXT = st.text("กขคงเแำ่้ัิุ ๑๒12 =+-@'\"<>&;,*#_x.%", min_size=1, max_size=12)
LINES = st.lists(
    st.builds(
        lambda text, mark, in_list: Line(f"ก{text}".strip(), mark, in_list or mark is Mark.ITEM),
        TEXT,
        st.sampled_from(Mark),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(LINES, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(st.lists(TABLES | TEXT, max_size=5))
def test_any_words_come_back(said: list[object]) -> None:
    blocks = [
        paragraph(f"ก{each}")
        if isinstance(each, str)
        else table([f"หัว {at}" for at in range(len(each[0]))], [row(*map(cell_of, cells)) for cells in each])  # type: ignore[index]
        for each in said
    ]
    whole = paper(*blocks)
    assert words(back(whole)) == words(plain(whole))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_sample_is_recognised_the_same_from_its_workbook(path: Path) -> None:
    document = read_document(path)
    again = back(document)
    assert words(again) == words(document)
    assert same_records(recognise(document), recognise(again)) == []


def test_real_documents_are_recognised_the_same_from_their_workbooks(shared: Path) -> None:
    for path in sorted((shared / "samples").glob("*.txt")):
        document = read_document(path)
        assert same_records(recognise(document), recognise(back(document))) == []


def test_same_paper_gives_the_same_bytes() -> None:
    document = read_document(TEXTS[0])
    assert render(document, Office()) == render(document, Office())


# Typed cells


@pytest.mark.parametrize(
    ("text", "value", "kind", "stored", "code"),
    [
        ("92.22", Decimal("92.22"), Kind.TEXT, "92.22", "0.00"),
        ("92.22", None, Kind.NUMBER, "92.22", "0.00"),
        ("92.2", Decimal("92.22"), Kind.NUMBER, "92.22", "0.0"),
        ("12", 12, Kind.NUMBER, "12", "0"),
        ("1,234.50", None, Kind.MONEY, "1234.5", "#,##0.00"),
        ("๑,๒๓๔.๕๐", None, Kind.MONEY, "1234.5", "[$-D00041E]#,##0.00"),
        ("950.00", None, Kind.MONEY, "950", "#,##0.00"),
        ("93.44%", Decimal("93.44"), Kind.NUMBER, "0.9344", "0.00%"),
        ("๙ ตุลาคม ๒๕๖๘", None, Kind.DATE, "45939", "[$-D07041E]d mmmm yyyy"),
        ("9 ต.ค. 2568", date(2025, 10, 9), Kind.TEXT, "45939", "[$-107041E]d mmm yyyy"),
        ("๙ ตุลาคม พ.ศ. ๒๕๖๘", date(2025, 10, 9), Kind.DATE, "45939", '[$-D07041E]d mmmm "พ.ศ." yyyy'),
    ],
)
def test_typed_cell_shows_the_same_words(text: str, value: Decimal | None, kind: Kind, stored: str, code: str) -> None:
    one = table(("ก", "ข"), [row("x", cell(text, value=value))], [Column(), Column(kind=kind)])
    content = render(paper(one), Office())
    found = parts(content)
    target = next(each for each in found["xl/worksheets/sheet1.xml"].iter(f"{MAIN}c") if each.get("r") == "B2")
    style = list(found["xl/styles.xml"].find(f"{MAIN}cellXfs"))[int(target.get("s", "0"))]
    codes = {each.get("numFmtId"): each.get("formatCode") for each in found["xl/styles.xml"].iter(f"{MAIN}numFmt")}
    built_in = {"1": "0", "2": "0.00", "4": "#,##0.00", "10": "0.00%"}
    assert (target.findtext(f"{MAIN}v"), target.get("t")) == (stored, None)
    assert codes.get(style.get("numFmtId"), built_in.get(style.get("numFmtId", ""))) == code
    assert next(read(content, "ก.xlsx").tables()).rows[1].cells[1].raw == text


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("ร้อยละ 92.22", Decimal("92.22"), Kind.NUMBER),
        ("007", None, Kind.NUMBER),
        ("1234567890123456789", None, Kind.NUMBER),
        ("๑2", None, Kind.NUMBER),
        ("9/10/2568", date(2025, 10, 9), Kind.DATE),
        ("ภายในเดือนตุลาคม ๒๕๖๘", None, Kind.DATE),
        ("12", None, Kind.TEXT),
    ],
)
def test_words_that_no_format_shows_stay_words(text: str, value: Decimal | None, kind: Kind) -> None:
    sheet = first_sheet(table(("ก", "ข"), [row("x", cell(text, value=value))], [Column(), Column(kind=kind)]))
    target = next(each for each in sheet.iter(f"{MAIN}c") if each.get("r") == "B2")
    assert target.get("t") == "s"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+66", "-1+2", "@SUM(1)", "http://example.org", "{=1}"])
def test_no_words_become_a_formula_or_a_link(text: str) -> None:
    content = render(paper(paragraph(text), table((text, "ข"), [row(text, "1")])), Office())
    found = parts(content)
    assert not any(
        element.tag in (f"{MAIN}f", f"{MAIN}hyperlink") for root in found.values() for element in root.iter()
    )
    assert [each.text for each in found["xl/sharedStrings.xml"].iter(f"{MAIN}t")].count(text) == 1
    quoted = [each for each in found["xl/styles.xml"].find(f"{MAIN}cellXfs") if each.get("quotePrefix") == "1"]
    assert bool(quoted) == text.startswith(("=", "+", "-", "@"))
    assert words(read(content, "ก.xlsx"))[0] == text


# The sheet


def test_head_is_frozen_filtered_and_repeated_on_paper() -> None:
    heads = [row("ที่", "ผลงาน", "หมายเหตุ"), row("", "แผน", "จริง")]
    content = render(paper(paragraph("ประเด็นที่ ๑"), table(heads, [row("1", "2", "3")] * 3, name="แผน")), Office())
    found = parts(content)
    sheet = found["xl/worksheets/sheet1.xml"]
    pane = sheet.find(f".//{MAIN}pane")
    assert (pane.get("ySplit"), pane.get("state")) == ("3", "frozen")
    assert sheet.find(f"{MAIN}autoFilter").get("ref") == "A3:C6"
    titles = [
        each.text for each in found["xl/workbook.xml"].iter(f"{MAIN}definedName") if "Titles" in each.get("name", "")
    ]
    assert titles == ["แผน!$2:$3"]


def test_paper_is_a4_lying_as_the_page_does_and_one_page_wide() -> None:
    wide = NewPage(Orientation.LANDSCAPE)
    sheet = first_sheet(wide, table(HEADS, [row("1", "ก", "2")]), setup=Setup(secrecy="ลับ", mark="แบบจำลอง & ตัวอย่าง"))
    page, fit = sheet.find(f"{MAIN}pageSetup"), sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
    assert (page.get("paperSize"), page.get("orientation"), page.get("fitToHeight"), fit.get("fitToPage")) == (
        "9",
        "landscape",
        "0",
        "1",
    )
    assert sheet.findtext(f"{MAIN}headerFooter/{MAIN}oddHeader") == (
        '&C&"TH SarabunPSK,Bold"&20&KC00000ลับ&R&"TH SarabunPSK,Regular"&14หน้า &P / &N'
    )
    assert sheet.findtext(f"{MAIN}headerFooter/{MAIN}oddFooter") == (
        '&C&"TH SarabunPSK,Bold"&20&KC00000ลับ&R&"TH SarabunPSK,Regular"&12แบบจำลอง && ตัวอย่าง'
    )


def test_every_font_is_the_official_one() -> None:
    found = parts(render(paper(paragraph("ก", Style.TITLE), table(HEADS, [row("1", "ก", "2")])), Office()))
    fonts = found["xl/styles.xml"].find(f"{MAIN}fonts")
    assert {font.find(f"{MAIN}name").get("val") for font in fonts} == {"TH SarabunPSK"}


def test_columns_share_the_page_by_their_widths() -> None:
    columns = [Column(1), Column(4), Column(1)]
    sheet = first_sheet(table(HEADS, [row("1", "ก", "2")], columns))
    widths = [float(each.get("width", "0")) for each in sheet.iter(f"{MAIN}col")]
    assert [round(width) for width in widths] == [13, 49, 13]


def test_names_of_sheets_are_allowed_and_differ() -> None:
    names = ["มาตรการ [1/2]: ก*?\\", "มาตรการ 1 2 ก", "ชื่อยาวมาก" * 9, "ชื่อยาวมาก" * 9, "History", "", "'ก'"]
    blocks = [table(HEADS, [row("1", "ก", "2")], name=name) for name in names]
    found = sheet_names(render(paper(*blocks), Office()))
    assert found == [
        "มาตรการ 1 2 ก",
        "มาตรการ 1 2 ก ๒",
        ("ชื่อยาวมาก" * 9)[:31],
        ("ชื่อยาวมาก" * 9)[:29] + " ๒",
        "History ๒",
        "ตาราง ๖",
        "ก",
    ]


def test_more_tables_than_sheets_share_the_last_one() -> None:
    whole = paper(*(table(HEADS, [row(str(number), "ก", "2")]) for number in range(60)))
    content = render(whole, Office())
    assert len(sheet_names(content)) == 50
    assert words(read(content, "ก.xlsx")) == words(plain(whole))


def test_empty_paper_is_a_workbook_with_one_sheet() -> None:
    content = render(paper(), Office())
    assert sheet_names(content) == ["เอกสาร"]
    assert read(content, "ก.xlsx").printed == ()


def test_words_longer_than_a_cell_holds_are_refused_with_their_place() -> None:
    with pytest.raises(LimitExceeded) as caught:
        render(paper(table(HEADS, [row("1", "ก" * 40_000, "2")], name="แผน")), Office())
    assert caught.value.message_th == ("ตาราง แผน แถว 2 ช่อง 2 ยาว 40,000 ตัวอักษร เกินขีดจำกัด 32,767 ตัวอักษรของหนึ่งช่อง")


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    odd = Cell("", (Line("ก\x00\x0b\ud800ข"),), paragraph("").where)
    assert next(back(paper(table(("a", "b"), [row(odd, "1")]))).tables()).rows[1].cells[0].raw == "ก ข"


@pytest.mark.skipif(not PROVE, reason="needs LibreOffice: only under PRONGSAI_PROVE=1")
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_workbook_saved_by_another_program_says_the_same(kind: str, tmp_path: Path) -> None:
    document = read_document(SAMPLES / "clean" / "measures-report-2568.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ก.xlsx").write_bytes(render(document, Office()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    call = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "in" / "ก.xlsx"),
    ]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    again = read((tmp_path / f"ก.{kind}").read_bytes(), f"ก.{kind}")
    assert same_records(recognise(document), recognise(again)) == []
