"""The plan as a ledger's lines are held against it, and what was reported of it so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prongsai.registers.ledger import CODE, HEADING, ITEM, PROGRAMME, SOURCE, WORK
from prongsai.registers.ledger_match import Plan, PlanLine
from prongsai.registers.model import Ref, Register, Values
from prongsai.registers.values import from_json, show
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryProgress
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.rules._rows import counted_entries

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Feed:
    """How a plan takes spending. names: what the ledger calls a line → field of the plan. moved: fields for transfers.

    is_running: each report says what was spent since the beginning of the year; else of its own period alone.
    """

    names: Mapping[str, str]
    spent: str
    budget: str
    moved_in: str = ""
    moved_out: str = ""
    is_running: bool = False


FEEDS: Mapping[str, Feed] = {
    "spending-plan": Feed(
        {
            CODE: "ledger_code",
            PROGRAMME: "programme",
            WORK: "work",
            HEADING: "heading",
            ITEM: "item",
            SOURCE: "source",
        },
        "spent_thb",
        "budget_thb",
        "transfer_in_thb",
        "transfer_out_thb",
    ),
    "operation-plan": Feed(
        {CODE: "code", ITEM: "project", SOURCE: "source"}, "spent_thb", "budget_thb", is_running=True
    ),
}


def feed_of(register: Register) -> Feed | None:
    """Give how a register takes spending from the ledger; None for one that does not."""
    found = FEEDS.get(register.id)
    fields = {one.key for one in register.progress.fields} if register.progress else set()
    return found if found and found.spent in fields else None


def plan_of(scope: Scope, kept: Kept, year: int) -> Plan:
    """Give the counted rows of a plan in a fiscal year (BE) by what they are called; one query."""
    feed = FEEDS[kept.id]
    chosen = kept.setting.ledger.get("lines", {}) if kept.setting else {}
    entries = counted_entries(scope, kept.id, year).iterator(chunk_size=500)
    return Plan((_line(kept.register, feed, entry) for entry in entries), chosen)


def _line(register: Register, feed: Feed, entry: Entry) -> PlanLine:
    values = from_json(register.fields, entry.values)
    names = {
        name: show(field, values.get(key), digits="arabic")
        for name, key in feed.names.items()
        if (field := register.field_of(key)) and values.get(key) is not None
    }
    unit = values.get(register.unit_by)
    return PlanLine(entry.pk, names, entry.title, unit.text if isinstance(unit, Ref) else "")


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported of a row: in the period itself, and in those before it added up.

    is_later: a period after it was reported too. mark: changes whenever any report of the row does.
    """

    report: EntryProgress | None
    spent: Decimal
    moved_in: Decimal
    moved_out: Decimal
    is_later: bool
    mark: str


def reported_of(register: Register, entries: Iterable[Entry], starts_on: date) -> dict[int, Reported]:
    """Give what was reported of entries, by their pk; one query."""
    feed, fields = FEEDS[register.id], register.progress.fields if register.progress else ()
    made: dict[int, list[EntryProgress]] = {one.pk: [] for one in entries}
    for report in EntryProgress.objects.filter(entry__in=list(made)).order_by("starts_on"):
        made[report.entry_id].append(report)
    found = {}
    for pk, reports in made.items():
        before = [from_json(fields, one.values) for one in reports if one.starts_on < starts_on]
        now = next((one for one in reports if one.starts_on == starts_on), None)
        spent, moved_in, moved_out = (_sum(before, key) for key in (feed.spent, feed.moved_in, feed.moved_out))
        mark = " ".join(f"{one.starts_on}:{one.version}" for one in reports)
        is_later = bool(reports and reports[-1].starts_on > starts_on)
        found[pk] = Reported(now, spent, moved_in, moved_out, is_later, mark)
    return found


def _sum(reports: Iterable[Values], key: str) -> Decimal:
    return sum((value for one in reports if isinstance(value := one.get(key), Decimal)), NOTHING)
