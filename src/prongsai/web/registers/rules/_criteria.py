"""Human resources criteria that other registers cite: of the right kind, and in force on a day."""

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Values
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules._rows import listed


def criteria_faults(scope: Scope, cited: object, day: object, kinds: Collection[str]) -> Iterator[Fault]:
    """Refuse criteria that are of no asked kind, or were not in force on a day. One query."""
    if not isinstance(cited, Ref) or cited.id is None or not isinstance(day, date):
        return
    entry = Entry.objects.filter(agency=scope.agency, register="hr-criteria", pk=cited.id).first()
    if entry is None:
        return
    register = edition_of(entry.register, entry.since_be)
    values = from_json(register.fields, entry.values)
    if values.get("kind") not in kinds:
        field = register.field_of("kind")
        named = [one.label_th for one in field.choices if one.key in kinds] if field else []
        told = _("“{title}” ไม่ใช่หลักเกณฑ์{kinds}").format(title=entry, kinds=listed(named, form="{}"))
        yield Fault("criteria", "OTHER_CRITERIA", told, _("เลือกหลักเกณฑ์เรื่องที่ตรง"))
    if not _in_force(values, day):
        told = _("“{title}” ไม่ได้ใช้บังคับในวันที่ {day}")
        told = told.format(title=entry, day=format_date(day, "abbr", digits="arabic"))
        yield Fault("criteria", "NOT_IN_FORCE", told, _("เลือกหลักเกณฑ์ที่ใช้บังคับในวันนั้น หรือตรวจวันที่"))


def _in_force(values: Values, day: date) -> bool:
    issued, last = values.get("issued_on"), values.get("valid_to")
    return isinstance(issued, date) and issued <= day and not (isinstance(last, date) and last < day)
