import hashlib
import stat
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import AuditEntry, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence import queries, services, store
from prongsai.web.evidence.checks import check_files
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.evidence.names import LENGTH_MAX
from tests.web import office
from tests.web.evidence import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(scope):
    return scope(Role.COORDINATOR)


def keep(scope, name="รายงาน.pdf", content=files.PDF):
    return services.keep_file(scope, name=name, content=content)


def link(scope, **values):
    return services.add_evidence(scope, **{"title": "ประกาศ", "address": "https://example.go.th/1"} | values)


def on_disk(scope):
    return sorted(path.name for path in store.kept(scope.agency.code))


def test_file_is_kept_whole_by_its_hash_and_read_only(coordinator):
    file = keep(coordinator)
    sha256 = hashlib.sha256(files.PDF).hexdigest()
    path = store.path_of(coordinator.agency.code, sha256)
    assert (file.sha256, file.size, file.media_type, file.name) == (
        sha256,
        len(files.PDF),
        "application/pdf",
        "รายงาน.pdf",
    )
    assert path.parent.parent.name == office.CODE and path.parent.name == sha256[:2]
    assert path.read_bytes() == services.read_file(file) == files.PDF
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_same_bytes_again_give_the_same_row(coordinator):
    first = keep(coordinator)
    assert keep(coordinator, name="ชื่ออื่น.pdf") == first
    assert (File.objects.count(), on_disk(coordinator)) == (1, [first.sha256])


def test_each_agency_keeps_its_own(coordinator, other_agency):
    first = keep(coordinator)
    second = keep(office.scope(other_agency, Role.COORDINATOR))
    assert (first.sha256, first.agency_id) == (second.sha256, coordinator.agency.pk) and first.pk != second.pk


def test_keeping_writes_the_journal(coordinator):
    keep(coordinator)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.subject_text) == ("file.keep", "นายมาลี ตั้งใจ", "รายงาน.pdf")


def test_file_over_the_limit_leaves_nothing(coordinator, settings):
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(LimitExceeded) as caught:
        keep(coordinator, content=b"%PDF-1.7" + b"0" * 1_048_576)
    assert caught.value.message_th == "ไฟล์ รายงาน.pdf ใหญ่เกิน 1 MB ซึ่งเป็นขีดจำกัดของระบบ"
    assert (File.objects.count(), on_disk(coordinator)) == (0, [])


def test_refused_file_leaves_nothing(coordinator):
    with pytest.raises(FileUnusable):
        keep(coordinator, name="ภาพ.svg", content=b"<svg/>")
    assert (File.objects.count(), on_disk(coordinator)) == (0, [])


def test_evil_name_goes_nowhere_else(coordinator, settings):
    file = keep(coordinator, name="../../x\u202egnp.pdf")
    assert file.name == "xgnp.pdf"
    assert [path.name for path in settings.EVIDENCE_FOLDER.iterdir()] == [office.CODE]
    assert len(keep(coordinator, name="ก" * 900 + ".png", content=files.picture()).name) == LENGTH_MAX


def test_row_that_is_rolled_back_leaves_bytes_that_nobody_names(coordinator):
    with pytest.raises(DatabaseError), transaction.atomic():
        keep(coordinator)
        raise DatabaseError
    found = check_files(coordinator.agency)
    assert (File.objects.count(), found.whole, len(found.orphans)) == (0, 0, 1)
    keep(coordinator)
    assert check_files(coordinator.agency).orphans == ()


def test_damaged_bytes_are_noticed_and_healed_by_the_same_file(coordinator):
    file = keep(coordinator)
    path = store.path_of(coordinator.agency.code, file.sha256)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    with pytest.raises(FileUnusable) as caught:
        services.read_file(file)
    assert caught.value.message_th == "ไฟล์ รายงาน.pdf ที่เก็บไว้สูญหายหรือเสียหาย"
    keep(coordinator)
    assert services.read_file(file) == files.PDF


def test_check_files_reports_missing_damaged_and_orphans(coordinator):
    missing, damaged, whole = (
        keep(coordinator),
        keep(coordinator, "ก.png", files.picture()),
        keep(coordinator, "ข.docx", files.DOCX),
    )
    code = coordinator.agency.code
    store.path_of(code, missing.sha256).unlink()
    path = store.path_of(code, damaged.sha256)
    path.chmod(0o600)
    path.write_bytes(b"")
    (store.folder_of(code) / store.INCOMING / "half").write_bytes(b"half")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_files", stdout=out)
    assert out.getvalue().splitlines() == [
        "05160101 เทศบาลตำบลบ้านสวนพลู: ถูกต้อง 1 ไฟล์",
        f"  สูญหาย: {missing.sha256} รายงาน.pdf",
        f"  เสียหาย: {damaged.sha256} ก.png",
        "  ไม่มีรายการอ้างถึง: incoming/half",
    ]
    assert services.read_file(whole) == files.DOCX


def test_the_software_itself_may_keep_files(system):
    assert keep(system).kept_by is None


def test_evidence_is_a_file_or_an_address_never_both_or_none(coordinator):
    file = keep(coordinator)
    for values in ({"file": file}, {"address": ""}):
        with pytest.raises(ValidationError):
            link(coordinator, **values)
    assert link(coordinator).address == "https://example.go.th/1"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.go.th/1",
        "javascript:alert(1)",
        "https://u:p@example.go.th",
        "http://u@example.go.th",
        "file:///etc",
    ],
)
def test_only_plain_web_addresses_are_taken(coordinator, address):
    with pytest.raises(ValidationError):
        link(coordinator, address=address)


def test_file_and_unit_of_another_agency_are_refused(coordinator, other_agency):
    theirs = keep(office.scope(other_agency, Role.COORDINATOR))
    with pytest.raises(ValidationError):
        link(coordinator, file=theirs, address="")
    with pytest.raises(ValidationError):
        link(coordinator, unit=Unit.objects.filter(agency=other_agency).first())


def test_revision_points_at_the_old_one_which_stays(coordinator):
    old = link(coordinator, content_year_be=2568)
    new = services.revise(coordinator, evidence=old, version=1, address="https://example.go.th/2")
    assert (new.revision_of, new.title, new.content_year_be) == (old, "ประกาศ", 2568)
    assert Evidence.objects.get(pk=old.pk).address == "https://example.go.th/1"


def test_of_two_who_revise_at_once_one_wins(coordinator, scope):
    old = link(coordinator)
    services.revise(coordinator, evidence=old, version=1, address="https://example.go.th/2")
    with pytest.raises(journal.Stale):
        services.revise(scope(Role.ANALYST), evidence=old, version=1, address="https://example.go.th/3")
    assert Evidence.objects.filter(revision_of=old).count() == 1


def test_revising_after_an_edit_is_stale(coordinator):
    old = link(coordinator)
    services.edit_evidence(coordinator, evidence=old, version=1, note="แก้")
    with pytest.raises(journal.Stale):
        services.revise(coordinator, evidence=old, version=1, address="https://example.go.th/2")


def test_withdrawn_evidence_is_marked_not_revised_and_can_come_back(coordinator):
    record = link(coordinator)
    services.withdraw(coordinator, evidence=record, version=1)
    with pytest.raises(ValidationError):
        services.revise(coordinator, evidence=record, version=2, address="https://example.go.th/2")
    services.restore(coordinator, evidence=record, version=2)
    assert Evidence.objects.get(pk=record.pk).withdrawn_at is None


def test_guarded_file_opens_only_where_it_is_held_until_somebody_brings_it_openly(system):
    held = services.keep_file(system, name="ลับ.pdf", content=files.PDF, is_guarded=True)
    assert not queries.files_of(system).filter(pk=held.pk).exists()
    assert services.keep_file(system, name="ลับ.pdf", content=files.PDF, is_guarded=True).is_guarded
    again = services.keep_file(system, name="เปิด.pdf", content=files.PDF)
    assert (again.pk, again.is_guarded) == (held.pk, False)
    assert queries.files_of(system).filter(pk=held.pk).exists()
