"""What announcements of the top executive share: who may sign them, of which year they are, and who signs now."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Values
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.queries import top_executive, top_executives
from prongsai.web.agencies.scope import Scope


def year_faults(values: Values, day: str = "signed_on") -> Iterator[Fault]:
    """Refuse a day outside the fiscal year that something is announced for. day: the field that holds it."""
    signed_on, year = values.get(day), values.get("year_be")
    if not (isinstance(signed_on, date) and isinstance(year, Decimal)) or fiscal_year_be(signed_on) == year:
        return
    told = _("ประกาศของปีงบประมาณ {year} แต่ลงนามวันที่ {day} ซึ่งอยู่ในปีงบประมาณ {other}")
    told = told.format(year=int(year), day=_printed(signed_on), other=fiscal_year_be(signed_on))
    yield Fault(day, "NOT_IN_YEAR", told, _("ตรวจวันที่ลงนามหรือปีงบประมาณ"))


def signer_faults(scope: Scope, values: Values, day: str = "signed_on") -> Iterator[Fault]:
    """Refuse a signer who was not the top executive on the day. day: the field that holds it."""
    signer, signed_on = values.get("signer"), values.get(day)
    if not (isinstance(signer, Ref) and isinstance(signed_on, date)):
        return
    there = top_executives(scope.agency, signed_on)
    if any(one.person_id == signer.id for one in there):
        return
    told = _("{signer}ไม่ได้เป็นผู้บริหารสูงสุดในวันที่ {day}").format(signer=signer.text, day=_printed(signed_on))
    mend = _("วันนั้นคือ {name}").format(name=there[0].person) if there else _("บันทึกการดำรงตำแหน่งผู้บริหารสูงสุดก่อน")
    yield Fault("signer", "NOT_THE_EXECUTIVE", told, mend)


def present_executive(scope: Scope, year: int) -> Appointment | None:
    """Give who is the top executive today; None for another fiscal year (BE), which a change does not re-open."""
    return top_executive(scope.agency, scope.today) if fiscal_year_be(scope.today) == year else None


def _printed(day: date) -> str:
    return format_date(day, "abbr", digits="arabic")
