"""Version 9.0.0 of the program, which knows one app more: ``python -m tests.web.operations.later_program VERB …``.

``prepare`` does what ``serve`` does before it serves.
"""

from __future__ import annotations

import sys

import prongsai

VERSION = "9.0.0"
prongsai.__version__ = VERSION

from prongsai.web import settings  # noqa: E402

settings.INSTALLED_APPS.append("tests.web.operations.later")

from prongsai.cli import main  # noqa: E402
from prongsai.cli.platform import start_django  # noqa: E402

if __name__ == "__main__":
    if sys.argv[1:] == ["prepare"]:
        start_django()
        from prongsai.web.operations import server

        server.prepare(print)
    else:
        main()
