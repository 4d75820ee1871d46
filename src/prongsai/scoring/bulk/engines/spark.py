"""Spark, where a ministry or university has one: the same selections, on its workers."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import (
    ByteType,
    DataType,
    DecimalType,
    DoubleType,
    FloatType,
    IntegerType,
    LongType,
    ShortType,
    StringType,
)
from sqlglot import exp

from prongsai.scoring.bulk.engines.base import Row, check_there, failed, is_csv, unreadable
from prongsai.scoring.bulk.source import Column, Kind

_KINDS: dict[type[DataType], Kind] = {
    StringType: Kind.TEXT,
    FloatType: Kind.SINGLE,
    DoubleType: Kind.DOUBLE,
    DecimalType: Kind.DECIMAL,
    **dict.fromkeys((ByteType, ShortType, IntegerType, LongType), Kind.INTEGER),
}

# The tree is a tower of selections: put into one, each total would hold the arithmetic of all below it many times over.
_WHILE_HERE = {
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.sql.codegen.wholeStage": "false",
}


class Spark:
    """An engine on a session of Spark: one that is given, or one of its own, which it ends.

    The files must be readable by the workers under the same path.
    """

    dialect = "spark"
    probes = False

    def __init__(self, session: SparkSession | None = None, *, master: str = "local[*]") -> None:
        self._own = session is None
        self._folder = tempfile.mkdtemp(prefix="prongsai-spark-")
        self._session = session or new_session(master, self._folder)
        self._kept: dict[str, DataFrame] = {}
        self._before = {name: self._session.conf.get(name, None) for name in _WHILE_HERE}
        for name, value in _WHILE_HERE.items():
            self._session.conf.set(name, value)

    def open(self, path: Path, table: str) -> tuple[Column, ...]:
        """Make a file known under a name and give its columns. Raises FileUnusable."""
        check_there(path)
        reader = self._session.read
        where = path.resolve().as_uri()
        try:
            frame = (
                reader.csv(where, header=True, multiLine=True, escape='"') if is_csv(path) else reader.parquet(where)
            )
        except PySparkException as error:
            raise unreadable(path.name, error) from error
        frame.createOrReplaceTempView(table)
        return tuple(
            Column(field.name, _KINDS.get(type(field.dataType), Kind.OTHER), field.dataType.simpleString())
            for field in frame.schema.fields
        )

    def take(self, table: str, columns: Sequence[Column]) -> None:
        """Do nothing: only the columns that are asked for are read."""

    def keep(self, table: str, made: exp.Query) -> None:
        """Compute a selection and keep it under a name while the engine lives."""
        try:
            frame = self._session.sql(made.sql(self.dialect, comments=False, copy=False)).cache()
            frame.count()
        except PySparkException as error:
            raise failed("Spark", error) from error
        frame.createOrReplaceTempView(table)
        self._kept[table] = frame

    def rows(self, made: exp.Query) -> list[Row]:
        """Give the rows of a selection."""
        try:
            return [
                tuple(row) for row in self._session.sql(made.sql(self.dialect, comments=False, copy=False)).collect()
            ]
        except PySparkException as error:
            raise failed("Spark", error) from error

    def close(self) -> None:
        """Give everything back; a session that was given goes on."""
        for table, frame in self._kept.items():
            self._session.catalog.dropTempView(table)
            frame.unpersist()
        for name, value in self._before.items():
            if value is None:
                self._session.conf.unset(name)
            else:
                self._session.conf.set(name, value)
        if self._own:
            self._session.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def new_session(master: str, folder: str) -> SparkSession:
    """Start a session. folder: for what Spark puts aside. Raises ProngsaiError when the cluster is not there."""
    local = master.startswith("local") or "127.0.0.1" in master
    builder = SparkSession.builder.master(master).appName("prongsai bulk-score")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.caseSensitive": "true",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.local.dir": folder,
        "spark.pyspark.python": sys.executable,
    }
    if local:
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "4",
        }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise failed("Spark", error) from error
