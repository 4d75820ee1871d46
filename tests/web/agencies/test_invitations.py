"""Inviting a person and coming in by the invitation."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies import accounts, journal
from prongsai.web.agencies.models import AuditEntry, Invitation, Membership, Person, User
from prongsai.web.agencies.roles import Role
from prongsai.web.notify.models import Mail
from tests.web import office
from tests.web.agencies.pages import inline_parts

pytestmark = pytest.mark.django_db
PASSWORD = "ทุ่งนาเขียวขจี-๒๕๗๐"
GIVEN = {"username": "pranee.s", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def newcomer(agency) -> Person:
    return Person.objects.create(agency=agency, prefix="นางสาว", given_name="ปราณี", family_name="สดใส")


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMIN)


def ask(client, agency, person):
    return client.post(f"/{agency.code}/accounts/invite/", {"person": person.pk})


def path_of(answer) -> str:
    return re.search(r"http://testserver(/invitation/[\w-]+/)", answer.content.decode())[1]


def test_invitation_lets_its_person_set_name_and_password_and_sign_in(admin, client, agency, newcomer):
    answer = ask(admin, agency, newcomer)
    assert answer.status_code == 201
    path = path_of(answer)
    page = client.get(path)
    assert "นางสาวปราณี สดใส" in page.content.decode() and inline_parts(page.content.decode()) == []
    assert client.post(path, GIVEN)["Location"] == reverse("account_login")
    member = Membership.objects.get(person=newcomer)
    assert (member.agency, member.user.username, member.is_open) == (agency, "pranee.s", True)
    inside = client.post(reverse("account_login"), {"login": "pranee.s", "password": PASSWORD})
    assert inside.status_code == 302 and client.get(reverse("account")).status_code == 200
    assert [entry.action for entry in AuditEntry.objects.order_by("number")] == [
        "invitation.create", "account.create", "account.open", "invitation.accept", "sign_in",
    ]  # fmt: skip
    assert list(journal.broken(agency)) == []


def test_link_is_shown_once_with_a_picture_and_only_its_hash_is_kept(admin, agency, newcomer):
    answer = ask(admin, agency, newcomer)
    html = answer.content.decode()
    token = path_of(answer).split("/")[2]
    assert 'src="data:image/svg+xml;base64,' in html and inline_parts(html) == []
    assert "no-store" in answer["Cache-Control"]
    kept = str(list(Invitation.objects.values())) + str(list(AuditEntry.objects.values()))
    assert token not in kept
    assert "token_sha256" not in AuditEntry.objects.get().changes
    assert token not in admin.get(f"/{agency.code}/accounts/").content.decode()


def test_passwords_and_their_hashes_never_reach_the_journal(admin, client, agency, newcomer):
    client.post(path_of(ask(admin, agency, newcomer)), GIVEN)
    told = str(list(AuditEntry.objects.values_list("changes", flat=True)))
    assert PASSWORD not in told and User.objects.get(username="pranee.s").password not in told


def test_invitation_goes_by_mail_to_who_has_an_address(
    admin, agency, newcomer, mailoutbox, django_capture_on_commit_callbacks
):
    newcomer.email = "pranee@example.org"
    newcomer.save()
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(admin, agency, newcomer)
    (letter,) = mailoutbox
    assert letter.to == ["pranee@example.org"] and letter.subject == "คำเชิญเปิดบัญชีผู้ใช้ เทศบาลตำบลบ้านสวนพลู"
    assert f"http://testserver{path_of(answer)}" in letter.body
    assert Mail.objects.get().text == "", "the link is kept no longer than the mail needs it"


def test_form_shows_the_address_before_anything_is_sent(admin, agency, newcomer, settings):
    Person.objects.create(agency=agency, given_name="ไกล", family_name="ไม่มีเมล")
    newcomer.email = "pranee@example.org"
    newcomer.save()

    def offered():
        form = admin.get(f"/{agency.code}/accounts/invite/?person={newcomer.pk}").context["form"]
        return sorted(label for value, label in form.fields["person"].choices if value)

    assert offered() == ["นางสาวปราณี สดใส · pranee@example.org", "ไกล ไม่มีเมล · ไม่มีอีเมล"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert offered() == ["นางสาวปราณี สดใส", "ไกล ไม่มีเมล"]


def test_invitation_without_a_mail_server_shows_the_link_and_keeps_no_mail(admin, agency, newcomer, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    newcomer.email = "pranee@example.org"
    newcomer.save()
    assert "ยังไม่ได้ตั้งเซิร์ฟเวอร์อีเมล" in admin.get(f"/{agency.code}/accounts/invite/").content.decode()
    assert path_of(ask(admin, agency, newcomer))
    assert Mail.objects.count() == 0


def test_invitation_works_once(admin, client, agency, newcomer):
    path = path_of(ask(admin, agency, newcomer))
    client.post(path, GIVEN)
    assert client.get(path).status_code == 404
    assert client.post(path, GIVEN | {"username": "other"}).status_code == 404
    assert Membership.objects.filter(person=newcomer).count() == 1


def test_invitation_ends_after_seven_days(admin, client, agency, newcomer):
    path = path_of(ask(admin, agency, newcomer))
    invitation = Invitation.objects.get()
    assert timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    dead = client.get(path)
    assert dead.status_code == 404 and "ลิงก์นี้ใช้ไม่ได้แล้ว" in dead.content.decode()


def test_withdrawn_and_replaced_invitations_let_nobody_in(admin, client, agency, newcomer):
    first = path_of(ask(admin, agency, newcomer))
    second = path_of(ask(admin, agency, newcomer))
    assert client.get(first).status_code == 404 and client.get(second).status_code == 200
    pk = Invitation.objects.get(withdrawn_at__isnull=True).pk
    assert admin.post(f"/{agency.code}/accounts/invitations/{pk}/withdraw/").status_code == 302
    assert client.get(second).status_code == 404
    assert admin.post(f"/{agency.code}/accounts/invitations/{pk}/withdraw/").status_code == 404


def test_who_left_since_the_invitation_cannot_come_in(admin, client, agency, newcomer):
    path = path_of(ask(admin, agency, newcomer))
    newcomer.left_on = timezone.localdate() - timedelta(days=1)
    newcomer.save()
    assert client.get(path).status_code == 404
    assert client.post(path, GIVEN).status_code == 404
    assert not User.objects.filter(username="pranee.s").exists()


def test_only_people_of_the_agency_without_account_can_be_invited(admin, agency, other_agency, newcomer):
    gone = Person.objects.create(agency=agency, given_name="เก่า", left_on="2020-01-01")
    stranger = Person.objects.create(agency=other_agency, given_name="ไกล")
    merged = Person.objects.create(agency=agency, given_name="ซ้ำ", merged_into=newcomer)
    has_one = Membership.objects.filter(agency=agency).first().person
    offered = admin.get(f"/{agency.code}/accounts/invite/").context["form"].fields["person"].queryset
    assert list(offered) == [newcomer]
    for person in (gone, stranger, merged, has_one):
        assert ask(admin, agency, person).status_code == 422
    assert Invitation.objects.count() == 0


def test_service_refuses_the_wrong_person_by_itself(scope, agency):
    has_one = Membership.objects.filter(agency=agency).first().person
    with pytest.raises(ValidationError):
        accounts.invite(scope(Role.ADMIN), person=has_one, link=str)


@pytest.mark.parametrize(
    ("given", "field", "fault"),
    [
        ({"username": "clerk-05160101"}, "username", "มีผู้ใช้ชื่อนี้แล้ว"),
        ({"username": "CLERK-05160101"}, "username", "มีผู้ใช้ชื่อนี้แล้ว"),
        ({"username": "มี วรรค"}, "username", "ไม่เว้นวรรค"),
        ({"password": "สั้น", "again": "สั้น"}, "password", "สั้นเกินไป"),
        ({"username": "praneesodsai", "password": "praneesodsai9", "again": "praneesodsai9"}, "password", "คล้าย"),
        ({"again": "อีกอย่างหนึ่งที่ไม่ตรงกัน"}, "again", "ไม่ตรงกัน"),
    ],
)
def test_faults_are_told_and_the_invitation_stays_open(admin, client, agency, newcomer, given, field, fault):
    path = path_of(ask(admin, agency, newcomer))
    page = client.post(path, GIVEN | given)
    assert page.status_code == 422
    assert fault in str(page.context["form"].errors[field])
    assert client.get(path).status_code == 200 and not Membership.objects.filter(person=newcomer).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_but_who_keeps_accounts_may_invite(sign_in, agency, newcomer, role):
    client = sign_in(role)
    assert client.get(f"/{agency.code}/accounts/invite/").status_code == 404
    assert ask(client, agency, newcomer).status_code == 404
    assert Invitation.objects.count() == 0


def test_invitations_of_another_agency_are_not_there(sign_in, agency, other_agency, newcomer, admin):
    ask(admin, agency, newcomer)
    pk = Invitation.objects.get().pk
    stranger = sign_in(Role.ADMIN, of=other_agency)
    assert stranger.post(f"/{other_agency.code}/accounts/invitations/{pk}/withdraw/").status_code == 404
    assert stranger.post(f"/{agency.code}/accounts/invitations/{pk}/withdraw/").status_code == 404


def test_who_was_closed_may_be_invited_again_and_gets_a_new_account(admin, client, agency):
    member = Membership.objects.get(user=office.user(agency, Role.CLERK))
    admin.post(f"/{agency.code}/accounts/{member.pk}/close/")
    path = path_of(ask(admin, agency, member.person))
    assert client.post(path, GIVEN).status_code == 302
    assert Membership.objects.filter(person=member.person, is_open=True).get().user.username == "pranee.s"


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_withdrawing_asks_for_a_post(admin, agency, method):
    assert getattr(admin, method)(f"/{agency.code}/accounts/invitations/1/withdraw/").status_code == 405
