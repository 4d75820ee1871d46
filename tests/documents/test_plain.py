"""What a reader would find in a composed paper."""

from prongsai.documents.build import cell, fields, paragraph, row, table
from prongsai.documents.model import (
    Block,
    Document,
    Masthead,
    NewPage,
    Paragraph,
    Picture,
    Separator,
    Sides,
    Signature,
    Signatures,
    Table,
)
from prongsai.documents.plain import plain


def composed(*blocks: Block) -> Document:
    return plain(Document("", "composed", None, "", blocks))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs()]


def test_memo_head_reads_as_its_printed_lines() -> None:
    document = composed(
        Masthead(1.5, "บันทึกข้อความ"),
        fields(("ส่วนราชการ", "สำนักปลัด"), memo=True),
        fields(("ที่", "ลบ ๕๒๗๐๑/๑"), ("วันที่", "๑ ตุลาคม ๒๕๖๘"), memo=True),
    )
    assert texts(document) == ["บันทึกข้อความ", "ส่วนราชการ สำนักปลัด", "ที่ ลบ ๕๒๗๐๑/๑ วันที่ ๑ ตุลาคม ๒๕๖๘"]


def test_single_signature_reads_line_by_line() -> None:
    place = Signature("นายก ข", ("ปลัด", "ปฏิบัติหน้าที่"), opinion_of="ปลัด", opinion=("เห็นชอบ",), date="๑ ต.ค. ๒๕๖๘")
    assert texts(composed(Signatures((place,)))) == [
        "ความเห็น ปลัด",
        "เห็นชอบ",
        "ลงชื่อ",
        "(นายก ข)",
        "ปลัด",
        "ปฏิบัติหน้าที่",
        "๑ ต.ค. ๒๕๖๘",
    ]


def test_signatures_side_by_side_read_as_rows_of_a_table_without_rules() -> None:
    places = (Signature("ก ข", ("ผู้ให้",), suffix="ผู้ให้ยืม"), Signature("ค ง", suffix="ผู้ยืม"))
    (found,) = composed(Signatures(places)).blocks
    assert isinstance(found, Table)
    assert not found.ruled
    assert [[each.text for each in line.cells] for line in found.rows] == [
        ["ลงชื่อ ผู้ให้ยืม", "ลงชื่อ ผู้ยืม"],
        ["(ก ข)", "(ค ง)"],
        ["ผู้ให้", ""],
    ]


def test_layout_alone_reads_as_nothing() -> None:
    picture = Picture(b"<svg/>", "image/svg+xml", "แผนภูมิ", 10)
    assert composed(Masthead(3), NewPage(), Separator(), picture).blocks == ()


def test_sides_read_as_two_columns() -> None:
    (found,) = composed(Sides(("ที่ ๑",), ("สำนักงาน", "ลพบุรี"))).blocks
    assert isinstance(found, Table)
    assert [[each.text for each in line.cells] for line in found.rows] == [["ที่ ๑", "สำนักงาน"], ["", "ลพบุรี"]]


def test_places_follow_the_text_view() -> None:
    document = composed(paragraph("ก\nข"), table(["ค", "ง"], [row("๑", "๒")]), paragraph("จ"))
    first, second, middle, last = document.printed
    assert [block.where.line for block in (first, second, middle, last)] == [1, 2, 4, 7]
    assert isinstance(middle, Table)
    where = middle.rows[1].cells[1].where
    assert (where.line, where.table, where.row, where.column) == (5, 1, 2, 2)


def test_words_are_normalised_as_readers_do() -> None:
    document = composed(paragraph("น\u0e4d\u0e32  ใจ"), table(["ก"], [row(cell("ก\u200bข", ""))]))
    (text, found) = document.printed
    assert isinstance(text, Paragraph)
    assert text.text == "นำ ใจ"
    assert isinstance(found, Table)
    assert [line.text for line in found.rows[1].cells[0].lines] == ["กข"]
