"""Cycles of the made-up municipality, filled from the clean samples."""

from __future__ import annotations

import json
from pathlib import Path

from prongsai.web.agencies.models import Post, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import services
from prongsai.web.cycles.models import Cycle, ElementState, ItemState, ScoreSnapshot

CLEAN = Path(__file__).resolve().parents[3] / "samples" / "clean"


def given(year: int) -> dict[str, object]:
    """The scores of a year as printed."""
    return json.loads((CLEAN / f"scores-{year}.json").read_text(encoding="utf-8"))


def item_scores(cycle: Cycle, low: tuple[str, ...]) -> dict[str, int]:
    """Full scores for every item but some."""
    return {item.code: 0 if item.code in low else 100 for item in cycle.items.all()}


def opened(scope: Scope, year: int, **values: object) -> Cycle:
    """A cycle of ITA."""
    return services.open_cycle(scope, framework_id=f"ita-{year}", **values)


def scored(scope: Scope, cycle: Cycle, **more: object) -> ScoreSnapshot:
    """The official scores of the sample of that year, with more of the caller's."""
    return services.take_scores(scope, cycle=cycle, kind="official", given=given(cycle.fiscal_year_be) | more)


def surveys(year: int = 2567) -> dict[str, object]:
    """Only the indicators of the surveys, so that the rest follows from items."""
    return {code: value for code, value in given(year)["indicators"].items() if int(code) < 9}


def own(cycle: Cycle, code: str, unit: Unit, post: Post | None = None) -> ItemState:
    """Give an item to a unit."""
    item = cycle.items.get(code=code)
    item.unit, item.post = unit, post
    item.save()
    return item


def judge_all(scope: Scope, item: ItemState, verdict: str = "pass") -> None:
    """Judge every element of an item."""
    for element in ElementState.objects.filter(item=item).select_related("item__cycle"):
        reason = "" if verdict == "pass" else "ไม่พบบนเว็บไซต์"
        services.judge(scope, element=element, verdict=verdict, reason=reason)
