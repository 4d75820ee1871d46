"""A page as its reader sees it: its visible words in paragraphs and tables, and what hangs on it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree

from prongsai.documents.model import Block, Document, Paragraph, Style
from prongsai.documents.read import html as reader
from prongsai.errors import FileUnusable, Problem
from prongsai.inspection import charset, markup, sayings, source
from prongsai.inspection.model import WebPage
from prongsai.thai.text import fold

BYTES_MAX = 8_000_000
WORDS_MIN = 30  # letters: with fewer a script may have to fill the page
EMPTY_MAX = 15  # letters: with fewer there is nothing
_APPLICATION = re.compile(
    r"ng-app|data-reactroot|__next|__nuxt|data-server-rendered|id=[\"'](?:root|app|__next)[\"']", re.IGNORECASE
)
_THAI = re.compile("[ก-๛]")


def page_of(content: bytes, address: str, headers: Mapping[str, str] | None = None) -> WebPage:
    """Read the bytes of a page. headers: lower-case names. Never raises: what is wrong is in its problems."""
    found = charset.decoded(content[:BYTES_MAX], headers)
    text = found.text.replace("\x00", "")
    shown = source.shortened(text)
    is_cut = len(content) > BYTES_MAX or len(shown) < len(text)
    root = markup.parsed(shown) if shown.strip() else None
    if root is None:
        return _nothing(address)
    try:
        parts = markup.taken_apart(root, address)
        document = _document(parts, address)
    except (FileUnusable, RecursionError):
        return _nothing(address)
    text = "\n".join(_lines(document))
    page = WebPage(
        address,
        parts.title,
        parts.language,
        document,
        text,
        tuple(parts.links),
        tuple(parts.pictures),
        tuple(parts.frames),
        tuple(parts.fields),
        parts.around,
        tuple(parts.menu),
    )
    problems = _problems(
        page, found, is_cut=is_cut or parts.is_cut, needs_script=_needs_script(found.text, text, parts.scripts)
    )
    return replace(page, problems=tuple(problems))


def _nothing(address: str) -> WebPage:
    document = Document(address, "html", None, "", ())
    return WebPage(address, "", "", document, "", problems=(sayings.say("PAGE_EMPTY", address),))


def _document(parts: markup.Parts, address: str) -> Document:
    """Give the content of a page as the house reads HTML, its headings marked."""
    path = urlsplit(address).path
    name = PurePosixPath(unquote(path)).name or "index.html"
    content = etree.tostring(parts.root, encoding="unicode", method="html").encode("utf-8", "replace")
    try:
        document = reader.read(b'<!doctype html><meta charset="utf-8">' + content, name)
    except FileUnusable:
        return Document(name, "html", None, "", ())
    heads = {fold(head) for head in parts.heads}
    blocks = tuple(_as_head(block) if _is_head(block, heads) else block for block in document.blocks)
    return replace(document, blocks=blocks)


def _is_head(block: Block, heads: set[str]) -> bool:
    return isinstance(block, Paragraph) and fold(block.text) in heads


def _as_head(block: Block) -> Block:
    assert isinstance(block, Paragraph)
    return replace(block, style=Style.HEADING)


def _lines(document: Document) -> Iterator[str]:
    for block in document.printed:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from ("\t".join("" if cell.covered else cell.text for cell in row.cells) for row in block.rows)


def _needs_script(source: str, text: str, scripts: int) -> bool:
    """Whether the page is an empty frame that a script would fill."""
    return scripts > 0 and len(text.strip()) < WORDS_MIN and (_APPLICATION.search(source) is not None or scripts >= 3)


def _problems(page: WebPage, found: charset.Decoded, *, is_cut: bool, needs_script: bool) -> Iterator[Problem]:
    visible = f"{page.text} {page.around}"
    if found.is_shown_garbled or charset.is_garbled(f"{page.title} {visible}"):
        yield sayings.say("PAGE_GARBLED", page.address, evidence=(found.said or found.encoding,))
    elif not found.said and _THAI.search(visible):
        yield sayings.say("PAGE_CHARSET_MISSING", page.address, evidence=(found.encoding,))
    if needs_script:
        yield sayings.say("PAGE_NEEDS_SCRIPT", page.address)
    elif len(page.text.strip()) < EMPTY_MAX and not (page.links or page.pictures or page.frames or page.fields):
        yield sayings.say("PAGE_EMPTY", page.address)
    if is_cut:
        yield sayings.say("PAGE_CUT", page.address)
    if not page.language:
        yield sayings.say("PAGE_LANGUAGE_MISSING", page.address)
    if any(problem.code == "HIDDEN_TEXT" for problem in page.document.problems):
        yield sayings.say("PAGE_HIDDEN_TEXT", page.address)
