"""Spending: not before the by-law; what goes over the plan, half-years of quarters, a plan nobody published."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.fiscal import half
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryProgress, RegisterSetting
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._meeting_page import warned
from prongsai.web.registers.rules._projects import code_faults, why_not_start
from prongsai.web.registers.rules._rows import counted_entries, listed

NOTHING = Decimal(0)
STARTING = ("start", "finish")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan with what its quarters report, in baht; quarters by their first day."""

    title: str
    budget: Decimal
    quarters: tuple[tuple[date, Decimal], ...]
    moved_in: Decimal
    moved_out: Decimal

    @property
    def available(self) -> Decimal:
        """The budget after transfers."""
        return self.budget + self.moved_in - self.moved_out

    def spent(self, start: date = date.min, end: date = date.max) -> Decimal:
        """Add up the quarters that begin from a day to a day, both inside."""
        return sum((amount for day, amount in self.quarters if start <= day <= end), NOTHING)


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Warn of a code that is not in the development plan; a new line's year is not known here, its notices tell."""
    if entry is not None:
        yield from code_faults(scope, values.get("project_code"), entry.fiscal_year_be, "project_code")


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """A line is spent of only when the by-law of its year is in force."""
    return why_not_start(scope, entry.fiscal_year_be) if move.key in STARTING else ""


def why_not_report(scope: Scope, register: Register, entry: Entry) -> str:
    """Nothing is reported as spent before the by-law of the year is in force."""
    return why_not_start(scope, entry.fiscal_year_be)


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Flag lines over plan and a plan that is not published; say the half-years as their quarters add up."""
    lines = lines_of(scope, register, year)
    over = [line.title for line in lines if line.spent() > line.available]
    if over:
        yield Notice(_("เบิกจ่ายเกินงบประมาณหลังโอน: {names}").format(names=listed(over)))
    for number in (1, 2):
        if any(day >= half(number, year).start for line in lines for day, _amount in line.quarters):
            yield Notice(_half_text(lines, number, year))
    if (
        lines
        and not RegisterSetting.objects.filter(agency=scope.agency, register=register.id, is_published=True).exists()
    ):
        yield Notice(_("จัดทำแผนการใช้จ่ายแล้ว แต่ยังไม่เปิดตารางต่อสาธารณะ"))


def half_year(lines: Sequence[Line], number: int, year: int) -> Decimal:
    """Give what was spent in a half (1, 2) of a fiscal year (BE): its two quarters together, never typed."""
    span = half(number, year)
    return sum((line.spent(*span) for line in lines), NOTHING)


def _half_text(lines: Sequence[Line], number: int, year: int) -> str:
    spent, available = half_year(lines, number, year), sum((line.available for line in lines), NOTHING)
    share = f"{spent / available * 100:.1f}" if available else "-"
    told = _("ครึ่งปีที่ {number} เบิกจ่ายรวมสองไตรมาส {spent} บาท ร้อยละ {share} ของงบประมาณหลังโอน")
    return to_thai(told.format(number=number, spent=f"{spent:,.2f}", share=share))


def lines_of(scope: Scope, register: Register, year: int) -> list[Line]:
    """Give the lines of a year (BE) with their quarters; two queries."""
    entries = list(counted_entries(scope, register.id, year))
    reported: dict[int, list[tuple[date, Values]]] = defaultdict(list)
    fields = register.progress.fields if register.progress else ()
    for one in EntryProgress.objects.filter(entry__in=entries).order_by("starts_on"):
        reported[one.entry_id].append((one.starts_on, from_json(fields, one.values)))
    return [_line(register, entry, reported[entry.pk]) for entry in entries]


def _line(register: Register, entry: Entry, quarters: Sequence[tuple[date, Values]]) -> Line:
    return Line(
        entry.title,
        _amount(from_json(register.fields, entry.values), "budget_thb"),
        tuple((day, _amount(values, "spent_thb")) for day, values in quarters),
        sum((_amount(values, "transfer_in_thb") for _day, values in quarters), NOTHING),
        sum((_amount(values, "transfer_out_thb") for _day, values in quarters), NOTHING),
    )


def _amount(values: Values, key: str) -> Decimal:
    found = values.get(key)
    return found if isinstance(found, Decimal) else NOTHING


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Say on its page why nothing of it may start yet."""
    why = why_not_start(scope, entry.fiscal_year_be) if entry is not None else ""
    return warned(why) if why else SafeString("")
