"""Papers changed by machine: each change knows whether it loses anything, and which printed rows it touched.

A paper is taken apart into pieces of text and grids of cells, changed, and printed again as tabs, pipes or tags.
"""

import itertools
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class Line:
    """A row of a grid. kind: head, heading or data."""

    cells: list[str]
    kind: str
    touched: bool = False


@dataclass(slots=True)
class Grid:
    """A table; a new page is a new grid."""

    rows: list[Line]
    dialect: str = "tab"

    @property
    def head(self) -> list[str]:
        return self.rows[0].cells

    @property
    def data(self) -> list[Line]:
        return [row for row in self.rows if row.kind == "data"]


@dataclass(slots=True)
class Text:
    """A line of running text."""

    line: str


@dataclass(slots=True)
class Paper:
    """A paper taken apart."""

    pieces: list[Text | Grid]

    @property
    def grids(self) -> list[Grid]:
        return [piece for piece in self.pieces if isinstance(piece, Grid)]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed paper. loses: whether words of it are gone. touched: the lines of the rows that lost them."""

    names: tuple[str, ...]
    text: str
    loses: bool
    touched: frozenset[int] = field(default=frozenset())


# ---------------------------------------------------------------- taking apart and printing


def take_apart(text: str) -> Paper:
    paper = Paper([])
    grid: Grid | None = None
    for line in text.split("\n"):
        cells = _cells(line)
        if cells is None:
            grid = None
            paper.pieces.append(Text(line))
            continue
        if not "".join(cells).strip("-: "):
            continue
        if grid is None:
            grid = Grid([], "pipe" if line.startswith("|") else "tab")
            paper.pieces.append(grid)
        kind = "head" if not grid.rows else "data" if any(cells[1:]) else "heading"
        grid.rows.append(Line(cells, kind))
    return paper


def _cells(line: str) -> list[str] | None:
    if line.startswith("|"):
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return line.split("\t") if "\t" in line else None


def printed(paper: Paper) -> tuple[str, frozenset[int]]:
    """Print a paper; gives its text and the 1-based lines of the touched rows."""
    lines: list[str] = []
    touched: set[int] = set()
    for piece in paper.pieces:
        if isinstance(piece, Text):
            lines.append(piece.line)
            continue
        lines += ["<table>"] if piece.dialect == "html" else []
        for at, row in enumerate(piece.rows):
            lines.append(_PRINT[piece.dialect](row.cells))
            touched |= {len(lines)} if row.touched else set()
            if piece.dialect == "pipe" and at == 0:
                lines.append("|" + "---|" * len(row.cells))
        lines += ["</table>"] if piece.dialect == "html" else []
    return "\n".join(lines), frozenset(touched)


_PRINT: dict[str, Callable[[Sequence[str]], str]] = {
    "tab": "\t".join,
    "pipe": lambda cells: "| " + " | ".join(cells) + " |",
    "html": lambda cells: "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>",
}


# ---------------------------------------------------------------- what the samples' tables are


@dataclass(frozen=True, slots=True)
class Kind:
    """Columns of a kind of table: its running number (if any), its title, its lists, its codes and scores."""

    mark: str
    number: int | None
    title: int
    lists: tuple[int, ...]
    zeros: tuple[int, ...] = ()


KINDS = (
    Kind("สิ่งที่ปฏิบัติ", 0, 1, (4, 5), (0, 2)),
    Kind("ขั้นตอนหรือวิธีการปฏิบัติ", 0, 1, (2, 5, 6)),
    Kind("วิธีดำเนินการ", 0, 1, (2, 5, 6)),
    Kind("สรุปผลการดำเนินการตามมาตรการ", 0, 1, (3, 4)),
    Kind("แนวทางในการยกระดับการประเมิน", None, 0, (1, 4), (0,)),
    Kind("การดำเนินการ", None, 0, (2, 3, 4)),
    Kind("คะแนน", 1, 2, (), (3,)),
)


def kind_of(grid: Grid) -> Kind:
    return next(kind for kind in KINDS if kind.mark in grid.head)


def _grids_of_one_kind(paper: Paper, rng: random.Random, least: int = 2) -> list[Grid]:
    chosen = rng.choice([grid for grid in paper.grids if len(grid.head) >= least])
    return [grid for grid in paper.grids if grid.head[-1] == chosen.head[-1] and len(grid.head) == len(chosen.head)]


# ---------------------------------------------------------------- changes that lose nothing


def head_repeated(paper: Paper, rng: random.Random) -> bool:
    """Print the head again before a random row: on a new page or in the middle of the table."""
    grid = rng.choice(paper.grids)
    at = rng.randrange(1, len(grid.rows))
    head = Line(list(grid.head), "head")
    if rng.random() < 0.5:
        grid.rows.insert(at, head)
    else:
        place = paper.pieces.index(grid)
        paper.pieces[place + 1 : place + 1] = [Text(""), Grid([head, *grid.rows[at:]], grid.dialect)]
        del grid.rows[at:]
    return False


def page_broken(paper: Paper, rng: random.Random) -> bool:
    """Break a page inside a table without printing the head again."""
    grid = rng.choice([grid for grid in paper.grids if len(grid.rows) > 2] or paper.grids)
    at = rng.randrange(2, len(grid.rows)) if len(grid.rows) > 2 else len(grid.rows)
    if at < len(grid.rows):
        mark = rng.choice([[], [Text("- ๑๒ -"), Text("")], [Text("7"), Text("")]])
        place = paper.pieces.index(grid)
        paper.pieces[place + 1 : place + 1] = [Text(""), *mark, Grid(grid.rows[at:], grid.dialect)]
        del grid.rows[at:]
    return False


def line_ends_changed(paper: Paper, rng: random.Random) -> bool:
    """End lines of text as DOS does, and leave blanks at their ends."""
    for piece in paper.pieces:
        if isinstance(piece, Text):
            piece.line += rng.choice(["\r", "  ", " \r"])
        else:
            for row in piece.rows:
                row.cells[-1] += rng.choice(["", " "])
    return False


def row_split(paper: Paper, rng: random.Random) -> bool:
    """Let a row go on in a second one with "(ต่อ)", each of its lists cut at a random item."""
    offers = [
        (grid, row, places)
        for grid in paper.grids
        if grid.head and any(kind.mark in grid.head for kind in KINDS)
        for row in grid.data
        if "(ต่อ)" not in "".join(row.cells)
        and (places := {at: cuts for at in kind_of(grid).lists if (cuts := _cuts(row.cells[at]))})
    ]
    grid, row, places = rng.choice(offers)
    kind = kind_of(grid)
    second = [""] * len(row.cells)
    second[kind.title] = _title_again(row.cells[kind.title])
    for at, cuts in places.items():
        cut = rng.choice([*cuts, len(row.cells[at])])
        row.cells[at], second[at] = row.cells[at][:cut].rstrip(), row.cells[at][cut:]
    if all(not second[at] for at in places):
        at, cuts = next(iter(places.items()))
        row.cells[at], second[at] = row.cells[at][: cuts[0]].rstrip(), row.cells[at][cuts[0] :]
    at_row = grid.rows.index(row)
    grid.rows.insert(at_row + 1, Line(second, "data"))
    if rng.random() < 0.5:
        grid.rows.insert(at_row + 1, Line(list(grid.head), "head"))
    return False


def _cuts(cell: str) -> list[int]:
    """Give the places before the second and later items of a list, never between a box and its label."""
    items = cell.split("<input")[0]
    if items.count("<p>") > 1:
        return [found.start() for found in re.finditer("<p>", items)][1:]
    if items.startswith("ดำเนินการเมื่อ"):
        return [found.start() for found in re.finditer("ดำเนินการเมื่อ", items)][1:]
    bare = TAG.sub("", items).strip()
    mark = r"(?<= )-(?=[^\d๐-๙])" if bare.startswith("-") else None
    if mark:
        return [found.start() for found in re.finditer(mark, items)][0 if TAG.search(items) is None else 1 :]
    found = [
        (int(hit[1].translate(TO_ARABIC)), hit.start()) for hit in re.finditer(r"(?<!\S)([0-9๐-๙]{1,2})[.)]", items)
    ]
    cuts: list[int] = []
    for number, start in found:
        cuts += [start] if number == len(cuts) + 1 else []
    return cuts[1:]


def _title_again(title: str) -> str:
    bare = TAG.sub("", title)
    bare = bare.split(" :")[0] if " :" in bare else bare
    topic = bare.rpartition(" -")[2]
    return f"{'-' + topic if topic != bare else bare} (ต่อ)"


def page_doubled(paper: Paper, rng: random.Random) -> bool:
    """Print a page twice: a table with the line above it that names its issue."""
    grid = rng.choice(paper.grids)
    at = paper.pieces.index(grid)
    start = at
    while start and isinstance(paper.pieces[start - 1], Text) and not _line(paper.pieces[start - 1]):
        start -= 1
    start = start - 1 if start and _line(paper.pieces[start - 1]).startswith("ประเด็นที่") else at
    copied = [
        Text(piece.line)
        if isinstance(piece, Text)
        else Grid([Line(list(row.cells), row.kind) for row in piece.rows], piece.dialect)
        for piece in paper.pieces[start : at + 1]
    ]
    paper.pieces[at + 1 : at + 1] = [Text(""), *copied]
    return False


def _line(piece: Text | Grid) -> str:
    return piece.line if isinstance(piece, Text) else ""


def digits_swapped(paper: Paper, rng: random.Random) -> bool:
    """Print Thai digits as Arabic ones, or the other way round, outside tags."""
    words = "".join(cell for grid in paper.grids for row in grid.rows for cell in row.cells)
    table = TO_ARABIC if words.translate(TO_ARABIC) != words else TO_THAI
    _everywhere(paper, lambda text: text.translate(table))
    return False


def _everywhere(paper: Paper, change: Callable[[str], str]) -> None:
    """Change all words outside tags."""
    for piece in paper.pieces:
        if isinstance(piece, Text):
            piece.line = change(piece.line)
        else:
            for row in piece.rows:
                row.cells = [_outside_tags(cell, change) for cell in row.cells]


def _outside_tags(text: str, change: Callable[[str], str]) -> str:
    parts = re.split(r"(<[^<>]*>)", text)
    return "".join(part if part.startswith("<") else change(part) for part in parts)


def dialect_changed(paper: Paper, rng: random.Random) -> bool:
    """Print every table in another dialect."""
    dialect = rng.choice([name for name in _PRINT if name != paper.grids[0].dialect])
    for grid in paper.grids:
        grid.dialect = dialect
    return False


def closing_tags_dropped(paper: Paper, rng: random.Random) -> bool:
    """Leave every tag inside cells open."""
    for grid in paper.grids:
        for row in grid.rows:
            row.cells = [re.sub(r"</\w+>", "", cell) for cell in row.cells]
    return False


def tags_dropped(paper: Paper, rng: random.Random) -> bool:
    """Take every tag but boxes out of the cells of a row whose lists have marks of their own."""
    rows = [row for grid in paper.grids for row in grid.data if any("<" in cell for cell in row.cells)]
    for row in rng.sample(rows, min(len(rows), 3)):
        row.cells = [re.sub(r"</?(?!input)\w+[^<>]*>", " ", cell).strip() for cell in row.cells]
    return False


def breaks_inserted(paper: Paper, rng: random.Random) -> bool:
    """Break lines at random spaces."""
    _everywhere(paper, lambda text: re.sub(r"(?<=\S) (?=\S)", lambda _: "<br>" if rng.random() < 0.15 else " ", text))
    return False


def zeros_redrawn(paper: Paper, rng: random.Random) -> bool:
    """Draw the zeros of codes and scores as circles or Arabic zeros, and the letter O of codes as one of them."""
    zero = rng.choice("○0๐")
    for grid in paper.grids:
        kind = next((kind for kind in KINDS if kind.mark in grid.head), None)
        for row in grid.data if kind else []:
            for at in kind.zeros if kind else ():
                row.cells[at] = _redrawn(row.cells[at], zero)
    return False


def _redrawn(cell: str, zero: str) -> str:
    if "คะแนน" in cell:
        lead, score, value = cell.rpartition("คะแนน")
        return lead + score + value.replace("๐", zero).replace("0", zero)
    return re.sub(r"^O", zero, cell).replace("๐", zero).replace("0", zero)


def columns_permuted(paper: Paper, rng: random.Random) -> bool:
    """Put the columns of a kind of table into another order."""
    grids = _grids_of_one_kind(paper, rng)
    order = list(range(len(grids[0].head)))
    rng.shuffle(order)
    for grid in grids:
        for row in grid.rows:
            if row.kind != "heading":
                row.cells = [row.cells[at] for at in order]
    return False


SYNONYMS = {
    "ลำดับ": ("ที่", "ลำดับที่", "ข้อ"),
    "ลำดับที่": ("ที่", "ลำดับ", "ข้อที่"),
    "มาตรการ/กิจกรรม": ("กิจกรรม/โครงการ", "มาตรการที่ดำเนินการ", "ชื่อมาตรการ/กิจกรรม"),
    "มาตรการ/กิจกรรมที่ดำเนินการ": ("กิจกรรม/โครงการ", "มาตรการที่ดำเนินการ", "มาตรการ/แนวทาง"),
    "ขั้นตอนหรือวิธีการปฏิบัติ": ("วิธีดำเนินงาน", "ขั้นตอนการปฏิบัติ", "แนวทาง/วิธีการดำเนินการ"),
    "วิธีดำเนินการ": ("วิธีการ/ขั้นตอน", "ขั้นตอนดำเนินงาน", "วิธีการดำเนินกิจกรรม"),
    "ระยะเวลาในการดำเนินการ": ("กำหนดเวลา", "ห้วงเวลาดำเนินการ", "ช่วงเวลาที่ดำเนินการ"),
    "ระยะเวลาดำเนินการ": ("กำหนดเวลาดำเนินการ", "ห้วงเวลา", "ระยะเวลา (พ.ศ.)"),
    "ระยะเวลา": ("กำหนดเวลา", "ช่วงเวลา", "ระยะเวลาที่ดำเนินการ"),
    "ผู้รับผิดชอบ": ("หน่วยงานผู้รับผิดชอบ", "ผู้รับผิดชอบดำเนินการ", "ส่วนราชการผู้รับผิดชอบ"),
    "หน่วยงานรับผิดชอบ": ("หน่วยงานที่รับผิดชอบ", "ผู้รับผิดชอบ", "ส่วนราชการรับผิดชอบ"),
    "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม": ("ผลการดำเนินงาน", "ผลการปฏิบัติตามมาตรการ", "สรุปผลการปฏิบัติงาน"),
    "สรุปผลการดำเนินการตามมาตรการ": ("ผลการดำเนินการ", "ผลการดำเนินงานตามมาตรการ", "สรุปผลดำเนินงาน"),
    "ผลลัพธ์หรือความสำเร็จในการดำเนินการ": ("ผลสัมฤทธิ์", "ผลลัพธ์ที่เกิดขึ้น", "ผลลัพธ์/ความสำเร็จ"),
    "ผลลัพธ์หรือความสำเร็จ": ("ผลสัมฤทธิ์ที่เกิดขึ้น", "ผลลัพธ์ที่ได้", "ความสำเร็จ/ผลลัพธ์"),
    "สิ่งที่ปฏิบัติ": ("การดำเนินการปีที่ผ่านมา", "สิ่งที่ได้ปฏิบัติไปแล้ว", "สิ่งที่ดำเนินการแล้ว"),
    "แนวทางในการยกระดับการประเมิน": ("แนวทางการพัฒนาและยกระดับ", "แนวทางการยกระดับคะแนน", "แนวทางยกระดับ"),
    "ความก้าวหน้าผลการดำเนินการ": ("ความคืบหน้าการดำเนินงาน", "ความก้าวหน้าการดำเนินการ", "รายงานความก้าวหน้า"),
    "ตัวชี้วัด": ("ชื่อตัวชี้วัด", "ตัวชี้วัด/คะแนน", "รายการตัวชี้วัด"),
    "รายละเอียดตัวชี้วัด": ("ตัวชี้วัด", "ตัวชี้วัด ITA", "ชื่อตัวชี้วัด"),
    "คะแนน": ("คะแนนที่ได้", "ผลคะแนน", "คะแนนรายตัวชี้วัด"),
    "แบบ": ("เครื่องมือ", "แบบวัด", "เครื่องมือประเมิน"),
    "ประเด็นที่ต้องปรับปรุงแก้ไข/ ประเด็นที่ต้องพัฒนา": ("ประเด็นที่ต้องพัฒนา", "ประเด็นที่ควรปรับปรุง", "ประเด็นปรับปรุง/พัฒนา"),
    "ขั้นตอนหรือวิธีการ/มาตรการ": ("ขั้นตอน/วิธีการ", "วิธีการดำเนินการ", "ขั้นตอนหรือวิธีปฏิบัติ"),
    "การรายงานผลและการกำกับติดตาม กำหนดเวลาแล้วเสร็จ": ("การกำกับติดตามและกำหนดเวลา", "กำหนดเวลาแล้วเสร็จ", "การรายงานผล/กำกับติดตาม"),
    "การดำเนินการ": ("วันที่ดำเนินการ", "วันที่ดำเนินการจริง", "ดำเนินการแล้วเมื่อ"),
    "หมายเหตุ": ("หมายเหตุ/อื่นๆ", "หมายเหตุ (ถ้ามี)"),
}  # fmt: skip


def column_renamed(paper: Paper, rng: random.Random) -> bool:
    """Give a column another name, on every page."""
    known = sorted({head for grid in paper.grids for head in grid.head if head in SYNONYMS})
    old = rng.choice(known)
    new = rng.choice(SYNONYMS[old])
    for grid in paper.grids:
        for row in grid.rows:
            if row.kind == "head":
                row.cells = [new if cell == old else cell for cell in row.cells]
    return False


UNKNOWN = {
    "งบประมาณ (บาท)": "๑๐,๐๐๐",
    "ที่มาของงบประมาณ": "เทศบัญญัติ",
    "ลิงก์หลักฐาน": "https://example.go.th/file",
    "กลุ่มเป้าหมาย": "ประชาชนในเขตเทศบาล",
    "ยุทธศาสตร์ที่เกี่ยวข้อง": "ยุทธศาสตร์ที่ ๔",
    "พื้นที่ดำเนินการ": "ชุมชนตลาดเก่า",
}


def column_inserted(paper: Paper, rng: random.Random) -> bool:
    """Add a column that no form has, on every page of a kind of table."""
    grids = _grids_of_one_kind(paper, rng)
    head, words = rng.choice(sorted(UNKNOWN.items()))
    at = rng.randrange(len(grids[0].head) + 1)
    for grid in grids:
        for row in grid.rows:
            place = len(row.cells) if row.kind == "heading" else at
            row.cells.insert(place, {"head": head, "data": words, "heading": ""}[row.kind])
    return False


# ---------------------------------------------------------------- changes that lose something


def cell_dropped(paper: Paper, rng: random.Random) -> bool:
    """Lose a filled cell of a row: what follows moves to the left."""
    rows = [row for grid in paper.grids for row in grid.data if len(row.cells) > 2]
    row = rng.choice(rows)
    del row.cells[rng.choice([at for at, cell in enumerate(row.cells) if cell])]
    row.touched = True
    return True


def head_cell_dropped(paper: Paper, rng: random.Random) -> bool:
    """Lose a cell of a head: every row under it stands under the wrong names."""
    grid = rng.choice([grid for grid in paper.grids if len(grid.head) > 3])
    del grid.rows[0].cells[rng.randrange(len(grid.head))]
    for row in itertools.takewhile(lambda row: row.kind != "head", grid.rows[1:]):
        row.touched = row.kind == "data"
    return any(row.touched for row in grid.rows)


def boxes_dropped(paper: Paper, rng: random.Random) -> bool:
    """Lose the boxes of a row, and with them which state was ticked."""
    rows = [row for grid in paper.grids for row in grid.data if any("<input" in cell for cell in row.cells)]
    row = rng.choice(rows)
    row.cells = [re.sub("<input[^<>]*>", "", cell) for cell in row.cells]
    row.touched = True
    return True


Change = Callable[[Paper, random.Random], bool]
CHANGES: tuple[Change, ...] = (
    head_repeated, page_broken, row_split, page_doubled, line_ends_changed, digits_swapped, dialect_changed, closing_tags_dropped, tags_dropped,
    breaks_inserted, zeros_redrawn, columns_permuted, column_renamed, column_inserted, cell_dropped, head_cell_dropped,
    boxes_dropped,
)  # fmt: skip
HEADLESS = (page_broken,)  # the second half of a table has no head to be found by: it comes last
SHAPE_OF_TABLE = (columns_permuted, column_inserted, cell_dropped, head_cell_dropped, column_renamed)
NEEDS_HEAD_AS_PRINTED = (row_split, zeros_redrawn)


def is_possible(change: Change, text: str) -> bool:
    """Whether a paper has what a change changes."""
    if change is boxes_dropped:
        return "<input" in text
    return "<p>" in text if change in (tags_dropped, closing_tags_dropped) else True


def mutate(text: str, rng: random.Random, changes: Sequence[Change]) -> Mutant:
    """Apply changes to a paper, those first that look for columns by their printed place."""
    paper = take_apart(text)
    in_order = sorted(
        changes, key=lambda change: (change in HEADLESS, change in SHAPE_OF_TABLE, change not in NEEDS_HEAD_AS_PRINTED)
    )
    loses = [change(paper, rng) for change in in_order]
    changed, touched = printed(paper)
    return Mutant(tuple(change.__name__ for change in in_order), changed, any(loses), touched)


def some_changes(text: str, rng: random.Random) -> list[Change]:
    """Choose one change, or two that do not undo each other's knowledge of the table."""
    possible = [change for change in CHANGES if is_possible(change, text)]
    first = rng.choice(possible)
    if rng.random() < 0.6:
        return [first]
    others = [other for other in possible if other is not first and not ({first, other} <= set(SHAPE_OF_TABLE))]
    return [first, rng.choice(others)]
