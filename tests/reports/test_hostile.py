"""Wild input: no exception but those that refuse a file, no call over two seconds, whatever is in it."""

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import FileUnusable
from prongsai.reports.records import Report
from tests.conftest import PROVE
from tests.reports.papers import (
    GAP_HEAD,
    MEASURE_HEAD,
    PLAN_HEAD,
    SCORE_HEAD,
    TITLE,
    TRACKING_HEAD,
    html,
    paper,
    pipe,
    tab,
)
from tests.reports.test_read_samples import SAMPLES

SECONDS_MAX = 2.0
COUNT = 500 if PROVE else 20
MANY = 100_000 if PROVE else 20_000
PAPERS = [path.read_bytes() for path in sorted(SAMPLES.glob("*/*.txt"))]
ROW = ("๑", "จัดทำคู่มือ", "๑. ยกร่าง", "ไตรมาสที่ ๑", "กองช่าง", "๑. มี", "๑) ใช้")


def read(content: str | bytes) -> Report | None:
    """Read wild input; None when it is refused. The time is that of the processor, so that other work does not count."""
    began = time.process_time()
    try:
        report = paper(content)
    except FileUnusable as refused:
        assert refused.one_line
        report = None
    assert time.process_time() - began < SECONDS_MAX
    return report


def is_sound(report: Report) -> bool:
    """Whether a report keeps its promises: confidence within bounds, reasons for distrust, a form that can be printed."""
    sure = [report.confidence, *(row.origin.confidence for row in report.rows)]
    sure += [value for row in report.rows for value in row.origin.field_confidence.values()]
    return (
        all(0.0 <= value <= 1.0 for value in sure)
        and (not report.needs_person or bool(report.reasons) or report.confidence < 0.6)
        and report.to_json()["row_count"] == len(report.rows)
        and len(report.rows) <= report.printed_rows
    )


WORDS = st.sampled_from(
    [
        *MEASURE_HEAD, *GAP_HEAD, *PLAN_HEAD, *TRACKING_HEAD, *SCORE_HEAD, *ROW, "(ต่อ)", "บันทึกข้อความ", "ที่ ลบ ๕๒๗๐๑/๑",
        "วันที่ ๓๑ กุมภาพันธ์ ๒๕๖๘", "เรื่อง", "เรียน", "ลงชื่อ", "(นายสมภพ วัฒนาเรืองชัย)", "ความเห็น ปลัดเทศบาล", "ประเด็นที่ ๑ ก",
        "ภายในเดือนมกราคม", "O๑๕", "○", "๙○.๒", "☑", "☐", "( )", "-", "–", "...", "<p>", "</p>", "<table>", "<tr>", "<td rowspan=9>",
        "</table>", "<br>", "<ol>", "<li>", "<input checked type=checkbox>", "<!--", "-->", "&#x41;", "&", "<", "|", "||", "\\|",
        "|---|---|", "**", "# ", "^{๒}", "派", "\u202e", "\u200b", "\x00", "\x0c", "\ufeff", "\ud7ff", "๐" * 40, "1.1", "ก.", "ก" * 300,
        "คะแนนภาพรวม 92.22 ระดับ ผ่านดี", "เทศบาลตำบลบ้านสวนพลู", "อำเภอเมืองลพบุรี จังหวัดลพบุรี", "ปีงบประมาณ พ.ศ. ๒๕๖๘",
    ]
)  # fmt: skip
CELLS = st.one_of(WORDS, st.text(max_size=30), st.lists(WORDS, max_size=6).map(" ".join))
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=8)
HEADS = st.sampled_from([MEASURE_HEAD, GAP_HEAD, PLAN_HEAD, TRACKING_HEAD, SCORE_HEAD, ("ก", "ข", "ค")])


@given(st.lists(st.one_of(CELLS, st.just("\n"), st.just("\t"), st.just(" ")), max_size=80).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    report = read(text.encode("utf-8", "surrogatepass"))
    assert report is None or is_sound(report)


@given(HEADS, ROWS, st.sampled_from([tab, pipe, html]))
def test_any_table_under_a_known_head_is_read(
    head: tuple[str, ...], rows: list[list[str]], dialect: Callable[..., str]
) -> None:
    report = read(TITLE + dialect(head, *rows))
    assert report is None or is_sound(report)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    report = read(content)
    assert report is None or is_sound(report)


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Cut a file, strew bytes into it, or put its lines out of order, as broken disks and bad copies do."""
    way = rng.randrange(5)
    if way == 0:
        return content[: rng.randrange(len(content))]
    if way == 1:
        return content[rng.randrange(len(content)) :]
    changed = bytearray(content)
    if way == 2:
        for _ in range(rng.randrange(1, 200)):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    elif way == 3:
        for _ in range(rng.randrange(1, 20)):
            at = rng.randrange(len(changed))
            del changed[at : at + rng.randrange(1, 400)]
    else:
        lines = content.split(b"\n")
        rng.shuffle(lines)
        return b"\n".join(lines)
    return bytes(changed)


def test_truncated_and_corrupted_papers_are_read_or_refused(prove: Callable[..., None]) -> None:
    read_through = 0
    for seed in range(COUNT):
        rng = random.Random(seed)
        report = read(damaged(rng.choice(PAPERS), rng))
        assert report is None or is_sound(report), seed
        read_through += report is not None
    prove(
        "reading: truncated or corrupted files are read or refused in 2 s",
        COUNT,
        COUNT,
        f"refused: {COUNT - read_through}",
    )


def in_cell(words: str, column: int = 2) -> str:
    return TITLE + tab(MEASURE_HEAD, (*ROW[:column], words, *ROW[column + 1 :]))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(in_cell("๑. ก " * MANY), id="one number again and again"),
        pytest.param(in_cell(" ".join(f"{n % 99 + 1}. ก" for n in range(MANY))), id="numbers that count up"),
        pytest.param(in_cell("- ก " * MANY), id="dashes"),
        pytest.param(in_cell("<p>" * MANY), id="open paragraphs"),
        pytest.param(in_cell("<ul><li>ก" * MANY), id="open lists"),
        pytest.param(in_cell("<a " * MANY), id="open tags"),
        pytest.param(in_cell("<a " + "b=1 " * MANY), id="attributes"),
        pytest.param(in_cell("<!--" * MANY), id="open comments"),
        pytest.param(in_cell("&#" * MANY), id="open entities"),
        pytest.param(in_cell("☑ ก " * MANY), id="boxes"),
        pytest.param(in_cell("(" * MANY), id="open parentheses"),
        pytest.param(in_cell("ก" + "\u0e48" * MANY), id="tone marks on one letter"),
        pytest.param(in_cell("a" + "\u0301" * MANY), id="accents on one letter"),
        pytest.param(in_cell("\u202e\u0627" * MANY), id="right to left"),
        pytest.param(in_cell("<ol> " + "ปรับปรุงสวนสาธารณะ " * MANY), id="a list that lost its numbers"),
        pytest.param(in_cell("กองช่าง " * MANY, 4), id="owners"),
        pytest.param(in_cell("นายก ข " * MANY, 4), id="people"),
        pytest.param(in_cell("๑ ต.ค. ๒๕๖๗ " * MANY, 3), id="dates"),
        pytest.param(in_cell("(ต่อ)" * MANY, 1), id="goes on"),
        pytest.param("<table>\n" * MANY, id="open tables"),
        pytest.param("<table><tr><td>" * MANY, id="tables within tables"),
        pytest.param(("<table>\n" + "ก\n" * 50) * (MANY // 50), id="tables never closed"),
        pytest.param("<table>" + "<tr><td rowspan=200 colspan=100>ก</td></tr>" * 300 + "</table>", id="merged cells"),
        pytest.param("<table>" + "<tr>" * MANY + "</table>", id="empty rows"),
        pytest.param("ก\n" * MANY, id="lines"),
        pytest.param("ความเห็น ก\n" * (MANY // 5), id="opinions"),
        pytest.param("(นายก ข)\n" * (MANY // 5), id="signatures"),
        pytest.param("เทศบาลตำบล" * MANY, id="agencies"),
        pytest.param("ภาพรวม" * MANY, id="totals"),
        pytest.param("จัดส่งภายในวันที่ " * MANY, id="deadlines"),
        pytest.param("\t" * 150 + "\n" + "รายงาน" + "ก" * MANY, id="a long title"),
        pytest.param(
            tab(MEASURE_HEAD, ROW, *[("", "จัดทำ (ต่อ)", "๒. ก", "", "", "", "")] * (MANY // 50)), id="rows that go on"
        ),
        pytest.param(
            pipe(PLAN_HEAD, ("ตัวชี้วัดที่ 1", "1. ก", "กอง", "ปี", "ดำเนินการแล้วเสร็จ " * (MANY // 2))),
            id="labels without boxes",
        ),
    ],
)
def test_much_of_one_thing_is_read_in_time(text: str) -> None:
    report = read(text)
    assert report is None or is_sound(report)


def test_time_grows_with_size_and_no_faster() -> None:
    """Four times the pages take at most eight times as long: a square would take sixteen."""
    text = (SAMPLES / "clean" / "measures-report-2568.txt").read_text(encoding="utf-8")

    def took(pages: int) -> float:
        began = time.process_time()
        paper("\n\n".join(text.replace("๒๕๖๘", f"๒๕{n:02}") for n in range(60, 60 + pages)))
        return time.process_time() - began

    # The best of three: what else a processor was made to do only adds.
    few, many = (min(took(pages) for _ in range(3)) for pages in (4, 16))
    assert many < 8 * few
