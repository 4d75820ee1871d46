"""The project's own samples, clean and faulty, and the real ones where they are beside the checkout."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prongsai.documents.read import read_document
from prongsai.errors import Problem, Severity
from prongsai.reports.lint import dates, numbering, outcomes, periods, progress, reading, scores
from prongsai.reports.lint.rule import RULES, Paper
from prongsai.reports.read import recognise
from prongsai.reports.year import framework_of

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
FAMILIES = (dates, periods, numbering, outcomes, progress, scores, reading)
OWN = {code: rule for code, rule in RULES.items() if rule.check.__module__ in {family.__name__ for family in FAMILIES}}
MANIFEST = json.loads((SAMPLES / "faulty" / "faults.json").read_text(encoding="utf-8"))["files"]
# A range of years that runs backwards is found by the rules about wording, under a code of its own.
ELSEWHERE = {("score-results-2568.txt", "PERIOD_REVERSED", 33)}


def found(path: Path) -> list[Problem]:
    """Run the rules of these families over a file."""
    document = read_document(path)
    report = recognise(document)
    paper = Paper(report, document, framework_of(report.fiscal_year_be))
    return [problem for rule in OWN.values() for problem in rule.look(paper)]


def planted() -> Iterator[tuple[str, str, int, str]]:
    """Give file, code, line and words of every planted fault that these families are to find."""
    for name, entry in MANIFEST.items():
        for fault in entry["faults"]:
            key = (name, fault["code"], fault["line"])
            if name.endswith(".txt") and fault["code"] in OWN and key not in ELSEWHERE:
                yield *key, fault["words"]


@pytest.mark.parametrize("path", sorted((SAMPLES / "clean").glob("*.txt")), ids=lambda path: path.name)
def test_clean_sample_has_no_error(path: Path) -> None:
    assert [(problem.code, problem.where.line) for problem in found(path) if problem.severity is Severity.ERROR] == []


@pytest.mark.parametrize(("name", "code", "line", "words"), list(planted()))
def test_planted_fault_is_found_at_its_line(name: str, code: str, line: int, words: str) -> None:
    lines = [problem.where.line for problem in found(SAMPLES / "faulty" / name) if problem.code == code]
    assert line in lines, f"{words}: {code} was found on lines {lines}"


@pytest.mark.parametrize("name", sorted(name for name in MANIFEST if name.endswith(".txt") and "damaged" not in name))
def test_faulty_sample_has_no_error_that_was_not_planted(name: str) -> None:
    known = {(fault["code"], fault["line"]) for fault in MANIFEST[name]["faults"]}
    errors = {(p.code, p.where.line) for p in found(SAMPLES / "faulty" / name) if p.severity is Severity.ERROR}
    assert errors - known == set()


# ---------------------------------------------------------------- the real documents, and what a careful reader said

READERS = {"001": "001_*.txt", "002": "002_*.txt", "003": "003_*.txt"}


@pytest.mark.shared
@pytest.mark.parametrize("number", READERS)
def test_real_document_shows_every_anomaly_of_these_families(shared: Path, number: str) -> None:
    expected: list[dict[str, Any]] = json.loads(
        (shared / "expected" / f"anomalies-{number}.json").read_text(encoding="utf-8")
    )["anomalies"]
    (path,) = (shared / "samples").glob(READERS[number])
    codes = {problem.code for problem in found(path)}
    assert {anomaly["rule"] for anomaly in expected if anomaly["rule"] in OWN} - codes == set()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "code", "arithmetic"),
    [
        ("001", "PERIOD_SHORTER_THAN_OUTPUT", "2 of 4 quarters"),
        ("001", "REPORT_LATE", "2026-03-30 - 2025-09-30 = 181 days"),
        ("001", "RESULT_WITHOUT_OUTCOME", "8 - 7 = 1 missing"),
        ("001", "STEPS_MISSING_APPROVAL", "steps per measure: 4,4,4,4,4,2,4,4,4,4"),
        ("002", "GUIDANCE_WITHOUT_PROGRESS", "6 - 4 = 2"),
        ("002", "OUTCOME_IS_FUTURE_ACTION", "5 of 6 measures"),
        ("003", "NUMBER_REPEATED", "6 steps numbered 1,2,3,3,3,4; expected 1..6"),
        ("003", "DATE_AFTER_PERIOD", "2023-04-05 > 2023-03-31; in all 6 of 27 dates"),
        ("003", "DATE_BEFORE_PERIOD", "2022-09-30 < 2022-10-01; in all 1 of 27 dates"),
        ("003", "OVERSIGHT_BEFORE_WORK", "2022-10-31 < 2023-04-05 (156 days)"),
        ("003", "OVERSIGHT_BEFORE_WORK", "2022-12-30 < 2023-03-31 (91 days)"),
        ("003", "OVERSIGHT_BEFORE_WORK", "2023-03-31 < 2023-04-05 (5 days)"),
        ("003", "RECURRING_WITH_SINGLE_DATE", "Oct 2565..Mar 2566 = 6 expected, 1 evidenced"),
        ("003", "DATE_COUNT_MISMATCH", "2 - 1 = 1 missing"),
    ],
)
def test_real_document_shows_the_arithmetic(shared: Path, number: str, code: str, arithmetic: str) -> None:
    (path,) = (shared / "samples").glob(READERS[number])
    assert arithmetic in [problem.arithmetic for problem in found(path) if problem.code == code]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "counts"),
    [
        ("000", {}),
        ("001", {"PERIOD_SHORTER_THAN_OUTPUT": 4}),
        ("002", {"INDICATOR_NO_SCORE": 1, "STATUS_MISSING": 2}),
        ("003", {"DATE_AFTER_PERIOD": 4, "DATE_COUNT_MISMATCH": 2, "NUMBER_REPEATED": 1, "OVERSIGHT_BEFORE_WORK": 3,
                 "RECURRING_WITH_SINGLE_DATE": 1}),
    ],
)  # fmt: skip
def test_real_document_shows_no_other_error(shared: Path, number: str, counts: dict[str, int]) -> None:
    (path,) = (shared / "samples").glob(f"{number}_*.txt")
    errors = [problem.code for problem in found(path) if problem.severity is Severity.ERROR]
    assert {code: errors.count(code) for code in errors} == counts


@pytest.mark.shared
def test_damaged_document_is_doubted_and_its_scores_are_checked(shared: Path) -> None:
    (path,) = (shared / "samples").glob("004_*.txt")
    problems = {problem.code: problem for problem in found(path)}
    assert problems["INDICATOR_WITHOUT_MEASURE"].severity is Severity.WARNING
    assert problems["INDICATOR_WITHOUT_MEASURE"].arithmetic == "80.75 < 85"
    assert problems["SCORE_CONTRADICTION"].evidence[:3] == (
        "99.69",
        "overall: 99.69 → 93.69 + 1: 95.76 → 99.76",
        "overall: 99.69 → 93.69 + 2: 94.96 → 98.96",
    )
