"""News: told after its event, how late, made of the register's entries, reported every month."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from prongsai.documents.read import read_document
from prongsai.registers.model import Ref
from prongsai.reports.catalogue import paper_kind
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Channel, Page, PageState, Release, ReleaseFile, Site
from prongsai.web.disclosure.queries import news as queries
from prongsai.web.disclosure.queries.addresses import folder_of
from prongsai.web.disclosure.services import building, news, pages, postings
from prongsai.web.registers.models import Entry, EntryFile
from prongsai.web.registers.services import add_entry
from tests.web import office

TODAY = timezone.localdate()
YEAR = fiscal_year_be(TODAY)


def picture(colour: str = "green") -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def url(agency, name: str, *args: object) -> str:
    return reverse(f"disclosure:{name}", args=[agency.code, *args])


@pytest.fixture
def add(scope):
    """A draft of news: ``add(days=3)`` days ago."""

    def make(days: int = 3, title: str = "ประชุมประชาคมหมู่ที่ 3", **more) -> Page:
        event = TODAY - timedelta(days=days)
        return news.add_news(scope(Role.PUBLISHER), title=title, event_on=event, text="ประชาชนร่วมประชุม 42 คน", **more)

    return make


@pytest.fixture
def approve(scope):
    """Ask for a draft, and approve it."""

    def make(page: Page) -> Release:
        by = scope(Role.PUBLISHER)
        draft = pages.making_of(page)
        asked = pages.request_release(by, release=draft, version=draft.version)
        made = pages.approve(scope(Role.SECRETARY), release=asked, version=asked.version)
        page.refresh_from_db()
        return made

    return make


@pytest.fixture
def entry(scope, agency):
    """An entry of the register of news, as a unit enters it."""

    def make(days: int = 2, **more) -> Entry:
        unit = office.unit(agency, "กองช่าง")
        values = {
            "topic": "ซ่อมถนนสายบ้านสวนพลู",
            "event_on": TODAY - timedelta(days=days),
            "unit": Ref(unit.pk, unit.name),
        }
        return add_entry(scope(Role.PUBLISHER), register="news", values={**values, "summary": "แล้วเสร็จ", **more})

    return make


# --- days -----------------------------------------------------------------------------------------------------------
def line(scope, page: Page) -> queries.Line:
    found = queries.pages_of(scope, page.year_be).filter(pk=page.pk)
    return queries.lines_of(scope, found, queries.limit_of(scope))[0]


def test_days_late_are_counted_from_the_event(add, approve, scope):
    in_time, late, waiting = add(7), add(12, "งานวันเด็ก"), add(9, "ปลูกป่า")
    approve(in_time), approve(late)
    found = [line(scope(Role.PUBLISHER), page) for page in (in_time, late, waiting)]
    assert [(one.days, one.late) for one in found] == [(7, 0), (12, 5), (9, 2)]
    assert [one.published_on for one in found] == [TODAY, TODAY, None]


def test_limit_is_what_the_office_keeps_in_its_own_register_file(scope, settings):
    publisher = scope(Role.PUBLISHER)
    assert queries.limit_of(publisher) == 7
    shipped = files("prongsai.registers").joinpath("library/news.yaml").read_text(encoding="utf-8")
    settings.REGISTERS_FOLDER.mkdir()
    own = shipped.replace("clock: {days: 7,", "clock: {days: 3,").replace("id: news\n", "id: news\nsince: 2569\n", 1)
    (settings.REGISTERS_FOLDER / "news-2569.yaml").write_text(own, encoding="utf-8")
    assert (queries.limit_of(publisher, 2568), queries.limit_of(publisher, 2569)) == (7, 3)


def test_news_before_its_event_is_refused(scope):
    with pytest.raises(ValidationError) as refused:
        news.add_news(scope(Role.PUBLISHER), title="งานพรุ่งนี้", event_on=TODAY + timedelta(days=1), text="จะจัดงาน")
    assert list(refused.value.message_dict) == ["event_on"]
    assert Page.objects.filter(kind="news").count() == 0


def test_event_of_published_news_cannot_move_past_its_publication(add, approve, scope):
    page = add(1)
    approve(page)
    with pytest.raises(ValidationError):
        pages.change_page(scope(Role.PUBLISHER), page=page, version=None, event_on=TODAY + timedelta(days=2))
    page.refresh_from_db()
    assert page.event_on == TODAY - timedelta(days=1)


def test_draft_whose_event_was_moved_ahead_is_not_published(add, approve, scope):
    page = add(1)
    pages.change_page(scope(Role.PUBLISHER), page=page, version=None, event_on=TODAY + timedelta(days=2))
    with pytest.raises(ValidationError):
        approve(page)
    page.refresh_from_db()
    assert page.state == PageState.DRAFT


# --- writing --------------------------------------------------------------------------------------------------------
def test_news_has_an_address_of_its_day_and_pictures_that_say_what_they_show(add, scope, file):
    shown = news.Picture(file("งาน.jpg", picture()), "ประชาชนนั่งประชุมในศาลา")
    first, second = add(3, pictures=[shown]), add(3)
    day = TODAY - timedelta(days=3)
    year = fiscal_year_be(day)
    assert (first.path, second.path) == (f"news/{year}/{day}-1", f"news/{year}/{day}-2")
    (held,) = pages.making_of(first).files.all()
    assert (held.role, held.text) == ("picture", "ประชาชนนั่งประชุมในศาลา")
    assert pages.making_of(first).body[-1] == {
        "kind": "picture",
        "lines": ["ประชาชนนั่งประชุมในศาลา"],
        "address": held.name,
    }


def test_first_news_gives_the_office_its_channels(add, agency):
    add()
    names = list(Channel.objects.filter(agency=agency).values_list("name", flat=True))
    assert names == ["Facebook", "LINE OA", "บอร์ดประชาสัมพันธ์", "เสียงตามสาย", "Instagram", "X"]


def test_news_is_added_by_its_form(sign_in, agency):
    client = sign_in(Role.PUBLISHER)
    sent = {
        "title": "งานวันเด็ก",
        "event_on": f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}",
        "text": "เด็ก 200 คนร่วมงาน",
        "picture_1": SimpleUploadedFile("งาน.jpg", picture(), "image/jpeg"),
        "shows_1": "เด็กเล่นเกม",
    }
    answer = client.post(url(agency, "news_add"), sent)
    page = Page.objects.get(kind="news")
    assert (answer.status_code, answer.url) == (302, url(agency, "page", page.pk))
    assert (page.title, page.event_on, page.state) == ("งานวันเด็ก", TODAY, "draft")


def test_picture_without_words_and_event_ahead_are_refused_with_what_was_typed(sign_in, agency):
    ahead = TODAY + timedelta(days=3)
    sent = {
        "title": "งานวันเด็ก",
        "event_on": f"{ahead.day}/{ahead.month}/{ahead.year + 543}",
        "text": "เด็ก 200 คนร่วมงาน",
    }
    client = sign_in(Role.PUBLISHER)
    answer = client.post(url(agency, "news_add"), sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["event_on"]
    assert 'value="งานวันเด็ก"' in answer.content.decode()
    sent |= {"event_on": "1/1/2569", "picture_1": SimpleUploadedFile("งาน.jpg", picture(), "image/jpeg")}
    assert list(client.post(url(agency, "news_add"), sent).context["form"].errors) == ["shows_1"]


# --- the register ---------------------------------------------------------------------------------------------------
def test_page_made_of_an_entry_types_nothing_twice(entry, scope, sign_in, agency):
    made = entry()
    client = sign_in(Role.PUBLISHER)
    answer = client.post(url(agency, "news_add"), {"entry": made.pk})
    page = Page.objects.get(entry=made)
    draft = pages.making_of(page)
    assert answer.url == url(agency, "page", page.pk)
    assert (page.title, page.event_on, page.unit.name) == (made.title, made.dated_on, "กองช่าง")
    assert draft.body == [{"kind": "paragraph", "lines": ["แล้วเสร็จ"]}]
    with pytest.raises(ValidationError):
        news.from_entry(scope(Role.PUBLISHER), entry=made)


def test_guarded_photo_of_an_entry_stays_guarded_and_is_public_only_when_approved(
    entry, approve, scope, sign_in, agency, file
):
    made, photo = entry(), file("งาน.jpg", picture(), is_guarded=True)
    EntryFile.objects.create(entry=made, field="photo", file=photo)
    assert sign_in(Role.PUBLISHER).post(url(agency, "news_add"), {"entry": made.pk}).status_code == 302
    page = Page.objects.get(entry=made)
    (held,) = pages.making_of(page).files.all()
    photo.refresh_from_db()
    assert (held.file, photo.is_guarded) == (photo, True)
    opened = [reverse("evidence:download", args=[agency.code, photo.pk]), url(agency, "file", page.pk, held.pk)]
    told = {role: [sign_in(role).get(one).status_code for one in opened] for role in (Role.CLERK, Role.PUBLISHER)}
    assert told == {Role.CLERK: [404, 404], Role.PUBLISHER: [404, 200]}
    building.build(agency)
    shown = folder_of(agency) / page.path / "files" / held.name
    assert not shown.exists()
    approve(page)
    building.build(agency)
    photo.refresh_from_db()
    assert (shown.read_bytes(), photo.is_guarded) == (picture(), True)
    assert sign_in(Role.CLERK).get(opened[1]).status_code == 200


def test_pictures_of_a_draft_are_guarded(sign_in, agency):
    sent = {"title": "งานวันเด็ก", "event_on": "1/1/2569", "text": "เด็กร่วมงาน", "shows_1": "เด็กยืนหน้าเวที"}
    sent["picture_1"] = SimpleUploadedFile("งาน.jpg", picture("red"), "image/jpeg")
    assert sign_in(Role.PUBLISHER).post(url(agency, "news_add"), sent).status_code == 302
    assert [one.file.is_guarded for one in ReleaseFile.objects.all()] == [True]


def test_published_news_fills_the_day_and_address_of_its_entry(entry, approve, scope, sign_in, agency):
    made = entry()
    page = news.from_entry(scope(Role.PUBLISHER), entry=made)
    approve(page)
    Site.objects.create(agency=agency, address="https://www.bansuanplu.example")
    channel = Channel.objects.get(agency=agency, name="Facebook")
    postings.add_posting(
        scope(Role.PUBLISHER), page=page, channel=channel, posted_on=TODAY, address="https://facebook.example/1"
    )
    client = sign_in(Role.PUBLISHER)
    assert client.get(url(agency, "news")).context["untold"] == 1
    assert client.post(url(agency, "news")).status_code == 302
    made.refresh_from_db()
    values = queries.values_of(made)
    assert (values["posted_on"], values["channels"]) == (TODAY, ("website", "facebook"))
    assert values["link"] == f"https://www.bansuanplu.example/{page.path}/"
    assert client.get(url(agency, "news")).context["untold"] == 0
    assert news.tell_register(scope(Role.PUBLISHER), page=Page.objects.get(pk=page.pk)) is None


@pytest.mark.parametrize(("role", "is_told"), [(Role.SECRETARY, True), (Role.MAYOR, False)])
def test_approval_fills_the_register_or_says_that_it_could_not(entry, scope, sign_in, agency, role, is_told):
    made = entry()
    Site.objects.create(agency=agency, address="https://www.bansuanplu.example")
    page = news.from_entry(scope(Role.PUBLISHER), entry=made)
    draft = pages.making_of(page)
    asked = pages.request_release(scope(Role.PUBLISHER), release=draft, version=draft.version)
    client = sign_in(role)
    seen = client.get(url(agency, "page", page.pk)).context["seen"]
    answer = client.post(url(agency, "decide", page.pk), {"version": asked.version, "seen": seen}, follow=True)
    page.refresh_from_db()
    made.refresh_from_db()
    told = [str(one) for one in answer.context["messages"] if "ทะเบียนข่าว" in str(one)]
    assert (page.state, bool(made.done_on), told == []) == ("public", is_told, is_told)


# --- the list -------------------------------------------------------------------------------------------------------
def test_list_asks_the_same_few_questions(sign_in, agency, add, entry, django_assert_num_queries):
    client = sign_in(Role.PUBLISHER)
    add(), entry()
    with django_assert_num_queries(17):
        assert len(client.get(url(agency, "news")).context["lines"]) == 1
    add(4, "ข่าวสอง"), add(5, "ข่าวสาม"), entry(3, topic="อื่น")
    with django_assert_num_queries(17):
        assert len(client.get(url(agency, "news")).context["lines"]) == 3


def test_rights(sign_in, agency, other_agency, entry):
    assert sign_in(Role.HEAD).get(url(agency, "news")).status_code == 200
    assert sign_in(Role.HEAD).get(url(agency, "news_add")).status_code == 404
    assert sign_in(Role.HEAD).post(url(agency, "news")).status_code == 404
    assert sign_in(Role.COUNCIL).get(url(agency, "news")).status_code == 404
    assert sign_in(Role.PUBLISHER, of=other_agency).get(url(agency, "news")).status_code == 404
    foreign = sign_in(Role.PUBLISHER, of=other_agency).post(url(other_agency, "news_add"), {"entry": entry().pk})
    assert foreign.status_code == 404


# --- the month ------------------------------------------------------------------------------------------------------
def test_month_is_a_report_to_the_executives(sign_in, agency, add, approve, entry, tmp_path):
    first = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=20)  # of last month
    page = add((TODAY - first).days, "ประชุมประชาคม")
    approve(page)
    entry((TODAY - first).days - 1)
    number = first.year * 100 + first.month
    client = sign_in(Role.PUBLISHER)
    for form in ("docx", "pdf"):
        answer = client.get(url(agency, "news_report", number, form))
        assert answer.status_code == 200
        path = tmp_path / f"ข่าว.{form}"
        path.write_bytes(answer.content)
        record, problems = paper_kind("news-report").recognise(read_document(path))
        assert (record.month, record.limit, [one.topic for one in record.news]) == (
            date(first.year, first.month, 1),
            7,
            ["ประชุมประชาคม", "ซ่อมถนนสายบ้านสวนพลู"],
        )
        assert [one.published_on for one in record.news] == [TODAY, None]
        assert record.signer.name == str(office.scope(agency, Role.PUBLISHER).person)
        assert [one.code for one in problems if one.severity == "error"] == []
    assert client.get(url(agency, "news_report", 202613, "pdf")).status_code == 404
    assert client.get(url(agency, "news_report", number, "txt")).status_code == 404
