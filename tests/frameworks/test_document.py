import string
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import Problem
from prongsai.frameworks.check import check_document
from prongsai.frameworks.document import fingerprint, parse, read
from prongsai.frameworks.shelf import LIBRARY
from tests.frameworks.demo import BEFORE


def test_parse_tells_the_kinds_of_scalars() -> None:
    document = parse(b'a: 12\nb: 12.50\nc: true\nd: null\ne: "12"\nf: 2027-06-01\ng: no\nh:\ni: 007\n', "x.yaml")
    assert document.data == {
        "a": 12,
        "b": Decimal("12.50"),
        "c": True,
        "d": None,
        "e": "12",
        "f": "2027-06-01",
        "g": "no",
        "h": None,
        "i": "007",
    }


def test_parse_keeps_the_digits_of_a_decimal() -> None:
    assert str(parse(b"a: 84.990\n", "x.yaml").data["a"]) == "84.990"


def test_document_gives_the_line_of_every_value() -> None:
    document = parse(b"a:\n  - b: 1\n    c: [2,\n      3]\n", "x.yaml")
    assert document.lines == {
        (): 1,
        ("a",): 1,
        ("a", 0): 2,
        ("a", 0, "b"): 2,
        ("a", 0, "c"): 3,
        ("a", 0, "c", 0): 3,
        ("a", 0, "c", 1): 4,
    }


def test_document_gives_the_nearest_line_for_what_is_not_there() -> None:
    document = parse(b"a:\n  - b: 1\n", "x.yaml")
    assert document.line(("a", 0, "nothing")) == 2


def test_fingerprint_does_not_see_windows_line_ends() -> None:
    assert fingerprint(b"a: 1\r\nb: 2\r\n") == fingerprint(b"a: 1\nb: 2\n")
    assert fingerprint(b"a: 1\n") != fingerprint(b"a: 2\n")


def test_read_gives_the_fingerprint_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n")
    assert read(path).sha256 == fingerprint(b"a: 1\n")


def test_parse_reads_a_very_long_number_as_text() -> None:
    assert parse(b"a: " + b"9" * 5000, "x.yaml").data == {"a": "9" * 5000}


def _checked(raw: bytes) -> tuple[Problem, ...]:
    return check_document(parse(raw, "nowhere/x.yaml"))


@given(st.binary(max_size=300))
def test_check_never_fails_on_arbitrary_bytes(raw: bytes) -> None:
    assert _checked(raw)


@given(st.text(alphabet=string.ascii_lowercase + " :-[]{}#&*!|>'\"\n\t\u0e01", max_size=200))
def test_check_never_fails_on_arbitrary_yaml(text: str) -> None:
    assert _checked(text.encode())


LINES = BEFORE.splitlines(keepends=True)
SCRAPS = [
    "",
    "x: [\n",
    "  - {}\n",
    "  - 3\n",
    "    basis: 5\n",
    "    elements: {}\n",
    "kind: crosswalk\n",
    "items: 7\n",
]


@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from(SCRAPS)), max_size=4))
def test_check_never_fails_on_a_file_with_lines_replaced(edits: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for number, scrap in edits:
        lines[number] = scrap
    problems = _checked("".join(lines).encode())
    assert all(1 <= (problem.where.line or 0) <= len(LINES) + 8 for problem in problems)


@given(st.data())
def test_check_never_fails_on_a_shipped_file_cut_short(data: st.DataObject) -> None:
    raw = (LIBRARY / "ita" / "2569.yaml").read_bytes()
    cut = raw[: data.draw(st.integers(0, len(raw)))]
    lines = cut.count(b"\n") + 1
    assert [problem for problem in _checked(cut) if not 1 <= (problem.where.line or 0) <= lines] == []
