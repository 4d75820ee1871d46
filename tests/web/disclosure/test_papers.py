"""Papers of publication, printed from what is kept and read again: the request form, the year's monitoring report."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.documents.read import read_document
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.publication_report import Timing
from prongsai.reports.forms.publication_request import Decision
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Page, Release
from prongsai.web.disclosure.services import news, pages, postings
from tests.web import office

TODAY = timezone.localdate()
YEAR = fiscal_year_be(TODAY)


def url(agency, name: str, *args: object) -> str:
    return reverse(f"disclosure:{name}", args=[agency.code, *args])


@pytest.fixture
def printed(sign_in, agency, tmp_path):
    """Print a paper in a format and read it back: the record, and the codes of errors in it."""

    def read(kind: str, form: str, *args: object, query: str = ""):
        name = "request_paper" if kind == "publication-request" else "year_report"
        answer = sign_in(Role.PUBLISHER).get(url(agency, name, *args, form) + query)
        assert answer.status_code == 200
        path = tmp_path / f"paper.{form}"
        path.write_bytes(answer.content)
        record, problems = paper_kind(kind).recognise(read_document(path))
        return record, [one.code for one in problems if one.severity == "error"]

    return read


def name_of(agency, role: Role) -> str:
    return str(office.scope(agency, role).person)


# --- the request ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_request_names_who_asked_for_what_where_and_who_allowed_it_when(
    form, printed, page, publish, scope, agency, file
):
    publisher = scope(Role.PUBLISHER)
    unit = office.unit(agency, "สำนักปลัดเทศบาล")
    pages.change_page(publisher, page=page, version=None, publisher_unit=unit)
    draft = pages.write_release(publisher, page=page, version=None, received_on=TODAY - timedelta(days=2))
    pages.attach(publisher, release=draft, file=file(), title="บัญชีรายชื่อผู้บริหาร")
    publish(page, body="รายชื่อผู้บริหารพร้อมช่องทางติดต่อ")
    record, errors = printed("publication-request", form, page.pk)
    assert (record.topic, record.unit, record.publisher_unit) == (page.title, "กองคลัง", "สำนักปลัดเทศบาล")
    assert (record.asked_on, record.received_on) == (TODAY, TODAY - timedelta(days=2))
    assert record.details == ("รายชื่อผู้บริหารพร้อมช่องทางติดต่อ",)
    assert [one.title for one in record.documents] == ["บัญชีรายชื่อผู้บริหาร"]
    assert record.address.endswith(f"/{page.path}/")
    assert (record.requester.name, record.requester.position) == (name_of(agency, Role.PUBLISHER), "นักประชาสัมพันธ์")
    assert (record.decision, record.approver.name) == (Decision.ALLOWED, name_of(agency, Role.SECRETARY))
    assert (record.approver.on, record.published_on, errors) == (TODAY, TODAY, [])


def test_request_that_was_sent_back_tells_the_opinion(printed, page, ask, scope):
    asked = ask(page)
    pages.return_release(scope(Role.SECRETARY), release=asked, version=asked.version, note="เพิ่มหมายเลขโทรศัพท์")
    record, _errors = printed("publication-request", "docx", page.pk)
    assert (record.decision, record.opinion) == (Decision.RETURNED, "เพิ่มหมายเลขโทรศัพท์")
    assert record.published_on is None


def test_request_of_an_older_release_is_printed_too(printed, free_page, publish):
    first = publish(free_page, title="ภารกิจ ฉบับแรก")
    publish(free_page, title="ภารกิจ ฉบับใหม่")
    assert printed("publication-request", "docx", free_page.pk)[0].topic == "ภารกิจ ฉบับใหม่"
    assert printed("publication-request", "docx", free_page.pk, query=f"?release={first.pk}")[0].topic == "ภารกิจ ฉบับแรก"


def test_there_is_no_form_of_what_nobody_asked_for(sign_in, agency, free_page, publish, other_agency):
    client = sign_in(Role.PUBLISHER)
    assert client.get(url(agency, "request_paper", free_page.pk, "docx")).status_code == 404
    publish(free_page)
    assert client.get(url(agency, "request_paper", free_page.pk, "odt")).status_code == 404
    assert sign_in(Role.COUNCIL).get(url(agency, "request_paper", free_page.pk, "docx")).status_code == 404
    foreign = sign_in(Role.PUBLISHER, of=other_agency)
    assert foreign.get(url(other_agency, "request_paper", free_page.pk, "docx")).status_code == 404


# --- the year -------------------------------------------------------------------------------------------------------
@pytest.fixture
def year(scope, agency, page, free_page, publish, ask) -> None:
    """A year: an item published, a page withdrawn, news told late and posted, and one that waits."""
    publisher = scope(Role.PUBLISHER)
    publish(page)
    publish(free_page)
    pages.withdraw(scope(Role.SECRETARY), page=free_page, version=None, reason="ข้อมูลล้าสมัย")
    told = news.add_news(publisher, title="งานวันเด็ก", event_on=TODAY - timedelta(days=12), text="เด็ก 200 คน")
    publish(told)
    channel = agency.channels.get(name="Facebook")
    postings.add_posting(publisher, page=told, channel=channel, posted_on=TODAY, address="https://facebook.example/1")
    postings.add_posting(publisher, page=told, channel=agency.channels.get(name="X"))
    ask(pages.add_page(publisher, kind="free", title="อัตลักษณ์", path="identity"))


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.usefixtures("year")
def test_year_tells_every_publication_with_days_lateness_postings_and_withdrawal(form, printed, agency, page):
    record, errors = printed("publication-report", form, YEAR)
    rows = {one.topic: one for one in record.publications}
    assert list(rows) == [page.title, "ภารกิจ", "งานวันเด็ก", "อัตลักษณ์"]
    assert [(one.days, one.timing) for one in rows.values()] == [
        (0, rows[page.title].timing),
        (0, None),
        (0, Timing.LATE),
        (None, None),
    ]
    assert rows[page.title].timing is not None
    assert (rows["งานวันเด็ก"].channels, rows["ภารกิจ"].withdrawn_on) == (("Facebook",), TODAY)
    assert (record.published, record.posted, record.withdrawn) == (3, 1, 1)
    assert {one.asked_by for one in rows.values()} == {name_of(agency, Role.PUBLISHER)}
    assert (record.signer.name, errors) == (name_of(agency, Role.PUBLISHER), [])


@pytest.mark.usefixtures("year")
def test_another_year_has_none_of_it(printed):
    record, errors = printed("publication-report", "docx", YEAR - 3)
    assert (record.publications, errors) == ((), [])


def test_report_of_no_year_is_not_found(sign_in, agency):
    assert sign_in(Role.PUBLISHER).get(url(agency, "year_report", 9999, "pdf")).status_code == 404
    assert sign_in(Role.COUNCIL).get(url(agency, "year_report", YEAR, "pdf")).status_code == 404


def test_report_asks_the_same_few_questions(sign_in, agency, publish, scope, django_assert_num_queries):
    client = sign_in(Role.PUBLISHER)
    for count in (1, 3):
        while Page.objects.count() < count:
            made = pages.add_page(scope(Role.PUBLISHER), kind="free", title="หน้า", path=f"topic-{Page.objects.count()}")
            publish(made)
        assert Release.objects.count() == count
        with django_assert_num_queries(13):
            assert client.get(url(agency, "year_report", YEAR, "docx")).status_code == 200
