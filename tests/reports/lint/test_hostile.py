"""Reading and linting whatever comes: no traceback, nothing that hangs."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from prongsai.documents.read import read_content
from prongsai.errors import FileUnusable
from prongsai.reports.lint.run import lint
from prongsai.reports.read import recognise
from prongsai.reports.year import framework_of
from tests.conftest import PROVE

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "samples").glob("*/*.txt"))
INPUTS, BROKEN = (10_000, 500) if PROVE else (200, 40)
HANG_SECONDS = 2.0
SCRAPS = tuple(
    """\t¦|¦ | ¦<p>¦</p>¦<ol>¦<li>¦<br>¦<table>¦<td>¦</table>¦<input type=checkbox checked>
    ¦&#3585;¦(ต่อ)¦ที่¦๑.¦๑)¦- ¦○¦๐๓¦0๑๕
    ¦ลำดับ\tมาตรการ\tผลการดำเนินการ\tผลลัพธ์¦ข้อ ๑) - ๗)¦ไตรมาสที่ ๑ - ๔¦๓๑ ก.พ. ๒๕๖๗¦๑ บ.ค. ๒๕๖๗¦วันที่ ๓๐ กันยายน ๒๕๖๖
    ¦ภายในเดือนมกราคม¦ทุกเดือน¦พ.ศ. ๒๕๙๙¦99.69¦คะแนน 101.555¦ลงชื่อ¦(นายสมมติ ใจดี)¦ความเห็น ปลัดเทศบาล¦บันทึกข้อความ
    ¦เรื่อง¦เรียน¦เทศบาลตำบลบ้านสวนพลู อำเภอเมืองลพบุรี จังหวัดสระบุรี¦ประเด็นที่ ๔¦ตัวชี้วัดที่ 8 คะแนน 80.75¦รวม
    ¦\x00¦\u202e¦\u0e4d\u0e32¦แก้้¦派¦\ud7ff¦\f¦\r¦=1+1¦**¦^๑¦\U0001f600""".replace("\n    ", "").split("¦")
)


def run(content: bytes) -> float:
    """Read and lint; gives the seconds of processor time. Only an unusable file may be refused."""
    began = time.process_time()
    try:
        document = read_content(content, "wild.txt")
        report = recognise(document)
        for problem in lint(document, report, framework_of(report.fiscal_year_be)):
            assert problem.code and problem.message and problem.message_th
            problem.to_json()
        report.to_json()
    except FileUnusable as refusal:
        assert refusal.one_line
    return time.process_time() - began


def wild(seed: int, lines: list[str]) -> bytes:
    """Mix lines of the samples with scraps, shuffled, cut and repeated."""
    chance = random.Random(seed)
    made = []
    for _ in range(chance.randrange(1, 25)):
        line = chance.choice(lines)
        cells = line.split("\t")
        if chance.random() < 0.5:
            chance.shuffle(cells)
        for _ in range(chance.randrange(0, 4)):
            cells.insert(chance.randrange(len(cells) + 1), chance.choice(SCRAPS) * chance.choice((1, 1, 1, 40)))
        made.append(chance.choice(("\t", "\t", "|", " ")).join(cells))
    return "\n".join(made).encode("utf-8", "replace")


def broken(seed: int) -> bytes:
    """Cut a sample short, swap bytes in it, or leave a hole."""
    chance = random.Random(seed)
    content = bytearray(chance.choice(SAMPLES).read_bytes())
    how = chance.randrange(4)
    if how == 0:
        return bytes(content[: chance.randrange(len(content))])
    if how == 1:
        start = chance.randrange(len(content))
        return bytes(content[:start] + content[start + chance.randrange(5000) :])
    for _ in range(chance.randrange(1, 60 if how == 2 else 2000)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def worst(contents: Iterator[bytes]) -> float:
    return max(run(content) for content in contents)


def test_wild_inputs_give_no_traceback_and_no_hang(prove: Callable[..., None]) -> None:
    lines = [line for sample in SAMPLES for line in sample.read_text(encoding="utf-8").splitlines() if line.strip()]
    slowest = worst(wild(seed, lines) for seed in range(INPUTS))
    assert slowest < HANG_SECONDS
    prove("wild inputs read and linted", INPUTS, INPUTS, f"no traceback; slowest {slowest:.2f} s of processor time")


def test_broken_files_give_no_traceback_and_no_hang(prove: Callable[..., None]) -> None:
    slowest = worst(broken(seed) for seed in range(BROKEN))
    assert slowest < HANG_SECONDS
    prove("truncated and corrupted files read and linted", BROKEN, BROKEN, f"no traceback; slowest {slowest:.2f} s")
