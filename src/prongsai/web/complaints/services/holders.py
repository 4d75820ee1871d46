"""Naming who is to hold keys, opening the channel, leaving; telling all holders of what touches their keys."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from prongsai.privacy.seal.keys import new_salt
from prongsai.privacy.seal.wraps import WRAPS
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, Employment, Membership, User
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.keys import Bundle, Key
from prongsai.web.complaints.models import (
    Channel,
    Escrow,
    Holder,
    HolderDuty,
    HolderState,
    Recovery,
    RecoveryState,
    Report,
)
from prongsai.web.complaints.models.holders import HANDLERS_MIN, KEEPERS
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.queries.conditions import lacking
from prongsai.web.complaints.services.vouching import turned, vouched
from prongsai.web.notify.services import send

KEEPERS_MAX = KEEPERS + 1  # for as long as one of them is being followed by another
_EMPTY: Mapping[str, Any] = {"salt": b"", "cost": "", "sealed_bundle": b"", "escrow_of": ""}


# --- naming ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def name_holder(
    scope: Scope, *, user: User, duty: HolderDuty | str, replaces: Holder | None = None, key: Key | None = None
) -> Holder:
    """Name somebody who is to make a key. key: of the handler who does, which an open channel asks for.

    replaces: the lost key of which theirs is to take the place. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    _check_may_name(scope, key, replaces)
    member = _member(scope.agency, user)
    is_outside = member.person.employment == Employment.OUTSIDE
    _check_duty(scope.agency, HolderDuty(duty), is_outside, replaces)
    _check_once(scope.agency, user, replaces)
    channel_for(scope)
    holder = Holder(
        agency=scope.agency,
        user=user,
        duty=duty,
        is_outside=is_outside,
        replaces=replaces,
        named_by=scope.user,
        named_on=scope.today,
    )
    return journal.create(scope, holder, "complaint.holder.named")


def channel_for(scope: Scope) -> Channel:
    """Give the channel of the office; it is made, still closed, when there is none."""
    found = rolls.channel_of(scope.agency)
    return found or journal.create(scope, Channel(agency=scope.agency, salt=new_salt()), "complaint.channel")


def _check_may_name(scope: Scope, key: Key | None, replaces: Holder | None) -> None:
    is_owner = replaces is not None and scope.user is not None and replaces.user_id == scope.user.pk
    by_handler = key is not None and (key.holder.duty == HolderDuty.HANDLER or replaces is not None)
    if rolls.is_open(scope.agency) and not (by_handler or is_owner):
        raise ValidationError(_("ช่องทางนี้เปิดใช้แล้ว ผู้รับเรื่องที่ปลดล็อกกุญแจเท่านั้นที่เสนอชื่อได้"))


def _member(agency: Agency, user: User) -> Membership:
    found = Membership.objects.filter(agency=agency, user=user, is_open=True).select_related("person").first()
    if found is None:
        raise ValidationError({"user": _("บัญชีนี้ไม่ได้เปิดใช้ในหน่วยงาน")})
    return found


def _check_once(agency: Agency, user: User, replaces: Holder | None) -> None:
    others = Holder.objects.filter(agency=agency, user=user).exclude(state=HolderState.LEFT)
    if others.exclude(pk=replaces.pk if replaces else 0).exists():
        raise ValidationError({"user": _("บัญชีนี้มีหน้าที่ในช่องทางนี้อยู่แล้ว คนหนึ่งมีได้หน้าที่เดียว")})


def _check_duty(agency: Agency, duty: HolderDuty, is_outside: bool, replaces: Holder | None) -> None:
    if duty == HolderDuty.SUPERVISOR and not is_outside:
        raise ValidationError({"duty": _("ผู้กำกับดูแลต้องเป็นบุคคลภายนอก เช่น เจ้าหน้าที่ของอำเภอหรือจังหวัด")})
    if replaces is not None:
        return
    rows = Counter(Holder.objects.filter(agency=agency).exclude(state=HolderState.LEFT).values_list("duty", flat=True))
    if duty == HolderDuty.KEEPER and rows[duty] >= KEEPERS_MAX:
        raise ValidationError({"duty": _("ผู้เก็บกุญแจสำรองมีได้ ๓ คน และเกินได้หนึ่งคนระหว่างเปลี่ยนตัวเท่านั้น")})
    if duty != HolderDuty.KEEPER and rows.total() - rows[HolderDuty.KEEPER] >= WRAPS:
        raise ValidationError({"duty": _("ผู้รับเรื่อง ผู้กำกับดูแล และผู้รับเรื่องสำรองรวมกันมีได้ไม่เกิน ๑๒ คน")})


# --- opening --------------------------------------------------------------------------------------------------------
@transaction.atomic
def open_channel(
    scope: Scope, *, holder: Holder, bundle: Bundle, chosen: Collection[Holder], version: int | None
) -> Channel:
    """Open the channel: its first handler vouches for themselves and for the keys that were compared.

    chosen: those, as they were seen. Raises ValidationError for what is missing or has changed, and Stale.
    """
    channel = channel_for(scope)
    seen = {one.pk: one.recipient for one in (*chosen, holder)}
    keyed = list(Holder.objects.filter(agency=scope.agency, state=HolderState.KEYED, pk__in=seen, replaces=None))
    if channel.root_id is not None:
        raise ValidationError(_("ช่องทางนี้เปิดใช้แล้ว"))
    if {one.pk: one.recipient for one in keyed} != seen or holder.duty != HolderDuty.HANDLER:
        raise ValidationError(_("มีกุญแจที่เปลี่ยนไปจากที่ท่านเห็น เทียบคำกับเจ้าของกุญแจใหม่อีกครั้ง"))
    if missing := lacking(keyed):
        raise ValidationError([f"{one.text}: {one.mend}" for one in missing])
    values = {"root": holder, "opened_on": scope.today}
    journal.change(scope, channel, "complaint.opened", version=version, **values)
    for one in keyed:
        journal.change(scope, one, "complaint.holder.vouched", **vouched(one, by=holder, seed=bundle.seed))
    holder.refresh_from_db()
    return channel


# --- leaving --------------------------------------------------------------------------------------------------------
@transaction.atomic
def leave(scope: Scope, *, holder: Holder, version: int | None, key: Key | None = None) -> Holder:
    """Take somebody out: their private halves are gone, reports are closed anew without them by who opens them next.

    Taken out by another hand, whose key may not open what theirs did, the copies of the keepers stay until nothing is
    left that only they open (``drop_copies``). key: of the handler who does it, or of the holder; none before the
    channel is open. Raises ValidationError, Stale.
    """
    journal.take_turn(scope.agency)
    holder.refresh_from_db()
    if holder.state == HolderState.LEFT:
        raise ValidationError(_("ผู้นี้พ้นหน้าที่ไปแล้ว"))
    if rolls.is_open(scope.agency):
        _check_may_take(holder, key)
        _check_enough_stay(scope.agency, holder)
    was_active = holder.state == HolderState.ACTIVE
    _drop_recoveries(scope, holder)
    is_reader = was_active and holder.duty != HolderDuty.KEEPER
    by_other = key is not None and key.holder.pk != holder.pk
    gone(scope, holder, version=version, keeps_copies=is_reader and by_other)
    if is_reader:
        turned(scope.agency)
    return holder


def gone(scope: Scope, holder: Holder, *, version: int | None = None, keeps_copies: bool = False) -> None:
    """Empty what a holder had and mark them as gone. keeps_copies: those that two keepers together open stay."""
    copies = Q(outer=holder) | Q(inner=holder)
    Escrow.objects.filter(copies if keeps_copies else copies | Q(holder=holder)).delete()
    values: dict[str, Any] = {"state": HolderState.LEFT, "left_on": scope.today, "left_roll": None, **_EMPTY}
    if keeps_copies:
        values["left_roll"] = Channel.objects.get(agency=scope.agency).roll_version + 1
    journal.change(scope, holder, "complaint.holder.left", version=version, **values)


def drop_copies() -> int:
    """Take the copies away of keys that were taken out, once every report has been closed anew or shredded since.

    Gives how many keys have none any more.
    """
    left = Holder.objects.filter(state=HolderState.LEFT, left_roll__isnull=False)
    gone_now = [one for one in left if not _reports_before(one).exists()]
    Escrow.objects.filter(holder__in=gone_now).delete()
    return Holder.objects.filter(pk__in=[one.pk for one in gone_now]).update(left_roll=None)


def _reports_before(holder: Holder) -> QuerySet[Report]:
    older = Report.objects.filter(agency=holder.agency_id, shredded_on=None)
    return older.filter(roll_version__lt=holder.left_roll)


def _check_may_take(holder: Holder, key: Key | None) -> None:
    if key is None or (key.holder.duty != HolderDuty.HANDLER and key.holder.pk != holder.pk):
        raise ValidationError(_("ผู้รับเรื่องที่ปลดล็อกกุญแจแล้วเท่านั้นที่ให้ผู้อื่นพ้นหน้าที่ได้"))


def _check_enough_stay(agency: Agency, holder: Holder) -> None:
    """Refuse what would leave the channel without enough people; rows that are not in force never count."""
    valid = rolls.active(agency)
    if holder.pk not in {one.pk for one in valid}:
        return
    left = Counter(one.duty for one in valid if one.pk != holder.pk)
    if holder.duty == HolderDuty.HANDLER and left[HolderDuty.HANDLER] < HANDLERS_MIN:
        raise ValidationError(_("ต้องเหลือผู้รับเรื่องอย่างน้อยสองคน เสนอชื่อและรับรองคนใหม่ก่อน"))
    if holder.duty == HolderDuty.SUPERVISOR and not left[HolderDuty.SUPERVISOR]:
        raise ValidationError(_("ต้องเหลือผู้กำกับดูแลภายนอกอย่างน้อยหนึ่งคน เสนอชื่อและรับรองคนใหม่ก่อน"))
    if holder.duty == HolderDuty.KEEPER:
        _check_keepers([one for one in valid if one.duty == HolderDuty.KEEPER and one.pk != holder.pk])


def _check_keepers(stay: list[Holder]) -> None:
    if len(stay) < KEEPERS:
        raise ValidationError(_("ต้องเหลือผู้เก็บกุญแจสำรองสามคน เสนอชื่อและรับรองคนใหม่ก่อน"))
    if not any(one.is_outside for one in stay):
        raise ValidationError(_("ผู้เก็บกุญแจสำรองที่เหลือต้องมีบุคคลภายนอกอย่างน้อยหนึ่งคน"))


def _drop_recoveries(scope: Scope, holder: Holder) -> None:
    """End the recoveries that somebody has a part in: the key that is lost, the new one, or the keeper who began."""
    running = Recovery.objects.filter(state__in=(RecoveryState.OPEN, RecoveryState.HALF))
    for one in running.filter(Q(lost=holder) | Q(to=holder) | Q(first=holder)):
        values: dict[str, Any] = {"state": RecoveryState.DROPPED, "layers": {}, "done_on": scope.today}
        journal.change(scope, one, "complaint.recovery.dropped", **values)
        if one.to_id != holder.pk and one.to.state != HolderState.LEFT:
            gone(scope, one.to)


# --- telling --------------------------------------------------------------------------------------------------------
def tell_all(agency: Agency, text: str) -> None:
    """Mail every active holder something about their keys. text: never anything about a case."""
    people = [one.user_id for one in rolls.active(agency)]
    members = Membership.objects.filter(agency=agency, user__in=people).select_related("user", "person")
    subject = _("ช่องทางแจ้งเรื่องทุจริต: มีการดำเนินการเกี่ยวกับกุญแจ")
    for address in sorted({one.user.email or one.person.email for one in members} - {""}):
        send(agency, to=address, subject=subject, text=text)
