"""A holder's own key: made under a passphrase, opened with it, kept open for fifteen minutes.

While it is open, the session holds the private halves closed for a random pair, whose private half only a cookie holds:
neither the database nor the browser has them alone.
"""

import base64
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from pyrage import IdentityError

from prongsai.errors import ProngsaiError
from prongsai.privacy.seal.boxes import NotForThisKey, seal_value, unseal_value
from prongsai.privacy.seal.keys import new_pair, new_salt, pair_of
from prongsai.privacy.seal.signing import new_seed, verify_key_of
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.keys import Bundle, bundle_from
from prongsai.web.complaints.models import Holder, HolderState, Recovery, RecoveryState
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import escrow, passphrases

__all__ = ["Bundle", "RootChanged", "bundle_of", "change_passphrase", "drop", "keep", "make_key", "open_key", "unlock"]

OPEN_SECONDS = 15 * 60
COOKIE = "prongsai_case"
WRONG_MAX = 5
WITHIN = timedelta(minutes=5)
_RENEWED_AFTER = 20  # seconds; a page with many parts need not write the session for each
_SESSION = "complaints_key"
_REFUSED = "complaint.unlock.failed"


class RootChanged(ProngsaiError):
    """The channel has another root than the one that this key saw first."""

    def __init__(self) -> None:
        super().__init__(
            "the root of the channel is not the one that this key has seen",
            message_th="ต้นทางของการรับรองกุญแจถูกเปลี่ยนไปจากที่กุญแจของท่านเคยเห็น จึงยังไม่เปิดกุญแจให้",
            mend_th="อย่าใช้งานต่อ แจ้งผู้รับเรื่องและผู้กำกับดูแลทุกคนทันที อาจมีผู้แก้ฐานข้อมูลโดยตรง",
        )


# --- making and changing --------------------------------------------------------------------------------------------
def make_key(scope: Scope, *, holder: Holder, passphrase: str, cost: str = "") -> Holder:
    """Make the pair and the signing key of somebody who was named; nobody else ever has their private halves.

    cost: of a guess, ``KiB:passes``, "" for the usual one. A demonstration, whose passphrases are printed, gives
    its own, and they are not looked at. Raises ValidationError for words that are easily guessed and for who has a key.
    """
    if not cost:
        passphrases.check(holder.user, passphrase)
    pair, seed = new_pair(), new_seed()
    channel = rolls.channel_of(scope.agency)
    root = channel.root.verify_key if channel and channel.root else ""
    closed = _closed(Bundle((pair.identity,), seed, root), passphrase, cost)
    keys: dict[str, Any] = {"recipient": pair.recipient, "verify_key": verify_key_of(seed)}
    with transaction.atomic():
        journal.take_turn(scope.agency)
        holder.refresh_from_db()
        if holder.state != HolderState.NAMED:
            raise ValidationError(_("กุญแจนี้ตั้งรหัสลับไว้แล้ว"))
        return journal.change(scope, holder, "complaint.holder.keyed", state=HolderState.KEYED, **keys, **closed)


def change_passphrase(scope: Scope, *, holder: Holder, passphrase: str, new: str) -> Holder:
    """Close the same private halves under other words. Raises ValidationError; sessions that were open are closed."""
    bundle = open_key(scope, holder=holder, passphrase=passphrase)
    passphrases.check(holder.user, new)
    if passphrases.settled(new) == passphrases.settled(passphrase):
        raise ValidationError({"new": _("รหัสลับใหม่เหมือนกับรหัสเดิม")})
    closed = _closed(bundle, new)
    with transaction.atomic():
        _take_turn(holder)
        return journal.change(scope, holder, "complaint.holder.passphrase", **closed)


def _closed(bundle: Bundle, passphrase: str, cost: str = "") -> dict[str, Any]:
    salt, cost = new_salt(), cost or passphrases.cost_now()
    opener = passphrases.pair_for(passphrase, salt, cost)
    return {"salt": salt, "cost": cost, "sealed_bundle": seal_value(bundle.plain, opener.recipient)}


# --- opening --------------------------------------------------------------------------------------------------------
def unlock(scope: Scope, *, holder: Holder, passphrase: str) -> Bundle:
    """Open the key of an active holder, take what was handed to it, and renew the keepers' copies when they are due.

    Raises ValidationError for a wrong passphrase, never saying what was wrong, and after five of them within five
    minutes; RootChanged.
    """
    bundle = open_key(scope, holder=holder, passphrase=passphrase)
    with transaction.atomic():
        _take_turn(holder)
        journal.note(scope, "complaint.unlock", holder)
        tended = _tended(holder, bundle)
        if tended != bundle:
            opener = passphrases.pair_for(passphrase, holder.salt, holder.cost)
            holder.sealed_bundle = seal_value(tended.plain, opener.recipient)
            Holder.objects.filter(pk=holder.pk).update(sealed_bundle=holder.sealed_bundle)
        if tended.identities != bundle.identities or escrow.is_due(holder):
            escrow.make(holder, tended)
    return tended


def open_key(scope: Scope, *, holder: Holder, passphrase: str) -> Bundle:
    """Open a key and do nothing else. Raises ValidationError as ``unlock`` does."""
    _hold(scope, holder)
    bundle = _opened(holder, passphrase)
    _count(scope, holder, is_right=bundle is not None)
    if bundle is None:
        raise ValidationError(_("เปิดกุญแจไม่สำเร็จ ตรวจรหัสลับแล้วลองใหม่"))
    return bundle


def _opened(holder: Holder, passphrase: str) -> Bundle | None:
    if not (passphrase and holder.sealed_bundle and len(passphrase) <= passphrases.LETTERS_MAX):
        return None
    opener = passphrases.pair_for(passphrase, holder.salt, holder.cost)
    try:
        bundle = bundle_from(unseal_value(holder.sealed_bundle, [opener.identity]))
    except NotForThisKey:
        return None
    is_own = pair_of(bundle.identities[0]).recipient == holder.recipient
    return bundle if is_own and verify_key_of(bundle.seed) == holder.verify_key else None


def _take_turn(holder: Holder) -> None:
    """Take the turn. Raises ValidationError when what was opened has been written anew in the meantime."""
    journal.take_turn(holder.agency)
    now = Holder.objects.get(pk=holder.pk)
    if bytes(now.sealed_bundle) != bytes(holder.sealed_bundle):
        raise ValidationError(_("กุญแจนี้เพิ่งเปลี่ยนไปในอีกหน้าต่างหนึ่ง ลองใหม่อีกครั้ง"))


def _tended(holder: Holder, bundle: Bundle) -> Bundle:
    """Compare the root with the one that was seen first, and take in what a recovery handed over."""
    channel = rolls.channel_of(holder.agency)
    root = channel.root.verify_key if channel and channel.root else ""
    if not root or (bundle.root and bundle.root != root):
        raise RootChanged
    tended = replace(bundle, root=root)
    for one in Recovery.objects.filter(to=holder, state=RecoveryState.DONE).order_by("pk"):
        if one.handed:
            tended = _taken(tended, bundle_from(unseal_value(one.handed, bundle.identities)))
            Recovery.objects.filter(pk=one.pk).update(handed=b"")
    return tended


def _taken(bundle: Bundle, lost: Bundle) -> Bundle:
    if lost.root and lost.root != bundle.root:
        raise RootChanged
    return replace(bundle, identities=tuple(dict.fromkeys((*bundle.identities, *lost.identities))))


def _hold(scope: Scope, holder: Holder) -> None:
    if _wrong(scope, holder) >= WRONG_MAX:
        raise ValidationError(_("ใส่รหัสลับผิดหลายครั้ง รอ ๕ นาทีแล้วลองใหม่ ถ้าท่านไม่ได้ลองเอง ให้แจ้งผู้รับเรื่องคนอื่นทันที"))


@transaction.atomic
def _count(scope: Scope, holder: Holder, *, is_right: bool) -> None:
    """Keep a wrong try. Counted again in turn: of many tries at once only five are answered."""
    journal.take_turn(scope.agency)
    _hold(scope, holder)
    if not is_right:
        journal.note(scope, _REFUSED, holder)


def _wrong(scope: Scope, holder: Holder) -> int:
    since = timezone.now() - WITHIN
    told = AuditEntry.objects.filter(agency=scope.agency, action=_REFUSED, at__gte=since)
    return told.filter(subject_type=holder._meta.label_lower, subject_id=str(holder.pk)).count()


# --- kept open ------------------------------------------------------------------------------------------------------
def keep(request: HttpRequest, holder: Holder, bundle: Bundle) -> str:
    """Keep an opened key in the session. Give what the cookie is to hold: the only thing that opens it again."""
    pair = new_pair()
    request.session[_SESSION] = {
        "holder": holder.pk,
        "salt": bytes(holder.salt).hex(),
        "box": base64.b64encode(seal_value(bundle.plain, pair.recipient)).decode(),
        "used": int(time.time()),
    }
    return pair.identity


def bundle_of(request: HttpRequest, holder: Holder) -> Bundle | None:
    """Give the key that is open in this session; None when there is none, or it was not used for fifteen minutes.

    holder: as ``rolls.mine`` gives them. A key that has seen another root than there is now is closed: whoever put
    that one in must not have a case closed for them by who only goes on working.
    """
    kept = request.session.get(_SESSION)
    if not kept:
        return None
    idle = time.time() - kept["used"]
    if not 0 <= idle <= OPEN_SECONDS or kept["holder"] != holder.pk or kept["salt"] != bytes(holder.salt).hex():
        drop(request)
        return None
    try:
        bundle = bundle_from(unseal_value(base64.b64decode(kept["box"]), [request.COOKIES.get(COOKIE, "")]))
    except (NotForThisKey, IdentityError):
        return None
    if bundle.root != rolls.root_key_of(holder):
        drop(request)
        return None
    if idle > _RENEWED_AFTER:
        request.session[_SESSION] = {**kept, "used": int(time.time())}
    return bundle


def drop(request: HttpRequest) -> None:
    """Close the key of this session."""
    request.session.pop(_SESSION, None)
