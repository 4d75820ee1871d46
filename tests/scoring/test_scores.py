from decimal import Decimal, InvalidOperation

import pytest

from prongsai.errors import Where
from prongsai.scoring.scores import Entry, Scores, Section, StatedLevel


def test_scores_of_plain_numbers() -> None:
    where = Where(file="x", line=3)
    made = Scores.of(
        {"1": "97.44", "3": None}, items={"O1": 100}, overall="95.75", level="ผ่านดี", agency="ก", where=where
    )
    assert made.entries == (
        Entry("1", Decimal("97.44"), where, Section.INDICATOR),
        Entry("3", None, where, Section.INDICATOR),
        Entry("O1", Decimal(100), where, Section.ITEM),
    )
    assert made.overall == Entry("overall", Decimal("95.75"), where)
    assert made.level == StatedLevel("ผ่านดี", where)


def test_scores_of_a_text_that_is_no_number_raise() -> None:
    with pytest.raises(InvalidOperation):
        Scores.of({"1": "ดี"})


def test_scores_are_empty_without_a_number() -> None:
    assert Scores.of({"1": None}, level="ผ่านดี").is_empty
    assert not Scores.of(overall=90).is_empty
