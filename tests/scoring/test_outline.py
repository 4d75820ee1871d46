from fractions import Fraction

from prongsai.scoring.outline import ROOT, Kind, Outline
from tests.scoring.build import framework, question

OUTLINE = Outline.of(framework(questions=[question("i1", "1"), question("i2", "1")]))


def test_outline_shares_sum_to_one_everywhere() -> None:
    for spot in OUTLINE.root.walk():
        if spot.children:
            assert sum(child.share for child in spot.children) == 1


def test_outline_coefficients_are_worth_in_the_total() -> None:
    worth = OUTLINE.coefficients
    assert worth[ROOT] == 1
    assert worth[Kind.INSTRUMENT, "OIT"] == Fraction("0.4")
    assert worth[Kind.INDICATOR, "3"] == Fraction("0.06")
    assert worth[Kind.ITEM, "O43"] == Fraction("0.05")
    assert worth[Kind.QUESTION, "i1"] == Fraction("0.03")


def test_outline_knows_parents_and_what_lies_below() -> None:
    assert OUTLINE.parents[Kind.ITEM, "O43"].code == "10.2"
    assert OUTLINE.parents[Kind.INSTRUMENT, "IIT"].key == ROOT
    assert [spot.code for spot in OUTLINE.below((Kind.INDICATOR, "10"), Kind.SUB_INDICATOR)] == ["10.1", "10.2"]
    assert len(OUTLINE.below(ROOT, Kind.ITEM)) == 43


def test_outline_leaves_out_a_name_that_two_places_share() -> None:
    names = Outline.of(framework({"OIT": ("100", {"O1": 1})})).names
    assert "o1" not in names
    assert names["oit"] == (Kind.INSTRUMENT, "OIT")
    assert names["รายการo1"] == (Kind.ITEM, "O1")
