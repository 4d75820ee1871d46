"""Entries on their way in: worked out, held against the rules of the register and the other entries, written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from prongsai.errors import UnknownRegister
from prongsai.registers.derive import derive
from prongsai.registers.model import Fault, FieldType, Ref, Register, Values
from prongsai.registers.rules import faults
from prongsai.registers.values import ValueRefused, from_json, to_json
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies import journal
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Person, Post, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.registers.models import Entry, EntryFile, EntryLink, PeriodClose
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.queries.linked import looked_up
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services import checks, columns, told
from prongsai.web.registers.services.refusals import hold, refuse

Files = Iterable[tuple[str, File]]  # field and file
BATCH = 500


@dataclass
class Draft:
    """An entry that may be written. values: typed, with what was derived. before, was: those and the day it had."""

    kept: Kept
    entry: Entry
    values: dict[str, object]
    before: Mapping[str, object] = field(default_factory=dict)
    was: date | None = None
    files: Sequence[tuple[str, File]] = ()


class Desk:
    """What is written in one transaction: editions and things pointed at are fetched once, numbers run on."""

    def __init__(self, scope: Scope, register: str, *, source: str) -> None:
        """register: its id. The agency's turn must have been taken. Raises UnknownRegister."""
        self.scope = scope
        self.source = source
        self.newest = kept_of(scope, register)
        self._editions: dict[int, Kept] = {}
        self._numbers: dict[int, int] = {}
        self._pointed = checks.Pointed(scope)
        self._unit = own_unit(scope)

    def draft(
        self, values: Mapping[str, object], *, asked_by: Person | None = None, files: Files = (), year_be: int = 0
    ) -> Draft:
        """Work an entry out and hold its own rules against it. Raises EntryRefused."""
        register = self.newest.register
        if not self.newest.is_open:
            raise refuse("NOT_OPEN", _("หน่วยงานไม่ได้ใช้ทะเบียนนี้"), _("เปิดใช้ในหน้าตั้งค่าทะเบียน"))
        if not rights.may_enter(self.scope, register):
            raise refuse("NOT_ALLOWED", _("ท่านไม่มีสิทธิ์บันทึกในทะเบียนนี้"))
        start, end = columns.days_of(register, values, self.scope.today, year_be)
        kept = self._kept(columns.year_of(register, start))
        entry = Entry(
            agency=self.scope.agency,
            register=register.id,
            since_be=kept.register.since_be,
            state=kept.register.first_state.key,
            source=self.source,
            asked_by=asked_by,
            written_by=self.scope.user,
        )
        columns.set_dates(entry, start, end, columns.year_of(kept.register, start))
        own = {one.key for one in kept.register.fields_at("")}
        draft = Draft(kept, entry, {key: value for key, value in values.items() if key in own}, files=tuple(files))
        hold(_of_year(kept.register, entry, year_be))
        settle(
            self.scope, draft, self._pointed, at=("",), unit=self._unit or (kept.setting.unit if kept.setting else None)
        )
        return draft

    def save(self, drafts: Sequence[Draft], *, action: str = "entry.add") -> list[Entry]:
        """Write new entries down, with a line each in the journal."""
        for one in drafts:
            self.number(one.entry)
            columns.fill(one.entry, one.kept.register, one.values, self.scope.today)
        made = Entry.objects.bulk_create([one.entry for one in drafts], batch_size=BATCH)
        attach(drafts)
        lines = [(action, told.name(one.kept.register, one.entry), _told(one)) for one in drafts]
        journal.note_all(self.scope, lines)
        for one in drafts:
            hooks_of(one.entry.register).after(self.scope, one.kept.register, one.entry)
        return made

    def number(self, entry: Entry) -> None:
        """Give an entry the next number of its year, unless it has one."""
        if entry.number is None:
            self._numbers.setdefault(entry.fiscal_year_be, self._last(entry.fiscal_year_be))
            self._numbers[entry.fiscal_year_be] += 1
            entry.number = self._numbers[entry.fiscal_year_be]

    def _kept(self, year: int) -> Kept:
        if year not in self._editions:
            try:
                self._editions[year] = kept_of(self.scope, self.newest.id, year)
            except UnknownRegister as unknown:
                raise refuse(
                    "NO_EDITION", unknown.message_th, unknown.mend_th, field=self.newest.register.dated_by
                ) from unknown
        return self._editions[year]

    def _last(self, year: int) -> int:
        if year in self._numbers:
            return self._numbers[year]
        same = Entry.objects.filter(agency=self.scope.agency, register=self.newest.id, fiscal_year_be=year)
        return same.aggregate(last=Max("number"))["last"] or 0


def _told(draft: Draft) -> told.Told:
    return {told.NUMBER: (None, draft.entry.number), **told.changes(draft.kept, {}, draft.values)}


# --- shared with moves ----------------------------------------------------------------------------------------------
def locked(scope: Scope, entry: Entry, version: int | None) -> Entry:
    """Give an entry of the agency as it is now, held until the transaction ends. Raises Stale, ValidationError."""
    held = Entry.objects.select_for_update(of=("self",)).select_related("unit")
    current = held.filter(agency=scope.agency, pk=entry.pk).first()
    if current is None:
        raise ValidationError(_("รายการนี้ถูกลบไปแล้ว"))
    if version is not None and current.version != version:
        raise Stale(current)
    return current


def redraft(
    scope: Scope,
    kept: Kept,
    entry: Entry,
    values: Mapping[str, object],
    *,
    at: Sequence[str] = ("",),
    files: Files = (),
) -> Draft:
    """Work a changed entry out and hold its own rules against it. at: the moves whose fields must be filled in."""
    kept = replace(kept, register=columns.with_matrix(kept.register, entry))
    before, was = read_values(kept.register, entry), entry.dated_on
    draft = Draft(kept, entry, {**before, **values}, before, was, tuple(files))
    if kept.register.dated_by:
        start, end = columns.days_of(kept.register, draft.values, was)
        columns.set_dates(entry, start, end, columns.year_of(kept.register, start))
        if start != was:
            hold(_moved(scope, kept.register, entry, was))
    settle(scope, draft, checks.Pointed(scope), at=at, unit=entry.unit)
    return draft


def rewrite(scope: Scope, draft: Draft, action: str, lines: told.Told) -> Entry:
    """Write a changed entry down, when anything changed. lines: what else the journal is told."""
    hold(among_others(scope, draft))
    lines = lines | told.changes(draft.kept, draft.before, draft.values)
    if not lines:
        return draft.entry
    columns.fill(draft.entry, draft.kept.register, draft.values, scope.today)
    hold(checks.named_openly(scope, draft.entry))
    draft.entry.version += 1
    draft.entry.save()
    attach([draft])
    journal.note(scope, action, told.name(draft.kept.register, draft.entry), lines)
    hooks_of(draft.entry.register).after(scope, draft.kept.register, draft.entry)
    return draft.entry


def read_values(register: Register, entry: Entry) -> dict[str, object]:
    """Read the values of an entry, derived ones too."""
    return from_json(register.fields, entry.values)


def worked_out(register: Register, values: Values) -> dict[str, object]:
    """Derive what can be derived; lookups too, which cost a query."""
    linked = looked_up(register, {0: values})[0]
    return derive(register, values, linked)


def settle(scope: Scope, draft: Draft, pointed: checks.Pointed, *, at: Sequence[str], unit: Unit | None) -> None:
    """Settle what is pointed at and derived, whose entry it is, and hold the register's rules. Raises EntryRefused."""
    register, entry = draft.kept.register, draft.entry
    asked = {one.key for one in register.fields if one.type is not FieldType.DERIVED}
    given = {key: value for key, value in draft.values.items() if key in asked and value not in (None, "", ())}
    given |= {key: Ref(file.pk, file.name) for key, file in draft.files if key in asked}
    found = value_kinds(register, given)
    hold(found)
    values, found = pointed.settle(register, given, draft.before)
    values |= worked_out(register, values)
    draft.values = values
    entry.unit = _unit_of(register, values, pointed, unit)
    found += _of_unit(scope, register, entry) if "" in at else ()
    for move in at:
        held = faults(register, values, at=move, today=scope.today, fiscal_year_be=entry.fiscal_year_be)
        found += [one for one in held if one not in found]
    if not any(not one.is_warning for one in found):  # a rule of its own may count on the declared ones
        own = list(hooks_of(register.id).check(scope, register, values, entry if entry.pk else None))
        entry.warned = tuple(one for one in own if one.is_warning)
        found += own
    hold(found)
    entry.identity = columns.identity_of(register, values, entry)


def value_kinds(register: Register, values: Values) -> list[Fault]:
    """Refuse values that are not of their fields' types: what cannot be read again is not kept."""
    fields = [one for one in register.fields if one.key in values]
    try:
        from_json(fields, to_json(fields, values))
    except ValueRefused as refused:
        return list(refused.faults)
    except (AttributeError, TypeError, ValueError):
        return [Fault("", "VALUE_KIND", _("ค่าที่ส่งมาไม่ตรงกับชนิดของช่อง"))]
    return []


def _unit_of(register: Register, values: Values, pointed: checks.Pointed, unit: Unit | None) -> Unit | None:
    """Give whose entry it is: the unit in it, or that of the thing it points at; else that of who writes."""
    named = register.field_of(register.unit_by) if register.unit_by else None
    ref = values.get(register.unit_by)
    if named is None or not isinstance(ref, Ref) or ref.id is None:
        return unit
    row = pointed.row(named, ref.id)
    return row.unit if isinstance(row, Entry) else row if isinstance(row, Unit) else unit


def _of_unit(scope: Scope, register: Register, entry: Entry) -> list[Fault]:
    """Who does not keep the register enters rows of the own unit only."""
    # Who holds a post of the whole agency, as executives do, has no unit of their own.
    is_free = rights.may_keep(scope, register) or not scope.unit_ids
    if is_free or entry.unit_id is None or entry.unit_id in scope.unit_ids:
        return []
    return [Fault(register.unit_by, "OTHER_UNIT", _("บันทึกได้เฉพาะรายการของส่วนราชการของท่าน"), _("เลือกส่วนราชการของท่าน"))]


def _of_year(register: Register, entry: Entry, year_be: int) -> list[Fault]:
    if not year_be or register.standing or entry.fiscal_year_be == year_be:
        return []
    told_ = to_thai(_("วันที่อยู่ในปีงบประมาณ {other} ไม่ใช่ {year}").format(other=entry.fiscal_year_be, year=year_be))
    return [Fault(register.dated_by, "OTHER_YEAR", told_, _("ตรวจวันที่ หรือเลือกปีให้ตรง"))]


def _moved(scope: Scope, register: Register, entry: Entry, was: date) -> list[Fault]:
    """A day changed: the numbers of a year are given once, and neither day may stand in a closed period."""
    found = list(checks.closed(register, checks.closes_of(scope, register), was))
    if not register.standing and fiscal_year_be(was) != entry.fiscal_year_be:
        why = to_thai(_("เลขที่รายการเป็นของปีงบประมาณ {year} จึงย้ายวันที่ไปปีอื่นไม่ได้").format(year=fiscal_year_be(was)))
        found.append(Fault(register.dated_by, "OTHER_YEAR", why, _("ยกเลิกรายการนี้แล้วบันทึกใหม่ในปีที่ถูกต้อง")))
    return found


def among_others(
    scope: Scope,
    draft: Draft,
    *,
    there: Mapping[str, Entry] | None = None,
    closes: Sequence[PeriodClose] | None = None,
) -> list[Fault]:
    """Hold a draft against other entries and closed periods, under the agency's turn. there, closes: when known."""
    register, entry = draft.kept.register, draft.entry
    there = checks.twins(scope, register, [entry.identity]) if there is None else there
    found = [*checks.twin(scope, register, entry, there), *checks.overlaps(scope, register, entry, draft.values)]
    if draft.was != entry.dated_on:
        closes = checks.closes_of(scope, register) if closes is None else closes
        found += checks.closed(register, closes, entry.dated_on)
    return found


def attach(drafts: Sequence[Draft]) -> None:
    """Bring links and files in line with the values."""
    links = [row for one in drafts for row in _links(one)]
    files = [row for one in drafts for row in _files(one)]
    EntryLink.objects.bulk_create(links, batch_size=BATCH)
    EntryFile.objects.bulk_create(files, batch_size=BATCH)


def _links(draft: Draft) -> list[EntryLink]:
    entry, links = draft.entry, checks.links_of(draft.kept.register, draft.values)
    had = checks.links_of(draft.kept.register, draft.before)
    gone = [key for key in had if links.get(key) != had[key]]
    if gone:
        EntryLink.objects.filter(entry=entry, field__in=gone).delete()
    return [EntryLink(entry=entry, field=key, target_id=pk) for key, pk in links.items() if had.get(key) != pk]


def _files(draft: Draft) -> list[EntryFile]:
    given = {key for key, _file in draft.files}
    rows = [EntryFile(entry=draft.entry, field=key, file=file, name=file.name) for key, file in draft.files]
    for one in draft.kept.register.fields:
        now, had = draft.values.get(one.key), draft.before.get(one.key)
        if one.type is not FieldType.FILE or (now == had and one.key not in given):
            continue
        if had is not None:  # another file takes its place, or none
            EntryFile.objects.filter(entry=draft.entry, field=one.key).delete()
        if isinstance(now, Ref) and now.id is not None and one.key not in given:
            rows.append(EntryFile(entry=draft.entry, field=one.key, file_id=now.id, name=now.text))
    return rows


def own_unit(scope: Scope) -> Unit | None:
    """Give the unit of who writes: that of the first post held."""
    held = Post.objects.filter(pk__in=scope.post_ids, unit__isnull=False).select_related("unit").order_by("place", "pk")
    post = held.first() if scope.post_ids else None
    return post.unit if post else None
