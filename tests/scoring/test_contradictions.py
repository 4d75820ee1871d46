import pytest

from prongsai.errors import Problem, Severity
from prongsai.frameworks.model import Framework
from prongsai.scoring.contradictions import check_totals
from prongsai.scoring.outline import Outline
from prongsai.scoring.report import score_report
from prongsai.scoring.rollup import roll_up
from prongsai.scoring.scores import Scores
from tests.scoring.build import LETTERS, framework

OUTLINE = Outline.of(framework())
CODES = tuple(str(n) for n in range(1, 11))
SAMPLE = dict(
    zip(CODES, ("95.76", "94.96", "100", "87.04", "97.55", "97.19", "91.34", "80.75", "90", "100"), strict=True)
)


def problems(made: Framework | Outline = OUTLINE, **given: object) -> list[Problem]:
    found = score_report(made, Scores.of(**given)).problems  # type: ignore[arg-type]
    return [problem for problem in found if problem.code not in ("SCORE_UNREACHABLE", "SCORE_MISSING")]


def test_check_totals_reports_a_total_with_arithmetic_explanations_and_bound() -> None:
    found = check_totals(roll_up(OUTLINE, Scores.of(dict(SAMPLE), overall="99.69")))
    problem = found.problems[0]
    assert (problem.code, problem.severity) == ("SCORE_CONTRADICTION", Severity.ERROR)
    assert problem.arithmetic == ("95.062 × 30% + 89.76 × 30% + 95 × 40% = 93.4466 ≈ 93.45; 9 = 100: คะแนนรวม ≤ 95.45")
    assert problem.evidence == (
        "99.69",
        "overall: 99.69 → 93.69 + 1: 95.76 → 99.76",
        "overall: 99.69 → 93.69 + 2: 94.96 → 98.96",
    )
    assert len(found.misreadings) == 2


def test_check_totals_says_so_when_no_misreading_explains_it() -> None:
    found = check_totals(roll_up(OUTLINE, Scores.of(dict.fromkeys(CODES, "100"), overall="51.37")))
    assert found.misreadings == ()
    assert found.problems[0].message.endswith("; no misreading of one digit explains it")
    assert found.problems[0].arithmetic == ("100 × 30% + 100 × 30% + 100 × 40% = 100; 10 = 0: คะแนนรวม ≥ 80.00")


def test_check_totals_takes_a_difference_that_rounding_allows_as_information() -> None:
    scores = dict.fromkeys(CODES, "90.00") | {"1": "90.08"}
    assert [(p.code, p.severity) for p in problems(indicators=scores, overall="90.01")] == [
        ("SCORE_ROUNDING", Severity.INFO)
    ]
    assert [p.code for p in problems(indicators=scores, overall="90.00")] == []
    assert [p.code for p in problems(indicators=scores, overall="90.02")] == ["SCORE_CONTRADICTION"]


def test_check_totals_compares_instruments_and_knows_weighted_figures() -> None:
    found = problems(indicators=SAMPLE, instruments={"OIT": "38.00"})
    assert [p.code for p in found] == ["SCORE_CONTRADICTION"]
    assert found[0].arithmetic == (
        "(90 + 100) ÷ 2 = 95; × 40% = 38.00: ค่าที่ระบุคือคะแนนหลังถ่วงน้ำหนัก (the stated figure is weighted)"
    )
    assert problems(indicators=SAMPLE, instruments={"OIT": "95.00"}) == []


def test_check_totals_says_that_a_total_alone_cannot_be_checked() -> None:
    found = problems(overall="93.60", level="ผ่านดี")
    assert [(p.code, p.severity) for p in found] == [("SCORE_WITHOUT_INDICATORS", Severity.WARNING)]


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ("ผ่าน", "ผ่านดี: คะแนนรวม 93.45 ≥ 85, IIT 95.06 ≥ 85, EIT 89.76 ≥ 85, OIT 95.00 ≥ 85"),
        ("ผ่านดีเยี่ยม", "ผ่านดีเยี่ยม: คะแนนรวม 93.45 < 95, EIT 89.76 < 95"),
    ],
)
def test_check_level_gives_the_reason(stated: str, reason: str) -> None:
    found = problems(indicators=SAMPLE, level=stated)
    assert [(p.code, p.evidence, p.arithmetic) for p in found] == [("SCORE_CONTRADICTION", (stated,), reason)]


def test_check_level_of_a_total_alone_refuses_what_it_excludes() -> None:
    found = problems(overall="84.99", level="ผ่าน")
    assert [p.code for p in found] == ["SCORE_WITHOUT_INDICATORS", "SCORE_CONTRADICTION"]
    assert found[1].message == "the level is stated as ผ่าน, but ต้องปรับปรุง follows from the scores"


def test_check_level_by_letters() -> None:
    letters = framework(levels=LETTERS)
    assert problems(letters, overall="93.60", level="A")[1:] == []
    found = problems(letters, indicators=SAMPLE, level="AA")
    assert [p.arithmetic for p in found] == ["AA: คะแนนรวม 93.45 < 95"]


def test_check_level_is_uncertain_where_rounding_decides() -> None:
    # IIT is 94.998 as printed; unrounded it may have been as low as 94.993, which is printed 94.99.
    edge = dict.fromkeys(CODES, "96.00") | dict.fromkeys("2345", "95.00") | {"1": "94.99"}
    found = problems(indicators=edge, level="ผ่านดี")
    assert [(p.code, p.severity) for p in found] == [("LEVEL_UNCERTAIN", Severity.WARNING)]
    assert found[0].message == "the scores as printed allow more than one level: ผ่านดีเยี่ยม, ผ่านดี"
