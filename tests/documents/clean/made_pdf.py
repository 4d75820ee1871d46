"""PDF with one leak each."""

import io
from collections.abc import Callable
from functools import lru_cache

import pikepdf
import pypdf
from pikepdf import Array, Dictionary, Name, String

from tests.documents.clean.made import PERSON, SECRET


def letter_pdf(
    lines: tuple[str, ...], extra: Callable[[pikepdf.Pdf], None] | None = None, state: str = "0 g 0 Tr"
) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 300))
    page = pdf.pages[0]
    page.Resources = Dictionary(
        Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    )
    shown = b"\n".join(
        f"BT /F1 12 Tf 40 {260 - 20 * n} Td ({text}) Tj ET".encode()
        for n, text in enumerate(("Notice of the municipality", "Budget 1,250,000.00", "Contract 69011234567"))
    )
    more = b"\n".join(
        f"q {state} BT /F1 12 Tf 40 {150 - 20 * n} Td ({text}) Tj ET Q".encode() for n, text in enumerate(lines)
    )
    page.Contents = pdf.make_stream(shown + b"\n" + more)
    if extra:
        extra(pdf)
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


@lru_cache
def plain_pdf() -> bytes:
    return letter_pdf(())


def pdf_author() -> bytes:
    def extra(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Author"] = PERSON
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:creator"] = [PERSON]

    return letter_pdf((), extra)


def pdf_comment() -> bytes:
    def extra(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=[10, 10, 30, 30], T=String(PERSON), Contents=String(SECRET)
        )
        pdf.pages[0].Annots = Array([pdf.make_indirect(note)])

    return letter_pdf((), extra)


def pdf_attachment() -> bytes:
    def extra(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["list.txt"] = f"{PERSON} {SECRET}".encode()

    return letter_pdf((), extra)


def pdf_history() -> bytes:
    first = letter_pdf((f"Card {SECRET}",))
    writer = pypdf.PdfWriter(io.BytesIO(first), incremental=True)
    stream = pypdf.generic.DecodedStreamObject()
    with pikepdf.open(io.BytesIO(plain_pdf())) as after:
        stream.set_data(after.pages[0].Contents.read_bytes())
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdf_field() -> bytes:
    def extra(pdf: pikepdf.Pdf) -> None:
        looks = pdf.make_stream(b"/Tx BMC EMC")
        looks["/Type"], looks["/Subtype"], looks["/BBox"] = Name.XObject, Name.Form, Array([0, 0, 100, 20])
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("card"), V=String(SECRET), F=4,
                Rect=[10, 10, 110, 30], AP=Dictionary(N=looks),
            )
        )  # fmt: skip
        pdf.pages[0].Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    return letter_pdf((), extra)


def pdf_layer() -> bytes:
    def extra(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        page = pdf.pages[0]
        page.Resources.Properties = Dictionary(L1=layer)
        hidden = f"/OC /L1 BDC BT /F1 12 Tf 40 100 Td ({SECRET}) Tj ET EMC".encode()
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + hidden)

    return letter_pdf((), extra)


def pdf_white() -> bytes:
    return letter_pdf((f"Card {SECRET}",), state="1 g")


def pdf_words() -> bytes:
    return letter_pdf((f"Card {SECRET} of the plaintiff", "Tel 081-234-5678"))
