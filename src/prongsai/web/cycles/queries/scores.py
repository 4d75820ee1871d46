"""Scores: the newest of each kind, what a snapshot says as a page prints it, the trend, official against own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from prongsai.frameworks.model import Framework, Item
from prongsai.scoring.outline import Outline
from prongsai.scoring.scores import Scores
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ScoreKind, ScoreSnapshot
from prongsai.web.cycles.queries.frameworks import outline_of
from prongsai.web.cycles.queries.items import FULL, ItemRow

Json = Mapping[str, Any]


def snapshots_of(cycle: Cycle) -> QuerySet[ScoreSnapshot]:
    """Give every snapshot of a cycle, the newest first."""
    return ScoreSnapshot.objects.filter(cycle=cycle).select_related("taken_by", "file")


def latest_snapshot(cycle: Cycle, kind: str = ScoreKind.OFFICIAL) -> ScoreSnapshot | None:
    """Give the newest snapshot of a kind."""
    return snapshots_of(cycle).filter(kind=kind).first()


def scores_of(given: Json) -> Scores:
    """Turn what a snapshot was given back into Scores; numbers keep the digits they were given with."""

    def section(name: str) -> dict[str, str | None]:
        return {code: None if value is None else str(value) for code, value in (given.get(name) or {}).items()}

    overall = given.get("overall")
    return Scores.of(
        section("indicators"),
        items=section("items"),
        instruments=section("instruments"),
        overall=None if overall is None else str(overall),
        level=given.get("level"),
        agency=given.get("agency"),
    )


@dataclass(frozen=True, slots=True)
class Branch:
    """A place of the arithmetic tree: how is ``stated``, ``computed``, ``derived`` or ``missing``.

    interval: of a derived score. stated: the printed figure where it differs from the computed one.
    """

    kind: str
    code: str
    title: str
    score: Decimal | None
    how: str
    explanation: str
    stated: Decimal | None
    interval: tuple[Decimal, Decimal] | None
    children: tuple["Branch", ...]

    def items(self) -> Iterator["Branch"]:
        """Walk the items below."""
        for child in self.children:
            if child.kind == "item":
                yield child
            yield from child.items()


def tree_of(result: Json) -> Branch:
    """Give the tree of a result as a page prints it."""
    return _branch(result["tree"], result.get("derived") or {})


def _branch(node: Json, derived: Json) -> Branch:
    score, stated = _decimal(node["score"]), _decimal(node["stated"])
    return Branch(
        node["kind"],
        node["code"],
        node["title_th"],
        score,
        node["how"],
        node["explanation"],
        stated if stated != score else None,
        _interval(derived.get(node["code"])) if node["how"] == "derived" else None,
        tuple(_branch(child, derived) for child in node["children"]),
    )


def _interval(found: Json | None) -> tuple[Decimal, Decimal] | None:
    low, high = (_decimal((found or {}).get(end)) for end in ("low", "high"))
    return (low, high) if low is not None and high is not None else None


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator's score. how: ``stated``, ``derived`` or ``missing``; before: of the cycle before, same key."""

    code: str
    title: str
    instrument: str
    score: Decimal | None
    how: str
    interval: tuple[Decimal, Decimal] | None
    before: Decimal | None
    is_low: bool


def indicator_lines(framework: Framework, result: Json, target: Decimal, before: Json | None) -> list[IndicatorLine]:
    """Give the indicators of a result in file order; a missing score stays missing beside its derived value."""
    return [_line(each, result, target, before or {}) for each in framework.top_indicators()]


def _line(indicator: Any, result: Json, target: Decimal, before: Json) -> IndicatorLine:
    code = indicator.code
    score = _decimal(result["indicators"].get(code))
    derived = (result.get("derived") or {}).get(code) or {}
    how = "stated" if score is not None else "derived" if derived.get("value") is not None else "missing"
    shown = score if score is not None else _decimal(derived.get("value"))
    low = shown is not None and shown < target
    last = _decimal(before.get(indicator.key))
    return IndicatorLine(code, indicator.name_th, indicator.instrument, shown, how, _interval(derived), last, low)


def by_key(framework: Framework, result: Json) -> dict[str, Any]:
    """Give the indicator scores of a result by lasting key, so that years can be held side by side."""
    return {each.key: result["indicators"].get(each.code) for each in framework.top_indicators()}


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """An official result of a year. instruments by code."""

    year_be: int
    overall: Decimal | None
    level: str
    instruments: Mapping[str, Decimal | None]
    target: Decimal | None
    cycle: Cycle


def trend_of(scope: Scope, kind: str) -> tuple[TrendPoint, ...]:
    """Give the newest official result of every year of a kind of assessment, oldest first; one query."""
    found = ScoreSnapshot.objects.filter(
        cycle__agency=scope.agency, cycle__framework_kind=kind, kind=ScoreKind.OFFICIAL
    ).select_related("cycle")
    newest: dict[int, ScoreSnapshot] = {}
    for snapshot in found:
        newest.setdefault(snapshot.cycle.fiscal_year_be, snapshot)
    return tuple(_point(newest[year]) for year in sorted(newest))


def _point(snapshot: ScoreSnapshot) -> TrendPoint:
    cycle, instruments = snapshot.cycle, snapshot.result["instruments"]
    scores = {code: _decimal(value) for code, value in instruments.items()}
    overall = _decimal(snapshot.result["overall"])
    return TrendPoint(cycle.fiscal_year_be, overall, snapshot.level, scores, cycle.target_pct, cycle)


def own_score(outline: Outline, item: Item, row: ItemRow) -> Decimal | None:
    """Say what an item would get by what people judged of its elements; None while nobody has looked.

    All pass: the highest of the year's item scores. Else the lowest; in an item with steps the highest step that the
    share of passed elements reaches, any share where the framework allows any score.
    """
    if not row.looked_at:
        return None
    allowed = outline.allowed[item.code]
    share = (FULL * row.passed / row.total).quantize(Decimal("0.01")) if row.total else Decimal(0)
    if allowed is None:
        return share
    return max((step for step in allowed if step <= share), default=allowed[0])


@dataclass(frozen=True, slots=True)
class Calibration:
    """An item's official score beside the office's own. differs: the two say something else."""

    row: ItemRow
    official: Decimal | None
    own: Decimal | None

    @property
    def differs(self) -> bool:
        """Whether both are known and not the same."""
        return self.official is not None and self.own is not None and self.official != self.own


def calibration(cycle: Cycle, rows: Sequence[ItemRow], official: Json) -> tuple[Calibration, ...]:
    """Hold the official item scores beside the office's own, to learn how strict the assessor is."""
    outline = outline_of(cycle)
    scores = {each.code: each.score for each in tree_of(official).items()}
    return tuple(
        Calibration(row, scores.get(row.code), own_score(outline, outline.items[row.code], row))
        for row in rows
        if row.code in outline.items
    )
