from dataclasses import replace

import pytest

from prongsai.reports.lint import scores
from prongsai.reports.lint.rule import RULES
from tests.reports.lint.looking import line_of, paper_of, problems, told
from tests.reports.papers import TITLE, tab

HEAD = ("แบบ", "ลำดับ", "ตัวชี้วัด", "คะแนน")
NAMES = (
    "การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ", "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน", "ประสิทธิภาพการสื่อสาร", "การปรับปรุงระบบการทำงาน", "การเปิดเผยข้อมูล", "การป้องกันการทุจริต",
)  # fmt: skip
# IIT 91.606, EIT 88.536…, OIT 95.445; 0.3 × 91.606 + 0.3 × 88.536… + 0.4 × 95.445 = 92.2208
PRINTED = ("94.62", "89.75", "92.08", "88.31", "93.27", "91.85", "89.40", "84.36", "97.14", "93.75")


def table(printed: tuple[str, ...] = PRINTED) -> str:
    return tab(HEAD, *(("", str(no), NAMES[no - 1], score) for no, score in enumerate(printed, 1)))


def intro(overall: str = "92.22", level: str = "ผ่านดี", year: str = "2567") -> str:
    return (
        TITLE + f"ผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year} คะแนนภาพรวมหน่วยงาน "
        f"คะแนนที่ได้ {overall} คะแนน ระดับผลการประเมินอยู่ที่ {level}\n\n"
    )


def changed(place: int, score: str) -> tuple[str, ...]:
    return (*PRINTED[: place - 1], score, *PRINTED[place:])


def total(text: str) -> int:
    return line_of(text, "คะแนนภาพรวม")


FAMILY = sorted(code for code, rule in RULES.items() if rule.family == "scores")


@pytest.mark.parametrize("code", FAMILY)
def test_every_rule_of_the_family_is_silent_on_scores_that_agree(code: str) -> None:
    assert scores.__name__ == RULES[code].check.__module__
    assert told(code, intro() + table()) == []


@pytest.mark.parametrize("code", FAMILY)
def test_every_rule_of_the_family_is_silent_without_scores(code: str) -> None:
    assert told(code, TITLE) == []


def test_score_contradiction_gives_arithmetic_misreadings_and_framework() -> None:
    text = intro("97.22") + table()
    (problem,) = problems("SCORE_CONTRADICTION", text)
    assert told("SCORE_CONTRADICTION", text) == [("error", total(text))]
    assert problem.arithmetic == (
        "91.606 × 30% + 88.5366… × 30% + 95.445 × 40% = 92.2208 ≈ 92.22; 8 = 100: คะแนนรวม ≤ 93.78"
    )
    assert problem.evidence[:2] == ("97.22", "overall: 97.22 → 92.22")
    assert problem.message.endswith("[ita-2567, unverified]")
    assert told("LEVEL_CONTRADICTION", text) == []


def test_level_contradiction_names_the_condition() -> None:
    text = intro(level="ผ่าน") + table()
    (problem,) = problems("LEVEL_CONTRADICTION", text)
    assert told("LEVEL_CONTRADICTION", text) == [("error", total(text))]
    assert problem.message == "the level is stated as ผ่าน, but ผ่านดี follows from the scores [ita-2567, unverified]"
    assert told("SCORE_CONTRADICTION", text) == []


def test_scores_are_held_against_the_year_that_was_scored_and_else_the_paper_s_own() -> None:
    of_2566 = problems("LEVEL_CONTRADICTION", intro(level="ผ่าน", year="2566") + table())[0]
    unnamed = TITLE + "ผลคะแนนภาพรวม 97.22 คะแนน ระดับ ผ่านดี\n\n" + table()
    assert of_2566.message.endswith("[ita-2566, unverified]")
    assert problems("SCORE_CONTRADICTION", unnamed)[0].message.endswith("[ita-2568, unverified]")


def test_indicator_without_score_is_derived_with_both_intervals() -> None:
    text = intro() + table(changed(6, ""))
    (problem,) = problems("INDICATOR_NO_SCORE", text)
    assert told("INDICATOR_NO_SCORE", text) == [("error", line_of(text, NAMES[5]))]
    assert problem.message == "Indicator 6 has no score; 91.84 follows from the total [ita-2567, unverified]."
    assert problem.arithmetic == (
        "EIT = (92.22 − 91.606 × 30% − 95.445 × 40%) ÷ 30% = 88.534; 6 = 3 × 88.534 − (89.4 + 84.36) = 91.842 ≈ 91.84; "
        "91.80..91.89 with the other scores as printed; 91.75..91.94 with all roundings"
    )


def test_indicator_without_score_and_without_total_has_no_proposal() -> None:
    text = TITLE + table(changed(6, ""))
    (problem,) = problems("INDICATOR_NO_SCORE", text)
    assert (problem.message, problem.arithmetic) == ("Indicator 6 has no score.", None)


def test_two_indicators_without_score_are_told_with_their_bounds() -> None:
    text = intro() + table((*changed(6, "")[:7], "", *PRINTED[8:]))
    assert [problem.where.line for problem in problems("INDICATOR_NO_SCORE", text)] == [
        line_of(text, NAMES[5]),
        line_of(text, NAMES[7]),
    ]
    assert told("SCORE_UNDETERMINED", text) == [("warning", total(text))]


def test_table_without_any_score_is_no_table_of_scores() -> None:
    assert told("INDICATOR_NO_SCORE", TITLE + table(("",) * 10)) == []


def test_total_without_indicators_is_a_warning_with_its_band() -> None:
    text = intro("93.60")
    (problem,) = problems("SCORE_WITHOUT_INDICATORS", text)
    assert told("SCORE_WITHOUT_INDICATORS", text) == [("warning", total(text))]
    assert problem.arithmetic == "93.60 >= 85 (ผ่านดี); nothing else computable"
    assert problem.evidence == ("93.60 ผ่านดี",)


def test_total_below_the_band_of_its_level_is_a_contradiction() -> None:
    text = intro("80.00")
    assert problems("SCORE_WITHOUT_INDICATORS", text)[0].arithmetic == "80.00 < 85 (ผ่านดี); nothing else computable"
    assert told("LEVEL_CONTRADICTION", text) == [("error", total(text))]


@pytest.mark.parametrize(
    ("code", "text", "severity"),
    [
        ("SCORE_OUT_OF_RANGE", intro() + table(changed(1, "194.62")), "error"),
        ("SCORE_PRECISION", intro() + table(changed(1, "94.625")), "error"),
        ("SCORE_IMPOSSIBLE", intro("12.00", "ต้องปรับปรุงโดยด่วน") + table(changed(1, "")), "error"),
        ("SCORE_ROUNDING", intro("92.23") + table(), "info"),
        ("SCORE_UNREACHABLE", intro() + table(changed(10, "93.76")), "warning"),
    ],
)
def test_what_scoring_finds_is_passed_on_with_the_framework(code: str, text: str, severity: str) -> None:
    (problem,) = problems(code, text)
    assert problem.severity.value == severity
    assert problem.message.endswith("[ita-2567, unverified]")
    assert problem.message_th.endswith("(กรอบ ita-2567 ยังไม่ได้ตรวจทาน)")


def test_level_at_the_edge_of_rounding_is_uncertain() -> None:
    edge = (*PRINTED[:5], "85.00", "85.00", "84.99", *PRINTED[8:])
    text = intro("91.16") + table(edge)
    assert told("LEVEL_UNCERTAIN", text) == [("warning", total(text))]
    assert told("LEVEL_CONTRADICTION", text) == []


def test_level_that_the_scored_year_does_not_have_is_unknown() -> None:
    text = intro(year="2562") + table()
    assert told("LEVEL_UNKNOWN", text) == [("error", total(text))]


def test_total_without_a_level_of_the_year_is_told() -> None:
    paper = paper_of(intro("60.00", "", year="2568"))
    top = replace(paper.framework, levels=paper.framework.levels[:1])
    assert [problem.code for problem in RULES["LEVEL_NONE"].look(replace(paper, framework=top))] == ["LEVEL_NONE"]
    assert list(RULES["LEVEL_NONE"].look(paper)) == []


def test_rows_numbered_beyond_the_indicators_of_the_year_are_no_indicator_scores() -> None:
    items = tab(HEAD, *(("", str(no), f"ข้อมูลหมายเลข {no}", "100") for no in range(1, 20)))
    text = intro("50.00", "ต้องปรับปรุงโดยด่วน") + items
    assert [code for code in FAMILY if told(code, text)] == []
