"""Text as a PDF can hold it: one spelling for one look, nothing that the font has no glyph for.

One odd spelling would name its glyph wrong in the whole file for some readers, so nothing passes unchecked.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from prongsai.documents.fonts.clusters import CLUSTER, MARKS, TAILS
from prongsai.documents.fonts.shipped import Fonts
from prongsai.documents.model import Document, Paragraph
from prongsai.documents.plain import plain
from prongsai.errors import Problem, Severity, Where
from prongsai.thai.text import normalise

UNKNOWN = "\N{REPLACEMENT CHARACTER}"


class Prepared:
    """Prepares texts for a family of fonts."""

    def __init__(self, fonts: Fonts) -> None:
        letters = "".join(map(re.escape, sorted(fonts.letters)))
        tails = "|".join(sorted(TAILS, key=len, reverse=True))
        self._known = re.compile(f"(?:[ก-ฮ](?:{tails})|[{letters}])*+")
        self._letters = fonts.letters
        self._settled = lru_cache(maxsize=16384)(self._settle)

    def text(self, text: str) -> str:
        """Give the text to print: single spaces, each character that cannot be printed shown as U+FFFD."""
        return self._settled(text)[0]

    def unknown(self, text: str) -> tuple[str, ...]:
        """Give what of a text cannot be printed, in order: characters, or a consonant with marks that never meet."""
        return self._settled(text)[1]

    def _settle(self, text: str) -> tuple[str, tuple[str, ...]]:
        text = " ".join(normalise(text).split())
        if self._known.fullmatch(text):
            return text, ()
        settled, unknown = [], []
        for before, piece in _with_base(text):
            known = len(piece) > 1 or piece in self._letters
            settled.append(piece if known else UNKNOWN)
            if not known and piece != UNKNOWN:
                unknown.append(before + piece if piece in MARKS else piece)
        return "".join(settled), tuple(unknown)


def _with_base(text: str) -> Iterator[tuple[str, str]]:
    """Walk the clusters of a text, each with the one that it stands on when it is a stray mark."""
    before = ""
    for found in CLUSTER.finditer(text):
        yield before, found[0]
        before = found[0]


def missing(document: Document, prepared: Prepared) -> tuple[Problem, ...]:
    """List what of a paper the font cannot say, each at its place in the plain paper."""
    return tuple(_problem(piece, where) for text, where in _texts(plain(document)) for piece in prepared.unknown(text))


def _texts(document: Document) -> Iterator[tuple[str, Where]]:
    for block in document.printed:
        if isinstance(block, Paragraph):
            yield block.text, block.where
        else:
            cells = (cell for row in block.rows for cell in row.cells if not cell.covered)
            yield from ((line.text, cell.where) for cell in cells for line in cell.lines)


def _problem(piece: str, where: Where) -> Problem:
    codes = " ".join(f"U+{ord(char):04X}" for char in piece)
    return Problem(
        "GLYPH_MISSING",
        Severity.ERROR,
        f"the font cannot print {piece!r} ({codes}); the PDF shows {UNKNOWN} in its place",
        f"แบบอักษรไม่มีรูปของ “{piece}” ({codes}) ใน PDF จึงพิมพ์เป็น {UNKNOWN}",
        where,
        evidence=(piece,),
        mend="correct the spelling or take the character out",
        mend_th="แก้ตัวสะกดหรือตัดอักขระนี้ออก",
    )
