from decimal import Decimal

import pytest

from prongsai.errors import Where
from prongsai.scoring.outline import ROOT, Kind, Outline
from prongsai.scoring.resolve import Resolved, find_level, resolve
from prongsai.scoring.scores import Entry, Scores, Section, StatedLevel
from tests.scoring.build import LETTERS, framework

OUTLINE = Outline.of(framework(partial=["O2"]))


def resolved(*entries: tuple[str, str], section: Section | None = None, level: str | None = None) -> Resolved:
    made = tuple(
        Entry(code, Decimal(value), Where(line=n), section) for n, (code, value) in enumerate(entries, start=1)
    )
    return resolve(OUTLINE, Scores(entries=made, level=StatedLevel(level) if level else None))


def codes(found: Resolved) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize("name", ["3", "๓", "ตัวชี้วัดที่ 3", "ตัวชี้วัด ๓", "ด้านที่ 3", "3 ด้านที่ 3", "เรื่อง3", "ตัวชี้วัดที่ 3 เรื่อง3"])
def test_resolve_knows_an_indicator_by_code_name_and_alias(name: str) -> None:
    assert list(resolved((name, "90")).given) == [(Kind.INDICATOR, "3")]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("9.1", (Kind.SUB_INDICATOR, "9.1")),
        ("o12", (Kind.ITEM, "O12")),
        ("ข้อ O12", (Kind.ITEM, "O12")),
        ("รายการ O12", (Kind.ITEM, "O12")),
        ("iit", (Kind.INSTRUMENT, "IIT")),
    ],
)
def test_resolve_tells_kinds_apart(name: str, key: tuple[Kind, str]) -> None:
    assert list(resolved((name, "100")).given) == [key]


@pytest.mark.parametrize(
    ("code", "value", "problem"),
    [
        ("1", "100.01", "SCORE_OUT_OF_RANGE"),
        ("1", "-0.01", "SCORE_OUT_OF_RANGE"),
        ("1", "1E+999", "SCORE_OUT_OF_RANGE"),
        ("1", "97.445", "SCORE_PRECISION"),
        ("11", "90", "SCORE_UNKNOWN_CODE"),
        ("012", "100", "SCORE_UNKNOWN_CODE"),
        ("O1", "50", "SCORE_ITEM_NOT_ALLOWED"),
    ],
)
def test_resolve_refuses_with_a_problem_at_its_line(code: str, value: str, problem: str) -> None:
    found = resolved(("2", "80"), (code, value))
    assert codes(found) == [problem]
    assert found.problems[0].where.line == 2
    assert list(found.given) == [(Kind.INDICATOR, "2")]


def test_resolve_allows_trailing_zeros_and_partial_items() -> None:
    found = resolved(("1", "97.4400"), ("O2", "33.33"))
    assert codes(found) == []
    assert len(found.given) == 2


def test_resolve_allows_a_partial_item_only_the_steps_that_are_listed() -> None:
    stepped = Outline.of(framework(partial=["O2"], item_scores=("0", "20", "60", "100")))
    scores = Scores.of(items={"O1": "60", "O2": "60", "O3": "100"})
    found = resolve(stepped, scores)
    assert codes(found) == ["SCORE_ITEM_NOT_ALLOWED"]
    assert found.problems[0].message == "item O1 cannot score 60; allowed are 0, 100"
    assert codes(resolve(stepped, Scores.of(items={"O2": "61"}))) == ["SCORE_ITEM_NOT_ALLOWED"]


def test_resolve_counts_a_repeated_score_once() -> None:
    found = resolved(("1", "90"), ("ตัวชี้วัดที่ 1", "90.00"))
    assert codes(found) == ["SCORE_REPEATED"]
    assert found.given[Kind.INDICATOR, "1"].value == 90


def test_resolve_counts_neither_of_two_scores_that_differ() -> None:
    found = resolved(("1", "90"), ("1", "91"))
    assert codes(found) == ["SCORE_DUPLICATE"]
    assert found.problems[0].evidence == ("90", "91")
    assert found.given == {}
    assert list(found.places) == [(Kind.INDICATOR, "1")]


def test_resolve_looks_only_in_the_section_that_is_named() -> None:
    assert list(resolved(("9", "90"), section=Section.INDICATOR).given) == [(Kind.INDICATOR, "9")]
    assert codes(resolved(("9", "90"), section=Section.ITEM)) == ["SCORE_UNKNOWN_CODE"]


def test_resolve_keeps_the_total_and_a_missing_score() -> None:
    found = resolve(
        OUTLINE, Scores(entries=(Entry("3", None),), overall=Entry("overall", Decimal("95.75"), Where(line=2)))
    )
    assert found.overall is not None
    assert found.overall.value == Decimal("95.75")
    assert set(found.places) == {(Kind.INDICATOR, "3"), ROOT}
    assert found.problems == ()


@pytest.mark.parametrize("text", ["ผ่านดี", "ระดับผ่านดี", "ผ่าน ดี", "ระดับ ผ่านดี", "L1", "l1"])
def test_find_level_by_name_or_code(text: str) -> None:
    level = find_level(OUTLINE.framework, text)
    assert level is not None
    assert level.code == "L1"


def test_find_level_of_the_letter_scheme() -> None:
    level = find_level(framework(levels=LETTERS), "ระดับ AA")
    assert level is not None
    assert level.name_th == "AA"


def test_resolve_reports_an_unknown_level_with_the_known_ones() -> None:
    found = resolved(("1", "90"), level="ดีมาก")
    assert codes(found) == ["LEVEL_UNKNOWN"]
    assert found.problems[0].mend == "write one of ผ่านดีเยี่ยม, ผ่านดี, ผ่าน, ต้องปรับปรุง, ต้องปรับปรุงโดยด่วน"
    assert found.level is None
