"""From scores and papers to findings: what is short, why, what was done, what is advised, and who answers for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prongsai.errors import Where
from prongsai.frameworks.match import match_indicator, match_item
from prongsai.frameworks.model import Framework, Indicator, Item
from prongsai.reports.records import Gap, IndicatorPlan, IndicatorScore, Record, Report, Tracking, plain
from prongsai.reports.year import framework_of


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap. subject: ``item``, ``indicator`` or ``topic``. code: of ``framework_id``'s year.

    key: lasting, None when unknown. score: the last one, 0–100. cause, done: as printed. is_closed: the last score is
    already full or on target.
    """

    framework_id: str
    subject: str
    code: str
    key: str | None
    title: str
    score: Decimal | None
    cause: str | None
    done: tuple[str, ...]
    advice: tuple[str, ...]
    units: tuple[str, ...]
    is_closed: bool
    where: Where

    def to_json(self) -> dict[str, object]:
        """Give the form that ``prongsai gaps --json`` prints."""
        data = plain(self)
        assert isinstance(data, dict)
        return data


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """The scores of one year's assessment: of its indicators, and of items by their code (0–100)."""

    framework: Framework
    indicators: tuple[IndicatorScore, ...]
    items: Mapping[str, Decimal]


def find(framework: Framework, reports: Sequence[Report], results: Sequence[ScoreResult]) -> tuple[Finding, ...]:
    """Collect the findings of several papers and results, each item or indicator once: the latest year's word counts.

    A code means what it meant in its own year. Every gap row of a memo is a finding, closed when its last score was
    full; an indicator is one when its score is below its framework's target; an item of a result always, closed when
    its score is full. A result of a year is as late as the papers of the year after, which answer it.
    """
    dated: list[tuple[int, list[Finding]]] = []
    for report in reports:
        own = framework_of(report.fiscal_year_be, kind=framework.kind)
        dated.append((report.fiscal_year_be or 0, [*_of_rows(own, report), *_of_scores(own, report.indicators)]))
    for result in results:
        items = ((result.framework.item(code), value) for code, value in result.items.items())
        of_items = [_of_item(result.framework, item, value) for item, value in items if item is not None]
        scores = _of_scores(result.framework, result.indicators)
        dated.append((result.framework.fiscal_year_be + 1, [*of_items, *scores]))
    found: dict[tuple[str, str], Finding] = {}
    for _, findings in sorted(dated, key=lambda pair: -pair[0]):
        for finding in findings:
            found.setdefault((finding.subject, finding.key or finding.title), finding)
    return tuple(found.values())


def _of_rows(framework: Framework, report: Report) -> Iterator[Finding]:
    return (finding for row in report.rows if (finding := _of_row(framework, row)) is not None)


def _of_scores(framework: Framework, scores: Iterable[IndicatorScore]) -> Iterator[Finding]:
    return (finding for score in scores if (finding := _of_score(framework, score)) is not None)


def _of_row(framework: Framework, row: Record) -> Finding | None:
    if isinstance(row, Gap):
        return _of_gap(framework, row)
    if isinstance(row, IndicatorPlan):
        return _of_plan(framework, row)
    return _of_topic(framework, row) if isinstance(row, Tracking) else None


def _of_gap(framework: Framework, gap: Gap) -> Finding:
    matched = match_item(framework, gap.code, gap.title)
    item = matched[0] if matched else None
    return Finding(
        framework_id=framework.id,
        subject="item",
        code=gap.code or "?",
        key=item.key if item else None,
        title=gap.title,
        score=gap.score,
        cause=gap.prior_action,
        done=(gap.prior_action,) if gap.prior_action and gap.score else (),
        advice=gap.recommendations,
        units=gap.units,
        is_closed=gap.score is not None and gap.score >= max(framework.item_scores),
        where=gap.origin.where,
    )


def _of_plan(framework: Framework, plan: IndicatorPlan) -> Finding | None:
    indicator = _indicator(framework, plan.no, plan.name)
    if indicator is None:
        return None
    return Finding(
        framework_id=framework.id,
        subject="indicator",
        code=indicator.code,
        key=indicator.key,
        title=indicator.name_th,
        score=plan.score,
        cause=None,
        done=plan.progress,
        advice=plan.guidance,
        units=plan.responsible,
        is_closed=plan.score is not None and plan.score >= framework.target_pct,
        where=plan.origin.where,
    )


def _of_topic(framework: Framework, topic: Tracking) -> Finding:
    open_items = tuple(item.text for item in topic.due) if len(topic.done) < len(topic.due) else ()
    return Finding(
        framework_id=framework.id,
        subject="topic",
        code="-",
        key=None,
        title=topic.topic,
        score=None,
        cause=topic.group,
        done=tuple(item.text for item in topic.done),
        advice=topic.steps,
        units=topic.responsible,
        is_closed=not open_items,
        where=topic.origin.where,
    )


def _of_score(framework: Framework, score: IndicatorScore) -> Finding | None:
    indicator = _indicator(framework, score.no, score.title)
    if indicator is None or score.score is None or score.score >= framework.target_pct:
        return None
    return Finding(
        framework_id=framework.id,
        subject="indicator",
        code=indicator.code,
        key=indicator.key,
        title=indicator.name_th,
        score=score.score,
        cause=f"คะแนน {score.score} ต่ำกว่าเป้าหมาย {framework.target_pct.normalize():f}",
        done=(),
        advice=(),
        units=(),
        is_closed=False,
        where=score.where,
    )


def _of_item(framework: Framework, item: Item, value: Decimal) -> Finding:
    return Finding(
        framework_id=framework.id,
        subject="item",
        code=item.code,
        key=item.key,
        title=item.title_th,
        score=value,
        cause=None,
        done=(),
        advice=tuple(element.text_th for element in item.elements),
        units=(),
        is_closed=value >= max(framework.item_scores),
        where=Where(),
    )


def _indicator(framework: Framework, number: int | None, title: str | None) -> Indicator | None:
    found = framework.indicator(str(number)) if number is not None else None
    if found is not None or not title:
        return found
    matched = match_indicator(framework, title)
    return matched[0] if matched else None
