"""No Gift Policy declarations: signed in the year by who was the top executive that day; a new one must sign anew."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, id_of
from prongsai.web.registers.rules._signer import present_executive, signer_faults, year_faults


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a signer who was not the top executive on the day, and a day outside the year it is declared for."""
    yield from year_faults(values)
    yield from signer_faults(scope, values)


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Say when the present top executive has not declared in both languages, as after a change of executive."""
    now = present_executive(scope, year)
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
