"""The tables of a page: which only lay it out, and the grid of those that hold data, merged cells spread."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from prongsai.documents.read.html.style import PARAGRAPHS, whole
from prongsai.documents.read.refusals import over_limit

DEPTH_MAX = 1_000
COLUMNS_MAX = 200
CELLS_MAX = 1_000_000
REPEATED_LETTERS_MAX = 50_000_000
LAYOUT_LINES_MIN = 20
_SPLIT_TABLE = "แบ่งตารางแล้วอ่านทีละส่วน"


@dataclass(slots=True)
class Facts:
    """What tells a table that holds data from one that only lays out a page."""

    words: int = 0
    rows: int = 0
    widest: int = 0
    most_lines: int = 0
    nested: int = 0
    nested_words: int = 0
    has_heads: bool = False
    filled: int = 0
    lines: int = 0
    cell_words: int = 0

    @property
    def is_layout(self) -> bool:
        """Whether it is a frame around other things: around tables, or one long column of text."""
        if self.has_heads:
            return False
        if self.nested and (self.widest <= 1 or 2 * self.nested_words >= self.words):
            return True
        return self.widest <= 1 and self.most_lines > LAYOUT_LINES_MIN

    def end_cell(self) -> None:
        """Count a cell that ended."""
        self.filled += self.cell_words > 0
        self.most_lines = max(self.most_lines, self.lines)
        self.lines = self.cell_words = 0

    def end_row(self) -> None:
        """Count a row that ended."""
        self.rows += 1
        self.widest = max(self.widest, self.filled)
        self.filled = 0


def layout_tables(root: etree._Element, name: str) -> set[etree._Element]:
    """Give the tables that only lay out the page, in one walk however deep they stand in each other.

    Raises LimitExceeded for tags deeper than DEPTH_MAX: the parser itself would silently stop a little further down.
    """
    depth = 0
    found: set[etree._Element] = set()
    open_tables: list[Facts] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH_MAX:
            raise over_limit(name, f"แท็กซ้อนกัน {depth:,} ชั้น", f"{DEPTH_MAX:,} ชั้น")
        if event == "end":
            _count(element.tail, open_tables)
        if not isinstance(element.tag, str):
            continue
        if element.tag == "table" and event == "start":
            open_tables.append(Facts())
        elif element.tag == "table":
            facts = open_tables.pop()
            if facts.is_layout:
                found.add(element)
            if open_tables:
                _nest(open_tables[-1], facts)
        elif open_tables:
            _notice(open_tables[-1], element.tag, event)
        if event == "start":
            _count(element.text, open_tables)
    return found


def _count(text: str | None, tables: list[Facts]) -> None:
    if tables and text:
        letters = len(text.strip())
        tables[-1].words += letters
        tables[-1].cell_words += letters


def _nest(outer: Facts, inner: Facts) -> None:
    outer.words += inner.words
    outer.cell_words += inner.words
    outer.lines += inner.rows
    outer.nested += 1
    outer.nested_words += inner.words if inner.rows > 1 and inner.widest > 1 else inner.nested_words


def _notice(facts: Facts, tag: str, event: str) -> None:
    if tag == "th":
        facts.has_heads = True
    if event == "start":
        facts.lines = 0 if tag in ("tr", "td", "th") else facts.lines + (tag in PARAGRAPHS or tag == "br")
    elif tag in ("td", "th"):
        facts.end_cell()
    elif tag == "tr":
        facts.end_row()


@dataclass(slots=True)
class Slot:
    """A cell as the page has it. raw: a scrap of plain tags; rows 0: to the end of the table."""

    raw: str
    rows: int = 1
    columns: int = 1
    is_head: bool = False
    is_covered: bool = False
    has_table: bool = False


@dataclass(slots=True)
class Grid:
    """The rows of a table. heads: how many of the first were printed as its head."""

    rows: list[list[Slot]] = field(default_factory=list)
    in_thead: list[bool] = field(default_factory=list)
    name: str = ""

    def open_row(self, *, in_thead: bool) -> None:
        """Start a row."""
        self.rows.append([])
        self.in_thead.append(in_thead)

    @property
    def heads(self) -> int:
        """How many of the first rows stand in a thead or hold nothing but heads."""
        for count, (row, in_thead) in enumerate(zip(self.rows, self.in_thead, strict=True)):
            if not in_thead and not (row and all(slot.is_head for slot in row)):
                return count
        return len(self.rows)


def spans(element: etree._Element) -> tuple[int, int]:
    """Give over how many rows (0: all that follow) and columns a cell is merged."""
    return max(0, whole(element.get("rowspan"), 1)), max(1, whole(element.get("colspan"), 1))


def spread(grid: Grid, name: str) -> Iterator[list[Slot]]:
    """Give whole rows: the places that a merged cell covers hold it again.

    Raises LimitExceeded for more than COLUMNS_MAX columns, CELLS_MAX cells or REPEATED_LETTERS_MAX repeated letters.
    """
    hanging: dict[int, tuple[Slot, int]] = {}
    cells = letters = 0
    for at, slots in enumerate(grid.rows):
        row: list[Slot] = []
        waiting = iter(slots)
        while True:
            if len(row) in hanging:
                slot, left = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = (slot, left - 1)
                row.append(_covering(slot))
            elif (new := next(waiting, None)) is not None:
                _lay(new, row, hanging, len(grid.rows) - at)
            elif hanging and max(hanging) > len(row):
                row.append(Slot(""))
            else:
                break
            if len(row) > COLUMNS_MAX:
                raise over_limit(name, f"ตารางกว้าง {len(row):,} ช่อง", f"{COLUMNS_MAX} ช่อง", _SPLIT_TABLE)
        cells += len(row)
        letters += sum(len(slot.raw) for slot in row if slot.is_covered)
        if cells > CELLS_MAX:
            raise over_limit(name, f"ตารางเดียวมี {cells:,} ช่อง", f"{CELLS_MAX:,} ช่อง", _SPLIT_TABLE)
        if letters > REPEATED_LETTERS_MAX:
            repeated = f"ช่องที่ผสานในตารางเดียวซ้ำ {letters:,} ตัวอักษร"
            raise over_limit(name, repeated, f"{REPEATED_LETTERS_MAX:,} ตัวอักษร", _SPLIT_TABLE)
        yield row


def _lay(slot: Slot, row: list[Slot], hanging: dict[int, tuple[Slot, int]], rows_left: int) -> None:
    """Put a cell into a row, and note where it hangs into the rows below; it never runs over a cell from above."""
    slot.rows = min(slot.rows or rows_left, rows_left)
    wide = 0
    start = len(row)
    while wide < min(slot.columns, COLUMNS_MAX + 1) and (start + wide) not in hanging:
        row.append(_covering(slot) if wide else slot)
        wide += 1
    slot.columns = wide
    if slot.rows > 1:
        hanging.update({start + place: (slot, slot.rows - 1) for place in range(wide)})


def _covering(slot: Slot) -> Slot:
    return Slot(slot.raw, is_head=slot.is_head, is_covered=True)
