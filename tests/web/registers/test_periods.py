from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from prongsai.registers.model import Ref
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.duties.queries import duty_line
from prongsai.web.evidence.models import Evidence
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry, ImportBatch, PeriodClose
from prongsai.web.registers.queries.periods import (
    PeriodState,
    board_of,
    boards_of,
    carries_of,
    occurrences_of,
    preview_of,
)
from prongsai.web.registers.queries.proofs import Strength, proofs_of, proven

TODAY = date(2026, 2, 16)
YEAR_END = date(2026, 10, 5)


@pytest.fixture
def clerk(scope):
    """The supply officer on a Monday of fiscal year 2569, the year's periods opened."""
    found = replace(scope(Role.SUPPLY), today=TODAY)
    services.open_year(replace(scope(Role.COORDINATOR), today=TODAY), fiscal_year_be=2569)
    return found


def month_of(scope, kept, number):
    return occurrences_of(scope, kept.register, 2569).get(starts_on__month=number)


def test_open_year_uses_standard_duties_and_makes_those_that_are_missing(clerk, kept, scope):
    assert Duty.objects.filter(key="procurement-summary", fiscal_year_be=2569).count() == 1
    assert month_of(clerk, kept("purchases"), 11).label == "เดือนพฤศจิกายน ๒๕๖๘"
    assert Duty.objects.get(key="register-loans").title == "ทะเบียนการยืมทรัพย์สินของราชการ"
    assert services.open_year(scope(Role.COORDINATOR), fiscal_year_be=2569) == []


def test_month_without_report_is_missed_and_stays_so(clerk, kept):
    board = board_of(clerk, kept("purchases"), 2569)
    states = [line.state for line in board.lines]
    assert states[:3] == [PeriodState.MISSED] * 3
    assert states[3] is PeriodState.MISSED  # January, due on 10 February
    assert states[4] is PeriodState.EXPECTED
    assert (board.expected, board.settled, board.missed) == (4, 0, 4)


def test_statement_of_nothing_is_signed_and_dated(clerk, kept):
    purchases = kept("purchases")
    close = services.state_nothing(clerk, kept=purchases, occurrence=month_of(clerk, purchases, 10))
    assert (close.is_nothing, close.closed_by, close.closed_at is not None) == (True, clerk.person, True)
    assert close.closed_as == "เจ้าพนักงานพัสดุ"
    done = month_of(clerk, purchases, 10)
    assert (done.is_nothing, done.done_on, done.done_by) == (True, TODAY, clerk.person)
    assert {one.file.name.rpartition(".")[2] for one in close.evidence.all()} >= {"docx"}


def test_statement_of_nothing_is_refused_where_there_is_something(clerk, kept, entry):
    entry("purchases")
    purchases = kept("purchases")
    with pytest.raises(ValidationError, match="มีรายการอยู่"):
        services.state_nothing(clerk, kept=purchases, occurrence=month_of(clerk, purchases, 11))
    assert not PeriodClose.objects.exists()


def test_period_is_neither_closed_nor_stated_before_it_ends(clerk, kept):
    purchases = kept("purchases")
    february = month_of(clerk, purchases, 2)
    with pytest.raises(ValidationError, match="ยังไม่สิ้นงวด|ยังไม่สิ้นสุด"):
        services.state_nothing(clerk, kept=purchases, occurrence=february)
    with pytest.raises(ValidationError, match="ยังไม่สิ้นสุด"):
        services.close_period(clerk, kept=purchases, occurrence=february)


def test_closing_freezes_the_table_keeps_evidence_and_locks_entries(clerk, kept, entry):
    made = entry("purchases", contract_on=date(2025, 11, 20))
    other = entry("purchases", contract_on=date(2025, 12, 1))
    purchases = kept("purchases")
    close = services.close_period(clerk, kept=purchases, occurrence=month_of(clerk, purchases, 11))
    assert (close.n_entries, len(close.table["rows"])) == (1, 1)
    assert close.table["rows"][0][0] == "ซื้อวัสดุสำนักงาน"
    assert close.figures["value_by_method"]["total"] == "12000.00"
    assert {one.file.name.rpartition(".")[2] for one in close.evidence.all()} >= {"docx", "xlsx"}
    assert Entry.objects.get(pk=made.pk).close == close
    assert Entry.objects.get(pk=other.pk).close is None
    with pytest.raises(services.EntryRefused):
        services.change_entry(clerk, entry=made, values={"work": "อื่น"}, version=None)
    with pytest.raises(services.EntryRefused):
        entry("purchases", contract_on=date(2025, 11, 25))


def test_journal_of_a_close_holds_no_row_of_its_table(clerk, kept, entry):
    entry("purchases", contract_on=date(2025, 11, 20))
    purchases = kept("purchases")
    services.close_period(clerk, kept=purchases, occurrence=month_of(clerk, purchases, 11))
    told = str(list(AuditEntry.objects.filter(subject_type="registers.periodclose").values_list("changes", flat=True)))
    assert "n_entries" in told and "ซื้อวัสดุสำนักงาน" not in told


def test_close_without_entries_asks_for_the_statement(clerk, kept):
    purchases = kept("purchases")
    with pytest.raises(ValidationError, match="ยืนยันว่าไม่มี"):
        services.close_period(clerk, kept=purchases, occurrence=month_of(clerk, purchases, 10))


def test_several_months_may_be_closed_on_one_day_and_each_counts(clerk, kept):
    purchases = kept("purchases")
    for month in (10, 11, 12):
        services.state_nothing(clerk, kept=purchases, occurrence=month_of(clerk, purchases, month))
    duty = Duty.objects.get(key="procurement-summary")
    assert duty_line(clerk, duty).tally.done == 3


def test_reopening_needs_a_reason_frees_entries_and_withdraws_evidence(clerk, kept, entry):
    made = entry("purchases")
    purchases = kept("purchases")
    november = month_of(clerk, purchases, 11)
    close = services.close_period(clerk, kept=purchases, occurrence=november)
    with pytest.raises(ValidationError):
        services.reopen_period(clerk, close=close, note=" ", version=close.version)
    with pytest.raises(Stale):
        services.reopen_period(clerk, close=close, note="พิมพ์ราคาผิด", version=close.version + 1)
    services.reopen_period(clerk, close=close, note="พิมพ์ราคาผิด", version=close.version)
    assert Entry.objects.get(pk=made.pk).close is None
    assert all(one.withdrawn_at for one in close.evidence.all())
    assert Occurrence.objects.get(pk=november.pk).done_on is None
    again = services.close_period(clerk, kept=purchases, occurrence=Occurrence.objects.get(pk=november.pk))
    assert again.pk != close.pk


def test_period_is_closed_once(clerk, kept, entry):
    entry("purchases")
    purchases = kept("purchases")
    november = month_of(clerk, purchases, 11)
    services.close_period(clerk, kept=purchases, occurrence=november)
    with pytest.raises((ValidationError, services.EntryRefused)):
        services.close_period(clerk, kept=purchases, occurrence=november)
    assert PeriodClose.objects.count() == 1


def test_somebody_without_a_person_cannot_sign(system, kept, clerk):
    purchases = kept("purchases")
    with pytest.raises(ValidationError, match="ผู้ลงชื่อ"):
        services.state_nothing(system, kept=purchases, occurrence=month_of(clerk, purchases, 10))


def test_plan_is_not_closed_while_a_project_is_not_reported(scope, kept, entry, clerk):
    legal = replace(scope(Role.LEGAL), today=YEAR_END)
    plan = kept("prevention-plan")
    made = entry("prevention-plan")
    first = occurrences_of(legal, plan.register, 2569).first()
    preview = preview_of(legal, plan, first)
    assert f"“{made.title}” ยังไม่รายงานความก้าวหน้าของงวดนี้" in preview.blocks
    with pytest.raises(ValidationError, match="ยังไม่รายงานความก้าวหน้า"):
        services.close_period(legal, kept=plan, occurrence=first)


def test_carry_forward_takes_what_goes_on_once(scope, kept, entry, clerk):
    coordinator = replace(scope(Role.COORDINATOR), today=YEAR_END)
    plan = kept("prevention-plan")
    made = entry("prevention-plan", period=Span(date(2025, 11, 1), date(2026, 12, 31)))
    (carry,) = carries_of(coordinator, [plan], 2570)
    assert carry.n_entries == 1
    (new,) = services.carry_forward(coordinator, kept=plan, to_year_be=2570)
    assert (new.before, new.fiscal_year_be, new.source, new.title) == (made, 2570, "carried", made.title)
    assert services.carry_forward(coordinator, kept=plan, to_year_be=2570) == []


def test_boards_of_all_registers_cost_the_same_however_many(clerk, kept, django_assert_num_queries):
    kepts = [kept(id_) for id_ in ("purchases", "gifts", "loans")]
    for some in (kepts[:1], kepts):
        with django_assert_num_queries(2):
            boards_of(clerk, some, 2569)


def test_registers_prove_elements_as_their_periods_are_closed(clerk, kept, entry):
    purchases = kept("purchases")
    entry("purchases", agreed_thb=Decimal(9000))
    (proof,) = proven(proofs_of(clerk, [2569]), "procurement.monthly", "files", 2569)
    assert (proof.strength, proof.text) == (Strength.NONE, "ปิดงวดแล้ว ๐ จาก ๔ งวดที่สิ้นสุดแล้ว (ทั้งปี ๑๒)")
    services.close_period(clerk, kept=purchases, occurrence=month_of(clerk, purchases, 11))
    (proof,) = proven(proofs_of(clerk, [2569]), "procurement.monthly", "files", 2569)
    assert proof.strength is Strength.PARTIAL
    for month in (10, 12, 1):
        services.state_nothing(clerk, kept=purchases, occurrence=month_of(clerk, purchases, month))
    (proof,) = proven(proofs_of(clerk, [2569]), "procurement.monthly", "files", 2569)
    assert proof.is_ready
    assert len(proof.evidence) >= 5


def test_change_while_a_period_is_being_closed_is_noticed(clerk, kept, entry, monkeypatch):
    made = entry("purchases")
    purchases = kept("purchases")
    november = month_of(clerk, purchases, 11)
    real = services.periods.write_paper

    def slow(*given, **named):
        Entry.objects.filter(pk=made.pk).update(version=made.version + 1)
        return real(*given, **named)

    monkeypatch.setattr(services.periods, "write_paper", slow)
    with pytest.raises(ValidationError, match="ระหว่างที่กำลังปิด"):
        services.close_period(clerk, kept=purchases, occurrence=november)
    assert (PeriodClose.objects.count(), Evidence.objects.count()) == (0, 0)


def test_import_that_stopped_half_way_holds_a_period_open(clerk, kept, system):
    purchases = kept("purchases")
    ImportBatch.objects.create(
        agency=system.agency, register="purchases", name="ก.xlsx", sha256="0" * 64, state="saving"
    )
    with pytest.raises(ValidationError, match="ยังบันทึกไม่ครบ"):
        services.state_nothing(clerk, kept=purchases, occurrence=month_of(clerk, purchases, 10))


def test_receiver_of_a_gift_does_not_decide_about_it(scope, entry):
    mayor = scope(Role.MAYOR)
    made = entry("gifts", by=scope(Role.CLERK), receiver=Ref(mayor.person.pk, str(mayor.person)), unit=_own(scope))
    with pytest.raises(services.EntryRefused) as refused:
        services.move_entry(mayor, entry=made, move="allow", version=made.version)
    assert refused.value.faults[0].message_th == "ผู้รับของขวัญพิจารณาเรื่องของตนเองไม่ได้"
    services.move_entry(scope(Role.SECRETARY), entry=made, move="allow", version=made.version)
    assert Entry.objects.get(pk=made.pk).state == "allowed"


def test_executive_enters_the_own_gift(scope, entry):
    assert entry("gifts", by=scope(Role.MAYOR)).written_by == scope(Role.MAYOR).user


def _own(scope) -> Ref:
    unit = next(iter(Unit.objects.filter(pk__in=scope(Role.CLERK).unit_ids)))
    return Ref(unit.pk, unit.name)
