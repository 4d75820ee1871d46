"""Layouts that the samples do not have, through every format: the records drawn come back, or the paper says its doubt."""

import importlib
from collections.abc import Callable

import pytest

from prongsai.documents.model import Document
from prongsai.documents.plain import plain
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.reports.read import recognise
from prongsai.reports.records import Report
from tests.conftest import PROVE
from tests.trips import raw
from tests.trips.differing import differences
from tests.trips.layouts import Drawn, Layout, drawn
from tests.trips.layouts_other import KINDS, drawn_other, other_differences

READERS = {"text": "text", "docx": "docx", "html": "html", "xlsx": "sheets", "pdf": "pdf"}
ALWAYS = ("seq", "measure", "steps", "period", "responsible", "results", "outcomes")


def read(content: bytes, format_name: str) -> Document:
    """Read right here: what a paper of our own making can do to a process is tested elsewhere."""
    reader = importlib.import_module(f"prongsai.documents.read.{READERS[format_name]}")
    found = (reader.read_text if format_name == "text" else reader.read)(content, f"paper.{format_name}")
    assert isinstance(found, Document)
    return found


def written(one: Drawn, format_name: str) -> Document:
    return read(render(one.paper, format_name, Office()), format_name)


def by_hand(one: Drawn, format_name: str, seed: int) -> Document:
    """Write a paper as other programs do, with what a seed chooses of their habits."""
    breaks = one.layout.lists == "breaks"
    if format_name == "docx":
        return read(raw.as_docx(one.paper, breaks=breaks, numbered=seed % 2 == 0), "docx")
    if format_name == "html":
        return read(raw.as_html(one.paper, breaks=breaks, ordered=seed % 2 == 0), "html")
    sheet = raw.as_xlsx(one.paper, notes=seed % 2 == 0, typed=seed % 3 > 0, left=seed % 3, above=seed % 2)
    return read(sheet, "xlsx")


def doubts(report: Report) -> list[str]:
    """Say what a report tells of itself: that a person must read it, doubtful rows, tables that went into no record."""
    said = [doubt for row in report.rows for doubt in row.origin.doubts]
    return [*said, *(problem.code for problem in report.problems), *(["needs_person"] if report.needs_person else [])]


def held(one: Drawn, document: Document) -> tuple[list[str], bool]:
    """Give what differs, and whether that is said."""
    report = recognise(document)
    found = differences(one.wanted, report.rows)
    return found, bool(doubts(report))


@pytest.mark.parametrize("seed", range(400 if PROVE else 40))
def test_any_layout_gives_the_records_drawn(seed: int) -> None:
    one = drawn(seed)
    assert held(one, plain(one.paper))[0] == []


@pytest.mark.parametrize("format_name", ["text", "docx", "html"])
@pytest.mark.parametrize("seed", range(100 if PROVE else 8))
def test_any_layout_through_our_writers_gives_the_records_drawn(seed: int, format_name: str) -> None:
    one = drawn(seed)
    assert held(one, written(one, format_name))[0] == []


@pytest.mark.parametrize("format_name", ["docx", "html"])
@pytest.mark.parametrize("seed", range(200 if PROVE else 16))
def test_any_layout_as_others_write_it_gives_the_records_drawn(seed: int, format_name: str) -> None:
    one = drawn(seed)
    assert held(one, by_hand(one, format_name, seed))[0] == []


@pytest.mark.parametrize("is_ours", [True, False])
@pytest.mark.parametrize("seed", range(100 if PROVE else 12))
def test_any_layout_in_a_workbook_gives_the_records_drawn_or_says_its_doubt(seed: int, is_ours: bool) -> None:
    one = drawn(seed)
    differing, is_said = held(one, written(one, "xlsx") if is_ours else by_hand(one, "xlsx", seed))
    assert differing == [] or is_said


@pytest.mark.parametrize("seed", range(100 if PROVE else 12))
def test_any_layout_through_pdf_gives_the_records_drawn_or_says_its_doubt(seed: int) -> None:
    one = drawn(seed)
    differing, is_said = held(one, written(one, "pdf"))
    assert differing == [] or is_said


USUAL = Layout(ALWAYS)
LAYOUTS = {
    "start and end in columns of their own": Layout(ALWAYS, period="ends"),
    "owners under notes": Layout(
        ("seq", "measure", "steps", "period", "results", "outcomes", "responsible"), owners="notes"
    ),
    "number before the name": Layout(ALWAYS[1:], number="in_name"),
    "issue in a row over all columns": Layout(ALWAYS, issue="row"),
    "issue in a column, merged over its rows": Layout(("issue", *ALWAYS), issue="merged"),
    "issue in a column, printed once": Layout(("issue", *ALWAYS), issue="column"),
    "owners merged over rows": Layout(ALWAYS, issue="paragraph", owners="merged"),
    "a title over the table": Layout(ALWAYS, title_row=True),
    "columns counted under the head": Layout(ALWAYS, counted=True, period="ends"),
    "a calendar of months": Layout(ALWAYS, months=True),
    "unknown columns": Layout(
        ("seq", "measure", "งบประมาณ", *ALWAYS[2:], "ปัญหา/อุปสรรค"), extras=("งบประมาณ", "ปัญหา/อุปสรรค")
    ),
    "empty rows": Layout(ALWAYS, spacers="rows"),
    "an empty column": Layout(ALWAYS, spacers="column"),
    "head on every page": Layout(ALWAYS, pages="repeated"),
    "rows that go on": Layout(ALWAYS, pages="continued"),
    "pages without a head": Layout(ALWAYS, pages="headless"),
    "Arabic digits": Layout(ALWAYS, thai=False),
    "lines broken in a cell": Layout(ALWAYS, lists="breaks"),
    "lists on one line": Layout(ALWAYS, lists="one_line"),
    "lists of the format": Layout(ALWAYS, lists="items"),
}


@pytest.mark.parametrize("format_name", ["docx", "html", "xlsx"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_as_others_write_it_gives_the_records_drawn(name: str, format_name: str) -> None:
    one = drawn(7, LAYOUTS[name])
    assert held(one, by_hand(one, format_name, 7)) == ([], False)


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_through_pdf_gives_the_records_drawn(name: str) -> None:
    one = drawn(7, LAYOUTS[name])
    assert held(one, written(one, "pdf"))[0] == []


def test_comparison_sees_a_changed_record() -> None:
    one = drawn(7, USUAL)
    other = drawn(8, USUAL)
    assert differences(one.wanted, recognise(plain(other.paper)).rows) != []
    assert differences(one.wanted, recognise(plain(one.paper)).rows[1:]) == ["5 rows for 6"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(300 if PROVE else 20))
def test_tables_of_other_kinds_give_the_records_drawn(seed: int, kind: str) -> None:
    one = drawn_other(kind, seed)
    assert other_differences(one, recognise(plain(one.paper))) == []


@pytest.mark.parametrize("format_name", ["docx", "html", "xlsx", "pdf"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(40 if PROVE else 4))
def test_tables_of_other_kinds_through_formats_give_the_records_drawn(seed: int, kind: str, format_name: str) -> None:
    one = drawn_other(kind, seed)
    content = render(one.paper, format_name, Office())
    assert other_differences(one, recognise(read(content, format_name))) == []


@pytest.mark.parametrize("write", [raw.as_docx, raw.as_html, raw.as_xlsx])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(40 if PROVE else 4))
def test_tables_of_other_kinds_as_others_write_them_give_the_records_drawn(
    seed: int, kind: str, write: Callable[[Document], bytes]
) -> None:
    one = drawn_other(kind, seed)
    found = recognise(read(write(one.paper), write.__name__.removeprefix("as_")))
    assert other_differences(one, found) == []
