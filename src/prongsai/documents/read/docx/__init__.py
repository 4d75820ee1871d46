"""Word files (.docx, .docm, .dotx), read from their XML so that nothing is missed.

What is printed is read: text, tables, lists with the numbers that Word prints, boxes, text boxes, footnotes (at the
end). What is in the file and not on the paper, or on the paper and not in the text, is a Problem. Words of page headers
and footers are such a Problem (``HEADER_TEXT``) and no part of the text, where they would part tables from what they
go on with; only when the body has no words at all they are the text.
"""

import hashlib
import re
from collections.abc import Iterator

from prongsai.documents.model import Document, Paragraph, Printed
from prongsai.documents.places import Places
from prongsai.documents.read.archive import open_archive
from prongsai.documents.read.docx.body import Body, Sources
from prongsai.documents.read.docx.notices import Notices
from prongsai.documents.read.docx.numbering import Numbering
from prongsai.documents.read.docx.package import Element, Package, R, W, body_of, value
from prongsai.documents.read.docx.styles import Styles
from prongsai.documents.read.docx.words import deleted_words
from prongsai.documents.read.refusals import empty
from prongsai.errors import Where

_PAGE_NUMBER = re.compile(r"(?:[\s0-9๐-๙\-–—/().|]|หน้า|ที่|จาก|ของ|page|of)*", re.IGNORECASE)
_MACROS = ("vbaproject.bin", "vbadata.xml")


def read(content: bytes, name: str) -> Document:
    """Read the bytes of a Word file. name: what places in it are called after.

    Raises FileUnusable when it is damaged, empty, under a password or of an older format; LimitExceeded when it is over
    a limit of ``archive`` or ``docx_body``, or a table has more than COLUMNS_MAX columns.
    """
    package = Package(open_archive(content, name))
    body = body_of(package)
    notices = Notices()
    places = Places(name)
    places.page = 1 if next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None else None
    styles = Styles(package.by_kind("styles"))
    comments = dict(_comments(package.by_kind("comments")))
    sources = Sources(styles, Numbering(package.by_kind("numbering"), styles), comments)
    reader = Body(name, sources, places, notices)
    blocks = tuple(reader.blocks(body))
    blocks += tuple(_footnotes(reader, package))
    for unplaced in (words for number, words in comments.items() if number not in reader.commented):
        notices.add("COMMENT", (unplaced,), Where(name))
    headers = list(_headers(package, body, sources, notices))
    if blocks:
        _tell_headers(headers, name, notices)
    else:
        blocks = tuple(block for header in headers for block in header)
    _tell_parts(package, notices)
    problems = notices.problems()
    if not blocks and not problems:
        raise empty(name)
    return Document(name, "docx", None, hashlib.sha256(content).hexdigest(), blocks, problems)


def _comments(root: Element | None) -> Iterator[tuple[str, str]]:
    """Give id and words of every comment."""
    for comment in root.iterfind(f"{W}comment") if root is not None else ():
        yield value(comment, "id"), " ".join(deleted_words(paragraph) for paragraph in comment.iter(f"{W}p"))


def _footnotes(reader: Body, package: Package) -> Iterator[Printed]:
    """Read the footnotes and endnotes that the text refers to, in that order, each once."""
    parts = {kind: package.by_kind(f"{kind}s") for kind in ("footnote", "endnote")}
    notes = {
        (f"{kind}Reference", value(note, "id")): note
        for kind, root in parts.items()
        if root is not None
        for note in root.iterfind(W + kind)
    }
    for reference in reader.footnotes:  # one may refer to another, which then comes after it
        if (note := notes.pop(reference, None)) is not None:
            yield from reader.blocks(note)


def _headers(package: Package, body: Element, sources: Sources, notices: Notices) -> Iterator[tuple[Printed, ...]]:
    """Read the page headers and footers that are printed, each once; what is noticed in one has no closer place."""
    name = package.archive.file
    references = body.iter(f"{W}headerReference", f"{W}footerReference")
    for relation in dict.fromkeys(reference.get(f"{R}id") for reference in references):
        root = package.by_id(relation)
        if root is None:
            continue
        noticed = Notices()
        yield tuple(Body(name, sources, Places(name), noticed).blocks(root))
        for problem in noticed.problems():
            notices.add(problem.code, problem.evidence, Where(name))


def _tell_headers(headers: list[tuple[Printed, ...]], name: str, notices: Notices) -> None:
    """Note the words of headers and footers, the same ones once, without those that only number the pages."""
    printed = ([text for block in blocks for text in _texts(block)] for blocks in headers)
    told = (tuple(line for line in lines if not _PAGE_NUMBER.fullmatch(line)) for lines in printed)
    for words in filter(None, dict.fromkeys(told)):
        notices.add("HEADER_TEXT", words, Where(name))


def _texts(block: Printed) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    else:
        yield from (cell.text for row in block.rows for cell in row.cells if not cell.covered and cell.text)


def _tell_parts(package: Package, notices: Notices) -> None:
    """Note macros and what the file reaches for outside of itself."""
    where = Where(package.archive.file)
    macros = [part for part in package.archive.names if part.lower().endswith(_MACROS)]
    if macros:
        notices.add("MACRO_IGNORED", macros[:1], where)
    outside = {(relation.kind == "hyperlink", relation.target) for relation in package.external()}
    for is_link, target in sorted(outside):
        notices.add("EXTERNAL_LINK" if is_link else "EXTERNAL_CONTENT", (target,), where)
