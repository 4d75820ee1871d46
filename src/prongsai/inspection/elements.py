"""An item's elements held against what is disclosed: each pass, fail or cannot tell, with a reason and a mend.

Beside the elements that the framework lists, what holds for every item is looked at: the year, the period, whether
pages and files can be read, whose paper it is, and that it is no placeholder. Their keys begin with ``item.``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from prongsai.errors import Problem
from prongsai.frameworks.model import Element, Framework, Item
from prongsai.inspection.book import Book, Rule, book_of
from prongsai.inspection.case import Case, Finding, together
from prongsai.inspection.guessing import guessed
from prongsai.inspection.model import ElementVerdict, ItemVerdict, Pile
from prongsai.inspection.rules import KINDS
from prongsai.inspection.view import View

GENERAL = "item."
_HALF = ("หกเดือนแรก", "ข้อมูลถึง 31 มีนาคม", "ไตรมาสที่ 1 และ 2")
_WHOLE = ("1 ตุลาคม ถึง 30 กันยายน",)


def inspect_item(
    framework: Framework, item: Item, pile: Pile, *, clicks: Mapping[str, int] | None = None
) -> ItemVerdict:
    """Hold an item against a pile. clicks: how many from the home page each address is away, if the site was walked."""
    case = Case(framework, item, View.of(pile), book_of(framework.kind), clicks)
    verdicts = (*_elements(case), *_general(case))
    return ItemVerdict(item.key, item.code, item.title_th, verdicts, tuple(_problems(case)))


def is_general(key: str) -> bool:
    """Whether a verdict is of the item as a whole and of no element of the framework."""
    return key.startswith(GENERAL)


def _elements(case: Case) -> Iterator[ElementVerdict]:
    for element in case.item.elements:
        rules = case.book.rules_of(case.item.key, element.key)
        found = (
            together(KINDS[rule.kind](case, element, rule.options) for rule in rules)
            if rules
            else guessed(case, element)
        )
        yield _verdict(element.key, case.fill(element.text_th), found)


def _verdict(key: str, text_th: str, found: Finding) -> ElementVerdict:
    return ElementVerdict(key, text_th, found.verdict, found.reason_th, found.mend_th, found.address, found.where)


def _general(case: Case) -> Iterator[ElementVerdict]:
    for key, text_th, rule in _rules_of_item(case):
        element = Element(f"{GENERAL}{key}", text_th, case.item.basis)
        yield _verdict(element.key, text_th, KINDS[rule.kind](case, element, rule.options))


def _rules_of_item(case: Case) -> Iterator[tuple[str, str, Rule]]:
    """Give what holds for every item; year and period as the framework says them."""
    item, period = case.item, case.fill(case.item.period_th)
    if "แผนครอบคลุมปี" in period:
        yield "year", f"แผนครอบคลุมปี {case.year_be}", Rule("span", {"run": "covers"})
    elif item.content_year is not None and not item.key.startswith("measures.integrity"):
        yield "year", f"เป็นข้อมูลของปี {case.year_be}", Rule("year", {})
    elif item.content_year is not None:
        yield "year", f"เป็นข้อมูลของปี {case.year_be}", Rule("year", {"any_of": [0, -1]})
    elif "{year-1}" in item.period_th:
        yield "year", "เป็นข้อมูลของปีที่กำหนด", Rule("year", {"any_of": [0, -1]})
    if item.content_year is not None and any(words in period for words in _HALF):
        yield "period", f"ช่วงเวลาครบ: {period}", Rule("period", {"through": "half"})
    elif item.content_year is not None and any(words in period for words in _WHOLE):
        yield "period", f"ช่วงเวลาครบ: {period}", Rule("period", {"through": "year"})
    yield "readable", "เปิดและอ่านได้", Rule("readable", {})
    yield "own-name", "เป็นเอกสารของหน่วยงานนี้", Rule("own_name", {})
    yield "content", "มีเนื้อหาจริง", Rule("not_placeholder", {})


def _problems(case: Case) -> Iterator[Problem]:
    for page in case.pile.pages:
        yield from page.problems
    for paper in case.pile.papers:
        yield from (replace(one, where=replace(one.where, file=paper.address)) for one in paper.problems)


def rules_of(framework: Framework, item: Item) -> Mapping[str, tuple[Rule, ...]]:
    """Give the rules of each element of an item; empty for one that nobody wrote any for."""
    book: Book = book_of(framework.kind)
    return {element.key: book.rules_of(item.key, element.key) for element in item.elements}
