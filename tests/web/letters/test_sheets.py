"""Lists signed in ink: printed, entered by their scan, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.documents.model import Table
from prongsai.documents.read import read_content
from prongsai.reports.catalogue import paper_kind
from prongsai.web.agencies.models import AuditEntry, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.models import Evidence
from prongsai.web.evidence.services import keep_file, read_file
from prongsai.web.letters.models import PaperSheet, Receipt
from prongsai.web.letters.queries.circulars import counts
from prongsai.web.letters.queries.readers import readers_of
from prongsai.web.letters.services import circulars as services
from prongsai.web.letters.services.circulation import figure_th, keep_list, list_document, list_paper, table_of
from tests.web import office
from tests.web.letters.circulating import PDF, as_person, draft, hire, person_of, sent

DAY = timedelta(days=1)


@pytest.fixture
def clerk(scope):
    return scope(Role.CLERK)


def enter(scope, circular, people, *, n=None, days_ago=0, words="หนึ่ง"):
    file = keep_file(scope, name="บัญชี.pdf", content=PDF + words.encode())
    day = scope.today - days_ago * DAY
    n_signed = len(people) if n is None else n
    return services.enter_sheet(scope, circular=circular, file=file, signed_on=day, n_signed=n_signed, people=people)


# --- entering -------------------------------------------------------------------------------------------------------
def test_who_is_ticked_has_acknowledged_on_the_day_of_the_paper(agency, clerk):
    people = hire(agency, 5)
    made = sent(clerk, days_ago=4)
    sheet = enter(clerk, made, people[:3], days_ago=2)
    assert counts(made, clerk.today).acknowledged == 3
    assert counts(made, clerk.today - 3 * DAY).acknowledged == 0
    signed = Receipt.objects.filter(sheet=sheet)
    assert {one.acknowledged_on for one in signed} == {clerk.today - 2 * DAY}
    assert AuditEntry.objects.filter(action="circular.acknowledge").count() == 3


def test_signatures_that_are_not_as_many_as_the_names_are_refused_with_both_numbers(agency, clerk):
    people = hire(agency, 3)
    made = sent(clerk)
    with pytest.raises(ValidationError) as refused:
        enter(clerk, made, people, n=4)
    assert refused.value.message_dict == {"n_signed": ["นับลายมือชื่อในกระดาษได้ ๔ แต่เลือกชื่อไว้ ๓ คน ตรวจให้ตรงกันก่อนบันทึก"]}
    assert (PaperSheet.objects.count(), counts(made).acknowledged) == (0, 0)


def test_who_acknowledged_on_the_screen_and_signs_too_counts_once(agency, clerk):
    one, two = hire(agency, 2)
    made = sent(clerk)
    services.acknowledge(as_person(agency, one), circular=made)
    enter(clerk, made, [one, two])
    services.acknowledge(as_person(agency, two), circular=made)
    assert counts(made).acknowledged == Receipt.objects.filter(circular=made).count() == 2
    assert [Receipt.objects.get(person=who).sheet is None for who in (one, two)] == [True, False]


def test_who_signed_before_leaving_is_entered_afterwards(agency, clerk):
    person = hire(agency, 1)[0]
    made = sent(clerk, days_ago=5)
    Person.objects.filter(pk=person.pk).update(left_on=clerk.today - 2 * DAY)
    enter(clerk, made, [person], days_ago=3)
    now = counts(made)
    assert (now.acknowledged, now.left) == (1, 0)
    with pytest.raises(ValidationError):
        enter(clerk, made, [person], days_ago=1, words="สอง")


@pytest.mark.parametrize("days_ago", [-1, 3])
def test_a_day_before_sending_or_still_to_come_is_refused(agency, clerk, days_ago):
    people = hire(agency, 1)
    with pytest.raises(ValidationError):
        enter(clerk, sent(clerk, days_ago=2), people, days_ago=days_ago)


def test_the_same_scan_twice_nobody_ticked_and_people_of_others_are_refused(agency, clerk, other_agency):
    people = hire(agency, 2)
    made = sent(clerk)
    enter(clerk, made, people[:1])
    for wrong, words in ((people[1:], "หนึ่ง"), ([], "สอง"), (hire(other_agency, 1), "สาม")):
        with pytest.raises(ValidationError):
            enter(clerk, made, wrong, words=words)
    assert counts(made).acknowledged == 1


def test_a_draft_and_a_closed_one_take_no_list(agency, clerk):
    people = hire(agency, 1)
    with pytest.raises(ValidationError):
        enter(clerk, draft(clerk), people)
    made = sent(clerk)
    services.close_circular(clerk, circular=made, version=made.version)
    with pytest.raises(ValidationError):
        enter(clerk, made, people)


# --- taking back ----------------------------------------------------------------------------------------------------
def test_a_wrong_list_is_taken_back_with_a_reason_and_kept(agency, clerk):
    people = hire(agency, 3)
    made = sent(clerk)
    sheet = enter(clerk, made, people)
    with pytest.raises(ValidationError):
        services.take_back_sheet(clerk, sheet=sheet, reason="")
    services.take_back_sheet(clerk, sheet=sheet, reason="สแกนผิดแผ่น")
    sheet.refresh_from_db()
    assert (counts(made).acknowledged, sheet.reason, sheet.people.count()) == (0, "สแกนผิดแผ่น", 3)
    with pytest.raises(ValidationError):
        services.take_back_sheet(clerk, sheet=sheet, reason="อีกครั้ง")
    enter(clerk, made, people[:2])  # the same scan again, with the right names
    assert counts(made).acknowledged == 2


def test_taking_a_list_back_leaves_what_else_proves_it(agency, clerk):
    screen, both, only = hire(agency, 3)
    made = sent(clerk, days_ago=3)
    services.acknowledge(as_person(agency, screen), circular=made)
    first = enter(clerk, made, [screen, both, only], days_ago=2)
    second = enter(clerk, made, [both], days_ago=1, words="สอง")
    services.take_back_sheet(clerk, sheet=first, reason="ผิดเรื่อง")
    assert counts(made).acknowledged == 2
    kept = Receipt.objects.get(person=both)
    assert (kept.sheet_id, kept.acknowledged_on) == (second.pk, clerk.today - DAY)
    assert Receipt.objects.get(person=screen).acknowledged_on == clerk.today


# --- the list on paper ----------------------------------------------------------------------------------------------
def test_three_hundred_people_on_paper_and_on_the_screen_agree(agency, clerk):
    people = hire(agency, 150, "กองช่าง") + hire(agency, 150 - len(office.CAST), "กองคลัง")
    made = sent(clerk, days_ago=3, number_text="ลบ 52701/ว 12", dated=clerk.today - 4 * DAY)
    for person in people[:7]:
        services.acknowledge(as_person(agency, person), circular=made)
    missing = readers_of(made).missing
    enter(clerk, made, [Person.objects.get(pk=one.pk) for one in missing[:170]])
    readers, now = readers_of(made), counts(made)
    assert (now.acknowledged, now.audience, now.missing) == (177, 300, 123)
    assert Receipt.objects.filter(circular=made, acknowledged_on__isnull=False).count() == 177
    read, problems = paper_kind("circulation-list").recognise(read_content(list_paper(made, readers, "docx"), "a.docx"))
    assert (read.acknowledged, read.audience, read.acknowledged_pct) == (177, 300, now.share)
    assert [one.code for one in problems if one.severity == "error"] == []
    assert figure_th(readers).startswith("รับทราบแล้ว ๑๗๗ จาก ๓๐๐ คน (ร้อยละ ๕๙.๐๐) ณ วันที่ ")


def test_the_list_to_sign_holds_only_those_who_are_missing_unit_by_unit(agency, clerk):
    hire(agency, 2, "กองคลัง")
    made = sent(clerk)
    services.acknowledge(as_person(agency, person_of(agency, Role.HEAD)), circular=made)
    readers = readers_of(made)
    read, _problems = paper_kind("circulation-list").recognise(list_document(made, readers, only_missing=True))
    assert len(read.readers) == len(office.CAST) + 1
    assert all(one.on is None and not one.signed for one in read.readers)
    table = next(one for one in list_document(made, readers, only_missing=True).blocks if isinstance(one, Table))
    assert not any(cell.text.strip() for row in table.rows[table.heads :] for cell in row.cells[-2:])  # room for ink
    units = [one.unit for one in readers.missing]
    assert units == sorted(units, key=list(dict.fromkeys(units)).index)
    assert list(dict.fromkeys(units)) == ["", "สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง"]


def test_two_people_of_one_name_are_two_on_paper(agency, clerk):
    people = hire(agency, 2)
    Person.objects.filter(pk__in=[one.pk for one in people]).update(given_name="สมชาย", family_name="ใจดี")
    made = sent(clerk, to_everybody=False, people=people)
    services.acknowledge(as_person(agency, people[0]), circular=made)
    read, _problems = paper_kind("circulation-list").recognise(list_document(made, readers_of(made)))
    assert (read.acknowledged, read.audience) == (1, 2)


def test_the_list_is_kept_as_evidence_with_its_figure(agency, clerk):
    people = hire(agency, 4)
    made = sent(clerk, to_everybody=False, people=people, unit=office.unit(agency, "กองช่าง"))
    services.acknowledge(as_person(agency, people[0]), circular=made)
    kept = keep_list(clerk, circular=made)
    assert Evidence.objects.get() == kept
    assert kept.note.startswith("รับทราบแล้ว ๑ จาก ๔ คน (ร้อยละ ๒๕.๐๐) ณ วันที่ ")
    assert (kept.unit, kept.document_date, kept.file.media_type) == (made.unit, clerk.today, "application/pdf")
    assert read_file(kept.file).startswith(b"%PDF")


def test_the_list_as_a_table_tells_those_who_left(agency, clerk):
    one, gone = hire(agency, 2)
    made = sent(clerk, days_ago=3, to_everybody=False, people=[one, gone])
    Person.objects.filter(pk=gone.pk).update(left_on=clerk.today - DAY)
    lines = str(table_of(made, readers_of(made), "csv")).splitlines()
    assert len(lines) == 3
    assert sorted(line.split(",")[4] for line in lines[1:]) == sorted(["ยังไม่เปิดอ่าน", "พ้นจากงานหรือย้ายก่อนรับทราบ"])
    assert bytes(table_of(made, readers_of(made), "xlsx"))[:2] == b"PK"
