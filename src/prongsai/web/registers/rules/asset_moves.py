"""Changes of holders: each begins where the last one ended, and the register of assets shows the last."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Ref, Register, Values
from prongsai.registers.values import from_json, to_json
from prongsai.thai.dates import format_date
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules._rows import counted_entries, id_of
from prongsai.web.registers.services.entries import change_entry

FIXED = ("asset", "moved_on", "to_unit", "to_holder")
HELD = (("unit", "from_unit", "to_unit"), ("holder", "from_holder", "to_holder"))  # there, before, after


# --- what may be written --------------------------------------------------------------------------------------------
def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Hold the order of changes, and who is said to have held the thing before."""
    asset = id_of(values.get("asset"))
    if asset is None:
        return
    if entry is not None:
        yield from _rewritten(scope, register, values, entry)
        return
    last, day = moves_of(scope, asset).last(), values.get("moved_on")
    if last is not None and isinstance(day, date) and day < last.dated_on:
        told = _("ทรัพย์สินนี้เปลี่ยนผู้ครอบครองครั้งหลังสุดเมื่อ {day}")
        told = told.format(day=format_date(last.dated_on, "abbr", digits="arabic"))
        yield Fault("moved_on", "BEFORE_LAST", told, _("บันทึกตามลำดับวันที่"))
    yield from _present(values, _held(scope, asset))


def _present(values: Values, held: Values) -> Iterator[Fault]:
    for there, before, _after in HELD:
        said, now = values.get(before), held.get(there)
        if isinstance(said, Ref) and said.id != id_of(now):
            known = now.text if isinstance(now, Ref) else _("ไม่มีผู้ครอบครอง")
            told = _("ในทะเบียนคุมทรัพย์สินคือ {name}").format(name=known)
            yield Fault(before, "NOT_THE_HOLDER", told, _("เว้นว่างไว้ ระบบใส่ให้"))
    if all(id_of(values.get(after)) == id_of(held.get(there)) for there, _before, after in HELD):
        yield Fault("to_unit", "NO_CHANGE", _("ผู้ครอบครองเดิมกับผู้ครอบครองใหม่เป็นรายเดียวกัน"), "", is_warning=True)


def _rewritten(scope: Scope, register: Register, values: Values, entry: Entry) -> Iterator[Fault]:
    """The history is not rewritten: a change that was wrong is withdrawn, the last one first."""
    before = from_json(register.fields, entry.values)
    for key in (*FIXED, *(held for _there, held, _after in HELD)):
        if _said(values.get(key)) != _said(before.get(key)):
            told = _("บันทึกการเปลี่ยนผู้ครอบครองแล้ว แก้ช่องนี้ไม่ได้")
            yield Fault(key, "HISTORY", told, _("ยกเลิกครั้งนี้ แล้วบันทึกใหม่"))


def _said(value: object) -> object:
    return value.id if isinstance(value, Ref) and value.id is not None else value


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Only the last change of a thing can be taken back."""
    last = moves_of(scope, id_of(_values(entry).get("asset"))).last()
    return _("ยกเลิกได้เฉพาะการเปลี่ยนครั้งล่าสุดของทรัพย์สินนี้") if last is not None and last.pk != entry.pk else ""


# --- what follows ---------------------------------------------------------------------------------------------------
def moves_of(scope: Scope, asset: int | None) -> QuerySet[Entry]:
    """Give the changes of holders of an asset that count, in their order."""
    found = counted_entries(scope, "asset-moves").filter(links__field="asset", links__target=asset)
    return found.order_by("dated_on", "pk")


def after(scope: Scope, register: Register, entry: Entry) -> None:
    """Keep who held the thing before, and put the asset with who has it now."""
    values = _values(entry)
    pk = id_of(values.get("asset"))
    asset = Entry.objects.filter(agency=scope.agency, pk=pk).first() if pk else None
    if asset is None:
        return
    if entry.state not in register.counted_states:
        _hand(scope, asset, values, before=True)
    elif entry.version == 1:  # just made
        _remember(register, entry, values, _values(asset))
        _hand(scope, asset, values, before=False)


def _remember(register: Register, entry: Entry, values: dict[str, object], held: Values) -> None:
    told = {before: held[there] for there, before, _after in HELD if held.get(there) is not None}
    values |= {key: value for key, value in told.items() if values.get(key) is None}
    entry.values = to_json(register.fields, values)
    entry.save(update_fields=["values"])


def _hand(scope: Scope, asset: Entry, values: Values, *, before: bool) -> None:
    given = {there: values.get(from_ if before else to) for there, from_, to in HELD}
    if not before and values.get("to_place"):
        given["place"] = values["to_place"]
    change_entry(scope, entry=asset, values=given, version=None)


def _held(scope: Scope, asset: int) -> dict[str, object]:
    found = Entry.objects.filter(agency=scope.agency, register="assets", pk=asset).first()
    return _values(found) if found else {}


def _values(entry: Entry) -> dict[str, object]:
    return dict(from_json(edition_of(entry.register, entry.since_be).fields, entry.values))
