"""Policy briefings: of a meeting and its list, with the policy's document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from prongsai.documents.read import read_content
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.registers.load import of_year
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.queries.papers import records_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.rules._meetings import row_of
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.conftest import entry_ref
from tests.web.registers.meeting import APRIL, MARCH, attend, held, person, planned

TODAY = date(2026, 3, 31)  # of fiscal year 2569
PAGE = "https://banswanplu.example/no-gift"


@pytest.fixture
def now(system: Scope) -> Scope:
    """The software itself on TODAY."""
    return replace(system, today=TODAY)


@pytest.fixture
def meeting(now) -> Entry:
    """A meeting to which two came."""
    made = held(now)
    attend(now, made, Role.MAYOR)
    attend(now, made, Role.HEAD)
    attend(now, made, Role.COORDINATOR, "absent", reason="ลาป่วย")
    return made


def briefing(scope: Scope, meeting: Entry, **given: object) -> Entry:
    values = {
        "policy": "นโยบายไม่รับของขวัญ (No Gift Policy)",
        "meeting": entry_ref(meeting),
        "briefed_on": meeting.dated_on,
        "briefed_by": person(scope, Role.MAYOR),
        "points": "ห้ามรับของขวัญทุกชนิด\nแจ้งผู้บังคับบัญชาเมื่อรับไว้",
        "page": PAGE,
        **given,
    }
    wanted = {key: value for key, value in values.items() if value is not None}
    return services.add_entry(scope, register="policy-briefings", values=wanted)


def warnings_of(scope: Scope, made: Entry) -> list[tuple[str, str]]:
    found = hooks_of("policy-briefings").check(scope, of_year("policy-briefings", 0), row_of(made).values, made)
    return [(one.field, one.code) for one in found if one.is_warning]


def test_briefing_belongs_to_a_meeting_that_was_held_and_to_its_day(now, meeting):
    with pytest.raises(EntryRefused) as refused:
        services.add_entry(now, register="policy-briefings", values={"policy": "ก"})
    assert ("meeting", "REQUIRED") in [(one.field, one.code) for one in refused.value.faults]
    with pytest.raises(EntryRefused) as refused:
        briefing(now, planned(now, "4/2569", APRIL), briefed_on=MARCH)
    codes = [(one.field, one.code) for one in refused.value.faults if not one.is_warning]
    assert codes == [("meeting", "NOT_HELD"), ("briefed_on", "OTHER_DAY")]
    assert briefing(now, meeting).title == (
        "นโยบายไม่รับของขวัญ (No Gift Policy) ประชุมหัวหน้าส่วนราชการประจำเดือน ครั้งที่ 3/2569"
    )


def test_who_heard_it_is_counted_from_the_list_of_the_meeting(now, meeting):
    made = briefing(now, meeting)
    register = of_year("policy-briefings", 0)
    told = linked_values(register, [made])[made.pk]
    assert (told["present"], told["absent"]) == (Decimal(2), Decimal(1))
    attend(now, meeting, Role.LEGAL)
    assert linked_values(register, [made])[made.pk]["present"] == 3


def test_counts_of_many_briefings_take_few_queries(now, meeting, django_assert_num_queries):
    register = of_year("policy-briefings", 0)
    made = [briefing(now, meeting, policy=f"นโยบายที่ {number}") for number in range(3)]
    with django_assert_num_queries(2):
        linked_values(register, made[:1])
    with django_assert_num_queries(2):
        linked_values(register, made)


def test_briefing_without_a_document_is_warned_and_told(now, meeting):
    bare, linked = briefing(now, meeting, page=None), briefing(now, meeting, policy="จริยธรรม")
    assert (warnings_of(now, bare), warnings_of(now, linked)) == ([("document", "NO_DOCUMENT")], [])
    (notice,) = hooks_of("policy-briefings").notices(now, of_year("policy-briefings", 0), 2569)
    assert (notice.text, notice.is_blocking) == (f"ยังไม่มีเอกสารนโยบาย: “{bare.title}”", False)


def test_page_of_a_briefing_without_a_document_warns(now, meeting, agency, sign_in):
    bare, linked = briefing(now, meeting, page=None), briefing(now, meeting, policy="จริยธรรม")
    client = sign_in(Role.CLERK)
    pages = [client.get(reverse("registers:entry", args=[agency.code, one.register, one.pk])) for one in (bare, linked)]
    assert ["ยังไม่ได้แนบเอกสารนโยบาย" in one.content.decode() for one in pages] == [True, False]


def test_meeting_without_a_list_and_a_speaker_who_is_not_on_it_are_warned(now, meeting):
    empty = held(now, "1/2569", MARCH, kind="staff")
    assert warnings_of(now, briefing(now, empty)) == [("meeting", "NOBODY_LISTED")]
    other = briefing(now, meeting, briefed_by=person(now, Role.SECRETARY))
    assert warnings_of(now, other) == [("briefed_by", "NOT_PRESENT")]


def test_record_of_a_briefing_says_who_what_and_how_many(now, meeting):
    made = briefing(now, meeting)
    records = records_of(now, kept_of(now, "policy-briefings"), made, "policy-briefing")
    assert records is not None
    assert (records["present"], records["audience"]) == (2, 3)
    assert (records["briefed_by"], records["briefer_position"]) == ("นายสมหมาย ใจกว้าง", "นายกเทศมนตรี")
    assert records["points"] == ["ห้ามรับของขวัญทุกชนิด", "แจ้งผู้บังคับบัญชาเมื่อรับไว้"]
    assert records["meeting"] == "การประชุมหัวหน้าส่วนราชการประจำเดือน ครั้งที่ ๓/๒๕๖๙"
    kind = paper_kind("policy-briefing")
    written = kind.from_json(records)
    document = read_content(render(kind.compose(written, USUAL), "docx", Office(None)), "briefing.docx")
    assert kind.recognise(document) == (written, ())
