"""No page of an office says anything of another: every page is read for its words, and is the same without it."""

from __future__ import annotations

import difflib
import shutil

import pytest

from prongsai.web.agencies.models import Membership, Person
from prongsai.web.agencies.roles import Role
from tests.conftest import PROVE
from tests.web.separation import asked, canaries, pair
from tests.web.separation.asked import SHUT, browse, fetch, steady
from tests.web.test_rights import undone

pytestmark = pytest.mark.django_db
MARKS_SEEN = 30 if not PROVE else 140


def test_every_page_is_the_same_with_and_without_the_other_office(alone, settings):
    """Counted, summed and listed alike: a page into which one row of the other went would differ."""
    with undone():  # its sessions too, so that the other office is put in as for every test
        walk = browse(alone.client(), alone, asked.routes())
        before = {route: steady(text) for route, _address, _status, text in walk}
    shutil.rmtree(settings.SITES_FOLDER, ignore_errors=True)  # a page that was built the first time says so
    beside = asked.by_everybody(pair.beside(alone))
    differing = {route: _differs(text, steady(beside[route].text)) for route, text in before.items()}
    assert {route: told for route, told in differing.items() if told} == {}


def _differs(before: str, after: str) -> list[str]:
    if before == after:
        return []
    return list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[:12]


def test_most_pages_are_entered(both):
    """What is shut to who holds every role would prove nothing."""
    found = asked.by_everybody(both)
    entered = [route for route, one in found.items() if one.status not in SHUT]
    assert len(entered) > len(found) * 0.6


def test_pages_tell_and_load_nothing_of_the_other_office(both):
    found = asked.by_everybody(both)
    assert {route: one.told for route, one in found.items() if one.told} == {}
    assert {route: one.touched for route, one in found.items() if one.touched} == {}


def test_the_other_office_sees_its_marks_on_its_own_pages(both):
    """And what its pages leave in caches is in no page of the first, which is asked right after."""
    theirs, ours = both.other.client(), both.own.client()
    seen: set[str] = set()
    for route, _address, _status, text in browse(theirs, both.other, asked.some(8)):
        seen |= canaries.told_by(text)
        assert (route, canaries.told_by(fetch(ours, asked.address_of(route, both.own))[1])) == (route, set())
    assert len(seen) > MARKS_SEEN


def test_no_role_reads_of_the_other_office(both):
    """Every role asks for every sixtieth page, another of them than the next role; in full for all."""
    for place, role in enumerate(Role):
        which = asked.routes() if PROVE else asked.routes()[place :: 4 * len(Role)]
        for route, _address, _status, text in browse(both.own.client(role), both.own, which):
            assert (role, route, canaries.told_by(text)) == (role, route, set())


def test_who_works_in_both_offices_reads_of_one_at_a_time(both):
    """In one browser, page by page; only the name of the other stands in the list of one's offices."""
    user = both.own.everybody
    theirs = Person.objects.get(agency=both.other.agency, given_name__startswith="ทุกหน้าที่")
    Membership.objects.filter(agency=both.other.agency, person=theirs).update(is_open=False)
    Membership.objects.create(agency=both.other.agency, user=user, person=theirs)
    client = pair.browser(user)
    for route in asked.some(16):
        fetch(client, asked.address_of(route, both.other))
        told = canaries.told_by(fetch(client, asked.address_of(route, both.own))[1])
        assert (route, told - {"agencies.Agency.name"}) == (route, set())
