"""The reference page of inspection and the lists of faults, codes and kinds say the same."""

from __future__ import annotations

import re
from pathlib import Path

from prongsai.inspection import sayings
from prongsai.inspection.rules import KINDS
from tests.inspection.content_faults import CONTENT
from tests.inspection.faults import REACH

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "inspection.md"


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the table under a heading, without its head."""
    under = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in under.splitlines() if line.startswith("| ")]
    return [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def test_faults_of_reaching_are_told() -> None:
    assert rows("Faults of reaching") == [[str(one.number), one.code, one.what] for one in REACH]


def test_faults_of_content_are_told() -> None:
    assert rows("Faults of content") == [
        [str(one.number), one.disclosed.item, one.element, one.what] for one in CONTENT
    ]


def test_codes_are_told_with_severity_and_mend() -> None:
    said = [sayings.say(code, "") for code in sorted(sayings.codes())]
    assert rows("Codes of pages, papers and items") == [
        [one.code, one.severity, f"{one.message}<br>{one.message_th}", f"{one.mend}<br>{one.mend_th}"] for one in said
    ]


def test_kinds_of_rules_are_told() -> None:
    assert [row[0] for row in rows("Kinds of rules")] == list(KINDS)


def test_numbers_are_used_once() -> None:
    numbers = re.findall(r"^\| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(numbers) == len(set(numbers)) == len(REACH) + len(CONTENT)
