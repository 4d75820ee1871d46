"""Time a register of 100,000 entries: ``python -m bench.registers`` (SQLite, in a scratch folder).

On PostgreSQL: ``python -m tests.postgres -- .venv/bin/python -m bench.registers``; its database must be empty.
"""

import os
import sys
import tempfile
from pathlib import Path

from prongsai.web.operations.start import start


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as folder:
        os.environ.setdefault("PRONGSAI_DATABASE", os.environ.get("PRONGSAI_TEST_DATABASE", ""))
        start(Path(folder))
        from bench import entries  # noqa: PLC0415  # reason: its models need Django set up

        return entries.main()


if __name__ == "__main__":
    sys.exit(main())
