"""The list of accounts, closing them, helping who cannot get in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies import accounts
from prongsai.web.agencies.models import Appointment, AuditEntry, Membership, Person, Post, PostRole, User
from prongsai.web.agencies.roles import Role
from tests.web import office
from tests.web.agencies.pages import inline_parts

pytestmark = pytest.mark.django_db
NEW = "ทุ่งนาเขียวขจี-๒๕๗๐"


@pytest.fixture
def admin(sign_in) -> Client:
    return sign_in(Role.ADMIN)


def member_of(agency, role) -> Membership:
    return Membership.objects.get(user=office.user(agency, role))


def add_account(agency, number: int) -> None:
    person = Person.objects.create(agency=agency, given_name=f"คนที่{number:04d}")
    post = Post.objects.create(agency=agency, title=f"ตำแหน่งที่ {number}")
    PostRole.objects.create(post=post, role=Role.OFFICER)
    Appointment.objects.create(agency=agency, person=person, post=post)
    Membership.objects.create(agency=agency, user=User.objects.create(username=f"u{number}"), person=person)


def entered(name: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": name, "password": office.PASSWORD})
    assert client.get(reverse("account")).status_code == 200
    return client


def test_list_shows_person_posts_roles_two_step_and_open_ones_first(admin, agency, other_agency):
    TOTP.activate(office.user(agency, Role.HEAD), "A" * 32)
    closed = member_of(agency, Role.CLERK)
    Membership.objects.filter(pk=closed.pk).update(is_open=False)
    page = admin.get(f"/{agency.code}/accounts/")
    rows = list(page.context["page"].object_list)
    assert len(rows) == len(Role) and rows[-1] == closed
    head = next(row for row in rows if row.person.given_name == "ประสิทธิ์")
    assert head.two_step and [str(one.post) for one in head.person.held] == ["ผู้อำนวยการกองคลัง"]
    assert sum(row.two_step for row in rows) == 1
    html = page.content.decode()
    assert "หัวหน้าส่วนราชการ" in html and inline_parts(html) == []


def test_list_asks_the_same_number_of_questions_however_long_it_is(admin, agency, django_assert_num_queries):
    queries = 11
    add_account(agency, 1)
    with django_assert_num_queries(queries):
        admin.get(f"/{agency.code}/accounts/")
    for number in range(2, 120):
        add_account(agency, number)
    with django_assert_num_queries(queries):
        page = admin.get(f"/{agency.code}/accounts/")
    assert len(page.context["page"].object_list) == 100


def test_closing_signs_out_at_once_and_shuts_the_door(admin, agency):
    name = office.user(agency, Role.CLERK).username
    inside = entered(name)
    member = member_of(agency, Role.CLERK)
    assert "ปิดบัญชี" in admin.get(f"/{agency.code}/accounts/{member.pk}/close/").content.decode()
    assert admin.post(f"/{agency.code}/accounts/{member.pk}/close/").status_code == 302
    assert inside.get(reverse("account")).status_code == 302
    again = Client().post(reverse("account_login"), {"login": name, "password": office.PASSWORD})
    assert again["Location"] == reverse("account_inactive")
    assert not member_of(agency, Role.CLERK).is_open and not office.user(agency, Role.CLERK).is_active
    entry = AuditEntry.objects.get(action="account.close")
    assert (entry.actor, entry.changes) == ("นายระบบ แม่นยำ", {"is_open": [True, False]})


def test_closing_in_one_agency_leaves_the_account_in_another(admin, agency, other_agency):
    member = member_of(agency, Role.CLERK)
    guest = Person.objects.create(agency=other_agency, given_name="แขก")
    Membership.objects.create(agency=other_agency, user=member.user, person=guest)
    admin.post(f"/{agency.code}/accounts/{member.pk}/close/")
    assert accounts.may_enter(User.objects.get(pk=member.user_id))


def test_last_account_that_keeps_accounts_cannot_be_closed(admin, agency, scope):
    member = member_of(agency, Role.ADMIN)
    answer = admin.post(f"/{agency.code}/accounts/{member.pk}/close/")
    assert answer.status_code == 422 and "บัญชีสุดท้าย" in answer.content.decode()
    assert member_of(agency, Role.ADMIN).is_open
    with pytest.raises(ValidationError):
        accounts.close(scope(Role.ADMIN), member=member)


def test_one_of_two_admins_can_be_closed_but_not_when_the_other_has_left(admin, agency):
    clerk = member_of(agency, Role.CLERK)
    PostRole.objects.create(post=Appointment.objects.get(person=clerk.person).post, role=Role.ADMIN)
    Person.objects.filter(pk=clerk.person_id).update(left_on="2021-01-01")
    member = member_of(agency, Role.ADMIN)
    assert admin.post(f"/{agency.code}/accounts/{member.pk}/close/").status_code == 422
    Person.objects.filter(pk=clerk.person_id).update(left_on=None)
    assert admin.post(f"/{agency.code}/accounts/{member.pk}/close/").status_code == 302


def test_forgotten_password_without_mail_by_a_link_that_works_once(admin, agency):
    member = member_of(agency, Role.CLERK)
    answer = admin.post(f"/{agency.code}/accounts/{member.pk}/help/", {"what": "password"})
    assert answer.status_code == 201 and inline_parts(answer.content.decode()) == []
    path = answer.context["address"].removeprefix("http://testserver")
    owner = Client()
    form = owner.get(path)["Location"]
    assert owner.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert Client().post(reverse("account_login"), {"login": member.user.username, "password": NEW}).status_code == 302
    assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in Client().get(path, follow=True).content.decode()
    assert AuditEntry.objects.filter(action="account.password_link", actor="นายระบบ แม่นยำ").count() == 1


def test_lost_phone_is_helped_by_ending_two_step_which_is_written_down(admin, agency):
    member = member_of(agency, Role.CLERK)
    TOTP.activate(member.user, "A" * 32)
    assert "โทรศัพท์หาย" in admin.get(f"/{agency.code}/accounts/{member.pk}/help/").content.decode()
    admin.post(f"/{agency.code}/accounts/{member.pk}/help/", {"what": "two_step"})
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.get().action == "two_step.end"


def test_account_that_another_agency_knows_too_cannot_be_helped_into(admin, agency, other_agency):
    member = member_of(agency, Role.CLERK)
    guest = Person.objects.create(agency=other_agency, given_name="แขก")
    Membership.objects.create(agency=other_agency, user=member.user, person=guest)
    TOTP.activate(member.user, "A" * 32)
    for what in ("password", "two_step"):
        assert admin.post(f"/{agency.code}/accounts/{member.pk}/help/", {"what": what}).status_code == 422
    assert Authenticator.objects.count() == 1 and AuditEntry.objects.count() == 0


@pytest.mark.parametrize("page", ["accounts/", "accounts/{pk}/close/", "accounts/{pk}/help/", "mail/"])
@pytest.mark.parametrize("role", [Role.MAYOR, Role.COORDINATOR, Role.PERSONNEL, Role.AUDITOR, Role.COUNCIL])
def test_others_than_who_keeps_accounts_see_nothing(sign_in, agency, page, role):
    path = f"/{agency.code}/" + page.format(pk=member_of(agency, Role.CLERK).pk)
    assert sign_in(role).get(path).status_code == 404
    assert Client().get(path)["Location"].startswith(reverse("account_login"))


def test_accounts_of_another_agency_are_not_there(sign_in, agency, other_agency):
    stranger = sign_in(Role.ADMIN, of=other_agency)
    pk = member_of(agency, Role.CLERK).pk
    for code in (agency.code, other_agency.code):
        assert stranger.post(f"/{code}/accounts/{pk}/close/").status_code == 404
        assert stranger.post(f"/{code}/accounts/{pk}/help/", {"what": "password"}).status_code == 404
    assert member_of(agency, Role.CLERK).is_open
