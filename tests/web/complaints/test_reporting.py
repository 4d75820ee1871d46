"""Reporting by the pages alone: what is asked, what is taken, what is refused, and the receipt."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from prongsai.privacy.seal.boxes import unseal_value
from prongsai.web.agencies.models import Agency, Person, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints import limits
from prongsai.web.complaints.contents import Accused, Identity, Mode, Told, identity_from, said_from
from prongsai.web.complaints.forms import reporting as forms
from prongsai.web.complaints.models import Category, Guideline, Message, Report, Way
from prongsai.web.complaints.queries import cases
from prongsai.web.complaints.queries.reporting import picks_of
from prongsai.web.complaints.services import receiving
from prongsai.web.ui.qr import svg_of
from tests.web import office
from tests.web.complaints import office_keys
from tests.web.complaints.reporter import WHAT, Reporter, address, browser, early, hidden, receipt_in

TODAY = date(2026, 3, 30)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    limits.forget()


@pytest.fixture
def reporter(agency: Agency, channel: object) -> Reporter:
    """Somebody at an open channel."""
    return Reporter(agency)


def told_to(agency: Agency, answer: object) -> Told:
    """Open what was reported, as its receipt does."""
    found = receiving.by_receipt(agency, receipt_in(answer))  # type: ignore[arg-type]
    assert found is not None
    return found.told


def who_reported(agency: Agency) -> Identity:
    """Open who reported, as a handler does."""
    report = Report.objects.get()
    keys = cases.keys_of(office_keys.key_of(agency, Role.LEGAL), report)
    assert keys is not None
    said = said_from(unseal_value(bytes(Message.objects.get(is_dialogue=False).sealed), [keys.case]))
    return identity_from(said.data)


def picture(**kwargs: object) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "JPEG", **kwargs)
    return content.getvalue()


# --- the first page -------------------------------------------------------------------------------------------------
def test_first_page_leads_to_every_way_and_to_other_places(reporter: Reporter) -> None:
    page = reporter.client.get(address(reporter.agency, "report_start")).content.decode()
    names = ("report_public", "report_staff", "report_follow", "report_guideline", "report_leave")
    assert [name for name in names if f'href="{address(reporter.agency, name)}"' not in page] == []
    assert [told for told in ("๑๒๐๕", "๑๒๐๖", "Tor", "ของที่ทำงาน", "เป็นเท็จ") if told not in page] == []
    assert re.findall(r'<a [^>]*href="https?://[^"]*"[^>]*>', page) == [
        '<a rel="noreferrer" href="https://www.nacc.go.th/">',
        '<a rel="noreferrer" href="https://www.pacc.go.th/">',
    ]


def test_channel_that_is_not_open_says_so_and_gives_other_places(agency: Agency) -> None:
    client = browser()
    page = client.get(address(agency, "report_start")).content.decode()
    assert ("ยังไม่เปิดรับเรื่อง" in page, "๑๒๐๕" in page, address(agency, "report_public") in page) == (True, True, False)
    for name in ("report_public", "report_staff"):
        answer = client.post(address(agency, name), {"what": WHAT})
        assert (answer.status_code, answer["Location"]) == (303, address(agency, "report_start"))


@pytest.mark.parametrize(
    "name",
    ["report_start", "report_public", "report_staff", "report_follow", "report_guideline"],
)
def test_pages_hold_nothing_of_others_and_no_script_or_style_of_their_own(name: str, reporter: Reporter) -> None:
    page = reporter.client.get(address(reporter.agency, name)).content.decode()
    loaded = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]*)"', page)
    assert loaded == [
        "/static/ui/icon.svg",
        "/static/ui/ui.css",
        "/static/complaints/report.css",
        "/static/complaints/report.js",
    ]
    assert re.findall(r'(?i)<style|style="|<script(?![^>]*src=)|\son\w+="|htmx|csrfmiddlewaretoken|<iframe', page) == []
    assert f'id="leave" rel="noreferrer" href="{address(reporter.agency, "report_leave")}"' in page
    assert "ทุจริต" not in re.search("<title>(.*?)</title>", page)[1]  # type: ignore[index]  # it stays in the history


def test_leaving_leads_to_a_neutral_page_at_once(reporter: Reporter) -> None:
    answer = reporter.client.get(address(reporter.agency, "report_leave"))
    assert (answer.status_code, answer["Location"], answer.content) == (303, "https://www.tmd.go.th/", b"")
    assert answer["Referrer-Policy"] == "no-referrer"


def test_pages_of_an_office_that_is_not_there(reporter: Reporter) -> None:
    assert reporter.client.get("/99999999/report/").status_code == 404


# --- what is asked --------------------------------------------------------------------------------------------------
def _categories(page: str) -> list[str]:
    return re.findall(r'name="category" value="(\w+)"', page)


def test_bribe_has_a_category_of_its_own_and_a_way_from_the_first_page(reporter: Reporter) -> None:
    page = reporter.client.post(address(reporter.agency), {"category": "bribe"}).content.decode()
    assert _categories(page)[0] == Category.BRIBE
    assert re.search(r'value="bribe"[^>]* checked', page)
    assert told_to(reporter.agency, reporter.send(category="bribe")).category == Category.BRIBE
    assert Report.objects.get().category == Category.BRIBE


def test_staff_list_begins_with_budget_that_favours_somebody(reporter: Reporter) -> None:
    pages = [
        reporter.client.get(address(reporter.agency, name)).content.decode()
        for name in ("report_staff", "report_public")
    ]
    assert [_categories(page)[0] for page in pages] == [Category.BUDGET, Category.BRIBE]
    assert {*_categories(pages[0])} == {*_categories(pages[1])} == {*Category} - {Category.EVALUATION}


def test_staff_page_does_not_know_who_is_signed_in(agency: Agency, channel: object, sign_in: object) -> None:
    client = sign_in(Role.CLERK)  # type: ignore[operator]
    page = client.get(address(agency, "report_staff")).content.decode()
    assert ("จันทร์" in page, "หน้านี้ก็ไม่รู้ว่าเป็นบัญชีใด" in page) == (False, True)
    reporter = Reporter(agency, client)
    answer = reporter.send("report_staff", category="budget")
    assert (answer.status_code, Report.objects.get().way) == (201, Way.STAFF)
    assert told_to(agency, answer).what == WHAT


def test_heads_and_units_can_be_chosen_and_nobody_else_is_named(agency: Agency) -> None:
    picks = picks_of(agency, TODAY)
    assert [one.label for one in picks.posts] == [
        *("นายกเทศมนตรี – นายสมหมาย ใจกว้าง", "ปลัดเทศบาล – นายวิเชียร รอบรู้", "สมาชิกสภาเทศบาล – นายสภา ใจธรรม"),
        *("หัวหน้าสำนักปลัดเทศบาล – นายมาลี ตั้งใจ", "ผู้อำนวยการกองคลัง – นายประสิทธิ์ มั่นคง"),
    ]
    assert [one.label for one in picks.units] == [name for name, _, _ in office.UNITS]


def test_chosen_head_is_told_with_post_person_and_unit(reporter: Reporter) -> None:
    head = Post.objects.get(agency=reporter.agency, title="ผู้อำนวยการกองคลัง")
    unit = office.unit(reporter.agency, "กองช่าง")
    answer = reporter.send(
        accused_1_position="",
        accused_1_pick=f"post:{head.pk}",
        accused_2_pick=f"unit:{unit.pk}",
        accused_2_name="ช่างดำ",
        accused_3_name="บริษัท ตัวอย่าง จำกัด",
    )
    person = Person.objects.get(agency=reporter.agency, given_name="ประสิทธิ์")
    assert told_to(reporter.agency, answer).accused == (
        Accused("นายประสิทธิ์ มั่นคง", "ผู้อำนวยการกองคลัง", "กองคลัง", person.pk, head.pk, head.unit_id),
        Accused("ช่างดำ", "", "กองช่าง", None, None, unit.pk),
        Accused("บริษัท ตัวอย่าง จำกัด"),
    )


def test_form_asks_the_database_little(reporter: Reporter, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(9):  # type: ignore[operator]
        reporter.client.get(address(reporter.agency))


# --- what is refused ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"mode": ""}, "mode"),
        ({"mode": "famous"}, "mode"),
        ({"category": ""}, "category"),
        ({"category": "evaluation"}, "category"),
        ({"what": "   "}, "what"),
        ({"what": "สั้น"}, "what"),
        ({"what": "ก" * 20_001}, "what"),
        ({"where": ""}, "where"),
        ({"when": ""}, "when"),
        ({"consent": ""}, "consent"),
        ({"accused_1_position": ""}, "accused_1_pick"),
        ({"accused_1_pick": "post:999999"}, "accused_1_pick"),
        ({"mode": "named"}, "name"),
        ({"mode": "confidential", "name": " "}, "name"),
    ],
)
def test_fault_is_told_at_its_field_and_on_top_and_nothing_is_lost(
    values: dict[str, str], field: str, reporter: Reporter
) -> None:
    answer = reporter.send(how="โทรมาสองครั้ง", **values)
    page = answer.content.decode()
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in page
    assert re.search(rf'<li><a href="#id_{field}(_0)?">', page)
    kept = {"how": "โทรมาสองครั้ง", "where": "เคาน์เตอร์กองช่าง", "what": WHAT}
    assert [text for name, text in kept.items() if name not in values and text not in page] == []


def test_faults_on_top_stand_as_the_page_asks(reporter: Reporter) -> None:
    answer = reporter.send(mode="named", category="", what="", consent="", accused_1_position="")
    assert re.findall(r'<li><a href="#id_(\w+)">', answer.content.decode()) == [
        *("name", "category_0", "accused_1_pick", "what", "consent")
    ]


def test_files_of_a_refused_form_are_kept_and_can_be_left_out(reporter: Reporter) -> None:
    files = [SimpleUploadedFile("ก.jpg", picture()), SimpleUploadedFile("ข.txt", b"two")]
    token = reporter.asked()
    page = reporter.send(token=token, what="", files=files).content.decode()
    names = re.findall(r'name="drop" value="(\w+)"', page)
    again = reporter.send(
        token=token, held=hidden(page, "held"), drop=names[0], files=SimpleUploadedFile("ค.txt", b"3")
    )
    assert [one.title for one in told_to(reporter.agency, again).files] == ["ข.txt", "ค.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.exe", b"MZ" + bytes(5000)),
        ("รูป.jpg.scr", b"hello"),
        ("ว่าง.pdf", b""),
        ("ใบเสร็จ.pdf", b"\x7fELF" + bytes(5000)),
    ],
)
def test_program_or_empty_file_is_refused_at_its_place(name: str, content: bytes, reporter: Reporter) -> None:
    answer = reporter.send(files=SimpleUploadedFile(name, content))
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert 'id="id_files_error"' in answer.content.decode()


def test_too_many_files_are_refused(reporter: Reporter) -> None:
    answer = reporter.send(files=[SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)])
    assert (answer.status_code, Report.objects.count()) == (422, 0)


def test_form_that_is_sent_at_once_or_was_never_given_out_is_refused(reporter: Reporter) -> None:
    fresh = hidden(reporter.client.get(address(reporter.agency)).content.decode(), "opened")
    for opened in (fresh, "form:1aaaaa:forged", ""):
        answer = reporter.send(opened=opened)
        assert (answer.status_code, WHAT in answer.content.decode()) == (422, True)
    assert Report.objects.count() == 0


@pytest.mark.parametrize("token", ["", "forged", "gAAAAA" + "A" * 200])
def test_form_with_a_token_of_somebody_else_gets_a_new_one(token: str, reporter: Reporter) -> None:
    page = reporter.send(token=token).content.decode()
    assert Report.objects.count() == 0
    assert reporter.send(token=hidden(page, "token"), opened=early()).status_code == 201


def test_get_sends_nothing(reporter: Reporter) -> None:
    answer = reporter.client.get(address(reporter.agency), reporter.filled())
    assert (answer.status_code, Report.objects.count(), WHAT in answer.content.decode()) == (200, 0, False)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(method: str, reporter: Reporter) -> None:
    assert getattr(reporter.client, method)(address(reporter.agency)).status_code == 405


# --- what is taken --------------------------------------------------------------------------------------------------
def test_everything_that_was_told_is_in_the_box(reporter: Reporter) -> None:
    texts = {"how": "โอนเงิน", "evidence": "สลิป", "witnesses": "ป้าแดง", "elsewhere": "อำเภอ"}
    told = told_to(reporter.agency, reporter.send(wants_result="on", **texts))
    assert {name: getattr(told, name) for name in texts} == texts
    assert (told.mode, told.where, told.wants_result, told.language) == (Mode.ANONYMOUS, "เคาน์เตอร์กองช่าง", True, "th")
    assert told.day == Report.objects.get().received_on.isoformat()


def test_who_does_not_want_to_be_known_is_not_and_is_told_so(reporter: Reporter) -> None:
    answer = reporter.send(name="นางสาวมะลิ", phone="0812345678")
    assert "ทิ้งชื่อและช่องทางติดต่อ" in answer.content.decode()
    assert who_reported(reporter.agency) == Identity()
    told = told_to(reporter.agency, answer)
    assert [text for text in ("มะลิ", "0812345678") if text in repr(told) + told.what] == []


@pytest.mark.parametrize("mode", [Mode.NAMED, Mode.CONFIDENTIAL])
def test_who_gives_a_name_has_it_sealed_apart_from_the_report(mode: Mode, reporter: Reporter) -> None:
    answer = reporter.send(mode=mode, name="นางสาวมะลิ", phone="0812345678")
    assert who_reported(reporter.agency) == Identity(name="นางสาวมะลิ", phone="0812345678")
    assert "มะลิ" not in str(told_to(reporter.agency, answer))
    assert "ทิ้งชื่อ" not in answer.content.decode()


def test_nobody_known_may_be_accused(reporter: Reporter) -> None:
    assert told_to(reporter.agency, reporter.send(accused_1_position="", is_unknown="on")).accused == ()


def test_same_form_twice_is_one_report_with_one_receipt(reporter: Reporter) -> None:
    token = reporter.asked()
    answers = [reporter.send(token=token), reporter.send(token=token)]
    assert [one.status_code for one in answers] == [201, 201]
    assert (receipt_in(answers[0]), Report.objects.count()) == (receipt_in(answers[1]), 1)


def test_markup_in_what_was_typed_stays_text(reporter: Reporter) -> None:
    page = reporter.send(what="<script>alert(1)</script>" + WHAT, where="").content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


# --- the receipt ----------------------------------------------------------------------------------------------------
def test_receipt_is_the_answer_and_stands_in_no_address(reporter: Reporter) -> None:
    answer = reporter.send()
    receipt, page = receipt_in(answer), answer.content.decode()
    assert (answer.status_code, answer.has_header("Location")) == (201, False)
    assert re.findall(r'<strong lang="th">(.*?)</strong>', page) == [*receipt.thai]
    addresses = "".join(re.findall(r'(?:href|action|src)="([^"]*)"', page))
    assert [word for word in (*receipt.thai, *receipt.latin) if word in addresses] == []
    assert re.search(r'<svg class="qr" viewBox="0 0 (\d+) \1"', page)


def test_picture_of_the_receipt_holds_its_words(reporter: Reporter) -> None:
    answer = reporter.send()
    words = " ".join(receipt_in(answer).latin)
    assert svg_of(words, "ใบรับเป็นคิวอาร์โค้ด") in answer.content.decode()
    assert svg_of(words, "x") != svg_of(words[::-1], "x")


def test_receipt_page_says_what_became_of_each_file(reporter: Reporter) -> None:
    exif = Image.Exif()
    exif[0x0110] = "กล้องของสมชาย"
    files = [
        SimpleUploadedFile("กล้อง.jpg", picture(exif=exif.tobytes())),
        SimpleUploadedFile("ภาพ.jpg", picture()),
        SimpleUploadedFile("บันทึก.txt", b"note"),
    ]
    page = reporter.send(files=files).content.decode()
    assert re.findall(r'<span>(\S+) <span class="soft nowrap">.*?data-tone="(\w+)"', page) == [
        *(("กล้อง.jpg", "green"), ("ภาพ.jpg", "green"), ("บันทึก.txt", "amber"))
    ]


@pytest.mark.parametrize("kind", ["thai", "latin"])
def test_two_words_confirm_the_receipt_and_lead_on(kind: str, reporter: Reporter) -> None:
    token = reporter.asked()
    receipt = receipt_in(reporter.send(token=token))
    words = getattr(receipt, kind)
    confirm = address(reporter.agency, "report_confirm")
    wrong = reporter.client.post(confirm, {"token": token, "third": words[2], "sixth": "ไม่ใช่"})
    assert (wrong.status_code, receipt_in(wrong), 'id="id_sixth_error"' in wrong.content.decode()) == (
        422,
        receipt,
        True,
    )
    right = reporter.client.post(confirm, {"token": token, "third": f" {words[2].upper()} ", "sixth": words[5]})
    assert (right.status_code, "เรื่องของท่าน" in right.content.decode()) == (200, True)


def test_receipt_is_not_shown_for_a_token_that_reported_nothing(reporter: Reporter) -> None:
    for token in (reporter.asked(), "forged", ""):
        answer = reporter.client.post(address(reporter.agency, "report_confirm"), {"token": token, "third": "x"})
        assert (answer.status_code, answer["Location"]) == (303, address(reporter.agency, "report_follow"))
    assert reporter.client.get(address(reporter.agency, "report_confirm")).status_code == 303


def test_token_of_a_form_tells_nothing_of_its_receipt(reporter: Reporter) -> None:
    token = reporter.asked()
    receipt = receiving.receipt_of(token)
    assert [word for word in (*receipt.thai, *receipt.latin, receipt.token) if word in token] == []
    assert "form" in forms.stamp()


# --- the guideline --------------------------------------------------------------------------------------------------
def test_guideline_that_holds_is_public_with_its_four_parts(reporter: Reporter) -> None:
    parts = {"how": "แจ้งที่หน้าเว็บ", "steps": "รับ ตรวจ สอบ แจ้ง", "unit": "นิติกร", "times": "๑๕ วัน"}
    Guideline.objects.create(agency=reporter.agency, edition=1, adopted_on=date(2025, 1, 1), **parts)
    Guideline.objects.create(agency=reporter.agency, edition=2, **{**parts, "how": "ร่าง"})
    Guideline.objects.create(agency=reporter.agency, edition=3, adopted_on=date(2999, 1, 1), **{**parts, "how": "ปีหน้า"})
    page = reporter.client.get(address(reporter.agency, "report_guideline")).content.decode()
    assert [text for text in parts.values() if text not in page] == []
    assert [text for text in ("ร่าง", "ปีหน้า") if text in page] == []


def test_office_without_a_guideline_says_how_it_goes(reporter: Reporter) -> None:
    page = reporter.client.get(address(reporter.agency, "report_guideline")).content.decode()
    assert "ยังไม่ได้ประกาศแนวปฏิบัติ" in page
