"""What annual reports share: they stand for a whole fiscal year, so they are dated on its last day."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Values
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year, fiscal_year_be


def faults_of_day(values: Values, key: str = "as_of") -> Iterator[Fault]:
    """Refuse a report that is not of the last day of its fiscal year."""
    day = values.get(key)
    if not isinstance(day, date):
        return
    last = fiscal_year(fiscal_year_be(day)).end
    if day != last:
        told = _("รายงานประจำปีใช้ข้อมูลถึงวันสิ้นปีงบประมาณ คือ {day}").format(day=format_date(last, "abbr"))
        yield Fault(key, "NOT_YEAR_END", told, _("ใส่วันสิ้นปีงบประมาณ"))
