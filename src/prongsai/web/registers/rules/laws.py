"""Laws: the word of another kind of local government is pointed out; what nobody can read is told."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.web.agencies.models import AgencyKind
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted
from prongsai.web.registers.rules._standing import named

MUNICIPALITIES = frozenset({AgencyKind.CITY, AgencyKind.TOWN, AgencyKind.SUBDISTRICT})
# "ข้อบัญญัติท้องถิ่น" is the word of the law for the by-laws of every kind of local government.
_FOREIGN = re.compile("ข้อบัญญัติ(?!ท้องถิ่น)")
_WORDS = ("title", "note")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Warn where a municipality's by-law is called a ข้อบัญญัติ."""
    if scope.agency.kind not in MUNICIPALITIES:
        return
    for key in _WORDS:
        if _FOREIGN.search(str(values.get(key) or "")):
            told = _("เทศบาลใช้คำว่า “เทศบัญญัติ” ไม่ใช่ “ข้อบัญญัติ” ซึ่งเป็นคำขององค์การบริหารส่วนตำบลและจังหวัด")
            yield Fault(key, "NOT_A_BY_LAW", told, _("เปลี่ยนเป็น “เทศบัญญัติ”"), is_warning=True)


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name the laws in force of which there is neither the text nor an address."""
    bare = [
        entry.title
        for entry, values in counted(scope, register)
        if values.get("status") == "in_force" and not (values.get("link") or values.get("file"))
    ]
    yield from named(_("ใช้บังคับอยู่แต่ยังไม่มีทั้งไฟล์และที่อยู่ให้ประชาชนอ่าน {n} ฉบับ: {names}"), bare)
