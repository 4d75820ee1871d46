"""PDF by Typst: the only door to it. docs/decisions/0005-pdf-by-typst.md says why.

Fonts are embedded, text comes back letter for letter from other programs, the paper has an outline and tags. PDF/A-2a
and PDF/UA-1 are declared; conformance is not claimed, since no validator was run.
"""

import json
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import typst

from prongsai.documents.fonts.shipped import Fonts, load
from prongsai.documents.model import Document, Paragraph, Picture
from prongsai.documents.write.breaks import Breaker
from prongsai.documents.write.fill import Filler
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf.blocks import Setter, picture_content
from prongsai.documents.write.text_prep import Prepared, missing
from prongsai.errors import FileUnusable, Problem

_STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
_HERE = Path(__file__).parent / "typst"
_NO_TITLE = "เอกสาร"


def render(document: Document, office: Office) -> bytes:
    """Give the PDF of a paper. What the font cannot print is shown as U+FFFD.

    Raises FileUnusable for an emblem, picture or font folder that cannot be used.
    """
    fonts = load(office.fonts)
    prepared = prepared_for(fonts.folder)
    filler = Filler(fonts, Breaker(map(prepared.text, document.setup.names)))
    paper = _paper(document, office, fonts, prepared, filler)
    has_pictures = any(isinstance(each, Picture) for each in document.blocks)
    return compiled("paper.typ", json.dumps(paper), fonts, has_pictures=has_pictures)


def problems(document: Document, office: Office) -> tuple[Problem, ...]:
    """Give a Problem (GLYPH_MISSING) with its place for everything in a paper that the font cannot print."""
    return missing(document, prepared_for(load(office.fonts).folder))


def render_apart(document: Document, office: Office) -> bytes:
    """Give the PDF of a paper, made in a process that ends: Typst keeps memory that only its end gives back.

    For services that go on; a paper of 500 dense pages takes 0.75 GB while it is made. Raises as ``render``.
    """
    return render_all_apart([document], office)[0]


def render_all_apart(documents: Sequence[Document], office: Office) -> list[bytes]:
    """Give the PDF of each paper, all made in one process that ends. Raises as ``render``.

    Papers go there and come back through pipes: nothing is put down in any file, and what Typst remembers of them ends
    with the process.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return [_taken(made) for made in pool.map(_made_or_refused, documents, repeat(office))]


def _taken(made: bytes | tuple[str, str, str]) -> bytes:
    if isinstance(made, bytes):
        return made
    said, message_th, mend_th = made
    raise FileUnusable(said, message_th=message_th, mend_th=mend_th)


def _made_or_refused(document: Document, office: Office) -> bytes | tuple[str, str, str]:
    """Run in the other process; its exceptions are told in words, which come through whole."""
    try:
        return render(document, office)
    except FileUnusable as refused:
        return str(refused), refused.message_th, refused.mend_th


@lru_cache(maxsize=4)
def prepared_for(folder: Path) -> Prepared:
    """Give what prepares texts for the fonts of a folder."""
    return Prepared(load(folder))


@lru_cache(maxsize=4)
def _book(folder: Path) -> typst.Fonts:
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    if load(folder).family in book.families():
        return book
    raise FileUnusable(f"no font files in {folder}", message_th=f"ไม่พบไฟล์แบบอักษรในโฟลเดอร์ {folder}")


def _paper(document: Document, office: Office, fonts: Fonts, prepared: Prepared, filler: Filler) -> dict[str, object]:
    setup = document.setup
    emblem = office.emblem or (_HERE / "emblem.svg").read_bytes()
    return {
        "title": _title(document, prepared),
        "family": fonts.family,
        "language": setup.language,
        "thai-digits": setup.thai_digits,
        "secrecy": prepared.text(setup.secrecy),
        "mark": prepared.text(setup.mark),
        "running": prepared.text(setup.running),
        "watermark": [prepared.text(line) for line in setup.watermark],
        "emblem": picture_content(emblem, prepared),
        "emblem-says": "ตราของหน่วยงาน" if office.emblem else "ที่สำหรับตราของหน่วยงาน",
        "sections": Setter(document, prepared, filler).sections(),
    }


def _title(document: Document, prepared: Prepared) -> str:
    said = (block.text for block in document.blocks if isinstance(block, Paragraph))
    titles = (prepared.text(text) for text in (document.title, *said))
    return next((title for title in titles if title), _NO_TITLE)


def compiled(template: str, paper: str, fonts: Fonts, *, has_pictures: bool = False) -> bytes:
    """Give the PDF that a template of this folder makes of its data. Raises FileUnusable."""
    try:
        content = typst.compile(
            _HERE / template,
            root=_HERE,
            font_paths=_book(fonts.folder),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"paper": paper},
            pdf_standards=_STANDARDS,
            timestamp=int(os.environ.get("SOURCE_DATE_EPOCH", time.time())),
        )
    except typst.TypstError as refused:
        raise _refused(refused, has_pictures=has_pictures) from refused
    if not isinstance(content, bytes):
        raise FileUnusable("no PDF came out", message_th="สร้าง PDF ไม่สำเร็จ")
    return content


def _refused(error: typst.TypstError, *, has_pictures: bool) -> FileUnusable:
    """Say which picture cannot be used; anything else is a fault of the template and is named as it came."""
    if any(word in error.message for word in ("image", "SVG", "decode")):
        which = "ภาพในเอกสารหรือตราของหน่วยงาน" if has_pictures else "ตราของหน่วยงาน"
        return FileUnusable(
            f"a picture of the paper cannot be used: {error.message}",
            message_th=f"{which}เปิดไม่ได้",
            mend_th="ใช้ไฟล์ PNG JPEG หรือ SVG ที่เปิดดูได้",
        )
    return FileUnusable(f"no PDF could be made: {error.message}", message_th=f"สร้าง PDF ไม่สำเร็จ: {error.message}")
