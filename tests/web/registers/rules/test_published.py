"""Months of news, questions and suggestions: closed, reported, and what of them everybody may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import read_file
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry, OutsideCase
from prongsai.web.registers.queries.entries import list_page
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of
from prongsai.web.registers.services import EntryRefused, change_entry, move_entry
from tests.web.registers.rules.conftest import TODAY, unit

ASKED = date(2026, 1, 5)


@pytest.fixture
def keeper(scope, now):
    """The publisher, the periods of 2569 opened."""
    services.open_year(now, fiscal_year_be=2569)
    return replace(scope(Role.PUBLISHER), today=TODAY)


def closed(scope, register, month=1):
    kept = kept_of(scope, register)
    occurrence = occurrences_of(scope, kept.register, 2569).get(starts_on__month=month, ends_on__gte=date(2026, 1, 31))
    return services.close_period(scope, kept=kept, occurrence=occurrence)


def test_month_of_news_is_a_report_to_the_executives(keeper, make):
    make("news", event_on=date(2026, 1, 15), posted_on=date(2026, 1, 25), channels=("board",))
    make("news", topic="วันเด็กแห่งชาติ", event_on=date(2026, 1, 10), posted_on=date(2026, 1, 12), channels=("line",))
    (paper,) = [one for one in closed(keeper, "news").evidence.all() if one.file.name.endswith("docx")]
    document = Document(BytesIO(read_file(paper.file)))
    words = "\n".join(
        [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]
    )
    assert "รายงานการเผยแพร่ข่าวประชาสัมพันธ์ประจำเดือน" in words
    assert ("ประชุมประชาคมหมู่ที่" in words, "วันเด็กแห่งชาติ" in words) == (True, True)


def question(make, now, *, publish=True, **given):
    made = make("questions", asked_on=ASKED, **given)
    answer = {"answer": "ทุกวันจันทร์", "answered_on": date(2026, 1, 8), "publish": publish}
    return move_entry(now, entry=made, move="answer", values=answer, version=None)


def test_answered_question_is_shown_without_who_asked_and_only_with_consent(keeper, now, make):
    question(make, now, asker="นายลับ ลับมาก", contact="08-9999-9999")
    question(make, now, topic="ขอไม่เปิดเผย", publish=False)
    rows = closed(keeper, "questions").table["rows"]
    assert [row[1] for row in rows] == ["วันเก็บขยะของหมู่ที่ 2"]
    assert "ลับ" not in str(rows)


def test_time_to_answer_is_measured_and_the_unanswered_are_listed(keeper, now, make):
    answered = question(make, now)
    waiting = make("questions", topic="ไฟดับ", asked_on=ASKED)
    assert Entry.objects.get(pk=answered.pk).values["days"] == "3"
    kept = kept_of(keeper, "questions")
    late = list_page(keeper, kept, {"late": "1", "year": "all"})
    assert [row.entry.pk for row in late.rows] == [waiting.pk]
    assert waiting.due_on == date(2026, 1, 20)


def test_question_is_routed_to_the_unit_that_answers(agency, now, make):
    made = make("questions", asked_on=ASKED)
    routed = move_entry(now, entry=made, move="route", values={"unit": unit(agency, "กองช่าง")}, version=None)
    assert (routed.state, routed.unit.name) == ("assigned", "กองช่าง")
    again = move_entry(now, entry=routed, move="route", values={"unit": unit(agency, "กองคลัง")}, version=None)
    assert again.unit.name == "กองคลัง"


def test_abusive_question_is_refused_with_its_reason_and_shown_to_nobody(keeper, now, make):
    made = make("questions", asked_on=ASKED)
    with pytest.raises(EntryRefused):
        move_entry(now, entry=made, move="refuse", version=None)
    move_entry(now, entry=made, move="refuse", note="ถ้อยคำหยาบคาย", version=None)
    question(make, now, topic="เวลาทำการ")
    assert [row[1] for row in closed(keeper, "questions").table["rows"]] == ["เวลาทำการ"]


def test_what_an_outsider_did_not_agree_to_is_not_shown(now, make):
    made = make("questions", asked_on=ASKED)
    OutsideCase.objects.create(entry=made, code_sha256="0" * 64, sent_on=ASKED, may_publish=False)
    values = {"answer": "ทุกวันจันทร์", "answered_on": date(2026, 1, 8)}
    with pytest.raises(EntryRefused) as refused:
        move_entry(now, entry=made, move="answer", values={**values, "publish": True}, version=None)
    assert [fault.code for fault in refused.value.faults] == ["NO_CONSENT"]
    answered = move_entry(now, entry=made, move="answer", values={**values, "publish": False}, version=None)
    with pytest.raises(EntryRefused):
        change_entry(now, entry=answered, values={"publish": True}, version=None)


def test_suggestion_is_shown_with_decision_and_reason_and_without_the_person(keeper, now, make):
    made = make("suggestions", received_on=ASKED, person="นายลับ ลับมาก", contact="08-9999-9999")
    decision = {"decision": "adopted", "reason": "จัดเวรได้", "decided_on": date(2026, 1, 20), "publish": True}
    move_entry(now, entry=made, move="decide", values=decision, version=None)
    table = closed(replace(keeper, today=date(2026, 4, 1)), "suggestions", 1).table
    assert ("รับไปดำเนินการ" in str(table["rows"]), "จัดเวรได้" in str(table["rows"])) == (True, True)
    assert ("ลับ" in str(table), "9999" in str(table)) == (False, False)
