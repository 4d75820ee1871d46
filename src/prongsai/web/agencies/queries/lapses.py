"""Committees whose order does not hold: over, replaced, not begun, or about to run out. One sentence for every page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Agency, Committee
from prongsai.web.agencies.queries.holding import committee_in_force

SOON_DAYS = 30
OVER_DAYS = 90  # one that ended longer ago is history


class LapseKind(StrEnum):
    """What is the matter with an order."""

    NOT_YET = "not_yet"
    OVER = "over"
    REPLACED = "replaced"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Lapse:
    """An order that does not hold, or not for long. day: the first of NOT_YET, else the last; days: that are left."""

    committee: Committee
    kind: LapseKind
    day: date | None
    days: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the committee may decide nothing today."""
        return self.kind is not LapseKind.SOON

    @property
    def title(self) -> str:
        """What is the matter, in a few words for a badge."""
        return {
            LapseKind.NOT_YET: _("คำสั่งยังไม่มีผล"),
            LapseKind.OVER: _("คำสั่งสิ้นผลแล้ว"),
            LapseKind.REPLACED: _("มีคณะใหม่แทน"),
            LapseKind.SOON: _("คำสั่งใกล้สิ้นผล"),
        }[self.kind]

    @property
    def why(self) -> str:
        """What follows from it."""
        if self.kind is LapseKind.SOON:
            return _("ตั้งคณะใหม่แทนก่อนวันนั้น มิฉะนั้นคณะนี้จะอนุมัติหรือให้ความเห็นไม่ได้")
        if self.kind is LapseKind.NOT_YET:
            return _("คณะนี้ยังอนุมัติหรือให้ความเห็นไม่ได้")
        return _("คณะนี้อนุมัติหรือให้ความเห็นไม่ได้แล้ว")


def lapse_of(committee: Committee, today: date, *, soon_days: int = SOON_DAYS) -> Lapse | None:
    """Give what is the matter with a committee's order; None when it holds for longer. Fetch ``replaced_by`` before."""
    begins = max(filter(None, (committee.order_date, committee.valid_from)))
    if begins > today:
        return Lapse(committee, LapseKind.NOT_YET, begins)
    if not committee_in_force(committee, today):
        kind = LapseKind.REPLACED if committee.replaced_by_id else LapseKind.OVER
        return Lapse(committee, kind, committee.valid_to)
    left = (committee.valid_to - today).days if committee.valid_to else None
    if left is None or left > soon_days or committee.replaced_by_id:
        return None
    return Lapse(committee, LapseKind.SOON, committee.valid_to, left)


def lapses_of(agency: Agency, today: date) -> tuple[Lapse, ...]:
    """Give the orders that somebody must see to: that run out soon or have lately, with nothing in their place."""
    near = Q(valid_to__range=(today - timedelta(days=OVER_DAYS), today + timedelta(days=SOON_DAYS)))
    found = Committee.objects.filter(near, agency=agency, replaced_by=None, order_date__lte=today).order_by("valid_to")
    return tuple(_lapses(found, today))


def _lapses(committees: Iterable[Committee], today: date) -> Iterable[Lapse]:
    return (lapse for one in committees if (lapse := lapse_of(one, today)))
