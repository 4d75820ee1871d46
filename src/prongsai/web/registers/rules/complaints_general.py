"""General complaints: what is merged goes into a complaint that stands, and never into itself."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry

_STANDING = ("received", "assigned", "done")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse to merge a complaint into itself, or into one that has itself been merged, moved or refused."""
    same_as = values.get("same_as")
    if not isinstance(same_as, Ref) or same_as.id is None:
        return
    if entry is not None and same_as.id == entry.pk:
        yield Fault("same_as", "MERGED_INTO_ITSELF", _("รวมเรื่องเข้ากับตัวเองไม่ได้"), _("เลือกเรื่องเดิมอีกเรื่องหนึ่ง"))
    elif not Entry.objects.filter(
        agency=scope.agency, register=register.id, pk=same_as.id, state__in=_STANDING
    ).exists():
        told = _("เรื่อง “{title}” ถูกรวม ย้าย หรือไม่รับไปแล้ว").format(title=same_as.text)
        yield Fault("same_as", "MERGED_INTO_NOTHING", told, _("เลือกเรื่องที่ยังดำเนินการอยู่"))
