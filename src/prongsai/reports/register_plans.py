"""Plans and risks of a register put on their forms: what was planned, and what came of it since the year began."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest

from prongsai.documents.model import Document
from prongsai.registers.known import STATE
from prongsai.registers.model import Values
from prongsai.reports.forms import (
    operation_report,
    prevention_plan,
    prevention_report,
    risk_assessment,
    risk_report,
    spending_report,
)
from prongsai.reports.forms.operation_report import OperationReport, Project
from prongsai.reports.forms.prevention_plan import Activity, PreventionPlan, What
from prongsai.reports.forms.prevention_report import PreventionReport, Progress
from prongsai.reports.forms.report_parts import Status
from prongsai.reports.forms.risk_assessment import Area, Level, Risk, RiskAssessment, Step, Uncovered
from prongsai.reports.forms.risk_report import Handling, Managed, RiskReport
from prongsai.reports.forms.spending_report import Line, SpendingReport
from prongsai.reports.register_values import Closing, amount, day, items, member, paragraphs, period, text, whole

_COLOURS = {"green": "เขียว", "yellow": "เหลือง", "orange": "ส้ม", "red": "แดง", "blue": "น้ำเงิน"}
_DONE_PCT = 100

# What the steps mean where the office has not worded its own; the register says so of both ends.
LIKELIHOODS = (
    Step(1, "แทบไม่เกิด"),
    Step(2, "เกิดนาน ๆ ครั้ง"),
    Step(3, "เกิดเป็นครั้งคราว"),
    Step(4, "เกิดบ่อย"),
    Step(5, "เกิดเป็นประจำ"),
)
IMPACTS = (
    Step(1, "แทบไม่มีผล"),
    Step(2, "มีผลเล็กน้อย แก้ไขได้ภายในหน่วยงาน"),
    Step(3, "มีผลปานกลาง ต้องตรวจสอบข้อเท็จจริง"),
    Step(4, "เสียหายมาก"),
    Step(5, "เสียหายร้ายแรง"),
)


# --- risks -----------------------------------------------------------------------------------------------------------
def risk_assessment_of(closing: Closing) -> Document:
    """Compose the assessment of a year's risks; an area without one stands with its reason."""
    assessed = [values for values in closing.rows if values.get("no_mission") is not True]
    days = [on for values in closing.rows if (on := day(values, "assessed_on"))]
    return risk_assessment.compose(
        RiskAssessment(
            agency=closing.agency,
            fiscal_year_be=closing.fiscal_year_be,
            assessed_on=max(days, default=None),
            likelihoods=LIKELIHOODS,
            impacts=IMPACTS,
            levels=_levels(closing),
            risks=tuple(_risk(values) for values in assessed),
            uncovered=tuple(
                Uncovered(member(Area, values.get("area")), text(values, "no_mission_reason"))
                for values in closing.rows
                if values.get("no_mission") is True
            ),
            signer=closing.signed,
        )
    )


def _levels(closing: Closing) -> tuple[Level, ...]:
    return tuple(
        Level(one.label_th, one.low, one.high, _COLOURS.get(one.colour, one.colour)) for one in closing.register.matrix
    )


def _risk(values: Values) -> Risk:
    unit = text(values, "unit")
    return Risk(
        area=member(Area, values.get("area")),
        process=text(values, "process"),
        step=text(values, "step"),
        event=text(values, "event"),
        cause=text(values, "cause"),
        involved=text(values, "involved"),
        control=text(values, "controls"),
        likelihood=whole(values, "likelihood") or 0,
        impact=whole(values, "impact") or 0,
        measures=items(values, "measures"),
        method=text(values, "method"),
        responsible=(unit,) if unit else (),
        period=period(values, "period"),
        indicator=text(values, "indicator"),
    )


def risk_report_of(closing: Closing) -> Document:
    """Compose the report on every risk that was assessed, since the year began."""
    managed = tuple(_managed(values) for values in closing.rows if values.get("no_mission") is not True)
    return risk_report.compose(
        RiskReport(closing.agency, closing.fiscal_year_be, closing.so_far, _levels(closing), managed, closing.signed)
    )


def _managed(values: Values) -> Managed:
    return Managed(
        area=member(Area, values.get("area")),
        process=text(values, "process"),
        event=text(values, "event"),
        likelihood=whole(values, "likelihood") or 0,
        impact=whole(values, "impact") or 0,
        measures=items(values, "measures"),
        result=text(values, "result"),
        status=member(Handling, values.get("status"), Handling.NOT_STARTED),
        likelihood_after=whole(values, "likelihood_after"),
        impact_after=whole(values, "impact_after"),
        obstacles=text(values, "obstacles"),
        suggestions=text(values, "suggestions"),
    )


# --- the plan against corruption -------------------------------------------------------------------------------------
def prevention_plan_of(closing: Closing) -> Document:
    """Compose the plan itself; the day on which it was approved is not in the register."""
    activities = tuple(
        Activity(
            closing.label(values, "dimension"),
            text(values, "mission"),
            text(values, "project"),
            member(What, values.get("kind"), What.ACTIVITY),
            amount(values, "budget_thb"),
            period(values, "period"),
            text(values, "unit"),
            text(values, "indicator"),
        )
        for values in closing.rows
    )
    return prevention_plan.compose(
        PreventionPlan(closing.agency, closing.fiscal_year_be, None, activities, closing.signed)
    )


def prevention_report_of(closing: Closing) -> Document:
    """Compose the report on every activity of the plan, since the year began."""
    activities = tuple(
        Progress(
            closing.label(values, "dimension"),
            text(values, "project"),
            text(values, "unit"),
            amount(values, "budget_thb"),
            amount(values, "spent_thb"),
            amount(values, "percent"),
            status_of(values),
            text(values, "result"),
            text(values, "outcome"),
            text(values, "obstacles"),
            text(values, "suggestions"),
        )
        for values in closing.rows
    )
    return prevention_report.compose(
        PreventionReport(closing.agency, closing.fiscal_year_be, closing.so_far, activities, closing.signed)
    )


def status_of(values: Values) -> Status:
    """Give how far an entry of a plan is: as it was ended, else as it reports of itself."""
    state: Status = member(Status, values.get(STATE), Status.PLANNED)
    percent = amount(values, "percent")
    if state in (Status.DONE, Status.DROPPED):
        return state
    if percent >= _DONE_PCT:
        return Status.DONE
    return Status.RUNNING if percent > 0 else state


# --- the operation plan ----------------------------------------------------------------------------------------------
def operation_report_of(closing: Closing) -> Document:
    """Compose the report on every project of the operation plan, since the year began."""
    projects = tuple(
        Project(
            text(values, "project"),
            text(values, "unit"),
            closing.label(values, "source"),
            amount(values, "budget_thb"),
            amount(values, "spent_thb"),
            amount(values, "percent"),
            status_of(values),
            text(values, "result"),
            text(values, "outcome"),
            text(values, "obstacles"),
            text(values, "suggestions"),
        )
        for values in closing.rows
    )
    return operation_report.compose(
        OperationReport(closing.agency, closing.fiscal_year_be, closing.so_far, projects, closing.signed)
    )


# --- spending --------------------------------------------------------------------------------------------------------
def spending_report_of(closing: Closing) -> Document:
    """Compose the report on every line of the budget: what its quarters spent and moved, added up."""
    quarters = [[*before, values] for values, before in zip_longest(closing.rows, closing.earlier, fillvalue=())]
    told = [one for each in quarters for one in each]
    return spending_report.compose(
        SpendingReport(
            closing.agency,
            closing.fiscal_year_be,
            closing.so_far,
            tuple(_line(closing, values, each) for values, each in zip(closing.rows, quarters, strict=True)),
            _all(told, "obstacles"),
            _all(told, "suggestions"),
            closing.signed,
        )
    )


def _line(closing: Closing, values: Values, quarters: Sequence[Values]) -> Line:
    budget = amount(values, "budget_thb")
    return Line(
        item=text(values, "item"),
        category=closing.label(values, "category"),
        source=closing.label(values, "source"),
        unit=text(values, "unit"),
        budget_thb=budget,
        available_thb=budget + _summed(quarters, "transfer_in_thb") - _summed(quarters, "transfer_out_thb"),
        spent_thb=_summed(quarters, "spent_thb"),
        note=" ".join(dict.fromkeys(note for one in quarters if (note := text(one, "note")))),
    )


def _summed(found: Iterable[Values], key: str) -> Decimal:
    return sum((amount(one, key) for one in found), Decimal(0))


def _all(found: Iterable[Values], key: str) -> tuple[str, ...]:
    """Give what several said, each once."""
    return tuple(dict.fromkeys(told for one in found for told in paragraphs(one, key)))
