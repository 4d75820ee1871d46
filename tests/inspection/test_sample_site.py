"""The made-up municipality's own pages, held against the year: what they disclose, no rule may call missing."""

from __future__ import annotations

import pytest

from prongsai.frameworks.load import load
from prongsai.inspection.elements import inspect_item
from prongsai.inspection.model import Verdict
from tests.inspection.sample_site import disclosed

FRAMEWORK = load("ita-2569")
DOUBTS = {
    "O10": {"request"},  # an application behind a link: a person tries it
    "O17": {"online"},
    "O20": {"declaration"},  # the sample's declaration is printed for signing, and no pen was seen
}


@pytest.mark.parametrize("item", FRAMEWORK.items, ids=lambda item: item.code)
def test_sample_is_found_to_disclose_what_it_does(item) -> None:
    pile = disclosed(item)
    found = inspect_item(FRAMEWORK, item, pile, clicks={pile.address: 2})
    told = {one.key: (one.verdict, one.reason_th) for one in found.elements if one.verdict is not Verdict.PASS}
    assert {key for key, (verdict, _) in told.items() if verdict is Verdict.FAIL} == set(), told
    assert set(told) == DOUBTS.get(item.code, set()), told
    assert found.problems == ()
