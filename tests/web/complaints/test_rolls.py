"""Who holds keys: only those for whom somebody vouched, in a chain that ends at the root."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.signing import new_seed, signed, verify_key_of
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, HolderState
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import holders, unlocking
from prongsai.web.complaints.services.vouching import fingerprint, said, vouch
from tests.web.complaints import office_keys
from tests.web.complaints.office_keys import holder_of, key_of, scope_for


def _written_in(agency: Agency, **values: object) -> Holder:
    """A handler whom somebody wrote straight into the database, with keys of their own."""
    seed = new_seed()
    root = rolls.channel_of(agency).root
    values = {
        "user": scope_for(agency, Role.ADMIN).user,
        "duty": HolderDuty.HANDLER,
        "state": HolderState.ACTIVE,
        "recipient": new_pair().recipient,
        "verify_key": verify_key_of(seed),
        "vouched_by": root,
        "named_on": "2026-10-01",
        **values,
    }
    holder = Holder.objects.create(agency=agency, **values)
    holder.vouch = holder.vouch or signed(seed, said(holder))
    holder.save()
    return holder


def test_open_channel_has_everybody_of_the_roll(agency: Agency, channel: Channel):
    assert rolls.is_open(agency) is True
    assert sorted(one.duty for one in rolls.active(agency)) == sorted(str(one) for one in office_keys.DUTIES.values())
    assert len(rolls.active(agency, HolderDuty.HANDLER)) == 3
    assert rolls.forged(agency) == []


def test_row_written_into_the_database_gets_nothing_and_is_told(
    agency: Agency, channel: Channel, signed_in: Callable[[str], Client]
):
    forged = _written_in(agency)
    assert rolls.forged(agency) == [forged]
    assert forged not in rolls.active(agency)
    for name in ("complaints_unlock", "complaint_holders"):
        page = signed_in(Role.LEGAL).get(reverse(name, args=[agency.code])).content.decode()
        assert page.count("พบกุญแจที่ไม่มีผู้ใดรับรอง") == 1
    assert signed_in(Role.ADMIN).get(reverse("complaints_unlock", args=[agency.code])).status_code == 404


def test_forger_who_vouches_for_themselves_gets_nothing(agency: Agency, channel: Channel):
    forged = _written_in(agency)
    forged.vouched_by = forged
    forged.save()
    assert rolls.forged(agency) == [forged]


def test_two_forgers_who_vouch_for_each_other_get_nothing(agency: Agency, channel: Channel):
    first, second = _written_in(agency), _written_in(agency, user=scope_for(agency, Role.COUNCIL).user)
    Holder.objects.filter(pk=first.pk).update(vouched_by=second)
    Holder.objects.filter(pk=second.pk).update(vouched_by=first)
    assert {one.pk for one in rolls.forged(agency)} == {first.pk, second.pk}


@pytest.mark.parametrize("field", ["recipient", "verify_key", "duty", "user", "is_outside"])
def test_row_of_the_roll_that_was_changed_is_no_longer_of_it(agency: Agency, channel: Channel, field: str):
    holder = holder_of(agency, Role.CLERK)
    value = {
        "recipient": new_pair().recipient,
        "verify_key": verify_key_of(new_seed()),
        "duty": HolderDuty.HANDLER,
        "user": scope_for(agency, Role.ADMIN).user,
        "is_outside": True,
    }[field]
    Holder.objects.filter(pk=holder.pk).update(**{field: value})
    assert [one.pk for one in rolls.forged(agency)] == [holder.pk]


def test_keeper_cannot_vouch(agency: Agency, channel: Channel):
    keeper, scope = key_of(agency, Role.CLERK), scope_for(agency, Role.LEGAL)
    new = holders.name_holder(
        scope, user=scope_for(agency, Role.ANALYST).user, duty="handler", key=key_of(agency, Role.LEGAL)
    )
    office_keys.keyed(agency, Role.ANALYST)
    new.refresh_from_db()
    with pytest.raises(ValidationError):
        vouch(scope_for(agency, Role.CLERK), key=keeper, holder=new, version=new.version, seen=new.recipient)
    values = {"state": "active", "vouched_by": keeper.holder, "vouch": signed(keeper.bundle.seed, said(new))}
    Holder.objects.filter(pk=new.pk).update(**values)
    assert [one.pk for one in rolls.forged(agency)] == [new.pk]


def test_other_root_opens_no_key_any_more(agency: Agency, channel: Channel):
    """Whoever writes into the database could make a roll of their own: those who have seen the first one notice."""
    forged = _written_in(agency)
    Channel.objects.filter(pk=channel.pk).update(root=forged)
    holder = Holder.objects.get(agency=agency, user=scope_for(agency, Role.LEGAL).user)
    with pytest.raises(unlocking.RootChanged):
        unlocking.unlock(scope_for(agency, Role.LEGAL), holder=holder, passphrase=office_keys.PASSPHRASE)


def test_vouch_holds_after_who_gave_it_has_left(agency: Agency, channel: Channel):
    root = holder_of(agency, Role.LEGAL)
    holders.leave(scope_for(agency, Role.AUDITOR), holder=root, version=root.version, key=key_of(agency, Role.AUDITOR))
    assert len(rolls.active(agency)) == len(office_keys.DUTIES) - 1
    assert key_of(agency, Role.SUPPLY).bundle.root == root.verify_key
    assert rolls.rows(agency)[0].voucher_left is True


def test_fingerprint_is_five_words_and_changes_with_either_key(agency: Agency, channel: Channel):
    holder = holder_of(agency, Role.LEGAL)
    words = fingerprint(holder)
    assert len(words) == 5
    holder.recipient = new_pair().recipient
    assert fingerprint(holder) != words
    assert fingerprint(Holder()) == ()


def test_page_of_holders_asks_as_often_for_few_as_for_many(
    agency: Agency, channel: Channel, signed_in: Callable[[str], Client], django_assert_num_queries
):
    client, page = signed_in(Role.LEGAL), reverse("complaint_holders", args=[agency.code])
    client.get(page)
    with django_assert_num_queries(18) as before:
        client.get(page)
    for role in (Role.ANALYST, Role.OFFICER, Role.PERSONNEL):
        _written_in(agency, user=scope_for(agency, role).user)
    with django_assert_num_queries(len(before)):
        client.get(page)
