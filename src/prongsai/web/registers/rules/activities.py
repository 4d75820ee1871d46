"""Activities: held in the year they are counted for; work called continuous has more than one day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.text import fold
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted

_CONTINUOUS = ("ต่อเนื่อง", "ตลอดปี", "สม่ำเสมอ", "เป็นประจำ")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse an activity on a day outside the fiscal year that it is counted for."""
    held_on, year = values.get("held_on"), values.get("year_be")
    if not (isinstance(held_on, date) and isinstance(year, Decimal)) or fiscal_year_be(held_on) == year:
        return
    day = format_date(held_on, "abbr", digits="arabic")
    told = _("กิจกรรมวันที่ {day} อยู่ในปีงบประมาณ {other} ใช้เป็นผลงานของปีงบประมาณ {year} ไม่ได้")
    told = told.format(day=day, other=fiscal_year_be(held_on), year=int(year))
    yield Fault("held_on", "NOT_IN_YEAR", told, _("ตรวจวันที่จัดหรือปีงบประมาณ"))


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name work that is called continuous and has only one day."""
    days: dict[str, set[date]] = defaultdict(set)
    called: dict[str, str] = {}
    for entry, values in counted(scope, register, year):
        topic = str(values.get("topic"))
        days[fold(topic)].add(entry.dated_on)
        if any(word in f"{topic} {values.get('summary')}" for word in _CONTINUOUS):
            called[fold(topic)] = topic
    told = _("“{topic}” เขียนว่าทำต่อเนื่อง แต่มีวันที่เดียว ให้บันทึกทุกครั้งที่ทำ")
    return [Notice(told.format(topic=topic)) for key, topic in called.items() if len(days[key]) < 2]
