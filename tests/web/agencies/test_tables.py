"""Bulk entry: the fate of every row before anything is saved; saved whole or not at all; twice is harmless."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.documents.build import row, table
from prongsai.documents.model import Document
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable
from prongsai.web.agencies import services
from prongsai.web.agencies.journal import Stale, broken
from prongsai.web.agencies.models import (
    Appointment,
    AuditEntry,
    Person,
    Post,
    TableImport,
    Unit,
    UnitAlias,
)
from prongsai.web.agencies.queries.tables import (
    COLUMNS,
    KINDS,
    Kind,
    Plan,
    TableUnusable,
    as_text,
    plan_of,
    read_pasted,
    read_upload,
)
from prongsai.web.agencies.roles import Role
from tests.web import office

pytestmark = pytest.mark.django_db
UNITS = [
    ["ชื่อส่วนราชการ", "ระดับ", "สังกัด", "ชื่อที่เรียกในเอกสาร"],
    ["งานทะเบียนทรัพย์สิน", "", "ฝ่ายบริหารงานคลัง", ""],
    ["ฝ่ายบริหารงานคลัง", "", "กองคลัง", "ฝ่ายคลัง, ฝ่ายบริหารคลัง"],
    ["กองช่าง", "", "", ""],
    ["กองการศึกษา", "สำนัก", "", ""],
]
PEOPLE = [
    ["คำนำหน้า", "ชื่อ", "นามสกุล", "ประเภทบุคลากร", "ส่วนราชการ", "ตำแหน่ง", "ดำรงตำแหน่งตั้งแต่วันที่", "เริ่มงานวันที่"],
    ["นางสาว", "ดวงใจ", "แสนดี", "พนักงานเทศบาล", "กองช่าง", "ผู้อำนวยการกองช่าง", "๑ ต.ค. ๒๕๖๖", "1/10/2563"],
    ["นาย", "อรุณ", "ขยันยิ่ง", "", "กองช่าง", "นายช่างโยธา", "", "2020-10-01"],
    ["นาย", "จันทร์", "เรียบร้อย", "พนักงานจ้างทั่วไป", "", "", "", ""],
]


def fates(plan: Plan) -> list[str]:
    return [str(one.fate) for one in plan.rows]


def changes(plan: Plan, number: int) -> list[tuple[str, str, str]]:
    return [(one.label, one.before, one.after) for one in plan.rows[number - 1].changes]


def faults(plan: Plan, number: int) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.column, one.text, one.nearest) for one in plan.rows[number - 1].faults]


def save(scope, kind: str, rows: list[list[str]]) -> Plan:
    staged = services.stage_table(scope, kind=kind, rows=rows)
    return services.save_table(scope, table=staged, seen=plan_of(scope, Kind(kind), rows).digest)


# --- fates ----------------------------------------------------------------------------------------------------------
def test_units_show_their_fates_and_a_parent_may_stand_below(system):
    plan = plan_of(system, Kind.UNITS, UNITS)
    assert fates(plan) == ["new", "new", "same", "changed"]
    assert changes(plan, 4) == [("ระดับ", "กอง", "สำนัก")]
    assert Unit.objects.filter(name="ฝ่ายบริหารงานคลัง").count() == 0


def test_units_are_saved_under_each_other_with_their_aliases(system):
    save(system, "units", UNITS)
    section = Unit.objects.get(name="งานทะเบียนทรัพย์สิน")
    assert (section.kind, section.parent.name, section.parent.parent.name) == ("section", "ฝ่ายบริหารงานคลัง", "กองคลัง")
    assert list(UnitAlias.objects.filter(unit=section.parent).values_list("name", flat=True)) == [
        "ฝ่ายคลัง",
        "ฝ่ายบริหารคลัง",
    ]
    assert fates(plan_of(system, Kind.UNITS, UNITS)) == ["same"] * 4


def test_unit_faults_name_reason_and_nearest(system):
    rows = [
        ["ชื่อส่วนราชการ", "ระดับ", "สังกัด", "ชื่อที่เรียกในเอกสาร", "ถึงวันที่"],
        ["งานก่อสร้าง", "", "กองชาง", "", ""],
        ["ทุกงานจัดทำข้อมูลและส่งมอบให้สำนักปลัดรวบรวมเพื่อเผยแพร่", "", "", "", ""],
        ["กองใหม่", "ชั้นสูง", "", "", ""],
        ["กองใหม่", "", "", "สำนักปลัด", ""],
        ["กองคลัง", "", "", "", "30/9/2569"],
        ["", "", "กองช่าง", "", ""],
        ["สำนักใหม่", "", "กองช่าง", "", ""],
    ]
    plan = plan_of(system, Kind.UNITS, rows)
    assert fates(plan) == ["faulty"] * 7
    assert faults(plan, 1) == [("สังกัด", "ไม่พบ “กองชาง”", ("กองช่าง", "กองคลัง"))]
    assert faults(plan, 2) == [("ชื่อส่วนราชการ", "เป็นประโยค ไม่ใช่ชื่อส่วนราชการ", ())]
    assert faults(plan, 3) == [("ระดับ", "ไม่รู้จัก “ชั้นสูง”", ())]
    assert faults(plan, 4) == [("ชื่อที่เรียกในเอกสาร", "“สำนักปลัด” เป็นชื่อของ สำนักปลัดเทศบาล แล้ว", ())]
    assert faults(plan, 5) == [("ถึงวันที่", "ยังมี ผู้อำนวยการกองคลัง, เจ้าพนักงานพัสดุ อยู่", ())]
    assert faults(plan, 6) == [("ชื่อส่วนราชการ", "ว่าง", ())]
    assert faults(plan, 7) == [("สังกัด", "สำนักอยู่ใต้กองไม่ได้", ())]


def test_ring_of_units_is_at_fault_and_ends(system):
    rows = [["ชื่อส่วนราชการ", "สังกัด"], ["หน่วยก", "หน่วยข"], ["หน่วยข", "หน่วยก"]]
    assert plan_of(system, Kind.UNITS, rows).is_clean is False


def test_people_show_their_fates(system):
    plan = plan_of(system, Kind.PEOPLE, PEOPLE)
    assert fates(plan) == ["new", "same", "changed"]
    assert plan.rows[0].title == "นางสาวดวงใจ แสนดี"
    assert changes(plan, 1) == [("ตำแหน่ง", "", "ผู้อำนวยการกองช่าง กองช่าง")]
    assert plan.rows[0].notes == ["เพิ่มตำแหน่งใหม่ “ผู้อำนวยการกองช่าง กองช่าง”"]
    assert changes(plan, 3) == [("ประเภทบุคลากร", "พนักงานเทศบาล", "พนักงานจ้างทั่วไป")]


def test_people_are_saved_with_post_and_dates_of_either_era(agency, system):
    save(system, "people", PEOPLE)
    person = Person.objects.get(given_name="ดวงใจ")
    one = Appointment.objects.get(person=person)
    assert (person.prefix, person.family_name, person.joined_on) == ("นางสาว", "แสนดี", date(2020, 10, 1))
    assert (one.post.title, one.post.unit, one.valid_from) == (
        "ผู้อำนวยการกองช่าง",
        office.unit(agency, "กองช่าง"),
        date(2023, 10, 1),
    )
    assert fates(plan_of(system, Kind.PEOPLE, PEOPLE)) == ["same"] * 3


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (["ชื่อ-นามสกุล", "ตำแหน่ง", "สังกัด"], ["น.ส.ดวงใจ แสนดี", "คนงาน", "สำนักปลัดฯ"]),
        (["ลำดับ", "ชื่อ", "ชื่อสกุล", "ชื่อตำแหน่ง", "หน่วยงาน"], ["๑", "นางสาวดวงใจ", "แสนดี", "คนงาน", "สำนักปลัด"]),
        (["ชื่อ สกุล*", "ตำแหน่ง (ปัจจุบัน)", "กอง/สำนัก"], ["ดวงใจ แสนดี", "คนงาน", "สำนักปลัดเทศบาล"]),
    ],
)
def test_heads_and_names_are_taken_as_offices_write_them(system, head, cells):
    plan = plan_of(system, Kind.PEOPLE, [head, cells])
    assert (fates(plan), plan.unused) == (["new"], ())
    save(system, "people", [head, cells])
    made = Person.objects.get(given_name="ดวงใจ")
    assert (made.family_name, made.appointments.get().post.unit.name) == ("แสนดี", "สำนักปลัดเทศบาล")


def test_people_faults_name_reason_and_nearest(system):
    head = ["ชื่อ-นามสกุล", "ส่วนราชการ", "ตำแหน่ง", "เริ่มงานวันที่", "อีเมล", "ประเภท", "พ้นจากงานวันที่"]
    plan = plan_of(
        system,
        Kind.PEOPLE,
        [
            head,
            ["นายหนึ่ง ก", "กองคลงั", "คนงาน", "", "", "", ""],
            ["นายสอง ข", "", "", "31/2/2569", "", "", ""],
            ["นายสาม ค", "", "", "1 บ.ค. 2569", "", "", ""],
            ["นายสี่ ง", "กองช่าง", "", "", "", "", ""],
            ["นายห้า จ", "", "", "", "ไม่ใช่อีเมล", "", ""],
            ["นายหก ฉ", "", "", "", "", "อาสาสมัคร", ""],
            ["นายเจ็ด ช", "", "", "1/10/2566", "", "", "1/10/2565"],
            ["นายแปด ซ", "", "รักษาราชการแทน ปลัดเทศบาล", "", "", "", ""],
            ["-", "", "", "", "", "", ""],
        ],
    )
    assert fates(plan) == ["faulty"] * 9
    assert faults(plan, 1)[0][:2] == ("ส่วนราชการ", "ไม่พบ “กองคลงั”") and faults(plan, 1)[0][2][0] == "กองคลัง"
    assert faults(plan, 2) == [("เริ่มงานวันที่", "“31/2/2569” ไม่มีวันนี้ เดือนนั้นมี 28 วัน", ())]
    assert faults(plan, 3) == [("เริ่มงานวันที่", "“1 บ.ค. 2569” ไม่มีเดือน “บ.ค.”", ())]
    assert [faults(plan, number)[0][0] for number in (4, 5, 6, 7, 8, 9)] == [
        "ตำแหน่ง",
        "อีเมล",
        "ประเภทบุคลากร",
        "ปฏิบัติงานวันสุดท้าย",
        "ตำแหน่ง",
        "ชื่อ",
    ]


def test_rows_that_contradict_each_other_are_at_fault(system):
    rows = [["ชื่อ-นามสกุล", "โทรศัพท์"], ["นายจันทร์ เรียบร้อย", "1"], ["นายจันทร์ เรียบร้อย", "2"]]
    plan = plan_of(system, Kind.PEOPLE, rows)
    assert fates(plan) == ["changed", "faulty"]
    assert faults(plan, 2) == [("โทรศัพท์", "ขัดกับแถวที่ 1 ซึ่งบอกว่า “1”", ())]


def test_like_name_is_noted_and_not_merged(system):
    plan = plan_of(system, Kind.PEOPLE, [["ชื่อ-นามสกุล"], ["นายจันทร์ เรียบรอย"]])
    assert (fates(plan), plan.rows[0].notes) == (["new"], ["ชื่อคล้าย นายจันทร์ เรียบร้อย"])


def test_name_that_two_people_have_is_at_fault(system):
    services.add_person(system, prefix="นาย", given_name="จันทร์", family_name="เรียบร้อย")
    plan = plan_of(system, Kind.PEOPLE, [["ชื่อ-นามสกุล"], ["นายจันทร์ เรียบร้อย"]])
    assert faults(plan, 1) == [("ชื่อ", "มีชื่อนี้ในระบบ 2 คน ไม่รู้ว่าหมายถึงคนใด", ())]


def test_merged_spelling_in_a_table_means_the_person_kept(system):
    kept = services.add_person(system, prefix="นาง", given_name="ดวงใจ", family_name="แสนดีงาม")
    other = services.add_person(system, prefix="นาง", given_name="ดวงใจ", family_name="แสนดีงม")
    services.merge_people(system, kept=kept, other=other)
    plan = plan_of(system, Kind.PEOPLE, [["ชื่อ-นามสกุล"], ["นางดวงใจ แสนดีงม"]])
    assert (fates(plan), plan.rows[0].notes) == (["same"], ["รวมกับ นางดวงใจ แสนดีงาม แล้ว"])


def test_several_workers_of_one_title_get_a_post_each_and_a_head_does_not(system):
    head = ["ชื่อ-นามสกุล", "ส่วนราชการ", "ตำแหน่ง"]
    rows = [head, ["นายหนึ่ง กก", "กองช่าง", "คนงาน"], ["นายสอง ขข", "กองช่าง", "คนงาน"]]
    rows += [["นายสาม คค", "กองคลัง", "ผู้อำนวยการกองคลัง"]]
    plan = save(system, "people", rows)
    assert Post.objects.filter(title="คนงาน").count() == 2
    assert Post.objects.filter(title="ผู้อำนวยการกองคลัง").count() == 1
    assert plan.rows[2].notes == ["ตำแหน่งนี้มี นายประสิทธิ์ มั่นคง ดำรงอยู่ด้วย"]


def test_table_gives_no_rights_that_its_owner_may_not_give(scope, system):
    services.add_post(system, title="ผู้ช่วยผู้ดูแลระบบ", roles=["admin"])
    rows = [["ชื่อ-นามสกุล", "ตำแหน่ง"], ["นายจันทร์ เรียบร้อย", "ผู้ช่วยผู้ดูแลระบบ"], ["นายอารี ใจเย็น", "นายกเทศมนตรี"]]
    plan = plan_of(scope(Role.PERSONNEL), Kind.PEOPLE, rows)
    assert fates(plan) == ["faulty", "faulty"]
    assert plan_of(scope(Role.ADMIN), Kind.PEOPLE, rows).is_clean


def test_table_does_not_make_a_former_right_last_longer(agency, scope, system):
    own, post = Person.objects.get(given_name="อารี"), Post.objects.get(title="ผู้ดูแลระบบ")
    services.appoint(system, person=own, post=post, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    head = ["ชื่อ-นามสกุล", "ตำแหน่ง", "ดำรงตำแหน่งตั้งแต่วันที่", "ดำรงตำแหน่งถึงวันที่"]
    longer = [head, ["นายอารี ใจเย็น", "ผู้ดูแลระบบ", "1/1/2563", "1/1/2600"]]
    shorter = [head, ["นายอารี ใจเย็น", "ผู้ดูแลระบบ", "1/1/2563", "1/6/2563"]]
    told = [fates(plan_of(scope(Role.PERSONNEL), Kind.PEOPLE, rows)) for rows in (longer, shorter)]
    assert told == [["faulty"], ["changed"]]
    assert fates(plan_of(scope(Role.ADMIN), Kind.PEOPLE, longer)) == ["changed"]


@pytest.mark.parametrize("day", ["1/1/2569", "1/1/2620"])
def test_table_does_not_leave_the_office_without_a_keeper_of_accounts(agency, scope, day):
    admin = office.scope(agency, Role.ADMIN).person
    rows = [["ชื่อ", "นามสกุล", "พ้นจากงานวันที่"], [admin.given_name, admin.family_name, day]]
    with pytest.raises(services.TableNotSaved, match="rows are faulty"):
        save(scope(Role.PERSONNEL), "people", rows)
    assert Person.objects.get(pk=admin.pk).left_on is None


def test_who_leaves_by_a_table_leaves_every_post_that_day(agency, system):
    legal = office.scope(agency, Role.LEGAL).person
    rows = [["ชื่อ", "นามสกุล", "พ้นจากงานวันที่"], [legal.given_name, legal.family_name, "30/9/2568"]]
    save(system, "people", rows)
    assert [one.valid_to for one in legal.appointments.all()] == [date(2025, 9, 30)]


def test_posts_show_their_fates_and_are_saved(agency, system):
    rows = [
        ["ชื่อตำแหน่ง", "ส่วนราชการ", "เลขที่ตำแหน่ง", "ฝ่าย", "เป็นหัวหน้าส่วนราชการ", "ตั้งแต่วันที่"],
        ["ผู้อำนวยการกองช่าง", "กองช่าง", "๑๖-๒-๐๕", "", "ใช่", "๑ ต.ค. ๒๕๖๓"],
        ["รองนายกเทศมนตรี", "", "", "ฝ่ายการเมือง", "", ""],
        ["นิติกร", "สำนักปลัด", "16-2-01", "", "", ""],
        ["เจ้าพนักงานพัสดุ", "กองคลัง", "", "", "", ""],
        ["คนสวน", "กองชาง", "", "อื่น", "อาจจะ", ""],
    ]
    plan = plan_of(system, Kind.POSTS, rows)
    assert fates(plan) == ["new", "new", "changed", "same", "faulty"]
    assert changes(plan, 3) == [("เลขที่ตำแหน่ง", "", "16-2-01")]
    assert [fault[0] for fault in faults(plan, 5)] == ["ส่วนราชการ", "ฝ่าย", "เป็นหัวหน้าส่วนราชการ"]
    save(system, "posts", rows[:-1])
    made = Post.objects.get(title="ผู้อำนวยการกองช่าง")
    assert (made.is_head, made.valid_from, made.side) == (True, date(2020, 10, 1), "permanent")
    assert Post.objects.get(title="รองนายกเทศมนตรี").side == "political"
    assert fates(plan_of(system, Kind.POSTS, rows[:-1])) == ["same"] * 4


def test_posts_of_one_title_are_told_apart_by_number(agency, system):
    unit = office.unit(agency, "กองช่าง")
    for number in ("1", "2"):
        services.add_post(system, title="คนงาน", unit=unit, number=number)
    rows = [["ชื่อตำแหน่ง", "ส่วนราชการ", "เลขที่ตำแหน่ง"], ["คนงาน", "กองช่าง", ""], ["คนงาน", "กองช่าง", "2"]]
    plan = plan_of(system, Kind.POSTS, rows)
    assert (fates(plan), faults(plan, 1)[0][2]) == (["faulty", "same"], ("1", "2"))


# --- saving ---------------------------------------------------------------------------------------------------------
def test_nothing_is_saved_while_a_row_is_faulty(system):
    rows = [*PEOPLE, ["นาย", "เก่ง", "กล้า", "", "กองชาง", "คนงาน", "", ""]]
    staged = services.stage_table(system, kind="people", rows=rows)
    with pytest.raises(services.TableNotSaved):
        services.save_table(system, table=staged, seen=plan_of(system, Kind.PEOPLE, rows).digest)
    assert not Person.objects.filter(given_name="ดวงใจ").exists()


def test_saving_is_refused_when_fates_have_changed_since_they_were_looked_at(system):
    staged = services.stage_table(system, kind="people", rows=PEOPLE)
    seen = plan_of(system, Kind.PEOPLE, PEOPLE).digest
    services.add_person(system, prefix="นางสาว", given_name="ดวงใจ", family_name="แสนดี")
    with pytest.raises(services.TableNotSaved) as refused:
        services.save_table(system, table=staged, seen=seen)
    assert fates(refused.value.plan) == ["changed", "same", "changed"]
    assert Person.objects.get(given_name="ดวงใจ").joined_on is None


def test_saving_twice_is_harmless(system):
    staged = services.stage_table(system, kind="people", rows=PEOPLE)
    seen = plan_of(system, Kind.PEOPLE, PEOPLE).digest
    services.save_table(system, table=staged, seen=seen)
    before = (Person.objects.count(), Post.objects.count(), Appointment.objects.count(), AuditEntry.objects.count())
    assert fates(services.save_table(system, table=staged, seen=seen)) == ["same"] * 3
    assert (
        Person.objects.count(),
        Post.objects.count(),
        Appointment.objects.count(),
        AuditEntry.objects.count(),
    ) == before


def test_row_that_the_database_refuses_takes_all_back(system, monkeypatch):
    """Whatever breaks in the middle: all or nothing."""
    staged = services.stage_table(system, kind="people", rows=PEOPLE)
    seen = plan_of(system, Kind.PEOPLE, PEOPLE).digest
    counts = (Person.objects.count(), AuditEntry.objects.count())

    def breaks(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("prongsai.web.agencies.services.bulk._change", breaks)
    with pytest.raises(KeyboardInterrupt):
        services.save_table(system, table=staged, seen=seen)
    assert (Person.objects.count(), AuditEntry.objects.count()) == counts


def test_every_record_has_its_line_in_an_unbroken_journal(agency, scope):
    personnel = scope(Role.PERSONNEL)
    save(personnel, "people", PEOPLE)
    told = [(entry.action, entry.subject_type) for entry in AuditEntry.objects.order_by("number")]
    assert told == [
        ("table.create", "agencies.tableimport"),
        ("person.create", "agencies.person"),
        ("post.create", "agencies.post"),
        ("appoint", "agencies.appointment"),
        ("person.change", "agencies.person"),
        ("table.save", "agencies.tableimport"),
    ]
    assert list(broken(agency)) == []
    assert Person.objects.get(given_name="จันทร์").version == 2


def five_hundred() -> list[list[str]]:
    letters = "กขคงจชซดตถทธนบปผพฟมยรลวสหอ"
    names = [f"{letters[n % 26]}า{letters[n // 26]}{letters[n * 7 % 26]}" for n in range(500)]
    return [PEOPLE[0], *(["นาย", name, f"{name}ดี", "", "กองช่าง", "คนงาน", "", "1/10/2563"] for name in names)]


def test_five_hundred_rows_cost_no_query_each(system, django_assert_max_num_queries):
    rows = five_hundred()
    staged = services.stage_table(system, kind="people", rows=rows)
    with django_assert_max_num_queries(6):
        seen = plan_of(system, Kind.PEOPLE, rows).digest
    with django_assert_max_num_queries(70):
        plan = services.save_table(system, table=staged, seen=seen)
    assert plan.counts == {"new": 500, "changed": 0, "same": 0, "faulty": 0}
    assert Appointment.objects.filter(post__title="คนงาน").count() == 500


# --- reading --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_pasted_cells_are_parted_by_tabs_commas_or_semicolons(mark):
    text = "\n".join(mark.join(cells) for cells in (["ชื่อตำแหน่ง", "หน้าที่"], ["นิติกร", "กฎหมาย"], ["", ""]))
    assert read_pasted(text, Kind.POSTS) == [["ชื่อตำแหน่ง", "หน้าที่"], ["นิติกร", "กฎหมาย"]]


def test_pasted_cell_of_several_lines_stays_one_cell():
    assert read_pasted('ชื่อตำแหน่ง\tหน้าที่\r\nนิติกร\t"กฎหมาย\nวินัย"\r\n', Kind.POSTS)[1] == ["นิติกร", "กฎหมาย วินัย"]


def test_lines_above_the_head_and_repeated_heads_are_left_out():
    text = "บัญชีตำแหน่ง ปี ๒๕๖๙\n\nชื่อตำแหน่ง\tส่วนราชการ\nนิติกร\tสำนักปลัด\nชื่อตำแหน่ง\tส่วนราชการ\nครู\tกองการศึกษา"
    assert read_pasted(text, Kind.POSTS)[1:] == [["นิติกร", "สำนักปลัด"], ["ครู", "กองการศึกษา"]]


@pytest.mark.parametrize(
    "text",
    ["", "ไม่มีหัวตาราง\tเลย\n1\t2", "ชื่อตำแหน่ง\tหน้าที่", "ชื่อตำแหน่ง\n" + "ก\n" * 2001, "ชื่อตำแหน่ง\n" + "ก" * 2001],
    ids=["empty", "no head", "no rows", "too many rows", "too long a cell"],
)
def test_text_without_a_usable_table_is_refused_with_the_mend(text):
    with pytest.raises(TableUnusable) as refused:
        read_pasted(text, Kind.POSTS)
    assert refused.value.mend_th


def workbook(rows: list[list[str]], kind: str) -> bytes:
    blocks = (table(rows[0], [row(*cells) for cells in rows[1:]]),)
    return render(Document("", "composed", None, "", blocks), kind, Office())


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_uploaded_file_gives_the_same_rows_as_pasting(kind):
    assert read_upload(workbook(PEOPLE, kind), f"บุคลากร.{kind}", Kind.PEOPLE) == read_pasted(
        as_text(PEOPLE), Kind.PEOPLE
    )


def test_uploaded_csv_in_the_old_thai_encoding_is_read():
    content = "ชื่อตำแหน่ง,ส่วนราชการ\nนิติกร,สำนักปลัด\n".encode("cp874")
    assert read_upload(content, "posts.csv", Kind.POSTS)[1] == ["นิติกร", "สำนักปลัด"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF-1.4"), ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.xlsx", b"PK\x03\x04")]
)
def test_other_files_are_refused(name, content):
    with pytest.raises(FileUnusable):
        read_upload(content, name, Kind.POSTS)


def test_date_cells_of_a_workbook_are_taken_in_either_era(system):
    from xlsxwriter import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    sheet, look = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yy"})
    sheet.write_row(0, 0, ["ชื่อ-นามสกุล", "เริ่มงานวันที่"])
    for number, day in enumerate((date(2020, 10, 1), date(2563, 10, 1)), start=1):
        sheet.write(number, 0, f"นายคน{number} ทดสอบ")
        sheet.write_datetime(number, 1, day, look)
    book.close()
    save(system, "people", read_upload(target.getvalue(), "บุคลากร.xlsx", Kind.PEOPLE))
    assert set(Person.objects.filter(family_name="ทดสอบ").values_list("joined_on", flat=True)) == {date(2020, 10, 1)}


# --- pages ----------------------------------------------------------------------------------------------------------
def test_page_shows_fates_then_saves(agency, sign_in):
    client, code = sign_in(Role.PERSONNEL), agency.code
    answer = client.post(f"/{code}/agency/tables/add/", {"kind": "people", "text": as_text(PEOPLE)}, follow=True)
    plan = answer.context["plan"]
    assert (plan.counts["new"], Person.objects.filter(given_name="ดวงใจ").count()) == (1, 0)
    staged = TableImport.objects.get()
    saved = client.post(f"/{code}/agency/tables/{staged.pk}/save/", {"seen": plan.digest})
    assert (saved.status_code, saved["Location"]) == (302, f"/{code}/agency/people/")
    assert Person.objects.filter(given_name="ดวงใจ").count() == 1


def test_page_takes_a_file(agency, sign_in):
    upload = SimpleUploadedFile("บุคลากร.xlsx", workbook(PEOPLE, "xlsx"))
    answer = sign_in(Role.PERSONNEL).post(f"/{agency.code}/agency/tables/add/", {"kind": "people", "file": upload})
    assert (answer.status_code, TableImport.objects.get().rows) == (302, PEOPLE)


@pytest.mark.parametrize(
    "typed", [{}, {"kind": "people"}, {"kind": "people", "text": "ไม่ใช่ตาราง"}, {"kind": "x", "text": "ชื่อ\nก"}]
)
def test_page_without_a_table_says_what_to_do(agency, sign_in, typed):
    answer = sign_in(Role.PERSONNEL).post(f"/{agency.code}/agency/tables/add/", typed)
    assert (answer.status_code, TableImport.objects.count()) == (422, 0)


def test_page_refuses_to_save_unseen_and_shows_the_fates_again(agency, sign_in, system):
    staged = services.stage_table(system, kind="people", rows=PEOPLE)
    answer = sign_in(Role.PERSONNEL).post(f"/{agency.code}/agency/tables/{staged.pk}/save/", {})
    assert (answer.status_code, answer.context["plan"].counts["new"]) == (409, 1)
    assert not Person.objects.filter(given_name="ดวงใจ").exists()


def test_table_is_mended_on_the_page_and_looked_at_again(agency, sign_in, system):
    rows = [["ชื่อตำแหน่ง", "ส่วนราชการ"], ["ครู", "กองการศึกสา"]]
    staged = services.stage_table(system, kind="posts", rows=rows)
    client, address = sign_in(Role.PERSONNEL), f"/{agency.code}/agency/tables/{staged.pk}/"
    assert client.get(address).context["plan"].counts["faulty"] == 1
    typed = {"text": as_text([rows[0], ["ครู", "กองการศึกษา"]]), "version": 1}
    assert client.post(address, typed).status_code == 302
    assert client.get(address).context["plan"].counts == {"new": 1, "changed": 0, "same": 0, "faulty": 0}
    assert client.post(address, typed).status_code == 409
    with pytest.raises(Stale):
        services.mend_table(system, table=staged, rows=rows, version=1)


@pytest.mark.parametrize("kind", KINDS)
def test_template_is_a_workbook_of_the_columns_whose_examples_are_not_read(agency, sign_in, kind):
    answer = sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/tables/add/", {"template": kind.value})
    assert answer["Content-Disposition"] == f'attachment; filename="{kind.value}.xlsx"'
    with pytest.raises(TableUnusable) as refused:
        read_upload(answer.content, "a.xlsx", kind)
    assert refused.value.message_th == "พบหัวตาราง แต่ไม่มีแถวข้อมูล"


@pytest.mark.parametrize("kind", KINDS)
def test_examples_on_the_page_are_read_by_their_own_columns(agency, system, kind):
    rows = [[column.head for column in COLUMNS[kind]], *([c.examples[n] for c in COLUMNS[kind]] for n in (0, 1))]
    plan = plan_of(system, kind, read_pasted(as_text(rows), kind))
    assert (plan.unused, plan.is_clean) == ((), True)


@pytest.mark.parametrize("count", [1, 3, 60])
def test_page_of_fates_costs_the_same_however_many_rows(agency, sign_in, system, django_assert_num_queries, count):
    staged = services.stage_table(system, kind="people", rows=five_hundred()[: count + 1])
    client = sign_in(Role.PERSONNEL)
    with django_assert_num_queries(14):
        assert client.get(f"/{agency.code}/agency/tables/{staged.pk}/").status_code == 200


def test_other_agency_and_wrong_role_find_nothing(agency, other_agency, sign_in, system):
    from prongsai.web.agencies.scope import system_scope

    theirs = services.stage_table(system_scope(other_agency), kind="people", rows=PEOPLE)
    assert sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/tables/{theirs.pk}/").status_code == 404
    assert sign_in(Role.PERSONNEL).post(f"/{agency.code}/agency/tables/{theirs.pk}/save/").status_code == 404
    ours = services.stage_table(system, kind="people", rows=PEOPLE)
    assert sign_in(Role.HEAD).post(f"/{agency.code}/agency/tables/{ours.pk}/save/").status_code == 404
