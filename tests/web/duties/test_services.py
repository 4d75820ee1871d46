from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.duties import queries, services
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.duties.queries import State
from prongsai.web.duties.standard import FOLLOW_UP, STANDARD

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 20)


@pytest.fixture
def on(scope):
    """Somebody in a role on a day in January of fiscal year 2569."""
    return lambda role=Role.COORDINATOR, today=TODAY: replace(scope(role), today=today)


@pytest.fixture
def monthly(on) -> Duty:
    """A duty of every month, due ten days after the month's end."""
    return services.add_duty(on(), fiscal_year_be=2569, title="ส่งสถิติ", rhythm="monthly")


def of(duty: Duty, start: date) -> Occurrence:
    return Occurrence.objects.select_related("duty").get(duty=duty, starts_on=start)


def states(scope, duty: Duty) -> list[str]:
    return [line.state for line in queries.duty_line(scope, duty).lines]


def test_open_year_makes_the_standard_duties_with_their_occurrences_once(on):
    scope = on()
    assert len(services.open_year(scope, fiscal_year_be=2569)) == len(STANDARD)
    assert services.open_year(scope, fiscal_year_be=2569) == []
    rhythms = {
        key: Occurrence.objects.filter(duty__key=key).count() for key in (FOLLOW_UP, "stock-check", "tracking", "risk")
    }
    assert rhythms == {FOLLOW_UP: 12, "stock-check": 4, "tracking": 2, "risk": 1}
    assert Duty.objects.get(key="stock-check").unit.name == "กองคลัง"


def test_open_year_leaves_a_renamed_standard_duty_alone(on):
    scope = on()
    services.open_year(scope, fiscal_year_be=2569)
    services.change_duty(scope, duty=Duty.objects.get(key="risk"), version=1, title="ประเมินความเสี่ยง")
    assert services.open_year(scope, fiscal_year_be=2569) == []


def test_missed_month_stays_visible_as_missed(on, monthly):
    scope = on()
    assert states(scope, monthly) == [State.MISSED] * 3 + [State.EXPECTED] * 9
    assert states(replace(scope, today=date(2026, 2, 1)), monthly)[3] == State.SOON
    assert [one.label for one in queries.missed(scope)] == ["เดือนตุลาคม ๒๕๖๘", "เดือนพฤศจิกายน ๒๕๖๘", "เดือนธันวาคม ๒๕๖๘"]


def test_done_in_time_and_late_are_told_apart(on, monthly):
    scope = on()
    services.record(scope, occurrence=of(monthly, date(2025, 10, 1)), done_on=date(2025, 11, 5), result="ส่งแล้ว")
    services.record(scope, occurrence=of(monthly, date(2025, 11, 1)), done_on=date(2026, 1, 20), result="ส่งช้า")
    assert states(scope, monthly)[:3] == [State.DONE, State.LATE_DONE, State.MISSED]


def test_one_date_for_six_months_is_one_of_six(on, monthly):
    scope = on(today=date(2026, 3, 31))
    services.record(scope, occurrence=of(monthly, date(2025, 10, 1)), done_on=date(2026, 3, 31), result="ส่งแล้ว")
    with pytest.raises(ValidationError, match="วันที่นี้ใช้กับเดือนตุลาคม ๒๕๖๘แล้ว"):
        services.record(scope, occurrence=of(monthly, date(2025, 11, 1)), done_on=date(2026, 3, 31), result="ส่งแล้ว")
    assert queries.duty_line(scope, monthly).tally == queries.Tally(1, 6)
    # Even where the same date came in by another way, it counts once.
    Occurrence.objects.filter(duty=monthly, ends_on__lte=scope.today).update(done_on=date(2026, 3, 31))
    assert queries.duty_line(scope, monthly).tally == queries.Tally(1, 6)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"done_on": date(2026, 1, 21), "result": "ส่งแล้ว"}, "done_on"),
        ({"done_on": date(2025, 9, 30), "result": "ส่งแล้ว"}, "done_on"),
        ({"done_on": TODAY, "result": " "}, "result"),
    ],
)
def test_entry_needs_a_day_within_reason_and_a_result(on, monthly, values, field):
    with pytest.raises(ValidationError) as caught:
        services.record(on(), occurrence=of(monthly, date(2025, 10, 1)), **values)
    assert list(caught.value.message_dict) == [field]


def test_nothing_to_report_is_a_statement_with_day_and_name(on, system, monthly):
    occurrence = of(monthly, date(2025, 10, 1))
    with pytest.raises(ValidationError, match="ต้องมีผู้ลงชื่อ"):
        services.record(replace(system, today=TODAY), occurrence=occurrence, done_on=TODAY, is_nothing=True)
    services.record(on(), occurrence=occurrence, done_on=TODAY, is_nothing=True)
    stored = of(monthly, date(2025, 10, 1))
    assert (str(stored.done_by), stored.done_on, stored.is_nothing) == ("นายมาลี ตั้งใจ", TODAY, True)


def test_two_who_record_the_same_occurrence_one_is_told(on, monthly):
    first, second = of(monthly, date(2025, 10, 1)), of(monthly, date(2025, 10, 1))
    services.record(on(), occurrence=first, version=1, done_on=TODAY, result="คนแรก")
    with pytest.raises(Stale):
        services.record(on(), occurrence=second, version=1, done_on=TODAY, result="คนที่สอง")
    assert of(monthly, date(2025, 10, 1)).result == "คนแรก"


def test_reopen_takes_an_entry_back_and_the_journal_keeps_it(on, monthly):
    occurrence = of(monthly, date(2025, 10, 1))
    services.record(on(), occurrence=occurrence, done_on=TODAY, result="ผิดงวด")
    services.reopen(on(), occurrence=occurrence, version=2)
    assert of(monthly, date(2025, 10, 1)).done_on is None
    assert AuditEntry.objects.get(action="occurrence.reopen").changes["result"] == ["ผิดงวด", ""]


def test_change_of_rhythm_moves_only_what_is_open_and_ahead(on, monthly):
    scope = on()
    services.record(scope, occurrence=of(monthly, date(2025, 10, 1)), done_on=date(2025, 11, 5), result="ส่งแล้ว")
    early = Occurrence.objects.get(duty=monthly, starts_on=date(2026, 2, 1))
    services.record(on(today=date(2026, 2, 5)), occurrence=early, done_on=date(2026, 2, 5), result="ทำก่อนกำหนด")
    services.change_duty(scope, duty=monthly, version=1, rhythm="quarterly")
    labels = list(monthly.occurrences.order_by("ends_on", "starts_on").values_list("label", flat=True))
    assert labels == [
        "เดือนตุลาคม ๒๕๖๘", "เดือนพฤศจิกายน ๒๕๖๘", "เดือนธันวาคม ๒๕๖๘", "เดือนกุมภาพันธ์ ๒๕๖๙",
        "ไตรมาส ๒", "ไตรมาส ๓", "ไตรมาส ๔",
    ]  # fmt: skip
    assert states(scope, monthly)[:3] == [State.DONE, State.MISSED, State.MISSED]


def test_change_of_days_moves_due_days_ahead_and_leaves_missed_ones(on, monthly):
    services.change_duty(on(), duty=monthly, version=1, days_after=5)
    assert of(monthly, date(2025, 12, 1)).due_on == date(2026, 1, 12)
    assert of(monthly, date(2026, 1, 1)).due_on == date(2026, 2, 5)


def test_switching_off_drops_only_what_is_ahead_and_on_again_brings_it_back(on, monthly):
    scope = on()
    services.change_duty(scope, duty=monthly, version=1, is_open=False)
    assert states(scope, monthly) == [State.MISSED] * 3
    services.change_duty(scope, duty=monthly, version=2, is_open=True)
    assert len(states(scope, monthly)) == 12


def test_change_of_an_old_version_changes_nothing(on, monthly):
    services.change_duty(on(), duty=monthly, version=1, days_after=5)
    with pytest.raises(Stale):
        services.change_duty(on(), duty=Duty.objects.get(pk=monthly.pk), version=1, rhythm="quarterly")
    assert monthly.occurrences.count() == 12


def test_follow_up_is_recorded_by_executives_only_and_after_the_last_task(on):
    services.open_year(on(), fiscal_year_be=2569)
    october = of(Duty.objects.get(key=FOLLOW_UP), date(2025, 10, 1))
    with pytest.raises(ValidationError, match="เฉพาะผู้บริหาร"):
        services.record(on(), occurrence=october, done_on=TODAY, result="ติดตาม")
    mayor = on(Role.MAYOR)
    with pytest.raises(ValidationError, match="ก่อนงานสุดท้ายที่ติดตามในรอบนี้"):
        services.record(
            mayor, occurrence=october, done_on=date(2025, 10, 20), result="ติดตาม", last_task_on=date(2025, 10, 28)
        )
    services.record(
        mayor, occurrence=october, done_on=date(2025, 10, 28), result="ติดตาม", last_task_on=date(2025, 10, 28)
    )
    assert queries.follow_up_of(mayor, date(2025, 10, 15)).state == State.DONE


def test_duties_of_the_same_name_in_a_year_are_refused(on, monthly):
    with pytest.raises(ValidationError, match="ปีนี้มีงานชื่อนี้แล้ว"):
        services.add_duty(on(), fiscal_year_be=2569, title="ส่งสถิติ", rhythm="yearly")


def test_month_of_a_monthly_duty_and_unit_of_another_agency_are_refused(on, other_agency):
    with pytest.raises(ValidationError, match="เฉพาะงานรายปี"):
        services.add_duty(on(), fiscal_year_be=2569, title="ก", rhythm="monthly", month=10)
    with pytest.raises(ValidationError, match="ของหน่วยงานนี้"):
        services.add_duty(on(), fiscal_year_be=2569, title="ข", rhythm="yearly", unit=other_agency.units.first())


def test_who_holds_the_post_of_a_duty_may_enter_it_though_they_do_no_other_work(on, monthly):
    auditor = on(Role.AUDITOR)
    one = of(monthly, date(2025, 10, 1))
    assert not queries.may_record(auditor, one)
    one.duty.post = Post.objects.get(pk=min(auditor.post_ids))
    assert queries.may_record(auditor, one)
    assert not queries.may_record(on(Role.PRIVACY), one)
