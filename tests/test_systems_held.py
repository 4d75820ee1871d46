"""Requirements on the systems that hold already: docs/reference/systems.md names these tests beside its musts."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prongsai.cli import run
from prongsai.frameworks.emit import to_yaml
from prongsai.frameworks.load import load
from prongsai.frameworks.plain import framework_plain
from prongsai.reports.job import do
from prongsai.reports.lint.rule import RULES
from prongsai.reports.read import read_report
from prongsai.reports.records import Measure
from prongsai.scoring.report import score_report
from prongsai.scoring.scores import Scores
from prongsai.thai.letters import read_letter_number
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.thai.units import STANDARD_UNITS, known_unit
from tests.reports.lint.looking import paper_of, problems
from tests.reports.papers import MEASURE_HEAD, PLAN_HEAD, SCORE_HEAD, TITLE, tab

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
CODES = tuple(str(number) for number in range(1, 11))
WORTH = (*[Decimal("0.06")] * 5, *[Decimal("0.1")] * 3, *[Decimal("0.2")] * 2)  # 30, 30 and 40 per cent over 5, 3 and 2


def saved(folder: Path, data: Mapping[str, Any]) -> Path:
    """Write a year's file, as an office may."""
    path = folder / "edited.yaml"
    path.write_text(to_yaml(data), encoding="utf-8")
    return path


# ---------------------------------------------------------------- years


def test_job_reads_scores_by_the_year_before_the_plan(tmp_path: Path) -> None:
    scores = tmp_path / "scores.csv"
    scores.write_text("indicator,score\n4,83.94\n", encoding="utf-8")
    job = do([SAMPLES / "clean" / "measures-report-2568.txt", scores])
    found = [finding.framework_id for finding in job.findings if finding.score == Decimal("83.94")]
    assert (job.framework.id, found) == ("ita-2568", ["ita-2567"])


def test_one_code_is_another_item_in_another_year() -> None:
    keys = {year: item.key for year in (2566, 2567, 2568) if (item := load(f"ita-{year}").item("O24"))}
    assert keys[2567] == "complaints.corruption.statistics"
    assert len(set(keys.values())) == 3


# ---------------------------------------------------------------- scores and levels


@given(
    st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=10, max_size=10),
    st.decimals(min_value=0, max_value=100, places=2),
)
def test_total_more_than_a_hundredth_off_is_an_error_and_both_are_kept(scores: list[Decimal], stated: Decimal) -> None:
    given_scores = dict(zip(CODES, map(str, scores), strict=True))
    computed = sum((score * worth for score, worth in zip(scores, WORTH, strict=True)), Decimal(0))
    assume(abs(stated - computed) > Decimal("0.01"))
    report = score_report(load("ita-2567"), Scores.of(given_scores, overall=str(stated)))
    (problem,) = [found for found in report.problems if found.code == "SCORE_CONTRADICTION"]
    printed = report.to_json()
    assert problem.severity == "error"
    assert problem.arithmetic is not None
    assert [f"× {weight}%" in problem.arithmetic for weight in (30, 40)] == [True, True]
    assert printed["stated"] == {"overall": float(stated), "level": None}
    assert report.overall is not None
    assert abs(report.overall - computed) <= Decimal("0.005")


def test_level_rules_are_those_of_the_file(tmp_path: Path) -> None:
    scores = Scores.of(dict.fromkeys(CODES, "94.00"))
    shipped = score_report(load("ita-2568"), scores).level
    data = framework_plain(load("ita-2568"))
    data["levels"][0] |= {"minimum": 93, "instrument_minimum": 93}
    changed = score_report(load(saved(tmp_path, data)), scores).level
    assert [level.name_th if level else None for level in (shipped, changed)] == ["ผ่านดี", "ผ่านดีเยี่ยม"]


def test_target_is_that_of_the_file(tmp_path: Path) -> None:
    measure = ("๑", "ปรับหน้าเว็บไซต์", "๑. ทำ", "ไตรมาสที่ ๑ - ๔", "กองช่าง", "๑. ทำแล้ว", "๑) ดีขึ้น")
    issue = "\nประเด็นที่ ๓ ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ\n\n" + tab(MEASURE_HEAD, measure)
    low = (("EIT", "๘", "การปรับปรุงระบบการทำงาน", "๘๖.๐๐"), ("", "๗", "ประสิทธิภาพการสื่อสาร", "๙๐.๐๐"))
    paper = paper_of(TITLE + tab(SCORE_HEAD, *low) + issue)
    data = framework_plain(paper.framework)
    data["target"]["pct"] = 88
    raised = load(saved(tmp_path, data))
    look = RULES["INDICATOR_WITHOUT_MEASURE"].look
    assert (int(paper.framework.target_pct), len(list(look(paper)))) == (85, 0)
    assert [problem.arithmetic for problem in look(replace(paper, framework=raised))] == ["86.00 < 88"]


def test_open_status_after_the_period_asks_for_a_new_due_date() -> None:
    done, still_open = "☑ ดำเนินการแล้วเสร็จ ☐ อยู่ระหว่างดำเนินการ", "☐ ดำเนินการแล้วเสร็จ ☑ อยู่ระหว่างดำเนินการ"
    rows = [
        (f"ตัวชี้วัดที่ {number} คะแนน 90.00", "1. ลดขั้นตอน", "กองช่าง", "ปีงบประมาณ 2568", f"- ลดแล้ว {boxes}")
        for number, boxes in ((1, done), (2, still_open))
    ]
    (problem,) = problems("STATUS_OPEN_AFTER_PERIOD", TITLE + tab(PLAN_HEAD, *rows))
    assert problem.message.startswith("Indicator 2 is still open")
    assert problem.mend is not None
    assert problem.mend.startswith("Give a new due date")


# ---------------------------------------------------------------- papers


def test_damaged_paper_is_sent_to_a_person_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    path = SAMPLES / "faulty" / "damaged-2566.txt"
    reasons = read_report(path).reasons
    status = run(["read", str(path)])
    lines = capsys.readouterr().out.splitlines()
    told = lines.index("ต้องให้คนอ่านเอกสารนี้ เพราะ")
    bullets = [line for line in lines[told:] if line.startswith("  • ")]
    assert (status, len(reasons) > 1, len(bullets)) == (1, True, len(reasons))


@pytest.mark.parametrize(
    "printed",
    ["ลบ ๕๒๗๐๑/๑๐๔๒", "ลบ 52701/1042", "ที่ ...ลบ ๕๒๗๐๑/ ๑๐๔๒", "ลบ๕๒๗๐๑/1042", "ที่ ลบ ๕๒๗๐๑/๑๐๔๒ วันที่ ๙ ตุลาคม ๒๕๖๘"],
)
def test_letter_number_has_one_form_however_printed(printed: str) -> None:
    forms = {to_thai(printed), to_arabic(printed), printed}
    found = [read_letter_number(form) for form in forms]
    assert [number[:-1] if number else None for number in found] == [("ลบ", "52701", False, 1042, None)] * len(forms)


def test_every_alias_of_a_unit_leads_to_it() -> None:
    names = [(unit, name) for unit in STANDARD_UNITS for name in (unit.name, *unit.aliases)]
    assert [name for unit, name in names if known_unit(name).unit != unit] == []
    assert [name for unit, name in names if known_unit(name.removesuffix("ฯ") + "ฯ").unit != unit] == []
    assert {name for unit, name in names if unit.name == "กองวิชาการและแผนงาน"} >= {"กองวิชาการ", "กองวิชาการฯ"}


def test_spellings_of_a_name_are_told_and_stay_as_printed() -> None:
    owners = [f"น.ส.{name} สายบัวหลวง เจ้าพนักงานธุรการ" for name in ("เบญจวรรณ", "เบ็ญจวรรณ")]
    cells = [
        (str(n), f"มาตรการลำดับ {n}", "๑. ทำ", "ไตรมาสที่ ๑", owner, "๑. แล้ว", "๑) ดี") for n, owner in enumerate(owners, 1)
    ]
    text = TITLE + tab(MEASURE_HEAD, *cells)
    assert len(problems("NAME_VARIANT", text)) == 1
    assert [row.responsible for row in paper_of(text).report.rows if isinstance(row, Measure)] == [(o,) for o in owners]
