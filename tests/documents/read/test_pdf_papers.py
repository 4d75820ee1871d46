"""What our own writer and LibreOffice print is read back: the same paragraphs, cells and records."""

import html
import importlib
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from prongsai.documents.model import Document, Line, Paragraph
from prongsai.documents.plain import plain
from prongsai.documents.read.pdf import read
from prongsai.documents.read.text import read_text
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf import render
from prongsai.reports.lists import read_items
from prongsai.reports.measures_report import Layout
from prongsai.reports.papers import measures_report
from prongsai.reports.papers.options import Options
from prongsai.reports.read import read_report
from prongsai.reports.records import Measure, Report
from prongsai.thai.text import squeeze
from tests.conftest import PROVE
from tests.reports.papers.same import same_records

KINDS = ("papers.measures_report", "papers.score_report", "papers.letter", "forms.minutes", "forms.opinion_form")
MORE = (
    "papers.gap_memo", "papers.memo", "papers.announcement", "papers.tracking_12", "forms.circulation_list",
    "forms.committee_order", "forms.complaint_statistics", "forms.loan_form", "forms.no_gift_en", "forms.no_gift_th",
    "forms.procurement_summary", "forms.risk_assessment", "forms.satisfaction_report", "forms.zero_report",
)  # fmt: skip
CLEAN = Path(__file__).resolve().parents[3] / "samples" / "clean"


def printed(document: Document) -> list[object]:
    """The words of a paper, a paragraph or a row of cells an entry."""
    found: list[object] = []
    for block in document.printed:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found += [
                [[(line.text, line.mark) for line in cell.lines] for cell in row.cells]
                for row in block.rows
                if any(cell.lines for cell in row.cells)
            ]
    return found


def _kind(name: str) -> ModuleType:
    return importlib.import_module(f"prongsai.reports.{name}")


@pytest.mark.parametrize("name", [*KINDS, *(MORE if PROVE else ())])
def test_our_own_pdf_is_read_back_word_for_word(name: str) -> None:
    kind = _kind(name)
    paper = kind.compose(kind.sample())
    found = read(render(paper, Office()), "paper.pdf")
    assert printed(found) == printed(plain(paper))
    assert same_records(kind.recognise(plain(paper)), kind.recognise(found)) == []


@pytest.mark.parametrize("layout", list(Layout) if PROVE else [Layout.SEVEN])
def test_clean_sample_written_as_pdf_gives_equal_records(layout: Layout) -> None:
    before = read_report(CLEAN / "measures-report-2568.txt")
    paper = measures_report.compose(before, Options(layout=layout))
    expected = measures_report.recognise(plain(paper))
    assert same_records(expected, measures_report.recognise(read(render(paper, Office()), "paper.pdf"))) == []


def test_row_longer_than_a_page_leaves_the_words_above_it_alone() -> None:
    sample = measures_report.sample()
    at = next(number for number, row in enumerate(sample.rows) if isinstance(row, Measure))
    row = sample.rows[at]
    assert isinstance(row, Measure)
    sentence = "ให้ทุกกองจัดทำคู่มือการปฏิบัติงานตามภารกิจหลักและเผยแพร่บนเว็บไซต์ให้ประชาชนเข้าถึงได้โดยสะดวก"
    long = replace(row, measure=" ".join([sentence] * 8))
    paper = measures_report.compose(replace(sample, rows=(*sample.rows[:at], long, *sample.rows[at + 1 :])))
    assert printed(read(render(paper, Office()), "paper.pdf")) == printed(plain(paper))


def _html(document: Document) -> str:
    """A paper as HTML, a paragraph a line or item, as an office program would print it."""
    out = [
        "<meta charset=utf-8><style>@page{size:A4 landscape;margin:2cm}body{font-size:11pt}p{margin:0 0 2pt}</style>"
    ]
    for block in document.printed:
        if isinstance(block, Paragraph):
            out.append(f"<p>{html.escape(block.text)}</p>")
            continue
        rows = ("".join(f"<td>{_cell(cell.lines)}</td>" for cell in row.cells) for row in block.rows)
        body = "".join(f"<tr valign=top>{row}</tr>" for row in rows)
        out.append(f"<table border=1 cellspacing=0 cellpadding=3 width=100%>{body}</table>")
    return "\n".join(out)


def _said(report: Report) -> list[list[str]]:
    """What every measure says, without white space: LibreOffice loses spaces where a line ends."""
    return [
        [
            squeeze(text)
            for text in (row.measure, *row.steps, "|", *row.results, "|", *row.outcomes, "|", *row.responsible)
        ]
        for row in report.rows
        if isinstance(row, Measure)
    ]


def _cell(lines: tuple[Line, ...]) -> str:
    items = read_items(lines)
    words = [f"{number}. {text}" if number else text for number, text in zip(items.numbers, items.texts, strict=True)]
    return "".join(f"<p>{html.escape(word)}</p>" for word in words)


@pytest.mark.skipif(not PROVE, reason="LibreOffice runs in the full search only")
def test_pdf_of_libreoffice_gives_the_same_items(tmp_path: Path) -> None:
    path = CLEAN / "measures-report-2568.txt"
    source = read_text(path.read_bytes(), path.name)
    (tmp_path / "paper.html").write_text(_html(source), encoding="utf-8")
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing"
    call = [office, "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*call, str(tmp_path / "paper.html")], check=True, capture_output=True, timeout=300)
    found = measures_report.recognise(read((tmp_path / "paper.pdf").read_bytes(), "paper.pdf"))
    before = measures_report.recognise(source)
    assert _said(found) == _said(before)
    assert same_records((before.memo, before.overall, before.agency), (found.memo, found.overall, found.agency)) == []
