"""Reports on the use of property: a quarter each, counted from the registers of assets, loans and checks."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.registers.values import from_json
from prongsai.reports.forms import property_report
from prongsai.reports.register_office import property_report_from
from prongsai.thai.fiscal import Span, fiscal_year_be, quarter
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryMove
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules import Records
from prongsai.web.registers.rules._rows import counted, counted_entries
from prongsai.web.registers.rules._signatures import asker

DRAFT = "draft"
HANDED_OUT = ("issued", "returned", "closed", "damaged")
KEYS = ("n_assets", "n_loans", "n_returned", "n_overdue", "n_damaged", "n_checked", "n_different", "n_moved")
QUARTERS = (1, 2, 3, 4)


# --- counting -------------------------------------------------------------------------------------------------------
def figures(scope: Scope, span: Span) -> dict[str, Decimal]:
    """Count the use of property in a span as the registers say it; eight queries."""
    loans = [_values(one) for one in _of(scope, "loans").filter(state__in=HANDED_OUT).defer("found_by")]
    hurt = dict(_moves(scope, "loans", "damage").filter(on__lte=span.end).values_list("entry", "on"))
    checks = [
        values
        for year in {fiscal_year_be(span.start), fiscal_year_be(span.end)}
        for entry, values in counted(scope, edition_of("stock-checks", 0), year)
        if span.start <= entry.dated_on <= span.end
    ]
    found = {
        "n_assets": _assets(scope, span.end),
        "n_loans": sum(_within(_issued(one), span) for one in loans),
        "n_returned": sum(_within(one.get("returned_on"), span) for one in loans),
        "n_overdue": sum(_is_overdue(one, span.end) for one in loans if one["pk"] not in hurt),
        "n_damaged": sum(_within(day, span) for day in hurt.values()),
        "n_checked": len(checks),
        "n_different": sum(bool(one.get("difference")) for one in checks),
        "n_moved": counted_entries(scope, "asset-moves").filter(dated_on__range=span).count(),
    }
    return {key: Decimal(found[key]) for key in KEYS}


def _of(scope: Scope, register: str) -> QuerySet[Entry]:
    return Entry.objects.filter(agency=scope.agency, register=register)


def _moves(scope: Scope, register: str, move: str) -> QuerySet[EntryMove]:
    """Give the moves of a kind, oldest first, that were made with entries of a register."""
    return EntryMove.objects.filter(entry__agency=scope.agency, entry__register=register, move=move)


def _values(entry: Entry) -> dict[str, object]:
    return {"pk": entry.pk, **from_json(edition_of(entry.register, entry.since_be).fields, entry.values)}


def _issued(loan: Values) -> object:
    period = loan.get("period")
    return loan.get("issued_on") or (period.start if isinstance(period, Span) else None)


def _within(day: object, span: Span) -> bool:
    return isinstance(day, date) and span.start <= day <= span.end


def _is_overdue(loan: Values, end: date) -> bool:
    """Whether a loan's last day was over before the end, and the thing not back by then."""
    period, issued, returned = loan.get("period"), _issued(loan), loan.get("returned_on")
    if not isinstance(period, Span) or not isinstance(issued, date) or issued > end or period.end >= end:
        return False
    return not isinstance(returned, date) or returned > end


def _assets(scope: Scope, end: date) -> int:
    """Count the assets that were there on a day: acquired by then, and not disposed of."""
    gone = set(_moves(scope, "assets", "dispose").filter(on__lte=end).values_list("entry", flat=True))
    gone |= set(_of(scope, "assets").filter(state="withdrawn").values_list("pk", flat=True))
    there = _of(scope, "assets").exclude(pk__in=gone).values_list("values__acquired_on", flat=True)
    return sum(day is None or str(day) <= end.isoformat() for day in there)


# --- what may be written --------------------------------------------------------------------------------------------
def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a period that is no quarter or not over, and figures that are not those of the registers."""
    span = values.get("period")
    if not isinstance(span, Span):
        return
    if all(span != quarter(n, fiscal_year_be(span.start)) for n in QUARTERS):
        told = _("รายงานทำเป็นรายไตรมาส ช่วงนี้ไม่ใช่ไตรมาสของปีงบประมาณ")
        yield Fault("period", "NOT_A_QUARTER", told, _("เช่น 1 ต.ค. ถึง 31 ธ.ค."))
    elif span.end >= scope.today:
        yield Fault("period", "NOT_OVER", _("ยังไม่สิ้นไตรมาส"), _("ทำรายงานเมื่อพ้นวันสุดท้ายของไตรมาส"))
    elif entry is not None and entry.state != DRAFT:
        before = from_json(register.fields, entry.values)
        if any(values.get(key) != before.get(key) for key in ("period", *KEYS)):
            yield Fault("period", "SENT", _("เสนอผู้บริหารแล้ว แก้ตัวเลขไม่ได้"), _("ยกเลิกแล้วทำฉบับใหม่"))
    else:
        yield from _differing(scope, register, values, span)


def _differing(scope: Scope, register: Register, values: Values, span: Span) -> Iterator[Fault]:
    for key, known in figures(scope, span).items():
        if values.get(key) != known:
            field = register.field_of(key)
            told = _("{label}: ทะเบียนนับได้ {n}").format(label=field.label_th if field else key, n=known)
            yield Fault(key, "NOT_AS_COUNTED", to_thai(told), _("ใช้ตัวเลขจากทะเบียน"))


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """A report goes to the executives as the registers stand that day."""
    if move.key != "send":
        return ""
    values = from_json(register.fields, entry.values)
    span = values.get("period")
    stale = [one.message_th for one in _differing(scope, register, values, span)] if isinstance(span, Span) else []
    return _("ทะเบียนเปลี่ยนหลังทำรายงาน: {what} แก้ตัวเลขก่อนเสนอ").format(what=", ".join(stale)) if stale else ""


# --- what is offered ------------------------------------------------------------------------------------------------
def proposals(scope: Scope, register: Register, year: int) -> list[Values]:
    """Offer the report of each quarter that is over and has none, with its figures; the last of the year before too."""
    spans = [quarter(n, year) for n in QUARTERS if quarter(n, year).end < scope.today]
    spans = spans or ([quarter(4, year - 1)] if quarter(4, year - 1).end < scope.today else [])
    there = {
        span
        for year_ in (year - 1, year)
        for _entry, values in counted(scope, register, year_)
        if (span := values.get("period"))
    }
    return [{"period": span, **figures(scope, span)} for span in spans if span not in there]


# --- on paper -------------------------------------------------------------------------------------------------------
def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """The report itself, as it goes to the executives."""
    return {property_report.NAME: partial(on_paper, scope, register, entry)}


@override("th")
def on_paper(scope: Scope, register: Register, entry: Entry) -> dict[str, Any]:
    """Give what the report of a quarter prints, signed by who prints it on the day it was sent."""
    values = from_json(register.fields, entry.values)
    sent = values.get("sent_on")
    signer = asker(scope, sent if isinstance(sent, date) else None)
    found: dict[str, Any] = property_report.to_json(property_report_from(scope.agency.name, values, signer))
    return found
