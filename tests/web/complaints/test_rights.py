"""Pages of the open channel, asked as every role and with the key of every duty, against docs/reference/rights.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import HolderDuty
from tests.conftest import PROVE
from tests.web.complaints import office_keys
from tests.web.objects_complaints import FALLBACK, HANDLER, KEEPER, SUPERVISOR, Opened, open_channel
from tests.web.test_rights import ROUTES, TABLE, _bare_refusals, entered, undone

pytestmark = pytest.mark.django_db
KEYS: dict[str, dict[str, Any]] = TABLE["keys"]
HELD = [(group, route) for group in KEYS.values() for route in group["routes"]]
# Whose case is not one's own.
OTHERS = {HANDLER: SUPERVISOR, SUPERVISOR: HANDLER, FALLBACK: HANDLER, KEEPER: HANDLER}
__all__ = ["_bare_refusals"]  # every test here has it too
PK = {
    "complaint_vouch": "late", "complaint_holder_leave": "late",
    "recovery": "recovery", "recovery_consent": "recovery", "recovery_drop": "recovery",
}  # fmt: skip


@pytest.fixture
def opened(agency: Agency) -> Opened:
    return open_channel(agency)


def address(route: str, code: str, made: Opened, whose: str) -> str:
    """Give the address of a page of an open channel; of a case: of the one that went to somebody."""
    case = made.cases.get(whose, made.cases[HANDLER])
    known = {"number": case.number, "name": case.file, "move": "screen", "entry": made.entry}
    if route in PK:
        known["pk"] = getattr(made, PK[route])
    return reverse(route, kwargs={"agency": code} | {name: known[name] for name in ROUTES[route] if name != "agency"})


def ask(client: Client, group: dict[str, Any], at: str) -> int:
    with undone():
        answer = client.get(at) if group["method"] == "GET" else client.post(at)
        if answer.streaming:
            b"".join(answer.streaming_content)
        return answer.status_code


def signed_in(agency: Agency, who: str) -> Client:
    client = Client()
    user = office_keys.scope_for(agency, who).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def unlocked(agency: Agency, who: str) -> Client:
    client = signed_in(agency, who)
    client.post(reverse("complaints_unlock", args=[agency.code]), {"passphrase": office_keys.PASSPHRASE})
    return client


@pytest.mark.parametrize("name", KEYS)
def test_group_has_a_cell_for_each_duty(name):
    assert set(KEYS[name]["duties"]) == set(HolderDuty)
    assert set(KEYS[name]["duties"].values()) <= {"yes", "own", "no"}


def test_no_role_opens_a_page_of_an_open_channel(agency, opened, sign_in):
    """Every door is tried by every third role, those who administer and lead the office try all; in full, every role."""
    always = {Role.ADMIN, Role.MAYOR, Role.SECRETARY, Role.LEGAL}
    for place, role in enumerate(Role):
        client = sign_in(role)
        tried = HELD if PROVE or role in always else HELD[place % 3 :: 3]
        for group, route in tried:
            assert (role, route, ask(client, group, address(route, agency.code, opened, HANDLER))) == (role, route, 404)


@pytest.mark.parametrize("duty", [HANDLER, SUPERVISOR, FALLBACK, KEEPER])
def test_keys_open_what_the_table_says(agency, opened, duty):
    client = unlocked(agency, duty)
    for group, route in HELD:
        cell = group["duties"][duty]
        status = ask(client, group, address(route, agency.code, opened, duty))
        assert (route, status, entered(status)) == (route, status, cell != "no")
        if cell == "own":
            others = address(route, agency.code, opened, OTHERS[duty])
            assert (route, ask(client, group, others)) == (route, 404)


def test_key_opens_nothing_of_another_office_and_strangers_are_led_to_the_door(agency, other_agency, opened):
    theirs = open_channel(other_agency)
    client = unlocked(agency, HANDLER)
    for group, route in HELD:
        at = address(route, other_agency.code, theirs, HANDLER)
        assert (route, ask(client, group, at)) == (route, 404)
        if set(ROUTES[route]) > {"agency"}:
            at = address(route, agency.code, theirs, HANDLER)
            assert (route, ask(client, group, at)) == (route, 404)
        answer = Client().get(address(route, agency.code, opened, HANDLER))
        at_the_door = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
        assert (route, answer.status_code, at_the_door) == (route, 302, True)


def test_locked_key_leads_to_the_page_that_unlocks(agency, opened):
    client = signed_in(agency, HANDLER)
    unlocking = reverse("complaints_unlock", args=[agency.code])
    for name in ("read_case", "bring_in", "list"):
        for route in KEYS[name]["routes"]:
            answer = client.get(address(route, agency.code, opened, HANDLER))
            assert (route, answer.status_code, answer["Location"].split("?")[0]) == (route, 302, unlocking)
