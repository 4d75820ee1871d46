"""The page by which a letter goes on to publication, and what the page of a release says of letters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.services.letters import Where, publish_letter
from prongsai.web.letters.models import Letter, LetterState
from prongsai.web.plans.models import Report
from tests.web.disclosure.signed import MAYOR, SUBJECT, draft_of, made_report, signed_letter


@pytest.fixture
def letter(agency, file) -> Callable[..., Letter]:
    return partial(signed_letter, agency, file)


@pytest.fixture
def report(agency, cycle, file) -> Callable[..., Report]:
    return partial(made_report, agency, cycle, file)


def at(letter: Letter) -> str:
    return f"/{letter.agency.code}/site/letters/{letter.pk}/publish/"


def said(response) -> str:
    return " ".join(response.content.decode().split())


def test_letter_is_published_through_its_page(letter, sign_in, item):
    signed, chosen = letter(), item()
    client = sign_in(Role.PUBLISHER)
    form = client.get(at(signed))
    assert form.status_code == 200 and SUBJECT in said(form)
    done = client.post(at(signed), {"where": f"item-{chosen.pk}", "parts": ["pdf"], "title": ""}, follow=True)
    told = said(done)
    assert "เตรียมหน้าเผยแพร่แล้ว" in told
    assert "รายงานผู้บริหารแล้ว" in told and "๓๐ มี.ค. ๒๕๖๙" in told and f"อนุมัติโดย {MAYOR}" in told
    assert "กำลังทำ" in said(client.get(at(signed)))


def test_nothing_chosen_is_refused_beside_the_field(letter, sign_in):
    client = sign_in(Role.PUBLISHER)
    assert client.post(at(letter()), {"where": "new-free"}).status_code == 422


def test_secret_letter_leads_to_no_page_of_publication(letter, sign_in, scope):
    secret = letter(secrecy="ลับ")
    assert sign_in(Role.PUBLISHER).get(at(secret)).status_code == 404
    assert sign_in(Role.MAYOR).get(at(secret)).status_code == 302


@pytest.mark.parametrize(("role", "status"), [(Role.COORDINATOR, 200), (Role.LEGAL, 404), (Role.COUNCIL, 404)])
def test_who_writes_on_no_page_publishes_no_letter(letter, sign_in, role, status):
    assert sign_in(role).get(at(letter())).status_code == status


def test_unit_publishes_on_the_page_of_its_own_item_only(letter, sign_in, item):
    signed, mine = letter(), item()
    client = sign_in(Role.HEAD)
    assert f"item-{mine.pk}" in said(client.get(at(signed))) and "new-free" not in said(client.get(at(signed)))
    other = mine.cycle.items.exclude(pk=mine.pk).first()
    assert client.post(at(signed), {"where": f"item-{other.pk}", "parts": ["pdf"]}).status_code == 422


def test_another_agency_publishes_nothing(letter, other_agency, sign_in):
    client = sign_in(Role.PUBLISHER, of=other_agency)
    assert client.get(f"/{other_agency.code}/site/letters/{letter().pk}/publish/").status_code == 404


def test_page_says_what_stands_in_the_way_and_where_it_is_mended(report, scope, free_page, attach, sign_in, agency):
    told = report()
    draft = draft_of(scope, free_page)
    attach(draft, told.docx, "รายงาน")
    page = said(sign_in(Role.PUBLISHER).get(f"/{agency.code}/site/pages/{free_page.pk}/"))
    assert "ยังไม่ผ่านการอนุมัติของผู้บริหาร" in page
    assert f'href="{reverse("plans:report", args=[agency.code, told.pk])}"' in page


def test_keeper_of_the_page_is_led_to_the_newer_letter(letter, scope, free_page, publish, sign_in, agency):
    old = letter()
    publish_letter(scope(Role.PUBLISHER), letter=old, where=Where(page=free_page), parts=["pdf"])
    publish(free_page)
    newer = letter(number="47", supersedes=old)
    Letter.objects.filter(pk=old.pk).update(state=LetterState.REPLACED)
    page = said(sign_in(Role.PUBLISHER).get(f"/{agency.code}/site/pages/{free_page.pk}/"))
    assert "มีฉบับใหม่แทนแล้ว" in page and f"{at(newer)}?page={free_page.pk}" in page
