"""Who holds keys of an office's channel: only those for whom somebody vouched, in a chain that ends at the root.

A row of the table is worth nothing by itself: whoever can write into the database could have put it there.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from prongsai.privacy.seal.signing import is_signed
from prongsai.web.agencies.models import Agency, AuditEntry, Membership, User
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, HolderState, Recovery

_ABOUT = "prongsai holder 1"
VOUCHED, LEFT = "complaint.holder.vouched", "complaint.holder.left"  # what the journal calls it
_AWAITED = (HolderState.NAMED, HolderState.KEYED)


def said(holder: Holder) -> bytes:
    """Give what a vouch signs: whose key this is, for which duty, in which office."""
    parts = [
        *(_ABOUT, holder.agency_id, holder.pk, holder.user_id, holder.duty, holder.is_outside),
        *(holder.recipient, holder.verify_key, holder.replaces_id),
    ]
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()


# --- the channel ----------------------------------------------------------------------------------------------------
def channel_of(agency: Agency) -> Channel | None:
    """Give the channel of an office, with its root; None before anybody was named."""
    return Channel.objects.filter(agency=agency).select_related("root").first()


def is_open(agency: Agency) -> bool:
    """Whether the channel takes reports."""
    return Channel.objects.filter(agency=agency, root__isnull=False).exists()


# --- holders --------------------------------------------------------------------------------------------------------
def active(agency: Agency, duty: HolderDuty | str | None = None) -> list[Holder]:
    """Give who holds a valid key, of one duty or of all, with their accounts."""
    return [one for one in _parted(agency)[0] if duty is None or one.duty == duty]


def forged(agency: Agency) -> list[Holder]:
    """Give the rows that say of themselves that they are active and for which nobody of the roll vouched."""
    return _parted(agency)[1]


def mine(agency: Agency, user: User | None) -> Holder | None:
    """Give the valid key of an account; None when it has none."""
    return next((one for one in active(agency) if user is not None and one.user_id == user.pk), None)


def awaited(agency: Agency, user: User | None) -> Holder | None:
    """Give the row of an account that has no key yet, or one for which nobody has vouched; what is newest."""
    found = Holder.objects.filter(agency=agency, user=user, state__in=_AWAITED)
    return found.select_related("user", "replaces").order_by("-pk").first() if user is not None else None


def root_key_of(holder: Holder) -> str:
    """Give the public key of the root of a holder's channel, as it stands now. holder: as ``mine`` gives them."""
    return str(getattr(holder, "root_key") or "")  # noqa: B009


def is_holder(agency: Agency, user: User | None) -> bool:
    """Whether an account has a part in the channel, with a key or about to make one."""
    return awaited(agency, user) is not None or mine(agency, user) is not None


def listed(agency: Agency) -> QuerySet[Holder]:
    """Give everybody who has not left, as the table tells it, with accounts and who vouched."""
    found = Holder.objects.filter(agency=agency).exclude(state=HolderState.LEFT)
    return found.select_related("user", "vouched_by__user", "replaces__user")


def mark_of(keepers: Iterable[Holder]) -> str:
    """Name the keepers for whom copies of a key were made, as ``Holder.escrow_of`` holds it."""
    return ",".join(str(pk) for pk in sorted(one.pk for one in keepers))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page of holders. is_forged: nobody of the roll vouched. has_account: it is open.

    lacks_copies: the keepers have none, or older ones, of this key. voucher_left: who vouched is no holder any more.
    """

    holder: Holder
    is_forged: bool
    has_account: bool
    lacks_copies: bool
    voucher_left: bool


def rows(agency: Agency) -> list[Row]:
    """Give the lines of the page of holders, in the order of duties. Four queries."""
    good, bad = _parted(agency)
    untrusted = {one.pk for one in bad}
    mark = mark_of(one for one in good if one.duty == HolderDuty.KEEPER)
    open_accounts = set(Membership.objects.filter(agency=agency, is_open=True).values_list("user_id", flat=True))
    places = {duty.value: place for place, duty in enumerate(HolderDuty)}
    people = sorted(listed(agency), key=lambda one: (places[one.duty], one.pk))
    return [_row(one, one.pk in untrusted, one.user_id in open_accounts, mark) for one in people]


def _row(holder: Holder, is_forged: bool, has_account: bool, mark: str) -> Row:
    is_valid = holder.state == HolderState.ACTIVE and not is_forged
    lacks = is_valid and holder.duty != HolderDuty.KEEPER and holder.escrow_of != mark
    voucher = holder.vouched_by
    left = voucher is not None and voucher.state == HolderState.LEFT and holder.replaces_id != voucher.pk
    return Row(holder, is_forged, has_account, lacks, is_valid and left)


def recoveries_of(agency: Agency) -> QuerySet[Recovery]:
    """Give the recoveries, the newest first, with everybody who has a part in them."""
    people = ("lost__user", "to__user", "first__user", "second__user", "asked_by")
    return Recovery.objects.filter(agency=agency).select_related(*people)


# --- chains of vouches ----------------------------------------------------------------------------------------------
def _parted(agency: Agency) -> tuple[list[Holder], list[Holder]]:
    """Part the active rows into those whose chain holds and the others. Two queries."""
    channel = Channel.objects.filter(agency=agency).only("root_id").first()
    root_id = channel.root_id if channel else None
    found = Holder.objects.filter(agency=agency).select_related("user").annotate(**_told())
    known = {one.pk: one for one in found}
    rows = [one for one in known.values() if one.state == HolderState.ACTIVE]
    good = [one for one in rows if root_id is not None and _left_at(one) is None and _chain_holds(one, known, root_id)]
    trusted = {one.pk for one in good}
    return good, [one for one in rows if one.pk not in trusted]


def _told() -> dict[str, Subquery]:
    """Give where the journal tells that somebody was vouched for and that they left, and the key of the root by now."""
    about = AuditEntry.objects.filter(
        agency=OuterRef("agency"),
        subject_type=Holder._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
    ).order_by("-number")
    lines = {
        name: Subquery(about.filter(action=action).values("number")[:1])
        for name, action in (("vouched_at", VOUCHED), ("left_at", LEFT))
    }
    return lines | {"root_key": Subquery(Channel.objects.filter(agency=OuterRef("agency")).values("root__verify_key"))}


def _left_at(holder: Holder) -> int | None:
    """Give the line of the journal by which somebody left. A row that was set to active again later has one still."""
    return getattr(holder, "left_at")  # noqa: B009


def _chain_holds(holder: Holder, known: Mapping[int, Holder], root_id: int) -> bool:
    """Walk from vouch to vouch. Who has left is still a link: what they said while they held a key stays said."""
    walked: set[int] = set()
    while holder.pk not in walked:
        walked.add(holder.pk)
        voucher = known.get(holder.vouched_by_id or 0)
        if voucher is None or not _may_vouch(voucher, holder):
            return False
        if not is_signed(voucher.verify_key, said(holder), holder.vouch):
            return False
        if holder.pk == root_id:
            return voucher.pk == root_id
        holder = voucher
    return False


def _may_vouch(voucher: Holder, holder: Holder) -> bool:
    """A handler for anybody, a lost key for the one that takes its place; neither once they have left."""
    is_same = holder.replaces_id == voucher.pk and holder.duty == voucher.duty
    return (voucher.duty == HolderDuty.HANDLER or is_same) and _was_in_time(voucher, holder)


def _was_in_time(voucher: Holder, holder: Holder) -> bool:
    """Whether the journal has the vouch before the line by which who gave it left: their key may live on elsewhere."""
    left, vouched = _left_at(voucher), getattr(holder, "vouched_at")  # noqa: B009
    return left is None or (vouched is not None and vouched < left)


def recoverable(agency: Agency) -> list[Holder]:
    """Give those whose keys two keepers can bring back: readers in force, and who was taken out by another hand."""
    readers = [one for one in active(agency) if one.duty != HolderDuty.KEEPER]
    taken = Holder.objects.filter(agency=agency, state=HolderState.LEFT, left_roll__isnull=False)
    return [*readers, *taken.select_related("user")]
