"""The desk on which a table is planned: the book, the rows, and the steps so far."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext as _

from prongsai.thai.units import is_sentence
from prongsai.web.agencies.models import Agency, Unit
from prongsai.web.agencies.queries.tables.book import Book
from prongsai.web.agencies.queries.tables.cells import Cells, shown
from prongsai.web.agencies.queries.tables.columns import COLUMNS, Kind
from prongsai.web.agencies.queries.tables.fates import Change, Fault, RowPlan, Step
from prongsai.web.agencies.queries.unit_names import full_name


class Work:
    """What the planners of the three kinds share."""

    def __init__(self, book: Book, kind: Kind, places: Mapping[str, int], rows: Sequence[RowPlan]) -> None:
        self.book = book
        self.rows = rows
        self.steps: list[Step] = []
        self._kind, self._places = kind, places
        self._heads = {column.key: column.head for column in COLUMNS[kind]}
        self._said: dict[tuple[int, str], tuple[int, Any]] = {}  # which row gave a field which value

    @property
    def agency(self) -> Agency:
        """The agency that the table is of."""
        return self.book.scope.agency

    def cells(self) -> Iterator[Cells]:
        """Walk the rows."""
        return (Cells(self._kind, self._places, row) for row in self.rows)

    def make(self, row: RowPlan, record: models.Model, action: str) -> None:
        """Plan to make a record."""
        self.steps.append(Step(row.number, record, action))
        for key in self._heads:
            if key in {field.name for field in record._meta.concrete_fields} and _of(record, key) not in (None, ""):
                self._said[id(record), key] = (row.number, _of(record, key))

    def alter(self, row: RowPlan, record: models.Model, action: str, wanted: Mapping[str, Any]) -> None:
        """Plan to give a record other values; empty ones say nothing, equal ones change nothing.

        A record that an earlier row makes is given them at once. Two rows that say different things are at fault.
        """
        said = {key: value for key, value in wanted.items() if value not in (None, "")}
        for key, value in said.items():
            self._agree(row, record, key, value)
        values = {key: value for key, value in said.items() if value != _of(record, key)}
        for key, value in values.items():
            row.changes.append(Change(self._heads.get(key, key), label_of(record, key), _label(record, key, value)))
        if not values:
            return
        if record.pk is None:
            for key, value in values.items():
                setattr(record, key, value)
        else:
            self.steps.append(Step(row.number, record, action, values))
            self._remember(record, values)

    def _agree(self, row: RowPlan, record: models.Model, key: str, value: object) -> None:
        number, before = self._said.setdefault((id(record), key), (row.number, value))
        if before != value:
            text = _("ขัดกับแถวที่ %(number)s ซึ่งบอกว่า “%(value)s”") % {
                "number": number,
                "value": _label(record, key, before),
            }
            row.faults.append(Fault(self._heads.get(key, key), text, _("แก้ให้ตรงกัน หรือลบแถวหนึ่ง")))

    def _remember(self, record: models.Model, values: Mapping[str, Any]) -> None:
        # Later rows see what this one gives, as they will when saved; the steps carry the values themselves.
        for key, value in values.items():
            setattr(record, key, value)

    def unit(self, cells: Cells, key: str) -> tuple[Unit | None, bool]:
        """Give the unit that a cell means, and whether the cell is all right (an empty one is)."""
        text = cells.text(key)
        if not text:
            return None, not cells.row.faults
        unit = self.book.units.find(text)
        if unit is not None:
            return unit, True
        near = [full_name(unit) for unit in self.book.units.nearest(text)]
        if is_sentence(text):
            cells.fault(key, _("เป็นประโยค ไม่ใช่ชื่อส่วนราชการ"), _("ใส่ชื่อส่วนราชการเดียว"), near)
        elif self.book.units.called(text):
            cells.fault(
                key,
                _("มีหลายหน่วยที่ชื่อ “%(name)s”") % {"name": text},
                _("ต่อท้ายด้วยชื่อหน่วยเหนือ"),
                near,
            )
        else:
            cells.fault(key, _("ไม่พบ “%(name)s”") % {"name": text}, _("แก้ชื่อ หรือเพิ่มส่วนราชการก่อน"), near)
        return None, False

    def email(self, cells: Cells) -> str:
        """Give an address of mail."""
        text = cells.text("email")
        if not text:
            return ""
        try:
            validate_email(text)
        except ValidationError:
            cells.fault("email", _("“%(text)s” ไม่ใช่อีเมล") % {"text": text}, _("เขียนแบบ name@example.go.th"))
            return ""
        return text


def label_of(record: models.Model, key: str) -> str:
    """Print the value of a field."""
    return _label(record, key, _of(record, key))


def _of(record: models.Model, key: str) -> Any:
    return getattr(record, key)


def _label(record: models.Model, key: str, value: object) -> str:
    field = record._meta.get_field(key)
    choices = getattr(field, "flatchoices", None)
    return str(dict(choices).get(value, value)) if choices and value else shown(value)
