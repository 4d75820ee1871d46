"""PostgreSQL, where the office has one: files go by COPY into temporary tables, which end with the connection."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql as names
from sqlglot import exp

from prongsai.scoring.bulk.engines.base import Row, failed, unreadable
from prongsai.scoring.bulk.engines.duck import Duck
from prongsai.scoring.bulk.source import Column, Kind
from prongsai.scoring.bulk.sql import column, select

_CHUNK = 1 << 20
_TYPES = {
    Kind.TEXT: "text",
    Kind.SINGLE: "double precision",  # from its printed form, so 33.33 stays 33.33
    Kind.DOUBLE: "double precision",
    Kind.INTEGER: "numeric",
    Kind.DECIMAL: "numeric",
    Kind.OTHER: "text",
}
_SMALL = frozenset({"TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER", "UINTEGER", "BIGINT"})


class Postgres:
    """An engine on a server of PostgreSQL. DuckDB reads the files; nothing is written to the server's own tables."""

    dialect = "postgres"
    probes = False

    def __init__(self, address: str) -> None:
        try:
            self._line = psycopg.connect(address, autocommit=True)
        except psycopg.Error as error:
            raise failed("PostgreSQL", error) from error
        self._reader = Duck()
        self._paths: dict[str, str] = {}

    def open(self, path: Path, table: str) -> tuple[Column, ...]:
        """Make a file known under a name and give its columns. Raises FileUnusable."""
        self._paths[table] = path.name
        return tuple(
            Column(each.name, Kind.DOUBLE if each.kind is Kind.SINGLE else each.kind, each.type)
            for each in self._reader.open(path, table)
        )

    def take(self, table: str, columns: Sequence[Column]) -> None:
        """Copy these columns of a file to the server."""
        heads = names.SQL(", ").join(
            names.SQL("{} {}").format(names.Identifier(each.name), names.SQL(_type(each))) for each in columns
        )
        self._run(
            names.SQL("CREATE TEMPORARY TABLE {} ({})").format(names.Identifier(table), heads).as_string(self._line)
        )
        with tempfile.TemporaryDirectory(prefix="prongsai-bulk-", ignore_cleanup_errors=True) as folder:
            part = Path(folder) / "part.csv"
            self._reader.export(select([column(each.name) for each in columns], table), part)
            self._copy(table, part)
        self._run(names.SQL("ANALYZE {}").format(names.Identifier(table)).as_string(self._line))

    def _copy(self, table: str, part: Path) -> None:
        into = names.SQL("COPY {} FROM STDIN (FORMAT csv)").format(names.Identifier(table))
        try:
            with part.open("rb") as written, self._line.cursor() as cursor, cursor.copy(into) as copy:
                while chunk := written.read(_CHUNK):
                    copy.write(chunk)
        except psycopg.DataError as error:
            raise unreadable(self._paths[table], error) from error
        except psycopg.Error as error:
            raise failed("PostgreSQL", error) from error

    def keep(self, table: str, made: exp.Query) -> None:
        """Compute a selection and keep it under a name while the engine lives."""
        name = exp.Identifier(this=table, quoted=True).sql(self.dialect)
        self._run(f"CREATE TEMPORARY TABLE {name} AS {made.sql(self.dialect, comments=False, copy=False)}")

    def rows(self, made: exp.Query) -> list[Row]:
        """Give the rows of a selection."""
        return self._run(made.sql(self.dialect, comments=False, copy=False)).fetchall()

    def _run(self, statement: str) -> psycopg.Cursor[Row]:
        try:
            return self._line.execute(statement.encode())
        except psycopg.Error as error:
            raise failed("PostgreSQL", error) from error

    def close(self) -> None:
        """Give everything back."""
        self._line.close()
        self._reader.close()


def _type(column: Column) -> str:
    return "bigint" if column.type in _SMALL else _TYPES[column.kind]
