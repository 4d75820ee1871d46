"""People of complaints who turn out to be one, and holders of keys whose account is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prongsai.web.agencies import services as people
from prongsai.web.agencies.accounts import close
from prongsai.web.agencies.models import Membership, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import AppealRound, Guideline, HolderState, Tally
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.queries.appeals import open_for
from tests.web import office
from tests.web.complaints import office_keys
from tests.web.objects_complaints import COUNTS

pytestmark = pytest.mark.django_db


def another(agency, family: str) -> Person:
    return Person.objects.create(agency=agency, prefix="นาย", given_name="อรุณ", family_name=family)


def test_merged_person_keeps_rounds_signatures_and_editions(agency, system):
    kept, other = office.scope(agency, Role.OFFICER).person, another(agency, "ขยันยี่ง")
    today = system.today
    days = {"agency": agency, "opens_on": today, "closes_on": today + timedelta(days=9)}
    both, alone = (AppealRound.objects.create(name=name, **days) for name in ("รอบหนึ่ง", "รอบสอง"))
    both.evaluated.add(kept, other)
    alone.evaluated.add(other)
    signed = {"signed_on": today, "signed_by": other, "signed_as": "นายช่าง"}
    tally = Tally.objects.create(agency=agency, fiscal_year_be=2568, counts=COUNTS, is_none=True, **signed)
    guideline = Guideline.objects.create(agency=agency, edition=1, adopted_on=today, adopted_by=other)
    people.merge_people(system, kept=kept, other=other)
    assert [list(one.evaluated.values_list("pk", flat=True)) for one in (both, alone)] == [[kept.pk]] * 2
    tally.refresh_from_db()
    guideline.refresh_from_db()
    assert (tally.signed_by, guideline.adopted_by) == (kept, kept)
    assert set(open_for(office.scope(agency, Role.OFFICER))) == {both, alone}


def test_holder_whose_account_is_closed_is_told_on_the_page_of_holders(agency, channel, signed_in):
    admin = office.scope(agency, Role.ADMIN)
    account = Membership.objects.get(agency=agency, user=office.user(agency, Role.AUDITOR))
    close(admin, member=account)
    row = next(one for one in rolls.rows(agency) if one.holder.user_id == account.user_id)
    assert (row.has_account, row.holder.state) == (False, HolderState.ACTIVE)
    page = signed_in(Role.LEGAL).get(f"/{agency.code}/complaints/holders/").content.decode()
    assert page.count("บัญชีปิดแล้ว ให้พ้นหน้าที่") == 1


def test_closing_an_account_takes_no_key_and_no_other_holder_away(agency, channel):
    before = {one.pk for one in rolls.active(agency)}
    account = Membership.objects.get(agency=agency, user=office.user(agency, Role.AUDITOR))
    close(office.scope(agency, Role.ADMIN), member=account)
    assert {one.pk for one in rolls.active(agency)} == before
    assert office_keys.holder_of(agency, Role.LEGAL).state == HolderState.ACTIVE
