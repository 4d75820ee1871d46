"""Entries made, changed, moved and reported on: what is kept, what is refused, what the journal tells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.model import Ref
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import keep_file
from prongsai.web.registers import services
from prongsai.web.registers.found import packed
from prongsai.web.registers.models import Entry, EntryLink, EntryMove, PeriodClose, Source
from prongsai.web.registers.queries.detail import history_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.services import EntryRefused
from tests.web import office
from tests.web.registers.conftest import TODAY, entry_ref, sample, unit_ref

RISKS = """
id: own-risks
name_th: ทะเบียนความเสี่ยง
name_en: Risks
group: risk
systems: [G1]
flow: record
title: "{event}"
owners: [legal]
matrix:
  low: {label_th: ต่ำ, low: 1, high: 8}
  high: {label_th: สูง, low: 9, high: 25}
fields:
  event: {type: text, label_th: เหตุการณ์, required: true}
  likelihood: {type: choice, label_th: โอกาส, required: true, choices: {"1": น้อย, "3": ปานกลาง, "5": มาก}}
  impact: {type: choice, label_th: ผลกระทบ, required: true, choices: {"1": น้อย, "3": ปานกลาง, "5": มาก}}
  level: {type: derived, label_th: ระดับ, formula: matrix_level, of: [likelihood, impact]}
filters: [level]
"""


def codes(refused: pytest.ExceptionInfo[EntryRefused]) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


# --- making ---------------------------------------------------------------------------------------------------------
def test_entry_is_kept_with_number_days_unit_and_columns(entry, agency):
    made = Entry.objects.get(pk=entry("gifts").pk)
    assert (made.number, made.fiscal_year_be, made.title) == (1, 2569, "กระเช้าผลไม้ จาก ร้านสวนพลูการค้า")
    assert (made.dated_on, made.month, made.state, made.unit) == (
        date(2025, 12, 28),
        202512,
        "kept",
        office.unit(agency, "กองช่าง"),
    )
    assert (made.key_1, made.key_2, made.sum_1) == ("private", "กองช่าง", Decimal("800.00"))
    assert Decimal(str(made.values["value_thb"])) == 800 and made.values["unit"]["text"] == "กองช่าง"


def test_numbers_run_in_each_year_of_a_register_without_a_gap(entry):
    made = [entry("gifts", received_on=day) for day in (date(2025, 12, 1), date(2025, 9, 30), date(2025, 10, 1))]
    assert [(one.fiscal_year_be, one.number) for one in made] == [(2569, 1), (2568, 1), (2569, 2)]
    assert entry("assets").fiscal_year_be == 0


def test_every_fault_is_told_at_once_in_thai(then, agency):
    with pytest.raises(EntryRefused) as refused:
        services.add_entry(then(), register="gifts", values={"giver": "ก" * 201, "value_thb": Decimal(5000)})
    told = codes(refused)
    assert {("received_on", "REQUIRED"), ("reason", "REQUIRED")} <= set(told) and len(told) > 5
    assert Entry.objects.count() == 0 and AuditEntry.objects.filter(action="entry.add").count() == 0
    assert refused.value.message_th


@pytest.mark.parametrize("value", ["แปดร้อย", 800, {"a": 1}])
def test_value_of_another_kind_is_refused(entry, value):
    with pytest.raises(EntryRefused):
        entry("gifts", value_thb=value)


def test_field_that_a_move_asks_is_not_taken_before(entry):
    assert "returned_on" not in entry("gifts", returned_on=date(2026, 1, 5)).values


def test_twin_is_refused_by_naming_the_entry_that_is_there(entry, agency):
    entry("assets", code="416-63-0012")
    with pytest.raises(EntryRefused) as refused:
        entry("assets", code=" 416-63-๐๐๑๒ ")
    assert codes(refused) == [("code", "ALREADY_THERE")]
    assert "เลขที่ ๑ 416-63-0012 เครื่องฉายภาพ" in refused.value.message_th


def test_what_occurs_once_occurs_once_in_a_year(entry):
    entry("purchases", contract_no="1/2569")
    with pytest.raises(EntryRefused):
        entry("purchases", contract_no="๑/๒๕๖๙")
    assert entry("purchases", contract_no="1/2569", contract_on=date(2025, 9, 1)).fiscal_year_be == 2568


def test_withdrawn_entry_makes_room_for_another(entry, then):
    first = entry("purchases", contract_no="1/2569")
    services.move_entry(then(), entry=first, move="withdraw", note="บันทึกซ้ำ", version=1)
    assert entry("purchases", contract_no="1/2569").number == 2


def test_thing_of_another_agency_is_not_there(entry, other_agency):
    with pytest.raises(EntryRefused) as refused:
        entry("gifts", unit=unit_ref(other_agency, "กองคลัง"))
    assert codes(refused) == [("unit", "NOT_THERE")]


def test_present_name_is_kept_of_what_is_pointed_at(entry, agency):
    unit = office.unit(agency, "กองช่าง")
    assert entry("gifts", unit=Ref(unit.pk, "ชื่ออะไรก็ได้")).values["unit"]["text"] == "กองช่าง"


def test_entry_without_a_date_of_its_own_is_of_the_year_asked_for(then, own_register):
    own_register(RISKS)
    values = {"event": "เรียกรับเงิน", "likelihood": "3", "impact": "3"}
    made = services.add_entry(then(), register="own-risks", values=values, year_be=2570)
    assert (made.fiscal_year_be, made.dated_on) == (2570, date(2026, 10, 1))


def test_date_of_another_year_than_asked_for_is_refused(then, agency):
    with pytest.raises(EntryRefused) as refused:
        services.add_entry(then(), register="gifts", values=sample(agency, "gifts"), year_be=2568)
    assert codes(refused) == [("received_on", "OTHER_YEAR")]


def test_clock_starts_when_the_period_ends_and_stops_with_its_field(entry, then):
    made = entry("loans", asset=entry_ref(entry("assets")))
    assert (made.dated_on, made.ends_on) == (date(2026, 2, 1), date(2026, 2, 3))
    assert (made.due_on, made.done_on) == (date(2026, 2, 10), None)


def test_what_is_secret_is_neither_searched_nor_told(entry):
    made = entry("loans", asset=entry_ref(entry("assets")), contact="0891112222")
    assert b"111" not in made.found_by and packed("นายสมชาย ใจดี") in made.found_by
    line = AuditEntry.objects.get(action="entry.add", subject_id=str(made.pk))
    assert line.changes["โทรศัพท์"] == [None, "(ปกปิด)"]
    assert line.changes["ผู้ยืม"] == [None, "นายสมชาย ใจดี"]


def test_many_entries_are_made_as_one_is(then, agency):
    rows = [{**sample(agency, "purchases"), "contract_no": f"{n}/2569"} for n in (1, 2, 1, 3)]
    made = services.add_entries(then(), register="purchases", rows=rows)
    assert [one.number if isinstance(one, Entry) else one.faults[0].code for one in made] == [1, 2, "ALREADY_THERE", 3]
    assert {one.source for one in Entry.objects.all()} == {Source.SHEET}
    assert AuditEntry.objects.filter(action="entry.add").count() == 3


def test_office_sees_the_file_of_an_entry_and_ending_is_held(entry, then, agency):
    pdf = keep_file(then(), name="ภาพ.txt", content="ภาพ".encode())
    with pytest.raises(EntryRefused) as refused:
        services.add_entry(then(), register="gifts", values=sample(agency, "gifts"), files=[("photo", pdf)])
    assert codes(refused) == [("photo", "FILE_KIND")]


# --- links ----------------------------------------------------------------------------------------------------------
def test_link_is_kept_counted_and_protects(entry, then):
    asset = entry("assets")
    loan = entry("loans", asset=entry_ref(asset))
    assert EntryLink.objects.get(entry=loan).target == asset
    assert linked_values(_register("assets"), [asset])[asset.pk] == {"loans": Decimal(1)}
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(then(), entry=asset, move="dispose", note="ชำรุด", version=1)
    assert codes(refused) == [("", "POINTED_AT")] and "เลขที่ ๑/๒๕๖๙" in refused.value.message_th


def test_disposed_asset_is_not_lent_and_neither_is_a_broken_one(entry, then):
    broken, disposed = entry("assets"), entry("assets")
    services.move_entry(then(), entry=broken, move="break", note="จอแตก", version=1)
    services.move_entry(then(), entry=disposed, move="dispose", note="หมดสภาพ", version=1)
    with pytest.raises(EntryRefused) as refused:
        entry("loans", asset=entry_ref(broken))
    assert codes(refused) == [("asset", "NOT_LENT")]
    with pytest.raises(EntryRefused) as refused:
        entry("loans", asset=entry_ref(disposed))
    assert codes(refused) == [("asset", "NOT_COUNTED")] and "จำหน่ายแล้ว" in refused.value.message_th


def test_loan_that_stands_keeps_an_asset_disposed_of_later(entry, then):
    asset = entry("assets")
    loan = entry("loans", asset=entry_ref(asset))
    Entry.objects.filter(pk=asset.pk).update(state="disposed")
    changed = services.change_entry(then(), entry=loan, values={"purpose": "งานวัด"}, version=1)
    assert changed.values["purpose"] == "งานวัด"


def test_entry_of_another_register_is_refused(entry):
    with pytest.raises(EntryRefused) as refused:
        entry("loans", asset=entry_ref(entry("gifts")))
    assert codes(refused) == [("asset", "OTHER_REGISTER")]


def test_overlapping_loan_of_one_asset_is_refused_but_not_of_another_time_or_asset(entry):
    asset, other = entry("assets"), entry("assets")
    entry("loans", asset=entry_ref(asset))
    for start, end in ((3, 5), (1, 1), (2, 2)):
        with pytest.raises(EntryRefused) as refused:
            entry("loans", asset=entry_ref(asset), period=Span(date(2026, 2, start), date(2026, 2, end)))
        assert codes(refused) == [("period", "OVERLAPS")]
    entry("loans", asset=entry_ref(asset), period=Span(date(2026, 2, 4), date(2026, 2, 5)))
    entry("loans", asset=entry_ref(other))


def test_rejected_loan_leaves_the_time_free_and_changed_one_is_held_again(entry, then):
    asset = entry("assets")
    first = entry("loans", asset=entry_ref(asset), place="outside")
    services.move_entry(then(Role.MAYOR), entry=first, move="reject", note="ไม่ว่าง", version=1)
    entry("loans", asset=entry_ref(asset))
    third = entry("loans", asset=entry_ref(asset), period=Span(date(2026, 3, 1), date(2026, 3, 2)))
    with pytest.raises(EntryRefused) as refused:
        services.change_entry(
            then(), entry=third, values={"period": Span(date(2026, 2, 3), date(2026, 2, 4))}, version=1
        )
    assert codes(refused) == [("period", "OVERLAPS")]


# --- changing -------------------------------------------------------------------------------------------------------
def test_change_is_told_by_labels_before_and_after(entry, then):
    made = entry("gifts")
    changed = services.change_entry(
        then(), entry=made, values={"value_thb": Decimal(900), "giver_kind": "citizen"}, version=1
    )
    assert (changed.version, changed.sum_1, changed.key_1) == (2, Decimal("900.00"), "citizen")
    newest, oldest = history_of(then(), changed)
    assert newest.changes == (("ประเภทผู้ให้", "เอกชน", "ประชาชน"), ("มูลค่าโดยประมาณ", "800.00", "900.00"))
    assert oldest.action == "entry.add" and ("เลขที่", "", "1") in oldest.changes


def test_change_without_a_change_writes_nothing(entry, then):
    made = entry("gifts")
    assert services.change_entry(then(), entry=made, values={"item": "กระเช้าผลไม้"}, version=1).version == 1
    assert len(history_of(then(), made)) == 1


def test_stale_version_is_told_with_the_current_entry(entry, then):
    made = entry("gifts")
    services.change_entry(then(), entry=made, values={"item": "นาฬิกา"}, version=1)
    with pytest.raises(Stale) as stale:
        services.change_entry(then(), entry=made, values={"item": "ปากกา"}, version=1)
    assert stale.value.current.values["item"] == "นาฬิกา"


def test_date_is_not_moved_into_another_year(entry, then):
    made = entry("gifts")
    with pytest.raises(EntryRefused) as refused:
        services.change_entry(then(), entry=made, values={"received_on": date(2025, 9, 30)}, version=1)
    assert codes(refused) == [("received_on", "OTHER_YEAR")]


def test_entry_of_a_closed_period_is_neither_changed_nor_added(entry, then, agency):
    made = entry("gifts")
    close = _close(agency, then(), made, date(2025, 10, 1), date(2025, 12, 31))
    with pytest.raises(EntryRefused) as refused:
        services.change_entry(then(), entry=made, values={"item": "ปากกา"}, version=1)
    assert codes(refused) == [("", "CLOSED")]
    with pytest.raises(EntryRefused) as refused:
        entry("gifts")
    assert codes(refused) == [("received_on", "PERIOD_CLOSED")] and close.occurrence.label in refused.value.message_th
    late = entry("gifts", received_on=date(2026, 1, 10))
    with pytest.raises(EntryRefused) as refused:
        services.change_entry(then(), entry=late, values={"received_on": date(2025, 12, 31)}, version=1)
    assert codes(refused) == [("received_on", "PERIOD_CLOSED")]


def test_closed_entry_goes_on_but_is_not_withdrawn(entry, then, agency):
    made = entry("gifts")
    _close(agency, then(), made, date(2025, 10, 1), date(2026, 3, 31))
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(then(), entry=made, move="withdraw", note="ผิด", version=1)
    assert codes(refused) == [("", "CLOSED")]
    assert services.move_entry(then(Role.SECRETARY), entry=made, move="allow", version=1).state == "allowed"


def test_old_level_stays_when_the_matrix_is_edited(own_register, then):
    own_register(RISKS)
    values = {"event": "เรียกรับเงิน", "likelihood": "3", "impact": "3"}
    made = services.add_entry(then(), register="own-risks", values=values)
    assert (made.values["level"], made.key_1) == ("high", "high")
    own_register(RISKS.replace("high: 8", "high: 9").replace("low: 9", "low: 10"))
    again = services.change_entry(then(), entry=made, values={"event": "เรียกรับสินบน"}, version=1)
    assert again.values["level"] == "high"
    assert services.add_entry(then(), register="own-risks", values=values).values["level"] == "low"


# --- moving ---------------------------------------------------------------------------------------------------------
def test_move_keeps_who_when_why_and_its_fields(entry, then):
    made = entry("gifts")
    moved = services.move_entry(
        then(Role.SECRETARY), entry=made, move="hand_over", values={"disposal": "มอบโรงพยาบาล", "item": "x"}, version=1
    )
    assert (moved.state, moved.values["disposal"], moved.values["item"]) == (
        "handed_over",
        "มอบโรงพยาบาล",
        "กระเช้าผลไม้",
    )
    [move] = EntryMove.objects.all()
    assert (move.source, move.to, move.on, move.by_text) == (
        "kept",
        "handed_over",
        TODAY,
        "นายวิเชียร รอบรู้ ปลัดเทศบาล",
    )
    assert history_of(then(), moved)[0].changes == (
        ("สถานะ", "รอความเห็นผู้บังคับบัญชา", "ส่งมอบหน่วยงาน"),
        ("การดำเนินการกับของ", "", "มอบโรงพยาบาล"),
    )


def test_move_asks_for_its_fields_and_its_note(entry, then):
    made = entry("gifts")
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(then(Role.SECRETARY), entry=made, move="hand_over", version=1)
    assert codes(refused) == [("disposal", "REQUIRED")]
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(then(), entry=made, move="withdraw", note="  ", version=1)
    assert codes(refused) == [("note", "NOTE")]


def test_move_from_another_state_unknown_move_and_stale_are_refused(entry, then):
    made = entry("gifts")
    moved = services.move_entry(then(Role.SECRETARY), entry=made, move="allow", version=1)
    for move in ("allow", "fly"):
        with pytest.raises(EntryRefused):
            services.move_entry(then(Role.SECRETARY), entry=moved, move=move, version=2)
    with pytest.raises(Stale):
        services.move_entry(then(Role.SECRETARY), entry=moved, move="withdraw", note="x", version=1)


def test_field_of_a_move_is_changed_after_it_but_not_emptied(entry, then):
    made = entry("gifts")
    moved = services.move_entry(
        then(Role.SECRETARY), entry=made, move="hand_over", values={"disposal": "มอบโรงพยาบาล"}, version=1
    )
    changed = services.change_entry(then(), entry=moved, values={"disposal": "มอบวัด"}, version=2)
    assert changed.values["disposal"] == "มอบวัด"
    with pytest.raises(EntryRefused) as refused:
        services.change_entry(then(), entry=changed, values={"disposal": None}, version=3)
    assert codes(refused) == [("disposal", "REQUIRED")]


def test_return_before_the_lending_is_refused(entry, then):
    made = entry("loans", asset=entry_ref(entry("assets")), place="outside")
    made = services.move_entry(then(Role.MAYOR), entry=made, move="approve", version=1)
    given = {"issued_on": date(2026, 2, 2), "condition_out": "ปกติ"}
    made = services.move_entry(then(Role.SUPPLY), entry=made, move="issue", values=given, version=2)
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(
            then(Role.SUPPLY), entry=made, move="return", values={"returned_on": date(2026, 2, 1)}, version=3
        )
    assert [field for field, _code in codes(refused)] == ["returned_on"]
    back = {"returned_on": date(2026, 2, 3)}
    made = services.move_entry(then(Role.SUPPLY), entry=made, move="return", values=back, version=3)
    assert (made.state, made.done_on) == ("returned", date(2026, 2, 3))


# --- progress, carrying ---------------------------------------------------------------------------------------------
REPORT = {
    "result": "อบรมแล้ว 1 รุ่น",
    "spent_thb": Decimal(5000),
    "percent": Decimal(50),
    "obstacles": "ไม่มี",
    "suggestions": "ไม่มี",
}


def test_progress_is_reported_once_a_period_by_the_unit_that_does_it(then, agency):
    made = services.add_entry(then(), register="prevention-plan", values=sample(agency, "prevention-plan"))
    report = services.report_progress(
        then(Role.OFFICER), entry=made, starts_on=date(2025, 10, 1), values=REPORT, version=0
    )
    assert (report.label, report.ends_on) == ("รอบ ๖ เดือน", date(2026, 3, 31))
    with pytest.raises(Stale):
        services.report_progress(then(Role.OFFICER), entry=made, starts_on=date(2025, 10, 1), values=REPORT, version=0)
    again = services.report_progress(
        then(Role.OFFICER), entry=made, starts_on=date(2025, 10, 1), values={"percent": Decimal(60)}, version=1
    )
    assert (again.version, again.values["result"]) == (2, "อบรมแล้ว 1 รุ่น")
    assert history_of(then(), made)[0].changes == (("งวด", "", "รอบ ๖ เดือน"), ("ร้อยละความสำเร็จ", "50.0", "60.0"))
    with pytest.raises(EntryRefused) as refused:
        services.report_progress(then(Role.HEAD), entry=made, starts_on=date(2025, 10, 1), values=REPORT, version=2)
    assert codes(refused) == [("", "NOT_ALLOWED")]


def test_progress_is_held_against_its_rules_and_periods(then, agency):
    made = services.add_entry(then(), register="prevention-plan", values=sample(agency, "prevention-plan"))
    for starts_on, code in ((date(2026, 4, 1), "NOT_YET"), (date(2025, 11, 1), "NO_PERIOD")):
        with pytest.raises(EntryRefused) as refused:
            services.report_progress(then(), entry=made, starts_on=starts_on, values=REPORT, version=0)
        assert codes(refused) == [("", code)]
    over = {**REPORT, "spent_thb": Decimal(10001)}
    with pytest.raises(EntryRefused) as refused:
        services.report_progress(then(), entry=made, starts_on=date(2025, 10, 1), values=over, version=0)
    assert [field for field, _code in codes(refused)] == ["reason"]


def test_entry_goes_on_in_the_next_year_once(then, agency, kept):
    made = services.add_entry(then(), register="prevention-plan", values=sample(agency, "prevention-plan"))
    new = services.copy_entry(then(), kept=kept("prevention-plan"), entry=made, fiscal_year_be=2570)
    assert (new.fiscal_year_be, new.number, new.before, new.source) == (2570, 1, made, Source.CARRIED)
    assert new.values == made.values
    with pytest.raises(EntryRefused):
        services.copy_entry(then(), kept=kept("prevention-plan"), entry=made, fiscal_year_be=2570)


def test_entry_does_not_go_on_where_another_has_its_place(then, entry, kept):
    made = entry("purchases", contract_no="1/2569", contract_on=date(2025, 9, 1))
    entry("purchases", contract_no="1/2569")
    with pytest.raises(EntryRefused) as refused:
        services.copy_entry(then(), kept=kept("purchases"), entry=made, fiscal_year_be=2569)
    assert codes(refused) == [("contract_no", "ALREADY_THERE")]


def _register(id_: str):
    from prongsai.registers.load import of_year

    return of_year(id_, 0)


def _close(agency, scope, entry: Entry, start: date, end: date) -> PeriodClose:
    from django.utils import timezone

    from prongsai.web.duties.models import Duty, Occurrence

    duty = Duty.objects.create(agency=agency, fiscal_year_be=2569, title="ของขวัญ", rhythm="half_yearly")
    occurrence = Occurrence.objects.create(duty=duty, label="รอบ ๖ เดือน", starts_on=start, ends_on=end, due_on=end)
    close = PeriodClose.objects.create(
        agency=agency,
        register=entry.register,
        occurrence=occurrence,
        fiscal_year_be=2569,
        starts_on=start,
        ends_on=end,
        closed_by=agency.people.first(),
        closed_at=timezone.now(),
    )
    Entry.objects.filter(pk=entry.pk).update(close=close)
    return close
