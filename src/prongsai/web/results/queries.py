"""Reading: tables as pages list them, their columns with samples, where the explorer stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from prongsai.comparison.columns import Guess, Reading, changed, known_roles, propose, word_of
from prongsai.comparison.grid import Grid, grids_of
from prongsai.comparison.importing import Imported, Shelf, import_grid
from prongsai.comparison.model import Named
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.portal.addresses import MANIFEST
from prongsai.thai.agencies import read_agency, read_agency_code
from prongsai.thai.places import province
from prongsai.web.directory.models import Listed
from prongsai.web.disclosure.queries.addresses import ROUTE, app_origin
from prongsai.web.results.models import ResultFile, ResultTable, TableState

FOLDER = "compare"
SAMPLES = 3


def lists() -> Iterator[ResultTable]:
    """Give the tables, the newest first. One query."""
    return ResultTable.objects.defer("problems").select_related("taken_by", "replaced_by").iterator()


def explorer_folder() -> Path:
    """Give the folder of the explorer, beside those of the offices' public sites."""
    return Path(settings.SITES_FOLDER) / FOLDER


def explorer_address() -> str:
    """Give where the explorer is served, empty while it was never built."""
    is_there = (explorer_folder() / MANIFEST).exists()
    return f"{app_origin()}{ROUTE}/{FOLDER}/" if is_there else ""


def shelf_of(table: ResultTable) -> Shelf:
    """Give the frameworks by which a table is checked. Raises FrameworkError for one that is not there any more."""
    return Shelf({load(table.framework).fiscal_year_be: table.framework} if table.framework else {})


def imported(table: ResultTable) -> Imported:
    """Read a table anew from its file. Raises FileUnusable, FrameworkError."""
    return _imported(table, grids_in(table)[table.place])


def imported_all(tables: QuerySet[ResultTable]) -> Iterator[Imported]:
    """Read tables anew, in their order. No more than one file is held; tables of it that follow each other share it.

    Raises FileUnusable, FrameworkError.
    """
    held, grids = ("", ""), tuple[Grid, ...]()
    for table in tables.iterator():
        if held != (table.file_id, table.file_name):
            held, grids = (table.file_id, table.file_name), grids_in(table)
        yield _imported(table, grids[table.place])


def grids_in(table: ResultTable) -> tuple[Grid, ...]:
    """Read every table of the file that a table is in. Raises FileUnusable, LimitExceeded."""
    content = ResultFile.objects.values_list("content", flat=True).get(pk=table.file_id)
    return grids_of(bytes(content), table.file_name)


def _imported(table: ResultTable, grid: Grid) -> Imported:
    taken_on = timezone.localdate(table.taken_at)
    return import_grid(grid, shelf_of(table), said=table.mapping, told=table.source, taken_on=taken_on)


def accepted() -> QuerySet[ResultTable]:
    """Give the tables that count, the oldest first: of two that tell the same, the later one counts."""
    counting = ResultTable.objects.filter(state=TableState.ACCEPTED)
    return counting.defer("problems").order_by("accepted_at", "pk")


def listed_agencies() -> Iterator[Named]:
    """Give the agencies of the official list of codes, by which rows without a code find theirs. One query."""
    for code, name, where, district in Listed.objects.values_list("code", "name", "province", "district"):
        found, known, place = read_agency_code(code), read_agency(name), province(where)
        if found and known and place:
            yield Named(known.kind, known.name, place, district, found.text)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its form shows it. samples: of its first rows."""

    guess: Guess
    role: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table. roles: every role with its words, of the framework of the table's year."""

    grid: Grid
    reading: Reading
    columns: tuple[Column, ...]
    roles: tuple[tuple[str, str], ...]
    framework: Framework | None


def columns_of(table: ResultTable) -> Columns:
    """Give what each column is taken for. Reads the file. Raises FileUnusable, FrameworkError."""
    grid = grids_in(table)[table.place]
    year = table.mapping.get("year") or grid.year_be
    framework = shelf_of(table).of(year) if year else None
    proposed, guesses = propose(grid, framework)
    reading = changed(grid, proposed, table.mapping, framework)
    columns = tuple(
        Column(guess, role, tuple(text for text in grid.column(at)[:SAMPLES]))
        for at, (guess, role) in enumerate(zip(guesses, reading.roles, strict=True))
    )
    return Columns(grid, reading, columns, tuple((role, word_of(role)) for role in known_roles(framework)), framework)
