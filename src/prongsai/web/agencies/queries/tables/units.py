"""What would become of the rows of a table of units."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.thai.text import fold
from prongsai.thai.units import is_sentence
from prongsai.web.agencies.models import Unit, UnitAlias
from prongsai.web.agencies.queries.tables.book import listed
from prongsai.web.agencies.queries.tables.cells import Cells
from prongsai.web.agencies.queries.tables.fates import Change
from prongsai.web.agencies.queries.tables.work import Work
from prongsai.web.agencies.queries.units import may_stand_under

_PARTS = re.compile(r"[,;،\n|]|、")


def plan_units(work: Work) -> None:
    """Plan rows whose parents are known first, so that a table may name a parent below its children."""
    waiting = list(work.cells())
    names = {fold(cells.text("name")) for cells in waiting}
    for cells in waiting:
        cells.row.faults.clear()
    while waiting:
        ready = [cells for cells in waiting if _is_ready(work, cells, names)]
        if not ready:
            ready = waiting[:1]  # a ring, or a parent that is itself faulty: the row says so
        for cells in ready:
            names.discard(fold(cells.text("name")))
            cells.row.faults.clear()
            _plan(work, cells)
        waiting = [cells for cells in waiting if cells not in ready]


def _is_ready(work: Work, cells: Cells, waiting: set[str]) -> bool:
    parent = cells.text("parent")
    return not parent or fold(parent) not in waiting or work.book.units.find(parent) is not None


def _plan(work: Work, cells: Cells) -> None:
    row = cells.row
    name = cells.needed("name")
    row.title = name
    if is_sentence(name):
        cells.fault("name", _("เป็นประโยค ไม่ใช่ชื่อส่วนราชการ"), _("ใส่ชื่อส่วนราชการ หรือเพิ่มทีละหน่วยแล้วยืนยันชื่อ"))
    kind = cells.unit_kind(name) if name else ""
    parent, _is_right = work.unit(cells, "parent")
    start, end = cells.period("valid_from", "valid_to")
    phone = cells.text("phone", 60)
    aliases = [alias for alias in _split(cells.text("aliases", 500)) if fold(alias) != fold(name)]
    found = _found(work, name, parent) if name and not row.faults else None
    if parent is not None and not row.faults:
        _check_parent(cells, found, parent, kind if found is None or cells.text("kind") else found.kind)
    _check_aliases(work, cells, found, aliases)
    if found is not None and end is not None:
        _check_closing(work, cells, found, end)
    if row.faults:
        return
    if found is None:
        found = Unit(
            agency=work.agency, name=name, kind=kind, parent=parent, phone=phone, valid_from=start, valid_to=end
        )
        found.place = row.number
        row.is_new = True
        work.make(row, found, "unit.create")
        work.book.units.add(found)
    else:
        if found.name != name:
            row.notes.append(_("ในระบบชื่อ “%(name)s”") % {"name": found.name})
        wanted = {"parent": parent, "phone": phone, "valid_from": start, "valid_to": end}
        wanted["kind"] = kind if cells.text("kind") else ""
        work.alter(row, found, "unit.change", wanted)
    for alias in aliases:
        _add_alias(work, cells, found, alias)


def _found(work: Work, name: str, parent: Unit | None) -> Unit | None:
    """Find the unit of a row: of its name under its parent, else of its name, else by another name."""
    called = work.book.units.called(name)
    under = [unit for unit in called if unit.parent is parent]
    if under:
        return under[0]
    if called:
        # The same name under another parent is another unit (งานธุรการ), unless there is but one and no parent is said.
        return called[0] if parent is None and len(called) == 1 else None
    return work.book.units.find(name)


def _check_parent(cells: Cells, unit: Unit | None, parent: Unit, kind: str) -> None:
    why = may_stand_under(unit, kind, parent)
    if why:
        cells.fault("parent", why, _("ตรวจระดับและสังกัด"))


def _check_aliases(work: Work, cells: Cells, unit: Unit | None, aliases: list[str]) -> None:
    for alias in aliases:
        owner = work.book.units.with_alias(alias) or next(iter(work.book.units.called(alias)), None)
        if owner is not None and owner is not unit:
            text = _("“%(alias)s” เป็นชื่อของ %(unit)s แล้ว") % {"alias": alias, "unit": owner.name}
            cells.fault("aliases", text, _("ลบชื่อนี้ออกจากช่อง"))


def _check_closing(work: Work, cells: Cells, unit: Unit, end: object) -> None:
    left = work.book.open_in(unit, end)  # type: ignore[arg-type]
    if left:
        text = _("ยังมี %(names)s อยู่") % {"names": listed(left)}
        cells.fault("valid_to", text, _("ย้ายหรือปิดก่อน แล้วจึงยุบส่วนราชการ"))


def _add_alias(work: Work, cells: Cells, unit: Unit, alias: str) -> None:
    if work.book.units.with_alias(alias) is not None:
        return
    cells.row.changes.append(Change(_("ชื่อที่เรียกในเอกสาร"), "", alias))
    work.make(cells.row, UnitAlias(agency=work.agency, unit=unit, name=alias), "unit.alias")
    work.book.units.add_alias(unit, alias)


def _split(text: str) -> Iterator[str]:
    return (part.strip() for part in _PARTS.split(text) if part.strip())
