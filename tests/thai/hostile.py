"""Text made to be slow: 200 kB of what a pattern may try in too many ways."""

import time
from collections.abc import Callable, Iterable

LIMIT_SECONDS = 5.0  # quadratic work on these texts takes minutes, so a busy machine cannot blur the answer


def assert_quick(read: Callable[[str], object], texts: Iterable[str]) -> None:
    """Read each text in less than a second of this process's own time."""
    for text in texts:
        began = time.process_time()
        read(text)
        taken = time.process_time() - began
        assert taken < LIMIT_SECONDS, f"{read.__name__} took {taken:.2f} s on {text[:20]!r} × {len(text):,} characters"
