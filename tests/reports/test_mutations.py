"""Papers changed by machine: what loses nothing comes out equal and unflagged, what loses is flagged where it was lost.

Silently wrong data is the one failure that must never happen.
"""

import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prongsai.documents.read import read_content
from prongsai.reports.records import Report
from tests.conftest import PROVE
from tests.reports.mutate import CHANGES, Mutant, is_possible, mutate, printed, some_changes, take_apart
from tests.reports.papers import paper
from tests.reports.test_read_samples import CLEAN, form

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in CLEAN}
COUNT = 2000 if PROVE else 40
EQUAL_SHARE_MIN = 0.97
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def folded(value: Any) -> Any:
    """Give records as they are compared: white space removed, digits of one kind; nothing else is forgiven."""
    if isinstance(value, str):
        return re.sub(r"\s+", "", unicodedata.normalize("NFC", value)).translate(DIGITS)
    if isinstance(value, dict):
        return {key: folded(entry) for key, entry in value.items() if key != "printed_rows"}
    return [folded(entry) for entry in value] if isinstance(value, list) else value


def records(report: Report) -> str:
    return json.dumps(folded(form(report)), ensure_ascii=False, sort_keys=True)


RECORDS = {name: records(paper(text)) for name, text in TEXTS.items()}


def flagged_lines(report: Report, text: str) -> set[int]:
    """Give the lines at which something is said to be odd; a table that is said to be unread is so as a whole."""
    said = {problem.where.line for problem in report.problems if problem.where.line}
    unread = {problem.where.table for problem in report.problems if problem.code == "TABLE_UNREAD"}
    tables = read_content(text.encode(), "paper.txt").tables() if unread else ()
    lines = {row.where.line for table in tables if table.where.table in unread for row in table.rows if row.where.line}
    return said | lines | {line for row in report.rows if row.origin.doubts for line in row.origin.lines}


def is_flagged(report: Report) -> bool:
    return bool(report.problems) or any(row.origin.doubts for row in report.rows) or report.needs_person


def verdict(name: str, mutant: Mutant) -> str:
    """Say how a mutant came out: equal, or flagged as it should, or silently wrong."""
    report = paper(mutant.text)
    is_equal = records(report) == RECORDS[name]
    if mutant.loses:
        if mutant.touched <= flagged_lines(report, mutant.text):
            return "flagged"
        return "lost without a flag at the row" if is_flagged(report) else "silently wrong"
    if is_equal:
        return "equal but flagged" if is_flagged(report) else "equal"
    return "changed but flagged" if is_flagged(report) else "silently wrong"


def made(seed: int) -> tuple[str, Mutant]:
    rng = random.Random(seed)
    name = rng.choice(sorted(TEXTS))
    return name, mutate(TEXTS[name], rng, some_changes(TEXTS[name], rng))


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_papers_are_printed_as_they_were_taken_apart(name: str) -> None:
    text, touched = printed(take_apart(TEXTS[name]))
    assert records(paper(text)) == RECORDS[name]
    assert touched == frozenset()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_comes_out_as_it_should_on_every_paper(change: Any) -> None:
    verdicts = {
        name: verdict(name, mutate(text, random.Random(7), [change]))
        for name, text in TEXTS.items()
        if is_possible(change, text)
    }
    assert set(verdicts.values()) <= {"equal", "flagged"}, verdicts


def test_mutants_come_out_equal_or_flagged_and_never_silently_wrong(prove: Callable[..., None]) -> None:
    counted: Counter[tuple[bool, str]] = Counter()
    bad: list[tuple[int, str, tuple[str, ...], str]] = []
    for seed in range(COUNT):
        name, mutant = made(seed)
        came_out = verdict(name, mutant)
        counted[mutant.loses, came_out] += 1
        if came_out not in ("equal", "flagged"):
            bad.append((seed, name, mutant.names, came_out))
    kept = sum(count for (loses, _), count in counted.items() if not loses)
    lost = sum(count for (loses, _), count in counted.items() if loses)
    silent = sum(count for (_, came_out), count in counted.items() if came_out == "silently wrong")
    equal, flagged = counted[False, "equal"], counted[True, "flagged"]
    prove("reading: changes that lose nothing come out equal and unflagged", kept, equal, f"{equal / kept:.2%}")
    prove("reading: changes that lose something are flagged at the row", lost, flagged, f"{flagged / lost:.2%}")
    prove("reading: never silently wrong", COUNT, COUNT - silent, f"silently wrong: {silent}")
    assert silent == 0, bad
    assert flagged == lost, bad
    assert equal / kept >= EQUAL_SHARE_MIN, bad


def test_a_silent_loss_is_seen_for_what_it_is() -> None:
    """The judge itself: a paper with a row taken out, said to have lost nothing."""
    text = TEXTS["tracking-2567"]
    row = next(line for line in text.split("\n") if line.startswith("-ข่าวประชาสัมพันธ์"))
    assert (
        verdict("tracking-2567", Mutant(("row_removed",), text.replace(row + "\n", ""), loses=False))
        == "silently wrong"
    )


def test_samples_lie_where_they_should() -> None:
    assert [path.parent.name for path in CLEAN] == ["clean"] * 5
    assert all(isinstance(path, Path) for path in CLEAN)
