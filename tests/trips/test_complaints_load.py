"""Many report at the same moment: nothing is lost, nothing doubled, nothing written beside, and memory stays small."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from prongsai.privacy.seal.boxes import unseal_value
from prongsai.privacy.seal.frames import opened
from prongsai.privacy.seal.wraps import unwrapped
from prongsai.web.complaints.contents import Told, told_from
from prongsai.web.environment import SQLITE_NAME
from tests.conftest import PROVE
from tests.postgres import NONE, server
from tests.trips.complaints_load import Busy, Files, Load, Sent, Server, pictures_of_memory, send_all, serving, watched
from tests.web.operations.conftest import prepared, prepared_once  # noqa: F401
from tests.web.operations.place import SERVER, Place

pytestmark = pytest.mark.db

MEMORY_MAX_MB = 600  # each process of the server, while 32 report and a gibibyte of files comes in
GIBIBYTE = 1024**3
WRITTEN = {"complaints_report", "complaints_message", "complaints_sealedfile"}


def large(number: int) -> tuple[int, ...]:
    """Give the sizes of files: two recordings of a phone, or every 25th time a film."""
    return (26_000_000,) if number % 25 == 0 else (600_000, 600_000)


def small(number: int) -> tuple[int, ...]:
    """Give the sizes of files: none, one, or two."""
    return (90_000, 1_500_000)[: number % 3]


FULL = (Load("1,000 by 8", 1_000, 8), Load("1,000 by 32", 1_000, 32), Load("500 with files by 32", 500, 32, large))
LOADS = FULL if PROVE else (Load("24 by 8", 24, 8, small),)
FILES_EVERY = 5 if PROVE else 1  # of so many reports the files are opened and compared
DATABASES = ("SQLite", "PostgreSQL") if PROVE and not SERVER else ("PostgreSQL" if SERVER else "SQLite",)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def office_place(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[Busy]:
    """An installation without an office, with a folder of its own for passing files."""
    passing = tmp_path / "passing"
    passing.mkdir()
    with ExitStack() as stack:
        if database == "SQLite" or SERVER:
            ready: Place = request.getfixturevalue("prepared")
            found = Busy(ready.folder, ready.database, str(passing))
        else:
            address = stack.enter_context(server()) or pytest.skip(NONE)
            found = Busy(tmp_path / "data", address, str(passing))
        yield found
    shutil.rmtree(found.folder / "sealed", ignore_errors=True)  # a gibibyte that nobody looks at afterwards


def test_every_report_of_many_at_once_is_kept_once_and_nothing_beside(
    office_place: Busy, database: str, prove: Callable[..., None]
) -> None:
    place, sent = office_place, dict[Load, list[Sent]]()
    with serving(place, workers=2) as office:
        before = counts(place)
        assert pictures_of_memory(office) <= {"0"}
        for load in LOADS:
            with watched(office) as usage:
                sent[load] = send_all(office, load)
            faults = [(one.number, one.faults) for one in sent[load] if one.faults]
            assert (faults, usage.largest_mb < MEMORY_MAX_MB) == ([], True), usage
            prove(
                f"reports at once, {load.name}, {database}",
                load.count,
                len(sent[load]) - len(faults),
                f"kept once and opened by receipt; {load.file_bytes / GIBIBYTE:.2f} GiB of files, "
                f"{usage.largest_mb:,.0f} MB a process, {usage.cpu_s / load.count:.2f} s of processor each",
            )
    assert office.said == ""
    after = counts(place)
    assert {table for table in after if after[table] != before[table]} <= WRITTEN
    assert list(Path(place.temporary).rglob("*")) == []
    assert_kept_once(place, office, sent)


def assert_kept_once(place: Busy, office: Server, sent: dict[Load, list[Sent]]) -> None:
    """Compare what was sent with rows and files, opened with a handler's keys; numbers and receipts are all different."""
    rows = asked(place, "SELECT number, wraps, body FROM complaints_report")
    told = {one.what: one for one in (told_of(bytes(wraps), bytes(body), office.identities) for _, wraps, body in rows)}
    wanted = [load.what(number) for load in sent for number in range(load.count)]
    words = {one.words for each in sent.values() for one in each}
    assert (sorted(told), len(rows)) == (sorted(wanted), len(wanted))
    assert (len({number for number, _, _ in rows}), len(words)) == (len(rows), len(rows))
    folder = place.folder / "sealed" / office.code
    named = [name for (name,) in asked(place, "SELECT name FROM complaints_sealedfile")]
    assert sorted(named) == sorted(path.name for path in folder.glob("??/*"))
    assert list((folder / "parts").glob("*")) == []
    assert len(named) == sum(len(load.sizes(number)) for load in sent for number in range(load.count))
    for load in sent:
        for number in range(0, load.count, FILES_EVERY):
            assert opened_files(folder, told[load.what(number)]) == load.files(number), (load.name, number)


def told_of(wraps: bytes, body: bytes, identities: list[str]) -> Told:
    """Open a report with a handler's keys."""
    keys = json.loads(unwrapped(wraps, identities) or b"{}")
    return told_from(unseal_value(body, [keys["dialogue"]]))


def opened_files(folder: Path, told: Told) -> Files:
    """Open the files of a report from where they lie."""
    found = []
    for key in told.files:
        with (folder / key.name[:2] / key.name).open("rb") as source:
            found.append((key.title, b"".join(opened(source, key.identity))))
    return tuple(found)


# --- the database, asked without the platform -------------------------------------------------------------------------
def counts(place: Busy) -> dict[str, int]:
    """Count the rows of every table of ours; SQLite's own list of tables that have numbered rows is none."""
    listed = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if place.database
        else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {table: asked(place, f'SELECT count(*) FROM "{table}"')[0][0] for (table,) in asked(place, listed)}


def asked(place: Busy, question: str) -> list[Any]:
    """Ask the database of a place; give the rows."""
    if place.database:
        import psycopg

        with psycopg.connect(place.database) as connection:
            return connection.execute(question).fetchall()  # type: ignore[arg-type]
    with closing(sqlite3.connect(place.folder / SQLITE_NAME)) as connection:
        return connection.execute(question).fetchall()
