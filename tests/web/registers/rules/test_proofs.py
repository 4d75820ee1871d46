"""Items of the newest list that turn green by these registers, element by element."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Post
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import keep_file
from prongsai.web.registers import services
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of
from prongsai.web.registers.queries.proofs import Strength, proofs_of, proven
from tests.web.registers.rules.conftest import TODAY, entry_ref, person, post
from tests.web.registers.rules.test_manuals import PNG


@pytest.fixture
def strength(now):
    """How strongly an element is proven for content of 2569."""

    def of(item, element, year=2569):
        found = proven(proofs_of(now, [year]), item, element, year)
        return found[0].strength if found else None

    return of


def test_powers_are_proven_by_powers_and_not_by_a_vision(make, strength):
    item = "organisation.structure-and-powers"
    make("powers", kind="vision")
    assert strength(item, "duties") is Strength.NONE
    make("powers", kind="powers")
    assert strength(item, "duties") is Strength.READY


def test_chart_of_both_sides_proves_the_structure(make, strength):
    item = "organisation.structure-and-powers"
    make("structure", both_sides=False)
    assert [strength(item, one) for one in ("chart", "both-sides")] == [Strength.READY, Strength.NONE]
    make("structure", edition=Decimal(3), both_sides=True)
    assert strength(item, "both-sides") is Strength.READY


def test_executives_are_proven_when_each_has_a_photograph_and_a_contact(agency, now, make, strength):
    item = "organisation.executives"
    photo = keep_file(now, name="รูป.png", content=PNG)
    shown = {"photo": Ref(photo.pk, photo.name), "phone": "0-3600-0000"}
    make("executives", **shown)
    assert [strength(item, one) for one in ("head", "deputies", "photo")] == [
        Strength.READY,
        Strength.NONE,
        Strength.READY,
    ]
    other = {"person": person(agency, Role.SECRETARY), "post": post(agency, "ปลัดเทศบาล"), "side": "permanent"}
    made = make("executives", rank="deputy", **other)
    assert [strength(item, one) for one in ("deputies", "photo", "contact")] == [
        Strength.READY,
        Strength.PARTIAL,
        Strength.PARTIAL,
    ]
    services.change_entry(now, entry=made, values={"phone": "0-3600-0001"}, version=None)
    assert [strength(item, one) for one in ("photo", "contact")] == [Strength.PARTIAL, Strength.READY]


def test_no_gift_is_proven_by_both_languages_of_the_present_executive(make, strength):
    item = "no-gift.drive"
    make("no-gift-declarations", language="th")
    assert strength(item, "declaration") is Strength.PARTIAL
    make("no-gift-declarations", language="en")
    assert strength(item, "declaration") is Strength.READY


def test_gift_report_of_the_year_before_proves_this_year(scope, now, strength):
    keeper = replace(scope(Role.LEGAL), today=date(2025, 10, 20))
    services.open_year(now, fiscal_year_be=2568)
    kept = kept_of(keeper, "gifts")
    assert strength("no-gift.drive", "report") is Strength.NONE
    for occurrence in occurrences_of(keeper, kept.register, 2568):
        services.state_nothing(keeper, kept=kept, occurrence=occurrence)
    assert strength("no-gift.drive", "report") is Strength.READY


def test_one_training_proves_ethics_gift_rules_and_development(make, strength):
    assert strength("ethics.code-and-drive", "training") is Strength.NONE
    make("training", uses=("ethics", "gift_rules"))
    assert strength("ethics.code-and-drive", "training") is Strength.READY
    assert strength("no-gift.drive", "knowledge") is Strength.READY


def test_ethics_codes_and_guideline_are_proven_when_complete(make, strength):
    item = "ethics.code-and-drive"
    make("dos-donts", do="ส่งคืนของขวัญ")
    for code in ("executives", "council"):
        make("ethics-codes", code=code)
    assert [strength(item, one) for one in ("code", "dos")] == [Strength.PARTIAL, Strength.PARTIAL]
    make("ethics-codes", code="staff")
    make("dos-donts", do=None, dont="ใช้รถราชการไปทำธุระส่วนตัว", standard="4")
    assert [strength(item, one) for one in ("code", "dos")] == [Strength.READY, Strength.READY]


def test_manuals_and_online_service_prove_their_elements(make, strength):
    manual = make("service-manuals")
    make("staff-manuals")
    assert strength("manual.staff", "task") is Strength.READY
    elements = ("service", "steps", "time", "channel", "fee", "documents")
    assert [strength("manual.service", one) for one in elements] == [Strength.READY] * 6
    make("online-services", manual=entry_ref(manual))
    assert [strength("service.online", one) for one in ("request", "guide")] == [Strength.READY, Strength.NONE]
    make("online-services", manual=entry_ref(manual), name="ขอเลขที่บ้าน", guide="https://www.example.go.th/guide")
    assert strength("service.online", "guide") is Strength.READY


def test_participation_proves_its_item(make, strength):
    assert strength("participation.activities", "form") is Strength.NONE
    make("participation")
    assert strength("participation.activities", "form") is Strength.READY


def test_answered_question_proves_the_two_way_channel_and_map_the_map(now, make, strength):
    item = "organisation.contact-and-questions"
    made = make("questions")
    assert strength(item, "channel") is Strength.NONE
    answer = {"answer": "ทุกวันจันทร์", "answered_on": TODAY}
    services.move_entry(now, entry=made, move="answer", values=answer, version=None)
    make("contact", element="map")
    assert [strength(item, one) for one in ("channel", "map")] == [Strength.READY, Strength.READY]


def test_deputy_mayor_without_an_entry_is_no_reason_to_call_the_rest_unproven(agency, make, strength):
    Post.objects.create(agency=agency, title="รองนายกเทศมนตรี", side="political")
    make("executives")
    assert strength("organisation.executives", "head") is Strength.READY


def test_gift_periods_end_with_march_and_september(now):
    services.open_year(now, fiscal_year_be=2569)
    found = occurrences_of(now, kept_of(now, "gifts").register, 2569)
    assert [one.ends_on for one in found] == [date(2026, 3, 31), date(2026, 9, 30)]
