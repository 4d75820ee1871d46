"""Element rules: every fault of the content site is found, its clean twin has none, every element has its rules."""

from __future__ import annotations

from functools import lru_cache

import pytest

from prongsai.frameworks.load import load
from prongsai.frameworks.model import Basis, Certainty, Element
from prongsai.inspection.book import book_of, unfolded
from prongsai.inspection.elements import inspect_item, is_general, rules_of
from prongsai.inspection.model import ItemVerdict, Verdict
from prongsai.inspection.rules import KINDS
from tests.inspection.content_faults import CONTENT, ContentFault
from tests.inspection.content_site import CLEAN, FACTS, Disclosed

YEARS = (2566, 2567, 2568, 2569)


def verdicts(disclosed: Disclosed) -> ItemVerdict:
    framework = load(f"ita-{disclosed.year_be}")
    item = framework.item_by_key(disclosed.item)
    assert item is not None
    return inspect_item(framework, item, disclosed.pile())


@lru_cache(maxsize=64)
def clean(name: str) -> ItemVerdict:
    return verdicts(CLEAN[name])


@pytest.mark.parametrize("name", CLEAN)
def test_clean_twin_has_no_fault(name: str) -> None:
    found = [(one.key, one.reason_th) for one in clean(name).elements if one.verdict is Verdict.FAIL]
    assert not found


@pytest.mark.parametrize("fault", CONTENT, ids=lambda fault: f"{fault.number}")
def test_fault_is_found(fault: ContentFault) -> None:
    found = verdicts(fault.disclosed)
    one = next(each for each in found.elements if each.key == fault.element)
    assert one.verdict is Verdict.FAIL, (one.reason_th, [(e.key, e.verdict.value, e.reason_th) for e in found.elements])
    assert fault.says in one.reason_th
    assert one.mend_th
    assert found.verdict is Verdict.FAIL


def test_eighteen_faults_have_the_numbers_kept_for_them() -> None:
    assert [fault.number for fault in CONTENT if fault.number <= 40] == list(range(23, 41))
    assert len({fault.number for fault in CONTENT}) == len(CONTENT)


def test_most_of_the_clean_twin_needs_no_person() -> None:
    told = [one.verdict for name in CLEAN for one in clean(name).elements]
    assert told.count(Verdict.PASS) >= 0.85 * len(told)


def test_every_element_of_four_years_has_rules() -> None:
    lacking, to_persons = [], []
    for year in YEARS:
        framework = load(f"ita-{year}")
        for item in framework.items:
            for key, rules in rules_of(framework, item).items():
                if not rules:
                    lacking.append((year, item.code, key))
                to_persons += [(year, item.code, key, rule.options["why"]) for rule in rules if rule.kind == "person"]
    assert not lacking
    assert all(why for *_, why in to_persons)
    assert len(to_persons) <= 12


def test_book_names_only_what_is_there() -> None:
    book = book_of("ita")
    assert not list(unfolded(book))
    rules = [rule for each in (*book.items.values(), book.elements) for own in each.values() for rule in own]
    assert {rule.kind for rule in rules} <= KINDS.keys()
    for rule in rules:
        if rule.kind in ("words", "section", "topics"):
            assert set(rule.options["of"]) <= book.words.keys()


def test_unknown_framework_gives_only_doubts() -> None:
    framework = load("lpa-2569")
    item = framework.items[0]
    found = inspect_item(framework, item, CLEAN["manual"].pile())
    own = [one for one in found.elements if not is_general(one.key)]
    assert own and {one.verdict for one in own} == {Verdict.CANNOT_TELL}


def test_linked_needs_a_walk() -> None:
    framework = load("ita-2568")
    item = framework.item_by_key("service.online")
    assert item is not None
    pile = CLEAN["e-service"].pile()

    def linked(clicks: dict[str, int] | None) -> Verdict:
        found = inspect_item(framework, item, pile, clicks=clicks)
        return next(one.verdict for one in found.elements if one.key == "linked")

    assert linked(None) is Verdict.CANNOT_TELL
    assert linked({pile.address: 2}) is Verdict.PASS
    assert linked({pile.address.replace("http://www.", "https://").rstrip("/"): 2}) is Verdict.PASS
    assert linked({"http://www.suanphlu.go.th/": 0}) is Verdict.FAIL


def test_what_could_not_be_read_is_a_doubt_and_no_fault() -> None:
    fault = next(one for one in CONTENT if one.number == 25)
    found = verdicts(fault.disclosed)
    level = next(one for one in found.elements if one.key == "level")
    assert level.verdict is Verdict.CANNOT_TELL
    assert "ภาพ" in level.reason_th


def test_guessing_names_the_words() -> None:
    from prongsai.inspection.case import Case
    from prongsai.inspection.guessing import guessed
    from prongsai.inspection.view import View

    framework = load("ita-2569")
    pile = CLEAN["manual"].pile()
    case = Case(framework, framework.items[0], View.of(pile), book_of("none"))
    found = guessed(case, Element("x", "ค่าธรรมเนียม และขั้นตอนการให้บริการ", Basis(Certainty.RECALL)))
    assert found.verdict is Verdict.CANNOT_TELL and "ค่าธรรมเนียม" in found.reason_th
    assert FACTS.head
