"""A spreadsheet, read once by a process of its own into a temporary file that is walked as often as is asked."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from prongsai.documents.read.refusals import SPLIT, broken, empty
from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.registers.sheet_child import REFUSED
from prongsai.registers.sheet_limits import BYTES_MAX, COLUMNS_MAX, MEMORY_BYTES_MAX, SECONDS_MAX, too_many

Cells = list[str]
Merge = tuple[int, int, int, int]


def content_of(source: bytes | Path, name: str) -> bytes:
    """Give the bytes of a file. Raises FileUnusable for none, LimitExceeded for too many."""
    if isinstance(source, Path):
        try:
            size = source.stat().st_size
            content = source.read_bytes() if size <= BYTES_MAX else b""
        except OSError as reason:
            raise FileUnusable(
                f"{source} cannot be opened: {reason.strerror}",
                message_th=f"เปิดไฟล์ {source} ไม่ได้",
                mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
            ) from reason
    else:
        content, size = source, len(source)
    if size > BYTES_MAX:
        raise too_many(name, f"{size:,} ไบต์", f"{BYTES_MAX:,} ไบต์")
    if not content.strip():
        raise empty(name)
    return content


def spooled(content: bytes, name: str) -> IO[bytes]:
    """Have the file read by a process that can be lost; what it sends on lies in a temporary file.

    Raises FileUnusable for what is no spreadsheet; LimitExceeded over a limit.
    """
    call = [sys.executable, "-I", "-X", "utf8", "-m", "prongsai.registers.sheet_child", name, str(MEMORY_BYTES_MAX)]
    spool = tempfile.TemporaryFile()  # noqa: SIM115  # reason: it lives as long as its rows are asked for
    try:
        child = subprocess.run(
            call, input=content, stdout=spool, stderr=subprocess.PIPE, check=False, timeout=SECONDS_MAX
        )
    except subprocess.TimeoutExpired as reason:
        spool.close()
        raise too_many(name, "ใช้เวลาอ่านนาน", f"{SECONDS_MAX} วินาที") from reason
    if child.returncode != 0:
        spool.close()
        raise _refusal(child.stderr) if child.returncode == REFUSED else _lost(child.stderr, name)
    return spool


def _refusal(answer: bytes) -> FileUnusable:
    form = json.loads(answer)
    kind = LimitExceeded if form["limit"] else FileUnusable
    return kind(form["message"], message_th=form["message_th"], mend_th=form["mend_th"])


def _lost(words: bytes, name: str) -> FileUnusable:
    last = words.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if "MemoryError" in last:
        return too_many(name, "ต้องใช้หน่วยความจำมาก", f"{MEMORY_BYTES_MAX:,} ไบต์", SPLIT)
    return broken(name, f"its reader gave up: {last[:200]}")


def events(spool: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Give the events from where the spool stands, each with where it begins."""
    while line := spool.readline():
        yield spool.tell() - len(line), json.loads(line)


class Spread:
    """Fills cells that a merged one covers with what stands at its corner, row after row downwards."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._starts: dict[int, list[Merge]] = {}
        for merge in merges:
            self._starts.setdefault(merge[0], []).append(merge)
        self._open: list[tuple[Merge, str]] = []

    def row(self, number: int, cells: Cells, *, across: bool = False) -> Cells:
        """Give the texts of a row. across: also those covered to the right, as heads over several columns are."""
        self._open = [(merge, text) for merge, text in self._open if merge[2] >= number]
        for merge in self._starts.get(number, ()):
            if merge[1] <= len(cells) and cells[merge[1] - 1]:
                self._open.append((merge, cells[merge[1] - 1]))
        if not self._open:
            return cells
        filled = list(cells)
        for (_, left, _, right), text in self._open:
            for column in range(left, min(right if across else left, COLUMNS_MAX) + 1):
                filled += [""] * (column - len(filled))
                filled[column - 1] = filled[column - 1] or text
        return filled

    def is_section(self, number: int, cells: Cells) -> bool:
        """Whether a row is one text over several columns and nothing else."""
        filled = [place for place, text in enumerate(cells, 1) if text.strip()]
        return len(filled) == 1 and any(
            merge[1] == filled[0] and merge[3] > merge[1] for merge in self._starts.get(number, ())
        )
