"""The human resources policy: signed by who was the top executive on that day; a new one signs anew."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Appointment, Capacity
from prongsai.web.agencies.queries import top_executive, top_executives
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted_entries


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse another signer than the top executive of the day; flag one who only acts as such."""
    signer, day = values.get("signer"), values.get("signed_on")
    if not isinstance(signer, Ref) or not isinstance(day, date):
        return
    held = top_executives(scope.agency, day)
    told = {"name": signer.text, "day": format_date(day, "abbr")}
    if not held:
        why = _("ไม่พบว่าใครเป็นผู้บริหารสูงสุดในวันที่ {day}").format(**told)
        yield Fault("signer", "EXECUTIVE_UNKNOWN", why, _("ตรวจทะเบียนการดำรงตำแหน่ง"), is_warning=True)
        return
    own = next((one for one in held if _is(one, signer)), None)
    if own is None:
        why = _("{name} ไม่ใช่ผู้บริหารสูงสุดในวันที่ {day}").format(**told)
        yield Fault("signer", "NOT_EXECUTIVE", why, _("ผู้บริหารสูงสุดในวันนั้นคือ {name}").format(name=held[0].person))
    elif own.capacity != Capacity.SELF:
        why = _("{name} ลงนามในฐานะ{capacity}").format(name=signer.text, capacity=own.get_capacity_display())
        yield Fault("signer", "ACTING", why, _("ตรวจว่าใช้เป็นหลักฐานได้"), is_warning=True)


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Say when the newest policy was not signed by who is the top executive now."""
    newest = counted_entries(scope, register.id, 0).order_by("-dated_on", "-pk").first()
    now = top_executive(scope.agency, scope.today)
    if newest is None or now is None:
        return
    signer = newest.values.get("signer") or {}
    if not _is(now, Ref(signer.get("id"), signer.get("text", ""))):
        yield Notice(_("ผู้บริหารสูงสุดคนปัจจุบัน ({name}) ยังไม่ได้ลงนามนโยบาย").format(name=now.person))


def _is(appointment: Appointment, signer: Ref) -> bool:
    if signer.id is not None:
        return appointment.person_id == signer.id
    return fold(str(appointment.person)) == fold(signer.text)
