"""Offices made by who runs the installation; who looks in them comes in by a link that works once."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies.models import AuditEntry, User
from prongsai.web.agencies.roles import Role
from prongsai.web.directory.models import Operator
from prongsai.web.mentor.access import Keeper
from prongsai.web.mentor.models import Mentor, Office, Summons
from prongsai.web.mentor.services import offices
from prongsai.web.mentor.views import entering
from tests.web.mentor.conftest import BACKEND

pytestmark = pytest.mark.django_db
PASSWORD = "ลพบุรี-พี่เลี้ยง-๒๕๖๙-ยาว"
NEW = {"username": "phiphi", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def operator(db) -> Client:
    """Who runs the installation, signed in."""
    user = User.objects.create(username="operator")
    Operator.objects.create(user=user)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def summoned(office: Office) -> str:
    made = offices.summon(
        Keeper(None), office=office, name="พี่เลี้ยง ใจดี", link=lambda token: reverse("mentor_office:summons", args=[token])
    )
    return made.address


def test_operator_makes_an_office_and_invites(operator):
    given = {"name": "ท้องถิ่นจังหวัดลพบุรี", "level": "province", "province": "ลพบุรี", "district": "", "contact": ""}
    answer = operator.post(reverse("mentor_keeping:office_add"), given)
    office = Office.objects.get()
    assert answer["Location"] == reverse("mentor_keeping:office", args=[office.pk])
    shown = operator.post(reverse("mentor_keeping:summon", args=[office.pk]), {"name": "พี่เลี้ยง ใจดี", "email": ""})
    assert shown.status_code == 201
    address = shown.context["summoned"].address
    assert address in shown.content.decode()
    assert address.rpartition("/")[0].rpartition("/")[2] not in str(Summons.objects.values().get())
    assert AuditEntry.objects.filter(agency=None, action="mentor_office.create").count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"name": "ก", "level": "province", "province": ""},
        {"name": "ก", "level": "district", "province": "ลพบุรี", "district": "ไม่มีจริง"},
        {"name": "", "level": "nation"},
    ],
)
def test_office_that_lacks_something_is_refused(operator, given):
    answer = operator.post(reverse("mentor_keeping:office_add"), given)
    assert (answer.status_code, Office.objects.count()) == (422, 0)


def test_office_page_changes_its_contact_and_withdraws_an_invitation(operator, province_office):
    summoned(province_office)
    address = reverse("mentor_keeping:office", args=[province_office.pk])
    given = {"name": province_office.name, "contact": "โทร 036", "version": 1}
    assert operator.post(address, given)["Location"] == address
    assert operator.post(address, given).status_code == 422  # somebody else was first
    operator.post(reverse("mentor_keeping:withdraw", args=[Summons.objects.get().pk]))
    assert Summons.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("name", ["offices", "office_add"])
def test_only_who_runs_the_installation_keeps_offices(agency, sign_in, client, desk, look, name):
    address = reverse(f"mentor_keeping:{name}")
    assert client.get(address).status_code == 302
    assert [who.get(address).status_code for who in (sign_in(Role.ADMIN), look(desk))] == [404, 404]


def test_invited_makes_an_account_that_belongs_to_no_agency_and_lands_at_the_office(client, province_office):
    address = summoned(province_office)
    assert province_office.name in client.get(address).content.decode()
    assert client.post(address, NEW)["Location"] == reverse("account_login")
    user = User.objects.get(username="phiphi")
    assert (user.get_full_name(), user.memberships.count()) == ("พี่เลี้ยง ใจดี", 0)
    signed_in = client.post(reverse("account_login"), {"login": "phiphi", "password": PASSWORD}, follow=True)
    assert signed_in.redirect_chain[-1][0] == reverse("mentor_office:heat", args=[province_office.pk])


def test_link_works_once_and_not_after_its_time(client, province_office):
    first, second = summoned(province_office), summoned(province_office)
    client.post(first, NEW)
    assert client.get(first).status_code == 404
    Summons.objects.filter(used_at=None).update(expires_at=timezone.now())
    assert client.get(second).status_code == 404


def test_weak_password_is_refused(client, province_office):
    answer = client.post(summoned(province_office), NEW | {"password": "1234", "again": "1234"})
    assert (answer.status_code, Mentor.objects.count()) == (422, 0)


def test_account_of_an_agency_may_look_in_an_office_too(agency, province_office, sign_in):
    client = sign_in(Role.COORDINATOR)
    assert client.post(summoned(province_office))["Location"] == reverse(
        "mentor_office:heat", args=[province_office.pk]
    )
    text = client.get(reverse("start")).content.decode()
    assert agency.name in text and province_office.name in text


def test_second_click_on_the_same_link_is_told_and_changes_nothing(
    agency, province_office, sign_in, monkeypatch: pytest.MonkeyPatch
):
    client, address = sign_in(Role.COORDINATOR), summoned(province_office)
    still_open = Summons.objects.get()
    client.post(address)
    # the second request looked at the link before the first one had used it up
    with monkeypatch.context() as before:
        before.setattr(entering.services, "open_summons", lambda token: _first_open(before, still_open))
        answer = client.post(address)
    assert answer.status_code == 422 and "คำเชิญนี้ใช้ไม่ได้แล้ว" in answer.content.decode()
    assert Mentor.objects.count() == 1


def _first_open(patch: pytest.MonkeyPatch, still_open: Summons) -> Summons:
    """Give the link as it was, once."""
    patch.undo()
    return still_open


def test_closed_mentor_is_signed_out_and_cannot_come_in_again(operator, client, province_office):
    client.post(summoned(province_office), NEW)
    mentor = Mentor.objects.get()
    operator.post(reverse("mentor_keeping:close", args=[mentor.pk]))
    answer = client.post(reverse("account_login"), {"login": "phiphi", "password": PASSWORD}, follow=True)
    assert "mentor" not in str(answer.redirect_chain)
    assert client.get(reverse("mentor_office:heat", args=[province_office.pk])).status_code != 200


def test_mentor_of_two_offices_chooses(desk, look):
    other = Office.objects.create(name="ส่วนกลาง", level="nation")
    Mentor.objects.create(office=other, user=desk.mentor.user)
    text = look(desk).get(reverse("mentor_office:desks")).content.decode()
    assert desk.office.name in text and "ส่วนกลาง" in text


def test_list_of_offices_takes_as_many_queries_for_one_as_for_three(operator, django_assert_num_queries):
    for count in (1, 3):
        while Office.objects.count() < count:
            Office.objects.create(name=f"สำนักงาน {Office.objects.count()}", level="nation")
        with django_assert_num_queries(5):
            assert operator.get(reverse("mentor_keeping:offices")).status_code == 200
