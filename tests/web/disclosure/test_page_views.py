"""The pages of publication as people use them: forms, refusals, what two of them do at once, a build that fails."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import ElementEvidence
from prongsai.web.disclosure.models import Erasure, GateCheck, Page, Release, Submission
from prongsai.web.disclosure.services import gate, pages
from prongsai.web.evidence import services as evidence

pytestmark = pytest.mark.django_db
FIELDS = {
    "title": "ข้อมูลผู้บริหาร", "summary": "", "body": "# ผู้บริหาร\nนายกเทศมนตรี", "content_year_be": "2569",
    "document_date": "30/3/2569", "received_on": "", "title_en": "", "body_en": "", "version": "0",
}  # fmt: skip


@pytest.fixture
def site(agency, sign_in):
    """Ask for a page under ``site/``: ``site(Role.HEAD, "pages/1/")``; with data it is posted."""

    def ask(role, path, data=None):
        client = sign_in(role)
        address = f"/{agency.code}/site/{path}"
        return client.get(address) if data is None else client.post(address, data)

    return ask


def text(answer) -> str:
    return answer.content.decode()


def test_clerk_takes_an_item_to_the_public(agency, item, site, settings):
    begun = site(Role.HEAD, "pages/add/", {"item": item().pk})
    page = Page.objects.get()
    assert begun.url == f"/{agency.code}/site/pages/{page.pk}/edit/"
    assert "ยังไม่มีเนื้อหา" in text(site(Role.HEAD, f"pages/{page.pk}/"))
    assert site(Role.HEAD, f"pages/{page.pk}/edit/", FIELDS).status_code == 302
    asked = site(Role.HEAD, f"pages/{page.pk}/request/", {"version": "1"})
    assert asked.status_code == 302
    shown = text(site(Role.MAYOR, f"pages/{page.pk}/"))
    assert "อนุญาตให้เผยแพร่" in shown and "<h3>ผู้บริหาร</h3>" in shown
    seen = site(Role.MAYOR, f"pages/{page.pk}/").context["seen"]
    approved = site(Role.MAYOR, f"pages/{page.pk}/decide/", {"version": "2", "decision": "approve", "seen": seen})
    assert approved.status_code == 302
    page.refresh_from_db()
    assert page.state == "public"
    built = settings.SITES_FOLDER / agency.code / "2569" / "organisation.executives" / "index.html"
    assert "นายกเทศมนตรี" in built.read_text(encoding="utf-8")


def test_change_stays_where_the_site_cannot_be_built(page, ask, site, settings):
    asked = ask(page)
    settings.SITES_FOLDER.write_text("a file stands where the folder should")
    given = {
        "version": asked.version,
        "decision": "approve",
        "seen": site(Role.MAYOR, f"pages/{page.pk}/").context["seen"],
    }
    answer = site(Role.MAYOR, f"pages/{page.pk}/decide/", given)
    page.refresh_from_db()
    assert (answer.status_code, page.state) == (302, "public")
    shown = text(answer.client.get(answer.url))
    assert "บันทึกแล้ว แต่ยังเขียนเว็บสาธารณะไม่สำเร็จ" in shown


def test_form_that_is_not_valid_comes_back_with_what_was_typed(page, site):
    answer = site(Role.HEAD, f"pages/{page.pk}/edit/", FIELDS | {"document_date": "32/13/2569"})
    assert (answer.status_code, Release.objects.count()) == (422, 0)
    assert "นายกเทศมนตรี" in text(answer)
    answer = site(Role.HEAD, f"pages/{page.pk}/edit/", FIELDS | {"body": "[กด](javascript:x)"})
    assert answer.status_code == 422 and "ใช้ที่อยู่นี้เป็นลิงก์ไม่ได้: javascript:x" in text(answer)


def test_body_is_shown_in_the_form_as_it_was_written(page, site, scope):
    pages.write_release(scope(Role.HEAD), page=page, version=0, body="# หัวข้อ\n\nก | ข\n๑ | ๒")
    assert "# หัวข้อ\n\nก | ข\n๑ | ๒</textarea>" in text(site(Role.HEAD, f"pages/{page.pk}/edit/"))


def test_second_of_two_writers_sees_both_versions(page, site, scope):
    pages.write_release(scope(Role.PUBLISHER), page=page, version=0, body="ของผู้ดูแลเว็บ")
    answer = site(Role.HEAD, f"pages/{page.pk}/edit/", FIELDS)
    shown = text(answer)
    assert answer.status_code == 409 and "ของผู้ดูแลเว็บ" in shown and "นายกเทศมนตรี" in shown
    again = site(Role.HEAD, f"pages/{page.pk}/edit/", FIELDS | {"version": "1"})
    assert (again.status_code, Release.objects.get().body[0]["lines"]) == (302, ["ผู้บริหาร"])


def test_requested_release_cannot_be_opened_for_writing(agency, page, ask, site):
    ask(page)
    assert site(Role.HEAD, f"pages/{page.pk}/edit/").url == f"/{agency.code}/site/pages/{page.pk}/"


def test_file_is_uploaded_kept_guarded_and_looked_at(page, site):
    upload = SimpleUploadedFile("รายชื่อ.txt", "โทร 081-234-5678\n".encode())
    answer = site(
        Role.HEAD, f"pages/{page.pk}/files/", {"file": upload, "title": "รายชื่อ", "role": "document", "language": "th"}
    )
    (held,) = Release.objects.get().files.all()
    assert (answer.status_code, held.name, held.file.is_guarded) == (302, "document.txt", True)
    assert GateCheck.objects.get(file=held).outcome == "waiting"


def test_file_is_offered_from_the_evidence_of_the_item(page, site, system, file):
    record = evidence.add_evidence(system, title="คำสั่งแต่งตั้ง", file=file())
    ElementEvidence.objects.create(element=page.item.elements.first(), evidence=record)
    evidence.add_evidence(system, title="ของเรื่องอื่น", file=file("อื่น.txt", "อื่น\n"))
    shown = text(site(Role.HEAD, f"pages/{page.pk}/edit/"))
    assert "คำสั่งแต่งตั้ง</option>" in shown and "ของเรื่องอื่น" not in shown
    given = {"evidence": record.pk, "title": "", "role": "document", "language": "th"}
    assert site(Role.HEAD, f"pages/{page.pk}/files/", given).status_code == 302
    held = Release.objects.get().files.get()
    assert (held.evidence, held.title, held.name) == (record, "คำสั่งแต่งตั้ง", "order.txt")


@pytest.mark.parametrize("given", [{}, {"role": "picture"}])
def test_file_form_that_is_not_valid_comes_back(page, site, given):
    answer = site(Role.HEAD, f"pages/{page.pk}/files/", {"role": "document", "language": "th"} | given)
    assert (answer.status_code, Release.objects.count()) == (422, 0)


def test_file_is_dropped(page, site, scope, file, attach):
    held = attach(pages.write_release(scope(Role.PUBLISHER), page=page, version=0), file())
    assert site(Role.HEAD, f"pages/{page.pk}/files/{held.pk}/drop/", {}).status_code == 302
    assert not Release.objects.get().files.exists()


def test_refused_request_says_why(page, site, scope):
    pages.write_release(scope(Role.HEAD), page=page, version=0, body="")
    answer = site(Role.HEAD, f"pages/{page.pk}/request/", {"version": "1"})
    assert answer.status_code == 422 and "ยังไม่มีเนื้อหา ไฟล์ หรือตาราง" in text(answer)
    assert site(Role.HEAD, f"pages/{page.pk}/request/", {"version": "7"}).status_code == 409
    assert site(Role.HEAD, f"pages/{page.pk}/request/", {}).status_code == 422


def test_executive_sends_back_with_what_is_to_be_mended(page, ask, site):
    asked = ask(page)
    path = f"pages/{page.pk}/decide/"
    given = {"version": asked.version, "decision": "return"}
    assert site(Role.MAYOR, path, given).status_code == 422
    assert site(Role.MAYOR, path, given | {"note": "เพิ่มเบอร์"}).status_code == 302
    assert "เพิ่มเบอร์" in text(site(Role.HEAD, f"pages/{page.pk}/"))


def test_who_wrote_is_told_why_they_do_not_decide(page, ask, site):
    asked = ask(page, by=Role.SECRETARY)
    assert "ท่านขอหรือเขียนฉบับนี้เอง" in text(site(Role.SECRETARY, f"pages/{page.pk}/"))
    answer = site(Role.SECRETARY, f"pages/{page.pk}/decide/", {"version": asked.version, "decision": "approve"})
    assert answer.status_code == 422


def test_page_shows_every_release_and_what_it_changed(page, publish, site):
    publish(page, body="เดิม")
    publish(page, body="ใหม่")
    shown = text(site(Role.HEAD, f"pages/{page.pk}/"))
    assert "<del>เดิม</del>" in shown and "<ins>ใหม่</ins>" in shown
    assert "ฉบับที่ ๒" in shown and "ฉบับที่ ๑" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_whatever_it_holds(
    page, publish, scope, file, attach, site, django_assert_num_queries, count
):
    for number in range(count):
        draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
        attach(draft, file(content=f"{number}\n"), f"แผน {number}")
        publish(page, body=f"ฉบับ {number}")
    pages.write_release(scope(Role.PUBLISHER), page=page, version=0, body="ร่าง")
    client = site(Role.SECRETARY, "").client
    with django_assert_num_queries(23):
        client.get(f"/{page.agency.code}/site/pages/{page.pk}/")


def test_withdrawing_asks_for_the_reason(page, publish, site):
    publish(page)
    path = f"pages/{page.pk}/withdraw/"
    assert site(Role.PUBLISHER, path, {"version": page.version}).status_code == 422
    assert site(Role.PUBLISHER, path, {"version": page.version - 1, "reason": "ผิดปี"}).status_code == 409
    assert site(Role.PUBLISHER, path, {"version": page.version, "reason": "ผิดปี"}).status_code == 302
    assert "ผิดปี" in text(site(Role.HEAD, f"pages/{page.pk}/"))


def test_submitted_page_is_withdrawn_only_with_the_box_ticked(page, publish, site):
    publish(page)
    Submission.objects.create(item=page.item, page=page, address="https://a.go.th/", state="pasted")
    path, given = f"pages/{page.pk}/withdraw/", {"version": page.version, "reason": "ผิดปี"}
    assert "ยื่นในระบบ ITAS แล้ว" in text(site(Role.PUBLISHER, path))
    refused = site(Role.PUBLISHER, path, given)
    assert refused.status_code == 422 and "ลิงก์ของหน้านี้ยื่นในระบบ ITAS ไปแล้ว" in text(refused)
    assert site(Role.PUBLISHER, path, given | {"knows": "on"}).status_code == 302


def test_page_is_renamed_and_put_elsewhere(free_page, publish, site):
    publish(free_page)
    answer = site(Role.PUBLISHER, f"pages/{free_page.pk}/rename/", {"version": free_page.version, "path": "news"})
    assert answer.status_code == 422 and "ที่อยู่นี้สงวนไว้" in text(answer)
    given = {"version": free_page.version, "path": "duties"}
    assert site(Role.PUBLISHER, f"pages/{free_page.pk}/rename/", given).status_code == 302
    free_page.refresh_from_db()
    given = {"version": free_page.version, "address": "https://banuanplu.go.th/mission"}
    assert site(Role.PUBLISHER, f"pages/{free_page.pk}/elsewhere/", given).status_code == 302
    free_page.refresh_from_db()
    assert (free_page.path, free_page.elsewhere) == ("duties", "https://banuanplu.go.th/mission")


def test_page_of_a_register_makes_its_own_path(cycle, site):
    given = {"kind": "register", "register": "gifts", "year_be": "2569", "title": "การรับของขวัญ"}
    assert site(Role.PUBLISHER, "pages/add/", given).status_code == 302
    assert Page.objects.get().path == "2569/data/gifts"
    again = site(Role.PUBLISHER, "pages/add/", given)
    assert again.status_code == 422 and "ที่อยู่นี้เคยเป็นของหน้าอื่น" in text(again)


def test_free_page_needs_a_path(cycle, site):
    assert site(Role.PUBLISHER, "pages/add/", {"kind": "free", "title": "ภารกิจ"}).status_code == 422


def test_settings_of_a_page_are_kept_and_stale_ones_told(free_page, site):
    given = {"title": "ภารกิจ", "review_on": "1/10/2570", "version": "1"}
    assert site(Role.PUBLISHER, f"pages/{free_page.pk}/settings/", given).status_code == 302
    free_page.refresh_from_db()
    assert free_page.review_on.isoformat() == "2027-10-01"
    assert site(Role.PUBLISHER, f"pages/{free_page.pk}/settings/", given).status_code == 409


def test_unit_does_not_give_its_page_away(agency, page, site):
    other = agency.units.get(name="กองช่าง")
    given = {"title": page.title, "version": "1", "unit": other.pk}
    assert site(Role.HEAD, f"pages/{page.pk}/settings/", given).status_code == 302
    page.refresh_from_db()
    assert str(page.unit) == "กองคลัง"


def test_privacy_officer_decides_what_was_found(agency, page, scope, site):
    draft = pages.write_release(scope(Role.HEAD), page=page, version=0, body="โทร 081-234-5678")
    (check,) = gate.look(scope(Role.HEAD), release=draft)
    shown = text(site(Role.PRIVACY, f"gate/{check.pk}/"))
    assert "หมายเลขโทรศัพท์" in shown and "081-234-5678" not in shown
    given = {"version": "1", "outcome": "released", "reason": "สั้น"}
    assert site(Role.PRIVACY, f"gate/{check.pk}/", given).status_code == 422
    given["reason"] = "เป็นหมายเลขที่เจ้าตัวยินยอมให้เปิดเผย"
    assert site(Role.PRIVACY, f"gate/{check.pk}/", given).url == f"/{agency.code}/site/pages/{page.pk}/"
    assert site(Role.PRIVACY, f"gate/{check.pk}/", given).status_code == 409


def test_erasing_asks_first_and_tells_afterwards(page, publish, scope, site, file, attach):
    kept = file()
    attach(pages.write_release(scope(Role.PUBLISHER), page=page, version=0), kept)
    publish(page)
    shown = text(site(Role.PRIVACY, f"erase/{kept.pk}/"))
    assert "ไฟล์ที่เผยแพร่ ๑" in shown and page.path in shown
    assert site(Role.PRIVACY, f"erase/{kept.pk}/", {"reason": "ขอให้ลบ"}).status_code == 422
    assert site(Role.PRIVACY, f"erase/{kept.pk}/", {"reason": "ขอให้ลบ", "is_sure": "on"}).status_code == 302
    assert Erasure.objects.count() == 1
    after = text(site(Role.PRIVACY, f"erase/{kept.pk}/"))
    assert "ลบแล้วเมื่อ" in after and "ลบถาวร</button>" not in after
    assert site(Role.HEAD, f"pages/{page.pk}/files/{page.current.files.get().pk}/").status_code == 410
    assert "ลบแล้ว" in text(site(Role.HEAD, f"pages/{page.pk}/"))
