"""The annual procurement report: of a whole year only, and of every month of it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import listed
from prongsai.web.registers.rules._year_end import faults_of_day


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a report that is not of the last day of its fiscal year."""
    yield from faults_of_day(values)


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name the months that are not closed yet: the year would not be their sum for long."""
    months = Occurrence.objects.filter(
        duty__agency=scope.agency, duty__fiscal_year_be=year, duty__key="procurement-summary", done_on=None
    )
    open_ = list(months.order_by("starts_on").values_list("label", flat=True))
    if open_:
        yield Notice(_("เดือนที่ยังไม่ปิด: {names}").format(names=listed(open_)), is_blocking=True)
