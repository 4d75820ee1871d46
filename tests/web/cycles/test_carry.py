from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.frameworks.chain import between
from prongsai.frameworks.load import crosswalks
from prongsai.frameworks.model import Basis, Certainty, Crosswalk, CrosswalkRow, Relation
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Post, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services
from prongsai.web.cycles.models import CarryState, Finding, ItemState
from prongsai.web.cycles.queries.carry import carry_page, plan_between, plan_of
from prongsai.web.cycles.queries.items import item_page
from prongsai.web.evidence.services import add_evidence
from tests.web.cycles import years

pytestmark = pytest.mark.django_db
NEIGHBOURS = [(entry.from_id, entry.to_id) for entry in crosswalks()]


@pytest.mark.parametrize(("from_id", "to_id"), NEIGHBOURS)
def test_every_old_item_is_shown_in_exactly_the_right_places(system, from_id, to_id):
    old = services.open_cycle(system, framework_id=from_id)
    new = services.open_cycle(system, framework_id=to_id, carry_from=old)
    page = carry_page(new)
    shown = {item.code: set() for item in old.items.all()}
    for item, olds in page.straight:
        for each in olds:
            shown[each.code].add(item.code)
    for question in page.questions:
        for each in question.candidates:
            shown[each.code].add(question.item.code)
    right = {code: set() for code in shown}
    for row in between(from_id, to_id).rows:
        for code in row.from_codes:
            right[code] |= set(row.to_codes)
    assert shown == right
    assert {item.code for item, _ in page.left} == {code for code, places in right.items() if not places}
    everywhere = [i.code for i, _ in page.straight] + [q.item.code for q in page.questions] + [i.code for i in page.new]
    assert sorted(everywhere) == sorted(item.code for item in new.items.all())


def test_an_item_opens_with_score_remark_evidence_owner_and_codes_of_last_year(system, agency):
    old = years.opened(system, 2566)
    unit, post = Unit.objects.get(name="กองคลัง"), Post.objects.get(title="ผู้อำนวยการกองคลัง")
    item = years.own(old, "O1", unit, post)
    services.change_item(system, item=item, remark="ไม่พบฝ่ายการเมืองในผัง")
    element = item.elements.select_related("item__cycle").first()
    proof = add_evidence(system, title="ผังโครงสร้าง ๒๕๖๖", address="https://example.go.th/chart")
    services.attach(system, element=element, evidence=proof)
    years.scored(
        system, old, indicators=years.surveys(2566), items=years.item_scores(old, ("O1",)), overall=None, level=None
    )
    new = years.opened(system, 2567, carry_from=old)
    found = new.items.get(last_items=item)
    assert (found.carry, found.last_codes, found.last_score) == (CarryState.CARRIED, "O1", 0)
    assert (found.last_remark, found.unit, found.post) == ("ไม่พบฝ่ายการเมืองในผัง", unit, post)
    ((last, proofs),) = item_page(found, date(2026, 3, 31)).last
    assert (last, [each.evidence for each in proofs]) == (item, [proof])


def test_an_owner_who_is_no_longer_there_is_not_carried(system):
    old = years.opened(system, 2566)
    unit = Unit.objects.get(name="กองคลัง")
    years.own(old, "O1", unit)
    unit.valid_to = system.today - timedelta(days=1)
    unit.save()
    new = years.opened(system, 2567, carry_from=old)
    assert new.items.get(last_items__code="O1").unit is None


def test_without_a_remark_the_advice_of_the_gap_is_carried(system):
    old = years.opened(system, 2566)
    item = old.items.get(code="O1")
    Finding.objects.create(cycle=old, item=item, title="โครงสร้าง", advice="ให้แสดงฝ่ายการเมืองด้วย")
    new = years.opened(system, 2567, carry_from=old)
    assert new.items.get(last_items=item).last_remark == "ให้แสดงฝ่ายการเมืองด้วย"


def merged(system):
    """2567 → 2568: O1 and O3 became O1."""
    old = years.opened(system, 2567)
    years.own(old, "O3", Unit.objects.get(name="กองช่าง"))
    items = years.item_scores(old, ("O3",))
    years.scored(system, old, indicators=years.surveys(2567), items=items, overall=None, level=None)
    new = years.opened(system, 2568, carry_from=old)
    return old, new, new.items.select_related("cycle__carried_from").get(code="O1")


def test_a_merge_is_asked_and_nothing_is_taken_before_the_answer(system):
    old, new, item = merged(system)
    assert (item.carry, item.last_codes, item.last_score, item.unit) == (CarryState.ASK, "O1, O3", None, None)
    (question,) = [each for each in carry_page(new).questions if each.item == item]
    assert ([each.code for each in question.candidates], question.words, question.settled) == (
        ["O1", "O3"],
        "รวมข้อ",
        False,
    )


def test_taking_several_gives_the_lowest_score_and_the_first_owner(system):
    old, new, item = merged(system)
    services.settle_carry(system, item=item, take=old.items.filter(code__in=("O1", "O3")), version=item.version)
    item = ItemState.objects.get(pk=item.pk)
    assert (item.carry, item.last_score, str(item.unit)) == (CarryState.CARRIED, 0, "กองช่าง")


def test_what_is_not_taken_stays_visible_and_the_answer_can_be_changed(system):
    old, new, item = merged(system)
    services.settle_carry(system, item=item, take=old.items.filter(code="O1"), version=item.version)
    page = carry_page(new)
    assert "O3" in [each.code for each, _ in page.left]
    (question,) = [each for each in page.questions if each.item == item]
    assert (question.settled, question.chosen) == (True, frozenset({old.items.get(code="O1").pk}))
    item = ItemState.objects.select_related("cycle__carried_from").get(pk=item.pk)
    services.settle_carry(system, item=item, take=[], version=item.version)
    assert ItemState.objects.get(pk=item.pk).carry == CarryState.NONE


def test_settling_refuses_other_items_and_old_versions(system):
    old, new, item = merged(system)
    with pytest.raises(ValidationError):
        services.settle_carry(system, item=item, take=old.items.filter(code="O9"))
    services.settle_carry(system, item=item, take=old.items.filter(code="O1"), version=1)
    late = ItemState.objects.select_related("cycle__carried_from").get(pk=item.pk)
    with pytest.raises(Stale):
        services.settle_carry(system, item=late, take=old.items.filter(code="O3"), version=1)
    assert [each.code for each in late.last_items.all()] == ["O1"]


def test_a_split_asks_each_part_and_a_row_for_each_old_item_is_kept():
    basis = Basis(Certainty.HIGH)
    rows = (
        CrosswalkRow(Relation.SPLIT, ("O1",), ("O1", "O2"), "แยกเป็นสองข้อ", basis),
        CrosswalkRow(Relation.KEPT, ("O2",), ("O3",), "", basis),
        CrosswalkRow(Relation.RETIRED, ("O3",), (), "เลิก", basis),
        CrosswalkRow(Relation.NEW, (), ("O4",), "", basis),
    )
    plan = plan_of(Crosswalk("x", "a", "b", 1, rows))
    assert {code: (o.from_codes, o.asked) for code, o in plan.origins.items()} == {
        "O1": (("O1",), True),
        "O2": (("O1",), True),
        "O3": (("O2",), False),
        "O4": ((), False),
    }
    assert plan.retired == {"O3": "เลิก"}


def test_years_apart_are_carried_by_the_way_between_them():
    plan = plan_between("ita-2563", "ita-2568")
    told = {code for origin in plan.origins.values() for code in origin.from_codes} | set(plan.retired)
    assert told == {f"O{n}" for n in range(1, 44)}


def test_kinds_without_a_way_between_them_carry_nothing():
    assert plan_between("ita-2568", "lpa-2569").known is False


def test_a_later_official_result_reaches_the_next_cycle(system):
    old = years.opened(system, 2566)
    new = years.opened(system, 2567, carry_from=old)
    items = years.item_scores(old, ("O2",))
    years.scored(system, old, indicators=years.surveys(2566), items=items, overall=None, level=None)
    assert new.items.get(last_items__code="O2").last_score == 0
    assert new.items.get(last_items__code="O1").last_score == 100


def test_carrying_over_later_or_from_the_wrong_year(system):
    old, new = years.opened(system, 2566), years.opened(system, 2567)
    with pytest.raises(ValidationError):
        services.carry_over(system, cycle=old, source=new)
    services.carry_over(system, cycle=new, source=old)
    assert new.items.filter(carry=CarryState.CARRIED).count() == 32
    with pytest.raises(ValidationError):
        services.carry_over(system, cycle=new, source=old)


def test_carry_page_settles_and_says_when_it_is_too_late(system, sign_in, agency):
    old, new, item = merged(system)
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2568/carry/"
    values = {"item": item.pk, "version": item.version, "take": [old.items.get(code="O1").pk]}
    assert client.post(address, values).status_code == 302
    assert client.post(address, values).status_code == 409
    assert client.post(address, values | {"item": old.items.first().pk}).status_code == 404
    assert client.get(address).status_code == 200


def test_carry_page_asks_as_often_for_many_items_as_for_few(system, sign_in, agency, django_assert_num_queries):
    old = years.opened(system, 2567)
    new = years.opened(system, 2568, carry_from=old)
    with django_assert_num_queries(4):
        carry_page(new)
    new.items.exclude(code__in=("O1", "O2", "O3")).delete()
    with django_assert_num_queries(4):
        carry_page(new)
