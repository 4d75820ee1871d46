"""Budget by-laws: in force only when their lines add up to their total; then what they say stands."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._meeting_page import warned
from prongsai.web.registers.rules._projects import IN_FORCE, LINES, why_not_start
from prongsai.web.registers.rules._rows import counted, counted_entries

FIXED = ("kind", "number", "in_force_on", "total_thb")
NOTHING = Decimal(0)


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse to rewrite a by-law that is in force."""
    if entry is None or entry.state != IN_FORCE:
        return
    before = from_json(register.fields, entry.values)
    for key in FIXED:
        if values.get(key) != before.get(key):
            field = register.field_of(key)
            told = _("เทศบัญญัติใช้บังคับแล้ว แก้{label}ไม่ได้").format(label=field.label_th if field else key)
            yield Fault(key, "IN_FORCE", told, _("บันทึกการโอนในรายการ หรือเพิ่มเทศบัญญัติฉบับเพิ่มเติม"))


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """A by-law comes into force only when its lines add up to its total."""
    return difference_text(scope, register, entry) if move.key == "enact" else ""


def difference_text(scope: Scope, register: Register, entry: Entry) -> str:
    """Say how the lines of a by-law differ from its total; empty when they add up."""
    total = from_json(register.fields, entry.values).get("total_thb")
    total = total if isinstance(total, Decimal) else NOTHING
    amounts = [amount for _line, amount in lines_of(scope, entry)]
    if not amounts:
        return _("ยังไม่มีรายการงบประมาณของเทศบัญญัติฉบับนี้ ลงในทะเบียนรายการงบประมาณก่อน")
    found = sum(amounts, NOTHING)
    if found == total:
        return ""
    told = _("รายการรวมกัน {lines} บาท ไม่เท่ายอดรวมของเทศบัญญัติ {total} บาท ต่างกัน {gap} บาท")
    return to_thai(told.format(lines=f"{found:,.2f}", total=f"{total:,.2f}", gap=f"{abs(found - total):,.2f}"))


def lines_of(scope: Scope, entry: Entry) -> list[tuple[Entry, Decimal]]:
    """Give the counted lines of a by-law with their amounts; one query."""
    found = counted_entries(scope, LINES).filter(links__field="bylaw", links__target=entry)
    return [(line, Decimal(str(line.values.get("amount_thb", 0)))) for line in found]


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Say that the year's annual by-law is not in force, and which by-laws do not add up yet."""
    if told := why_not_start(scope, year):
        yield Notice(told)
    for entry, _values in counted(scope, register, year):
        if entry.state != IN_FORCE and (gap := difference_text(scope, register, entry)):
            yield Notice(f"{entry.title}: {gap}")


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Warn on the page of a by-law whose lines do not add up yet."""
    gap = difference_text(scope, register, entry) if entry is not None and entry.state != IN_FORCE else ""
    return warned(gap) if gap else SafeString("")
