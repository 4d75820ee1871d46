"""What the record of a budget briefing prints: who heard it, the budget by unit, questions and answers."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from prongsai.registers.derive import rows_of
from prongsai.registers.values import from_json
from prongsai.reports.forms import budget_briefing
from prongsai.reports.forms.budget_briefing import BudgetBriefing, OfUnit, Question
from prongsai.reports.forms.signing import NOBODY, Signed
from prongsai.reports.register_values import amount, day, items, text
from prongsai.thai.fiscal import fiscal_year_be, quarter
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryProgress
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules._meeting_papers import positions, signed
from prongsai.web.registers.rules._meetings import (
    CAME,
    EXPECTED,
    Row,
    attendance_of,
    meeting_of,
    name_of,
    number_of,
    row_of,
)
from prongsai.web.registers.rules._rows import counted_entries

SPENDING = "spending-plan"


@override("th")
def record(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what the record of a briefing prints; how many heard it is what the meeting's list says."""
    own = row_of(entry)
    meeting = meeting_of(scope, own.values)
    assert meeting is not None
    number, year = number_of(meeting)
    rows = attendance_of(meeting.entry)
    people = [own.values.get("briefed_by"), own.values.get("confirmed_by")]
    posts = positions(scope, people, entry.dated_on)
    found: dict[str, Any] = budget_briefing.to_json(
        BudgetBriefing(
            agency=scope.agency.name,
            topic=text(own.values, "topic"),
            meeting=to_thai(f"การประชุม{name_of(meeting)} ครั้งที่ {number}/{year}"),
            held_on=entry.dated_on,
            place=meeting.text("place"),
            present=sum(one.text("role") in CAME for one in rows),
            audience=sum(one.text("role") in EXPECTED for one in rows),
            budgets=tuple(budgets_of(scope, entry.dated_on)),
            points=items(own.values, "points"),
            questions=tuple(
                Question(text(one, "asked_by"), text(one, "question"), text(one, "answer"))
                for one in rows_of(own.values.get("questions"))
            ),
            briefer=_signed(own, "briefed_by", posts, entry.dated_on),
            checker=_signed(own, "confirmed_by", posts, day(own.values, "confirmed_on")),
        )
    )
    return found


def _signed(own: Row, key: str, posts: Mapping[int, str], on: date | None) -> Signed:
    told = signed(own, key, posts)
    return Signed(told["name"], told["position"], on=on) if told["name"] else NOBODY


def budgets_of(scope: Scope, on: date) -> Iterable[OfUnit]:
    """Give the budget of each unit after transfers and what it had spent when the last quarter ended; two queries."""
    year = fiscal_year_be(on)
    begun = next(span.start for number in (1, 2, 3, 4) if on <= (span := quarter(number, year)).end)
    lines = {one.pk: row_of(one) for one in counted_entries(scope, SPENDING, year)}
    budgets: dict[str, Decimal] = {}
    spent: dict[str, Decimal] = {}
    for line in lines.values():
        unit = line.text("unit")
        budgets[unit] = budgets.get(unit, Decimal(0)) + amount(line.values, "budget_thb")
    for one in EntryProgress.objects.filter(entry__in=lines, starts_on__lt=begun):
        line = lines[one.entry_id]
        progress = edition_of(SPENDING, line.entry.since_be).progress
        told = from_json(progress.fields, one.values) if progress else {}
        unit = line.text("unit")
        budgets[unit] += amount(told, "transfer_in_thb") - amount(told, "transfer_out_thb")
        spent[unit] = spent.get(unit, Decimal(0)) + amount(told, "spent_thb")
    return [OfUnit(unit, budget, spent.get(unit, Decimal(0))) for unit, budget in budgets.items()]
