from pathlib import Path

import pytest

from prongsai.frameworks.load import load
from prongsai.frameworks.model import Certainty
from tests.frameworks.demo import save


def test_facts_walk_everything_that_has_a_certainty(tmp_path: Path) -> None:
    places = [place for place, _ in load(save(tmp_path) / "demo-2570.yaml").facts()]
    assert places == [
        "target",
        "item_scores",
        "instruments.AA",
        "instruments.BB",
        "indicators.1",
        "indicators.2",
        "indicators.2.1",
        "items.O1",
        "items.O1.elements",
        "items.O1.elements.chart",
        "items.O1.elements.people",
        "items.O2",
        "items.O2.elements",
        "items.O2.elements.law",
        "items.O3",
        "items.O3.elements",
        "items.O3.elements.plan",
        "scales.yes-no",
        "questions.i1",
        "levels.BEST",
        "levels.GOOD",
        "levels.FAIR",
        "levels.POOR",
        "issues.1",
        "issues.1.links",
        "calendar.answers",
    ]


def test_framework_finds_its_parts(tmp_path: Path) -> None:
    framework = load(save(tmp_path) / "demo-2570.yaml")
    assert [i.code for i in framework.top_indicators()] == ["1", "2"]
    assert [i.code for i in framework.top_indicators("BB")] == ["2"]
    assert [i.code for i in framework.children("2")] == ["2.1"]
    assert [i.code for i in framework.items_of("2.1")] == ["O1", "O2", "O3"]
    assert [q.code for q in framework.questions_of("1")] == ["i1"]
    assert framework.item("O2") == framework.item_by_key("powers")
    assert (framework.item("O9"), framework.item_by_key("none"), framework.indicator("9")) == (None, None, None)


def test_certainty_ranks_from_the_surest() -> None:
    assert sorted(Certainty, key=lambda each: each.rank) == list(Certainty)
    assert [each for each in Certainty if each.is_official] == [Certainty.VERIFIED]


def test_scale_does_not_know_other_answers(tmp_path: Path) -> None:
    (scale,) = load(save(tmp_path) / "demo-2570.yaml").scales
    with pytest.raises(KeyError):
        scale.score("ไม่แน่ใจ", reverse=False)
