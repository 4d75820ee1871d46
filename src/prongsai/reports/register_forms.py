"""Registers whose period is printed on a form of its own: from entries to the form's records."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prongsai.documents.model import Document
from prongsai.registers.known import STATE
from prongsai.registers.model import Register, Values
from prongsai.reports import register_office as office
from prongsai.reports import register_plans as plans
from prongsai.reports.forms import (
    development_follow_up,
    gift_report,
    hr_report,
    information_statistics,
    internal_control_4,
    internal_control_5,
    operation_report,
    participation_report,
    prevention_plan,
    prevention_report,
    procurement_annual,
    procurement_summary,
    property_report,
    risk_assessment,
    risk_report,
    spending_report,
)
from prongsai.reports.forms.gift_report import GiftCount, GiftReport, Giver
from prongsai.reports.forms.hr_report import Carried, HrReport, Staff
from prongsai.reports.forms.participation_report import Participation, ParticipationReport
from prongsai.reports.forms.procurement_annual import Bought, ProcurementAnnual
from prongsai.reports.forms.procurement_summary import ProcurementSummary, Purchase
from prongsai.reports.forms.values import Offer, Reference
from prongsai.reports.register_values import Closing, amount, day, member, money, paragraphs, rows, text, whole

Compose = Callable[[Closing], Document]


@dataclass(frozen=True, slots=True)
class Asks:
    """What a form asks for beside the entries of its period: earlier reports of a plan, rows of other registers."""

    earlier: bool = False
    registers: tuple[str, ...] = ()


def form_of(register: Register, kind: str = "") -> Compose | None:
    """Give how a register's period is put on its own form, or on another one of its papers; None when it has none."""
    return _FORMS.get(kind or register.print_.kind)


def other_papers(register: Register) -> tuple[str, ...]:
    """Name the kinds of papers that a register's entries make beside the one of its period."""
    return _OTHERS.get(register.print_.kind, ())


def asks_of(register: Register) -> Asks:
    """Say what the form of a register's period asks for beside its entries."""
    return _ASKS.get(register.print_.kind, Asks())


# --- procurement -----------------------------------------------------------------------------------------------------
def _procurement(closing: Closing) -> Document:
    purchases = tuple(_purchase(closing, values) for values in closing.rows)
    month = closing.start.replace(day=1)
    return procurement_summary.compose(ProcurementSummary(closing.agency, month, closing.signed.on, purchases))


def _purchase(closing: Closing, values: Values) -> Purchase:
    return Purchase(
        work=text(values, "work"),
        budget_thb=amount(values, "budget_thb"),
        reference_thb=money(values, "reference_thb"),
        method=closing.label(values, "method"),
        bidders=tuple(Offer(str(one["name"]), Decimal(str(one["price_thb"]))) for one in rows(values, "bidders")),
        winner=Offer(text(values, "winner"), amount(values, "agreed_thb")),
        reason=text(values, "reason"),
        contract=Reference(text(values, "contract_no"), day(values, "contract_on")),
    )


_METHODS = {
    "e-market": "e-market",
    "e-bidding": "e-bidding",
    "select": "คัดเลือก",
    "specific": "เฉพาะเจาะจง",
}
_OTHER_METHODS = "วิธีอื่น"
_KINDS = {"buy": "ซื้อ", "hire": "จ้าง", "build": "ก่อสร้าง", "rent": "เช่า"}


def _procurement_annual(closing: Closing) -> Document:
    values, bought = closing.rows[-1], closing.others.get("purchases", ())
    reference = money(values, "reference_thb")
    return procurement_annual.compose(
        ProcurementAnnual(
            closing.agency,
            closing.fiscal_year_be,
            day(values, "as_of"),
            _summed(bought, "reference_thb") if reference is None else reference,
            _bought(bought, "method", _METHODS, _OTHER_METHODS),
            _bought(bought, "kind", _KINDS, "อื่น ๆ"),
            paragraphs(values, "analysis"),
            paragraphs(values, "obstacles"),
            paragraphs(values, "suggestions"),
            closing.signed,
        )
    )


def _bought(found: Sequence[Values], key: str, labels: Mapping[str, str], other: str) -> tuple[Bought, ...]:
    """Add purchases up by a choice; every one that is named stands there, even with nothing."""
    groups: dict[str, list[Values]] = {label: [] for label in labels.values()}
    for one in found:
        groups.setdefault(labels.get(str(one.get(key)), other), []).append(one)
    return tuple(
        Bought(label, len(each), _summed(each, "budget_thb"), _summed(each, "agreed_thb"))
        for label, each in groups.items()
    )


def _summed(found: Iterable[Values], key: str) -> Decimal:
    return sum((amount(one, key) for one in found), Decimal(0))


# --- gifts -----------------------------------------------------------------------------------------------------------
_DECIDED = {"allowed": "allowed", "sent_back": "sent_back", "handed_over": "handed_over"}  # state → count, else waiting


def _gifts(closing: Closing) -> Document:
    places: dict[tuple[int, Giver], list[Values]] = {}
    for values in closing.rows:
        on = day(values, closing.register.dated_by) or closing.start
        giver = member(Giver, values.get("giver_kind"), Giver.OTHER)
        places.setdefault(((on.month - 10) % 12 // 3 + 1, giver), []).append(values)
    order = list(Giver)
    found = sorted(places.items(), key=lambda place: (place[0][0], order.index(place[0][1])))
    gifts = tuple(_gift(quarter, giver, each) for (quarter, giver), each in found)
    return gift_report.compose(
        GiftReport(closing.agency, closing.fiscal_year_be, closing.period, gifts, closing.signed)
    )


def _gift(quarter: int, giver: Giver, found: Sequence[Values]) -> GiftCount:
    counts = dict.fromkeys(("allowed", "sent_back", "handed_over", "waiting"), 0)
    for values in found:
        counts[_DECIDED.get(str(values.get(STATE)), "waiting")] += 1
    return GiftCount(quarter, giver, **counts, value_thb=_summed(found, "value_thb"))


# --- participation ---------------------------------------------------------------------------------------------------
def _participation(closing: Closing) -> Document:
    activities = tuple(
        Participation(
            text(values, "topic"),
            day(values, "held_on"),
            text(values, "unit"),
            closing.label(values, "method"),
            text(values, "groups"),
            whole(values, "outsiders") or 0,
            text(values, "result"),
            text(values, "use_made"),
        )
        for values in closing.rows
    )
    return participation_report.compose(
        ParticipationReport(closing.agency, closing.fiscal_year_be, closing.period, activities, closing.signed)
    )


# --- personnel -------------------------------------------------------------------------------------------------------
def _hr(closing: Closing) -> Document:
    values = closing.rows[-1]
    return hr_report.compose(
        HrReport(
            agency=closing.agency,
            fiscal_year_be=closing.fiscal_year_be,
            reported_on=day(values, "as_of"),
            authorised=whole(values, "authorised") or 0,
            actual=whole(values, "actual") or 0,
            staff=tuple(_staff(closing, row) for row in rows(values, "staff")),
            activities=tuple(_carried(row) for row in closing.others.get("hr-plan", ())),
            courses=whole(values, "courses") or 0,
            attended=whole(values, "attended") or 0,
            hours=amount(values, "hours"),
            results=paragraphs(values, "result"),
            analysis=paragraphs(values, "analysis"),
            obstacles=paragraphs(values, "obstacles"),
            suggestions=paragraphs(values, "suggestions"),
            signer=closing.signed,
        )
    )


def _staff(closing: Closing, row: Values) -> Staff:
    kind = closing.label_of("staff.kind", row.get("kind"))
    return Staff(kind, whole(row, "authorised"), whole(row, "men") or 0, whole(row, "women") or 0)


def _carried(values: Values) -> Carried:
    return Carried(
        text(values, "activity"),
        text(values, "unit"),
        amount(values, "budget_thb"),
        amount(values, "spent_thb"),
        amount(values, "percent"),
        text(values, "result"),
    )


_FORMS: Mapping[str, Compose] = {
    procurement_summary.NAME: _procurement,
    procurement_annual.NAME: _procurement_annual,
    gift_report.NAME: _gifts,
    participation_report.NAME: _participation,
    hr_report.NAME: _hr,
    risk_report.NAME: plans.risk_report_of,
    risk_assessment.NAME: plans.risk_assessment_of,
    prevention_report.NAME: plans.prevention_report_of,
    prevention_plan.NAME: plans.prevention_plan_of,
    operation_report.NAME: plans.operation_report_of,
    spending_report.NAME: plans.spending_report_of,
    internal_control_4.NAME: office.control_4_of,
    internal_control_5.NAME: office.control_5_of,
    development_follow_up.NAME: office.development_follow_up_of,
    property_report.NAME: office.property_report_of,
    information_statistics.NAME: office.information_statistics_of,
}
_OTHERS: Mapping[str, tuple[str, ...]] = {
    risk_report.NAME: (risk_assessment.NAME,),
    prevention_report.NAME: (prevention_plan.NAME,),
}
_ASKS: Mapping[str, Asks] = {
    procurement_annual.NAME: Asks(registers=("purchases",)),
    hr_report.NAME: Asks(registers=("hr-plan",)),
    spending_report.NAME: Asks(earlier=True),
}
