"""Letters about a committee whose order has run out: the page warns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.services import open_cycle
from prongsai.web.letters.models import Letter
from prongsai.web.plans.models import Dispatch

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(agency) -> Committee:
    """A committee whose order ended yesterday."""
    today = timezone.localdate()
    dates = {"order_date": today - timedelta(days=300), "valid_to": today - timedelta(days=1)}
    return Committee.objects.create(agency=agency, name="คณะทำงาน ITA", order_no="209/2568", **dates)


def test_order_that_made_the_committee_warns_once_it_has_run_out(memo_letter: Letter, ended: Committee, sign_in):
    client = sign_in(Role.CLERK)
    assert "คำสั่งสิ้นผลแล้ว" not in client.get(memo_letter.get_absolute_url()).content.decode()
    Letter.objects.filter(pk=memo_letter.pk).update(committee=ended)
    assert "คำสั่งสิ้นผลแล้ว" in client.get(memo_letter.get_absolute_url()).content.decode()


def test_letter_of_a_memo_warns_before_it_is_signed(system, memo_letter: Letter, ended: Committee, sign_in):
    cycle = open_cycle(system, framework_id="ita-2568")
    memo = Dispatch.objects.create(cycle=cycle, subject="มอบหมาย", due_on=timezone.localdate(), committee=ended)
    Letter.objects.filter(pk=memo_letter.pk).update(dispatch=memo)
    page = sign_in(Role.CLERK).get(memo_letter.get_absolute_url())
    assert "คำสั่งสิ้นผลแล้ว" in page.content.decode()
