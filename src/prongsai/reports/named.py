"""The names that a paper holds: no printed line may cut an agency, a place or a person."""

from collections.abc import Iterator
from dataclasses import replace

from prongsai.documents.model import Document, Paragraph
from prongsai.documents.plain import plain
from prongsai.thai.agencies import find_agencies
from prongsai.thai.names import split_people


def with_names(document: Document) -> Document:
    """Give a paper that knows every agency and person it names, beside the names it knew."""
    known = (name.strip(" ()") for name in (*document.setup.names, *_names(document)))
    names = tuple(dict.fromkeys(name for name in known if name))
    return replace(document, setup=replace(document.setup, names=names))


def _names(document: Document) -> Iterator[str]:
    for text in dict.fromkeys(_texts(document)):
        for agency in find_agencies(text):
            yield from (agency.printed, agency.name)
        for person in split_people(text):
            yield from (person.name.raw, person.name.given, person.name.surname)


def _texts(document: Document) -> Iterator[str]:
    for block in plain(document).printed:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (line.text for row in block.rows for cell in row.cells for line in cell.lines)
