"""Entries that nobody wrote: for each field values that fit, values that do not, and nothing."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from prongsai.registers.model import (
    Condition,
    Derivation,
    Field,
    FieldType,
    Formula,
    Ref,
    Register,
    Rule,
    RuleKind,
)
from prongsai.registers.values import ValueRefused, read
from prongsai.thai.dates import Span
from prongsai.thai.identity import check_digit
from tests.registers.build import field as make
from tests.registers.build import register as by_hand
from tests.registers.generate import built, register_data, yaml_of

HOSTILE = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "ก\x00ข", "\x1b[31m", "\u202eกลับ", "\u2066a\u2069", "\u200b",
    "<script>alert(1)</script>", "'; DROP TABLE x; --", "{{7*7}}", "a|b;c\\d", "้" * 40, "ก" * 501, "x" * 100_000, "\ud800",
    "NaN", "1e999999999", "9" * 400, "31/2/2569", "javascript:alert(1)", "1101700230708", "081-234-5678", "\ufdd0", "🙂", "", " ",
]  # fmt: skip

REGISTERS = register_data().map(yaml_of).map(built)
DAYS = st.dates(date(2025, 9, 1), date(2026, 10, 31))
WORDS = st.text(st.sampled_from("กขคงา่1๑A-/ "), max_size=12).map(lambda text: " ".join(text.split()))
NAMES = st.sampled_from(["กองคลัง", "กองช่าง", "สำนักปลัดเทศบาล"])


def _numbers(field: Field) -> st.SearchStrategy[Any]:
    places = 2 if field.type is FieldType.MONEY else field.decimals
    low = field.low if field.low is not None else Decimal(-1000)
    high = field.high if field.high is not None else Decimal(5000)
    return st.decimals(low - 1, high + 1, places=places) | st.sampled_from([Decimal(0), Decimal(100), low, high])


@lru_cache(maxsize=1024)
def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Draw a value of a field's type, mostly one that fits."""
    by_type: dict[FieldType, st.SearchStrategy[Any]] = {
        FieldType.NUMBER: _numbers(field),
        FieldType.MONEY: _numbers(field),
        FieldType.DATE: DAYS,
        FieldType.MONTH: DAYS.map(lambda day: day.replace(day=1)),
        FieldType.TIME: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        FieldType.PERIOD: st.tuples(DAYS, DAYS).map(lambda two: Span(*sorted(two))) | st.builds(Span, DAYS, DAYS),
        FieldType.CHOICE: st.sampled_from([*(one.key for one in field.choices), "unheard"]),
        FieldType.CHOICES: st.lists(st.sampled_from([*(one.key for one in field.choices), "unheard"]), unique=True).map(
            tuple
        ),
        FieldType.YES_NO: st.booleans(),
        FieldType.PHONE: st.just("08-1234-5678"),
        FieldType.EMAIL: st.just("saraban@example.go.th"),
        FieldType.LINK: st.sampled_from(["https://example.go.th/", "javascript:alert(1)"]),
        FieldType.ID: st.from_regex("[0-8][0-9]{11}", fullmatch=True).map(
            lambda twelve: f"{twelve}{check_digit(twelve)}"
        ),
        FieldType.FILE: st.builds(Ref, st.integers(1, 9), st.sampled_from(["a.pdf", "b.exe"])),
        FieldType.ROWS: st.lists(row_of(field), max_size=3).map(tuple),
        FieldType.DERIVED: st.none(),
    }
    if field.type in {FieldType.PERSON, FieldType.POST, FieldType.UNIT, FieldType.ENTRY}:
        return st.builds(Ref, st.none() | st.integers(1, 3), NAMES)
    texts = WORDS | st.sampled_from(["กขค", "12/2569", "A-1"])
    return by_type.get(field.type, texts)


@st.composite
def row_of(draw: Any, field: Field) -> dict[str, Any]:
    drawn = {one.key: draw(st.none() | value_of(one)) for one in field.columns}
    return {key: value for key, value in drawn.items() if value is not None and value != "" and value != ()}


@st.composite
def entries(draw: Any) -> tuple[Register, dict[str, Any]]:
    """Draw a register and values for it."""
    register = draw(REGISTERS)
    drawn = {one.key: draw(value_of(one) | st.none()) for one in register.fields}
    return register, {key: value for key, value in drawn.items() if value is not None}


@st.composite
def hostile_entries(draw: Any) -> tuple[Register, dict[str, Any]]:
    """Draw a register and what hostile cells are read as; those refused are left out."""
    register = draw(REGISTERS)
    values: dict[str, Any] = {}
    for field in register.fields:
        text = draw(st.sampled_from(HOSTILE) | st.text(max_size=30))
        if field.type is FieldType.ROWS:
            text = " | ".join([text] * len(field.columns))
        try:
            value = read(field, text)
        except ValueRefused:
            continue
        if value is not None:
            values[field.key] = value
    return register, values


# ---- one register with every type, and rules of every kind over it, so that few entries search much

SMALL = {"low": Decimal(0), "high": Decimal(9)}
RICH = (
    make("item", "text", required=True, max_length=8),
    make("other", "text"),
    make("kind", "choice", choices={"a": "ก", "b": "ข"}),
    make("some", "choices", choices={"a": "ก", "b": "ข", "c": "ค"}),
    make("agreed", "yes_no"),
    make("n", "number", **SMALL),
    make("m", "number", decimals=1, **SMALL),
    make("thb", "money", **SMALL),
    make("start", "date"),
    make("end", "date"),
    make("month", "month"),
    make("period", "period"),
    make("unit", "unit"),
    make("lines", "rows", columns=(make("name", "text", required=True), make("sum", "number", **SMALL))),
    make("rest", "derived", derivation=Derivation(Formula.DIFFERENCE, ("n", "m"))),
    make("share", "derived", derivation=Derivation(Formula.PERCENT, ("n", "m"))),
)
NUMBERS = st.sampled_from(["n", "m", "thb", "rest", "share"])
TIMES = st.sampled_from(["start", "end", "month", "period"])
ANY = st.sampled_from([one.key for one in RICH])
TEXTS = st.sampled_from(["item", "other", "kind", "unit"])
AMOUNTS = st.integers(0, 9).map(Decimal)
CONDITIONS = st.one_of(
    st.builds(Condition, st.just("kind"), st.sampled_from(["a", "b"])),
    st.builds(Condition, st.just("agreed"), st.booleans()),
    st.builds(lambda one: Condition("kind", not_=one), st.sampled_from(["a", "b"])),
    st.builds(lambda one: Condition("some", has=one), st.sampled_from(["a", "b", "c"])),
    st.builds(lambda key, one: Condition(key, more_than=one), NUMBERS, AMOUNTS),
    st.builds(lambda key, one: Condition(key, less_than=one), NUMBERS, AMOUNTS),
    st.builds(lambda key, one: Condition(key, more_than_field=one), NUMBERS, NUMBERS),
    st.builds(lambda key, one: Condition(key, filled=one), ANY, st.booleans()),
    st.just(Condition("kind", any_of=("a", "b"))),
)
WHEN = st.none() | st.none() | CONDITIONS
RULES = st.one_of(
    st.builds(Rule, st.sampled_from([RuleKind.NOT_BEFORE, RuleKind.NOT_AFTER]), TIMES, TIMES, when=WHEN),
    st.builds(Rule, st.sampled_from([RuleKind.AT_LEAST, RuleKind.AT_MOST]), NUMBERS, NUMBERS, when=WHEN),
    st.builds(Rule, st.sampled_from([RuleKind.AT_LEAST, RuleKind.AT_MOST]), NUMBERS, value=AMOUNTS, when=WHEN),
    st.builds(Rule, st.just(RuleKind.AT_LEAST), st.just("lines.sum"), value=AMOUNTS, when=WHEN),
    st.builds(Rule, st.sampled_from([RuleKind.EQUALS, RuleKind.DIFFERS]), TEXTS, TEXTS, when=WHEN),
    st.builds(Rule, st.sampled_from([RuleKind.EQUALS, RuleKind.DIFFERS]), NUMBERS, NUMBERS, when=WHEN),
    st.builds(Rule, st.sampled_from([RuleKind.NOT_FUTURE, RuleKind.IN_YEAR]), TIMES, when=WHEN),
    st.builds(Rule, st.just(RuleKind.IN_ROWS), TEXTS, st.just("lines.name"), when=WHEN),
    st.builds(Rule, st.just(RuleKind.SUM_EQUALS), st.just("lines.sum"), NUMBERS, when=WHEN),
    st.builds(Rule, st.just(RuleKind.WITHIN_DAYS), TIMES, TIMES, days=st.integers(0, 20), when=WHEN),
    st.builds(Rule, st.sampled_from([RuleKind.FILLED_IF, RuleKind.EMPTY_IF]), ANY, when=WHEN),
    st.builds(Rule, st.just(RuleKind.ROWS_MIN), st.just("lines"), value=st.integers(1, 2).map(Decimal), when=WHEN),
)
NEAR = st.dates(date(2026, 3, 25), date(2026, 4, 5)) | st.sampled_from([date(2025, 9, 30), date(2025, 10, 1)])
_RICH_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "item": st.sampled_from(["ก", "ก ", "ข", "ก" * 8, "ก" * 9]),
    "other": st.sampled_from(["ก", "ข"]),
    "n": st.integers(-1, 10).map(Decimal),
    "m": st.integers(-1, 100).map(lambda one: Decimal(one) / 10),
    "thb": st.integers(-1, 10).map(Decimal),
    "start": NEAR,
    "end": NEAR,
    "month": NEAR.map(lambda day: day.replace(day=1)),
    "period": st.tuples(NEAR, NEAR).map(lambda two: Span(*sorted(two))) | st.builds(Span, NEAR, NEAR),
    "lines": st.lists(
        st.fixed_dictionaries({"name": st.sampled_from(["ก", "ข", "กองคลัง"])}, optional={"sum": AMOUNTS}), max_size=2
    ).map(tuple),
}


_ENTERED = [one for one in RICH if one.type is not FieldType.DERIVED]
_OF_RICH = {one.key: _RICH_VALUES.get(one.key, value_of(one)) for one in _ENTERED}
_VALUES = st.fixed_dictionaries({}, optional=_OF_RICH)


@st.composite
def ruled_entries(draw: Any) -> tuple[Register, dict[str, Any]]:
    """Draw one to three rules over the rich register, a condition on a field, and values near every bound."""
    asked = draw(WHEN)
    fields = tuple(replace(one, required_if=asked) if one.key == "other" else one for one in RICH)
    register = by_hand(*fields, rules=tuple(draw(st.lists(RULES, min_size=1, max_size=3))))
    named = {name.partition(".")[0] for rule in register.rules for name in (rule.field, rule.other)}
    asked_of = {key: values for key, values in _OF_RICH.items() if key in named | {"item", "n", "m"}}
    return register, draw(_VALUES) | draw(st.fixed_dictionaries(asked_of))
