"""From files to a nation in one call: read, propose or take the mapping, check, put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prongsai.comparison.check import check
from prongsai.comparison.columns import Guess, Reading, changed, propose
from prongsai.comparison.grid import Grid, grids_of
from prongsai.comparison.model import CheckedTable, Source
from prongsai.comparison.rows import years_in
from prongsai.errors import FrameworkError
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework

USUAL = "ita-{year}"


@dataclass(frozen=True, slots=True)
class Imported:
    """A table as it was read: the grid, what its columns are and why, and the checked tables, one a year."""

    grid: Grid
    reading: Reading
    guesses: tuple[Guess, ...]
    tables: tuple[CheckedTable, ...]


class Shelf:
    """The frameworks of years: as the caller says, else the usual one of the library; each loaded once."""

    def __init__(self, said: Mapping[int, str] | None = None) -> None:
        self._said, self._loaded = dict(said or {}), dict[int, Framework | None]()

    def of(self, year_be: int) -> Framework | None:
        """Give the framework of a year; None where the library has none and nobody named one.

        Raises FrameworkError for one that was named and cannot be loaded.
        """
        if year_be not in self._loaded:
            self._loaded[year_be] = self._load(year_be)
        return self._loaded[year_be]

    def _load(self, year_be: int) -> Framework | None:
        if year_be in self._said:
            return load(self._said[year_be])
        try:
            return load(USUAL.format(year=year_be))
        except FrameworkError:
            return None


def import_file(
    source: Path | bytes,
    name: str,
    shelf: Shelf,
    *,
    said: Mapping[str, object] | None = None,
    told: str = "",
    taken_on: date | None = None,
) -> tuple[Imported, ...]:
    """Read and check every table of a file. said: what a person changed of the mapping; told: who published it.

    Raises FileUnusable, LimitExceeded, FrameworkError.
    """
    return tuple(import_grid(grid, shelf, said=said, told=told, taken_on=taken_on) for grid in grids_of(source, name))


def import_grid(
    grid: Grid,
    shelf: Shelf,
    *,
    said: Mapping[str, object] | None = None,
    told: str = "",
    taken_on: date | None = None,
) -> Imported:
    """Check one table of a file that was read, as ``import_file`` does. Raises FrameworkError."""
    said = said or {}
    first, _ = propose(grid, None)
    year = said.get("year", first.year_be)
    years = sorted(years_in(grid, first, year if isinstance(year, int) else None))
    frameworks = {each: framework for each in years if (framework := shelf.of(each)) is not None}
    newest = frameworks[max(frameworks)] if frameworks else None
    proposed, guesses = propose(grid, newest)
    reading = changed(grid, proposed, said, newest)
    source = Source(grid.file, grid.sha256, grid.sheet, grid.title, told, taken_on)
    return Imported(grid, reading, guesses, check(grid, reading, frameworks, source))
