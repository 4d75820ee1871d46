"""A lost key comes back: two keepers, one after the other, open the copy that was closed for both of them.

What the first one opens is still closed for each of the others; what the second one opens is closed for the new key
within the same request. Neither ever sees, and nothing ever keeps, the private halves themselves.
"""

import base64
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.privacy.seal.boxes import NotForThisKey, seal_value, unseal, unseal_value
from prongsai.privacy.seal.signing import verify_key_of
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import User
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.keys import Bundle, Key, bundle_from
from prongsai.web.complaints.models import Escrow, Holder, HolderDuty, HolderState, Recovery, RecoveryState
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services.holders import gone, name_holder, tell_all
from prongsai.web.complaints.services.unlocking import make_key
from prongsai.web.complaints.services.vouching import turned, vouched

RUNNING = (RecoveryState.OPEN, RecoveryState.HALF)


# --- asking ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def ask_own(scope: Scope, *, lost: Holder, passphrase: str, reason: str) -> Recovery:
    """Ask for one's own lost key: the new one is made at once. Raises ValidationError."""
    if scope.user is None or lost.user_id != scope.user.pk:
        raise ValidationError(_("ขอกู้คืนได้เฉพาะกุญแจของท่านเอง"))
    _check_lost(scope, lost)
    to = name_holder(scope, user=scope.user, duty=lost.duty, replaces=lost)
    return _asked(scope, lost, make_key(scope, holder=to, passphrase=passphrase), reason)


@transaction.atomic
def ask_for(scope: Scope, *, key: Key, lost: Holder, user: User, reason: str) -> Recovery:
    """Ask for somebody's lost key, for themselves or a successor, who is yet to make the new one.

    key: of a handler or, so that it works when all handlers have lost theirs, of a keeper. Raises ValidationError.
    """
    if key.holder.duty not in (HolderDuty.HANDLER, HolderDuty.KEEPER):
        raise ValidationError(_("ผู้รับเรื่องหรือผู้เก็บกุญแจสำรองเท่านั้นที่ขอกู้คืนกุญแจของผู้อื่นได้"))
    _check_lost(scope, lost)
    return _asked(scope, lost, name_holder(scope, user=user, duty=lost.duty, replaces=lost, key=key), reason)


def _check_lost(scope: Scope, lost: Holder) -> None:
    journal.take_turn(scope.agency)
    if lost.duty == HolderDuty.KEEPER:
        raise ValidationError({"lost": _("กุญแจของผู้เก็บกุญแจสำรองไม่ต้องกู้คืน เสนอชื่อคนใหม่แทนแล้วให้คนเดิมพ้นหน้าที่")})
    if lost.pk not in {one.pk for one in rolls.recoverable(scope.agency)}:
        raise ValidationError({"lost": _("กุญแจนี้ไม่ได้ใช้งานอยู่ กู้คืนไม่ได้")})
    if Recovery.objects.filter(lost=lost, state__in=RUNNING).exists():
        raise ValidationError({"lost": _("มีการขอกู้คืนกุญแจนี้อยู่แล้ว")})
    if not Escrow.objects.filter(holder=lost).exists():
        raise ValidationError({"lost": _("กุญแจนี้ยังไม่มีสำเนาไว้กับผู้เก็บกุญแจสำรอง จึงกู้คืนไม่ได้")})


def _asked(scope: Scope, lost: Holder, to: Holder, reason: str) -> Recovery:
    assert scope.user is not None
    recovery = Recovery(agency=scope.agency, lost=lost, to=to, reason=reason, asked_by=scope.user, asked_on=scope.today)
    journal.create(scope, recovery, "complaint.recovery.asked")
    _tell(recovery, _("มีการขอกู้คืนกุญแจ"))
    return recovery


# --- consenting -----------------------------------------------------------------------------------------------------
@transaction.atomic
def consent(scope: Scope, *, key: Key, recovery: Recovery, seen: str, version: int | None) -> Recovery:
    """Give a keeper's consent: the first opens the outer layer, the second, somebody else, the inner one.

    seen: the public half of the new key that the keeper compared. Raises ValidationError and Stale.
    """
    journal.take_turn(scope.agency)
    recovery.refresh_from_db()
    if why := why_not(key.holder, recovery):
        raise ValidationError(why)
    if recovery.to.recipient != seen:
        raise ValidationError(_("กุญแจใหม่เปลี่ยนไปจากที่ท่านเห็น เทียบคำกับเจ้าของกุญแจใหม่อีกครั้ง"))
    if recovery.state == RecoveryState.OPEN:
        return _first(scope, key, recovery, version)
    return _second(scope, key, recovery, version)


def why_not(keeper: Holder, recovery: Recovery) -> str:
    """Say why somebody cannot consent; empty when they can."""
    if keeper.duty != HolderDuty.KEEPER or recovery.state not in RUNNING:
        return _("การกู้คืนนี้ไม่รอความยินยอมของท่าน")
    if recovery.to.state != HolderState.KEYED:
        return _("รอเจ้าของกุญแจใหม่ตั้งรหัสลับก่อน")
    if keeper.user_id in (recovery.lost.user_id, recovery.to.user_id):
        return _("ยินยอมกู้คืนกุญแจให้ตนเองไม่ได้")
    if recovery.first is not None and recovery.first.user_id == keeper.user_id:
        return _("ท่านยินยอมไปแล้ว ต้องเป็นผู้เก็บกุญแจสำรองอีกคน")
    if recovery.first is not None and str(keeper.pk) not in recovery.layers:
        return _("สำเนาของกุญแจนี้ไม่ได้ปิดผนึกไว้ให้ท่าน ต้องเป็นผู้เก็บกุญแจสำรองคนอื่น")
    return ""


def _first(scope: Scope, key: Key, recovery: Recovery, version: int | None) -> Recovery:
    copies = Escrow.objects.filter(holder=recovery.lost, outer=key.holder)
    try:
        layers = {str(one.inner_id): _peeled(one, key) for one in copies}
    except NotForThisKey:
        layers = {}
    if not layers:
        raise ValidationError(_("สำเนาของกุญแจนี้ไม่ได้ปิดผนึกไว้ให้ท่าน ต้องเป็นผู้เก็บกุญแจสำรองคนอื่น"))
    values = {"first": key.holder, "layers": layers, "state": RecoveryState.HALF}
    journal.change(scope, recovery, "complaint.recovery.consented", version=version, **values)
    _tell(recovery, _("ผู้เก็บกุญแจสำรองคนแรกยินยอมให้กู้คืนกุญแจ"))
    return recovery


def _peeled(copy: Escrow, key: Key) -> str:
    return base64.b64encode(unseal(copy.sealed, key.bundle.identities)).decode()


def _second(scope: Scope, key: Key, recovery: Recovery, version: int | None) -> Recovery:
    lost, to = recovery.lost, recovery.to
    bundle = _lost_bundle(recovery, key)
    handed = seal_value(Bundle(bundle.identities, "", bundle.root).plain, to.recipient)
    values: dict[str, Any] = {
        **{"second": key.holder, "layers": {}, "handed": handed},
        **{"state": RecoveryState.DONE, "done_on": scope.today},
    }
    journal.change(scope, recovery, "complaint.recovery.done", version=version, **values)
    _tell(recovery, _("ผู้เก็บกุญแจสำรองคนที่สองยินยอม กู้คืนกุญแจสำเร็จ"))
    journal.change(scope, to, "complaint.holder.vouched", **vouched(to, by=lost, seed=bundle.seed))
    gone(scope, lost)  # after the vouch, also in the journal: what a key says once it has left counts for nothing
    turned(scope.agency)
    return recovery


def _lost_bundle(recovery: Recovery, key: Key) -> Bundle:
    """Open the inner layer. Raises ValidationError when it is not what the lost key held."""
    layer = base64.b64decode(recovery.layers[str(key.holder.pk)])
    try:
        bundle = bundle_from(unseal_value(layer, key.bundle.identities))
    except NotForThisKey:
        raise ValidationError(_("เปิดสำเนากุญแจไม่ได้ สำเนาอาจถูกแก้ไข แจ้งผู้ถือกุญแจทุกคน")) from None
    if verify_key_of(bundle.seed) != recovery.lost.verify_key:
        raise ValidationError(_("สำเนาที่เปิดได้ไม่ใช่ของกุญแจที่หาย แจ้งผู้ถือกุญแจทุกคน"))
    return bundle


# --- dropping, telling ----------------------------------------------------------------------------------------------
@transaction.atomic
def drop(scope: Scope, *, recovery: Recovery, version: int | None, key: Key | None = None) -> Recovery:
    """End a recovery: what a first keeper has opened is gone. key: of a handler or a keeper; its owner needs none."""
    journal.take_turn(scope.agency)
    recovery.refresh_from_db()
    if recovery.state not in RUNNING:
        raise ValidationError(_("การกู้คืนนี้สิ้นสุดไปแล้ว"))
    if not may_drop(scope, recovery, key):
        raise ValidationError(_("ผู้รับเรื่อง ผู้เก็บกุญแจสำรอง ผู้ขอ หรือเจ้าของกุญแจเท่านั้นที่ยกเลิกได้"))
    values = {"state": RecoveryState.DROPPED, "layers": {}, "done_on": scope.today}
    journal.change(scope, recovery, "complaint.recovery.dropped", version=version, **values)
    gone(scope, recovery.to)
    _tell(recovery, _("ยกเลิกการกู้คืนกุญแจ"))
    return recovery


def may_drop(scope: Scope, recovery: Recovery, key: Key | None) -> bool:
    """Whether somebody may end a recovery."""
    owners = (recovery.lost.user_id, recovery.asked_by_id)
    if scope.user is not None and scope.user.pk in owners:
        return True
    return key is not None and key.holder.duty in (HolderDuty.HANDLER, HolderDuty.KEEPER)


def _tell(recovery: Recovery, what: str) -> None:
    text = _(
        "%(what)s\n\nกุญแจของ %(lost)s ให้กุญแจใหม่ของ %(to)s\n\n"
        "ดูที่หน้าผู้ถือกุญแจของช่องทางแจ้งเรื่องทุจริต ถ้าท่านเห็นว่าไม่ควร ให้ยกเลิกที่หน้านั้นหรือแจ้งผู้ถือกุญแจคนอื่นทันที"
    )
    lost, to = str(recovery.lost), str(recovery.to)
    tell_all(recovery.agency, text % {"what": what, "lost": lost, "to": to})
