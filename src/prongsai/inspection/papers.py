"""A document behind a link: what can be read of it, how many of its pages have words, what keeps people from it."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prongsai.documents.model import Document, Paragraph, Table
from prongsai.documents.read import read_content
from prongsai.documents.wire import loads
from prongsai.errors import FileUnusable, LimitExceeded, Problem
from prongsai.inspection import sayings
from prongsai.inspection.charset import is_garbled
from prongsai.inspection.model import Paper

BYTES_MAX = 60_000_000
LARGE_BYTES = 20_000_000
SECONDS_MAX = 60
MEMORY_BYTES_MAX = 2_000_000_000
GARBLED_SHARE_MIN = 0.3  # of the pages
_PICTURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "html": "text/html",
    "text": "text/plain",
}
# What the readers' refusals say, and the code it is here
_REFUSALS = (
    ("under a password", "PAPER_UNDER_PASSWORD"),
    ("pictures of pages", "PAPER_SCANNED"),
    ("is empty", "PAPER_EMPTY"),
    ("holds no page", "PAPER_EMPTY"),
    ("is damaged", "PAPER_BROKEN"),
    ("broken inside", "PAPER_BROKEN"),
    ("not a text file", "PAPER_BROKEN"),
    ("needs the package", "PAPER_NOT_READ"),
    ("format that is not read", "PAPER_OTHER_FORMAT"),
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of reading: the document or the codes of why there is none; numbers of pages are 1-based."""

    document: Document | None
    codes: tuple[str, ...] = ()
    pages: int = 0
    turned: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()
    pictured: tuple[int, ...] = ()


def paper_of(content: bytes, name: str, address: str, media_type: str = "") -> Paper:
    """Read the bytes of a document. Never raises: what is wrong is in its problems.

    media_type: as sent; what the bytes say goes before.
    """
    picture = next((kind for start, kind in _PICTURES if content.startswith(start)), "")
    if not content.strip(b"\x00 \t\r\n"):
        return _without(name, address, media_type, len(content), "PAPER_EMPTY")
    if picture or content.lstrip()[:200].lower().startswith(b"<svg"):
        return _without(name, address, picture or "image/svg+xml", len(content), "PAPER_PICTURE")
    if len(content) > BYTES_MAX:
        return _without(name, address, media_type, len(content), "PAPER_TOO_LARGE")
    found = _read_pdf(content, name) if b"%PDF-" in content[:1024] else _read(content, name)
    document = found.document
    text = "\n".join(_lines(document)) if document else ""
    with_words = {page for page in _pages_with_words(document) if page} if document else set()
    problems = tuple(_problems(found, text, len(with_words), address, len(content)))
    kind = _TYPES.get(document.format, media_type) if document else _guessed(content, media_type)
    return Paper(
        address, name, kind, len(content), document, text, found.pages, len(with_words), problems, found.pictured
    )


def _without(name: str, address: str, media_type: str, size: int, code: str) -> Paper:
    return Paper(address, name, media_type, size, None, "", problems=(sayings.say(code, address),))


def missing(name: str, address: str, problems: tuple[Problem, ...]) -> Paper:
    """Give the paper of a link behind which nothing came. problems: of opening it."""
    return Paper(address, name, "", 0, None, "", problems=(sayings.say("PAPER_MISSING", address), *problems))


def too_large(name: str, address: str, media_type: str, size: int) -> Paper:
    """Give the paper of a link whose bytes were more than is kept."""
    return Paper(address, name, media_type, size, None, "", problems=(sayings.say("PAPER_TOO_LARGE", address),))


def _guessed(content: bytes, media_type: str) -> str:
    return _TYPES["pdf"] if b"%PDF-" in content[:1024] else media_type


def _read(content: bytes, name: str) -> _Read:
    try:
        document = read_content(content, name)
    except FileUnusable as refusal:
        return _Read(None, (_code(type(refusal).__name__, str(refusal)),))
    return _Read(document, () if _has_words(document) else ("PAPER_EMPTY",))


def _read_pdf(content: bytes, name: str) -> _Read:
    call = [sys.executable, "-I", "-X", "utf8", "-m", "prongsai.inspection.paper_child", name, str(MEMORY_BYTES_MAX)]
    try:
        child = subprocess.run(call, input=content, capture_output=True, check=False, timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return _Read(None, ("PAPER_TOO_LARGE",))
    if child.returncode:
        return _Read(None, ("PAPER_TOO_LARGE" if b"MemoryError" in child.stderr else "PAPER_BROKEN",))
    answer: Mapping[str, Any] = json.loads(child.stdout)
    document = loads(json.dumps(answer["document"]).encode("ascii")) if answer["document"] else None
    codes = () if document else (_code(*answer["refusal"][:2]),)
    numbers = {key: tuple(map(int, answer.get(key, ()))) for key in ("turned", "doubtful", "pictured")}
    return _Read(document, codes, int(answer["pages"]), **numbers)


def _code(kind: str, message: str) -> str:
    if kind == LimitExceeded.__name__:
        return "PAPER_TOO_LARGE"
    if kind == "ModuleNotFoundError":
        return "PAPER_NOT_READ"
    return next((code for words, code in _REFUSALS if words in message), "PAPER_BROKEN")


def _has_words(document: Document) -> bool:
    return any(line.strip() for line in _lines(document))


def _lines(document: Document) -> Iterator[str]:
    for block in document.printed:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from ("\t".join("" if cell.covered else cell.text for cell in row.cells) for row in block.rows)


def _pages_with_words(document: Document) -> Iterator[int | None]:
    for block in document.printed:
        if isinstance(block, Table):
            yield from (row.where.page for row in block.rows)
        else:
            yield block.where.page


def _problems(found: _Read, text: str, with_words: int, address: str, size: int) -> Iterator[Problem]:
    yield from (sayings.say(code, address) for code in found.codes)
    if found.turned:
        yield sayings.say("PAPER_TURNED", address, page=found.turned[0], more_th=_pages_th(found.turned))
    elif found.doubtful:
        yield sayings.say("PAPER_MAYBE_TURNED", address, page=found.doubtful[0], more_th=_pages_th(found.doubtful))
    if found.document and (
        _unreadable_pages(found.document) > GARBLED_SHARE_MIN * max(found.pages, 1) or is_garbled(text)
    ):
        yield sayings.say("PAPER_GARBLED", address)
    scanned = (
        [p.where.page or 0 for p in found.document.problems if p.code == "PAGE_WITHOUT_TEXT"] if found.document else []
    )
    if scanned:
        more = f"{_pages_th(scanned)} จาก {found.pages} หน้า"
        yield sayings.say("PAPER_PARTLY_SCANNED", address, page=scanned[0], more_th=more)
    if size > LARGE_BYTES:
        yield sayings.say("PAPER_LARGE", address, more_th=f"{size / 1_000_000:,.0f} MB")


def _unreadable_pages(document: Document) -> int:
    return sum(problem.code == "TEXT_LAYER_UNREADABLE" for problem in document.problems)


def _pages_th(pages: tuple[int, ...] | list[int]) -> str:
    shown = ", ".join(map(str, pages[:5]))
    return f"หน้า {shown}{' …' if len(pages) > 5 else ''}"
