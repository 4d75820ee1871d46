"""Copies of a key for the keepers: closed for one of them and again for another, for every pair, either way round."""

from itertools import permutations

from prongsai.privacy.seal.boxes import seal, seal_value
from prongsai.web.complaints.keys import Bundle
from prongsai.web.complaints.models import Escrow, Holder, HolderDuty
from prongsai.web.complaints.queries import rolls


def keepers_now(holder: Holder) -> list[Holder]:
    """Give the keepers for whom a holder's copies are to be closed, in the order of their rows."""
    return sorted(rolls.active(holder.agency, HolderDuty.KEEPER), key=lambda one: one.pk)


def is_due(holder: Holder) -> bool:
    """Whether the copies are none or for other keepers than there are now. A keeper's own key needs none."""
    keepers = keepers_now(holder)
    return holder.duty != HolderDuty.KEEPER and len(keepers) > 1 and holder.escrow_of != rolls.mark_of(keepers)


def make(holder: Holder, bundle: Bundle) -> None:
    """Make the copies of a key anew; those before are gone."""
    keepers = keepers_now(holder)
    Escrow.objects.filter(holder=holder).delete()
    Escrow.objects.bulk_create(_copy(holder, bundle, *pair) for pair in permutations(keepers, 2))
    holder.escrow_of = rolls.mark_of(keepers)
    Holder.objects.filter(pk=holder.pk).update(escrow_of=holder.escrow_of)


def _copy(holder: Holder, bundle: Bundle, outer: Holder, inner: Holder) -> Escrow:
    within = seal_value(bundle.plain, inner.recipient)
    return Escrow(holder=holder, outer=outer, inner=inner, sealed=seal(within, outer.recipient))
