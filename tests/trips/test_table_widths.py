"""Tables of every kind of paper: no column so narrow that a word of its head is cut."""

from collections.abc import Iterator
from itertools import accumulate
from typing import cast

import pytest

from prongsai.documents.fonts.shipped import load
from prongsai.documents.model import NewPage, Orientation, Table
from prongsai.documents.write.breaks import Breaker
from prongsai.documents.write.fill import Filler
from prongsai.documents.write.pdf.page import PAGES
from prongsai.documents.write.pdf.tables import Printer, table_form
from prongsai.documents.write.text_prep import Prepared
from prongsai.reports.catalogue import TITLES, paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.thai.segmentation import words
from tests.documents.write.docx_parts import parts

FONTS = load(None)
RULED_INSETS, BARE_INSETS = 170, 113  # twips of the width of a column that words cannot use
SMALL_FROM = 6  # columns: the words of such a table are 14 points


def tables(name: str) -> Iterator[tuple[Table, Orientation]]:
    """Give the tables of a sample, each with how its page lies."""
    kind = paper_kind(name)
    document = kind.compose(kind.sample(), USUAL)
    lies = document.setup.orientation
    for block in document.blocks:
        if isinstance(block, NewPage):
            lies = block.orientation
        elif isinstance(block, Table) and block.rows:
            yield block, lies


def head_words(table: Table) -> Iterator[tuple[int, str]]:
    """Give the words of the head, each with its column; those over several columns have room enough."""
    for row in table.rows[: table.heads]:
        for column, cell in enumerate(row.cells):
            if cell.columns == 1 and not cell.covered:
                yield from ((column, word) for line in cell.lines for word in words(line.text))


@pytest.mark.parametrize("name", TITLES)
def test_head_words_of_the_word_file_have_room(name: str) -> None:
    for table, lies in tables(name):
        grid = [int(width) for width in parts(table, orientation=lies).find("//w:gridCol/@w:w")]
        size = 14 if len(grid) >= SMALL_FROM else 16
        inset = RULED_INSETS if table.ruled else BARE_INSETS
        cut = [
            (word, grid[column])
            for column, word in head_words(table)
            if 20 * FONTS.width(word, size, bold=True) + inset > grid[column]
        ]
        assert cut == []


@pytest.mark.parametrize("name", TITLES)
def test_head_words_of_the_pdf_are_whole(name: str) -> None:
    breaker = Breaker(())
    for table, lies in tables(name):
        form = table_form(table, Printer(Prepared(FONTS), Filler(FONTS, breaker), PAGES[lies]))
        assert form is not None
        heads = cast(list[list[dict[str, list[dict[str, list[str | list[str]]]]]]], form["heads"])
        for paragraph in (each for row in heads for cell in row for each in cell["lines"]):
            lines = [line if isinstance(line, str) else line[0] for line in paragraph["lines"]]
            ends = list(accumulate(map(len, lines)))[:-1]
            assert set(ends) <= set(breaker.breaks("".join(lines)).words), lines
