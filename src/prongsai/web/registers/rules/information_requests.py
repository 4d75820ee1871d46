"""Requests for information: a refusal is by an officer whom an order put in office."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted
from prongsai.web.registers.rules._standing import named
from prongsai.web.registers.rules.information_officers import officers_on

_REFUSED = ("refused", "partly")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Warn of a refusal on a day on which nobody is in office by order."""
    day = _refused_on(values)
    if day and not officers_on(scope, day):
        told = _("วันที่ตอบไม่มีเจ้าหน้าที่ศูนย์ข้อมูลข่าวสารที่ได้รับแต่งตั้งโดยคำสั่ง")
        mend = _("บันทึกเจ้าหน้าที่และคำสั่งในทะเบียนเจ้าหน้าที่ศูนย์ข้อมูลข่าวสาร")
        yield Fault("decision", "NO_OFFICER", told, mend, is_warning=True)


def _refused_on(values: Values) -> date | None:
    """Give the day of a refusal, whole or in part."""
    day = values.get("answered_on")
    return day if values.get("decision") in _REFUSED and isinstance(day, date) else None


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Say that nobody is in office by order, and name the refusals of the year that nobody in office made."""
    if year == fiscal_year_be(scope.today) and not officers_on(scope, scope.today):
        yield Notice(_("ยังไม่มีเจ้าหน้าที่ศูนย์ข้อมูลข่าวสารที่ได้รับแต่งตั้งโดยคำสั่งซึ่งมีผลในวันนี้"))
    refused = [(entry, day) for entry, values in counted(scope, register, year) if (day := _refused_on(values))]
    in_office = {day: bool(officers_on(scope, day)) for day in {day for _entry, day in refused}}
    without = [entry.title for entry, day in refused if not in_office[day]]
    yield from named(_("ไม่เปิดเผยโดยไม่มีเจ้าหน้าที่ที่ได้รับแต่งตั้งโดยคำสั่ง {n} เรื่อง: {names}"), without)
