"""Making and changing entries: one transaction each, in the agency's turn, with a line in the journal."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.registers.model import Register, Values
from prongsai.thai.fiscal import fiscal_year
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, Source
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import Kept, kept_of, kept_with
from prongsai.web.registers.services import checks, columns
from prongsai.web.registers.services.drafts import (
    Desk,
    Draft,
    Files,
    among_others,
    locked,
    read_values,
    redraft,
    rewrite,
    worked_out,
)
from prongsai.web.registers.services.refusals import EntryRefused, hold, refuse


@transaction.atomic
def add_entry(
    scope: Scope,
    *,
    register: str,
    values: Mapping[str, object],
    source: str = Source.DESK,
    asked_by: Person | None = None,
    files: Files = (),
    year_be: int = 0,
) -> Entry:
    """Make an entry. values: typed, by the keys of the fields that are asked when an entry is made; others are left.

    year_be: the fiscal year of an entry that has no date of its own; one that has must be of that year. files: (field,
    file) each. Raises EntryRefused with every fault, UnknownRegister.
    """
    journal.take_turn(scope.agency)
    desk = Desk(scope, register, source=source)
    draft = desk.draft(values, asked_by=asked_by, files=files, year_be=year_be)
    hold(among_others(scope, draft))
    return desk.save([draft])[0]


@transaction.atomic
def add_entries(
    scope: Scope,
    *,
    register: str,
    rows: Sequence[Mapping[str, object]],
    source: str = Source.SHEET,
    asked_by: Person | None = None,
    year_be: int = 0,
) -> list[Entry | EntryRefused]:
    """Make many entries, each as ``add_entry`` does; those that are refused are told in their place.

    A handful of queries for all of them, but in a register whose entries may not overlap. Raises UnknownRegister.
    """
    journal.take_turn(scope.agency)
    desk = Desk(scope, register, source=source)
    made: list[Draft | EntryRefused] = []
    for values in rows:
        try:
            made.append(desk.draft(values, asked_by=asked_by, year_be=year_be))
        except EntryRefused as refused:
            made.append(refused)
    return _saved(desk, made)


def _saved(desk: Desk, made: Sequence[Draft | EntryRefused]) -> list[Entry | EntryRefused]:
    """Hold drafts against the entries that are there and against each other, and write down those that may stand."""
    drafts = [one for one in made if isinstance(one, Draft)]
    there = checks.twins(desk.scope, desk.newest.register, (one.entry.identity for one in drafts))
    closes = checks.closes_of(desk.scope, desk.newest.register) if drafts else []
    settled: list[Draft | EntryRefused] = []
    for one in made:
        try:
            if isinstance(one, Draft):
                hold(among_others(desk.scope, one, there=there, closes=closes))
                there[one.entry.identity] = one.entry
                desk.number(one.entry)
                if one.kept.register.no_overlap:  # the next ones are held against it
                    desk.save([one])
            settled.append(one)
        except EntryRefused as refused:
            settled.append(refused)
    left = [one for one in settled if isinstance(one, Draft)]
    desk.save([one for one in left if one.entry.pk is None])
    return [one.entry if isinstance(one, Draft) else one for one in settled]


@transaction.atomic
def change_entry(
    scope: Scope, *, entry: Entry, values: Mapping[str, object], version: int | None, files: Files = ()
) -> Entry:
    """Change what an entry says. values: of the fields to change, None empties one; fields of moves that were made too.

    Raises Stale, EntryRefused: also for an entry whose period is closed.
    """
    journal.take_turn(scope.agency)
    entry = locked(scope, entry, version)
    kept = kept_with(scope, entry)
    if not rights.may_change(scope, kept.register, entry):
        raise refuse("NOT_ALLOWED", _("ท่านไม่มีสิทธิ์แก้รายการนี้"))
    if entry.close_id is not None:
        raise refuse("CLOSED", _("รายการนี้อยู่ในงวดที่ปิดแล้ว แก้ไม่ได้"), _("เปิดงวดอีกครั้งก่อน พร้อมเหตุผล"))
    moves = tuple(dict.fromkeys(entry.moves.values_list("move", flat=True)))
    asked = {one.key for move in ("", *moves) for one in kept.register.fields_at(move)}
    given = {key: value for key, value in values.items() if key in asked}
    draft = redraft(scope, kept, entry, given, at=("", *moves), files=files)
    return rewrite(scope, draft, "entry.change", {})


@transaction.atomic
def copy_entry(scope: Scope, *, kept: Kept, entry: Entry, fiscal_year_be: int, source: str = Source.CARRIED) -> Entry:
    """Go on with an entry in another fiscal year, in the state it is in; once only. Raises EntryRefused.

    What was asked at moves goes with it. Its rules were held when it was made, and are held again when it is changed.
    """
    journal.take_turn(scope.agency)
    if Entry.objects.filter(before=entry).exists():
        raise refuse("CARRIED", _("ยกรายการนี้ไปปีถัดไปแล้ว"))
    kept = kept_of(scope, entry.register, fiscal_year_be)
    new = Entry(agency=scope.agency, register=entry.register, since_be=kept.register.since_be, source=source)
    new.state, new.unit, new.asked_by, new.written_by = entry.state, entry.unit, entry.asked_by, scope.user
    new.before = entry
    values = read_values(kept.register, entry)
    values |= worked_out(columns.with_matrix(kept.register, entry), values)
    start, end = _into(kept.register, values, scope.today, fiscal_year_be)
    columns.set_dates(new, start, end, 0 if kept.register.standing else fiscal_year_be)
    own = [one.key for one in kept.register.fields]
    files = [(one.field, one.file) for one in entry.files.filter(field__in=own).select_related("file")]
    draft = Draft(kept, new, values, files=files)
    new.identity = columns.identity_of(kept.register, values, new)
    hold(checks.twin(scope, kept.register, new, checks.twins(scope, kept.register, [new.identity])))
    hold(checks.closed(kept.register, checks.closes_of(scope, kept.register), new.dated_on))
    return Desk(scope, entry.register, source=source).save([draft], action="entry.carry")[0]


def _into(register: Register, values: Values, today: date, year_be: int) -> tuple[date, date | None]:
    """Give an entry's days where they are of the year, else its first day."""
    start, end = columns.days_of(register, values, today, year_be)
    year = fiscal_year(year_be)
    return (start, end) if register.standing or year.start <= start <= year.end else (year.start, end)
