"""Cases as handlers read them: who opens which, what is said in them, what the journal keeps of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.privacy.seal.boxes import NotForThisKey, seal_value, unseal_value
from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.receipts import new_receipt
from prongsai.web.agencies.models import Agency, AuditEntry, Person, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused, Kind, Said, plain
from prongsai.web.complaints.marks import is_of
from prongsai.web.complaints.models import Channel, Message, Report, State
from prongsai.web.complaints.queries.case_log import lines_of
from prongsai.web.complaints.queries.cases import Case, cases_of, keys_of, report_of
from prongsai.web.complaints.services import cases as services
from prongsai.web.complaints.services import receiving
from tests.web import office
from tests.web.complaints import office_keys, told


def opened(agency: Agency, report: Report, who: str = Role.LEGAL, *, is_viewed: bool = False) -> Case | None:
    """Open a case as somebody."""
    return services.open_case(
        office_keys.scope_for(agency, who), office_keys.key_of(agency, who), report, is_viewed=is_viewed
    )


def case_of(agency: Agency, report: Report, who: str = Role.LEGAL) -> Case:
    """Open a case as somebody who may."""
    found = opened(agency, report, who)
    assert found is not None
    return found


# --- who opens what -------------------------------------------------------------------------------------------------
def test_case_opens_for_the_handlers_and_for_nobody_else(agency: Agency, channel: Channel):
    report = told.tell(agency)
    openers = [who for who in office_keys.DUTIES if keys_of(office_keys.key_of(agency, who), report) is not None]
    assert openers == [Role.LEGAL, Role.AUDITOR, Role.SUPPLY]


def test_list_holds_only_what_the_key_opens(agency: Agency, channel: Channel):
    free, closed = told.tell(agency), told.tell(agency, told.accused_of(agency, Role.HEAD))
    listed = {who: {row.report.pk for row in cases_of(office_keys.key_of(agency, who))} for who in office_keys.HANDLERS}
    assert listed == {
        Role.LEGAL: {free.pk, closed.pk},
        Role.AUDITOR: {free.pk, closed.pk},
        Role.SUPPLY: {free.pk},  # of the unit of the accused
    }


def test_list_is_ordered_by_what_is_due_and_counts_files(agency: Agency, channel: Channel):
    late = told.again(told.tell(agency, files=told.sealed_files(agency)), due_on=date(2026, 1, 5))
    none = told.again(told.tell(agency), due_on=None)
    soon = told.again(told.tell(agency), due_on=date(2026, 2, 5))
    rows = cases_of(office_keys.key_of(agency, Role.LEGAL))
    assert [(row.report.pk, row.files) for row in rows] == [(late.pk, 2), (soon.pk, 0), (none.pk, 0)]


def test_list_is_filtered_by_state_category_and_end(agency: Agency, channel: Channel):
    bribe, ended = told.tell(agency), told.again(told.tell(agency, category="budget"), state=State.CLOSED)
    key = office_keys.key_of(agency, Role.LEGAL)
    assert [row.report.pk for row in cases_of(key, category="budget")] == [ended.pk]
    assert [row.report.pk for row in cases_of(key, state=State.RECEIVED)] == [bribe.pk]
    assert [row.report.pk for row in cases_of(key, is_ended=True)] == [ended.pk]
    assert [row.report.pk for row in cases_of(key, is_ended=False)] == [bribe.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_once(agency: Agency, channel: Channel, rows: int, django_assert_num_queries):
    for _ in range(rows):
        told.tell(agency)
    key = office_keys.key_of(agency, Role.LEGAL)
    with django_assert_num_queries(1):
        assert len(cases_of(key)) == rows


def test_shredded_case_is_not_found(agency: Agency, channel: Channel):
    report = told.again(told.tell(agency), shredded_on=date(2026, 1, 1))
    assert report_of(agency, report.number) is None
    assert cases_of(office_keys.key_of(agency, Role.LEGAL)) == []


def test_key_of_another_office_opens_nothing(agency: Agency, channel: Channel, other_agency: Agency):
    report = told.again(told.tell(agency), agency=other_agency)
    assert keys_of(office_keys.key_of(agency, Role.LEGAL), report) is None


def test_handler_who_came_into_the_unit_of_the_accused_opens_it_no_more(agency: Agency, channel: Channel):
    report = told.tell(agency, told.accused_of(agency, Role.OFFICER))
    assert opened(agency, report, Role.AUDITOR) is not None
    Post.objects.filter(agency=agency, roles__role=Role.AUDITOR).update(unit=office.unit(agency, "กองช่าง"))
    assert opened(agency, Report.objects.get(pk=report.pk), Role.AUDITOR) is None
    current = Report.objects.get(pk=report.pk)
    assert keys_of(office_keys.key_of(agency, Role.AUDITOR), current) is None
    assert opened(agency, current, Role.LEGAL) is not None


# --- what is read ---------------------------------------------------------------------------------------------------
def test_case_gives_what_was_told(agency: Agency, channel: Channel):
    report = told.tell(agency, identity=told.WHO, files=told.sealed_files(agency))
    case = case_of(agency, report)
    assert (case.told.what, case.told.where) == (told.WHAT, "ร้านกาแฟหน้าตลาด")
    assert case.accused == (Accused(name="ช่างรับเหมาภายนอก"),)
    assert [one.title for one in case.files] == ["ใบเสร็จ.jpg", "เสียงสนทนา.mp3"]
    assert (case.has_identity, case.is_altered) == (True, False)


def test_case_without_a_name_has_no_identity(agency: Agency, channel: Channel):
    case = case_of(agency, told.tell(agency))
    assert case.has_identity is False
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    with pytest.raises(ValidationError):
        services.reveal_identity(scope, key, case, reason="อยากรู้")


def test_file_is_given_piece_by_piece(agency: Agency, channel: Channel):
    case = case_of(agency, told.tell(agency, files=told.sealed_files(agency)))
    file, pieces = services.file_pieces(case, case.files[1].name)
    assert (file.title, b"".join(pieces)) == told.FILES[1]


def test_file_that_the_case_does_not_have_is_refused(agency: Agency, channel: Channel):
    other = told.tell(agency, files=told.sealed_files(agency))
    case = case_of(agency, told.tell(agency))
    with pytest.raises(ValidationError):
        services.file_pieces(case, case_of(agency, other).files[0].name)


# --- what is said ---------------------------------------------------------------------------------------------------
def test_reply_is_for_the_reporter_and_a_note_is_not(agency: Agency, channel: Channel):
    receipt = new_receipt()
    report = told.tell(agency, receipt=receipt)
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    case = services.reply(scope, key, case_of(agency, report), text="ได้รับเรื่องแล้ว")
    services.note(scope, key, case, text="ตรวจใบอนุญาตปีก่อน")
    following = receiving.by_receipt(agency, receipt)
    assert following is not None
    assert [one.text for one in following.said] == ["ได้รับเรื่องแล้ว"]
    current = case_of(agency, report, Role.AUDITOR)
    assert [one.text for one in current.dialogue] == ["ได้รับเรื่องแล้ว"]
    assert [(one.text, one.by, one.holder_id) for one in current.notes] == [
        ("ตรวจใบอนุญาตปีก่อน", scope.actor, key.holder.pk)
    ]


def test_reply_stops_the_clock_of_the_first_reply(agency: Agency, channel: Channel):
    report = told.again(told.tell(agency), state=State.SCREENING)
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    services.reply(scope, key, case_of(agency, report), text="ได้รับเรื่องแล้ว")
    due_on = Report.objects.get(pk=report.pk).due_on
    assert due_on is not None
    assert due_on >= scope.today + timedelta(days=channel.progress_days)


def test_empty_words_are_refused(agency: Agency, channel: Channel):
    case = case_of(agency, told.tell(agency, identity=told.WHO))
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    for say in (
        lambda: services.reply(scope, key, case, text=" \n"),
        lambda: services.note(scope, key, case, text=""),
        lambda: services.reveal_identity(scope, key, case, reason="  "),
    ):
        with pytest.raises(ValidationError):
            say()
    assert Message.objects.filter(report=case.report).count() == 1  # who reported


def test_identity_is_given_for_a_reason_that_stays_in_the_case(agency: Agency, channel: Channel):
    report = told.tell(agency, identity=told.WHO)
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    assert services.reveal_identity(scope, key, case_of(agency, report), reason="นัดสอบปากคำ") == told.WHO
    notes = case_of(agency, report, Role.AUDITOR).notes
    assert [(one.text, dict(one.data)) for one in notes] == [("นัดสอบปากคำ", {"act": "identity"})]


def test_nothing_is_said_into_a_case_whose_readers_changed_meanwhile(agency: Agency, channel: Channel):
    case = case_of(agency, told.tell(agency))
    told.again(case.report, wraps=bytes(case.report.wraps)[::-1])
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    with pytest.raises(ValidationError):
        services.note(scope, key, case, text="ตรวจใบอนุญาตปีก่อน")
    assert Message.objects.filter(report=case.report).count() == 1


# --- the journal ----------------------------------------------------------------------------------------------------
def test_journal_tells_who_and_when_and_nothing_of_the_case(agency: Agency, channel: Channel):
    report = told.tell(agency, identity=told.WHO)
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    before = AuditEntry.objects.filter(agency=agency).count()
    case = services.open_case(scope, key, report)
    assert case is not None
    services.open_case(scope, key, report)
    case = services.reply(scope, key, case, text="ได้รับเรื่องแล้ว")
    services.reveal_identity(scope, key, case, reason="นัดสอบปากคำ")
    lines = AuditEntry.objects.filter(agency=agency).order_by("number")[before:]
    wanted = ["complaint.view", "complaint.view", "complaint.reply", "complaint.identity"]
    assert [one.action for one in lines] == wanted
    assert {(one.subject_type, one.subject_id) for one in lines} == {("complaints.channel", str(channel.pk))}
    assert all(list(one.changes) == ["case"] for one in lines)
    marks = [one.changes["case"][1] for one in lines]
    assert all(is_of(case.keys.mark, mark) for mark in marks)
    assert len(set(marks)) == 4  # nobody else can tell that they are of one case
    assert not any(report.number in f"{one.subject_text} {one.actor} {one.changes}" for one in lines)


def test_log_of_a_case_holds_its_own_lines_alone(agency: Agency, channel: Channel):
    case, other = case_of(agency, told.tell(agency)), told.tell(agency)
    opened(agency, case.report, Role.AUDITOR, is_viewed=True)
    opened(agency, other, Role.AUDITOR, is_viewed=True)
    assert [(one.actor, one.words) for one in lines_of(case)] == [
        (str(told.person_of(agency, Role.AUDITOR)), "เปิดอ่านเรื่อง")
    ]


# --- writing past the software --------------------------------------------------------------------------------------
def test_message_that_no_key_of_the_case_opens_is_told(agency: Agency, channel: Channel):
    report = told.tell(agency)
    Message.objects.create(report=report, is_dialogue=True, sealed=seal_value({}, new_pair().recipient))
    case = case_of(agency, report)
    assert (case.is_altered, case.dialogue) == (True, ())


def test_message_in_the_dialogue_cannot_pretend_to_add_an_accused(agency: Agency, channel: Channel):
    report = told.tell(agency)
    forged = Said(Kind.READERS, data={"accused": [{"name": str(Person.objects.filter(agency=agency).first())}]})
    Message.objects.create(report=report, is_dialogue=True, sealed=seal_value(plain(forged), report.dialogue_key))
    case = case_of(agency, report)
    assert (case.is_altered, len(case.accused)) == (True, 1)


def test_changed_public_key_is_told_and_nothing_is_sealed_for_it(agency: Agency, channel: Channel):
    thief = new_pair()
    report = told.again(told.tell(agency), dialogue_key=thief.recipient, case_key=thief.recipient)
    case = case_of(agency, report)
    assert case.is_altered is True
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    services.reply(scope, key, case, text="ได้รับเรื่องแล้ว")
    with pytest.raises(NotForThisKey):
        unseal_value(Message.objects.filter(report=report).latest("pk").sealed, [thief.identity])
