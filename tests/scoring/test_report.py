import json
from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.frameworks.load import load
from prongsai.scoring.outline import Outline
from prongsai.scoring.read import read_scores
from prongsai.scoring.report import score_report, score_reports
from prongsai.scoring.scores import Scores
from tests.scoring.build import framework, items_of

OUTLINE = Outline.of(framework())
CODES = tuple(str(n) for n in range(1, 11))
MISSING_THREE = dict(
    zip(CODES, ("97.44", "94.03", None, "92.87", "94.05", "89.31", "92.29", "91.55", "100", "100"), strict=True)
)
MISREAD = dict(
    zip(CODES, ("95.76", "94.96", "100", "87.04", "97.55", "97.19", "91.34", "80.75", "90", "100"), strict=True)
)


def test_report_of_a_missing_score_in_the_printed_form() -> None:
    report = score_report(OUTLINE, Scores.of(MISSING_THREE, overall="95.75", level="ผ่านดี"))
    printed = report.to_json()
    assert list(printed) == [
        "framework",
        "official",
        "agency",
        "overall",
        "overall_how",
        "exact",
        "level",
        "level_code",
        "possible_levels",
        "next_level",
        "instruments",
        "indicators",
        "derived",
        "stated",
        "misreadings",
        "problems",
        "tree",
    ]
    assert printed["official"] is False
    assert (printed["overall"], printed["exact"], printed["overall_how"]) == (95.75, 95.75, "derived")
    assert (printed["level"], printed["level_code"]) == ("ผ่านดี", "L1")
    assert printed["instruments"] == {"IIT": 94.78, "EIT": 91.05, "OIT": 100.0}
    assert printed["indicators"] == {c: None if s is None else float(s) for c, s in MISSING_THREE.items()}
    assert printed["stated"] == {"overall": 95.75, "level": "ผ่านดี"}
    derived = printed["derived"]
    assert isinstance(derived, dict)
    assert {key: derived["3"][key] for key in ("value", "low", "high", "low_all", "high_all")} == {
        "value": 95.53,
        "low": 95.45,
        "high": 95.6,
        "low_all": 95.37,
        "high_all": 95.69,
    }
    assert [problem.code for problem in report.problems] == ["SCORE_MISSING"]
    assert not report.has_errors
    assert json.loads(json.dumps(printed, allow_nan=False)) == printed


def test_report_of_a_contradiction_keeps_both_figures() -> None:
    report = score_report(OUTLINE, Scores.of(dict(MISREAD), overall="99.69", level="ผ่าน"))
    printed = report.to_json()
    assert (printed["overall"], printed["exact"], printed["overall_how"]) == (93.45, 93.4466, "computed")
    assert (printed["level"], printed["stated"]) == ("ผ่านดี", {"overall": 99.69, "level": "ผ่าน"})
    assert [problem.code for problem in report.problems if problem.severity == "error"] == ["SCORE_CONTRADICTION"] * 2
    assert [str(each) for each in report.misreadings] == [
        "overall: 99.69 → 93.69 + 1: 95.76 → 99.76",
        "overall: 99.69 → 93.69 + 2: 94.96 → 98.96",
    ]
    assert report.has_errors


def test_report_of_a_total_alone_states_it() -> None:
    report = score_report(OUTLINE, Scores.of(overall="93.60", level="ผ่านดี"))
    printed = report.to_json()
    assert (printed["overall"], printed["exact"], printed["overall_how"]) == (93.6, None, "stated")
    assert (printed["level"], printed["possible_levels"]) == ("ผ่านดี", ["ผ่านดี", "ผ่าน"])
    assert score_report(OUTLINE, Scores.of(overall="93.60")).level is None
    low = score_report(OUTLINE, Scores.of(overall="84.99")).level
    assert low is not None
    assert low.name_th == "ต้องปรับปรุง"


def test_report_of_an_impossible_total_keeps_the_level_open() -> None:
    report = score_report(OUTLINE, Scores.of(MISSING_THREE, overall="99.69", level="ผ่าน"))
    assert [problem.code for problem in report.problems] == ["SCORE_IMPOSSIBLE", "SCORE_MISSING"]
    assert (report.level, report.possible_levels) == (None, ())


def test_report_of_items_alone_is_incomplete() -> None:
    report = score_report(OUTLINE, Scores.of(items=dict(items_of(OUTLINE.framework, ["O43"]))))
    assert report.overall is None
    assert report.instruments() == {"IIT": None, "EIT": None, "OIT": Decimal("87.50")}
    assert report.indicators()["10"] == Decimal("75.00")
    assert [problem.code for problem in report.problems] == ["SCORE_MISSING", "SCORE_MISSING"]


def test_report_of_two_missing_levels_by_bounds() -> None:
    scores = MISSING_THREE | {"4": None}
    report = score_report(OUTLINE, Scores.of(scores, overall="95.75", level="ผ่านดี"))
    assert (str(report.overall), report.overall_how, report.level.name_th if report.level else "") == (
        "95.75",
        "derived",
        "ผ่านดี",
    )
    assert {each.code: each.rounded for each in report.derived if each.value is not None} == {"IIT": Decimal("94.78")}


def test_report_explains_why_the_next_level_was_missed() -> None:
    report = score_report(OUTLINE, Scores.of(dict(MISREAD)))
    assert report.to_json()["next_level"] == "ผ่านดีเยี่ยม: คะแนนรวม 93.45 < 95, EIT 89.76 < 95"


def test_report_of_a_wrong_framework_hole_says_that_no_level_holds() -> None:
    holed = framework(levels=(("A", "85", None),))
    report = score_report(holed, Scores.of(dict.fromkeys(CODES, "50")))
    assert [problem.code for problem in report.problems if problem.code.startswith("LEVEL")] == ["LEVEL_NONE"]


def test_reports_of_a_thousand_agencies_are_all_there_and_tell_the_wrong_ones(tmp_path: Path) -> None:
    rows = ["agency,indicator,score"]
    for number in range(1000):
        name = f"เทศบาลที่ {number}"
        for code, score in MISSING_THREE.items():
            drop = code == "3" and number % 4 == 0
            value = "" if drop else f"{float(score or 95.53) - number % 7:.2f}"
            rows.append(f"{name},{code},{value}")
        rows += [f"{name},overall,{95.75 - number % 7 - (number % 10 == 1) / 10:.2f}", f"{name},level,ผ่านดี"]
    path = tmp_path / "thousand.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    reports = list(score_reports(OUTLINE.framework, read_scores(path)))
    assert len(reports) == 1000
    assert sum(report.has_errors for report in reports) == 100


@pytest.mark.parametrize("year", range(2562, 2570))
def test_report_works_on_every_shipped_year(year: int) -> None:
    made = load(f"ita-{year}")
    full = Scores.of({each.code: "100" for each in made.top_indicators()}, overall="100", level=made.levels[0].name_th)
    report = score_report(made, full)
    assert (report.overall, report.problems) == (Decimal("100.00"), ())
    assert report.level == made.levels[0]
    items = score_report(made, Scores.of(items={item.code: "100" for item in made.items}))
    assert items.instruments()[made.instruments[-1].code] == Decimal("100.00")
    below = score_report(made, Scores.of({each.code: "84.99" for each in made.top_indicators()}))
    assert below.level is not None
    assert below.level.minimum < 85


def test_report_of_the_samples_by_the_shipped_years() -> None:
    missing = score_report(load("ita-2566"), Scores.of(MISSING_THREE, overall="95.75", level="ผ่านดี"))
    assert (str(missing.derived[0].rounded), missing.has_errors) == ("95.53", False)
    misread = score_report(load("ita-2567"), Scores.of(dict(MISREAD), overall="99.69", level="ผ่าน"))
    level = misread.problems[1].arithmetic
    assert [problem.code for problem in misread.problems] == ["SCORE_CONTRADICTION"] * 2
    assert level is not None
    assert level.startswith(
        "ผ่านดี: คะแนนรวม 93.45 ≥ 85, IIT 95.06 ≥ 85, EIT 89.76 ≥ 85, OIT 95.00 ≥ 85; EIT เก็บเป็น 2 ส่วน"
    )


@pytest.mark.shared
def test_report_of_a_document_as_the_reader_prints_it(shared: Path) -> None:
    found = read_scores(shared / "expected" / "002.json")
    assert len(found) == 1
    report = score_report(load("ita-2566"), found[0])
    assert {each.code: (str(each.rounded), each.interval) for each in report.derived} == {
        "3": ("95.53", (Decimal("95.45"), Decimal("95.60")))
    }
    alone = score_report(load("ita-2568"), read_scores(shared / "expected" / "001.json")[0])
    assert [problem.code for problem in alone.problems] == ["SCORE_WITHOUT_INDICATORS"]


def test_report_of_answers_by_a_shipped_year(tmp_path: Path) -> None:
    made = load("ita-2564")
    scales = {scale.code: scale for scale in made.scales}
    best = {}
    for question in made.questions:
        answers = sorted(scales[question.scale].answers, key=lambda pair: pair[1])
        picked = [answers[0 if part.reversed else -1][0] for part in question.parts]
        best[question.code] = picked or answers[0 if question.reversed else -1][0]
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"answers": [best, best]}), encoding="utf-8")
    report = score_report(made, read_scores(path)[0])
    assert report.instruments() == {"IIT": Decimal("100.00"), "EIT": Decimal("100.00"), "OIT": None}
    assert [problem.code for problem in report.problems] == ["SCORE_MISSING"]
