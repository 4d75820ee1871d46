"""What becomes of the lines of a ledger: which row of the plan each is, and what would be reported of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from prongsai.registers.ledger import (
    AMOUNTS,
    AVAILABLE,
    BUDGET,
    BY_KEY,
    MOVED,
    MOVED_IN,
    MOVED_OUT,
    SPENT,
    Line,
    Reader,
    Total,
)
from prongsai.registers.model import Fault, Register
from prongsai.registers.rules import progress_faults
from prongsai.registers.sheets import cell_name
from prongsai.registers.values import from_json, to_json
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, Fate, ImportBatch, ImportRow
from prongsai.web.registers.queries.ledger import FEEDS, NOTHING, Reported, plan_of, reported_of
from prongsai.web.registers.queries.library import Kept, edition_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.rules._rows import counted_entries

TOTAL, PERIOD = "total", "period"  # what was spent since the year began, or in the period alone
_CHUNK = 500
_WRITTEN = ("fate", "faults", "values", "identity", "entry")


@dataclass(slots=True)
class _Taken:
    """What the lines of one row of the plan say together. first: the row of the sheet that stands for all of them."""

    first: int
    keys: set[str]
    is_chosen: bool
    amounts: dict[str, Decimal] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)
    is_twice: bool = False

    def add(self, line: Line) -> None:
        """Add a line's amounts."""
        told = {**line.amounts, MOVED_IN: line.moved_in, MOVED_OUT: line.moved_out}
        for key, value in told.items():
            self.amounts[key] = self.amounts.get(key, NOTHING) + value


class SpendingJudge:
    """Works out the fates of all rows of a batch, some at a time; the plan with its reports is held in memory."""

    def __init__(self, scope: Scope, kept: Kept, batch: ImportBatch) -> None:
        """kept: the plan, in the edition of the batch's year."""
        self.scope, self.kept, self.batch = scope, kept, batch
        self.feed = FEEDS[kept.id]
        self.plan = plan_of(scope, kept, batch.fiscal_year_be)
        self.entries = {one.pk: one for one in counted_entries(scope, kept.id, batch.fiscal_year_be)}
        self.starts_on = date.fromisoformat(batch.details["starts_on"])
        self.reported = reported_of(kept.register, self.entries.values(), self.starts_on)
        self.taken: dict[int, _Taken] = {}
        self.sums: dict[str, Decimal] = {}
        self.grand: Total | None = None
        self._why_not: str | None = None
        self._editions: dict[int, Register] = {}
        self._labels = {key: one.label_th for key, one in BY_KEY.items()}

    def judge(self) -> None:
        """Set fates, faults and values of all rows, and the counts and sums of the batch."""
        reader = Reader(self.batch.columns, self.batch.head, self.plan.known)
        for rows in _chunks(self.batch):
            for row in rows:
                self._look(row, reader.read(row.number, row.cells, is_section=bool(row.values.get("section"))))
            _write(rows)
        self._settle()
        self._count()

    # --- reading ----------------------------------------------------------------------------------------------------
    def _look(self, row: ImportRow, found: Line | Total | None) -> None:
        row.fate, row.faults, row.entry, row.identity = "", [], None, ""
        row.values = {"section": True} if row.values.get("section") else {}
        if isinstance(found, Total):
            row.values |= {"total": found.label, "is_grand": found.is_grand}
            self.grand = found if found.is_grand else self.grand
        elif found is not None:
            self._line(row, found)

    def _line(self, row: ImportRow, line: Line) -> None:
        for key, value in line.amounts.items():
            self.sums[key] = self.sums.get(key, NOTHING) + (abs(value) if key == MOVED_OUT else value)
        row.values |= {"names": dict(line.names), "printed": dict(line.printed), "key": line.key}
        if line.faults:
            self._fault(row, line.faults)
            return
        if self.plan.is_left(line):
            row.fate = Fate.LEFT
            row.values |= {"left": True}
            return
        chosen = self.plan.chosen(line)
        target = chosen or self.plan.find(line)
        if target is None:
            told = _("ไม่พบ “{name}” ในแผน หรือพบหลายรายการ").format(name=line.title or "-")
            self._fault(row, [Fault("", "UNKNOWN_LINE", told, _("เลือกรายการในแผนให้บรรทัดนี้ หรือเลือกว่าไม่นำเข้า"))])
            return
        self._take(row, line, target.id, is_chosen=chosen is not None)

    def _take(self, row: ImportRow, line: Line, entry_id: int, *, is_chosen: bool) -> None:
        row.entry = self.entries[entry_id]
        taken = self.taken.get(entry_id)
        if taken is None:
            taken = self.taken[entry_id] = _Taken(row.number, {line.key}, is_chosen)
        else:
            taken.is_twice |= line.key in taken.keys or not (is_chosen or taken.is_chosen)
            taken.keys.add(line.key)
            taken.is_chosen |= is_chosen
            taken.others.append(row.number)
            row.fate = Fate.LEFT
            row.values |= {"with": taken.first}
        taken.add(line)

    def _fault(self, row: ImportRow, faults: Sequence[Fault]) -> None:
        row.fate = Fate.FAULTY
        row.faults = [self.told(row.number, one) for one in faults if not one.is_warning]

    def told(self, number: int, fault: Fault) -> dict[str, str]:
        """Give a fault as it is kept: the cell by its name, what is wrong, the mend."""
        place = self.batch.columns.get(fault.field)
        label = self._labels.get(fault.field, "") or (self.kept.label(fault.field) if fault.field else "")
        cell = cell_name(place, number) if place is not None else ""
        return {"cell": cell, "field": label, "message": fault.message_th, "mend": fault.mend_th, "code": fault.code}

    # --- deciding ---------------------------------------------------------------------------------------------------
    def _settle(self) -> None:
        """Decide, for every row of the plan that a line names, what would be reported."""
        firsts = {taken.first: pk for pk, taken in self.taken.items()}
        twice = {number for taken in self.taken.values() if taken.is_twice for number in taken.others}
        numbers = iter(sorted({*firsts, *twice}))
        while chunk := list(islice(numbers, _CHUNK)):
            rows = list(self.batch.rows.select_related("entry").filter(number__in=chunk).order_by("number"))
            for row in rows:
                pk = firsts.get(row.number)
                taken = self.taken[pk if pk is not None else row.entry_id or 0]
                if taken.is_twice:
                    self._fault(row, [self._twice(taken)])
                else:
                    self._decide(row, self.entries[row.entry_id or 0], taken)
            _write(rows)

    def _twice(self, taken: _Taken) -> Fault:
        rows = ", ".join(str(number) for number in (taken.first, *taken.others)[:5])
        return Fault(
            "",
            "TWICE",
            _("หลายบรรทัดตรงกับรายการเดียวกันของแผน: แถว {rows}").format(rows=rows),
            _("เหลือไว้บรรทัดเดียว หรือเลือกรายการให้แต่ละบรรทัด"),
        )

    def _decide(self, row: ImportRow, entry: Entry, taken: _Taken) -> None:
        reported = self.reported[entry.pk]
        wanted = self._wanted(taken.amounts, reported)
        faults = list(self._faults_of(entry, taken.amounts, reported, wanted))
        register = self._edition(entry)
        fields = register.progress.fields if register.progress else ()
        before = from_json(fields, reported.report.values) if reported.report else {}
        changed = {key: value for key, value in wanted.items() if before.get(key) != value}
        if reported.report and not changed:
            row.fate = Fate.SAME
        elif reported.report:
            row.fate = Fate.CHANGED
            if reported.report.close_id is not None:
                faults.append(Fault("", "CLOSED", _("งวดนี้ปิดแล้ว แก้รายงานไม่ได้"), _("เปิดงวดอีกครั้งก่อน พร้อมเหตุผล")))
        else:
            row.fate = Fate.NEW
        if changed and not faults:
            faults += self._held(entry, {**before, **wanted}, is_new=reported.report is None)
        if changed and reported.is_later and self.batch.details["basis"] == TOTAL and not self.feed.is_running:
            told = _("งวดหลังจากนี้รายงานแล้ว ยอดสะสมจะถูกนับซ้ำ")
            faults.append(Fault(SPENT, "LATER_REPORTED", told, _("แก้รายงานของงวดหลังก่อน หรือใช้ไฟล์ที่เป็นยอดของงวด")))
        notes = [*self._notes(entry, taken)]
        row.values |= {
            "to": to_json([one for one in fields if one.key in wanted], wanted),
            "before": {key: f"{before[key]}" for key in wanted if before.get(key) is not None},
            "version": reported.report.version if reported.report else 0,
            "mark": reported.mark,
            "notes": notes,
        }
        if any(not one.is_warning for one in faults):
            self._fault(row, faults)

    def _wanted(self, amounts: Mapping[str, Decimal], reported: Reported) -> dict[str, Decimal]:
        """Give what the report of the period would say, by its fields."""
        is_total, feed = self.batch.details["basis"] == TOTAL, self.feed
        spent = amounts.get(SPENT, NOTHING)
        if feed.is_running != is_total:
            spent += reported.spent if feed.is_running else -reported.spent
        wanted = {feed.spent: spent}
        if feed.moved_in and {MOVED, MOVED_IN, MOVED_OUT} & self.batch.columns.keys():
            earlier = (reported.moved_in, reported.moved_out) if is_total else (NOTHING, NOTHING)
            wanted[feed.moved_in] = amounts.get(MOVED_IN, NOTHING) - earlier[0]
            wanted[feed.moved_out] = amounts.get(MOVED_OUT, NOTHING) - earlier[1]
        return wanted

    def _faults_of(
        self, entry: Entry, amounts: Mapping[str, Decimal], reported: Reported, wanted: Mapping[str, Decimal]
    ) -> Iterator[Fault]:
        for key, value in wanted.items():
            if value < 0:
                told = _("ยอดสะสมในไฟล์น้อยกว่าที่รายงานไว้ในงวดก่อน {less} บาท").format(less=f"{-value:,.2f}")
                column = SPENT if key == self.feed.spent else MOVED
                mend = _("ตรวจว่าเลือกงวดและชนิดของยอดถูกหรือไม่")
                yield Fault(column, "LESS_THAN_BEFORE", to_thai(told), mend)
        available = self._available(entry, amounts, reported)
        printed = amounts.get(AVAILABLE)
        if printed is not None and printed != available:
            told = _("งบประมาณหลังโอนที่พิมพ์ {printed} ไม่เท่างบประมาณบวกลบโอน {sum}")
            told = told.format(printed=f"{printed:,.2f}", sum=f"{available:,.2f}")
            yield Fault(AVAILABLE, "AVAILABLE", to_thai(told), _("ตรวจคอลัมน์ที่เลือกไว้"))
        spent = amounts.get(SPENT, NOTHING)
        if self.batch.details["basis"] == PERIOD:
            spent += reported.spent
        if spent > available:
            told = _("เบิกจ่าย {spent} เกินงบประมาณหลังโอน {available}")
            told = told.format(spent=f"{spent:,.2f}", available=f"{available:,.2f}")
            yield Fault(
                SPENT, "OVER_BUDGET", to_thai(told), _("ตรวจยอดและการโอนกับระบบบัญชี ถ้าเกินจริงให้รายงานในหน้ารายการพร้อมเหตุผล")
            )

    def _available(self, entry: Entry, amounts: Mapping[str, Decimal], reported: Reported) -> Decimal:
        """Give the budget after transfers: as the ledger says it, where it does; else of the plan and its reports."""
        is_told = bool({MOVED, MOVED_IN, MOVED_OUT} & self.batch.columns.keys())
        is_whole = is_told and self.batch.details["basis"] == TOTAL
        if AVAILABLE in amounts and not (is_whole and BUDGET in amounts):
            return amounts[AVAILABLE]
        moved = amounts.get(MOVED_IN, NOTHING) - amounts.get(MOVED_OUT, NOTHING)
        if not is_whole:
            moved += reported.moved_in - reported.moved_out
        return amounts.get(BUDGET, self._budget(entry)) + moved

    def _edition(self, entry: Entry) -> Register:
        """Give the edition that an entry was made by; each is looked up once."""
        if entry.since_be not in self._editions:
            self._editions[entry.since_be] = edition_of(entry.register, entry.since_be)
        return self._editions[entry.since_be]

    def _budget(self, entry: Entry) -> Decimal:
        value = from_json(self._edition(entry).fields, entry.values).get(self.feed.budget)
        return value if isinstance(value, Decimal) else NOTHING

    def _held(self, entry: Entry, values: Mapping[str, object], *, is_new: bool) -> list[Fault]:
        """Hold the register's own rules: what else a report must say is for the unit to write."""
        register = self._edition(entry)
        if self._why_not is None:  # plans ask for the year alone, and all rows are of one year
            self._why_not = hooks_of(register.id).why_not_report(self.scope, register, entry)
        if self._why_not:
            return [Fault("", "NOT_REPORTED", self._why_not)]
        plan_values = from_json(register.fields, entry.values)
        found = [one for one in progress_faults(register, plan_values, values, self.scope.today) if not one.is_warning]
        if found and is_new and all(one.code == "REQUIRED" for one in found):
            told = _("ส่วนราชการยังไม่รายงานผลของงวดนี้ จึงยังใส่ยอดเบิกจ่ายไม่ได้")
            return [Fault("", "NO_REPORT", told, _("ให้รายงานผลในหน้ารายการก่อน แล้วนำเข้าไฟล์เดิมอีกครั้ง"))]
        return found

    def _notes(self, entry: Entry, taken: _Taken) -> Iterator[str]:
        planned = self._budget(entry)
        if BUDGET in taken.amounts and taken.amounts[BUDGET] != planned:
            told = _("งบประมาณในไฟล์ {ledger} ไม่เท่าในแผน {plan}")
            yield to_thai(told.format(ledger=f"{taken.amounts[BUDGET]:,.2f}", plan=f"{planned:,.2f}"))
        if taken.others:
            yield to_thai(_("รวมจากแถว {rows}").format(rows=", ".join(map(str, (taken.first, *taken.others)))))

    # --- the batch --------------------------------------------------------------------------------------------------
    def _count(self) -> None:
        counts = {fate: self.batch.rows.filter(fate=fate).count() for fate in Fate}
        self.batch.n_new, self.batch.n_changed = counts[Fate.NEW], counts[Fate.CHANGED]
        self.batch.n_same, self.batch.n_faulty = counts[Fate.SAME], counts[Fate.FAULTY]
        self.batch.n_rows = sum(counts.values())
        self.batch.details |= {"sums": self._sums(), "n_left": counts[Fate.LEFT], "has_total": self.grand is not None}

    def _sums(self) -> list[dict[str, Any]]:
        """Hold the sum of the lines against the sum that the export prints, column by column."""
        printed = self.grand.amounts if self.grand else {}
        told = []
        for key in AMOUNTS:
            if key in self.batch.columns:
                lines, total = self.sums.get(key, NOTHING), printed.get(key)
                total = abs(total) if total is not None and key == MOVED_OUT else total
                told.append(
                    {
                        "column": key,
                        "lines": f"{lines:.2f}",
                        "printed": None if total is None else f"{total:.2f}",
                        "is_even": total is None or total == lines,
                    }
                )
        return told


def _chunks(batch: ImportBatch) -> Iterator[list[ImportRow]]:
    """Give the rows of a batch in their order, some at a time."""
    last = 0
    while rows := list(batch.rows.filter(number__gt=last).order_by("number")[:_CHUNK]):
        yield rows
        last = rows[-1].number


def _write(rows: list[ImportRow]) -> None:
    ImportRow.objects.bulk_create(
        rows, batch_size=_CHUNK, update_conflicts=True, unique_fields=["id"], update_fields=list(_WRITTEN)
    )
