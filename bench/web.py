"""Time the pages of a full year in process: ``python -m bench.web`` (SQLite), with PRONGSAI_DATABASE on PostgreSQL."""

import os
import sys
import tempfile
from pathlib import Path

from prongsai.web.operations.start import start


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as folder:
        os.environ["PRONGSAI_FRAMEWORKS"] = str(Path(folder) / "frameworks")
        os.environ.setdefault("PRONGSAI_DATABASE", os.environ.get("PRONGSAI_TEST_DATABASE", ""))
        start(Path(folder))
        from bench import pages  # noqa: PLC0415  # reason: its models need Django set up

        return pages.main()


if __name__ == "__main__":
    sys.exit(main())
