"""Showing to everybody what an outsider wrote: only with the outsider's consent."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, OutsideCase


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse to show what came from outside when who sent it has not agreed."""
    asked = register.outside.publish if register.outside else ""
    if entry is None or values.get(asked) is not True:
        return
    if OutsideCase.objects.filter(entry=entry, may_publish=False).exists():
        yield Fault(asked, "NO_CONSENT", _("ผู้ส่งไม่ได้ยินยอมให้แสดงต่อสาธารณะ"), _("ตอบว่าไม่แสดง"))
