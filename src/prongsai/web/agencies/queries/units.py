"""Levels of units: what may stand under what."""

from django.utils.translation import gettext as _

from prongsai.thai.text import fold
from prongsai.web.agencies.models import Unit, UnitKind

# สำนัก and กอง are of one level in a municipality, yet a สำนัก may have กอง under it.
_RANK = {UnitKind.OFFICE: 0, UnitKind.DIVISION: 1, UnitKind.SUBDIVISION: 2, UnitKind.SECTION: 3}


def may_stand_under(unit: Unit | None, kind: str, parent: Unit) -> str:
    """Say why a unit of a kind may not stand under another; empty when it may. unit: None for a new one.

    Offices stand above divisions, those above subdivisions, those above sections; special units may stand anywhere.
    """
    above: Unit | None = parent
    while above is not None:
        if unit is not None and (above is unit or (above.pk is not None and above.pk == unit.pk)):
            return _("ส่วนราชการจะสังกัดตัวเองหรือหน่วยใต้สังกัดไม่ได้")
        above = above.parent
    own, upper = _RANK.get(UnitKind(kind)), _RANK.get(UnitKind(parent.kind))
    if own is not None and upper is not None and own <= upper:
        return _("%(kind)sอยู่ใต้%(upper)sไม่ได้") % {
            "kind": UnitKind(kind).label,
            "upper": UnitKind(parent.kind).label,
        }
    return ""


_STARTS = (
    ("สำนัก", UnitKind.OFFICE),
    ("กอง", UnitKind.DIVISION),
    ("ส่วน", UnitKind.DIVISION),
    ("ฝ่าย", UnitKind.SUBDIVISION),
    ("งาน", UnitKind.SECTION),
)


def kind_of(name: str) -> UnitKind:
    """Tell a unit's level from how its name begins."""
    bare = fold(name)
    return next((kind for start, kind in _STARTS if bare.startswith(start)), UnitKind.SPECIAL)
