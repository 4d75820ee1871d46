"""Tables that were really published, through import, arithmetic and explorer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.comparison.build import build
from prongsai.comparison.importing import Imported, Shelf, import_file
from prongsai.comparison.nation import put_together

PUBLISHED = Path(__file__).parent / "published"
CHACHOENGSAO, CHONBURI = "itas-2561-chachoengsao.csv", "itas-2561-chonburi.csv"
GROUP = "ita-2564-group-2.csv"


def imported(name: str, **changes: str) -> Imported:
    """Import a published table. changes: a printed text → another, to plant a fault."""
    text = (PUBLISHED / name).read_text(encoding="utf-8")
    for was, now in changes.items():
        assert text.count(was) == 1
        text = text.replace(was, now)
    (found,) = import_file(text.encode(), name, Shelf())
    return found


def test_published_ranking_has_every_agency_and_no_contradiction() -> None:
    found = imported(CHACHOENGSAO)
    assert found.reading.roles == ("rank", "agency", "district", "province", "total")
    (table,) = found.tables
    assert (table.year_be, table.framework, table.all_problems) == (2561, None, ())
    assert [row.total for row in table.rows][:2] == [Decimal("90.82"), Decimal("90.28")]
    assert {row.named.kind.short for row in table.rows if row.named} == {"อบจ.", "อบต.", "ทต."}
    assert all(row.named and row.named.province.name == "ฉะเชิงเทรา" for row in table.rows)


def test_published_ranking_with_two_scores_changed_is_contradicted_at_its_ranks() -> None:
    found = imported(CHACHOENGSAO, **{"90.06": "86.06"})
    told = [(one.code, one.where.row, one.where.column) for one in found.tables[0].all_problems]
    assert ("COMPARE_RANK", 5, 1) in told
    assert {code for code, _, _ in told} == {"COMPARE_RANK"}


def test_published_means_of_provinces_agree_with_the_engine_but_for_one_rounding() -> None:
    tables = imported(GROUP).tables
    assert [(table.year_be, len(table.rows)) for table in tables] == [(2563, 2), (2564, 3)]
    assert [table.framework.id for table in tables if table.framework] == ["ita-2563", "ita-2564"]
    told = [one for table in tables for one in table.all_problems if one.code != "COMPARE_AGENCY_UNREAD"]
    assert [(one.code, one.where.row, one.where.column) for one in told] == [("SCORE_ROUNDING", 6, 13)]
    assert "= 67.5346 ≈ 67.53" in (told[0].arithmetic or "")


@pytest.mark.parametrize(
    ("was", "now", "row", "column"),
    [("81.45", "81.54", 3, 13), ("80.99", "88.99", 5, 13), ("77.85", "77.58", 7, 13)],
)
def test_published_total_with_two_digits_exchanged_is_a_contradiction(
    was: str, now: str, row: int, column: int
) -> None:
    found = imported(GROUP, **{was: now})
    told = [one for table in found.tables for one in table.contradictions]
    assert [(one.code, one.where.row, one.where.column) for one in told] == [("SCORE_CONTRADICTION", row, column)]
    assert was in told[0].message_th and now in told[0].message_th


def test_published_tables_become_an_explorer_that_lists_their_contradictions(tmp_path: Path) -> None:
    changed = imported(CHACHOENGSAO, **{"90.06": "86.06"})
    tables = [*changed.tables, *imported(CHONBURI).tables, *imported(GROUP).tables]
    nation = put_together(tables)
    assert (len(nation.agencies), nation.years) == (25, (2561,))  # means of provinces are checked, not shown
    build(nation, tmp_path / "site")
    pages = {path: (tmp_path / "site" / path).read_text(encoding="utf-8") for path in _PAGES}
    assert "อบต.ดอนฉิมพลี" in pages["p/24/index.html"]
    assert "๙๗.๖๑" in pages["p/20/index.html"]
    assert "อันดับพิมพ์ไว้ ๓ แต่เรียงตามคะแนนได้อันดับ ๗" in pages["contradictions/index.html"]
    assert "แถว ๕ ช่อง ๑" in pages["contradictions/index.html"]
    assert nation.tables[0].source.sha256 in pages["method/index.html"]


_PAGES = ("p/24/index.html", "p/20/index.html", "contradictions/index.html", "method/index.html")
