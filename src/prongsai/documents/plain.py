"""What a reader would find in a composed paper: running text and tables, each with its place.

Recognition works on this, so ``recognise(plain(compose(records)))`` checks a paper without writing a file, and
``read(render(paper))`` of every format is held against it.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from prongsai.documents.build import cell, row
from prongsai.documents.model import (
    Block,
    Document,
    Fields,
    Line,
    Masthead,
    Panel,
    Paragraph,
    Printed,
    Row,
    Sides,
    Signature,
    Signatures,
    Table,
)
from prongsai.documents.places import Places
from prongsai.documents.read.printed import as_printed
from prongsai.errors import Where

NO_PLACE = Where()


def plain(document: Document) -> Document:
    """Give the paper as running text and tables with places, words as a reader normalises them."""
    places = Places(document.file or None)
    blocks = tuple(
        part for block in document.blocks for printed in printed_of(block) for part in _placed(printed, places)
    )
    return replace(document, blocks=blocks)


def printed_of(block: Block) -> Iterator[Printed]:
    """Give what a reader would find of one block: nothing of pictures, separators and new pages."""
    if isinstance(block, Paragraph | Table):
        yield block
    elif isinstance(block, Masthead) and block.title:
        yield _paragraph(block.title)
    elif isinstance(block, Fields):
        yield _paragraph(" ".join(f"{field.label} {field.value}".strip() for field in block.fields))
    elif isinstance(block, Sides):
        yield _side_by_side((block.left, block.right))
    elif isinstance(block, Panel):
        yield from map(_paragraph, (block.title, *block.lines))
    elif isinstance(block, Signatures) and len(block.places) == 1:
        yield from map(_paragraph, signature_lines(block.places[0]))
    elif isinstance(block, Signatures):
        yield _side_by_side(tuple(tuple(signature_lines(place)) for place in block.places))


def signature_lines(place: Signature) -> list[str]:
    """Give the printed lines of a place for a signature, from the heading of the opinion to the date."""
    head = [f"ความเห็น {place.opinion_of}"] if place.opinion_of else []
    signed = " ".join(part for part in (place.label, place.suffix) if part)
    name = f"({place.name})" if place.name else ""
    lines = [*head, *place.opinion, signed, name, *place.position, place.date]
    return [line for line in lines if line]


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text, text, NO_PLACE)


def _side_by_side(columns: tuple[tuple[str, ...], ...]) -> Table:
    """Give columns of lines as a table without rules, a row a line."""
    rows = tuple(row(*(cell(text) for text in texts)) for texts in zip_longest(*columns, fillvalue=""))
    return Table(rows, NO_PLACE, "composed", ruled=False)


def _placed(block: Printed, places: Places) -> Iterator[Printed]:
    if isinstance(block, Table):
        where = places.table()
        yield replace(block, rows=tuple(_placed_row(each, places) for each in block.rows), where=where)
        places.end_table()
        return
    lines = [line for line in block.text.split("\n") if as_printed(line)]
    for number, line in enumerate(lines):
        where = places.next_line() if number else places.paragraph()
        yield replace(block, text=as_printed(line), raw=line, where=where)


def _placed_row(each: Row, places: Places) -> Row:
    where = places.row()
    cells = (
        replace(
            one,
            lines=tuple(_as_printed(line) for line in one.lines if line.text or line.mark),
            where=Places.cell(where, column),
        )
        for column, one in enumerate(each.cells, 1)
    )
    return Row(tuple(cells), where)


def _as_printed(line: Line) -> Line:
    return replace(line, text=as_printed(line.text))
