"""A plan skeleton: findings under the issues of the year, each with the measures found for it or marked as without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from prongsai.errors import FrameworkError, Where
from prongsai.frameworks.chain import chain
from prongsai.frameworks.model import Certainty, Framework, Issue
from prongsai.reports.findings import Finding
from prongsai.reports.records import Measure, Report, plain
from prongsai.thai.text import fold

TITLE_LIKENESS_MIN = 85.0
TITLE_LENGTH_MIN = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A measure that answers a finding. by: ``issue``, ``text`` or ``plan row``; a link by text is a proposal."""

    measure: str
    file: str
    where: Where
    by: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A finding with its measures; none means that a measure is still to be set.

    codes: what the finding's item is called in the plan's year; empty when that year no longer has it.
    """

    finding: Finding
    links: tuple[Link, ...]
    codes: tuple[str, ...]

    @property
    def code_th(self) -> str:
        """Its code in the plan's year, with the code of its own year where that differs."""
        now = ", ".join(self.codes)
        if self.finding.subject != "item" or now == self.finding.code:
            return self.finding.code
        year = self.finding.framework_id.rpartition("-")[2]
        return f"{now or 'ไม่มีในปีนี้'} (เดิม {self.finding.code} ปี {year})"

    @property
    def has_measure(self) -> bool:
        """Whether anything answers the finding."""
        return bool(self.links)


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """An issue of the year, or an indicator where the year has no issues. certainty: of the grouping itself."""

    no: str
    title: str
    lines: tuple[PlanLine, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Plan:
    """The proposed skeleton for a framework's year. Nothing in it is decided until a person accepts it."""

    framework_id: str
    grouped_by: str
    groups: tuple[PlanGroup, ...]

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        """Every line of every group."""
        return tuple(line for group in self.groups for line in group.lines)

    def to_json(self) -> dict[str, object]:
        """Give the form that ``prongsai gaps --json`` prints under ``plan``."""
        groups = []
        for group in self.groups:
            lines = [
                {"code": line.finding.code,
                    "codes": list(line.codes), "key": line.finding.key, "title": line.finding.title,
                 "has_measure": line.has_measure, "measures": plain(line.links)}
                for line in group.lines
            ]  # fmt: skip
            groups.append({"no": group.no, "title": group.title, "certainty": group.certainty.value, "lines": lines})
        return {"framework": self.framework_id, "grouped_by": self.grouped_by, "groups": groups}


def propose(framework: Framework, findings: Iterable[Finding], reports: Sequence[Report]) -> Plan:
    """Group the open findings by the year's issues, by indicator where it has none, and link the measures found."""
    still_open = [finding for finding in findings if not finding.is_closed]
    lines = [PlanLine(one, _links(framework, one, reports), _codes(framework, one)) for one in still_open]
    if framework.issues:
        groups = [_issue_group(framework, issue, lines) for issue in framework.issues]
        placed = {id(line) for group in groups for line in group.lines}
        left = tuple(line for line in lines if id(line) not in placed)
        rest = [PlanGroup("-", "ไม่อยู่ในประเด็นใด", left, Certainty.LOW)] if left else []
        return Plan(framework.id, "issue", (*groups, *rest))
    return Plan(framework.id, "indicator", tuple(_indicator_groups(framework, lines)))


def _codes(framework: Framework, finding: Finding) -> tuple[str, ...]:
    keys = keys_in(framework, finding)
    return tuple(item.code for item in framework.items if item.key in keys)


def _issue_group(framework: Framework, issue: Issue, lines: Sequence[PlanLine]) -> PlanGroup:
    held = tuple(line for line in lines if issue_of(framework, line.finding) == issue.no)
    return PlanGroup(str(issue.no), issue.name_th, held, issue.basis.certainty)


def issue_of(framework: Framework, finding: Finding) -> int | None:
    """Tell the issue of a finding: by the lasting key of its item, else by its indicator; None when there is none."""
    keys = keys_in(framework, finding)
    for issue in framework.issues:
        if keys & frozenset(issue.item_keys):
            return issue.no
    indicator = indicator_of(framework, finding)
    return next((issue.no for issue in framework.issues if indicator in issue.indicators), None)


def keys_in(framework: Framework, finding: Finding) -> frozenset[str]:
    """Give the lasting keys that a finding's item has in a framework's year, its own and what it became."""
    if finding.key is None or finding.subject != "item":
        return frozenset()
    return frozenset({finding.key}) | _became(finding.key, finding.framework_id, framework.id)


@lru_cache(maxsize=1024)
def _became(key: str, from_id: str, to_id: str) -> frozenset[str]:
    try:
        return frozenset(item.key for item in chain(key, from_id, to_id)[-1].items)
    except FrameworkError:  # no road of crosswalks leads there: another kind of assessment
        return frozenset()


def indicator_of(framework: Framework, finding: Finding) -> str | None:
    """Give the code of the top indicator that a finding counts in."""
    if finding.subject == "indicator":
        return finding.code
    item = next((found for key in keys_in(framework, finding) if (found := framework.item_by_key(key))), None)
    indicator = framework.indicator(item.indicator) if item else None
    return (indicator.parent or indicator.code) if indicator else None


def _indicator_groups(framework: Framework, lines: Sequence[PlanLine]) -> Iterable[PlanGroup]:
    for indicator in framework.top_indicators():
        held = tuple(line for line in lines if indicator_of(framework, line.finding) == indicator.code)
        if held:
            yield PlanGroup(indicator.code, indicator.name_th, held, indicator.basis.certainty)
    left = tuple(line for line in lines if indicator_of(framework, line.finding) is None)
    if left:
        yield PlanGroup("-", "ไม่อยู่ในตัวชี้วัดใด", left, Certainty.LOW)


def _links(framework: Framework, finding: Finding, reports: Sequence[Report]) -> tuple[Link, ...]:
    found: list[Link] = []
    issue = issue_of(framework, finding)
    for report in (report for report in reports if not report.needs_person):
        for row in report.rows:
            if isinstance(row, Measure):
                by = _answers(finding, issue, row)
                if by:
                    found.append(Link(row.measure, report.file, row.origin.where, by))
    return tuple(found)


def _answers(finding: Finding, issue: int | None, measure: Measure) -> str | None:
    """Tell how a measure answers a finding: its words name it, or an indicator's issue is the measure's issue."""
    if finding.subject == "indicator" and issue is not None and measure.issue_no == issue:
        return "issue"
    said = fold(" ".join((measure.measure, *measure.steps, *measure.results)))
    title = fold(finding.title)
    is_named = len(title) >= TITLE_LENGTH_MIN and fuzz.partial_ratio(title, said) >= TITLE_LIKENESS_MIN
    return "text" if is_named else None
