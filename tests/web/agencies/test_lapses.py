"""An expired order warns everywhere the committee is used: one query, one sentence; and both ends of a succession."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies import services
from prongsai.web.agencies.models import Agency, Committee
from prongsai.web.agencies.queries.lapses import LapseKind, lapse_of, lapses_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope

pytestmark = pytest.mark.django_db
BEGUN = date(2026, 1, 5)
LAST = date(2026, 12, 31)


@pytest.fixture
def committee(agency: Agency) -> Committee:
    """The ITA working group, until the end of the year."""
    return Committee.objects.create(
        agency=agency, name="คณะทำงาน ITA", order_no="209/2569", order_date=BEGUN, valid_from=BEGUN, valid_to=LAST
    )


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 1, 4), (LapseKind.NOT_YET, BEGUN, 0)),
        (BEGUN, None),
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), (LapseKind.SOON, LAST, 30)),
        (LAST, (LapseKind.SOON, LAST, 0)),
        (date(2027, 1, 1), (LapseKind.OVER, LAST, 0)),
    ],
)
def test_order_is_told_before_it_begins_thirty_days_before_it_ends_and_after(committee, day, found):
    lapse = lapse_of(committee, day)
    assert (lapse and (lapse.kind, lapse.day, lapse.days)) == found


def test_replaced_committee_is_told_by_the_one_in_its_place(system: Scope, committee: Committee):
    begins = date(2026, 7, 1)
    services.add_committee(system, name="คณะทำงาน ITA", order_no="300/2569", order_date=begins, replaces=committee)
    committee.refresh_from_db()
    assert lapse_of(committee, date(2026, 6, 30)) is None  # its successor stands ready
    found = lapse_of(committee, begins)
    assert found is not None
    assert (found.kind, found.day, found.is_over) == (LapseKind.REPLACED, date(2026, 6, 30), True)


def test_what_must_be_seen_to_is_listed_until_it_is_history(agency: Agency, committee: Committee):
    days = {
        date(2026, 11, 30): [],
        date(2026, 12, 1): [committee],
        date(2027, 3, 31): [committee],
        date(2027, 4, 1): [],
    }
    assert {day: [one.committee for one in lapses_of(agency, day)] for day in days} == days


def test_other_agencies_and_replaced_ones_are_not_listed(agency, other_agency, system, committee):
    Committee.objects.create(agency=other_agency, name="คณะ", order_no="1/2569", order_date=BEGUN, valid_to=LAST)
    services.add_committee(system, name="คณะใหม่", order_no="1/2570", order_date=date(2027, 1, 1), replaces=committee)
    assert lapses_of(agency, date(2027, 1, 2)) == ()


# --- pages ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def ended(committee: Committee) -> Committee:
    """The same, out of force since yesterday."""
    committee.valid_to = timezone.localdate() - timedelta(days=1)
    committee.valid_from = committee.order_date = committee.valid_to - timedelta(days=300)
    committee.save()
    return committee


def page(sign_in, agency: Agency, name: str, *args: object, role: Role = Role.PERSONNEL) -> str:
    answer = sign_in(role).get(reverse(name, args=[agency.code, *args]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_pages_of_committees_warn(agency, ended, sign_in):
    shown = page(sign_in, agency, "agencies:committee", ended.pk)
    assert shown.count("คำสั่งสิ้นผลแล้ว") == 1 and "คณะนี้อนุมัติหรือให้ความเห็นไม่ได้แล้ว" in shown
    assert "คำสั่งสิ้นผลแล้ว" in page(sign_in, agency, "agencies:committees")


def test_committee_about_to_end_is_told_with_the_days_left(agency, ended, sign_in):
    ended.valid_to = timezone.localdate() + timedelta(days=12)
    ended.save()
    assert "เหลืออีก ๑๒ วัน" in page(sign_in, agency, "agencies:committee", ended.pk)
    assert "คำสั่งใกล้สิ้นผล" in page(sign_in, agency, "agencies:committees")


def test_succession_is_shown_at_both_ends(agency, system, ended, sign_in):
    today = timezone.localdate()
    new = services.add_committee(
        system, name="คณะใหม่", order_no=f"9/{today.year + 543}", order_date=today, replaces=ended
    )
    old_link = f'href="{reverse("agencies:committee", args=[agency.code, ended.pk])}"'
    new_link = f'href="{reverse("agencies:committee", args=[agency.code, new.pk])}"'
    assert page(sign_in, agency, "agencies:committee", ended.pk).count(new_link) == 2  # in the warning and in the facts
    assert page(sign_in, agency, "agencies:committee", new.pk).count(old_link) == 1
    listed = page(sign_in, agency, "agencies:committees")
    assert (listed.count(old_link), listed.count(new_link)) == (2, 2)


def test_today_tells_who_can_mend_it(agency, ended, sign_in):
    address = reverse("agencies:committee", args=[agency.code, ended.pk])
    seen = {
        role: address in page(sign_in, agency, "home", role=role)
        for role in (Role.PERSONNEL, Role.COORDINATOR, Role.HEAD)
    }
    assert seen == {Role.PERSONNEL: True, Role.COORDINATOR: True, Role.HEAD: False}
