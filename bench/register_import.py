"""Time and memory of bringing 50,000 rows into a register: ``python -m bench.register_import [ROWS…]``.

On SQLite; on PostgreSQL with ``python -m tests.postgres -- python -m bench.register_import``. Each size in a process of
its own, for its peak memory: the platform's process, and the one that reads the file. The workbook is one of the
register of assets, whose rows may occur only once, point at units and have choices, dates and money.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

SIZES = (5_000, 50_000)
HEAD = ("เลขครุภัณฑ์", "รายการ", "ประเภท", "ส่วนราชการเจ้าของ", "สถานที่ตั้ง", "วันที่ได้มา", "ราคา")
STEP = 500


def rows(count: int) -> Iterator[tuple[object, ...]]:
    units = ("กองคลัง", "กองช่าง", "สำนักปลัดเทศบาล", "กองการศึกษา")
    kinds = ("ครุภัณฑ์", "ยานพาหนะ", "วัสดุสิ้นเปลือง")
    for number in range(count):
        day = datetime(2020 + number % 5, 1 + number % 12, 1 + number % 28)
        place = f"ห้อง {number % 40} ชั้น {number % 3 + 1}"
        yield (
            f"416-63-{number:06}",
            f"เครื่องใช้ชิ้นที่ {number}",
            kinds[number % 3],
            units[number % 4],
            place,
            day,
            100 + number,
        )


def sheet(count: int, folder: Path) -> Path:
    path = folder / f"{count}.xlsx"
    book = Workbook(str(path))  # with shared strings, as Excel writes them
    page, day = book.add_worksheet("ทรัพย์สิน"), book.add_format({"num_format": "d/m/yyyy"})
    page.write_row(0, 0, HEAD)
    for at, cells in enumerate(rows(count), 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                page.write_datetime(at, column, cell, day)
            else:
                page.write(at, column, cell)
    book.close()
    return path


def peak(of: int) -> float:
    """The most memory in MB, of this process or of those it started."""
    return resource.getrusage(of).ru_maxrss / 1024


def one(path: Path, folder: Path) -> None:
    """Bring one sheet in and print its figures."""
    from prongsai.web.operations.start import start  # noqa: PLC0415  # reason: the variable is set by then

    start(folder)
    from django.core.management import call_command  # noqa: PLC0415  # reason: needs Django
    from tests.web import office  # noqa: PLC0415  # reason: as above

    from prongsai.web.agencies.scope import system_scope  # noqa: PLC0415  # reason: as above
    from prongsai.web.registers.models import Entry  # noqa: PLC0415  # reason: as above
    from prongsai.web.registers.services import imports  # noqa: PLC0415  # reason: as above

    call_command("migrate", verbosity=0)
    scope = system_scope(office.build(code=f"{int(path.stem):08}"))  # a database may hold several sizes
    before = peak(resource.RUSAGE_SELF)
    marks, longest = [time.perf_counter()], 0.0
    batch = imports.stage(scope, register="assets", content=path.read_bytes(), name=path.name)
    marks.append(time.perf_counter())
    while batch.state == "reading":
        began = time.perf_counter()
        batch = imports.step(scope, batch=batch, rows=STEP)
        longest = max(longest, time.perf_counter() - began)
    marks.append(time.perf_counter())
    version: int | None = batch.version
    while batch.state != "saved":
        began = time.perf_counter()
        batch = imports.save(scope, batch=batch, version=version, rows=STEP)
        version, longest = None, max(longest, time.perf_counter() - began)
    marks.append(time.perf_counter())
    made = Entry.objects.filter(register="assets").count()
    spent = [after - earlier for earlier, after in zip(marks, marks[1:], strict=False)]
    figures = [
        *(f"{each:,.1f}" for each in spent),
        f"{longest:.2f}",
        f"{before:,.0f}",
        f"{peak(resource.RUSAGE_SELF):,.0f}",
    ]
    figures.append(f"{peak(resource.RUSAGE_CHILDREN):,.0f}")
    sys.stdout.write(f"| {made:,} | {' | '.join(figures)} |\n")


def main(arguments: list[str]) -> int:
    database = os.environ.get("PRONGSAI_TEST_DATABASE", "")
    sys.stdout.write(f"{'PostgreSQL' if database else 'SQLite'}, {STEP} rows a call\n\n")
    sys.stdout.write("| rows | stage s | look s | save s | longest call s | MB before | peak MB | reader MB |\n")
    sys.stdout.write("|---:|---:|---:|---:|---:|---:|---:|---:|\n")
    for count in [int(each) for each in arguments] or SIZES:
        with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as name:
            folder = Path(name)
            path = sheet(count, folder)
            sys.stdout.flush()
            call = [sys.executable, "-m", "bench.register_import", str(path), name]
            subprocess.run(call, check=True, env=os.environ | {"PRONGSAI_DATABASE": database, "PRONGSAI_DATA": name})
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].endswith(".xlsx"):
        one(Path(sys.argv[1]), Path(sys.argv[2]))
        sys.exit()
    sys.exit(main(sys.argv[1:]))
