"""An entry whose content goes elsewhere leaves a dull row."""

from __future__ import annotations

import json

import pytest
from django.core import serializers

from prongsai.registers.model import Ref
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.evidence import store
from prongsai.web.evidence.services import keep_file
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry, EntryFile, EntryLink, EntryMove, ImportBatch, ImportRow, OutsideCase
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.outside import tracked
from prongsai.web.registers.services import outside
from prongsai.web.registers.services.emptying import empty_entry, together
from tests.web.evidence import files

TITLE = "เรื่องที่ย้ายแล้ว"
TOLD = "เรื่องนี้อยู่กับผู้รับเรื่องแล้ว"
SECRETS = ("ใบอนุญาต", "ประสิทธิ์", "มะลิ", "081234", "mali@", "ตลาดเก่า", "หลักฐานลับ", "nuisance", "ผู้อำนวยการ")
VALUES = {
    "topic": "เรียกเงินค่าใบอนุญาต",
    "details": "นายประสิทธิ์เรียกเงินสองพันบาท",
    "place": "ตลาดเก่า",
    "category": "nuisance",
    "person": "นางสาวมะลิ ใจดี",
    "phone": "0812345678",
    "email": "mali@example.com",
}


@pytest.fixture
def sent(agency, system):
    """A complaint that came from outside with a photograph, re-classified; and its tracking code."""
    services.keep_setting(system, register="complaints-general", takes_outside=True)
    kept = kept_of(agency, "complaints-general")
    photo = keep_file(system, name="หลักฐานลับ.pdf", content=files.PDF)
    made = outside.send(agency, kept=kept, values=VALUES, nonce="n" * 20, files=[("photo", photo)], may_publish=True)
    services.move_entry(system, entry=made.entry, move="reclassify", note="ผู้อำนวยการเรียกรับเงิน", version=None)
    made.entry.refresh_from_db()
    return made


def empty(system, entry, **more):
    given = {"version": entry.version, "title": TITLE, "told": TOLD, "reason": "ย้ายเข้าช่องทางปิดผนึก"} | more
    return empty_entry(system, entry=entry, **given)


def everything() -> str:
    """Every row of the registers' own tables and of files, as text."""
    rows = [*Entry.objects.all(), *EntryMove.objects.all(), *EntryFile.objects.all(), *EntryLink.objects.all()]
    rows += [*OutsideCase.objects.all(), *ImportRow.objects.all()]
    searched = " ".join(bytes(one.found_by).decode("cp874") for one in Entry.objects.all())
    return json.dumps(json.loads(serializers.serialize("json", rows)), ensure_ascii=False) + searched


def test_row_stays_with_number_day_and_state_and_says_nothing(system, sent, django_capture_on_commit_callbacks):
    before = sent.entry
    assert [word for word in SECRETS if word in everything()] == list(SECRETS)
    photo = before.files.get().file
    with django_capture_on_commit_callbacks(execute=True):
        entry = empty(system, before)
    assert [word for word in SECRETS if word in everything()] == []
    assert (entry.number, entry.dated_on, entry.state, entry.title, entry.values) == (
        before.number, before.dated_on, "moved", TITLE, {},
    )  # fmt: skip
    assert not store.path_of(system.agency.code, photo.sha256).exists()


def test_line_of_the_journal_says_only_that_it_was_emptied(system, sent):
    last = AuditEntry.objects.order_by("number").last().number
    empty(system, sent.entry)
    line = AuditEntry.objects.get(action="entry.empty")
    assert (line.subject_text, line.changes) == (TITLE, {})
    lines = AuditEntry.objects.filter(number__gt=last)
    assert [word for word in SECRETS if word in str([(one.subject_text, one.changes) for one in lines])] == []


def test_sender_still_finds_the_case_by_the_code_and_is_told(agency, system, sent):
    empty(system, sent.entry)
    case = tracked(agency, sent.code)
    assert [note for _day, _what, note in case.told] == [TOLD]
    assert (case.entry.title, case.case.may_publish, case.answer) == (TITLE, False, ())


def test_photograph_that_another_complaint_has_too_stays(system, sent):
    photo = sent.entry.files.get().file
    other = services.add_entry(system, register="complaints-general", values=VALUES, files=[("photo", photo)])
    empty(system, sent.entry)
    photo.refresh_from_db()
    assert (photo.erased_at, other.files.get().file) == (None, photo)


def test_duplicates_go_together(system, sent):
    first = services.add_entry(system, register="complaints-general", values=VALUES)
    second = services.add_entry(system, register="complaints-general", values=VALUES)
    merged = {"same_as": Ref(first.pk, str(first))}
    services.move_entry(system, entry=second, move="merge", values=merged, version=None)
    assert [one.pk for one in together(first)] == [first.pk, second.pk]
    assert [one.pk for one in together(second)] == [second.pk]


def test_rows_of_an_import_are_emptied_too(agency, system, sent):
    batch = ImportBatch.objects.create(agency=agency, register="complaints-general", sha256="0" * 64)
    row = ImportRow.objects.create(batch=batch, number=2, cells=["ใบอนุญาต"], values={"a": "มะลิ"}, entry=sent.entry)
    empty(system, sent.entry)
    row.refresh_from_db()
    assert (row.cells, row.values, row.faults) == ([], {}, [])


def test_entry_that_somebody_changed_is_not_emptied(system, sent):
    with pytest.raises(Stale):
        empty(system, sent.entry, version=sent.entry.version - 1)


def test_journal_of_a_register_with_hidden_states_never_had_the_words(system, sent):
    """What is re-classified later would stand in the journal for all who read that."""
    services.move_entry(system, entry=services.add_entry(system, register="complaints-general", values=VALUES),
                        move="refuse", note="ประสิทธิ์", version=None)  # fmt: skip
    lines = AuditEntry.objects.filter(subject_type="registers.entry")
    text = json.dumps(list(lines.values_list("subject_text", "changes")), ensure_ascii=False)
    assert [word for word in SECRETS if word in text] == []
    number = f"{sent.entry.number}/{sent.entry.fiscal_year_be}"
    assert lines.order_by("number").first().subject_text == f"ทะเบียนเรื่องร้องเรียนร้องทุกข์ทั่วไป {number}"
    assert lines.filter(changes__has_key="รายละเอียด").first().changes["รายละเอียด"] == [None, "(ปกปิด)"]
