"""The operator's list of agencies: technical state, nothing from inside, the same queries however many there are."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from prongsai.web.agencies.models import Agency, Membership, Person, User
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles import services as cycles
from prongsai.web.directory.queries.installation import agencies, count_by_state, with_state
from prongsai.web.disclosure.models import Site
from prongsai.web.evidence.models import File
from tests.web import office

pytestmark = pytest.mark.django_db
QUERIES = 8


def bare(code: str, name: str) -> Agency:
    return Agency.objects.create(code=code, name=name, kind="tao", province="ลพบุรี")


def member(agency: Agency, name: str, seen: datetime | None = None, *, is_open: bool = True) -> None:
    user = User.objects.create(username=name, last_login=seen)
    person = Person.objects.create(agency=agency, given_name=name)
    Membership.objects.create(agency=agency, user=user, person=person, is_open=is_open)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_often_however_many_agencies(client: Client, django_assert_num_queries, count: int):
    for number in range(count):
        made = bare(f"0616010{number}", f"องค์การบริหารส่วนตำบลดงหวาย{number}")
        member(made, f"user-{number}")
    with django_assert_num_queries(QUERIES):
        page = client.get("/installation/").content.decode()
    assert page.count("/installation/agencies/0616010") == count


def test_row_tells_counts_sizes_and_days(agency: Agency):
    found = with_state(agencies()).get()
    assert (found.n_accounts, found.has_cycle, found.last_seen_on, found.n_bytes, found.built_on) == (
        len(Role),
        False,
        None,
        0,
        None,
    )
    cycles.open_cycle(system_scope(agency), framework_id="ita-2569")
    File.objects.create(agency=agency, sha256="a" * 64, size=700, media_type="text/plain", name="a")
    File.objects.create(agency=agency, sha256="b" * 64, size=300, media_type="text/plain", name="b")
    erased = datetime(2026, 1, 1, tzinfo=UTC)
    File.objects.create(agency=agency, sha256="c" * 64, size=9, media_type="text/plain", name="c", erased_at=erased)
    Site.objects.create(agency=agency, built_at=datetime(2026, 11, 19, 18, tzinfo=UTC))
    user = office.user(agency, Role.CLERK)
    User.objects.filter(pk=user.pk).update(last_login=datetime(2026, 11, 20, 20, 30, tzinfo=UTC))
    found = with_state(agencies()).get()
    assert (found.has_cycle, found.n_bytes, found.built_on) == (True, 1000, date(2026, 11, 20))
    assert found.last_seen_on == date(2026, 11, 21)  # half past three in the morning there


def test_counts_of_one_agency_are_not_those_of_another(agency: Agency, other_agency: Agency):
    member(other_agency, "more")
    counts = {one.code: one.n_accounts for one in with_state(agencies())}
    assert counts == {agency.code: len(Role), other_agency.code: len(Role) + 1}


def test_states_are_told_apart(agency: Agency):
    waiting, closed = bare("06160101", "ก"), bare("06160102", "ข")
    member(waiting, "left", is_open=False)
    Agency.objects.filter(pk=closed.pk).update(closed_on=date(2026, 11, 1))
    listed = {state: [one.code for one in agencies(state=state)] for state in ("used", "waiting", "closed")}
    assert listed == {"used": [agency.code], "waiting": [waiting.code], "closed": [closed.code]}
    assert count_by_state() == {"all": 3, "used": 1, "waiting": 1, "closed": 1}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "สวนพลู"}, 1),
        ({"q": "๐๕๑๖"}, 1),
        ({"q": "สวนพลู สิงห์บุรี"}, 0),
        ({"kind": "subdistrict"}, 2),
        ({"kind": "tao"}, 0),
        ({"province": "สิงห์บุรี"}, 1),
        ({"kind": "ไม่มี"}, 2),
        ({"state": "closed"}, 0),
    ],
)
def test_list_is_narrowed_by_what_is_asked(
    client: Client, agency: Agency, other_agency: Agency, asked: dict, found: int
):
    page = client.get("/installation/", asked).content.decode()
    assert page.count('href="/installation/agencies/05') == found


def test_pages_hold_fifty_and_keep_the_filter(client: Client):
    Agency.objects.bulk_create(
        Agency(code=f"0616{n:04d}", name=f"องค์การบริหารส่วนตำบล{n}", kind="tao", province="ลพบุรี") for n in range(51)
    )
    page = client.get("/installation/", {"kind": "tao"}).content.decode()
    assert page.count('href="/installation/agencies/06') == 50 and 'href="?page=2&amp;kind=tao"' in page
    assert client.get("/installation/", {"page": 2}).content.decode().count('href="/installation/agencies/06') == 1


def test_operator_pages_show_no_name_of_anybody_inside(client: Client, agency: Agency):
    for address in ("/installation/", f"/installation/agencies/{agency.code}/"):
        page = client.get(address).content.decode()
        inside = [name for given, family, post, _unit in office.CAST.values() for name in (f"{given} {family}", post)]
        assert [name for name in inside if name in page] == []
        assert "None" not in page


def test_two_step_sign_in_is_advised_and_not_forced(client: Client):
    page = client.get("/installation/")
    assert page.status_code == 200 and "ควรเปิดการยืนยันสองขั้น" in page.content.decode()
