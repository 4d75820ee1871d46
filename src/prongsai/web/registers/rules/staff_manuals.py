"""Staff manuals: an edition that a newer one replaces is to be taken out of force, and kept."""

from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name editions still in force that a newer edition says it replaces."""
    old = Entry.objects.filter(
        agency=scope.agency,
        register=register.id,
        state="current",
        linked__field="replaces",
        linked__entry__state="current",
    )
    told = _("{title} มีฉบับใหม่แทนแล้ว แต่ยังแสดงว่าใช้อยู่ ให้กด “มีฉบับใหม่แทน”")
    return [Notice(told.format(title=one.title)) for one in old.distinct().order_by("title")]
