"""The measures of a page, in points, and what one block becomes: a form that the template prints.

Margins, sizes and places follow practice of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526.
"""

from dataclasses import dataclass

from prongsai.documents.model import Align, Orientation, Style

Form = dict[str, object]
CM = 72 / 2.54
PITCH = 1.15  # of the size: the height of a line
BODY_SIZE, LABEL_SIZE, TITLE_SIZE, PANEL_SIZE = 16, 20, 29, 12
_SHORT, _LONG = 21.0 * CM, 29.7 * CM


@dataclass(frozen=True, slots=True)
class Page:
    """An A4 page lying one way or the other."""

    flipped: bool
    left: float
    right: float
    top: float = 2.5 * CM
    bottom: float = 2 * CM

    @property
    def width(self) -> float:
        """How wide a line is."""
        return (_LONG if self.flipped else _SHORT) - self.left - self.right

    @property
    def height(self) -> float:
        """How high the text of a page can be."""
        return (_SHORT if self.flipped else _LONG) - self.top - self.bottom


PAGES = {
    Orientation.PORTRAIT: Page(False, 3 * CM, 2 * CM),
    Orientation.LANDSCAPE: Page(True, 2 * CM, 2 * CM),
}
MEMO_UP = 1 * CM  # the first page of a memo begins 1.5 cm from the edge


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set. above: before it. first: how far its first line is indented."""

    size: float = BODY_SIZE
    bold: bool = False
    red: bool = False
    align: Align = Align.LEFT
    above: float = 6
    first: float = 0
    left: float = 0
    justify: bool = False


LOOKS = {
    Style.BODY: Look(first=2.5 * CM, justify=True),
    Style.PLAIN: Look(),
    Style.HANGING: Look(above=2, justify=True),
    Style.TITLE: Look(18, bold=True, align=Align.CENTRE, above=0),
    Style.HEADING: Look(bold=True, above=8),
    Style.CENTRED: Look(align=Align.CENTRE, above=0),
    Style.RIGHT: Look(),
    Style.COVER: Look(24, bold=True, align=Align.CENTRE, above=4),
    Style.SPEED: Look(32, bold=True, red=True, above=0),
    Style.NOTE: Look(14, above=3, justify=True),
}
