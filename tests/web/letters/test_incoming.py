"""What came in: registered, given to a unit, done; told when it came twice; secret to all but a few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.models import Evidence
from prongsai.web.evidence.services import keep_file
from prongsai.web.letters.models import Incoming, Number, NumberState
from prongsai.web.letters.queries import incoming as queries
from prongsai.web.letters.queries import numbers as number_queries
from prongsai.web.letters.services import incoming as services
from prongsai.web.letters.services import numbers as number_services
from tests.web import office

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 30)
CAME = timezone.make_aware(datetime(2026, 3, 30, 5, 30))  # still the day before in UTC
PDF = b"%PDF-1.4\n" + b"1" * 300
SECRET = {"sender": "ป.ป.ช. ประจำจังหวัด", "subject": "ขอเอกสารประกอบการไต่สวน", "secrecy": "ลับ"}


@pytest.fixture
def clerk(scope):
    return replace(scope(Role.CLERK), today=DAY)


@pytest.fixture
def register(clerk):
    def make(**values) -> Incoming:
        given = {
            "sender": "อำเภอเมืองลพบุรี", "addressee": "นายกเทศมนตรี", "subject": "แจ้งเพื่อทราบ",
            "letter_no": "ลบ 0118/45", "dated": DAY, "received_at": CAME, "way": "saraban",
        }  # fmt: skip
        return services.register_incoming(clerk, **(given | values))

    return make


# --- registered ------------------------------------------------------------------------------------------------------
def test_numbers_of_the_register_follow_each_other_from_one_each_year(clerk, register):
    assert [register().number.text for _ in range(3)] == ["1", "2", "3"]
    later = replace(clerk, today=date(2027, 1, 4))
    made = services.register_incoming(
        later, sender="ก", addressee="ข", subject="ค", way="hand", received_at=CAME + timedelta(days=280)
    )
    assert (made.number.text, made.number.year_be) == ("1", 2570)


def test_letter_dated_on_the_day_on_which_it_came_is_taken_in_the_morning(register):
    assert register().dated == DAY


@pytest.mark.parametrize(
    "values",
    [
        {"dated": DAY + timedelta(days=1)},
        {"due_on": DAY - timedelta(days=1)},
        {"received_at": CAME + timedelta(days=1)},
        {"subject": ""},
        {"secrecy": "ลับ"},
    ],
)
def test_what_is_refused_takes_no_number(register, values):
    with pytest.raises(ValidationError):
        register(**values)
    assert (Incoming.objects.count(), Number.objects.count()) == (0, 0)


def test_most_secret_letter_does_not_go_in(clerk, register):
    with pytest.raises(ValidationError, match="ลับที่สุด"):
        register(secrecy="ลับที่สุด", readers=[clerk.person])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ลบ ๐๑๑๘/๔๕", "ลบ 0118/45"),
        ("ที่ ลบ 0118 / ว๔๕", "ลบ 0118/ว 45"),
        ("ลบ0118.3/45", "ลบ 0118.3/45"),
        ("๒๐๙/๒๕๖๙", "209/2569"),
        ("อว ๖๘๐๑ (พิเศษ)", "อว 6801 (พิเศษ)"),
        ("", ""),
    ],
)
def test_number_of_a_letter_is_kept_in_one_way_of_writing(register, typed, kept):
    made = register(letter_no=typed)
    assert made.letter_no == kept


def test_reserved_number_is_used(clerk, register):
    series = number_services.ensure_series(clerk, kind="incoming")
    held = number_services.reserve(clerk, series=series, subject="ลงรับในกระดาษตอนไฟดับ")[0]
    assert register(number=held).number == held
    held.refresh_from_db()
    assert (held.state, register().number.text) == ("used", "2")


def test_paper_of_a_letter_becomes_evidence(clerk, register):
    file = keep_file(clerk, name="หนังสือ.pdf", content=PDF)
    made = register(files=[file])
    assert [one.file for one in made.evidence.all()] == [file]
    assert Evidence.objects.get().title == "แจ้งเพื่อทราบ"


# --- done ------------------------------------------------------------------------------------------------------------
def test_what_was_done_is_kept(clerk, register):
    made = register(unit=office.unit(clerk.agency, "กองช่าง"), due_on=DAY)
    services.act_on(clerk, incoming=made, version=1, handling="ซ่อมแล้ว", done_on=DAY)
    made.refresh_from_db()
    assert (made.handling, made.done_on, made.version) == ("ซ่อมแล้ว", DAY, 2)


def test_done_needs_a_word_and_no_day_to_come(clerk, register):
    made = register()
    for handling, day in ((" ", DAY), ("ทำแล้ว", DAY + timedelta(days=1))):
        with pytest.raises(ValidationError):
            services.act_on(clerk, incoming=made, version=1, handling=handling, done_on=day)


def test_two_who_act_on_one_letter_are_told(clerk, register):
    made = register()
    services.act_on(clerk, incoming=made, version=1, handling="ก", done_on=None)
    with pytest.raises(Stale):
        services.act_on(clerk, incoming=made, version=1, handling="ข", done_on=None)


def test_overdue_and_waiting_letters_are_found(clerk, register, scope):
    officer = replace(scope(Role.OFFICER), today=DAY + timedelta(days=5))
    unit = office.unit(clerk.agency, "กองช่าง")
    late, waiting = register(unit=unit, due_on=DAY + timedelta(days=4)), register(unit=unit)
    register(due_on=DAY + timedelta(days=9))
    done = register(unit=unit, due_on=DAY)
    services.act_on(clerk, incoming=done, version=1, handling="แล้ว", done_on=DAY)
    assert list(queries.overdue(officer)) == [late]
    assert set(queries.open_of_mine(officer)) == {late, waiting}


def test_cancelled_number_takes_the_letter_out_of_what_waits(clerk, register):
    made = register(due_on=DAY)
    number_services.cancel_number(clerk, number=made.number, version=None, reason="ลงรับซ้ำกับเลข 1")
    later = replace(clerk, today=DAY + timedelta(days=9))
    assert list(queries.overdue(later)) == []
    assert register().number.text == "2"
    assert Number.objects.get(value=1).state == NumberState.CANCELLED


def test_change_keeps_the_number_and_its_year(clerk, register):
    made = register()
    services.change_incoming(clerk, incoming=made, version=1, subject="เรื่องที่ถูก", letter_no="ลบ ๐๑๑๘/๔๖")
    assert (made.subject, made.letter_no, made.number.text) == ("เรื่องที่ถูก", "ลบ 0118/46", "1")
    with pytest.raises(ValidationError, match="ปีของเลขทะเบียน"):
        services.change_incoming(clerk, incoming=made, version=2, received_at=CAME - timedelta(days=200))
    with pytest.raises(ValidationError, match="ทะเบียนหนังสือลับแยก"):
        services.change_incoming(clerk, incoming=made, version=2, secrecy="ลับ", readers=[clerk.person])


# --- twice -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sender", "number", "dated", "is_same"),
    [
        ("อำเภอเมืองลพบุรี", "ลบ ๐๑๑๘/๔๕", DAY, True),
        ("อำเภอ เมืองลพบุรี ", "ลบ0118/45", None, True),
        ("อำเภอเมืองลพบุรี", "ลบ 0118/46", DAY, False),
        ("อำเภอบ้านหมี่", "ลบ 0118/45", DAY, False),
        ("อำเภอเมืองลพบุรี", "ลบ 0118/45", date(2025, 3, 30), False),
        ("อำเภอเมืองลพบุรี", "", DAY, False),
    ],
)
def test_letter_that_comes_twice_is_told(clerk, register, sender, number, dated, is_same):
    made = register()
    found = queries.likely_same(clerk, sender=sender, number=number, dated=dated)
    assert found == ([made] if is_same else [])


def test_secret_letter_is_not_told_as_the_same_to_who_may_not_know(clerk, register, scope):
    register(**SECRET, readers=[clerk.person])
    values = {"sender": SECRET["sender"], "number": "ลบ 0118/45", "dated": DAY}
    assert queries.likely_same(scope(Role.COORDINATOR), **values) == []
    assert len(queries.likely_same(clerk, **values)) == 1


# --- secret ----------------------------------------------------------------------------------------------------------
def test_secret_letter_has_a_register_of_its_own_and_no_subject_in_it(clerk, register, scope):
    made = register(**SECRET, readers=[scope(Role.LEGAL).person])
    assert (made.number.series.kind, made.number.text, made.number.subject) == ("secret_in", "1", "")
    assert register().number.series.kind == "incoming"
    assert number_queries.subject_of(Number.objects.get(pk=made.number.pk)) == ""


def test_secret_letter_is_seen_by_who_registered_it_and_its_readers_alone(clerk, register, scope):
    made = register(**SECRET, readers=[scope(Role.LEGAL).person])
    seeing = {role for role in Role if made in queries.incoming_of(scope(role))}
    assert seeing == {Role.CLERK, Role.LEGAL}
    assert len(queries.register_rows(scope(Role.ADMIN))) == 1
    row = queries.row_of(queries.register_rows(scope(Role.SECRETARY)).get(), DAY)
    assert (row.number, row.dated, row.incoming) == ("1", DAY, None)


def test_secret_letter_leaves_no_word_in_the_journal(clerk, register, scope):
    file = keep_file(clerk, name="หนังสือลับ.pdf", content=PDF, is_guarded=True)
    made = register(**SECRET, readers=[scope(Role.LEGAL).person], files=[file])
    services.act_on(clerk, incoming=made, version=1, handling="ส่งเอกสารแล้ว", done_on=DAY)
    number_services.cancel_number(clerk, number=made.number, version=None, reason="ไต่สวนซ้ำ")
    told = "".join(f"{one.subject_text} {one.changes}" for one in AuditEntry.objects.all())
    words = ("ป.ป.ช.", "ไต่สวน", "ส่งเอกสาร", "0118/45")
    assert [word for word in words if word in told] == []


def test_paper_of_a_secret_letter_is_no_evidence(clerk, register, scope):
    file = keep_file(clerk, name="หนังสือลับ.pdf", content=PDF, is_guarded=True)
    made = register(**SECRET, readers=[clerk.person], files=[file])
    assert (list(made.files.all()), Evidence.objects.count()) == ([file], 0)


def test_search_finds_nothing_secret_for_others(clerk, register, scope):
    secret, usual = register(**SECRET, readers=[clerk.person]), register(subject="ไต่สวนมูลฟ้อง")
    other = scope(Role.COORDINATOR)
    for wanted in ({"q": "ไต่สวน"}, {"q": "1"}, {"state": "open"}):
        assert list(queries.listed(other, wanted)) == [usual]
        assert set(queries.listed(clerk, wanted)) == {usual, secret}
    assert queries.listed(other, {}).count() == 2


def test_reader_is_put_down_and_noted(clerk, register, scope):
    made = register(**SECRET, readers=[scope(Role.LEGAL).person])
    services.change_incoming(clerk, incoming=made, version=1, readers=[scope(Role.MAYOR).person])
    assert made not in queries.incoming_of(scope(Role.LEGAL))
    assert made in queries.incoming_of(scope(Role.MAYOR))
    assert AuditEntry.objects.filter(action="incoming.readers").count() == 2
    with pytest.raises(ValidationError, match="ผู้มีสิทธิรู้"):
        services.change_incoming(clerk, incoming=made, version=1, readers=[])
