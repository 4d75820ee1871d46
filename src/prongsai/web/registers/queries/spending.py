"""What pages of spending from the ledger show: checks, what each line becomes, what it may be, what has no line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from prongsai.registers.ledger import AMOUNTS, BY_KEY, Line
from prongsai.registers.ledger_match import Plan, PlanLine
from prongsai.registers.model import Field
from prongsai.registers.sheets import cell_name
from prongsai.registers.values import from_json, show
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.rhythm import Period
from prongsai.web.registers.models import Entry, Fate, ImportBatch, ImportKind, ImportRow, ImportState
from prongsai.web.registers.queries.imports import Tab, earlier
from prongsai.web.registers.queries.ledger import plan_of
from prongsai.web.registers.queries.library import Kept, as_read
from prongsai.web.registers.queries.spans import progress_spans
from prongsai.web.registers.rules._rows import counted_entries

PAGE_ROWS = 50
LISTED = 10
MISSING_SHOWN = 200
UNKNOWN = "UNKNOWN_LINE"
_ORDER = (Fate.FAULTY, Fate.NEW, Fate.CHANGED, Fate.SAME, Fate.LEFT)


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A column's sum of the lines beside the one that is printed. printed: "" where the file prints none."""

    label: str
    lines: str
    printed: str
    is_even: bool


@dataclass(frozen=True, slots=True)
class SpendingLine:
    """A line of the ledger. amounts: (cell, label, as printed); changes: (label, before, after); may_be: likeness."""

    row: ImportRow
    title: str
    above: str
    amounts: tuple[tuple[str, str, str], ...]
    changes: tuple[tuple[str, str, str], ...]
    may_be: tuple[PlanLine, ...]
    is_unknown: bool
    is_chosen_away: bool


@dataclass(frozen=True, slots=True)
class SpendingPage:
    """A batch, its checks, a page of its lines of one fate, and the rows of the plan that have no line."""

    batch: ImportBatch
    period: Period | None
    tabs: tuple[Tab, ...]
    fate: str
    page: Page[ImportRow]
    lines: tuple[SpendingLine, ...]
    sums: tuple[SumCheck, ...]
    columns: tuple[tuple[str, str], ...]
    missing: tuple[Entry, ...]
    n_missing: int
    earlier: tuple[ImportBatch, ...]

    @property
    def n_good(self) -> int:
        """How many reports would be written."""
        return self.batch.n_new + self.batch.n_changed

    @property
    def is_even(self) -> bool:
        """Whether the lines add up to what is printed."""
        return all(one.is_even for one in self.sums)


def batches_of(scope: Scope, kept: Kept) -> QuerySet[ImportBatch]:
    """Give the exports that were brought into a plan, the newest first."""
    found = ImportBatch.objects.filter(agency=scope.agency, register=kept.id, kind=ImportKind.SPENDING)
    return found.select_related("made_by")


def latest(scope: Scope, kept: Kept) -> list[ImportBatch]:
    """Give the last ones that were not thrown away."""
    return list(batches_of(scope, kept).exclude(state=ImportState.DROPPED)[:LISTED])


def period_of(kept: Kept, batch: ImportBatch) -> Period | None:
    """Give the period that a batch reports."""
    first = date.fromisoformat(batch.details["starts_on"])
    spans = progress_spans(kept.register, batch.fiscal_year_be)
    return next((one for one in spans if one.starts_on == first), None)


def spending_page(scope: Scope, kept: Kept, batch: ImportBatch, fate: str = "", number: str | int = 1) -> SpendingPage:
    """Give a page of lines of a fate; none named: the faulty ones, else the first fate that there is."""
    counts = {
        Fate.FAULTY: batch.n_faulty, Fate.NEW: batch.n_new, Fate.CHANGED: batch.n_changed, Fate.SAME: batch.n_same,
        Fate.LEFT: batch.details.get("n_left", 0),
    }  # fmt: skip
    chosen = fate if fate in counts else next((one for one in _ORDER if counts[one]), Fate.FAULTY)
    rows = batch.rows.filter(fate=chosen).select_related("entry").order_by("number")
    page = Paginator(rows, PAGE_ROWS).get_page(number)
    asks = chosen == Fate.FAULTY and batch.state == ImportState.LOOKED_AT
    plan = plan_of(scope, kept, batch.fiscal_year_be) if asks else None
    fields = {one.key: one for one in kept.register.progress.fields} if kept.register.progress else {}
    missing = _missing(scope, kept, batch)
    return SpendingPage(
        batch,
        period_of(kept, batch),
        tuple(Tab(each, str(Fate(each).label), counts[each], each == chosen) for each in _ORDER),
        chosen,
        page,
        tuple(_line(kept, batch, row, fields, plan) for row in page),
        tuple(_sum(one) for one in batch.details.get("sums", [])),
        tuple(
            (as_read(BY_KEY[key].label_th, BY_KEY[key].label_en), batch.head[place])
            for key, place in batch.columns.items()
        ),
        tuple(missing[:MISSING_SHOWN]),
        missing.count(),
        tuple(earlier(batch)[:3]),
    )


def _missing(scope: Scope, kept: Kept, batch: ImportBatch) -> QuerySet[Entry]:
    """Give the counted rows of the plan that no line of the file is."""
    named = batch.rows.exclude(entry=None).values("entry")
    return counted_entries(scope, kept.id, batch.fiscal_year_be).exclude(pk__in=named).defer("found_by", "values")


def _line(
    kept: Kept, batch: ImportBatch, row: ImportRow, fields: Mapping[str, Field], plan: Plan | None
) -> SpendingLine:
    names, printed = row.values.get("names", {}), row.values.get("printed", {})
    line = Line(row.number, names, {}, printed)
    is_unknown = any(one.get("code") == UNKNOWN for one in row.faults)
    return SpendingLine(
        row,
        line.title,
        " › ".join(names[key] for key in ("programme", "work", "heading") if names.get(key)),
        tuple(
            (
                cell_name(batch.columns[key], row.number),
                as_read(BY_KEY[key].label_th, BY_KEY[key].label_en),
                printed[key],
            )
            for key in AMOUNTS
            if key in printed and key in batch.columns
        ),
        _changes(kept, row, fields),
        tuple(plan.nearest(line)) if plan and is_unknown else (),
        is_unknown,
        bool(row.values.get("left")),
    )


def _changes(kept: Kept, row: ImportRow, fields: Mapping[str, Field]) -> tuple[tuple[str, str, str], ...]:
    wanted = row.values.get("to", {})
    known: Sequence[Field] = [fields[key] for key in wanted if key in fields]
    values, before = from_json(known, wanted), row.values.get("before", {})
    told = []
    for one in known:
        old = show(one, Decimal(before[one.key])) if one.key in before else ""
        new = show(one, values.get(one.key))
        if old != new or not before:
            told.append((kept.label(one), old, new))
    return tuple(told)


def _sum(told: Mapping[str, object]) -> SumCheck:
    target, printed = BY_KEY[str(told["column"])], told["printed"]
    return SumCheck(
        as_read(target.label_th, target.label_en),
        f"{Decimal(str(told['lines'])):,.2f}",
        "" if printed is None else f"{Decimal(str(printed)):,.2f}",
        bool(told["is_even"]),
    )
