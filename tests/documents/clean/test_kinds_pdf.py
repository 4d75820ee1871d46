"""What else a PDF may carry, and how words on its pages are masked where they stand."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from prongsai.documents.build import paragraph
from prongsai.documents.clean import Leak
from prongsai.documents.clean.here import cleaned_here, leaks_here
from prongsai.documents.model import Document, Setup
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf import render
from tests.documents.clean import made, made_pdf, test_leaks
from tests.documents.clean.made import PERSON, SECRET
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


def test_thai_paper_of_our_own_keeps_its_letters_around_the_masks() -> None:
    blocks = (
        paragraph(f"นายสมชาย ใจดี เลขประจำตัวประชาชน {SECRET} โทร. ๐๘๑-๒๓๔-๕๖๗๘ ยื่นคำร้องเมื่อวันที่ ๓ มกราคม ๒๕๖๙"),
        paragraph("ชื่อ สมหญิง 081-234-5678"),
    )
    content = render(Document("a", "pdf", None, "", blocks, (), "คำร้อง", Setup()), Office())
    assert kinds(content, "a.pdf") == ["citizen_id", "phone", "phone"]
    copy = cleaned_here(content, "a.pdf")
    assert (copy.left, copy.notes) == ((), ())
    assert re.sub(r"\s+", " ", text_of_pdf(content)) != re.sub(r"\s+", " ", text_of_pdf(copy.content))
    said = re.sub(r"\s+", "", text_of_pdf(copy.content))
    assert "ยื่นคำร้องเมื่อวันที่๓มกราคม๒๕๖๙" in said
    assert said.count("x") == 13 + 10 + 10
    assert traces(copy.content) == []


def test_words_keep_their_places_whatever_shows_them() -> None:
    def extra(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        shows = (
            f"BT /F1 12 Tf 14 TL 40 200 Td [(Card ) -50 ({SECRET[:6]}) 20 ({SECRET[6:]}) -90 ( end)] TJ ({SECRET} next) ' "
            f'1 0.5 (Card {SECRET} last) " ET q BT /F1 12 Tf 40 120 Td (Tel ) Tj (081-234) Tj (-5678) Tj ( tail) Tj ET Q'
        )
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + shows.encode())

    content = made_pdf.letter_pdf((), extra)
    copy = cleaned_here(content, "a.pdf")
    assert (copy.left, copy.notes) == ((), ())
    for word in ("end", "next", "last", "tail", "Budget 1,250,000.00"):
        assert word in text_of_pdf(copy.content)
    assert traces(copy.content) == []


def form_of(pdf: pikepdf.Pdf, content: bytes, resources: Dictionary) -> pikepdf.Stream:
    form = pdf.make_stream(content)
    form["/Type"], form["/Subtype"], form["/BBox"] = Name.XObject, Name.Form, Array([0, 0, 400, 300])
    form["/Resources"] = resources
    return form


def test_words_in_forms_within_forms_are_masked() -> None:
    def extra(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        fonts = Dictionary(Font=page.Resources.Font)
        inner = form_of(pdf, f"BT /F1 12 Tf 40 100 Td (Card {SECRET} end) Tj ET".encode(), fonts)
        outer = form_of(pdf, b"q 1 0 0 1 10 0 cm /In Do Q", Dictionary(XObject=Dictionary(In=inner)))
        page.Resources.XObject = Dictionary(Out=outer)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n/Out Do")

    content = made_pdf.letter_pdf((), extra)
    copy = cleaned_here(content, "a.pdf")
    assert (copy.left, copy.notes) == ((), ())
    assert "end" in text_of_pdf(copy.content)
    assert traces(copy.content) == []


def scan(pdf: pikepdf.Pdf) -> None:
    """Put a picture under the words of a page, as a scanner with reading does."""
    picture = io.BytesIO()
    Image.effect_noise((200, 150), 90).save(picture, "JPEG", exif=made.exif_with(artist=PERSON))
    stream = pdf.make_stream(picture.getvalue())
    stream["/Type"], stream["/Subtype"], stream["/Filter"] = Name.XObject, Name.Image, Name.DCTDecode
    stream["/Width"], stream["/Height"], stream["/ColorSpace"], stream["/BitsPerComponent"] = (
        200,
        150,
        Name.DeviceGray,
        8,
    )
    pdf.pages[0].Resources.XObject = Dictionary(Scan=stream)
    pdf.pages[0].Contents = pdf.make_stream(b"q 400 0 0 300 0 0 cm /Scan Do Q\n" + pdf.pages[0].Contents.read_bytes())


def test_scanned_page_becomes_a_picture_with_bars_and_it_is_said() -> None:
    content = made_pdf.letter_pdf((f"Card {SECRET}",), scan, state="3 Tr")
    assert kinds(content, "a.pdf") == ["author", "citizen_id"]
    copy = cleaned_here(content, "a.pdf")
    assert copy.notes == ("หน้า 1 ถูกวาดเป็นรูปพร้อมแถบปิด จึงค้นหาข้อความในหน้านั้นไม่ได้",)
    assert (copy.left, text_of_pdf(copy.content), traces(copy.content)) == ((), "", [])
    with pypdfium2.PdfDocument(copy.content) as document:
        picture = document[0].render(scale=1, grayscale=True).to_pil()
    assert picture.size == (400, 300)
    assert picture.crop((74, 142, 150, 148)).getextrema()[1] < 40


def test_words_under_a_bar_are_found_hidden_and_go() -> None:
    def extra(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\nq 0 g 60 140 200 30 re f Q")

    content = made_pdf.letter_pdf((f"Card {SECRET}",), extra)
    assert leaks_here(content, "a.pdf") == (Leak("citizen_id", "หน้า 1", SECRET, "x-xxxx-xxxxx-xx-x", True),)
    assert "x-xx" not in text_of_pdf(clean(content, "a.pdf"))


def test_turned_page_is_masked_where_it_says() -> None:
    def extra(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = 90
        pdf.pages[0].MediaBox = [-20, -10, 400, 300]

    copy = cleaned_here(made_pdf.letter_pdf((f"Card {SECRET} end",), extra), "a.pdf")
    assert (copy.left, copy.notes) == ((), ())
    assert "x-xxxx-xxxxx-xx-x" in text_of_pdf(copy.content)
    with pypdfium2.PdfDocument(copy.content) as document:
        picture = document[0].render(scale=1, grayscale=True).to_pil()
    assert picture.crop((159, 90, 170, 190)).getextrema()[0] < 100


def test_what_acts_or_hides_in_a_pdf_is_taken_out() -> None:
    def extra(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))
        pdf.pages[0].Thumb = pdf.make_stream(b"\x00" * 30)
        pdf.pages[0].PieceInfo = Dictionary(Maker=Dictionary(Private=String(PERSON)))
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"Card {SECRET}", 0))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
        link.A = Dictionary(S=Name.Launch, F=String(f"C:\\Users\\{PERSON}\\a.exe"))
        pdf.pages[0].Annots = Array([link])

    content = made_pdf.letter_pdf((), extra)
    assert sorted(set(kinds(content, "a.pdf"))) == ["citizen_id", "leftover", "path", "script", "thumbnail"]
    copy = clean(content, "a.pdf")
    with pikepdf.open(io.BytesIO(copy)) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].title == "Card x-xxxx-xxxxx-xx-x"
    assert text_of_pdf(copy) == text_of_pdf(content)


def test_stamp_is_drawn_into_its_page_and_its_author_goes() -> None:
    def extra(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        looks = form_of(pdf, b"BT /F1 12 Tf 4 4 Td (True copy) Tj ET", Dictionary(Font=page.Resources.Font))
        looks["/BBox"] = Array([0, 0, 100, 20])
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[200, 10, 300, 30], T=String(PERSON), F=4)
        stamp.AP = Dictionary(N=looks)
        page.Annots = Array([pdf.make_indirect(stamp)])

    content = made_pdf.letter_pdf((), extra)
    assert leaks_here(content, "a.pdf") == (Leak("comment", "หน้า 1", PERSON),)
    assert "True copy" in text_of_pdf(clean(content, "a.pdf"))


@pytest.mark.parametrize("name", ["words.pdf", "comment.docx", "hidden-row.xlsx"])
def test_same_file_gives_the_same_copy(name: str) -> None:
    assert cleaned_here(test_leaks.leaking(name), name) == test_leaks.clean(name)
