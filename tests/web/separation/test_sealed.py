"""The sealed channels of two offices: a key of one opens nothing of the other, in the same browser as well."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency, Membership
from prongsai.web.complaints.models import Holder
from tests.web.complaints import office_keys
from tests.web.objects_complaints import HANDLER, Opened, open_channel
from tests.web.separation.guard import guarded
from tests.web.separation.pair import browser
from tests.web.test_rights import ROUTES, TABLE, undone

pytestmark = pytest.mark.django_db
KEYED = sorted({route for group in TABLE["keys"].values() for route in group["routes"]})


@pytest.fixture
def channels(agency: Agency, other_agency: Agency) -> tuple[Opened, Opened]:
    return open_channel(agency), open_channel(other_agency)


def addresses(code: str, made: Opened) -> Iterator[str]:
    case = made.cases[HANDLER]
    known = {"number": case.number, "name": case.file, "move": "screen", "entry": made.entry, "pk": made.recovery}
    for route in KEYED:
        yield reverse(
            route, kwargs={"agency": code} | {name: known[name] for name in ROUTES[route] if name != "agency"}
        )


def unlock(client: Client, agency: Agency) -> int:
    at = reverse("complaints_unlock", args=[agency.code])
    return client.post(at, {"passphrase": office_keys.PASSPHRASE}).status_code


def test_pages_of_a_channel_load_no_row_of_another(agency, other_agency, channels):
    client = browser(office_keys.scope_for(agency, HANDLER).user)
    assert unlock(client, agency) == 302
    with guarded(other_agency) as guard:
        for made in channels:
            for address in addresses(agency.code, made):
                with undone():
                    answer = client.get(address)
                    if answer.streaming:
                        b"".join(answer.streaming_content)
                loaded = [one for one in guard.taken() if one.startswith("loaded")]
                assert (address, loaded) == (address, [])


def test_unlocked_key_opens_no_case_of_another_office(agency, other_agency, channels):
    """Of somebody who works in both, not even where the holder's row there was turned into theirs: the roll is signed."""
    user = office_keys.scope_for(agency, HANDLER).user
    theirs = Holder.objects.get(agency=other_agency, user=office_keys.scope_for(other_agency, HANDLER).user)
    person = Membership.objects.get(agency=other_agency, user=theirs.user).person
    Membership.objects.filter(agency=other_agency, user=theirs.user).update(is_open=False)
    Membership.objects.create(agency=other_agency, user=user, person=person)
    Holder.objects.filter(pk=theirs.pk).update(user=user)
    client = browser(user)
    unlock(client, agency)
    own = reverse("complaint", args=[agency.code, channels[0].cases[HANDLER].number])
    other = reverse("complaint", args=[other_agency.code, channels[1].cases[HANDLER].number])
    assert [client.get(one).status_code for one in (own, other)] == [200, 404]
