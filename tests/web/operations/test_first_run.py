"""The first run: only while there is no agency, only from here or with the word; everything in one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, AuditEntry, Membership, PostRole, Unit, User
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Power, Role
from prongsai.web.directory.access import operator_of
from prongsai.web.directory.models import Operator
from prongsai.web.operations import keys, services
from tests.web import office

pytestmark = pytest.mark.django_db
FORM = {
    "name": "เทศบาลตำบลบ้านสวนพลู",
    "province": "ลพบุรี",
    "district": "อำเภอเมืองลพบุรี",
    "code": "๐๕๑๖๐๑๐๑",
    "letter_prefix": "ลบ ๕๒๗๐๑",
    "units": ["สำนักปลัดเทศบาล", "กองคลัง"],
    "person": "นางสาวมาลี ตั้งใจ",
    "post": "หัวหน้าสำนักปลัดเทศบาล",
    "username": "malee",
    "password": office.PASSWORD,
    "again": office.PASSWORD,
}
HERE = {"SERVER_NAME": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def here(folder: Path) -> Client:
    return Client(**HERE)


def private_half(page: str) -> str:
    halves = re.findall(r'<code class="key">(.*?)</code>', page, re.S)
    assert len(halves) == 2 and halves[0] == halves[1]
    return re.sub(r"\s|<br>", "", halves[0])


def test_first_run_makes_the_office_and_shows_the_key_on_two_halves(here: Client, folder: Path):
    assert here.get("/first-run/").status_code == 200
    sheet = here.post("/first-run/", FORM)
    assert sheet.status_code == 200
    agency = Agency.objects.get()
    assert (agency.code, agency.kind, agency.district, agency.is_demo) == ("05160101", "subdistrict", "เมืองลพบุรี", False)
    assert list(Unit.objects.values_list("name", "kind")) == [("สำนักปลัดเทศบาล", "office"), ("กองคลัง", "division")]
    assert set(PostRole.objects.values_list("role", flat=True)) == {Role.ADMIN, Role.COORDINATOR}
    user = User.objects.get()
    assert (user.username, str(Membership.objects.get().person)) == ("malee", "นางสาวมาลี ตั้งใจ")
    assert int(here.session["_auth_user_id"]) == user.pk
    scope = scope_of(user, agency.code)
    assert scope is not None and scope.can(Power.KEEP_ACCOUNTS) and scope.can(Power.RUN_CYCLE)
    assert list(journal.broken(agency)) == list(journal.broken(None)) == []
    assert operator_of(user) is not None
    private = private_half(sheet.content.decode())
    assert keys.pair_of(private).private == private
    assert "no-store" in sheet["Cache-Control"]
    assert keys.kept_public(folder) is None


def test_next_page_comes_only_after_the_tick_and_only_the_public_half_stays(here: Client, folder: Path):
    private = private_half(here.post("/first-run/", FORM).content.decode())
    unticked = here.post("/first-run/", {"private": private})
    assert unticked.status_code == 422 and private_half(unticked.content.decode()) == private
    done = here.post("/first-run/", {"private": private, "printed": "on"})
    assert (done.status_code, done["Location"]) == (302, "/05160101/")
    assert keys.kept_public(folder) == keys.pair_of(private).public
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert private.encode() not in kept
    assert here.get("/first-run/").status_code == 404
    assert here.post("/first-run/", {"private": private, "printed": "on"}).status_code == 404


def test_key_that_was_never_printed_can_be_made_later_by_the_administrator(here: Client, folder: Path):
    here.post("/first-run/", FORM)
    assert here.get("/first-run/").status_code == 200
    private = private_half(here.post("/first-run/", {}).content.decode())
    assert here.post("/first-run/", {"private": private, "printed": "on"}).status_code == 302
    assert keys.kept_public(folder) == keys.pair_of(private).public


def test_first_run_is_closed_once_there_is_an_agency(agency: Agency, here: Client, sign_in):
    assert here.get("/first-run/").status_code == 404
    assert here.post("/first-run/", FORM).status_code == 404
    assert sign_in(Role.COORDINATOR).get("/first-run/").status_code == 404
    assert sign_in(Role.ADMIN).get("/first-run/").status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"REMOTE_ADDR": "192.168.1.7"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.5"},
        {"HTTP_X_REAL_IP": "203.0.113.5"},
        {"HTTP_FORWARDED": "for=203.0.113.5"},
        {"SERVER_NAME": "prongsai.example.go.th"},
    ],
)
def test_first_run_is_not_there_for_others(folder: Path, settings, changed: dict[str, str]):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(**(HERE | changed))
    assert client.get("/first-run/").status_code == 404
    assert client.post("/first-run/", FORM).status_code == 404
    assert not Agency.objects.exists()


def test_first_run_behind_a_web_server_needs_the_word(here: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_BEHIND_PROXY", "1")
    assert here.get("/first-run/").status_code == 404


def test_word_of_serve_opens_the_first_run_from_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch):
    away = Client(**(HERE | {"REMOTE_ADDR": "192.168.1.7"}))
    monkeypatch.setenv("PRONGSAI_FIRST_WORD", "abcd-efgh")
    assert away.get("/first-run/?word=abcd-efgg").status_code == 404
    assert away.get("/first-run/?word=").status_code == 404
    assert away.get("/first-run/?word=abcd-efgh").status_code == 200
    assert away.post("/first-run/?word=abcd-efgh", FORM).status_code == 200
    assert Agency.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "บ้านสวนพลู", "ขึ้นต้นด้วยประเภท"),
        ("code", "123", "ไม่ใช่รหัส อปท. ๘ หลัก"),
        ("code", "05170202", "ควรเป็น 16 ตามจังหวัดลพบุรี"),
        ("district", "เมืองสิงห์บุรี", "ใกล้เคียงคือ"),
        ("password", "สั้น", "รหัสผ่านสองช่องไม่ตรงกัน"),
        ("person", "", "จำเป็น"),
    ],
)
def test_first_run_says_what_to_mend_and_keeps_what_was_typed(here: Client, field: str, value: str, said: str):
    answer = here.post("/first-run/", FORM | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and 'value="malee"' in page
    assert not Agency.objects.exists() and not User.objects.exists()


def test_weak_password_is_refused_beside_its_field(here: Client):
    answer = here.post("/first-run/", FORM | {"password": "123456789012", "again": "123456789012"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["password"]
    assert not Agency.objects.exists()


def test_second_set_up_is_refused(agency: Agency):
    with pytest.raises(services.AlreadySetUp):
        services.set_up(agency=Agency(), person="ก ข", post="ค", username="d", password=office.PASSWORD)


def test_secretariat_is_named_as_its_kind_of_agency_names_it(here: Client):
    here.post(
        "/first-run/", FORM | {"name": "องค์การบริหารส่วนตำบลบ้านสวนพลู", "code": "06160101", "units": ["สำนักปลัดเทศบาล"]}
    )
    assert Unit.objects.get().name == "สำนักปลัดองค์การบริหารส่วนตำบล"


def test_key_of_several_agencies_is_for_who_runs_the_installation(
    agency: Agency, other_agency: Agency, folder: Path, sign_in
):
    """It opens the data of all of them: an administrator of one could read the others' backup."""
    administrator = sign_in(Role.ADMIN)
    assert administrator.get("/first-run/").status_code == 404
    assert administrator.post("/first-run/", {}).status_code == 404
    Operator.objects.create(user=office.user(agency, Role.ADMIN))
    sheet = administrator.post("/first-run/", {})
    assert "ทุกหน่วยงานในเครื่องแม่ข่ายนี้" in sheet.content.decode()
    done = administrator.post("/first-run/", {"private": private_half(sheet.content.decode()), "printed": "on"})
    assert done["Location"] == "/installation/"
    assert AuditEntry.objects.filter(agency=None, action="backup_key.keep").exists()
    assert keys.kept_public(folder) is not None
