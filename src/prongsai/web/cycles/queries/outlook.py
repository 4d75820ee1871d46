"""Where a cycle is heading: the scores a forecast starts from, the forecast, and what-if."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from prongsai.scoring.forecast import forecast
from prongsai.scoring.outline import Kind, Outline
from prongsai.scoring.outlook import Forecast
from prongsai.scoring.report import ScoreReport, score_report
from prongsai.scoring.scores import Entry, Scores, Section
from prongsai.web.cycles.models import Cycle
from prongsai.web.cycles.queries.frameworks import framework_of, outline_of
from prongsai.web.cycles.queries.items import ItemRow
from prongsai.web.cycles.queries.scores import latest_snapshot, own_score, scores_of

OFFICIAL, READINESS = "official", "readiness"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a forecast starts from. kind: the official result, or the readiness of today.

    judged, from_last, unknown: how many items count by what people judged, by last year's score, and as nothing.
    survey_year_be: whose survey scores stand in while this year's are not known, None when they are this year's or
    there are none.
    """

    kind: str
    scores: Scores
    judged: int = 0
    from_last: int = 0
    unknown: int = 0
    survey_year_be: int | None = None


def bases_of(cycle: Cycle, rows: Sequence[ItemRow]) -> Mapping[str, Basis]:
    """Give what a forecast of a cycle may start from: the official result when there is one, and the readiness."""
    official = latest_snapshot(cycle)
    bases = {OFFICIAL: Basis(OFFICIAL, scores_of(official.given))} if official else {}
    if rows:
        bases[READINESS] = _readiness(cycle, rows, official.given if official else None)
    return bases


def _readiness(cycle: Cycle, rows: Sequence[ItemRow], given: Mapping[str, object] | None) -> Basis:
    outline = outline_of(cycle)
    known = [(row, *_expected(outline, row)) for row in rows if row.code in outline.items]
    items = {row.code: value for row, value, _ in known}
    how = [how for _, _, how in known]
    surveys, year = _surveys(cycle, outline, given)
    entries = (*_entries(surveys, Section.INDICATOR), *_entries(items, Section.ITEM))
    return Basis(READINESS, Scores(entries=entries), how.count("judged"), how.count("last"), how.count("unknown"), year)


def _expected(outline: Outline, row: ItemRow) -> tuple[Decimal, str]:
    """Give what an item may be expected to get today, and by what."""
    own = own_score(outline, outline.items[row.code], row)
    if own is not None:
        return own, "judged"
    allowed = outline.allowed[row.code]
    if row.last_score is None:
        return (allowed or (Decimal(0),))[0], "unknown"
    if allowed is None:
        return row.last_score, "last"
    return max((step for step in allowed if step <= row.last_score), default=allowed[0]), "last"


def _surveys(
    cycle: Cycle, outline: Outline, given: Mapping[str, object] | None
) -> tuple[dict[str, Decimal], int | None]:
    """Give the scores of the indicators that no item counts in: this year's official ones, else the last year's."""
    tops = [each for each in outline.framework.top_indicators() if not _has_items(outline, each.code)]
    if given is not None:
        return _picked(given, {each.code: each.code for each in tops}), None
    source = cycle.carried_from
    last = latest_snapshot(source) if source else None
    if source is None or last is None:
        return {}, None
    olds = {each.key: each.code for each in framework_of(source).top_indicators()}
    pairs = {each.code: olds[each.key] for each in tops if each.key in olds}
    return _picked(last.given, pairs), source.fiscal_year_be


def _picked(given: Mapping[str, object], pairs: Mapping[str, str]) -> dict[str, Decimal]:
    scores = given.get("indicators") or {}
    assert isinstance(scores, Mapping)
    return {code: Decimal(str(scores[old])) for code, old in pairs.items() if scores.get(old) is not None}


def _has_items(outline: Outline, code: str) -> bool:
    return bool(outline.below((Kind.INDICATOR, code), Kind.ITEM))


def _entries(scores: Mapping[str, Decimal], section: Section) -> tuple[Entry, ...]:
    return tuple(Entry(code, value, section=section) for code, value in scores.items())


def forecast_of(cycle: Cycle, basis: Basis, target: Decimal | None = None, level: str | None = None) -> Forecast:
    """Forecast a cycle: points at risk, cheapest gains, the way to the target. Raises ProngsaiError."""
    goal = target if target is not None or level else cycle.target_pct
    return forecast(outline_of(cycle), basis.scores, target=goal, level=level)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The result if the ticked items were won."""

    codes: frozenset[str]
    overall: Decimal | None
    level: str
    gain: Decimal | None


def what_if(cycle: Cycle, basis: Basis, codes: Iterable[str], now: ScoreReport) -> WhatIf | None:
    """Say what the total would be with more items won; None when nothing known is ticked.

    The stated total, level and scores of what these items count in are set aside, since they would no longer hold.
    """
    outline = outline_of(cycle)
    ticked = frozenset(code for code in codes if code in outline.items)
    if not ticked:
        return None
    report = score_report(outline, _won(outline, basis.scores, ticked))
    apart = report.overall - now.overall if report.overall is not None and now.overall is not None else None
    return WhatIf(ticked, report.overall, report.level.name_th if report.level else "", apart)


def _won(outline: Outline, scores: Scores, ticked: frozenset[str]) -> Scores:
    above = {code for _, code in _above(outline, ticked)}
    kept = [e for e in scores.entries if e.code not in ticked and not (e.code in above and e.section != Section.ITEM)]
    won = {code: (outline.allowed[code] or (Decimal(100),))[-1] for code in ticked}
    return replace(scores, entries=(*kept, *_entries(won, Section.ITEM)), overall=None, level=None)


def _above(outline: Outline, codes: Iterable[str]) -> Iterable[tuple[Kind, str]]:
    for code in codes:
        spot = outline.parents.get((Kind.ITEM, code))
        while spot is not None:
            yield spot.key
            spot = outline.parents.get(spot.key)


@dataclass(frozen=True, slots=True)
class Stake:
    """What an item is worth in the forecast's table. Points of the total, rounded for print; gain None: unknown."""

    row: ItemRow
    points: Decimal
    gain: Decimal | None
    score: Decimal | None
    in_plan: bool


def stakes(found: Forecast, rows: Sequence[ItemRow]) -> tuple[Stake, ...]:
    """Give every item with what it is worth, the dearest gain first."""
    known = {row.code: row for row in rows}
    plan = set(found.plan.items) if found.plan else set()
    order = sorted(found.items, key=lambda each: (-(each.gain if each.gain is not None else each.points), -each.points))
    return tuple(
        Stake(known[e.code], _points(e.points), None if e.gain is None else _points(e.gain), e.score, e.code in plan)
        for e in order
        if e.code in known
    )


def _points(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))
