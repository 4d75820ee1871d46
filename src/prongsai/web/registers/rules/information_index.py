"""The index of the information centre: complete by sections, each file to be found, none of them old."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted
from prongsai.web.registers.rules._standing import check_notices, named

OLD_AFTER = timedelta(days=365)
_PLANS = "s9_3"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a file that is nowhere: neither on the site nor on a shelf."""
    if values.get("no_data") is not True and not (values.get("link") or values.get("place")):
        yield Fault("place", "NOWHERE", _("ยังไม่บอกว่าดูข้อมูลนี้ได้ที่ใด"), _("ใส่ที่อยู่บนเว็บไซต์หรือที่เก็บแฟ้ม"))


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name sections without a file or a reason, the plan of the year when it is missing, and files that grew old."""
    yield from check_notices(scope, register)
    rows = [(entry, values) for entry, values in counted(scope, register) if values.get("no_data") is not True]
    now = fiscal_year_be(scope.today)
    plans = [values.get("year_be") for _entry, values in rows if values.get("clause") == _PLANS]
    if plans and now not in plans:
        yield Notice(to_thai(_("มาตรา 9 (3) ยังไม่มีแผนงานและงบประมาณของปี {year} ที่กำลังดำเนินการ").format(year=now)))
    limit = scope.today - OLD_AFTER
    old = [_file(one) for _entry, one in rows if isinstance(on := one.get("updated_on"), date) and on < limit]
    yield from named(_("ไม่ได้ปรับปรุงเกิน 1 ปี {n} แฟ้ม: {names}"), old)


def _file(values: Values) -> str:
    return f"{values.get('file_no')} {values.get('title')}"
