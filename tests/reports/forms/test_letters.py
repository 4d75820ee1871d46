"""Orders, calls to meetings, briefings and handovers: what they must not let pass."""

from dataclasses import replace
from datetime import date

import pytest

from prongsai.documents.model import Paragraph, Table
from prongsai.documents.plain import plain
from prongsai.errors import RecordsInvalid
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms import handover_list, job_order, meeting_call, order, policy_briefing
from prongsai.reports.forms.orders import bare_clauses, numbered_clauses
from prongsai.reports.forms.values import Edge


def told(kind, record) -> list[str]:
    return [problem.code for problem in kind.recognise(plain(kind.compose(record)))[1]]


def test_clauses_are_numbered_and_what_stands_under_them_is_not() -> None:
    lines = [block.text for block in order.compose(order.sample()).blocks if isinstance(block, Paragraph)]
    assert [line.split()[1] for line in lines if line.startswith("ข้อ ")] == ["๑", "๒", "๓"]
    assert [line for line in lines if line.startswith("(๑)")] == ["(๑) จัดเวรเจ้าหน้าที่ล่วงหน้าทุกเดือน และประกาศให้ประชาชนทราบ"]
    (table,) = [block for block in order.compose(order.sample()).blocks if isinstance(block, Table)]
    assert [len(table.rows), table.heads] == [3, 1]


def test_a_single_clause_has_no_number() -> None:
    assert list(numbered_clauses(["ให้ทุกส่วนราชการถือปฏิบัติ"], Edge())) == ["ให้ทุกส่วนราชการถือปฏิบัติ"]


@pytest.mark.parametrize("typed", [["ข้อ ๑ ให้เปิด", "ข้อ ๒ ให้รายงาน"], ["ข้อ 1. ให้เปิด", "ข้อ 2. ให้รายงาน"]])
def test_numbers_that_were_typed_are_taken_off(typed: list[str]) -> None:
    data = order.to_json(order.sample()) | {"clauses": typed}
    assert order.from_json(data).clauses == ("ให้เปิด", "ให้รายงาน")


def test_a_clause_that_cites_another_keeps_its_words() -> None:
    assert bare_clauses(("ข้อ ๓ ของคำสั่งเดิมให้ยกเลิก", "ให้รายงาน")) == ("ข้อ ๓ ของคำสั่งเดิมให้ยกเลิก", "ให้รายงาน")


@pytest.mark.parametrize("kind", [order, job_order])
def test_number_of_another_year_than_the_day_is_told(kind) -> None:
    assert told(kind, replace(kind.sample(), year_be=2560)) == ["ORDER_YEAR"]


def test_order_without_number_day_or_name_yet_is_printed_open() -> None:
    draft = replace(order.sample(), number=None, ordered_on=None, signer=replace(order.sample().signer, name="." * 40))
    record, _ = order.recognise(plain(order.compose(draft)))
    assert record == replace(draft, signer=replace(draft.signer, name=""))


def test_order_without_clauses_is_refused_and_told() -> None:
    with pytest.raises(RecordsInvalid):
        order.from_json(order.to_json(order.sample()) | {"clauses": []})
    assert told(order, replace(order.sample(), clauses=())) == ["FORM_VALUE_MISSING"]


def test_somebody_twice_in_an_assignment_of_work_is_told() -> None:
    sample = job_order.sample()
    assert told(job_order, replace(sample, assignments=(*sample.assignments, sample.assignments[0]))) == [
        "ORDER_PERSON_TWICE"
    ]


def test_table_of_a_committee_is_no_assignment_of_work() -> None:
    committee = paper_kind("committee-order")
    record, _ = job_order.recognise(plain(committee.compose(committee.sample(), None)))
    assert record.assignments == ()


def test_meeting_that_was_called_after_it_was_held_is_told() -> None:
    assert told(meeting_call, replace(meeting_call.sample(), dated=date(2026, 2, 1))) == ["MEETING_CALLED_LATE"]


def test_call_without_number_and_day_leaves_leaders_in_the_head() -> None:
    draft = replace(meeting_call.sample(), number="", dated=None)
    assert meeting_call.recognise(plain(meeting_call.compose(draft))) == (draft, ())


def test_more_people_than_there_are_is_told() -> None:
    assert told(policy_briefing, replace(policy_briefing.sample(), present=87)) == ["BRIEFING_COUNT"]


def test_nobody_hands_over_to_themselves() -> None:
    sample = handover_list.sample()
    assert told(handover_list, replace(sample, taker=sample.giver)) == ["HANDOVER_TO_ONESELF"]


def test_nothing_to_hand_over_is_said() -> None:
    nothing = replace(handover_list.sample(), items=())
    lines = [block.text for block in handover_list.compose(nothing).blocks if isinstance(block, Paragraph)]
    assert "ไม่มีงานค้างที่ต้องส่งมอบ" in lines
    assert handover_list.recognise(plain(handover_list.compose(nothing))) == (nothing, ())
