"""Reading findings: the list of a cycle with what nobody has taken up on top, and the page of one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from prongsai.documents.model import Document
from prongsai.errors import Where
from prongsai.frameworks.load import library, load
from prongsai.frameworks.model import Framework, Issue
from prongsai.reports.lint import repeats  # noqa: F401  # registers its rules
from prongsai.reports.lint.rule import RULES, Paper, Say
from prongsai.reports.records import Agency, Gap, Kind, Origin, Overall, Report
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding, FindingState, ScoreKind, ScoreSnapshot
from prongsai.web.cycles.queries.frameworks import framework_of, indicator_names, top_of

if TYPE_CHECKING:
    from prongsai.errors import Problem

BY_ISSUE, BY_INDICATOR = "issue", "indicator"
_NOBODY = Agency(None, None, None)


def findings_of(scope: Scope) -> QuerySet[Finding]:
    """Give the findings of the agency with their cycle, item and unit."""
    return Finding.objects.filter(cycle__agency=scope.agency).select_related("cycle__agency", "item", "unit")


def listed(cycle: Cycle) -> QuerySet[Finding]:
    """Give the findings of a cycle in the order of its items; n_measures, n_tasks, n_accepted: how many of each."""
    return (
        Finding.objects.filter(cycle=cycle)
        .select_related("item", "unit")
        .annotate(
            n_measures=Count("measures", distinct=True),
            n_tasks=Count("tasks", distinct=True),
            n_accepted=Count("tasks", filter=Q(tasks__state="accepted"), distinct=True),
        )
        .order_by("item__place", "indicator", "pk")
    )


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in the list. group: under which head. twins: other open findings of the same item."""

    pk: int
    version: int
    code: str
    title: str
    score: Decimal | None
    unit: str
    state: str
    state_label: str
    n_measures: int
    n_tasks: int
    n_accepted: int
    group: str
    twins: tuple[int, ...]
    warning: str

    @property
    def is_bare(self) -> bool:
        """Whether points are at risk and nobody has made a measure of it."""
        return self.state == FindingState.OPEN and self.n_measures == 0


@dataclass(frozen=True, slots=True)
class WeakIndicator:
    """An indicator under the target that no measure answers. finding_id: a finding that a measure could be made of."""

    code: str
    name: str
    score: Decimal
    target: Decimal
    finding_id: int | None


@dataclass(frozen=True, slots=True)
class FindingBoard:
    """Everything the list shows. rows: those without a measure first, then by group. counts: by state."""

    rows: tuple[FindingRow, ...]
    weak: tuple[WeakIndicator, ...]
    bare: int
    covered: int
    closed: int


def board(cycle: Cycle, by: str = BY_ISSUE) -> FindingBoard:
    """Give the findings of a cycle; two queries however many there are."""
    framework = framework_of(cycle)
    found = list(listed(cycle))
    twins, repeated = _twins(found), repeated_advice(found)
    heads = _Heads(framework, by)
    rows = [_row(finding, heads.of(finding), twins, repeated) for finding in found]
    rows.sort(key=lambda row: (not row.is_bare, heads.rank(row.group)))
    states = Counter(row.state for row in rows)
    return FindingBoard(
        tuple(rows),
        weak_indicators(cycle, found),
        sum(row.is_bare for row in rows),
        states[FindingState.COVERED],
        states[FindingState.CLOSED],
    )


def _row(finding: Finding, group: str, twins: Mapping[int, Sequence[int]], repeated: Mapping[int, str]) -> FindingRow:
    counts: dict[str, Any] = vars(finding)
    same = twins.get(finding.item_id or 0, ()) if finding.state != FindingState.CLOSED else ()
    return FindingRow(
        pk=finding.pk,
        version=finding.version,
        code=code_of(finding),
        title=finding.title,
        score=finding.score,
        unit=str(finding.unit or finding.units_text),
        state=finding.state,
        state_label=finding.get_state_display(),
        n_measures=counts["n_measures"],
        n_tasks=counts["n_tasks"],
        n_accepted=counts["n_accepted"],
        group=group,
        twins=tuple(pk for pk in same if pk != finding.pk),
        warning=repeated.get(finding.pk, ""),
    )


def code_of(finding: Finding) -> str:
    """Give the code by which a finding is known: its item's, else as printed, else its indicator's number."""
    if finding.item:
        return finding.item.code
    return finding.printed_code or finding.indicator


def _twins(found: Iterable[Finding]) -> dict[int, list[int]]:
    by_item: dict[int, list[int]] = defaultdict(list)
    for finding in found:
        if finding.item_id and finding.state != FindingState.CLOSED:
            by_item[finding.item_id].append(finding.pk)
    return {item: pks for item, pks in by_item.items() if len(pks) > 1}


# ---------------------------------------------------------------- heads


class _Heads:
    """Names the group of each finding, and puts the groups in the framework's order."""

    def __init__(self, framework: Framework, by: str) -> None:
        self.framework, self.by = framework, by
        self.names, self.tops = indicator_names(framework), top_of(framework)
        self.order: dict[str, int] = {}
        if by == BY_ISSUE:
            for issue in issues_of(framework).issues:
                self.order[issue_head(issue)] = issue.no
        else:
            for place, indicator in enumerate(framework.top_indicators()):
                self.order[_indicator_head(indicator.code, indicator.name_th)] = place

    def of(self, finding: Finding) -> str:
        if self.by == BY_ISSUE:
            issue = issue_of(self.framework, finding)
            if issue:
                return issue_head(issue)
            return _("ประเด็นที่ {no}").format(no=finding.issue_no) if finding.issue_no else _("ยังไม่จัดเข้าประเด็น")
        top = self.tops.get(finding.indicator, finding.indicator)
        return _indicator_head(top, self.names.get(top, "")) if top else _("ไม่ระบุตัวชี้วัด")

    def rank(self, head: str) -> int:
        return self.order.get(head, len(self.order) + 100)


def issue_head(issue: Issue) -> str:
    """Print an issue as a head."""
    return _("ประเด็นที่ {no} {name}").format(no=issue.no, name=issue.name_th)


def _indicator_head(code: str, name: str) -> str:
    return _("ตัวชี้วัดที่ {code} {name}").format(code=code, name=name)


@dataclass(frozen=True, slots=True)
class Issues:
    """The issues that measures of a year are grouped by. year_be: of another year where its own are not known."""

    issues: tuple[Issue, ...]
    year_be: int | None = None

    def by_no(self, number: int | None) -> Issue | None:
        """Find an issue by its number."""
        return next((issue for issue in self.issues if issue.no == number), None)


def issues_of(framework: Framework) -> Issues:
    """Give the issues of a year; while its own are not known, those of the latest earlier year that has some."""
    if framework.issues:
        return Issues(framework.issues)
    earlier = [
        (entry.fiscal_year_be, entry.id)
        for entry in library()
        if entry.kind == framework.kind and entry.fiscal_year_be and entry.fiscal_year_be < framework.fiscal_year_be
    ]
    for year, name in sorted(earlier, reverse=True):
        if found := load(name).issues:
            return Issues(found, year)
    return Issues(())


def issue_of(framework: Framework, finding: Finding) -> Issue | None:
    """Give the issue that a finding belongs to: the stated one, else the first that names its item or indicator."""
    issues = issues_of(framework)
    stated = issues.by_no(finding.issue_no)
    if stated or finding.issue_no:
        return stated
    key = finding.item.key if finding.item else None
    top = top_of(framework).get(finding.indicator, finding.indicator)
    by_item = (issue for issue in issues.issues if key in issue.item_keys)
    by_indicator = (issue for issue in issues.issues if top in issue.indicators)
    return next(by_item, None) or next(by_indicator, None)


# ---------------------------------------------------------------- warnings


def repeated_advice(found: Sequence[Finding]) -> dict[int, str]:
    """Say of findings whose advice is that of the item before them, word for word: the rule that papers are held to."""
    open_ones = [finding for finding in found if finding.state != FindingState.CLOSED]
    rule = RULES["RECOMMENDATION_REPEATED"]
    return {problem.where.row or 0: problem.message_th for problem in _look(rule.check, rule, open_ones)}


def _look(check: Any, rule: Any, found: Sequence[Finding]) -> "Iterable[Problem]":
    rows = tuple(_gap(finding) for finding in found)
    report = Report(
        "", Kind.GAP_MEMO, _NOBODY, None, None, None, None, (), None, Overall(None, None), (), rows, len(rows), (),
        1.0, False, (),
    )  # fmt: skip
    # The rule looks at the rows alone: neither a document nor a framework is asked.
    paper = Paper(report, Document("", "", None, "", ()), None)  # type: ignore[arg-type]
    return list(check(paper, Say(rule)))


def _gap(finding: Finding) -> Gap:
    code, where = code_of(finding) or None, Where(row=finding.pk)
    advice = tuple(line for line in finding.advice.splitlines() if line.strip())
    return Gap(code, finding.title, (), finding.score, None, advice, (), None, None, Origin(where))


def weak_indicators(cycle: Cycle, found: Iterable[Finding]) -> tuple[WeakIndicator, ...]:
    """Give the indicators whose official score is under the target and that no finding with a measure answers.

    The scores are the cycle's own, or while there are none those of the cycle before. One query.
    """
    framework = framework_of(cycle)
    target = cycle.target_pct if cycle.target_pct is not None else framework.target_pct
    tops = top_of(framework)
    answered: set[str] = set()
    at_hand: dict[str, int] = {}
    for finding in found:
        top = tops.get(finding.indicator, finding.indicator)
        if vars(finding)["n_measures"]:
            answered.add(top)
        if finding.state != FindingState.CLOSED:
            at_hand.setdefault(top, finding.pk)
    scores = official_indicators(cycle)
    return tuple(
        WeakIndicator(each.code, each.name_th, scores[each.code], target, at_hand.get(each.code))
        for each in framework.top_indicators()
        if each.code in scores and scores[each.code] < target and each.code not in answered
    )


def official_indicators(cycle: Cycle) -> dict[str, Decimal]:
    """Give the official scores of indicators that are known, by code; one query."""
    official = ScoreSnapshot.objects.filter(
        cycle__in=[pk for pk in (cycle.pk, cycle.carried_from_id) if pk], kind=ScoreKind.OFFICIAL
    )
    latest = official.order_by("-cycle__fiscal_year_be", "-taken_at", "-pk").values_list("result", flat=True).first()
    scores = (latest or {}).get("indicators", {})
    return {code: Decimal(str(score)) for code, score in scores.items() if score is not None}


# ---------------------------------------------------------------- one finding


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Everything the page of a finding shows."""

    finding: Finding
    code: str
    issue: str
    indicator: str
    measures: tuple[Any, ...]
    tasks: tuple[Any, ...]
    twins: tuple[Finding, ...]
    elements: tuple[str, ...]
    warning: str


def finding_page(finding: Finding) -> FindingPage:
    """Give the page of a finding. measures and tasks: the rows of the app above, reached through the finding."""
    framework = framework_of(finding.cycle)
    issue = issue_of(framework, finding)
    names = indicator_names(framework)
    neighbours = list(listed(finding.cycle))
    same = [
        one
        for one in neighbours
        if one.item_id and one.item_id == finding.item_id and one.pk != finding.pk and one.state != FindingState.CLOSED
    ]
    return FindingPage(
        finding,
        code_of(finding),
        issue_head(issue) if issue else "",
        _indicator_head(finding.indicator, names.get(finding.indicator, "")) if finding.indicator else "",
        tuple(finding.measures.prefetch_related("owners")),
        tuple(finding.tasks.select_related("unit", "dispatch")),
        tuple(same),
        tuple(element.text for element in finding.item.elements.all()) if finding.item else (),
        repeated_advice(neighbours).get(finding.pk, ""),
    )


def same_item(cycle: Cycle, item_id: int | None) -> list[Finding]:
    """Give the open findings of an item, which a new one may belong to."""
    if item_id is None:
        return []
    return list(Finding.objects.filter(cycle=cycle, item=item_id).exclude(state=FindingState.CLOSED))
