"""Registers of information, personal data and the website: what their files say."""

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.derive import derive
from prongsai.registers.model import FieldType, Openness, Ref
from tests.registers.library.example import codes, filled, shipped, told

IDENTITY = {
    "information-requests": {"requester", "contact"},
    "subject-requests": {"requester", "contact", "details", "answer"},
}


@pytest.mark.parametrize("missing", ["year_be", "status"])
def test_a_law_has_its_year_and_its_status(missing: str) -> None:
    assert codes("laws", **{missing: None}) == [(missing, "REQUIRED")]


def test_a_law_is_in_force_repealed_or_being_drafted() -> None:
    status = shipped("laws").field_of("status")
    assert status is not None
    assert [one.key for one in status.choices] == ["in_force", "repealed", "drafted"]
    assert codes("laws", status="repealed", repealed_on=None) == [("repealed_on", "REQUIRED")]
    assert codes("laws", status="drafted", in_force_on=date(2026, 1, 5)) == [("in_force_on", "EMPTY_IF")]
    assert codes("laws", status="drafted") == []


def test_only_a_law_in_force_proves_the_item() -> None:
    (feed,) = shipped("laws").feeds
    assert feed.where is not None
    assert (feed.item, feed.where.field, feed.where.is_) == ("organisation.laws", "status", "in_force")


def test_a_section_without_information_says_why_and_has_no_file() -> None:
    bare = {"no_data": True, "file_no": None, "title": None, "year_be": None, "format": None}
    assert codes("information-index", **bare, no_data_reason=None) == [("no_data_reason", "REQUIRED")]
    assert codes("information-index", **bare) == []
    assert codes("information-index", **(bare | {"file_no": "6/2569"})) == [("file_no", "EMPTY_IF")]
    assert codes("information-index", file_no=None) == [("file_no", "REQUIRED")]


def test_the_index_has_section_7_and_the_eight_of_section_9() -> None:
    clause = shipped("information-index").field_of("clause")
    assert clause is not None
    assert [one.key for one in clause.choices] == ["s7", *(f"s9_{number}" for number in range(1, 9))]
    (check,) = shipped("information-index").year_checks
    assert (check.kind, check.field, check.is_blocking) == ("every_choice", "clause", True)


def test_an_officer_is_named_with_the_number_of_the_order() -> None:
    assert codes("information-officers", order_no=None) == [("order_no", "REQUIRED")]


def test_a_request_keeps_its_dates() -> None:
    assert codes("information-requests", requested_on=None) == [("requested_on", "REQUIRED")]
    assert codes("information-requests", "answer", answered_on=None) == [("answered_on", "REQUIRED")]
    early = {"requested_on": date(2026, 1, 5), "answered_on": date(2026, 1, 4)}
    assert codes("information-requests", "answer", **early) == [("answered_on", "NOT_BEFORE")]
    given = filled("information-requests", requested_on=date(2026, 1, 5), answered_on=date(2026, 1, 12))
    assert derive(shipped("information-requests"), given)["days"] == Decimal(7)


def test_a_request_is_answered_within_fifteen_days() -> None:
    clock = shipped("information-requests").clock
    assert clock is not None
    assert (clock.days, clock.start, clock.stop, clock.working) == (15, "requested_on", "answered_on", False)
    late = {"requested_on": date(2026, 1, 5), "answered_on": date(2026, 1, 21)}
    found = told("information-requests", "answer", **late)
    assert [(one.code, one.is_warning) for one in found] == [("WITHIN_DAYS", True)]


@pytest.mark.parametrize("decision", ["refused", "partly"])
@pytest.mark.parametrize("missing", ["reason", "section"])
def test_a_refusal_whole_or_in_part_has_section_and_reason(decision: str, missing: str) -> None:
    given = {"decision": decision, missing: None}
    assert codes("information-requests", "answer", **given) == [(missing, "REQUIRED")]


def test_an_open_answer_needs_no_section() -> None:
    assert codes("information-requests", "answer", decision="open") == []
    assert codes("information-requests", "answer", decision="open", section="s14") == [("section", "EMPTY_IF")]


def test_a_request_is_passed_on_with_a_reason_and_appealed_after_the_answer() -> None:
    register = shipped("information-requests")
    passed, appeal = register.move_of("pass_on"), register.move_of("appeal")
    assert passed is not None
    assert appeal is not None
    assert (passed.note_required, appeal.sources) == (True, ("answered",))
    before = {"answered_on": date(2026, 1, 12), "appealed_on": date(2026, 1, 11)}
    assert codes("information-requests", "answer", "appeal", **before) == [("appealed_on", "NOT_BEFORE")]


@pytest.mark.parametrize("id_", IDENTITY)
def test_who_asks_is_secret_and_never_public(id_: str) -> None:
    register = shipped(id_)
    secret = {one.key for one in register.fields if one.openness is Openness.SECRET}
    assert secret == IDENTITY[id_]
    assert register.outside is not None
    assert {one.key for one in register.fields if one.outside} >= {"requester", "contact"}
    shown = set(register.public.columns) if register.public else set()
    assert (shown & secret, secret & {*register.columns, *register.print_.columns}) == (set(), set())


def test_a_privacy_notice_has_a_reviewer_and_a_day_of_review() -> None:
    assert codes("privacy-notices", reviewer=None) == [("reviewer", "REQUIRED")]
    assert codes("privacy-notices", reviewed_on=None) == [("reviewed_on", "REQUIRED")]
    clock = shipped("privacy-notices").clock
    assert clock is not None
    assert (clock.days, clock.start) == (365, "reviewed_on")


def test_a_privacy_notice_is_announced_with_its_file_and_address() -> None:
    for missing in ("file", "link", "published_on"):
        assert codes("privacy-notices", "announce", **{missing: None}) == [(missing, "REQUIRED")]


SECTION_39 = ("purpose", "subjects", "data_kinds", "basis", "retention", "recipients", "access", "safeguards", "unit")


@pytest.mark.parametrize("missing", SECTION_39)
def test_a_record_of_processing_says_what_section_39_asks(missing: str) -> None:
    assert codes("processing-records", **{missing: None}) == [(missing, "REQUIRED")]


def test_sensitive_data_needs_its_own_basis() -> None:
    assert codes("processing-records", sensitive=True, sensitive_basis=None) == [("sensitive_basis", "REQUIRED")]


def test_a_subjects_request_is_answered_within_thirty_days_and_refused_with_a_reason() -> None:
    clock = shipped("subject-requests").clock
    assert clock is not None
    assert (clock.days, clock.start, clock.stop) == (30, "received_on", "answered_on")
    refused = codes("subject-requests", "answer", decision="refused", reason=None)
    assert refused == [("reason", "REQUIRED")]
    assert codes("subject-requests", "answer", decision="refused") == []


def test_data_is_not_given_before_the_person_is_known() -> None:
    given = {"decision": "granted", "identity_by": None}
    assert codes("subject-requests", "answer", **given) == [("identity_by", "REQUIRED")]


def test_a_breach_is_found_at_a_day_and_a_time_and_has_a_risk() -> None:
    for missing in ("found_on", "found_at", "risk"):
        assert codes("breaches", **{missing: None}) == [(missing, "REQUIRED")]
    at = shipped("breaches").field_of("found_at")
    assert at is not None
    assert at.type is FieldType.TIME


def test_a_high_risk_says_whether_the_people_were_told() -> None:
    close = {"risk": "high", "subjects_told": None}
    assert codes("breaches", "tell", "close", **close) == [("subjects_told", "REQUIRED")]
    untold = {"risk": "high", "subjects_told": False, "subjects_reason": None}
    assert codes("breaches", "tell", "close", **untold) == [("subjects_reason", "REQUIRED")]
    unsaid = {"risk": "high", "subjects_told": True, "subjects_told_on": None}
    assert codes("breaches", "tell", "close", **unsaid) == [("subjects_told_on", "REQUIRED")]
    assert codes("breaches", "tell", "close", risk="risk") == []


@pytest.mark.parametrize("id_", ["breaches", "subject-requests"])
def test_only_readers_and_heads_of_the_unit_see_it_and_the_public_nothing(id_: str) -> None:
    register = shipped(id_)
    assert {"privacy", "legal"} <= set(register.readers)
    assert set(register.readers) <= {"privacy", "legal", "secretary", "mayor"}
    assert (register.own_readers, register.public) == (("head",), None)


@pytest.mark.parametrize("kind", ["heading", "correction"])
def test_a_new_heading_names_the_item(kind: str) -> None:
    assert codes("website-requests", kind=kind, item=None) == [("item", "REQUIRED")]
    assert codes("website-requests", kind="outage", item=None) == []


def test_a_request_to_the_company_is_done_only_with_proof() -> None:
    assert codes("website-requests", "finish") == [("proof_link", "FILLED_IF")]
    assert codes("website-requests", "finish", proof_link="https://www.example.go.th/ita/o23") == []
    assert codes("website-requests", "finish", proof_file=Ref(1, "screen.png")) == []


def test_the_day_the_company_promised_is_the_last_day() -> None:
    register = shipped("website-requests")
    assert register.clock is not None
    assert (register.clock.days, register.clock.start, register.clock.stop) == (0, "promised_on", "done_on")
    assert codes("website-requests", "promise", vendor_answer=None) == [("vendor_answer", "REQUIRED")]


@pytest.mark.parametrize(("used", "percent", "warned"), [("39.9", "79.8", []), ("40", "80.0", ["used_percent"])])
def test_room_used_is_worked_out_and_warned_of_from_eighty_per_cent(used: str, percent: str, warned: list[str]) -> None:
    given = {"limit_gb": Decimal(50), "used_gb": Decimal(used)}
    assert derive(shipped("web-hosting"), filled("web-hosting", **given))["used_percent"] == Decimal(percent)
    found = told("web-hosting", **given)
    assert [one.field for one in found] == warned
    assert all(one.is_warning for one in found)


@pytest.mark.parametrize("missing", ["limit_gb", "used_gb", "noted_on"])
def test_the_limit_of_storage_is_noted_with_its_day(missing: str) -> None:
    assert codes("web-hosting", **{missing: None}) == [(missing, "REQUIRED")]


PEOPLE = {"sender": Ref(1, "นางมาลี ตั้งใจ"), "receiver": Ref(2, "นายแจ่ม กระจ่าง")}


@pytest.mark.parametrize("missing", ["sender", "receiver", "received_on"])
def test_a_hand_over_has_sender_receiver_and_day(missing: str) -> None:
    assert codes("unit-submissions", "submit", **PEOPLE) == []
    assert codes("unit-submissions", "submit", **(PEOPLE | {missing: None})) == [(missing, "REQUIRED")]


def test_nobody_hands_over_to_himself() -> None:
    both = dict.fromkeys(("sender", "receiver"), Ref(1, "นางมาลี ตั้งใจ"))
    assert codes("unit-submissions", "submit", **both) == [("receiver", "DIFFERS")]


def test_what_was_sent_is_returned_with_a_reason_or_accepted() -> None:
    register = shipped("unit-submissions")
    assert [one.key for one in register.states] == ["asked", "submitted", "returned", "accepted", "withdrawn"]
    back = register.move_of("send_back")
    again = register.move_of("submit")
    assert back is not None
    assert again is not None
    assert (back.note_required, back.to, again.sources) == (True, "returned", ("asked", "returned"))
