import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.frameworks.build import build_crosswalk, build_framework
from prongsai.frameworks.load import crosswalk, crosswalks, library, load
from prongsai.frameworks.plain import crosswalk_plain, framework_json, framework_plain, number_text
from prongsai.frameworks.structure import SHAPE
from tests.frameworks.demo import save

IDS = [entry.id for entry in library()]


@pytest.mark.parametrize("id_", IDS)
def test_framework_plain_builds_an_equal_framework(id_: str) -> None:
    framework = load(id_)
    assert build_framework(framework_plain(framework), framework.sha256) == framework


@pytest.mark.parametrize("id_", IDS)
def test_framework_plain_keeps_to_the_schema(id_: str) -> None:
    assert list(SHAPE.validator.iter_errors(framework_plain(load(id_)))) == []


@pytest.mark.parametrize("entry", crosswalks(), ids=lambda entry: entry.id)
def test_crosswalk_plain_builds_an_equal_crosswalk(entry: object) -> None:
    walk = crosswalk(entry.from_id, entry.to_id)  # type: ignore[attr-defined]
    assert replace(build_crosswalk(crosswalk_plain(walk)), sha256=walk.sha256) == walk


def test_framework_json_counts_the_certainties(tmp_path: Path) -> None:
    shown = framework_json(load(save(tmp_path) / "demo-2570.yaml"))
    assert shown["official"] is False
    assert shown["certainties"] == {"verified": 0, "high": 16, "medium": 1, "low": 3, "recall": 6}
    assert json.loads(json.dumps(shown)) == shown


def test_framework_json_writes_decimals_as_numbers(tmp_path: Path) -> None:
    shown = framework_json(load(save(tmp_path) / "demo-2570.yaml"))
    assert [level["maximum"] for level in shown["levels"]] == [100, 100, 84.99, 49.99]


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("3E+1"), "30"), (Decimal("0.00000001"), "0.00000001"), (Decimal("95.50"), "95.50"), (7, "7")],
)
def test_number_text_has_no_exponent(value: Decimal | int, text: str) -> None:
    assert number_text(value) == text
