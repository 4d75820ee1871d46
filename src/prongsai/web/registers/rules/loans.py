"""Loans of official property: who decides (ระเบียบกระทรวงการคลัง 2560 ข้อ 208), and what may be lent at all."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Ref, Register, Values
from prongsai.thai.names import name_key
from prongsai.web.agencies.models import PostRole
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry

_EXECUTIVES = frozenset({Role.MAYOR, Role.SECRETARY})
_LENT = "in_use"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse to lend what is broken or disposed of; a loan that stands already keeps its asset."""
    asset = values.get("asset")
    if not isinstance(asset, Ref) or asset.id is None or _stands(entry, asset):
        return
    state = Entry.objects.filter(agency=scope.agency, register="assets", pk=asset.id).values_list("state", flat=True)
    if any(one != _LENT for one in state):
        why = _("“{asset}” ชำรุดหรือจำหน่ายแล้ว ให้ยืมไม่ได้").format(asset=asset.text)
        yield Fault("asset", "NOT_LENT", why, _("เลือกทรัพย์สินที่ใช้งานได้"))


def _stands(entry: Entry | None, asset: Ref) -> bool:
    return entry is not None and (entry.values.get("asset") or {}).get("id") == asset.id


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Inside the office the head of the unit that owns the thing decides; outside, or to an agency, the executive."""
    if move.by != "decider":
        return ""
    if scope.person is not None and name_key(str(scope.person)) == name_key(str(entry.values.get("borrower", ""))):
        return _("ผู้ยืมพิจารณาการยืมของตนเองไม่ได้")
    owner = _owner(entry)
    if owner is None or _goes_out(entry):
        return "" if scope.roles & _EXECUTIVES else _("การยืมไปใช้นอกสถานที่หรือให้หน่วยงานอื่นยืม ผู้บริหารเป็นผู้อนุมัติ")
    if Role.HEAD in scope.roles and owner in scope.unit_ids:
        return ""
    if scope.roles & _EXECUTIVES and not PostRole.objects.filter(post__unit=owner, role=Role.HEAD).exists():
        return ""  # a unit without a head in the system is answered for by its superiors
    return _("การยืมใช้ภายในหน่วยงาน หัวหน้าส่วนราชการเจ้าของทรัพย์สินเป็นผู้อนุมัติ")


def _goes_out(entry: Entry) -> bool:
    return entry.values.get("place") != "inside" or entry.values.get("borrower_kind") == "agency"


def _owner(entry: Entry) -> int | None:
    """Give the unit that owns the thing."""
    asset = entry.links.filter(field="asset").select_related("target").first()
    return asset.target.unit_id if asset else None
