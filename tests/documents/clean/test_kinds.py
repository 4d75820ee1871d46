"""What else a file may carry, one thing a test: found by its kind, gone from the copy, the rest as it was."""

import io
from collections.abc import Callable

import docx
import pypdfium2
import pytest
from docx.oxml import parse_xml
from PIL import Image, PngImagePlugin
from python_calamine import CalamineWorkbook

from prongsai.documents.clean import Cleaned, Leak
from prongsai.documents.clean.here import cleaned_here, leaks_here
from tests.documents.clean import made, made_xlsx
from tests.documents.clean.made import BARE, PERSON, SECRET
from tests.documents.clean.traces import traces


def kinds(content: bytes, name: str) -> list[str]:
    return [leak.kind for leak in leaks_here(content, name)]


def clean(content: bytes, name: str) -> bytes:
    copy = cleaned_here(content, name)
    assert copy.left == ()
    assert traces(copy.content) == []
    return copy.content


def text_of_pdf(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


# Pictures


def png() -> bytes:
    target, words, exif = io.BytesIO(), PngImagePlugin.PngInfo(), Image.Exif()
    words.add_text("Author", PERSON)
    words.add_itxt("Comment", f"ผู้ร้อง {SECRET}", zip=True)
    exif[0x013B] = PERSON
    exif[0x0112] = 8
    made.picture().save(target, "PNG", pnginfo=words, exif=exif.tobytes())
    return target.getvalue()


def webp() -> bytes:
    target = io.BytesIO()
    made.picture().save(
        target, "WEBP", lossless=True, exif=made.exif_with(artist=PERSON), xmp=f"<x>{SECRET}</x>".encode()
    )
    return target.getvalue()


def gif() -> bytes:
    target = io.BytesIO()
    made.picture().convert("P").save(target, "GIF", comment=f"{PERSON} {SECRET}".encode())
    return target.getvalue()


def tiff() -> bytes:
    target = io.BytesIO()
    tags = {0x013B: PERSON, 0x010E: SECRET}
    made.picture().save(target, "TIFF", tiffinfo=tags, save_all=True, append_images=[made.picture(9)])
    return target.getvalue()


PICTURES: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "a.png": (png, ["picture_data", "picture_data", "citizen_id", "author"]),
    "a.webp": (webp, ["author", "picture_data", "citizen_id"]),
    "a.gif": (gif, ["picture_data", "citizen_id"]),
    "a.tiff": (tiff, ["author", "picture_data", "citizen_id"] * 2),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_lose_their_notes_and_stay_the_same(name: str) -> None:
    make, told = PICTURES[name]
    content = make()
    assert sorted(kinds(content, name)) == sorted(told)
    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(clean(content, name)))
    if name == "a.png":
        assert after.size == (before.height, before.width)
    else:
        pixels = [list(each.convert("RGB").get_flattened_data()) for each in (before, after)]
        assert pixels[0] == pixels[1]
        assert getattr(after, "n_frames", 1) == getattr(before, "n_frames", 1)


# Word


def docx_with(xml: str) -> bytes:
    document = made.new_docx()
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for element in parse_xml(f'<w:body xmlns:w="{w}">{xml}</w:body>'):
        document.element.body.insert(len(document.element.body) - 1, element)
    return made.bytes_of(document)


def words_of(content: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(content)).paragraphs][2:]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_changes_are_accepted_with_rows_and_ends_of_paragraphs() -> None:
    mark = 'w:id="1" w:author="ก"'
    content = docx_with(
        f"<w:p><w:pPr><w:rPr><w:del {mark}/></w:rPr></w:pPr>{run('หน้า')}</w:p><w:p><w:ins {mark}>{run('หลัง')}</w:ins>"
        f"<w:moveFrom {mark}>{run('เดิม')}</w:moveFrom></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del {mark}/></w:trPr><w:tc><w:p>{run('แถวที่ลบ')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:ins {mark}/></w:trPr><w:tc><w:p>{run('แถวที่เพิ่ม')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert set(kinds(content, "a.docx")) == {"change"}
    copy = clean(content, "a.docx")
    assert words_of(copy) == ["หน้าหลัง"]
    assert [row.cells[0].text for row in docx.Document(io.BytesIO(copy)).tables[0].rows] == ["แถวที่เพิ่ม"]


def test_number_in_boxes_and_address_over_runs_are_masked_in_place() -> None:
    boxes = "".join(f"<w:tc><w:p>{run(digit)}</w:p></w:tc>" for digit in BARE)
    content = docx_with(
        f"<w:p>{run('อยู่บ้านเลขที่ 12/')}{run('3 หมู่ 4 ', '<w:b/>')}{run('ตำบลบ้านสวนพลู เป็นผู้ร้อง')}</w:p>"
        f"<w:tbl><w:tr>{boxes}</w:tr></w:tbl>"
    )
    assert kinds(content, "a.docx") == ["address", "citizen_id"]
    copy = docx.Document(io.BytesIO(clean(content, "a.docx")))
    assert copy.paragraphs[2].text == "อยู่บ้านเลขที่ ปกปิด ตำบลบ้านสวนพลู เป็นผู้ร้อง"
    assert "".join(cell.text for cell in copy.tables[0].rows[0].cells) == "x" * 13


def test_link_to_a_persons_mail_leads_nowhere() -> None:
    document = made.new_docx("เขียนถึงผู้ร้อง")
    document.part.relate_to("mailto:somchai@example.com", made.R + "/hyperlink", is_external=True)
    document.part.relate_to("https://example.com/", made.R + "/hyperlink", is_external=True)
    content = made.bytes_of(document)
    assert kinds(content, "a.docx") == ["email"]
    rels = made.unzipped(clean(content, "a.docx"))["word/_rels/document.xml.rels"]
    assert b"somchai" not in rels
    assert b"https://example.com/" in rels


def test_picture_by_a_line_to_sign_is_told_and_stays() -> None:
    document = made.new_docx("ลงชื่อ")
    document.add_picture(io.BytesIO(made.jpeg()))
    content = made.bytes_of(document)
    assert kinds(content, "a.docx") == ["signature"]
    copy = cleaned_here(content, "a.docx")
    assert [leak.kind for leak in copy.left] == ["signature"]
    assert "word/media/image1.jpg" in made.unzipped(copy.content)


def test_signature_by_the_name_of_a_picture() -> None:
    assert leaks_here(made.jpeg(), "ลายมือชื่อนายก.jpg") == (Leak("signature", "ชื่อไฟล์", "ลายมือชื่อนายก.jpg"),)


def test_kinds_not_asked_for_stay_and_are_told() -> None:
    content = made.docx_comment()
    copy = cleaned_here(content, "a.docx", mask=["author"])
    assert copy.left == leaks_here(content, "a.docx")


def test_what_the_office_says_of_itself_is_allowed() -> None:
    content = made.bytes_of(made.new_docx("โทร. 0-3600-0000 ต่อ 12 saraban@example.go.th เลขที่ 1 หมู่ 2 ตำบลบ้านสวนพลู"))
    assert kinds(content, "a.docx") == ["phone", "email", "address"]
    own = ("0 3600 0000", "@example.go.th", "๑ ม.๒ ต.บ้านสวนพลู อ.เมืองลพบุรี")
    assert leaks_here(content, "a.docx", allowed=own) == ()
    assert cleaned_here(content, "a.docx", allowed=own).left == ()


# Excel


def sheet_of(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_cells_outside_the_print_and_without_a_look_are_emptied() -> None:
    def fill(book: object, sheet: object) -> None:
        sheet.write("J9", SECRET)  # type: ignore[attr-defined]
        sheet.write("A5", PERSON, book.add_format({"num_format": ";;;"}))  # type: ignore[attr-defined]
        sheet.print_area("A1:C8")  # type: ignore[attr-defined]

    content = made_xlsx.new_xlsx(fill)
    assert sorted(set(kinds(content, "a.xlsx"))) == ["citizen_id", "hidden_text", "outside_print"]
    assert len(sheet_of(clean(content, "a.xlsx"))) == 3


def test_formulas_become_values_when_what_they_reckon_with_goes() -> None:
    content = made_xlsx.xlsx_hidden_sheet()
    copy = cleaned_here(content, "a.xlsx")
    assert sheet_of(copy.content)[3][1] == 17
    assert b"<f>" not in made.unzipped(copy.content)["xl/worksheets/sheet1.xml"]
    assert copy.notes == ("สูตรในสมุดงานถูกแทนด้วยค่าที่แสดงอยู่ เพราะเซลล์ที่ซ่อนถูกลบ",)
    kept = cleaned_here(content, "a.xlsx", mask=["author"])
    assert b"<f>" in made.unzipped(kept.content)["xl/worksheets/sheet1.xml"]


def test_numbers_are_told_by_the_head_of_their_column() -> None:
    def fill(_: object, sheet: object) -> None:
        sheet.write_row(5, 0, ["ชื่อ", "โทรศัพท์", "เลขที่บัญชี", "เลขที่สัญญา"])  # type: ignore[attr-defined]
        sheet.write_row(6, 0, ["ก", 812345678, 1234567890, 6901012345])  # type: ignore[attr-defined]

    content = made_xlsx.new_xlsx(fill)
    assert kinds(content, "a.xlsx") == ["phone", "account"]
    assert sheet_of(clean(content, "a.xlsx"))[6] == ["ก", "xxxxxxxxxx", "xxxxxxxxxx", 6901012345.0]


def test_place_in_a_computer_and_words_without_a_cell_are_taken_out() -> None:
    path = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15">'
        '<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" '
        f'url="C:\\Users\\{PERSON}\\"/></mc:Choice></mc:AlternateContent><bookViews>'
    )
    content = made.replaced(made_xlsx.plain_xlsx(), "xl/workbook.xml", b"<bookViews>", path.encode())
    content = made.replaced(content, "xl/sharedStrings.xml", b"</sst>", f"<si><t>{SECRET}</t></si></sst>".encode())
    assert kinds(content, "a.xlsx") == ["path", "leftover", "citizen_id"]
    assert sheet_of(clean(content, "a.xlsx")) == sheet_of(made_xlsx.plain_xlsx())


# Text


def test_text_keeps_its_encoding_and_its_lines() -> None:
    text = f"ผู้ร้อง\r\nบัตร {SECRET} ครับ\r\n"
    copy: Cleaned = cleaned_here(text.encode("cp874"), "a.txt")
    assert copy.content.decode("cp874") == text.replace(SECRET, "x-xxxx-xxxxx-xx-x")
    assert leaks_here(text.encode(), "a.txt") == (Leak("citizen_id", "บรรทัด 2", SECRET, "x-xxxx-xxxxx-xx-x"),)


def test_table_is_read_cell_by_cell_with_its_heads() -> None:
    text = f'\ufeffชื่อ,เลขบัญชี,โทร,บัตร\r\n"ก, ข",1234567890,0812345678,{BARE}\r\nค,690112345678,,\r\n'
    leaks = leaks_here(text.encode(), "a.csv")
    assert [(leak.kind, leak.where) for leak in leaks] == [
        ("account", "แถว 2 ช่อง 2"),
        ("phone", "แถว 2 ช่อง 3"),
        ("citizen_id", "แถว 2 ช่อง 4"),
        ("account", "แถว 3 ช่อง 2"),
    ]
    copy = cleaned_here(text.encode(), "a.csv").content.decode()
    assert copy == f'\ufeffชื่อ,เลขบัญชี,โทร,บัตร\r\n"ก, ข",{"x" * 10},{"x" * 10},{"x" * 13}\r\nค,{"x" * 12},,\r\n'


def test_long_lists_are_cut_and_it_is_said() -> None:
    leaks = leaks_here("\n".join([f"โทร 081-234-{n:04}" for n in range(2300)]).encode(), "a.txt")
    assert leaks[-1] == Leak("more", "", "300 รายการ")
