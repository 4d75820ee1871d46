"""Erasing: the bytes are gone from everywhere, the hash and the reason stay, nobody who reads files falls over it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.errors import FileUnusable
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import ElementEvidence
from prongsai.web.cycles.queries.gather import parcel_of, stream
from prongsai.web.disclosure.models import (
    Check,
    Erasure,
    Inspection,
    Objection,
    Page,
    ProofEntry,
    Release,
    Watched,
)
from prongsai.web.disclosure.queries.addresses import site_root
from prongsai.web.disclosure.queries.erasing import kin_of
from prongsai.web.disclosure.queries.proof import broken
from prongsai.web.disclosure.services import building, erasing, pages
from prongsai.web.evidence import queries as evidence_queries
from prongsai.web.evidence import services as evidence
from prongsai.web.evidence import store
from prongsai.web.evidence.checks import check_files
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.operations.backup import _Work

pytestmark = pytest.mark.django_db
REASON = "เจ้าของข้อมูลขอให้ลบ"


@pytest.fixture
def erase(scope, django_capture_on_commit_callbacks):
    """Erase a file as the privacy officer, up to the end of the transaction."""

    def make(file: File, role: Role = Role.PRIVACY, reason: str = REASON) -> Erasure:
        with django_capture_on_commit_callbacks(execute=True):
            return erasing.erase(scope(role), file=file, reason=reason)

    return make


@pytest.fixture
def shown(page, publish, scope, file, attach) -> File:
    """A file that two releases of a page show."""
    kept = file("รายชื่อ.txt", "รายชื่อผู้ร่วมกิจกรรม\n")
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
    attach(draft, kept, "รายชื่อ")
    publish(page)
    publish(page, body="ใหม่")
    return kept


def is_there(file: File) -> bool:
    return store.path_of(file.agency.code, file.sha256).exists()


def test_bytes_go_and_hash_reason_and_proof_stay(agency, page, shown, erase):
    version = page.version
    made = erase(shown)
    shown.refresh_from_db()
    page.refresh_from_db()
    assert (is_there(shown), shown.erased_at is not None, page.version) == (False, True, version + 1)
    assert (made.sha256, made.reason, made.places, made.erased_as) == (
        shown.sha256, REASON, {"disclosure.releasefile.file": 2}, "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล",
    )  # fmt: skip
    (entry,) = ProofEntry.objects.filter(kind="erasure")
    assert (entry.subject, entry.content["sha256"], "reason" in entry.content) == (made.pk, shown.sha256, False)
    assert [one.file.sha256 for release in page.releases.all() for one in release.files.all()] == [shown.sha256] * 2


def test_snapshots_evidence_and_packs_lose_the_bytes_as_well(agency, system, shown, cycle, file, erase):
    watched = Watched.objects.create(agency=agency, address="https://a.go.th/x.txt")
    Check.objects.create(watched=watched, at=timezone.now(), state="fine", sha256=shown.sha256, body=shown)
    evidence.add_evidence(system, title="หลักฐาน", file=shown)
    pack, other = file("ชุด.txt", "ชุดโต้แย้ง\n"), file("อื่น.txt", "ชุดอื่น\n")
    Objection.objects.create(cycle=cycle, pack=pack, holds=[shown.sha256])
    Objection.objects.create(cycle=cycle, pack=other, holds=["0" * 64])
    made = erase(shown)
    assert made.places == {
        "disclosure.releasefile.file": 2, "disclosure.check.body": 1, "evidence.evidence.file": 1,
        "disclosure.objection.holds": 1,
    }  # fmt: skip
    assert [is_there(one) for one in (shown, pack, other)] == [False, False, True]


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.MAYOR, Role.HEAD])
def test_only_who_guards_privacy_erases(shown, scope, role):
    with pytest.raises(ValidationError):
        erasing.erase(scope(role), file=shown, reason=REASON)
    assert is_there(shown)


def test_erasing_needs_a_reason_and_happens_once(shown, scope, erase):
    with pytest.raises(ValidationError):
        erasing.erase(scope(Role.PRIVACY), file=shown, reason="  ")
    erase(shown, Role.SECRETARY)
    with pytest.raises(ValidationError):
        erase(shown)


def test_file_of_another_office_is_not_erased(shown, scope, other_agency):
    theirs = File.objects.create(
        agency=other_agency, sha256=shown.sha256, size=1, media_type="text/plain", name="x.txt"
    )
    with pytest.raises(ValidationError):
        erasing.erase(scope(Role.PRIVACY), file=theirs, reason=REASON)


def test_bytes_stay_where_the_transaction_fails(shown, scope, django_capture_on_commit_callbacks):
    erasing.erase(scope(Role.PRIVACY), file=shown, reason=REASON)  # not committed: nothing is unlinked yet
    assert is_there(shown)


def test_same_bytes_are_not_taken_again(shown, erase, file):
    erase(shown)
    with pytest.raises(FileUnusable) as caught:
        file("ใหม่.txt", "รายชื่อผู้ร่วมกิจกรรม\n")
    assert caught.value.message_th == "ไฟล์ ใหม่.txt เป็นไฟล์เดียวกับที่ลบไปแล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล จึงรับอีกไม่ได้"
    assert not is_there(shown) and File.objects.filter(sha256=shown.sha256).count() == 1


def test_erased_file_is_neither_attached_nor_made_evidence_nor_offered(system, shown, page, erase, scope):
    evidence.add_evidence(system, title="หลักฐาน", file=shown)
    erase(shown)
    shown.refresh_from_db()
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
    assert not draft.files.exists()
    with pytest.raises(FileUnusable):
        pages.attach(scope(Role.PUBLISHER), release=draft, file=shown, title="อีกครั้ง")
    with pytest.raises(FileUnusable):
        evidence.add_evidence(system, title="อีกครั้ง", file=shown)
    assert not evidence_queries.usable(system).exists()


def test_download_and_preview_say_that_it_was_erased(agency, shown, erase, sign_in):
    erase(shown)
    client = sign_in(Role.HEAD)
    for path in ("", "preview/"):
        answer = client.get(f"/{agency.code}/evidence/files/{shown.pk}/{path}")
        assert (answer.status_code, "ลบแล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล" in answer.content.decode()) == (410, True), path


def test_page_of_evidence_says_that_its_file_was_erased(agency, system, shown, erase, sign_in):
    record = evidence.add_evidence(system, title="หลักฐาน", file=shown)
    erase(shown)
    answer = sign_in(Role.HEAD).get(f"/{agency.code}/evidence/{record.pk}/")
    assert answer.status_code == 200
    assert "เพื่อคุ้มครองข้อมูลส่วนบุคคล เหลือไว้เฉพาะค่าแฮช" in answer.content.decode()


def test_zip_of_an_item_holds_a_note_in_its_place(page, system, shown, erase):
    record = evidence.add_evidence(system, title="หลักฐาน", file=shown)
    ElementEvidence.objects.create(element=page.item.elements.first(), evidence=record)
    erase(shown)
    with zipfile.ZipFile(io.BytesIO(b"".join(stream(parcel_of(page.item))))) as archive:
        notes = [archive.read(name).decode() for name in archive.namelist() if "รายชื่อ" in name]
    assert len(notes) == 1 and "ลบแล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล" in notes[0] and shown.sha256 in notes[0]


def test_check_of_files_and_backup_do_not_miss_it(agency, shown, erase):
    erase(shown)
    found = check_files(agency)
    assert (found.missing, found.damaged, found.orphans) == ((), (), ())
    work = _Work("", [agency], lambda *_told: None)
    names = [name for name, pieces in work.sources() if list(pieces) is not None]
    assert (work.manifest([]).missing, [name for name in names if shown.sha256 in name]) == ([], [])


def test_bytes_that_a_crash_left_behind_are_told_of(agency, shown, erase):
    content = store.path_of(agency.code, shown.sha256).read_bytes()
    erase(shown)
    store.path_of(agency.code, shown.sha256).write_bytes(content)
    assert [one.rpartition("/")[2] for one in check_files(agency).orphans] == [shown.sha256]
    with pytest.raises(FileUnusable):
        evidence.read_file(File.objects.get(pk=shown.pk))


def test_what_a_file_was_cleaned_from_is_named_and_stays(page, publish, scope, file, attach, erase):
    held = attach(pages.write_release(scope(Role.PUBLISHER), page=page, version=0), file())
    held.original = file("ก่อน.txt", "ก่อนทำความสะอาด\n", is_guarded=True)
    held.save()
    publish(page)
    assert [list(kin_of(one)) for one in (held.file, held.original)] == [[held.original], [held.file]]
    erase(held.file)
    assert (is_there(held.original), list(kin_of(held.original))) == (True, [])


def test_evidence_keeps_its_row(system, shown, erase):
    record = evidence.add_evidence(system, title="หลักฐาน", file=shown)
    erase(shown)
    assert Evidence.objects.get(pk=record.pk).file.sha256 == shown.sha256


# --- the words of a release -----------------------------------------------------------------------------------------
SECRET = "นางสาวสมศรี มีสุข"
TABLE = {"key": "list", "title": "รายการ", "head": ["ชื่อ"], "rows": [[SECRET]], "numeric": [False], "columns": []}


@pytest.fixture
def told(page, publish) -> Release:
    """A release whose words, tables and findings name somebody; a newer one stands after it."""
    release = publish(page, summary=SECRET, body=f"รายชื่อ {SECRET}", body_en="A name", change_note=SECRET)
    Release.objects.filter(pk=release.pk).update(tables=[TABLE])
    release.gate_checks.update(found=[{"kind": "address", "where": "เนื้อหา", "text": SECRET, "masked": SECRET}])
    publish(page, summary="ใหม่", body="ใหม่", body_en="", change_note="")
    release.refresh_from_db()
    return release


@pytest.fixture
def erase_words(scope, django_capture_on_commit_callbacks):
    """Erase the words of a release as the privacy officer, up to the end of the transaction."""

    def make(release: Release, role: Role = Role.PRIVACY, **more) -> Erasure:
        with django_capture_on_commit_callbacks(execute=True):
            given = {"version": release.version, "reason": REASON} | more
            return erasing.erase_release(scope(role), release=release, **given)

    return make


def written(site: Path) -> str:
    """Everything that stands in a built site, as text."""
    return "\n".join(one.read_text("utf-8", "replace") for one in site.rglob("*") if one.is_file())


def test_words_of_a_release_go_and_hash_title_and_reason_stay(page, told, erase_words):
    version = Page.objects.get(pk=page.pk).version
    made = erase_words(told)
    now = Release.objects.get(pk=told.pk)
    assert (now.summary, now.body, now.body_en, now.change_note) == ("", [], [], "")
    assert now.tables == [{"key": "list", "title": "รายการ", "head": [], "rows": []}]
    assert (now.sha256, now.title, now.erased_at is None) == (told.sha256, told.title, False)
    assert (made.sha256, made.name, made.reason) == (told.sha256, f"ฉบับที่ 1 ของ {page.path}", REASON)
    assert [one.found for one in now.gate_checks.all()] == [[]]
    assert Page.objects.get(pk=page.pk).version == version + 1


def test_title_gives_way_to_a_neutral_one_everywhere(page, told, erase_words, scope, file, attach):
    Page.objects.filter(pk=page.pk).update(title=told.title)
    held = told.files.create(file=file(), title=SECRET, text=SECRET, name="plan.txt")
    erase_words(told, title="ประกาศ")
    held.refresh_from_db()
    page.refresh_from_db()
    told.refresh_from_db()
    assert (told.title, told.title_en, page.title) == ("ประกาศ", "Removed to protect personal data", "ประกาศ")
    assert (held.title, held.text) == ("plan.txt", "")


def test_public_addresses_of_erased_words_say_so_and_hold_nothing(page, told, erase_words, agency, folders):
    built = building.build(agency)
    before = set(built.addresses)
    assert SECRET in written(built.folder)
    erase_words(told)
    building.build(agency)
    assert SECRET not in written(built.folder)
    version = built.folder / page.path / "v1"
    assert "ลบเนื้อหาของฉบับนี้แล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล" in (version / "index.html").read_text()
    for ending in ("csv", "json", "dictionary.csv"):
        notice = (built.folder / page.path / f"v1.{ending}").read_text()
        assert ("ลบข้อมูลนี้แล้ว" in notice, told.sha256 in notice) == (True, True), ending
    assert {one for one in before if not (built.folder / one).is_file()} == set()
    fresh = building.deliver(agency, folders / "usb")
    assert [one for one in before if not (fresh.folder / one).is_file()] == []


def test_neither_journal_nor_chain_of_proof_ever_held_the_words(told, erase_words, agency):
    erase_words(told)
    lines = [json.dumps([one.subject_text, one.changes], ensure_ascii=False) for one in AuditEntry.objects.all()]
    assert [line for line in lines if SECRET in line] == []
    entries = [json.dumps(one.content, ensure_ascii=False) for one in ProofEntry.objects.all()]
    assert [one for one in entries if SECRET in one or REASON in one] == []
    assert broken(agency).is_whole


def test_what_was_seen_of_the_words_goes_and_what_was_seen_of_others_stays(
    agency, page, told, cycle, file, erase_words
):
    watched = Watched.objects.create(agency=agency, address=site_root(agency) + page.path + "/", page=page, why="page")
    newer = page.releases.get(number=2).published_at
    looks = [
        Check.objects.create(watched=watched, at=at, state="fine", body=file(f"{place}.txt", f"เห็น {place}\n"))
        for place, at in enumerate((told.published_at, newer))
    ]
    pack = file("ชุด.txt", "ชุดโต้แย้ง\n")
    Objection.objects.create(cycle=cycle, pack=pack, holds=[told.sha256])
    Inspection.objects.create(
        item=page.item, at=told.published_at, address="x", sha256=told.sha256,
        verdicts=[{"key": "a", "text": "ก", "verdict": "pass", "reason": SECRET, "mend": "", "address": "", "where": ""}],
    )  # fmt: skip
    made = erase_words(told)
    assert [is_there(one) for one in (looks[0].body, looks[1].body, pack)] == [False, True, False]
    assert made.places == {"disclosure.release": 1, "disclosure.check": 1}
    assert [one["reason"] for one in Inspection.objects.get().verdicts] == [""]


@pytest.mark.parametrize(("role", "more"), [(Role.PUBLISHER, {}), (Role.PRIVACY, {"reason": " "})])
def test_words_are_not_erased_without_right_or_reason(told, erase_words, role, more):
    with pytest.raises(ValidationError):
        erase_words(told, role, **more)
    assert Release.objects.get(pk=told.pk).erased_at is None


def test_words_are_erased_once_and_never_of_a_release_in_the_making(told, page, erase_words, scope):
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
    with pytest.raises(Stale):
        erase_words(told, version=told.version + 1)
    erase_words(told)
    for one in (Release.objects.get(pk=told.pk), draft):
        with pytest.raises(ValidationError):
            erase_words(one)


def test_page_of_erasing_words_asks_and_then_says_so(agency, page, told, sign_in):
    path = f"/{agency.code}/site/erase/release/{told.pk}/"
    assert [sign_in(role).get(path).status_code for role in (Role.HEAD, Role.PUBLISHER)] == [404, 404]
    client = sign_in(Role.PRIVACY)
    assert "ฉบับอื่นของหน้านี้ที่ยังมีเนื้อหา" in client.get(path).content.decode()
    assert client.post(path, {"version": told.version, "reason": REASON}).status_code == 422
    sent = {"version": told.version, "reason": REASON, "is_sure": "on"}
    answer = client.post(path, sent, follow=True)
    assert (answer.status_code, "ลบแล้วเมื่อ" in answer.content.decode()) == (200, True)
    shown = client.get(f"/{agency.code}/site/pages/{page.pk}/").content.decode()
    assert ("ลบเนื้อหาแล้ว" in shown, SECRET in shown) == (True, False)
    assert client.post(path, sent).status_code == 422


def test_release_of_another_office_is_not_erased(told, other_agency, sign_in):
    client = sign_in(Role.PRIVACY, of=other_agency)
    assert client.get(f"/{other_agency.code}/site/erase/release/{told.pk}/").status_code == 404
