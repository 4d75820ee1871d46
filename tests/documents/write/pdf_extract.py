"""What four independent programs read out of a PDF, pages without their running heads."""

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
from pypdf import PdfReader

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, Setup, Style

PORTRAIT = Setup()


def paper(*blocks: Block, title: str = "ทดสอบ", setup: Setup = PORTRAIT) -> Document:
    return Document("", "composed", None, "", blocks, title=title, setup=setup)


def paragraphs(texts: list[str], style: Style = Style.BODY) -> Document:
    return paper(*(paragraph(text, style) for text in texts))


def by_pypdf(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def by_pdfium(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pypdfium2.PdfDocument(content)]


def by_pdfplumber(content: bytes) -> list[str]:
    """Give the characters in the order of the file; a space is put where a running head ends."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        return [_in_lines(page.chars) for page in document.pages]


def _in_lines(chars: list[dict[str, object]]) -> str:
    """Break at each new height."""
    text, height = "", None
    for char in chars:
        text += ("" if height in (None, char["matrix"][5]) else "\n") + str(char["text"])  # type: ignore[index]
        height = char["matrix"][5]  # type: ignore[index]
    return text


def by_poppler(content: bytes) -> list[str]:
    """Run pdftotext -raw, which is on the machine of ``make prove`` only."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True, timeout=300)
    return done.stdout.decode("utf-8").split("\f")[:-1]


EXTRACTORS: dict[str, Callable[[bytes], list[str]]] = {
    "pypdf": by_pypdf,
    "pdfium": by_pdfium,
    "pdfplumber": by_pdfplumber,
    "pdftotext -raw": by_poppler,
}


def lines(pages: list[str]) -> list[str]:
    """Give the printed lines without the page numbers at their heads, ends of lines as the program gives them."""
    found = [line for page in pages for line in page.split("\n")]
    numbers = iter(range(2, len(pages) + 2))
    number = next(numbers)
    kept = []
    for line in found:
        if line.strip() == f"- {_thai(number)} -":
            number = next(numbers)
        else:
            kept.append(line)
    return kept


def _thai(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


def squeezed(pages: list[str]) -> str:
    """Give all letters without white space and page numbers."""
    return re.sub(r"\s", "", "".join(lines(pages)))


def sample_texts(path: Path) -> list[str]:
    """Give the lines of a text file as paragraphs, tags and tabs as spaces."""
    said = re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8"))
    return [text for line in said.split("\n") if (text := " ".join(line.split()))]
