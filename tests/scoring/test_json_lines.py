import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.scoring.json_lines import MAX_DEPTH, JsonSyntaxError, Value, parse


def plain(value: Value) -> object:
    """Turn a value back into what the standard reader gives."""
    match value.kind:
        case "table":
            return {key: plain(each) for key, each in value.members}
        case "list":
            return [plain(each) for _, each in value.members]
        case "number":
            return json.loads(value.text)
        case "yes_no":
            return value.text == "true"
        case "null":
            return None
    return value.text


texts = st.text(st.characters(codec="utf-8"))
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(trees, st.sampled_from([None, 1]), st.booleans())
def test_parse_reads_what_the_standard_writer_wrote(tree: object, indent: int | None, ascii_only: bool) -> None:
    assert plain(parse(json.dumps(tree, indent=indent, ensure_ascii=ascii_only))) == tree


def test_parse_keeps_lines_numbers_as_written_and_doubled_keys() -> None:
    value = parse('{"a": 97.40,\n "b": 1e999,\r\n "a": NaN}')
    assert [(key, each.text, each.line) for key, each in value.members] == [
        ("a", "97.40", 1),
        ("b", "1e999", 2),
        ("a", "NaN", 3),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("{", 1),
        ('{"a": 1,\n}', 2),
        ("[1\n2]", 2),
        ('{"a"\n:\n]', 3),
        ("[1] 2", 1),
        ('["\\x"]', 1),
        ('["a', 1),
        ("{1: 2}", 1),
        ("[-]", 1),
        ("[01x]", 1),
    ],
)
def test_parse_tells_the_line_of_a_fault(text: str, line: int) -> None:
    with pytest.raises(JsonSyntaxError) as raised:
        parse(text)
    assert raised.value.line == line


def test_parse_refuses_what_is_nested_too_deeply() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH).kind == "list"
    with pytest.raises(JsonSyntaxError):
        parse("[" * 100_000)


def test_parse_makes_half_a_surrogate_writable() -> None:
    assert parse('"\\ud800"').text == "?"


@given(st.text(alphabet='{}[]",:0123456789.eE+-ntf\\ \nกa', max_size=60))
def test_parse_of_anything_is_a_value_or_a_syntax_error(text: str) -> None:
    try:
        ours = plain(parse(text))
    except (JsonSyntaxError, json.JSONDecodeError):
        return
    assert json.dumps(ours)
