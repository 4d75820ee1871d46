"""Pictures of every page at two widths: ``python -m tests.trips.screenshots OUT [part of a route …]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.browser import chromium_path
from tests.trips.pages import every_page, furnish
from tests.trips.platform import chromium, demo

USAGE = "python -m tests.trips.screenshots OUT [part of a route ...]"


def main(arguments: list[str]) -> int:
    """Load a demonstration, do a bit of every kind of work in it, and keep each page as OUT/<width>/<route>.png."""
    if not arguments or chromium_path() is None:
        print(USAGE if not arguments else "there is no Chromium", file=sys.stderr)
        return 2
    out, parts = Path(arguments[0]), arguments[1:]
    with tempfile.TemporaryDirectory(prefix="prongsai-pages-") as folder:
        data = Path(folder) / "data"
        with demo(data):
            pass
        pages = furnish(data)["pages"]
        chosen = {route: where for route, where in pages.items() if not parts or any(part in route for part in parts)}
        with demo(data) as place, chromium() as browser:
            for opened in every_page(browser, place, chosen):
                path = out / opened.width / f"{opened.route.replace(':', '-')}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                opened.page.screenshot(path=path, full_page=True)
    print(f"{len(chosen)} pages in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
