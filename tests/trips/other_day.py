"""The platform on another day: ``python -m tests.trips.other_day prongsai demo …`` or ``… django shred_reports``.

The file that PRONGSAI_TEST_DAYS_AHEAD names says by how many days its clock is ahead. It is read at every look at the
clock, so that time passes while the platform runs.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

VARIABLE = "PRONGSAI_TEST_DAYS_AHEAD"


def _ahead() -> timedelta:
    return timedelta(days=int(Path(os.environ[VARIABLE]).read_text(encoding="ascii")))


def _move() -> None:
    """Change the function itself, not its name: whoever has imported it looks at the other clock too."""
    from django.utils import timezone as clock

    def now():
        return datetime.now(tz=timezone.utc) + ahead_in_tests()  # noqa: F821  # reason: the names of its new module

    clock.ahead_in_tests = _ahead
    clock.now.__code__ = now.__code__


if __name__ in ("__main__", "__mp_main__"):  # a worker of the server, which loads this file again, moves its own
    _move()

if __name__ == "__main__":
    program, *arguments = sys.argv[1:]
    if program == "django":
        from django.core.management import execute_from_command_line

        execute_from_command_line([program, *arguments])
    else:
        from prongsai.cli import main

        main(arguments)
