"""Findings and plan: what is short, under which issue of the year, and which measure answers it."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.errors import FileUnusable, ScoresUnusable
from prongsai.frameworks.load import load
from prongsai.reports.findings import Finding, ScoreResult, find
from prongsai.reports.job import do, expand
from prongsai.reports.page import page
from prongsai.reports.plan import issue_of, propose
from prongsai.reports.read import read_report
from prongsai.reports.records import IndicatorScore, Report

GAPS = """บันทึกข้อความ

ส่วนราชการ สำนักปลัดเทศบาล
ที่ ลบ ๕๒๗๐๑/๑๒ วันที่ ๑๖ มกราคม ๒๕๖๗
เรื่อง แจ้งให้จัดทำข้อมูลเพื่อเผยแพร่ ประจำปีงบประมาณ พ.ศ. ๒๕๖๗
เรียน ผู้อำนวยการกองทุกกอง

ที่\tตัวชี้วัด/นิยามปี ๒๕๖๗\tคะแนน ปี ๒๕๖๖\tสิ่งที่ปฏิบัติ\tข้อเสนอแนะ\tหน่วยงานรับผิดชอบ
๐๒๔\tข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ : - แสดงสถิติ\t๐\t- ไม่ได้ดำเนินการ\t- จัดทำสถิติ\t- งานนิติการ
๐๑\tโครงสร้าง : - แผนผัง\t๑๐๐\tเผยแพร่แล้ว\t- ปรับปรุงแผนผัง\t- กองช่าง
"""
MEASURES = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๗

ประเด็นที่ ๔ กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ

ลำดับ\tมาตรการ/กิจกรรม\tขั้นตอน\tระยะเวลา\tผู้รับผิดชอบ\tสรุปผลการดำเนินการ\tผลลัพธ์
๑\tควบคุมการยืมทรัพย์สินของราชการ\t๑. จัดทำคู่มือ\tไตรมาสที่ ๑ - ๔\tกองคลัง\t๑. จัดทำคู่มือแล้ว\t๑. ยืมคืนครบทุกครั้ง
"""


def paper(tmp_path: Path, name: str, text: str) -> Report:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_report(path)


@pytest.fixture
def findings(tmp_path: Path) -> tuple[Finding, ...]:
    reports = [paper(tmp_path, "gaps.txt", GAPS), paper(tmp_path, "measures.txt", MEASURES)]
    scores = (IndicatorScore(4, None, Decimal("83.94")), IndicatorScore(8, None, Decimal("91.55")))
    return find(load("ita-2567"), reports, [ScoreResult(load("ita-2567"), scores, {"O14": Decimal(0)})])


def test_every_zero_is_a_finding_with_its_lasting_key(findings: tuple[Finding, ...]) -> None:
    gap = next(finding for finding in findings if finding.code == "O24")
    assert (gap.code, gap.key, gap.score, gap.units) == ("O24", "complaints.corruption.statistics", 0, ("งานนิติการ",))
    assert gap.cause == "ไม่ได้ดำเนินการ"
    assert not gap.is_closed


def test_full_score_is_closed(findings: tuple[Finding, ...]) -> None:
    assert [finding.is_closed for finding in findings if finding.code == "O1"] == [True]


def test_indicator_below_target_is_a_finding_and_one_above_is_not(findings: tuple[Finding, ...]) -> None:
    assert [(f.code, f.score) for f in findings if f.subject == "indicator"] == [("4", Decimal("83.94"))]


def test_item_of_a_score_file_brings_its_elements_as_advice(findings: tuple[Finding, ...]) -> None:
    (item,) = [finding for finding in findings if finding.code == "O14"]
    assert item.advice == tuple(element.text_th for element in load("ita-2567").item("O14").elements)  # type: ignore[union-attr]


def test_plan_groups_by_the_seven_issues_and_links_the_measure(tmp_path: Path, findings: tuple[Finding, ...]) -> None:
    framework = load("ita-2567")
    plan = propose(framework, findings, [paper(tmp_path, "measures.txt", MEASURES)])
    assert plan.grouped_by == "issue"
    assert [group.no for group in plan.groups][:7] == ["1", "2", "3", "4", "5", "6", "7"]
    (line,) = plan.groups[3].lines
    assert [(link.measure, link.by) for link in line.links] == [("ควบคุมการยืมทรัพย์สินของราชการ", "issue")]


def test_finding_without_measure_is_marked(tmp_path: Path, findings: tuple[Finding, ...]) -> None:
    plan = propose(load("ita-2567"), findings, [])
    assert {line.has_measure for line in plan.lines} == {False}
    assert "O1" not in [line.finding.code for line in plan.lines]


def test_plan_goes_by_indicator_where_the_year_has_no_issues(findings: tuple[Finding, ...]) -> None:
    framework = load("ita-2569")
    assert framework.issues == ()
    plan = propose(framework, findings, [])
    assert plan.grouped_by == "indicator"
    assert [(group.no, [line.finding.code for line in group.lines]) for group in plan.groups if group.no == "4"] == [
        ("4", ["4"])
    ]


def test_complaint_statistics_belong_to_the_seventh_issue(findings: tuple[Finding, ...]) -> None:
    assert issue_of(load("ita-2568"), next(f for f in findings if f.code == "O24")) == 7


def test_job_reads_a_folder_and_scores_together(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "gaps.txt").write_text(GAPS, encoding="utf-8")
    scores = tmp_path / "scores.csv"
    scores.write_text("agency,indicator,score\nเทศบาลตำบลบ้านสวนพลู,4,83.94\n", encoding="utf-8")
    job = do([folder, scores])
    assert job.framework.id == "ita-2567"
    assert {finding.code for finding in job.findings} == {"O24", "O1", "4"}
    assert "เทศบาลตำบลบ้านสวนพลู" in [scored.scores.agency for scored in job.scored]


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="holds no papers"):
        expand([tmp_path])


def test_latest_word_on_an_item_counts(tmp_path: Path) -> None:
    older = paper(tmp_path, "older.txt", GAPS)
    full = ScoreResult(load("ita-2567"), (), {"O24": Decimal(100)})
    for reports in ([older], [older, paper(tmp_path, "again.txt", GAPS)]):
        (finding,) = [f for f in find(load("ita-2568"), reports, [full]) if f.key == "complaints.corruption.statistics"]
        assert finding.is_closed


def test_score_file_of_several_agencies_needs_the_paper_that_tells_whose(tmp_path: Path) -> None:
    scores = tmp_path / "scores.csv"
    scores.write_text("agency,indicator,score\nเทศบาลตำบลหนึ่ง,4,83.94\nเทศบาลตำบลสอง,4,99.00\n", encoding="utf-8")
    with pytest.raises(ScoresUnusable, match="several agencies"):
        do([scores])


def test_item_scores_of_a_csv_are_findings(tmp_path: Path) -> None:
    scores = tmp_path / "scores.csv"
    scores.write_text("agency,item,score\nเทศบาลตำบลบ้านสวนพลู,O1,0\n", encoding="utf-8")
    job = do([scores], "ita-2568", "ita-2567")
    assert [(finding.code, finding.score) for finding in job.findings] == [("O1", 0)]
    assert not job.is_score_year_guessed


def test_page_prints_a_score_that_cannot_be(tmp_path: Path) -> None:
    scores = tmp_path / "impossible.json"
    given = {"indicators": {str(code): 10 for code in range(1, 10)}, "overall": 99}
    scores.write_text(json.dumps(given), encoding="utf-8")
    assert "ไม่มีค่าใดที่เป็นไปได้" in page(do([scores], "ita-2568", "ita-2567"))


def test_item_is_called_what_the_plan_year_calls_it(findings: tuple[Finding, ...]) -> None:
    codes = {line.finding.code: line.code_th for line in propose(load("ita-2568"), findings, []).lines}
    assert codes["O24"] == "O19 (เดิม O24 ปี 2567)"
    assert codes["4"] == "4"
    assert {line.code_th for line in propose(load("ita-2567"), findings, []).lines} == {"O24", "O14", "4"}
