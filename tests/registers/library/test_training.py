"""Training projects and attendance."""

from datetime import date

from prongsai.registers.derive import derive
from prongsai.registers.model import Formula, Ref
from prongsai.registers.rules import holds
from prongsai.registers.statistics import tabulate
from tests.registers.library.example import cell, codes, filled, number, shipped, told


def test_training_is_approved_before_its_day() -> None:
    for approved in (date(2026, 2, 20), date(2026, 2, 21)):
        (fault,) = told("training", approved_on=approved, starts_on=date(2026, 2, 20), ends_on=date(2026, 2, 20))
        assert (fault.message_th, fault.is_warning) == ("โครงการต้องได้รับอนุมัติก่อนวันอบรม", False)
    assert codes("training", approved_on=date(2026, 2, 19), starts_on=date(2026, 2, 20)) == []


def test_head_count_and_share_that_understood_come_from_the_list() -> None:
    derived = {one.key: one.derivation for one in shipped("training").fields if one.derivation}
    attended, understood = derived["attended"], derived["understood"]
    assert (attended.formula, attended.register, attended.by) == (Formula.LINKED_COUNT, "attendance", "training")
    assert (understood.formula, understood.register) == (Formula.LINKED_PERCENT, "attendance")
    assert understood.where is not None
    passed = [score for score in (59, 60, 80) if holds(understood.where, {"post_percent": number(score)})]
    assert passed == [60, 80]
    asked = {one.key for one in shipped("training").fields_at("")}
    assert asked & {"attended", "understood"} == set()


def test_training_serves_every_use_from_one_record() -> None:
    values = filled("training", uses=("ethics", "gift_rules"))
    fed = [feed for feed in shipped("training").feeds if feed.where is None or holds(feed.where, values)]
    assert {(feed.item, element) for feed in fed for element in feed.elements} >= {
        ("personnel.annual-report", "development"),
        ("ethics.code-and-drive", "training"),
        ("no-gift.drive", "knowledge"),
    }


def test_one_attends_one_event_a_row() -> None:
    assert codes("attendance", event="training", training=None) == [("training", "REQUIRED")]
    found = codes("attendance", event="training", activity=Ref(2, "ประชุม"))
    assert found == [("activity", "EMPTY_IF")]


def test_staff_are_picked_and_outsiders_written() -> None:
    assert codes("attendance", who="staff", person=None) == [("person", "REQUIRED")]
    assert codes("attendance", who="outside", name=None) == [("name", "REQUIRED")]
    assert codes("attendance", who="outside", name="นายบุญมี สวนดี", person=Ref(1, "นายอรุณ")) == [("person", "EMPTY_IF")]


def test_hours_are_added_up_by_person() -> None:
    register = shipped("attendance")
    (hours,) = [one for one in register.statistics if one.key == "hours_by_person"]
    assert (hours.measure, hours.field, hours.by) == ("sum", "hours", ("person",))
    counted = (("นางสาวอารี", "training", 9), ("นางสาวมาลี", "training", 3), ("นางสาวอารี", "activity", 2))
    cells = [cell("attendance", 1, {"hours": n}, person=one, event=event) for one, event, n in counted]
    assert set(tabulate(register, hours, cells).rows) == {("นางสาวอารี", 9), ("นางสาวมาลี", 3)}


def test_days_of_approval_are_worked_out() -> None:
    values = filled("training", approved_on=date(2026, 1, 10), starts_on=date(2026, 2, 20))
    assert derive(shipped("training"), values)["lead_days"] == 41
