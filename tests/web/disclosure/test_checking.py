"""Looking at real addresses on loopback: what is kept, whom it is told, runs that are stopped and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from prongsai.inspection.policy import Policy
from prongsai.web.agencies.models import Agency, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Check, Page, ProofEntry, Reach, Release, Submission, Watch, Watched
from prongsai.web.disclosure.queries.watching import due
from prongsai.web.disclosure.services import alerts, checking
from prongsai.web.disclosure.services.checking import check, check_due
from prongsai.web.disclosure.services.clicks import must_count
from prongsai.web.disclosure.services.watching import watch
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import read_file
from prongsai.web.notify.models import Mail
from tests.web import office
from tests.web.disclosure.server import Web, page, serving

pytestmark = pytest.mark.django_db
NEAR = Policy(allow_private=True, delay_seconds=0, ask_robots=False, connect_seconds=2, total_seconds=5)


@pytest.fixture(autouse=True)
def _near(monkeypatch) -> None:
    """Loopback may be looked at, and nobody takes pictures who does not say so."""
    monkeypatch.setenv("PRONGSAI_CHECK_PRIVATE", "1")
    monkeypatch.setenv("PRONGSAI_BROWSER", "none")


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


def watched(system: Scope, address: str, **more: object) -> Watched:
    return watch(system, address=address, why=Watch.OWN, **more)


# --- one look -------------------------------------------------------------------------------------------------------
def test_a_look_keeps_hash_headers_and_bytes(system, web):
    found = watched(system, web.put("/o11/", page("รายงานรายเดือน"), headers={"X-Served-By": "ทดสอบ".encode().hex()}))
    look = check(found, occasion="manual", policy=NEAR)
    assert (look.state, look.status, look.media_type) == ("fine", 200, "text/html")
    assert read_file(look.body).decode() == page("รายงานรายเดือน")
    assert (look.body.is_guarded, look.body.sha256, look.size) == (True, look.sha256, look.body.size)
    assert look.headers["x-served-by"] == "ทดสอบ".encode().hex()
    assert (found.state, found.since, found.checked_at, found.codes) == ("fine", look.at, look.at, [])
    assert found.next_at > timezone.now()


def test_bytes_are_kept_when_they_changed_and_at_submission(system, web):
    found = watched(system, web.put("/o11/", page("หนึ่ง")))
    kept = [check(found, occasion=one, policy=NEAR).body for one in ("scheduled", "scheduled", "submission")]
    web.put("/o11/", page("สอง"))
    kept.append(check(found, occasion="scheduled", policy=NEAR).body)
    assert [bool(body) for body in kept] == [True, False, True, True]
    assert (kept[0], File.objects.count()) == (kept[2], 2)


def test_bytes_over_ten_megabytes_are_hashed_not_kept(system, web, monkeypatch):
    monkeypatch.setattr(checking, "BODY_MAX", 1_000)
    found = watched(system, web.put_bytes("/big.bin", b"%PDF-1.7\n" + b"x" * 5_000, "application/pdf"))
    look = check(found, occasion="manual", policy=checking.usual_policy())
    assert (look.body, look.size, len(look.sha256)) == (None, 5_009, 64)


def test_what_the_office_would_not_take_is_hashed_not_kept(system, web, settings):
    settings.MAX_UPLOAD_MB = 0
    look = check(watched(system, web.put("/o11/", page("หนึ่ง"))), occasion="manual", policy=NEAR)
    assert (look.body, len(look.sha256)) == (None, 64)


def test_a_missing_page_is_a_fault_with_a_mend(system, web):
    look = check(watched(system, f"{web.root}/gone/"), occasion="manual", policy=NEAR)
    assert (look.state, look.status) == ("fault", 404)
    assert look.problems[0]["severity"] == "error"
    assert look.problems[0]["message_th"] and look.problems[0]["mend_th"]


def test_redirects_are_kept(system, web):
    web.put("/new/", page("ใหม่"))
    old = web.put("/old/", "", status=301, headers={"Location": "/new/"})
    look = check(watched(system, old), occasion="manual", policy=NEAR)
    assert (look.status, look.final_address) == (200, f"{web.root}/new/")
    assert look.hops[0] == [301, old]


def test_internal_addresses_are_not_opened_unless_allowed(system, web, monkeypatch):
    monkeypatch.delenv("PRONGSAI_CHECK_PRIVATE")
    look = check(watched(system, web.put("/o11/", page("ภายใน"))), occasion="manual")
    assert (look.state, look.body, look.problems[0]["code"]) == ("fault", None, "REACH_PRIVATE")
    assert web.asked == []


def test_a_server_that_is_not_there_is_a_fault(system):
    with serving() as web:
        address = web.put("/o11/", page("หนึ่ง"))
    look = check(watched(system, address), occasion="manual", policy=NEAR)
    assert (look.state, look.status, look.body, look.sha256) == ("fault", None, None, "")


def test_since_is_when_the_state_began(system, web):
    found = watched(system, web.put("/o11/", page("หนึ่ง")))
    first = check(found, occasion="manual", policy=NEAR)
    check(found, occasion="manual", policy=NEAR)
    assert found.since == first.at
    web.drop("/o11/")
    gone = check(found, occasion="manual", policy=NEAR)
    assert (found.state, found.since) == ("fault", gone.at)


# --- a run ----------------------------------------------------------------------------------------------------------
def test_a_run_looks_at_what_is_due_and_at_nothing_else(system, agency, web):
    for number in range(5):
        watched(system, web.put(f"/o{number}/", page(f"ข้อ {number}")))
    later = watched(system, web.put("/later/", page("ภายหลัง")))
    Watched.objects.filter(pk=later.pk).update(next_at=timezone.now() + timedelta(hours=1))
    web.drop("/o4/")
    ran = check_due(policy=NEAR)
    assert (ran.looked, ran.faults) == (5, 1)
    assert set(Watched.objects.values_list("state", flat=True)) == {"fine", "fault", "unknown"}
    assert check_due(policy=NEAR).looked == 0


def test_one_address_of_two_agencies_is_opened_once(system, agency, other_agency, web):
    address = web.put("/shared/", page("ร่วม"))
    watched(system, address)
    watch(type(system)(other_agency, None, None, system.roles, system.powers), address=address, why=Watch.OWN)
    assert check_due(policy=NEAR).looked == 2
    assert web.asked.count("/shared/") == 1
    assert ProofEntry.objects.filter(agency=other_agency).count() == 1


def test_a_run_that_is_stopped_keeps_what_it_has_and_goes_on(system, web, monkeypatch):
    for number in range(6):
        watched(system, web.put(f"/o{number}/", page(f"ข้อ {number}")))
    keep, done = checking.keep_look, []

    def stop_after_two(*args: object, **named: object) -> Check:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return keep(*args, **named)

    monkeypatch.setattr(checking, "keep_look", stop_after_two)
    with pytest.raises(KeyboardInterrupt):
        check_due(policy=NEAR, workers=2)
    assert (Check.objects.count(), due(timezone.now()).count()) == (2, 4)
    monkeypatch.setattr(checking, "keep_look", keep)
    assert check_due(policy=NEAR).looked == 4


def test_the_first_look_after_publication_and_after_submission_is_one_of_proof(system, agency, web, item):
    """Proof: a picture at publication and submission, whoever takes the look."""
    address = web.put("/o2/", page("ข้อสอง"))
    home = Page.objects.create(agency=agency, kind="item", path="2569/o2", title="ก", state="public", item=item())
    home.current = Release.objects.create(page=home, number=1, state="approved", title="ก", published_at=timezone.now())
    home.save()
    watched(system, address, page=home, item=item())
    occasions = []
    for pasted in (False, False, True, False):
        if pasted:
            Submission.objects.create(item=item(), address=address, state="pasted", pasted_at=timezone.now())
        Watched.objects.update(next_at=None)
        check_due(policy=NEAR)
        occasions.append(Check.objects.filter(watched__address=address).latest("pk").occasion)
    assert occasions == ["publication", "scheduled", "submission", "scheduled"]


def test_what_is_watched_for_another_reason_is_due_again(system, web):
    found = watched(system, web.put("/o2/", page("ข้อสอง")))
    check(found, occasion="manual", policy=NEAR)
    assert not due(timezone.now()).exists()
    watch(system, address=found.address, why=Watch.SUBMITTED)
    assert due(timezone.now()).get() == found


def test_two_runs_share_the_work(system, web):
    for number in range(3):
        watched(system, web.put(f"/o{number}/", page(f"ข้อ {number}")))
    now = timezone.now()
    taken = checking._taken([system.agency.pk], 2, now)
    assert len(taken) == 2
    assert check_due(policy=NEAR, now=now).looked == 1


def test_clicks_are_counted_from_the_home_page_once_a_week(system, agency, web):
    """C1: must be reachable from the main site."""
    agency.website = web.put("/", page("หน้าแรก", {"/ita/": "ITA ๒๕๖๙"}))
    agency.save()
    web.put("/ita/", page("ITA", {"/ita/o11/": "O11"}))
    near = watched(system, web.put("/ita/o11/", page("O11")))
    alone = watched(system, web.put("/alone/", page("ไม่มีใครลิงก์มา")))
    check_due(policy=NEAR)
    clicks = dict(Watched.objects.values_list("pk", "clicks"))
    home = Watched.objects.get(why="home")
    assert (clicks[home.pk], clicks[near.pk], clicks[alone.pk]) == (0, 2, -1)
    web.asked.clear()
    check_due(policy=NEAR)
    assert web.asked == []


def test_count_of_a_clock_that_was_ahead_does_not_keep_the_next_one_away(system, agency, web):
    agency.website = web.put("/", page("หน้าแรก"))
    agency.save()
    now = timezone.now()
    for days, is_wanted in ((400, True), (-3, False), (-8, True)):
        watched(system, agency.website)
        Watched.objects.update(clicks=1, clicks_at=now + timedelta(days=days))
        assert must_count(agency, now) == is_wanted, days


def test_the_command_says_what_it_did(agency, system, web):
    watched(system, web.put("/o11/", page("หนึ่ง")))
    out = StringIO()
    call_command("check_addresses", stdout=out, agency=agency.code)
    assert out.getvalue() == "ตรวจ 1 ที่อยู่ ผู้ประเมินเปิดไม่ได้ 0 แจ้งทางอีเมล 0 ฉบับ\n"
    with pytest.raises(CommandError):
        call_command("check_addresses", agency="99999999")


# --- telling --------------------------------------------------------------------------------------------------------
@pytest.fixture
def people(agency: Agency) -> dict[str, str]:
    """Addresses of who is told."""
    mails = {Role.PUBLISHER: "pr@ban.example", Role.HEAD: "finance@ban.example", Role.COORDINATOR: "ita@ban.example"}
    for role, mail in mails.items():
        Person.objects.filter(pk=office.scope(agency, role).person.pk).update(email=mail)
    return {role.value: mail for role, mail in mails.items()}


def in_state(found: Watched, state: str, *, ago: timedelta = timedelta(0), status: int | None = 404) -> None:
    """Enter a look of the past with its state."""
    at = timezone.now() - ago
    problems = (
        []
        if state == "fine"
        else [{"code": "REACH_404", "severity": "error", "message_th": "ไม่พบหน้านี้", "mend_th": "นำหน้ากลับมา"}]
    )
    Check.objects.create(
        watched=found, at=at, state=state, status=200 if state == "fine" else status, problems=problems
    )
    if found.state != state:
        Watched.objects.filter(pk=found.pk).update(state=state, since=at)
    Watched.objects.filter(pk=found.pk).update(checked_at=at)
    found.refresh_from_db()


def test_a_fault_is_told_once_to_owner_and_publisher(agency, system, people, item):
    found = watched(system, "https://www.ban.example/o2/", item=item())
    in_state(found, "fault")
    assert (alerts.tell(agency), alerts.tell(agency)) == (2, 0)
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["finance@ban.example", "pr@ban.example"]
    mail = Mail.objects.get(to="finance@ban.example")
    assert mail.subject == "ลิงก์ที่ผู้ประเมินเปิดไม่ได้ 1 รายการ"
    for words in ("O2", found.address, "ไม่พบหน้านี้", "นำหน้ากลับมา"):
        assert words in mail.text
    found.refresh_from_db()
    assert (found.told, found.told_at is not None) == ("fault", True)


def test_fifty_that_fell_at_once_are_one_mail_and_one_line(agency, system, people):
    """Alerts: once, not fifty times."""
    for number in range(50):
        in_state(watched(system, f"https://www.ban.example/o{number}/"), "fault", status=None)
    assert alerts.tell(agency) == 1
    lines = Mail.objects.get().text.splitlines()
    told = [line for line in lines if "ban.example" in line and line.startswith("-")]
    assert told == ["- www.ban.example: 50 ที่อยู่"]
    assert not any("/o1/" in line for line in lines)


def test_a_mend_is_told(agency, system, people):
    found = watched(system, "https://www.ban.example/o2/")
    in_state(found, "fault", ago=timedelta(hours=2))
    alerts.tell(agency, now=timezone.now() - timedelta(hours=2))
    in_state(found, "fine")
    assert alerts.tell(agency) == 1
    mail = Mail.objects.order_by("pk").last()
    assert mail.subject == "ลิงก์กลับมาเปิดได้แล้ว 1 รายการ" and "เปิดได้ตามปกติ" in mail.text


def test_what_comes_and_goes_is_told_once_a_day(agency, system, people):
    found, now = watched(system, "https://www.ban.example/o2/"), timezone.now()
    told = []
    for hours, state in ((10, "fault"), (9, "fine"), (8, "fault"), (7, "fine"), (6, "fault")):
        in_state(found, state, ago=timedelta(hours=hours))
        told.append(alerts.tell(agency, now=now - timedelta(hours=hours)))
    assert told == [1, 1, 0, 0, 0]
    assert alerts.tell(agency, now=now + timedelta(hours=16)) == 1  # still broken a day after it was told last


def test_a_warning_that_becomes_a_fault_is_told_at_once(agency, system, people):
    found, now = watched(system, "https://www.ban.example/o2/"), timezone.now()
    in_state(found, "warning", ago=timedelta(hours=3), status=200)
    assert alerts.tell(agency, now=now - timedelta(hours=3)) == 1
    in_state(found, "fault", ago=timedelta(hours=2))
    assert alerts.tell(agency, now=now - timedelta(hours=2)) == 1


def test_fine_from_the_first_is_no_news(agency, system, people):
    in_state(watched(system, "https://www.ban.example/o2/"), "fine")
    assert (alerts.tell(agency), Mail.objects.count()) == (0, 0)


def test_without_anybody_to_tell_nothing_counts_as_told(agency, system):
    found = watched(system, "https://www.ban.example/o2/")
    in_state(found, "fault")
    assert alerts.tell(agency) == 0
    found.refresh_from_db()
    assert found.told == Reach.UNKNOWN


def test_when_nothing_answers_at_all_our_own_side_is_named(agency, system, people):
    for host in ("a", "b", "c"):
        in_state(watched(system, f"https://{host}.example/"), "fault", status=None)
    alerts.tell(agency)
    assert "อาจเป็นที่อินเทอร์เน็ตของเครื่องที่ตรวจ" in Mail.objects.get().text


def test_a_run_tells(agency, system, people, web):
    found = watched(system, web.put("/o2/", page("ข้อสอง")))
    check_due(policy=NEAR)
    web.drop("/o2/")
    Watched.objects.filter(pk=found.pk).update(next_at=None)
    assert check_due(policy=NEAR).told == 1
    assert Mail.objects.get().to == "pr@ban.example"


# --- pages ----------------------------------------------------------------------------------------------------------
def test_looking_now_and_taking_the_bytes_home(agency, system, web, sign_in):
    found = watched(system, web.put("/o11/", "<!doctype html><html><script>alert(1)</script><p>หนึ่ง</p></html>"))
    client, root = sign_in(Role.PUBLISHER), f"/{agency.code}/site"
    assert client.post(f"{root}/addresses/{found.pk}/check/").status_code == 302
    look = found.checks.get()
    assert look.occasion == "manual"
    answer = client.get(f"{root}/checks/{look.pk}/body/")
    assert answer["Content-Disposition"].startswith(f'attachment; filename="seen-{found.pk}-')
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(answer.streaming_content).startswith(b"<!doctype html>")
    assert client.get(f"{root}/checks/{look.pk}/picture/").status_code == 404


def test_bytes_of_an_earlier_look_stand_for_the_same_bytes(agency, system, web, sign_in):
    found = watched(system, web.put("/o11/", page("หนึ่ง")))
    check(found, occasion="scheduled", policy=NEAR)
    again = check(found, occasion="scheduled", policy=NEAR)
    answer = sign_in(Role.AUDITOR).get(f"/{agency.code}/site/checks/{again.pk}/body/")
    assert b"".join(answer.streaming_content).decode() == page("หนึ่ง")


def test_erased_bytes_answer_gone(agency, system, web, sign_in):
    look = check(watched(system, web.put("/o11/", page("หนึ่ง"))), occasion="manual", policy=NEAR)
    File.objects.filter(pk=look.body.pk).update(erased_at=timezone.now())
    answer = sign_in(Role.AUDITOR).get(f"/{agency.code}/site/checks/{look.pk}/body/")
    assert answer.status_code == 410 and "ลบ" in answer.content.decode()


def test_looking_at_what_is_due_without_any_command(agency, system, web, sign_in):
    watched(system, web.put("/o11/", page("หนึ่ง")))
    client = sign_in(Role.PUBLISHER)
    assert "ถึงรอบตรวจแล้ว" in client.get(f"/{agency.code}/site/addresses/").content.decode()
    client.post(f"/{agency.code}/site/addresses/check/")
    assert Watched.objects.get().state == "fine"
