"""Load a workbook in a process of its own: bytes on standard input, its sheets as JSON on standard output.

The loader is compiled. A crafted workbook (one cell a million rows down, a claimed size of the whole sheet) makes it
ask for more memory than there is, and that ends the process it runs in. So it runs in this one, which knows
nothing and can be lost. It imports nothing of Prongsai, to start fast; its limits are its arguments.
"""

import contextlib
import json
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

try:
    import resource
except ImportError:  # Windows has no such limit; the parent's time limit remains
    resource = None  # type: ignore[assignment]

Cell = int | float | str | bool | date | datetime | time | timedelta


def main(max_sheets: int, max_cells: int, max_memory_bytes: int) -> None:
    """Answer ``{"sheets": [[row, …], …]}`` with every cell as text.

    Beyond the limit of a sheet ``{"cells": n}``; for what the loader refuses ``{"error": …}``.
    """
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (max_memory_bytes, max_memory_bytes))
    try:
        answer = _load(sys.stdin.buffer.read(), max_sheets, max_cells)
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _load(raw: bytes, max_sheets: int, max_cells: int) -> dict[str, object]:
    book = CalamineWorkbook.from_filelike(BytesIO(raw))
    sheets = []
    for name in book.sheet_names[:max_sheets]:
        sheet = book.get_sheet_by_name(name)
        row, column = sheet.end or (0, 0)  # counted from 0
        cells = (row + 1) * (column + 1)
        if cells > max_cells:
            return {"cells": cells}
        # Empty rows are kept, so that a row's number is the one the user sees.
        sheets.append([[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)])
    return {"sheets": sheets}


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


if __name__ == "__main__":
    main(*(int(limit) for limit in sys.argv[1:4]))
