"""PDF with a text layer: running text and tables, each with its page. Pages of pictures only are named, not guessed at.

pdfium gives the glyphs, drawn lines and tags; the layout is made here. Nothing in a file is run or followed.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from prongsai.documents.model import Block, Cell, Document, Paragraph, Row, Table
from prongsai.documents.places import Places
from prongsai.documents.read.pdf import problems as say
from prongsai.documents.read.pdf.active import active_content, external_links, read_links
from prongsai.documents.read.pdf.columns import Side, side_by_side
from prongsai.documents.read.pdf.continued import goes_on, joined_pages, stacked
from prongsai.documents.read.pdf.flow import Flowed, Space, cell_lines, flow
from prongsai.documents.read.pdf.lines import Segment, TextLine
from prongsai.documents.read.pdf.margins import Edges, without_margins
from prongsai.documents.read.pdf.page import Page, RawCell, RawRow, RawTable, read_page
from prongsai.documents.read.printed import as_printed
from prongsai.documents.read.refusals import over_limit
from prongsai.errors import Problem
from prongsai.thai.glyphs import mend_sara_am

PAGES_MAX = 2_000
CHARACTERS_MAX = 10_000_000


@dataclass(slots=True)
class _Passage:
    """A paragraph with the number of its page."""

    flowed: Flowed
    page: int


@dataclass(slots=True)
class _Read:
    """What was found so far in a file."""

    pages: list[Page] = field(default_factory=list)
    links: dict[str, int] = field(default_factory=dict)


def read(content: bytes, name: str) -> Document:
    """Read the bytes of a PDF. name: what places in it are called after.

    Raises FileUnusable when it is broken, under a password or without any text; LimitExceeded over PAGES_MAX pages,
    CHARACTERS_MAX characters or the limits of a page.
    """
    document = _opened(content, name)
    try:
        problems = [*active_content(document, content, name)]
        found = _read_pages(document, name)
        title = _title(document)
    finally:
        document.close()
    if not any(page.lines or page.tables for page in found.pages):
        raise say.without_text(name, found.pages)
    problems += [*external_links(found.links, name), *say.about_pages(found.pages, name)]
    lines, left_out = without_margins([_edges(page) for page in found.pages])
    parts, cut = _one_after_another(found.pages, lines)
    blocks = tuple(_blocks(parts, Places(name)))
    problems += say.without_rules(block for block in blocks if isinstance(block, Table))
    blocks, sara_am = _with_sara_am(blocks, name)
    problems += [*say.left_out(left_out, name), *say.rows_joined(cut, name), *sara_am]
    return Document(name, "pdf", None, hashlib.sha256(content).hexdigest(), blocks, tuple(problems), title)


def _title(document: pypdfium2.PdfDocument) -> str:
    try:
        return str(document.get_metadata_value("Title")).strip()
    except UnicodeDecodeError:
        return ""


def _opened(content: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as reason:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(reason).lower():
            raise say.under_password(name) from reason
        raise say.broken(name, f"it is no whole PDF: {reason}") from reason
    if not pages:
        raise say.broken(name, "it has no pages")
    if pages > PAGES_MAX:
        raise over_limit(name, f"มี {pages:,} หน้า", f"{PAGES_MAX:,} หน้า")
    return document


def _read_pages(document: pypdfium2.PdfDocument, name: str) -> _Read:
    """Read page by page; the words of filled forms are made part of their page first."""
    found = _Read()
    has_forms = document.get_formtype() != pdfium.FORMTYPE_NONE
    if has_forms:
        document.init_forms()
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            found.pages.append(Page(index + 1, (0, 0, 0, 0), drawn=True))
            continue
        if has_forms:
            page.flatten()
        found.pages.append(read_page(page, index + 1))
        for address in read_links(document, page):
            found.links.setdefault(address, index + 1)
        page.close()
        characters += found.pages[-1].characters
        if characters > CHARACTERS_MAX:
            raise over_limit(name, f"มีตัวอักษร {characters:,} ตัว", f"{CHARACTERS_MAX:,} ตัว")
    return found


def _edges(page: Page) -> Edges:
    return Edges(page.lines, page.sides[1], page.sides[3], [(table.bottom, table.top) for table in page.tables])


def _one_after_another(
    pages: Sequence[Page], lines: Sequence[list[TextLine]]
) -> tuple[list[_Passage | RawTable], list[RawRow]]:
    """Give the text and tables of all pages in reading order, tables over several pages as one, and the rows joined."""
    runs: list[_Passage | list[RawTable]] = []
    reach = _reach(pages)
    for page, own in zip(pages, lines, strict=True):
        first = True
        for part in _parts(page, own, reach):
            before = runs[-1] if runs and first else None
            first = False
            if isinstance(part, _Passage):
                runs.append(part)
            elif isinstance(before, list) and goes_on(before[-1], part):
                before.append(part)
            else:
                runs.append([part])
    found: list[_Passage | RawTable] = []
    cut: list[RawRow] = []
    for run in runs:
        if isinstance(run, _Passage):
            found.append(run)
            continue
        table, mended = joined_pages(run)
        found.append(table)
        cut += mended
    return found, cut


def _reach(pages: Sequence[Page]) -> dict[int, tuple[float, float]]:
    """Give how far to the left and right text stands, by the width of the page."""
    found: dict[int, tuple[float, float]] = {}
    for page in pages:
        left, _, right, _ = page.sides
        starts = [line.x0 for line in page.lines] + [table.xs[0] for table in page.tables]
        ends = [line.x1 for line in page.lines] + [table.xs[-1] for table in page.tables]
        before = found.get(round(right - left), (page.text_left, page.text_right))
        found[round(right - left)] = (min([before[0], *starts]), max([before[1], *ends]))
    return found


def _parts(page: Page, lines: list[TextLine], reach: dict[int, tuple[float, float]]) -> Iterator[_Passage | RawTable]:
    """Give what stands on a page from top to bottom."""
    left, right = reach[round(page.sides[2] - page.sides[0])]
    space = page.space(left, right)
    waiting = sorted(lines, key=lambda line: -line.y)
    tables = stacked(sorted((table for table in page.tables if table.rows), key=lambda table: -table.top))
    for table in [*tables, None]:
        above = [line for line in waiting if table is None or line.y > table.top]
        waiting = waiting[len(above) :]
        for stretch in side_by_side(above):
            if isinstance(stretch, Side) and not stretch.is_prose:
                yield _unruled(stretch, page.number)
                continue
            for column, reach_of in _columns(stretch, space):
                yield from (_Passage(flowed, page.number) for flowed in flow(column, reach_of))
        if table:
            yield table


def _columns(stretch: list[TextLine] | Side, space: Space) -> Iterator[tuple[list[TextLine], Space]]:
    """Give running text column by column, each with its own width."""
    if not isinstance(stretch, Side):
        yield stretch, space
        return
    for number in range(len(stretch.columns)):
        own = [(line, row[number]) for line, row in zip(stretch.lines, stretch.rows(), strict=True)]
        lines = [replace(line, segments=[segment]) for line, segment in own if segment]
        yield lines, replace(space, left=min(line.x0 for line in lines), right=max(line.x1 for line in lines))


def _unruled(side: Side, page: int) -> RawTable:
    edges = (side.columns[0][0], *(right for _, right in side.columns))
    rows = [RawRow([_plain_cell(segment) for segment in row], page) for row in side.rows()]
    return RawTable(edges, edges, rows, side.lines[0].y, side.lines[-1].y, ruled=False)


def _plain_cell(segment: Segment | None) -> RawCell:
    if segment is None:
        return RawCell()
    return RawCell(cell_lines([Flowed(segment.text, (), [])]), segment.raw)


def _blocks(parts: Sequence[_Passage | RawTable], places: Places) -> Iterator[Block]:
    for part in parts:
        if isinstance(part, RawTable):
            places.page = part.rows[0].page
            where = places.table()
            yield Table(tuple(_row(row, places) for row in part.rows), where, "pdf", part.heads, (), part.ruled)
            places.end_table()
        else:
            places.page = part.page
            if text := as_printed(part.flowed.text):
                yield Paragraph(text, part.flowed.raw, places.paragraph())


def _row(row: RawRow, places: Places) -> Row:
    places.page = row.page
    where = places.row()
    cells = (
        Cell(
            cell.raw,
            cell.lines,
            Places.cell(where, column),
            rows=1 if cell.covered else cell.rows,
            columns=1 if cell.covered else cell.columns,
            covered=cell.covered,
        )
        for column, cell in enumerate(row.cells, 1)
    )
    return Row(tuple(cells), where)


def _with_sara_am(blocks: tuple[Block, ...], name: str) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Tell า from ำ where a file confuses them, and say so."""
    texts: list[str] = []
    for block in blocks:
        texts += [block.text] if isinstance(block, Paragraph) else []
        if isinstance(block, Table):
            texts += [line.text for row in block.rows for cell in row.cells for line in cell.lines]
    mended = mend_sara_am(texts)
    if mended is None:
        return blocks, ()
    new = iter(mended.texts)
    spelt = tuple(_respelt(block, new) for block in blocks)
    return spelt, (say.sara_am(texts, mended, name),)


def _respelt(block: Block, texts: Iterator[str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=next(texts))
    assert isinstance(block, Table)
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, lines=tuple(replace(line, text=next(texts)) for line in cell.lines)) for cell in row.cells
            ),
        )
        for row in block.rows
    )
    return replace(block, rows=rows)
