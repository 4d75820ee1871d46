"""The letters of the made-up municipality: something in every state, whole when verified, waiting for somebody."""

from __future__ import annotations

import pytest

from prongsai.web.agencies.models import Agency, Committee, JobOrder
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.handover.models import Handover
from prongsai.web.home.letters import work_of
from prongsai.web.letters.models import Circular, Incoming, Letter, Number, Series
from prongsai.web.letters.queries.circulars import counts
from prongsai.web.letters.queries.incoming import overdue
from prongsai.web.letters.queries.numbers import unexplained, year_of
from prongsai.web.letters.queries.verifying import checked
from prongsai.web.operations import demo, demo_letters
from prongsai.web.operations.demo import Account
from prongsai.web.operations.services import set_up

pytestmark = pytest.mark.django_db
WANTED = {Role.ADMIN, Role.SUPPLY, Role.PUBLISHER, Role.ANALYST, Role.PERSONNEL, Role.OFFICER, *demo_letters.READ}


@pytest.fixture
def scopes(db) -> dict[Role, Scope]:
    """Those who do something with letters in the demonstration, when all of it is done."""
    agency = Agency(**demo.AGENCY, is_demo=True)
    words = {"person": demo.ADMIN, "post": demo.ADMIN_POST, "username": "admin", "password": "tambon-4821-7730"}
    keeper = scope_of(set_up(agency=agency, roles=[Role.ADMIN], **words).user, agency.code)
    assert keeper is not None
    demo._staff(keeper)
    people = demo._accounts(keeper, {role: Account(role, role, "tambon-4821-7730") for role in Role if role in WANTED})
    found = demo._scopes(people, agency.code)
    demo_letters.load(found)
    return found


def test_letters_of_the_demonstration_are_in_every_state_and_whole(scopes: dict[Role, Scope]):
    clerk = scopes[Role.CLERK]
    letters = list(Letter.objects.order_by("pk"))
    assert [(one.paper, one.state) for one in letters] == [
        ("memo", "signed"),
        ("letter", "in_chain"),
        ("memo", "returned"),
        ("committee-order", "signed"),
        ("job-order", "signed"),
        ("announcement", "signed"),
    ]
    assert [checked(one).is_whole for one in letters if one.state == "signed"] == [True] * 4
    numbers = {one.paper: one.number.text for one in letters if one.number}
    year = year_of(clerk.today)
    assert numbers == {
        "memo": "ลบ 52701.2/32", "committee-order": f"121/{year}", "job-order": f"122/{year}", "announcement": f"15/{year}",
    }  # fmt: skip
    assert [unexplained(one, year) for one in Series.objects.all()] == [()] * 6
    assert sorted(Number.objects.filter(series__kind="order").values_list("value", "state")) == [
        (119, "cancelled"), (120, "reserved"), (121, "used"), (122, "used"),
    ]  # fmt: skip
    assert (Committee.objects.get().members.count(), JobOrder.objects.count()) == (5, 2)
    assert [one.subject for one in overdue(clerk)] == ["ขอให้รายงานผลการเบิกจ่ายงบประมาณ"]
    assert (Incoming.objects.count(), Incoming.objects.exclude(done_on=None).count()) == (4, 1)
    told = counts(Circular.objects.get(), clerk.today)
    assert (told.acknowledged, told.read, told.audience) == (9, 10, 18)
    assert Handover.objects.get().state == "draft"
    waiting = {role: [one.title for one in work.groups] for role in scopes if (work := work_of(scopes[role]))}
    assert waiting[Role.MAYOR] == ["หนังสือรอท่านลงนาม"]
    assert waiting[Role.OFFICER] == waiting[Role.SUPPLY] == ["หนังสือเวียนรอท่านรับทราบ"]
