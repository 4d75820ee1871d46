"""No Gift declarations, gifts, codes of ethics, acknowledgements, dos and don'ts, activities."""

from datetime import date

import pytest

from prongsai.registers.model import Ref
from prongsai.registers.rules import holds, year_faults
from prongsai.registers.statistics import tabulate
from tests.registers.library.example import cell, codes, filled, number, shipped, told


@pytest.mark.parametrize(("there", "missing"), [("th", "ภาษาอังกฤษ"), ("en", "ภาษาไทย")])
def test_no_gift_is_declared_in_both_languages(there: str, missing: str) -> None:
    register = shipped("no-gift-declarations")
    (fault,) = year_faults(register, [filled("no-gift-declarations", language=there)], {}, [])
    assert (fault.mend_th, fault.is_warning) == (f"ยังไม่มี {missing}", False)
    both = [filled("no-gift-declarations", language=one) for one in ("th", "en")]
    assert year_faults(register, both, {}, []) == []


def test_no_gift_activity_outside_the_fiscal_year_is_an_error() -> None:
    given = {"uses": ("no_gift",), "held_on": date(2025, 9, 5), "executive": True}
    (fault,) = told("activities", year=2569, **given)
    assert (fault.code, fault.message_th, fault.is_warning) == (
        "IN_YEAR",
        "กิจกรรม No Gift Policy ต้องอยู่ในปีงบประมาณ",
        False,
    )
    assert told("activities", year=2568, **given) == []


def test_campaign_needs_a_file_as_proof() -> None:
    assert codes("activities", uses=("campaign",), papers=None) == [("papers", "FILLED_IF")]
    assert codes("activities", uses=("campaign",), papers=Ref(1, "แผ่นพับ.pdf")) == []


def test_activity_serves_every_use_from_one_record() -> None:
    values = filled("activities", uses=("gift_rules", "no_gift", "ethics"), executive=True)
    fed = [feed for feed in shipped("activities").feeds if feed.where and holds(feed.where, values)]
    assert {(feed.item, element) for feed in fed for element in feed.elements} >= {
        ("no-gift.drive", "knowledge"),
        ("ethics.code-and-drive", "training"),
    }
    other = filled("activities", uses=("budget",))
    assert [feed.item for feed in shipped("activities").feeds if feed.where and holds(feed.where, other)] == []


def test_all_three_codes_are_tracked() -> None:
    register = shipped("ethics-codes")
    rows = [filled("ethics-codes", code=one) for one in ("executives", "staff")]
    (fault,) = year_faults(register, rows, {}, [])
    assert (fault.mend_th, fault.is_warning) == ("ยังไม่มี สมาชิกสภาท้องถิ่น", False)
    assert year_faults(register, [*rows, filled("ethics-codes", code="council")], {}, []) == []


def test_one_acknowledgement_a_person_and_document() -> None:
    assert shipped("acknowledgements").unique == ("document", "edition", "person")


def test_acknowledgements_are_counted_from_receipts() -> None:
    register = shipped("acknowledgements")
    (by_document,) = [one for one in register.statistics if one.key == "by_document"]
    figure = tabulate(
        register,
        by_document,
        [cell("acknowledgements", n, document=one) for one, n in (("dos_donts", 31), ("no_gift", 12))],
    )
    assert figure.total == 43
    receipts = shipped("ethics-codes").field_of("receipts")
    assert receipts is not None
    assert receipts.derivation is not None
    assert (receipts.derivation.register, receipts.derivation.by) == ("acknowledgements", "code")


@pytest.mark.parametrize(("key", "message"), [("do", "ยังไม่มีข้อที่ไม่ควรทำ"), ("dont", "ยังไม่มีข้อที่ควรทำ")])
def test_guideline_has_a_do_and_a_dont(key: str, message: str) -> None:
    row = filled("dos-donts", **{key: "ปรึกษาหัวหน้าก่อน"})
    (fault,) = year_faults(shipped("dos-donts"), [{**row, key: "ปรึกษาหัวหน้าก่อน"}], {}, [])
    assert (fault.message_th, fault.is_warning) == (message, False)


def test_row_of_the_guideline_says_something_and_has_a_version() -> None:
    assert codes("dos-donts", do=None, dont=None) == [("do", "REQUIRED")]
    assert codes("dos-donts", do="ส่งคืน", edition=None) == [("edition", "REQUIRED")]
    assert codes("dos-donts", do="ส่งคืน", dont="ส่งคืน") == [("dont", "DIFFERS")]


def test_gift_above_the_limit_is_reported_with_its_reason() -> None:
    assert codes("gifts", value_thb=number(3000)) == []
    assert codes("gifts", value_thb=number("3000.01"), reason=None, reported_on=None) == [
        ("reason", "REQUIRED"),
        ("reported_on", "REQUIRED"),
    ]


def test_gift_reported_after_thirty_days_is_told() -> None:
    given = {"value_thb": number(5000), "received_on": date(2025, 12, 1), "reported_on": date(2026, 1, 15)}
    found = [(one.code, one.is_warning) for one in told("gifts", **given)]
    assert found == [("WITHIN_DAYS", True)]


def test_every_gift_is_decided_by_somebody_else() -> None:
    moves = [one for one in shipped("gifts").moves if one.to in {"allowed", "sent_back", "handed_over"}]
    assert [(one.by, one.not_own) for one in moves] == [("decider", True)] * len(moves)
    assert {one.key for one in shipped("gifts").states if one.is_final} >= {"allowed", "sent_back", "handed_over"}
    assert not shipped("gifts").first_state.is_final


def test_gift_report_is_due_every_half_year_and_none_is_said() -> None:
    due = shipped("gifts").due
    assert due is not None
    assert (due.rhythm.value, due.none_allowed) == ("half_yearly", True)


# --- declarations of integrity, internal measures ---------------------------------------------------------------------
def test_declaration_of_integrity_is_published_with_its_address() -> None:
    assert codes("integrity-declarations", "publish") == []
    assert codes("integrity-declarations", "publish", link=None) == [("link", "REQUIRED")]
    early = date(2025, 9, 30)
    assert codes("integrity-declarations", "publish", published_on=early) == [("published_on", "NOT_BEFORE")]


def test_year_without_a_published_declaration_of_integrity_is_not_closed() -> None:
    register = shipped("integrity-declarations")
    row = filled("integrity-declarations")
    (fault,) = year_faults(register, [{**row, "state": "signed"}], {}, [])
    assert (fault.message_th, fault.is_warning) == ("ยังไม่มีประกาศเจตจำนงสุจริตที่เผยแพร่แล้ว", False)
    assert year_faults(register, [{**row, "state": "published"}], {}, []) == []


@pytest.mark.parametrize("key", ["unit", "year_be"])
def test_internal_measure_has_its_unit_and_year(key: str) -> None:
    assert codes("internal-measures", **{key: None}) == [(key, "REQUIRED")]


def test_circulation_says_when_and_to_whom() -> None:
    assert codes("internal-measures", circulated_on=date(2025, 10, 27), circulated_to=None) == [
        ("circulated_to", "REQUIRED")
    ]
    assert codes("internal-measures", circulated_to="ทุกส่วนราชการ") == [("circulated_on", "FILLED_IF")]


# --- advice, interests, roles -----------------------------------------------------------------------------------------
def test_question_of_ethics_is_asked_without_a_name() -> None:
    outside = [one.key for one in shipped("ethics-questions").fields_at() if one.outside and one.required]
    assert outside == ["question", "about", "manner"]
    assert codes("ethics-questions", manner="anonymous", asker=None) == []
    assert codes("ethics-questions", manner="named", asker=None) == [("asker", "REQUIRED")]
    asker = shipped("ethics-questions").field_of("asker")
    assert asker is not None
    assert asker.openness.value == "secret"


def test_answer_names_its_order_and_what_is_told_on() -> None:
    assert codes("ethics-questions", "answer", order_no=None) == [("order_no", "REQUIRED")]
    assert codes("ethics-questions", "answer", publish=True, general=None) == [("general", "REQUIRED")]
    assert codes("ethics-questions", "answer", publish=False, general=None) == []


def test_relation_is_declared_and_none_is_stated() -> None:
    assert codes("interests", statement="some", name=None) == [("name", "REQUIRED")]
    assert codes("interests", statement="none") == []
    assert codes("interests", "review", reviewer=Ref(1, "นายอรุณ ขยันยิ่ง"), declarer=Ref(1, "นายอรุณ ขยันยิ่ง")) == [
        ("reviewer", "DIFFERS")
    ]


def test_figures_of_interests_are_counts() -> None:
    assert {one.measure for one in shipped("interests").statistics} == {"count"}


@pytest.mark.parametrize(("role", "is_by_order"), [("inspection", True), ("terms", True), ("approver", False)])
def test_committee_roles_are_by_order(role: str, is_by_order: bool) -> None:
    assert codes("procurement-roles", role=role, order_no=None) == ([("order_no", "REQUIRED")] if is_by_order else [])


def test_action_of_discipline_has_a_finding_or_a_sealed_case() -> None:
    assert codes("discipline", finding=None) == [("finding", "REQUIRED")]
    assert codes("discipline", finding=None, case_no="7K2M-41") == []


@pytest.mark.parametrize("id_", ["ethics-questions", "interests", "fact-findings", "discipline"])
def test_restricted_register_shuts_out_who_runs_the_cycle(id_: str) -> None:
    register = shipped(id_)
    assert register.own_readers
    assert {"coordinator", "analyst"} & {*register.owners, *register.readers, *register.own_readers} == set()
