"""Reading measures: the list by the issues of the year, the page of one, and what a new one begins with."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from prongsai.errors import Problem
from prongsai.frameworks.model import Issue
from prongsai.thai.dates import format_fiscal_year
from prongsai.thai.fiscal import fiscal_year
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.journal_words import Line as JournalLine
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ElementState, Finding, Verdict
from prongsai.web.cycles.queries import framework_of
from prongsai.web.cycles.queries.findings import Issues, issue_head, issue_of, issues_of
from prongsai.web.evidence.models import Evidence
from prongsai.web.plans.models import Measure, MeasureState, Progress, Step, Task
from prongsai.web.plans.queries.checks import double_titles, faults_of, vague_periods
from prongsai.web.plans.queries.done import missing_for_done
from prongsai.web.plans.queries.tasks import history_of

PAGE = 60
TITLE_LENGTH_MAX = 300


def measures_of(scope: Scope) -> QuerySet[Measure]:
    """Give the measures of the agency."""
    return Measure.objects.filter(cycle__agency=scope.agency).select_related("cycle__agency", "carried_from__cycle")


def may_change(scope: Scope, measure: Measure) -> bool:
    """Whether a measure may be changed: by who runs the cycle, else by the people of a unit that owns it."""
    if scope.can(Power.RUN_CYCLE):
        return True
    return any(scope.can_change(owner.unit_id) for owner in measure.owners.all())


# ---------------------------------------------------------------- the list


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the list. head: the issue it stands under. late: running past its end."""

    pk: int
    head: str
    seq: str
    title: str
    period: str
    ends_on: date | None
    owners: str
    state: str
    state_label: str
    n_steps: int
    n_done: int
    n_findings: int
    late: bool
    faults: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class MeasureBoard:
    """The measures of a year. empty: issues without a measure. faults: of the list as a whole."""

    rows: tuple[MeasureRow, ...]
    page: "Page[Measure]"
    empty: tuple[str, ...]
    faults: tuple[Problem, ...]
    counts: Mapping[str, int]
    issues_year_be: int | None


def board(scope: Scope, cycle: Cycle, number: str | None = None) -> MeasureBoard:
    """Give a page of the measures of a cycle by issue; seven queries however many there are."""
    found = (
        Measure.objects.filter(cycle=cycle)
        .prefetch_related("steps", "owners", "progress", "findings")
        .order_by(F("issue_no").asc(nulls_last=True), "place", "pk")
    )
    keys = list(Measure.objects.filter(cycle=cycle).order_by("place").values_list("issue_no", "issue_title", "state"))
    page = Paginator(found, PAGE).get_page(number)
    issues = issues_of(framework_of(cycle))
    faults: dict[int, list[Problem]] = {}
    for fault in faults_of(page.object_list, cycle.measures_year_be):
        faults.setdefault(fault.measure_id, []).append(fault.problem)
    used = {no for no, _title, _state in keys}
    return MeasureBoard(
        tuple(_row(measure, issues, faults.get(measure.pk, ()), scope.today) for measure in page.object_list),
        page,
        tuple(issue_head(issue) for issue in issues.issues if issue.no not in used) if keys else (),
        double_titles({(no, title) for no, title, _state in keys}),
        Counter(state for _no, _title, state in keys),
        issues.year_be,
    )


def _row(measure: Measure, issues: Issues, faults: Sequence[Problem], today: date) -> MeasureRow:
    steps = list(measure.steps.all())
    return MeasureRow(
        pk=measure.pk,
        head=head_of(measure, issues),
        seq=measure.seq,
        title=measure.title,
        period=measure.period_text,
        ends_on=measure.ends_on,
        owners=", ".join(owner.text for owner in measure.owners.all()),
        state=measure.state,
        state_label=measure.get_state_display(),
        n_steps=len(steps),
        n_done=sum(step.done_on is not None for step in steps),
        n_findings=len(measure.findings.all()),
        late=is_late(measure, today),
        faults=tuple(faults),
    )


def head_of(measure: Measure, issues: Issues) -> str:
    """Print the issue that a measure stands under: as its paper has it, else as the year has it."""
    if measure.issue_no is None:
        return measure.issue_title or _("ยังไม่จัดเข้าประเด็น")
    issue = issues.by_no(measure.issue_no)
    name = measure.issue_title or (issue.name_th if issue else "")
    return _("ประเด็นที่ {no} {name}").format(no=measure.issue_no, name=name)


def is_late(measure: Measure, today: date) -> bool:
    """Whether a measure goes on after the day on which it should have ended."""
    return measure.state in (MeasureState.DRAFT, MeasureState.RUNNING) and bool(
        measure.ends_on and measure.ends_on < today
    )


# ---------------------------------------------------------------- one measure


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Everything the page of a measure shows.

    missing: what it still needs to be done. vague: what it promises "periodically", without saying how often.
    """

    measure: Measure
    head: str
    steps: tuple[Step, ...]
    progress: tuple[Progress, ...]
    findings: tuple[Finding, ...]
    elements: tuple[ElementState, ...]
    evidence: tuple[Evidence, ...]
    tasks: tuple[Task, ...]
    history: tuple[JournalLine, ...]
    faults: tuple[Problem, ...]
    missing: tuple[str, ...]
    late: bool
    can_change: bool
    vague: tuple[str, ...]


def measure_page(scope: Scope, measure: Measure) -> MeasurePage:
    """Give the page of a measure."""
    return MeasurePage(
        measure=measure,
        head=head_of(measure, issues_of(framework_of(measure.cycle))),
        steps=tuple(measure.steps.all()),
        progress=tuple(measure.progress.select_related("step", "by").prefetch_related("evidence")),
        findings=tuple(measure.findings.select_related("item")),
        elements=tuple(measure.elements.select_related("item")),
        evidence=tuple(measure.evidence.select_related("file")),
        tasks=tuple(measure.tasks.select_related("unit")),
        history=history_of(scope, measure),
        faults=tuple(fault.problem for fault in faults_of([measure], measure.cycle.measures_year_be)),
        missing=missing_for_done(measure) if measure.state != MeasureState.DONE else (),
        late=is_late(measure, scope.today),
        can_change=may_change(scope, measure),
        vague=vague_periods(measure),
    )


# ---------------------------------------------------------------- what a new one begins with


@dataclass(frozen=True, slots=True)
class Start:
    """What the form of a new measure is filled in with."""

    issue_no: int | None
    title: str
    steps: tuple[str, ...]
    owners: tuple[str, ...]
    period_text: str
    starts_on: date
    ends_on: date
    findings: tuple[Finding, ...]
    elements: tuple[ElementState, ...]


def start_of(cycle: Cycle, finding: Finding | None = None) -> Start:
    """Propose a measure: of a finding its advice, the elements that are short as steps, its unit; the whole year."""
    year = cycle.measures_year_be
    first, last = fiscal_year(year)
    whole = (format_fiscal_year(year), first, last)
    if finding is None:
        return Start(None, "", (), (), *whole, (), ())
    issue = issue_of(framework_of(cycle), finding)
    short = _short(finding)
    return Start(
        issue.no if issue else None,
        _title(finding),
        tuple(element.text for element in short) or _lines(finding.elements_text) or _lines(finding.advice)[1:],
        (finding.unit.name,) if finding.unit else tuple(_parts(finding.units_text)),
        *whole,
        (finding,),
        tuple(short),
    )


def _short(finding: Finding) -> list[ElementState]:
    if finding.item is None:
        return []
    return [element for element in finding.item.elements.all() if element.verdict != Verdict.PASS]


def _title(finding: Finding) -> str:
    advice = _lines(finding.advice)
    title = advice[0] if advice else f"ปรับปรุง {finding.title}"
    return title if len(title) <= TITLE_LENGTH_MAX else f"{title[: TITLE_LENGTH_MAX - 1]}…"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip().lstrip("-–•").strip() for line in text.splitlines() if line.strip())


def _parts(text: str) -> Iterable[str]:
    return (part.strip() for part in text.split(",") if part.strip())


def next_seq(cycle: Cycle, issue_no: int | None) -> str:
    """Give the next running number of an issue, in Thai digits."""
    return to_thai(str(Measure.objects.filter(cycle=cycle, issue_no=issue_no).count() + 1))


def issue_choices(cycle: Cycle) -> tuple[Issue, ...]:
    """Give the issues that a measure may stand under."""
    return issues_of(framework_of(cycle)).issues
