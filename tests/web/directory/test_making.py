"""An agency in a minute: from the list or by hand, with its units, its first person and their invitation."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from prongsai.web.agencies import accounts, journal
from prongsai.web.agencies.models import Agency, AuditEntry, Invitation, Membership, Person, Post, PostRole, Unit
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Power, Role
from prongsai.web.directory.models import CodeList, Listed
from prongsai.web.directory.queries.kinds import kind_of
from prongsai.web.directory.queries.many import wishes_of
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services import making
from prongsai.web.directory.services.many import agency_from, make_all
from tests.web import office
from tests.web.directory.conftest import SAMPLES, link

pytestmark = pytest.mark.django_db
FORM = {
    "name": "เทศบาลตำบลท่าหว้า",
    "code": "05170202",
    "province": "สิงห์บุรี",
    "district": "เมืองสิงห์บุรี",
    "letter_prefix": "สห 52702",
    "units": ["สำนักปลัดเทศบาล", "กองคลัง"],
    "person": "นางสาวกานดา เรียบร้อย",
    "post": "ปลัดเทศบาล",
    "email": "kanda@thawa.example.go.th",
}


def make(installation: Installation, code: str = "05170202", **given: str) -> making.Made:
    listed = Listed.objects.get(code=code)
    wanted = {"person": "นางสาวกานดา เรียบร้อย", "post": "ปลัดเทศบาล"} | given
    return making.make_agency(installation, agency=agency_from(listed), link=link, units=["กองคลัง"], **wanted)


def test_kind_is_told_from_the_name():
    names = {
        "เทศบาลนครบ้านสวนพลู": "city",
        "เทศบาลเมืองบ้านสวนพลู": "town",
        "เทศบาลตำบลบ้านสวนพลู": "subdistrict",
        "องค์การบริหารส่วนตำบลบ้านสวนพลู": "tao",
        "องค์การบริหารส่วนจังหวัดลพบุรี": "pao",
        "เมืองพัทยา": "special",
        "โรงเรียนบ้านสวนพลู": None,
        "เทศบาลตำบล": None,
    }
    assert {name: kind_of(name) for name in names} == names


# --- from a part of the name to the printed link --------------------------------------------------------------------
def test_agency_is_made_in_three_steps_without_script(client: Client, codes: CodeList):
    found = client.get("/installation/agencies/add/", {"q": "ท่าหว้า"}).content.decode()
    assert 'href="/installation/agencies/add/05170202/"' in found
    page = client.get("/installation/agencies/add/05170202/").content.decode()
    for told in ('value="เทศบาลตำบลท่าหว้า"', 'value="05170202"', '<option value="สิงห์บุรี" selected', "สห ๕๒"):
        assert told in page
    done = client.post("/installation/agencies/add/05170202/", FORM)
    assert done.status_code == 201 and "no-store" in done["Cache-Control"]
    token = re.search(r"http://testserver/invitation/([\w-]+)/", done.content.decode())
    assert token
    agency = Agency.objects.get()
    assert (agency.code, agency.kind, agency.letter_prefix) == ("05170202", "subdistrict", "สห ๕๒๗๐๒")
    assert list(Unit.objects.values_list("name", flat=True)) == ["สำนักปลัดเทศบาล", "กองคลัง"]
    assert set(PostRole.objects.values_list("role", flat=True)) == {Role.ADMIN, Role.COORDINATOR}
    member = accounts.accept(token=token[1], username="kanda", password=office.PASSWORD)
    scope = scope_of(member.user, agency.code)
    assert scope is not None and scope.can(Power.KEEP_ACCOUNTS) and scope.can(Power.RUN_CYCLE)
    assert str(scope.person) == "นางสาวกานดา เรียบร้อย"


def test_invitation_goes_by_mail_where_mail_is_set(client: Client, codes: CodeList, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/installation/agencies/add/05170202/", FORM)
    (sent,) = mail.outbox
    assert sent.to == ["kanda@thawa.example.go.th"] and "/invitation/" in sent.body


def test_agency_that_is_on_no_list_is_made_by_hand(client: Client):
    page = client.get("/installation/agencies/add/").content.decode()
    assert "ยังไม่มีบัญชีรหัส" in page and "/installation/agencies/add/by-hand/" in page
    done = client.post("/installation/agencies/add/by-hand/", FORM | {"email": "", "website": "thawa.example.go.th"})
    assert (done.status_code, Agency.objects.get().website) == (201, "https://thawa.example.go.th")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "ท่าหว้า", "ขึ้นต้นด้วยประเภท"),
        ("code", "517", "ไม่ใช่รหัส"),
        ("code", "05160202", "ควรเป็น 17"),
        ("district", "เมืองลพบุรี", "ใกล้เคียงคือ"),
        ("letter_prefix", "๕๒๗๐๒", "เขียนอักษรย่อจังหวัดและรหัส"),
        ("person", " ", "จำเป็น"),
        ("email", "kanda", "อีเมล"),
    ],
)
def test_form_says_what_to_mend_and_makes_nothing(client: Client, field: str, value: str, said: str):
    answer = client.post("/installation/agencies/add/by-hand/", FORM | {field: value})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Agency.objects.exists() and not AuditEntry.objects.exists()


def test_code_that_is_here_already_is_refused_and_shown_as_such(client: Client, codes: CodeList, other_agency: Agency):
    assert "มีในระบบแล้ว" in client.get("/installation/agencies/add/", {"q": "ท่าหว้า"}).content.decode()
    answer = client.post("/installation/agencies/add/05170202/", FORM)
    assert answer.status_code == 422 and "รหัส" in answer.content.decode()
    assert Agency.objects.filter(code="05170202").count() == 1


def test_post_that_nobody_named_is_thai_whatever_language_is_read(client: Client, codes: CodeList):
    table = {"text": "รหัส,ชื่อ-สกุล\n05170202,นายหนึ่ง ก่อน\n", "make": "1"}
    assert client.post("/installation/agencies/add/many/", table, headers={"Accept-Language": "en"}).status_code == 201
    assert Post.objects.get().title == "ผู้ประสานงาน ITA"


def test_secretariat_is_ticked_under_the_name_of_its_kind(client: Client, codes: CodeList):
    page = client.get("/installation/agencies/add/06160104/").content.decode()
    assert "สำนักปลัดองค์การบริหารส่วนตำบล" in page


# --- what it leaves -------------------------------------------------------------------------------------------------
def test_both_journals_tell_of_it_and_hold(installation: Installation, codes: CodeList):
    agency = make(installation).agency
    assert AuditEntry.objects.filter(agency=None).first().action == "agency.make"
    own = AuditEntry.objects.filter(agency=agency)
    assert own.last().action == "agency.set_up" and {one.actor for one in own} == {"ธนา ดูแลเครื่อง"}
    assert list(journal.broken(agency)) == list(journal.broken(None)) == []


def test_operator_who_made_an_agency_is_not_of_it(client: Client, installation: Installation, codes: CodeList):
    agency = make(installation).agency
    assert scope_of(installation.user, agency.code) is None
    assert client.get(f"/{agency.code}/").status_code == 404
    assert not Membership.objects.exists()


def test_first_person_without_name_or_with_a_wrong_address_leaves_nothing(installation: Installation, codes: CodeList):
    with pytest.raises(ValidationError) as refused:
        make(installation, person=" ", post="", email="kanda")
    assert set(refused.value.message_dict) == {"person", "post", "email"}
    assert not Agency.objects.exists()


# --- the link is lost -----------------------------------------------------------------------------------------------
def test_lost_link_is_made_anew_and_the_old_one_dies(client: Client, installation: Installation, codes: CodeList):
    made = make(installation)
    old = made.invited.address.split("/")[-2]
    given = {"person": "นางสาวกานดา เรียบร้อย", "post": "ปลัดเทศบาล", "email": "new@thawa.example.go.th"}
    answer = client.post("/installation/agencies/05170202/invite/", given)
    assert answer.status_code == 201 and accounts.open_invitation(old) is None
    newest = Invitation.objects.first()
    assert newest is not None and newest.person == made.invited.invitation.person
    assert newest.person.email == "new@thawa.example.go.th"


def test_somebody_else_is_invited_in_the_place_of_who_never_came(installation: Installation, codes: CodeList):
    agency = make(installation).agency
    invited = making.invite_first(installation, agency=agency, person="นายเอก มาแทน", post="รองปลัด", link=link)
    assert str(invited.invitation.person) == "นายเอก มาแทน"
    member = accounts.accept(token=invited.address.split("/")[-2], username="ek", password=office.PASSWORD)
    scope = scope_of(member.user, agency.code)
    assert scope is not None and scope.can(Power.KEEP_ACCOUNTS)


def test_agency_with_an_account_invites_by_itself(client: Client, agency: Agency):
    assert "ผู้ดูแลระบบคนแรก" not in client.get(f"/installation/agencies/{agency.code}/").content.decode()
    answer = client.post(f"/installation/agencies/{agency.code}/invite/", {"person": "นายเอก มาแทน", "post": "รองปลัด"})
    assert answer.status_code == 422
    assert not Invitation.objects.filter(agency=agency).exists()


def lose_keeper(agency: Agency, how: str) -> None:
    """Let the only one who keeps the accounts go."""
    member = Membership.objects.get(user=office.user(agency, Role.ADMIN))
    if how == "left":
        Person.objects.filter(pk=member.person_id).update(left_on=date(2020, 1, 1))
    else:
        PostRole.objects.filter(post__agency=agency, role=Role.ADMIN).delete()


@pytest.mark.parametrize("how", ["left", "without_post"])
def test_agency_whose_last_keeper_is_gone_is_given_a_new_one(client: Client, agency: Agency, how: str):
    lose_keeper(agency, how)
    address = f"/installation/agencies/{agency.code}/"
    page = client.get(address).content.decode()
    assert "ไม่มีผู้ดูแลระบบที่ยังปฏิบัติงานอยู่" in page and "ยังไม่มีผู้ใดเปิดบัญชี" not in page
    answer = client.post(f"{address}invite/", {"person": "นายเอก มาแทน", "post": "รองปลัด"})
    token = re.search(r"/invitation/([\w-]+)/", answer.content.decode())
    assert answer.status_code == 201 and token
    member = accounts.accept(token=token[1], username="ek", password=office.PASSWORD)
    scope = scope_of(member.user, agency.code)
    assert scope is not None and scope.can(Power.KEEP_ACCOUNTS)
    assert "<form" not in client.get(address).content.decode().partition("สถานะทางเทคนิค")[2].partition("ปิดหน่วยงานนี้")[0]
    for where in (agency, None):
        (told,) = AuditEntry.objects.filter(agency=where, action="agency.invite")
        assert told.actor == "ธนา ดูแลเครื่อง" and list(journal.broken(where)) == []


def test_whom_the_agency_invited_itself_is_not_shown_outside(client: Client, agency: Agency, scope):
    clerk = Person.objects.create(agency=agency, given_name="ลับเฉพาะ")
    accounts.invite(scope(Role.ADMIN), person=clerk, link=link)
    lose_keeper(agency, "left")
    assert "ลับเฉพาะ" not in client.get(f"/installation/agencies/{agency.code}/").content.decode()


def test_section_that_closes_an_agency_has_words_of_its_own(client: Client, agency: Agency):
    assert "<h2>ปิดหน่วยงานนี้</h2>" in client.get(f"/installation/agencies/{agency.code}/").content.decode()


# --- many -----------------------------------------------------------------------------------------------------------
def test_table_is_looked_at_row_by_row_then_what_is_right_is_made(client: Client, codes: CodeList):
    text = (SAMPLES / "many.csv").read_text(encoding="utf-8-sig")
    page = client.post("/installation/agencies/add/many/", {"text": text}).content.decode()
    assert not Agency.objects.exists()
    for told in ("เพิ่มได้ ๓ หน่วยงาน", "ไม่มีรหัสนี้ในบัญชีรหัส", "ไม่มีชื่อ-สกุล", "ที่อยู่อีเมลไม่ถูกต้อง", "05160301"):
        assert told in page
    done = client.post("/installation/agencies/add/many/", {"text": text, "make": "1"})
    assert done.status_code == 201 and "no-store" in done["Cache-Control"]
    assert sorted(Agency.objects.values_list("code", flat=True)) == ["02170001", "05160301", "05170202"]
    assert len(re.findall(r"http://testserver/invitation/[\w-]+/", done.content.decode())) == 3
    again = client.post("/installation/agencies/add/many/", {"text": text}).content.decode()
    assert again.count("มีหน่วยงานนี้ในระบบแล้ว") == 3


def test_row_that_fails_while_it_is_made_does_not_stop_the_others(installation: Installation, codes: CodeList):
    table = "รหัส,ชื่อ-สกุล\n05170202,นายหนึ่ง ก่อน\n05160101,นายสอง ทีหลัง\n"
    wishes = wishes_of(table.encode(), "x.csv", post="ปลัด")
    make(installation, "05170202")  # somebody else was quicker
    first, second = make_all(installation, wishes=wishes, link=link)
    assert first.made is None and first.fault
    assert second.made is not None and second.made.agency.code == "05160101"


def test_same_code_on_two_rows_is_made_by_neither(codes: CodeList):
    wishes = wishes_of("รหัส,ชื่อ-สกุล\n05170202,นายก ก\n5170202,นายข ข\n".encode(), "x.csv", post="ปลัด")
    assert [wish.can_be_made for wish in wishes] == [False, False]
