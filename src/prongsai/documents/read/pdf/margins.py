"""Running heads and feet: page numbers and what stands in the same place on page after page is no text of the paper."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from prongsai.documents.read.pdf.lines import TextLine
from prongsai.thai.text import fold

EDGE = 0.13  # of the height: how far from top or bottom heads and feet may stand
DEEP = 4  # lines from the edge
PAGES_MIN = 3
SHARE_MIN = 0.5
STEP = 6.0  # points that make the same height
_D = "[0-9๐-๙]{1,4}"
_PAGE_NUMBER = re.compile(
    rf"(?:หน้า(?:ที่)?|page)?\s*[-–—(\[]*\s*{_D}(?:\s*(?:/|จาก|of)\s*{_D})?\s*[-–—)\]]*", re.IGNORECASE
)
_SECRECY = frozenset(("ลับ", "ลับมาก", "ลับที่สุด"))
_DIGITS = re.compile("[0-9๐-๙]+")


@dataclass(slots=True)
class Edges:
    """The lines of a page that no table holds, with where the page begins and ends."""

    lines: list[TextLine]
    bottom: float
    top: float
    tables: list[tuple[float, float]] = field(default_factory=list)

    def outer(self) -> list[TextLine]:
        """Give the lines that stand at the top or bottom, outside of every table."""
        high = max((top for _, top in self.tables), default=self.bottom)
        low = min((bottom for bottom, _ in self.tables), default=self.top)
        reach = EDGE * (self.top - self.bottom)
        falling = sorted(self.lines, key=lambda line: -line.y)
        heads = [line for line in falling[:DEEP] if line.y > high and line.y >= self.top - reach]
        feet = [line for line in falling[-DEEP:] if line.y < low and line.y <= self.bottom + reach]
        return heads + [line for line in feet if line not in heads]


def without_margins(pages: Sequence[Edges]) -> tuple[list[list[TextLine]], tuple[str, ...]]:
    """Give the lines of every page without heads and feet, and the words (no page numbers) that were left out."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    outer = [page.outer() for page in pages]
    for number, lines in enumerate(outer):
        for line in lines:
            places[_key(line, pages[number])].add(number)
    kept: list[list[TextLine]] = []
    left_out: dict[str, None] = {}
    for page, lines in zip(pages, outer, strict=True):
        gone: set[int] = set()
        for line in lines:
            repeated = len(places[_key(line, page)]) >= max(PAGES_MIN, SHARE_MIN * len(pages))
            if _is_page_number(line, lines) or line.text in _SECRECY or repeated or line.artifact:
                gone.add(id(line))
                if not _PAGE_NUMBER.fullmatch(line.text):
                    left_out[line.text] = None
        kept.append([line for line in page.lines if id(line) not in gone])
    return kept, tuple(left_out)


def _key(line: TextLine, page: Edges) -> tuple[str, int]:
    return _DIGITS.sub("#", fold(line.text)), round((page.top - line.y) / STEP)


def _is_page_number(line: TextLine, outer: Sequence[TextLine]) -> bool:
    """Whether a line is a number and the outermost of its edge, but for a word of secrecy."""
    if not _PAGE_NUMBER.fullmatch(line.text):
        return False
    others = [other.y for other in outer if other.text not in _SECRECY]
    return line.y in (min(others, default=line.y), max(others, default=line.y))
