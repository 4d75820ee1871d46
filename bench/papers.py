"""Time papers both ways: a measures report of distinct rows to docx and PDF beside LibreOffice, and read back.

Every job runs as a process of its own, start included, so that memory and caches of one do not help the next.
LibreOffice turns our docx into PDF in the same run, where it is installed: figures are ratios to it.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from prongsai.documents.build import cell, paragraph, row, table
from prongsai.documents.fonts.shipped import load
from prongsai.documents.model import Column, Document, Kind, Orientation, Setup, Style
from prongsai.documents.read import read_document
from prongsai.documents.write import write_document

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "clean" / "measures-report-2568.txt"
HEADS = ("ลำดับ", "มาตรการ/กิจกรรม", "ขั้นตอนหรือวิธีการ", "ระยะเวลา", "ผู้รับผิดชอบ", "สรุปผลการดำเนินการ", "ผลลัพธ์หรือความสำเร็จ")
WIDTHS = (1.0, 3.6, 5.2, 2.2, 2.8, 5.2, 4.6)
ROWS_A_PAGE = 2.6  # of this table on a landscape page, seen
RUNS = 3


def words() -> list[str]:
    """Sentences of the sample, to be shuffled into rows that differ from each other."""
    cells = [each for found in read_document(SAMPLE).tables() for line in found.rows[1:] for each in line.cells]
    return sorted({line.text for each in cells for line in each.lines if len(line.text) > 30})


def measures(rows: int, seed: int = 1) -> Document:
    """A seven-column landscape table of distinct rows."""
    chance, told = random.Random(seed), words()

    def some(count: int, at: int) -> list[str]:
        return [f"{n}. {chance.choice(told)} ({at}/{chance.randrange(10_000)})" for n in range(1, count + 1)]

    made = [
        row(cell(str(at), value=at), cell(*some(1, at)), cell(*some(2, at)), "ไตรมาสที่ ๑ - ๒", "กองคลัง สำนักปลัดเทศบาล",
            cell(*some(2, at)), cell(*some(2, at)))
        for at in range(1, rows + 1)
    ]  # fmt: skip
    columns = [Column(width, Kind.NUMBER if place == 0 else Kind.TEXT) for place, width in enumerate(WIDTHS)]
    blocks = (paragraph("รายงานผลการดำเนินการตามมาตรการ", Style.TITLE), table(HEADS, made, columns))
    return Document("", "composed", None, "", blocks, title="รายงาน", setup=Setup(Orientation.LANDSCAPE))


def prose(paragraphs: int, seed: int = 1) -> Document:
    """Running text of distinct paragraphs, portrait."""
    chance, told = random.Random(seed), words()
    made = [paragraph(f"{' '.join(chance.sample(told, 6))} {at}") for at in range(paragraphs)]
    return Document("", "composed", None, "", (paragraph("บันทึก", Style.TITLE), *made), title="บันทึก")


def job(kind: str, size: str, out: str) -> None:
    """One job, in the process that this module was started in."""
    document = measures(int(size)) if kind == "table" else prose(int(size))
    began = time.perf_counter()
    write_document(document, Path(out))
    print(json.dumps({"inside": time.perf_counter() - began, "memory": peak_mb()}))


def read_job(path: str) -> None:
    began = time.perf_counter()
    document = read_document(Path(path))
    inside = time.perf_counter() - began
    print(
        json.dumps({"inside": inside, "memory": peak_mb(), "rows": sum(len(each.rows) for each in document.tables())})
    )


def peak_mb() -> float:
    if os.name == "nt":
        return 0.0
    import resource  # noqa: PLC0415  # reason: Windows has none

    unit = 1 if sys.platform == "darwin" else 1024
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * unit / 1e6
    )


def process(*call: str) -> dict[str, float]:
    """Run a job of this module: seconds of the whole process, seconds inside, peak memory in MB; medians of RUNS."""
    seen = []
    for _ in range(RUNS):
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "bench.papers", *call], cwd=ROOT, capture_output=True, check=True)
        seen.append({**json.loads(done.stdout), "whole": time.perf_counter() - began})
    return {name: statistics.median(each[name] for each in seen) for name in seen[0]}


def pages(path: Path) -> int:
    import pypdfium2  # noqa: PLC0415  # reason: a job's memory must not count it

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>TH SarabunPSK</family><prefer><family>{family}</family></prefer></alias></fontconfig>"""


def office_fonts(folder: Path) -> dict[str, str]:
    """Let LibreOffice set the font of the paper in ours, so that its pages hold as much."""
    shipped = load(None)
    path = folder / "fonts.conf"
    path.write_text(FONTCONFIG.format(fonts=shipped.folder, cache=folder / "cache", family=shipped.family))
    return {**os.environ, "FONTCONFIG_FILE": str(path)}


def office_pdf(path: Path, folder: Path) -> float | None:
    """Seconds that LibreOffice takes for the same docx, None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    seen, environment = [], office_fonts(folder)
    for _ in range(RUNS):
        began = time.perf_counter()
        call = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*call, "--outdir", str(folder / "office"), str(path)], capture_output=True, check=True, env=environment
        )
        seen.append(time.perf_counter() - began)
    return statistics.median(seen)


def report() -> list[str]:
    """The lines of the page of figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_written(folder), *_grown(folder), *_read(folder)]


def _written(folder: Path) -> list[str]:
    lines = ["## Papers written: a measures report of about 20 pages, and prose", "",
             "Seconds of a whole process, start included; rows all different.", "",
             "| what | pages | s | s a page, writing alone | peak MB |", "|---|---:|---:|---:|---:|"]  # fmt: skip
    counted = 0
    for kind, size in (("table", 52), ("prose", 130)):
        for suffix in ("pdf", "docx"):
            path = folder / f"{kind}.{suffix}"
            seen = process("job", kind, str(size), str(path))
            counted = pages(path) if suffix == "pdf" else counted
            lines.append(_line(f"{kind} to {suffix}", counted, seen))
        took = office_pdf(folder / f"{kind}.docx", folder)
        if took is not None:
            there = pages(folder / "office" / f"{kind}.pdf")
            lines.append(
                f"| the same docx to PDF by LibreOffice | {there} | {took:.2f} | {took / there:.3f} (with start) | |"
            )
    return [*lines, ""]


def _line(name: str, counted: int, seen: dict[str, float]) -> str:
    return f"| {name} | {counted} | {seen['whole']:.2f} | {seen['inside'] / counted:.4f} | {seen['memory']:.0f} |"


def _grown(folder: Path) -> list[str]:
    lines = [
        "## Growth of a table",
        "",
        "| what | pages | s | s a page, writing alone | peak MB |",
        "|---|---:|---:|---:|---:|",
    ]
    counted = 0
    for rows in (130, 325, 650, 1300):
        for suffix in ("pdf", "docx"):
            path = folder / f"grown-{rows}.{suffix}"
            seen = process("job", "table", str(rows), str(path))
            counted = pages(path) if suffix == "pdf" else counted
            lines.append(_line(f"{rows} rows to {suffix}", counted, seen))
    return [*lines, ""]


def _read(folder: Path) -> list[str]:
    lines = [
        "## Papers read",
        "",
        "| what | pages | s | pages a second, start included | peak MB |",
        "|---|---:|---:|---:|---:|",
    ]
    counted = pages(folder / "grown-325.pdf")
    for suffix in ("pdf", "docx"):
        seen = process("read", str(folder / f"grown-325.{suffix}"))
        rate = counted / seen["inside"]
        lines.append(f"| {suffix}, 325 rows | {counted} | {seen['inside']:.2f} | {rate:.0f} | {seen['memory']:.0f} |")
    return [*lines, ""]


if __name__ == "__main__":
    {"job": job, "read": read_job}[sys.argv[1]](*sys.argv[2:])
