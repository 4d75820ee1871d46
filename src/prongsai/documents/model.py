"""The one document model: what every reader gives and every writer takes.

A document is a sequence of blocks. A reader gives paragraphs and tables, each with its place, the text as printed
(``raw``) beside the normalised one. A composed paper may also hold the blocks that only layout knows (fields with
dotted leaders, signature blocks, emblem, pictures, new pages); ``prongsai.documents.plain`` turns those into what a
reader would find, so that a round trip can be checked without a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from prongsai.errors import Problem, Where


class Mark(StrEnum):
    """What stands before a line of a cell: nothing, a list bullet made by the format, or a box."""

    NONE = "none"
    ITEM = "item"
    TICKED = "ticked"
    UNTICKED = "unticked"


class Align(StrEnum):
    """Where the lines of a paragraph or column stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Style(StrEnum):
    """What a paragraph is for; the writers know how each looks (sizes in TH Sarabun points)."""

    BODY = "body"  # 16, first line indented 2.5 cm
    PLAIN = "plain"  # 16, no indent
    HANGING = "hanging"  # 16, number or dash hangs, indented by level
    TITLE = "title"  # 18 bold centred: the title lines of an announcement, an order, a report
    HEADING = "heading"  # 16 bold, in the outline
    CENTRED = "centred"  # 16 centred
    RIGHT = "right"  # 16, starts at the middle of the line: date of a letter, closing of a letter
    COVER = "cover"  # 24 bold centred: lines of a cover page
    SPEED = "speed"  # 32 bold red: ด่วน, ด่วนมาก, ด่วนที่สุด
    NOTE = "note"  # 14: sources, remarks under a table


class Kind(StrEnum):
    """What the cells of a column hold; decides alignment and the type in a workbook."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"


class Orientation(StrEnum):
    """Which way an A4 page lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, list item or ticked label inside a cell; text is normalised, inner white space as printed.

    in_list: it stood in a list that the format declares, whether or not its own boundaries survived. breaks: places in
    the text where a line was broken, which may be the end of an item or nothing but a narrow column.
    """

    text: str
    mark: Mark = Mark.NONE
    in_list: bool = False
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. raw: as printed, tags included. lines: what it says.

    value: the typed value behind the words, when the format or the composer has one. rows, columns: over how many it is
    merged; the places that a merged cell covers hold the same words again with ``covered`` set: every row is whole.
    """

    raw: str
    lines: tuple[Line, ...]
    where: Where
    problems: tuple[Problem, ...] = ()
    value: Decimal | int | date | None = None
    rows: int = 1
    columns: int = 1
    covered: bool = False

    @property
    def text(self) -> str:
        """The words of all lines, one space between lines, boxes left out."""
        return " ".join(line.text for line in self.lines if line.mark in (Mark.NONE, Mark.ITEM)).strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is printed in it; a box without a label counts when it is ticked."""
        return not any(line.text or line.mark is Mark.TICKED for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, as long as it was printed."""

    cells: tuple[Cell, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Column:
    """How a column of a composed table is set. width: its share of the table's width, any unit."""

    width: float = 1.0
    kind: Kind = Kind.TEXT
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as printed, heads included. dialect: ``tab``, ``pipe``, ``html`` or a file format's own name.

    heads: how many of the first rows are its head, repeated on every page (0: a reader does not know).
    columns: empty, or one a column. ruled: whether lines are drawn. name: of its sheet in a workbook.
    """

    rows: tuple[Row, ...]
    where: Where
    dialect: str
    heads: int = 0
    columns: tuple[Column, ...] = ()
    ruled: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text. level: how deep a HANGING one is indented, 0-based."""

    text: str
    raw: str
    where: Where
    style: Style = Style.BODY
    level: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A printed label and its value: ``ส่วนราชการ`` and the office."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values on one printed line. memo: bold labels of 20 points, dotted leaders; else plain 16 points."""

    fields: tuple[Field, ...]
    memo: bool = False


@dataclass(frozen=True, slots=True)
class Masthead:
    """The emblem at the head of a paper. title: printed beside it in 29 points (``บันทึกข้อความ``), or empty.

    height_cm: 1.5 beside the title of a memo, 3 above a letter, an announcement or an order.
    """

    height_cm: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """Lines that stand at the left and at the right of the page on the same height, as above a letter."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """One place for a signature; its lines never part over a page.

    label: ``ลงชื่อ`` or nothing. suffix: after the dotted line (``ผู้ยืม``). name: with title, printed in parentheses.
    position: one or two lines (acting wording). opinion_of: whose opinion it is. opinion: its lines, or none.
    date: a printed date, or none.
    """

    name: str
    position: tuple[str, ...] = ()
    label: str = "ลงชื่อ"
    suffix: str = ""
    opinion_of: str = ""
    opinion: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places for signatures side by side; a single one stands right of the middle."""

    places: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or chart. media_type: ``image/svg+xml`` or ``image/png``. says: what it shows, for the blind."""

    content: bytes
    media_type: str
    says: str
    width_cm: float


@dataclass(frozen=True, slots=True)
class Panel:
    """A small framed block of 12 points that never parts over a page: a bold title, lines, a picture at the left."""

    title: str
    lines: tuple[str, ...]
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class NewPage:
    """A new page, lying as said from here on. centred: what follows stands in the middle of its height (a cover)."""

    orientation: Orientation = Orientation.PORTRAIT
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Separator:
    """A short line in the middle, as under the title of an announcement."""


Block = Paragraph | Table | Fields | Masthead | Sides | Signatures | Picture | Panel | NewPage | Separator
Printed = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Setup:
    """How the pages of a composed paper are set. The first page lies as ``orientation`` says.

    language: ``th`` or ``en``. secrecy: ``ลับ``, ``ลับมาก``, ``ลับที่สุด`` or nothing: red, top and bottom of every page.
    thai_digits: whether page numbers are. names: people, agencies and units whose names no line may cut.
    mark: a small line at the foot of every page (``แบบจำลอง ไม่ใช่แบบทางการ``), or nothing. cover: whether the first page
    is a cover, its lines in the middle of the height. running: a small line at the head of every page; watermark: lines
    that go pale and slanting across every page, behind the words. Both are printed in PDF only.
    """

    orientation: Orientation = Orientation.PORTRAIT
    language: str = "th"
    secrecy: str = ""
    thai_digits: bool = True
    names: tuple[str, ...] = ()
    mark: str = ""
    cover: bool = False
    running: str = ""
    watermark: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read, or a paper composed to be written.

    sha256: of the bytes of the file. problems: what the reader itself noticed. title, setup: of a composed paper.
    """

    file: str
    format: str
    encoding: str | None
    sha256: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = field(default=())
    title: str = ""
    setup: Setup = Setup()

    @property
    def printed(self) -> tuple[Printed, ...]:
        """The running text and the tables: all that a reader gives."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph | Table))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Walk the running text."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """Walk the tables."""
        return (block for block in self.blocks if isinstance(block, Table))
