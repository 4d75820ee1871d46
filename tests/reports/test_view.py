"""Records as people look at them: every field under its Thai name, nothing left out."""

from dataclasses import replace
from typing import Any

import pytest

from prongsai.reports.catalogue import FORMS, paper_kind
from prongsai.reports.view import LABELS_TH, Grid, View, view


def seen(name: str, **changes: Any) -> View:
    kind = paper_kind(name)
    return view(replace(kind.sample(), **changes), kind.paper)


@pytest.mark.parametrize("name", [*FORMS, "memo", "letter", "announcement"])
def test_every_text_of_the_sample_is_shown(name: str) -> None:
    kind = paper_kind(name)
    found = seen(name)
    shown = "\n".join(
        [*(words for _, words in found.facts), *(cell for grid in found.grids for row in grid.rows for cell in row)]
    )
    assert [
        text for text in texts(kind.to_json(kind.sample())) if not all(word in shown for word in text.split())
    ] == []


def texts(data: Any) -> list[str]:
    """Give the Thai texts of records; choices and capacities are shown by their labels."""
    if isinstance(data, dict):
        return [text for value in data.values() for text in texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in texts(value)]
    return [data] if isinstance(data, str) and "\u0e01" <= data[:1] <= "\u0e4f" else []


@pytest.mark.parametrize("name", [*(name for name in FORMS if name != "no-gift-en"), "memo", "letter", "announcement"])
def test_every_label_is_thai(name: str) -> None:
    found = seen(name)
    labels = [
        *(label for label, _ in found.facts),
        *(head for grid in found.grids for head in (grid.title, *grid.heads)),
    ]
    assert [label for label in labels if not any("\u0e01" <= letter <= "\u0e5b" for letter in label)] == []


def test_a_list_of_records_is_a_table_with_figures_at_the_right() -> None:
    months = seen("complaint-statistics").grids[0]
    assert (months.title, months.heads) == ("จำแนกรายเดือน", ("เดือน", "เรื่องทั้งหมด", "แล้วเสร็จ", "อยู่ระหว่างดำเนินการ"))
    assert months.rows[1] == ("พฤศจิกายน ๒๕๖๗", "๔", "๔", "๐")
    assert months.right == (1, 2, 3)


def test_a_table_without_rows_says_what_the_form_would_print() -> None:
    found = seen("minutes", guests=())
    assert ("ผู้เข้าร่วมประชุม", "ไม่มีผู้เข้าร่วมประชุม") in found.facts
    assert [grid.title for grid in found.grids] == ["ผู้มาประชุม", "ผู้ไม่มาประชุม", "ระเบียบวาระ"]


def test_a_chain_of_opinions_is_a_table_and_an_empty_one_a_dash() -> None:
    (chain,) = seen("opinion-form").grids
    assert isinstance(chain, Grid)
    assert chain.heads == ("ความเห็นของ", "ความเห็น", "ผู้ลงนาม")
    assert chain.rows[1][0] == "หัวหน้าสำนักปลัดเทศบาล"
    assert ("ความเห็น", "-") in seen("opinion-form", steps=()).facts


def test_what_is_not_filled_in_is_a_dash() -> None:
    assert ("วันที่ของหนังสือ", "-") in seen("opinion-form", dated=None).facts
    assert (LABELS_TH["speed"], "-") in seen("letter").facts
