"""From what the platform keeps to the records of the pure half: what ``write`` takes, and what reading it gives back.

What a paper printed beyond the fields of a measure stands in ``Measure.source["record"]``; the fields themselves are
what counts, so that a report says what officers have changed since.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from prongsai.errors import Where
from prongsai.reports import records
from prongsai.reports.cells import read_span
from prongsai.reports.papers.options import Options
from prongsai.reports.records import DatedText, Kind, Origin, Overall, Report, Span
from prongsai.thai.dates import find_dates, first_months, format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies import queries as agencies
from prongsai.web.agencies.models import Agency, Unit
from prongsai.web.cycles.models import Cycle, Finding, ScoreKind, ScoreSnapshot
from prongsai.web.cycles.queries import framework_of
from prongsai.web.plans.models import Dispatch, Measure, MeasureState, Progress, Step, Task

T = TypeVar("T", Measure, Finding)
MONTHS: Mapping[str, int] = {"tracking-6": 6, "tracking-12": 12}
KINDS = ("measures-report", *MONTHS)
NO_DATE_TH = "(ไม่ได้ระบุวันที่)"
UNITS_SEPARATOR = ", "
_STATUS: Mapping[str, records.ProgressStatus] = {
    MeasureState.DRAFT: records.ProgressStatus.NOT_STARTED,
    MeasureState.RUNNING: records.ProgressStatus.IN_PROGRESS,
    MeasureState.DONE: records.ProgressStatus.DONE,
    MeasureState.CARRIED: records.ProgressStatus.IN_PROGRESS,
}


def report_of(cycle: Cycle, kind: str, today: date | None = None) -> Report:
    """Give the records of a cycle's report. kind: of ``KINDS``; today: what is dated after it is left out.

    Measures that were read as indicator rows are indicator rows again in ``measures-report``; the tracking kinds set
    every measure as a topic. Raises ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"no report of kind {kind} is made from a cycle")
    year = cycle.measures_year_be
    measures = [_View(measure, year, today) for measure in _measures(cycle)]
    if kind in MONTHS:
        rows: list[records.Record] = [_topic(view, MONTHS[kind]) for view in measures]
        start, end = first_months(MONTHS[kind], year)
        period = Span(f"({format_date(start)} – {format_date(end)})", start, end)
        return _report(cycle.agency, Kind.TRACKING_REPORT, year, rows, report_period=period)
    plans = [view for view in measures if view.kind == "indicator"]
    rows = [*_numbered([view for view in measures if view.kind != "indicator"]), *map(_plan, plans)]
    overall, indicators = _scores(cycle)
    return _report(cycle.agency, Kind.MEASURES_REPORT, year, rows, overall=overall, indicators=indicators)


def options_of(cycle: Cycle, kind: str) -> Options:
    """Give what the report of ``report_of`` is printed with: the year of the scores that it states."""
    snapshot = _snapshot(cycle) if kind not in MONTHS else None
    return Options(scores_year_be=snapshot.cycle.fiscal_year_be if snapshot else None)


def memo_of(dispatch: Dispatch, tasks: Iterable[Task] | None = None) -> Report:
    """Give the records of an assignment memo: a gap for each finding with the units it is given to, in printed order.

    tasks: of a draft, which has none yet: those that issuing it would make.
    """
    if tasks is None:
        tasks = dispatch.tasks.select_related("finding__item", "unit").order_by("pk")
    given: dict[Finding, list[Task]] = {}
    for task in tasks:
        if task.finding is not None:
            given.setdefault(task.finding, []).append(task)
    agency, day = dispatch.cycle.agency, dispatch.issued_on
    return _report(
        agency,
        Kind.GAP_MEMO,
        dispatch.cycle.fiscal_year_be,
        [_gap(agency, finding, given[finding]) for finding in in_printed_order(given)],
        memo=records.Memo(agency.name, dispatch.number or None, day, dispatch.subject, "หัวหน้าส่วนราชการทุกส่วน"),
        deadline=dispatch.due_on,
        signatories=_head(agency, day),
    )


def _report(agency: Agency, kind: Kind, year: int, rows: Sequence[records.Record], **more: Any) -> Report:
    named = records.Agency(agency.name, agency.district or None, agency.province or None)
    empty: dict[str, Any] = {
        "report_period": None, "memo": None, "deadline": None, "signatories": (), "announced": None,
        "overall": Overall(None, None), "indicators": (),
    }  # fmt: skip
    return Report(
        file="", document_type=kind, agency=named, fiscal_year_be=year, rows=tuple(rows), printed_rows=len(rows),
        problems=(), confidence=1.0, needs_person=False, reasons=(), **empty | more,
    )  # fmt: skip


class _View:
    """A measure with its parts in order and what its paper printed beyond them."""

    def __init__(self, measure: Measure, year: int, today: date | None) -> None:
        self.measure, self.year = measure, year
        source = measure.source or {}
        self.kind: str = source.get("kind", "measure")
        self.record: Mapping[str, Any] = source.get("record") or {}
        self.is_printed = bool(source.get("printed"))
        self.months: int | None = source.get("months")
        self.origin = Origin(Where(), extra=source.get("extra") or {})
        self.steps: list[Step] = list(measure.steps.all())
        told = [one for one in measure.progress.all() if today is None or one.on is None or one.on <= today]
        self.progress: list[Progress] = told
        self.responsible = tuple(owner.text for owner in measure.owners.all())

    @property
    def results(self) -> tuple[str, ...]:
        """What was done, as printed or typed."""
        return tuple(self._result(one) for one in self.progress if one.result)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What changed."""
        return tuple(one.outcome for one in self.progress if one.outcome)

    def _result(self, one: Progress) -> str:
        """A topic's done entry is often only a day; beside other measures it says of which step."""
        return f"{one.step.text} – {one.result}" if self.kind == "tracking" and one.step else one.result

    def period(self) -> Span | None:
        """The period with its words, unless officers have since set other days than the words say."""
        measure = self.measure
        if not (measure.period_text or measure.starts_on or measure.ends_on):
            return None
        text, start, end = measure.period_text, measure.starts_on, measure.ends_on
        said = read_span(text, self.year, Where()).value if text else None
        if said and (_differ(said.start, start) or _differ(said.end, end)):
            return Span("", start, end)
        return Span(text, start, end, said.inferred if said and (said.start, said.end) == (start, end) else ())


def _differ(said: date | None, kept: date | None) -> bool:
    return said is not None and kept is not None and said != kept


def _measures(cycle: Cycle) -> list[Measure]:
    """Give the measures by issue, those of one paper in its order."""
    found = list(
        Measure.objects.filter(cycle=cycle)
        .prefetch_related("steps", "owners", "progress__step", "findings")
        .order_by("place", "pk")
    )
    return _by_issue(in_printed_order(found))


def in_printed_order(made: Iterable[T]) -> list[T]:
    """Set what was read of one paper in its order, where the first of it stands; the rest stays where it is."""
    found = list(made)
    first: dict[object, int] = {}
    for at, one in enumerate(found):
        first.setdefault(_paper_of(one), at)
    return sorted(found, key=lambda one: (first[_paper_of(one)], (one.source or {}).get("place", 0)))


def _paper_of(one: Measure | Finding) -> object:
    return (one.source or {}).get("intake") or ("own", one.pk)


def _by_issue(measures: Sequence[Measure]) -> list[Measure]:
    groups: dict[tuple[int | None, str], list[Measure]] = {}
    for measure in measures:
        known = next((key for key in groups if key[0] == measure.issue_no), None) if not measure.issue_title else None
        groups.setdefault(known or (measure.issue_no, measure.issue_title), []).append(measure)
    numbers = [number for number, _ in groups if number is not None]
    keys = list(groups)
    if numbers and len(numbers) == len(set(numbers)):
        keys.sort(key=lambda key: (key[0] is None, key[0] or 0))
    return [measure for key in keys for measure in groups[key]]


def _numbered(views: Sequence[_View]) -> Iterator[records.Measure]:
    """Give measures; what was typed without a running number gets the next one of its issue."""
    count: Counter[int | None] = Counter()
    for view in views:
        number = view.measure.issue_no
        count[number] += 1
        yield _measure(view, view.measure.seq or (None if view.is_printed else to_thai(str(count[number]))))


def _measure(view: _View, seq: str | None) -> records.Measure:
    measure = view.measure
    return records.Measure(
        issue_no=measure.issue_no,
        issue_title=measure.issue_title or None,
        seq=seq,
        measure=measure.title,
        steps=tuple(step.text for step in view.steps),
        period=view.period(),
        responsible=view.responsible,
        results=view.results,
        outcomes=view.outcomes,
        notes=measure.notes or None,
        origin=view.origin,
        weaknesses=tuple(measure.weaknesses),
        follow_up=tuple(measure.follow_up),
    )


def _plan(view: _View) -> records.IndicatorPlan:
    """Give an indicator row; its ticked box is the printed one until the state of the measure is changed."""
    record, measure = view.record, view.measure
    score = record.get("score")
    same = measure.state == record.get("state", measure.state) if "status" in record else False
    printed = record.get("status") if same else None
    status = records.ProgressStatus(printed) if printed else None if same else _STATUS[measure.state]
    return records.IndicatorPlan(
        no=record.get("no"),
        name=record.get("name") or measure.title,
        score=None if score is None else Decimal(str(score)),
        guidance=tuple(step.text for step in view.steps),
        responsible=view.responsible,
        period=view.period(),
        progress=(*view.results, *view.outcomes),
        status=status,
        ticked=tuple(record.get("ticked") or ()) if same else (),
        boxes=record.get("boxes", 3) if same else 3,
        origin=view.origin,
    )


def _topic(view: _View, months: int) -> records.Tracking:
    """Give a measure as a topic of a round of so many months."""
    steps, due_steps = _parted_steps(view)
    texts = tuple(step.text for step in steps)
    printed = view.record.get("step_numbers") if texts == tuple(view.record.get("steps") or ()) else None
    return records.Tracking(
        topic=_topic_text(view),
        group=_group(view),
        responsible=view.responsible,
        steps=texts,
        step_numbers=tuple(range(1, len(texts) + 1)) if printed is None else tuple(printed),
        due=tuple(_due(view, due_steps, months)),
        done=tuple(_done(view, months)),
        origin=view.origin,
    )


def _topic_text(view: _View) -> str:
    number = view.record.get("no") if view.kind == "indicator" else None
    return view.measure.title if number is None else to_thai(f"ตัวชี้วัดที่ {number} ") + view.measure.title


def _group(view: _View) -> str | None:
    measure = view.measure
    if view.kind == "tracking" or measure.issue_no is None:
        return measure.issue_title or None
    return to_thai(f"ประเด็นที่ {measure.issue_no}") + f" {measure.issue_title}".rstrip()


def _parted_steps(view: _View) -> tuple[list[Step], list[Step]]:
    """Part steps from what is due: of a paper by its own words, else whatever has a day is due as well."""
    texts = Counter(item["text"] for item in view.record.get("due") or ()) if view.kind == "tracking" else Counter()
    texts.subtract(Counter(text for text in view.record.get("steps") or () if text in texts))
    methods, due = [], []
    for step in reversed(view.steps):  # what is due stands after the steps
        is_due_item = texts[step.text] > 0
        texts[step.text] -= is_due_item
        methods += [] if is_due_item else [step]
        due += [step] if is_due_item or step.due_on else []
    return methods[::-1], due[::-1]


def _due(view: _View, steps: Sequence[Step], months: int) -> Iterator[DatedText]:
    inside = _round(view, months)
    printed = {item["text"]: item for item in view.record.get("due") or ()}
    found = [step for step in steps if step.due_on is None or view.months == months or inside(step.due_on)]
    for step in found:
        item = printed.get(step.text) or {}
        inferred = (item.get("inferred") or ()) if item.get("date") == _iso(step.due_on) else ()
        yield DatedText(step.text, step.due_on, item.get("recurrence"), tuple(inferred))
    period = view.period() if not steps and view.kind != "tracking" else None
    if period is None:
        return
    if period.text:
        yield DatedText(period.text, period.end)
    elif period.end and inside(period.end):
        yield DatedText(f"แล้วเสร็จภายในวันที่ {format_date(period.end)}", period.end)


def _done(view: _View, months: int) -> Iterator[DatedText]:
    """Give what was done in the round; what has no day is said to have none, never given one."""
    inside = _round(view, months)
    printed = {(item["text"], item.get("date")): item for item in view.record.get("done") or ()}
    reported = {one.step_id for one in view.progress}
    for one in view.progress:
        text = one.result or one.outcome
        item = printed.get((text, _iso(one.on))) if view.kind == "tracking" else None
        if item is not None and (view.months == months or one.on is None or inside(one.on)):
            yield DatedText(text, one.on, item.get("recurrence"), tuple(item.get("inferred") or ()))
        elif item is None and one.on is None:
            yield DatedText(f"{text} {NO_DATE_TH}", None)
        elif item is None and inside(one.on):
            yield _dated(text, one.on, view.year)
    for step in view.steps:
        if step.done_on and step.pk not in reported and inside(step.done_on):
            yield _dated(step.text, step.done_on, view.year)


def _dated(text: str, day: date | None, year: int) -> DatedText:
    said = any(found.reading.value == day for found in find_dates(text, fiscal_year_be=year))
    return DatedText(text if said or day is None else f"{text} เมื่อวันที่ {format_date(day)}", day)


def _round(view: _View, months: int) -> Any:
    start, end = first_months(months, view.year)
    return lambda day: day is not None and start <= day <= end


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _snapshot(cycle: Cycle) -> ScoreSnapshot | None:
    """Find the official scores that the measures of a year answer: those of the year before."""
    return (
        ScoreSnapshot.objects.filter(
            cycle__agency=cycle.agency_id,
            cycle__framework_kind=cycle.framework_kind,
            cycle__fiscal_year_be=cycle.measures_year_be - 1,
            kind=ScoreKind.OFFICIAL,
        )
        .select_related("cycle")
        .first()
    )


def _scores(cycle: Cycle) -> tuple[Overall, tuple[records.IndicatorScore, ...]]:
    snapshot = _snapshot(cycle)
    if snapshot is None:
        return Overall(None, None), ()
    given = snapshot.given
    stated = given.get("overall", snapshot.overall_pct)
    names = {each.code: each.name_th for each in framework_of(snapshot.cycle).top_indicators()}
    indicators = tuple(
        records.IndicatorScore(int(code), names.get(code), None if score is None else Decimal(str(score)))
        for code, score in (given.get("indicators") or {}).items()
        if code.isdecimal()
    )
    level = given.get("level") or snapshot.level or None
    return Overall(None if stated is None else Decimal(str(stated)), level), indicators


def _gap(agency: Agency, finding: Finding, tasks: Sequence[Task]) -> records.Gap:
    source = finding.source or {}
    record = source.get("record") or {}
    code = finding.printed_code or (finding.item.code if finding.item else None)
    sub = record.get("sub_indicator")
    return records.Gap(
        code=code,
        title=finding.title,
        elements=_lines(finding.elements_text),
        score=finding.score,
        prior_action=finding.what_was_done or None,
        recommendations=_lines(finding.advice),
        units=_units(agency, finding, [task.unit for task in sorted(tasks, key=lambda task: not task.is_lead)]),
        group=record.get("group"),
        sub_indicator=sub or (finding.item.indicator if finding.item and not record else None),
        origin=Origin(Where(), extra=source.get("extra") or {}),
    )


def _units_printed(finding: Finding) -> tuple[str, ...]:
    kept = tuple(((finding.source or {}).get("record") or {}).get("units") or ())
    if kept and UNITS_SEPARATOR.join(kept) == finding.units_text:
        return kept
    return tuple(text for text in finding.units_text.split(UNITS_SEPARATOR) if text)


def _units(agency: Agency, finding: Finding, assigned: Sequence[Unit]) -> tuple[str, ...]:
    """Name units as the paper did while the tasks are given to those that it means; else by their own names."""
    printed = _units_printed(finding)
    meant = [agencies.find_unit(agency, text) for text in printed]
    named = {unit.pk for unit in meant if unit}
    everybody = any(text.startswith("ทุก") for text in printed) and len(assigned) > 1
    if printed and (everybody or (all(meant) and named == {unit.pk for unit in assigned})):
        return printed
    return tuple(dict.fromkeys(unit.name for unit in assigned))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())


def _head(agency: Agency, day: date | None) -> tuple[records.Signatory, ...]:
    """Name who heads the agency on a day, with the capacity in which; nobody for a draft."""
    held = agencies.top_executive(agency, day) if day else None
    if held is None:
        return ()
    return (records.Signatory(str(held.person), str(held.post), capacity=held.capacity),)
