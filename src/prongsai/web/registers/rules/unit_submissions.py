"""Data asked of units: who has not sent is told by what was asked; what is asked of all is offered for the rest."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Ref, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, id_of

_OWING = ("asked", "returned")
_COPIED = ("topic", "use", "details", "asked_by", "asked_on", "due_by")


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name the units that have not sent, or not sent again what was returned, by what was asked of them."""
    owing: dict[tuple[date, bool, str], list[str]] = defaultdict(list)
    for entry, values in counted(scope, register, year):
        due, unit = values.get("due_by"), values.get("unit")
        if entry.state in _OWING and isinstance(due, date) and isinstance(unit, Ref):
            is_late = entry.due_on is not None and entry.due_on < scope.today
            owing[due, is_late, str(values["topic"])].append(unit.text)
    for (due, is_late, topic), units in sorted(owing.items()):
        late = _("เกินกำหนด") if is_late else _("กำหนดส่ง")
        told = _("{topic} {late} {day} ยังไม่ส่ง {n} ส่วนราชการ: {units}")
        day = format_date(due, "abbr")
        yield Notice(to_thai(told.format(topic=topic, late=late, day=day, n=len(units), units=", ".join(units))))


def proposals(scope: Scope, register: Register, year: int) -> Sequence[Values]:
    """Offer an entry for each unit at the top of the tree of which something is asked that was asked of all."""
    rows = [values for _entry, values in counted(scope, register, year)]
    there = {(values.get("topic"), values.get("due_by"), id_of(values.get("unit"))) for values in rows}
    calls = {(row.get("topic"), row.get("due_by")): row for row in rows if row.get("all_units") is True}
    tops = list(Unit.objects.filter(agency=scope.agency, parent=None).on(scope.today)) if calls else []
    return [
        {key: row[key] for key in _COPIED if key in row} | {"unit": Ref(unit.pk, str(unit))}
        for call, row in calls.items()
        for unit in tops
        if (*call, unit.pk) not in there
    ]
