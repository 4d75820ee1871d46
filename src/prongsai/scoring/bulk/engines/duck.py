"""DuckDB, inside the process: the default. Files are read where they lie; nothing is fetched from anywhere."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
from sqlglot import exp

from prongsai.scoring.bulk.engines.base import Row, check_there, failed, is_csv, unreadable
from prongsai.scoring.bulk.source import Column, Kind

_KINDS = {
    "VARCHAR": Kind.TEXT,
    "FLOAT": Kind.SINGLE,
    "DOUBLE": Kind.DOUBLE,
    **dict.fromkeys(
        (f"{sign}{size}" for sign in ("", "U") for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")),
        Kind.INTEGER,
    ),
}


class Duck:
    """An engine on a DuckDB of its own, in memory; what does not fit goes to a folder that is removed."""

    dialect = "duckdb"
    probes = True

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="prongsai-bulk-", ignore_cleanup_errors=True)
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": self._folder.name,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        self._line = duckdb.connect(config=settings)
        # The head of a file is read once, however often it is asked; a bar would stand amid what a program reads; no
        # statement joins more than two tables, and thinking about their order takes longer than looking at a column.
        self._line.execute(
            "SET parquet_metadata_cache = true; SET enable_progress_bar = false; SET disabled_optimizers = 'join_order'"
        )
        self._files: dict[str, str] = {}

    @property
    def line(self) -> duckdb.DuckDBPyConnection:
        """The connection, for reading files and writing results."""
        return self._line

    def open(self, path: Path, table: str) -> tuple[Column, ...]:
        """Make a file known under a name and give its columns. Raises FileUnusable."""
        check_there(path)
        try:
            opened = self._relation(path)
            opened.create_view(table)
        except (duckdb.Error, UnicodeDecodeError) as error:
            raise unreadable(path.name, error) from error
        self._files[table] = path.name
        return tuple(
            Column(name, kind_of(str(kind)), str(kind)) for name, kind in zip(opened.columns, opened.types, strict=True)
        )

    def _relation(self, path: Path) -> duckdb.DuckDBPyRelation:
        if is_csv(path):
            return self._line.read_csv(str(path), header=True, all_varchar=True)
        return self._line.read_parquet(str(path / "*.parquet") if path.is_dir() else str(path))

    def take(self, table: str, columns: Sequence[Column]) -> None:
        """Do nothing: only the columns that are asked for are read."""

    def keep(self, table: str, made: exp.Query) -> None:
        """Compute a selection and keep it under a name while the engine lives."""
        name = exp.Identifier(this=table, quoted=True).sql(self.dialect)
        self._run(f"CREATE TEMPORARY TABLE {name} AS {made.sql(self.dialect, comments=False, copy=False)}")

    def rows(self, made: exp.Query) -> list[Row]:
        """Give the rows of a selection."""
        return self._run(made.sql(self.dialect, comments=False, copy=False)).fetchall()

    def export(self, made: exp.Query, path: Path) -> None:
        """Write the rows of a selection as CSV without a head; nothing is empty, an empty text is quoted."""
        try:
            self._line.sql(made.sql(self.dialect, comments=False, copy=False)).write_csv(str(path), header=False)
        except duckdb.Error as error:
            raise unreadable(", ".join(self._files.values()), error) from error

    def _run(self, statement: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._line.execute(statement)
        except (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException) as error:
            raise unreadable(", ".join(self._files.values()), error) from error
        except duckdb.Error as error:
            raise failed("DuckDB", error) from error

    def close(self) -> None:
        """Give everything back."""
        self._line.close()
        self._folder.cleanup()


def kind_of(type_name: str) -> Kind:
    """Say what a column of a type of DuckDB's holds."""
    if type_name.startswith("DECIMAL"):
        return Kind.DECIMAL
    return _KINDS.get(type_name, Kind.TEXT if type_name.startswith("ENUM") else Kind.OTHER)
