"""The main job: papers and scores in; records, faults, arithmetic, gaps and a plan out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from prongsai.errors import FileUnusable, Problem, ScoresUnusable, Where
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.reports.findings import Finding, ScoreResult, find
from prongsai.reports.lint.run import lint_file
from prongsai.reports.plan import Plan, propose
from prongsai.reports.records import IndicatorScore, Report
from prongsai.reports.year import framework_of
from prongsai.scoring.outline import Kind as Spot
from prongsai.scoring.read import read_scores
from prongsai.scoring.report import ScoreReport, score_report
from prongsai.scoring.scores import Scores
from prongsai.thai.agencies import same_agency

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
    """All that came out, and the framework that findings and plan are held against.

    is_score_year_guessed: nobody said of which year the scores are; the year before the plan was taken.
    """

    framework: Framework
    papers: tuple[Paper, ...]
    scored: tuple[Scored, ...]
    is_score_year_guessed: bool
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
            "score_year_guessed": self.is_score_year_guessed,
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
        inside = [path]
        if path.is_dir():
            inside = sorted(file for file in path.iterdir() if file.suffix.lower() in PAPER_SUFFIXES)
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
    papers = tuple(Paper(*lint_file(file)) for file in files if not _is_scores(file))
    reports = [paper.report for paper in papers]
    years = [report.fiscal_year_be for report in reports if report.fiscal_year_be]
    framework = load(framework_id) if framework_id else framework_of(max(years, default=None))
    scoring = load(scores_id) if scores_id else framework_of(framework.fiscal_year_be - 1, kind=framework.kind)
    names = [report.agency.name for report in reports if report.agency.name]
    scored = tuple(_score(file, scoring, names) for file in files if _is_scores(file))
    results = [ScoreResult(scoring, _indicators(one), _items(one)) for one in scored]
    findings = find(framework, reports, results)
    plan = propose(framework, findings, reports)
    return Job(framework, papers, scored, bool(scored) and scores_id is None, findings, plan)


def _is_scores(file: Path) -> bool:
    return file.suffix.lower() in SCORE_SUFFIXES


def _score(file: Path, framework: Framework, names: Sequence[str]) -> Scored:
    """Score one agency of a file: the only one, or the one whose papers these are. Raises ScoresUnusable for more."""
    found = read_scores(file)
    if len(found) > 1:
        found = tuple(one for one in found if one.agency and any(same_agency(one.agency, name) for name in names))
    if len(found) != 1:
        raise ScoresUnusable(
            f"{file.name} holds the scores of several agencies",
            message_th=f"ไฟล์ {file.name} มีคะแนนของหลายหน่วยงาน",
            mend_th="แยกคะแนนของหน่วยงานเดียวไว้ในไฟล์ หรือส่งเอกสารของหน่วยงานนั้นมาด้วย",
        )
    return Scored(file.name, found[0], score_report(framework, found[0]))


def _indicators(scored: Scored) -> tuple[IndicatorScore, ...]:
    where = {entry.code: entry.where for entry in scored.scores.entries}
    found = scored.report.indicators().items()
    return tuple(IndicatorScore(int(code), None, score, where.get(code, Where())) for code, score in found)


def _items(scored: Scored) -> dict[str, Decimal]:
    nodes = scored.report.tree.at(Spot.ITEM)
    return {node.code: node.rounded for node in nodes if node.rounded is not None}
