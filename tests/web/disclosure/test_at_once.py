"""Two who publish at the same moment; as tests/web/test_at_once.py."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy as copy
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Page, ProofEntry, Release
from prongsai.web.disclosure.services import pages
from tests.conftest import PROVE
from tests.web.at_once import assert_chain_holds, at_once, on_disk, winner_and_told

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
ROUNDS = range(25 if PROVE else 3)


@pytest.fixture(autouse=True, scope="module")
def _on_disk(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A database in a file for the tests of this module."""
    with django_db_blocker.unblock(), on_disk(tmp_path_factory.mktemp("at-once-disclosure")):
        yield


def test_two_approvals_at_once_give_one_release(agency, page, ask, scope):
    for number in ROUNDS:
        asked = ask(page, body=f"ฉบับ {number}")
        outcomes = at_once(
            *(
                partial(pages.approve, scope(role), release=copy(asked), version=asked.version)
                for role in (Role.MAYOR, Role.SECRETARY)
            )
        )
        won, _told = winner_and_told(outcomes, Stale)
        assert won.number == number + 1
    assert (Release.objects.count(), ProofEntry.objects.filter(kind="release").count()) == (len(ROUNDS),) * 2
    assert_chain_holds(agency)


def test_two_who_begin_a_page_and_a_release_at_once_make_one(agency, item, scope):
    chosen = item()
    at_once(*(partial(pages.ensure_item_page, scope(role), item=copy(chosen)) for role in (Role.HEAD, Role.PUBLISHER)))
    page = Page.objects.get()
    for _number in ROUNDS:
        Release.objects.all().delete()
        outcomes = at_once(
            *(
                partial(pages.write_release, scope(role), page=copy(page), version=0, body=str(role))
                for role in (Role.HEAD, Role.PUBLISHER)
            )
        )
        winner_and_told(outcomes, Stale)
        assert Release.objects.count() == 1
    assert_chain_holds(agency)


def test_two_who_take_one_path_at_once_give_it_to_one(agency, scope):
    for number in ROUNDS:
        given = {"kind": "free", "title": "ภารกิจ", "path": f"mission-{number}"}
        outcomes = at_once(
            *(partial(pages.add_page, scope(role), **given) for role in (Role.PUBLISHER, Role.COORDINATOR))
        )
        winner_and_told(outcomes, ValidationError)
    assert Page.objects.count() == len(ROUNDS)
    assert_chain_holds(agency)


def test_withdrawing_while_approving_leaves_one_state_that_holds(agency, page, ask, publish, scope):
    for number in ROUNDS:
        publish(page, body=f"ฉบับ {number}")
        asked = ask(page, body=f"ฉบับใหม่ {number}")
        at_once(
            partial(pages.approve, scope(Role.MAYOR), release=copy(asked), version=asked.version),
            partial(pages.withdraw, scope(Role.PUBLISHER), page=copy(page), version=None, reason="ผิดปี"),
        )
        page.refresh_from_db()
        assert (page.state == "public") == (page.current is not None)
    assert_chain_holds(agency)
