"""Which cell of a row stands under which head, when the row has too few or too many cells or starts shifted."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from prongsai.documents.model import Cell
from prongsai.reports.heads import Head, Role
from prongsai.reports.owners import are_owners
from prongsai.thai.dates import read_period
from prongsai.thai.numerals import read_item_code, read_ordinal, read_score
from prongsai.thai.text import fold

SHIFTED_CELL_MIN = 40
GAP_MAX = 3
COLUMNS_MAX = 24
PERIOD_LENGTH_MAX = 120
OWNERS_LENGTH_MAX = 600
_DROP_COST = 1.0
_DROP_COST_SAFE = 0.1  # an empty cell, or one that says what its neighbour says
_LATE = 0.001  # of two equal places to leave blank or drop, the later


class Doubt(StrEnum):
    """Why a row may not be as printed columns say."""

    SHIFTED = "shifted"
    CELL_COUNT = "cell_count"
    SHORT = "cells_missing_at_end"
    NUMBER_ODD = "number_odd"
    HEAD_GUESSED = "head_guessed"
    HEAD_DAMAGED = "head_damaged"
    HEAD_WEAK = "head_weak"
    CONTINUATION_GUESSED = "continuation_guessed"
    TITLE_INHERITED = "title_inherited"
    START_MISSING = "start_missing"


class Laid(NamedTuple):
    """Cells under the columns of a head, one each; cells for which there was no column; what is odd about it."""

    cells: tuple[Cell, ...]
    left_over: tuple[Cell, ...]
    doubts: tuple[Doubt, ...]


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a running number, a number such as 1.2, or an item code."""
    bare = text.strip(" ().").replace(" ", "")
    parts = bare.split(".")
    is_dotted = 1 < len(parts) <= 3 and all(part.isdecimal() and len(part) <= 2 for part in parts)
    return is_dotted or read_ordinal(text) is not None or read_item_code(text) is not None


def lay(cells: Sequence[Cell], head: Head) -> Laid:
    """Lay cells under columns. A missing cell is looked for where the rest then fits best; the row is doubted."""
    wide = len(head.columns)
    trimmed = _trimmed(cells, wide)
    shifted = _starts_shifted(trimmed, head)
    if len(trimmed) == wide and not shifted:
        odd = len(cells) > wide and any(
            fit(cell, column.role) < 0 for cell, column in zip(trimmed, head.columns, strict=True)
        )
        return Laid(tuple(trimmed), (), (Doubt.CELL_COUNT,) if odd else ())
    if abs(len(trimmed) - wide) > GAP_MAX or max(wide, len(trimmed)) > COLUMNS_MAX:
        return _as_printed(trimmed, wide)
    laid, left_over = _best(trimmed, head)
    return Laid(laid, left_over, (_doubt(trimmed, laid, shifted=shifted),))


def _trimmed(cells: Sequence[Cell], wide: int) -> list[Cell]:
    """Drop empty cells behind the last column."""
    kept = list(cells)
    while len(kept) > wide and kept[-1].is_empty:
        kept.pop()
    return kept


def _starts_shifted(cells: Sequence[Cell], head: Head) -> bool:
    first = cells[0].text
    return head.index(Role.NUMBER) == 0 and len(first) > SHIFTED_CELL_MIN and not is_number(first)


def _as_printed(cells: Sequence[Cell], wide: int) -> Laid:
    blanks = tuple(_blank(cells[0]) for _ in range(wide - len(cells)))
    return Laid(
        (*cells[:wide], *blanks), tuple(cell for cell in cells[wide:] if not cell.is_empty), (Doubt.CELL_COUNT,)
    )


def _doubt(cells: Sequence[Cell], laid: Sequence[Cell], *, shifted: bool) -> Doubt:
    if not shifted and len(cells) > len(laid):
        return Doubt.CELL_COUNT
    if not shifted and list(laid[: len(cells)]) == list(cells):
        return Doubt.SHORT
    return Doubt.SHIFTED


def _blank(like: Cell) -> Cell:
    return replace(like, raw="", lines=())


class _Step(NamedTuple):
    score: float
    move: str


def _best(cells: Sequence[Cell], head: Head) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Lay cells so that as many as can be look like their column: blank columns and dropped cells are allowed."""
    columns = head.columns
    looks = [_look(cell) for cell in cells]
    table = [[_Step(0.0, "")] * (len(columns) + 1) for _ in range(len(cells) + 1)]
    for i in range(len(cells) + 1):
        for j in range(len(columns) + 1):
            offers = []
            if i and j:
                offers.append(_Step(table[i - 1][j - 1].score + _fit(looks[i - 1], columns[j - 1].role), "lay"))
            if j:
                offers.append(_Step(table[i][j - 1].score + _LATE * j, "blank"))
            if i:
                offers.append(_Step(table[i - 1][j].score - _drop_cost(cells, i - 1), "drop"))
            table[i][j] = max(offers, key=lambda step: step.score, default=_Step(0.0, ""))
    return _traced(table, cells, len(columns))


def _traced(table: list[list[_Step]], cells: Sequence[Cell], wide: int) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    laid: list[Cell] = []
    dropped: list[Cell] = []
    i, j = len(cells), wide
    while i or j:
        move = table[i][j].move
        i -= move in ("lay", "drop")
        j -= move in ("lay", "blank")
        if move == "drop":
            dropped += [] if cells[i].is_empty else [cells[i]]
        else:
            laid.append(cells[i] if move == "lay" else _blank(cells[0]))
    return tuple(reversed(laid)), tuple(reversed(dropped))


def _drop_cost(cells: Sequence[Cell], at: int) -> float:
    beside = [cells[near] for near in (at - 1, at + 1) if 0 <= near < len(cells)]
    says = fold(cells[at].text)
    safe = cells[at].is_empty or any(fold(cell.text) == says for cell in beside)
    return (_DROP_COST_SAFE if safe else _DROP_COST) - _LATE * at


def fit(cell: Cell, role: Role | None) -> float:
    """Give how well a cell looks like what its column holds, -1 to 1; an empty one fits anywhere."""
    return _fit(_look(cell), role)


class _Look(NamedTuple):
    """What a cell looks like; every answer is asked for many columns, so it is given once."""

    is_empty: bool
    is_number: bool = False
    is_score: bool = False
    is_period: bool = False
    are_owners: bool = False


def _look(cell: Cell) -> _Look:
    if cell.is_empty:
        return _Look(True)
    text = cell.text
    short = len(text) < PERIOD_LENGTH_MAX
    return _Look(
        False,
        short and is_number(text),
        short and read_score(text) is not None,
        short and read_period(text, fiscal_year_be=2560) is not None,
        len(text) < OWNERS_LENGTH_MAX and are_owners(cell.lines),
    )


def _fit(look: _Look, role: Role | None) -> float:
    if look.is_empty:
        return 0.0
    if role in (Role.NUMBER, Role.CODE):
        return 1.0 if look.is_number else -1.0
    if role is Role.SCORE:
        return 1.0 if look.is_score else -1.0
    if role in (Role.PERIOD, Role.START, Role.END):
        return 1.0 if look.is_period else -1.0
    if role is Role.RESPONSIBLE:
        return 0.75 if look.are_owners else -0.25
    return -0.5 if look.is_number else -0.25 if look.is_period or look.are_owners else 0.25
