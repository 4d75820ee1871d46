"""Spreadsheets into registers: every row has its fate, every faulty cell its name, and what is saved is as by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from prongsai.errors import UnknownRegister
from prongsai.registers.model import Ref
from prongsai.registers.sheets import rows_of, workbook
from prongsai.web.agencies.journal import Stale, broken
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry, Fate, ImportBatch, ImportState, PeriodClose
from prongsai.web.registers.queries.imports import earlier, faulty_workbook, unfinished
from prongsai.web.registers.services import imports
from prongsai.web.registers.services.imports import ImportRefused
from prongsai.web.registers.services.refusals import EntryRefused
from tests.web.registers.conftest import entry_ref

ASSETS = ("เลขครุภัณฑ์", "รายการ", "ประเภท", "ส่วนราชการเจ้าของ", "ราคา")
LOANS = ("ทรัพย์สิน", "ผู้ยืม", "ประเภทผู้ยืม", "โทรศัพท์", "ใช้เพื่อ", "สถานที่ใช้", "ยืมตั้งแต่ถึงวันที่", "จำนวน")
KINDS = """
id: own-kinds
name_th: ทะเบียนทุกชนิด
name_en: Every kind
group: office
systems: [C1]
flow: record
title: "{name}"
dated_by: held_on
owners: [clerk]
unique: [name]
fields:
  name: {type: text, label_th: ชื่อ, required: true, max_length: 20}
  held_on: {type: date, label_th: วันที่จัด, required: true, example: 31/3/2569}
  of_month: {type: month, label_th: เดือน}
  period: {type: period, label_th: ช่วง}
  count: {type: number, label_th: จำนวนคน, low: 1, high: 100}
  cost_thb: {type: money, label_th: ค่าใช้จ่าย}
  kind: {type: choice, label_th: ชนิด, choices: {in: ภายใน, out: ภายนอก}}
  open: {type: yes_no, label_th: เปิด}
  unit: {type: unit, label_th: ส่วนราชการ}
  tel: {type: phone, label_th: โทรศัพท์}
  tax_id: {type: id, label_th: เลขประจำตัว}
  link: {type: link, label_th: ลิงก์}
  ends_on: {type: date, label_th: วันสิ้นสุด}
rules:
  - {kind: not_before, field: ends_on, other: held_on}
"""
KIND_HEAD = ("ชื่อ", "วันที่จัด", "เดือน", "ช่วง", "จำนวนคน", "ค่าใช้จ่าย", "ชนิด", "เปิด", "ส่วนราชการ", "โทรศัพท์", "เลขประจำตัว", "ลิงก์", "วันสิ้นสุด")  # fmt: skip


def csv_of(head: Sequence[str], *rows: Sequence[str]) -> bytes:
    quoted = ("\t".join(cells) for cells in (head, *rows))
    return "\n".join(quoted).encode()


@pytest.fixture
def stage(system) -> Callable[..., ImportBatch]:
    """Bring a sheet in and look at all of it."""

    def make(register: str, head: Sequence[str], *rows: Sequence[str], by=None, year: int = 0) -> ImportBatch:
        content = csv_of(head, *rows)
        batch = imports.stage(by or system, register=register, content=content, name="ตาราง.csv", year=year)
        while batch.state == ImportState.READING:
            batch = imports.step(by or system, batch=batch)
        return batch

    return make


@pytest.fixture
def save(system) -> Callable[..., ImportBatch]:
    def make(batch: ImportBatch, by=None, **how) -> ImportBatch:
        rows = how.pop("rows", 500)
        batch = imports.save(by or system, batch=batch, version=batch.version, rows=rows, **how)
        while batch.state == ImportState.SAVING:
            batch = imports.save(by or system, batch=batch, version=None, rows=rows)
        return batch

    return make


def fates(batch: ImportBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("fate", flat=True))


def faults(batch: ImportBatch) -> list[tuple[str, str]]:
    found = batch.rows.filter(fate=Fate.FAULTY).order_by("number").values_list("faults", flat=True)
    return [(one["cell"], one["code"]) for each in found for one in each]


def asset(number: int, **values: str) -> list[str]:
    cells = [f"416-63-{number:04}", "เครื่องฉายภาพ", "ครุภัณฑ์", "กองคลัง", "18,500"]
    for place, value in values.items():
        cells[int(place[1:])] = value
    return cells


# --- the same as by hand --------------------------------------------------------------------------------------------
def test_import_makes_what_typing_makes(system, entry, stage, save):
    by_hand = entry("assets", code="416-63-0001")
    told_by_hand = AuditEntry.objects.filter(agency=system.agency, action="entry.add").latest("number")
    save(stage("assets", ASSETS, asset(2)))
    imported = Entry.objects.get(register="assets", number=2)
    told = AuditEntry.objects.filter(agency=system.agency, action="entry.add").latest("number")
    same = (
        "since_be",
        "fiscal_year_be",
        "state",
        "dated_on",
        "month",
        "ends_on",
        "due_on",
        "unit_id",
        "key_1",
        "key_2",
        "sum_1",
    )
    assert [getattr(imported, name) for name in same] == [getattr(by_hand, name) for name in same]
    assert imported.values == by_hand.values | {"code": "416-63-0002"}
    assert (imported.number, imported.source, imported.title) == (2, "sheet", "416-63-0002 เครื่องฉายภาพ")
    assert len(imported.found_by) == len(by_hand.found_by)
    assert set(told.changes) == set(told_by_hand.changes) and told.subject_id == str(imported.pk)
    assert list(broken(system.agency)) == []


def test_import_asks_for_who_brings_it_in_where_somebody_decides(then, entry, stage, save):
    entry("assets", code="416-63-0001")
    legal = then(Role.LEGAL)
    head = ("วันที่รับ", "ผู้รับ", "ส่วนราชการ", "ผู้ให้", "ประเภทผู้ให้", "รายการ", "จำนวน", "มูลค่าโดยประมาณ", "โอกาสที่ให้")
    row = ("28/12/2568", "นายอรุณ ขยันยิ่ง", "กองช่าง", "ร้านค้า", "เอกชน", "กระเช้า", "1", "800", "ปีใหม่")
    save(stage("gifts", head, row, by=legal), by=legal)
    found = Entry.objects.get(register="gifts")
    assert (found.asked_by, found.written_by, found.state) == (legal.person, legal.user, "kept")


def test_numbers_run_on_without_a_gap_and_links_are_kept(system, entry, stage, save):
    projector = entry("assets", code="416-63-0001")
    loan = ("416-63-0001", "นายสมชาย ใจดี", "ประชาชนหรือองค์กรภายนอก", "08-1234-5678", "ประชุม", "ภายในหน่วยงาน")
    days = ("1/2/2569 - 3/2/2569", "4/2/2569 - 5/2/2569", "6/2/2569 - 7/2/2569")
    save(stage("loans", LOANS, *((*loan, each, "1") for each in days)), rows=2)
    made = Entry.objects.filter(register="loans").order_by("number")
    assert [one.number for one in made] == [1, 2, 3]
    assert [list(one.links.values_list("field", "target_id")) for one in made] == [[("asset", projector.pk)]] * 3


# --- fates ----------------------------------------------------------------------------------------------------------
def test_rows_are_new_same_changed_or_faulty(entry, stage):
    entry("assets", code="416-63-0001")
    entry("assets", code="416-63-0002")
    batch = stage("assets", ASSETS, asset(1), asset(2, c1="จอภาพ"), asset(3), asset(4, c2="เรือดำน้ำ"))
    assert fates(batch) == ["same", "changed", "new", "faulty"]
    assert (batch.n_same, batch.n_changed, batch.n_new, batch.n_faulty) == (1, 1, 1, 1)
    assert (batch.state, batch.n_rows, batch.n_done) == ("looked_at", 4, 0)


def test_changed_row_changes_its_entry_and_columns_that_are_not_there_stay(system, entry, stage, save):
    one = entry("assets", code="416-63-0001", place="ห้องประชุม", acquired_on=date(2020, 1, 15))
    save(stage("assets", ("เลขครุภัณฑ์", "รายการ", "วันที่ได้มา"), ("416-63-0001", "จอภาพ", "")))
    one.refresh_from_db()
    assert (one.version, one.title) == (2, "416-63-0001 จอภาพ")
    assert one.values["place"] == "ห้องประชุม" and "acquired_on" not in one.values
    told = AuditEntry.objects.filter(agency=system.agency, action="entry.change").latest("number")
    assert told.changes["รายการ"] == ["เครื่องฉายภาพ", "จอภาพ"]


def test_second_upload_of_a_file_is_told_and_changes_nothing(stage, save):
    first = save(stage("assets", ASSETS, asset(1), asset(2)))
    second = stage("assets", ASSETS, asset(1), asset(2))
    assert list(earlier(second)) == [first] and fates(second) == ["same", "same"]
    assert save(second).n_new == 0 and Entry.objects.filter(register="assets").count() == 2


def test_second_upload_into_a_register_where_nothing_occurs_once_must_be_meant(own_register, stage, save):
    own_register(KINDS.replace("unique: [name]\n", ""))
    row = ("ประชุม", "31/3/2569")
    save(stage("own-kinds", KIND_HEAD[:2], row))
    again = stage("own-kinds", KIND_HEAD[:2], row)
    with pytest.raises(ImportRefused) as refused:
        save(again)
    assert refused.value.message_th == "ไฟล์นี้เคยบันทึกแล้ว บันทึกอีกจะได้รายการซ้ำทั้งหมด"
    assert save(again, again=True).n_new == 1


# --- faulty cells ---------------------------------------------------------------------------------------------------
def test_sheet_with_twelve_faulty_cells_of_different_kinds_names_all_twelve(own_register, stage):
    own_register(KINDS)
    good = ["ประชุม", "1/3/2569", "", "", "", "", "", "", "", "", "", "", ""]
    wrong = {
        "A2": "", "B3": "31/2/2569", "C4": "เดือนสิบสาม", "D5": "เมื่อวาน", "E6": "101", "F7": "ห้าร้อย", "G8": "นอกโลก",
        "H9": "อาจจะ", "I10": "กองอวกาศ", "J11": "12", "K12": "1-1020-00000-00-9", "M13": "1/2/2569",
    }  # fmt: skip
    rows = []
    for number, (cell, text) in enumerate(wrong.items()):
        row = [f"ประชุม {number}", *good[1:]]
        row[ord(cell[0]) - 65] = text
        rows.append(row)
    batch = stage("own-kinds", KIND_HEAD, *rows)
    assert faults(batch) == [
        ("A2", "REQUIRED"), ("B3", "DATE_UNREADABLE"), ("C4", "MONTH_UNREADABLE"), ("D5", "PERIOD_UNREADABLE"),
        ("E6", "TOO_HIGH"), ("F7", "NUMBER_UNREADABLE"), ("G8", "CHOICE_UNKNOWN"), ("H9", "YES_NO_UNREADABLE"),
        ("I10", "UNIT_UNKNOWN"), ("J11", "PHONE_UNREADABLE"), ("K12", "ID_CHECK_DIGIT"), ("M13", "NOT_BEFORE"),
    ]  # fmt: skip
    told = batch.rows.get(number=9).faults[0]
    assert told == {
        "cell": "H9",
        "field": "เปิด",
        "message": "เปิด: “อาจจะ” ไม่ใช่คำตอบว่าใช่หรือไม่",
        "mend": "ตอบ ใช่ หรือ ไม่ใช่",
        "code": "YES_NO_UNREADABLE",
    }


def test_every_faulty_cell_of_a_row_is_named_at_once(own_register, stage):
    own_register(KINDS)
    row = ["", "31/2/2569", "", "", "500", "ก", "", "", "", "", "", "javascript:x", ""]
    batch = stage("own-kinds", KIND_HEAD, row)
    assert sorted(cell for cell, _ in faults(batch)) == ["A2", "B2", "E2", "F2", "L2"]


def test_what_occurs_once_may_not_stand_twice_in_a_sheet_even_far_apart(system, own_register):
    own_register(KINDS)
    rows = [("ประชุม", "1/3/2569"), ("อบรม", "1/3/2569"), ("ประชุม", "2/3/2569")]
    batch = imports.stage(system, register="own-kinds", content=csv_of(KIND_HEAD[:2], *rows), name="ก.csv")
    for _ in rows:
        batch = imports.step(system, batch=batch, rows=1)
    assert faults(batch) == [("A4", "TWICE")]
    assert batch.rows.get(number=4).faults[0]["message"] == "ชื่อซ้ำกับแถวที่ 2 ของตารางนี้"


def test_two_loans_of_one_thing_at_the_same_time_are_refused_in_the_sheet_and_against_the_register(system, entry):
    projector = entry("assets", code="416-63-0001")
    entry("loans", asset=entry_ref(projector))  # 1–3 February
    loan = ("416-63-0001", "นายสมชาย ใจดี", "ประชาชนหรือองค์กรภายนอก", "08-1234-5678", "ประชุม", "ภายในหน่วยงาน")
    days = ("3/2/2569 - 4/2/2569", "10/2/2569 - 12/2/2569", "12/2/2569 - 13/2/2569")
    content = csv_of(LOANS, *((*loan, each, "1") for each in days))
    batch = imports.stage(system, register="loans", content=content, name="ก.csv")
    for _ in days:
        batch = imports.step(system, batch=batch, rows=1)
    assert faults(batch) == [("G2", "OVERLAPS"), ("G4", "OVERLAPS")]
    assert batch.rows.get(number=4).faults[0]["message"] == "ช่วงเวลานี้ทับกับแถวที่ 3 ของตารางนี้"


def test_rows_of_another_year_and_of_a_closed_period_are_faulty(system, own_register, stage):
    own_register(KINDS)
    batch = stage("own-kinds", KIND_HEAD[:2], ("ก", "1/3/2569"), ("ข", "1/11/2569"), year=2569)
    assert faults(batch) == [("B3", "OTHER_YEAR")]
    close = _close(system, "own-kinds", date(2026, 3, 1), date(2026, 3, 31))
    batch = stage("own-kinds", KIND_HEAD[:2], ("ก", "1/3/2569"), ("ข", "1/4/2569"))
    assert faults(batch) == [("B2", "PERIOD_CLOSED")] and close.pk


def _close(system, register: str, start: date, end: date) -> PeriodClose:
    from prongsai.web.duties.models import Duty, Occurrence

    duty = Duty.objects.create(agency=system.agency, key=f"register-{register}", title="งวด", fiscal_year_be=2569)
    occurrence = Occurrence.objects.create(duty=duty, label="งวดมีนาคม", starts_on=start, ends_on=end, due_on=end)
    return PeriodClose.objects.create(
        agency=system.agency, register=register, occurrence=occurrence, fiscal_year_be=2569, starts_on=start,
        ends_on=end, closed_by=system.agency.people.first(), closed_at="2026-04-01T09:00+07:00",
    )  # fmt: skip


def test_cells_of_formulas_covered_cells_and_control_characters_are_named(entry, stage):
    rows = [asset(1, c1="#REF!"), asset(2, c1="#FORMULA!"), asset(3, c1="ตู้\x07"), asset(4, c1="=cmd|' /C calc'!A0")]
    batch = stage("assets", ASSETS, *rows)
    assert faults(batch) == [("B2", "CELL_ERROR"), ("B3", "CELL_ERROR"), ("B4", "CONTROL_CHARACTER")]
    loan = ("416-63-0001", "นายสมชาย ใจดี", "ประชาชนหรือองค์กรภายนอก", "ปกปิด", "ประชุม", "ภายในหน่วยงาน", "1/2/2569", "1")
    entry("assets", code="416-63-0001")
    assert faults(stage("loans", LOANS, loan)) == [("D2", "COVERED")]


def test_words_that_begin_as_a_formula_are_kept_as_words_and_leave_as_words(stage, save):
    save(stage("assets", ASSETS, asset(1, c1="=cmd|' /C calc'!A0")))
    one = Entry.objects.get(register="assets")
    assert one.values["name"] == "=cmd|' /C calc'!A0"


# --- saving ---------------------------------------------------------------------------------------------------------
def test_nothing_is_saved_while_a_row_is_faulty_unless_only_the_good_ones_are_asked_for(stage, save):
    batch = stage("assets", ASSETS, asset(1), asset(2, c2="เรือ"), asset(3))
    with pytest.raises(ImportRefused) as refused:
        save(batch)
    assert refused.value.message_th == "มี 1 แถวที่ผิด จึงยังไม่บันทึก"
    assert Entry.objects.filter(register="assets").count() == 0
    done = save(batch, only_good=True)
    assert (done.state, done.n_new, done.n_faulty, done.n_done) == ("saved", 2, 1, 3)
    assert list(done.rows.values_list("number", "fate")) == [(3, "faulty")]
    assert list(Entry.objects.filter(register="assets").order_by("number").values_list("number", flat=True)) == [1, 2]


def test_faulty_rows_are_given_back_as_a_workbook_that_can_be_brought_in_again(kept, stage):
    batch = stage("assets", ASSETS, asset(1), asset(2, c2="เรือ"))
    sheet = rows_of(faulty_workbook(batch), "ก.xlsx", kept("assets").register)
    (number, cells), *others = list(sheet.rows)
    assert (number, others, cells[:5]) == (2, [], asset(2, c2="เรือ"))
    assert sheet.unused == ("เหตุที่ยังไม่นำเข้า",) and cells[5].startswith("C3 ประเภท: “เรือ” ไม่อยู่ในตัวเลือก – ")


def test_saving_goes_on_where_it_stopped_and_writes_no_row_twice(system, stage):
    batch = stage("assets", ASSETS, *(asset(number) for number in range(1, 8)))
    batch = imports.save(system, batch=batch, version=batch.version, rows=3)
    assert (batch.state, batch.n_done, Entry.objects.filter(register="assets").count()) == ("saving", 3, 3)
    assert list(unfinished(system, "assets")) == [batch]
    with pytest.raises(ImportRefused):
        imports.drop(system, batch=batch, version=None)
    batch = imports.save(system, batch=batch, version=None, rows=3)
    batch = imports.save(system, batch=batch, version=None, rows=3)
    assert (batch.state, batch.n_done, Entry.objects.filter(register="assets").count()) == ("saved", 7, 7)
    assert list(unfinished(system, "assets")) == []
    with pytest.raises(ImportRefused):
        imports.save(system, batch=batch, version=batch.version)
    actions = AuditEntry.objects.filter(agency=system.agency).order_by("number").values_list("action", flat=True)
    assert [each for each in actions if each.startswith("import")] == ["import.stage", "import.save", "import.saved"]


def test_row_that_is_no_longer_right_when_it_is_saved_becomes_faulty_and_the_others_are_saved(
    system, entry, stage, save
):
    one = entry("assets", code="416-63-0001")
    batch = stage("assets", ASSETS, asset(1, c1="จอภาพ"), asset(2), asset(3))
    services.change_entry(system, entry=one, values={"name": "โต๊ะ"}, version=1)
    entry("assets", code="416-63-0002")
    done = save(batch)
    assert (done.n_new, done.n_changed, done.n_faulty) == (1, 0, 2)
    assert faults(done) == [("A2", "STALE"), ("A3", "ALREADY_THERE")]
    one.refresh_from_db()
    assert one.values["name"] == "โต๊ะ"


def test_save_of_a_batch_that_was_changed_meanwhile_is_stale(system, stage):
    batch = stage("assets", ASSETS, asset(1))
    with pytest.raises(Stale):
        imports.save(system, batch=batch, version=batch.version + 1)
    with pytest.raises(Stale):
        imports.drop(system, batch=batch, version=batch.version + 1)


def test_drop_leaves_no_rows_and_no_entries(system, stage):
    batch = imports.drop(system, batch=(made := stage("assets", ASSETS, asset(1))), version=made.version)
    assert (batch.state, batch.rows.count(), Entry.objects.filter(register="assets").count()) == ("dropped", 0, 0)


# --- what is not taken ----------------------------------------------------------------------------------------------
def test_sheets_that_cannot_be_taken_are_refused_as_a_whole(system, then, stage):
    with pytest.raises(ImportRefused) as missing:
        stage("gifts", ("วันที่รับ", "รายการ"), ("1/2/2569", "ก"))
    assert missing.value.message_th == (
        "ตารางขาดคอลัมน์ที่ต้องมี: “ผู้รับ”, “ส่วนราชการ”, “ผู้ให้”, “ประเภทผู้ให้”, “จำนวน”, “มูลค่าโดยประมาณ”, “โอกาสที่ให้”"
    )
    with pytest.raises(ImportRefused) as empty:
        stage("assets", ASSETS)
    assert empty.value.message_th == "ไม่มีแถวข้อมูลใต้หัวตาราง"
    with pytest.raises(UnknownRegister):
        stage("nothing", ASSETS)
    with pytest.raises(EntryRefused):
        stage("assets", ASSETS, asset(1), by=then(Role.LEGAL))
    assert ImportBatch.objects.count() == 0


def test_who_does_not_keep_a_register_enters_and_changes_rows_of_the_own_unit_only(then, entry, stage):
    head = ("วันที่รับ", "ผู้รับ", "ส่วนราชการ", "ผู้ให้", "ประเภทผู้ให้", "รายการ", "จำนวน", "มูลค่าโดยประมาณ", "โอกาสที่ให้")
    row = ["28/12/2568", "นายอรุณ ขยันยิ่ง", "กองช่าง", "ร้านค้า", "เอกชน", "กระเช้า", "1", "800", "ปีใหม่"]
    batch = stage("gifts", head, row, [*row[:2], "กองคลัง", *row[3:]], by=then(Role.OFFICER))
    assert faults(batch) == [("C3", "OTHER_UNIT")]


def test_office_labels_are_heads_too(system, stage):
    services.keep_setting(system, register="assets", labels={"code": "เลขของเรา"})
    batch = stage("assets", ("เลขของเรา", *ASSETS[1:]), asset(1, c2="เรือ"))
    assert batch.columns["code"] == 0 and faults(batch) == [("C2", "CHOICE_UNKNOWN")]


def test_workbook_of_a_registers_table_is_the_same_when_it_comes_back(system, entry, kept):
    from prongsai.registers.tables import table
    from prongsai.web.registers.services.drafts import read_values

    one = entry("assets", code="416-63-0001", holder=Ref(None, "นายประหยัด พอดี"))
    register = kept("assets").register
    made = table(register, [(read_values(register, one), one.state)])
    batch = imports.stage(system, register="assets", content=workbook([made], "ทรัพย์สิน"), name="ก.xlsx")
    batch = imports.step(system, batch=batch)
    assert fates(batch) in (["same"], ["changed"])


def test_three_hundred_rows_take_far_fewer_queries_than_rows(system, django_assert_max_num_queries):
    content = csv_of(ASSETS, *(asset(number) for number in range(1, 301)))
    with django_assert_max_num_queries(15):
        batch = imports.stage(system, register="assets", content=content, name="ก.csv")
    with django_assert_max_num_queries(25):
        batch = imports.step(system, batch=batch)
    with django_assert_max_num_queries(60):
        batch = imports.save(system, batch=batch, version=batch.version)
    assert (batch.state, Entry.objects.filter(register="assets").count()) == ("saved", 300)
