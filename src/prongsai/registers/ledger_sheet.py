"""Finding the table in the export of a ledger: heads of one to three rows, cells merged over others, titles above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from prongsai.errors import FileUnusable
from prongsai.registers.ledger import BETWEEN, CODE, ITEM, SPENT, guess
from prongsai.registers.sheet_limits import too_many
from prongsai.registers.sheet_spool import Cells, Merge, Spread, content_of, events, spooled
from prongsai.thai.text import collapse

HEAD_WITHIN = 30
HEAD_ROWS_MAX = 3


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """The table of an export. head: of each column, its rows joined; head_row: the last of them, 1-based.

    rows: those under the head: number in the sheet, texts, whether the row is one text over several columns; to be
    walked once.
    """

    name: str
    head: tuple[str, ...]
    head_row: int
    rows: Iterator[tuple[int, Cells, bool]]


def ledger_sheet(source: bytes | Path, name: str) -> LedgerSheet:
    """Find the table of an export: xlsx, xlsb, xls, ods or csv. Raises FileUnusable, LimitExceeded.

    Of several sheets the one whose heads say most; two that say as much are refused, so that none is passed over.
    """
    spool = spooled(content_of(source, name), name)
    found = sorted((part for part in _parts(spool) if part.score), key=lambda part: -part.score)
    if not found:
        raise _no_head(name)
    best = found[0]
    rivals = [part for part in found if part.score == best.score and part.last_row > part.head_row]
    if len(rivals) > 1:
        raise _several(name, [part.name for part in rivals])
    best = rivals[0] if rivals else best
    if best.over:
        raise too_many(name, *best.over)
    return LedgerSheet(best.name, tuple(best.head), best.head_row, _rows(spool, best))


@dataclass(slots=True)
class _Part:
    """One sheet of the spool. at: where it starts."""

    name: str
    at: int
    first: list[tuple[int, Cells]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    last_row: int = 0
    over: tuple[str, str] | None = None
    head: list[str] = field(default_factory=list)
    head_row: int = 0
    score: int = 0

    def settle(self) -> None:
        """Find the rows that name most; of as many, the fewest rows, the lowest of them."""
        best = (0, 0, 0)
        spread = Spread(self.merges)
        filled = [(number, spread.row(number, cells, across=True)) for number, cells in self.first]
        for height in range(1, HEAD_ROWS_MAX + 1):
            for start in range(len(filled) - height + 1):
                block = filled[start : start + height]
                if block[-1][0] - block[0][0] != height - 1:
                    continue
                head = _joined([cells for _number, cells in block])
                rank = (_worth(head), -height, start)
                if rank > best and rank[0]:
                    best, self.head, self.head_row, self.score = rank, head, block[-1][0], rank[0]


def _worth(head: Sequence[str]) -> int:
    """Count what a head names; nothing when a line could not be told, or what was spent."""
    found = guess(head)
    return len(found) if SPENT in found and (ITEM in found or CODE in found) else 0


def _joined(rows: Sequence[Cells]) -> list[str]:
    """Join the rows of a head column by column; what a merged cell says twice is said once."""
    width = max(map(len, rows))
    columns = [[collapse(row[place]).strip() if place < len(row) else "" for row in rows] for place in range(width)]
    return [BETWEEN.join(dict.fromkeys(text for text in column if text)) for column in columns]


def _parts(spool: IO[bytes]) -> list[_Part]:
    found: list[_Part] = []
    spool.seek(0)
    for at, event in events(spool):
        if event[0] == "sheet":
            found.append(_Part(event[1], at))
        elif event[0] == "row":
            found[-1].last_row = event[1]
            if len(found[-1].first) < HEAD_WITHIN + HEAD_ROWS_MAX:
                found[-1].first.append((event[1], event[2]))
        elif event[0] == "merges":
            found[-1].merges = [tuple(each) for each in event[1]]
        else:
            found[-1].over = (event[1], event[2])
    for part in found:
        part.settle()
    return found


def _rows(spool: IO[bytes], part: _Part) -> Iterator[tuple[int, Cells, bool]]:
    with spool:
        spool.seek(part.at)
        spread, width = Spread(part.merges), len(part.head)
        is_begun = False
        for _at, event in events(spool):
            if event[0] == "sheet":
                if is_begun:
                    return
                is_begun = True
            elif event[0] != "row":
                return
            else:
                number, cells = event[1], event[2]
                is_section = spread.is_section(number, cells)
                filled = (spread.row(number, cells) + [""] * width)[:width]
                if number > part.head_row and any(text.strip() for text in filled):
                    yield number, filled, is_section


def _no_head(name: str) -> FileUnusable:
    return FileUnusable(
        f"{name}: no head of a ledger within the first {HEAD_WITHIN} rows",
        message_th=f"ไม่พบหัวตารางใน {HEAD_WITHIN} แถวแรกของ {name} ต้องมีหัวว่า รายการ (หรือรหัส) และ เบิกจ่าย",
        mend_th="ส่งออกจากระบบบัญชีใหม่โดยให้มีหัวตาราง หรือพิมพ์หัวคอลัมน์ให้ครบ",
    )


def _several(name: str, sheets: Sequence[str]) -> FileUnusable:
    listed = ", ".join(f"“{sheet}”" for sheet in sheets[:6])
    return FileUnusable(
        f"{name}: tables on several sheets",
        message_th=f"{name} มีตารางงบประมาณหลายแผ่นงาน: {listed}",
        mend_th="บันทึกแผ่นที่จะนำเข้าเป็นไฟล์ของตน",
    )
