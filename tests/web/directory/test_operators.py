"""Who runs the installation: in by a link, out again, never into an agency."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies import accounts, journal, triggers
from prongsai.web.agencies.models import Agency, AuditEntry, Membership, Person, User
from prongsai.web.agencies.roles import Role
from prongsai.web.directory.access import may_enter, operator_of
from prongsai.web.directory.models import CodeList, Operator, OperatorInvitation
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services import operators as services
from prongsai.web.directory.views.operators import PER_PAGE
from tests.web import office
from tests.web.directory.conftest import BACKEND

pytestmark = pytest.mark.django_db
NEW = {"username": "second", "password": office.PASSWORD, "again": office.PASSWORD}


def invited(installation: Installation) -> str:
    return services.invite_operator(installation, name="นายสอง ช่วยดูแล", link=lambda token: token).address


def other(name: str = "second", *, is_open: bool = True) -> Operator:
    return Operator.objects.create(user=User.objects.create(username=name), is_open=is_open)


# --- the door -------------------------------------------------------------------------------------------------------
def test_operator_signs_in_and_lands_on_the_installation(operator: Operator, agency: Agency):
    operator.user.set_password(office.PASSWORD)
    operator.user.save()
    answer = Client().post(reverse("account_login"), {"login": "server", "password": office.PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/installation/"


def test_operator_comes_in_before_there_is_any_agency(client: Client):
    assert client.get("/").headers["Location"] == "/installation/"


def test_who_is_both_gets_a_choice_where_there_is_one(agency: Agency, sign_in, request):
    user = office.user(agency, Role.ADMIN)
    Operator.objects.create(user=user)
    client = sign_in(Role.ADMIN)
    assert client.get("/").headers["Location"] == f"/{agency.code}/"
    assert "/installation/" in client.get(reverse("account")).content.decode()
    request.getfixturevalue("other_agency")
    page = client.get("/").content.decode()
    assert 'href="/installation/"' in page and f'href="/{agency.code}/"' in page


def test_operator_who_ended_and_one_whose_account_is_shut_are_strangers(agency: Agency):
    ended, shut = other("ended", is_open=False), other("shut")
    User.objects.filter(pk=shut.user_id).update(is_active=False)
    for one in (ended, shut):
        user = User.objects.get(pk=one.user_id)
        assert (operator_of(user), may_enter(user)) == (None, False)
    client = Client()
    client.force_login(ended.user, backend=BACKEND)
    assert client.get("/installation/").status_code == 404


def test_htmx_whose_sign_in_lapsed_is_led_on():
    answer = Client(headers={"HX-Request": "true"}).get("/installation/")
    assert answer.headers["HX-Redirect"].startswith(reverse("account_login"))


# --- invitations ----------------------------------------------------------------------------------------------------
def test_invitation_makes_an_account_that_runs_the_installation_once(client: Client):
    sent = client.post("/installation/operators/", {"name": "นายสอง ช่วยดูแล"})
    assert sent.status_code == 201 and "no-store" in sent["Cache-Control"]
    address = re.search(r"http://testserver(/installation/invitation/[\w-]+/)", sent.content.decode())
    assert address
    assert client.get("/installation/operators/").content.decode().count(address[1]) == 0
    door = Client()
    assert "นายสอง ช่วยดูแล" in door.get(address[1]).content.decode()
    assert door.post(address[1], NEW)["Location"] == reverse("account_login")
    made = operator_of(User.objects.get(username="second"))
    assert made is not None and str(made) == "สอง ช่วยดูแล"
    assert door.get(address[1]).status_code == 404
    assert list(journal.broken(None)) == []


def test_invitation_is_taken_by_the_account_that_is_signed_in(installation: Installation, agency: Agency, sign_in):
    client = sign_in(Role.CLERK)
    token = invited(installation)
    assert client.post(f"/installation/invitation/{token}/")["Location"] == "/installation/"
    assert operator_of(office.user(agency, Role.CLERK)) is not None
    assert client.get("/installation/").status_code == 200


def test_weak_password_and_withdrawn_invitation_make_nobody(client: Client, installation: Installation):
    token = invited(installation)
    weak = Client().post(f"/installation/invitation/{token}/", NEW | {"password": "1234", "again": "1234"})
    assert weak.status_code == 422
    pk = OperatorInvitation.objects.get().pk
    client.post(f"/installation/operators/invitations/{pk}/withdraw/")
    assert Client().post(f"/installation/invitation/{token}/", NEW).status_code == 404
    assert Operator.objects.count() == 1


def test_token_is_kept_nowhere(installation: Installation):
    token = invited(installation)
    kept = [*OperatorInvitation.objects.values_list("token_sha256", flat=True)]
    kept += [str(entry.changes) for entry in AuditEntry.objects.all()]
    assert not any(token in text for text in kept)


# --- ending and helping ---------------------------------------------------------------------------------------------
def test_last_operator_cannot_be_ended(client: Client, operator: Operator):
    client.post(f"/installation/operators/{operator.pk}/end/")
    operator.refresh_from_db()
    assert operator.is_open
    second = other()
    client.post(f"/installation/operators/{second.pk}/end/")
    second.refresh_from_db()
    assert not second.is_open


def test_ended_operator_can_be_made_one_again(installation: Installation):
    ended = other(is_open=False)
    again = services.make_operator(installation, user=ended.user)
    assert (again.pk, again.is_open) == (ended.pk, True)
    with pytest.raises(ValidationError):
        services.make_operator(installation, user=ended.user)


def test_operator_without_mail_gets_a_link_for_a_new_password(client: Client):
    second = other()
    second.user.set_password(office.PASSWORD)
    second.user.save()
    answer = client.post(f"/installation/operators/{second.pk}/help/")
    address = re.search(r"http://testserver(/account/password/reset/key/\S+?/)<", answer.content.decode())
    assert answer.status_code == 201 and address
    assert Client().get(address[1], follow=True).status_code == 200


def test_operator_opens_no_agencys_door_by_helping(client: Client, agency: Agency):
    clerk = Operator.objects.create(user=office.user(agency, Role.CLERK))
    assert client.post(f"/installation/operators/{clerk.pk}/help/").status_code == 302
    assert not AuditEntry.objects.filter(action="account.password_link").exists()


def test_administrator_opens_no_installations_door_by_helping(agency: Agency, other_agency: Agency, scope):
    """An operator who is also of an agency: its administrator could else set their password and run everything."""
    member = Membership.objects.get(user=office.user(agency, Role.CLERK))
    Operator.objects.create(user=member.user)
    for help_ in (accounts.password_path, accounts.end_two_step):
        with pytest.raises(ValidationError):
            help_(scope(Role.ADMIN), member=member)


def test_administrator_of_the_only_agency_still_helps(agency: Agency, scope):
    member = Membership.objects.get(user=office.user(agency, Role.CLERK))
    Operator.objects.create(user=member.user)
    assert accounts.password_path(scope(Role.ADMIN), member=member).startswith("/account/password/reset/key/")


def test_operator_who_leaves_an_agency_keeps_the_account(agency: Agency, scope):
    member = Membership.objects.get(user=office.user(agency, Role.CLERK))
    Operator.objects.create(user=member.user)
    accounts.close(scope(Role.ADMIN), member=member)
    user = User.objects.get(pk=member.user_id)
    assert user.is_active and accounts.may_enter(user)


def test_operators_are_listed_with_their_second_step(client: Client, operator: Operator):
    TOTP.activate(operator.user, "JBSWY3DPEHPK3PXP")
    other("third")
    page = client.get("/installation/operators/").content.decode()
    assert page.count("ยังไม่ยืนยันสองขั้น") == 1 and "None" not in page


# --- nothing of an agency -------------------------------------------------------------------------------------------
def test_operator_enters_no_page_of_an_agency(client: Client, agency: Agency):
    for path in ("", "agency/", "accounts/", "journal/", "cycles/", "evidence/", "registers/", "letters/"):
        assert (path, client.get(f"/{agency.code}/{path}").status_code) == (path, 404)


def test_journal_page_tells_what_was_done_in_no_agency(client: Client, codes: CodeList, agency: Agency):
    page = client.get("/installation/journal/").content.decode()
    assert "รับเป็นบัญชีที่ใช้" in page and "codes.csv" in page and "codes.accept" not in page
    assert "ไม่ต่อเนื่อง" not in page and agency.name not in page


def test_journal_page_looks_at_its_own_lines_and_at_all_when_asked(client: Client, operator: Operator):
    writer = Installation(operator.user)
    journal.note_all(writer, [("operator.open", operator, None)] * (PER_PAGE + 5))
    address = "/installation/journal/"
    first = client.get(address).content.decode()
    assert "ตรวจเลขที่ ๖ ถึง ๕๕ แล้ว" in first
    assert "ตรวจทั้งเล่มแล้ว เลขที่ ๑ ถึง ๕๕" in client.get(address, {"check": "all"}).content.decode()
    triggers.remove(connection)  # as who holds the database itself can
    models.QuerySet(AuditEntry).filter(agency=None, number=3).update(actor="ผู้อื่น")
    assert "ไม่ต่อเนื่อง" not in client.get(address).content.decode()
    for asked in ({"page": 2}, {"check": "all"}):
        page = client.get(address, asked).content.decode()
        assert "บันทึกไม่ต่อเนื่อง" in page and "เลขที่ ๓" in page


def test_lists_of_operators_ask_as_often_for_three_as_for_one(client: Client, django_assert_num_queries):
    with django_assert_num_queries(5):
        client.get("/installation/operators/")
    other("second")
    other("third")
    with django_assert_num_queries(5):
        client.get("/installation/operators/")


def test_person_and_account_of_nobody_are_made_for_an_operator(installation: Installation):
    services.accept(token=invited(installation), username="second", password=office.PASSWORD)
    assert not Person.objects.exists() and not Membership.objects.exists()
