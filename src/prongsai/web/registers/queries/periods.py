"""The periods of a register: what is due, closed, stated as none or missed, and what closing one would freeze."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.enums import TextChoices
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from prongsai.registers.known import STATE
from prongsai.registers.model import Fault, FieldType, Flow, Openness, Ref, Register, State, Values
from prongsai.registers.values import from_json
from prongsai.registers.year_checks import ENTRY, year_faults
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.duties.queries import SOON_DAYS
from prongsai.web.duties.queries import occurrences_of as all_occurrences
from prongsai.web.registers.models import Entry, EntryProgress, PeriodClose
from prongsai.web.registers.queries.imports import unfinished
from prongsai.web.registers.queries.library import Kept, edition_of, kept_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.queries.parts import closed_of, open_only, open_to
from prongsai.web.registers.rules import hooks_of


class PeriodState(TextChoices):
    """How a period stands on a day; worked out, never stored."""

    EXPECTED = "expected", _("ยังไม่สิ้นงวด")
    OPEN = "open", _("สิ้นงวดแล้ว รอปิด")
    SOON = "soon", _("ใกล้ครบกำหนด")
    CLOSED = "closed", _("ปิดแล้ว")
    NONE = "none", _("ยืนยันว่าไม่มี")
    MISSED = "missed", _("ขาด")


_TONE = {
    PeriodState.EXPECTED: "waiting",
    PeriodState.OPEN: "waiting",
    PeriodState.SOON: "late_soon",
    PeriodState.CLOSED: "done",
    PeriodState.NONE: "done",
    PeriodState.MISSED: "missed",
}


def tone_of(state: PeriodState) -> str:
    """Give the word by which badges are coloured."""
    return _TONE[state]


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period with its state on a day. n_entries: counted entries in it; for a plan, those reported on."""

    occurrence: Occurrence
    state: PeriodState
    close: PeriodClose | None
    n_entries: int

    @property
    def tone(self) -> str:
        """The word by which badges are coloured."""
        return tone_of(self.state)

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is owed for it."""
        return self.close is not None


@dataclass(frozen=True, slots=True)
class Board:
    """The periods of a register in a fiscal year. expected: how many have ended."""

    kept: Kept
    fiscal_year_be: int
    lines: tuple[PeriodLine, ...]
    expected: int

    @property
    def settled(self) -> int:
        """How many are closed or stated as none."""
        return sum(line.is_settled for line in self.lines)

    @property
    def missed(self) -> int:
        """How many were missed."""
        return sum(line.state is PeriodState.MISSED for line in self.lines)


def duty_key(register: Register) -> str:
    """Give the key of the duty whose occurrences are the register's periods."""
    assert register.due is not None
    return register.due.duty or f"register-{register.id}"


def occurrences_of(scope: Scope, register: Register, fiscal_year_be: int) -> QuerySet[Occurrence]:
    """Give the periods of a register in a fiscal year (BE), in order; none before its year was opened."""
    found = all_occurrences(scope).filter(duty__fiscal_year_be=fiscal_year_be)
    return found.filter(duty__key=duty_key(register)).order_by("starts_on") if register.due else found.none()


def state_of(occurrence: Occurrence, close: PeriodClose | None, today: date) -> PeriodState:
    """Say how a period stands: missed as soon as its last day is over, and visibly so until it is settled."""
    if close:
        return PeriodState.NONE if close.is_nothing else PeriodState.CLOSED
    if occurrence.due_on < today:
        return PeriodState.MISSED
    if occurrence.ends_on >= today:
        return PeriodState.EXPECTED
    return PeriodState.SOON if (occurrence.due_on - today).days <= SOON_DAYS else PeriodState.OPEN


def closes_of(scope: Scope, register: Register, fiscal_year_be: int) -> dict[int, PeriodClose]:
    """Give the closes in force by the occurrence they settle."""
    found = PeriodClose.objects.filter(
        agency=scope.agency, register=register.id, fiscal_year_be=fiscal_year_be, reopened_at=None
    )
    found = found.select_related("closed_by", "occurrence__duty").prefetch_related("evidence__file")
    return {close.occurrence_id: close for close in found}


def board_of(scope: Scope, kept: Kept, fiscal_year_be: int) -> Board:
    """Give the periods of a register with their states; four queries however many entries there are."""
    register = kept.register
    found = list(occurrences_of(scope, register, fiscal_year_be))
    closes = closes_of(scope, register, fiscal_year_be)
    counts = _counts(scope, register, fiscal_year_be)
    lines = tuple(
        PeriodLine(one, state_of(one, closes.get(one.pk), scope.today), closes.get(one.pk), _within(counts, one))
        for one in found
    )
    return Board(kept, fiscal_year_be, lines, sum(one.ends_on < scope.today for one in found))


def _counts(scope: Scope, register: Register, year: int) -> Mapping[date, int]:
    if register.progress:
        found = EntryProgress.objects.filter(
            entry__agency=scope.agency, entry__register=register.id, entry__fiscal_year_be=year
        )
        if closed_of(register.id):
            found = found.filter(entry__in=counted_of(scope, register))
        return dict(found.order_by().values_list("starts_on").annotate(Count("pk")))
    found_entries = counted_of(scope, register).filter(fiscal_year_be__in=(year, 0))
    months = found_entries.order_by().annotate(first_day=TruncMonth("dated_on")).values_list("first_day")
    return dict(months.annotate(Count("pk")))


def _within(counts: Mapping[date, int], occurrence: Occurrence) -> int:
    return sum(count for day, count in counts.items() if occurrence.starts_on <= day <= occurrence.ends_on)


def counted_of(scope: Scope, register: Register) -> QuerySet[Entry]:
    """Give the counted entries of a register that many may read."""
    found = Entry.objects.filter(agency=scope.agency, register=register.id, state__in=register.counted_states)
    return open_only(found, register.id)


def entries_in(scope: Scope, register: Register, occurrence: Occurrence) -> QuerySet[Entry]:
    """Give the counted entries of a period, the oldest first; of a plan, every entry of the year.

    A plan whose entries are dated by one day (contracts, by their signature) has those that were there by its end.
    """
    found = counted_of(scope, register)
    if register.progress or register.flow is Flow.PLAN:
        found = found.filter(fiscal_year_be=occurrence.duty.fiscal_year_be).order_by("number")
        dated = register.field_of(register.dated_by)
        is_day = dated is not None and dated.type is FieldType.DATE
        return found.filter(dated_on__lte=occurrence.ends_on) if is_day else found
    return found.filter(dated_on__range=(occurrence.starts_on, occurrence.ends_on)).order_by("dated_on", "pk")


@dataclass(frozen=True, slots=True)
class Preview:
    """What closing a period would freeze. blocks: why it cannot be closed yet; notes: what to look at."""

    occurrence: Occurrence
    entries: tuple[Entry, ...]
    rows: tuple[tuple[Values, State], ...]
    progress: Mapping[int, EntryProgress]
    blocks: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.entries


def preview_of(scope: Scope, kept: Kept, occurrence: Occurrence) -> Preview:
    """Work out what closing a period would freeze and what stands in the way; nothing is written."""
    register = kept.register
    entries = tuple(entries_in(scope, register, occurrence))
    found = EntryProgress.objects.filter(entry__in=entries, starts_on=occurrence.starts_on) if register.progress else ()
    progress = {one.entry_id: one for one in found}
    linked = linked_values(register, entries)
    rows = tuple(
        (
            _values(register, one, progress) | linked.get(one.pk, {}),
            _state(register, one),
        )
        for one in entries
    )
    blocks, notes = _judged(scope, kept, occurrence, [values for values, _state in rows])
    missing = [one for one in entries if register.progress and one.pk not in progress]
    blocks += [say("“{title}” ยังไม่รายงานความก้าวหน้าของงวดนี้").format(title=one.title) for one in missing]
    waiting = sum(not state.is_final for _values, state in rows) if register.flow is Flow.REQUEST else 0
    if waiting:
        notes.append(say("ยังมี {n} รายการที่ยังไม่สิ้นสุดการพิจารณา ตารางของงวดจะแสดงสถานะตามวันที่ปิด").format(n=waiting))
    if occurrence.ends_on >= scope.today:
        blocks.insert(0, say("งวดนี้ยังไม่สิ้นสุด ปิดได้เมื่อพ้นวันสุดท้ายของงวด"))
    return Preview(occurrence, entries, rows, progress, tuple(blocks), tuple(notes))


def _state(register: Register, entry: Entry) -> State:
    return register.state_of(entry.state) or register.first_state


def _values(register: Register, entry: Entry, progress: Mapping[int, EntryProgress]) -> dict[str, object]:
    values = named_values(entry)
    if register.progress and entry.pk in progress:
        values |= from_json(register.progress.fields, progress[entry.pk].values)
    return values


def _judged(scope: Scope, kept: Kept, occurrence: Occurrence, rows: Sequence[Values]) -> tuple[list[str], list[str]]:
    register, year = kept.register, occurrence.duty.fiscal_year_be
    faults = list(checked(scope, register, year, rows))
    stops, notes = stops_of(scope, register, year)
    blocks = [_told_of(fault) for fault in faults if not fault.is_warning]
    return [*blocks, *stops], [*(_told_of(fault) for fault in faults if fault.is_warning), *notes]


def stops_of(scope: Scope, register: Register, year: int) -> tuple[list[str], list[str]]:
    """Say what stands in the way of settling any period of a year, even an empty one; and what to look at."""
    notices = tuple(hooks_of(register.id).notices(scope, register, year))
    stops = [one.text for one in notices if one.is_blocking]
    if unfinished(scope, register.id).exists():
        stops.append(say("การนำเข้าตารางของทะเบียนนี้ยังบันทึกไม่ครบ กดทำต่อในหน้านำเข้าให้ครบก่อน"))
    return stops, [one.text for one in notices if not one.is_blocking]


def _told_of(fault: Fault) -> str:
    """Say a fault with what is missing, which stands in its mend."""
    return f"{fault.message_th}: {fault.mend_th}" if fault.mend_th else fault.message_th


def checked(scope: Scope, register: Register, year: int, rows: Sequence[Values]) -> tuple[Fault, ...]:
    """Hold the register's year checks against rows of a year. A fault that blocks closing is no warning."""
    if not register.year_checks:
        return ()
    others = {one.register: _rows_of(scope, one.register, year) for one in register.year_checks if one.register}
    tops = Unit.objects.filter(agency=scope.agency, parent=None).on(scope.today).values_list("pk", "name")
    return tuple(year_faults(register, rows, others, [Ref(pk, name) for pk, name in tops]))


def _rows_of(scope: Scope, register_id: str, year: int) -> list[Values]:
    register = kept_of(scope, register_id, year).register
    found = counted_of(scope, register).filter(fiscal_year_be__in=(year, 0))
    return [named_values(one) for one in found.defer("found_by")]


def named_values(entry: Entry) -> dict[str, object]:
    """Give the values of an entry, by the edition it was made by, with its state and which entry it is.

    So the year's checks and the conditions of what a register feeds ask for them.
    """
    fields = edition_of(entry.register, entry.since_be).fields
    return {**from_json(fields, entry.values), STATE: entry.state, ENTRY: Ref(entry.pk, entry.title)}


def reporting(register: Register) -> Register:
    """Give a plan register as it is reported on: the fields of its progress stand behind its own."""
    if register.progress is None:
        return register
    extra = register.progress.fields
    public = register.public
    if public and public.columns:
        told = (one.key for one in extra if one.openness in (Openness.PUBLIC, Openness.MASKED))
        public = replace(public, columns=(*public.columns, *told))
    columns = (*register.print_.columns, *(one.key for one in extra)) if register.print_.columns else ()
    return replace(
        register,
        fields=(*register.fields, *extra),
        public=public,
        print_=replace(register.print_, columns=columns),
    )


def boards_of(scope: Scope, kept: Sequence[Kept], fiscal_year_be: int) -> tuple[Board, ...]:
    """Give the periods of several registers side by side; two queries however many registers there are."""
    by_key: dict[str, list[Occurrence]] = defaultdict(list)
    keys = {duty_key(one.register) for one in kept}
    found = all_occurrences(scope).filter(duty__fiscal_year_be=fiscal_year_be, duty__key__in=keys)
    for occurrence in found.order_by("starts_on"):
        by_key[occurrence.duty.key].append(occurrence)
    closes: dict[tuple[str, int], PeriodClose] = {}
    for close in PeriodClose.objects.filter(
        agency=scope.agency, fiscal_year_be=fiscal_year_be, reopened_at=None
    ).select_related("closed_by"):
        closes[close.register, close.occurrence_id] = close
    return tuple(_board(scope, one, by_key[duty_key(one.register)], closes, fiscal_year_be) for one in kept)


def _board(
    scope: Scope,
    kept: Kept,
    found: Sequence[Occurrence],
    closes: Mapping[tuple[str, int], PeriodClose],
    fiscal_year_be: int,
) -> Board:
    settled = [(one, closes.get((kept.register.id, one.pk))) for one in found]
    lines = tuple(
        PeriodLine(one, state_of(one, close, scope.today), close, close.n_entries if close else 0)
        for one, close in settled
    )
    return Board(kept, fiscal_year_be, lines, sum(one.ends_on < scope.today for one in found))


@dataclass(frozen=True, slots=True)
class Carry:
    """How many of last year's entries a register may go on with."""

    kept: Kept
    n_entries: int


def carries_of(scope: Scope, kept: Sequence[Kept], to_year_be: int) -> tuple[Carry, ...]:
    """Give the registers with entries of last year that go on and have not been carried; one query."""
    found = Entry.objects.filter(agency=scope.agency, fiscal_year_be=to_year_be - 1, after=None)
    wanted = Q(pk__in=())
    for one in kept:
        wanted |= Q(register=one.register.id, state__in=one.register.carries)
    found = open_to(scope, found, *(one.id for one in kept))
    counts = dict(found.filter(wanted).order_by().values_list("register").annotate(Count("pk")))
    return tuple(Carry(one, counts[one.register.id]) for one in kept if counts.get(one.register.id))
