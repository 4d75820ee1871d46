"""What leaves an office: its public site, its mail, what commands write; and who comes in without being of it."""

from __future__ import annotations

import pkgutil
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse

from prongsai.web import urls
from prongsai.web.directory.models import Operator
from prongsai.web.disclosure.services import building
from prongsai.web.letters.models import Letter
from prongsai.web.notify.models import Mail
from tests.web import objects
from tests.web.separation import asked, canaries, pair
from tests.web.separation.guard import guarded
from tests.web.separation.pair import Furnished, Pair, rows_of, tables
from tests.web.test_rights import ROUTES, TABLE, undone

pytestmark = pytest.mark.django_db
# Given no agency: what runs at night for all of them. Those of one agency, and those that look out into the network with
# threads of their own, are named with the reason.
COMMANDS = (
    "check_files", "mind_surveys", "refresh_standings", "remind_circulars", "remind_handlers", "send_mail",
    "shred_reports",
)  # fmt: skip
ELSEWHERE = {"walk_site": "of one agency, given by its code", "check_addresses": "asks the network, in threads"}
NAME = "agencies.Agency.name"


def told_in(house: Furnished) -> dict[str, set[str]]:
    """Give the tables of an office in whose rows marks of the other stand."""
    found: dict[str, set[str]] = {}
    for model in tables():
        words = [one.name for one in model._meta.concrete_fields if not isinstance(one, models.BinaryField)]
        told = canaries.told_by(str(list(rows_of(house.agency, model).values_list(*words))))
        if told:
            found[model._meta.label] = told
    return found


# --- what an office writes --------------------------------------------------------------------------------------------
def test_public_site_holds_nothing_of_the_other_office(both, settings):
    for house in (both.other, both.own):
        building.build(house.agency)
    assert canaries.told_by(_site(settings.SITES_FOLDER, both.own)) == set()
    assert len(canaries.told_by(_site(settings.SITES_FOLDER, both.other))) > 3


def _site(folder: Path, house: Furnished) -> str:
    files = sorted((folder / house.agency.code).rglob("*"))
    return "\n".join(canaries.unpacked(file.read_bytes()) for file in files if file.is_file())


def test_every_command_is_run_for_two_offices_or_says_why_not():
    apps = Path(urls.__file__).parent.glob("*/management/commands")
    found = {name for folder in apps for _finder, name, _is_pkg in pkgutil.iter_modules([str(folder)])}
    assert found - {name for name in found if name.startswith("_")} == {*COMMANDS, *ELSEWHERE}


def test_commands_write_into_an_office_what_is_its_own(both, capsys):
    """And mail goes to the people of the office that it tells of."""
    with guarded(both.other.agency) as guard:
        for command in COMMANDS:
            call_command(command)
    assert told_in(both.own) == {}
    assert _crossing(guard.touched, both) == []
    for message in mail.outbox:
        told = canaries.told_by(f"{message.subject}\n{message.body}")
        theirs = [to for to in message.to if to in _addresses(both.other)]
        assert (message.to, bool(told) <= bool(theirs), len(theirs) in (0, len(message.to))) == (message.to, True, True)
    assert {to in _addresses(both.other) for message in mail.outbox for to in message.to} == {True, False}


def _addresses(house: Furnished) -> set[str]:
    mails = Mail.objects.filter(agency=house.agency).values_list("to", flat=True)
    return {*mails, *(user.email for user in _users(house) if user.email)}


def _users(house: Furnished):
    return [member.user for member in house.agency.memberships.select_related("user")]


def _crossing(touched: list[str], both: Pair) -> list[str]:
    """Give the writes that name both offices in one row; a command loads and writes the rows of each in turn."""
    own = {str(key) for keys in pair.keys_of(both.own.agency).values() for key in keys}
    return [one for one in touched if one.startswith("wrote") and own & set(one.replace(":", " ").split())]


# --- who is of no office, or of the other -----------------------------------------------------------------------------
def test_public_addresses_of_an_office_tell_of_no_other(both):
    """To a stranger, with its own objects and with those of the other."""
    with_office = [route for route in TABLE["public"] if "agency" in ROUTES[route]]
    assert len(with_office) > 10
    every = [_public(route, both.own, house) for route in with_office for house in (both.own, both.other)]
    with guarded(both.other.agency) as guard:
        for address in every:
            with undone():
                text = canaries.text_of(Client().get(address))
            assert (address, canaries.told_by(text), guard.taken()) == (address, set(), [])


def _public(route: str, house: Furnished, whose: Furnished) -> str:
    made = whose.made
    known = {"number": "x1", "name": "x", "token": "x", "link": made["survey"].address, "entry": made["entry"].pk}
    words = objects.WORDS | known | {"address": made["survey"].address, "pk": made["entry"].pk, "code": "x"}
    given = {name: words[name] for name in ROUTES[route] if name != "agency"}
    return reverse(route, kwargs=given | {"agency": house.agency.code})


def test_verification_of_a_letter_tells_of_its_office_alone(both):
    for house, code in ((both.own, "AAAAA-AAAAA-AAAAA"), (both.other, "BBBBB-BBBBB-BBBBB")):
        Letter.objects.filter(pk=house.made["signed_letter"].pk).update(code=code)
    own = canaries.text_of(Client().get("/verify/AAAAA-AAAAA-AAAAA/"))
    assert (both.own.agency.name in own, canaries.told_by(own)) == (True, set())


@pytest.mark.parametrize("who", ["stranger", "operator"])
def test_who_is_of_no_office_enters_none(both, who):
    client = pair.browser(_operator()) if who == "operator" else Client()
    with guarded(both.own.agency) as own, guarded(both.other.agency) as other:
        for route in asked.some(18):
            for house in (both.own, both.other):
                answer = client.get(asked.address_of(route, house))
                shut = answer.status_code == 404 if who == "operator" else answer.status_code == 302
                assert (who, route, shut, canaries.told_by(canaries.text_of(answer))) == (who, route, True, set())
    assert [one for one in own.touched + other.touched if "agencies.Agency " not in one] == []


def _operator():
    user = pair.User.objects.create(username="who-runs-it", is_active=True)
    Operator.objects.create(user=user)
    return user


def test_pages_of_the_installation_name_offices_and_tell_nothing_from_inside(both):
    client, n_entered = pair.browser(_operator()), 0
    for route in ROUTES:
        if not route.startswith(("directory:", "mentor_keeping:")) or not set(ROUTES[route]) <= {"code"}:
            continue
        given = {"code": both.other.agency.code} if ROUTES[route] else {}
        answer = client.get(reverse(route, kwargs=given))
        told = canaries.told_by(canaries.text_of(answer))
        assert (route, {one for one in told if not one.startswith("agencies.Agency.")}) == (route, set())
        n_entered += answer.status_code == 200
    assert n_entered > 5
