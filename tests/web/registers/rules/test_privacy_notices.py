"""Privacy notices: a reviewer who serves, a review every year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import privacy_notices
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person

NOTICES = of_year("privacy-notices", 0)
REVIEWED = date(2025, 12, 1)


@pytest.fixture
def notice(agency, make):
    made = make("privacy-notices", reviewer=person(agency, Role.PRIVACY), reviewed_on=REVIEWED)
    Entry.objects.filter(pk=made.pk).update(state="announced")
    return made


def told(scope):
    return [one.text for one in privacy_notices.notices(scope, NOTICES, 2569)]


def test_a_notice_without_a_reviewer_is_refused(make):
    with pytest.raises(EntryRefused) as refused:
        make("privacy-notices", reviewer=None)
    assert [(one.field, one.code) for one in refused.value.faults] == [("reviewer", "REQUIRED")]


def test_a_review_that_is_past_is_told(now, notice):
    assert (told(now), notice.due_on) == ([], date(2026, 12, 1))
    assert told(replace(now, today=date(2026, 12, 1))) == []
    past = told(replace(now, today=date(2026, 12, 2)))
    assert past == ["เลยกำหนดทบทวนประจำปี ๑ ฉบับ: “ผู้มาติดต่อและผู้ขอรับบริการ ฉบับที่ ๑”"]


def test_a_reviewer_who_has_left_is_told(agency, now, notice):
    Person.objects.filter(pk=person(agency, Role.PRIVACY).id).update(left_on=date(2026, 3, 1))
    assert [text.split(" ๑ ฉบับ")[0] for text in told(now)] == ["ผู้ตรวจสอบไม่ได้ปฏิบัติงานแล้ว ต้องมอบหมายคนใหม่"]


def test_a_draft_is_told_until_it_is_announced(now, notice):
    Entry.objects.filter(pk=notice.pk).update(state="drafted")
    assert [text.split(" ๑ ฉบับ")[0] for text in told(now)] == ["ยังไม่ประกาศ"]
