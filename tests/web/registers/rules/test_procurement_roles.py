"""Declared relations against roles in procurement, whichever is written down first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref
from prongsai.thai.identity import check_digit
from prongsai.web.agencies.models import Committee, CommitteeMember, JobOrder, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.rules import interests, procurement_roles
from prongsai.web.registers.rules import purchases as purchases_rules
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import TODAY, entry_ref, person

FIRM = "ห้างหุ้นส่วนจำกัดสวนพลูโยธา"
NUMBER, OTHER = (f"{twelve}{check_digit(twelve)}" for twelve in ("010553600001", "010553600002"))
AGAINST = "มีการแจ้งความสัมพันธ์ที่ขัดกับหน้าที่ในการจัดซื้อจัดจ้างนี้"


@pytest.fixture
def officer(agency) -> Ref:
    return person(agency, Role.OFFICER)


@pytest.fixture
def order(agency, officer) -> Committee:
    made = Committee.objects.create(
        agency=agency, name="คณะกรรมการตรวจรับพัสดุ", order_no="55/2569", order_date=date(2026, 1, 15)
    )
    CommitteeMember.objects.create(committee=made, person_id=officer.id, role="member")
    return made


@pytest.fixture
def plan(agency) -> Ref:
    """An item of the plan, to which roles and purchases belong."""
    made = Entry.objects.create(
        agency=agency,
        register="procurement-plan",
        number=1,
        title="ปรับปรุงถนนสายหลังตลาด",
        state="planned",
        dated_on=date(2026, 1, 1),
        fiscal_year_be=2569,
    )
    return entry_ref(made)


@pytest.fixture
def role(make, order, officer, plan):
    def add(*, by=None, **values):
        given = {"person": officer, "plan": plan, "bidders": None, "egp_no": None, **values}
        return make("procurement-roles", by=by, **given)

    return add


@pytest.fixture
def relation(make, officer):
    def add(**values):
        return make("interests", **{"declarer": officer, "name": FIRM, "statement": "some", **values})

    return add


@pytest.fixture
def purchase(make, plan):
    def add(winner=FIRM, *others, by=None, **values):
        rows = tuple({"name": one, "price_thb": Decimal(12000)} for one in (winner, *others))
        given = {"plan": plan, "winner": winner, "bidders": rows, "contract_on": date(2026, 2, 12), **values}
        return make("purchases", by=by, **given)

    return add


def bidders(*names, tax_id=None):
    return tuple({"name": one, **({"tax_id": tax_id} if tax_id else {})} for one in names)


def refused_for(call) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        call()
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


# --- a role for somebody who has declared -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["หจก.สวนพลูโยธา", "ห.จ.ก. สวนพลู โยธา", "ห้างหุ้นส่วนจำกัด สวนพลูโยธา", "สวนพลูโยธา", f"{FIRM} โดยนายดี มีสุข"]
)
def test_declared_relation_blocks_the_role_however_the_firm_is_written(role, relation, name):
    relation()
    assert refused_for(lambda: role(bidders=bidders("ร้านอื่น", name))) == [("person", "RELATION_DECLARED")]


def test_role_with_other_firms_is_taken(role, relation):
    relation()
    assert role(bidders=bidders("หจก.สวนพลูโยธาใหม่", "บริษัท ท่าหว้า จำกัด")).pk


def test_relation_of_somebody_else_blocks_nothing(agency, role, relation):
    relation(declarer=person(agency, Role.SUPPLY))
    assert role(bidders=bidders(FIRM)).pk


def test_numbers_decide_where_both_have_one(role, relation):
    relation(tax_id=NUMBER)
    assert refused_for(lambda: role(bidders=bidders("ชื่อใหม่ของกิจการ", tax_id=NUMBER))) == [
        ("person", "RELATION_DECLARED")
    ]
    assert role(bidders=bidders(FIRM, tax_id=OTHER)).pk


def test_relation_to_the_owner_of_a_shop_blocks(role, relation):
    relation(name="นางสมใจ ใจดี", relation="spouse")
    assert refused_for(lambda: role(bidders=bidders("ร้านสวนพลูการค้า โดยนางสาวสมใจ ใจดี"))) == [
        ("person", "RELATION_DECLARED")
    ]


@pytest.mark.parametrize(("to_on", "is_blocked"), [(None, True), (date(2026, 1, 15), True), (date(2026, 1, 14), False)])
def test_relation_that_was_over_before_the_role_blocks_nothing(role, relation, to_on, is_blocked):
    relation(to_on=to_on)
    if is_blocked:
        assert refused_for(lambda: role(bidders=bidders(FIRM))) == [("person", "RELATION_DECLARED")]
    else:
        assert role(bidders=bidders(FIRM)).pk


def test_relation_of_an_earlier_year_still_blocks_and_a_withdrawn_one_does_not(now, role, relation):
    made = relation(declared_on=date(2024, 11, 5))
    assert refused_for(lambda: role(bidders=bidders(FIRM))) == [("person", "RELATION_DECLARED")]
    services.move_entry(now, entry=made, move="withdraw", note="แจ้งผิดคน", version=None)
    assert role(bidders=bidders(FIRM)).pk


def test_relation_of_a_merged_row_of_the_person_blocks(agency, officer, role, relation):
    double = Person.objects.create(agency=agency, prefix="นาย", given_name="อรุณ", family_name="ขยันยิง")
    relation(declarer=Ref(double.pk, str(double)))
    Person.objects.filter(pk=double.pk).update(merged_into=officer.id)
    assert refused_for(lambda: role(bidders=bidders(FIRM))) == [("person", "RELATION_DECLARED")]


def test_winner_of_the_linked_purchase_or_contract_blocks_the_role(make, role, relation, purchase):
    relation()
    bought = purchase("ร้านท่าหว้า", FIRM)
    contract = make("contracts", contractor="ร้านท่าหว้า", purchase=entry_ref(bought), contract_no="7/2569")
    expected = [("person", "RELATION_DECLARED")]
    assert refused_for(lambda: role(plan=None, purchase=entry_ref(bought))) == expected
    assert refused_for(lambda: role(plan=None, contract=entry_ref(contract))) == expected
    assert refused_for(lambda: role()) == expected  # by the item of the plan that the purchase was made of


def test_role_is_matched_by_the_number_of_the_project(role, relation, purchase):
    relation()
    purchase(plan=None, egp_no="69019000123")
    assert role(plan=None, egp_no="69019000124").pk
    assert refused_for(lambda: role(plan=None, egp_no="69019000123")) == [("person", "RELATION_DECLARED")]


def test_person_who_bids_is_refused_and_kin_by_name_only_shown(scope, officer, role):
    assert refused_for(lambda: role(bidders=bidders("ร้านอรุณ โดยนายอรุณ ขยันยิ่ง"))) == [("person", "BIDS_ITSELF")]
    made = role(bidders=bidders("นางมาลี ขยันยิ่ง"))
    page = procurement_roles.picture(replace(scope(Role.SUPPLY), today=TODAY), of_year("procurement-roles", 0), made)
    assert f"{officer.text}นามสกุลเดียวกับ “นางมาลี ขยันยิ่ง”" in page


def test_firm_of_another_kind_under_the_same_name_is_shown(now, role, relation):
    relation(name="ร้านสวนพลูโยธา")
    made = role(bidders=bidders(FIRM))
    page = procurement_roles.picture(now, of_year("procurement-roles", 0), made)
    assert "มีการแจ้งความสัมพันธ์ที่อาจขัดกับหน้าที่ในการจัดซื้อจัดจ้างนี้" in page


# --- the other way round ----------------------------------------------------------------------------------------------
def test_winner_with_whom_somebody_in_a_role_is_related_is_refused(role, relation, purchase):
    relation()
    made = role()
    assert refused_for(purchase) == [("winner", "RELATION_DECLARED")]
    assert purchase("ร้านท่าหว้า").pk
    assert made.state == "serving"


def test_party_to_a_contract_is_refused_by_roles_in_its_purchase(make, now, role, relation, purchase):
    bought = purchase("ร้านท่าหว้า")
    role()
    role(plan=None, purchase=entry_ref(bought), role="terms")
    relation()
    given = {"contractor": FIRM, "purchase": entry_ref(bought)}
    assert refused_for(lambda: make("contracts", **given)) == [("contractor", "RELATION_DECLARED")]
    contract = make("contracts", **{**given, "contractor": "ร้านท่าหว้า"})
    change = {"contractor": FIRM}
    assert refused_for(lambda: services.change_entry(now, entry=contract, values=change, version=None)) == [
        ("contractor", "RELATION_DECLARED")
    ]


def test_purchase_goes_on_when_somebody_else_has_the_role(now, role, relation, purchase):
    relation()
    made = role()
    services.move_entry(
        now, entry=made, move="end", values={"ended_on": date(2026, 2, 1)}, note="แจ้งความสัมพันธ์", version=None
    )
    assert purchase().pk


def test_loser_is_not_refused_but_shown(now, role, relation, purchase):
    relation()
    role()
    made = purchase("ร้านท่าหว้า", FIRM)
    assert AGAINST in purchases_rules.picture(now, of_year("purchases", 0), made)


def test_what_stood_before_the_declaration_goes_on_and_is_shown(now, role, relation, purchase):
    role()
    made = purchase()
    relation()
    assert services.change_entry(now, entry=made, values={"reason": "ราคาต่ำสุด"}, version=None).version == 2
    assert AGAINST in purchases_rules.picture(now, of_year("purchases", 0), made)


def test_relation_declared_later_lists_the_roles_that_it_touches(agency, now, role, relation, purchase):
    made = role(bidders=bidders("หจก. สวนพลูโยธา"))
    other = role(role="terms", bidders=bidders("ร้านท่าหว้า"))
    declared = relation()
    page = interests.picture(now, of_year("interests", 0), declared)
    assert f"/{agency.code}/registers/procurement-roles/{made.pk}/" in page
    assert f"/{agency.code}/registers/procurement-roles/{other.pk}/" not in page
    for module, id_ in ((interests, "interests"), (procurement_roles, "procurement-roles")):
        found = [one.text for one in module.notices(now, of_year(id_, 0), 2569)]
        assert [made.title in text for text in found if "หน้าที่" in text] == [True]
    assert AGAINST in procurement_roles.picture(now, of_year("procurement-roles", 0), made)


def test_role_against_which_something_stands_is_ended(now, role, relation):
    made = role(bidders=bidders(FIRM))
    relation()
    ended = services.move_entry(
        now, entry=made, move="end", values={"ended_on": date(2026, 3, 1)}, note="แจ้งความสัมพันธ์", version=None
    )
    assert ended.state == "ended"


# --- who is told what -------------------------------------------------------------------------------------------------
def messages_of(call) -> list[str]:
    with pytest.raises(EntryRefused) as refused:
        call()
    return [one.message_th for one in refused.value.faults]


def test_who_is_no_reader_is_told_only_that_a_relation_stands(scope, role, relation, purchase):
    relation(relation="spouse", interest="หุ้นส่วนผู้จัดการ")
    supply = replace(scope(Role.SUPPLY), today=TODAY)
    assert messages_of(lambda: role(by=supply, bidders=bidders("หจก.สวนพลูโยธา", "ร้านท่าหว้า"))) == [AGAINST]
    role()
    assert messages_of(lambda: purchase(by=supply)) == [AGAINST]
    made = purchase("ร้านท่าหว้า", FIRM)
    shown = purchases_rules.picture(supply, of_year("purchases", 0), made)
    assert shown == f'<p class="callout" data-tone="amber">{AGAINST}</p>'


def test_reader_is_told_whose_relation_it_is(scope, role, relation, purchase):
    relation(relation="spouse")
    made = role(bidders=bidders("ร้านท่าหว้า"))
    bought = purchase("ร้านท่าหว้า", FIRM)
    legal = replace(scope(Role.LEGAL), today=TODAY)
    assert f"{AGAINST}: นายอรุณ ขยันยิ่ง · คู่สมรส · {FIRM}" in purchases_rules.picture(
        legal, of_year("purchases", 0), bought
    )
    head = replace(scope(Role.HEAD), today=TODAY)  # of another unit than who declared
    assert FIRM not in procurement_roles.picture(head, of_year("procurement-roles", 0), made)


def test_list_of_declarations_is_none_to_who_gives_the_roles(scope, kept, relation):
    relation()
    assert entries_of(scope(Role.SUPPLY), kept("interests")).count() == 0


# --- the order, and what it is a role in --------------------------------------------------------------------------------
def test_role_says_which_procurement(role):
    assert refused_for(lambda: role(plan=None)) == [("plan", "NO_PROCUREMENT")]


def test_role_is_by_an_order_that_names_the_person(agency, role, order):
    assert refused_for(lambda: role(order_no="99/2569")) == [("order_no", "NO_ORDER")]
    assert refused_for(lambda: role(person=person(agency, Role.CLERK))) == [("order_no", "NOT_A_MEMBER")]
    JobOrder.objects.create(
        agency=agency,
        person_id=person(agency, Role.CLERK).id,
        duties="ผู้ควบคุมงาน",
        order_no="56/2569",
        order_date=date(2026, 1, 15),
        signer_id=person(agency).id,
    )
    assert role(person=person(agency, Role.CLERK), role="supervision", order_no="๕๖/๒๕๖๙").pk


def test_one_order_may_appoint_several_committees(agency, role, order):
    terms = Committee.objects.create(
        agency=agency, name="กำหนดขอบเขต", order_no="55/2569", order_date=date(2026, 1, 15)
    )
    CommitteeMember.objects.create(committee=terms, person_id=person(agency, Role.CLERK).id, role="chair")
    assert role(person=person(agency, Role.CLERK), role="terms").pk


def test_head_of_supply_needs_no_order(agency, role):
    assert role(role="head", order_no=None, person=person(agency, Role.SUPPLY)).pk


def test_role_is_of_somebody_in_the_office(role):
    assert refused_for(lambda: role(person=Ref(None, "นายนอก ทะเบียน"))) == [("person", "NOT_IN_THE_OFFICE")]


def test_notices_cost_the_same_for_more_roles(now, role, relation, purchase):
    relation()
    made = [role(role=one, bidders=bidders("ร้านก")) for one in ("terms", "reference", "inspection")]
    purchase("ร้านท่าหว้า")
    counts = []
    for left in (1, 3):
        Entry.objects.filter(pk__in=[one.pk for one in made]).update(state="ended")
        Entry.objects.filter(pk__in=[one.pk for one in made[:left]]).update(state="serving")
        with CaptureQueriesContext(connection) as asked:
            procurement_roles.notices(now, of_year("procurement-roles", 0), 2569)
        counts.append(len(asked))
    assert counts[0] == counts[1]
