"""The demonstration before it keeps any register, letter or case: ``python -m tests.trips.registers_office DATA``.

Works on an empty data folder, in a process of its own; ``prongsai demo`` then goes on with what is there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main(data: str) -> None:
    os.environ |= {"PRONGSAI_DATA": data, "PRONGSAI_DATABASE": "", "DJANGO_SETTINGS_MODULE": "prongsai.web.settings"}
    os.environ.pop("PRONGSAI_SECRET_KEY", None)
    import django  # reason: after the settings

    django.setup()
    from prongsai.web.operations import (  # reason: needs Django
        demo,
        demo_complaints,
        demo_letters,
        demo_registers,
        demo_site,
        server,
    )

    demo_registers.load = lambda scopes, folder: None
    demo_letters.load = lambda scopes: None
    demo_complaints.load = lambda scopes, passwords, folder: demo_complaints.Made((), ())
    demo_site.load = lambda scopes, folder, year_be: None  # its files come from registers
    server.prepare()
    demo.ready()


def empty_office(data: Path) -> None:
    """Make the municipality in a data folder."""
    command = [sys.executable, "-m", "tests.trips.registers_office", str(data)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    main(*sys.argv[1:])
