"""How often somebody may do something on a blind page: counted in the memory of this process, forgotten each hour.

An address is never kept, not even here: what is counted is its mark (``blind.marks``).
"""

from __future__ import annotations

import threading
import time
from collections import Counter

from django.http import HttpRequest

from prongsai.web.blind.marks import HOUR_S, MARK

ALL = 15  # times what one may, everybody together may


class Hourly:
    """Counts of an hour, by mark and of all together. everybody: how many times what one may, all together may."""

    def __init__(self, everybody: int = ALL) -> None:
        self._everybody = everybody
        self._lock = threading.Lock()
        self._ends = 0.0
        self._counts: Counter[str] = Counter()
        self._all = 0

    def is_too_often(self, mark: str, most: int) -> bool:
        """Count once; whether it is more than most for this mark, or than all may. Without a mark only all count."""
        with self._lock:
            if self._is_full(mark, most):
                return True
            self._all += 1
            if mark:
                self._counts[mark] += 1
            return False

    def is_full(self, mark: str, most: int) -> bool:
        """Whether the next would be too often; nothing is counted."""
        with self._lock:
            return self._is_full(mark, most)

    def forget(self) -> None:
        """Drop every count."""
        with self._lock:
            self._counts.clear()
            self._ends, self._all = 0.0, 0

    def _is_full(self, mark: str, most: int) -> bool:
        now = time.monotonic()
        if now >= self._ends:
            self._counts.clear()
            self._ends, self._all = now + HOUR_S, 0
        return self._all >= most * self._everybody or bool(mark and self._counts[mark] >= most)


def mark_in(request: HttpRequest) -> str:
    """Give the mark of who asks; "" for nobody in particular."""
    return str(request.META.get(MARK, ""))
