"""Assignment memos on the recommendation of a committee whose order has run out: list, page and form warn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies.models import Agency, Committee
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle
from prongsai.web.cycles.services import add_finding, open_cycle
from prongsai.web.plans.models import Dispatch
from prongsai.web.plans.services import Assignment
from prongsai.web.plans.services import dispatches as services

pytestmark = pytest.mark.django_db
FRAMEWORK = "ita-2568"


@pytest.fixture
def cycle(system) -> Cycle:
    return open_cycle(system, framework_id=FRAMEWORK)


@pytest.fixture
def committee(agency: Agency) -> Committee:
    """A committee that is in force for ten more days."""
    today = timezone.localdate()
    dates = {"order_date": today - timedelta(days=300), "valid_to": today + timedelta(days=10)}
    return Committee.objects.create(agency=agency, name="คณะทำงาน ITA", order_no="209/2568", **dates)


@pytest.fixture
def memo(system, cycle: Cycle, committee: Committee) -> Dispatch:
    """A draft on its recommendation."""
    finding = add_finding(system, cycle=cycle, title="ช่องว่าง", advice="ทำให้ครบ")
    rows = [Assignment(finding, all_units=True)]
    due = timezone.localdate() + timedelta(days=30)
    return services.draft_dispatch(system, cycle=cycle, subject="มอบหมาย", due_on=due, rows=rows, committee=committee)


def pages(agency: Agency, memo: Dispatch) -> dict[str, str]:
    return {
        "list": reverse("plans:dispatches", args=[agency.code, FRAMEWORK]),
        "page": reverse("plans:dispatch", args=[agency.code, memo.pk]),
        "form": reverse("plans:dispatch_edit", args=[agency.code, memo.pk]),
    }


@pytest.mark.parametrize(("left", "word"), [(10, "คำสั่งใกล้สิ้นผล"), (-1, "คำสั่งสิ้นผลแล้ว"), (200, "")])
def test_every_page_of_a_memo_warns(agency, memo, committee, sign_in, left, word):
    Committee.objects.filter(pk=committee.pk).update(valid_to=timezone.localdate() + timedelta(days=left))
    client = sign_in(Role.COORDINATOR)
    for name, address in pages(agency, memo).items():
        shown = client.get(address).content.decode()
        assert (word in shown) if word else ("สิ้นผล" not in shown), name


def test_draft_keeps_the_committee_that_has_run_out_until_another_is_chosen(agency, memo, committee, sign_in):
    Committee.objects.filter(pk=committee.pk).update(valid_to=timezone.localdate() - timedelta(days=1))
    form = sign_in(Role.COORDINATOR).get(pages(agency, memo)["form"]).context["forms"].head
    assert (form["committee"].value(), committee in form.fields["committee"].queryset) == (committee.pk, True)


def test_new_memo_offers_only_committees_in_force_and_names_their_orders(agency, cycle, committee, sign_in):
    over = Committee.objects.create(
        agency=agency, name="คณะเก่า", order_no="1/2560", order_date=committee.order_date, valid_to=committee.order_date
    )
    add = reverse("plans:dispatch_add", args=[agency.code, FRAMEWORK])
    field = sign_in(Role.COORDINATOR).get(add).context["forms"].head.fields["committee"]
    assert (committee in field.queryset, over in field.queryset) == (True, False)
    assert field.label_from_instance(committee).startswith("คณะทำงาน ITA (209/2568 · คำสั่งใกล้สิ้นผล")


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_queries_with_committees(
    agency, memo, cycle, sign_in, django_assert_num_queries, count
):
    for _ in range(count):
        Dispatch.objects.create(cycle=cycle, subject="ที่", due_on=memo.due_on, committee=memo.committee)
    client = sign_in(Role.COORDINATOR)
    with django_assert_num_queries(10):
        assert client.get(pages(agency, memo)["list"]).status_code == 200
