"""The card of publication on the page of today: only what waits for who is signed in, with the way to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ItemState
from prongsai.web.disclosure.models import GateCheck, Page, Release, Watched
from prongsai.web.home.publication import ITEMS_MAX, Work, work_of
from tests.web import office
from tests.web.disclosure.conftest import cycle, item  # noqa: F401  # reason: fixtures

pytestmark = pytest.mark.django_db
DECIDE, GATE, MEND = "ขออนุญาตเผยแพร่ รอท่านพิจารณา", "พบข้อมูลส่วนบุคคล ต้องตัดสินใจก่อนเผยแพร่", "ส่งกลับให้แก้ไข"
REACH, REVIEW = "ที่อยู่ที่ผู้ประเมินเปิดไม่ได้", "หน้าที่ถึงกำหนดทบทวน"


@pytest.fixture
def waiting(scope: Callable[[Role], Scope]) -> Callable[[Role], list[tuple[str, int]]]:
    """What waits for a role: what, how many."""
    return lambda role: told(work_of(scope(role)))


def told(work: Work | None) -> list[tuple[str, int]]:
    return [(line.text, line.n) for line in work.lines] if work else []


def page(agency: Agency, path: str, unit: str = "กองคลัง", **values: object) -> Page:
    given = {"kind": "free", "title": path, "unit": office.unit(agency, unit), "state": "public"}
    return Page.objects.create(agency=agency, path=path, **given | values)


def in_the_making(agency: Agency, path: str, state: str = "requested", by: Role = Role.PUBLISHER) -> Release:
    person, user = office.scope(agency, by).person, office.user(agency, by)
    found = page(agency, path)
    return Release.objects.create(page=found, title=path, state=state, requested_by=person, written_by=user)


def test_request_waits_for_who_may_decide_and_did_not_ask(agency, waiting, scope):
    made = in_the_making(agency, "one")
    in_the_making(agency, "two", by=Role.SECRETARY)
    assert waiting(Role.MAYOR) == [(DECIDE, 2)]
    assert waiting(Role.SECRETARY) == [(DECIDE, 1)]
    assert waiting(Role.PUBLISHER) == waiting(Role.HEAD) == waiting(Role.AUDITOR) == []
    line = work_of(scope(Role.SECRETARY)).lines[0]
    assert line.address == reverse("disclosure:page", args=[agency.code, made.page_id])


def test_gate_waits_for_who_judges_it_and_for_the_unit(agency, waiting, scope):
    for name in ("one", "two"):
        draft = in_the_making(agency, name, state="draft")
        GateCheck.objects.create(release=draft, sha256="0" * 64)
        GateCheck.objects.create(release=draft, sha256="1" * 64)
    assert waiting(Role.PRIVACY) == waiting(Role.HEAD) == waiting(Role.PUBLISHER) == [(GATE, 2)]
    assert waiting(Role.OFFICER) == waiting(Role.MAYOR) == []
    assert work_of(scope(Role.PRIVACY)).lines[0].address == f"{reverse('disclosure:overview', args=[agency.code])}#mine"


def test_what_came_back_waits_for_who_writes_it(agency, waiting):
    in_the_making(agency, "one", state="returned")
    assert waiting(Role.HEAD) == waiting(Role.PUBLISHER) == [(MEND, 1)]
    assert waiting(Role.OFFICER) == waiting(Role.MAYOR) == []


def test_address_that_fails_waits_for_the_publisher_and_the_unit(agency, waiting, sign_in, scope):
    found = page(agency, "one")
    for state, name in (("fault", "a"), ("fault", "b"), ("fine", "c")):
        Watched.objects.create(agency=agency, address=f"https://example.go.th/{name}", page=found, state=state)
    Watched.objects.filter(address__endswith="b").update(page=None)
    assert waiting(Role.PUBLISHER) == [(REACH, 2)]
    assert waiting(Role.HEAD) == [(REACH, 1)]
    assert waiting(Role.OFFICER) == waiting(Role.MAYOR) == []
    answer = sign_in(Role.PUBLISHER).get(work_of(scope(Role.PUBLISHER)).lines[0].address)
    assert answer.context["page"].paginator.count == 2


@pytest.mark.parametrize(("days", "is_told"), [(-1, True), (30, True), (31, False)])
def test_page_to_review_waits_from_a_month_before(agency, waiting, days, is_told):
    page(agency, "one", review_on=timezone.localdate() + timedelta(days=days))
    page(agency, "two", review_on=timezone.localdate(), state="withdrawn")
    expected = [(REVIEW, 1)] if is_told else []
    assert (waiting(Role.PUBLISHER), waiting(Role.HEAD), waiting(Role.OFFICER)) == (expected, expected, [])


def test_items_that_are_not_public_are_told_with_their_day(
    agency: Agency,
    cycle: Cycle,  # noqa: F811
    item: Callable[..., ItemState],  # noqa: F811
    scope: Callable[[Role], Scope],
):
    today, mine, other = timezone.localdate(), item(), item("organisation.structure-and-powers")
    cycle.dates.update_or_create(key="disclosure", defaults={"name": "เปิดเผย", "ends_on": today + timedelta(days=9)})
    ItemState.objects.filter(pk=other.pk).update(due_on=today + timedelta(days=3))
    work = work_of(scope(Role.HEAD))
    days = [(one.name, (one.due_on - today).days) for one in work.items if one.due_on]
    assert (days, work.in_all) == ([(str(other), 3), (str(mine), 9)], 2)
    Page.objects.create(agency=agency, kind="item", path="x", title="x", item=mine, state="public")
    assert [one.name for one in work_of(scope(Role.HEAD)).items] == [str(other)]
    everything = work_of(scope(Role.PUBLISHER))
    assert (len(everything.items), everything.in_all) == (ITEMS_MAX, cycle.items.count() - 1)
    assert everything.address.endswith(f"/site/?cycle={cycle.framework_id}&show=todo")
    assert work_of(scope(Role.OFFICER)) is work_of(scope(Role.MAYOR)) is None


def test_card_is_on_the_page_and_gone_when_nothing_waits(agency, sign_in):
    client, address = sign_in(Role.MAYOR), reverse("home", args=[office.CODE])
    assert "การเผยแพร่ที่รอท่าน" not in client.get(address).content.decode()
    in_the_making(agency, "one")
    shown = client.get(address).content.decode()
    assert "การเผยแพร่ที่รอท่าน" in shown
    assert DECIDE in shown


def test_nothing_of_another_agency_is_counted(agency, other_agency):
    in_the_making(agency, "one")
    assert told(work_of(office.scope(other_agency, Role.MAYOR))) == []
    assert work_of(office.scope(agency, Role.COUNCIL)) is None


@pytest.mark.parametrize("count", [1, 3])
def test_card_asks_the_database_the_same_number_of_times(
    agency: Agency,
    cycle: Cycle,  # noqa: F811
    scope: Callable[[Role], Scope],
    count: int,
    django_assert_num_queries: Callable[..., object],
):
    for n in range(count):
        in_the_making(agency, f"asked-{n}")
        draft = in_the_making(agency, f"draft-{n}", state="draft")
        GateCheck.objects.create(release=draft, sha256="0" * 64)
        Watched.objects.create(agency=agency, address=f"https://example.go.th/{n}", state="fault")
        page(agency, f"review-{n}", review_on=timezone.localdate())
    secretary = scope(Role.SECRETARY)
    with django_assert_num_queries(7):
        work_of(secretary)
