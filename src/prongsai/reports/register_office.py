"""Control, property, the development plan and requests for information, from a register's period to their forms."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from prongsai.documents.model import Document
from prongsai.registers.known import STATE
from prongsai.registers.model import Values
from prongsai.reports.forms import (
    development_follow_up,
    information_statistics,
    internal_control_4,
    internal_control_5,
    property_report,
)
from prongsai.reports.forms.development_follow_up import DevelopmentFollowUp, Followed, Project
from prongsai.reports.forms.information_statistics import PASSED_ON_TH, TIMES_TH, WAITING_TH, InformationStatistics
from prongsai.reports.forms.internal_control_4 import Assessed, Component, Conclusion, InternalControl4, Overall
from prongsai.reports.forms.internal_control_5 import Improving, InternalControl5, Weakness
from prongsai.reports.forms.property_report import Counted, Figure, PropertyReport
from prongsai.reports.forms.signing import NOBODY, Signed
from prongsai.reports.register_values import Closing, amount, day, member, paragraphs, rows, text, whole
from prongsai.reports.register_values import period as span
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year, fiscal_year_be

_IN_TIME = timedelta(days=15)
_ANSWERED = ("open", "partly", "refused")
_PASSED_ON = "passed_on"


# --- internal control -------------------------------------------------------------------------------------------------
def control_4_of(closing: Closing) -> Document:
    """Compose the assessment of all units, component by component."""
    return internal_control_4.compose(control_4(closing.agency, closing.rows, closing.signed))


def control_4(agency: str, units: Sequence[Values], assessor: Signed) -> InternalControl4:
    """Give the assessment of units, one entry each."""
    ends = [on for values in units if (on := day(values, "year_end"))]
    return InternalControl4(
        agency=agency,
        year_end=max(ends, default=None),
        components=tuple(
            Assessed(
                component,
                text(values, "unit"),
                text(values, component.value),
                member(Conclusion, values.get(f"{component.value}_is")),
            )
            for component in Component
            for values in units
        ),
        overall=tuple(Overall(text(values, "unit"), text(values, "overall")) for values in units),
        assessor=assessor,
    )


def control_5_of(closing: Closing) -> Document:
    """Compose the weaknesses of a year, with what the period reports of their improvement."""
    weaknesses = tuple(
        Weakness(
            mission=text(values, "mission"),
            objective=text(values, "objective"),
            risk=text(values, "risk"),
            control=text(values, "control"),
            assessment=text(values, "assessment"),
            remaining=text(values, "remaining"),
            improvement=text(values, "improvement"),
            unit=text(values, "unit"),
            due=day(values, "due") or closing.end,
            result=text(values, "result"),
            status=member(Improving, values.get("status")),
            obstacles=text(values, "obstacles"),
        )
        for values in closing.rows
    )
    year_end = fiscal_year(closing.fiscal_year_be).end
    return internal_control_5.compose(InternalControl5(closing.agency, year_end, weaknesses, closing.signed))


# --- the development plan ---------------------------------------------------------------------------------------------
def development_follow_up_of(closing: Closing) -> Document:
    """Compose the follow-up of a year: each project with the budget that the plan has for this year."""
    projects = tuple(
        Project(
            code=text(values, "code"),
            project=text(values, "project"),
            strategy=text(values, "strategy"),
            unit=text(values, "unit"),
            budget_thb=_budget(values, closing.fiscal_year_be),
            spent_thb=amount(values, "spent_thb"),
            status=member(Followed, values.get("status"), Followed.NOT_STARTED),
            target=text(values, "target"),
            indicator=text(values, "indicator"),
            result=text(values, "result"),
            reached=text(values, "against_indicator"),
            obstacles=text(values, "obstacles"),
            suggestions=text(values, "suggestions"),
        )
        for values in closing.rows
    )
    return development_follow_up.compose(
        DevelopmentFollowUp(closing.agency, closing.fiscal_year_be, closing.so_far, projects, closing.signed)
    )


def _budget(values: Values, year: int) -> Decimal:
    return sum((amount(one, "amount_thb") for one in rows(values, "budgets") if one.get("year_be") == year), Decimal(0))


# --- property ---------------------------------------------------------------------------------------------------------
def property_report_of(closing: Closing) -> Document:
    """Compose the report of a quarter."""
    return property_report.compose(property_report_from(closing.agency, closing.rows[-1], closing.signed))


def property_report_from(agency: str, values: Values, signer: Signed) -> PropertyReport:
    """Give the report that an entry is; who acknowledged it signs by hand, the day stands with what was instructed."""
    quarter, seen = span(values, "period"), day(values, "acknowledged_on")
    told = [f"รับทราบเมื่อวันที่ {format_date(seen, 'full', digits='thai')}"] if seen else []
    return PropertyReport(
        agency=agency,
        fiscal_year_be=fiscal_year_be(quarter.start) if quarter else 0,
        period=quarter,
        figures=tuple(Figure(one, whole(values, f"n_{one.value}") or 0) for one in Counted),
        remarks=paragraphs(values, "remarks"),
        signer=signer,
        instruction=(*told, *paragraphs(values, "instruction")),
        approver=NOBODY,
    )


# --- requests for information -----------------------------------------------------------------------------------------
def information_statistics_of(closing: Closing) -> Document:
    """Compose the statistics of a period's requests; the form keeps small counts back."""
    found = closing.rows
    decisions = {one: closing.label_of("decision", one) for one in _ANSWERED}
    refused = [closing.label(values, "section") for values in found if text(values, "section")]
    return information_statistics.compose(
        InformationStatistics(
            agency=closing.agency,
            fiscal_year_be=closing.fiscal_year_be,
            period=closing.period,
            total=len(found),
            fee_thb=sum((amount(values, "fee_thb") for values in found), Decimal(0)),
            decisions=_counted((_decision(values, decisions) for values in found),
                               *decisions.values(), PASSED_ON_TH, WAITING_TH),
            times=_counted((_time(values) for values in found), *TIMES_TH),
            sections=_counted(sorted(refused)),
            askers=_counted(closing.label(values, "requester_kind") for values in found),
            signer=closing.signed,
        )
    )  # fmt: skip


def _counted(found: Iterable[str], *always: str) -> tuple[information_statistics.Counted, ...]:
    """Count labels; those that always stand there come first, even with nothing."""
    counts = Counter(found)
    labels = dict.fromkeys((*always, *counts))
    return tuple(information_statistics.Counted(label, counts[label]) for label in labels)


def _decision(values: Values, labels: dict[str, str]) -> str:
    waiting = PASSED_ON_TH if values.get(STATE) == _PASSED_ON else WAITING_TH
    return labels.get(str(values.get("decision")), waiting)


def _time(values: Values) -> str:
    asked, answered = day(values, "requested_on"), day(values, "answered_on")
    if asked is None or answered is None:
        return TIMES_TH[2]
    return TIMES_TH[0] if answered - asked <= _IN_TIME else TIMES_TH[1]
