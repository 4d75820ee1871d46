"""Copies of keys for the keepers: what one of them can open with the whole database, and what two can."""

from __future__ import annotations

import base64
import re

from django.contrib.sessions.models import Session
from django.db import models

from prongsai.privacy.seal.boxes import NotForThisKey, unseal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Escrow, Holder, HolderDuty, Recovery
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import holders, recoveries
from prongsai.web.complaints.services.vouching import vouch
from tests.web.complaints import office_keys
from tests.web.complaints.office_keys import OUTSIDER, PASSPHRASE, holder_of, key_of, scope_for

_SECRET = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]+")
_TABLES = (Channel, Holder, Escrow, Recovery, Session)


def everything_kept() -> set[bytes]:
    """Give every sealed thing of the tables that hold keys, as bytes."""
    found: set[bytes] = set()
    for table in _TABLES:
        for record in table.objects.all():
            for field in table._meta.concrete_fields:
                value = field.value_from_object(record)
                found |= _boxes(field, value)
    return found


def _boxes(field: models.Field, value: object) -> set[bytes]:
    if isinstance(field, models.BinaryField):
        return {bytes(value)}
    if isinstance(field, models.JSONField):
        return {base64.b64decode(one) for one in value.values()}
    return set()


def reached(identities: set[str]) -> set[str]:
    """Open whatever some keys open, and whatever the keys that are found in it open, until nothing more opens."""
    boxes, known = everything_kept(), set(identities)
    while True:
        opened = {plain for box in boxes if (plain := _opened(box, known)) is not None}
        found = {name for plain in opened for name in _SECRET.findall(plain.decode(errors="replace"))}
        if opened <= boxes and found <= known:
            return known
        boxes |= opened
        known |= found


def _opened(box: bytes, identities: set[str]) -> bytes | None:
    try:
        return unseal(box, sorted(identities))
    except NotForThisKey:
        return None


def identity_of(agency: Agency, who: str) -> str:
    return key_of(agency, who).bundle.identities[0]


def test_every_reader_has_a_copy_for_every_pair_of_keepers(agency: Agency, channel: Channel):
    keepers = {one.pk for one in rolls.active(agency, HolderDuty.KEEPER)}
    pairs = {(a, b) for a in keepers for b in keepers if a != b}
    for holder in rolls.active(agency):
        found = set(holder.escrows.values_list("outer_id", "inner_id"))
        assert found == (set() if holder.duty == HolderDuty.KEEPER else pairs)


def test_one_keeper_with_the_whole_database_reaches_no_key_but_their_own(agency: Agency, channel: Channel):
    for keeper in office_keys.KEEPERS:
        own = identity_of(agency, keeper)
        assert reached({own}) == {own}


def test_two_keepers_reach_the_keys_of_the_readers(agency: Agency, channel: Channel):
    two = {identity_of(agency, Role.CLERK), identity_of(agency, OUTSIDER)}
    readers = {identity_of(agency, who) for who in office_keys.DUTIES if who not in office_keys.KEEPERS}
    assert reached(two) == two | readers


def test_first_consent_leaves_nothing_that_the_first_keeper_can_open(agency: Agency, channel: Channel):
    lost, first = identity_of(agency, Role.LEGAL), key_of(agency, Role.CLERK)
    recovery = recoveries.ask_own(
        scope_for(agency, Role.LEGAL),
        lost=holder_of(agency, Role.LEGAL),
        passphrase="ใหม่ทั้งหมด สี่คำ ยาวพอ ใช้ได้",
        reason="ลืม",
    )
    given = {"recovery": recovery, "seen": recovery.to.recipient, "version": recovery.version}
    recoveries.consent(scope_for(agency, Role.CLERK), key=first, **given)
    assert lost not in reached({first.bundle.identities[0]})


def test_a_keepers_two_copies_are_closed_for_different_people(agency: Agency, channel: Channel):
    """Both orders exist, so that any of the three may be the first to consent."""
    holder = holder_of(agency, Role.LEGAL)
    assert holder.escrows.count() == 6
    assert holder.escrows.filter(outer=models.F("inner")).count() == 0


def test_copies_are_made_anew_once_the_keepers_change(agency: Agency, channel: Channel):
    legal, scope = key_of(agency, Role.LEGAL), scope_for(agency, Role.LEGAL)
    new = holders.name_holder(scope, user=scope_for(agency, Role.ANALYST).user, duty="keeper", key=legal)
    office_keys.keyed(agency, Role.ANALYST)
    new.refresh_from_db()
    vouch(scope, key=legal, holder=new, version=new.version, seen=new.recipient)
    old = holder_of(agency, Role.CLERK)
    old_identity = identity_of(agency, Role.CLERK)
    holders.leave(scope, holder=old, version=old.version, key=legal)
    holder = holder_of(agency, Role.LEGAL)
    assert holder.escrows.count() == 2  # what is left of the three keepers of before
    assert [row.lacks_copies for row in rolls.rows(agency)][:3] == [True, True, True]
    key_of(agency, Role.LEGAL)
    assert holder.escrows.count() == 6
    assert set(holder.escrows.values_list("outer_id", flat=True)) == {
        *(one.pk for one in rolls.active(agency, HolderDuty.KEEPER))
    }
    mine = {old_identity, identity_of(agency, Role.PUBLISHER)}
    assert legal.bundle.identities[0] not in reached(mine)


def test_passphrase_opens_what_is_kept_of_its_owner_only(agency: Agency, channel: Channel):
    assert PASSPHRASE not in str(everything_kept())
    handler = identity_of(agency, Role.AUDITOR)
    assert reached({handler}) == {handler}
