"""Erasing a file that nothing holds any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.evidence import services, store
from prongsai.web.registers.models import EntryFile
from prongsai.web.registers.services import add_entry
from tests.web.evidence import files

pytestmark = pytest.mark.django_db
COMPLAINT = {"topic": "เสียงดัง", "details": "ดังทุกคืน", "category": "nuisance"}


@pytest.fixture
def file(system):
    return services.keep_file(system, name="นายสมชายรับเงิน.pdf", content=files.PDF)


def path_of(file) -> Path:
    return store.path_of(file.agency.code, file.sha256)


def test_file_that_nothing_holds_loses_bytes_and_name(system, file, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert services.erase_unused(system, file=file, reason="ย้าย")
    assert (file.name, file.erased_at is None, path_of(file).exists()) == (services.NAMELESS, False, False)
    line = AuditEntry.objects.get(action="file.erase")
    assert "สมชาย" not in line.subject_text + str(line.changes)


@pytest.mark.parametrize("hold", ["entry", "evidence"])
def test_file_that_something_holds_stays_as_it_is(system, file, hold):
    if hold == "entry":
        entry = add_entry(system, register="complaints-general", values=COMPLAINT)
        EntryFile.objects.create(entry=entry, field="photo", file=file, name=file.name)
    else:
        services.add_evidence(system, title="ภาพ", file=file)
    assert not services.erase_unused(system, file=file, reason="ย้าย")
    file.refresh_from_db()
    assert (file.name, file.erased_at, path_of(file).exists()) == ("นายสมชายรับเงิน.pdf", None, True)


def test_every_kind_of_record_that_may_hold_a_file_is_asked(file, django_assert_num_queries):
    with django_assert_num_queries(len(list(services.ties()))):
        assert not services.is_held(file)
    held = {f"{tie.related_model.__name__}.{tie.field.name}" for tie in services.ties()}
    assert {"Evidence.file", "EntryFile.file", "Letter.docx", "ReleaseFile.original", "Incoming.files"} <= held
