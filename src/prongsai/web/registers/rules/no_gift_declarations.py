"""No Gift Policy declarations: signed in the year by who was the top executive that day; a new one must sign anew."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.queries import top_executive, top_executives
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, id_of


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a signer who was not the top executive on the day, and a day outside the year it is declared for."""
    signed_on, signer, year = values.get("signed_on"), values.get("signer"), values.get("year_be")
    if not isinstance(signed_on, date):
        return
    if isinstance(year, Decimal) and fiscal_year_be(signed_on) != year:
        told = _("ประกาศของปีงบประมาณ {year} แต่ลงนามวันที่ {day} ซึ่งอยู่ในปีงบประมาณ {other}")
        told = told.format(
            year=int(year), day=format_date(signed_on, "abbr", digits="arabic"), other=fiscal_year_be(signed_on)
        )
        yield Fault("signed_on", "NOT_IN_YEAR", told, _("ตรวจวันที่ลงนามหรือปีงบประมาณ"))
    if isinstance(signer, Ref):
        yield from _signer_faults(scope, signer, signed_on)


def _signer_faults(scope: Scope, signer: Ref, day: date) -> Iterator[Fault]:
    there = top_executives(scope.agency, day)
    if any(one.person_id == signer.id for one in there):
        return
    told = _("{signer}ไม่ได้เป็นผู้บริหารสูงสุดในวันที่ {day}").format(
        signer=signer.text, day=format_date(day, "abbr", digits="arabic")
    )
    mend = _("วันนั้นคือ {name}").format(name=there[0].person) if there else _("บันทึกการดำรงตำแหน่งผู้บริหารสูงสุดก่อน")
    yield Fault("signer", "NOT_THE_EXECUTIVE", told, mend)


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Say when the present top executive has not declared in both languages, as after a change of executive."""
    now = top_executive(scope.agency, scope.today) if fiscal_year_be(scope.today) == year else None
    rows = [values for _entry, values in counted(scope, register, year)]
    if now is None or not rows:
        return []
    field = register.field_of("language")
    assert field is not None
    signed = {values.get("language") for values in rows if id_of(values.get("signer")) == now.person_id}
    missing = [one.label_th for one in field.choices if one.key not in signed]
    if not missing:
        return []
    told = _("ผู้บริหารสูงสุดปัจจุบันคือ {name} ยังไม่ได้ลงนามประกาศของปี {year} ฉบับ{missing}")
    told = told.format(name=now.person, year=year, missing=" และ".join(missing))
    return [Notice(to_thai(told), is_blocking=True)]
