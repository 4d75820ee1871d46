"""Spreadsheets on their way into a register: staged, looked at row by row, saved.

A sheet of fifty thousand rows is not written within one request, so nothing here tries to: ``step`` and ``save`` take
some rows each, every call is one transaction, and where it stopped stands in the batch with what it did. A power cut
leaves whole calls behind, never half of one; the page offers to go on from there, and no row is written twice. Rows
that are saved are entries like any other at once: between two calls the register holds a part of the sheet, and says so
as long as the batch is SAVING (``queries.imports.unfinished``). One transaction for all would keep every other writer
of the agency waiting for minutes, and lose everything when the machine stops in the last of them.
"""

import hashlib
from collections.abc import Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.errors import ProngsaiError
from prongsai.registers.model import Flow, Register
from prongsai.registers.sheets import Sheet, rows_of
from prongsai.registers.values import ValueRefused, from_json
from prongsai.web.agencies import journal
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Fate, ImportBatch, ImportRow, ImportState
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.imports import earlier
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.services.entries import add_entries, change_entry
from prongsai.web.registers.services.import_fates import VERSION, Judge
from prongsai.web.registers.services.refusals import EntryRefused, refuse

STEP = 500
NAME_MAX = 255
_BULK = 500
_WRITTEN = ("fate", "faults", "values", "identity", "entry", "is_saved")


class ImportRefused(ProngsaiError):
    """A spreadsheet that is not taken, or not saved as it is."""

    def __init__(self, message: str, message_th: str, mend_th: str = "") -> None:
        super().__init__(message, message_th=message_th, mend_th=mend_th)


# --- staging --------------------------------------------------------------------------------------------------------
def stage(scope: Scope, *, register: str, content: bytes, name: str, year: int = 0) -> ImportBatch:
    """Read a spreadsheet and keep its rows beside the register; nothing enters it yet.

    year: the fiscal year (BE) of rows that have no date of their own; those that have must be of it; 0: any. Raises
    UnknownRegister, EntryRefused without the right to enter, FileUnusable, LimitExceeded, ImportRefused for a sheet
    without rows or without columns that must be there.
    """
    kept = kept_of(scope, register, year)
    if not kept.is_open or not rights.may_enter(scope, kept.register):
        raise refuse("NOT_ALLOWED", _("ท่านไม่มีสิทธิ์บันทึกในทะเบียนนี้"))
    sheet = rows_of(content, name, kept.register, kept.labels)
    _need_columns(kept, sheet)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            agency=scope.agency,
            register=register,
            name=name[:NAME_MAX],
            sha256=hashlib.sha256(content).hexdigest(),
            fiscal_year_be=year,
            head=list(sheet.head),
            columns=dict(sheet.columns),
            made_by=scope.user,
        )
        batch.n_rows = sum(_keep_rows(batch, sheet))
        if not batch.n_rows:
            raise ImportRefused("no rows", _("ไม่มีแถวข้อมูลใต้หัวตาราง"), _("กรอกข้อมูลใต้หัวตาราง แล้วนำเข้าใหม่"))
        batch.save()
        told = {"ทะเบียน": (None, kept.name_th), "แถว": (None, batch.n_rows), "sha256": (None, batch.sha256)}
        journal.note(scope, "import.stage", batch, told)
    return batch


def _need_columns(kept: Kept, sheet: Sheet) -> None:
    """Refuse a sheet that cannot make a single entry, nor name one that is there."""
    register = kept.register
    missing = [one for one in register.fields_at("") if one.required and one.key not in sheet.columns]
    if missing and not (register.unique and all(key in sheet.columns for key in register.unique)):
        names = ", ".join(f"“{kept.label(one)}”" for one in missing)
        raise ImportRefused(
            f"columns are missing: {', '.join(one.key for one in missing)}",
            _("ตารางขาดคอลัมน์ที่ต้องมี: {names}").format(names=names),
            _("เพิ่มคอลัมน์ หรือใช้แบบนำเข้าของทะเบียน"),
        )


def _keep_rows(batch: ImportBatch, sheet: Sheet) -> Iterator[int]:
    while chunk := [ImportRow(batch=batch, number=n, cells=cells) for n, cells in islice(sheet.rows, _BULK)]:
        ImportRow.objects.bulk_create(chunk)
        yield len(chunk)


# --- looking at rows ------------------------------------------------------------------------------------------------
@transaction.atomic
def step(scope: Scope, *, batch: ImportBatch, rows: int = STEP) -> ImportBatch:
    """Work out what becomes of the next rows; where that is done for all of them, nothing. Raises UnknownRegister."""
    batch = _held(scope, batch)
    if batch.state != ImportState.READING:
        return batch
    chunk = _next(batch, rows)
    with override("th"):  # what is wrong with a row is kept with it
        Judge(scope, batch).judge(chunk)
    _write(chunk)
    for row in chunk:
        _count(batch, row.fate, 1)
    batch.n_done += len(chunk)
    if batch.n_done >= batch.n_rows:
        batch.state, batch.n_done = ImportState.LOOKED_AT, 0
    batch.save()
    return batch


def _held(scope: Scope, batch: ImportBatch) -> ImportBatch:
    held = ImportBatch.objects.select_for_update(of=("self",)).filter(agency=scope.agency, pk=batch.pk).first()
    if held is None:
        raise ValidationError(_("การนำเข้านี้ถูกลบไปแล้ว"))
    return held


def _next(batch: ImportBatch, rows: int) -> list[ImportRow]:
    """Give the rows after those that the present work has behind it."""
    return list(batch.rows.select_related("entry").order_by("number")[batch.n_done : batch.n_done + rows])


def _write(rows: list[ImportRow]) -> None:
    """Write what was found out about rows, in one statement."""
    ImportRow.objects.bulk_create(
        rows, batch_size=_BULK, update_conflicts=True, unique_fields=["id"], update_fields=list(_WRITTEN)
    )


def _count(batch: ImportBatch, fate: str, by: int) -> None:
    name = f"n_{fate}"
    setattr(batch, name, getattr(batch, name) + by)


# --- saving ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def save(
    scope: Scope,
    *,
    batch: ImportBatch,
    version: int | None,
    rows: int = STEP,
    only_good: bool = False,
    again: bool = False,
) -> ImportBatch:
    """Save the next rows of a batch that was looked at: new entries, and changes of those that are there.

    only_good: although some rows are faulty; they stay in the batch. again: although the same file was saved before
    into a register in which nothing occurs only once. Raises Stale, ImportRefused, UnknownRegister. A row that is no
    longer right by now (a period was closed, somebody else changed the entry) becomes a faulty one.
    """
    journal.take_turn(scope.agency)
    batch = _held(scope, batch)
    kept = kept_of(scope, batch.register, batch.fiscal_year_be)
    if not kept.is_open or not rights.may_enter(scope, kept.register):
        raise refuse("NOT_ALLOWED", _("ท่านไม่มีสิทธิ์บันทึกในทะเบียนนี้"))
    if batch.state != ImportState.SAVING:
        _begin(scope, kept, batch, version, only_good=only_good, again=again)
    chunk = _next(batch, rows)
    with override("th"):
        _Saver(scope, kept.register, batch).save(chunk)
    _write(chunk)
    batch.n_done += len(chunk)
    if batch.n_done >= batch.n_rows:
        _finish(scope, batch)
    batch.save()
    return batch


def _begin(scope: Scope, kept: Kept, batch: ImportBatch, version: int | None, *, only_good: bool, again: bool) -> None:
    if version is not None and batch.version != version:
        raise Stale(batch)
    if batch.state != ImportState.LOOKED_AT:
        raise ImportRefused("not ready", _("ตารางนี้ยังตรวจไม่เสร็จ หรือบันทึกหรือทิ้งไปแล้ว"), _("เปิดหน้านี้ใหม่"))
    if batch.n_faulty and not only_good:
        told = _("มี {n} แถวที่ผิด จึงยังไม่บันทึก").format(n=batch.n_faulty)
        raise ImportRefused("faulty rows", told, _("แก้ในตารางแล้วนำเข้าใหม่ หรือเลือกบันทึกเฉพาะแถวที่ถูก"))
    if not kept.register.unique and not again and earlier(batch).exists():
        told = _("ไฟล์นี้เคยบันทึกแล้ว บันทึกอีกจะได้รายการซ้ำทั้งหมด")
        raise ImportRefused("saved before", told, _("ถ้าตั้งใจ ให้เลือกว่าบันทึกซ้ำ"))
    batch.state, batch.n_done = ImportState.SAVING, 0
    batch.version += 1
    counts = {"เพิ่มใหม่": (None, batch.n_new), "แก้ไข": (None, batch.n_changed), "ผิด": (None, batch.n_faulty)}
    journal.note(scope, "import.save", batch, counts)


def _finish(scope: Scope, batch: ImportBatch) -> None:
    """End a batch. Of its rows only those that were not saved are kept: the others are entries now."""
    batch.state, batch.saved_at, batch.n_done = ImportState.SAVED, timezone.now(), batch.n_rows
    batch.version += 1
    batch.rows.exclude(fate=Fate.FAULTY).delete()
    journal.note(scope, "import.saved", batch, {"ไม่ได้บันทึก": (None, batch.n_faulty)})


def asker_of(scope: Scope, register: Register) -> Person | None:
    """Give for whom a new entry asks: of requests, who writes it down."""
    return scope.person if register.flow is Flow.REQUEST else None


class _Saver:
    """Saves rows, each as by hand."""

    def __init__(self, scope: Scope, register: Register, batch: ImportBatch) -> None:
        self._scope = scope
        self._register = register
        self._batch = batch
        self._judge: Judge | None = None

    def save(self, rows: list[ImportRow]) -> None:
        """Save those of the rows that are new or changed; what is refused by now stays as a faulty one."""
        new = [(row, values) for row in rows if row.fate == Fate.NEW and (values := self._values(row)) is not None]
        made = add_entries(
            self._scope,
            register=self._batch.register,
            rows=[values for _row, values in new],
            asked_by=asker_of(self._scope, self._register),
            year_be=self._batch.fiscal_year_be,
        )
        for (row, _values), one in zip(new, made, strict=True):
            if isinstance(one, EntryRefused):
                self._refuse(row, one)
            else:
                row.entry, row.is_saved = one, True
        for row in rows:
            if row.fate == Fate.CHANGED:
                self._change(row)

    def _values(self, row: ImportRow) -> dict[str, object] | None:
        """Give a row's values, empty ones too; None when the register does not take them any more."""
        try:
            found = from_json(self._register, row.values)
        except ValueRefused as refused:
            self._refuse(row, EntryRefused(refused.faults))
            return None
        return {**dict.fromkeys(self._batch.columns), **found}

    def _change(self, row: ImportRow) -> None:
        values = self._values(row)
        if values is None:
            return
        if row.entry is None:
            self._refuse(row, refuse("GONE", _("รายการเดิมถูกลบไปแล้ว")))
            return
        try:
            change_entry(self._scope, entry=row.entry, values=values, version=row.values.get(VERSION))
        except Stale:
            told = _("มีผู้อื่นแก้ไขรายการนี้หลังจากตรวจตาราง จึงไม่เขียนทับ")
            self._refuse(row, refuse("STALE", told, _("ตรวจรายการ แล้วนำเข้าแถวนี้ใหม่")))
        except EntryRefused as refused:
            self._refuse(row, refused)
        else:
            row.is_saved = True

    def _refuse(self, row: ImportRow, refused: EntryRefused) -> None:
        self._judge = self._judge or Judge(self._scope, self._batch)
        _count(self._batch, row.fate, -1)
        _count(self._batch, Fate.FAULTY, 1)
        row.fate = Fate.FAULTY
        row.faults = [self._judge.told(row.number, one) for one in refused.faults if not one.is_warning]


# --- dropping -------------------------------------------------------------------------------------------------------
@transaction.atomic
def drop(scope: Scope, *, batch: ImportBatch, version: int | None) -> ImportBatch:
    """Throw a batch's rows away; of one that was saved, those that were not taken. Raises Stale, ImportRefused."""
    journal.take_turn(scope.agency)
    batch = _held(scope, batch)
    if version is not None and batch.version != version:
        raise Stale(batch)
    if batch.state == ImportState.SAVING:
        raise ImportRefused("saving", _("กำลังบันทึกอยู่ ทิ้งกลางทางไม่ได้"), _("กดทำต่อให้เสร็จก่อน"))
    batch.rows.all().delete()
    if batch.state != ImportState.SAVED:
        batch.state = ImportState.DROPPED
    batch.version += 1
    batch.save()
    journal.note(scope, "import.drop", batch)
    return batch
