"""The list of attacks names a test for each, and each is there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.test_docs import exists

PAGE = Path(__file__).resolve().parents[4] / "docs" / "explanation" / "complaints-attacks.md"
ROWS = re.findall(r"(?m)^\| (\d+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"))
LEAST = 40


def test_attacks_are_numbered_and_more_than_forty() -> None:
    numbers = [int(number) for number, _ in ROWS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= LEAST


def test_every_attack_is_tried_by_a_test_that_is_there() -> None:
    named = {number: re.findall(r"`([^`]+::test_[^`]+)`", text) for number, text in ROWS}
    assert [number for number, tests in named.items() if not tests] == []
    known = {one for tests in named.values() for one in tests}
    assert [one for one in sorted(known) if not exists(f"tests/web/complaints/{one}")] == []
