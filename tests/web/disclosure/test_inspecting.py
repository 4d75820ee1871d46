"""The element check in the platform: run on our page and on one elsewhere, confirmed by people, pages of a present site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from prongsai.inspection.policy import Policy
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import ElementState, Work
from prongsai.web.disclosure.models import Inspection, Page, SiteProposal, Watched
from prongsai.web.disclosure.queries import inspection as queries
from prongsai.web.disclosure.services import inspecting, pages
from prongsai.web.work import plan
from prongsai.web.work.models import Job
from tests.web.disclosure.conftest import ITEM

OPEN = Policy(allow_private=True, delay_seconds=0, ask_robots=False, connect_seconds=2, read_seconds=2, total_seconds=4)
BODY = "\n".join(("# ข้อมูลผู้บริหาร", "ชื่อ | ตำแหน่ง", "นายสมหมาย ใจกว้าง | นายกเทศมนตรี", "นายวิเชียร รอบรู้ | ปลัดเทศบาล"))


def url(agency, name: str, *args: object) -> str:
    return reverse(f"disclosure:{name}", args=[agency.code, "ita-2569", *args])


def html(title: str, body: str) -> bytes:
    return f'<!doctype html><html lang="th"><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>'.encode()


SITE = {
    "/": html("เทศบาลตำบลบ้านสวนพลู", '<a href="/ita">การประเมินคุณธรรมและความโปร่งใส ITA 2569</a>'),
    "/ita": html(
        "ITA 2569",
        '<ul><li><a href="/menu/2">O2 ข้อมูลผู้บริหาร</a></li><li><a href="/menu/4">O4 ข่าวประชาสัมพันธ์</a></li></ul>',
    ),
    "/menu/2": html(
        "ข้อมูลผู้บริหาร เทศบาลตำบลบ้านสวนพลู ปี 2569",
        "<p>นายสมหมาย ใจกว้าง ตำแหน่ง นายกเทศมนตรี</p><p>นายวิเชียร รอบรู้ ตำแหน่ง ปลัดเทศบาล</p>",
    ),
    "/menu/4": html("ข่าวประชาสัมพันธ์ ปี 2569", "<p>ประชุมประชาคมหมู่ที่ 3 วันที่ 15 มกราคม 2569</p>"),
}


@pytest.fixture
def present() -> Iterator[str]:
    """The office's present site, served on loopback: its home page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = SITE.get(self.path.partition("?")[0])
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        do_HEAD = do_GET  # noqa: N815  # reason: the name is of http.server

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the checks reach loopback, as an office with an internal site does."""
    monkeypatch.setenv("PRONGSAI_CHECK_PRIVATE", "yes")


@pytest.fixture
def public(page, publish) -> Page:
    """The page of the item, published in our site."""
    publish(page, body=BODY)
    return page


@pytest.fixture
def checked(public, scope) -> Inspection:
    """The item after the check."""
    return inspecting.run(scope(Role.HEAD), item=public.item)


def kept_as(inspection: Inspection, *verdicts: str) -> Inspection:
    """Put verdicts in place of those found, by the order of the elements: what is confirmed is tested, not the rules."""
    elements = list(inspection.item.elements.all())
    words = {"mend": "", "address": "https://a.example/", "where": "หน้า ๓"}
    inspection.verdicts = [
        {"key": element.key, "text": element.text, "verdict": verdict, "reason": "พบครบ", **words}
        for element, verdict in zip(elements, verdicts, strict=False)
    ]
    inspection.save()
    return inspection


# --- the check ------------------------------------------------------------------------------------------------------
def test_our_page_is_checked_without_the_network(checked, public):
    asked = [element.key for element in public.item.elements.all()]
    found = {one["key"]: one for one in checked.verdicts}
    assert [key for key in asked if key not in found] == []
    assert {one["verdict"] for one in checked.verdicts} <= {"pass", "fail", "cannot_tell"}
    assert all(one["reason"] for one in checked.verdicts)
    assert (checked.sha256, checked.address.endswith("/2569/organisation.executives/")) == (public.current.sha256, True)


def test_check_reads_what_the_page_says(page, publish, scope):
    publish(page, body="ยังไม่มีข้อมูล")
    poor = inspecting.run(scope(Role.HEAD), item=page.item)
    publish(page, body=BODY)
    rich = inspecting.run(scope(Role.HEAD), item=page.item)
    passed = [sum(one["verdict"] == "pass" for one in found.verdicts) for found in (poor, rich)]
    assert passed[0] < passed[1]


def test_page_elsewhere_is_opened_and_checked(page, scope, present):
    address = f"{present}menu/2"
    pages.publish_elsewhere(scope(Role.PUBLISHER), page=page, version=None, address=address)
    found = inspecting.run(scope(Role.PUBLISHER), item=page.item, policy=OPEN)
    assert (found.address, len(found.sha256)) == (address, 64)
    assert any(one["verdict"] == "pass" for one in found.verdicts)


def test_nothing_public_cannot_be_checked(page, scope):
    with pytest.raises(ValidationError):
        inspecting.run(scope(Role.HEAD), item=page.item)
    assert Inspection.objects.count() == 0


def test_run_over_a_cycle_counts_what_it_did_and_what_is_left(public, cycle, scope):
    items = list(cycle.items.select_related("cycle__agency"))
    ran = inspecting.run_all(scope(Role.COORDINATOR), items=items)
    assert (ran.done, ran.left, ran.without) == (1, 0, len(items) - 1)
    hurried = inspecting.run_all(scope(Role.COORDINATOR), items=items, seconds=-1)
    assert (hurried.done, hurried.left) == (0, 1)


# --- confirming -----------------------------------------------------------------------------------------------------
def test_person_confirms_all_that_pass_and_the_reason_says_who(checked, public, scope):
    kept_as(checked, "pass", "fail", "pass")
    by = scope(Role.HEAD)
    done = inspecting.confirm(by, inspection=checked)
    elements = list(public.item.elements.all())
    assert (done.done, done.kept) == (2, 0)
    assert [one.verdict for one in elements[:3]] == ["pass", "", "pass"]
    assert elements[0].reason == f"ตรวจโดยระบบ ยืนยันโดย {by.person}: พบครบ (หน้า ๓)"
    public.item.refresh_from_db()
    assert public.item.work == Work.IN_PROGRESS


def test_judgement_of_a_person_is_never_overridden_silently(checked, public, scope):
    kept_as(checked, "pass", "pass")
    by = scope(Role.HEAD)
    first = public.item.elements.first()
    cycles.judge(by, element=first, verdict="fail", reason="ไม่มีเบอร์โทรศัพท์ของปลัด")
    done = inspecting.confirm(by, inspection=checked)
    first.refresh_from_db()
    assert (done.done, done.kept, first.verdict, first.reason) == (1, 1, "fail", "ไม่มีเบอร์โทรศัพท์ของปลัด")
    one = inspecting.confirm(by, inspection=checked, keys={first.key})
    assert (one.done, one.kept) == (0, 1)
    asked = inspecting.confirm(by, inspection=checked, keys={first.key}, replaces=True)
    first.refresh_from_db()
    assert (asked.done, first.verdict) == (1, "pass")


def test_confirmed_check_may_be_confirmed_anew(checked, public, scope):
    kept_as(checked, "pass")
    inspecting.confirm(scope(Role.HEAD), inspection=checked)
    kept_as(checked, "fail")
    done = inspecting.confirm(scope(Role.HEAD), inspection=checked, keys={public.item.elements.first().key})
    assert (done.done, public.item.elements.first().verdict) == (1, "fail")


def test_check_of_what_no_longer_stands_there_is_not_confirmed(checked, public, publish, scope):
    publish(public, body="ใหม่")
    assert queries.is_stale(public, checked)
    with pytest.raises(ValidationError):
        inspecting.confirm(scope(Role.HEAD), inspection=checked)


def test_closed_cycle_is_not_judged(checked, scope, cycle):
    cycles.close_cycle(scope(Role.COORDINATOR), cycle=cycle)
    with pytest.raises(cycles.CycleClosed):
        inspecting.confirm(scope(Role.HEAD), inspection=checked)


# --- a site that is there -------------------------------------------------------------------------------------------
def test_walk_proposes_which_page_answers_which_item_and_how_it_is_reached(cycle, scope, present):
    walked = inspecting.walk(scope(Role.PUBLISHER), cycle=cycle, home=present, policy=OPEN)
    assert (walked.pages, walked.left) == (4, 0)
    best = SiteProposal.objects.filter(item__key=ITEM).first()
    assert best.address == f"{present}menu/2"
    assert [step["text"] for step in best.steps] == ["การประเมินคุณธรรมและความโปร่งใส ITA 2569", "O2 ข้อมูลผู้บริหาร"]
    again = inspecting.walk(scope(Role.PUBLISHER), cycle=cycle, home=present, policy=OPEN)
    assert again.found == walked.found == SiteProposal.objects.count()


def test_walk_says_how_many_pages_were_left(cycle, scope, present):
    walked = inspecting.walk(scope(Role.PUBLISHER), cycle=cycle, home=present, policy=OPEN, limit=2)
    assert (walked.pages, walked.left) == (2, 2)


def test_site_that_does_not_open_is_told(cycle, scope):
    with pytest.raises(ValidationError):
        inspecting.walk(scope(Role.PUBLISHER), cycle=cycle, home="http://127.0.0.1:9/", policy=OPEN)


def test_taken_proposal_is_the_publication_elsewhere_and_is_watched(cycle, scope, present):
    inspecting.walk(scope(Role.PUBLISHER), cycle=cycle, home=present, policy=OPEN)
    best = SiteProposal.objects.select_related("item__cycle__agency").filter(item__key=ITEM).first()
    page = inspecting.accept(scope(Role.PUBLISHER), proposal=best)
    page.refresh_from_db()
    assert (page.item.key, page.elsewhere, page.state) == (ITEM, best.address, "public")
    assert Watched.objects.get(address=best.address).item.key == ITEM
    best.refresh_from_db()
    assert best.accepted_at is not None


def test_whole_site_is_walked_by_a_command(cycle, agency, present, private):
    out = StringIO()
    call_command("walk_site", agency.code, "ita-2569", home=present, stdout=out)
    assert out.getvalue().startswith("เปิดดู 4 หน้า เหลือ 0 หน้า")
    with pytest.raises(CommandError):
        call_command("walk_site", "00000000", "ita-2569")


# --- pages ----------------------------------------------------------------------------------------------------------
def test_item_is_checked_and_confirmed_by_the_pages(public, sign_in, agency):
    client = sign_in(Role.HEAD)
    assert client.get(url(agency, "inspect")).status_code == 200
    assert client.post(url(agency, "inspect_run"), {"item": ITEM}).url == url(agency, "inspect_item", ITEM)
    made = Inspection.objects.get()
    kept_as(made, "pass", "fail")
    answer = client.get(url(agency, "inspect_item", ITEM))
    assert [line.words for line in answer.context["lines"][:2]] == ["ครบ", "ยังขาด"]
    first, second = public.item.elements.all()[:2]
    client.post(url(agency, "inspect_confirm", ITEM), {"inspection": made.pk})
    client.post(url(agency, "inspect_confirm", ITEM), {"inspection": made.pk, "element": second.key})
    assert list(ElementState.objects.filter(pk__in=(first.pk, second.pk)).values_list("verdict", flat=True)) == [
        "pass",
        "fail",
    ]
    late = client.post(url(agency, "inspect_confirm", ITEM), {"inspection": made.pk - 1})
    assert late.status_code == 409


def test_board_counts_and_runs_all(public, sign_in, agency, cycle):
    client = sign_in(Role.COORDINATOR)
    assert client.post(url(agency, "inspect_run"), follow=True).status_code == 200
    counts = client.get(url(agency, "inspect")).context["counts"]
    assert counts["without"] == cycle.items.count() - 1
    assert sum(counts.values()) == cycle.items.count()


def test_rest_of_a_large_site_is_walked_in_the_background(sign_in, agency, cycle, present, private, monkeypatch):
    monkeypatch.setattr(inspecting.walk, "__kwdefaults__", {**inspecting.walk.__kwdefaults__, "limit": 1})
    answer = sign_in(Role.PUBLISHER).post(url(agency, "inspect_walk"), {"home": present}, follow=True)
    assert "ต่อให้เบื้องหลัง" in answer.content.decode()
    job = Job.objects.get(name="walk_site")
    assert (job.arguments["agency"], job.arguments["cycle"]) == (agency.code, "ita-2569")
    before = SiteProposal.objects.count()
    plan.known()[job.name].run(**job.arguments)
    assert SiteProposal.objects.count() > before


def test_proposals_are_walked_and_taken_by_the_page(sign_in, agency, cycle, present, private):
    client = sign_in(Role.PUBLISHER)
    assert client.get(url(agency, "inspect_walk")).status_code == 200
    assert client.post(url(agency, "inspect_walk"), {"home": present}).status_code == 302
    best = SiteProposal.objects.filter(item__key=ITEM).first()
    answer = client.post(url(agency, "inspect_walk"), {"accept": [best.pk]}, follow=True)
    assert answer.status_code == 200
    assert Page.objects.get(item__key=ITEM).elsewhere == best.address
    refused = client.post(url(agency, "inspect_walk"), {"home": "http://me:pw@a.example/"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["home"])


def test_rights(public, sign_in, agency, other_agency):
    run, confirm, walk = (url(agency, "inspect_run"), url(agency, "inspect_confirm", ITEM), url(agency, "inspect_walk"))
    assert sign_in(Role.OFFICER).post(run, {"item": ITEM}).status_code == 404
    assert sign_in(Role.OFFICER).post(confirm).status_code == 404
    assert sign_in(Role.HEAD).get(walk).status_code == 404
    assert sign_in(Role.HEAD).get(run).status_code == 405
    assert sign_in(Role.COUNCIL).get(url(agency, "inspect")).status_code == 404
    assert sign_in(Role.HEAD).get(url(agency, "inspect_item", "no.such")).status_code == 404
    foreign = sign_in(Role.COORDINATOR, of=other_agency)
    assert foreign.get(url(other_agency, "inspect")).status_code == 404


def test_board_asks_the_same_few_questions(public, sign_in, agency, cycle, scope, publish, django_assert_num_queries):
    client = sign_in(Role.COORDINATOR)
    inspecting.run(scope(Role.COORDINATOR), item=public.item)
    with django_assert_num_queries(12):
        client.get(url(agency, "inspect"))
    for item in cycle.items.select_related("cycle__agency").exclude(key=ITEM)[:2]:
        made = pages.ensure_item_page(scope(Role.PUBLISHER), item=item)
        pages.publish_elsewhere(scope(Role.PUBLISHER), page=made, version=None, address=f"https://a.example/{item.pk}")
    with django_assert_num_queries(12):
        client.get(url(agency, "inspect"))
