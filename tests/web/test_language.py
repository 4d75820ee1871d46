"""English is complete: every message has it, its compiled form is current, and pages asked in English show no Thai."""

import re

import lxml.html
import polib
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from docs import messages

from prongsai.web.agencies import accounts
from prongsai.web.agencies.models import Membership, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import AppealRound
from prongsai.web.cycles.queries import framework_of
from prongsai.web.plans.queries.measures import issue_choices
from prongsai.web.plans.services.reports import make_report
from tests.web import objects, office

THAI = re.compile(r"[ก-๙]")
BOOK = polib.pofile(str(messages.ENGLISH), encoding="utf-8")
FOUND = messages.found()
PAGES = (
    ("home",),
    ("cycles:items", "cycle"),
    ("plans:measures", "cycle"),
    ("plans:my_tasks",),
    ("plans:calendar",),
    ("evidence:list",),
    ("evidence:add",),
    ("surveys",),
    ("survey_add",),
    ("survey", "pk"),
    ("survey_codes", "pk"),
    ("survey_results", "pk"),
    ("questionnaires",),
    ("official_counts",),
)
# Chrome: what surrounds the data of a page.
CHROME = "//title | //h1 | //nav//a | //summary | //label | //button[not(@lang)] | //*[contains(@class, 'button')] | //th[@scope='col'] | //caption | //@aria-label"


def chrome(client: Client, route: str, made: dict, *names: str) -> list[str]:
    address = reverse(route, kwargs={"agency": made["agency"].code} | objects.arguments(route, set(names), made))
    answer = client.get(address)
    assert answer.status_code == 200
    page = lxml.html.fromstring(answer.content.decode())
    assert page.get("lang") == "en"
    texts = [found if isinstance(found, str) else found.text_content() for found in page.xpath(CHROME)]
    return [" ".join(text.split()) for text in texts]


# --- the book


def test_every_message_has_english_with_the_same_placeholders_and_the_compiled_file_is_current():
    assert messages.faults() == []


@pytest.mark.parametrize(
    ("thai", "many"),
    [
        ("ข้ามไปเนื้อหา", ""),  # a template's tag
        ("แสดง %(n)s จาก %(all)s ข้อ · องค์ประกอบครบแล้ว %(ready)s ข้อ", ""),  # a template's block
        ("หลักฐาน", ""),  # a module
        (" น.", ""),  # inside an f-string
        ("วันสุดท้าย: {name}", ""),  # gettext under another name
        ("เลยมา {n} วัน", "เลยมา {n} วัน"),  # by number
    ],
)
def test_collector_finds_messages_of_every_form(thai, many):
    assert FOUND[thai].many == many


def test_placeholders_are_compared_as_a_set_with_repeats():
    assert messages.places("%(a)s {n} %s 5%% {n}") == ["%%", "%(a)s", "%s", "{n}", "{n}"]


def test_no_english_is_kept_for_messages_that_are_gone():
    assert {entry.msgid for entry in BOOK} == set(FOUND)
    assert [entry.msgid for entry in BOOK if entry.obsolete or entry.fuzzy] == []


def test_english_is_what_the_compiled_file_gives():
    with translation.override("en"):
        wrong = [
            entry.msgid for entry in BOOK if not entry.msgid_plural and translation.gettext(entry.msgid) != entry.msgstr
        ]
        assert wrong == []
        assert [translation.ngettext("เลยมา {n} วัน", "เลยมา {n} วัน", n) for n in (1, 2)] == [
            "{n} day late",
            "{n} days late",
        ]


def test_thai_stays_the_language_of_the_source():
    with translation.override("th"):
        assert translation.gettext("หลักฐาน") == "หลักฐาน"


# --- pages


@pytest.mark.django_db
def test_language_is_chosen_on_the_page_and_kept(agency, sign_in):
    client = sign_in(Role.COORDINATOR)
    home = reverse("home", args=[agency.code])
    assert client.get(home).wsgi_request.LANGUAGE_CODE == "th"
    assert client.post(reverse("set_language"), {"language": "en", "next": home})["Location"] == home
    assert client.get(home)["Content-Language"] == "en"
    client.post(reverse("set_language"), {"language": "th", "next": home})
    assert client.get(home)["Content-Language"] == "th"


def chosen(client: Client, page: HttpResponse) -> HttpResponse:
    """Press the button of the language on a page."""
    form = lxml.html.fromstring(page.content.decode()).xpath(f"//form[@action='{reverse('set_language')}']")[0]
    return client.post(form.get("action"), {"language": "en", "next": form.xpath("input[@name='next']/@value")[0]})


@pytest.mark.django_db
def test_language_chosen_after_a_refused_form_leads_to_a_page_that_opens(agency, sign_in, system):
    made = objects.build(agency)
    client, code = sign_in(Role.COORDINATOR), agency.code
    shown = client.get(reverse("plans:measures", args=[code, "ita-2569"]) + "?page=1")
    assert chosen(client, shown)["Location"] == reverse("plans:measures", args=[code, "ita-2569"]) + "?page=1"
    refused = client.post(reverse("plans:measure_evidence", args=[code, made["measure"].pk]))
    assert refused.status_code == 422
    answer = chosen(client, refused)
    assert answer["Location"] == reverse("home", args=[code])
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.django_db
def test_language_chosen_at_the_door_keeps_the_invitation(agency, scope):
    guest = Person.objects.create(agency=agency, given_name="ปราณี", family_name="สดใส")
    path = accounts.invite(
        scope(Role.ADMIN), person=guest, link=lambda token: reverse("invitation", args=[token])
    ).address
    client = Client()
    for page in (client.get(path), client.post(path, {"username": "มี วรรค"})):
        assert chosen(client, page)["Location"] == path
    assert client.get(path)["Content-Language"] == "en"


@pytest.mark.django_db
def test_page_that_is_shown_once_offers_nothing_that_loses_it(agency, sign_in):
    guest = Person.objects.create(agency=agency, given_name="ปราณี", family_name="สดใส")
    client, switch = sign_in(Role.ADMIN), f'action="{reverse("set_language")}"'
    form = reverse("agencies:invite", args=[agency.code])
    invited = client.post(form, {"person": guest.pk})
    member = Membership.objects.exclude(user=office.user(agency, Role.ADMIN)).first()
    helped = client.post(reverse("agencies:account_help", args=[agency.code, member.pk]), {"what": "password"})
    assert [page.status_code for page in (invited, helped)] == [201, 201]
    assert [switch in page.content.decode() for page in (client.get(form), invited, helped)] == [True, False, False]


@pytest.mark.django_db
def test_english_pages_have_no_thai_around_their_data(agency, sign_in):
    made = objects.build(agency) | {"agency": agency}
    client = sign_in(Role.COORDINATOR)
    client.post(reverse("set_language"), {"language": "en"})
    data = [made["intake"].title, agency.name, str(made["cycle"]), made["dispatch"].subject, made["report"].title]
    data.append(made["receipt"].message.subject)
    data += [made[name].title for name in ("questionnaire", "survey")] + [made["survey_group"].name]
    data += AppealRound.objects.values_list("name", flat=True)
    frame = framework_of(made["cycle"])
    data += [each.name_th for each in (*frame.top_indicators(), *issue_choices(made["cycle"]))]
    left = [
        (route, text) for route, *names in PAGES for text in chrome(client, route, made, *names) if _is_thai(text, data)
    ]
    assert left == []


def _is_thai(text: str, data: list[str]) -> bool:
    for words in data:
        text = text.replace(words, "")
    return bool(THAI.search(text))


@pytest.mark.django_db
def test_door_is_english_too(agency):
    client = Client()
    client.post(reverse("set_language"), {"language": "en"})
    page = lxml.html.fromstring(client.get(reverse("account_login")).content.decode())
    texts = [" ".join(found.text_content().split()) for found in page.xpath("//h1 | //main//label | //main//button")]
    assert texts[0] == "Sign in" and not [text for text in texts if THAI.search(text)]


# --- papers


@pytest.mark.django_db
def test_report_is_thai_whatever_language_its_maker_reads(agency, scope):
    made = objects.build(agency)
    who = scope(Role.COORDINATOR)
    thai = make_report(who, cycle=made["cycle"], kind="tracking-6")
    with translation.override("en"):
        english = make_report(who, cycle=made["cycle"], kind="tracking-6")
        assert translation.get_language() == "en"
    assert (english.records, english.problems) == (thai.records, thai.problems)
