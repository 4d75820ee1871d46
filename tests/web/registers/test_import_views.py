"""Pages of imports: upload or paste, what becomes of the rows, saving in steps, rights."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.registers.sheets import rows_of
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import Entry, ImportBatch
from prongsai.web.registers.services import imports
from tests.web.registers.test_imports import ASSETS, asset, csv_of

QUERIES = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def url(agency, name: str, *parts: object, register: str = "assets") -> str:
    return reverse(f"registers:{name}", args=[agency.code, register, *parts])


@pytest.fixture
def supply(sign_in):
    return sign_in(Role.SUPPLY)


@pytest.fixture
def bring(agency, supply):
    """Upload rows of assets; gives the batch."""

    def make(*rows: list[str], client=supply) -> ImportBatch:
        file = SimpleUploadedFile("ทรัพย์สิน.csv", csv_of(ASSETS, *rows))
        answer = client.post(url(agency, "import_add"), {"file": file})
        batch = ImportBatch.objects.latest("pk")
        assert (answer.status_code, answer.url) == (302, url(agency, "batch", batch.pk))
        return batch

    return make


def test_page_offers_upload_paste_and_the_empty_sheet(agency, supply, kept):
    page = supply.get(url(agency, "import_add")).content.decode()
    assert 'type="file"' in page and 'name="pasted"' in page and "ดาวน์โหลดแบบนำเข้า" in page
    answer = supply.get(url(agency, "import_template"))
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    assert list(rows_of(answer.content, "ก.xlsx", kept("assets").register).rows) == []


def test_small_sheet_is_looked_at_at_once_and_saved_by_one_button(agency, supply, bring):
    batch = bring(asset(1), asset(2))
    page = supply.get(url(agency, "batch", batch.pk)).content.decode()
    assert "บันทึกเข้าทะเบียน" in page and "กำลังตรวจ" not in page and Entry.objects.count() == 0
    answer = supply.post(url(agency, "batch_save", batch.pk), {"version": batch.version}, follow=True)
    assert "นำเข้าแล้ว: เพิ่ม 2 รายการ แก้ไข 0 รายการ" in answer.content.decode()
    assert Entry.objects.filter(register="assets").count() == 2


def test_pasted_cells_are_taken_as_a_file_is(agency, supply):
    pasted = csv_of(ASSETS, asset(1)).decode()
    assert supply.post(url(agency, "import_add"), {"pasted": pasted}).status_code == 302
    assert ImportBatch.objects.get().n_new == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "เลือกไฟล์ หรือวางตาราง อย่างใดอย่างหนึ่ง"),
        ({"pasted": "ก\tข\n1\t2"}, "ไม่พบหัวตารางของทะเบียนนี้"),
        ({"file": SimpleUploadedFile("ก.xlsx", b"PK\x03\x04 broken")}, "เสียหายหรือมาไม่ครบ"),
    ],
)
def test_what_cannot_be_taken_is_said_on_the_same_page(agency, supply, given, told):
    answer = supply.post(url(agency, "import_add"), given)
    assert answer.status_code == 422 and told in answer.content.decode()
    assert ImportBatch.objects.count() == 0


def test_faulty_cells_come_first_by_name_with_the_mend(agency, supply, bring):
    batch = bring(asset(1), asset(2, c2="<b>เรือ</b>"))
    page = supply.get(url(agency, "batch", batch.pk)).content.decode()
    assert "<strong>C3</strong>" in page and "&lt;b&gt;เรือ&lt;/b&gt;" in page and "<b>เรือ" not in page
    assert "วิธีแก้" in page and 'name="only_good"' in page
    refused = supply.post(url(agency, "batch_save", batch.pk), {"version": batch.version})
    assert refused.status_code == 422 and "มี 1 แถวที่ผิด จึงยังไม่บันทึก" in refused.content.decode()
    answer = supply.post(url(agency, "batch_save", batch.pk), {"version": batch.version, "only_good": "on"})
    assert answer.status_code == 302 and Entry.objects.filter(register="assets").count() == 1
    sheet = supply.get(url(agency, "batch_faults", batch.pk))
    assert sheet["Content-Type"] == XLSX and len(sheet.content) > 1000


def test_new_changed_and_same_rows_are_shown_each_on_their_page(agency, supply, bring, entry):
    entry("assets", code="416-63-0001")
    entry("assets", code="416-63-0002")
    batch = bring(asset(1), asset(2, c1="จอภาพ"), asset(3))
    changed = supply.get(url(agency, "batch", batch.pk), {"fate": "changed"}).content.decode()
    assert "<del>เครื่องฉายภาพ</del> → <ins>จอภาพ</ins>" in changed
    assert "416-63-0003" in supply.get(url(agency, "batch", batch.pk), {"fate": "new"}).content.decode()
    assert "416-63-0001" in supply.get(url(agency, "batch", batch.pk), {"fate": "same"}).content.decode()


def test_long_sheet_goes_on_by_a_button_and_by_itself(agency, supply, bring):
    batch = bring(*(asset(number) for number in range(1, 4)))
    ImportBatch.objects.filter(pk=batch.pk).update(state="reading", n_done=0, n_new=0)
    page = supply.get(url(agency, "batch", batch.pk)).content.decode()
    step = url(agency, "batch_step", batch.pk)
    assert '<progress id="going" max="3" value="0">' in page
    assert f'action="{step}"' in page and f'hx-post="{step}"' in page and 'hx-trigger="load, submit"' in page
    assert supply.post(step).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.n_new) == ("looked_at", 3)


def test_saving_that_stopped_goes_on_from_the_page(agency, supply, system, bring):
    batch = bring(*(asset(number) for number in range(1, 6)))
    imports.save(system, batch=batch, version=batch.version, rows=2)
    page = supply.get(url(agency, "batch", batch.pk)).content.decode()
    assert "กำลังบันทึก" in page and "ทำต่อ" in page and "ทิ้งตารางนี้" not in page
    assert supply.post(url(agency, "batch_drop", batch.pk), {"version": 2}).status_code == 422
    assert supply.post(url(agency, "batch_step", batch.pk)).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, Entry.objects.filter(register="assets").count()) == ("saved", 5)


def test_same_file_again_is_told(agency, supply, bring):
    first = bring(asset(1))
    supply.post(url(agency, "batch_save", first.pk), {"version": first.version})
    page = supply.get(url(agency, "batch", bring(asset(1)).pk)).content.decode()
    assert "ไฟล์เดียวกันนี้เคยนำเข้าแล้ว" in page and "ไม่มีอะไรต้องบันทึก" in page


def test_what_somebody_else_did_first_is_a_conflict(agency, supply, bring):
    batch = bring(asset(1))
    assert supply.post(url(agency, "batch_save", batch.pk), {"version": 7}).status_code == 409
    assert supply.post(url(agency, "batch_drop", batch.pk), {"version": 7}).status_code == 409
    assert supply.post(url(agency, "batch_drop", batch.pk), {"version": 1}).status_code == 302
    assert supply.post(url(agency, "batch_save", batch.pk), {"version": 2}).status_code == 422


def test_strangers_other_roles_and_other_agencies_find_nothing(agency, other_agency, sign_in, supply, bring):
    batch = bring(asset(1))
    pages = [url(agency, name, *((batch.pk,) if name.startswith("batch") else ())) for name in ("import_add", "import_template", "batch", "batch_faults")]  # fmt: skip
    for role in (Role.LEGAL, Role.AUDITOR, Role.COUNCIL):
        assert [sign_in(role).get(each).status_code for each in pages] == [404] * 4
    assert [sign_in(Role.SUPPLY, of=other_agency).get(each).status_code for each in pages] == [404] * 4
    elsewhere = [each.replace(agency.code, other_agency.code) for each in pages[2:]]
    assert [sign_in(Role.SUPPLY, of=other_agency).get(each).status_code for each in elsewhere] == [404] * 2
    for name in ("batch_step", "batch_save", "batch_drop"):
        assert sign_in(Role.LEGAL).post(url(agency, name, batch.pk), {"version": 1}).status_code == 404
    assert sign_in(Role.COORDINATOR).get(pages[2]).status_code == 200
    assert supply.get(url(agency, "batch", batch.pk, register="purchases")).status_code == 404


def test_who_only_enters_rows_sees_own_imports_alone(agency, sign_in):
    head = ("วันที่รับ", "ผู้รับ", "ส่วนราชการ", "ผู้ให้", "ประเภทผู้ให้", "รายการ", "จำนวน", "มูลค่าโดยประมาณ", "โอกาสที่ให้")
    row = ("28/12/2568", "นายอรุณ ขยันยิ่ง", "กองช่าง", "ร้านค้า", "เอกชน", "กระเช้า", "1", "800", "ปีใหม่")
    address = url(agency, "import_add", register="gifts")
    officer = sign_in(Role.OFFICER)
    assert officer.post(address, {"pasted": csv_of(head, row).decode()}).status_code == 302
    page = url(agency, "batch", ImportBatch.objects.get().pk, register="gifts")
    found = [officer.get(page), sign_in(Role.LEGAL).get(page), sign_in(Role.HEAD).get(page)]
    assert [each.status_code for each in found] == [200, 200, 404]


def test_page_of_rows_takes_the_same_queries_for_many(agency, supply, bring, django_assert_num_queries):
    for count in (1, 3, 250):
        batch = bring(*(asset(number, c2="เรือ") for number in range(1, count + 1)))
        supply.get(url(agency, "batch", batch.pk))
        with django_assert_num_queries(QUERIES):
            page = supply.get(url(agency, "batch", batch.pk)).content.decode()
        assert page.count("<strong>C") == min(count, 100)
