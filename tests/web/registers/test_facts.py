"""Facts of a file that nobody has confirmed: shown until a person confirms them, by a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from prongsai.registers.facts import fact_key
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import RegisterSetting
from prongsai.web.registers.queries.facts import facts_of
from prongsai.web.registers.services.facts import confirm_fact, unconfirm_fact
from tests.web.registers.conftest import TODAY

SOURCE = "ระเบียบว่าด้วยการจัดซื้อจัดจ้าง ข้อ ๖๒ ฉบับที่อ่าน ๑๖ ก.พ. ๒๕๖๙"
STANDS = "สิ่งที่ยังไม่มีใครยืนยันในทะเบียนนี้"


@pytest.fixture
def at(agency: Agency):
    """The address of a page."""
    return lambda route, *rest: reverse(f"registers:{route}", args=[agency.code, *rest])


@pytest.fixture
def fifteen(kept):
    """The fact of the fifteen days, of which the source cannot be read."""
    (found,) = facts_of(kept("procurement-notices"))
    return found


def said(answer) -> str:
    return " ".join(lxml.html.fromstring(answer.content.decode()).text_content().split())


def test_a_person_confirms_the_unreadable_deadline_by_a_source(sign_in, at, fifteen, kept):
    """J8.2."""
    assert "๑๕ วัน" in fifteen.text
    client = sign_in(Role.SUPPLY)
    assert STANDS in said(client.get(at("register", "procurement-notices")))
    page = at("fact", "procurement-notices", fifteen.key)
    assert fifteen.text in said(client.get(page))
    assert client.post(page, {"source": "", "version": "0"}).status_code == 422
    assert fifteen.text in kept("procurement-notices").unconfirmed
    answer = client.post(page, {"source": SOURCE, "version": "0"})
    assert (answer.status_code, answer.url) == (302, at("settings", "procurement-notices"))
    (confirmed,) = facts_of(kept("procurement-notices"))
    assert confirmed.confirmation
    assert confirmed.confirmation.source == SOURCE
    assert "ประหยัด พอดี" in confirmed.confirmation.by and "เจ้าพนักงานพัสดุ" in confirmed.confirmation.by
    assert STANDS not in said(client.get(at("register", "procurement-notices")))
    assert SOURCE in said(client.get(at("settings", "procurement-notices")))


def test_the_journal_holds_who_confirmed_what_by_what(then, fifteen, agency):
    setting = confirm_fact(
        then(Role.SUPPLY), register="procurement-notices", fact=fifteen.key, source=SOURCE, version=0
    )
    assert setting.confirmed[fifteen.key]["on"] == TODAY.isoformat()
    line = AuditEntry.objects.filter(agency=agency, action="register.confirm").get()
    assert line.changes == {"ข้อเท็จจริง": [None, fifteen.text], "แหล่งอ้างอิง": [None, SOURCE]}
    assert line.actor.startswith("ประหยัด") or "ประหยัด" in line.actor


def test_another_wording_asks_again(then, own_register, kept):
    text = """
id: own
name_th: ทะเบียนทดสอบ
name_en: Test
group: procurement
systems: [J8]
{since}
flow: record
title: "{{what}}"
owners: [supply]
dated_by: day
unverified_th: ["{fact}", ไม่เปลี่ยน]
fields:
  day: {{type: date, label_th: วันที่, required: true}}
  what: {{type: text, label_th: เรื่อง, required: true}}
"""
    own_register(text.format(since="", fact="กำหนด ๑๕ วัน"))
    version = 0
    for fact in kept("own").unconfirmed:
        setting = confirm_fact(then(Role.SUPPLY), register="own", fact=fact_key(fact), source=SOURCE, version=version)
        version = setting.version
    assert kept("own").unconfirmed == ()
    own_register(text.format(since="since: 2569", fact="กำหนด ๓๐ วัน"))
    assert kept("own").unconfirmed == ("กำหนด ๓๐ วัน",)
    assert kept("own", 2568).unconfirmed == ()
    assert [one.text for one in facts_of(kept("own"))] == ["กำหนด ๓๐ วัน", "ไม่เปลี่ยน", "กำหนด ๑๕ วัน"]


def test_a_confirmation_is_taken_back_with_a_reason(then, fifteen, kept):
    scope = then(Role.SUPPLY)
    confirm_fact(scope, register="procurement-notices", fact=fifteen.key, source=SOURCE, version=0)
    with pytest.raises(ValidationError):
        confirm_fact(scope, register="procurement-notices", fact=fifteen.key, source=SOURCE, version=1)
    with pytest.raises(ValidationError):
        unconfirm_fact(scope, register="procurement-notices", fact=fifteen.key, reason=" ", version=1)
    unconfirm_fact(scope, register="procurement-notices", fact=fifteen.key, reason="อ่านผิดฉบับ", version=1)
    assert kept("procurement-notices").unconfirmed == (fifteen.text,)


def test_nobody_else_confirms_and_nobody_over_what_another_did(sign_in, then, system, at, fifteen, other_agency):
    page = at("fact", "procurement-notices", fifteen.key)
    assert sign_in(Role.LEGAL).get(page).status_code == 404
    assert sign_in(Role.SUPPLY, of=other_agency).get(page).status_code == 404
    assert sign_in(Role.SUPPLY).get(at("fact", "procurement-notices", "0" * 16)).status_code == 404
    for scope in (then(Role.LEGAL), replace(system, today=date(2026, 2, 16))):  # the software confirms nothing
        with pytest.raises(ValidationError):
            confirm_fact(scope, register="procurement-notices", fact=fifteen.key, source=SOURCE, version=0)
    RegisterSetting.objects.create(agency=system.agency, register="procurement-notices", version=3)
    with pytest.raises(Stale):
        confirm_fact(then(Role.SUPPLY), register="procurement-notices", fact=fifteen.key, source=SOURCE, version=0)
    answer = sign_in(Role.SUPPLY).post(page, {"source": SOURCE, "version": "0"})
    assert answer.status_code == 409
    assert SOURCE in answer.content.decode() and 'value="3"' in answer.content.decode()
