"""What an accepted row becomes: a finding, a measure, scores, a person; made by the services of its app."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.reports.records import ProgressStatus
from prongsai.web.agencies import journal
from prongsai.web.agencies import services as agencies
from prongsai.web.agencies.models import Person
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Finding, ItemState, ScoreKind
from prongsai.web.intake.models import IntakeRow, RowKind
from prongsai.web.intake.queries.desk import Desk
from prongsai.web.plans import services as plans
from prongsai.web.plans.models import Measure, MeasureState, Progress
from prongsai.web.plans.records import MONTHS, UNITS_SEPARATOR

MERGE, NEW = "merge", "new"
_STATES: Mapping[str | None, str] = {
    ProgressStatus.DONE.value: MeasureState.DONE,
    ProgressStatus.IN_PROGRESS.value: MeasureState.RUNNING,
    ProgressStatus.NOT_STARTED.value: MeasureState.DRAFT,
}


class NeedsChoice(ProngsaiError):
    """A row that is there already, or nearly: a person must say whether it is the same."""

    def __init__(self, row: IntakeRow, why: str, mend: str) -> None:
        super().__init__(f"row {row.pk} needs a choice", message_th=why, mend_th=mend)
        self.row = row


def make(desk: Desk, row: IntakeRow, choice: str = "") -> models.Model:
    """Make what a row becomes. choice: ``merge`` or ``new`` for what is there already; a person's id for a name.

    Raises NeedsChoice, and ValidationError as the services do.
    """
    undecided = None if choice else needs_choice(desk, row)
    if undecided is not None:
        raise undecided
    return _MAKERS[RowKind(row.kind)](desk, row, choice)


def needs_choice(desk: Desk, row: IntakeRow) -> NeedsChoice | None:
    """Say what a person must decide before a row can be accepted; None when nothing."""
    values = row.values
    if row.kind == RowKind.GAP and desk.finding_of(desk.item_of(values)):
        why = _("ข้อนี้มีประเด็นอยู่ในรอบแล้ว")
        return NeedsChoice(row, why, _("เลือกว่าจะรวมกับประเด็นเดิมโดยเก็บข้อความไว้ทั้งสอง หรือเพิ่มเป็นประเด็นใหม่"))
    if row.kind == RowKind.MEASURE and desk.has_measure(values):
        why = _("ในรอบนี้มีมาตรการลำดับ {seq} ของประเด็นที่ {no} อยู่แล้ว").format(seq=values["seq"], no=values["issue_no"])
        return NeedsChoice(row, why, _("แก้ลำดับของแถวนี้แล้วรับ หรือไม่รับแถวนี้ถ้าเป็นมาตรการเดียวกัน"))
    if row.kind == RowKind.PERSON and not values.get("decision"):
        same, alike = desk.people_like(values)
        if len(same) > 1 or alike:
            why = _("มีชื่อคล้ายกันในทะเบียนบุคลากร: {names}").format(names=", ".join(map(str, same or alike)))
            return NeedsChoice(row, why, _("เลือกว่าเป็นคนเดียวกันหรือเพิ่มเป็นคนใหม่ ระบบไม่รวมชื่อให้เอง"))
    return None


# --- gaps -----------------------------------------------------------------------------------------------------------


def _gap(desk: Desk, row: IntakeRow, choice: str) -> Finding:
    values = row.values
    item = desk.item_of(values)
    existing = desk.finding_of(item)
    fields = _gap_fields(values)
    source = source_of(row)
    if existing is not None and choice == MERGE:
        _remember(desk, item, values)
        return cycles.merge_finding(desk.scope, finding=existing, variant=fields | {"source": source})
    unit = desk.unit_of(values.get("units") or ())
    finding = cycles.add_finding(desk.scope, cycle=desk.cycle, item=item, unit=unit, source=source, **fields)
    for variant in (row.read.get("origin") or {}).get("variants") or ():
        finding = cycles.merge_finding(desk.scope, finding=finding, variant={"source": {"printed": variant}})
    desk.found(finding)
    _remember(desk, item, values)
    return finding


def _gap_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": values["title"],
        "printed_code": values.get("code") or "",
        "score": _decimal(values.get("score")),
        "what_was_done": values.get("prior_action") or "",
        "advice": "\n".join(values.get("recommendations") or ()),
        "elements_text": "\n".join(values.get("elements") or ()),
        "units_text": UNITS_SEPARATOR.join(values.get("units") or ()),
    }


def _remember(desk: Desk, item: ItemState | None, values: Mapping[str, Any]) -> None:
    """Keep last year's score and remark with the item, where it has none and the paper is of the assessed year."""
    if item is None or desk.year_be != desk.cycle.fiscal_year_be:
        return
    score, advice = _decimal(values.get("score")), "\n".join(values.get("recommendations") or ())
    kept: dict[str, Any] = {}
    if item.last_score is None and score is not None:
        kept["last_score"] = score
    if not item.last_remark and advice:
        kept["last_remark"] = advice
    if kept:
        journal.change(desk.scope, item, "item.last", **kept)


# --- measures -------------------------------------------------------------------------------------------------------


def _measure(desk: Desk, row: IntakeRow, choice: str) -> Measure:
    values = row.values
    told = bool(values["results"] or values["outcomes"])
    measure = plans.add_measure(
        desk.scope,
        cycle=desk.cycle,
        title=values["measure"],
        issue_no=values.get("issue_no"),
        issue_title=values.get("issue_title") or "",
        seq=values.get("seq") or "",
        steps=values["steps"],
        owners=values["responsible"],
        results=values["results"],
        outcomes=values["outcomes"],
        notes=values.get("notes") or "",
        weaknesses=values.get("weaknesses") or (),
        follow_up=values.get("follow_up") or (),
        state=MeasureState.RUNNING if told else MeasureState.DRAFT,
        source=source_of(row),
        **_period(values),
    )
    desk.measured(values)
    return measure


def _indicator(desk: Desk, row: IntakeRow, choice: str) -> Measure:
    """Make the finding about the indicator and the measure that answers it, so that both can be written again."""
    values = row.values
    code = desk.indicator_of(values)
    finding = desk.finding_of_indicator(code) if code else None
    if finding is None:
        finding = cycles.add_finding(
            desk.scope,
            cycle=desk.cycle,
            title=row.title,
            indicator=code,
            score=_decimal(values.get("score")),
            advice="\n".join(values["guidance"]),
            units_text=_cut(UNITS_SEPARATOR.join(values["responsible"])),
            unit=desk.unit_of(values["responsible"]),
            source=source_of(row),
        )
        desk.found(finding)
    told = MeasureState.RUNNING if values["progress"] else MeasureState.DRAFT
    state = _STATES.get(values.get("status"), told)
    return plans.add_measure(
        desk.scope,
        cycle=desk.cycle,
        title=values["name"],
        steps=values["guidance"],
        owners=values["responsible"],
        results=values["progress"],
        findings=[finding],
        state=state,
        source=source_of(row, state=state),
        **_period(values),
    )


def _tracking(desk: Desk, row: IntakeRow, choice: str) -> Measure:
    """Make a measure of a topic: what is due stands after its steps, with its day; what was done is dated progress."""
    values = row.values
    due, done = values["due"], values["done"]
    pairs = len(due) == len(done)
    due_steps = [
        {"text": item["text"], "due_on": _day(item["date"]), "done_on": _day(done[at]["date"]) if pairs else None}
        for at, item in enumerate(due)
    ]
    measure = plans.add_measure(
        desk.scope,
        cycle=desk.cycle,
        title=values["topic"],
        issue_title=values.get("group") or "",
        steps=[*values["steps"], *due_steps],
        owners=values["responsible"],
        state=MeasureState.RUNNING if done else MeasureState.DRAFT,
        source=source_of(row),
    )
    steps = list(measure.steps.all())[len(values["steps"]) :]
    for at, item in enumerate(done):
        entry = Progress(
            measure=measure,
            step=steps[at] if pairs else None,
            on=_day(item["date"]),
            result=item["text"],
            by=desk.scope.user,
            place=at,
        )
        journal.create(desk.scope, entry, "progress.add")
    return measure


def _period(values: Mapping[str, Any]) -> dict[str, Any]:
    period = values.get("period") or {}
    return {
        "period_text": period.get("text") or "",
        "starts_on": _day(period.get("start")),
        "ends_on": _day(period.get("end")),
    }


# --- scores and people ----------------------------------------------------------------------------------------------


def _scores(desk: Desk, row: IntakeRow, choice: str) -> models.Model:
    """Take the scores into the cycle of the year that was assessed, which is opened if there is none."""
    values, file = row.values, row.intake.file
    if values.get("year_be") is None:
        raise ValidationError(_("เลือกก่อนว่าเป็นคะแนนของปีใด"))
    cycle = cycles.ensure_cycle(desk.scope, fiscal_year_be=values["year_be"])
    given = {name: values[name] for name in ("indicators", "items", "instruments") if values.get(name)}
    given |= {name: values[name] for name in ("overall", "level") if values.get(name) is not None}
    kind = ScoreKind.OFFICIAL
    return cycles.take_scores(desk.scope, cycle=cycle, kind=kind, given=given, source=file.name, file=file)


def _person(desk: Desk, row: IntakeRow, choice: str) -> Person:
    """Take a name as somebody who is there, when a person says so or it is the very name; else add them."""
    values = row.values
    decision = choice or str(values.get("decision") or "")
    if decision.isdecimal():
        known = Person.objects.filter(agency=desk.scope.agency, pk=int(decision)).first()
        if known is None:
            raise ValidationError(_("ไม่พบบุคคลที่เลือก"))
        return known
    same, _alike = desk.people_like(values)
    if same and decision != NEW:
        return same[0]
    return agencies.add_person(
        desk.scope,
        prefix=values.get("prefix") or "",
        given_name=values["given_name"],
        family_name=values.get("family_name") or "",
    )


_MAKERS: Mapping[RowKind, Callable[[Desk, IntakeRow, str], models.Model]] = {
    RowKind.GAP: _gap,
    RowKind.MEASURE: _measure,
    RowKind.INDICATOR: _indicator,
    RowKind.TRACKING: _tracking,
    RowKind.SCORES: _scores,
    RowKind.PERSON: _person,
}


# --- where it was read ----------------------------------------------------------------------------------------------


def source_of(row: IntakeRow, **more: object) -> dict[str, Any]:
    """Give where a row was read, its printed words, and what has no field of its own (``record``)."""
    origin = row.read.get("origin") or {}
    file, report = row.intake.file, row.intake.report
    source: dict[str, Any] = {
        "kind": row.kind,
        "intake": row.intake_id,
        "row": row.pk,
        "place": row.place,
        "file": {"id": file.pk, "name": file.name},
        "where": origin.get("where") or {},
        "lines": origin.get("lines") or [],
        "printed": origin.get("printed") or {},
        "extra": origin.get("extra") or {},
        "year_be": row.intake.fiscal_year_be,
        "record": _beyond_fields(row) | more,
    }
    months = _months(report.get("report_period"))
    return source | ({"months": months} if months else {})


def _beyond_fields(row: IntakeRow) -> dict[str, Any]:
    """Keep what a finding or measure has no field for, and the texts by which its parts are told apart."""
    names = {
        RowKind.GAP: ("group", "sub_indicator", "units"),
        RowKind.INDICATOR: ("no", "name", "score", "status", "ticked", "boxes"),
        RowKind.TRACKING: ("steps", "step_numbers", "due", "done"),
    }.get(RowKind(row.kind), ())
    return {name: row.values.get(name) for name in names}


def _months(period: Mapping[str, Any] | None) -> int | None:
    """Tell the round of a paper: the first 6 or 12 months of the year."""
    start, end = _day((period or {}).get("start")), _day((period or {}).get("end"))
    if start is None or end is None:
        return None
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return months if months in MONTHS.values() else None


def _decimal(value: object) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _cut(text: str, limit: int = 500) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
