"""What is held against an entry before it is written: things pointed at, other entries, closed periods."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prongsai.registers.model import REFERENCES, Fault, Field, FieldType, Ref, Register, Values
from prongsai.registers.read_values import file_fault
from prongsai.registers.values import from_json, show
from prongsai.registers.views import met
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import Span
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Person, Post, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.registers.models import Entry, PeriodClose
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.queries.parts import closed_of

_MUST_BE_KNOWN = frozenset({FieldType.UNIT, FieldType.ENTRY, FieldType.FILE})
_MB = 1024 * 1024
Names = dict[FieldType, dict[int, Any]]


def numbered(entry: Entry) -> str:
    """Give an entry's number as offices write it: ``เลขที่ ๓/๒๕๖๙``."""
    year = f"/{entry.fiscal_year_be}" if entry.fiscal_year_be else ""
    return to_thai(f"เลขที่ {entry.number}{year}")


# --- what is pointed at ---------------------------------------------------------------------------------------------
@dataclass
class Pointed:
    """What entries of an agency may point at; each row is fetched once."""

    scope: Scope
    rows: Names = field(default_factory=lambda: defaultdict(dict))

    def settle(self, register: Register, values: Values, before: Values) -> tuple[dict[str, object], list[Fault]]:
        """Give values with what is pointed at called by its present name, and what may not be pointed at.

        before: the entry's values so far; what stands in them already stays as it is called there.
        """
        self._fetch(ref for ref in _refs(register.fields, values))
        faults: list[Fault] = []
        settled = {
            one.key: self._value(register, one, values.get(one.key), before.get(one.key), faults)
            for one in register.fields
            if values.get(one.key) is not None
        }
        return settled, faults

    def row(self, one: Field, pk: int) -> object:
        """Give what a field points at, once it is settled."""
        return self.rows[one.type].get(pk)

    def _value(self, register: Register, one: Field, value: object, old: object, faults: list[Fault]) -> object:
        if isinstance(value, Ref) and value != old:
            fault = self._fault(one, value) or self._shut(register, one, value)
            faults += [fault] if fault else []
            return Ref(value.id, self._name(one, value))
        if one.type is FieldType.ROWS and isinstance(value, tuple):
            columns = {column.key: column for column in one.columns}
            return tuple(
                {
                    key: self._value(register, columns[key], cell, None, faults)
                    for key, cell in row.items()
                    if key in columns
                }
                for row in value
            )
        return value

    def _name(self, one: Field, ref: Ref) -> str:
        row = self.rows[one.type].get(ref.id or 0)
        return ref.text if row is None or (one.type is FieldType.FILE and ref.text) else str(row)

    def _fault(self, one: Field, ref: Ref) -> Fault | None:
        row = self.rows[one.type].get(ref.id or 0)
        if isinstance(row, Entry) and not _is_seen(self.scope, row):
            row = None
        if row is None and (ref.id is not None or one.type in _MUST_BE_KNOWN):
            return Fault(one.key, "NOT_THERE", _("ไม่พบ “{name}” ในหน่วยงานนี้").format(name=ref.text), _("เลือกจากรายการ"))
        if isinstance(row, Entry):
            return _entry_fault(one, row)
        return _bad_file(one, ref, row) if isinstance(row, File) else None

    def _shut(self, register: Register, one: Field, ref: Ref) -> Fault | None:
        """What only some may see is not named where others read: whatever points at it holds its name."""
        row = self.rows[one.type].get(ref.id or 0)
        if not isinstance(row, Entry) or not shut_from(register, row):
            return None
        told = _("“{name}” เห็นได้เฉพาะผู้มีหน้าที่ จึงอ้างถึงในทะเบียนนี้ไม่ได้").format(name=ref.text or row.title)
        return Fault(one.key, "CLOSED_PART", told, _("เลือกรายการอื่น หรือเว้นว่างไว้"))

    def _fetch(self, refs: Iterator[tuple[FieldType, int]]) -> None:
        wanted: dict[FieldType, set[int]] = defaultdict(set)
        for kind, pk in refs:
            if pk not in self.rows[kind]:
                wanted[kind].add(pk)
        for kind, pks in wanted.items():
            self.rows[kind] |= _ROWS[kind]().filter(agency=self.scope.agency).in_bulk(pks)


_ROWS: Mapping[FieldType, Callable[[], QuerySet[Any]]] = {
    FieldType.UNIT: Unit.objects.all,
    FieldType.PERSON: Person.objects.all,
    FieldType.POST: Post.objects.all,
    FieldType.FILE: File.objects.all,
    FieldType.ENTRY: lambda: Entry.objects.select_related("unit").defer("found_by"),
}


def _refs(fields: tuple[Field, ...], values: Values) -> Iterator[tuple[FieldType, int]]:
    for one in fields:
        value = values.get(one.key)
        if one.type in REFERENCES and isinstance(value, Ref) and value.id is not None:
            yield one.type, value.id
        elif one.type is FieldType.ROWS and isinstance(value, tuple):
            for row in value:
                yield from _refs(one.columns, row)


def _is_seen(scope: Scope, entry: Entry) -> bool:
    return rights.may_see_entry(scope, edition_of(entry.register, entry.since_be), entry)


def named_to(scope: Scope, entry: Entry) -> str:
    """Name an entry in what somebody is told: by its number alone where they may not see it."""
    return f"{numbered(entry)} {entry.title}" if _is_seen(scope, entry) else numbered(entry)


def shut_from(register: Register, entry: Entry) -> bool:
    """Whether an entry belongs to a part whose readers are not all who read a register."""
    its = edition_of(entry.register, entry.since_be)
    closed = met(closed_of(entry.register), from_json(its.fields, entry.values)) if closed_of(entry.register) else ()
    return any(not register.readers or not set(register.readers) <= set(one.readers) for one in closed)


def _entry_fault(one: Field, target: Entry) -> Fault | None:
    if target.register != one.of:
        return Fault(one.key, "OTHER_REGISTER", _("“{name}” อยู่ในทะเบียนอื่น").format(name=target), _("เลือกจากรายการ"))
    state = edition_of(target.register, target.since_be).state_of(target.state)
    if state is not None and state.is_counted:
        return None
    told = _("“{name}” {state} จึงเลือกไม่ได้").format(name=target, state=state.label_th if state else target.state)
    return Fault(one.key, "NOT_COUNTED", told, _("เลือกรายการอื่น"))


def _bad_file(one: Field, ref: Ref, file: File) -> Fault | None:
    if found := file_fault(one, ref.text or file.name):
        return Fault(one.key, *found)
    if one.max_mb and file.size > one.max_mb * _MB:
        told = _("“{name}” ใหญ่เกิน {n} MB").format(name=ref.text, n=one.max_mb)
        return Fault(one.key, "FILE_SIZE", told, _("ย่อไฟล์แล้วแนบใหม่"))
    return None


def links_of(register: Register, values: Values) -> dict[str, int]:
    """Give the entries that values point at, by field."""
    entries = (one.key for one in register.fields if one.type is FieldType.ENTRY)
    return {key: ref.id for key in entries if isinstance(ref := values.get(key), Ref) and ref.id is not None}


# --- other entries --------------------------------------------------------------------------------------------------
def twins(scope: Scope, register: Register, identities: Iterable[str]) -> dict[str, Entry]:
    """Give the entries that already have what may occur once; one query."""
    wanted = {one for one in identities if one}
    found = Entry.objects.filter(agency=scope.agency, register=register.id, identity__in=wanted)
    return {one.identity: one for one in found.defer("found_by")} if wanted else {}


def twin(scope: Scope, register: Register, entry: Entry, there: Mapping[str, Entry]) -> Iterator[Fault]:
    """Say which entry already has what may occur once."""
    other = there.get(entry.identity) if entry.identity else None
    if other is not None and (entry.pk is None or other.pk != entry.pk):
        names = ", ".join(one.label_th for key in register.unique if (one := register.field_of(key)))
        told = _("{names}นี้มีอยู่แล้ว: {other}").format(names=names, other=named_to(scope, other))
        yield Fault(register.unique[0], "ALREADY_THERE", told, _("แก้รายการเดิม หรือตรวจค่าที่กรอก"))


def overlaps(scope: Scope, register: Register, entry: Entry, values: Values) -> Iterator[Fault]:
    """Say which entry has the same thing at the same time. Only under the agency's turn is the answer lasting."""
    rule = register.no_overlap
    ref, span = (values.get(rule.field), values.get(rule.period)) if rule else (None, None)
    if rule is None or entry.state not in rule.states or not (isinstance(ref, Ref) and isinstance(span, Span)):
        return
    held = register.field_of(rule.period)
    assert held is not None
    found = Entry.objects.filter(agency=scope.agency, register=register.id, state__in=rule.states)
    for other in _with(found, register, rule.field, ref).exclude(pk=entry.pk).defer("found_by"):
        taken = from_json([held], other.values).get(rule.period)
        if isinstance(taken, Span) and taken.start <= span.end and span.start <= taken.end:
            told = _("“{name}” มีรายการอื่นในช่วงนี้แล้ว: {number} {period}")
            told = told.format(name=ref.text, number=numbered(other), period=show(held, taken))
            yield Fault(rule.period, "OVERLAPS", told, _("เลือกช่วงเวลาอื่นหรือรายการอื่น"))
            return


def _with(found: QuerySet[Entry], register: Register, key: str, ref: Ref) -> QuerySet[Entry]:
    field = register.field_of(key)
    if field is not None and field.type is FieldType.ENTRY:
        return found.filter(links__field=key, links__target=ref.id)
    return found.filter(**{f"values__{key}__id": ref.id} if ref.id else {f"values__{key}__text": ref.text})


def still_pointed_at(scope: Scope, register: Register, entry: Entry, to: str) -> Iterator[Fault]:
    """Say which entries need this one, when a move takes it out of the count.

    What is withdrawn may not be pointed at by anything that counts; what only ends (a thing disposed of), by nothing
    that is still under way.
    """
    state = register.state_of(to)
    if state is None or state.is_counted:
        return
    for other in Entry.objects.filter(links__target=entry).exclude(pk=entry.pk).defer("found_by"):
        its = edition_of(other.register, other.since_be).state_of(other.state)
        if its is not None and its.is_counted and (not state.is_public or not its.is_final):
            told = _("ยังมีรายการที่อ้างถึงอยู่: {other}").format(other=named_to(scope, other))
            yield Fault("", "POINTED_AT", told, _("จัดการรายการนั้นก่อน"))
            return


def named_openly(scope: Scope, entry: Entry) -> Iterator[Fault]:
    """Say which entry that others read names this one, which now only some may see."""
    if not closed_of(entry.register) or entry.pk is None:
        return
    for other in Entry.objects.filter(links__target=entry).exclude(pk=entry.pk).defer("found_by"):
        if shut_from(edition_of(other.register, other.since_be), entry):
            told = _("ยังมีรายการที่ผู้อื่นเห็นอ้างถึงอยู่: {other}").format(other=named_to(scope, other))
            yield Fault("", "NAMED_OPENLY", told, _("เอาการอ้างถึงออกจากรายการนั้นก่อน"))
            return


# --- closed periods -------------------------------------------------------------------------------------------------
def closes_of(scope: Scope, register: Register) -> list[PeriodClose]:
    """Give the periods of a register that are closed. A plan's periods close its progress, not its rows."""
    if register.progress is not None:
        return []
    held = PeriodClose.objects.filter(agency=scope.agency, register=register.id, reopened_at=None)
    return list(held.select_related("occurrence").defer("table", "figures"))


def closed(register: Register, closes: Iterable[PeriodClose], *days: date) -> Iterator[Fault]:
    """Say which closed period a day stands in."""
    for day in dict.fromkeys(days):
        close = next((one for one in closes if one.starts_on <= day <= one.ends_on), None)
        if close:
            told = _("วันที่ {day} อยู่ใน{period} ซึ่งปิดแล้ว")
            told = told.format(day=format_date(day, "abbr"), period=close.occurrence.label)
            yield Fault(register.dated_by, "PERIOD_CLOSED", told, _("เปิดงวดอีกครั้งก่อน พร้อมเหตุผล"))
