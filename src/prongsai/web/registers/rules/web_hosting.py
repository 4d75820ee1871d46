"""Web hosting: room that runs out, contracts that end, figures that nobody looked at."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.registers.rules import faults
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted
from prongsai.web.registers.rules._standing import named

END_SOON = timedelta(days=60)
OLD_AFTER = timedelta(days=90)


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Tell where the room is nearly used, by the warnings of the file; contracts that end; figures that are old."""
    rows = list(counted(scope, register))
    for entry, values in rows:
        for fault in faults(register, values, today=scope.today):
            if fault.is_warning and fault.field == "used_percent":
                used = _("ใช้ไปร้อยละ {percent}").format(percent=values.get("used_percent"))
                yield Notice(to_thai(f"{entry.title} {used}: {fault.message_th}"))
        ends = values.get("ends_on")
        if isinstance(ends, date) and ends <= scope.today + END_SOON:
            told = _("{title} สัญญาสิ้นสุด {day}").format(title=entry.title, day=format_date(ends, "abbr"))
            yield Notice(to_thai(told))
    old = [
        entry.title
        for entry, values in rows
        if isinstance(on := values.get("noted_on"), date) and on < scope.today - OLD_AFTER
    ]
    yield from named(_("ไม่ได้ตรวจดูพื้นที่เกิน 90 วัน: {names}"), old)
