"""An entry with everything that belongs to it: what it says, its way so far, its moves, its ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from prongsai.registers.model import Field, Move, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.rhythm import Period
from prongsai.web.registers.models import Entry, EntryFile, EntryLink, EntryMove, EntryProgress
from prongsai.web.registers.queries.library import Kept, as_read, edition_of, label_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.queries.rights import (
    HIDDEN,
    may_change,
    may_report,
    may_see_entry,
    may_see_field,
    why_not_move,
)
from prongsai.web.registers.queries.showing import is_late, shown_to, state_label
from prongsai.web.registers.queries.spans import progress_spans

LINKED_MAX = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A field of an entry. text: as somebody may see it; value: None where it is hidden. files: kept for it."""

    field: Field
    label: str
    text: str
    value: object
    is_hidden: bool = False
    target: Entry | None = None
    files: tuple[EntryFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A move from the state that an entry is in. why_not: empty when it may be made."""

    move: Move
    why_not: str

    @property
    def is_open(self) -> bool:
        """Whether it may be made."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Step:
    """A line of an entry's history; changes: name, before, after, each as printed."""

    at: datetime
    actor: str
    action: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Tied:
    """An entry that is pointed at, or points here; label: of the field that points."""

    entry: Entry
    register: Register
    state: str
    label: str

    @property
    def name(self) -> str:
        """What its register is called in the language that is read."""
        return as_read(self.register.name_th, self.register.name_en)


@dataclass(frozen=True, slots=True)
class Report:
    """A period in which a plan is reported on. report: None while there is none."""

    period: Period
    report: EntryProgress | None
    lines: tuple[Line, ...]
    may_report: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry, in the edition by which it was made."""

    kept: Kept
    entry: Entry
    values: Values
    lines: tuple[Line, ...]
    state_label: str
    is_late: bool
    may_change: bool
    offers: tuple[Offer, ...]
    moves: tuple[EntryMove, ...]
    history: tuple[Step, ...]
    targets: tuple[Tied, ...]
    linked: tuple[Tied, ...]
    reports: tuple[Report, ...]


def entry_page(scope: Scope, kept: Kept, entry: Entry) -> EntryPage:
    """Give an entry with its history, moves, ties and reports; the number of queries depends on the register only.

    kept: in any edition; the entry is shown in its own.
    """
    kept = Kept(edition_of(entry.register, entry.since_be), kept.setting)
    register = kept.register
    values = {**from_json(register.fields, entry.values), **linked_values(register, [entry])[entry.pk]}
    files: dict[str, list[EntryFile]] = {}
    for one in entry.files.select_related("file"):
        files.setdefault(one.field, []).append(one)
    pointed = {one.field: one.target for one in entry.links.select_related("target")}
    targets = {key: one for key, one in pointed.items() if _is_seen(scope, one)}
    covered = pointed.keys() - targets.keys()
    lines = _lines(scope, kept, register.fields, values, files, targets)
    return EntryPage(
        kept,
        entry,
        values,
        tuple(_covered(one) if one.field.key in covered else one for one in lines),
        state_label(register, entry.state),
        is_late(register, entry, scope.today),
        entry.close_id is None and may_change(scope, register, entry),
        offers_of(scope, register, entry),
        tuple(entry.moves.select_related("by")),
        history_of(scope, entry),
        tuple(_tied(one, kept.label(key)) for key, one in targets.items()),
        _linked(scope, entry),
        _reports(scope, kept, entry, files),
    )


def offers_of(scope: Scope, register: Register, entry: Entry) -> tuple[Offer, ...]:
    """Give the moves from an entry's state, each with why it may not be made."""
    moves = [one for one in register.moves if entry.state in one.sources]
    return tuple(Offer(one, why_not_move(scope, register, entry, one)) for one in moves)


def history_of(scope: Scope, entry: Entry) -> tuple[Step, ...]:
    """Give what was done with an entry, the newest first; one query of the journal."""
    found = AuditEntry.objects.filter(
        agency=scope.agency, subject_type=entry._meta.label_lower, subject_id=str(entry.pk)
    )
    return tuple(_step(one) for one in found.order_by("-number"))


def _step(line: AuditEntry) -> Step:
    changes = tuple((name, _printed(before), _printed(after)) for name, (before, after) in line.changes.items())
    return Step(line.at, line.actor, line.action, changes)


def _printed(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return "" if value is None else str(value)


def _lines(
    scope: Scope,
    kept: Kept,
    fields: Sequence[Field],
    values: Values,
    files: Mapping[str, list[EntryFile]],
    targets: Mapping[str, Entry],
) -> list[Line]:
    return [
        _line(scope, kept, one, values.get(one.key), tuple(files.get(one.key, ())), targets.get(one.key))
        for one in fields
        if values.get(one.key) is not None or not one.at
    ]


def _line(
    scope: Scope, kept: Kept, field: Field, value: object, files: tuple[EntryFile, ...], target: Entry | None
) -> Line:
    text = shown_to(scope, kept.register, field, value)
    if may_see_field(scope, kept.register, field):
        return Line(field, kept.label(field), text, value, False, target, files)
    return Line(field, kept.label(field), HIDDEN if text else "", None, True)


def _covered(line: Line) -> Line:
    """Cover a line that names an entry which somebody may not see."""
    return replace(line, text=HIDDEN, value=None, is_hidden=True)


def _is_seen(scope: Scope, entry: Entry) -> bool:
    register = edition_of(entry.register, entry.since_be)
    return may_see_entry(scope, register, entry)


def _tied(entry: Entry, label: str) -> Tied:
    register = edition_of(entry.register, entry.since_be)
    return Tied(entry, register, state_label(register, entry.state), label)


def _linked(scope: Scope, entry: Entry) -> tuple[Tied, ...]:
    """Give the newest entries that point here, of the registers that somebody may see."""
    found = EntryLink.objects.filter(target=entry).select_related("entry").order_by("-entry")
    tied = []
    for one in found[:LINKED_MAX]:
        register = edition_of(one.entry.register, one.entry.since_be)
        field = register.field_of(one.field)
        if _is_seen(scope, one.entry):
            tied.append(_tied(one.entry, label_of(field) if field else one.field))
    return tuple(tied)


def _reports(scope: Scope, kept: Kept, entry: Entry, files: Mapping[str, list[EntryFile]]) -> tuple[Report, ...]:
    if kept.register.progress is None:
        return ()
    made = {one.starts_on: one for one in entry.progress.all()}
    may = may_report(scope, kept.register, entry)
    return tuple(
        _report(scope, kept, period, made.get(period.starts_on), files, may=may)
        for period in progress_spans(kept.register, entry.fiscal_year_be)
    )


def _report(
    scope: Scope,
    kept: Kept,
    period: Period,
    report: EntryProgress | None,
    files: Mapping[str, list[EntryFile]],
    *,
    may: bool,
) -> Report:
    fields = kept.register.progress.fields if kept.register.progress else ()
    values = from_json(fields, report.values) if report else {}
    chosen = {ref.id for ref in values.values() if isinstance(ref, Ref)}
    own = {key: [one for one in held if one.file_id in chosen] for key, held in files.items()}
    lines = _lines(scope, kept, fields, values, own, {}) if report else []
    is_open = period.starts_on <= scope.today and (report is None or report.close_id is None)
    return Report(period, report, tuple(lines), may and is_open)
