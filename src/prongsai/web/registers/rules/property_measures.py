"""Measures against private use of property: signed by the executive of the day, and told of when they have expired."""

from collections.abc import Iterator

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._meeting_page import warned
from prongsai.web.registers.rules._signer import signer_faults

ANNOUNCED = "announced"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a signer who was not the top executive on the day."""
    yield from signer_faults(scope, values)


def expired(scope: Scope, entry: Entry) -> str:
    """Say when an announced measure has expired; empty while it is in force."""
    if entry.state != ANNOUNCED or entry.ends_on is None or entry.ends_on >= scope.today:
        return ""
    return _("{title} สิ้นผลแล้วเมื่อ {day} ต้องประกาศใหม่ หรือกดเลิกใช้").format(
        title=entry.title, day=format_date(entry.ends_on, "abbr")
    )


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Flag measures that have expired, of whatever year, and that none is in force today."""
    announced = Entry.objects.filter(agency=scope.agency, register=register.id, state=ANNOUNCED).defer("found_by")
    for entry in announced.order_by("ends_on", "pk"):
        if told := expired(scope, entry):
            yield Notice(told)
    today = announced.filter(dated_on__lte=scope.today, ends_on__gte=scope.today)
    if year == fiscal_year_be(scope.today) and not today.exists():
        yield Notice(_("วันนี้ไม่มีมาตรการป้องกันการใช้ทรัพย์สินเพื่อประโยชน์ส่วนตัวที่ใช้บังคับอยู่"))


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Warn on the page of a measure that has expired."""
    told = expired(scope, entry) if entry is not None else ""
    return warned(told) if told else SafeString("")
