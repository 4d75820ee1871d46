"""The chain of proof: what it holds, and that a changed byte in chain or snapshot is found."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from prongsai.inspection.policy import Policy
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Check, Page, ProofEntry, Release, ReleaseFile, Watch, Watched
from prongsai.web.disclosure.queries import proof as queries
from prongsai.web.disclosure.services import erasing, pages
from prongsai.web.disclosure.services.checking import check
from prongsai.web.disclosure.services.proof import prove
from prongsai.web.disclosure.services.watching import watch
from prongsai.web.evidence import store
from prongsai.web.evidence.services import erase_file
from tests.web.disclosure.server import Web, page, serving

pytestmark = pytest.mark.django_db
NEAR = Policy(allow_private=True, delay_seconds=0, ask_robots=False)


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch) -> None:
    monkeypatch.setenv("PRONGSAI_BROWSER", "none")


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


def entries(agency: Agency) -> list[ProofEntry]:
    return list(ProofEntry.objects.filter(agency=agency).order_by("number"))


def filled(agency: Agency, count: int = 3) -> list[ProofEntry]:
    for number in range(count):
        prove(agency, kind="withdrawal", subject=number + 1, content={"path": f"2569/o{number}", "at": timezone.now()})
    return entries(agency)


def seen(system: Scope, web: Web) -> Watched:
    """An address that was looked at three times: once, changed, gone."""
    found = watch(system, address=web.put("/o11/", page("รายงานรายเดือน")), why=Watch.OWN)
    check(found, occasion="submission", policy=NEAR)
    web.put("/o11/", page("รายงานรายเดือน แก้ไข"))
    check(found, occasion="scheduled", policy=NEAR)
    web.drop("/o11/")
    check(found, occasion="scheduled", policy=NEAR)
    return found


def change(entry: ProofEntry, **values: object) -> None:
    """Write over the database, behind the back of everything."""
    sets = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE disclosure_proofentry SET {sets} WHERE id = %s", [*values.values(), entry.pk])


def numbers(agency: Agency) -> list[int]:
    return [one.number for one in queries.broken(agency).entries]


def test_an_entry_is_the_sha256_of_its_text_and_holds_the_one_before(agency):
    first, second, third = filled(agency)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert first.previous_hash == queries.FIRST_HASH
    text = queries.text_of(second)
    assert hashlib.sha256(text.encode()).hexdigest() == second.hash
    assert json.loads(text)["previous_hash"] == first.hash
    assert queries.broken(agency) == queries.Broken((), (), (), 3, 0)


def test_chains_of_two_agencies_are_their_own(agency, other_agency):
    filled(agency, 2)
    assert filled(other_agency, 1)[0].number == 1
    assert queries.broken(other_agency).entry_count == 1


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"content": '{"path":"2569/o9"}'}, [2]),
        ({"kind": "release"}, [2]),
        ({"subject": 99}, [2]),
        ({"hash": "a" * 64}, [2, 3]),
        ({"previous_hash": "b" * 64}, [2]),
        ({"at": "2020-01-01 00:00:00+00:00"}, [2]),
        ({"number": 9}, [3, 9]),
    ],
)
def test_a_changed_entry_is_found(agency, values, faults):
    change(filled(agency)[1], **values)
    assert numbers(agency) == faults


def test_one_changed_byte_in_the_chain_is_found(agency):
    """Shows: a changed byte in the chain is found."""
    last = filled(agency)[2]
    digit = "1" if last.hash[0] != "1" else "2"
    change(last, hash=digit + last.hash[1:])
    assert numbers(agency) == [3]


def test_a_deleted_entry_is_found(agency):
    filled(agency)[1].delete()
    assert numbers(agency) == [3]


def test_what_was_seen_is_proven_when_it_changed(agency, system, web):
    """Proof: hash and headers at each check, bytes when they changed."""
    found = seen(system, web)
    web.put("/o11/", page("กลับมา"))
    for _ in range(3):
        check(found, occasion="scheduled", policy=NEAR)
    looks = list(found.checks.order_by("pk"))
    assert [bool(look.body) for look in looks] == [True, True, True, True, False, False]
    assert [look.sha256 != "" for look in looks] == [True] * 6
    assert [one.subject for one in entries(agency)] == [look.pk for look in looks[:4]]
    told = entries(agency)[0].content
    assert told["sha256"] == hashlib.sha256(page("รายงานรายเดือน").encode()).hexdigest()
    assert (told["status"], told["address"], told["occasion"]) == (200, found.address, "submission")
    assert told["headers_sha256"] == hashlib.sha256(queries.headers_text(looks[0].headers).encode()).hexdigest()


def test_one_changed_byte_in_a_stored_snapshot_is_found(agency, system, web):
    """Shows: a changed byte in a stored snapshot is found."""
    body = seen(system, web).checks.order_by("pk")[0].body
    assert queries.broken(agency).is_whole
    path = store.path_of(agency.code, body.sha256)
    path.chmod(stat.S_IREAD | stat.S_IWRITE)
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(content)
    found = queries.broken(agency)
    assert found.entries == ()
    assert found.files == (queries.BrokenFile(body.sha256, body.name, is_missing=False),)
    path.unlink()
    assert queries.broken(agency).files == (queries.BrokenFile(body.sha256, body.name, is_missing=True),)


def test_a_look_changed_in_the_database_is_found(agency, system, web):
    seen(system, web)
    gone = Check.objects.order_by("-pk")[0]
    Check.objects.filter(pk=gone.pk).update(status=200, state="fine")
    assert numbers(agency) == [3]
    Check.objects.filter(pk=gone.pk).update(status=404, state="fault")
    assert numbers(agency) == []
    Check.objects.filter(pk=gone.pk).delete()
    assert numbers(agency) == [3]


def test_what_was_erased_is_told_as_erased(agency, system, web, django_capture_on_commit_callbacks):
    body = seen(system, web).checks.order_by("pk")[0].body
    with django_capture_on_commit_callbacks(execute=True):
        erase_file(system, file=body, reason="มีเลขประจำตัวประชาชน")
    found = queries.broken(agency)
    assert (found.is_whole, [file.pk for file in found.erased]) == (True, [body.pk])


def test_erased_bytes_that_are_still_seen_are_not_kept_again(agency, system, web, django_capture_on_commit_callbacks):
    found = watch(system, address=web.put("/o11/", page("มีเลขประจำตัว")), why=Watch.OWN)
    body = check(found, occasion="scheduled", policy=NEAR).body
    with django_capture_on_commit_callbacks(execute=True):
        erase_file(system, file=body, reason="มีเลขประจำตัวประชาชน")
    again = check(found, occasion="submission", policy=NEAR)
    assert (again.body, again.sha256) == (body, body.sha256)
    assert not store.path_of(agency.code, body.sha256).exists()
    assert queries.broken(agency).is_whole


# --- days -----------------------------------------------------------------------------------------------------------
def test_head_of_a_day(agency):
    first, second, third = filled(agency)
    today = timezone.localdate()
    ProofEntry.objects.filter(pk=first.pk).update(at=timezone.now() - timedelta(days=3))
    head = queries.head_of(agency, today)
    assert (head.count, head.first, head.number, head.hash) == (2, 2, 3, third.hash)
    quiet = queries.head_of(agency, today - timedelta(days=1))
    assert (quiet.count, quiet.first, quiet.number, quiet.hash) == (0, None, 1, first.hash)
    assert queries.head_of(agency, today - timedelta(days=9)) is None
    days = list(queries.days_of(agency))
    assert [(head.day, head.count, head.hash) for head in queries.heads_of(agency, days)] == [
        (today, 2, third.hash),
        (today - timedelta(days=3), 1, first.hash),
    ]


def test_cutting_the_end_off_shows_against_a_kept_head(agency):
    third = filled(agency)[2]
    kept = queries.head_of(agency, timezone.localdate())
    third.delete()
    assert queries.broken(agency).is_whole
    assert queries.head_of(agency, timezone.localdate()).hash != kept.hash


# --- releases -------------------------------------------------------------------------------------------------------
@pytest.fixture
def released(page_of_item, attach, file, scope) -> Release:
    """A release with a file and an English title."""
    draft = pages.write_release(scope(Role.PUBLISHER), page=page_of_item, version=None, body="ข้อความ", title_en="Plan")
    attach(draft, file())
    asked = pages.request_release(scope(Role.PUBLISHER), release=draft, version=draft.version)
    return pages.approve(scope(Role.SECRETARY), release=asked, version=asked.version, knows=True)


@pytest.fixture
def page_of_item(item, scope) -> Page:
    return pages.ensure_item_page(scope(Role.HEAD), item=item())


def test_release_as_it_was_published_is_whole(agency, released):
    assert queries.broken(agency).is_whole


@pytest.mark.parametrize(
    "values",
    [
        {"title": "อีกชื่อ"}, {"summary": "ข้อความอื่น"}, {"body": []}, {"tables": [{"key": "x"}]}, {"number": 7},
        {"content_year_be": 2560}, {"state": "returned"}, {"sha256": "a" * 64}, {"published_at": None},
        {"erased_at": timezone.now(), "body": []},
    ],
)  # fmt: skip
def test_release_that_was_changed_in_the_database_is_found(agency, released, values):
    """Shows: words changed behind the back of everything are found, also where the row says that they were erased."""
    Release.objects.filter(pk=released.pk).update(**values)
    assert len(queries.broken(agency).entries) == 1


def test_file_that_was_swapped_or_taken_away_in_the_database_is_found(agency, released, file):
    held = released.files.get()
    ReleaseFile.objects.filter(pk=held.pk).update(file=file("อื่น.txt", "อื่น\n"))
    assert len(queries.broken(agency).entries) == 1
    ReleaseFile.objects.filter(pk=held.pk).delete()
    assert len(queries.broken(agency).entries) == 1


def test_bytes_behind_a_release_are_hashed_again(agency, released):
    file = released.files.get().file
    path = store.path_of(agency.code, file.sha256)
    path.chmod(stat.S_IREAD | stat.S_IWRITE)
    path.write_bytes(b"x" * file.size)
    assert queries.broken(agency).files == (queries.BrokenFile(file.sha256, file.name, is_missing=False),)


def test_erased_words_and_bytes_are_no_fault(agency, released, scope):
    privacy = scope(Role.PRIVACY)
    erasing.erase_release(privacy, release=released, version=None, reason="คำขอของเจ้าของข้อมูล", title="เอกสาร")
    erasing.erase(privacy, file=released.files.get().file, reason="คำขอของเจ้าของข้อมูล")
    found = queries.broken(agency)
    assert (found.entries, found.files, len(found.erased)) == ((), (), 1)


@pytest.mark.parametrize("count", [1, 3])
def test_releases_cost_a_constant_number_of_queries(agency, page_of_item, publish, count, django_assert_num_queries):
    for number in range(count):
        publish(page_of_item, body=f"ข้อความ {number}")
    with django_assert_num_queries(6):
        assert queries.broken(agency).is_whole


# --- pages ----------------------------------------------------------------------------------------------------------
def test_pages_show_the_chain_and_its_faults(agency, sign_in, system, web):
    seen(system, web)
    client = sign_in(Role.AUDITOR)
    quiet = client.get(f"/{agency.code}/site/proof/")
    assert quiet.status_code == 200 and "ต่อเนื่องครบ" in quiet.content.decode()
    whole = client.get(f"/{agency.code}/site/proof/?check=all").content.decode()
    assert "ครบถ้วน ไม่มีรอยแก้ไข" in whole
    change(entries(agency)[1], kind="release")
    assert "พบรายการที่ไม่ตรง" in client.get(f"/{agency.code}/site/proof/").content.decode()
    day = client.get(f"/{agency.code}/site/proof/{timezone.localdate()}/").content.decode()
    assert entries(agency)[-1].hash in day and "ไม่ตรงกับที่บันทึกไว้" in day


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "1200-01-01", "0000-00-00"])
def test_a_day_that_is_none_is_not_found(agency, sign_in, day):
    assert sign_in(Role.AUDITOR).get(f"/{agency.code}/site/proof/{day}/").status_code == 404


def test_others_see_nothing(agency, other_agency, sign_in):
    assert sign_in(Role.COUNCIL).get(f"/{agency.code}/site/proof/").status_code == 404
    assert sign_in(Role.AUDITOR, of=other_agency).get(f"/{agency.code}/site/proof/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_days_cost_a_constant_number_of_queries(agency, sign_in, count, django_assert_num_queries):
    for back, entry in enumerate(filled(agency, count)):
        ProofEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=count - back))
    client = sign_in(Role.AUDITOR)
    client.get(f"/{agency.code}/site/proof/")
    with django_assert_num_queries(13):
        client.get(f"/{agency.code}/site/proof/")
