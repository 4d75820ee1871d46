"""The ethics advice desk: answered by a working group that an order appointed, and told on without who asked."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.names import read_name
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._orders import committee_faults

_NAMED = Q(name__contains="จริยธรรม") | Q(name__contains="คุณธรรม")
_PART_MIN = 3  # shorter parts of a name stand in many words


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse an answer without a working group in force with members, and one that is told on with the asker's name."""
    day = values.get("answered_on")
    yield from committee_faults(scope, "order_no", values.get("order_no"), day if isinstance(day, date) else None)
    told = fold(str(values.get("general") or ""))
    if any(part in told for part in _parts(str(values.get("asker") or ""))):
        yield Fault("general", "NAMES_ASKER", _("ข้อความที่เผยแพร่มีชื่อผู้ถาม"), _("เขียนใหม่เป็นการทั่วไป"))


def _parts(asker: str) -> list[str]:
    name = read_name(asker)
    parts = [name.given, *name.surname.split()] if name else asker.split()
    return [folded for part in parts if len(folded := fold(part)) >= _PART_MIN]


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Say when no working group is in force that could answer."""
    groups = Committee.objects.filter(_NAMED, agency=scope.agency).on(scope.today)
    if not groups.exists():
        yield Notice(_("ไม่มีคำสั่งแต่งตั้งคณะทำงานด้านจริยธรรมที่มีผลในวันนี้ จึงยังตอบคำถามไม่ได้ บันทึกคำสั่งในหน้า “คณะกรรมการ” ก่อน"))
    elif not groups.filter(members__isnull=False).exists():
        yield Notice(_("คณะทำงานด้านจริยธรรมยังไม่มีรายชื่อ จึงยังตอบคำถามไม่ได้ เพิ่มรายชื่อในหน้า “คณะกรรมการ”"))
