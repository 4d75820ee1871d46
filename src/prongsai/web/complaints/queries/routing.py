"""Whom a report goes to: never to the accused, those over them, those beside and below them, or who has a conflict."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from prongsai.privacy.seal.wraps import WRAPS
from prongsai.web.agencies.models import Agency, Membership, Post
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Holder, HolderDuty
from prongsai.web.complaints.models.holders import HANDLERS_MIN
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.queries.accused import Meant, Office, heads_unit, meant_by

ACCUSED_TH = "เป็นผู้ถูกกล่าวหา หรือชื่อหรือตำแหน่งใกล้เคียงกับที่แจ้ง"
CONFLICT_TH = "แจ้งว่ามีส่วนได้เสีย"
LINE_TH = "เป็นผู้บังคับบัญชาของผู้ถูกกล่าวหา"
UNIT_TH = "อยู่ส่วนราชการเดียวกันหรือใต้บังคับบัญชาของผู้ถูกกล่าวหา"
TOP_TH = "เรื่องเกี่ยวกับผู้บริหารของหน่วยงาน ส่งเฉพาะผู้กำกับดูแลภายนอก"
NO_ROOM_TH = "มีผู้อ่านครบจำนวนแล้ว"


@dataclass(frozen=True, slots=True)
class Route:
    """Who may read a report, and who not though it would be their duty, with why. holders is empty when nobody may."""

    holders: tuple[Holder, ...]
    left_out: tuple[tuple[Holder, str], ...]


def route(agency: Agency, accused: Iterable[Accused], *, day: date, conflicted: Collection[int] = ()) -> Route:
    """Give whom a report goes to on a day. accused: all that are known so far. conflicted: pks of holders.

    Handlers; when fewer than two are left, the fallback besides, or the supervisors where there is none. A report about
    the mayor, a deputy mayor or the permanent secretary goes to the supervisors; to the fallback where there are none.
    """
    office = Office(agency, day)
    meant = meant_by(office, accused)
    roll = [one for one in rolls.active(agency) if one.duty != HolderDuty.KEEPER]
    why = _Why(office, meant, conflicted, _people_of(agency, roll, office))
    reasons = {one.pk: why.of(one) for one in roll}
    free = {duty: [one for one in roll if one.duty == duty and not reasons[one.pk]] for duty in HolderDuty}
    chosen = _chosen(free, is_top=meant.is_top)
    return Route(tuple(chosen[:WRAPS]), _left_out(roll, reasons, chosen, is_top=meant.is_top))


def _chosen(free: dict[HolderDuty, list[Holder]], *, is_top: bool) -> list[Holder]:
    if is_top:
        return free[HolderDuty.SUPERVISOR] or free[HolderDuty.FALLBACK]
    handlers = free[HolderDuty.HANDLER]
    if len(handlers) >= HANDLERS_MIN:
        return handlers
    return handlers + (free[HolderDuty.FALLBACK] or free[HolderDuty.SUPERVISOR])


def _left_out(
    roll: Iterable[Holder], reasons: dict[int, str], chosen: list[Holder], *, is_top: bool
) -> tuple[tuple[Holder, str], ...]:
    """Give who was left out: for a reason of their own, because it is about the top, or because no wrap is left."""
    late = {one.pk for one in chosen[WRAPS:]}
    told = []
    for one in roll:
        is_passed_over = is_top and one.duty == HolderDuty.HANDLER
        reason = reasons[one.pk] or (TOP_TH if is_passed_over else "") or (NO_ROOM_TH if one.pk in late else "")
        if reason:
            told.append((one, reason))
    return tuple(told)


def kept_away(office: Office, meant: Meant) -> dict[str, set[int]]:
    """Give the people who may have no part in a case, by why: the accused, those over them, and their units.

    The rule for readers and for a committee alike. pks of people; the first reason that fits is told.
    """
    own = meant.units | {post.unit_id for post in office.posts_of(meant.people) if post.unit_id}
    over = office.people_at(_line(office, own)) if meant.is_ours else set[int]()
    return {ACCUSED_TH: meant.people, LINE_TH: over, UNIT_TH: office.people_in(office.below(own))}


class _Why:
    """Why somebody may not read a report."""

    def __init__(self, office: Office, meant: Meant, conflicted: Collection[int], people: dict[int, int]) -> None:
        self._away = kept_away(office, meant)
        self._conflicted, self._people = set(conflicted), people

    def of(self, holder: Holder) -> str:
        """Say why; "" when they may."""
        person = self._people.get(holder.user_id, 0)
        if holder.pk in self._conflicted:
            return CONFLICT_TH
        return next((reason for reason, people in self._away.items() if person in people), "")


def _line(office: Office, own: Iterable[int]) -> list[Post]:
    """Give the posts over some units: their heads, those of the units above, and who leads the whole office."""
    above = office.above(own)
    return [
        post
        for post in office.posts.values()
        if office.leads_office(post) or (post.unit_id in above and heads_unit(post))
    ]


def _people_of(agency: Agency, roll: Iterable[Holder], office: Office) -> dict[int, int]:
    """Give the person of each account."""
    found = Membership.objects.filter(agency=agency, user__in=[one.user_id for one in roll])
    return {user: office.root(person) for user, person in found.values_list("user_id", "person_id")}
