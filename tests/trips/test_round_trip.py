"""Every kind of paper through every format: records in, records out.

Exact for Word, HTML, workbooks and text. For PDF every field that is not a list is exact, and at least 98 of 100 list
items are.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from prongsai.documents.plain import plain
from prongsai.documents.read import read_content, read_document
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.reports.catalogue import PAPERS, TITLES, paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.reports.read import recognise
from prongsai.reports.records import Kind, Report
from tests.reports.papers.same import ASIDE

EXACT = ("docx", "html", "xlsx", "text")
ITEMS_MIN = 0.98
CLEAN = Path(__file__).resolve().parents[2] / "samples" / "clean"
KIND_OF = {
    Kind.GAP_MEMO: "gap-memo",
    Kind.MEASURES_REPORT: "measures-report",
    Kind.TRACKING_REPORT: "tracking-6",
    Kind.SCORE_TABLE: "score-report",
}
Leaf = tuple[str, bool, object]


def leaves(value: object, place: str = "") -> Iterator[Leaf]:
    """Give the values of records: place, whether it is an item of a list of texts, value."""
    if is_dataclass(value) and not isinstance(value, type):
        for entry in fields(value):
            if entry.name not in ASIDE:
                yield from leaves(getattr(value, entry.name), f"{place}.{entry.name}")
    elif isinstance(value, tuple | list):
        yield f"{place}.length", bool(value) and all(isinstance(each, str) for each in value), len(value)
        for number, each in enumerate(value):
            if isinstance(each, str):
                yield f"{place}[{number}]", True, " ".join(each.split())
            else:
                yield from leaves(each, f"{place}[{number}]")
    else:
        yield place, False, " ".join(value.split()) if isinstance(value, str) else value


def compared(wanted: object, found: object) -> tuple[list[str], int, int]:
    """Give the exact fields that differ, the list items there are and those that came back."""
    there = {place: value for place, _, value in leaves(found)}
    differing = [
        f"{place}: {value!r} != {there.get(place)!r}"
        for place, is_item, value in leaves(wanted)
        if not is_item and there.get(place, "nothing") != value
    ]
    items = [(place, value) for place, is_item, value in leaves(wanted) if is_item]
    return differing, len(items), sum(there.get(place) == value for place, value in items)


def through(name: str, records: Any, format_name: str) -> Any:
    kind = paper_kind(name)
    content = render(kind.compose(records, USUAL), format_name, Office())
    found, _ = kind.recognise(read_content(content, f"paper.{format_name}"))
    return found


def strictly(wanted: object, found: object) -> list[str]:
    differing, items, back = compared(wanted, found)
    return differing + ([f"{items - back} of {items} list items differ"] if back < items else [])


@pytest.mark.parametrize("name", TITLES)
def test_titles_of_the_catalogue_are_those_of_the_modules(name: str) -> None:
    kind = paper_kind(name)
    assert (kind.name, kind.title_th) == (name, TITLES[name])


@pytest.mark.parametrize("name", TITLES)
def test_records_through_json_are_the_same(name: str) -> None:
    kind = paper_kind(name)
    assert kind.from_json(kind.to_json(kind.sample())) == kind.sample()


@pytest.mark.parametrize("name", TITLES)
def test_records_through_the_model_alone_are_the_same(name: str) -> None:
    kind = paper_kind(name)
    found, problems = kind.recognise(plain(kind.compose(kind.sample(), USUAL)))
    assert strictly(kind.sample(), found) == []
    assert [problem for problem in problems if problem.severity == "error"] == []


@pytest.mark.parametrize("format_name", EXACT)
@pytest.mark.parametrize("name", TITLES)
def test_records_through_a_format_are_the_same(name: str, format_name: str) -> None:
    wanted = paper_kind(name).sample()
    assert strictly(wanted, through(name, wanted, format_name)) == []


@pytest.mark.parametrize("name", TITLES)
def test_records_through_pdf_are_the_same(name: str) -> None:
    wanted = paper_kind(name).sample()
    differing, items, back = compared(wanted, through(name, wanted, "pdf"))
    assert differing == []
    assert back >= ITEMS_MIN * items


def read_again(report: Report, format_name: str) -> tuple[list[str], int, int]:
    return compared(report, through(KIND_OF[report.document_type], report, format_name))


@pytest.mark.parametrize("format_name", [*EXACT, "pdf"])
@pytest.mark.parametrize("name", sorted(path.name for path in CLEAN.glob("*.txt")))
def test_samples_through_a_format_are_the_same(name: str, format_name: str) -> None:
    differing, items, back = read_again(recognise(read_document(CLEAN / name)), format_name)
    assert differing == []
    assert back >= (ITEMS_MIN if format_name == "pdf" else 1) * items


@pytest.mark.parametrize("format_name", [*EXACT, "pdf"])
@pytest.mark.parametrize("number", range(5))
def test_real_papers_through_a_format_are_the_same(
    shared: Path, number: int, format_name: str, prove: Callable[..., None]
) -> None:
    (path,) = (shared / "samples").glob(f"00{number}_*.txt")
    differing, items, back = read_again(recognise(read_document(path)), format_name)
    prove(
        f"real paper {number} through {format_name}", items, back, f"list items; {len(differing)} exact fields differ"
    )
    assert differing == []
    assert back >= (ITEMS_MIN if format_name == "pdf" else 1) * items


def test_comparison_sees_a_changed_field_and_a_lost_item() -> None:
    kind = paper_kind("memo")
    wanted = kind.sample()
    data = kind.to_json(wanted)
    changed = kind.from_json({**data, "subject": "อื่น", "body": data["body"][:1]})
    differing, items, back = compared(wanted, changed)
    assert [place.partition(":")[0] for place in differing] == [".subject"]
    assert items - back == len(wanted.body)


assert set(KIND_OF.values()) <= set(PAPERS)
