"""Small frameworks for tests: built from counts, so that no test depends on a year's file."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from prongsai.frameworks.model import (
    Basis,
    Certainty,
    Framework,
    Indicator,
    Instrument,
    Item,
    Level,
    Part,
    Question,
    Scale,
    Status,
)

BASIS = Basis(Certainty.MEDIUM, ("made-up",))

Items = int | Mapping[str, int]
"""How many items count in an indicator, or in each of its sub-indicators."""

YEAR_64: Mapping[str, tuple[str, Mapping[str, Items]]] = {
    "IIT": ("30", {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0}),
    "EIT": ("30", {"6": 0, "7": 0, "8": 0}),
    "OIT": (
        "40",
        {"9": {"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5}, "10": {"10.1": 8, "10.2": 2}},
    ),
}

LETTERS = (("AA", "95", None), ("A", "85", None), ("B", "75", None), ("F", "0", None))
PASSES = (
    ("ผ่านดีเยี่ยม", "95", "95"),
    ("ผ่านดี", "85", "85"),
    ("ผ่าน", "85", None),
    ("ต้องปรับปรุง", "70", None),
    ("ต้องปรับปรุงโดยด่วน", "0", None),
)


def framework(
    shape: Mapping[str, tuple[str, Mapping[str, Items]]] = YEAR_64,
    *,
    levels: Sequence[tuple[str, str, str | None]] = PASSES,
    decimals: int = 2,
    partial: Sequence[str] = (),
    item_scores: Sequence[str] = ("0", "100"),
    questions: Sequence[Question] = (),
    scales: Sequence[Scale] = (),
) -> Framework:
    """Build a framework; items are O1, O2, … in order."""
    indicators: list[Indicator] = []
    items: list[Item] = []
    for instrument, (_, tops) in shape.items():
        for code, below in tops.items():
            indicators.append(_indicator(code, instrument, None))
            groups = {code: below} if isinstance(below, int) else below
            for group, count in groups.items():
                if group != code:
                    indicators.append(_indicator(group, instrument, code))
                for _ in range(count):
                    items.append(_item(f"O{len(items) + 1}", group, partial))
    return Framework(
        id="test",
        kind="test",
        fiscal_year_be=2564,
        edition=1,
        status=Status.DRAFT,
        title_th="กรอบทดสอบ",
        title_en="A test",
        decimals=decimals,
        target_pct=Decimal(85),
        target_basis=BASIS,
        item_scores=tuple(map(Decimal, item_scores)),
        sources=(),
        instruments=tuple(Instrument(c, c, c, Decimal(weight), BASIS) for c, (weight, _) in shape.items()),
        indicators=tuple(indicators),
        items=tuple(items),
        scales=tuple(scales),
        questions=tuple(questions),
        levels=tuple(
            Level(f"L{n}", name, name, Decimal(low), None if each is None else Decimal(each), BASIS)
            for n, (name, low, each) in enumerate(levels)
        ),
        issues=(),
        calendar=(),
        notes=(),
        sha256="",
    )


def _indicator(code: str, instrument: str, parent: str | None) -> Indicator:
    name = f"ด้านที่ {code}"
    return Indicator(code, f"indicator.{code}", name, name, instrument, parent, BASIS, (f"เรื่อง{code}",))


def _item(code: str, indicator: str, partial: Sequence[str]) -> Item:
    return Item(
        code,
        f"item.{code}",
        f"รายการ {code}",
        code,
        indicator,
        (),
        "",
        None,
        code in partial,
        BASIS,
        BASIS,
    )


def question(code: str, indicator: str, *, scale: str = "four", reverse: bool = False, parts: str = "") -> Question:
    """Build a question; parts: one letter each, ``r`` for a reversed one."""
    kinds = tuple(Part(f"ข้อย่อย {n}", letter == "r") for n, letter in enumerate(parts, start=1))
    return Question(code, f"question.{code}", indicator, f"คำถาม {code}", scale, reverse, kinds, BASIS)


FOUR = Scale(
    "four",
    tuple((answer, Decimal(score)) for answer, score in (("น้อยที่สุด", 0), ("น้อย", 33), ("มาก", 67), ("มากที่สุด", 100))),
    ("ไม่มีความเห็น",),
    BASIS,
)


def items_of(made: Framework, missed: Sequence[str] = ()) -> dict[str, str]:
    """Give every item 100 and those missed 0."""
    return {item.code: "0" if item.code in missed else "100" for item in made.items}
