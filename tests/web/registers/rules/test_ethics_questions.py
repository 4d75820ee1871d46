"""The ethics advice desk: asked without a name, answered by a working group with an order and members."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from prongsai.registers.load import of_year
from prongsai.web.agencies.models import AuditEntry, Committee, CommitteeMember
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.forms import outside as forms
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.outside import tracked
from prongsai.web.registers.rules import ethics_questions
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person
from tests.web.registers.test_outside import word_of

ID = "ethics-questions"
ANSWER = {"order_no": "๑๐๑/๒๕๖๙", "answer": "ไปได้", "answered_on": date(2026, 1, 13), "publish": False}


@pytest.fixture
def group(agency) -> Committee:
    return Committee.objects.create(
        agency=agency,
        name="คณะทำงานขับเคลื่อนจริยธรรม",
        order_no="101/2569",
        order_date=date(2025, 10, 20),
        valid_from=date(2025, 10, 20),
    )


def join(group, agency):
    CommitteeMember.objects.create(committee=group, person_id=person(agency, Role.LEGAL).id, role="chair")


def answer(now, entry, **changes):
    return services.move_entry(now, entry=entry, move="answer", values=ANSWER | changes, version=None)


def told(now):
    return [one.text for one in ethics_questions.notices(now, of_year(ID, 0), 2569)]


def test_question_may_be_anonymous(now, make):
    entry = make(ID, manner="anonymous")
    assert (entry.values.get("asker"), entry.asked_by) == (None, None)
    with pytest.raises(EntryRefused) as refused:
        make(ID, manner="anonymous", asker="นายสมชาย ใจดี")
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("asker", "EMPTY_IF")]


def test_anybody_asks_from_outside_without_a_name_and_reads_the_answer_by_a_code(agency, system, group, monkeypatch):
    monkeypatch.setattr(forms, "SECONDS_MIN", -1)
    join(group, agency)
    services.keep_setting(system, register=ID, takes_outside=True)
    client, address = Client(), f"/{agency.code}/open/{ID}/send/"
    given = {"question": "รับเชิญได้หรือไม่", "about": "gifts", "manner": "anonymous"}
    page = client.post(address, {**given, forms.NONCE: word_of(client.get(address))}, follow=True)
    assert page.status_code == 200
    entry = Entry.objects.get(register=ID)
    assert (entry.written_by, entry.asked_by, entry.values.get("asker")) == (None, None, None)
    answer(system, entry, answered_on=system.today)
    code = next(word for word in page.content.decode().replace("<", " ").replace(">", " ").split() if _is_code(word))
    case = tracked(agency, code)
    assert case is not None
    assert [text for _label, text in case.answer] == ["ไปได้"]


def _is_code(word: str) -> bool:
    return word.count("-") == 3 and all(len(part) == 4 and part.isalnum() for part in word.split("-"))


def test_answer_needs_the_order_of_a_working_group(now, make):
    entry = make(ID)
    with pytest.raises(EntryRefused) as refused:
        answer(now, entry, order_no=None)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("order_no", "REQUIRED")]
    with pytest.raises(EntryRefused) as refused:
        answer(now, entry)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("order_no", "NO_ORDER")]


def test_answer_needs_members_and_an_order_in_force(agency, now, make, group):
    entry = make(ID)
    with pytest.raises(EntryRefused) as refused:
        answer(now, entry)
    assert [fault.code for fault in refused.value.faults] == ["ORDER_WITHOUT_MEMBERS"]
    join(group, agency)
    Committee.objects.filter(pk=group.pk).update(valid_to=date(2026, 1, 12))
    with pytest.raises(EntryRefused) as refused:
        answer(now, entry)
    assert [fault.code for fault in refused.value.faults] == ["NO_ORDER"]
    assert answer(now, entry, answered_on=date(2026, 1, 12)).state == "answered"


def test_desk_without_a_working_group_says_so(agency, now, group):
    assert [text.startswith("คณะทำงานด้านจริยธรรมยังไม่มีรายชื่อ") for text in told(now)] == [True]
    join(group, agency)
    assert told(now) == []
    Committee.objects.filter(pk=group.pk).update(valid_to=date(2026, 3, 30))
    assert [text.startswith("ไม่มีคำสั่งแต่งตั้งคณะทำงานด้านจริยธรรม") for text in told(now)] == [True]


def test_general_form_does_not_name_who_asked(agency, now, make, group):
    join(group, agency)
    entry = make(ID, manner="named", asker="นางสาวมะลิ ใจดี")
    with pytest.raises(EntryRefused) as refused:
        answer(now, entry, publish=True, general="คุณมะลิถามว่าไปงานแต่งได้หรือไม่")
    assert [fault.code for fault in refused.value.faults] == ["NAMES_ASKER"]
    assert answer(now, entry, publish=True, general="ไปงานมงคลของคู่สัญญาได้").state == "answered"


def test_public_reads_the_general_form_alone(agency, now, make, group):
    join(group, agency)
    services.keep_setting(now, register=ID, is_published=True)
    shown = make(ID, manner="named", asker="นางสาวมะลิ ใจดี", question="ผู้รับจ้างชวนไปทะเล")
    answer(now, shown, publish=True, general="รับเชิญงานมงคลได้", answer="ไม่ควรไปทะเล")
    kept = make(ID, manner="anonymous", question="เรื่องที่ไม่เผยแพร่")
    answer(now, kept, answer="คำตอบที่ไม่เผยแพร่")
    page = Client().get(f"/{agency.code}/open/{ID}/").content.decode()
    assert "รับเชิญงานมงคลได้" in page
    assert [one for one in ("มะลิ", "ทะเล", "ไม่เผยแพร่") if one in page] == []


def test_journal_is_told_nothing_of_what_was_asked(agency, now, make):
    make(ID, manner="named", asker="นางสาวมะลิ ใจดี", question="ผู้รับจ้างชวนไปทะเล")
    lines = [str(one.changes) + one.subject_text for one in AuditEntry.objects.filter(action="entry.add")]
    assert len(lines) == 1
    assert [word for word in ("มะลิ", "ทะเล", "ของขวัญ") if any(word in line for line in lines)] == []
