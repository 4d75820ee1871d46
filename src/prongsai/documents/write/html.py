"""HTML out: one page that needs nothing else, on a screen, a phone or paper; no script, nothing fetched."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import zip_longest

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from prongsai.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Kind,
    NewPage,
    Orientation,
    Paragraph,
    Signature,
    Style,
    Table,
)
from prongsai.documents.plain import signature_lines
from prongsai.documents.write.office import Office
from prongsai.documents.write.scraps import Tags, printable, scrap

WIDE_COLUMNS_MIN = 5
_SIGNS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
_PLACEHOLDER = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><circle cx="30" cy="30" r="28" fill="none" '
    b'stroke="#777" stroke-width="1.5" stroke-dasharray="4 3"/><circle cx="30" cy="30" r="20" fill="none" '
    b'stroke="#777" stroke-width="1"/></svg>'
)


def _box(ticked: bool, words: str) -> str:
    name = "" if words else ' aria-label="ช่องทำเครื่องหมาย"'
    return f'<label><input type="checkbox" disabled{" checked" if ticked else ""}{name}> {words}</label>'


_TAGS = Tags(lambda text: escape(text, quote=False), _box, '<li class="unmarked">{}</li>')


def render(document: Document, office: Office) -> bytes:
    """Give a document as one self-contained page in UTF-8."""
    emblem = office.emblem or _PLACEHOLDER
    page = (
        _environment()
        .get_template("page.html")
        .render(
            language=document.setup.language,
            title=printable(document.title) or printable(document.file) or "เอกสาร",
            setup=document.setup,
            css=Markup(files(__package__).joinpath("templates/page.css").read_text(encoding="utf-8")),
            margins=Markup(_margins(document)),
            sections=list(_sections(document)),
            emblem=_address(emblem, _media_type(emblem)),
            has_emblem=office.emblem is not None,
        )
    )
    return page.encode("utf-8", "replace")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("prongsai.documents.write"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["printable"] = printable
    environment.filters["lines"] = _lines
    environment.filters["signature"] = _signature
    environment.filters["opinion_apart"] = _opinion_apart
    environment.tests["of"] = lambda block, name: type(block).__name__ == name
    environment.globals.update(grid=_grid, beside=_beside, address=_address)
    return environment


def _lines(text: str) -> list[str]:
    """Part a paragraph at its line breaks."""
    return [line for line in map(printable, text.split("\n")) if line]


def _signature(place: Signature) -> list[Markup]:
    """Give the lines of a place for a signature, a dotted line where the pen goes."""
    signed = " ".join(part for part in (place.label, place.suffix) if part)
    pen = signed or (f"({place.name})" if place.name else "")
    before, after = (place.label, place.suffix) if signed else ("", Markup("<br>{}").format(pen))
    dotted = Markup('{} <span class="dots"></span> {}').format(before, after)
    return [dotted if line == pen else Markup.escape(printable(line)) for line in signature_lines(place)]


def _opinion_apart(place: Signature) -> tuple[list[Markup], list[Markup]]:
    """Give the lines of an opinion, then those of who signed it."""
    lines = _signature(place)
    said = sum(map(bool, (place.opinion_of, *place.opinion)))
    return lines[:said], lines[said:]


# Pages


@dataclass(slots=True)
class Section:
    """Pages that lie the same way."""

    is_landscape: bool
    is_centred: bool
    blocks: list[Block] = field(default_factory=list)
    main_title: Block | None = None


def _sections(document: Document) -> Iterator[Section]:
    setup = document.setup
    section = Section(setup.orientation is Orientation.LANDSCAPE, setup.cover)
    section.main_title = next((block for block in document.blocks if _is_title(block)), None)
    for block in document.blocks:
        if isinstance(block, NewPage):
            if section.blocks:
                yield section
            section = Section(block.orientation is Orientation.LANDSCAPE, block.centred, [], section.main_title)
        else:
            section.blocks.append(block)
    yield section


def _is_title(block: Block) -> bool:
    """Whether a block may be the one main heading of the page."""
    if isinstance(block, Paragraph):
        return block.style in (Style.TITLE, Style.COVER)
    return bool(getattr(block, "title", ""))


def _margins(document: Document) -> str:
    """Give what stands in the margins of printed pages: number, secrecy and the small line at the foot."""
    setup = document.setup
    counter = "counter(page, thai)" if setup.thai_digits else "counter(page)"
    secrecy = _css_string(printable(setup.secrecy))
    number = f'"- " {counter} " -"'
    foot = f"@bottom-right{{content:{_css_string(printable(setup.mark))};font-size:12pt}}" if setup.mark else ""
    if not setup.secrecy:
        return f"@page{{@top-center{{content:{number}}}{foot}}}@page:first{{@top-center{{content:none}}}}"
    red = f"content:{secrecy};color:#c00;font-size:20pt;font-weight:bold"
    return (
        f"@page{{@top-center{{{red}}}@bottom-center{{{red}}}@top-right{{content:{number}}}{foot}}}"
        "@page:first{@top-right{content:none}}"
    )


def _css_string(text: str) -> str:
    """Give a text as a string of CSS that cannot end the string, the rule or the tag around it."""
    letters = (
        letter if letter.isalnum() or "\u0e00" <= letter <= "\u0e7f" else f"\\{ord(letter):x} " for letter in text
    )
    return f'"{"".join(letters)}"'


# Pictures


def _address(content: bytes, media_type: str) -> str:
    """Give a picture as an address that holds it; a script inside an SVG is dead there."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def _media_type(content: bytes) -> str:
    return next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), "image/svg+xml")


# Tables


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as it is drawn."""

    tag: str
    html: Markup
    attributes: Markup


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table as it is drawn. widths: per cent of each column."""

    heads: list[list[Box]]
    rows: list[list[Box]]
    widths: list[str]
    is_wide: bool
    is_ruled: bool
    name: str
    columns: int


def _grid(table: Table) -> Drawn:
    columns = max((len(row.cells) for row in table.rows), default=0)
    drawn = list(_drawn_rows(table))
    return Drawn(
        drawn[: table.heads],
        drawn[table.heads :],
        _widths(table.columns),
        columns >= WIDE_COLUMNS_MIN,
        table.ruled,
        printable(table.name),
        columns,
    )


def _widths(columns: Sequence[Column]) -> list[str]:
    whole = sum(column.width for column in columns)
    return [f"{100 * column.width / whole:.2f}%" for column in columns] if whole > 0 else []


def _drawn_rows(table: Table) -> Iterator[list[Box]]:
    """Give the cells that are drawn: not those that a merged one before them covers."""
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(table.rows):
        is_head = at < table.heads
        rows_left = (table.heads if is_head else len(table.rows)) - at
        boxes: list[Box] = []
        for place, cell in enumerate(row.cells):
            if cell.covered and (at, place) in taken:
                continue
            rows, columns = _extent(table, at, place, cell, rows_left)
            taken |= {(at + down, place + right) for down in range(rows) for right in range(columns)}
            boxes.append(_drawn(cell, table.columns, place, (rows, columns), is_head=is_head))
        yield boxes


def _extent(table: Table, at: int, place: int, cell: Cell, rows_left: int) -> tuple[int, int]:
    """Give over how many rows and columns a cell really is merged: only over places that say so."""
    columns = 1
    cells = table.rows[at].cells
    while columns < cell.columns and place + columns < len(cells) and cells[place + columns].covered:
        columns += 1
    rows = 1
    while rows < min(cell.rows, rows_left) and _is_covered(
        table.rows[at + rows].cells[place : place + columns], columns
    ):
        rows += 1
    return rows, columns


def _is_covered(cells: Sequence[Cell], columns: int) -> bool:
    return len(cells) == columns and all(cell.covered for cell in cells)


def _drawn(cell: Cell, columns: Sequence[Column], place: int, extent: tuple[int, int], *, is_head: bool) -> Box:
    rows, wide = extent
    said = [f'rowspan="{rows}"'] if rows > 1 else []
    said += [f'colspan="{wide}"'] if wide > 1 else []
    if is_head:
        said.append(f'scope="{"colgroup" if wide > 1 else "col"}"')
    elif wide == 1 and place < len(columns) and (align := _align(columns[place])) is not Align.LEFT:
        said.append(f'class="{align.value}"')
    return Box("th" if is_head else "td", Markup(scrap(cell, _TAGS)), Markup("".join(f" {each}" for each in said)))


def _align(column: Column) -> Align:
    """Give where the words of a column stand: figures at the right unless it says otherwise."""
    is_figure = column.kind in (Kind.NUMBER, Kind.MONEY)
    return Align.RIGHT if is_figure and column.align is Align.LEFT else column.align


def _beside(columns: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """Give columns of lines as rows."""
    return list(zip_longest(*columns, fillvalue=""))
