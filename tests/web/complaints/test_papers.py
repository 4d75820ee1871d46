"""Letters, calls and visits, taken down by a handler."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prongsai.privacy.seal.receipts import read_receipt
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Kind
from prongsai.web.complaints.models import Report
from prongsai.web.complaints.services import receiving
from prongsai.web.complaints.services.cases import open_case
from tests.web import office
from tests.web.complaints import office_keys
from tests.web.evidence import files

pytestmark = pytest.mark.django_db
LETTER = {
    "came": "letter",
    "came_on": "20/11/2568",
    "mode": "confidential",
    "category": "bribe",
    "what": "เจ้าหน้าที่เรียกเงินก่อนออกใบอนุญาตก่อสร้าง",
    "where": "กองช่าง",
    "when": "ต้นเดือน",
    "name": "นางสาวมะลิ ใจดี",
    "accused_1_name": "นายอรุณ ขยันยิ่ง",
    "remark": "เลขรับ ๑๒๓",
    "wants_result": "on",
}


def address_of(agency) -> str:
    return reverse("complaint_paper", args=[agency.code])


def token_in(page) -> str:
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def words_in(page) -> str:
    return " ".join(re.findall(r'<th scope="row" lang="th">([^<]+)</th>', page.content.decode()))


def send(client: Client, agency, **values):
    token = values.pop("token", None) or token_in(client.get(address_of(agency)))
    return client.post(address_of(agency), {**LETTER, "token": token, **values})


def opened(agency, who, report):
    return open_case(office_keys.scope_for(agency, who), office_keys.key_of(agency, who), report, is_viewed=False)


def test_letter_is_sealed_routed_and_its_receipt_opens_it(agency, handler_client):
    page = send(handler_client(Role.LEGAL), agency)
    assert page.status_code == 201
    report = Report.objects.get()
    assert (report.way, report.category, report.state) == ("paper", "bribe", "received")
    following = receiving.by_receipt(agency, read_receipt(words_in(page)))
    assert (following.report, following.told.what, following.told.mode) == (report, LETTER["what"], "confidential")


def test_who_took_it_down_and_how_it_came_stand_in_the_case_only(agency, handler_client):
    client = handler_client(Role.LEGAL)
    last = AuditEntry.objects.filter(agency=agency).order_by("-number").first().number
    send(client, agency)
    case = opened(agency, Role.AUDITOR, Report.objects.get())
    note = case.of(Kind.NOTE)[0]
    assert note.text.split("\n") == ["หนังสือหรือจดหมาย ๒๐ พฤศจิกายน ๒๕๖๘", "เลขรับ ๑๒๓"]
    assert (note.by, note.data["act"]) == ("นายเที่ยง ธรรมดี", "paper")
    assert case.of(Kind.IDENTITY)[0].data["name"] == "นางสาวมะลิ ใจดี"
    lines = AuditEntry.objects.filter(agency=agency, number__gt=last).exclude(action="complaint.unlock")
    assert list(lines) == []


def test_same_form_sent_twice_is_one_case_with_one_note(agency, handler_client):
    client = handler_client(Role.LEGAL)
    token = token_in(client.get(address_of(agency)))
    first, second = send(client, agency, token=token), send(client, agency, token=token)
    assert words_in(first) == words_in(second)
    assert len(opened(agency, Role.LEGAL, Report.objects.get()).of(Kind.NOTE)) == 1


def test_handler_who_will_be_left_out_is_told_before_it_is_sent(agency, handler_client):
    client = handler_client(Role.SUPPLY)
    about = {"accused_1_name": "นายประสิทธิ์ มั่นคง", "accused_1_position": "ผู้อำนวยการกองคลัง"}
    page = send(client, agency, **about)
    assert (page.status_code, Report.objects.count()) == (422, 0)
    assert "ท่านจะเปิดเรื่องนี้ไม่ได้หลังส่ง" in page.content.decode()
    page = send(client, agency, **about, understood="on")
    report = Report.objects.get()
    assert page.status_code == 201
    assert opened(agency, Role.SUPPLY, report) is None
    assert opened(agency, Role.LEGAL, report) is not None


def test_scan_is_sealed_and_stays_when_the_form_is_shown_again(agency, handler_client, settings):
    client = handler_client(Role.LEGAL)
    scan = SimpleUploadedFile("จดหมาย.pdf", files.PDF)
    page = send(client, agency, what="", files=scan)
    assert page.status_code == 422
    held = re.search(r'name="held" value="([^"]+)"', page.content.decode())[1]
    assert send(client, agency, held=held).status_code == 201
    case = opened(agency, Role.LEGAL, Report.objects.get())
    assert [(one.title, one.size) for one in case.files] == [("จดหมาย.pdf", len(files.PDF))]
    lying = [path.read_bytes() for path in settings.SEALED_FOLDER.rglob("*") if path.is_file()]
    assert len(lying) == 1
    assert files.PDF[:200] not in lying[0]


def test_form_of_another_site_is_refused(agency, channel):
    client = Client(enforce_csrf_checks=True)
    user = office.user(agency, Role.LEGAL)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("complaints_unlock", args=[agency.code]))
    token = client.cookies["csrftoken"].value
    given = {"passphrase": office_keys.PASSPHRASE, "csrfmiddlewaretoken": token}
    assert client.post(page.request["PATH_INFO"], given).status_code == 302
    assert client.post(address_of(agency), {**LETTER, "token": receiving.give_token()}).status_code == 403
    assert Report.objects.count() == 0


@pytest.mark.parametrize("who", [Role.CLERK, office_keys.SUPERVISOR, Role.PRIVACY])
def test_only_a_handler_takes_reports_down(agency, handler_client, who):
    assert handler_client(who).get(address_of(agency)).status_code == 404


def test_locked_handler_and_stranger_get_nothing(agency, channel, signed_in):
    assert signed_in(Role.LEGAL).get(address_of(agency)).status_code == 302
    assert signed_in(Role.ADMIN).get(address_of(agency)).status_code == 404
