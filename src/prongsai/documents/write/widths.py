"""How wide the columns of a table are: shared out as asked, none below its longest word. All measures are points."""

from collections.abc import Sequence

from prongsai.documents.model import Cell, Table
from prongsai.documents.write.fill import Filler

Texts = Sequence[Sequence[Sequence[str]]]  # of each row and cell, as printed; ``\n`` where a line broke


def narrowest(table: Table, texts: Texts, least: Sequence[float], size: float, filler: Filler) -> list[float]:
    """Give the width of each column below which a word would be cut. least: of each column, the insets of a cell.

    A cell over several columns is left out: it has room in all of them.
    """
    narrow = [inset + size for inset in least]
    for number, (row, cells) in enumerate(zip(table.rows, texts, strict=False)):
        for column, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
            if cell.columns == 1:
                pieces = (piece for text in lines for piece in text.split("\n"))
                wide = max((filler.narrowest(piece, size, bold=number < table.heads) for piece in pieces), default=0.0)
                narrow[column] = max(narrow[column], wide + least[column])
    return narrow


def is_section(cells: Sequence[Cell], count: int) -> bool:
    """Say whether a row is one cell over all columns of several: the name of the rows below it."""
    return 1 < count <= len(cells) == cells[0].columns and cells[0].rows == 1 and not cells[0].covered


def shared(shares: Sequence[float], narrow: Sequence[float], total: float) -> list[float]:
    """Share a width out in proportion, none below its longest word; by the longest words when not even they fit."""
    if sum(narrow) >= total:
        return [total * each / sum(narrow) for each in narrow]
    whole = sum(shares) or 1.0
    return _raised([total * share / whole for share in shares], narrow)


def _raised(wanted: Sequence[float], narrow: Sequence[float]) -> list[float]:
    """Raise the columns that are too narrow and take it from the others in proportion to what they can spare."""
    lacking = sum(max(least - want, 0) for want, least in zip(wanted, narrow, strict=True))
    spare = sum(max(want - least, 0) for want, least in zip(wanted, narrow, strict=True)) or 1.0
    return [
        least if want <= least else want - lacking * (want - least) / spare
        for want, least in zip(wanted, narrow, strict=True)
    ]
