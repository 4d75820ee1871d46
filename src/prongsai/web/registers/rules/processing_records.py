"""Records of processing: every unit has its own, looked at every year, each covered by a privacy notice."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice, Records, _privacy_papers
from prongsai.web.registers.rules._rows import counted
from prongsai.web.registers.rules._standing import check_notices, named

OLD_AFTER = timedelta(days=365)


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name units without a record, activities that no notice covers, and those not looked at for a year."""
    yield from check_notices(scope, register)
    rows, limit = list(counted(scope, register)), scope.today - OLD_AFTER
    bare = [entry.title for entry, values in rows if not values.get("notice")]
    yield from named(_("ยังไม่มีประกาศความเป็นส่วนตัวที่ครอบคลุม {n} กิจกรรม: {names}"), bare)
    old = [entry.title for entry, values in rows if isinstance(on := values.get("reviewed_on"), date) and on < limit]
    yield from named(_("ไม่ได้ทบทวนเกิน 1 ปี {n} กิจกรรม: {names}"), old)


def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """The records of the unit that an entry is of."""
    return {"processing-records": partial(_privacy_papers.records, scope, entry)}
