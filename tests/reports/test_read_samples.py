"""Whole papers: the project's own samples to their exact records, and the real ones where they lie beside the checkout.

``samples/expected/*.json`` were checked against the text of the samples line by line.
"""

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from prongsai.reports.read import read_report
from prongsai.reports.records import Report

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CLEAN = sorted((SAMPLES / "clean").glob("*.txt"))
FAULTY = json.loads((SAMPLES / "faulty" / "faults.json").read_text(encoding="utf-8"))["files"]
PAPERS = [name for name in FAULTY if name.endswith(".txt")]
FIELDS = {
    "gap": ("code", "title", "elements", "score", "prior_action", "recommendations", "units", "group", "sub_indicator"),
    "measure": (
        "issue_no", "issue_title", "seq", "measure", "steps", "period", "responsible", "results", "outcomes", "notes",
    ),
    "indicator": ("no", "name", "score", "guidance", "responsible", "period", "progress", "status"),
    "tracking": ("topic", "group", "responsible", "steps", "step_numbers", "due", "done"),
}  # fmt: skip
PARTS = {
    "agency": ("name", "district", "province"),
    "report_period": ("text", "start", "end"),
    "memo": ("office", "number", "date", "subject", "to"),
    "overall": ("score", "level"),
    "period": ("text", "start", "end"),
    "due": ("text", "date"),
    "done": ("text", "date"),
    "signatories": ("name", "position", "capacity", "opinion_of", "opinion", "part"),
    "indicators": ("no", "title", "score"),
}
WHOLE = ("document_type", "fiscal_year_be", "deadline", "announced", "printed_rows")


def part(name: str, value: Any) -> Any:
    """Give the fields of a part that are compared: places and confidence are not."""
    if name not in PARTS or value is None:
        return value
    if isinstance(value, list):
        return [{key: entry[key] for key in PARTS[name]} for entry in value]
    return {key: value[key] for key in PARTS[name]}


def form(report: Report) -> dict[str, Any]:
    """Give a report in the form of the expected files."""
    made: dict[str, Any] = report.to_json()
    parts = ("agency", "report_period", "memo", "signatories", "overall", "indicators")
    rows = [
        {"kind": row["kind"], **{name: part(name, row[name]) for name in FIELDS[row["kind"]]}} for row in made["rows"]
    ]
    return {**{name: made[name] for name in WHOLE}, **{name: part(name, made[name]) for name in parts}, "rows": rows}


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_sample_gives_exactly_its_records(path: Path) -> None:
    expected = json.loads((SAMPLES / "expected" / f"{path.stem}.json").read_text(encoding="utf-8"))
    assert form(read_report(path)) == expected


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_sample_is_trusted_without_a_problem(path: Path) -> None:
    report = read_report(path)
    assert (report.confidence, report.needs_person, report.reasons, report.problems) == (1.0, False, (), ())
    assert [row.origin.doubts for row in report.rows] == [()] * len(report.rows)


@pytest.mark.parametrize("name", PAPERS)
def test_faulty_sample_needs_a_person_only_when_it_is_damaged(name: str) -> None:
    report = read_report(SAMPLES / "faulty" / name)
    assert report.needs_person is FAULTY[name]["needs_person"]
    assert (report.confidence < 0.6) is FAULTY[name]["needs_person"]


def test_faulty_gap_memo_merges_its_duplicated_page_and_keeps_the_reused_code() -> None:
    report = read_report(SAMPLES / "faulty" / "gap-memo-2564.txt")
    counted = Counter(row.code for row in report.rows if row.kind == "gap")
    assert (report.printed_rows, len(report.rows)) == (16, 14)
    assert [code for code, count in counted.items() if count > 1] == ["O4"]


def test_damaged_sample_keeps_what_survives() -> None:
    report = read_report(SAMPLES / "faulty" / "damaged-2566.txt")
    assert report.memo is not None
    assert (report.memo.number, len(report.indicators), len(report.rows)) == ("ลบ ๕๒๗๐๑/๙๐๕", 10, 13)
    assert [row.origin.where.line for row in report.rows if "shifted" in row.origin.doubts] != []


# The real documents


def real_path(shared: Path, number: str) -> Path:
    (path,) = (shared / "samples").glob(f"{number}_*.txt")
    return path


def real(shared: Path, number: str) -> Report:
    return read_report(real_path(shared, number))


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    """The comparison that came with the real documents."""
    spec = importlib.util.spec_from_file_location("score_extraction", shared / "tools" / "score_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_real_document_scores_full_marks(shared: Path, scorer: ModuleType, number: str) -> None:
    expected = json.loads((shared / "expected" / f"{number}.json").read_text(encoding="utf-8"))
    report = real(shared, number)
    tally = scorer.compare(expected, report.to_json())
    assert tally.good == tally.asked
    assert 2 * tally.hit / (tally.wanted + tally.given) >= 0.98
    assert report.needs_person is False


@pytest.mark.shared
def test_real_gap_memo_has_its_rows_memo_and_deadline(shared: Path) -> None:
    report = real(shared, "000")
    gaps = [row for row in report.rows if row.kind == "gap"]
    wanted = [3, 4, 6, 4, 13, 15, 16, 17, 18, 19, 26, 27, 28, 29, 30, 31, 34, 36, 37, 40, 41, 42]
    assert [gap.code for gap in gaps] == [f"O{number}" for number in wanted]
    assert Counter(int(gap.score) for gap in gaps if gap.score is not None) == {0: 16, 100: 6}
    assert (report.printed_rows, sum(len(gap.origin.variants) for gap in gaps)) == (26, 4)
    assert report.memo is not None
    assert report.memo.date is not None
    assert report.deadline is not None
    assert (report.memo.date.isoformat(), report.deadline.isoformat()) == ("2020-05-29", "2020-06-10")
    printed = next(
        line for line in real_path(shared, "000").read_text(encoding="utf-8").splitlines() if line.startswith("ที่ ")
    )
    assert report.memo.number == printed.removeprefix("ที่ ").partition(" วันที่")[0]
    assert report.needs_person is False


@pytest.mark.shared
def test_real_measures_have_the_counted_items(shared: Path) -> None:
    rows = [row for row in real(shared, "001").rows if row.kind == "measure"]
    assert [len(row.steps) for row in rows] == [4, 4, 4, 4, 4, 2, 4, 4, 4, 4]
    assert [len(row.results) for row in rows] == [6, 3, 3, 3, 8, 7, 5, 4, 8, 12]
    assert [len(row.outcomes) for row in rows] == [5, 3, 2, 3, 7, 6, 4, 3, 8, 12]
    assert len({row.issue_no for row in rows}) == 7


@pytest.mark.shared
def test_real_signatories_stand_in_order_with_one_acting(shared: Path) -> None:
    report = real(shared, "001")
    assert [(person.part, person.capacity) for person in report.signatories] == [
        ("memo", "self"), ("memo", "self"), ("memo", "self"), ("memo", "acting_for"), ("memo", "self"), ("announcement", "self"),
    ]  # fmt: skip


@pytest.mark.shared
def test_real_indicator_plan_has_its_states_and_one_missing_score(shared: Path) -> None:
    report = real(shared, "002")
    plans = [row for row in report.rows if row.kind == "indicator"]
    assert Counter(plan.status for plan in plans) == {"done": 7, "in_progress": 1, None: 2}
    assert [score.no for score in report.indicators if score.score is None] == [3]
    assert len(report.rows) == 16


@pytest.mark.shared
def test_real_tracking_report_has_its_dates(shared: Path) -> None:
    topics = [row for row in real(shared, "003").rows if row.kind == "tracking"]
    assert (len(topics), sum(len(row.due) for row in topics), sum(len(row.done) for row in topics)) == (9, 29, 27)
    assert topics[2].step_numbers == (1, 2, 3, 3, 3, 4)
    pairs = [(due.date, done.date) for row in topics for due, done in row.pairs if due.date and done.date]
    assert (len(pairs), sum(done <= due for due, done in pairs)) == (19, 19)
    assert sum(len(row.due) != len(row.done) for row in topics) == 2


@pytest.mark.shared
def test_real_damaged_document_needs_a_person_and_keeps_what_survives(shared: Path) -> None:
    report = real(shared, "004")
    assert report.needs_person is True
    assert (report.confidence < 0.3, len(report.reasons) >= 4) == (True, True)
    assert (len(report.rows), report.printed_rows, len(report.indicators)) == (30, 30, 10)
    assert report.overall.score is not None
    assert float(report.overall.score) == 99.69
    assert report.memo is not None
    assert report.memo.date is not None
    assert (report.memo.date.isoformat(), report.memo.number is not None) == ("2024-10-09", True)
    measures = [row for row in report.rows if row.kind == "measure"]
    assert sum("shifted" in row.origin.doubts for row in measures) >= 10
    bad = sum(
        row.period is None or None in (row.period.start, row.period.end) or row.period.start > row.period.end
        for row in measures
    )  # type: ignore[operator]
    assert bad >= 15
