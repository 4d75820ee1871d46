"""Saying of a key whose it is, so that nobody can put one in by writing into the database."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from prongsai.privacy.seal.receipts import thai_words
from prongsai.privacy.seal.signing import signed
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, HolderState
from prongsai.web.complaints.queries.rolls import said

__all__ = ["fingerprint", "said", "turned", "vouch", "vouched"]

FINGERPRINT_WORDS = 5
_WORD_BITS = 11


def fingerprint(holder: Holder) -> tuple[str, ...]:
    """Give five words for a key, which its owner and who vouches compare by voice; empty before there is a key."""
    if not holder.recipient:
        return ()
    digest = hashlib.sha256(f"{holder.recipient} {holder.verify_key}".encode()).digest()
    bits, words = int.from_bytes(digest, "big"), thai_words()
    return tuple(words[bits >> _WORD_BITS * place & 2**_WORD_BITS - 1] for place in range(FINGERPRINT_WORDS))


def vouched(holder: Holder, *, by: Holder, seed: str) -> dict[str, Any]:
    """Give the values that make a holder an active one: the signature of who vouches."""
    return {"state": HolderState.ACTIVE, "vouched_by": by, "vouch": signed(seed, said(holder))}


@transaction.atomic
def vouch(scope: Scope, *, key: Key, holder: Holder, version: int | None, seen: str) -> Holder:
    """Vouch for a key that was made. seen: the public key of the page that was looked at.

    Raises ValidationError for a key that is none, or another than was seen, and for who is no handler; Stale.
    """
    journal.take_turn(scope.agency)
    holder.refresh_from_db()
    if key.holder.duty != HolderDuty.HANDLER:
        raise ValidationError(_("ผู้รับเรื่องเท่านั้นที่รับรองกุญแจได้"))
    if holder.state != HolderState.KEYED or not holder.recipient or holder.replaces_id is not None:
        raise ValidationError(_("กุญแจนี้ยังไม่พร้อมให้รับรอง หรือมีผู้รับรองไปแล้ว"))
    if holder.recipient != seen:
        raise ValidationError(_("กุญแจนี้เปลี่ยนไปจากที่ท่านเห็น เทียบคำกับเจ้าของกุญแจใหม่อีกครั้ง"))
    values = vouched(holder, by=key.holder, seed=key.bundle.seed)
    journal.change(scope, holder, "complaint.holder.vouched", version=version, **values)
    if holder.duty != HolderDuty.KEEPER:
        turned(scope.agency)
    return holder


def turned(agency: Agency) -> None:
    """Count a change of who reads: the next handler who opens a report closes it anew for whoever may read now."""
    Channel.objects.filter(agency=agency).update(roll_version=F("roll_version") + 1)
