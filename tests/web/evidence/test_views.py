import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.evidence import services, store
from prongsai.web.evidence.models import Evidence
from prongsai.web.plans.models import Measure
from tests.web import office
from tests.web.evidence import files

pytestmark = pytest.mark.django_db

READERS = [Role.MAYOR, Role.AUDITOR, Role.OFFICER, Role.COORDINATOR]
LIST_QUERIES = 11


def url(name, *args):
    return reverse(f"evidence:{name}", args=[office.CODE, *args])


@pytest.fixture
def coordinator(scope):
    return scope(Role.COORDINATOR)


@pytest.fixture
def pdf(coordinator):
    return services.keep_file(coordinator, name="รายงาน ๖ เดือน.pdf", content=files.PDF)


@pytest.fixture
def record(coordinator, pdf, agency):
    return services.add_evidence(coordinator, title="รายงาน", file=pdf, unit=office.unit(agency, "กองคลัง"))


def link(scope, **values):
    return services.add_evidence(scope, **{"title": "ประกาศ", "address": "https://example.go.th/page"} | values)


def titles(answer):
    return [row.title for row in answer.context["page"].object_list]


def cycle_of(agency):
    return Cycle.objects.create(
        agency=agency,
        framework_id="ita-2569",
        framework_kind="ita",
        framework_sha256="0",
        fiscal_year_be=2569,
        measures_year_be=2569,
    )


# --- the file itself


def test_file_is_served_as_an_attachment_that_runs_nothing(sign_in, pdf):
    answer = sign_in(Role.OFFICER).get(url("download", pdf.pk))
    assert b"".join(answer.streaming_content) == files.PDF
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B8%87%E0%B8%B2%E0%B8%99%20%E0%B9%96%20"
        "%E0%B9%80%E0%B8%94%E0%B8%B7%E0%B8%AD%E0%B8%99.pdf"
    )
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert answer["ETag"] == f'"{pdf.sha256}"'


def test_file_that_the_browser_has_is_not_sent_again(sign_in, pdf):
    answer = sign_in(Role.OFFICER).get(url("download", pdf.pk), headers={"If-None-Match": f'"{pdf.sha256}"'})
    assert (answer.status_code, answer.content) == (304, b"")


def test_damaged_file_is_not_served(sign_in, pdf):
    path = store.path_of(office.CODE, pdf.sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-other")
    assert sign_in(Role.OFFICER).get(url("download", pdf.pk)).status_code == 410


@pytest.mark.parametrize("role", READERS)
def test_who_sees_work_sees_evidence(sign_in, record, role):
    client = sign_in(role)
    for page in (url("list"), url("evidence", record.pk), url("download", record.file.pk)):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.ADMIN])
def test_who_does_not_see_work_sees_none(sign_in, record, role):
    client = sign_in(role)
    for page in (
        url("list"),
        url("evidence", record.pk),
        url("download", record.file.pk),
        url("preview", record.file.pk),
    ):
        assert client.get(page).status_code == 404


def test_other_agencies_evidence_is_not_there(sign_in, other_agency, coordinator, record):
    theirs = office.scope(other_agency, Role.COORDINATOR)
    file = services.keep_file(theirs, name="ข.pdf", content=files.PDF)
    evidence = services.add_evidence(theirs, title="ของเขา", file=file)
    client = sign_in(Role.COORDINATOR)
    for name in ("evidence", "edit", "revise", "withdraw"):
        assert client.get(url(name, evidence.pk)).status_code == 404
    for name in ("download", "preview"):
        assert client.get(url(name, file.pk)).status_code == 404
    assert client.get(url("preview_page", file.pk, 1)).status_code == 404
    assert titles(client.get(url("list"))) == ["รายงาน"]


# --- previews


def test_pdf_is_shown_as_pictures_of_its_pages(sign_in, pdf):
    client = sign_in(Role.OFFICER)
    shown = client.get(url("preview", pdf.pk), {"page": 2})
    assert (shown.context["page"].number, shown.context["page"].paginator.count) == (2, 5)
    picture = client.get(url("preview_page", pdf.pk, 2))
    assert picture["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert picture["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(url("preview_page", pdf.pk, 99)).status_code == 422


def test_pictures_are_drawn_anew(sign_in, coordinator):
    content = files.picture("JPEG", (3000, 100)) + b"<script>alert(1)</script>"
    file = services.keep_file(coordinator, name="ก.jpg", content=content)
    picture = sign_in(Role.OFFICER).get(url("preview_page", file.pk, 1))
    assert picture.content.startswith(b"\x89PNG") and b"script" not in picture.content


@pytest.mark.parametrize(
    ("name", "content"),
    [("ใหญ่.png", files.huge_png()), ("เสีย.pdf", b"%PDF-1.7 broken"), ("เสีย.png", files.picture()[:60])],
)
def test_what_cannot_be_drawn_says_so_and_can_be_fetched(sign_in, coordinator, name, content):
    file = services.keep_file(coordinator, name=name, content=content)
    client = sign_in(Role.OFFICER)
    assert client.get(url("preview_page", file.pk, 1)).status_code == 422
    assert client.get(url("preview", file.pk)).status_code == 200
    assert client.get(url("download", file.pk)).status_code == 200


def test_broken_pdf_offers_the_file_instead(sign_in, coordinator):
    file = services.keep_file(coordinator, name="เสีย.pdf", content=b"%PDF-1.7 broken")
    answer = sign_in(Role.OFFICER).get(url("preview", file.pk))
    assert answer.context["refusal"].mend_th == "ดาวน์โหลดไฟล์ไปเปิดในเครื่องแทน"
    assert url("download", file.pk) in answer.content.decode()


def test_documents_are_shown_as_words_and_tables_of_our_own(sign_in, coordinator):
    file = services.keep_file(coordinator, name="ก.docx", content=files.DOCX)
    page = sign_in(Role.OFFICER).get(url("preview", file.pk))
    words = page.context["words"]
    assert words.parts[0].text == "บันทึกข้อความ" and any(part.rows for part in words.parts)


def test_markup_in_a_document_is_shown_not_obeyed(sign_in, coordinator):
    text = "ข้อความ\n" * 600 + "<b onclick=alert(1)>ตัวหนา</b>"
    file = services.keep_file(coordinator, name="ก.txt", content=("<b onclick=alert(1)>x</b>\n" + text).encode())
    page = sign_in(Role.OFFICER).get(url("preview", file.pk))
    assert "<b onclick" not in page.content.decode() and page.context["words"].is_cut


def test_types_that_cannot_be_shown_say_so(sign_in, coordinator):
    file = services.keep_file(coordinator, name="เดิม.doc", content=files.ole("WordDocument"))
    answer = sign_in(Role.OFFICER).get(url("preview", file.pk))
    assert "ยังแสดงตัวอย่างของไฟล์ชนิดนี้ไม่ได้ (Word 97-2003)" in answer.content.decode()
    assert sign_in(Role.OFFICER).get(url("preview_page", file.pk, 1)).status_code == 422


# --- the list


def test_list_is_searched_and_filtered(sign_in, coordinator, record, agency):
    link(coordinator, title="ประกาศเจตนารมณ์", content_year_be=2569)
    link(coordinator, title="เว็บ", address="https://example.go.th/procurement")
    client = sign_in(Role.OFFICER)

    def found(**query):
        return titles(client.get(url("list"), query))

    assert found() == ["เว็บ", "ประกาศเจตนารมณ์", "รายงาน"]
    assert found(q="เจตนา") == ["ประกาศเจตนารมณ์"]
    assert found(q="๖ เดือน") == ["รายงาน"]
    assert found(q="procurement") == ["เว็บ"]
    assert found(q=str(record.pk)) == ["รายงาน"]
    assert found(year=2569) == ["ประกาศเจตนารมณ์"]
    assert found(kind="pdf") == ["รายงาน"]
    assert found(kind="address") == ["เว็บ", "ประกาศเจตนารมณ์"]
    assert found(unit=record.unit_id) == ["รายงาน"]
    assert found(q="ไม่มีคำนี้") == []


def test_old_and_withdrawn_are_listed_only_when_asked_for(sign_in, coordinator):
    old = link(coordinator, title="เดิม")
    services.revise(coordinator, evidence=old, version=1, address="https://example.go.th/2", title="ใหม่")
    gone = link(coordinator, title="ยกเลิก")
    services.withdraw(coordinator, evidence=gone, version=1)
    client = sign_in(Role.OFFICER)
    assert titles(client.get(url("list"))) == ["ใหม่"]
    assert titles(client.get(url("list"), {"old": "on"})) == ["ยกเลิก", "ใหม่", "เดิม"]


def test_list_counts_uses_and_finds_the_unused(sign_in, coordinator, record, agency):
    free = link(coordinator, title="ว่าง")
    measure = Measure.objects.create(cycle=cycle_of(agency), title="มาตรการ")
    measure.evidence.add(record)
    duty = Duty.objects.create(agency=agency, fiscal_year_be=2569, title="ติดตาม", rhythm="monthly")
    day = "2026-01-31"
    occurrence = Occurrence.objects.create(duty=duty, label="มกราคม", starts_on="2026-01-01", ends_on=day, due_on=day)
    occurrence.evidence.add(record)
    client = sign_in(Role.OFFICER)
    counts = {row.title: row.use_count for row in client.get(url("list")).context["page"].object_list}
    assert counts == {"ว่าง": 0, "รายงาน": 2}
    assert titles(client.get(url("list"), {"unused": "on"})) == [free.title]
    uses = client.get(url("evidence", record.pk)).context["uses"]
    assert uses.count == 2 and {(use.kind_th, use.text) for use in uses.shown} == {
        ("งวด", "ติดตาม มกราคม"),
        ("มาตรการ", "มาตรการ"),
    }


@pytest.mark.parametrize("count", [1, 3, 3000])
def test_list_asks_the_database_the_same_number_of_times(
    sign_in, agency, coordinator, count, django_assert_num_queries
):
    file = services.keep_file(coordinator, name="ก.pdf", content=files.PDF)
    unit = office.unit(agency, "กองช่าง")
    rows = (Evidence(agency=agency, title=f"ที่ {n}", file=file, unit=unit, content_year_be=2569) for n in range(count))
    Evidence.objects.bulk_create(rows)
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get(url("list"))
    assert len(titles(answer)) == min(count, 50)


# --- the forms


def test_adding_a_file_by_the_form(sign_in, agency):
    unit = office.unit(agency, "กองช่าง")
    given = {
        "file": SimpleUploadedFile("คำสั่ง.pdf", files.PDF),
        "content_year_be": "๒๕๖๙",
        "document_date": "๓๐ มี.ค. ๒๕๖๙",
        "received_on": "1/4/2569",
        "unit": unit.pk,
    }
    answer = sign_in(Role.OFFICER).post(url("add"), given)
    made = Evidence.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("evidence", made.pk))
    assert (made.title, made.content_year_be, f"{made.document_date} {made.received_on}") == (
        "คำสั่ง",
        2569,
        "2026-03-30 2026-04-01",
    )


def test_unit_of_the_officer_is_chosen_beforehand(sign_in, agency):
    form = sign_in(Role.OFFICER).get(url("add")).context["form"]
    assert form["unit"].value() == office.unit(agency, "กองช่าง").pk


def test_refused_file_shows_the_reason_and_keeps_what_was_typed(sign_in):
    given = {"file": SimpleUploadedFile("ก.pdf", b"<html>"), "title": "ชื่อที่พิมพ์"}
    answer = sign_in(Role.OFFICER).post(url("add"), given)
    assert answer.status_code == 422
    assert answer.context["form"]["title"].value() == "ชื่อที่พิมพ์"
    assert "เป็นหน้าเว็บ (HTML, XML) หรือ SVG" in answer.context["form"].errors["file"][0]


@pytest.mark.parametrize("role", [Role.MAYOR, Role.AUDITOR, Role.COUNCIL, Role.ADMIN])
def test_who_does_no_work_adds_nothing(sign_in, record, role):
    client = sign_in(role)
    for page in (url("add"), url("edit", record.pk), url("revise", record.pk), url("withdraw", record.pk)):
        assert client.get(page).status_code == client.post(page).status_code == 404


def test_evidence_of_another_unit_is_read_not_changed(sign_in, record):
    client = sign_in(Role.OFFICER)
    assert client.get(url("evidence", record.pk)).context["may_change"] is False
    for name in ("edit", "revise", "withdraw"):
        assert client.post(url(name, record.pk)).status_code == 404
    assert sign_in(Role.HEAD).get(url("edit", record.pk)).status_code == 200


def test_who_added_it_may_change_it(sign_in, scope):
    own = link(scope(Role.OFFICER))
    assert sign_in(Role.OFFICER).get(url("edit", own.pk)).status_code == 200


def test_editing_never_touches_the_file(sign_in, record):
    given = {"title": "ชื่อใหม่", "version": 1, "address": "https://example.go.th/x"}
    answer = sign_in(Role.HEAD).post(url("edit", record.pk), given)
    now = Evidence.objects.get(pk=record.pk)
    assert (answer.status_code, now.title, now.file_id, now.address) == (302, "ชื่อใหม่", record.file_id, "")


def test_second_of_two_editors_is_told_and_loses_nothing(sign_in, coordinator, record):
    services.edit_evidence(coordinator, evidence=record, version=1, title="ของผู้ประสานงาน")
    answer = sign_in(Role.HEAD).post(url("edit", record.pk), {"title": "ของหัวหน้า", "version": 1})
    assert answer.status_code == 409
    assert answer.context["form"]["title"].value() == "ของหัวหน้า"
    assert "ของผู้ประสานงาน" in answer.content.decode()
    again = sign_in(Role.HEAD).post(
        url("edit", record.pk), {"title": "ของหัวหน้า", "version": answer.context["form"]["version"].value()}
    )
    assert (again.status_code, Evidence.objects.get(pk=record.pk).title) == (302, "ของหัวหน้า")


def test_revising_by_the_form_and_the_notice_on_the_old_one(sign_in, record):
    client = sign_in(Role.HEAD)
    given = {"file": SimpleUploadedFile("ใหม่.docx", files.DOCX), "title": "รายงาน (แก้ไข)", "version": 1}
    answer = client.post(url("revise", record.pk), given)
    new = Evidence.objects.get(revision_of=record)
    assert answer["Location"] == url("evidence", new.pk)
    old = client.get(url("evidence", record.pk))
    assert old.context["newest"] == new and "มีฉบับใหม่กว่า" in old.content.decode()
    assert client.get(url("download", record.file.pk)).status_code == 200


def test_second_of_two_revisers_is_shown_the_first_ones(sign_in, coordinator, record):
    new = services.revise(coordinator, evidence=record, version=1, address="https://example.go.th/2")
    answer = sign_in(Role.HEAD).post(
        url("revise", record.pk), {"address": "https://example.go.th/3", "title": "ก", "version": 1}
    )
    assert answer.status_code == 409 and url("evidence", new.pk) in answer.content.decode()


def test_withdrawing_asks_first_and_can_be_undone(sign_in, record):
    client = sign_in(Role.HEAD)
    assert client.get(url("withdraw", record.pk)).status_code == 200
    assert Evidence.objects.get(pk=record.pk).withdrawn_at is None
    client.post(url("withdraw", record.pk), {"version": 1})
    assert Evidence.objects.get(pk=record.pk).withdrawn_at is not None
    client.post(url("withdraw", record.pk), {"version": 2})
    assert Evidence.objects.get(pk=record.pk).withdrawn_at is None


@pytest.mark.parametrize("name", ["list", "evidence", "download", "preview"])
def test_reading_pages_are_only_read(sign_in, record, name):
    page = url(name) if name == "list" else url(name, record.file.pk if name in ("download", "preview") else record.pk)
    assert sign_in(Role.COORDINATOR).post(page).status_code == 405
