"""Series and their numbers: how they are printed, given, reserved, used, cancelled, and begin anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.thai.letters import read_letter_number
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry, JobOrder
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Letter, LetterState, Number, NumberState, Series, SeriesKind
from prongsai.web.letters.queries import numbers as queries
from prongsai.web.letters.services import numbers as services
from tests.web import office

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 30)
YEAR = 2569


@pytest.fixture
def clerk(scope):
    return replace(scope(Role.CLERK), today=DAY)


@pytest.fixture
def out(clerk) -> Series:
    return services.add_series(clerk, kind=SeriesKind.OUTGOING)


def letter(scope, **values) -> Letter:
    given = {"paper": "memo", "subject": "รายงานผล", "drafter": scope.person} | values
    return Letter.objects.create(agency=scope.agency, **given)


def take(scope, series, count=1, **values) -> list[str]:
    return [services.take_number(scope, series=series, subject="เรื่อง", **values).text for _ in range(count)]


# --- printed text ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("outgoing", "ลบ 52701/1"),
        ("circular", "ลบ 52701/ว 1"),
        ("secret_out", "ลบ 52701/1"),
        ("order", "1/2569"),
        ("announcement", "1/2569"),
        ("incoming", "1"),
        ("secret_in", "1"),
    ],
)
def test_text_of_a_number_is_that_of_its_kind(clerk, kind, text):
    series = services.add_series(clerk, kind=kind)
    assert take(clerk, series) == [text]


def test_text_is_read_back_as_the_same_number(clerk):
    for kind, circular in (("outgoing", False), ("circular", True)):
        text = take(clerk, services.add_series(clerk, kind=kind))[0]
        found = read_letter_number(text)
        assert (found.prefix, found.unit_code, found.circular, found.number) == ("ลบ", "52701", circular, 1)


@pytest.mark.parametrize("typed", ["ลบ 52701.1", "ลบ ๕๒๗๐๑.๑", "ลบ๕๒๗๐๑.๑/", " ลบ.  52701 . 1"])
def test_prefix_is_kept_in_one_way_of_writing(clerk, typed):
    unit = office.unit(clerk.agency, "กองช่าง")
    assert services.add_series(clerk, kind="outgoing", unit=unit, prefix=typed).prefix == "ลบ 52701.1"


@pytest.mark.parametrize("typed", ["สห 52701", "ลบ 52702", "ลบ 527011", "ลบ", "ว 12", "ลบ 52701/5"])
def test_prefix_that_is_not_the_agency_s_is_refused(clerk, typed):
    with pytest.raises(ValidationError) as told:
        services.add_series(clerk, kind="outgoing", prefix=typed)
    assert list(told.value.error_dict) == ["prefix"]


def test_prefix_shared_with_another_register_is_refused_since_its_numbers_would_be_doubled(clerk, out):
    unit = office.unit(clerk.agency, "กองช่าง")
    with pytest.raises(ValidationError, match="ใช้ใน"):
        services.add_series(clerk, kind="outgoing", unit=unit)
    assert services.add_series(clerk, kind="circular").prefix == "ลบ 52701"  # ว tells them apart


def test_prefix_that_another_register_has_printed_before_is_refused(clerk, out):
    take(clerk, out)
    services.change_series(clerk, series=out, version=1, prefix="ลบ 52701.9")
    with pytest.raises(ValidationError, match="ใช้ใน"):
        services.add_series(clerk, kind="outgoing", unit=office.unit(clerk.agency, "กองช่าง"), prefix="ลบ 52701")


@pytest.mark.db
def test_number_is_not_given_once_the_agency_s_letters_are_others(clerk, out):
    clerk.agency.letter_prefix = "ลบ ๕๒๗๐๙"
    clerk.agency.save()
    with pytest.raises(ValidationError, match="ไม่ตรงกับของหน่วยงาน"):
        take(clerk, out)
    services.change_series(clerk, series=out, version=1, prefix="ลบ ๕๒๗๐๙")
    assert take(clerk, out) == ["ลบ 52709/1"]


def test_agency_without_letters_is_told_to_set_them(clerk):
    clerk.agency.letter_prefix = ""
    clerk.agency.save()
    with pytest.raises(ValidationError, match="ยังไม่มีอักษรย่อ"):
        services.ensure_series(clerk, kind="outgoing")


@pytest.mark.parametrize("kind", ["order", "announcement", "incoming"])
def test_register_of_the_whole_agency_is_not_opened_for_a_unit(clerk, kind):
    with pytest.raises(ValidationError) as told:
        services.add_series(clerk, kind=kind, unit=office.unit(clerk.agency, "กองช่าง"))
    assert list(told.value.error_dict) == ["unit"]


def test_register_is_opened_once(clerk, out):
    with pytest.raises(ValidationError, match="มีทะเบียนนี้อยู่แล้ว"):
        services.add_series(clerk, kind="outgoing")
    assert services.ensure_series(clerk, kind="outgoing") == out


# --- given -----------------------------------------------------------------------------------------------------------
def test_numbers_follow_each_other_and_restart_with_the_calendar_year(clerk, out):
    assert take(clerk, out, 3) == ["ลบ 52701/1", "ลบ 52701/2", "ลบ 52701/3"]
    later = replace(clerk, today=date(2027, 1, 1))
    assert take(later, out, 2) == ["ลบ 52701/1", "ลบ 52701/2"]
    assert take(later, out, day=date(2026, 12, 30)) == ["ลบ 52701/4"]  # a paper of the old year
    assert sorted(set(Number.objects.values_list("year_be", flat=True))) == [2569, 2570]


def test_fiscal_year_changes_nothing(clerk, out):
    take(clerk, out)
    assert take(replace(clerk, today=date(2026, 10, 1)), out) == ["ลบ 52701/2"]


def test_year_that_is_not_open_is_refused(clerk, out):
    for day in (date(2027, 1, 1), date(2016, 3, 30)):
        with pytest.raises(ValidationError, match="ยังไม่ได้เปิดปี"):
            take(clerk, out, day=day)
    assert Number.objects.count() == 0


def test_first_number_follows_the_last_of_the_paper_register(clerk, out):
    services.start_year(clerk, series=out, year_be=YEAR, last_before=220)
    assert take(clerk, out) == ["ลบ 52701/221"]
    assert queries.unexplained(out, YEAR) == ()


def test_start_may_be_mended_until_a_number_is_given(clerk, out):
    services.start_year(clerk, series=out, year_be=YEAR, last_before=220)
    services.start_year(clerk, series=out, year_be=YEAR, last_before=229)
    assert take(clerk, out) == ["ลบ 52701/230"]
    with pytest.raises(ValidationError, match="ออกเลขในระบบแล้ว"):
        services.start_year(clerk, series=out, year_be=YEAR, last_before=300)


def test_start_of_many_is_all_or_none(clerk):
    starts = [services.Start("outgoing", None, "", 220, 1), services.Start("order", None, "", 209, 2)]
    services.start_all(clerk, starts=starts, year_be=YEAR)
    given = [take(clerk, Series.objects.get(kind=kind))[0] for kind in ("outgoing", "order")]
    assert given == ["ลบ 52701/221", "210/2569"]
    bad = [services.Start("circular", None, "", 5, 1), services.Start("order", None, "", 300, 2)]
    with pytest.raises(ValidationError, match="บรรทัด ๒"):
        services.start_all(clerk, starts=bad, year_be=YEAR)
    assert not Series.objects.filter(kind="circular").exists()


def test_closed_register_gives_no_number(clerk, out):
    services.change_series(clerk, series=out, version=1, is_open=False)
    with pytest.raises(ValidationError, match="ปิดแล้ว"):
        take(clerk, out)


def test_number_stands_in_the_journal_with_who_took_it(clerk, out):
    number = services.take_number(clerk, series=out, subject="เชิญประชุม")
    line = AuditEntry.objects.filter(action="number.take").get()
    assert (line.actor, line.changes["text"]) == (str(clerk.person), [None, "ลบ 52701/1"])
    assert line.changes["subject"][1].startswith("sha256:")
    assert (number.taken_by, number.state) == (clerk.person, NumberState.RESERVED)


# --- reserved, used, cancelled ---------------------------------------------------------------------------------------
def test_reserved_number_is_used_by_a_letter_and_the_next_follows(clerk, out):
    first, second = services.reserve(clerk, series=out, subject="รอลงนาม", count=2)
    one = services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY, number=first)
    other = services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY)
    assert (one.number, other.number.text) == (first, "ลบ 52701/3")
    first.refresh_from_db()
    assert (first.state, first.subject, second.state) == ("used", "รายงานผล", "reserved")


def test_reservation_needs_a_reason(clerk, out):
    with pytest.raises(ValidationError):
        services.reserve(clerk, series=out, subject=" ")
    assert Number.objects.count() == 0


def test_reserved_number_is_used_once_by_its_kind_and_in_its_year(clerk, out):
    orders = services.add_series(clerk, kind="order")
    number, order = (services.reserve(clerk, series=one, subject="จอง")[0] for one in (out, orders))
    with pytest.raises(ValidationError, match="ทะเบียนอื่น"):
        services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY, number=order)
    with pytest.raises(ValidationError, match="ไม่ตรงกับปี"):
        services.number_letter(clerk, letter=letter(clerk), version=1, dated=date(2025, 12, 30), number=number)
    services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY, number=number)
    with pytest.raises(ValidationError, match="ใช้แล้ว"):
        services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY, number=number)


def test_cancelled_number_stays_with_its_reason_and_is_never_given_again(clerk, out):
    number = services.reserve(clerk, series=out, subject="จอง")[0]
    with pytest.raises(ValidationError):
        services.cancel_number(clerk, number=number, version=1, reason=" ")
    services.cancel_number(clerk, number=number, version=1, reason="พิมพ์ผิดทะเบียน")
    number.refresh_from_db()
    assert (number.state, number.reason) == ("cancelled", "พิมพ์ผิดทะเบียน")
    assert take(clerk, out) == ["ลบ 52701/2"]
    assert queries.unexplained(out, YEAR) == ()
    with pytest.raises(ValidationError):
        services.cancel_number(clerk, number=number, version=None, reason="อีกครั้ง")


def test_cancelling_what_somebody_else_changed_is_stale(clerk, out):
    number = services.reserve(clerk, series=out, subject="จอง")[0]
    services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY, number=number)
    with pytest.raises(Stale):
        services.cancel_number(clerk, number=number, version=1, reason="ไม่ใช้")


@pytest.mark.parametrize(
    ("state", "is_taken_off"),
    [("draft", True), ("returned", True), ("rejected", False), ("dropped", False)],
)
def test_number_of_a_letter_that_was_not_signed_can_be_cancelled(clerk, out, state, is_taken_off):
    made = services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY)
    Letter.objects.filter(pk=made.pk).update(state=state)
    services.cancel_number(clerk, number=made.number, version=None, reason="ไม่ออก")
    made.refresh_from_db()
    assert (made.number is None, made.dated is None) == (is_taken_off, is_taken_off)


@pytest.mark.parametrize("state", ["in_chain", "signed", "replaced"])
def test_number_of_a_letter_on_its_way_or_signed_stays(clerk, out, state):
    made = services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY)
    Letter.objects.filter(pk=made.pk).update(state=state)
    with pytest.raises(ValidationError, match="ยกเลิกไม่ได้"):
        services.cancel_number(clerk, number=made.number, version=None, reason="ไม่ออก")


# --- letters ---------------------------------------------------------------------------------------------------------
def test_letter_gets_its_number_from_the_register_of_its_kind(clerk):
    cases = {
        "outgoing": {}, "circular": {"is_circular": True}, "secret_out": {"secrecy": "ลับ"},
        "order": {"paper": "order"}, "announcement": {"paper": "announcement"},
    }  # fmt: skip
    for kind, values in cases.items():
        made = services.number_letter(clerk, letter=letter(clerk, **values), version=1, dated=DAY)
        assert (made.series.kind, made.number.series, made.dated) == (kind, made.series, DAY)


def test_letter_of_a_unit_gets_its_number_from_the_nearest_register_above(clerk, out):
    unit, other = office.unit(clerk.agency, "กองช่าง"), office.unit(clerk.agency, "กองคลัง")
    inner = type(unit).objects.create(agency=clerk.agency, parent=unit, name="ฝ่ายโยธา", kind="subdivision")
    own = services.add_series(clerk, kind="outgoing", unit=unit, prefix="ลบ 52701.3")
    assert queries.series_for(letter(clerk, unit=unit)) == own
    assert queries.series_for(letter(clerk, unit=inner)) == own
    assert queries.series_for(letter(clerk, unit=other)) == out
    assert queries.series_for(letter(clerk)) == out
    services.change_series(clerk, series=own, version=1, is_open=False)
    assert queries.series_for(letter(clerk, unit=unit)) == out


def test_letter_is_numbered_once_and_not_for_a_day_to_come(clerk, out):
    with pytest.raises(ValidationError, match="ยังมาไม่ถึง"):
        services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY + timedelta(days=1))
    made = services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY)
    with pytest.raises(ValidationError, match="มีเลข"):
        services.number_letter(clerk, letter=made, version=2, dated=DAY)
    with pytest.raises(Stale):
        services.number_letter(clerk, letter=made, version=1, dated=DAY)
    assert Number.objects.count() == 1


@pytest.mark.parametrize("state", [LetterState.SIGNED, LetterState.REJECTED, LetterState.DROPPED])
def test_letter_that_is_over_is_not_numbered(clerk, out, state):
    with pytest.raises(ValidationError):
        services.number_letter(clerk, letter=letter(clerk, state=state), version=1, dated=DAY)


def test_two_letters_never_bear_one_number(clerk, out):
    texts = [services.number_letter(clerk, letter=letter(clerk), version=1, dated=DAY).number.text for _ in range(5)]
    assert texts == [f"ลบ 52701/{n}" for n in range(1, 6)]


def test_orders_are_unique_in_their_year(clerk):
    texts = [
        services.number_letter(clerk, letter=letter(clerk, paper=paper), version=1, dated=DAY).number.text
        for paper in ("order", "committee-order", "job-order")
    ]
    assert texts == ["1/2569", "2/2569", "3/2569"]


def test_number_of_an_order_that_is_entered_already_is_not_given_to_another(clerk):
    given = {"person": clerk.person, "signer": clerk.person, "order_no": "1/2569", "order_date": DAY, "valid_from": DAY}
    JobOrder.objects.create(agency=clerk.agency, **given)
    order = letter(clerk, paper="order")
    with pytest.raises(ValidationError, match="บันทึกไว้ในระบบแล้ว"):
        services.number_letter(clerk, letter=order, version=1, dated=DAY)
    services.reserve(clerk, series=services.ensure_series(clerk, kind="order"), subject="คำสั่งมอบหมายงานเดิม")
    assert services.number_letter(clerk, letter=order, version=1, dated=DAY).number.text == "2/2569"


def test_secret_letter_leaves_no_subject_in_register_or_journal(clerk):
    made = services.number_letter(clerk, letter=letter(clerk, secrecy="ลับ", subject="สอบวินัย"), version=1, dated=DAY)
    assert made.number.subject == ""
    told = "".join(str(one.changes) + one.subject_text for one in AuditEntry.objects.all())
    assert "สอบวินัย" not in told


def test_number_may_be_given_by_who_keeps_letters_and_by_the_drafter_from_their_unit_s_series(clerk, out, scope):
    officer, head = scope(Role.OFFICER), scope(Role.HEAD)
    unit = office.unit(clerk.agency, "กองช่าง")
    mine = letter(officer, unit=unit)
    assert [queries.may_give_number(one, mine) for one in (clerk, officer, head)] == [True, False, False]
    services.add_series(clerk, kind="outgoing", unit=unit, prefix="ลบ 52701.3")
    assert [queries.may_give_number(one, mine) for one in (clerk, officer, head)] == [True, True, False]
    assert not queries.may_give_number(officer, letter(clerk, unit=unit))


# --- what is missing -------------------------------------------------------------------------------------------------
def test_gap_is_told(clerk, out):
    services.start_year(clerk, series=out, year_be=YEAR, last_before=10)
    take(clerk, out, 5)
    assert queries.unexplained(out, YEAR) == ()
    Number.objects.filter(value__in=(12, 13)).delete()
    assert queries.unexplained(out, YEAR) == (12, 13)
    assert [line.missing for line in queries.series_lines(clerk, YEAR)] == [2]


def test_reservation_older_than_thirty_days_is_told(clerk, out):
    old, new = services.reserve(clerk, series=out, subject="จอง", count=2)
    at = timezone.make_aware(timezone.datetime(2026, 2, 27, 12))
    Number.objects.filter(pk=old.pk).update(taken_at=at)
    Number.objects.filter(pk=new.pk).update(taken_at=at + timedelta(days=1))
    assert list(queries.stale_reservations(clerk)) == [old]
    assert [line.stale for line in queries.series_lines(clerk, YEAR)] == [1]


def test_other_agency_s_series_are_not_seen(clerk, out, other_agency):
    theirs = replace(office.scope(other_agency, Role.CLERK), today=DAY)
    assert list(queries.series_of(theirs)) == [] and queries.series_lines(theirs, YEAR) == []
    assert services.ensure_series(theirs, kind="outgoing").prefix == "สห 52702"
    with pytest.raises(Series.DoesNotExist):
        take(theirs, out)
