import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Post, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services
from prongsai.web.cycles.models import ElementState, ItemState
from prongsai.web.cycles.queries.items import Filters, guide_to, item_page, item_rows, narrowed
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.evidence.services import add_evidence, keep_file, withdraw
from prongsai.web.evidence.store import path_of
from tests.web.cycles import years

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(system):
    return years.opened(system, 2567)


@pytest.fixture
def item(cycle):
    """An item that belongs to the division of finance."""
    return years.own(cycle, "O2", Unit.objects.get(name="กองคลัง", agency=cycle.agency))


def elements(item):
    return list(ElementState.objects.filter(item=item).select_related("item__cycle"))


def test_elements_are_ticked_one_by_one_and_the_row_counts_them(system, cycle, item):
    first, second, *_ = elements(item)
    services.judge(system, element=first, verdict="pass")
    services.judge(system, element=second, verdict="fail", reason="ขาดเบอร์โทรศัพท์")
    row = next(each for each in item_rows(cycle, system.today) if each.code == "O2")
    assert (row.passed, row.failed, row.unclear, row.is_ready, row.work) == (1, 1, 0, False, "in_progress")
    assert row.risks == ("ยังขาดองค์ประกอบ",)


def test_a_judgement_keeps_who_when_and_why(scope, item):
    head = scope(Role.HEAD)
    element = services.judge(head, element=elements(item)[0], verdict="cannot_tell", reason=" ไม่แน่ใจว่านับรองนายกด้วยไหม ")
    assert (element.judged_by, element.reason) == (head.user, "ไม่แน่ใจว่านับรองนายกด้วยไหม")
    assert element.judged_at is not None


@pytest.mark.parametrize("verdict", ["fail", "cannot_tell"])
def test_what_does_not_pass_needs_its_reason(system, item, verdict):
    with pytest.raises(ValidationError):
        services.judge(system, element=elements(item)[0], verdict=verdict, reason="  ")


def test_a_judgement_of_an_old_version_is_refused(system, item):
    element = elements(item)[0]
    services.judge(system, element=element, verdict="pass", version=1)
    with pytest.raises(Stale):
        services.judge(system, element=elements(item)[0], verdict="fail", reason="x", version=1)


def test_a_post_of_another_unit_is_refused(system, item):
    with pytest.raises(ValidationError):
        services.change_item(system, item=item, post=Post.objects.get(title="นายช่างโยธา"))


def test_filters_narrow_the_list(system, scope, cycle, item):
    services.judge(system, element=elements(item)[0], verdict="fail", reason="ขาด")
    other = cycle.items.get(code="O9")
    other.due_on, other.last_score = system.today - timedelta(days=1), 0
    other.save()
    rows = item_rows(cycle, system.today)

    def codes(who=system, **filters):
        return [row.code for row in narrowed(rows, Filters(**filters), who)]

    assert len(codes()) == 35
    assert codes(at_risk=True) == ["O2", "O9"]
    assert codes(unit=item.unit_id) == codes(scope(Role.HEAD), mine=True) == ["O2"]
    assert codes(work="in_progress") == ["O2"]
    assert len(codes(unit=0)) == 34
    assert sorted({row.top for row in narrowed(rows, Filters(indicator="10"), system)}) == ["10"]
    assert next(row for row in rows if row.code == "O9").risks == ("เลยกำหนด", "ปีก่อนไม่ได้คะแนนเต็ม")


def test_list_page_filters_by_address(system, sign_in, agency, cycle, item):
    client = sign_in(Role.HEAD)
    address = f"/{agency.code}/cycles/ita-2567/items/"
    assert len(client.get(address).context["page"].object_list) == 35
    assert [row.code for row in client.get(address + "?mine=on").context["page"]] == ["O2"]
    assert "ไม่มีข้อที่ตรงกับตัวกรอง" in client.get(address + "?work=submitted").content.decode()


def test_list_asks_as_often_for_many_items_as_for_one(sign_in, agency, cycle, django_assert_num_queries):
    client, address = sign_in(Role.OFFICER), f"/{agency.code}/cycles/ita-2567/items/"
    with django_assert_num_queries(13):
        client.get(address)
    cycle.items.exclude(code__in=("O1", "O2", "O3")).delete()
    with django_assert_num_queries(13):
        client.get(address)
    cycle.items.exclude(code="O1").delete()
    with django_assert_num_queries(13):
        client.get(address)


def test_item_page_asks_as_often_with_much_evidence_as_with_little(
    system, sign_in, agency, item, django_assert_num_queries
):
    client, address = sign_in(Role.OFFICER), f"/{agency.code}/cycles/ita-2567/items/{item.key}/"
    client.get(address)

    def add(count):
        for n in range(count):
            proof = add_evidence(system, title=f"หลักฐาน {n}", address=f"https://example.go.th/{count}/{n}")
            services.attach(system, element=elements(item)[n % 2], evidence=proof)

    add(1)
    with django_assert_num_queries(19):
        client.get(address)
    add(12)
    with django_assert_num_queries(19):
        client.get(address)


def test_guide_tells_year_period_rule_and_how_sure(cycle):
    guide = guide_to(cycle, cycle.items.get(code="O1").key)
    assert guide.known
    assert guide.years == "ไม่กำหนดปี (ข้อมูลที่เป็นปัจจุบัน)"
    assert guide.rule == "ต้องครบทุกองค์ประกอบจึงได้คะแนน ขาดข้อเดียวได้ ๐"
    assert guide.mark == "(ยังไม่ยืนยัน) · แน่ใจมาก"


def test_guide_says_where_nothing_is_known(system):
    cycle = years.opened(system, 2569)
    unknown = [i for i in cycle.items.all() if not guide_to(cycle, i.key).known]
    assert unknown
    assert all([e.key for e in i.elements.all()] == ["disclosed"] for i in unknown)


def test_item_page_says_where_nothing_is_known(system, sign_in, agency):
    cycle = years.opened(system, 2569)
    item = next(i for i in cycle.items.all() if not guide_to(cycle, i.key).known)
    page = sign_in(Role.OFFICER).get(f"/{agency.code}/cycles/ita-2569/items/{item.key}/").content.decode()
    assert "ยังไม่มีใครเห็นองค์ประกอบของข้อนี้ในคู่มือ" in page


def test_a_units_people_change_their_own_items_only(sign_in, agency, cycle, item):
    mine = f"/{agency.code}/cycles/ita-2567/items/{item.key}/"
    theirs = f"/{agency.code}/cycles/ita-2567/items/{cycle.items.get(code='O9').key}/"
    element = elements(item)[0]
    other = elements(cycle.items.get(code="O9"))[0]
    head = sign_in(Role.HEAD)
    assert [head.get(f"{base}edit/").status_code for base in (mine, theirs)] == [200, 404]
    assert head.get(theirs).status_code == 200
    values = {"verdict": "pass", "version": 1}
    assert head.post(f"{mine}elements/{element.pk}/", values).status_code == 302
    assert head.post(f"{theirs}elements/{other.pk}/", values).status_code == 404
    assert head.post(f"{mine}elements/{other.pk}/", values).status_code == 404
    assert head.get(f"{theirs}elements/{other.pk}/evidence/").status_code == 404
    assert sign_in(Role.AUDITOR).post(f"{mine}elements/{element.pk}/", values).status_code == 404


def test_who_does_not_run_the_cycle_changes_neither_owner_nor_due_date(sign_in, agency, item):
    address = f"/{agency.code}/cycles/ita-2567/items/{item.key}/edit/"
    stranger = Unit.objects.get(name="กองช่าง", agency=agency)
    values = {"work": "ready", "note": "ส่งแล้ว", "unit": stranger.pk, "due_on": "1/1/2569", "version": item.version}
    assert sign_in(Role.HEAD).post(address, values).status_code == 302
    item.refresh_from_db()
    assert (item.work, item.note, str(item.unit), item.due_on) == ("ready", "ส่งแล้ว", "กองคลัง", None)


def test_coordinator_gives_an_item_to_unit_and_post_with_a_due_date(sign_in, agency, item):
    address = f"/{agency.code}/cycles/ita-2567/items/{item.key}/edit/"
    post = Post.objects.get(title="ผู้อำนวยการกองคลัง", agency=agency)
    values = {"work": "in_progress", "unit": post.unit_id, "post": post.pk, "due_on": "๑๕ มี.ค. ๒๕๖๗", "version": 1}
    assert sign_in(Role.COORDINATOR).post(address, values).status_code == 302
    item.refresh_from_db()
    assert (item.post, item.due_on.isoformat()) == (post, "2024-03-15")


def test_edit_that_comes_too_late_keeps_what_was_typed_and_shows_what_is_there(sign_in, agency, system, item):
    services.change_item(system, item=item, note="ของคนแรก")
    address = f"/{agency.code}/cycles/ita-2567/items/{item.key}/edit/"
    values = {"work": "ready", "note": "ของคนที่สอง", "version": 1}
    late = sign_in(Role.HEAD).post(address, values)
    page = late.content.decode()
    assert late.status_code == 409
    assert "ของคนแรก" in page and "ของคนที่สอง" in page
    assert late.context["form"]["version"].value() == "2"
    again = sign_in(Role.HEAD).post(address, values | {"version": 2})
    assert again.status_code == 302


def test_judging_without_script_comes_back_to_the_element(sign_in, agency, item):
    element = elements(item)[0]
    address = f"/{agency.code}/cycles/ita-2567/items/{item.key}/"
    client = sign_in(Role.HEAD)
    answer = client.post(f"{address}elements/{element.pk}/", {"verdict": "pass", "version": 1})
    assert answer["Location"] == f"{address}#element-{element.pk}"
    late = client.post(f"{address}elements/{element.pk}/", {"verdict": "fail", "reason": "ไม่มีรูป", "version": 1})
    assert late.status_code == 409
    assert "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว" in late.content.decode() and 'value="ไม่มีรูป"' in late.content.decode()
    bare = client.post(f"{address}elements/{element.pk}/", {"verdict": "fail", "version": 2})
    assert bare.status_code == 422


def test_htmx_gets_the_row_back(sign_in, agency, item):
    element = elements(item)[0]
    address = f"/{agency.code}/cycles/ita-2567/items/{item.key}/elements/{element.pk}/"
    client = sign_in(Role.HEAD, htmx=True)
    done = client.post(address, {"verdict": "pass", "version": 1})
    assert done.status_code == 200
    assert done.content.decode().split("{# ")[0].strip().startswith(f'<li id="element-{element.pk}"')
    assert "<html" not in done.content.decode()
    assert client.post(address, {"verdict": "fail", "version": 2}).status_code == 422
    assert client.get(address).status_code == 405


def test_evidence_is_attached_as_address_file_and_again(sign_in, agency, item):
    element = elements(item)[0]
    address = f"/{agency.code}/cycles/ita-2567/items/{item.key}/elements/{element.pk}/evidence/"
    client = sign_in(Role.HEAD)
    assert client.post(address, {"address": "https://example.go.th/ita", "page": "เมนู ITA"}).status_code == 302
    upload = SimpleUploadedFile("ผังโครงสร้าง.txt", "สำนักปลัด กองคลัง กองช่าง".encode())
    assert client.post(address, {"file": upload, "title": "ผังโครงสร้าง"}).status_code == 302
    assert [proof.evidence.title for proof in element.proofs.all()] == ["https://example.go.th/ita", "ผังโครงสร้าง"]
    second = elements(item)[1]
    other = address.replace(f"/{element.pk}/", f"/{second.pk}/")
    kept = Evidence.objects.get(title="ผังโครงสร้าง")
    assert client.post(other, {"existing": kept.pk}).status_code == 302
    assert client.post(other, {"existing": kept.pk}).status_code == 302
    assert second.proofs.count() == 1
    assert client.post(other, {"detach": second.proofs.get().pk}).status_code == 302
    assert (second.proofs.count(), Evidence.objects.count(), File.objects.count()) == (0, 2, 1)
    assert client.post(other, {}).status_code == 422


def test_evidence_of_another_agency_is_refused(system, other_agency, sign_in, agency, item):
    from prongsai.web.agencies.scope import system_scope

    theirs = add_evidence(system_scope(other_agency), title="ของเขา", address="https://example.go.th/x")
    element = elements(item)[0]
    address = f"/{agency.code}/cycles/ita-2567/items/{item.key}/elements/{element.pk}/evidence/"
    assert sign_in(Role.HEAD).post(address, {"existing": theirs.pk}).status_code == 422
    with pytest.raises(ValidationError):
        services.attach(system, element=element, evidence=theirs)


def test_gather_sends_files_once_with_a_list_of_everything(system, sign_in, agency, item):
    file = keep_file(system, name="ผัง.txt", content="สำนักปลัด".encode())
    paper = add_evidence(system, title="ผังโครงสร้าง", file=file, content_year_be=2567, document_date=system.today)
    page = add_evidence(system, title="หน้าเว็บ", address="https://example.go.th/o2")
    old = add_evidence(system, title="ฉบับเก่า", file=keep_file(system, name="เก่า.txt", content="เก่า".encode()))
    first, second, *_ = elements(item)
    for element, proof in ((first, paper), (second, paper), (first, page), (second, old)):
        services.attach(system, element=element, evidence=proof)
    withdraw(system, evidence=old, version=old.version)
    answer = sign_in(Role.AUDITOR).get(f"/{agency.code}/cycles/ita-2567/items/{item.key}/gather/")
    assert answer["Content-Disposition"] == 'attachment; filename="ita-2567-O2.zip"'
    assert answer.streaming
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert archive.namelist() == ["01 O2 ผัง.txt", "รายการหลักฐาน.txt"]
    assert archive.read("01 O2 ผัง.txt").decode() == "สำนักปลัด"
    told = archive.read("รายการหลักฐาน.txt").decode("utf-8-sig")
    for words in (file.sha256, "https://example.go.th/o2", "ปีงบประมาณของเนื้อหา: 2567", "ฉบับเก่า (ยกเลิกแล้ว)"):
        assert words in told


def test_gather_goes_on_past_a_damaged_file_and_says_so(system, sign_in, agency, item):
    element = elements(item)[0]
    files = [keep_file(system, name=f"{name}.txt", content=name.encode()) for name in ("หนึ่ง", "สอง", "สาม")]
    for file in files:
        services.attach(system, element=element, evidence=add_evidence(system, title=file.name, file=file))
    path_of(agency.code, files[0].sha256).write_bytes("ถูกแก้".encode())
    path_of(agency.code, files[1].sha256).unlink()
    answer = sign_in(Role.AUDITOR).get(f"/{agency.code}/cycles/ita-2567/items/{item.key}/gather/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    notes = ["01 O2 หนึ่ง.txt.หาย.txt", "02 O2 สอง.txt.หาย.txt"]
    assert archive.namelist() == [*notes, "03 O2 สาม.txt", "รายการหลักฐาน.txt"]
    for name, file in zip(notes, files, strict=False):
        note = archive.read(name).decode("utf-8-sig")
        assert f"ไฟล์ {file.name} ที่เก็บไว้สูญหายหรือเสียหาย" in note and file.sha256 in note
    told = archive.read("รายการหลักฐาน.txt").decode("utf-8-sig").splitlines()
    assert told[-3:] == ["ไฟล์ที่สูญหายหรือเสียหาย จึงไม่อยู่ในชุดนี้", "- 01 O2 หนึ่ง.txt", "- 02 O2 สอง.txt"]


def test_gather_of_an_item_without_evidence_still_has_the_list(sign_in, agency, item):
    answer = sign_in(Role.OFFICER).get(f"/{agency.code}/cycles/ita-2567/items/{item.key}/gather/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.namelist() == ["รายการหลักฐาน.txt"]


def test_the_same_code_means_other_things_in_other_years(system):
    titles = {year: ItemState.objects.get(cycle=years.opened(system, year), code="O8").title for year in (2563, 2568)}
    assert len(set(titles.values())) == 2


def test_neighbours_lead_through_the_items(cycle):
    page = item_page(cycle.items.select_related("cycle").get(code="O2"), date(2026, 3, 31))
    assert (page.before.code, page.after.code) == ("O1", "O3")
