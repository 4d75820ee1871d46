"""Start an engine by its name; what is not installed is said with the command that mends it."""

import importlib.util

from prongsai.errors import ProngsaiError
from prongsai.scoring.bulk.engines.base import Engine, missing_extra

ENGINES = ("duckdb", "postgresql", "spark")


def need_bulk() -> None:
    """Refuse in one line when the extra ``bulk`` is not installed."""
    for package in ("duckdb", "sqlglot"):
        if importlib.util.find_spec(package) is None:
            raise missing_extra("duckdb", package, "bulk")


def start(name: str, *, database: str | None = None, spark_master: str | None = None) -> Engine:
    """Start an engine. database: the address of PostgreSQL; spark_master: of Spark, by default this machine alone.

    Raises ProngsaiError where its package is missing or it cannot be reached.
    """
    need_bulk()
    if name == "postgresql":
        return _postgres(database)
    if name == "spark":
        return _spark(spark_master)
    from prongsai.scoring.bulk.engines.duck import Duck  # noqa: PLC0415  # reason: only there with the extra bulk

    return Duck()


def _postgres(database: str | None) -> Engine:
    if not database:
        raise ProngsaiError(
            "PostgreSQL needs an address",
            message_th="ไม่ได้บอกที่อยู่ของ PostgreSQL",
            mend_th="เพิ่ม --database postgresql://ผู้ใช้@เครื่อง/ฐานข้อมูล",
        )
    if importlib.util.find_spec("psycopg") is None:
        raise missing_extra("postgresql", "psycopg", "bulk,postgres")
    from prongsai.scoring.bulk.engines.postgres import Postgres  # noqa: PLC0415  # reason: only there with the extra postgres

    return Postgres(database)


def _spark(master: str | None) -> Engine:
    if importlib.util.find_spec("pyspark") is None:
        raise missing_extra("spark", "pyspark", "bulk,spark")
    from prongsai.scoring.bulk.engines.spark import Spark  # noqa: PLC0415  # reason: only there with the extra spark

    return Spark(master=master or "local[*]")
