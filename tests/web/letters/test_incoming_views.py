"""Pages of what came in: registering, the register, what was done, files; secret letters are not there for others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies.roles import Power, Role, powers_of
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.letters.models import Incoming
from prongsai.web.letters.services import incoming as services
from prongsai.web.letters.services import numbers as number_services
from tests.web import office

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n" + b"1" * 300


@pytest.fixture
def clerk(scope):
    return scope(Role.CLERK)


@pytest.fixture
def register(clerk):
    def make(**values) -> Incoming:
        given = {"sender": "อำเภอเมืองลพบุรี", "addressee": "นายกเทศมนตรี", "subject": "แจ้งเพื่อทราบ", "way": "saraban"}
        return services.register_incoming(clerk, **(given | values))

    return make


@pytest.fixture
def secret(register, scope) -> Incoming:
    return register(subject="สอบวินัย", sender="จังหวัด", secrecy="ลับ", readers=[scope(Role.LEGAL).person])


def address(name: str, *words: object, code: str = office.CODE) -> str:
    return reverse(f"letters:{name}", args=[code, *words])


def typed(scope, **values) -> dict[str, object]:
    day = scope.today
    return {
        "received_on": f"{day.day}/{day.month}/{day.year + 543}", "received_time": "๐๐.๐๑ น.", "letter_no": "ลบ ๐๑๑๘/๔๕",
        "dated": "", "sender": "อำเภอเมืองลพบุรี", "addressee": "นายกเทศมนตรี", "subject": "แจ้งเพื่อทราบ", "way": "hand",
    } | values  # fmt: skip


# --- who may ---------------------------------------------------------------------------------------------------------
def test_register_is_seen_by_who_sees_work_and_kept_by_who_keeps_letters(register, sign_in):
    made = register()
    seen = [address("incoming_list"), address("incoming", made.pk), address("incoming_export", "csv")]
    kept = [address("incoming_add"), address("incoming_edit", made.pk) + "?what=letter"]
    for role in Role:
        client, powers = sign_in(role), powers_of([role])
        assert {client.get(one).status_code for one in seen} == {200 if Power.SEE_WORK in powers else 404}, role
        assert {client.get(one).status_code for one in kept} == {200 if Power.KEEP_LETTERS in powers else 404}, role


def test_what_was_done_is_entered_by_the_unit_of_the_letter(register, sign_in, agency):
    made = register(unit=office.unit(agency, "กองช่าง"))
    to = address("incoming_edit", made.pk)
    statuses = {role: sign_in(role).get(to).status_code for role in (Role.OFFICER, Role.HEAD, Role.CLERK, Role.AUDITOR)}
    assert statuses == {Role.OFFICER: 200, Role.HEAD: 404, Role.CLERK: 200, Role.AUDITOR: 404}


def test_other_agency_s_letters_are_not_there(register, sign_in, other_agency):
    made = register()
    theirs = sign_in(Role.CLERK, of=other_agency)
    for name in ("incoming", "incoming_edit"):
        assert theirs.get(address(name, made.pk, code=other_agency.code)).status_code == 404
        assert theirs.get(address(name, made.pk)).status_code == 404
    assert "แจ้งเพื่อทราบ" not in theirs.get(address("incoming_list", code=other_agency.code)).content.decode()


# --- registering -----------------------------------------------------------------------------------------------------
def test_letter_is_registered_with_its_paper(clerk, sign_in, agency):
    unit = office.unit(agency, "กองช่าง")
    file = SimpleUploadedFile("หนังสือ.pdf", PDF)
    answer = sign_in(Role.CLERK).post(address("incoming_add"), typed(clerk, unit=unit.pk, file=file), follow=True)
    made = Incoming.objects.get()
    assert (made.number.text, made.letter_no, made.unit) == ("1", "ลบ 0118/45", unit)
    page = answer.content.decode()
    assert "เลขทะเบียนรับ ๑" in page and "หนังสือ.pdf" in page
    held = File.objects.get()
    assert (held.is_guarded, Evidence.objects.get().file) == (False, held)


def test_letter_that_came_before_is_told_and_registered_only_on_purpose(clerk, sign_in):
    client = sign_in(Role.CLERK)
    client.post(address("incoming_add"), typed(clerk))
    answer = client.post(address("incoming_add"), typed(clerk, letter_no="ลบ0118/45"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "ลงรับไว้แล้ว" in page and "เลขรับ ๑" in page
    assert Incoming.objects.count() == 1
    answer = client.post(address("incoming_add"), typed(clerk, again="on"), follow=True)
    assert Incoming.objects.count() == 2 and "ลงรับไว้อีก" in answer.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"subject": ""},
        {"received_time": "25:99"},
        {"received_on": "31/2/2569"},
        {"secrecy": "ลับ"},
        {"secrecy": "ลับที่สุด"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(clerk, sign_in, values):
    answer = sign_in(Role.CLERK).post(address("incoming_add"), typed(clerk, sender="หน่วยงานที่พิมพ์ไว้", **values))
    assert answer.status_code == 422 and "หน่วยงานที่พิมพ์ไว้" in answer.content.decode()
    assert Incoming.objects.count() == 0


def test_reserved_number_is_offered(clerk, sign_in):
    series = number_services.ensure_series(clerk, kind="incoming")
    held = number_services.reserve(clerk, series=series, subject="ไฟดับ")[0]
    client = sign_in(Role.CLERK)
    assert f'<option value="{held.pk}">' in client.get(address("incoming_add")).content.decode()
    assert client.post(address("incoming_add"), typed(clerk, number=held.pk)).status_code == 302
    assert Incoming.objects.get().number == held


# --- the register ----------------------------------------------------------------------------------------------------
LIST_QUERIES = 13


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_whatever_its_length(register, sign_in, agency, django_assert_num_queries, count):
    for n in range(count):
        register(unit=office.unit(agency, "กองช่าง"), subject=f"เรื่อง {n}")
    client = sign_in(Role.OFFICER)
    client.get(address("incoming_list"))
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(address("incoming_list")).content.decode()
    assert page.count('scope="row"') == count


def test_list_tells_what_is_late_and_what_waits_for_ones_unit(register, sign_in, agency, clerk):
    day = timezone.localdate() - timedelta(days=9)
    made = register(unit=office.unit(agency, "กองช่าง"))
    Incoming.objects.filter(pk=made.pk).update(due_on=day)
    register(subject="ของหน่วยอื่น")
    client = sign_in(Role.OFFICER)
    page = client.get(address("incoming_list")).content.decode()
    assert "มี ๑ ฉบับเกินกำหนด" in page and "๑ ฉบับรอส่วนราชการของท่าน" in page and "เลยมา ๙ วัน" in page
    mine = client.get(address("incoming_list"), {"mine": "on", "state": "open", "year": ""}).content.decode()
    assert "แจ้งเพื่อทราบ" in mine and "ของหน่วยอื่น" not in mine


def test_export_holds_what_the_list_holds(register, sign_in, secret):
    register(subject="ถนนชำรุด")
    answer = sign_in(Role.AUDITOR).get(address("incoming_export", "csv"))
    text = answer.content.decode("utf-8-sig")
    assert text.startswith("เลขทะเบียนรับ,ที่,ลงวันที่,จาก,ถึง,เรื่อง,การปฏิบัติ,หมายเหตุ")
    assert "ถนนชำรุด" in text and "(ลับ)" in text and "สอบวินัย" not in text and "จังหวัด" not in text


# --- done ------------------------------------------------------------------------------------------------------------
def test_unit_enters_what_it_did_with_a_file(register, sign_in, agency, clerk):
    made = register(unit=office.unit(agency, "กองช่าง"))
    day = clerk.today
    given = {"handling": "ซ่อมแล้ว", "done_on": f"{day.day}/{day.month}/{day.year + 543}", "version": 1,
             "file": SimpleUploadedFile("ภาพ.pdf", PDF)}  # fmt: skip
    answer = sign_in(Role.OFFICER).post(address("incoming_edit", made.pk), given, follow=True)
    page = answer.content.decode()
    assert "ซ่อมแล้ว" in page and "ภาพ.pdf" in page and "ดำเนินการแล้ว" in page
    file = File.objects.get()
    opened = sign_in(Role.AUDITOR).get(address("incoming_file", made.pk, file.pk))
    assert b"".join(opened.streaming_content) == PDF
    assert opened["Content-Disposition"].startswith("attachment")


def test_two_who_enter_are_told_and_what_was_typed_stays(register, sign_in, agency):
    made = register(unit=office.unit(agency, "กองช่าง"))
    to = address("incoming_edit", made.pk)
    assert sign_in(Role.CLERK).post(to, {"handling": "ของคนแรก", "version": 1}).status_code == 302
    answer = sign_in(Role.OFFICER).post(to, {"handling": "ของอีกคน", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409 and "ของอีกคน" in page and "ของคนแรก" in page
    assert 'name="version" value="2"' in page


def test_register_is_mended(register, sign_in, clerk):
    made = register()
    to = address("incoming_edit", made.pk) + "?what=letter"
    given = typed(clerk, subject="เรื่องที่ถูก", version=1)
    assert sign_in(Role.CLERK).post(to, given).status_code == 302
    made.refresh_from_db()
    assert (made.subject, made.letter_no) == ("เรื่องที่ถูก", "ลบ 0118/45")
    assert sign_in(Role.CLERK).post(to, given).status_code == 409


def test_cancelled_letter_says_so_and_takes_nothing_more(register, sign_in, clerk):
    made = register()
    client = sign_in(Role.CLERK)
    client.post(address("number_cancel", made.number.pk), {"reason": "ลงรับซ้ำ", "version": made.number.version})
    page = client.get(address("incoming", made.pk)).content.decode()
    assert "เลขรับนี้ยกเลิกแล้ว" in page and "ลงรับซ้ำ" in page
    assert client.get(address("incoming_edit", made.pk)).status_code == 404


# --- secret ----------------------------------------------------------------------------------------------------------
def test_secret_letter_is_not_there_for_others_whatever_their_role(secret, sign_in):
    for role in Role:
        client = sign_in(role)
        may = role in (Role.CLERK, Role.LEGAL)
        for name in ("incoming", "incoming_edit"):
            assert client.get(address(name, secret.pk)).status_code == (200 if may else 404), (role, name)
        pages = [client.get(one) for one in (address("incoming_list"), secret.number.series.get_absolute_url())]
        if not may:
            assert all("สอบวินัย" not in one.content.decode() for one in pages), role
    masked = sign_in(Role.SECRETARY).get(address("incoming_list")).content.decode()
    assert masked.count('scope="row"') == 1 and "หนังสือลับ" in masked and "จังหวัด" not in masked


def test_paper_of_a_secret_letter_is_guarded(clerk, sign_in, scope):
    reader = scope(Role.LEGAL).person
    given = typed(clerk, secrecy="ลับ", readers=[reader.pk], file=SimpleUploadedFile("ร้องเรียนผู้บริหาร.pdf", PDF))
    assert sign_in(Role.CLERK).post(address("incoming_add"), given).status_code == 302
    made, file = Incoming.objects.get(), File.objects.get()
    assert (file.is_guarded, file.name, Evidence.objects.count()) == (True, "หนังสือลับ.pdf", 0)
    to = address("incoming_file", made.pk, file.pk)
    assert {role: sign_in(role).get(to).status_code for role in (Role.LEGAL, Role.SECRETARY, Role.AUDITOR)} == {
        Role.LEGAL: 200, Role.SECRETARY: 404, Role.AUDITOR: 404
    }  # fmt: skip


def test_file_of_another_letter_is_not_given(register, secret, sign_in, clerk):
    other = register()
    services.act_on(clerk, incoming=secret, version=1, handling="ก", done_on=None, files=[])
    client = sign_in(Role.AUDITOR)
    assert client.get(address("incoming_file", other.pk, 999_999)).status_code == 404
