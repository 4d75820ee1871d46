"""The official list of codes: columns by name, faults by row, mends, accepting, what vanished."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from prongsai.errors import FileUnusable
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.directory.models import CodeList, Listed
from prongsai.web.directory.queries.code_lists import COLUMNS, kept_rows, read_rows, rows_of
from prongsai.web.directory.queries.found import found_by
from prongsai.web.directory.queries.sheets import table_of
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services import code_lists as services
from tests.web.directory.conftest import take_in

pytestmark = pytest.mark.django_db
HEAD = "จังหวัด,อำเภอ,รหัส อปท.,ประเภท อปท.,อปท.\n"
GOOD = "ลพบุรี,เมืองลพบุรี,05160101,เทศบาลตำบล,บ้านสวนพลู\n"


def rows_in(text: str) -> list:
    return read_rows(kept_rows(table_of((HEAD + text).encode(), "x.csv", COLUMNS).rows))


def faults_in(row: str) -> list[tuple[str, bool]]:
    (read,) = rows_in(row)
    return [(fault.column, fault.is_error) for fault in read.faults]


# --- reading --------------------------------------------------------------------------------------------------------
def test_row_is_read_with_its_full_name_kind_and_place():
    (row,) = rows_in("จ.ลพบุรี,อ.เมืองลพบุรี,๐๕๑๖๐๑๐๑,ทต.,บ้านสวนพลู\n")
    assert row.listed is not None
    assert (row.listed.code, row.listed.name, row.listed.kind) == ("05160101", "เทศบาลตำบลบ้านสวนพลู", "subdistrict")
    assert (row.listed.province, row.listed.district, row.faults) == ("ลพบุรี", "เมืองลพบุรี", ())


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("บ้านสวนพลู", "เทศบาลตำบลบ้านสวนพลู"),
        ("ทต.บ้านสวนพลู", "เทศบาลตำบลบ้านสวนพลู"),
        ("เทศบาลตำบลบ้านสวนพลู", "เทศบาลตำบลบ้านสวนพลู"),
        ("เทศบาลตำบล บ้านสวนพลู", "เทศบาลตำบลบ้านสวนพลู"),
    ],
)
def test_name_is_written_in_full_however_the_list_has_it(printed: str, full: str):
    (row,) = rows_in(f"ลพบุรี,เมืองลพบุรี,05160101,เทศบาลตำบล,{printed}\n")
    assert row.listed is not None and row.listed.name == full


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ("ลพบุรี,เมืองลพบุรี,5160101,เทศบาลตำบล,ก\n", [("code", False)]),
        ("ลพบุรี,เมืองลพบุรี,516010,เทศบาลตำบล,ก\n", [("code", True)]),
        ("ลพบุรี,เมืองลพบุรี,05990101,เทศบาลตำบล,ก\n", [("code", True)]),
        ("สิงห์บุรี,เมืองสิงห์บุรี,05160101,เทศบาลตำบล,ก\n", [("province", True)]),
        ("ลพบุลี,เมืองลพบุรี,05160101,เทศบาลตำบล,ก\n", [("province", True)]),
        ("ลพบุรี,โคกสำโลง,05160101,เทศบาลตำบล,ก\n", [("district", False)]),
        ("ลพบุรี,เมืองลพบุรี,05160101,อบต.,ก\n", [("kind", True)]),
        ("ลพบุรี,เมืองลพบุรี,05160101,โรงเรียน,ก\n", [("kind", True)]),
        ("ลพบุรี,เมืองลพบุรี,05160101,,อบต.โคกสลุง\n", [("name", True)]),
        ("ลพบุรี,เมืองลพบุรี,05160101,เทศบาลตำบล,\n", [("name", True)]),
        ("ลพบุรี,,05160101,,บ้านสวนพลู\n", []),
    ],
)
def test_each_fault_of_a_row_is_named_at_its_column(row: str, faults: list[tuple[str, bool]]):
    assert faults_in(row) == faults


def test_fault_says_how_to_mend_it():
    (row,) = rows_in("ลพบุรี,โคกสำโลง,5160101,เทศบาลตำบล,ก\n")
    assert [fault.mend for fault in row.faults] == ["ไม่ต้องแก้ถ้าถูกแล้ว", "ใกล้เคียงคือ โคกสำโรง"]
    assert "05160101" in row.faults[0].message


def test_code_under_two_names_is_left_out_with_both_lines_named():
    one, other = rows_in(GOOD + "ลพบุรี,เมืองลพบุรี,05160101,เทศบาลตำบล,ท่าไม้แก้ว\n")
    assert (one.listed, other.listed) == (None, None)
    assert "แถว 3" in one.faults[0].message and "แถว 2" in other.faults[0].message


def test_lines_of_what_one_agency_covers_are_one_agency_without_a_subdistrict():
    head = "จังหวัด,อำเภอ,ตำบล,รหัส อปท.,อปท.\n"
    lines = "".join(f"ลพบุรี,เมืองลพบุรี,{sub},04160101,เทศบาลเมืองริมน้ำ\n" for sub in ("ก", "ข", "ค"))
    kept = kept_rows(table_of((head + lines).encode(), "x.csv", COLUMNS).rows)
    assert [(row["line"], row["times"], row["subdistrict"]) for row in kept] == [(2, 3, "")]


def test_columns_are_known_by_their_heads_in_any_order_and_below_a_title():
    book = BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("รายชื่อ")
        for place, row in enumerate(
            [
                ["ข้อมูลพื้นฐานองค์กรปกครองส่วนท้องถิ่น"],
                ["ลำดับ", "ชื่อองค์กรปกครองส่วนท้องถิ่น", "รหัสอปท", "ชื่อจังหวัด", "LAT"],
                [1, "เทศบาลตำบลบ้านสวนพลู", 5160101, "ลพบุรี", 14.8],
            ]
        ):
            sheet.write_row(place, 0, row)
    table = table_of(book.getvalue(), "x.xlsx", COLUMNS)
    assert table.rows == ((3, {"code": "5160101", "name": "เทศบาลตำบลบ้านสวนพลู", "province": "ลพบุรี"}),)
    assert table.unused == ("ลำดับ", "LAT")


@pytest.mark.parametrize("text", ["ชื่อ,จังหวัด\nก,ข\n", "รหัส อปท.,อปท.\n"])
def test_file_without_the_needed_head_or_rows_is_refused_with_a_mend(text: str):
    with pytest.raises(FileUnusable) as refused:
        table_of(text.encode(), "x.csv", COLUMNS)
    assert refused.value.mend_th


def test_sample_has_forty_lines_and_the_faults_that_were_planted(codes: CodeList, content: bytes):
    assert content.decode("utf-8-sig").count("\n") == 41
    left_out = [row.line for row in rows_of(codes) if row.is_left_out]
    assert left_out == [12, 32, 33, 34, 36, 37, 38]
    assert Listed.objects.count() == len(rows_of(codes)) - len(left_out) == 31


# --- accepting ------------------------------------------------------------------------------------------------------
def test_mended_row_is_accepted_and_the_printed_text_stays_beside_it(installation: Installation):
    made = take_in(installation, (HEAD + "ลพบุรี,เมืองลพบุรี,516,เทศบาลตำบล,บ้านสวนพลู\n").encode())
    services.mend(installation, code_list=made, version=made.version, mends={0: {"code": "05160101"}})
    assert services.accept(installation, code_list=made).new == 1
    made.refresh_from_db()
    assert made.rows[0]["printed"]["code"] == "516"
    assert Listed.objects.get().code == "05160101"


def test_newer_list_replaces_and_marks_what_vanished_in_the_provinces_it_has(installation: Installation):
    first = GOOD + "ลพบุรี,ท่าวุ้ง,06160601,อบต.,ดงหวาย\nสิงห์บุรี,เมืองสิงห์บุรี,05170202,เทศบาลตำบล,ท่าหว้า\n"
    services.accept(installation, code_list=take_in(installation, (HEAD + first).encode()))
    newer = take_in(installation, (HEAD + GOOD.replace("บ้านสวนพลู", "สวนพลูใหม่")).encode(), date(2026, 11, 1))
    change = services.accept(installation, code_list=newer)
    assert (change.new, change.changed, change.same, change.gone) == (0, 1, 0, ("06160601",))
    gone = Listed.objects.get(code="06160601")
    assert (gone.vanished_on, gone.name) == (date(2026, 11, 1), "องค์การบริหารส่วนตำบลดงหวาย")
    assert Listed.objects.get(code="05160101").name == "เทศบาลตำบลสวนพลูใหม่"
    assert Listed.objects.get(code="05170202").vanished_on is None


def test_code_whose_row_is_left_out_does_not_vanish_and_one_that_comes_back_stands_again(installation: Installation):
    other = "ลพบุรี,ท่าวุ้ง,06160601,อบต.,ดงหวาย\n"
    services.accept(installation, code_list=take_in(installation, (HEAD + GOOD + other).encode()))
    faulty = take_in(installation, (HEAD + GOOD + other.replace("อบต.", "โรงเรียน")).encode(), date(2026, 10, 2))
    assert services.accept(installation, code_list=faulty).gone == ()
    without = take_in(installation, (HEAD + GOOD).encode(), date(2026, 10, 3))
    assert services.accept(installation, code_list=without).gone == ("06160601",)
    back = take_in(installation, (HEAD + GOOD + other).encode(), date(2026, 10, 4))
    assert services.accept(installation, code_list=back).changed == 1
    assert Listed.objects.get(code="06160601").vanished_on is None


def test_older_list_one_accepted_twice_and_one_of_faults_are_refused(installation: Installation, codes: CodeList):
    with pytest.raises(ValidationError, match="รับไว้แล้ว"):
        services.accept(installation, code_list=codes)
    with pytest.raises(ValidationError, match="เก่ากว่า"):
        services.accept(installation, code_list=take_in(installation, (HEAD + GOOD).encode(), date(2025, 1, 1)))
    faulty = take_in(installation, (HEAD + "ลพบุรี,,9,,ก\n").encode())
    with pytest.raises(ValidationError, match="ไม่มีแถวที่รับได้"):
        services.accept(installation, code_list=faulty)
    assert Listed.objects.count() == 31


def test_whole_country_is_taken_in_a_few_statements(installation: Installation, django_assert_max_num_queries):
    rows = "".join(
        f"{name},,{kind}{code}{n:04d},,{word}{n}\n"
        for name, code in (("ลพบุรี", "16"), ("สิงห์บุรี", "17"), ("อ่างทอง", "15"), ("ชัยนาท", "18"))
        for kind, word in (("05", "ทองดี"), ("06", "ทองมา"))
        for n in range(1, 251)
    )
    made = take_in(installation, (HEAD + rows).encode())
    with django_assert_max_num_queries(40):
        change = services.accept(installation, code_list=made)
    assert (change.new, change.left_out) == (2000, 0)


def test_journal_of_the_installation_tells_who_accepted_what(codes: CodeList):
    entries = AuditEntry.objects.filter(agency__isnull=True).order_by("number")
    assert [(one.number, one.action) for one in entries] == [(1, "codes.take_in"), (2, "codes.accept")]
    assert {one.actor for one in entries} == {"ธนา ดูแลเครื่อง"}
    assert str(entries[0].changes["rows"][1]).startswith("sha256:")
    assert list(journal.broken(None)) == []


# --- finding --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "codes_found"),
    [
        ("สวนพลู", ["04160101", "05160101"]),
        ("ทต.บ้านสวน", ["05160101"]),
        ("0517", ["05170202"]),
        ("๐๕๑๗", ["05170202"]),
        ("ดงหวาย ลพบุรี", ["06160104"]),
        ("ดงหวาย อ่างทอง", []),
        ("", []),
    ],
)
def test_agency_is_found_by_any_part(codes: CodeList, text: str, codes_found: list[str]):
    assert [one.code for one in found_by(text)] == codes_found


def test_what_vanished_is_not_offered(codes: CodeList):
    Listed.objects.filter(code="05160101").update(vanished_on=date(2026, 11, 1))
    assert [one.code for one in found_by("สวนพลู")] == ["04160101"]


# --- pages ----------------------------------------------------------------------------------------------------------
def test_upload_is_looked_at_mended_and_accepted_on_its_pages(client: Client, content: bytes):
    file = SimpleUploadedFile("codes-2569.csv", content)
    sent = client.post("/installation/codes/add/", {"file": file, "source": "กรมส่งเสริมฯ", "as_of": "1/10/2569"})
    made = CodeList.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/installation/codes/{made.pk}/")
    page = client.get(sent["Location"]).content.decode()
    assert "ใกล้เคียงคือ สิงห์บุรี" in page and "รับเฉพาะแถวที่ถูก" in page and "None" not in page
    place = re.search(r'name="row-([0-9]+)-province" value="สิงบุรี"', page)
    assert place
    mended = {f"row-{place[1]}-province": "สิงห์บุรี", "version": made.version}
    assert client.post(sent["Location"], mended).status_code == 302
    done = client.post(f"{sent['Location']}accept/", {"version": made.version + 1}, follow=True).content.decode()
    assert "เพิ่ม 32 เปลี่ยน 0" in done
    assert Listed.objects.get(code="06170409").name == "องค์การบริหารส่วนตำบลสระแจงใหม่"


def test_list_that_somebody_else_mended_is_not_accepted_unseen(client: Client, installation: Installation):
    made = take_in(installation, (HEAD + GOOD).encode())
    services.mend(installation, code_list=made, version=None, mends={0: {"name": "สวนพลูใหม่"}})
    answer = client.post(f"/installation/codes/{made.pk}/accept/", {"version": 1})
    assert (answer.status_code, Listed.objects.count()) == (409, 0)


def test_unreadable_file_is_refused_beside_its_field(client: Client):
    file = SimpleUploadedFile("x.csv", b"\xe0\xb8\x81,b\n1,2\n")
    answer = client.post("/installation/codes/add/", {"file": file, "source": "x", "as_of": "1/10/2569"})
    assert answer.status_code == 422 and "ไม่พบหัวตาราง" in answer.content.decode()


def test_list_that_waits_can_be_thrown_away_and_one_that_stands_cannot(
    client: Client, installation: Installation, codes: CodeList
):
    waiting = take_in(installation, (HEAD + GOOD).encode())
    client.post(f"/installation/codes/{waiting.pk}/drop/")
    client.post(f"/installation/codes/{codes.pk}/drop/")
    assert list(CodeList.objects.all()) == [codes]
