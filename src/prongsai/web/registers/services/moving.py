"""What happens to entries after they are made: moves from state to state, and progress reported of plans."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.registers.derive import derive
from prongsai.registers.model import Move, Ref, Register, Values
from prongsai.registers.rules import progress_faults
from prongsai.registers.values import from_json, to_json
from prongsai.web.agencies import journal
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.queries import signature_lines
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.rhythm import Period
from prongsai.web.evidence.models import File
from prongsai.web.registers.models import Entry, EntryFile, EntryMove, EntryProgress
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import Kept, kept_with
from prongsai.web.registers.queries.spans import progress_spans
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services import checks, told
from prongsai.web.registers.services.drafts import Files, locked, read_values, redraft, rewrite, value_kinds
from prongsai.web.registers.services.refusals import hold, refuse

BY_MAX = 300


@transaction.atomic
def move_entry(
    scope: Scope,
    *,
    entry: Entry,
    move: str,
    values: Mapping[str, object] | None = None,
    note: str = "",
    version: int | None,
    told: bool = False,
    files: Files = (),
) -> Entry:
    """Move an entry to another state. values: of the fields that are asked at the move. told: the outsider reads note.

    An entry of a closed period goes on too, since the table of the period stands as it was frozen; but it is not taken
    out of the count. Raises Stale, EntryRefused.
    """
    journal.take_turn(scope.agency)
    entry = locked(scope, entry, version)
    kept = kept_with(scope, entry)
    made = _move_of(kept.register, move)
    _hold_move(scope, kept.register, entry, made, note)
    source, entry.state = entry.state, made.to
    state = kept.register.state_of(made.to)
    entry.done_on = scope.today if state is not None and state.is_final else None
    asked = {one.key for one in kept.register.fields_at(move)}
    given = {key: value for key, value in (values or {}).items() if key in asked}
    draft = redraft(scope, kept, entry, given, at=(move,), files=[one for one in files if one[0] in asked])
    _keep_move(scope, entry, made, source, note.strip(), told)
    return rewrite(scope, draft, "entry.move", _told(kept, source, made, note.strip()))


def _move_of(register: Register, key: str) -> Move:
    found = register.move_of(key)
    if found is None:
        raise refuse("NO_MOVE", _("ทะเบียนนี้ไม่มีขั้นตอนดังกล่าว"))
    return found


def _hold_move(scope: Scope, register: Register, entry: Entry, move: Move, note: str) -> None:
    why = rights.why_not_move(scope, register, entry, move)
    if why:
        raise refuse("NOT_ALLOWED", why)
    if move.note_required and not note.strip():
        raise refuse("NOTE", _("ขั้นตอนนี้ต้องบอกเหตุผล"), _("เขียนเหตุผล"), field="note")
    state = register.state_of(move.to)
    if entry.close_id is not None and state is not None and not state.is_counted:
        raise refuse("CLOSED", _("รายการนี้อยู่ในงวดที่ปิดแล้ว ยกเลิกไม่ได้"), _("เปิดงวดอีกครั้งก่อน พร้อมเหตุผล"))
    hold(checks.still_pointed_at(scope, register, entry, move.to))


def _keep_move(scope: Scope, entry: Entry, move: Move, source: str, note: str, is_told: bool) -> None:
    EntryMove.objects.create(
        entry=entry,
        move=move.key,
        source=source,
        to=move.to,
        by=scope.person,
        by_text=capacity_of(scope),
        on=scope.today,
        note=note,
        is_told=is_told,
    )


def _told(kept: Kept, source: str, move: Move, note: str) -> told.Told:
    register = kept.register
    lines: told.Told = {told.STATE: (told.state_label(register, source), told.state_label(register, move.to))}
    return lines | ({told.NOTE: (None, told.why(register, note))} if note else {})


def capacity_of(scope: Scope) -> str:
    """Name who acts and in which capacity, for the record."""
    if scope.person is None:
        return scope.actor[:BY_MAX]
    held = Appointment.objects.filter(agency=scope.agency, person=scope.person).on(scope.today)
    first = held.select_related("post").order_by("post__place", "pk").first()
    words = " ".join(signature_lines(first, scope.today)) if first else ""
    return f"{scope.person} {words}".strip()[:BY_MAX]


# --- progress -------------------------------------------------------------------------------------------------------
@transaction.atomic
def report_progress(
    scope: Scope,
    *,
    entry: Entry,
    starts_on: date,
    values: Mapping[str, object],
    version: int | None,
    files: Files = (),
) -> EntryProgress:
    """Report on an entry of a plan in the period that starts on a day; a second report takes the place of the first.

    version: of the report that the user saw, 0 when there was none. Raises Stale, EntryRefused.
    """
    journal.take_turn(scope.agency)
    entry = locked(scope, entry, None)
    kept = kept_with(scope, entry)
    period = _hold_report(scope, kept.register, entry, starts_on)
    report = EntryProgress.objects.filter(entry=entry, starts_on=starts_on).first()
    report = _held(report or _new(entry, period), version)
    before = from_json(_progress_fields(kept.register), report.values)
    attached = dict(files)
    chosen = {key: Ref(file.pk, file.name) for key, file in attached.items()}
    after = _settled(scope, kept.register, entry, {**values, **chosen}, before)
    report.values, report.written_by = to_json(_progress_fields(kept.register), after), scope.user
    report.version += 1 if report.pk else 0
    report.save()
    _attach(entry, attached, before, after)
    lines: told.Told = {"งวด": (None, period.label)}
    lines |= told.changes(kept, before, after, _progress_fields(kept.register), plan=read_values(kept.register, entry))
    journal.note(scope, "entry.progress", told.name(kept.register, entry), lines)
    return report


def _attach(entry: Entry, attached: Mapping[str, File], before: Values, after: Values) -> None:
    """Keep the files of a report with its entry; one that was taken off, or replaced, goes."""
    for key, old in before.items():
        if isinstance(old, Ref) and old.id is not None and old != after.get(key):
            EntryFile.objects.filter(entry=entry, field=key, file_id=old.id).delete()
    EntryFile.objects.bulk_create(
        EntryFile(entry=entry, field=key, file=file, name=file.name) for key, file in attached.items()
    )


def _hold_report(scope: Scope, register: Register, entry: Entry, starts_on: date) -> Period:
    if not rights.may_report(scope, register, entry):
        raise refuse("NOT_ALLOWED", _("ท่านไม่มีสิทธิ์รายงานรายการนี้"))
    state = register.state_of(entry.state)
    if state is not None and not state.is_counted:
        raise refuse("NOT_COUNTED", _("รายการนี้ยกเลิกแล้ว"))
    period = next((one for one in progress_spans(register, entry.fiscal_year_be) if one.starts_on == starts_on), None)
    if period is None:
        raise refuse("NO_PERIOD", _("ไม่มีงวดรายงานที่เริ่มวันนี้"))
    if period.starts_on > scope.today:
        raise refuse("NOT_YET", _("งวดนี้ยังไม่เริ่ม"))
    if why := hooks_of(register.id).why_not_report(scope, register, entry):
        raise refuse("NOT_REPORTED", why)
    return period


def _held(report: EntryProgress, version: int | None) -> EntryProgress:
    if report.close_id is not None:
        raise refuse("CLOSED", _("งวดนี้ปิดแล้ว แก้รายงานไม่ได้"), _("เปิดงวดอีกครั้งก่อน พร้อมเหตุผล"))
    if version is not None and version != (report.version if report.pk else 0):
        raise Stale(report)
    return report


def _new(entry: Entry, period: Period) -> EntryProgress:
    return EntryProgress(entry=entry, label=period.label, starts_on=period.starts_on, ends_on=period.ends_on)


def _progress_fields(register: Register) -> tuple:
    return register.progress.fields if register.progress else ()


def _settled(
    scope: Scope, register: Register, entry: Entry, values: Mapping[str, object], before: Values
) -> dict[str, object]:
    """Give the values of a report, settled and derived. Raises EntryRefused."""
    fields = _progress_fields(register)
    known = {one.key for one in fields}
    given = {**before, **{key: value for key, value in values.items() if key in known}}
    given = {key: value for key, value in given.items() if value not in (None, "", ())}
    own = replace(register, fields=fields)
    hold(value_kinds(own, given))
    settled, found = checks.Pointed(scope).settle(own, given, before)
    hold([*found, *progress_faults(register, read_values(register, entry), settled, scope.today)])
    return settled | derive(register, settled, fields=fields)
