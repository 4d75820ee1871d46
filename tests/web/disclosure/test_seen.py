"""Who approves approves what stood before them: words, tables, files."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import GateCheck, GateOutcome, Page, Release
from prongsai.web.disclosure.queries import drafts
from prongsai.web.disclosure.services import freezing, gate, pages
from prongsai.web.registers import services as registers
from tests.web.registers.conftest import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def assets(agency, system, scope) -> Page:
    """A page of a register with a row in it."""
    registers.add_entry(system, register="assets", values=sample(agency, "assets"))
    given = {"kind": "register", "path": "data/assets", "register": "assets"}
    return pages.add_page(scope(Role.PUBLISHER), title="ทะเบียนทรัพย์สิน", **given)


@pytest.fixture
def at(agency):
    """Give an address: ``at("page", page)``."""
    return lambda name, page: reverse(f"disclosure:{name}", args=[agency.code, page.pk])


def seen(release: Release) -> str:
    return freezing.hash_of_draft(release, drafts.files_of(release), freezing.tables_of(release.page))


def test_table_that_changed_since_it_was_seen_is_not_approved_unseen(agency, system, scope, assets, ask, sign_in, at):
    asked = ask(assets)
    mayor = sign_in(Role.MAYOR)
    before = mayor.get(at("page", assets)).context["seen"]
    registers.add_entry(system, register="assets", values=sample(agency, "assets") | {"price_thb": Decimal(1)})
    given = {"version": asked.version, "decision": "approve", "seen": before}
    again = mayor.post(at("decide", assets), given)
    asked.refresh_from_db()
    assert (again.status_code, asked.state, again.context["seen"] != before) == (409, "requested", True)
    assert f'name="seen" value="{again.context["seen"]}"' in again.content.decode()
    assert mayor.post(at("decide", assets), given | {"seen": again.context["seen"]}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, len(asked.tables[0]["rows"])) == ("approved", 2)


def test_page_that_was_not_seen_at_all_is_not_approved(page, ask, sign_in, at):
    asked = ask(page)
    answer = sign_in(Role.MAYOR).post(at("decide", page), {"version": asked.version, "decision": "approve"})
    asked.refresh_from_db()
    assert (answer.status_code, asked.state) == (409, "requested")


def test_returning_needs_no_look(page, ask, sign_in, at):
    asked = ask(page)
    given = {"version": asked.version, "decision": "return", "note": "เพิ่มเบอร์"}
    assert sign_in(Role.MAYOR).post(at("decide", page), given).status_code == 302


def test_clean_copy_taken_after_the_request_must_be_seen(free_page, scope, file, attach):
    """A decision at the gate changes the file, and not the version that the approver holds."""
    publisher = scope(Role.PUBLISHER)
    held = attach(pages.write_release(publisher, page=free_page, version=None, body="x"), file())
    asked = pages.request_release(publisher, release=held.release, version=None)
    before, other = seen(asked), file("อื่น.txt", "อื่น\n")
    check = GateCheck.objects.get(file=held)
    GateCheck.objects.filter(pk=check.pk).update(outcome=GateOutcome.WAITING, cleaned=other)
    gate.decide(publisher, check=check, version=None, outcome=GateOutcome.CLEANED)
    GateCheck.objects.create(release=asked, file=held, sha256=other.sha256, outcome=GateOutcome.NOTHING)
    with pytest.raises(Stale):
        pages.approve(scope(Role.SECRETARY), release=asked, version=asked.version, seen=before)
    assert pages.approve(scope(Role.SECRETARY), release=asked, version=None, seen=seen(asked)).number == 1


@pytest.mark.parametrize("change", [{"summary": "อื่น"}, {"body": [{"kind": "paragraph", "lines": ["อื่น"]}]}])
def test_words_that_came_to_differ_since_the_request_are_not_approved_unseen(page, ask, scope, change):
    asked = ask(page)
    before = seen(asked)
    Release.objects.filter(pk=asked.pk).update(**change)  # no service does: a requested release is not written in
    with pytest.raises(Stale):
        pages.approve(scope(Role.MAYOR), release=asked, version=asked.version, seen=before)
