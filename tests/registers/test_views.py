"""Named parts of a register: which of them an entry belongs to, and who alone may see it."""

from __future__ import annotations

from decimal import Decimal

from prongsai.registers.emit import register_json, register_row
from prongsai.registers.model import Condition, View
from prongsai.registers.views import closed_views, may_read, met
from tests.registers.generate import built

PARTED = """id: made-up
name_th: ทะเบียน
flow: record
since: {since}
fields:
  item: {{type: text, label_th: รายการ}}
  kind: {{type: choice, label_th: ชนิด, choices: {{one: หนึ่ง, two: สอง}}}}
  price: {{type: money, label_th: เงิน}}
views:
  one: {{title_th: หนึ่ง, title_en: One, where: {{field: kind, is: one}}, columns: [item]}}
  any: {{title_th: ทั้งสอง, where: {{field: kind, any_of: [one, two]}}, readers: [{reader}]}}
  free: {{title_th: ไม่มีเงิน, where: {{field: price, filled: false}}}}
"""


def parted(since: int = 0, reader: str = "auditor"):
    return built(PARTED.format(since=since, reader=reader))


def test_parts_are_built_with_what_the_file_says() -> None:
    first = parted().views[0]
    assert first == View("one", "หนึ่ง", Condition("kind", is_="one"), "One", ("item",))
    assert (parted().view_of("any"), parted().view_of("none")) == (parted().views[1], None)


def test_an_entry_belongs_to_every_part_whose_condition_it_meets() -> None:
    views = parted().views
    assert [one.key for one in met(views, {"kind": "one", "price": Decimal(3)})] == ["one", "any"]
    assert [one.key for one in met(views, {"kind": "two"})] == ["any", "free"]
    assert [one.key for one in met(views, {})] == ["free"]


def test_closed_parts_of_every_edition_count() -> None:
    closed = closed_views([parted(), parted(2570, "legal"), parted(2571)])
    assert [one.readers for one in closed] == [("auditor",), ("legal",)]
    assert [may_read(closed, roles) for roles in ((), {"auditor"}, {"legal"}, {"auditor", "legal"})] == [
        False,
        False,
        False,
        True,
    ]


def test_parts_are_told_to_other_programs() -> None:
    assert register_row(parted())["views"] == ["one", "any", "free"]
    assert register_json(parted())["views"][1] == {
        "key": "any",
        "title_th": "ทั้งสอง",
        "title_en": "",
        "readers": ["auditor"],
    }
