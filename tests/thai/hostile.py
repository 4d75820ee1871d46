"""Text made to be slow: 200 kB of what a pattern may try in too many ways, the first half of it in small runs."""

import time
from collections.abc import Callable, Iterable

from tests.conftest import PROVE

LIMIT_SECONDS = 5.0  # quadratic work on half of a text takes most of a minute: a busy machine cannot blur the answer


def assert_quick(read: Callable[[str], object], texts: Iterable[str]) -> None:
    """Read each text in seconds of this process's own time."""
    for whole in texts:
        text = whole if PROVE else whole[: len(whole) // 2]
        began = time.process_time()
        read(text)
        taken = time.process_time() - began
        assert taken < LIMIT_SECONDS, f"{read.__name__} took {taken:.2f} s on {text[:20]!r} × {len(text):,} characters"
