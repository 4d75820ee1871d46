"""The printed words of a paper in small pieces, each with its place: what rules about wording look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.documents.model import Document, Paragraph
from prongsai.errors import Where

_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of running text or a whole cell; is_cell: whether it stands in a table."""

    text: str
    where: Where
    is_cell: bool


def passages(document: Document) -> Iterator[Passage]:
    """Walk the words of a document in printed order, empty cells left out."""
    for block in document.printed:
        if isinstance(block, Paragraph):
            yield Passage(block.text, block.where, False)
            continue
        for row in block.rows:
            for cell in row.cells:
                text = " ".join(line.text for line in cell.lines)
                if text:
                    yield Passage(text, cell.where, True)


def without_tags(raw: str) -> str:
    """Give the words of a cell as printed, tags removed, one space between words."""
    return " ".join(_TAG.sub(" ", raw).split())
