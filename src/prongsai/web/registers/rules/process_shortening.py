"""Process shortening: something must be saved, the times before are the manual's, which is to be renewed afterwards."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Fault, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryLink
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import id_of

_SAVED = ("saved_steps", "saved_minutes", "saved_days")
_PROPOSED, _IN_FORCE = "proposed", "in_force"
_TOLD = {
    "steps": ("ขั้นตอน", "steps_before"),
    "minutes": ("เวลาทำงานรวม", "minutes_before"),
    "days": ("วันแล้วเสร็จ", "days_before"),
}


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse what shortens nothing; warn where the times before are not those of the manual."""
    saved = [values.get(key) for key in _SAVED]
    if all(isinstance(one, Decimal) for one in saved) and not any(saved):
        yield Fault("steps_after", "NOTHING_SAVED", _("ยังไม่ได้ลดขั้นตอนหรือเวลาใดเลย"), _("ตรวจตัวเลขก่อนและหลัง"))
    if entry is not None and entry.state != _PROPOSED:
        return  # once it is in force the manual says the new times
    manual = _manual(scope, id_of(values.get("service")))
    for key, (name, field) in _TOLD.items() if manual else ():
        typed, known = values.get(field), manual.get(key)
        if isinstance(typed, Decimal) and known is not None and typed != known:
            told = _("คู่มือบอก{name} {known} แต่กรอก {typed}").format(name=name, known=_short(known), typed=_short(typed))
            yield Fault(field, "DIFFERS_FROM_MANUAL", to_thai(told), _("ตรวจคู่มือของบริการนี้"), is_warning=True)


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name services whose manual still tells more time than what is in force. One query."""
    found = EntryLink.objects.filter(
        entry__agency=scope.agency,
        entry__register=register.id,
        entry__state=_IN_FORCE,
        field="service",
        target__state="current",
    )
    told = _("{title} เริ่มใช้แล้ว แต่คู่มือยังบอกเวลาเดิม ให้แก้คู่มือการให้บริการ")
    rows = found.select_related("entry", "target").order_by("entry__dated_on")
    newest = {link.target_id: link for link in rows}
    return [Notice(told.format(title=link.target)) for link in newest.values() if _is_slower(link)]


def _is_slower(link: EntryLink) -> bool:
    values = from_json(edition_of(link.entry.register, link.entry.since_be).fields, link.entry.values)
    manual = _times(link.target)
    pairs = [(manual["steps"], "steps_after"), (manual["minutes"], "minutes_after"), (manual["days"], "days_after")]
    after = [(known, values.get(key)) for known, key in pairs]
    return any(known is not None and isinstance(new, Decimal) and known > new for known, new in after)


def _manual(scope: Scope, pk: int | None) -> dict[str, Decimal | None]:
    entry = Entry.objects.filter(agency=scope.agency, register="service-manuals", pk=pk).first() if pk else None
    return _times(entry) if entry else {}


def _times(manual: Entry) -> dict[str, Decimal | None]:
    values = from_json(edition_of(manual.register, manual.since_be).fields, manual.values)
    steps = rows_of(values.get("steps"))
    minutes, days = values.get("total_minutes"), values.get("standard_days")
    return {
        "steps": Decimal(len(steps)) if steps else None,
        "minutes": minutes if isinstance(minutes, Decimal) else None,
        "days": days if isinstance(days, Decimal) else None,
    }


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"
