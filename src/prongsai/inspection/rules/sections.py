"""Where a thing is told: as the head of a column, a label with its value, a heading with text under it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from prongsai.documents.model import Cell, Table
from prongsai.inspection.book import Words
from prongsai.inspection.view import Passage, Source, View
from prongsai.thai.text import fold

HEAD_ROWS = 3
LOOK_AHEAD = 4
CELLS_MAX = 60  # of a table under a heading: enough to see whether it holds anything
LABEL_COLUMNS_MAX = 4  # a table of labels and values is narrow
MENTION_AFTER = 25
HEADING_BARE_MAX = 45
AT_BEGINNING = 3  # letters before the words
_VALUES = ("ไม่มี", "บาท", "นาที", "ชั่วโมง")
_NUMBER = re.compile(r"(?<!\d)(?!25\d\d)\d+")
_DOTS = ".…_·- \t"


@dataclass(frozen=True, slots=True)
class Told:
    """A place where a thing is told. content: the words under it, or "". how: column, label, mention."""

    source: Source
    passage: Passage
    content: str
    how: str

    @property
    def is_blank(self) -> bool:
        """Whether the place is there and nothing stands in it."""
        return not self.content.strip(_DOTS + ":")


def told(view: View, words: Words, others: Sequence[Words]) -> Iterator[Told]:
    """Find every place where a thing is told, in all sources. others: what has headings of its own in the same item."""
    for source in view.sources:
        for table in source.tables:
            yield from _in_table(source, table, words)
        yield from _in_lines(source, words, others)


def _in_table(source: Source, table: Table, words: Words) -> Iterator[Told]:
    heads = head_count(table)
    for column, head in columns_of(table, heads).items():
        found = words.pattern.search(head.folded)
        if found and len(head.folded) <= 160:
            cells = [row.cells[column] for row in table.rows[heads:] if column < len(row.cells)]
            texts = [text for text in (_said(cell) for cell in cells) if text]
            yield Told(source, head, " ".join(texts), "column")
    for row in table.rows if max(len(row.cells) for row in table.rows) <= LABEL_COLUMNS_MAX else ():
        yield from _in_row(source, [cell for cell in row.cells if not cell.covered], words)


def _in_row(source: Source, cells: list[Cell], words: Words) -> Iterator[Told]:
    """Find a label in a row with its value beside it."""
    for label, value in zip(cells, cells[1:], strict=False):
        folded = fold(label.text)
        if folded and len(folded) <= 80 and words.starts(_bare(folded)):
            passage = Passage(label.text, folded, label.where, in_table=True)
            yield Told(source, passage, _said(value), "label")


def _in_lines(source: Source, words: Words, others: Sequence[Words]) -> Iterator[Told]:
    passages = source.passages
    own = _own_names(source)
    for number, passage in enumerate(passages):
        found = words.pattern.search(passage.folded)
        if not found or passage.is_link:
            continue
        at = words.starts(passage.bare)
        if passage.folded in own and not (at and at.start() <= AT_BEGINNING):
            continue
        after = _after(passage, found.end())
        if passage.in_table:
            if at and after.strip(_DOTS) and not (_only_heading(after) and not _NUMBER.search(after)):
                yield Told(source, passage, after, "label")
            continue
        if at and _is_label(passage, at.start(), passage.folded[found.end() :]):
            has_colon = ":" in passage.folded[found.end() : found.end() + 40]
            is_value = len(after.strip(_DOTS)) >= 2 and (has_colon or not _only_heading(after))
            content = after.rpartition(":")[2] if has_colon and is_value else after if is_value else ""
            yield Told(source, passage, content.strip(_DOTS) or _under(passages, number, others), "label")
        else:
            after = passage.folded[found.end() :]
            if len(after.strip(_DOTS)) >= MENTION_AFTER or words.value and words.value.search(after[:80]):
                yield Told(source, passage, after, "mention")


def _own_names(source: Source) -> set[str]:
    """Give how a source calls itself: a thing named there is promised, not told."""
    first = next((passage.folded for passage in source.passages if passage.is_head), "")
    return {fold(source.title), first}


def _is_label(passage: Passage, start: int, rest: str) -> bool:
    """Whether words near the beginning of a line label what follows: first, in a heading, or before a colon."""
    if start <= AT_BEGINNING and (passage.is_short or ":" in rest[:40] or passage.is_head):
        return True
    return passage.is_head or len(passage.bare) <= HEADING_BARE_MAX or ":" in rest[:3]


def _after(passage: Passage, end: int) -> str:
    """Give what stands behind the words in a folded passage."""
    return passage.folded[end:].lstrip(" :/)(-–—.")


def _only_heading(after: str) -> bool:
    """Whether what follows only goes on with the heading: …ในการดำเนินงาน, …และอุปสรรค, …ประจำปี 2568."""
    return (
        ":" not in after
        and len(after) <= 60
        and not any(mark in after for mark in ("ไม่มี", "คือ", "ได้แก่", "บาท", "วัน", "นาที"))
    )


def _under(passages: tuple[Passage, ...], number: int, others: Sequence[Words]) -> str:
    """Give the text under a heading: the next lines up to another heading of something known, or the next table."""
    for place, passage in enumerate(passages[number + 1 : number + 1 + LOOK_AHEAD], number + 1):
        if passage.in_table:
            return _table_under(passages[place : place + CELLS_MAX])
        bare = passage.bare
        if passage.is_head or (len(bare) <= 45 and _is_known_heading(bare, others)):
            return ""
        if len(bare.strip(_DOTS)) >= 2:
            return passage.folded
    return ""


def _table_under(passages: tuple[Passage, ...]) -> str:
    number = passages[0].where.table
    return " ".join(cell.folded for cell in takewhile(lambda one: one.where.table == number, passages))


def _is_known_heading(bare: str, others: Sequence[Words]) -> bool:
    """Whether a short line is the heading of another thing of the item, and no value."""
    if ":" in bare.rstrip(":") or any(mark in bare for mark in _VALUES) or _NUMBER.search(bare):
        return False
    return any((found := words.starts(bare, 6)) is not None and len(bare) <= found.end() + 18 for words in others)


# Tables


def head_count(table: Table) -> int:
    """Tell how many of the first rows are heads: as the format says, else one, two where cells reach over several."""
    if table.heads:
        return min(table.heads, HEAD_ROWS)
    titles = 0
    for row in table.rows[:HEAD_ROWS]:
        filled = {cell.text for cell in row.cells if cell.text}
        if len(filled) <= 1 and len(table.rows) > titles + 1:
            titles += 1
        else:
            break
    first = table.rows[titles] if titles < len(table.rows) else None
    spans = first is not None and any(cell.columns > 1 or cell.rows > 1 for cell in first.cells)
    deep = max((cell.rows for cell in first.cells), default=1) if first is not None and spans else 1
    return (
        titles + max(deep, 2 if spans and any(cell.columns > 1 for cell in first.cells if first) else 1)
        if first
        else titles
    )


def columns_of(table: Table, heads: int) -> dict[int, Passage]:
    """Give the words over each column, of all head rows together."""
    found: dict[int, Passage] = {}
    for row in table.rows[:heads]:
        texts = [cell.text for cell in row.cells]
        if len({text for text in texts if text}) <= 1 and len(texts) > 1:
            continue  # the title of the table
        for column, cell in enumerate(row.cells):
            if cell.text:
                before = found[column].folded if column in found else ""
                folded = fold(cell.text)
                joined = before if folded in before else before + folded
                found[column] = Passage(cell.text, joined, cell.where, in_table=True)
    return found


def body_rows(table: Table) -> list[tuple[Cell, ...]]:
    """Give the rows under the heads that hold anything."""
    return [row.cells for row in table.rows[head_count(table) :] if any(not cell.is_empty for cell in row.cells)]


def _said(cell: Cell) -> str:
    return fold(cell.text) if not cell.covered else ""


def _bare(folded: str) -> str:
    return Passage(folded, folded, None).bare  # type: ignore[arg-type]
