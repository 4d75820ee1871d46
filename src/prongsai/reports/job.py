"""The main job: papers and scores in; records, faults, arithmetic, gaps and a plan out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from prongsai.errors import FileUnusable, Problem
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.reports.findings import Finding, find
from prongsai.reports.lint.run import lint_file
from prongsai.reports.plan import Plan, propose
from prongsai.reports.records import IndicatorScore, Report
from prongsai.reports.year import framework_of
from prongsai.scoring.read import read_scores
from prongsai.scoring.report import ScoreReport, score_report
from prongsai.scoring.scores import Scores, Section

SCORE_SUFFIXES = frozenset({".json", ".csv", ".xlsx", ".xls", ".ods"})
PAPER_SUFFIXES = frozenset({".txt"})


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was read: its records and everything that lint found."""

    report: Report
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A file of scores with its arithmetic."""

    file: str
    scores: Scores
    report: ScoreReport


@dataclass(frozen=True, slots=True)
class Job:
    """All that came out, and the framework that findings and plan are held against."""

    framework: Framework
    papers: tuple[Paper, ...]
    scored: tuple[Scored, ...]
    findings: tuple[Finding, ...]
    plan: Plan

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every Problem of every paper and score file."""
        of_papers = [problem for paper in self.papers for problem in paper.problems]
        return tuple(of_papers + [problem for scored in self.scored for problem in scored.report.problems])

    def to_json(self) -> dict[str, object]:
        """Give the form that ``prongsai gaps --json`` prints."""
        return {
            "framework": self.framework.id,
            "framework_is_official": self.framework.is_official,
            "findings": [finding.to_json() for finding in self.findings],
            "plan": self.plan.to_json(),
            "scores": [{"file": scored.file, **scored.report.to_json()} for scored in self.scored],
            "papers": [
                {"file": paper.report.file, "problems": [problem.to_json() for problem in paper.problems]}
                for paper in self.papers
            ],
        }


def expand(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Give the files of a call; a folder stands for the papers in it. Raises FileUnusable for an empty folder."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(file for file in path.iterdir() if file.suffix in PAPER_SUFFIXES) if path.is_dir() else [path]
        if not inside:
            raise FileUnusable(
                f"{path} holds no papers",
                message_th=f"โฟลเดอร์ {path} ไม่มีเอกสาร .txt",
                mend_th="ระบุไฟล์ หรือโฟลเดอร์ที่มีเอกสาร",
            )
        files += inside
    return tuple(files)


def do(paths: Sequence[Path], framework_id: str | None = None, scores_id: str | None = None) -> Job:
    """Do the main job on papers (.txt) and score files (.json, .csv, .xlsx).

    framework_id: of the year to plan for; without it, the newest year that a paper is about. scores_id: of the year
    that the score files are of; without it, the year before. Raises FileUnusable, ScoresUnusable or UnknownFramework.
    """
    files = expand(paths)
    papers = tuple(Paper(*lint_file(file)) for file in files if file.suffix.lower() not in SCORE_SUFFIXES)
    years = [paper.report.fiscal_year_be for paper in papers if paper.report.fiscal_year_be]
    framework = load(framework_id) if framework_id else framework_of(max(years, default=None))
    scoring = load(scores_id) if scores_id else framework_of(framework.fiscal_year_be - 1, kind=framework.kind)
    scored = tuple(one for file in files if file.suffix.lower() in SCORE_SUFFIXES for one in _score(file, scoring))
    reports = [paper.report for paper in papers]
    findings = find(scoring, reports, [score for one in scored for score in _indicators(one)], _items(scored))
    return Job(framework, papers, scored, findings, propose(framework, findings, reports))


def _score(file: Path, framework: Framework) -> list[Scored]:
    return [Scored(file.name, scores, score_report(framework, scores)) for scores in read_scores(file)]


def _indicators(scored: Scored) -> list[IndicatorScore]:
    return [
        IndicatorScore(int(entry.code), None, entry.value, entry.where)
        for entry in scored.scores.entries
        if entry.section in (None, Section.INDICATOR) and entry.code.isdecimal()
    ]


def _items(scored: Iterable[Scored]) -> dict[str, Decimal]:
    return {
        entry.code: entry.value
        for one in scored
        for entry in one.scores.entries
        if entry.section is Section.ITEM and entry.value is not None
    }
