"""The sealed channel of the demonstration: open, with cases in every state, which nobody reads who must not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from prongsai.privacy.seal.receipts import read_receipt
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Guideline, Report, Tally
from prongsai.web.complaints.queries import moved, rolls
from prongsai.web.complaints.queries.cases import cases_of, keys_of, read_case
from prongsai.web.complaints.queries.progress import committee_of, measures_of, proposal_of
from prongsai.web.complaints.queries.tallies import standing
from prongsai.web.complaints.queries.tasks import tasks_of
from prongsai.web.complaints.services import receiving, unlocking
from prongsai.web.complaints.services.cases import open_case
from prongsai.web.operations import demo, demo_complaints
from prongsai.web.operations.demo import Account
from prongsai.web.operations.demo_complaints import Holding, Made
from prongsai.web.operations.services import set_up

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PASSWORD = "tambon-4821-7730"
WANTED = {Role(who) for who in demo_complaints.DUTIES if who in set(Role)} | {
    Role.ADMIN,
    Role.PERSONNEL,
    Role.OFFICER,
    Role.COORDINATOR,
    Role.MAYOR,
}
STATES = {
    "closed": 1, "discipline": 1, "finding": 1, "received": 3, "refused": 1, "screening": 2,
}  # fmt: skip


@pytest.fixture
def made(db) -> Made:
    """The channel of the demonstration, with nobody else's work."""
    agency = Agency(**demo.AGENCY, is_demo=True)
    words = {"person": demo.ADMIN, "post": demo.ADMIN_POST, "username": "admin", "password": PASSWORD}
    keeper = scope_of(set_up(agency=agency, roles=[Role.ADMIN], **words).user, agency.code)
    assert keeper is not None
    demo._staff(keeper)
    people = demo._accounts(keeper, {role: Account(role, role, PASSWORD) for role in Role if role in WANTED})
    passwords = dict.fromkeys([*Role, *demo_complaints.OUTSIDE], PASSWORD)
    return demo_complaints.load(demo._scopes(people, agency.code), passwords, SAMPLES)


def scope_for(holding: Holding) -> Scope:
    agency = Agency.objects.get()
    member = rolls.active(agency)
    found = scope_of(next(one.user for one in member if one.user.username == holding.username), agency.code)
    assert found is not None
    return found


def key_for(holding: Holding) -> Key:
    """Unlock a key with what the demonstration prints."""
    scope = scope_for(holding)
    holder = rolls.mine(scope.agency, scope.user)
    assert holder is not None
    return Key(holder, unlocking.unlock(scope, holder=holder, passphrase=holding.passphrase))


def test_channel_of_the_demonstration_holds_a_case_of_every_kind(made: Made):
    agency = Agency.objects.get()
    held = {one.who: one for one in made.keys}
    assert list(held) == list(demo_complaints.DUTIES)
    keys = {who: key_for(one) for who, one in held.items()}
    assert Counter(Report.objects.values_list("state", flat=True)) == STATES
    assert Counter(Report.objects.values_list("way", flat=True)) == {"public": 7, "appeal": 1, "moved": 1}
    _nobody_reads_what_is_not_theirs(keys)
    legal = scope_for(held["legal"])
    found = {one.report.category: _opened(legal, keys["legal"], one.report) for one in cases_of(keys["legal"])}
    property_ = found["property"]
    proposal = proposal_of(property_.report.state, property_.said)
    assert proposal is not None and (proposal.move.name, proposal.holder_id) == ("accept", keys["legal"].holder.pk)
    committee = committee_of(found["procurement"].said)
    assert committee is not None and committee.until > legal.today and len(committee.members) == 3
    assert [one.stage for one in measures_of(found["budget"].said)] == ["proposed", "decided"]
    assert [len(found[name].files) for name in ("property", "procurement", "budget")] == [2, 1, 1]
    gone = Report.objects.get(state="refused")
    assert (gone.shredded_on, bytes(gone.body), gone.sealed_files.count()) == (legal.today, b"", 0)
    assert [one.values["topic"] for one in moved.waiting(legal)] == ["ใบอนุญาตร้านอาหารล่าช้า"]
    assert list(journal.broken(agency)) == []
    _is_told_to_the_public(legal)
    _receipts_open(agency, made)
    _asks_of_each_what_is_theirs(held)


def _opened(scope: Scope, key: Key, report: Report):
    keys = keys_of(key, report)
    assert keys is not None
    assert open_case(scope, key, report) is not None
    case = read_case(report, keys)
    days = [one.at[:10] for one in case.said]
    assert days == sorted(days) and days[0] >= report.received_on.isoformat() and not case.is_altered
    return case


def _nobody_reads_what_is_not_theirs(keys: dict[str, Key]) -> None:
    n = {who: len(cases_of(key)) for who, key in keys.items()}
    assert n == {
        "legal": 7, "auditor": 7, "supply": 7, "supervisor": 1, "privacy": 0, "clerk": 0, "publisher": 0, "keeper": 0,
    }  # fmt: skip
    assert [one.report.category for one in cases_of(keys["supervisor"])] == ["abuse"]


def _is_told_to_the_public(legal: Scope) -> None:
    assert Guideline.objects.get().edition == 1
    tallies = [standing(legal.agency, one) for one in demo_complaints.signed_years(legal.today)]
    assert (list(Tally.objects.order_by("fiscal_year_be")), tallies[0].is_none) == (tallies, True)
    assert {str(one.signed_by) for one in tallies} == {str(legal.person)}


def _receipts_open(agency: Agency, made: Made) -> None:
    told = [receiving.by_receipt(agency, read_receipt(words)) for words in made.receipts]
    assert [one.told.category for one in told] == ["property", "procurement", "budget"]


def _asks_of_each_what_is_theirs(held: dict[str, Holding]) -> None:
    do = {who: [one.do for one in tasks_of(scope_for(one))][:1] for who, one in held.items()}
    assert do["legal"] == do["supervisor"] == do["privacy"] == ["ปลดล็อกเพื่อดู"]
    assert do["keeper"] == []


def test_samples_name_posts_and_roles_of_the_office():
    cases = json.loads((SAMPLES / "complaints" / "cases.json").read_text(encoding="utf-8"))
    people = (SAMPLES / "office-tables" / "people.csv").read_text(encoding="utf-8")
    acts = [act for one in cases for act in one.get("acts", ())]
    assert {act["by"] for act in acts if "by" in act} <= set(demo_complaints.DUTIES)
    assert [title for act in acts for title, _role in act.get("members", ()) if f",{title}," not in people] == []
    assert [
        name for one in cases for name in (one.get("identity") or {"name": ""})["name"].split()[1:] if name in people
    ] == []
