"""A server of its own for an office with surveys, on a day that is the same whenever the tests run."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.trips.other_day import VARIABLE
from tests.trips.platform import Demo
from tests.trips.surveys_load import Town, serving
from tests.web.operations.place import Place, database_name, new_place

TODAY = date(2026, 8, 10)  # in the fiscal year of the newest framework, when its official surveys are over


@dataclass(frozen=True)
class Moved(Town):
    """An office on another day. days: a file with how many days its clock is ahead."""

    days: Path = Path()

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a process of this installation gets."""
        return super().environment | {VARIABLE: str(self.days)}


@contextlib.contextmanager
def town(prepared: Place, folder: Path) -> Iterator[Demo]:
    """Serve the office. prepared: an empty installation, to be copied into a folder."""
    days = folder / "days-ahead"
    days.write_text(str((TODAY - date.today()).days), encoding="ascii")
    with new_place(folder / "data", database_name(), like=prepared) as place:
        done = place.python("-m", "tests.trips.surveys_staff")
        assert done.returncode == 0, done.stderr
        accounts = json.loads(done.stdout.splitlines()[-1])
        moved = Moved(place.folder, place.database, days)
        with serving(moved, program=("tests.trips.other_day", "prongsai")) as server:
            url = f"http://{server.host}:{server.port}/"
            yield Demo(url, f"{url}account/login/", accounts)
