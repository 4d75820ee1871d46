"""Answering by the pages alone: what is taken, what is refused and kept on the page, and what nobody ever learns."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.contrib.sessions.models import Session
from django.core.signals import request_started
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from prongsai.privacy.seal.boxes import unseal_value
from prongsai.questionnaires.model import Kind
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.scope import system_scope
from prongsai.web.blind.middleware import HEADERS
from prongsai.web.blind.silence import Hushed
from prongsai.web.surveys import keys, limits
from prongsai.web.surveys.forms.asking import sections
from prongsai.web.surveys.models import Box, Code, Survey
from prongsai.web.surveys.services import running
from prongsai.web.surveys.tokens import new_code, shown_code
from tests.web.complaints.reporter import ADDRESS, AGENT, SESSION, browser
from tests.web.surveys import asked

WORDS = "เจ้าหน้าที่พูดจาดี แต่รอนานมาก"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()


@dataclass
class Respondent:
    """Answers by the pages alone, with a browser that shows everything a browser can show."""

    agency: Agency
    address: str
    client: Client = field(default_factory=browser)

    @property
    def url(self) -> str:
        return f"/{self.agency.code}/ask/{self.address}/"

    def ask(self) -> str:
        """Ask for the page."""
        return self.client.get(self.url).content.decode()

    def filled(self, **values: Any) -> dict[str, Any]:
        """Fill a form in: fours everywhere; a field that is None stays empty."""
        fields = {f"q-s{n}": "4" for n in range(1, asked.RATED + 1)} | values
        name = {} if "form" in values else {"form": form_of(self.ask())}
        return {each: value for each, value in (name | fields).items() if value is not None}

    def send(self, **values: Any) -> HttpResponse:
        """Answer."""
        return self.client.post(self.url, self.filled(**values))


def form_of(page: str) -> str:
    """Read the name of a form off its page."""
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found
    return found[1]


def fields_of(page: str) -> dict[str, list[str]]:
    """Give what the form of a page holds, as a browser would send it."""
    (form,) = lxml.html.fromstring(page).xpath("//form[@id='ask']")
    held: dict[str, list[str]] = {}
    for name, value in form.form_values():
        held.setdefault(name, []).append(value.removeprefix("\n"))  # of a text area browsers drop the first line's end
    return held


def opened(survey: Survey) -> list[dict[str, Any]]:
    """Open every box of a survey."""
    identity = keys.take(survey.recipient).identity
    return [unseal_value(box.sealed, [identity]) for box in Box.objects.filter(survey=survey)]


# --- what is taken --------------------------------------------------------------------------------------------------
def test_answer_by_an_open_link_is_sealed_with_its_group(agency: Agency) -> None:
    survey = asked.survey(agency)
    group = survey.groups.last()
    answer = Respondent(agency, survey.address).send(group=group.pk, **{"q-sex": "f", "q-said": WORDS})
    assert (answer.status_code, "ได้รับคำตอบแล้ว" in answer.content.decode()) == (200, True)
    assert Box.objects.get().group == group
    assert opened(survey) == [
        {"r": {f"s{n}": "4" for n in range(1, asked.RATED + 1)}, "a": {"sex": "f"}, "t": {"said": WORDS}}
    ]


def test_link_of_a_group_asks_for_no_group(agency: Agency) -> None:
    survey = asked.survey(agency)
    group = survey.groups.last()
    somebody = Respondent(agency, group.address.upper())
    page = somebody.ask()
    assert (group.name in page, 'name="group"' in page) == (True, False)
    assert somebody.send(group=survey.groups.first().pk).status_code == 200
    assert Box.objects.get().group == group


def test_same_form_is_stored_once_and_answered_alike(agency: Agency) -> None:
    survey = asked.survey(agency, groups=())
    somebody = Respondent(agency, survey.address)
    sent = somebody.filled()
    first, again = (somebody.client.post(somebody.url, sent) for _ in range(2))
    running.close_survey(system_scope(agency), survey=survey)
    late = somebody.client.post(somebody.url, sent)
    assert {(one.status_code, one.content) for one in (first, again)} == {(200, first.content)}
    assert (late.status_code, Box.objects.count()) == (200, 1)


def test_code_is_taken_as_people_type_it_and_brings_its_group(agency: Agency) -> None:
    survey = asked.survey(agency, has_link=False)
    group = survey.groups.last()
    (code, *_) = asked.codes(group, 5)
    thai = shown_code(code).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert Respondent(agency, survey.address).send(code=thai).status_code == 200
    assert (Box.objects.get().group, Code.objects.exclude(spent="").count()) == (group, 1)


def test_answer_to_what_is_not_asked_is_not_kept(agency: Agency) -> None:
    survey = asked.survey(agency, groups=())
    somebody = Respondent(agency, survey.address)
    assert somebody.send(**{"q-why": "slow"}).status_code == 200
    assert somebody.send(**{"q-s1": "1", "q-why": ["slow", "rude"]}).status_code == 200
    assert sorted(str(one["r"].get("why")) for one in opened(survey)) == ["None", "['slow', 'rude']"]


# --- what is refused ------------------------------------------------------------------------------------------------
def test_faults_are_named_with_links_and_everything_stays_filled_in(agency: Agency) -> None:
    survey = asked.survey(agency)
    somebody = Respondent(agency, survey.address)
    wrong = {"q-s2": None, "q-s3": "9", "q-s1": "1", "q-said": f"\n{WORDS}", "q-place-seat": "5"}
    answer = somebody.send(**wrong)
    page = answer.content.decode()
    tree = lxml.html.fromstring(page)
    links = [(one.get("href"), one.getparent().text_content().partition(": ")[2]) for one in tree.xpath("//li/a")]
    assert answer.status_code == 422
    assert links == [
        ("#group", "ยังไม่ได้เลือกข้อนี้"),
        ("#q-s2", "ยังไม่ได้ตอบข้อนี้"),
        ("#q-s3", "คำตอบนี้ไม่มีในตัวเลือก เลือกใหม่"),
        ("#q-why", "ยังไม่ได้ตอบข้อนี้"),
    ]
    assert [link for link, _ in links if not tree.xpath(f"//*[@id='{link[1:]}']")] == []
    assert tree.xpath("//*[@autofocus]/@id") == ["group"]
    held = fields_of(page)
    assert [held[name] for name in ("q-s1", "q-s4", "q-said", "q-place-seat")] == [["1"], ["4"], [f"\n{WORDS}"], ["5"]]
    assert not Box.objects.exists()
    mends = {"group": survey.groups.first().pk, "q-s2": "4", "q-s3": "4", "q-why": "slow"}
    mended = somebody.client.post(somebody.url, held | mends)
    assert (mended.status_code, Box.objects.count()) == (200, 1)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"q-said": "ก" * 2001}, "ยาวเกิน ๒,๐๐๐ ตัวอักษร"),
        ({"q-s1": ["1", "2"]}, "เลือกได้เพียงคำตอบเดียว"),
        ({"code": "1234"}, "รหัสไม่ถูกต้อง"),
        ({"form": ""}, "ส่งไม่ครบ"),
        ({"form": "../" * 9}, "ส่งไม่ครบ"),
    ],
)
def test_what_is_wrong_is_said(agency: Agency, values: dict[str, Any], said: str) -> None:
    answer = Respondent(agency, asked.survey(agency, groups=()).address).send(**values)
    page = answer.content.decode()
    assert (answer.status_code, said in page, Box.objects.exists()) == (422, True, False)
    assert re.fullmatch(r"[\w-]{22}", form_of(page))


def test_used_and_unknown_codes_are_told_at_the_code_and_answers_stay(agency: Agency) -> None:
    survey = asked.survey(agency, has_link=False)
    (code, *_) = asked.codes(survey.groups.first(), 5)
    somebody = Respondent(agency, survey.address)
    assert somebody.send(code=code).status_code == 200
    for typed, status, said in (
        (code, 409, "รหัสนี้ใช้ส่งคำตอบแล้ว"),
        (new_code(), 409, "ไม่มีรหัสนี้ในการสำรวจ"),
        (None, 422, "พิมพ์รหัส ๑๖ ตัว"),
    ):
        answer = somebody.send(code=typed, **{"q-said": WORDS})
        page = answer.content.decode()
        assert (answer.status_code, said in page, 'href="#code"' in page) == (status, True, True)
        assert (fields_of(page)["q-said"], fields_of(page)["q-s1"]) == ([WORDS], ["4"])
    assert Box.objects.count() == 1


def test_survey_that_closes_meanwhile_leaves_the_answers_on_the_page(agency: Agency) -> None:
    survey = asked.survey(agency, groups=())
    somebody = Respondent(agency, survey.address)
    sent = somebody.filled(**{"q-said": WORDS})
    running.close_survey(system_scope(agency), survey=survey)
    answer = somebody.client.post(somebody.url, sent)
    page = answer.content.decode()
    assert (answer.status_code, "ปิดรับคำตอบแล้ว" in page, "ส่งคำตอบ</button>" in page) == (409, True, False)
    assert fields_of(page)["q-said"] == [WORDS]
    assert "ปิดรับคำตอบแล้ว" in somebody.ask()


def test_group_that_is_full_is_told_at_the_group_or_on_its_own_link(agency: Agency) -> None:
    survey = asked.survey(agency, quota=1)
    group = survey.groups.first()
    general, own = Respondent(agency, survey.address), Respondent(agency, group.address)
    assert general.send(group=group.pk).status_code == 200
    for answer, link in ((general.send(group=group.pk), 'href="#group"'), (own.send(), 'id="refused" tabindex')):
        page = answer.content.decode()
        assert (answer.status_code, "กลุ่มนี้ได้คำตอบครบจำนวนแล้ว" in page, link in page) == (409, True, True)
    assert general.send(group=survey.groups.last().pk).status_code == 200


def test_survey_in_preparation_or_over_asks_nothing(agency: Agency) -> None:
    survey = asked.survey(agency, groups=())
    Survey.objects.filter(pk=survey.pk).update(closes_at=timezone.now() - timedelta(minutes=1), version=99)
    over = Respondent(agency, survey.address)
    assert ("ปิดรับคำตอบแล้ว" in over.ask(), over.send(form="x" * 22).status_code) == (True, 409)
    Survey.objects.filter(pk=survey.pk).update(state="draft", version=100)
    assert ("ยังไม่เปิดรับคำตอบ" in over.ask(), over.send(form="x" * 22).status_code) == (True, 409)


def test_practice_survey_takes_nothing_while_the_official_one_runs(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = asked.survey(agency, groups=(), kind=Kind.PRACTICE_EIT)
    monkeypatch.setattr("prongsai.web.surveys.queries.asked.may_take", lambda *_: False)
    somebody = Respondent(agency, survey.address)
    assert ("ปิดรับคำตอบแล้ว" in somebody.ask(), somebody.send(form="x" * 22).status_code) == (True, 409)


def test_address_that_is_not_there_or_of_another_agency_has_a_plain_page(agency: Agency, other_agency: Agency) -> None:
    survey = asked.survey(agency)
    for somebody in (Respondent(agency, "none"), Respondent(other_agency, survey.address)):
        answer = somebody.client.get(somebody.url)
        page = answer.content.decode()
        assert (answer.status_code, "ไม่พบแบบสำรวจนี้" in page, 'class="ask"' in page) == (404, True, True)


# --- how often ------------------------------------------------------------------------------------------------------
def test_answers_of_one_address_by_an_open_link_are_limited_and_those_with_codes_are_not(
    agency: Agency, settings: Any
) -> None:
    settings.ANSWERS_PER_HOUR = 1
    survey = asked.survey(agency)
    group = survey.groups.first()
    (code, *_) = asked.codes(group, 5)
    somebody = Respondent(agency, group.address)
    assert [somebody.send().status_code for _ in range(2)] == [200, 429]
    page = somebody.send(**{"q-said": WORDS}).content.decode()
    assert (WORDS in page, "รอสักครู่แล้วกดส่งอีกครั้ง" in page, "ส่งคำตอบ</button>" in page) == (True, True, True)
    assert somebody.send(code=code).status_code == 200
    assert Respondent(agency, group.address, Client(REMOTE_ADDR="203.0.113.99")).send().status_code == 200


def test_many_wrong_codes_shut_their_address_out(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WRONG_CODES_EACH", 2)
    survey = asked.survey(agency, has_link=False)
    (code, *_) = asked.codes(survey.groups.first(), 5)
    somebody = Respondent(agency, survey.address)
    assert [somebody.send(code=one).status_code for one in (new_code(), new_code(), code)] == [409, 409, 429]
    elsewhere = Respondent(agency, survey.address, Client(REMOTE_ADDR="203.0.113.99"))
    assert elsewhere.send(code=code).status_code == 200
    assert [mark for mark in (*limits._wrong_codes._counts,) if ADDRESS in mark or len(mark) != 64] == []


# --- what nobody learns ---------------------------------------------------------------------------------------------
def test_answering_leaves_no_cookie_session_journal_line_or_log_line(
    agency: Agency, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = asked.survey(agency, groups=())
    somebody = Respondent(agency, survey.address)
    before = (Session.objects.count(), AuditEntry.objects.count())
    page = somebody.client.get(somebody.url)
    answers = [somebody.send(), somebody.send(**{"q-s1": None}), page]
    assert [one.status_code for one in answers] == [200, 422, 200]
    for one in answers:
        assert {name: one[name] for name in HEADERS} == HEADERS
        assert (one.has_header("Set-Cookie"), dict(one.cookies), one.has_header("Vary")) == (False, {}, False)
    assert (Session.objects.count(), AuditEntry.objects.count()) == before
    written = [one for one in caplog.records if Hushed().filter(one)]
    assert ("".join(capsys.readouterr()), written) == ("", [])


def test_view_gets_the_request_without_who_asks(agency: Agency) -> None:
    seen: list[dict[str, object]] = []

    def note(environ: dict[str, object], **_: object) -> None:
        seen.append(environ)

    survey = asked.survey(agency, groups=())
    request_started.connect(note)
    try:
        Respondent(agency, survey.address).send()
    finally:
        request_started.disconnect(note)
    values = " ".join(str(value) for environ in seen for value in environ.values())
    assert seen
    assert [one for one in (ADDRESS, "198.51.100.9", AGENT, SESSION) if one in values] == []


def test_fault_of_ours_tells_type_and_place_and_nothing_that_was_sent(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(WORDS)

    monkeypatch.setattr("prongsai.web.surveys.views.answering.store", broken)
    answer = Respondent(agency, asked.survey(agency, groups=()).address).send(**{"q-said": WORDS})
    assert (answer.status_code, WORDS in answer.content.decode(), WORDS in caplog.text) == (500, False, False)
    assert "surveys: ValueError" in caplog.text


def test_form_of_another_site_is_refused(agency: Agency) -> None:
    survey = asked.survey(agency, groups=())
    sent = Respondent(agency, survey.address).filled()
    foreign = Respondent(agency, survey.address, browser(**{"Sec-Fetch-Site": "cross-site"}))
    assert (foreign.client.post(foreign.url, sent).status_code, Box.objects.exists()) == (403, False)


# --- the page -------------------------------------------------------------------------------------------------------
def test_page_can_be_answered_in_english(agency: Agency) -> None:
    survey = asked.survey(agency, groups=())
    page = Respondent(agency, survey.address).ask()
    english = browser().get(f"/{agency.code}/ask/{survey.address}/en/")
    assert f'href="/{agency.code}/ask/{survey.address}/en/" lang="en"' in page
    assert ('<html lang="en">' in english.content.decode(), "Question 7" in english.content.decode()) == (True, True)
    assert dict(english.cookies) == {}


def test_nothing_is_filled_in_and_two_people_get_two_forms(agency: Agency) -> None:
    survey = asked.survey(agency)
    pages = [Respondent(agency, survey.address).ask() for _ in range(2)]
    assert {name: value for name, value in fields_of(pages[0]).items() if name != "form"} == {
        "code": [""],
        "q-said": [""],
    }
    assert form_of(pages[0]) != form_of(pages[1])
    assert pages[0].replace(form_of(pages[0]), form_of(pages[1])) == pages[1]


def test_packed_page_is_the_same_and_small(agency: Agency) -> None:
    survey = asked.survey(agency)
    plain = Respondent(agency, survey.address).ask()
    client = browser(**{"Accept-Encoding": "gzip, deflate, br"})
    answer = client.get(f"/{agency.code}/ask/{survey.address}/")
    page = gzip.decompress(answer.content).decode()
    assert (answer["Content-Encoding"], page.replace(form_of(page), form_of(plain))) == ("gzip", plain)
    assert len(answer.content) < 6_000


def test_change_of_a_survey_is_seen_at_once(agency: Agency) -> None:
    survey = asked.survey(agency)
    assert survey.title in Respondent(agency, survey.address).ask()
    Survey.objects.filter(pk=survey.pk).update(title="ชื่อใหม่ของการสำรวจ", version=survey.version + 1)
    assert "ชื่อใหม่ของการสำรวจ" in Respondent(agency, survey.address).ask()


def test_page_costs_one_query_and_an_answer_five(
    agency: Agency, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = asked.survey(agency, groups=())
    somebody = Respondent(agency, survey.address)
    somebody.send()
    with django_assert_num_queries(1):
        somebody.ask()
    sent = somebody.filled()
    with django_assert_num_queries(5):  # is it still the same; a point to go back to, twice; is it open; the box
        somebody.client.post(somebody.url, sent)
    calls: list[str] = []
    monkeypatch.setattr("prongsai.web.surveys.views.pressed.render_to_string", lambda name, _: calls.append(name))
    assert somebody.send().status_code == 200
    assert calls == []


def test_condition_is_said_and_told_to_scripts() -> None:
    questions = {one.number: one for part in sections(asked.text(), "th") for one in part.questions}
    why = questions[asked.RATED + 1]
    assert (why.only_if, why.if_field, why.if_values) == (
        "ตอบเฉพาะเมื่อข้อ ๑ ตอบ “น้อยที่สุด” หรือ “น้อย”",
        "q-s1",
        "1 2",
    )
    assert (why.layout, questions[1].layout, questions[1].beside) == ("list", "row", 5)


def test_words_are_shown_as_words(agency: Agency) -> None:
    survey = asked.survey(agency, groups=())
    script = "</textarea><script>alert(1)</script>"
    page = Respondent(agency, survey.address).send(code="x", **{"q-said": script}).content.decode()
    assert (script in page, html.escape(script) in page) == (False, True)
