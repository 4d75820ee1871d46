"""Appeals against an evaluation: who may file, when, and who never reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from prongsai.privacy.seal.receipts import read_receipt
from prongsai.web.agencies.models import AuditEntry, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Kind
from prongsai.web.complaints.models import AppealRound, Report
from prongsai.web.complaints.queries.appeals import accused_by, rounds_of
from prongsai.web.complaints.services import appeals, receiving
from prongsai.web.complaints.services.cases import open_case
from prongsai.web.complaints.services.handling import move_case
from prongsai.web.notify.models import Mail
from tests.web import office
from tests.web.complaints import office_keys

pytestmark = pytest.mark.django_db
NAME = "ครั้งที่ ๑ ปีงบประมาณ ๒๕๗๐"


def person(agency, role) -> Person:
    return office.scope(agency, role).person


@pytest.fixture
def round_(agency, channel):
    """A round that is open today, in which the officer and the supply officer were evaluated."""
    today = timezone.localdate()
    made = AppealRound.objects.create(
        agency=agency, name=NAME, opens_on=today - timedelta(3), closes_on=today + timedelta(3)
    )
    made.evaluated.set([person(agency, Role.OFFICER), person(agency, Role.SUPPLY)])
    return made


def address_of(agency, round_) -> str:
    return reverse("appeal", args=[agency.code, round_.pk])


def file(client, agency, round_, evaluator, **values):
    page = client.get(address_of(agency, round_))
    found = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    given = {"evaluator": evaluator.pk, "result": "ระดับดี ๗๒ คะแนน", "reason": "ตัวชี้วัดที่ ๓ ได้ศูนย์ทั้งที่งานเสร็จ"}
    return client.post(address_of(agency, round_), {"token": found[1] if found else "", **given, **values})


def opened(agency, who, report):
    return open_case(office_keys.scope_for(agency, who), office_keys.key_of(agency, who), report, is_viewed=False)


# --- filing -----------------------------------------------------------------------------------------------------------
def test_evaluated_person_files_named_and_sealed(agency, sign_in, round_):
    page = file(sign_in(Role.OFFICER), agency, round_, person(agency, Role.COORDINATOR))
    assert page.status_code == 201
    report = Report.objects.get()
    assert (report.way, report.category) == ("appeal", "evaluation")
    words = " ".join(re.findall(r'<th scope="row" lang="th">([^<]+)</th>', page.content.decode()))
    told = receiving.by_receipt(agency, read_receipt(words)).told
    assert (told.mode, told.round_id, told.accused[0].person_id) == (
        "named",
        round_.pk,
        person(agency, Role.COORDINATOR).pk,
    )
    assert told.what == f"{NAME}\nระดับดี ๗๒ คะแนน\n\nตัวชี้วัดที่ ๓ ได้ศูนย์ทั้งที่งานเสร็จ"
    case = opened(agency, Role.SUPPLY, report)
    assert case.of(Kind.IDENTITY)[0].data["name"] == "นายอรุณ ขยันยิ่ง"


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.PERSONNEL, Role.ADMIN, Role.MAYOR])
def test_only_who_was_evaluated_may_file(agency, sign_in, round_, role):
    client = sign_in(role)
    assert client.get(address_of(agency, round_)).status_code == 404
    assert file(client, agency, round_, person(agency, Role.OFFICER)).status_code == 404
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    ("opens", "closes", "may"), [(-3, -1, False), (1, 3, False), (0, 0, True), (-3, 0, True), (0, 3, True)]
)
def test_filing_is_only_within_the_days_of_the_round(agency, sign_in, round_, opens, closes, may):
    today = timezone.localdate()
    AppealRound.objects.update(opens_on=today + timedelta(opens), closes_on=today + timedelta(closes))
    page = file(sign_in(Role.OFFICER), agency, round_, person(agency, Role.COORDINATOR))
    assert (page.status_code, Report.objects.count()) == ((201, 1) if may else (404, 0))


def test_service_asks_again_who_files_and_when(agency, channel, round_, scope):
    given = {"evaluator": person(agency, Role.COORDINATOR), "result": "ดี", "reason": "ไม่เป็นธรรม", "token": ""}
    late = replace(scope(Role.OFFICER), today=timezone.localdate() + timedelta(4))
    for asks in (scope(Role.CLERK), late, office_keys.scope_for(agency, office_keys.SUPERVISOR)):
        with pytest.raises(ValidationError):
            appeals.file_appeal(asks, round=round_, **given)


def test_nobody_is_their_own_evaluator_and_no_stranger_is(agency, other_agency, sign_in, round_):
    client = sign_in(Role.OFFICER)
    for evaluator in (person(agency, Role.OFFICER), office.scope(other_agency, Role.HEAD).person):
        assert file(client, agency, round_, evaluator).status_code == 422
    assert Report.objects.count() == 0


def test_round_of_another_office_is_not_there(agency, other_agency, sign_in, round_):
    assert sign_in(Role.OFFICER, of=other_agency).get(address_of(other_agency, round_)).status_code == 404


# --- who decides ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("evaluator", [Role.LEGAL, Role.AUDITOR])
def test_evaluator_who_is_a_handler_can_neither_open_nor_decide(agency, sign_in, round_, evaluator):
    file(sign_in(Role.OFFICER), agency, round_, person(agency, evaluator))
    report = Report.objects.get()
    assert opened(agency, evaluator, report) is None
    assert opened(agency, Role.SUPPLY, report) is not None


def test_who_stands_over_the_evaluator_and_beside_them_does_not_read_it(agency, sign_in, round_):
    """Of the finance division's head nobody of that division reads; the head is over the supply officer."""
    file(sign_in(Role.OFFICER), agency, round_, person(agency, Role.HEAD))
    report = Report.objects.get()
    assert opened(agency, Role.SUPPLY, report) is None
    assert opened(agency, Role.LEGAL, report) is not None


def test_evaluator_gets_404_on_every_page_of_the_case(agency, sign_in, handler_client, round_):
    file(sign_in(Role.OFFICER), agency, round_, person(agency, Role.LEGAL))
    number = Report.objects.get().number
    client = handler_client(Role.LEGAL)
    names = ("complaint", "complaint_readers", "complaint_export", "complaint_identity", "complaint_log")
    assert {client.get(reverse(name, args=[agency.code, number])).status_code for name in names} == {404}
    moves = [reverse("complaint_move", args=[agency.code, number, move]) for move in ("screen", "refuse")]
    assert {client.post(one, {"version": 1}).status_code for one in moves} == {404}
    assert number not in client.get(reverse("complaints", args=[agency.code])).content.decode()


def test_another_handler_decides(agency, sign_in, round_):
    file(sign_in(Role.OFFICER), agency, round_, person(agency, Role.LEGAL))
    case = opened(agency, Role.SUPPLY, Report.objects.get())
    who = office_keys.scope_for(agency, Role.SUPPLY), office_keys.key_of(agency, Role.SUPPLY)
    after = move_case(*who, case, move="screen", given={}, version=case.report.version)
    assert after.report.state == "screening"


# --- no trace ---------------------------------------------------------------------------------------------------------
def test_filing_leaves_no_line_no_mail_and_no_mark_of_the_person(agency, sign_in, round_):
    client = sign_in(Role.OFFICER)
    lines, mails = AuditEntry.objects.count(), Mail.objects.count()
    file(client, agency, round_, person(agency, Role.COORDINATOR))
    assert (AuditEntry.objects.count(), Mail.objects.count()) == (lines, mails)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM complaints_report")
        row = str(cursor.fetchall())
    assert "อรุณ" not in row


def test_second_appeal_is_taken_too(agency, sign_in, round_):
    client = sign_in(Role.OFFICER)
    for _each in range(2):
        assert file(client, agency, round_, person(agency, Role.COORDINATOR)).status_code == 201
    assert Report.objects.count() == 2


# --- rounds -----------------------------------------------------------------------------------------------------------
def test_personnel_opens_and_changes_a_round(agency, channel, sign_in):
    client, today = sign_in(Role.PERSONNEL), timezone.localdate()
    given = {"name": NAME, "opens_on": today.isoformat(), "closes_on": (today + timedelta(15)).isoformat()}
    add = reverse("appeal_round_add", args=[agency.code])
    assert client.post(add, given).status_code == 422
    assert client.post(add, {**given, "evaluated": [person(agency, Role.OFFICER).pk]}).status_code == 302
    made = AppealRound.objects.get()
    assert [str(one) for one in made.evaluated.all()] == ["นายอรุณ ขยันยิ่ง"]
    edit = reverse("appeal_round_edit", args=[agency.code, made.pk])
    assert client.post(edit, {**given, "is_everybody": "on", "version": made.version}).status_code == 302
    assert made.evaluated.count() == len(office.CAST)
    assert AuditEntry.objects.filter(action__startswith="appeal.round").count() == 2
    stale = {**given, "name": "ชื่อใหม่", "evaluated": [person(agency, Role.OFFICER).pk], "version": made.version + 7}
    page = client.post(edit, stale)
    assert (page.status_code, "ชื่อใหม่" in page.content.decode()) == (409, True)


def test_round_that_ends_before_it_starts_and_people_from_outside_are_refused(agency, channel, scope):
    today = timezone.localdate()
    given = {"name": NAME, "opens_on": today, "closes_on": today - timedelta(1)}
    with pytest.raises(ValidationError):
        appeals.add_round(scope(Role.PERSONNEL), **given, evaluated=[person(agency, Role.OFFICER)])


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEGAL, Role.COORDINATOR, Role.MAYOR])
def test_only_who_keeps_people_keeps_rounds(agency, sign_in, round_, role):
    client = sign_in(role)
    assert client.get(reverse("appeal_round_add", args=[agency.code])).status_code == 404
    assert client.post(reverse("appeal_round_edit", args=[agency.code, round_.pk]), {}).status_code == 404


def test_list_shows_who_was_evaluated_their_round_and_others_nothing(agency, sign_in, round_):
    page = reverse("appeal_rounds", args=[agency.code])
    assert NAME in sign_in(Role.OFFICER).get(page).content.decode()
    assert NAME not in sign_in(Role.CLERK).get(page).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_list_of_rounds_takes_one_query(agency, n, django_assert_num_queries):
    today = timezone.localdate()
    for number in range(n):
        AppealRound.objects.create(agency=agency, name=f"รอบ {number}", opens_on=today, closes_on=today)
    with django_assert_num_queries(1):
        assert [one.n_evaluated for one in rounds_of(agency)] == [0] * n


def test_evaluator_is_told_with_the_post_of_today(agency, scope):
    found = accused_by(scope(Role.OFFICER), person(agency, Role.HEAD))
    assert (found.name, found.position, found.unit) == ("นายประสิทธิ์ มั่นคง", "ผู้อำนวยการกองคลัง", "กองคลัง")
    assert None not in (found.person_id, found.post_id, found.unit_id)
