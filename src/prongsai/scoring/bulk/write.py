"""Write the tables of a nation: a folder of them, or the agencies' alone; Parquet, CSV or JSON."""

import csv
import json
import tempfile
from pathlib import Path

import duckdb

from prongsai.errors import ProngsaiError
from prongsai.scoring.bulk.results import Results, Table

FORMATS = ("parquet", "csv", "json")
_TYPES = {"text": "VARCHAR", "number": "DOUBLE", "count": "BIGINT", "flag": "BOOLEAN"}


def write_results(found: Results, out: Path, form: str = "parquet") -> tuple[Path, ...]:
    """Write the agencies' table to a file of a known ending, or every table into a folder; give what was written.

    form: of the files in a folder. What is there is replaced, each file at once. Raises ProngsaiError if it cannot be.
    """
    ending = out.suffix.lower().removeprefix(".")
    alone = ending in FORMATS and not out.is_dir()
    try:
        if alone:
            out.parent.mkdir(parents=True, exist_ok=True)
            return (_write(found.tables["agencies"], out, ending),)
        out.mkdir(parents=True, exist_ok=True)
        return tuple(_write(table, out / f"{name}.{form}", form) for name, table in found.tables.items())
    except (OSError, duckdb.Error) as error:
        raise ProngsaiError(
            f"cannot write {out}: {error}",
            message_th=f"เขียนผลลัพธ์ลง {out} ไม่ได้",
            mend_th="ตรวจชื่อ สิทธิ์ และพื้นที่ว่าง",
        ) from error


def _write(table: Table, path: Path, form: str) -> Path:
    part = path.with_name(f".{path.name}.part")
    try:
        {"parquet": _parquet, "csv": _csv, "json": _json}[form](table, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _csv(table: Table, path: Path) -> None:
    """UTF-8 with a mark, so that a spreadsheet shows Thai."""
    _rows(table, path, "utf-8-sig")


def _rows(table: Table, path: Path, encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table.columns)
        writer.writerows(table.rows)


def _json(table: Table, path: Path) -> None:
    path.write_text(json.dumps(table.records(), ensure_ascii=False, indent=1), encoding="utf-8")


def _parquet(table: Table, path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="prongsai-bulk-", ignore_cleanup_errors=True) as folder:
        between = Path(folder) / "table.csv"
        _rows(table, between, "utf-8")
        line = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        try:
            types = {name: _TYPES[kind] for name, kind in table.columns.items()}
            line.read_csv(
                str(between), header=True, delimiter=",", quotechar='"', escapechar='"', dtype=types
            ).write_parquet(str(path), compression="zstd")
        finally:
            line.close()
