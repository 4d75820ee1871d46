"""The sealed channel of the made-up municipality: opened by those who hold its keys, with cases in every state."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from prongsai.privacy.seal.receipts import Receipt, new_receipt
from prongsai.reports.forms.complaint_guideline import PARTS
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies import accounts
from prongsai.web.agencies.models import Employment, Person
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.services import add_person
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, Holder, HolderDuty
from prongsai.web.complaints.queries import moved, rolls
from prongsai.web.complaints.queries.counts import Period
from prongsai.web.complaints.queries.guideline import times_offered
from prongsai.web.complaints.services import (
    appeals,
    guideline,
    holders,
    moving,
    receiving,
    shredding,
    tallies,
    unlocking,
)
from prongsai.web.operations.demo_cases import Keys, Teller
from prongsai.web.registers.models import Entry
from prongsai.web.registers.services import add_entry, move_entry

Scopes = Mapping[Role, Scope]
FOLDER = "complaints"
SUPERVISOR, OUTSIDER = "supervisor", "keeper"
OUTSIDE = (SUPERVISOR, OUTSIDER)  # who has an account of the office and no post in it
DUTIES: Mapping[str, HolderDuty] = {
    Role.LEGAL: HolderDuty.HANDLER,
    Role.AUDITOR: HolderDuty.HANDLER,
    Role.SUPPLY: HolderDuty.HANDLER,
    SUPERVISOR: HolderDuty.SUPERVISOR,
    Role.PRIVACY: HolderDuty.FALLBACK,
    Role.CLERK: HolderDuty.KEEPER,
    Role.PUBLISHER: HolderDuty.KEEPER,
    OUTSIDER: HolderDuty.KEEPER,
}
COST = "64:1"  # a guess of these passphrases may be cheap: they are printed
WORDS = 5
OPENED_AGO = 900  # days
RECEIPTS = ("truck", "tender", "allowance")  # whose receipts are printed, for whoever tries to follow a case


@dataclass(frozen=True, slots=True)
class Holding:
    """A key of the demonstration. who: a role, or one of OUTSIDE; duty: what it is for, in words."""

    who: str
    name: str
    duty: str
    username: str
    password: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Made:
    """What is printed besides the accounts: the keys, and receipts by which cases are followed, as seven words."""

    keys: tuple[Holding, ...]
    receipts: tuple[str, ...]


def load(scopes: Scopes, passwords: Mapping[str, str], folder: Path) -> Made:
    """Open the channel and take reports in. passwords: of every role and of OUTSIDE, who are invited here."""
    folder = folder / FOLDER
    rest = json.loads((folder / "rest.json").read_text(encoding="utf-8"))
    everybody = {str(role): scope for role, scope in scopes.items()}
    for who in OUTSIDE:
        everybody[who] = _invited(scopes[Role.ADMIN], who, passwords[who], rest["outside"][who])
    words = {who: " ".join(new_receipt().thai[:WORDS]) for who in DUTIES}
    keys = _opened(everybody, words)
    teller = Teller(everybody, keys, folder.parent / "site" / "pictures")
    receipts = _cases(teller, json.loads((folder / "cases.json").read_text(encoding="utf-8")))
    _appeal(teller, rest["appeal"])
    _from_general(teller, rest)
    shredding.shred_expired(teller.today)
    _told(scopes, rest["guideline"])
    held = tuple(
        Holding(
            who, str(everybody[who].person), str(duty.label), str(_user(everybody[who])), passwords[who], words[who]
        )
        for who, duty in DUTIES.items()
    )
    return Made(held, tuple(" ".join(receipts[name].thai) for name in RECEIPTS))


# --- the keys -------------------------------------------------------------------------------------------------------
def _invited(admin: Scope, who: str, password: str, one: Mapping[str, str]) -> Scope:
    """Give somebody from outside an account of the office."""
    person = add_person(
        admin,
        employment=Employment.OUTSIDE,
        prefix=one["prefix"],
        given_name=one["given_name"],
        family_name=one["family_name"],
        email=one["email"],
    )
    invited = accounts.invite(admin, person=person, link=lambda token: token)
    member = accounts.accept(token=invited.address, username=who, password=password)
    found = scope_of(member.user, admin.agency.code)
    assert found is not None
    return found


def _opened(scopes: Mapping[str, Scope], words: Mapping[str, str]) -> Keys:
    """Name everybody, let them make their keys, compare, open; then all unlock once, and the keepers have copies."""
    made: dict[str, Holder] = {}
    for who, duty in DUTIES.items():
        user = scopes[who].user
        assert user is not None
        made[who] = holders.name_holder(scopes[Role.ADMIN], user=user, duty=duty)
        unlocking.make_key(scopes[who], holder=made[who], passphrase=words[who], cost=COST)
    first, scope = made[Role.LEGAL], scopes[Role.LEGAL]
    bundle = unlocking.open_key(scope, holder=first, passphrase=words[Role.LEGAL])
    day = scope.today - timedelta(days=OPENED_AGO)
    holders.open_channel(
        replace(scope, today=day), holder=first, bundle=bundle, chosen=tuple(made.values()), version=None
    )
    return {who: _key(scopes[who], words[who]) for who in DUTIES}


def _key(scope: Scope, words: str) -> Key:
    holder = rolls.mine(scope.agency, scope.user)
    assert holder is not None
    return Key(holder, unlocking.unlock(scope, holder=holder, passphrase=words))


def _user(scope: Scope) -> str:
    assert scope.user is not None
    return scope.user.username


# --- cases ----------------------------------------------------------------------------------------------------------
def _cases(teller: Teller, cases: list[dict[str, Any]]) -> dict[str, Receipt]:
    """Take in what the samples tell, and do what they say was done; give the receipts by name."""
    return {one["name"]: teller.tell(one) for one in cases}


def _appeal(teller: Teller, told: Mapping[str, Any]) -> None:
    """Open a round of appeals for everybody who serves, and let one of them file."""
    keeper, scope = teller.scopes[Role.PERSONNEL], teller.scopes[told["by"]]
    name = told["round"].format(year=fiscal_year_be(keeper.today) - 1)
    evaluated = list(Person.objects.filter(agency=keeper.agency, employment=Employment.OFFICER))
    round = appeals.add_round(
        keeper,
        name=name,
        opens_on=keeper.today - timedelta(days=10),
        closes_on=keeper.today + timedelta(days=20),
        evaluated=evaluated,
    )
    evaluator = Person.objects.get(agency=keeper.agency, appointments__post__title=told["evaluator"])
    words = {"result": told["result"], "reason": told["reason"], "token": receiving.give_token()}
    receipt = appeals.file_appeal(scope, round=round, evaluator=evaluator, **words)
    following = receiving.by_receipt(keeper.agency, receipt)
    assert following is not None
    teller.came(following.report, told["ago"])


def _from_general(teller: Teller, rest: Mapping[str, Any]) -> None:
    """Seal one general complaint that turned out to be of corruption; another one waits for it."""
    legal, key = teller.scopes[Role.LEGAL], teller.keys[Role.LEGAL]
    _reclassified(teller.scopes[Role.CLERK], rest["waiting"])
    entry = _reclassified(teller.scopes[Role.CLERK], rest["moved"])
    found = moved.read(legal, entry)
    accused = [Accused(**rest["moved"]["accused"])]
    moving.move_in(legal, key, found, category="bribe", accused=accused, token=receiving.give_token())


def _reclassified(scope: Scope, told: Mapping[str, Any]) -> Entry:
    names = ("topic", "details", "place", "category", "person", "phone")
    values: dict[str, object] = {name: told[name] for name in names if told[name]} | {"received_on": scope.today}
    entry = add_entry(scope, register=moved.REGISTER, values=values)
    return move_entry(scope, entry=entry, move="reclassify", note=told["note"], version=entry.version)


# --- what the public is told ----------------------------------------------------------------------------------------
def _told(scopes: Scopes, parts: Mapping[str, str]) -> None:
    """Adopt a guideline, and sign the two years that ended last: in the first there was no case."""
    times = times_offered(Channel.objects.get(agency=scopes[Role.LEGAL].agency))
    written = guideline.write_guideline(scopes[Role.COORDINATOR], version=0, **parts, times=times)
    guideline.adopt_guideline(scopes[Role.MAYOR], version=written.version, ticked=tuple(PARTS))
    for period in signed_years(scopes[Role.LEGAL].today):
        tallies.sign_tally(scopes[Role.LEGAL], period=period)


def signed_years(today: date) -> tuple[Period, Period]:
    """Give the fiscal years whose statistics are signed."""
    year = fiscal_year_be(today)
    return Period(year - 2), Period(year - 1)
