"""Reading reports: what may be made of a cycle, what one holds, and what its records lack."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from prongsai.documents.model import Document
from prongsai.errors import Problem, Severity, Where
from prongsai.reports import records
from prongsai.reports.catalogue import PAPERS, paper_kind
from prongsai.reports.lint.run import lint
from prongsai.reports.records import DatedText, Origin, Signatory, Tracking
from prongsai.reports.year import framework_of
from prongsai.thai.dates import format_date, format_fiscal_year
from prongsai.thai.fiscal import first_months, fiscal_year
from prongsai.web.agencies.models import Appointment, Membership
from prongsai.web.agencies.queries import signature_lines, top_executive, top_executives
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.duties import queries as duties
from prongsai.web.duties.models import DutyKind, Occurrence
from prongsai.web.duties.standard import RESULTS, TRACKING
from prongsai.web.plans.models import Measure, MeasureState, Progress, Report, ReportState
from prongsai.web.plans.records import MONTHS, report_of

KINDS = ("tracking-6", "tracking-12", "measures-report")
FOREIGN = "FOREIGN_AGENCY"
LENGTH_MAX = 90
# A report made of a cycle's records has no memo yet: letters are numbered and dated elsewhere.
_NOT_ASKED = frozenset({"MISSING_FIELD", "NO_OUTCOME", "SEQ_RESTARTS"})


# --- lists ----------------------------------------------------------------------------------------------------------


def reports_of(scope: Scope) -> QuerySet[Report]:
    """Give the reports of the agency with what lists print; the frozen records are left for the page of one."""
    found = Report.objects.filter(agency=scope.agency).select_related("cycle", "docx", "pdf", "made_by", "decided_by")
    return found.defer("records", "problems")


def report_whole(scope: Scope) -> QuerySet[Report]:
    """Give the reports of the agency with their records."""
    return Report.objects.filter(agency=scope.agency).select_related(
        "cycle__agency", "docx", "pdf", "made_by", "decided_by"
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of report that may be made of a cycle. ends_on: the end of what it reports. is_early: that is not over."""

    kind: str
    title: str
    starts_on: date
    ends_on: date
    is_early: bool
    latest: Report | None


def offers(scope: Scope, cycle: Cycle, made: Iterable[Report]) -> tuple[Offer, ...]:
    """Give the kinds of reports of a cycle, each with the latest that was made."""
    listed = list(made)
    return tuple(
        Offer(
            kind,
            PAPERS[kind],
            *period_of(cycle, kind),
            is_early=scope.today <= period_of(cycle, kind)[1],
            latest=next((report for report in listed if report.kind == kind), None),
        )
        for kind in KINDS
    )


def period_of(cycle: Cycle, kind: str) -> tuple[date, date]:
    """Give the first and last day of what a kind of report is about."""
    year = cycle.measures_year_be
    span = first_months(MONTHS[kind], year) if kind in MONTHS else fiscal_year(year)
    return span.start, span.end


# --- making one -----------------------------------------------------------------------------------------------------


def records_for(scope: Scope, cycle: Cycle, kind: str) -> Any:
    """Give the records of a report, in the JSON form that ``prongsai write`` takes.

    The tracking kinds get the executive's follow-up with one due item a month, the results report its announcement.
    """
    report = report_of(cycle, kind, scope.today)
    if kind in MONTHS and report.rows:
        report = replace(report, rows=(*report.rows, *_follow_ups(scope, cycle, kind)))
    elif report.rows and not report.signatories:
        report = replace(report, signatories=_announcer(scope))
    # Through JSON once, so that what is frozen is what a file would hold.
    return json.loads(json.dumps(paper_kind(kind).to_json(replace(report, printed_rows=len(report.rows)))))


def _follow_ups(scope: Scope, cycle: Cycle, kind: str) -> Iterator[Tracking]:
    start, end = period_of(cycle, kind)
    found = duties.occurrences_of(scope).filter(
        duty__kind=DutyKind.FOLLOW_UP, duty__fiscal_year_be=cycle.measures_year_be,
        starts_on__gte=start, ends_on__lte=end,
    ).order_by("starts_on")  # fmt: skip
    months = list(found)
    if months:
        head = top_executive(scope.agency, scope.today)
        yield Tracking(
            topic=months[0].duty.title,
            group=_("งานประจำ"),
            responsible=(head.post.title,) if head else (),
            steps=(),
            step_numbers=(),
            due=tuple(DatedText(_due_text(one), one.due_on) for one in months),
            done=tuple(DatedText(_done_text(one), one.done_on) for one in months if one.done_on),
            origin=Origin(Where()),
        )


def _due_text(one: Occurrence) -> str:
    return f"ติดตาม{one.label} ภายในวันที่ {format_date(one.due_on)}"


def _done_text(one: Occurrence) -> str:
    return f"ติดตาม{one.label} เมื่อวันที่ {format_date(one.done_on)}" if one.done_on else ""


def _announcer(scope: Scope) -> tuple[Signatory, ...]:
    head = top_executive(scope.agency, scope.today)
    if head is None:
        return ()
    return (Signatory(str(head.person), position_of(head), capacity=head.capacity, part="announcement"),)


def problems_of(
    scope: Scope, cycle: Cycle, kind: str, made: records.Report, document: Document
) -> list[dict[str, Any]]:
    """Give what a careful reader would notice in a composed report, and what its records lack; JSON form."""
    found = [one for one in lint(document, made, framework_of(made.fiscal_year_be)) if one.code not in _NOT_ASKED]
    told = {(one.code, one.evidence[:1]) for one in found}
    found += [one for one in _lacks(scope, cycle, kind) if (one.code, one.evidence[:1]) not in told]
    order = list(Severity)
    return [one.to_json() for one in sorted(found, key=lambda one: order.index(one.severity))]


def _lacks(scope: Scope, cycle: Cycle, kind: str) -> Iterator[Problem]:
    start, end = period_of(cycle, kind)
    found = Measure.objects.filter(cycle=cycle).prefetch_related("steps__progress__evidence", "progress")
    for measure in found.annotate(n_evidence=Count("evidence")):
        told = list(measure.progress.all())
        yield from _outcomes_lacking(measure, told)
        yield from _dates_lacking(measure, told, start, end)
        yield from _evidence_lacking(measure, start, end)
    if scope.today <= end:
        yield _lack("PERIOD_NOT_OVER", Severity.INFO, _("รอบนี้ยังไม่สิ้นสุด ({day})").format(day=format_date(end)), "")


def _outcomes_lacking(measure: Measure, told: list[Progress]) -> Iterator[Problem]:
    results, outcomes = sum(bool(one.result) for one in told), sum(bool(one.outcome) for one in told)
    if not outcomes:
        code, text = "MEASURE_WITHOUT_OUTCOME", _("มาตรการยังไม่มีผลลัพธ์")
        if not results:
            code, text = "MEASURE_WITHOUT_PROGRESS", _("มาตรการยังไม่มีความก้าวหน้า")
        yield _lack(code, Severity.WARNING, text, measure.title)
    elif outcomes < results:
        text = _("มีผลการดำเนินการ {results} ข้อ แต่มีผลลัพธ์ {outcomes} ข้อ").format(results=results, outcomes=outcomes)
        yield _lack(
            "FEWER_OUTCOMES", Severity.WARNING, text, measure.title, f"{results} - {outcomes} = {results - outcomes}"
        )


def _dates_lacking(measure: Measure, told: list[Progress], start: date, end: date) -> Iterator[Problem]:
    for one in told:
        if one.on is None:
            yield _lack("DATE_MISSING", Severity.WARNING, _("ความก้าวหน้ายังไม่มีวันที่ดำเนินการ"), str(one))
        elif not start <= one.on <= end:
            text = _("วันที่ {day} อยู่นอกช่วงของรายงาน จึงไม่นับในรอบนี้").format(day=format_date(one.on))
            yield _lack("DATE_OUTSIDE_PERIOD", Severity.WARNING, text, str(one))
    if measure.state != MeasureState.CARRIED and not (measure.ends_on or measure.period_text):
        yield _lack("PERIOD_MISSING", Severity.INFO, _("มาตรการยังไม่มีระยะเวลา"), measure.title)


def _evidence_lacking(measure: Measure, start: date, end: date) -> Iterator[Problem]:
    """Hold each due step against its own day of doing and evidence."""
    for step in measure.steps.all():
        if step.due_on is None or not start <= step.due_on <= end:
            continue
        own = list(step.progress.all())
        if not (step.done_on or any(one.on for one in own)):
            text = _("ครบกำหนด {day} ยังไม่มีวันที่ดำเนินการจริง").format(day=format_date(step.due_on))
            yield _lack("DONE_DATE_MISSING", Severity.WARNING, text, step.text)
        elif not any(one.evidence.all() for one in own) and not vars(measure)["n_evidence"]:
            yield _lack("EVIDENCE_MISSING", Severity.WARNING, _("ทำแล้วแต่ยังไม่มีหลักฐาน"), step.text)


def _lack(code: str, severity: Severity, text: str, about: str, arithmetic: str | None = None) -> Problem:
    short = about if len(about) <= LENGTH_MAX else f"{about[: LENGTH_MAX - 1]}…"
    return Problem(code, severity, text, text, evidence=(short,) if short else (), arithmetic=arithmetic)


# --- the page of one ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holding:
    """A row that a report holds: due against done for topics, results against outcomes for measures."""

    title: str
    owners: str
    expected: int
    there: int

    @property
    def is_whole(self) -> bool:
        """Whether the counts match and there is something at all."""
        return 0 < self.there >= self.expected


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A recurring duty in the round of a report: one date for one occurrence."""

    title: str
    pk: int
    tally: duties.Tally
    missed: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the page of a report shows. why_not: why who asks cannot approve; empty when they can."""

    report: Report
    holdings: tuple[Holding, ...]
    rounds: tuple[RoundRow, ...]
    blocking: tuple[Mapping[str, Any], ...]
    problems: tuple[Mapping[str, Any], ...]
    can_decide: bool
    why_not: str
    newer: Report | None

    @property
    def is_tracking(self) -> bool:
        """Whether its rows are topics with due items."""
        return self.report.kind in MONTHS

    @property
    def whole(self) -> int:
        """How many rows lack nothing."""
        return sum(row.is_whole for row in self.holdings)


def page_of(scope: Scope, report: Report) -> ReportPage:
    """Give the page of a report: what it holds is read from its frozen records."""
    blocking = tuple(one for one in report.problems if one["code"] == FOREIGN)
    newer = Report.objects.filter(cycle=report.cycle_id, kind=report.kind, pk__gt=report.pk).defer(
        "records", "problems"
    )
    is_open = report.state == ReportState.DRAFT
    why_not = why_not_decide(scope, report) if is_open and scope.can(Power.APPROVE) else ""
    return ReportPage(
        report,
        tuple(_holding(row) for row in report.records.get("rows", ())),
        tuple(_rounds(scope, report)),
        blocking,
        tuple(one for one in report.problems if one["code"] != FOREIGN),
        is_open and scope.can(Power.APPROVE) and not why_not,
        why_not,
        newer.first(),
    )


def _holding(row: Mapping[str, Any]) -> Holding:
    owners = ", ".join(row.get("responsible") or ())
    if row["kind"] == "tracking":
        return Holding(row["topic"], owners, len(row["due"]), len(row["done"]))
    if row["kind"] == "indicator":
        return Holding(row["name"], owners, len(row["guidance"]), len(row["progress"]))
    return Holding(row["measure"], owners, len(row["results"]), len(row["outcomes"]))


def _rounds(scope: Scope, report: Report) -> Iterator[RoundRow]:
    start, end = period_of(report.cycle, report.kind)
    found = duties.occurrences_of(scope).filter(
        duty__fiscal_year_be=report.cycle.measures_year_be, starts_on__gte=start, ends_on__lte=end,
        duty__rhythm__in=("monthly", "quarterly"),
    )  # fmt: skip
    grouped: dict[int, list[Occurrence]] = {}
    for one in found.order_by("duty_id", "starts_on"):
        grouped.setdefault(one.duty_id, []).append(one)
    for pk, each in grouped.items():
        missed = sum(duties.state_of(one, scope.today) is duties.State.MISSED for one in each)
        yield RoundRow(each[0].duty.title, pk, duties.tally(each, end), missed)


# --- who decides ----------------------------------------------------------------------------------------------------


def why_not_decide(scope: Scope, report: Report) -> str:
    """Say why somebody who may approve cannot approve this report; empty when they can."""
    if report.made_by_id is not None and scope.user is not None and report.made_by_id == scope.user.pk:
        return _("ผู้จัดทำอนุมัติรายงานของตนเองไม่ได้")
    if signing(scope) is None:
        return _("รายงานนี้ต้องอนุมัติโดยผู้บริหารสูงสุด หรือผู้ที่รักษาราชการแทนหรือปฏิบัติหน้าที่แทนตามคำสั่งในวันนี้")
    return ""


def why_not_decide_as(report: Report, appointment: Appointment, day: date) -> str:
    """Say why somebody cannot have approved a report on a day by an appointment; empty when they can."""
    own = Membership.objects.filter(agency=report.agency_id, person=appointment.person_id, user=report.made_by_id)
    if report.made_by_id is not None and own.exists():
        return _("ผู้จัดทำอนุมัติรายงานของตนเองไม่ได้")
    if appointment.pk not in {one.pk for one in top_executives(report.agency, day)}:
        return _("รายงานนี้ต้องอนุมัติโดยผู้บริหารสูงสุดในวันที่ลงนาม หรือผู้ที่รักษาราชการแทนหรือปฏิบัติหน้าที่แทนตามคำสั่ง")
    return ""


def has_foreign_names(report: Report) -> bool:
    """Whether a report names other agencies; somebody must say that it does so rightly."""
    return any(one["code"] == FOREIGN for one in report.problems)


def signing(scope: Scope) -> Appointment | None:
    """Give the appointment by which somebody may sign as the top executive today; None when there is none."""
    if scope.person is None:
        return None
    return next((one for one in top_executives(scope.agency, scope.today) if one.person_id == scope.person.pk), None)


def signed_as(appointment: Appointment, today: date) -> str:
    """Name who signs and in which right, as they stand: ``นาย… ปลัดเทศบาล ปฏิบัติหน้าที่ นายกเทศมนตรี…``."""
    return f"{appointment.person} {position_of(appointment, today)}"


def position_of(appointment: Appointment, today: date | None = None) -> str:
    """Name the post, after one's own post and the words of acting where it is filled by acting."""
    return " ".join(signature_lines(appointment, today))


def duty_key_of(kind: str) -> str:
    """Give the standard duty that a kind of report fulfils."""
    return TRACKING if kind in MONTHS else RESULTS


def title_of(cycle: Cycle, kind: str) -> str:
    """Name a report: its kind and the year of the measures."""
    return f"{PAPERS[kind]} {format_fiscal_year(cycle.measures_year_be)}"
