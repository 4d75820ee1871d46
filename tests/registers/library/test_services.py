"""Manuals, online services, requests, payments, statistics."""

from datetime import date

import pytest

from prongsai.registers.derive import derive
from prongsai.registers.model import FieldType, Ref
from prongsai.registers.rules import year_faults
from prongsai.registers.statistics import tabulate
from prongsai.registers.values import ValueRefused, read
from tests.registers.library.example import cell, codes, filled, number, shipped, told

UNITS = [Ref(1, "กองคลัง"), Ref(2, "กองช่าง")]

# ---------------------------------------------------------------- manuals


@pytest.mark.parametrize("id_", ["staff-manuals", "service-manuals"])
def test_every_unit_has_a_manual_and_the_one_without_is_named(id_: str) -> None:
    (fault,) = year_faults(shipped(id_), [filled(id_, unit=UNITS[0])], {}, UNITS)
    assert (fault.code, fault.mend_th, fault.is_warning) == ("EVERY_UNIT", "ยังไม่มี กองช่าง", False)
    assert year_faults(shipped(id_), [filled(id_, unit=one) for one in UNITS], {}, UNITS) == []


def test_staff_manuals_are_counted_by_unit() -> None:
    register = shipped("staff-manuals")
    (by_unit,) = [one for one in register.statistics if one.key == "by_unit"]
    assert (by_unit.measure, by_unit.by) == ("count", ("unit",))


def test_staff_manual_states_task_position_steps_and_time() -> None:
    for key in ("task", "position", "steps"):
        assert codes("staff-manuals", **{key: None})[0] == (key, "REQUIRED"), key
    without_time = ({"step": "ตรวจคำขอ"}, {"step": "ออกใบเสร็จ", "minutes": number(5)})
    (fault,) = told("staff-manuals", steps=without_time)
    assert (fault.field, fault.row, fault.column) == ("steps", 1, "minutes")
    assert derive(shipped("staff-manuals"), filled("staff-manuals"))["total_minutes"] == 20


def test_newer_staff_manual_replaces_the_old_one_which_is_kept() -> None:
    register = shipped("staff-manuals")
    supersede = register.move_of("supersede")
    assert supersede is not None
    superseded = register.state_of(supersede.to)
    assert superseded is not None
    assert (superseded.is_counted, superseded.is_public) == (False, True)
    replaces = register.field_of("replaces")
    assert replaces is not None
    assert (replaces.type, replaces.of) == (FieldType.ENTRY, "staff-manuals")


def test_manual_of_the_department_is_taken_with_its_source() -> None:
    assert codes("staff-manuals", origin="dla", source=None) == [("source", "REQUIRED")]
    assert codes("staff-manuals", origin="dla", source="คู่มือมาตรฐาน กองคลัง") == []
    assert codes("staff-manuals", origin="own", source=None) == []


def test_service_manual_without_fee_or_time_is_refused() -> None:
    assert codes("service-manuals", fee_thb=None) == [("fee_thb", "REQUIRED")]
    assert codes("service-manuals", standard_days=None) == [("standard_days", "REQUIRED")]
    (fault,) = told("service-manuals", steps=({"step": "ยื่นคำขอ", "unit": "กองช่าง"},))
    assert (fault.row, fault.column) == (1, "minutes")
    assert codes("service-manuals", fee_thb=number(0)) == []


def test_service_manual_lists_documents_or_says_there_are_none() -> None:
    assert codes("service-manuals", documents=None) == [("documents", "REQUIRED")]
    assert codes("service-manuals", no_documents=True, documents=None) == []
    both = filled("service-manuals")["documents"]
    assert codes("service-manuals", no_documents=True, documents=both) == [("documents", "EMPTY_IF")]


def test_total_of_a_service_is_the_sum_of_its_steps() -> None:
    assert derive(shipped("service-manuals"), filled("service-manuals"))["total_minutes"] == 900


def test_display_at_the_counter_has_photograph_and_date() -> None:
    day, photo = date(2026, 1, 6), Ref(1, "ผัง.jpg")
    assert codes("service-manuals", displayed_on=day, display_photo=None) == [("display_photo", "REQUIRED")]
    assert codes("service-manuals", display_photo=photo) == [("displayed_on", "FILLED_IF")]
    assert codes("service-manuals", displayed_on=day, display_photo=photo) == []


# ---------------------------------------------------------------- online services


def test_request_is_made_and_followed_without_an_account() -> None:
    requests = shipped("service-requests")
    assert requests.outside is not None
    assert (requests.outside.sign_in, requests.outside.answer) == (False, "result")
    asked = {one.key for one in requests.fields if one.outside}
    assert asked >= {"service", "applicant", "phone", "details", "attachment"}


def test_incomplete_request_goes_back_with_what_is_missing() -> None:
    ask = shipped("service-requests").move_of("ask_more")
    assert ask is not None
    assert (ask.to, ask.note_required) == ("incomplete", True)
    assert codes("service-requests", "ask_more", missing=None) == [("missing", "REQUIRED")]


def test_days_of_a_request_run_from_acceptance_to_finish() -> None:
    values = filled("service-requests", "accept", "finish")
    assert derive(shipped("service-requests"), values)["days"] == 3
    early = codes("service-requests", "accept", "finish", finished_on=date(2026, 1, 5))
    assert early == [("finished_on", "NOT_BEFORE")]


def test_file_of_another_type_is_refused_and_size_is_limited() -> None:
    field = shipped("service-requests").field_of("attachment")
    assert field is not None
    assert (field.accepts, field.max_mb) == (("pdf", "jpg", "jpeg", "png"), 10)
    with pytest.raises(ValueRefused):
        read(field, "คำขอ.exe")
    assert [code for _key, code in codes("service-requests", attachment=Ref(1, "คำขอ.exe"))] != []


def test_every_file_that_outsiders_send_is_limited_in_type_and_size() -> None:
    ids = ("service-requests", "complaints-general", "tax-payments", "questions", "suggestions")
    files = [one for id_ in ids for one in shipped(id_).fields if one.type is FieldType.FILE and one.outside]
    assert [(len(one.accepts) > 0, 0 < one.max_mb <= 10) for one in files] == [(True, True)] * 3


def test_standard_time_of_the_manual_reaches_service_and_statistics() -> None:
    looked = {}
    for id_ in ("online-services", "service-statistics"):
        field = shipped(id_).field_of("standard_days")
        assert field is not None
        assert field.derivation is not None
        looked[id_] = field.derivation.of
    assert looked == {
        "online-services": ("manual", "standard_days"),
        "service-statistics": ("service", "standard_days"),
    }


# ---------------------------------------------------------------- payments


def test_payment_of_another_amount_is_refused() -> None:
    (fault,) = told("tax-payments", due_thb=number("1200.00"), paid_thb=number("1199.99"))
    assert (fault.field, fault.code, fault.message_th) == ("paid_thb", "EQUALS", "ยอดที่ชำระไม่ตรงกับใบแจ้ง")
    assert codes("tax-payments", due_thb=number("1200.00"), paid_thb=number("1200.00")) == []


def test_slip_is_used_once_over_all_years() -> None:
    register = shipped("tax-payments")
    assert (register.unique, register.standing) == (("slip_no",), True)
    assert codes("tax-payments", slip_no="สลิป 12") == [("slip_no", "PATTERN")]


# ---------------------------------------------------------------- statistics


@pytest.mark.parametrize("text", ["-1", "1.5", "สิบ"])
def test_count_that_is_negative_or_no_whole_number_is_refused(text: str) -> None:
    field = shipped("service-statistics").field_of("requests")
    assert field is not None
    try:
        value = read(field, text)
    except ValueRefused:
        return
    assert codes("service-statistics", requests=value, completed=number(0))[0] == ("requests", "TOO_LOW")


def test_fraction_of_a_request_is_refused_in_values_too() -> None:
    found = codes("service-statistics", requests=number("12.5"), completed=number(0))
    assert [key for key, _code in found] == ["requests"]


def test_more_completed_than_asked_is_refused() -> None:
    assert codes("service-statistics", requests=number(3), completed=number(4)) == [("completed", "AT_MOST")]


def test_one_row_for_service_month_and_channel_so_nothing_is_counted_twice() -> None:
    register = shipped("service-statistics")
    assert register.unique == ("service", "month", "channel")
    (by_channel,) = [one for one in register.statistics if one.key == "by_channel"]
    assert (by_channel.measure, by_channel.field) == ("sum", "requests")


def test_month_without_rows_is_owed_and_said_to_be_none_by_hand_only() -> None:
    due = shipped("service-statistics").due
    assert due is not None
    assert (due.rhythm.value, due.none_allowed, due.duty) == ("monthly", True, "service-counts")


def test_counter_and_online_add_up() -> None:
    register = shipped("service-statistics")
    (by_channel,) = [one for one in register.statistics if one.key == "by_channel"]
    cells = [cell("service-statistics", 1, {"requests": n}, channel=one) for one, n in (("walk_in", 12), ("online", 5))]
    figure = tabulate(register, by_channel, cells)
    assert figure.total == 17
