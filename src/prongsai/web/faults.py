"""Naming a fault without what it says: its message may hold a name, an address or an answer."""

import traceback
from collections.abc import Iterator
from types import TracebackType

_PACKAGE = "prongsai"


def place_of(fault: BaseException) -> str:
    """Name a fault by its type, and the lines of code it came through, ours and the last."""
    lines = list(_lines(fault.__traceback__))
    ours = [line for line in lines if line.startswith(f"{_PACKAGE}/")]
    return " ← ".join([type(fault).__qualname__, *dict.fromkeys([*lines[-1:], *reversed(ours)])])


def _lines(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trace):
        path = frame.f_code.co_filename.replace("\\", "/")
        *_, inside = path.rpartition(f"/{_PACKAGE}/")
        name = f"{_PACKAGE}/{inside}" if inside != path else path.rpartition("/")[2]
        yield f"{name}:{line}"
