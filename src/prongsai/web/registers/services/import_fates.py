"""What becomes of the rows of a spreadsheet: each is read, held against its register, and against what is there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.derive import derive
from prongsai.registers.model import Fault, Field, FieldType, Openness, Ref, Register, Values
from prongsai.registers.sheet_events import FORMULA
from prongsai.registers.sheets import cell_name
from prongsai.registers.values import ValueRefused, from_json, normal, read, to_json
from prongsai.thai.fiscal import Span
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, Fate, ImportBatch, ImportRow, Source
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import Kept, edition_of, kept_of
from prongsai.web.registers.queries.look import OfficeLook
from prongsai.web.registers.queries.parts import open_to
from prongsai.web.registers.services import checks, columns
from prongsai.web.registers.services.drafts import Desk, read_values, redraft
from prongsai.web.registers.services.refusals import EntryRefused

VERSION = "_version"
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", FORMULA})
_STAMP = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<time>[0-9]{2}:[0-9]{2})")
_DAYS = frozenset({FieldType.DATE, FieldType.MONTH, FieldType.PERIOD})
_COVERED = frozenset({Openness.SECRET, Openness.MASKED})


@dataclass(slots=True)
class _Read:
    """A row as it was read. left: fields that the sheet only shows covered."""

    row: ImportRow
    values: dict[str, object] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    year: int = 0
    dated_on: date | None = None

    def add(self, found: Iterable[Fault]) -> None:
        """Add faults, without what only follows from one that is named already."""
        named = {fault.field for fault in self.faults}
        self.faults += [one for one in found if not one.is_warning and (one.field not in named or one.field == "")]


class Judge:
    """Works out fates; what the office calls things is fetched once for all rows that one judge is given."""

    def __init__(self, scope: Scope, batch: ImportBatch) -> None:
        """Raises UnknownRegister when the register is gone."""
        self.scope = scope
        self.kept = kept_of(scope, batch.register, batch.fiscal_year_be)
        self._batch = batch
        self._look = OfficeLook(scope)
        self._desk = Desk(scope, batch.register, source=Source.SHEET)
        self._closes = checks.closes_of(scope, self.kept.register)

    @property
    def _register(self) -> Register:
        return self.kept.register

    def judge(self, rows: Sequence[ImportRow]) -> None:
        """Set fate, faults, values, identity and entry of rows that follow each other."""
        found = [self._read(row) for row in rows]
        for one in found:
            self._identify(one)
        named = {one.row.identity for one in found} - {""}
        existing = self._existing(named)
        seen = self._seen(named, rows[0].number if rows else 0)
        spans = _Spans(self._batch, self._register, found)
        for one in found:
            self._decide(one, existing.get(one.row.identity), seen)
            one.add(spans.faults(one))
            self._write(one)

    # --- reading ----------------------------------------------------------------------------------------------------
    def _read(self, row: ImportRow) -> _Read:
        read_one = _Read(row)
        for key, place in self._batch.columns.items():
            one = self._register.field_of(key)
            text = row.cells[place] if place < len(row.cells) else ""
            if one is None:
                continue
            if one.openness in _COVERED and text.strip() == rights.HIDDEN:
                read_one.left.add(key)
                continue
            try:
                value = self._value(one, text)
            except ValueRefused as refused:
                read_one.faults += refused.faults
            else:
                read_one.values[key] = value
        return read_one

    def _value(self, one: Field, text: str) -> object | None:
        bare = text.strip()
        if bare in ERRORS:
            told = (
                _("ช่องนี้เป็นสูตรที่ไม่มีผลลัพธ์เก็บไว้")
                if bare == FORMULA
                else _("ช่องนี้เป็นค่าผิดพลาดของสูตร {error}").format(error=bare)
            )
            raise ValueRefused(Fault(one.key, "CELL_ERROR", told, _("คัดลอกช่องแล้ววางเป็นค่า หรือพิมพ์ค่าเอง")))
        if stamp := _STAMP.fullmatch(bare):
            text = stamp["day"] if one.type in _DAYS else stamp["time"] if one.type is FieldType.TIME else text
        return read(one, text, self._look, fiscal_year_be=self._batch.fiscal_year_be or None)

    # --- which entry ------------------------------------------------------------------------------------------------
    def _identify(self, one: _Read) -> None:
        """Work out day, year and identity; without an identity where something that it needs could not be read."""
        register, year = self._register, self._batch.fiscal_year_be
        day, _end = columns.days_of(register, one.values, self.scope.today, year)
        one.dated_on, one.year = day, columns.year_of(register, day)
        needed = {*register.unique, register.dated_by}
        one.row.identity = ""
        if register.unique and not needed & {fault.field for fault in one.faults}:
            draft = Entry(register=register.id, state=register.first_state.key, fiscal_year_be=one.year)
            one.row.identity = columns.identity_of(register, {**one.values, **derive(register, one.values)}, draft)

    def _existing(self, named: set[str]) -> Mapping[str, Entry]:
        own = Entry.objects.filter(agency=self.scope.agency, register=self._batch.register, identity__in=named)
        own = open_to(self.scope, own, self._batch.register)
        return {one.identity: one for one in own.select_related("unit").defer("found_by")} if named else {}

    def _seen(self, named: set[str], before: int) -> dict[str, int]:
        """Give rows further up that name the same, by identity."""
        rows = ImportRow.objects.filter(batch=self._batch, number__lt=before, identity__in=named)
        return dict(rows.order_by("-number").values_list("identity", "number")) if named else {}

    # --- deciding ---------------------------------------------------------------------------------------------------
    def _decide(self, one: _Read, existing: Entry | None, seen: dict[str, int]) -> None:
        row = one.row
        row.entry, row.fate = existing, Fate.NEW
        one.add(self._other_year(one))
        if row.identity and seen.setdefault(row.identity, row.number) != row.number:
            names = ", ".join(self.kept.label(key) for key in self._register.unique)
            told = _("{names}ซ้ำกับแถวที่ {row} ของตารางนี้").format(names=names, row=seen[row.identity])
            one.add([Fault(self._register.unique[0], "TWICE", told, _("เหลือไว้แถวเดียว"))])
        if existing is not None:
            self._against(one, existing)
        else:
            self._draft(one)

    def _other_year(self, one: _Read) -> list[Fault]:
        year = self._batch.fiscal_year_be
        if not year or self._register.standing or one.year == year:
            return []
        told = to_thai(_("วันที่อยู่ในปีงบประมาณ {other} ไม่ใช่ {year}").format(other=one.year, year=year))
        return [Fault(self._register.dated_by, "OTHER_YEAR", told, _("ตรวจวันที่ หรือเลือกปีให้ตรง"))]

    def _draft(self, one: _Read) -> None:
        """Hold a new entry against its register, and against other entries."""
        if one.left:
            one.add(Fault(key, "COVERED", _("ช่องนี้ถูกปกปิดไว้"), _("กรอกค่าจริง")) for key in sorted(one.left))
        is_dated = one.values.get(self._register.dated_by) is not None
        try:
            draft = self._desk.draft(one.values, year_be=0 if is_dated else self._batch.fiscal_year_be)
        except EntryRefused as refused:
            one.add(refused.faults)
        else:
            one.add(checks.overlaps(self.scope, draft.kept.register, draft.entry, draft.values))
        if one.dated_on and (is_dated or not self._register.dated_by):
            one.add(self._closed(one.dated_on))

    def _against(self, one: _Read, entry: Entry) -> None:
        """Hold a row against the entry that it names: the same, or changed in a way that is allowed."""
        kept = Kept(edition_of(entry.register, entry.since_be), self.kept.setting)
        before = read_values(kept.register, entry)
        one.values |= {key: before[key] for key in one.left if key in before}
        changed = changed_values(kept.register, before, one.values)
        one.row.fate = Fate.CHANGED if changed else Fate.SAME
        one.row.values = {VERSION: entry.version}
        if changed and not one.faults:
            one.add(self._change(kept, entry, changed))

    def _change(self, kept: Kept, entry: Entry, changed: Mapping[str, object]) -> list[Fault]:
        if not rights.may_change(self.scope, kept.register, entry):
            return [Fault("", "NOT_ALLOWED", _("ท่านไม่มีสิทธิ์แก้รายการนี้"))]
        if entry.close_id is not None:
            told = _("รายการนี้อยู่ในงวดที่ปิดแล้ว แก้ไม่ได้")
            return [Fault(next(iter(changed)), "CLOSED", told, _("เปิดงวดอีกครั้งก่อน พร้อมเหตุผล"))]
        was = entry.dated_on
        try:
            draft = redraft(self.scope, kept, entry, changed)
        except EntryRefused as refused:
            return list(refused.faults)
        found = list(checks.overlaps(self.scope, draft.kept.register, draft.entry, draft.values))
        return found + (self._closed(draft.entry.dated_on) if draft.entry.dated_on != was else [])

    def _closed(self, day: date) -> list[Fault]:
        return list(checks.closed(self._register, self._closes, day))

    # --- keeping ----------------------------------------------------------------------------------------------------
    def _write(self, one: _Read) -> None:
        row, version = one.row, one.row.values.get(VERSION)
        row.values = {**to_json(self._register, one.values), **({VERSION: version} if version is not None else {})}
        row.fate = Fate.FAULTY if one.faults else row.fate
        row.faults = [self.told(row.number, fault) for fault in one.faults]

    def told(self, number: int, fault: Fault) -> dict[str, str]:
        """Give a fault as it is kept: cell and field by their names, what is wrong, the mend."""
        key = self._column_of(fault.field)
        place = self._batch.columns.get(key)
        cell = cell_name(place if place is not None else min(self._batch.columns.values(), default=0), number)
        label = self.kept.label(fault.field) if fault.field else ""
        return {"cell": cell, "field": label, "message": fault.message_th, "mend": fault.mend_th, "code": fault.code}

    def _column_of(self, key: str) -> str:
        """Give the field whose cell is meant: of what is derived, the first that it is derived from."""
        one = self._register.field_of(key)
        if key in self._batch.columns or one is None or one.derivation is None:
            return key
        parts = (name.partition(".")[0] for name in one.derivation.of)
        return next((name for name in parts if name in self._batch.columns), key)


def changed_values(register: Register, before: Values, given: Values) -> dict[str, object]:
    """Give those given values that say something else than an entry says; what is pointed at by its row."""
    asked = {one.key: one for one in register.fields_at("")}
    return {
        key: value for key, value in given.items() if key in asked and not _alike(asked[key], before.get(key), value)
    }


def _alike(one: Field, old: object, new: object) -> bool:
    if isinstance(old, Ref) and isinstance(new, Ref):
        return normal(one, old) == normal(one, new)
    if one.type is FieldType.ROWS and isinstance(old, tuple) and isinstance(new, tuple):
        pairs = zip(old, new, strict=False)
        return len(old) == len(new) and all(
            _alike(column, a.get(column.key), b.get(column.key)) for a, b in pairs for column in one.columns
        )
    return (old or None) == (new or None) if not isinstance(old, bool) else old == new


class _Spans:
    """Things that rows of one sheet would have at the same time."""

    def __init__(self, batch: ImportBatch, register: Register, found: Sequence[_Read]) -> None:
        self._rule = register.no_overlap
        self._taken: list[tuple[str, Span, int]] = []
        if self._rule is None or not found:
            return
        one = register.field_of(self._rule.field)
        names = {ref.id for each in found if isinstance(ref := each.values.get(self._rule.field), Ref)}
        rows = batch.rows.filter(number__lt=found[0].row.number, fate__in=[Fate.NEW, Fate.CHANGED])
        if one is not None and names:
            wanted = rows.filter(**{f"values__{one.key}__id__in": sorted(name for name in names if name)})
            for number, values in wanted.values_list("number", "values").order_by("number"):
                self._keep(number, from_json(register.fields, values))

    def faults(self, one: _Read) -> list[Fault]:
        """Say which row further up has the same thing at the same time."""
        if self._rule is None or one.row.fate == Fate.SAME:
            return []
        name, span = self._of(one.values)
        for taken, other, number in self._taken:
            if name and span and taken == name and other.start <= span.end and span.start <= other.end:
                told = _("ช่วงเวลานี้ทับกับแถวที่ {row} ของตารางนี้").format(row=number)
                return [Fault(self._rule.period, "OVERLAPS", told, _("เลือกช่วงเวลาอื่นหรือรายการอื่น"))]
        if not one.faults:
            self._keep(one.row.number, one.values)
        return []

    def _keep(self, number: int, values: Values) -> None:
        name, span = self._of(values)
        if name and span:
            self._taken.append((name, span, number))

    def _of(self, values: Values) -> tuple[str, Span | None]:
        assert self._rule is not None
        ref, span = values.get(self._rule.field), values.get(self._rule.period)
        name = f"#{ref.id}" if isinstance(ref, Ref) and ref.id is not None else ref.text if isinstance(ref, Ref) else ""
        return name, span if isinstance(span, Span) else None
