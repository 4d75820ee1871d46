"""Moving a case: what is refused, what is sealed, what the journal holds, the second hand, keeping it longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Kind
from prongsai.web.complaints.marks import is_of
from prongsai.web.complaints.models import Channel, Holder, Message, Report, State
from prongsai.web.complaints.queries.clocks import progress_due
from prongsai.web.complaints.queries.handling import handling_of, is_own, open_moves
from prongsai.web.complaints.queries.progress import proposal_of
from prongsai.web.complaints.services import handling
from prongsai.web.complaints.services.acting import ACTION
from tests.web.complaints import acts, office_keys, told


@pytest.fixture
def report(agency: Agency, channel: Channel) -> Report:
    return acts.named(agency)


@pytest.fixture
def nameless(agency: Agency, channel: Channel) -> Report:
    found = told.tell(agency)
    acts.move(agency, found, "screen")
    return found


# --- moving ---------------------------------------------------------------------------------------------------------
def test_move_is_sealed_with_who_when_and_why_and_the_reporter_is_told(agency: Agency, report: Report):
    acts.move(agency, report, "screen")
    case = acts.move(agency, report, "accept")
    assert case.report.state == State.ACCEPTED and case.report.version == 3
    step = case.of(Kind.STEP)[-1]
    assert (step.text, step.by) == (acts.REASON, str(told.person_of(agency, Role.LEGAL)))
    assert (step.data["move"], step.data["from"], step.data["to"]) == ("accept", "screening", "accepted")
    assert [one.text for one in case.dialogue] == [acts.TOLD]
    assert acts.opened(agency, report).said[-2:] == case.said[-2:]
    assert Message.objects.filter(report=report, is_dialogue=True).count() == 1


def test_line_in_the_journal_tells_neither_the_step_nor_the_case(agency: Agency, report: Report):
    case = acts.move(agency, report, "screen")
    line = AuditEntry.objects.filter(agency=agency).latest("number")
    assert (line.action, line.subject_type) == (ACTION, "complaints.channel")
    assert list(line.changes) == ["case"]
    assert is_of(case.keys.mark, line.changes["case"][1])
    acts.move(agency, report, "accept")
    lines = AuditEntry.objects.filter(agency=agency, action=ACTION)
    assert {tuple(line.changes) for line in lines} == {("case",)}
    assert len({line.subject_text for line in lines}) == 1


def test_move_that_does_not_lead_from_here_is_refused(agency: Agency, report: Report):
    for name in ("accept", "inform", "close", "reopen", "find", "nonsense"):
        with pytest.raises(ValidationError):
            acts.move(agency, report, name)
    assert acts.opened(agency, report).of(Kind.STEP) == ()


def test_what_a_move_asks_for_must_be_given(agency: Agency, report: Report):
    acts.move(agency, report, "screen")
    with pytest.raises(ValidationError) as refused:
        acts.move(agency, report, "refer", agency="", letter_no=" ", letter_date=None)
    assert set(refused.value.error_dict) == {"agency", "letter_no", "letter_date"}
    with pytest.raises(ValidationError) as refused:
        acts.move(agency, report, "accept", told="")
    assert set(refused.value.error_dict) == {"told"}


def test_second_who_acts_on_what_changed_is_told_and_nothing_is_done(agency: Agency, report: Report):
    version = acts.opened(agency, report).report.version
    acts.move(agency, report, "screen")
    with pytest.raises(Stale):
        acts.do(agency, report, handling.move_case, move="screen", given={}, version=version)
    assert len(acts.opened(agency, report).of(Kind.STEP)) == 1


def test_due_day_follows_each_act(agency: Agency, channel: Channel, report: Report):
    today = office_keys.scope_for(agency, Role.LEGAL).today
    acts.move(agency, report, "screen")
    assert acts.move(agency, report, "accept").report.due_on == progress_due(channel, today)
    until = today + timedelta(days=1)
    other = acts.named(agency)
    acts.move(agency, other, "screen")
    assert acts.move(agency, other, "ask", until=until).report.due_on == until
    assert acts.move(agency, acts.named(agency), "screen").report.due_on is not None


def test_waiting_for_the_reporter_leads_back(agency: Agency, report: Report):
    acts.move(agency, report, "screen")
    asked = acts.move(agency, report, "ask", told="ขอทราบวันที่")
    assert asked.report.state == State.WAITING and asked.dialogue[-1].text == "ขอทราบวันที่"
    assert acts.move(agency, report, "resume").report.state == State.SCREENING


def test_referral_keeps_whom_it_went_to_and_is_informed_and_closed(agency: Agency, report: Report):
    acts.move(agency, report, "screen")
    step = acts.move(agency, report, "refer").of(Kind.STEP)[-1]
    assert step.data["agency"] == "สำนักงาน ป.ป.ช. ประจำจังหวัด"
    assert (step.data["letter_no"], step.data["letter_date"]) == ("ลบ ๕๒๗๐๑/๑๒", "2026-06-01")
    acts.move(agency, report, "inform")
    assert acts.move(agency, report, "close").report.state == State.CLOSED


# --- reports without a name -----------------------------------------------------------------------------------------
def test_nameless_report_needs_both_opinions(agency: Agency, nameless: Report):
    with pytest.raises(ValidationError) as refused:
        acts.move(agency, nameless, "accept", evidence="", witnesses="")
    assert set(refused.value.error_dict) == {"evidence", "witnesses"}


def test_nameless_report_waits_for_a_second_hand_before_it_is_accepted(agency: Agency, nameless: Report):
    case = acts.move(agency, nameless, "accept")
    assert case.report.state == State.SCREENING and case.dialogue == ()
    proposal = proposal_of(case.report.state, case.said)
    assert proposal is not None and proposal.move.name == "accept"
    assert [text for _head, text in proposal.lines] == [acts.REASON, "ใบเสร็จชัดเจน", "ระบุพยานสองคน", acts.TOLD]
    with pytest.raises(ValidationError, match="ผู้เสนอเห็นชอบเองไม่ได้"):
        acts.do(agency, nameless, handling.confirm_second, is_agreed=True, text="")
    done = acts.do(agency, nameless, handling.confirm_second, Role.AUDITOR, is_agreed=True, text="เห็นด้วย")
    assert done.report.state == State.ACCEPTED and done.dialogue[-1].text == acts.TOLD
    step = done.of(Kind.STEP)[-1]
    assert (step.data["answers"], step.data["opinion"]) == (proposal.mark, "เห็นด้วย")
    assert step.by == str(told.person_of(agency, Role.AUDITOR))


def test_nameless_report_is_refused_by_two_and_the_days_until_shredding_count(agency: Agency, nameless: Report):
    acts.move(agency, nameless, "refuse", Role.AUDITOR)
    assert acts.opened(agency, nameless).report.expires_on is None
    done = acts.do(agency, nameless, handling.confirm_second, Role.LEGAL, is_agreed=True, text="")
    today = office_keys.scope_for(agency, Role.LEGAL).today
    assert done.report.state == State.REFUSED and done.report.due_on is None
    assert done.report.expires_on == today + timedelta(days=730)


def test_proposal_is_sent_back_with_a_reason_and_may_be_made_again(agency: Agency, nameless: Report):
    acts.move(agency, nameless, "accept")
    with pytest.raises(ValidationError):
        acts.move(agency, nameless, "refuse")
    with pytest.raises(ValidationError):
        acts.do(agency, nameless, handling.confirm_second, Role.AUDITOR, is_agreed=False, text=" ")
    back = acts.do(agency, nameless, handling.confirm_second, Role.AUDITOR, is_agreed=False, text="พยานไม่ชัด")
    assert back.report.state == State.SCREENING and proposal_of(back.report.state, back.said) is None
    with pytest.raises(ValidationError, match="ไม่มีข้อเสนอ"):
        acts.do(agency, nameless, handling.confirm_second, Role.AUDITOR, is_agreed=True, text="")
    acts.move(agency, nameless, "refuse")
    assert proposal_of(State.SCREENING, acts.opened(agency, nameless).said) is not None


def test_another_move_overtakes_a_proposal(agency: Agency, nameless: Report):
    acts.move(agency, nameless, "accept")
    acts.move(agency, nameless, "ask", told="ขอชื่อพยาน")
    case = acts.move(agency, nameless, "resume")
    assert proposal_of(case.report.state, case.said) is None


def test_new_key_of_the_same_person_is_no_second_hand(agency: Agency, nameless: Report):
    acts.move(agency, nameless, "accept")
    case = acts.opened(agency, nameless, Role.AUDITOR)
    proposal = proposal_of(case.report.state, case.said)
    assert proposal is not None
    own, other = office_keys.key_of(agency, Role.LEGAL), office_keys.key_of(agency, Role.AUDITOR)
    renewed = Holder(agency=agency, user=own.holder.user, duty="handler", replaces=own.holder)
    assert is_own(type(own)(renewed, own.bundle), proposal)
    assert not is_own(other, proposal)


def test_named_report_is_accepted_by_one(agency: Agency, report: Report):
    assert acts.accepted(agency, report).state == State.ACCEPTED


# --- ends -----------------------------------------------------------------------------------------------------------
def test_case_ends_and_is_taken_up_again_with_a_reason(agency: Agency, report: Report):
    today = office_keys.scope_for(agency, Role.LEGAL).today
    acts.move(agency, report, "screen")
    assert acts.move(agency, report, "refuse").report.expires_on == today + timedelta(days=730)
    with pytest.raises(ValidationError):
        acts.move(agency, report, "reopen", reason="")
    again = acts.move(agency, report, "reopen").report
    assert (again.state, again.expires_on) == (State.SCREENING, None)
    assert again.due_on is not None


def test_keeping_a_case_longer_needs_a_reason_and_a_later_day(agency: Agency, report: Report):
    acts.move(agency, report, "screen")
    with pytest.raises(ValidationError):
        acts.do(agency, report, handling.keep_longer, until=date(2099, 1, 1), reason="คดีในศาล")
    until = acts.move(agency, report, "refuse").report.expires_on
    for day, reason in ((until, "คดีในศาล"), (until - timedelta(days=1), "คดีในศาล"), (date(2099, 1, 1), "คดี")):
        with pytest.raises(ValidationError):
            acts.do(agency, report, handling.keep_longer, until=day, reason=reason)
    with pytest.raises(ValidationError):
        acts.do(agency, report, handling.keep_longer, until=until + timedelta(days=9), reason=" ")
    kept = acts.do(agency, report, handling.keep_longer, until=until + timedelta(days=9), reason="คดีในศาล")
    assert kept.report.expires_on == until + timedelta(days=9) and kept.of(Kind.STEP)[-1].text == "คดีในศาล"


def test_closing_does_not_shorten_what_is_kept_longer(agency: Agency, report: Report):
    acts.move(agency, report, "screen")
    acts.move(agency, report, "refer")
    until = acts.move(agency, report, "inform").report.expires_on
    assert until is not None
    acts.do(agency, report, handling.keep_longer, until=until + timedelta(days=400), reason="คดีในศาล")
    assert acts.move(agency, report, "close").report.expires_on == until + timedelta(days=400)


# --- the page -------------------------------------------------------------------------------------------------------
def test_page_offers_what_leads_on_and_shows_where_it_stands(agency: Agency, nameless: Report):
    acts.move(agency, nameless, "accept")
    case = acts.opened(agency, nameless)
    assert [move.name for move in open_moves(case)] == ["ask", "refer"]
    own = handling_of(office_keys.key_of(agency, Role.LEGAL), case)
    other = handling_of(office_keys.key_of(agency, Role.AUDITOR), case)
    assert own.is_own_proposal and not other.is_own_proposal
    assert own.came is not None and own.came.before == "รับเรื่องแล้ว"


# --- pages ----------------------------------------------------------------------------------------------------------
def address(agency: Agency, report: Report, name: str, *more: str) -> str:
    return reverse(name, args=[agency.code, report.number, *more])


MOVE_GIVEN = {"reason": acts.REASON, "told": acts.TOLD, "evidence": "ใบเสร็จ", "witnesses": "สองคน"}


def test_case_is_handled_on_its_pages(agency: Agency, report: Report, handler_client: Callable[..., Client]):
    client = handler_client(Role.LEGAL)
    page = client.get(address(agency, report, "complaint"))
    assert address(agency, report, "complaint_move", "screen") in page.content.decode()
    answer = client.post(address(agency, report, "complaint_move", "screen"), {"version": 1})
    assert answer.status_code == 302
    assert answer["Location"] == address(agency, report, "complaint") + "#handling"
    form = client.get(address(agency, report, "complaint_move", "accept")).content.decode()
    assert 'name="reason"' in form and 'name="told"' in form and 'name="evidence"' not in form
    client.post(address(agency, report, "complaint_move", "accept"), {"version": 2, **MOVE_GIVEN})
    report.refresh_from_db()
    assert report.state == State.ACCEPTED
    page = client.get(address(agency, report, "complaint")).content.decode()
    assert acts.REASON in page and address(agency, report, "complaint_committee") in page


def test_second_hand_is_given_on_its_page_and_not_by_who_proposed(
    agency: Agency, nameless: Report, handler_client: Callable[..., Client]
):
    first, other = handler_client(Role.LEGAL), handler_client(Role.AUDITOR)
    page = first.get(address(agency, nameless, "complaint_move", "accept")).content.decode()
    assert "๒๒ ธันวาคม ๒๕๔๑" in page
    first.post(address(agency, nameless, "complaint_move", "accept"), {"version": 2, **MOVE_GIVEN})
    at = address(agency, nameless, "complaint_second")
    assert first.get(at).status_code == 404
    assert first.post(at, {"version": 3, "answer": "yes"}).status_code == 422
    assert acts.REASON in other.get(at).content.decode()
    assert other.post(at, {"version": 3, "answer": "no"}).status_code == 422
    assert other.post(at, {"version": 3, "answer": "yes"}).status_code == 302
    nameless.refresh_from_db()
    assert nameless.state == State.ACCEPTED


def test_what_is_missing_keeps_what_was_typed(agency: Agency, report: Report, handler_client: Callable[..., Client]):
    acts.move(agency, report, "screen")
    at = address(agency, report, "complaint_move", "refer")
    answer = handler_client(Role.LEGAL).post(
        at, {"version": 2, "agency": "อำเภอเมือง", "letter_date": "32/1/2569", "reason": acts.REASON}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "อำเภอเมือง" in page and acts.REASON in page and "32/1/2569" in page


def test_who_was_slower_sees_what_they_typed_over_the_case_as_it_is(
    agency: Agency, report: Report, handler_client: Callable[..., Client]
):
    acts.move(agency, report, "screen")
    client = handler_client(Role.AUDITOR)
    at = address(agency, report, "complaint_move", "refuse")
    client.get(at)
    acts.move(agency, report, "accept")
    answer = client.post(at, {"version": 2, "reason": "ไม่อยู่ในอำนาจ", "told": "ไม่รับ"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ไม่อยู่ในอำนาจ" in page and 'name="version" value="3"' in page and "รับไว้ดำเนินการ" in page
    again = client.post(at, {"version": 3, "reason": "ไม่อยู่ในอำนาจ", "told": "ไม่รับ"})
    assert again.status_code == 422
    report.refresh_from_db()
    assert report.state == State.ACCEPTED


def test_nothing_typed_comes_into_the_session_or_the_messages(
    agency: Agency, report: Report, handler_client: Callable[..., Client]
):
    acts.move(agency, report, "screen")
    client = handler_client(Role.LEGAL)
    client.post(address(agency, report, "complaint_move", "accept"), {"version": 2, **MOVE_GIVEN})
    assert acts.REASON not in str(dict(client.session.items()))
    assert acts.REASON not in str(client.cookies) and report.number not in str(dict(client.session.items()))


PAGES = ("complaint_second", "complaint_committee", "complaint_extend", "complaint_discipline", "complaint_keep")


def test_pages_are_of_the_readers_of_the_case_alone(
    agency: Agency, channel: Channel, handler_client: Callable[..., Client], signed_in: Callable[[str], Client]
):
    report = acts.accepted(agency, told.tell(agency, told.accused_of(agency, Role.HEAD), identity=acts.WHO))
    pages = [address(agency, report, name) for name in (*PAGES, "complaint_watch")]
    pages.append(address(agency, report, "complaint_move", "refer"))
    supply, keeper, admin = handler_client(Role.SUPPLY), handler_client(Role.CLERK), signed_in(Role.ADMIN)
    for page in pages:
        for client in (supply, keeper, admin):
            assert client.get(page).status_code == 404
            assert client.post(page, {"version": 3}).status_code == 404
    assert handler_client(Role.LEGAL).get(pages[-1]).status_code == 200


def test_page_of_what_cannot_be_done_now_is_not_there(
    agency: Agency, report: Report, handler_client: Callable[..., Client]
):
    client = handler_client(Role.LEGAL)
    for name in PAGES:
        assert client.get(address(agency, report, name)).status_code == 404
    for name in ("accept", "report", "find", "nonsense"):
        assert client.get(address(agency, report, "complaint_move", name)).status_code == 404


def test_committee_is_set_and_reports_on_its_pages(
    agency: Agency, channel: Channel, handler_client: Callable[..., Client]
):
    report = acts.accepted(agency, told.tell(agency, told.accused_of(agency, Role.SUPPLY), identity=acts.WHO))
    client = handler_client(Role.LEGAL)
    at = address(agency, report, "complaint_committee")
    head = told.person_of(agency, Role.HEAD)
    assert f"{head} – ตั้งไม่ได้" in client.get(at).content.decode()
    rows = {
        f"m{n}-{name}": value
        for n, (person, role) in enumerate(acts.members(agency))
        for name, value in (("person", person), ("role", role))
    }
    rows |= {f"m{n}-role": "member" for n in range(3, 7)}
    given = {"version": 3, "order_no": "๑/๒๕๖๙", "order_date": report.received_on.isoformat(), **rows}
    refused = client.post(at, {**given, "m1-person": head.pk})
    assert refused.status_code == 422 and f"ตั้ง {head} ไม่ได้" in refused.content.decode()
    assert client.post(at, given).status_code == 302
    page = client.get(address(agency, report, "complaint")).content.decode()
    assert str(told.person_of(agency, Role.PERSONNEL)) in page and "กำหนดเสร็จ" in page
    finding = {"version": 4, "on": report.received_on.isoformat(), "is_found": "yes", "text": "พบมูล"}
    at = address(agency, report, "complaint_move", "report")
    assert client.post(at, finding).status_code == 422
    assert client.post(at, {**finding, "outcomes": ["discipline"]}).status_code == 302
    assert (
        address(agency, report, "complaint_move", "discipline")
        in client.get(address(agency, report, "complaint")).content.decode()
    )


def test_watch_and_keeping_longer_have_their_pages(
    agency: Agency, report: Report, handler_client: Callable[..., Client]
):
    client = handler_client(Role.LEGAL)
    at = address(agency, report, "complaint_watch")
    assert client.get(at).status_code == 200
    assert client.post(at, {"version": 1, "text": "ปกติดี"}).status_code == 422
    given = {"version": 1, "text": "ปกติดี", "next_on": "1/12/2580", "asks": "on", "asked": "เป็นอย่างไรบ้าง"}
    assert client.post(at, given).status_code == 302
    assert acts.opened(agency, report).dialogue[-1].text == "เป็นอย่างไรบ้าง"
    acts.move(agency, report, "screen")
    until = acts.move(agency, report, "refuse").report.expires_on
    assert until is not None
    at = address(agency, report, "complaint_keep")
    later = (until + timedelta(days=30)).isoformat()
    assert client.post(at, {"version": 4, "until": later, "reason": "คดี"}).status_code == 302
