"""Spending from the export of the ledger, into the reports of a plan: staged, looked at, saved as by hand.

Which column is what is guessed by its head the first time, decided by a person, and kept for the next file. A line that
is no row of the plan by its code or by all its names is never taken by likeness: a person says which row it is, and
that is kept too. Amounts as printed stay in the batch's rows.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.registers.ledger import BY_KEY, CODE, ITEM, MOVED, MOVED_IN, MOVED_OUT, SPENT, guess, is_running
from prongsai.registers.ledger_sheet import LedgerSheet, ledger_sheet
from prongsai.registers.model import Fault
from prongsai.registers.values import from_json
from prongsai.thai.text import fold
from prongsai.web.agencies import journal
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Fate, ImportBatch, ImportKind, ImportRow, ImportState, RegisterSetting
from prongsai.web.registers.queries.ledger import feed_of, plan_of, reported_of
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.queries.rights import may_keep
from prongsai.web.registers.queries.spans import progress_spans
from prongsai.web.registers.services import imports
from prongsai.web.registers.services.imports import NAME_MAX, ImportRefused
from prongsai.web.registers.services.moving import report_progress
from prongsai.web.registers.services.refusals import EntryRefused, refuse
from prongsai.web.registers.services.spending_fates import PERIOD, TOTAL, SpendingJudge

LINES_MAX = 20_000
STEP = 200
CHOSEN_MAX = 5000
LEAVE, FORGET = -1, 0
_BULK = 500


class ColumnsRefused(ImportRefused):
    """Columns that do not say enough, or two things. faults: by the target that each is about, or ``basis``."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("columns", " ".join(faults.values()), _("เลือกคอลัมน์ใหม่"))
        self.faults = faults


# --- staging --------------------------------------------------------------------------------------------------------
def stage(
    scope: Scope, *, register: str, content: bytes, name: str, year: int, starts_on: date, basis: str = ""
) -> ImportBatch:
    """Read an export and keep its rows beside the plan; nothing enters it yet.

    year: fiscal (BE). starts_on: the first day of the period that is reported. basis: TOTAL or PERIOD, "" as the last
    time, or as the head says. Where the columns are those of the last time, the rows are looked at at once; else the
    batch waits for ``settle_columns`` with a guess. Raises UnknownRegister, EntryRefused without the right to,
    FileUnusable, LimitExceeded, ImportRefused.
    """
    kept = _kept(scope, register, year)
    if starts_on not in {one.starts_on for one in progress_spans(kept.register, year)}:
        raise ImportRefused("no period", _("ไม่มีงวดรายงานที่เริ่มวันนี้"), _("เลือกงวดของปีงบประมาณ"))
    if starts_on > scope.today:
        raise ImportRefused("not yet", _("งวดนี้ยังไม่เริ่ม"), _("เลือกงวดที่เริ่มแล้ว"))
    sheet = ledger_sheet(content, name)
    known = _known(kept, sheet)
    columns = known or guess(sheet.head)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            agency=scope.agency,
            register=register,
            kind=ImportKind.SPENDING,
            name=name[:NAME_MAX],
            sha256=hashlib.sha256(content).hexdigest(),
            fiscal_year_be=year,
            head=list(sheet.head),
            columns=columns,
            details={
                "starts_on": starts_on.isoformat(),
                "sheet": sheet.name,
                "head_row": sheet.head_row,
                "basis": _basis(kept, sheet, columns, basis),
            },
            made_by=scope.user,
        )
        batch.n_rows = _keep_rows(batch, sheet)
        batch.save()
        told = {"ทะเบียน": (None, kept.name_th), "แถว": (None, batch.n_rows), "sha256": (None, batch.sha256)}
        journal.note(scope, "import.stage", batch, told)
        if known:
            _judge(scope, kept, batch)
    return batch


def _kept(scope: Scope, register: str, year: int) -> Kept:
    kept = kept_of(scope, register, year)
    if not kept.is_open or not may_keep(scope, kept.register) or feed_of(kept.register) is None:
        raise refuse("NOT_ALLOWED", _("ท่านไม่มีสิทธิ์นำเข้ายอดเบิกจ่ายของทะเบียนนี้"))
    return kept


def _known(kept: Kept, sheet: LedgerSheet) -> dict[str, int]:
    """Give the columns as they were settled the last time; none when a head is missing or stands there twice."""
    heads = [fold(label) for label in sheet.head]
    settled = kept.setting.ledger.get("columns", {}) if kept.setting else {}
    if any(heads.count(fold(label)) != 1 for label in settled.values()):
        return {}
    return {key: heads.index(fold(label)) for key, label in settled.items() if key in BY_KEY}


def _basis(kept: Kept, sheet: LedgerSheet, columns: Mapping[str, int], asked: str) -> str:
    if asked in (TOTAL, PERIOD):
        return asked
    last = kept.setting.ledger.get("basis", "") if kept.setting else ""
    return last or (TOTAL if SPENT not in columns or is_running(sheet.head[columns[SPENT]]) else PERIOD)


def _keep_rows(batch: ImportBatch, sheet: LedgerSheet) -> int:
    count = 0
    while chunk := [
        ImportRow(batch=batch, number=number, cells=cells, values={"section": True} if is_section else {})
        for number, cells, is_section in islice(sheet.rows, _BULK)
    ]:
        count += len(chunk)
        if count > LINES_MAX:
            told = _("มีเกิน {n} แถว").format(n=f"{LINES_MAX:,}")
            raise ImportRefused("too many lines", told, _("ส่งออกเฉพาะปีและแหล่งเงินที่ใช้ แล้วนำเข้าใหม่"))
        ImportRow.objects.bulk_create(chunk)
    if not count:
        raise ImportRefused("no rows", _("ไม่มีแถวข้อมูลใต้หัวตาราง"), _("ส่งออกจากระบบบัญชีใหม่"))
    return count


# --- deciding -------------------------------------------------------------------------------------------------------
@transaction.atomic
def settle_columns(
    scope: Scope, *, batch: ImportBatch, version: int | None, columns: Mapping[str, int], basis: str
) -> ImportBatch:
    """Say which column is what, for this file and the next ones, and look at its rows. columns: target → place.

    Raises Stale, ColumnsRefused, ImportRefused, ValidationError for a batch that is gone.
    """
    journal.take_turn(scope.agency)
    kept, batch = _held(scope, batch, version)
    faults = _column_faults(batch, columns, basis)
    if faults:
        raise ColumnsRefused(faults)
    batch.columns = {key: columns[key] for key in BY_KEY if key in columns}
    batch.details |= {"basis": basis}
    heads = {key: batch.head[place] for key, place in batch.columns.items()}
    _remember(scope, kept, columns=heads, basis=basis)
    _judge(scope, kept, batch)
    return batch


def _column_faults(batch: ImportBatch, columns: Mapping[str, int], basis: str) -> dict[str, str]:
    faults: dict[str, str] = {}
    if SPENT not in columns:
        faults[SPENT] = _("ต้องบอกว่าคอลัมน์ใดเป็นยอดเบิกจ่าย")
    if ITEM not in columns and CODE not in columns:
        faults[ITEM] = _("ต้องมีรายการหรือรหัสอย่างน้อยหนึ่งคอลัมน์")
    if MOVED in columns and {MOVED_IN, MOVED_OUT} & columns.keys():
        faults[MOVED] = _("เลือกโอนเพิ่มกับโอนลดแยกคอลัมน์ หรือคอลัมน์เดียว อย่างใดอย่างหนึ่ง")
    places = list(columns.values())
    for key, place in columns.items():
        if key not in BY_KEY or not 0 <= place < len(batch.head):
            faults[key] = _("ไม่มีคอลัมน์นี้ในไฟล์")
        elif places.count(place) > 1:
            faults[key] = _("คอลัมน์เดียวเลือกสองอย่างไม่ได้")
    if basis not in (TOTAL, PERIOD):
        faults["basis"] = _("ต้องบอกว่ายอดเบิกจ่ายเป็นยอดสะสมหรือเฉพาะงวด")
    return faults


@transaction.atomic
def choose(scope: Scope, *, batch: ImportBatch, version: int | None, choices: Mapping[int, int]) -> ImportBatch:
    """Say which row of the plan lines are, for this file and the next ones.

    choices: number of the row in the sheet → pk of the entry, LEAVE for none, FORGET for what was said before. Raises
    Stale, ImportRefused, ValidationError for an entry that is no row of the plan.
    """
    journal.take_turn(scope.agency)
    kept, batch = _held(scope, batch, version)
    if batch.state != ImportState.LOOKED_AT:
        raise ImportRefused("not looked at", _("เลือกคอลัมน์ก่อน"), _("เปิดหน้านี้ใหม่"))
    plan = plan_of(scope, kept, batch.fiscal_year_be)
    said = dict(kept.setting.ledger.get("lines", {})) if kept.setting else {}
    rows = {row.number: row for row in batch.rows.filter(number__in=list(choices))}
    for number, pk in choices.items():
        key = rows[number].values.get("key", "") if number in rows else ""
        if not key or (pk not in (LEAVE, FORGET) and pk not in plan.lines):
            raise ValidationError(_("แถวหรือรายการที่เลือกไม่มีอยู่"))
        said.pop(key, None)
        if pk != FORGET:
            said[key] = "" if pk == LEAVE else plan.lines[pk].key
    if len(said) > CHOSEN_MAX:
        raise ValidationError(_("จำการเลือกได้ไม่เกิน {n} บรรทัด").format(n=f"{CHOSEN_MAX:,}"))
    _remember(scope, kept, lines=said)
    _judge(scope, _kept(scope, batch.register, batch.fiscal_year_be), batch)
    return batch


def _held(scope: Scope, batch: ImportBatch, version: int | None) -> tuple[Kept, ImportBatch]:
    """Give a batch that is not saved as it is now, held until the transaction ends."""
    held = ImportBatch.objects.select_for_update(of=("self",))
    held_one = held.filter(agency=scope.agency, kind=ImportKind.SPENDING, pk=batch.pk).first()
    if held_one is None:
        raise ValidationError(_("การนำเข้านี้ถูกลบไปแล้ว"))
    kept = _kept(scope, held_one.register, held_one.fiscal_year_be)
    if version is not None and held_one.version != version:
        raise Stale(held_one)
    if held_one.state not in (ImportState.READING, ImportState.LOOKED_AT):
        raise ImportRefused("over", _("ตารางนี้บันทึกหรือทิ้งไปแล้ว"), _("นำเข้าไฟล์ใหม่"))
    return kept, held_one


def _remember(scope: Scope, kept: Kept, **told: object) -> None:
    """Keep how the office's export is read; a line in the journal when that changes."""
    setting = kept.setting or RegisterSetting(agency=scope.agency, register=kept.id)
    if all(setting.ledger.get(key) == value for key, value in told.items()):
        return
    setting.ledger = {**setting.ledger, **told}
    setting.version += 1 if setting.pk else 0
    setting.full_clean()
    setting.save()
    words = {"columns": "คอลัมน์ของไฟล์จากระบบบัญชี", "basis": "ชนิดของยอด", "lines": "บรรทัดที่เลือกรายการเอง"}
    counted = {words[key]: (None, len(value) if isinstance(value, dict) else value) for key, value in told.items()}
    journal.note(scope, "register.keep", setting, counted)


def _judge(scope: Scope, kept: Kept, batch: ImportBatch) -> None:
    with override("th"):  # what is wrong with a row is kept with it
        SpendingJudge(scope, kept, batch).judge()
    batch.state, batch.n_done = ImportState.LOOKED_AT, 0
    batch.version += 1
    batch.save()


# --- saving ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def save(
    scope: Scope, *, batch: ImportBatch, version: int | None, rows: int = STEP, only_good: bool = False
) -> ImportBatch:
    """Write the next reports of a batch that was looked at, each as by hand.

    only_good: although some lines are faulty; they stay in the batch. A batch whose lines do not add up to the sum that
    is printed is not saved. Raises Stale, ImportRefused. What somebody else reported by now makes a line a faulty one.
    """
    journal.take_turn(scope.agency)
    held = ImportBatch.objects.select_for_update(of=("self",)).filter(agency=scope.agency, pk=batch.pk)
    found = held.filter(kind=ImportKind.SPENDING).first()
    if found is None:
        raise ValidationError(_("การนำเข้านี้ถูกลบไปแล้ว"))
    kept = _kept(scope, found.register, found.fiscal_year_be)
    if found.state != ImportState.SAVING:
        _begin(scope, found, version, only_good=only_good)
    asked = found.rows.filter(fate__in=[Fate.NEW, Fate.CHANGED], is_saved=False).select_related("entry")
    chunk = list(asked.order_by("number")[:rows])
    judge: list[SpendingJudge] = []
    for row in chunk:
        _report(scope, kept, found, row, judge)
    found.n_done += len(chunk)
    if len(chunk) < rows:
        _finish(scope, found)
    found.save()
    return found


def _begin(scope: Scope, batch: ImportBatch, version: int | None, *, only_good: bool) -> None:
    if version is not None and batch.version != version:
        raise Stale(batch)
    if batch.state != ImportState.LOOKED_AT:
        raise ImportRefused("not ready", _("ตารางนี้ยังไม่ได้เลือกคอลัมน์ หรือบันทึกหรือทิ้งไปแล้ว"), _("เปิดหน้านี้ใหม่"))
    if why := uneven(batch):
        raise ImportRefused("sums differ", why, _("ตรวจไฟล์กับระบบบัญชี หรือตรวจคอลัมน์ที่เลือก"))
    if batch.n_faulty and not only_good:
        told = _("มี {n} บรรทัดที่ยังนำเข้าไม่ได้ จึงยังไม่บันทึก").format(n=batch.n_faulty)
        raise ImportRefused("faulty lines", told, _("เลือกรายการให้ครบ หรือเลือกบันทึกเฉพาะบรรทัดที่ถูก"))
    batch.state, batch.n_done = ImportState.SAVING, 0
    batch.version += 1
    counts = {"เพิ่มใหม่": (None, batch.n_new), "แก้ไข": (None, batch.n_changed), "ผิด": (None, batch.n_faulty)}
    journal.note(scope, "import.save", batch, counts)


def uneven(batch: ImportBatch) -> str:
    """Say which sums of the lines are not what the export prints; "" when they agree."""
    odd = [one for one in batch.details.get("sums", []) if not one["is_even"]]
    said = _("ผลรวม{column}ของทุกบรรทัด {lines} ไม่เท่ายอดรวมในไฟล์ {printed}")
    return " ".join(
        said.format(column=BY_KEY[one["column"]].label_th, lines=_baht(one["lines"]), printed=_baht(one["printed"]))
        for one in odd
    )


def _baht(text: str) -> str:
    return f"{float(text):,.2f}"


def _report(scope: Scope, kept: Kept, batch: ImportBatch, row: ImportRow, judge: list[SpendingJudge]) -> None:
    starts_on = date.fromisoformat(batch.details["starts_on"])
    fields = kept.register.progress.fields if kept.register.progress else ()
    values = from_json([one for one in fields if one.key in row.values["to"]], row.values["to"])
    try:
        if row.entry is None:
            raise refuse("GONE", _("รายการเดิมถูกลบไปแล้ว"))
        if reported_of(kept.register, [row.entry], starts_on)[row.entry.pk].mark != row.values["mark"]:
            raise Stale(row.entry)
        report_progress(scope, entry=row.entry, starts_on=starts_on, values=values, version=row.values["version"])
    except Stale:
        told = _("มีผู้อื่นรายงานรายการนี้หลังจากตรวจไฟล์ จึงไม่เขียนทับ")
        _refuse(batch, row, [Fault("", "STALE", told, _("ตรวจรายการ แล้วนำเข้าไฟล์นี้ใหม่"))])
    except EntryRefused as refused:
        _refuse(batch, row, [one for one in refused.faults if not one.is_warning])
    else:
        row.is_saved = True
        row.save(update_fields=["is_saved"])


def _refuse(batch: ImportBatch, row: ImportRow, faults: list[Fault]) -> None:
    setattr(batch, f"n_{row.fate}", getattr(batch, f"n_{row.fate}") - 1)
    batch.n_faulty += 1
    row.fate = Fate.FAULTY
    row.faults = [
        {"cell": "", "field": "", "message": one.message_th, "mend": one.mend_th, "code": one.code} for one in faults
    ]
    row.save(update_fields=["fate", "faults"])


def _finish(scope: Scope, batch: ImportBatch) -> None:
    batch.state, batch.saved_at = ImportState.SAVED, timezone.now()
    batch.version += 1
    journal.note(scope, "import.saved", batch, {"ไม่ได้บันทึก": (None, batch.n_faulty)})


def drop(scope: Scope, *, batch: ImportBatch, version: int | None) -> ImportBatch:
    """Throw a batch away; of one that was saved the amounts as printed stay. Raises Stale, ImportRefused."""
    if batch.state == ImportState.SAVED:
        raise ImportRefused("saved", _("ยอดตามที่พิมพ์ในไฟล์เก็บไว้คู่กับรายงาน ทิ้งไม่ได้"))
    return imports.drop(scope, batch=batch, version=version)


__all__ = [
    "FORGET",
    "LEAVE",
    "PERIOD",
    "TOTAL",
    "ColumnsRefused",
    "choose",
    "drop",
    "save",
    "settle_columns",
    "stage",
    "uneven",
]
