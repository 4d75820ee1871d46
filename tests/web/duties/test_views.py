from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties import services
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.duties.standard import STANDARD
from tests.web import office

pytestmark = pytest.mark.django_db
YEAR = fiscal_year_be(timezone.localdate())


def at(name: str, *args: object) -> str:
    return reverse(f"duties:{name}", args=[office.CODE, *args])


@pytest.fixture
def duty(system: Scope, agency) -> Duty:
    """A monthly duty of the works division, this year."""
    unit = office.unit(agency, "กองช่าง")
    return services.add_duty(system, fiscal_year_be=YEAR, title="ส่งสถิติ", rhythm="monthly", unit=unit)


def values(duty: Duty, **given: object) -> dict[str, object]:
    known = {
        "title": duty.title,
        "kind": duty.kind,
        "rhythm": duty.rhythm,
        "days_after": duty.days_after,
        "is_open": "on",
    }
    return known | {"version": duty.version, "how": "", "month": "", "unit": duty.unit_id or "", "post": ""} | given


def test_empty_year_offers_the_standard_duties_and_opens_them(sign_in):
    client = sign_in(Role.COORDINATOR)
    assert "ปีนี้ยังไม่มีงานประจำ" in client.get(at("duties")).content.decode()
    answer = client.post(at("duties_open"), {"year": "๒๕๖๙"}, follow=True)
    assert answer.redirect_chain == [(f"{at('duties')}?year=2569", 302)]
    assert Duty.objects.filter(fiscal_year_be=2569).count() == len(STANDARD)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_duties_asks_the_same_questions_however_many_there_are(
    sign_in, system, rows, django_assert_num_queries
):
    for number in range(rows):
        services.add_duty(system, fiscal_year_be=YEAR, title=f"งาน {number}", rhythm="monthly")
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(10):
        assert client.get(at("duties")).status_code == 200


def test_duty_page_shows_every_period(sign_in, duty):
    text = sign_in(Role.OFFICER).get(at("duty", duty.pk)).content.decode()
    assert text.count('<th scope="row">') == 12


def test_duty_is_added_and_changed_by_who_runs_the_cycle_only(sign_in, duty):
    for role in (Role.OFFICER, Role.MAYOR, Role.AUDITOR, Role.COUNCIL):
        client = sign_in(role)
        assert client.get(at("duty_add")).status_code == 404
        assert client.post(at("duty_edit", duty.pk), values(duty, title="อื่น")).status_code == 404
        assert client.post(at("duties_open")).status_code == 404
    client = sign_in(Role.COORDINATOR)
    answer = client.post(at("duty_add") + "?year=2570", values(duty, title="งานใหม่", version=""))
    assert answer["Location"] == at("duty", Duty.objects.get(title="งานใหม่", fiscal_year_be=2570).pk)
    assert client.post(at("duty_edit", duty.pk), values(duty, rhythm="quarterly", days_after="๕")).status_code == 302
    assert (Duty.objects.get(pk=duty.pk).rhythm, Duty.objects.get(pk=duty.pk).days_after) == ("quarterly", 5)


def test_faulty_duty_comes_back_with_what_is_wrong(sign_in, duty):
    answer = sign_in(Role.COORDINATOR).post(at("duty_edit", duty.pk), values(duty, month="10", title=""))
    assert answer.status_code == 422
    assert Duty.objects.get(pk=duty.pk).title == "ส่งสถิติ"


def test_same_title_again_is_refused_on_the_form(sign_in, duty):
    answer = sign_in(Role.COORDINATOR).post(at("duty_add"), values(duty, version=""))
    assert (answer.status_code, "ปีนี้มีงานชื่อนี้แล้ว" in answer.content.decode()) == (422, True)


def test_old_version_of_a_duty_shows_the_current_values_and_keeps_what_was_typed(sign_in, system, duty):
    services.change_duty(system, duty=duty, version=1, days_after=20)
    answer = sign_in(Role.COORDINATOR).post(at("duty_edit", duty.pk), values(duty, version=1, title="ชื่อที่พิมพ์"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert ("ชื่อที่พิมพ์" in text, "<dd>๒๐</dd>" in text, 'name="version" value="2"' in text) == (True, True, True)
    again = sign_in(Role.COORDINATOR).post(at("duty_edit", duty.pk), values(duty, version=2, title="ชื่อที่พิมพ์"))
    assert (again.status_code, Duty.objects.get(pk=duty.pk).title) == (302, "ชื่อที่พิมพ์")


def test_duties_of_another_agency_are_not_there(sign_in, duty, other_agency):
    client = sign_in(Role.COORDINATOR, of=other_agency)
    occurrence = duty.occurrences.first()
    for name, pk in (("duty", duty.pk), ("duty_edit", duty.pk), ("occurrence", occurrence.pk)):
        path = reverse(f"duties:{name}", args=[other_agency.code, pk])
        assert client.get(path).status_code == 404
        assert client.get(at(name, pk)).status_code == 404


def test_entry_is_taken_back_by_its_unit_only(sign_in, scope, duty):
    occurrence = Occurrence.objects.filter(duty=duty).order_by("starts_on").first()
    officer = replace(scope(Role.OFFICER), today=date(YEAR - 543, 9, 30))
    services.record(officer, occurrence=occurrence, done_on=occurrence.ends_on, result="ผิดงวด")
    path = at("occurrence_reopen", occurrence.pk)
    assert sign_in(Role.HEAD).post(path, {"version": 2}).status_code == 404
    assert sign_in(Role.OFFICER).get(path).status_code == 405
    stale = sign_in(Role.OFFICER).post(path, {"version": 1}, follow=True)
    assert "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว" in stale.content.decode()
    assert sign_in(Role.OFFICER).post(path, {"version": 2}).status_code == 302
    assert Occurrence.objects.get(pk=occurrence.pk).done_on is None


def test_missed_occurrence_says_so_on_its_page(sign_in, system):
    old = services.add_duty(system, fiscal_year_be=YEAR - 1, title="ส่งสถิติ", rhythm="monthly")
    text = sign_in(Role.COORDINATOR).get(at("occurrence", old.occurrences.first().pk)).content.decode()
    assert "งวดนี้จะแสดงว่าขาด" in text
    assert reverse("plans:occurrence_record", args=[office.CODE, old.occurrences.first().pk]) in text
