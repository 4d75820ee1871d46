"""Plain text with tables in it: tab rows, pipe rows (markdown) and HTML tables, cells full of scraps of HTML."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from prongsai.documents.model import Block, Cell, Document, Paragraph, Row, Table
from prongsai.documents.read.encoding import decode
from prongsai.documents.read.fragment import read_fragment
from prongsai.documents.read.html_table import Part, html_end, html_parts, read_html_table
from prongsai.documents.read.refusals import over_limit
from prongsai.errors import Where

BYTES_MAX = 50_000_000
COLUMNS_MAX = 200

_OPENS_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_MARKDOWN_TITLE = re.compile(r"^\s{0,3}#{1,6}\s+")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class _Source:
    """A line of the file with its 1-based number and page."""

    text: str
    line: int
    page: int | None


def read_text(content: bytes, name: str) -> Document:
    """Read the bytes of a text file. name: what places in it are called after.

    Raises FileUnusable when it is empty or no text; LimitExceeded over BYTES_MAX bytes or COLUMNS_MAX columns.
    """
    if len(content) > BYTES_MAX:
        raise over_limit(name, f"{len(content):,} ไบต์", f"{BYTES_MAX:,} ไบต์")
    text, encoding, problems = decode(content, name)
    blocks = tuple(_blocks(list(_sources(text)), name))
    return Document(name, "text", encoding, hashlib.sha256(content).hexdigest(), blocks, problems)


def _sources(text: str) -> Iterator[_Source]:
    page = 1 if "\f" in text else None
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if page is not None:
            page += line.count("\f")
        yield _Source(line.replace("\f", ""), number, page)


def _blocks(sources: list[_Source], name: str) -> Iterator[Block]:
    lines = [source.text for source in sources]
    tables = count(1)
    at = 0
    while at < len(sources):
        dialect, end = _extent(lines, at)
        if dialect == "prose":
            yield from _paragraph(sources[at], name)
        elif dialect == "html":
            yield from _html(sources[at:end], name, tables)
        else:
            where = Where(name, sources[at].line, sources[at].page, next(tables))
            yield Table(tuple(_rows(_raw_rows(sources[at:end], dialect), where)), where, dialect)
        at = end


def _extent(lines: list[str], at: int) -> tuple[str, int]:
    """Tell what starts at a line and where it ends."""
    dialect = _dialect(lines[at])
    if dialect == "html":
        return dialect, html_end(lines, at)
    end = at + 1
    while dialect != "prose" and end < len(lines) and _dialect(lines[end]) == dialect:
        end += 1
    lone = dialect == "tab" and end == at + 1 and lines[at].strip("\n").count("\t") < 2
    return ("prose" if lone else dialect), end


def _dialect(line: str) -> str:
    """Tell the dialect of a line; a table inside a cell of another table opens none."""
    stripped = line.strip()
    opened = _OPENS_TABLE.search(stripped)
    if opened and "\t" not in stripped[: opened.start()] and not stripped.startswith("|"):
        return "html"
    if stripped.startswith("|") and len(_PIPE.findall(stripped)) >= 2:
        return "pipe"
    return "tab" if "\t" in line and stripped else "prose"


def _html(sources: list[_Source], name: str, tables: Iterator[int]) -> Iterator[Block]:
    """Read tables and the text beside them, which may share their lines."""
    first = sources[0]
    for part in html_parts("\n".join(source.text for source in sources)):
        if part.is_table:
            where = Where(name, first.line + part.line, first.page, next(tables))
            yield Table(tuple(_rows(_html_rows(part, first), where)), where, "html")
        else:
            for offset, line in enumerate(part.text.split("\n")):
                yield from _paragraph(_Source(line, first.line + part.line + offset, first.page), name)


def _paragraph(source: _Source, name: str) -> Iterator[Paragraph]:
    for line in read_fragment(_MARKDOWN_TITLE.sub("", source.text)):
        if line.text:
            yield Paragraph(line.text, source.text, Where(name, source.line, source.page))


def _rows(raw_rows: Iterable[tuple[list[str], int, int | None]], where: Where) -> Iterator[Row]:
    number = 0
    for raws, line, page in raw_rows:
        if not any(raw.strip() for raw in raws):
            continue
        number += 1
        if len(raws) > COLUMNS_MAX:
            raise over_limit(where.file or "", f"บรรทัด {line} มี {len(raws):,} ช่อง", f"{COLUMNS_MAX} ช่อง")
        place = Where(where.file, line, page, where.table, number)
        yield Row(tuple(_cell(raw, place, column) for column, raw in enumerate(raws, 1)), place)


def _raw_rows(sources: list[_Source], dialect: str) -> Iterator[tuple[list[str], int, int | None]]:
    for source in sources:
        if dialect == "tab":
            yield source.text.split("\t"), source.line, source.page
        elif not _is_separator(source.text):
            inner = source.text.strip().removeprefix("|")
            inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
            yield [raw.replace("\\|", "|") for raw in _PIPE.split(inner)], source.line, source.page


def _html_rows(part: Part, first: _Source) -> Iterator[tuple[list[str], int, int | None]]:
    for row in read_html_table(part.text):
        if row:
            yield [raw for raw, _ in row], first.line + part.line + row[0][1] - 1, first.page


def _is_separator(line: str) -> bool:
    return "--" in line and not line.strip("|-: ")


def _cell(raw: str, where: Where, column: int) -> Cell:
    place = Where(where.file, where.line, where.page, where.table, where.row, column)
    return Cell(raw.strip(), read_fragment(raw), place)
