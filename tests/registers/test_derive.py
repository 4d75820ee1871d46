from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.registers.derive import derive
from prongsai.registers.model import Condition, Derivation, Field, Formula, Level
from prongsai.thai.dates import Span
from tests.registers.build import field, register

LEVELS = (
    Level("low", "ต่ำ", 1, 4),
    Level("middle", "ปานกลาง", 5, 9),
    Level("high", "สูง", 10, 14),
    Level("top", "สูงมาก", 15, 25),
)
SCALE = {str(one): f"ระดับ {one}" for one in range(1, 6)}


def worked(formula: Formula, *of: str, **given: object) -> Field:
    decimals = given.pop("decimals", 0)
    return field("result", "derived", decimals=decimals, derivation=Derivation(formula, of, **given))  # type: ignore[arg-type]


A, B = field("a", "money"), field("b", "money")
N = field("n", "number")
LINES = field("lines", "rows", columns=(field("name", "text"), field("sum", "money"), field("men", "number")))
FROM, TO = field("start", "date"), field("end", "date")


@pytest.mark.parametrize(
    ("result", "values", "expected"),
    [
        (worked(Formula.SUM, "a", "b"), {"a": Decimal("1.10"), "b": Decimal("2.20")}, Decimal("3.30")),
        (worked(Formula.SUM, "a", "b"), {"a": Decimal("1.10")}, None),
        (worked(Formula.DIFFERENCE, "a", "b"), {"a": Decimal("1.00"), "b": Decimal("2.50")}, Decimal("-1.50")),
        (worked(Formula.PRODUCT, "a", "n"), {"a": Decimal("0.50"), "n": Decimal(3)}, Decimal("1.50")),
        (worked(Formula.PERCENT, "a", "b"), {"a": Decimal(1), "b": Decimal(3)}, Decimal("33.3")),
        (worked(Formula.PERCENT, "a", "b"), {"a": Decimal(1), "b": Decimal(8)}, Decimal("12.5")),
        (worked(Formula.PERCENT, "a", "b"), {"a": Decimal("0.05"), "b": Decimal(100)}, Decimal("0.1")),
        (worked(Formula.PERCENT, "a", "b"), {"a": Decimal(1), "b": Decimal("0.00")}, None),
        (worked(Formula.DAYS_BETWEEN, "start", "end"), {"start": date(2026, 2, 1), "end": date(2026, 3, 1)}, Decimal(28)),
        (worked(Formula.DAYS_BETWEEN, "start", "end"), {"start": date(2026, 2, 1)}, None),
        (worked(Formula.ROWS_COUNT, "lines"), {}, Decimal(0)),
        (worked(Formula.ROWS_COUNT, "lines"), {"lines": ({"name": "ก"}, {"name": "ข"})}, Decimal(2)),
        (worked(Formula.ROWS_SUM, "lines.sum"), {"lines": ({"sum": Decimal("1.50")}, {})}, Decimal("1.50")),
        (worked(Formula.ROWS_SUM, "lines.men"), {"lines": ({"men": Decimal(10)}, {"men": Decimal(20)})}, Decimal(30)),
        (worked(Formula.ROWS_COUNT, "lines", where=Condition("men", more_than=Decimal(10))), {"lines": ({"men": Decimal(10)}, {"men": Decimal(20)})}, Decimal(1)),
    ],
)  # fmt: skip
def test_formulas(result: Field, values: dict[str, object], expected: object) -> None:
    given_one = register(A, B, N, FROM, TO, LINES, result)
    found = derive(given_one, values)["result"]
    assert found == expected
    if isinstance(expected, Decimal):
        assert str(found) == str(expected)


def test_a_period_ends_before_the_days_between_begin() -> None:
    one = register(field("period", "period"), TO, worked(Formula.DAYS_BETWEEN, "period", "end"))
    values = {"period": Span(date(2026, 2, 1), date(2026, 2, 3)), "end": date(2026, 2, 10)}
    assert derive(one, values) == {"result": Decimal(7)}


@pytest.mark.parametrize(
    ("likelihood", "impact", "score", "level"),
    [
        ("1", "4", 4, "low"),
        ("1", "5", 5, "middle"),
        ("3", "3", 9, "middle"),
        ("2", "5", 10, "high"),
        ("5", "5", 25, "top"),
    ],
)
def test_the_level_follows_from_likelihood_and_impact(likelihood: str, impact: str, score: int, level: str) -> None:
    one = register(
        field("likelihood", "choice", choices=SCALE),
        field("impact", "choice", choices=SCALE),
        field("level", "derived", derivation=Derivation(Formula.MATRIX_LEVEL, ("likelihood", "impact"))),
        field("by_score", "derived", derivation=Derivation(Formula.MATRIX_LEVEL, ("score",))),
        field("score", "derived", derivation=Derivation(Formula.PRODUCT, ("likelihood", "impact"))),
        matrix=LEVELS,
    )
    found = derive(one, {"likelihood": likelihood, "impact": impact})
    assert found == {"level": level, "by_score": level, "score": Decimal(score)}
    assert derive(one, {"likelihood": likelihood}) == {"level": None, "by_score": None, "score": None}


def test_what_stands_elsewhere_is_given_or_left_out() -> None:
    one = register(
        A,
        field("loans", "derived", derivation=Derivation(Formula.LINKED_COUNT, register="loans", by="asset")),
        field("owner", "derived", derivation=Derivation(Formula.LOOKUP, ("asset", "unit"))),
        worked(Formula.SUM, "loans", "a"),
    )
    assert derive(one, {"a": Decimal(1)}) == {"result": None}
    linked = {"loans": Decimal(4), "owner": "กองคลัง"}
    assert derive(one, {"a": Decimal(1)}, linked) == {"loans": Decimal(4), "owner": "กองคลัง", "result": Decimal("5.00")}


def test_a_formula_that_leads_to_itself_gives_nothing() -> None:
    one = register(
        field("x", "derived", derivation=Derivation(Formula.SUM, ("y",))),
        field("y", "derived", derivation=Derivation(Formula.SUM, ("x",))),
    )
    assert derive(one, {}) == {"x": None, "y": None}


def test_values_of_another_kind_do_no_harm() -> None:
    one = register(
        A,
        B,
        LINES,
        worked(Formula.SUM, "a", "b"),
        field("k", "derived", derivation=Derivation(Formula.ROWS_SUM, ("lines.sum",))),
    )
    assert derive(one, {"a": "x", "b": True, "lines": "no"}) == {"result": None, "k": Decimal("0.00")}
    assert derive(one, {"a": Decimal("NaN"), "b": Decimal("Infinity")})["result"] is None


@given(st.lists(st.decimals(-(10**14), 10**14, places=2), min_size=2, max_size=6))
def test_sums_and_differences_are_exact(amounts: list[Decimal]) -> None:
    keys = [f"m{place}" for place in range(len(amounts))]
    fields = [field(key, "money") for key in keys]
    total = field("total", "derived", derivation=Derivation(Formula.SUM, tuple(keys)))
    rest = field("rest", "derived", derivation=Derivation(Formula.DIFFERENCE, tuple(keys)))
    found = derive(register(*fields, total, rest), dict(zip(keys, amounts, strict=True)))
    satang = [int(amount.scaleb(2)) for amount in amounts]
    assert found["total"] == Decimal(sum(satang)).scaleb(-2)
    assert found["rest"] == Decimal(satang[0] - sum(satang[1:])).scaleb(-2)


@given(st.integers(0, 10**15), st.integers(1, 10**15))
def test_shares_have_one_decimal_rounded_half_up(part: int, whole: int) -> None:
    one = register(N, field("m", "number"), worked(Formula.PERCENT, "n", "m"))
    found = derive(one, {"n": Decimal(part), "m": Decimal(whole)})["result"]
    assert found == Decimal((part * 2000 + whole) // (2 * whole)).scaleb(-1)
