from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.frameworks.document import parse
from prongsai.frameworks.emit import to_yaml
from prongsai.frameworks.shelf import LIBRARY

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.decimals(-1000, 1000, places=2)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
)
KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(lambda key: key not in ("true", "false", "null"))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=12)


@given(st.dictionaries(KEYS, VALUES))
def test_to_yaml_reads_back_equal(data: dict[str, object]) -> None:
    document = parse(to_yaml(data).encode(), "x.yaml")
    assert (document.problems, document.data) == ((), data)


@pytest.mark.parametrize("path", sorted(LIBRARY.rglob("*.yaml")), ids=lambda path: path.stem)
def test_to_yaml_writes_the_shipped_files_back_equal(path: object) -> None:
    data = parse(path.read_bytes(), "x.yaml").data  # type: ignore[attr-defined]
    assert parse(to_yaml(data).encode(), "x.yaml").data == data


def test_to_yaml_quotes_only_what_needs_it() -> None:
    data = {"a": "แผน ปี 2569", "b": "9.1", "c": "no", "d": "ก: ข", "e": Decimal("84.99"), "f": None, "g": "O12"}
    assert to_yaml(data) == 'a: แผน ปี 2569\nb: "9.1"\nc: "no"\nd: "ก: ข"\ne: 84.99\nf: null\ng: O12\n'


def test_to_yaml_puts_comments_above_their_place() -> None:
    text = to_yaml({"a": 1, "b": [{"c": 2}]}, {("a",): "หนึ่ง\nสอง", ("b",): "สาม", ("b", 0): "สี่"})
    assert text == "# หนึ่ง\n# สอง\na: 1\n# สาม\nb:\n  # สี่\n  - {c: 2}\n"


def test_to_yaml_writes_numbers_in_full() -> None:
    assert to_yaml({"small": Decimal("0.00000001"), "round": Decimal("3E+1")}, {}) == "small: 0.00000001\nround: 30\n"
