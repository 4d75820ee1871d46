"""The project's own samples: what was put into the faulty ones is found at its line, the clean ones carry no error."""

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.documents.model import Document
from prongsai.documents.read import read_content, read_document
from prongsai.errors import Problem
from prongsai.reports.lint.rule import RULES, Paper
from prongsai.reports.read import recognise
from prongsai.reports.year import framework_of
from tests.reports.lint.looking import FAMILIES_A

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
CODES = frozenset(code for code, rule in RULES.items() if rule.family in FAMILIES_A)
FAULTS = json.loads((SAMPLES / "faulty" / "faults.json").read_text(encoding="utf-8"))["files"]
FAULTY = sorted(path.name for path in (SAMPLES / "faulty").glob("*.txt"))
CLEAN = sorted(path.name for path in (SAMPLES / "clean").glob("*.txt"))


@lru_cache
def found(path: Path) -> tuple[Problem, ...]:
    return look(read_document(path))


def look(document: Document) -> tuple[Problem, ...]:
    report = recognise(document)
    paper = Paper(report, document, framework_of(report.fiscal_year_be))
    return tuple(problem for code in sorted(CODES) for problem in RULES[code].look(paper))


def planted(name: str) -> set[tuple[str, int]]:
    return {(code_of(fault), fault["line"]) for fault in FAULTS[name]["faults"] if code_of(fault) in CODES}


def code_of(fault: dict[str, str]) -> str:
    """Give the code of a planted fault; a range of years in a sentence is no period of a row."""
    is_years = re.search("[๐-๙]{4}-[๐-๙]{4}", fault["words"]) is not None
    return "YEAR_RANGE_REVERSED" if is_years else fault["code"]


def errors(path: Path) -> set[tuple[str, int | None]]:
    return {(problem.code, problem.where.line) for problem in found(path) if problem.severity.value == "error"}


@pytest.mark.parametrize("name", CLEAN)
def test_clean_samples_give_no_error(name: str) -> None:
    assert errors(SAMPLES / "clean" / name) == set()


@pytest.mark.parametrize("name", FAULTY)
def test_every_planted_fault_is_found_at_its_line(name: str) -> None:
    told = {(problem.code, problem.where.line) for problem in found(SAMPLES / "faulty" / name)}
    assert planted(name) - told == set()


@pytest.mark.parametrize("name", [name for name in FAULTY if not FAULTS[name]["needs_person"]])
def test_faulty_samples_give_no_error_that_was_not_planted(name: str) -> None:
    assert errors(SAMPLES / "faulty" / name) - planted(name) == set()


@given(
    name=st.sampled_from(FAULTY),
    start=st.integers(0, 20_000),
    gap=st.integers(0, 200),
    length=st.integers(100, 6_000),
    filling=st.text("กา้๑1\t|-(ที่ พ.ศ.", max_size=12),
)
def test_rules_survive_damage_and_name_a_line(name: str, start: int, gap: int, length: int, filling: str) -> None:
    text = (SAMPLES / "faulty" / name).read_text(encoding="utf-8")
    damaged = text[start % len(text) :][:length] + filling + text[start % len(text) + length + gap :][:length] + "."
    for problem in look(read_content(damaged.encode(), name)):
        assert 1 <= (problem.where.line or 0) <= damaged.count("\n") + 1
        assert problem.message_th.strip() == problem.message_th != ""


def test_the_faulty_samples_hold_faults_of_all_four_families() -> None:
    planted_codes = {code for name in FAULTY for code, _ in planted(name)}
    assert {RULES[code].family for code in planted_codes} == set(FAMILIES_A)
