"""Weaknesses of internal control: what last year left undone goes on in this one."""

from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted_entries, listed


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Keep a year open while weaknesses of the year before are neither done nor carried over."""
    undone = counted_entries(scope, register.id, year - 1).filter(state__in=register.carries, after=None)
    names = list(undone.values_list("title", flat=True))
    if not names:
        return []
    told = _("จุดอ่อนของปี {year} ที่ยังไม่แล้วเสร็จและยังไม่ได้ยกมา {n} รายการ: {names}")
    told = to_thai(told.format(year=year - 1, n=len(names), names=listed(names)))
    return [Notice(f"{told} {_('ยกมาได้ในหน้า “งวด”')}", is_blocking=True)]
