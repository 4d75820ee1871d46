"""The submission sheet: proposed out of what is known, approved by somebody else, pasted and frozen, told for good."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from python_calamine import CalamineWorkbook

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Work
from prongsai.web.disclosure.models import (
    Check,
    ProofEntry,
    Site,
    SiteProposal,
    Submission,
    Watch,
    Watched,
)
from prongsai.web.disclosure.queries import submissions as queries
from prongsai.web.disclosure.queries.proof import broken
from prongsai.web.disclosure.services import pages, submitting
from prongsai.web.disclosure.services.locks import PageLocked
from prongsai.web.evidence.services import add_evidence
from tests.web import office
from tests.web.disclosure.conftest import ITEM

ROOT = "https://www.bansuanplu.example"
TEXT = "เผยแพร่ข้อมูลผู้บริหารครบทุกคน"


def url(agency, name: str, *args: object) -> str:
    return reverse(f"disclosure:{name}", args=[agency.code, "ita-2569", *args])


@pytest.fixture
def site(agency) -> Site:
    """A site with an address of its own, which nobody answers at."""
    return Site.objects.create(agency=agency, address=ROOT)


@pytest.fixture
def public(page, publish, site):
    """The page of the item, published."""
    publish(page)
    return page


@pytest.fixture
def prepare(scope):
    """Prepare the submission of a page's item: ``prepare(page, explanation="…")``."""

    def make(page, **fields) -> Submission:
        given = {"address": f"{ROOT}/{page.path}/", "explanation": TEXT} | fields
        return submitting.prepare(scope(Role.PUBLISHER), item=page.item, page=page, **given)

    return make


@pytest.fixture
def paste(scope, prepare):
    """Prepare, approve and paste."""

    def make(page, **fields) -> Submission:
        made = prepare(page, **fields)
        submitting.approve(scope(Role.MAYOR), submission=made)
        return submitting.paste(scope(Role.PUBLISHER), submission=made)

    return make


def line_of(item) -> queries.Line:
    cycle = item.cycle
    return next(line for line in queries.lines_of(cycle) if line.item.pk == item.pk)


# --- the proposal ---------------------------------------------------------------------------------------------------
def test_address_and_way_follow_from_the_site(public):
    line = line_of(public.item)
    assert line.address == f"{ROOT}/2569/organisation.executives/"
    assert line.way == f"หน้าแรก → ITA 2569 → {public.item}"
    assert line.explanation.splitlines()[:2] == [
        f"เทศบาลตำบลบ้านสวนพลู เผยแพร่ข้อ {public.item} ไว้ที่ {line.address}",
        f"การเข้าถึง: {line.way}",
    ]


def test_way_to_a_page_elsewhere_is_the_one_that_was_walked(page, scope, agency):
    agency.website = "https://old.example/"
    agency.save()
    found = "https://old.example/menu/12"
    step = {"text": "ITA 2569", "address": "https://old.example/ita"}
    steps = [step, {"text": "ข้อมูลผู้บริหาร", "address": found}]
    now = page.made_at
    SiteProposal.objects.create(item=page.item, address=found, sureness=90, steps=steps, found_at=now, accepted_at=now)
    pages.publish_elsewhere(scope(Role.PUBLISHER), page=page, version=None, address=found)
    line = line_of(page.item)
    assert (line.address, line.way) == (found, "หน้าแรก → ITA 2569 → ข้อมูลผู้บริหาร")


def test_page_of_the_file_comes_from_the_evidence_of_the_elements(public, system):
    element = public.item.elements.first()
    evidence = add_evidence(system, title="บัญชีผู้บริหาร", address="https://a.example/1")
    cycles.attach(system, element=element, evidence=evidence, page="หน้า 3")
    line = line_of(public.item)
    assert line.pages_text == "บัญชีผู้บริหาร: หน้า 3"
    assert f"1) {element.text}: บัญชีผู้บริหาร หน้า 3" in line.explanation.splitlines()


def test_sheet_warns_of_everything_that_is_not_ready(item, page, site, publish, prepare):
    bare = item("procurement.plan") if page.item.cycle.items.filter(key="procurement.plan").exists() else None
    total = page.item.elements.count()
    unjudged = f"ยังไม่ยืนยัน {total} องค์ประกอบ"
    assert line_of(page.item).warnings == (
        "หน้านี้ยังไม่ได้รับอนุญาตเผยแพร่",
        "ยังไม่เคยตรวจที่อยู่นี้จากภายนอก",
        unjudged,
    )
    publish(page)
    watched = Watched.objects.get(page=page)
    Watched.objects.filter(pk=watched.pk).update(state="fault", clicks=-1)
    prepare(page)
    assert line_of(page.item).warnings == (
        *(("เผยแพร่หลังวันสุดท้ายของการเปิดเผยข้อมูล",) if page.current.is_late else ()),
        "ตรวจจากภายนอก: ผู้ประเมินเปิดไม่ได้",
        "ไม่พบทางจากหน้าแรกมาถึงที่อยู่นี้",
        unjudged,
        "ผู้บริหารยังไม่เห็นชอบข้อความที่จะยื่น",
    )
    if bare:
        assert line_of(bare).warnings[0] == "ยังไม่มีหน้าเผยแพร่ของข้อนี้"


def test_site_without_an_address_proposes_none(page, publish, settings):
    settings.CSRF_TRUSTED_ORIGINS = []
    publish(page)
    line = line_of(page.item)
    assert line.address == ""
    assert "ยังไม่ได้ตั้งที่อยู่เว็บสาธารณะของหน่วยงาน" in line.warnings


def test_what_changed_since_last_year_is_told(system, scope, agency):
    old_cycle = cycles.open_cycle(system, framework_id="ita-2568")
    new_cycle = cycles.open_cycle(system, framework_id="ita-2569", carry_from=old_cycle)
    new = new_cycle.items.filter(last_items__isnull=False, carry="carried").select_related("cycle__agency").first()
    (old,) = new.last_items.select_related("cycle__agency")
    Site.objects.create(agency=agency, address=ROOT)
    page = pages.ensure_item_page(scope(Role.PUBLISHER), item=new)
    before = submitting.prepare(scope(Role.PUBLISHER), item=old, address="https://old.example/1", pages_text="หน้า 2")
    line = line_of(new)
    told = {one.what: (one.before, one.now) for one in line.changes}
    assert told["ที่อยู่"] == (before.address, f"{ROOT}/{page.path}/")
    assert told["หน้าในเอกสาร"] == ("หน้า 2", "")
    assert (("ข้อ" in told), line.is_new) == (old.code != new.code, False)


# --- the way it goes ------------------------------------------------------------------------------------------------
def test_who_prepared_does_not_approve(public, scope):
    at = f"{ROOT}/{public.path}/"
    made = submitting.prepare(scope(Role.SECRETARY), item=public.item, page=public, address=at)
    for role in (Role.SECRETARY, Role.PUBLISHER):
        with pytest.raises(ValidationError):
            submitting.approve(scope(role), submission=made)
    submitting.approve(scope(Role.MAYOR), submission=made)
    assert (made.state, made.approved_by, made.approved_as) == (
        "approved",
        scope(Role.MAYOR).person,
        "นายกเทศมนตรี",
    )


def test_nothing_unpublished_is_approved_and_nothing_unapproved_is_pasted(page, site, prepare, scope):
    made = prepare(page)
    with pytest.raises(ValidationError):
        submitting.approve(scope(Role.MAYOR), submission=made)
    with pytest.raises(ValidationError):
        submitting.paste(scope(Role.PUBLISHER), submission=made)


def test_text_that_was_approved_and_then_changed_must_be_approved_again(public, prepare, scope):
    made = prepare(public)
    submitting.approve(scope(Role.MAYOR), submission=made)
    again = prepare(public, explanation="อื่น")
    assert (again.state, again.approved_by, again.approved_at) == ("prepared", None, None)
    same = prepare(public, explanation="อื่น")
    assert same.version == again.version


def test_pasting_freezes_text_release_and_hash_and_watches_the_address(public, paste, agency, scope):
    made = paste(public, steps=[{"text": "หน้าแรก", "address": ROOT}], pages_text="หน้า 3")
    entry = ProofEntry.objects.get(kind="submission")
    assert (made.release, made.sha256) == (public.current, public.current.sha256)
    assert {name: entry.content[name] for name in ("address", "explanation", "pages_text", "sha256", "release")} == {
        "address": made.address,
        "explanation": TEXT,
        "pages_text": "หน้า 3",
        "sha256": public.current.sha256,
        "release": 1,
    }
    assert (entry.content["pasted_by"], entry.content["approved_as"]) == (
        str(scope(Role.PUBLISHER).person),
        "นายกเทศมนตรี",
    )
    assert Watched.objects.get(address=made.address).why == Watch.SUBMITTED
    public.item.refresh_from_db()
    assert public.item.work == Work.SUBMITTED
    assert broken(agency).is_whole


def test_pasted_page_is_locked_until_the_cycle_is_closed(public, paste, scope, ask):
    assert queries.locked_by(public) is None
    made = paste(public)
    assert queries.locked_by(public) == made
    asked = ask(public, body="ใหม่")
    for what in (
        lambda: pages.approve(scope(Role.SECRETARY), release=asked, version=None),
        lambda: pages.withdraw(scope(Role.SECRETARY), page=public, version=None, reason="ผิด"),
        lambda: pages.rename(scope(Role.PUBLISHER), page=public, version=None, path="2569/other"),
    ):
        with pytest.raises(PageLocked):
            what()
    pages.approve(scope(Role.SECRETARY), release=asked, version=None, knows=True)
    line = line_of(public.item)
    assert "เนื้อหาหรือไฟล์เปลี่ยนหลังจากกรอกในระบบแล้ว" in line.warnings
    cycles.close_cycle(scope(Role.COORDINATOR), cycle=public.item.cycle)
    assert queries.locked_by(public) is None


def test_change_after_pasting_needs_a_reason_and_what_was_pasted_stays_told(public, paste, prepare):
    paste(public)
    with pytest.raises(ValidationError) as refused:
        prepare(public, explanation="อื่น")
    assert list(refused.value.message_dict) == ["reason"]
    again = prepare(public, explanation="อื่น", reason="พิมพ์ผิด")
    assert (again.state, again.change_reason, again.release) == ("prepared", "พิมพ์ผิด", None)
    (told,) = queries.pasted_before(again)
    assert told.content["address"] == f"{ROOT}/{public.path}/"


def test_closed_cycle_takes_no_submission(public, prepare, scope):
    cycles.close_cycle(scope(Role.COORDINATOR), cycle=public.item.cycle)
    with pytest.raises(cycles.CycleClosed):
        prepare(public)


def test_two_who_prepare_at_once_are_told(public, prepare):
    first = prepare(public)
    prepare(public, version=first.version, explanation="ก")
    with pytest.raises(Stale):
        prepare(public, version=1, explanation="ข")


def test_address_of_a_submission_is_where_the_page_stands(public, prepare, scope):
    publisher = scope(Role.PUBLISHER)
    for wrong in ("https://elsewhere.example/other", f"{ROOT}/other/", f"{ROOT}/", "https://[x"):
        for page in (public, None):
            with pytest.raises(ValidationError) as refused:
                submitting.prepare(publisher, item=public.item, address=wrong, page=page)
            assert list(refused.value.message_dict) == ["address"]
    code = public.item.code
    for right in (public.path, f"{public.path}/index.html", f"{public.path}/#a", f"2569/{code}/"):
        assert prepare(public, address=f"{ROOT}/{right}").page == public
    there = "https://www.example.go.th/ita?id=3"
    pages.publish_elsewhere(publisher, page=public, version=None, address=there)
    assert prepare(public, address=there).address == there
    with pytest.raises(ValidationError):
        prepare(public, address="https://www.example.go.th/ita?id=4")


def test_site_that_stands_nobody_knows_where_takes_its_paths_at_any_host(page, publish, prepare):
    publish(page)
    assert prepare(page, address=f"https://www.example.go.th/ita/{page.path}/").page == page
    for wrong in ("https://www.example.go.th/other/", "https://www.example.go.th/"):
        with pytest.raises(ValidationError):
            prepare(page, address=wrong)


def test_item_without_a_page_takes_any_address(item, scope):
    made = submitting.prepare(scope(Role.PUBLISHER), item=item(), address="https://old.example/1")
    assert (made.page, made.address) == (None, "https://old.example/1")


def test_item_whose_page_was_not_named_is_locked_with_it(public, scope):
    at = f"{ROOT}/{public.path}/"
    assert submitting.prepare(scope(Role.PUBLISHER), item=public.item, address=at).page == public


# --- pages ----------------------------------------------------------------------------------------------------------
def test_item_is_prepared_approved_and_pasted_by_the_pages(public, sign_in, agency, settings):
    publisher, mayor = sign_in(Role.PUBLISHER), sign_in(Role.MAYOR)
    at = url(agency, "submission_item", ITEM)
    form = publisher.get(at).context["form"]
    sent = {name: form[name].value() or "" for name in ("address", "steps", "pages_text", "explanation")}
    assert publisher.post(at, sent).status_code == 302
    made = Submission.objects.get()
    assert made.steps[1] == {"text": "ITA 2569", "address": f"{ROOT}/2569/"}
    assert mayor.post(url(agency, "submission_approve", ITEM), {"version": made.version}).status_code == 302
    made.refresh_from_db()
    assert made.state == "approved"
    # The address is nobody's: the look from outside says so, and the pasting stands.
    answer = publisher.post(url(agency, "submission_pasted", ITEM), {"version": made.version}, follow=True)
    made.refresh_from_db()
    look = Check.objects.get(watched__address=made.address)
    assert (made.state, look.occasion, look.state) == ("pasted", "submission", "fault")
    assert [message.level_tag for message in answer.context["messages"]][-2:] == ["success", "warning"]
    assert TEXT not in answer.content.decode()
    assert made.explanation.splitlines()[0] in answer.content.decode()


def test_refusals_of_the_form_keep_what_was_typed(public, sign_in, agency, prepare, paste):
    paste(public)
    made, at = Submission.objects.get(), url(agency, "submission_item", ITEM)
    client = sign_in(Role.PUBLISHER)
    sent = {"address": made.address, "explanation": "พิมพ์ไว้", "version": made.version}
    answer = client.post(at, sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert "พิมพ์ไว้" in answer.content.decode()
    answer = client.post(at, sent | {"reason": "ผิด", "version": 1})
    assert (answer.status_code, answer.context["form"]["version"].value()) == (409, str(made.version))
    answer = client.post(at, sent | {"address": "https://me:secret@a.example/"})
    assert list(answer.context["form"].errors) == ["address"]


def test_sheet_shows_every_item_and_which_units_have_not_sent(sign_in, agency, public, item, cycle):
    first = cycle.items.exclude(key=ITEM).first().key
    item(first, unit="กองช่าง")
    answer = sign_in(Role.MAYOR).get(url(agency, "submission"))
    assert answer.status_code == 200
    assert len(answer.context["lines"]) == cycle.items.count()
    waiting = {one.unit: one.items for one in answer.context["waiting"]}
    assert waiting["กองช่าง"] == (cycle.items.get(key=first).code,)
    assert "กองคลัง" not in waiting
    assert sign_in(Role.MAYOR).get(url(agency, "submission") + "?print=1").status_code == 200


def test_sheet_is_given_as_workbook_and_csv(sign_in, agency, public, prepare):
    prepare(public)
    client = sign_in(Role.COORDINATOR)
    text = client.get(url(agency, "submission_export", "csv")).content
    assert text.startswith(b"\xef\xbb\xbf")
    rows = {row["ข้อ"]: row for row in csv.DictReader(StringIO(text.decode("utf-8-sig")))}
    row = rows[public.item.code]
    assert (row["ลิงก์ที่ยื่น"], row["คำอธิบายที่ยื่น"]) == (f"{ROOT}/{public.path}/", TEXT)
    content = client.get(url(agency, "submission_export", "xlsx")).content
    cells = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert any(f"{ROOT}/{public.path}/" in line for line in cells)
    assert client.get(url(agency, "submission_export", "pdf")).status_code == 404


def test_sheet_asks_the_same_few_questions(sign_in, agency, cycle, public, scope, prepare, django_assert_num_queries):
    client = sign_in(Role.PUBLISHER)
    prepare(public)
    with django_assert_num_queries(16):
        client.get(url(agency, "submission"))
    for state in cycle.items.select_related("cycle__agency").exclude(key=ITEM)[:2]:
        page = pages.ensure_item_page(scope(Role.PUBLISHER), item=state)
        prepare(page)
    with django_assert_num_queries(16):
        client.get(url(agency, "submission"))


def test_rights(sign_in, agency, public, prepare, other_agency):
    prepare(public)
    at, approve, pasted = (
        url(agency, name, ITEM) for name in ("submission_item", "submission_approve", "submission_pasted")
    )
    assert sign_in(Role.HEAD).get(at).context["form"] is None
    assert sign_in(Role.HEAD).post(at, {"address": f"{ROOT}/x/"}).status_code == 404
    assert sign_in(Role.HEAD).post(approve).status_code == 404
    assert sign_in(Role.MAYOR).post(pasted).status_code == 404
    assert sign_in(Role.MAYOR).get(approve).status_code == 405
    assert sign_in(Role.COUNCIL).get(at).status_code == 404
    assert sign_in(Role.PUBLISHER).get(url(agency, "submission_item", "no.such")).status_code == 404
    foreign = sign_in(Role.PUBLISHER, of=other_agency)
    assert foreign.get(url(other_agency, "submission_item", ITEM)).status_code == 404
    assert office.scope(other_agency, Role.MAYOR).agency != agency
